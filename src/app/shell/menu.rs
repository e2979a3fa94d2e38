//! The menu bar.

use crate::app::command::Command;
use crate::app::cx::Action;
use crate::app::kit::areas::{self, Area};
use crate::app::kit::button::focus_ring;
use crate::app::theme::{Palette, Type, space};
use crate::app::window::Window;
use crate::locale::Lang;
use egui::{Align, Button, Frame, Layout, Margin, MenuBar, Panel, Ui};

/// Draws the menu bar.
pub(in crate::app) fn menu(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let lang = window.lang;
    let p = Palette::of(ui);
    let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin::symmetric(8, 4));
    Panel::top("menu").frame(frame).show(ui, |ui| {
        MenuBar::new().ui(ui, |ui| {
            areas::begin(ui, Area::Menu);
            group(
                ui,
                window,
                actions,
                lang.t("ファイル", "File"),
                &[
                    &[Command::New, Command::Open, Command::OpenSample, Command::Start],
                    &[Command::Save, Command::SaveAs, Command::Autosave],
                    &[Command::Import, Command::Export, Command::Print],
                    &[Command::Quit],
                ],
            );
            group(
                ui,
                window,
                actions,
                lang.t("編集", "Edit"),
                &[
                    &[Command::Undo, Command::Redo, Command::Steps],
                    &[Command::Find, Command::Replace, Command::FindNext, Command::FindPrevious],
                ],
            );
            group(
                ui,
                window,
                actions,
                lang.t("表示", "View"),
                &[
                    &[Command::Palette, Command::Back, Command::Forward],
                    &[Command::Ballot],
                    &[Command::ZoomIn, Command::ZoomOut, Command::ZoomReset],
                    &[Command::Brightness, Command::Language],
                ],
            );
            group(
                ui,
                window,
                actions,
                lang.t("ヘルプ", "Help"),
                &[
                    &[Command::Shortcuts, Command::Tour, Command::Messages],
                    &[Command::Diagnostics, Command::About],
                ],
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                language(ui, lang, actions);
                if let Some(dossier) = window.dossier() {
                    let title =
                        egui::Label::new(Type::Small.text(dossier.title()).color(p.secondary)).truncate();
                    ui.add_space(space::GROUP);
                    ui.add(title);
                }
            });
        });
    });
}

fn group(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>, label: &str, groups: &[&[Command]]) {
    let menu = ui.menu_button(Type::Body.text(label), |ui| {
        ui.set_min_width(260.0);
        for (index, commands) in groups.iter().enumerate() {
            if index > 0 {
                ui.separator();
            }
            for command in *commands {
                let mut button =
                    Button::new(label_of(window, *command)).wrap_mode(egui::TextWrapMode::Truncate);
                if let Some(keys) = command.shortcut() {
                    button = button.shortcut_text(ui.ctx().format_shortcut(&keys));
                }
                if ui.add_enabled(window.can(*command), button).clicked() {
                    actions.push(Action::Do(*command));
                    ui.close();
                }
            }
        }
    });
    if menu.response.has_focus() {
        focus_ring(ui, menu.response.rect);
    }
}

/// Undo and redo say what they would do, and what is on or off says which.
fn label_of(window: &Window, command: Command) -> String {
    let label = command.label(window.lang);
    if command == Command::Autosave {
        let state =
            if window.prefs.autosave { window.lang.t("入", "on") } else { window.lang.t("切", "off") };
        return format!("{label}: {state}");
    }
    let step = match (command, &window.document) {
        (Command::Undo, Some(document)) => document.next_undo(window.lang),
        (Command::Redo, Some(document)) => document.next_redo(window.lang),
        _ => None,
    };
    step.map_or_else(|| label.to_owned(), |step| format!("{label}: {step}"))
}

/// 日本語 | English
fn language(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) {
    for other in Lang::ALL.into_iter().rev() {
        let text = Type::Small.text(other.name());
        if ui.selectable_label(other == lang, text).clicked() && other != lang {
            actions.push(Action::Do(Command::Language));
        }
    }
}
