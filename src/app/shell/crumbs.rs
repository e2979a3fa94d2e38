//! Where the page lies, with the ways back and up.

use crate::app::command::Command;
use crate::app::crumbs::crumbs as way;
use crate::app::cx::Action;
use crate::app::kit::{Icon, icon_button_in};
use crate::app::theme::{Palette, Type, space};
use crate::app::window::Window;
use egui::{
    Align2, FontSelection, Frame, Margin, Panel, Response, Role, Sense, Stroke, TextWrapMode, Ui, WidgetInfo,
    WidgetText, vec2,
};

/// The most room that one name takes, in points.
const WIDEST: f32 = 320.0;
/// And the least that is left of one, in points.
const LEAST: f32 = 48.0;
/// The mark between two names, in points.
const SEPARATOR: f32 = 12.0;

/// Draws the strip above a page.
pub(in crate::app) fn crumbs(ui: &mut Ui, window: &Window, actions: &mut Vec<Action>) {
    let lang = window.lang;
    let Some(dossier) = window.dossier() else { return };
    let p = Palette::of(ui);
    let frame = Frame::NONE.fill(p.canvas).inner_margin(Margin { left: 16, right: 16, top: 4, bottom: 0 });
    Panel::top("crumbs").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            for (icon, command) in
                [(Icon::ChevronLeft, Command::Back), (Icon::ChevronRight, Command::Forward)]
            {
                let can = window.can(command);
                let keys = command.shortcut().map(|keys| ui.ctx().format_shortcut(&keys)).unwrap_or_default();
                let label = format!("{} ({keys})", command.label(lang));
                let colour = if can { p.secondary } else { p.rule };
                let button = ui.add_enabled_ui(can, |ui| icon_button_in(ui, icon, &label, colour)).inner;
                if button.clicked() {
                    actions.push(Action::Do(command));
                }
            }
            ui.add_space(space::TIGHT);
            let way = way(&window.route, dossier, lang);
            let wide: Vec<f32> = way.iter().map(|crumb| width(ui, &crumb.words)).collect();
            let most = most(&wide, ui.available_width());
            for (n, crumb) in way.iter().enumerate() {
                if n > 0 {
                    Icon::ChevronRight.show(ui, SEPARATOR, p.secondary);
                }
                if n + 1 == way.len() {
                    let words = Type::Small.text(crumb.words.as_str()).color(p.ink);
                    ui.add(egui::Label::new(words).truncate());
                } else if link(ui, &crumb.words, most).clicked() {
                    actions.push(Action::Go(crumb.route.clone()));
                }
            }
        });
    });
}

/// The room that a name asks for.
fn width(ui: &Ui, words: &str) -> f32 {
    let ink = egui::Color32::BLACK;
    ui.painter().layout_no_wrap(words.to_owned(), Type::Small.font(), ink).size().x + space::INSIDE
}

/// The most that each name may take, so that all of them find room, the page's own as well.
fn most(wide: &[f32], room: f32) -> f32 {
    let between: f32 = wide.iter().skip(1).map(|_| SEPARATOR + 2.0 * space::TIGHT).sum();
    let taken = |most: f32| wide.iter().map(|width| width.min(most)).sum::<f32>() + between;
    let mut most = WIDEST;
    while most > LEAST && taken(most) > room {
        most -= space::TIGHT;
    }
    most
}

/// A name that leads to its page: quiet until it is pointed at.
fn link(ui: &mut Ui, words: &str, most: f32) -> Response {
    let p = Palette::of(ui);
    let room = ui.available_width().min(most);
    let galley = WidgetText::from(words).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        room - space::INSIDE,
        FontSelection::FontId(Type::Small.font()),
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + space::INSIDE, space::HIT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), words));
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    let colour = if response.hovered() || response.has_focus() { p.accent } else { p.secondary };
    if response.hovered() {
        ui.painter().hline(at.x_range(), at.bottom() + 1.0, Stroke::new(1.0, p.accent));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, space::CORNER, Stroke::new(2.0, p.focus), egui::StrokeKind::Inside);
    }
    let elided = galley.elided;
    ui.painter().galley(at.min, galley, colour);
    if elided { response.on_hover_text(words) } else { response }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_give_way_to_the_others() {
        assert!(most(&[60.0, 400.0, 50.0], 600.0) >= WIDEST);
        let narrow = most(&[60.0, 400.0, 50.0], 300.0);
        let between = 2.0 * (SEPARATOR + 2.0 * space::TIGHT);
        assert!(60.0 + narrow + 50.0 + between <= 300.0 && narrow > 100.0, "{narrow}");
        assert!(most(&[400.0; 3], 10.0) >= LEAST - space::TIGHT);
    }
}
