//! A BagIt 1.0 bag (RFC 8493) in a zip: the form in which a report leaves the program.
//!
//! A bag is a folder of files with a list of their checksums, so that a receiver can prove years later that nothing
//! was altered. Equal content gives equal bytes: entries are sorted, times and permissions fixed, and no clock is
//! read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::tasks::progress::Progress;

/// The declaration that makes a folder a bag.
pub(crate) const DECLARATION: &str = "bagit.txt";
/// What the bag says about itself.
pub(crate) const INFO: &str = "bag-info.txt";
/// The checksums of the payload.
pub(crate) const MANIFEST: &str = "manifest-sha256.txt";
/// The checksums of the three files above.
pub(crate) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The folder of the payload inside the bag.
pub(crate) const PAYLOAD: &str = "data/";

/// How much is handed to the zip at once, and so how often a job looks whether it was cancelled.
const CHUNK: usize = 256 * 1024;

/// What a bag says about itself in `bag-info.txt`. Empty fields are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BagInfo {
    /// Who sends the bag.
    pub source_organization: String,
    /// What is in it, for people.
    pub external_description: String,
    /// The day it was made, `YYYY-MM-DD`. It is taken from the caller, never from a clock.
    pub bagging_date: String,
}

/// Why a bag could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BagError {
    /// A file name that some platform or tool could not read back.
    #[error("`{0}` cannot be a file name in a bundle")]
    Name(String),
    /// The zip writer refused.
    #[error("{0}")]
    Zip(#[from] zip::result::ZipError),
    /// The content could not be packed.
    #[error("{0}")]
    Packing(#[from] io::Error),
    /// Cancelled by the user.
    #[error("cancelled")]
    Cancelled,
}

/// A bag in the making: one folder, payload files, a description.
#[derive(Debug, Clone)]
pub struct Bag {
    folder: String,
    info: BagInfo,
    payload: BTreeMap<String, Vec<u8>>,
}

impl Bag {
    /// An empty bag whose only top-level folder will be `folder`.
    ///
    /// # Errors
    /// When `folder` is not a plain ASCII name.
    pub fn new(folder: &str, info: BagInfo) -> Result<Self, BagError> {
        if folder.contains('/') || !is_safe_name(folder) {
            return Err(BagError::Name(folder.to_owned()));
        }
        Ok(Self { folder: folder.to_owned(), info, payload: BTreeMap::new() })
    }

    /// Puts a file into the payload under `name`, a relative path with `/` (without `data/`).
    ///
    /// # Errors
    /// When the name is not plain ASCII, climbs out of the folder, or is taken.
    pub fn add(&mut self, name: &str, content: Vec<u8>) -> Result<(), BagError> {
        if !is_safe_name(name) || self.payload.contains_key(name) {
            return Err(BagError::Name(name.to_owned()));
        }
        self.payload.insert(name.to_owned(), content);
        Ok(())
    }

    /// The number of payload files.
    pub fn len(&self) -> usize {
        self.payload.len()
    }

    /// Whether there is no payload file yet.
    pub fn is_empty(&self) -> bool {
        self.payload.is_empty()
    }

    /// The bag as a zip.
    ///
    /// # Errors
    /// When `progress` was cancelled, or the content cannot be packed.
    pub fn to_zip(&self, progress: &dyn Progress) -> Result<Vec<u8>, BagError> {
        let total = self.payload.values().map(Vec::len).sum::<usize>().max(1);
        let mut done = 0;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in self.entries() {
            zip.start_file(format!("{}/{name}", self.folder), entry_options(&name))?;
            for chunk in content.chunks(CHUNK) {
                if progress.cancelled() {
                    return Err(BagError::Cancelled);
                }
                zip.write_all(chunk)?;
                done += chunk.len();
                #[allow(clippy::cast_precision_loss, reason = "a share to show, not to count with")]
                progress.step((done as f32 / total as f32).min(1.0), &name);
            }
        }
        Ok(zip.finish()?.into_inner())
    }

    /// Every file of the bag, sorted by name.
    fn entries(&self) -> BTreeMap<String, Cow<'_, [u8]>> {
        let mut entries: BTreeMap<String, Cow<'_, [u8]>> = self
            .payload
            .iter()
            .map(|(name, content)| (format!("{PAYLOAD}{name}"), content.as_slice().into()))
            .collect();
        let manifest = manifest(entries.iter().map(|(name, content)| (name.as_str(), content.as_ref())));
        entries.insert(DECLARATION.to_owned(), declaration().into_bytes().into());
        entries.insert(INFO.to_owned(), self.info_text().into_bytes().into());
        entries.insert(MANIFEST.to_owned(), manifest.into_bytes().into());
        let tags = manifest_of_tags(&entries);
        entries.insert(TAG_MANIFEST.to_owned(), tags.into_bytes().into());
        entries
    }

    fn info_text(&self) -> String {
        let bytes: usize = self.payload.values().map(Vec::len).sum();
        let oxum = format!("{bytes}.{}", self.payload.len());
        let agent = format!("Hyoka {}", env!("CARGO_PKG_VERSION"));
        let fields = [
            ("Bag-Software-Agent", agent.as_str()),
            ("Bagging-Date", &self.info.bagging_date),
            ("External-Description", &self.info.external_description),
            ("Payload-Oxum", &oxum),
            ("Source-Organization", &self.info.source_organization),
        ];
        let mut text = String::new();
        for (label, value) in fields {
            // A line break in a value would start a field of its own.
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                let _ = writeln!(text, "{label}: {value}");
            }
        }
        text
    }
}

fn declaration() -> String {
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()
}

fn manifest<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut text = String::new();
    for (name, content) in files {
        let _ = writeln!(text, "{}  {name}", hex(&Sha256::digest(content)));
    }
    text
}

fn manifest_of_tags(entries: &BTreeMap<String, Cow<'_, [u8]>>) -> String {
    let tags = entries.iter().filter(|(name, _)| !name.starts_with(PAYLOAD));
    manifest(tags.map(|(name, content)| (name.as_str(), content.as_ref())))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether a relative path reads back as itself on every platform and stays inside its folder.
pub(crate) fn is_safe_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && name.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        })
}

/// Files that are packed already; packing them again costs much and gains nothing.
const PACKED: [&str; 4] = ["png", "pdf", "docx", "xlsx"];

fn entry_options(name: &str) -> SimpleFileOptions {
    let packed = name.rsplit_once('.').is_some_and(|(_, extension)| PACKED.contains(&extension));
    let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level((!packed).then_some(6))
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644)
}
