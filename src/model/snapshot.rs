//! States of a dossier that share what is the same in them.

use super::change::between;
use super::{Change, ChangeError, Dossier, Shared, Subject};
use std::sync::Arc;

/// A state of a dossier. It shares its subjects with the dossier and with the states before and after it, so that
/// keeping the last state, the saved one and the one that a job works on costs little more than keeping one, and a
/// dossier is compared with its last state only in those subjects that were reached for to be edited.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// All but the subjects.
    rest: Arc<Dossier>,
    /// The programme, then the projects in order.
    subjects: Vec<Shared<Subject>>,
}

impl Snapshot {
    /// The state of a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        Self {
            rest: Arc::new(dossier.beside_subjects()),
            subjects: dossier.shared_subjects().cloned().collect(),
        }
    }

    /// The state of the dossier now; what is as it was in this one is shared with it.
    pub fn next(&self, dossier: &Dossier) -> Self {
        let same = self.rest.is_same_beside_subjects(dossier);
        let rest = if same { Arc::clone(&self.rest) } else { Arc::new(dossier.beside_subjects()) };
        let known = |at: usize, subject: &Shared<Subject>| {
            let here = self.subjects.get(at).filter(|known| known.id == subject.id);
            // Where rows were moved, the subject stands elsewhere.
            here.or_else(|| self.subjects.iter().find(|known| known.id == subject.id))
                .filter(|known| *known == subject)
        };
        let subjects = dossier.shared_subjects().enumerate();
        Self {
            rest,
            subjects: subjects.map(|(at, subject)| known(at, subject).unwrap_or(subject).clone()).collect(),
        }
    }

    /// Whether the dossier is in this state.
    pub fn is(&self, dossier: &Dossier) -> bool {
        self.subjects.len() == dossier.projects.len() + 1
            && self.rest.is_same_beside_subjects(dossier)
            && self.subjects.iter().eq(dossier.shared_subjects())
    }

    /// Lets the dossier share again what was reached for and is still as it is in this state. The dossier does not
    /// change by it.
    pub fn lend(&self, dossier: &mut Dossier) {
        for (known, subject) in self.subjects.iter().zip(dossier.shared_subjects_mut()) {
            if !known.is_one_with(subject) && known == subject {
                subject.clone_from(known);
            }
        }
    }

    /// The changes that lead from this state to the dossier.
    ///
    /// # Errors
    /// Only if a dossier cannot be serialised, which its types rule out.
    pub fn changes_to(&self, dossier: &Dossier) -> Result<Vec<Change>, ChangeError> {
        let theirs: Vec<_> = dossier.shared_subjects().collect();
        between((&self.rest, &self.parts()), (dossier, &theirs))
    }

    /// The changes that lead from this state to a later one.
    ///
    /// # Errors
    /// As [`changes_to`](Self::changes_to).
    pub fn changes_until(&self, after: &Self) -> Result<Vec<Change>, ChangeError> {
        let (ours, theirs) = (self.parts(), after.parts());
        between((&self.rest, &ours), (&after.rest, &theirs))
    }

    /// All but the subjects, and the subjects, the programme first; shared with states before and after where they are
    /// the same.
    pub(crate) fn shared(&self) -> (&Arc<Dossier>, &[Shared<Subject>]) {
        (&self.rest, &self.subjects)
    }

    fn parts(&self) -> Vec<&Shared<Subject>> {
        self.subjects.iter().collect()
    }

    /// The dossier in this state.
    pub fn to_dossier(&self) -> Dossier {
        let mut dossier = Dossier::clone(&self.rest);
        let mut subjects = self.subjects.iter().cloned();
        dossier.programme = subjects.next().unwrap_or_default();
        dossier.projects = subjects.collect();
        dossier
    }
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.rest, &other.rest) || self.rest == other.rest) && self.subjects == other.subjects
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_state_shares_what_was_not_edited() {
        let mut dossier = crate::sample::dossier().unwrap();
        let before = Snapshot::of(&dossier);
        assert!(before.is(&dossier) && before.to_dossier() == dossier);
        dossier.projects[1].overview.name.push('改');
        assert!(!before.is(&dossier));
        let after = before.next(&dossier);
        assert!(after.is(&dossier) && after != before && after.to_dossier() == dossier);
        let shared: Vec<bool> =
            before.subjects.iter().zip(&after.subjects).map(|(a, b)| a.is_one_with(b)).collect();
        assert_eq!(shared.iter().filter(|shared| !**shared).count(), 1);
        assert!(!shared[2] && Arc::ptr_eq(&before.rest, &after.rest));
        let changes = before.changes_to(&dossier).unwrap();
        assert_eq!(changes, crate::model::diff(&before.to_dossier(), &dossier).unwrap());
    }

    #[test]
    fn what_was_reached_for_and_not_edited_is_shared_again() {
        let mut dossier = crate::sample::dossier().unwrap();
        let state = Snapshot::of(&dossier);
        assert!(dossier.shared_subjects().zip(&state.subjects).all(|(a, b)| a.is_one_with(b)));
        dossier.projects[0].overview.name.push('改');
        dossier.projects[1].overview.name.push_str("");
        assert!(!dossier.projects[1].is_one_with(&state.subjects[2]));
        let edited = dossier.clone();
        state.lend(&mut dossier);
        assert!(dossier.projects[1].is_one_with(&state.subjects[2]));
        assert!(dossier == edited && !dossier.projects[0].is_one_with(&state.subjects[1]));
    }

    #[test]
    fn projects_come_go_and_move() {
        let mut dossier = crate::sample::dossier().unwrap();
        let before = Snapshot::of(&dossier);
        dossier.projects.swap(0, 2);
        let moved = before.next(&dossier);
        assert!(moved != before && moved.is(&dossier) && before.subjects[1].is_one_with(&moved.subjects[3]));
        dossier.projects.pop();
        assert!(!moved.is(&dossier));
        let fewer = moved.next(&dossier);
        assert!(fewer != moved && fewer.to_dossier() == dossier);
        dossier.report.title.push('改');
        assert!(!fewer.is(&dossier) && fewer.next(&dossier).is(&dossier));
    }
}
