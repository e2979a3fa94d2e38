//! The rows of a table, one below the other, and what is beneath and above them.

use std::sync::Arc;

use egui::{Id, Rect, Sense, Stroke, Style, Ui, Vec2, pos2, vec2};

use super::Table;
use super::TableOutput;
use super::control::{self, Asked};
use super::grid::{At, Grid, Size};
use super::heights::{Focus, Heights};
use super::paste;
use super::work::{Passed, Work};
use crate::app::kit::seek;
use crate::app::theme::{Palette, Type, space};

/// What the rows of a table have in common while they are drawn.
pub(super) struct Frame<'f> {
    pub(super) id: Id,
    pub(super) asked: Asked,
    pub(super) widths: &'f [f32],
    /// The styles of rows and of totals.
    pub(super) styles: [Arc<Style>; 2],
    /// What is in view beneath the header.
    pub(super) view: Rect,
}

impl Table<'_> {
    pub(super) fn body(
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
            // The pointer selects cells here, not letters.
            style.interaction.selectable_labels &= !self.is_walked();
            Arc::new(style)
        });
        // The header stays in view as long as any row does.
        let below = origin.y.max(clip.top()) + header_height;
        let view = Rect::from_x_y_ranges(clip.x_range(), (clip.top().max(below))..=clip.bottom());
        let mut heights = Heights::take(ui.ctx(), id, self.rows);
        let size =
            Size { rows: self.rows, columns: self.columns.len(), page: heights.per_page(view.height()) };
        let mut grid = Grid::take(ui.ctx(), id, size);
        let mut output = TableOutput::default();
        let asked = self.listen(ui, id, &mut grid, size, &mut output);
        // A block that waits for its rows is out of the way until they are there.
        let waiting = self.ready(&mut grid, &mut output).then(|| grid.work.take()).flatten();
        let frame = Frame { id, asked, widths, styles, view };
        let focused = ui.memory(egui::Memory::focused);
        let mut focus = None;
        let mut reach = None;
        let mut y = origin.y + header_height;
        for row in 0..self.rows {
            let known = self.measure.map_or_else(|| heights.get(row), |measure| measure(row).max(space::ROW));
            let seen = y + known >= view.top() && y <= view.bottom();
            // A row with the keyboard in it stays drawn, or scrolling would end the editing; and so do its
            // neighbours, or Tab would leave the table at the edge of the view.
            let walked = grid.holds.is_some() && (row == grid.current.row || row == grid.reach.row);
            let busy = grid.work.as_ref().is_some_and(|work| work.covers(row))
                || seek::is_underway(ui.ctx())
                || walked
                || heights.focus_row().is_some_and(|focused| row.abs_diff(focused) <= 1);
            if !seen && !busy {
                y += known;
                continue;
            }
            let rect = Rect::from_min_size(pos2(origin.x, y), vec2(width, known));
            let focus_here = heights.focus.filter(|focus| focus.row == row);
            let measured = self.row(ui, &frame, &mut grid, row, rect, cell, &mut output, focus_here);
            let height = if self.measure.is_some() { known } else { measured };
            heights.set(row, height);
            let rect = Rect::from_min_size(rect.min, vec2(width, height));
            if let Some(widget) = focused.and_then(|id| ui.ctx().read_response(id))
                && widget.layer_id == ui.layer_id()
                && rect.contains(widget.rect.center())
            {
                let column = self.column_at(widget.rect.center().x, origin.x, view.left(), widths);
                focus = Some((Focus { row, column }, rect));
            }
            if row == grid.reach.row {
                reach = Some(Self::cell_rect(rect, grid.reach.column, widths));
            }
            y += height;
            self.rule(ui, row, rect, view);
        }
        let header_above = vec2(0.0, header_height);
        if let Some(rect) = reach.filter(|_| std::mem::take(&mut grid.follow)) {
            // The header and the first column lie over the edges of the view.
            let frozen = if self.frozen && grid.reach.column > 0 { widths[0] } else { 0.0 };
            ui.scroll_to_rect(
                Rect::from_min_max(rect.min - header_above - vec2(frozen, 0.0), rect.max),
                None,
            );
        } else if let Some((Focus { row, .. }, rect)) = focus
            && grid.holds.is_none()
            && heights.focus_row() != Some(row)
            && !view.y_range().contains(rect.center().y)
        {
            ui.scroll_to_rect(Rect::from_min_max(rect.min - header_above, rect.max), None);
        }
        heights.focus = focus.map(|(focus, _)| focus);
        heights.put(ui.ctx(), id);
        control::conclude(ui.ctx(), id, &mut grid, size, asked);
        Self::work_on(ui, &mut grid, waiting);
        let top = origin.y.max(clip.top().min(y - header_height - space::ROW)).max(origin.y);
        let rect = Rect::from_min_size(pos2(origin.x, top), vec2(width, header_height));
        self.header(ui, id, &mut grid, rect, widths, header, top > origin.y);
        if let Some((column, change)) = grid.resize.take()
            && let Some(width) = widths.get(column)
        {
            grid.widths.insert(column, (width + change).clamp(space::ROW, 1200.0));
            ui.ctx().request_repaint();
        }
        grid.put(ui.ctx(), id);
        ui.allocate_rect(Rect::from_min_max(origin, pos2(origin.x + width, y)), Sense::hover());
        output
    }

    /// Asks for the rows and columns that a block is short of, or cuts off what will find no place. Whether it has to
    /// wait for them.
    fn ready(&self, grid: &mut Grid, output: &mut TableOutput) -> bool {
        let Some(Work::Write(write)) = &mut grid.work else { return false };
        let entries = self.entries();
        let grows = self.tools.is_some() && write.at.row < entries.max(1);
        let (rows, columns) = write.missing(entries, self.columns.len());
        let rows = if grows { rows } else { 0 };
        let columns = if self.widens { columns } else { 0 };
        if rows + columns > 0 {
            output.grow = (entries, rows);
            output.columns = columns;
            return true;
        }
        // A block that begins in the totals fills totals; one that begins above stops before them.
        write.cut(if write.at.row < entries { entries } else { self.rows }, self.columns.len());
        false
    }

    /// Goes on with a block after the rows were drawn.
    fn work_on(ui: &Ui, grid: &mut Grid, waiting: Option<Work>) {
        if waiting.is_some() {
            paste::note_underway(ui.ctx());
            ui.ctx().request_repaint();
            grid.work = waiting;
            return;
        }
        let Some(work) = grid.work.take() else { return };
        match work.pass(ui.ctx()) {
            Passed::More(work) => grid.work = Some(work),
            Passed::Filled(Some(range)) => {
                // What was filled is selected, from the cell that the keyboard is on where that lies in it.
                let corner = At::new(range.top, range.left);
                if !range.contains(grid.current) {
                    grid.current = corner;
                }
                if grid.selected() != range {
                    (grid.current, grid.reach) = (corner, At::new(range.bottom, range.right));
                }
                ui.ctx().request_repaint();
            }
            Passed::Filled(None) | Passed::Done => {}
        }
    }

    /// The place of a cell in a row, whether or not it is pinned.
    fn cell_rect(row: Rect, column: usize, widths: &[f32]) -> Rect {
        let left = row.left() + widths.iter().take(column).sum::<f32>();
        let width = widths.get(column).copied().unwrap_or_default();
        Rect::from_min_max(pos2(left, row.top()), pos2(left + width, row.bottom()))
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
}
