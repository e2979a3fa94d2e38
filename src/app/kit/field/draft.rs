//! A field's text while it is being edited.
//!
//! The field edits a draft, because egui keeps the text of a composition inside the string it edits. The draft goes to
//! the model whenever nothing is being composed, so the model holds every committed character and never a
//! half-converted one.

use std::ops::Range;

use egui::response::Flags;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::util::undoer::Undoer;
use egui::{Event, Id, ImeEvent, Key, Modifiers, Response, Ui};

use super::bullets::{self, Next};
use super::composition::{self, Left};
use super::words;
use crate::app::kit::keyboard;

/// What Enter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enter {
    /// Confirms and leaves the field.
    Leaves,
    /// Breaks the line; with Ctrl it leaves the field.
    Breaks,
}

/// What a field remembers while it has the keyboard.
#[derive(Clone)]
struct Draft {
    /// What is being edited, with the text of a composition in it.
    text: String,
    /// The text when the keyboard came, for Esc.
    before: String,
    /// The model's text as this field last knew it.
    known: String,
    /// The composition under way.
    composition: Option<Composition>,
    /// The pass in which the field was last drawn.
    drawn: u64,
}

#[derive(Clone)]
struct Composition {
    /// What is being composed.
    text: String,
    /// The character it starts at.
    start: usize,
    /// The field's undo history without it: Ctrl+Z must not bring back kana.
    history: Undoer<(CCursorRange, String)>,
}

impl Draft {
    fn of(model: &str) -> Self {
        Self {
            text: model.to_owned(),
            before: model.to_owned(),
            known: model.to_owned(),
            composition: None,
            drawn: 0,
        }
    }

    /// Hands `text` to the model. Whether that changed it.
    fn hand_over(&mut self, model: &mut String, text: &str) -> bool {
        // Nothing was typed since the model last had it: what the model holds now, an undo's text perhaps, stays.
        if text == self.known {
            return false;
        }
        text.clone_into(&mut self.known);
        if model == text {
            return false;
        }
        text.clone_into(model);
        true
    }
}

fn replacing() -> Id {
    Id::unique("field whose text is written over")
}

/// Lets what is typed next into the field `id`, which gets the keyboard now, take the place of its text. Esc brings the
/// text back.
pub(super) fn replace(ctx: &egui::Context, id: Id) {
    ctx.data_mut(|d| d.insert_temp(replacing(), Some(id)));
}

/// Whether an input method composes in the field `id`.
pub(super) fn is_composing(ctx: &egui::Context, id: Id) -> bool {
    ctx.data(|d| d.get_temp::<Option<Draft>>(id)).flatten().is_some_and(|draft| draft.composition.is_some())
}

/// Draws the field `id` with `show` and keeps `model` in step with it.
pub(super) fn edit(
    ui: &mut Ui,
    id: Id,
    model: &mut String,
    enter: Enter,
    show: impl FnOnce(&mut Ui, &mut String, bool) -> TextEditOutput,
) -> Response {
    composition::claim(ui.ctx());
    let pass = ui.ctx().cumulative_pass_nr();
    let mut draft = ui
        .data_mut(|d| d.remove_temp::<Option<Draft>>(id))
        .flatten()
        // A draft of a field that has been away says nothing about the text it comes back to.
        .filter(|draft| draft.drawn + 1 >= pass);
    if !ui.memory(|m| m.has_focus(id)) {
        let mut changed = false;
        if let Some(mut draft) = draft.take() {
            changed |= leave(ui, id, &mut draft, model);
        }
        changed |= composition::settle(ui.ctx(), id, model);
        let mut response = show(ui, model, false).response.response;
        changed |= response.changed();
        response.flags.set(Flags::CHANGED, changed);
        return response;
    }

    // The history that egui keeps for a field is of the text that it held; another text must not inherit it.
    let mut draft = draft.unwrap_or_else(|| {
        forget_history(ui, id);
        let mut draft = Draft::of(model);
        if ui.data_mut(|d| d.remove_temp::<Option<Id>>(replacing())).flatten() == Some(id) {
            draft.text.clear();
        }
        draft
    });
    if draft.known != *model {
        forget_history(ui, id);
        draft.composition = None;
        draft.text.clone_from(model);
        draft.known.clone_from(model);
    }
    composition::settle(ui.ctx(), id, &mut draft.text);
    let keys = Keys::read(ui, id, &draft, enter);
    if keys.composing.is_some() && draft.composition.is_none() {
        let state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let end = CCursorRange::one(CCursor::end_of_str(&draft.text));
        let mut history = state.undoer();
        // One step back from the composition is the text before it, however fast that was typed.
        history.add_undo(&(state.cursor.char_range().unwrap_or(end), draft.text.clone()));
        draft.composition = Some(Composition { text: String::new(), start: 0, history });
    }
    let output = show(ui, &mut draft.text, draft.composition.is_some());
    let changed = after(ui, id, &mut draft, model, keys, &output);
    let mut response = output.response.response;
    response.flags.set(Flags::CHANGED, changed);
    if response.has_focus() || ui.memory(|m| m.has_focus(id)) {
        draft.drawn = pass;
        ui.data_mut(|d| d.insert_temp(id, Some(draft)));
    }
    response
}

/// Takes the undo history off a field.
fn forget_history(ui: &Ui, id: Id) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), id) {
        state.clear_undoer();
        state.store(ui.ctx(), id);
    }
}

/// Brings draft and model in step after the field was drawn with the keyboard in it. Whether the model changed.
fn after(
    ui: &Ui,
    id: Id,
    draft: &mut Draft,
    model: &mut String,
    keys: Keys,
    output: &TextEditOutput,
) -> bool {
    if keys.escape || keys.leave {
        ui.memory_mut(|m| m.surrender_focus(id));
        keyboard::left_by_key(ui.ctx(), id);
    }
    if keys.escape {
        let before = std::mem::take(&mut draft.before);
        return draft.hand_over(model, &before);
    }
    let cursor = output.state.cursor.char_range().unwrap_or_default();
    let selected = range(&cursor);
    if let Some(composed) = keys.composing {
        let Some(composition) = draft.composition.as_mut() else { return false };
        // While egui holds the composition it is exactly what is selected.
        let intact = selected.len() == composed.chars().count();
        if intact {
            composition.start = selected.start;
        }
        composition.text = composed;
        if !intact || !ui.memory(|m| m.has_focus(id)) {
            return leave(ui, id, draft, model);
        }
        output.state.clone().set_undoer(composition.history.clone());
        if keys.committed {
            let mut committed = draft.text.clone();
            committed.replace_range(bytes(&draft.text, &selected), "");
            return draft.hand_over(model, &committed);
        }
        return false;
    }
    if let Some(composition) = draft.composition.take() {
        // What one composition wrote is one step back.
        let mut history = composition.history;
        history.add_undo(&(cursor, draft.text.clone()));
        output.state.clone().set_undoer(history);
    }
    let text = draft.text.clone();
    draft.hand_over(model, &text)
}

/// Hands over what was typed, an unfinished composition included, exactly once. Whether the model changed.
fn leave(ui: &Ui, id: Id, draft: &mut Draft, model: &mut String) -> bool {
    if let Some(unfinished) = draft.composition.take() {
        let left = Left { field: id, start: unfinished.start, text: unfinished.text };
        composition::leave(ui.ctx(), left);
        composition::settle(ui.ctx(), id, &mut draft.text);
        if let Some(mut state) = TextEditState::load(ui.ctx(), id) {
            let mut history = unfinished.history;
            let cursor = CCursorRange::one(CCursor::end_of_str(&draft.text));
            history.add_undo(&(cursor, draft.text.clone()));
            state.set_undoer(history);
        }
    }
    let text = draft.text.clone();
    draft.hand_over(model, &text)
}

/// The characters that a caret or a selection spans.
pub(super) fn range(cursor: &CCursorRange) -> Range<usize> {
    let sorted = cursor.as_sorted_char_range();
    sorted.start.0..sorted.end.0
}

/// The bytes of `text` that the characters `chars` occupy.
pub(super) fn bytes(text: &str, chars: &Range<usize>) -> Range<usize> {
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(byte, _)| byte);
    at(chars.start)..at(chars.end)
}

/// What the keyboard and the input method ask of a field in this pass.
#[derive(Debug, Default)]
struct Keys {
    /// What is being composed when all is read.
    composing: Option<String>,
    /// Whether the input method handed over text.
    committed: bool,
    /// Whether Esc was pressed.
    escape: bool,
    /// Whether the key that leaves the field was pressed.
    leave: bool,
}

impl Keys {
    /// Reads the input, and takes off it what the text widget must not see.
    fn read(ui: &Ui, id: Id, draft: &Draft, enter: Enter) -> Self {
        let mut keys =
            Self { composing: draft.composition.as_ref().map(|c| c.text.clone()), ..Self::default() };
        let was_composing = keys.composing.is_some();
        let caret = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
        ui.input_mut(|input| {
            let mut events = Vec::with_capacity(input.events.len());
            for event in std::mem::take(&mut input.events) {
                // Text and caret are known as they were before anything else that this pass brings.
                let first = !events.iter().any(edits);
                match &event {
                    // egui ignores these two as well.
                    Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text))
                        if text == "\n" || text == "\r" => {}
                    Event::Ime(ImeEvent::Preedit { text, .. }) => {
                        keys.composing = Some(text.clone()).filter(|text| !text.is_empty());
                    }
                    Event::Ime(ImeEvent::Commit(text)) => {
                        keys.composing = None;
                        keys.committed |= !text.is_empty();
                    }
                    Event::Key { key, pressed: true, modifiers, .. } => {
                        // A key pressed while composing is the input method's, and so is the Enter that comes in
                        // one breath with the text it confirmed.
                        if keys.composing.is_some() || (was_composing && keys.committed && *key == Key::Enter)
                        {
                            continue;
                        }
                        match key {
                            Key::Escape => {
                                keys.escape = true;
                                continue;
                            }
                            Key::Enter => {
                                keys.leave |= match enter {
                                    Enter::Leaves => !modifiers.shift,
                                    Enter::Breaks => modifiers.command || modifiers.ctrl,
                                };
                                let at = caret.filter(|caret| range(caret).is_empty());
                                let at =
                                    at.filter(|_| enter == Enter::Breaks && modifiers.is_none() && first);
                                match at.and_then(|at| bullets::next(&draft.text, range(&at).start)) {
                                    Some(Next::Goes(mark)) => {
                                        events.extend([event, Event::Text(mark)]);
                                        continue;
                                    }
                                    Some(Next::Ends(count)) => {
                                        events.extend(std::iter::repeat_n(plain(Key::Backspace), count));
                                        continue;
                                    }
                                    None => {}
                                }
                            }
                            Key::Backspace | Key::Delete if modifiers.ctrl || modifiers.alt => {
                                let count = word(&draft.text, caret, *key);
                                events.extend(std::iter::repeat_n(plain(*key), count));
                                continue;
                            }
                            _ => {}
                        }
                    }
                    _ => {}
                }
                events.push(event);
            }
            input.events = events;
        });
        keys
    }
}

/// How many characters `key` with Ctrl deletes at the caret; a selection goes at one stroke.
fn word(text: &str, caret: Option<CCursorRange>, key: Key) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let selected = caret.map_or(chars.len()..chars.len(), |caret| range(&caret));
    if !selected.is_empty() {
        return 1;
    }
    let (before, after) = chars.split_at(selected.start.min(chars.len()));
    match key {
        Key::Delete => words::length(after.iter().copied()),
        _ => words::length(before.iter().rev().copied()),
    }
}

/// Whether an event may change the text or move the caret.
fn edits(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { pressed: true, .. }
            | Event::Text(_)
            | Event::Paste(_)
            | Event::Cut
            | Event::Ime(_)
            | Event::PointerButton { .. }
    )
}

fn plain(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}
