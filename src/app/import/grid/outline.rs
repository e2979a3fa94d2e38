//! The tables around the cells: outlined and named, and the ranges that a person described.

use super::{Grid, LEAD};
use crate::app::import::desk::Desk;
use crate::app::import::layout::width;
use crate::app::theme::{Palette, Type};
use crate::locale::Term;
use crate::sheets::{Address, Area};
use egui::{Align2, Color32, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

/// How high a name is.
const TAG: f32 = 18.0;

impl Grid<'_> {
    /// Outlines and names every table that is in view; the one that is looked at stands out.
    pub(super) fn outlines(&self, ui: &Ui, desk: &Desk<'_>, (file, name): (&str, &str), frame: Option<Area>) {
        let (p, lang) = (Palette::of(ui), desk.lang);
        let seen = |area: &Area| self.rect(*area).expand2(vec2(0.0, LEAD)).intersects(ui.clip_rect());
        let here = desk.preview.proposal.tables.iter().filter(|t| t.at.file == file && t.at.sheet == name);
        for table in here {
            let Some(area) = table.area.filter(seen) else { continue };
            let chosen = frame == Some(area);
            let stroke = Stroke::new(if chosen { 2.0 } else { 1.0 }, p.accent);
            ui.painter().rect_stroke(self.rect(area), 0.0, stroke, StrokeKind::Middle);
            let ink = if chosen { (p.accent, p.on_accent) } else { (p.accent_soft, p.accent) };
            self.tag(ui, area, table.kind.term(lang), ink, chosen);
        }
        let (regions, left_out) = match (desk.marks.of(file, name), desk.known_form(file, name)) {
            (Some(marked), _) => (marked.regions.as_slice(), marked.left_out.as_slice()),
            (None, Some(known)) => (known.regions.as_slice(), known.left_out.as_slice()),
            (None, None) => return,
        };
        let read = |area: Area| desk.preview.proposal.tables.iter().any(|table| table.area == Some(area));
        let failed = regions.iter().map(|region| region.area).filter(|area| !read(*area));
        for area in failed.filter(seen) {
            self.dashed(ui, area, p.caution);
            self.tag(ui, area, lang.t("読めない範囲", "Cannot be read"), (p.caution_soft, p.caution), true);
        }
        for area in left_out.iter().copied().filter(seen) {
            self.dashed(ui, area, p.secondary);
            self.tag(ui, area, lang.t("読み取らない", "Left out"), (p.hover, p.secondary), true);
        }
    }

    fn dashed(&self, ui: &Ui, area: Area, colour: Color32) {
        let rect = self.rect(area);
        let corners =
            [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.5, colour), 6.0, 4.0));
    }

    /// The name of a table above its edge, where it hides no text; without such a place it is told only if it must be.
    fn tag(&self, ui: &Ui, area: Area, words: &str, (fill, ink): (Color32, Color32), must: bool) {
        let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::Small.font(), ink);
        let size = vec2(galley.size().x + 10.0, TAG);
        let rect = self.rect(area);
        let Some(left) = self.free(area, rect, size.x).or_else(|| must.then_some(rect.right() - size.x))
        else {
            return;
        };
        let place = Rect::from_min_size(pos2(left.max(rect.left()), rect.top() - TAG), size);
        ui.painter().rect_filled(place, 2.0, fill);
        let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), place).min;
        ui.painter().galley(at, galley, ink);
    }

    /// Where above an area there is room that no text takes, from the left.
    fn free(&self, area: Area, rect: Rect, wide: f32) -> Option<f32> {
        let Some(above) = area.first.row.checked_sub(1) else { return Some(rect.left()) };
        let mut left = rect.left();
        let end = rect.right().max(rect.left() + wide);
        let mut at = area.first.column;
        let all = self.layout.columns_in(0.0, self.layout.size().0);
        while at <= area.last.column && all.contains(&at) {
            let cell = self.layout.area_of(Address::new(above, at));
            if let Some(value) = self.sheet.get(cell.first) {
                let field = self.rect(cell);
                if field.left() - left >= wide {
                    return Some(left);
                }
                let text = value.text();
                let last = text.trim_end().lines().last().map_or(0.0, width);
                left = left.max((field.left() + last + 16.0).min(field.right()));
            }
            at = cell.last.column + 1;
        }
        (end - left >= wide).then_some(left)
    }
}
