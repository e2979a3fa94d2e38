//! The frame of a table: which rows are headings, what each column is headed by, and the rows below.

use super::super::normal;
use super::grid::{Found, View};
use super::head::{Form, Head};
use super::words::Concept;
use crate::model::{Certainty, FiscalYear, MentionedYear};
use crate::sheets::Address;
use std::collections::BTreeSet;
use std::rc::Rc;

/// How many rows of headings a table may have.
const HEADER_ROWS: usize = 4;
/// How many columns of a table are looked at; a wider sheet is data of another kind.
const COLUMNS: usize = 400;

/// A table's frame.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// What each column is headed by.
    pub columns: Vec<Column<'a>>,
    /// The rows below the headings, one cell a column.
    pub body: Vec<Vec<Option<Found<'a>>>>,
    /// Headings that are repeated further down, as at the head of another page.
    pub repeated: Vec<Address>,
    /// Texts that reach over a whole row and head the rows below them, each with how many rows of the body lie above.
    pub sections: Vec<(usize, Found<'a>)>,
}

/// A column's headings, the uppermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Column<'a> {
    pub texts: Vec<Found<'a>>,
    /// What they say together.
    pub head: Head,
    /// Whether its year leaves its era to the column before it.
    pub continued: bool,
}

impl Column<'_> {
    /// The headings as one text, without line breaks.
    pub fn title(&self) -> String {
        self.texts.iter().map(|found| found.text.replace(['\n', '\r'], "")).collect()
    }

    /// The cell of the lowest heading.
    pub fn at(&self) -> Option<Address> {
        self.texts.last().map(|found| found.at)
    }
}

impl<'a> Frame<'a> {
    /// How many rows of headings a view seems to have.
    pub fn depth(view: &View<'_, 'a>) -> usize {
        depth(view, view.width().min(COLUMNS))
    }

    /// The frame of a view with that many rows of headings; none if it has no more rows, or figures among them.
    pub fn new(view: &View<'_, 'a>, header_rows: usize) -> Option<Self> {
        let width = view.width().min(COLUMNS);
        let row = |row: usize| (0..width).map(|column| view.at(row, column)).collect::<Vec<_>>();
        let depth = header_rows.min(view.height().checked_sub(1)?);
        let mut head_rows: Vec<_> = (0..depth).map(row).collect();
        // Figures are what headings are of, not headings themselves.
        if head_rows
            .iter()
            .flatten()
            .flatten()
            .any(|found| matches!(found.head.form, Form::Number | Form::Dash))
        {
            return None;
        }
        spread(&mut head_rows);
        let mut columns = Vec::with_capacity(width);
        for column in 0..width {
            let mut texts: Vec<Found<'a>> = Vec::new();
            for found in head_rows.iter().filter_map(|row| row[column].as_ref()) {
                if texts.last().is_none_or(|last| last.at != found.at) {
                    texts.push(found.clone());
                }
            }
            let head = texts.iter().fold(Head::default(), |head, found| {
                if head == Head::default() { (*found.head).clone() } else { head.under(&found.head) }
            });
            columns.push(Column { texts, head, continued: false });
        }
        continue_years(&mut columns);
        let (mut repeated, mut sections) = (Vec::new(), Vec::new());
        let mut body = Vec::with_capacity(view.height() - depth);
        for row in (depth..view.height()).map(row) {
            if head_rows.iter().any(|heads| repeats(heads, &row)) {
                repeated.extend(row.iter().flatten().filter(|found| found.own).map(|found| found.at));
            } else if let Some(found) = section(&row).or_else(|| project(&row)) {
                sections.push((body.len(), found));
            } else {
                body.push(row);
            }
        }
        Some(Self { columns, body, repeated, sections })
    }

    /// The first column whose heading may speak of the concept.
    pub fn column(&self, concept: Concept) -> Option<usize> {
        self.columns.iter().position(|column| column.head.is(concept))
    }

    /// The first column whose heading may speak of one of the concepts, the first concept preferred.
    pub fn column_of(&self, concepts: &[Concept]) -> Option<usize> {
        concepts.iter().find_map(|concept| self.column(*concept))
    }

    /// The columns that are one year's each.
    pub fn years(&self) -> Vec<usize> {
        let is_year = |column: &Column<'_>| {
            column.head.year.is_some() && column.texts.iter().any(|found| found.head.is_year())
        };
        let years: Vec<usize> =
            (0..self.columns.len()).filter(|index| is_year(&self.columns[*index])).collect();
        // A number that may be a year is one where its neighbours are years as well, or a heading says so.
        let certain = years.iter().any(|index| !self.columns[*index].texts.iter().any(|f| f.head.plain_year))
            || years.iter().any(|index| self.columns[*index].head.is(Concept::Year));
        let numbers: Vec<MentionedYear> =
            years.iter().filter_map(|index| self.columns[*index].head.year).collect();
        if certain || (numbers.len() >= 2 && super::signs::consecutive(&numbers)) {
            years
        } else {
            Vec::new()
        }
    }

    /// The cells of a column below its headings.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &Found<'a>> {
        self.body.iter().filter_map(move |row| row.get(column)?.as_ref())
    }

    /// What share of a column's cells fulfil a condition, in percent; none for an empty column.
    pub fn share(&self, column: usize, is: impl Fn(&Found<'a>) -> bool) -> Option<usize> {
        let all = self.cells(column).count();
        (all > 0).then(|| self.cells(column).filter(|found| is(found)).count() * 100 / all)
    }

    /// The heading cells.
    pub fn headings(&self) -> BTreeSet<Address> {
        let headings = self.columns.iter().flat_map(|column| &column.texts).map(|found| found.at);
        headings.chain(self.repeated.iter().copied()).collect()
    }
}

/// Spreads a heading over the columns right of it that have none of their own, where the headings below tell them
/// apart: a year that is printed once above 計画 and 実績.
fn spread(head_rows: &mut [Vec<Option<Found<'_>>>]) {
    for upper in 0..head_rows.len().saturating_sub(1) {
        let (above, below) = head_rows.split_at_mut(upper + 1);
        let (Some(above), Some(below)) = (above.last_mut(), below.first()) else { return };
        let mut over: Option<Found<'_>> = None;
        let mut parts: Vec<Rc<Head>> = Vec::new();
        for (cell, part) in above.iter_mut().zip(below) {
            match (cell.as_ref(), part) {
                (Some(found), part) => {
                    let part = part.as_ref().filter(|part| part.own && part.at != found.at);
                    over = part.and(Some(found.clone()));
                    parts = part.map(|part| Rc::clone(&part.head)).into_iter().collect();
                }
                (None, Some(part)) if part.own && !parts.iter().any(|head| **head == *part.head) => {
                    parts.push(Rc::clone(&part.head));
                    *cell = over.clone().map(|found| Found { own: false, ..found });
                }
                (None, _) => over = None,
            }
        }
    }
}

/// The text that reaches over a whole row of at least three columns, or two where nothing else can be in it.
fn section<'a>(row: &[Option<Found<'a>>]) -> Option<Found<'a>> {
    let first = row.iter().flatten().next()?;
    let over = row.iter().flatten().filter(|found| found.at == first.at).count();
    let alone = row.iter().flatten().all(|found| found.at == first.at);
    let short = first.text.chars().count() <= 40 && !first.text.contains('。');
    (alone && short && first.own && first.head.form == Form::Words && over >= 2 && over + 1 >= row.len())
        .then(|| first.clone())
}

/// The text that alone stands in the first cell of a row and names a project: 課題Ｂ.
fn project<'a>(row: &[Option<Found<'a>>]) -> Option<Found<'a>> {
    let first = row.first()?.as_ref()?;
    let alone = row.len() > 1 && row.iter().skip(1).all(Option::is_none);
    (alone && first.own && super::split::is_called(&first.text)).then(|| first.clone())
}

/// Whether a row says what a row of headings says.
fn repeats(heads: &[Option<Found<'_>>], row: &[Option<Found<'_>>]) -> bool {
    let mut count = 0;
    for (head, cell) in heads.iter().zip(row) {
        match (head, cell) {
            (Some(head), Some(cell)) => {
                let same = head.text == cell.text
                    || (cell.text.len() < 120 && normal::key(&head.text) == normal::key(&cell.text));
                if !cell.own || !same || cell.head.form == Form::Number {
                    return false;
                }
                count += 1;
            }
            (None, Some(_)) => return false,
            // A heading over several columns stands in the first of them.
            (Some(head), None) if head.own => return false,
            (Some(_) | None, None) => {}
        }
    }
    count >= 2
}

/// How many rows at the top are headings.
fn depth(view: &View<'_, '_>, width: usize) -> usize {
    let mut depth = 1;
    while depth < HEADER_ROWS && depth + 1 < view.height() && is_more_heading(view, depth, width) {
        depth += 1;
    }
    depth
}

/// Whether a row goes on with the headings above it.
fn is_more_heading(view: &View<'_, '_>, row: usize, width: usize) -> bool {
    let cells: Vec<_> = (0..width).map(|column| view.at(row, column)).collect();
    let above: Vec<_> = (0..width).map(|column| view.at(row - 1, column)).collect();
    // What begins in this row, rather than reaching into it from above.
    let is_new = |column: usize, found: &Found<'_>| above[column].as_ref().is_none_or(|f| f.at != found.at);
    let own: Vec<(usize, &Found<'_>)> = (cells.iter().enumerate())
        .filter_map(|(column, cell)| Some((column, cell.as_ref()?)))
        .filter(|(column, found)| is_new(*column, found))
        .collect();
    if own.is_empty() {
        return false;
    }
    // What is plainly a figure is none of a heading; a year alone may be either.
    let plain: Vec<_> =
        own.iter().filter(|(_, f)| f.head.plain_year).filter_map(|(_, f)| f.head.year).collect();
    if own.iter().any(|(_, found)| matches!(found.head.form, Form::Number | Form::Dash))
        || (!plain.is_empty() && !super::signs::consecutive(&plain))
    {
        return false;
    }
    let above_years = above.iter().flatten().filter(|f| f.head.is_year()).count();
    if plain.len() > 1 && above_years > 1 {
        return false;
    }
    // The label column goes on from above, or is empty: what stands beside it are headings of the second row.
    let label_goes_on = cells[0].as_ref().is_none_or(|found| !is_new(0, found));
    let heading = |found: &Found<'_>| {
        let head = &found.head;
        matches!(head.form, Form::Year | Form::Unit)
            || !head.concepts.is_empty()
            || head.member.is_some()
            || head.certainty != Certainty::Settled
            || super::facets::is_funding_kind(&found.text)
    };
    // The same few words again and again, beside and below headings that are printed once for several columns.
    let shared = own.iter().any(|(column, _)| above[*column].is_none())
        && own.iter().any(|(column, _)| above[*column].is_some())
        && own.len() >= 4
        && own.iter().all(|(_, f)| own.iter().filter(|(_, other)| other.text == f.text).count() >= 2);
    if label_goes_on && own.iter().all(|(_, found)| found.text.chars().count() <= 24) {
        // Below a heading that spans several columns, or where all of them are headings by their words.
        let spanned = |column: usize| {
            let Some(over) = above[column].as_ref() else { return false };
            let same = |other: Option<&Option<Found<'_>>>| {
                other.and_then(Option::as_ref).is_some_and(|f| f.at == over.at)
            };
            same(above.get(column + 1)) || (column > 0 && same(above.get(column - 1)))
        };
        return shared
            || own.iter().any(|(column, _)| spanned(*column))
            || own.iter().all(|(_, found)| heading(found));
    }
    own.len() > 1 && own.iter().all(|(_, found)| heading(found))
}

/// Names the years that leave their era to the one before them: 令和4年度, 5年度, 6年度.
fn continue_years(columns: &mut [Column<'_>]) {
    let mut before: Option<FiscalYear> = None;
    for column in columns {
        // 令和 above 2年度
        if let Some(MentionedYear::Bare(nth)) = column.head.year {
            let eras = FiscalYear::candidates(nth);
            let named = column.texts.iter().find_map(|found| {
                let folded = normal::key(&found.text);
                eras.iter().find(|(name, _)| *name == folded.trim_matches(['(', ')']))
            });
            if let Some((_, year)) = named {
                column.head.year = Some(MentionedYear::Known(*year));
            }
        }
        match column.head.year {
            Some(MentionedYear::Known(year)) => before = Some(year),
            Some(MentionedYear::Bare(nth)) => {
                let next = before.map(FiscalYear::next).filter(|next| {
                    next.start_year() % 100 == i16::from(nth)
                        || FiscalYear::candidates(nth).iter().any(|(_, year)| year == next)
                });
                if let Some(next) = next {
                    column.head.year = Some(MentionedYear::Known(next));
                    column.continued = true;
                    before = Some(next);
                } else {
                    before = None;
                }
            }
            None => {}
        }
    }
}
