//! Amounts into the draft: a funding table with one amount an item and year, or series of amounts.

use super::super::normal::{self, Measure};
use super::super::{Choice, Role};
use super::asides::Aside;
use super::facets::{Facet, Sort, is_funding_kind, same_series};
use super::grid::Found;
use super::money::{Cell, Column, Line, Money, What};
use super::write::{Trouble, Writer, figure};
use crate::both;
use crate::locale::Both;
use crate::model::{AmountKind, Certainty, Figure, Place, Quantity, Unit};
use rust_decimal::Decimal;
use serde_json::json;

/// Which of several amounts of one item and year is taken.
enum Choosing {
    /// There is nothing to choose from.
    Nothing,
    /// The folded heading of those that are.
    Chosen(String),
    /// It is asked.
    Open,
}

impl Column {
    /// Whether an amount belongs to the same year, or to the same total.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Year(a), Self::Year(b)) => a == b,
            (Self::Total(a, _), Self::Total(b, _)) => a == b,
            _ => false,
        }
    }
}

impl Facet {
    /// Whether it is one of several amounts of which no sum says anything: 計画 and 実績.
    fn is_alternative(&self) -> bool {
        matches!(self.sort, Sort::Series(_) | Sort::Other)
    }
}

/// Says why an amount that was read is not taken after all.
fn refuse(writer: &mut Writer<'_, '_>, found: &Found<'_>, why: Both) {
    let source = writer.table.source(found.at);
    writer.table.draft().leftover(source, found.text.as_ref(), why);
}

fn write_amount(
    writer: &mut Writer<'_, '_>,
    place: &Place,
    cell: &Cell<'_>,
    quantity: Quantity,
    kind: Option<String>,
) {
    let of_column =
        cell.facet.as_ref().filter(|facet| facet.sort == Sort::Kind).map(|facet| facet.text.clone());
    let stated = kind.or_else(|| cell.kind.clone().or(of_column).filter(|_| quantity.value().is_some()));
    writer.quantity(place.child("amount"), quantity, &cell.found);
    if let Some(kind) = stated {
        writer.set(place.child("kind"), &kind, &cell.found, kind.clone());
    }
}

impl Money<'_> {
    /// Whether a figure stands in no unit at all.
    pub fn lacks_unit(&self, table: Option<&Measure>) -> usize {
        self.cells.iter().filter(|cell| self.lacks(cell, table)).count()
    }

    /// Whether a figure stands in no unit at all.
    fn lacks(&self, cell: &Cell<'_>, table: Option<&Measure>) -> bool {
        let read = Quantity::read(&cell.found.text, &Unit::default());
        // 5.4億 leaves its 円 out, and names its unit all the same.
        let scaled = Quantity::read(&cell.found.text, &Unit::Yen).unit != Unit::Yen;
        read.value().is_some()
            && read.unit == Unit::default()
            && !scaled
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
        let chosen = match self.choose(writer) {
            Choosing::Nothing => None,
            Choosing::Chosen(chosen) => Some(chosen),
            Choosing::Open => {
                for cell in &self.cells {
                    writer.waiting(&cell.found);
                }
                return Ok(());
            }
        };
        let funding = writer.subject.child("funding");
        let list = funding.child("items");
        if writer.measure.is_none() {
            writer.measure.clone_from(&self.measure);
        }
        writer.unit_of(&funding.child("unit"));
        self.write_years(writer, &funding.child("years"));
        let mut rows: Vec<Option<Place>> = Vec::new();
        let mut taken: Vec<Place> = Vec::new();
        let mut used = vec![false; self.lines.len()];
        for cell in &self.cells {
            used[cell.line] = true;
        }
        for (line, used) in self.lines.iter().zip(used) {
            rows.push(match (&line.label, &line.what) {
                (Some(found), What::Item) if used => Some(Self::row(writer, &list, line, found, &mut taken)),
                _ => None,
            });
        }
        let whole = self.whole_total();
        for (line, column, mut cells) in self.places() {
            cells.retain(|cell| {
                let lacks = self.lacks(cell, writer.measure.as_ref());
                if lacks {
                    writer.waiting(&cell.found);
                }
                !lacks
            });
            if cells.is_empty() {
                continue;
            }
            if let Some(chosen) = &chosen {
                cells.retain(|cell| {
                    let other = cell.facet.as_ref().filter(|facet| facet.is_alternative());
                    let other = other.filter(|facet| normal::key(&facet.text) != *chosen);
                    if let Some(facet) = other {
                        let text = facet.text.clone();
                        refuse(
                            writer,
                            &cell.found,
                            both!("「{text}」は選ばれていないため", "“{text}” was not chosen"),
                        );
                    }
                    other.is_none()
                });
            }
            let year = match &column {
                Column::Year(year) => Some(writer.year(*year)?),
                Column::Total(title, _) if Some(title) != whole.as_ref() => {
                    for cell in cells {
                        refuse(writer, &cell.found, Aside::Subtotal.why());
                    }
                    continue;
                }
                Column::Total(..) => None,
            };
            let place = match (&rows[line], year) {
                (Some(row), Some(year)) => row.child("amounts").child(year.to_string()),
                (Some(row), None) => row.child("total"),
                (None, Some(year)) => funding.child("column_totals").child(year.to_string()),
                (None, None) => funding.child("grand_total"),
            };
            self.write_cell(writer, &place, &cells);
        }
        writer.note(&funding.child("note"));
        Ok(())
    }

    /// The row of an item. Of several that are called the same each has its own.
    fn row(
        writer: &mut Writer<'_, '_>,
        list: &Place,
        line: &Line<'_>,
        found: &Found<'_>,
        taken: &mut Vec<Place>,
    ) -> Place {
        let name = line.name.clone().unwrap_or_else(|| found.text.trim().to_owned());
        let avoided: &[Place] = if line.again { taken.as_slice() } else { &[] };
        let row = writer.named(list, "r", "label", found, &name, avoided);
        if line.name.is_some() {
            writer.remark(
                found.at,
                both!(
                    "同じ名称の行があるため、上位の区分を付けて「{name}」としました",
                    "Called “{name}”, for several rows have this name"
                ),
            );
        } else if line.again {
            writer.remark(
                found.at,
                both!(
                    "同じ名称の行が複数あるため、それぞれ別の行としました",
                    "Several rows have this name; each is a row of its own"
                ),
            );
        }
        taken.push(row.clone());
        row
    }

    /// The items and years of which there are amounts, in order, each with its amounts.
    fn places(&self) -> Vec<(usize, Column, Vec<&Cell<'_>>)> {
        let mut lines: Vec<Vec<(Column, Vec<&Cell<'_>>)>> = Vec::new();
        lines.resize_with(self.lines.len(), Vec::new);
        for cell in &self.cells {
            let columns = &mut lines[cell.line];
            match columns.iter_mut().find(|(column, _)| cell.column.is(column)) {
                Some((_, cells)) => cells.push(cell),
                None => columns.push((cell.column.clone(), vec![cell])),
            }
        }
        let of_line = |(line, columns): (usize, Vec<(Column, Vec<_>)>)| {
            columns.into_iter().map(move |(column, cells)| (line, column, cells))
        };
        lines.into_iter().enumerate().flat_map(of_line).collect()
    }

    /// What the total over all years is called, where several columns are called totals: the last one.
    fn whole_total(&self) -> Option<String> {
        let totals = self.cells.iter().filter_map(|cell| match &cell.column {
            Column::Total(title, at) => Some((title, *at)),
            Column::Year(_) => None,
        });
        totals.max_by_key(|(_, at)| *at).map(|(title, _)| title.clone())
    }

    /// Which of the amounts that stand for one item and year is the one to be taken.
    fn choose(&self, writer: &mut Writer<'_, '_>) -> Choosing {
        let mut choices: Vec<(String, &Cell<'_>)> = Vec::new();
        let mut waiting = 0;
        for (_, _, cells) in self.places() {
            let others: Vec<_> = (cells.iter().copied())
                .filter_map(|cell| Some((cell.facet.as_ref()?, cell)))
                .filter(|(f, _)| f.is_alternative())
                .collect();
            // What they come to stands beside them.
            let summed =
                cells.iter().any(|cell| cell.facet.as_ref().is_some_and(|facet| facet.sort == Sort::Total));
            if summed || others.len() < 2 {
                continue;
            }
            waiting += others.len();
            for (facet, cell) in others {
                let key = normal::key(&facet.text);
                if !choices.iter().any(|(known, _)| *known == key) {
                    choices.push((key, cell));
                }
            }
        }
        let Some((_, first)) = choices.first().filter(|_| choices.len() > 1) else {
            return Choosing::Nothing;
        };
        let text = both!(
            "同じ項目・年度に複数の金額があります。資金配分としてどれを取り込みますか。",
            "Several amounts stand for one item and year. Which of them is its funding?"
        );
        let shown = choices
            .iter()
            .map(|(key, cell)| {
                let text = cell.facet.as_ref().map(|facet| facet.text.clone()).unwrap_or_default();
                Choice::new(key.clone(), both!("{text}", "{text}"))
            })
            .collect();
        let at = first.found.at;
        match writer.ask("facet", at, text, shown, waiting) {
            Some(answer) => Choosing::Chosen(answer),
            None => Choosing::Open,
        }
    }

    /// Writes the amount of one item and year from the cells that state it or its parts.
    fn write_cell(&self, writer: &mut Writer<'_, '_>, place: &Place, cells: &[&Cell<'_>]) {
        let read: Vec<(&Cell<'_>, Quantity, Option<String>)> = cells
            .iter()
            .map(|cell| {
                let (quantity, kind) = self.amount(cell, &self.lines[cell.line], writer);
                (*cell, quantity, kind)
            })
            .collect();
        let is_total = |cell: &Cell<'_>| cell.facet.as_ref().is_some_and(|facet| facet.sort == Sort::Total);
        let is_part = |cell: &Cell<'_>| {
            cell.facet.as_ref().is_some_and(|facet| matches!(facet.sort, Sort::Kind | Sort::Cost))
        };
        let stated = read.iter().find(|(cell, quantity, _)| is_total(cell) && quantity.value().is_some());
        let parts: Vec<&(&Cell<'_>, Quantity, Option<String>)> =
            read.iter().filter(|(cell, ..)| !is_total(cell)).collect();
        let holding: Vec<_> = parts
            .iter()
            .filter(|(_, quantity, _)| quantity.value().is_some_and(|value| !value.is_zero()))
            .copied()
            .collect();
        let several = read.len() > 1 && (stated.is_some() || parts.iter().all(|(cell, ..)| is_part(cell)));
        if !several {
            for (cell, quantity, kind) in &read {
                write_amount(writer, place, cell, quantity.clone(), kind.clone());
            }
            return;
        }
        let note = holding
            .iter()
            .map(|(cell, quantity, _)| {
                let name = cell.facet.as_ref().map(|facet| facet.text.as_str()).unwrap_or_default();
                format!("{name} {}", quantity.display())
            })
            .collect::<Vec<_>>()
            .join("、");
        let kinds = holding
            .iter()
            .filter_map(|(cell, ..)| cell.facet.as_ref().filter(|f| f.sort == Sort::Kind))
            .map(|facet| facet.text.clone())
            .collect::<Vec<_>>()
            .join("・");
        let kind = (!kinds.is_empty()).then_some(kinds);
        let first = stated.or(holding.first().copied()).or(read.first());
        let Some((cell, quantity, own)) = first else { return };
        let amount = match (stated, &holding[..]) {
            (Some(_), _) | (None, [] | [_]) => quantity.clone(),
            (None, several) => {
                let sum = several.iter().try_fold(rust_decimal::Decimal::ZERO, |sum, (_, part, _)| {
                    sum.checked_add(part.value_in(&quantity.unit)?)
                });
                let Some(sum) = sum else {
                    for (cell, ..) in &read {
                        refuse(
                            writer,
                            &cell.found,
                            both!("内訳の単位が揃わないため", "Its parts are in units that do not convert"),
                        );
                    }
                    return;
                };
                writer.remark(
                    cell.found.at,
                    both!("内訳（{note}）の計を金額としました", "The amount is the sum of its parts: {note}"),
                );
                Quantity { figure: Figure::Number(sum), printed: String::new(), ..quantity.clone() }
            }
        };
        let amount = if holding.len() > 1 {
            let note = if amount.note.is_empty() { note } else { format!("{}、{note}", amount.note) };
            Quantity { note, ..amount }
        } else {
            amount
        };
        for (other, ..) in &read {
            if other.found.at != cell.found.at {
                writer.role(other.found.at, Role::Note);
            }
        }
        write_amount(writer, place, cell, amount, kind.or_else(|| own.clone()));
    }

    /// Writes series of amounts.
    pub fn write_series(&self, writer: &mut Writer<'_, '_>) -> Result<(), Trouble> {
        let list = writer.subject.child("amounts");
        for (index, line) in self.lines.iter().enumerate() {
            let What::Series(kind, label) = &line.what else { continue };
            let kind = *kind;
            let cells: Vec<&Cell<'_>> = self.cells.iter().filter(|cell| cell.line == index).collect();
            let Some(first) = cells.first() else { continue };
            let name = json!(kind);
            let contract = json!(AmountKind::default());
            // A series with a heading of its own (当初予算, 要求額) is another one.
            let row = writer.table.row(&list, "r", |row| {
                let known = row.get("label").and_then(|label| label.as_str()).unwrap_or_default();
                row.get("kind").unwrap_or(&contract) == &name && same_series(known, label)
            });
            if !label.is_empty() && writer.is_empty(&row.child("label")) {
                let found = line.label.as_ref().unwrap_or(&first.found);
                writer.set(row.child("label"), label, found, label.clone());
            }
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
                    Column::Total(label, _) => {
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
