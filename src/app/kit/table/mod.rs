//! The table: heterogeneous rows of wrapped text inside a page that scrolls.
//!
//! Its cells are walked as those of a spreadsheet are: the keyboard is on a cell as a whole (`grid`), and only Enter, F2,
//! a double click or typing give it to the field within. Keys and pointer are read in `control`; `slot` is how a table
//! and what a panel draws in a cell speak to each other; `work` copies, pastes, fills and clears through it.
//!
//! A row is as high as its highest cell. Heights are remembered from when a row was last drawn, so rows outside the
//! view cost nothing but an addition, and a table of thousands of rows scrolls like one of ten.

mod action;
pub mod cell;
mod columns;
mod control;
mod draw;
mod grid;
mod head;
mod heights;
mod keys;
mod menu;
pub mod paste;
mod row;
mod slot;
#[cfg(test)]
mod tests;
mod work;

use egui::scroll_area::ScrollBarVisibility;
use egui::{Align, Color32, IdSalt, Layout, ScrollArea, Ui, UiBuilder, Vec2};

use super::button;
use super::icon::Icon;
use super::page::is_read_only;
use crate::app::theme::space;
pub use action::{RowAction, RowTools, apply, row_menu};
pub use columns::{Column, Width};
use grid::Grid;
pub use menu::KEYS;
pub use slot::{Mark, Note, tells};

/// The width of the column that holds the menus of the rows.
const TOOLS: f32 = 32.0;

/// A table of more columns than this draws only those in view. Their cells are alike, so that a row is as high as any
/// of them; a table of fewer columns would change its height while it scrolls sideways.
const MANY: usize = 40;

/// A table about to be drawn.
#[must_use = "a table is drawn by `show`"]
pub struct Table<'a> {
    salt: IdSalt,
    name: &'a str,
    columns: &'a [Column<'a>],
    rows: usize,
    totals: usize,
    measure: Option<&'a dyn Fn(usize) -> f32>,
    tools: Option<RowTools<'a>>,
    pick: Option<&'a dyn Fn(usize) -> String>,
    picked: Option<usize>,
    tint: Option<&'a dyn Fn(usize) -> Option<Color32>>,
    frozen: bool,
    widens: bool,
    read_only: bool,
}

/// What came of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableOutput {
    /// What the user asked to happen to the rows.
    pub action: Option<RowAction>,
    /// The row that was picked.
    pub picked: Option<usize>,
    /// How many cells were drawn.
    pub cells: usize,
    /// How many columns a pasted block asks for, in a table that [widens](Table::widens).
    pub columns: usize,
    /// How many rows a pasted block asks for, and where they are to stand.
    grow: (usize, usize),
    /// The first of the rows that are to go, and how many.
    gone: (usize, usize),
}

impl TableOutput {
    /// Everything that is to happen to the rows, one after the other.
    pub fn actions(&self) -> impl Iterator<Item = RowAction> + use<> {
        let (at, count) = self.grow;
        let (first, gone) = self.gone;
        // From the last to the first, so that those still to go keep their places.
        let gone = (first..first + gone).rev().map(RowAction::Remove);
        self.action.into_iter().chain(gone).chain((at..at + count).map(RowAction::Insert))
    }
}

impl<'a> Table<'a> {
    /// A table of `rows` rows under `columns`. `name` is its accessible name.
    pub fn new(salt: impl egui::AsIdSalt, name: &'a str, columns: &'a [Column<'a>], rows: usize) -> Self {
        Self {
            salt: IdSalt::new(salt),
            name,
            columns,
            rows,
            totals: 0,
            measure: None,
            tools: None,
            pick: None,
            picked: None,
            tint: None,
            frozen: true,
            widens: false,
            read_only: false,
        }
    }

    /// The last `count` rows are totals: bold, with a rule above, and not to be moved.
    pub fn totals(mut self, count: usize) -> Self {
        self.totals = count;
        self
    }

    /// Gives the height of a row in points instead of finding it by drawing.
    pub fn measure(mut self, height: &'a dyn Fn(usize) -> f32) -> Self {
        self.measure = Some(height);
        self
    }

    /// Lets rows be added, removed and moved.
    pub fn tools(mut self, tools: RowTools<'a>) -> Self {
        self.tools = Some(tools);
        self
    }

    /// Lets a row be picked, by the pointer or by the keyboard; `label` names a row for those who cannot see it.
    pub fn pick(mut self, picked: Option<usize>, label: &'a dyn Fn(usize) -> String) -> Self {
        self.picked = picked;
        self.pick = Some(label);
        self
    }

    /// Tints rows, to say something about them that their words say as well.
    pub fn tint(mut self, tint: &'a dyn Fn(usize) -> Option<Color32>) -> Self {
        self.tint = Some(tint);
        self
    }

    /// Lets the first column scroll away with the others; otherwise it stays in view.
    pub fn loose(mut self) -> Self {
        self.frozen = false;
        self
    }

    /// Lets a block that is pasted ask for columns as well as for rows.
    pub fn widens(mut self) -> Self {
        self.widens = true;
        self
    }

    /// Draws the table. `cell` draws the cell of a row and a column into a ui that is as wide as the cell; most cells
    /// are one call of a function in [`cell`].
    pub fn show(mut self, ui: &mut Ui, mut cell: impl FnMut(&mut Ui, usize, usize)) -> TableOutput {
        self.read_only = is_read_only(ui);
        if self.read_only {
            self.tools = None;
        }
        let id = ui.make_persistent_id(self.salt);
        let tools = if self.tools.is_some() { TOOLS } else { 0.0 };
        let room = ui.available_width();
        let widths = columns::widths(self.columns, room - tools, &Grid::widths(ui.ctx(), id));
        let width = widths.iter().sum::<f32>() + tools;
        // A first column that leaves no room for the others is not kept in view.
        self.frozen &= widths.first().is_some_and(|first| *first < room / 2.0);
        let builder = UiBuilder::new()
            .id_salt(self.salt)
            .accessibility_role(egui::accesskit::Role::Table)
            .accessibility_label(self.name)
            .layout(Layout::top_down(Align::Min));
        let mut output = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                if width > room + 0.5 {
                    // A bar is drawn within the view even when its table is still below it.
                    let below = ui.cursor().top() > ui.clip_rect().bottom() - space::ROW;
                    let bar = if below {
                        ScrollBarVisibility::AlwaysHidden
                    } else {
                        ScrollBarVisibility::default()
                    };
                    ScrollArea::horizontal()
                        .id_salt("sideways")
                        .scroll_bar_visibility(bar)
                        .auto_shrink([false, true])
                        .show(ui, |ui| self.body(ui, id, &widths, width, &mut cell))
                        .inner
                } else {
                    self.body(ui, id, &widths, width, &mut cell)
                }
            })
            .inner;
        if let Some(tools) = self.tools {
            ui.add_space(-space::TIGHT);
            if button::quiet(ui, Some(Icon::Plus), tools.add).clicked() {
                output.action = Some(RowAction::Insert(self.rows - self.totals));
            }
        }
        output
    }
}
