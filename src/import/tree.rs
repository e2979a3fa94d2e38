//! A dossier as a serialised tree in which a row is found by its id, however long its list.

use crate::model::{Place, Shared, Step};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// Lists shorter than this are searched; an index of them would cost more than it saves.
const SHORT: usize = 32;

/// Path of a list → id of a row → its position.
type Index = BTreeMap<Vec<Step>, HashMap<String, usize>>;

/// A tree of objects, lists and values, with an index of its long lists that is made when first needed. A copy is the
/// same tree until something is put into one of them.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    root: Shared<Value>,
    index: Index,
}

impl Tree {
    pub(super) fn new(root: Value) -> Self {
        Self { root: root.into(), index: Index::new() }
    }

    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    pub(super) fn into_root(self) -> Value {
        self.root.into_inner()
    }

    /// What stands at a place.
    pub(super) fn get(&mut self, place: &Place) -> Option<&Value> {
        let Self { root, index } = self;
        let steps = place.steps();
        let mut node = &**root;
        for (depth, step) in steps.iter().enumerate() {
            node = match node {
                Value::Array(rows) => &rows[position(index, &steps[..depth], rows, step)?],
                other => other.get(step.as_str())?,
            };
        }
        Some(node)
    }

    /// What stands at a place, to change it, making the objects on the way; none if a list on the way lacks the row.
    fn reach(&mut self, place: &Place) -> Option<&mut Value> {
        let Self { root, index } = self;
        let steps = place.steps();
        let mut node: &mut Value = root;
        for (depth, step) in steps.iter().enumerate() {
            node = match node {
                Value::Array(rows) => {
                    let at = position(index, &steps[..depth], rows, step)?;
                    &mut rows[at]
                }
                Value::Object(fields) => {
                    fields.entry(step.as_str()).or_insert_with(|| Value::Object(Map::new()))
                }
                _ => return None,
            };
        }
        Some(node)
    }

    /// Puts a value at a place. False, and nothing is put, if a list on the way lacks the row.
    pub(super) fn put(&mut self, place: &Place, value: Value) -> bool {
        let Some(node) = self.reach(place) else { return false };
        *node = value;
        // The lists beneath are other lists now.
        let steps = place.steps();
        let within: Vec<_> = (self.index.range(steps.to_vec()..))
            .map(|(list, _)| list)
            .take_while(|list| list.starts_with(steps))
            .cloned()
            .collect();
        for list in within {
            self.index.remove(&list);
        }
        true
    }

    /// Puts the fields of a row at its place; fields that it does not have stay.
    pub(super) fn fill(&mut self, place: &Place, row: Value) -> bool {
        let Value::Object(fields) = row else { return self.put(place, row) };
        fields.into_iter().all(|(field, value)| match (self.reach(place), value) {
            (Some(Value::Object(known)), Value::Object(more))
                if known.get(&field).is_some_and(Value::is_object) =>
            {
                self.fill(&place.child(field), Value::Object(more))
            }
            (Some(Value::Object(_)), value) => self.put(&place.child(field), value),
            _ => false,
        })
    }

    /// Whether a list has a row of that id.
    pub(super) fn has_row(&mut self, list: &Place, id: &str) -> bool {
        self.get(&list.child(id)).is_some()
    }

    /// Adds an empty row of that id to a list, unless it has one, making the list and the objects on the way.
    pub(super) fn add_row(&mut self, list: &Place, id: &str) -> bool {
        let Some(target) = self.reach(list) else { return false };
        if !target.is_array() {
            *target = Value::Array(Vec::new());
        }
        if self.has_row(list, id) {
            return true;
        }
        let Some(Value::Array(rows)) = self.reach(list) else { return false };
        rows.push(empty_row(list, id));
        let at = rows.len() - 1;
        if let Some(known) = self.index.get_mut(list.steps()) {
            known.insert(id.to_owned(), at);
        }
        true
    }
}

/// A row of which nothing but its name is known. Criteria are named by their number.
fn empty_row(list: &Place, id: &str) -> Value {
    match (list.steps().last().map(Step::as_str), id.parse::<u8>()) {
        (Some("criteria"), Ok(no)) => json!({ "no": no }),
        _ => json!({ "id": id }),
    }
}

/// Where in a list the row of that id stands.
fn position(index: &mut Index, list: &[Step], rows: &[Value], id: &str) -> Option<usize> {
    if rows.len() < SHORT {
        return rows.iter().position(|row| is_row(row, id));
    }
    if !index.contains_key(list) {
        let mut known = HashMap::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            if let Some(id) = row_id(row) {
                known.entry(id).or_insert(at);
            }
        }
        index.insert(list.to_vec(), known);
    }
    index.get(list)?.get(id).copied()
}

/// The id by which a list row is named.
pub(super) fn row_id(row: &Value) -> Option<String> {
    match row.get("id").or_else(|| row.get("no"))? {
        Value::String(id) => Some(id.clone()),
        Value::Number(no) => Some(no.to_string()),
        _ => None,
    }
}

fn is_row(row: &Value, id: &str) -> bool {
    match row.get("id").or_else(|| row.get("no")) {
        Some(Value::String(known)) => known == id,
        Some(Value::Number(no)) => no.to_string() == id,
        _ => false,
    }
}

/// What stands at a place of a tree that nobody has indexed.
pub(super) fn node<'v>(tree: &'v Value, place: &Place) -> Option<&'v Value> {
    place.steps().iter().try_fold(tree, |node, step| match node {
        Value::Array(rows) => rows.iter().find(|row| is_row(row, step)),
        other => other.get(step.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_long_lists_are_found_while_the_list_grows() {
        let list = Place::from("tables/t1/rows");
        let mut tree = Tree::new(json!({ "tables": [{ "id": "t1" }] }));
        for n in 0..3 * SHORT {
            assert!(tree.add_row(&list, &format!("r{n}")));
            assert!(tree.put(&list.child(format!("r{n}")).child("n"), json!(n)));
        }
        let far = list.child("r70").child("n");
        assert_eq!(tree.get(&far), Some(&json!(70)));
        assert!(tree.add_row(&list, "r70") && tree.add_row(&list, "new"), "a row is added once");
        assert_eq!(node(tree.root(), &list).and_then(Value::as_array).map(Vec::len), Some(3 * SHORT + 1));
        // Another list in the same place is another list.
        assert!(tree.put(&list, json!([{ "id": "r70", "n": 1 }])));
        assert_eq!(tree.get(&far), Some(&json!(1)));
        assert!(!tree.put(&list.child("gone").child("n"), json!(0)));
    }

    #[test]
    fn criteria_are_named_by_number() {
        let list = Place::from("criteria/project/criteria");
        let mut tree = Tree::new(json!({}));
        assert!(tree.add_row(&list, "3") && tree.put(&list.child("3").child("label"), json!("成果")));
        assert_eq!(node(tree.root(), &list), Some(&json!([{ "no": 3, "label": "成果" }])));
    }
}
