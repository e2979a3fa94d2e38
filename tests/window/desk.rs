//! A window without a display, and what every test of it does: wait, press, fill in.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, Node};
use hyoka::app::{Setup, Window, kit, theme};
use hyoka::model::Dossier;
use hyoka::store;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A window that no display shows.
pub type Desk = Harness<'static, Window>;

/// A window of `size` points with the plugins of the program. Nothing is drawn yet.
pub fn window(setup: Setup, size: Vec2) -> Desk {
    let window = Window::new(&egui::Context::default(), setup);
    Harness::builder()
        .with_size(size)
        .with_max_steps(30)
        .with_context_setup(|ctx| {
            theme::install(ctx, theme::Mode::Light);
            kit::keyboard::install(ctx);
        })
        .build_ui_state(
            |ui: &mut egui::Ui, state: &mut Window| {
                state.logic(&ui.ctx().clone());
                state.show(ui);
            },
            window,
        )
}

/// The same, with the document that the setup names.
pub fn opened(setup: Setup, size: Vec2) -> Desk {
    let mut desk = window(setup, size);
    wait(&mut desk, "the file", |desk| desk.state().dossier().is_some());
    run(&mut desk);
    desk
}

/// `dossier` in a file of `folder`.
pub fn saved(folder: &Path, dossier: &Dossier) -> PathBuf {
    let path = folder.join("評価.ron");
    store::save(&path, dossier).unwrap();
    path
}

/// Draws frames until the window rests; one that a job keeps awake is left as it stands.
pub fn run(desk: &mut Desk) {
    let _ = desk.run_ok();
}

/// Draws frames until `done`, as jobs need their time.
pub fn wait(desk: &mut Desk, what: &str, done: impl Fn(&Desk) -> bool) {
    let begin = Instant::now();
    run(desk);
    while !done(desk) {
        let said = desk.state().latest_message();
        assert!(begin.elapsed() < Duration::from_mins(3), "waited in vain for {what}: {said:?}");
        std::thread::sleep(Duration::from_millis(5));
        run(desk);
    }
}

/// Clicks the first thing of that role and name.
pub fn click_on(desk: &mut Desk, role: Role, label: &str) {
    let first = desk.query_all_by_role_and_label(role, label).next();
    first.unwrap_or_else(|| panic!("no {role:?} {label}")).click();
    run(desk);
}

/// Clicks the button called `label`; where navigation names a project twice, the material's comes first.
pub fn click(desk: &mut Desk, label: &str) {
    click_on(desk, Role::Button, label);
}

/// Shows the tab of that name.
pub fn tab(desk: &mut Desk, label: &str) {
    click_on(desk, Role::Tab, label);
}

/// The text field called `label`.
pub fn field<'d>(desk: &'d Desk, label: &'d str) -> Node<'d> {
    desk.get_by(|node| {
        let texts = matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
        texts && node.label().as_deref() == Some(label)
    })
}

/// Replaces the text of the field called `label` and leaves it.
pub fn fill(desk: &mut Desk, label: &str, text: &str) {
    field(desk, label).focus();
    run(desk);
    keys(desk, Modifiers::COMMAND, Key::A);
    field(desk, label).type_text(text);
    run(desk);
    keys(desk, Modifiers::COMMAND, Key::Enter);
}

/// Presses a key with modifiers.
pub fn keys(desk: &mut Desk, modifiers: Modifiers, key: Key) {
    desk.key_press_modifiers(modifiers, key);
    run(desk);
}

/// The dossier that is open.
pub fn dossier(desk: &Desk) -> &Dossier {
    desk.state().dossier().expect("a dossier is open")
}
