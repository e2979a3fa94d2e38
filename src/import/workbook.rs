//! The workbook that this program writes, against the open dossier.
//!
//! A row that the dossier lacks is one entry; of a row that it has, each field that differs. A row or a column that
//! was taken out says nothing; a cell that was emptied does.

use super::draft::Draft;
use super::proposal::{Entry, Leftover, NewRow, SheetReport, Standing, TableKind};
use super::whole::summary;
use crate::both;
use crate::model::{Place, Source, SubjectId};
use crate::sheets::Book;
use crate::workbook::{self, Item};
use serde_json::Value;

/// Proposes what a workbook says and the open dossier does not. False if the book is no such workbook.
pub(super) fn recognise(book: &Book, draft: &mut Draft<'_>) -> bool {
    if !workbook::is_workbook(book) {
        return false;
    }
    // With nothing read before, nothing can be contradicted, and nothing needs to be looked for.
    let first = draft.is_untouched();
    let mut found = workbook::read_against(book, draft.before());
    let groups = found.groups(|tab, item| entry(&book.file, tab, item));
    let lacks_programme = found.lacks_programme();
    let troubles = found.into_troubles();
    let rows = !groups.is_empty();
    let before = draft.proposal().tables.len();
    for group in groups {
        if group.items.is_empty() && group.remarks.is_empty() {
            continue;
        }
        let mut table =
            draft.table(kind(group.key), &group.subject, &book.file, &group.tab, Some(group.area));
        // The workbook brings its own notes of where its values were read.
        table.get().traced = false;
        table.get().title.clone_from(&group.tab);
        if first {
            let rows = group.items.iter().filter(|(new_row, _)| *new_row);
            let rows = rows.map(|(_, entry)| NewRow { row: entry.place.clone() }).collect();
            table.take_all(rows, group.items.into_iter().map(|(_, entry)| entry).collect());
        } else {
            for (new_row, entry) in group.items {
                let list = entry.place.parent().filter(|_| new_row);
                if let (Some(list), Some(id)) = (list, entry.place.steps().last()) {
                    table.row_of_id(&list, id);
                }
                table.set_exact(entry.place, entry.after, entry.source, entry.printed, entry.read);
            }
        }
        for (cell, text) in group.remarks {
            table.remark(Some(cell), text);
        }
    }
    if draft.proposal().tables.len() == before && rows {
        let mut table = draft.table(TableKind::Overview, &SubjectId::programme(), &book.file, "", None);
        table.remark(
            None,
            both!("すべての欄が、開いている評価データと同じです。", "All cells are as in the open dossier."),
        );
    } else if lacks_programme {
        let mut table = draft.table(TableKind::Overview, &SubjectId::programme(), &book.file, "", None);
        table.get().traced = false;
        let source = table.get().at.clone();
        let id = SubjectId::programme().to_string();
        let place = Place::from("programme").child("id");
        table.set_exact(place, Value::String(id.clone()), source, id.clone(), id);
    }
    for trouble in troubles {
        draft.leftover(trouble.source, trouble.text, trouble.why);
    }
    true
}

/// What a workbook would change, as an entry, and whether it is a row that its list does not have.
fn entry(file: &str, tab: &str, item: Item) -> (bool, Entry) {
    let read = said(&item.after);
    let entry = Entry {
        standing: if item.before.is_some() { Standing::Changed } else { Standing::New },
        before: item.before,
        after: item.after,
        accepted: true,
        source: Source { file: file.to_owned(), sheet: tab.to_owned(), cell: item.cell.to_string() },
        printed: read.clone(),
        read,
        place: item.place,
    };
    (item.new_row, entry)
}

/// How many cells of a sheet were understood: all but those that were told of.
pub(super) fn understood(leftovers: &[Leftover], file: &str, sheet: &SheetReport) -> usize {
    let left = leftovers.iter().filter(|left| left.source.file == file && left.source.sheet == sheet.name);
    // A formula without a value is no cell that holds something.
    let (whole, cells): (Vec<_>, Vec<_>) = (left
        .filter(|left| !left.text.is_empty() || left.source.cell.is_empty()))
    .partition(|left| left.source.cell.is_empty());
    if whole.is_empty() { sheet.cells.saturating_sub(cells.len()) } else { 0 }
}

/// A value in a few words. A figure is said without being read again, because there are many.
fn said(value: &Value) -> String {
    let fields = match value {
        Value::Object(fields) => fields,
        other => return summary(other),
    };
    let figure = fields.get("amount").and_then(Value::as_object).unwrap_or(fields);
    let text = |name: &str| figure.get(name).and_then(Value::as_str).unwrap_or_default();
    match figure.get("figure") {
        Some(Value::Object(number)) if number.contains_key("Number") => {
            let number = number.get("Number").and_then(Value::as_str).unwrap_or_default();
            format!("{number} {}", text("unit")).trim_end().to_owned()
        }
        Some(_) if !text("printed").is_empty() => text("printed").to_owned(),
        _ => match fields.get("Score") {
            Some(score) => score.to_string(),
            None => summary(value),
        },
    }
}

/// What the rows of a sheet are about.
fn kind(key: &str) -> TableKind {
    match key {
        "sections" => TableKind::Text,
        "amounts" | "amount_years" | "amount_totals" => TableKind::Amounts,
        "research_items" | "tasks" => TableKind::ResearchItems,
        "funding" | "funding_years" | "funding_items" | "funding_amounts" | "funding_totals" => {
            TableKind::Funding
        }
        "outputs" | "output_statements" | "output_groups" | "output_items" => TableKind::Outputs,
        "outcomes" | "outcome_statements" => TableKind::Outcomes,
        "other_indicators" => TableKind::OtherIndicators,
        "logic_nodes" | "logic_edges" => TableKind::LogicModel,
        "roadmap" => TableKind::Roadmap,
        "market" => TableKind::Market,
        "previous_findings" => TableKind::PreviousFindings,
        "criteria" | "scale" | "committees" | "members" => TableKind::People,
        "evaluation" | "scores" | "means" => TableKind::Scores,
        "consensus" => TableKind::Consensus,
        "comments" => TableKind::Comments,
        "recommendations" => TableKind::Recommendations,
        "wg_sessions" | "findings" => TableKind::Findings,
        "competitors" | "history" | "captions" | "tables" | "table_rows" | "origins" => TableKind::Other,
        _ => TableKind::Overview,
    }
}
