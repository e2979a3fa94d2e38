//! How wide and how high the cells of a sheet from outside are drawn.
//!
//! Worked out once, beside the reading, from the texts alone: a sheet of fifty thousand rows must not be measured
//! while a frame is drawn. Widths are therefore estimates in points; the grid cuts what exceeds them.

use crate::app::theme::{Type, space};
use crate::sheets::{Address, Area, Sheet};
use std::collections::HashMap;
use std::ops::Range;

/// The height of a line of text.
pub(super) const LINE: f32 = 21.0;
/// The narrowest and the widest that a column with texts of its own gets.
const COLUMN: (f32, f32) = (40.0, 232.0);
/// The width of a column that only merged ranges and empty cells go through, as in forms on grid paper.
const NARROW: f32 = 22.0;
/// The room for the mark of a cell.
pub(super) const MARK: f32 = 12.0;
/// More lines than this are cut.
const LINES: u16 = 6;
/// Of more empty rows than this in a row, one stands for all.
const GAP: u32 = 3;

/// The places of the rows and columns of a sheet, in points from its upper left corner.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Layout {
    /// The rows that are shown; where one stands for a gap, the first of the gap.
    rows: Vec<u32>,
    /// Where each begins, and where the last ends.
    tops: Vec<f32>,
    /// The first column shown.
    first: u32,
    /// Where each begins, and where the last ends.
    lefts: Vec<f32>,
    /// The merged range that each covered cell belongs to, by its first cell.
    covered: HashMap<Address, Area>,
    /// Those ranges.
    merges: Vec<Area>,
}

/// More cells than this are not drawn as one, whatever the file says.
const LARGEST_MERGE: u64 = 4096;

impl Layout {
    /// The layout of a sheet.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let Some(extent) = sheet.extent() else { return Self::default() };
        let mut covered = HashMap::new();
        let mut merges = Vec::new();
        let mut last = extent.last;
        for merge in sheet.merges() {
            let cells = u64::from(merge.rows()) * u64::from(merge.columns());
            if cells > LARGEST_MERGE {
                continue;
            }
            merges.push(*merge);
            last.column = last.column.max(merge.last.column);
            last.row = last.row.max(merge.last.row);
            for row in merge.first.row..=merge.last.row {
                for column in merge.first.column..=merge.last.column {
                    covered.insert(Address::new(row, column), *merge);
                }
            }
        }
        let first = extent.first.column;
        let columns = (last.column - first + 1) as usize;
        let mut widths = vec![NARROW; columns];
        for cell in sheet.cells() {
            let alone = covered.get(&cell.at).is_none_or(|merge| merge.columns() == 1);
            if alone {
                let width =
                    cell.value.text().lines().map(width).fold(0.0, f32::max) + 2.0 * space::INSIDE + MARK;
                let known = &mut widths[(cell.at.column - first) as usize];
                *known = known.max(width.clamp(COLUMN.0, COLUMN.1).ceil());
            }
        }
        widen(&mut widths, sheet, first, &merges);
        let mut lefts = vec![0.0];
        for width in widths {
            let left = lefts.last().copied().unwrap_or_default();
            lefts.push(left + width);
        }
        let mut layout = Self { rows: Vec::new(), tops: Vec::new(), first, lefts, covered, merges };
        layout.place_rows(sheet, extent.first.row, last.row);
        layout
    }

    fn place_rows(&mut self, sheet: &Sheet, first: u32, last: u32) {
        let mut heights: Vec<f32> = Vec::new();
        let mut next = first;
        let mut add = |row: u32, height: f32| {
            self.rows.push(row);
            heights.push(height);
        };
        let empty = |add: &mut dyn FnMut(u32, f32), range: Range<u32>| {
            if range.end - range.start > GAP {
                add(range.start, LINE / 2.0);
            } else {
                range.for_each(|row| add(row, LINE + 6.0));
            }
        };
        // Texts of ranges that are merged downwards, which may need more room than their rows have.
        let mut tall: Vec<(Area, f32)> = Vec::new();
        for cells in sheet.cells().chunk_by(|a, b| a.at.row == b.at.row) {
            let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
            empty(&mut add, next..row);
            let mut most = 1;
            for cell in cells {
                let merge = self.covered.get(&cell.at);
                let end = merge.map_or(cell.at.column, |merge| merge.last.column);
                let room = self.lefts[(end + 1 - self.first) as usize]
                    - self.lefts[(cell.at.column - self.first) as usize]
                    - 2.0 * space::INSIDE
                    - MARK;
                let lines = lines(&cell.value.text(), room);
                match merge.filter(|merge| merge.rows() > 1) {
                    Some(merge) => tall.push((*merge, f32::from(lines) * LINE + 6.0)),
                    None => most = most.max(lines),
                }
            }
            add(row, f32::from(most) * LINE + 6.0);
            next = row + 1;
        }
        empty(&mut add, next..last + 1);
        for (merge, needed) in tall {
            let of = |row: u32| self.rows.partition_point(|shown| *shown < row);
            let rows = of(merge.first.row)..of(merge.last.row + 1);
            let lacks = needed - heights[rows.clone()].iter().sum::<f32>();
            if let Some(height) = heights[rows].last_mut() {
                *height += lacks.max(0.0);
            }
        }
        let mut top = 0.0_f32;
        for height in heights {
            self.tops.push(top);
            top += height;
        }
        self.tops.push(top);
    }

    /// The size of the whole sheet.
    pub(super) fn size(&self) -> (f32, f32) {
        (self.lefts.last().copied().unwrap_or_default(), self.tops.last().copied().unwrap_or_default())
    }

    /// The shown rows that meet the range of heights, as indices for [`Self::row`].
    pub(super) fn rows_in(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.tops.partition_point(|at| *at <= top).saturating_sub(1);
        let last = self.tops.partition_point(|at| *at < bottom);
        first..last.min(self.rows.len())
    }

    /// The columns that meet the range of widths.
    pub(super) fn columns_in(&self, left: f32, right: f32) -> Range<u32> {
        let first = self.lefts.partition_point(|at| *at <= left).saturating_sub(1);
        let last = self.lefts.partition_point(|at| *at < right).min(self.lefts.len().saturating_sub(1));
        let column = |index: usize| self.first + u32::try_from(index).unwrap_or(u32::MAX);
        column(first)..column(last.max(first))
    }

    /// The row of a shown index, whether it stands for a gap, and from where to where it reaches.
    pub(super) fn row(&self, index: usize) -> (u32, bool, f32, f32) {
        let row = self.rows[index];
        let gap = self.rows.get(index + 1).is_some_and(|next| *next > row + 1);
        (row, gap, self.tops[index], self.tops[index + 1])
    }

    /// From where to where a column reaches.
    pub(super) fn column(&self, column: u32) -> (f32, f32) {
        let at = (column.saturating_sub(self.first) as usize).min(self.lefts.len().saturating_sub(2));
        match self.lefts.get(at..at + 2) {
            Some([left, right]) => (*left, *right),
            _ => (0.0, 0.0),
        }
    }

    /// Where an area lies: left, top, right, bottom.
    pub(super) fn area(&self, area: Area) -> (f32, f32, f32, f32) {
        let at = |row: u32| {
            let index = self.rows.partition_point(|shown| *shown < row);
            // A row within a gap is where the gap is.
            if self.rows.get(index) == Some(&row) { index } else { index.saturating_sub(1) }
        };
        let top = self.tops.get(at(area.first.row)).copied().unwrap_or_default();
        let bottom = self.tops.get(at(area.last.row) + 1).copied().unwrap_or(top);
        (self.column(area.first.column).0, top, self.column(area.last.column).1, bottom)
    }

    /// The cell at a point, or the one next to it; none on an empty sheet.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<Address> {
        let row = self.tops.partition_point(|at| *at <= y).saturating_sub(1);
        let row = self.rows.get(row.min(self.rows.len().checked_sub(1)?))?;
        let column = self.lefts.partition_point(|at| *at <= x).saturating_sub(1);
        let column = u32::try_from(column.min(self.lefts.len().checked_sub(2)?)).ok()?;
        Some(Address::new(*row, self.first + column))
    }

    /// The smallest range around another that cuts no merged range.
    pub(super) fn spanning(&self, area: Area) -> Area {
        let mut area = area;
        loop {
            let met = self.merges.iter().filter(|merge| merge.meets(&area));
            let grown = met.fold(area, |grown, merge| grown.with(merge.first).with(merge.last));
            if grown == area {
                return area;
            }
            area = grown;
        }
    }

    /// The area that is drawn for a cell: its merged range, or itself.
    pub(super) fn area_of(&self, cell: Address) -> Area {
        self.covered.get(&cell).copied().unwrap_or(Area::new(cell, cell))
    }

    /// The cell next to `from`, so many steps down and to the right, skipping what is merged with it.
    pub(super) fn beside(&self, from: Address, down: i32, right: i32) -> Address {
        let area = self.area_of(from);
        let columns = u32::try_from(self.lefts.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let row = match down {
            0 => from.row,
            1.. => {
                let next = self.rows.partition_point(|row| *row <= area.last.row);
                self.rows.get(next).copied().unwrap_or(from.row)
            }
            _ => {
                let above = self.rows.partition_point(|row| *row < area.first.row);
                above.checked_sub(1).map_or(from.row, |above| self.rows[above])
            }
        };
        let column = match right {
            0 => from.column,
            1.. => (area.last.column + 1).min(self.first + columns.saturating_sub(1)),
            _ => area.first.column.saturating_sub(1).max(self.first),
        };
        self.area_of(Address::new(row, column)).first
    }
}

/// Gives columns under merged ranges the room that the texts of those need, up to a limit.
fn widen(widths: &mut [f32], sheet: &Sheet, first: u32, merges: &[Area]) {
    let mut wide: Vec<&Area> = merges.iter().filter(|merge| merge.columns() > 1).collect();
    wide.sort_unstable_by_key(|merge| merge.columns());
    for merge in wide {
        let text = sheet.text(merge.first);
        let needed = text.lines().map(width).fold(0.0, f32::max) + 2.0 * space::INSIDE + MARK;
        // A range that begins left of all that is filled holds nothing itself.
        let Some(from) = merge.first.column.checked_sub(first) else { continue };
        let columns = from as usize..=(merge.last.column - first) as usize;
        let Some(columns) = widths.get_mut(columns) else { continue };
        let lacks = needed.min(COLUMN.1) - columns.iter().sum::<f32>();
        #[expect(clippy::cast_precision_loss, reason = "a number of columns")]
        let each = (lacks / columns.len() as f32).max(0.0).ceil();
        for width in columns.iter_mut() {
            *width += each;
        }
    }
}

/// How many lines a text takes in a field of some width.
fn lines(text: &str, room: f32) -> u16 {
    let lines =
        text.trim_end().lines().map(|line| (width(line) / room.max(1.0)).ceil().max(1.0)).sum::<f32>();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a few")]
    let lines = lines.clamp(1.0, f32::from(LINES)) as u16;
    lines
}

/// About how wide a line of text is.
pub(super) fn width(line: &str) -> f32 {
    let em = Type::Table.size();
    line.chars().map(|c| if c.is_ascii() || ('ｱ'..='ﾟ').contains(&c) { 0.58 * em } else { em }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Cell, Value};

    fn cell(at: &str, text: &str) -> Cell {
        Cell { at: at.parse().unwrap(), value: Value::Text(text.into()) }
    }

    fn sheet() -> Sheet {
        let cells = vec![
            cell("B2", "表"),
            cell("B3", "研究開発項目"),
            cell("C3", "297\n（委託）"),
            cell("C900", "注"),
        ];
        Sheet::new("s", cells, vec!["B2:C2".parse().unwrap()])
    }

    #[test]
    fn rows_grow_with_their_lines_and_gaps_shrink() {
        let layout = Layout::of(&sheet());
        let heights: Vec<(u32, bool, f32)> = (0..layout.rows.len())
            .map(|index| layout.row(index))
            .map(|(row, gap, top, bottom)| (row, gap, bottom - top))
            .collect();
        assert_eq!(heights, [(1, false, 27.0), (2, false, 48.0), (3, true, 10.5), (899, false, 27.0)]);
        let (left, right) = layout.column(1);
        assert_eq!((left, right), (0.0, 112.0), "six characters, the edges and a mark");
        assert_eq!(layout.rows_in(0.0, 30.0), 0..2);
        assert_eq!(layout.rows_in(80.0, 1000.0), 2..4);
        assert_eq!(layout.columns_in(0.0, 50.0), 1..2);
        assert_eq!(Layout::of(&Sheet::default()).size(), (0.0, 0.0));
    }

    #[test]
    fn grid_paper_is_narrow_and_its_merged_texts_have_room() {
        let cells = vec![cell("A1", "研究開発の内容"), cell("I1", "値"), cell("A3", "一\n二\n三")];
        let merges = ["A1:H2", "I1:L2", "A3:B4"].map(|area| area.parse().unwrap()).to_vec();
        let layout = Layout::of(&Sheet::new("s", cells, merges));
        assert_eq!(layout.column(3), (3.0 * NARROW, 4.0 * NARROW), "as wide as its squares");
        let (_, top, _, bottom) = layout.area("A3:B4".parse().unwrap());
        assert!(bottom - top >= 3.0 * LINE, "three lines have room in two rows");
        let area = |text: &str| text.parse::<Area>().unwrap();
        assert_eq!(layout.spanning(area("C2:I3")), area("A1:L4"));
        assert_eq!(layout.at(9.5 * NARROW, 5.0).unwrap().to_string(), "J1");
        assert_eq!(layout.at(-5.0, 1e6).unwrap().to_string(), "A4");
        assert_eq!(Layout::default().at(0.0, 0.0), None);
    }

    #[test]
    fn the_keyboard_steps_over_merged_cells_and_gaps() {
        let layout = Layout::of(&sheet());
        let step = |from: &str, down, right| layout.beside(from.parse().unwrap(), down, right).to_string();
        assert_eq!(step("B3", -1, 0), "B2");
        assert_eq!(step("C3", -1, 0), "B2", "the merged range is one cell");
        assert_eq!(step("B2", 0, 1), "B2", "nothing lies beyond");
        assert_eq!(step("B3", 0, 1), "C3");
        assert_eq!(step("C3", 1, 0), "C4");
        assert_eq!(step("C4", 1, 0), "C900");
        assert_eq!(step("C900", 1, 1), "C900");
    }
}
