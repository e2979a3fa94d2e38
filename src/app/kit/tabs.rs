//! The parts of a page.

use egui::{
    Align2, FontSelection, Popup, Response, Role, Sense, Stroke, TextWrapMode, Ui, WidgetInfo, WidgetText,
    vec2,
};

use super::button::focus_ring;
use super::icon::Icon;
use crate::app::theme::{Palette, Type, space};
use crate::locale::Lang;
use crate::tr;

/// The room beside a tab's words where there is enough, both sides together.
const AIRY: f32 = 24.0;
/// The least such room.
const CLOSE: f32 = 14.0;
/// The height beyond which the menu scrolls.
const MENU: f32 = 400.0;
/// The height of the row.
const HEIGHT: f32 = 36.0;

/// A row of tabs; the current one is underlined. Tab reaches each, Enter or Space chooses. Where there is not room for
/// all, the last ones stand in a menu at the end, and the current one always in the row. Whether another was chosen.
pub fn tabs<T: PartialEq + Clone>(ui: &mut Ui, lang: Lang, labels: &[(T, &str)], current: &mut T) -> bool {
    let p = Palette::of(ui);
    let mut changed = false;
    let builder = egui::UiBuilder::new().accessibility_role(egui::accesskit::Role::TabList);
    ui.scope_builder(builder, |ui| {
        let line = ui.painter().add(egui::Shape::Noop);
        // What stands below may be wider than what is seen; the row is not.
        let seen = ui.clip_rect().right() - ui.cursor().left() - space::INSIDE;
        let room = ui.available_width().min(seen);
        // The bold width is kept free, so that choosing a tab does not push the others aside.
        let wide: Vec<f32> = labels.iter().map(|(_, label)| width(ui, label)).collect();
        let at = labels.iter().position(|(value, _)| value == current).unwrap_or_default();
        let count = labels.len();
        let more = width(ui, &tr!(lang, "ほか{count}", "{count} more")) + space::ICON + CLOSE + space::TIGHT;
        let Fit { shown, pad } = fit(&wide, at, room, more);
        // A tab that is wider than the row leaves room for the menu at its end.
        let most = if shown.len() < count { room - more } else { room };
        let row = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::TIGHT, 0.0);
            for n in &shown {
                let (value, label) = &labels[*n];
                let size = vec2((wide[*n] + pad).min(most), HEIGHT);
                if tab(ui, label, size, value == current).clicked() && value != current {
                    *current = value.clone();
                    changed = true;
                }
            }
            let hidden: Vec<_> = (0..labels.len()).filter(|n| !shown.contains(n)).collect();
            if hidden.is_empty() {
                return;
            }
            let button = overflow(ui, lang, hidden.len());
            Popup::menu(&button).show(|ui| {
                egui::ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
                    for n in hidden {
                        let (value, label) = &labels[n];
                        if ui.add(egui::Button::new(*label).wrap_mode(TextWrapMode::Extend)).clicked() {
                            *current = value.clone();
                            changed = true;
                            ui.close();
                        }
                    }
                });
            });
        });
        let rect = row.response.rect;
        let all = rect.left()..=ui.max_rect().right();
        let rule = Stroke::new(1.0, p.rule);
        ui.painter().set(line, egui::Shape::hline(all, rect.bottom() - 0.5, rule));
    });
    changed
}

/// Which tabs stand in the row, and the room beside their words.
#[derive(Debug, PartialEq)]
struct Fit {
    shown: Vec<usize>,
    pad: f32,
}

/// All tabs where they fit, drawn closer together if need be; else as many from the first as leave `more` for the menu,
/// the last of them giving way to the current one.
fn fit(wide: &[f32], current: usize, room: f32, more: f32) -> Fit {
    let count: f32 = wide.iter().map(|_| 1.0).sum();
    let words: f32 = wide.iter().sum();
    let pad = ((room - words + space::TIGHT) / count.max(1.0) - space::TIGHT).floor();
    if pad >= CLOSE || wide.len() < 2 {
        return Fit { shown: (0..wide.len()).collect(), pad: pad.clamp(CLOSE, AIRY) };
    }
    let one = |n: usize| wide.get(n).copied().unwrap_or_default() + CLOSE + space::TIGHT;
    let mut left = room - more - one(current);
    let mut shown = Vec::new();
    for n in (0..wide.len()).filter(|n| *n != current) {
        left -= one(n);
        if left < 0.0 {
            break;
        }
        shown.push(n);
    }
    shown.push(current);
    shown.sort_unstable();
    Fit { shown, pad: CLOSE }
}

/// The width of a label in bold.
fn width(ui: &Ui, label: &str) -> f32 {
    ui.painter().layout_no_wrap(label.to_owned(), Type::Strong.font(), egui::Color32::BLACK).size().x
}

/// One tab.
fn tab(ui: &mut Ui, label: &str, size: egui::Vec2, chosen: bool) -> Response {
    let p = Palette::of(ui);
    let font = if chosen { Type::Strong } else { Type::Body };
    let galley = WidgetText::from(label).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        size.x - CLOSE + 1.0,
        FontSelection::FontId(font.font()),
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), chosen, label));
    if response.hovered() && !chosen {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 3.0)), space::CORNER, p.hover);
    }
    let colour = if chosen { p.accent } else { p.secondary };
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min;
    let elided = galley.elided;
    ui.painter().galley(at, galley, colour);
    if chosen {
        let y = rect.bottom() - 1.0;
        ui.painter().hline(rect.x_range().shrink(4.0), y, Stroke::new(2.5, p.accent));
    }
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    if elided { response.on_hover_text(label) } else { response }
}

/// What opens the menu of the tabs that found no room.
fn overflow(ui: &mut Ui, lang: Lang, hidden: usize) -> Response {
    let p = Palette::of(ui);
    let label = tr!(lang, "ほか{hidden}", "{hidden} more");
    let galley = ui.painter().layout_no_wrap(label.clone(), Type::Body.font(), p.accent);
    let size = vec2(galley.size().x + CLOSE + space::ICON + space::TIGHT, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &label));
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 3.0)), space::CORNER, p.hover);
    }
    let inner = rect.shrink2(vec2(CLOSE / 2.0, 0.0));
    let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), inner).min;
    ui.painter().galley(at, galley, p.accent);
    let arrow = Align2::RIGHT_CENTER.align_size_within_rect(egui::Vec2::splat(space::ICON), inner);
    Icon::ChevronDown.paint(ui, arrow, p.accent);
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_draw_together_before_any_is_put_away() {
        let wide = [50.0; 4];
        assert_eq!(fit(&wide, 0, 1000.0, 60.0), Fit { shown: vec![0, 1, 2, 3], pad: AIRY });
        // The row they make is no wider than the room, and one step wider would be.
        let Fit { shown, pad } = fit(&wide, 0, 280.0, 60.0);
        let row = |pad: f32| 4.0 * (50.0 + pad) + 3.0 * space::TIGHT;
        assert_eq!(shown, [0, 1, 2, 3]);
        assert!(row(pad) <= 280.0 && row(pad + 1.0) > 280.0 && pad < AIRY, "{pad}");
    }

    #[test]
    fn the_current_tab_is_always_in_the_row() {
        let wide = [50.0; 6];
        assert_eq!(fit(&wide, 0, 270.0, 60.0).shown, [0, 1, 2]);
        assert_eq!(fit(&wide, 5, 270.0, 60.0).shown, [0, 1, 5]);
        assert_eq!(fit(&wide, 3, 10.0, 60.0).shown, [3]);
        assert_eq!(fit(&[900.0], 0, 300.0, 60.0).shown, [0]);
        assert!(fit(&[], 0, 300.0, 60.0).shown.is_empty());
    }
}
