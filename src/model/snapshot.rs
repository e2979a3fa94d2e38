//! States of a dossier that share what is the same in them.

use super::change::between;
use super::{Change, ChangeError, Dossier, Subject};
use std::sync::Arc;

/// A state of a dossier. The next one after an edit copies the subjects that were edited and shares all others, so that
/// keeping the last state, the saved one and the one that a job works on costs little more than keeping one.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// All but the subjects.
    rest: Arc<Dossier>,
    /// The programme, then the projects in order.
    subjects: Vec<Arc<Subject>>,
}

impl Snapshot {
    /// The state of a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        Self {
            rest: Arc::new(dossier.beside_subjects()),
            subjects: dossier.subjects().map(|subject| Arc::new(subject.clone())).collect(),
        }
    }

    /// The state of the dossier now; what is as it was in this one is shared with it.
    pub fn next(&self, dossier: &Dossier) -> Self {
        let same = self.rest.is_same_beside_subjects(dossier);
        let rest = if same { Arc::clone(&self.rest) } else { Arc::new(dossier.beside_subjects()) };
        let known = |at: usize, subject: &Subject| {
            let here = self.subjects.get(at).filter(|known| known.id == subject.id);
            // Where rows were moved, the subject stands elsewhere.
            here.or_else(|| self.subjects.iter().find(|known| known.id == subject.id))
                .filter(|known| ***known == *subject)
        };
        let subjects = dossier
            .subjects()
            .enumerate()
            .map(|(at, subject)| known(at, subject).map_or_else(|| Arc::new(subject.clone()), Arc::clone));
        Self { rest, subjects: subjects.collect() }
    }

    /// Whether the dossier is in this state.
    pub fn is(&self, dossier: &Dossier) -> bool {
        self.subjects.len() == dossier.projects.len() + 1
            && self.rest.is_same_beside_subjects(dossier)
            && self.subjects.iter().zip(dossier.subjects()).all(|(known, subject)| **known == *subject)
    }

    /// The changes that lead from this state to the dossier.
    ///
    /// # Errors
    /// Only if a dossier cannot be serialised, which its types rule out.
    pub fn changes_to(&self, dossier: &Dossier) -> Result<Vec<Change>, ChangeError> {
        between((&self.rest, &self.parts()), (dossier, &dossier.subjects().collect::<Vec<_>>()))
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
    pub(crate) fn shared(&self) -> (&Arc<Dossier>, &[Arc<Subject>]) {
        (&self.rest, &self.subjects)
    }

    fn parts(&self) -> Vec<&Subject> {
        self.subjects.iter().map(Arc::as_ref).collect()
    }

    /// The dossier in this state.
    pub fn to_dossier(&self) -> Dossier {
        let mut dossier = Dossier::clone(&self.rest);
        let mut subjects = self.subjects.iter().map(|subject| Subject::clone(subject));
        dossier.programme = subjects.next().unwrap_or_default();
        dossier.projects = subjects.collect();
        dossier
    }
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
            Arc::ptr_eq(a, b) || a == b
        }
        same(&self.rest, &other.rest)
            && self.subjects.len() == other.subjects.len()
            && self.subjects.iter().zip(&other.subjects).all(|(a, b)| same(a, b))
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
            before.subjects.iter().zip(&after.subjects).map(|(a, b)| Arc::ptr_eq(a, b)).collect();
        assert_eq!(shared.iter().filter(|shared| !**shared).count(), 1);
        assert!(!shared[2] && Arc::ptr_eq(&before.rest, &after.rest));
        let changes = before.changes_to(&dossier).unwrap();
        assert_eq!(changes, crate::model::diff(&before.to_dossier(), &dossier).unwrap());
    }

    #[test]
    fn projects_come_go_and_move() {
        let mut dossier = crate::sample::dossier().unwrap();
        let before = Snapshot::of(&dossier);
        dossier.projects.swap(0, 2);
        let moved = before.next(&dossier);
        assert!(
            moved != before && moved.is(&dossier) && Arc::ptr_eq(&before.subjects[1], &moved.subjects[3])
        );
        dossier.projects.pop();
        assert!(!moved.is(&dossier));
        let fewer = moved.next(&dossier);
        assert!(fewer != moved && fewer.to_dossier() == dossier);
        dossier.report.title.push('改');
        assert!(!fewer.is(&dossier) && fewer.next(&dossier).is(&dossier));
    }
}
