//! Blocks of cells that are read or written, a part in each pass, so that a large one does not hold up the window.

use egui::Context;

use super::grid::{At, Range};
use super::paste::{self, Left, Outcome};

/// About so many cells are read or written in one pass.
const CELLS: usize = 2000;

/// A block on its way out of a table or into it.
#[derive(Debug, Clone)]
pub(super) enum Work {
    Read(Read),
    Write(Write),
}

/// What is done with cells once they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Copy,
    Cut,
    FillDown,
    FillRight,
}

/// Cells that are being read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// All that is selected.
    range: Range,
    /// What of it has to be read.
    wanted: Range,
    cells: Vec<Vec<String>>,
    /// The row that is read next.
    next: usize,
    then: Then,
}

/// Cells that are being written.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) at: At,
    cells: Vec<Vec<String>>,
    /// The row of the block that is written next.
    next: usize,
    /// Whether rows and columns were asked for already; a table that adds none is not asked again.
    asked: bool,
    outcome: Outcome,
}

impl Read {
    pub(super) fn new(range: Range, then: Then) -> Self {
        let wanted = match then {
            Then::Copy | Then::Cut => range,
            Then::FillDown => Range { bottom: range.top, ..range },
            Then::FillRight => Range { right: range.left, ..range },
        };
        let cells = vec![vec![String::new(); wanted.columns()]; wanted.rows()];
        Self { range, wanted, cells, next: wanted.top, then }
    }

    /// The rows that are read in this pass.
    fn rows(&self) -> std::ops::Range<usize> {
        self.next..(self.next + (CELLS / self.wanted.columns()).max(1)).min(self.wanted.bottom + 1)
    }

    /// Puts what was read to its use. What is to be written because of it.
    fn finish(self, ctx: &Context) -> Option<Write> {
        let Self { range, cells, then, .. } = self;
        let at = At::new(range.top, range.left);
        match then {
            Then::Copy => {
                paste::copy(ctx, cells);
                None
            }
            Then::Cut => {
                paste::copy(ctx, cells);
                Some(Write::clear(range))
            }
            Then::FillDown => {
                let first = cells.into_iter().next()?;
                let rows = range.rows() - 1;
                (rows > 0).then(|| Write::new(At::new(at.row + 1, at.column), vec![first; rows]))
            }
            Then::FillRight => {
                let columns = range.columns() - 1;
                let rows = cells.into_iter().map(|row| row.first().cloned().unwrap_or_default());
                let rows: Vec<_> = rows.map(|text| vec![text; columns]).collect();
                (columns > 0).then(|| Write::new(At::new(at.row, at.column + 1), rows))
            }
        }
    }
}

impl Write {
    /// Writes `cells` from `at` to the right and down.
    pub(super) fn new(at: At, cells: Vec<Vec<String>>) -> Self {
        Self { at, cells, next: 0, asked: false, outcome: Outcome::default() }
    }

    /// Pastes `cells` over what is selected: one cell fills all of it, and a block as often as it fits exactly.
    pub(super) fn paste(over: Range, cells: Vec<Vec<String>>) -> Self {
        let height = cells.len();
        let width = cells.iter().map(Vec::len).max().unwrap_or(0);
        let fits =
            |room: usize, size: usize| if size > 0 && room.is_multiple_of(size) { room / size } else { 1 };
        let (down, across) = (fits(over.rows(), height), fits(over.columns(), width));
        let cells = if across > 1 {
            let wide = |mut row: Vec<String>| {
                row.resize(width, String::new());
                std::iter::repeat_n(row, across).flatten().collect()
            };
            cells.into_iter().map(wide).collect()
        } else {
            cells
        };
        let cells = if down > 1 { std::iter::repeat_n(cells, down).flatten().collect() } else { cells };
        Self::new(At::new(over.top, over.left), cells)
    }

    /// Empties the cells of `range`.
    pub(super) fn clear(range: Range) -> Self {
        let cells = vec![vec![String::new(); range.columns()]; range.rows()];
        let outcome = Outcome { clearing: true, ..Outcome::default() };
        Self { outcome, ..Self::new(At::new(range.top, range.left), cells) }
    }

    /// How many rows and columns a table of that size is short of, told once.
    pub(super) fn missing(&mut self, rows: usize, columns: usize) -> (usize, usize) {
        if std::mem::replace(&mut self.asked, true) {
            return (0, 0);
        }
        let width = self.cells.iter().map(Vec::len).max().unwrap_or(0);
        (
            (self.at.row + self.cells.len()).saturating_sub(rows),
            (self.at.column + width).saturating_sub(columns),
        )
    }

    /// Drops what would lie in or beyond the row `end` or the column `columns`, and remembers it as left.
    pub(super) fn cut(&mut self, end: usize, columns: usize) {
        let kept = end.saturating_sub(self.at.row).min(self.cells.len());
        let room = columns.saturating_sub(self.at.column);
        let left = &mut self.outcome.left;
        let mut beyond = |row: usize, from: usize, texts: Vec<String>| {
            let texts = texts.into_iter().enumerate().filter(|(_, text)| !text.is_empty());
            left.extend(texts.map(|(n, text)| Left { cell: None, at: (row + 1, from + n + 1), text }));
        };
        for (row, texts) in self.cells.drain(kept..).enumerate() {
            beyond(kept + row, 0, texts);
        }
        for (row, texts) in self.cells.iter_mut().enumerate() {
            beyond(row, room, texts.split_off(room.min(texts.len())));
        }
    }

    /// The rows that are written in this pass.
    fn rows(&self) -> std::ops::Range<usize> {
        let widest = self.cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let end = (self.next + (CELLS / widest).max(1)).min(self.cells.len());
        self.at.row + self.next..self.at.row + end
    }

    /// What it has come to fill.
    fn filled(&self) -> Option<Range> {
        let width = self.cells.iter().map(Vec::len).max()?;
        Some(Range {
            top: self.at.row,
            left: self.at.column,
            bottom: self.at.row + self.cells.len().checked_sub(1)?,
            right: self.at.column + width.checked_sub(1)?,
        })
    }
}

/// What came of a pass.
#[derive(Debug)]
pub(super) enum Passed {
    /// There is more to do.
    More(Work),
    /// It is done; a range was filled.
    Filled(Option<Range>),
    /// It is done, and nothing was changed.
    Done,
}

impl Work {
    pub(super) fn copy(range: Range, then: Then) -> Self {
        Self::Read(Read::new(range, then))
    }

    /// Whether `row` has to be drawn for it in this pass.
    pub(super) fn covers(&self, row: usize) -> bool {
        match self {
            Self::Read(read) => read.rows().contains(&row),
            Self::Write(write) => write.rows().contains(&row),
        }
    }

    /// What the cell about to be drawn is to take.
    pub(super) fn offer(&self, at: At) -> Option<String> {
        let Self::Write(write) = self else { return None };
        if !write.rows().contains(&at.row) {
            return None;
        }
        let column = at.column.checked_sub(write.at.column)?;
        write.cells.get(at.row - write.at.row)?.get(column).cloned()
    }

    /// Notes what a cell holds, or whether it took what it was offered. `head` says what heads its row and column.
    pub(super) fn collect(
        &mut self,
        at: At,
        text: Option<&str>,
        taken: bool,
        head: impl FnOnce() -> (String, String),
    ) {
        match self {
            Self::Read(read) => {
                if read.wanted.contains(at)
                    && let Some(text) = text
                {
                    text.clone_into(&mut read.cells[at.row - read.wanted.top][at.column - read.wanted.left]);
                }
            }
            Self::Write(write) => {
                if !write.rows().contains(&at.row) {
                    return;
                }
                let row = at.row - write.at.row;
                let Some(column) = at.column.checked_sub(write.at.column) else { return };
                let Some(offered) = write.cells.get(row).and_then(|row| row.get(column)) else { return };
                if taken {
                    write.outcome.taken += 1;
                } else if !offered.is_empty() {
                    let text = offered.clone();
                    write.outcome.left.push(Left { cell: Some(head()), at: (row + 1, column + 1), text });
                }
            }
        }
    }

    /// Ends the pass.
    pub(super) fn pass(mut self, ctx: &Context) -> Passed {
        if let Self::Write(_) = self {
            paste::note_underway(ctx);
        }
        let rows = match &self {
            Self::Read(read) => read.rows(),
            Self::Write(write) => write.rows(),
        };
        match &mut self {
            Self::Read(read) => {
                read.next = rows.end;
                if read.next > read.wanted.bottom {
                    let Self::Read(read) = self else { return Passed::Done };
                    let Some(write) = read.finish(ctx) else { return Passed::Done };
                    paste::note_underway(ctx);
                    ctx.request_repaint();
                    return Passed::More(Self::Write(write));
                }
            }
            Self::Write(write) => {
                write.next = rows.end - write.at.row;
                if write.next >= write.cells.len() {
                    let filled = write.filled();
                    write.outcome.left.sort_by_key(|left| left.at);
                    paste::note_outcome(ctx, std::mem::take(&mut write.outcome));
                    return Passed::Filled(filled);
                }
            }
        }
        ctx.request_repaint();
        Passed::More(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(top: usize, left: usize, bottom: usize, right: usize) -> Range {
        Range { top, left, bottom, right }
    }

    fn block(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|&text| text.to_owned()).collect()).collect()
    }

    #[test]
    fn a_cell_fills_a_selection_and_a_block_as_often_as_it_fits() {
        let paste = |over, cells: &[&[&str]]| Write::paste(over, block(cells)).cells;
        assert_eq!(paste(range(0, 0, 1, 2), &[&["a"]]), block(&[&["a", "a", "a"], &["a", "a", "a"]]));
        assert_eq!(
            paste(range(0, 0, 3, 1), &[&["a"], &["b"]]),
            block(&[&["a", "a"], &["b", "b"], &["a", "a"], &["b", "b"]])
        );
        assert_eq!(paste(range(0, 0, 2, 0), &[&["a"], &["b"]]), block(&[&["a"], &["b"]]), "it does not fit");
        assert_eq!(paste(range(4, 4, 4, 4), &[&["a", "b"]]), block(&[&["a", "b"]]));
    }

    #[test]
    fn what_lies_beyond_the_table_is_told_with_its_place() {
        let mut write = Write::new(At::new(1, 1), block(&[&["a", "b", ""], &["c"], &["d", "", "e"]]));
        assert_eq!(write.missing(3, 2), (1, 2));
        assert_eq!(write.missing(3, 2), (0, 0), "it asks once");
        write.cut(3, 2);
        let left: Vec<_> = write.outcome.left.iter().map(|left| (left.at, left.text.as_str())).collect();
        assert_eq!(left, [((3, 1), "d"), ((3, 3), "e"), ((1, 2), "b")]);
        assert_eq!(write.filled(), Some(range(1, 1, 2, 1)));
    }

    #[test]
    fn a_large_block_takes_several_passes() {
        let ctx = Context::default();
        let mut work = Work::copy(range(0, 0, 999, 9), Then::FillRight);
        let mut passes = 0;
        loop {
            passes += 1;
            for row in (0..1000).filter(|row| work.covers(*row)).collect::<Vec<_>>() {
                work.collect(At::new(row, 0), Some("x"), true, Default::default);
            }
            match work.pass(&ctx) {
                Passed::More(more) => work = more,
                Passed::Filled(filled) => {
                    assert_eq!(filled, Some(range(0, 1, 999, 9)));
                    break;
                }
                Passed::Done => panic!("nothing was filled"),
            }
        }
        assert!(passes > 3, "{passes} passes");
    }
}
