//! Who has a document open: a small file beside it, locked while its program lives.
//!
//! The lock that the system keeps tells the living from the dead on one machine and on shares that know locks; where
//! they do not, the name and the hour in the file tell a person. A crash leaves a file that nobody has locked, which
//! the next one on the same machine takes over. It never keeps anyone from opening or saving: it is there to be told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// What is written in a lock file is never longer. Bytes.
const LONGEST: u64 = 4096;

/// Who has a document open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Holder {
    /// The name that the user has on that machine; empty if unknown.
    pub user: String,
    /// The machine; empty if unknown.
    pub host: String,
    /// Its process; 0 if unknown.
    pub process: u32,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// The lock of a document that is open here. Dropping it removes its file.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Holds the system's lock.
    _file: File,
}

/// What trying to lock a document gave.
#[derive(Debug)]
pub enum Locking {
    /// Nobody else has it open.
    Held(Lock),
    /// Somebody has, or a machine elsewhere broke down with it open.
    Taken(Holder),
    /// It cannot be told: the folder may not be written, or its file system knows no locks.
    Unknown,
}

/// Tries to lock a document.
pub fn lock(document: &Path) -> Locking {
    let Some(path) = place(document) else { return Locking::Unknown };
    match take(&path) {
        Ok(locking) => locking,
        Err(error) => {
            tracing::debug!("a document cannot be locked: {error}");
            Locking::Unknown
        }
    }
}

fn take(path: &Path) -> io::Result<Locking> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Locking::Taken(read(&mut file))),
        Err(TryLockError::Error(error)) => {
            return Err(error);
        }
    }
    let (holder, me) = (read(&mut file), Holder::me());
    // Not locked, but of another machine: its lock may not reach this one.
    if !holder.host.is_empty() && holder.host != me.host {
        return Ok(Locking::Taken(holder));
    }
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(&me)?)?;
    Ok(Locking::Held(Lock { path: path.to_owned(), _file: file }))
}

/// What a lock file says; nothing if it cannot be read, as where the system locks reading too.
fn read(file: &mut File) -> Holder {
    let mut text = Vec::new();
    let read = file.rewind().and_then(|()| file.take(LONGEST).read_to_end(&mut text));
    read.ok().and_then(|_| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

/// Where the lock of a document is: beside the file that its path leads to, hidden as far as a name can hide.
fn place(document: &Path) -> Option<PathBuf> {
    let document = fs::canonicalize(document).unwrap_or_else(|_| document.to_owned());
    let mut name = OsString::from(".");
    name.push(document.file_name()?);
    name.push(".lock");
    Some(document.with_file_name(name))
}

impl Holder {
    /// Whether it is this very program.
    pub fn is_me(&self) -> bool {
        let me = Self::me();
        (self.process, &self.host) == (me.process, &me.host)
    }

    fn me() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            user: variable("USER").or_else(|| variable("USERNAME")).unwrap_or_default(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            process: std::process::id(),
            since: Some(Timestamp::now()),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // One that cannot be removed is taken over by the next start.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(folder: &Path) -> PathBuf {
        let path = folder.join("評価.ron");
        fs::write(&path, "").unwrap();
        path
    }

    #[test]
    fn a_document_is_open_once_and_free_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = document(folder.path());
        let Locking::Held(held) = lock(&path) else { panic!("not free") };
        let Locking::Taken(holder) = lock(&path) else { panic!("not taken") };
        assert!(holder.since.is_some() && !holder.host.is_empty());
        drop(held);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(matches!(lock(&path), Locking::Held(_)));
    }

    #[test]
    fn a_lock_that_a_crash_left_here_is_taken_over_and_one_from_elsewhere_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = document(folder.path());
        let left =
            |holder: &Holder| fs::write(place(&path).unwrap(), serde_json::to_vec(holder).unwrap()).unwrap();
        left(&Holder::me());
        assert!(matches!(lock(&path), Locking::Held(_)));
        let other = Holder { user: "sato".into(), host: "another machine".into(), ..Holder::me() };
        left(&other);
        let Locking::Taken(told) = lock(&path) else { panic!("not told") };
        assert_eq!(told, other);
        fs::write(place(&path).unwrap(), "nonsense").unwrap();
        assert!(matches!(lock(&path), Locking::Held(_)));
    }

    #[test]
    fn where_no_lock_can_be_had_nothing_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(lock(&folder.path().join("nowhere").join("a.ron")), Locking::Unknown));
    }
}
