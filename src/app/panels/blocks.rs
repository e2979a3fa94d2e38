//! Blocks: entries of a list that are too long for a row of a table. Each has a heading, edited in place, and a menu.

use crate::app::kit::table::{RowAction, row_menu};
use crate::app::theme::{Type, space};
use crate::locale::Lang;
use crate::model::RowId;
use crate::tr;
use egui::{Align, Color32, Id, Layout, Rect, Response, Sense, Ui, UiBuilder, pos2, vec2};

/// The heading of number `index` of `count` blocks, with the menu to add below it, to move or to remove it at the
/// right. `name` says which block; `role` is that of the heading's text.
///
/// The text of a bare field is set in from its edge; the heading is set out by as much, so that it stands above what
/// is beneath.
pub(crate) fn head<R>(
    ui: &mut Ui,
    lang: Lang,
    role: Type,
    name: &str,
    index: usize,
    count: usize,
    heading: impl FnOnce(&mut Ui) -> R,
) -> (R, Option<RowAction>) {
    let (top, room) = (ui.cursor().min, ui.available_width());
    let edge = top.x + room - space::HIT;
    let bottom = ui.max_rect().bottom().max(top.y + space::ROW);
    let left = Rect::from_min_max(pos2(top.x - space::INSIDE, top.y), pos2(edge - space::INSIDE, bottom));
    // The menu stands level with the first line of the heading.
    let line = ui.painter().layout_no_wrap("字".to_owned(), role.font(), Color32::PLACEHOLDER).size().y;
    let line = (line + 2.0 * space::TIGHT).max(space::ROW);
    let right = Rect::from_min_size(pos2(edge, top.y), vec2(space::HIT, line));
    let place = |rect, layout| UiBuilder::new().max_rect(rect).layout(layout);
    let mut said = ui.new_child(place(left, Layout::left_to_right(Align::Min)).id_salt("heading"));
    said.spacing_mut().item_spacing.x = 0.0;
    let result = heading(&mut said);
    let mut menu = ui.new_child(place(right, Layout::right_to_left(Align::Center)).id_salt("menu"));
    let label = tr!(lang, "{name} の操作", "Actions for {name}");
    let action = row_menu(&mut menu, lang, &label, index, count, true);
    let height = said.min_rect().height().max(line);
    ui.allocate_rect(Rect::from_min_size(top, vec2(room, height)), Sense::hover());
    (result, action)
}

/// Where the block that was just added is remembered until it is drawn.
fn key() -> Id {
    Id::unique("block just added")
}

/// Remembers that the block `id` was just added.
pub(crate) fn added(ui: &Ui, id: RowId) {
    ui.data_mut(|data| data.insert_temp(key(), id));
    ui.request_repaint();
}

/// Brings the block `id` into view and the keyboard to its `heading`, if it was just added: it may stand far from the
/// button that was clicked.
pub(crate) fn welcome(ui: &Ui, id: &RowId, heading: &Response) {
    if ui.data(|data| data.get_temp::<RowId>(key())).as_ref() == Some(id) {
        ui.data_mut(|data| data.remove::<RowId>(key()));
        heading.request_focus();
        heading.scroll_to_me(Some(Align::Center));
    }
}
