//! Puts together what cuts along empty rows and columns tore: parts of a sheet that make more sense as one table.

use super::blocks::Stray;
use super::grid::{Spot, around};
use super::signs::is_page;
use super::solve::{DEPTH, LARGE, Scene, Solution};
use crate::sheets::{Address, Area};
use std::collections::HashSet;

/// How many parts of a sheet are tried together with their neighbours.
pub(super) const NEIGHBOURS: usize = 300;
/// How many rows or columns two parts of one table may be apart: two empty ones between.
pub(super) const NEAR: u32 = 3;
/// How far the first and the last of several parts of one table may be apart.
const FAR: u32 = 40;
/// How many rows above a table its caption stands at most.
const CAPTION: u32 = 3;
/// Of how many parts a table may be put together.
const PARTS: usize = 9;
/// How often parts of one sheet are tried together.
const ATTEMPTS: usize = 1500;
/// A part of a sheet, and what it makes alone.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub boxes: Vec<Spot>,
    pub area: Area,
    pub solution: Solution<'a>,
    /// Whether it stands beside tables, by what it says, and is a part of one only together with others.
    pub stray: bool,
}

/// How many rows and columns two areas are apart; none where they meet in that direction, one where they touch.
fn gap(a: &Area, b: &Area) -> (u32, u32) {
    let apart = |a: (u32, u32), b: (u32, u32)| b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1));
    (
        apart((a.first.row, a.last.row), (b.first.row, b.last.row)),
        apart((a.first.column, a.last.column), (b.first.column, b.last.column)),
    )
}

/// Whether all the parts are near each other, one after the other.
fn is_chain(parts: &[Part<'_>], group: &[usize]) -> bool {
    let near = |a: usize, b: usize| {
        let (rows, columns) = gap(&parts[a].area, &parts[b].area);
        rows <= NEAR && columns <= NEAR
    };
    let mut reached: Vec<usize> = group.iter().take(1).copied().collect();
    let mut at = 0;
    while let Some(from) = reached.get(at).copied() {
        let next: Vec<usize> =
            group.iter().copied().filter(|to| !reached.contains(to) && near(from, *to)).collect();
        reached.extend(next);
        at += 1;
    }
    reached.len() == group.len()
}

impl<'a> Scene<'_, 'a> {
    /// The single cells that may be parts of a table that cuts tore.
    pub fn loose(&self) -> Vec<Part<'a>> {
        let beside = |stray: &&Stray| {
            let at = stray.area;
            // A heading below, of a row that holds nothing else, or a row that an empty column tears.
            let units = self.is_row_of_units(stray);
            let heads = units || (!stray.head.concepts.is_empty() && !stray.announces());
            let torn = self.is_torn_row(stray);
            !stray.is_note()
                && (units || !stray.is_unit())
                && !is_page(&stray.text)
                && (self.layout.areas.iter()).any(|area| match gap(area, &at) {
                    (0, columns) => columns <= NEAR,
                    (rows, 0) => rows <= NEAR && (torn || (heads && area.last.row < at.first.row)),
                    _ => false,
                })
        };
        (self.layout.strays.iter().filter(beside).take(NEIGHBOURS))
            .map(|stray| Part {
                boxes: vec![Spot { area: stray.area }],
                area: stray.area,
                solution: Solution::default(),
                stray: true,
            })
            .collect()
    }

    /// Whether a unit stands in a row with others, as under the headings of columns.
    fn is_row_of_units(&self, stray: &Stray) -> bool {
        let beside = |other: &&Stray| other.at().row == stray.at().row && other.is_unit();
        stray.is_unit() && self.layout.strays.iter().filter(beside).count() > 1
    }

    /// Whether nothing but empty columns lie between it and another cell of its row, and neither is a caption.
    fn is_torn_row(&self, stray: &Stray) -> bool {
        let may = |stray: &Stray| !(stray.is_note() || stray.is_unit() || stray.announces());
        let beside = |other: &&Stray| {
            let (rows, columns) = gap(&stray.area, &other.area);
            rows == 0 && (1..=NEAR).contains(&columns) && may(other)
        };
        // They are in the order of rows.
        let strays = &self.layout.strays;
        let at = strays.partition_point(|other| other.at() < stray.at());
        let before = at.checked_sub(1).and_then(|before| strays.get(before));
        may(stray) && before.iter().chain(&strays.get(at + 1)).any(beside)
    }

    /// Puts together what cuts along empty rows and columns tore apart: parts that make more sense as one table.
    pub fn mend(&self, parts: &mut Vec<Part<'a>>) {
        let mut tried: HashSet<Vec<Area>> = HashSet::new();
        let mut index = 0;
        while index < parts.len() {
            let mut best: Option<(Vec<usize>, Part<'a>, i64)> = None;
            for other in 0..parts.len() {
                if other == index || tried.len() > ATTEMPTS || self.progress.cancelled() {
                    continue;
                }
                let Some(group) = self.group(parts, index, other) else { continue };
                let areas: Vec<Area> = group.iter().map(|at| parts[*at].area).collect();
                if !tried.insert(areas) {
                    continue;
                }
                let mut boxes: Vec<Spot> = group.iter().flat_map(|at| &parts[*at].boxes).copied().collect();
                boxes.sort_unstable();
                let solution = self.solve(&boxes, DEPTH);
                let alone: i64 = group.iter().map(|at| parts[*at].solution.score).sum();
                let sense = group.iter().filter(|at| !parts[**at].solution.pieces.is_empty()).count();
                let gain = solution.score - alone;
                // Where each makes sense alone, they are one table unless it loses by that.
                let better = gain > 0 || (gain == 0 && sense >= 2);
                if solution.pieces.len() == 1
                    && better
                    && best.as_ref().is_none_or(|(.., known)| gain > *known)
                    && let Some(area) = around(&boxes)
                {
                    best = Some((group, Part { boxes, area, solution, stray: false }, gain));
                }
            }
            let Some((group, whole, _)) = best else {
                index += 1;
                continue;
            };
            let mut at = 0;
            parts.retain(|_| {
                at += 1;
                !group.contains(&(at - 1))
            });
            parts.push(whole);
            index = 0;
        }
    }

    /// Everything in the rectangle around two parts that are near each other; none if it cannot be one table.
    fn group(&self, parts: &[Part<'a>], one: usize, other: usize) -> Option<Vec<usize>> {
        let (first, second) = (&parts[one], &parts[other]);
        let (rows, columns) = gap(&first.area, &second.area);
        let near = rows <= NEAR && columns <= NEAR;
        if rows > FAR || columns > FAR || (first.stray && second.stray) {
            return None;
        }
        // A part that reaches out of the rectangle around the two widens it.
        let mut whole = first.area.with(second.area.first).with(second.area.last);
        let group = loop {
            let group: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].area.meets(&whole)).collect();
            let around = (group.iter().map(|at| parts[*at].area))
                .fold(whole, |whole, area| whole.with(area.first).with(area.last));
            if around == whole || group.len() > PARTS {
                break group;
            }
            whole = around;
        };
        let boxes: usize = group.iter().map(|at| parts[*at].boxes.len()).sum();
        let several = |at: &usize| parts[*at].solution.pieces.len() > 1;
        if boxes > LARGE || group.len() > PARTS || group.iter().any(several) {
            return None;
        }
        // Two parts that are not near each other are of one table only if all that lies between is, and none of it is
        // a table by itself.
        let senseless = |at: &usize| parts[*at].solution.pieces.is_empty();
        let between = group.len() > 2 && group.iter().all(senseless) && is_chain(parts, &group);
        if !near && !between {
            return None;
        }
        // So do captions above parts that stand beside each other: one above the part on the right, another in the same
        // row to its left. A heading merged over some columns of one table is alone in its row.
        let above = whole.first.row.saturating_sub(CAPTION)..whole.first.row;
        let captions: Vec<Address> = (self.layout.strays.iter())
            .filter(|stray| above.contains(&stray.at().row) && stray.announces())
            .map(Stray::at)
            .collect();
        let captioned = |right: &Area| {
            group.iter().any(|left| parts[*left].area.last.column < right.first.column)
                && captions.iter().any(|own| {
                    (right.first.column..=right.last.column).contains(&own.column)
                        && captions
                            .iter()
                            .any(|other| other.row == own.row && other.column < right.first.column)
                })
        };
        if group.iter().any(|right| captioned(&parts[*right].area)) {
            return None;
        }
        // What stands between the two in rows of its own keeps them apart: a caption, a unit, a note.
        let kept = |stray: &Stray| {
            stray.area.meets(&whole)
                && !is_page(&stray.text)
                && !self.is_row_of_units(stray)
                && !group.iter().any(|at| gap(&parts[*at].area, &stray.area).0 == 0)
        };
        (!self.layout.strays.iter().any(kept)).then_some(group)
    }
}
