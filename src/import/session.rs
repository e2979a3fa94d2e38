//! From files to a proposal: read once, propose as often as answers change.

use super::dossier;
use super::draft::{Answers, Draft};
use super::forms::{self, FormMap, KnownForm, MarkedSheet};
use super::official;
use super::proposal::{FileReport, Form, Proposal, SheetReport};
use super::tables;
use super::workbook;
use crate::both;
use crate::locale::Both;
use crate::model::{Dossier, Source, SubjectId};
use crate::sheets::{Address, Area, Book, Mark};
use crate::tasks::progress::{Progress, Unwatched};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What an import was asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// 予算事業ID: only this project's rows of an official export.
    pub project: Option<String>,
    /// Whose the tables are, where a file does not say.
    pub subject: Option<SubjectId>,
    /// Maps of forms on grid paper; those among the files are used as well.
    pub forms: Vec<FormMap>,
    /// What a person said of single sheets.
    pub marked: Vec<MarkedSheet>,
}

/// One file as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// File name, without its folder; for a member of an archive `archive.zip/member.csv`.
    pub file: String,
    /// Where it lies; none for a paste.
    pub path: Option<PathBuf>,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Tables.
    Book(Book),
    /// A dossier, or a part of one.
    Dossier(Box<Dossier>),
    /// JSON.
    Json(serde_json::Value),
    /// Maps of forms, by which the other files are read.
    Form(Vec<FormMap>),
    /// Nothing: why it could not be read, in one sentence.
    Trouble(Both),
}

/// What the files would change in a dossier, as far as the answers go.
///
/// # Errors
/// Only if the dossier cannot be serialised, which its types rule out.
pub fn propose(
    inputs: &[Input],
    open: &Dossier,
    answers: &Answers,
    options: &Options,
) -> Result<Proposal, serde_json::Error> {
    propose_watched(inputs, open, answers, options, &Unwatched)
}

/// As [`propose`], telling how far it is. Once the user cancels, the files that are left are not looked at, and what
/// comes out is of no use.
///
/// # Errors
/// Only if the dossier cannot be serialised, which its types rule out.
pub fn propose_watched(
    inputs: &[Input],
    open: &Dossier,
    answers: &Answers,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Proposal, serde_json::Error> {
    let mut draft = Draft::new(open, answers)?;
    let project = official::choose(inputs, &mut draft, options);
    let options = &Options { project, ..options.clone() };
    let given = inputs.iter().flat_map(|input| match &input.content {
        Content::Form(maps) => maps.iter().map(|map| (Some(input.file.as_str()), map)).collect(),
        _ => Vec::new(),
    });
    let forms: Vec<(Option<&str>, &FormMap)> =
        given.chain(options.forms.iter().map(|map| (None, map))).collect();
    let of = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    for (index, input) in inputs.iter().enumerate() {
        if progress.cancelled() {
            break;
        }
        progress.step(of(index) / of(inputs.len()), &input.file);
        draft.next_file();
        let mut report = FileReport { file: input.file.clone(), ..FileReport::default() };
        match &input.content {
            Content::Trouble(sentence) => report.trouble = Some(sentence.clone()),
            Content::Book(book) => {
                let known;
                (report.form, known) = recognise(book, &forms, &mut draft, options, progress);
                // A workbook of ours hides the names of its fields.
                let ours = report.form == Form::Workbook;
                report.sheets = (book.sheets.iter())
                    .map(|sheet| SheetReport {
                        name: sheet.name.clone(),
                        cells: sheet.cells().len(),
                        hidden: sheet.hidden,
                        hidden_parts: if ours { Vec::new() } else { sheet.hidden_parts() },
                        ..SheetReport::default()
                    })
                    .collect();
                for (index, form) in known {
                    report.sheets[index].form = Some(form);
                }
                tell_uncalculated(book, &mut draft);
            }
            Content::Dossier(theirs) => {
                report.form = Form::Dossier;
                dossier::recognise_dossier(&input.file, theirs, &mut draft)?;
            }
            Content::Form(_) => report.form = Form::Map,
            Content::Json(value) => {
                if official::recognise_json(&input.file, value, &mut draft, options) {
                    report.form = Form::Judgit;
                }
            }
        }
        draft.proposal().files.push(report);
    }
    count_understood(draft.proposal());
    Ok(draft.finish())
}

/// Of more ranges on a sheet, formulas without a value are told as one.
const RANGES: usize = 60;

/// Says of every formula without a value that there is none to read.
fn tell_uncalculated(book: &Book, draft: &mut Draft<'_>) {
    for sheet in &book.sheets {
        let mut areas: Vec<Area> = sheet.marked(Mark::Uncalculated).collect();
        let count = areas.iter().map(|area| u64::from(area.rows()) * u64::from(area.columns())).sum::<u64>();
        if let (true, Some(first)) = (areas.len() > RANGES, areas.first().copied()) {
            areas = vec![areas.iter().fold(first, |all, area| all.with(area.first).with(area.last))];
        }
        for area in areas {
            let cell = if area.first == area.last { area.first.to_string() } else { area.to_string() };
            let source = Source { file: book.file.clone(), sheet: sheet.name.clone(), cell };
            let why = if count == 1 {
                both!(
                    "数式の計算結果が保存されていないため（ExcelやLibreOfficeで開いて保存し直すと読めます）",
                    "It is a formula without a stored value; open and save the file in Excel or LibreOffice to have it read"
                )
            } else {
                both!(
                    "数式の計算結果が保存されていないため（シート全体で {count} セル。ExcelやLibreOfficeで開いて保存し直すと読めます）",
                    "Formulas without a stored value ({count} on the sheet); open and save the file in Excel or LibreOffice to have them read"
                )
            };
            draft.leftover(source, String::new(), why);
        }
    }
}

/// Reads a book as what it turns out to be. Returns that, and the sheets that were read by a map.
fn recognise(
    book: &Book,
    forms: &[(Option<&str>, &FormMap)],
    draft: &mut Draft<'_>,
    options: &Options,
    progress: &dyn Progress,
) -> (Form, Vec<(usize, KnownForm)>) {
    if workbook::recognise(book, draft) {
        return (Form::Workbook, Vec::new());
    }
    if official::recognise_rs(book, draft, options) {
        return (Form::RsSystem, Vec::new());
    }
    if forms.is_empty() && options.marked.is_empty() {
        tables::recognise(book, draft, options, progress);
        return (Form::Tables, Vec::new());
    }
    let (known, sheets) = forms::recognise(book, forms, draft, options);
    tables::recognise(&Book { file: book.file.clone(), sheets }, draft, options, progress);
    let mapped = known.iter().any(|(_, known)| !known.regions.is_empty());
    (if mapped { Form::MappedForm } else { Form::Tables }, known)
}

/// Counts, sheet by sheet, the cells that some table took for something. Of a workbook that is every cell that nothing
/// was told of.
fn count_understood(proposal: &mut Proposal) {
    let (tables, leftovers) = (&proposal.tables, &proposal.leftovers);
    let (canonical, others): (Vec<_>, Vec<_>) =
        proposal.files.iter_mut().partition(|file| file.form == Form::Workbook);
    for file in canonical {
        for sheet in &mut file.sheets {
            sheet.understood = workbook::understood(leftovers, &file.file, sheet);
        }
    }
    if others.is_empty() {
        return;
    }
    let mut understood: BTreeMap<(&str, &str), BTreeSet<Address>> = BTreeMap::new();
    for table in tables {
        let cells = understood.entry((&table.at.file, &table.at.sheet)).or_default();
        cells.extend(table.roles.iter().map(|(at, _)| *at));
        cells.extend(table.entries.iter().filter_map(|entry| entry.source.cell.parse::<Address>().ok()));
    }
    for file in others {
        for sheet in &mut file.sheets {
            let cells = understood.get(&(file.file.as_str(), sheet.name.as_str()));
            // A recogniser that knows all of its sheet has counted already.
            sheet.understood = sheet.understood.max(cells.map_or(0, BTreeSet::len));
        }
    }
}
