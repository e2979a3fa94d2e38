//! Knowing a form again: by its headings, even if they have all moved by some rows or columns.

use super::{FormMap, Mark};
use crate::model::{FiscalYear, fold_for_matching};
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

    /// Rows down and columns right.
    pub(super) fn steps(self) -> (i64, i64) {
        (self.rows, self.columns)
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

/// A form that a sheet is of.
pub(super) struct Found<'f> {
    /// The file of the map.
    pub map: Option<&'f str>,
    /// The map.
    pub form: &'f FormMap,
    /// By how much the form has moved.
    pub moved: Moved,
    /// How many of its marks were found.
    pub count: usize,
}

/// The share of the headings of its ranges that must be found: a new year's form differs in a heading or two.
const ENOUGH: f64 = 0.7;
/// The share of all marks that must be found where the headings of the ranges tell the form: of the others, some are
/// what was filled in.
const ALL: f64 = 0.4;
/// Fewer headings than this do not tell a form alone.
const FEW: usize = 3;

/// A text that stands in more cells than this says nothing about where the form is.
const TOO_OFTEN: usize = 40;

/// What two texts have in common that are the same heading: in next year's form, the years are others.
fn key(text: &str) -> String {
    if FiscalYear::read(text).is_some() { "年度".to_owned() } else { fold_for_matching(text) }
}

/// The form that the sheet is of; none if it is of none.
pub(super) fn best<'f>(forms: &[(Option<&'f str>, &'f FormMap)], sheet: &Sheet) -> Option<Found<'f>> {
    if forms.is_empty() {
        return None;
    }
    let mut places: HashMap<String, Vec<Address>> = HashMap::new();
    for cell in sheet.cells() {
        if let Value::Text(text) = &cell.value {
            places.entry(key(text)).or_default().push(cell.at);
        }
    }
    let found = |(map, form): &(Option<&'f str>, &'f FormMap)| {
        let (moved, count) = agreement(form, &places)?;
        Some(Found { map: *map, form, moved, count }).filter(|found| is_enough(found, &places))
    };
    forms.iter().filter_map(found).max_by_key(|found| found.count)
}

/// Whether enough of the marks of a form are where they would be.
fn is_enough(found: &Found<'_>, places: &HashMap<String, Vec<Address>>) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a form has few marks")]
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let form = found.form;
    let all = share(found.count, form.marks.len());
    let own = form.marks.iter().filter(|mark| form.is_of_region(mark));
    let there = |mark: &&Mark| {
        let at = found.moved.apply(Area::new(mark.at, mark.at)).map(|area| area.first);
        at.is_some_and(|at| places.get(&key(&mark.text)).is_some_and(|known| known.contains(&at)))
    };
    let (count, hits) = (own.clone().count(), own.filter(there).count());
    all >= ENOUGH || (count >= FEW && share(hits, count) >= ENOUGH && all >= ALL)
}

/// The move on which most marks agree, and how many do.
fn agreement(form: &FormMap, places: &HashMap<String, Vec<Address>>) -> Option<(Moved, usize)> {
    let mut votes: HashMap<Moved, usize> = HashMap::new();
    for mark in &form.marks {
        let at = places.get(&key(&mark.text)).map_or(&[][..], Vec::as_slice);
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
        FormMap::learn("様式１", &Sheet::of_texts("", FORM), vec![region], Vec::new())
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
        assert_eq!(best(&[(None, &map)], &next).unwrap().moved, Moved::default());
        let other = Sheet::of_texts("", [["様式１", "", ""], ["名称", "人口", "面積"]]);
        assert!(best(&[(None, &map)], &other).is_none());
    }

    #[test]
    fn a_form_that_has_moved_as_a_whole_is_found_where_it_is() {
        let map = map();
        let mut rows = vec![vec!["", "", "", ""], vec!["", "", "", ""]];
        rows.extend(FORM.map(|row| [vec![""], row.to_vec()].concat()));
        let sheet = Sheet::of_texts("", rows);
        let found = best(&[(None, &map)], &sheet).unwrap();
        assert_eq!(found.moved.steps(), (2, 1));
        assert_eq!(found.moved.apply(map.regions[0].area).unwrap().to_string(), "B4:D5");
    }

    #[test]
    fn next_year_s_form_has_other_years_and_other_answers() {
        let year = |years: [&str; 2], who: [&str; 4]| {
            let mut rows = vec![vec!["様式１".to_owned()], vec!["記入者".to_owned()]];
            rows[1].extend(who.map(str::to_owned));
            rows.push(["項目", years[0], years[1]].map(str::to_owned).to_vec());
            rows.push(["材料", "1", "2"].map(str::to_owned).to_vec());
            Sheet::of_texts("", rows)
        };
        let region = Hint { area: "A3:C4".parse().unwrap(), ..Hint::default() };
        let learnt = year(["2019年度", "2020年度"], ["山田", "一課", "二係", "係員"]);
        let map = FormMap::learn("様式１", &learnt, vec![region], Vec::new());
        let next = year(["令和3年度", "令和4年度"], ["鈴木", "二課", "一係", "主任"]);
        assert_eq!(best(&[(None, &map)], &next).unwrap().moved, Moved::default());
        // The headings of the range alone, on a sheet that has nothing else of the form, are any table's.
        let other = Sheet::of_texts("", [["項目", "2021年度", "2022年度"], ["装置", "1", "2"]]);
        assert!(best(&[(None, &map)], &other).is_none());
    }
}
