//! The one place where tests of the window set up a harness.

use egui::{Event, ImeEvent, Theme, Ui};
use egui_kittest::Harness;

use crate::app::theme::{self, Mode};

/// A harness in the window's own fonts and style.
pub(crate) fn harness<'a, S>(state: S, ui: impl FnMut(&mut Ui, &mut S) + 'a) -> Harness<'a, S> {
    Harness::builder()
        .with_size(egui::vec2(1000.0, 700.0))
        .with_theme(Theme::Light)
        .with_max_steps(12)
        .with_context_setup(|ctx| {
            theme::install(ctx, Mode::Light);
            super::keyboard::install(ctx);
        })
        .build_ui_state(ui, state)
}

/// What an input method sends while it composes.
pub(crate) fn preedit(text: &str) -> Event {
    let end = text.chars().count();
    Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: Some(0..end) })
}

/// What an input method sends when it is done.
pub(crate) fn commit(text: &str) -> Event {
    Event::Ime(ImeEvent::Commit(text.to_owned()))
}

/// A key going down.
pub(crate) fn press(key: egui::Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: egui::Modifiers::NONE }
}

/// Sends `events` in one frame, as a slow frame would find them, and then settles.
pub(crate) fn together<S>(harness: &mut Harness<'_, S>, events: impl IntoIterator<Item = Event>) {
    harness.input_mut().events.extend(events);
    harness.step();
    harness.run();
}

/// Sends `events` one frame each, and then settles.
pub(crate) fn each<S>(harness: &mut Harness<'_, S>, events: impl IntoIterator<Item = Event>) {
    for event in events {
        together(harness, [event]);
    }
}
