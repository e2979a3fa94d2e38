//! What makes the window a place to come back to: it stands as it was left, shows a newcomer round once, helps with a
//! criterion, and tells about itself.

use super::desk::{Desk, click, run, saved, wait, window};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Rect, Vec2, ViewportEvent, ViewportId, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::store;
use std::path::{Path, PathBuf};

fn desk(dossier: Option<PathBuf>, prefs: &Path) -> Desk {
    let opens = dossier.is_some();
    let setup = Setup { dossier, prefs_place: Some(prefs.to_owned()), ..Setup::default() };
    let mut desk = window(setup, Vec2::new(1440.0, 1000.0));
    if opens {
        wait(&mut desk, "the file", |desk| desk.state().dossier().is_some());
    }
    run(&mut desk);
    desk
}

/// Asks the window to close, as the platform does.
fn close(desk: &mut Desk, at: Rect) {
    let view = desk.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    view.inner_rect = Some(at);
    view.outer_rect = Some(at);
    view.monitor_size = Some(vec2(2560.0, 1440.0));
    view.events.push(ViewportEvent::Close);
    desk.step();
}

/// Whether the tab of that name is the current one.
fn is_shown(desk: &Desk, tab: &str) -> bool {
    desk.get_by_role_and_label(Role::Tab, tab).accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn a_window_stands_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let (path, prefs) =
        (saved(folder.path(), &hyoka::sample::dossier().unwrap()), folder.path().join("preferences.ron"));
    let mut first = desk(Some(path.clone()), &prefs);
    click(&mut first, "B 遺伝子治療製造技術開発");
    first.get_by_role_and_label(Role::Tab, "アウトカム").click();
    first.run();
    first.key_press_modifiers(Modifiers::COMMAND, Key::B);
    first.run();
    first.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
    first.run();
    close(&mut first, Rect::from_min_size(pos2(40.0, 50.0), vec2(1000.0, 700.0)));
    drop(first);
    let kept = std::fs::read_to_string(&prefs).unwrap();
    assert!(kept.contains("(1100.0, 770.0)"), "the size is kept as it is at 100 %: {kept}");
    let again = desk(Some(path.clone()), &prefs);
    assert!(is_shown(&again, "アウトカム"));
    again.get_by_label("評価票を閉じる");
    assert!(kept.contains("zoom: 1.1"), "{kept}");
    drop(again);
    // Another file begins at its beginning, and a project that is gone leads to the programme.
    let mut fewer = hyoka::sample::dossier().unwrap();
    fewer.projects.remove(1);
    store::save(&path, &fewer).unwrap();
    let other = desk(Some(path), &prefs);
    assert!(is_shown(&other, "概要"));
}

#[test]
fn the_tour_is_shown_once_and_again_from_help() {
    let folder = tempfile::tempdir().unwrap();
    let prefs = folder.path().join("preferences.ron");
    let mut first = desk(None, &prefs);
    for title in ["評価データを開く", "資料を読み、その場で直す", "評点とコメントを集める"]
    {
        first.get_by_label(title);
        click(&mut first, "次へ");
    }
    first.get_by_label("確かめて、報告書にする");
    click(&mut first, "はじめる");
    assert!(first.query_by_label("案内を閉じる").is_none());
    drop(first);
    let mut again = desk(None, &prefs);
    assert!(again.query_by_label("案内を閉じる").is_none(), "once is enough");
    click(&mut again, "ヘルプ");
    click(&mut again, "はじめての案内");
    click(&mut again, "案内を閉じる");
    assert!(again.query_by_label("案内を閉じる").is_none());
}

#[test]
fn a_criterion_says_what_it_asks_where_it_is_scored() {
    let folder = tempfile::tempdir().unwrap();
    let prefs = folder.path().join("preferences.ron");
    std::fs::write(&prefs, "(toured: true)").unwrap();
    let mut desk = desk(Some(saved(folder.path(), &hyoka::sample::dossier().unwrap())), &prefs);
    let meaning = desk.state().dossier().unwrap().criteria.project.scale.steps[0].meaning.clone();
    click(&mut desk, "B 遺伝子治療製造技術開発");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::B);
    desk.run();
    // By keyboard: Enter opens it, Esc closes it.
    desk.get_by_role_and_label(Role::Button, "1 の説明").focus();
    desk.run();
    let before = desk.query_all_by_label_contains(&meaning).count();
    desk.key_press(Key::Enter);
    desk.run();
    desk.get_by_label("評点の意味");
    assert!(desk.query_all_by_label_contains(&meaning).count() > before);
    desk.key_press(Key::Escape);
    desk.run();
    assert!(desk.query_by_label("評点の意味").is_none());
    // On the page of scores as well.
    desk.key_press_modifiers(Modifiers::COMMAND, Key::B);
    desk.run();
    desk.query_all_by_role_and_label(Role::Button, "B 遺伝子治療製造技術開発").nth(1).unwrap().click();
    desk.run();
    click(&mut desk, "7 の説明");
    desk.get_by_label("評点の意味");
}

#[test]
fn diagnostics_tell_of_the_program_and_nothing_of_the_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let prefs = folder.path().join("preferences.ron");
    std::fs::write(&prefs, "(toured: true)").unwrap();
    let mut desk = desk(Some(saved(folder.path(), &hyoka::sample::dossier().unwrap())), &prefs);
    click(&mut desk, "ヘルプ");
    click(&mut desk, "動作環境の情報");
    desk.get_by_role_and_label(Role::Button, "コピー").click();
    let copied = (0..3).find_map(|_| {
        desk.step();
        desk.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    let copied = copied.expect("the facts are copied");
    assert!(copied.contains(env!("CARGO_PKG_VERSION")), "{copied}");
    assert!(!copied.contains("再生医療"), "{copied}");
    desk.get_by_label(env!("CARGO_PKG_VERSION"));
    desk.get_by_label(&prefs.display().to_string());
    desk.key_press(Key::Escape);
    desk.run();
    assert!(desk.query_by_label("コピー").is_none());
}
