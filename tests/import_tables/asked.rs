//! What is not told is asked, and the answer is followed.

use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, Proposal, TableKind, apply};
use hyoka::model::{CriterionNo, Dossier, FiscalYear, Indicator, Member, ScoreCell, Subject};
use hyoka::sheets::{Book, Sheet};
use rust_decimal::Decimal;

fn sheet(name: &str, rows: &[&[&str]]) -> Book {
    book(vec![Sheet::of_texts(name, rows.iter().map(|row| row.iter().copied()))])
}

fn projects(ids: &[&str]) -> Dossier {
    let projects = ids.iter().map(|id| Subject { id: (*id).into(), ..Subject::default() }.into()).collect();
    Dossier { projects, ..Dossier::default() }
}

/// The only question, and the proposal once it is answered.
fn answered(book: &Book, dossier: &Dossier, answer: &str) -> Proposal {
    let open = proposed(book, dossier, &Answers::new());
    let [question] = &open.questions[..] else { panic!("{}", shown(&open)) };
    assert!(question.waiting > 0 && question.answer.is_none());
    assert!(!question.text.ja.is_empty() && !question.text.en.is_empty());
    assert!(question.choices.iter().any(|choice| choice.value == answer), "{}", shown(&open));
    // Nothing that waits is in the tables.
    assert!(open.leftovers.iter().any(|leftover| leftover.why.ja.contains("回答")), "{}", shown(&open));
    let proposal = proposed(book, dossier, &[(question.id.clone(), answer.to_owned())].into());
    assert!(proposal.questions.iter().all(|question| question.answer.is_some()), "{}", shown(&proposal));
    assert!(
        !proposal.leftovers.iter().any(|leftover| leftover.why.ja.contains("回答")),
        "{}",
        shown(&proposal)
    );
    proposal
}

const FUNDING: [&[&str]; 4] = [
    &["資金配分（単位：百万円）"],
    &["研究開発項目", "2020年度", "2021年度"],
    &["項目１．培養", "12", "-"],
    &["合計", "12", "0"],
];

#[test]
fn whose_a_table_is() {
    let book = sheet("Sheet1", &FUNDING);
    let dossier = projects(&["A", "B"]);
    let proposal = answered(&book, &dossier, "B");
    assert_eq!(proposal.tables[0].subject.as_str(), "B");
    let after = apply(&dossier, &proposal).unwrap();
    assert!(after.projects[0].funding.is_empty() && !after.projects[1].funding.is_empty());
    // With one project there is nothing to ask, and a sheet may say it.
    assert!(proposed(&book, &projects(&["B"]), &Answers::new()).questions.is_empty());
    assert!(proposed(&sheet("B資金配分", &FUNDING), &dossier, &Answers::new()).questions.is_empty());
}

#[test]
fn which_era_a_bare_year_is_of() {
    let rows: [&[&str]; 3] =
        [&["A 資金配分（単位：百万円）"], &["研究開発項目", "5年度", "6年度"], &["項目１．培養", "12", "13"]];
    let book = sheet("Sheet1", &rows);
    let open = proposed(&book, &Dossier::default(), &Answers::new());
    let labels: Vec<_> = open.questions[0].choices.iter().map(|choice| choice.label.ja.as_str()).collect();
    assert_eq!(labels, ["令和（2023年度～2024年度）", "平成（1993年度～1994年度）"]);
    let after = apply(&Dossier::default(), &answered(&book, &Dossier::default(), "令和")).unwrap();
    let years: Vec<_> =
        after.projects[0].funding.years.iter().map(|column| column.year.start_year()).collect();
    assert_eq!(years, [2023, 2024]);
}

#[test]
fn a_year_after_one_with_its_era_is_not_asked_and_is_told() {
    let rows: [&[&str]; 3] = [
        &["A 資金配分（単位：百万円）"],
        &["研究開発項目", "令和4年度", "5年度"],
        &["項目１．培養", "12", "13"],
    ];
    let proposal = proposed(&sheet("Sheet1", &rows), &Dossier::default(), &Answers::new());
    assert!(proposal.questions.is_empty());
    assert!(proposal.tables[0].remarks.iter().any(|remark| remark.text.ja.contains("続く年度")));
    let after = apply(&Dossier::default(), &proposal).unwrap();
    assert!(after.projects[0].funding.items[0].amounts.contains_key(&FiscalYear::new(2023)));
}

#[test]
fn which_unit_money_is_in() {
    let rows: [&[&str]; 3] =
        [&["A 資金配分"], &["研究開発項目", "2020年度", "2021年度"], &["項目１．培養", "12000", "1.5億円"]];
    let after =
        apply(&Dossier::default(), &answered(&sheet("Sheet1", &rows), &Dossier::default(), "千円")).unwrap();
    let funding = &after.projects[0].funding;
    let million = |year: i16| {
        funding.items[0].amounts[&FiscalYear::new(year)]
            .amount
            .value_in(&hyoka::model::Unit::MillionYen)
            .unwrap()
    };
    // The cell that names its unit keeps it.
    assert_eq!(
        (funding.unit.as_str(), million(2020), million(2021)),
        ("千円", Decimal::from(12), Decimal::from(150))
    );
}

#[test]
fn whether_a_similar_indicator_is_the_same() {
    let mut dossier = projects(&["A"]);
    dossier.projects[0].outputs.push(Indicator {
        id: "r1".into(),
        name: "創薬支援ツール開発に係る要素技術の確立数".into(),
        ..Indicator::default()
    });
    let rows: [&[&str]; 4] = [
        &["A アウトプット"],
        &["アウトプット指標", "目標年度", "目標値", "実績"],
        &["創薬支援ツールの開発に係る要素技術の確立数", "2021年度", "12件", "13件"],
        &["論文の被引用数", "2021年度", "100件", "90件"],
    ];
    let book = sheet("Sheet1", &rows);
    let same = apply(&dossier, &answered(&book, &dossier, "r1")).unwrap();
    assert_eq!(same.projects[0].outputs.len(), 2);
    assert_eq!(same.projects[0].outputs[0].name, "創薬支援ツール開発に係る要素技術の確立数");
    assert_eq!(same.projects[0].outputs[0].statements[0].actual.amount.value(), Some(Decimal::from(13)));
    let other = apply(&dossier, &answered(&book, &dossier, "new")).unwrap();
    assert_eq!(other.projects[0].outputs.len(), 3);
}

#[test]
fn whether_indicators_are_outputs_or_outcomes() {
    let rows: [&[&str]; 3] =
        [&["A"], &["指標", "目標年度", "目標値", "実績"], &["導入した企業の数", "2021年度", "12社", "13社"]];
    let after =
        apply(&Dossier::default(), &answered(&sheet("Sheet1", &rows), &Dossier::default(), "outcomes"))
            .unwrap();
    assert_eq!((after.projects[0].outputs.len(), after.projects[0].outcomes.len()), (0, 1));
}

fn members(names: &[&str]) -> Dossier {
    let members = names.iter().zip(1..).map(|(name, n)| Member {
        id: format!("M{n}").as_str().into(),
        name: (*name).into(),
        ..Member::default()
    });
    Dossier { members: members.collect(), ..projects(&["A"]) }
}

#[test]
fn whose_scores_stand_in_a_column() {
    let rows: [&[&str]; 3] =
        [&["A 評点"], &["評価項目", "平均", "山田委員", "鈴木委員"], &["１．必要性", "2.5", "3", "2"]];
    let book = sheet("Sheet1", &rows);
    let dossier = members(&["佐藤 一郎", "山田 花子"]);
    let after = apply(&dossier, &answered(&book, &dossier, "new")).unwrap();
    let evaluation = &after.projects[0].evaluation;
    assert_eq!(after.members.len(), 3);
    assert_eq!(after.members[2].name, "鈴木委員");
    // A family name alone is enough where one member has it.
    assert_eq!(evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Score(3));
    assert_eq!(evaluation.cell(&"M3".into(), CriterionNo(1)), ScoreCell::Score(2));
    assert_eq!(evaluation.printed_means[&CriterionNo(1)], "2.5");
}

#[test]
fn columns_without_names_follow_the_order_and_say_so() {
    let rows: [&[&str]; 3] = [&["A 評点"], &["評価項目", "委員1", "委員2"], &["１．必要性", "3", "0"]];
    let dossier = members(&["山田 花子", "佐藤 一郎"]);
    let proposal = proposed(&sheet("Sheet1", &rows), &dossier, &Answers::new());
    let after = apply(&dossier, &proposal).unwrap();
    assert_eq!(after.projects[0].evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Score(0));
    assert_eq!(after.members, dossier.members);
}

#[test]
fn what_a_dash_among_scores_means() {
    let rows: [&[&str]; 4] =
        [&["A 評点"], &["評価項目", "委員1", "委員2"], &["１．必要性", "3", "－"], &["２．効果", "ー", "0"]];
    let book = sheet("Sheet1", &rows);
    let recused = apply(&Dossier::default(), &answered(&book, &Dossier::default(), "recused")).unwrap();
    let evaluation = &recused.projects[0].evaluation;
    assert_eq!(evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Recused);
    assert_eq!(evaluation.cell(&"M1".into(), CriterionNo(2)), ScoreCell::Recused);
    let blank = apply(&Dossier::default(), &answered(&book, &Dossier::default(), "blank")).unwrap();
    assert_eq!(blank.projects[0].evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Blank);
    assert_eq!(blank.projects[0].evaluation.scores.len(), 2);
}

#[test]
fn a_table_without_an_answer_is_no_table_yet() {
    let proposal = proposed(&sheet("Sheet1", &FUNDING), &projects(&["A", "B"]), &Answers::new());
    assert!(proposal.tables.iter().all(|table| table.kind != TableKind::Funding));
    assert_eq!(proposal.changes(), 0);
}
