//! Where a cell stands: `C4`, and a range of cells: `B3:C9`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The place of a cell on its sheet, both counted from zero. Printed and written as spreadsheets do: `C4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    /// The row, from zero.
    pub row: u32,
    /// The column, from zero.
    pub column: u32,
}

impl Address {
    /// The cell in that row and column, both counted from zero.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = [0_u8; 8];
        let mut at = letters.len();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 {
            at -= 1;
            // The remainder is below 26, so that it fits.
            letters[at] = b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default();
            rest = (rest - 1) / 26;
        }
        f.write_str(std::str::from_utf8(&letters[at..]).unwrap_or_default())?;
        write!(f, "{}", u64::from(self.row) + 1)
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no cell address such as C4");
        let split = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0).ok_or_else(wrong)?;
        let (letters, digits) = text.split_at(split);
        let mut column = 0_u32;
        for letter in letters.bytes() {
            let value = u32::from(letter.to_ascii_uppercase().wrapping_sub(b'A'));
            if value >= 26 {
                return Err(wrong());
            }
            column = column.checked_mul(26).and_then(|c| c.checked_add(value + 1)).ok_or_else(wrong)?;
        }
        let row = digits.parse::<u32>().ok().filter(|row| *row > 0).ok_or_else(wrong)?;
        Ok(Self { row: row - 1, column: column - 1 })
    }
}

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

/// A rectangle of cells, both corners included. Printed and written as spreadsheets do: `B3:C9`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Area {
    /// Its top left cell.
    pub first: Address,
    /// Its bottom right cell.
    pub last: Address,
}

impl Area {
    /// The rectangle between two corners, in whichever order they are given.
    pub fn new(a: Address, b: Address) -> Self {
        Self {
            first: Address::new(a.row.min(b.row), a.column.min(b.column)),
            last: Address::new(a.row.max(b.row), a.column.max(b.column)),
        }
    }

    /// The smallest rectangle that holds it and the cell.
    pub fn with(&self, cell: Address) -> Self {
        let first = Address::new(self.first.row.min(cell.row), self.first.column.min(cell.column));
        let last = Address::new(self.last.row.max(cell.row), self.last.column.max(cell.column));
        Self { first, last }
    }

    /// Whether the cell lies in it.
    pub fn contains(&self, cell: Address) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// Whether the two share a cell.
    pub fn meets(&self, other: &Self) -> bool {
        self.first.row <= other.last.row
            && other.first.row <= self.last.row
            && self.first.column <= other.last.column
            && other.first.column <= self.last.column
    }

    /// How many rows it has.
    pub fn rows(&self) -> u32 {
        self.last.row - self.first.row + 1
    }

    /// How many columns it has.
    pub fn columns(&self) -> u32 {
        self.last.column - self.first.column + 1
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        write!(f, "{}:{}", self.first, self.last)
    }
}

impl FromStr for Area {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Ok(Self::new(first.parse()?, last.parse()?))
    }
}

impl TryFrom<String> for Area {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Area> for String {
    fn from(area: Area) -> Self {
        area.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_counted_in_letters() {
        for (column, text) in
            [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1"), (16_383, "XFD1")]
        {
            assert_eq!(Address::new(0, column).to_string(), text);
        }
        for wrong in ["", "A", "4", "A0", "é1", "A1B", "AAAAAAAAAA1"] {
            assert!(wrong.parse::<Address>().is_err(), "{wrong}");
        }
        assert_eq!("C9:B3".parse::<Area>().unwrap().to_string(), "B3:C9");
    }

    proptest! {
        #[test]
        fn every_address_reads_back(row in 0..u32::MAX - 1, column in 0..u32::MAX - 1) {
            let address = Address::new(row, column);
            prop_assert_eq!(address.to_string().parse(), Ok(address));
        }
    }
}
