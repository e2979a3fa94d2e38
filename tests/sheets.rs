//! Files from outside behind the guard: real workbooks, trap files, and files made to harm whoever reads them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

use hyoka::locale::Lang;
use hyoka::sheets::{Address, Book, Keep, Limits, Reader, SheetError, Trouble, Value};
use hyoka::tasks::progress::{Progress, Unwatched};
use rust_xlsxwriter::Workbook;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
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
