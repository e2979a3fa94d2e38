//! Words of tables thrown together at random: whatever is made of them, every cell is exactly one thing, nothing
//! panics, and what is taken can be applied and read again.

use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, apply};
use hyoka::model::Dossier;
use hyoka::sheets::{Address, Area, Cell, Sheet, Value};
use proptest::collection::vec;
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "研究開発項目",
    "項目１．培養",
    "項目２．設計",
    "２．効果",
    "2020年度",
    "2021年度",
    "令和4年度",
    "5年度",
    "2019",
    "2020",
    "合計",
    "小計",
    "100",
    "200百万円",
    "297\n（委託）",
    "－",
    "12件",
    "95%",
    "（単位：百万円）",
    "千円",
    "資金配分",
    "（続き）",
    "課題Ａ",
    "プロジェクトB",
    "指標",
    "アウトカム指標",
    "目標",
    "実績",
    "目標年度",
    "中間目標",
    "最終目標\n（2021年度）",
    "単位",
    "件",
    "論文数",
    "国内特許出願",
    "その他の指標（2017年度～2021年度）",
    "評価項目",
    "平均",
    "委員1",
    "委員2",
    "３",
    "2.5",
    "除斥",
    "１．必要性",
    "総合評価",
    "肯定的意見",
    "問題点・改善すべき点",
    "委員の意見",
    "・意義は大きい。",
    "需要の把握が足りない。",
    "提言",
    "対処方針",
    "所見",
    "契約額",
    "執行額",
    "年度",
    "区分",
    "委託",
    "補助",
    "計画",
    "市場",
    "市場予測",
    "6,270億円",
    "2020年",
    "備考",
    "※調整費を除く",
    "実施者",
    "京都大学",
    "1/2ページ",
    "担当課室",
    "実施期間",
    "平成29年度～令和3年度",
];

/// Cells as row, column and word, and merged ranges as corner and size.
type Soup = (Vec<(u32, u32, usize)>, Vec<(u32, u32, u32, u32)>);

fn soup() -> impl Strategy<Value = Soup> {
    (vec((0_u32..9, 0_u32..7, 0..WORDS.len()), 4..45), vec((0_u32..9, 0_u32..7, 0_u32..3, 0_u32..3), 0..4))
}

fn sheet((words, merges): &Soup) -> Sheet {
    let cell = |(row, column, word): &(u32, u32, usize)| {
        let text = WORDS[*word];
        let value = match text.parse::<f64>() {
            Ok(number) if word % 2 == 0 => Value::Number(number),
            _ => Value::Text(text.into()),
        };
        Cell { at: Address::new(*row, *column), value }
    };
    let mut areas: Vec<Area> = Vec::new();
    for (row, column, rows, columns) in merges {
        let area = Area::new(Address::new(*row, *column), Address::new(row + rows, column + columns));
        if area.first != area.last && !areas.iter().any(|other| other.meets(&area)) {
            areas.push(area);
        }
    }
    Sheet::new("A", words.iter().map(cell).collect(), areas)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_one_thing(first in soup(), second in soup()) {
        let mut other = sheet(&second);
        other.name = "B".into();
        let book = book(vec![sheet(&first), other]);
        let empty = Dossier::default();
        // That each cell is exactly one thing is looked at there.
        let proposal = proposed(&book, &empty, &Answers::new());
        let dossier = apply(&empty, &proposal).unwrap();
        let again = proposed(&book, &dossier, &Answers::new());
        prop_assert!(apply(&dossier, &again).is_ok(), "{}", shown(&again));
    }
}
