//! One cell or merged range: its text, its mark, and what it says of itself.

use super::Grid;
use crate::app::import::desk::Desk;
use crate::app::import::layout::{LINE, MARK};
use crate::app::import::preview::{Use, What};
use crate::app::import::words;
use crate::app::kit::Icon;
use crate::app::theme::{Palette, Type, space};
use crate::import::{Role as CellRole, Standing};
use crate::locale::Term;
use crate::sheets::{Address, Area, Value};
use egui::text::LayoutJob;
use egui::{
    Color32, FontId, Painter, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

/// No cell shows more of its text than this; the pointer shows the rest. Characters.
const LONGEST: usize = 400;

impl Grid<'_> {
    /// Draws one cell or merged range; whether it was clicked.
    pub(super) fn cell(&self, ui: &Ui, desk: &Desk<'_>, area: Area, known: Option<&Use>) -> bool {
        let p = Palette::of(ui);
        let rect = self.rect(area);
        let clip = ui.clip_rect().intersect(rect);
        let value = self.sheet.get(area.first);
        let look = look(desk, known, value.is_some(), p);
        let painter = ui.painter().with_clip_rect(clip);
        painter.rect(rect, 0.0, look.tint, Stroke::new(0.5, p.rule), StrokeKind::Middle);
        let Some(value) = value else {
            return false;
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
    let mut job = LayoutJob::simple(shown, look.font.clone(), look.ink, inner.width());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of lines")]
    let rows = (inner.height() / LINE).round().max(1.0) as usize;
    job.wrap.max_rows = rows;
    let galley = painter.layout_job(job);
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
        What::Role(CellRole::Unit | CellRole::Note) => {
            CellLook { tint: p.hover, ink: p.secondary, font: Type::Small.font(), ..plain }
        }
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
pub(in crate::app::import) fn why<'d>(desk: &'d Desk<'_>, at: Address) -> Option<&'d str> {
    let (file, sheet) = desk.look.sheet.as_ref()?;
    let cell = at.to_string();
    let mut leftovers = desk.preview.proposal.leftovers.iter();
    let leftover = leftovers.find(|leftover| {
        let source = &leftover.source;
        source.cell == cell && source.sheet == *sheet && source.file == *file
    })?;
    Some(leftover.why.t(desk.lang))
}
