//! Setting a round up, and fixing its form.

use super::digest;
use crate::locale::terms;
use crate::model::{
    Dossier, FrozenForm, MemberId, Round, RowId, ScoreCell, SubjectAnswers, SubjectId, fresh_id,
};
use jiff::Timestamp;
use serde::Serialize;

/// What keeps a round from being frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lacking {
    /// The dossier has no such round.
    Round,
    /// Nothing is to be judged.
    Subjects,
    /// A subject is not, or no longer, in the dossier.
    UnknownSubject,
    /// Nobody is asked.
    Members,
    /// A member is not, or no longer, in the dossier.
    UnknownMember,
    /// There are no criteria.
    Criteria,
    /// Criteria are scored, and there is no scale.
    Scale,
    /// Someone is recused from what they have already scored.
    RecusedWithScores,
    /// Someone is recused from everything.
    RecusedFromAll,
}

terms! {
    Lacking {
        Round => "評価の実施がまだ用意されていない", "there is no such round";
        Subjects => "評価の対象が選ばれていない", "nothing is chosen to be judged";
        UnknownSubject => "評価の対象に、この評価データにないものがある", "a subject is not in this dossier";
        Members => "委員が選ばれていない", "no member is chosen";
        UnknownMember => "委員に、この評価データにない人がいる", "a member is not in this dossier";
        Criteria => "評価項目がない", "there are no criteria";
        Scale => "評点の尺度がない", "there is no scale";
        RecusedWithScores => "除斥となる課題にすでに評点を付けた委員がいる", "a member is recused from what they have scored";
        RecusedFromAll => "すべての課題で除斥となる委員がいる", "a member is recused from everything";
    }
}

/// A round with everything that can be told from the dossier: all subjects that are evaluated, all members.
pub fn begin(dossier: &Dossier) -> Round {
    let panels = || dossier.projects.iter().flat_map(|project| &project.evaluation.panel);
    let asked = |member: &&MemberId| panels().next().is_none() || panels().any(|other| other == *member);
    Round {
        id: fresh_id(&dossier.rounds, "r"),
        subjects: dossier.subjects().filter(|s| s.is_evaluated()).map(|s| s.id.clone()).collect(),
        members: dossier.members.iter().map(|member| &member.id).filter(asked).cloned().collect(),
        ..Round::default()
    }
}

/// What keeps the round from being frozen; nothing if it can be.
pub fn lacking(dossier: &Dossier, round: &Round) -> Vec<Lacking> {
    let mut lacking = Vec::new();
    let mut note = |is: bool, what| {
        if is {
            lacking.push(what);
        }
    };
    note(round.subjects.is_empty(), Lacking::Subjects);
    note(round.subjects.iter().any(|id| dossier.subject(id).is_none()), Lacking::UnknownSubject);
    note(round.members.is_empty(), Lacking::Members);
    note(round.members.iter().any(|id| dossier.member(id).is_none()), Lacking::UnknownMember);
    let sets = || round.subjects.iter().map(|id| dossier.criteria_for(id));
    note(sets().any(|set| set.criteria.is_empty()), Lacking::Criteria);
    note(sets().any(|set| set.scored().next().is_some() && set.scale.steps.is_empty()), Lacking::Scale);
    let scored = |member: &MemberId, id: &SubjectId| {
        let given = dossier.subject(id).map(|subject| SubjectAnswers::of(&subject.evaluation, member));
        given.is_some_and(|given| given.scores.values().any(|cell| cell.score().is_some()))
    };
    note(round.recusals.iter().any(|r| scored(&r.member, &r.subject)), Lacking::RecusedWithScores);
    let none_left = |member: &MemberId| round.subjects.iter().all(|id| round.recusal(member, id).is_some());
    note(!round.subjects.is_empty() && round.members.iter().any(none_left), Lacking::RecusedFromAll);
    lacking
}

/// What the hash of a form covers. Names may be mended afterwards, what is asked of whom may not.
#[derive(Serialize)]
struct Fixed<'a> {
    round: &'a RowId,
    criteria: Vec<FixedCriteria<'a>>,
    members: &'a [MemberId],
    recusals: Vec<(&'a MemberId, &'a SubjectId)>,
}

#[derive(Serialize)]
struct FixedCriteria<'a> {
    subject: &'a SubjectId,
    panel: &'a [MemberId],
    criteria: Vec<(u8, &'a str, bool)>,
    scale: Vec<(i16, &'a str, &'a str)>,
}

/// The hash of the form as it stands.
pub(super) fn hash(dossier: &Dossier, round: &Round) -> Result<String, serde_json::Error> {
    let criteria = |subject: &'_ SubjectId| dossier.criteria_for(subject);
    let mut recusals: Vec<_> = round.recusals.iter().map(|r| (&r.member, &r.subject)).collect();
    recusals.sort_unstable();
    digest(&Fixed {
        round: &round.id,
        criteria: (round.subjects.iter())
            .map(|subject| FixedCriteria {
                subject,
                panel: dossier.subject(subject).map_or(&[], |subject| &subject.evaluation.panel),
                criteria: (criteria(subject).criteria.iter())
                    .map(|c| (c.no.0, c.label.as_str(), c.scored))
                    .collect(),
                scale: (criteria(subject).scale.steps.iter())
                    .map(|step| (step.value, step.label.as_str(), step.meaning.as_str()))
                    .collect(),
            })
            .collect(),
        members: &round.members,
        recusals,
    })
}

/// Fixes the form of a round: its hash is noted, its members become the panel of what has none, and recusals enter the
/// score tables.
///
/// # Errors
/// If something is lacking; the dossier is then as it was.
pub fn freeze(dossier: &mut Dossier, round: &RowId, at: Timestamp) -> Result<(), Vec<Lacking>> {
    let Some(index) = dossier.rounds.iter().position(|other| other.id == *round) else {
        return Err(vec![Lacking::Round]);
    };
    let round = &dossier.rounds[index];
    let lacking = lacking(dossier, round);
    if !lacking.is_empty() {
        return Err(lacking);
    }
    let round = round.clone();
    for id in &round.subjects {
        let scored: Vec<_> = dossier.criteria_for(id).scored().map(|criterion| criterion.no).collect();
        let Some(subject) = dossier.subject_mut(id).filter(|_| !scored.is_empty()) else { continue };
        let evaluation = &mut subject.evaluation;
        if evaluation.panel.is_empty() {
            evaluation.panel.clone_from(&round.members);
        }
        for member in &round.members {
            let recused = round.recusal(member, id).is_some();
            if recused && evaluation.panel.contains(member) {
                for no in &scored {
                    evaluation.set_cell(member, *no, ScoreCell::Recused);
                }
            }
        }
    }
    let hash = hash(dossier, &round).map_err(|_| vec![Lacking::Criteria])?;
    dossier.rounds[index].frozen = Some(FrozenForm { hash, at });
    Ok(())
}

/// Opens a frozen form again, which can be done until ballots are sent. True if it was done.
pub fn thaw(dossier: &mut Dossier, round: &RowId) -> bool {
    let found = dossier.rounds.iter_mut().find(|other| other.id == *round);
    let Some(round) = found.filter(|round| round.issued.is_empty() && round.frozen.is_some()) else {
        return false;
    };
    round.frozen = None;
    let recusals = round.recusals.clone();
    for recusal in &recusals {
        if let Some(subject) = dossier.subject_mut(&recusal.subject) {
            let cells = subject.evaluation.scores.get(&recusal.member).cloned().unwrap_or_default();
            for (no, _) in cells.into_iter().filter(|(_, cell)| *cell == ScoreCell::Recused) {
                subject.evaluation.set_cell(&recusal.member, no, ScoreCell::Blank);
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Recusal;

    fn dossier() -> Dossier {
        let mut dossier = crate::sample::dossier().unwrap();
        for project in &mut dossier.projects {
            project.evaluation.scores.clear();
        }
        let round = begin(&dossier);
        dossier.rounds.push(round);
        dossier
    }

    #[test]
    fn freezing_fixes_who_is_asked_what() {
        let mut dossier = dossier();
        let round = dossier.rounds[0].id.clone();
        let before = dossier.clone();
        let (member, subject) = (MemberId::from("M2"), SubjectId::from("A"));
        dossier.rounds[0].recusals.push(Recusal {
            id: "x1".into(),
            member: member.clone(),
            subject: subject.clone(),
            reason: "共同研究".into(),
        });
        let open = dossier.clone();
        freeze(&mut dossier, &round, Timestamp::UNIX_EPOCH).unwrap();
        let evaluation = &dossier.subject(&subject).unwrap().evaluation;
        assert_eq!(evaluation.scores[&member].len(), 7);
        assert_eq!(evaluation.scores_of(crate::model::CriterionNo(1))[1], None);
        let frozen = dossier.rounds[0].frozen.clone().unwrap();
        // A name may be mended, a recusal may not be forgotten.
        dossier.members[0].name = "別名".into();
        assert_eq!(hash(&dossier, &dossier.rounds[0]).unwrap(), frozen.hash);
        assert_ne!(hash(&before, &before.rounds[0]).unwrap(), frozen.hash);
        dossier.members[0].name.clone_from(&open.members[0].name);
        assert!(thaw(&mut dossier, &round));
        assert!(dossier.subject(&subject).unwrap().evaluation.scores.is_empty());
    }

    #[test]
    fn what_is_lacking_is_told_and_nothing_changes() {
        let mut dossier = dossier();
        dossier.rounds[0].members.clear();
        dossier.rounds[0].subjects.push("Z".into());
        let before = dossier.clone();
        let id = dossier.rounds[0].id.clone();
        let lacking = freeze(&mut dossier, &id, Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(lacking, [Lacking::UnknownSubject, Lacking::Members]);
        assert_eq!(dossier, before);
    }
}
