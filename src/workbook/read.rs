//! A workbook's cells as the dossier that they hold, forgiving what people do to a form.
//!
//! Sheets are read in the order of the description, so that a row finds the row it belongs to. A row that lacks an id
//! is given one; a row of another sheet may name it by id or by name. What cannot be read is told with its cell and
//! what to do about it; everything else is taken.

use super::cells::{self, Around, Cell, Problem};
use super::grid::Grid;
use super::layout::Target;
use super::moment;
use super::plan::{self, Kind, MapKey, Shape, Sheet, UnitOf};
use super::rows::{CALLED, PROGRAMME, PROGRAMME_ID, PROJECT, at, steps};
use super::text::{LongTexts, OPEN, decode, split_lines_raw, split_mark};
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{Place, Source, fold_for_matching};
use crate::sheets::{Address, Book};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

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
    named: HashMap<usize, HashMap<String, usize>>,
    /// The same by what people call them; none where two are called alike.
    called: HashMap<usize, HashMap<String, Option<usize>>>,
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
    named: bool,
    /// Whether another row of its list has the same id.
    pub(super) twin: bool,
}

/// Reads a workbook against a dossier's tree; `Null` where there is none.
pub(crate) fn read_against<'k>(book: &Book, known: &'k Json) -> Found<'k> {
    let mut reader = Reader {
        known,
        long: LongTexts::default(),
        found: Found { tables: Vec::new(), troubles: Vec::new(), file: book.file.clone() },
        scales: [Vec::new(), Vec::new()],
    };
    reader.read(book);
    reader.found
}

struct Reader<'k> {
    known: &'k Json,
    long: LongTexts,
    found: Found<'k>,
    /// Scales for projects and for the programme.
    scales: [Vec<(String, i16)>; 2],
}

/// The cells of one row, by the position of their slots.
type Row<'b> = Vec<Option<&'b Cell>>;

impl<'k> Reader<'k> {
    fn read(&mut self, book: &Book) {
        let mut tabs: HashMap<&str, &crate::sheets::Sheet> = HashMap::new();
        for tab in &book.sheets {
            let signature = tab.text(Address::default());
            let Some((version, key)) = super::signature(&signature) else {
                if !tab.cells().is_empty() {
                    let why = both!(
                        "入力用ブックのシートではないため読み込んでいません。表として取り込むには、別のファイルに分けてください。",
                        "Not a sheet of this workbook, and not read; to import it as a table, put it into a file of its own."
                    );
                    self.tell_sheet(&tab.name, &tab.name, why);
                }
                continue;
            };
            if version > super::VERSION {
                let why = both!(
                    "新しい版の Hyoka が書いたシートです。Hyoka を更新してから読み込んでください。",
                    "A newer version of Hyoka wrote this sheet; update Hyoka and read it again."
                );
                self.tell_sheet(&tab.name, &tab.name, why);
                continue;
            }
            let known = plan::sheet(key).map(|sheet| sheet.key).or_else(|| super::OTHERS.into_iter().find(|o| *o == key));
            match known {
                Some(key) if !tabs.contains_key(key) => {
                    tabs.insert(key, tab);
                }
                Some(_) => {
                    let why = both!(
                        "同じ表のシートが二つあります。行を一つ目に移し、このシートを削除してください。",
                        "Two sheets hold the same table; move the rows to the first and delete this one."
                    );
                    self.tell_sheet(&tab.name, &tab.name, why);
                }
                None => {
                    let why = both!("この版の Hyoka が知らないシートです。", "This version of Hyoka does not know this sheet.");
                    self.tell_sheet(&tab.name, &tab.name, why);
                }
            }
        }
        if let Some(tab) = tabs.get("long") {
            self.long = read_long(tab);
        }
        for sheet in plan::sheets() {
            let parent = sheet.parent.and_then(|key| plan::sheets().position(|above| above.key == key));
            self.found.tables.push(Table {
                sheet,
                grid: None,
                records: Vec::new(),
                parent,
                named: HashMap::new(),
                called: HashMap::new(),
            });
            self.begin(sheet);
            if let Some(tab) = tabs.get(sheet.key) {
                self.read_sheet(sheet, tab);
            }
            if sheet.key == "scale" {
                self.note_scales();
            }
        }
    }

    fn table(&mut self) -> &mut Table<'k> {
        let last = self.found.tables.len() - 1;
        &mut self.found.tables[last]
    }

    /// The records that are there whatever the sheets say: the dossier, its sets of criteria, the programme.
    fn begin(&mut self, sheet: &'static Sheet) {
        let mut fixed = |path: &str, names: &[&str]| {
            let record = Record {
                before: at(self.known, path).filter(|node| !node.is_null()),
                place: Place::from(path),
                ..Record::default()
            };
            let last = self.found.tables.len() - 1;
            let table = &mut self.found.tables[last];
            let index = table.records.len();
            table.records.push(record);
            table.named.entry(0).or_default().extend(names.iter().map(|name| ((*name).to_owned(), index)));
        };
        match sheet.shape {
            Shape::Whole => fixed("", &[]),
            Shape::Sets => {
                fixed("criteria/project", &[PROJECT[0], PROJECT[1], "project"]);
                fixed("criteria/programme", &[PROGRAMME[0], PROGRAMME[1], "programme"]);
            }
            Shape::Subjects => fixed("programme", &PROGRAMME),
            _ => {}
        }
    }

    fn read_sheet(&mut self, sheet: &'static Sheet, tab: &crate::sheets::Sheet) {
        let grid = Grid::of(sheet, tab);
        let mut strays = Vec::new();
        let rows = grid.rows(tab, &mut strays);
        for (at, text) in strays {
            let why = both!(
                "入力欄の外にあるため読み込んでいません。該当する列に移してください。",
                "Outside the form's columns, and not read; move it to the column it belongs to."
            );
            self.tell(&tab.name, at, text, why);
        }
        let mut last: Option<(Vec<Option<&Cell>>, usize)> = None;
        let heads = grid.heads();
        self.table().grid = Some(grid);
        for (line, row) in rows {
            if row[heads..].iter().all(Option::is_none) {
                // Only what it belongs to is filled in: an empty row of the form.
                continue;
            }
            let above = row[..heads].to_vec();
            let parent = match &last {
                Some((cells, parent)) if *cells == above => Some(*parent),
                _ => self.owner(sheet, line, &row),
            };
            let Some(parent) = parent else { continue };
            last = Some((above, parent));
            self.read_row(sheet, line, &row, parent);
        }
        self.name_rows(sheet);
    }

    /// The row that a row belongs to, by position among the rows above; says so where there is none.
    fn owner(&mut self, sheet: &'static Sheet, line: u32, row: &Row<'_>) -> Option<usize> {
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
            match self.find(above, parent, &named, &called) {
                Some(found) => parent = found,
                None => {
                    let name = above.name;
                    let (ja, en) = (name.0, name.1);
                    let why = if named.is_empty() && called.is_empty() {
                        both!("「{ja}」が空欄のため、この行を読み込んでいません。", "“{en}” is empty, so that this row was not read.")
                    } else {
                        both!(
                            "「{ja}」のシートに見つからないため、この行を読み込んでいません。",
                            "Not found on the sheet “{en}”, so that this row was not read."
                        )
                    };
                    let slot = if cell.is_none() && !called.is_empty() { self.slot(Target::ParentName) } else { Some(depth) };
                    let text = if named.is_empty() { called } else { named };
                    self.tell_cell(line, slot.unwrap_or(depth), text.into_owned(), why);
                    return None;
                }
            }
        }
        Some(parent)
    }

    /// The first slot that holds a value of a row's own.
    fn first_field(&self) -> usize {
        self.found.tables.last().and_then(|table| table.grid.as_ref()).map_or(0, Grid::first_field)
    }

    fn slot(&self, target: Target) -> Option<usize> {
        self.found.tables.last()?.grid.as_ref()?.slot(target)
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
                let mut alike = list.iter().filter(|(text, _)| fold_for_matching(text).to_lowercase() == folded);
                if let (Some((_, found)), None) = (alike.next(), alike.next()) {
                    return Some(*found);
                }
            }
            if matches!(above.shape, Shape::Subjects) && [PROGRAMME_ID, "programme"].contains(&folded.as_str()) {
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
        let record =
            Record { parent, id: id.into_owned(), before: Some(row), place, ..Record::default() };
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

    fn list_place(&self, table: usize, parent: usize) -> Place {
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

    fn read_row(&mut self, sheet: &'static Sheet, line: u32, row: &Row<'_>, parent: usize) {
        let mut record = Record { parent, line: Some(line), ..Record::default() };
        let id = self.slot(Target::Id).and_then(|slot| row[slot]).map(|cell| self.long.raw(cell));
        let mut into = None;
        match sheet.shape {
            Shape::Whole => into = Some(0),
            Shape::Subjects => {
                let role = self.slot(Target::Role).and_then(|slot| row[slot]).map(Cell::text);
                let says = |text: &str| PROGRAMME.iter().any(|word| word.eq_ignore_ascii_case(&fold_for_matching(text)));
                if role.as_deref().is_some_and(says) || (role.is_none() && id.as_deref().is_some_and(says)) {
                    if self.found.tables.last().is_some_and(|table| table.records[0].line.is_some()) {
                        let slot = self.slot(Target::Role).unwrap_or_default();
                        let why = both!(
                            "プログラムは 1 つだけです。この列は読み込んでいません。",
                            "There is one programme only; this column was not read."
                        );
                        self.tell_cell(line, slot, role.unwrap_or_default().into_owned(), why);
                        return;
                    }
                    into = Some(0);
                    record.id = match id.as_deref() {
                        Some(id) if !PROGRAMME.contains(&id) => decode(id).into_owned(),
                        _ => PROGRAMME_ID.to_owned(),
                    };
                    if let Some(id) = &id {
                        self.table().named.entry(0).or_default().insert(id.clone().into_owned(), 0);
                    }
                }
            }
            Shape::Map { key, .. } => {
                let Some(name) = self.map_key(line, row, parent, key) else { return };
                record.id = name;
            }
            _ => {}
        }
        if into.is_none() && matches!(sheet.shape, Shape::Rows { .. } | Shape::Subjects) {
            self.identify(line, id.as_deref(), &mut record);
        }
        self.read_fields(sheet, line, row, &mut record);
        if matches!(sheet.shape, Shape::Map { key: MapKey::Member, .. })
            && row[self.first_field()..].iter().all(Option::is_none)
        {
            // A member who has not scored yet.
            return;
        }
        match into {
            Some(index) => {
                let known = &mut self.table().records[index];
                (known.line, known.id, known.own) = (record.line, record.id, record.own);
            }
            None => self.table().records.push(record),
        }
    }

    /// What an entry of a map is named by; says so where that is missing or taken.
    fn map_key(&mut self, line: u32, row: &Row<'_>, parent: usize, key: MapKey) -> Option<String> {
        let slot = self.slot(Target::Key)?;
        let Some(cell) = row[slot] else {
            let why = both!(
                "行の見出し（年度・委員・場所）が空欄のため、この行を読み込んでいません。",
                "The year, member or place is empty, so that this row was not read."
            );
            self.tell_cell(line, slot, String::new(), why);
            return None;
        };
        let text = self.long.raw(cell);
        let name = match key {
            MapKey::Year => match moment::year(&text) {
                Some(year) => year.to_string(),
                None => {
                    let why = both!(
                        "年度を読めないため、この行を読み込んでいません。2022、2022年度、令和4年度、R4 のように入れてください。",
                        "The year cannot be read, so that this row was not read; write 2022, 2022年度, 令和4年度 or R4."
                    );
                    self.tell_cell(line, slot, text.into_owned(), why);
                    return None;
                }
            },
            MapKey::Member => self.refer("members", &text),
            MapKey::Place => decode(&text).into_owned(),
        };
        let rows = self.table().named.entry(parent).or_default();
        if rows.insert(name.clone(), 0).is_some() {
            let why = both!(
                "同じ年度・委員・場所の行がもう一つあるため、この行を読み込んでいません。一つにまとめてください。",
                "Another row has the same year, member or place, so that this one was not read; make one of the two."
            );
            self.tell_cell(line, slot, text.into_owned(), why);
            return None;
        }
        Some(name)
    }

    /// Notes a row's id. One that is taken already is a copied row, which is new.
    fn identify(&mut self, line: u32, text: Option<&str>, record: &mut Record<'k>) {
        let Some(text) = text else { return };
        let (id, mark) = split_mark(text);
        let parent = record.parent;
        let table = self.table();
        let index = table.records.len();
        let names = table.named.entry(parent).or_default();
        if names.contains_key(text) {
            let slot = self.slot(Target::Id).unwrap_or_default();
            let why = both!(
                "同じ ID の行がもう一つあるため、新しい行として読みました。ID を消すとこの表示は出ません。",
                "Another row has this id, so that this one was read as a new row; clear the id to say so."
            );
            self.tell_cell(line, slot, text.to_owned(), why);
            return;
        }
        names.insert(text.to_owned(), index);
        record.twin = mark.starts_with('#');
        record.id = decode(if record.twin { id } else { text }).into_owned();
        record.named = true;
    }

    fn read_fields(&mut self, sheet: &'static Sheet, line: u32, row: &Row<'_>, record: &mut Record<'k>) {
        let unit = self.unit_above(sheet, record.parent);
        let spreads = matches!(sheet.key, "scores" | "means" | "table_rows");
        let names: Vec<String> = if spreads {
            self.found.tables.last().and_then(|table| table.grid.as_ref()).map(|grid| grid.names.clone()).unwrap_or_default()
        } else {
            Vec::new()
        };
        let programme = record.parent == 0;
        let called = HashMap::new();
        let around = Around {
            lang: Lang::Ja,
            unit: &unit,
            names: &names,
            steps: &self.scales[usize::from(programme)],
            called: &called,
        };
        let mut problems: Vec<Problem> = Vec::new();
        let mut told: Vec<(usize, Both)> = Vec::new();
        let Some(grid) = self.found.tables.last().and_then(|table| table.grid.as_ref()) else { return };
        let mut refers = Vec::new();
        for (index, column) in sheet.columns.iter().enumerate() {
            let slots = grid.field(index);
            let value = cells::read(column.kind, &row[slots.clone()], &around, &self.long, &mut problems);
            told.extend(problems.drain(..).map(|(at, why)| (slots.start + at, why)));
            let Some(value) = value else { continue };
            match (column.kind, row[slots.start]) {
                (Kind::Refer(key) | Kind::Refers(key), Some(cell)) => {
                    refers.push((key, column.field, value.is_array(), self.long.raw(cell)));
                }
                _ => put(&mut record.own, column.field, value),
            }
        }
        for (key, field, several, text) in refers {
            let value = if several {
                split_lines_raw(&text).map(|line| self.refer(key, line)).collect()
            } else {
                Json::String(self.refer(key, &text))
            };
            put(&mut record.own, field, value);
        }
        for (slot, why) in told {
            let text = row[slot].map(Cell::text).unwrap_or_default().into_owned();
            self.tell_cell(line, slot, text, why);
        }
    }

    /// The id of the row that a cell's text names, by id or else by name; the text itself where there is none.
    fn refer(&mut self, key: &str, text: &str) -> String {
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
    fn unit_above(&self, sheet: &Sheet, parent: usize) -> String {
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

    /// Gives ids to rows that lack one, and says of each row where it goes and what stands there.
    fn name_rows(&mut self, sheet: &'static Sheet) {
        let table = self.found.tables.len() - 1;
        let mut lists: HashMap<usize, List<'k>> = HashMap::new();
        let mut records = std::mem::take(&mut self.found.tables[table].records);
        let fixed = usize::from(sheet.is_card());
        let has_ids = matches!(sheet.shape, Shape::Rows { .. } | Shape::Subjects);
        // Ids that are written hold before any is given.
        for record in &records[fixed.min(records.len())..] {
            let list = lists.entry(record.parent).or_insert_with(|| List::of(self, sheet, table, record.parent));
            if has_ids && record.named {
                list.taken.insert(record.id.clone());
            }
        }
        let start = fixed.min(records.len());
        for (index, record) in records.iter_mut().enumerate().skip(start) {
            let Some(list) = lists.get_mut(&record.parent) else { continue };
            match sheet.shape {
                Shape::Rows { .. } | Shape::Subjects => {
                    if !record.named {
                        record.id = list.same_content(sheet, &record.own).unwrap_or_else(|| list.fresh(sheet));
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

    fn note_scales(&mut self) {
        let tables = &self.found.tables;
        let Some(scale) = tables.last() else { return };
        for set in [0, 1] {
            let known = scale.parent.and_then(|sets| tables[sets].records.get(set)).and_then(|record| record.before);
            let own: Vec<Json> = (scale.records.iter().filter(|record| record.parent == set))
                .map(|record| Json::Object(record.own.clone()))
                .collect();
            self.scales[set] = if own.is_empty() {
                steps(known)
            } else {
                steps(Some(&serde_json::json!({ "scale": { "steps": own } })))
            };
        }
    }

    fn tell(&mut self, sheet: &str, at: Address, text: String, why: Both) {
        let source = Source { file: self.found.file.clone(), sheet: sheet.to_owned(), cell: at.to_string() };
        self.found.troubles.push(Trouble { source, text, why });
    }

    fn tell_sheet(&mut self, sheet: &str, text: &str, why: Both) {
        let source = Source { file: self.found.file.clone(), sheet: sheet.to_owned(), cell: String::new() };
        self.found.troubles.push(Trouble { source, text: text.to_owned(), why });
    }

    /// Says something of a cell of the sheet that is being read.
    fn tell_cell(&mut self, line: u32, slot: usize, text: String, why: Both) {
        let Some(grid) = self.found.tables.last().and_then(|table| table.grid.as_ref()) else { return };
        let (name, at) = (grid.tab.clone(), grid.address(line, slot));
        self.tell(&name, at, text, why);
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
            rows.values_mut().for_each(|ids| ids.sort_unstable());
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
        let next = self.next.unwrap_or_else(|| ids.filter_map(trailing_number).max().unwrap_or(0)).saturating_add(1);
        self.next = Some(next);
        format!("{prefix}{next}")
    }
}

/// The number that an id ends with.
fn trailing_number(id: &str) -> Option<u64> {
    id[id.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].parse().ok()
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
fn known_list<'k>(
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

impl Table<'_> {
    /// The row that people call so, if there is one only.
    fn called(&mut self, parent: usize, name: &str) -> Option<usize> {
        let folded = fold_for_matching(name);
        if folded.is_empty() {
            return None;
        }
        let records = &self.records;
        let names = self.called.entry(parent).or_insert_with(|| {
            let mut names: HashMap<String, Option<usize>> = HashMap::new();
            for (index, record) in records.iter().enumerate().filter(|(_, record)| record.parent == parent) {
                let text = CALLED.iter().find_map(|field| {
                    at_map(&record.own, field).or_else(|| record.before.and_then(|before| at(before, field)))
                });
                if let Some(text) = text.and_then(Json::as_str) {
                    names.entry(fold_for_matching(text)).and_modify(|known| *known = None).or_insert(Some(index));
                }
            }
            names
        });
        names.get(&folded).copied().flatten()
    }
}

/// What stands at a path below a row's own fields.
pub(super) fn at_map<'m>(own: &'m Map<String, Json>, path: &str) -> Option<&'m Json> {
    match path.split_once('/') {
        Some((first, rest)) => at(own.get(first)?, rest),
        None => own.get(path),
    }
}

/// Puts a value at a path below a row's own fields; one without a path is the row itself.
pub(super) fn put(own: &mut Map<String, Json>, path: &str, value: Json) {
    match (path.split_once('/'), value) {
        (Some((first, rest)), value) => {
            let inner = own.entry(first).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
        (None, Json::Object(value)) if path.is_empty() => own.extend(value),
        (None, value) => {
            own.insert(path.to_owned(), value);
        }
    }
}

/// The sheet of long texts: number, order, text.
fn read_long(tab: &crate::sheets::Sheet) -> LongTexts {
    let mut long = LongTexts::default();
    for cell in tab.cells().iter().filter(|cell| cell.at.row >= super::FIRST_LINE && cell.at.column == 3) {
        let number = |column| tab.text(Address::new(cell.at.row, column)).parse().ok();
        if let (Some(number), Some(order)) = (number(1), number(2)) {
            long.add(number, order, &cell.value.text());
        }
    }
    long
}
