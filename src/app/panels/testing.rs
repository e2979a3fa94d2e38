//! Draws a panel in a test, the way the shell does.

use crate::app::cx::{Action, Cx};
use crate::app::kit::column;
use crate::app::theme::{self, Mode, space};
use crate::locale::Lang;
use crate::model::Dossier;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Ui, Vec2};
use egui_kittest::kittest::{By, Queryable};
use egui_kittest::{Harness, Node};

/// What a test sees of the window.
pub(crate) struct Window {
    /// The language; a test may change it and run on.
    pub(crate) lang: Lang,
    /// The dossier as the panel left it.
    pub(crate) dossier: Dossier,
    /// What the panel asked of the shell.
    pub(crate) actions: Vec<Action>,
}

/// A window, tall enough to show everything, in which `panel` is drawn on `dossier`.
pub(crate) fn harness(
    dossier: Dossier,
    mut panel: impl FnMut(&mut Ui, &mut Cx<'_>) + 'static,
) -> Harness<'static, Window> {
    let window = Window { lang: Lang::Ja, dossier, actions: Vec::new() };
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1280.0, 6000.0))
        .with_context_setup(|ctx| theme::install(ctx, Mode::Light))
        .build_ui_state(
            move |ui: &mut Ui, window: &mut Window| {
                let Window { lang, dossier, actions } = window;
                let mut cx = Cx { lang: *lang, dossier, read_only: false, actions };
                column(ui, space::PAGE_WIDTH, |ui| panel(ui, &mut cx));
            },
            window,
        );
    harness.run();
    harness
}

/// Replaces the text of the field called `name` and confirms it with Enter.
pub(crate) fn fill(harness: &mut Harness<'_, Window>, name: &str, text: &str) {
    write(harness, name, text, Modifiers::NONE);
}

/// Replaces the text of the many-line field called `name` and leaves it with Ctrl+Enter.
pub(crate) fn compose(harness: &mut Harness<'_, Window>, name: &str, text: &str) {
    write(harness, name, text, Modifiers::COMMAND);
}

fn write(harness: &mut Harness<'_, Window>, name: &str, text: &str, leave: Modifiers) {
    text_field(harness, name).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    if text.is_empty() {
        harness.key_press(Key::Backspace);
    } else {
        text_field(harness, name).type_text(text);
    }
    harness.run();
    harness.key_press_modifiers(leave, Key::Enter);
    harness.run();
}

/// The field called `name`; a label beside it may say the same.
fn text_field<'h>(harness: &'h Harness<'_, Window>, name: &'h str) -> Node<'h> {
    harness.get(
        By::new()
            .label(name)
            .predicate(|node| matches!(node.role(), Role::TextInput | Role::MultilineTextInput)),
    )
}

/// Clicks what is called `name`.
pub(crate) fn click(harness: &mut Harness<'_, Window>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

/// Chooses `option` from the menu called `name`.
pub(crate) fn choose(harness: &mut Harness<'_, Window>, name: &str, option: &str) {
    click(harness, name);
    click(harness, option);
}

#[test]
fn a_panel_edits_the_dossier_in_both_languages() {
    let mut harness = harness(Dossier::default(), |ui, cx| {
        let name = cx.lang.t("名称", "Name");
        super::form::line(ui, name, &mut cx.dossier.programme.overview.name);
    });
    let field = |harness: &Harness<'_, Window>, name: &str| {
        harness.query_all_by_role_and_label(Role::MultilineTextInput, name).count()
    };
    assert_eq!(field(&harness, "名称"), 1);
    harness.state_mut().lang = Lang::En;
    harness.run();
    assert_eq!(field(&harness, "Name"), 1);
}
