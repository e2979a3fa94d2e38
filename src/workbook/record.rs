//! What reading a workbook comes to: the rows of its sheets, and what was not understood.

use super::grid::Grid;
use super::plan::Sheet;
use super::rows::{CALLED, at, folded};
use crate::locale::Both;
use crate::model::{Place, Source};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// A cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Where it stands.
    pub source: Source,
    /// Its text as found.
    pub text: String,
    /// Why, and what to do.
    pub why: Both,
}

/// What a workbook holds, measured against the dossier that is known.
#[derive(Debug)]
pub(crate) struct Found<'k> {
    /// The sheets of the description, in its order.
    pub(crate) tables: Vec<Table<'k>>,
    /// What could not be read.
    pub(crate) troubles: Vec<Trouble>,
    pub(super) file: String,
}

/// The rows of one sheet.
#[derive(Debug)]
pub(crate) struct Table<'k> {
    pub(super) sheet: &'static Sheet,
    /// Where its cells stand; none if the workbook has no such sheet.
    pub(super) grid: Option<Grid>,
    pub(super) records: Vec<Record<'k>>,
    /// The sheet that it belongs to, by position.
    pub(super) parent: Option<usize>,
    /// For each row above, the rows below it by what they are named in cells.
    pub(super) named: HashMap<usize, HashMap<String, usize>>,
    /// The same by what people call them; none where two are called alike.
    pub(super) called: HashMap<usize, HashMap<String, Option<usize>>>,
}

/// A row that was read.
#[derive(Debug, Default)]
pub(crate) struct Record<'k> {
    pub(super) parent: usize,
    /// Its id, or what its entry is named by.
    pub(super) id: String,
    /// Its own fields, as the tree has them.
    pub(super) own: Map<String, Json>,
    /// What the known dossier has there.
    pub(super) before: Option<&'k Json>,
    /// The line of the sheet that it stands on; none for one that only other sheets speak of.
    pub(super) line: Option<u32>,
    /// Its place in the dossier.
    pub(super) place: Place,
    /// Whether the workbook says its id.
    pub(super) named: bool,
    /// Whether another row of its list has the same id.
    pub(super) twin: bool,
}

impl Table<'_> {
    /// The row whose id or name that is, however it is written, if there is one only. Ids come first.
    pub(super) fn called(&mut self, parent: usize, name: &str) -> Option<usize> {
        let name = folded(name);
        if name.is_empty() {
            return None;
        }
        let (records, named) = (&self.records, &self.named);
        let called = self.called.entry(parent).or_insert_with(|| {
            let mut ids: HashMap<String, Option<usize>> = HashMap::new();
            for (text, index) in named.get(&parent).into_iter().flatten() {
                ids.entry(folded(text)).and_modify(|known| *known = None).or_insert(Some(*index));
            }
            let mut calls: HashMap<String, Option<usize>> = HashMap::new();
            for (index, record) in records.iter().enumerate().filter(|(_, record)| record.parent == parent) {
                let text = CALLED.iter().find_map(|field| {
                    at_map(&record.own, field).or_else(|| record.before.and_then(|before| at(before, field)))
                });
                if let Some(text) = text.and_then(Json::as_str) {
                    calls.entry(folded(text)).and_modify(|known| *known = None).or_insert(Some(index));
                }
            }
            calls.extend(ids);
            calls
        });
        called.get(&name).copied().flatten()
    }
}

/// What stands at a path below a row's own fields.
pub(super) fn at_map<'m>(own: &'m Map<String, Json>, path: &str) -> Option<&'m Json> {
    match path.split_once('/') {
        Some((first, rest)) => at(own.get(first)?, rest),
        None => own.get(path),
    }
}

/// The fields that the last step of a path is one of, made on the way, and that step. None if something else stands
/// on the way.
pub(super) fn fields_at<'m, 'p>(
    mut own: &'m mut Map<String, Json>,
    mut path: &'p str,
) -> Option<(&'m mut Map<String, Json>, &'p str)> {
    while let Some((first, rest)) = path.split_once('/') {
        let inner = own.entry(first).or_insert_with(|| Json::Object(Map::new()));
        own = inner.as_object_mut()?;
        path = rest;
    }
    Some((own, path))
}

/// Puts a value at a path below a row's own fields; one without a path is the row itself.
pub(super) fn put(own: &mut Map<String, Json>, path: &str, value: Json) {
    match (fields_at(own, path), value) {
        (Some((own, "")), Json::Object(value)) => own.extend(value),
        (Some((own, last)), value) => {
            own.insert(last.to_owned(), value);
        }
        (None, _) => {}
    }
}
