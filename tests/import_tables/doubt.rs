//! What a table leaves open: whose it is, who gave a number, what a text is about. It is asked, left over or kept
//! apart, and never filed where it may not belong.

use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, Proposal, TableKind};
use hyoka::model::{Dossier, ScaleStep, Subject};
use hyoka::sheets::Sheet;
use std::time::{Duration, Instant};

fn with_a() -> Dossier {
    Dossier { projects: vec![Subject { id: "A".into(), ..Subject::default() }.into()], ..Dossier::default() }
}

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    Sheet::of_texts(name, rows.iter().map(|row| row.to_vec()))
}

fn funding(name: &str) -> Sheet {
    sheet(
        name,
        &[
            &["資金配分（百万円）"],
            &["項目", "2018年度", "2019年度"],
            &["材料", "10", "20"],
            &["計測", "1", "2"],
        ],
    )
}

fn subjects(proposal: &Proposal) -> Vec<String> {
    proposal.tables.iter().map(|table| table.subject.to_string()).collect()
}

/// Every value taken, as place and text.
fn values(proposal: &Proposal) -> Vec<(String, String)> {
    let entries = proposal.tables.iter().flat_map(|table| &table.entries).filter(|entry| entry.accepted);
    entries.map(|entry| (entry.place.to_string(), entry.after.to_string())).collect()
}

#[test]
fn a_sheet_of_another_project_is_asked_about() {
    for name in ["第２プロジェクト（水素）", "表B-2", "別紙B", "課題A・B"] {
        let proposal = proposed(&book(vec![funding(name)]), &with_a(), &Answers::new());
        assert!(proposal.tables.is_empty(), "{name}: {}", shown(&proposal));
        let question = &proposal.questions[0];
        assert!(question.choices.iter().any(|choice| choice.value == "B"), "{name}: {}", shown(&proposal));
        assert!(proposal.leftovers.iter().all(|left| left.why.ja.contains("質問")), "{}", shown(&proposal));
        let answers: Answers = [(question.id.clone(), "B".to_owned())].into();
        let proposal = proposed(&book(vec![funding(name)]), &with_a(), &answers);
        assert_eq!(subjects(&proposal), ["B"], "{}", shown(&proposal));
    }
}

#[test]
fn a_table_without_a_name_is_taken_with_a_remark_and_an_answer_is_heard() {
    let proposal = proposed(&book(vec![funding("Sheet2")]), &with_a(), &Answers::new());
    assert_eq!(subjects(&proposal), ["A"]);
    assert!(
        proposal.tables[0].remarks.iter().any(|remark| remark.text.ja.contains("課題の名がない")),
        "{}",
        shown(&proposal)
    );
    // Not asked, and answered all the same.
    let answers: Answers = [("subject:表.xlsx!Sheet2!A2:C4".to_owned(), "B".to_owned())].into();
    let proposal = proposed(&book(vec![funding("Sheet2")]), &with_a(), &answers);
    assert_eq!(subjects(&proposal), ["B"], "{}", shown(&proposal));
}

#[test]
fn sheet_and_caption_that_contradict_each_other_are_told() {
    let rows: &[&[&str]] =
        &[&["課題B　資金配分（百万円）"], &["項目", "2018年度", "2019年度"], &["材料", "10", "20"]];
    let proposal = proposed(&book(vec![sheet("課題A", rows)]), &with_a(), &Answers::new());
    assert_eq!(subjects(&proposal), ["B"]);
    assert!(
        proposal.tables[0].remarks.iter().any(|remark| remark.text.ja.contains("シート名")),
        "{}",
        shown(&proposal)
    );
}

#[test]
fn a_column_or_a_heading_of_projects_splits_the_table() {
    let scores = sheet(
        "評点",
        &[
            &["課題", "評価項目", "委員", "評点"],
            &["課題A", "必要性", "山田", "3"],
            &["課題A", "必要性", "佐藤", "2"],
            &["課題B", "必要性", "山田", "1"],
            &["課題B", "必要性", "佐藤", "除斥"],
        ],
    );
    let proposal = proposed(&book(vec![scores]), &with_a(), &Answers::new());
    assert_eq!(subjects(&proposal), ["A", "B"], "{}", shown(&proposal));
    assert!(proposal.tables.iter().all(|table| table.kind == TableKind::Scores), "{}", shown(&proposal));
    let of_b = values(&proposal)
        .into_iter()
        .filter(|(place, _)| place.contains("projects/B/evaluation/scores"))
        .count();
    assert_eq!(of_b, 2, "{}", shown(&proposal));

    let outputs = sheet(
        "アウトプット",
        &[
            &["課題", "指標", "目標", "実績"],
            &["課題A", "試作品数", "5件", "6件"],
            &["", "論文数", "10件", "12件"],
            &["課題B", "特許数", "3件", "1件"],
        ],
    );
    let proposal = proposed(&book(vec![outputs]), &with_a(), &Answers::new());
    assert_eq!(subjects(&proposal), ["A", "B"], "{}", shown(&proposal));

    let comments = sheet(
        "コメント",
        &[
            &["課題", "評価項目", "肯定的意見", "問題点・改善すべき点"],
            &["課題A", "１．必要性", "意義は大きい。", "分担が不明。"],
            &["課題B", "１．必要性", "妥当である。", "遅れている。"],
        ],
    );
    let proposal = proposed(&book(vec![comments]), &with_a(), &Answers::new());
    assert_eq!(subjects(&proposal), ["A", "B"], "{}", shown(&proposal));
}

#[test]
fn columns_that_no_member_gave_make_no_members() {
    let rows: [&[&[&str]]; 4] = [
        &[
            &["評価項目", "今回", "前回", "委員1", "委員2"],
            &["１．必要性", "2.5", "2.0", "2", "3"],
            &["２．体制", "1.5", "3.0", "1", "2"],
        ],
        &[
            &["評価項目", "配点", "委員1", "委員2"],
            &["１．必要性", "3", "2", "3"],
            &["２．体制", "3", "1", "2"],
            &["合計", "6", "3", "5"],
        ],
        &[
            &["評価項目", "委員1", "委員2", "合計", "平均", "順位"],
            &["１．必要性", "3", "2", "5", "2.5", "1"],
            &["２．体制", "1", "2", "3", "1.5", "2"],
        ],
        &[
            &["評価項目", "3", "2", "1", "0", "平均"],
            &["１．必要性", "4", "1", "0", "0", "2.8"],
            &["２．体制", "2", "3", "0", "0", "2.4"],
        ],
    ];
    for rows in rows {
        let mut all: Vec<&[&str]> = vec![&["課題A　評点"]];
        all.extend(rows);
        let proposal = proposed(&book(vec![sheet("A", &all)]), &Dossier::default(), &Answers::new());
        for (place, value) in values(&proposal) {
            assert!(
                !place.starts_with("members/") || value.contains("委員1") || value.contains("委員2"),
                "{}",
                shown(&proposal)
            );
            assert!(
                !place.ends_with("/label") || value.contains("必要性") || value.contains("体制"),
                "{}",
                shown(&proposal)
            );
        }
        assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
    }
}

#[test]
fn members_down_are_read_and_scores_off_the_scale_are_not() {
    let table = sheet(
        "課題A 評点",
        &[
            &["委員名", "必要性", "研究開発内容"],
            &["山田 太郎", "3", "2"],
            &["佐藤 花子", "recused", "5"],
            &["平均", "3.0", "2.0"],
        ],
    );
    let mut dossier = Dossier::default();
    dossier.criteria.project.scale.steps =
        (0..=3).map(|value| ScaleStep { value, label: value.to_string(), ..ScaleStep::default() }).collect();
    let proposal = proposed(&book(vec![table]), &dossier, &Answers::new());
    let of: Vec<_> =
        values(&proposal).into_iter().filter(|(place, _)| place.contains("/evaluation/scores/")).collect();
    assert_eq!(of.len(), 3, "{}", shown(&proposal));
    assert!(of.iter().any(|(_, value)| value.contains("Recused")), "{}", shown(&proposal));
    let why: Vec<&str> = proposal.leftovers.iter().map(|left| left.why.ja.as_str()).collect();
    assert_eq!(why, ["5 は評点の尺度 0～3 にありません"], "{}", shown(&proposal));
}

#[test]
fn a_heading_within_a_list_is_no_comment_and_turns_what_follows() {
    let list = sheet(
        "課題A",
        &[
            &["課題A　１．必要性"],
            &["肯定的意見"],
            &["・意義は大きい。"],
            &["問題点・改善すべき点"],
            &["・分担を明確に。"],
        ],
    );
    let proposal = proposed(&book(vec![list]), &Dossier::default(), &Answers::new());
    let all = values(&proposal);
    let kinds: Vec<_> =
        all.iter().filter(|(place, _)| place.ends_with("/kind")).map(|(_, value)| value.as_str()).collect();
    // What is not understood is left over; an issue is never filed as a positive opinion.
    let issues = kinds.iter().filter(|kind| **kind == "\"Issue\"").count();
    let left = proposal.leftovers.iter().any(|left| left.text.contains("分担を明確に"));
    assert!(issues == 1 || left, "{}", shown(&proposal));
    assert!(!all.iter().any(|(_, value)| value.contains("改善すべき点")), "{}", shown(&proposal));
}

#[test]
fn one_text_under_two_criteria_is_two_comments() {
    let rows: &[&[&str]] = &[
        &["評価項目", "委員", "肯定的意見", "問題点・改善すべき点"],
        &["１．必要性", "山田", "妥当である。", "遅い。"],
        &["２．体制", "山田", "妥当である。", "遅い。"],
        &["２．体制", "佐藤", "妥当である。", "遅い。"],
    ];
    let book = book(vec![sheet("課題A コメント", rows)]);
    let proposal = proposed(&book, &Dossier::default(), &Answers::new());
    assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
    let after = hyoka::import::apply(&Dossier::default(), &proposal).unwrap();
    let comments = &after.projects[0].evaluation.comments;
    assert_eq!(comments.len(), 6, "{}", shown(&proposal));
    assert!(
        comments.iter().all(|comment| comment.criterion.is_some() && comment.member.is_some()),
        "{}",
        shown(&proposal)
    );
    assert_eq!((after.members.len(), after.criteria.project.criteria.len()), (2, 2));
    let again = proposed(&book, &after, &Answers::new());
    assert_eq!(again.changes(), 0, "{}", shown(&again));
}

#[test]
fn recommendations_under_the_ministrys_own_headings_are_read() {
    let rows: &[&[&str]] = &[
        &["No", "今後の研究開発の方向等に関する提言", "提言に対する担当課室の対処方針"],
        &["1", "規制当局と早期に協議されたい。", "令和5年度から協議を開始する。"],
        &["2", "標準化を進めること。", "検討する。"],
    ];
    let proposal = proposed(&book(vec![sheet("課題A", rows)]), &Dossier::default(), &Answers::new());
    assert_eq!(proposal.tables[0].kind, TableKind::Recommendations, "{}", shown(&proposal));
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
}

#[test]
fn long_tables_are_read_at_once() {
    let comments: Vec<Vec<String>> = (1..=300)
        .map(|n| vec![format!("項目{n}"), format!("良い{n}").repeat(100), format!("悪い{n}").repeat(100)])
        .collect();
    let items: Vec<Vec<String>> =
        (1..=600).map(|n| vec![format!("素材の研究{n}"), n.to_string(), (n * 2).to_string()]).collect();
    let table = |name: &str, head: &[&str], rows: &[Vec<String>]| {
        let head: Vec<String> = head.iter().map(ToString::to_string).collect();
        Sheet::of_texts(name, std::iter::once(&head).chain(rows).cloned())
    };
    for sheet in [
        table("課題A コメント", &["評価項目", "肯定的意見", "問題点・改善すべき点"], &comments),
        table("課題A 資金配分（百万円）", &["項目", "2018年度", "2019年度"], &items),
    ] {
        let name = sheet.name.clone();
        let start = Instant::now();
        let proposal = proposed(&book(vec![sheet]), &Dossier::default(), &Answers::new());
        // Unoptimised, beside other work; it took most of a minute.
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
        assert!(!proposal.tables.is_empty() || !proposal.questions.is_empty(), "{name}");
    }
}
