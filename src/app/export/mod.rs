//! The export page: for whom the bundle is, what goes into it, in which order, how its pages look, where it goes.

mod names;
mod page;
mod preview;

use super::document::Document;
use super::files::{Purpose, in_home, waker};
use super::kit::Kind;
use super::window::{Then, Window};
use crate::locale::Lang;
use crate::report::anonymous::Names;
use crate::report::outline::{Bundled, Structure};
use crate::report::{self, Format, Options, Order, Outcome, ReportError, Variant};
use crate::store;
use crate::tasks::{Job, Poll};
use egui::{Context, Ui};
use names::Mentions;
use preview::Preview;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The state of the export.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box on the page to be ticked")]
pub(crate) struct Export {
    /// Whether members' names are to be left out.
    anonymous: bool,
    names: Names,
    mentions: Mentions,
    without: BTreeSet<Format>,
    /// Whether the report gets an annex of the consistency checks.
    checks: bool,
    /// Whether the PDF is to be fit for archives.
    archival: bool,
    order: Order,
    /// The file that the order was read from; none for one that comes with the program.
    order_file: Option<PathBuf>,
    /// Sections that are left out.
    left_out: BTreeSet<Vec<usize>>,
    preview: Preview,
    job: Option<Job<Result<Outcome, ReportError>>>,
    done: Option<Outcome>,
    trouble: Option<String>,
    /// Whether the window waits for the running export to close.
    quit: bool,
}

/// What the page asks of the window.
#[derive(Debug)]
enum Ask {
    /// To write the bundle.
    Write,
    /// To read a template.
    ReadTemplate,
    /// To write a template out.
    WriteTemplate(&'static Bundled),
}

/// A state of a document, by its number and that of its last step.
type State = (u64, u64);

fn state(document: &Document) -> State {
    (document.serial(), document.revision())
}

impl Window {
    /// Looks after a running export.
    pub(super) fn export_logic(&mut self, ctx: &Context) {
        self.export.mentions.poll();
        self.export.preview.poll(ctx, self.lang);
        let Some(job) = &self.export.job else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.export.job = None;
        let lang = self.lang;
        match outcome {
            Poll::Done(Ok(done)) => {
                let file = done.path.display().to_string();
                self.messages.push(
                    Kind::Good,
                    lang.t("報告書一式を書き出しました", "The report bundle is written"),
                    file,
                );
                self.export.done = Some(done);
            }
            Poll::Done(Err(ReportError::Cancelled)) => {
                self.messages.push(Kind::Info, ReportError::Cancelled.message(lang), "");
            }
            Poll::Done(Err(error)) => self.export.trouble = Some(error.message(lang)),
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
        if std::mem::take(&mut self.export.quit) {
            self.leave(ctx, Then::Quit);
        }
    }

    /// Writes the bundle in the background.
    pub(super) fn start_export(&mut self, ctx: &Context, target: PathBuf) {
        let Some(document) = self.document.as_ref().filter(|_| self.export.job.is_none()) else { return };
        let dossier = document.dossier.clone();
        let options = self.export.options(self.lang);
        self.export.forget_result();
        let name = self.lang.t("書き出し", "Export");
        match Job::start(name, waker(ctx), move |progress| {
            report::export(&dossier, &options, &target, progress)
        }) {
            Ok(job) => self.export.job = Some(job),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    /// Draws the export page.
    pub(super) fn export_page(&mut self, ui: &mut Ui) {
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let Some(ask) = self.export.page(ui, lang, document) else { return };
        match ask {
            Ask::Write => {
                let path = document.path.as_ref();
                let stem = path.and_then(|path| path.file_stem());
                let name = stem.map_or_else(|| "hyoka-report".into(), |stem| stem.to_string_lossy());
                // The variant for everyone must not take the place of the full one.
                let ending = if self.export.anonymous { "-anonymous.zip" } else { ".zip" };
                let name = format!("{name}{ending}");
                let suggestion = path
                    .and_then(|path| path.parent())
                    .map_or_else(|| in_home(&name), |folder| folder.join(&name).display().to_string());
                self.ask(ui.ctx(), Purpose::Export, suggestion);
            }
            Ask::ReadTemplate => self.ask(ui.ctx(), Purpose::ReadTemplate, String::new()),
            Ask::WriteTemplate(bundled) => {
                let suggestion = in_home(&format!("{}.ron", bundled.name));
                self.ask(ui.ctx(), Purpose::WriteTemplate(bundled), suggestion);
            }
        }
    }

    /// Takes the order of the report from a file. It is a few kilobytes, so it is read at once.
    pub(super) fn read_template(&mut self, path: &Path) {
        match Structure::open(path) {
            Ok(structure) => {
                self.export.choose(Order::Own(Box::new(structure)), Some(path.to_owned()));
                self.export.trouble = None;
            }
            Err(error) => {
                self.export.trouble = Some(error.message(self.lang, &path.display().to_string()));
            }
        }
    }

    /// Writes a template out, to be copied and changed.
    pub(super) fn write_template(&mut self, bundled: &Bundled, path: &Path) {
        let lang = self.lang;
        match store::write_atomically(path, bundled.text.as_bytes(), false) {
            Ok(()) => {
                let said = lang.t("ひな形を書き出しました", "The template is written");
                self.messages.push(Kind::Good, said, path.display().to_string());
            }
            Err(error) => self.messages.push(Kind::Alarm, store::writing(lang, path, &error), ""),
        }
    }
}

impl Export {
    /// Forgets what the last export came to; one that runs goes on.
    pub(super) fn forget_result(&mut self) {
        self.done = None;
        self.trouble = None;
    }

    /// Forgets what belongs to the document that was open.
    pub(super) fn forget_document(&mut self) {
        self.forget_result();
        self.names = Names::default();
        self.mentions = Mentions::default();
        self.preview = Preview::default();
    }

    /// Closes the window when the running export is done; false if there is none.
    pub(super) fn quit_when_done(&mut self) -> bool {
        self.quit = self.job.is_some();
        self.quit
    }

    fn choose(&mut self, order: Order, file: Option<PathBuf>) {
        if order != self.order {
            // The sections of another order are others.
            self.left_out.clear();
        }
        self.order = order;
        self.order_file = file;
    }

    /// What the page is set to.
    pub(super) fn options(&self, lang: Lang) -> Options {
        Options {
            variant: if self.anonymous { Variant::Anonymous(self.names.clone()) } else { Variant::Full },
            formats: Format::ALL.into_iter().filter(|format| !self.without.contains(format)).collect(),
            checks: self.checks,
            template: self.order.clone(),
            archival: self.archival,
            without: self.left_out.clone(),
            lang,
        }
    }
}
