//! The structure of tables that are not laid out as one rectangle under one row of headings: continued below or on the
//! next page, headed once for several columns, side by side, turned, torn by empty rows and columns.

use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, Proposal, TableKind, apply};
use hyoka::model::{CommentKind, Dossier, FiscalYear, Indicator, Subject, TargetKind, Unit};
use hyoka::sheets::Sheet;
use hyoka::tasks::progress::Progress;
use rust_decimal::Decimal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Rows of a text: cells by bars, a line break in a cell as `⏎`.
pub fn sheet(name: &str, text: &str) -> Sheet {
    let rows = text
        .trim_matches('\n')
        .lines()
        .map(|line| line.split('|').map(|cell| cell.trim().replace('⏎', "\n")).collect::<Vec<_>>());
    Sheet::of_texts(name, rows)
}

fn proposal(text: &str) -> Proposal {
    proposed(&book(vec![sheet("Sheet1", text)]), &Dossier::default(), &Answers::new())
}

/// The dossier that a sheet makes, with nothing asked and nothing left over.
fn whole(text: &str) -> Dossier {
    let proposal = proposal(text);
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    apply(&Dossier::default(), &proposal).unwrap()
}

fn project<'d>(dossier: &'d Dossier, id: &str) -> &'d Subject {
    dossier.subject(&id.into()).unwrap()
}

/// A number as a figure that may be none.
#[allow(clippy::unnecessary_wraps, reason = "what it is compared with may be none")]
fn number(value: i64) -> Option<Decimal> {
    Some(Decimal::from(value))
}

/// Every amount of a funding table, row by row: item, year, million yen.
fn funding(subject: &Subject) -> Vec<(String, i16, String)> {
    let amounts = subject.funding.items.iter().flat_map(|item| {
        item.amounts.iter().map(|(year, cell)| {
            let amount = cell.amount.value_in(&Unit::MillionYen).map(|value| value.normalize().to_string());
            (item.label.clone(), year.start_year(), amount.unwrap_or_default())
        })
    });
    amounts.collect()
}

fn rows(rows: &[(&str, i16, &str)]) -> Vec<(String, i16, String)> {
    rows.iter().map(|(item, year, amount)| ((*item).into(), *year, (*amount).into())).collect()
}

/// An indicator's year, target and actual, statement by statement.
fn statements(indicator: &Indicator) -> Vec<(Option<i16>, Option<Decimal>, Option<Decimal>)> {
    let of = |s: &hyoka::model::Statement| {
        (s.target.year.map(FiscalYear::start_year), s.target.amount.value(), s.actual.amount.value())
    };
    indicator.statements.iter().map(of).collect()
}

#[test]
fn headings_repeated_on_the_next_page_are_no_items() {
    let expected = rows(&[
        ("項目１．培養", 2020, "1"),
        ("項目１．培養", 2021, "2"),
        ("項目２．設計", 2020, "3"),
        ("項目２．設計", 2021, "4"),
        ("項目３．検証", 2020, "5"),
        ("項目３．検証", 2021, "6"),
    ]);
    for text in [
        "
A 資金配分（単位：百万円）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4
研究開発項目|2020年度|2021年度
項目３．検証|5|6
合計|9|12
",
        "
A 資金配分（単位：百万円）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4

研究開発項目|2020年度|2021年度
項目３．検証|5|6
合計|9|12
",
        "
A 資金配分（単位：百万円）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4

（続き）
研究開発項目|2020年度|2021年度
項目３．検証|5|6
合計|9|12
",
    ] {
        let proposal = proposal(text);
        assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
        assert!(proposal.leftovers.iter().all(|left| left.text == "（続き）"), "{}", shown(&proposal));
        let dossier = apply(&Dossier::default(), &proposal).unwrap();
        assert_eq!(funding(project(&dossier, "A")), expected, "{}", shown(&proposal));
        assert_eq!(project(&dossier, "A").funding.column_totals.len(), 2);
    }
}

#[test]
fn scores_go_on_below_repeated_headings() {
    let dossier = whole(
        "
A 評点結果
評価項目|平均|委員1|委員2
１．必要性|2.5|3|2
２．効果|1.5|1|2

評価項目|平均|委員1|委員2
３．体制|2.0|2|2
４．総合評価|3.0|3|3
",
    );
    let evaluation = &project(&dossier, "A").evaluation;
    assert_eq!((dossier.members.len(), dossier.criteria.project.criteria.len()), (2, 4));
    assert_eq!(evaluation.printed_means.len(), 4);
}

#[test]
fn the_next_years_below_join_the_same_items() {
    let expected = rows(&[
        ("項目１．培養", 2017, "1"),
        ("項目１．培養", 2018, "2"),
        ("項目１．培養", 2019, "3"),
        ("項目１．培養", 2020, "5"),
        ("項目１．培養", 2021, "6"),
        ("項目２．設計", 2017, "3"),
        ("項目２．設計", 2018, "4"),
        ("項目２．設計", 2019, "5"),
        ("項目２．設計", 2020, "7"),
        ("項目２．設計", 2021, "8"),
    ]);
    for gap in ["", "\n"] {
        let dossier = whole(&format!(
            "
A 資金配分（単位：百万円）
研究開発項目|2017年度|2018年度|2019年度
項目１．培養|1|2|3
項目２．設計|3|4|5
合計|4|6|8
{gap}研究開発項目|2020年度|2021年度|合計
項目１．培養|5|6|17
項目２．設計|7|8|27
合計|12|14|44
"
        ));
        let project = project(&dossier, "A");
        assert_eq!(funding(project), expected);
        assert_eq!(project.funding.years.len(), 5);
        assert_eq!(project.funding.grand_total.amount.value(), number(44));
    }
}

#[test]
fn a_year_printed_once_heads_the_columns_beside_it() {
    let dossier = whole(
        "
A アウトプット
指標|2020年度||2021年度|
|目標|実績|目標|実績
要素技術の確立数|1件|2件|3件|4件
論文数|5件|6件|7件|8件
",
    );
    let outputs = &project(&dossier, "A").outputs;
    assert_eq!(
        statements(&outputs[0]),
        [(Some(2020), number(1), number(2)), (Some(2021), number(3), number(4))]
    );
    assert_eq!(
        statements(&outputs[1]),
        [(Some(2020), number(5), number(6)), (Some(2021), number(7), number(8))]
    );
}

#[test]
fn tables_side_by_side_without_a_gap_are_kept_apart() {
    let dossier = whole(
        "
Ａ 資金配分（百万円）|||Ｂ 資金配分（百万円）
研究開発項目|2020年度|2021年度|研究開発項目|2020年度|2021年度
項目１．培養|1|2|項目１．水素|10|20
項目２．設計|3|4|項目２．燃料|30|40
",
    );
    assert_eq!(
        funding(project(&dossier, "B")),
        rows(&[
            ("項目１．水素", 2020, "10"),
            ("項目１．水素", 2021, "20"),
            ("項目２．燃料", 2020, "30"),
            ("項目２．燃料", 2021, "40"),
        ])
    );
    assert_eq!(project(&dossier, "A").funding.items.len(), 2);
    let dossier = whole(
        "
A 契約額の推移（億円）|||評点結果
年度|契約額|執行額|評価項目|平均|委員1|委員2
2019年度|1.5|1.4|１．必要性|2.5|3|2
2020年度|2.5|2.4|２．効果|1.5|1|2
",
    );
    let project = project(&dossier, "A");
    assert_eq!((project.amounts.len(), project.amounts[0].years.len()), (2, 2));
    assert_eq!((project.evaluation.printed_means.len(), dossier.members.len()), (2, 2));
}

#[test]
fn outcomes_turned_or_by_row_or_by_year() {
    let dossier = whole(
        "
A アウトカム
指標|導入企業数|導入企業数|市場シェア
目標種別|中間目標|最終目標|最終目標
目標年度|2020年度|2025年度|2025年度
目標値|5社|10社|20%
実績|6社|-|12%
",
    );
    let outcomes = &project(&dossier, "A").outcomes;
    assert_eq!(
        statements(&outcomes[0]),
        [(Some(2020), number(5), number(6)), (Some(2025), number(10), None)]
    );
    assert_eq!(outcomes[0].statements[0].target.kind, TargetKind::Interim);
    assert_eq!(statements(&outcomes[1]), [(Some(2025), number(20), number(12))]);

    let expected = [(Some(2020), number(5), number(6)), (Some(2021), number(7), number(8))];
    for text in [
        "
A アウトカム
年度|導入企業数（社）||市場シェア（%）|
|目標|実績|目標|実績
2020年度|5|6|10|12
2021年度|7|8|15|14
",
        "
A アウトカム
指標|年度|区分|値|単位
導入企業数|2020年度|目標|5|社
導入企業数|2020年度|実績|6|社
導入企業数|2021年度|目標|7|社
導入企業数|2021年度|実績|8|社
市場シェア|2020年度|目標|10|%
市場シェア|2020年度|実績|12|%
市場シェア|2021年度|目標|15|%
市場シェア|2021年度|実績|14|%
",
        "
A アウトカム
指標|年度|目標値|実績値|単位
導入企業数|2020年度|5|6|社
導入企業数|2021年度|7|8|社
市場シェア|2020年度|10|12|%
市場シェア|2021年度|15|14|%
",
    ] {
        let dossier = whole(text);
        let outcomes = &project(&dossier, "A").outcomes;
        let names: Vec<_> = outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names[0].starts_with("導入企業数") && names[1].starts_with("市場シェア"), "{names:?}");
        assert_eq!(statements(&outcomes[0]), expected, "{text}");
        assert_eq!((outcomes[0].unit.as_str(), outcomes[1].unit.as_str()), ("社", "%"));
    }
}

#[test]
fn market_tables_turned_or_by_row_or_by_year() {
    let expected = [
        ("世界市場", 2020, "6270"),
        ("世界市場", 2040, "116000"),
        ("国内市場", 2020, "120"),
        ("国内市場", 2040, "3200"),
    ];
    for text in [
        "
A 市場予測
項目|世界市場|世界市場|国内市場|国内市場
時期|2020年|2040年|2020年|2040年
市場規模|6,270億円|116,000億円|120億円|3,200億円
出典|図１|図１|図２|図２
",
        "
A 市場予測（単位：億円）
年|世界市場|国内市場
2020年|6270|120
2040年|116000|3200
",
        "
A 市場予測
市場|年|金額|単位
世界市場|2020年|6270|億円
世界市場|2040年|116000|億円
国内市場|2020年|120|億円
国内市場|2040年|3200|億円
",
        "
A 市場予測（単位：億円）
市場|2020年|2040年
世界市場|6270|116000
国内市場|120|3200
",
        "
A 市場予測
|2020年|2040年
世界市場（億円）|6270|116000
国内市場（億円）|120|3200
",
    ] {
        let dossier = whole(text);
        let mut found: Vec<(String, String, String)> = (project(&dossier, "A").market.iter())
            .map(|figure| {
                let amount = figure.amount.value_in(&Unit::HundredMillionYen);
                let name = figure.subject.split('（').next().unwrap_or_default().to_owned();
                let when = figure.when.at.map(|at| at.to_string()).unwrap_or_default();
                (name, when, amount.map(|it| it.normalize().to_string()).unwrap_or_default())
            })
            .collect();
        found.sort_by_key(|(name, when, _)| (name != "世界市場", when.clone()));
        assert_eq!(found.len(), 4, "{text} {found:?}");
        for ((name, year, amount), (n, when, a)) in expected.iter().zip(&found) {
            assert!(n == name && when.starts_with(&year.to_string()) && a == amount, "{text} {found:?}");
        }
    }
}

#[test]
fn empty_rows_and_columns_inside_a_table_change_nothing() {
    let counts = "
A その他の指標（2017年度～2021年度）
指標|件数
論文数|26件

国内特許出願|5件
国外特許出願|3件
PCT出願|2件
";
    let turned = "
A その他の指標（2017年度～2021年度）
論文数|国内特許出願||国外特許出願|PCT出願
26件|5件||3件|2件
";
    for text in [counts, turned] {
        let dossier = whole(text);
        let others = &project(&dossier, "A").other_indicators;
        assert_eq!(others.len(), 4);
        for other in others {
            let span = (other.from.map(FiscalYear::start_year), other.to.map(FiscalYear::start_year));
            assert_eq!(span, (Some(2017), Some(2021)), "{text}");
        }
    }
    let dossier = whole(
        "
A 資金配分（単位：百万円）
研究開発項目||2020年度|2021年度

項目１．培養||1|2
項目２．設計||3|4

合計||4|6
",
    );
    let funding = &project(&dossier, "A").funding;
    assert_eq!((funding.items.len(), funding.column_totals.len()), (2, 2));
    let dossier = whole(
        "
A 評点結果
評価項目|平均||委員1|委員2|委員3

１．必要性|2.3||3|2|2
２．効果|1.7||1|2|2

総合評価|2.0||2|2|2
",
    );
    assert_eq!((dossier.members.len(), project(&dossier, "A").evaluation.printed_means.len()), (3, 3));
    let dossier = whole(
        "
A アウトプット
指標|目標年度||目標|実績

要素技術の確立数|2019年度||5件|6件

|2021年度||12件|13件
",
    );
    assert_eq!(
        statements(&project(&dossier, "A").outputs[0]),
        [(Some(2019), number(5), number(6)), (Some(2021), number(12), number(13))]
    );
    let dossier = whole(
        "
A 資金配分（単位：百万円）
年度|研究開発項目|金額
2019年度|培養|100
2019年度|設計|200

2020年度|培養|300
2020年度|設計|400
",
    );
    assert_eq!(self::funding(project(&dossier, "A")).len(), 4);
}

#[test]
fn two_tables_below_each_other_stay_two() {
    let dossier = whole(
        "
A 資金配分（単位：百万円）
研究開発項目|2020年度|2021年度
項目１．培養|1|2

B 資金配分（単位：千円）
研究開発項目|2020年度|2021年度
項目１．水素|10|20
",
    );
    assert_eq!(project(&dossier, "A").funding.items.len(), 1);
    assert_eq!(project(&dossier, "B").funding.unit, Unit::ThousandYen);
}

#[test]
fn several_lines_of_titles_stand_above_a_table() {
    let dossier = whole(
        "
再生医療・遺伝子治療の基盤技術開発事業
Ａ 再生医療技術を応用した創薬支援基盤技術開発
研究開発項目別の資金配分
（令和2年度～令和3年度、単位：百万円）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
※調整費を除く
",
    );
    let funding = &project(&dossier, "A").funding;
    assert_eq!((funding.items.len(), funding.unit.as_str()), (1, "百万円"));
    assert_eq!(funding.note, "※調整費を除く");
}

#[test]
fn a_unit_in_the_corner_in_the_caption_or_in_most_cells_is_enough() {
    for text in [
        "
A 資金配分
（単位：百万円）|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4
",
        "
A 資金配分
項目＼年度⏎（百万円）|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4
",
        "
A 研究開発項目別予算（金額の単位は百万円、百万円未満四捨五入）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4
",
        "
A 研究開発項目別予算（百万円単位）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
項目２．設計|3|4
",
        "
A 資金配分
研究開発項目|2020年度|2021年度|合計
項目１．培養|1百万円|2百万円|3
項目２．設計|3百万円|4百万円|7
",
    ] {
        let proposal = proposal(text);
        assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
        let dossier = apply(&Dossier::default(), &proposal).unwrap();
        let expected = rows(&[
            ("項目１．培養", 2020, "1"),
            ("項目１．培養", 2021, "2"),
            ("項目２．設計", 2020, "3"),
            ("項目２．設計", 2021, "4"),
        ]);
        assert_eq!(funding(project(&dossier, "A")), expected, "{}", shown(&proposal));
        let total = &project(&dossier, "A").funding.items[0].total.amount;
        if text.contains("合計") {
            assert_eq!(total.value_in(&Unit::MillionYen), number(3));
            let told = proposal.tables[0].remarks.iter().any(|remark| remark.text.ja.contains("単位のない"));
            assert!(told, "{}", shown(&proposal));
        }
    }
}

#[test]
fn figures_that_state_their_unit_do_not_wait_for_those_that_do_not() {
    let proposal = proposal(
        "
A 資金配分
研究開発項目|2020年度|2021年度|合計
項目１．培養|1百万円|200000|3
項目２．設計|3百万円|4000000|7
",
    );
    assert_eq!(proposal.questions.len(), 1, "{}", shown(&proposal));
    assert_eq!(proposal.questions[0].waiting, 4);
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    let expected = rows(&[("項目１．培養", 2020, "1"), ("項目２．設計", 2020, "3")]);
    assert_eq!(funding(project(&dossier, "A")), expected, "{}", shown(&proposal));
    let waiting = proposal.leftovers.iter().filter(|left| left.why.ja.contains("回答")).count();
    assert_eq!(waiting, 4, "{}", shown(&proposal));
}

#[test]
fn lists_of_opinions_are_read() {
    for text in [
        "
課題A
肯定的意見
国が担う意義は大きい。
動物実験の代替になる。
成果の普及を期待する。
問題点
需要の把握が足りない。
",
        "
課題A 評価コメント

肯定的意見
国が担う意義は大きい。
動物実験の代替になる。
成果の普及を期待する。

問題点
需要の把握が足りない。
",
        "
課題A
No|肯定的意見
1|国が担う意義は大きい。
2|動物実験の代替になる。
3|成果の普及を期待する。

No|問題点・改善すべき点
1|需要の把握が足りない。
",
    ] {
        let proposal = proposal(text);
        let dossier = apply(&Dossier::default(), &proposal).unwrap();
        let comments = &project(&dossier, "A").evaluation.comments;
        let kinds: Vec<_> = comments.iter().map(|comment| comment.kind).collect();
        let positive = CommentKind::Positive;
        assert_eq!(kinds, [positive, positive, positive, CommentKind::Issue], "{}", shown(&proposal));
        assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
    }
    // Opinions that are only called that are asked about.
    let text = "
課題A
委員の意見
国が担う意義は大きい。
需要の把握が足りない。
";
    let open = proposal(text);
    let [question] = &open.questions[..] else { panic!("{}", shown(&open)) };
    assert_eq!((question.choices.len(), question.waiting), (3, 2));
    assert_eq!(open.leftovers.iter().filter(|left| left.why.ja.contains("回答")).count(), 2);
    let answers: Answers = [(question.id.clone(), "issue".to_owned())].into();
    let answered = proposed(&book(vec![sheet("Sheet1", text)]), &Dossier::default(), &answers);
    let dossier = apply(&Dossier::default(), &answered).unwrap();
    let comments = &project(&dossier, "A").evaluation.comments;
    assert_eq!(comments.len(), 2, "{}", shown(&answered));
    assert!(comments.iter().all(|comment| comment.kind == CommentKind::Issue));
}

/// Lets so many looks pass, then asks to stop.
struct After(AtomicUsize);

impl Progress for After {
    fn step(&self, _fraction: f32, _what: &str) {}

    fn cancelled(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }
}

#[test]
fn a_huge_sheet_is_read_in_bounded_time_and_can_be_stopped() {
    let mut rows: Vec<Vec<String>> = vec![
        vec!["課題A 資金配分（百万円）".into()],
        ["項目", "2018年度", "2019年度"].map(Into::into).to_vec(),
    ];
    rows.extend((0..20_000).map(|n| vec![format!("素材の研究{n}"), n.to_string(), (n * 2).to_string()]));
    let large = book(vec![Sheet::of_texts("配分", rows)]);
    let input = hyoka::import::Input {
        file: large.file.clone(),
        path: None,
        content: hyoka::import::Content::Book(large),
    };
    let start = Instant::now();
    let stopped = hyoka::import::propose_watched(
        std::slice::from_ref(&input),
        &Dossier::default(),
        &Answers::new(),
        &hyoka::import::Options::default(),
        &After(AtomicUsize::new(1)),
    )
    .unwrap();
    let stop = start.elapsed();
    assert!(stopped.tables.is_empty());
    let start = Instant::now();
    let proposal = hyoka::import::propose(
        &[input],
        &Dossier::default(),
        &Answers::new(),
        &hyoka::import::Options::default(),
    )
    .unwrap();
    let whole = start.elapsed();
    // Unoptimised, beside other work.
    assert!(whole < Duration::from_secs(90) && stop < whole, "{stop:?}, {whole:?}");
    assert_eq!(proposal.tables[0].kind, TableKind::Funding);
    assert_eq!(proposal.tables[0].rows.len(), 20_001);
}

#[test]
fn hundreds_of_long_comments_are_read_at_once() {
    let text = |n: usize, word: &str| format!("{n}番目の意見。").repeat(3) + &word.repeat(60);
    let mut rows: Vec<Vec<String>> =
        vec![["評価項目", "肯定的意見", "問題点・改善すべき点"].map(Into::into).to_vec()];
    rows.extend(
        (1..=300).map(|n| vec![format!("項目{n}"), text(n, "意義は大きい。"), text(n, "需要の把握。")]),
    );
    let start = Instant::now();
    let proposal =
        proposed(&book(vec![Sheet::of_texts("課題A コメント", rows)]), &Dossier::default(), &Answers::new());
    // Unoptimised, beside other work; it took nine seconds.
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    assert_eq!(project(&dossier, "A").evaluation.comments.len(), 600);
}

/// The sheet of a text with merged ranges.
fn merged(text: &str, areas: &[&str]) -> Dossier {
    let plain = sheet("Sheet1", text);
    let areas = areas.iter().map(|area| area.parse().unwrap()).collect();
    let sheet = Sheet::new("Sheet1", plain.cells().to_vec(), areas);
    let proposal = proposed(&book(vec![sheet]), &Dossier::default(), &Answers::new());
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    apply(&Dossier::default(), &proposal).unwrap()
}

#[test]
fn an_era_may_stand_above_the_years() {
    let dossier = merged(
        "
A 資金配分（百万円）
研究開発項目|令和||
|2年度|3年度|4年度
項目１．培養|10|20|30
",
        &["A2:A3", "B2:D2"],
    );
    let expected =
        rows(&[("項目１．培養", 2020, "10"), ("項目１．培養", 2021, "20"), ("項目１．培養", 2022, "30")]);
    assert_eq!(funding(project(&dossier, "A")), expected);
}

#[test]
fn a_name_may_stand_above_its_figures_or_in_the_second_column() {
    let dossier = whole(
        "
A 資金配分（百万円）
研究開発項目|2020年度|2021年度
項目１．チップ等デバイスの製造に関する研究開発||
|10|20
項目２．設計||
|5|6
合計|15|26
",
    );
    let items = &project(&dossier, "A").funding.items;
    assert_eq!((items.len(), items[1].label.as_str()), (2, "項目２．設計"));
    assert_eq!(items[1].amounts[&FiscalYear::new(2021)].amount.value(), number(6));
    let dossier = merged(
        "
A 資金配分（百万円）
研究開発項目||2020年度|2021年度
項目１|培養|10|20
|設計|5|6
項目２|検証|1|2
合計||16|28
",
        &["A2:B2", "A3:A4", "A6:B6"],
    );
    let items: Vec<_> = project(&dossier, "A").funding.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(items, ["培養", "設計", "検証"]);
    assert_eq!(project(&dossier, "A").funding.column_totals.len(), 2);
}

#[test]
fn a_table_with_a_gap_after_every_row_and_column_is_one_table() {
    let dossier = whole(
        "
A 資金配分（単位：百万円）

研究開発項目||2020年度||2021年度

項目１．培養||10||20

項目２．設計||5||6

項目３．検証||1||2

合計||16||28
",
    );
    let funding = &project(&dossier, "A").funding;
    assert_eq!((funding.items.len(), funding.column_totals.len()), (3, 2));
}

#[test]
fn headings_of_groups_are_no_criteria_indicators_or_comments() {
    let dossier = whole(
        "
A 評点結果
評価項目|平均|委員1|委員2
Ⅰ．位置付け・必要性
１．事業目的の妥当性|2.5|3|2
２．当省が実施することの必要性|2.0|2|2
Ⅱ．成果
３．アウトプット|1.5|1|2
",
    );
    let labels: Vec<_> =
        dossier.criteria.project.criteria.iter().map(|c| (c.no.0, c.label.as_str())).collect();
    assert_eq!(labels, [(1, "事業目的の妥当性"), (2, "当省が実施することの必要性"), (3, "アウトプット")]);
    let dossier = merged(
        "
A アウトプット
指標|目標年度|目標|実績|備考
【研究開発項目１】
要素技術の確立数|2021年度|12件|13件|
【研究開発項目２】
試作品数|2022年度|5件|4件|部材の遅延
",
        &["A3:E3", "A5:E5"],
    );
    let outputs = &project(&dossier, "A").outputs;
    assert_eq!(outputs.len(), 2);
    assert_eq!(statements(&outputs[1]), [(Some(2022), number(5), number(4))]);
    let dossier = merged(
        "
課題A　委員コメント
１．当省が実施することの必要性
肯定的意見|問題点・改善すべき点
国が担う意義は大きい。|需要の把握が足りない。
動物実験の代替になる。|
２．費用対効果
肯定的意見|問題点・改善すべき点
波及効果が大きい。|前提を明らかにすること。
",
        &["A1:B1", "A2:B2", "A6:B6"],
    );
    let comments: Vec<_> = (project(&dossier, "A").evaluation.comments.iter())
        .map(|comment| (comment.criterion.map(|no| no.0), comment.kind == CommentKind::Positive))
        .collect();
    assert_eq!(
        comments,
        [(Some(1), true), (Some(1), false), (Some(1), true), (Some(2), true), (Some(2), false)]
    );
}

#[test]
fn a_rate_beside_amounts_is_told_and_does_not_hide_them() {
    let proposal = proposal(
        "
A 契約額・執行額（百万円）
年度|契約額|執行額|執行率
2019年度|100|95|95.0%
2020年度|200|198|99.0%
合計|300|293|97.7%
",
    );
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    let amounts = &project(&dossier, "A").amounts;
    assert_eq!((amounts.len(), amounts[0].years.len(), amounts[1].years.len()), (2, 2, 2));
    let left: Vec<_> = proposal.leftovers.iter().map(|left| left.text.as_str()).collect();
    let left: Vec<_> = left.into_iter().filter(|text| *text != "執行率").collect();
    assert_eq!(left, ["95.0%", "99.0%", "97.7%"], "{}", shown(&proposal));
}

#[test]
fn page_numbers_do_not_break_a_table() {
    let proposal = proposal(
        "
A 資金配分（百万円）
研究開発項目|2020年度|2021年度
項目１．培養|1|2
||1/2ページ
研究開発項目|2020年度|2021年度
項目２．設計|3|4
||2/2ページ
",
    );
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    assert_eq!(funding(project(&dossier, "A")).len(), 4, "{}", shown(&proposal));
    assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
    assert!(proposal.leftovers.iter().all(|left| left.text.ends_with("ページ")), "{}", shown(&proposal));
}

#[test]
fn several_responses_to_one_finding_are_all_kept() {
    let dossier = merged(
        "
A 評価WGの所見（令和4年度第2回）
No.|所見|対処方針
1|アウトカムの目標を検討してほしい。|指標を示す。
||市場規模を調査する。
2|国際標準化を進めること。|ISOに提案した。
",
        &["A1:C1", "B3:B4"],
    );
    let findings = &project(&dossier, "A").evaluation.sessions[0].findings;
    assert_eq!(findings.len(), 2);
    assert_eq!(findings[0].response, "指標を示す。\n市場規模を調査する。");
}

#[test]
fn a_numbered_caption_is_no_figure() {
    let dossier = whole(
        "
７．アウトカム（A）
アウトカム指標|目標年度|目標値|実績
導入企業数|2025年度|10社|2社
",
    );
    assert_eq!(project(&dossier, "A").outcomes.len(), 1);
}

#[test]
fn budgets_by_project_are_filed_under_each() {
    let proposal = proposal(
        "
プロジェクト別予算（単位：百万円）
プロジェクト|2019年度|2020年度|合計
A 創薬支援|397|360|757
B 遺伝子治療|500|600|1,100
合計|897|960|1,857
",
    );
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    for (id, amount) in [("A", 360), ("B", 600)] {
        let series = &project(&dossier, id).amounts[0];
        assert_eq!(series.kind, hyoka::model::AmountKind::Budget, "{}", shown(&proposal));
        assert_eq!(series.years[&FiscalYear::new(2020)].value(), number(amount));
    }
    // The programme's sum is none of theirs.
    let left: Vec<_> = proposal.leftovers.iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, ["合計", "897", "960", "1,857"], "{}", shown(&proposal));
}

#[test]
fn amounts_over_several_years_and_errors_are_told_and_not_taken() {
    let text = "
A 資金配分（百万円）
研究開発項目|2020年度|2021年度|2022年度
項目１．培養|10|20|30
項目２．設計|100||30
項目３．検証|1|2|3
項目４．評価|4|5|6
";
    let plain = sheet("Sheet1", text);
    let mut cells = plain.cells().to_vec();
    for cell in &mut cells {
        if cell.at.to_string() == "C6" {
            cell.value = hyoka::sheets::Value::Error("#REF!".into());
        }
    }
    let sheet = Sheet::new("Sheet1", cells, vec!["B4:C4".parse().unwrap()]);
    let proposal = proposed(&book(vec![sheet]), &Dossier::default(), &Answers::new());
    let mut left: Vec<_> = proposal.leftovers.iter().map(|left| left.source.cell.as_str()).collect();
    left.sort_unstable();
    assert_eq!(left, ["B4", "C6"], "{}", shown(&proposal));
    assert!(proposal.leftovers.iter().any(|left| left.why.ja.contains("またがる")), "{}", shown(&proposal));
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    assert_eq!(funding(project(&dossier, "A")).len(), 9, "{}", shown(&proposal));
}

#[test]
fn a_row_with_a_unit_or_a_project_begins_another_table() {
    let text = "
A 資金配分
（１）委託費（単位：百万円）
研究開発項目|2020年度|2021年度|計
項目１．培養|10|20|30
（２）補助金（単位：千円）
研究開発項目|2020年度|2021年度|計
項目２．設計|5000|6000|11000
";
    let expected = rows(&[
        ("項目１．培養", 2020, "10"),
        ("項目１．培養", 2021, "20"),
        ("項目２．設計", 2020, "5"),
        ("項目２．設計", 2021, "6"),
    ]);
    assert_eq!(funding(project(&whole(text), "A")), expected);
    let areas = ["A1:D1", "A2:D2", "A5:D5"];
    assert_eq!(funding(project(&merged(text, &areas), "A")), expected);
    let text = "
プロジェクト別アウトプット
指標|目標年度|目標|実績
課題Ａ
論文数|2021年度|12件|13件
課題Ｂ
特許数|2022年度|5件|4件
";
    for dossier in [whole(text), merged(text, &["A3:D3", "A5:D5"])] {
        let outputs = |id: &str| {
            project(&dossier, id).outputs.iter().map(|output| output.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!((outputs("A"), outputs("B")), (vec!["論文数".to_owned()], vec!["特許数".to_owned()]));
    }
}

#[test]
fn a_row_that_heads_members_recommendations_turns_what_follows() {
    let dossier = merged(
        "
A 今後の研究開発の方向等に関する提言
提言|担当課室の対処方針
標準化を進めること。|検討する。
各委員の提言|
・産業界との対話を深めること。|
",
        &["A1:B1", "A4:B4", "A5:B5"],
    );
    let evaluation = &project(&dossier, "A").evaluation;
    assert_eq!(evaluation.recommendations.len(), 1);
    assert_eq!(evaluation.comments.len(), 1);
    assert_eq!(evaluation.comments[0].kind, CommentKind::Recommendation);
}

#[test]
fn a_table_with_several_gaps_is_one_table() {
    let dossier = whole(
        "
Ａ 再生医療技術を応用した創薬支援基盤技術開発

６．事業アウトプット

アウトプット指標|要素技術の確立数|
目標年度|2021年度|2022年度

目標種別|目標|目標

実績|5 件|—
目標値|34 件|40 件
",
    );
    assert_eq!(
        statements(&project(&dossier, "A").outputs[0]),
        [(Some(2021), number(34), number(5)), (Some(2022), number(40), None)]
    );
}
