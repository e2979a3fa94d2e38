//! Files from outside behind the guard: real workbooks, trap files, and files made to harm whoever reads them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

use hyoka::locale::Lang;
use hyoka::sheets::{Address, Book, Keep, Limits, Reader, SheetError, Trouble, Value};
use hyoka::tasks::progress::{Progress, Unwatched};
use rust_xlsxwriter::Workbook;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A bound that no sound file of these tests comes near, on a slow machine neither.
const TIME: Duration = Duration::from_secs(10);

fn guarded(limits: Limits) -> Reader {
    Reader::guarded(PathBuf::from(env!("CARGO_BIN_EXE_hyoka")), limits)
}

fn reader() -> Reader {
    guarded(Limits { time: TIME, ..Limits::default() })
}

fn read(path: &Path) -> Result<Vec<Book>, SheetError> {
    reader().read(path, None, &Unwatched)
}

/// The only book of a file that is sound.
fn book(path: &Path) -> Book {
    let mut books = read(path).unwrap();
    assert_eq!(books.len(), 1);
    books.remove(0)
}

fn trouble(path: &Path) -> Trouble {
    read(path).unwrap_err().trouble().clone()
}

/// A folder of sample files, or none where the project stands by itself.
fn samples(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/xlsx").join(folder);
    if !path.is_dir() {
        eprintln!("skipped: no sample files at ../shared/data/xlsx/{folder}");
        return None;
    }
    Some(path)
}

/// A folder for the files of one test.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// A workbook of one sheet with these parts beside what every workbook has.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    archive(&[
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{spreadsheet}" xmlns:r="{relations}"><sheets><sheet name="S" sheetId="1" r:id="s"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="s" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
    ])
}

fn archive(members: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in members {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_trap_and_every_real_workbook_gives_tables_or_one_sentence_within_the_bound() {
    for folder in ["traps", "government"] {
        let Some(folder) = samples(folder) else { continue };
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let mut sound = 0;
        for path in &paths {
            let name = path.file_name().unwrap().to_string_lossy();
            let begun = Instant::now();
            let outcome = read(path);
            let taken = begun.elapsed();
            match &outcome {
                Ok(books) => {
                    sound += 1;
                    assert_eq!(books.len(), 1, "{name}");
                    assert_eq!(books[0].file, name);
                }
                Err(error) => {
                    eprintln!("{name}, {} ms: {}", taken.as_millis(), error.message(Lang::En));
                    for (lang, end) in [(Lang::Ja, "。"), (Lang::En, ".")] {
                        let sentence = error.message(lang);
                        assert!(sentence.contains(&*name) && sentence.ends_with(end), "{sentence}");
                        assert!(!sentence.contains('\n'), "{sentence}");
                    }
                }
            }
            assert!(taken < TIME + Duration::from_millis(500), "{name} took {taken:?}");
        }
        eprintln!("{sound} of {} files read", paths.len());
        assert!(sound * 10 >= paths.len() * 8, "{sound} of {} files read", paths.len());
    }
}

#[test]
fn a_workbook_of_grid_paper_comes_whole() {
    let Some(folder) = samples("government") else { return };
    let book = book(&folder.join("settlement_card.xlsx"));
    assert_eq!(book.sheets.len(), 48);
    assert_eq!(book.sheets.iter().map(|sheet| sheet.merges().len()).sum::<usize>(), 40_335);
}

#[test]
fn furigana_is_no_part_of_a_text() {
    let Some(folder) = samples("traps") else { return };
    for (name, texts) in
        [("phonetic_text.xlsx", &["漢字", "漢字withColor"][..]), ("rph.xlsx", &["課きく　毛こ"])]
    {
        assert_eq!(texts_of(&book(&folder.join(name))), texts, "{name}");
    }
}

/// Everything that stands on the sheets of a book.
fn texts_of(book: &Book) -> Vec<String> {
    let cells = book.sheets.iter().flat_map(hyoka::sheets::Sheet::cells);
    cells.map(|cell| cell.value.text().into_owned()).collect()
}

#[test]
fn every_format_tells_dates_errors_merged_ranges_and_hidden_sheets() {
    let Some(folder) = samples("traps") else { return };
    for name in ["date.xlsx", "date.xlsb", "date.xls"] {
        let texts = ["2021-01-01", "15", "2021-01-02", "16", "255:10:10", "17"];
        assert_eq!(texts_of(&book(&folder.join(name))), texts, "{name}");
    }
    let texts = ["2021-01-01", "15", "2021-01-01T10:10:10", "16", "10:10:10", "17", "10:10:10", "18"];
    assert_eq!(texts_of(&book(&folder.join("date.ods"))), texts);
    for name in ["any_sheets.xlsx", "any_sheets.xlsb", "any_sheets.xls", "any_sheets.ods"] {
        let book = book(&folder.join(name));
        let hidden: Vec<_> = book.sheets.iter().filter(|s| s.hidden).map(|s| s.name.as_str()).collect();
        assert_eq!(hidden, ["Hidden", "VeryHidden"], "{name}");
    }
    for name in ["merge_cells.xlsx", "merge_cells.xls"] {
        let book = book(&folder.join(name));
        let merges: Vec<_> = book.sheets[0].merges().iter().map(ToString::to_string).collect();
        assert_eq!(merges, ["A1:B1", "A2:A4", "B2:D4"], "{name}");
    }
    let errors = &book(&folder.join("errors.xlsx")).sheets[0];
    assert_eq!(errors.get(Address::new(0, 0)), Some(&Value::Error("#DIV/0!".into())));
}

#[test]
fn a_password_is_told_with_what_to_do_about_it() {
    let Some(folder) = samples("traps") else { return };
    for name in ["pass_protected.xlsx", "pass_protected.xlsb", "pass_protected.ods", "issue_385.xls"] {
        let error = read(&folder.join(name)).unwrap_err();
        assert_eq!(error.trouble(), &Trouble::Password, "{name}");
        assert!(error.message(Lang::Ja).contains("パスワードを外して"), "{error}");
    }
}

#[test]
fn what_a_file_is_does_not_hang_on_its_name() {
    let desk = Desk::new();
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "表").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    for name in ["a.csv", "a.xls", "a.txt", "a"] {
        assert_eq!(texts_of(&book(&desk.write(name, &bytes))), ["表"], "{name}");
    }
    assert_eq!(texts_of(&book(&desk.write("b.xlsx", "項目,1\n"))), ["項目", "1"]);
    assert_eq!(
        trouble(&desk.write("half.xlsx", &bytes[..bytes.len() / 2])),
        Trouble::Damaged { sheet: None }
    );
    assert_eq!(fs::read(desk.path("a.csv")).unwrap(), bytes);
}

#[test]
fn a_cell_in_the_last_corner_takes_no_grid() {
    let desk = Desk::new();
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(1_048_575, 16_383, "隅").unwrap();
    let path = desk.write("corner.xlsx", workbook.save_to_buffer().unwrap());
    let small = guarded(Limits { memory: 400 << 20, time: TIME });
    let books = small.read(&path, None, &Unwatched).unwrap();
    let cells = books[0].sheets[0].cells();
    assert_eq!((cells.len(), cells[0].at.to_string()), (1, "XFD1048576".to_owned()));
}

#[test]
fn an_archive_that_says_it_unpacks_to_gigabytes_is_refused() {
    let desk = Desk::new();
    let mut bytes = archive(&[("a.csv", "0".repeat(1000)), ("b.csv", "0".repeat(1000))]);
    // The central directory states the size 24 bytes behind its mark.
    let marks: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    for mark in marks {
        bytes[mark + 24..mark + 28].copy_from_slice(&0xf000_0000_u32.to_le_bytes());
    }
    assert_eq!(trouble(&desk.write("bomb.zip", &bytes)), Trouble::Unfolds);
}

#[test]
fn a_small_file_that_needs_much_memory_ends_only_its_reader() {
    let desk = Desk::new();
    let strings = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(256 << 20));
    let path = desk.write("bomb.xlsx", workbook("<worksheet><sheetData/></worksheet>", &strings));
    let small = guarded(Limits { memory: 512 << 20, time: TIME });
    let error = small.read(&path, None, &Unwatched).unwrap_err();
    assert_eq!(error.trouble(), &Trouble::TooLarge { mebibytes: 512 });
}

#[test]
fn entities_are_not_unfolded() {
    let desk = Desk::new();
    let mut entities = r#"<!ENTITY l0 "ha">"#.to_owned();
    for level in 1..30 {
        let inner = format!("&l{};", level - 1).repeat(10);
        write!(entities, r#"<!ENTITY l{level} "{inner}">"#).unwrap();
    }
    let strings = format!("<!DOCTYPE sst [{entities}]><sst><si><t>&l29;</t></si></sst>");
    let sheet =
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    let begun = Instant::now();
    assert_eq!(
        trouble(&desk.write("laughs.xlsx", workbook(sheet, &strings))),
        Trouble::Damaged { sheet: None }
    );
    let outside =
        r#"<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst><si><t>&x;</t></si></sst>"#;
    assert_eq!(
        trouble(&desk.write("outside.xlsx", workbook(sheet, outside))),
        Trouble::Damaged { sheet: None }
    );
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_long_csv_streams_through_the_guard_and_only_its_project_is_kept() {
    let desk = Desk::new();
    let mut csv = "年度,予算事業ID,事業名\r\n".to_owned();
    for row in 0..200_000 {
        write!(csv, "2021,{},\"事業\r\n{row}\"\r\n", row % 50_000).unwrap();
    }
    let keep = Keep { header: "予算事業ID".into(), value: "3163".into() };
    let (csv, _, _) = encoding_rs::SHIFT_JIS.encode(&csv);
    let path = desk.write("2-1.csv", &csv);
    let zipped = {
        let mut zip = ZipWriter::new_stream(Vec::new());
        zip.start_file("2-1.csv", SimpleFileOptions::default()).unwrap();
        zip.write_all(&csv).unwrap();
        desk.write("2-1.zip", zip.finish().unwrap().into_inner())
    };
    for path in [path, zipped] {
        let books = reader().read(&path, Some(&keep), &Unwatched).unwrap();
        let sheet = &books[0].sheets[0];
        assert_eq!(sheet.cells().len(), 5 * 3);
        assert_eq!(sheet.text(Address::new(3164, 2)), "事業\n3163");
    }
}

/// Is cancelled some time after it was made.
struct Impatient(Instant);

impl Progress for Impatient {
    fn step(&self, _fraction: f32, _what: &str) {}

    fn cancelled(&self) -> bool {
        Instant::now() >= self.0
    }
}

/// A file that its reader never comes to the end of.
fn circle(desk: &Desk) -> PathBuf {
    let bytes = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", "<manifest:manifest/>".to_owned()),
        ("content.xml", r#"<table:table table:name="a"><table:table-row></table:table-row>"#.to_owned()),
    ]);
    desk.write("circle.ods", bytes)
}

#[test]
fn a_file_that_sends_its_reader_in_circles_is_given_up_in_time() {
    let desk = Desk::new();
    let quick = guarded(Limits { time: Duration::from_secs(1), ..Limits::default() });
    let begun = Instant::now();
    let error = quick.read(&circle(&desk), None, &Unwatched).unwrap_err();
    assert_eq!(error.trouble(), &Trouble::TooSlow { seconds: 1 });
    assert!(begun.elapsed() < Duration::from_millis(1500), "{:?}", begun.elapsed());
}

#[test]
fn cancelling_takes_effect_at_once() {
    let desk = Desk::new();
    let path = circle(&desk);
    for milliseconds in [0, 100, 300] {
        let at = Instant::now() + Duration::from_millis(milliseconds);
        let error = reader().read(&path, None, &Impatient(at)).unwrap_err();
        assert_eq!(error.trouble(), &Trouble::Cancelled, "after {milliseconds} ms");
        assert!(at.elapsed() < Duration::from_millis(200), "{:?}", at.elapsed());
    }
}

/// Children that do not behave.
#[cfg(unix)]
mod children {
    use super::*;

    /// A program that does what the script says, in place of the reading child.
    fn program(desk: &Desk, script: &str) -> PathBuf {
        let path = desk.path("program.sh");
        // Another process writes it: were it open for writing here, a child just being started would have it open
        // too, and the system would not run it.
        let status = std::process::Command::new("sh")
            .args(["-c", "printf '%s\\n' '#!/bin/sh' \"$1\" > \"$0\" && chmod +x \"$0\""])
            .args([path.as_os_str(), script.as_ref()])
            .status();
        assert!(status.unwrap().success());
        path
    }

    fn trouble(script: &str, time: Duration, progress: &dyn Progress) -> (Trouble, Duration, TempDir) {
        let desk = Desk::new();
        let file = desk.write("a.xlsx", b"PK\x03\x04");
        let limits = Limits { time, ..Limits::default() };
        let reader = Reader::guarded(program(&desk, script), limits);
        let begun = Instant::now();
        let error = reader.read(&file, None, progress).unwrap_err();
        (error.trouble().clone(), begun.elapsed(), desk.0)
    }

    /// A frame with the beginning of a book.
    const BEGINNING: &str = r"printf '\005\000\000\000\001\003\001SX'";

    #[test]
    fn one_that_dies_midway_takes_nothing_with_it() {
        for end in ["kill -9 $$", "exit 0", "exit 2", "yes", "printf '\\377\\377\\377\\377'"] {
            let script = format!("printf '\\005\\000\\000\\000\\001\\003\\002SS'\n{end}");
            assert_eq!(trouble(&script, TIME, &Unwatched).0, Trouble::BrokeOff, "{end}");
        }
        assert_eq!(trouble(BEGINNING, TIME, &Unwatched).0, Trouble::BrokeOff);
    }

    #[test]
    fn one_that_never_ends_is_ended() {
        // The shell becomes the sleeper, so that its number is the child's.
        let script = "echo $$ > \"$0.pid\"\nexec sleep 60";
        let time = Duration::from_millis(1500);
        let (late, taken, folder) = trouble(script, time, &Unwatched);
        assert_eq!(late, Trouble::TooSlow { seconds: 1 });
        assert!(taken < time + Duration::from_millis(200), "{taken:?}");
        let pid = fs::read_to_string(folder.path().join("program.sh.pid")).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists(), "the child lives on");
        let at = Instant::now() + Duration::from_millis(300);
        assert_eq!(trouble(script, TIME, &Impatient(at)).0, Trouble::Cancelled);
        assert!(at.elapsed() < Duration::from_millis(200), "{:?}", at.elapsed());
    }
}

#[test]
fn the_reader_is_told_if_it_is_missing_and_is_in_no_help() {
    let desk = Desk::new();
    let file = desk.write("a.xlsx", b"PK\x03\x04");
    let reader = Reader::guarded(desk.path("no-such-program"), Limits::default());
    let error = reader.read(&file, None, &Unwatched).unwrap_err();
    assert!(matches!(error.trouble(), Trouble::NoReader(_)), "{error}");
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_hyoka")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("verify") && !help.contains("read-sheets"), "{help}");
}
