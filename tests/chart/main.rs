//! The charts of the sample: exact in what they show, readable in every language and size, and the same in every form.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test that cannot go on says why and stops; positions taken from the data are exactly those of the data"
)]

mod dense;
mod geometry;
mod odd;
mod pictures;
mod values;

use hyoka::chart::{self, Chart, Exhibit, Mark, Shape};
use hyoka::model::Dossier;
use hyoka::sample;
use std::sync::LazyLock;

static SAMPLE: LazyLock<Dossier> = LazyLock::new(|| sample::dossier().unwrap());
static FIGURES: LazyLock<Vec<Exhibit>> = LazyLock::new(|| chart::all(&SAMPLE));

/// The chart of that id.
fn chart(id: &str) -> &'static Chart {
    let found = FIGURES.iter().find(|figure| figure.chart.id == id);
    &found.unwrap_or_else(|| panic!("no chart {id}")).chart
}

/// The mark whose detail contains all of these words.
fn mark<'a>(chart: &'a Chart, words: &[&str]) -> &'a Mark {
    let fits = |mark: &&Mark| words.iter().all(|word| mark.detail.ja.contains(word));
    chart.marks.iter().find(fits).unwrap_or_else(|| panic!("{}: no mark says {words:?}", chart.id))
}

/// Where a point or a bar stands: from and to on both axes.
fn place(mark: &Mark) -> ([f64; 2], [f64; 2]) {
    match &mark.shape {
        Shape::Bar { x, y, .. } => (*x, *y),
        Shape::Point { at: [x, y], .. } => ([*x; 2], [*y; 2]),
        other => panic!("{other:?}"),
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
