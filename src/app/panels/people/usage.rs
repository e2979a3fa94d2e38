//! What rests on a member, a criterion or a value, and would be lost with it.

use super::criteria::Set;
use crate::app::stamp::remembered;
use crate::model::{CriterionNo, Dossier, MemberId, ScoreCell, Subject};
use egui::{Id, Ui};
use std::collections::HashMap;
use std::sync::Arc;

/// What a member has handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Given {
    /// Cells that are not blank.
    pub(super) cells: usize,
    /// Comments.
    pub(super) comments: usize,
}

impl Given {
    /// Whether nothing would be lost with the member.
    pub(super) fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// What rests on each member, criterion and value, counted in one go.
#[derive(Debug, Default)]
pub(super) struct Usage {
    members: HashMap<MemberId, Given>,
    project: OfSet,
    programme: OfSet,
}

/// What rests on a set of criteria.
#[derive(Debug, Default)]
pub(super) struct OfSet {
    cells: HashMap<CriterionNo, usize>,
    texts: HashMap<CriterionNo, usize>,
    values: HashMap<i16, usize>,
}

impl Usage {
    /// That of the dossier as it stands, counted again only when something was edited.
    pub(super) fn of(ui: &Ui, dossier: &Dossier) -> Arc<Self> {
        remembered(ui, Id::unique("usage of members and criteria"), dossier, Self::count)
    }

    fn count(dossier: &Dossier) -> Self {
        let mut members = HashMap::new();
        let mut usage = Self::default();
        usage.programme.add(&dossier.programme, &mut members);
        for project in &dossier.projects {
            usage.project.add(project, &mut members);
        }
        usage.members = members.into_iter().map(|(member, given)| (member.clone(), given)).collect();
        usage
    }

    /// What a member has handed in on any subject.
    pub(super) fn given(&self, member: &MemberId) -> Given {
        self.members.get(member).copied().unwrap_or_default()
    }

    /// What rests on a set of criteria.
    pub(super) fn of_set(&self, set: Set) -> &OfSet {
        match set {
            Set::Project => &self.project,
            Set::Programme => &self.programme,
        }
    }
}

impl OfSet {
    fn add<'d>(&mut self, subject: &'d Subject, members: &mut HashMap<&'d MemberId, Given>) {
        let evaluation = &subject.evaluation;
        for (member, row) in &evaluation.scores {
            let given = members.entry(member).or_default();
            for (no, cell) in row.iter().filter(|(_, cell)| **cell != ScoreCell::Blank) {
                given.cells += 1;
                *self.cells.entry(*no).or_default() += 1;
                if let Some(score) = cell.score() {
                    *self.values.entry(score).or_default() += 1;
                }
            }
        }
        for member in evaluation.comments.iter().filter_map(|comment| comment.member.as_ref()) {
            members.entry(member).or_default().comments += 1;
        }
        let comments = evaluation.comments.iter().filter_map(|comment| comment.criterion);
        let consensus = evaluation.consensus.iter().filter_map(|consensus| consensus.criterion);
        for no in comments.chain(consensus).chain(evaluation.printed_means.keys().copied()) {
            *self.texts.entry(no).or_default() += 1;
        }
    }

    /// Whether any score was given.
    pub(super) fn is_scored(&self) -> bool {
        !self.cells.is_empty()
    }

    /// How many cells of the score tables hold something for a criterion.
    pub(super) fn cells(&self, no: CriterionNo) -> usize {
        self.cells.get(&no).copied().unwrap_or_default()
    }

    /// How many comments, consensus texts and printed means are about a criterion.
    pub(super) fn texts(&self, no: CriterionNo) -> usize {
        self.texts.get(&no).copied().unwrap_or_default()
    }

    /// How many cells hold a value of the scale.
    pub(super) fn times(&self, value: i16) -> usize {
        self.values.get(&value).copied().unwrap_or_default()
    }
}

/// The cells of a member in the score table of a subject that are not blank.
pub(super) fn cells(subject: &Subject, member: &MemberId) -> usize {
    let row = subject.evaluation.scores.get(member);
    row.map_or(0, |row| row.values().filter(|cell| **cell != ScoreCell::Blank).count())
}

/// Whether any score was given by a set of criteria.
pub(in crate::app::panels) fn scored(dossier: &Dossier, set: Set) -> bool {
    let subjects = match set {
        Set::Project => &dossier.projects[..],
        Set::Programme => std::slice::from_ref(&dossier.programme),
    };
    let mut cells = subjects.iter().flat_map(|subject| subject.evaluation.scores.values()).flatten();
    cells.any(|(_, cell)| *cell != ScoreCell::Blank)
}
