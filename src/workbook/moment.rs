//! Dates as people write them into a form, and fiscal years that no form would hold.

use super::text::OPEN;
use crate::model::{FiscalYear, Moment, fold_for_matching};
use jiff::civil::Date;

/// The fiscal year as a cell shows it: a plain number, or a mark for years that people would not be understood by.
pub(super) fn year_text(year: i16) -> Option<String> {
    FiscalYear::read(&year.to_string()).is_none().then(|| format!("{OPEN}FY{year}⟧"))
}

/// The fiscal year that a text names.
pub(super) fn year(text: &str) -> Option<i16> {
    if let Some(marked) = text.strip_prefix("⟦FY").and_then(|rest| rest.strip_suffix('⟧')) {
        return marked.parse().ok();
    }
    FiscalYear::read(text).map(FiscalYear::start_year)
}

/// A date or its begin and end, as the model writes them: `2020-03-27`, `2010～2015`, `～FY2025`.
pub(super) fn span(text: &str) -> Option<(Option<String>, Option<String>)> {
    let moment = |text: &str| if text.trim().is_empty() { Some(None) } else { moment(text).map(Some) };
    match text.split_once(['～', '〜', '~']) {
        Some((from, to)) => Some((moment(from)?, moment(to)?)),
        None => Some((moment(text)?, None)),
    }
}

/// A date as the model writes it. Eras, slashes and 年月日 are read where they name one date only.
fn moment(text: &str) -> Option<String> {
    let folded = fold_for_matching(text);
    let found = folded.parse().ok().or_else(|| {
        if let Some(body) = folded.strip_suffix('末').filter(|body| body.ends_with("年度")) {
            return FiscalYear::read(body).map(Moment::FiscalEnd);
        }
        if folded.ends_with("年度") {
            return FiscalYear::read(&folded).map(Moment::Fiscal);
        }
        calendar(&folded)
    });
    found.map(|moment: Moment| moment.to_string())
}

/// 令和4年3月31日, 2022年末, 2022/3, H30.4.1.
fn calendar(folded: &str) -> Option<Moment> {
    let (year, rest) = folded.split_once(['年', '/', '.', '-'])?;
    // An era's year is the same number whether it is fiscal or not.
    let year = FiscalYear::read(year)?.start_year();
    match rest {
        "" => return Some(Moment::Year(year)),
        "末" => return Some(Moment::YearEnd(year)),
        _ => {}
    }
    let (month, day) = match rest.split_once(['月', '/', '.', '-']) {
        Some((month, day)) => (month, day.strip_suffix('日').unwrap_or(day)),
        None => (rest, ""),
    };
    let month = month.parse::<i8>().ok().filter(|month| (1..=12).contains(month))?;
    if day.is_empty() {
        return Some(Moment::Month(year, month));
    }
    Date::new(year, month, day.parse().ok()?).ok().map(Moment::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, read) in [
            ("2020-03-27", "2020-03-27"),
            ("令和4年3月31日", "2022-03-31"),
            ("２０２２/３/３１", "2022-03-31"),
            ("H30.4.1", "2018-04-01"),
            ("2022年3月", "2022-03"),
            ("2022年", "2022"),
            ("2022年末", "2022年末"),
            ("2022年度", "FY2022"),
            ("R4年度末", "FY2022末"),
            ("1970s", "1970s"),
        ] {
            assert_eq!(moment(text).as_deref(), Some(read), "{text}");
        }
        for text in ["今後5年", "R4", "5年度", "2022/13", "2022年2月30日", "", "約2030年"] {
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(span("～FY2025"), Some((None, Some("FY2025".into()))));
        assert_eq!(span("2010～2015年"), Some((Some("2010".into()), Some("2015".into()))));
    }

    #[test]
    fn every_year_of_the_model_is_read_back() {
        for value in [i16::MIN, -1, 0, 5, 1867, 1868, 2022, 2999, 3000, i16::MAX] {
            let text = year_text(value).unwrap_or_else(|| value.to_string());
            assert_eq!(year(&text), Some(value));
        }
        assert_eq!((year("5"), year("令和4年度"), year("Ｒ４")), (None, Some(2022), Some(2022)));
    }
}
