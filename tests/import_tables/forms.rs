//! Ranges of forms on grid paper, read as a person describes them.

use crate::support::shown;
use hyoka::import::{Answers, Direction, Draft, Hint, Options, Proposal, TableKind, apply, recognise_area};
use hyoka::model::{Dossier, FiscalYear, Unit};
use hyoka::sheets::{Address, Area, Book, Cell, Sheet, Value};
use rust_decimal::Decimal;

/// A form whose every field is merged over several narrow columns and two rows.
fn form(rows: &[&[&str]], top: u32) -> Sheet {
    let mut cells = Vec::new();
    let mut merges = Vec::new();
    for (row, texts) in (0_u32..).zip(rows) {
        let mut column = 2;
        for (index, text) in texts.iter().enumerate() {
            let wide = if index == 0 { 12 } else { 5 };
            let first = Address::new(top + row * 2, column);
            if !text.is_empty() {
                cells.push(Cell { at: first, value: Value::Text((*text).into()) });
            }
            merges.push(Area::new(first, Address::new(first.row + 1, column + wide - 1)));
            column += wide;
        }
    }
    Sheet::new("様式1", cells, merges)
}

fn read(sheet: Sheet, hint: &Hint) -> (Proposal, Dossier) {
    let book = Book { file: "様式.xlsx".into(), sheets: vec![sheet] };
    let (empty, answers) = (Dossier::default(), Answers::new());
    let mut draft = Draft::new(&empty, &answers).unwrap();
    recognise_area(&book, &book.sheets[0], hint, &mut draft, &Options::default());
    let proposal = draft.finish();
    let dossier = apply(&empty, &proposal).unwrap();
    (proposal, dossier)
}

#[test]
fn merged_fields_are_one_cell_each() {
    let sheet = form(
        &[
            &["名前", "2020", "2021", "計"],
            &["培養", "12", "ー", "12"],
            &["設計", "3", "４", "7"],
            &["計", "15", "4", "19"],
        ],
        4,
    );
    let hint = Hint {
        area: "C5:AC12".parse().unwrap(),
        kind: Some(TableKind::Funding),
        header_rows: Some(1),
        years: Some(Direction::Across),
        unit: Some(Unit::MillionYen),
        subject: Some("B".into()),
    };
    let (proposal, dossier) = read(sheet.clone(), &hint);
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let funding = &dossier.subject(&"B".into()).unwrap().funding;
    assert_eq!((funding.items.len(), funding.unit.as_str()), (2, "百万円"));
    assert_eq!(funding.items[1].amounts[&FiscalYear::new(2021)].amount.value(), Some(Decimal::from(4)));
    assert_eq!(funding.items[1].amounts[&FiscalYear::new(2021)].amount.source.as_ref().unwrap().cell, "T9");
    assert_eq!(funding.grand_total.amount.value(), Some(Decimal::from(19)));
    // Without a word of what it is, the same range is none of our tables.
    let (proposal, _) = read(sheet, &Hint { area: hint.area, subject: Some("B".into()), ..Hint::default() });
    assert!(proposal.tables.is_empty(), "{}", shown(&proposal));
    assert!(!proposal.leftovers.is_empty());
}

#[test]
fn a_hint_is_saved_and_read_back() {
    let hint = Hint { area: "C5:AC12".parse().unwrap(), kind: Some(TableKind::Scores), ..Hint::default() };
    let text = ron::to_string(&hint).unwrap();
    assert_eq!(ron::from_str::<Hint>(&text).unwrap(), hint);
}
