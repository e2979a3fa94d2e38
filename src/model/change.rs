//! What changed between two dossiers, and how to make and unmake it.
//!
//! Undo, the journal, an import and a merge all speak of changes. They are found and applied on the dossier's
//! serialised tree, so that a new field of the model takes part without a line written here. Only the parts and the
//! projects that differ are serialised: an edit of one of two hundred projects costs what that one costs.

use super::dossier::beside_subjects;
use super::{Dossier, Place, Shared, Subject, blank};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A change of one field, row or list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What changed.
    pub place: Place,
    /// The value before; none if the field was empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The value after; none if the field is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Change {
    /// The smallest place that holds all of the change: where a whole branch came or went, the one field in it.
    pub fn narrowest_place(&self) -> Place {
        let mut place = self.place.clone();
        let ((None, Some(mut branch)) | (Some(mut branch), None)) =
            (self.before.as_ref(), self.after.as_ref())
        else {
            return place;
        };
        // A row that holds nothing but its name is a row, not a name.
        while let Some((step, only)) = (branch.as_object())
            .filter(|fields| fields.len() == 1 && !fields.contains_key("id"))
            .and_then(|fields| fields.iter().next())
        {
            place = place.child(step.as_str());
            branch = only;
        }
        place
    }

    /// The change that takes this one back.
    pub fn inverted(self) -> Self {
        Self { place: self.place, before: self.after, after: self.before }
    }
}

/// Why changes could not be applied. The dossier is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The field no longer holds what the change expects.
    #[error("{0} has changed meanwhile")]
    Stale(Place),
    /// The place does not exist in this dossier.
    #[error("{0} does not exist in this dossier")]
    Missing(Place),
    /// The result would be no dossier.
    #[error("the change does not fit a dossier: {0}")]
    Misfit(#[from] serde_json::Error),
}

/// The changes that lead from `before` to `after`, smallest fields first found.
///
/// # Errors
/// Only if a dossier cannot be serialised, which its types rule out.
pub fn diff(before: &Dossier, after: &Dossier) -> Result<Vec<Change>, ChangeError> {
    let subjects = |dossier| Dossier::shared_subjects(dossier).collect::<Vec<_>>();
    between((before, &subjects(before)), (after, &subjects(after)))
}

/// The changes between two dossiers whose subjects, the programme first, stand beside them.
pub(super) fn between(
    (before, ours): (&Dossier, &[&Shared<Subject>]),
    (after, theirs): (&Dossier, &[&Shared<Subject>]),
) -> Result<Vec<Change>, ChangeError> {
    let mut changes = Vec::new();
    macro_rules! compare_each {
        ($($field:ident),*) => {$(
            if before.$field != after.$field {
                let place = Place::root().child(stringify!($field));
                let (old, new) = (branch(&before.$field)?, branch(&after.$field)?);
                compare(place, old.as_ref(), new.as_ref(), &mut changes);
            }
        )*};
    }
    beside_subjects!(compare_each);
    let (programme, projects) = (Place::root().child("programme"), Place::root().child("projects"));
    if let ([ours, our_projects @ ..], [theirs, their_projects @ ..]) = (ours, theirs) {
        if ours != theirs {
            compare(programme, branch(*ours)?.as_ref(), branch(*theirs)?.as_ref(), &mut changes);
        }
        let common = our_projects.len().min(their_projects.len());
        let [(ours, gone), (theirs, new)] = [our_projects, their_projects].map(|rows| rows.split_at(common));
        if (gone.is_empty() && new.is_empty() || common > 0)
            && same_projects(ours, theirs, &[gone, new].concat())
        {
            for (old, new) in ours.iter().zip(theirs).filter(|(old, new)| old != new) {
                let (before, after) = (serde_json::to_value(old)?, serde_json::to_value(new)?);
                compare(projects.child(old.id.as_str()), Some(&before), Some(&after), &mut changes);
            }
            // One that comes or goes at the end is a change of its own; taken back, it stands at the end again.
            for old in gone.iter().rev() {
                let before = Some(serde_json::to_value(old)?);
                changes.push(Change { place: projects.child(old.id.as_str()), before, after: None });
            }
            for new in new {
                let after = Some(serde_json::to_value(new)?);
                changes.push(Change { place: projects.child(new.id.as_str()), before: None, after });
            }
        } else if our_projects != their_projects {
            let list = |rows: &[&Shared<Subject>]| {
                if rows.is_empty() { Ok(None) } else { serde_json::to_value(rows).map(Some) }
            };
            compare(projects, list(our_projects)?.as_ref(), list(their_projects)?.as_ref(), &mut changes);
        }
    }
    Ok(changes)
}

/// A part of a dossier as its tree has it, which leaves out what is empty.
fn branch<T: Serialize + Default + PartialEq>(part: &T) -> Result<Option<Value>, serde_json::Error> {
    if blank(part) { Ok(None) } else { serde_json::to_value(part).map(Some) }
}

/// Whether the projects are the same in the same order, each with an id of its own, which none of the `others` has.
fn same_projects(
    ours: &[&Shared<Subject>],
    theirs: &[&Shared<Subject>],
    others: &[&Shared<Subject>],
) -> bool {
    let mut ids = HashSet::new();
    ours.iter().zip(theirs).all(|(a, b)| a.id == b.id)
        && ours.iter().chain(others).all(|row| !row.id.as_str().is_empty() && ids.insert(&row.id))
}

/// Applies all changes or none.
///
/// # Errors
/// If a field does not hold what a change expects, or the result is no dossier.
pub fn apply(dossier: &mut Dossier, changes: &[Change]) -> Result<(), ChangeError> {
    let mut projects = std::mem::take(&mut dossier.projects);
    let changed = changed(dossier, &projects, changes);
    match changed {
        Ok((rest, at)) => {
            // The projects that no change is about were neither serialised nor read again.
            *dossier = rest;
            if let Some(at) = at {
                for (at, project) in at.into_iter().zip(std::mem::take(&mut dossier.projects)) {
                    projects[at] = project;
                }
                dossier.projects = projects;
            }
            Ok(())
        }
        Err(error) => {
            dossier.projects = projects;
            Err(error)
        }
    }
}

/// A dossier without its projects, changed, and with it the projects that the changes are about, and where those stand
/// among all; nothing for the latter where the changes are about the list of the projects itself.
fn changed(
    rest: &Dossier,
    projects: &[Shared<Subject>],
    changes: &[Change],
) -> Result<(Dossier, Option<Vec<usize>>), ChangeError> {
    let mut about = HashSet::new();
    let mut whole = false;
    for change in changes {
        match change.place.steps() {
            [] => whole = true,
            [list, within @ ..] if list == "projects" => match within {
                [id, _, ..] => {
                    about.insert(id.as_str());
                }
                _ => whole = true,
            },
            _ => {}
        }
    }
    let at: Vec<usize> =
        (0..projects.len()).filter(|at| whole || about.contains(projects[*at].id.as_str())).collect();
    let mut tree = serde_json::to_value(rest)?;
    if let (Value::Object(fields), false) = (&mut tree, projects.is_empty()) {
        let rows = at.iter().map(|at| serde_json::to_value(&projects[*at]));
        fields.insert("projects".to_owned(), Value::Array(rows.collect::<Result<_, _>>()?));
    }
    for change in changes {
        put(&mut tree, change)?;
    }
    Ok((serde_json::from_value(tree)?, (!whole).then_some(at)))
}

fn compare(place: Place, before: Option<&Value>, after: Option<&Value>, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            for key in old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))) {
                compare(place.child(key.as_str()), old.get(key), new.get(key), changes);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if same_rows(old, new) => {
            for (old, new) in old.iter().zip(new) {
                compare(place.child(row_key(old).unwrap_or_default()), Some(old), Some(new), changes);
            }
        }
        _ => changes.push(Change { place, before: before.cloned(), after: after.cloned() }),
    }
}

/// Whether two lists hold the same rows in the same order, each with an id that is unique; such lists are compared
/// row by row, all others as a whole.
pub(super) fn same_rows(old: &[Value], new: &[Value]) -> bool {
    let keys = |rows: &[Value]| rows.iter().map(row_key).collect::<Option<Vec<_>>>();
    match (keys(old), keys(new)) {
        (Some(old), Some(new)) if old == new => {
            let mut unique = old;
            unique.sort_unstable();
            unique.windows(2).all(|pair| pair[0] != pair[1])
        }
        _ => false,
    }
}

/// The id by which a list row is named.
pub(super) fn row_key(row: &Value) -> Option<String> {
    match row.get("id").or_else(|| row.get("no"))? {
        Value::String(id) => Some(id.clone()),
        Value::Number(no) => Some(no.to_string()),
        _ => None,
    }
}

fn put(tree: &mut Value, change: &Change) -> Result<(), ChangeError> {
    let missing = || ChangeError::Missing(change.place.clone());
    let stale = || ChangeError::Stale(change.place.clone());
    let Some((last, path)) = change.place.steps().split_last() else {
        if Some(&*tree) != change.before.as_ref() {
            return Err(stale());
        }
        *tree = change.after.clone().unwrap_or_else(|| Value::Object(Map::new()));
        return Ok(());
    };
    let mut node = tree;
    for step in path {
        node = match node {
            Value::Object(fields) => fields.entry(step.as_str()).or_insert_with(|| Value::Object(Map::new())),
            Value::Array(rows) => {
                rows.iter_mut().find(|row| row_key(row).as_deref() == Some(step)).ok_or_else(missing)?
            }
            _ => return Err(missing()),
        };
    }
    match node {
        Value::Object(fields) => {
            if fields.get(last.as_str()) != change.before.as_ref() {
                return Err(stale());
            }
            match &change.after {
                Some(value) => fields.insert(last.to_string(), value.clone()),
                None => fields.remove(last.as_str()),
            };
        }
        Value::Array(rows) => {
            let at = rows.iter().position(|row| row_key(row).as_deref() == Some(last));
            if change.before.is_some() && at.is_none() {
                return Err(missing());
            }
            if at.map(|at| &rows[at]) != change.before.as_ref() {
                return Err(stale());
            }
            match (at, change.after.clone()) {
                (Some(at), Some(row)) => rows[at] = row,
                (Some(at), None) => drop(rows.remove(at)),
                (None, Some(row)) => rows.push(row),
                (None, None) => {}
            }
        }
        _ => return Err(missing()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        CriterionNo, FiscalYear, FundingCell, FundingItem, Quantity, ScoreCell, Subject, Unit,
    };

    fn dossier() -> Dossier {
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        for id in ["r1", "r2"] {
            project.funding.items.push(FundingItem { id: id.into(), ..FundingItem::default() });
        }
        Dossier { projects: vec![project.into()], ..Dossier::default() }
    }

    fn there_and_back(before: &Dossier, after: &Dossier) -> Vec<Change> {
        let changes = diff(before, after).unwrap();
        let mut walked = before.clone();
        apply(&mut walked, &changes).unwrap();
        assert_eq!(walked, *after);
        let back: Vec<_> = changes.iter().rev().cloned().map(Change::inverted).collect();
        apply(&mut walked, &back).unwrap();
        assert_eq!(walked, *before);
        changes
    }

    #[test]
    fn a_cell_is_named_by_ids() {
        let before = dossier();
        let mut after = before.clone();
        after.projects[0].funding.items[1].amounts.insert(
            FiscalYear::new(2019),
            FundingCell { amount: Quantity::number(297, Unit::MillionYen), kind: "委託".into() },
        );
        let changes = there_and_back(&before, &after);
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].place.to_string(), "projects/A/funding/items/r2/amounts");
    }

    #[test]
    fn rows_come_go_and_move() {
        let before = dossier();
        let mut after = before.clone();
        after.projects[0].funding.items.swap(0, 1);
        after.projects[0].funding.items.pop();
        after.projects[0].evaluation.set_cell(&"M1".into(), CriterionNo(6), ScoreCell::Score(0));
        assert_eq!(there_and_back(&before, &after).len(), 2);
        assert!(diff(&before, &before).unwrap().is_empty());
    }

    #[test]
    fn one_of_several_projects_changes_and_the_others_stand_where_they_stood() {
        let mut before = dossier();
        for id in ["B", "C"] {
            before.projects.push(Subject { id: id.into(), ..before.projects[0].clone().into_inner() }.into());
        }
        let mut after = before.clone();
        after.projects[1].overview.name = "二".into();
        after.programme.overview.name = "事業".into();
        let changes = there_and_back(&before, &after);
        let places: Vec<_> = changes.iter().map(|change| change.place.to_string()).collect();
        assert_eq!(places, ["programme", "projects/B/overview"]);
        after.projects.remove(0);
        assert_eq!(there_and_back(&before, &after).last().unwrap().place.to_string(), "projects");
        // What comes or goes at the end leaves the others alone.
        let mut more = before.clone();
        for id in ["D", "E"] {
            more.projects.push(Subject { id: id.into(), ..Subject::default() }.into());
        }
        let come = there_and_back(&before, &more);
        let places: Vec<_> = come.iter().map(|change| change.narrowest_place().to_string()).collect();
        assert_eq!(places, ["projects/D", "projects/E"]);
        assert_eq!(there_and_back(&more, &before).len(), 2);
        after.projects.clear();
        there_and_back(&before, &after);
        // Two projects of one name can only be told apart by their order, so that the list changes as a whole.
        let mut twins = before.clone();
        twins.projects[2].id = "A".into();
        let mut other = twins.clone();
        other.projects[2].overview.name = "三".into();
        assert_eq!(there_and_back(&twins, &other)[0].place.to_string(), "projects");
    }

    #[test]
    fn a_change_of_a_project_that_is_gone_changes_nothing() {
        let before = dossier();
        let mut after = before.clone();
        after.projects[0].overview.name = "一".into();
        let changes = diff(&before, &after).unwrap();
        let mut gone =
            Dossier { projects: vec![Subject { id: "B".into(), ..Subject::default() }.into()], ..before };
        let untouched = gone.clone();
        assert!(matches!(apply(&mut gone, &changes), Err(ChangeError::Missing(_))));
        assert_eq!(gone, untouched);
    }

    #[test]
    fn a_change_that_no_longer_fits_changes_nothing() {
        let before = dossier();
        let mut after = before.clone();
        after.programme.overview.name = "事業".into();
        let changes = diff(&before, &after).unwrap();
        let mut other = before.clone();
        other.programme.overview.name = "別".into();
        let untouched = other.clone();
        assert!(matches!(apply(&mut other, &changes), Err(ChangeError::Stale(_) | ChangeError::Missing(_))));
        assert_eq!(other, untouched);
    }
}
