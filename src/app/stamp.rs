//! States of the dossier in the window, so that what is worked out of it is not worked out anew in every frame.

use crate::model::{Dossier, Snapshot};
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

/// What was worked out of the dossier under a name of its own, as long as the dossier is as it was then. It is compared
/// only where something may have been edited since.
pub(crate) fn remembered<T: Send + Sync + 'static>(
    ui: &Ui,
    key: Id,
    dossier: &Dossier,
    work: impl FnOnce(&Dossier) -> T,
) -> Arc<T> {
    struct Known<T> {
        stamp: Option<Stamp>,
        of: Snapshot,
        made: Arc<T>,
    }
    let now = Stamp::of(ui);
    let known = ui.data(|data| data.get_temp::<Option<Arc<Known<T>>>>(key)).flatten();
    if let Some(known) = known.as_ref().filter(|known| known.stamp == now && now.is_some()) {
        return Arc::clone(&known.made);
    }
    let (of, made) = match known.filter(|known| known.of.is(dossier)) {
        Some(known) => (known.of.clone(), Arc::clone(&known.made)),
        None => (Snapshot::of(dossier), Arc::new(work(dossier))),
    };
    let known = Arc::new(Known { stamp: now, of, made: Arc::clone(&made) });
    ui.data_mut(|data| data.insert_temp(key, Some(known)));
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_holds_until_the_dossier_is_another() {
        let ctx = Context::default();
        let mut worked = 0;
        let mut frame = |stamp: Option<Stamp>, dossier: &Dossier| {
            if let Some(stamp) = stamp {
                stamp.put(&ctx);
            }
            let mut got = 0;
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                got = *remembered(ui, Id::unique("test"), dossier, |_| {
                    worked += 1;
                    worked
                });
            });
            output.textures_delta.clear();
            got
        };
        let mut dossier = crate::sample::blank();
        assert_eq!((frame(None, &dossier), frame(None, &dossier)), (1, 1));
        dossier.projects[0].overview.name.push('改');
        assert_eq!(frame(None, &dossier), 2);
        let stamp = Stamp { settled: (0, 0), edits: 0 };
        assert_eq!(frame(Some(stamp), &dossier), 2);
        assert_eq!(frame(Some(Stamp { edits: 1, ..stamp }), &dossier), 2, "nothing was edited after all");
        dossier.report.title.push('改');
        assert_eq!(frame(Some(Stamp { edits: 1, ..stamp }), &dossier), 2, "nothing can have been edited");
        assert_eq!(frame(Some(Stamp { edits: 2, ..stamp }), &dossier), 3);
        assert_eq!(frame(Some(Stamp { settled: (0, 1), edits: 2 }), &dossier), 3);
    }
}
