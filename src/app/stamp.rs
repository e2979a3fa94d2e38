//! States of the dossier in the window, so that what is worked out of it is not worked out anew in every frame.

use egui::{Context, Id, Ui};
use std::sync::Arc;

/// A state of the dossier in the window, as a frame begins. While it stays, the dossier does; the other way round does not
/// hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Which document, and which of its settled states.
    pub(crate) settled: (u64, u64),
    /// How many frames began after something that may have been edited and was not settled.
    pub(crate) edits: u64,
}

impl Stamp {
    fn key() -> Id {
        Id::unique("state of the dossier")
    }

    /// Lets panels know of it.
    pub(crate) fn put(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Self::key(), Some(self)));
    }

    /// The state in this frame; none where nobody keeps count, as in tests of a single panel.
    pub(crate) fn of(ui: &Ui) -> Option<Self> {
        ui.data(|data| data.get_temp::<Option<Self>>(Self::key())).flatten()
    }
}

/// What was worked out of the dossier under a name of its own, as long as nothing can have been edited since.
pub(crate) fn remembered<T: Send + Sync + 'static>(ui: &Ui, key: Id, work: impl FnOnce() -> T) -> Arc<T> {
    type Known<T> = Option<(Stamp, Arc<T>)>;
    let now = Stamp::of(ui);
    let known = ui.data(|data| data.get_temp::<Known<T>>(key)).flatten();
    if let Some((_, known)) = known.filter(|(stamp, _)| Some(*stamp) == now) {
        return known;
    }
    let made = Arc::new(work());
    if let Some(now) = now {
        ui.data_mut(|data| data.insert_temp::<Known<T>>(key, Some((now, Arc::clone(&made)))));
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_holds_until_something_may_have_been_edited() {
        let ctx = Context::default();
        let mut worked = 0;
        let mut frame = |stamp: Option<Stamp>| {
            if let Some(stamp) = stamp {
                stamp.put(&ctx);
            }
            let mut got = 0;
            let _ = ctx.run_ui(egui::RawInput::default(), |ui| {
                got = *remembered(ui, Id::unique("test"), || {
                    worked += 1;
                    worked
                });
            });
            got
        };
        assert!(frame(None) < frame(None), "without a state nothing is remembered");
        let stamp = Stamp { settled: (0, 0), edits: 0 };
        let first = frame(Some(stamp));
        assert_eq!(frame(Some(stamp)), first);
        let edited = frame(Some(Stamp { edits: 1, ..stamp }));
        assert!(edited > first);
        assert!(frame(Some(Stamp { settled: (0, 1), edits: 1 })) > edited);
    }
}
