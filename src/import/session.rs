//! From files to a proposal: read once, propose as often as answers change.

use super::draft::{Answers, Draft};
use super::proposal::{FileReport, Form, Proposal, SheetReport};
use super::tables;
use crate::locale::Both;
use crate::model::{Dossier, SubjectId};
use crate::sheets::{Address, Book};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What an import was asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// 予算事業ID: only this project's rows of an official export.
    pub project: Option<String>,
    /// Whose the tables are, where a file does not say.
    pub subject: Option<SubjectId>,
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
    /// Nothing: why it could not be read, in one sentence.
    Trouble(Both),
}

/// What the files would change in a dossier, as far as the answers go.
///
/// # Errors
/// Only if the dossier cannot be serialised, which its types rule out.
pub fn propose(
    inputs: &[Input],
    dossier: &Dossier,
    answers: &Answers,
    options: &Options,
) -> Result<Proposal, serde_json::Error> {
    let mut draft = Draft::new(dossier, answers)?;
    for input in inputs {
        let mut report = FileReport { file: input.file.clone(), ..FileReport::default() };
        match &input.content {
            Content::Trouble(sentence) => report.trouble = Some(sentence.clone()),
            Content::Book(book) => {
                report.form = Form::Tables;
                report.sheets = (book.sheets.iter())
                    .map(|sheet| SheetReport {
                        name: sheet.name.clone(),
                        cells: sheet.cells().len(),
                        understood: 0,
                    })
                    .collect();
                tables::recognise(book, &mut draft, options);
                count_understood(draft.proposal(), &mut report);
            }
            Content::Dossier(_) | Content::Json(_) => {}
        }
        draft.proposal().files.push(report);
    }
    Ok(draft.finish())
}

/// Counts the cells of each sheet that hold a value or explain one.
fn count_understood(proposal: &Proposal, report: &mut FileReport) {
    let mut cells: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for table in proposal.tables.iter().filter(|table| table.at.file == report.file) {
        let sheet = cells.entry(&table.at.sheet).or_default();
        sheet.extend(table.entries.iter().map(|entry| entry.source.cell.clone()));
        sheet.extend(table.roles.iter().map(|(at, _)| at.to_string()));
    }
    for sheet in &mut report.sheets {
        // A value that was read from the table as a whole is not one of its cells.
        sheet.understood = cells.get(sheet.name.as_str()).map_or(0, |known| {
            known.iter().filter(|cell| cell.parse::<Address>().is_ok()).count()
        });
    }
}
