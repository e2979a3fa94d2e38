//! One row of a table and its cells.

use std::sync::Arc;

use egui::output::IMEOutput;
use egui::{Layout, Rect, Response, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::control;
use super::draw::Frame;
use super::grid::{At, Grid};
use super::heights::Focus;
use super::slot::{Mark, Slot};
use super::{MANY, Table, TableOutput};
use crate::app::kit::button;
use crate::app::kit::field::Begin;
use crate::app::kit::seek;
use crate::app::theme::{Palette, Type, space};

/// The width of the strip at the left of a row by which the row is selected.
const STRIP: f32 = 6.0;

impl Table<'_> {
    /// Draws one row and says how high it is.
    #[expect(
        clippy::too_many_arguments,
        reason = "the one caller has them all at hand, and no two belong together"
    )]
    pub(super) fn row(
        &self,
        ui: &mut Ui,
        frame: &Frame<'_>,
        grid: &mut Grid,
        row: usize,
        rect: Rect,
        cell: &mut impl FnMut(&mut Ui, usize, usize),
        output: &mut TableOutput,
        focus: Option<Focus>,
    ) -> f32 {
        let Frame { view, widths, .. } = *frame;
        let total = row + self.totals >= self.rows;
        let ground = ui.painter().with_clip_rect(view);
        if let Some(tint) = self.tint.and_then(|tint| tint(row)) {
            ground.rect_filled(rect, 0.0, tint);
        }
        let visible = rect.intersect(view);
        self.pickable(ui, row, rect, visible, output);
        let style = &frame.styles[usize::from(total)];
        let mut height = space::ROW;
        let mut head = String::new();
        let mut x = rect.left();
        let frozen_to = if self.frozen { x.max(view.left()) + widths[0] } else { view.left() };
        for (column, width) in widths.iter().enumerate() {
            let first = column == 0 && self.frozen;
            let left = if first { x.max(view.left()) } else { x };
            let area = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
            x += width;
            // As with rows, the neighbours of the cell with the keyboard in it stay drawn.
            let near = focus.and_then(|focus| focus.column).is_some_and(|at| at.abs_diff(column) <= 1)
                || (grid.holds.is_some() && (column == grid.current.column || column == grid.reach.column));
            let seen = area.right() >= view.left() && area.left() <= view.right();
            let wanted = seen || near || grid.work.is_some() || seek::is_underway(ui.ctx());
            if widths.len() > MANY && !first && !wanted {
                continue;
            }
            let mut clip = view;
            if self.frozen && !first {
                clip.set_left(frozen_to);
            }
            let mut child = ui.new_child(
                UiBuilder::new()
                    .id_salt((row, column))
                    .max_rect(area)
                    .layout(Layout::top_down(self.columns[column].align))
                    .style(Arc::clone(style)),
            );
            child.shrink_clip_rect(clip);
            let at = At::new(row, column);
            if self.is_walked() {
                self.walked(&mut child, frame, grid, at, area, &mut head, cell);
            } else {
                cell(&mut child, row, column);
            }
            output.cells += 1;
            height = height.max(child.min_rect().height());
        }
        if self.is_walked() {
            self.row_head(ui, frame, grid, row, visible);
        }
        if let Some(tools) = self.tools.filter(|_| !total) {
            let area = Rect::from_min_size(pos2(x + 2.0, rect.top() + 1.0), Vec2::splat(space::HIT));
            let mut child = ui.new_child(UiBuilder::new().id_salt((row, "tools")).max_rect(area));
            child.shrink_clip_rect(view);
            let current = grid.holds.is_some() && grid.current.row == row;
            let awake = ui.rect_contains_pointer(visible) || focus.is_some() || current;
            let action = tools.menu(&mut child, row, self.entries(), awake);
            output.action = output.action.or(action);
        }
        height.ceil()
    }

    /// Draws a cell that the keyboard can be on.
    #[expect(clippy::too_many_arguments, reason = "a row's loop in two halves")]
    fn walked(
        &self,
        ui: &mut Ui,
        frame: &Frame<'_>,
        grid: &mut Grid,
        at: At,
        area: Rect,
        head: &mut String,
        cell: &mut impl FnMut(&mut Ui, usize, usize),
    ) {
        let Frame { id, asked, .. } = *frame;
        let p = Palette::of(ui);
        let this = Grid::ground(id, at);
        let visible = area.intersect(ui.clip_rect());
        let current = grid.current == at;
        // The current cell is the one that Tab comes to from elsewhere.
        let sense = if current { Sense::click_and_drag() } else { Sense::CLICK | Sense::DRAG };
        let ground = ui.interact(area, this, sense);
        control::point(ui, id, grid, at, &ground, visible);
        let selected = grid.selected();
        if grid.holds.is_some() && selected.contains(at) && selected.rows() * selected.columns() > 1 {
            ui.painter().rect_filled(area, 0.0, p.accent_soft);
        }
        let slot = self.slot(ui, id, grid, at, &ground, asked);
        if current {
            grid.pointed = None;
        }
        if slot.begin == Some(Begin::Replace) {
            grid.editing_by_typing = Some(at);
        }
        slot.put(ui.ctx());
        cell(ui, at.row, at.column);
        let Some(slot) = Slot::collect(ui.ctx()) else { return };
        control::drawn(ui, id, grid, at, &slot, &ground, visible);
        let text = slot.text.as_deref();
        if at.column == 0 {
            *head = text.filter(|text| !text.trim().is_empty()).map_or_else(
                || (at.row + 1).to_string(),
                |text| text.lines().next().unwrap_or_default().to_owned(),
            );
        }
        let heads = (head.as_str(), self.columns[at.column].header());
        if let Some(work) = &mut grid.work {
            work.collect(at, text, slot.taken, || (heads.0.to_owned(), heads.1.clone()));
        }
        self.measure_fit(ui, grid, at, text);
        describe(ui, &ground, at, &heads, &slot, selected.contains(at) && grid.holds.is_some());
        corner(ui, area, slot.note.mark);
        if grid.holds == Some(this) && grid.current == at {
            button::focus_ring(ui, area);
            if slot.field.is_some() && !self.read_only {
                invite_input_method(ui, area);
            }
            if grid.note {
                super::menu::note(ui, this, area, &slot.note);
            }
        }
        if let Some(deed) = super::menu::of_cell(ui, &ground, self, at, &slot.note) {
            grid.asked = Some(deed);
            control::hold(ui.ctx(), grid, id);
        }
    }

    /// Measures a cell of the column that is to become as wide as its content.
    fn measure_fit(&self, ui: &Ui, grid: &mut Grid, at: At, text: Option<&str>) {
        if grid.fit != Some(at.column) {
            return;
        }
        let ink = Palette::of(ui).ink;
        let wide = |text: &str, font: Type| {
            ui.painter().layout_no_wrap(text.to_owned(), font.font(), ink).size().x
                + 2.0 * space::INSIDE
                + 2.0
        };
        let header = wide(&self.columns[at.column].header, Type::SmallStrong);
        let width =
            text.map_or(0.0, |text| wide(text, Type::Table)).max(header).clamp(space::ROW, 640.0).ceil();
        let known = grid.widths.entry(at.column).or_default();
        *known = known.max(width);
    }

    /// The strip at the left of a row: it selects the row, and with Shift all rows up to it.
    fn row_head(&self, ui: &Ui, frame: &Frame<'_>, grid: &mut Grid, row: usize, visible: Rect) {
        let strip = Rect::from_min_max(visible.min, pos2(visible.left() + STRIP, visible.bottom()));
        if !strip.is_positive() {
            return;
        }
        let response = ui.interact(strip, frame.id.with(("row head", row)), Sense::CLICK);
        if response.hovered() {
            ui.set_cursor_icon(egui::CursorIcon::PointingHand);
            ui.painter().rect_filled(strip, 0.0, Palette::of(ui).accent);
        }
        if response.clicked() {
            let from = if ui.input(|input| input.modifiers.shift) { grid.current.row } else { row };
            grid.current = At::new(from, 0);
            grid.reach = At::new(row, self.columns.len() - 1);
            control::hold(ui.ctx(), grid, frame.id);
        }
    }

    /// The row as something to be picked, where rows are.
    fn pickable(&self, ui: &Ui, row: usize, rect: Rect, visible: Rect, output: &mut TableOutput) {
        let Some(label) = self.pick.filter(|_| row + self.totals < self.rows) else { return };
        let p = Palette::of(ui);
        let response = ui.interact(visible, ui.scope_id().with(("pick", row)), Sense::click());
        let chosen = self.picked == Some(row);
        response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, label(row)));
        let ground = ui.painter().with_clip_rect(visible);
        if chosen {
            ground.rect_filled(rect, 0.0, p.accent_soft);
            let bar = Rect::from_min_size(visible.min, vec2(3.0, visible.height()));
            ground.rect_filled(bar, 0.0, p.accent);
        } else if response.hovered() {
            ground.rect_filled(rect, 0.0, p.hover);
        }
        if response.has_focus() {
            button::focus_ring(ui, visible);
        }
        if response.clicked() {
            output.picked = Some(row);
        }
    }
}

/// Says to those who cannot see it which cell this is and what it holds.
fn describe(ui: &Ui, ground: &Response, at: At, heads: &(&str, String), slot: &Slot, selected: bool) {
    ui.ctx().accesskit_node_builder(ground.id, |node| {
        node.set_role(Role::Cell);
        let name = match (heads.0, heads.1.as_str()) {
            (row, "") => row.to_owned(),
            (row, column) => format!("{row}、{column}"),
        };
        node.set_label(name);
        node.set_value(slot.text.clone().unwrap_or_default());
        node.set_row_index(at.row);
        node.set_column_index(at.column);
        node.set_selected(selected);
        if !slot.note.lines.is_empty() {
            node.set_description(slot.note.lines.join("\n"));
        }
    });
}

/// The mark in the upper right corner of a cell of which there is more to tell.
fn corner(ui: &Ui, area: Rect, mark: Option<Mark>) {
    let p = Palette::of(ui);
    let at = area.right_top() + vec2(-1.0, 1.0);
    let triangle = vec![at, at + vec2(-7.0, 0.0), at + vec2(0.0, 7.0)];
    match mark {
        None => {}
        Some(Mark::Noted) => {
            ui.painter().add(egui::Shape::convex_polygon(triangle, p.accent, egui::Stroke::NONE));
        }
        Some(Mark::Unread) => {
            let stroke = egui::Stroke::new(1.5, p.caution);
            ui.painter().add(egui::Shape::closed_line(triangle, stroke));
        }
    }
}

/// Lets an input method compose over the cell: what it begins goes on in the field.
fn invite_input_method(ui: &Ui, area: Rect) {
    let to_global = ui.ctx().layer_transform_to_global(ui.layer_id()).unwrap_or_default();
    let caret = Rect::from_min_size(area.min + vec2(space::INSIDE, 4.0), vec2(1.0, space::ROW - 8.0));
    ui.output_mut(|output| {
        output.ime = Some(IMEOutput {
            purpose: egui::IMEPurpose::Normal,
            rect: to_global * area,
            cursor_rect: to_global * caret,
            should_interrupt_composition: false,
        });
    });
}
