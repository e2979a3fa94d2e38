//! The source as it lies in the file: merged cells merged, line breaks kept, and each cell marked by what it is.
//!
//! Only what is in view is drawn, whatever the size of the sheet. `bar` says which range is marked and takes an
//! address, `select` marks ranges by pointer and keyboard, `cells` draws cells, `outline` the tables around them.

mod bar;
mod cells;
mod outline;
mod select;

pub(super) use cells::why;

use super::desk::Desk;
use super::layout::Layout;
use super::words::{self, STANDINGS};
use crate::app::kit::{self, Icon};
use crate::app::theme::{Palette, Type, space};
use crate::locale::{Lang, Term};
use crate::sheets::{Address, Area, Sheet};
use crate::tr;
use egui::{
    Align, Align2, Color32, Id, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// The width of the row numbers and the height of the column letters.
const HEAD: (f32, f32) = (56.0, 26.0);
/// The room above the first row, in which its table is named.
const LEAD: f32 = 20.0;

/// Draws the sheet that is looked at; how many cells of it were drawn.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) -> usize {
    let lang = desk.lang;
    let Some((file, name)) = desk.look.sheet.clone() else {
        kit::note(ui, lang.t("左で表かシートを選んでください。", "Choose a table or a sheet at the left."));
        return 0;
    };
    let sources = desk.sources;
    let Some((sheet, layout)) = sources.sheet(&file, &name) else {
        let words = lang.t(
            "この出所は表の形をしていません。「取り込む値」の一覧で確かめてください。",
            "This source has no cells to show; look at the list of values.",
        );
        kit::note(ui, words);
        return 0;
    };
    if sheet.cells().is_empty() {
        let words = lang.t("このシートには何も入っていません。", "There is nothing on this sheet.");
        kit::note(ui, words);
        return 0;
    }
    bar::show(ui, desk, &file, layout);
    legend(ui, lang);
    ui.add_space(space::TIGHT);
    let outer = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(outer.min + vec2(HEAD.0, HEAD.1), outer.max);
    let id = Id::unique(("source grid", &file, &name));
    let scrolled = ui
        .scope_builder(UiBuilder::new().id_salt(id).max_rect(inner), |ui| {
            ScrollArea::both().id_salt(id).auto_shrink([false, false]).show_viewport(ui, |ui, view| {
                let lead = vec2(0.0, LEAD);
                let origin = ui.max_rect().min + lead;
                let grid = Grid { sheet, layout, id, origin, view: view.translate(-lead) };
                let drawn = grid.show(ui, desk, (&file, &name));
                let (width, height) = layout.size();
                let all = Rect::from_min_size(origin - lead, vec2(width + 2.0, height + LEAD + 2.0));
                ui.allocate_rect(all, Sense::hover());
                drawn
            })
        })
        .inner;
    let marked = desk.look.selection(layout);
    let offset = scrolled.state.clamped_offset() - vec2(0.0, LEAD);
    heads(ui, layout, (outer, inner), offset, marked);
    scrolled.inner
}

/// What the marks in the cells mean.
fn legend(ui: &mut Ui, lang: Lang) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, space::TIGHT);
        let mut entry = |icon: Option<(Icon, Color32)>, tint: Color32, font: Type, words: &str| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                let (rect, _) = ui.allocate_exact_size(vec2(20.0, 18.0), Sense::hover());
                ui.painter().rect(rect, 2, tint, Stroke::new(1.0, p.rule), StrokeKind::Inside);
                if let Some((icon, colour)) = icon {
                    icon.paint(ui, Rect::from_center_size(rect.center(), vec2(12.0, 12.0)), colour);
                }
                ui.label(font.text(words).color(p.secondary));
            });
        };
        for standing in STANDINGS.into_iter().rev() {
            let (icon, colour, tint) = words::mark(standing, p);
            entry(Some((icon, colour)), tint, Type::Small, standing.term(lang));
        }
        entry(Some((Icon::Minus, p.secondary)), p.sheet, Type::Small, lang.t("取り込まない", "Left out"));
        // Headings are bold in the cells as well, units and notes small: the tints are not all that tells them.
        entry(None, p.accent_soft, Type::SmallStrong, lang.t("見出し", "Heading"));
        entry(None, p.hover, Type::Small, lang.t("単位・注", "Unit, note"));
        entry(
            Some((Icon::Question, p.alarm)),
            p.sheet,
            Type::Small,
            lang.t("読み取れない", "Not understood"),
        );
    });
}

/// The letters of the columns and the numbers of the rows, which stay in view; those of the marked range stand out.
fn heads(ui: &Ui, layout: &Layout, (outer, inner): (Rect, Rect), offset: egui::Vec2, marked: Option<Area>) {
    let p = Palette::of(ui);
    let font = Type::Small.font();
    let top = Rect::from_min_max(pos2(inner.left(), outer.top()), pos2(inner.right(), inner.top()));
    let left = Rect::from_min_max(pos2(outer.left(), inner.top()), pos2(inner.left(), inner.bottom()));
    let line = Stroke::new(1.0, p.rule);
    ui.painter().rect_filled(Rect::from_min_max(outer.min, inner.min), 0.0, p.hover);
    let painter = ui.painter().with_clip_rect(top);
    painter.rect_filled(top, 0.0, p.hover);
    for column in layout.columns_in(offset.x, offset.x + top.width()) {
        let (from, to) = layout.column(column);
        let (from, to) = (top.left() - offset.x + from, top.left() - offset.x + to);
        let chosen = marked.is_some_and(|area| (area.first.column..=area.last.column).contains(&column));
        if chosen {
            painter.rect_filled(Rect::from_x_y_ranges(from..=to, top.y_range()), 0.0, p.accent_soft);
        }
        let letters = Address::new(0, column).to_string();
        let centre = pos2(f32::midpoint(from, to), top.center().y);
        let ink = if chosen { p.accent } else { p.secondary };
        painter.text(centre, Align2::CENTER_CENTER, letters.trim_end_matches('1'), font.clone(), ink);
        painter.vline(to, top.y_range(), line);
    }
    let painter = ui.painter().with_clip_rect(left);
    painter.rect_filled(left, 0.0, p.hover);
    for index in layout.rows_in(offset.y, offset.y + left.height()) {
        let (row, gap, from, to) = layout.row(index);
        let (from, to) = (left.top() - offset.y + from, left.top() - offset.y + to);
        let chosen = marked.is_some_and(|area| (area.first.row..=area.last.row).contains(&row));
        if chosen {
            painter.rect_filled(Rect::from_x_y_ranges(left.x_range(), from..=to), 0.0, p.accent_soft);
        }
        let words = if gap { "⋯".to_owned() } else { (row + 1).to_string() };
        let centre = pos2(left.center().x, f32::midpoint(from, to));
        let ink = if chosen { p.accent } else { p.secondary };
        painter.text(centre, Align2::CENTER_CENTER, words, font.clone(), ink);
        painter.hline(left.x_range(), to, line);
    }
    ui.painter().hline(outer.x_range(), inner.top(), line);
    ui.painter().vline(inner.left(), outer.y_range(), line);
}

/// A sheet being drawn.
struct Grid<'a> {
    sheet: &'a Sheet,
    layout: &'a Layout,
    id: Id,
    /// Where the sheet's upper left corner would be on the screen.
    origin: Pos2,
    /// The part in view, from that corner.
    view: Rect,
}

impl Grid<'_> {
    fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, (file, name): (&str, &str)) -> usize {
        let ground = ui.interact(ui.clip_rect(), self.id, Sense::click_and_drag());
        ground.widget_info(|| {
            let words = tr!(desk.lang, "元の表 {name}", "Source {name}");
            WidgetInfo::labeled(Role::Grid, true, words.trim_end())
        });
        let frame = desk.table().and_then(|table| {
            let table = &desk.preview.proposal.tables[table];
            table.area.filter(|_| table.at.file == file && table.at.sheet == name)
        });
        self.keys(ui, desk, &ground, frame);
        let mut clicked = None;
        let mut drawn = 0;
        let cells = desk.preview.cells_of(file, name);
        let rows = self.layout.rows_in(self.view.top(), self.view.bottom());
        let columns = self.layout.columns_in(self.view.left(), self.view.right());
        let (first_row, first_column) =
            (rows.clone().next().map_or(0, |index| self.layout.row(index).0), columns.start);
        for index in rows {
            let row = self.layout.row(index).0;
            for column in columns.clone() {
                let at = Address::new(row, column);
                let area = self.layout.area_of(at);
                // A merged range is drawn once, where its first visible cell is.
                let corner = Address::new(area.first.row.max(first_row), area.first.column.max(first_column));
                if at != corner {
                    continue;
                }
                drawn += 1;
                if self.cell(ui, desk, area, cells.and_then(|cells| cells.get(&area.first))) {
                    clicked = Some(area.first);
                }
            }
        }
        self.outlines(ui, desk, (file, name), frame);
        self.marked(ui, desk, ground.has_focus());
        self.pointer(ui, desk, &ground, clicked);
        self.reveal(ui, desk, frame);
        drawn
    }

    /// Draws what is marked: a cell or a range.
    fn marked(&self, ui: &Ui, desk: &Desk<'_>, focused: bool) {
        let (Some(cell), Some(area)) = (desk.look.cell, desk.look.selection(self.layout)) else { return };
        let p = Palette::of(ui);
        let colour = if focused { p.focus } else { p.ink };
        let cell = self.layout.area_of(cell);
        if cell == area {
            ui.painter().rect_stroke(self.rect(area), 0.0, Stroke::new(2.0, colour), StrokeKind::Inside);
        } else {
            let rect = self.rect(area);
            ui.painter().rect_filled(rect, 0.0, p.focus.gamma_multiply(0.10));
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(3.0, p.focus), StrokeKind::Inside);
            ui.painter().rect_stroke(self.rect(cell), 0.0, Stroke::new(1.0, colour), StrokeKind::Inside);
        }
    }

    /// Brings what is looked at into view: a cell wherever it is, a range or table by its upper left corner.
    fn reveal(&self, ui: &Ui, desk: &mut Desk<'_>, frame: Option<Area>) {
        if !std::mem::take(&mut desk.look.reveal) {
            return;
        }
        let range = desk.look.anchor.and_then(|_| desk.look.selection(self.layout));
        let held = range.filter(|area| {
            let (whole, room) = (self.rect(*area), ui.clip_rect());
            whole.width() <= room.width() - 48.0 && whole.height() <= room.height() - 48.0
        });
        match (held, desk.look.cell) {
            (Some(area), _) => ui.scroll_to_rect(self.rect(area).expand(24.0), None),
            (None, Some(at)) => ui.scroll_to_rect(self.rect(self.layout.area_of(at)).expand(24.0), None),
            (None, None) => {
                let corner = frame.map_or(self.origin, |area| self.rect(area).min);
                let corner = Rect::from_min_size(corner - vec2(24.0, 60.0), vec2(1.0, 1.0));
                ui.scroll_to_rect(corner, Some(Align::Min));
            }
        }
    }

    /// Where an area is on the screen.
    fn rect(&self, area: Area) -> Rect {
        let (left, top, right, bottom) = self.layout.area(area);
        Rect::from_min_max(self.origin + vec2(left, top), self.origin + vec2(right, bottom))
    }
}
