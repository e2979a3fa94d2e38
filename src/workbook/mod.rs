//! The canonical workbook: a dossier as an Excel form, lossless, and the form read back.
//!
//! Secretariats live in Excel. The workbook gives them everything that a dossier holds, a table a sheet, to fill in,
//! send round and import again. `plan` describes the sheets once; [`write`] and [`read`] both follow it, so that they
//! cannot drift apart. Writing goes from the dossier's tree to rows (`rows`, `cells`) to the form (`form`,
//! `drop_down`); reading goes from cells (`grid`) to records (`read`, `owner`, `naming`), which are a dossier or what
//! would change in one (`found`). `layout` names the cells for both, `text` carries what no cell can hold.
//!
//! Two decisions about shape. Scores stand as a matrix (members × criteria), because a score has no companions and a
//! matrix is what a ballot is. Amounts by year stand one a row, because each carries a unit, a printed form, a
//! certainty, a note and an origin; a matrix would hide or lose them. Who has a matrix pastes it: the import reads
//! such tables as reports print them.
//!
//! Every workbook has every sheet, also those without rows: what is missing cannot be filled in. Their tabs are
//! coloured by part, and the first sheet lists and links them all. Sheets of results may stand beside them (`results`):
//! what follows from the data, to be looked at; reading knows them and passes them over.

mod cells;
mod choices;
mod drop_down;
mod form;
mod found;
mod grid;
mod layout;
mod moment;
mod naming;
mod number;
mod owner;
mod plan;
mod quantity;
mod read;
mod record;
mod results;
mod rows;
mod text;

pub(crate) use found::Item;
pub(crate) use read::read_against;
pub use record::Trouble;
pub use results::{Column, Results, Shown};

use crate::locale::Lang;
use crate::model::{Dossier, Place, Shared, Source, Subject};
use crate::sheets::{Address, Book};
use crate::tr;
use serde_json::Value as Json;

/// The version of the form. A form of a later version is refused.
const VERSION: u32 = 1;

/// The first line of data; above it stand the keys and the headings.
const FIRST_LINE: u32 = 2;

/// Sheets that are no tables of the model.
const OTHERS: [&str; 2] = ["about", "long"];

/// What the keys of sheets of results begin with.
const RESULTS: &str = "results.";

/// Columns and rows of a sheet, as spreadsheets have them.
const WIDEST: usize = 16_384;
const LONGEST: usize = 1_048_576;

/// How a workbook is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The language of sheets, headings and choices. Reading does not depend on it.
    pub lang: Lang,
    /// Whether the form is to be filled in anew: subjects, criteria and people stay, all else is left empty.
    pub blank: bool,
}

/// Why no workbook could be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum WorkbookError {
    /// A table has more columns than a sheet.
    TooWide(&'static str),
    /// A table has more rows than a sheet.
    TooLong(&'static str),
    /// The dossier could not be turned into a tree; its types rule that out.
    Dossier(#[from] serde_json::Error),
    /// The writer refused.
    Writer(#[from] rust_xlsxwriter::XlsxError),
}

impl WorkbookError {
    /// The sentence to show.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::TooWide(sheet) => tr!(
                lang,
                "「{sheet}」の列が Excel の上限（16,384 列）を超えるため、ブックを書けません。評価データのまま保存してください。",
                "“{sheet}” has more columns than Excel holds (16,384), so that no workbook can be written; keep the dossier's own file."
            ),
            Self::TooLong(sheet) => tr!(
                lang,
                "「{sheet}」の行が Excel の上限（1,048,576 行）を超えるため、ブックを書けません。評価データのまま保存してください。",
                "“{sheet}” has more rows than Excel holds (1,048,576), so that no workbook can be written; keep the dossier's own file."
            ),
            Self::Dossier(error) => defect(lang, error),
            Self::Writer(error) => defect(lang, error),
        }
    }
}

fn defect(lang: Lang, what: &dyn std::fmt::Display) -> String {
    tr!(
        lang,
        "ブックを作れませんでした（{what}）。この文を添えてご連絡ください。",
        "The workbook could not be made ({what}); please report this sentence."
    )
}

/// The workbook of a dossier, as the bytes of an xlsx file. Equal input gives equal bytes.
///
/// # Errors
/// If a table is larger than a sheet.
pub fn write(dossier: &Dossier, options: &Options) -> Result<Vec<u8>, WorkbookError> {
    write_with(dossier, &[], options)
}

/// The same with sheets of results, which reading passes over.
///
/// # Errors
/// If a table is larger than a sheet.
pub fn write_with(
    dossier: &Dossier,
    results: &[Results],
    options: &Options,
) -> Result<Vec<u8>, WorkbookError> {
    let tree =
        if options.blank { serde_json::to_value(frame(dossier))? } else { serde_json::to_value(dossier)? };
    let (tables, long) = rows::tables(&tree, options.lang);
    for table in &tables {
        let name = plan::say(table.sheet.name, options.lang);
        if form::width(table) > WIDEST {
            return Err(WorkbookError::TooWide(name));
        }
        if form::height(table) > LONGEST {
            return Err(WorkbookError::TooLong(name));
        }
    }
    for sheet in results {
        if sheet.columns.len() >= WIDEST {
            return Err(WorkbookError::TooWide(sheet.name));
        }
        if FIRST_LINE as usize + sheet.rows.len() > LONGEST {
            return Err(WorkbookError::TooLong(sheet.name));
        }
    }
    let scales = ["project", "programme"].map(|set| rows::steps(rows::at(&tree, &format!("criteria/{set}"))));
    let usual: Vec<(String, i16)> = (0..=3).rev().map(|value| (String::new(), value)).collect();
    let scales =
        scales.each_ref().map(|steps| if steps.is_empty() { usual.as_slice() } else { steps.as_slice() });
    Ok(form::workbook(&tables, &long, scales, results, *options)?)
}

/// What of a dossier a blank form keeps: which subjects there are, the criteria, and who takes part.
fn frame(dossier: &Dossier) -> Dossier {
    let subject = |subject: &Subject| {
        let mut bare = Subject { id: subject.id.clone(), ..Subject::default() };
        bare.overview.name.clone_from(&subject.overview.name);
        bare.evaluation.panel.clone_from(&subject.evaluation.panel);
        Shared::from(bare)
    };
    Dossier {
        criteria: dossier.criteria.clone(),
        committees: dossier.committees.clone(),
        members: dossier.members.clone(),
        programme: subject(&dossier.programme),
        projects: dossier.projects.iter().map(|project| subject(project)).collect(),
        ..Dossier::default()
    }
}

/// Whether a book is such a workbook. Cheap: it looks at one cell of each sheet.
pub fn is_workbook(book: &Book) -> bool {
    book.sheets.iter().any(|sheet| signature(&sheet.text(Address::default())).is_some())
}

/// What stands in the first cell of a sheet.
fn signed(key: &str) -> String {
    format!("hyoka:{VERSION}:{key}")
}

/// Version and key of a signed sheet.
fn signature(text: &str) -> Option<(u32, &str)> {
    let (version, key) = text.strip_prefix("hyoka:")?.split_once(':')?;
    Some((version.parse().ok()?, key))
}

/// What a workbook holds.
#[derive(Debug)]
pub struct Reading {
    /// The dossier.
    pub dossier: Dossier,
    /// Where each row stands: its place in the dossier, and its first cell.
    pub stands: Vec<(Place, Source)>,
    /// What could not be read, with its cell. Everything else is in the dossier.
    pub troubles: Vec<Trouble>,
}

/// Reads a workbook.
pub fn read(book: &Book) -> Reading {
    let found = read_against(book, &Json::Null);
    let stands = found.stands();
    let mut troubles = found.troubles().to_vec();
    let dossier = serde_json::from_value(found.into_tree()).unwrap_or_else(|error| {
        // Each value is checked when its cell is read; this would be a defect of the description.
        let source = Source { file: book.file.clone(), ..Source::default() };
        let what = error.to_string();
        troubles.push(Trouble {
            source,
            text: String::new(),
            why: crate::both!("読み込めません（{what}）。", "It cannot be read ({what})."),
        });
        Dossier::default()
    });
    Reading { dossier, stands, troubles }
}

#[cfg(test)]
mod tests;
