//! Which tables a sheet holds: every way of cutting and turning a piece of it is tried, and the one that makes most
//! sense of most cells is taken.

use super::super::TableKind;
use super::around::Around;
use super::blocks::{Layout, starts_table};
use super::frame::Frame;
use super::grid::{Found, Grid, Spot, View, around, cells};
use super::reading::{Reading, readings};
use super::words::Concept;
use crate::sheets::Area;
use std::collections::HashSet;

/// How often a piece is cut again.
const DEPTH: usize = 3;
/// In how many cells of headings something must be understood before a large piece is looked at closely.
const LARGE: usize = 4000;
/// How many pieces of a sheet are tried together with their neighbours.
const NEIGHBOURS: usize = 300;

/// Whether the years of a table go across or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Direction {
    /// Each year is a column.
    Across,
    /// Each year is a row.
    Down,
    /// Each row is one thing in one year: 項目, 年度, 金額.
    Long,
}

/// A sheet, and what was said of the table on it by hand.
#[derive(Debug)]
pub(super) struct Scene<'s, 'a> {
    pub grid: &'s Grid<'a>,
    pub layout: &'s Layout,
    pub header_rows: Option<usize>,
    pub years: Option<Direction>,
    pub kind: Option<TableKind>,
}

/// A table that was found.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub area: Area,
    pub boxes: Vec<Spot>,
    pub reading: Reading<'a>,
}

/// Pieces, and how much sense they make.
#[derive(Debug, Default)]
struct Solution<'a> {
    pieces: Vec<Piece<'a>>,
    score: i64,
}

fn cost(boxes: &[Spot]) -> i64 {
    -3 * i64::try_from(boxes.len()).unwrap_or(i64::MAX / 4)
}

impl<'a> Scene<'_, 'a> {
    /// The tables among the regions of the sheet.
    pub fn tables(&self) -> Vec<Piece<'a>> {
        let mut solved: Vec<Option<(Vec<Spot>, Solution<'a>)>> =
            self.layout.regions.iter().map(|boxes| Some((boxes.clone(), self.solve(boxes, 0)))).collect();
        // A cut along an empty row or column may have torn a table apart.
        for index in 0..solved.len().min(NEIGHBOURS) {
            self.join(&mut solved, index);
        }
        solved.into_iter().flatten().flat_map(|(_, solution)| solution.pieces).collect()
    }

    /// The one table that the boxes are, if they make any sense.
    pub fn table(&self, boxes: &[Spot]) -> Option<Piece<'a>> {
        self.best(boxes).map(|(piece, _)| piece)
    }

    /// Joins a piece that makes no sense alone with a neighbour, if the two make more sense together.
    fn join(&self, solved: &mut [Option<(Vec<Spot>, Solution<'a>)>], index: usize) {
        let Some((boxes, solution)) = &solved[index] else { return };
        let (false, Some(area)) = (!solution.pieces.is_empty() || boxes.len() > LARGE, around(boxes)) else {
            return;
        };
        let near = |other: &Area| {
            let gap = |a: (u32, u32), b: (u32, u32)| b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1));
            let rows = gap((area.first.row, area.last.row), (other.first.row, other.last.row));
            let columns = gap((area.first.column, area.last.column), (other.first.column, other.last.column));
            (rows == 0 && columns <= 3) || (columns == 0 && rows <= 3)
        };
        let mut best: Option<(usize, Vec<Spot>, Solution<'a>, i64)> = None;
        for (other, slot) in solved.iter().enumerate().filter(|(other, _)| *other != index) {
            let Some((their_boxes, theirs)) = slot else { continue };
            let Some(their_area) = around(their_boxes).filter(near) else { continue };
            if their_boxes.len() > LARGE || theirs.pieces.len() > 1 {
                continue;
            }
            // Something else between the two keeps them apart.
            let whole = Area {
                first: crate::sheets::Address::new(
                    area.first.row.min(their_area.first.row),
                    area.first.column.min(their_area.first.column),
                ),
                last: crate::sheets::Address::new(
                    area.last.row.max(their_area.last.row),
                    area.last.column.max(their_area.last.column),
                ),
            };
            let apart = solved.iter().enumerate().any(|(third, slot)| {
                third != index
                    && third != other
                    && slot.as_ref().and_then(|(b, _)| around(b)).is_some_and(|a| a.meets(&whole))
            });
            if apart {
                continue;
            }
            let mut union: Vec<Spot> = boxes.iter().chain(their_boxes).copied().collect();
            union.sort_unstable();
            let together = self.solve(&union, DEPTH);
            let gain = together.score - theirs.score - solution.score;
            if gain > 0
                && !together.pieces.is_empty()
                && best.as_ref().is_none_or(|(.., known)| gain > *known)
            {
                best = Some((other, union, together, gain));
            }
        }
        if let Some((other, union, together, _)) = best {
            solved[index] = None;
            solved[other] = Some((union, together));
        }
    }

    /// The best way to read some boxes: as one table, or cut in rows or columns.
    fn solve(&self, boxes: &[Spot], depth: usize) -> Solution<'a> {
        if boxes.is_empty() {
            return Solution::default();
        }
        let mut best = match self.best(boxes) {
            Some((piece, score)) if score > 0 => Solution { pieces: vec![piece], score },
            _ => Solution { pieces: Vec::new(), score: cost(boxes) },
        };
        if depth >= DEPTH {
            return best;
        }
        for parts in [self.by_rows(boxes), self.by_columns(boxes)].into_iter().flatten() {
            let mut solution = Solution::default();
            for part in parts {
                let solved = self.solve(&part, depth + 1);
                solution.score += solved.score;
                solution.pieces.extend(solved.pieces);
            }
            if solution.score > best.score {
                best = solution;
            }
        }
        best
    }

    /// Cuts above each row that looks like the headings of another table.
    fn by_rows(&self, boxes: &[Spot]) -> Option<Vec<Vec<Spot>>> {
        let mut lines: Vec<Vec<Spot>> = Vec::new();
        for b in boxes {
            match lines.last_mut() {
                Some(line) if line.first().is_some_and(|f| f.area.first.row == b.area.first.row) => {
                    line.push(*b);
                }
                _ => lines.push(vec![*b]),
            }
        }
        let mut parts: Vec<Vec<Spot>> = vec![Vec::new()];
        let mut before = true;
        for line in lines {
            let starts = line.len() > 1 && starts_table(self.grid, &line);
            if starts && !before && parts.len() < 60 {
                parts.push(Vec::new());
            }
            before = starts;
            if let Some(part) = parts.last_mut() {
                part.extend(line);
            }
        }
        (parts.len() > 1).then_some(parts)
    }

    /// Cuts before a column whose heading begins another table.
    fn by_columns(&self, boxes: &[Spot]) -> Option<Vec<Vec<Spot>>> {
        const OPENERS: [Concept; 9] = [
            Concept::Item,
            Concept::Criterion,
            Concept::Indicator,
            Concept::Output,
            Concept::Outcome,
            Concept::Recommendation,
            Concept::Finding,
            Concept::Contract,
            Concept::Executed,
        ];
        let top = boxes.first()?.area.first.row;
        let first = boxes.iter().map(|b| b.area.first.column).min()?;
        let cut = boxes
            .iter()
            .take_while(|b| b.area.first.row == top)
            .filter(|b| b.area.first.column > first)
            .find(|b| self.grid.at(b.area.first).is_some_and(|f| f.head.is_any(&OPENERS)))?
            .area
            .first
            .column;
        let spans = boxes.iter().any(|b| b.area.first.column < cut && b.area.last.column >= cut);
        let (left, right) = boxes.iter().partition(|b| b.area.first.column < cut);
        (!spans).then_some(vec![left, right])
    }

    /// The best reading of the boxes as one table.
    fn best(&self, boxes: &[Spot]) -> Option<(Piece<'a>, i64)> {
        let area = around(boxes)?;
        if boxes.len() > LARGE && !self.promises(boxes) {
            return None;
        }
        let around = Around { told: self.kind, ..Around::new(self.layout, &self.grid.sheet.name, area) };
        let own = cells(boxes);
        let view = View::new(self.grid, boxes);
        let mut best: Option<(Reading<'a>, i64)> = None;
        for flipped in [false, true] {
            let wanted = match self.years {
                Some(Direction::Across | Direction::Long) => !flipped,
                Some(Direction::Down) => flipped,
                None => true,
            };
            // A table with hundreds of columns is none that we know.
            let view = if flipped { view.flipped() } else { view.clone() };
            if !wanted || view.width() > 400 {
                continue;
            }
            for depth in self.depths(&view) {
                let Some(frame) = Frame::new(&view, depth) else { continue };
                let turned = headings_as_names(&frame);
                for reading in readings(&frame, &around) {
                    if self.kind.is_some_and(|kind| !fits(kind, reading.kind)) {
                        continue;
                    }
                    let score = reading.uses.score(&own) - turned;
                    if best.as_ref().is_none_or(|(_, known)| score > *known) {
                        best = Some((reading, score));
                    }
                }
            }
        }
        best.map(|(reading, score)| (Piece { area, boxes: boxes.to_vec(), reading }, score))
    }

    /// How many rows of headings are tried: as many as it looks like, and fewer in case that was too many.
    fn depths(&self, view: &View<'_, 'a>) -> Vec<usize> {
        match self.header_rows {
            Some(rows) => vec![rows],
            None if view.height() > LARGE => vec![Frame::depth(view)],
            None => (0..=Frame::depth(view)).rev().collect(),
        }
    }

    /// Whether anything at the edges of a large piece is a word that tables use.
    fn promises(&self, boxes: &[Spot]) -> bool {
        let known = |b: &Spot| self.grid.at(b.area.first).is_some_and(|f| f.head.is_any(&SIGNS));
        let rows: HashSet<u32> = boxes.iter().map(|b| b.area.first.row).take(LARGE).collect();
        let mut top: Vec<u32> = rows.into_iter().collect();
        top.sort_unstable();
        let limit = top.get(5).or(top.last()).copied().unwrap_or_default();
        boxes.iter().take_while(|b| b.area.first.row <= limit).any(known)
    }
}

/// What it costs a reading that its rows are named by what are headings of columns everywhere: 開始年度, 出典, 金額. Such a
/// table is turned the wrong way.
fn headings_as_names(frame: &Frame<'_>) -> i64 {
    let heading = |row: &&Vec<Option<Found<'_>>>| {
        let name = row.iter().flatten().next();
        // 予算 and 費用 may name rows; the amount itself does not.
        let heads = |found: &Found<'_>| found.head.is_any(&COLUMNS) || found.head.core == "金額";
        name.is_some_and(|found| heads(found) && found.head.core.chars().count() <= 4)
    };
    8 * i64::try_from(frame.body.iter().filter(heading).count()).unwrap_or(i64::MAX / 16)
}

/// Concepts that head columns and never name a row.
const COLUMNS: [Concept; 8] = [
    Concept::Start,
    Concept::End,
    Concept::Cited,
    Concept::FundingKind,
    Concept::Supplement,
    Concept::TargetYear,
    Concept::Lane,
    Concept::No,
];

/// Concepts that only tables of an evaluation have in their headings.
const SIGNS: [Concept; 10] = [
    Concept::Item,
    Concept::Criterion,
    Concept::Output,
    Concept::Outcome,
    Concept::Indicator,
    Concept::Recommendation,
    Concept::Response,
    Concept::Contract,
    Concept::Executed,
    Concept::Target,
];

/// Whether a reading is of the kind that was told by hand. What a person calls outputs may read as outcomes and the
/// like; the kind told holds.
fn fits(told: TableKind, read: TableKind) -> bool {
    let group = |kind: TableKind| match kind {
        TableKind::Outputs | TableKind::Outcomes => 1,
        TableKind::Findings | TableKind::PreviousFindings | TableKind::Recommendations => 2,
        TableKind::Comments | TableKind::Consensus => 3,
        TableKind::Amounts | TableKind::Funding => 4,
        _ => 0,
    };
    told == read || (group(told) > 0 && group(told) == group(read))
}
