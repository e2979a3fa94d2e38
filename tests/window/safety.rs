//! What a crash leaves is offered again, and what somebody else has written is never overwritten blindly.

use super::desk::{Desk, saved, wait, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use hyoka::app::Setup;
use hyoka::model::{Dossier, Snapshot};
use hyoka::store::journal::{About, Journal, orphans};
use hyoka::store::{self, Locking};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn desk(setup: Setup) -> Desk {
    let mut desk = window(setup, Vec2::new(1440.0, 1000.0));
    desk.step();
    desk
}

fn click(desk: &mut Desk, label: &str) {
    // A dialog that has just come up finds its place in its second frame.
    desk.step();
    desk.step();
    desk.get_by_role_and_label(Role::Button, label).click();
    desk.step();
    desk.step();
}

fn title(name: &str) -> Dossier {
    let mut dossier = hyoka::sample::blank();
    dossier.report.title = name.into();
    dossier
}

/// Opens a document and shows the texts of the report.
fn open(path: &Path, journal: Option<PathBuf>) -> Desk {
    let setup = Setup { dossier: Some(path.to_owned()), journal_place: journal, ..Setup::default() };
    let mut desk = desk(setup);
    wait(&mut desk, "the file", |desk| desk.state().dossier().is_some());
    desk.step();
    click(&mut desk, "報告書の本文");
    desk
}

/// Types at the end of the title and leaves the field.
fn type_title(desk: &mut Desk, text: &str) {
    desk.get_by_role_and_label(Role::MultilineTextInput, "報告書の題名").focus();
    desk.step();
    desk.key_press(Key::End);
    desk.event(egui::Event::Text(text.to_owned()));
    desk.step();
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    desk.step();
    desk.step();
}

fn save(desk: &mut Desk) {
    desk.key_press_modifiers(Modifiers::COMMAND, Key::S);
    desk.step();
}

fn now(desk: &Desk) -> &str {
    &desk.state().dossier().unwrap().report.title
}

#[test]
fn what_a_crash_left_is_offered_restored_and_noted_anew() {
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journal");
    let path = saved(folder.path(), &title("一"));
    let base = Snapshot::of(&title("一"));
    let about = About { name: "評価.ron".into(), path: Some(path.clone()), ballot: None };
    let mut journal = Journal::start(&journals, about, base.clone(), false).unwrap();
    journal.note(base.next(&title("一二")));
    journal.flush();
    journal.abandon();

    let mut desk = desk(Setup { journal_place: Some(journals.clone()), ..Setup::default() });
    wait(&mut desk, "the offer", |desk| desk.query_by_label("保存されていない編集が残っています").is_some());
    desk.get_by_label_contains("「評価.ron」の編集中");
    click(&mut desk, "復元する");
    assert_eq!(now(&desk), "一二");
    assert!(desk.state().is_dirty());
    // It is safe again at once: another crash now would lose nothing.
    assert_eq!(fs::read_dir(&journals).unwrap().count(), 1);
    assert!(orphans(&journals).is_empty(), "it is being written");
    save(&mut desk);
    wait(&mut desk, "the save", |desk| !desk.state().is_dirty());
    assert_eq!(store::open(&path).unwrap().dossier.report.title, "一二");
    wait(&mut desk, "the journal to go", |_| fs::read_dir(&journals).unwrap().count() == 0);
    drop(desk);
}

#[test]
fn an_edit_is_in_the_journal_within_a_second_and_gone_when_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journal");
    let path = saved(folder.path(), &title("一"));
    let mut desk = open(&path, Some(journals.clone()));
    let size = || {
        let files = fs::read_dir(&journals).into_iter().flatten().flatten();
        files.map(|file| file.metadata().unwrap().len()).sum::<u64>()
    };
    assert_eq!(size(), 0, "nothing to note");
    desk.get_by_role_and_label(Role::MultilineTextInput, "報告書の題名").focus();
    desk.step();
    desk.event(egui::Event::Text("二".to_owned()));
    desk.step();
    let typed = Instant::now();
    wait(&mut desk, "the journal", |_| size() > 0);
    assert!(typed.elapsed() < Duration::from_secs(1), "{:?}", typed.elapsed());
    // Idle: what is noted asks for no further frame.
    desk.step();
    drop(desk);
    assert_eq!(size(), 0);
}

#[test]
fn a_discarded_journal_is_not_offered_again() {
    let folder = tempfile::tempdir().unwrap();
    let base = Snapshot::of(&title("一"));
    let mut journal = Journal::start(folder.path(), About::default(), base.clone(), false).unwrap();
    journal.note(base.next(&title("二")));
    journal.flush();
    journal.abandon();
    let setup = Setup { journal_place: Some(folder.path().to_owned()), ..Setup::default() };
    let mut desk = desk(setup);
    wait(&mut desk, "the offer", |desk| desk.query_by_label("保存されていない編集が残っています").is_some());
    click(&mut desk, "あとで");
    assert!(desk.state().dossier().is_none());
    assert_eq!(orphans(folder.path()).len(), 1);
    let setup = Setup { journal_place: Some(folder.path().to_owned()), ..Setup::default() };
    let mut desk = self::desk(setup);
    wait(&mut desk, "the offer", |desk| desk.query_by_label("保存されていない編集が残っています").is_some());
    click(&mut desk, "破棄する");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_somebody_saved_meanwhile_is_merged_and_clashes_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &title("題"));
    let mut desk = open(&path, None);
    type_title(&mut desk, "こちら");
    let mut theirs = title("題あちら");
    theirs.report.preface = "あちらのはじめに".into();
    store::save(&path, &theirs).unwrap();
    save(&mut desk);
    wait(&mut desk, "the question", |desk| desk.query_by_label("ほかで書き換えられています").is_some());
    assert_eq!(store::open(&path).unwrap().dossier, theirs, "nothing is overwritten");
    desk.get_by_label("ほか: 題あちら");
    desk.get_by_label("こちら: 題こちら");
    click(&mut desk, "合わせて保存する");
    wait(&mut desk, "the save", |desk| !desk.state().is_dirty());
    let both = store::open(&path).unwrap().dossier;
    assert_eq!((both.report.title.as_str(), both.report.preface.as_str()), ("題こちら", "あちらのはじめに"));

    // The other's value can be chosen.
    type_title(&mut desk, "！");
    store::save(&path, &title("彼らの題")).unwrap();
    save(&mut desk);
    wait(&mut desk, "the question", |desk| desk.query_by_label("ほかで書き換えられています").is_some());
    desk.get_by_label("ほか: 彼らの題").click();
    desk.step();
    desk.step();
    click(&mut desk, "合わせて保存する");
    wait(&mut desk, "the save", |desk| !desk.state().is_dirty());
    assert_eq!(store::open(&path).unwrap().dossier, title("彼らの題"));
    // One step takes it back.
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.step();
    desk.step();
    assert_eq!(now(&desk), "題こちら！");
}

#[test]
fn a_second_window_is_told_who_has_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &title("題"));
    let Locking::Held(held) = store::lock(&path) else { panic!("nobody has it") };
    drop(held);
    let lock = folder.path().join(".評価.ron.lock");
    fs::write(&lock, r#"{"user":"佐藤","host":"another machine"}"#).unwrap();
    let mut desk = open(&path, None);
    assert!(desk.state().latest_message().unwrap().contains("佐藤（another machine）"));
    desk.get_by_label("佐藤（another machine）も開いています");
    // Another document has nothing to do with it.
    desk.key_press_modifiers(Modifiers::COMMAND, Key::N);
    desk.step();
    desk.step();
    assert!(desk.query_by_label_contains("も開いています").is_none());
    assert!(lock.exists(), "it is theirs");
}

#[test]
fn a_window_that_breaks_down_leaves_what_was_typed_to_its_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journal");
    let path = saved(folder.path(), &title("一"));
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut desk = open(&path, Some(journals.clone()));
        type_title(&mut desk, "二");
        // A defect at this very moment, before the journal is due: the window goes while the program unwinds.
        std::panic::resume_unwind(Box::new("a defect"));
    }));
    assert!(broken.is_err());
    assert_eq!(store::open(&path).unwrap().dossier, title("一"), "the document is as it was saved");
    let mut desk = desk(Setup { journal_place: Some(journals), ..Setup::default() });
    wait(&mut desk, "the offer", |desk| desk.query_by_label("保存されていない編集が残っています").is_some());
    click(&mut desk, "復元する");
    assert_eq!(now(&desk), "一二");
}
