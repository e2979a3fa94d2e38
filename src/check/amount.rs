//! Figures as printed, and whether two of them, or a sum and its total, agree within the steps of their printing.

use crate::locale::Both;
use crate::model::{Certainty, Quantity, Unit, grouped};
use rust_decimal::{Decimal, RoundingStrategy};

/// A number as printed: 54.0億円 is printed in steps of 0.1億円, 約50億円 in steps of 10億円.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// The number.
    pub(super) value: Decimal,
    /// Its unit.
    pub(super) unit: Unit,
    /// The step to which it is rounded, in its unit.
    pub(super) step: Decimal,
    /// Whether it is stated as approximate.
    about: bool,
}

/// How far two figures agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// They are the same, in whatever units.
    Equal,
    /// They can be the same number, rounded differently.
    Rounding,
    /// They are apart by this power of ten: a slip of the unit.
    Slip(u32),
    /// They are different.
    Different,
}

impl Agreement {
    /// Whether no more than rounding is between the two.
    pub(super) fn holds(self) -> bool {
        matches!(self, Self::Equal | Self::Rounding)
    }
}

impl Amount {
    /// The figure, if it is a number that is stated as such and not as a bound.
    pub(super) fn of(quantity: &Quantity) -> Option<Self> {
        let value = quantity.value().filter(|_| quantity.certainty != Certainty::AtLeast)?;
        let about = quantity.certainty == Certainty::About;
        Some(Self { value, unit: quantity.unit.clone(), step: step(value, about), about })
    }

    /// A number that was reckoned rather than printed.
    pub(super) fn plain(value: Decimal, unit: &Unit) -> Self {
        Self { value, unit: unit.clone(), step: step(value, false), about: false }
    }

    /// The same amount in another unit; none if the units do not convert.
    pub(super) fn to(&self, unit: &Unit) -> Option<Self> {
        let value = self.unit.convert(self.value, unit)?;
        let step = self.unit.convert(self.step, unit)?;
        Some(Self { value, unit: unit.clone(), step, about: self.about })
    }

    /// `54.0億円`, `約50億円`
    pub(super) fn say(&self) -> String {
        let about = if self.about { "約" } else { "" };
        format!("{about}{}{}", grouped(self.value), self.unit)
    }

    /// As printed, and in `unit` too if that is another: `1,269百万円（＝12.69億円）`.
    pub(super) fn say_in(&self, unit: &Unit) -> String {
        match self.to(unit) {
            Some(other) if self.unit != *unit => format!("{}（＝{}）", self.say(), other.say()),
            _ => self.say(),
        }
    }

    /// How far it agrees with another figure of the same thing; none if the units do not convert.
    pub(super) fn compare(&self, other: &Self) -> Option<Agreement> {
        let other = other.to(&self.unit)?;
        let apart = self.value.checked_sub(other.value)?.abs();
        if apart.is_zero() {
            return Some(Agreement::Equal);
        }
        // Half a step of each is what rounding can do.
        if apart.checked_mul(Decimal::TWO)? < self.step.checked_add(other.step)? {
            return Some(Agreement::Rounding);
        }
        Some(slip(self.value, other.value).map_or(Agreement::Different, Agreement::Slip))
    }
}

/// The step to which a number is rounded: its last printed digit, or, if it is approximate, its last digit that is
/// not zero.
fn step(value: Decimal, about: bool) -> Decimal {
    let mut step = Decimal::new(1, value.scale());
    if about && value.scale() == 0 && !value.is_zero() {
        while (value % (step * Decimal::TEN)).is_zero() && step < Decimal::from(1_000_000_000) {
            step *= Decimal::TEN;
        }
    }
    step
}

/// The power of ten by which two numbers are apart, if they are otherwise the same to one part in fifty.
fn slip(a: Decimal, b: Decimal) -> Option<u32> {
    let (large, small) = if a.abs() > b.abs() { (a, b) } else { (b, a) };
    let ratio = large.checked_div(small).filter(Decimal::is_sign_positive)?;
    [3_u32, 6, 2, 4].into_iter().find(|power| {
        let ten = Decimal::from(10_u64.pow(*power));
        (ratio / ten - Decimal::ONE).abs() < Decimal::new(2, 2)
    })
}

/// A sum of printed numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    /// The sum, in `unit`.
    pub(super) value: Decimal,
    /// Its unit.
    pub(super) unit: Unit,
    /// How much rounding its parts can account for: half a step of each.
    slack: Decimal,
    parts: Vec<Decimal>,
}

impl Sum {
    /// The sum of the numbers among the quantities; none if there is none, or one of them does not convert.
    pub(super) fn of<'a>(quantities: impl Iterator<Item = &'a Quantity>, unit: &Unit) -> Option<Self> {
        let mut sum =
            Self { value: Decimal::ZERO, unit: unit.clone(), slack: Decimal::ZERO, parts: Vec::new() };
        for amount in quantities.filter_map(Amount::of) {
            let amount = amount.to(unit)?;
            sum.value = sum.value.checked_add(amount.value)?;
            sum.slack = sum.slack.checked_add(amount.step / Decimal::TWO)?;
            sum.parts.push(amount.value);
        }
        (!sum.parts.is_empty()).then_some(sum)
    }

    /// How many numbers it adds.
    pub(super) fn count(&self) -> usize {
        self.parts.len()
    }

    /// The sum as one printed number whose step is all that its parts can be off.
    pub(super) fn amount(&self) -> Amount {
        Amount { value: self.value, unit: self.unit.clone(), step: self.slack * Decimal::TWO, about: false }
    }

    /// How far it agrees with a total.
    pub(super) fn compare(&self, total: &Amount) -> Option<Agreement> {
        self.amount().compare(total)
    }

    /// `7.5 + 10.9 + 12.8 = 31.2億円`; the parts are left out where they are too many to read.
    pub(super) fn say(&self) -> String {
        let value = format!("{}{}", grouped(self.value), self.unit);
        if self.parts.len() > 12 {
            return format!("Σ({}) = {value}", self.parts.len());
        }
        let parts: Vec<_> = self.parts.iter().map(|part| grouped(*part)).collect();
        format!("{} = {value}", parts.join(" + "))
    }
}

/// `a − b = c` in one unit, with the sign of the result.
pub(super) fn difference(a: &Amount, b: &Amount) -> Option<String> {
    let other = b.to(&a.unit)?;
    let apart = a.value.checked_sub(other.value)?;
    Some(format!("{} − {} = {}{}", grouped(a.value), grouped(other.value), signed(apart), a.unit))
}

/// `+5.2`, `−1`, `0`
pub(super) fn signed(value: Decimal) -> String {
    let sign = match value {
        zero if zero.is_zero() => "",
        negative if negative.is_sign_negative() => "−",
        _ => "+",
    };
    format!("{sign}{}", grouped(value.abs()))
}

/// `a ÷ b`, rounded half up to `places` decimals; none for a division by zero.
pub(super) fn ratio(a: Decimal, b: Decimal, places: u32) -> Option<Decimal> {
    Some(a.checked_div(b)?.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}

/// Twice the distance between two numbers: rounding explains what is no more than a step.
pub(super) fn twice_apart(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_sub(b).abs().saturating_mul(Decimal::TWO)
}

/// Why a difference is no more than rounding: `n` numbers, each rounded to `step`.
pub(super) fn rounding_note(n: usize, step: Decimal, unit: &Unit) -> Both {
    let most = grouped((step * Decimal::from(n) / Decimal::TWO).normalize());
    let step = grouped(step.normalize());
    crate::both!(
        "{n}個の数をそれぞれ{step}{unit}単位に丸めると、和は最大 {most}{unit}ずれ得る",
        "{n} numbers, each rounded to {step}{unit}, can put the sum off by up to {most}{unit}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::of(&Quantity::read(text, &Unit::MillionYen)).unwrap()
    }

    #[test]
    fn rounding_is_told_from_difference_and_slips() {
        for (a, b, agreement) in [
            ("169.6百万円", "170百万円", Agreement::Rounding),
            ("169600000円", "170百万円", Agreement::Rounding),
            ("170百万円", "1.7億円", Agreement::Equal),
            ("24,762", "約248億円", Agreement::Rounding),
            ("54.0億円", "5409", Agreement::Different),
            ("1,269千円", "1,269百万円", Agreement::Slip(3)),
            ("0", "5", Agreement::Different),
            ("約50億円", "48.8億円", Agreement::Rounding),
            ("約80億円", "85.2億円", Agreement::Different),
        ] {
            assert_eq!(amount(a).compare(&amount(b)), Some(agreement), "{a} {b}");
            assert_eq!(amount(b).compare(&amount(a)), Some(agreement), "{b} {a}");
        }
        assert_eq!(amount("3件").compare(&amount("3")), None);
    }

    #[test]
    fn a_sum_may_be_off_by_half_a_step_for_each_part() {
        let sum = |texts: &[&str]| {
            let parts: Vec<_> = texts.iter().map(|text| Quantity::read(text, &Unit::MillionYen)).collect();
            Sum::of(parts.iter(), &Unit::MillionYen).unwrap()
        };
        assert_eq!(sum(&["845", "396", "58"]).compare(&amount("1300")), Some(Agreement::Rounding));
        assert_eq!(sum(&["845", "396", "-"]).compare(&amount("1243")), Some(Agreement::Different));
        assert_eq!(
            sum(&["845"]).compare(&amount("846")),
            Some(Agreement::Different),
            "one number cannot be off"
        );
        assert_eq!(sum(&["845", "0.5億円"]).say(), "845 + 50 = 895百万円");
    }

    #[test]
    fn figures_are_said_with_their_units() {
        assert_eq!(amount("1,269").say_in(&Unit::HundredMillionYen), "1,269百万円（＝12.69億円）");
        assert_eq!(difference(&amount("54.0億円"), &amount("4880")).unwrap(), "54.0 − 48.8 = +5.2億円");
        assert_eq!(ratio(Decimal::from(9), Decimal::from(4), 1), Some(Decimal::new(23, 1)));
        assert_eq!(ratio(Decimal::ONE, Decimal::ZERO, 1), None);
    }
}
