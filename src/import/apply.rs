//! Making a proposal come true.

use super::proposal::Proposal;
use super::tree::Tree;
use crate::model::{ChangeError, Dossier, Place};
use std::collections::BTreeSet;

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
        let Some(id) = new.row.steps().last() else { continue };
        if !tree.add_row(&new.list, id) {
            return Err(ChangeError::Missing(new.row.clone()));
        }
    }
    for entry in proposal.accepted() {
        if !tree.put(&entry.place, entry.after.clone()) {
            return Err(ChangeError::Missing(entry.place.clone()));
        }
    }
    Ok(serde_json::from_value(tree.into_root())?)
}
