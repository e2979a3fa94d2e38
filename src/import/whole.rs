//! A whole dossier against the open one: rows are matched by id, fields compared one by one, new rows taken whole.
//!
//! What the other dossier leaves out it says nothing about: nothing is ever removed, and a choice left at its default
//! changes nothing. Against an empty dossier everything is new, and taking it all gives the other dossier.

use super::draft::{Draft, understood};
use super::proposal::TableKind;
use super::tree::row_id;
use crate::both;
use crate::model::{Dossier, Place, Quantity, Source, Step, SubjectId};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Proposes what `theirs` says and the open dossier does not. `source` tells where the field or row at a place was
/// read; the entries of one sheet of it make one table for each subject and kind.
///
/// # Errors
/// Only if a dossier cannot be serialised, which its types rule out.
pub(super) fn compare(
    file: &str,
    theirs: &Dossier,
    draft: &mut Draft<'_>,
    source: impl Fn(&Place) -> Source,
) -> Result<(), serde_json::Error> {
    let mut differences = Differences::default();
    let theirs = serde_json::to_value(theirs)?;
    differences.walk(Place::root(), Some(draft.before()), theirs);
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for found in differences.found {
        let (subject, kind) = belongs(&found.place);
        let source = source(&found.place);
        let order = TableKind::ALL.iter().position(|known| *known == kind);
        tables.entry((subject, order, source.sheet.clone())).or_default().push((kind, found, source));
    }
    if tables.is_empty() {
        let same = differences.same;
        draft.table(TableKind::Overview, &SubjectId::programme(), file, "", None).remark(
            None,
            both!(
                "{same} 項目すべてが、開いている評価データと同じです。",
                "All {same} fields are as in the open dossier."
            ),
        );
    }
    for ((subject, _, sheet), found) in tables {
        let Some((kind, ..)) = found.first() else { continue };
        let mut table = draft.table(*kind, &subject, file, &sheet, None);
        // The other dossier brings its own notes of where its values were read.
        table.get().traced = false;
        table.subject(&subject);
        for (_, Found { place, list, value }, source) in found {
            if let (Some(list), Some(id)) = (list, place.steps().last()) {
                table.row_of_id(&list, id);
            }
            let said = summary(&value);
            table.set_exact(place, value, source, said.clone(), said);
        }
    }
    Ok(())
}

/// A value that the open dossier does not have.
struct Found {
    place: Place,
    /// The list to which it is to be added, if it is a row.
    list: Option<Place>,
    value: Value,
}

#[derive(Default)]
struct Differences {
    found: Vec<Found>,
    /// How many fields say the same.
    same: usize,
}

impl Differences {
    fn walk(&mut self, place: Place, ours: Option<&Value>, theirs: Value) {
        match theirs {
            Value::Object(fields) if !is_one_value(&fields, ours) => {
                for (name, field) in fields {
                    let ours = ours.and_then(|ours| ours.get(&name));
                    self.walk(place.child(name), ours, field);
                }
            }
            Value::Array(rows)
                if are_rows(&rows)
                    && ours.is_none_or(|ours| ours.as_array().is_some_and(|ours| are_rows(ours))) =>
            {
                self.rows(&place, ours.and_then(Value::as_array).map_or(&[], Vec::as_slice), rows);
            }
            // An empty id is none.
            Value::String(text) if text.is_empty() => {}
            theirs if ours == Some(&theirs) => self.same += 1,
            value => self.found.push(Found { place, list: None, value }),
        }
    }

    fn rows(&mut self, list: &Place, ours: &[Value], theirs: Vec<Value>) {
        let known: HashMap<String, &Value> =
            ours.iter().filter_map(|row| Some((row_id(row)?, row))).collect();
        for row in theirs {
            let Some(id) = row_id(&row) else { continue };
            let place = list.child(id.as_str());
            match known.get(&id) {
                Some(ours) => self.walk(place, Some(ours), row),
                // A project is no row of a table: it is looked at part by part.
                None if list.steps() == ["projects"] => self.walk(place, None, row),
                None => self.found.push(Found { place, list: Some(list.clone()), value: row }),
            }
        }
    }
}

/// Whether the fields make one value that is taken or left as a whole: a figure, a date, a span of years, an origin. Half of one
/// and half of another would say what neither document does.
fn is_one_value(fields: &Map<String, Value>, ours: Option<&Value>) -> bool {
    let all = |names: &[&str]| !fields.is_empty() && fields.keys().all(|name| names.contains(&name.as_str()));
    let is_figure = |fields: &Map<String, Value>| fields.contains_key("figure");
    is_figure(fields)
        || ours.and_then(Value::as_object).is_some_and(is_figure)
        || all(&["at", "to", "printed"])
        || all(&["start", "end", "years_printed", "printed"])
        || all(&["source", "printed"])
}

/// Whether a list is one of rows that its ids tell apart.
fn are_rows(list: &[Value]) -> bool {
    let mut ids = HashSet::new();
    list.iter().all(|row| row_id(row).is_some_and(|id| !id.is_empty() && ids.insert(id)))
}

/// Whose a place is, and what kind of table it would stand in.
fn belongs(place: &Place) -> (SubjectId, TableKind) {
    let steps: Vec<&str> = place.steps().iter().map(Step::as_str).collect();
    let (subject, field) = match steps[..] {
        ["programme", ref field @ ..] => (SubjectId::programme(), field),
        ["projects", id, ref field @ ..] => (SubjectId::from(id), field),
        ["report" | "working_group_sessions" | "policies", ..] => {
            return (SubjectId::programme(), TableKind::Overview);
        }
        ["origins", ..] => return (SubjectId::programme(), TableKind::Other),
        _ => return (SubjectId::programme(), TableKind::People),
    };
    let kind = match field {
        ["sections", ..] => TableKind::Text,
        ["amounts", ..] => TableKind::Amounts,
        ["research_items", ..] => TableKind::ResearchItems,
        ["funding", ..] => TableKind::Funding,
        ["outputs" | "output_groups", ..] => TableKind::Outputs,
        ["outcomes", ..] => TableKind::Outcomes,
        ["other_indicators", ..] => TableKind::OtherIndicators,
        ["logic", ..] => TableKind::LogicModel,
        ["market" | "scenarios", ..] => TableKind::Market,
        ["roadmap", ..] => TableKind::Roadmap,
        ["previous_findings", ..] => TableKind::PreviousFindings,
        ["competitors" | "history" | "tables" | "captions", ..] => TableKind::Other,
        ["evaluation", "comments", ..] => TableKind::Comments,
        ["evaluation", "consensus", ..] => TableKind::Consensus,
        ["evaluation", "recommendations", ..] => TableKind::Recommendations,
        ["evaluation", "sessions", ..] => TableKind::Findings,
        ["evaluation", ..] => TableKind::Scores,
        _ => TableKind::Overview,
    };
    (subject, kind)
}

/// A value in a few words: itself, or what its row is called.
pub(super) fn summary(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、")
        }
        Value::Object(fields) => {
            if let Some(figure) = fields.get("figure").and_then(|_| Quantity::deserialize(value).ok()) {
                return understood(&figure);
            }
            let named =
                ["label", "name", "title", "heading", "subject", "text", "finding", "item", "printed"];
            let name =
                named.iter().filter_map(|name| fields.get(*name)?.as_str()).find(|name| !name.is_empty());
            name.map_or_else(|| value.to_string(), str::to_owned)
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Answers, Proposal, Standing, apply};
    use crate::model::{FactRow, FactTable, Origin, Subject, When};
    use crate::{sample, store};

    fn proposal(ours: &Dossier, theirs: &Dossier) -> Proposal {
        let answers = Answers::new();
        let mut draft = Draft::new(ours, &answers).unwrap();
        crate::import::dossier::recognise_dossier("theirs.ron", theirs, &mut draft).unwrap();
        draft.finish()
    }

    #[test]
    fn into_an_empty_dossier_everything_goes() {
        let sample = sample::dossier().unwrap();
        let mut sample = sample;
        let source = Source { file: "表.xlsx".into(), sheet: "概要".into(), cell: "B2".into() };
        let origin = Origin { source, printed: "目 的".into() };
        sample.origins.insert(Place::from("programme/overview/purpose"), origin);
        let empty = Dossier::default();
        let proposal = proposal(&empty, &sample);
        assert_eq!(apply(&empty, &proposal).unwrap(), sample);
        let kinds: HashSet<_> = proposal.tables.iter().map(|table| (&table.subject, table.kind)).collect();
        assert_eq!(kinds.len(), proposal.tables.len(), "one table a subject and kind");
        assert!(!proposal.wants_attention());
    }

    #[test]
    fn what_is_the_same_is_said_in_one_sentence() {
        let sample = sample::dossier().unwrap();
        let proposal = proposal(&sample, &sample);
        assert!(!proposal.is_empty() && proposal.changes() == 0);
        assert_eq!(proposal.tables[0].remarks.len(), 1);
    }

    #[test]
    fn a_part_changes_what_it_says_and_removes_nothing() {
        let ours = store::from_ron(
            r#"(schema: 1, dossier: (
                programme: (id: "program", overview: (name: "旧", purpose: "目的")),
                projects: [(id: "A", funding: (items: [
                    (id: "r1", label: "項目１", amounts: {
                        2019: (amount: (figure: Number(297), unit: "百万円", printed: "297"), kind: "委託"),
                        2020: (amount: (figure: Number(1), unit: "百万円")),
                    }),
                ]), roadmap: [(id: "R1", label: "節目", when: (at: "FY2020", printed: "令和2年度"))])],
            ))"#,
        )
        .unwrap()
        .0;
        let theirs = store::from_ron(
            r#"(schema: 1, dossier: (
                programme: (overview: (name: "新")),
                projects: [(id: "A", funding: (items: [
                    (id: "r2", label: "項目２"),
                    (id: "r1", amounts: { 2019: (amount: (figure: Number(298), unit: "百万円")) }),
                ]), roadmap: [(id: "R1", when: (at: "FY2021"))])],
            ))"#,
        )
        .unwrap()
        .0;
        let proposal = proposal(&ours, &theirs);
        let places: Vec<_> =
            proposal.accepted().map(|entry| (entry.place.to_string(), entry.standing)).collect();
        assert_eq!(
            places,
            [
                ("projects/A/funding/items/r2".to_owned(), Standing::New),
                ("projects/A/funding/items/r1/amounts/2019/amount".to_owned(), Standing::Changed),
                ("projects/A/roadmap/R1/when".to_owned(), Standing::Changed),
                ("programme/overview/name".to_owned(), Standing::Changed),
            ]
        );
        let after = apply(&ours, &proposal).unwrap();
        assert_eq!(
            (after.programme.id.as_str(), after.programme.overview.purpose.as_str()),
            ("program", "目的")
        );
        let project = &after.projects[0];
        let item = &project.funding.items[0];
        assert_eq!((item.label.as_str(), item.amounts.len(), project.funding.items.len()), ("項目１", 2, 2));
        let cell = item.amounts.values().next().unwrap();
        assert_eq!((cell.amount.display(), cell.kind.as_str()), ("298".to_owned(), "委託"));
        assert_eq!(project.roadmap[0].when, When::read("FY2021"), "no printed form of another date");
    }

    #[test]
    fn many_rows_are_no_matter() {
        let rows = |from: usize, to: usize| Dossier {
            programme: Subject {
                id: SubjectId::programme(),
                tables: vec![FactTable {
                    id: "t1".into(),
                    rows: (from..to)
                        .map(|n| FactRow { id: format!("r{n}").into(), cells: vec![n.to_string()] })
                        .collect(),
                    ..FactTable::default()
                }],
                ..Subject::default()
            }
            .into(),
            ..Dossier::default()
        };
        let started = std::time::Instant::now();
        let ours = rows(0, 25_000);
        let proposal = proposal(&ours, &rows(0, 50_000));
        assert_eq!(proposal.changes(), 25_000);
        assert_eq!(apply(&ours, &proposal).unwrap(), rows(0, 50_000));
        // Searching each list for each row takes minutes.
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
