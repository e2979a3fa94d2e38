//! Forms on grid paper (方眼紙): workbooks whose layout a person explains once.
//!
//! Where boxes are drawn by merging dozens of narrow columns, shape alone does not tell a table. The user marks a range
//! and says what it is; that is a [`FormMap`], kept as RON, and it reads the next workbook of the same form by itself.
//! A form is known again by the texts of its headings, wherever on the sheet they have moved to together.

mod file;
mod known;

pub(super) use file::is_map;
pub use file::{FormError, open, save};

use super::draft::Draft;
use super::session::Options;
use super::tables::{self, Hint};
use crate::both;
use crate::model::{Source, fold_for_matching};
use crate::sheets::{Address, Book, Sheet, Value};
use serde::{Deserialize, Serialize};

/// Where the tables of a form stand, and how the form is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormMap {
    /// Its name, as its users call it.
    pub name: String,
    /// Texts by which the form is known, and where they stand.
    pub marks: Vec<Mark>,
    /// What to read.
    pub regions: Vec<Hint>,
}

/// A text by which a form is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Where it stood when the form was explained.
    pub at: Address,
    /// The text, as found.
    pub text: String,
}

/// More marks than this tell a form no better.
const MOST_MARKS: usize = 60;

impl FormMap {
    /// A map of the form that `sheet` is an example of. It is known by its headings: the texts in the first rows of
    /// each region, and those outside all regions.
    pub fn learn(name: impl Into<String>, sheet: &Sheet, regions: Vec<Hint>) -> Self {
        let heading = |at: Address| {
            (regions.iter().find(|region| region.area.contains(at)))
                .is_none_or(|region| at.row < region.area.first.row + region.header_rows.unwrap_or(1))
        };
        let texts = sheet.cells().iter().filter_map(|cell| match &cell.value {
            Value::Text(text) if heading(cell.at) && is_heading(text) => {
                Some(Mark { at: cell.at, text: text.clone() })
            }
            _ => None,
        });
        let mut marks: Vec<Mark> = texts.collect();
        // Headings of the regions tell the form best; what else there is follows in the order of the sheet.
        marks.sort_by_key(|mark| !regions.iter().any(|region| region.area.contains(mark.at)));
        marks.truncate(MOST_MARKS);
        Self { name: name.into(), marks, regions }
    }
}

/// Whether a text can be a heading rather than a figure.
fn is_heading(text: &str) -> bool {
    let folded = fold_for_matching(text);
    folded.chars().count() >= 2 && folded.chars().any(char::is_alphabetic)
}

/// Reads those sheets of a book that are of a known form. Returns whether there were any, and the sheets that are of
/// none.
pub(super) fn recognise(
    book: &Book,
    forms: &[FormMap],
    draft: &mut Draft<'_>,
    options: &Options,
) -> (bool, Vec<usize>) {
    let mut others = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        let Some((form, moved)) = known::best(forms, sheet) else {
            others.push(index);
            continue;
        };
        for region in &form.regions {
            let Some(area) = moved.apply(region.area) else { continue };
            let hint = Hint { area, ..region.clone() };
            let before = draft.proposal().tables.len();
            tables::recognise_area(book, sheet, &hint, draft, options);
            if draft.proposal().tables.len() == before {
                let source =
                    Source { file: book.file.clone(), sheet: sheet.name.clone(), cell: area.to_string() };
                let form = &form.name;
                draft.leftover(
                    source,
                    String::new(),
                    both!(
                        "様式「{form}」の対応付けでは読めない範囲です。",
                        "The map of the form “{form}” does not read this range."
                    ),
                );
            }
        }
    }
    (others.len() < book.sheets.len(), others)
}
