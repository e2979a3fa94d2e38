//! The log of a session, and a dossier that saves of itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why and stops"
)]

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use hyoka::app::{Setup, Window, theme};
use hyoka::{log, store};
use std::path::Path;
use std::time::{Duration, Instant};

type Desk = Harness<'static, Window>;

fn desk(path: &Path, prefs: Option<&Path>, journal: &Path) -> Desk {
    let setup = Setup {
        dossier: Some(path.to_owned()),
        prefs_place: prefs.map(Path::to_owned),
        journal_place: Some(journal.to_owned()),
        ..Setup::default()
    };
    let window = Window::new(&egui::Context::default(), setup);
    let mut desk = Harness::builder()
        .with_size(Vec2::new(1440.0, 1200.0))
        .with_max_steps(20)
        .with_context_setup(|ctx| theme::install(ctx, theme::Mode::Light))
        .build_ui_state(
            |ui: &mut egui::Ui, window: &mut Window| {
                window.logic(&ui.ctx().clone());
                window.show(ui);
            },
            window,
        );
    wait(&mut desk, "the file", |window| window.dossier().is_some());
    desk
}

/// Runs until `done`, as jobs need their time.
fn wait(desk: &mut Desk, what: &str, done: impl Fn(&Window) -> bool) {
    let begin = Instant::now();
    desk.run();
    while !done(desk.state()) {
        let said = desk.state().latest_message();
        assert!(begin.elapsed() < Duration::from_mins(1), "waited in vain for {what}: {said:?}");
        std::thread::sleep(Duration::from_millis(5));
        desk.run();
    }
}

fn click(desk: &mut Desk, label: &str) {
    desk.query_all_by_role_and_label(Role::Button, label).next().expect(label).click();
    desk.run();
}

/// Writes into a field of the report's texts.
fn write(desk: &mut Desk, field: &str, text: &str) {
    click(desk, "報告書の本文");
    desk.get_by(|node| {
        let texts = matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
        texts && node.label().as_deref() == Some(field)
    })
    .focus();
    desk.run();
    desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.run();
    desk.event(egui::Event::Text(text.to_owned()));
    desk.run();
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    desk.run();
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
    wait(&mut desk, "the save", |window| !window.is_dirty());
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
    wait(&mut desk, "the automatic save", |window| !window.is_dirty());
    assert_eq!(store::open(&path).unwrap().dossier.report.title, "自動で残る題名");
    let backup = store::open(&folder.path().join("評価.ron.bak")).unwrap().dossier;
    assert_eq!(backup.report.title, dossier.report.title, "what was saved by hand is kept");
    // Somebody else writes the file; it is told, and not overwritten.
    let mut theirs = dossier.clone();
    theirs.report.title = "ほかの人の題名".into();
    store::save(&path, &theirs).unwrap();
    write(&mut desk, "報告書の題名", "こちらの題名");
    wait(&mut desk, "what is told", |window| {
        window.latest_message().is_some_and(|said| said.contains("自動保存しませんでした"))
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
