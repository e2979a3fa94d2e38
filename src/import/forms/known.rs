//! Knowing a form again: by its headings, even if they have all moved by some rows or columns.

use super::FormMap;
use crate::model::fold_for_matching;
use crate::sheets::{Address, Area, Sheet, Value};
use std::collections::HashMap;

/// By how much a form has moved since it was explained: rows down, columns right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Moved {
    rows: i64,
    columns: i64,
}

impl Moved {
    fn between(from: Address, to: Address) -> Self {
        Self {
            rows: i64::from(to.row) - i64::from(from.row),
            columns: i64::from(to.column) - i64::from(from.column),
        }
    }

    /// The moved range; none if it would leave the sheet.
    pub(super) fn apply(self, area: Area) -> Option<Area> {
        let cell = |at: Address| {
            Some(Address::new(
                u32::try_from(i64::from(at.row) + self.rows).ok()?,
                u32::try_from(i64::from(at.column) + self.columns).ok()?,
            ))
        };
        Some(Area::new(cell(area.first)?, cell(area.last)?))
    }
}

/// The share of a form's marks that must be found: a new year's form differs in a heading or two.
const ENOUGH: f64 = 0.7;

/// A text that stands in more cells than this says nothing about where the form is.
const TOO_OFTEN: usize = 40;

/// The form that the sheet is of, and by how much it has moved; none if it is of none.
pub(super) fn best<'f>(forms: &'f [FormMap], sheet: &Sheet) -> Option<(&'f FormMap, Moved)> {
    if forms.is_empty() {
        return None;
    }
    let mut places: HashMap<String, Vec<Address>> = HashMap::new();
    for cell in sheet.cells() {
        if let Value::Text(text) = &cell.value {
            places.entry(fold_for_matching(text)).or_default().push(cell.at);
        }
    }
    let found = |form: &'f FormMap| {
        let (moved, count) = agreement(form, &places)?;
        #[expect(clippy::cast_precision_loss, reason = "a form has few marks")]
        let share = count as f64 / form.marks.len() as f64;
        (share >= ENOUGH).then_some((count, form, moved))
    };
    forms.iter().filter_map(found).max_by_key(|(count, ..)| *count).map(|(_, form, moved)| (form, moved))
}

/// The move on which most marks agree, and how many do.
fn agreement(form: &FormMap, places: &HashMap<String, Vec<Address>>) -> Option<(Moved, usize)> {
    let mut votes: HashMap<Moved, usize> = HashMap::new();
    for mark in &form.marks {
        let at = places.get(&fold_for_matching(&mark.text)).map_or(&[][..], Vec::as_slice);
        if at.contains(&mark.at) {
            *votes.entry(Moved::default()).or_default() += 1;
        }
        for at in at.iter().filter(|at| **at != mark.at).take(TOO_OFTEN) {
            *votes.entry(Moved::between(mark.at, *at)).or_default() += 1;
        }
    }
    // Of moves on which equally many agree, the smallest: most forms have not moved at all.
    votes.into_iter().max_by_key(|(moved, count)| {
        (*count, std::cmp::Reverse(moved.rows.abs() + moved.columns.abs()), *moved)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Hint, TableKind};

    const FORM: [[&str; 3]; 3] = [["様式１", "", ""], ["項目", "2019年度", "2020年度"], ["材料", "1", "2"]];

    fn map() -> FormMap {
        let kind = Some(TableKind::Funding);
        let region = Hint { area: "A2:C3".parse().unwrap(), kind, ..Hint::default() };
        FormMap::learn("様式１", &Sheet::of_texts("", FORM), vec![region])
    }

    #[test]
    fn a_form_is_known_by_its_headings_and_not_by_its_figures() {
        let map = map();
        let texts: Vec<_> = map.marks.iter().map(|mark| mark.text.as_str()).collect();
        assert_eq!(texts, ["項目", "2019年度", "2020年度", "様式１"]);
        let next = Sheet::of_texts(
            "",
            [["様式１", "", ""], ["項目", "2019年度", "２０２０年度"], ["装置", "8", ""]],
        );
        assert_eq!(best(std::slice::from_ref(&map), &next).unwrap().1, Moved::default());
        let other = Sheet::of_texts("", [["様式１", "", ""], ["名称", "人口", "面積"]]);
        assert_eq!(best(std::slice::from_ref(&map), &other), None);
    }

    #[test]
    fn a_form_that_has_moved_as_a_whole_is_found_where_it_is() {
        let map = map();
        let mut rows = vec![vec!["", "", "", ""], vec!["", "", "", ""]];
        rows.extend(FORM.map(|row| [vec![""], row.to_vec()].concat()));
        let sheet = Sheet::of_texts("", rows);
        let (_, moved) = best(std::slice::from_ref(&map), &sheet).unwrap();
        assert_eq!(moved.apply(map.regions[0].area).unwrap().to_string(), "B4:D5");
    }
}
