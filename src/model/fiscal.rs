//! Japanese fiscal years: April to March.

use super::years::ERAS;
use super::{MentionedYear, blank};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A Japanese fiscal year, named by the calendar year in which it begins (1 April).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// The fiscal year that begins on 1 April of `year`.
    pub const fn new(year: i16) -> Self {
        Self(year)
    }

    /// The calendar year in which it begins.
    pub const fn start_year(self) -> i16 {
        self.0
    }

    /// `2021年度`
    pub fn western(self) -> String {
        format!("{}年度", self.0)
    }

    /// `FY2021`
    pub fn short(self) -> String {
        format!("FY{}", self.0)
    }

    /// `令和3年度`. The era is that of 1 April, except that fiscal 2019 is written 令和元年度, as ministries do.
    /// Years before 明治 begin fall back to the western form.
    pub fn era(self) -> String {
        let Some((name, .., first)) = ERAS.into_iter().find(|(.., first)| *first <= self.0) else {
            return self.western();
        };
        match self.0 - first + 1 {
            1 => format!("{name}元年度"),
            n => format!("{name}{n}年度"),
        }
    }

    /// Reads a fiscal year as people write it: `2021`, `2021年度`, `FY2021`, `2021FY`, `令和3年度`, `R3`, `Ｈ３０年度`,
    /// `二〇二一年度`, `令和3年度（2021年度）`. None for anything else; a bare `5年度` is ambiguous and not read, and
    /// neither is a text whose two notations differ.
    pub fn read(text: &str) -> Option<Self> {
        let folded = super::fold_for_matching(text);
        let mentions = Self::mentions(&folded);
        let mut years = mentions.iter().map(|mention| match mention.year {
            MentionedYear::Known(year) => Some(year),
            MentionedYear::Bare(_) => None,
        });
        let first = years.next()??;
        if !years.all(|year| year == Some(first)) {
            return None;
        }
        let mut rest = folded.clone();
        for mention in mentions.iter().rev() {
            rest.replace_range(mention.start..mention.end, "");
        }
        // 平成31(令和元)年度 and 平成31年(令和元年)度: the 年度 may stand behind the second notation.
        let rest = ["年度", "年", "度"].into_iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(&rest);
        rest.chars().all(|c| "()[]/・".contains(c)).then_some(first)
    }

    /// The fiscal year after this one.
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A span of fiscal years as an overview sheet states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Period {
    /// First fiscal year.
    #[serde(skip_serializing_if = "blank")]
    pub start: Option<FiscalYear>,
    /// Last fiscal year; none while the work is open-ended (継続実施) or unknown.
    #[serde(skip_serializing_if = "blank")]
    pub end: Option<FiscalYear>,
    /// The number of years that the document states, if it does.
    #[serde(skip_serializing_if = "blank")]
    pub years_printed: Option<u16>,
    /// As printed, e.g. `2015年度～2027年度（13年間）`.
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
}

impl Period {
    /// How many fiscal years the span holds, both ends counted; none if an end is missing or the years are beyond reason.
    pub fn years(&self) -> Option<i16> {
        self.end?.0.checked_sub(self.start?.0)?.checked_add(1)
    }

    /// The printed form, or one made from the years where nothing is printed.
    pub fn display(&self) -> String {
        if !self.printed.is_empty() {
            return self.printed.clone();
        }
        let end = self.end.map_or_else(String::new, FiscalYear::western);
        match (self.start, self.years().filter(|n| *n > 0)) {
            (Some(start), Some(n)) => format!("{}～{end}（{n}年間）", start.western()),
            (Some(start), None) => format!("{}～{end}", start.western()),
            (None, _) => end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_in_three_ways() {
        let year = FiscalYear::new(2021);
        assert_eq!(
            (year.western(), year.era(), year.short()),
            ("2021年度".into(), "令和3年度".into(), "FY2021".into())
        );
    }

    #[test]
    fn eras_change_where_ministries_change_them() {
        for (year, era) in [
            (2019, "令和元年度"),
            (2018, "平成30年度"),
            (1989, "平成元年度"),
            (1988, "昭和63年度"),
            (1800, "1800年度"),
        ] {
            assert_eq!(FiscalYear::new(year).era(), era);
        }
    }

    #[test]
    fn years_are_read_as_people_write_them() {
        for (text, year) in [
            ("2021", 2021),
            ("2018\n年度", 2018),
            ("2017FY", 2017),
            ("FY2021", 2021),
            ("令和3年度", 2021),
            ("令和元年度", 2019),
            ("H30年度", 2018),
            ("Ｒ１年度", 2019),
            ("平成３５年度", 2023),
            ("大正10年度", 1921),
            ("令和３年度（2021年度）", 2021),
            ("平成31（令和元）年度", 2019),
            ("H31/R1", 2019),
            ("2019(R1)年度", 2019),
            ("平成31／令和元年度", 2019),
            ("平成31年（令和元年）度", 2019),
            ("2019年度（Ｒ１年度）", 2019),
            ("二〇二一年度", 2021),
            ("平成三十年度", 2018),
            ("㋿3年度", 2021),
            ("令 6", 2024),
            ("fy2021", 2021),
        ] {
            assert_eq!(FiscalYear::read(text), Some(FiscalYear::new(year)), "{text}");
        }
        for text in [
            "5年度",
            "",
            "令和",
            "12345",
            "R0",
            "2021件",
            "令和3年度(2020年度)",
            "2019(R2)年度",
            "令和3・4年度",
            "2021.5",
            "元年度",
        ] {
            assert_eq!(FiscalYear::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_counts_both_ends() {
        let period = Period {
            start: Some(FiscalYear::new(2015)),
            end: Some(FiscalYear::new(2027)),
            ..Period::default()
        };
        assert_eq!(period.years(), Some(13));
        assert_eq!(period.display(), "2015年度～2027年度（13年間）");
    }
}
