//! Tables on the clipboard, as spreadsheets put them there: tabs between cells, quotation marks around a cell with a
//! line break.

use super::Sheet;
use super::split::{Record, Splitter};
use std::fmt::Write;

impl Sheet {
    /// The cells of a text from the clipboard. Any text is a table, if only of one cell.
    pub fn from_paste(text: &str) -> Self {
        Self::of_texts("", paste_rows(text))
    }
}

/// The rows of a text from the clipboard, each with all its cells, empty ones too.
pub fn paste_rows(text: &str) -> Vec<Vec<String>> {
    // A cell that merely begins with a quotation mark stands there unquoted; its text then seems never to end.
    rows(text, true).or_else(|| rows(text, false)).unwrap_or_default()
}

fn rows(text: &str, quotes: bool) -> Option<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    let mut each = |record: &Record| {
        rows.push(record.fields().map(str::to_owned).collect());
        Ok(())
    };
    let mut splitter = Splitter::new(b'\t', quotes);
    splitter.feed(text, &mut each).and_then(|()| splitter.finish(&mut each)).ok()?;
    Some(rows)
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

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(rows in prop::collection::vec(prop::collection::vec("[a\"\t\nあ]{0,5}", 1..4), 0..5)) {
            prop_assert_eq!(Sheet::from_paste(&to_paste(&rows)), Sheet::of_texts("", rows));
        }
    }
}
