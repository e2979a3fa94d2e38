//! How wide a text is, and where its lines break, in the embedded typeface.
//!
//! The same advances that the window, the PDF and the pictures set the text with, so that what fits here fits there.

use crate::fonts;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::sync::LazyLock;

/// The height of a line, in ems.
pub const LINE: f64 = 1.3;
/// From the baseline to the top of a Japanese character, in ems.
pub const ASCENT: f64 = 0.88;
/// Advance of a character that the face lacks, in ems.
const MISSING: f64 = 1.0;

/// Advances by character, in ems.
struct Face {
    plane: Vec<f32>,
    beyond: std::collections::HashMap<u32, f32>,
}

impl Face {
    fn new(bytes: &[u8]) -> Self {
        let mut face = Self { plane: vec![f32::NAN; 0x1_0000], beyond: std::collections::HashMap::new() };
        let Ok(font) = FontRef::new(bytes) else { return face };
        // In units of the face, since scaling to one em would round.
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        for (character, glyph) in font.charmap().mappings() {
            let Some(advance) = metrics.advance_width(glyph).map(|units| units / em) else { continue };
            match usize::try_from(character).ok().and_then(|place| face.plane.get_mut(place)) {
                Some(known) => *known = advance,
                None => {
                    face.beyond.insert(character, advance);
                }
            }
        }
        face
    }

    fn advance(&self, c: char) -> f64 {
        let code = u32::from(c);
        let known = usize::try_from(code).ok().and_then(|place| self.plane.get(place)).copied();
        let advance = known.unwrap_or_else(|| self.beyond.get(&code).copied().unwrap_or(f32::NAN));
        if advance.is_nan() { MISSING } else { f64::from(advance) }
    }
}

static REGULAR: LazyLock<Face> = LazyLock::new(|| Face::new(fonts::SANS_REGULAR));
static BOLD: LazyLock<Face> = LazyLock::new(|| Face::new(fonts::SANS_BOLD));

/// The width of a text on one line.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let face = if bold { &*BOLD } else { &*REGULAR };
    text.chars().map(|c| face.advance(c)).sum::<f64>() * size
}

/// The widest of some lines.
pub fn widest(lines: &[String], size: f64, bold: bool) -> f64 {
    lines.iter().map(|line| width(line, size, bold)).fold(0.0, f64::max)
}

/// The width of a text that stands on one line as it is and is no wider than `room`, as most texts are: there is no need
/// to look for places to break it.
pub fn fitting(text: &str, size: f64, bold: bool, room: f64) -> Option<f64> {
    let wide = width(text, size, bold);
    let plain = !text.is_empty() && text.trim().len() == text.len() && !text.contains(['\n', '\r']);
    (plain && wide + 1e-6 <= room).then_some(wide)
}

/// The lines of a text that is to be no wider than `room`. A line breaks between words and Japanese characters, never
/// before a closing mark or behind an opening one; a word wider than the room is broken anywhere.
pub fn wrap(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    if fitting(text, size, bold, room).is_some() {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut used = 0.0;
        for piece in pieces(paragraph) {
            let wide = width(piece, size, bold);
            if used + width(piece.trim_end(), size, bold) > room && !line.is_empty() {
                lines.push(line.trim_end().to_owned());
                line.clear();
                used = 0.0;
            }
            if wide > room {
                for c in piece.chars() {
                    let one = width(c.encode_utf8(&mut [0; 4]), size, bold);
                    if used + one > room && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(c);
                    used += one;
                }
            } else if !(line.is_empty() && piece.trim().is_empty()) {
                line.push_str(piece);
                used += wide;
            }
        }
        let line = line.trim_end();
        if !line.is_empty() {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// Whether no number would have to be broken in lines no wider than `room`.
pub fn keeps_numbers(text: &str, size: f64, bold: bool, room: f64) -> bool {
    let mut all = text.lines().flat_map(pieces);
    all.all(|piece| !piece.starts_with(|c: char| c.is_ascii_digit()) || width(piece, size, bold) <= room)
}

/// As [`wrap`], with as many lines and as even ones as can be: no last line of one character.
pub fn balanced(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let lines = wrap(text, size, bold, room);
    if lines.len() < 2 {
        return lines;
    }
    (10_u32..20)
        .map(|share| wrap(text, size, bold, room * f64::from(share) / 20.0))
        .find(|tighter| tighter.len() == lines.len())
        .unwrap_or(lines)
}

/// The unbreakable parts of a paragraph, in order.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| breaks(before, c)) {
            found.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

/// Whether a line may end between two characters.
fn breaks(before: char, after: char) -> bool {
    const CLOSING: &str = "、。，．・：；？！）」』】〕〉》］｝ー～〜％ぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ々),.:;?!%]}件円年度";
    const OPENING: &str = "（「『【〔〈《［｛([{";
    if CLOSING.contains(after) || OPENING.contains(before) || after.is_whitespace() {
        return false;
    }
    let narrow = |c: char| c.is_ascii() && !c.is_whitespace();
    !(narrow(before) && narrow(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_typeface() {
        assert!((width("評価", 10.0, false) - 20.0).abs() < 1e-6);
        // Tabular digits are 0.555 em wide in the regular face, a little wider in the bold one.
        assert!((width("2021", 10.0, false) - 22.2).abs() < 0.05, "{}", width("2021", 10.0, false));
        assert!(width("2021", 10.0, true) > width("2021", 10.0, false));
        assert!((width("1111", 10.0, false) - width("8888", 10.0, false)).abs() < 1e-6);
    }

    #[test]
    fn lines_break_where_japanese_breaks() {
        assert_eq!(
            wrap("事業アウトカム（達成）、見込み", 10.0, false, 75.0),
            ["事業アウトカム", "（達成）、見込", "み"]
        );
        assert_eq!(wrap("Tissue Chip Program", 10.0, false, 70.0), ["Tissue Chip", "Program"]);
        assert_eq!(wrap("abcdefghij", 10.0, false, 20.0).concat(), "abcdefghij");
        assert!(wrap("", 10.0, false, 20.0).is_empty());
        assert!(keeps_numbers("ほか 1,211.70", 10.0, false, 50.0));
        assert!(!keeps_numbers("ほか 1,211.70", 10.0, false, 30.0));
        for line in wrap("ヒト細胞加工製品、製造基盤（技術）開発。", 10.0, false, 33.0) {
            assert!(width(&line, 10.0, false) <= 43.0, "{line}");
            assert!(!line.starts_with(['、', '。', '）']), "{line}");
        }
    }
}
