//! Folding for matching: NFKC, and what it leaves apart. The import recognises headings by it, the search finds texts.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// Look-alikes that NFKC keeps apart, each row one character and what it stands for: radicals that PDF copying leaves
/// behind (NFKC folds ⽤ and ⽣, but not these), variant characters in names, brackets of every kind, marks.
const LOOK_ALIKES: &[(&str, char)] = &[
    // CJK radicals supplement
    ("⺠", '民'),
    ("⺟", '母'),
    ("⻁", '虎'),
    ("⻄", '西'),
    ("⻑", '長'),
    ("⻘", '青'),
    ("⻝⻞", '食'),
    ("⻤", '鬼'),
    ("⻨", '麦'),
    ("⻩", '黄'),
    ("⻫", '斉'),
    ("⻭", '歯'),
    ("⻯", '竜'),
    ("⻲", '亀'),
    ("⻋", '車'),
    ("⻅", '見'),
    ("⻆", '角'),
    ("⻉", '貝'),
    ("⻙", '韋'),
    ("⻚", '頁'),
    ("⻛", '風'),
    ("⻜", '飛'),
    ("⻢", '馬'),
    ("⻥", '魚'),
    ("⻦", '鳥'),
    ("⼾", '戸'),
    // Variants of one character
    ("髙", '高'),
    ("﨑", '崎'),
    ("德", '徳'),
    ("濵濱", '浜'),
    ("邉邊", '辺'),
    ("齋齊斎", '斉'),
    ("澤", '沢'),
    ("廣", '広'),
    ("國", '国'),
    ("學", '学'),
    ("體", '体'),
    ("團", '団'),
    ("檢", '検'),
    ("戶", '戸'),
    ("內", '内'),
    ("吿", '告'),
    ("姬", '姫'),
    ("硏", '研'),
    ("淸", '清'),
    ("靑", '青'),
    ("値", '値'),
    // Brackets, so that mixed pairs and other kinds do not matter
    ("〔【［[｛{〈《〖⟨⦅", '('),
    ("〕】］]｝}〉》〗⟩⦆", ')'),
    // Marks
    ("〜∼∿", '~'),
    ("･·•‧∙", '・'),
    ("，､", '、'),
    ("→⇒➡⟶➔", '→'),
    ("″”“〝〟", '"'),
    ("’‘′", '\''),
];

/// What a character stands for.
fn ordinary(c: char) -> char {
    static TABLE: LazyLock<(HashMap<char, char>, [bool; 256])> = LazyLock::new(|| {
        let table: HashMap<char, char> =
            LOOK_ALIKES.iter().flat_map(|(from, to)| from.chars().map(move |c| (c, *to))).collect();
        let mut ends = [false; 256];
        for c in table.keys() {
            ends[usize::from(end(*c))] = true;
        }
        (table, ends)
    });
    // Most of what stands in a table is quickly told to be none of them.
    if c.is_ascii_alphanumeric() || !TABLE.1[usize::from(end(c))] {
        c
    } else {
        TABLE.0.get(&c).copied().unwrap_or(c)
    }
}

/// The last eight bits of a character.
fn end(c: char) -> u8 {
    (u32::from(c) & 0xff) as u8
}

/// Whether a character is its own compatibility form, in small letters.
fn is_plain(c: char) -> bool {
    matches!(c, '0'..='9' | 'a'..='z' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='龥' | '、' | '。')
}

/// Characters that are drawn as a horizontal stroke and mean minus, hyphen, range or nothing.
const DASHES: &str = "-－ー―‐—–−ｰ‑‒─━﹣﹘⁃";

/// Whether the character is one of the many dashes.
pub(crate) fn is_dash(c: char) -> bool {
    DASHES.contains(c)
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ')
}

/// A text folded for matching that remembers which part of the original each of its parts came from.
#[derive(Debug, Clone)]
pub(crate) struct Folded<'t> {
    source: &'t str,
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text, and its end, where the character that it came from begins.
    origins: Vec<usize>,
}

impl<'t> Folded<'t> {
    /// Folds a text: compatibility forms and look-alikes become ordinary characters, the many dashes and brackets one
    /// each, letters small; white space and what cannot be seen goes; 々 becomes what it repeats.
    pub fn new(source: &'t str) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut origins = Vec::with_capacity(source.len() + 1);
        let mut last = None;
        for (at, found) in source.char_indices() {
            if is_invisible(found) {
                continue;
            }
            if is_plain(found) {
                let c = ordinary(found);
                text.push(c);
                origins.resize(text.len(), at);
                last = Some(c);
                continue;
            }
            for c in found.nfkc().flat_map(char::to_lowercase) {
                if is_invisible(c) {
                    continue;
                }
                // ﾃﾞ is two characters.
                if let Some(whole) = last.and_then(|before| compose(before, c)) {
                    text.pop();
                    text.push(whole);
                    origins.resize(text.len(), at);
                    last = Some(whole);
                    continue;
                }
                let c = match last {
                    Some(before) if matches!(c, '々' | 'ゝ' | 'ヽ' | '〻') => before,
                    // A long vowel is written with whatever dash was at hand: デ－タ.
                    Some(before) if is_dash(c) && (is_kana(before) || before == 'ー') => 'ー',
                    _ if is_dash(c) => '-',
                    _ => ordinary(c),
                };
                text.push(c);
                origins.resize(text.len(), at);
                last = Some(c);
            }
        }
        origins.push(source.len());
        Self { source, text, origins }
    }

    /// The original of a part of the folded text, white space around it left out.
    pub fn original(&self, part: Range<usize>) -> &'t str {
        let start = self.origins.get(part.start).copied().unwrap_or(self.source.len());
        let end = if part.end <= part.start {
            start
        } else {
            // Up to the next character that came from elsewhere than the last one of the part.
            let last = self.origins.get(part.end - 1).copied().unwrap_or(start);
            self.source[last..].chars().next().map_or(last, |c| last + c.len_utf8())
        };
        self.source.get(start..end).unwrap_or_default().trim()
    }

    /// Which bytes of the original a part of the folded text came from: whole characters, white space at the end left
    /// out.
    pub fn range(&self, part: Range<usize>) -> Range<usize> {
        let start = self.origin(part.start);
        if part.end <= part.start {
            return start..start;
        }
        let last = self.origin(part.end - 1);
        // A mark that was composed with the character before it left no byte of its own behind.
        let next = self.origin(part.end);
        let end = if next > last {
            let whole = self.source.get(last..next).unwrap_or_default();
            last + whole.trim_end_matches(is_invisible).len()
        } else {
            self.source[last..].chars().next().map_or(last, |c| last + c.len_utf8())
        };
        start..end
    }

    /// The folded text with hiragana as katakana, each character where it was.
    pub fn in_katakana(&self) -> String {
        katakana(&self.text)
    }

    /// Where in the original a place of the folded text is.
    pub fn origin(&self, at: usize) -> usize {
        self.origins.get(at).copied().unwrap_or(self.source.len())
    }

    /// The original behind a place of the folded text, white space around it left out.
    pub fn rest(&self, from: usize) -> &'t str {
        let start = self.origins.get(from).copied().unwrap_or(self.source.len());
        self.source.get(start..).unwrap_or_default().trim()
    }
}

/// A text with its hiragana as katakana, which take as many bytes.
pub(crate) fn katakana(text: &str) -> String {
    let other = |c: char| {
        let hiragana = matches!(c, 'ぁ'..='ゖ');
        if hiragana { char::from_u32(u32::from(c) + 0x60).unwrap_or(c) } else { c }
    };
    text.chars().map(other).collect()
}

/// What a text is compared by.
pub(crate) fn key(text: &str) -> String {
    Folded::new(text).text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_differently_becomes_equal() {
        for (found, same) in [
            ("２９７", "297"),
            ("面　積", "面積"),
            ("令 6.　1.　1", "令6.1.1"),
            ("⽤⽣⼤", "用生大"),
            ("⺠間⻑", "民間長"),
            ("（合計)", "(合計)"),
            ("【合計】", "(合計)"),
            ("ﾃﾞｰﾀ", "データ"),
            ("デ－タ", "データ"),
            ("項目２－１", "項目2-1"),
            ("項目２ー１", "項目2-1"),
            ("人々", "人人"),
            ("髙橋", "高橋"),
            ("iPS", "ips"),
            ("㈱Ａ", "(株)a"),
            ("2017～2021", "2017~2021"),
            ("目標\n値", "目標値"),
            ("葛\u{e0100}城", "葛城"),
        ] {
            assert_eq!(key(found), same, "{found}");
        }
        for dash in ["-", "ー", "－", "ｰ", "―", "‐", "—"] {
            assert_eq!(key(dash), "-", "{dash}");
        }
    }

    #[test]
    fn parts_lead_back_to_the_original() {
        let folded = Folded::new("２０２２年末　時点で㍻の２０ 件");
        let at = folded.text.find("20件").unwrap();
        assert_eq!(folded.original(at..folded.text.len()), "２０ 件");
        assert_eq!(folded.original(0..folded.text.find('で').unwrap()), "２０２２年末　時点");
        assert_eq!(folded.rest(at), "２０ 件");
    }

    #[test]
    fn a_range_takes_whole_characters_and_their_marks() {
        for (source, found, original) in [
            ("次のﾃﾞｰﾀ を", "データ", "ﾃﾞｰﾀ"),
            ("㈱Ａ社", "株", "㈱"),
            ("ＡＢ　Ｃ", "ab", "ＡＢ"),
            ("ＡＢ　Ｃ", "bc", "Ｂ　Ｃ"),
        ] {
            let folded = Folded::new(source);
            let at = folded.text.find(found).unwrap();
            assert_eq!(&source[folded.range(at..at + found.len())], original, "{source}");
        }
        assert_eq!(Folded::new("がっこう ﾃﾞ").in_katakana(), "ガッコウデ");
    }

    proptest! {
        #[test]
        fn ranges_are_of_the_original_and_katakana_keeps_places(text in "\\PC{0,12}", from in 0_usize..24, to in 0_usize..24) {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.in_katakana().len(), folded.text.len());
            prop_assert!(text.get(folded.range(from..to)).is_some());
        }

        #[test]
        fn folding_twice_is_folding_once_and_parts_never_panic(text in "\\PC{0,12}", from in 0_usize..12, to in 0_usize..14) {
            let folded = Folded::new(&text);
            prop_assert_eq!(key(&folded.text), key(&key(&folded.text)));
            let _ = (folded.original(from..to), folded.rest(from));
        }
    }
}
