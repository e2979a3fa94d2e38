//! 変更の履歴: the steps that were made, to go back to any of them and forward again.

use super::command::Command;
use super::kit::{self, Icon, Kind, areas, icon_button};
use super::theme::{Palette, Type, space};
use super::window::Window;
use crate::tr;
use egui::{Align2, Frame, Margin, Panel, Role, Sense, Ui, WidgetInfo, vec2};
use jiff::tz::TimeZone;

/// The height of a step: what it did, and when.
const STEP: f32 = 52.0;

impl Window {
    /// Draws the panel at the right of the page.
    pub(super) fn steps_panel(&mut self, ui: &mut Ui) {
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let (steps, made) = document.steps();
        let lines: Vec<(String, String)> = steps
            .map(|step| {
                let at = step.at.to_zoned(TimeZone::system());
                (step.label.t(lang).to_owned(), at.strftime("%H:%M:%S").to_string())
            })
            .collect();
        let p = Palette::of(ui);
        let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin::symmetric(16, 12));
        let (mut close, mut to) = (false, None);
        Panel::right("steps").frame(frame).default_size(340.0).size_range(260.0..=520.0).show(ui, |ui| {
            areas::begin(ui, areas::Area::Drawer);
            ui.horizontal(|ui| {
                ui.label(Type::Panel.text(Command::Steps.label(lang)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let label = lang.t("変更の履歴を閉じる", "Close the history");
                    close = icon_button(ui, Icon::Close, label).clicked();
                });
            });
            if lines.is_empty() {
                kit::note(ui, lang.t("変更はまだありません。", "Nothing has been changed yet."));
                return;
            }
            kit::note(
                ui,
                lang.t(
                    "押すと、その変更までの状態に戻る、または進みます。",
                    "A click goes back or forward to the state after that change.",
                ),
            );
            kit::scroll(ui, "steps", |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, (label, time)) in lines.iter().enumerate().rev() {
                    let state = if at + 1 == made {
                        lang.t("いまの状態", "Now")
                    } else if at >= made {
                        lang.t("取り消し済み", "Undone")
                    } else {
                        ""
                    };
                    if line(ui, label, &format!("{time}　{state}"), at + 1 == made, at >= made) {
                        to = Some(at + 1);
                    }
                }
                let begin = lang.t("開いたときの状態", "As it was opened");
                let state = if made == 0 { lang.t("いまの状態", "Now") } else { "" };
                if line(ui, begin, state, made == 0, false) {
                    to = Some(0);
                }
            });
        });
        if close {
            self.side = None;
        }
        if let Some(to) = to {
            self.go_to_step(ui, to);
        }
    }

    /// Takes back, or makes again, until so many steps are made: all of them or none.
    fn go_to_step(&mut self, ui: &Ui, to: usize) {
        let lang = self.lang;
        self.settle();
        if let Some(id) = ui.memory(egui::Memory::focused) {
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
        let Some(document) = &mut self.document else { return };
        // What was still being typed has become a step of its own by now.
        let made = document.steps().1;
        if let Err(error) = document.walk_to(to) {
            self.messages.push(
                Kind::Alarm,
                lang.t(
                    "その状態に移れませんでした。評価データは変わっていません。",
                    "That state could not be reached; the dossier is unchanged.",
                ),
                error.to_string(),
            );
            return;
        }
        let now = document.steps().1;
        let n = made.abs_diff(now);
        let text = if now < made {
            tr!(lang, "{n} 件を元に戻しました", "{n} changes undone")
        } else {
            tr!(lang, "{n} 件をやり直しました", "{n} changes done again")
        };
        if n > 0 {
            self.messages.push(Kind::Info, text, "");
        }
    }
}

/// A step; whether it was clicked.
fn line(ui: &mut Ui, label: &str, aside: &str, now: bool, undone: bool) -> bool {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STEP), Sense::click());
    let name = format!("{label} {aside}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, now, &name));
    if ui.is_rect_visible(rect) {
        if now || response.hovered() {
            let fill = if now { p.accent_soft } else { p.hover };
            ui.painter().rect_filled(rect, space::CORNER, fill);
        }
        if now {
            kit::chosen_bar(ui, rect);
        }
        if response.has_focus() {
            kit::button::focus_ring(ui, rect.shrink(2.0));
        }
        let inner = rect.shrink2(vec2(space::INSIDE, 6.0));
        let colour = if undone { p.secondary } else { p.ink };
        let words = egui::WidgetText::from(label).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            inner.width(),
            egui::FontSelection::FontId(Type::Body.font()),
        );
        ui.painter().galley(inner.min, words, colour);
        let aside = ui.painter().layout_no_wrap(aside.to_owned(), Type::Small.font(), p.secondary);
        let at = Align2::LEFT_BOTTOM.align_size_within_rect(aside.size(), inner).min;
        ui.painter().galley(at, aside, p.secondary);
    }
    response.on_hover_text(label).clicked()
}
