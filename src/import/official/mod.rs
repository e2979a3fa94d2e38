//! Official exports about a programme: the RS System's CSV files (行政事業レビュー見える化サイト) and JUDGIT's review sheets
//! as JSON.
//!
//! Both speak about the same matter as the report, as documents of their own. So a figure that says the same in
//! another unit, or the same when rounded to the printed unit, confirms the dossier's and leaves it as printed; a text
//! or a period that the dossier words otherwise is offered and not taken unless somebody ticks it. The exports hold all
//! projects of the government: which one is meant is asked where it is not given, and two are never mixed.

mod budget;
mod entries;
mod export;
mod facts;
mod findings;
mod judgit;
mod logic;
mod overview;
mod period;
mod policies;
mod project;

pub(super) use judgit::recognise_json;
pub(super) use project::choose;

use super::draft::Draft;
use super::session::Options;
use crate::model::SubjectId;
use crate::sheets::Book;
use export::{Export, Kind};

/// Proposes what an RS System export says of the project that [`choose`] settled on. False, and nothing is proposed, if
/// the book is none; true if it is one, even if no project is chosen yet.
pub(super) fn recognise_rs(book: &Book, draft: &mut Draft<'_>, options: &Options) -> bool {
    let Some(exports) = exports(book) else { return false };
    let Some(project) = &options.project else { return true };
    let subject = options.subject.clone().unwrap_or_else(SubjectId::programme);
    for mut export in exports {
        export.narrow(project);
        if !export.rows().is_empty() {
            read(&export, draft, &subject);
        }
    }
    true
}

/// The exports that a book consists of; none if a sheet of it is something else.
fn exports(book: &Book) -> Option<Vec<Export<'_>>> {
    let sheets = || book.sheets.iter().filter(|sheet| !sheet.cells().is_empty());
    let exports: Vec<_> = sheets().filter_map(|sheet| Export::of(&book.file, sheet)).collect();
    (!exports.is_empty() && exports.len() == sheets().count()).then_some(exports)
}

fn read(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    match export.kind() {
        Kind::Organisation => overview::organisation(export, draft, subject),
        Kind::Outline => overview::outline(export, draft, subject),
        Kind::Policies => policies::read(export, draft, subject),
        Kind::SubsidyRates => facts::subsidy_rates(export, draft, subject),
        Kind::RelatedProjects => facts::related_projects(export, draft, subject),
        Kind::Budget => budget::summary(export, draft, subject),
        Kind::BudgetItems => budget::items(export, draft, subject),
        Kind::Logic => logic::read(export, draft, subject),
        Kind::Inspection => findings::read(export, draft, subject),
        Kind::Remarks => overview::remarks(export, draft, subject),
        Kind::Unknown => facts::other(export, draft, subject),
    }
    export.settle(draft);
}
