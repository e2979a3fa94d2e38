//! The sample's other forms in `samples/`: that they are what the program writes, and what the import reads of them.

use super::dossier;
use hyoka::import::{Answers, Content, Form, Input, Options, Proposal, apply, propose};
use hyoka::locale::Lang;
use hyoka::model::{AmountSeries, Dossier, FiscalYear, FundingTable, Subject};
use hyoka::sheets::{Book, Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use hyoka::workbook;
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

#[path = "../../examples/report_layout.rs"]
#[allow(dead_code, reason = "an example has a beginning of its own")]
mod report_layout;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn book(path: &Path) -> Book {
    let mut books = Reader::in_process(Limits::default()).read(path, None, &Unwatched).unwrap();
    assert_eq!(books.len(), 1);
    books.remove(0)
}

/// The cells of a workbook that was just written.
fn fresh(name: &str, bytes: &[u8]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    book(&path)
}

fn imported(book: Book) -> (Proposal, Dossier) {
    let empty = Dossier::default();
    let inputs = [Input { file: book.file.clone(), path: None, content: Content::Book(book) }];
    let proposal = propose(&inputs, &empty, &Answers::new(), &Options::default()).unwrap();
    let dossier = apply(&empty, &proposal).unwrap();
    (proposal, dossier)
}

#[test]
fn the_canonical_workbook_is_what_the_program_writes_and_reads() {
    let name = "regenerative-medicine.xlsx";
    let committed = book(&sample(name));
    let options = workbook::Options { lang: Lang::Ja, blank: false };
    let written = fresh(name, &workbook::write(&dossier(), &options).unwrap());
    assert!(
        committed == written,
        "hyoka --lang ja workbook samples/regenerative-medicine.ron -o samples/regenerative-medicine.xlsx"
    );
    let (proposal, imported) = imported(committed);
    assert_eq!(proposal.files[0].form, Form::Workbook);
    assert!(!proposal.wants_attention(), "{:#?}", proposal.leftovers);
    assert!(imported == dossier(), "{:#?}", hyoka::model::diff(&imported, &dossier()).unwrap());
}

/// The items of a funding table with their amounts in million yen.
#[allow(clippy::type_complexity, reason = "compared as it is")]
fn items(funding: &FundingTable) -> Vec<(&str, Vec<(FiscalYear, Option<Decimal>)>)> {
    let unit = hyoka::model::Unit::MillionYen;
    let amounts = |item: &hyoka::model::FundingItem| {
        let amounts = item.amounts.iter().map(|(year, cell)| (*year, cell.amount.value_in(&unit)));
        amounts.filter(|(_, value)| value.is_some()).collect()
    };
    funding.items.iter().map(|item| (item.label.as_str(), amounts(item))).collect()
}

fn yearly(series: &AmountSeries) -> Vec<(FiscalYear, Option<Decimal>)> {
    let unit = hyoka::model::Unit::MillionYen;
    let years = series.years.iter().map(|(year, amount)| (*year, amount.value_in(&unit)));
    years.filter(|(_, value)| value.is_some()).collect()
}

#[test]
fn the_report_layout_is_what_the_example_writes_and_its_figures_are_the_sample_s() {
    let name = "report-layout.xlsx";
    let committed = book(&sample(name));
    let bytes = report_layout::workbook(&dossier()).unwrap().save_to_buffer().unwrap();
    assert!(
        committed == fresh(name, &bytes),
        "cargo run --example report_layout -- samples/report-layout.xlsx"
    );
    let (proposal, imported) = imported(committed);
    assert_eq!(proposal.files[0].form, Form::Tables);
    let sample = dossier();
    let projects: Vec<&str> = imported.projects.iter().map(|project| project.id.as_str()).collect();
    assert_eq!(projects, ["A", "B", "C"]);
    let pairs = imported.projects.iter().map(|read| (read, sample.subject(&read.id).unwrap()));
    for (read, known) in pairs {
        assert_eq!(items(&read.funding), items(&known.funding), "{}", read.id);
        assert_eq!(yearly(&read.amounts[0]), yearly(&known.amounts[0]), "{}", read.id);
        let name = |subject: &Subject| subject.outputs.first().map(|output| output.name.clone());
        assert_eq!(name(read), name(known), "{}", read.id);
        assert_eq!(read.overview.name, known.overview.name);
    }
    for at in [0, 2] {
        assert_eq!(imported.projects[at].evaluation.scores, sample.projects[at].evaluation.scores, "{at}");
    }
    // The members of B's scores are named nowhere: asked, not guessed.
    assert_eq!(proposal.questions.len(), 4, "{:#?}", proposal.questions);
    assert!(proposal.questions.iter().all(|question| question.about.sheet == "B"));
}
