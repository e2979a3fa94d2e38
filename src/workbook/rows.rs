//! The dossier's tree as the rows of the sheets.

use super::cells::{self, Around, Called, Out, id_text};
use super::layout::{self, Target};
use super::moment;
use super::plan::{self, Kind, MapKey, Shape, Sheet, UnitOf};
use super::text::{LongTexts, encode, encode_present};
use crate::locale::Lang;
use crate::model::fold_for_matching;
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap};

/// The word by which sheets call the programme, in both languages.
pub(super) const PROGRAMME: [&str; 2] = ["プログラム", "Programme"];
/// The words of the two roles of a subject, and of the two sets of criteria.
pub(super) const PROJECT: [&str; 2] = ["課題", "Project"];

/// The id that a programme usually has; shown as the word.
pub(super) const PROGRAMME_ID: &str = "program";

static NOTHING: Json = Json::Null;

/// A row's place in the tree while the sheets below it are written.
#[derive(Debug)]
struct Record<'t> {
    node: &'t Json,
    parent: usize,
    /// The cell that names it, and that rows of other sheets refer to it by.
    named: Out,
    /// What people call it.
    name: String,
}

/// A sheet with its rows, ready to be laid out.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) sheet: &'static Sheet,
    /// Names of the cells of a value that spreads sideways, and what else is said of each.
    pub(super) names: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) slots: Vec<(String, Target)>,
    pub(super) rows: Vec<Vec<Out>>,
}

/// What stands at a path below a node; the node itself for an empty path.
pub(super) fn at<'t>(node: &'t Json, path: &str) -> Option<&'t Json> {
    path.split('/').filter(|step| !step.is_empty()).try_fold(node, |node, step| node.get(step))
}

/// The steps of a set of criteria's scale: label and value.
pub(super) fn steps(set: Option<&Json>) -> Vec<(String, i16)> {
    let steps = set.and_then(|set| at(set, "scale/steps")).and_then(Json::as_array);
    let step = |step: &Json| {
        let label = step.get("label").and_then(Json::as_str).unwrap_or_default().to_owned();
        Some((label, i16::try_from(step.get("value").map_or(Some(0), Json::as_i64)?).ok()?))
    };
    steps.into_iter().flatten().filter_map(step).collect()
}

/// All sheets of a dossier's tree, and the rests of the texts that no cell holds.
pub(super) fn tables(tree: &Json, lang: Lang) -> (Vec<Table>, LongTexts) {
    let mut texts = LongTexts::default();
    let mut records: HashMap<&str, Vec<Record<'_>>> = HashMap::new();
    let mut tables = Vec::new();
    let mut called: HashMap<&'static str, Called> = HashMap::new();
    let set_steps = ["project", "programme"].map(|set| steps(at(tree, &format!("criteria/{set}"))));
    for sheet in plan::sheets() {
        let own = gather(tree, sheet, &records, &called, lang);
        if sheet.is_shown() {
            let (names, labels) = spread(tree, sheet, &own);
            let slots = layout::slots(sheet, &names);
            let rows = (own.iter())
                .map(|record| {
                    let chain = chain(sheet, record, &records);
                    let unit = unit_above(sheet, &chain);
                    let subject = chain.first().map_or(&NOTHING, |above| above.node);
                    let programme = tree.get("programme").is_some_and(|node| std::ptr::eq(node, subject));
                    let around = Around {
                        lang,
                        unit,
                        names: &names,
                        steps: &set_steps[usize::from(programme)],
                        called: &called,
                    };
                    let mut row = Vec::with_capacity(slots.len());
                    for (_, target) in &slots {
                        match target {
                            Target::Parent(at) => row.push(chain[*at].named.clone()),
                            Target::ParentName => {
                                row.push(
                                    chain.last().map_or(Out::Blank, |above| Out::text(above.name.as_str())),
                                );
                            }
                            Target::Role => row.push(Out::text(role(tree, record.node, lang))),
                            Target::Id | Target::Key => row.push(record.named.clone()),
                            Target::Field { column, facet: 0 } => {
                                let column = &sheet.columns[*column];
                                row.extend(cells::write(column.kind, at(record.node, column.field), &around));
                            }
                            // Written together with the value's first cell.
                            Target::Field { .. } => {}
                        }
                    }
                    if matches!(sheet.shape, Shape::Bare { .. }) {
                        mark_blank_row(sheet, &mut row);
                    }
                    for cell in &mut row {
                        if let Out::Text(text) = cell {
                            *text = texts.fit(std::mem::take(text));
                        }
                    }
                    row
                })
                .collect();
            tables.push(Table { sheet, names, labels, slots, rows });
        }
        if ["subjects", "members", "policies"].contains(&sheet.key) {
            called.insert(sheet.key, known_as(&own));
        }
        records.insert(sheet.key, own);
    }
    (tables, texts)
}

/// The fields by one of which people call a row.
pub(super) const CALLED: [&str; 4] = ["label", "name", "title", "overview/name"];

/// The ids of rows, and what people call them.
fn known_as(rows: &[Record<'_>]) -> Called {
    let mut called = Called::default();
    for row in rows {
        called.ids.extend(row.node.get("id").and_then(Json::as_str).map(str::to_owned));
        let name = CALLED.iter().find_map(|field| at(row.node, field).and_then(Json::as_str));
        called.names.extend(name.map(fold_for_matching));
    }
    called
}

/// A row of which only the owner is known would be taken for one that somebody emptied.
fn mark_blank_row(sheet: &Sheet, row: &mut [Out]) {
    let above = sheet.ancestors().len();
    if row[above..].iter().all(|cell| *cell == Out::Blank) {
        let text = sheet.columns.iter().position(|column| matches!(column.kind, Kind::Text));
        if let Some(cell) = text.and_then(|column| row.get_mut(above + column)) {
            *cell = Out::text(encode_present(""));
        }
    }
}

/// The records of a sheet, in the order of its rows.
fn gather<'t>(
    tree: &'t Json,
    sheet: &'static Sheet,
    records: &HashMap<&str, Vec<Record<'t>>>,
    called: &HashMap<&'static str, Called>,
    lang: Lang,
) -> Vec<Record<'t>> {
    let mut out = Vec::new();
    let nobody = Vec::new();
    let parents = sheet.parent.and_then(|key| records.get(key)).unwrap_or(&nobody);
    let whole = [Record { node: tree, parent: 0, named: Out::Blank, name: String::new() }];
    let parents = if sheet.parent.is_none() { &whole[..] } else { parents };
    match sheet.shape {
        Shape::Whole => out.extend(whole),
        Shape::Sets => {
            for (set, words) in [("project", PROJECT), ("programme", PROGRAMME)] {
                let node = at(tree, &format!("criteria/{set}")).unwrap_or(&NOTHING);
                let named = Out::text(lang.t(words[0], words[1]));
                out.push(Record { node, parent: 0, named, name: String::new() });
            }
        }
        Shape::Subjects => {
            if let Some(node) = tree.get("programme") {
                let id = node.get("id").and_then(Json::as_str).unwrap_or_default();
                let text = if id == PROGRAMME_ID {
                    lang.t(PROGRAMME[0], PROGRAMME[1]).to_owned()
                } else {
                    id_text(id, Some(PROGRAMME))
                };
                out.push(Record { node, parent: 0, named: Out::Text(text), name: String::new() });
            }
            let mut ids = Numbered::default();
            // A project may not be mistaken for the programme, whatever its id.
            for record in &out {
                ids.text(&record.named);
            }
            let projects = tree.get("projects").and_then(Json::as_array).into_iter().flatten();
            out.extend(projects.map(|node| {
                let id = node.get("id").and_then(Json::as_str).unwrap_or_default();
                let named = ids.text(&Out::Text(id_text(id, Some(PROGRAMME))));
                Record { node, parent: 0, named, name: String::new() }
            }));
        }
        Shape::Rows { path, .. } => {
            for (parent, above) in parents.iter().enumerate() {
                let mut ids = Numbered::default();
                for node in at(above.node, path).and_then(Json::as_array).into_iter().flatten() {
                    let id = node.get("id").and_then(Json::as_str).unwrap_or_default();
                    let named = ids.text(&Out::Text(encode_present(id).into_owned()));
                    out.push(Record { node, parent, named, name: name_of(sheet, node, lang) });
                }
            }
        }
        Shape::Bare { path } => {
            for (parent, above) in parents.iter().enumerate() {
                let rows = at(above.node, path).and_then(Json::as_array).into_iter().flatten();
                out.extend(rows.map(|node| Record { node, parent, named: Out::Blank, name: String::new() }));
            }
        }
        Shape::Map { path, key } => {
            for (parent, above) in parents.iter().enumerate() {
                let map = at(above.node, path).and_then(Json::as_object);
                if key == MapKey::Member {
                    // Members of the panel have a row to fill in before they have scored.
                    let panel =
                        at(above.node, "evaluation/panel").and_then(Json::as_array).into_iter().flatten();
                    let mut seen = BTreeSet::new();
                    let members = panel
                        .filter_map(Json::as_str)
                        .chain(map.into_iter().flat_map(|m| m.keys().map(String::as_str)));
                    for member in members.filter(|member| seen.insert(member.to_owned())) {
                        let node = map.and_then(|map| map.get(member)).unwrap_or(&NOTHING);
                        let named = called.get("members").map_or_else(
                            || encode_present(member).into_owned(),
                            |members| members.reference(member),
                        );
                        let named = Out::text(named);
                        out.push(Record { node, parent, named, name: String::new() });
                    }
                    continue;
                }
                for (name, node) in map.into_iter().flatten() {
                    let named = match (key, name.parse::<i16>()) {
                        (MapKey::Year, Ok(year)) => {
                            moment::year_text(year).map_or(Out::Number(year.into(), 0), Out::Text)
                        }
                        _ => Out::text(encode_present(name)),
                    };
                    out.push(Record { node, parent, named, name: String::new() });
                }
            }
        }
        Shape::Fields => {
            out.extend(parents.iter().enumerate().map(|(parent, above)| Record {
                node: above.node,
                parent,
                named: Out::Blank,
                name: String::new(),
            }));
        }
    }
    out
}

/// Gives equal ids of one list a number, so that each row can be referred to.
#[derive(Debug, Default)]
struct Numbered(HashMap<String, usize>);

impl Numbered {
    fn text(&mut self, named: &Out) -> Out {
        let Out::Text(text) = named else { return named.clone() };
        let count = self.0.entry(text.clone()).or_default();
        *count += 1;
        if *count == 1 { named.clone() } else { Out::Text(format!("{text}⟦#{count}⟧")) }
    }
}

/// The records above one, the outermost first.
fn chain<'r, 't>(
    sheet: &'static Sheet,
    record: &'r Record<'t>,
    records: &'r HashMap<&str, Vec<Record<'t>>>,
) -> Vec<&'r Record<'t>> {
    let mut chain = Vec::new();
    let (mut key, mut index) = (sheet.parent, record.parent);
    while let Some(above) = key.and_then(|key| records.get(key)).and_then(|list| list.get(index)) {
        chain.push(above);
        index = above.parent;
        key = key.and_then(plan::sheet).and_then(|sheet| sheet.parent);
    }
    chain.reverse();
    chain
}

/// The unit that holds for the figures of a row where none is stated.
fn unit_above<'t>(sheet: &Sheet, chain: &[&Record<'t>]) -> &'t str {
    let (above, path) = match sheet.unit {
        UnitOf::None => return "",
        UnitOf::Parent => (chain.last(), "unit"),
        UnitOf::Funding => (chain.first(), "funding/unit"),
    };
    above.and_then(|above| at(above.node, path)).and_then(Json::as_str).unwrap_or_default()
}

fn role(tree: &Json, node: &Json, lang: Lang) -> &'static str {
    let words = if tree.get("programme").is_some_and(|programme| std::ptr::eq(programme, node)) {
        PROGRAMME
    } else {
        PROJECT
    };
    lang.t(words[0], words[1])
}

/// What people call a row: its label, name or title, or else its kind.
fn name_of(sheet: &Sheet, node: &Json, lang: Lang) -> String {
    let text = ["label", "name", "title"].iter().find_map(|field| node.get(field).and_then(Json::as_str));
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        return short(text);
    }
    let kind = sheet.columns.iter().find_map(|column| match column.kind {
        Kind::Choice(choices) => {
            let name = at(node, column.field).and_then(Json::as_str).unwrap_or(choices.usual());
            choices.named(name).map(|choice| choice.word(lang).to_owned())
        }
        _ => None,
    });
    kind.unwrap_or_default()
}

/// A name, long enough to tell it from others and short enough for a cell.
fn short(text: &str) -> String {
    encode(&text.chars().take(200).collect::<String>()).into_owned()
}

/// How far a value spreads sideways: the names of its cells, and what else is said of each.
fn spread(tree: &Json, sheet: &Sheet, records: &[Record<'_>]) -> (Vec<String>, Vec<String>) {
    let Some(column) = sheet.columns.iter().find(|column| layout::spreads(column.kind)) else {
        return Default::default();
    };
    if matches!(column.kind, Kind::Cells) {
        let width =
            |record: &Record<'_>| at(record.node, column.field).and_then(Json::as_array).map_or(0, Vec::len);
        // An empty form has room for a table of six columns.
        let widest = records.iter().map(width).max().filter(|widest| *widest > 0).unwrap_or(6);
        return ((1..=widest).map(|n| n.to_string()).collect(), Vec::new());
    }
    let mut criteria: BTreeSet<u8> = BTreeSet::new();
    let mut labels: HashMap<u8, &str> = HashMap::new();
    for set in ["programme", "project"] {
        let list =
            at(tree, &format!("criteria/{set}/criteria")).and_then(Json::as_array).into_iter().flatten();
        for criterion in list {
            if let Some(no) = criterion.get("no").and_then(Json::as_u64).and_then(|no| u8::try_from(no).ok())
            {
                // Projects and the programme number them alike; where labels differ, most sheets are of projects.
                labels.insert(no, criterion.get("label").and_then(Json::as_str).unwrap_or_default());
                criteria.insert(no);
            }
        }
    }
    for record in records {
        let map = at(record.node, column.field).and_then(Json::as_object);
        criteria.extend(map.into_iter().flat_map(|map| map.keys()).filter_map(|no| no.parse::<u8>().ok()));
    }
    if criteria.is_empty() {
        criteria.extend(1..=8);
    }
    let label = |no: &u8| labels.get(no).map(|label| short(label)).unwrap_or_default();
    (criteria.iter().map(u8::to_string).collect(), criteria.iter().map(label).collect())
}
