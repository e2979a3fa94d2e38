//! What most panels are made of: lists of rows, figures, choices.

use super::typed::typed;
use crate::app::kit::table::{
    Column, Mark, Note, RowAction, RowTools, Table, TableOutput, cell, paste, tells,
};
use crate::app::kit::{empty, field, note, sheet};
use crate::app::theme::Type;
use crate::locale::{Lang, Term};
use crate::model::{
    Figure, FiscalYear, HasId, Quantity, RowId, Source, Unit, When, fold_for_matching, fresh_id, grouped,
};
use crate::tr;
use egui::{Response, Ui};
use rust_decimal::Decimal;

/// A list of rows, each edited in place, to be added to, removed from and reordered.
pub(crate) struct Rows<'a> {
    /// Tells this table from others on the page.
    pub(crate) salt: &'a str,
    /// The accessible name.
    pub(crate) name: &'a str,
    /// What the button beneath says.
    pub(crate) add: &'a str,
    /// What begins the ids of new rows.
    pub(crate) prefix: &'a str,
    /// The columns.
    pub(crate) columns: &'a [Column<'a>],
}

impl Rows<'_> {
    /// Draws the rows; `cell` draws one cell of a row.
    pub(crate) fn show<R: HasId + Default>(
        &self,
        ui: &mut Ui,
        lang: Lang,
        rows: &mut Vec<R>,
        mut cell: impl FnMut(&mut Ui, &mut R, usize),
    ) -> TableOutput {
        let all: Vec<usize> = (0..rows.len()).collect();
        self.show_some(ui, lang, rows, &all, R::default, &mut cell)
    }

    /// Draws the rows at the given places of a longer list, as if they were all: rows move among themselves, and a
    /// new row (made by `new`, so that it belongs here) stands behind the one above it.
    pub(crate) fn show_some<R: HasId>(
        &self,
        ui: &mut Ui,
        lang: Lang,
        rows: &mut Vec<R>,
        places: &[usize],
        new: impl FnMut() -> R,
        mut cell: impl FnMut(&mut Ui, &mut R, usize),
    ) -> TableOutput {
        self.show_grouped(
            ui,
            lang,
            rows,
            places,
            new,
            |_, _| false,
            |ui, row, column, _| cell(ui, row, column),
        )
    }

    /// The same; `cell` is told besides whether its row is the `same` as the one shown above it.
    #[expect(clippy::too_many_arguments, reason = "a table of any rows")]
    pub(crate) fn show_grouped<R: HasId>(
        &self,
        ui: &mut Ui,
        lang: Lang,
        rows: &mut Vec<R>,
        places: &[usize],
        mut new: impl FnMut() -> R,
        same: impl Fn(&R, &R) -> bool,
        mut cell: impl FnMut(&mut Ui, &mut R, usize, bool),
    ) -> TableOutput {
        let output = Table::new(self.salt, self.name, self.columns, places.len())
            .tools(RowTools::new(lang, self.add))
            .show(ui, |ui, row, column| {
                // Of a long table, only the rows in view are compared.
                let repeats = row > 0 && same(&rows[places[row - 1]], &rows[places[row]]);
                cell(ui, &mut rows[places[row]], column, repeats);
            });
        let mut places = places.to_vec();
        for action in output.actions() {
            let added = apply_some(rows, &places, action, self.prefix, &mut new);
            if let Some(at) = added.and_then(|id| rows.iter().position(|row| *row.id() == id)) {
                // What follows is to stand behind what was just added.
                places.iter_mut().filter(|place| **place >= at).for_each(|place| *place += 1);
                places.push(at);
            }
        }
        output
    }
}

/// The sheet of a list that has no row yet: what goes there, and the button that adds the first. False, and nothing is
/// drawn, if there are rows.
pub(crate) fn empty_list<R>(
    ui: &mut Ui,
    title: &str,
    what: &str,
    add: &str,
    rows: &mut Vec<R>,
    new: impl FnOnce() -> R,
) -> bool {
    if !rows.is_empty() {
        return false;
    }
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if empty(ui, what, add) {
                rows.push(new());
            }
        },
    );
    true
}

/// Carries out `action` on the rows at the given places of a longer list, as if they were all; the id of a row that
/// was added, which `new` made and `prefix` begins.
pub(crate) fn apply_some<R: HasId>(
    rows: &mut Vec<R>,
    places: &[usize],
    action: RowAction,
    prefix: &str,
    new: impl FnOnce() -> R,
) -> Option<RowId> {
    let place = |row: usize| places.get(row).copied();
    match action {
        RowAction::Insert(at) => {
            let behind = at.checked_sub(1).and_then(place).map_or_else(|| place(at), |above| Some(above + 1));
            let mut row = new();
            let id = fresh_id(rows, prefix);
            row.set_id(id.clone());
            rows.insert(behind.unwrap_or(rows.len()), row);
            return Some(id);
        }
        RowAction::Remove(at) => {
            if let Some(at) = place(at) {
                rows.remove(at);
            }
        }
        RowAction::Up(at) => {
            if let (Some(at), Some(above)) = (place(at), at.checked_sub(1).and_then(place)) {
                rows.swap(at, above);
            }
        }
        RowAction::Down(at) => {
            if let (Some(at), Some(below)) = (place(at), place(at + 1)) {
                rows.swap(at, below);
            }
        }
    }
    None
}

/// A figure, edited as the text it was printed in, which may be a phrase (約 50億円（約 10億円×5年）); the pointer tells
/// its value, note and origin. An empty one takes `unit`.
pub(crate) fn wrapped_quantity(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    quantity: &mut Quantity,
    unit: &Unit,
) -> Response {
    let read = |text: &str, before: &Quantity| {
        let mut quantity = before.clone();
        retype(&mut quantity, text, unit);
        Some(quantity)
    };
    let response = typed(ui, name, quantity, Quantity::display, read, |ui, text| cell::text(ui, name, text));
    explain(response, lang, quantity)
}

/// Takes a figure over from what somebody typed: the origin no longer holds, the document's note does.
pub(crate) fn retype(quantity: &mut Quantity, text: &str, unit: &Unit) {
    let unit = if quantity.is_blank() { unit } else { &quantity.unit };
    let mut typed = Quantity::read(text, unit);
    if typed.note.is_empty() {
        typed.note = std::mem::take(&mut quantity.note);
    }
    *quantity = typed;
}

/// Every number can be asked what it means and where it is from: under the pointer, and from its context menu, where the
/// answer can be copied.
pub(crate) fn explain(response: Response, lang: Lang, quantity: &Quantity) -> Response {
    if quantity.is_blank() {
        return response;
    }
    let mark = if matches!(quantity.figure, Figure::Words) {
        Some(Mark::Unread)
    } else {
        (!quantity.note.is_empty()).then_some(Mark::Noted)
    };
    let lines = explanation(lang, quantity);
    let origin = quantity.source.as_ref().map(whence);
    if tells(&response.ctx, Note { lines: lines.clone(), origin, mark }) {
        // The cell tells it on request; see the menu of a cell.
        let tell = |ui: &mut Ui| {
            for line in &lines {
                ui.label(line);
            }
        };
        return response.on_hover_ui(tell).on_disabled_hover_ui(tell);
    }
    response.context_menu(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        for line in explanation(lang, quantity) {
            ui.label(line);
        }
        ui.separator();
        if let Some(source) = &quantity.source {
            if ui.button(lang.t("出所をコピー", "Copy where it is from")).clicked() {
                ui.ctx().copy_text(whence(source));
                ui.close();
            }
        } else {
            note(ui, lang.t("出所の記録はありません", "Where it is from is not noted"));
        }
    });
    let tell = |ui: &mut Ui| {
        for line in explanation(lang, quantity) {
            ui.label(line);
        }
    };
    // A figure that cannot be edited can be asked all the same.
    response.on_hover_ui(tell).on_disabled_hover_ui(tell)
}

fn explanation(lang: Lang, quantity: &Quantity) -> Vec<String> {
    let unit = &quantity.unit;
    let printed = quantity.display();
    let mut lines = vec![match &quantity.figure {
        Figure::Number(value) => {
            let value = crate::model::grouped(*value);
            tr!(lang, "印字「{printed}」 → {value} {unit}", "printed “{printed}” → {value} {unit}")
        }
        Figure::Range(low, high) => {
            tr!(
                lang,
                "印字「{printed}」 → {low} から {high} {unit}",
                "printed “{printed}” → {low} to {high} {unit}"
            )
        }
        Figure::Dash => tr!(lang, "印字「{printed}」（横棒）", "printed “{printed}” (a dash)"),
        Figure::Blank => lang.t("印字なし", "nothing printed").to_owned(),
        Figure::Words => tr!(
            lang,
            "「{printed}」は数値として読めないため、文字のまま保持",
            "“{printed}” is no number and is kept as text"
        ),
    }];
    if quantity.certainty != crate::model::Certainty::Settled {
        lines.push(quantity.certainty.term(lang).to_owned());
    }
    if !quantity.note.is_empty() {
        lines.push(quantity.note.clone());
    }
    if let Some(source) = &quantity.source {
        lines.push(origin(lang, source));
    }
    lines
}

/// Where something was read, in a sentence.
pub(crate) fn origin(lang: Lang, source: &Source) -> String {
    let whence = whence(source);
    tr!(lang, "出所: {whence}", "from {whence}")
}

/// A file and the cell in it: `report_layout_A.xlsx 資金配分!C4`.
fn whence(source: &Source) -> String {
    match (source.sheet.is_empty(), source.cell.is_empty()) {
        // Without a sheet the cell is named with its file anyway.
        (true, _) => crate::import::at(source),
        (false, _) => format!("{} {}", source.file, crate::import::at(source)),
    }
}

/// One of a few of the domain's choices.
pub(crate) fn choice<T: Term + PartialEq>(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    current: &mut T,
    all: &[T],
) -> Response {
    let options: Vec<_> = all.iter().map(|value| (*value, value.term(lang))).collect();
    cell::choice(ui, name, current, &options)
}

/// A fiscal year, edited as people write it (2021, 2021年度, FY2021, 令和3年度, R3) and shown as its number; what is
/// no year leaves it as it was, empty takes it away.
pub(crate) fn fiscal_year(ui: &mut Ui, name: &str, year: &mut Option<FiscalYear>) -> Response {
    let show = |year: &Option<FiscalYear>| year.map(|year| year.to_string()).unwrap_or_default();
    let response = typed(
        ui,
        name,
        year,
        show,
        |text, _| optional(text, FiscalYear::read),
        |ui, text| cell::number(ui, name, text),
    );
    match *year {
        Some(known) => {
            response.on_hover_text(format!("{} / {} / {}", known.western(), known.era(), known.short()))
        }
        None => response,
    }
}

/// What a text says of a value that may be missing: nothing of use, that it is missing, or the value.
#[expect(clippy::option_option, reason = "not understood and taken away are two things")]
pub(crate) fn optional<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.trim().is_empty() { Some(None) } else { read(text).map(Some) }
}

/// A date or span, edited as text; the pointer tells what was understood of a printed one.
pub(crate) fn when(ui: &mut Ui, name: &str, when: &mut When) -> Response {
    let read = |text: &str, _: &When| Some(When::read(text));
    let response = typed(ui, name, when, When::display, read, |ui, text| cell::text(ui, name, text));
    if when.printed.is_empty() || (when.at.is_none() && when.to.is_none()) {
        return response;
    }
    let meant = When { printed: String::new(), ..when.clone() };
    response.on_hover_text(format!("{} → {}", when.printed, meant.display()))
}

/// A text cell.
pub(crate) fn text(ui: &mut Ui, name: &str, value: &mut String) -> Response {
    cell::text(ui, name, value)
}

/// The accessible name of a cell: which row, and what of it.
pub(crate) fn name(row: &RowId, what: &str) -> String {
    format!("{row} {what}")
}

/// A label of second rank above what it names.
pub(crate) fn labelled<R>(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.label(
            egui::RichText::new(label)
                .font(crate::app::theme::Type::Small.font())
                .color(crate::app::theme::Palette::of(ui).secondary),
        );
        content(ui)
    })
    .inner
}

/// A quiet mark in the cell of a printed figure that differs from the computed one; the pointer tells both. Whether the
/// mark was clicked, to see what the checks say of it. Where rounding may explain the difference, it is fainter.
pub(crate) fn mark_difference(ui: &Ui, lang: Lang, response: &Response, words: &str, rounding: bool) -> bool {
    use crate::app::kit::Icon;
    let p = crate::app::theme::Palette::of(ui);
    let cell = ui.max_rect();
    let at =
        egui::Rect::from_min_size(egui::pos2(cell.left() + 4.0, cell.top() + 8.0), egui::Vec2::splat(14.0));
    let mark = ui.interact(at.expand(6.0), response.id.with("difference"), egui::Sense::click());
    let name = tr!(lang, "確認を開く: {words}", "Open the checks: {words}");
    mark.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let (icon, colour) = if rounding { (Icon::Info, p.secondary) } else { (Icon::Warning, p.caution) };
    icon.paint(ui, at, colour);
    if mark.has_focus() {
        crate::app::kit::button::focus_ring(ui, at.expand(4.0));
    }
    response.clone().on_hover_text(words);
    mark.on_hover_text(name).clicked()
}

/// A whole number of no unit, such as the number of a session; what is no number leaves it as it was.
pub(crate) fn ordinal(ui: &mut Ui, name: &str, number: &mut Option<u16>) -> Response {
    let show = |number: &Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    let read = |text: &str| fold_for_matching(text).parse().ok();
    typed(ui, name, number, show, |text, _| optional(text, read), |ui, text| cell::number(ui, name, text))
}

/// Something that holds or does not; `name` is said to those who cannot see where it stands.
pub(crate) fn tick(ui: &mut Ui, name: &str, holds: &mut bool) -> Response {
    ui.scope(|ui| {
        crate::app::kit::close_if_read_only(ui);
        let lang = crate::app::kit::spoken(ui.ctx());
        let (yes, no) = (lang.t("はい", "yes"), lang.t("いいえ", "no"));
        let mut changed = ui.is_enabled() && cell::activated(ui);
        *holds ^= changed;
        if ui.is_enabled()
            && let Some(pasted) = paste::take(ui.ctx())
        {
            match ticked(&pasted) {
                Some(pasted) => {
                    changed |= *holds != pasted;
                    *holds = pasted;
                }
                None => paste::refuse(ui.ctx()),
            }
        }
        let mut response = ui.add(egui::Checkbox::without_text(holds)).accessible_name(name);
        cell::says(ui, if *holds { yes } else { no });
        if changed {
            response.mark_changed();
        }
        response
    })
    .inner
}

/// What a text from a table says of a tick.
fn ticked(text: &str) -> Option<bool> {
    match fold_for_matching(text).to_lowercase().as_str() {
        "はい" | "yes" | "true" | "1" | "○" | "〇" | "✓" | "✔" | "レ" => Some(true),
        "" | "いいえ" | "no" | "false" | "0" | "×" | "-" => Some(false),
        _ => None,
    }
}

/// A small label with a short field beside it, for what stands above or below a longer text.
pub(crate) fn aside(ui: &mut Ui, label: &str, field: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        note(ui, label);
        field(ui);
    });
}

/// The least that an [`aside`] is wide, and a field on one line in it.
pub(crate) fn aside_line(ui: &mut Ui, label: &str, name: &str, width: f32, value: &mut String) {
    aside(ui, label, |ui| {
        let options = field::Options::default().bare().font(Type::Table).placeholder("—").width(width);
        field::line(ui, name, name, value, &options);
    });
}

/// The unit of a figure, as written.
pub(crate) fn unit(ui: &mut Ui, name: &str, quantity: &mut Quantity) -> Response {
    let mut text = quantity.unit.as_str().to_owned();
    let response = cell::text(ui, name, &mut text);
    if response.changed() {
        quantity.unit = Unit::from(text);
    }
    response
}

/// One of a few ways to see a table, `width` points wide.
pub(crate) fn filter<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    current: &mut T,
    options: &[(T, &str)],
) -> Response {
    use crate::app::theme::{Palette, space};
    let width = width.min(ui.max_rect().width());
    // A frame does not wrap by itself.
    if ui.layout().main_wrap() && ui.available_size_before_wrap().x < width {
        ui.end_row();
    }
    egui::Frame::NONE
        .stroke(egui::Stroke::new(1.0, Palette::of(ui).rule))
        .corner_radius(space::CORNER)
        .show(ui, |ui| {
            ui.set_width(width);
            cell::menu(ui, name, current, options)
        })
        .inner
}

/// A number of which the header says the unit; what is no number leaves it as it was.
pub(crate) fn decimal(ui: &mut Ui, name: &str, number: &mut Option<Decimal>) -> Response {
    let show = |number: &Option<Decimal>| number.map(grouped).unwrap_or_default();
    let read = |text: &str| Quantity::read(text, &Unit::default()).value();
    typed(ui, name, number, show, |text, _| optional(text, read), |ui, text| cell::number(ui, name, text))
}

/// A remark on what was not done, and why.
pub(crate) fn caution(ui: &mut Ui, text: &str) {
    use crate::app::kit::Icon;
    use crate::app::theme::{Palette, space};
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::INSIDE;
        Icon::Warning.show(ui, space::ICON + 2.0, Palette::of(ui).caution);
        ui.add(egui::Label::new(Type::Small.text(text)).wrap());
    });
}
