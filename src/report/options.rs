//! What goes into a bundle.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::anonymous::Names;
use super::error::ReportError;
use super::outline::{BUNDLED, Bundled, Structure};
use crate::locale::Lang;

/// A form in which the report is given. The dossier itself is always part of the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The typeset report, `report.pdf`.
    Pdf,
    /// The report to edit, `report.docx`.
    Docx,
    /// The material for the meeting, `slides.pdf`: pages to be projected.
    Slides,
    /// The workbook with the results, `evaluation.xlsx`.
    Xlsx,
    /// The tables, `tables/*.csv`, described by `datapackage.json`.
    Csv,
    /// The charts, `figures/*.svg` and `*.png`.
    Figures,
}

impl Format {
    /// All forms, in the order in which a choice shows them.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Docx, Self::Slides, Self::Xlsx, Self::Csv, Self::Figures];

    /// The name by which the command line knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Slides => "slides",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Figures => "figures",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            format!("`{text}` is none of {known}")
        })
    }
}

/// What goes into a bundle, and the language in which its making is told. The report itself is in Japanese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// For whom the bundle is.
    pub variant: Variant,
    /// The forms wanted.
    pub formats: BTreeSet<Format>,
    /// Whether the report ends with an annex of the consistency checks.
    pub checks: bool,
    /// The order of the report.
    pub template: Order,
    /// Whether the PDF is to be fit for archives (PDF/A-2a) as well as for everyone (PDF/UA-1).
    pub archival: bool,
    /// Sections of the template, by their paths in it, that are left out of the report.
    pub without: BTreeSet<Vec<usize>>,
    /// The language of progress and remarks.
    pub lang: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            variant: Variant::default(),
            formats: Format::ALL.into(),
            checks: false,
            template: Order::default(),
            archival: false,
            without: BTreeSet::new(),
            lang: Lang::default(),
        }
    }
}

impl Options {
    /// The structure of the report.
    pub(super) fn structure(&self) -> Result<Cow<'_, Structure>, ReportError> {
        match &self.template {
            Order::Bundled(bundled) => bundled
                .structure()
                .map(Cow::Owned)
                .map_err(|error| ReportError::Data(error.message(Lang::En, bundled.name))),
            Order::Own(structure) => Ok(Cow::Borrowed(structure)),
        }
    }
}

/// For whom a bundle is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Variant {
    /// For those who may know who the members are.
    #[default]
    Full,
    /// For everyone: no member's name anywhere. Holds what becomes of the names found in texts.
    Anonymous(Names),
}

/// The order of a report: where its structure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// From the program.
    Bundled(&'static Bundled),
    /// From a file of the user's.
    Own(Box<Structure>),
}

impl Default for Order {
    fn default() -> Self {
        Self::Bundled(&BUNDLED[0])
    }
}
