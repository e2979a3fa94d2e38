//! The status bar: which file, what was said last, what can be undone, how large.

use crate::app::command::Command;
use crate::app::cx::Action;
use crate::app::kit::Icon;
use crate::app::theme::{Palette, Type, space};
use crate::app::window::Window;
use crate::tr;
use egui::{Align, Button, Frame, Label, Layout, Margin, Panel, TextWrapMode, Ui};

/// Draws the status bar.
pub(in crate::app) fn status(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let lang = window.lang;
    let p = Palette::of(ui);
    let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin::symmetric(12, 4));
    Panel::bottom("status").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::INSIDE;
            let small = |text: &str| Type::Small.text(text).color(p.secondary);
            let Some(document) = &window.document else {
                ui.label(small(lang.t("評価データは開いていません", "No dossier is open")));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| message(ui, window, actions));
                return;
            };
            Icon::Document.show(ui, 14.0, p.secondary);
            let name = document.name(lang);
            let state = if window.files.is_saving() {
                lang.t("保存しています…", "saving…")
            } else if document.is_dirty() {
                lang.t("未保存の変更あり", "unsaved changes")
            } else {
                lang.t("変更なし", "no changes")
            };
            ui.label(small(&name));
            let colour = if document.is_dirty() { p.caution } else { p.secondary };
            ui.label(Type::Small.text(state).color(colour));
            if let Some(holder) = window.other_holder() {
                let text = tr!(lang, "{holder}も開いています", "also open by {holder}");
                ui.label(Type::Small.text(text).color(p.caution));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                #[expect(clippy::cast_possible_truncation, reason = "a zoom of 75 to 200 per cent")]
                let percent = (window.prefs.zoom * 100.0).round() as i32;
                ui.label(small(&format!("{percent} %")));
                message(ui, window, actions);
                if let Some(step) = document.next_undo(window.lang) {
                    ui.separator();
                    ui.add(Label::new(small(&tr!(lang, "元に戻す: {step}", "Undo: {step}"))).truncate());
                }
            });
        });
    });
}

/// What was said last; a click shows all that was said.
fn message(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let Some(latest) = window.messages.latest() else { return };
    if window.document.is_some() {
        ui.separator();
    }
    let words = Type::Small.text(latest.text.as_str()).color(Palette::of(ui).secondary);
    let button = Button::new(words).frame(false).wrap_mode(TextWrapMode::Truncate);
    let room = (ui.available_width() * 0.5).max(80.0);
    let response = ui.scope(|ui| {
        ui.set_max_width(room);
        ui.add(button)
    });
    if response.inner.on_hover_text(Command::Messages.label(window.lang)).clicked() {
        actions.push(Action::Do(Command::Messages));
    }
}
