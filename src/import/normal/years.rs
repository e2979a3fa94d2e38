//! Several years within one text: spans (2017～2021年度, 令和3～5年度), pairs (令和3・4年度), periods
//! (平成30年度から5年間, 平成27年度開始、令和3年度終了).

use crate::fold::key;
use crate::model::{FiscalYear, MentionedYear, Period, YearForm};

/// What stands between two years of one span or list, folded. Longer ones first.
const BETWEEN: [&str; 9] = ["から", "より", "及び", "~", "-", "/", "・", "、", "と"];
/// What makes the first year of a period an open end.
const ONWARDS: [&str; 4] = ["以降", "より", "開始", "から"];

/// A year within a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Named {
    /// Where it begins, in bytes of the folded text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Which year; a year that leaves its era to the one before it is known.
    pub year: MentionedYear,
}

/// The years of a folded text from left to right, with those that share their 年度 or their era with a neighbour.
pub(in crate::import) fn named(folded: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for mention in FiscalYear::mentions(folded) {
        // 2017~2021年度: the number before it is a year as well.
        let reach = found.last().map_or(0, |last| last.end);
        if let Some(before) = before(folded, reach, mention.start) {
            found.push(before);
        }
        let mut year = mention.year;
        if let MentionedYear::Known(known) = year
            && mention.form == YearForm::Calendar
            && ends_in_march(&folded[mention.end..])
        {
            year = MentionedYear::Known(FiscalYear::new(known.start_year().saturating_sub(1)));
        }
        found.push(Named { start: mention.start, end: mention.end, year });
    }
    // 令和3年度~5: and so is the number behind the last one.
    if let Some(last) = found.last().copied()
        && let Some(after) = after(folded, last.end)
    {
        found.push(after);
    }
    for index in 1..found.len() {
        let (MentionedYear::Known(before), MentionedYear::Bare(nth)) =
            (found[index - 1].year, found[index].year)
        else {
            continue;
        };
        let western = !folded[found[index - 1].start..].starts_with(|c: char| !c.is_ascii_digit());
        found[index].year = follows(before, nth, western);
    }
    found
}

/// The n-th year behind a year that names its era, or its century.
fn follows(before: FiscalYear, nth: u8, western: bool) -> MentionedYear {
    if western {
        let year = FiscalYear::new(before.start_year() / 100 * 100 + i16::from(nth));
        return if year > before { MentionedYear::Known(year) } else { MentionedYear::Bare(nth) };
    }
    let later = FiscalYear::candidates(nth).into_iter().map(|(_, year)| year).filter(|year| *year >= before);
    later.min().map_or(MentionedYear::Bare(nth), MentionedYear::Known)
}

/// Whether a month before April stands behind a calendar year: 2023年3月 lies in fiscal 2022.
fn ends_in_march(behind: &str) -> bool {
    behind
        .split_once('月')
        .and_then(|(month, _)| month.parse::<u8>().ok())
        .is_some_and(|month| (1..=3).contains(&month))
}

fn year_of(digits: &str) -> Option<MentionedYear> {
    match digits.len() {
        4 => FiscalYear::read(digits).map(MentionedYear::Known),
        1 | 2 => digits.parse().ok().filter(|nth| *nth > 0).map(MentionedYear::Bare),
        _ => None,
    }
}

/// The year that ends with a separator right before `at`.
fn before(folded: &str, reach: usize, at: usize) -> Option<Named> {
    let text = folded.get(reach..at)?;
    let text = BETWEEN.into_iter().find_map(|separator| text.strip_suffix(separator))?;
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let start = text.len() - digits;
    // A number within a word or a larger number is none.
    if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || ",.".contains(c)) {
        return None;
    }
    let year = year_of(&text[start..])?;
    Some(Named { start: reach + start, end: reach + text.len(), year })
}

/// The year that stands behind a separator at `at`, at the end of the text or of its bracket.
fn after(folded: &str, at: usize) -> Option<Named> {
    let text = folded.get(at..)?;
    let (rest, length) =
        BETWEEN.into_iter().find_map(|separator| Some((text.strip_prefix(separator)?, separator.len())))?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if !matches!(&rest[digits..], "" | ")") {
        return None;
    }
    let year = year_of(&rest[..digits])?;
    Some(Named { start: at + length, end: at + length + digits, year })
}

/// The first and the last year of a text that names several years and nothing else: 令和3・4年度, 2018～2020年度.
pub(in crate::import) fn span(folded: &str) -> Option<(MentionedYear, MentionedYear)> {
    // Two numbers alone are years only if they are likely to be.
    if let Some((first, last)) = folded.split_once('~')
        && let (Some(MentionedYear::Known(first)), Some(MentionedYear::Known(last))) =
            (year_of(first), year_of(last))
    {
        let likely = first < last && first.start_year() >= 1990 && last.start_year() <= 2060;
        return likely.then_some((MentionedYear::Known(first), MentionedYear::Known(last)));
    }
    let years = named(folded);
    let (first, last) = (years.first()?, years.last()?);
    if first.year == last.year {
        return None;
    }
    let mut rest = folded.to_owned();
    for year in years.iter().rev() {
        rest.replace_range(year.start..year.end, "");
    }
    for word in BETWEEN.iter().chain(&["年度", "年", "まで", "平均", "累計", "(", ")"]) {
        rest = rest.replace(word, "");
    }
    rest.is_empty().then_some((first.year, last.year))
}

/// The span of years that a text states; none where it states none that is certain.
pub(in crate::import) fn period(text: &str) -> Option<Period> {
    let folded = key(text);
    let years = named(&folded);
    let printed = years_printed(&folded);
    let mut known: Vec<(FiscalYear, Named)> = Vec::new();
    for named in years {
        let MentionedYear::Known(year) = named.year else { return None };
        // Of two notations of one year the second says nothing new.
        if known.iter().all(|(other, _)| *other != year) {
            known.push((year, named));
        }
    }
    let ends = |named: &Named| {
        let behind = folded[named.end..].trim_start_matches(['(', ')', '末', '中']);
        ["終了", "まで", "完了", "を終了"].iter().any(|word| behind.starts_with(word))
    };
    let (start, end) = match known[..] {
        [(year, named)] => {
            let behind = folded[named.end..].trim_start_matches(['に', ')']);
            let upto = folded[..named.start].ends_with('~') || ends(&named);
            let onwards = behind.contains('~') || ONWARDS.iter().any(|word| behind.contains(word));
            let last = printed.and_then(|years| {
                let years = i16::try_from(years).ok().filter(|years| (1..=50).contains(years))?;
                Some(FiscalYear::new(year.start_year() + years - 1))
            });
            match (upto, onwards) {
                (true, _) => (None, Some(year)),
                // 平成30年度から5年間
                (false, true) => (Some(year), last),
                (false, false) => (Some(year), last.or(Some(year))),
            }
        }
        [(start, _), (end, _)] if start < end => (Some(start), Some(end)),
        _ => return None,
    };
    Some(Period { start, end, years_printed: printed, printed: text.to_owned() })
}

/// 5 of 5年間 and of 5か年.
fn years_printed(folded: &str) -> Option<u16> {
    ["年間", "か年", "ヶ年", "カ年", "箇年", "ケ年"].into_iter().find_map(|word| {
        let (head, _) = folded.split_once(word)?;
        let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        head[head.len() - digits..].parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(year: i16) -> MentionedYear {
        MentionedYear::Known(FiscalYear::new(year))
    }

    #[test]
    fn several_years_in_a_heading_are_a_span() {
        for (text, from, to) in [
            ("令和３／４年度", 2021, 2022),
            ("令和3・4年度", 2021, 2022),
            ("2018～2020年度", 2018, 2020),
            ("2018-20年度", 2018, 2020),
            ("平成30年度～令和２年度", 2018, 2020),
            ("H30～R2", 2018, 2020),
            ("令和3～5年度", 2021, 2023),
            ("2018～2020", 2018, 2020),
            ("令和3年度及び4年度", 2021, 2022),
        ] {
            assert_eq!(span(&key(text)), Some((known(from), known(to))), "{text}");
        }
        for text in [
            "2019(R1)年度",
            "平成31／令和元年度",
            "平成31・令和元年度",
            "令和3年度",
            "3000～4000",
            "2018～2020件",
            "令和3年度の目標と4年度の実績",
            "",
        ] {
            assert_eq!(span(&key(text)), None, "{text}");
        }
    }

    #[test]
    fn periods_are_read_in_every_notation() {
        for (text, start, end, years) in [
            ("2017年度～2021年度（5年間）", 2017, 2021, 5),
            ("平成29年度〜令和3年度", 2017, 2021, 0),
            ("令和3～5年度", 2021, 2023, 0),
            ("2019年度（H31年度）～継続実施", 2019, 0, 0),
            ("2017～2021年度", 2017, 2021, 0),
            ("平成27年度開始、令和３年度終了", 2015, 2021, 0),
            ("平成27年度に開始し、令和3年度に終了", 2015, 2021, 0),
            ("平成30年度から5年間", 2018, 2022, 5),
            ("平成３０年度より５か年", 2018, 2022, 5),
            ("H30～R4", 2018, 2022, 0),
            ("2018年度～（5年間）", 2018, 2022, 5),
            ("2018年4月～2023年3月", 2018, 2022, 0),
            ("平成30（2018）年度～令和４（2022）年度", 2018, 2022, 0),
            ("2021年度", 2021, 2021, 0),
            ("2021年度開始", 2021, 0, 0),
            ("2021年度～", 2021, 0, 0),
            ("令和3年度以降", 2021, 0, 0),
            ("～2025年度", 0, 2025, 0),
            ("2025年度まで", 0, 2025, 0),
            ("令和3年度から令和7年度まで（5年間）", 2021, 2025, 5),
        ] {
            let period = period(text).unwrap_or_else(|| panic!("{text}"));
            let year = |year: Option<FiscalYear>| year.map_or(0, FiscalYear::start_year);
            let read = (year(period.start), year(period.end), period.years_printed.unwrap_or_default());
            assert_eq!(read, (start, end, years), "{text}");
            assert_eq!(period.printed, text);
        }
        for text in
            ["未定", "5年度～9年度", "2015～2017年度、2019～2021年度", "令和5年度～令和3年度", "5年間"]
        {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
