//! Pages, the sheets that lie on them, and running text.

use egui::{Align, Frame, Label, Layout, Margin, Response, ScrollArea, Stroke, Ui, UiBuilder, Vec2, vec2};

use crate::app::theme::{Palette, Type, prose_line_height, space};

/// A page that scrolls: a title, an optional line beneath it, and a centred column of sheets.
///
/// `actions` stands at the right of the title. Where the page has been scrolled to is remembered by `id_salt`.
pub fn page<A, R>(
    ui: &mut Ui,
    id_salt: impl egui::AsIdSalt,
    title: &str,
    subtitle: Option<&str>,
    actions: impl FnOnce(&mut Ui) -> A,
    body: impl FnOnce(&mut Ui) -> R,
) -> (A, R) {
    // The scroll bar's room is kept free, so that a page does not move aside when it grows.
    let room = ui.available_width() - ui.spacing().scroll.allocated_width();
    scroll(ui, id_salt, |ui| {
        ui.set_max_width(room);
        column(ui, space::PAGE_WIDTH, |ui| {
            ui.add_space(space::INSIDE);
            let done = heading(ui, Type::Page, title, None, actions);
            if let Some(subtitle) = subtitle {
                ui.add_space(space::TIGHT - space::GROUP);
                ui.label(Type::Body.text(subtitle).color(Palette::of(ui).secondary));
            }
            let result = body(ui);
            ui.add_space(space::SHEET);
            (done, result)
        })
    })
}

/// A part of the window that scrolls up and down, and that follows the keyboard to what is out of view.
pub fn scroll<R>(ui: &mut Ui, id_salt: impl egui::AsIdSalt, content: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical()
        .id_salt(id_salt)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let result = content(ui);
            follow_focus(ui);
            result
        })
        .inner
}

/// Scrolls to the widget that has just got the keyboard, if it is in this ui and out of view.
fn follow_focus(ui: &Ui) {
    let id = ui.scope_id().with("focus");
    let focused = ui.memory(egui::Memory::focused);
    if ui.data_mut(|d| d.get_temp::<Option<egui::Id>>(id)).flatten() == focused {
        return;
    }
    ui.data_mut(|d| d.insert_temp(id, focused));
    let Some(widget) = focused.and_then(|id| ui.ctx().read_response(id)) else { return };
    let inside = widget.layer_id == ui.layer_id() && ui.min_rect().contains(widget.rect.center());
    if inside && !ui.clip_rect().y_range().contains(widget.rect.center().y) {
        ui.scroll_to_rect(widget.rect.expand2(vec2(0.0, 2.0 * space::SHEET)), None);
    }
}

/// A centred column at most `width` points wide, set off from the edges.
pub fn column<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_width();
    // In a narrow window the edges matter less than the content.
    let edge = if room < 640.0 { space::GROUP } else { space::SHEET };
    let width = (room - 2.0 * edge).min(width).max(0.0);
    let left = ((room - width) / 2.0).floor();
    let place =
        egui::Rect::from_min_size(ui.cursor().min + vec2(left, 0.0), vec2(width, ui.available_height()));
    let builder = UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min));
    let shown = ui.scope_builder(builder, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = space::GROUP;
        content(ui)
    });
    shown.inner
}

/// One of many long parts of a page, drawn only where it is in view or nearly so; elsewhere it is as much room as it took
/// when it was last drawn, or `guess`. The part with the keyboard in it stays drawn, or scrolling would end the editing.
pub fn when_near(ui: &mut Ui, id_salt: impl egui::AsIdSalt, guess: f32, content: impl FnOnce(&mut Ui)) {
    let id = ui.scope_id().with(("when near", egui::IdSalt::new(id_salt)));
    let (known, busy) = ui.data(|data| data.get_temp::<(f32, bool)>(id)).unwrap_or((guess, false));
    let room = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), known));
    let view = ui.clip_rect();
    if !busy
        && !super::seek::is_underway(ui.ctx())
        && !view.expand2(vec2(0.0, view.height() / 2.0)).intersects(room)
    {
        ui.allocate_space(room.size());
        return;
    }
    let drawn = ui.scope(content).response.rect;
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    let busy = focused
        .is_some_and(|widget| widget.layer_id == ui.layer_id() && drawn.contains(widget.rect.center()));
    ui.data_mut(|data| data.insert_temp(id, (drawn.height(), busy)));
}

/// A sheet of paper: a title, a note such as the unit, actions at the right, and what it is about.
pub fn sheet<A, R>(
    ui: &mut Ui,
    title: &str,
    note: Option<&str>,
    actions: impl FnOnce(&mut Ui) -> A,
    body: impl FnOnce(&mut Ui) -> R,
) -> (A, R) {
    paper(ui, title, |ui| {
        let done = heading(ui, Type::Panel, title, note, actions);
        ui.add_space(space::TIGHT);
        let result = body(ui);
        (done, result)
    })
}

/// A sheet without a title; `name` is its accessible name.
pub fn paper<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let p = Palette::of(ui);
    Frame::NONE
        .fill(p.sheet)
        .stroke(Stroke::new(1.0, p.rule))
        .corner_radius(space::CORNER)
        .inner_margin(Margin::symmetric(24, 20))
        .show(ui, |ui| {
            let builder = UiBuilder::new()
                .accessibility_role(egui::accesskit::Role::Region)
                .accessibility_label(name)
                .layout(Layout::top_down(Align::Min));
            ui.scope_builder(builder, |ui| {
                ui.take_available_width();
                ui.spacing_mut().item_spacing.y = space::INSIDE;
                content(ui)
            })
            .inner
        })
        .inner
}

/// A heading with an optional note after it and actions at the right; a title too long for that wraps, and actions too
/// wide to stand beside it stand in lines of their own beneath.
pub fn heading<A>(
    ui: &mut Ui,
    role: Type,
    title: &str,
    note: Option<&str>,
    actions: impl FnOnce(&mut Ui) -> A,
) -> A {
    let p = Palette::of(ui);
    let laid =
        |text: &str, role: Type| ui.painter().layout_no_wrap(text.to_owned(), role.font(), p.ink).size();
    let words = laid(title, role);
    let aside = note.map(|note| laid(note, Type::Small).x).unwrap_or_default();
    let height = words.y.max(space::ROW);
    let place = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    // How wide the actions are is known once they have been drawn; where that is new, the frame is drawn again.
    let id = ui.scope_id().with(("actions of the heading", ui.next_auto_id()));
    let before = ui.data(|data| data.get_temp::<Known>(id)).unwrap_or_default();
    let known = before.beside;
    let gap = if known > 0.0 { space::GROUP } else { 0.0 };
    // A title may take some lines, a note hardly more than one.
    let least = words.x.min((place.width() * 0.4).max(200.0)).max(aside.min(place.width() * 0.6));
    let beside = known <= 0.0 || least + gap + known <= place.width();
    let mut left = place;
    if beside {
        left.max.x = (left.max.x - known - gap).max(left.min.x);
    }
    let mut drawn = heading_words(ui, left, role, title, note);
    let builder = UiBuilder::new().id_salt("actions");
    let builder = if beside {
        let far = place.with_min_x(place.max.x - UNBOUNDED);
        builder.max_rect(far).layout(Layout::right_to_left(Align::Center))
    } else {
        let above = drawn.bottom() + space::TIGHT;
        let under = place.with_min_y(above).with_max_y(above + space::ROW);
        builder.max_rect(under).layout(Layout::left_to_right(Align::Center).with_main_wrap(true))
    };
    let mut ui_of_actions = ui.new_child(builder);
    ui_of_actions.spacing_mut().item_spacing = Vec2::splat(space::INSIDE);
    let done = actions(&mut ui_of_actions);
    let used = ui_of_actions.min_rect();
    let wide = if beside { place.max.x - used.min.x } else { used.width() };
    let now = if beside {
        Known { beside: wide, beneath: None }
    } else if before
        .beneath
        .is_some_and(|(room, width)| (room - place.width()).abs() < 0.5 && (width - wide).abs() > 0.5)
    {
        // Other actions than before in the same room: whether they fit beside the title is to be seen anew.
        Known::default()
    } else {
        Known { beneath: Some((place.width(), wide)), ..before }
    };
    ui.data_mut(|data| data.insert_temp(id, now));
    if (now.beside - known).abs() > 0.5 {
        ui.ctx().request_discard("the actions of a heading are of another width");
    }
    if wide > 0.0 {
        drawn |= used.with_min_x(used.min.x.max(place.min.x));
    }
    ui.allocate_rect(drawn, egui::Sense::hover());
    done
}

/// How wide the actions of a heading were: beside it, 0 where that is not known; and beneath it in a room of a width.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    beside: f32,
    beneath: Option<(f32, f32)>,
}

/// More than any actions of a heading are wide, in points.
const UNBOUNDED: f32 = 10_000.0;

/// The title and the note of a heading in `place`; what they take.
fn heading_words(ui: &mut Ui, place: egui::Rect, role: Type, title: &str, note: Option<&str>) -> egui::Rect {
    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
    let mut ui = ui.new_child(UiBuilder::new().id_salt("title").max_rect(place).layout(layout));
    ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
    ui.set_row_height(place.height());
    let response = ui.label(role.text(title));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
    if let Some(note) = note {
        let ink = Palette::of(&ui).secondary;
        let wide = ui.painter().layout_no_wrap(note.to_owned(), Type::Small.font(), ink).size().x;
        if wide > ui.available_size_before_wrap().x {
            // Beneath the title as a whole, rather than its first words beside it.
            ui.end_row();
        }
        ui.label(Type::Small.text(note).color(ink));
    }
    ui.min_rect() | place.with_max_x(place.min.x)
}

/// What marks a part of the window that is there to be read.
const READ_ONLY: &str = "read only";

/// A part that is there to be read: nothing in it can be edited, and everything can be pointed at, scrolled, selected
/// and copied. Fields show their text, and what would add, move or remove is left out.
pub fn read_only<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new().ui_stack_info(egui::UiStackInfo::default().with_tag(READ_ONLY));
    ui.scope_builder(builder, content).inner
}

/// Whether this ui is a part that is there to be read.
pub fn is_read_only(ui: &Ui) -> bool {
    ui.stack().iter().any(|part| part.tags().contains(READ_ONLY))
}

/// Lets ticks and choices that follow in this ui only be read, if it is a part that is there to be read.
pub fn close_if_read_only(ui: &mut Ui) {
    if is_read_only(ui) {
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.disable();
    }
}

/// A heading inside a sheet.
pub fn subheading(ui: &mut Ui, title: &str) -> Response {
    ui.add_space(space::TIGHT);
    let response = ui.label(Type::Strong.text(title));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
    response
}

/// The width of running text in points: as many full-width characters as an eye follows without losing the line.
pub fn prose_width() -> f32 {
    space::PROSE_CHARACTERS * Type::Body.size()
}

/// Running text that is read: no wider than the eye can follow, with air between the lines.
pub fn prose(ui: &mut Ui, text: &str) -> Response {
    let words = Type::Body.text(text).line_height(Some(prose_line_height(Type::Body.size())));
    ui.scope(|ui| {
        ui.set_max_width(prose_width().min(ui.available_width()));
        ui.add(Label::new(words).wrap())
    })
    .inner
}

/// A note in small type.
pub fn note(ui: &mut Ui, text: &str) -> Response {
    ui.label(Type::Small.text(text).color(Palette::of(ui).secondary))
}

/// A label and what it labels, such as a field, side by side; one above the other where there is no room.
///
/// Inputs inside that have no name of their own are named by the label.
pub fn labelled<R>(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let words = Type::Body.text(label).color(Palette::of(ui).secondary);
    if ui.available_width() < 520.0 {
        return ui
            .vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(words.font(Type::Small.font()));
                ui.name_inputs(label, content)
            })
            .inner;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::GROUP;
        let place = ui.available_rect_before_wrap();
        let place = egui::Rect::from_min_size(place.min + vec2(0.0, 4.0), vec2(LABEL_WIDTH, 0.0));
        let builder = UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min));
        ui.scope_builder(builder, |ui| {
            ui.set_min_width(LABEL_WIDTH);
            ui.label(words);
        });
        ui.vertical(|ui| ui.name_inputs(label, content)).inner
    })
    .inner
}

/// A value that is shown and not edited, set off from the edges as the text of a field is.
pub fn value(ui: &mut Ui, text: &str) -> Response {
    Frame::NONE.inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| ui.label(text)).inner
}

/// The width of the column of labels, in points.
const LABEL_WIDTH: f32 = 176.0;
