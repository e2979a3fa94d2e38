//! Each kind of table in some of the forms that the generator does not draw.

use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, Proposal, TableKind, apply};
use hyoka::model::{
    AmountKind, CommentKind, Dossier, EvaluationKind, FiscalYear, Moment, RoadmapKind, TargetKind,
};
use hyoka::sheets::{Area, Cell, Sheet, Value};
use rust_decimal::Decimal;

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    Sheet::of_texts(name, rows.iter().map(|row| row.iter().copied()))
}

/// The dossier that the rows make of an empty one.
fn of(rows: &[&[&str]]) -> (Dossier, Proposal) {
    let proposal = proposed(&book(vec![sheet("Sheet1", rows)]), &Dossier::default(), &Answers::new());
    assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
    (apply(&Dossier::default(), &proposal).unwrap(), proposal)
}

#[test]
fn an_overview_sheet_with_pairs_side_by_side_and_values_below() {
    let (dossier, proposal) = of(&[
        &["プロジェクト名", "Ｂ 遺伝子治療製造技術開発"],
        &["担当課室", "生物化学産業課", "会計区分", "☑一般会計　□エネルギー対策会計"],
        &["実施期間", "平成30年度～令和4年度（5年間）", "実施形態", "国 → AMED（定額補助） → 企業（委託）"],
        &["上位施策", "・統合イノベーション戦略2020（令和2年7月17日 閣議決定）"],
        &["", "・健康・医療戦略"],
        &["類型"],
        &["研究開発課題（プロジェクト）"],
    ]);
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let overview = &dossier.subject(&"B".into()).unwrap().overview;
    assert_eq!(overview.section_in_charge, "生物化学産業課");
    assert_eq!(overview.account_selected.as_deref(), Some("一般会計"));
    assert_eq!(overview.account_options, ["一般会計", "エネルギー対策会計"]);
    assert_eq!(
        (overview.period.start, overview.period.years_printed),
        (Some(FiscalYear::new(2018)), Some(5))
    );
    assert_eq!(overview.implementation_steps.len(), 3);
    assert_eq!(overview.type_selected.as_deref(), Some("研究開発課題（プロジェクト）"));
    assert_eq!(dossier.policies.len(), 2);
    assert_eq!(dossier.policies[0].name, "統合イノベーション戦略2020");
    assert_eq!(dossier.policies[0].date.at.unwrap().to_string(), "2020-07-17");
    assert_eq!(overview.policies.len(), 2);
}

#[test]
fn amounts_within_an_overview_sheet_of_the_programme() {
    let (dossier, proposal) = of(&[
        &["複数課題プログラムの概要"],
        &["担当課室", "生物化学産業課"],
        &["評価時期", "事前評価：2014年度、中間評価：2020年度、2022年度、終了時評価：2028年度（予定）"],
        &["執行額（百万円）", "2018年度", "2019年度", "総執行額", "総予算額"],
        &["", "4,373", "7,148", "-", "24,762\n※2022年度を含む"],
    ]);
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let programme = &dossier.programme;
    assert_eq!(programme.amounts[0].kind, AmountKind::Executed);
    assert_eq!(programme.amounts[0].years[&FiscalYear::new(2019)].value(), Some(Decimal::from(7148)));
    let total = &programme.amounts[0].totals[1];
    assert_eq!((total.label.as_str(), total.amount.note.as_str()), ("総予算額", "※2022年度を含む"));
    let points: Vec<_> = programme
        .overview
        .schedule
        .iter()
        .map(|point| (point.kind, point.year.unwrap().start_year(), point.printed.as_str()))
        .collect();
    assert_eq!(
        points,
        [
            (EvaluationKind::Prior, 2014, ""),
            (EvaluationKind::Interim, 2020, ""),
            (EvaluationKind::Interim, 2022, ""),
            (EvaluationKind::Final, 2028, "2028年度（予定）")
        ]
    );
}

#[test]
fn planned_years_open_amounts_and_notes() {
    let (dossier, proposal) = of(&[
        &["C 資金配分", "", "", "", "（単位：千円）"],
        &["研究項目", "2021年度", "2022年度\n（予定）", "2023年度", "計"],
        &["課題１．ＣＱＡ", "179,000\n（委託）", "200,000\n（委託）", "未確定", "▲500"],
        &["小　計", "1", "2", "3", "4"],
        &["合計", "１７９，０００", "200,000", "―", "-"],
        &["※１ 調整費を除く"],
        &["※２ 2022年度は予定額"],
    ]);
    let funding = &dossier.projects[0].funding;
    let cell = |year: i16| &funding.items[0].amounts[&FiscalYear::new(year)];
    assert_eq!(cell(2022).amount.certainty, hyoka::model::Certainty::Planned);
    assert_eq!((cell(2022).amount.printed.as_str(), cell(2022).kind.as_str()), ("200,000", "委託"));
    assert_eq!(cell(2023).amount.certainty, hyoka::model::Certainty::Undetermined);
    assert_eq!(funding.items[0].total.amount.value(), Some(Decimal::from(-500)));
    assert_eq!((funding.items.len(), funding.note.as_str()), (1, "※１ 調整費を除く\n※２ 2022年度は予定額"));
    // Subtotals have no place, and say so.
    assert_eq!(proposal.leftovers.len(), 5, "{}", shown(&proposal));
}

#[test]
fn indicators_of_several_projects_in_one_table() {
    let (dossier, _) = of(&[
        &["５．複数課題プログラムのアウトプット"],
        &["プロジェクト", "アウトプット指標", "目標", "実績"],
        &["A", "要素技術の確立数", "（最終目標）2021年度 12件", "13件"],
        &["B", "製造システムの確立数", "(中間目標) 2021年度 12件", "49件"],
    ]);
    let ids: Vec<_> = dossier.projects.iter().map(|project| project.id.as_str()).collect();
    assert_eq!(ids, ["A", "B"]);
    let statement = &dossier.projects[1].outputs[0].statements[0];
    assert_eq!(
        (statement.target.kind, statement.actual.amount.value()),
        (TargetKind::Interim, Some(Decimal::from(49)))
    );
    assert_eq!(statement.chapter, hyoka::model::PrintedChapter::Programme);
}

#[test]
fn research_items_and_who_carries_them_out() {
    let cell = |at: &str, text: &str| Cell { at: at.parse().unwrap(), value: Value::Text(text.into()) };
    let merges: Vec<Area> = vec!["A3:A4".parse().unwrap()];
    let sheet = Sheet::new(
        "A",
        vec![
            cell("A1", "研究開発項目と実施者"),
            cell("A2", "研究開発項目"),
            cell("B2", "研究課題名"),
            cell("C2", "実施者"),
            cell("A3", "項目２－１．培養モデルの設計"),
            cell("B3", "腎臓 Organ-on-a-Chip"),
            cell("C3", "京都大学"),
            cell("B4", "腸肝循環"),
            cell("C4", "東京大学"),
            cell("A5", "項目３．検証"),
            cell("B5", "基準作成"),
            cell("C5", "国立医薬品食品衛生研究所"),
        ],
        merges,
    );
    let proposal = proposed(&book(vec![sheet]), &Dossier::default(), &Answers::new());
    assert!(proposal.leftovers.is_empty() && proposal.questions.is_empty(), "{}", shown(&proposal));
    let items = &apply(&Dossier::default(), &proposal).unwrap().projects[0].research_items;
    assert_eq!((items.len(), items[0].no.as_str(), items[0].label.as_str()), (2, "2-1", "培養モデルの設計"));
    assert_eq!((items[0].tasks.len(), items[0].tasks[1].implementer.as_str()), (2, "東京大学"));
}

#[test]
fn recommendations_findings_and_previous_findings() {
    let (dossier, proposal) = of(&[
        &["A 提言及び提言に対する対処方針"],
        &["提言", "対処方針"],
        &["・国際規格に沿って進めること。", "規制当局との協力を続ける。"],
        &[],
        &["第53回 評価ワーキンググループ（2020年度）中間評価の所見"],
        &["所見", "対処方針"],
        &["アウトカムの目標を検討してほしい。", "指標を示す。"],
        &[],
        &["前回評価の指摘事項"],
        &["評価項目", "指摘事項", "対処状況"],
        &["費用対効果", "新しいモダリティにも使えるように。", "視野に入れて開発した。"],
    ]);
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let project = &dossier.projects[0];
    assert_eq!(project.evaluation.recommendations[0].text, "国際規格に沿って進めること。");
    assert_eq!(project.evaluation.recommendations[0].response, "規制当局との協力を続ける。");
    let session = &project.evaluation.sessions[0];
    assert_eq!((session.session, session.year), (Some(53), Some(FiscalYear::new(2020))));
    assert_eq!((session.findings.len(), session.findings[0].response.as_str()), (1, "指標を示す。"));
    assert_eq!(project.previous_findings[0].criterion, "費用対効果");
}

#[test]
fn comments_by_criterion_and_as_lists() {
    let (dossier, proposal) = of(&[
        &["A 委員のコメント"],
        &["評価項目", "肯定的意見", "問題点・改善すべき点"],
        &["１．必要性", "・国が担う意義は大きい。\n・動物実験の代替になる。", "・需要の把握が足りない。"],
        &[],
        &["肯定的意見"],
        &["・商品化に至った点を評価する。"],
        &["・体制を組み直した。"],
    ]);
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let comments = &dossier.projects[0].evaluation.comments;
    let kinds: Vec<_> = comments.iter().map(|comment| (comment.kind, comment.text.as_str())).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    assert_eq!(kinds[0], (CommentKind::Positive, "国が担う意義は大きい。"));
    assert_eq!(kinds[2], (CommentKind::Issue, "需要の把握が足りない。"));
    assert_eq!(comments[0].criterion.unwrap().0, 1);
}

#[test]
fn market_figures_and_a_roadmap() {
    let (dossier, proposal) = of(&[
        &["A 市場予測"],
        &["項目", "時期", "市場規模", "成長率", "出典"],
        &["再生医療の世界市場", "2020年", "6,270億円", "50%", "図１"],
        &["再生医療の世界市場", "2040年", "11.6兆円", "", "図１"],
        &[],
        &["８．ロードマップ"],
        &["区分", "項目", "開始年度", "終了年度"],
        &["期間", "第2期", "2022年度", "2026年度"],
    ]);
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let project = &dossier.projects[0];
    eprintln!("{}", shown(&proposal));
    assert_eq!((project.market.len(), project.market[1].amount.unit.as_str()), (2, "兆円"));
    assert_eq!(project.market[0].growth_percent, Some(Decimal::from(50)));
    assert_eq!(
        (project.roadmap[0].kind, project.roadmap[0].when.to),
        (RoadmapKind::Period, Some(Moment::Fiscal(FiscalYear::new(2026))))
    );
}

#[test]
fn two_funding_tables_beside_each_other_without_a_gap() {
    let (dossier, proposal) = of(&[
        &["A 資金配分（単位：百万円）"],
        &["研究開発項目", "2020年度", "2021年度", "評価項目", "平均", "委員1", "委員2"],
        &["項目１．培養", "1", "2", "１．必要性", "2.5", "3", "2"],
        &["項目２．設計", "3", "4", "２．効果", "1.5", "1", "2"],
    ]);
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let kinds: Vec<_> = proposal.tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [TableKind::Funding, TableKind::Scores]);
    assert_eq!(dossier.projects[0].funding.items.len(), 2);
    assert_eq!(dossier.projects[0].evaluation.scores.len(), 2);
}

#[test]
fn look_alikes_match_and_stay_as_found() {
    let (dossier, _) = of(&[
        &["A 資金配分（単位：百万円）"],
        &["研究開発項⽬", "２０２０年度", "2021年度"],
        &["⽤⽣⼤の研究", "1", "2"],
        &["合　計", "1", "2"],
    ]);
    let funding = &dossier.projects[0].funding;
    assert_eq!((funding.items.len(), funding.items[0].label.as_str()), (1, "⽤⽣⼤の研究"));
    let again = Sheet::of_texts(
        "A",
        [
            vec!["資金配分（単位：百万円）"],
            vec!["研究開発項目", "2020年度", "2021年度"],
            vec!["用生大の研究", "1", "2"],
        ],
    );
    let proposal = proposed(&book(vec![again]), &dossier, &Answers::new());
    assert_eq!(proposal.changes(), 0, "{}", shown(&proposal));
}

#[test]
fn cells_under_merged_ranges_are_told() {
    let cell = |at: &str, text: &str| Cell { at: at.parse().unwrap(), value: Value::Text(text.into()) };
    let sheet =
        Sheet::new("Sheet1", vec![cell("A1", "目"), cell("B1", "隠れた値")], vec!["A1:B1".parse().unwrap()]);
    let proposal = proposed(&book(vec![sheet]), &Dossier::default(), &Answers::new());
    assert!(
        proposal.leftovers.iter().any(|leftover| leftover.why.ja.contains("隠れ")),
        "{}",
        shown(&proposal)
    );
}
