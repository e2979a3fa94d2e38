//! How much rests on one member: each mean, and the order of the projects, with one member left out.

use super::Fraction;
use crate::model::{CriterionNo, Dossier, MemberId, Subject, SubjectId};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The lowest and the highest mean that one member's absence can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaveOneOut {
    /// The lowest.
    pub low: Fraction,
    /// The highest.
    pub high: Fraction,
}

/// The range of the mean when any one score is left out; none for fewer than two scores.
pub fn leave_one_out(scores: &[Option<i16>]) -> Option<LeaveOneOut> {
    let given: Vec<i16> = scores.iter().copied().flatten().collect();
    let means = || {
        (0..given.len()).filter_map(|out| {
            Fraction::mean(given.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, score)| *score))
        })
    };
    Some(LeaveOneOut { low: means().min()?, high: means().max()? })
}

/// Two projects whose order rests on one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderChange {
    /// The member who is left out.
    pub without: MemberId,
    /// A project.
    pub first: SubjectId,
    /// A later one.
    pub second: SubjectId,
    /// What becomes of their order.
    pub becomes: Turn,
}

/// What becomes of the order of two projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The lower one comes first.
    Reversed,
    /// They were apart and are level.
    Level,
    /// They were level and are apart.
    Apart,
}

/// Whether the order of the projects by their mean in one criterion rests on a single member.
pub fn order_changes(dossier: &Dossier, criterion: CriterionNo) -> Vec<OrderChange> {
    changes_among(dossier, criterion, None)
}

/// As [`order_changes`], but only of the pairs that a project is one of.
pub fn order_changes_of(dossier: &Dossier, criterion: CriterionNo, id: &SubjectId) -> Vec<OrderChange> {
    changes_among(dossier, criterion, Some(id))
}

/// The means of one project in one criterion.
struct Means<'d> {
    project: &'d SubjectId,
    all: Option<Fraction>,
    /// With each of the dossier's members left out, in their order.
    without: Vec<Option<Fraction>>,
}

impl<'d> Means<'d> {
    fn of(dossier: &Dossier, project: &'d Subject, criterion: CriterionNo) -> Self {
        let evaluation = &project.evaluation;
        let given: BTreeMap<&MemberId, i16> = (evaluation.panel.iter())
            .filter_map(|member| Some((member, evaluation.cell(member, criterion).score()?)))
            .collect();
        let sum: i128 = given.values().map(|score| i128::from(*score)).sum();
        let n = i128::try_from(given.len()).unwrap_or_default();
        let without = |member: &MemberId| match given.get(member) {
            Some(score) => Fraction::new(sum - i128::from(*score), n - 1),
            None => Fraction::new(sum, n),
        };
        Self {
            project: &project.id,
            all: Fraction::new(sum, n),
            without: dossier.members.iter().map(|member| without(&member.id)).collect(),
        }
    }
}

/// The place of each mean among all: equal means have equal places. Places are compared sooner than fractions are, of
/// which there are as many pairs as of projects.
fn places(means: impl Iterator<Item = Option<Fraction>> + Clone) -> Vec<Option<usize>> {
    let mut known: Vec<Fraction> = means.clone().flatten().collect();
    known.sort_unstable();
    known.dedup();
    means.map(|mean| known.binary_search(&mean?).ok()).collect()
}

fn changes_among(dossier: &Dossier, criterion: CriterionNo, only: Option<&SubjectId>) -> Vec<OrderChange> {
    let means: Vec<Means<'_>> =
        dossier.projects.iter().map(|project| Means::of(dossier, project, criterion)).collect();
    let is_wanted: Vec<bool> =
        means.iter().map(|means| only.is_none_or(|only| means.project == only)).collect();
    let all = places(means.iter().map(|means| means.all));
    let mut changes = Vec::new();
    for (place, member) in dossier.members.iter().enumerate() {
        let without = places(means.iter().map(|means| means.without[place]));
        for first in 0..means.len() {
            let (Some(ours), Some(ours_without)) = (all[first], without[first]) else { continue };
            for second in first + 1..means.len() {
                let (Some(theirs), Some(theirs_without)) = (all[second], without[second]) else { continue };
                let (before, after) = (ours.cmp(&theirs), ours_without.cmp(&theirs_without));
                if before == after || !(is_wanted[first] || is_wanted[second]) {
                    continue;
                }
                let becomes = match (before, after) {
                    (Ordering::Equal, _) => Turn::Apart,
                    (_, Ordering::Equal) => Turn::Level,
                    _ => Turn::Reversed,
                };
                changes.push(OrderChange {
                    without: member.id.clone(),
                    first: means[first].project.clone(),
                    second: means[second].project.clone(),
                    becomes,
                });
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Member, ScoreCell};

    #[test]
    fn one_member_can_move_a_mean() {
        let range = leave_one_out(&[Some(0), None, Some(3), Some(3)]).unwrap();
        assert_eq!((range.low.printed(1), range.high.printed(1)), ("1.5".into(), "3.0".into()));
        assert_eq!(leave_one_out(&[Some(2)]), None);
        assert_eq!(leave_one_out(&[]), None);
    }

    #[test]
    fn places_tell_the_order_that_the_means_have() {
        let size = crate::generate::Size { projects: 12, years: 1, members: 5 };
        let mut dossier = crate::generate::dossier(size, 3);
        // A project without scores has no place, and one that a single member scored none without that member.
        dossier.projects[3].evaluation.scores.clear();
        dossier.projects[4].evaluation.scores.retain(|member, _| member.as_str() == "M1");
        let no = dossier.criteria.project.scored().next().unwrap().no;
        let mean = |project: &Subject, without: Option<&MemberId>| {
            let panel = project.evaluation.panel.iter().filter(|member| Some(*member) != without);
            Fraction::mean(panel.filter_map(|member| project.evaluation.cell(member, no).score()))
        };
        let mut expected = Vec::new();
        for member in &dossier.members {
            for (at, first) in dossier.projects.iter().enumerate() {
                for second in &dossier.projects[at + 1..] {
                    let order = |without| Some(mean(first, without)?.cmp(&mean(second, without)?));
                    let (before, after) = (order(None), order(Some(&member.id)));
                    if before.is_some() && after.is_some() && before != after {
                        expected.push((&member.id, &first.id, &second.id));
                    }
                }
            }
        }
        let changes = order_changes(&dossier, no);
        assert!(expected.len() > 20);
        let found: Vec<_> = changes.iter().map(|c| (&c.without, &c.first, &c.second)).collect();
        assert_eq!(found, expected);
        let id = &dossier.projects[7].id;
        let own: Vec<_> = changes.iter().filter(|c| c.first == *id || c.second == *id).cloned().collect();
        assert_eq!(order_changes_of(&dossier, no, id), own);
    }

    #[test]
    fn an_order_that_rests_on_one_member_is_told() {
        let member = |id: &str| Member { id: id.into(), ..Member::default() };
        let project = |id: &str, scores: [i16; 3]| {
            let mut project = Subject { id: id.into(), ..Subject::default() };
            for (at, score) in (1..).zip(scores) {
                let member = MemberId::from(format!("M{at}"));
                project.evaluation.set_cell(&member, CriterionNo(1), ScoreCell::Score(score));
                project.evaluation.panel.push(member);
            }
            project
        };
        let dossier = Dossier {
            members: vec![member("M1"), member("M2"), member("M3")],
            projects: vec![project("A", [3, 1, 1]).into(), project("B", [1, 1, 2]).into()],
            ..Dossier::default()
        };
        let changes = order_changes(&dossier, CriterionNo(1));
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].without.as_str(), changes[0].becomes), ("M1", Turn::Reversed));
        assert!(order_changes(&dossier, CriterionNo(2)).is_empty());
        assert_eq!(order_changes_of(&dossier, CriterionNo(1), &"B".into()), changes);
        assert!(order_changes_of(&dossier, CriterionNo(1), &"C".into()).is_empty());
    }
}
