//! CSV and TSV files: their encoding, their separator, and their rows as cells.

use super::Address;
use super::error::Trouble;
use super::reader::Keep;
use super::sink::{Found, Sink};
use super::source::Share;
use super::split::{Record, Splitter, separator};
use encoding_rs::{Decoder, DecoderResult, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// Bytes that are read at a time, and that an encoding is recognised by.
const PIECE: usize = 64 << 10;
/// Text that the separator is recognised by. Bytes.
const SAMPLE: usize = 16 << 10;

/// Reads a text as one sheet without a name.
pub(super) fn read(
    input: &mut dyn Read,
    share: Share,
    keep: Option<&Keep>,
    sink: &mut dyn Sink,
) -> Result<(), Trouble> {
    sink.sheet("", false)?;
    let mut table = Table { splitter: None, beginning: String::new(), rows: Rows::new(keep) };
    decode(input, &mut |text, read| {
        sink.progress(share.fraction(read))?;
        table.take(text, sink)
    })?;
    table.finish(sink)
}

/// A text on its way to the sink.
struct Table<'a> {
    /// None until enough text is there to recognise the separator.
    splitter: Option<Splitter>,
    beginning: String,
    rows: Rows<'a>,
}

impl Table<'_> {
    fn take(&mut self, text: &str, sink: &mut dyn Sink) -> Result<(), Trouble> {
        if let Some(splitter) = &mut self.splitter {
            return splitter.feed(text, &mut |record| self.rows.take(record, sink));
        }
        self.beginning.push_str(text);
        if self.beginning.len() < SAMPLE { Ok(()) } else { self.begin(sink) }
    }

    /// Recognises the separator, and splits the text that waited for that.
    fn begin(&mut self, sink: &mut dyn Sink) -> Result<(), Trouble> {
        let beginning = std::mem::take(&mut self.beginning);
        refuse_markup(&beginning)?;
        let splitter = self.splitter.insert(Splitter::new(separator(&beginning)));
        splitter.feed(&beginning, &mut |record| self.rows.take(record, sink))
    }

    fn finish(mut self, sink: &mut dyn Sink) -> Result<(), Trouble> {
        if self.splitter.is_none() {
            self.begin(sink)?;
        }
        match &mut self.splitter {
            Some(splitter) => splitter.finish(&mut |record| self.rows.take(record, sink)),
            None => Ok(()),
        }
    }
}

/// Web systems hand out HTML and XML under the name of a workbook; as text they would read as rubbish.
fn refuse_markup(text: &str) -> Result<(), Trouble> {
    let start: String = text.trim_start().chars().take(9).collect::<String>().to_ascii_lowercase();
    let markup = ["<?xml", "<!doctype", "<html", "<table", "<meta", "<head"];
    if markup.iter().any(|tag| start.starts_with(tag)) {
        return Err(Trouble::Markup);
    }
    if start.starts_with("%pdf-") || start.starts_with("{\\rtf") { Err(Trouble::NotTables) } else { Ok(()) }
}

/// Which rows are kept, and where they stand.
struct Rows<'a> {
    keep: Option<&'a Keep>,
    /// The column that decides, once the heading has been seen.
    column: Option<usize>,
    row: u32,
}

impl<'a> Rows<'a> {
    fn new(keep: Option<&'a Keep>) -> Self {
        Self { keep, column: None, row: 0 }
    }

    fn take(&mut self, record: &Record, sink: &mut dyn Sink) -> Result<(), Trouble> {
        let row = self.row;
        self.row = row.checked_add(1).ok_or(Trouble::NotTables)?;
        if let Some(keep) = self.keep {
            if row == 0 {
                self.column = record.fields().position(|field| field.trim() == keep.header);
            } else if let Some(column) = self.column
                && record.fields().nth(column).is_none_or(|field| field.trim() != keep.value)
            {
                return Ok(());
            }
        }
        for (column, field) in (0_u32..).zip(record.fields()) {
            if !field.is_empty() {
                sink.cell(Address::new(row, column), Found::Text(field))?;
            }
        }
        Ok(())
    }
}

/// Reads text of any encoding that such files have, piece by piece, each with how many bytes are read so far.
fn decode(
    input: &mut dyn Read,
    each: &mut dyn FnMut(&str, u64) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut raw = Vec::with_capacity(2 * PIECE);
    let mut read = fill(input, &mut raw, PIECE)?;
    if raw.is_empty() {
        return Err(Trouble::Empty);
    }
    let mut decoder = marked(&raw)?;
    let mut text = String::new();
    let mut line = 1_u64;
    loop {
        let last = raw.is_empty();
        text.clear();
        let ascii = if decoder.is_none() { Encoding::ascii_valid_up_to(&raw) } else { 0 };
        refuse_binary(&raw[..ascii])?;
        // ASCII reads the same in all of them, so that the first byte beyond decides, however late it comes.
        if decoder.is_none() && ascii < raw.len() {
            read += fill(input, &mut raw, PIECE)?;
            decoder = Some(recognise(&raw[ascii..], &[UTF_8, SHIFT_JIS], line + breaks(&raw[..ascii]))?);
        }
        let sound = std::str::from_utf8(&raw[..ascii]).unwrap_or_default();
        text.push_str(sound);
        if let Some(decoder) = &mut decoder {
            let behind = &raw[ascii..];
            text.reserve(decoder.max_utf8_buffer_length_without_replacement(behind.len()).unwrap_or(0));
            let (result, _) = decoder.decode_to_string_without_replacement(behind, &mut text, last);
            if !matches!(result, DecoderResult::InputEmpty) {
                return Err(Trouble::Garbled { line: line + breaks(&text) });
            }
        }
        line += breaks(&text);
        each(&text, read)?;
        if last {
            return Ok(());
        }
        raw.clear();
        read += fill(input, &mut raw, PIECE)?;
    }
}

/// Adds up to `most` bytes, fewer only at the end. How many.
fn fill(input: &mut dyn Read, raw: &mut Vec<u8>, most: usize) -> io::Result<u64> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let read = input.take(most).read_to_end(raw)?;
    Ok(u64::try_from(read).unwrap_or(u64::MAX))
}

fn breaks(text: impl AsRef<[u8]>) -> u64 {
    u64::try_from(memchr::memchr_iter(b'\n', text.as_ref()).count()).unwrap_or(u64::MAX)
}

/// The encoding that a byte order mark names, or that zero bytes give away.
fn marked(raw: &[u8]) -> Result<Option<Decoder>, Trouble> {
    if let Some((encoding, _)) = Encoding::for_bom(raw) {
        return Ok(Some(encoding.new_decoder_with_bom_removal()));
    }
    let zeros = |odd: usize| raw.iter().skip(odd).step_by(2).any(|byte| *byte == 0);
    match (zeros(0), zeros(1)) {
        (false, false) => Ok(None),
        (false, true) => recognise(raw, &[UTF_16LE], 1).map(Some),
        (true, false) => recognise(raw, &[UTF_16BE], 1).map(Some),
        (true, true) => Err(Trouble::NotTables),
    }
}

/// The one of these encodings that the bytes from some line on are in.
fn recognise(sample: &[u8], encodings: &[&'static Encoding], line: u64) -> Result<Decoder, Trouble> {
    let mut sound = String::new();
    for encoding in encodings {
        let mut text = String::new();
        let mut decoder = encoding.new_decoder_without_bom_handling();
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(sample.len()).unwrap_or(0));
        // A character may be cut at the end of the sample.
        let (result, _) = decoder.decode_to_string_without_replacement(sample, &mut text, false);
        refuse_binary(text.as_bytes())?;
        if matches!(result, DecoderResult::InputEmpty) {
            return Ok(encoding.new_decoder_without_bom_handling());
        }
        if text.len() > sound.len() {
            sound = text;
        }
    }
    // Where not even one character makes sense, it was no text to begin with.
    let nothing = sound.is_empty() && line == 1;
    Err(if nothing { Trouble::NotTables } else { Trouble::Garbled { line: line + breaks(&sound) } })
}

/// Text has no control characters but those of lines and tabs. A file from DOS may end with one.
fn refuse_binary(bytes: &[u8]) -> Result<(), Trouble> {
    let bytes = bytes.strip_suffix(b"\x1a").unwrap_or(bytes);
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    if bytes.iter().any(control) { Err(Trouble::NotTables) } else { Ok(()) }
}
