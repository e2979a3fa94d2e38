//! A dossier that saves of itself, where the user has asked for that: some seconds after the last edit, to the file it
//! came from, and never over what somebody else has written there meanwhile.

use super::window::Window;
use egui::Context;
use std::time::{Duration, Instant};

/// So long nothing must have changed before it saves.
const REST: Duration = Duration::from_secs(5);

/// A document and its state.
type State = (u64, u64);

/// What waits to be saved.
#[derive(Debug, Default)]
pub(crate) struct Autosave {
    /// The state that was looked at last, and when saving it is due.
    waiting: Option<(State, Instant)>,
    /// The state that could not be saved, because somebody else has written the file.
    kept: Option<State>,
}

impl Autosave {
    /// Notes that somebody else has written the file: it is the user who saves next.
    pub(super) fn keep_out(&mut self, state: State) {
        self.kept = Some(state);
    }
}

impl Window {
    /// Saves the dossier of itself when that is due.
    pub(super) fn autosave_logic(&mut self, ctx: &Context) {
        let on = self.prefs.autosave && !self.in_members_hands() && self.dialog.is_none();
        let ready = self.document.as_ref().filter(|document| {
            on && document.is_dirty() && document.path.is_some() && document.seen.is_some()
        });
        let Some(document) = ready else {
            self.autosave.waiting = None;
            return;
        };
        let state = (document.serial(), document.revision());
        if self.autosave.kept == Some(state) {
            return;
        }
        let now = Instant::now();
        let due = match self.autosave.waiting {
            Some((known, due)) if known == state => due,
            _ => now + REST,
        };
        self.autosave.waiting = Some((state, due));
        let left = due.saturating_duration_since(now);
        if !left.is_zero() || self.files.is_saving() {
            ctx.request_repaint_after(left.max(Duration::from_millis(50)));
            return;
        }
        self.autosave.waiting = Some((state, now + REST));
        self.save_quietly(ctx);
    }
}
