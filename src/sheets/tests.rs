//! Cells, and every kind of file that they come from, read in this process.

use super::*;
use crate::locale::Lang;
use crate::tasks::progress::{Progress, Unwatched};
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};
use std::io::{Cursor, Write};
use std::path::PathBuf;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[test]
fn cells_are_found_where_they_stand() {
    let sheet = Sheet::of_texts("s", [vec!["a", "", "b"], vec![], vec!["", "c"]]);
    assert_eq!(sheet.text(Address::new(0, 2)), "b");
    assert_eq!(sheet.text(Address::new(1, 0)), "");
    assert_eq!(sheet.row(2).len(), 1);
    assert_eq!(sheet.extent().unwrap().to_string(), "A1:C3");
    assert_eq!(Sheet::default().extent(), None);
}

#[test]
fn the_later_of_two_cells_at_one_place_stays() {
    let cell = |column, text: &str| Cell { at: Address::new(0, column), value: Value::Text(text.into()) };
    let sheet = Sheet::new("s", vec![cell(1, "x"), cell(0, "old"), cell(0, "new")], Vec::new());
    assert_eq!((sheet.cells().len(), sheet.text(Address::default()).into_owned()), (2, "new".to_owned()));
}

#[test]
fn numbers_read_as_they_were_typed() {
    for (number, text) in [(2.6, "2.6"), (3_870_000_000.0, "3870000000"), (0.1 + 0.2, "0.30000000000000004")]
    {
        assert_eq!(Value::Number(number).text(), text);
    }
}

fn in_folder(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn read_with(name: &str, bytes: &[u8], keep: Option<&Keep>) -> Result<Vec<Book>, Trouble> {
    let (_folder, path) = in_folder(name, bytes);
    let read = Reader::in_process(Limits::default()).read(&path, keep, &Unwatched);
    read.map_err(|error| error.trouble().clone())
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Book>, Trouble> {
    read_with(name, bytes, None)
}

/// The cells of the first sheet, each with its address.
fn cells(bytes: &[u8]) -> Vec<(String, Value)> {
    let books = read("x.bin", bytes).unwrap();
    books[0].sheets[0].cells().iter().map(|cell| (cell.at.to_string(), cell.value.clone())).collect()
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let books = read("x.csv", bytes).unwrap();
    let sheet = &books[0].sheets[0];
    let rows = sheet.extent().map_or(0..0, |extent| 0..extent.last.row + 1);
    rows.map(|row| sheet.row(row).iter().map(|cell| cell.value.text().into_owned()).collect()).collect()
}

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("資金配分").unwrap();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write(0, 0, "297\n（委託）").unwrap();
    sheet.write(1, 0, 2.6).unwrap();
    sheet.write(1, 1, true).unwrap();
    sheet.write_with_format(2, 0, 44_651, &format("yyyy/m/d")).unwrap();
    sheet.write_with_format(2, 1, 44_651.75, &format("yyyy/m/d h:mm")).unwrap();
    sheet.write_with_format(2, 2, 0.5, &format("h:mm")).unwrap();
    sheet.write_with_format(2, 3, 1.5, &format("[h]:mm")).unwrap();
    sheet.write_with_format(2, 4, -1, &format("yyyy/m/d")).unwrap();
    sheet.write_with_format(2, 5, 4_373, &format("#,##0\"百万円\"")).unwrap();
    sheet.write(3, 0, Formula::new("1+1").set_result("7")).unwrap();
    sheet.write(3, 1, Formula::new("'[other.xlsx]S'!A1").set_result("外")).unwrap();
    sheet.write(3, 2, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(4, 0, "  ").unwrap();
    sheet.merge_range(5, 0, 6, 2, "合計", &Format::new()).unwrap();
    workbook.add_worksheet().set_name("控え").unwrap().set_hidden(true).write(0, 0, 1).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_gives_what_its_cells_show_and_calculates_nothing() {
    let text = |text: &str| Value::Text(text.to_owned());
    let date = |text: &str| Value::Date(text.to_owned());
    let expected = [
        ("A1", text("297\n（委託）")),
        ("A2", Value::Number(2.6)),
        ("B2", Value::Bool(true)),
        ("A3", date("2022-03-31")),
        ("B3", date("2022-03-31T18:00:00")),
        ("C3", date("12:00:00")),
        ("D3", text("36:00:00")),
        ("E3", Value::Number(-1.0)),
        ("F3", Value::Number(4373.0)),
        ("A4", Value::Number(7.0)),
        ("B4", text("外")),
        ("C4", Value::Error("#DIV/0!".to_owned())),
        ("A5", text("  ")),
        ("A6", text("合計")),
    ];
    assert_eq!(cells(&workbook()), expected.map(|(at, value)| (at.to_owned(), value)));
    let books = read("評価.xlsx", &workbook()).unwrap();
    assert_eq!(books[0].file, "評価.xlsx");
    let sheets = &books[0].sheets;
    assert_eq!(sheets[0].merges().iter().map(ToString::to_string).collect::<Vec<_>>(), ["A6:C7"]);
    assert_eq!((sheets[0].name.as_str(), sheets[0].hidden), ("資金配分", false));
    assert_eq!((sheets[1].name.as_str(), sheets[1].hidden), ("控え", true));
}

#[test]
fn merged_ranges_are_those_that_calamine_tells() {
    let mut workbook = Workbook::new();
    for name in ["一", "二 <&>", "三"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for row in 0..300 {
            let text = format!("{name}{row}");
            sheet.merge_range(row * 2, 0, row * 2 + 1, 3, &text, &Format::new()).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let books = read("m.xlsx", &bytes).unwrap();
    let mut told: calamine::Xlsx<_> = calamine::Reader::new(Cursor::new(&bytes)).unwrap();
    for sheet in &books[0].sheets {
        let told = told.merge_cells_by_sheet_name(&sheet.name).unwrap();
        let told = told.iter().map(|merge| {
            let corner = |(row, column)| Address::new(row, column);
            Area::new(corner(merge.start), corner(merge.end))
        });
        assert_eq!(sheet.merges(), told.collect::<Vec<_>>());
        assert_eq!(sheet.merges().len(), 300);
    }
}

#[test]
fn an_open_document_gives_its_texts_dates_and_errors() {
    let content = r##"<office:document-content><office:body><office:spreadsheet><table:table table:name="表">
        <table:table-row><table:table-cell office:value-type="string"><text:p>一</text:p><text:p>二</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="3870000000"/>
        <table:table-cell office:value-type="date" office:date-value="2022-03-31T00:00:00"/>
        <table:table-cell office:value-type="time" office:time-value="PT36H05M09S"/>
        <table:table-cell office:value-type="string" office:string-value="#N/A"/></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>"##;
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.replace(">\n        <table", "><table").as_bytes()),
    ]);
    let expected = [
        ("A1", Value::Text("一\n二".to_owned())),
        ("B1", Value::Number(3_870_000_000.0)),
        ("C1", Value::Date("2022-03-31".to_owned())),
        ("D1", Value::Text("36:05:09".to_owned())),
        ("E1", Value::Error("#N/A".to_owned())),
    ];
    assert_eq!(cells(&bytes), expected.map(|(at, value)| (at.to_owned(), value)));
}

/// An archive as a stream: the sizes stand behind each member, as the official exports have them.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn texts_of_every_encoding_read_the_same() {
    let text = "項目,2021年度\r\n①委託費,\"1,234\"\r\n";
    let utf_16 = |big: bool| -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    let encoded = |encoding: &'static Encoding| encoding.encode(text).0.into_owned();
    let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    for (name, bytes) in [
        ("UTF-8", encoded(UTF_8)),
        ("UTF-8 with a mark", with(b"\xef\xbb\xbf", encoded(UTF_8))),
        ("Shift_JIS", encoded(SHIFT_JIS)),
        ("UTF-16LE", utf_16(false)),
        ("UTF-16LE with a mark", with(b"\xff\xfe", utf_16(false))),
        ("UTF-16BE", utf_16(true)),
        ("UTF-16BE with a mark", with(b"\xfe\xff", utf_16(true))),
    ] {
        assert_eq!(rows(&bytes), [["項目", "2021年度"], ["①委託費", "1,234"]], "{name}");
    }
}

#[test]
fn the_first_character_beyond_ascii_decides_however_late_it_comes() {
    let ascii = "id,name\n".repeat(20_000);
    for encoding in [UTF_8, SHIFT_JIS] {
        // Around the end of a piece, a character is cut.
        for spaces in 0..4 {
            let text = format!("{}{ascii}1,{}\n", " ".repeat(spaces), "表".repeat(50_000));
            let rows = rows(&encoding.encode(&text).0);
            assert_eq!(rows.len(), 20_001);
            assert_eq!(rows[20_000][1].chars().count(), 50_000, "{}", encoding.name());
        }
    }
}

#[test]
fn tables_of_text_keep_their_rows_and_find_their_separator() {
    assert_eq!(rows(b"a\tb\n\n1,0\t\"x\ny\"\n"), [vec!["a", "b"], vec![], vec!["1,0", "x\ny"]]);
    assert_eq!(rows(b"only"), [["only"]]);
}

#[test]
fn what_is_no_table_is_told_for_what_it_is() {
    for (bytes, trouble) in [
        (&b""[..], Trouble::Empty),
        (b"<html><table><tr><td>1</td></tr></table></html>", Trouble::Markup),
        (b" \n<?xml version=\"1.0\"?><Workbook/>", Trouble::Markup),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Trouble::NotTables),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Trouble::NotTables),
        (b"a,b\n\xe8\xa1\xa8,1\n\xff\xff\n", Trouble::Garbled { line: 3 }),
        (b"a,b\n1,\"2\n", Trouble::Unclosed { line: 2 }),
        (b"PK\x03\x04 and nothing more", Trouble::damaged()),
    ] {
        assert_eq!(read("x.xlsx", bytes), Err(trouble), "{}", String::from_utf8_lossy(bytes));
    }
    let late =
        [&b"a,b\n".repeat(40_000)[..], "表\n".as_bytes(), &b"c\n".repeat(100_000), b"\xff\xff\n"].concat();
    assert_eq!(read("x.csv", &late), Err(Trouble::Garbled { line: 140_002 }));
    assert_eq!(read("x.xls", &container("WordDocument")), Err(Trouble::NotTables));
    let document = archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    assert_eq!(read("x.docx", &document), Err(Trouble::NotTables));
    let folder = tempfile::tempdir().unwrap();
    let reader = Reader::in_process(Limits::default());
    let trouble = |path: &std::path::Path| reader.read(path, None, &Unwatched).unwrap_err();
    assert_eq!(trouble(folder.path()).trouble(), &Trouble::Folder);
    let missing = folder.path().join("無い.xlsx");
    assert_eq!(trouble(&missing).trouble(), &Trouble::Missing);
    assert_eq!(
        trouble(&missing).message(Lang::Ja),
        format!("{} が見つかりません。場所と名前を確かめてください。", missing.display())
    );
}

/// A container of the kind that old workbooks lie in, with one empty stream.
fn container(stream: &str) -> Vec<u8> {
    const NONE: u32 = u32::MAX;
    const END: u32 = u32::MAX - 1;
    const TABLE: u32 = u32::MAX - 2;
    fn put(bytes: &mut [u8], at: usize, numbers: &[u32]) {
        for (index, number) in numbers.iter().enumerate() {
            bytes[at + 4 * index..at + 4 * index + 4].copy_from_slice(&number.to_le_bytes());
        }
    }
    let mut bytes = vec![0; 3 * 512];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    put(&mut bytes, 24, &[0x0003_003e, 0x0009_fffe, 6, 0, 0, 1, 1, 0, 0x1000, END, 0, END, 0, 0]);
    put(&mut bytes, 80, &[NONE; 108]);
    put(&mut bytes, 512, &[TABLE, END]);
    put(&mut bytes, 520, &[NONE; 126]);
    for (index, (name, kind)) in [("Root Entry", 5), (stream, 2)].into_iter().enumerate() {
        let at = 1024 + 128 * index;
        for (letter, unit) in name.encode_utf16().enumerate() {
            bytes[at + 2 * letter..at + 2 * letter + 2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes[at + 64] = u8::try_from(2 * name.len() + 2).unwrap();
        bytes[at + 66] = kind;
        put(&mut bytes, at + 68, &[NONE, NONE, if index == 0 { 1 } else { NONE }]);
        put(&mut bytes, at + 116, &[END, 0]);
    }
    bytes
}

#[test]
fn only_the_rows_of_a_project_are_kept_and_stay_where_they_are() {
    let keep = Keep { header: "予算事業ID".into(), value: "3163".into() };
    let csv = "年度,予算事業ID\n2021,3163\n2021,31\n2022, 3163\n2023\n";
    let books = read_with("1-1.csv", csv.as_bytes(), Some(&keep)).unwrap();
    let places: Vec<_> = books[0].sheets[0].cells().iter().map(|cell| cell.at.to_string()).collect();
    assert_eq!(places, ["A1", "B1", "A2", "B2", "A4", "B4"]);
    let whole = read_with("x.csv", b"a,b\n1,2\n", Some(&keep)).unwrap();
    assert_eq!(whole[0].sheets[0].cells().len(), 4);
}

#[test]
fn the_members_of_an_archive_are_read_each_for_itself() {
    let name = SHIFT_JIS.encode("資金配分.csv").0.into_owned();
    let placeholder = "x".repeat(name.len());
    let inner = archive(&[("a.csv", b"1")]);
    let book = workbook();
    let mut bytes = archive(&[
        (&placeholder, &SHIFT_JIS.encode("項目,1\n").0),
        ("folder/評価.xlsm", &book),
        ("__MACOSX/._a.csv", b"\0\0"),
        ("inner.zip", &inner),
        ("写真.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("b.csv", b"2\n"),
    ]);
    while let Some(at) = bytes.windows(name.len()).position(|window| window == placeholder.as_bytes()) {
        bytes[at..at + name.len()].copy_from_slice(&name);
    }
    let (_folder, path) = in_folder("rs.zip", &bytes);
    let reader = Reader::in_process(Limits::default());
    let each = reader.read_each(&path, None, &Unwatched).unwrap();
    let told: Vec<_> = (each.iter())
        .map(|book| match book {
            Ok(book) => (book.file.clone(), book.sheets[0].cells().len()),
            Err(error) => (format!("{:?}", error.trouble()), 0),
        })
        .collect();
    let expected = [
        ("rs.zip/資金配分.csv", 2),
        ("rs.zip/folder/評価.xlsm", 14),
        ("Packed", 0),
        ("NotTables", 0),
        ("rs.zip/b.csv", 1),
    ];
    assert_eq!(told, expected.map(|(file, cells)| (file.to_owned(), cells)));
    let error = reader.read(&path, None, &Unwatched).unwrap_err();
    assert!(error.message(Lang::En).contains("rs.zip/inner.zip cannot be read inside an archive"), "{error}");
}

#[test]
fn no_file_makes_the_program_keep_more_than_is_allowed() {
    let small = Limits { memory: 1 << 20, ..Limits::default() };
    let zeros = vec![b'0'; 5 << 20];
    let many = "1,2,3\n".repeat(20_000);
    for (name, bytes, trouble) in [
        ("bomb.zip", archive(&[("a.csv", &zeros)]), Trouble::Unfolds),
        ("many.csv", many.clone().into_bytes(), Trouble::TooLarge { mebibytes: 1 }),
        ("many.zip", archive(&[("a.csv", many.as_bytes())]), Trouble::TooLarge { mebibytes: 1 }),
    ] {
        let (_folder, path) = in_folder(name, &bytes);
        let error = Reader::in_process(small).read(&path, None, &Unwatched).unwrap_err();
        assert_eq!(error.trouble(), &trouble, "{name}");
    }
}

#[test]
fn reading_stops_when_the_user_cancels() {
    struct Cancelled;
    impl Progress for Cancelled {
        fn step(&self, _fraction: f32, _what: &str) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let (_folder, path) = in_folder("a.csv", b"1\n");
    let error = Reader::in_process(Limits::default()).read(&path, None, &Cancelled).unwrap_err();
    assert_eq!(error.trouble(), &Trouble::Cancelled);
}

proptest! {
    #[test]
    fn any_text_is_a_table_or_trouble(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read("x.csv", &bytes);
    }

    #[test]
    fn any_archive_with_a_wrong_byte_is_read_or_trouble(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = archive(&[("a.csv", b"1,2\n3,4\n"), ("b.csv", b"5")]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read("x.zip", &bytes);
    }
}
