//! The charts of a report: pictures for the bundle, and the same without their words for the typeset report, which has
//! those in its captions.

use super::docx::Pictures;
use super::error::ReportError;
use crate::chart::{self, Canvas, Exhibit};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::tasks::progress::Progress;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folder of the pictures in the bundle, and of the charts in the template's world.
const FOLDER: &str = "figures";
/// Pixels a point in the Word file: about 210 an inch on paper.
const SCALE_IN_WORD: f32 = 2.0;

/// The charts of a dossier.
#[derive(Debug)]
pub(super) struct Figures(pub(super) Vec<Exhibit>);

impl Figures {
    /// All charts of a dossier.
    pub(super) fn of(dossier: &Dossier) -> Self {
        Self(chart::all(dossier))
    }

    /// The SVG files that the template sets, by name.
    pub(super) fn for_template(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.0.iter().map(|figure| {
            let svg = chart::to_svg(&figure.chart, &Canvas::in_report());
            (file(figure, "svg"), svg.into_bytes())
        })
    }

    /// The files of the bundle: each chart as SVG and as PNG.
    pub(super) fn for_bundle(&self, progress: &dyn Progress) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
        let drawn = self.drawn(progress, |figure| {
            let svg = chart::to_svg(&figure.chart, &Canvas::picture(Lang::Ja));
            let png = png(&svg, chart::PNG_SCALE)?;
            Ok([(file(figure, "svg"), svg.into_bytes()), (file(figure, "png"), png)])
        })?;
        Ok(drawn.into_iter().flatten().collect())
    }

    /// The pictures of the Word file, by the names under which the report knows its charts.
    pub(super) fn for_word(&self, progress: &dyn Progress) -> Result<Pictures, ReportError> {
        let drawn = self.drawn(progress, |figure| {
            let svg = chart::to_svg(&figure.chart, &Canvas::in_report());
            Ok((file(figure, "svg"), png(&svg, SCALE_IN_WORD)?))
        })?;
        Ok(drawn.into_iter().collect())
    }

    /// Draws each chart, with as many threads as the machine has.
    fn drawn<T: Send>(
        &self,
        progress: &dyn Progress,
        draw: impl Fn(&Exhibit) -> Result<T, ReportError> + Sync,
    ) -> Result<Vec<T>, ReportError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let next = AtomicUsize::new(0);
        let work = &|teller: bool| {
            let mut own = Vec::new();
            while let Some((at, figure)) = self.take(&next) {
                if progress.cancelled() {
                    return Err(ReportError::Cancelled);
                }
                if teller {
                    #[expect(clippy::cast_precision_loss, reason = "a share to show, not to count with")]
                    progress.step(at as f32 / self.0.len() as f32, &file(figure, "svg"));
                }
                own.push((at, draw(figure)?));
            }
            Ok(own)
        };
        let mut drawn = Vec::new();
        std::thread::scope(|scope| {
            // One of them tells how far they are, so that it is never told backwards.
            let hands: Vec<_> = (0..threads).map(|hand| scope.spawn(move || work(hand == 0))).collect();
            for hand in hands {
                let broken = |_| ReportError::Data("a chart could not be drawn".to_owned());
                drawn.extend(hand.join().map_err(broken)??);
            }
            Ok::<_, ReportError>(())
        })?;
        drawn.sort_by_key(|(at, _)| *at);
        Ok(drawn.into_iter().map(|(_, picture)| picture).collect())
    }

    /// The next chart that nobody has taken.
    fn take(&self, next: &AtomicUsize) -> Option<(usize, &Exhibit)> {
        let at = next.fetch_add(1, Ordering::Relaxed);
        self.0.get(at).map(|figure| (at, figure))
    }
}

fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ReportError> {
    chart::png::of(svg, scale).map_err(|error| ReportError::Data(error.to_string()))
}

/// The name of a chart's file.
pub(super) fn file(figure: &Exhibit, extension: &str) -> String {
    format!("{FOLDER}/{}.{extension}", figure.chart.id)
}
