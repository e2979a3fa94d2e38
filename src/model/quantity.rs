//! A figure: what it is, in which unit, how the document printed it, and where it came from.

use super::{Unit, blank, read};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What stands in a cell that should hold a number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Figure {
    /// Nothing was printed.
    #[default]
    Blank,
    /// A dash of any of the seven kinds was printed.
    Dash,
    /// A number; zero is a number.
    Number(Decimal),
    /// From the first to the second, both included (`10～26`).
    Range(Decimal, Decimal),
    /// Something that is not a number was printed (`数千万`, `未確定`); it stands in [`Quantity::printed`].
    Words,
}

/// How firmly the document states a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// Stated without reservation.
    #[default]
    Settled,
    /// 約, 程度, 近く: stated as approximate.
    About,
    /// 超, 以上: stated as a lower bound.
    AtLeast,
    /// （予定）: planned.
    Planned,
    /// 未確定: not yet determined.
    Undetermined,
}

/// Where an imported figure was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    /// File name, without its folder.
    pub file: String,
    /// Sheet or member of an archive; empty where the file has none.
    #[serde(skip_serializing_if = "blank")]
    pub sheet: String,
    /// Cell address such as `C4`, or a line number.
    #[serde(skip_serializing_if = "blank")]
    pub cell: String,
}

/// A figure with its unit, its printed form and its origin.
///
/// `figure` and `printed` are both kept: the first is for arithmetic, the second is what the reader of the original
/// saw. An empty `printed` means that the figure was entered here and prints as computed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quantity {
    /// The value.
    #[serde(skip_serializing_if = "blank")]
    pub figure: Figure,
    /// The unit of `figure`.
    #[serde(skip_serializing_if = "blank")]
    pub unit: Unit,
    /// As the document printed it.
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
    /// How firmly it is stated.
    #[serde(skip_serializing_if = "blank")]
    pub certainty: Certainty,
    /// The document's own note on this figure (※2022年度を含む).
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where it was imported from.
    #[serde(skip_serializing_if = "blank")]
    pub source: Option<Source>,
}

impl Quantity {
    /// A settled number that prints as computed.
    pub fn number(value: impl Into<Decimal>, unit: Unit) -> Self {
        Self { figure: Figure::Number(value.into()), unit, ..Self::default() }
    }

    /// Nothing, in the given unit: an empty cell to fill in.
    pub fn empty(unit: Unit) -> Self {
        Self { unit, ..Self::default() }
    }

    /// Reads what somebody typed or printed, for a cell whose unit is `unit` unless the text names its own.
    ///
    /// The text is kept as found. What is not understood becomes [`Figure::Words`], never a guess.
    pub fn read(text: &str, unit: &Unit) -> Self {
        read::quantity(text, unit)
    }

    /// The number, if the figure is one.
    pub fn value(&self) -> Option<Decimal> {
        match self.figure {
            Figure::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The number in another unit; none if it is no number or the units do not convert.
    pub fn value_in(&self, unit: &Unit) -> Option<Decimal> {
        self.unit.convert(self.value()?, unit)
    }

    /// Whether nothing at all is stated.
    pub fn is_blank(&self) -> bool {
        self.figure == Figure::Blank && self.printed.is_empty()
    }

    /// The text to show: as printed, or else the figure with thousands separators.
    pub fn display(&self) -> String {
        if !self.printed.is_empty() {
            return self.printed.clone();
        }
        match &self.figure {
            Figure::Blank | Figure::Words => String::new(),
            Figure::Dash => "-".to_owned(),
            Figure::Number(value) => grouped(*value),
            Figure::Range(low, high) => format!("{}～{}", grouped(*low), grouped(*high)),
        }
    }
}

/// A decimal with a comma at each thousand: `1,913`, `-0.5`.
pub fn grouped(value: Decimal) -> String {
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 1);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let d = |text: &str| Decimal::from_str_exact(text).unwrap();
        for (value, shown) in
            [("5409", "5,409"), ("999", "999"), ("-1234567.50", "-1,234,567.50"), ("0", "0")]
        {
            assert_eq!(grouped(d(value)), shown);
        }
    }
}
