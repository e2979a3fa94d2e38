//! Making a proposal come true.

use super::proposal::{Proposal, Standing};
use super::tree::Tree;
use crate::model::{ChangeError, Dossier, Origin, Place};
use serde_json::Value;
use std::collections::btree_map::Entry as MapEntry;
use std::collections::{BTreeSet, HashSet};

/// The dossier with everything in it that the proposal accepts. The dossier given is as it was.
///
/// A new row is added only if something under it is taken. Values are set in the order in which they were read.
///
/// # Errors
/// If a value no longer finds its row, or the result would be no dossier.
pub fn apply(dossier: &Dossier, proposal: &Proposal) -> Result<Dossier, ChangeError> {
    let mut tree = Tree::new(serde_json::to_value(dossier)?);
    let wanted: BTreeSet<&Place> = proposal.accepted().map(|entry| &entry.place).collect();
    let used = |row: &Place| {
        // Places sort so that all that lies beneath a row follows it.
        wanted.range::<&Place, _>(row..).next().is_some_and(|next| next.is_within(row))
    };
    // A row may have been added by a table that is not taken, and be used by one that is.
    for new in proposal.tables.iter().flat_map(|table| &table.rows).filter(|new| used(&new.row)) {
        let (Some(list), Some(id)) = (new.row.parent(), new.row.steps().last()) else { continue };
        if !tree.add_row(&list, id) {
            return Err(ChangeError::Missing(new.row.clone()));
        }
    }
    let added: HashSet<&Place> =
        proposal.tables.iter().flat_map(|table| &table.rows).map(|new| &new.row).collect();
    for entry in proposal.accepted() {
        // A new row may have rows beneath it already, which its own fields leave alone.
        let put = if added.contains(&entry.place) { Tree::fill } else { Tree::put };
        if !put(&mut tree, &entry.place, entry.after.clone()) {
            return Err(ChangeError::Missing(entry.place.clone()));
        }
    }
    let mut after: Dossier = serde_json::from_value(tree.into_root())?;
    for table in proposal.tables.iter().filter(|table| table.accepted && table.traced) {
        for entry in table.entries.iter().filter(|entry| entry.accepted && !carries_source(&entry.after)) {
            let origin = Origin { source: entry.source.clone(), printed: entry.printed.clone() };
            match after.origins.entry(entry.place.clone()) {
                // What an import only confirms keeps its first origin.
                MapEntry::Occupied(_) if entry.standing == Standing::Same => {}
                MapEntry::Occupied(mut known) => {
                    known.insert(origin);
                }
                MapEntry::Vacant(free) => {
                    free.insert(origin);
                }
            }
        }
    }
    Ok(after)
}

/// Whether a value holds a figure that says itself where it was read.
fn carries_source(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key("figure") || fields.values().any(carries_source),
        Value::Array(rows) => rows.iter().any(carries_source),
        _ => false,
    }
}
