//! The range that is meant by one of its cells.

use crate::app::import::layout::Layout;
use crate::sheets::{Address, Area, Sheet};

/// A block is not followed further than this. Rows.
const MOST_ROWS: u32 = 2000;
/// A merged range that touches a block begins at most so many rows above it.
const ABOVE: u32 = 8;

/// The block of cells around a cell that hold something and are free: no empty row or column goes through it.
pub(in crate::app::import) fn block(
    sheet: &Sheet,
    layout: &Layout,
    cell: Address,
    free: &dyn Fn(Address) -> bool,
) -> Area {
    let join = |area: Area, row: u32| {
        let near = Area::new(
            Address::new(area.first.row.saturating_sub(1), area.first.column.saturating_sub(1)),
            Address::new(area.last.row.saturating_add(1), area.last.column.saturating_add(1)),
        );
        let touching =
            sheet.row(row).iter().filter(|cell| free(cell.at) && !cell.value.text().trim().is_empty());
        touching
            .map(|cell| layout.area_of(cell.at))
            .filter(|field| field.meets(&near))
            .fold(area, |area, field| area.with(field.first).with(field.last))
    };
    let mut area = layout.area_of(cell);
    loop {
        let before = area;
        let mut row = area.first.row.saturating_sub(ABOVE);
        while row <= area.last.row.saturating_add(1) && area.rows() < MOST_ROWS {
            area = join(area, row);
            row += 1;
        }
        let mut row = area.last.row;
        while row >= area.first.row.saturating_sub(ABOVE) && area.rows() < MOST_ROWS {
            area = join(area, row);
            let Some(above) = row.checked_sub(1) else { break };
            row = above;
        }
        if area == before {
            return area;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_at_what_is_empty_and_at_what_is_not_free() {
        let sheet = Sheet::of_texts(
            "",
            [
                ["", "題", "", ""],
                ["", "", "", ""],
                ["", "あ", "い", ""],
                ["", "う", "え", ""],
                ["", "", "", "別"],
            ],
        );
        let layout = Layout::of(&sheet);
        let block = |at: &str, free: &dyn Fn(Address) -> bool| {
            super::block(&sheet, &layout, at.parse().unwrap(), free).to_string()
        };
        assert_eq!(block("C4", &|_| true), "B3:D5");
        assert_eq!(block("C4", &|at| at.row != 4), "B3:C4");
        assert_eq!(block("B1", &|_| true), "B1");
    }
}
