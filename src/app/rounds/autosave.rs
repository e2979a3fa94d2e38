//! A ballot in a member's hands saves of itself, so that no keystroke is lost with the program or the power.

use crate::app::document::Document;
use crate::app::route::{MaterialTab, Route};
use crate::app::window::Window;
use crate::model::{CriterionNo, SubjectId};
use egui::Context;
use std::time::{Duration, Instant};

/// So long nothing must have changed before it saves.
const REST: Duration = Duration::from_millis(400);
/// So long at most it waits while somebody goes on typing.
const LONGEST: Duration = Duration::from_secs(2);

impl Window {
    /// Notes that a ballot in a member's hands holds something that is not on disk.
    pub(in crate::app) fn note_news(&mut self, ctx: &Context) {
        let touched = self.is_touched();
        let Some(document) = self.document.as_mut().filter(|document| document.package.is_some()) else {
            return;
        };
        // A command such as undo changes it without anything being typed.
        let state = Some((document.serial(), document.revision()));
        if std::mem::replace(&mut self.round.seen, state) == state && !touched {
            return;
        }
        document.refresh_reading();
        if !document.has_news() {
            self.round.news = None;
            return;
        }
        let now = Instant::now();
        let first = self.round.news.map_or(now, |(first, _)| first);
        self.round.news = Some((first, now));
        ctx.request_repaint_after(REST);
    }

    /// Saves it once somebody rests, or has gone on for long.
    pub(super) fn autosave(&mut self, ctx: &Context) {
        let Some((first, last)) = self.round.news else { return };
        if !self.in_members_hands() {
            self.round.news = None;
            return;
        }
        let due = (last + REST).min(first + LONGEST);
        let wait = due.saturating_duration_since(Instant::now());
        if !wait.is_zero() || self.files.is_saving() {
            ctx.request_repaint_after(wait.max(Duration::from_millis(50)));
            return;
        }
        self.round.news = None;
        if self.document.as_ref().is_some_and(Document::has_news) {
            self.save_quietly(ctx);
        }
    }

    /// Whether a ballot in a member's hands holds what is not on disk.
    pub(in crate::app) fn has_unsaved_ballot(&self) -> bool {
        self.in_members_hands() && self.document.as_ref().is_some_and(Document::has_news)
    }

    /// Shows a field of the member's ballot, beside the material it is about.
    pub(super) fn jump_to(&mut self, subject: SubjectId, criterion: CriterionNo) {
        let ballot = self.fresh_ballot();
        self.ballot.get_or_insert(ballot).jump(subject.clone(), criterion);
        let tab = match &self.route {
            Route::Material(_, tab) => *tab,
            _ => MaterialTab::default(),
        };
        self.route = Route::Material(subject, tab);
    }
}
