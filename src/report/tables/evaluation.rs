//! The tables of the evaluation: scores, means, comments, consensus, recommendations, findings, members.

use super::{PRINTED_AT, SUBJECT, Table, integer, maybe, number, subject_id, text};
use crate::model::{Criterion, CriterionNo, Dossier, ScoreCell, Subject};
use crate::report::words;
use crate::stats::summarise;

const CRITERION_NO: super::Field = integer("criterion_no", "評価項目の番号");
const CRITERION: super::Field = text("criterion", "評価項目");

pub(super) fn of(dossier: &Dossier) -> Vec<Table> {
    vec![
        members(dossier),
        scores(dossier),
        score_means(dossier),
        comments(dossier),
        consensus(dossier),
        recommendations(dossier),
        findings(dossier),
        previous_findings(dossier),
    ]
}

fn members(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "members",
        "委員",
        [text("member", "委員"), text("name", "氏名"), text("role", "役"), text("affiliation", "所属")],
    );
    for member in &dossier.members {
        table.push([
            member.id.to_string(),
            member.name.clone(),
            words::term(member.role).to_owned(),
            member.affiliation.clone(),
        ]);
    }
    table
}

/// The subjects that somebody scores, with their scored criteria.
fn scored(dossier: &Dossier) -> impl Iterator<Item = (&Subject, &Criterion)> {
    let subjects = dossier.subjects().filter(|subject| !subject.evaluation.panel.is_empty());
    subjects.flat_map(|subject| {
        dossier.criteria_for(&subject.id).scored().map(move |criterion| (subject, criterion))
    })
}

fn scores(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "scores",
        "評点",
        [
            SUBJECT,
            CRITERION_NO,
            CRITERION,
            text("member", "委員"),
            text(
                "state",
                "欄の状態（score 評点、blank 未記入、not_applicable 該当なし、recused 除斥、absent 欠席）",
            ),
            integer("score", "評点"),
            text("printed", "評点の表記"),
        ],
    );
    for (subject, criterion) in scored(dossier) {
        for member in &subject.evaluation.panel {
            let cell = subject.evaluation.cell(member, criterion.no);
            let state = match cell {
                ScoreCell::Score(_) => "score",
                ScoreCell::Blank => "blank",
                ScoreCell::NotApplicable => "not_applicable",
                ScoreCell::Recused => "recused",
                ScoreCell::Absent => "absent",
            };
            let step = cell.score().and_then(|value| dossier.criteria_for(&subject.id).scale.step(value));
            let printed = step.map_or_else(|| words::no_score(cell).to_owned(), |step| step.label.clone());
            table.push([
                subject_id(subject),
                criterion.no.to_string(),
                criterion.label.clone(),
                member.to_string(),
                state.to_owned(),
                maybe(cell.score()),
                printed,
            ]);
        }
    }
    table
}

fn score_means(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "score_means",
        "評点の平均",
        [
            SUBJECT,
            CRITERION_NO,
            CRITERION,
            integer("n", "評点のある委員の数"),
            number("mean", "平均（小数第二位を四捨五入）"),
            text("printed_mean", "原報告書に印字された平均"),
            number("median", "中央値"),
            integer("min", "最小"),
            integer("max", "最大"),
            number("sd", "標本標準偏差"),
        ],
    );
    for (subject, criterion) in scored(dossier) {
        let summary = summarise(&subject.evaluation.scores_of(criterion.no));
        table.push([
            subject_id(subject),
            criterion.no.to_string(),
            criterion.label.clone(),
            summary.n.to_string(),
            maybe(summary.mean),
            maybe(subject.evaluation.printed_means.get(&criterion.no)),
            maybe(summary.median),
            maybe(summary.min),
            maybe(summary.max),
            maybe(summary.sd),
        ]);
    }
    table
}

/// Number and name of a criterion that a text may refer to.
fn criterion_cells(dossier: &Dossier, subject: &Subject, no: Option<CriterionNo>) -> [String; 2] {
    let criterion = no.and_then(|no| dossier.criteria_for(&subject.id).get(no));
    [maybe(no), criterion.map(|criterion| criterion.label.clone()).unwrap_or_default()]
}

fn comments(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "comments",
        "委員のコメント",
        [
            SUBJECT,
            text("id", "コメント"),
            CRITERION_NO,
            CRITERION,
            text("kind", "種別"),
            text("member", "委員"),
            text("text", "本文"),
            PRINTED_AT,
        ],
    );
    for subject in dossier.subjects() {
        for comment in &subject.evaluation.comments {
            let [no, label] = criterion_cells(dossier, subject, comment.criterion);
            table.push([
                subject_id(subject),
                comment.id.to_string(),
                no,
                label,
                words::term(comment.kind).to_owned(),
                maybe(comment.member.as_ref()),
                comment.text.clone(),
                comment.printed_at.clone(),
            ]);
        }
    }
    table
}

fn consensus(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "consensus",
        "総合評価（評価検討会の総意）",
        [SUBJECT, text("id", "総意"), CRITERION_NO, CRITERION, text("text", "本文"), PRINTED_AT],
    );
    for subject in dossier.subjects() {
        for consensus in &subject.evaluation.consensus {
            let [no, label] = criterion_cells(dossier, subject, consensus.criterion);
            table.push([
                subject_id(subject),
                consensus.id.to_string(),
                no,
                label,
                consensus.text.clone(),
                consensus.printed_at.clone(),
            ]);
        }
    }
    table
}

fn recommendations(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "recommendations",
        "提言と対処方針",
        [
            SUBJECT,
            text("id", "提言"),
            text("recommendation", "提言の本文"),
            text("response", "対処方針"),
            text("note", "根拠となる名称・数値"),
            PRINTED_AT,
        ],
    );
    for subject in dossier.subjects() {
        for row in &subject.evaluation.recommendations {
            table.push([
                subject_id(subject),
                row.id.to_string(),
                row.text.clone(),
                row.response.clone(),
                row.note.clone(),
                row.printed_at.clone(),
            ]);
        }
    }
    table
}

fn findings(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "findings",
        "評価ワーキンググループの所見と対処方針（所見のない回は所見が空欄の行）",
        [
            SUBJECT,
            text("session_id", "回"),
            integer("session_no", "第何回"),
            integer("fiscal_year", "年度"),
            text("kind", "評価の種別"),
            text("id", "所見"),
            text("criterion", "評価項目の印字"),
            text("finding", "所見の本文"),
            text("response", "対処方針"),
            PRINTED_AT,
        ],
    );
    for subject in dossier.subjects() {
        for session in &subject.evaluation.sessions {
            let mut push = |of: [String; 4]| {
                let [id, criterion, finding, response] = of;
                table.push([
                    subject_id(subject),
                    session.id.to_string(),
                    maybe(session.session),
                    maybe(session.year),
                    words::term(session.kind).to_owned(),
                    id,
                    criterion,
                    finding,
                    response,
                    session.printed_at.clone(),
                ]);
            };
            if session.findings.is_empty() {
                push(Default::default());
            }
            for row in &session.findings {
                push([row.id.to_string(), row.criterion.clone(), row.finding.clone(), row.response.clone()]);
            }
        }
    }
    table
}

fn previous_findings(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "previous_findings",
        "前回評価の指摘事項と対処",
        [
            SUBJECT,
            text("id", "指摘"),
            text("source", "指摘の主体"),
            text("when", "時期"),
            text("criterion", "評価項目の印字"),
            text("finding", "指摘事項"),
            text("response", "対処状況"),
            PRINTED_AT,
        ],
    );
    for subject in dossier.subjects() {
        for row in &subject.previous_findings {
            table.push([
                subject_id(subject),
                row.id.to_string(),
                row.source.clone(),
                row.when.display(),
                row.criterion.clone(),
                row.finding.clone(),
                row.response.clone(),
                row.printed_at.clone(),
            ]);
        }
    }
    table
}
