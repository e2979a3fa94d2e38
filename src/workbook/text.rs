//! Any text in a cell, and back, without losing a character.
//!
//! A spreadsheet cannot hold every text: control characters are no XML, a cell ends at 32,767 characters, and each
//! program has its own way with `_x000D_`. What a cell cannot hold stands in it as `⟦U+000D⟧`, which people can read
//! and every program leaves alone. `⟦⟧` is a text that is there and empty; `⟦+3⟧` says that the text goes on as number
//! 3 of the sheet of long texts. A `⟦` of the text itself is written `⟦U+27E6⟧`, so that nothing is ambiguous.

use crate::sheets::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A text that is there and empty.
pub(super) const EMPTY: &str = "⟦⟧";

/// Opens every mark of ours.
pub(super) const OPEN: char = '⟦';

/// How much of a text one cell holds, in UTF-16 units; Excel ends at 32,767.
const FITS: usize = 32_000;

/// Texts that spreadsheets show for a formula gone wrong; whether a cell holds the one or the other cannot be told.
const ERRORS: [&str; 8] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

/// The text as a cell can hold it, however long.
pub(super) fn encode(text: &str) -> Cow<'_, str> {
    if text.starts_with('#') && ERRORS.contains(&text) {
        return Cow::Owned(encode_literally(text));
    }
    if !text.contains(unfit) && !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if unfit(c) || (c == '_' && is_xml_escape(&text[at..])) {
            escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The text with its first character escaped: reads back as the same and is never taken for a word of the form.
pub(super) fn encode_literally(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    if let Some(first) = rest.next() {
        escape(&mut out, first);
    }
    out.push_str(&encode(rest.as_str()));
    out
}

/// As [`encode`], with an empty text marked as being there.
pub(super) fn encode_present(text: &str) -> Cow<'_, str> {
    if text.is_empty() { Cow::Borrowed(EMPTY) } else { encode(text) }
}

fn escape(out: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = write!(out, "⟦U+{:04X}⟧", u32::from(c));
}

/// What some spreadsheet program would lose or change: control characters other than the line break, the separators
/// that count as line breaks, the byte order mark, and what Unicode says is no character.
fn unfit(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, OPEN | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether the text begins as spreadsheets write a control character: `_x000D_`.
fn is_xml_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1].eq_ignore_ascii_case(&b'x')
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

/// The text that a cell's text stands for. A mark that is none of ours stays as it is.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let inside = rest.find('⟧').map(|end| &rest[OPEN.len_utf8()..end]);
        match inside {
            Some("") => {}
            Some(inside) if character(inside).is_some() => out.extend(character(inside)),
            _ => {
                out.push(OPEN);
                rest = &rest[OPEN.len_utf8()..];
                continue;
            }
        }
        rest = &rest[inside.map_or(0, str::len) + OPEN.len_utf8() + '⟧'.len_utf8()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(inside: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(inside.strip_prefix("U+")?, 16).ok()?)
}

/// A text of one cell, and a mark at its end: `r1⟦#2⟧` is `r1` and `#2`.
pub(super) fn split_mark(text: &str) -> (&str, &str) {
    let mark = || {
        let body = text.strip_suffix('⟧')?;
        let at = body.rfind(OPEN)?;
        let mark = &body[at + OPEN.len_utf8()..];
        mark.starts_with(['#', '+']).then_some((&text[..at], mark))
    };
    mark().unwrap_or((text, ""))
}

/// Several texts in one cell, one a line.
pub(super) fn join_lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let line = |text: &'a str| encode_present(text).replace('\n', "⟦U+000A⟧");
    texts.map(line).collect::<Vec<_>>().join("\n")
}

/// The texts of one cell; lines without anything are none.
pub(super) fn split_lines(text: &str) -> Vec<String> {
    split_lines_raw(text).map(|line| decode(line).into_owned()).collect()
}

/// The lines of one cell, as they stand there.
pub(super) fn split_lines_raw(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).filter(|line| !line.is_empty())
}

/// Several short texts in one line: `tables.xlsx | 資金配分 | C4`. Empty ones at the end are left out.
pub(super) fn join_bars(texts: &[&str]) -> String {
    let filled = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    let part = |text: &&str| encode(text).replace('|', "⟦U+007C⟧").replace('\n', "⟦U+000A⟧");
    let joined = texts[..filled].iter().map(part).collect::<Vec<_>>().join(" | ");
    if joined.is_empty() { EMPTY.to_owned() } else { joined }
}

/// The texts of such a line.
pub(super) fn split_bars(text: &str) -> Vec<String> {
    let mut parts: Vec<&str> = text.split('|').collect();
    let last = parts.len() - 1;
    for (index, part) in parts.iter_mut().enumerate() {
        // The spaces beside a bar belong to the bar.
        if index > 0 {
            *part = part.strip_prefix(' ').unwrap_or(part);
        }
        if index < last {
            *part = part.strip_suffix(' ').unwrap_or(part);
        }
    }
    parts.into_iter().map(|part| decode(part).into_owned()).collect()
}

/// The rests of texts that no cell can hold whole.
#[derive(Debug, Default)]
pub(super) struct LongTexts {
    /// Number of the text → its pieces by their order.
    pieces: BTreeMap<u32, BTreeMap<u32, String>>,
}

impl LongTexts {
    /// Cuts an encoded text to what fits into a cell, and keeps the rest.
    pub(super) fn fit(&mut self, text: String) -> String {
        if text.len() <= FITS || text.encode_utf16().count() <= FITS {
            return text;
        }
        let number = self.pieces.last_key_value().map_or(1, |(number, _)| number + 1);
        let mut pieces = cut(&text);
        let head = pieces.next().unwrap_or_default().to_owned();
        self.pieces.insert(number, (1..).zip(pieces.map(str::to_owned)).collect());
        format!("{head}⟦+{number}⟧")
    }

    /// Notes a piece that was read.
    pub(super) fn add(&mut self, number: u32, order: u32, text: &str) {
        self.pieces.entry(number).or_default().insert(order, text.to_owned());
    }

    /// The whole of a cell's text; none if the rest of it is nowhere.
    pub(super) fn whole<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let (head, mark) = split_mark(text);
        let Some(number) = mark.strip_prefix('+') else { return Some(Cow::Borrowed(text)) };
        let pieces = self.pieces.get(&number.parse().ok()?)?;
        Some(Cow::Owned(std::iter::once(head).chain(pieces.values().map(String::as_str)).collect()))
    }

    /// The whole of a cell's text as it stands there; what there is of it, if the rest is nowhere.
    pub(super) fn raw<'c>(&self, cell: &'c Value) -> Cow<'c, str> {
        let text = cell.text();
        if !text.contains(OPEN) {
            return text;
        }
        match self.whole(&text) {
            Some(Cow::Owned(whole)) => Cow::Owned(whole),
            _ => text,
        }
    }

    /// Every piece: number, order, text.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        self.pieces
            .iter()
            .flat_map(|(number, pieces)| pieces.iter().map(|(order, text)| (*number, *order, text.as_str())))
    }
}

/// A text in pieces that each fit into a cell.
fn cut(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut units = 0;
        // A line break at the edge of a cell is what programs trim first.
        let end = rest.char_indices().find_map(|(at, c)| {
            units += c.len_utf16();
            (units > FITS && !c.is_whitespace() && !rest[..at].ends_with(char::is_whitespace)).then_some(at)
        });
        let (piece, after) = rest.split_at(end.filter(|at| *at > 0).unwrap_or(rest.len()));
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_cell_cannot_hold_is_spelt_out() {
        for (text, cell) in [
            ("項目１", "項目１"),
            ("a\nb", "a\nb"),
            ("a\r\nb", "a⟦U+000D⟧\nb"),
            ("_x000D_", "⟦U+005F⟧x000D_"),
            ("\u{1}\u{b}", "⟦U+0001⟧⟦U+000B⟧"),
            ("⟦U+000D⟧", "⟦U+27E6⟧U+000D⟧"),
            ("⟦⟧", "⟦U+27E6⟧⟧"),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(encode(text), cell);
            assert_eq!(decode(cell), text);
        }
        assert_eq!(decode("⟦U+FFFFFFFF⟧ ⟦note⟧ ⟦"), "⟦U+FFFFFFFF⟧ ⟦note⟧ ⟦");
        assert_eq!(split_mark("r1⟦#2⟧"), ("r1", "#2"));
        assert_eq!(split_mark("r1⟦U+000D⟧"), ("r1⟦U+000D⟧", ""));
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_and_put_together() {
        let text = "𠮷 \n野".repeat(30_000);
        let mut long = LongTexts::default();
        let head = long.fit(text.clone());
        assert!(head.encode_utf16().count() < 32_767);
        assert!(long.pieces().all(|(.., piece)| piece.encode_utf16().count() < 32_767));
        assert_eq!(long.whole(&head).as_deref(), Some(text.as_str()));
        assert_eq!(LongTexts::default().whole(&head), None);
        assert_eq!(long.whole("short⟦U+000D⟧").as_deref(), Some("short⟦U+000D⟧"));
    }

    proptest! {
        #[test]
        fn every_text_reads_back(text in "(?s).*", marks in "[⟦⟧U+0-9A-F#x_\n|]{0,20}") {
            for text in [text, marks] {
                for cell in [encode(&text), encode_present(&text), encode_literally(&text).into()] {
                    prop_assert_eq!(&decode(&cell), &text);
                    prop_assert!(!cell.contains(|c: char| c.is_control() && c != '\n'));
                    prop_assert_eq!(split_mark(&cell).1, "");
                }
            }
        }

        #[test]
        fn several_texts_in_a_cell_read_back(texts in proptest::collection::vec("(?s).{0,6}|[|⟦ \n]{0,3}", 0..5)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(split_lines(&join_lines(texts.iter().copied())), texts.clone());
            let mut bars = split_bars(&join_bars(&texts));
            bars.resize(texts.len().max(bars.len()), String::new());
            if !texts.is_empty() {
                prop_assert_eq!(bars, texts);
            }
        }
    }
}
