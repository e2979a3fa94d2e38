//! For tests: a dossier in which no field of the model is empty, and edits of any place of a dossier.
//!
//! Both are made from what the model itself says when it reads a file: which fields a record has, which names a choice
//! has. A new field of the model takes part without a line written here.

use super::Dossier;
use serde::Deserialize as _;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a field may hold, by what it is; the first that fits is taken.
const TEXTS: [&str; 9] =
    ["x", "1", "2019", "M1", "A", "2022-07-06", "2022-07-06T00:00:00Z", "m1", "report/title"];
/// By what a map may name its entries.
const KEYS: [&str; 4] = ["x", "1", "2019", "M1"];
/// So many examples are kept of one kind of place.
const EXAMPLES: usize = 12;

/// The smallest dossier in which every field of the model holds something, as its tree; every list has two rows.
pub(crate) static FULL: LazyLock<Value> = LazyLock::new(|| doubled(grown()));

/// A dossier in which every field of the model holds something.
pub(crate) fn full() -> Dossier {
    Dossier::deserialize(&*FULL).unwrap()
}

/// A tree as the model reads and writes it.
fn read(tree: &Value) -> Result<Value, String> {
    let dossier = Dossier::deserialize(tree).map_err(|error| error.to_string())?;
    serde_json::to_value(dossier).map_err(|error| error.to_string())
}

/// The names in a message of the model's, behind the one that it does not know.
fn known(message: &str, what: &str) -> Vec<String> {
    if !message.starts_with(what) {
        return Vec::new();
    }
    message.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// The tree without what lies beside the way to `at`, and where `at` is in it: so that asking the model costs little.
fn way(tree: &Value, at: &str) -> (Value, String) {
    let Some((step, rest)) = at.strip_prefix('/').map(|steps| steps.split_once('/').unwrap_or((steps, "")))
    else {
        return (tree.clone(), String::new());
    };
    let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
    let name = step.replace("~1", "/").replace("~0", "~");
    match tree {
        Value::Object(record) => {
            let beside = record.iter().filter(|(_, value)| !value.is_object() && !value.is_array());
            let mut kept: Map<String, Value> =
                beside.map(|(key, value)| (key.clone(), value.clone())).collect();
            let Some(next) = record.get(&name) else {
                return (Value::Object(kept), format!("/{step}{rest}"));
            };
            let (next, rest) = way(next, &rest);
            kept.insert(name, next);
            (Value::Object(kept), format!("/{step}{rest}"))
        }
        // A pair stays a pair.
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            let (row, rest) = way(&rows[name.parse::<usize>().unwrap()], &rest);
            (Value::Array(vec![row]), format!("/0{rest}"))
        }
        other => (other.clone(), format!("/{step}{rest}")),
    }
}

/// What the model says of a name that it does not know at `at`, of a field or of a choice.
fn complaint(tree: &Value, at: &str) -> String {
    let (mut probe, at) = way(tree, at);
    match probe.pointer_mut(&at) {
        Some(Value::Object(record)) => drop(record.insert("?".to_owned(), Value::Null)),
        Some(Value::String(text)) => "?".clone_into(text),
        _ => return String::new(),
    }
    read(&probe).err().unwrap_or_default()
}

/// The fields of the record at `at`; none if no record stands there.
fn fields(tree: &Value, at: &str) -> Vec<String> {
    known(&complaint(tree, at), "unknown field `?`")
}

fn beneath(at: &str, step: &str) -> String {
    format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"))
}

fn split(at: &str) -> (&str, String) {
    let (parent, last) = at.rsplit_once('/').unwrap_or_default();
    (parent, last.replace("~1", "/").replace("~0", "~"))
}

fn put(tree: &mut Value, at: &str, value: Value) {
    let (parent, last) = split(at);
    match tree.pointer_mut(parent) {
        Some(Value::Object(record)) => {
            record.insert(last, value);
        }
        Some(Value::Array(rows)) => rows[last.parse::<usize>().unwrap()] = value,
        _ => unreachable!("{at} stands in a record or a list"),
    }
}

/// Fills `at` with something, so that the whole is a dossier and `kept` is not empty in it.
fn fill(tree: &mut Value, at: &str, kept: &str, depth: usize) -> bool {
    let fits = |tree: &Value| read(tree).is_ok_and(|read| read.pointer(kept).is_some());
    put(tree, at, json!("?"));
    let message = read(tree).err().unwrap_or_default();
    let names = known(&message, "unknown variant `?`");
    let is = |what: &str| message.contains(&format!("expected {what}"));
    if !(is("a sequence") || is("a map") || is("struct")) {
        let texts = TEXTS.into_iter().chain(names.iter().map(String::as_str)).map(Value::from);
        for value in texts.chain([json!(true), json!(1), json!(2019)]) {
            put(tree, at, value);
            if fits(tree) {
                return true;
            }
        }
    }
    if depth == 0 {
        return false;
    }
    if !is("a map") && !is("struct") {
        put(tree, at, json!([null]));
        if fill(tree, &beneath(at, "0"), kept, depth - 1) {
            return true;
        }
    }
    put(tree, at, json!({}));
    let records = fields(tree, at);
    let keys = if records.is_empty() { KEYS.map(str::to_owned).to_vec() } else { Vec::new() };
    for step in names.into_iter().chain(records).chain(keys) {
        put(tree, at, json!({ step.as_str(): null }));
        if fill(tree, &beneath(at, &step), kept, depth - 1) {
            return true;
        }
    }
    false
}

/// All places of a tree, each before what lies beneath it.
fn places(tree: &Value) -> Vec<String> {
    fn walk(node: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match node {
            Value::Object(record) => {
                record.iter().for_each(|(step, node)| walk(node, &beneath(at, step), found));
            }
            Value::Array(rows) => {
                rows.iter()
                    .enumerate()
                    .for_each(|(at_row, node)| walk(node, &beneath(at, &at_row.to_string()), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(tree, "", &mut found);
    found
}

/// The fields that stay empty in a tree: none in [`FULL`].
fn empty_fields(tree: &Value) -> Vec<String> {
    let of = |at: &String| {
        let here = tree.pointer(at).and_then(Value::as_object)?;
        let missing = fields(tree, at).into_iter().filter(|field| !here.contains_key(field));
        Some(missing.map(|field| beneath(at, &field)).collect::<Vec<_>>())
    };
    places(tree).iter().filter_map(of).flatten().collect()
}

fn grown() -> Value {
    // The programme is a subject as its projects are, and gets what they get.
    let mut tree = json!({ "projects": [{ "id": "A" }] });
    loop {
        let mut empty = empty_fields(&tree);
        empty.retain(|at| !at.starts_with("/programme"));
        if empty.is_empty() {
            break;
        }
        // What is filled in is filled further in the next round.
        for at in empty {
            // What cannot be filled is told by the test of this.
            let (mut narrow, near) = way(&tree, &at);
            if !fill(&mut narrow, &near, &near, 5) {
                return tree;
            }
            put(&mut tree, &at, narrow.pointer(&near).unwrap().clone());
        }
        // What is as if it were empty is left out.
        tree = read(&tree).unwrap();
    }
    let mut programme = tree["projects"][0].clone();
    programme["id"] = json!("program");
    tree["programme"] = programme;
    read(&tree).unwrap()
}

/// Gives every list a second row.
fn doubled(mut tree: Value) -> Value {
    for at in places(&tree).iter().rev() {
        let Some(Value::Array(rows)) = tree.pointer(at) else { continue };
        let Some(row) = rows.first().map(|row| renamed(row, rows)) else { continue };
        let mut more = tree.clone();
        if let Some(Value::Array(rows)) = more.pointer_mut(at) {
            rows.push(row);
        }
        if let Ok(read) = read(&more) {
            tree = read;
        }
    }
    tree
}

/// A row under a name that none of `rows` has.
fn renamed(row: &Value, rows: &[Value]) -> Value {
    let mut row = row.clone();
    for n in 1.. {
        let taken = |key: &str, value: &Value| rows.iter().any(|other| other.get(key) == Some(value));
        if let Some(id) = row.get("id").and_then(Value::as_str) {
            let other = json!(format!("{}{n}", id.trim_end_matches(|c: char| c.is_ascii_digit())));
            if taken("id", &other) {
                continue;
            }
            row["id"] = other;
        } else if row.get("no").is_some_and(Value::is_number) {
            if taken("no", &json!(n)) {
                continue;
            }
            row["no"] = json!(n);
        }
        break;
    }
    row
}

/// What may stand at the places of a dossier: examples for each kind of place.
#[derive(Debug)]
pub(crate) struct Edits {
    /// The names of records' fields and of choices; all other names are those of entries.
    names: BTreeSet<String>,
    /// Examples by the kind of place.
    pub(crate) examples: BTreeMap<String, Vec<Value>>,
    /// The names of entries by the kind of map.
    keys: BTreeMap<String, BTreeSet<String>>,
}

impl Edits {
    /// Edits with examples from the full dossier and the sample.
    pub(crate) fn new() -> Self {
        let full = &*FULL;
        let named = |at: &String| {
            let complaint = complaint(full, at);
            [known(&complaint, "unknown field `?`"), known(&complaint, "unknown variant `?`")].concat()
        };
        let names = places(full).iter().flat_map(named).collect();
        let mut edits = Self { names, examples: BTreeMap::new(), keys: BTreeMap::new() };
        edits.learn(full);
        edits.learn(&serde_json::to_value(crate::sample::dossier().unwrap()).unwrap());
        edits
    }

    fn learn(&mut self, tree: &Value) {
        for at in places(tree) {
            let (kind, value) = (self.kind(&at), tree.pointer(&at).unwrap());
            if value.is_object() && !at.is_empty() {
                let record = value.as_object().unwrap();
                let entries = record.keys().filter(|key| !self.names.contains(*key)).cloned();
                self.keys.entry(kind.clone()).or_default().extend(entries);
            }
            let known = self.examples.entry(kind).or_default();
            if known.len() < EXAMPLES && !known.contains(value) {
                known.push(value.clone());
            }
        }
    }

    /// The kind of a place: its steps, with `*` for rows and entries.
    fn kind(&self, at: &str) -> String {
        let steps = at.split('/').skip(1);
        let named = steps.map(|step| if self.names.contains(step) { step } else { "*" }).collect::<Vec<_>>();
        match named.as_slice() {
            ["programme", rest @ ..] => [&["projects", "*"], rest].concat().join("/"),
            named => named.join("/"),
        }
    }

    /// Edits a place of that kind in `dossier`, as `dice` decides; false if there is none or nothing comes of it.
    pub(crate) fn edit(&self, dossier: &mut Dossier, kind: &str, dice: &mut Dice) -> bool {
        let tree = serde_json::to_value(&*dossier).unwrap();
        let (above, last) = kind.rsplit_once('/').unwrap_or(("", kind));
        let has = |at: &String| tree.pointer(at).is_some_and(|node| node.is_object() || node.is_array());
        let parents: Vec<String> =
            places(&tree).into_iter().filter(|at| self.kind(at) == above && has(at)).collect();
        for _ in 0..40 {
            let Some(parent) = dice.of(&parents) else { return false };
            let mut edited = tree.clone();
            let example = dice.of(&self.examples[kind]).unwrap().clone();
            match edited.pointer_mut(parent) {
                Some(Value::Array(rows)) => change_rows(rows, &example, dice),
                Some(Value::Object(record)) => {
                    let step = if last == "*" {
                        let Some(key) = self.keys.get(above).and_then(|keys| dice.of_set(keys)) else {
                            return false;
                        };
                        key
                    } else {
                        last.to_owned()
                    };
                    change_field(record, step, example, dice);
                }
                _ => return false,
            }
            if let Ok(changed) = Dossier::deserialize(&edited)
                && changed != *dossier
            {
                *dossier = changed;
                return true;
            }
        }
        false
    }
}

fn change_rows(rows: &mut Vec<Value>, example: &Value, dice: &mut Dice) {
    let example = renamed(example, rows);
    let (one, other) = (dice.below(rows.len().max(1)), dice.below(rows.len() + 1));
    match dice.below(5) {
        0 | 1 => rows.insert(other, example),
        2 if !rows.is_empty() => {
            rows.remove(one);
        }
        3 if !rows.is_empty() => rows[one] = example,
        _ if rows.len() > 1 => {
            let row = rows.remove(one);
            rows.insert(other.min(rows.len()), row);
        }
        _ => rows.push(example),
    }
}

fn change_field(record: &mut Map<String, Value>, step: String, example: Value, dice: &mut Dice) {
    match record.get(&step) {
        Some(_) if dice.below(4) == 0 => {
            record.remove(&step);
        }
        Some(Value::String(text)) if dice.below(2) == 0 => {
            let longer = format!("{text}追");
            record.insert(step, json!(longer));
        }
        Some(Value::Array(rows)) if dice.below(2) == 0 => {
            let turned = rows.iter().rev().cloned().collect();
            record.insert(step, turned);
        }
        Some(Value::Number(number)) if dice.below(2) == 0 => {
            let other = number.as_u64().map_or(0, |number| number + 1);
            record.insert(step, json!(other));
        }
        _ => {
            record.insert(step, example);
        }
    }
}

/// Numbers from a seed.
#[derive(Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `end`, or 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// One of them; none of none.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.below(all.len())) }
    }

    fn of_set(&mut self, all: &BTreeSet<String>) -> Option<String> {
        let at = self.below(all.len());
        all.iter().nth(at).cloned()
    }
}

#[test]
fn no_field_of_the_model_is_empty_in_the_full_dossier() {
    assert_eq!(empty_fields(&FULL), Vec::<String>::new());
    let full = full();
    assert!(full.projects.len() == 2 && full.rounds.len() == 2 && full.projects[0].funding.items.len() == 2);
    assert_eq!(full.programme.id, crate::model::SubjectId::programme());
}
