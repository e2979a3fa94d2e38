//! Tables on the clipboard, as spreadsheets put them there: tabs between cells, and in Excel quotation marks around a
//! cell with a line break. Calc quotes nothing (it makes spaces of tabs and line breaks within a range), so
//! that a cell may well begin with a quotation mark of its own.

use super::Sheet;
use std::fmt::Write;

impl Sheet {
    /// The cells of a text from the clipboard. Any text is a table, if only of one cell.
    pub fn from_paste(text: &str) -> Self {
        Self::of_texts("", paste_rows(text))
    }
}

/// The rows of a text from the clipboard, each with all its cells, empty ones too. Lines end with LF, CRLF or CR.
pub fn paste_rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut row = Vec::new();
        loop {
            let (cell, after) = quoted(rest).unwrap_or_else(|| {
                let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            });
            row.push(cell);
            if let Some(next) = after.strip_prefix('\t') {
                rest = next;
            } else {
                let next = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r']));
                rest = next.unwrap_or_default();
                break;
            }
        }
        rows.push(row);
    }
    rows
}

/// A cell in quotation marks, and what follows it. A spreadsheet quotes only what needs it and ends the cell behind the
/// closing mark; anything else merely begins with a quotation mark.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let mark = rest.find('"')?;
        cell.push_str(&rest[..mark]);
        rest = &rest[mark + 1..];
        match rest.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => break,
        }
    }
    let ends = rest.is_empty() || rest.starts_with(['\t', '\n', '\r']);
    let needed = cell.contains(['\t', '\n', '\r', '"']);
    (ends && needed).then(|| (cell.replace("\r\n", "\n").replace('\r', "\n"), rest))
}

/// The text to put on the clipboard so that spreadsheets paste these rows cell by cell.
pub fn to_paste<R, T>(rows: R) -> String
where
    R: IntoIterator,
    R::Item: IntoIterator<Item = T>,
    T: AsRef<str>,
{
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.into_iter().enumerate() {
            if column > 0 {
                text.push('\t');
            }
            let cell = cell.as_ref();
            if cell.starts_with('"') || cell.contains(['\t', '\n', '\r']) {
                // Writing to a string cannot fail.
                let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
            } else {
                text.push_str(cell);
            }
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Address;
    use proptest::prelude::*;

    #[test]
    fn what_spreadsheets_put_on_the_clipboard_is_read() {
        let sheet = Sheet::from_paste("項目\t2021FY\r\n\"297\n（委託）\"\t5\" x\r\n");
        assert_eq!(sheet.extent().unwrap().to_string(), "A1:B2");
        assert_eq!(sheet.text(Address::new(1, 0)), "297\n（委託）");
        assert_eq!(sheet.text(Address::new(1, 1)), "5\" x");
        assert_eq!(Sheet::from_paste("\"abc\td").cells().len(), 2);
        assert_eq!(Sheet::from_paste("").extent(), None);
    }

    #[test]
    fn a_cell_of_calc_may_begin_with_a_quotation_mark() {
        let rows = paste_rows("\"頭に\t12\n\"次も\"\t\"乙\n");
        assert_eq!(rows, [["\"頭に", "12"], ["\"次も\"", "\"乙"]]);
        assert_eq!(
            paste_rows("a\t\n\nb\r\r\nc"),
            vec![vec!["a", ""], vec![""], vec!["b"], vec![""], vec!["c"]]
        );
    }

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(rows in prop::collection::vec(prop::collection::vec("[a\"\t\nあ]{0,5}", 1..4), 0..5)) {
            prop_assert_eq!(Sheet::from_paste(&to_paste(&rows)), Sheet::of_texts("", rows));
        }
    }
}
