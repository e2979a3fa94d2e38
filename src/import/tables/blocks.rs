//! Where on a sheet tables can be: the sheet is cut along empty rows and columns, and what stands above, below or
//! between tables (captions, units, notes) is set apart.
//!
//! Nothing is decided here about what a table is. A cut that tore a table apart is mended later, when the parts make
//! more sense together ([`super::mend`]).

use super::super::normal;
use super::grid::{Found, Grid, Spot};
use super::head::{Form, Head};
use super::signs::{
    LONGEST, announces, heads_list, is_note, is_page, is_title, is_unit, stands_beside, starts_table,
};
use super::whose::Subjects;
use super::words::{self, Concept, Field};
use crate::sheets::{Address, Area};
use std::rc::Rc;

/// How deep cuts within cuts may go.
const DEPTH: usize = 8;

/// A sheet cut up.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// What may be tables, each as the boxes in it, row by row.
    pub regions: Vec<Vec<Spot>>,
    /// The rectangle around each of them.
    pub areas: Vec<Area>,
    /// What stands beside tables: captions, units, notes, titles; row by row.
    pub strays: Vec<Stray>,
}

/// A text that stands beside tables.
#[derive(Debug, Clone)]
pub(super) struct Stray {
    pub area: Area,
    pub text: String,
    pub head: Rc<Head>,
}

impl Stray {
    /// Its first cell.
    pub fn at(&self) -> Address {
        self.area.first
    }

    /// Whether it is a note under a table.
    pub fn is_note(&self) -> bool {
        is_note(&self.text)
    }

    /// Whether it announces a table.
    pub fn announces(&self) -> bool {
        self.text.len() <= LONGEST && words::announced(&normal::key(&self.text)).is_some()
    }

    /// Whether it states a unit and nothing else.
    pub fn is_unit(&self) -> bool {
        is_unit(&self.text, &self.head)
    }
}

/// Cuts a sheet up.
pub(super) fn layout(grid: &Grid<'_>) -> Layout {
    let mut layout = Layout::default();
    cut(grid, grid.boxes(), 0, false, &mut layout);
    layout.regions.sort_by_key(|boxes| boxes.first().map(|b| b.area.first));
    layout.areas = layout.regions.iter().filter_map(|boxes| super::grid::around(boxes)).collect();
    layout.strays.sort_by_key(Stray::at);
    layout
}

/// Cuts a piece up; `flanked` if another piece stands left or right of it.
fn cut(grid: &Grid<'_>, boxes: Vec<Spot>, depth: usize, flanked: bool, layout: &mut Layout) {
    if boxes.len() < 2 || depth > DEPTH {
        if boxes.len() == 1 {
            layout.strays.extend(boxes.iter().filter_map(|b| stray(grid, *b)));
        } else if !boxes.is_empty() {
            layout.regions.push(boxes);
        }
        return;
    }
    let mut parts = gaps(&boxes, rows);
    // A row of a table with empty columns between stays a row.
    if parts.len() == 1 && is_row(grid, &boxes) {
        match captioned_apart(&boxes, layout) {
            Some((left, right)) => {
                cut(grid, left, depth + 1, true, layout);
                cut(grid, right, depth + 1, true, layout);
            }
            None => layout.regions.push(boxes),
        }
        return;
    }
    let mut apart = flanked;
    if parts.len() == 1 {
        parts = peel(grid, &boxes, flanked, layout).unwrap_or_else(|| {
            let parts = gaps(&boxes, columns);
            apart |= parts.len() > 1;
            parts
        });
    }
    match &parts[..] {
        [] => {}
        [whole] if whole.len() == boxes.len() => layout.regions.push(boxes),
        _ => parts.into_iter().for_each(|part| cut(grid, part, depth + 1, apart, layout)),
    }
}

/// Whether boxes are one row of figures or headings, with a few empty columns between them at most.
fn is_row(grid: &Grid<'_>, boxes: &[Spot]) -> bool {
    let (Some(first), true) = (boxes.first(), boxes.len() > 1) else { return false };
    let one = boxes.iter().all(|b| b.area.first.row == first.area.first.row);
    let near = boxes.windows(2).all(|pair| pair[1].area.first.column <= pair[0].area.last.column + 3);
    if !(one && near) {
        return false;
    }
    let read: Vec<Found<'_>> = boxes.iter().filter_map(|b| grid.at(b.area.first)).collect();
    let figures = read.iter().any(|f| matches!(f.head.form, Form::Number | Form::Dash | Form::Year));
    // 単位 | 件 | 件, 補足 | … but not a caption and its unit
    let labelled = read.first().is_some_and(|first| {
        first.head.form == Form::Words
            && !first.head.concepts.is_empty()
            && !stands_beside(first)
            && (first.head.is(Concept::Unit) || !read.iter().any(|f| is_unit(&f.text, &f.head)))
    });
    figures || labelled || starts_table(grid, boxes)
}

/// A row in two, if of the captions in the row next above it one begins behind an empty column of it and another left
/// of that: then it goes on with two tables that stand side by side.
fn captioned_apart(boxes: &[Spot], layout: &Layout) -> Option<(Vec<Spot>, Vec<Spot>)> {
    let (first, last) = (boxes.first()?.area, boxes.last()?.area);
    let span = first.first.column..=last.last.column;
    let captions = || layout.strays.iter().filter(|stray| stray.announces()).map(Stray::at);
    let nearest = captions().filter(|at| at.row < first.first.row && span.contains(&at.column));
    let row = nearest.map(|at| at.row).max()?;
    let cut = (1..boxes.len()).find(|index| {
        let (end, start) = (boxes[index - 1].area.last.column, boxes[*index].area.first.column);
        start > end + 1
            && captions().any(|at| at.row == row && at.column > end && at.column <= start)
            && captions().any(|at| at.row == row && at.column <= end)
    })?;
    let (left, right) = boxes.split_at(cut);
    Some((left.to_vec(), right.to_vec()))
}

type Span = fn(&Spot) -> (u32, u32);

fn rows(b: &Spot) -> (u32, u32) {
    (b.area.first.row, b.area.last.row)
}

fn columns(b: &Spot) -> (u32, u32) {
    (b.area.first.column, b.area.last.column)
}

/// The groups of boxes between which a whole row or column is empty. Within a group the order stays.
fn gaps(boxes: &[Spot], span: Span) -> Vec<Vec<Spot>> {
    let mut spans: Vec<(u32, u32)> = boxes.iter().map(span).collect();
    spans.sort_unstable();
    let mut starts = Vec::new();
    let mut end = None;
    for (first, last) in spans {
        // A column of nothing lies between two boxes that do not touch.
        if end.is_none_or(|end| first > end + 1) {
            starts.push(first);
        }
        end = Some(end.map_or(last, |end: u32| end.max(last)));
    }
    if starts.len() < 2 {
        return vec![boxes.to_vec()];
    }
    let mut groups: Vec<Vec<Spot>> = vec![Vec::new(); starts.len()];
    for b in boxes {
        let group = starts.partition_point(|start| *start <= span(b).0).saturating_sub(1);
        if let Some(group) = groups.get_mut(group) {
            group.push(*b);
        }
    }
    groups
}

/// Takes captions, units and notes off the rows of a piece, and cuts it where one stands between two tables. None if
/// there is nothing to take off.
fn peel(grid: &Grid<'_>, boxes: &[Spot], flanked: bool, layout: &mut Layout) -> Option<Vec<Vec<Spot>>> {
    // Boxes are in the order of rows.
    let mut lines: Vec<(Vec<Spot>, u32)> = Vec::new();
    for b in boxes.iter().copied() {
        let end = b.area.last.row;
        match lines.last_mut() {
            Some((line, reach)) if line.first().is_some_and(|f| f.area.first.row == b.area.first.row) => {
                line.push(b);
                *reach = (*reach).max(end);
            }
            _ => lines.push((vec![b], end)),
        }
    }
    let wide = lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    if wide < 2 {
        return peel_column(grid, boxes, flanked, layout);
    }
    if let [(line, _)] = lines.as_slice() {
        // A caption and its unit, with an empty row below.
        let found: Vec<_> = line.iter().filter_map(|b| grid.at(b.area.first)).collect();
        let beside = found.iter().any(|f| is_unit(&f.text, &f.head)) && found.iter().all(|f| announces(f));
        if beside {
            layout.strays.extend(line.iter().filter_map(|b| stray(grid, *b)));
        }
        return beside.then(Vec::new);
    }
    let mut parts: Vec<Vec<Spot>> = vec![Vec::new()];
    let mut peeled = false;
    let mut reach = 0;
    // What follows each line, further captions and units left out.
    let mut nexts: Vec<Option<usize>> = vec![None; lines.len()];
    for index in (1..lines.len()).rev() {
        nexts[index - 1] = if all_beside(grid, &lines[index].0) { nexts[index] } else { Some(index) };
    }
    for (index, (line, end)) in lines.iter().enumerate() {
        let leading = parts.last().is_none_or(Vec::is_empty);
        let row = line.first().map_or(0, |b| b.area.first.row);
        // A cell that reaches over this row from above makes it part of a table.
        let covered = !leading && reach >= row;
        let mut next = nexts[index];
        // Titles may stand below each other.
        if leading && line.len() == 1 {
            let titles = |at: &usize| lines[*at].0.len() == 1 && is_title(grid, lines[*at].0[0]);
            for _ in 0..TITLES {
                next = next.filter(titles).map_or(next, |at| nexts[at]);
            }
        }
        let next = next.map(|at| lines[at].0.as_slice());
        reach = if leading { *end } else { reach.max(*end) };
        if !covered && *end == row && is_beside(grid, line, next, leading) {
            layout.strays.extend(line.iter().filter_map(|b| stray(grid, *b)));
            peeled = true;
            if !leading {
                parts.push(Vec::new());
            }
        } else if let Some(part) = parts.last_mut() {
            part.extend(line);
        }
    }
    parts.retain(|part| !part.is_empty());
    peeled.then_some(parts)
}

/// Takes captions, units and notes off a piece of one column. It is a list, or the labels of what stands beside it,
/// unless nothing else is in it.
fn peel_column(
    grid: &Grid<'_>,
    boxes: &[Spot],
    flanked: bool,
    layout: &mut Layout,
) -> Option<Vec<Vec<Spot>>> {
    let texts = || boxes.iter().filter_map(|b| grid.at(b.area.first));
    // Titles above a list of opinions.
    let titles = boxes
        .iter()
        .take(1 + TITLES)
        .position(|b| grid.at(b.area.first).is_none_or(|found| heads_list(&found) || !is_title(grid, *b)));
    if let (false, Some(titles @ 1..)) = (flanked, titles)
        && boxes.len() > titles + 1
        && grid.at(boxes[titles].area.first).is_some_and(|found| heads_list(&found))
    {
        layout.strays.extend(boxes[..titles].iter().filter_map(|b| stray(grid, *b)));
        return Some(vec![boxes[titles..].to_vec()]);
    }
    // The caption or the unit above what is left of a table whose next column is empty; above figures it would be
    // the heading of a column.
    if let (true, [first, second, ..]) = (flanked, boxes)
        && let (Some(first), Some(second)) = (grid.at(first.area.first), grid.at(second.area.first))
        && stands_beside(&first)
        && !heads_list(&first)
        && !matches!(second.head.form, Form::Number | Form::Dash)
    {
        layout.strays.extend(stray(grid, boxes[0]));
        return Some(vec![boxes[1..].to_vec()]);
    }
    // The notes below it; a column of supplements may hold notes of its own.
    let notes =
        boxes.iter().rev().take_while(|b| grid.at(b.area.first).is_some_and(|found| is_note(&found.text)));
    let kept = boxes.len() - notes.count();
    if flanked
        && (1..boxes.len()).contains(&kept)
        && texts().next().is_some_and(|found| !found.head.is(Concept::Supplement))
    {
        layout.strays.extend(boxes[kept..].iter().filter_map(|b| stray(grid, *b)));
        return Some(vec![boxes[..kept].to_vec()]);
    }
    let lists = boxes.len() > 1 && texts().next().is_some_and(|found| heads_list(&found));
    let beside = (!lists && texts().all(|found| stands_beside(&found)))
        || (!flanked
            && !lists
            && boxes.len() <= 2
            && texts().all(|f| f.text.chars().count() <= 40 && !f.text.trim_start().starts_with('・')));
    if beside {
        layout.strays.extend(boxes.iter().filter_map(|b| stray(grid, *b)));
    }
    beside.then(Vec::new)
}

/// How many titles may stand below each other above a table, the first one left out.
const TITLES: usize = 3;

/// Whether a row stands beside tables rather than in one.
fn is_beside(grid: &Grid<'_>, line: &[Spot], next: Option<&[Spot]>, leading: bool) -> bool {
    let read: Vec<_> = line.iter().filter_map(|b| Some((*b, grid.at(b.area.first)?))).collect();
    if read.iter().all(|(_, found)| is_note(&found.text)) {
        return true;
    }
    // A row of units below headings is one more row of headings.
    let units = read.len() > 1 && read.iter().all(|(_, found)| found.head.form == Form::Unit);
    let Some(next) = next else {
        // A caption at the end belongs to what comes below an empty row.
        return !leading && !units && read.iter().all(|(_, found)| stands_beside(found));
    };
    match &read[..] {
        [(b, only)] => {
            if leading {
                // The label of an overview sheet stands above its text; anything else alone above a table is a title.
                let label = words::field(&only.head.core) == Some(Field::Purpose);
                return next.len() > 1 && matches!(only.head.form, Form::Words | Form::Unit) && !label;
            }
            // Within a table a row may well be a single label.
            let wide = b.area.last.column > b.area.first.column;
            let announced = only.head.form == Form::Words
                && only.text.len() <= LONGEST
                && words::announced(&normal::key(&only.text)).is_some();
            // A unit of its own begins another table.
            let unit = only.head.form == Form::Words && only.head.measure.is_some();
            (stands_beside(only)
                && (announced
                    || is_page(&only.text)
                    || is_unit(&only.text, &only.head)
                    || wide
                    || starts_table(grid, next)))
                || (unit && starts_table(grid, next))
        }
        several => {
            // Beside a unit, a caption may be a word that heads columns as well: 契約額の推移.
            let unit = several.iter().any(|(_, f)| is_unit(&f.text, &f.head));
            let caption = |found: &Found<'_>| {
                stands_beside(found)
                    || (found.head.form == Form::Words && Subjects::default().named(&found.text).is_some())
            };
            let captions = several.iter().any(|(_, found)| stands_beside(found))
                && several.iter().all(|(_, found)| caption(found));
            !units
                && several.len() < next.len().max(3)
                && ((unit && several.iter().all(|(_, found)| announces(found)))
                    || (captions && captions_start(grid, line, next)))
        }
    }
}

/// Whether a table starts in the next row below any caption of a row: of tables that stand side by side one may begin
/// with figures.
fn captions_start(grid: &Grid<'_>, line: &[Spot], next: &[Spot]) -> bool {
    let ends = line.iter().skip(1).map(|b| b.area.first.column).chain([u32::MAX]);
    starts_table(grid, next)
        || line.iter().zip(ends).any(|(b, end)| {
            let below = |cell: &&Spot| (b.area.first.column..end).contains(&cell.area.first.column);
            starts_table(grid, &next.iter().filter(below).copied().collect::<Vec<_>>())
        })
}

/// Whether every text of a row stands beside tables by what it says.
fn all_beside(grid: &Grid<'_>, line: &[Spot]) -> bool {
    line.iter()
        .filter_map(|b| grid.at(b.area.first))
        .all(|found| stands_beside(&found) && found.head.form != Form::Unit)
}

fn stray(grid: &Grid<'_>, b: Spot) -> Option<Stray> {
    let found = grid.at(b.area.first)?;
    Some(Stray { area: b.area, text: found.text.into_owned(), head: found.head })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Sheet;

    fn shown(rows: &[&[&str]]) -> (Vec<String>, Vec<String>) {
        let sheet = Sheet::of_texts("s", rows.iter().map(|row| row.iter().copied()));
        let grid = Grid::new(&sheet);
        let layout = layout(&grid);
        let area = |boxes: &Vec<Spot>| super::super::grid::around(boxes).unwrap().to_string();
        (
            layout.regions.iter().map(area).collect(),
            layout.strays.iter().map(|s| s.area.to_string()).collect(),
        )
    }

    #[test]
    fn tables_are_cut_apart_and_captions_set_aside() {
        let (regions, strays) = shown(&[
            &["（２）資金配分", "", "（単位：百万円）"],
            &["研究開発項目", "2017FY", "2018FY", "", "評価項目", "評点", "委員1"],
            &["項目１", "1", "2", "", "１．必要性", "3", "3"],
            &["※調整費を除く"],
            &["６．アウトプット"],
            &["指標", "目標", "実績"],
            &["数", "5件", "6件"],
            &[],
            &["指標", "目標", "実績"],
            &["数", "5件", "6件"],
        ]);
        assert_eq!(regions, ["A2:C3", "E2:G3", "A6:C7", "A9:C10"]);
        assert_eq!(strays, ["A1", "C1", "A4", "A5"]);
    }

    #[test]
    fn captions_beside_each_other_are_set_aside_whatever_stands_below_them() {
        let (regions, strays) = shown(&[
            &["６．アウトプット", "", "", "", "その他の指標"],
            &["指標", "目標", "実績", "", "論文数", "5件"],
            &["数", "5件", "6件", "", "特許出願", "3件"],
            &[],
            &["率", "1件", "2件", "", "PCT出願", "1件"],
        ]);
        assert_eq!(regions, ["A2:C3", "E2:F3", "A5:C5", "E5:F5"]);
        assert_eq!(strays, ["A1", "E1"]);
    }

    #[test]
    fn a_list_stays_whole() {
        assert_eq!(shown(&[&["肯定的意見"], &["・よい"], &["・とてもよい"]]).0, ["A1:A3"]);
    }
}
