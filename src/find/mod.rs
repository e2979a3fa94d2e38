//! Finding and replacing text anywhere in a dossier.
//!
//! What there is to find is read off the dossier as it is saved (`walk`), so that a new field of the model is found
//! without a line written here; `fields` says the few that are no text of the user's. An [`Index`] keeps the texts of
//! each subject folded, and looks again only at subjects that were edited. Texts are found with case, width, kana and
//! white space folded unless [`Query::exact`] asks otherwise, and every hit tells the bytes of the original.

mod fields;
mod index;
mod replace;
mod walk;

pub use index::{Hit, Index};
pub use replace::{Edit, ReplaceError, replaced, replacements};
pub use walk::Within;

use crate::fold::{Folded, katakana};
use std::ops::Range;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The text.
    pub text: String,
    /// Whether it must stand there to the letter. Otherwise capitals, full and half width, hiragana and katakana, old
    /// characters and white space between Japanese characters make no difference.
    pub exact: bool,
}

/// A query made ready to be compared with many texts.
#[derive(Debug)]
struct Matcher {
    query: Query,
    /// The text as it is compared; empty where nothing is looked for.
    needle: String,
    /// The query's words as [`spaced`] has them.
    words: String,
}

impl Matcher {
    fn new(query: &Query) -> Self {
        let needle = if query.exact { query.text.clone() } else { compared(&query.text) };
        Self { query: query.clone(), needle, words: spaced(&query.text) }
    }

    /// Whether a text may hold the query, told from the text as it is compared.
    fn may_match(&self, text: &str, compared: &str) -> bool {
        let hay = if self.query.exact { text } else { compared };
        !self.needle.is_empty() && hay.contains(&self.needle)
    }

    /// Where the query stands in a text, from first to last and without overlaps.
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.needle.is_empty() {
            return Vec::new();
        }
        if self.query.exact {
            return text.match_indices(&self.needle).map(|(at, found)| at..at + found.len()).collect();
        }
        let folded = Folded::new(text);
        let compared = folded.in_katakana();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, found) in compared.match_indices(&self.needle) {
            let range = folded.range(at..at + found.len());
            // Two hits within one character, such as ㈱, are one.
            let apart = ranges.last().is_none_or(|last| last.end <= range.start);
            if apart && spaced(&text[range.clone()]).contains(&self.words) {
                ranges.push(range);
            }
        }
        ranges
    }
}

/// A text as it is compared: folded, in katakana.
fn compared(text: &str) -> String {
    katakana(&crate::fold::key(text))
}

/// A text as it is compared, with a space wherever white space stands between Latin letters or digits: 「R and D」 is
/// not 「randd」, and 「創薬 支援」 is 「創薬支援」.
fn spaced(text: &str) -> String {
    let latin = |word: &str, last: bool| {
        let c = if last { word.chars().next_back() } else { word.chars().next() };
        c.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    let mut words = String::new();
    for word in text.split_whitespace().map(compared) {
        if latin(&words, true) && latin(&word, false) {
            words.push(' ');
        }
        words.push_str(&word);
    }
    words
}

/// A text around a hit, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// What stands before it.
    pub before: String,
    /// What was found.
    pub found: String,
    /// What stands behind it.
    pub after: String,
}

impl Snippet {
    /// At most `before` and `after` characters around `range` of `text`; … stands for what is left out.
    pub fn of(text: &str, range: Range<usize>, before: usize, after: usize) -> Self {
        let line = |text: &str| -> String {
            text.chars().map(|c| if c.is_whitespace() && c != '\u{3000}' { ' ' } else { c }).collect()
        };
        let (head, tail) =
            (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
        let cut = head.char_indices().rev().nth(before.saturating_sub(1)).map_or(0, |(at, _)| at);
        let shown = tail.char_indices().nth(after).map_or(tail.len(), |(at, _)| at);
        let mut lead = line(&head[cut..]).trim_start().to_owned();
        if cut > 0 {
            lead.insert(0, '…');
        }
        let mut rest = line(&tail[..shown]).trim_end().to_owned();
        if shown < tail.len() {
            rest.push('…');
        }
        Self { before: lead, found: line(text.get(range).unwrap_or_default()), after: rest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'t>(query: &str, exact: bool, text: &'t str) -> Vec<&'t str> {
        let matcher = Matcher::new(&Query { text: query.to_owned(), exact });
        let hits: Vec<&str> = matcher.ranges(text).into_iter().map(|range| &text[range]).collect();
        assert!(hits.is_empty() || matcher.may_match(text, &compared(text)), "{query} in {text}");
        hits
    }

    #[test]
    fn what_is_written_differently_is_found() {
        for (query, text, hits) in [
            ("ｉｐｓ", "iPS細胞とIPS", &["iPS", "IPS"][..]),
            ("べくたー", "ウイルスベクターのﾍﾞｸﾀｰ", &["ベクター", "ﾍﾞｸﾀｰ"]),
            ("創薬支援", "創薬\n支援と創薬 支援", &["創薬\n支援", "創薬 支援"]),
            ("2019", "２０１９年度", &["２０１９"]),
            ("株", "㈱東都", &["㈱"]),
            ("R D", "R D と RD", &["R D"]),
            ("notable", "no table, notable", &["notable"]),
            ("斎藤", "齋藤", &["齋藤"]),
            ("", "何か", &[]),
            (" ", "何 か", &[]),
        ] {
            assert_eq!(found(query, false, text), hits, "{query}");
        }
    }

    #[test]
    fn to_the_letter_means_to_the_letter() {
        assert_eq!(found("iPS", true, "iPS IPS ｉＰＳ"), ["iPS"]);
        assert_eq!(found("か ん", true, "かん か ん"), ["か ん"]);
        assert_eq!(found("ああ", true, "あああああ").len(), 2);
    }

    #[test]
    fn a_snippet_is_one_line_around_the_hit() {
        let text = "国が主導して\n取り組む意義は明確であり、民間だけでは負えない。";
        let at = text.find("意義").unwrap();
        let snippet = Snippet::of(text, at..at + "意義".len(), 6, 4);
        assert_eq!((snippet.before.as_str(), snippet.found.as_str()), ("…て 取り組む", "意義"));
        assert_eq!(snippet.after, "は明確で…");
        let whole = Snippet::of("意義", 0..6, 6, 4);
        assert_eq!((whole.before.as_str(), whole.after.as_str()), ("", ""));
    }

    proptest! {
        #[test]
        fn hits_lie_in_the_text_in_order(text in "[ぁ-んァ-ヶｱ-ﾝﾞﾟ㈱a-cＡ-Ｃ \n]{0,24}", query in "[ぁ-んァ-ヶｱ-ﾝﾞ株a-c ]{1,3}", exact: bool) {
            let matcher = Matcher::new(&Query { text: query, exact });
            let ranges = matcher.ranges(&text);
            prop_assert!(ranges.iter().all(|range| !text[range.clone()].is_empty()));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }

        #[test]
        fn a_part_of_a_text_is_found_in_it(text in "[ぁ-んァ-ヶ一-丿a-cＡ-Ｃ]{1,20}", from in 0_usize..20, length in 1_usize..6) {
            let part: String = text.chars().skip(from % text.chars().count()).take(length).collect();
            for exact in [true, false] {
                let matcher = Matcher::new(&Query { text: part.clone(), exact });
                prop_assert!(!matcher.ranges(&text).is_empty(), "{} in {}", part, text);
            }
        }
    }
}
