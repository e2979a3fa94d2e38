//! Tables as in a spreadsheet: what `LibreOffice` Calc puts on the clipboard is pasted, taken back in one step, and copied
//! as it was.

use super::desk::{Desk, dossier, opened, saved, tab};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use hyoka::app::Setup;
use hyoka::model::{Dossier, FactRow, FactTable, FiscalYear, FundingItem, FundingTable, FundingYear, Unit};
use hyoka::sheets::paste_rows;

/// 100 rows of 20 columns as `LibreOffice` Calc 7.4 puts them on the clipboard: nothing quoted, line breaks and tabs within
/// cells made spaces, cells that begin with a quotation mark or a space, full-width digits, ▲ and △.
const CALC: &str = include_str!("../clipboard/calc-100x20.txt");

fn desk(dossier: &Dossier) -> (Desk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup { dossier: Some(saved(folder.path(), dossier)), ..Setup::default() };
    let desk = opened(setup, Vec2::new(1440.0, 1000.0));
    (desk, folder)
}

/// Clicks into the field called `name`, and so makes its cell the current one.
fn cell(desk: &mut Desk, name: &str) {
    desk.get_by(|node| {
        let texts = matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
        texts && node.label().as_deref() == Some(name)
    })
    .click();
    desk.run();
}

fn copy(desk: &mut Desk) -> String {
    desk.event(Event::Copy);
    desk.step();
    let mut text = None;
    for _ in 0..8 {
        let commands = &desk.output().platform_output.commands;
        text = text.or_else(|| {
            commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
        desk.step();
    }
    text.expect("something was copied")
}

fn with_a_table() -> Dossier {
    let row = FactRow { id: "r1".into(), cells: vec!["前".to_owned(), "後".to_owned()] };
    let table = FactTable {
        id: "t1".into(),
        columns: vec!["機関".to_owned(), "疾患".to_owned()],
        rows: vec![row],
        ..FactTable::default()
    };
    let mut dossier = hyoka::sample::blank();
    dossier.programme.tables.push(table);
    dossier
}

#[test]
fn a_block_of_calc_is_pasted_in_one_step_and_copied_as_it_was() {
    let before = with_a_table();
    let (mut desk, _folder) = desk(&before);
    tab(&mut desk, "図表");
    cell(&mut desk, "表 1 行 1 機関");
    desk.event(Event::Paste(CALC.to_owned()));
    desk.run();
    let cells = |desk: &Desk| -> Vec<Vec<String>> {
        dossier(desk).programme.tables[0].rows.iter().map(|row| row.cells.clone()).collect()
    };
    let block = paste_rows(CALC);
    assert_eq!((block.len(), block[0].len()), (100, 20));
    assert_eq!(cells(&desk), block, "the table has grown by 99 rows and 18 columns");
    assert!(block.iter().flatten().any(|text| text.starts_with('"')) && block[0][8].starts_with(' '));
    // What was filled is selected.
    let copied = copy(&mut desk);
    assert_eq!(paste_rows(&copied), block);
    // What a platform makes of the line breaks is pasted back over it without a difference.
    desk.event(Event::Paste(copied.replace("\r\n", "\n")));
    desk.run();
    assert_eq!(cells(&desk), block);
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.run();
    assert_eq!(*dossier(&desk), before, "one step back");
}

fn with_funding() -> Dossier {
    let mut dossier = hyoka::sample::blank();
    let years = [2019, 2020].map(|year| FundingYear { year: FiscalYear::new(year), printed: String::new() });
    let item =
        |id: &str, label: &str| FundingItem { id: id.into(), label: label.into(), ..FundingItem::default() };
    dossier.programme.funding = FundingTable {
        unit: Unit::MillionYen,
        years: years.into(),
        items: vec![item("r1", "項目１"), item("r2", "項目２")],
        ..FundingTable::default()
    };
    dossier
}

#[test]
fn figures_keep_what_was_pasted_and_what_finds_no_place_is_named() {
    let (mut desk, _folder) = desk(&with_funding());
    tab(&mut desk, "予算");
    cell(&mut desk, "項目１ 2019年度");
    let text = "１，２９７\t▲406\n1234\t△8\n数千万\t9\n";
    desk.event(Event::Paste(text.to_owned()));
    desk.run();
    let value = |desk: &Desk, row: usize, year: i16| {
        let funding = &dossier(desk).programme.funding;
        funding.items[row].amounts[&FiscalYear::new(year)].amount.value()
    };
    assert_eq!(dossier(&desk).programme.funding.items.len(), 3, "a row was added");
    let figures =
        [(0, 2019), (0, 2020), (1, 2019), (1, 2020)].map(|(row, year)| value(&desk, row, year).unwrap());
    assert_eq!(figures.map(|figure| figure.to_string()), ["1297", "-406", "1234", "-8"]);
    assert_eq!(copy(&mut desk).replace("\r\n", "\n"), text, "printed as pasted");
    // Beyond the table and into a computed column.
    cell(&mut desk, "項目２ 2020年度");
    desk.event(Event::Paste("5\t6\t7\t8\n".to_owned()));
    desk.run();
    let message = desk.state().latest_message().unwrap().to_owned();
    assert!(
        message.contains("2 セルに貼り付けました") && message.contains("「項目２」の「計」"),
        "{message}"
    );
}

#[test]
fn a_table_of_thousands_of_rows_is_walked_to_its_end() {
    let mut large = with_a_table();
    let rows = (0..4000)
        .map(|n| FactRow { id: format!("r{n}").into(), cells: vec![format!("機関{n}"), n.to_string()] });
    large.programme.tables[0].rows = rows.collect();
    let (mut desk, _folder) = desk(&large);
    tab(&mut desk, "図表");
    cell(&mut desk, "表 1 行 1 機関");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::End);
    desk.run();
    let last = desk.get_by_role_and_label(Role::Cell, "機関3999、疾患");
    assert!(last.is_focused() && (0.0..1000.0).contains(&last.rect().center().y), "{}", last.rect());
    assert_eq!(last.value().as_deref(), Some("3999"));
    desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.run();
    assert_eq!(paste_rows(&copy(&mut desk)).len(), 4000);
}
