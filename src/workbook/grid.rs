//! Where the cells of a form stand on its sheet, whichever way its records run.

use super::FIRST_LINE;
use super::cells::Cell;
use super::layout::{self, Target};
use super::plan::Sheet;
use crate::sheets::{self, Address};
use std::collections::BTreeMap;
use std::ops::Range;

/// The column in which the forms of a sheet begin; the first is a margin, on cards it holds the keys.
const FIRST_COLUMN: u32 = 1;

/// A form as it was found on a sheet.
#[derive(Debug)]
pub(super) struct Grid {
    /// The sheet's name in the workbook.
    pub(super) tab: String,
    /// Names of the cells of a value that spreads sideways.
    pub(super) names: Vec<String>,
    card: bool,
    slots: Vec<(String, Target)>,
    /// For each slot, the column (on cards the row) that it was found in.
    lanes: Vec<Option<u32>>,
    /// For each lane, its slot.
    by_lane: Vec<Option<usize>>,
    /// The slots of each of the description's columns.
    fields: Vec<Range<usize>>,
    heads: usize,
}

impl Grid {
    /// Finds the form by its keys.
    pub(super) fn of(sheet: &'static Sheet, tab: &sheets::Sheet) -> Self {
        let card = sheet.is_card();
        let keys: Vec<(u32, String)> = (tab.cells().iter())
            .filter(|cell| if card { cell.at.column == 0 } else { cell.at.row == 0 })
            .map(|cell| (if card { cell.at.row } else { cell.at.column }, cell.value.text().into_owned()))
            .filter(|(lane, _)| *lane > 0)
            .collect();
        let names: Vec<String> =
            keys.iter().filter_map(|(_, key)| layout::spread_name(sheet, key)).map(str::to_owned).collect();
        let slots = layout::slots(sheet, &names);
        let mut lanes = vec![None; slots.len()];
        let mut by_lane = Vec::new();
        for (lane, key) in &keys {
            let slot = slots.iter().position(|(name, _)| name == key).filter(|slot| lanes[*slot].is_none());
            if let Some(slot) = slot {
                lanes[slot] = Some(*lane);
                // No spreadsheet has more lanes than memory has room for: 16,384 columns, 1,048,576 rows.
                let index = *lane as usize;
                by_lane.resize(by_lane.len().max(index + 1), None);
                by_lane[index] = Some(slot);
            }
        }
        let mut fields = vec![slots.len()..slots.len(); sheet.columns.len()];
        for (slot, (_, target)) in slots.iter().enumerate() {
            if let Target::Field { column, .. } = target {
                let range = &mut fields[*column];
                *range = range.start.min(slot)..slot + 1;
            }
        }
        let heads = slots
            .iter()
            .take_while(|(_, target)| matches!(target, Target::Parent(_) | Target::ParentName | Target::Role))
            .count();
        Self { tab: tab.name.clone(), names, card, slots, lanes, by_lane, fields, heads }
    }

    /// Line and lane of a cell: row and column, on cards the other way round.
    fn turn(&self, at: Address) -> (u32, u32) {
        if self.card { (at.column, at.row) } else { (at.row, at.column) }
    }

    /// The other way round.
    fn cell(&self, line: u32, across: u32) -> Address {
        if self.card { Address::new(across, line) } else { Address::new(line, across) }
    }

    /// The records: their line, and their cells by slot. What stands outside of the form is added to `strays`.
    pub(super) fn rows<'b>(
        &self,
        tab: &'b sheets::Sheet,
        strays: &mut Vec<(Address, String)>,
    ) -> Vec<(u32, Vec<Option<&'b Cell>>)> {
        let mut rows: Vec<(u32, Vec<Option<&Cell>>)> = Vec::new();
        let mut by_line = BTreeMap::new();
        for cell in tab.cells() {
            let (line, across) = self.turn(cell.at);
            if line < FIRST_LINE || matches!(&cell.value, Cell::Text(text) if text.is_empty()) {
                continue;
            }
            let Some(slot) = self.by_lane.get(across as usize).copied().flatten() else {
                strays.push((cell.at, cell.value.text().into_owned()));
                continue;
            };
            // Cells come row by row, so that but for cards the line is that of the cell before.
            let index = match rows.last() {
                Some((last, _)) if *last == line => rows.len() - 1,
                _ => *by_line.entry(line).or_insert_with(|| {
                    rows.push((line, vec![None; self.slots.len()]));
                    rows.len() - 1
                }),
            };
            rows[index].1[slot] = Some(&cell.value);
        }
        rows.sort_by_key(|(line, _)| *line);
        rows
    }

    /// The slot of that meaning.
    pub(super) fn slot(&self, target: Target) -> Option<usize> {
        self.slots.iter().position(|(_, slot)| *slot == target)
    }

    /// The slots of one of the description's columns.
    pub(super) fn field(&self, column: usize) -> Range<usize> {
        self.fields[column].clone()
    }

    /// How many slots only say what a row belongs to.
    pub(super) fn heads(&self) -> usize {
        self.heads
    }

    /// The first slot that holds a value of the row's own.
    pub(super) fn first_field(&self) -> usize {
        self.fields.first().map_or(self.slots.len(), |range| range.start)
    }

    /// Where a slot of a line stands.
    pub(super) fn address(&self, line: u32, slot: usize) -> Address {
        self.cell(line, self.lanes.get(slot).copied().flatten().unwrap_or(FIRST_COLUMN))
    }

    /// Whether the workbook has any cell for one of the description's columns.
    pub(super) fn has(&self, column: usize) -> bool {
        self.lanes[self.field(column)].iter().any(Option::is_some)
    }

    /// Where the last slot of a line stands.
    pub(super) fn last_address(&self, line: u32) -> Address {
        self.cell(line, self.lanes.iter().flatten().max().copied().unwrap_or(FIRST_COLUMN))
    }
}
