//! The charts of a report: pictures for the bundle, and the same without their words for the typeset report, which has
//! those in its captions.

use super::error::ReportError;
use super::typeset;
use crate::chart::raster::Painter;
use crate::chart::{self, Canvas, Exhibit};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::tasks::progress::Progress;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folder of the pictures in the bundle, and of the charts in the template's world.
const FOLDER: &str = "figures";
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
            let svg = chart::to_svg_in(&figure.chart, &Canvas::in_report(), typeset::CHART_FAMILY);
            (file(figure, "svg"), svg.into_bytes())
        })
    }

    /// Each chart as a picture that stands alone, drawn with as many threads as the machine has.
    pub(super) fn pictures(&self, progress: &dyn Progress) -> Result<Vec<Picture>, ReportError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let next = AtomicUsize::new(0);
        let work = &|teller: bool| {
            let mut own = Vec::new();
            let mut painter = Painter::default();
            while let Some((at, figure)) = self.take(&next) {
                if progress.cancelled() {
                    return Err(ReportError::Cancelled);
                }
                if teller {
                    #[expect(clippy::cast_precision_loss, reason = "a share to show, not to count with")]
                    progress.step(at as f32 / self.0.len() as f32, &file(figure, "svg"));
                }
                own.push((at, Picture::of(figure, &mut painter)?));
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

/// A chart drawn.
#[derive(Debug)]
pub(super) struct Picture {
    /// The name under which the report knows it.
    pub(super) name: String,
    /// The drawing.
    pub(super) svg: String,
    /// The same as pixels.
    pub(super) png: Vec<u8>,
    /// What is cut off where its words stand around it.
    pub(super) cut: Cut,
}

/// What is cut off the edges of a picture, in shares of its width and height.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cut {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Picture {
    fn of(figure: &Exhibit, painter: &mut Painter) -> Result<Self, ReportError> {
        let lang = Lang::Ja;
        let scene = chart::layout::layout(&figure.chart, &Canvas::picture(lang), None, &[]);
        let (svg, png) = chart::to_files(&figure.chart, &scene, lang, painter)
            .map_err(|error| ReportError::Data(error.to_string()))?;
        let share = |from: f64, of: f64| (from / of).clamp(0.0, 1.0);
        let body = scene.body;
        let cut = Cut {
            left: share(body.x, scene.width),
            top: share(body.y, scene.height),
            right: share(scene.width - body.right(), scene.width),
            bottom: share(scene.height - body.bottom(), scene.height),
        };
        Ok(Self { name: file(figure, "svg"), svg, png, cut })
    }

    /// Its files in the bundle.
    pub(super) fn into_files(self) -> [(String, Vec<u8>); 2] {
        let png = self.name.replace(".svg", ".png");
        [(self.name, self.svg.into_bytes()), (png, self.png)]
    }
}

/// The name of a chart's file.
pub(super) fn file(figure: &Exhibit, extension: &str) -> String {
    format!("{FOLDER}/{}.{extension}", figure.chart.id)
}
