//! The header of a table: it names the columns, selects them, and sets their widths.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::control;
use super::grid::Grid;
use super::{MANY, Table};
use crate::app::kit::spoken;
use crate::app::theme::{Palette, Type, space};

impl Table<'_> {
    /// The text of each header with its height.
    pub(super) fn header_job(&self, ui: &Ui, widths: &[f32]) -> Vec<(Arc<egui::Galley>, f32)> {
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

    #[expect(
        clippy::too_many_arguments,
        reason = "the one caller has them all at hand, and no two belong together"
    )]
    pub(super) fn header(
        &self,
        ui: &Ui,
        id: Id,
        grid: &mut Grid,
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
        if grid.fit.take().is_some() {
            ui.ctx().request_repaint();
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
            let mut visible = area.intersect(ui.clip_rect());
            if self.frozen && !first {
                painter.shrink_clip_rect(Rect::everything_right_of(pinned + widths[0]));
                visible = visible.intersect(Rect::everything_right_of(pinned + widths[0]));
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
            let mut name = self.columns[index].header();
            if name.is_empty() {
                // What rows are called by needs no heading on the page, but a name for those who do not see it.
                spoken(ui.ctx()).t("行の見出し", "Row heading").clone_into(&mut name);
            }
            let sense = if self.is_walked() { Sense::CLICK } else { Sense::hover() };
            let response = ui.interact(visible, id.with(("header", index)), sense);
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
            if response.clicked() {
                let from = if ui.input(|input| input.modifiers.shift) { grid.current.column } else { index };
                self.select_columns(grid, from, index);
                control::hold(ui.ctx(), grid, id);
            }
            edge(ui, id, grid, index, visible);
        }
    }
}

/// The right edge of a column: dragged it makes the column wider or narrower, a double click as wide as its content.
fn edge(ui: &Ui, id: Id, grid: &mut Grid, index: usize, header: Rect) {
    let edge = Rect::from_min_max(pos2(header.right() - 4.0, header.top()), header.max + vec2(2.0, 0.0));
    if !header.is_positive() {
        return;
    }
    let edge = ui.interact(edge, id.with(("edge", index)), Sense::CLICK | Sense::DRAG);
    if edge.hovered() || edge.dragged() {
        ui.set_cursor_icon(egui::CursorIcon::ResizeColumn);
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter().vline(header.right() - 1.0, header.y_range(), stroke);
    }
    if edge.dragged() && edge.drag_delta().x != 0.0 {
        grid.resize = Some((index, edge.drag_delta().x));
    }
    if edge.double_clicked() {
        grid.widths.remove(&index);
        grid.fit = Some(index);
        ui.ctx().request_repaint();
    }
}
