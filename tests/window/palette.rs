//! The palette and the history of changes where they meet the rest: input methods, the keyboard, texts being typed.

use super::desk::{Desk, keys, opened, saved};
use egui::accesskit::{Role, Toggled};
use egui::{Event, ImeEvent, Key, Modifiers, Vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use hyoka::app::Setup;

/// A window on the sample.
fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &hyoka::sample::dossier().unwrap());
    opened(Setup { dossier: Some(path), ..Setup::default() }, Vec2::new(1440.0, 1000.0))
}

fn send(desk: &mut Desk, event: Event) {
    desk.event(event);
    desk.run();
}

fn is_open(desk: &Desk) -> bool {
    desk.query_by_label("探す名前").is_some()
}

/// Whether the tab of that name is the current one.
fn is_shown(desk: &Desk, tab: &str) -> bool {
    (desk.query_all_by_role_and_label(Role::Tab, tab))
        .any(|node| node.accesskit_node().toggled() == Some(Toggled::True))
}

#[test]
fn enter_belongs_to_the_input_method_while_it_composes() {
    let mut desk = desk();
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    let composed = "ロードマップ";
    let active_range_chars = Some(0..composed.chars().count());
    send(&mut desk, Event::Ime(ImeEvent::Preedit { text: composed.to_owned(), active_range_chars }));
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(is_open(&desk), "Enter confirms the composition");
    assert!(is_shown(&desk, "概要"));
    send(&mut desk, Event::Ime(ImeEvent::Commit(composed.to_owned())));
    assert!(is_open(&desk));
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(!is_open(&desk));
    assert!(is_shown(&desk, "ロードマップ"));
}

#[test]
fn the_keyboard_goes_back_to_where_it_was() {
    let mut desk = desk();
    let tab = |desk: &Desk| desk.get_by_role_and_label(Role::Tab, "アウトカム").is_focused();
    desk.get_by_role_and_label(Role::Tab, "アウトカム").focus();
    desk.run();
    assert!(tab(&desk));
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    assert!(!tab(&desk));
    keys(&mut desk, Modifiers::NONE, Key::Escape);
    assert!(!is_open(&desk));
    assert!(tab(&desk), "after Esc");
    // What a command gives the keyboard to keeps it.
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    send(&mut desk, Event::Text("データから探す".to_owned()));
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(desk.get_by_label("探す言葉").is_focused());
}

#[test]
fn the_import_page_is_left_for_the_page_before() {
    let mut desk = desk();
    desk.get_by_role_and_label(Role::Tab, "アウトカム").click();
    desk.run();
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    send(&mut desk, Event::Text("表を取り込む".to_owned()));
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(!is_shown(&desk, "アウトカム"));
    keys(&mut desk, Modifiers::ALT, Key::ArrowLeft);
    assert!(is_shown(&desk, "アウトカム"));
}

#[test]
fn a_click_in_the_history_goes_two_steps_back_and_forward_again() {
    let mut desk = desk();
    let count = |desk: &Desk| desk.state().dossier().unwrap().projects.len();
    let before = count(&desk);
    for _ in 0..3 {
        desk.get_by_role_and_label(Role::Button, "プロジェクトを追加").click();
        desk.run();
    }
    let after = desk.state().dossier().unwrap().clone();
    assert_eq!(count(&desk), before + 3);
    keys(&mut desk, Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    let steps = |desk: &Desk| -> Vec<String> {
        let timed = By::new().role(Role::Button).label_contains(":");
        let labels = desk.query_all(timed).filter_map(|node| node.accesskit_node().label());
        labels.filter(|label| label.contains('\u{3000}')).collect()
    };
    let lines = steps(&desk);
    assert_eq!(lines.len(), 3, "{lines:?}");
    // The newest stands first, so the oldest is two steps back.
    desk.get_by_role_and_label(Role::Button, &lines[2]).click();
    desk.run();
    assert_eq!(count(&desk), before + 1);
    assert_eq!(desk.state().latest_message(), Some("2 件を元に戻しました"));
    let lines = steps(&desk);
    assert!(lines[0].ends_with("取り消し済み") && lines[1].ends_with("取り消し済み"), "{lines:?}");
    assert!(lines[2].ends_with("いまの状態"), "{lines:?}");
    desk.get_by_role_and_label(Role::Button, &lines[0]).focus();
    desk.run();
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert_eq!(*desk.state().dossier().unwrap(), after);
    assert_eq!(desk.state().latest_message(), Some("2 件をやり直しました"));
}
