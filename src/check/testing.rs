//! Small dossiers for tests of rules.

use super::{Context, Finding, Rule, Scope};
use crate::model::{
    Actual, AmountKind, AmountSeries, AmountTotal, Dossier, FiscalYear, FundingCell, FundingItem,
    FundingTable, Indicator, Quantity, Statement, Subject, SubjectId, Target, Unit, When,
};

/// What one rule finds in a dossier.
pub(super) fn found(rule: &'static Rule, dossier: &Dossier) -> Vec<Finding> {
    let cx = Context::new(dossier);
    match rule.scope {
        Scope::Dossier(check) => check(&cx),
        Scope::Subject(check) => dossier.subjects().flat_map(|subject| check(&cx, subject)).collect(),
    }
}

/// What one rule finds in a dossier, in words.
pub(super) fn sentences(rule: &'static Rule, dossier: &Dossier) -> Vec<String> {
    found(rule, dossier).iter().map(|finding| finding.sentence(crate::locale::Lang::Ja)).collect()
}

pub(super) fn year(year: i16) -> FiscalYear {
    FiscalYear::new(year)
}

/// A dossier with a programme and one project A.
pub(super) fn dossier(edit: impl FnOnce(&mut Subject)) -> Dossier {
    let mut project = Subject { id: "A".into(), ..Subject::default() };
    edit(&mut project);
    let programme = Subject { id: SubjectId::programme(), ..Subject::default() };
    Dossier { programme: programme.into(), projects: vec![project.into()], ..Dossier::default() }
}

/// A series of amounts from 2020 on.
pub(super) fn series(
    id: &str,
    kind: AmountKind,
    unit: Unit,
    years: &[&str],
    totals: &[(&str, &str)],
) -> AmountSeries {
    let read = |text: &str| Quantity::read(text, &unit);
    AmountSeries {
        id: id.into(),
        kind,
        years: (2020..).map(year).zip(years.iter().map(|text| read(text))).collect(),
        totals: totals
            .iter()
            .enumerate()
            .map(|(n, (label, text))| AmountTotal {
                id: format!("t{n}").into(),
                label: (*label).into(),
                amount: read(text),
            })
            .collect(),
        unit,
        ..AmountSeries::default()
    }
}

/// A funding table from 2020 on, in millions of yen: rows of figures, the last of each the printed row total; then
/// the printed column totals, the last of them the grand total.
pub(super) fn funding(rows: &[&[&str]], totals: &[&str]) -> FundingTable {
    let cell =
        |text: &str| FundingCell { amount: Quantity::read(text, &Unit::MillionYen), kind: String::new() };
    let split = |texts: &[&str]| {
        let (last, years) = texts.split_last().unwrap();
        ((2020..).map(year).zip(years.iter().map(|text| cell(text))).collect(), cell(last))
    };
    let items = rows.iter().enumerate().map(|(n, row)| {
        let (amounts, total) = split(row);
        FundingItem { id: format!("r{n}").into(), label: format!("項目{n}"), amounts, total }
    });
    let items = items.collect();
    let (column_totals, grand_total) = split(totals);
    FundingTable { unit: Unit::MillionYen, items, column_totals, grand_total, ..FundingTable::default() }
}

/// An indicator in 件 named by what it measures.
pub(super) fn indicator(name: &str, statements: Vec<Statement>) -> Indicator {
    Indicator { id: name.into(), name: name.into(), unit: "件".into(), statements, ..Indicator::default() }
}

/// A statement: the target's year and value, the actual's value and date; an empty text leaves a field out.
pub(super) fn statement(id: &str, year: Option<i16>, target: &str, actual: &str, as_of: &str) -> Statement {
    let read = |text: &str| Quantity::read(text, &"件".into());
    Statement {
        id: id.into(),
        target: Target { year: year.map(self::year), amount: read(target), ..Target::default() },
        actual: Actual {
            amount: read(actual),
            as_of: if as_of.is_empty() { When::default() } else { When::read(as_of) },
        },
        ..Statement::default()
    }
}
