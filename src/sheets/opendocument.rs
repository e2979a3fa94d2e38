//! What calamine does not tell of the sheets of an ods: merged ranges, what is hidden, formulas without a value.

use super::marks::Mark;
use super::merges::Notes;
use super::source::Source;
use super::{Address, Area};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{BufReader, Read};
use zip::ZipArchive;

/// No more of the document is read. Bytes.
const LARGEST: u64 = 1 << 30;
/// The most merged ranges of all sheets.
const MOST: usize = 1 << 20;
/// Sheets have no more rows than this, and fewer columns.
const ROWS: u32 = 1_048_576;

/// The notes of each sheet by its name; none if the document is not understood.
pub(super) fn find(source: impl Source) -> Option<HashMap<String, Notes>> {
    let mut archive = ZipArchive::new(source).ok()?;
    read(archive.by_name("content.xml").ok()?.take(LARGEST))
}

fn read(content: impl Read) -> Option<HashMap<String, Notes>> {
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().check_end_names = false;
    let mut all = HashMap::new();
    let mut sheet = Sheet::default();
    // Tables within cells are not of the sheet.
    let mut depth = 0_usize;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match reader.read_event_into(&mut bytes).ok()? {
            Event::Start(element) if element.name().0 == "table:table" => {
                depth += 1;
                if depth == 1 {
                    sheet = Sheet { name: text(&element, "table:name")?, ..Sheet::default() };
                }
            }
            Event::End(element) if element.name().0 == "table:table" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let Sheet { name, notes, .. } = std::mem::take(&mut sheet);
                    all.insert(name, notes);
                }
            }
            Event::Start(element) | Event::Empty(element) if depth == 1 => {
                sheet.element(&element);
            }
            Event::Eof => return Some(all),
            _ => {}
        }
        if sheet.notes.merges.len() > MOST {
            return None;
        }
    }
}

/// A sheet while it is read.
#[derive(Default)]
struct Sheet {
    name: String,
    notes: Notes,
    /// The row and column that come next.
    row: u32,
    column: u32,
    /// How often the row that is read stands there.
    repeated: u32,
}

impl Sheet {
    fn element(&mut self, element: &BytesStart<'_>) {
        let number = |name: &str| text(element, name).and_then(|value| value.parse::<u32>().ok());
        let times = |name: &str| number(name).unwrap_or(1).clamp(1, ROWS);
        let hidden = || matches!(text(element, "table:visibility").as_deref(), Some("collapse" | "filter"));
        match element.name().0 {
            "table:table-column" => {
                let times = times("table:number-columns-repeated");
                if hidden() {
                    let last = self.column.saturating_add(times - 1);
                    let area = Area::new(Address::new(0, self.column), Address::new(0, last));
                    self.notes.marks.add(Mark::HiddenColumns, area);
                }
                self.column = self.column.saturating_add(times).min(ROWS);
            }
            "table:table-row" => {
                self.row = self.row.saturating_add(self.repeated).min(ROWS);
                (self.column, self.repeated) = (0, times("table:number-rows-repeated"));
                if hidden() {
                    let last = self.row.saturating_add(self.repeated - 1);
                    let area = Area::new(Address::new(self.row, 0), Address::new(last, 0));
                    self.notes.marks.add(Mark::HiddenRows, area);
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let times = times("table:number-columns-repeated");
                let at = Address::new(self.row, self.column);
                let rows = number("table:number-rows-spanned").unwrap_or(1).clamp(1, ROWS);
                let columns = number("table:number-columns-spanned").unwrap_or(1).clamp(1, ROWS);
                if (rows, columns) != (1, 1) {
                    let last = Address::new(
                        at.row.saturating_add(rows - 1).min(ROWS - 1),
                        at.column.saturating_add(columns - 1).min(ROWS - 1),
                    );
                    self.merge(Area::new(at, last), times, columns);
                }
                // A formula that was calculated has the type of its value.
                let typed = ["office:value-type", "calcext:value-type"];
                if text(element, "table:formula").is_some()
                    && typed.iter().all(|name| text(element, name).is_none())
                {
                    let last = Address::new(at.row, at.column.saturating_add(times - 1).min(ROWS - 1));
                    self.notes.marks.add(Mark::Uncalculated, Area::new(at, last));
                }
                self.column = self.column.saturating_add(times).min(ROWS);
            }
            _ => {}
        }
    }

    /// A merged cell that stands several times in a row, and its row several times.
    fn merge(&mut self, area: Area, times: u32, columns: u32) {
        // A cell over several columns is followed by those that it covers, and so never by itself.
        let across = if columns == 1 { times } else { 1 };
        // Rows are repeated with what they merge only where nothing reaches beyond them.
        let down = if area.rows() == 1 { self.repeated } else { 1 };
        for row in 0..down {
            for column in 0..across {
                if self.notes.merges.len() > MOST {
                    return;
                }
                let shift = |at: Address| Address::new(at.row + row, at.column + column);
                self.notes.merges.push(Area::new(shift(area.first), shift(area.last)));
            }
        }
    }
}

fn text(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = element.try_get_attribute(name).ok()??.value;
    Some(quick_xml::escape::unescape(&value).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn notes(rows: &str) -> Notes {
        let xml = format!(
            r#"<office:document-content><table:table table:name="A&amp;B">{rows}</table:table>
            </office:document-content>"#
        );
        read(xml.as_bytes()).unwrap().remove("A&B").unwrap()
    }

    #[test]
    fn merged_ranges_hidden_ones_and_formulas_are_found() {
        let notes = notes(
            r#"<table:table-column table:number-columns-repeated="2"/>
            <table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
            <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
            <table:table-header-rows><table:table-row>
              <table:table-cell table:number-columns-repeated="2"/>
              <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>x</text:p>
              </table:table-cell><table:covered-table-cell/>
              <table:table-cell table:number-rows-spanned="2" table:number-columns-repeated="2"/>
            </table:table-row></table:table-header-rows>
            <table:table-row table:visibility="filter">
              <table:table-cell table:formula="of:=1+1"/>
              <table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>
            </table:table-row>
            <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2"/>
            <table:covered-table-cell/></table:table-row>"#,
        );
        let merges: Vec<_> = notes.merges.iter().map(ToString::to_string).collect();
        assert_eq!(merges, ["C4:D5", "E4:E5", "F4:F5", "A6:B6", "A7:B7"]);
        let marks: Vec<_> = notes.marks.iter().map(|(mark, area)| (mark, area.to_string())).collect();
        assert_eq!(
            marks,
            [
                (Mark::HiddenColumns, "C1:D1".to_owned()),
                (Mark::HiddenRows, "A5".to_owned()),
                (Mark::Uncalculated, "A5".to_owned())
            ]
        );
    }

    #[test]
    fn numbers_beyond_a_sheet_are_bounded() {
        let notes = notes(
            r#"<table:table-row table:number-rows-repeated="4294967295"><table:table-cell
            table:number-columns-spanned="4294967295" table:number-columns-repeated="4294967295"/>
            <table:table-cell table:number-rows-spanned="9999999999"/></table:table-row>"#,
        );
        assert!(notes.merges.len() <= MOST + 1);
        assert!(notes.merges.iter().all(|area| area.last.row < ROWS && area.last.column < ROWS));
    }

    proptest! {
        #[test]
        fn any_document_is_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(bytes.as_slice());
        }
    }
}
