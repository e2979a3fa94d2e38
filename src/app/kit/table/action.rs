//! Changes to the rows of a table.

use egui::{Popup, Ui};

use crate::app::kit::icon::{Icon, icon_button_in};
use crate::app::kit::page::is_read_only;
use crate::app::theme::{Palette, space};
use crate::locale::Lang;
use crate::tr;

/// What the user asked to happen to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowAction {
    /// Put a new row at this index.
    Insert(usize),
    /// Take this row away.
    Remove(usize),
    /// Move this row up by one.
    Up(usize),
    /// Move this row down by one.
    Down(usize),
}

/// Carries out `action` on `rows`; an index out of range does nothing.
pub fn apply<R>(rows: &mut Vec<R>, action: RowAction, new_row: impl FnOnce() -> R) {
    match action {
        RowAction::Insert(at) if at <= rows.len() => rows.insert(at, new_row()),
        RowAction::Remove(at) if at < rows.len() => {
            rows.remove(at);
        }
        RowAction::Up(at) if at > 0 && at < rows.len() => rows.swap(at - 1, at),
        RowAction::Down(at) if at + 1 < rows.len() => rows.swap(at, at + 1),
        _ => {}
    }
}

/// The menu at the end of each row, and the button beneath that adds one.
#[derive(Debug, Clone, Copy)]
pub struct RowTools<'a> {
    pub(super) lang: Lang,
    pub(super) add: &'a str,
}

impl<'a> RowTools<'a> {
    /// Tools in `lang`; `add` is what the button beneath the table says.
    pub fn new(lang: Lang, add: &'a str) -> Self {
        Self { lang, add }
    }

    /// The menu of row `row` of `rows`; faint until `awake`.
    pub(super) fn menu(&self, ui: &mut Ui, row: usize, rows: usize, awake: bool) -> Option<RowAction> {
        let n = row + 1;
        let label = tr!(self.lang, "{n} 行目の操作", "Actions for row {n}");
        row_menu(ui, self.lang, &label, row, rows, awake)
    }
}

/// The menu of number `index` of a list of `count`: to add below it, to move or to remove it. `label` is the accessible
/// name of the button that opens it, which is invisible until `awake`.
pub fn row_menu(
    ui: &mut Ui,
    lang: Lang,
    label: &str,
    index: usize,
    count: usize,
    awake: bool,
) -> Option<RowAction> {
    if is_read_only(ui) {
        return None;
    }
    let id = ui.scope_id().with("row menu");
    let open = Popup::is_id_open(ui.ctx(), id);
    let colour = if awake || open { Palette::of(ui).secondary } else { egui::Color32::TRANSPARENT };
    let button = icon_button_in(ui, Icon::More, label, colour);
    let mut action = None;
    Popup::menu(&button).id(id).show(|ui| {
        let mut item = |ui: &mut Ui, icon, enabled, label: &str, deed| {
            if menu_item(ui, icon, enabled, label).clicked() {
                action = Some(deed);
                ui.close();
            }
        };
        item(ui, Icon::Plus, true, lang.t("下に追加", "Add below"), RowAction::Insert(index + 1));
        item(ui, Icon::ArrowUp, index > 0, lang.t("上へ移動", "Move up"), RowAction::Up(index));
        item(ui, Icon::ArrowDown, index + 1 < count, lang.t("下へ移動", "Move down"), RowAction::Down(index));
        item(ui, Icon::Trash, true, lang.t("削除", "Remove"), RowAction::Remove(index));
    });
    action
}

/// A line of a menu: an icon and words.
fn menu_item(ui: &mut Ui, icon: Icon, enabled: bool, label: &str) -> egui::Response {
    // Room for the icon is kept free by the button's own left margin.
    ui.add_enabled_ui(enabled, |ui| {
        ui.spacing_mut().button_padding.x = space::INSIDE + space::ICON + 6.0;
        let response = ui.add(egui::Button::new(label).wrap_mode(egui::TextWrapMode::Extend));
        let at =
            egui::pos2(response.rect.left() + space::INSIDE, response.rect.center().y - space::ICON / 2.0);
        let colour = Palette::of(ui).secondary;
        icon.paint(ui, egui::Rect::from_min_size(at, egui::Vec2::splat(space::ICON)), colour);
        response
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_change_rows_and_stay_in_range() {
        let mut rows = vec!['a', 'b', 'c'];
        apply(&mut rows, RowAction::Insert(3), || 'd');
        apply(&mut rows, RowAction::Up(3), || '-');
        apply(&mut rows, RowAction::Down(0), || '-');
        apply(&mut rows, RowAction::Remove(3), || '-');
        assert_eq!(rows, ['b', 'a', 'd']);
        for out in [RowAction::Insert(9), RowAction::Remove(3), RowAction::Up(0), RowAction::Down(2)] {
            apply(&mut rows, out, || '-');
        }
        assert_eq!(rows, ['b', 'a', 'd']);
    }
}
