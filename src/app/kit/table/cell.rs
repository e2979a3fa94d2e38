//! What goes into the cells of a table.

use super::paste;
use egui::{
    Align, FontSelection, Margin, Popup, Rect, Response, Role, ScrollArea, Sense, Shape, TextWrapMode, Ui,
    Vec2, WidgetInfo, WidgetText, vec2,
};

use crate::app::kit::button::focus_ring;
use crate::app::kit::field;
use crate::app::kit::icon::Icon;
use crate::app::kit::page::is_read_only;
use crate::app::theme::{Palette, Type, space};
use crate::model::fold_for_matching;

/// The height beyond which a menu of options scrolls.
const MENU: f32 = 400.0;

/// Any content, set off from the cell's edges as text is.
pub fn pad<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    egui::Frame::NONE.inner_margin(Margin::symmetric(8, 4)).show(ui, content).inner
}

/// Text that is shown and not edited.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    words(ui, text, Palette::of(ui).ink)
}

/// A figure or a text that is computed: in second rank, and still under the pointer.
pub fn computed(ui: &mut Ui, text: &str) -> Response {
    words(ui, text, Palette::of(ui).secondary)
}

/// A figure that is shown and not edited. In a column of figures it stands on the right.
pub fn number_label(ui: &mut Ui, text: &str) -> Response {
    words(ui, text, Palette::of(ui).ink)
}

fn words(ui: &mut Ui, text: &str, colour: egui::Color32) -> Response {
    pad(ui, |ui| ui.label(egui::RichText::new(text).color(colour)))
}

/// Text that is edited in place and wraps. Enter confirms, Shift+Enter breaks the line, Esc restores.
pub fn text(ui: &mut Ui, accessible_name: &str, text: &mut String) -> Response {
    text_with(ui, accessible_name, text, field::Options::default())
}

/// [`text`] with a placeholder or another option.
pub fn text_with(
    ui: &mut Ui,
    accessible_name: &str,
    text: &mut String,
    options: field::Options<'_>,
) -> Response {
    let pasted = pasted(ui, text);
    let response =
        edited(ui, |ui, options| field::wrapped(ui, "text", accessible_name, text, options), options);
    changed_if(pasted, response)
}

/// A figure that is edited in place on one line.
pub fn number(ui: &mut Ui, accessible_name: &str, text: &mut String) -> Response {
    let pasted = pasted(ui, text);
    let options = field::Options::default().right();
    let response =
        edited(ui, |ui, options| field::line(ui, "number", accessible_name, text, options), options);
    changed_if(pasted, response)
}

/// Puts into `text` what is pasted into this cell. Whether that is anything.
fn pasted(ui: &Ui, text: &mut String) -> bool {
    ui.is_enabled()
        && !is_read_only(ui)
        && paste::take(ui.ctx()).is_some_and(|pasted| {
            *text = pasted;
            true
        })
}

fn changed_if(changed: bool, mut response: Response) -> Response {
    if changed {
        response.mark_changed();
    }
    response
}

/// A field that answers to the whole of its cell, however high the row has become.
fn edited(
    ui: &mut Ui,
    field: impl FnOnce(&mut Ui, &field::Options<'_>) -> Response,
    options: field::Options<'_>,
) -> Response {
    let cell = ui.max_rect();
    let under = ui.painter().add(Shape::Noop);
    let ground = ui.interact(cell, ui.scope_id().with("ground"), Sense::CLICK);
    let mut options = options.font(Type::Table).bare();
    if ui.layout().horizontal_align() == Align::Max {
        options = options.right();
    }
    let response = field(ui, &options);
    if is_read_only(ui) {
        return response;
    }
    if ground.clicked() {
        response.request_focus();
    }
    let hovered = ground.hovered() || response.hovered();
    if hovered && !response.has_focus() {
        let fill = Palette::of(ui).hover;
        ui.painter().set(under, Shape::rect_filled(cell.shrink(1.0), space::CORNER, fill));
    }
    response
}

/// One of a few, chosen from a menu. The response is `changed` when another was chosen.
pub fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    accessible_name: &str,
    current: &mut T,
    options: &[(T, &str)],
) -> Response {
    if is_read_only(ui) {
        let shown = options.iter().find(|(value, _)| value == current).map_or("", |(_, label)| *label);
        return label(ui, shown).accessible_name(format!("{accessible_name}: {shown}"));
    }
    menu(ui, accessible_name, current, options)
}

/// One of a few ways to see something, chosen from a menu, also where what is seen can only be read.
pub fn menu<T: PartialEq + Clone>(
    ui: &mut Ui,
    accessible_name: &str,
    current: &mut T,
    options: &[(T, &str)],
) -> Response {
    let p = Palette::of(ui);
    let pasted = paste::take(ui.ctx()).is_some_and(|text| {
        let named = options.iter().find(|(_, label)| fold_for_matching(label) == fold_for_matching(&text));
        match named {
            Some((value, _)) => *current = value.clone(),
            None => paste::refuse(ui.ctx()),
        }
        named.is_some()
    });
    let shown = options.iter().find(|(value, _)| value == current).map_or("", |(_, label)| *label);
    let room = (ui.available_width() - 2.0 * space::INSIDE - space::ICON).max(0.0);
    let galley = WidgetText::from(shown).into_galley(
        ui,
        Some(TextWrapMode::Wrap),
        room,
        FontSelection::FontId(Type::Table.font()),
    );
    let size = vec2(ui.available_width(), (galley.size().y + 8.0).max(space::ROW));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let mut response = changed_if(pasted, response);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), accessible_name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(shown));
    if ui.is_rect_visible(rect) {
        if response.hovered() {
            ui.painter().rect_filled(rect.shrink(1.0), space::CORNER, p.hover);
        }
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        let inner = rect.shrink2(vec2(space::INSIDE, 4.0));
        let arrow = space::ICON - 2.0;
        let arrow =
            Rect::from_min_size(egui::pos2(inner.right() - arrow, inner.top() + 4.0), Vec2::splat(arrow));
        ui.painter().galley(inner.min, galley, p.ink);
        Icon::ChevronDown.paint(ui, arrow, p.secondary);
    }
    Popup::menu(&response).width(rect.width().max(120.0)).show(|ui| {
        // As many options as a menu has room for; more scroll.
        ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
            for (value, label) in options {
                let chosen = value == current;
                let option = ui.selectable_label(chosen, *label);
                if option.clicked() {
                    if !chosen {
                        *current = value.clone();
                        response.mark_changed();
                    }
                    ui.close();
                } else if option.gained_focus() {
                    option.scroll_to_me(None);
                }
            }
        });
    });
    response
}
