//! Charts of a dossier: what is drawn, without knowing by whom.
//!
//! A chart is built from the model as [`Mark`]s in the coordinates of its data, and [`layout`](layout::layout) turns them
//! into pieces at a size. The window paints those pieces, the report and the bundle hold them as [SVG](svg) and
//! [PNG](png): one geometry, so that what was discussed in the meeting is what is printed. Arithmetic is done in
//! decimals; only positions are floats.

pub mod axis;
mod bars;
pub mod budget;
pub mod comparison;
pub mod ink;
pub mod layout;
pub mod logic;
pub mod market;
mod marks;
pub mod measure;
pub mod png;
pub mod raster;
pub mod roadmap;
pub mod scene;
pub mod scores;
pub mod svg;
pub mod trajectory;
mod words;

pub use layout::{Canvas, Dress, View};
pub use marks::{At, Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
pub use raster::Painter;
pub use scene::{Piece, Scene};

use crate::locale::Lang;
use crate::model::{Chapter, Dossier, Subject, SubjectId};
use ink::Theme;

/// Pixels a point in a picture of pixels: sharp on a projector, and about 210 an inch on the report's paper.
pub const PNG_SCALE: f32 = 2.0;

/// Where in the report a chart stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In the material, under the overview sheet.
    Overview,
    /// In a chapter of the material.
    Material(Chapter),
    /// With the score table.
    Scores,
}

/// A chart with its place in the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// Whose it is.
    pub subject: SubjectId,
    /// Where it stands.
    pub home: Home,
    /// The chart.
    pub chart: Chart,
}

/// All charts of a dossier, in the report's order. Each has an id of its own, fit for a file name.
pub fn all(dossier: &Dossier) -> Vec<Exhibit> {
    let mut figures: Vec<Exhibit> = Vec::new();
    let subjects = std::iter::once(&dossier.programme).chain(&dossier.projects);
    for (position, subject) in subjects.enumerate() {
        let slug = words::slug(subject, position);
        for (home, mut chart) in of(dossier, subject) {
            chart.id = format!("{slug}-{}", chart.id);
            figures.push(Exhibit { subject: subject.id.clone(), home, chart });
        }
    }
    words::distinct(&mut figures.iter_mut().map(|figure| &mut figure.chart).collect::<Vec<_>>());
    figures
}

/// The charts of one subject.
fn of(dossier: &Dossier, subject: &Subject) -> Vec<(Home, Chart)> {
    let mut charts = Vec::new();
    let mut put = |home, chart: Option<Chart>| charts.extend(chart.map(|chart| (home, chart)));
    let programme = subject.is_programme();
    put(Home::Overview, budget::amounts(subject));
    if programme {
        put(Home::Overview, budget::roll_up(dossier));
    }
    for chart in comparison::charts(dossier, subject) {
        put(Home::Material(Chapter::Position), Some(chart));
    }
    put(Home::Material(Chapter::Management), budget::funding(subject));
    put(Home::Material(Chapter::Management), budget::shares(subject));
    for (kind, chapter) in
        [(trajectory::Kind::Outputs, Chapter::Outputs), (trajectory::Kind::Outcomes, Chapter::Outcomes)]
    {
        let home = Home::Material(chapter);
        if programme {
            put(home, named(trajectory::achievement(dossier, kind), kind_id(kind)));
        }
        for indicator in kind.of(subject) {
            put(home, named(trajectory::chart(subject, kind, indicator), kind_id(kind)));
        }
        if kind == trajectory::Kind::Outputs {
            put(home, comparison::counts(subject));
            for group in &subject.output_groups {
                put(home, comparison::results(subject, group));
            }
        } else {
            put(home, logic::chart(subject));
        }
    }
    let home = Home::Material(Chapter::Roadmap);
    put(home, roadmap::chart(dossier, subject, &roadmap::Choice::default()));
    put(home, roadmap::history(dossier, subject));
    put(home, roadmap::steps(subject));
    let home = Home::Material(Chapter::CostEffectiveness);
    put(home, market::chart(subject, &market::Choice::default()));
    put(home, market::values(subject, &market::Choice::default()));
    put(Home::Scores, scores::means(dossier, subject));
    put(Home::Scores, scores::distribution(dossier, subject));
    put(Home::Scores, scores::heat(dossier, subject));
    if programme {
        put(Home::Scores, scores::projects(dossier));
    }
    charts
}

const fn kind_id(kind: trajectory::Kind) -> &'static str {
    match kind {
        trajectory::Kind::Outputs => "output",
        trajectory::Kind::Outcomes => "outcome",
    }
}

fn named(chart: Option<Chart>, id: &str) -> Option<Chart> {
    chart.map(|chart| Chart { id: id.to_owned(), ..chart })
}

/// A chart as an SVG file.
pub fn to_svg(chart: &Chart, canvas: &Canvas) -> String {
    to_svg_in(chart, canvas, svg::FAMILY)
}

/// A chart as an SVG file with its texts in a family that has the embedded typeface's metrics.
pub fn to_svg_in(chart: &Chart, canvas: &Canvas, family: &str) -> String {
    svg_of(chart, &layout::layout(chart, canvas, None, &[]), canvas.lang, family)
}

fn svg_of(chart: &Chart, scene: &Scene, lang: Lang, family: &str) -> String {
    let words = svg::Words { title: chart.title.t(lang), summary: chart.summary.t(lang), lang: lang.tag() };
    svg::write(scene, &Theme::LIGHT, words, family)
}

/// A chart as a PNG file, with its title and source.
///
/// # Errors
/// When it is too large to be drawn.
pub fn to_png(chart: &Chart, lang: Lang) -> Result<Vec<u8>, png::PictureError> {
    let scene = layout::layout(chart, &Canvas::picture(lang), None, &[]);
    Ok(to_files(chart, &scene, lang, &mut Painter::default())?.1)
}

/// A chart that is laid out, as an SVG and a PNG file.
///
/// # Errors
/// When it is too large to be drawn.
pub fn to_files(
    chart: &Chart,
    scene: &Scene,
    lang: Lang,
    painter: &mut Painter,
) -> Result<(String, Vec<u8>), png::PictureError> {
    let svg = svg_of(chart, scene, lang, svg::FAMILY);
    let png = png::of(painter, scene, &Theme::LIGHT, &svg, PNG_SCALE)?;
    Ok((svg, png))
}
