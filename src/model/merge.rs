//! Two people have edited one dossier: what both made of it, and where only a person can decide.

use super::change::{row_key, same_rows};
use super::{ChangeError, Dossier, Place};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Whose value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// The one edited here.
    #[default]
    Mine,
    /// The one found there.
    Theirs,
}

/// A field that both have changed, each to another value.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// The field, row or list.
    pub place: Place,
    /// What both began with; none if the field was empty.
    pub base: Option<Value>,
    /// What it is here.
    pub mine: Option<Value>,
    /// What it is there.
    pub theirs: Option<Value>,
}

/// A three-way merge, field by field and row by row.
#[derive(Debug)]
pub struct Merge {
    base: Value,
    mine: Value,
    theirs: Value,
    /// Where both changed one field, in the order of the dossier.
    pub clashes: Vec<Clash>,
}

impl Merge {
    /// Compares what was made of `base` here and there.
    ///
    /// # Errors
    /// Only if a dossier cannot be serialised, which its types rule out.
    pub fn of(base: &Dossier, mine: &Dossier, theirs: &Dossier) -> Result<Self, ChangeError> {
        let [base, mine, theirs] = [base, mine, theirs].map(serde_json::to_value);
        let (base, mine, theirs) = (base?, mine?, theirs?);
        let mut walk = Walk::default();
        walk.merge(&Place::root(), Some(&base), Some(&mine), Some(&theirs));
        Ok(Self { base, mine, theirs, clashes: walk.clashes })
    }

    /// The dossier that holds what both changed; where they clash, what `picks` says, otherwise what was edited here.
    ///
    /// # Errors
    /// If the result is no dossier.
    pub fn resolve(&self, picks: &BTreeMap<Place, Side>) -> Result<Dossier, ChangeError> {
        let mut walk = Walk { picks: picks.clone(), ..Walk::default() };
        let merged = walk.merge(&Place::root(), Some(&self.base), Some(&self.mine), Some(&self.theirs));
        Ok(serde_json::from_value(merged.unwrap_or_else(|| Value::Object(Map::new())))?)
    }
}

#[derive(Default)]
struct Walk {
    picks: BTreeMap<Place, Side>,
    clashes: Vec<Clash>,
}

impl Walk {
    fn merge(
        &mut self,
        place: &Place,
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if mine == theirs || base == theirs {
            return mine.cloned();
        }
        if base == mine {
            return theirs.cloned();
        }
        match (base, mine, theirs) {
            (Some(Value::Object(base)), Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(Value::Object(self.fields(place, base, mine, theirs)))
            }
            // A field that was empty and is not any more may be filled in different parts here and there.
            (None, Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(Value::Object(self.fields(place, &Map::new(), mine, theirs)))
            }
            (base, Some(Value::Array(mine_rows)), Some(Value::Array(their_rows))) => {
                let base_rows = match base {
                    None => &[][..],
                    Some(Value::Array(rows)) => rows,
                    Some(_) => return self.clash(place, base, mine, theirs),
                };
                match Rows::of(base_rows, mine_rows, their_rows) {
                    Some(rows) => Some(Value::Array(self.rows(place, &rows))),
                    None => self.clash(place, base, mine, theirs),
                }
            }
            _ => self.clash(place, base, mine, theirs),
        }
    }

    fn clash(
        &mut self,
        place: &Place,
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        self.clashes.push(Clash {
            place: place.clone(),
            base: base.cloned(),
            mine: mine.cloned(),
            theirs: theirs.cloned(),
        });
        match self.picks.get(place).copied().unwrap_or_default() {
            Side::Mine => mine.cloned(),
            Side::Theirs => theirs.cloned(),
        }
    }

    fn fields(
        &mut self,
        place: &Place,
        base: &Map<String, Value>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Map<String, Value> {
        let keys = mine.keys().chain(theirs.keys().filter(|key| !mine.contains_key(*key)));
        keys.filter_map(|key| {
            let merged =
                self.merge(&place.child(key.as_str()), base.get(key), mine.get(key), theirs.get(key));
            Some((key.clone(), merged?))
        })
        .collect()
    }

    fn rows(&mut self, place: &Place, rows: &Rows<'_>) -> Vec<Value> {
        let mut merged: Vec<Value> = Vec::new();
        for key in rows.order() {
            let at = place.child(key);
            let [base, mine, theirs] =
                [&rows.base, &rows.mine, &rows.theirs].map(|list| list.get(key).copied());
            match (base, mine, theirs) {
                // Both have added a row, and the two happen to have the same id: both stay.
                (None, Some(mine), Some(theirs)) if mine != theirs && mine.get("id").is_some() => {
                    merged.push(theirs.clone());
                    let mut mine = mine.clone();
                    if let Value::Object(fields) = &mut mine {
                        fields.insert("id".to_owned(), Value::String(rows.free(key)));
                    }
                    merged.push(mine);
                }
                // A row taken out on one side and left as it was on the other is gone; one that was edited is asked about.
                _ => merged.extend(self.merge(&at, base, mine, theirs)),
            }
        }
        merged
    }
}

/// Three versions of a list whose rows have ids.
struct Rows<'a> {
    base: HashMap<String, &'a Value>,
    mine: HashMap<String, &'a Value>,
    theirs: HashMap<String, &'a Value>,
    orders: [Vec<String>; 3],
}

impl<'a> Rows<'a> {
    /// The rows by id; none where a row has no id, or two have the same.
    fn of(base: &'a [Value], mine: &'a [Value], theirs: &'a [Value]) -> Option<Self> {
        let [base, mine, theirs] = [base, mine, theirs].map(|rows| {
            let keys = rows.iter().map(row_key).collect::<Option<Vec<_>>>()?;
            // A list is comparable with itself only if its ids are unique.
            if !same_rows(rows, rows) {
                return None;
            }
            let map: HashMap<String, &Value> = keys.iter().cloned().zip(rows).collect();
            Some((keys, map))
        });
        let ((base_order, base), (mine_order, mine), (their_order, theirs)) = (base?, mine?, theirs?);
        Some(Self { base, mine, theirs, orders: [base_order, mine_order, their_order] })
    }

    /// The rows of both in one order: that of whoever moved rows, here before there; what the other added follows the
    /// row that it was put behind.
    fn order(&self) -> Vec<&str> {
        let [base, mine, theirs] = &self.orders;
        let moved_here = self.common(mine) != self.common(base);
        let moved_there = self.common(theirs) != self.common(base);
        let (first, second) = if moved_there && !moved_here { (theirs, mine) } else { (mine, theirs) };
        let mut order: Vec<&str> = first.iter().map(String::as_str).collect();
        let known: HashSet<&str> = order.iter().copied().collect();
        let mut before: Option<&str> = None;
        for key in second {
            if !known.contains(key.as_str()) {
                let at = before.and_then(|before| order.iter().position(|one| *one == before));
                order.insert(at.map_or(0, |at| at + 1), key);
            }
            before = Some(key);
        }
        order
    }

    /// The rows of an order that every version has.
    fn common<'s>(&self, order: &'s [String]) -> Vec<&'s str> {
        let everywhere = |key: &&String| {
            [&self.base, &self.mine, &self.theirs].iter().all(|list| list.contains_key(key.as_str()))
        };
        order.iter().filter(everywhere).map(String::as_str).collect()
    }

    /// An id like `key` that no version has.
    fn free(&self, key: &str) -> String {
        let taken =
            |id: &String| [&self.base, &self.mine, &self.theirs].iter().any(|list| list.contains_key(id));
        (2..=u32::MAX)
            .map(|number| format!("{key}-{number}"))
            .find(|id| !taken(id))
            .unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CriterionNo, FundingItem, ScoreCell, Subject};

    fn dossier() -> Dossier {
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        for id in ["r1", "r2", "r3"] {
            project.funding.items.push(item(id, id));
        }
        Dossier { projects: vec![project.into()], ..Dossier::default() }
    }

    fn item(id: &str, label: &str) -> FundingItem {
        FundingItem { id: id.into(), label: label.into(), ..FundingItem::default() }
    }

    fn edited(edit: impl FnOnce(&mut Dossier)) -> Dossier {
        let mut dossier = dossier();
        edit(&mut dossier);
        dossier
    }

    fn merged(mine: &Dossier, theirs: &Dossier) -> (Dossier, Vec<String>) {
        let merge = Merge::of(&dossier(), mine, theirs).unwrap();
        let places = merge.clashes.iter().map(|clash| clash.place.to_string()).collect();
        (merge.resolve(&BTreeMap::new()).unwrap(), places)
    }

    #[test]
    fn what_only_one_changed_is_taken() {
        let mine =
            edited(|d| d.projects[0].evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0)));
        let theirs = edited(|d| {
            d.projects[0].evaluation.set_cell(&"M2".into(), CriterionNo(1), ScoreCell::Score(3));
            d.report.title = "題".into();
        });
        let (both, clashes) = merged(&mine, &theirs);
        assert_eq!(clashes, Vec::<String>::new());
        let evaluation = &both.projects[0].evaluation;
        assert_eq!(evaluation.cell(&"M1".into(), CriterionNo(1)), ScoreCell::Score(0));
        assert_eq!(evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Score(3));
        assert_eq!(both.report.title, "題");
        assert_eq!(merged(&theirs, &mine).0, both);
        assert_eq!(merged(&dossier(), &theirs).0, theirs);
        assert_eq!(merged(&mine, &dossier()).0, mine);
    }

    #[test]
    fn a_field_that_both_changed_waits_for_a_choice() {
        let mine = edited(|d| d.report.title = "こちら".into());
        let theirs = edited(|d| d.report.title = "あちら".into());
        let merge = Merge::of(&dossier(), &mine, &theirs).unwrap();
        let [clash] = merge.clashes.as_slice() else { panic!("{:?}", merge.clashes) };
        assert_eq!(clash.place.to_string(), "report/title");
        assert_eq!(
            (clash.mine.as_ref().unwrap(), clash.theirs.as_ref().unwrap()),
            (&"こちら".into(), &"あちら".into())
        );
        assert_eq!(merge.resolve(&BTreeMap::new()).unwrap(), mine);
        let picks = BTreeMap::from([(clash.place.clone(), Side::Theirs)]);
        assert_eq!(merge.resolve(&picks).unwrap(), theirs);
    }

    #[test]
    fn rows_come_from_both_and_those_of_one_id_are_both_kept() {
        let labels = |dossier: &Dossier| {
            dossier.projects[0].funding.items.iter().map(|item| item.label.clone()).collect::<Vec<_>>()
        };
        let mine = edited(|d| {
            d.projects[0].funding.items.remove(2);
            d.projects[0].funding.items.push(item("r4", "こちらの行"));
        });
        let theirs = edited(|d| {
            d.projects[0].funding.items.insert(1, item("r5", "間の行"));
            d.projects[0].funding.items.push(item("r4", "あちらの行"));
        });
        let (both, clashes) = merged(&mine, &theirs);
        assert!(clashes.is_empty());
        assert_eq!(labels(&both), ["r1", "間の行", "r2", "あちらの行", "こちらの行"]);
        let mut ids: Vec<_> = both.projects[0].funding.items.iter().map(|item| item.id.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 5);
    }

    #[test]
    fn a_row_moved_here_and_edited_there_is_both() {
        let mine = edited(|d| d.projects[0].funding.items.swap(0, 2));
        let theirs = edited(|d| d.projects[0].funding.items[0].label = "改".into());
        let (both, clashes) = merged(&mine, &theirs);
        assert!(clashes.is_empty());
        let items = &both.projects[0].funding.items;
        assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["r3", "r2", "改"]);
        assert_eq!(merged(&theirs, &mine).0, both);
    }

    #[test]
    fn a_row_removed_here_and_edited_there_waits_for_a_choice() {
        let mine = edited(|d| drop(d.projects[0].funding.items.remove(1)));
        let theirs = edited(|d| d.projects[0].funding.items[1].label = "改".into());
        let merge = Merge::of(&dossier(), &mine, &theirs).unwrap();
        assert_eq!(merge.clashes.len(), 1);
        assert_eq!(merge.clashes[0].mine, None);
        assert_eq!(merge.resolve(&BTreeMap::new()).unwrap(), mine);
        let picks = BTreeMap::from([(merge.clashes[0].place.clone(), Side::Theirs)]);
        assert_eq!(merge.resolve(&picks).unwrap(), theirs);
    }
}
