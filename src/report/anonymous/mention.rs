//! Members' names that stand in texts, and what becomes of them.

use super::name::{self, Form, Name};
use crate::model::Place;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// What stands for a name that is replaced. A number would tie what is said to a member's scores.
const STAND_IN: &str = "委員";

/// How much of a text is shown on either side of a name.
const AROUND: usize = 24;

/// A member's name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The text.
    pub place: Place,
    /// Which text of the place: one of several lines or cells that share an address.
    nth: usize,
    /// The name as it is written there, with its title.
    pub words: String,
    /// What stands before it.
    pub before: String,
    /// What stands after it.
    pub after: String,
    /// Whether it is hardly anything else; a family name alone may be a place or a company.
    pub sure: bool,
    /// The bytes of the text that it takes.
    range: Range<usize>,
}

/// What becomes of a name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It stays: it is no member's name here.
    Keep,
    /// 委員 stands for it.
    Replace,
}

/// Decisions on the names in texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// For each name that is not decided on by itself; none where each is to be.
    pub all: Option<Decision>,
    /// For single names.
    each: BTreeMap<Key, Decision>,
}

/// Names one mention: the same as long as the text is.
type Key = (Place, usize, usize, String);

impl Names {
    /// One decision on all names.
    pub fn all(decision: Decision) -> Self {
        Self { all: Some(decision), each: BTreeMap::new() }
    }

    /// What becomes of a name; none while that is open.
    pub fn decision(&self, mention: &Mention) -> Option<Decision> {
        self.each.get(&mention.key()).copied().or(self.all)
    }

    /// Decides on one name.
    pub fn decide(&mut self, mention: &Mention, decision: Decision) {
        self.each.insert(mention.key(), decision);
    }
}

impl Mention {
    fn key(&self) -> Key {
        (self.place.clone(), self.nth, self.range.start, self.words.clone())
    }
}

/// Every one of these names in the texts of a dossier's tree, in order.
pub(super) fn all(tree: &Value, names: &[&str]) -> Vec<Mention> {
    let names: Vec<_> = names.iter().filter_map(|name| Name::new(name)).collect();
    let mut mentions = Vec::new();
    if !names.is_empty() {
        let mut seen = BTreeMap::new();
        walk(tree, &Place::root(), &mut |place, text| {
            let nth = seen.entry(place.clone()).or_insert(0);
            mentions.extend(in_text(&names, place, *nth, text));
            *nth += 1;
        });
    }
    mentions
}

fn in_text(names: &[Name], place: &Place, nth: usize, text: &str) -> Vec<Mention> {
    let folded = name::fold(text);
    let mut hits: Vec<_> = names.iter().flat_map(|name| name.find(&folded)).collect();
    // The longest that begins first; what it covers is not found again.
    hits.sort_by_key(|(range, form)| (range.start, std::cmp::Reverse(range.end), *form == Form::Perhaps));
    let mut mentions: Vec<Mention> = Vec::new();
    let mut end = 0;
    for (range, form) in hits {
        if range.start < end {
            continue;
        }
        end = range.end;
        let range = name::bytes(&folded, &range);
        mentions.push(Mention {
            place: place.clone(),
            nth,
            words: text[range.clone()].to_owned(),
            before: last(&text[..range.start]),
            after: text[range.end..].chars().take(AROUND).collect(),
            sure: form == Form::Sure,
            range,
        });
    }
    mentions
}

fn last(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(AROUND);
    text.chars().skip(skip).collect()
}

/// Takes the names out of the tree they were found in.
pub(super) fn replace(tree: &mut Value, mentions: &[&Mention]) {
    let mut by_text: BTreeMap<(&Place, usize), Vec<&Range<usize>>> = BTreeMap::new();
    for mention in mentions {
        by_text.entry((&mention.place, mention.nth)).or_default().push(&mention.range);
    }
    let mut seen: BTreeMap<Place, usize> = BTreeMap::new();
    walk_mut(tree, &Place::root(), &mut |place, text| {
        let nth = seen.entry(place.clone()).or_insert(0);
        if let Some(ranges) = by_text.get(&(place, *nth)) {
            for range in ranges.iter().rev() {
                text.replace_range((*range).clone(), STAND_IN);
            }
        }
        *nth += 1;
    });
}

/// The members themselves are no texts: their names are gone, and stand-ins stay.
const MEMBERS: &str = "members";

fn walk(tree: &Value, place: &Place, visit: &mut impl FnMut(&Place, &str)) {
    match tree {
        Value::String(text) => visit(place, text),
        Value::Object(fields) => {
            for (step, value) in fields.iter().filter(|(step, _)| !is_name(step, place)) {
                walk(value, &place.child(step.as_str()), visit);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| walk(row, &of_row(row, place), visit)),
        _ => {}
    }
}

fn walk_mut(tree: &mut Value, place: &Place, visit: &mut impl FnMut(&Place, &mut String)) {
    match tree {
        Value::String(text) => visit(place, text),
        Value::Object(fields) => {
            for (step, value) in fields.iter_mut().filter(|(step, _)| !is_name(step, place)) {
                walk_mut(value, &place.child(step.as_str()), visit);
            }
        }
        Value::Array(rows) => {
            for row in rows {
                let place = of_row(row, place);
                walk_mut(row, &place, visit);
            }
        }
        _ => {}
    }
}

/// Whether a field names a row rather than saying something, or holds the members.
fn is_name(step: &str, place: &Place) -> bool {
    step == "id" || (step == MEMBERS && place.steps().is_empty())
}

fn of_row(row: &Value, place: &Place) -> Place {
    match row.get("id").or_else(|| row.get("no")) {
        Some(Value::String(id)) => place.child(id.as_str()),
        Some(Value::Number(no)) => place.child(no.to_string()),
        _ => place.clone(),
    }
}
