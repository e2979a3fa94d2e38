//! A dossier's text on its way out of the program: whatever somebody typed or pasted, made fit to print.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use unicode_normalization::char::is_combining_mark;

/// The longest run of characters between which no line may break that is left alone.
const LONGEST_WORD: usize = 24;
/// How many characters of a longer one stay together.
const PIECE: usize = 8;
/// Where a line may break without anything being printed.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// The text without what cannot be printed: control characters other than line breaks, invisible changes of the
/// writing direction, code points that are no characters. Every kind of line break becomes `\n`, a tab a space.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && replacement(c) != Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").chars().filter_map(replacement).collect())
}

fn replacement(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => Some('\n'),
        '\t' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' => None,
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => None,
        c => Some(c),
    }
}

/// The text with places where a line may break inside of words that no column could hold.
pub(crate) fn breakable(text: &str) -> Cow<'_, str> {
    let mut run = 0;
    let too_long = text.chars().any(|c| {
        run = if opens_a_line(c) { 0 } else { run + 1 };
        run > LONGEST_WORD
    });
    if !too_long {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(opens_a_line).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        push_word(&mut out, word);
        let next = tail.chars().next();
        out.extend(next);
        rest = &tail[next.map_or(0, char::len_utf8)..];
    }
    Cow::Owned(out)
}

fn push_word(out: &mut String, word: &str) {
    let long = word.chars().count() > LONGEST_WORD;
    let mut since = 0;
    let mut joined = true;
    for c in word.chars() {
        let attached = is_combining_mark(c) || matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        if long && since >= PIECE && !attached && !joined {
            out.push(ZERO_WIDTH_SPACE);
            since = 0;
        }
        out.push(c);
        since += 1;
        joined = c == '\u{200d}';
    }
}

/// Whether a line may break before this character, whatever stands before it (roughly: ideographs and full kana).
fn opens_a_line(c: char) -> bool {
    c.is_whitespace()
        || c == ZERO_WIDTH_SPACE
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
        || (matches!(c, 'あ'..='ん' | 'ア'..='ン') && !"ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ".contains(c))
}

/// A text that serialises clean and breakable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl Text<'_> {
    /// Whether there is nothing to print.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// What is printed of it.
    pub(crate) fn printed(&self) -> Cow<'_, str> {
        clean(&self.0)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.into())
    }
}

impl<'a> From<&'a String> for Text<'a> {
    fn from(text: &'a String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&breakable(&clean(&self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_printed_is_left_out() {
        assert_eq!(clean("資金\u{0}配分\u{1b}[31m"), "資金配分[31m");
        assert_eq!(clean("一\r\n二\r三\t四"), "一\n二\n三 四");
        assert_eq!(clean("a\u{202e}b\u{ffff}\u{feff}"), "ab");
        assert!(matches!(clean("ふつうの\n文"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_endless_words_are_opened() {
        for ordinary in
            ["再生医療・遺伝子治療の産業化に向けた基盤技術開発事業の中間評価について", "Organ-on-a-chip"]
        {
            assert!(matches!(breakable(ordinary), Cow::Borrowed(_)), "{ordinary}");
        }
        for endless in ["A".repeat(10_000), "ー".repeat(300), "x\u{301}".repeat(200)] {
            let opened = breakable(&endless);
            assert!(opened.split(ZERO_WIDTH_SPACE).all(|piece| piece.chars().count() <= PIECE + 1));
            assert_eq!(opened.replace(ZERO_WIDTH_SPACE, ""), endless);
        }
    }

    proptest! {
        #[test]
        fn no_character_is_lost_or_moved(text in "\\PC{0,80}") {
            prop_assert_eq!(
                breakable(&text).replace(ZERO_WIDTH_SPACE, ""),
                text.replace(ZERO_WIDTH_SPACE, "")
            );
        }
    }
}
