//! What calamine does not tell of the sheets of an xlsb: merged ranges, and what is hidden.

use super::marks::Mark;
use super::merges::{Notes, relations};
use super::source::Source;
use super::{Address, Area};
use std::collections::HashMap;
use std::io::{BufReader, Read};
use zip::ZipArchive;

/// No more of a part is read. Bytes.
const LARGEST: u64 = 1 << 30;
/// A record that is longer is passed over.
const LONGEST: u64 = 1 << 16;
/// The most merged ranges of a sheet.
const MOST: usize = 1 << 20;

/// A row begins.
const ROW: u16 = 0;
/// The format of columns.
const COLUMNS: u16 = 60;
/// A sheet of the workbook.
const SHEET: u16 = 156;
/// A merged range.
const MERGE: u16 = 176;

/// The notes of each sheet by its name; none if the workbook is not understood.
pub(super) fn find(source: impl Source) -> Option<HashMap<String, Notes>> {
    let mut archive = ZipArchive::new(source).ok()?;
    let main = relations(&mut archive, "_rels/.rels")?.into_iter().find(|it| it.is("officeDocument"))?;
    let main = main.target_from("");
    let (folder, name) = main
        .rsplit_once('/')
        .map_or((String::new(), main.as_str()), |(folder, name)| (format!("{folder}/"), name));
    let relations = relations(&mut archive, &format!("{folder}_rels/{name}.rels"))?;
    let mut sheets = Vec::new();
    records(archive.by_name(&main).ok()?, |kind, bytes| {
        if kind == SHEET {
            sheets.extend(sheet(bytes));
        }
        true
    })?;
    let mut all = HashMap::new();
    for (id, name) in sheets {
        let Some(relation) = relations.iter().find(|relation| relation.id == id) else { continue };
        let part = relation.target_from(&folder);
        let mut notes = Notes::default();
        records(archive.by_name(&part).ok()?, |kind, bytes| {
            note(kind, bytes, &mut notes);
            notes.merges.len() <= MOST
        })?;
        all.insert(name, notes);
    }
    Some(all)
}

/// Hands on the kind and the bytes of each record, as long as that is wanted.
fn records(part: impl Read, mut take: impl FnMut(u16, &[u8]) -> bool) -> Option<()> {
    let mut part = BufReader::new(part.take(LARGEST));
    let mut bytes = Vec::new();
    loop {
        let Some(first) = byte(&mut part) else { return Some(()) };
        let mut kind = u16::from(first & 0x7f);
        if first & 0x80 != 0 {
            kind |= u16::from(byte(&mut part)? & 0x7f) << 7;
        }
        let mut length = 0_u64;
        for shift in [0, 7, 14, 21] {
            let next = byte(&mut part)?;
            length |= u64::from(next & 0x7f) << shift;
            if next & 0x80 == 0 {
                break;
            }
        }
        bytes.clear();
        (&mut part).take(length.min(LONGEST)).read_to_end(&mut bytes).ok()?;
        let rest = length.saturating_sub(LONGEST);
        if std::io::copy(&mut (&mut part).take(rest), &mut std::io::sink()).ok()? < rest {
            return None;
        }
        if !take(kind, &bytes) {
            return None;
        }
    }
}

fn byte(part: &mut impl Read) -> Option<u8> {
    let mut byte = [0];
    part.read_exact(&mut byte).ok()?;
    Some(byte[0])
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The id of a sheet's relation, and its name.
fn sheet(bytes: &[u8]) -> Option<(String, String)> {
    let text = |at: usize| -> Option<(String, usize)> {
        let length = usize::try_from(number(bytes, at)?).ok()?;
        let end = (at + 4).checked_add(length.checked_mul(2)?)?;
        let units =
            bytes.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some((String::from_utf16(&units.collect::<Vec<_>>()).ok()?, end))
    };
    let (id, end) = text(8)?;
    Some((id, text(end)?.0))
}

fn note(kind: u16, bytes: &[u8], notes: &mut Notes) {
    let corner = |row: u32, column: u32| Address::new(row.min(1 << 20), column.min(1 << 14));
    match kind {
        ROW => {
            // The bit of a row of no height.
            if let (Some(row), Some(flags)) = (number(bytes, 0), bytes.get(11))
                && flags & 0x10 != 0
            {
                notes.marks.add(Mark::HiddenRows, Area::new(corner(row, 0), corner(row, 0)));
            }
        }
        COLUMNS => {
            if let (Some(first), Some(last), Some(flags)) =
                (number(bytes, 0), number(bytes, 4), bytes.get(16))
                && flags & 1 != 0
            {
                notes.marks.add(Mark::HiddenColumns, Area::new(corner(0, first), corner(0, last)));
            }
        }
        MERGE => {
            let numbers = [0, 4, 8, 12].map(|at| number(bytes, at));
            if let [Some(top), Some(bottom), Some(left), Some(right)] = numbers {
                notes.merges.push(Area::new(corner(top, left), corner(bottom, right)));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};

    fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
        let mut all = if kind < 0x80 {
            vec![u8::try_from(kind).unwrap()]
        } else {
            vec![u8::try_from(kind & 0x7f).unwrap() | 0x80, u8::try_from(kind >> 7).unwrap()]
        };
        let length = bytes.len();
        all.extend([u8::try_from(length & 0x7f).unwrap() | 0x80, u8::try_from(length >> 7).unwrap()]);
        all.extend(bytes);
        all
    }

    fn numbers(numbers: &[u32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn wide(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let length = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
        [length, units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat()
    }

    #[test]
    fn merged_ranges_and_hidden_ones_are_found() {
        let book = record(SHEET, &[numbers(&[0, 1]), wide("rId7"), wide("配分")].concat());
        let hidden_row = [numbers(&[4, 0]), vec![0, 0, 0, 0x10, 0]].concat();
        let shown_row = [numbers(&[5, 0]), vec![0, 0, 0, 0x08, 0]].concat();
        let sheet = [
            record(COLUMNS, &[numbers(&[2, 3, 0, 0]), vec![1, 0]].concat()),
            record(COLUMNS, &[numbers(&[5, 6, 0, 0]), vec![2, 0]].concat()),
            record(ROW, &hidden_row),
            record(ROW, &shown_row),
            record(7, &[0; 300]),
            record(MERGE, &numbers(&[1, 2, 0, 4])),
        ];
        let relation = |id: &str, kind: &str, target: &str| {
            format!(
                r#"<Relationships><Relationship Id="{id}" Type="x/{kind}" Target="{target}"/></Relationships>"#
            )
        };
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("_rels/.rels", relation("a", "officeDocument", "xl/workbook.bin").into_bytes()),
            ("xl/_rels/workbook.bin.rels", relation("rId7", "worksheet", "worksheets/s.bin").into_bytes()),
            ("xl/workbook.bin", book),
            ("xl/worksheets/s.bin", sheet.concat()),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let notes = find(Cursor::new(bytes.as_slice())).unwrap().remove("配分").unwrap();
        assert_eq!(notes.merges.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A2:E3"]);
        let marks: Vec<_> = notes.marks.iter().map(|(mark, area)| (mark, area.to_string())).collect();
        assert_eq!(marks, [(Mark::HiddenColumns, "C1:D1".to_owned()), (Mark::HiddenRows, "A5".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_records_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut notes = Notes::default();
            let _ = records(bytes.as_slice(), |kind, bytes| {
                note(kind, bytes, &mut notes);
                let _ = sheet(bytes);
                true
            });
        }
    }
}
