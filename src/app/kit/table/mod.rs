//! The table: heterogeneous rows of wrapped text inside a page that scrolls.
//!
//! A row is as high as its highest cell. Heights are remembered from when a row was last drawn, so rows outside the
//! view cost nothing but an addition, and a table of thousands of rows scrolls like one of ten.

mod action;
pub mod cell;
mod columns;
mod heights;
pub mod paste;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::scroll_area::ScrollBarVisibility;
use egui::text::LayoutJob;
use egui::{
    Align, Color32, Id, IdSalt, Layout, Rect, Role, ScrollArea, Sense, Stroke, Style, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::button;
use super::icon::Icon;
use super::page::is_read_only;
use crate::app::theme::{Palette, Type, space};
pub use action::{RowAction, RowTools, apply, row_menu};
pub use columns::{Column, Width};
use heights::{Focus, Heights};
use paste::Pasting;

/// The width of the column that holds the menus of the rows.
const TOOLS: f32 = 32.0;

/// A table of more columns than this draws only those in view. Their cells are alike, so that a row is as high as any
/// of them; a table of fewer columns would change its height while it scrolls sideways.
const MANY: usize = 40;

/// A table about to be drawn.
#[must_use = "a table is drawn by `show`"]
pub struct Table<'a> {
    salt: IdSalt,
    name: &'a str,
    columns: &'a [Column<'a>],
    rows: usize,
    totals: usize,
    measure: Option<&'a dyn Fn(usize) -> f32>,
    tools: Option<RowTools<'a>>,
    pick: Option<&'a dyn Fn(usize) -> String>,
    picked: Option<usize>,
    tint: Option<&'a dyn Fn(usize) -> Option<Color32>>,
    frozen: bool,
}

/// What came of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableOutput {
    /// What the user asked to happen to the rows.
    pub action: Option<RowAction>,
    /// The row that was picked.
    pub picked: Option<usize>,
    /// How many cells were drawn.
    pub cells: usize,
    /// How many rows a pasted block asks for, and where they are to stand.
    grow: (usize, usize),
}

impl TableOutput {
    /// Everything that is to happen to the rows, one after the other.
    pub fn actions(&self) -> impl Iterator<Item = RowAction> + use<> {
        let (at, count) = self.grow;
        self.action.into_iter().chain((at..at + count).map(RowAction::Insert))
    }
}

impl<'a> Table<'a> {
    /// A table of `rows` rows under `columns`. `name` is its accessible name.
    pub fn new(salt: impl egui::AsIdSalt, name: &'a str, columns: &'a [Column<'a>], rows: usize) -> Self {
        Self {
            salt: IdSalt::new(salt),
            name,
            columns,
            rows,
            totals: 0,
            measure: None,
            tools: None,
            pick: None,
            picked: None,
            tint: None,
            frozen: false,
        }
    }

    /// The last `count` rows are totals: bold, with a rule above, and not to be moved.
    pub fn totals(mut self, count: usize) -> Self {
        self.totals = count;
        self
    }

    /// Gives the height of a row in points instead of finding it by drawing.
    pub fn measure(mut self, height: &'a dyn Fn(usize) -> f32) -> Self {
        self.measure = Some(height);
        self
    }

    /// Lets rows be added, removed and moved.
    pub fn tools(mut self, tools: RowTools<'a>) -> Self {
        self.tools = Some(tools);
        self
    }

    /// Lets a row be picked, by the pointer or by the keyboard; `label` names a row for those who cannot see it.
    pub fn pick(mut self, picked: Option<usize>, label: &'a dyn Fn(usize) -> String) -> Self {
        self.picked = picked;
        self.pick = Some(label);
        self
    }

    /// Tints rows, to say something about them that their words say as well.
    pub fn tint(mut self, tint: &'a dyn Fn(usize) -> Option<Color32>) -> Self {
        self.tint = Some(tint);
        self
    }

    /// Keeps the first column in view while the others scroll sideways.
    pub fn freeze_first(mut self) -> Self {
        self.frozen = true;
        self
    }

    /// Draws the table. `cell` draws the cell of a row and a column into a ui that is as wide as the cell; most cells
    /// are one call of a function in [`cell`].
    pub fn show(mut self, ui: &mut Ui, mut cell: impl FnMut(&mut Ui, usize, usize)) -> TableOutput {
        if is_read_only(ui) {
            self.tools = None;
        }
        let id = ui.make_persistent_id(self.salt);
        let tools = if self.tools.is_some() { TOOLS } else { 0.0 };
        let room = ui.available_width();
        let widths = columns::widths(self.columns, room - tools);
        let width = widths.iter().sum::<f32>() + tools;
        let builder = UiBuilder::new()
            .id_salt(self.salt)
            .accessibility_role(egui::accesskit::Role::Table)
            .accessibility_label(self.name)
            .layout(Layout::top_down(Align::Min));
        let mut output = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                if width > room + 0.5 {
                    // A bar is drawn within the view even when its table is still below it.
                    let below = ui.cursor().top() > ui.clip_rect().bottom() - space::ROW;
                    let bar = if below {
                        ScrollBarVisibility::AlwaysHidden
                    } else {
                        ScrollBarVisibility::default()
                    };
                    ScrollArea::horizontal()
                        .id_salt("sideways")
                        .scroll_bar_visibility(bar)
                        .auto_shrink([false, true])
                        .show(ui, |ui| self.body(ui, id, &widths, width, &mut cell))
                        .inner
                } else {
                    self.body(ui, id, &widths, width, &mut cell)
                }
            })
            .inner;
        if let Some(tools) = self.tools {
            ui.add_space(-space::TIGHT);
            if button::quiet(ui, Some(Icon::Plus), tools.add).clicked() {
                output.action = Some(RowAction::Insert(self.rows - self.totals));
            }
        }
        output
    }

    fn body(
        &self,
        ui: &mut Ui,
        id: Id,
        widths: &[f32],
        width: f32,
        cell: &mut impl FnMut(&mut Ui, usize, usize),
    ) -> TableOutput {
        let origin = ui.cursor().min;
        let clip = ui.clip_rect();
        let header = self.header_job(ui, widths);
        let header_height = header.iter().map(|(_, height)| *height).fold(space::ROW, f32::max);
        let styles = [Type::Table, Type::TableStrong].map(|font| {
            let mut style = Style::clone(ui.style());
            style.override_font_id = Some(font.font());
            style.spacing.item_spacing = Vec2::splat(space::TIGHT);
            Arc::new(style)
        });
        let mut heights = Heights::take(ui.ctx(), id, self.rows);
        let mut output = TableOutput::default();
        let mut pasting = self.pasting(ui, id, &heights, &mut output);
        // The header stays in view as long as any row does.
        let below = origin.y.max(clip.top()) + header_height;
        let view = Rect::from_x_y_ranges(clip.x_range(), (clip.top().max(below))..=clip.bottom());
        let focused = ui.memory(egui::Memory::focused);
        let mut focus = None;
        let mut y = origin.y + header_height;
        for row in 0..self.rows {
            let known = self.measure.map_or_else(|| heights.get(row), |measure| measure(row).max(space::ROW));
            let seen = y + known >= view.top() && y <= view.bottom();
            // A row with the keyboard in it stays drawn, or scrolling would end the editing; and so do its
            // neighbours, or Tab would leave the table at the edge of the view.
            let busy = pasting.as_ref().is_some_and(|pasting| pasting.covers(row))
                || heights.focus_row().is_some_and(|focused| row.abs_diff(focused) <= 1);
            if !seen && !busy {
                y += known;
                continue;
            }
            let rect = Rect::from_min_size(pos2(origin.x, y), vec2(width, known));
            let measured = self.row(
                ui,
                row,
                rect,
                view,
                widths,
                &styles,
                cell,
                &mut output,
                &mut pasting,
                heights.focus.filter(|focus| focus.row == row),
            );
            let height = if self.measure.is_some() { known } else { measured };
            heights.set(row, height);
            let rect = Rect::from_min_size(rect.min, vec2(width, height));
            if let Some(widget) = focused.and_then(|id| ui.ctx().read_response(id))
                && widget.layer_id == ui.layer_id()
                && rect.contains(widget.rect.center())
            {
                let column = self.column_at(widget.rect.center().x, origin.x, view.left(), widths);
                focus = Some((Focus { widget: widget.id, row, column }, rect));
            }
            y += height;
            self.rule(ui, row, rect, view);
        }
        if let Some((Focus { row, .. }, rect)) = focus
            && heights.focus_row() != Some(row)
            && !view.y_range().contains(rect.center().y)
        {
            // The floating header lies over the top of the view.
            let covered = Rect::from_min_max(rect.min - vec2(0.0, header_height), rect.max);
            ui.scroll_to_rect(covered, None);
        }
        heights.focus = focus.map(|(focus, _)| focus);
        heights.put(ui.ctx(), id);
        if let Some(pasting) = pasting {
            pasting.finish(ui.ctx(), self.columns.len());
        }
        let top = origin.y.max(clip.top().min(y - header_height - space::ROW)).max(origin.y);
        let rect = Rect::from_min_size(pos2(origin.x, top), vec2(width, header_height));
        self.header(ui, id, rect, widths, header, top > origin.y);
        ui.allocate_rect(Rect::from_min_max(origin, pos2(origin.x + width, y)), Sense::hover());
        output
    }

    /// The block to be pasted in this pass, if there is one; a table that is short of rows asks for them first.
    fn pasting(&self, ui: &Ui, id: Id, heights: &Heights, output: &mut TableOutput) -> Option<Pasting> {
        let focused = ui.memory(egui::Memory::focused);
        let at = heights.focus.filter(|focus| Some(focus.widget) == focused);
        let at = at.and_then(|focus| Some((focus.row, focus.column?)));
        let mut pasting = Pasting::of(ui.ctx(), id, at)?;
        let entries = self.rows - self.totals;
        // A block that begins in the totals fills totals; one that begins above stops before them.
        let end = if pasting.row < entries { entries } else { self.rows };
        let missing = if self.tools.is_some() && end == entries { pasting.missing(entries) } else { 0 };
        if missing > 0 {
            output.grow = (entries, missing);
            pasting.wait(ui.ctx());
            return None;
        }
        pasting.cut(end);
        Some(pasting)
    }

    /// The column that lies at `x`; none beside the columns, where the menus of the rows are.
    fn column_at(&self, x: f32, origin: f32, view: f32, widths: &[f32]) -> Option<usize> {
        if self.frozen && x < origin.max(view) + widths.first()? {
            return Some(0);
        }
        let mut right = origin;
        widths.iter().position(|width| {
            right += width;
            x < right
        })
    }

    /// The line beneath a row; the first of the totals has a stronger one above.
    fn rule(&self, ui: &Ui, row: usize, rect: Rect, view: Rect) {
        let p = Palette::of(ui);
        let first_total = self.rows - self.totals;
        let stroke = if self.totals > 0 && row + 1 == first_total {
            Stroke::new(1.0, p.secondary)
        } else {
            Stroke::new(1.0, p.rule)
        };
        ui.painter().with_clip_rect(view).hline(rect.x_range(), rect.bottom() - 0.5, stroke);
    }

    /// Draws one row and says how high it is.
    #[expect(
        clippy::too_many_arguments,
        reason = "the one caller has them all at hand, and no two belong together"
    )]
    fn row(
        &self,
        ui: &mut Ui,
        row: usize,
        rect: Rect,
        view: Rect,
        widths: &[f32],
        styles: &[Arc<Style>; 2],
        cell: &mut impl FnMut(&mut Ui, usize, usize),
        output: &mut TableOutput,
        pasting: &mut Option<Pasting>,
        focus: Option<Focus>,
    ) -> f32 {
        let p = Palette::of(ui);
        let total = row + self.totals >= self.rows;
        let ground = ui.painter().with_clip_rect(view);
        if let Some(tint) = self.tint.and_then(|tint| tint(row)) {
            ground.rect_filled(rect, 0.0, tint);
        }
        let visible = rect.intersect(view);
        if let Some(label) = self.pick.filter(|_| !total) {
            let response = ui.interact(visible, ui.scope_id().with(("pick", row)), Sense::click());
            let chosen = self.picked == Some(row);
            response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, label(row)));
            if chosen {
                ground.rect_filled(rect, 0.0, p.accent_soft);
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
        let style = &styles[usize::from(total)];
        let mut height = space::ROW;
        let mut x = rect.left();
        let frozen_to = if self.frozen { x.max(view.left()) + widths[0] } else { view.left() };
        for (column, width) in widths.iter().enumerate() {
            let first = column == 0 && self.frozen;
            let left = if first { x.max(view.left()) } else { x };
            let area = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
            x += width;
            // As with rows, the neighbours of the cell with the keyboard in it stay drawn.
            let near = focus.and_then(|focus| focus.column).is_some_and(|at| at.abs_diff(column) <= 1);
            let seen = area.right() >= view.left() && area.left() <= view.right();
            if widths.len() > MANY && !first && !seen && !near && pasting.is_none() {
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
            if let Some(pasting) = pasting {
                pasting.offer(ui.ctx(), row, column);
                cell(&mut child, row, column);
                pasting.collect(ui.ctx());
            } else {
                cell(&mut child, row, column);
            }
            output.cells += 1;
            height = height.max(child.min_rect().height());
        }
        if let Some(tools) = self.tools.filter(|_| !total) {
            let area = Rect::from_min_size(pos2(x + 2.0, rect.top() + 1.0), Vec2::splat(space::HIT));
            let mut child = ui.new_child(UiBuilder::new().id_salt((row, "tools")).max_rect(area));
            child.shrink_clip_rect(view);
            let awake = ui.rect_contains_pointer(visible) || focus.is_some();
            let action = tools.menu(&mut child, row, self.rows - self.totals, awake);
            output.action = output.action.or(action);
        }
        height.ceil()
    }

    /// The text of each header with its height.
    fn header_job(&self, ui: &Ui, widths: &[f32]) -> Vec<(Arc<egui::Galley>, f32)> {
        let p = Palette::of(ui);
        self.columns
            .iter()
            .zip(widths)
            .map(|(column, width)| {
                let mut job = LayoutJob::simple(
                    column.header.to_string(),
                    Type::SmallStrong.font(),
                    p.ink,
                    width - 2.0 * space::INSIDE,
                );
                job.halign = column.align;
                let galley = ui.painter().layout_job(job);
                let height = (galley.size().y + 2.0 * 6.0).ceil();
                (galley, height)
            })
            .collect()
    }

    fn header(
        &self,
        ui: &Ui,
        id: Id,
        rect: Rect,
        widths: &[f32],
        galleys: Vec<(Arc<egui::Galley>, f32)>,
        floating: bool,
    ) {
        let p = Palette::of(ui);
        let ground = rect.intersect(ui.clip_rect());
        ui.painter().rect_filled(rect, 0.0, p.accent_soft);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.rule));
        if floating {
            // What has scrolled beneath the header must not be clicked through it.
            ui.interact(ground, id.with("header"), Sense::CLICK);
        }
        let mut x = rect.left();
        let pinned = x.max(ui.clip_rect().left());
        for (index, ((galley, _), width)) in galleys.into_iter().zip(widths).enumerate() {
            let first = index == 0 && self.frozen;
            let left = if first { pinned } else { x };
            x += width;
            let area = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
            if widths.len() > MANY && !first && !area.intersects(ui.clip_rect()) {
                continue;
            }
            let mut painter = ui.painter().clone();
            if self.frozen && !first {
                painter.shrink_clip_rect(Rect::everything_right_of(pinned + widths[0]));
            }
            let inner = area.shrink2(vec2(space::INSIDE, 0.0));
            let at = match self.columns[index].align {
                Align::Min => inner.left(),
                Align::Center => inner.center().x,
                Align::Max => inner.right(),
            };
            // A header of one line beside one of two stands at the bottom, next to its figures.
            let top = inner.bottom() - galley.size().y - 6.0;
            painter.galley(pos2(at, top), galley, p.ink);
            let name = self.columns[index].header();
            let response = ui.interact(area, id.with(("header", index)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        }
    }
}
