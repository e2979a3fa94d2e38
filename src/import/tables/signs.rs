//! What a text is to the tables around it by what it says: a note, a unit, the number of a page, a caption, the heading
//! of a list, a row of headings.

use super::super::normal;
use super::grid::{Found, Grid, Spot};
use super::head::{Form, Head};
use super::words::{self, Concept};

/// A longer text is prose and no caption. Bytes.
pub(super) const LONGEST: usize = 400;

/// Whether a text is a note under a table.
pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim_start();
    [
        "※",
        "＊",
        "*",
        "注）",
        "注)",
        "（注",
        "(注",
        "注：",
        "注:",
        "注１",
        "注1",
        "（※",
        "(※",
        "〔注",
        "備考：",
        "備考:",
    ]
    .iter()
    .any(|mark| text.starts_with(mark))
}

/// Whether a text states a unit and nothing else: （単位：百万円）, 百万円.
pub(super) fn is_unit(text: &str, head: &Head) -> bool {
    if head.form == Form::Unit {
        return true;
    }
    head.measure.is_some() && normal::key(text).trim_matches(['(', ')']).starts_with("単位")
}

/// Whether a text numbers a printed page: 1/3ページ, - 2 -.
pub(super) fn is_page(text: &str) -> bool {
    let may = text.contains(['ペ', 'ﾍ', '頁', 'p', 'P', 'ｐ', 'Ｐ']) || text.starts_with(normal::is_dash);
    if text.len() > 40 || !may {
        return false;
    }
    let folded = normal::key(text);
    let bare = folded.trim_matches(['(', ')']);
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit());
    let numbers = |text: &str| match text.split_once('/') {
        Some((page, of)) => digits(page) && digits(of),
        None => digits(text),
    };
    let named = ["ページ", "頁", "page", "p"].iter().find_map(|word| {
        bare.strip_suffix(word)
            .or_else(|| bare.strip_prefix(word))
            .map(|rest| rest.trim_matches(['.', '(', ')']))
    });
    let dashed = bare.strip_prefix('-').and_then(|rest| rest.strip_suffix('-'));
    named.is_some_and(numbers) || dashed.is_some_and(digits)
}

/// Whether a cell that stands alone above a table may be a title of it.
pub(super) fn is_title(grid: &Grid<'_>, b: Spot) -> bool {
    grid.at(b.area.first).is_some_and(|found| {
        found.head.form == Form::Words
            && found.text.chars().count() <= 80
            && words::field(&found.head.core).is_none()
            && !found.text.trim_start().starts_with('・')
    })
}

/// Whether a text is a caption, a unit or a note by what it says.
pub(super) fn stands_beside(found: &Found<'_>) -> bool {
    if found.text.len() > LONGEST {
        return is_note(&found.text);
    }
    if is_unit(&found.text, &found.head) || is_note(&found.text) || is_page(&found.text) {
        return true;
    }
    let announced =
        || found.head.form == Form::Words && words::announced(&normal::key(&found.text)).is_some();
    let heading = || {
        normal::numbered(&found.text).is_some()
            || found.text.trim_start().starts_with(['■', '【', '◆', '●', '◎', '〈', '＜'])
    };
    announced() && (found.head.concepts.is_empty() || heading())
}

/// Whether a text heads a list of opinions.
pub(super) fn heads_list(found: &Found<'_>) -> bool {
    found.head.form == Form::Words
        && found.head.is_any(&[
            Concept::Positive,
            Concept::Issue,
            Concept::Consensus,
            Concept::Comment,
            Concept::Recommendation,
        ])
}

/// Whether a text may be a caption beside a unit.
pub(super) fn announces(found: &Found<'_>) -> bool {
    stands_beside(found)
        || (found.head.form == Form::Words && words::announced(&normal::key(&found.text)).is_some())
}

/// Whether a row looks like the headings of a table.
pub(super) fn starts_table(grid: &Grid<'_>, line: &[Spot]) -> bool {
    let heads: Vec<_> = line.iter().filter_map(|b| grid.at(b.area.first)).collect();
    let years = heads.iter().filter(|f| f.head.is_year() && !f.head.plain_year).count();
    let plain: Vec<_> = heads.iter().filter(|f| f.head.plain_year).filter_map(|f| f.head.year).collect();
    let figures = heads.iter().filter(|f| matches!(f.head.form, Form::Number | Form::Dash)).count();
    let named = heads.iter().filter(|f| !f.head.concepts.is_empty() && f.head.form == Form::Words).count();
    let labels = heads
        .iter()
        .filter(|f| f.head.is_any(&[Concept::Item, Concept::Criterion, Concept::Indicator]))
        .count();
    if figures > 0 {
        return false;
    }
    years >= 2
        || (plain.len() >= 3 && consecutive(&plain))
        || named >= 2
        || (labels > 0 && years + plain.len() > 0)
}

/// Whether years follow each other one by one.
pub(super) fn consecutive(years: &[crate::model::MentionedYear]) -> bool {
    use crate::model::MentionedYear::Known;
    years.windows(2).all(|pair| match pair {
        [Known(a), Known(b)] => a.next() == *b || b.next() == *a,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told() {
        for page in ["1/3ページ", "（２／３）頁", "- 2 -", "p.3", "３ページ"] {
            assert!(is_page(page), "{page}");
        }
        for other in ["1/3", "-2", "12", "2021年度", "ページ", "10p増"] {
            assert!(!is_page(other), "{other}");
        }
    }
}
