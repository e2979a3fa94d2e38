//! What was read, as a dossier's tree, and as what would change in one that is known.

use super::cells::blank;
use super::plan::{Column, Kind, MapKey, Shape, Sheet};
use super::record::{Found, Record, Table, Trouble, at_map, fields_at};
use super::rows::{PROGRAMME_ID, at};
use crate::both;
use crate::locale::Both;
use crate::model::{Place, Quantity, Source, SubjectId};
use crate::sheets::{Address, Area};
use crate::tasks;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// One thing that a workbook would change.
#[derive(Debug)]
pub(crate) struct Item {
    /// Where.
    pub(crate) place: Place,
    /// Whether it is a row that its list does not have.
    pub(crate) new_row: bool,
    /// What stands there now; none where nothing does.
    pub(crate) before: Option<Json>,
    /// What would stand there, where something else stands now.
    pub(crate) after: Json,
    /// The cell it was read from.
    pub(crate) cell: Address,
}

/// The rows of a sheet that belong to one subject.
#[derive(Debug)]
pub(crate) struct Group<E> {
    /// The sheet's key.
    pub(crate) key: &'static str,
    /// Its name in the workbook.
    pub(crate) tab: String,
    /// Whose the rows are; the programme for what belongs to no subject.
    pub(crate) subject: SubjectId,
    /// Where they stand.
    pub(crate) area: Area,
    /// What they would change.
    pub(crate) items: Vec<E>,
    /// What a reader should know.
    pub(crate) remarks: Vec<(Address, Both)>,
}

impl Found<'_> {
    /// What could not be read.
    pub(crate) fn troubles(&self) -> &[Trouble] {
        &self.troubles
    }

    /// The same, when nothing else is asked.
    pub(crate) fn into_troubles(self) -> Vec<Trouble> {
        self.troubles
    }

    /// Where each row stands: its place in the dossier, sheet and first cell.
    pub(crate) fn stands(&self) -> Vec<(Place, Source)> {
        let mut stands = Vec::new();
        for table in &self.tables {
            let Some(grid) = &table.grid else { continue };
            for record in &table.records {
                let Some(line) = record.line else { continue };
                let cell = grid.address(line, 0).to_string();
                stands.push((
                    record.place.clone(),
                    Source { file: self.file.clone(), sheet: grid.tab.clone(), cell },
                ));
            }
        }
        stands
    }

    /// The dossier's tree.
    pub(crate) fn into_tree(self) -> Json {
        let mut tables = self.tables;
        let mut root = Map::new();
        // Rows go into the rows they belong to, the innermost first.
        for index in (0..tables.len()).rev() {
            let (above, rest) = tables.split_at_mut(index);
            let Some(table) = rest.first_mut() else { continue };
            let sheet = table.sheet;
            for (number, record) in std::mem::take(&mut table.records).into_iter().enumerate() {
                let parent = match table.parent {
                    Some(up) => above[up].records.get_mut(record.parent).map(|record| &mut record.own),
                    None => Some(&mut root),
                };
                if let Some(parent) = parent {
                    attach(sheet, number, record, parent);
                }
            }
        }
        Json::Object(root)
    }

    /// What would change in the known dossier, sheet by sheet and subject by subject, each as `entry` makes it of its sheet
    /// and itself. What cannot be placed is told.
    pub(crate) fn groups<E: Send>(&mut self, entry: impl Fn(&str, Item) -> E + Sync) -> Vec<Group<E>> {
        let subjects = self.tables.iter().find(|table| matches!(table.sheet.shape, Shape::Subjects));
        // What is written moves out of the rows, so that what rows of other sheets must know of them is noted before.
        let ids = (subjects.iter().flat_map(|table| &table.records).enumerate())
            .map(|(at, row)| if at == 0 { SubjectId::programme() } else { SubjectId::from(row.id.as_str()) })
            .collect();
        let lineage = (self.tables.iter())
            .map(|table| Line {
                above: table.parent,
                of_subjects: matches!(table.sheet.shape, Shape::Subjects),
                rows: table.records.iter().map(|row| (row.parent, row.before)).collect(),
            })
            .collect();
        let family = Family { ids, lineage };
        let file = self.file.as_str();
        let work = |(index, table)| of_table(index, table, &family, file, &entry);
        let tables = self.tables.iter_mut().enumerate();
        let done: Vec<_> = if tables.len() > 0 && family.rows() > MANY {
            tasks::each(tables, work)
        } else {
            tables.map(work).collect()
        };
        let mut groups = Vec::new();
        for (found, troubles) in done {
            groups.extend(found);
            self.troubles.extend(troubles);
        }
        groups
    }

    /// Whether rows speak of the programme, which the workbook itself does not have and the dossier has without an id.
    pub(crate) fn lacks_programme(&self) -> bool {
        let Some(index) = self.tables.iter().position(|table| matches!(table.sheet.shape, Shape::Subjects))
        else {
            return false;
        };
        let programme = &self.tables[index].records[0];
        let id =
            programme.before.and_then(|before| before.get("id")).and_then(Json::as_str).unwrap_or_default();
        programme.line.is_none()
            && id.is_empty()
            && (self.tables.iter())
                .any(|table| table.parent == Some(index) && table.records.iter().any(|row| row.parent == 0))
    }
}

/// Of fewer rows, threads would cost more than they save.
const MANY: usize = 2000;

/// What the rows of one sheet must know of those of others.
struct Family<'k> {
    /// The subjects, in the order of their rows.
    ids: Vec<SubjectId>,
    /// For each sheet, the rows that its rows belong to.
    lineage: Vec<Line<'k>>,
}

struct Line<'k> {
    /// The sheet that it belongs to, by position.
    above: Option<usize>,
    of_subjects: bool,
    /// For each row, which row it belongs to, and what the known dossier has there.
    rows: Vec<(usize, Option<&'k Json>)>,
}

impl<'k> Family<'k> {
    fn rows(&self) -> usize {
        self.lineage.iter().map(|line| line.rows.len()).sum()
    }

    /// Whose a row of a table is: its position among the subjects; the programme for what belongs to none.
    fn subject(&self, mut table: usize, mut record: usize) -> usize {
        while let Some(up) = self.lineage[table].above {
            record = self.lineage[table].rows[record].0;
            table = up;
        }
        if self.lineage[table].of_subjects { record } else { 0 }
    }

    /// What the known dossier has where the row stands that a row belongs to.
    fn owner(&self, table: usize, record: usize) -> Option<&'k Json> {
        let line = &self.lineage[table];
        line.above.and_then(|up| self.lineage[up].rows[line.rows[record].0].1)
    }
}

/// What would change of one sheet's rows.
fn of_table<E>(
    index: usize,
    table: &mut Table<'_>,
    family: &Family<'_>,
    file: &str,
    entry: impl Fn(&str, Item) -> E,
) -> (Vec<Group<E>>, Vec<Trouble>) {
    let (mut groups, mut troubles) = (Vec::new(), Vec::new());
    let Some(grid) = &table.grid else { return (groups, troubles) };
    let mut open: Option<(usize, Group<Item>)> = None;
    let mut number = 0;
    while number < table.records.len() {
        let first = number;
        let subject = family.subject(index, first);
        let last = last_of_list(table.sheet, &table.records, first);
        number = last + 1;
        let rows = &mut table.records[first..=last];
        let Some(line) = rows[0].line else { continue };
        if open.as_ref().is_some_and(|(whose, _)| *whose != subject) {
            groups.extend(open.take().map(|(_, group)| group.finish(&entry)));
        }
        let (_, group) = open.get_or_insert_with(|| {
            let group = Group {
                key: table.sheet.key,
                tab: grid.tab.clone(),
                subject: family.ids.get(subject).cloned().unwrap_or_else(SubjectId::programme),
                area: Area::new(grid.address(line, 0), grid.address(line, 0)),
                items: Vec::new(),
                remarks: Vec::new(),
            };
            (subject, group)
        });
        group.area = group.area.with(grid.last_address(rows[rows.len() - 1].line.unwrap_or(line)));
        let mut writer = Writer { sheet: table.sheet, grid, group };
        if rows[0].twin {
            let cell = grid.address(line, 0).to_string();
            troubles.push(Trouble {
                source: Source { file: file.to_owned(), sheet: grid.tab.clone(), cell },
                text: rows[0].id.clone(),
                why: both!(
                    "同じ ID の行が元のデータに二つあるため、取り込めません。ID を別のものにしてください。",
                    "The original has two rows of this id, so that this one cannot be imported; give it another id."
                ),
            });
        } else if let Shape::Bare { path } = table.sheet.shape {
            writer.list(family.owner(index, first).and_then(|owner| at(owner, path)), rows, line);
        } else {
            writer.row(first, &mut rows[0], line);
        }
    }
    groups.extend(open.map(|(_, group)| group.finish(&entry)));
    (groups, troubles)
}

impl Group<Item> {
    fn finish<E>(self, entry: impl Fn(&str, Item) -> E) -> Group<E> {
        let Self { key, tab, subject, area, items, remarks } = self;
        let items = items.into_iter().map(|item| entry(&tab, item)).collect();
        Group { key, tab, subject, area, items, remarks }
    }
}

/// The last row of the list that a row begins; itself, but for lists that are one value.
fn last_of_list(sheet: &Sheet, records: &[Record<'_>], first: usize) -> usize {
    if !matches!(sheet.shape, Shape::Bare { .. }) {
        return first;
    }
    let parent = records[first].parent;
    let rows = records[first..].iter().take_while(|record| record.parent == parent).count();
    first + rows - 1
}

/// Puts a row, with all that belongs to it, into the row that it belongs to.
fn attach(sheet: &Sheet, number: usize, mut record: Record<'_>, parent: &mut Map<String, Json>) {
    match sheet.shape {
        Shape::Whole | Shape::Fields => merge(parent, record.own),
        Shape::Sets => {
            if !record.own.is_empty() {
                merge_at(
                    parent,
                    if number == 0 { "criteria/project" } else { "criteria/programme" },
                    record.own,
                );
            }
        }
        Shape::Subjects if number == 0 => {
            if record.line.is_some() || !record.own.is_empty() {
                let id = if record.line.is_some() { record.id } else { PROGRAMME_ID.to_owned() };
                record.own.insert("id".to_owned(), Json::String(id));
                parent.insert("programme".to_owned(), Json::Object(record.own));
            }
        }
        Shape::Subjects | Shape::Rows { .. } => {
            record.own.insert("id".to_owned(), Json::String(record.id));
            let path = if let Shape::Rows { path, .. } = sheet.shape { path } else { "projects" };
            push(parent, path, Json::Object(record.own));
        }
        Shape::Bare { path } => push(parent, path, Json::Object(record.own)),
        Shape::Map { path, .. } => {
            let entry: Map<String, Json> = [(record.id, Json::Object(record.own))].into_iter().collect();
            merge_at(parent, path, entry);
        }
    }
}

/// Adds the fields to those that are there.
fn merge(into: &mut Map<String, Json>, fields: Map<String, Json>) {
    for (name, value) in fields {
        match (into.get_mut(&name), value) {
            (Some(Json::Object(known)), Json::Object(more)) => merge(known, more),
            (_, value) => {
                into.insert(name, value);
            }
        }
    }
}

/// The same, at a path.
fn merge_at(into: &mut Map<String, Json>, path: &str, fields: Map<String, Json>) {
    let Some((into, last)) = fields_at(into, path) else { return };
    if let Json::Object(inner) = into.entry(last).or_insert_with(|| Json::Object(Map::new())) {
        merge(inner, fields);
    }
}

/// Takes the field at a path out.
fn remove(from: &mut Map<String, Json>, path: &str) {
    if let Some((from, last)) = fields_at(from, path) {
        from.remove(last);
    }
}

/// Adds a row to the list at a path, making it. Rows come from the last table to the first, but in order within one.
fn push(into: &mut Map<String, Json>, path: &str, row: Json) {
    let Some((into, last)) = fields_at(into, path) else { return };
    if let Json::Array(list) = into.entry(last).or_insert_with(|| Json::Array(Vec::new())) {
        list.push(row);
    }
}

/// Writes what rows would change into their group.
struct Writer<'g> {
    sheet: &'static Sheet,
    grid: &'g super::grid::Grid,
    group: &'g mut Group<Item>,
}

impl Writer<'_> {
    fn add(&mut self, place: Place, before: Option<&Json>, after: Json, cell: Address) {
        self.group.items.push(Item { place, new_row: false, before: before.cloned(), after, cell });
    }

    /// What one row would change.
    fn row(&mut self, number: usize, record: &mut Record<'_>, line: u32) {
        let cell = self.grid.address(line, 0);
        match self.sheet.shape {
            Shape::Rows { .. } if record.before.is_none() => self.new_row(record, cell),
            Shape::Subjects if number > 0 && record.before.is_none() => self.new_row(record, cell),
            Shape::Subjects if number == 0 => {
                let id = record.before.and_then(|before| before.get("id"));
                if id.and_then(Json::as_str) != Some(&record.id) {
                    let after = Json::String(record.id.clone());
                    self.add(record.place.child("id"), id, after, cell);
                }
                self.fields(record, line);
            }
            Shape::Map { key: MapKey::Member, .. } => self.scores(record, line),
            Shape::Map { .. } => {
                if let Some(before) = record.before {
                    for column in self.sheet.columns {
                        self.drop_stale(column, at(before, column.field), &mut record.own, line);
                    }
                }
                let after = Json::Object(std::mem::take(&mut record.own));
                if record.before != Some(&after) {
                    self.add(std::mem::take(&mut record.place), record.before, after, cell);
                }
            }
            _ => self.fields(record, line),
        }
    }

    fn new_row(&mut self, record: &mut Record<'_>, cell: Address) {
        let mut after = std::mem::take(&mut record.own);
        after.insert("id".to_owned(), Json::String(std::mem::take(&mut record.id)));
        let (place, after) = (std::mem::take(&mut record.place), Json::Object(after));
        self.group.items.push(Item { place, new_row: true, before: None, after, cell });
    }

    /// Field by field, what differs from the row that is known.
    fn fields(&mut self, record: &mut Record<'_>, line: u32) {
        for (index, column) in self.sheet.columns.iter().enumerate() {
            if !self.grid.has(index) {
                // A column that was taken out says nothing.
                continue;
            }
            let before = record.before.and_then(|before| at(before, column.field));
            self.drop_stale(column, before, &mut record.own, line);
            let nothing = blank(column.kind);
            let after = at_map(&record.own, column.field).unwrap_or(&nothing);
            if before.unwrap_or(&nothing) != after {
                let steps = column.field.split('/').filter(|step| !step.is_empty());
                let place = steps.fold(record.place.clone(), |place, step| place.child(step));
                let cell = self.grid.address(line, self.grid.field(index).start);
                self.add(place, before, after.clone(), cell);
            }
        }
    }

    /// A new value makes the old one's printed form untrue; people who change a number leave it standing.
    fn drop_stale(&mut self, column: &Column, before: Option<&Json>, own: &mut Map<String, Json>, line: u32) {
        let (Kind::Quantity, Some(before)) = (column.kind, before) else { return };
        let now = match column.field {
            "" => Quantity::deserialize(&Json::Object(own.clone())),
            field => at_map(own, field).map_or_else(|| Ok(Quantity::default()), Quantity::deserialize),
        };
        let (Ok(now), Ok(before)) = (now, Quantity::deserialize(before)) else { return };
        let changed = now.figure != before.figure;
        if now.value().is_none() || now.printed.is_empty() || (!changed && now.printed == before.printed) {
            return;
        }
        let as_printed = Quantity::read(&now.printed, &now.unit);
        let contradicts = as_printed.value_in(&now.unit).is_some_and(|printed| Some(printed) != now.value());
        let stale = contradicts || (changed && now.printed == before.printed);
        if !stale {
            return;
        }
        let path = format!("{}/printed", column.field);
        remove(own, path.trim_start_matches('/'));
        let old = now.printed;
        let cell = self.grid.address(line, 0);
        self.group.remarks.push((
            cell,
            both!(
                "値と合わない表記「{old}」は取り込みません。値がそのまま表示されます。",
                "The wording “{old}” does not fit the value and is not taken; the value itself is shown."
            ),
        ));
    }

    /// Cell by cell, so that each score can be taken or left; the whole row where a score was taken out.
    fn scores(&mut self, record: &mut Record<'_>, line: u32) {
        let before = record.before.and_then(Json::as_object);
        let known = |no: &String| before.and_then(|before| before.get(no));
        let taken_out = before.is_some_and(|before| {
            before.keys().any(|no| self.grid.names.contains(no) && !record.own.contains_key(no))
        });
        if taken_out || (record.own.is_empty() && before.is_none()) {
            let others = before.into_iter().flatten().filter(|(no, _)| !self.grid.names.contains(no));
            let mut after = std::mem::take(&mut record.own);
            after.extend(others.map(|(no, cell)| (no.clone(), cell.clone())));
            let cell = self.grid.address(line, 0);
            self.add(record.place.clone(), record.before, Json::Object(after), cell);
            return;
        }
        for (no, score) in &record.own {
            if known(no) != Some(score) {
                let facet = self.grid.names.iter().position(|name| name == no).unwrap_or_default();
                let cell = self.grid.address(line, self.grid.field(0).start + facet);
                let place = record.place.child(no.as_str());
                self.group.items.push(Item {
                    place,
                    new_row: false,
                    before: known(no).cloned(),
                    after: score.clone(),
                    cell,
                });
            }
        }
    }

    /// A list without ids, which is one value.
    fn list(&mut self, before: Option<&Json>, rows: &mut [Record<'_>], line: u32) {
        let known = before.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        let same = |(known, row): (&Json, &Record<'_>)| {
            self.sheet.columns.iter().all(|column| {
                let nothing = blank(column.kind);
                at(known, column.field).unwrap_or(&nothing)
                    == at_map(&row.own, column.field).unwrap_or(&nothing)
            })
        };
        if known.len() == rows.len() && known.iter().zip(&*rows).all(same) {
            return;
        }
        let after = rows.iter_mut().map(|row| Json::Object(std::mem::take(&mut row.own))).collect();
        let cell = self.grid.address(line, 0);
        self.add(rows[0].place.clone(), before, after, cell);
    }
}
