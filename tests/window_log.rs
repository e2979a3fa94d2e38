//! The log of a session, and a dossier that saves of itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why and stops"
)]

#[path = "window/desk.rs"]
#[allow(dead_code, reason = "the other tests of the window use the rest")]
mod desk;

use desk::{Desk, click, fill, opened, wait};
use egui::{Key, Modifiers, Vec2};
use hyoka::app::Setup;
use hyoka::{log, store};
use std::path::Path;
use std::time::{Duration, Instant};

/// A window on the file, drawn until the file is shown.
fn desk(path: &Path, prefs: Option<&Path>, journal: &Path) -> Desk {
    let setup = Setup {
        dossier: Some(path.to_owned()),
        prefs_place: prefs.map(Path::to_owned),
        journal_place: Some(journal.to_owned()),
        ..Setup::default()
    };
    opened(setup, Vec2::new(1440.0, 1200.0))
}

/// Writes into a field of the report's texts.
fn write(desk: &mut Desk, field: &str, text: &str) {
    click(desk, "報告書の本文");
    fill(desk, field, text);
}

/// What all the files of a folder hold.
fn held(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn a_session_is_logged_without_a_word_of_the_dossier() {
    const COMMENT: &str = "誰にも読まれたくない意見";
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("log");
    log::start(Some(&logs));
    std::panic::set_hook(Box::new(log::panicked));
    let mut dossier = hyoka::sample::dossier().unwrap();
    dossier.projects[0].evaluation.comments[0].text = COMMENT.to_owned();
    let path = folder.path().join("評価.ron");
    store::save(&path, &dossier).unwrap();
    let mut desk = desk(&path, None, &folder.path().join("journal"));
    write(&mut desk, "報告書の題名", COMMENT);
    desk.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait(&mut desk, "the save", |desk| !desk.state().is_dirty());
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.run();
    // A defect whose message repeats what was written: its place is logged, its words are not.
    let broken = std::thread::spawn(|| assert!(COMMENT.is_empty(), "not empty: {COMMENT}"));
    assert!(broken.join().is_err());
    drop(std::panic::take_hook());
    let held = held(&logs);
    assert!(held.contains("a dossier is open") && held.contains("saved"), "{held}");
    assert!(held.contains("a panic at") && held.contains("window_log.rs"), "{held}");
    assert!(!held.contains(COMMENT) && !held.contains("意見"), "{held}");
}

#[test]
fn a_dossier_saves_of_itself_where_that_is_asked_for_and_never_over_others() {
    let folder = tempfile::tempdir().unwrap();
    let (path, prefs) = (folder.path().join("評価.ron"), folder.path().join("preferences.ron"));
    let dossier = hyoka::sample::dossier().unwrap();
    store::save(&path, &dossier).unwrap();
    std::fs::write(&prefs, "(autosave: true)").unwrap();
    let mut desk = desk(&path, Some(&prefs), &folder.path().join("journal"));
    write(&mut desk, "報告書の題名", "自動で残る題名");
    assert!(desk.state().is_dirty(), "it waits for a rest");
    wait(&mut desk, "the automatic save", |desk| !desk.state().is_dirty());
    assert_eq!(store::open(&path).unwrap().dossier.report.title, "自動で残る題名");
    let backup = store::open(&folder.path().join("評価.ron.bak")).unwrap().dossier;
    assert_eq!(backup.report.title, dossier.report.title, "what was saved by hand is kept");
    // Somebody else writes the file; it is told, and not overwritten.
    let mut theirs = dossier.clone();
    theirs.report.title = "ほかの人の題名".into();
    store::save(&path, &theirs).unwrap();
    write(&mut desk, "報告書の題名", "こちらの題名");
    wait(&mut desk, "what is told", |desk| {
        desk.state().latest_message().is_some_and(|said| said.contains("自動保存しませんでした"))
    });
    assert_eq!(store::open(&path).unwrap().dossier.report.title, "ほかの人の題名");
    assert!(desk.state().is_dirty());
}

#[test]
fn nothing_saves_of_itself_unless_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価.ron");
    let dossier = hyoka::sample::dossier().unwrap();
    store::save(&path, &dossier).unwrap();
    let mut desk = desk(&path, None, &folder.path().join("journal"));
    write(&mut desk, "報告書の題名", "別の題名");
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(6) {
        std::thread::sleep(Duration::from_millis(100));
        desk.step();
    }
    assert!(desk.state().is_dirty());
    assert_eq!(store::open(&path).unwrap().dossier.report.title, dossier.report.title);
}
