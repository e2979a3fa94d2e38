//! What rests on a member, a criterion or a value, and would be lost with it.

use super::criteria::Set;
use crate::model::{CriterionNo, Dossier, MemberId, ScoreCell, Subject};

/// What a member has handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Given {
    /// Cells that are not blank.
    pub(super) cells: usize,
    /// Comments.
    pub(super) comments: usize,
}

impl Given {
    /// What `member` has handed in on any subject.
    pub(super) fn by(dossier: &Dossier, member: &MemberId) -> Self {
        let mut given = Self::default();
        for subject in dossier.subjects() {
            given.cells += cells(subject, member);
            let comments = &subject.evaluation.comments;
            given.comments +=
                comments.iter().filter(|comment| comment.member.as_ref() == Some(member)).count();
        }
        given
    }

    /// Whether nothing would be lost with the member.
    pub(super) fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// The cells of a member in the score table of a subject that are not blank.
pub(super) fn cells(subject: &Subject, member: &MemberId) -> usize {
    let row = subject.evaluation.scores.get(member);
    row.map_or(0, |row| row.values().filter(|cell| **cell != ScoreCell::Blank).count())
}

/// The subjects that a set of criteria is for.
pub(super) fn subjects(dossier: &Dossier, set: Set) -> &[Subject] {
    match set {
        Set::Project => &dossier.projects,
        Set::Programme => std::slice::from_ref(&dossier.programme),
    }
}

fn all_cells(dossier: &Dossier, set: Set) -> impl Iterator<Item = (CriterionNo, ScoreCell)> {
    subjects(dossier, set)
        .iter()
        .flat_map(|subject| subject.evaluation.scores.values())
        .flat_map(|row| row.iter().map(|(no, cell)| (*no, *cell)))
        .filter(|(_, cell)| *cell != ScoreCell::Blank)
}

/// Whether any score was given by a set of criteria.
pub(in crate::app::panels) fn scored(dossier: &Dossier, set: Set) -> bool {
    all_cells(dossier, set).next().is_some()
}

/// How many cells of the score tables hold something for a criterion.
pub(super) fn of_criterion(dossier: &Dossier, set: Set, no: CriterionNo) -> usize {
    all_cells(dossier, set).filter(|(of, _)| *of == no).count()
}

/// How many comments, consensus texts and printed means are about a criterion.
pub(super) fn texts_of_criterion(dossier: &Dossier, set: Set, no: CriterionNo) -> usize {
    let of = |subject: &Subject| {
        let evaluation = &subject.evaluation;
        evaluation.comments.iter().filter(|comment| comment.criterion == Some(no)).count()
            + evaluation.consensus.iter().filter(|consensus| consensus.criterion == Some(no)).count()
            + usize::from(evaluation.printed_means.contains_key(&no))
    };
    subjects(dossier, set).iter().map(of).sum()
}

/// How many cells hold a value of the scale.
pub(super) fn of_value(dossier: &Dossier, set: Set, value: i16) -> usize {
    all_cells(dossier, set).filter(|(_, cell)| cell.score() == Some(value)).count()
}
