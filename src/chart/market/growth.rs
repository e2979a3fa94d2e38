//! Compound growth in decimals.

use rust_decimal::Decimal;

/// The most years that are reckoned over.
const MOST_YEARS: i64 = 300;

/// A value after so many years of growth, in percent a year; years before the base are divided out. None beyond what a
/// decimal holds.
pub fn compound(value: Decimal, percent: Decimal, years: i64) -> Option<Decimal> {
    if years.abs() > MOST_YEARS {
        return None;
    }
    let factor = Decimal::ONE.checked_add(percent.checked_div(Decimal::ONE_HUNDRED)?)?;
    let mut result = value;
    for _ in 0..years.abs() {
        result = if years > 0 { result.checked_mul(factor)? } else { result.checked_div(factor)? };
    }
    Some(result)
}

/// The growth in percent a year that leads from one value to another, to ten decimals: the root is found by halving.
/// None where no growth does.
pub fn cagr(from: Decimal, to: Decimal, years: i64) -> Option<Decimal> {
    if from <= Decimal::ZERO || to <= Decimal::ZERO || !(1..=MOST_YEARS).contains(&years) {
        return None;
    }
    let (mut low, mut high) = (Decimal::from(-100), Decimal::ONE_HUNDRED);
    // What a decimal cannot hold is more than enough.
    let reaches = |percent: Decimal| compound(from, percent, years).is_none_or(|value| value >= to);
    while !reaches(high) {
        high = high.checked_mul(Decimal::TEN)?;
    }
    let least = Decimal::new(1, 11);
    while high - low > least {
        let middle = (low + high) / Decimal::TWO;
        if reaches(middle) { high = middle } else { low = middle }
    }
    Some(((low + high) / Decimal::TWO).round_dp(10).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::words::rounded;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_reports_figures() {
        // 6,270億円 (2020) → 11.6兆円 (2040).
        let rate = cagr(decimal("0.627"), decimal("11.6"), 20).unwrap();
        assert_eq!(rounded(rate, 1), decimal("15.7"));
        // 2兆円 (2018) at 13.5 % is 4.3兆円 in 2024.
        let value = compound(decimal("2"), decimal("13.5"), 6).unwrap();
        assert_eq!(rounded(value, 1), decimal("4.3"));
        assert_eq!(
            cagr(decimal("5.2"), decimal("15"), 20).map(|rate| rounded(rate, 1)),
            Some(decimal("5.4"))
        );
    }

    #[test]
    fn growth_and_compounding_are_inverse() {
        for (from, to, years) in [("1", "2", 1), ("100", "50", 7), ("3", "3", 12), ("0.001", "4000000", 9)] {
            let rate = cagr(decimal(from), decimal(to), years).unwrap();
            let back = compound(decimal(from), rate, years).unwrap();
            assert!(
                ((back - decimal(to)) / decimal(to)).abs() < decimal("0.000001"),
                "{from} {to} {years}: {back}"
            );
        }
        assert_eq!(compound(decimal("4"), decimal("100"), -2), Some(Decimal::ONE));
    }

    #[test]
    fn nonsense_has_no_growth() {
        assert_eq!(cagr(Decimal::ZERO, Decimal::ONE, 3), None);
        assert_eq!(cagr(Decimal::ONE, Decimal::ONE, 0), None);
        assert_eq!(compound(Decimal::ONE, decimal("1000000"), 299), None);
    }
}
