//! Money by fiscal year: funding tables and series of contract, executed and budget amounts.
//!
//! Three shapes come to the same: years across, years down (the view is flipped), and one item-year a row.

use super::super::normal::{self, Measure};
use super::super::{Role, TableKind};
use super::around::Around;
use super::frame::Frame;
use super::grid::Found;
use super::head::Form;
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use super::write::{Trouble, Writer, figure};
use crate::both;
use crate::model::{AmountKind, Certainty, Figure, MentionedYear, Place, Quantity, Unit};
use crate::sheets::Address;
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::BTreeMap;

/// Kinds of funding that stand beside an amount, folded.
const FUNDING_KINDS: [&str; 16] = [
    "委託",
    "補助",
    "定額補助",
    "助成",
    "交付",
    "直轄",
    "請負",
    "委託・補助",
    "委託/補助",
    "補助金",
    "委託費",
    "交付金",
    "共同研究",
    "運営費交付金",
    "間接補助",
    "直接",
];

/// Amounts as read.
#[derive(Debug, Default)]
pub(super) struct Money<'a> {
    lines: Vec<Line<'a>>,
    cells: Vec<Cell<'a>>,
    /// The headings of the years, in order.
    years: Vec<(MentionedYear, String, Address)>,
    /// The unit that the heading of the labels states.
    measure: Option<Measure>,
}

/// A row of the table in which amounts stand.
#[derive(Debug)]
struct Line<'a> {
    label: Option<Found<'a>>,
    what: What,
    measure: Option<Measure>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A research item.
    Item,
    /// The sum over the items.
    Total,
    /// A series of amounts.
    Series(AmountKind),
}

/// An amount.
#[derive(Debug)]
struct Cell<'a> {
    line: usize,
    /// Its year, or the label of a total over years.
    column: Column,
    found: Found<'a>,
    measure: Option<Measure>,
    certainty: Certainty,
    kind: Option<String>,
}

#[derive(Debug, Clone)]
enum Column {
    Year(MentionedYear),
    Total(String),
}

fn series(head: &super::head::Head) -> Option<AmountKind> {
    // 総契約額 is a total beside a series.
    if head.is(Concept::GrandAmount) {
        return None;
    }
    [
        (Concept::Contract, AmountKind::Contract),
        (Concept::Executed, AmountKind::Executed),
        (Concept::Budget, AmountKind::Budget),
    ]
    .into_iter()
    .find(|(concept, _)| head.is(*concept))
    .map(|(_, kind)| kind)
}

/// Whether a figure is a share of something.
fn is_share(found: &Found<'_>) -> bool {
    found.head.form == Form::Number && found.text.trim_end().ends_with(['%', '％'])
}

/// The series that captions speak of, if it is one alone.
fn captioned(around: &Around<'_>) -> Option<AmountKind> {
    let of = |text: &str| {
        let folded = normal::key(text);
        let all = [
            (["契約", "contract"], AmountKind::Contract),
            (["執行", "決算"], AmountKind::Executed),
            (["予算", "budget"], AmountKind::Budget),
        ];
        let mut named = all.into_iter().filter(|(words, _)| words.iter().any(|word| folded.contains(word)));
        named.next().filter(|_| named.next().is_none()).map(|(_, kind)| kind)
    };
    around.captions.iter().find_map(|stray| of(&stray.text)).or_else(|| of(around.sheet))
}

pub(super) fn is_funding_kind(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let folded = normal::key(text);
    let folded = folded.split('(').next().unwrap_or_default();
    FUNDING_KINDS.contains(&folded)
}

/// Reads a frame as amounts.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    if frame.columns.iter().any(|c| c.head.is_any(&[Concept::Target, Concept::Outlook, Concept::Criterion])) {
        return None;
    }
    // What counts things is no money, and neither is what a caption announces as something else.
    let counted = |found: &Found<'_>| {
        let unit = Quantity::read(&found.text, &Unit::default()).unit;
        // 執行率 may stand beside amounts.
        found.head.form == Form::Number
            && unit != Unit::default()
            && unit.yen().is_none()
            && unit.as_str() != "%"
    };
    let other = matches!(
        around.announced(),
        Some(
            TableKind::Outputs
                | TableKind::Outcomes
                | TableKind::OtherIndicators
                | TableKind::Market
                | TableKind::Scores
        )
    );
    if other || frame.body.iter().flatten().flatten().any(counted) {
        return None;
    }
    if frame.years().is_empty() { long(frame, around) } else { across(frame, around) }
}

/// A table with a column for each year.
fn across<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    let years = frame.years();
    let first = *years.first()?;
    let total = |index: &usize| {
        let head = &frame.columns[*index].head;
        !years.contains(index) && head.is_any(&[Concept::Total, Concept::GrandAmount])
    };
    let totals: Vec<usize> = (first.min(1)..frame.columns.len()).filter(total).collect();
    let labels: Vec<usize> = (0..first).filter(|index| !totals.contains(index)).collect();
    let figures = years.iter().chain(&totals);
    let all: Vec<_> = figures.flat_map(|index| frame.cells(*index)).collect();
    let figures_like = all.iter().filter(|found| found.head.is_figure_like() || is_open(found)).count();
    if !all.iter().any(|found| found.head.form == Form::Number || found.head.plain_year)
        || figures_like * 10 < all.len() * 7
    {
        return None;
    }
    let words = |index: &usize| frame.share(*index, |found| found.head.form == Form::Words).unwrap_or(0);
    let kinds = labels.iter().copied().find(|index| {
        frame.columns[*index].head.is(Concept::FundingKind)
            && frame.share(*index, |f| is_funding_kind(&f.text)) >= Some(60)
    });
    let label = (labels.iter().copied())
        .find(|index| frame.columns[*index].head.is(Concept::Item) && words(index) > 0)
        .or_else(|| {
            labels
                .iter()
                .copied()
                .filter(|index| Some(*index) != kinds)
                .rev()
                .find(|index| words(index) >= 50)
        });
    if label.is_some_and(|index| frame.share(index, |f| f.head.is_heading_word()) >= Some(25)) {
        return None;
    }
    // Years among the figures head another table, or the same one continued.
    let restarts = frame.body.iter().any(|row| {
        let cells = || years.iter().chain(&totals).filter_map(|index| row[*index].as_ref());
        let named = cells().filter(|found| found.head.is_year()).count();
        named > 0
            && (cells().any(|found| found.head.is_year() && !found.head.plain_year)
                || labels.iter().any(|i| row[*i].as_ref().is_some_and(|f| f.head.is_heading_word())))
    });
    if restarts {
        return None;
    }
    let headings = frame.headings();
    let mut uses = Uses::of(frame);
    let mut money = Money { measure: heading_unit(frame, &labels), ..Money::default() };
    for index in &years {
        let column = &frame.columns[*index];
        let (Some(year), Some(at)) = (column.head.year, column.at()) else { continue };
        uses.year(Some(at), Some(year));
        money.years.push((year, column.title(), at));
    }
    // A heading over several columns of labels: the last one that says something names the row.
    let group: Vec<usize> = label.map_or_else(Vec::new, |index| {
        let at = frame.columns[index].at();
        let same = |other: &usize| {
            *other == index || (at.is_some() && frame.columns[*other].at() == at && words(other) >= 50)
        };
        labels.iter().copied().filter(same).collect()
    });
    let mut above: Option<Found<'a>> = None;
    let figure_column = |index: usize| years.contains(&index) || totals.contains(&index);
    let heading = labels.first().and_then(|index| series(&frame.columns[*index].head));
    // Without any label the caption says what it is: プロジェクト別予算額.
    let heading = heading.or_else(|| labels.is_empty().then(|| captioned(around)).flatten());
    for (at, row) in frame.body.iter().enumerate() {
        let own_label = group.iter().rev().find_map(|index| row[*index].clone());
        // What the heading's own cell reaches over is no label of the row.
        let own_label = own_label.filter(|found| !headings.contains(&found.at));
        // A long name may stand in a row of its own above its figures.
        let own_label = own_label.or_else(|| above.take());
        above = None;
        let is_total =
            labels.iter().filter_map(|index| row[*index].as_ref()).find(|f| f.head.is(Concept::Total));
        let what = match (&own_label, is_total) {
            (_, Some(_)) => What::Total,
            (Some(found), None) if found.head.is(Concept::Subtotal) => {
                for found in row.iter().flatten().filter(|found| found.own) {
                    uses.refuse(found, both!("小計の欄は持たないため", "A dossier has no subtotals"));
                }
                continue;
            }
            (Some(found), None) => match series(&found.head) {
                Some(kind) => What::Series(kind),
                None => What::Item,
            },
            (None, None) => match heading {
                Some(kind) => What::Series(kind),
                None => What::Item,
            },
        };
        let own_label = if what == What::Total { is_total.cloned() } else { own_label };
        let has_figures =
            years.iter().chain(&totals).any(|index| row[*index].as_ref().is_some_and(|f| f.own));
        if !has_figures {
            // A heading of a group of rows, or an item without any amount.
            above = own_label.filter(|_| what == What::Item);
            for (index, found) in row.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.as_ref()?))) {
                if labels.contains(&index) {
                    uses.role(found.at, Role::Label);
                } else if found.own {
                    uses.refuse(
                        found,
                        both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                    );
                }
            }
            continue;
        }
        if what == What::Item && own_label.is_none() {
            for found in row.iter().flatten().filter(|found| found.own) {
                uses.refuse(
                    found,
                    both!("何の金額か分からないため", "It does not say what the amount is of"),
                );
            }
            continue;
        }
        let kind = (kinds.and_then(|index| row[index].as_ref()))
            .filter(|found| is_funding_kind(&found.text))
            .map(|found| found.text.trim().to_owned());
        let line = money.lines.len();
        let measure = own_label.as_ref().and_then(|f| f.head.measure.clone());
        if let Some(found) = &own_label {
            uses.role(found.at, Role::Label);
        }
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|found| found.own) else { continue };
            let column = &frame.columns[index];
            if figure_column(index) && is_share(found) {
                uses.refuse(found, both!("割合であり、金額ではないため", "It is a share, not an amount"));
                continue;
            }
            // One amount for several years or rows is none of any of them.
            let goes_on = |cell: Option<&Option<Found<'_>>>| {
                cell.and_then(Option::as_ref).is_some_and(|other| other.at == found.at)
            };
            let right = (index + 1 < row.len() && figure_column(index) && figure_column(index + 1))
                && goes_on(row.get(index + 1));
            if figure_column(index)
                && (right || goes_on(frame.body.get(at + 1).and_then(|row| row.get(index))))
            {
                uses.refuse(
                    found,
                    both!(
                        "複数の年度または行にまたがる金額のため",
                        "The amount reaches over several years or rows"
                    ),
                );
                continue;
            }
            let target = if years.contains(&index) {
                column.head.year.map(Column::Year)
            } else if totals.contains(&index) {
                Some(Column::Total(column.title()))
            } else {
                None
            };
            match target {
                Some(target) => {
                    uses.value(found);
                    money.cells.push(Cell {
                        line,
                        column: target,
                        found: found.clone(),
                        measure: column.head.measure.clone(),
                        certainty: column.head.certainty,
                        kind: kind.clone(),
                    });
                }
                None if Some(index) == label || labels.contains(&index) => uses.role(found.at, Role::Label),
                None if headings.contains(&found.at) => {}
                None => uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                ),
            }
        }
        money.lines.push(Line { label: own_label, what, measure });
    }
    finish(money, uses, frame, around, label)
}

/// The unit of money that one of the columns' headings states.
fn heading_unit(frame: &Frame<'_>, columns: &[usize]) -> Option<Measure> {
    let measures = columns.iter().filter_map(|index| frame.columns[*index].head.measure.clone());
    measures.into_iter().find(|measure| measure.unit.yen().is_some())
}

/// A text that says an amount is open: 未確定, 調整中.
fn is_open(found: &Found<'_>) -> bool {
    Quantity::read(&found.text, &Unit::default()).certainty != Certainty::Settled
        || found.head.core.chars().count() <= 4
}

/// A table with an item-year or a series-year in each row.
fn long<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    let is_years =
        |index: &usize| frame.share(*index, |f| f.head.is_year() || f.head.is(Concept::Total)) >= Some(80);
    let year = (0..frame.columns.len())
        .filter(|index| frame.columns[*index].head.is_any(&[Concept::Year, Concept::When]))
        .find(is_years)?;
    let money_column = |index: &usize| {
        let head = &frame.columns[*index].head;
        *index != year
            && (head.is_any(&[
                Concept::Amount,
                Concept::Contract,
                Concept::Executed,
                Concept::Budget,
                Concept::Value,
            ]) || head.measure.as_ref().is_some_and(|m| m.unit.yen().is_some()))
            && frame.share(*index, |f| f.head.is_figure_like() || is_open(f)) >= Some(70)
    };
    let amounts: Vec<usize> = (0..frame.columns.len()).filter(money_column).collect();
    let kinds = (0..frame.columns.len()).find(|index| {
        frame.columns[*index].head.is(Concept::FundingKind)
            && frame.share(*index, |f| is_funding_kind(&f.text)) >= Some(60)
    });
    let label = (frame.column(Concept::Item))
        .or_else(|| {
            (0..frame.columns.len()).find(|i| {
                Some(*i) != kinds && *i != year && frame.share(*i, |f| series(&f.head).is_some()) >= Some(80)
            })
        })
        .filter(|index| !amounts.contains(index));
    if amounts.is_empty()
        || (label.is_none() && amounts.iter().all(|i| series(&frame.columns[*i].head).is_none()))
    {
        return None;
    }
    let mut uses = Uses::of(frame);
    let others: Vec<usize> = (0..frame.columns.len()).filter(|index| !amounts.contains(index)).collect();
    let mut money = Money { measure: heading_unit(frame, &others), ..Money::default() };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut carried: Option<Found<'a>> = None;
    for row in &frame.body {
        let own_label = label.and_then(|index| row[index].clone());
        let own_label = match (own_label, label) {
            (Some(found), _) => {
                carried = Some(found.clone());
                Some(found)
            }
            // A name that is not repeated holds until the next one.
            (None, Some(_)) => carried.clone(),
            (None, None) => None,
        };
        let Some(when) = row[year].as_ref() else {
            for found in row.iter().flatten().filter(|found| found.own) {
                uses.refuse(found, both!("年度がないため", "It names no year"));
            }
            continue;
        };
        uses.role(when.at, Role::Label);
        uses.year(Some(when.at), when.head.year);
        let kind = kinds
            .and_then(|index| row[index].as_ref())
            .filter(|f| is_funding_kind(&f.text))
            .map(|f| f.text.trim().to_owned());
        for index in &amounts {
            let Some(found) = row[*index].as_ref().filter(|found| found.own) else { continue };
            let column_series = series(&frame.columns[*index].head);
            let what = match &own_label {
                Some(found) if found.head.is(Concept::Total) => What::Total,
                Some(found) => series(&found.head).map_or(What::Item, What::Series),
                None => column_series.map_or(What::Item, What::Series),
            };
            let name = match (&own_label, what) {
                (Some(found), What::Item) => normal::key(&found.text),
                _ => format!("{what:?}"),
            };
            let line = *known.entry(name).or_insert_with(|| {
                let measure = own_label.as_ref().and_then(|f| f.head.measure.clone());
                money.lines.push(Line { label: own_label.clone(), what, measure });
                money.lines.len() - 1
            });
            let column = match when.head.year {
                Some(year) => Column::Year(year),
                None => Column::Total(when.text.trim().to_owned()),
            };
            if let Column::Year(year) = column
                && !money.years.iter().any(|(known, ..)| *known == year)
            {
                money.years.push((year, when.text.replace(['\n', '\r'], ""), when.at));
            }
            uses.value(found);
            money.cells.push(Cell {
                line,
                column,
                found: found.clone(),
                measure: frame.columns[*index].head.measure.clone(),
                certainty: when.head.certainty,
                kind: kind.clone(),
            });
        }
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|found| found.own) else { continue };
            if Some(index) == label || Some(index) == kinds {
                uses.role(found.at, Role::Label);
            } else {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
    }
    finish(money, uses, frame, around, label)
}

/// Decides whether the amounts are a funding table or series, or neither.
fn finish<'a>(
    money: Money<'a>,
    mut uses: Uses,
    frame: &Frame<'a>,
    around: &Around<'_>,
    label: Option<usize>,
) -> Option<Reading<'a>> {
    if money.cells.is_empty() {
        return None;
    }
    let is_series = |line: &Line<'_>| matches!(line.what, What::Series(_));
    if money.lines.iter().any(is_series) {
        // A sum over series of different kinds says nothing.
        let odd: Vec<usize> =
            (0..money.lines.len()).filter(|index| !is_series(&money.lines[*index])).collect();
        let mut money = money;
        for cell in money.cells.iter().filter(|cell| odd.contains(&cell.line)) {
            uses.cells.remove(&cell.found.at);
            uses.refuse(
                &cell.found,
                both!(
                    "契約額・執行額・予算額のいずれでもないため",
                    "It is none of contract, executed and budget amounts"
                ),
            );
        }
        money.cells.retain(|cell| !odd.contains(&cell.line));
        return Some(Reading { kind: TableKind::Amounts, content: Content::Money(money), uses });
    }
    let items = money.lines.iter().filter(|line| line.what == What::Item);
    let numbered = items.clone().filter(|line| {
        line.label
            .as_ref()
            .and_then(|f| normal::numbered(&f.text))
            .is_some_and(|n| n.word.contains("項目") || n.word.contains("課題") || n.word.contains("テーマ"))
    });
    let named = label.is_some_and(|index| frame.columns[index].head.is(Concept::Item));
    let evident = named
        || around.announces(TableKind::Funding)
        || (items.clone().count() > 0 && numbered.count() * 2 > items.clone().count());
    (evident && items.count() > 0).then_some(Reading {
        kind: TableKind::Funding,
        content: Content::Money(money),
        uses,
    })
}

impl Money<'_> {
    /// How many figures stand in no unit at all.
    pub fn lacks_unit(&self, table: Option<&Measure>) -> usize {
        self.cells.iter().filter(|cell| self.lacks(cell, table)).count()
    }

    /// Whether a figure stands in no unit at all.
    fn lacks(&self, cell: &Cell<'_>, table: Option<&Measure>) -> bool {
        let read = Quantity::read(&cell.found.text, &Unit::default());
        read.value().is_some()
            && read.unit == Unit::default()
            && cell.measure.is_none()
            && self.lines[cell.line].measure.is_none()
            && self.measure.is_none()
            && table.is_none()
    }

    /// The units that figures state by themselves, their rows or their columns, each with its figure.
    pub fn stated_units(&self) -> Vec<(Unit, Decimal)> {
        let stated = |cell: &Cell<'_>| {
            let read = Quantity::read(&cell.found.text, &Unit::default());
            let value = read.value()?;
            let measure = cell.measure.as_ref().or(self.lines[cell.line].measure.as_ref());
            let unit = if read.unit == Unit::default() { measure?.unit.clone() } else { read.unit };
            unit.yen().is_some().then_some((unit, value))
        };
        self.cells.iter().filter_map(stated).collect()
    }

    /// The figures that stand in no unit at all.
    pub fn bare_figures(&self) -> Vec<Decimal> {
        let bare = self.cells.iter().filter(|cell| self.lacks(cell, None));
        bare.filter_map(|cell| Quantity::read(&cell.found.text, &Unit::default()).value()).collect()
    }

    /// How many values there are.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// Writes a funding table.
    pub fn write_funding(&self, writer: &mut Writer<'_, '_>) -> Result<(), Trouble> {
        let funding = writer.subject.child("funding");
        let list = funding.child("items");
        if writer.measure.is_none() {
            writer.measure.clone_from(&self.measure);
        }
        writer.unit_of(&funding.child("unit"));
        self.write_years(writer, &funding.child("years"));
        let mut rows: Vec<Option<Place>> = Vec::new();
        for line in &self.lines {
            rows.push(match (&line.label, line.what) {
                (Some(found), What::Item) => Some(writer.labelled(&list, "r", "label", found)),
                _ => None,
            });
        }
        for cell in &self.cells {
            if self.lacks(cell, writer.measure.as_ref()) {
                writer.waiting(&cell.found);
                continue;
            }
            let year = match &cell.column {
                Column::Year(year) => Some(writer.year(*year)?),
                Column::Total(_) => None,
            };
            let line = &self.lines[cell.line];
            let place = match (&rows[cell.line], year) {
                (Some(row), Some(year)) => row.child("amounts").child(year.to_string()),
                (Some(row), None) => row.child("total"),
                (None, Some(year)) => funding.child("column_totals").child(year.to_string()),
                (None, None) => funding.child("grand_total"),
            };
            let (quantity, kind) = self.amount(cell, line, writer);
            let stated = kind.or_else(|| cell.kind.clone().filter(|_| quantity.value().is_some()));
            writer.quantity(place.child("amount"), quantity, &cell.found);
            if let Some(kind) = stated {
                writer.set(place.child("kind"), &kind, &cell.found, kind.clone());
            }
        }
        writer.note(&funding.child("note"));
        Ok(())
    }

    /// Writes series of amounts.
    pub fn write_series(&self, writer: &mut Writer<'_, '_>) -> Result<(), Trouble> {
        let list = writer.subject.child("amounts");
        for (index, line) in self.lines.iter().enumerate() {
            let What::Series(kind) = line.what else { continue };
            let cells: Vec<&Cell<'_>> = self.cells.iter().filter(|cell| cell.line == index).collect();
            let Some(first) = cells.first() else { continue };
            let name = json!(kind);
            let contract = json!(AmountKind::default());
            // A series with a heading of its own (当初予算, 要求額) is another one.
            let row = writer.table.row(&list, "r", |row| {
                row.get("kind").unwrap_or(&contract) == &name && row.get("label").is_none()
            });
            if kind != AmountKind::default() && writer.is_empty(&row.child("kind")) {
                let found = line.label.as_ref().unwrap_or(&first.found);
                writer.set(row.child("kind"), &kind, found, found.text.trim().to_owned());
            }
            let mut unit_set = !writer.is_empty(&row.child("unit"));
            for cell in cells {
                if self.lacks(cell, writer.measure.as_ref()) {
                    writer.waiting(&cell.found);
                    continue;
                }
                let (quantity, _) = self.amount(cell, line, writer);
                if !unit_set && quantity.unit.yen().is_some() && quantity.value().is_some() {
                    unit_set = true;
                    let unit = quantity.unit.clone();
                    writer.set(row.child("unit"), &unit, &cell.found, unit.as_str().to_owned());
                }
                match &cell.column {
                    Column::Year(year) => {
                        let year = writer.year(*year)?;
                        writer.quantity(row.child("years").child(year.to_string()), quantity, &cell.found);
                    }
                    Column::Total(label) => {
                        let list = row.child("totals");
                        let wanted = normal::key(label);
                        let total = writer.table.row(&list, "r", |row| {
                            row.get("label")
                                .and_then(|l| l.as_str())
                                .is_some_and(|l| normal::key(l) == wanted)
                        });
                        if writer.is_empty(&total.child("label")) {
                            writer.set(total.child("label"), label, &cell.found, label.clone());
                        }
                        writer.quantity(total.child("amount"), quantity, &cell.found);
                    }
                }
            }
        }
        writer.note_without_place();
        Ok(())
    }

    /// The figure of a cell in the unit that holds for it, and the kind of funding that stands beside it.
    fn amount(
        &self,
        cell: &Cell<'_>,
        line: &Line<'_>,
        writer: &Writer<'_, '_>,
    ) -> (Quantity, Option<String>) {
        let measure = (cell.measure.as_ref())
            .or(line.measure.as_ref())
            .or(self.measure.as_ref())
            .or(writer.measure.as_ref());
        let mut quantity = figure(&cell.found, measure);
        let mut kind = None;
        if is_funding_kind(&quantity.note) {
            kind = Some(std::mem::take(&mut quantity.note));
            // The kind has a place of its own; what remains is the amount as printed.
            let text = cell.found.text.as_ref();
            let cut = text.find(['(', '（', '[', '［']).unwrap_or(text.len());
            text[..cut].trim().clone_into(&mut quantity.printed);
        }
        if quantity.certainty == Certainty::Settled
            && quantity.figure != Figure::Dash
            && quantity.value().is_some()
        {
            quantity.certainty = cell.certainty;
        }
        (quantity, kind)
    }

    /// Adds the years to the table's columns, those that it has left as they are.
    fn write_years(&self, writer: &mut Writer<'_, '_>, place: &Place) {
        let mut columns: Vec<crate::model::FundingYear> = writer
            .table
            .value(place)
            .and_then(|v| serde_json::from_value(v.clone()).ok())
            .unwrap_or_default();
        let mut source = None;
        for (year, printed, at) in &self.years {
            let Ok(year) = writer.year(*year) else { continue };
            if columns.iter().all(|column| column.year != year) {
                columns.push(crate::model::FundingYear { year, printed: printed.clone() });
            }
            source = source.or(Some((*at, printed.clone())));
        }
        columns.sort_by_key(|column| column.year);
        if let Some((at, printed)) = source {
            let read = columns.iter().map(|c| c.year.western()).collect::<Vec<_>>().join("、");
            writer.set_grown(place.clone(), &columns, at, printed, read);
        }
    }
}
