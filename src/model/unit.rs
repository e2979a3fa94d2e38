//! Units of quantities, and exact conversion between units of money.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The unit of a quantity. Money units convert exactly into each other; every other unit is kept as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Unit {
    /// 円
    Yen,
    /// 千円, 10³ yen
    ThousandYen,
    /// 万円, 10⁴ yen
    TenThousandYen,
    /// 百万円, 10⁶ yen
    MillionYen,
    /// 億円, 10⁸ yen
    HundredMillionYen,
    /// 兆円, 10¹² yen
    TrillionYen,
    /// Anything else as written: 件, 倍, %, 万ドル, L …; empty where there is none.
    Other(String),
}

impl Unit {
    /// The units of money in which tables are shown, small to large.
    pub const MONEY: [Self; 6] = [
        Self::Yen,
        Self::ThousandYen,
        Self::TenThousandYen,
        Self::MillionYen,
        Self::HundredMillionYen,
        Self::TrillionYen,
    ];

    /// The unit as it is written in a table.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Yen => "円",
            Self::ThousandYen => "千円",
            Self::TenThousandYen => "万円",
            Self::MillionYen => "百万円",
            Self::HundredMillionYen => "億円",
            Self::TrillionYen => "兆円",
            Self::Other(text) => text,
        }
    }

    /// How many yen one of this unit is; none if it is not money in yen.
    pub fn yen(&self) -> Option<Decimal> {
        let exponent = match self {
            Self::Yen => 0,
            Self::ThousandYen => 3,
            Self::TenThousandYen => 4,
            Self::MillionYen => 6,
            Self::HundredMillionYen => 8,
            Self::TrillionYen => 12,
            Self::Other(_) => return None,
        };
        Some(Decimal::from(10_u64.pow(exponent)))
    }

    /// `value` of this unit, expressed in `target`. Exact; none if the two units do not convert or the result is
    /// beyond what a decimal holds.
    pub fn convert(&self, value: Decimal, target: &Self) -> Option<Decimal> {
        if self == target {
            return Some(value);
        }
        value.checked_mul(self.yen()?)?.checked_div(target.yen()?).map(|d| d.normalize())
    }
}

impl Default for Unit {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl From<&str> for Unit {
    fn from(text: &str) -> Self {
        Self::MONEY
            .into_iter()
            .find(|unit| unit.as_str() == text)
            .unwrap_or_else(|| Self::Other(text.to_owned()))
    }
}

impl From<String> for Unit {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.as_str().to_owned()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_converts_exactly() {
        let d = |text: &str| Decimal::from_str_exact(text).unwrap();
        assert_eq!(Unit::HundredMillionYen.convert(d("54.0"), &Unit::MillionYen), Some(d("5400")));
        assert_eq!(Unit::MillionYen.convert(d("24762"), &Unit::HundredMillionYen), Some(d("247.62")));
        assert_eq!(Unit::TrillionYen.convert(d("11.6"), &Unit::HundredMillionYen), Some(d("116000")));
        assert_eq!(Unit::from("件").convert(d("3"), &Unit::Yen), None);
    }

    #[test]
    fn every_written_unit_survives() {
        for text in ["円", "千円", "万円", "百万円", "億円", "兆円", "件", "", "万ドル"] {
            assert_eq!(String::from(Unit::from(text)), text);
        }
    }
}
