//! Dates as roadmaps and policies state them: a day, a month, a year, a fiscal year, the end of one, a decade.

use super::{FiscalYear, blank};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A point in time at the precision at which it was stated. Written as text: `2020-03-27`, `2022-06`, `2035`,
/// `2022年末`, `FY2021`, `FY2021末`, `1970s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Moment {
    /// A calendar day.
    Day(Date),
    /// A calendar month: year, month 1 to 12.
    Month(i16, i8),
    /// A calendar year.
    Year(i16),
    /// The end of a calendar year.
    YearEnd(i16),
    /// A fiscal year.
    Fiscal(FiscalYear),
    /// The end of a fiscal year (31 March of the next calendar year).
    FiscalEnd(FiscalYear),
    /// A decade, by its first year.
    Decade(i16),
}

impl Moment {
    /// The first and the last day that the statement can mean. None only if the year is beyond the calendar.
    pub fn days(self) -> Option<(Date, Date)> {
        let day = |year, month, day| Date::new(year, month, day).ok();
        Some(match self {
            Self::Day(date) => (date, date),
            Self::Month(year, month) => {
                let first = day(year, month, 1)?;
                (first, first.last_of_month())
            }
            Self::Year(year) => (day(year, 1, 1)?, day(year, 12, 31)?),
            Self::YearEnd(year) => (day(year, 12, 31)?, day(year, 12, 31)?),
            Self::Fiscal(year) => (day(year.start_year(), 4, 1)?, day(year.next().start_year(), 3, 31)?),
            Self::FiscalEnd(year) => {
                (day(year.next().start_year(), 3, 31)?, day(year.next().start_year(), 3, 31)?)
            }
            Self::Decade(year) => (day(year, 1, 1)?, day(year.saturating_add(9), 12, 31)?),
        })
    }

    /// The fiscal year in which the statement begins.
    pub fn fiscal_year(self) -> Option<FiscalYear> {
        let (first, _) = self.days()?;
        Some(FiscalYear::new(if first.month() < 4 { first.year() - 1 } else { first.year() }))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year}"),
            Self::YearEnd(year) => write!(f, "{year}年末"),
            Self::Fiscal(year) => write!(f, "FY{year}"),
            Self::FiscalEnd(year) => write!(f, "FY{year}末"),
            Self::Decade(year) => write!(f, "{year}s"),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "`{text}` is not a date: write 2020-03-27, 2022-06, 2035, 2022年末, FY2021, FY2021末 or 1970s"
            )
        };
        let year =
            |digits: &str| digits.parse::<i16>().ok().filter(|y| (1..=9998).contains(y)).ok_or_else(unknown);
        if let Some(fiscal) = text.strip_prefix("FY") {
            return Ok(match fiscal.strip_suffix('末') {
                Some(digits) => Self::FiscalEnd(FiscalYear::new(year(digits)?)),
                None => Self::Fiscal(FiscalYear::new(year(fiscal)?)),
            });
        }
        if let Some(digits) = text.strip_suffix("年末") {
            return Ok(Self::YearEnd(year(digits)?));
        }
        if let Some(digits) = text.strip_suffix('s') {
            return Ok(Self::Decade(year(digits)?));
        }
        match text.split('-').collect::<Vec<_>>()[..] {
            [digits] => Ok(Self::Year(year(digits)?)),
            [digits, month] => {
                let month = month.parse().ok().filter(|m| (1..=12).contains(m)).ok_or_else(unknown)?;
                Ok(Self::Month(year(digits)?, month))
            }
            _ => text.parse().map(Self::Day).map_err(|_| unknown()),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

/// A date or a span as a document prints it, with what it means where that is certain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The date, or the begin of a span.
    #[serde(skip_serializing_if = "blank")]
    pub at: Option<Moment>,
    /// The end of a span.
    #[serde(skip_serializing_if = "blank")]
    pub to: Option<Moment>,
    /// As printed (令和2年7月17日, 今後5年, 2040年頃).
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
}

impl When {
    /// A moment that prints as computed.
    pub fn at(moment: Moment) -> Self {
        Self { at: Some(moment), ..Self::default() }
    }

    /// Reads what somebody typed or printed: the written forms of a [`Moment`], Japanese dates (`令和2年7月17日`,
    /// `2022年度末`, `R4.6.1`), and spans of either. A text that names no certain date is kept as printed words, and so
    /// is one that names a date which no calendar has.
    pub fn read(text: &str) -> Self {
        let trimmed = text.trim();
        if let Ok(moment) = trimmed.parse() {
            return Self::at(moment);
        }
        if let Some((from, to)) = trimmed.split_once(['～', '〜', '~'])
            && let Ok(from) = from.trim().parse()
            && (to.trim().is_empty() || to.trim().parse::<Moment>().is_ok())
        {
            return Self { at: Some(from), to: to.trim().parse().ok(), printed: String::new() };
        }
        let (at, to) =
            spoken::span(&super::fold_for_matching(text)).map_or((None, None), |(at, to)| (Some(at), to));
        Self { at, to, printed: text.to_owned() }
    }

    /// The text to show: as printed, or else the date.
    pub fn display(&self) -> String {
        match (self.printed.as_str(), self.at, self.to) {
            ("", Some(at), Some(to)) => format!("{at}～{to}"),
            ("", Some(at), None) => at.to_string(),
            ("", None, Some(to)) => format!("～{to}"),
            (printed, ..) => printed.to_owned(),
        }
    }

    /// Whether nothing is stated.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }
}

/// Dates as people write them in Japanese. Texts are folded for matching.
mod spoken {
    use super::super::{FiscalYear, MentionedYear, YearForm};
    use super::Moment;
    use jiff::civil::Date;

    /// A date, or the two ends of a span; a span that is open has no second.
    pub(super) fn span(folded: &str) -> Option<(Moment, Option<Moment>)> {
        // (5年間) behind a span adds nothing to it.
        let folded =
            folded.strip_suffix("年間)").and_then(|rest| Some(rest.rsplit_once('(')?.0)).unwrap_or(folded);
        let Some((from, to)) = folded.split_once('~') else { return Some((moment(folded)?, None)) };
        if to.is_empty() {
            return Some((moment(from)?, None));
        }
        // 2017～2021年度 and 令和3～5年度 name 年度 or the era once for both.
        let both = |suffix: &str| {
            (!from.ends_with(suffix) && to.ends_with(suffix)).then(|| format!("{from}{suffix}"))
        };
        let from = both("年度").or_else(|| both("年")).unwrap_or_else(|| from.to_owned());
        let start = moment(&from)?;
        let end = moment(to).or_else(|| {
            let era: String = from.chars().take_while(|c| !c.is_ascii_digit() && *c != '元').collect();
            moment(&format!("{era}{to}"))
        })?;
        let in_order = start.days()?.0 <= end.days()?.1;
        in_order.then_some((start, Some(end)))
    }

    /// A single date. Two notations of one date (令和3年度(2021年度)) must agree.
    pub(super) fn moment(folded: &str) -> Option<Moment> {
        if let Some((first, second)) = folded.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            let (first, second) = (moment(first)?, moment(second)?);
            return (first == second).then_some(first);
        }
        let body = folded.strip_suffix("時点").or_else(|| folded.strip_suffix("現在")).unwrap_or(folded);
        let year =
            |text: &str| text.strip_suffix("年代")?.parse::<i16>().ok().filter(|y| y % 10 == 0 && *y > 1000);
        if let Some(decade) = year(body) {
            return Some(Moment::Decade(decade));
        }
        if let Some(date) = dotted(body) {
            return Some(date);
        }
        let mention = FiscalYear::mentions(body).into_iter().next().filter(|mention| mention.start == 0)?;
        let MentionedYear::Known(year) = mention.year else { return None };
        let calendar = year.start_year();
        let rest = &body[mention.end..];
        match (mention.form, rest) {
            (YearForm::Fiscal, "" | "中") => Some(Moment::Fiscal(year)),
            (YearForm::Fiscal, "末") => Some(Moment::FiscalEnd(year)),
            (YearForm::Calendar, "" | "中") => Some(Moment::Year(calendar)),
            (YearForm::Calendar, "末" | "12月末") => Some(Moment::YearEnd(calendar)),
            (YearForm::Calendar, rest) => {
                let (month, day) = rest.split_once('月')?;
                let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
                match day {
                    "" => Some(Moment::Month(calendar, month)),
                    "末" => Some(Moment::Day(Date::new(calendar, month, 1).ok()?.last_of_month())),
                    _ => Date::new(calendar, month, day.strip_suffix('日')?.parse().ok()?)
                        .ok()
                        .map(Moment::Day),
                }
            }
            // R3 and 令和3 name a year, but whether a fiscal one is not said.
            _ => None,
        }
    }

    /// `2022.6.1`, `2022/6`, `R4.6.1`, `令6.1.1`
    fn dotted(text: &str) -> Option<Moment> {
        let separator = text.find(['.', '/', '-']).filter(|at| *at > 0)?;
        let (head, rest) = text.split_at(separator);
        let era = head.starts_with(|c: char| !c.is_ascii_digit());
        if !era && head.len() != 4 {
            return None;
        }
        let year = FiscalYear::read(head)?.start_year();
        let parts: Vec<i8> =
            rest[1..].split(['.', '/', '-']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        match parts[..] {
            [month] if (1..=12).contains(&month) => Some(Moment::Month(year, month)),
            [month, day] => Date::new(year, month, day).ok().map(Moment::Day),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_reads_back() {
        for text in ["2020-03-27", "2022-06", "2035", "2022年末", "FY2021", "FY2021末", "1970s"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        for text in ["", "R4", "2022-13", "2022-02-30", "FY", "99999", "2020-1-1-1"] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn fiscal_years_begin_in_april() {
        let fiscal = |text: &str| text.parse::<Moment>().unwrap().fiscal_year().unwrap().start_year();
        assert_eq!(
            (fiscal("2021-03"), fiscal("2021-04"), fiscal("FY2021"), fiscal("FY2020末")),
            (2020, 2021, 2021, 2020)
        );
    }

    #[test]
    fn dates_are_read_as_japanese_papers_write_them() {
        for (text, at, to) in [
            ("令和2年7月17日", "2020-07-17", ""),
            ("平成29年5月", "2017-05", ""),
            ("2022年末時点", "2022年末", ""),
            ("2022年12月末時点", "2022年末", ""),
            ("2022年度末", "FY2022末", ""),
            ("R4年度", "FY2022", ""),
            ("1970年代", "1970s", ""),
            ("令 6.　1.　1", "2024-01-01", ""),
            ("Ｒ４．６．１", "2022-06-01", ""),
            ("2022/6", "2022-06", ""),
            ("2017年度～2021年度（5年間）", "FY2017", "FY2021"),
            ("2017～2021年度", "FY2017", "FY2021"),
            ("令和3～5年度", "FY2021", "FY2023"),
            ("令和3年度（2021年度）", "FY2021", ""),
            ("2019年度～", "FY2019", ""),
        ] {
            let when = When::read(text);
            let said = |moment: Option<Moment>| moment.map(|m| m.to_string()).unwrap_or_default();
            assert_eq!((said(when.at).as_str(), said(when.to).as_str()), (at, to), "{text}");
            assert_eq!(when.printed, text);
        }
        for text in [
            "令和2年2月30日",
            "2022年13月",
            "令和3年度（2020年度）",
            "2022年度～2019年度",
            "R3",
            "2040年頃",
            "5年",
        ] {
            let words = When { printed: text.into(), ..When::default() };
            assert_eq!(When::read(text), words, "{text}");
        }
    }

    #[test]
    fn uncertain_dates_stay_words() {
        assert_eq!(When::read("今後5年"), When { printed: "今後5年".into(), ..When::default() });
        assert_eq!(When::read("2010～2015").display(), "2010～2015");
        assert_eq!(When::read("FY2019～").at, Some(Moment::Fiscal(FiscalYear::new(2019))));
    }
}
