//! Which tables a sheet holds: every way of cutting and turning a piece of it is tried, and the one that makes most
//! sense of most cells is taken.

use super::super::TableKind;
use super::around::Around;
use super::blocks::Layout;
use super::frame::Frame;
use super::grid::{Found, Grid, Spot, View, around, cells};
use super::mend::{NEAR, NEIGHBOURS, Part};
use super::reading::{Reading, readings};
use super::signs::{is_page, starts_table};
use super::words::Concept;
use crate::sheets::Area;
use crate::tasks::progress::Progress;
use std::collections::{BTreeSet, HashSet};

/// How often a piece is cut again.
pub(super) const DEPTH: usize = 3;
/// In how many cells of headings something must be understood before a large piece is looked at closely.
pub(super) const LARGE: usize = 4000;
/// Before how many columns a piece is cut, the pieces of a piece before fewer.
const CUTS: [usize; DEPTH] = [8, 3, 1];

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
pub(super) struct Scene<'s, 'a> {
    /// Who may ask to stop.
    pub progress: &'s dyn Progress,
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
    /// The same with what it goes on below: what stands around that, stands around this.
    pub reach: Area,
    pub boxes: Vec<Spot>,
    pub reading: Reading<'a>,
}

/// Pieces, and how much sense they make.
#[derive(Debug, Default)]
pub(super) struct Solution<'a> {
    pub pieces: Vec<Piece<'a>>,
    pub score: i64,
}

fn cost(boxes: &[Spot]) -> i64 {
    -3 * i64::try_from(boxes.len()).unwrap_or(i64::MAX / 4)
}

impl<'a> Scene<'_, 'a> {
    /// The tables among the regions of the sheet.
    pub fn tables(&self) -> Vec<Piece<'a>> {
        let many = self.layout.regions.len() > NEIGHBOURS;
        let regions = self.layout.regions.iter().filter_map(|boxes| {
            let area = around(boxes)?;
            // Of very many pieces, those that say nothing that we know are passed over.
            let solution = if many && !self.says_something(boxes) {
                Solution { pieces: Vec::new(), score: cost(boxes) }
            } else {
                self.solve(boxes, 0)
            };
            Some(Part { boxes: boxes.clone(), area, solution, stray: false })
        });
        let mut parts: Vec<Part<'a>> = regions.collect();
        if parts.len() <= NEIGHBOURS {
            parts.extend(self.loose());
            self.mend(&mut parts);
        }
        let mut pieces: Vec<Piece<'a>> = parts.into_iter().flat_map(|part| part.solution.pieces).collect();
        // In the order in which they are read, however they were put together.
        pieces.sort_by_key(|piece| piece.area.first);
        pieces
    }

    /// Whether any of the first boxes is a heading, a year or a member.
    fn says_something(&self, boxes: &[Spot]) -> bool {
        boxes.iter().take(LARGE).filter_map(|b| self.grid.at(b.area.first)).any(|found| {
            let head = &found.head;
            !head.concepts.is_empty() || head.year.is_some() || head.member.is_some()
        })
    }

    /// The one table that the boxes are, if they make any sense.
    pub fn table(&self, boxes: &[Spot]) -> Option<Piece<'a>> {
        self.best(boxes).map(|(piece, _)| piece)
    }

    /// The best way to read some boxes: as one table, or cut in rows or columns.
    pub fn solve(&self, boxes: &[Spot], depth: usize) -> Solution<'a> {
        if boxes.is_empty() || self.progress.cancelled() {
            return Solution::default();
        }
        let mut best = match self.best(boxes) {
            Some((piece, score)) if score > 0 => Solution { pieces: vec![piece], score },
            _ => Solution { pieces: Vec::new(), score: cost(boxes) },
        };
        if depth >= DEPTH {
            return best;
        }
        let cuts = self.by_rows(boxes).into_iter().chain(self.by_columns(boxes, depth));
        for parts in cuts {
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

    /// Cuts before each column whose heading may begin another table.
    fn by_columns(&self, boxes: &[Spot], depth: usize) -> Vec<Vec<Vec<Spot>>> {
        const OPENERS: [Concept; 10] = [
            Concept::Item,
            Concept::Criterion,
            Concept::Indicator,
            Concept::Output,
            Concept::Outcome,
            Concept::Recommendation,
            Concept::Finding,
            Concept::Contract,
            Concept::Executed,
            Concept::Year,
        ];
        let Some(top) = boxes.first().map(|b| b.area.first.row) else { return Vec::new() };
        let first = boxes.iter().map(|b| b.area.first.column).min().unwrap_or_default();
        // A caption above one of them makes the headings of the other stand a row higher.
        let rows: BTreeSet<u32> = boxes.iter().map(|b| b.area.first.row).take(LARGE).collect();
        let bottom = rows.into_iter().nth(1).unwrap_or(top);
        let opens = |b: &&Spot| {
            b.area.first.column > first
                && self.grid.at(b.area.first).is_some_and(|f| f.head.is_any(&OPENERS) && !f.head.is_year())
        };
        let columns: BTreeSet<u32> = (boxes.iter().take_while(|b| b.area.first.row <= bottom))
            .filter(opens)
            .map(|b| b.area.first.column)
            .collect();
        let cut = |cut: u32| {
            let spans = boxes.iter().any(|b| b.area.first.column < cut && b.area.last.column >= cut);
            let (left, right) = boxes.iter().partition(|b| b.area.first.column < cut);
            (!spans).then_some(vec![left, right])
        };
        columns.into_iter().take(CUTS.get(depth).copied().unwrap_or(1)).filter_map(cut).collect()
    }

    /// The area of some boxes, and of what they go on below: the parts above that have the same first heading.
    fn reach(&self, boxes: &[Spot], area: Area) -> Area {
        let mut reach = area;
        let Some(corner) = boxes.first().and_then(|b| self.grid.at(b.area.first)) else { return reach };
        let above = self.layout.areas.partition_point(|region| region.first.row < area.first.row);
        for (region, boxes) in
            self.layout.areas[..above].iter().zip(&self.layout.regions).rev().take(NEIGHBOURS)
        {
            let beside = region.last.column < area.first.column || area.last.column < region.first.column;
            if region.first.row >= reach.first.row || beside {
                continue;
            }
            let first = boxes
                .iter()
                .find(|b| b.area.first.column == reach.first.column)
                .and_then(|b| self.grid.at(b.area.first));
            let kept = self.layout.strays.iter().any(|stray| {
                stray.at().row > region.last.row
                    && stray.at().row < reach.first.row
                    && stray.area.first.column <= area.last.column
                    && !is_page(&stray.text)
                    && !stray.text.contains("続き")
                    && !stray.text.contains("つづき")
            });
            let near = region.last.row + NEAR >= reach.first.row;
            if kept || !near || first.is_none_or(|first| first.text != corner.text) {
                break;
            }
            reach.first.row = region.first.row;
        }
        reach
    }

    /// The best reading of the boxes as one table.
    fn best(&self, boxes: &[Spot]) -> Option<(Piece<'a>, i64)> {
        let area = around(boxes)?;
        if boxes.len() > LARGE && !self.promises(boxes) {
            return None;
        }
        let reach = self.reach(boxes, area);
        let around = Around { told: self.kind, ..Around::new(self.layout, &self.grid.sheet.name, reach) };
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
        best.map(|(reading, score)| (Piece { area, reach, boxes: boxes.to_vec(), reading }, score))
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
        let known = |b: &Spot| {
            self.grid
                .at(b.area.first)
                .is_some_and(|f| f.head.is_any(&SIGNS) || (f.head.is_year() && !f.head.plain_year))
        };
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
