//! The statistics of a dossier as one record: what `hyoka stats` prints.

use super::{
    Coincidences, Level, OrderChange, Summary, Undefined, distribution, kendall_w, leave_one_out,
    order_changes, profiles, summarise,
};
use crate::model::{CriterionNo, Dossier, MemberId, Subject};
use serde::Serialize;
use std::collections::BTreeMap;

/// The statistics of every project that is scored.
#[derive(Debug, Serialize)]
pub struct Statistics {
    /// One entry a project, in the dossier's order.
    pub projects: Vec<ProjectStatistics>,
    /// Whether the projects' order rests on one member, one entry a scored criterion.
    pub order: Vec<OrderRecord>,
    /// How each member scores.
    pub members: Vec<MemberRecord>,
}

/// The statistics of one project.
#[derive(Debug, Serialize)]
pub struct ProjectStatistics {
    /// The project's id.
    pub id: String,
    /// One entry a scored criterion.
    pub criteria: Vec<CriterionStatistics>,
    /// Krippendorff's alpha over the project's criteria, ordinal, to four decimals; none where it is undefined.
    pub alpha_ordinal: Option<String>,
    /// Alpha at each level.
    pub alpha: Alphas,
    /// Kendall's W over the criteria that every member scored.
    pub kendall_w: WRecord,
}

/// Alpha at each level.
#[derive(Debug, Serialize)]
pub struct Alphas {
    /// Equal or not.
    pub nominal: AlphaRecord,
    /// By rank.
    pub ordinal: AlphaRecord,
    /// By difference.
    pub interval: AlphaRecord,
}

/// Krippendorff's alpha and its 95 % bootstrap interval, to four decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlphaRecord {
    /// Alpha; none where it is undefined.
    pub value: Option<String>,
    /// The lower end.
    pub low: Option<String>,
    /// The upper end.
    pub high: Option<String>,
    /// Why it is undefined.
    pub undefined: Option<Undefined>,
}

/// Kendall's W to four decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WRecord {
    /// W; none where it is undefined.
    pub value: Option<String>,
    /// How many members were compared.
    pub members: usize,
    /// How many criteria all of them scored.
    pub units: usize,
    /// Why it is undefined.
    pub undefined: Option<Undefined>,
}

/// The statistics of one criterion.
#[derive(Debug, Serialize)]
pub struct CriterionStatistics {
    /// The criterion's number.
    pub no: CriterionNo,
    /// Its name.
    pub label: String,
    /// Centre and spread.
    #[serde(flatten)]
    pub summary: Summary,
    /// The score of each panel member in order; null for a cell without a score.
    pub scores: Vec<Option<i16>>,
    /// How often each score was given.
    pub distribution: BTreeMap<i16, usize>,
    /// The lowest and the highest mean with one member left out, to one decimal; none for fewer than two scores.
    pub without_one: Option<[String; 2]>,
}

/// Whether the order of the projects in one criterion rests on one member.
#[derive(Debug, Serialize)]
pub struct OrderRecord {
    /// The criterion's number.
    pub no: CriterionNo,
    /// The pairs of projects whose order changes, and with whom; empty for an order that holds.
    pub changes: Vec<OrderChange>,
}

/// How a member scores.
#[derive(Debug, Serialize)]
pub struct MemberRecord {
    /// The member's id.
    pub id: MemberId,
    /// How many scores could be compared with others.
    pub n: usize,
    /// How far above or below the others, to two decimals; none for a member with too few scores.
    pub leaning: Option<String>,
    /// Whether all scores are the same; none for a member with too few scores.
    pub straight: Option<bool>,
}

/// How many draws an interval rests on, and the seed that makes it repeat itself.
const DRAWS: usize = 1000;
const SEED: u64 = 20_221_114;

/// The statistics of a dossier.
pub fn statistics(dossier: &Dossier) -> Statistics {
    let scored = dossier.projects.iter().filter(|project| !project.evaluation.panel.is_empty());
    let order = |no| OrderRecord { no, changes: order_changes(dossier, no) };
    let members = profiles(dossier).into_iter().map(|profile| MemberRecord {
        n: profile.n,
        leaning: profile.leaning.ok().map(|leaning| leaning.printed(2)),
        straight: profile.favourite.is_ok().then(|| profile.is_straight()),
        id: profile.member,
    });
    Statistics {
        projects: scored.map(|project| of_project(dossier, project)).collect(),
        order: dossier.criteria.project.scored().map(|criterion| order(criterion.no)).collect(),
        members: members.collect(),
    }
}

/// The statistics of one project.
pub fn of_project(dossier: &Dossier, project: &Subject) -> ProjectStatistics {
    let criteria: Vec<_> = dossier
        .criteria_for(&project.id)
        .scored()
        .map(|criterion| {
            let scores = project.evaluation.scores_of(criterion.no);
            CriterionStatistics {
                no: criterion.no,
                label: criterion.label.clone(),
                summary: summarise(&scores),
                distribution: distribution(&scores),
                without_one: leave_one_out(&scores)
                    .map(|range| [range.low.printed(1), range.high.printed(1)]),
                scores,
            }
        })
        .collect();
    let units: Vec<_> = criteria.iter().map(|criterion| criterion.scores.clone()).collect();
    let coincidences = Coincidences::of(&units);
    let alpha = |level| alpha_record(&coincidences, level);
    let ordinal = alpha(Level::Ordinal);
    ProjectStatistics {
        id: project.id.to_string(),
        criteria,
        alpha_ordinal: ordinal.value.clone(),
        alpha: Alphas { nominal: alpha(Level::Nominal), ordinal, interval: alpha(Level::Interval) },
        kendall_w: w_record(&units),
    }
}

fn alpha_record(coincidences: &Coincidences, level: Level) -> AlphaRecord {
    let printed = |number: f64| format!("{number:.4}");
    match coincidences.alpha(level) {
        Ok(alpha) => {
            let interval = coincidences.bootstrap(level, DRAWS, SEED).ok();
            AlphaRecord {
                value: Some(printed(alpha)),
                low: interval.map(|interval| printed(interval.low)),
                high: interval.map(|interval| printed(interval.high)),
                undefined: None,
            }
        }
        Err(why) => AlphaRecord { value: None, low: None, high: None, undefined: Some(why) },
    }
}

fn w_record(units: &[Vec<Option<i16>>]) -> WRecord {
    match kendall_w(units) {
        Ok(found) => WRecord {
            value: Some(found.w.printed(4)),
            members: found.members,
            units: found.units,
            undefined: None,
        },
        Err(why) => WRecord { value: None, members: 0, units: 0, undefined: Some(why) },
    }
}
