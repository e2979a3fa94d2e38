//! The dossier's figures and texts as CSV tables for other programs.
//!
//! Each row carries the stable ids of what it is about, and beside each value the text as the document printed it.
//! Files are UTF-8 with a byte order mark, so that a spreadsheet reads them as what they are, with CRLF at each line's
//! end. A text that a spreadsheet would take for a formula is preceded by an apostrophe.

mod checks;
mod evaluation;
mod material;

use super::text::clean;
use crate::model::{Dossier, Figure, Quantity, Subject};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number with a point, without thousands separators.
    Number,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// Its heading in the file.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) kind: Kind,
    /// What it means, for people.
    pub(super) title: &'static str,
}

/// A column of text.
const fn text(name: &'static str, title: &'static str) -> Field {
    Field { name, kind: Kind::Text, title }
}

/// A column of whole numbers.
const fn integer(name: &'static str, title: &'static str) -> Field {
    Field { name, kind: Kind::Integer, title }
}

/// A column of decimal numbers.
const fn number(name: &'static str, title: &'static str) -> Field {
    Field { name, kind: Kind::Number, title }
}

/// The first column of every table: the programme (`program`) or a project (`A`, `B` …).
const SUBJECT: Field = text("subject", "対象（program はプログラム全体）");
/// Where the original report prints the row.
const PRINTED_AT: Field = text("printed_at", "原報告書での場所");

/// A table to be written as one CSV file.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name: the file's name without the ending.
    pub(super) name: &'static str,
    /// What it holds, for people.
    pub(super) title: &'static str,
    /// Its columns.
    pub(super) fields: Vec<Field>,
    /// Its rows, each as long as the columns.
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    fn new(name: &'static str, title: &'static str, fields: impl IntoIterator<Item = Field>) -> Self {
        Self { name, title, fields: fields.into_iter().collect(), rows: Vec::new() }
    }

    fn push(&mut self, row: impl IntoIterator<Item = String>) {
        let row: Vec<String> = row.into_iter().collect();
        debug_assert_eq!(row.len(), self.fields.len(), "{}", self.name);
        self.rows.push(row);
    }

    /// Where the file lies in the payload.
    pub(super) fn path(&self) -> String {
        format!("tables/{}.csv", self.name)
    }

    /// The file.
    pub(super) fn to_csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut out = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
        writer.write_record(self.fields.iter().map(|field| field.name))?;
        for row in &self.rows {
            writer.write_record(
                row.iter().zip(&self.fields).map(|(cell, field)| cell_text(cell, field.kind)),
            )?;
        }
        writer.flush()?;
        drop(writer);
        Ok(out)
    }
}

/// A cell as it is written: printable, and never a formula. Numbers of numeric columns are made here and stay.
fn cell_text(cell: &str, kind: Kind) -> String {
    let cell = clean(cell).into_owned();
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if kind == Kind::Text && formula { format!("'{cell}") } else { cell }
}

/// The columns of a quantity: value, unit, what stands in the cell, as printed, note. `prefix` tells two quantities of
/// a row apart.
macro_rules! quantity_fields {
    ($prefix:literal, $title:literal) => {
        [
            number(concat!($prefix, "value"), concat!($title, "の値")),
            text(concat!($prefix, "unit"), concat!($title, "の単位")),
            text(
                concat!($prefix, "state"),
                concat!($title, "の状態（number 数値、range 範囲、dash 横線、words 語句、blank 空欄）"),
            ),
            text(concat!($prefix, "printed"), concat!($title, "の印字")),
            text(concat!($prefix, "note"), concat!($title, "の注記")),
        ]
    };
}
use quantity_fields;

/// The cells of a quantity, in the order of [`quantity_fields`].
fn quantity(quantity: &Quantity) -> [String; 5] {
    let state = match quantity.figure {
        Figure::Blank => "blank",
        Figure::Dash => "dash",
        Figure::Number(_) => "number",
        Figure::Range(..) => "range",
        Figure::Words => "words",
    };
    [
        quantity.value().map(|value| value.to_string()).unwrap_or_default(),
        quantity.unit.to_string(),
        state.to_owned(),
        quantity.display(),
        quantity.note.clone(),
    ]
}

/// A value that may be missing.
fn maybe(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn subject_id(subject: &Subject) -> String {
    subject.id.to_string()
}

/// All tables of a dossier, sorted by name. A table without rows is there too: its absence would say nothing.
pub(super) fn of(dossier: &Dossier) -> Vec<Table> {
    let mut tables = material::of(dossier);
    tables.extend(evaluation::of(dossier));
    tables.push(checks::of(dossier));
    tables.sort_by_key(|table| table.name);
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_disarmed_but_numbers_are_left() {
        for (cell, kind, written) in [
            ("=cmd|' /C calc'!A0", Kind::Text, "'=cmd|' /C calc'!A0"),
            ("-", Kind::Text, "'-"),
            ("+81", Kind::Text, "'+81"),
            ("＝1+1", Kind::Text, "'＝1+1"),
            ("\t=1", Kind::Text, " =1"),
            ("項目１", Kind::Text, "項目１"),
            ("-12.5", Kind::Number, "-12.5"),
        ] {
            assert_eq!(cell_text(cell, kind), written);
        }
    }

    #[test]
    fn every_row_fits_its_columns_and_lines_end_as_spreadsheets_expect() {
        let mut table = Table::new("t", "", [text("a", ""), number("b", "")]);
        table.push(["一行\n二行".to_owned(), "1.5".to_owned()]);
        assert_eq!(table.to_csv().unwrap(), "\u{feff}a,b\r\n\"一行\n二行\",1.5\r\n".as_bytes());
    }
}
