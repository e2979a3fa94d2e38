//! What a sheet is laid out with: labelled lines, key figures, blocks that can be moved.

use crate::app::kit::table::{RowAction, cell};
use crate::app::kit::{Icon, field, icon_button, prose_width};
use crate::app::theme::{Palette, Type, space};
use crate::locale::Lang;
use crate::model::{Quantity, Unit};
use crate::tr;
use egui::{Align, Layout, Popup, Rect, Response, Sense, Stroke, Ui, pos2, vec2};

/// The width of the column of labels.
const LABEL: f32 = 160.0;

/// Labelled lines with rules between them.
pub(crate) fn form<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        rule(ui);
        content(ui)
    })
    .inner
}

/// A line of a form: its label at the left, what it says at the right, a rule beneath.
pub(crate) fn row<R>(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let top = ui.cursor().min;
    let room = ui.available_width();
    let left = Rect::from_min_size(top, vec2(LABEL, space::ROW));
    let right = Rect::from_min_max(
        pos2(top.x + LABEL + space::INSIDE, top.y),
        pos2(top.x + room, ui.max_rect().bottom().max(top.y + space::ROW)),
    );
    let place = |rect| egui::UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
    let mut said = ui.new_child(place(left).id_salt((label, "label")));
    // The first line of the label stands level with the first line of a field.
    said.add_space(5.0);
    said.label(Type::Table.text(label).color(Palette::of(ui).secondary));
    let mut child = ui.new_child(place(right).id_salt(label));
    let result = content(&mut child);
    let height = said.min_rect().height().max(child.min_rect().height()).max(space::ROW);
    ui.allocate_rect(Rect::from_min_size(top, vec2(room, height)), Sense::hover());
    rule(ui);
    result
}

/// A rule across the sheet.
pub(crate) fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, Palette::of(ui).rule));
}

/// A line of text on a form.
pub(crate) fn line(ui: &mut Ui, name: &str, text: &mut String) -> Response {
    field::wrapped(ui, name, name, text, &field::Options::default().bare())
}

/// Running text on a form, no wider than the eye can follow.
pub(crate) fn prose(ui: &mut Ui, name: &str, text: &mut String, rows: usize) -> Response {
    let width = prose_width().min(ui.available_width()) - 2.0 * space::INSIDE;
    let options = field::Options::default().bare().rows(rows).width(width);
    field::comment(ui, name, name, text, &options)
}

/// Content without an edge of its own, set in as the text of a field is.
pub(crate) fn inset<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    egui::Frame::NONE.inner_margin(egui::Margin::symmetric(8, 0)).show(ui, content).inner
}

/// Small things side by side, on as many lines as they need.
pub(crate) fn side_by_side<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(space::ROW);
        ui.spacing_mut().item_spacing = vec2(space::INSIDE, space::TIGHT);
        content(ui)
    })
    .inner
}

/// A word of second rank among fields that stand side by side.
pub(crate) fn word(ui: &mut Ui, text: &str) {
    ui.label(Type::Table.text(text).color(Palette::of(ui).secondary));
}

/// A widget that fills its place, in a place `width` points wide; `salt` tells it from others beside it.
pub(crate) fn narrow<R>(ui: &mut Ui, salt: &str, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    // Where lines wrap, a place that is wider than a line takes the line.
    let width = if ui.layout().main_wrap() { width.min(ui.available_width()) } else { width };
    let size = vec2(width, space::ROW);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.push_id(salt, |ui| {
            ui.set_width(width);
            content(ui)
        })
        .inner
    })
    .inner
}

/// A figure that a reader looks for first.
pub(crate) struct KeyFigure {
    /// What it is.
    pub(crate) label: String,
    /// The figure.
    pub(crate) value: String,
    /// Its unit, or nothing.
    pub(crate) unit: String,
    /// What must be known with it.
    pub(crate) foot: String,
}

/// The figures that a reader looks for first, side by side.
pub(crate) fn key_figures(ui: &mut Ui, figures: &[KeyFigure]) {
    let p = Palette::of(ui);
    let columns = match ui.available_width() {
        // Beside a ballot, or greatly enlarged.
        width if width < 360.0 => 1,
        width if width < 720.0 => 2,
        _ => figures.len().max(1),
    };
    for line in figures.chunks(columns) {
        ui.columns(columns, |cells| {
            for (index, (ui, figure)) in cells.iter_mut().zip(line).enumerate() {
                let left = ui.max_rect().left() - space::INSIDE;
                ui.spacing_mut().item_spacing.y = 2.0;
                let inset = if index > 0 { 16 } else { 0 };
                egui::Frame::NONE.inner_margin(egui::Margin { left: inset, ..Default::default() }).show(
                    ui,
                    |ui| {
                        ui.label(Type::Small.text(&figure.label).color(p.secondary));
                        ui.horizontal_wrapped(|ui| {
                            ui.spacing_mut().item_spacing.x = 6.0;
                            ui.label(Type::Panel.text(&figure.value));
                            ui.label(Type::Table.text(&figure.unit).color(p.secondary));
                        });
                        ui.label(Type::Small.text(&figure.foot).color(p.secondary));
                    },
                );
                if index > 0 {
                    let rect = ui.min_rect();
                    ui.painter().vline(left, rect.y_range(), Stroke::new(1.0, p.rule));
                }
            }
        });
    }
}

/// The menu of a block among `count` others that can be moved and removed; `name` says which block.
pub(crate) fn block_menu(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    index: usize,
    count: usize,
) -> Option<RowAction> {
    let button = icon_button(ui, Icon::More, &tr!(lang, "{name} の操作", "Actions for {name}"));
    let mut action = None;
    Popup::menu(&button).show(|ui| {
        for (enabled, label, deed) in [
            (index > 0, lang.t("上へ移動", "Move up"), RowAction::Up(index)),
            (index + 1 < count, lang.t("下へ移動", "Move down"), RowAction::Down(index)),
            (true, lang.t("削除", "Remove"), RowAction::Remove(index)),
        ] {
            if ui.add_enabled(enabled, egui::Button::new(label)).clicked() {
                action = Some(deed);
                ui.close();
            }
        }
    });
    action
}

/// The unit of money of a table. The printed figures stay as they are.
pub(crate) fn unit_choice(ui: &mut Ui, lang: Lang, name: &str, unit: &mut Unit) {
    let other = (!Unit::MONEY.contains(unit)).then(|| unit.clone());
    let options: Vec<_> =
        Unit::MONEY.iter().chain(other.as_ref()).map(|unit| (unit.clone(), unit.as_str())).collect();
    narrow(ui, name, 96.0, |ui| cell::choice(ui, name, unit, &options)).on_hover_text(lang.t(
        "単位。印字された数値は変えず、その単位を改めます。",
        "Unit. The printed figures stay; what they are counted in changes.",
    ));
}

/// The unit in which a table of money is shown: any, whatever it is kept in; remembered while the program runs. `name`
/// is its accessible name, `of` tells the table from others.
pub(crate) fn shown_unit(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    of: impl std::hash::Hash + std::fmt::Debug,
    kept: &Unit,
) -> Unit {
    if kept.yen().is_none() {
        return kept.clone();
    }
    let id = egui::Id::unique(("shown unit", of));
    let mut shown = ui.data(|d| d.get_temp::<Option<Unit>>(id)).flatten();
    let label = |unit: &Unit| tr!(lang, "{unit}で表示", "shown in {unit}");
    let units = [Unit::Yen, Unit::ThousandYen, Unit::MillionYen, Unit::HundredMillionYen];
    let labels: Vec<(Option<Unit>, String)> = std::iter::once((None, label(kept)))
        .chain(units.into_iter().filter(|unit| unit != kept).map(|unit| (Some(unit.clone()), label(&unit))))
        .collect();
    let options: Vec<_> = labels.iter().map(|(unit, label)| (unit.clone(), label.as_str())).collect();
    if shown.as_ref() == Some(kept) {
        shown = None;
    }
    let words = lang.t(
        "表示だけの単位。記録された値と印字は変わりません。入力はこの単位で行います。",
        "For display alone. What is recorded and printed stays; figures are typed in this unit.",
    );
    narrow(ui, name, 136.0, |ui| cell::menu(ui, name, &mut shown, &options)).on_hover_text(words);
    ui.data_mut(|d| d.insert_temp(id, shown.clone()));
    shown.unwrap_or_else(|| kept.clone())
}

/// The caption that states the unit of a table.
pub(crate) fn in_unit(lang: Lang, unit: &Unit) -> String {
    if *unit == Unit::default() { String::new() } else { tr!(lang, "単位：{unit}", "Unit: {unit}") }
}

/// Where the report prints what stands above; `of` tells it from others on the page.
pub(crate) fn printed_at(ui: &mut Ui, lang: Lang, of: &str, text: &mut String) {
    let label = lang.t("印字箇所", "Printed at");
    small_line(ui, "printed at", label, &format!("{of} {label}"), text);
}

/// A small labelled line beneath a table. `salt` tells it from others there, whatever they are called by `name`.
pub(crate) fn small_line(ui: &mut Ui, salt: &str, label: &str, name: &str, text: &mut String) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(Type::Small.text(label).color(Palette::of(ui).secondary));
        let options = field::Options::default().bare().font(Type::Small).width(320.0);
        field::line(ui, salt, name, text, &options);
    });
}

/// Moves a figure that was stated in the table's unit to the table's new unit, its number unchanged.
pub(crate) fn follow_unit(quantity: &mut Quantity, before: &Unit, now: &Unit) {
    if quantity.unit == *before {
        quantity.unit.clone_from(now);
    }
}

/// Short texts, one a line; `hint` shows while there is none.
pub(crate) fn lines(ui: &mut Ui, name: &str, hint: &str, texts: &mut Vec<String>) -> Response {
    let mut joined = texts.join("\n");
    let options = field::Options::default().bare().placeholder(hint);
    let response = field::comment(ui, name, name, &mut joined, &options);
    if response.changed() {
        *texts = joined.split('\n').map(str::to_owned).collect();
    }
    // An empty line is kept while somebody is about to write on it.
    if !response.has_focus() && texts.iter().any(|text| text.trim().is_empty()) {
        texts.retain(|text| !text.trim().is_empty());
    }
    response
}
