//! The workbook in the bundle: the dossier itself, and results that are shown beside it.

use crate::fixture::{dossier, exported_as};
use crate::hostile::{TEXTS, poisoned};
use hyoka::import::{self, Answers, Content, Input};
use hyoka::model::Dossier;
use hyoka::report::{Format, Options};
use hyoka::sheets::{Address, Book, Limits, Reader, Sheet, Value};
use hyoka::tasks::progress::Unwatched;
use hyoka::workbook;

fn book(dossier: &Dossier) -> Book {
    let files = exported_as(dossier, &Options { formats: [Format::Xlsx].into(), ..Options::default() });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evaluation.xlsx");
    std::fs::write(&path, &files["data/evaluation.xlsx"]).unwrap();
    Reader::in_process(Limits::default()).read(&path, None, &Unwatched).unwrap().remove(0)
}

fn sheet<'a>(book: &'a Book, name: &str) -> &'a Sheet {
    book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
}

#[test]
fn it_reads_back_as_the_dossier_that_it_was() {
    for dossier in [dossier(), hyoka::sample::dossier().unwrap(), poisoned(TEXTS[3]), Dossier::default()] {
        let reading = workbook::read(&book(&dossier));
        assert!(reading.troubles.is_empty(), "{:?}", reading.troubles);
        assert_eq!(reading.dossier, dossier);
    }
}

#[test]
fn the_import_knows_results_and_takes_nothing_from_them() {
    let dossier = dossier();
    let mut book = book(&dossier);
    let means = book.sheets.iter_mut().find(|sheet| sheet.name == "結果_平均").unwrap();
    let cells = means.cells().iter().cloned().map(|mut cell| {
        if matches!(cell.value, Value::Number(_)) {
            cell.value = Value::Number(99.0);
        }
        cell
    });
    *means = Sheet::new("結果_平均", cells.collect(), Vec::new());
    let inputs = [Input { file: book.file.clone(), path: None, content: Content::Book(book) }];
    let proposal = import::propose(&inputs, &dossier, &Answers::new(), &import::Options::default()).unwrap();
    assert!(proposal.leftovers.is_empty(), "{:?}", proposal.leftovers);
    assert!(proposal.tables.iter().all(|table| table.entries.is_empty()));
}

/// The texts of a line, from its second cell.
fn line(sheet: &Sheet, row: u32, columns: u32) -> Vec<String> {
    (1..=columns).map(|column| sheet.text(Address::new(row, column)).into_owned()).collect()
}

#[test]
fn results_show_means_scores_and_findings() {
    let dossier = dossier();
    let book = book(&dossier);
    let names: Vec<_> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names[..4], ["はじめに", "結果_平均", "結果_評点", "結果_確認"]);

    let means = sheet(&book, "結果_平均");
    assert_eq!(line(means, 1, 5), ["対象", "評価項目の番号", "評価項目", "評点のある委員の数", "平均"]);
    let six = (2..10).find(|row| line(means, *row, 2)[1] == "6").unwrap();
    assert_eq!(line(means, six, 7), ["A", "6", "費用対効果", "4", "2.3", "2.2", "2.5"]);

    let scores = sheet(&book, "結果_評点");
    assert_eq!(line(scores, 1, 9)[3..], ["平均", "人数", "委員1", "委員2", "委員3", "委員4"]);
    assert_eq!(line(scores, 2, 9)[3..], ["3", "1", "3", "除斥", "該当なし", "欠席"]);
    // Zero is a score, a blank is none.
    assert_eq!(line(scores, 4, 9)[3..], ["0", "1", "0", "", "", ""]);
    let zero = scores.cells().iter().find(|cell| cell.at == Address::new(4, 6)).unwrap();
    assert_eq!(zero.value, Value::Number(0.0));
    assert!(!sheet(&book, "結果_確認").cells().is_empty());
}
