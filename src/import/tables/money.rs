//! Money by fiscal year: funding tables and series of contract, executed and budget amounts.
//!
//! Three shapes come to the same: years across, years down (the view is flipped), and one item-year a row. Under a year
//! several amounts may stand beside each other, or in several rows of an item; which of them is which, [`facets`] tells.

use super::super::normal::{self, Measure};
use super::super::{Role, TableKind};
use super::around::Around;
use super::asides::{Aside, are_percentages, is_no_amount};
use super::facets::{self, Facet, Sort, is_funding_kind};
use super::frame::Frame;
use super::grid::Found;
use super::head::Form;
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use crate::both;
use crate::locale::Both;
use crate::model::{AmountKind, Certainty, MentionedYear, Quantity, Unit};
use crate::sheets::Address;
use std::collections::{BTreeMap, BTreeSet};

/// Amounts as read.
#[derive(Debug, Default)]
pub(super) struct Money<'a> {
    pub lines: Vec<Line<'a>>,
    pub cells: Vec<Cell<'a>>,
    /// The headings of the years, in order.
    pub years: Vec<(MentionedYear, String, Address)>,
    /// The unit that the heading of the labels states.
    pub measure: Option<Measure>,
}

/// A row of the table in which amounts stand, or several rows of one item.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub label: Option<Found<'a>>,
    pub what: What,
    pub measure: Option<Measure>,
    /// What the rows around it are called together.
    pub group: Option<String>,
    /// What it is called where its label alone would name several rows.
    pub name: Option<String>,
    /// Whether another row of the table is called the same and nothing tells the two apart.
    pub again: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A research item.
    Item,
    /// The sum over the items.
    Total,
    /// A series of amounts, and what it is called beyond its kind.
    Series(AmountKind, String),
}

/// An amount.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    pub line: usize,
    pub column: Column,
    pub found: Found<'a>,
    pub measure: Option<Measure>,
    pub certainty: Certainty,
    /// 委託, 補助, where a column or row names it.
    pub kind: Option<String>,
    pub facet: Option<Facet>,
}

/// The year of an amount, or the label of a total over years with the place of its column.
#[derive(Debug, Clone)]
pub(super) enum Column {
    Year(MentionedYear),
    Total(String, usize),
}

/// Reads a frame as amounts.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    if frame.columns.iter().any(|c| c.head.is_any(&[Concept::Target, Concept::Outlook, Concept::Criterion])) {
        return None;
    }
    // What counts things is no money, and neither is what a caption announces as something else.
    let unit = |found: &Found<'_>| Quantity::read(&found.text, &Unit::default()).unit;
    let counted = |found: &&Found<'_>| {
        let unit = unit(found);
        unit != Unit::default() && unit.yen().is_none() && unit.as_str() != "%"
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
    let numbers = || frame.body.iter().flatten().flatten().filter(|found| found.head.form == Form::Number);
    if other || numbers().filter(counted).count() * 2 > numbers().count() {
        return None;
    }
    let plan = Plan::of(frame);
    if plan.years.is_empty() { long(frame, around) } else { across(frame, around, &plan) }
}

/// What the columns of a table with years across are.
#[derive(Debug, Default)]
struct Plan {
    /// The columns of years, each with its year.
    years: Vec<(usize, MentionedYear)>,
    /// The columns of totals.
    totals: Vec<usize>,
    /// The columns of labels.
    labels: Vec<usize>,
    /// Columns of amounts of no single year, and columns that are beside the amounts, each with the reason.
    refused: BTreeMap<usize, Both>,
    /// Those among them of which a series of amounts can keep the figures as a total.
    spans: BTreeSet<usize>,
    facets: Vec<Option<Facet>>,
}

impl Plan {
    fn of(frame: &Frame<'_>) -> Self {
        let mut plan = Self::default();
        let certain = frame.years();
        // The year that a column without one goes on with, where its last heading stands, and what stood under it.
        let mut going: Option<(MentionedYear, Address, Vec<String>)> = None;
        for (index, column) in frame.columns.iter().enumerate() {
            let lowest = column.texts.last();
            let facet = lowest
                .filter(|found| !found.head.is_year())
                .filter(|found| column.texts.len() > 1 || found.head.year.is_some() || going.is_some())
                .and_then(|found| Facet::of(&found.text, &found.head));
            let aside = column
                .texts
                .iter()
                .filter(|found| !found.head.is_year())
                .find_map(|found| Aside::of(&found.text, &found.head))
                .or_else(|| are_percentages(frame.cells(index)).then_some(Aside::Ratio));
            let (facet, aside) = match (facet, aside, lowest) {
                // 小計 under a year is what the others under it come to.
                (None, Some(Aside::Subtotal), Some(found)) if column.head.year.is_some() => {
                    (Some(Facet { sort: Sort::Total, text: facets::shown(&found.text) }), None)
                }
                (facet, aside, _) => (facet, aside),
            };
            plan.facets.push(facet.clone());
            if let Some(aside) = aside {
                plan.refused.insert(index, aside.why());
                continue;
            }
            let named = column.head.year.filter(|_| {
                certain.contains(&index)
                    || (facet.is_some() && column.head.span.is_none() && !column.head.plain_year)
            });
            if let Some(year) = named {
                plan.years.push((index, year));
                going = facet.zip(lowest).map(|(facet, found)| (year, found.at, vec![facet.text]));
                continue;
            }
            // In the row of the others, or in their column if the table is turned.
            let beside = |at: Address| {
                lowest.is_some_and(|found| found.at.row == at.row || found.at.column == at.column)
            };
            if let (Some((year, at, seen)), Some(facet)) = (&mut going, &facet)
                && column.texts.len() == 1
                && beside(*at)
                && !seen.contains(&facet.text)
                && !column.head.is(Concept::GrandAmount)
            {
                seen.push(facet.text.clone());
                plan.years.push((index, *year));
                continue;
            }
            going = None;
        }
        let Some(first) = plan.years.first().map(|(index, _)| *index) else { return plan };
        for (index, column) in frame.columns.iter().enumerate() {
            if plan.is_year(index) || plan.refused.contains_key(&index) {
                continue;
            }
            if column.head.span.is_some() {
                plan.refuse_span(
                    index,
                    both!("二つ以上の年度にまたがる列のため", "Its column is of several years"),
                );
            } else if index >= first.min(1) && column.head.is_any(&[Concept::Total, Concept::GrandAmount]) {
                plan.totals.push(index);
            } else if index < first && is_numeric(frame, index) {
                plan.refuse_span(index, both!("年度の列ではないため", "Its column is no year’s"));
            } else if index < first {
                plan.labels.push(index);
            }
        }
        plan
    }

    fn refuse_span(&mut self, index: usize, why: Both) {
        self.refused.insert(index, why);
        self.spans.insert(index);
    }

    fn is_year(&self, index: usize) -> bool {
        self.year(index).is_some()
    }

    fn year(&self, index: usize) -> Option<MentionedYear> {
        self.years.iter().find(|(known, _)| *known == index).map(|(_, year)| *year)
    }

    /// The columns that hold amounts.
    fn amounts(&self) -> impl Iterator<Item = usize> {
        self.years.iter().map(|(index, _)| *index).chain(self.totals.iter().copied())
    }
}

/// Whether a column holds figures, and not the rows' running numbers.
fn is_numeric(frame: &Frame<'_>, index: usize) -> bool {
    if frame.columns[index].head.is(Concept::No)
        || frame.share(index, |found| found.head.form == Form::Number) < Some(50)
    {
        return false;
    }
    let numbers: Vec<u32> =
        frame.cells(index).map_while(|found| normal::key(&found.text).parse().ok()).collect();
    let running = numbers.len() == frame.cells(index).count()
        && numbers.first().is_some_and(|first| *first <= 1)
        && numbers.windows(2).all(|pair| pair[1] == pair[0] || pair[1] == pair[0] + 1);
    !running
}

/// A table with a column for each year.
fn across<'a>(frame: &Frame<'a>, around: &Around<'_>, plan: &Plan) -> Option<Reading<'a>> {
    let all: Vec<_> = plan.amounts().flat_map(|index| frame.cells(index)).collect();
    let figures_like = all.iter().filter(|found| found.head.is_figure_like() || is_open(found)).count();
    if !all.iter().any(|found| found.head.form == Form::Number || found.head.plain_year)
        || figures_like * 10 < all.len() * 7
    {
        return None;
    }
    let words = |index: usize| frame.share(index, |found| found.head.form == Form::Words).unwrap_or(0);
    let faceted = |index: usize| {
        let of = |found: &Found<'_>| Facet::of(&found.text, &found.head);
        frame.share(index, |found| {
            of(found).is_some()
                || matches!(Aside::of(&found.text, &found.head), Some(Aside::Ratio | Aside::Difference))
        }) >= Some(80)
            && frame.cells(index).any(|found| of(found).is_some_and(|facet| facet.sort != Sort::Total))
    };
    let named = |index: usize| {
        words(index) >= 50 || (frame.columns[index].head.is(Concept::Item) && words(index) > 0)
    };
    let facet = (plan.labels.iter().copied())
        .find(|index| faceted(*index) && plan.labels.iter().any(|other| other != index && named(*other)));
    let label = (plan.labels.iter().copied())
        .filter(|index| Some(*index) != facet)
        .find(|index| frame.columns[*index].head.is(Concept::Item) && words(*index) > 0)
        .or_else(|| {
            plan.labels
                .iter()
                .copied()
                .filter(|index| Some(*index) != facet)
                .rev()
                .find(|index| words(*index) >= 50)
        });
    // Headings below each other are those of a table that is turned, unless the columns say what the amounts are.
    let of_columns = plan.facets.iter().flatten().any(|facet| facet.as_series().is_some());
    if !of_columns && label.is_some_and(|index| frame.share(index, |f| f.head.is_heading_word()) >= Some(25))
    {
        return None;
    }
    // Years among the figures head another table, or the same one continued.
    let restarts = frame.body.iter().any(|row| {
        let cells = || plan.amounts().filter_map(|index| row[index].as_ref());
        cells().any(|found| found.head.is_year() && !found.head.plain_year)
            || (cells().any(|found| found.head.is_year())
                && plan.labels.iter().any(|i| row[*i].as_ref().is_some_and(|f| f.head.is_heading_word())))
    });
    if restarts {
        return None;
    }
    // A heading over several columns of labels: the last one that says something names the row.
    let group: Vec<usize> = label.map_or_else(Vec::new, |index| {
        let at = frame.columns[index].at();
        let same = |other: &usize| {
            *other == index
                || (at.is_some()
                    && Some(*other) != facet
                    && frame.columns[*other].at() == at
                    && words(*other) >= 50)
        };
        plan.labels.iter().copied().filter(same).collect()
    });
    let label = group.last().copied().or(label);
    let mut uses = Uses::of(frame);
    let mut money = Money { measure: heading_unit(frame, &plan.labels), ..Money::default() };
    for (index, year) in &plan.years {
        let column = &frame.columns[*index];
        let Some(at) = column.at() else { continue };
        // A year that goes on over several columns is named once.
        let heading = column.texts.iter().find(|found| found.head.year.is_some());
        uses.year(Some(heading.map_or(at, |found| found.at)), Some(*year));
        if !money.years.iter().any(|(known, ..)| known == year) {
            let title = if plan.facets[*index].is_some() {
                column
                    .texts
                    .iter()
                    .filter(|found| found.head.is_year())
                    .map(|f| f.text.replace(['\n', '\r'], ""))
                    .collect()
            } else {
                column.title()
            };
            money.years.push((*year, title, at));
        }
    }
    // Without any label the caption says what it is: プロジェクト別予算額.
    let captioned = plan.labels.is_empty().then(|| captioned(around)).flatten();
    let headings = frame.headings();
    Rows { frame, plan, label, group, facet, captioned, headings }.read(&mut money, &mut uses);
    finish(money, uses, frame, around, label)
}

/// How the rows of a table with years across are read.
struct Rows<'f, 'a> {
    frame: &'f Frame<'a>,
    plan: &'f Plan,
    /// The column of the labels.
    label: Option<usize>,
    /// The columns that the heading of the labels reaches over.
    group: Vec<usize>,
    /// The column that says what an amount is among those of one item.
    facet: Option<usize>,
    /// The series that the caption speaks of, where nothing else does.
    captioned: Option<AmountKind>,
    headings: BTreeSet<Address>,
}

impl<'a> Rows<'_, 'a> {
    fn read(&self, money: &mut Money<'a>, uses: &mut Uses) {
        let heading = self
            .plan
            .labels
            .first()
            .and_then(|index| self.frame.columns[*index].texts.last())
            .and_then(|found| facets::series(&found.head, &found.text))
            .or_else(|| Some((self.captioned?, String::new())));
        // A single row needs no name where its columns say what the amounts are.
        let figures = |row: &&Vec<Option<Found<'_>>>| {
            self.plan.amounts().any(|index| row[index].as_ref().is_some_and(|f| f.own))
        };
        let alone = self.frame.body.iter().filter(figures).count() == 1;
        let mut above: Option<Found<'a>> = None;
        let mut group: Option<String> = None;
        let mut outer: Option<String> = None;
        let mut carried: Option<Found<'a>> = None;
        for (at, row) in self.frame.body.iter().enumerate() {
            // What the heading's own cell reaches over is no label of the row.
            let mut own_label = (self.group.iter().rev())
                .find_map(|index| row[*index].clone())
                .filter(|found| !self.headings.contains(&found.at));
            let facet_cell = self.facet.and_then(|index| row[index].as_ref());
            let is_total = self.labels(row).find(|found| is_whole(found)).cloned();
            if own_label.is_some() {
                carried.clone_from(&own_label);
            } else if facet_cell.is_some() && is_total.is_none() {
                // 計画 and 実績 of one item stand below each other.
                own_label.clone_from(&carried);
            } else if is_total.is_none() {
                // A long name may stand in a row of its own above its figures.
                own_label = above.take();
                if own_label.is_some() {
                    group = None;
                }
            }
            above = None;
            if let Some(found) = self.outer(row) {
                outer = Some(shown(found));
            }
            let aside_of = |found: &Found<'a>| Aside::of(&found.text, &found.head);
            let of_label = own_label.as_ref().and_then(aside_of).filter(|_| is_total.is_none());
            let of_row = facet_cell.and_then(aside_of).or_else(|| {
                let figures = self.plan.amounts().filter_map(|index| row[index].as_ref());
                are_percentages(figures).then_some(Aside::Ratio)
            });
            if let Some(aside) = of_label.or(of_row) {
                let label = own_label.as_ref().map(|found| found.at);
                for found in row.iter().flatten().filter(|found| found.own) {
                    if of_label.is_none() && self.facet.is_some() && Some(found.at) == label {
                        continue;
                    }
                    uses.refuse(found, aside.why());
                }
                if aside == Aside::Subtotal {
                    group = None;
                }
                continue;
            }
            let what = match (&own_label, &is_total) {
                (_, Some(_)) => What::Total,
                (Some(found), None) => match facets::series(&found.head, &found.text) {
                    Some((kind, label)) => What::Series(kind, label),
                    None => What::Item,
                },
                (None, None) => match &heading {
                    Some((kind, label)) => What::Series(*kind, label.clone()),
                    None => What::Item,
                },
            };
            let own_label = if what == What::Total { is_total } else { own_label };
            if !self.plan.amounts().any(|index| row[index].as_ref().is_some_and(|f| f.own)) {
                // A heading of a group of rows, or an item without any amount.
                for found in row.iter().flatten().filter(|found| found.own) {
                    if self
                        .plan
                        .labels
                        .iter()
                        .any(|index| row[*index].as_ref().is_some_and(|f| f.at == found.at))
                    {
                        uses.role(found.at, Role::Label);
                    } else {
                        self.refuse_beside(row, found, uses);
                    }
                }
                group = own_label.as_ref().or_else(|| self.labels(row).next()).map(shown).or(group);
                above = own_label.filter(|_| what == What::Item);
                continue;
            }
            let of_columns =
                alone && self.plan.facets.iter().flatten().any(|facet| facet.as_series().is_some());
            if what == What::Item && own_label.is_none() && !of_columns {
                for found in row.iter().flatten().filter(|found| found.own) {
                    uses.refuse(
                        found,
                        both!("何の金額か分からないため", "It does not say what the amount is of"),
                    );
                }
                continue;
            }
            let kind = facet_cell
                .filter(|found| is_funding_kind(&found.text))
                .map(|found| found.text.trim().to_owned());
            if let Some(found) = &own_label {
                uses.role(found.at, Role::Label);
            }
            let line = self.line(money, own_label, what, group.clone().or_else(|| outer.clone()));
            let row_facet = facet_cell.and_then(|found| Facet::of(&found.text, &found.head));
            for (index, cell) in row.iter().enumerate() {
                let Some(found) = cell.as_ref().filter(|found| found.own) else { continue };
                // One amount for several years or rows is none of any of them.
                if self.reaches_over(at, index, found) {
                    uses.refuse(
                        found,
                        both!(
                            "複数の年度または行にまたがる金額のため",
                            "The amount reaches over several years or rows"
                        ),
                    );
                    continue;
                }
                self.cell(money, uses, line, index, found, kind.clone(), row_facet.clone());
            }
        }
    }

    /// Whether an amount goes on in the next column of amounts or in the next row.
    fn reaches_over(&self, at: usize, index: usize, found: &Found<'a>) -> bool {
        let amounts = |index: usize| self.plan.amounts().any(|known| known == index);
        let goes_on = |row: Option<&Vec<Option<Found<'a>>>>, index: usize| {
            row.and_then(|row| row.get(index)?.as_ref()).is_some_and(|other| other.at == found.at)
        };
        let body = &self.frame.body;
        amounts(index)
            && ((amounts(index + 1) && goes_on(body.get(at), index + 1)) || goes_on(body.get(at + 1), index))
    }

    /// The labels of a row, the facet left out.
    fn labels<'r>(&'r self, row: &'r [Option<Found<'a>>]) -> impl Iterator<Item = &'r Found<'a>> {
        let columns = self.plan.labels.iter().filter(move |index| Some(**index) != self.facet);
        columns
            .filter_map(move |index| row[*index].as_ref())
            .filter(move |found| !self.headings.contains(&found.at))
    }

    /// What stands left of the label and names several rows.
    fn outer<'r>(&self, row: &'r [Option<Found<'a>>]) -> Option<&'r Found<'a>> {
        let label = self.label?;
        let columns = self.plan.labels.iter().filter(|index| **index < label && Some(**index) != self.facet);
        let found = columns.rev().find_map(|index| row[*index].as_ref())?;
        (found.head.form == Form::Words && !self.headings.contains(&found.at)).then_some(found)
    }

    /// The line of a row: that of the row before it where it goes on with its item.
    fn line(
        &self,
        money: &mut Money<'a>,
        label: Option<Found<'a>>,
        what: What,
        group: Option<String>,
    ) -> usize {
        if self.facet.is_some()
            && let (Some(last), Some(found)) = (money.lines.last(), &label)
            && last.what == what
            && last
                .label
                .as_ref()
                .is_some_and(|l| l.at == found.at || normal::key(&l.text) == normal::key(&found.text))
        {
            return money.lines.len() - 1;
        }
        let measure = label.as_ref().and_then(|found| found.head.measure.clone());
        money.lines.push(Line { label, what, measure, group, name: None, again: false });
        money.lines.len() - 1
    }

    #[expect(clippy::too_many_arguments, reason = "a cell is told by its row and its column")]
    fn cell(
        &self,
        money: &mut Money<'a>,
        uses: &mut Uses,
        line: usize,
        index: usize,
        found: &Found<'a>,
        kind: Option<String>,
        row_facet: Option<Facet>,
    ) {
        let column = &self.frame.columns[index];
        let series = matches!(money.lines[line].what, What::Series(..));
        let target = if let Some(year) = self.plan.year(index) {
            Some(Column::Year(year))
        } else if self.plan.totals.contains(&index) || (series && self.plan.spans.contains(&index)) {
            Some(Column::Total(self.total(index), index))
        } else {
            None
        };
        let Some(target) = target else {
            if self.plan.labels.contains(&index) {
                uses.role(found.at, Role::Label);
            } else if !self.headings.contains(&found.at) {
                self.refuse(index, found, uses);
            }
            return;
        };
        if let Some(why) = is_no_amount(found) {
            uses.refuse(found, why);
            return;
        }
        uses.value(found);
        money.cells.push(Cell {
            line,
            column: target,
            found: found.clone(),
            measure: column.head.measure.clone(),
            certainty: column.head.certainty,
            kind,
            facet: self.plan.facets[index].clone().or(row_facet),
        });
    }

    /// What a column of totals is called, what it is divided into left out.
    fn total(&self, index: usize) -> String {
        let column = &self.frame.columns[index];
        match (&column.texts[..], &self.plan.facets[index]) {
            ([upper @ .., _], Some(_)) if !upper.is_empty() => {
                upper.iter().map(|found| found.text.replace(['\n', '\r'], "")).collect()
            }
            _ => column.title(),
        }
    }

    fn refuse(&self, index: usize, found: &Found<'a>, uses: &mut Uses) {
        let why = self.plan.refused.get(&index).cloned();
        uses.refuse(
            found,
            why.unwrap_or_else(|| {
                both!("この表にこの列の欄はないため", "A dossier has no place for this column")
            }),
        );
    }

    fn refuse_beside(&self, row: &[Option<Found<'a>>], found: &Found<'a>, uses: &mut Uses) {
        let index =
            row.iter().position(|cell| cell.as_ref().is_some_and(|f| f.at == found.at)).unwrap_or_default();
        if !self.headings.contains(&found.at) {
            self.refuse(index, found, uses);
        }
    }
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

/// Whether a label names the sum over all items, rather than over some of them.
fn is_whole(found: &Found<'_>) -> bool {
    found.head.is(Concept::Total) && Aside::of(&found.text, &found.head).is_none()
}

/// A label in one line.
fn shown(found: &Found<'_>) -> String {
    found.text.replace(['\n', '\r'], "").trim().to_owned()
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
        let aside = frame.columns[*index].texts.last().and_then(|f| Aside::of(&f.text, &f.head));
        *index != year
            && aside.is_none()
            && (head.is_any(&[
                Concept::Amount,
                Concept::Contract,
                Concept::Executed,
                Concept::Budget,
                Concept::Value,
            ]) || frame.columns[*index]
                .texts
                .last()
                .is_some_and(|f| facets::series(&f.head, &f.text).is_some())
                || head.measure.as_ref().is_some_and(|m| m.unit.yen().is_some()))
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
                Some(*i) != kinds
                    && *i != year
                    && frame.share(*i, |f| facets::series(&f.head, &f.text).is_some()) >= Some(80)
            })
        })
        .or_else(|| {
            // Any column of words names the items where nothing else does.
            (0..frame.columns.len()).find(|i| {
                Some(*i) != kinds && *i != year && frame.share(*i, |f| f.head.form == Form::Words) >= Some(80)
            })
        })
        .filter(|index| !amounts.contains(index));
    let of_column = |index: usize| {
        let texts = &frame.columns[index].texts;
        texts.iter().rev().find_map(|found| facets::series(&found.head, &found.text))
    };
    if amounts.is_empty() || (label.is_none() && amounts.iter().all(|index| of_column(*index).is_none())) {
        return None;
    }
    let mut uses = Uses::of(frame);
    let others: Vec<usize> = (0..frame.columns.len()).filter(|index| !amounts.contains(index)).collect();
    let mut money = Money { measure: heading_unit(frame, &others), ..Money::default() };
    let sparse = label.is_some_and(|label| {
        let goes_on = |row: &Vec<Option<Found<'_>>>| {
            row[label].is_none() && row[year].as_ref().is_some_and(|found| found.head.is_year())
        };
        frame.body.iter().any(goes_on)
    });
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut carried: Option<Found<'a>> = None;
    for row in &frame.body {
        let own_label = label.and_then(|index| row[index].clone());
        let aside = own_label.as_ref().and_then(|found| Aside::of(&found.text, &found.head));
        if let Some(aside) = aside {
            for found in row.iter().flatten().filter(|found| found.own) {
                uses.refuse(found, aside.why());
            }
            continue;
        }
        // Where each row names its item, a total that names none is that of all.
        let of_all = own_label.is_none()
            && !sparse
            && row[year].as_ref().is_some_and(|found| found.head.is(Concept::Total));
        let own_label = match (own_label, label.filter(|_| !of_all)) {
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
        if when.head.span.is_some() {
            for found in row.iter().flatten().filter(|found| found.own) {
                uses.refuse(found, both!("二つ以上の年度にまたがるため", "It is of several years"));
            }
            continue;
        }
        uses.role(when.at, Role::Label);
        uses.year(Some(when.at), when.head.year);
        let kind = kinds
            .and_then(|index| row[index].as_ref())
            .filter(|f| is_funding_kind(&f.text))
            .map(|f| f.text.trim().to_owned());
        for index in &amounts {
            let Some(found) = row[*index].as_ref().filter(|found| found.own) else { continue };
            if let Some(why) = is_no_amount(found) {
                uses.refuse(found, why);
                continue;
            }
            let series = |of: Option<(AmountKind, String)>| {
                of.map_or(What::Item, |(kind, label)| What::Series(kind, label))
            };
            let what = match &own_label {
                _ if of_all => What::Total,
                Some(found) if found.head.is(Concept::Total) => What::Total,
                Some(found) => series(facets::series(&found.head, &found.text)),
                None => series(of_column(*index)),
            };
            let name = match (&own_label, &what) {
                (Some(found), What::Item) => normal::key(&found.text),
                _ => format!("{what:?}"),
            };
            let line = *known.entry(name).or_insert_with(|| {
                let measure = own_label.as_ref().and_then(|f| f.head.measure.clone());
                money.lines.push(Line {
                    label: own_label.clone(),
                    what,
                    measure,
                    group: None,
                    name: None,
                    again: false,
                });
                money.lines.len() - 1
            });
            let column = match when.head.year {
                Some(year) => Column::Year(year),
                None => Column::Total(when.text.trim().to_owned(), 0),
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
                facet: kind.as_ref().map(|kind| Facet { sort: Sort::Kind, text: kind.clone() }),
            });
        }
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|found| found.own) else { continue };
            let column = &frame.columns[index];
            if Some(index) == label || Some(index) == kinds {
                uses.role(found.at, Role::Label);
            } else if let Some(aside) = column.texts.last().and_then(|f| Aside::of(&f.text, &f.head)) {
                uses.refuse(found, aside.why());
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
    mut money: Money<'a>,
    mut uses: Uses,
    frame: &Frame<'a>,
    around: &Around<'_>,
    label: Option<usize>,
) -> Option<Reading<'a>> {
    if money.cells.is_empty() {
        return None;
    }
    let items = || money.lines.iter().filter(|line| line.what == What::Item);
    let numbered = items()
        .filter(|line| {
            let numbered = line.label.as_ref().and_then(|found| normal::numbered(&found.text));
            numbered.is_some_and(|n| ["項目", "課題", "テーマ"].iter().any(|word| n.word.contains(word)))
        })
        .count();
    let named = label.is_some_and(|index| frame.columns[index].head.is(Concept::Item));
    let evident =
        named || around.announces(TableKind::Funding) || (numbered > 0 && numbered * 2 > items().count());
    money.make_series(evident);
    let is_series = |line: &Line<'_>| matches!(line.what, What::Series(..));
    if money.lines.iter().any(is_series) {
        // A sum over series of different kinds says nothing.
        let odd: Vec<usize> =
            (0..money.lines.len()).filter(|index| !is_series(&money.lines[*index])).collect();
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
    money.tell_apart();
    let items = money.lines.iter().filter(|line| line.what == What::Item);
    (evident && items.count() > 0).then_some(Reading {
        kind: TableKind::Funding,
        content: Content::Money(money),
        uses,
    })
}

impl Money<'_> {
    /// Makes series of what the columns call 当初, 補正, 執行, where no items stand beside them. Where something else
    /// does (一般会計, 特別会計), what all of it comes to is the series.
    fn make_series(&mut self, funding: bool) {
        let generic = |line: &Line<'_>| {
            line.what != What::Item
                || line.label.as_ref().is_none_or(|found| {
                    found.head.is_any(&[Concept::Amount, Concept::Value, Concept::Total])
                        && normal::numbered(&found.text).is_none()
                })
        };
        let summed = !funding && self.lines.iter().any(|line| line.what == What::Total);
        if summed || self.lines.iter().all(generic) {
            for index in 0..self.cells.len() {
                let line = &self.lines[self.cells[index].line];
                if summed && line.what == What::Item {
                    continue;
                }
                let Some(series) = self.cells[index].facet.as_ref().and_then(Facet::as_series) else {
                    continue;
                };
                if matches!(line.what, What::Series(..)) {
                    continue;
                }
                let what = What::Series(series.0, series.1);
                let known = self.lines.iter().position(|line| line.what == what);
                let (measure, at) = (line.measure.clone(), known.unwrap_or(self.lines.len()));
                if known.is_none() {
                    self.lines.push(Line {
                        label: None,
                        what,
                        measure,
                        group: None,
                        name: None,
                        again: false,
                    });
                }
                self.cells[index].line = at;
                self.cells[index].facet = None;
            }
        }
        // The sum of 当初, 補正 and 予備費 is the budget as it stands.
        for index in 0..self.lines.len() {
            let parts = |line: &&Line<'_>| matches!(&line.what, What::Series(AmountKind::Budget, label) if !label.is_empty());
            if self.lines[index].what == What::Total
                && self.lines[..index].iter().filter(parts).count() >= 2
                && let Some(label) = self.lines[index].label.as_ref().map(|found| facets::shown(&found.text))
            {
                self.lines[index].what = What::Series(AmountKind::Budget, label);
            }
        }
        // Two series of one kind are told apart by what they are called.
        for index in 1..self.lines.len() {
            let twin = self.lines[..index].iter().any(|line| {
                matches!(line.what, What::Series(..))
                    && line.what == self.lines[index].what
                    && line.label.is_some()
            });
            let called = self.lines[index].label.as_ref().map(|found| facets::shown(&found.text));
            let kind = match &self.lines[index].what {
                What::Series(kind, label) if label.is_empty() => *kind,
                _ => continue,
            };
            if let Some(called) = called.filter(|_| twin) {
                self.lines[index].what = What::Series(kind, called);
            }
        }
    }

    /// Calls the items of one label by what stands above them, where several rows have it.
    fn tell_apart(&mut self) {
        let key = |line: &Line<'_>| {
            (line.what == What::Item)
                .then(|| line.label.as_ref().map(|found| normal::key(&found.text)))
                .flatten()
        };
        let keys: Vec<Option<String>> = self.lines.iter().map(key).collect();
        let groups: Vec<Option<String>> = self.lines.iter().map(|line| line.group.clone()).collect();
        let mut called: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
        for (index, own) in keys.iter().enumerate().filter_map(|(index, key)| Some((index, key.as_ref()?))) {
            called.entry(own).or_default().push(index);
        }
        for index in 0..self.lines.len() {
            let Some(own) = &keys[index] else { continue };
            let twins = called.get(own).into_iter().flatten().copied().filter(|other| *other != index);
            let twins: Vec<usize> = twins.collect();
            if twins.is_empty() {
                continue;
            }
            let line = &mut self.lines[index];
            match (&line.group, &line.label) {
                (Some(group), Some(label)) if twins.iter().all(|other| groups[*other] != groups[index]) => {
                    line.name = Some(format!("{group}　{}", label.text.trim()));
                }
                _ => line.again = true,
            }
        }
    }
}
