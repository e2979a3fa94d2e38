//! The description of the sheets, from which both writing and reading are derived.
//!
//! A sheet is a table of the model. Its columns name fields of the dossier's serialised tree by path, so that a field
//! is described once: where it stands, what it is called, and what kind of value it is. `plan::tests` asks the model
//! for all of its fields and fails where one of them has no column.

mod evaluation;
mod frame;
mod material;

use super::choices::Choices;
use crate::locale::Lang;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// A fixed text in both languages, Japanese first.
pub(super) type Words = (&'static str, &'static str);

/// The words of a language.
pub(super) fn say(words: Words, lang: Lang) -> &'static str {
    lang.t(words.0, words.1)
}

/// A sheet of the workbook.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Names the sheet for reading, whatever it is called.
    pub(super) key: &'static str,
    /// Its name; at most 31 characters.
    pub(super) name: Words,
    /// What it holds, for the table of contents.
    pub(super) about: Words,
    /// The part of the workbook that it belongs to.
    pub(super) part: Part,
    /// Which part of the tree its rows are.
    pub(super) shape: Shape,
    /// The sheet whose rows its rows belong to; none for rows of the dossier itself.
    pub(super) parent: Option<&'static str>,
    /// Where a figure finds its unit if its own is left empty.
    pub(super) unit: UnitOf,
    /// Its columns, behind those that name the row.
    pub(super) columns: &'static [Column],
}

/// The parts of the workbook, each with a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Report, criteria, members.
    Frame,
    /// Programme and projects.
    Material,
    /// Scores, comments, findings.
    Evaluation,
    /// What serves the reading of the workbook.
    Service,
}

/// Which part of the tree the rows of a sheet are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// The dossier itself: one record, its fields downwards.
    Whole,
    /// The two sets of criteria; no sheet of their own, rows of other sheets belong to them.
    Sets,
    /// The programme and the projects: a record a column, fields downwards.
    Subjects,
    /// The rows of a list that have ids. New ids begin with `prefix`.
    Rows { path: &'static str, prefix: &'static str },
    /// The rows of a list without ids. Such a list is one value.
    Bare { path: &'static str },
    /// The entries of a map.
    Map { path: &'static str, key: MapKey },
    /// More fields of the parent: a row for each.
    Fields,
}

/// What the entries of a map are named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MapKey {
    /// A fiscal year.
    Year,
    /// A member; the entries' own columns are the criteria.
    Member,
    /// A place of the dossier.
    Place,
}

/// Where a figure finds its unit if its own is left empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitOf {
    /// Nowhere: it then has none.
    None,
    /// At the row that it belongs to.
    Parent,
    /// At the funding table of its subject.
    Funding,
}

/// A column, or several for a value that has several parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The field, as a path from the row (`target/amount`); empty for the row itself.
    pub(super) field: &'static str,
    /// Its heading.
    pub(super) label: Words,
    /// What stands in it.
    pub(super) kind: Kind,
    /// What goes in, beyond what its kind says.
    pub(super) note: Option<Words>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A short text.
    Text,
    /// A text of several paragraphs.
    Long,
    /// A text that may be there and empty.
    Optional,
    /// Texts, one a line.
    Lines,
    /// The id of a row of another sheet, or nothing.
    Refer(&'static str),
    /// The same where the model always has a text, blank for no row.
    ReferAlways(&'static str),
    /// Ids of rows of another sheet, one a line.
    Refers(&'static str),
    /// A fiscal year, or nothing.
    Year,
    /// A fiscal year.
    YearAlways,
    /// A whole number from zero to that, or nothing.
    Count(u16),
    /// A whole number between the two.
    Whole(i16, i16),
    /// A decimal number, or nothing.
    Decimal,
    /// Yes or no.
    Flag,
    /// A choice that somebody makes.
    Choice(&'static Choices),
    /// A choice that is left empty where the usual one holds.
    Usual(&'static Choices),
    /// A choice, or none.
    OptionalChoice(&'static Choices),
    /// A calendar day, or nothing.
    Day,
    /// A date or span as printed.
    When,
    /// A span of fiscal years.
    Period,
    /// A figure.
    Quantity,
    /// Where something was read.
    Source,
    /// What the program itself keeps account of: as JSON, not to be edited. Whether a value is one, and an empty one.
    Record(fn(&Json) -> bool, fn() -> Json),
    /// Texts side by side, as many columns as the widest row has.
    Cells,
    /// For each criterion, what a member gave.
    Scores,
    /// For each criterion, a text.
    Means,
}

/// A record of that type.
const fn record<T: DeserializeOwned + Serialize + Default>() -> Kind {
    fn is<T: DeserializeOwned>(value: &Json) -> bool {
        T::deserialize(value).is_ok()
    }
    fn empty<T: Serialize + Default>() -> Json {
        // What the model holds it can serialise.
        serde_json::to_value(T::default()).unwrap_or_default()
    }
    Kind::Record(is::<T>, empty::<T>)
}

const fn column(field: &'static str, ja: &'static str, en: &'static str, kind: Kind) -> Column {
    Column { field, label: (ja, en), kind, note: None }
}

impl Column {
    const fn note(self, ja: &'static str, en: &'static str) -> Self {
        Self { note: Some((ja, en)), ..self }
    }
}

/// Where the original prints something; the same column in many sheets.
const PRINTED_AT: Column = column("printed_at", "掲載箇所", "Printed at", Kind::Text)
    .note("報告書のページなど。空欄で構いません。", "Page of the report; may stay empty.");

const NOTE: Column = column("note", "備考", "Note", Kind::Text);

/// The sheets in the order of the workbook. A sheet comes after the one that its rows belong to.
pub(super) fn sheets() -> impl Iterator<Item = &'static Sheet> {
    frame::SHEETS.iter().chain(material::SHEETS).chain(evaluation::SHEETS).chain(frame::LAST)
}

/// The sheet of that key.
pub(super) fn sheet(key: &str) -> Option<&'static Sheet> {
    sheets().find(|sheet| sheet.key == key)
}

impl Sheet {
    /// Whether the workbook shows it: sets of criteria are only named by other sheets.
    pub(super) fn is_shown(&self) -> bool {
        !matches!(self.shape, Shape::Sets)
    }

    /// Whether its fields run downwards and its records sideways, as an overview sheet does.
    pub(super) fn is_card(&self) -> bool {
        matches!(self.shape, Shape::Whole | Shape::Subjects)
    }

    /// The sheets above it, the outermost first.
    pub(super) fn ancestors(&self) -> Vec<&'static Sheet> {
        let mut chain: Vec<_> =
            std::iter::successors(self.parent.and_then(sheet), |above| above.parent.and_then(sheet))
                .collect();
        chain.reverse();
        chain
    }
}
