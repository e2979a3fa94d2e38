//! The values that an import would set, one a line: taken or left, where each would go, what it replaces.

use super::desk::{Desk, Tab};
use super::side::cell_link;
use super::words::{self, STANDINGS};
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, button};
use crate::app::theme::{Palette, Type, space};
use crate::import::Standing;
use crate::locale::Term;
use crate::tr;
use egui::{Checkbox, Label, Ui, vec2};

/// Draws the list with its filters; how many cells of it were drawn.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) -> usize {
    let table = desk.table().filter(|_| !desk.look.every_table);
    let scope = table.map_or(0..desk.preview.lines.len(), |table| desk.preview.lines_of(table));
    filters(ui, desk, scope.clone());
    let standing = desk.look.standing;
    let shown: Vec<usize> = scope
        .filter(|line| standing.is_none_or(|standing| desk.preview.entry(*line).standing == standing))
        .collect();
    all_or_none(ui, desk, &shown);
    ui.add_space(space::TIGHT);
    if shown.is_empty() {
        kit::note(ui, desk.lang.t("この絞り込みに合う値はありません。", "No value fits this filter."));
        return 0;
    }
    kit::scroll(ui, ("values", table, standing), |ui| list(ui, desk, &shown, table.is_some()))
}

/// Which table, and which standing.
fn filters(ui: &mut Ui, desk: &mut Desk<'_>, scope: std::ops::Range<usize>) {
    let lang = desk.lang;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::TIGHT, space::TIGHT);
        if desk.table().is_some() {
            for (every, label) in
                [(false, lang.t("この表", "This table")), (true, lang.t("すべての表", "All tables"))]
            {
                if ui.selectable_label(desk.look.every_table == every, Type::Table.text(label)).clicked() {
                    desk.look.every_table = every;
                }
            }
            ui.separator();
        }
        let count = |standing: Option<Standing>| {
            let fits =
                |line: &usize| standing.is_none_or(|standing| desk.preview.entry(*line).standing == standing);
            scope.clone().filter(fits).count()
        };
        let all = count(None);
        let mut choices = vec![(None, tr!(lang, "すべて {all}", "All {all}"))];
        choices.extend(STANDINGS.into_iter().filter_map(|standing| {
            let count = count(Some(standing));
            (count > 0 || desk.look.standing == Some(standing))
                .then(|| (Some(standing), format!("{} {count}", standing.term(lang))))
        }));
        for (standing, label) in choices {
            if ui.selectable_label(desk.look.standing == standing, Type::Table.text(label)).clicked() {
                desk.look.standing = standing;
            }
        }
    });
}

fn all_or_none(ui: &mut Ui, desk: &mut Desk<'_>, shown: &[usize]) {
    let lang = desk.lang;
    let (n, taken) = (shown.len(), shown.iter().filter(|line| desk.preview.is_taken(**line)).count());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::INSIDE;
        let all = button::quiet(ui, None, lang.t("表示中をすべて選ぶ", "Take all shown"));
        if all.clicked() {
            desk.preview.choose_all(shown, true, desk.choices);
        }
        if button::quiet(ui, None, lang.t("表示中をすべて外す", "Leave all shown")).clicked() {
            desk.preview.choose_all(shown, false, desk.choices);
        }
        kit::note(ui, &tr!(lang, "{n} 件中 {taken} 件を選択", "{taken} of {n} chosen"));
    });
}

fn list(ui: &mut Ui, desk: &mut Desk<'_>, shown: &[usize], one_table: bool) -> usize {
    let lang = desk.lang;
    let columns = [
        Column::fixed("", 40.0).centred(),
        Column::fixed(lang.t("区分", "State"), 88.0),
        Column::text(lang.t("行き先", "Goes to"), if one_table { 1.0 } else { 2.0 }, 120.0),
        Column::text(lang.t("今の値", "Now"), 1.0, 72.0),
        Column::text(lang.t("取り込む値", "To be taken"), 1.2, 80.0),
        Column::text(lang.t("元のセル", "Cell"), 0.7, 76.0),
    ];
    let picked = desk.look.line.and_then(|line| shown.iter().position(|shown| *shown == line));
    let preview = &*desk.preview;
    let label = |row: usize| {
        let line = &preview.lines[shown[row]];
        format!("{} {}", line.place.t(lang), preview.entry(shown[row]).read)
    };
    let name = lang.t("取り込む値の一覧", "Values to be taken");
    let mut chosen = None;
    let mut visit = None;
    let output =
        Table::new("values", name, &columns, shown.len()).pick(picked, &label).show(ui, |ui, row, column| {
            let index = shown[row];
            let (line, entry) = (&preview.lines[index], preview.entry(index));
            let p = Palette::of(ui);
            let taken = preview.is_taken(index);
            let ink = if taken { p.ink } else { p.secondary };
            let text = |ui: &mut Ui, text: &str, colour| {
                cell::pad(ui, |ui| {
                    ui.add(Label::new(egui::RichText::new(text).color(colour)).wrap().selectable(false))
                })
            };
            match column {
                0 => {
                    let mut wanted = taken;
                    let place = line.place.t(lang);
                    let at = &line.cell;
                    let name = tr!(lang, "{place} を取り込む（{at}）", "Take {place} ({at})");
                    ui.add_space(1.0);
                    if ui.add(Checkbox::without_text(&mut wanted)).accessible_name(name).changed() {
                        chosen = Some((index, wanted));
                    }
                }
                1 => {
                    let (icon, colour, _) = words::mark(entry.standing, p);
                    cell::pad(ui, |ui| {
                        ui.horizontal_top(|ui| {
                            ui.spacing_mut().item_spacing.x = space::TIGHT;
                            icon.show(ui, 18.0, colour);
                            let words = Type::Table.text(entry.standing.term(lang)).color(ink);
                            ui.add(Label::new(words).selectable(false));
                        });
                    });
                }
                2 => {
                    let place = if one_table { &line.within } else { &line.place };
                    text(ui, place.t(lang), ink).on_hover_text(line.place.t(lang));
                }
                3 => {
                    let before = line.before.t(lang);
                    let same = entry.standing == Standing::Same;
                    text(
                        ui,
                        if before.is_empty() { "—" } else { before },
                        if same { ink } else { p.secondary },
                    );
                }
                4 => {
                    text(ui, line.after.t(lang), ink);
                }
                _ => {
                    if cell_link(ui, lang, &line.cell) {
                        visit = Some(index);
                    }
                }
            }
        });
    if let Some((line, taken)) = chosen {
        desk.choose(line, taken);
    }
    if let Some(row) = output.picked {
        desk.look_at_line(shown[row]);
    }
    if let Some(line) = visit {
        desk.look_at_line(line);
        desk.look.tab = Tab::Source;
    }
    output.cells
}
