//! Years within a text: where they stand, and in which of the many notations.

use super::FiscalYear;

/// The eras, newest first: name, the letter and the single character that stand for it, and the fiscal year of its
/// first year.
pub(super) const ERAS: [(&str, char, char, i16); 5] = [
    ("令和", 'R', '令', 2019),
    ("平成", 'H', '平', 1989),
    ("昭和", 'S', '昭', 1926),
    ("大正", 'T', '大', 1912),
    ("明治", 'M', '明', 1868),
];

/// A year found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearMention {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, its 年度 included.
    pub end: usize,
    /// Which year.
    pub year: MentionedYear,
    /// How it is written.
    pub form: YearForm,
}

/// A year, as far as the text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionedYear {
    /// This one.
    Known(FiscalYear),
    /// The n-th year of an era that is not named, or the last two digits of a western year (`5年度`).
    Bare(u8),
}

/// What a year is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearForm {
    /// Only a number or an era's year (`2021`, `R3`).
    Plain,
    /// 年
    Calendar,
    /// 年度 or FY
    Fiscal,
}

impl FiscalYear {
    /// The years that a folded text speaks of, from left to right. Numbers that only may be years (`2021` within a
    /// text, `5年`) are not among them; a bare `5年度` is, as a year whose era is not named.
    pub fn mentions(folded: &str) -> Vec<YearMention> {
        let mut found: Vec<YearMention> = Vec::new();
        let mut before: Option<char> = None;
        let mut at = 0;
        while let Some(c) = folded[at..].chars().next() {
            // 令和3年度(2021): the second notation of a year may be a number alone.
            let again = before == Some('(') && found.last().is_some_and(|last| last.end + 1 == at);
            if let Some(mention) = mention(folded, at, before, again) {
                at = mention.end;
                before = folded[..at].chars().next_back();
                found.push(mention);
            } else {
                at += c.len_utf8();
                before = Some(c);
            }
        }
        found
    }

    /// The year that the n-th year of an era would be, for each era that is meant in papers of our time.
    pub fn candidates(nth: u8) -> Vec<(&'static str, Self)> {
        ERAS.into_iter()
            .map(|(name, .., first)| (name, Self::new(first + i16::from(nth) - 1)))
            .filter(|(_, year)| (1960..=2060).contains(&year.start_year()))
            .collect()
    }
}

/// The year that begins exactly at `at`, if one does.
fn mention(text: &str, at: usize, before: Option<char>, again: bool) -> Option<YearMention> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let inside_word = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == '.' || b == ',');
    let (year, length, named) = if !inside_word && starts_with_letters(rest, "FY") {
        let digits = ascii_digits(&rest[2..]);
        let year = match digits.len() {
            4 => western(digits)?,
            2 => FiscalYear::new(2000 + digits.parse::<i16>().ok()?),
            _ => return None,
        };
        let mut end = at + 2 + digits.len();
        if text[end..].starts_with("年度") {
            end += "年度".len();
        }
        return Some(YearMention {
            start: at,
            end,
            year: MentionedYear::Known(year),
            form: YearForm::Fiscal,
        });
    } else if let Some((year, length)) = era(rest, inside_word) {
        (MentionedYear::Known(year), length, true)
    } else if first.is_ascii_digit() && !inside_word {
        let digits = ascii_digits(rest);
        match digits.len() {
            4 => (MentionedYear::Known(western(digits)?), 4, false),
            // 21年度 has no era; 5年 is a duration as likely as a year, and left alone below.
            1 | 2 => (MentionedYear::Bare(digits.parse().ok().filter(|n| *n > 0)?), digits.len(), false),
            _ => return None,
        }
    } else {
        let (year, length) = kanji_western(rest)?;
        (MentionedYear::Known(year), length, false)
    };
    let behind = &rest[length..];
    let (form, suffix) = if behind.starts_with("年度") {
        (YearForm::Fiscal, "年度".len())
    } else if starts_with_letters(behind, "FY") && !named {
        let more = if behind[2..].starts_with("年度") { "年度".len() } else { 0 };
        (YearForm::Fiscal, 2 + more)
    } else if behind.starts_with('年') && !behind.starts_with("年間") && !behind.starts_with("年代") {
        (YearForm::Calendar, "年".len())
    } else {
        (YearForm::Plain, 0)
    };
    let mention = YearMention { start: at, end: at + length + suffix, year, form };
    let whole = (at == 0 && mention.end == text.len())
        || (again && behind.starts_with(')'))
        || (!named && before.is_none() && is_twin(year, behind));
    match (year, form) {
        (MentionedYear::Bare(_), YearForm::Plain | YearForm::Calendar) => None,
        // A number alone is a year only where nothing else stands.
        (_, YearForm::Plain) if !named && !whole => None,
        // Nor is R3 within a word, or before more of a number (R3.5, H1N1).
        (_, YearForm::Plain)
            if behind.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-') =>
        {
            None
        }
        _ => Some(mention),
    }
}

/// Whether a second notation of the same year follows: 2019(R1)年度, 2019/令和元年度.
fn is_twin(year: MentionedYear, behind: &str) -> bool {
    behind
        .strip_prefix(['(', '/', '・'])
        .and_then(|rest| era(rest, false))
        .is_some_and(|(twin, _)| MentionedYear::Known(twin) == year)
}

fn starts_with_letters(text: &str, letters: &str) -> bool {
    text.get(..letters.len()).is_some_and(|head| head.eq_ignore_ascii_case(letters))
}

fn ascii_digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

fn western(digits: &str) -> Option<FiscalYear> {
    digits.parse::<i16>().ok().filter(|year| (1868..=2999).contains(year)).map(FiscalYear::new)
}

/// 二〇二一
fn kanji_western(text: &str) -> Option<(FiscalYear, usize)> {
    let head: String = text.chars().take(4).collect();
    let numeral =
        super::numeral::leading(&head).filter(|n| n.rest.is_empty() && head.chars().count() == 4)?;
    let year = i16::try_from(numeral.value).ok().filter(|year| (1868..=2999).contains(year))?;
    Some((FiscalYear::new(year), head.len()))
}

/// 令和3, R3, 令3, 平成三十五, 令和元: the year, and how many bytes name it.
fn era(text: &str, inside_word: bool) -> Option<(FiscalYear, usize)> {
    for (name, letter, sign, first) in ERAS {
        let head = if text.starts_with(name) {
            name.len()
        } else if !inside_word && text.starts_with([letter, letter.to_ascii_lowercase()]) {
            1
        } else if text.starts_with(sign) {
            sign.len_utf8()
        } else {
            continue;
        };
        let rest = &text[head..];
        let dot = usize::from(rest.starts_with('.'));
        let behind = &rest[dot..];
        let (nth, length) = if behind.starts_with('元') {
            (1, "元".len())
        } else {
            let digits = ascii_digits(behind);
            if digits.is_empty() {
                let kanji: String =
                    behind.chars().take_while(|c| "〇一二三四五六七八九十".contains(*c)).collect();
                let numeral = super::numeral::leading(&kanji).filter(|n| n.rest.is_empty())?;
                (i16::try_from(numeral.value).ok()?, kanji.len())
            } else {
                (digits.parse().ok()?, digits.len())
            }
        };
        // 令和 has no year 0, and no era is counted beyond 99; 平成35年 is how papers of its time wrote 2023.
        return (1..=99).contains(&nth).then(|| (FiscalYear::new(first + nth - 1), head + dot + length));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        FiscalYear::mentions(text)
            .into_iter()
            .map(|m| match m.year {
                MentionedYear::Known(year) => format!("{year}{:?}", m.form),
                MentionedYear::Bare(n) => format!("?{n}"),
            })
            .collect()
    }

    #[test]
    fn years_are_found_where_they_stand() {
        for (text, years) in [
            ("中間目標(2019年度)", vec!["2019Fiscal"]),
            ("2017年度~2021年度(5年間)", vec!["2017Fiscal", "2021Fiscal"]),
            ("2022年末時点で20件", vec!["2022Calendar"]),
            ("FY21", vec!["2021Fiscal"]),
            ("2017FY", vec!["2017Fiscal"]),
            ("令和3年度(2021年度)", vec!["2021Fiscal", "2021Fiscal"]),
            ("平成三十五年度", vec!["2023Fiscal"]),
            ("二〇二一年度", vec!["2021Fiscal"]),
            ("H30年度", vec!["2018Fiscal"]),
            ("R1(2019)", vec!["2019Plain", "2019Plain"]),
            ("2019(R1)年度", vec!["2019Plain", "2019Plain"]),
            ("2019/令和元年度", vec!["2019Plain", "2019Fiscal"]),
            ("2019(R2)年度", vec!["2020Plain"]),
            ("5年度", vec!["?5"]),
            ("5年", vec![]),
            ("2021", vec!["2021Plain"]),
            ("2021件", vec![]),
            ("H1N1", vec![]),
            ("1,913", vec![]),
            ("令和0年度", vec![]),
        ] {
            assert_eq!(found(text), years, "{text}");
        }
    }

    #[test]
    fn a_bare_year_has_as_many_meanings_as_eras_fit() {
        let names = |nth| FiscalYear::candidates(nth).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(5), ["令和", "平成"]);
        assert_eq!(names(35), ["令和", "平成", "昭和"]);
    }

    proptest! {
        #[test]
        fn any_text_is_searched_and_every_mention_lies_in_it(text in "[0-9年度末FYRH令和平成元〇一二十(). 件a]{0,20}") {
            let mut end = 0;
            for mention in FiscalYear::mentions(&text) {
                prop_assert!(mention.start >= end && mention.end > mention.start);
                prop_assert!(text.get(mention.start..mention.end).is_some());
                end = mention.end;
            }
        }
    }
}
