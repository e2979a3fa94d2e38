//! What is looked at: whence the value comes, where it would go, what it replaces, and whether it is taken.

use super::desk::Desk;
use super::words;
use crate::app::kit::{self, badge};
use crate::app::theme::{Palette, Type, space};
use crate::import::Standing;
use crate::locale::Term;
use crate::tr;
use egui::{Label, ScrollArea, Ui};

/// The height that is kept for it, so that nothing moves when something is chosen. Points.
pub(super) const HEIGHT: f32 = 80.0;

/// Draws the cell or value that is looked at.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let lang = desk.lang;
    if desk.look.cell.is_none() && desk.look.line.is_none() {
        let words = lang.t(
            "セルか値を選ぶと、出所・行き先・今の値がここに出ます。矢印キーで移り、スペースで選び外し、Shift＋矢印キーかドラッグで範囲を選びます。",
            "Choose a cell or a value to see where it is from, where it goes and what it replaces. Arrow keys move, Space takes or leaves, Shift and the arrows or dragging mark a range.",
        );
        kit::note(ui, words);
        return;
    }
    if desk.look.anchor.is_some() {
        let words = lang.t(
            "範囲を選んでいます。Enter か「これは何ですか…」で、何の表かを説明できます。",
            "A range is marked. Enter, or “Say what this is…”, lets you describe it.",
        );
        kit::note(ui, words);
        return;
    }
    let lines = desk.lines();
    ScrollArea::vertical().id_salt("detail").auto_shrink([false, false]).show(ui, |ui| {
        if lines.is_empty() {
            no_value(ui, desk);
        }
        for line in lines {
            ui.push_id(line, |ui| value(ui, desk, line));
        }
    });
}

fn value(ui: &mut Ui, desk: &mut Desk<'_>, line: usize) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let taken = desk.preview.is_taken(line);
    let mut wanted = taken;
    let standing = desk.preview.entry(line).standing;
    let provenance = desk.provenance(line);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.checkbox(&mut wanted, Type::Body.text(lang.t("取り込む", "Take")));
        badge(ui, super::preview::kind(standing), standing.term(lang));
        ui.add(Label::new(Type::Strong.text(&provenance)).truncate()).on_hover_text(&provenance);
    });
    let known = &desk.preview.lines[line];
    let (place, before) = (known.place.t(lang), known.before.t(lang));
    let words = match standing {
        Standing::New => tr!(lang, "{place}　今は空欄", "{place} — nothing there now"),
        Standing::Same => tr!(lang, "{place}　今の値と同じ", "{place} — the same as now"),
        _ if before.is_empty() => place.to_owned(),
        _ => tr!(lang, "{place}　今の値: {before}", "{place} — now: {before}"),
    };
    ui.add(Label::new(Type::Table.text(words)).wrap());
    if standing == Standing::Conflict {
        let words = lang.t(
            "同じ欄に別のセルが別の値を示しています。選ぶと、このセルの値を採ります。",
            "Another cell gives another value for this field; take this one to prefer it.",
        );
        ui.label(Type::Small.text(words).color(p.alarm));
    }
    ui.add_space(space::TIGHT);
    if wanted != taken {
        desk.choose(line, wanted);
    }
}

/// A cell without a value: what it is, and why it was not understood.
fn no_value(ui: &mut Ui, desk: &Desk<'_>) {
    let (Some((file, sheet)), Some(cell)) = (&desk.look.sheet, desk.look.cell) else { return };
    let (p, lang) = (Palette::of(ui), desk.lang);
    let text = desk.sources.sheet(file, sheet).map(|(sheet, _)| words::one_line(&sheet.text(cell)));
    let known = desk.preview.cells_of(file, sheet).and_then(|cells| cells.get(&cell));
    let what = match (super::grid::why(desk, cell), known) {
        (Some(why), _) => why,
        (None, Some(known)) => known.what.term(lang),
        (None, None) => lang.t("どの表にも属しません。", "Belongs to no table."),
    };
    let text = text.unwrap_or_default();
    ui.add(Label::new(Type::Strong.text(format!("{cell}  {text}"))).truncate());
    ui.label(Type::Table.text(what).color(p.secondary));
}
