//! Where the rate of the last actuals leads: exact arithmetic, with its method in words.

use crate::chart::words;
use crate::chart::words::mix;
use crate::locale::Both;
use crate::model::{FiscalYear, Moment, Unit, grouped};
use rust_decimal::Decimal;

/// An actual and when it was reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// As of when: its last day counts.
    pub at: Moment,
    /// How much.
    pub value: Decimal,
}

/// The value at the end of a fiscal year if the last rate goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The value at its end.
    pub value: Decimal,
    /// The target for that year.
    pub target: Decimal,
    /// The increase in twelve months.
    pub rate: Decimal,
    /// The two actuals between which it was measured.
    pub between: [Reached; 2],
    /// How many months lie between them.
    pub months: i64,
}

/// Months from the year 0 to the end of a statement's last month.
fn month(at: Moment) -> Option<i64> {
    let (_, last) = at.days()?;
    Some(i64::from(last.year()) * 12 + i64::from(last.month()))
}

/// What the last rate leads to in the year of each target that lies ahead; of two targets for a year, the higher.
///
/// The rate is that between the last actual and the latest one at least twelve months before it; where none is so
/// old, the earliest at least three months before.
pub fn project(reached: &[Reached], targets: &[(FiscalYear, Decimal)]) -> Vec<Projection> {
    let dated: Vec<_> = reached.iter().filter_map(|step| Some((month(step.at)?, step))).collect();
    let Some((now, last)) = dated.iter().max_by_key(|(month, step)| (*month, step.value)) else {
        return Vec::new();
    };
    let before = |months: i64| dated.iter().filter(move |(month, _)| now - month >= months);
    let Some((then, earlier)) =
        before(12).max_by_key(|(month, _)| *month).or(before(3).min_by_key(|(month, _)| *month))
    else {
        return Vec::new();
    };
    let months = now - then;
    let of = |gained: Decimal, times: i64| {
        gained.checked_mul(Decimal::from(times))?.checked_div(Decimal::from(months))
    };
    let Some((gained, rate)) =
        last.value.checked_sub(earlier.value).and_then(|gained| Some((gained, of(gained, 12)?)))
    else {
        return Vec::new();
    };
    let mut found: Vec<Projection> = Vec::new();
    for (year, target) in targets {
        let Some(ahead) = month(Moment::Fiscal(*year)).map(|end| end - now).filter(|ahead| *ahead > 0) else {
            continue;
        };
        // One division, at the end: 4 a year stays 4.
        let Some(value) = of(gained, ahead).and_then(|more| last.value.checked_add(more)) else { continue };
        match found.iter_mut().find(|known| known.year == *year) {
            Some(known) => known.target = known.target.max(*target),
            None => found.push(Projection {
                year: *year,
                value,
                target: *target,
                rate,
                between: [(*earlier).clone(), (*last).clone()],
                months,
            }),
        }
    }
    found.sort_by_key(|projection| projection.year);
    found
}

impl Projection {
    /// `年4件の増加が続くと、2023年度末に24件（目標30件、差−6件）。`
    pub fn sentence(&self, unit: &Unit) -> Both {
        let shown = |value: Decimal| grouped(words::rounded(value, 1).normalize());
        let (rate, value, target) = (shown(self.rate), shown(self.value), shown(self.target));
        let year = words::year(self.year);
        let difference = self.value.saturating_sub(self.target);
        let gap = shown(difference.abs());
        let sign = if difference > Decimal::ZERO { "+" } else { "−" };
        let gap = if difference.is_zero() { "0".to_owned() } else { format!("{sign}{gap}") };
        mix!(
            "年{rate}{unit}の増加が続くと、{year}末に{value}{unit}（目標{target}{unit}、差{gap}{unit}）。",
            "At {rate} a year, {value} by {year} against a target of {target} (difference {gap}).";
            year
        )
    }

    /// How the rate was computed.
    pub fn method(&self, unit: &Unit) -> Both {
        let [from, to] = &self.between;
        let (a, b) = (words::when(from.at), words::when(to.at));
        let (low, high) = (words::figure(from.value, unit), words::figure(to.value, unit));
        let (months, rate) = (self.months, grouped(words::rounded(self.rate, 2).normalize()));
        mix!("増え方の計算：{a}の{low}から{b}の{high}まで{months}か月。（{high} － {low}）× 12 ÷ {months} = 年{rate}{unit}。", "Rate: {low} ({a}) to {high} ({b}) in {months} months; ({high} − {low}) × 12 ÷ {months} = {rate} a year."; a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(steps: &[(&str, i64)]) -> Vec<Reached> {
        steps
            .iter()
            .map(|(at, value)| Reached { at: at.parse().unwrap(), value: Decimal::from(*value) })
            .collect()
    }

    #[test]
    fn four_a_year_is_twenty_four_against_thirty() {
        let steps = reached(&[("FY2019", 0), ("FY2021", 16), ("2022年末", 20), ("FY2022末", 20)]);
        let found = project(
            &steps,
            &[(FiscalYear::new(2021), Decimal::from(15)), (FiscalYear::new(2023), Decimal::from(30))],
        );
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rate, found[0].value), (Decimal::from(4), Decimal::from(24)));
        let unit = Unit::from("件");
        assert_eq!(
            found[0].sentence(&unit).en,
            "At 4 a year, 24 by FY2023 against a target of 30 (difference −6)."
        );
        assert_eq!(
            found[0].sentence(&unit).ja,
            "年4件の増加が続くと、2023年度末に24件（目標30件、差−6件）。"
        );
        assert!(found[0].method(&unit).ja.contains("（20件 － 16件）× 12 ÷ 12 = 年4件"));
    }

    #[test]
    fn nine_months_are_nine_months() {
        let steps = reached(&[("FY2021末", 3), ("2022年末", 6)]);
        let found = project(
            &steps,
            &[(FiscalYear::new(2024), Decimal::from(5)), (FiscalYear::new(2026), Decimal::from(10))],
        );
        assert_eq!(found.iter().map(|p| p.value).collect::<Vec<_>>(), [Decimal::from(15), Decimal::from(23)]);
        assert_eq!((found[0].rate, found[0].months), (Decimal::from(4), 9));
    }

    #[test]
    fn without_two_actuals_or_a_target_ahead_there_is_no_rate() {
        let ahead = [(FiscalYear::new(2025), Decimal::from(5))];
        assert!(project(&[], &ahead).is_empty());
        assert!(project(&reached(&[("FY2021末", 3)]), &ahead).is_empty());
        assert!(project(&reached(&[("FY2021末", 3), ("2022-04", 6)]), &ahead).is_empty());
        assert!(
            project(&reached(&[("FY2020", 3), ("FY2021", 6)]), &[(FiscalYear::new(2021), Decimal::ONE)])
                .is_empty()
        );
    }
}
