//! The report and its bundle: what leaves the program.
//!
//! [`export`] turns a dossier into one zip, a BagIt bag with the dossier, the typeset PDF and its figures as CSV
//! tables. Equal dossiers and options give equal bytes, and nothing is written before everything is ready.

pub mod bag;
mod data;
mod datapackage;
mod docx;
mod error;
mod figures;
mod options;
pub mod outline;
mod results;
mod tables;
mod text;
pub mod typeset;
pub mod verify;
mod words;

pub use error::ReportError;
pub use options::{Format, Options, Order};

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::thread::ScopedJoinHandle;

use crate::chart::Exhibit;
use crate::check;
use crate::locale::Lang;
use crate::model::{Dossier, Moment};
use crate::store;
use crate::tasks::progress::Progress;
use crate::tr;
use crate::workbook;
use bag::{Bag, BagInfo};
use figures::Figures;
use outline::Structure;
use typeset::{Metadata, Template, Typeset};

/// The bag's folder inside the zip.
const FOLDER: &str = "hyoka-report";

/// What an export has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The bundle.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: usize,
    /// The number of files in its payload.
    pub files: usize,
    /// The number of pages of the PDF, if one was asked for.
    pub pages: Option<usize>,
    /// What the user should know of it, each as a sentence in the language of the options.
    pub remarks: Vec<String>,
}

/// Writes the report bundle of `dossier` to `target`.
///
/// # Errors
/// When the report cannot be typeset, `progress` was cancelled, or the disk refuses. A file that was at `target` is
/// then as it was, and none is there where none was.
pub fn export(
    dossier: &Dossier,
    options: &Options,
    target: &Path,
    progress: &dyn Progress,
) -> Result<Outcome, ReportError> {
    let lang = options.lang;
    let step = |fraction, ja, en| {
        progress.step(fraction, lang.t(ja, en));
        if progress.cancelled() { Err(ReportError::Cancelled) } else { Ok(()) }
    };
    let wanted = |format| options.formats.contains(&format);
    let mut bag = Bag::new(FOLDER, bag_info(dossier))?;
    step(0.0, "評価データを書いています", "Writing the dossier")?;
    bag.add("dossier.ron", store::to_ron(dossier).map_err(ReportError::Dossier)?.into_bytes())?;
    if wanted(Format::Csv) || wanted(Format::Xlsx) {
        step(0.05, "表を書いています", "Writing the tables")?;
    }
    let figures = Figures::of(dossier);
    let prepared = Prepared::of(dossier, &figures, options)?;
    let mut remarks = Vec::new();
    let mut pages = None;
    // Typesetting, the tables and the pictures do not wait for one another.
    std::thread::scope(|scope| {
        let typeset = wanted(Format::Pdf).then(|| scope.spawn(|| prepared.typeset(&figures)));
        let tables = scope.spawn(|| write_tables(dossier, options));
        if wanted(Format::Docx) {
            step(0.15, "Word の報告書を書いています", "Writing the report for Word")?;
            let pictures = figures.for_word(&Later { progress, from: 0.15, to: 0.3 })?;
            bag.add("report.docx", prepared.word(&pictures)?)?;
        }
        if wanted(Format::Figures) {
            step(0.3, "図を描いています", "Drawing the figures")?;
            for (name, content) in figures.for_bundle(&Later { progress, from: 0.3, to: 0.6 })? {
                bag.add(&name, content)?;
            }
        }
        for (name, content) in joined(tables)? {
            bag.add(&name, content)?;
        }
        if let Some(typeset) = typeset {
            step(0.6, "報告書を組んでいます", "Typesetting the report")?;
            let report = joined(typeset)?;
            remarks.extend(remark(lang, &report));
            pages = Some(report.pages);
            bag.add("report.pdf", report.pdf)?;
        }
        Ok::<_, ReportError>(())
    })?;
    step(0.85, "束にまとめています", "Packing the bundle")?;
    let zip = bag.to_zip(&Later { progress, from: 0.85, to: 0.98 })?;
    step(0.98, "保存しています", "Saving")?;
    store::write_atomically(target, &zip, false)
        .map_err(|source| ReportError::Write { path: target.to_owned(), source })?;
    progress.step(1.0, lang.t("できました", "Done"));
    Ok(Outcome { path: target.to_owned(), bytes: zip.len(), files: bag.len(), pages, remarks })
}

/// What a thread came to.
fn joined<T>(thread: ScopedJoinHandle<'_, Result<T, ReportError>>) -> Result<T, ReportError> {
    thread.join().unwrap_or_else(|_| Err(ReportError::Data("a part of the bundle broke down".to_owned())))
}

/// The files of the tables: CSV with their description, and the workbook.
fn write_tables(dossier: &Dossier, options: &Options) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let [csv, xlsx] = [Format::Csv, Format::Xlsx].map(|format| options.formats.contains(&format));
    let mut files = Vec::new();
    if !csv && !xlsx {
        return Ok(files);
    }
    let tables = tables::of(dossier);
    if xlsx {
        let results = results::of(dossier, &tables);
        let form = workbook::Options { lang: Lang::Ja, blank: false };
        let book = workbook::write_with(dossier, &results, &form).map_err(ReportError::Workbook)?;
        files.push(("evaluation.xlsx".to_owned(), book));
    }
    if csv {
        let mut written = Vec::new();
        for table in &tables {
            let csv = table.to_csv().map_err(|error| ReportError::Data(error.to_string()))?;
            written.push((table, csv));
        }
        files.push(("datapackage.json".to_owned(), datapackage::describe(dossier, &written)?));
        files.extend(written.into_iter().map(|(table, csv)| (table.path(), csv)));
    }
    Ok(files)
}

/// Typesets the report of a dossier as `options` say.
///
/// # Errors
/// When the template does not fit, which its tests rule out.
pub fn typeset(dossier: &Dossier, options: &Options) -> Result<Typeset, ReportError> {
    let figures = Figures::of(dossier);
    Prepared::of(dossier, &figures, options)?.typeset(&figures)
}

/// What all forms of the report are made from.
struct Prepared<'a> {
    dossier: &'a Dossier,
    options: &'a Options,
    structure: Cow<'a, Structure>,
    review: Option<check::Review>,
    figures: &'a [Exhibit],
}

impl<'a> Prepared<'a> {
    fn of(dossier: &'a Dossier, figures: &'a Figures, options: &'a Options) -> Result<Self, ReportError> {
        let review = options.checks.then(|| check::review(check::run(dossier), &dossier.check_notes));
        Ok(Self { dossier, options, structure: options.structure()?, review, figures: &figures.0 })
    }

    /// The sections, and the view of what they hold.
    fn seen(&self) -> (Vec<outline::Entry<'_>>, data::Report<'_>) {
        let Self { dossier, options, structure, review, figures } = self;
        let entries = outline::resolve(structure, dossier, figures, review.as_ref(), &options.without);
        let report = data::Report::of(dossier, &entries, figures, review.as_ref());
        (entries, report)
    }

    /// The report as PDF.
    fn typeset(&self, figures: &Figures) -> Result<Typeset, ReportError> {
        let data =
            serde_json::to_string(&self.seen().1).map_err(|error| ReportError::Data(error.to_string()))?;
        let metadata = Metadata { identifier: self.dossier.title().to_owned() };
        let template = Template::bundled().holding(figures.for_template());
        let report = typeset::typeset(&template, data, &metadata)?;
        for warning in &report.warnings {
            tracing::warn!("typesetting: {warning}");
        }
        if let Err(reason) = &report.accessible {
            tracing::info!("the PDF is tagged but not PDF/UA: {reason}");
        }
        Ok(report)
    }

    /// The report for Word, with the pictures of its charts.
    fn word(&self, pictures: &docx::Pictures) -> Result<Vec<u8>, ReportError> {
        let (entries, report) = self.seen();
        docx::write(&report, &entries, pictures)
    }
}

fn remark(lang: Lang, report: &Typeset) -> Option<String> {
    if report.missing.is_empty() {
        return None;
    }
    let missing: String = report.missing.iter().take(20).collect();
    let more = if report.missing.len() > 20 { "…" } else { "" };
    Some(tr!(
        lang,
        "PDF の書体にない文字は□で印字されます：{missing}{more}",
        "The PDF's font lacks these characters; they print as boxes: {missing}{more}"
    ))
}

fn bag_info(dossier: &Dossier) -> BagInfo {
    let bagging_date = match dossier.report.date.at {
        Some(Moment::Day(day)) => day.to_string(),
        _ => String::new(),
    };
    BagInfo {
        source_organization: text::clean(&dossier.report.issuers.join(" ")).into_owned(),
        external_description: text::clean(dossier.title()).into_owned(),
        bagging_date,
    }
}

/// The last part of a job, told to the whole job's watcher.
struct Later<'a> {
    progress: &'a dyn Progress,
    from: f32,
    to: f32,
}

impl Progress for Later<'_> {
    fn step(&self, fraction: f32, what: &str) {
        self.progress.step(self.from + fraction * (self.to - self.from), what);
    }

    fn cancelled(&self) -> bool {
        self.progress.cancelled()
    }
}
