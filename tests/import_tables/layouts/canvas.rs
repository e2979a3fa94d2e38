//! Cells to draw tables on, and dice to decide how.

use hyoka::sheets::{Address, Area, Cell, Sheet, Value};
use std::collections::BTreeMap;

/// Decisions, drawn one after the other. All zero is the plainest layout, so that failures shrink towards it.
#[derive(Clone)]
pub struct Dice {
    rolls: Vec<u8>,
    at: usize,
}

impl std::fmt::Debug for Dice {
    /// The picture of the workbook says more than the numbers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dice")
    }
}

impl Dice {
    pub fn new(rolls: Vec<u8>) -> Self {
        Self { rolls, at: 0 }
    }

    /// A number below `n`.
    pub fn roll(&mut self, n: usize) -> usize {
        let roll = self.rolls.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(roll) * n / 256
    }

    /// One of the choices.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.roll(choices.len())]
    }

    /// Whether something happens that is not the plainest.
    pub fn chance(&mut self) -> bool {
        self.roll(2) == 1
    }

    /// The numbers below `n` in some order.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for index in (1..n).rev() {
            let other = index - self.roll(index + 1);
            order.swap(index, other);
        }
        order
    }
}

/// A rectangle of cells, growing as it is drawn on.
#[derive(Debug, Clone, Default)]
pub struct Canvas {
    cells: BTreeMap<(u32, u32), Value>,
    merges: Vec<((u32, u32), (u32, u32))>,
}

impl Canvas {
    pub fn put(&mut self, row: u32, column: u32, value: Value) {
        if value.text().is_empty() {
            return;
        }
        assert!(self.cells.insert((row, column), value).is_none(), "two things in one cell");
    }

    pub fn text(&mut self, row: u32, column: u32, text: impl Into<String>) {
        self.put(row, column, Value::Text(text.into()));
    }

    pub fn merge(&mut self, from: (u32, u32), to: (u32, u32)) {
        if from != to {
            self.merges.push((from, to));
        }
    }

    pub fn height(&self) -> u32 {
        let cells = self.cells.keys().map(|(row, _)| row + 1);
        cells.chain(self.merges.iter().map(|(_, to)| to.0 + 1)).max().unwrap_or(0)
    }

    pub fn width(&self) -> u32 {
        let cells = self.cells.keys().map(|(_, column)| column + 1);
        cells.chain(self.merges.iter().map(|(_, to)| to.1 + 1)).max().unwrap_or(0)
    }

    /// Rows become columns.
    pub fn transposed(self) -> Self {
        let swap = |(row, column): (u32, u32)| (column, row);
        Self {
            cells: self.cells.into_iter().map(|(at, value)| (swap(at), value)).collect(),
            merges: self.merges.into_iter().map(|(from, to)| (swap(from), swap(to))).collect(),
        }
    }

    /// Whether a row or a column inside holds nothing.
    pub fn is_torn(&self) -> bool {
        let row = |row: u32| self.cells.iter().any(|((at, _), _)| *at == row);
        let column = |column: u32| self.cells.iter().any(|((_, at), _)| *at == column);
        !((0..self.height()).all(row) && (0..self.width()).all(column))
    }

    /// An empty row and an empty column before those; what is merged across reaches over them.
    pub fn parted(self, row: Option<u32>, column: Option<u32>) -> Self {
        let moved = |at: u32, before: Option<u32>| at + u32::from(before.is_some_and(|before| at >= before));
        let shift = |(r, c): (u32, u32)| (moved(r, row), moved(c, column));
        Self {
            cells: self.cells.into_iter().map(|(at, value)| (shift(at), value)).collect(),
            merges: self.merges.into_iter().map(|(from, to)| (shift(from), shift(to))).collect(),
        }
    }

    /// Draws another canvas onto this one.
    pub fn draw(&mut self, other: &Self, row: u32, column: u32) {
        for ((r, c), value) in &other.cells {
            self.put(row + r, column + c, value.clone());
        }
        let shift = |(r, c): (u32, u32)| (row + r, column + c);
        self.merges.extend(other.merges.iter().map(|(from, to)| (shift(*from), shift(*to))));
    }

    pub fn sheet(&self, name: &str) -> Sheet {
        let at = |(row, column): (u32, u32)| Address::new(row, column);
        let cells =
            self.cells.iter().map(|(place, value)| Cell { at: at(*place), value: value.clone() }).collect();
        let merges = self.merges.iter().map(|(from, to)| Area::new(at(*from), at(*to))).collect();
        Sheet::new(name, cells, merges)
    }
}
