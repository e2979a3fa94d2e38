//! The parts of a page.

use egui::{FontSelection, Role, Sense, Stroke, TextWrapMode, Ui, WidgetInfo, WidgetText, vec2};

use super::button::focus_ring;
use crate::app::theme::{Palette, Type, space};

/// A row of tabs; the current one is underlined. Tab reaches each, Enter or Space chooses, and a narrow window wraps
/// the row. Whether another was chosen.
pub fn tabs<T: PartialEq + Clone>(ui: &mut Ui, labels: &[(T, &str)], current: &mut T) -> bool {
    let p = Palette::of(ui);
    let mut changed = false;
    let builder = egui::UiBuilder::new().accessibility_role(egui::accesskit::Role::TabList);
    ui.scope_builder(builder, |ui| {
        let line = ui.painter().add(egui::Shape::Noop);
        let row = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::TIGHT, 0.0);
            for (value, label) in labels {
                let chosen = value == current;
                let font = if chosen { Type::Strong } else { Type::Body };
                // The bold width is kept free, so that choosing a tab does not push the others aside.
                let lay = |font: Type| {
                    WidgetText::from(*label).into_galley(
                        ui,
                        Some(TextWrapMode::Extend),
                        f32::INFINITY,
                        FontSelection::FontId(font.font()),
                    )
                };
                let size = vec2(lay(Type::Strong).size().x + 24.0, 36.0);
                let galley = lay(font);
                let (rect, response) = ui.allocate_exact_size(size, Sense::click());
                response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), chosen, *label));
                if response.clicked() && !chosen {
                    *current = value.clone();
                    changed = true;
                }
                if response.hovered() && !chosen {
                    ui.painter().rect_filled(rect.shrink2(vec2(0.0, 3.0)), space::CORNER, p.hover);
                }
                let colour = if chosen { p.accent } else { p.secondary };
                let at = egui::Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min;
                ui.painter().galley(at, galley, colour);
                if chosen {
                    let y = rect.bottom() - 1.0;
                    ui.painter().hline(rect.x_range().shrink(4.0), y, Stroke::new(2.5, p.accent));
                }
                if response.has_focus() {
                    focus_ring(ui, rect);
                }
            }
        });
        let rect = row.response.rect;
        let all = rect.left()..=ui.max_rect().right();
        let rule = Stroke::new(1.0, p.rule);
        ui.painter().set(line, egui::Shape::hline(all, rect.bottom() - 0.5, rule));
    });
    changed
}
