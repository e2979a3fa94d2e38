use egui::Key;
use egui::accesskit::Role;
use egui_kittest::{Harness, kittest::Queryable};

use super::{Column, RowTools, Table, apply, cell};
use crate::app::kit::testing::harness;
use crate::locale::Lang;

struct Sheet {
    rows: Vec<String>,
    kind: bool,
    cells: usize,
}

fn sheet(rows: usize) -> Harness<'static, Sheet> {
    let rows = (0..rows).map(|row| format!("行{row}")).collect();
    harness(Sheet { rows, kind: false, cells: 0 }, |ui, sheet| {
        egui::ScrollArea::vertical().id_salt("page").show(ui, |ui| {
            let columns = [
                Column::text("名称", 1.0, 200.0),
                Column::fixed("区分", 100.0),
                Column::number("年度\n計", 80.0),
            ];
            let rows = &mut sheet.rows;
            let kind = &mut sheet.kind;
            let count = rows.len();
            let out = Table::new("t", "資金配分", &columns, count + 1)
                .totals(1)
                .tools(RowTools::new(Lang::Ja, "行を追加"))
                .show(ui, |ui, row, column| match (row, column) {
                    (row, 0) if row == count => {
                        cell::label(ui, "計");
                    }
                    (row, 0) => {
                        cell::text(ui, &format!("名称 {row}"), &mut rows[row]);
                    }
                    (0, 1) => {
                        cell::choice(ui, "区分 0", kind, &[(false, "委託"), (true, "補助")]);
                    }
                    (_, 2) => {
                        cell::computed(ui, "12");
                    }
                    _ => {}
                });
            sheet.cells = out.cells;
            for action in out.actions() {
                apply(rows, action, || "新しい行".to_owned());
            }
        });
    })
}

fn wheel(down: f32) -> egui::Event {
    egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, down),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    }
}

#[test]
fn only_what_is_seen_is_drawn() {
    let mut harness = sheet(10_000);
    let drawn = harness.state().cells;
    assert!((30..=120).contains(&drawn), "{drawn} cells");
    // Somewhere in the middle it is the same.
    harness.hover_at(egui::pos2(300.0, 300.0));
    for _ in 0..40 {
        harness.event(wheel(-2000.0));
    }
    harness.run_ok();
    harness.run_ok();
    let drawn = harness.state().cells;
    assert!((30..=120).contains(&drawn), "{drawn} cells after scrolling");
    assert!(harness.query_by_label("名称 0").is_none());
    assert!(harness.query_by_role_and_label(Role::ColumnHeader, "名称").is_some(), "the header stays");
}

#[test]
fn a_cell_is_edited_in_place() {
    let mut harness = sheet(3);
    harness.get_by_label("名称 1").click();
    harness.run();
    harness.get_by_label("名称 1").type_text("a");
    harness.run();
    assert_eq!(harness.state().rows[1], "行1a");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(!harness.get_by_label("名称 1").is_focused());
}

#[test]
fn the_whole_of_a_cell_takes_the_click() {
    let mut harness = sheet(2);
    harness.state_mut().rows[0] = "折り返す\n行\n行".to_owned();
    harness.run();
    let high = harness.get_by_label("名称 0").rect();
    assert!(high.height() > 60.0);
    let next = harness.get_by_label("名称 1").rect();
    assert!(next.top() >= high.bottom() - 1.0, "rows do not overlap");
}

#[test]
fn rows_are_added_moved_and_removed() {
    let mut harness = sheet(3);
    let act = |harness: &mut Harness<'_, Sheet>, row: usize, what: &str| {
        harness.get_by_label(&format!("{row} 行目の操作")).click();
        harness.run();
        harness.get_by_label(what).click();
        harness.run();
    };
    act(&mut harness, 1, "下へ移動");
    assert_eq!(harness.state().rows, ["行1", "行0", "行2"]);
    act(&mut harness, 3, "上へ移動");
    assert_eq!(harness.state().rows, ["行1", "行2", "行0"]);
    act(&mut harness, 1, "削除");
    assert_eq!(harness.state().rows, ["行2", "行0"]);
    act(&mut harness, 1, "下に追加");
    assert_eq!(harness.state().rows, ["行2", "新しい行", "行0"]);
    harness.get_by_label("行を追加").click();
    harness.run();
    assert_eq!(harness.state().rows.len(), 4);
    assert!(harness.query_by_label("5 行目の操作").is_none(), "totals have no menu");
}

#[test]
fn a_menu_works_by_keyboard() {
    let mut harness = sheet(2);
    harness.get_by_label("1 行目の操作").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("削除").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().rows, ["行1"]);
}

#[test]
fn a_choice_is_made_from_a_menu() {
    let mut harness = sheet(1);
    let choice = harness.get_by_role_and_label(Role::ComboBox, "区分 0");
    assert_eq!(choice.value().as_deref(), Some("委託"));
    choice.click();
    harness.run();
    harness.get_by_label("補助").click();
    harness.run();
    assert!(harness.state().kind);
}

#[test]
fn scrolling_does_not_end_the_editing() {
    let mut harness = sheet(300);
    harness.get_by_label("名称 2").click();
    harness.run();
    harness.event(wheel(-1500.0));
    harness.run_ok();
    harness.run_ok();
    assert!(harness.query_by_label("名称 0").is_none());
    assert!(harness.get_by_label("名称 2").is_focused());
}

#[test]
fn tab_goes_on_beyond_the_edge_of_the_view() {
    let mut harness = sheet(300);
    harness.get_by_label("名称 0").focus();
    harness.run();
    for _ in 0..81 {
        harness.key_press(Key::Tab);
        harness.run();
    }
    let field = harness.get_by_label("名称 40");
    assert!(field.is_focused());
    assert!((0.0..700.0).contains(&field.rect().center().y), "{}", field.rect());
}

fn paste(harness: &mut Harness<'_, Sheet>, cell: &str, text: &str) -> Option<super::paste::Outcome> {
    harness.get_by_label(cell).focus();
    harness.run();
    harness.event(egui::Event::Paste(text.to_owned()));
    harness.run();
    super::paste::outcome(&harness.ctx)
}

#[test]
fn a_pasted_block_fills_to_the_right_and_down_and_adds_rows() {
    let mut harness = sheet(2);
    let outcome = paste(&mut harness, "名称 1", "甲\t委託\n\"乙\n丙\"\t補助\n丁\t\n戊\t\n");
    assert_eq!(harness.state().rows, ["行0", "甲", "乙\n丙", "丁", "戊"]);
    // Only the first row has a choice in the second column.
    let outcome = outcome.unwrap();
    assert_eq!((outcome.taken, outcome.left), (4, vec!["委託".to_owned(), "補助".to_owned()]));
    assert!(!harness.get_by_label("名称 1").is_focused(), "undo belongs to the window now");
    let outcome = paste(&mut harness, "区分 0", "補助\t9\n").unwrap();
    assert_eq!(
        (harness.state().kind, outcome.left),
        (true, vec!["9".to_owned()]),
        "a computed cell takes nothing"
    );
    let outcome = paste(&mut harness, "区分 0", "知らない\t\n").unwrap();
    assert_eq!((harness.state().kind, outcome.left), (true, vec!["知らない".to_owned()]));
}

#[test]
fn a_text_for_one_cell_stays_a_text() {
    let mut harness = sheet(2);
    for text in ["、続き", "。段落。\n次の段落。"] {
        assert_eq!(paste(&mut harness, "名称 0", text), None);
    }
    assert_eq!(harness.state().rows, ["行0、続き。段落。\n次の段落。", "行1"]);
    assert!(harness.get_by_label("名称 0").is_focused());
}

#[test]
fn a_block_reaches_rows_that_are_out_of_view() {
    let mut harness = sheet(300);
    let text: Vec<String> = (0..298).map(|n| format!("値{n}")).collect();
    let outcome = paste(&mut harness, "名称 2", &text.join("\n")).unwrap();
    assert_eq!((outcome.taken, outcome.left.len()), (298, 0));
    assert_eq!((harness.state().rows[2].as_str(), harness.state().rows[299].as_str()), ("値0", "値297"));
}

#[test]
fn an_idle_table_asks_for_nothing() {
    let mut harness = sheet(1000);
    harness.run();
    assert_eq!(harness.run(), 1);
}
