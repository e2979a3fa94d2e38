//! Sheets of results beside the tables: what follows from the data, to be looked at. Reading knows them and passes them
//! over.

use super::form::{Formats, height_of, lines, narrow, note, print_setup};
use super::{FIRST_LINE, RESULTS, signed};
use crate::locale::Lang;
use rust_xlsxwriter::{Color, ProtectionOptions, Worksheet, XlsxError};

/// A sheet of results.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// Names the sheet among those of results, whatever it is called.
    pub key: &'static str,
    /// Its name; at most 31 characters.
    pub name: &'static str,
    /// What it holds, for the table of contents.
    pub about: &'static str,
    /// How many columns stay in sight when the sheet is scrolled.
    pub frozen: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as the columns.
    pub rows: Vec<Vec<Shown>>,
}

/// A column of results.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// What is to be known of it; empty for nothing.
    pub note: String,
    /// Width in characters of half width.
    pub width: f64,
}

/// What a cell of results shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A short word in the place of a number.
    Word(String),
    /// A number with so many decimals.
    Number(f64, u32),
}

impl Results {
    /// The key in the sheet's first cell.
    pub(super) fn signed(&self) -> String {
        signed(&format!("{RESULTS}{}", self.key))
    }

    /// Writes the sheet. It is locked: what is changed here changes nothing.
    pub(super) fn write(&self, page: &mut Worksheet, formats: &Formats, lang: Lang) -> Result<(), XlsxError> {
        page.set_name(self.name)?.set_tab_color(Color::RGB(0xD2_9922));
        page.write_with_format(0, 0, self.signed(), &formats.key)?.set_row_hidden(0)?;
        page.set_column_width(0, 2)?;
        let lanes = || (1_u32..).map(narrow).zip(&self.columns);
        for (lane, column) in lanes() {
            page.set_column_width(lane, column.width)?;
            page.write_with_format(1, lane, column.title.as_str(), &formats.head)?;
            if !column.note.is_empty() {
                page.insert_note(1, lane, &note(&column.note))?;
            }
        }
        let highest = self.columns.iter().map(|column| lines(&column.title, column.width)).max().unwrap_or(1);
        page.set_row_height(1, height_of(highest.min(4)))?;
        for (line, row) in (FIRST_LINE..).zip(&self.rows) {
            let mut highest = 1;
            for ((lane, column), cell) in lanes().zip(row) {
                match cell {
                    Shown::Blank => {
                        page.write_blank(line, lane, &formats.shown_text)?;
                    }
                    Shown::Text(text) => {
                        page.write_string_with_format(line, lane, text, &formats.shown_text)?;
                        highest = highest.max(lines(text, column.width));
                    }
                    Shown::Word(word) => {
                        page.write_string_with_format(line, lane, word, &formats.shown_word)?;
                    }
                    Shown::Number(number, decimals) => {
                        let format = &formats.shown_numbers[(*decimals).min(2) as usize];
                        page.write_number_with_format(line, lane, *number, format)?;
                    }
                }
            }
            if highest > 1 {
                page.set_row_height(line, height_of(highest))?;
            }
        }
        let last_line = FIRST_LINE + u32::try_from(self.rows.len()).unwrap_or_default();
        let rightmost = narrow(u32::try_from(self.columns.len()).unwrap_or_default());
        page.set_freeze_panes(FIRST_LINE, narrow(1 + u32::try_from(self.frozen).unwrap_or_default()))?;
        page.autofilter(1, 1, (last_line - 1).max(FIRST_LINE), rightmost)?;
        page.set_repeat_rows(1, 1)?;
        page.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
        print_setup(page, lang);
        page.set_print_gridlines(false);
        Ok(())
    }
}
