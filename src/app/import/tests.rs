//! The page from beginning to end, with a recogniser that belongs to the test.

use crate::app::kit::testing::harness;
use crate::app::{Setup, Window};
use crate::import::{
    Answers, Choice, Content, Draft, Input, Options, Proposal, Question, Role as CellRole, TableKind,
};
use crate::model::{Dossier, FundingCell, Quantity, Source, Unit};
use crate::sheets::{Address, Limits, Reader, Sheet};
use crate::{both, locale::Both};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::json;
use std::time::{Duration, Instant};

type Desk = Harness<'static, Window>;

/// Reads every sheet as a funding table of project A: items down the first column, years across the first row. A year
/// `5年度` is asked about; a cell that says `?` is not understood.
fn propose(
    inputs: &[Input],
    dossier: &Dossier,
    answers: &Answers,
    _: &Options,
    _: &dyn crate::tasks::progress::Progress,
) -> Result<Proposal, serde_json::Error> {
    let mut draft = Draft::new(dossier, answers)?;
    for input in inputs {
        let mut report = crate::import::FileReport { file: input.file.clone(), ..Default::default() };
        match &input.content {
            Content::Trouble(trouble) => report.trouble = Some(trouble.clone()),
            Content::Book(book) => {
                for sheet in &book.sheets {
                    funding(&mut draft, &book.file, sheet);
                }
                report.form = crate::import::Form::Tables;
                report.sheets = book
                    .sheets
                    .iter()
                    .map(|sheet| crate::import::SheetReport {
                        name: sheet.name.clone(),
                        cells: sheet.cells().len(),
                        understood: sheet.cells().len(),
                        ..Default::default()
                    })
                    .collect();
            }
            _ => {}
        }
        draft.proposal().files.push(report);
    }
    Ok(draft.finish())
}

fn funding(draft: &mut Draft<'_>, file: &str, sheet: &Sheet) {
    let extent = sheet.extent();
    let mut leftovers = Vec::new();
    let mut table = draft.table(TableKind::Funding, &"A".into(), file, &sheet.name, extent);
    let items = table.subject(&"A".into()).child("funding").child("items");
    for cell in sheet.cells() {
        let text = cell.value.text().into_owned();
        let (row, column) = (cell.at.row, cell.at.column);
        if row == 0 {
            table.role(cell.at, CellRole::Header);
            continue;
        }
        let label = sheet.text(Address::new(row, 0)).into_owned();
        let item = table.row(&items, "r", |row| row.get("label") == Some(&json!(label)));
        if column == 0 {
            table.set(item.child("label"), &label, cell.at, text, &*label);
            continue;
        }
        let source = table.source(cell.at);
        if text == "?" {
            leftovers.push((source, text));
            continue;
        }
        let mut year = sheet.text(Address::new(0, column)).trim_end_matches("年度").to_owned();
        if year == "5" {
            let question = Question {
                id: "year:5".into(),
                about: Source { cell: Address::new(0, column).to_string(), ..source.clone() },
                text: both!("「5年度」はどの年度ですか。", "Which year is 5年度?"),
                choices: vec![
                    Choice::new("2023", Both::same("令和5年度")),
                    Choice::new("1993", Both::same("平成5年度")),
                ],
                answer: None,
                waiting: 1,
            };
            let Some(answer) = table.draft().ask(question) else { continue };
            year = answer;
        }
        let amount = Quantity { source: Some(source), ..Quantity::read(&text, &Unit::MillionYen) };
        let read = crate::import::understood(&amount);
        let cell = FundingCell { amount, kind: String::new() };
        table.set(item.child("amounts").child(year), &cell, Address::new(row, column), text, read);
    }
    for (source, text) in leftovers {
        draft.leftover(source, text, both!("数値ではありません", "not a number"));
    }
}

const TABLE: &str = "項目\t2019年度\t2020年度\n項目１\t\"297\n（委託）\"\t406\n項目２\t3\t?\n";

fn desk(zoom: f32) -> Desk {
    let setup = Setup { reader: Some(Reader::in_process(Limits::default())), ..Setup::default() };
    let mut window = Window::new(&egui::Context::default(), setup);
    window.import.propose = propose;
    let mut desk = harness(window, |ui, window: &mut Window| {
        window.logic(&ui.ctx().clone());
        window.show(ui);
    });
    desk.set_size(egui::vec2(1440.0, 900.0) / zoom);
    desk.run();
    desk
}

fn wait(desk: &mut Desk, what: &str, done: impl Fn(&Window) -> bool) {
    let begin = Instant::now();
    while !done(desk.state()) {
        assert!(begin.elapsed() < Duration::from_secs(30), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(2));
        desk.run();
    }
    desk.run();
}

fn ready(desk: &mut Desk) {
    wait(desk, "the preview", |window| {
        let import = &window.import;
        let busy = import.reading.is_some() || import.measuring.is_some();
        import.preview.is_some() && !busy && import.against.is_some()
    });
}

fn paste(desk: &mut Desk, text: &str) {
    desk.event(Event::Paste(text.to_owned()));
    desk.run();
}

fn imported(desk: &mut Desk) {
    paste(desk, TABLE);
    ready(desk);
}

fn click(desk: &mut Desk, label: &str) {
    desk.get_by_role_and_label(Role::Button, label).click();
    desk.run();
}

fn check(desk: &mut Desk, label: &str) {
    desk.get_by_role_and_label(Role::CheckBox, label).click();
    desk.run();
}

fn tab(desk: &mut Desk, label: &str) {
    desk.get_by_role_and_label(Role::Tab, label).click();
    desk.run();
}

/// The amounts of project A, item by item.
fn amounts(desk: &Desk) -> Vec<(String, Vec<String>)> {
    let dossier = desk.state().dossier().expect("a dossier is open");
    let items = &dossier.projects[0].funding.items;
    let cells = |item: &crate::model::FundingItem| {
        item.amounts.iter().map(|(year, cell)| format!("{year} {}", cell.amount.value().unwrap())).collect()
    };
    items.iter().map(|item| (item.label.clone(), cells(item))).collect()
}

#[test]
fn an_empty_page_says_what_goes_there() {
    let mut desk = desk(1.0);
    desk.key_press_modifiers(Modifiers::COMMAND, Key::I);
    desk.run();
    for label in ["ファイルを選ぶ…", "表を貼り付ける"] {
        desk.get_by_role_and_label(Role::Button, label);
    }
    click(&mut desk, "ファイルを選ぶ…");
    desk.get_by_label("取り込むファイル");
    click(&mut desk, "やめる");
    desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    desk.run();
    click(&mut desk, "Paste a table");
    wait(&mut desk, "the remark", |window| window.latest_message().is_some());
    assert!(desk.state().latest_message().unwrap().contains("no table on the clipboard"));
}

#[test]
fn values_are_taken_as_one_step_and_undone_as_one() {
    let mut desk = desk(1.0);
    imported(&mut desk);
    assert!(desk.state().dossier().is_none(), "nothing is begun before something is taken");
    desk.get_by_label("取り込む 5 件");
    tab(&mut desk, "取り込む値");
    check(&mut desk, "A › 資金配分 › 項目１ › 2020年度 を取り込む（貼り付けた表 1!C2）");
    click(&mut desk, "取り込む 4 件");
    wait(&mut desk, "the dossier", |window| window.dossier().is_some());
    let taken = [
        ("項目１".to_owned(), vec!["2019 297".to_owned()]),
        ("項目２".to_owned(), vec!["2019 3".to_owned()]),
    ];
    assert_eq!(amounts(&desk), taken);
    let amount =
        &desk.state().dossier().unwrap().projects[0].funding.items[0].amounts.values().next().unwrap().amount;
    assert_eq!(amount.source.as_ref().unwrap().cell, "B2");
    assert_eq!(amount.printed, "297\n（委託）");
    desk.get_by_role_and_label(Role::Tab, "予算");
    desk.get_by_label_contains("元に戻す: 取り込み: 貼り付けた表 1（4 件）");
    assert_eq!(desk.state().latest_message(), Some("4 件を取り込みました"));
    for (keys, left) in [(Modifiers::COMMAND, 0), (Modifiers::COMMAND.plus(Modifiers::SHIFT), 2)] {
        desk.key_press_modifiers(keys, Key::Z);
        desk.run();
        assert_eq!(amounts(&desk).len(), left);
    }
    assert_eq!(amounts(&desk), taken);
}

#[test]
fn a_question_is_answered_and_what_was_chosen_stays() {
    let mut desk = desk(1.0);
    paste(&mut desk, "項目\t2019年度\t5年度\n項目１\t297\t88\n");
    ready(&mut desk);
    desk.get_by_label_contains("未回答の質問 1 件");
    tab(&mut desk, "取り込む値");
    check(&mut desk, "A › 資金配分 › 項目１ › 2019年度 を取り込む（貼り付けた表 1!B2）");
    desk.get_by_label("取り込む 1 件");
    desk.get_by_role_and_label(Role::RadioButton, "令和5年度").click();
    desk.run();
    ready(&mut desk);
    desk.get_by_label("取り込む 2 件");
    assert!(desk.query_by_label_contains("未回答の質問").is_none());
    click(&mut desk, "取り込む 2 件");
    wait(&mut desk, "the dossier", |window| window.dossier().is_some());
    assert_eq!(amounts(&desk), [("項目１".to_owned(), vec!["2023 88".to_owned()])]);
}

#[test]
fn a_whole_table_is_left_and_nothing_chosen_cannot_be_imported() {
    let mut desk = desk(1.0);
    imported(&mut desk);
    check(&mut desk, "資金配分 課題 A 貼り付けた表 1!A1:C3 を取り込む");
    assert!(desk.get_by_label("取り込む 0 件").accesskit_node().is_disabled());
    desk.get_by_label("取り込む値が選ばれていません。");
    tab(&mut desk, "取り込む値");
    check(&mut desk, "A › 資金配分 › 項目２ › 2019年度 を取り込む（貼り付けた表 1!B3）");
    desk.get_by_label("取り込む 1 件");
    click(&mut desk, "表示中をすべて選ぶ");
    desk.get_by_label("取り込む 5 件");
    click(&mut desk, "表示中をすべて外す");
    desk.get_by_label("取り込む 0 件");
    click(&mut desk, "やめる");
    desk.get_by_label("はじめる");
    assert!(desk.state().import.preview.is_none());
}

#[test]
fn each_cell_of_the_source_says_what_it_is() {
    let mut desk = desk(1.0);
    imported(&mut desk);
    for label in ["A1 項目 列の見出し", "B2 297⏎（委託） 新規", "C3 ? 読み取れないセル", "A3 項目２ 新規"]
    {
        desk.get_by_role_and_label(Role::GridCell, label);
    }
    desk.get_by_role_and_label(Role::GridCell, "B2 297⏎（委託） 新規").click();
    desk.run();
    desk.get_by_label("貼り付けた表 1!B2  297⏎（委託） → 297 百万円");
    // The arrows move on, Space leaves the value out.
    desk.key_press(Key::ArrowRight);
    desk.run();
    desk.get_by_label("貼り付けた表 1!C2  406 → 406 百万円");
    desk.key_press(Key::Space);
    desk.run();
    desk.get_by_label("取り込む 4 件");
    // What was not understood is found from its list.
    desk.query_all_by_role_and_label(Role::Button, "貼り付けた表 1!C3").next().unwrap().click();
    desk.run();
    desk.get_by_label("C3  ?");
    click(&mut desk, "一覧をコピー");
    let copied = desk.output().platform_output.commands.iter().any(|command| {
        matches!(command, egui::OutputCommand::CopyText(text) if text.contains("C3\t?\t数値ではありません"))
    });
    assert!(copied || desk.state().latest_message() == Some("1 セルの一覧をコピーしました"));
}

#[test]
fn a_file_in_trouble_is_told_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("資金.csv");
    std::fs::write(&good, "項目,2019年度\n項目１,297\n").unwrap();
    let missing = folder.path().join("ない.xlsx");
    let mut desk = desk(1.0);
    desk.state_mut().import_files(&egui::Context::default(), vec![missing.clone(), good]);
    ready(&mut desk);
    desk.get_by_label("読めませんでした");
    desk.get_by_label_contains(&missing.display().to_string());
    desk.get_by_label("取り込む 2 件");
    click(&mut desk, "ない.xlsx を取り込みから外す");
    ready(&mut desk);
    assert!(desk.query_by_label("読めませんでした").is_none());
    desk.get_by_label("取り込む 2 件");
}

#[test]
fn cells_that_contradict_each_other_are_chosen_between() {
    let mut desk = desk(1.0);
    paste(&mut desk, "項目\t2019年度\n項目１\t297\n");
    ready(&mut desk);
    paste(&mut desk, "項目\t2019年度\n項目１\t298\n");
    ready(&mut desk);
    // The name of the item, which both say.
    desk.get_by_label("取り込む 2 件");
    tab(&mut desk, "取り込む値");
    click(&mut desk, "すべての表");
    check(&mut desk, "A › 資金配分 › 項目１ › 2019年度 を取り込む（貼り付けた表 2!B2）");
    ready(&mut desk);
    click(&mut desk, "取り込む 3 件");
    wait(&mut desk, "the dossier", |window| window.dossier().is_some());
    assert_eq!(amounts(&desk), [("項目１".to_owned(), vec!["2019 298".to_owned()])]);
}

#[test]
fn what_the_dossier_has_already_is_compared_anew_when_it_changes() {
    let mut desk = desk(1.0);
    imported(&mut desk);
    click(&mut desk, "取り込む 5 件");
    wait(&mut desk, "the dossier", |window| window.dossier().is_some());
    imported(&mut desk);
    assert!(desk.get_by_label("取り込む 0 件").accesskit_node().is_disabled());
    desk.get_by_label("選んだ値はすべて、今の評価データと同じです。");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.run();
    ready(&mut desk);
    desk.get_by_label("取り込む 5 件");
    click(&mut desk, "戻る");
    click(&mut desk, "表を取り込む");
    ready(&mut desk);
    desk.get_by_label("取り込む 5 件");
}

#[test]
fn the_page_speaks_both_languages_and_fits_a_narrow_window() {
    for zoom in [0.75, 1.0, 1.6, 2.0, 3.0] {
        let mut desk = desk(zoom);
        imported(&mut desk);
        for (questions, import) in [("確かめること（1）", "取り込む 5 件"), ("To look at (1)", "Import 5")]
        {
            if zoom > 1.5 {
                tab(&mut desk, questions);
            }
            desk.get_by_label(import);
            desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
            desk.run();
        }
    }
}

#[test]
fn twenty_thousand_values_draw_a_screenful() {
    let rows = (0..10_000).map(|row| format!("項目{row}\t{row}\t{}\n", row + 1));
    let text: String = std::iter::once("項目\t2019年度\t2020年度\n".to_owned()).chain(rows).collect();
    let mut desk = desk(1.0);
    // The recogniser of this test looks through all rows for each; the page must not care.
    desk.state_mut().import.propose = |inputs, dossier, answers, _, _| {
        let mut draft = Draft::new(dossier, answers)?;
        for input in inputs {
            let Content::Book(book) = &input.content else { continue };
            let sheet = &book.sheets[0];
            let mut table = draft.table(TableKind::Funding, &"A".into(), &book.file, "", sheet.extent());
            for cell in sheet.cells().iter().filter(|cell| cell.at.column > 0 && cell.at.row > 0) {
                let place = crate::model::Place::from(format!("programme/overview/x{}", cell.at));
                table.set(place, &cell.value.text(), cell.at, cell.value.text(), cell.value.text());
            }
        }
        Ok(draft.finish())
    };
    paste(&mut desk, &text);
    ready(&mut desk);
    assert_eq!(desk.state().import.preview.as_ref().unwrap().lines.len(), 20_000);
    let drawn = desk.state().import.drawn;
    assert!((20..400).contains(&drawn), "{drawn} cells of the source");
    tab(&mut desk, "取り込む値");
    let drawn = desk.state().import.drawn;
    assert!((20..400).contains(&drawn), "{drawn} cells of the list");
    assert_eq!(desk.run(), 1, "nothing moves while it waits");
}
