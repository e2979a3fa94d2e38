//! Money by fiscal year: contract and executed amounts, and the funding allocation of a project.

use super::id::has_id;
use super::{FiscalYear, Quantity, RowId, Unit, blank};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a series of amounts says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum AmountKind {
    /// 契約額
    #[default]
    Contract,
    /// 執行額
    Executed,
    /// 予算額
    Budget,
}

impl AmountKind {
    /// All kinds, in the order in which a choice shows them.
    pub const ALL: [Self; 3] = [Self::Contract, Self::Executed, Self::Budget];
}

/// Amounts of one kind by fiscal year, with the totals that stand beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AmountSeries {
    /// Names the series within its subject.
    pub id: RowId,
    /// What the amounts are.
    #[serde(skip_serializing_if = "blank")]
    pub kind: AmountKind,
    /// Its heading as printed, where the kind does not say it all (当初予算, 予備費等, 要求額).
    #[serde(skip_serializing_if = "blank")]
    pub label: String,
    /// The unit that the table states; a cell may state its own.
    #[serde(skip_serializing_if = "blank")]
    pub unit: Unit,
    /// The amount of each fiscal year.
    #[serde(skip_serializing_if = "blank")]
    pub years: BTreeMap<FiscalYear, Quantity>,
    /// Printed totals, of possibly different kinds (総契約額, 総予算額).
    #[serde(skip_serializing_if = "blank")]
    pub totals: Vec<AmountTotal>,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A total that a document prints beside a series of amounts. It need not be the sum of the series.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AmountTotal {
    /// Names the total within its series.
    pub id: RowId,
    /// Its heading as printed.
    #[serde(skip_serializing_if = "blank")]
    pub label: String,
    /// The amount.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
}

/// 資金配分: research items × fiscal years, with printed totals beside the computed ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FundingTable {
    /// The unit that the caption states.
    #[serde(skip_serializing_if = "blank")]
    pub unit: Unit,
    /// The columns.
    #[serde(skip_serializing_if = "blank")]
    pub years: Vec<FundingYear>,
    /// The rows.
    #[serde(skip_serializing_if = "blank")]
    pub items: Vec<FundingItem>,
    /// Printed column totals.
    #[serde(skip_serializing_if = "blank")]
    pub column_totals: BTreeMap<FiscalYear, FundingCell>,
    /// The printed grand total.
    #[serde(skip_serializing_if = "blank")]
    pub grand_total: FundingCell,
    /// Notes under the table.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A column of a funding table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FundingYear {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The heading as printed (`2022FY（予定）`).
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
}

/// A row of a funding table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FundingItem {
    /// Names the row within the table.
    pub id: RowId,
    /// The research item as the table names it.
    #[serde(skip_serializing_if = "blank")]
    pub label: String,
    /// The amount of each fiscal year.
    #[serde(skip_serializing_if = "blank")]
    pub amounts: BTreeMap<FiscalYear, FundingCell>,
    /// The printed row total.
    #[serde(skip_serializing_if = "blank")]
    pub total: FundingCell,
}

/// An amount and the kind of funding that the table prints beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FundingCell {
    /// The amount.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
    /// 委託, 補助 …; empty if none is printed.
    #[serde(skip_serializing_if = "blank")]
    pub kind: String,
}

has_id!(AmountSeries, AmountTotal, FundingItem);

/// The exact sum of the numbers among the quantities, in `unit`; none if there is no number among them or one of
/// them does not convert.
fn sum<'a>(quantities: impl Iterator<Item = &'a Quantity>, unit: &Unit) -> Option<Decimal> {
    let mut total = None;
    for quantity in quantities.filter(|q| q.value().is_some()) {
        let value = quantity.value_in(unit)?;
        total = Some(total.unwrap_or(Decimal::ZERO).checked_add(value)?);
    }
    total
}

impl AmountSeries {
    /// The sum over the years in the series' unit; none if no year has a number.
    pub fn computed_total(&self) -> Option<Decimal> {
        sum(self.years.values(), &self.unit)
    }
}

impl FundingItem {
    /// The sum over the years in `unit`; none if no year has a number.
    pub fn computed_total(&self, unit: &Unit) -> Option<Decimal> {
        sum(self.amounts.values().map(|cell| &cell.amount), unit)
    }
}

impl FundingTable {
    /// The sum of one column in the table's unit; none if it has no number.
    pub fn computed_column_total(&self, year: FiscalYear) -> Option<Decimal> {
        sum(self.items.iter().filter_map(|item| item.amounts.get(&year)).map(|cell| &cell.amount), &self.unit)
    }

    /// The sum of all cells in the table's unit; none if there is no number.
    pub fn computed_grand_total(&self) -> Option<Decimal> {
        sum(self.items.iter().flat_map(|item| item.amounts.values()).map(|cell| &cell.amount), &self.unit)
    }

    /// The columns to show: those declared, and behind them any year that has figures but no column of its own.
    pub fn columns(&self) -> Vec<FundingYear> {
        let mut columns = self.years.clone();
        let more: BTreeSet<FiscalYear> = (self.items.iter().flat_map(|item| item.amounts.keys()))
            .chain(self.column_totals.keys())
            .copied()
            .filter(|year| columns.iter().all(|column| column.year != *year))
            .collect();
        columns.extend(more.into_iter().map(|year| FundingYear { year, ..FundingYear::default() }));
        columns
    }

    /// Whether the table holds nothing yet.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.years.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> FundingCell {
        FundingCell { amount: Quantity::read(text, &Unit::MillionYen), kind: "委託".into() }
    }

    #[test]
    fn totals_follow_the_cells_and_skip_what_is_no_number() {
        let year = FiscalYear::new;
        let item = |cells: [&str; 2]| FundingItem {
            amounts: [(year(2020), cell(cells[0])), (year(2021), cell(cells[1]))].into(),
            ..FundingItem::default()
        };
        let table = FundingTable {
            unit: Unit::MillionYen,
            items: vec![item(["0", "390"]), item(["-", "0.5億円"])],
            ..FundingTable::default()
        };
        assert_eq!(table.items[0].computed_total(&table.unit), Some(Decimal::from(390)));
        assert_eq!(table.computed_column_total(year(2020)), Some(Decimal::ZERO));
        assert_eq!(table.computed_column_total(year(2021)), Some(Decimal::from(440)));
        assert_eq!(table.computed_column_total(year(2022)), None);
        assert_eq!(table.computed_grand_total(), Some(Decimal::from(440)));
    }
}
