//! What goes into the cells of a table.

use super::slot::{self, refuse, take};
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

/// Says what the cell holds, as it is to be copied, where what is drawn in it does not say so itself.
pub fn says(ui: &Ui, text: &str) {
    slot::says(ui.ctx(), text);
}

/// Whether the keyboard is on the cell as a whole, for cells that take keys of their own.
pub fn has_keyboard(ui: &Ui) -> bool {
    slot::has_keyboard(ui.ctx())
}

/// Whether the choice, tick or button of the cell is to be worked now, as a click on it would; told once.
pub fn activated(ui: &Ui) -> bool {
    slot::activated(ui.ctx())
}

/// Opens the menu that a click on `response` opens, if the cell is to be worked, and keeps the keyboard of the table for
/// it. Whether it opens now: what is chosen in it then gets the keyboard.
pub fn open_menu(ui: &Ui, response: &Response) -> bool {
    slot::wanted(ui, response.id);
    let begun = activated(ui);
    let id = Popup::default_response_id(response);
    if begun {
        Popup::open_id(ui.ctx(), id);
    }
    if Popup::is_id_open(ui.ctx(), id) {
        slot::opens(ui.ctx());
    }
    begun
}

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
    says(ui, text);
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
    edited(ui, text, options, "text", |ui, text, options| {
        field::wrapped(ui, "text", accessible_name, text, options)
    })
}

/// A figure that is edited in place on one line.
pub fn number(ui: &mut Ui, accessible_name: &str, text: &mut String) -> Response {
    edited(ui, text, field::Options::default().right(), "number", |ui, text, options| {
        field::line(ui, "number", accessible_name, text, options)
    })
}

/// Puts into `text` what is pasted into this cell. Whether that is anything.
fn pasted(ui: &Ui, text: &mut String) -> bool {
    ui.is_enabled()
        && !is_read_only(ui)
        && take(ui.ctx()).is_some_and(|pasted| {
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

/// A field that answers to the whole of its cell, however high the row has become. In a table it rests until the cell
/// is to be edited.
fn edited(
    ui: &mut Ui,
    text: &mut String,
    options: field::Options<'_>,
    salt: &str,
    field: impl FnOnce(&mut Ui, &mut String, &field::Options<'_>) -> Response,
) -> Response {
    let pasted = pasted(ui, text);
    let cell = ui.max_rect();
    let under = ui.painter().add(Shape::Noop);
    let mut options = options.font(Type::Table).bare();
    if ui.layout().horizontal_align() == Align::Max {
        options = options.right();
    }
    if slot::is_cell(ui.ctx()) && !slot::has_field(ui.ctx()) {
        let id = ui.make_persistent_id(salt);
        if let Some((ground, how)) = slot::field(ui, id) {
            field::begin(ui, id, ground, text, &options, how);
        }
        let resting = !ui.memory(|m| m.has_focus(id));
        let response = field(ui, text, &options.resting(resting));
        says(ui, text);
        if resting && slot::is_hovered(ui.ctx()) && !is_read_only(ui) {
            let fill = Palette::of(ui).hover;
            ui.painter().set(under, Shape::rect_filled(cell.shrink(1.0), space::CORNER, fill));
        }
        return changed_if(pasted, response);
    }
    let ground = ui.interact(cell, ui.scope_id().with("ground"), Sense::CLICK);
    let response = field(ui, text, &options);
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
    changed_if(pasted, response)
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
    let pasted = take(ui.ctx()).is_some_and(|text| {
        let named = options.iter().find(|(_, label)| fold_for_matching(label) == fold_for_matching(&text));
        match named {
            Some((value, _)) => *current = value.clone(),
            None => refuse(ui.ctx()),
        }
        named.is_some()
    });
    let shown = options.iter().find(|(value, _)| value == current).map_or("", |(_, label)| *label);
    says(ui, shown);
    let room = (ui.available_width() - 2.0 * space::INSIDE - space::ICON).max(0.0);
    let galley = WidgetText::from(shown).into_galley(
        ui,
        Some(TextWrapMode::Wrap),
        room,
        FontSelection::FontId(Type::Table.font()),
    );
    let size = vec2(ui.available_width(), (galley.size().y + 8.0).max(space::ROW));
    // In a table the cell has the keyboard and works the menu.
    let sense = if slot::is_cell(ui.ctx()) { Sense::CLICK } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let mut response = changed_if(pasted, response);
    let begun = open_menu(ui, &response);
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
                if begun && chosen {
                    option.request_focus();
                }
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
