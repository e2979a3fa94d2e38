//! A workbook's bytes as plain cells.

use calamine::{Data, Reader, Xlsx};
use super::sheets::{Address, Book, Cell, Sheet, Value};
use std::io::Cursor;

/// The cells of a workbook.
pub fn book(bytes: &[u8]) -> Book {
    let mut xlsx: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = xlsx.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let range = xlsx.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells().filter_map(|(row, column, data)| {
            let value = match data {
                Data::Empty => return None,
                Data::String(text) => Value::Text(text.clone()),
                Data::Float(number) => Value::Number(*number),
                Data::Int(number) => Value::Number(*number as f64),
                Data::Bool(truth) => Value::Bool(*truth),
                Data::DateTime(date) => Value::Date(date.to_string()),
                Data::DateTimeIso(date) | Data::DurationIso(date) => Value::Date(date.clone()),
                Data::Error(error) => Value::Error(error.to_string()),
            };
            let at = Address::new(top + row as u32, left + column as u32);
            Some(Cell { at, value })
        });
        Sheet::new(name, cells.collect(), Vec::new())
    });
    Book { file: "評価.xlsx".into(), sheets: sheets.collect() }
}
