//! A chart laid out: pieces in points of a picture, y downwards. What the window paints and the SVG holds.

use super::ink::{Dash, Ink};

/// A rectangle: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// The rectangle with these corners, in any order.
    pub fn spanning(a: [f64; 2], b: [f64; 2]) -> Self {
        Self { x: a[0].min(b[0]), y: a[1].min(b[1]), w: (a[0] - b[0]).abs(), h: (a[1] - b[1]).abs() }
    }

    /// The rectangle of this size around a point.
    pub fn around([x, y]: [f64; 2], w: f64, h: f64) -> Self {
        Self { x: x - w / 2.0, y: y - h / 2.0, w, h }
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The middle.
    pub fn centre(&self) -> [f64; 2] {
        [self.x + self.w / 2.0, self.y + self.h / 2.0]
    }

    /// The rectangle with so much more on each side.
    pub fn grown(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// The part of the rectangle that lies inside another.
    pub fn clipped(&self, to: &Self) -> Self {
        let (x, y) = (self.x.max(to.x), self.y.max(to.y));
        let (right, bottom) = (self.right().min(to.right()), self.bottom().min(to.bottom()));
        Self { x, y, w: (right - x).max(0.0), h: (bottom - y).max(0.0) }
    }

    /// Whether the two have more than an edge in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether the other lies inside this one.
    pub fn contains(&self, other: &Self) -> bool {
        other.x >= self.x
            && other.right() <= self.right()
            && other.y >= self.y
            && other.bottom() <= self.bottom()
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// Its thickness.
    pub width: f64,
    /// How it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken line.
    pub const fn new(ink: Ink, width: f64) -> Self {
        Self { ink, width, dash: Dash::Solid }
    }
}

/// Which point of a text stands at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// The radius of its corners.
        radius: f64,
        /// Its colour.
        fill: Option<Ink>,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// A line through points, closed where it is filled.
    Path {
        /// The points.
        points: Vec<[f64; 2]>,
        /// Its colour, which closes it.
        fill: Option<Ink>,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// Many short lines of one kind.
    Strokes {
        /// From and to.
        segments: Vec<[[f64; 2]; 2]>,
        /// How they are drawn.
        stroke: Stroke,
    },
    /// A circle.
    Circle {
        /// Its centre.
        centre: [f64; 2],
        /// Its radius.
        radius: f64,
        /// Its colour.
        fill: Option<Ink>,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// A text on one line.
    Text {
        /// Where its baseline stands.
        at: [f64; 2],
        /// Which point of it.
        anchor: Anchor,
        /// What it says.
        text: String,
        /// The size of its type.
        size: f64,
        /// Whether it is bold.
        bold: bool,
        /// Its colour.
        ink: Ink,
    },
}

impl Piece {
    /// From the highest to the lowest that it reaches, with the room that its strokes may take.
    pub fn reach(&self) -> [f64; 2] {
        let over = |points: &mut dyn Iterator<Item = f64>| {
            points.fold([f64::INFINITY, f64::NEG_INFINITY], |[top, bottom], y| [top.min(y), bottom.max(y)])
        };
        let [top, bottom] = match self {
            Self::Rect { rect, .. } => [rect.y, rect.bottom()],
            Self::Path { points, .. } => over(&mut points.iter().map(|point| point[1])),
            Self::Strokes { segments, .. } => over(&mut segments.iter().flatten().map(|point| point[1])),
            Self::Circle { centre, radius, .. } => [centre[1] - radius, centre[1] + radius],
            Self::Text { at, size, .. } => [at[1] - size, at[1] + size],
        };
        [top - 4.0, bottom + 4.0]
    }
}

/// A mark's place in a scene, to be pointed at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its place among the chart's marks.
    pub mark: usize,
    /// Where it is.
    pub rect: Rect,
}

/// A chart laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// Where the data lies.
    pub plot: Rect,
    /// What is left of the whole without title, notes and source: the picture where a report has these around it.
    pub body: Rect,
    /// Title, legend, axes, notes.
    pub frame: Vec<Piece>,
    /// The marks, over the frame, within the plot and the room that it leaves for labels.
    pub inside: Vec<Piece>,
    /// Where the marks are.
    pub hits: Vec<Hit>,
    /// How many labels found no room; what they say stands in the table.
    pub left_out: usize,
}

impl Scene {
    /// All pieces, from the bottom.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.frame.iter().chain(&self.inside)
    }
}
