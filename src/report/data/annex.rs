//! The annexes on how the committee judged: its criteria and scales, and what its scores come to.

use serde::Serialize;

use super::lines;
use crate::locale::{Lang, Term};
use crate::model::{CriteriaSet, Dossier};
use crate::report::text::Text;
use crate::report::words;
use crate::stats::{AlphaRecord, CriterionStatistics, ProjectStatistics, Undefined, WRecord, statistics};

/// The criteria of the projects or of the programme, and their scale.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Criteria<'a> {
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) name: Text<'a>,
    pub(in crate::report) rows: Vec<CriterionRow<'a>>,
    pub(in crate::report) steps: Vec<Step<'a>>,
    pub(in crate::report) to_be_confirmed: bool,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct CriterionRow<'a> {
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) scored: bool,
    pub(in crate::report) guidance: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Step<'a> {
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) value: Text<'a>,
    pub(in crate::report) meaning: Text<'a>,
}

/// What the scores of one project come to.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Statistics<'a> {
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) rows: Vec<StatisticsRow<'a>>,
    pub(in crate::report) notes: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct StatisticsRow<'a> {
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) mean: Text<'a>,
    pub(in crate::report) n: Text<'a>,
    pub(in crate::report) median: Text<'a>,
    pub(in crate::report) range: Text<'a>,
    pub(in crate::report) sd: Text<'a>,
    pub(in crate::report) distribution: Text<'a>,
    pub(in crate::report) without_one: Text<'a>,
}

/// The sets that have criteria.
pub(super) fn criteria(dossier: &Dossier) -> Vec<Criteria<'_>> {
    let sets = [
        ("研究開発課題（プロジェクト）", &dossier.criteria.project),
        ("複数課題プログラム", &dossier.criteria.programme),
    ];
    sets.into_iter()
        .filter(|(_, set)| !set.criteria.is_empty())
        .map(|(title, set)| of_set(title, set))
        .collect()
}

fn of_set<'a>(title: &'a str, set: &'a CriteriaSet) -> Criteria<'a> {
    // A scale says something only where something is scored.
    let scored = set.scored().next().is_some();
    let steps = set.scale.steps.iter().filter(|_| scored);
    Criteria {
        title: title.into(),
        name: (&set.name).into(),
        rows: (set.criteria.iter())
            .map(|criterion| CriterionRow {
                label: words::criterion(criterion).into(),
                scored: criterion.scored,
                guidance: lines(&criterion.guidance),
            })
            .collect(),
        steps: steps
            .map(|step| Step {
                label: (&step.label).into(),
                value: step.value.to_string().into(),
                meaning: (&step.meaning).into(),
            })
            .collect(),
        to_be_confirmed: scored && set.scale.to_be_confirmed,
    }
}

/// The projects that are scored.
pub(super) fn of_scores(dossier: &Dossier) -> Vec<Statistics<'_>> {
    statistics(dossier).projects.iter().map(|project| of_project(dossier, project)).collect()
}

fn of_project<'a>(dossier: &'a Dossier, project: &ProjectStatistics) -> Statistics<'a> {
    let subject = dossier.projects.iter().find(|subject| subject.id.as_str() == project.id);
    Statistics {
        title: subject
            .map_or_else(|| project.id.clone(), |s| format!("{}　{}", s.id, s.overview.name))
            .into(),
        rows: project.criteria.iter().map(row).collect(),
        notes: vec![alpha(&project.alpha.ordinal).into(), concordance(&project.kendall_w).into()],
    }
}

fn row<'a>(criterion: &CriterionStatistics) -> StatisticsRow<'a> {
    let summary = &criterion.summary;
    let range = match (summary.min, summary.max) {
        (Some(min), Some(max)) => format!("{min}～{max}"),
        _ => String::new(),
    };
    let distribution: Vec<_> =
        criterion.distribution.iter().rev().map(|(score, times)| format!("{score}：{times}名")).collect();
    StatisticsRow {
        label: format!("{}．{}", criterion.no, criterion.label).into(),
        mean: summary.mean.clone().unwrap_or_default().into(),
        n: summary.n.to_string().into(),
        median: summary.median.clone().unwrap_or_default().into(),
        range: range.into(),
        sd: summary.sd.clone().unwrap_or_default().into(),
        distribution: distribution.join("、").into(),
        without_one: (criterion.without_one.as_ref())
            .map(|[low, high]| format!("{low}～{high}"))
            .unwrap_or_default()
            .into(),
    }
}

fn alpha(alpha: &AlphaRecord) -> String {
    let name = "委員間の一致（クリッペンドルフのα、順序尺度）";
    match (&alpha.value, &alpha.low, &alpha.high) {
        (Some(value), Some(low), Some(high)) => format!("{name}：{value}（95％区間 {low}～{high}）。"),
        (Some(value), ..) => format!("{name}：{value}。"),
        _ => undefined(name, alpha.undefined),
    }
}

fn concordance(w: &WRecord) -> String {
    let name = "順位の一致（ケンドールのW）";
    match &w.value {
        Some(value) => format!("{name}：{value}（委員{}名、評価項目{}件）。", w.members, w.units),
        None => undefined(name, w.undefined),
    }
}

fn undefined(name: &str, why: Option<Undefined>) -> String {
    format!("{name}：定まらない（{}）。", why.unwrap_or(Undefined::NoScores).term(Lang::Ja))
}
