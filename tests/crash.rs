//! The program is killed at random instants while somebody types: no more than the last second is lost, and the
//! document is never damaged.
//!
//! The typist is this same binary, started again with a folder as its argument: a window without a screen, in which a
//! title is typed a letter at a time and saved now and then.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on says why and stops"
)]

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use hyoka::app::{Setup, Window, theme};
use hyoka::store;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// How often the program is killed.
const KILLS: u64 = 100;
/// How many typists work at a time.
const AT_ONCE: u64 = 2;
/// What may be lost.
const LOSS: Duration = Duration::from_secs(1);
/// What starts the typist.
const TYPIST: &str = "--typist";
/// How many letters are typed between two saves.
const SAVED_EVERY: usize = 40;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, folder] = arguments.as_slice()
        && first == TYPIST
    {
        type_on(Path::new(folder));
    }
    // As the test harness does: a name that is asked for and is not this one's skips it, and listing lists it.
    if arguments.iter().any(|argument| argument == "--list") {
        println!("killed_at_random_instants: test");
        return;
    }
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    if filter.is_some_and(|filter| !"killed_at_random_instants".contains(filter.as_str())) {
        return;
    }
    let begin = Instant::now();
    let typists: Vec<_> = (0..AT_ONCE)
        .map(|first| std::thread::spawn(move || (first..KILLS).step_by(2).map(kill_one).sum::<usize>()))
        .collect();
    let restored: usize = typists.into_iter().map(|typist| typist.join().unwrap()).sum();
    assert!(restored > 0, "some edits were in a journal only");
    println!(
        "killed {KILLS} times, {restored} restored from a journal, in {:.1} s",
        begin.elapsed().as_secs_f32()
    );
}

fn document(folder: &Path) -> PathBuf {
    folder.join("評価.ron")
}

/// Types until it is killed, and says each letter that was typed.
fn type_on(folder: &Path) -> ! {
    let setup = Setup {
        dossier: Some(document(folder)),
        journal_place: Some(folder.join("journal")),
        ..Setup::default()
    };
    let window = Window::new(&egui::Context::default(), setup);
    let mut desk = Harness::builder()
        .with_size(Vec2::new(1200.0, 800.0))
        .with_max_steps(8)
        .with_context_setup(|ctx| theme::install(ctx, theme::Mode::Light))
        .build_ui_state(
            |ui: &mut egui::Ui, window: &mut Window| {
                window.logic(&ui.ctx().clone());
                window.show(ui);
            },
            window,
        );
    while desk.state().dossier().is_none() {
        desk.step();
    }
    desk.get_by_role_and_label(Role::Button, "報告書の本文").click();
    desk.step();
    desk.step();
    let field = |desk: &Harness<'_, Window>| {
        desk.get_by_role_and_label(Role::MultilineTextInput, "報告書の題名").focus();
    };
    field(&desk);
    desk.step();
    let mut out = std::io::stdout().lock();
    for typed in 1.. {
        desk.event(egui::Event::Text("字".to_owned()));
        desk.step();
        let title = &desk.state().dossier().unwrap().report.title;
        assert_eq!(title.chars().count(), typed, "the letter is in the dossier");
        writeln!(out, "{typed}").unwrap();
        out.flush().unwrap();
        if typed % SAVED_EVERY == 0 {
            desk.key_press_modifiers(Modifiers::COMMAND, Key::S);
            desk.step();
            field(&desk);
            desk.step();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    unreachable!("it types until it is killed")
}

/// Starts a typist, kills it after a while, and looks at what is left. Says how many edits a journal held.
fn kill_one(seed: u64) -> usize {
    let folder = tempfile::tempdir().unwrap();
    store::save(&document(folder.path()), &hyoka::sample::blank()).unwrap();
    let mut typist = Command::new(std::env::current_exe().unwrap())
        .arg(TYPIST)
        .arg(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, receiver) = channel();
    let out = typist.stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let letters: usize = line.parse().unwrap();
            // Nobody listens any more after the kill.
            let _ = sender.send((Instant::now(), letters));
        }
    });
    let (begun, _) = receiver.recv_timeout(Duration::from_mins(1)).expect("the typist types");
    // Spread over the first seconds, as if at random, and the same in each run.
    let wait = Duration::from_millis(5 + seed.wrapping_mul(2_654_435_761) % 1_900);
    std::thread::sleep(wait.saturating_sub(begun.elapsed()));
    let killed = kill(&mut typist);
    let early = killed.checked_sub(LOSS);
    let due = receiver
        .try_iter()
        .filter(|(at, _)| early.is_some_and(|early| *at <= early))
        .map(|(_, letters)| letters)
        .max()
        .unwrap_or_default();
    let saved = store::open(&document(folder.path())).expect("the document is whole").dossier.report.title;
    let orphans = store::journal::orphans(&folder.path().join("journal"));
    let noted = orphans.last().map(|orphan| orphan.restore().expect("the journal fits").report.title);
    let kept = noted.as_ref().unwrap_or(&saved);
    let letters = kept.chars().count();
    assert!(kept.chars().all(|letter| letter == '字'), "nothing but what was typed: {kept}");
    assert!(
        letters >= due,
        "kill {seed} after {wait:?}: {letters} letters are left, {due} were typed over a second before"
    );
    noted.map_or(0, |_| 1)
}

/// Kills a typist as `kill -9` does, and says when.
fn kill(typist: &mut Child) -> Instant {
    let at = Instant::now();
    typist.kill().unwrap();
    typist.wait().unwrap();
    at
}
