//! The import page: files and pastes come in, are looked at, and are taken as one step that can be undone.
//!
//! [`Import`] holds the state between frames; `work` reads and measures on other threads; `preview` is what the two
//! make of it; `page` and its parts (`sources`, `grid`, `values`, `side`, `detail`) draw that and change nothing but
//! what is chosen. Nothing of the dossier changes before [`Asked::Take`].

mod arrive;
mod desk;
mod detail;
mod empty;
mod grid;
mod layout;
mod marks;
mod page;
mod preview;
mod side;
mod sources;
#[cfg(test)]
mod tests;
mod values;
mod words;
mod work;

use super::command::Command;
use super::document::Document;
use super::files::waker;
use super::kit::Kind;
use super::route::Route;
use super::window::Window;
use crate::import::{Answers, Options, Standing, apply};
use crate::model::{ChangeError, Dossier, Place};
use crate::sheets::{Limits, Reader};
use crate::tasks::{Job, Poll};
use crate::{sample, tr};
use desk::{Asked, Look};
use egui::Context;
use marks::Marks;
use preview::{Choices, Preview};
use std::sync::Arc;
use work::{Ask, Propose, Sources};

/// Which state of which document: its serial and revision; none while no dossier is open.
type State = Option<(u64, u64)>;

/// The state of the import.
pub(crate) struct Import {
    propose: Propose,
    reader: Reader,
    sources: Arc<Sources>,
    answers: Answers,
    choices: Choices,
    preview: Option<Preview>,
    /// What the preview was measured against; none while it has to be measured anew.
    against: Option<State>,
    reading: Option<Reading>,
    measuring: Option<Job<Result<Preview, String>>>,
    taking: Option<Taking>,
    /// What was brought while something else was being read.
    queue: Vec<Ask>,
    trouble: Option<String>,
    look: Look,
    /// What was said of ranges of the sheets.
    marks: Marks,
    /// Where one came from.
    back: Route,
    /// How many tables were pasted since the window opened, to name them apart.
    pastes: usize,
    /// How many frames more a paste that was asked for is waited for.
    paste_awaited: u8,
    /// The files that are held over the window.
    held: Option<arrive::Held>,
    /// How many cells of the source or of the list were drawn last.
    drawn: usize,
}

/// Files being read.
struct Reading {
    asks: Vec<Ask>,
    job: Job<Sources>,
}

/// A proposal being applied.
struct Taking {
    against: State,
    /// What the undo step is called.
    label: String,
    /// Where the first value lands.
    place: Option<Place>,
    count: usize,
    job: Job<Result<Dossier, ChangeError>>,
}

impl std::fmt::Debug for Import {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Import").field("preview", &self.preview).finish_non_exhaustive()
    }
}

impl Import {
    /// Nothing brought yet; files are read with `reader`, or else in a child process of this program.
    pub(super) fn new(reader: Option<Reader>) -> Self {
        Self {
            propose: crate::import::propose_watched,
            reader: reader.unwrap_or_else(|| Reader::of_this_program(Limits::default())),
            sources: Arc::default(),
            answers: Answers::new(),
            choices: Choices::default(),
            preview: None,
            against: None,
            reading: None,
            measuring: None,
            taking: None,
            queue: Vec::new(),
            trouble: None,
            look: Look::default(),
            marks: Marks::default(),
            back: Route::Start,
            pastes: 0,
            paste_awaited: 0,
            held: None,
            drawn: 0,
        }
    }

    /// Whether the page needs the whole width of the window.
    pub(super) fn is_wide(&self) -> bool {
        self.preview.is_some()
    }

    /// Puts everything away.
    fn clear(&mut self) {
        if let Some(reading) = &self.reading {
            reading.job.cancel();
        }
        self.stop_measuring();
        let reader = self.reader.clone();
        let (propose, back, pastes) = (self.propose, self.back.clone(), self.pastes);
        *self = Self { propose, back, pastes, ..Self::new(Some(reader)) };
    }

    /// Takes a file out.
    fn remove(&mut self, file: &str) {
        self.marks.forget(file);
        Arc::make_mut(&mut self.sources).remove(file);
        if self.sources.inputs.is_empty() && self.reading.is_none() {
            self.clear();
        }
        self.measure_again();
    }

    fn measure_again(&mut self) {
        self.against = None;
        self.stop_measuring();
    }

    fn stop_measuring(&mut self) {
        if let Some(job) = self.measuring.take() {
            job.cancel();
        }
    }

    /// What somebody must know of the tables that the files do not say: where one pasted.
    fn options(&self) -> Options {
        let pasted = self.sources.inputs.iter().all(|input| input.path.is_none());
        let subject = match &self.back {
            Route::Material(id, _) | Route::Evaluation(id, _) if pasted => Some(id.clone()),
            _ => None,
        };
        Options { subject, marked: self.marks.sheets(), ..Options::default() }
    }
}

impl Window {
    /// Looks after what the import does in the background.
    pub(super) fn import_logic(&mut self, ctx: &Context) {
        self.poll_reading(ctx);
        self.poll_measuring();
        self.poll_taking(ctx);
        self.begin_measuring(ctx);
        self.marks_logic(ctx);
    }

    fn state(&self) -> State {
        self.document.as_ref().map(|document| (document.serial(), document.revision()))
    }

    /// The dossier that is measured against: the open one, or the one that would be begun.
    fn target(&self) -> Dossier {
        self.document.as_ref().map_or_else(sample::blank, |document| document.dossier.clone())
    }

    /// Goes to the import page.
    pub(super) fn go_to_import(&mut self) {
        if self.route != Route::Import {
            self.import.back = std::mem::replace(&mut self.route, Route::Import);
        }
    }

    /// Reads what was brought, in the background, and shows the page.
    fn bring(&mut self, ctx: &Context, asks: Vec<Ask>) {
        if !self.can(Command::Import) {
            let words = self.no_import();
            self.messages.push(Kind::Info, words, "");
            return;
        }
        self.go_to_import();
        self.import.trouble = None;
        self.import.queue.extend(asks);
        self.begin_reading(ctx);
    }

    fn begin_reading(&mut self, ctx: &Context) {
        if self.import.reading.is_some() || self.import.queue.is_empty() {
            return;
        }
        let asks = std::mem::take(&mut self.import.queue);
        let (theirs, lang, reader) = (asks.clone(), self.lang, self.import.reader.clone());
        let name = lang.t("取り込むファイルの読み込み", "Reading for an import");
        match Job::start(name, waker(ctx), move |progress| work::read(&theirs, &reader, lang, progress)) {
            Ok(job) => self.import.reading = Some(Reading { asks, job }),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_reading(&mut self, ctx: &Context) {
        let Some(reading) = &self.import.reading else { return };
        let outcome = reading.job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.import.reading = None;
        match outcome {
            Poll::Done(sources) => {
                Arc::make_mut(&mut self.import.sources).add(sources);
                self.import.measure_again();
            }
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
        self.begin_reading(ctx);
    }

    /// Stops reading; what was read before stays.
    fn stop_reading(&mut self) {
        if let Some(reading) = self.import.reading.take() {
            reading.job.cancel();
        }
        self.import.queue.clear();
    }

    /// Measures what was read against the dossier as it is, whenever either has changed and the page is shown.
    fn begin_measuring(&mut self, ctx: &Context) {
        let state = self.state();
        let import = &self.import;
        let busy = import.reading.is_some() || import.measuring.is_some() || import.taking.is_some();
        if busy
            || self.route != Route::Import
            || import.sources.inputs.is_empty()
            || import.against == Some(state)
        {
            return;
        }
        let (propose, sources, dossier) = (import.propose, Arc::clone(&import.sources), self.target());
        let (answers, options) = (import.answers.clone(), import.options());
        let name = self.lang.t("取り込みの準備", "Preparing an import");
        match Job::start(name, waker(ctx), move |progress| {
            work::measure(propose, &sources, &dossier, &answers, &options, progress)
        }) {
            Ok(job) => {
                self.import.measuring = Some(job);
                self.import.against = Some(state);
            }
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_measuring(&mut self) {
        let Some(job) = &self.import.measuring else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.import.measuring = None;
        match outcome {
            Poll::Done(Ok(mut preview)) => {
                let import = &mut self.import;
                preview.recall(&import.choices);
                import.look.turn_to(&preview, &import.sources);
                import.preview = Some(preview);
            }
            Poll::Done(Err(trouble)) => self.give_up(trouble),
            Poll::Broken | Poll::Running => {
                let words = self.lang.t(
                    "表を読み取る途中で処理が止まりました。ファイルを一つずつ取り込むと、どれが原因か分かります。",
                    "Reading the tables stopped half-way. Import the files one by one to find which is the cause.",
                );
                self.give_up(words.to_owned());
            }
        }
    }

    /// Puts away what no proposal could be made of, and says why.
    fn give_up(&mut self, trouble: String) {
        self.import.clear();
        self.import.trouble = Some(trouble);
    }

    /// Takes what is chosen, in the background.
    fn take(&mut self, ctx: &Context) {
        self.settle();
        let (state, dossier, lang) = (self.state(), self.target(), self.lang);
        let Some(preview) = self.import.preview.as_ref().filter(|_| self.import.against == Some(state))
        else {
            return;
        };
        let proposal = preview.proposal.clone();
        let count = match preview.tally {
            preview::Tally { changes: 0, confirmations } => confirmations,
            tally => tally.changes,
        };
        let files: Vec<&str> = proposal.files.iter().map(|report| report.file.as_str()).collect();
        let files = match files.split_first() {
            Some((first, [])) => (*first).to_owned(),
            Some((first, more)) => {
                let more = more.len();
                tr!(lang, "{first} ほか {more}", "{first} and {more} more")
            }
            None => String::new(),
        };
        let label = tr!(lang, "取り込み: {files}（{count} 件）", "Import: {files} ({count} values)");
        let landing = proposal.accepted().find(|entry| entry.standing != Standing::Same);
        let place = landing.or_else(|| proposal.accepted().next()).map(|entry| entry.place.clone());
        let name = lang.t("取り込み", "Import");
        match Job::start(name, waker(ctx), move |_| apply(&dossier, &proposal)) {
            Ok(job) => self.import.taking = Some(Taking { against: state, label, place, count, job }),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_taking(&mut self, ctx: &Context) {
        let Some(taking) = &self.import.taking else { return };
        let outcome = taking.job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        let Some(Taking { against, label, place, count, .. }) = self.import.taking.take() else { return };
        self.settle();
        match outcome {
            // What was edited meanwhile must not be lost; the proposal is measured anew and waits for another press.
            Poll::Done(Ok(_)) if self.state() != against => self.import.measure_again(),
            Poll::Done(Ok(after)) => self.land(ctx, after, label, place.as_ref(), count),
            Poll::Done(Err(error)) => {
                let words = self.lang.t(
                    "取り込めませんでした。評価データは変わっていません。",
                    "The import failed; the dossier is unchanged.",
                );
                self.messages.push(Kind::Alarm, words, error.to_string());
            }
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Puts the imported dossier in place as one step, and goes to where its values are.
    fn land(&mut self, ctx: &Context, after: Dossier, label: String, place: Option<&Place>, count: usize) {
        let lang = self.lang;
        if self.document.is_none() {
            self.show_document(Document::new(sample::blank(), None));
        }
        let Some(document) = &mut self.document else { return };
        document.dossier = after;
        if let Err(error) = document.settle_as(label) {
            let words = lang.t("変更を記録できませんでした。", "The change could not be recorded.");
            self.messages.push(Kind::Alarm, words, error.to_string());
        }
        let there = place.map(|place| crate::locale::place::say(&document.dossier, place, lang));
        self.route = place.and_then(Route::of_place).unwrap_or_else(Route::programme);
        self.import.clear();
        let keys = Command::Undo.shortcut().map(|keys| ctx.format_shortcut(&keys)).unwrap_or_default();
        let undo = tr!(lang, "{keys} でまとめて元に戻せます。", "{keys} takes all of it back.");
        let there = there.unwrap_or_default();
        let there = if count > 1 { tr!(lang, "{there} ほか", "{there} and others") } else { there };
        let words = tr!(lang, "{count} 件を取り込みました", "{count} values imported");
        self.messages.push(Kind::Good, words, format!("{there}\n{undo}"));
    }

    /// Does what the page asked for.
    fn import_asked(&mut self, ctx: &Context, asked: Asked) {
        match asked {
            Asked::Files => self.ask_import(ctx),
            Asked::Paste => self.ask_paste(ctx),
            Asked::Take => self.take(ctx),
            Asked::SaveMap => self.ask_save_map(ctx),
            Asked::Stop => {
                self.import.clear();
                self.route = self.import.back.clone();
            }
            Asked::Back => self.route = self.import.back.clone(),
        }
    }
}
