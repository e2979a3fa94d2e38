//! What was edited since the last save, on disk within a second, apart from the document.
//!
//! A journal is one file for one open document. Its first line holds the state that was saved last, each further
//! line the changes since the line before; each line carries a checksum, so that one torn by a power cut is known
//! and left out. The file is locked while its writer lives, so that another start of the program can tell a journal
//! that somebody is writing from one that a crash has left. Saving, or leaving without saving, removes it.

mod line;
mod writer;

pub use writer::{About, Journal};

use crate::model::{Change, ChangeError, Dossier, Place, apply};
use jiff::Timestamp;
use line::{Beginning, Step};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The ending of a journal's name.
const ENDING: &str = "journal";
/// No journal is larger than this; a larger file is not read. Bytes.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// A journal that holds no whole line and is older than this is no longer being begun.
const BEGUN: Duration = Duration::from_mins(1);
/// So long a journal that the disk has damaged is kept.
const DAMAGED: Duration = Duration::from_hours(24 * 30);

/// A journal that a crash has left.
#[derive(Debug)]
pub struct Orphan {
    /// Where it is.
    pub path: PathBuf,
    /// What it belongs to.
    pub about: About,
    /// When its document was opened or saved last.
    pub began: Timestamp,
    /// When the last change was noted.
    pub last: Timestamp,
    /// Where something changed, in order, each place once.
    pub places: Vec<Place>,
    base: Dossier,
    changes: Vec<Change>,
    /// Keeps another start of the program from taking it at the same time.
    _lock: File,
}

impl Orphan {
    /// The state that was saved last.
    pub fn base(&self) -> &Dossier {
        &self.base
    }

    /// The dossier as it stood when the program ended.
    ///
    /// # Errors
    /// If a change does not fit, which only a defect can cause; what came before it can be had by
    /// [`restore_what_fits`](Self::restore_what_fits).
    pub fn restore(&self) -> Result<Dossier, ChangeError> {
        let mut dossier = self.base.clone();
        apply(&mut dossier, &self.changes)?;
        Ok(dossier)
    }

    /// The dossier after the last change that fits.
    pub fn restore_what_fits(&self) -> Dossier {
        let mut dossier = self.base.clone();
        for change in &self.changes {
            if apply(&mut dossier, std::slice::from_ref(change)).is_err() {
                break;
            }
        }
        dossier
    }

    /// Removes the journal: what it holds is restored and noted anew, or not wanted.
    ///
    /// # Errors
    /// If the file cannot be removed.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// The journals in a folder that nobody is writing and that hold something, the latest last. One that cannot be read
/// at all is told in the log and left where it is.
pub fn orphans(folder: &Path) -> Vec<Orphan> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != ENDING) {
            continue;
        }
        match read(&path) {
            Ok(Some(orphan)) => found.push(orphan),
            Ok(None) => {}
            Err(error) => tracing::warn!("a journal cannot be read: {error}"),
        }
    }
    found.sort_by_key(|orphan| orphan.last);
    found
}

/// Reads a journal; none if somebody is writing it or it holds nothing that is not saved.
fn read(path: &Path) -> io::Result<Option<Orphan>> {
    let file = File::options().read(true).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Ok(None),
        // A file system without locks: whether somebody writes it cannot be told, and offering is better than losing.
        Err(fs::TryLockError::Error(error)) => tracing::warn!("no locks beside the journals: {error}"),
    }
    let mut lines = BufReader::new(file.try_clone()?.take(LARGEST));
    let mut first = Vec::new();
    lines.read_until(b'\n', &mut first)?;
    let Some(beginning) = line::read::<Beginning>(&first).filter(Beginning::is_known) else {
        // Of a version to come, which offers it when it starts; or torn, so that nothing in it can be believed.
        if !line::is_whole(&first) {
            clean_up(path, &file);
        }
        return Ok(None);
    };
    let mut last = beginning.began;
    let (mut changes, mut places) = (Vec::new(), Vec::new());
    while let Some(step) = next::<Step>(&mut lines)? {
        last = step.at;
        for change in &step.changes {
            let place = change.narrowest_place();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        changes.extend(step.changes);
    }
    if changes.is_empty() && !beginning.unsaved {
        drop(fs::remove_file(path));
        return Ok(None);
    }
    let Beginning { about, began, base, .. } = beginning;
    Ok(Some(Orphan { path: path.to_owned(), about, began, last, places, base, changes, _lock: file }))
}

/// Removes a journal whose first line is torn. Where that is all of it, nothing was ever noted; where more follows, the
/// disk has damaged it, and it is kept for a while for whoever can still make something of it.
fn clean_up(path: &Path, file: &File) {
    let Ok(about) = file.metadata() else { return };
    let age = about.modified().ok().and_then(|at| at.elapsed().ok()).unwrap_or_default();
    let lines = BufReader::new(file).take(LARGEST);
    let more =
        file.try_clone().and_then(|mut file| file.rewind()).is_ok() && lines.split(b'\n').nth(1).is_some();
    // Another start of the program may be writing its first line at this moment.
    if age < if more { DAMAGED } else { BEGUN } {
        return;
    }
    match fs::remove_file(path) {
        Ok(()) => tracing::info!("a torn journal was removed"),
        Err(error) => tracing::warn!("a torn journal cannot be removed: {error}"),
    }
}

/// The next whole line; none at the end or where a line is torn.
fn next<T: serde::de::DeserializeOwned>(lines: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut text = Vec::new();
    lines.read_until(b'\n', &mut text)?;
    Ok(line::read(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CriterionNo, ScoreCell, Snapshot, Subject};

    fn dossier(name: &str) -> Dossier {
        let project = Subject { id: "A".into(), ..Subject::default() };
        let mut dossier = Dossier { projects: vec![project.into()], ..Dossier::default() };
        dossier.projects[0].overview.name = name.into();
        dossier
    }

    fn about() -> About {
        About { name: "評価.ron".into(), path: Some("/somewhere/評価.ron".into()), ..About::default() }
    }

    /// A journal with one state noted after another, as a crash leaves it.
    fn left_behind(folder: &Path, states: &[Dossier]) -> PathBuf {
        let base = Snapshot::of(&states[0]);
        let mut journal = Journal::start(folder, about(), base.clone(), false).unwrap();
        let mut last = base;
        for state in &states[1..] {
            last = last.next(state);
            journal.note(last.clone());
            journal.flush();
        }
        let path = journal.path().to_owned();
        journal.abandon();
        path
    }

    #[test]
    fn what_was_noted_is_restored() {
        let folder = tempfile::tempdir().unwrap();
        let mut zero = dossier("創薬");
        zero.projects[0].evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
        left_behind(folder.path(), &[dossier(""), dossier("創"), dossier("創薬"), zero.clone()]);
        let orphans = orphans(folder.path());
        let [orphan] = orphans.as_slice() else { panic!("{orphans:?}") };
        assert_eq!(orphan.restore().unwrap(), zero);
        assert_eq!(orphan.restore_what_fits(), zero);
        assert_eq!((orphan.base(), &orphan.about, orphan.places.len()), (&dossier(""), &about(), 2));
    }

    #[test]
    fn a_torn_line_costs_no_more_than_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = left_behind(folder.path(), &[dossier(""), dossier("創"), dossier("創薬")]);
        let whole = fs::read(&path).unwrap();
        let steps: Vec<_> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
        assert_eq!(steps.len(), 3);
        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let found = orphans(folder.path());
            let restored = found.first().map(|orphan| orphan.restore().unwrap());
            let expected = match steps.iter().filter(|end| **end < length).count() {
                0 | 1 => None,
                2 => Some(dossier("創")),
                _ => Some(dossier("創薬")),
            };
            assert_eq!(restored, expected, "cut at {length}");
        }
    }

    #[test]
    fn a_journal_torn_in_its_first_line_does_not_stay_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = left_behind(folder.path(), &[dossier(""), dossier("一"), dossier("二")]);
        let whole = fs::read(&path).unwrap();
        let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let aged = |bytes: &[u8], age: Duration| {
            fs::write(&path, bytes).unwrap();
            let at = std::time::SystemTime::now() - age;
            File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
            assert!(orphans(folder.path()).is_empty());
            path.exists()
        };
        let hour = Duration::from_hours(1);
        assert!(aged(&whole[..first / 2], Duration::ZERO), "somebody may be writing it");
        assert!(!aged(&whole[..first / 2], hour), "nothing was noted in it");
        assert!(!aged(b"", hour));
        let mut damaged = whole.clone();
        damaged[first / 2] ^= 1;
        assert!(aged(&damaged, hour), "there may be something in it");
        assert!(!aged(&damaged, 2 * DAMAGED));
        // One of a version to come is whole, and is left to that version.
        let mut later = serde_json::from_slice::<serde_json::Value>(&whole[17..first]).unwrap();
        later["version"] = 99.into();
        assert!(aged(&line::write(&later).unwrap(), 2 * DAMAGED));
    }

    #[test]
    fn a_damaged_line_ends_what_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = left_behind(folder.path(), &[dossier(""), dossier("一"), dossier("二")]);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 4;
        bytes[last] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(orphans(folder.path())[0].restore().unwrap(), dossier("一"));
    }

    #[test]
    fn one_that_is_being_written_is_left_alone_and_a_saved_one_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let base = Snapshot::of(&dossier(""));
        let mut journal = Journal::start(folder.path(), about(), base.clone(), false).unwrap();
        journal.note(base.next(&dossier("一")));
        journal.flush();
        assert!(journal.path().exists());
        assert!(orphans(folder.path()).is_empty());
        journal.saved(about(), Snapshot::of(&dossier("一")));
        journal.flush();
        assert!(!journal.path().exists());
        let next = Snapshot::of(&dossier("一")).next(&dossier("二"));
        journal.note(next);
        journal.flush();
        assert!(journal.path().exists());
        drop(journal);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_unsaved_document_is_kept_from_its_first_moment() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::start(folder.path(), about(), Snapshot::of(&dossier("一")), true).unwrap();
        journal.flush();
        journal.abandon();
        let found = orphans(folder.path());
        assert_eq!(found[0].restore().unwrap(), dossier("一"));
        let mut found = found;
        found.remove(0).discard().unwrap();
        assert!(orphans(folder.path()).is_empty());
    }

    #[test]
    fn a_disk_that_refuses_is_told_once_and_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("place");
        fs::write(&place, "a file where the folder should be").unwrap();
        let base = Snapshot::of(&dossier(""));
        let mut journal = Journal::start(&place, about(), base.clone(), false).unwrap();
        let one = base.next(&dossier("一"));
        journal.note(one.clone());
        journal.flush();
        assert!(journal.trouble().is_some());
        assert!(journal.trouble().is_none());
        fs::remove_file(&place).unwrap();
        journal.note(one.next(&dossier("二")));
        journal.flush();
        assert!(journal.trouble().is_none());
        journal.abandon();
        assert_eq!(orphans(&place)[0].restore().unwrap(), dossier("二"));
    }
}
