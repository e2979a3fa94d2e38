//! What can be told of a cell and done with it by the pointer; the keys that do the same.

use egui::{Id, Popup, Rect, Response, Ui};

use super::Table;
use super::grid::At;
use super::keys::Deed;
use super::slot::Note;
use crate::app::kit::{note as small_note, spoken};
use crate::locale::Lang;

/// The keys of tables, each with what it does in both languages, for the list of shortcuts.
pub const KEYS: [(&str, &str, &str); 13] = [
    ("↑ ↓ ← → / Tab", "セルを移動", "Go from cell to cell"),
    ("Enter / F2", "セルを編集", "Edit the cell"),
    ("Shift + ↑ ↓ ← →", "範囲を選択", "Select a range"),
    ("Ctrl + A", "表全体を選択", "Select the whole table"),
    ("Shift / Ctrl + Space", "行・列を選択", "Select rows, columns"),
    ("Ctrl + C / X / V", "範囲をコピー・切り取り・貼り付け", "Copy, cut, paste a range"),
    ("Ctrl + D / R", "下へ・右へコピー", "Fill down, right"),
    ("Delete", "範囲を消去", "Clear the range"),
    ("Shift + F2", "セルの注と出所を表示", "Note and origin of the cell"),
    ("Alt + ↑ / ↓", "行を移動", "Move the row"),
    ("Alt + Insert / Delete", "行を追加・削除", "Add, remove rows"),
    ("Alt + Shift + ← / →", "列の幅を変更", "Change the column's width"),
    ("Ctrl + Home / End", "最初・最後のセルへ", "First, last cell"),
];

/// The menu of a cell, under the second button of the pointer. What was chosen from it.
pub(super) fn of_cell(ui: &Ui, ground: &Response, table: &Table<'_>, at: At, note: &Note) -> Option<Deed> {
    let lang = spoken(ui.ctx());
    let mut chosen = None;
    Popup::context_menu(ground).show(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        for line in &note.lines {
            ui.label(line);
        }
        if let Some(origin) = &note.origin
            && ui.button(lang.t("出所をコピー", "Copy where it is from")).clicked()
        {
            ui.ctx().copy_text(origin.clone());
            ui.close();
        }
        if !note.lines.is_empty() {
            ui.separator();
        }
        let mut item = |ui: &mut Ui, label: &str, keys: &str, deed: Deed| {
            if ui.add(egui::Button::new(label).shortcut_text(keys)).clicked() {
                chosen = Some(deed);
                ui.close();
            }
        };
        item(ui, lang.t("コピー", "Copy"), "Ctrl+C", Deed::Copy);
        if table.read_only {
            return;
        }
        item(ui, lang.t("切り取り", "Cut"), "Ctrl+X", Deed::Cut);
        item(ui, lang.t("消去", "Clear"), "Delete", Deed::Clear);
        item(ui, lang.t("下へコピー", "Fill down"), "Ctrl+D", Deed::FillDown);
        item(ui, lang.t("右へコピー", "Fill right"), "Ctrl+R", Deed::FillRight);
        if table.tools.is_some() && at.row < table.entries() {
            ui.separator();
            item(ui, lang.t("下に行を追加", "Add a row below"), "Alt+Insert", Deed::InsertRow);
            item(ui, lang.t("選択した行を削除", "Remove the selected rows"), "Alt+Delete", Deed::RemoveRows);
        }
    });
    chosen
}

/// Shows beside the cell at `area` what is known of it.
pub(super) fn note(ui: &Ui, id: Id, area: Rect, note: &Note) {
    let lang: Lang = spoken(ui.ctx());
    Popup::new(id.with("note"), ui.ctx().clone(), area, ui.layer_id()).show(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        for line in &note.lines {
            ui.label(line);
        }
        if note.lines.is_empty() {
            let words = lang
                .t("この欄には注も出所も記録されていません。", "No note or origin of this cell is recorded.");
            small_note(ui, words);
        }
    });
}
