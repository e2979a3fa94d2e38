//! Hyoka's side of `benches/side_by_side.py`: makes the files that the others are to read, does the same work on them,
//! and tells as JSON how long each took. `cargo bench --bench peers -- FOLDER`

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a measurement says what it measures")]

mod support;

use calamine::{Reader as _, Xlsx};
use hyoka::generate::{self, Size};
use hyoka::import::{self, Answers, Content, Input, Options};
use hyoka::model::Dossier;
use hyoka::report;
use hyoka::sheets::{Limits, Reader};
use hyoka::stats::{Coincidences, Level};
use hyoka::tasks::progress::Unwatched;
use hyoka::{store, workbook};
use std::fmt::Write as _;
use std::path::PathBuf;
use support::runs;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = PathBuf::from(folder.unwrap_or_else(|| env!("CARGO_TARGET_TMPDIR").to_owned()));
    let mut seconds = Vec::new();

    // More than 50,000 rows, as in the benchmark of the import.
    let large = generate::dossier(Size { projects: 130, years: 12, members: 20 }, 1);
    let book = folder.join("large.xlsx");
    std::fs::write(&book, workbook::write(&large, &workbook::Options::default()).unwrap()).unwrap();
    let calamine = || {
        let mut xlsx: Xlsx<_> = calamine::open_workbook(&book).unwrap();
        let names = xlsx.sheet_names();
        names.iter().map(|name| xlsx.worksheet_range(name).unwrap().used_cells().count()).sum::<usize>()
    };
    seconds.push(("calamine", runs(5, calamine).0));
    let import = || {
        let reader = Reader::guarded(PathBuf::from(env!("CARGO_BIN_EXE_hyoka")), Limits::default());
        let read = reader.read(&book, None, &Unwatched).unwrap().remove(0);
        let inputs = [Input { file: read.file.clone(), path: None, content: Content::Book(read) }];
        import::propose(&inputs, &Dossier::default(), &Answers::new(), &Options::default()).unwrap()
    };
    seconds.push(("import", runs(5, import).0));

    // Five members and 21 criteria, each score 0 to 3.
    let units: Vec<Vec<Option<i16>>> = (0..21_i16)
        .map(|unit| (0..5_i16).map(|member| Some((unit * 7 + member * member) % 4)).collect())
        .collect();
    let mut csv = String::new();
    for unit in &units {
        let row: Vec<String> = unit.iter().flatten().map(ToString::to_string).collect();
        writeln!(csv, "{}", row.join(",")).unwrap();
    }
    std::fs::write(folder.join("scores.csv"), csv).unwrap();
    for (name, level) in
        [("nominal", Level::Nominal), ("ordinal", Level::Ordinal), ("interval", Level::Interval)]
    {
        let draw = || Coincidences::of(&units).bootstrap(level, 1000, 7).unwrap();
        seconds.push((name, runs(5, draw).0));
    }

    let sample = hyoka::sample::dossier().unwrap();
    store::save(&folder.join("sample.ron"), &sample).unwrap();
    seconds.push(("pdf", runs(3, || report::typeset(&sample).unwrap()).0));
    let bundle = folder.join("bundle.zip");
    report::export(&sample, &report::Options::default(), &bundle, &Unwatched).unwrap();

    let told: Vec<String> =
        seconds.iter().map(|(name, time)| format!("\"{name}\": {:.6}", time.as_secs_f64())).collect();
    println!("{{{}}}", told.join(", "));
}
