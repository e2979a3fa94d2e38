//! The charts of a subject, by the place where the report shows them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::material;
use crate::chart::{Canvas, Exhibit, Home, layout};
use crate::model::Subject;
use crate::report::figures::file;
use crate::report::text::Text;

/// Place → its charts.
pub(super) type Charts<'a> = BTreeMap<&'static str, Vec<Chart<'a>>>;

/// A chart with the words around it.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Chart<'a> {
    pub(in crate::report) file: String,
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) unit: Text<'a>,
    /// The chart in words, for who cannot see it.
    pub(in crate::report) alt: Text<'a>,
    pub(in crate::report) notes: Vec<Text<'a>>,
    pub(in crate::report) source: Text<'a>,
    /// Height by width.
    pub(in crate::report) ratio: f64,
}

pub(super) fn of<'a>(figures: &'a [Exhibit], subject: &Subject) -> Charts<'a> {
    let mut charts = Charts::new();
    for figure in figures.iter().filter(|figure| figure.subject == subject.id) {
        charts.entry(key(figure.home)).or_default().push(chart(figure));
    }
    charts
}

fn chart(figure: &Exhibit) -> Chart<'_> {
    let chart = &figure.chart;
    let scene = layout::layout(chart, &Canvas::in_report(), None, &[]);
    Chart {
        file: file(figure, "svg"),
        title: (&chart.title.ja).into(),
        unit: (&chart.unit.ja).into(),
        alt: format!("{}。{}", chart.title.ja, chart.summary.ja).into(),
        notes: chart.notes.iter().map(|note| Text::from(&note.ja)).collect(),
        source: (&chart.source.ja).into(),
        ratio: scene.height / scene.width,
    }
}

/// The name under which the template finds the charts of a place.
pub(in crate::report) fn key(home: Home) -> &'static str {
    match home {
        Home::Overview => "overview",
        Home::Scores => "scores",
        Home::Material(chapter) => material::key(chapter),
    }
}
