//! Printing: the report as a PDF, opened in the platform's own viewer, which knows the printers.

use super::dialogs::Dialog;
use super::files::waker;
use super::kit::{self, Kind, button};
use super::theme::space;
use super::window::Window;
use crate::locale::Lang;
use crate::model::Dossier;
use crate::report::{self, Options, ReportError, Variant};
use crate::store;
use crate::tasks::{Job, Poll};
use egui::{Context, Id};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So long a PDF that was made to be printed is kept: a viewer may still have it open.
const KEPT: Duration = Duration::from_hours(24);

/// What came of making a PDF to print.
#[derive(Debug)]
enum Printed {
    /// It is open in a viewer.
    Shown,
    /// It is there, but no viewer opened, for that reason.
    Unseen(PathBuf, String),
    /// It could not be typeset.
    NotSet(ReportError),
    /// It could not be written.
    NotWritten(PathBuf, std::io::Error),
}

/// A PDF that is being made to be printed.
#[derive(Debug, Default)]
pub(crate) struct Printing(Option<Job<Printed>>);

/// Where such PDFs are put: in a folder that is the user's own.
fn folder() -> PathBuf {
    let own = directories::ProjectDirs::from("", "", "hyoka").map(|dirs| dirs.cache_dir().join("print"));
    own.unwrap_or_else(|| std::env::temp_dir().join("hyoka-print"))
}

impl Window {
    /// Makes the report's PDF in the background, and shows it.
    pub(super) fn print(&mut self, ctx: &Context) {
        let lang = self.lang;
        let Some(document) = self.document.as_ref().filter(|_| self.printing.0.is_none()) else { return };
        let dossier = document.snapshot();
        // In the order that the export page has; with names, since it stays in the house.
        let options = Options { variant: Variant::Full, ..self.export.options(lang) };
        match Job::start(lang.t("印刷", "Print"), waker(ctx), move |_| {
            print(&dossier.to_dossier(), &options, &folder())
        }) {
            Ok(job) => {
                self.printing.0 = Some(job);
                self.dialog = Some(Dialog::Printing);
            }
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    /// Looks after a PDF that is being made to be printed.
    pub(super) fn print_logic(&mut self) {
        let Some(job) = &self.printing.0 else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.printing.0 = None;
        if matches!(self.dialog, Some(Dialog::Printing)) {
            self.dialog = None;
        }
        let lang = self.lang;
        match outcome {
            Poll::Done(Printed::Shown) => {
                let text = lang.t(
                    "報告書の PDF を開きました。印刷は、開いた画面から行ってください。",
                    "The report is open as a PDF; print it from there.",
                );
                self.messages.push(Kind::Good, text, "");
            }
            Poll::Done(Printed::Unseen(path, why)) => {
                let text = lang.t(
                    "PDF を表示するプログラムを開けません。このファイルを開いて印刷してください。",
                    "No program to show the PDF could be opened. Open this file and print it.",
                );
                self.messages.push(Kind::Caution, text, format!("{}\n{why}", path.display()));
            }
            Poll::Done(Printed::NotSet(error)) => self.messages.push(Kind::Alarm, error.message(lang), ""),
            Poll::Done(Printed::NotWritten(path, error)) => {
                self.messages.push(Kind::Alarm, store::writing(lang, &path, &error), "");
            }
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Says that the PDF is being made.
    pub(super) fn printing_dialog(&mut self, ctx: &Context) {
        let lang = self.lang;
        let title = lang.t("印刷の準備", "Getting ready to print");
        let modal = kit::dialog(ctx, Id::unique("printing"), title, 420.0, |ui| {
            let what = lang.t("報告書の PDF を作っています…", "Making the PDF of the report…");
            ui.label(what);
            kit::progress(ui, what, None);
            ui.add_space(space::INSIDE);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                button::plain(ui, lang.t("やめる", "Cancel")).clicked()
            })
            .inner
        });
        if modal.inner || modal.should_close() {
            if let Some(job) = self.printing.0.take() {
                job.cancel();
            }
            self.dialog = None;
        }
    }
}

/// Makes the PDF and shows it.
fn print(dossier: &Dossier, options: &Options, folder: &Path) -> Printed {
    match write(dossier, options, folder) {
        Ok(path) => match opener::open(&path) {
            Ok(()) => Printed::Shown,
            Err(error) => Printed::Unseen(path, error.to_string()),
        },
        Err(printed) => printed,
    }
}

/// Writes the PDF into `folder`, where old ones make room.
fn write(dossier: &Dossier, options: &Options, folder: &Path) -> Result<PathBuf, Printed> {
    let pdf = report::typeset(dossier, options).map_err(Printed::NotSet)?.pdf;
    let told = |error| Printed::NotWritten(folder.to_owned(), error);
    fs::create_dir_all(folder).map_err(told)?;
    for old in fs::read_dir(folder).map_err(told)?.flatten() {
        let age = old.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > KEPT) {
            // One that a viewer holds goes the next time.
            let _ = fs::remove_file(old.path());
        }
    }
    let now = jiff::Zoned::now().strftime("%Y%m%d-%H%M%S").to_string();
    let path = folder.join(format!("{}-{now}.pdf", Lang::Ja.t("評価報告書", "report")));
    store::write_atomically(&path, &pdf, false).map_err(|error| Printed::NotWritten(path.clone(), error))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pdf_is_written_and_old_ones_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("print");
        fs::create_dir(&place).unwrap();
        for (name, age) in [("old.pdf", 2 * KEPT), ("new.pdf", KEPT / 2)] {
            let file = fs::File::create(place.join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - age).unwrap();
        }
        let small = store::from_ron(include_str!("../../tests/report/fixture.ron")).unwrap().0;
        let path = write(&small, &Options::default(), &place).unwrap();
        assert!(fs::read(&path).unwrap().starts_with(b"%PDF"));
        assert!(!place.join("old.pdf").exists() && place.join("new.pdf").exists());
    }
}
