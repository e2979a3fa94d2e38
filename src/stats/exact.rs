//! Whole-number fractions: what is printed is rounded once, from an exact value.

use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::ops::{Add, Sub};

/// A fraction in its lowest terms, its denominator positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    /// `numerator` / `denominator`; none for a denominator of zero.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let shared = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let shared = i128::try_from(shared).ok()?;
        let sign = denominator.signum();
        Some(Self { numerator: sign * numerator / shared, denominator: denominator.abs() / shared })
    }

    /// A decimal, exactly.
    pub fn of_decimal(decimal: Decimal) -> Self {
        // A power of ten is not zero.
        let scale = 10_i128.pow(decimal.scale());
        Self::new(decimal.mantissa(), scale).unwrap_or(Self::whole(decimal.mantissa()))
    }

    /// A whole number.
    pub const fn whole(number: i128) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// The mean of whole numbers; none of none.
    pub fn mean(numbers: impl IntoIterator<Item = i16>) -> Option<Self> {
        let (sum, n) =
            numbers.into_iter().fold((0_i128, 0_i128), |(sum, n), number| (sum + i128::from(number), n + 1));
        Self::new(sum, n)
    }

    /// This times `numerator` / `denominator`; none for a denominator of zero.
    pub fn times(self, numerator: i128, denominator: i128) -> Option<Self> {
        Self::new(self.numerator * numerator, self.denominator * denominator)
    }

    /// To `places` decimals, halves rounded away from zero.
    pub fn printed(self, places: u32) -> String {
        let scale = 10_u128.pow(places);
        let below = self.denominator.unsigned_abs();
        let shifted = (2 * self.numerator.unsigned_abs() * scale + below) / (2 * below);
        let sign = if self.numerator < 0 && shifted > 0 { "-" } else { "" };
        if places == 0 {
            return format!("{sign}{shifted}");
        }
        let width = places as usize;
        format!("{sign}{}.{:0width$}", shifted / scale, shifted % scale)
    }
}

impl Add for Fraction {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let numerator = self.numerator * other.denominator + other.numerator * self.denominator;
        // Both denominators are positive, and so is their product.
        Self::new(numerator, self.denominator * other.denominator).unwrap_or(self)
    }
}

impl Sub for Fraction {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + Self { numerator: -other.numerator, ..other }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        let printed = |n, d, places| Fraction::new(n, d).unwrap().printed(places);
        assert_eq!(printed(9, 4, 1), "2.3");
        assert_eq!(printed(-9, 4, 1), "-2.3");
        assert_eq!(printed(-1, 100, 1), "0.0");
        assert_eq!(printed(5, 2, 0), "3");
        assert_eq!(printed(0, 7, 2), "0.00");
        assert_eq!(Fraction::new(1, 0), None);
    }

    #[test]
    fn thirds_add_up() {
        let third = Fraction::new(1, 3).unwrap();
        assert_eq!(third + third + third, Fraction::whole(1));
        assert_eq!(third - third, Fraction::whole(0));
        assert!(Fraction::new(7, 3).unwrap() > Fraction::new(9, 4).unwrap());
    }
}
