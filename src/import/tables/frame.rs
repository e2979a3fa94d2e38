//! The frame of a table: which rows are headings, what each column is headed by, and the rows below.

use super::grid::{Found, View};
use super::head::{Form, Head};
use super::words::Concept;
use crate::model::{FiscalYear, MentionedYear};
use crate::sheets::Address;
use std::collections::BTreeSet;

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
        let head_rows: Vec<_> = (0..depth).map(row).collect();
        // Figures are what headings are of, not headings themselves.
        if head_rows
            .iter()
            .flatten()
            .flatten()
            .any(|found| matches!(found.head.form, Form::Number | Form::Dash))
        {
            return None;
        }
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
        let body = (depth..view.height()).map(row).collect();
        Some(Self { columns, body })
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
        if certain || (numbers.len() >= 2 && super::blocks::consecutive(&numbers)) {
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
        self.columns.iter().flat_map(|column| &column.texts).map(|found| found.at).collect()
    }
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
        || (!plain.is_empty() && !super::blocks::consecutive(&plain))
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
        matches!(head.form, Form::Year | Form::Unit) || !head.concepts.is_empty() || head.member.is_some()
    };
    if label_goes_on && own.iter().all(|(_, found)| found.text.chars().count() <= 24) {
        // Below a heading that spans several columns, or where all of them are headings by their words.
        let spanned = |column: usize| {
            let Some(over) = above[column].as_ref() else { return false };
            let same = |other: Option<&Option<Found<'_>>>| {
                other.and_then(Option::as_ref).is_some_and(|f| f.at == over.at)
            };
            same(above.get(column + 1)) || (column > 0 && same(above.get(column - 1)))
        };
        return own.iter().any(|(column, _)| spanned(*column)) || own.iter().all(|(_, found)| heading(found));
    }
    own.len() > 1 && own.iter().all(|(_, found)| heading(found))
}

/// Names the years that leave their era to the one before them: 令和4年度, 5年度, 6年度.
fn continue_years(columns: &mut [Column<'_>]) {
    let mut before: Option<FiscalYear> = None;
    for column in columns {
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
