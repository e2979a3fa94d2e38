//! A block of cells pasted into a table: it fills from the cell with the keyboard to the right and down.
//!
//! No panel knows of it. The table takes the paste off the input, asks for the rows that are missing, and offers each
//! cell of the block to whatever is drawn in that cell; the fields of [`cell`](super::cell) take what they are offered
//! as if it had been typed. What nothing took is told by [`outcome`], so that nothing is lost in silence.

use egui::{Context, Event, Id};

use crate::app::kit::keyboard;
use crate::sheets::paste_rows;

/// What became of a pasted block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many cells took what they were offered.
    pub taken: usize,
    /// The texts that no cell took: for lack of rows or columns, or because they mean nothing there.
    pub left: Vec<String>,
}

/// A block on its way into a table.
#[derive(Debug, Clone)]
pub(super) struct Pasting {
    table: Id,
    /// The row of its first cell.
    pub(super) row: usize,
    column: usize,
    cells: Vec<Vec<String>>,
    /// Whether rows were asked for already; a table that adds none is not asked again.
    asked: bool,
    outcome: Outcome,
}

/// What the cell that is being drawn may take.
#[derive(Debug, Clone)]
struct Offer {
    text: String,
    taken: bool,
}

fn pasting_key() -> Id {
    Id::unique("block being pasted")
}

fn offer_key() -> Id {
    Id::unique("pasted text offered to a cell")
}

fn outcome_key() -> Id {
    Id::unique("outcome of a paste")
}

/// Whether a text is a block of cells rather than a text for one cell. A single column whose lines are sentences or
/// paragraphs is prose.
pub fn is_block(text: &str) -> bool {
    let cells = paste_rows(text);
    if cells.iter().any(|row| row.len() > 1) {
        return true;
    }
    let mut lines = cells.iter().flatten().map(|line| line.trim_end());
    cells.len() > 1
        && lines.all(|line| !line.is_empty() && !line.ends_with(['。', '．', '.', '！', '？', '!', '?']))
}

/// Whether a block is waiting for the rows it needs. Until it is in its cells, what changed is half done.
pub fn is_underway(ctx: &Context) -> bool {
    ctx.data(|d| d.get_temp::<Option<Pasting>>(pasting_key())).flatten().is_some()
}

/// What became of the last block, told once.
pub fn outcome(ctx: &Context) -> Option<Outcome> {
    ctx.data_mut(|d| d.remove_temp::<Outcome>(outcome_key()))
}

/// The pasted text that the cell being drawn is to hold; whoever takes it shows it and says that it changed.
pub fn take(ctx: &Context) -> Option<String> {
    ctx.data_mut(|d| {
        let mut offer = d.get_temp::<Option<Offer>>(offer_key()).flatten().filter(|offer| !offer.taken)?;
        offer.taken = true;
        let text = offer.text.clone();
        d.insert_temp(offer_key(), Some(offer));
        Some(text)
    })
}

/// Gives back what was taken: it means nothing in this cell.
pub fn refuse(ctx: &Context) {
    ctx.data_mut(|d| {
        if let Some(offer) = d.get_temp::<Option<Offer>>(offer_key()).flatten() {
            d.insert_temp(offer_key(), Some(Offer { taken: false, ..offer }));
        }
    });
}

impl Pasting {
    /// The block on its way into `table`: one that waited for rows, or one pasted now while the keyboard is in the
    /// cell `at`.
    pub(super) fn of(ctx: &Context, table: Id, at: Option<(usize, usize)>) -> Option<Self> {
        let waiting = ctx.data(|d| d.get_temp::<Option<Self>>(pasting_key())).flatten();
        if let Some(waiting) = waiting.filter(|waiting| waiting.table == table) {
            ctx.data_mut(|d| d.insert_temp(pasting_key(), None::<Self>));
            return Some(waiting);
        }
        let (row, column) = at?;
        let pasted = |event: &Event| matches!(event, Event::Paste(text) if is_block(text));
        let text = ctx.input_mut(|input| {
            let at = input.events.iter().position(pasted)?;
            match input.events.remove(at) {
                Event::Paste(text) => Some(text),
                _ => None,
            }
        })?;
        let cells = paste_rows(&text);
        Some(Self { table, row, column, cells, asked: false, outcome: Outcome::default() })
    }

    /// How many rows a table of `rows` rows is short of, if it can be asked for them.
    pub(super) fn missing(&self, rows: usize) -> usize {
        if self.asked { 0 } else { (self.row + self.cells.len()).saturating_sub(rows) }
    }

    /// Waits for the rows that the table was asked for.
    pub(super) fn wait(mut self, ctx: &Context) {
        self.asked = true;
        ctx.data_mut(|d| d.insert_temp(pasting_key(), Some(self)));
        ctx.request_repaint();
    }

    /// Drops what would lie in or beyond the row `end`, and remembers it as left.
    pub(super) fn cut(&mut self, end: usize) {
        let kept = end.saturating_sub(self.row).min(self.cells.len());
        let beyond = self.cells.drain(kept..).flatten().filter(|text| !text.is_empty());
        self.outcome.left.extend(beyond);
    }

    /// Whether the block reaches into `row`.
    pub(super) fn covers(&self, row: usize) -> bool {
        (self.row..self.row + self.cells.len()).contains(&row)
    }

    /// Offers to the cell about to be drawn what the block holds for it.
    pub(super) fn offer(&self, ctx: &Context, row: usize, column: usize) {
        let text = row
            .checked_sub(self.row)
            .zip(column.checked_sub(self.column))
            .and_then(|(row, column)| self.cells.get(row)?.get(column));
        let offer = text.map(|text| Offer { text: text.clone(), taken: false });
        ctx.data_mut(|d| d.insert_temp(offer_key(), offer));
    }

    /// Notes whether the cell just drawn took what it was offered.
    pub(super) fn collect(&mut self, ctx: &Context) {
        let Some(offer) = ctx.data_mut(|d| d.remove_temp::<Option<Offer>>(offer_key())).flatten() else {
            return;
        };
        if offer.taken {
            self.outcome.taken += 1;
        } else if !offer.text.is_empty() {
            self.outcome.left.push(offer.text);
        }
    }

    /// Tells what became of the block in a table of `columns` columns, and takes the keyboard out of the cell: a field
    /// that kept it would keep undo to itself as well.
    pub(super) fn finish(mut self, ctx: &Context, columns: usize) {
        let room = columns.saturating_sub(self.column);
        let beyond = self.cells.iter().flat_map(|row| row.iter().skip(room)).filter(|text| !text.is_empty());
        self.outcome.left.extend(beyond.cloned());
        if let Some(focused) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|m| m.surrender_focus(focused));
            keyboard::left_by_key(ctx, focused);
        }
        ctx.data_mut(|d| d.insert_temp(outcome_key(), self.outcome));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_not_a_block() {
        for text in ["a\tb", "297\n406", "項目１\n項目２\n"] {
            assert!(is_block(text), "{text:?}");
        }
        for text in
            ["297", "297\n", "一つめの段落です。\n二つめです。", "見出し\n\n本文", "\"297\n（委託）\""]
        {
            assert!(!is_block(text), "{text:?}");
        }
    }
}
