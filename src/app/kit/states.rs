//! The three states of a page besides full: empty, loading and in trouble.

use egui::{Align, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::button;
use super::icon::Icon;
use super::page::{is_read_only, note, prose_width};
use crate::app::theme::{Palette, Type, prose_line_height, space};

/// Nothing here yet: says what goes here and offers the first step. Whether that was taken.
pub fn empty(ui: &mut Ui, what: &str, first_step: &str) -> bool {
    stand(ui, |ui| {
        let p = Palette::of(ui);
        Icon::Document.show(ui, 32.0, p.secondary);
        words(ui, what, p.secondary);
        if is_read_only(ui) {
            return false;
        }
        ui.add_space(space::TIGHT);
        button::with_icon(ui, Icon::Plus, first_step).clicked()
    })
}

/// Work under way: what it is, how far it is as a share of one if that is known, and a way out. Whether the way out
/// was taken.
pub fn loading(ui: &mut Ui, message: &str, progress: Option<f32>, cancel: &str) -> bool {
    stand(ui, |ui| {
        words(ui, message, Palette::of(ui).ink);
        self::progress(ui, message, progress);
        ui.add_space(space::TIGHT);
        button::plain(ui, cancel).clicked()
    })
}

/// A bar that fills; without a share it stands half-tone, since movement would keep the window repainting.
pub fn progress(ui: &mut Ui, name: &str, share: Option<f32>) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(320.0), 6.0), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = share.map(|share| f64::from(share.clamp(0.0, 1.0)));
        info
    });
    ui.painter().rect_filled(rect, 3.0, p.rule);
    let share = share.map(|share| share.clamp(0.0, 1.0));
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share.unwrap_or(1.0), rect.height()));
    let colour = if share.is_some() { p.accent } else { p.accent.gamma_multiply(0.4) };
    ui.painter().rect_filled(filled, 3.0, colour);
    if let Some(share) = share {
        note(ui, &format!("{:.0} %", share * 100.0));
    }
}

/// Something went wrong: what, where, and what to do about it.
pub fn trouble(ui: &mut Ui, what: &str, place: &str, remedy: &str) {
    let p = Palette::of(ui);
    egui::Frame::NONE
        .fill(p.alarm_soft)
        .corner_radius(space::CORNER)
        .inner_margin(egui::Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.take_available_width();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                Icon::Warning.show(ui, 22.0, p.alarm);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = space::TIGHT;
                    ui.set_max_width(prose_width().min(ui.available_width()));
                    ui.label(Type::Strong.text(what).color(p.alarm));
                    ui.label(Type::Small.text(place).color(p.ink));
                    ui.label(
                        Type::Body
                            .text(remedy)
                            .color(p.ink)
                            .line_height(Some(prose_line_height(Type::Body.size()))),
                    );
                });
            });
        });
}

/// The middle of what room there is, with air around.
fn stand<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::SHEET);
    let result = ui
        .with_layout(Layout::top_down(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.y = space::INSIDE;
            content(ui)
        })
        .inner;
    ui.add_space(space::SHEET);
    result
}

fn words(ui: &mut Ui, text: &str, colour: egui::Color32) {
    let text = Type::Body.text(text).color(colour).line_height(Some(prose_line_height(Type::Body.size())));
    ui.scope(|ui| {
        ui.set_max_width(prose_width().min(ui.available_width()));
        ui.label(text);
    });
}
