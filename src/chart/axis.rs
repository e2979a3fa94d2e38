//! Axes: what a position means, which range is shown, and where its ticks stand.

use crate::locale::Both;
use crate::model::{FiscalYear, Moment, grouped};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An axis: a scale, the range first shown, and what it measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What a position means.
    pub scale: Scale,
    /// The least value shown.
    pub from: f64,
    /// The greatest value shown.
    pub to: f64,
    /// What it measures; empty where the ticks say it.
    pub title: Both,
}

/// What a position on an axis means.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Scale {
    /// A number.
    #[default]
    Linear,
    /// A whole number, such as a count or a score; ticks go no further than this.
    Whole(f64),
    /// A number, by its logarithm.
    Log,
    /// Time in fiscal years: 2021.0 is 1 April 2021, and 2021 to 2022 is FY2021.
    Fiscal,
    /// Calendar years, each a point.
    Year,
    /// Rows or columns with names.
    Rows(Vec<Row>),
}

/// A named stretch of an axis of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name.
    pub label: Both,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A tick.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where its line stands.
    pub at: f64,
    /// Where its label is centred.
    pub label_at: f64,
    /// What it says; empty for a line alone.
    pub label: Both,
}

impl Axis {
    /// Numbers from zero (or below, where `least` is negative) to a round number above `most`.
    pub fn values(least: f64, most: f64) -> Self {
        let most = if most > least.min(0.0) { most } else { 1.0 };
        let step = step(most - least.min(0.0), 5.0).0;
        // Room above the highest mark for its figure.
        let to = (most * 1.08 / step).ceil() * step;
        Self { scale: Scale::Linear, from: (least.min(0.0) / step).floor() * step, to, ..Self::default() }
    }

    /// The same axis for whole numbers, with no ticks above `last`.
    pub fn whole(self, last: f64) -> Self {
        Self { scale: Scale::Whole(last), ..self }
    }

    /// The same axis; where all values are whole, with whole ticks.
    pub fn fit(self, values: impl IntoIterator<Item = Decimal>) -> Self {
        if values.into_iter().all(|value| value.fract().is_zero()) { self.whole(f64::INFINITY) } else { self }
    }

    /// Whether it counts up from a base line.
    pub fn has_base(&self) -> bool {
        matches!(self.scale, Scale::Linear | Scale::Whole(_))
    }

    /// Positive numbers by their logarithm, with room on both sides.
    pub fn logarithmic(least: f64, most: f64) -> Self {
        Self { scale: Scale::Log, from: least / 1.6, to: most * 1.6, ..Self::default() }
    }

    /// Fiscal years, first to last, both whole.
    pub fn fiscal(first: f64, last: f64) -> Self {
        let title = crate::both!("年度（4月～翌3月）", "Fiscal year (April–March)");
        Self { scale: Scale::Fiscal, from: first, to: last, title }
    }

    /// Rows of one unit each.
    pub fn rows(labels: impl IntoIterator<Item = Both>) -> Self {
        let rows: Vec<_> = (0_u32..)
            .map(f64::from)
            .zip(labels)
            .map(|(from, label)| Row { label, from, to: from + 1.0 })
            .collect();
        let to = rows.last().map_or(1.0, |row| row.to);
        Self { scale: Scale::Rows(rows), from: 0.0, to, title: Both::default() }
    }

    /// The same axis with what it measures.
    pub fn titled(self, title: Both) -> Self {
        Self { title, ..self }
    }

    /// Whether it counts rows.
    pub fn is_rows(&self) -> bool {
        matches!(self.scale, Scale::Rows(_))
    }

    /// A value's place on a ruler on which equal lengths are equal differences.
    pub fn forward(&self, value: f64) -> f64 {
        if matches!(self.scale, Scale::Log) { value.max(f64::MIN_POSITIVE).log10() } else { value }
    }

    /// The value at a place of that ruler.
    pub fn backward(&self, place: f64) -> f64 {
        if self.scale == Scale::Log { 10_f64.powf(place) } else { place }
    }

    /// The ticks of a range that is `length` points long, at least `apart` points from each other.
    pub fn ticks(&self, [from, to]: [f64; 2], length: f64, apart: f64) -> Vec<Tick> {
        let most = (length / apart).max(1.0);
        match &self.scale {
            Scale::Linear => linear(from, to, most, 0.0),
            Scale::Whole(last) => linear(from, to.min(*last), most, 1.0),
            Scale::Log => logarithmic(from, to, most),
            Scale::Fiscal => fiscal(from, to, length, apart),
            Scale::Year => years(from, to, most),
            Scale::Rows(rows) => rows
                .iter()
                .map(|row| Tick {
                    at: row.from,
                    label_at: f64::midpoint(row.from, row.to),
                    label: row.label.clone(),
                })
                .collect(),
        }
    }
}

/// A round step that gives at most `most` ticks over `span`, and its digits and power of ten.
fn step(span: f64, most: f64) -> (f64, i64, i32) {
    let rough = (span / most).max(f64::MIN_POSITIVE);
    let power = whole(rough.log10().floor());
    let power = i32::try_from(power).unwrap_or(0);
    for digits in [1, 2, 5, 10] {
        let step = digits_times(digits, power);
        if step >= rough * 0.999_999 {
            return (step, digits, power);
        }
    }
    (digits_times(10, power), 10, power)
}

fn digits_times(digits: i64, power: i32) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "one to ten")]
    let digits = digits as f64;
    digits * 10_f64.powi(power)
}

/// A float without a fraction as a whole number.
pub(super) fn whole(value: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float saturates, and ranges are bounded by what is shown"
    )]
    let whole = value as i64;
    whole
}

/// Round ticks, their step no less than `least`, which is zero or one.
fn linear(from: f64, to: f64, most: f64, least: f64) -> Vec<Tick> {
    let (step, digits, power) = step(to - from, most);
    let (step, digits, power) = if step < least { (1.0, 1, 0) } else { (step, digits, power) };
    let begin = whole((from / step - 1e-9).ceil());
    let end = whole((to / step + 1e-9).floor());
    (begin..=end.min(begin.saturating_add(200)))
        .map(|n| {
            #[expect(clippy::cast_precision_loss, reason = "a few ticks")]
            let at = n as f64 * step;
            Tick { at, label_at: at, label: Both::same(number(n * digits, power)) }
        })
        .collect()
}

/// A whole number times a power of ten, as people write it.
fn number(n: i64, power: i32) -> String {
    let value = if power >= 0 {
        (0..power).try_fold(Decimal::from(n), |value, _| value.checked_mul(Decimal::TEN))
    } else {
        Decimal::try_new(n, power.unsigned_abs()).ok()
    };
    value.map(|value| grouped(value.normalize())).unwrap_or_default()
}

fn logarithmic(from: f64, to: f64, most: f64) -> Vec<Tick> {
    let decades = (to / from).log10().max(0.1);
    let digits: &[i64] = match most / decades {
        room if room >= 9.0 => &[1, 2, 3, 5, 7],
        room if room >= 3.0 => &[1, 2, 5],
        _ => &[1],
    };
    let (first, last) = (whole(from.log10().floor()), whole(to.log10().ceil()));
    (first..=last.min(first + 40))
        .filter_map(|power| i32::try_from(power).ok())
        .flat_map(|power| digits.iter().map(move |digit| (*digit, power)))
        .map(|(digit, power)| {
            let at = digits_times(digit, power);
            Tick { at, label_at: at, label: Both::same(number(digit, power)) }
        })
        .filter(|tick| tick.at >= from * 0.999_999 && tick.at <= to * 1.000_001)
        .collect()
}

/// Lines where fiscal years begin, their numbers between; with room for it, the months where quarters begin.
fn fiscal(from: f64, to: f64, length: f64, apart: f64) -> Vec<Tick> {
    let a_year = length / (to - from).max(1e-9);
    let every = [1, 2, 5, 10, 20, 50].into_iter().find(|n| f64::from(*n) * a_year >= apart).unwrap_or(100);
    let (first, last) = (whole(from.floor()), whole(to.ceil()));
    let mut ticks = Vec::new();
    for year in first..last.min(first + 400) {
        #[expect(clippy::cast_precision_loss, reason = "years")]
        let at = year as f64;
        let quarters = a_year >= 330.0;
        let says = year.rem_euclid(i64::from(every)) == 0;
        let label = if says { Both::same(year.to_string()) } else { Both::default() };
        if quarters {
            for (quarter, month) in [(0.0, 4), (0.25, 7), (0.5, 10), (0.75, 1)] {
                let calendar = if month == 1 { year + 1 } else { year };
                let label = crate::both!("{calendar}年{month}月", "{calendar}-{month:02}");
                ticks.push(Tick { at: at + quarter, label_at: at + quarter + 0.125, label });
            }
        } else if says || every <= 2 {
            ticks.push(Tick { at, label_at: at + 0.5, label });
        }
    }
    ticks.push(Tick { at: to, label_at: to, label: Both::default() });
    ticks.retain(|tick| tick.label_at >= from && tick.label_at <= to);
    ticks
}

fn years(from: f64, to: f64, most: f64) -> Vec<Tick> {
    let named = |tick: Tick| {
        let year = tick.label.ja.replace(',', "");
        Tick { label: crate::both!("{year}年", "{year}"), ..tick }
    };
    linear(from, to, most, 1.0).into_iter().map(named).collect()
}

/// A day's place on a fiscal axis: 1 April 2021 is 2021.0.
pub fn fiscal_place(day: Date) -> f64 {
    let year = Moment::Day(day).fiscal_year().unwrap_or_default();
    let (Some(begin), Some(end)) = (april(year), april(year.next())) else {
        return f64::from(year.start_year());
    };
    let days = |a: Date, b: Date| f64::from(b.since(a).map_or(0, |span| span.get_days()));
    f64::from(year.start_year()) + days(begin, day) / days(begin, end).max(1.0)
}

/// The day at a place of a fiscal axis.
pub fn fiscal_day(place: f64) -> Option<Date> {
    let year = FiscalYear::new(i16::try_from(whole(place.floor())).ok()?);
    let (begin, end) = (april(year)?, april(year.next())?);
    let length = f64::from(end.since(begin).ok()?.get_days());
    let days = i32::try_from(whole(((place - place.floor()) * length).round())).ok()?;
    begin.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn april(year: FiscalYear) -> Option<Date> {
    Date::new(year.start_year(), 4, 1).ok()
}

/// From where to where a statement lies on a fiscal axis: a fiscal year fills its year, the end of one is a point.
pub fn fiscal_span(moment: Moment) -> Option<[f64; 2]> {
    let (first, last) = moment.days()?;
    let (begin, end) = (fiscal_place(first), fiscal_place(last.tomorrow().ok()?));
    match moment {
        Moment::FiscalEnd(_) | Moment::YearEnd(_) => Some([end, end]),
        _ => Some([begin, end]),
    }
}

/// A decimal as a position; arithmetic stays decimal.
pub fn place(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// A count as a position.
pub fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.ja.as_str()).filter(|label| !label.is_empty()).collect()
    }

    #[test]
    fn fiscal_years_begin_in_april() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!((fiscal_place(day("2021-04-01")) - 2021.0).abs() < 1e-9);
        assert!((fiscal_place(day("2022-03-31")) - (2022.0 - 1.0 / 365.0)).abs() < 1e-9);
        assert!((fiscal_place(day("2022-01-01")) - (2021.0 + 275.0 / 365.0)).abs() < 1e-9);
        assert_eq!(fiscal_span("FY2021".parse().unwrap()), Some([2021.0, 2022.0]));
        assert_eq!(fiscal_span("FY2021末".parse().unwrap()), Some([2022.0, 2022.0]));
        for text in ["2021-04-01", "2022-03-31", "2020-02-29", "2024-12-31"] {
            assert_eq!(fiscal_day(fiscal_place(day(text))), Some(day(text)));
        }
    }

    #[test]
    fn ticks_are_round_and_few() {
        let values = |from, to, most: f64| {
            let axis = Axis { from, to, ..Axis::default() };
            axis.ticks([from, to], most, 1.0)
        };
        assert_eq!(said(&values(0.0, 1300.0, 6.0)), ["0", "500", "1,000"]);
        assert_eq!(said(&values(0.0, 0.3, 6.0)), ["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3"]);
        assert_eq!(said(&values(-10.0, 10.0, 5.0)), ["-10", "-5", "0", "5", "10"]);
        let axis = Axis::values(0.0, 11.6);
        assert_eq!(
            said(&axis.ticks([axis.from, axis.to], 400.0, 50.0)),
            ["0", "2", "4", "6", "8", "10", "12", "14"]
        );
    }

    #[test]
    fn fiscal_ticks_stand_where_years_begin_and_speak_between() {
        let axis = Axis::fiscal(2017.0, 2022.0);
        let ticks = axis.ticks([2017.0, 2022.0], 500.0, 40.0);
        assert_eq!(said(&ticks), ["2017", "2018", "2019", "2020", "2021"]);
        assert!((ticks[4].at - 2021.0).abs() < 1e-9 && (ticks[4].label_at - 2021.5).abs() < 1e-9);
        assert_eq!(said(&axis.ticks([2010.0, 2030.0], 200.0, 40.0)), ["2010", "2015", "2020", "2025"]);
        let months = axis.ticks([2021.0, 2022.0], 500.0, 40.0);
        assert_eq!(said(&months), ["2021年4月", "2021年7月", "2021年10月", "2022年1月"]);
    }

    #[test]
    fn logarithmic_ticks_are_round() {
        let axis = Axis::logarithmic(0.627, 11.6);
        let ticks = axis.ticks([axis.from, axis.to], 300.0, 40.0);
        assert_eq!(said(&ticks), ["0.5", "1", "2", "5", "10"]);
        assert!((axis.backward(axis.forward(7.0)) - 7.0).abs() < 1e-9);
    }
}
