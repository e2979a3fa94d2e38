//! Tables from outside as plain cells: what stands where, and nothing about what it means.
//!
//! A [`Book`] is what any spreadsheet, CSV file or paste comes to. Cells keep their text as found; what they mean is
//! the business of [`crate::import`].
//!
//! A [`Reader`] makes books of files. Which reader a file needs is known by its content; what it finds goes to a sink,
//! which is either the books themselves or, in the child process that reads what is not trusted, a stream from which
//! the parent makes them. Both count what they keep, so that no file takes more than its [`Limits`].

mod address;
mod backward;
mod error;
mod formats;
mod guard;
mod marks;
mod merges;
mod opendocument;
mod paste;
mod reader;
mod records;
mod seek;
mod sink;
mod source;
mod split;
mod text;
mod wire;
mod workbook;

pub use address::{Address, Area};
pub use error::{SheetError, Trouble};
pub use guard::{SUBCOMMAND, serve};
pub use marks::Mark;
pub use paste::{paste_rows, to_paste};
pub use reader::{Keep, Limits, Reader};

use marks::Marks;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A workbook, or any file of tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// File name, without its folder; for a member of an archive `archive.zip/member.csv`.
    pub file: String,
    /// Its sheets, in order. A CSV file has one, without a name.
    pub sheets: Vec<Sheet>,
}

/// One sheet: its cells that hold something, and which of them are merged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; empty for a CSV file and a paste.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    cells: Vec<Cell>,
    merges: Vec<Area>,
    marks: Marks,
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub at: Address,
    /// What it holds.
    pub value: Value,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text as found, furigana left out.
    Text(String),
    /// A number as spreadsheets keep it. Its decimal form is the shortest that names it, which is what was typed.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A date, a date and time, or a time of day, in ISO form (`2022-03-31`). A duration is a text (`36:30:00`).
    Date(String),
    /// An error such as `#DIV/0!`.
    Error(String),
}

impl Value {
    /// The text as people read it. A number has neither grouping nor a trailing `.0`.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Bool(truth) => Cow::Borrowed(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}

impl Sheet {
    /// A sheet of cells in any order. Of two cells at one place the later stays; texts of white space only are kept,
    /// because a form may mean something by them.
    pub fn new(name: impl Into<String>, mut cells: Vec<Cell>, merges: Vec<Area>) -> Self {
        if !cells.is_sorted_by(|a, b| a.at < b.at) {
            // A stable sort keeps the later of two behind the earlier.
            cells.sort_by_key(|cell| cell.at);
            cells.reverse();
            cells.dedup_by_key(|cell| cell.at);
            cells.reverse();
        }
        Self { name: name.into(), hidden: false, cells, merges, marks: Marks::default() }
    }

    /// A sheet of rows of text, empty texts being empty cells: a CSV file, a paste, a test.
    pub fn of_texts<R, T>(name: impl Into<String>, rows: R) -> Self
    where
        R: IntoIterator,
        R::Item: IntoIterator<Item = T>,
        T: Into<String>,
    {
        let mut cells = Vec::new();
        for (row, texts) in (0_u32..).zip(rows) {
            for (column, text) in (0_u32..).zip(texts) {
                let text = text.into();
                if !text.is_empty() {
                    cells.push(Cell { at: Address::new(row, column), value: Value::Text(text) });
                }
            }
        }
        Self::new(name, cells, Vec::new())
    }

    /// The sheet without what stands at some places; a merged range goes with its first cell.
    pub(crate) fn without(&self, gone: impl Fn(Address) -> bool) -> Self {
        let mut left = self.clone();
        left.cells.retain(|cell| !gone(cell.at));
        left.merges.retain(|merge| !gone(merge.first));
        left
    }

    /// Says something of a range. What a formula seemed to give that was never calculated is not kept.
    pub fn mark(&mut self, mark: Mark, area: Area) {
        self.marks.add(mark, area);
    }

    /// Takes away what formulas seemed to give that were never calculated.
    fn forget_uncalculated(&mut self) {
        let areas: Vec<Area> = self.marks.of(Mark::Uncalculated).collect();
        if areas.is_empty() {
            return;
        }
        let rows = areas.iter().map(|area| area.first.row);
        let (Some(first), Some(last)) = (rows.clone().min(), rows.max()) else { return };
        let mut sorted = areas;
        sorted.sort_unstable();
        self.cells.retain(|cell| {
            let (row, column) = (cell.at.row, cell.at.column);
            if !(first..=last).contains(&row) {
                return true;
            }
            let before = sorted.partition_point(|area| area.first <= Address::new(row, column));
            !sorted[..before].last().is_some_and(|area| area.contains(cell.at))
        });
    }

    /// The ranges of which something is said.
    pub fn marked(&self, mark: Mark) -> impl Iterator<Item = Area> {
        self.marks.of(mark)
    }

    /// The rows and columns that are hidden and hold something: `3:5`, `C:D`, `F`.
    pub fn hidden_parts(&self) -> Vec<String> {
        let named =
            |first: String, last: String| if first == last { first } else { format!("{first}:{last}") };
        let rows = self.marks.of(Mark::HiddenRows).filter(|area| {
            let from = self.cells.partition_point(|cell| cell.at.row < area.first.row);
            self.cells.get(from).is_some_and(|cell| cell.at.row <= area.last.row)
        });
        let rows = rows.map(|area| named((area.first.row + 1).to_string(), (area.last.row + 1).to_string()));
        let columns: Vec<Area> = self.marks.of(Mark::HiddenColumns).collect();
        let used: BTreeSet<u32> = if columns.is_empty() {
            BTreeSet::new()
        } else {
            self.cells.iter().map(|cell| cell.at.column).collect()
        };
        let letters = |column: u32| {
            Address::new(0, column).to_string().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
        };
        let columns = columns.iter().filter_map(|area| {
            // A range may go on to the end of the sheet.
            let mut held = used.range(area.first.column..=area.last.column);
            let first = *held.next()?;
            let last = held.next_back().copied().unwrap_or(first);
            Some(named(letters(first), letters(last)))
        });
        rows.chain(columns).collect()
    }

    /// Its cells, row by row, left to right.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Its merged ranges.
    pub fn merges(&self) -> &[Area] {
        &self.merges
    }

    /// What stands at an address; of a merged range only its first cell holds anything.
    pub fn get(&self, at: Address) -> Option<&Value> {
        Some(&self.cells[self.position(at)?].value)
    }

    /// Which of its cells stands at an address.
    pub fn position(&self, at: Address) -> Option<usize> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok()
    }

    /// The text at an address; empty where nothing stands.
    pub fn text(&self, at: Address) -> Cow<'_, str> {
        self.get(at).map_or(Cow::Borrowed(""), Value::text)
    }

    /// The cells of one row, left to right.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.at.row < row);
        let length = self.cells[start..].partition_point(|cell| cell.at.row == row);
        &self.cells[start..start + length]
    }

    /// The smallest rectangle that holds every cell; none for an empty sheet.
    pub fn extent(&self) -> Option<Area> {
        let columns = || self.cells.iter().map(|cell| cell.at.column);
        Some(Area::new(
            Address::new(self.cells.first()?.at.row, columns().min()?),
            Address::new(self.cells.last()?.at.row, columns().max()?),
        ))
    }
}

#[cfg(test)]
mod tests;
