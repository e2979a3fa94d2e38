//! The charts of a report: pictures for the bundle, and the same without their words for the typeset report, which has
//! those in its captions.

use super::error::ReportError;
use crate::chart::{self, Canvas, FigureOf};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::tasks::progress::Progress;

/// The folder of the pictures in the bundle, and of the charts in the template's world.
const FOLDER: &str = "figures";

/// The charts of a dossier.
#[derive(Debug)]
pub(super) struct Figures(pub(super) Vec<FigureOf>);

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

    /// The files of the bundle: each chart as SVG and as PNG, drawn by as many threads as the machine has.
    pub(super) fn for_bundle(&self, progress: &dyn Progress) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let mut files = Vec::new();
        for (done, batch) in self.0.chunks(threads).enumerate() {
            if progress.cancelled() {
                return Err(ReportError::Cancelled);
            }
            #[expect(clippy::cast_precision_loss, reason = "a share to show, not to count with")]
            progress.step(((done * threads) as f32 / self.0.len() as f32).min(1.0), &file(&batch[0], "svg"));
            std::thread::scope(|scope| {
                let drawn: Vec<_> = batch.iter().map(|figure| scope.spawn(|| draw(figure))).collect();
                for picture in drawn {
                    let broken = || ReportError::Data("a chart could not be drawn".to_owned());
                    files.extend(picture.join().map_err(|_| broken())??);
                }
                Ok::<_, ReportError>(())
            })?;
        }
        Ok(files)
    }
}

fn draw(figure: &FigureOf) -> Result<[(String, Vec<u8>); 2], ReportError> {
    let svg = chart::to_svg(&figure.chart, &Canvas::picture(Lang::Ja));
    let png = chart::png::of(&svg, chart::PNG_SCALE).map_err(|error| ReportError::Data(error.to_string()))?;
    Ok([(file(figure, "svg"), svg.into_bytes()), (file(figure, "png"), png)])
}

/// The name of a chart's file.
pub(super) fn file(figure: &FigureOf, extension: &str) -> String {
    format!("{FOLDER}/{}.{extension}", figure.chart.id)
}
