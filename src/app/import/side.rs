//! The right of the import page: what is to be answered, what is to be known, and what was not understood.

use super::desk::Desk;
use super::{marks, words};
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, Icon, button, icon_button_in};
use crate::app::theme::{Palette, Type, space};
use crate::import::{Question, at};
use crate::locale::{Lang, Term};
use crate::model::Source;
use crate::sheets::to_paste;
use crate::tr;
use egui::{Frame, Label, Margin, Role, Stroke, Ui, UiBuilder, WidgetInfo};

/// Draws the whole side.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    marks::show_list(ui, desk);
    let (questions, remarks, leftovers) = desk.preview.side();
    if questions + remarks + leftovers == 0 {
        let mut sheets = desk.preview.proposal.files.iter().flat_map(|file| &file.sheets);
        let words = if sheets.all(|sheet| sheet.understood >= sheet.cells) {
            desk.lang.t(
                "質問はなく、文字のあるセルはすべて読み取れました。",
                "There is nothing to answer, and every cell was understood.",
            )
        } else {
            desk.lang.t("質問はありません。", "There is nothing to answer.")
        };
        kit::note(ui, words);
        return;
    }
    if questions > 0 {
        self::questions(ui, desk);
    }
    if remarks > 0 {
        self::remarks(ui, desk);
    }
    // These may be many, so that they come last.
    if leftovers > 0 {
        self::leftovers(ui, desk);
    }
}

fn questions(ui: &mut Ui, desk: &mut Desk<'_>) {
    let lang = desk.lang;
    let open = desk.preview.open_questions();
    kit::subheading(ui, &tr!(lang, "質問（未回答 {open} 件）", "Questions ({open} open)"));
    let asked = desk.preview.proposal.questions.clone();
    for question in &asked {
        ui.push_id(("question", &question.id), |ui| one_question(ui, desk, question));
        ui.add_space(space::INSIDE);
    }
}

fn one_question(ui: &mut Ui, desk: &mut Desk<'_>, question: &Question) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    // What was just answered shows at once, although the proposal is still being made anew.
    let given = desk.answers.get(&question.id).cloned();
    let frame = Frame::NONE.fill(p.sheet).stroke(Stroke::new(1.0, p.rule)).corner_radius(space::CORNER);
    frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.take_available_width();
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let builder = UiBuilder::new()
            .accessibility_role(egui::accesskit::Role::RadioGroup)
            .accessibility_label(question.text.t(lang));
        ui.scope_builder(builder, |ui| {
            ui.horizontal_top(|ui| {
                let (icon, colour) =
                    if given.is_some() { (Icon::Check, p.good) } else { (Icon::Question, p.caution) };
                icon.show(ui, 20.0, colour);
                ui.vertical(|ui| ui.label(Type::Body.text(question.text.t(lang))));
            });
            link(ui, desk, &question.about);
            for choice in &question.choices {
                let chosen = given.as_ref() == Some(&choice.value);
                if ui.radio(chosen, Type::Table.text(choice.label.t(lang))).clicked() && !chosen {
                    desk.answer(&question.id, Some(choice.value.clone()));
                }
            }
        });
        let n = question.waiting;
        if given.is_some() {
            if button::quiet(ui, None, lang.t("答えを取り消す", "Take the answer back")).clicked() {
                desk.answer(&question.id, None);
            }
        } else if n > 0 {
            kit::note(ui, &tr!(lang, "答えを待つセル: {n}", "Cells that wait for the answer: {n}"));
        }
    });
}

/// A cell that can be looked up.
fn link(ui: &mut Ui, desk: &mut Desk<'_>, source: &Source) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let words = Type::Small.text(at(source)).color(p.accent);
    let response = ui.add(egui::Button::new(words).frame(false).wrap());
    if response.on_hover_text(lang.t("元の表で見る", "Show in the source")).clicked() {
        desk.show_cell(source);
    }
}

fn leftovers(ui: &mut Ui, desk: &mut Desk<'_>) {
    let lang = desk.lang;
    let n = desk.preview.proposal.leftovers.len();
    ui.add_space(space::TIGHT);
    kit::subheading(ui, &tr!(lang, "読み取れなかったセル（{n}）", "Not understood ({n})"));
    if button::quiet(ui, Some(Icon::Document), lang.t("一覧をコピー", "Copy the list")).clicked() {
        let rows = desk.preview.proposal.leftovers.iter().map(|leftover| {
            let source = &leftover.source;
            [source.file.as_str(), &source.sheet, &source.cell, &leftover.text, leftover.why.t(lang)]
        });
        ui.ctx().copy_text(to_paste(rows));
        desk.said = Some(tr!(lang, "{n} セルの一覧をコピーしました", "Copied the list of {n} cells"));
    }
    if desk.preview.proposal.files.iter().any(|report| desk.can_mark(&report.file)) {
        marks::load_hint(ui, desk);
        ui.add_space(space::TIGHT);
    }
    let [cells, texts] = columns(desk, lang.t("内容と理由", "Text and reason"));
    let columns = [cells, texts, Column::fixed("", 36.0).centred()];
    let mut visit = None;
    let mut ask = None;
    let list = &desk.preview.proposal.leftovers;
    let name = lang.t("読み取れなかったセル", "Cells not understood");
    Table::new("leftovers", name, &columns, n).show(ui, |ui, row, column| {
        let leftover = &list[row];
        let p = Palette::of(ui);
        if column == 0 {
            if cell_link(ui, desk.lang, &at(&leftover.source)) {
                visit = Some(leftover.source.clone());
            }
            return;
        }
        if column == 2 {
            let cell = at(&leftover.source);
            let label = tr!(lang, "{cell} は何かを説明する", "Say what {cell} is");
            let wanted = desk.can_mark(&leftover.source.file);
            if wanted && icon_button_in(ui, Icon::Edit, &label, p.secondary).clicked() {
                ask = Some(leftover.source.clone());
            }
            return;
        }
        cell::pad(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if !leftover.text.is_empty() {
                ui.add(Label::new(words::short(&leftover.text)).wrap()).on_hover_text(&leftover.text);
            }
            ui.add(Label::new(Type::Small.text(leftover.why.t(lang)).color(p.secondary)).wrap());
        });
    });
    if let Some(source) = visit {
        desk.show_cell(&source);
    }
    if let Some(source) = ask {
        desk.show_cell(&source);
        if let Some(area) = desk.range_here() {
            desk.begin_marking(area);
        }
    }
}

fn remarks(ui: &mut Ui, desk: &mut Desk<'_>) {
    let lang = desk.lang;
    let all: Vec<(usize, usize)> = (desk.preview.proposal.tables.iter().enumerate())
        .flat_map(|(table, known)| (0..known.remarks.len()).map(move |remark| (table, remark)))
        .collect();
    let n = all.len();
    ui.add_space(space::TIGHT);
    kit::subheading(ui, &tr!(lang, "読み取りの注記（{n}）", "Remarks ({n})"));
    let columns = columns(desk, lang.t("注記", "Remark"));
    let tables = &desk.preview.proposal.tables;
    let mut visit = None;
    let name = lang.t("読み取りの注記", "Remarks");
    Table::new("remarks", name, &columns, n).show(ui, |ui, row, column| {
        let (table, remark) = all[row];
        let (table, remark) = (&tables[table], &tables[table].remarks[remark]);
        let source = match remark.cell {
            Some(cell) => Source { cell: cell.to_string(), ..table.at.clone() },
            None => table.at.clone(),
        };
        if column == 0 {
            if cell_link(ui, desk.lang, &at(&source)) {
                visit = Some((all[row].0, remark.cell.map(|_| source)));
            }
            return;
        }
        cell::pad(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Label::new(remark.text.t(lang)).wrap());
            let kind = Type::Small.text(table.kind.term(lang)).color(Palette::of(ui).secondary);
            ui.label(kind);
        });
    });
    match visit {
        Some((_, Some(source))) => desk.show_cell(&source),
        Some((table, None)) => desk.show_table(table),
        None => {}
    }
}

fn columns(desk: &Desk<'_>, what: &'static str) -> [Column<'static>; 2] {
    [Column::text(desk.lang.t("セル", "Cell"), 0.4, 84.0), Column::text(what, 1.0, 120.0)]
}

/// The address of a cell in a table, which leads to it in the source; whether it was asked for.
pub(super) fn cell_link(ui: &mut Ui, lang: Lang, address: &str) -> bool {
    // The name of the sheet may be long, and says least; the cell is what is looked for.
    let (sheet, cell) = address.rsplit_once('!').unwrap_or(("", address));
    let p = Palette::of(ui);
    let words = Type::Table.text(cell).color(p.accent);
    cell::pad(ui, |ui| {
        // In line with the texts beside it.
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().button_padding = egui::Vec2::ZERO;
        ui.spacing_mut().item_spacing.y = 0.0;
        let response = ui.add(egui::Button::new(words).frame(false).wrap());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, address));
        if !sheet.is_empty() {
            ui.add(Label::new(Type::Small.text(sheet).color(p.secondary)).truncate());
        }
        response.on_hover_text(lang.t("元の表で見る", "Show in the source")).clicked()
    })
}
