//! A sheet as its tables see it: merged cells filled, each text read once.

use super::head::{Form, Head};
use crate::model::{FiscalYear, MentionedYear};
use crate::sheets::{Address, Area, Sheet, Value};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// How many rows of merged ranges are looked up at most; a sheet with more was made to be slow.
const MERGED_ROWS: usize = 2_000_000;

/// A sheet with its merged ranges.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub sheet: &'a Sheet,
    /// By row, the merged ranges that reach into it and hold something, left to right.
    merged: HashMap<u32, Vec<Area>>,
    /// What each cell says, once it was asked for.
    read: Vec<OnceCell<Rc<Head>>>,
    /// What each text says; many cells hold the same.
    heads: RefCell<HashMap<String, Rc<Head>>>,
}

/// A cell that holds something, or a merged range whose first cell does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub area: Area,
}

/// What stands at some place of a table.
#[derive(Debug, Clone)]
pub(super) struct Found<'g> {
    /// The cell that holds it; of a merged range the first.
    pub at: Address,
    /// Whether it stands here, rather than being filled in from a merged range that begins elsewhere.
    pub own: bool,
    pub text: Cow<'g, str>,
    pub value: &'g Value,
    pub head: Rc<Head>,
}

impl<'a> Grid<'a> {
    pub fn new(sheet: &'a Sheet) -> Self {
        let rows: BTreeSet<u32> = sheet.cells().iter().map(|cell| cell.at.row).collect();
        let mut merged: HashMap<u32, Vec<Area>> = HashMap::new();
        let mut count = 0;
        for area in sheet.merges() {
            let holds = sheet.get(area.first).is_some_and(|value| !value.text().trim().is_empty());
            if !holds || area.first == area.last {
                continue;
            }
            // Rows without any cell have nothing to fill.
            for row in rows.range(area.first.row..=area.last.row) {
                count += 1;
                if count > MERGED_ROWS {
                    break;
                }
                merged.entry(*row).or_default().push(*area);
            }
        }
        for areas in merged.values_mut() {
            areas.sort_by_key(|area| area.first.column);
        }
        let read = vec![OnceCell::new(); sheet.cells().len()];
        Self { sheet, merged, read, heads: RefCell::default() }
    }

    /// The merged range that covers a cell and holds something.
    fn merge_at(&self, at: Address) -> Option<Area> {
        let areas = self.merged.get(&at.row)?;
        let index = areas.partition_point(|area| area.first.column <= at.column);
        areas[..index].last().copied().filter(|area| area.contains(at))
    }

    /// Everything that can be seen on the sheet, row by row. Cells of white space hold nothing, and cells under a
    /// merged range cannot be seen.
    pub fn boxes(&self) -> Vec<Spot> {
        self.sheet
            .cells()
            .iter()
            .filter(|cell| !is_blank(&cell.value))
            .filter_map(|cell| match self.merge_at(cell.at) {
                Some(area) => (area.first == cell.at).then_some(Spot { area }),
                None => Some(Spot { area: Area::new(cell.at, cell.at) }),
            })
            .collect()
    }

    /// The cells that hold something under a merged range that shows something else.
    pub fn hidden(&self) -> impl Iterator<Item = Address> {
        (self.sheet.cells().iter())
            .filter(|cell| !is_blank(&cell.value))
            .filter(|cell| self.merge_at(cell.at).is_some_and(|area| area.first != cell.at))
            .map(|cell| cell.at)
    }

    /// What stands at an address, merged ranges filled.
    pub fn at(&self, at: Address) -> Option<Found<'a>> {
        let origin = self.merge_at(at).map_or(at, |area| area.first);
        let position = self.sheet.position(origin)?;
        let value = Some(&self.sheet.cells()[position].value).filter(|value| !is_blank(value))?;
        let text = value.text();
        let head = Rc::clone(self.read[position].get_or_init(|| self.head(&text, value)));
        Some(Found { at: origin, own: origin == at, text, value, head })
    }

    fn head(&self, text: &str, value: &Value) -> Rc<Head> {
        if let Value::Number(number) = value {
            let year = (number.fract() == 0.0 && (1900.0..=2200.0).contains(number))
                .then(|| FiscalYear::read(text).map(MentionedYear::Known))
                .flatten();
            let form = if year.is_some() { Form::Year } else { Form::Number };
            let years = usize::from(year.is_some());
            return Rc::new(Head { form, year, years, plain_year: year.is_some(), ..Head::default() });
        }
        if let Some(head) = self.heads.borrow().get(text) {
            return Rc::clone(head);
        }
        let head = Rc::new(Head::read(text));
        self.heads.borrow_mut().insert(text.to_owned(), Rc::clone(&head));
        head
    }
}

fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.chars().all(|c| c.is_whitespace() || c == '\u{200b}'))
}

/// A rectangle of a sheet without the rows and columns in which nothing begins, as the cells of a form on grid paper
/// reach over many columns. Flipped, its columns are rows: a table with the years down reads like one with the years
/// across.
#[derive(Debug, Clone)]
pub(super) struct View<'g, 'a> {
    grid: &'g Grid<'a>,
    rows: Vec<u32>,
    columns: Vec<u32>,
    flipped: bool,
}

impl<'g, 'a> View<'g, 'a> {
    /// The rectangle that the boxes take up.
    pub fn new(grid: &'g Grid<'a>, boxes: &[Spot]) -> Self {
        let rows: BTreeSet<u32> = boxes.iter().map(|b| b.area.first.row).collect();
        let columns: BTreeSet<u32> = boxes.iter().map(|b| b.area.first.column).collect();
        Self {
            grid,
            rows: rows.into_iter().collect(),
            columns: columns.into_iter().collect(),
            flipped: false,
        }
    }

    /// The same rectangle with rows and columns exchanged.
    pub fn flipped(&self) -> Self {
        Self { flipped: !self.flipped, ..self.clone() }
    }

    /// How many rows it has, as it is looked at.
    pub fn height(&self) -> usize {
        if self.flipped { self.columns.len() } else { self.rows.len() }
    }

    /// How many columns it has, as it is looked at.
    pub fn width(&self) -> usize {
        if self.flipped { self.rows.len() } else { self.columns.len() }
    }

    fn address(&self, row: usize, column: usize) -> Option<Address> {
        let (row, column) = if self.flipped { (column, row) } else { (row, column) };
        Some(Address::new(*self.rows.get(row)?, *self.columns.get(column)?))
    }

    /// What stands in a row and column, merged ranges filled.
    pub fn at(&self, row: usize, column: usize) -> Option<Found<'a>> {
        let address = self.address(row, column)?;
        let found = self.grid.at(address)?;
        Some(found)
    }
}

/// The cells of some boxes.
pub(super) fn cells(boxes: &[Spot]) -> HashSet<Address> {
    boxes.iter().map(|b| b.area.first).collect()
}

/// The rectangle around some boxes.
pub(super) fn around(boxes: &[Spot]) -> Option<Area> {
    let first = boxes.first()?.area;
    Some(boxes.iter().fold(first, |all, b| Area {
        first: Address::new(all.first.row.min(b.area.first.row), all.first.column.min(b.area.first.column)),
        last: Address::new(all.last.row.max(b.area.last.row), all.last.column.max(b.area.last.column)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Cell;

    #[test]
    fn merged_ranges_are_filled_and_hide_what_lies_under_them() {
        let cell = |at: &str, text: &str| Cell { at: at.parse().unwrap(), value: Value::Text(text.into()) };
        let sheet = Sheet::new(
            "s",
            vec![cell("A1", "目標"), cell("B1", "下"), cell("A2", "x"), cell("C2", "　")],
            vec!["A1:B1".parse().unwrap(), "D5:E6".parse().unwrap()],
        );
        let grid = Grid::new(&sheet);
        let boxes = grid.boxes();
        assert_eq!(boxes.iter().map(|b| b.area.to_string()).collect::<Vec<_>>(), ["A1:B1", "A2"]);
        let filled = grid.at("B1".parse().unwrap()).unwrap();
        assert_eq!((filled.text.as_ref(), filled.own), ("目標", false));
        assert_eq!(grid.hidden().map(|at| at.to_string()).collect::<Vec<_>>(), ["B1"]);
        let view = View::new(&grid, &boxes);
        assert_eq!((view.height(), view.width()), (2, 1));
        assert_eq!(view.flipped().at(0, 1).unwrap().text, "x");
    }
}
