//! Tables as people have them: anywhere on a sheet, recognised by what they say, never by where they stand.
//!
//! 1. [`grid`] sees a sheet with its merged cells filled; [`head`] reads each text once: concept, year, unit, member.
//!    The words that it knows stand in one table, [`words`].
//! 2. [`blocks`] cuts the sheet along empty rows and columns and sets captions, units and notes aside, told by
//!    [`signs`].
//! 3. [`frame`] finds headings; each kind of table has a file ([`money`], [`indicators`], [`scores`] …) that says
//!    whether a frame can be read as one, and what every cell of it then is.
//! 4. [`solve`] tries pieces whole and cut, upright and turned, and takes what makes most sense of most cells; [`mend`]
//!    puts together what the cuts tore. What no table claims may be an [`overview`] sheet.
//! 5. [`whose`] tells the project; what is not told (project, era, unit of money) is asked; [`write`] puts the values
//!    into the draft.
//!
//! Every cell ends as one of three: the source of a value, something that explains a table, or a leftover with a
//! reason.

mod amounts;
mod around;
mod asides;
mod blocks;
mod facets;
mod frame;
mod grid;
mod head;
mod indicators;
mod items;
mod market;
mod mend;
mod money;
mod others;
mod overview;
mod reading;
mod roadmap;
mod scores;
mod settle;
mod signs;
mod solve;
mod split;
mod texts;
mod whose;
mod words;
mod write;

pub use solve::Direction;

use super::normal::Measure;
use super::session::Options;
use super::{Draft, TableKind};
use crate::model::{SubjectId, Unit};
use crate::sheets::{Area, Book, Sheet};
use crate::tasks::progress::{Progress, Unwatched};
use around::Around;
use blocks::{Layout, Stray};
use grid::{Grid, Spot};
use overview::Overview;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use settle::{Desk, SheetWork};
use solve::Scene;
use whose::Subjects;

/// What a person says of a range of a form: what it holds, and what the recogniser would otherwise have to find out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hint {
    /// The range.
    pub area: Area,
    /// What it is about.
    pub kind: Option<TableKind>,
    /// How many of its first rows (columns, if the years go down) are headings.
    pub header_rows: Option<u32>,
    /// Whether years go across or down.
    pub years: Option<Direction>,
    /// The unit of its money.
    pub unit: Option<Unit>,
    /// Whose it is.
    pub subject: Option<SubjectId>,
}

/// Finds the tables of a book and writes them into the draft.
pub(super) fn recognise(book: &Book, draft: &mut Draft<'_>, options: &Options, progress: &dyn Progress) {
    let works: Vec<SheetWork<'_>> = book.sheets.iter().map(|sheet| work(sheet, progress)).collect();
    if progress.cancelled() {
        return;
    }
    let mut desk = Desk::new(&book.file, draft, options);
    desk.learn(&works);
    // Overview sheets first: they name the projects that other tables speak of.
    for work in &works {
        desk.overviews(work);
    }
    for work in works {
        if progress.cancelled() {
            return;
        }
        desk.settle(&work);
    }
}

/// Reads one range of a sheet as a person describes it.
pub fn recognise_area(book: &Book, sheet: &Sheet, hint: &Hint, draft: &mut Draft<'_>, options: &Options) {
    let grid = Grid::new(sheet);
    let layout = blocks::layout(&grid);
    let boxes: Vec<Spot> = grid.boxes().into_iter().filter(|b| hint.area.contains(b.area.first)).collect();
    // Within the range nothing stands beside the table; around it captions and notes may.
    let outside = Layout {
        regions: Vec::new(),
        areas: Vec::new(),
        strays: layout.strays.into_iter().filter(|stray| !hint.area.contains(stray.at())).collect(),
    };
    let options =
        Options { subject: hint.subject.clone().or_else(|| options.subject.clone()), ..options.clone() };
    let mut work = SheetWork {
        sheet,
        hidden: Vec::new(),
        boxes: boxes.clone(),
        pieces: Vec::new(),
        overviews: Vec::new(),
        layout: Layout::default(),
    };
    let overview = matches!(hint.kind, None | Some(TableKind::Overview));
    if hint.kind == Some(TableKind::Overview) {
        work.overviews.extend(Overview::read(&grid, &boxes, true));
    } else {
        let scene = Scene {
            progress: &Unwatched,
            grid: &grid,
            layout: &outside,
            header_rows: hint.header_rows.and_then(|rows| usize::try_from(rows).ok()),
            years: hint.years,
            kind: hint.kind,
        };
        work.pieces.extend(scene.table(&boxes));
        if work.pieces.is_empty() && overview {
            work.overviews.extend(Overview::read(&grid, &boxes, true));
        }
    }
    work.layout = outside;
    let mut desk = Desk::new(&book.file, draft, &options);
    desk.told(hint.subject.clone(), hint.unit.clone().map(|unit| Measure { unit, factor: Decimal::ONE }));
    desk.overviews(&work);
    desk.settle(&work);
}

/// What a sheet holds, before anything is said of it.
fn work<'s>(sheet: &'s Sheet, progress: &dyn Progress) -> SheetWork<'s> {
    let grid = Grid::new(sheet);
    let layout = blocks::layout(&grid);
    let pieces = {
        let scene =
            Scene { progress, grid: &grid, layout: &layout, header_rows: None, years: None, kind: None };
        scene.tables()
    };
    let claimed = |b: &Spot| {
        pieces.iter().any(|piece| piece.area.contains(b.area.first) && piece.boxes.binary_search(b).is_ok())
    };
    let regions: Vec<Vec<Spot>> =
        layout.regions.iter().map(|boxes| boxes.iter().filter(|b| !claimed(b)).copied().collect()).collect();
    let strays: Vec<Spot> = layout.strays.iter().map(|stray| Spot { area: stray.area }).collect();
    let overviews = overviews(&grid, &layout, &regions, &strays);
    SheetWork { sheet, hidden: grid.hidden().collect(), boxes: grid.boxes(), pieces, overviews, layout }
}

/// The overview sheets among what no table claims: one that takes up several regions, or one a region.
fn overviews<'a>(
    grid: &Grid<'a>,
    layout: &Layout,
    regions: &[Vec<Spot>],
    strays: &[Spot],
) -> Vec<Overview<'a>> {
    let mut all: Vec<Spot> = regions.iter().flatten().chain(strays).copied().collect();
    all.sort_unstable();
    if all.len() > 5000 {
        return Vec::new();
    }
    let titled = |mut overview: Overview<'a>| {
        let above = overview.area().map_or(0, |area| area.first.row);
        let column = overview.area().map_or(0, |area| area.first.column);
        let subjects = Subjects::default();
        let named = |stray: &&Stray| stray.at().row <= above && stray.area.last.column >= column;
        overview.title = (layout.strays.iter().rev().filter(named))
            .find_map(|stray| Some((stray.at(), stray.text.clone(), subjects.named(&stray.text)?)));
        overview
    };
    match Overview::read(grid, &all, false) {
        Some(whole) if !whole.repeats() => vec![titled(whole)],
        Some(_) => {
            regions.iter().filter_map(|boxes| Overview::read(grid, boxes, false)).map(titled).collect()
        }
        None => Vec::new(),
    }
}

/// What stands around a piece of a sheet.
fn around_of<'l>(layout: &'l Layout, sheet: &'l str, area: Area) -> Around<'l> {
    Around::new(layout, sheet, area)
}
