//! From marks to pieces: the frame of a chart, its axes, and its marks at a given size and view.

mod clip;
mod frame;
mod hatch;
mod labels;
mod thin;

pub use frame::{SWATCH, swatch};

use super::axis::Axis;
use super::ink::{Dash, Ink, Symbol};
use super::marks::{At, Chart, Mark, Shape};
use super::measure;
use super::scene::{Anchor, Hit, Piece, Rect, Scene, Stroke};
use crate::locale::{Both, Lang};

/// The usual width of a picture without a margin, in points of it. The report prints it at about two thirds of that, so
/// that text has the size of its tables.
pub const WIDTH: f64 = 680.0;
/// The size of text in a chart.
pub const TEXT: f64 = 11.5;
/// The size of notes and ticks.
pub const SMALL: f64 = 10.5;
/// The size of a chart's title.
pub const TITLE: f64 = 15.0;

/// Points of lines in view, beyond which a chart shows the lines alone.
const CROWD: usize = 500;
/// Points of lines, in view or not, beyond which lines go without those that nobody would miss.
const MANY: usize = 4_000;

/// What to lay a chart out for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Canvas {
    /// The width of the whole.
    pub width: f64,
    /// The height of the plot; none for the chart's own.
    pub plot_height: Option<f64>,
    /// The language of its words.
    pub lang: Lang,
    /// What stands around the plot.
    pub dress: Dress,
}

/// What stands around a plot besides its axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    /// Title, legend, notes and source: a picture that stands alone.
    Full,
    /// The legend; a report has the words in its captions.
    Legend,
    /// Nothing; a window has it all around.
    Bare,
}

impl Canvas {
    /// A picture that stands alone. Without its words it is the picture in a report.
    pub const fn picture(lang: Lang) -> Self {
        let width = WIDTH + 2.0 * (frame::MARGIN - frame::EDGE);
        Self { width, plot_height: None, lang, dress: Dress::Full }
    }

    /// A picture in a report, which has the words around it.
    pub const fn in_report() -> Self {
        Self { width: WIDTH, plot_height: None, lang: Lang::Ja, dress: Dress::Legend }
    }
}

/// The range of both axes that is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// From and to, across.
    pub x: [f64; 2],
    /// From and to, upwards; rows from the top.
    pub y: [f64; 2],
}

impl View {
    /// All of a chart.
    pub fn all(chart: &Chart) -> Self {
        Self { x: [chart.x.from, chart.x.to], y: [chart.y.from, chart.y.to] }
    }
}

/// Lays a chart out: all of it, or what `view` looks at. `hidden` are series that are not to be seen.
pub fn layout(chart: &Chart, canvas: &Canvas, view: Option<View>, hidden: &[usize]) -> Scene {
    let view = view.unwrap_or_else(|| View::all(chart));
    let mut scene = frame::lay(chart, canvas, &view);
    let map = Map::new(chart, scene.plot, &view);
    // By their places, since there may be hundreds of series, and a thousand marks of each.
    let mut seen = vec![true; chart.legend.len()];
    for series in hidden {
        if let Some(seen) = seen.get_mut(*series) {
            *seen = false;
        }
    }
    let visible =
        |series: Option<usize>| series.is_none_or(|series| seen.get(series).copied().unwrap_or(true));
    let marks = || chart.marks.iter().enumerate().filter(|(_, mark)| visible(mark.series));
    let dense = points_of_lines(marks().map(|(_, mark)| mark)) > MANY;
    let mut painter = Painter { map, lang: canvas.lang, dense, scene: &mut scene };
    let crowded = painter.is_crowded(marks().map(|(_, mark)| mark));
    for (index, mark) in marks() {
        match mark.shape {
            // What the pointer finds is still there.
            Shape::Point { at, radius, .. } if crowded => {
                let rect = Rect::around(painter.map.at(at), 2.0 * radius, 2.0 * radius);
                if painter.map.shows(&rect) {
                    painter.hit(index, rect);
                }
            }
            // Dashes of so many lines are told apart by nobody, and each would be a line of its own to draw.
            Shape::Line { ref points, ink, width, .. } if crowded => {
                painter.line(points, Stroke { ink, width: width.min(1.0), dash: Dash::Solid });
            }
            _ => painter.shape(index, &mark.shape),
        }
    }
    let (plot, body) = (painter.map.rect, painter.scene.body);
    let above = (plot.y - body.y).min(16.0);
    let room =
        Rect { x: plot.x, y: plot.y - above, w: body.right() - frame::EDGE - plot.x, h: plot.h + above };
    labels::put(&mut painter, room, marks().map(|(_, mark)| &mark.shape), crowded);
    scene
}

/// How many points the lines among some marks have.
fn points_of_lines<'m>(marks: impl Iterator<Item = &'m Mark>) -> usize {
    marks
        .map(|mark| match &mark.shape {
            Shape::Line { points, .. } => points.len(),
            _ => 0,
        })
        .sum()
}

/// Where the data of a view lies in a picture.
struct Map<'a> {
    rect: Rect,
    across: Scale<'a>,
    down: Scale<'a>,
}

impl<'a> Map<'a> {
    fn new(chart: &'a Chart, rect: Rect, view: &View) -> Self {
        let (top, height) = if chart.y.is_rows() { (rect.y, rect.h) } else { (rect.bottom(), -rect.h) };
        Self {
            rect,
            across: Scale::new(&chart.x, view.x, rect.x, rect.w),
            down: Scale::new(&chart.y, view.y, top, height),
        }
    }

    fn x(&self, value: f64) -> f64 {
        self.across.at(value)
    }

    fn y(&self, value: f64) -> f64 {
        self.down.at(value)
    }

    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x(x), self.y(y)]
    }

    fn rect(&self, x: [f64; 2], y: [f64; 2]) -> Rect {
        Rect::spanning(self.at([x[0], y[0]]), self.at([x[1], y[1]]))
    }

    /// The ends of a line across the plot.
    fn rule(&self, at: At) -> [[f64; 2]; 2] {
        let plot = self.rect;
        match at {
            At::X(x) => [[self.x(x), plot.y], [self.x(x), plot.bottom()]],
            At::Y(y) => [[plot.x, self.y(y)], [plot.right(), self.y(y)]],
        }
    }

    /// Whether something of a rectangle is to be seen.
    fn shows(&self, rect: &Rect) -> bool {
        self.rect.grown(1.0).overlaps(&rect.grown(0.5))
    }
}

/// Where the values of an axis lie, worked out once for the many of a chart.
struct Scale<'a> {
    axis: &'a Axis,
    /// What is looked at begins with this value, forward on the axis, and there in the picture.
    from: f64,
    begin: f64,
    /// Points of the picture a step of the axis.
    step: f64,
}

impl<'a> Scale<'a> {
    fn new(axis: &'a Axis, [from, to]: [f64; 2], begin: f64, length: f64) -> Self {
        let (from, to) = (axis.forward(from), axis.forward(to));
        let step = if to > from { length / (to - from) } else { 0.0 };
        Self { axis, from, begin, step }
    }

    fn at(&self, value: f64) -> f64 {
        self.begin + (self.axis.forward(value) - self.from) * self.step
    }
}

/// What turns shapes into pieces.
struct Painter<'a, 'b> {
    map: Map<'a>,
    lang: Lang,
    /// Whether lines have so many points that they go without some.
    dense: bool,
    scene: &'b mut Scene,
}

impl Painter<'_, '_> {
    /// Whether lines have so many points in view that their symbols and labels would cover the lines and each other.
    /// Looked at more closely, they are there.
    fn is_crowded<'m>(&self, marks: impl Iterator<Item = &'m Mark>) -> bool {
        let (mut lines, mut points) = (false, 0);
        for mark in marks {
            match mark.shape {
                Shape::Line { .. } => lines = true,
                Shape::Point { at, .. } => {
                    let [x, y] = self.map.at(at);
                    points += usize::from(self.map.rect.contains(&Rect { x, y, w: 0.0, h: 0.0 }));
                }
                _ => {}
            }
        }
        lines && points > CROWD
    }

    /// What is seen of a line.
    fn seen(&self, points: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
        let placed = points.iter().map(|point| self.map.at(*point));
        let mut runs = clip::runs(placed, &self.map.rect.grown(2.0));
        if self.dense {
            for run in &mut runs {
                *run = thin::thin(run, thin::NEAR);
            }
        }
        runs
    }

    fn line(&mut self, points: &[[f64; 2]], stroke: Stroke) {
        for points in self.seen(points) {
            self.add(Piece::Path { points, fill: None, stroke: Some(stroke) });
        }
    }

    fn add(&mut self, piece: Piece) {
        self.scene.inside.push(piece);
    }

    fn hit(&mut self, mark: usize, rect: Rect) {
        self.scene.hits.push(Hit { mark, rect });
    }

    fn shape(&mut self, index: usize, shape: &Shape) {
        match shape {
            Shape::Band { x, ink } => {
                let plot = self.map.rect;
                let (left, right) = (self.map.x(x[0]).max(plot.x), self.map.x(x[1]).min(plot.right()));
                if right > left {
                    let rect = Rect { x: left, w: right - left, ..plot };
                    self.add(Piece::Rect { rect, radius: 0.0, fill: Some(*ink), stroke: None });
                }
            }
            Shape::Bar { x, y, ink, hatch, edge, open } => {
                let rect = self.map.rect(*x, *y);
                if self.map.shows(&rect) {
                    // Of a bar far larger than the plot, only what may be seen is drawn.
                    let rect = rect.clipped(&self.map.rect.grown(12.0));
                    self.bar(rect, *ink, *edge, *open);
                    let lines = hatch::lines(*hatch, &rect);
                    if !lines.is_empty() {
                        let stroke = Stroke::new(Ink::Paper, 0.9);
                        self.add(Piece::Strokes { segments: lines, stroke });
                    }
                    self.hit(index, rect);
                }
            }
            Shape::Line { points, ink, dash, width } => {
                self.line(points, Stroke { ink: *ink, width: *width, dash: *dash });
            }
            Shape::Rule { at, ink, dash, width } => {
                let points = self.map.rule(*at);
                if self.map.shows(&Rect::spanning(points[0], points[1])) {
                    let stroke = Stroke { ink: *ink, width: *width, dash: *dash };
                    self.add(Piece::Path { points: points.to_vec(), fill: None, stroke: Some(stroke) });
                }
            }
            Shape::Point { at, symbol, ink, hollow, radius } => {
                let centre = self.map.at(*at);
                let rect = Rect::around(centre, 2.0 * radius, 2.0 * radius);
                if self.map.shows(&rect) {
                    self.add(symbol_piece(centre, *symbol, *ink, *hollow, *radius));
                    self.hit(index, rect);
                }
            }
            Shape::Arrow { from, to, ink } => {
                let (from, to) = (self.map.at(*from), self.map.at(*to));
                if self.map.shows(&Rect::spanning(from, to)) {
                    self.arrow(from, to, *ink);
                }
            }
            // Labels come last, when all that they must not cover is known.
            Shape::Label { .. } => {}
        }
    }

    fn bar(&mut self, rect: Rect, ink: Ink, edge: Option<Ink>, open: bool) {
        let stroke = Some(Stroke::new(edge.unwrap_or(Ink::Paper), 0.8));
        if !open || rect.w < 8.0 {
            let radius = if edge.is_some() { 2.0 } else { 0.0 };
            return self.add(Piece::Rect { rect, radius, fill: Some(ink), stroke });
        }
        // Torn off: the end is not known.
        let (right, third) = (rect.right(), rect.h / 3.0);
        let points = vec![
            [rect.x, rect.y],
            [right, rect.y],
            [right - 5.0, rect.y + third],
            [right, rect.y + 2.0 * third],
            [right - 5.0, rect.bottom()],
            [rect.x, rect.bottom()],
        ];
        self.add(Piece::Path { points, fill: Some(ink), stroke });
    }

    fn arrow(&mut self, from: [f64; 2], to: [f64; 2], ink: Ink) {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = dx.hypot(dy);
        if length < 1.0 {
            return;
        }
        let (ux, uy) = (dx / length, dy / length);
        let neck = [to[0] - 6.0 * ux, to[1] - 6.0 * uy];
        let stroke = Some(Stroke::new(ink, 1.2));
        self.add(Piece::Path { points: vec![from, neck], fill: None, stroke });
        let head =
            vec![to, [neck[0] - 3.2 * uy, neck[1] + 3.2 * ux], [neck[0] + 3.2 * uy, neck[1] - 3.2 * ux]];
        self.add(Piece::Path { points: head, fill: Some(ink), stroke: None });
    }
}

/// A symbol around a point.
fn symbol_piece(at: [f64; 2], symbol: Symbol, ink: Ink, hollow: bool, radius: f64) -> Piece {
    let fill = Some(if hollow { Ink::Paper } else { ink });
    // A rim of paper keeps symbols apart that lie on each other.
    let stroke = Some(if hollow { Stroke::new(ink, 1.6) } else { Stroke::new(Ink::Paper, 0.8) });
    let [x, y] = at;
    let shape: &[[f64; 2]] = match symbol {
        Symbol::Circle => return Piece::Circle { centre: at, radius, fill, stroke },
        Symbol::Square => &[[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
        Symbol::Diamond => &[[0.0, -1.2], [1.2, 0.0], [0.0, 1.2], [-1.2, 0.0]],
        Symbol::Triangle => &[[0.0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
        Symbol::Down => &[[0.0, 1.15], [1.1, -0.85], [-1.1, -0.85]],
        Symbol::Right => &[[1.15, 0.0], [-0.85, 1.1], [-0.85, -1.1]],
        Symbol::Left => &[[-1.15, 0.0], [0.85, 1.1], [0.85, -1.1]],
    };
    let mut points: Vec<_> = shape.iter().map(|[dx, dy]| [x + dx * radius, y + dy * radius]).collect();
    points.push(points[0]);
    Piece::Path { points, fill, stroke }
}

/// The pieces of some lines of text, the first baseline at `y`.
fn lines(
    text: &[String],
    [x, y]: [f64; 2],
    anchor: Anchor,
    (size, bold, ink): (f64, bool, Ink),
) -> impl Iterator<Item = Piece> {
    text.iter().zip(0_u32..).map(move |(line, n)| Piece::Text {
        at: [x, y + f64::from(n) * size * measure::LINE],
        anchor,
        text: line.clone(),
        size,
        bold,
        ink,
    })
}

/// The room that the names of rows take at the left, and the lines of each.
pub(super) fn row_names<'a>(
    names: impl Iterator<Item = &'a Both> + Clone,
    lang: Lang,
    width: f64,
) -> (f64, Vec<Vec<String>>) {
    let most = (width * 0.31).max(60.0);
    let wrapped: Vec<_> = names.map(|name| measure::balanced(name.t(lang), TEXT, false, most)).collect();
    let widest = wrapped.iter().map(|lines| measure::widest(lines, TEXT, false)).fold(0.0, f64::max);
    (widest + 8.0, wrapped)
}
