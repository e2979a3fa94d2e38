//! The export page: what goes into the bundle, where to, how far it is.

use super::files::{Purpose, in_home, waker};
use super::kit::{self, Icon, Kind, badge, button};
use super::theme::space;
use super::window::{Then, Window};
use crate::locale::Lang;
use crate::report::{self, Format, Options, Outcome, ReportError};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::{Context, Ui};
use std::path::PathBuf;

/// The state of the export.
#[derive(Debug, Default)]
pub(crate) struct Export {
    without: Vec<Format>,
    /// Whether the report gets an annex of the consistency checks.
    checks: bool,
    job: Option<Job<Result<Outcome, ReportError>>>,
    done: Option<Outcome>,
    trouble: Option<String>,
    /// Whether the window waits for the running export to close.
    quit: bool,
}

impl Window {
    /// Looks after a running export.
    pub(super) fn export_logic(&mut self, ctx: &Context) {
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
        let formats =
            Format::ALL.into_iter().filter(|format| !self.export.without.contains(format)).collect();
        let options = Options { formats, checks: self.export.checks, lang: self.lang, ..Options::default() };
        self.export.done = None;
        self.export.trouble = None;
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
        let subtitle = lang.t(
            "報告書（PDF）、表（CSV）、評価データとチェックサムを、一つの ZIP にまとめます。",
            "The report (PDF), its tables (CSV), the dossier and checksums, in one zip.",
        );
        let mut start = false;
        kit::page(
            ui,
            "export",
            lang.t("報告書一式の書き出し", "Export the report bundle"),
            Some(subtitle),
            |_| (),
            |ui| {
                kit::sheet(
                    ui,
                    lang.t("入れるもの", "Contents"),
                    None,
                    |_| (),
                    |ui| self.export.contents(ui, lang),
                );
                if let Some(job) = &self.export.job {
                    let (fraction, what) = job.progress();
                    let cancel = lang.t("やめる", "Cancel");
                    if kit::loading(ui, &what, Some(fraction), cancel) {
                        job.cancel();
                    }
                } else {
                    start = button::primary(
                        ui,
                        lang.t("書き出し先を選んで始める…", "Choose where to write and begin…"),
                    )
                    .clicked();
                }
                if let Some(trouble) = &self.export.trouble {
                    kit::trouble(
                        ui,
                        lang.t("書き出せませんでした", "The export failed"),
                        trouble,
                        lang.t("評価データは変わっていません。", "The dossier is unchanged."),
                    );
                }
                if let Some(done) = &self.export.done {
                    kit::sheet(
                        ui,
                        lang.t("できあがり", "Written"),
                        None,
                        |_| (),
                        |ui| finished(ui, lang, done),
                    );
                }
            },
        );
        if start {
            let name = self
                .document
                .as_ref()
                .and_then(|document| document.path.as_ref())
                .and_then(|path| path.file_stem())
                .map_or_else(
                    || "hyoka-report.zip".to_owned(),
                    |stem| format!("{}.zip", stem.to_string_lossy()),
                );
            let beside = self
                .document
                .as_ref()
                .and_then(|document| document.path.as_ref())
                .and_then(|path| path.parent());
            let suggestion =
                beside.map_or_else(|| in_home(&name), |folder| folder.join(&name).display().to_string());
            self.ask(ui.ctx(), Purpose::Export, suggestion);
        }
    }
}

impl Export {
    /// Forgets what the last export came to; one that runs goes on.
    pub(super) fn forget_result(&mut self) {
        self.done = None;
        self.trouble = None;
    }

    /// Closes the window when the running export is done; false if there is none.
    pub(super) fn quit_when_done(&mut self) -> bool {
        self.quit = self.job.is_some();
        self.quit
    }

    fn contents(&mut self, ui: &mut Ui, lang: Lang) {
        for format in Format::ALL {
            let mut wanted = !self.without.contains(&format);
            if ui.checkbox(&mut wanted, name(format, lang)).changed() {
                self.without.retain(|other| *other != format);
                if !wanted {
                    self.without.push(format);
                }
            }
        }
        let pdf = !self.without.contains(&Format::Pdf);
        let words = lang.t("報告書に、確認の結果を付録として付ける", "An annex of the checks in the report");
        ui.add_enabled(pdf, egui::Checkbox::new(&mut self.checks, words));
        kit::note(
            ui,
            lang.t(
                "評価データ（dossier.ron）と、改変を確かめるためのチェックサム（BagIt）は、いつも入ります。",
                "The dossier (dossier.ron) and the checksums that show alterations (BagIt) are always included.",
            ),
        );
    }
}

fn name(format: Format, lang: Lang) -> &'static str {
    match format {
        Format::Pdf => lang.t("技術評価報告書（PDF）", "The evaluation report (PDF)"),
        Format::Docx => lang.t("Word で直せる報告書（DOCX）", "The report to edit in Word (DOCX)"),
        Format::Xlsx => lang.t(
            "評価データのブックと結果（Excel）",
            "The workbook with the data and the results (Excel)",
        ),
        Format::Csv => lang.t("表（CSV）と datapackage.json", "The tables (CSV) and datapackage.json"),
        Format::Figures => lang.t("図（SVG・PNG）", "The figures (SVG and PNG)"),
    }
}

fn finished(ui: &mut Ui, lang: Lang, done: &Outcome) {
    let path = done.path.display().to_string();
    kit::prose(ui, &path);
    let (files, kib) = (done.files, done.bytes.div_ceil(1024));
    let pages =
        done.pages.map(|pages| tr!(lang, "報告書 {pages} ページ、", "{pages} pages, ")).unwrap_or_default();
    kit::note(ui, &tr!(lang, "{pages}{files} 個のファイル、{kib} KiB", "{pages}{files} files, {kib} KiB"));
    for remark in &done.remarks {
        badge(ui, Kind::Caution, remark);
    }
    ui.add_space(space::TIGHT);
    if button::with_icon(ui, Icon::Folder, lang.t("フォルダーで表示", "Show in folder")).clicked()
        && let Err(error) = opener::reveal(&done.path)
    {
        tracing::warn!("the file manager did not open: {error}");
    }
}
