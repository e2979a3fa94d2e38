//! Small marks that say something about the thing beside them.

use egui::{
    Align2, FontSelection, Response, Role, Sense, Stroke, StrokeKind, TextWrapMode, Ui, WidgetInfo,
    WidgetText, vec2,
};

use super::messages::Kind;
use crate::app::theme::{Palette, Type, space};

/// The width from which the words of a badge wrap where there is no room for them, in points.
const SENTENCE: f32 = 160.0;

/// A word in a tinted box, such as 予定, 除斥 or 要確認; a sentence that is too long for its room wraps.
pub fn badge(ui: &mut Ui, kind: Kind, text: &str) -> Response {
    let p = Palette::of(ui);
    let (ink, fill) = match kind {
        Kind::Info => (p.secondary, p.hover),
        Kind::Good => (p.good, p.good_soft),
        // Caution on its own tint is too faint for small type; the tint and the words carry the meaning.
        Kind::Caution => (p.ink, p.caution_soft),
        Kind::Alarm => (p.alarm, p.alarm_soft),
    };
    let laid = |mode, width| {
        let font = FontSelection::FontId(Type::SmallStrong.font());
        WidgetText::from(text).into_galley(ui, Some(mode), width, font)
    };
    let mut galley = laid(TextWrapMode::Extend, f32::INFINITY);
    let room = (ui.available_width() - 2.0 * space::INSIDE).max(SENTENCE);
    if galley.size().x > room {
        galley = laid(TextWrapMode::Wrap, room);
    }
    let size = vec2((galley.size().x + 2.0 * space::INSIDE).ceil(), (galley.size().y + 4.0).max(22.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, space::CORNER, fill);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min;
    ui.painter().galley(at, galley, ink);
    response
}

/// How complete something is: `filled` of `total` dots. `name` says it in words.
pub fn dots(ui: &mut Ui, name: &str, filled: usize, total: usize) -> Response {
    let step = 10.0;
    #[expect(clippy::cast_precision_loss, reason = "a handful of dots")]
    let width = step * total as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(width, space::ICON), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    paint_dots(ui, rect, filled, total);
    response.on_hover_text(name)
}

/// Paints `filled` of `total` dots from the left of `rect`.
pub(crate) fn paint_dots(ui: &Ui, rect: egui::Rect, filled: usize, total: usize) {
    let p = Palette::of(ui);
    let mut centre = rect.left_center() + vec2(5.0, 0.0);
    for index in 0..total {
        if index < filled {
            ui.painter().circle_filled(centre, 3.5, p.accent);
        } else {
            ui.painter().circle_stroke(centre, 3.0, Stroke::new(1.0, p.secondary));
        }
        centre.x += 10.0;
    }
}

/// A key of the keyboard, as it stands in a hint.
pub fn key_hint(ui: &mut Ui, key: &str) -> Response {
    let p = Palette::of(ui);
    let galley = WidgetText::from(key).into_galley(
        ui,
        Some(TextWrapMode::Extend),
        f32::INFINITY,
        FontSelection::FontId(Type::Small.font()),
    );
    let size = vec2((galley.size().x + 10.0).ceil().max(20.0), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
    ui.painter().rect(rect, 3, p.sheet, Stroke::new(1.0, p.rule), StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min;
    ui.painter().galley(at, galley, p.secondary);
    response
}
