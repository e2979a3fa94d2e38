//! What egui does not do for those who work by keyboard or write Japanese.

use egui::output::IMEOutput;
use egui::text_edit::TextEditState;
use egui::{Context, Event, FullOutput, Id, ImeEvent, Key, Plugin, RawInput};

/// Gives `ctx` the plugins of this module. Called once, beside [`theme::install`](crate::app::theme::install).
pub fn install(ctx: &Context) {
    // The order matters: focus is resumed for the keys that are left after pacing.
    ctx.add_plugin(PaceKeys::default());
    ctx.add_plugin(ResumeFocus);
    if cfg!(target_os = "linux") {
        ctx.add_plugin(KeepInputMethod::default());
    }
}

fn last_left() -> Id {
    Id::unique("field that was left last")
}

/// Remembers that the field `id` was left by a key, so that Tab goes on from there.
pub(super) fn left_by_key(ctx: &Context, id: Id) {
    ctx.data_mut(|d| d.insert_temp(last_left(), Some(id)));
}

/// Lets what is typed after a key that moves the keyboard wait for the next pass.
///
/// egui moves the focus once a pass, after the widgets have read their keys. When a slow machine delivers
/// 「297 Tab 406」 in one pass, the second figure would go to the first field, and 「↓ 2」 would score the wrong
/// criterion.
#[derive(Debug, Default)]
struct PaceKeys {
    waiting: Vec<Event>,
}

impl PaceKeys {
    /// Whether `event` may move the keyboard elsewhere.
    fn moves(event: &Event, in_text: bool) -> bool {
        let Event::Key { key, pressed: true, .. } = event else { return false };
        match key {
            Key::Tab | Key::Enter | Key::Escape => true,
            Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight => !in_text,
            _ => false,
        }
    }

    fn types(event: &Event) -> bool {
        matches!(event, Event::Key { pressed: true, .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_))
    }
}

impl Plugin for PaceKeys {
    fn debug_name(&self) -> &'static str {
        "pace keys"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if !self.waiting.is_empty() {
            let arrived = std::mem::replace(&mut input.events, std::mem::take(&mut self.waiting));
            input.events.extend(arrived);
        }
        let in_text =
            ctx.memory(egui::Memory::focused).is_some_and(|id| TextEditState::load(ctx, id).is_some());
        let Some(at) = input.events.iter().position(|event| Self::moves(event, in_text)) else { return };
        if input.events[at + 1..].iter().any(Self::types) {
            self.waiting = input.events.split_off(at + 1);
            ctx.request_repaint();
        }
    }
}

/// Lets Tab go on from the field that Enter or Esc has left; egui would begin again at the top of the window.
#[derive(Debug)]
struct ResumeFocus;

impl Plugin for ResumeFocus {
    fn debug_name(&self) -> &'static str {
        "resume focus"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let tab = |event: &Event| matches!(event, Event::Key { key: Key::Tab, pressed: true, .. });
        if ctx.memory(|m| m.focused().is_some()) || !input.events.iter().any(tab) {
            return;
        }
        let left = ctx.data_mut(|d| d.remove_temp::<Option<Id>>(last_left())).flatten();
        // A field that is no longer on the page cannot be gone on from.
        if let Some(id) = left.filter(|id| ctx.read_response(*id).is_some()) {
            ctx.memory_mut(|m| m.request_focus(id));
        }
    }
}

/// Keeps the input method of X11 from forgetting its mode at each change of field.
///
/// winit makes a new input context whenever text input is switched off and on, and a new context starts in direct
/// input: the user's hiragana would be lost at every field. So text input stays on until something that is no text
/// field gets the keyboard, such as the score buttons, whose plain keys must not reach the input method.
///
/// winit also passes only the upper left corner of the caret on, so that the candidates would cover the text. Here the
/// caret is its lower edge.
#[derive(Debug, Default)]
struct KeepInputMethod {
    composing: bool,
    last: Option<IMEOutput>,
}

impl Plugin for KeepInputMethod {
    fn debug_name(&self) -> &'static str {
        "keep input method"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        for event in &input.events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                _ => {}
            }
        }
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let ime = &mut output.platform_output.ime;
        if let Some(ime) = ime {
            // Nothing is interrupted when nothing is composed, but a context would be lost.
            ime.should_interrupt_composition &= self.composing;
            ime.cursor_rect.min.y = ime.cursor_rect.max.y;
            self.last = Some(*ime);
            return;
        }
        let elsewhere =
            ctx.memory(egui::Memory::focused).is_some_and(|id| TextEditState::load(ctx, id).is_none());
        if self.composing || elsewhere {
            // What is being composed without a field to compose in has to be dropped.
            self.composing = false;
            self.last = None;
        } else if let Some(mut last) = self.last {
            last.should_interrupt_composition = false;
            *ime = Some(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::kit::field::{Options, line};
    use crate::app::kit::testing::{commit, each, harness, preedit, press, together};

    type Harness = egui_kittest::Harness<'static, [String; 3]>;

    fn form() -> Harness {
        harness(Default::default(), |ui, texts: &mut [String; 3]| {
            for (text, name) in texts.iter_mut().zip(["甲", "乙", "丙"]) {
                line(ui, name, name, text, &Options::default());
            }
            let _ = ui.button("ほか");
        })
    }

    fn ime(harness: &Harness) -> Option<IMEOutput> {
        harness.output().platform_output.ime
    }

    #[test]
    fn tab_goes_on_from_where_enter_left() {
        for key in [Key::Enter, Key::Escape] {
            let mut harness = form();
            harness.get_by_label("乙").focus();
            harness.run();
            each(&mut harness, [press(key), press(Key::Tab)]);
            assert!(harness.get_by_label("丙").is_focused(), "{key:?}");
        }
    }

    #[test]
    fn what_is_typed_after_tab_goes_to_the_next_field() {
        let mut harness = form();
        harness.get_by_label("甲").focus();
        harness.run();
        let text = |text: &str| Event::Text(text.to_owned());
        let keys =
            [text("297"), press(Key::Tab), text("406"), press(Key::Enter), press(Key::Tab), text("409")];
        together(&mut harness, keys);
        assert_eq!(*harness.state(), ["297", "406", "409"]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_input_method_stays_on_between_fields_and_goes_with_the_keyboard() {
        let mut harness = form();
        assert!(ime(&harness).is_none());
        harness.get_by_label("甲").click();
        harness.run();
        assert!(ime(&harness).is_some());
        each(&mut harness, [press(Key::Enter)]);
        assert!(ime(&harness).is_some_and(|ime| !ime.should_interrupt_composition));
        harness.get_by_label("乙").click();
        harness.run();
        assert!(ime(&harness).is_some());
        harness.get_by_label("ほか").focus();
        harness.run();
        assert!(ime(&harness).is_none());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_composition_is_interrupted_when_its_field_is_left() {
        let mut harness = form();
        harness.get_by_label("甲").focus();
        harness.run();
        each(&mut harness, [preedit("と"), commit("と"), preedit("き")]);
        harness.get_by_label("ほか").click();
        harness.step();
        harness.run();
        assert_eq!(harness.state()[0], "とき");
        assert!(ime(&harness).is_none_or(|ime| ime.should_interrupt_composition));
    }
}
