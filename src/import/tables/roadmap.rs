//! Rows of a roadmap: what happens, in which lane, when.

use super::super::normal;
use super::super::{Role, TableKind};
use super::around::Around;
use super::frame::Frame;
use super::grid::Found;
use super::head::Form;
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use super::write::{Writer, figure, same_label};
use crate::both;
use crate::model::{RoadmapKind, When};
use serde_json::json;

/// Roadmap rows as read.
#[derive(Debug)]
pub(super) struct Roadmap<'a> {
    rows: Vec<Row<'a>>,
}

#[derive(Debug)]
struct Row<'a> {
    lane: Option<Found<'a>>,
    label: Found<'a>,
    when: Option<Found<'a>>,
    start: Option<Found<'a>>,
    end: Option<Found<'a>>,
    value: Option<Found<'a>>,
    note: Option<Found<'a>>,
}

/// Reads a frame as rows of a roadmap.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    let other = [Concept::Criterion, Concept::Response, Concept::Implementer, Concept::Actual];
    if frame.columns.iter().any(|c| c.head.is_any(&other)) || !frame.years().is_empty() {
        return None;
    }
    let announced = around.announces(TableKind::Roadmap);
    let (start, end) = (frame.column(Concept::Start), frame.column(Concept::End));
    let when = frame.column(Concept::When).filter(|i| Some(*i) != start && Some(*i) != end);
    let dated = (start.is_some() && end.is_some()) || when.is_some();
    if !dated || !announced {
        return None;
    }
    let textual = |index: usize| frame.share(index, |f| f.head.form == Form::Words).unwrap_or(0) >= 60;
    let free = |index: usize| ![start, end, when].contains(&Some(index)) && textual(index);
    let label = (0..frame.columns.len())
        .rev()
        .find(|i| {
            free(*i)
                && frame.columns[*i].head.is_any(&[Concept::Milestone, Concept::Contents])
                && !frame.columns[*i].head.is(Concept::Lane)
        })
        .or_else(|| {
            (0..frame.columns.len())
                .rev()
                .find(|i| free(*i) && !frame.columns[*i].head.is(Concept::Supplement))
        })?;
    let lane = (0..label).find(|i| free(*i));
    let note = frame.column(Concept::Supplement).filter(|i| *i != label);
    let value = frame
        .column_of(&[Concept::Value, Concept::Target])
        .filter(|i| ![Some(label), lane, note].contains(&Some(*i)));
    let mut uses = Uses::of(frame);
    let mut rows = Vec::new();
    let mut carried: Option<Found<'a>> = None;
    for row in &frame.body {
        let own = |index: Option<usize>| index.and_then(|i| row[i].clone());
        carried = own(lane).or(carried);
        let Some(name) = row[label].clone() else {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(found, both!("何の予定か分からないため", "It does not say what is planned"));
            }
            continue;
        };
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|f| f.own) else { continue };
            if index == label || [lane, start, end, when, value, note].contains(&Some(index)) {
                uses.value(found);
            } else if frame.columns[index].head.is(Concept::No) {
                uses.role(found.at, Role::Label);
            } else {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
        rows.push(Row {
            lane: carried.clone(),
            label: name,
            when: own(when),
            start: own(start),
            end: own(end),
            value: own(value),
            note: own(note),
        });
    }
    (!rows.is_empty()).then_some(Reading {
        kind: TableKind::Roadmap,
        content: Content::Roadmap(Roadmap { rows }),
        uses,
    })
}

impl Roadmap<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Writes the rows.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let list = writer.subject.child("roadmap");
        for row in &self.rows {
            let (when, source) = row.time();
            let text = row.label.text.trim();
            let lane = row.lane.as_ref().map(|f| f.text.trim());
            let place = writer.table.row(&list, "r", |known| {
                let field = |name: &str| known.get(name).and_then(|v| v.as_str()).unwrap_or_default();
                let of_when = |name: &str| known.get("when").and_then(|w| w.get(name)).cloned();
                let same_time = of_when("at") == when.at.map(|at| json!(at))
                    && of_when("to") == when.to.map(|to| json!(to));
                same_label(field("label"), text)
                    && lane.is_none_or(|lane| normal::key(field("lane")) == normal::key(lane))
                    && same_time
            });
            if let Some(found) = &row.lane {
                writer.set_text(place.child("lane"), found);
            }
            writer.set_text(place.child("label"), &row.label);
            let kind = if when.to.is_some() {
                RoadmapKind::Period
            } else if row.value.is_some() {
                RoadmapKind::Target
            } else {
                RoadmapKind::Milestone
            };
            if kind != RoadmapKind::default() && writer.is_empty(&place.child("kind")) {
                writer.set(place.child("kind"), &kind, &row.label, "");
            }
            if let Some(found) = source.filter(|_| writer.is_empty(&place.child("when"))) {
                let read = when.display();
                writer.set(place.child("when"), &when, found, read);
            }
            if let Some(found) = &row.value {
                let quantity = figure(found, writer.measure.clone().as_ref());
                writer.quantity(place.child("amount"), quantity, found);
            }
            if let Some(found) = &row.note {
                writer.set_explanation(place.child("note"), found.text.trim(), found);
            }
        }
        writer.note_without_place();
    }
}

impl<'a> Row<'a> {
    /// When it is, and the cell that says so.
    fn time(&self) -> (When, Option<&Found<'a>>) {
        let read = |found: &Found<'_>| When::read(found.text.trim());
        match (&self.start, &self.end, &self.when) {
            (Some(start), Some(end), _) => {
                let (from, to) = (read(start), read(end));
                let printed = if from.at.is_some() && to.at.is_some() {
                    String::new()
                } else {
                    format!("{}～{}", start.text.trim(), end.text.trim())
                };
                (When { at: from.at, to: to.at, printed }, Some(start))
            }
            (Some(only), None, _) | (None, Some(only), _) | (None, None, Some(only)) => {
                (read(only), Some(only))
            }
            (None, None, None) => (When::default(), None),
        }
    }
}
