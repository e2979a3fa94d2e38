//! Part 2 of the report: what the committee and the working group say.

use std::cmp::Reverse;

use serde::Serialize;

use super::lines;
use super::material::Answered;
use crate::model::{
    Comment, CommentKind, CriterionNo, Dossier, Scale, ScoreCell, SessionFindings, Subject, SubjectEvaluation,
};
use crate::report::outline::judged;
use crate::report::text::Text;
use crate::report::words;
use crate::stats::printed_mean;

/// The evaluation of one subject.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Evaluation<'a> {
    /// What is said of the whole.
    pub(in crate::report) overall: OnCriterion<'a>,
    /// What is said criterion by criterion.
    pub(in crate::report) criteria: Vec<OnCriterion<'a>>,
    /// The comments for who has only a minute.
    pub(in crate::report) main: Main<'a>,
    pub(in crate::report) recommendations: Vec<Answered<'a>>,
    pub(in crate::report) scores: Option<Scores<'a>>,
}

/// An agreed text and the members' comments on it. A comment is a list of paragraphs.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Opinion<'a> {
    pub(in crate::report) consensus: Vec<Text<'a>>,
    pub(in crate::report) positive: Vec<Vec<Text<'a>>>,
    pub(in crate::report) issues: Vec<Vec<Text<'a>>>,
    pub(in crate::report) recommendations: Vec<Vec<Text<'a>>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Main<'a> {
    pub(in crate::report) positive: Vec<Text<'a>>,
    pub(in crate::report) issues: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct OnCriterion<'a> {
    pub(in crate::report) label: Text<'a>,
    /// Whether this heading is the one under which recommendations stand.
    pub(in crate::report) recommends: bool,
    #[serde(flatten)]
    pub(in crate::report) opinion: Opinion<'a>,
}

/// So many members have room side by side; of more, each has a line.
const SIDE_BY_SIDE: usize = 7;

/// Criteria × members.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Scores<'a> {
    pub(in crate::report) members: Vec<Text<'a>>,
    /// Whether the members stand side by side, and not one under the other.
    pub(in crate::report) side_by_side: bool,
    /// What the cells say, each once, as the scale has it from the top.
    pub(in crate::report) said: Vec<Text<'a>>,
    pub(in crate::report) rows: Vec<ScoreRow<'a>>,
    pub(in crate::report) notes: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct ScoreRow<'a> {
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) mean: Text<'a>,
    pub(in crate::report) n: usize,
    pub(in crate::report) cells: Vec<Text<'a>>,
    /// How many of the cells say what `Scores::said` has at the same place.
    pub(in crate::report) counts: Vec<usize>,
}

/// The view of one subject's evaluation.
pub(super) fn of<'a>(dossier: &'a Dossier, subject: &'a Subject) -> Evaluation<'a> {
    let evaluation = &subject.evaluation;
    let criteria = judged(dossier, subject).into_iter().map(|judged| OnCriterion {
        label: judged.label.into(),
        recommends: judged.recommends,
        opinion: opinion(evaluation, Some(judged.no)),
    });
    Evaluation {
        overall: OnCriterion {
            label: Text::default(),
            recommends: false,
            opinion: opinion(evaluation, None),
        },
        main: Main {
            positive: main(evaluation, CommentKind::Positive),
            issues: main(evaluation, CommentKind::Issue),
        },
        criteria: criteria.collect(),
        recommendations: evaluation
            .recommendations
            .iter()
            .map(|row| Answered::new("", &row.text, &row.response))
            .collect(),
        scores: (!evaluation.panel.is_empty()).then(|| scores(dossier, subject)),
    }
}

fn opinion(evaluation: &SubjectEvaluation, criterion: Option<CriterionNo>) -> Opinion<'_> {
    let comments = |kind: CommentKind| {
        let of_kind = evaluation.comments.iter().filter(|c| c.kind == kind && c.criterion == criterion);
        of_kind.map(|comment| lines(&comment.text)).filter(|paragraphs| !paragraphs.is_empty()).collect()
    };
    let consensus = evaluation.consensus.iter().filter(|consensus| consensus.criterion == criterion);
    Opinion {
        consensus: consensus.flat_map(|consensus| lines(&consensus.text)).collect(),
        positive: comments(CommentKind::Positive),
        issues: comments(CommentKind::Issue),
        recommendations: comments(CommentKind::Recommendation),
    }
}

/// How many comments of a kind are shown to who has only a minute.
const MAIN: usize = 4;

/// The comments of a kind that a consensus took up, then the others, up to a handful; each by its first paragraph.
fn main(evaluation: &SubjectEvaluation, kind: CommentKind) -> Vec<Text<'_>> {
    let of_kind = || evaluation.comments.iter().filter(|comment| comment.kind == kind);
    let used = |comment: &&Comment| evaluation.used.contains(&comment.id);
    let ordered = of_kind().filter(used).chain(of_kind().filter(|comment| !used(comment)));
    ordered.filter_map(|comment| lines(&comment.text).into_iter().next()).take(MAIN).collect()
}

fn scores<'a>(dossier: &'a Dossier, subject: &'a Subject) -> Scores<'a> {
    let evaluation = &subject.evaluation;
    let set = dossier.criteria_for(&subject.id);
    let members = evaluation.panel.iter().map(|id| match dossier.member(id) {
        Some(member) if !member.name.is_empty() => Text::from(&member.name),
        _ => id.as_str().into(),
    });
    let mut differing = Vec::new();
    let mut rows: Vec<_> = set
        .scored()
        .map(|criterion| {
            let given = evaluation.scores_of(criterion.no);
            let mean = printed_mean(&given).unwrap_or_default();
            if let Some(printed) = evaluation.printed_means.get(&criterion.no)
                && *printed != mean
            {
                differing.push(format!("{}（印字 {printed}、計算 {mean}）", words::criterion(criterion)));
            }
            let cells = evaluation
                .panel
                .iter()
                .map(|member| cell(dossier, subject, evaluation.cell(member, criterion.no)));
            ScoreRow {
                label: words::criterion(criterion).into(),
                n: given.iter().flatten().count(),
                cells: cells.collect(),
                counts: Vec::new(),
                mean: mean.into(),
            }
        })
        .collect();
    let said = said(&set.scale, &rows);
    for row in &mut rows {
        row.counts =
            said.iter().map(|label| row.cells.iter().filter(|cell| *cell == label).count()).collect();
    }
    let notes = notes(dossier, subject, &rows, &differing);
    let members: Vec<_> = members.collect();
    Scores { side_by_side: members.len() <= SIDE_BY_SIDE, members, said, rows, notes }
}

/// What the cells of a table say: the steps of the scale from the top, then whatever else.
fn said<'a>(scale: &Scale, rows: &[ScoreRow<'a>]) -> Vec<Text<'a>> {
    let mut steps: Vec<_> = scale.steps.iter().collect();
    steps.sort_by_key(|step| Reverse(step.value));
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let mut said: Vec<Text<'a>> =
        steps.iter().filter_map(|step| cells().find(|cell| cell.0 == step.label)).cloned().collect();
    for cell in cells() {
        if !said.contains(cell) {
            said.push(cell.clone());
        }
    }
    said
}

/// A cell as the table prints it: the label of its step on the scale.
fn cell<'a>(dossier: &'a Dossier, subject: &'a Subject, cell: ScoreCell) -> Text<'a> {
    match cell {
        ScoreCell::Score(value) => match dossier.criteria_for(&subject.id).scale.step(value) {
            Some(step) if !step.label.is_empty() => (&step.label).into(),
            _ => value.to_string().into(),
        },
        other => words::no_score(other).into(),
    }
}

fn notes<'a>(
    dossier: &'a Dossier,
    subject: &'a Subject,
    rows: &[ScoreRow<'_>],
    differing: &[String],
) -> Vec<Text<'a>> {
    let scale = &dossier.criteria_for(&subject.id).scale;
    let mut notes = Vec::new();
    let steps: Vec<_> = scale
        .steps
        .iter()
        .filter(|step| !step.meaning.is_empty())
        .map(|step| format!("{}：{}", step.label, step.meaning))
        .collect();
    if !steps.is_empty() {
        let mark = if scale.to_be_confirmed { "（要確認）" } else { "" };
        notes.push(format!("評点{mark}　{}", steps.join("、")).into());
    }
    let members = subject.evaluation.panel.len();
    notes.push("平均は評点のある委員の平均で、小数第二位を四捨五入した値。".into());
    let partial: Vec<_> = rows
        .iter()
        .filter(|row| row.n < members)
        .map(|row| format!("{}（{}名）", row.label.0, row.n))
        .collect();
    if !partial.is_empty() {
        notes.push(format!("評点のある委員が{members}名に満たない項目：{}。", partial.join("、")).into());
    }
    if !differing.is_empty() {
        notes.push(format!("資料に印字された平均と異なるもの：{}。", differing.join("、")).into());
    }
    if !subject.evaluation.note.is_empty() {
        notes.push((&subject.evaluation.note).into());
    }
    notes
}

/// What one session of the working group found about a subject.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Session<'a> {
    pub(in crate::report) rows: Vec<Answered<'a>>,
}

/// What the working group found about a subject, session by session.
pub(super) fn sessions(subject: &Subject) -> Vec<Session<'_>> {
    subject.evaluation.sessions.iter().map(session).collect()
}

fn session(session: &SessionFindings) -> Session<'_> {
    let said = session.findings.iter().filter(|row| !(row.finding.is_empty() && row.response.is_empty()));
    Session { rows: said.map(|row| Answered::new(&row.criterion, &row.finding, &row.response)).collect() }
}
