//! Forms on grid paper (方眼紙): workbooks whose layout a person explains once.
//!
//! Where boxes are drawn by merging dozens of narrow columns, shape alone does not tell a table. The user marks a range
//! and says what it is; that is a [`FormMap`], kept as RON, and it reads the next workbook of the same form by itself.
//! A form is known again by the texts of its headings, wherever on the sheet they have moved to together. What lies
//! outside the marked ranges is read as on any other sheet.

mod file;
mod known;
#[cfg(test)]
mod tests;

pub(super) use file::is_map;
pub use file::{FormError, is_map_file, open, save};

use super::draft::{Answers, Draft};
use super::proposal::Proposal;
use super::session::Options;
use super::tables::{self, Hint};
use crate::both;
use crate::model::{Dossier, Source, fold_for_matching};
use crate::sheets::{Address, Area, Book, Sheet, Value};
use known::Moved;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

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
    /// What is to be left alone: instructions, sums of no use here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Area>,
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

/// A map that was made for one sheet, and holds there whatever its headings say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MarkedSheet {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// What a person said of it.
    pub map: FormMap,
}

/// How a sheet was read by a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownForm {
    /// The name of the form.
    pub name: String,
    /// The file of the map; none for a map that was made for this sheet.
    pub map: Option<String>,
    /// Whether the map was made for this very sheet, rather than known again by its headings.
    pub by_hand: bool,
    /// How many of the texts that tell the form there are, and how many of them were found.
    pub marks: (usize, usize),
    /// By how many rows down and columns right all has moved.
    pub moved: (i64, i64),
    /// The ranges that were read, where they lie on this sheet.
    pub regions: Vec<Hint>,
    /// The ranges that were left alone.
    pub left_out: Vec<Area>,
}

/// More marks than this tell a form no better.
const MOST_MARKS: usize = 60;
/// A text outside the marked ranges that is longer is what somebody filled in, rather than a heading. Characters.
const HEADING: usize = 30;

impl FormMap {
    /// A map of the form that `sheet` is an example of. It is known by its headings: the texts in the first rows of
    /// each region, and the short ones outside all regions.
    pub fn learn(name: impl Into<String>, sheet: &Sheet, regions: Vec<Hint>, left_out: Vec<Area>) -> Self {
        let heading = |at: Address, text: &str| match regions.iter().find(|region| region.area.contains(at)) {
            Some(region) => at.row < region.area.first.row + region.header_rows.unwrap_or(1).max(1),
            None => text.chars().count() <= HEADING,
        };
        let texts = sheet.cells().iter().filter_map(|cell| match &cell.value {
            Value::Text(text) if heading(cell.at, text) && is_heading(text) => {
                Some(Mark { at: cell.at, text: text.clone() })
            }
            _ => None,
        });
        let mut marks: Vec<Mark> = texts.collect();
        // Headings of the regions tell the form best; what else there is follows in the order of the sheet.
        marks.sort_by_key(|mark| !regions.iter().any(|region| region.area.contains(mark.at)));
        marks.truncate(MOST_MARKS);
        Self { name: name.into(), marks, regions, left_out }
    }

    /// Whether the mark is a heading of one of the regions.
    fn is_of_region(&self, mark: &Mark) -> bool {
        self.regions.iter().any(|region| region.area.contains(mark.at))
    }
}

/// Whether a text can be a heading rather than a figure.
fn is_heading(text: &str) -> bool {
    let folded = fold_for_matching(text);
    folded.chars().count() >= 2 && folded.chars().any(char::is_alphabetic)
}

/// Reads the marked ranges of those sheets of a book that are of a known form. Returns how each was read, by its index,
/// and what is left to be read as on any other sheet.
pub(super) fn recognise(
    book: &Book,
    forms: &[(Option<&str>, &FormMap)],
    draft: &mut Draft<'_>,
    options: &Options,
) -> (Vec<(usize, KnownForm)>, Vec<Sheet>) {
    let mut read = Vec::new();
    let mut others = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        let by_hand = (options.marked.iter())
            .find(|marked| marked.file == book.file && marked.sheet == sheet.name)
            .map(|marked| known::Found { map: None, form: &marked.map, moved: Moved::default(), count: 0 });
        let is_by_hand = by_hand.is_some();
        let Some(found) = by_hand.or_else(|| known::best(forms, sheet)) else {
            others.push(sheet.clone());
            continue;
        };
        let form = found.form;
        let moved = |area: &Area| found.moved.apply(*area);
        let regions: Vec<Hint> = (form.regions.iter())
            .filter_map(|region| Some(Hint { area: moved(&region.area)?, ..region.clone() }))
            .collect();
        let left_out: Vec<Area> = form.left_out.iter().filter_map(moved).collect();
        let tables = draft.proposal().tables.len();
        for hint in &regions {
            range(book, sheet, hint, draft, options);
        }
        let explained: HashSet<Address> = (draft.proposal().tables[tables..].iter())
            .flat_map(|table| table.roles.iter().map(|(at, _)| *at))
            .collect();
        let areas: Vec<Area> = regions.iter().map(|hint| hint.area).chain(left_out.iter().copied()).collect();
        let gone = |at: Address| explained.contains(&at) || areas.iter().any(|area| area.contains(at));
        others.push(sheet.without(gone));
        let known = KnownForm {
            name: form.name.clone(),
            map: found.map.map(str::to_owned),
            by_hand: is_by_hand,
            marks: (form.marks.len(), found.count),
            moved: found.moved.steps(),
            regions,
            left_out,
        };
        read.push((index, known));
    }
    (read, others)
}

/// Reads one range as it was told.
fn range(book: &Book, sheet: &Sheet, hint: &Hint, draft: &mut Draft<'_>, options: &Options) {
    let before = draft.proposal().tables.len();
    let questions = draft.proposal().questions.len();
    tables::recognise_area(book, sheet, hint, draft, options);
    if draft.proposal().tables.len() == before && draft.proposal().questions.len() == questions {
        let cell = hint.area.to_string();
        let source = Source { file: book.file.clone(), sheet: sheet.name.clone(), cell };
        let why = both!(
            "説明のとおりには読めない範囲です。種類か見出しの行数を変えるか、範囲を選び直してください。",
            "This range cannot be read as described; change its kind or its heading rows, or mark another range."
        );
        draft.leftover(source, String::new(), why);
    }
}

/// What one range of a sheet gives if it is read as told, and nothing else.
///
/// # Errors
/// Only if the dossier cannot be serialised, which its types rule out.
pub fn try_range(
    book: &Book,
    sheet: &Sheet,
    hint: &Hint,
    dossier: &Dossier,
    answers: &Answers,
    options: &Options,
) -> Result<Proposal, serde_json::Error> {
    let mut draft = Draft::new(dossier, answers)?;
    range(book, sheet, hint, &mut draft, options);
    Ok(draft.finish())
}
