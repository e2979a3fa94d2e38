//! Replacing what was found: a set of hits becomes changes of the dossier, made all together or not at all.

use super::Hit;
use super::walk::Within;
use crate::model::{Change, Dossier, Place};
use serde_json::Value;
use std::ops::Range;

/// Hits of one field, and what comes in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit<'a> {
    /// The hits, in the order of the dossier; those of one field follow each other.
    pub hits: &'a [&'a Hit],
    /// What stands there afterwards.
    pub with: &'a str,
}

/// Why nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// A field no longer holds what was found in it.
    #[error("{0} has changed meanwhile")]
    Stale(Place),
    /// A hit is of a field that is never replaced.
    #[error("{0} is no text")]
    Fixed(Place),
    /// The dossier cannot be read, which its types rule out.
    #[error(transparent)]
    Unreadable(#[from] serde_json::Error),
}

/// A text with parts of it replaced; the parts are in order and do not overlap.
pub fn replaced(text: &str, ranges: &[Range<usize>], with: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        made.push_str(text.get(from..range.start).unwrap_or_default());
        made.push_str(with);
        from = range.end;
    }
    made.push_str(text.get(from..).unwrap_or_default());
    made
}

/// The changes that replace hits in a dossier.
///
/// # Errors
/// If a hit is of a field that is never replaced, or that holds something else by now.
pub fn replacements(dossier: &Dossier, edit: &Edit<'_>) -> Result<Vec<Change>, ReplaceError> {
    let mut changes: Vec<Change> = Vec::new();
    for field in edit.hits.chunk_by(|a, b| a.is_beside(b)) {
        let [first, ..] = field else { continue };
        if first.fixed {
            return Err(ReplaceError::Fixed(first.place.clone()));
        }
        let ranges: Vec<Range<usize>> = field.iter().map(|hit| hit.range.clone()).collect();
        let (before, after) = (first.text.to_string(), replaced(&first.text, &ranges, edit.with));
        let stale = || ReplaceError::Stale(first.place.clone());
        if first.within.is_empty() {
            changes.push(Change {
                place: first.place.clone(),
                before: Some(Value::String(before)),
                after: Some(Value::String(after)),
            });
            continue;
        }
        // A list whose rows have no ids changes as a whole; several hits in it are one change.
        if changes.last().is_none_or(|last| last.place != first.place) {
            let list = value_at(dossier, &first.place)?.ok_or_else(stale)?;
            changes.push(Change {
                place: first.place.clone(),
                before: Some(list.clone()),
                after: Some(list),
            });
        }
        let list = changes.last_mut().and_then(|change| change.after.as_mut()).ok_or_else(stale)?;
        let text =
            inner(list, &first.within).filter(|text| text.as_str() == Some(&before)).ok_or_else(stale)?;
        *text = Value::String(after);
    }
    Ok(changes)
}

fn inner<'v>(list: &'v mut Value, within: &[Within]) -> Option<&'v mut Value> {
    within.iter().try_fold(list, |node, step| match step {
        Within::At(at) => node.get_mut(*at),
        Within::Field(field) => node.get_mut(field.as_str()),
    })
}

/// What stands at a place; none if nothing does.
fn value_at(dossier: &Dossier, place: &Place) -> Result<Option<Value>, serde_json::Error> {
    // Only the part that the place is in is read.
    let (tree, steps) = match (place.subject(), place.steps()) {
        (Some(id), [list, _, rest @ ..]) if list == "projects" => match dossier.subject(&id) {
            Some(subject) => (serde_json::to_value(subject)?, rest),
            None => return Ok(None),
        },
        (Some(_), [_, rest @ ..]) => (serde_json::to_value(&dossier.programme)?, rest),
        (_, steps) => (serde_json::to_value(dossier.beside_subjects())?, steps),
    };
    let mut node = &tree;
    for step in steps {
        let next = match node {
            Value::Array(rows) => rows.iter().find(|row| {
                row.get("id").or_else(|| row.get("no")).is_some_and(|name| match name {
                    Value::String(name) => name == step,
                    name => name.to_string() == *step,
                })
            }),
            node => node.get(step.as_str()),
        };
        let Some(next) = next else { return Ok(None) };
        node = next;
    }
    Ok(Some(node.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::{Index, Query};
    use super::*;
    use crate::model::{Snapshot, apply};
    use crate::tasks::progress::Unwatched;

    fn hits(dossier: &Dossier, text: &str) -> Vec<Hit> {
        let index = Index::default().of(&Snapshot::of(dossier), &Unwatched);
        index.search(&Query { text: text.to_owned(), exact: false }, &Unwatched)
    }

    fn replace(dossier: &mut Dossier, hits: &[&Hit], with: &str) -> usize {
        let changes = replacements(dossier, &Edit { hits, with }).unwrap();
        apply(dossier, &changes).unwrap();
        changes.len()
    }

    #[test]
    fn hits_are_replaced_and_all_else_stays() {
        let mut dossier = crate::sample::dossier().unwrap();
        let before = dossier.clone();
        let found = hits(&dossier, "細胞");
        let texts: Vec<&Hit> = found.iter().filter(|hit| !hit.fixed).collect();
        assert!(texts.len() > 100, "{}", texts.len());
        replace(&mut dossier, &texts, "〔さいぼう〕");
        assert_eq!(hits(&dossier, "細胞").iter().filter(|hit| !hit.fixed).count(), 0);
        let back = hits(&dossier, "〔さいぼう〕");
        assert_eq!(back.len(), texts.len());
        replace(&mut dossier, &back.iter().collect::<Vec<_>>(), "細胞");
        assert_eq!(dossier, before);
    }

    #[test]
    fn one_of_several_hits_in_a_text_is_replaced_alone() {
        let mut dossier = Dossier::default();
        dossier.report.title = "甲と甲と甲".into();
        dossier.report.issuers = vec!["甲社".into(), "乙社".into(), "甲省甲局".into()];
        let found = hits(&dossier, "甲");
        assert_eq!(found.len(), 6);
        let some: Vec<&Hit> = [1, 3, 5].map(|n| &found[n]).to_vec();
        // The list of issuers is one change.
        assert_eq!(replace(&mut dossier, &some, "丙丁"), 2);
        assert_eq!(dossier.report.title, "甲と丙丁と甲");
        assert_eq!(dossier.report.issuers, ["丙丁社", "乙社", "甲省丙丁局"]);
    }

    #[test]
    fn what_has_changed_meanwhile_and_what_is_no_text_is_refused() {
        let mut dossier = Dossier::default();
        dossier.report.title = "甲".into();
        dossier.report.issuers = vec!["甲社".into()];
        let found = hits(&dossier, "甲");
        dossier.report.issuers = vec!["乙社".into()];
        let both: Vec<&Hit> = found.iter().collect();
        let refused = replacements(&dossier, &Edit { hits: &both, with: "丙" });
        assert!(matches!(refused, Err(ReplaceError::Stale(place)) if place.to_string() == "report/issuers"));
        dossier.report.title = "丁".into();
        let changes = replacements(&dossier, &Edit { hits: &both[..1], with: "丙" }).unwrap();
        assert!(apply(&mut dossier, &changes).is_err());
        let fixed = Hit { fixed: true, ..found[0].clone() };
        assert!(matches!(
            replacements(&dossier, &Edit { hits: &[&fixed], with: "丙" }),
            Err(ReplaceError::Fixed(_))
        ));
    }

    /// Whatever counts as text of the user's takes any text: nothing typed as a replacement can be refused by the model.
    #[test]
    fn every_text_takes_any_text() {
        let mut dossier = crate::sample::dossier().unwrap();
        let index = Index::default().of(&Snapshot::of(&dossier), &Unwatched);
        for exact in [true, false] {
            for query in ["の", "1", "a"] {
                let found = index.search(&Query { text: query.to_owned(), exact }, &Unwatched);
                let texts: Vec<&Hit> = found.iter().filter(|hit| !hit.fixed).collect();
                let mut copy = dossier.clone();
                assert!(replace(&mut copy, &texts, "〔任意〕") > 50, "{query}");
            }
        }
        dossier.report.title.clear();
    }
}
