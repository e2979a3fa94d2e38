//! How a member scores compared with the others. It describes and never adjusts a score.

use super::{Fraction, Undefined};
use crate::model::{CriterionNo, Dossier, MemberId, Subject, SubjectEvaluation};
use std::collections::BTreeMap;

/// Fewer scores than this say nothing of a member.
pub const ENOUGH: usize = 7;

/// How one member scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The member.
    pub member: MemberId,
    /// How many scores the member gave where another member scored too.
    pub n: usize,
    /// How far the member's scores lie above (or, negative, below) the mean of the others on the same things.
    pub leaning: Result<Fraction, Undefined>,
    /// The score given most often, and how often; none for a member who gave too few.
    pub favourite: Result<(i16, usize), Undefined>,
}

impl Profile {
    /// Whether the member gave the same score throughout.
    pub fn is_straight(&self) -> bool {
        self.favourite.is_ok_and(|(_, times)| times == self.n)
    }
}

/// The profiles of all members who gave a score, in the dossier's order.
pub fn profiles(dossier: &Dossier) -> Vec<Profile> {
    let judged: Vec<Judged<'_>> = (dossier.projects.iter())
        .flat_map(|project| {
            let scored = dossier.criteria_for(&project.id).scored();
            scored.map(move |criterion| Judged::of(project, criterion.no))
        })
        .collect();
    dossier.members.iter().filter_map(|member| profile(&judged, &member.id)).collect()
}

/// One criterion of one project: who gave what, and the sum of what the panel gave.
struct Judged<'d> {
    evaluation: &'d SubjectEvaluation,
    criterion: CriterionNo,
    sum: i128,
    n: usize,
}

impl<'d> Judged<'d> {
    fn of(project: &'d Subject, criterion: CriterionNo) -> Self {
        let evaluation = &project.evaluation;
        let scores = evaluation.panel.iter().filter_map(|member| evaluation.cell(member, criterion).score());
        let (sum, n) = scores.fold((0, 0), |(sum, n), score| (sum + i128::from(score), n + 1));
        Self { evaluation, criterion, sum, n }
    }

    /// What a member gave, and the mean of what the others on the panel gave.
    fn beside_others(&self, member: &MemberId) -> Option<(i16, Option<Fraction>)> {
        let own = self.evaluation.cell(member, self.criterion).score()?;
        let times = self.evaluation.panel.iter().filter(|other| *other == member).count();
        let (sum, n) = (i128::from(own).checked_mul(i128::try_from(times).ok()?)?, self.n - times);
        Some((own, Fraction::new(self.sum - sum, i128::try_from(n).ok()?)))
    }
}

fn profile(judged: &[Judged<'_>], member: &MemberId) -> Option<Profile> {
    let mut sum = Fraction::whole(0);
    let mut n = 0_usize;
    let mut times: BTreeMap<i16, usize> = BTreeMap::new();
    let mut any = false;
    for (own, others) in judged.iter().filter_map(|judged| judged.beside_others(member)) {
        any = true;
        if let Some(mean) = others {
            sum = sum + (Fraction::whole(i128::from(own)) - mean);
            n += 1;
            *times.entry(own).or_default() += 1;
        }
    }
    let gate = if n >= ENOUGH { Ok(()) } else { Err(Undefined::TooFewScores) };
    let leaning =
        gate.and_then(|()| i128::try_from(n).ok().and_then(|n| sum.times(1, n)).ok_or(Undefined::NoScores));
    let favourite = gate.and_then(|()| {
        let most = times.iter().map(|(value, times)| (*value, *times)).max_by_key(|(_, times)| *times);
        most.ok_or(Undefined::NoScores)
    });
    any.then(|| Profile { member: member.clone(), n, leaning, favourite })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CriteriaSet, Criterion, Member, ScoreCell};

    fn dossier(criteria: u8) -> Dossier {
        let mut dossier = Dossier::default();
        let scored = |no| Criterion { no: CriterionNo(no), scored: true, ..Criterion::default() };
        dossier.criteria.project =
            CriteriaSet { criteria: (1..=criteria).map(scored).collect(), ..CriteriaSet::default() };
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        for (id, score) in [("M1", 0), ("M2", 2), ("M3", 3)] {
            dossier.members.push(Member { id: id.into(), ..Member::default() });
            project.evaluation.panel.push(id.into());
            for no in 1..=criteria {
                project.evaluation.set_cell(&id.into(), CriterionNo(no), ScoreCell::Score(score));
            }
        }
        dossier.projects.push(project.into());
        dossier
    }

    #[test]
    fn severity_is_measured_against_the_others() {
        let profiles = profiles(&dossier(7));
        assert_eq!(profiles[0].leaning.unwrap().printed(2), "-2.50");
        assert_eq!(profiles[0].favourite, Ok((0, 7)));
        assert!(profiles[0].is_straight());
    }

    #[test]
    fn few_scores_say_nothing() {
        let profiles = profiles(&dossier(6));
        assert!(profiles.iter().all(|profile| profile.leaning == Err(Undefined::TooFewScores)));
        assert!(!profiles[0].is_straight());
    }
}
