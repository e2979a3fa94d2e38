//! What stands around a table: its captions, its unit, its notes.

use super::super::TableKind;
use super::super::normal::{self, Measure};
use super::blocks::{Layout, Stray};
use super::words;
use crate::sheets::{Address, Area};
use std::cmp::Reverse;

/// How many rows above a table its captions may begin.
const ABOVE: u32 = 6;
/// How many rows below a table its notes may begin.
const BELOW: u32 = 4;

/// What stands around a table.
#[derive(Debug, Default)]
pub(super) struct Around<'l> {
    /// Captions above it, the nearest first; units are not among them.
    pub captions: Vec<&'l Stray>,
    /// Notes under it, the uppermost first.
    pub notes: Vec<&'l Stray>,
    /// The unit that is stated for it, and where; nowhere for one that was told by hand.
    pub unit: Option<(Option<Address>, Measure)>,
    /// Whether the unit is that of the whole sheet rather than stated at the table.
    pub unit_of_sheet: bool,
    /// The name of the sheet.
    pub sheet: &'l str,
    /// What the table is, if a person told.
    pub told: Option<TableKind>,
}

impl<'l> Around<'l> {
    /// What stands around the area on a sheet.
    pub fn new(layout: &'l Layout, sheet: &'l str, area: Area) -> Self {
        let mut around = Self { sheet, ..Self::default() };
        let between = |upper: u32, lower: u32, columns: &Area| {
            layout.areas.iter().any(|region| {
                region.first.row > upper
                    && region.last.row < lower
                    && overlap(region, columns)
                    && overlap(region, &area)
            })
        };
        let above = layout.strays.partition_point(|stray| stray.at().row < area.first.row);
        let near = layout.strays[..above].iter().rev().take(60);
        for stray in near.take_while(|stray| stray.at().row + ABOVE >= area.first.row) {
            if stray.is_note() || stray.is_unit() || between(stray.at().row, area.first.row, &stray.area) {
                continue;
            }
            if belongs(layout, stray, &area) {
                around.captions.push(stray);
            }
        }
        // In one row, what stands above the table is nearer than what stands beside it.
        around.captions.sort_by_key(|stray| (Reverse(stray.at().row), aside(&stray.area, &area)));
        let below = layout.strays.partition_point(|stray| stray.at().row <= area.last.row);
        let mut reach = area.last.row + BELOW;
        for stray in layout.strays[below..].iter().take(60) {
            if stray.at().row > reach {
                break;
            }
            if stray.is_note()
                && !between(area.last.row, stray.at().row, &stray.area)
                && stray.area.first.column + 1 >= area.first.column
                && stray.area.first.column <= area.last.column
            {
                around.notes.push(stray);
                reach = stray.at().row + 2;
            }
        }
        around.find_unit(layout, &area);
        around
    }

    /// The unit that a caption states, that stands at the table, or that the sheet states once for all.
    fn find_unit(&mut self, layout: &'l Layout, area: &Area) {
        let near = |stray: &&Stray| {
            let row = stray.at().row;
            row + 4 >= area.first.row && row <= area.last.row + 2
        };
        let distance = |stray: &Stray| {
            // Below the table is farther than above it.
            let row = stray.at().row;
            let down = if row >= area.first.row { (row - area.first.row) * 2 } else { area.first.row - row };
            (aside(&stray.area, area), down)
        };
        let units: Vec<&Stray> = layout.strays.iter().filter(|stray| stray.is_unit()).collect();
        // What stands below the table, and above another one, is that one's.
        let followed = |stray: &Stray| {
            stray.at().row > area.last.row
                && layout.areas.iter().any(|region| {
                    region.first.row > stray.at().row
                        && region.first.row <= stray.at().row + ABOVE
                        && overlap(region, &stray.area)
                })
        };
        let at_table = units
            .iter()
            .copied()
            .filter(|stray| near(stray) && belongs(layout, stray, area) && !followed(stray));
        let in_caption = self.captions.iter().copied().filter(|stray| stray.head.measure.is_some());
        let own = at_table.chain(in_caption).min_by_key(|stray| distance(stray));
        if let Some(stray) = own {
            self.unit = stray.head.measure.clone().map(|measure| (Some(stray.at()), measure));
            return;
        }
        let title = layout
            .strays
            .iter()
            .find(|stray| stray.head.measure.is_some() && stray.at().row < area.first.row);
        if let [first, rest @ ..] = units.as_slice()
            && rest.iter().all(|other| other.head.measure == first.head.measure)
        {
            self.unit = first.head.measure.clone().map(|measure| (Some(first.at()), measure));
            self.unit_of_sheet = true;
        } else if let (Some(title), []) = (title, units.as_slice()) {
            self.unit = title.head.measure.clone().map(|measure| (Some(title.at()), measure));
            self.unit_of_sheet = true;
        }
    }

    /// The kind of table that was told, or that the nearest caption, or else the sheet's name, announces.
    pub fn announced(&self) -> Option<TableKind> {
        self.told
            .or_else(|| self.captions.iter().find_map(|stray| words::announced(&normal::key(&stray.text))))
            .or_else(|| words::announced(&normal::key(self.sheet)))
    }

    /// Whether that kind is announced.
    pub fn announces(&self, kind: TableKind) -> bool {
        self.announced() == Some(kind)
    }

    /// The table's title: its nearest caption.
    pub fn title(&self) -> String {
        self.captions.first().map(|stray| stray.text.clone()).unwrap_or_default()
    }
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.first.column <= b.last.column && b.first.column <= a.last.column
}

/// How many columns two areas are apart; none where they stand above each other.
fn aside(a: &Area, b: &Area) -> u32 {
    let between = |left: &Area, right: &Area| right.first.column.saturating_sub(left.last.column);
    between(a, b).max(between(b, a))
}

/// Whether what stands beside belongs to this table rather than to one that lies under it, or nearer to it: what is
/// said of a table never reaches over another one.
fn belongs(layout: &Layout, stray: &Stray, area: &Area) -> bool {
    let distance = aside(&stray.area, area);
    if distance == 0 {
        return true;
    }
    let row = stray.at().row;
    let is_part = |region: &Area| area.contains(region.first) && area.contains(region.last);
    !layout.areas.iter().any(|region| {
        region.last.row > row
            && region.first.row <= row + ABOVE
            && aside(&stray.area, region) < distance
            && !is_part(region)
    })
}

#[cfg(test)]
mod tests {
    use super::super::blocks;
    use super::super::grid::Grid;
    use super::*;
    use crate::sheets::Sheet;

    #[test]
    fn captions_and_units_belong_to_the_nearest_table() {
        let sheet = Sheet::of_texts(
            "s",
            [
                vec!["アウトカム", "", "", "", "資金配分", "", "百万円", "", "評点結果"],
                vec!["指標", "目標", "", "", "", "", "", "", "", "評価項目", "委員1"],
                vec!["数", "5件", "", "", "", "研究開発項目", "2017FY", "", "", "必要性", "3"],
                vec!["率", "6件", "", "", "", "項目１", "1", "", "", "効果", "2"],
            ],
        );
        let layout = blocks::layout(&Grid::new(&sheet));
        let captions = |area: &str| {
            let around = Around::new(&layout, "s", area.parse().unwrap());
            let unit = around.unit.filter(|_| !around.unit_of_sheet).and_then(|(at, _)| at);
            let at = |stray: &&Stray| stray.at().to_string();
            (around.captions.iter().map(at).collect::<Vec<_>>(), unit.map(|at| at.to_string()))
        };
        assert_eq!(captions("A2:B4"), (vec!["A1".to_owned()], None));
        assert_eq!(captions("F3:G4"), (vec!["E1".to_owned()], Some("G1".to_owned())));
        assert_eq!(captions("J2:K4"), (vec!["I1".to_owned()], None));
    }
}
