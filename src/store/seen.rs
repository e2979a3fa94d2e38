//! Whether a document on disk is still the one that was read or written last.

use super::{Opened, StoreError, Trouble, open, to_ron, write_atomically};
use crate::model::Dossier;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::SystemTime;

/// A file's content as it was read or written last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    length: u64,
    digest: [u8; 32],
    /// When the file says that it was written; only to tell quickly that nothing has happened.
    written: Option<SystemTime>,
}

/// What saving over a document gave.
#[derive(Debug)]
pub enum Saved {
    /// It is written, and stands there like this.
    Written(Seen),
    /// Somebody has written it meanwhile; it is untouched.
    Meanwhile(Box<Opened>),
}

impl Seen {
    /// The file's content now; none if there is no such file.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub fn at(path: &Path) -> io::Result<Option<Self>> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let written = file.metadata()?.modified().ok();
        let (mut hash, mut length, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            length += read as u64;
        }
        Ok(Some(Self { length, digest: hash.finalize().into(), written }))
    }

    pub(super) fn of(path: &Path, bytes: &[u8]) -> Self {
        let written = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        Self { length: bytes.len() as u64, digest: Sha256::digest(bytes).into(), written }
    }

    /// Whether the file is another now. Its content is read only if its length or its time is.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub fn has_changed(&self, path: &Path) -> io::Result<bool> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            // Nothing can be overwritten where nothing is.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        };
        if metadata.len() == self.length && self.written.is_some() && metadata.modified().ok() == self.written
        {
            return Ok(false);
        }
        Ok(Self::at(path)?.is_some_and(|now| (now.length, now.digest) != (self.length, self.digest)))
    }
}

/// Writes a dossier to `path` unless somebody has written there since `seen`; without `seen` it is written in any case.
///
/// # Errors
/// If it cannot be written, or what somebody has written there cannot be read as a dossier. What is there stays.
pub fn save_unless_changed(path: &Path, dossier: &Dossier, seen: Option<&Seen>) -> Result<Saved, StoreError> {
    save_over(path, dossier, seen, true)
}

/// As [`save_unless_changed`]; without `backup`, the backup beside it stays as it is.
///
/// # Errors
/// As [`save_unless_changed`].
pub fn save_over(
    path: &Path,
    dossier: &Dossier,
    seen: Option<&Seen>,
    backup: bool,
) -> Result<Saved, StoreError> {
    if let Some(seen) = seen
        && seen.has_changed(path).map_err(|error| StoreError::new(path, Trouble::Reading(error)))?
    {
        return open(path).map(|opened| Saved::Meanwhile(Box::new(opened)));
    }
    let text = to_ron(dossier).map_err(|trouble| StoreError::new(path, trouble))?;
    write_atomically(path, text.as_bytes(), backup)
        .map_err(|error| StoreError::new(path, Trouble::Writing(error)))?;
    Ok(Saved::Written(Seen::of(path, text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Dossier {
        let mut dossier = Dossier::default();
        dossier.programme.overview.name = name.into();
        dossier
    }

    #[test]
    fn what_somebody_else_wrote_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("評価.ron");
        let Saved::Written(seen) = save_unless_changed(&path, &named("一"), None).unwrap() else { panic!() };
        let Saved::Written(seen) = save_unless_changed(&path, &named("二"), Some(&seen)).unwrap() else {
            panic!()
        };
        assert!(!seen.has_changed(&path).unwrap());
        super::super::save(&path, &named("あちら")).unwrap();
        let Saved::Meanwhile(theirs) = save_unless_changed(&path, &named("三"), Some(&seen)).unwrap() else {
            panic!("overwritten")
        };
        assert_eq!(theirs.dossier, named("あちら"));
        assert_eq!(open(&path).unwrap().dossier, named("あちら"));
        // A sync client that writes the same text again has changed nothing.
        let text = fs::read(&path).unwrap();
        fs::write(&path, &text).unwrap();
        assert!(!theirs.seen.has_changed(&path).unwrap());
        fs::remove_file(&path).unwrap();
        assert!(matches!(save_unless_changed(&path, &named("四"), Some(&seen)).unwrap(), Saved::Written(_)));
    }

    #[test]
    fn what_cannot_be_read_is_not_overwritten_either() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("評価.ron");
        let Saved::Written(seen) = save_unless_changed(&path, &named("一"), None).unwrap() else { panic!() };
        fs::write(&path, "something else").unwrap();
        assert!(save_unless_changed(&path, &named("二"), Some(&seen)).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "something else");
    }
}
