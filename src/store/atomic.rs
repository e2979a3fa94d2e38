//! Replacing a file so that no moment shows half of it.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes `bytes` beside `path`, forces them to the disk, and puts them in its place in one step. With `backup`, what
/// was there becomes `path.bak`. A link is followed, so that the file it points to is replaced and the link stays. What
/// is no file, as a device or a pipe, is written into and stays what it is.
///
/// # Errors
/// If any step fails; the file at `path` is then what it was.
pub fn write_atomically(path: &Path, bytes: &[u8], backup: bool) -> io::Result<()> {
    let target = resolve(path);
    let existing = fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if existing.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    replace(
        &target,
        existing.as_ref(),
        |file| file.write_all(bytes),
        || match existing.as_ref().filter(|_| backup) {
            Some(existing) => keep(&target, existing),
            None => Ok(()),
        },
    )
}

/// Makes `path.bak` what the file is now. Since the file is about to be replaced rather than written into, another name
/// for it is enough; where a file system gives it none, it is copied.
fn keep(target: &Path, existing: &fs::Metadata) -> io::Result<()> {
    let spare = with_suffix(target, ".bak");
    let linked = temporary().make_in(folder_of(target), |name| fs::hard_link(target, name));
    if let Ok(link) = linked {
        let name = link.path().to_owned();
        if link.persist(&spare).is_ok() {
            // Where a save broke off, the backup is the file already; then the name is still there.
            let _ = fs::remove_file(name);
            return Ok(());
        }
    }
    let mut original = fs::File::open(target)?;
    replace(&spare, Some(existing), |file| io::copy(&mut original, file).map(drop), || Ok(()))
}

fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hyoka-").suffix(".tmp");
    builder
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Fills a temporary file in the target's folder, then calls `before` and renames.
fn replace(
    target: &Path,
    existing: Option<&fs::Metadata>,
    fill: impl FnOnce(&mut fs::File) -> io::Result<()>,
    before: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(target);
    let mut builder = temporary();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private by default; a document has the rights of the one it replaces, or the usual ones.
        let mode = existing.map_or(0o666, |metadata| metadata.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    fill(temporary.as_file_mut())?;
    if let Some(existing) = existing {
        // A new file's rights pass through the user's mask; the document keeps the rights that it had.
        temporary.as_file().set_permissions(existing.permissions())?;
    }
    temporary.as_file().sync_all()?;
    before()?;
    temporary.persist(target).map_err(|error| error.error)?;
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder) {
        // The rename itself must survive a power loss; a file system that cannot promise it is no reason to fail.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// The file that a path leads to, through links, even through one whose file does not exist yet.
fn resolve(path: &Path) -> PathBuf {
    if let Ok(target) = fs::canonicalize(path) {
        return target;
    }
    match fs::read_link(path) {
        Ok(target) => path.parent().unwrap_or_else(|| Path::new("")).join(target),
        Err(_) => path.to_owned(),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backup_is_what_was_there_however_the_last_save_ended() {
        let folder = tempfile::tempdir().unwrap();
        let (path, spare) = (folder.path().join("a.ron"), folder.path().join("a.ron.bak"));
        fs::write(&path, "一").unwrap();
        // A save that broke off between the backup and the document.
        keep(&path, &fs::metadata(&path).unwrap()).unwrap();
        for (n, text) in ["二", "三"].into_iter().enumerate() {
            write_atomically(&path, text.as_bytes(), true).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(fs::read_to_string(&spare).unwrap(), ["一", "二"][n]);
            // Writing into the document leaves the backup alone.
            fs::write(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&spare).unwrap(), ["一", "二"][n]);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }
}
