//! What a chart consists of, in the coordinates of its data: no pixels, no paper, no window.

use super::axis::Axis;
use super::ink::{Dash, Hatch, Ink, Symbol};
use crate::locale::Both;
use crate::model::Place;

/// A chart: marks over two axes, and everything that says what they mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Names the chart in the dossier and as a file: lower-case ASCII, digits and hyphens.
    pub id: String,
    /// What it shows.
    pub title: Both,
    /// The unit of its values; empty where they have none.
    pub unit: Both,
    /// Where its data stands in the material.
    pub source: Both,
    /// What it shows, in words, for who cannot see it.
    pub summary: Both,
    /// Across.
    pub x: Axis,
    /// Upwards; rows count from the top.
    pub y: Axis,
    /// What is drawn, from the bottom.
    pub marks: Vec<Mark>,
    /// What the marks of each series look like. A mark's series is a place in this list.
    pub legend: Vec<Entry>,
    /// Its data as rows.
    pub table: DataTable,
    /// Arithmetic and reservations, printed beneath.
    pub notes: Vec<Both>,
    /// The height of the plot at the usual width, in points of a picture.
    pub height: f64,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its shape.
    pub shape: Shape,
    /// The series it belongs to; none for what always shows.
    pub series: Option<usize>,
    /// What the pointer is told; empty for what says enough by itself.
    pub detail: Both,
    /// The row of the dossier that it shows.
    pub place: Option<Place>,
}

/// A shape in the coordinates of the data.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line through points.
    Line {
        /// The points.
        points: Vec<[f64; 2]>,
        /// Its colour.
        ink: Ink,
        /// How it is broken.
        dash: Dash,
        /// How thick it is, in points of a picture.
        width: f64,
    },
    /// A filled rectangle between two values of each axis.
    Bar {
        /// From and to.
        x: [f64; 2],
        /// From and to.
        y: [f64; 2],
        /// Its colour.
        ink: Ink,
        /// Lines over it.
        hatch: Hatch,
        /// The colour of its edge; none for the ground's, which keeps neighbours apart.
        edge: Option<Ink>,
        /// Whether its end is not known, and is drawn torn.
        open: bool,
    },
    /// A stripe of the ground from edge to edge, between two values of the x axis.
    Band {
        /// From and to.
        x: [f64; 2],
        /// Its colour.
        ink: Ink,
    },
    /// A line across the whole plot.
    Rule {
        /// Which axis it stands on, and where.
        at: At,
        /// Its colour.
        ink: Ink,
        /// How it is broken.
        dash: Dash,
        /// How thick it is.
        width: f64,
    },
    /// A symbol.
    Point {
        /// Where.
        at: [f64; 2],
        /// Which.
        symbol: Symbol,
        /// Its colour.
        ink: Ink,
        /// Whether only its outline is drawn.
        hollow: bool,
        /// Its radius.
        radius: f64,
    },
    /// A text.
    Label {
        /// What it is about.
        at: [f64; 2],
        /// What it says.
        text: Both,
        /// Where it stands.
        place: Where,
        /// Its colour.
        ink: Ink,
        /// Whether it is bold.
        bold: bool,
        /// Whether it is smaller than others.
        small: bool,
    },
    /// An arrow between two points.
    Arrow {
        /// From.
        from: [f64; 2],
        /// To.
        to: [f64; 2],
        /// Its colour.
        ink: Ink,
    },
}

/// A value on one of the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum At {
    /// Upright, at a value of the x axis.
    X(f64),
    /// Level, at a value of the y axis.
    Y(f64),
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Where {
    /// In the middle of a rectangle, wrapped; left out where it does not fit.
    Inside {
        /// The rectangle's half width and half height on the axes.
        half: [f64; 2],
    },
    /// Beside its point, `distance` points away, on one line: to the right of it, or to the left.
    Right(f64),
    /// To the left.
    Left(f64),
    /// Above it.
    Above(f64),
    /// Below it.
    Below(f64),
    /// Wherever there is room near it, with a leader line if need be.
    Near,
    /// Centred at the top of the plot, for what a rule stands for.
    Top,
}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What the series is.
    pub label: Both,
    /// What it looks like.
    pub swatch: Swatch,
}

/// What a series looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Swatch {
    /// An area.
    Area(Ink, Hatch),
    /// A line, with a symbol if its points have one.
    Line(Ink, Dash, Option<Symbol>),
    /// A symbol, filled or hollow.
    Point(Ink, Symbol, bool),
}

/// Columns and rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataTable {
    /// Headings, with their units.
    pub columns: Vec<Both>,
    /// Rows as long as the headings.
    pub rows: Vec<Vec<Both>>,
}

impl DataTable {
    /// A table of these headings.
    pub fn new(columns: impl IntoIterator<Item = Both>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// The table as tab-separated lines, which spreadsheets paste as cells.
    pub fn to_tsv(&self, lang: crate::locale::Lang) -> String {
        let line = |cells: &[Both]| {
            let clean = |cell: &Both| cell.t(lang).replace(['\t', '\n', '\r'], " ");
            cells.iter().map(clean).collect::<Vec<_>>().join("\t")
        };
        std::iter::once(line(&self.columns))
            .chain(self.rows.iter().map(|row| line(row)))
            .fold(String::new(), |text, line| text + &line + "\n")
    }
}

impl Chart {
    /// What it shows, without whose it is.
    pub fn name(&self, lang: crate::locale::Lang) -> &str {
        let title = self.title.t(lang);
        title
            .split_once(super::words::WHOSE[usize::from(lang == crate::locale::Lang::En)])
            .map_or(title, |(_, name)| name)
    }
}

impl From<Shape> for Mark {
    fn from(shape: Shape) -> Self {
        Self { shape, series: None, detail: Both::default(), place: None }
    }
}

impl Mark {
    /// The same mark, of a series.
    pub fn of(self, series: usize) -> Self {
        Self { series: Some(series), ..self }
    }

    /// The same mark, with what the pointer is told.
    pub fn saying(self, detail: Both) -> Self {
        Self { detail, ..self }
    }

    /// The same mark, showing a row of the dossier.
    pub fn showing(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }
}

impl Shape {
    /// A point of a series, with the series' symbol.
    pub fn point(at: [f64; 2], series: usize) -> Self {
        Self::Point { at, symbol: Symbol::of(series), ink: Ink::Series(series), hollow: false, radius: 4.0 }
    }

    /// A bar of a series, with the series' hatch.
    pub fn bar(x: [f64; 2], y: [f64; 2], series: usize) -> Self {
        Self::Bar { x, y, ink: Ink::Series(series), hatch: Hatch::of(series), edge: None, open: false }
    }

    /// A label in the usual type.
    pub fn label(at: [f64; 2], text: Both, place: Where) -> Self {
        Self::Label { at, text, place, ink: Ink::Text, bold: false, small: false }
    }

    /// A label in the type of notes.
    pub fn note(at: [f64; 2], text: Both, place: Where) -> Self {
        Self::Label { at, text, place, ink: Ink::Quiet, bold: false, small: true }
    }

    /// A figure beside a mark.
    pub fn value(at: [f64; 2], text: Both, place: Where) -> Self {
        Self::Label { at, text, place, ink: Ink::Text, bold: true, small: false }
    }
}
