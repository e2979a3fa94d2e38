//! The cell that the keyboard is on, what is selected around it, and how both move.

use std::collections::BTreeMap;

use egui::{Context, Id};

use super::work::Work;

/// A cell by its row and column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct At {
    pub(super) row: usize,
    pub(super) column: usize,
}

impl At {
    pub(super) fn new(row: usize, column: usize) -> Self {
        Self { row, column }
    }
}

/// How large a table is: its rows and columns, and how many rows fit into its view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) page: usize,
}

/// A rectangle of cells; the last row and column belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
}

impl Range {
    pub(super) fn contains(&self, at: At) -> bool {
        (self.top..=self.bottom).contains(&at.row) && (self.left..=self.right).contains(&at.column)
    }

    pub(super) fn rows(&self) -> usize {
        self.bottom - self.top + 1
    }

    pub(super) fn columns(&self) -> usize {
        self.right - self.left + 1
    }
}

/// A move of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Up,
    Down,
    Left,
    Right,
    /// To the first or last row or column.
    Top,
    Bottom,
    RowStart,
    RowEnd,
    /// To the first or last cell of all.
    First,
    Last,
    PageUp,
    PageDown,
    /// Across, and on to the next row; back.
    Next,
    Previous,
}

impl Step {
    /// Where the step leads from `at`; none where it leads out of the table.
    pub(super) fn from(self, at: At, size: Size) -> Option<At> {
        let (last_row, last_column) = (size.rows.checked_sub(1)?, size.columns.checked_sub(1)?);
        let At { row, column } = at;
        Some(match self {
            Self::Up => At::new(row.saturating_sub(1), column),
            Self::Down => At::new((row + 1).min(last_row), column),
            Self::Left => At::new(row, column.saturating_sub(1)),
            Self::Right => At::new(row, (column + 1).min(last_column)),
            Self::Top => At::new(0, column),
            Self::Bottom => At::new(last_row, column),
            Self::RowStart => At::new(row, 0),
            Self::RowEnd => At::new(row, last_column),
            Self::First => At::default(),
            Self::Last => At::new(last_row, last_column),
            Self::PageUp => At::new(row.saturating_sub(size.page), column),
            Self::PageDown => At::new((row + size.page).min(last_row), column),
            Self::Next if column < last_column => At::new(row, column + 1),
            Self::Next if row < last_row => At::new(row + 1, 0),
            Self::Previous if column > 0 => At::new(row, column - 1),
            Self::Previous if row > 0 => At::new(row - 1, last_column),
            Self::Next | Self::Previous => return None,
        })
    }
}

/// The text of a cell that is being edited.
#[derive(Debug, Clone, Copy)]
pub(super) struct Editing {
    pub(super) field: Id,
    /// Whether it began by typing, so that arrows leave it.
    pub(super) typed: bool,
}

/// What a table remembers of keyboard, pointer and columns between frames.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// The cell that the keyboard is on, or was.
    pub(super) current: At,
    /// The corner of the selection across from it.
    pub(super) reach: At,
    /// The widget of this table that has the keyboard.
    pub(super) holds: Option<Id>,
    pub(super) editing: Option<Editing>,
    /// The cell in which somebody begins to type.
    pub(super) editing_by_typing: Option<At>,
    /// Where a double click in the current cell fell.
    pub(super) pointed: Option<egui::Pos2>,
    /// The column in which a row of Tabs began, to which Enter goes back.
    pub(super) tab_from: Option<usize>,
    /// Whether the view is to follow the keyboard.
    pub(super) follow: bool,
    /// Whether what is known of the current cell is shown.
    pub(super) note: bool,
    /// Whether the pointer is selecting.
    pub(super) dragging: bool,
    /// Whether something is open over the table that has the keyboard.
    pub(super) opened: bool,
    /// What is being copied, pasted or filled.
    pub(super) work: Option<Work>,
    /// What was chosen from the menu of a cell, for the next pass.
    pub(super) asked: Option<super::keys::Deed>,
    /// The widths of columns that the user has set.
    pub(super) widths: BTreeMap<usize, f32>,
    /// The column whose width is to change, and by how much.
    pub(super) resize: Option<(usize, f32)>,
    /// The column that is to become as wide as its content.
    pub(super) fit: Option<usize>,
}

impl Grid {
    fn key(id: Id) -> Id {
        id.with("grid")
    }

    /// What is remembered for the table `id`, fitted to its size.
    pub(super) fn take(ctx: &Context, id: Id, size: Size) -> Self {
        let mut grid: Self = ctx.data_mut(|d| d.remove_temp(Self::key(id))).unwrap_or_default();
        for at in [&mut grid.current, &mut grid.reach] {
            at.row = at.row.min(size.rows.saturating_sub(1));
            at.column = at.column.min(size.columns.saturating_sub(1));
        }
        grid
    }

    /// Remembers this for the table `id`.
    pub(super) fn put(self, ctx: &Context, id: Id) {
        ctx.data_mut(|d| d.insert_temp(Self::key(id), self));
    }

    /// The widths that the user has set in the table `id`.
    pub(super) fn widths(ctx: &Context, id: Id) -> BTreeMap<usize, f32> {
        ctx.data(|d| d.get_temp::<Self>(Self::key(id))).map(|grid| grid.widths).unwrap_or_default()
    }

    /// The widget that stands for a cell of the table `id`.
    pub(super) fn ground(id: Id, at: At) -> Id {
        id.with(("cell", at.row, at.column))
    }

    /// What is selected: the current cell, or all from there to the corner across.
    pub(super) fn selected(&self) -> Range {
        let (a, b) = (self.current, self.reach);
        Range {
            top: a.row.min(b.row),
            bottom: a.row.max(b.row),
            left: a.column.min(b.column),
            right: a.column.max(b.column),
        }
    }

    /// Goes to a cell and selects it alone.
    pub(super) fn go(&mut self, at: At) {
        self.current = at;
        self.reach = at;
        self.follow = true;
    }

    /// Takes a step, from the current cell or with the far corner of the selection. Whether there was one to take.
    pub(super) fn step(&mut self, step: Step, extend: bool, size: Size) -> bool {
        let from = if extend { self.reach } else { self.current };
        let Some(to) = step.from(from, size) else { return false };
        match step {
            Step::Next | Step::Previous => self.tab_from = self.tab_from.or(Some(from.column)),
            _ => self.tab_from = None,
        }
        if extend {
            self.reach = to;
            self.follow = true;
        } else {
            self.go(to);
        }
        true
    }

    /// Goes on below after Enter: to the column in which the row of Tabs began.
    pub(super) fn next_line(&mut self, size: Size) {
        let column = self.tab_from.take().unwrap_or(self.current.column);
        if let Some(to) = Step::Down.from(At::new(self.current.row, column), size) {
            self.go(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { rows: 30, columns: 4, page: 10 };

    #[test]
    fn steps_stay_in_the_table_and_tab_goes_through_all_of_it() {
        let at = At::new;
        for (step, from, to) in [
            (Step::Up, at(0, 2), Some(at(0, 2))),
            (Step::Right, at(3, 3), Some(at(3, 3))),
            (Step::Next, at(3, 3), Some(at(4, 0))),
            (Step::Next, at(29, 3), None),
            (Step::Previous, at(4, 0), Some(at(3, 3))),
            (Step::Previous, at(0, 0), None),
            (Step::PageDown, at(25, 1), Some(at(29, 1))),
            (Step::PageUp, at(25, 1), Some(at(15, 1))),
            (Step::Last, at(0, 0), Some(at(29, 3))),
            (Step::RowEnd, at(7, 0), Some(at(7, 3))),
        ] {
            assert_eq!(step.from(from, SIZE), to, "{step:?}");
        }
        assert_eq!(Step::Down.from(at(0, 0), Size { rows: 0, ..SIZE }), None);
    }

    #[test]
    fn enter_goes_back_to_where_a_row_of_tabs_began() {
        let mut grid = Grid::default();
        grid.go(At::new(2, 1));
        for _ in 0..2 {
            grid.step(Step::Next, false, SIZE);
        }
        grid.next_line(SIZE);
        assert_eq!(grid.current, At::new(3, 1));
        grid.next_line(SIZE);
        assert_eq!(grid.current, At::new(4, 1));
    }

    #[test]
    fn a_selection_grows_from_the_current_cell_and_back() {
        let mut grid = Grid::default();
        grid.go(At::new(5, 2));
        for step in [Step::Up, Step::Left, Step::Up] {
            grid.step(step, true, SIZE);
        }
        assert_eq!(grid.current, At::new(5, 2));
        assert_eq!(grid.selected(), Range { top: 3, bottom: 5, left: 1, right: 2 });
        grid.step(Step::Down, false, SIZE);
        assert_eq!((grid.current, grid.selected().rows()), (At::new(6, 2), 1));
    }
}
