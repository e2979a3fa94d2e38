//! Columns: what stands above them and how wide they get.

use std::collections::BTreeMap;

use egui::Align;

/// How wide a column is, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// Always this wide.
    Fixed(f32),
    /// At least `min`, and a share of the spare room in proportion to `weight`.
    Flex {
        /// The share of the spare room.
        weight: f32,
        /// The least width.
        min: f32,
    },
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column<'a> {
    /// What stands above it; may hold a line break.
    pub(super) header: std::borrow::Cow<'a, str>,
    pub(super) width: Width,
    pub(super) align: Align,
}

impl<'a> Column<'a> {
    /// A column of text that shares the spare room, at least `min` points wide.
    pub fn text(header: impl Into<std::borrow::Cow<'a, str>>, weight: f32, min: f32) -> Self {
        Self { header: header.into(), width: Width::Flex { weight, min }, align: Align::Min }
    }

    /// A column of figures, `width` points wide, set to the right.
    pub fn number(header: impl Into<std::borrow::Cow<'a, str>>, width: f32) -> Self {
        Self { header: header.into(), width: Width::Fixed(width), align: Align::Max }
    }

    /// A column of short marks or choices, `width` points wide.
    pub fn fixed(header: impl Into<std::borrow::Cow<'a, str>>, width: f32) -> Self {
        Self { header: header.into(), width: Width::Fixed(width), align: Align::Min }
    }

    /// What stands above it, on one line, as a name for its cells.
    pub fn header(&self) -> String {
        self.header.replace('\n', " ")
    }

    /// Sets the column's content in the middle.
    pub fn centred(mut self) -> Self {
        self.align = Align::Center;
        self
    }

    /// Sets the column's content to the right.
    pub fn right(mut self) -> Self {
        self.align = Align::Max;
        self
    }

    /// Another width.
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }
}

/// The width of each column when there are `room` points for all of them; some may have been `set` by the user. Their
/// sum exceeds `room` only when the least widths do.
pub(super) fn widths(columns: &[Column<'_>], room: f32, set: &BTreeMap<usize, f32>) -> Vec<f32> {
    let ways = || {
        columns.iter().enumerate().map(|(index, column)| match (set.get(&index), column.width) {
            (Some(&width), _) | (None, Width::Fixed(width)) => (width, 0.0),
            (None, Width::Flex { weight, min }) => (min, weight),
        })
    };
    let spare = (room - ways().map(|(least, _)| least).sum::<f32>()).max(0.0);
    let weights: f32 = ways().map(|(_, weight)| weight).sum();
    ways()
        .map(|(least, weight)| {
            let extra = if weights > 0.0 { spare * weight / weights } else { 0.0 };
            // Whole points keep the columns of neighbouring tables in line.
            (least + extra).floor()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_room_goes_to_flexible_columns_by_weight() {
        let columns =
            [Column::text("項目", 2.0, 100.0), Column::text("備考", 1.0, 100.0), Column::number("計", 80.0)];
        assert_eq!(widths(&columns, 580.0, &BTreeMap::new()), [300.0, 200.0, 80.0]);
    }

    #[test]
    fn a_width_that_was_set_holds_and_the_others_share_the_rest() {
        let columns =
            [Column::text("項目", 2.0, 100.0), Column::text("備考", 1.0, 100.0), Column::number("計", 80.0)];
        assert_eq!(widths(&columns, 580.0, &BTreeMap::from([(0, 60.0), (2, 120.0)])), [60.0, 400.0, 120.0]);
    }

    #[test]
    fn least_widths_hold_when_there_is_no_room() {
        let columns = [Column::text("項目", 1.0, 100.0), Column::number("計", 80.0)];
        assert_eq!(widths(&columns, 50.0, &BTreeMap::new()), [100.0, 80.0]);
    }
}
