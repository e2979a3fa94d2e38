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
        || {
            if backup && existing.is_some() {
                let spare = with_suffix(&target, ".bak");
                let mut original = fs::File::open(&target)?;
                replace(
                    &spare,
                    existing.as_ref(),
                    |file| io::copy(&mut original, file).map(drop),
                    || Ok(()),
                )?;
            }
            Ok(())
        },
    )
}

/// Fills a temporary file in the target's folder, then calls `before` and renames.
fn replace(
    target: &Path,
    existing: Option<&fs::Metadata>,
    fill: impl FnOnce(&mut fs::File) -> io::Result<()>,
    before: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hyoka-").suffix(".tmp");
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
