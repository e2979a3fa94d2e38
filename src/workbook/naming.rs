//! Ids for the rows that have none, and where each row goes in the known dossier.

use super::cells;
use super::plan::{Shape, Sheet};
use super::read::Reader;
use super::record::{Found, at_map};
use super::rows::at;
use crate::model::Place;
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

impl<'k> Reader<'k> {
    /// Gives ids to rows that lack one, and says of each row where it goes and what stands there.
    pub(super) fn name_rows(&mut self, sheet: &'static Sheet) {
        let table = self.found.tables.len() - 1;
        let mut lists: HashMap<usize, List<'k>> = HashMap::new();
        let mut records = std::mem::take(&mut self.found.tables[table].records);
        if let Shape::Bare { .. } = sheet.shape {
            // Such a list is one value, and its rows may stand apart.
            records.sort_by_key(|record| record.parent);
        }
        // Those that are there whatever the sheets say have their names.
        let fixed = usize::from(sheet.is_card()).min(records.len());
        // Ids that are written hold before any is given.
        let has_ids = matches!(sheet.shape, Shape::Rows { .. } | Shape::Subjects)
            && records.iter().skip(fixed).any(|record| !record.named);
        for record in &records[fixed..] {
            let list =
                lists.entry(record.parent).or_insert_with(|| List::of(self, sheet, table, record.parent));
            if has_ids && record.named {
                list.taken.insert(record.id.clone());
            }
        }
        for (index, record) in records.iter_mut().enumerate().skip(fixed) {
            let Some(list) = lists.get_mut(&record.parent) else { continue };
            match sheet.shape {
                Shape::Rows { .. } | Shape::Subjects => {
                    if !record.named {
                        record.id =
                            list.same_content(sheet, &record.own).unwrap_or_else(|| list.fresh(sheet));
                        list.taken.insert(record.id.clone());
                        let names = self.found.tables[table].named.entry(record.parent).or_default();
                        names.entry(record.id.clone()).or_insert(index);
                    }
                    record.before = list.known.get(record.id.as_str()).copied().filter(|_| !record.twin);
                    record.place = list.place.child(record.id.as_str());
                }
                Shape::Map { .. } => {
                    record.before = list.map.and_then(|map| map.get(&record.id));
                    record.place = list.place.child(record.id.as_str());
                }
                Shape::Bare { .. } => record.place = list.place.clone(),
                Shape::Fields => {
                    record.before = list.above;
                    record.place = list.place.clone();
                }
                Shape::Whole | Shape::Sets => {}
            }
        }
        self.found.tables[table].records = records;
    }
}

/// A list of the known dossier, while the rows that go into it are named.
struct List<'k> {
    place: Place,
    above: Option<&'k Json>,
    known: HashMap<&'k str, &'k Json>,
    map: Option<&'k Map<String, Json>>,
    taken: HashSet<String>,
    /// The next number to try for a new id.
    next: Option<u64>,
    /// Known rows by what they hold; made when a row without an id asks.
    by_content: Option<HashMap<String, Vec<&'k str>>>,
}

impl<'k> List<'k> {
    fn of(reader: &Reader<'k>, sheet: &'static Sheet, table: usize, parent: usize) -> Self {
        let above = match reader.found.tables[table].parent {
            Some(up) => reader.found.tables[up].records[parent].before,
            None => Some(reader.known),
        };
        let known = known_list(sheet, &reader.found, table, parent, reader.known).unwrap_or_default();
        let id = |row: &'k Json| Some((row.get("id")?.as_str()?, row));
        let map = match sheet.shape {
            Shape::Map { path, .. } => above.and_then(|above| at(above, path)).and_then(Json::as_object),
            _ => None,
        };
        Self {
            place: reader.list_place(table, parent),
            above,
            known: known.iter().rev().filter_map(id).collect(),
            map,
            taken: HashSet::new(),
            next: None,
            by_content: None,
        }
    }

    /// The known row that holds the same, if no row of the workbook speaks of it: the row was imported before.
    fn same_content(&mut self, sheet: &Sheet, own: &Map<String, Json>) -> Option<String> {
        if self.known.is_empty() {
            return None;
        }
        let by_content = self.by_content.get_or_insert_with(|| {
            let mut rows: HashMap<String, Vec<&'k str>> = HashMap::new();
            for (id, row) in &self.known {
                rows.entry(content(sheet, |field| at(row, field))).or_default().push(id);
            }
            // The order of a hash map is nobody's business.
            for ids in rows.values_mut() {
                ids.sort_unstable();
            }
            rows
        });
        let ids = by_content.get(&content(sheet, |field| at_map(own, field)))?;
        ids.iter().find(|id| !self.taken.contains(**id)).map(|id| (*id).to_owned())
    }

    /// An id that neither the workbook nor the dossier has.
    fn fresh(&mut self, sheet: &Sheet) -> String {
        if let Shape::Subjects = sheet.shape {
            let free = |id: &String| !self.taken.contains(id) && !self.known.contains_key(id.as_str());
            if let Some(letter) = ('A'..='Z').map(String::from).find(free) {
                return letter;
            }
        }
        let prefix = match sheet.shape {
            Shape::Rows { prefix, .. } => prefix,
            _ => "P",
        };
        let ids = self.taken.iter().map(String::as_str).chain(self.known.keys().copied());
        let next =
            self.next.unwrap_or_else(|| ids.filter_map(trailing_number).max().unwrap_or(0)).saturating_add(1);
        self.next = Some(next);
        format!("{prefix}{next}")
    }
}

/// The number that an id ends with.
fn trailing_number(id: &str) -> Option<u64> {
    let digits = &id[id.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    // Longer ones are no numbers that somebody counts by.
    digits.parse().ok().filter(|_| digits.len() <= 15)
}

/// What a row holds in its own columns, as one text.
fn content<'v>(sheet: &Sheet, field: impl Fn(&str) -> Option<&'v Json>) -> String {
    let mut text = String::new();
    for column in sheet.columns {
        match field(column.field) {
            Some(value) => text.push_str(&value.to_string()),
            None => text.push_str(&cells::blank(column.kind).to_string()),
        }
        text.push('\n');
    }
    text
}

/// The rows of the known dossier's list.
pub(super) fn known_list<'k>(
    sheet: &Sheet,
    found: &Found<'k>,
    table: usize,
    parent: usize,
    known: &'k Json,
) -> Option<&'k [Json]> {
    let path = match sheet.shape {
        Shape::Subjects => "projects",
        Shape::Rows { path, .. } => path,
        _ => return None,
    };
    let above = match found.tables[table].parent {
        Some(up) => found.tables[up].records.get(parent)?.before?,
        None => known,
    };
    at(above, path)?.as_array().map(Vec::as_slice)
}
