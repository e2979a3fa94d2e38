//! The lines of the navigation.

use egui::{
    Align2, FontSelection, Rect, Response, Role, Sense, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use super::button::{bring_into_view, focus_ring};
use super::mark::paint_dots;
use crate::app::theme::{Palette, Type, space};

/// What stands at the right end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trailing {
    /// Nothing.
    #[default]
    None,
    /// How complete the thing is: filled and all dots; where they are too many to be told apart, both numbers.
    Dots(usize, usize),
    /// How many there are; nothing is shown for none.
    Count(usize),
}

/// The most dots that are drawn.
const DOTS: usize = 8;

/// Whether the line that comes next is in view.
pub fn nav_in_view(ui: &Ui) -> bool {
    let room = vec2(ui.available_width(), space::ROW + 2.0);
    ui.is_rect_visible(Rect::from_min_size(ui.cursor().min, room))
}

/// A line that leads to a page. A long label ends in … and is shown whole under the pointer.
pub fn nav_item(ui: &mut Ui, selected: bool, label: &str, trailing: Trailing) -> Response {
    let p = Palette::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), space::ROW + 2.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, label));
    if response.has_focus() {
        bring_into_view(ui, rect);
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if selected {
        ui.painter().rect_filled(rect, space::CORNER, p.accent_soft);
        chosen_bar(ui, rect);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, space::CORNER, p.rule.gamma_multiply(0.5));
    }
    let inner = rect.shrink2(vec2(12.0, 0.0));
    let taken = match trailing {
        Trailing::None | Trailing::Count(0) => 0.0,
        Trailing::Dots(filled, total) if total > DOTS => {
            let colour = if filled == total { p.accent } else { p.secondary };
            written(ui, inner, &format!("{filled}/{total}"), Type::Small, colour)
        }
        Trailing::Dots(filled, total) => {
            #[expect(clippy::cast_precision_loss, reason = "a handful of dots")]
            let width = 10.0 * total as f32;
            let place = Rect::from_min_max(pos2(inner.right() - width, inner.top()), inner.max);
            paint_dots(ui, place, filled, total);
            width + space::INSIDE
        }
        Trailing::Count(count) => written(ui, inner, &count.to_string(), Type::SmallStrong, p.caution),
    };
    let font = if selected { Type::Strong } else { Type::Body };
    let galley = WidgetText::from(label).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        inner.width() - taken,
        FontSelection::FontId(font.font()),
    );
    let elided = galley.elided;
    let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), inner).min;
    ui.painter().galley(at, galley, if selected { p.accent } else { p.ink });
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    if elided { response.on_hover_text(label) } else { response }
}

/// The bar at the left of a line that is chosen, so that more than its tint tells it from others.
pub(crate) fn chosen_bar(ui: &Ui, rect: Rect) {
    let bar = Rect::from_min_size(rect.min + vec2(0.0, 6.0), vec2(3.0, rect.height() - 12.0));
    ui.painter().rect_filled(bar, 1.5, Palette::of(ui).accent);
}

/// Writes at the right end of a line; the room that it takes.
fn written(ui: &Ui, inner: Rect, words: &str, role: Type, colour: egui::Color32) -> f32 {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), role.font(), colour);
    let width = galley.size().x;
    let at = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), inner).min;
    ui.painter().galley(at, galley, colour);
    width + space::INSIDE
}

/// A word above a group of lines.
pub fn nav_group(ui: &mut Ui, label: &str) {
    ui.add_space(space::INSIDE);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.label(Type::SmallStrong.text(label).color(Palette::of(ui).secondary));
    });
}
