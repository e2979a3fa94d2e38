//! What the guard costs: a workbook of 500,000 cells read by calamine alone, in this process, and in the child.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]
#![allow(missing_docs, reason = "divan makes its own items")]

use calamine::{Reader as _, Xlsx};
use divan::Bencher;
use hyoka::sheets::{Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use rust_xlsxwriter::{Format, Workbook};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// 50,000 rows of five texts and five numbers under a merged heading.
fn workbook() -> (TempDir, PathBuf) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 9, "資金配分", &Format::new()).unwrap();
    for row in 1..=50_000_u32 {
        for column in 0..5 {
            sheet.write(row, column, format!("項目{}", (row * 7) % 20_000)).unwrap();
            sheet.write(row, column + 5, f64::from(row) * 1.1).unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.xlsx");
    workbook.save(&path).unwrap();
    (folder, path)
}

fn read(bencher: Bencher, reader: &Reader) {
    let (_folder, path) = workbook();
    bencher.bench(|| reader.read(&path, None, &Unwatched).unwrap());
}

#[divan::bench]
fn calamine_alone(bencher: Bencher) {
    let (_folder, path) = workbook();
    bencher.bench(|| {
        let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
        book.worksheets()
    });
}

#[divan::bench]
fn in_this_process(bencher: Bencher) {
    read(bencher, &Reader::in_process(Limits::default()));
}

#[divan::bench]
fn guarded(bencher: Bencher) {
    read(bencher, &Reader::guarded(Path::new(env!("CARGO_BIN_EXE_hyoka")).to_owned(), Limits::default()));
}
