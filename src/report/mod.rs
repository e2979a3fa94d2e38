//! The report and its bundle: what leaves the program.
//!
//! [`export`] turns a dossier into one zip, a BagIt bag with the dossier, the typeset PDF and its figures as CSV
//! tables. Equal dossiers and options give equal bytes, and nothing is written before everything is ready.

pub mod anonymous;
pub mod bag;
mod data;
mod datapackage;
mod docx;
mod error;
mod figures;
mod options;
pub mod outline;
pub mod preview;
mod results;
mod tables;
mod text;
pub mod typeset;
pub mod verify;
mod words;

pub use error::ReportError;
pub use options::{Format, Options, Order, Variant};

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::thread::ScopedJoinHandle;

use crate::check;
use crate::locale::Lang;
use crate::model::{Dossier, Moment};
use crate::store;
use crate::tasks::progress::Progress;
use crate::tr;
use crate::workbook;
use bag::{Bag, BagInfo};
use figures::{Figures, Picture};
use outline::Entry;
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
    let dossier = variant(dossier, &options.variant)?;
    let dossier = &*dossier;
    let mut bag = Bag::new(FOLDER, bag_info(dossier))?;
    let wanted = |format| options.formats.contains(&format);
    let figures = Figures::of(dossier);
    step(0.0, "評価データを書いています", "Writing the dossier")?;
    bag.add("dossier.ron", store::to_ron(dossier).map_err(ReportError::Dossier)?.into_bytes())?;
    if wanted(Format::Csv) || wanted(Format::Xlsx) {
        step(0.05, "表を書いています", "Writing the tables")?;
    }
    let mut remarks = Vec::new();
    let mut pages = None;
    // What is typeset, the tables and the pictures do not wait for one another.
    std::thread::scope(|scope| {
        let typeset = scope.spawn(|| write_pages(dossier, &figures, options));
        let tables = scope.spawn(|| write_tables(dossier, options));
        let mut pictures = Vec::new();
        if wanted(Format::Docx) || wanted(Format::Figures) {
            step(0.15, "図を描いています", "Drawing the figures")?;
            pictures = figures.pictures(&Later { progress, from: 0.15, to: 0.5 })?;
        }
        if wanted(Format::Docx) {
            step(0.5, "Word の報告書を書いています", "Writing the report for Word")?;
            let pictures = pictures.iter().map(|picture| (picture.name.as_str(), picture)).collect();
            let write =
                |report: &data::Report<'_>, entries: &[Entry<'_>]| docx::write(report, entries, &pictures);
            bag.add("report.docx", seen(dossier, &figures, options, write)??)?;
        }
        if wanted(Format::Figures) {
            for (name, content) in pictures.into_iter().flat_map(Picture::into_files) {
                bag.add(&name, content)?;
            }
        }
        for (name, content) in joined(tables)? {
            bag.add(&name, content)?;
        }
        if wanted(Format::Pdf) || wanted(Format::Slides) {
            step(0.6, "報告書を組んでいます", "Typesetting the report")?;
        }
        let (report, slides) = joined(typeset)?;
        if let Some(report) = report {
            remarks.extend(missing(lang, &report));
            remarks.extend(not_archival(lang, options, &report));
            pages = Some(report.pages);
            bag.add("report.pdf", report.pdf)?;
        }
        if let Some(slides) = slides {
            bag.add("slides.pdf", slides.pdf)?;
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

/// The report and the material for the meeting, where they are wanted.
fn write_pages(
    dossier: &Dossier,
    figures: &Figures,
    options: &Options,
) -> Result<(Option<Typeset>, Option<Typeset>), ReportError> {
    let [pdf, slides] = [Format::Pdf, Format::Slides].map(|format| options.formats.contains(&format));
    if !pdf && !slides {
        return Ok((None, None));
    }
    let pages = &Pages::of(dossier, figures, options)?;
    std::thread::scope(|scope| {
        let slides = slides.then(|| scope.spawn(|| pages.set(Template::slides(), options)));
        let report = pdf.then(|| pages.set(Template::bundled(), options)).transpose()?;
        Ok((report, slides.map(joined).transpose()?))
    })
}

/// The files of the tables, where they are wanted: CSV with their description, and the workbook.
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

/// The sections of the report and the view of what they hold, shown to `what`.
fn seen<T>(
    dossier: &Dossier,
    figures: &Figures,
    options: &Options,
    what: impl FnOnce(&data::Report<'_>, &[Entry<'_>]) -> T,
) -> Result<T, ReportError> {
    let review = options.checks.then(|| check::review(check::run(dossier), &dossier.check_notes));
    let structure = options.structure()?;
    let entries = outline::resolve(&structure, dossier, &figures.0, review.as_ref(), &options.without);
    Ok(what(&data::Report::of(dossier, &entries, &figures.0, review.as_ref()), &entries))
}

/// The dossier as those may see it for whom the bundle is.
fn variant<'a>(dossier: &'a Dossier, variant: &Variant) -> Result<Cow<'a, Dossier>, ReportError> {
    let Variant::Anonymous(names) = variant else { return Ok(Cow::Borrowed(dossier)) };
    let broken = |error: serde_json::Error| ReportError::Data(error.to_string());
    let anonymised = anonymous::anonymise(dossier).map_err(broken)?;
    let open = anonymised.undecided(names);
    if !open.is_empty() {
        return Err(ReportError::Names(open));
    }
    anonymised.settle(names).map(Cow::Owned).map_err(broken)
}

/// Typesets the report of a dossier as `options` say.
///
/// # Errors
/// When the template does not fit, which its tests rule out.
pub fn typeset(dossier: &Dossier, options: &Options) -> Result<Typeset, ReportError> {
    set_with(Template::bundled(), dossier, options)
}

/// Typesets the material for the meeting.
///
/// # Errors
/// When the template does not fit, which its tests rule out.
pub fn slides(dossier: &Dossier, options: &Options) -> Result<Typeset, ReportError> {
    set_with(Template::slides(), dossier, options)
}

fn set_with(template: Template, dossier: &Dossier, options: &Options) -> Result<Typeset, ReportError> {
    let dossier = variant(dossier, &options.variant)?;
    Pages::of(&dossier, &Figures::of(&dossier), options)?.set(template, options)
}

/// What templates set: the content and the pictures.
struct Pages {
    data: String,
    pictures: Vec<(String, Vec<u8>)>,
    identifier: String,
}

impl Pages {
    fn of(dossier: &Dossier, figures: &Figures, options: &Options) -> Result<Self, ReportError> {
        let data = seen(dossier, figures, options, |report, _| serde_json::to_string(report))?
            .map_err(|error| ReportError::Data(error.to_string()))?;
        let pictures = figures.for_template().collect();
        Ok(Self { data, pictures, identifier: dossier.title().to_owned() })
    }

    fn set(&self, template: Template, options: &Options) -> Result<Typeset, ReportError> {
        let metadata = Metadata { identifier: self.identifier.clone(), archival: options.archival };
        let template = template.holding(self.pictures.iter().cloned());
        let report = typeset::typeset(&template, self.data.clone(), &metadata)?;
        for warning in &report.warnings {
            tracing::debug!("typesetting: {warning}");
        }
        if let Err(reason) = &report.accessible {
            tracing::info!("the PDF is tagged but not PDF/UA: {reason}");
        }
        Ok(report)
    }
}

/// Which characters the PDF cannot show.
fn missing(lang: Lang, report: &Typeset) -> Option<String> {
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

/// Why a PDF that was to be fit for archives is not.
fn not_archival(lang: Lang, options: &Options, report: &Typeset) -> Option<String> {
    let reason = report.accessible.as_ref().err().filter(|_| options.archival)?;
    Some(tr!(
        lang,
        "PDF/A にできなかったため、ふつうの PDF にしました（{reason}）。報告書の日付が入っているか確かめてください。",
        "The PDF could not be made PDF/A and is a plain one ({reason}); check that the report has a date."
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
