//! A report to be looked at before it is written: the same pages, drawn one by one.

use super::error::ReportError;
use super::figures::Figures;
use super::options::Options;
use super::typeset::{Laid, Template, lay_out};
use super::{Pages, variant};
use crate::chart::png::{self, Picture};
use crate::model::Dossier;
use crate::tasks::progress::Progress;

/// What of a bundle is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    /// The report.
    #[default]
    Report,
    /// The material for the meeting.
    Slides,
}

/// Pages ready to be drawn.
#[derive(Debug)]
pub struct Preview(Laid);

/// Pixels of the SVG's own measure to a point.
const POINT: f32 = 72.0 / 96.0;

impl Preview {
    /// Lays out the pages that an export with these options would write.
    ///
    /// # Errors
    /// As an export, and when `progress` was cancelled.
    pub fn of(
        dossier: &Dossier,
        options: &Options,
        sheet: Sheet,
        progress: &dyn Progress,
    ) -> Result<Self, ReportError> {
        let lang = options.lang;
        progress.step(0.1, lang.t("ページを組んでいます", "Laying out the pages"));
        let dossier = variant(dossier, &options.variant)?;
        let figures = Figures::of(&dossier);
        if progress.cancelled() {
            return Err(ReportError::Cancelled);
        }
        let pages = Pages::of(&dossier, &figures, options)?;
        progress.step(0.4, lang.t("ページを組んでいます", "Laying out the pages"));
        let template = match sheet {
            Sheet::Report => Template::bundled(),
            Sheet::Slides => Template::slides(),
        };
        if progress.cancelled() {
            return Err(ReportError::Cancelled);
        }
        let laid = lay_out(&template.holding(pages.pictures), pages.data)?;
        if progress.cancelled() { Err(ReportError::Cancelled) } else { Ok(Self(laid)) }
    }

    /// The number of pages.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Width and height of a page in points; none beyond the last.
    pub fn size(&self, page: usize) -> Option<[f32; 2]> {
        self.0.size(page)
    }

    /// A page as pixels, `scale` a point.
    ///
    /// # Errors
    /// When there is no such page, or it cannot be drawn.
    pub fn draw(&self, page: usize, scale: f32) -> Result<Picture, ReportError> {
        let broken = |what: String| ReportError::Data(what);
        let svg = self.0.svg(page).ok_or_else(|| broken(format!("no page {page}")))?;
        png::pixels(&svg, scale * POINT).map_err(|error| broken(error.to_string()))
    }
}
