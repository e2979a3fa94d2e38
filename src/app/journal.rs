//! The window's side of the journal: what is edited is noted within a second, and what a crash left is offered.

use super::dialogs::Dialog;
use super::document::Document;
use super::files::waker;
use super::kit::{self, Kind, button};
use super::window::Window;
use crate::locale::{Lang, place};
use crate::model::Snapshot;
use crate::round::Package;
use crate::store::journal::{About, Journal, Orphan, orphans};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::{Context, Id, Ui};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long an edit may wait before it is noted.
const WITHIN: Duration = Duration::from_millis(500);
/// How many changed places the offer to restore names.
const NAMED: usize = 6;

/// The journals of this window.
#[derive(Debug, Default)]
pub(crate) struct Journals {
    /// Where they are kept; none keeps none.
    folder: Option<PathBuf>,
    open: Option<Open>,
    /// When the document is to be looked at next.
    due: Option<Instant>,
    looking: Option<Job<Vec<Orphan>>>,
    /// What crashes have left, the latest first.
    left: VecDeque<Orphan>,
}

/// The journal of the open document.
#[derive(Debug)]
struct Open {
    serial: u64,
    revision: u64,
    journal: Journal,
    noted: Snapshot,
}

/// What the user says to an offer to restore.
enum Reply {
    None,
    Restore,
    Discard,
    Later,
}

/// Where journals are kept on this platform; none without a home folder.
pub(super) fn place() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "hyoka").map(|dirs| dirs.data_local_dir().join("journal"))
}

impl Journals {
    /// Journals in `folder`, looking for those that a crash has left there.
    pub(super) fn new(ctx: &Context, folder: Option<PathBuf>) -> Self {
        let place = folder.clone();
        let looking = place.and_then(|place| {
            Job::start("journals", waker(ctx), move |_| orphans(&place))
                .inspect_err(|error| tracing::warn!("no thread to look for journals: {error}"))
                .ok()
        });
        Self { folder, looking, ..Self::default() }
    }

    /// Where they are kept.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Notes the open document as it stands at the end of a program that breaks down, and keeps the file.
    pub(super) fn rescue(&mut self, document: Option<&Document>) {
        let Some(mut open) = self.open.take() else { return };
        if let Some(document) = document.filter(|document| document.serial() == open.serial)
            && !open.noted.is(&document.dossier)
        {
            open.journal.note(document.snapshot());
        }
        open.journal.abandon();
    }

    /// Tells the journal that a document has been saved.
    pub(super) fn saved(&mut self, document: &Document) {
        if let Some(open) = self.open.as_mut().filter(|open| open.serial == document.serial()) {
            open.noted = document.saved().clone();
            open.journal.saved(about(document), open.noted.clone());
            // What was edited while it was being saved is noted anew.
            self.due = Some(Instant::now());
        }
    }

    /// Notes how the document stands, if it differs from what is noted.
    fn note(&mut self, document: &Document) {
        if let Some(open) = self.open.as_mut().filter(|open| open.serial == document.serial()) {
            open.revision = document.revision();
            if !open.noted.is(&document.dossier) {
                // Shared with the settled state, so that only what is being edited is copied.
                open.noted = document.snapshot();
                open.journal.note(open.noted.clone());
            }
        }
    }

    /// Begins the journal of a document, in place of the one before.
    fn begin(&mut self, document: &Document) -> std::io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let base = document.saved().clone();
        let journal = Journal::start(folder, about(document), base.clone(), document.is_unwritten())?;
        // Its predecessor's file goes with it: that document was put away on purpose.
        self.open =
            Some(Open { serial: document.serial(), revision: document.revision(), journal, noted: base });
        self.due = Some(Instant::now());
        Ok(())
    }
}

impl Window {
    /// Looks after the journal of the open document. `touched` tells that something may have been edited.
    pub(super) fn journal_logic(&mut self, ctx: &Context, touched: bool) {
        self.poll_left();
        let Some(document) = &self.document else {
            self.journals.open = None;
            return;
        };
        let serial = document.serial();
        if self.journals.open.as_ref().is_none_or(|open| open.serial != serial)
            && let Err(error) = self.journals.begin(document)
        {
            // Without a thread it is tried again with the next frame; the log need not tell each time.
            tracing::debug!("no journal: {error}");
        }
        let Some(open) = &self.journals.open else { return };
        if touched || open.revision != document.revision() {
            self.journals.due.get_or_insert_with(|| Instant::now() + WITHIN);
        }
        if let Some(due) = self.journals.due {
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                self.journals.due = None;
                self.journals.note(document);
            } else {
                ctx.request_repaint_after(left);
            }
        }
        if let Some(error) = self.journals.open.as_ref().and_then(|open| open.journal.trouble()) {
            let lang = self.lang;
            self.messages.push(
                Kind::Alarm,
                lang.t(
                    "編集中の控えを書けません。こまめに保存してください。",
                    "Edits cannot be kept beside the document at the moment; please save often.",
                ),
                error.to_string(),
            );
        }
    }

    fn poll_left(&mut self) {
        if let Some(job) = &self.journals.looking {
            match job.poll() {
                Poll::Running => {}
                Poll::Broken => self.journals.looking = None,
                Poll::Done(found) => {
                    self.journals.looking = None;
                    self.journals.left = found.into_iter().rev().collect();
                }
            }
        }
        if self.dialog.is_none() && !self.files.is_opening() && !self.journals.left.is_empty() {
            self.dialog = Some(Dialog::Restore);
        }
    }

    /// Offers what a crash has left.
    pub(super) fn restore_dialog(&mut self, ctx: &Context) {
        let lang = self.lang;
        let Some(orphan) = self.journals.left.front() else {
            self.dialog = None;
            return;
        };
        let title = lang.t("保存されていない編集が残っています", "Edits that were not saved");
        let modal = kit::dialog(ctx, Id::unique("restore"), title, 560.0, |ui| offer(ui, lang, orphan));
        let reply = if matches!(modal.inner, Reply::None) && modal.should_close() {
            Reply::Later
        } else {
            modal.inner
        };
        match reply {
            Reply::None => {}
            // Their locks are let go; the next start offers them again.
            Reply::Later => {
                self.journals.left.clear();
                self.dialog = None;
            }
            Reply::Discard => {
                self.dialog = None;
                if let Some(Err(error)) = self.journals.left.pop_front().map(Orphan::discard) {
                    tracing::warn!("a journal cannot be removed: {error}");
                }
            }
            Reply::Restore => {
                self.dialog = None;
                if let Some(orphan) = self.journals.left.pop_front() {
                    self.restore(orphan);
                }
            }
        }
    }

    /// Shows a document as it stood when the program ended; undoing gives what was saved.
    fn restore(&mut self, orphan: Orphan) {
        let lang = self.lang;
        let restored = orphan.restore().unwrap_or_else(|error| {
            tracing::warn!("not all of a journal fits");
            tracing::debug!("{error}");
            orphan.restore_what_fits()
        });
        let about = &orphan.about;
        let mut document = match about.ballot.as_deref().map(|text| Package::read(text.as_bytes())) {
            Some(Ok(package)) => {
                Document::ballot(package, orphan.base().clone(), about.path.clone().unwrap_or_default())
            }
            _ => Document::new(orphan.base().clone(), about.path.clone()),
        };
        document.dossier = restored;
        let label = lang.t("復元した編集", "Restored edits").to_owned();
        if let Err(error) = document.settle_as(label) {
            self.messages.push(
                Kind::Alarm,
                lang.t("編集を復元できませんでした。", "The edits could not be restored."),
                error.to_string(),
            );
            return;
        }
        document.restored();
        let members = document.package.is_some();
        // The new journal is on disk before the old one goes.
        let begun = self.journals.begin(&document);
        self.journals.note(&document);
        if let Some(open) = &self.journals.open {
            open.journal.flush();
        }
        self.show_document(document);
        if members {
            self.show_own_ballot();
        }
        let removed = if begun.is_ok() { orphan.discard() } else { Ok(()) };
        for error in [begun, removed].into_iter().filter_map(Result::err) {
            tracing::warn!("a journal: {error}");
        }
        let text = lang.t(
            "前回の編集を復元しました。確かめてから保存してください。",
            "The edits are restored. Look them over, then save.",
        );
        self.messages.push(Kind::Good, text, "");
    }
}

/// What an offer says, and its buttons.
fn offer(ui: &mut Ui, lang: Lang, orphan: &Orphan) -> Reply {
    let (name, at) = (&orphan.about.name, kit::moment(orphan.last));
    kit::prose(
        ui,
        &tr!(
            lang,
            "前回、「{name}」の編集中にプログラムが終了しました。{at} までの編集が残っています。",
            "The program ended while “{name}” was being edited. What was edited until {at} has been kept."
        ),
    );
    if let Some(path) = &orphan.about.path {
        kit::note(ui, &path.display().to_string());
    }
    ui.add_space(super::theme::space::INSIDE);
    for changed in orphan.places.iter().take(NAMED) {
        ui.label(format!("・{}", place::say(orphan.base(), changed, lang)));
    }
    let more = orphan.places.len().saturating_sub(NAMED);
    if more > 0 {
        kit::note(ui, &tr!(lang, "ほか {more} 箇所", "and {more} more places"));
    }
    ui.add_space(super::theme::space::INSIDE);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if button::primary(ui, lang.t("復元する", "Restore")).clicked() {
            return Reply::Restore;
        }
        if button::plain(ui, lang.t("あとで", "Later")).clicked() {
            return Reply::Later;
        }
        if button::danger(ui, lang.t("破棄する", "Discard")).clicked() {
            Reply::Discard
        } else {
            Reply::None
        }
    })
    .inner
}

fn about(document: &Document) -> About {
    About {
        name: document.name(Lang::default()),
        path: document.path.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())),
        ballot: document.package.as_ref().and_then(|package| package.to_text().ok()),
    }
}
