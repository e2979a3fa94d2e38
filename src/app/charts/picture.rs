//! A chart saved as a picture of its own.

use crate::app::files::{in_home, waker};
use crate::chart::{self, Canvas, Chart};
use crate::locale::Lang;
use crate::store;
use crate::tasks::{Job, Poll};
use egui::Context;
use std::path::{Path, PathBuf};

/// The form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
}

impl Kind {
    /// The ending of its file.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// The picture that is asked for or drawn.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    asked: Option<Box<Chart>>,
    job: Option<Job<Result<PathBuf, String>>>,
}

impl Pictures {
    /// Keeps a chart until its place is known; what to suggest as its place.
    pub(crate) fn ask(&mut self, chart: Box<Chart>, kind: Kind) -> String {
        let name = format!("{}.{}", chart.id, kind.extension());
        self.asked = Some(chart);
        in_home(&name)
    }

    /// Draws the chart that was asked for, in the background.
    pub(crate) fn start(&mut self, ctx: &Context, lang: Lang, kind: Kind, path: PathBuf) {
        let Some(chart) = self.asked.take() else { return };
        let job = Job::start(lang.t("画像の保存", "Save picture"), waker(ctx), move |_| {
            save(&chart, lang, kind, &path).map(|()| path)
        });
        match job {
            Ok(job) => self.job = Some(job),
            Err(error) => tracing::warn!("no thread to draw on: {error}"),
        }
    }

    /// What came of it: where the picture is, or why it is not.
    pub(crate) fn poll(&mut self) -> Option<Result<PathBuf, String>> {
        match self.job.as_ref()?.poll() {
            Poll::Running => None,
            Poll::Done(result) => {
                self.job = None;
                Some(result)
            }
            Poll::Broken => {
                self.job = None;
                Some(Err(String::new()))
            }
        }
    }
}

fn save(chart: &Chart, lang: Lang, kind: Kind, path: &Path) -> Result<(), String> {
    let content = match kind {
        Kind::Svg => chart::to_svg(chart, &Canvas::picture(lang)).into_bytes(),
        Kind::Png => chart::to_png(chart, lang).map_err(|error| error.to_string())?,
    };
    store::write_atomically(path, &content, false).map_err(|error| store::writing(lang, path, &error))
}
