//! From paths to what came in: packages, Excel forms, encrypted ones. Trouble with one file is told of it alone.

use super::ballot::{Content, Received, in_file};
use super::keys::{Key, decrypt, is_encrypted};
use crate::sheets::{Reader, SheetError, Trouble};
use crate::tasks::progress::Progress;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// No ballot is larger than this. Bytes.
const LARGEST: u64 = 256 << 20;
/// The endings of files that are looked at in a folder.
const ENDINGS: [&str; 5] = ["ron", "xlsx", "xlsm", "ods", "age"];

/// Reads files, and the ballots in folders. `key` opens those that are encrypted. After the user cancels, the files
/// that were not read are left out.
pub fn receive(
    paths: &[PathBuf],
    key: Option<&Key>,
    reader: &Reader,
    progress: &dyn Progress,
) -> Vec<Received> {
    let files: Vec<PathBuf> = paths.iter().flat_map(|path| expand(path)).collect();
    let of = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    let mut received = Vec::with_capacity(files.len());
    for (index, path) in files.iter().enumerate() {
        if progress.cancelled() {
            break;
        }
        let file = name(path);
        progress.step(of(index) / of(files.len()), &file);
        received.push(Received { content: content(path, &file, key, reader, progress), file });
    }
    received
}

/// Whether a file says that it is a ballot: by its beginning or, for a workbook, which looks like any other from
/// outside, by the name it was issued under.
pub fn looks_like_ballot(path: &Path) -> bool {
    let ending = path.extension();
    if ending
        .is_some_and(|ending| ["xlsx", "xlsm", "ods"].iter().any(|book| ending.eq_ignore_ascii_case(book)))
    {
        let name = name(path).to_lowercase();
        return name.starts_with("ballot") || name.starts_with("評価票");
    }
    let mut beginning = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(64).read_to_end(&mut beginning));
    read.is_ok() && super::is_ballot(&beginning)
}

/// The file itself, or the ballots in a folder, by name; dossiers beside them are left alone.
fn expand(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let ends = |path: &PathBuf| {
        path.extension().is_some_and(|found| ENDINGS.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
    };
    let files = entries.flatten().map(|entry| entry.path()).filter(ends);
    let mut files: Vec<PathBuf> = files.filter(|path| !is_dossier(path)).collect();
    files.sort();
    files
}

/// Whether a file begins as dossiers do: the one that knows of the round lies beside its ballots.
fn is_dossier(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(64).read_to_end(&mut beginning));
    read.is_ok() && (beginning.starts_with(b"#![enable(") || beginning.starts_with(b"(schema"))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn content(path: &Path, file: &str, key: Option<&Key>, reader: &Reader, progress: &dyn Progress) -> Content {
    let trouble = |error: io::Error| {
        Content::Trouble(SheetError::new(path.display().to_string(), Trouble::from(error)).both())
    };
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(error) => return trouble(error),
    };
    if !is_encrypted(&bytes) {
        return if is_workbook(&bytes) { book(path, reader, progress) } else { Content::Package(bytes) };
    }
    let Some(key) = key else { return Content::Sealed };
    match decrypt(&bytes, key) {
        Ok(plain) if is_workbook(&plain) => match opened(&plain) {
            // The plain text is on the disk only while it is read, in a file that is its owner's alone.
            Ok(plain) => book(plain.path(), reader, progress),
            Err(error) => trouble(error),
        },
        Ok(plain) => Content::Package(plain),
        Err(error) => Content::Trouble(in_file(file, &error.message())),
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if metadata.len() > LARGEST {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether these bytes are a zip or an old Office file, as workbooks are.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn opened(bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("hyoka-").suffix(".xlsx").tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

fn book(path: &Path, reader: &Reader, progress: &dyn Progress) -> Content {
    match reader.read(path, None, progress).map(|books| books.into_iter().next()) {
        Ok(Some(book)) => Content::Book(book),
        Ok(None) => Content::Package(Vec::new()),
        Err(error) => Content::Trouble(error.both()),
    }
}
