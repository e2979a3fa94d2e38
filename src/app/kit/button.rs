//! Buttons with words.

use egui::{
    Align2, Color32, FontSelection, Rect, Response, Role, Sense, Stroke, StrokeKind, TextWrapMode, Ui,
    WidgetInfo, WidgetText, vec2,
};

use super::icon::Icon;
use super::page::is_read_only;
use crate::app::theme::{Palette, Type, space};

/// The colours of a button at rest.
struct Look {
    fill: Color32,
    hovered: Color32,
    text: Color32,
    border: Color32,
}

/// The one thing to do next on a page.
pub fn primary(ui: &mut Ui, label: &str) -> Response {
    let p = Palette::of(ui);
    let hovered = p.accent.lerp_to_gamma(p.ink, 0.18);
    let look = Look { fill: p.accent, hovered, text: p.on_accent, border: p.accent };
    draw(ui, None, label, &look)
}

/// An ordinary button.
pub fn plain(ui: &mut Ui, label: &str) -> Response {
    draw(ui, None, label, &plain_look(ui))
}

/// An ordinary button with an icon before its words.
pub fn with_icon(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    draw(ui, Some(icon), label, &plain_look(ui))
}

/// A button without a border, for what is offered rather than asked, such as adding a row.
pub fn quiet(ui: &mut Ui, icon: Option<Icon>, label: &str) -> Response {
    let p = Palette::of(ui);
    let look =
        Look { fill: Color32::TRANSPARENT, hovered: p.hover, text: p.accent, border: Color32::TRANSPARENT };
    draw(ui, icon, label, &look)
}

/// A small button among words, for one of several ways on.
pub fn chip(ui: &mut Ui, label: &str) -> Response {
    let p = Palette::of(ui);
    let look = Look { fill: p.accent_soft, hovered: p.hover, text: p.accent, border: p.rule };
    let kept = std::mem::replace(&mut ui.spacing_mut().button_padding.x, space::INSIDE);
    let response = draw(ui, None, label, &look);
    ui.spacing_mut().button_padding.x = kept;
    response
}

/// A button whose deed cannot be undone.
pub fn danger(ui: &mut Ui, label: &str) -> Response {
    let p = Palette::of(ui);
    let look = Look { fill: p.sheet, hovered: p.alarm_soft, text: p.alarm, border: p.alarm };
    draw(ui, None, label, &look)
}

fn plain_look(ui: &Ui) -> Look {
    let p = Palette::of(ui);
    Look { fill: p.sheet, hovered: p.hover, text: p.ink, border: p.rule }
}

fn draw(ui: &mut Ui, icon: Option<Icon>, label: &str, look: &Look) -> Response {
    if icon.is_some_and(Icon::edits) && is_read_only(ui) {
        return ui.allocate_exact_size(egui::Vec2::ZERO, Sense::hover()).1;
    }
    let pad = ui.spacing().button_padding.x;
    let lead = if icon.is_some() { space::ICON + 6.0 } else { 0.0 };
    let room = (ui.available_width() - 2.0 * pad - lead).max(0.0);
    let galley = WidgetText::from(label).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        room,
        FontSelection::FontId(Type::Body.font()),
    );
    let size = vec2(galley.size().x + 2.0 * pad + lead, space::ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    if ui.is_rect_visible(rect) {
        let fill = if response.hovered() { look.hovered } else { look.fill };
        ui.painter().rect(rect, space::CORNER, fill, Stroke::new(1.0, look.border), StrokeKind::Inside);
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        if let Some(icon) = icon {
            let square = Align2::LEFT_CENTER
                .align_size_within_rect(egui::Vec2::splat(space::ICON), rect.shrink2(vec2(pad, 0.0)));
            icon.paint(ui, square, look.text);
        }
        let text = Rect::from_min_max(rect.min + vec2(pad + lead, 0.0), rect.max - vec2(pad, 0.0));
        let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), text).min;
        let elided = galley.elided;
        ui.painter().galley(at, galley, look.text);
        if elided {
            return response.on_hover_text(label);
        }
    }
    response
}

/// The ring around what the keyboard acts on.
pub(crate) fn focus_ring(ui: &Ui, rect: Rect) {
    bring_into_view(ui, rect);
    let stroke = Stroke::new(2.0, Palette::of(ui).focus);
    ui.painter().rect_stroke(rect, space::CORNER, stroke, StrokeKind::Inside);
}

/// Scrolls to what a key has just gone to; it has the keyboard and stands at `rect`.
pub(crate) fn bring_into_view(ui: &Ui, rect: Rect) {
    let key = egui::Id::unique("brought into view");
    let focus = ui.memory(egui::Memory::focused);
    let before =
        ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<egui::Id>>(key), focus));
    // A click is where it is.
    if before != focus && !ui.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
        ui.scroll_to_rect(rect, None);
    }
}
