//! What stands around the marks: title, legend, axes with their grid, notes and source.

use super::{Canvas, Dress, SMALL, TEXT, TITLE, View, lines, row_names, symbol_piece};
use crate::chart::axis::{Scale, Tick, count};
use crate::chart::ink::{Hatch, Ink};
use crate::chart::marks::{Chart, Entry, Swatch};
use crate::chart::measure;
use crate::chart::scene::{Anchor, Piece, Rect, Scene, Stroke};
use crate::locale::Lang;

/// The room around a picture that stands alone.
pub(super) const MARGIN: f64 = 10.0;
/// The room around one that has its words around it.
pub(super) const EDGE: f64 = 1.0;
/// The length of a swatch in the legend.
pub const SWATCH: f64 = 20.0;
/// The height of a line of the legend.
const LEGEND_LINE: f64 = 18.0;

/// The scene of a chart with everything but its marks.
pub(super) fn lay(chart: &Chart, canvas: &Canvas, view: &View) -> Scene {
    let lang = canvas.lang;
    let mut frame = Vec::new();
    let margin = if canvas.dress == Dress::Full { MARGIN } else { EDGE };
    let full = canvas.width - 2.0 * margin;
    let mut body = Rect { x: margin - EDGE, w: full + 2.0 * EDGE, ..Rect::default() };
    let mut top = margin;
    if canvas.dress == Dress::Full {
        let wrapped = measure::wrap(&heading(chart, lang), TITLE, true, full);
        top = text(&mut frame, &wrapped, [margin, top], (TITLE, true, Ink::Text)) + 6.0;
    }
    body.y = top - EDGE;
    if canvas.dress != Dress::Bare {
        top = legend(&mut frame, &chart.legend, lang, [margin, top], full);
    }
    if !chart.y.title.t(lang).is_empty() {
        let wrapped = measure::wrap(chart.y.title.t(lang), SMALL, false, full);
        top = text(&mut frame, &wrapped, [margin, top], (SMALL, false, Ink::Quiet));
    }
    let rows = Rows::of(chart, lang, body.w);
    let height = canvas.plot_height.unwrap_or_else(|| rows.height(chart));
    let left = margin + rows.left(chart, view, lang, height);
    let ticks_right = if chart.x.is_rows() { 2.0 } else { 16.0 };
    let wide = (body.right() - EDGE - ticks_right - left).max(40.0);
    // What is high says its columns above as well.
    let tall = height > 300.0 && matches!(chart.x.scale, Scale::Fiscal | Scale::Rows(_));
    top += if tall { SMALL * measure::LINE * count(lines_of_ticks(chart, lang, wide)) + 4.0 } else { 7.0 };
    let plot = Rect { x: left, y: top, w: wide, h: height };
    grid(&mut frame, chart, view, &plot);
    rows.names(&mut frame, chart, view, &plot, lang);
    let mut bottom = below(&mut frame, chart, view, (&plot, &body), lang, tall);
    body.h = bottom + EDGE - body.y;
    if canvas.dress == Dress::Full {
        let mut foot = |said: &str| {
            let wrapped = measure::wrap(said, SMALL, false, full);
            bottom = text(&mut frame, &wrapped, [margin, bottom + 3.0], (SMALL, false, Ink::Quiet));
        };
        for note in &chart.notes {
            foot(note.t(lang));
        }
        if !chart.source.t(lang).is_empty() {
            foot(&match lang {
                Lang::Ja => format!("出典：{}", chart.source.ja),
                Lang::En => format!("Source: {}", chart.source.en),
            });
        }
        bottom += MARGIN;
    }
    Scene { width: canvas.width, height: bottom + EDGE, plot, body, frame, ..Scene::default() }
}

/// The title with the unit behind it.
fn heading(chart: &Chart, lang: Lang) -> String {
    match (chart.title.t(lang), chart.unit.t(lang)) {
        (title, "") => title.to_owned(),
        (title, unit) => match lang {
            Lang::Ja => format!("{title}（{unit}）"),
            Lang::En => format!("{title} ({unit})"),
        },
    }
}

/// Lines of text from a top left corner; where the next line would begin.
fn text(frame: &mut Vec<Piece>, wrapped: &[String], [x, top]: [f64; 2], style: (f64, bool, Ink)) -> f64 {
    let pitch = style.0 * measure::LINE;
    let lead = (pitch - style.0) / 2.0;
    frame.extend(lines(wrapped, [x, top + lead + style.0 * measure::ASCENT], Anchor::Start, style));
    top + pitch * count(wrapped.len())
}

/// The legend, as many entries a line as have room; where it ends.
fn legend(frame: &mut Vec<Piece>, entries: &[Entry], lang: Lang, [left, top]: [f64; 2], full: f64) -> f64 {
    if entries.is_empty() {
        return top;
    }
    let (mut x, mut y) = (left, top);
    for entry in entries {
        let wrapped = measure::wrap(entry.label.t(lang), TEXT, false, full - SWATCH - 6.0);
        let wide = SWATCH + 6.0 + measure::widest(&wrapped, TEXT, false);
        if x > left && x + wide > left + full {
            (x, y) = (left, y + LEGEND_LINE);
        }
        swatch(frame, entry.swatch, [x, y + LEGEND_LINE / 2.0]);
        let end = text(frame, &wrapped, [x + SWATCH + 6.0, y + 1.5], (TEXT, false, Ink::Text));
        x += wide + 16.0;
        if wrapped.len() > 1 {
            (x, y) = (left, end);
        }
    }
    y + LEGEND_LINE + 2.0
}

/// The pieces of a swatch, its left end in the middle of its height at a point.
pub fn swatch(frame: &mut Vec<Piece>, swatch: Swatch, [x, y]: [f64; 2]) {
    let middle = [x + SWATCH / 2.0, y];
    match swatch {
        Swatch::Area(ink, hatch) => {
            let rect = Rect::around(middle, SWATCH, 11.0);
            let edge = matches!(ink, Ink::Soft | Ink::Tint(_) | Ink::Paper | Ink::Band | Ink::Shade(_));
            let stroke = edge.then_some(Stroke::new(Ink::Quiet, 0.6));
            frame.push(Piece::Rect { rect, radius: 0.0, fill: Some(ink), stroke });
            if hatch != Hatch::Plain {
                let segments = super::hatch::lines(hatch, &rect);
                frame.push(Piece::Strokes { segments, stroke: Stroke::new(Ink::Paper, 0.9) });
            }
        }
        Swatch::Line(ink, dash, symbol) => {
            let stroke = Stroke { ink, width: 1.8, dash };
            let points = vec![[x, y], [x + SWATCH, y]];
            frame.push(Piece::Path { points, fill: None, stroke: Some(stroke) });
            if let Some(symbol) = symbol {
                frame.push(symbol_piece(middle, symbol, ink, false, 4.0));
            }
        }
        Swatch::Point(ink, symbol, hollow) => frame.push(symbol_piece(middle, symbol, ink, hollow, 4.5)),
    }
}

/// Stripes, grid lines and the base line.
fn grid(frame: &mut Vec<Piece>, chart: &Chart, view: &View, plot: &Rect) {
    let map = super::Map::new(chart, *plot, view);
    bands(frame, chart, view, plot);
    let hairline = Stroke::new(Ink::Rule, 0.7);
    let mut line = |a: [f64; 2], b: [f64; 2], stroke: Stroke| {
        frame.push(Piece::Path { points: vec![a, b], fill: None, stroke: Some(stroke) });
    };
    match &chart.x.scale {
        Scale::Rows(_) => {}
        _ => {
            for tick in across(chart, view, plot) {
                let x = map.x(tick.at);
                line([x, plot.y], [x, plot.bottom()], hairline);
            }
        }
    }
    match &chart.y.scale {
        Scale::Rows(rows) => {
            // Lanes of several rows are kept apart by lines; single rows need none.
            if rows.iter().any(|row| (row.to - row.from - 1.0).abs() > 1e-9) {
                for row in rows.iter().filter(|row| row.from >= view.y[0] && row.from <= view.y[1]) {
                    let y = map.y(row.from);
                    line([plot.x, y], [plot.right(), y], hairline);
                }
            }
        }
        _ => {
            for tick in upwards(chart, view, plot) {
                let y = map.y(tick.at);
                line([plot.x, y], [plot.right(), y], hairline);
            }
        }
    }
    let base = Stroke::new(Ink::Quiet, 1.0);
    if chart.x.is_rows() || chart.y.is_rows() {
        let zero = |view: [f64; 2]| if view[0] <= 0.0 && view[1] > 0.0 { 0.0 } else { view[0] };
        if chart.y.is_rows() && chart.x.has_base() {
            let x = map.x(zero(view.x));
            line([x, plot.y], [x, plot.bottom()], base);
        } else if chart.x.is_rows() && chart.y.has_base() {
            let y = map.y(zero(view.y));
            line([plot.x, y], [plot.right(), y], base);
        }
    } else {
        // Where figures lie below zero, they hang from it.
        let below = chart.y.has_base() && view.y[0] < 0.0 && view.y[1] > 0.0;
        let y = if below { map.y(0.0) } else { plot.bottom() };
        line([plot.x, y], [plot.right(), y], base);
    }
}

/// Every other fiscal year on tinted ground, where years are wide enough to be told apart.
fn bands(frame: &mut Vec<Piece>, chart: &Chart, view: &View, plot: &Rect) {
    let [from, to] = view.x;
    if chart.x.scale != Scale::Fiscal || plot.w / (to - from) < 8.0 {
        return;
    }
    let map = super::Map::new(chart, *plot, view);
    let first = (from / 2.0).floor() * 2.0;
    for year in (0_u32..200).map(|n| first + 2.0 * f64::from(n)).take_while(|year| *year < to) {
        let (left, right) = (map.x(year).max(plot.x), map.x(year + 1.0).min(plot.right()));
        if right > left {
            let rect = Rect { x: left, w: right - left, ..*plot };
            frame.push(Piece::Rect { rect, radius: 0.0, fill: Some(Ink::Band), stroke: None });
        }
    }
}

fn across(chart: &Chart, view: &View, plot: &Rect) -> Vec<Tick> {
    let apart = match chart.x.scale {
        Scale::Fiscal => 34.0,
        Scale::Year => 62.0,
        _ => 56.0,
    };
    chart.x.ticks(view.x, plot.w, apart)
}

fn upwards(chart: &Chart, view: &View, plot: &Rect) -> Vec<Tick> {
    chart.y.ticks(view.y, plot.h, 34.0)
}

/// The width of the label of a tick, in a plot so wide.
fn tick_room(chart: &Chart, wide: f64) -> f64 {
    match &chart.x.scale {
        Scale::Rows(rows) => wide / count(rows.len()).max(1.0) - 4.0,
        _ => f64::INFINITY,
    }
}

/// How many lines the highest label of a tick has.
fn lines_of_ticks(chart: &Chart, lang: Lang, wide: f64) -> usize {
    let Scale::Rows(rows) = &chart.x.scale else { return 1 };
    let room = tick_room(chart, wide);
    rows.iter().map(|row| measure::wrap(row.label.t(lang), SMALL, false, room).len()).max().unwrap_or(1)
}

/// The labels under the plot (above it too, where it is `tall`) and what the axis measures; where they end.
fn below(
    frame: &mut Vec<Piece>,
    chart: &Chart,
    view: &View,
    (plot, body): (&Rect, &Rect),
    lang: Lang,
    tall: bool,
) -> f64 {
    let map = super::Map::new(chart, *plot, view);
    let mut bottom = plot.bottom() + 4.0;
    let style = (SMALL, false, Ink::Quiet);
    let pitch = SMALL * measure::LINE;
    let mut most = 0_usize;
    let mut taken = f64::NEG_INFINITY;
    for tick in across(chart, view, plot) {
        let x = map.x(tick.label_at);
        let label = tick.label.t(lang);
        if label.is_empty() || x < plot.x - 1.0 || x > plot.right() + 1.0 {
            continue;
        }
        let wrapped = measure::wrap(label, SMALL, false, tick_room(chart, plot.w));
        let half = measure::widest(&wrapped, SMALL, false) / 2.0;
        // A label at the edge moves inwards rather than out of the picture.
        let first = body.x + half + EDGE;
        let x = x.clamp(first, (body.right() - half - EDGE).max(first));
        if x - half < taken + 4.0 {
            continue;
        }
        taken = x + half;
        most = most.max(wrapped.len());
        frame.extend(lines(&wrapped, [x, bottom + SMALL], Anchor::Middle, style));
        if tall {
            let first = plot.y - 5.0 - pitch * (count(wrapped.len()) - 1.0);
            frame.extend(lines(&wrapped, [x, first], Anchor::Middle, style));
        }
    }
    bottom += pitch * count(most);
    let title = chart.x.title.t(lang);
    if !title.is_empty() {
        let at = [plot.right(), bottom + SMALL];
        frame.extend(lines(&[title.to_owned()], at, Anchor::End, style));
        bottom += pitch;
    }
    bottom + 2.0
}

/// The names at the left of a plot.
struct Rows {
    width: f64,
    wrapped: Vec<Vec<String>>,
}

impl Rows {
    fn of(chart: &Chart, lang: Lang, width: f64) -> Self {
        match &chart.y.scale {
            Scale::Rows(rows) => {
                let (width, wrapped) = row_names(rows.iter().map(|row| &row.label), lang, width);
                Self { width, wrapped }
            }
            _ => Self { width: 0.0, wrapped: Vec::new() },
        }
    }

    /// The height of the plot: the chart's own, or what the lines of the names need in a narrow picture.
    fn height(&self, chart: &Chart) -> f64 {
        let Scale::Rows(rows) = &chart.y.scale else { return chart.height };
        let unit = chart.height / (chart.y.to - chart.y.from).max(1e-9);
        let tight = rows.iter().zip(&self.wrapped).map(|(row, lines)| {
            let needed = TEXT * measure::LINE * count(lines.len()) + 2.0;
            needed / ((row.to - row.from) * unit).max(1e-9)
        });
        chart.height * tight.fold(1.0, f64::max)
    }

    /// The room at the left.
    fn left(&self, chart: &Chart, view: &View, lang: Lang, height: f64) -> f64 {
        if chart.y.is_rows() {
            return self.width;
        }
        let wide = |tick: &Tick| measure::width(tick.label.t(lang), SMALL, false);
        chart.y.ticks(view.y, height, 34.0).iter().map(wide).fold(0.0, f64::max) + 7.0
    }

    fn names(&self, frame: &mut Vec<Piece>, chart: &Chart, view: &View, plot: &Rect, lang: Lang) {
        let map = super::Map::new(chart, *plot, view);
        let Scale::Rows(rows) = &chart.y.scale else {
            for tick in upwards(chart, view, plot) {
                let at = [plot.x - 5.0, map.y(tick.at) + SMALL * 0.38];
                let style = (SMALL, false, Ink::Quiet);
                frame.extend(lines(&[tick.label.t(lang).to_owned()], at, Anchor::End, style));
            }
            return;
        };
        for (row, wrapped) in rows.iter().zip(&self.wrapped) {
            let (from, to) = (map.y(row.from).max(plot.y), map.y(row.to).min(plot.bottom()));
            let tall = TEXT * measure::LINE * count(wrapped.len());
            if to - from < tall.min(TEXT) {
                continue;
            }
            let first = f64::midpoint(from, to) - tall / 2.0 + TEXT * (measure::LINE - 1.0) / 2.0;
            let at = [plot.x - 7.0, first + TEXT * measure::ASCENT];
            frame.extend(lines(wrapped, at, Anchor::End, (TEXT, false, Ink::Text)));
        }
    }
}
