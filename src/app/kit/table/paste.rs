//! Text on its way from the clipboard into cells and back.
//!
//! No panel knows of it: a table offers each cell of a block to whatever is drawn in that cell, and the fields of
//! [`cell`](super::cell) take what they are offered as if it had been typed. What nothing took is told by [`outcome`],
//! with its place, so that nothing is lost in silence.

use egui::{Context, Id};

pub use super::slot::{refuse, take};
use crate::sheets::{paste_rows, to_paste};

/// What became of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many cells took what they were offered.
    pub taken: usize,
    /// What no cell took: for lack of rows or columns, or because it means nothing there.
    pub left: Vec<Left>,
    /// Whether the cells were to be emptied.
    pub clearing: bool,
}

/// A text that no cell took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The cell that did not take it: what heads its row and its column. None where the table has no such cell.
    pub cell: Option<(String, String)>,
    /// Its row and its column in the block, from one.
    pub at: (usize, usize),
    /// The text.
    pub text: String,
}

fn outcome_key() -> Id {
    Id::unique("outcome of a paste")
}

fn underway_key() -> Id {
    Id::unique("pass in which a block was underway")
}

fn copied_key() -> Id {
    Id::unique("block copied last")
}

/// Whether a text is a block of cells rather than a text for one cell. A single column whose lines are sentences or
/// paragraphs is prose; where a cell and not its text has the keyboard, lines that all end are a column.
pub(super) fn is_block(text: &str, of_cells: bool) -> bool {
    let cells = paste_rows(text);
    if cells.iter().any(|row| row.len() > 1) {
        return true;
    }
    let mut lines = cells.iter().flatten().map(|line| line.trim_end());
    cells.len() > 1
        && ((of_cells && text.ends_with('\n'))
            || lines.all(|line| !line.is_empty() && !line.ends_with(['。', '．', '.', '！', '？', '!', '?'])))
}

/// The cells of a text from the clipboard that is pasted over a cell. What was copied here comes back as it was.
pub(super) fn block(ctx: &Context, text: &str) -> Vec<Vec<String>> {
    let plain = |text: &str| text.replace("\r\n", "\n");
    let copied = ctx.data(|d| d.get_temp::<(String, Vec<Vec<String>>)>(copied_key()));
    match copied.filter(|(copied, _)| plain(copied) == plain(text)) {
        Some((_, cells)) => cells,
        None if is_block(text, true) => paste_rows(text),
        // A text for one cell, which may have paragraphs.
        None => vec![vec![text.strip_suffix('\n').unwrap_or(text).to_owned()]],
    }
}

/// Puts cells on the clipboard: one as its text, more as spreadsheets do.
pub(super) fn copy(ctx: &Context, cells: Vec<Vec<String>>) {
    let text = match cells.as_slice() {
        [row] if row.len() == 1 => row[0].clone(),
        rows => to_paste(rows),
    };
    ctx.copy_text(text.clone());
    ctx.data_mut(|d| d.insert_temp(copied_key(), (text, cells)));
}

/// Notes that a block is on its way into cells.
pub(super) fn note_underway(ctx: &Context) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|d| d.insert_temp(underway_key(), pass));
}

/// Notes what became of a block.
pub(super) fn note_outcome(ctx: &Context, outcome: Outcome) {
    ctx.data_mut(|d| d.insert_temp(outcome_key(), outcome));
}

/// Whether a block is on its way into cells. Until it is in all of them, what changed is half done.
pub fn is_underway(ctx: &Context) -> bool {
    // A table that is no longer drawn takes its block away with it.
    ctx.data(|d| d.get_temp::<u64>(underway_key())).is_some_and(|pass| pass == ctx.cumulative_pass_nr())
}

/// What became of the last block, told once.
pub fn outcome(ctx: &Context) -> Option<Outcome> {
    ctx.data_mut(|d| d.remove_temp::<Outcome>(outcome_key()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prose_is_not_a_block() {
        for text in ["a\tb", "297\n406", "項目１\n項目２\n"] {
            assert!(is_block(text, false), "{text:?}");
        }
        for text in
            ["297", "297\n", "一つめの段落です。\n二つめです。", "見出し\n\n本文", "\"297\n（委託）\""]
        {
            assert!(!is_block(text, false), "{text:?}");
        }
        assert!(is_block("良い。\nよくない。\n", true), "a column that a spreadsheet has copied");
        assert!(!is_block("良い。\nよくない。", true));
    }

    proptest! {
        #[test]
        fn what_is_copied_is_pasted_as_it_was(
            rows in 1_usize..5,
            texts in prop::collection::vec("[ab\"\t\n 　あ,;=\\-0-9']{0,6}", 25),
            columns in 1_usize..6,
        ) {
            let cells: Vec<Vec<String>> =
                (0..rows).map(|row| texts[row * columns..(row + 1) * columns].to_vec()).collect();
            let ctx = Context::default();
            let text = to_paste(&cells);
            prop_assert_eq!(paste_rows(&text), cells.clone());
            copy(&ctx, cells.clone());
            let text = ctx.output(|o| o.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })).unwrap();
            // What a platform makes of line breaks on the way changes nothing.
            prop_assert_eq!(block(&ctx, &text.replace("\r\n", "\n")), cells);
        }
    }
}
