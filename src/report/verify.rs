//! Proves that a bundle is what was exported: every checksum, nothing missing, nothing added.
//!
//! The file comes from outside, so it is read with bounds: nothing is extracted, names that climb out of the folder
//! are refused, and a small file that unfolds into an endless one is stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use super::bag::{DECLARATION, INFO, MANIFEST, PAYLOAD, TAG_MANIFEST, hex};
use crate::locale::Lang;
use crate::tr;

/// The most files a bundle may hold.
const MAX_FILES: usize = 20_000;
/// The most bytes all its files may have together, unpacked.
const MAX_BYTES: u64 = 2 << 30;
/// The most a single file may grow when unpacked, beyond [`FREE_BYTES`].
const MAX_RATIO: u64 = 400;
/// Files up to this size are never suspected: a short table of equal cells shrinks a lot.
const FREE_BYTES: u64 = 16 << 20;
/// The most bytes a manifest or another tag file may have.
const MAX_TAG_BYTES: u64 = 16 << 20;

/// What was found in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The bag's folder inside the zip.
    pub folder: String,
    /// How many files were compared with their checksum.
    pub files: usize,
    /// How many bytes these have.
    pub bytes: u64,
    /// Everything that is not as it was exported, sorted.
    pub problems: Vec<Problem>,
}

impl Verification {
    /// Whether the bundle is exactly what was exported.
    pub fn intact(&self) -> bool {
        self.problems.is_empty()
    }
}

/// One thing in a bundle that is not as it was exported. Names are relative to the bag's folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The file's content does not have the recorded checksum.
    Altered(String),
    /// The file is recorded but not there.
    Missing(String),
    /// The file is there but not recorded.
    Extra(String),
    /// A line of a manifest that cannot be read (file, line from 1).
    BadLine(String, usize),
    /// `Payload-Oxum` of bag-info.txt says one thing, the payload another.
    Oxum {
        /// What bag-info.txt says, or nothing.
        said: String,
        /// Bytes and files as counted: `bytes.files`.
        found: String,
    },
    /// The zip's list of files contradicts the files in it.
    Container,
}

impl Problem {
    /// What is wrong, as one sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Altered(name) => tr!(
                lang,
                "{name} は書き出したときから変わっています。",
                "{name} has been altered since it was exported."
            ),
            Self::Missing(name) => tr!(lang, "{name} がありません。", "{name} is missing."),
            Self::Extra(name) => {
                tr!(
                    lang,
                    "{name} は書き出したときにはなかったファイルです。",
                    "{name} was added after the export."
                )
            }
            Self::BadLine(name, line) => {
                tr!(lang, "{name} の {line} 行目が読めません。", "Line {line} of {name} cannot be read.")
            }
            Self::Oxum { said, found } => tr!(
                lang,
                "{INFO} の Payload-Oxum は「{said}」ですが、実際は「{found}」です。",
                "Payload-Oxum in {INFO} says “{said}”, but the payload is “{found}”."
            ),
            Self::Container => lang
                .t(
                    "zip の目録と中のファイルが食い違っています。",
                    "The zip's list of files contradicts the files in it.",
                )
                .to_owned(),
        }
    }
}

/// Why a file could not be examined at all.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum VerifyError {
    /// The file could not be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is not a zip, or too damaged to tell.
    NotZip(PathBuf),
    /// The zip does not hold one folder with a bag in it.
    NotBag(PathBuf),
    /// The zip holds more than a bundle ever would; it was not read further.
    TooLarge(PathBuf),
    /// A name in the zip points outside of its folder, or appears twice; it was not read further.
    Unsafe {
        /// The file.
        path: PathBuf,
        /// The name in question.
        name: String,
    },
}

impl VerifyError {
    /// What happened and what to do, as one sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Read { path, source } => {
                let path = path.display();
                tr!(
                    lang,
                    "{path} を読めません（{source}）。場所と読み取りの権限を確かめてください。",
                    "Cannot read {path} ({source}): check that it is there and that you may read it."
                )
            }
            Self::NotZip(path) => {
                let path = path.display();
                tr!(
                    lang,
                    "{path} は zip として読めません。壊れているか、報告書の束ではありません。受け取り直してください。",
                    "{path} cannot be read as a zip: it is damaged or not a report bundle; fetch it again."
                )
            }
            Self::NotBag(path) => {
                let path = path.display();
                tr!(
                    lang,
                    "{path} は報告書の束ではありません（{DECLARATION} を持つフォルダーが一つだけ要ります）。",
                    "{path} is not a report bundle: it needs exactly one folder with a {DECLARATION} in it."
                )
            }
            Self::TooLarge(path) => {
                let path = path.display();
                tr!(
                    lang,
                    "{path} は報告書の束としては大きすぎるため、読むのをやめました。送り主に確かめてください。",
                    "{path} unfolds to more than a report bundle ever holds and was not read further; ask the sender."
                )
            }
            Self::Unsafe { path, name } => {
                let path = path.display();
                let name = name.escape_debug();
                tr!(
                    lang,
                    "{path} の中に扱えない名前「{name}」があるため、読むのをやめました。送り主に確かめてください。",
                    "{path} holds the unsafe name “{name}” and was not read further; ask the sender."
                )
            }
        }
    }
}

/// Compares every file of the bundle at `path` with its recorded checksum.
///
/// # Errors
/// When the file cannot be read, is not a bag in a zip, or goes beyond the bounds of one.
pub fn verify(path: &Path) -> Result<Verification, VerifyError> {
    let mut opened = Opened::open(path)?;
    let mut problems = BTreeSet::new();
    if opened.zip.validate_header_consistency().is_err() {
        problems.insert(Problem::Container);
    }

    let tags = opened.tag_files(&mut problems)?;
    let text = |name: &str| tags.get(name).map_or("", String::as_str);
    let recorded = recorded(&[MANIFEST, TAG_MANIFEST], text, &mut problems);
    for name in [MANIFEST, TAG_MANIFEST, INFO] {
        if !opened.entries.contains_key(name) {
            problems.insert(Problem::Missing(name.to_owned()));
        }
    }

    let mut done = Verification { folder: opened.folder.clone(), files: 0, bytes: 0, problems: Vec::new() };
    let (mut payload_bytes, mut payload_files) = (0, 0);
    for (name, index) in opened.entries.clone() {
        let content = opened.digest(index)?;
        if let Some((_, bytes)) = &content {
            done.bytes += bytes;
            if name.starts_with(PAYLOAD) {
                payload_bytes += bytes;
                payload_files += 1;
            }
        }
        match (recorded.get(&name), content) {
            (Some(expected), Some((found, _))) if *expected == found => done.files += 1,
            // The last list in the chain: nothing vouches for it, and its lines were read above.
            (None, Some(_)) if name == TAG_MANIFEST => {}
            (None, Some(_)) => _ = problems.insert(Problem::Extra(name)),
            _ => _ = problems.insert(Problem::Altered(name)),
        }
    }
    for name in recorded.keys().filter(|name| !opened.entries.contains_key(*name)) {
        problems.insert(Problem::Missing(name.clone()));
    }
    problems.extend(opened.outside.iter().map(|name| Problem::Extra(name.clone())));

    let found = format!("{payload_bytes}.{payload_files}");
    let said = text(INFO).lines().find_map(|line| line.strip_prefix("Payload-Oxum:")).unwrap_or("").trim();
    // With a file altered or missing the count differs anyway; it has something to tell only where all files agree.
    if said != found && problems.is_empty() {
        problems.insert(Problem::Oxum { said: said.to_owned(), found });
    }
    done.problems = problems.into_iter().collect();
    Ok(done)
}

/// A zip whose names and sizes have been found sane.
struct Opened {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    /// The bag's folder.
    folder: String,
    /// The files in the bag's folder: name relative to it → position in the zip.
    entries: BTreeMap<String, usize>,
    /// The files beside the bag's folder.
    outside: Vec<String>,
    /// How many bytes may still be unpacked.
    budget: u64,
}

impl Opened {
    fn open(path: &Path) -> Result<Self, VerifyError> {
        let unreadable = |source| VerifyError::Read { path: path.to_owned(), source };
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            return Err(unreadable(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if metadata.len() > MAX_BYTES {
            return Err(VerifyError::TooLarge(path.to_owned()));
        }
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| match error {
            ZipError::Io(source) if source.kind() != io::ErrorKind::UnexpectedEof => unreadable(source),
            _ => VerifyError::NotZip(path.to_owned()),
        })?;
        if zip.len() > MAX_FILES {
            return Err(VerifyError::TooLarge(path.to_owned()));
        }
        let names = names(path, &zip)?;
        let mut folders =
            names.iter().filter_map(|(name, _)| name.strip_suffix(DECLARATION)?.strip_suffix('/'));
        let folder = match (folders.find(|folder| !folder.contains('/')), folders.next()) {
            (Some(folder), None) => folder.to_owned(),
            _ => return Err(VerifyError::NotBag(path.to_owned())),
        };
        let mut entries = BTreeMap::new();
        let mut outside = Vec::new();
        for (name, index) in names {
            match name.strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/')) {
                Some(inside) => _ = entries.insert(inside.to_owned(), index),
                None => outside.push(name),
            }
        }
        Ok(Self { path: path.to_owned(), zip, folder, entries, outside, budget: MAX_BYTES })
    }

    /// The texts of the bag's own files, as far as they can be read.
    fn tag_files(
        &mut self,
        problems: &mut BTreeSet<Problem>,
    ) -> Result<BTreeMap<&'static str, String>, VerifyError> {
        let mut texts = BTreeMap::new();
        for name in [INFO, MANIFEST, TAG_MANIFEST] {
            let Some(&index) = self.entries.get(name) else { continue };
            let mut text = Vec::new();
            if self.read(index, MAX_TAG_BYTES, |chunk| text.extend_from_slice(chunk))?.is_none() {
                problems.insert(Problem::Altered(name.to_owned()));
            }
            texts.insert(name, String::from_utf8_lossy(&text).into_owned());
        }
        Ok(texts)
    }

    /// The checksum and size of one file; nothing if its packed form is damaged.
    fn digest(&mut self, index: usize) -> Result<Option<(String, u64)>, VerifyError> {
        let mut hash = Sha256::new();
        let bytes = self.read(index, MAX_BYTES, |chunk| hash.update(chunk))?;
        Ok(bytes.map(|bytes| (hex(&hash.finalize()), bytes)))
    }

    /// Feeds one file to `take`, piece by piece, within all bounds. Returns its size, or nothing if it is damaged.
    fn read(
        &mut self,
        index: usize,
        most: u64,
        mut take: impl FnMut(&[u8]),
    ) -> Result<Option<u64>, VerifyError> {
        let too_large = || VerifyError::TooLarge(self.path.clone());
        let Ok(mut file) = self.zip.by_index(index) else { return Ok(None) };
        let by_ratio = FREE_BYTES.max(file.compressed_size().saturating_mul(MAX_RATIO));
        let most = most.min(by_ratio).min(self.budget);
        let mut buffer = vec![0; 64 * 1024];
        let mut bytes = 0;
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => {
                    bytes += n as u64;
                    if bytes > most {
                        return Err(too_large());
                    }
                    take(&buffer[..n]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A wrong checksum of the zip itself, or packed bytes that make no sense.
                Err(_) => return Ok(None),
            }
        }
        self.budget -= bytes;
        Ok(Some(bytes))
    }
}

/// The files in the zip with their positions; folders have none.
fn names(path: &Path, zip: &ZipArchive<BufReader<File>>) -> Result<Vec<(String, usize)>, VerifyError> {
    let refused = |name: &str| VerifyError::Unsafe { path: path.to_owned(), name: name.to_owned() };
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(zip.len());
    for (index, raw) in zip.file_names_raw().enumerate() {
        let name = String::from_utf8_lossy(raw);
        // Two files of one name, also where letter case makes no difference, let two readers see two contents.
        if !stays_inside(name.trim_end_matches('/')) || !seen.insert(name.to_lowercase()) {
            return Err(refused(&name));
        }
        if !name.ends_with('/') {
            names.push((name.into_owned(), index));
        }
    }
    Ok(names)
}

/// Whether a name, once unpacked anywhere by any tool, lies below the folder it is unpacked in.
fn stays_inside(name: &str) -> bool {
    !name.contains(['\\', ':', '\0']) && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// What the manifests say: name → checksum.
fn recorded<'a>(
    manifests: &[&'static str],
    text: impl Fn(&str) -> &'a str,
    problems: &mut BTreeSet<Problem>,
) -> BTreeMap<String, String> {
    let mut recorded = BTreeMap::new();
    for &manifest in manifests {
        for (index, line) in text(manifest).lines().enumerate() {
            let entry = line.split_once(char::is_whitespace).map(|(sum, name)| {
                // RFC 8493 allows one or more blanks, and an asterisk that md5sum writes for binary files.
                let name = name.trim_start().trim_start_matches('*');
                (sum.to_ascii_lowercase(), decoded(name))
            });
            match entry {
                Some((sum, name))
                    if sum.len() == 64
                        && stays_inside(&name)
                        && name.starts_with(PAYLOAD) == (manifest == MANIFEST)
                        && recorded.insert(name.clone(), sum.clone()).is_none() => {}
                _ => _ = problems.insert(Problem::BadLine(manifest.to_owned(), index + 1)),
            }
        }
    }
    recorded
}

/// A manifest writes three characters of a name as codes.
fn decoded(name: &str) -> String {
    name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}
