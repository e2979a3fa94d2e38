//! A dossier on disk: one RON file with a schema version.
//!
//! Reading never touches the file. Writing replaces it whole and atomically, and keeps what was there as `.bak`, so
//! that a failure at any moment leaves either the old or the new document, never half of one.

mod atomic;
mod error;
mod format;
pub mod journal;
mod lock;
mod quick;
mod seen;
mod wording;

pub use atomic::write_atomically;
pub use error::{StoreError, Trouble};
pub(crate) use error::{reading, writing};
pub use format::{SCHEMA, from_ron, to_ron};
pub use lock::{Holder, Lock, Locking, lock};
pub use seen::{Saved, Seen, save_over, save_unless_changed};
pub use wording::Wrong;

use crate::model::{Dossier, SubjectId};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// No dossier is larger than this; a file that is, is not a dossier. Bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A dossier that was read, and the schema that its file was written in.
#[derive(Debug)]
pub struct Opened {
    /// The dossier, in today's schema.
    pub dossier: Dossier,
    /// The file's schema; older than [`SCHEMA`] if it was migrated.
    pub schema: u32,
    /// What the file held, to tell later whether somebody has written it meanwhile.
    pub seen: Seen,
}

/// Reads a dossier.
///
/// # Errors
/// If the file cannot be read or holds no dossier that this version knows. The file is untouched.
pub fn open(path: &Path) -> Result<Opened, StoreError> {
    let bytes = read(path)?;
    let seen = Seen::of(path, &bytes);
    let (dossier, schema) = format::from_bytes(bytes).map_err(|trouble| StoreError::new(path, trouble))?;
    Ok(Opened { dossier, schema, seen })
}

/// Reads a dossier, or a part of one that stands without a file's wrapper: some of its fields, a subject alone, or a
/// list of subjects. A subject that names no letter is `subject`'s.
///
/// # Errors
/// If the file cannot be read or holds none of these.
pub fn open_part(path: &Path, subject: Option<&SubjectId>) -> Result<Dossier, StoreError> {
    let bytes = read(path)?;
    let read = match std::str::from_utf8(&bytes) {
        Ok(text) if text.trim_start().starts_with(['(', '[']) && !format::is_wrapped(text) => {
            format::part_from_ron(text, subject)
        }
        _ => format::from_bytes(bytes).map(|(dossier, _)| dossier),
    };
    read.map_err(|trouble| StoreError::new(path, trouble))
}

/// The bytes of a file that may be a dossier.
fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let fail = |trouble| StoreError::new(path, trouble);
    let metadata = std::fs::metadata(path).map_err(|error| fail(Trouble::Reading(error)))?;
    if metadata.is_dir() {
        return Err(fail(Trouble::Directory));
    }
    if metadata.len() > LARGEST {
        return Err(fail(Trouble::TooLarge));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_end(&mut bytes))
        .map_err(|error| fail(Trouble::Reading(error)))?;
    Ok(bytes)
}

/// Writes a dossier, replacing what was there and keeping it as `.bak`.
///
/// # Errors
/// If it cannot be written. What was there is then still there.
pub fn save(path: &Path, dossier: &Dossier) -> Result<(), StoreError> {
    let text = to_ron(dossier).map_err(|trouble| StoreError::new(path, trouble))?;
    write_atomically(path, text.as_bytes(), true)
        .map_err(|error| StoreError::new(path, Trouble::Writing(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_keeps_one_backup_and_reading_gives_back_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("評価.ron");
        let mut dossier = Dossier::default();
        for name in ["一", "二", "三"] {
            dossier.programme.overview.name = name.into();
            save(&path, &dossier).unwrap();
        }
        assert_eq!(open(&path).unwrap().dossier, dossier);
        let backup = folder.path().join("評価.ron.bak");
        assert_eq!(open(&backup).unwrap().dossier.programme.overview.name, "二");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_written_into_and_stays_what_it_is() {
        use std::os::unix::fs::FileTypeExt;
        save(Path::new("/dev/null"), &Dossier::default()).unwrap();
        let kind = std::fs::metadata("/dev/null").unwrap().file_type();
        assert!(kind.is_char_device());
        let error = save(Path::new("/dev/full"), &Dossier::default()).unwrap_err();
        assert!(error.message(crate::locale::Lang::En).contains("/dev/full"), "{error:?}");
    }

    #[cfg(unix)]
    #[test]
    fn the_rights_of_a_document_are_those_of_its_backup_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.ron"), folder.path().join("link.ron"));
        symlink("a.ron", &link).unwrap();
        save(&link, &Dossier::default()).unwrap();
        for mode in [0o600, 0o666] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            save(&link, &Dossier::default()).unwrap();
            for file in [&path, &folder.path().join("a.ron.bak")] {
                assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, mode);
            }
        }
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_failed_save_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nowhere").join("評価.ron");
        assert!(matches!(save(&path, &Dossier::default()).unwrap_err().trouble(), Trouble::Writing(_)));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
