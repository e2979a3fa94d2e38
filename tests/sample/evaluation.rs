//! Criteria, scores, comments, consensus, recommendations, findings.

use crate::facts::{Row, assert_retold, by_id, rows, subject};
use hyoka::model::{CommentKind, CriterionNo, Dossier, EvaluationKind, MemberId, ScoreCell};
use std::collections::BTreeMap;
use std::path::Path;

/// Checks the sheets about the evaluation.
pub fn check(facts: &Path, dossier: &Dossier) {
    criteria(facts, dossier);
    scores(facts, dossier);
    comments(facts, dossier);
    recommendations(facts, dossier);
    findings(facts, dossier);
}

fn criterion(row: &Row, column: &str) -> Option<CriterionNo> {
    row.number(column).map(CriterionNo)
}

fn criteria(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "criteria") {
        let sets = &dossier.criteria;
        let set = if &row["level"] == "program" { &sets.programme } else { &sets.project };
        let found = set.get(criterion(row, "no").unwrap()).expect("the criterion");
        assert_eq!((found.label.as_str(), found.printed.as_str()), (&row["criterion"], &row["printed"]));
        assert_eq!((found.scored, found.note.as_str()), (&row["has_scores"] == "yes", &row["note"]));
        assert!(!found.guidance.is_empty());
    }
}

fn scores(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "scores") {
        let evaluation = &subject(dossier, &row["project"]).evaluation;
        let no = criterion(row, "criterion_no").unwrap();
        let member = MemberId::from(format!("M{}", &row["member_index"]));
        assert!(evaluation.panel.contains(&member), "{row:?}");
        assert_eq!(evaluation.cell(&member, no), ScoreCell::Score(row.number("score").unwrap()), "{row:?}");
        assert_eq!(evaluation.printed_means[&no], row["printed_mean"], "{row:?}");
        assert_eq!(dossier.criteria.project.get(no).unwrap().label, row["criterion"]);
    }
}

/// The sheet has one row a paragraph; the paragraphs of one bullet are one comment. A consensus text has one
/// paragraph for each of its bullets.
fn comments(facts: &Path, dossier: &Dossier) {
    let rows = rows(facts, "comments");
    let mut bullets: BTreeMap<_, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        let bullet: usize = row.number("bullet_no").unwrap();
        let key = (&row["project_or_program"], criterion(row, "criterion_no"), &row["kind"], bullet);
        bullets.entry(key).or_default().push(row);
    }
    for ((owner, criterion, kind, bullet), rows) in bullets {
        let evaluation = &subject(dossier, owner).evaluation;
        let kind = match kind {
            "肯定的意見" => CommentKind::Positive,
            "問題点・改善すべき点" => CommentKind::Issue,
            "各委員の提言" => CommentKind::Recommendation,
            _ => {
                let consensus = evaluation.consensus.iter().find(|text| text.criterion == criterion);
                let consensus = consensus.expect("the consensus");
                let paragraph = consensus.text.lines().nth(bullet - 1).expect("its paragraph");
                for row in &rows {
                    assert_retold(row, paragraph, &row["paraphrase"]);
                }
                assert_eq!(consensus.printed_at, rows[0]["where"]);
                continue;
            }
        };
        let of_kind = |c: &&hyoka::model::Comment| c.criterion == criterion && c.kind == kind;
        let comment = evaluation.comments.iter().filter(of_kind).nth(bullet - 1).expect("the comment");
        assert_eq!(comment.text.lines().count(), rows.len(), "{}", comment.id);
        for (paragraph, row) in comment.text.lines().zip(rows) {
            assert_retold(row, paragraph, &row["paraphrase"]);
            assert_eq!((comment.printed_at.as_str(), &comment.member), (&row["where"], &None));
        }
    }
}

fn recommendations(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "recommendations") {
        let list = &subject(dossier, &row["project_or_program"]).evaluation.recommendations;
        let found = by_id(list, &row["id"]);
        assert_retold(row, &found.text, &row["recommendation_paraphrase"]);
        assert_retold(row, &found.response, &row["response_paraphrase"]);
        assert_eq!(
            (found.note.replace('、', "; "), found.printed_at.as_str()),
            (row["key_facts"].into(), &row["where"])
        );
    }
}

fn findings(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "findings") {
        let evaluation = &subject(dossier, &row["project_or_program"]).evaluation;
        let session =
            evaluation.sessions.iter().find(|session| session.session == row.number("wg_session_no"));
        let session = session.expect("the session");
        let kind = match &row["evaluation_kind"] {
            "事前評価" => EvaluationKind::Prior,
            "中間評価" => EvaluationKind::Interim,
            _ => EvaluationKind::Final,
        };
        assert_eq!((session.year, session.kind), (row.year("fiscal_year"), kind), "{row:?}");
        assert_eq!(session.printed_at, row["where"]);
        if &row["empty"] == "yes" {
            assert!(session.findings.is_empty(), "{row:?}");
            continue;
        }
        let finding = by_id(&session.findings, &row["id"]);
        assert_eq!(finding.criterion, row["criterion"]);
        assert_retold(row, &finding.finding, &row["finding_paraphrase"]);
        assert_retold(row, &finding.response, &row["response_paraphrase"]);
    }
}
