use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};

use super::{Column, RowTools, Table, apply, cell};
use crate::app::kit::testing::{commit, each, harness, preedit, press, together};
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
fn a_click_selects_and_typing_enter_or_a_double_click_edit() {
    let mut harness = sheet(4);
    harness.get_by_label("名称 1").click();
    harness.run();
    assert!(!harness.get_by_label("名称 1").is_focused());
    assert!(harness.get_by_label("行1、名称").is_focused());
    harness.key_press(Key::F2);
    harness.run();
    harness.get_by_label("名称 1").type_text("a");
    harness.run();
    assert_eq!(harness.state().rows[1], "行1a");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(!harness.get_by_label("名称 1").is_focused());
    assert!(harness.get_by_label("行2、名称").is_focused(), "Enter goes on below");
    each(&mut harness, [egui::Event::Text("新".into()), egui::Event::Text("規".into())]);
    assert_eq!(harness.state().rows[2], "新規", "typing replaces");
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().rows[2], "行2", "Esc restores");
    let at = harness.get_by_label("名称 3").rect().left_center() + egui::vec2(9.0, 0.0);
    harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 0.6);
    harness.hover_at(at);
    for pressed in [true, false, true, false] {
        let button = egui::PointerButton::Primary;
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
    }
    harness.run();
    assert!(harness.get_by_label("名称 3").is_focused());
    each(&mut harness, [egui::Event::Text("最初の".into())]);
    assert_eq!(harness.state().rows[3], "最初の行3", "the caret stands where the pointer was");
}

#[test]
fn the_keyboard_walks_and_selects() {
    let mut harness = sheet(40);
    harness.get_by_label("名称 0").click();
    harness.run();
    let focused = |harness: &Harness<'_, Sheet>, name: &str| {
        assert!(harness.get_by_label(name).is_focused(), "{name}");
    };
    for (key, modifiers, to) in [
        (Key::ArrowDown, Modifiers::NONE, "行1、名称"),
        (Key::Tab, Modifiers::NONE, "行1、区分"),
        (Key::Tab, Modifiers::NONE, "行1、年度 計"),
        (Key::Tab, Modifiers::NONE, "行2、名称"),
        (Key::Tab, Modifiers::SHIFT, "行1、年度 計"),
        (Key::Home, Modifiers::NONE, "行1、名称"),
        (Key::End, Modifiers::COMMAND, "計、年度 計"),
        (Key::Home, Modifiers::COMMAND, "行0、名称"),
        (Key::ArrowRight, Modifiers::COMMAND, "行0、年度 計"),
        (Key::ArrowDown, Modifiers::SHIFT, "行0、年度 計"),
    ] {
        harness.key_press_modifiers(modifiers, key);
        harness.run();
        focused(&harness, to);
    }
    harness.event(egui::Event::Copy);
    harness.step();
    assert_eq!(copied(&harness).as_deref(), Some("12\r\n12\r\n"));
    harness.key_press(Key::Escape);
    harness.run();
    focused(&harness, "行0、年度 計");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.get_by_label("行0、年度 計").is_focused(), "a second Esc leaves the table");
}

fn copied<S>(harness: &Harness<'_, S>) -> Option<String> {
    harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn a_selection_is_cleared_filled_and_cut() {
    let mut harness = sheet(5);
    let select = |harness: &mut Harness<'_, Sheet>, cell: &str, down: usize| {
        harness.get_by_label(cell).click();
        harness.run();
        for _ in 0..down {
            harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
            harness.run();
        }
    };
    select(&mut harness, "名称 0", 2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    harness.run();
    assert_eq!(harness.state().rows, ["行0", "行0", "行0", "行3", "行4"]);
    select(&mut harness, "名称 3", 1);
    harness.event(egui::Event::Cut);
    harness.step();
    let cut = copied(&harness);
    harness.run();
    assert_eq!(cut.as_deref(), Some("行3\r\n行4\r\n"));
    assert_eq!(harness.state().rows[3..], ["", ""]);
    select(&mut harness, "名称 1", 1);
    harness.event(egui::Event::Paste(cut.unwrap()));
    harness.run();
    assert_eq!(harness.state().rows, ["行0", "行3", "行4", "", ""]);
    harness.key_press(Key::Delete);
    harness.run();
    assert_eq!(harness.state().rows, ["行0", "", "", "", ""]);
    harness.event(egui::Event::Paste("同じ".into()));
    harness.run();
    assert_eq!(harness.state().rows, ["行0", "同じ", "同じ", "", ""], "one text fills the selection");
}

#[test]
fn rows_are_moved_added_and_removed_by_keys() {
    let mut harness = sheet(4);
    harness.get_by_label("名称 0").click();
    harness.run();
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    harness.run();
    assert_eq!(harness.state().rows, ["行1", "行0", "行2", "行3"]);
    assert!(harness.get_by_label("行0、名称").is_focused(), "the keyboard goes with the row");
    harness.key_press_modifiers(Modifiers::ALT, Key::Insert);
    harness.run();
    assert_eq!(harness.state().rows, ["行1", "行0", "新しい行", "行2", "行3"]);
    assert!(harness.get_by_label("新しい行、名称").is_focused());
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    harness.run();
    harness.key_press_modifiers(Modifiers::ALT, Key::Delete);
    harness.run();
    assert_eq!(harness.state().rows, ["行1", "行0", "行3"]);
}

#[test]
fn a_composition_begun_over_a_cell_goes_on_in_it() {
    let mut harness = sheet(3);
    harness.get_by_label("名称 1").click();
    harness.run();
    assert!(harness.output().platform_output.ime.is_some(), "the input method is invited");
    each(&mut harness, [preedit("ｎ"), preedit("に"), preedit("にほんご"), preedit("日本語")]);
    assert!(harness.get_by_label("名称 1").is_focused());
    assert_eq!(harness.state().rows[1], "行1", "nothing is handed over while it composes");
    each(&mut harness, [commit("日本語")]);
    assert_eq!(harness.state().rows[1], "日本語");
    each(&mut harness, [press(Key::Enter)]);
    assert!(harness.get_by_label("行2、名称").is_focused());
    // Late and direct commits, and a composition that begins and is confirmed in one frame.
    together(&mut harness, [preedit("か"), commit("化")]);
    assert_eq!(harness.state().rows[2], "化");
}

#[test]
#[cfg(target_os = "linux")]
fn beginning_to_compose_over_a_cell_does_not_break_the_composition_off() {
    let mut harness = sheet(3);
    harness.get_by_label("名称 1").click();
    harness.run();
    harness.event(preedit("ｎ"));
    harness.step();
    assert!(!harness.output().platform_output.ime.unwrap().should_interrupt_composition);
    harness.run();
}

#[test]
fn what_is_typed_across_a_row_goes_cell_by_cell() {
    let mut harness = sheet(3);
    harness.get_by_label("名称 0").click();
    harness.run();
    let text = |text: &str| egui::Event::Text(text.to_owned());
    let keys =
        [text("甲"), press(Key::Enter), text("乙"), press(Key::ArrowDown), text("丙"), press(Key::Tab)];
    together(&mut harness, keys);
    assert_eq!(harness.state().rows, ["甲", "乙", "丙"]);
    assert!(harness.get_by_label("丙、区分").is_focused());
}

#[test]
fn a_choice_is_worked_by_the_keyboard_of_its_cell() {
    let mut harness = sheet(1);
    harness.get_by_label("名称 0").click();
    harness.run();
    for key in [Key::Tab, Key::Enter, Key::ArrowDown, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    assert!(harness.state().kind);
    assert!(harness.get_by_label("行0、区分").is_focused(), "the keyboard is back on the cell");
}

#[test]
fn heads_select_and_set_widths() {
    let mut harness = sheet(3);
    harness.get_by_role_and_label(Role::ColumnHeader, "名称").click();
    harness.run();
    harness.event(egui::Event::Copy);
    harness.step();
    assert_eq!(copied(&harness).as_deref(), Some("行0\r\n行1\r\n行2\r\n"), "all rows but the total");
    let header =
        |harness: &Harness<'_, Sheet>| harness.get_by_role_and_label(Role::ColumnHeader, "区分").rect();
    let before = header(&harness);
    let edge = before.right_center() - egui::vec2(1.0, 0.0);
    harness.drag_at(edge);
    harness.run();
    harness.hover_at(edge + egui::vec2(40.0, 0.0));
    harness.run();
    harness.drop_at(edge + egui::vec2(40.0, 0.0));
    harness.run();
    assert!((header(&harness).width() - before.width() - 40.0).abs() < 2.0, "{}", header(&harness).width());
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
    harness.get_by_label("名称 2").focus();
    harness.run();
    harness.hover_at(egui::pos2(300.0, 300.0));
    harness.event(wheel(-1500.0));
    harness.run_ok();
    harness.run_ok();
    assert!(harness.query_by_label("名称 0").is_none());
    assert!(harness.get_by_label("名称 2").is_focused());
}

#[test]
fn the_view_follows_the_keyboard() {
    let mut harness = sheet(300);
    harness.get_by_label("名称 0").focus();
    harness.run();
    for _ in 0..41 {
        harness.key_press(Key::Enter);
        harness.run();
        harness.key_press(Key::F2);
        harness.run();
    }
    let field = harness.get_by_label("名称 41");
    assert!(field.is_focused());
    assert!((0.0..700.0).contains(&field.rect().center().y), "{}", field.rect());
    harness.key_press(Key::Escape);
    harness.run();
    harness.key_press(Key::PageDown);
    harness.run();
    assert!(harness.query_by_label("名称 41").is_none_or(|field| !field.is_focused()));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::End);
    harness.run();
    let last = harness.get_by_label("計、年度 計");
    assert!(last.is_focused() && (0.0..700.0).contains(&last.rect().center().y));
}

fn paste(harness: &mut Harness<'_, Sheet>, cell: &str, text: &str) -> Option<super::paste::Outcome> {
    harness.get_by_label(cell).focus();
    harness.run();
    harness.event(egui::Event::Paste(text.to_owned()));
    harness.run();
    super::paste::outcome(&harness.ctx)
}

fn texts(outcome: &super::paste::Outcome) -> Vec<&str> {
    outcome.left.iter().map(|left| left.text.as_str()).collect()
}

#[test]
fn a_pasted_block_fills_to_the_right_and_down_and_adds_rows() {
    let mut harness = sheet(2);
    let outcome = paste(&mut harness, "名称 1", "甲\t委託\n\"乙\n丙\"\t補助\n丁\t\n戊\t\n");
    assert_eq!(harness.state().rows, ["行0", "甲", "乙\n丙", "丁", "戊"]);
    // Only the first row has a choice in the second column.
    let outcome = outcome.unwrap();
    let left: Vec<_> = outcome.left.iter().map(|left| (left.text.as_str(), left.cell.clone())).collect();
    let cell = |row: &str| Some((row.to_owned(), "区分".to_owned()));
    assert_eq!((outcome.taken, left), (4, vec![("委託", cell("甲")), ("補助", cell("乙"))]));
    assert!(!harness.get_by_label("名称 1").is_focused(), "undo belongs to the window now");
    let outcome = paste(&mut harness, "区分 0", "補助\t9\n").unwrap();
    assert_eq!((harness.state().kind, texts(&outcome)), (true, vec!["9"]), "a computed cell takes nothing");
    let outcome = paste(&mut harness, "区分 0", "知らない\t\n").unwrap();
    assert_eq!((harness.state().kind, texts(&outcome)), (true, vec!["知らない"]));
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
