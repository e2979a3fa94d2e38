//! How high the rows of a table were when last drawn.

use egui::{Context, Id};

use crate::app::theme::space;

/// What a table remembers between frames.
#[derive(Debug, Clone, Default)]
pub(super) struct Heights {
    /// In points, by row; zero where a row has not been drawn yet.
    rows: Vec<f32>,
    /// The sum and the number of the heights that are known, for an estimate of the others.
    known: (f32, f32),
    /// Where the keyboard is.
    pub(super) focus: Option<Focus>,
}

/// The place of the widget that has the keyboard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Focus {
    /// Its row.
    pub(super) row: usize,
    /// Its column; none in the menu at the end of the row.
    pub(super) column: Option<usize>,
}

impl Heights {
    /// What is remembered for the table `id`, fitted to `rows` rows.
    pub(super) fn take(ctx: &Context, id: Id, rows: usize) -> Self {
        let mut heights: Self = ctx.data_mut(|d| d.remove_temp(id)).unwrap_or_default();
        for gone in heights.rows.drain(rows.min(heights.rows.len())..) {
            if gone > 0.0 {
                heights.known.0 -= gone;
                heights.known.1 -= 1.0;
            }
        }
        heights.rows.resize(rows, 0.0);
        heights
    }

    /// Remembers this for the table `id`.
    pub(super) fn put(self, ctx: &Context, id: Id) {
        ctx.data_mut(|d| d.insert_temp(id, self));
    }

    /// The row with the keyboard in it.
    pub(super) fn focus_row(&self) -> Option<usize> {
        self.focus.map(|focus| focus.row)
    }

    /// The height of `row`, or a guess from the rows that are known.
    pub(super) fn get(&self, row: usize) -> f32 {
        match self.rows[row] {
            height if height > 0.0 => height,
            _ if self.known.1 > 0.0 => (self.known.0 / self.known.1).round(),
            _ => space::ROW,
        }
    }

    /// How many rows fit into `room` points, by those that are known; one stays in view while paging.
    pub(super) fn per_page(&self, room: f32) -> usize {
        let average = if self.known.1 > 0.0 { self.known.0 / self.known.1 } else { space::ROW };
        let (mut rows, mut left) = (0, room - average);
        while left >= average && rows < 1000 {
            rows += 1;
            left -= average;
        }
        rows.max(1)
    }

    /// Remembers the height of `row`.
    pub(super) fn set(&mut self, row: usize, height: f32) {
        let before = std::mem::replace(&mut self.rows[row], height);
        if before == 0.0 {
            self.known.1 += 1.0;
        }
        self.known.0 += height - before;
    }
}
