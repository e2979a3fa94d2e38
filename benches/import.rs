//! The canonical workbook of a large dossier: what its import costs beside merely reading its cells.
//!
//! `cargo bench --bench import`. The workbook has more than 50,000 rows. `calamine` reads all its cells and keeps
//! nothing else; `import` reads, recognises and proposes in this process; `guarded` does the same with the cells read by
//! a child process, as the program does with files from outside.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a measurement says what it measures")]

use calamine::{Reader as _, Xlsx};
use divan::Bencher;
use hyoka::generate::{self, Size};
use hyoka::import::{self, Answers, Content, Input, Options, Proposal};
use hyoka::model::Dossier;
use hyoka::sheets::{Book, Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use hyoka::workbook;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The dossier: more than 50,000 rows on some fifty sheets.
static DOSSIER: LazyLock<Dossier> =
    LazyLock::new(|| generate::dossier(Size { projects: 130, years: 12, members: 20 }, 1));

/// Its workbook on disk.
static WORKBOOK: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.xlsx");
    let bytes = workbook::write(&DOSSIER, &workbook::Options::default()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
});

fn main() {
    let book = read(&Reader::in_process(Limits::default()));
    let rows: usize = (book.sheets.iter().filter_map(hyoka::sheets::Sheet::extent))
        .map(|extent| (extent.last.row as usize).saturating_sub(1))
        .sum();
    let cells: usize = book.sheets.iter().map(|sheet| sheet.cells().len()).sum();
    let megabytes = std::fs::metadata(&*WORKBOOK).unwrap().len() / 1_000_000;
    let proposal = propose(book);
    println!("{rows} rows, {cells} cells, {megabytes} MB, {} entries", proposal.accepted().count());
    assert!(rows >= 50_000, "too few rows to measure");
    divan::main();
}

fn read(reader: &Reader) -> Book {
    reader.read(&WORKBOOK, None, &Unwatched).unwrap().remove(0)
}

fn propose(book: Book) -> Proposal {
    let inputs = [Input { file: book.file.clone(), path: None, content: Content::Book(book) }];
    import::propose(&inputs, &Dossier::default(), &Answers::new(), &Options::default()).unwrap()
}

/// Every cell of every sheet, as the reader's own ranges.
#[divan::bench(sample_count = 12)]
fn calamine_ranges(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut xlsx: Xlsx<_> = calamine::open_workbook(&*WORKBOOK).unwrap();
        let names = xlsx.sheet_names();
        names.iter().map(|name| xlsx.worksheet_range(name).unwrap().used_cells().count()).sum::<usize>()
    });
}

/// Every cell of every sheet, one after the other, none kept.
#[divan::bench(sample_count = 12)]
fn calamine_cells(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut xlsx: Xlsx<BufReader<File>> = calamine::open_workbook(&*WORKBOOK).unwrap();
        let mut count = 0;
        for name in xlsx.sheet_names() {
            let mut cells = xlsx.worksheet_cells_reader(&name).unwrap();
            while let Some(cell) = cells.next_cell().unwrap() {
                divan::black_box(cell);
                count += 1;
            }
        }
        count
    });
}

/// The cells as a book.
#[divan::bench(sample_count = 12)]
fn read_only(bencher: Bencher<'_, '_>) {
    bencher.bench(|| read(&Reader::in_process(Limits::default())));
}

/// The whole import in this process, into an empty dossier: every row is new.
#[divan::bench(sample_count = 12)]
fn import_in_process(bencher: Bencher<'_, '_>) {
    bencher.bench(|| propose(read(&Reader::in_process(Limits::default()))));
}

/// The whole import, the cells read by a child process.
#[divan::bench(sample_count = 12)]
fn import_guarded(bencher: Bencher<'_, '_>) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_hyoka"));
    bencher.bench(|| propose(read(&Reader::guarded(program.clone(), Limits::default()))));
}

/// The whole import into the same dossier: no row differs.
#[divan::bench(sample_count = 12)]
fn import_of_the_same(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let book = read(&Reader::in_process(Limits::default()));
        let inputs = [Input { file: book.file.clone(), path: None, content: Content::Book(book) }];
        import::propose(&inputs, &DOSSIER, &Answers::new(), &Options::default()).unwrap()
    });
}
