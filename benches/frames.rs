//! What a frame of every page costs at 3, 50 and 200 projects with 30 members: `cargo bench --bench frames`.
//!
//! The window runs without a display: each frame is logic, drawing and tessellation, timed as processor time of the
//! thread. Over 240 frames the pointer moves, the page scrolls down and up, and keys are pressed that make the window
//! look for edits. Told are the middle frame, the 99th of a hundred, and the worst. `cargo bench --bench frames -- 200`
//! measures one size only.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a measurement says what it measures")]

mod support;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable};
use hyoka::app::{Setup, Window, theme};
use hyoka::generate::{self, Size};
use hyoka::locale::Lang;
use hyoka::model::{Dossier, MemberId};
use hyoka::{round, store};
use std::time::{Duration, Instant};
use support::{forget_peak, milliseconds, peak_memory, thread_time};

const WINDOW: Vec2 = Vec2::new(1440.0, 900.0);
const FRAMES: usize = 240;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![3, 50, 200] } else { asked };
    println!("| projects | page | median ms | p99 ms | worst ms |");
    println!("|---:|---|---:|---:|---:|");
    for projects in sizes {
        measure(projects);
    }
}

/// A dossier with a round that is under way.
fn dossier(projects: usize) -> Dossier {
    let mut dossier = generate::dossier(Size { projects, years: 10, members: 30 }, 1);
    let begun = round::begin(&dossier);
    let id = begun.id.clone();
    dossier.rounds.push(begun);
    round::freeze(&mut dossier, &id, jiff::Timestamp::UNIX_EPOCH).unwrap();
    let members: Vec<MemberId> = dossier.members.iter().map(|member| member.id.clone()).collect();
    // Of a round with every project, a ballot a member would be most of the dossier; one shows the same page.
    round::issue(&dossier, &id, &members[..1], jiff::Timestamp::UNIX_EPOCH, Lang::Ja).unwrap().dossier
}

fn measure(projects: usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.ron");
    store::save(&file, &dossier(projects)).unwrap();
    let megabytes = std::fs::metadata(&file).unwrap().len() / 1_000_000;
    forget_peak();
    let begin = Instant::now();
    let mut desk = desk(Setup { dossier: Some(file), lang: Some(Lang::Ja), ..Setup::default() });
    let opened = milliseconds(begin.elapsed());
    // The checks run once the dossier is there.
    while desk.state().open_findings().is_none() {
        std::thread::sleep(Duration::from_millis(5));
        desk.step();
    }
    let checked = milliseconds(begin.elapsed());

    for page in ["事業の概要", "（第1課題）"] {
        go(&mut desk, Role::Button, page, 0);
        for tab in [
            "概要",
            "本文",
            "予算",
            "研究項目",
            "アウトプット",
            "アウトカム",
            "ロジックモデル",
            "ロードマップ",
            "市場・経済",
            "競合・歴史",
            "図表",
            "前回評価",
        ] {
            go(&mut desk, Role::Tab, tab, 0);
            frames(&mut desk, projects, &format!("{page} {tab}"));
        }
    }
    go(&mut desk, Role::Button, "（第1課題）", 1);
    for tab in ["評点", "結果", "コメント", "総合評価", "提言・対処方針"] {
        go(&mut desk, Role::Tab, tab, 0);
        frames(&mut desk, projects, &format!("評価 {tab}"));
    }
    for page in [
        "評価の実施",
        "評価ワーキンググループ",
        "委員・評価項目",
        "確認",
        "報告書の本文",
        "書き出し",
        "表を取り込む",
    ] {
        go(&mut desk, Role::Button, page, 0);
        frames(&mut desk, projects, page);
        if page == "表を取り込む" {
            break;
        }
    }
    let peak = peak_memory().map_or_else(|| "?".to_owned(), |peak| peak.to_string());
    println!(
        "{projects} projects: file {megabytes} MB, open {opened:.0} ms, checked after {checked:.0} ms, peak {peak} MiB"
    );
}

/// Clicks the `nth` of what has that role and a name with that in it.
fn go(desk: &mut Harness<'static, Window>, role: Role, name: &str, nth: usize) {
    let by = By::new().role(role).label_contains(name);
    // What is out of view can be reached only so.
    desk.get_all(by).nth(nth).unwrap().click_accesskit();
    for _ in 0..4 {
        desk.step();
    }
}

/// Frames of the page that is shown, without the tree for those who cannot see it, which is made only where it is asked
/// for.
fn frames(desk: &mut Harness<'static, Window>, projects: usize, page: &str) {
    let ctx = desk.ctx.clone();
    ctx.disable_accesskit();
    let mut times = Vec::with_capacity(FRAMES);
    let window = desk.state_mut();
    let mut now = ctx.input(|input| input.time);
    for frame in 0..FRAMES + 4 {
        now += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW)),
            time: Some(now),
            events: events(frame),
            ..RawInput::default()
        };
        let (time, _) = thread_time(|| {
            let output = ctx.run_ui(input, |ui| {
                window.logic(&ui.ctx().clone());
                window.show(ui);
            });
            ctx.tessellate(output.shapes, output.pixels_per_point)
        });
        // The first frames after a click are told apart from those that follow only by the worst one.
        times.push(time);
    }
    ctx.enable_accesskit();
    desk.step();
    times.sort_unstable();
    let at = |share: usize| milliseconds(times[times.len() * share / 100]);
    let (median, p99, worst) = (at(50), at(99), milliseconds(*times.last().unwrap()));
    println!("| {projects} | {page} | {median:.2} | {p99:.2} | {worst:.2} |");
}

/// What a hand does in a frame.
fn events(frame: usize) -> Vec<Event> {
    let step = |by: usize| f32::from(u16::try_from(by).unwrap());
    let at = Pos2::new(500.0 + step(frame * 11 % 700), 200.0 + step(frame * 7 % 600));
    let mut events = vec![Event::PointerMoved(at)];
    if frame.is_multiple_of(2) {
        events.push(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, if frame < FRAMES / 2 { -120.0 } else { 120.0 }),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
    }
    if frame % 10 == 9 {
        events.push(Event::Key {
            key: Key::F20,
            physical_key: None,
            pressed: frame % 20 == 9,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    events
}

/// A window on a dossier, which is read in the background.
fn desk(setup: Setup) -> Harness<'static, Window> {
    let window = Window::new(&egui::Context::default(), setup);
    let mut desk = Harness::builder()
        .with_size(WINDOW)
        .with_context_setup(|ctx| theme::install(ctx, theme::Mode::Light))
        .build_ui_state(
            |ui: &mut egui::Ui, window: &mut Window| {
                window.logic(&ui.ctx().clone());
                window.show(ui);
            },
            window,
        );
    while desk.state().dossier().is_none() {
        std::thread::sleep(Duration::from_millis(2));
        desk.step();
    }
    desk
}
