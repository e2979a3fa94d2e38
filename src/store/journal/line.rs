//! A line of a journal: a checksum, and a record as JSON.

use super::writer::About;
use crate::model::{Change, Dossier};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;
/// Characters of the checksum; it guards against torn writes, not against people.
const CHECK: usize = 16;

/// The first record: what was saved last.
#[derive(Debug, Deserialize)]
pub(super) struct Beginning {
    pub(super) version: u32,
    pub(super) about: About,
    pub(super) began: Timestamp,
    /// Whether the base itself is nowhere else: a new document, or one that was restored.
    pub(super) unsaved: bool,
    pub(super) base: Dossier,
}

/// [`Beginning`] as it is written.
#[derive(Debug, Serialize)]
pub(super) struct Begin<'a> {
    version: u32,
    about: &'a About,
    began: Timestamp,
    unsaved: bool,
    base: &'a Dossier,
}

impl<'a> Begin<'a> {
    pub(super) fn now(about: &'a About, unsaved: bool, base: &'a Dossier) -> Self {
        Self { version: VERSION, about, began: Timestamp::now(), unsaved, base }
    }
}

/// Every further record: what changed since the one before.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) changes: Vec<Change>,
}

/// A record as a line.
pub(super) fn write(record: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = vec![b' '; CHECK + 1];
    serde_json::to_writer(&mut line, record)?;
    let check = check(&line[CHECK + 1..]);
    line[..CHECK].copy_from_slice(check.as_bytes());
    line.push(b'\n');
    Ok(line)
}

/// Whether a line is as it was written, whatever it says.
pub(super) fn is_whole(line: &[u8]) -> bool {
    record(line).is_some()
}

/// The record in a line; none if it is torn, damaged or of another kind.
pub(super) fn read<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    serde_json::from_slice(record(line)?).ok()
}

/// What stands behind the checksum, if that is right.
fn record(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_suffix(b"\n")?;
    let (given, rest) = line.split_at_checked(CHECK)?;
    let record = rest.strip_prefix(b" ")?;
    (given == check(record).as_bytes()).then_some(record)
}

impl Beginning {
    /// Whether this program knows the format.
    pub(super) fn is_known(&self) -> bool {
        self.version == VERSION
    }
}

fn check(record: &[u8]) -> String {
    let digest = Sha256::digest(record);
    let half = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    digest.iter().take(CHECK / 2).flat_map(|byte| [half(byte >> 4), half(byte & 15)]).collect()
}
