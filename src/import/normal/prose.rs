//! A figure that stands within a sentence: 「2022年末時点で20件」.

use crate::fold::Folded;
use crate::model::{FiscalYear, MentionedYear, Quantity, Unit, When};

/// What a sentence says of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct InProse {
    /// The only figure of that unit.
    pub amount: Quantity,
    /// As of when, if the sentence says so.
    pub as_of: When,
}

/// Words that make a figure before or behind them a wish rather than a fact.
const AIMED: [&str; 9] = ["見込", "予定", "予測", "想定", "期待", "計画", "目指", "目標", "必要"];

/// The figure of that unit, if exactly one stands in the text as a fact. A target or an expectation is none.
pub(in crate::import) fn in_prose(text: &str, unit: &Unit) -> Option<InProse> {
    let folded = Folded::new(text);
    let unit_key = super::key(unit.as_str());
    if unit_key.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = folded.text[from..].find(&unit_key) {
        let end = from + at;
        let start = folded.text[from..end]
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_ascii_digit() || ",.〇一二三四五六七八九十百千".contains(*c))
            .last()
            .map_or(end, |(index, _)| from + index);
        from = end + unit_key.len();
        if start < end {
            found.push((start, end, from));
        }
    }
    let [(start, end, behind)] = found[..] else { return None };
    let before = &folded.text[..start];
    let after = &folded.text[behind..];
    let near = |text: &str| AIMED.iter().any(|word| text.contains(word));
    let wished_behind: String = after.chars().take_while(|c| !"、。()".contains(*c)).take(8).collect();
    let wished_before: String = before.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    if near(&wished_behind) || near(&wished_before) {
        return None;
    }
    let certain =
        ["約", "およそ", "概ね"].into_iter().find(|word| before.ends_with(word)).unwrap_or_default();
    let bound = ["以上", "超", "程度"].into_iter().find(|word| after.starts_with(word)).unwrap_or_default();
    let read = Quantity::read(&format!("{certain}{}{bound}", &folded.text[start..end]), unit);
    read.value()?;
    let amount = Quantity { printed: text.to_owned(), ..read };
    Some(InProse { amount, as_of: as_of(&folded) })
}

/// The date of 「2022年末時点」, as printed.
fn as_of(folded: &Folded<'_>) -> When {
    for mention in FiscalYear::mentions(&folded.text) {
        if !matches!(mention.year, MentionedYear::Known(_)) {
            continue;
        }
        let behind = &folded.text[mention.end..];
        let month: String = behind.chars().take_while(|c| c.is_ascii_digit() || *c == '月').collect();
        let mut end = mention.end + if month.ends_with('月') { month.len() } else { 0 };
        let bare = end;
        for suffix in ["末", "時点"] {
            if folded.text[end..].starts_with(suffix) {
                end += suffix.len();
            }
        }
        if end > bare {
            return When::read(folded.original(mention.start..end));
        }
    }
    When::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_figure_of_the_unit_is_the_fact() {
        let unit = Unit::from("件");
        for (text, value, at) in [
            ("接着不良への対応で遅れ0件", 0, ""),
            ("目標を達成（16件）", 16, ""),
            ("2022年末時点で20件", 20, "2022年末"),
            ("２０２２年度末時点で　２０ 件、2社が参加", 20, "FY2022末"),
            ("十六件を実施", 16, ""),
        ] {
            let read = in_prose(text, &unit).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.amount.value(), Some(value.into()), "{text}");
            assert_eq!(read.amount.printed, text);
            assert_eq!(read.as_of.at.map(|at| at.to_string()).unwrap_or_default(), at, "{text}");
        }
        assert_eq!(in_prose("2022年末時点で20件", &unit).unwrap().as_of.printed, "2022年末時点");
        for text in [
            "目標15件に対し16件",
            "30件を達成する見込み",
            "達成見込み",
            "目標15件に未達",
            "20社",
            "",
            "条件を満たした",
        ] {
            assert_eq!(in_prose(text, &unit), None, "{text}");
        }
    }
}
