//! Numbers in front of labels: 項目２－１．, （２）, ①, 課題1：.

use crate::fold::Folded;

/// Words that stand before a number and are part of the numbering. Longer ones first.
const WORDS: [&str; 17] = [
    "研究開発項目",
    "研究開発課題",
    "研究項目",
    "事業項目",
    "サブテーマ",
    "テーマ",
    "項目",
    "課題",
    "評価項目",
    "基準",
    "第",
    "表",
    "図",
    "no.",
    "no",
    "c",
    "q",
];

/// No numbering is longer than this. Bytes.
const LONGEST: usize = 120;

/// Marks that open a heading or a bullet.
const MARKS: &str = "■□◆◇●○◎▼▽▲△・*※◯▪◾>";

/// A label without its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Numbered<'t> {
    /// The word before the number (項目), folded; empty if there is none.
    pub word: String,
    /// The number, its parts joined by hyphens (2-1).
    pub no: String,
    /// What stands behind it, as found.
    pub rest: &'t str,
}

/// Takes the number off a label; none if it has none. A number that is part of a word (3D培養, 5件) is no numbering.
pub(in crate::import) fn numbered(text: &str) -> Option<Numbered<'_>> {
    // The number stands in front; what follows may be long.
    let folded = Folded::new(beginning(text));
    let circled = text.trim_start().chars().next().is_some_and(|c| matches!(c, '①'..='⑳' | '❶'..='❿'));
    let body = folded.text.trim_start_matches(|c| MARKS.contains(c));
    let marks = folded.text.len() - body.len();
    let bracket = body.starts_with('(');
    let inner = &body[usize::from(bracket)..];
    let word = WORDS.into_iter().find(|word| {
        inner
            .strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '('))
    });
    let mut at = word.map_or(0, str::len);
    // 項目(1)
    let second_bracket = word.is_some() && inner[at..].starts_with('(');
    at += usize::from(second_bracket);
    let start = at;
    let mut parts: Vec<&str> = Vec::new();
    loop {
        let digits = inner[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(inner.len() - at);
        if digits == 0 || digits > 2 {
            break;
        }
        parts.push(&inner[at..at + digits]);
        at += digits;
        let more = inner[at..].strip_prefix(['-', '.', 'ー', '_']);
        if !more.is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit())) {
            break;
        }
        at += inner[at..].chars().next().map_or(0, char::len_utf8);
    }
    if parts.is_empty() || inner[start..at].ends_with(['-', '.', 'ー', '_']) {
        return None;
    }
    let mut closed = circled;
    if bracket || second_bracket {
        let rest = inner[at..].strip_prefix(')')?;
        closed = true;
        at = inner.len() - rest.len();
    }
    let behind = &inner[at..];
    let separators: usize = behind
        .chars()
        .take_while(|c| matches!(c, '.' | '、' | ':' | ')' | '。' | '・'))
        .map(char::len_utf8)
        .sum();
    // White space is not in the folded text; it separates as well.
    let end = marks + usize::from(bracket) + at;
    let spaced = separators == 0 && !behind.is_empty() && is_spaced(&folded, end);
    let separated = separators > 0 || spaced || behind.is_empty();
    if !(separated || closed || word.is_some_and(|word| !matches!(word, "第" | "表" | "図" | "c" | "q"))) {
        return None;
    }
    // 5 件 and 2019 年度 are figures, not numbers of a list.
    if word.is_none() && !closed && separators == 0 && spaced && is_counter(behind) {
        return None;
    }
    Some(Numbered {
        word: word.unwrap_or_default().to_owned(),
        no: parts.into_iter().map(|part| part.trim_start_matches('0')).collect::<Vec<_>>().join("-"),
        rest: text.get(folded.origin(end + separators)..).unwrap_or_default().trim(),
    })
}

/// The beginning of a text, white space in front included.
fn beginning(text: &str) -> &str {
    let blank = text.len() - text.trim_start().len();
    text.get(..text.floor_char_boundary(blank + LONGEST)).unwrap_or(text)
}

/// Whether white space stands before a place of the folded text.
fn is_spaced(folded: &Folded<'_>, at: usize) -> bool {
    let joined = folded.original(at.saturating_sub(1)..at + 1);
    joined.chars().any(char::is_whitespace)
}

fn is_counter(text: &str) -> bool {
    let mut rest = text.chars();
    matches!(
        rest.next(),
        Some('件' | '社' | '年' | '人' | '名' | '円' | '百' | '千' | '億' | '万' | '点' | '%' | '回')
    ) && rest.count() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_off_in_every_notation() {
        for (text, no, rest) in [
            ("項目１．チップ等デバイス", "1", "チップ等デバイス"),
            ("項目２－１．培養モデル", "2-1", "培養モデル"),
            ("項目２－２. デバイスに", "2-2", "デバイスに"),
            ("項目1チップ", "1", "チップ"),
            ("課題１　QTPP", "1", "QTPP"),
            ("１．当省が実施すること", "1", "当省が実施すること"),
            ("（２）資金配分", "2", "資金配分"),
            ("②培養", "2", "培養"),
            ("■ 3．評点", "3", "評点"),
            ("2-1 設計", "2-1", "設計"),
            ("研究開発項目(1)：設計", "1", "設計"),
            ("03 設計", "3", "設計"),
            ("7", "7", ""),
        ] {
            let numbered = numbered(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((numbered.no.as_str(), numbered.rest), (no, rest), "{text}");
        }
        for text in ["3D培養", "5 件", "2019年度", "iPS 細胞", "", "100 %", "第1期の成果", "12,345", "CQA"]
        {
            assert_eq!(numbered(text), None, "{text}");
        }
    }
}
