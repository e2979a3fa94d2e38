//! What a workbook says of rows, columns and cells beside what they hold.

use super::Area;

/// What is said of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Its rows are hidden.
    HiddenRows,
    /// Its columns are hidden.
    HiddenColumns,
    /// It holds a formula whose value was never stored.
    Uncalculated,
}

/// The most ranges of a sheet that are kept; a sheet with more was made to be slow.
const MOST: usize = 1 << 18;

/// The marks of a sheet, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Marks(Vec<(Mark, Area)>);

impl Marks {
    /// Adds a mark; one that goes on where the last one of its kind ends makes it longer.
    pub(super) fn add(&mut self, mark: Mark, area: Area) {
        if let Some((_, last)) = self.0.last_mut().filter(|(known, _)| *known == mark) {
            let goes_on = match mark {
                Mark::HiddenRows => last.last.row + 1 == area.first.row,
                Mark::HiddenColumns => last.last.column + 1 == area.first.column,
                Mark::Uncalculated => {
                    last.first.row == area.first.row
                        && last.last.row == area.last.row
                        && last.last.column + 1 == area.first.column
                }
            };
            if goes_on {
                last.last = area.last;
                return;
            }
        }
        if self.0.len() < MOST {
            self.0.push((mark, area));
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Mark, Area)> {
        self.0.iter().copied()
    }

    /// The ranges of a mark.
    pub(super) fn of(&self, mark: Mark) -> impl Iterator<Item = Area> {
        self.iter().filter(move |(known, _)| *known == mark).map(|(_, area)| area)
    }
}
