//! The open dossier: what is edited, what is saved, and what can be undone.

use crate::locale::{Both, Lang, change};
use crate::model::{Change, ChangeError, Dossier, Snapshot, apply};
use crate::round::Package;
use crate::store::Seen;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// One step that can be undone.
#[derive(Debug, Clone)]
pub(crate) struct UndoStep {
    /// What it did: 「A 資金配分 項目１ 2019年度を変更」.
    pub(crate) label: Both,
    /// When it was made.
    pub(crate) at: Timestamp,
    changes: Vec<Change>,
}

/// The open dossier.
///
/// Panels edit `dossier` directly. At a stable edge (a field left, a button released) [`Document::settle`] compares it
/// with the last settled state and records what changed as one step.
#[derive(Debug)]
pub(crate) struct Document {
    /// What the panels show and edit.
    pub(crate) dossier: Dossier,
    /// Where it is saved; none for a new one and for the sample.
    pub(crate) path: Option<PathBuf>,
    /// Where it might be saved, for one that has no file.
    pub(crate) suggestion: Option<PathBuf>,
    /// What its file held when it was read or written last.
    pub(crate) seen: Option<Seen>,
    /// The ballot that is filled in, in a member's hands; none for a dossier.
    pub(crate) package: Option<Package>,
    /// When it was saved of itself last; none once it was saved by hand.
    pub(crate) autosaved: Option<Timestamp>,
    /// What pages show in a member's hands: a copy, so that nothing done to them can reach the ballot.
    reading: Option<Box<Dossier>>,
    serial: u64,
    /// How often the settled state has changed.
    revision: u64,
    settled: Snapshot,
    saved: Snapshot,
    dirty: bool,
    /// Whether it is not on disk as it stands though nothing was edited: from an older format, or from a backup.
    unwritten: bool,
    undo: Vec<UndoStep>,
    redo: Vec<UndoStep>,
}

/// No more steps than this are kept.
const DEEPEST: usize = 500;

impl Document {
    /// A document as it stands on disk, or as it begins.
    pub(crate) fn new(dossier: Dossier, path: Option<PathBuf>) -> Self {
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let settled = Snapshot::of(&dossier);
        Self {
            serial: OPENED.fetch_add(1, Ordering::Relaxed),
            revision: 0,
            saved: settled.clone(),
            settled,
            dossier,
            path,
            dirty: false,
            unwritten: false,
            suggestion: None,
            seen: None,
            package: None,
            autosaved: None,
            reading: None,
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// A document whose file is in an older format: it counts as unsaved until it is written in today's.
    pub(crate) fn migrated(dossier: Dossier, path: PathBuf) -> Self {
        Self { unwritten: true, ..Self::new(dossier, Some(path)) }
    }

    /// A ballot in a member's hands: `dossier` is its material with what the member has said so far.
    pub(crate) fn ballot(package: Package, dossier: Dossier, path: PathBuf) -> Self {
        Self { package: Some(package), ..Self::new(dossier, Some(path)) }
    }

    /// A document read from a backup: it has no file of its own yet, and counts as unsaved.
    pub(crate) fn recovered(dossier: Dossier, suggestion: PathBuf) -> Self {
        Self { unwritten: true, suggestion: Some(suggestion), ..Self::new(dossier, None) }
    }

    /// The document, whose file held `seen` when it was read.
    pub(crate) fn seen(self, seen: Seen) -> Self {
        Self { seen: Some(seen), ..self }
    }

    /// Records what changed since the last time as one step, named by what it did. Cheap where nothing changed.
    ///
    /// # Errors
    /// Only if the dossier cannot be compared; nothing is recorded then, and nothing is lost.
    pub(crate) fn settle(&mut self) -> Result<(), ChangeError> {
        self.record(change::say)
    }

    /// [`settle`](Self::settle) with a name of the caller's.
    ///
    /// # Errors
    /// As [`settle`](Self::settle).
    pub(crate) fn settle_as(&mut self, label: String) -> Result<(), ChangeError> {
        self.record(|_, _, _| Both::same(label))
    }

    fn record(
        &mut self,
        label: impl FnOnce(&Snapshot, &Dossier, &[Change]) -> Both,
    ) -> Result<(), ChangeError> {
        if self.settled.is(&self.dossier) {
            self.settled.lend(&mut self.dossier);
            return Ok(());
        }
        let changes = self.settled.changes_to(&self.dossier)?;
        if !changes.is_empty() {
            let label = label(&self.settled, &self.dossier, &changes);
            self.undo.push(UndoStep { label, at: Timestamp::now(), changes });
            if self.undo.len() > DEEPEST {
                self.undo.remove(0);
            }
            self.redo.clear();
        }
        self.after_step();
        Ok(())
    }

    /// Takes the last step back and returns its label; none if there is none.
    ///
    /// # Errors
    /// If the step no longer fits; the dossier is then as it was.
    pub(crate) fn undo(&mut self, lang: Lang) -> Result<Option<String>, ChangeError> {
        self.settle()?;
        let Some(before) = self.undo.len().checked_sub(1) else { return Ok(None) };
        self.walk_to(before)?;
        Ok(self.redo.last().map(|step| step.label.t(lang).to_owned()))
    }

    /// Makes the last undone step again and returns its label; none if there is none.
    ///
    /// # Errors
    /// If the step no longer fits; the dossier is then as it was.
    pub(crate) fn redo(&mut self, lang: Lang) -> Result<Option<String>, ChangeError> {
        self.settle()?;
        if self.redo.is_empty() {
            return Ok(None);
        }
        self.walk_to(self.undo.len() + 1)?;
        Ok(self.undo.last().map(|step| step.label.t(lang).to_owned()))
    }

    /// Takes steps back, or makes them again, until `done` of them are made. As one: should any of them not fit, the
    /// dossier is as it was.
    ///
    /// # Errors
    /// If a step no longer fits.
    pub(crate) fn walk_to(&mut self, done: usize) -> Result<(), ChangeError> {
        let here = self.undo.len();
        let done = done.min(here + self.redo.len());
        if done == here {
            return Ok(());
        }
        let back =
            |step: &UndoStep| step.changes.iter().rev().cloned().map(Change::inverted).collect::<Vec<_>>();
        let changes: Vec<Change> = if done < here {
            self.undo[done..].iter().rev().flat_map(back).collect()
        } else {
            let again = self.redo.iter().rev().take(done - here);
            again.flat_map(|step| step.changes.iter().cloned()).collect()
        };
        apply(&mut self.dossier, &changes)?;
        while self.undo.len() > done {
            self.redo.extend(self.undo.pop());
        }
        while self.undo.len() < done {
            self.undo.extend(self.redo.pop());
        }
        self.after_step();
        Ok(())
    }

    /// All steps from the first to the last, and how many of them are made; those behind are taken back.
    pub(crate) fn steps(&self) -> (impl ExactSizeIterator<Item = &UndoStep>, usize) {
        let all: Vec<&UndoStep> = self.undo.iter().chain(self.redo.iter().rev()).collect();
        (all.into_iter(), self.undo.len())
    }

    fn after_step(&mut self) {
        self.revision += 1;
        self.settled = self.settled.next(&self.dossier);
        self.settled.lend(&mut self.dossier);
        self.dirty = self.settled != self.saved;
    }

    /// The step that undo would take back.
    pub(crate) fn next_undo(&self, lang: Lang) -> Option<&str> {
        self.undo.last().map(|step| step.label.t(lang))
    }

    /// The step that redo would make again.
    pub(crate) fn next_redo(&self, lang: Lang) -> Option<&str> {
        self.redo.last().map(|step| step.label.t(lang))
    }

    /// What pages show: the dossier, or in a member's hands a copy of the material.
    pub(crate) fn shown(&mut self) -> &mut Dossier {
        if self.package.is_none() {
            return &mut self.dossier;
        }
        self.reading.get_or_insert_with(|| Box::new(self.settled.to_dossier()))
    }

    /// Forgets what pages may have done to the copy that they show.
    pub(crate) fn refresh_reading(&mut self) {
        if self.reading.as_ref().is_some_and(|reading| !self.settled.is(reading)) {
            self.reading = None;
        }
    }

    /// Whether the dossier as it stands, edits under way included, is not what was saved.
    pub(crate) fn has_news(&self) -> bool {
        !self.saved.is(&self.dossier)
    }

    /// Tells this document from any other opened since the program began.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// Tells a settled state of this document from those before it.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// The last settled state.
    pub(crate) fn settled(&self) -> &Snapshot {
        &self.settled
    }

    /// The dossier as it stands, whether or not it is settled, for a job to work on.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.settled.next(&self.dossier)
    }

    /// What was saved last, or as it began.
    pub(crate) fn saved(&self) -> &Snapshot {
        &self.saved
    }

    /// Whether it is nowhere on disk as it began: from an older format, from a backup, or restored.
    pub(crate) fn is_unwritten(&self) -> bool {
        self.unwritten
    }

    /// Notes that it was restored, and stands nowhere but in its journal.
    pub(crate) fn restored(&mut self) {
        self.unwritten = true;
    }

    /// Whether something settled is not saved.
    pub(crate) fn is_dirty(&self) -> bool {
        self.dirty || self.unwritten
    }

    /// Notes that `saved` is now what stands at `path`; the panels may have gone on editing meanwhile.
    pub(crate) fn saved_as(&mut self, path: PathBuf, saved: Snapshot) {
        self.path = Some(path);
        self.saved = saved;
        self.unwritten = false;
        self.dirty = self.settled != self.saved;
    }

    /// Notes that somebody else has saved `theirs`, and goes on with what both made of it, as one step.
    ///
    /// # Errors
    /// Only if the dossier cannot be compared.
    pub(crate) fn merged_with(
        &mut self,
        theirs: &Dossier,
        merged: Dossier,
        seen: Seen,
        label: String,
    ) -> Result<(), ChangeError> {
        self.dossier = merged;
        self.settle_as(label)?;
        self.saved = Snapshot::of(theirs);
        self.seen = Some(seen);
        self.unwritten = false;
        self.dirty = self.settled != self.saved;
        Ok(())
    }

    /// The file's name, or what stands in for it.
    pub(crate) fn name(&self, lang: Lang) -> String {
        self.path.as_ref().and_then(|path| path.file_name()).map_or_else(
            || lang.t("（未保存）", "(not saved)").to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CriterionNo, ScoreCell, Subject};

    #[test]
    fn undo_and_redo_walk_the_steps() {
        let dossier = Dossier {
            projects: vec![Subject { id: "A".into(), ..Subject::default() }.into()],
            ..Dossier::default()
        };
        let mut document = Document::new(dossier.clone(), None);
        document.dossier.projects[0].overview.name = "創薬".into();
        document.settle().unwrap();
        document.dossier.projects[0].evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
        document.settle().unwrap();
        document.settle().unwrap();
        assert!(document.is_dirty());
        assert_eq!(document.next_undo(Lang::Ja), Some("A 評価 評点 M1 1を変更"));
        let after = document.dossier.clone();
        document.undo(Lang::Ja).unwrap();
        document.undo(Lang::Ja).unwrap();
        assert_eq!(document.undo(Lang::Ja).unwrap(), None);
        assert_eq!(document.dossier, dossier);
        assert!(!document.is_dirty());
        document.redo(Lang::Ja).unwrap();
        document.redo(Lang::Ja).unwrap();
        assert_eq!(document.dossier, after);
    }

    #[test]
    fn several_steps_are_taken_back_and_made_again_at_once() {
        let mut document = Document::new(crate::sample::dossier().unwrap(), None);
        let mut states = vec![document.dossier.clone()];
        for n in 0..4 {
            document.dossier.projects[n].overview.name.push('改');
            document.dossier.report.title.push('甲');
            document.settle().unwrap();
            states.push(document.dossier.clone());
        }
        for done in [1, 3, 0, 4, 2, 99] {
            let begin = document.revision();
            document.walk_to(done).unwrap();
            assert_eq!(document.dossier, states[done.min(4)], "{done}");
            assert_eq!(document.steps().1, done.min(4));
            assert_eq!(document.steps().0.len(), 4);
            assert_eq!(document.revision(), begin + 1);
        }
        document.walk_to(1).unwrap();
        // A new step ends what could be made again.
        document.dossier.report.title.push('乙');
        document.settle().unwrap();
        assert_eq!((document.steps().0.len(), document.steps().1), (2, 2));
    }

    #[test]
    fn a_step_can_be_named_and_each_settled_state_is_another() {
        let mut document = Document::new(Dossier::default(), None);
        let begin = document.revision();
        document.settle_as("何も".to_owned()).unwrap();
        assert_eq!((document.next_undo(Lang::Ja), document.revision()), (None, begin));
        document.dossier.report.title = "題".into();
        document.settle_as("取り込み: 表.xlsx（1 件）".to_owned()).unwrap();
        assert_eq!(document.next_undo(Lang::Ja), Some("取り込み: 表.xlsx（1 件）"));
        let after = document.revision();
        document.undo(Lang::Ja).unwrap();
        assert!(begin < after && after < document.revision());
    }

    #[test]
    fn a_migrated_file_is_unsaved_until_it_is_written() {
        let mut document = Document::migrated(Dossier::default(), "a.ron".into());
        assert!(document.is_dirty());
        document.saved_as("a.ron".into(), Snapshot::of(&Dossier::default()));
        assert!(!document.is_dirty());
    }

    #[test]
    fn editing_while_a_save_runs_stays_unsaved() {
        let mut document = Document::new(Dossier::default(), None);
        document.dossier.report.title = "一".into();
        document.settle().unwrap();
        let snapshot = document.snapshot();
        document.dossier.report.title = "二".into();
        document.settle().unwrap();
        document.saved_as("a.ron".into(), snapshot);
        assert!(document.is_dirty());
    }
}
