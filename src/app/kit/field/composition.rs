//! What happens to a composition that is left unfinished.
//!
//! When a field loses the keyboard while an input method composes in it, the kana stay where they were typed. Some
//! input methods then still send what they held, a moment later, and egui would give that to whichever field has the
//! keyboard by then. So the field that was left files a [`Left`] note; while it is fresh, every field looks for the
//! late text first and takes it off the input, and the field it belongs to puts it where the kana stand.

use egui::{Context, Event, Id, ImeEvent};

/// How long a late text is waited for, in seconds.
const PATIENCE: f64 = 1.0;

/// A composition that was left unfinished.
#[derive(Debug, Clone)]
pub(super) struct Left {
    /// The field it stands in.
    pub(super) field: Id,
    /// The character it starts at.
    pub(super) start: usize,
    /// What stands there.
    pub(super) text: String,
}

#[derive(Debug, Clone)]
struct Note {
    left: Left,
    /// When it was left, in seconds of the window's clock.
    at: f64,
    /// What the input method sent late.
    late: Option<String>,
}

fn key() -> Id {
    Id::unique("composition left unfinished")
}

/// Files a note about a composition that was left, and looks for its late text right away.
pub(super) fn leave(ctx: &Context, left: Left) {
    let at = ctx.input(|i| i.time);
    ctx.data_mut(|d| d.insert_temp(key(), Some(Note { left, at, late: None })));
    claim(ctx);
}

/// Takes the late text of a composition off the input, so that no other field gets it.
pub(super) fn claim(ctx: &Context) {
    let Some(mut note) = ctx.data(|d| d.get_temp::<Option<Note>>(key())).flatten() else { return };
    let mut keep = ctx.input(|i| i.time) - note.at <= PATIENCE;
    if keep && note.late.is_none() {
        ctx.input_mut(|i| {
            for (index, event) in i.events.iter().enumerate() {
                match event {
                    Event::Ime(ImeEvent::Commit(text)) if !text.trim().is_empty() => {
                        note.late = Some(text.clone());
                        i.events.remove(index);
                        return;
                    }
                    // Somebody types again: what comes now is new.
                    Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty() => keep = false,
                    Event::Text(_) | Event::Key { pressed: true, .. } => keep = false,
                    _ => {}
                }
                if !keep {
                    return;
                }
            }
        });
    }
    ctx.data_mut(|d| d.insert_temp(key(), keep.then_some(note)));
}

/// Puts the late text of `field` where its kana stand in `text`. Whether that changed anything.
pub(super) fn settle(ctx: &Context, field: Id, text: &mut String) -> bool {
    let Some(note) = ctx.data(|d| d.get_temp::<Option<Note>>(key())).flatten() else { return false };
    let Some(late) = note.late.filter(|_| note.left.field == field) else { return false };
    ctx.data_mut(|d| d.insert_temp(key(), None::<Note>));
    let start = text.char_indices().nth(note.left.start).map_or(text.len(), |(byte, _)| byte);
    if late == note.left.text || !text[start..].starts_with(&note.left.text) {
        return false;
    }
    text.replace_range(start..start + note.left.text.len(), &late);
    true
}
