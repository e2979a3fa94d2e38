//! The source as it lies in the file: merged cells merged, line breaks kept, and each cell marked by what it is.
//!
//! Only what is in view is drawn, whatever the size of the sheet.

use super::desk::Desk;
use super::layout::{LINE, Layout, MARK};
use super::preview::{Use, What};
use super::words::{self, STANDINGS};
use crate::app::kit::{self, Icon};
use crate::app::theme::{Palette, Type, space};
use crate::import::{Role as CellRole, Standing};
use crate::locale::{Lang, Term};
use crate::sheets::{Address, Area, Sheet, Value};
use crate::tr;
use egui::{
    Align, Align2, Color32, EventFilter, FontId, Id, Key, Painter, Pos2, Rect, Response, Role, ScrollArea,
    Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

/// The width of the row numbers and the height of the column letters.
const HEAD: (f32, f32) = (56.0, 26.0);
/// No cell shows more of its text than this; the pointer shows the rest. Characters.
const LONGEST: usize = 400;

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
    legend(ui, lang);
    ui.add_space(space::TIGHT);
    let outer = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(outer.min + vec2(HEAD.0, HEAD.1), outer.max);
    let id = Id::unique(("source grid", &file, &name));
    let scrolled = ui
        .scope_builder(UiBuilder::new().id_salt(id).max_rect(inner), |ui| {
            ScrollArea::both().id_salt(id).auto_shrink([false, false]).show_viewport(ui, |ui, view| {
                let grid = Grid { sheet, layout, id, origin: ui.max_rect().min, view };
                let drawn = grid.show(ui, desk, (&file, &name));
                let (width, height) = layout.size();
                ui.allocate_rect(Rect::from_min_size(grid.origin, vec2(width, height)), Sense::hover());
                drawn
            })
        })
        .inner;
    heads(ui, layout, outer, inner, scrolled.state.clamped_offset());
    scrolled.inner
}

/// What the marks in the cells mean.
fn legend(ui: &mut Ui, lang: Lang) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, space::TIGHT);
        let mut entry = |icon: Option<(Icon, Color32)>, tint: Color32, words: &str| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                let (rect, _) = ui.allocate_exact_size(vec2(20.0, 18.0), Sense::hover());
                ui.painter().rect(rect, 2, tint, Stroke::new(1.0, p.rule), StrokeKind::Inside);
                if let Some((icon, colour)) = icon {
                    icon.paint(ui, Rect::from_center_size(rect.center(), vec2(12.0, 12.0)), colour);
                }
                ui.label(Type::Small.text(words).color(p.secondary));
            });
        };
        for standing in STANDINGS.into_iter().rev() {
            let (icon, colour, tint) = words::mark(standing, p);
            entry(Some((icon, colour)), tint, standing.term(lang));
        }
        entry(Some((Icon::Minus, p.secondary)), p.sheet, lang.t("取り込まない", "Left out"));
        entry(None, p.accent_soft, lang.t("見出し", "Heading"));
        entry(None, p.hover, lang.t("単位・注", "Unit, note"));
        entry(Some((Icon::Question, p.alarm)), p.sheet, lang.t("読み取れない", "Not understood"));
    });
}

/// The letters of the columns and the numbers of the rows, which stay in view.
fn heads(ui: &Ui, layout: &Layout, outer: Rect, inner: Rect, offset: egui::Vec2) {
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
        let cell = top.left() - offset.x + from..=top.left() - offset.x + to;
        let letters = Address::new(0, column).to_string();
        let centre = pos2(f32::midpoint(*cell.start(), *cell.end()), top.center().y);
        painter.text(centre, Align2::CENTER_CENTER, letters.trim_end_matches('1'), font.clone(), p.secondary);
        painter.vline(*cell.end(), top.y_range(), line);
    }
    let painter = ui.painter().with_clip_rect(left);
    painter.rect_filled(left, 0.0, p.hover);
    for index in layout.rows_in(offset.y, offset.y + left.height()) {
        let (row, gap, from, to) = layout.row(index);
        let (from, to) = (left.top() - offset.y + from, left.top() - offset.y + to);
        let words = if gap { "⋯".to_owned() } else { (row + 1).to_string() };
        let centre = pos2(left.center().x, f32::midpoint(from, to));
        painter.text(centre, Align2::CENTER_CENTER, words, font.clone(), p.secondary);
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
        let ground = ui.interact(ui.clip_rect(), self.id, Sense::click());
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
        if let Some(area) = frame {
            let rect = self.rect(area);
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(2.0, Palette::of(ui).accent), StrokeKind::Middle);
        }
        if let Some(at) = desk.look.cell {
            let rect = self.rect(self.layout.area_of(at));
            let p = Palette::of(ui);
            let colour = if ground.has_focus() { p.focus } else { p.ink };
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(2.0, colour), StrokeKind::Inside);
        }
        if let Some(at) = clicked {
            ground.request_focus();
            desk.look_at(at);
        }
        self.reveal(ui, desk, frame);
        drawn
    }

    /// Brings what is looked at into view: a cell wherever it is, a table by its upper left corner.
    fn reveal(&self, ui: &Ui, desk: &mut Desk<'_>, frame: Option<Area>) {
        if !std::mem::take(&mut desk.look.reveal) {
            return;
        }
        if let Some(at) = desk.look.cell {
            ui.scroll_to_rect(self.rect(self.layout.area_of(at)).expand(24.0), None);
        } else {
            let corner = frame.map_or(self.origin, |area| self.rect(area).min);
            ui.scroll_to_rect(
                Rect::from_min_size(corner - vec2(24.0, 60.0), vec2(1.0, 1.0)),
                Some(Align::Min),
            );
        }
    }

    /// Where an area is on the screen.
    fn rect(&self, area: Area) -> Rect {
        let (left, top, right, bottom) = self.layout.area(area);
        Rect::from_min_max(self.origin + vec2(left, top), self.origin + vec2(right, bottom))
    }

    /// The arrows move from cell to cell; Space takes or leaves the value.
    fn keys(&self, ui: &Ui, desk: &mut Desk<'_>, ground: &Response, frame: Option<Area>) {
        if !ground.has_focus() {
            return;
        }
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, arrows));
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let steps =
            [(Key::ArrowUp, -1, 0), (Key::ArrowDown, 1, 0), (Key::ArrowLeft, 0, -1), (Key::ArrowRight, 0, 1)];
        for (_, down, right) in steps.into_iter().filter(|(key, ..)| pressed(*key)) {
            let first = || frame.or(self.sheet.extent()).map(|area| self.layout.area_of(area.first).first);
            let next = desk.look.cell.map(|at| self.layout.beside(at, down, right)).or_else(first);
            if let Some(next) = next {
                desk.look_at(next);
                desk.look.reveal = true;
            }
        }
        if pressed(Key::Space) {
            let lines = desk.lines();
            let taken = lines.iter().any(|line| desk.preview.is_taken(*line));
            for line in lines {
                desk.choose(line, !taken);
            }
        }
    }

    /// Draws one cell or merged range; whether it was clicked.
    fn cell(&self, ui: &Ui, desk: &Desk<'_>, area: Area, known: Option<&Use>) -> bool {
        let p = Palette::of(ui);
        let rect = self.rect(area);
        let clip = ui.clip_rect().intersect(rect);
        let value = self.sheet.get(area.first);
        let look = look(desk, known, value.is_some(), p);
        let painter = ui.painter().with_clip_rect(clip);
        painter.rect(rect, 0.0, look.tint, Stroke::new(0.5, p.rule), StrokeKind::Middle);
        let Some(value) = value else {
            return ui.interact(clip, self.id.with(area.first), Sense::CLICK).clicked();
        };
        let right = matches!(value, Value::Number(_));
        text(&painter, rect, value, &look, right);
        if let Some((icon, colour)) = look.icon {
            let x = if right { rect.left() + 9.0 } else { rect.right() - 9.0 };
            icon.paint_on(
                &painter,
                Rect::from_center_size(pos2(x, rect.top() + 10.0), vec2(12.0, 12.0)),
                colour,
            );
        }
        let response = ui.interact(clip, self.id.with(area.first), Sense::CLICK);
        let lang = desk.lang;
        response.widget_info(|| {
            let text = words::one_line(&value.text());
            let what = known.map_or("", |known| known.what.term(lang));
            WidgetInfo::labeled(Role::GridCell, true, format!("{} {text} {what}", area.first).trim_end())
        });
        let clicked = response.clicked();
        if response.hovered() {
            response.on_hover_ui_at_pointer(|ui| explain(ui, desk, area.first, known, &value.text()));
        }
        clicked
    }
}

/// The text of a cell, which leaves room for the mark.
fn text(painter: &Painter, rect: Rect, value: &Value, look: &CellLook, right: bool) {
    let text = value.text();
    let shown: String = text.trim_end().chars().take(LONGEST).collect();
    let mut inner = rect.shrink2(vec2(space::INSIDE, 3.0));
    if look.icon.is_some() {
        if right { inner.min.x += MARK } else { inner.max.x -= MARK }
    }
    let galley = painter.layout(shown, look.font.clone(), look.ink, inner.width());
    let at = if right { pos2(inner.right() - galley.size().x, inner.top()) } else { inner.min };
    let width = galley.size().x;
    painter.galley(at, galley, look.ink);
    if look.struck {
        let y = inner.top() + LINE / 2.0;
        painter.add(Shape::hline(at.x..=at.x + width, y, Stroke::new(1.0, look.ink)));
    }
}

/// How a cell is drawn.
struct CellLook {
    tint: Color32,
    ink: Color32,
    font: FontId,
    icon: Option<(Icon, Color32)>,
    struck: bool,
}

fn look(desk: &Desk<'_>, known: Option<&Use>, filled: bool, p: &Palette) -> CellLook {
    let plain = CellLook { tint: p.sheet, ink: p.ink, font: Type::Table.font(), icon: None, struck: false };
    let Some(known) = known else {
        return CellLook { ink: p.secondary, ..plain };
    };
    match known.what {
        What::Value(standing) => {
            let taken = known.lines.iter().any(|line| desk.preview.is_taken(*line));
            let (icon, colour, tint) = words::mark(standing, p);
            if !taken && standing != Standing::Conflict {
                return CellLook {
                    ink: p.secondary,
                    icon: Some((Icon::Minus, p.secondary)),
                    struck: true,
                    ..plain
                };
            }
            CellLook { tint, icon: Some((icon, colour)), ..plain }
        }
        What::Role(CellRole::Caption | CellRole::Header | CellRole::Label) => {
            CellLook { tint: p.accent_soft, font: Type::TableStrong.font(), ..plain }
        }
        What::Role(CellRole::Unit | CellRole::Note) => CellLook { tint: p.hover, ink: p.secondary, ..plain },
        What::Leftover => CellLook { icon: filled.then_some((Icon::Question, p.alarm)), ..plain },
    }
}

/// What a cell is, for the pointer.
fn explain(ui: &mut Ui, desk: &Desk<'_>, at: Address, known: Option<&Use>, text: &str) {
    let (lang, p) = (desk.lang, Palette::of(ui));
    ui.set_max_width(ui.spacing().tooltip_width);
    let Some(known) = known else {
        ui.label(format!("{at}  {}", words::one_line(text)));
        ui.label(
            Type::Small.text(lang.t("どの表にも属しません。", "Belongs to no table.")).color(p.secondary),
        );
        return;
    };
    for line in &known.lines {
        ui.label(desk.provenance(*line));
        let standing = desk.preview.entry(*line).standing.term(lang);
        let place = desk.preview.lines[*line].place.t(lang);
        ui.label(Type::Small.text(format!("{standing}　{place}")).color(p.secondary));
    }
    if known.lines.is_empty() {
        ui.label(format!("{at}  {}", words::one_line(text)));
        let what = match known.what {
            What::Leftover => why(desk, at).unwrap_or_else(|| known.what.term(lang)),
            what => what.term(lang),
        };
        ui.label(Type::Small.text(what).color(p.secondary));
    }
}

/// Why a cell of the sheet that is shown was not understood.
pub(super) fn why<'d>(desk: &'d Desk<'_>, at: Address) -> Option<&'d str> {
    let (file, sheet) = desk.look.sheet.as_ref()?;
    let cell = at.to_string();
    let mut leftovers = desk.preview.proposal.leftovers.iter();
    let leftover = leftovers.find(|leftover| {
        let source = &leftover.source;
        source.cell == cell && source.sheet == *sheet && source.file == *file
    })?;
    Some(leftover.why.t(desk.lang))
}
