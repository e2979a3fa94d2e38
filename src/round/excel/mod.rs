//! The Excel form of a ballot: for members who do not use the program.
//!
//! Three sheets to read and fill in, and a hidden one that says whose form it is and which cell means what. Whatever
//! program saves it, only cells are read back: the hidden sheet names them, and a checksum over it and over every
//! text that must not be edited shows whether they still are where they were.

mod layout;
mod read;
mod write;

pub(super) use layout::Layout;
pub(super) use read::{claim, read};
pub(super) use write::write;

use crate::round::sha256;
use crate::sheets::{Address, Sheet};
use std::fmt::Write;

/// The name of the hidden sheet.
const IDENTITY: &str = "hyoka";
/// The version of the layout of the hidden sheet.
const VERSION: &str = "1";

/// The keys of the hidden sheet's first rows, in order.
const KEYS: [&str; 7] = ["hyoka ballot form", "round", "form", "member", "revision", "given", "checksum"];

/// A text as it is compared: programs differ in line breaks and in white space at the ends.
fn comparable(text: &str) -> String {
    text.replace("\r\n", "\n").replace("_x000D_", "").trim().to_owned()
}

/// The checksum over the hidden sheet without its own cell, and over the texts that must not be edited.
fn checksum<'a>(
    identity: &[[String; 2]],
    fixed: impl IntoIterator<Item = (&'a str, Address, String)>,
) -> String {
    let mut lines = String::new();
    for [key, value] in identity.iter().filter(|[key, _]| key != "checksum") {
        lines.push_str(key);
        lines.push('\t');
        lines.push_str(value);
        lines.push('\n');
    }
    for (sheet, at, text) in fixed {
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{sheet}\t{at}\t{}", comparable(&text));
    }
    sha256(lines)
}

/// The rows of the hidden sheet, as pairs.
fn rows(sheet: &Sheet) -> Vec<[String; 2]> {
    let Some(extent) = sheet.extent() else { return Vec::new() };
    (0..=extent.last.row)
        .map(|row| [0, 1].map(|column| comparable(&sheet.text(Address::new(row, column)))))
        .filter(|[key, _]| !key.is_empty())
        .collect()
}
