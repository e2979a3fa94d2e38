//! A workbook's cells as the dossier that they hold, forgiving what people do to a form.
//!
//! Sheets are read in the order of the description, so that a row finds the row it belongs to. A row that lacks an id
//! is given one; a row of another sheet may name it by id or by name. What cannot be read is told with its cell and
//! what to do about it; everything else is taken.

use super::cells::{self, Around, Cell, Problem};
use super::grid::Grid;
use super::layout::Target;
use super::moment;
use super::plan::{self, Kind, MapKey, Shape, Sheet};
use super::record::{Found, Record, Table, Trouble, put};
use super::rows::{PROGRAMME, PROGRAMME_ID, PROJECT, at, steps};
use super::text::{LongTexts, decode, split_lines_raw, split_mark};
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{Place, Source, fold_for_matching};
use crate::sheets::{Address, Book};
use crate::tasks;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// A sheet of fewer rows is read by one thread; of more, so many rows are taken at a time.
const MANY: usize = 1000;
const PIECE: usize = 256;

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

/// A reading under way.
pub(super) struct Reader<'k> {
    pub(super) known: &'k Json,
    pub(super) long: LongTexts,
    pub(super) found: Found<'k>,
    /// Scales for projects and for the programme.
    scales: [Vec<(String, i16)>; 2],
}

/// The cells of one row, by the position of their slots.
pub(super) type Row<'b> = Vec<Option<&'b Cell>>;

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
            if key.starts_with(super::RESULTS) {
                // What follows from the data is worked out, not read.
                continue;
            }
            let known = plan::sheet(key)
                .map(|sheet| sheet.key)
                .or_else(|| super::OTHERS.into_iter().find(|o| *o == key));
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
                    let why = both!(
                        "この版の Hyoka が知らないシートです。",
                        "This version of Hyoka does not know this sheet."
                    );
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
            Shape::Subjects => fixed("programme", &[PROGRAMME[0], PROGRAMME[1], PROGRAMME_ID]),
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
        let heads = grid.heads();
        self.table().grid = Some(grid);
        let mut begun: Vec<Begun<'_, 'k>> = Vec::new();
        let mut units: Vec<String> = Vec::new();
        let mut count = self.table().records.len();
        // Rows of one owner mostly stand together.
        let mut last: Option<(Row<'_>, usize)> = None;
        for (line, row) in rows {
            if row[heads..].iter().all(Option::is_none) {
                // Only what it belongs to is filled in: an empty row of the form.
                continue;
            }
            let told = self.found.troubles.len();
            let parent = match &last {
                Some((cells, parent)) if cells[..] == row[..heads] => Some(*parent),
                _ => {
                    let parent = self.owner(sheet, line, &row);
                    last = parent.map(|parent| (row[..heads].to_vec(), parent));
                    units.extend(parent.map(|parent| self.unit_above(sheet, parent)));
                    parent
                }
            };
            let target = parent.and_then(|parent| self.begin_row(sheet, line, &row, parent, count));
            count += usize::from(matches!(target, Some((_, None))));
            let troubles = self.found.troubles.split_off(told);
            if target.is_some() || !troubles.is_empty() {
                begun.push(Begun { line, row, target, unit: units.len().saturating_sub(1), troubles });
            }
        }
        let read = self.values(sheet, &units, &begun);
        for (row, values) in begun.into_iter().zip(read) {
            self.finish_row(sheet, row, values);
        }
        self.name_rows(sheet);
    }

    /// What the cells of rows hold. Nothing of it depends on another row of the sheet, so that many are read at once.
    fn values(&self, sheet: &'static Sheet, units: &[String], rows: &[Begun<'_, 'k>]) -> Vec<Values> {
        let Some(grid) = self.found.tables.last().and_then(|table| table.grid.as_ref()) else {
            return Vec::new();
        };
        let read = |begun: &Begun<'_, 'k>| {
            let Some((record, _)) = &begun.target else { return Values::default() };
            let unit = units.get(begun.unit).map_or("", String::as_str);
            let steps = &self.scales[usize::from(record.parent == 0)];
            Values::read(sheet, grid, &begun.row, &self.long, unit, steps)
        };
        if rows.len() < MANY {
            return rows.iter().map(read).collect();
        }
        let pieces = tasks::each(rows.chunks(PIECE), |piece| piece.iter().map(read).collect::<Vec<_>>());
        pieces.into_iter().flatten().collect()
    }

    /// The first slot that holds a value of a row's own.
    fn first_field(&self) -> usize {
        self.found.tables.last().and_then(|table| table.grid.as_ref()).map_or(0, Grid::first_field)
    }

    pub(super) fn slot(&self, target: Target) -> Option<usize> {
        self.found.tables.last()?.grid.as_ref()?.slot(target)
    }

    /// The record that a row makes or adds to, which comes to stand at `index` unless it adds to one; says so where it makes
    /// none.
    fn begin_row(
        &mut self,
        sheet: &'static Sheet,
        line: u32,
        row: &Row<'_>,
        parent: usize,
        index: usize,
    ) -> Option<(Record<'k>, Option<usize>)> {
        let mut record = Record { parent, line: Some(line), ..Record::default() };
        let id = self.slot(Target::Id).and_then(|slot| row[slot]).map(|cell| self.long.raw(cell));
        let mut into = None;
        match sheet.shape {
            Shape::Whole => into = Some(0),
            Shape::Subjects => {
                let role = self.slot(Target::Role).and_then(|slot| row[slot]).map(Cell::text);
                let says = |text: &str| {
                    PROGRAMME.iter().any(|word| word.eq_ignore_ascii_case(&fold_for_matching(text)))
                };
                if role.as_deref().is_some_and(says) || (role.is_none() && id.as_deref().is_some_and(says)) {
                    if self.found.tables.last().is_some_and(|table| table.records[0].line.is_some()) {
                        let slot = self.slot(Target::Role).unwrap_or_default();
                        let why = both!(
                            "プログラムは 1 つだけです。この列は読み込んでいません。",
                            "There is one programme only; this column was not read."
                        );
                        self.tell_cell(line, slot, role.unwrap_or_default().into_owned(), why);
                        return None;
                    }
                    into = Some(0);
                    self.table().records[0].line = Some(line);
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
                record.id = self.map_key(line, row, parent, key)?;
            }
            _ => {}
        }
        if into.is_none() && matches!(sheet.shape, Shape::Rows { .. } | Shape::Subjects) {
            self.identify(line, id.as_deref(), &mut record, index);
        }
        Some((record, into))
    }

    /// Takes a row in with what its cells hold.
    fn finish_row(&mut self, sheet: &'static Sheet, begun: Begun<'_, 'k>, values: Values) {
        let Begun { line, row, target, troubles, .. } = begun;
        self.found.troubles.extend(troubles);
        let Some((mut record, into)) = target else { return };
        record.own = values.own;
        for Reference { key, field, several, text } in values.references {
            let value = if several {
                split_lines_raw(&text).map(|line| self.refer(key, line)).collect()
            } else {
                Json::String(self.refer(key, &text))
            };
            put(&mut record.own, field, value);
        }
        for (slot, why) in values.told {
            let text = row[slot].map(Cell::text).unwrap_or_default().into_owned();
            self.tell_cell(line, slot, text, why);
        }
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
            MapKey::Year => {
                let Some(year) = moment::year(&text) else {
                    let why = both!(
                        "年度を読めないため、この行を読み込んでいません。2022、2022年度、令和4年度、R4 のように入れてください。",
                        "The year cannot be read, so that this row was not read; write 2022, 2022年度, 令和4年度 or R4."
                    );
                    self.tell_cell(line, slot, text.into_owned(), why);
                    return None;
                };
                year.to_string()
            }
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

    /// Notes the id of a row that comes to stand at `index`. One that is taken already is a copied row, which is new.
    fn identify(&mut self, line: u32, text: Option<&str>, record: &mut Record<'k>, index: usize) {
        let Some(text) = text else { return };
        let (id, mark) = split_mark(text);
        let parent = record.parent;
        let names = self.table().named.entry(parent).or_default();
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

    fn note_scales(&mut self) {
        let tables = &self.found.tables;
        let Some(scale) = tables.last() else { return };
        for set in [0, 1] {
            let known =
                scale.parent.and_then(|sets| tables[sets].records.get(set)).and_then(|record| record.before);
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
    pub(super) fn tell_cell(&mut self, line: u32, slot: usize, text: String, why: Both) {
        let Some(grid) = self.found.tables.last().and_then(|table| table.grid.as_ref()) else { return };
        let (name, at) = (grid.tab.clone(), grid.address(line, slot));
        self.tell(&name, at, text, why);
    }
}

/// A row of which it is known what it belongs to, before its values are read.
struct Begun<'b, 'k> {
    line: u32,
    row: Row<'b>,
    /// The record that it makes, or the one that it adds to; none where it makes none.
    target: Option<(Record<'k>, Option<usize>)>,
    /// Which of the units that hold for rows of the sheet holds for it.
    unit: usize,
    /// What was to be told of it so far.
    troubles: Vec<Trouble>,
}

/// What the cells of a row hold.
#[derive(Default)]
struct Values {
    own: Map<String, Json>,
    references: Vec<Reference>,
    /// What could not be read, by slot.
    told: Vec<Problem>,
}

/// A field that names rows of another sheet.
struct Reference {
    key: &'static str,
    field: &'static str,
    several: bool,
    text: String,
}

impl Values {
    fn read(
        sheet: &'static Sheet,
        grid: &Grid,
        row: &Row<'_>,
        long: &LongTexts,
        unit: &str,
        steps: &[(String, i16)],
    ) -> Self {
        let called = HashMap::new();
        let around = Around { lang: Lang::Ja, unit, names: &grid.names, steps, called: &called };
        let mut problems: Vec<Problem> = Vec::new();
        let mut values = Self::default();
        for (index, column) in sheet.columns.iter().enumerate() {
            let slots = grid.field(index);
            let value = cells::read(column.kind, &row[slots.clone()], &around, long, &mut problems);
            values.told.extend(problems.drain(..).map(|(at, why)| (slots.start + at, why)));
            let Some(value) = value else { continue };
            match (column.kind, row[slots.start]) {
                (Kind::Refer(key) | Kind::ReferAlways(key) | Kind::Refers(key), Some(cell)) => {
                    let text = long.raw(cell).into_owned();
                    let (field, several) = (column.field, value.is_array());
                    values.references.push(Reference { key, field, several, text });
                }
                _ => put(&mut values.own, column.field, value),
            }
        }
        values
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
