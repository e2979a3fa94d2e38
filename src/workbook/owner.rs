//! Which row a row belongs to, refers to, takes its unit from.

use super::cells::Cell;
use super::layout::Target;
use super::naming::known_list;
use super::plan::{Shape, Sheet, UnitOf};
use super::read::{Reader, Row};
use super::record::{Record, at_map};
use super::rows::{PROGRAMME_ID, at};
use super::text::{OPEN, decode};
use crate::both;
use crate::model::{Place, fold_for_matching};
use serde_json::Value as Json;
use std::borrow::Cow;

impl<'k> Reader<'k> {
    /// The row that a row belongs to, by position among the rows above; says so where there is none.
    pub(super) fn owner(&mut self, sheet: &'static Sheet, line: u32, row: &Row<'_>) -> Option<usize> {
        let mut parent = 0;
        let ancestors = sheet.ancestors();
        for (depth, above) in ancestors.iter().enumerate() {
            let cell = row.get(depth).copied().flatten();
            let named = cell.map(|cell| self.long.raw(cell)).unwrap_or_default();
            let called = if depth + 1 == ancestors.len() && named.is_empty() {
                self.slot(Target::ParentName).and_then(|slot| row[slot]).map(Cell::text).unwrap_or_default()
            } else {
                Cow::Borrowed("")
            };
            if let Some(found) = self.find(above, parent, &named, &called) {
                parent = found;
                continue;
            }
            let name = above.name;
            let (ja, en) = (name.0, name.1);
            let why = if named.is_empty() && called.is_empty() {
                both!(
                    "「{ja}」が空欄のため、この行を読み込んでいません。",
                    "“{en}” is empty, so that this row was not read."
                )
            } else {
                both!(
                    "「{ja}」のシートに見つからないため、この行を読み込んでいません。",
                    "Not found on the sheet “{en}”, so that this row was not read."
                )
            };
            let slot = if cell.is_none() && !called.is_empty() {
                self.slot(Target::ParentName)
            } else {
                Some(depth)
            };
            let text = if named.is_empty() { called } else { named };
            self.tell_cell(line, slot.unwrap_or(depth), text.into_owned(), why);
            return None;
        }
        Some(parent)
    }

    /// The row of a sheet above that cells name or call so.
    fn find(&mut self, above: &'static Sheet, parent: usize, named: &str, called: &str) -> Option<usize> {
        let index = self.found.tables.iter().position(|table| table.sheet.key == above.key)?;
        let table = &mut self.found.tables[index];
        if !named.is_empty() {
            let list = table.named.get(&parent);
            if let Some(found) = list.and_then(|list| list.get(named)) {
                return Some(*found);
            }
            let folded = fold_for_matching(named).to_lowercase();
            if let Some(list) = list {
                let mut alike =
                    list.iter().filter(|(text, _)| fold_for_matching(text).to_lowercase() == folded);
                if let (Some((_, found)), None) = (alike.next(), alike.next()) {
                    return Some(*found);
                }
            }
            if matches!(above.shape, Shape::Subjects)
                && [PROGRAMME_ID, "programme"].contains(&folded.as_str())
            {
                return Some(0);
            }
        }
        let name = if named.is_empty() { called } else { named };
        if let Some(found) = table.called(parent, &decode(name)) {
            return Some(found);
        }
        if named.is_empty() {
            return None;
        }
        // A row that only the known dossier has.
        let before = known_list(table.sheet, &self.found, index, parent, self.known)?;
        let id = decode(named);
        let row = before.iter().find(|row| row.get("id").and_then(Json::as_str) == Some(&id))?;
        let place = self.place(index, parent, &id);
        let record = Record { parent, id: id.into_owned(), before: Some(row), place, ..Record::default() };
        let table = &mut self.found.tables[index];
        table.records.push(record);
        let found = table.records.len() - 1;
        table.named.entry(parent).or_default().insert(named.to_owned(), found);
        Some(found)
    }

    /// The place of a row with that id.
    fn place(&self, table: usize, parent: usize, id: &str) -> Place {
        self.list_place(table, parent).child(id)
    }

    pub(super) fn list_place(&self, table: usize, parent: usize) -> Place {
        let table = &self.found.tables[table];
        let above = table.parent.map(|above| &self.found.tables[above].records[parent].place);
        let path = match table.sheet.shape {
            Shape::Subjects => "projects",
            Shape::Rows { path, .. } | Shape::Bare { path } | Shape::Map { path, .. } => path,
            Shape::Whole | Shape::Sets | Shape::Fields => "",
        };
        let steps = path.split('/').filter(|step| !step.is_empty());
        steps.fold(above.cloned().unwrap_or_default(), |place, step| place.child(step))
    }

    /// The id of the row that a cell's text names, by id or else by name; the text itself where there is none.
    pub(super) fn refer(&mut self, key: &str, text: &str) -> String {
        let id = decode(text).into_owned();
        // Escaped at its beginning: to be taken by the letter.
        let table = self.found.tables.iter_mut().find(|table| table.sheet.key == key);
        let Some(table) = table.filter(|_| !text.starts_with(OPEN)) else { return id };
        if table.named.get(&0).is_some_and(|names| names.contains_key(text)) {
            return id;
        }
        match table.called(0, &id) {
            Some(found) => table.records[found].id.clone(),
            None => id,
        }
    }

    /// The unit that holds for figures of a row below `parent` where none is stated.
    pub(super) fn unit_above(&self, sheet: &Sheet, parent: usize) -> String {
        let table = self.found.tables.len() - 1;
        let text = |record: &Record<'k>, path: &str| {
            let own = at_map(&record.own, path).or_else(|| record.before.and_then(|before| at(before, path)));
            own.and_then(Json::as_str).map(str::to_owned)
        };
        let above = |table: usize, index: usize| self.found.tables[table].records.get(index);
        let found = match (sheet.unit, self.found.tables[table].parent) {
            (UnitOf::None, _) | (_, None) => None,
            (UnitOf::Parent, Some(up)) => above(up, parent).and_then(|record| text(record, "unit")),
            (UnitOf::Funding, Some(up)) => {
                let subject = match self.found.tables[up].parent {
                    Some(_) => above(up, parent).map_or(0, |item| item.parent),
                    None => parent,
                };
                let head = (self.found.tables.iter().find(|table| table.sheet.key == "funding"))
                    .and_then(|table| table.records.iter().find(|record| record.parent == subject));
                head.and_then(|record| text(record, "funding/unit")).or_else(|| {
                    let subjects = self.found.tables.iter().find(|table| table.sheet.key == "subjects")?;
                    text(subjects.records.get(subject)?, "funding/unit")
                })
            }
        };
        found.unwrap_or_default()
    }
}
