//! Figures about markets, costs and economic effects.

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
use crate::model::{MentionedYear, Moment, When};
use crate::sheets::Address;
use rust_decimal::Decimal;
use serde_json::json;

/// Market figures as read.
#[derive(Debug)]
pub(super) struct Market<'a> {
    rows: Vec<Row<'a>>,
}

#[derive(Debug)]
struct Row<'a> {
    subject: Found<'a>,
    value: Found<'a>,
    measure: Option<normal::Measure>,
    when: Option<Time<'a>>,
    growth: Option<Found<'a>>,
    kind: Option<Found<'a>>,
    cited: Option<Found<'a>>,
    note: Option<Found<'a>>,
}

#[derive(Debug)]
enum Time<'a> {
    Cell(Found<'a>),
    Heading(MentionedYear, String, Option<Address>),
}

/// Reads a frame as market figures.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    let other = [
        Concept::Target,
        Concept::Criterion,
        Concept::Implementer,
        Concept::Response,
        Concept::Contract,
        Concept::Executed,
    ];
    if frame.columns.iter().any(|c| c.head.is_any(&other)) {
        return None;
    }
    let growth = frame.column(Concept::Growth);
    let cited = frame.column(Concept::Cited);
    let headed =
        frame.columns.iter().any(|c| c.head.is(Concept::Market)) && (growth.is_some() || cited.is_some());
    if !(around.announces(TableKind::Market) || headed) {
        return None;
    }
    let years = frame.years();
    let textual = |index: usize| frame.share(index, |f| f.head.form == Form::Words).unwrap_or(0) >= 60;
    let subject = (frame.columns.iter().position(|c| {
        c.head.is_any(&[Concept::Item, Concept::Market, Concept::Indicator, Concept::Milestone])
    }))
    .filter(|index| textual(*index))
    .or_else(|| (0..frame.columns.len()).find(|index| textual(*index) && Some(*index) != cited))?;
    let when = (0..frame.columns.len()).find(|i| {
        *i != subject && frame.columns[*i].head.is_any(&[Concept::When, Concept::Year]) && !years.contains(i)
    });
    let kind = (0..frame.columns.len())
        .find(|i| *i != subject && frame.columns[*i].head.is(Concept::FigureKind) && textual(*i));
    let note = frame.column(Concept::Supplement);
    let unit = (0..frame.columns.len()).find(|i| {
        frame.columns[*i].head.is(Concept::Unit) && frame.share(*i, |f| f.head.form == Form::Unit) >= Some(50)
    });
    let values: Vec<usize> = if years.is_empty() {
        (0..frame.columns.len())
            .filter(|i| {
                ![Some(*i) == growth, Some(*i) == when, Some(*i) == unit, *i == subject].contains(&true)
            })
            .filter(|i| {
                frame.columns[*i].head.is_any(&[Concept::Value, Concept::Amount, Concept::Market])
                    && frame.share(*i, |f| f.head.is_figure_like()).unwrap_or(0) >= 50
            })
            .take(1)
            .collect()
    } else {
        years.clone()
    };
    if values.is_empty() {
        return None;
    }
    let mut uses = Uses::of(frame);
    let mut rows = Vec::new();
    let mut carried: Option<Found<'a>> = None;
    for row in &frame.body {
        let own = |index: Option<usize>| index.and_then(|i| row[i].clone());
        carried = row[subject].clone().or(carried);
        let Some(label) = carried.clone() else {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(
                    found,
                    both!("何の数値か分からないため", "It does not say what the figure is of"),
                );
            }
            continue;
        };
        uses.role(label.at, Role::Label);
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|f| f.own) else { continue };
            if values.contains(&index) {
                uses.value(found);
                let column = &frame.columns[index];
                let time = match column.head.year.filter(|_| years.contains(&index)) {
                    Some(year) => {
                        uses.year(column.at(), Some(year));
                        Some(Time::Heading(year, column.title(), column.at()))
                    }
                    None => own(when).map(Time::Cell),
                };
                rows.push(Row {
                    subject: label.clone(),
                    value: found.clone(),
                    measure: (column.head.measure.clone())
                        .or_else(|| own(unit).and_then(|found| normal::whole(&found.text)))
                        .or_else(|| label.head.measure.clone()),
                    when: time,
                    growth: own(growth),
                    kind: own(kind),
                    cited: own(cited),
                    note: own(note),
                });
            } else if unit == Some(index) {
                uses.role(found.at, Role::Unit);
            } else if [when, growth, kind, cited, note].contains(&Some(index)) {
                uses.value(found);
            } else if index != subject {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
    }
    (!rows.is_empty()).then_some(Reading {
        kind: TableKind::Market,
        content: Content::Market(Market { rows }),
        uses,
    })
}

impl Market<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Writes the figures.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let list = writer.subject.child("market");
        for row in &self.rows {
            let when = match &row.when {
                Some(Time::Cell(found)) => {
                    let when = When::read(found.text.trim());
                    // A year alone needs no words of its own.
                    let plain = when.at.is_some_and(|at| at.to_string() == found.text.trim());
                    Some((if plain { When { printed: String::new(), ..when } } else { when }, found.at))
                }
                Some(Time::Heading(year, title, at)) => writer.year(*year).ok().map(|year| {
                    let moment = if title.contains("年度") {
                        Moment::Fiscal(year)
                    } else {
                        Moment::Year(year.start_year())
                    };
                    (When { at: Some(moment), to: None, printed: title.clone() }, at.unwrap_or(row.value.at))
                }),
                None => None,
            };
            let text = row.subject.text.trim();
            let at = when.as_ref().and_then(|(when, _)| when.at).map(|at| json!(at));
            let place = writer.table.row(&list, "r", |known| {
                known.get("subject").and_then(|s| s.as_str()).is_some_and(|s| same_label(s, text))
                    && known.get("when").and_then(|w| w.get("at")) == at.as_ref()
            });
            let known =
                writer.text(&place.child("subject")).map_or_else(|| text.to_owned(), ToOwned::to_owned);
            writer.set(place.child("subject"), &known, &row.subject, known.clone());
            if let Some((when, at)) = when {
                let read = when.display();
                if writer.table.value(&place.child("when")).is_none() {
                    writer.set_at(place.child("when"), &when, at, read.clone(), read);
                }
            }
            let measure = row.measure.as_ref().or(writer.measure.as_ref());
            let quantity = figure(&row.value, measure);
            writer.quantity(place.child("amount"), quantity, &row.value);
            if let Some(found) = &row.growth {
                let percent = normal::key(&found.text).trim_end_matches('%').to_owned();
                if let Ok(percent) = Decimal::from_str_exact(&percent) {
                    writer.set(place.child("growth_percent"), &percent, found, format!("{percent} %"));
                } else {
                    let source = writer.table.source(found.at);
                    let why = both!("成長率として読めないため", "It cannot be read as a growth rate");
                    writer.table.draft().leftover(source, found.text.as_ref(), why);
                }
            }
            for (field, found) in [("kind", &row.kind), ("cited", &row.cited), ("note", &row.note)] {
                if let Some(found) = found {
                    writer.set_explanation(place.child(field), found.text.trim(), found);
                }
            }
        }
        writer.note_without_place();
    }
}
