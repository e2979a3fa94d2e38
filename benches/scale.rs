//! How cost grows with size: `cargo bench --bench scale`.
//!
//! Each task is done at three sizes, each twice the one before; told are the least processor times of all threads, the
//! exponent of time over size from the smallest to the largest, which is 1 for a cost that grows with the size and 2 for
//! one that grows with its square, and the shortest time of the largest by the clock on the wall.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a measurement says what it measures")]

mod support;

use hyoka::generate::{self, Size};
use hyoka::import::{self, Answers, Content, Input};
use hyoka::locale::Lang;
use hyoka::model::{Dossier, MemberId, diff};
use hyoka::report::{self, Format};
use hyoka::round::{self, FileForm, Received};
use hyoka::sheets::{Book, Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use hyoka::{chart, check, stats, store, workbook};
use jiff::Timestamp;
use std::path::Path;
use support::{effort, milliseconds};

const SIZES: [usize; 3] = [50, 100, 200];

fn main() {
    println!("| task | {} projects | {} | {} | exponent | by the clock |", SIZES[0], SIZES[1], SIZES[2]);
    println!("|---|---:|---:|---:|---:|---:|");
    let folder = tempfile::tempdir().unwrap();
    let at = |size: usize, ending: &str| folder.path().join(format!("{size}.{ending}"));
    let dossiers: Vec<Dossier> = SIZES.iter().map(|projects| dossier(*projects)).collect();
    let of = |size: usize| &dossiers[SIZES.iter().position(|known| *known == size).unwrap()];

    for size in SIZES {
        store::save(&at(size, "ron"), of(size)).unwrap();
        std::fs::write(at(size, "xlsx"), workbook::write(of(size), &workbook::Options::default()).unwrap())
            .unwrap();
    }
    row("write the text of a file", SIZES, |size| effort(3, || store::to_ron(of(size)).unwrap()));
    row("save, forced to the disk", SIZES, |size| {
        let file = at(size, "ron");
        effort(3, || store::save(&file, of(size)).unwrap())
    });
    row("load", SIZES, |size| {
        let file = at(size, "ron");
        effort(3, || store::open(&file).unwrap())
    });
    row("write the workbook", SIZES, |size| {
        let file = at(size, "xlsx");
        effort(2, || {
            let bytes = workbook::write(of(size), &workbook::Options::default()).unwrap();
            std::fs::write(&file, bytes).unwrap();
        })
    });
    row("read the workbook's cells", SIZES, |size| {
        let file = at(size, "xlsx");
        effort(2, || read(&file))
    });
    row("import it into nothing", SIZES, |size| {
        let file = at(size, "xlsx");
        effort(2, || propose(read(&file), &Dossier::default()))
    });
    row("import it into the same", SIZES, |size| {
        let file = at(size, "xlsx");
        effort(2, || propose(read(&file), of(size)))
    });
    row("take all of it", SIZES, |size| {
        let proposal = propose(read(&at(size, "xlsx")), &Dossier::default());
        effort(2, || import::apply(&Dossier::default(), &proposal).unwrap())
    });
    row("check", SIZES, |size| effort(3, || check::run(of(size))));
    row("statistics", SIZES, |size| effort(3, || stats::statistics(of(size))));
    row("find one edit", SIZES, |size| {
        let mut edited = of(size).clone();
        edited.projects[7].overview.name.push('改');
        effort(3, || diff(of(size), &edited).unwrap())
    });
    row("charts", SIZES, |size| effort(3, || chart::all(of(size))));
    row("merge the ballots of 30", SIZES, |size| {
        let (dossier, files) = ballots(size);
        effort(2, || round::plan(&dossier, &files).merged(&dossier, Timestamp::UNIX_EPOCH))
    });
    row("tables as CSV, bundled", SIZES, |size| {
        let file = at(size, "zip");
        export(of(size), &[Format::Csv], &file)
    });
    let few = [5, 10, 20];
    row("typeset the PDF (5, 10, 20 projects)", few, |size| {
        let dossier = dossier(size);
        export(&dossier, &[Format::Pdf], &at(size, "zip"))
    });
    row("the whole bundle (5, 10, 20 projects)", few, |size| {
        let dossier = dossier(size);
        export(&dossier, &Format::ALL, &at(size, "zip"))
    });
}

type Times = (std::time::Duration, std::time::Duration);

fn row(task: &str, sizes: [usize; 3], measure: impl Fn(usize) -> Times) {
    if std::env::args().skip(1).any(|asked| !asked.starts_with('-') && !task.contains(&asked)) {
        return;
    }
    let times = sizes.map(&measure);
    let [small, middle, large] = times.map(|(_, processor)| milliseconds(processor));
    let exponent = (large / small).ln() / 4.0_f64.ln();
    let wall = milliseconds(times[2].0);
    println!("| {task} | {small:.1} ms | {middle:.1} ms | {large:.1} ms | {exponent:.2} | {wall:.1} ms |");
}

fn dossier(projects: usize) -> Dossier {
    generate::dossier(Size { projects, years: 10, members: 30 }, 1)
}

fn read(file: &Path) -> Book {
    Reader::in_process(Limits::default()).read(file, None, &Unwatched).unwrap().remove(0)
}

fn propose(book: Book, open: &Dossier) -> import::Proposal {
    let inputs = [Input { file: book.file.clone(), path: None, content: Content::Book(book) }];
    import::propose(&inputs, open, &Answers::new(), &import::Options::default()).unwrap()
}

fn export(dossier: &Dossier, formats: &[Format], target: &Path) -> Times {
    let formats = formats.iter().copied().collect();
    let options = report::Options { formats, ..report::Options::default() };
    effort(1, || report::export(dossier, &options, target, &Unwatched).unwrap())
}

/// A dossier with a round, and the ballots of its 30 members as they were issued and filled in before.
fn ballots(projects: usize) -> (Dossier, Vec<Received>) {
    let mut dossier = dossier(projects);
    let begun = round::begin(&dossier);
    let id = begun.id.clone();
    dossier.rounds.push(begun);
    round::freeze(&mut dossier, &id, Timestamp::UNIX_EPOCH).unwrap();
    let members: Vec<MemberId> = dossier.members.iter().map(|member| member.id.clone()).collect();
    let issued = round::issue(&dossier, &id, &members, Timestamp::UNIX_EPOCH, Lang::Ja).unwrap();
    let files = issued.files.into_iter().filter(|file| file.form == FileForm::Package);
    let files = files.map(|file| Received { file: file.name, content: round::Content::Package(file.bytes) });
    (issued.dossier, files.collect())
}
