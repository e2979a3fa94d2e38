//! Getting about in the window: finding and replacing texts, the palette, the history of changes, back and forward.

use super::desk::{Desk, dossier, keys, opened, run, saved, wait};
use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::model::Dossier;

/// A window on the sample.
fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &hyoka::sample::dossier().unwrap());
    opened(Setup { dossier: Some(path), ..Setup::default() }, Vec2::new(1440.0, 1000.0))
}

fn type_text(desk: &mut Desk, text: &str) {
    desk.event(Event::Text(text.to_owned()));
    run(desk);
}

/// Whether the tab of that name is the current one.
fn is_shown(desk: &Desk, tab: &str) -> bool {
    (desk.query_all_by_role_and_label(Role::Tab, tab))
        .any(|node| node.accesskit_node().toggled() == Some(Toggled::True))
}

/// How often a text stands anywhere in a dossier, as it is saved.
fn count(dossier: &Dossier, text: &str) -> usize {
    hyoka::store::to_ron(dossier).unwrap().matches(text).count()
}

#[test]
fn a_page_and_a_command_are_found_by_their_names() {
    let mut desk = desk();
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    assert!(desk.get_by_label("探す名前").is_focused());
    type_text(&mut desk, "b 遺伝子 アウトカム");
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(desk.query_by_label("探す名前").is_none(), "the palette is gone");
    assert!(is_shown(&desk, "アウトカム"));
    assert!(desk.query_all_by_label_contains("B 遺伝子治療製造技術開発").next().is_some());
    // By its name in the other language, with the arrows, and put away with Esc.
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    type_text(&mut desk, "past messages");
    keys(&mut desk, Modifiers::NONE, Key::ArrowDown);
    keys(&mut desk, Modifiers::NONE, Key::ArrowUp);
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(desk.query_all_by_label_contains("メッセージ").next().is_some());
    keys(&mut desk, Modifiers::NONE, Key::Escape);
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    keys(&mut desk, Modifiers::NONE, Key::Escape);
    assert!(desk.query_by_label("探す名前").is_none());
}

#[test]
fn the_pages_that_were_shown_are_gone_back_to_and_forward() {
    let mut desk = desk();
    for page in ["アウトカム", "予算"] {
        desk.get_by_role_and_label(Role::Tab, page).click();
        run(&mut desk);
    }
    keys(&mut desk, Modifiers::ALT, Key::ArrowLeft);
    assert!(is_shown(&desk, "アウトカム"));
    keys(&mut desk, Modifiers::ALT, Key::ArrowLeft);
    assert!(is_shown(&desk, "概要"));
    keys(&mut desk, Modifiers::ALT, Key::ArrowRight);
    keys(&mut desk, Modifiers::ALT, Key::ArrowRight);
    assert!(is_shown(&desk, "予算"));
}

#[test]
fn a_text_is_found_gone_to_and_replaced_in_one_step() {
    let mut desk = desk();
    let before = dossier(&desk).clone();
    keys(&mut desk, Modifiers::COMMAND, Key::F);
    keys(&mut desk, Modifiers::NONE, Key::Escape);
    assert!(desk.query_by_label("探す言葉").is_none(), "Esc closes the search");
    keys(&mut desk, Modifiers::COMMAND, Key::H);
    assert!(desk.get_by_label("探す言葉").is_focused());
    // Width and kana make no difference.
    type_text(&mut desk, "こんそーしあむ");
    let hits = |desk: &Desk| {
        desk.query_all_by(|node| node.value().is_some_and(|said| said.contains("か所（"))).count()
    };
    wait(&mut desk, "nothing is found", |desk| hits(desk) > 0);
    let found = count(&before, "コンソーシアム");
    assert!(found > 0, "the sample speaks of it");
    keys(&mut desk, Modifiers::NONE, Key::F3);
    desk.get_by_label("置き換え後の言葉").focus();
    run(&mut desk);
    type_text(&mut desk, "共同体制");
    keys(&mut desk, Modifiers::NONE, Key::Tab);
    wait(&mut desk, "no button", |desk| {
        desk.query_all_by(|node| node.label().is_some_and(|l| l.ends_with("か所を置き換える")))
            .next()
            .is_some()
    });
    desk.get(By::new().role(Role::Button).label_contains("か所を置き換える")).click();
    run(&mut desk);
    assert!(count(dossier(&desk), "共同体制") > 0, "{:?}", desk.state().latest_message());
    assert!(count(dossier(&desk), "コンソーシアム") < found);
    desk.get(By::new().role(Role::Button).label_contains("検索を閉じる")).click();
    run(&mut desk);
    keys(&mut desk, Modifiers::COMMAND, Key::Z);
    assert_eq!(*dossier(&desk), before, "one step takes all of it back");
}

#[test]
fn the_history_goes_back_and_forward_to_any_state() {
    let mut desk = desk();
    let before = dossier(&desk).clone();
    for _ in 0..2 {
        desk.get_by_role_and_label(Role::Button, "プロジェクトを追加").click();
        run(&mut desk);
    }
    let after = dossier(&desk).clone();
    assert_eq!(after.projects.len(), before.projects.len() + 2);
    keys(&mut desk, Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    desk.get(By::new().role(Role::Button).label_contains("開いたときの状態")).click();
    run(&mut desk);
    assert_eq!(*dossier(&desk), before);
    let undone =
        |desk: &Desk| desk.query_all(By::new().role(Role::Button).label_contains("取り消し済み")).count();
    assert_eq!(undone(&desk), 2);
    desk.get_all(By::new().role(Role::Button).label_contains("取り消し済み")).next().unwrap().click();
    run(&mut desk);
    assert_eq!(*dossier(&desk), after, "the last step stands first");
}

#[test]
fn a_project_that_is_undone_leaves_its_page_for_the_one_before() {
    let mut desk = desk();
    desk.get_by_role_and_label(Role::Tab, "アウトカム").click();
    run(&mut desk);
    desk.get_by_role_and_label(Role::Button, "プロジェクトを追加").click();
    run(&mut desk);
    let id = dossier(&desk).projects.last().unwrap().id.clone();
    keys(&mut desk, Modifiers::COMMAND, Key::K);
    type_text(&mut desk, &format!("{id} 概要"));
    keys(&mut desk, Modifiers::NONE, Key::Enter);
    assert!(is_shown(&desk, "概要"));
    keys(&mut desk, Modifiers::COMMAND, Key::Z);
    assert!(dossier(&desk).subject(&id).is_none());
    assert!(is_shown(&desk, "アウトカム"));
    keys(&mut desk, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(dossier(&desk).subject(&id).is_some());
}
