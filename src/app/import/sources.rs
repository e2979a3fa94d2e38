//! The left of the import page: files and sheets, and under each the tables that were recognised there.

use super::desk::Desk;
use super::preview::kind;
use crate::app::kit::{self, Icon, badge, icon_button_in};
use crate::app::theme::{Palette, Type, space};
use crate::import::{Content, FileReport, Form, SheetReport, at};
use crate::locale::Term;
use crate::model::SubjectId;
use crate::tr;
use egui::{Align, Checkbox, Frame, Label, Layout, Margin, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};

/// Draws the files and their tables.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let files = desk.preview.proposal.files.clone();
    for report in &files {
        ui.push_id(("file", &report.file), |ui| file(ui, desk, report));
        ui.add_space(space::GROUP);
    }
}

fn file(ui: &mut Ui, desk: &mut Desk<'_>, report: &FileReport) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let name = &report.file;
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let label = tr!(lang, "{name} を取り込みから外す", "Take {name} out of this import");
        if icon_button_in(ui, Icon::Close, &label, p.secondary).clicked() {
            desk.drop_file(name);
        }
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            ui.add_space(space::TIGHT);
            Icon::Document.show(ui, 22.0, p.secondary);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(space::TIGHT);
                ui.add(Label::new(Type::Strong.text(name)).truncate());
                let form = report.form.term(lang);
                let words = if report.trouble.is_some() {
                    lang.t("読めませんでした", "Not read")
                } else {
                    form
                };
                ui.label(Type::Small.text(words).color(p.secondary));
            });
        });
    });
    if let Some(trouble) = &report.trouble {
        Frame::NONE.fill(p.alarm_soft).corner_radius(space::CORNER).inner_margin(Margin::same(8)).show(
            ui,
            |ui| {
                ui.take_available_width();
                ui.label(Type::Table.text(trouble.t(lang)).color(p.ink));
            },
        );
        return;
    }
    let tables: Vec<usize> = (0..desk.preview.proposal.tables.len())
        .filter(|table| desk.preview.proposal.tables[*table].at.file == *name)
        .collect();
    let of_sheet = |desk: &Desk<'_>, sheet: &str| -> Vec<usize> {
        tables
            .iter()
            .copied()
            .filter(|table| desk.preview.proposal.tables[*table].at.sheet == sheet)
            .collect()
    };
    for sheet in &report.sheets {
        sheet_line(ui, desk, name, sheet);
        form_line(ui, desk, sheet);
        for table in of_sheet(desk, &sheet.name) {
            card(ui, desk, table);
        }
    }
    // What is no sheet, such as a review sheet in JSON, has tables all the same.
    for table in &tables {
        let sheet = &desk.preview.proposal.tables[*table].at.sheet;
        if !report.sheets.iter().any(|known| known.name == *sheet) {
            card(ui, desk, *table);
        }
    }
    if report.form == Form::Map {
        map(ui, desk, name);
    } else if tables.is_empty() {
        let words = match report.form {
            Form::Dossier => lang.t("取り込む値はありません。", "There is nothing to take."),
            _ if report.sheets.iter().all(|sheet| sheet.cells == 0) => {
                lang.t("どのシートにも何も入っていません。", "There is nothing on any sheet.")
            }
            _ => lang.t("分かる表は見つかりませんでした。", "No table was recognised."),
        };
        kit::note(ui, words);
    }
}

/// What a map is of, and what was read by it.
fn map(ui: &mut Ui, desk: &Desk<'_>, file: &str) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let input = desk.sources.inputs.iter().find(|input| input.file == file);
    if let Some(Content::Form(maps)) = input.map(|input| &input.content) {
        for map in maps {
            let (name, n) = (&map.name, map.regions.len());
            let words = tr!(lang, "様式「{name}」（範囲 {n}）", "Form “{name}” ({n} ranges)");
            ui.add(Label::new(Type::Table.text(words)).wrap());
        }
    }
    let sheets = desk.preview.proposal.read_by(file);
    let (icon, colour, words) = if sheets > 0 {
        let words =
            tr!(lang, "{sheets} シートをこの対応付けで読み取りました。", "{sheets} sheets were read by it.");
        (Icon::Check, p.good, words)
    } else {
        let words = lang.t(
            "この様式のシートはまだありません。様式のブックを追加してください。",
            "No sheet of this form is here yet. Add a workbook of the form.",
        );
        (Icon::Warning, p.caution, words.to_owned())
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon.show(ui, 18.0, colour);
        ui.add(Label::new(Type::Small.text(words)).wrap());
    });
}

/// That a sheet was read by a map.
fn form_line(ui: &mut Ui, desk: &Desk<'_>, sheet: &SheetReport) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let Some(form) = sheet.form.as_ref().filter(|form| !form.regions.is_empty()) else { return };
    let name = &form.name;
    let words = if form.by_hand {
        lang.t("説明した範囲のとおりに読み取り", "Read as described").to_owned()
    } else {
        tr!(lang, "様式「{name}」として読み取り", "Known as the form “{name}”")
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        ui.add_space(space::ICON + space::TIGHT);
        Icon::Check.show(ui, space::ICON, p.good);
        ui.add(Label::new(Type::Small.text(words).color(p.secondary)).truncate());
    });
}

fn sheet_line(ui: &mut Ui, desk: &mut Desk<'_>, file: &str, sheet: &SheetReport) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let shown = desk.look.sheet.as_ref().is_some_and(|(f, s)| f == file && *s == sheet.name);
    let name = if sheet.name.is_empty() { lang.t("（表）", "(table)") } else { &sheet.name };
    let (cells, understood) = (sheet.cells, sheet.understood);
    let count = if cells == 0 {
        lang.t("空のシート", "Empty").to_owned()
    } else {
        tr!(lang, "読み取り {understood} / {cells}", "{understood} of {cells} read")
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let all = understood >= cells;
            let colour = if all { p.secondary } else { p.ink };
            let response = ui.label(Type::Small.text(&count).color(colour));
            let left = cells.saturating_sub(understood);
            response.on_hover_text(tr!(
                lang,
                "文字のある {cells} セルのうち {understood} セルを読み取り、{left} セルは読み取れませんでした。",
                "Of {cells} cells that hold something, {understood} were understood and {left} were not."
            ));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                Icon::Table.show(ui, space::ICON, p.secondary);
                let font = if shown { Type::TableStrong } else { Type::Table };
                let words = font.text(name).color(if shown { p.accent } else { p.ink });
                let button = egui::Button::new(words).frame_when_inactive(false).selected(false);
                if ui.add(button.wrap_mode(egui::TextWrapMode::Truncate)).clicked() {
                    desk.look.show_sheet(file, &sheet.name);
                }
            });
        });
    });
    if let Some(unseen) = sheet.unseen() {
        ui.label(Type::Small.text(unseen.t(lang)).color(p.secondary));
    }
}

/// A recognised table: what it is, where it stands, how much of it is new, and whether it is taken.
fn card(ui: &mut Ui, desk: &mut Desk<'_>, index: usize) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let table = &desk.preview.proposal.tables[index];
    let selected = desk.look.table.as_deref() == Some(table.id.as_str());
    let (kind_term, subject) = (table.kind.term(lang), subject(&table.subject, lang));
    let place = at(&table.at);
    let name = format!("{kind_term} {subject} {place}");
    let counts = desk.preview.counts_of(index);
    let taken = table.accepted && table.entries.iter().any(|entry| entry.accepted);
    let partly = taken && !table.entries.iter().all(|entry| entry.accepted);
    let (title, remarks, entries) = (table.title.clone(), table.remarks.len(), table.entries.len());
    let mut wanted = taken;
    let builder = UiBuilder::new().id_salt(("card", index)).sense(Sense::click());
    let response = ui
        .scope_builder(builder, |ui| {
            let hovered = ui.response().hovered();
            let fill = if selected {
                p.accent_soft
            } else if hovered {
                p.hover
            } else {
                p.sheet
            };
            let edge = if selected { p.accent } else { p.rule };
            let frame = Frame::NONE.fill(fill).stroke(Stroke::new(1.0, edge));
            frame.corner_radius(space::CORNER).inner_margin(Margin::symmetric(8, 6)).show(ui, |ui| {
                ui.take_available_width();
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = space::INSIDE;
                    let box_name = tr!(lang, "{name} を取り込む", "Take {name}");
                    let check = Checkbox::without_text(&mut wanted).indeterminate(partly);
                    ui.add_enabled(entries > 0, check).accessible_name(box_name);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        if remarks > 0 {
                            Icon::Info.show(ui, space::ICON, p.accent);
                        }
                        ui.label(Type::Small.text(&*subject).color(p.secondary));
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            ui.add(Label::new(Type::Strong.text(kind_term)).truncate().selectable(false));
                        });
                    });
                });
                if !title.is_empty() {
                    let words = Type::Small.text(super::words::one_line(&title)).color(p.ink);
                    ui.add(Label::new(words).truncate().selectable(false));
                }
                ui.add(Label::new(Type::Small.text(&place).color(p.secondary)).truncate().selectable(false));
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::TIGHT, space::TIGHT);
                    for (standing, count) in counts {
                        badge(ui, kind(*standing), &format!("{} {count}", standing.term(lang)));
                    }
                });
            });
        })
        .response;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &name));
    if response.has_focus() {
        kit::button::focus_ring(ui, response.rect);
    }
    if response.clicked() {
        desk.show_table(index);
    }
    if wanted != taken {
        desk.preview.choose_table(index, wanted, desk.choices);
    }
}

/// Whose a table is, in a word.
fn subject(id: &SubjectId, lang: crate::locale::Lang) -> String {
    if *id == SubjectId::programme() {
        lang.t("プログラム", "Programme").to_owned()
    } else {
        tr!(lang, "課題 {id}", "Project {id}")
    }
}
