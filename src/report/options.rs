//! What goes into a bundle.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::locale::Lang;

/// A form in which the report is given. The dossier itself is always part of the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The typeset report, `report.pdf`.
    Pdf,
    /// The tables, `tables/*.csv`, described by `datapackage.json`.
    Csv,
    /// The charts, `figures/*.svg` and `*.png`.
    Figures,
}

impl Format {
    /// All forms, in the order in which a choice shows them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Csv, Self::Figures];

    /// The name by which the command line knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
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
    /// The forms wanted.
    pub formats: BTreeSet<Format>,
    /// The language of progress and remarks.
    pub lang: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Self { formats: Format::ALL.into(), lang: Lang::default() }
    }
}
