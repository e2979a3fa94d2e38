//! Tables that stand side by side, each under its own caption, and tables that an empty row and an empty column tear in
//! four: what belongs together is found, and nothing of it goes to a neighbour.

use crate::structure::sheet;
use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, Proposal, TableKind, apply};
use hyoka::model::{CriterionNo, Dossier, FiscalYear, ScoreCell, Subject, Unit};
use hyoka::sheets::Sheet;
use rust_decimal::Decimal;

/// What a sheet with merged cells would change, with nothing asked and nothing left over.
fn read(text: &str, merges: &[&str]) -> Proposal {
    let plain = sheet("Sheet1", text);
    let merges = merges.iter().map(|area| area.parse().unwrap()).collect();
    let sheet = Sheet::new("Sheet1", plain.cells().to_vec(), merges);
    let proposal = proposed(&book(vec![sheet]), &Dossier::default(), &Answers::new());
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    proposal
}

/// Each table's kind and title, as they stand on the sheet.
fn titles(proposal: &Proposal) -> Vec<(TableKind, &str)> {
    proposal.tables.iter().map(|table| (table.kind, table.title.as_str())).collect()
}

fn project(proposal: &Proposal) -> Subject {
    let dossier = apply(&Dossier::default(), proposal).unwrap();
    dossier.subject(&"A".into()).unwrap().clone()
}

#[test]
fn a_caption_does_not_reach_over_a_table_that_stands_nearer_to_it() {
    // The outputs’ label column is empty but for its heading and one name; nothing but captions shows whose it is.
    let proposal = read(
        "
Ａ 創薬支援基盤技術開発

７．事業アウトカム|||||契約額の推移||||（２）資金配分||（単位：百万円）|||６．事業アウトプット||||||||３．評点法による評点結果
アウトカム指標|目標年度|目標|実績||（単位：億円）|||||||||研究開発項目||2014年度||2015年度
臨床研究件数|2014年度|1件|2件||年度|2014年度|2015年度||研究開発項目|2014年度|2015年度|||||目標値|実績|目標値|実績|||評価項目|評点|委員1|委員2
企業の割合|2015年度|3社|4社||契約額|7|8||項目１．培養|1|2|||||||||||１．必要性|2.0|2|2
|||||||||項目２．設計|3|4|||要素技術の確立数||5件|6件|7件|8件|||２．効果|1.0|1|1
",
        &["O4:O5", "Q4:R4", "S4:T4"],
    );
    assert_eq!(
        titles(&proposal),
        [
            (TableKind::Outcomes, "７．事業アウトカム"),
            (TableKind::Outputs, "６．事業アウトプット"),
            (TableKind::Amounts, "契約額の推移"),
            (TableKind::Funding, "（２）資金配分"),
            (TableKind::Scores, "３．評点法による評点結果"),
        ],
        "{}",
        shown(&proposal)
    );
    let project = project(&proposal);
    assert_eq!(project.funding.unit, Unit::MillionYen);
    let contract = project.amounts[0].years[&FiscalYear::new(2015)].value_in(&Unit::Yen);
    assert_eq!(contract, Some(Decimal::from(800_000_000)));
    assert_eq!((project.outputs[0].statements.len(), project.outcomes.len()), (2, 2));
}

#[test]
fn captions_are_set_aside_above_tables_of_which_one_begins_with_figures() {
    let proposal = read(
        "
Ａ 創薬支援基盤技術開発

７．事業アウトカム|||||６．事業アウトプット|||||その他の指標
アウトカム指標|目標年度|目標|実績||指標||要素技術の確立数|||論文数|74件
臨床研究件数|2014年度|1件|2件||目標||2014年度|2015年度||特許出願|30件
企業の割合|2015年度|3社|4社||||5件|7件||国外特許出願|12件
|||||実績||6件|-||PCT出願|9件
",
        &["F5:F6", "H4:I4"],
    );
    assert_eq!(
        titles(&proposal),
        [
            (TableKind::Outcomes, "７．事業アウトカム"),
            (TableKind::Outputs, "６．事業アウトプット"),
            (TableKind::OtherIndicators, "その他の指標"),
        ]
    );
    assert_eq!(project(&proposal).other_indicators.len(), 4);
}

#[test]
fn a_row_that_tears_two_tables_side_by_side_joins_neither_to_the_other() {
    let proposal = read(
        "
Ａ 創薬支援基盤技術開発

その他の指標|||３．評点法による評点結果
指標|件数||評価項目|評点|委員1|委員2
論文数|74件||１．必要性|2.0|2|2
特許出願|30件||２．研究開発内容|1.0|1|1

国外特許出願|12件||３．費用対効果|1.0|1|1
",
        &[],
    );
    assert_eq!(
        titles(&proposal),
        [(TableKind::OtherIndicators, "その他の指標"), (TableKind::Scores, "３．評点法による評点結果"),]
    );
    let project = project(&proposal);
    assert_eq!((project.other_indicators.len(), project.evaluation.printed_means.len()), (3, 3));
}

#[test]
fn a_table_torn_by_an_empty_row_and_an_empty_column_is_one() {
    // Below the first row of a turned table,
    let turned = read(
        "
Ａ 創薬支援基盤技術開発

７．事業アウトカム
アウトカム指標||臨床研究件数

目標||中間目標（平成29年度）|最終目標（平成32年度）
||8件|70件
実績||-|-
補足
",
        &["A6:A7"],
    );
    assert_eq!(project(&turned).outcomes[0].statements.len(), 2, "{}", shown(&turned));
    // above its last row,
    let counts = read(
        "
Ａ 創薬支援基盤技術開発

その他の指標
指標||件数
論文数||74件
特許出願||30件

PCT出願||9件
",
        &[],
    );
    assert_eq!(project(&counts).other_indicators.len(), 3, "{}", shown(&counts));
    // between two rows of headings.
    let scores = read(
        "
Ａ 創薬支援基盤技術開発

評点結果
評価項目|各委員の評点|||評点（平均）

|委員1||委員2|
１．必要性|該当なし||3|3.0
２．効果|2||1|1.5
",
        &["B4:D4"],
    );
    assert_eq!(project(&scores).evaluation.printed_means.len(), 2, "{}", shown(&scores));
}

#[test]
fn notes_and_units_do_not_stay_in_a_column_that_an_empty_one_parts_from_its_table() {
    let noted = read(
        "
Ａ 創薬支援基盤技術開発

■資金配分表（単位：億円）||||||評点結果
No.||研究開発項目|2020年度|2021年度||評価項目|評点|委員1
1||項目１．培養|1|2||１．必要性|2.0|2
2||項目２．設計|3|4||２．効果|1.0|1
※１　四捨五入のため合計が一致しないことがある||||||３．費用対効果|1.0|1
",
        &[],
    );
    let funding = project(&noted).funding;
    assert_eq!(funding.note, "※１　四捨五入のため合計が一致しないことがある");
    assert_eq!((funding.items.len(), funding.unit.as_str()), (2, "億円"));
    let stated = read(
        "
Ａ 創薬支援基盤技術開発

■資金配分表||||||契約額の推移
||||（単位：億円）||年度|契約額
研究開発項目|年度|||合計||2020年度|10百万円
|2020年度|2021年度||||2021年度|20百万円
項目１．培養|1|2||3||2022年度|30百万円
項目２．設計|3|4||7||2023年度|40百万円
",
        &["A5:A6", "B5:C5"],
    );
    let project = project(&stated);
    assert_eq!((project.funding.items.len(), project.funding.unit.as_str()), (2, "億円"));
    assert_eq!(project.funding.items[1].total.amount.value_in(&Unit::Yen), Some(Decimal::from(700_000_000)));
    assert_eq!(project.amounts[0].years.len(), 4);
}

#[test]
fn a_row_of_scores_behind_an_empty_row_is_no_opinion() {
    let proposal = read(
        "
Ａ 創薬支援基盤技術開発

（３）評点
評価項目|委員|評点
１．必要性|委員1|1
１．必要性|委員2|2
２．総合評価|委員1|3

２．総合評価|委員2|除斥
",
        &[],
    );
    assert_eq!(titles(&proposal), [(TableKind::Scores, "（３）評点")]);
    let evaluation = project(&proposal).evaluation;
    assert_eq!(evaluation.cell(&evaluation.panel[1], CriterionNo(2)), ScoreCell::Recused);
}

#[test]
fn numbers_of_members_behind_an_empty_column_are_no_scores() {
    let proposal = read(
        "
Ａ 創薬支援基盤技術開発

評点結果

評価⏎項目|||１．必要性|２．研究開発内容|３．費用対効果
委員|①||3|1|0
|③||0|1|3
|②||2|1|2

|④||1|3|除斥
",
        &["A6:A10"],
    );
    assert_eq!(titles(&proposal), [(TableKind::Scores, "評点結果")]);
    let evaluation = project(&proposal).evaluation;
    assert_eq!((evaluation.panel.len(), evaluation.scores.len()), (4, 4));
}
