//! Why a report could not be exported, in one sentence with a remedy.

use std::io;
use std::path::PathBuf;

use super::anonymous::Mention;
use super::bag::BagError;
use super::typeset::TypesetError;
use crate::locale::Lang;
use crate::store::{self, Trouble};
use crate::tr;
use crate::workbook::WorkbookError;

/// An export that did not happen. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum ReportError {
    /// Cancelled by the user.
    Cancelled,
    /// Names of members stand in texts, and it is not decided what becomes of them.
    Names(Vec<Mention>),
    /// The dossier could not be written out.
    Dossier(Trouble),
    /// The dossier's content could not be handed over to a table or the template.
    Data(String),
    /// The report could not be typeset.
    Typeset(#[from] TypesetError),
    /// The workbook could not be written.
    Workbook(WorkbookError),
    /// The files could not be packed.
    Bag(BagError),
    /// The bundle could not be saved.
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl From<BagError> for ReportError {
    fn from(error: BagError) -> Self {
        match error {
            BagError::Cancelled => Self::Cancelled,
            other => Self::Bag(other),
        }
    }
}

impl ReportError {
    /// The sentence to show.
    pub fn message(&self, lang: Lang) -> String {
        let defect = |what: &str| {
            tr!(
                lang,
                "報告書を作れませんでした（{what}）。この文を添えてご連絡ください。",
                "The report could not be made ({what}); please report this sentence."
            )
        };
        match self {
            Self::Cancelled => lang.t("書き出しを取り消しました。", "The export was cancelled.").to_owned(),
            Self::Names(mentions) => {
                let n = mentions.len();
                tr!(
                    lang,
                    "委員の氏名とみられる語が本文に {n} か所あります。置き換えるか残すかを決めてから書き出してください。",
                    "What seem to be members' names stand in the texts at {n} places; decide whether to replace or keep them."
                )
            }
            Self::Dossier(trouble) => defect(&format!("{trouble:?}")),
            Self::Data(what) => defect(what),
            Self::Typeset(error) => defect(&error.to_string()),
            Self::Workbook(error) => error.message(lang),
            Self::Bag(error) => defect(&error.to_string()),
            Self::Write { path, source } => store::writing(lang, path, source),
        }
    }
}
