//! A form from the explanation to the next workbook of it.

use super::*;
use crate::import::{Content, Form, Input, TableKind, propose};
use crate::model::FiscalYear;
use rust_decimal::Decimal;

const ROWS: [[&str; 4]; 7] = [
    ["研究計画調書", "", "", ""],
    ["記入者", "山田", "", ""],
    ["あれこれ", "2019年度", "2020年度", "計"],
    ["培養", "12", "3", "15"],
    ["設計", "4", "5", "9"],
    ["", "", "", ""],
    ["この欄には記入しないこと", "", "", ""],
];

fn book(file: &str, rows: &[[&str; 4]]) -> Book {
    Book { file: file.to_owned(), sheets: vec![Sheet::of_texts("様式", rows.iter().copied())] }
}

fn input(book: Book) -> Input {
    Input { file: book.file.clone(), path: None, content: Content::Book(book) }
}

fn hint() -> Hint {
    Hint {
        area: "A3:D5".parse().unwrap(),
        kind: Some(TableKind::Funding),
        header_rows: Some(1),
        unit: Some(crate::model::Unit::ThousandYen),
        subject: Some("B".into()),
        ..Hint::default()
    }
}

fn marked(file: &str, map: FormMap) -> Options {
    let marked = vec![MarkedSheet { file: file.to_owned(), sheet: "様式".to_owned(), map }];
    Options { marked, ..Options::default() }
}

fn read(inputs: &[Input], options: &Options) -> Proposal {
    propose(inputs, &Dossier::default(), &Answers::new(), options).unwrap()
}

#[test]
fn what_is_marked_is_read_as_told_and_the_rest_as_ever() {
    let map = FormMap { regions: vec![hint()], ..FormMap::default() };
    let proposal = read(&[input(book("一.xlsx", &ROWS))], &marked("一.xlsx", map.clone()));
    assert_eq!(proposal.files[0].form, Form::MappedForm);
    let [table] = proposal.tables.as_slice() else { panic!("{:?}", proposal.tables) };
    assert_eq!(
        (table.kind, table.subject.as_str(), table.at.cell.as_str()),
        (TableKind::Funding, "B", "A3:D5")
    );
    let dossier = crate::import::apply(&Dossier::default(), &proposal).unwrap();
    let funding = &dossier.projects[0].funding;
    assert_eq!(funding.items[0].amounts[&FiscalYear::new(2019)].amount.value(), Some(Decimal::from(12)));
    // Nothing outside the range is dropped in silence …
    let left: Vec<&str> = proposal.leftovers.iter().map(|leftover| leftover.source.cell.as_str()).collect();
    assert!(left.contains(&"A7") && left.contains(&"A2"), "{left:?}");
    // … but what a person left out is left alone.
    let map = FormMap { left_out: vec!["A1:D2".parse().unwrap(), "A7:A7".parse().unwrap()], ..map };
    let proposal = read(&[input(book("一.xlsx", &ROWS))], &marked("一.xlsx", map));
    assert_eq!((proposal.tables.len(), proposal.leftovers.len()), (1, 0), "{:?}", proposal.leftovers);
}

#[test]
fn a_range_that_cannot_be_read_so_is_told_and_other_sheets_are_as_they_were() {
    let wrong = Hint { kind: Some(TableKind::Scores), ..hint() };
    let map = FormMap { regions: vec![wrong], ..FormMap::default() };
    let proposal = read(&[input(book("一.xlsx", &ROWS))], &marked("一.xlsx", map.clone()));
    assert!(proposal.tables.is_empty());
    let told = proposal.leftovers.iter().any(|left| left.source.cell == "A3:D5" && left.text.is_empty());
    assert!(told, "{:?}", proposal.leftovers);
    let elsewhere = read(&[input(book("二.xlsx", &ROWS))], &marked("一.xlsx", map));
    assert_eq!(elsewhere, read(&[input(book("二.xlsx", &ROWS))], &Options::default()));
}

#[test]
fn the_next_workbook_of_the_form_is_known_by_the_map() {
    let sheet = &book("一.xlsx", &ROWS).sheets[0];
    let map = FormMap::learn("調書", sheet, vec![hint()], vec!["A7:A7".parse().unwrap()]);
    let mut rows = vec![["", "", "", ""]];
    rows.extend(ROWS);
    (rows[2], rows[3]) = (["記入者", "鈴木", "", ""], ["あれこれ", "2021年度", "2022年度", "計"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("調書.ron");
    save(&path, &[map]).unwrap();
    assert!(is_map_file(&path));
    let given = Input {
        file: "調書.ron".into(),
        path: Some(path.clone()),
        content: Content::Form(open(&path).unwrap()),
    };
    let proposal = read(&[given.clone(), input(book("二.xlsx", &rows))], &Options::default());
    let known = proposal.files[1].sheets[0].form.as_ref().unwrap();
    assert_eq!((known.name.as_str(), known.map.as_deref(), known.moved), ("調書", Some("調書.ron"), (1, 0)));
    assert_eq!((known.regions[0].area.to_string(), known.by_hand), ("A4:D6".to_owned(), false));
    assert_eq!(proposal.read_by("調書.ron"), 1);
    assert_eq!(proposal.tables[0].at.cell, "A4:D6");
    // A map that no sheet is of wants a look.
    let proposal = read(
        &[given, input(book("三.xlsx", &[["品名", "数", "", ""], ["椅子", "3", "", ""]]))],
        &Options::default(),
    );
    assert_eq!(proposal.read_by("調書.ron"), 0);
    assert!(proposal.wants_attention());
}

#[test]
fn one_range_is_tried_alone() {
    let book = book("一.xlsx", &ROWS);
    let tried = |hint: &Hint| {
        try_range(&book, &book.sheets[0], hint, &Dossier::default(), &Answers::new(), &Options::default())
            .unwrap()
    };
    let proposal = tried(&hint());
    assert_eq!((proposal.tables.len(), proposal.leftovers.len()), (1, 0));
    assert!(tried(&Hint { kind: Some(TableKind::Scores), ..hint() }).tables.is_empty());
}
