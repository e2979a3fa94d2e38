//! Money, indicators, market figures and the roadmap.

use crate::facts::{Row, assert_quantity, assert_when, by_id, numbers, rows, subject};
use hyoka::model::{
    AmountKind, Dossier, FiscalYear, FundingCell, IndicatorStanding, PrintedChapter, Quantity, RoadmapKind,
    Statement, TargetKind, When,
};
use std::path::Path;

/// Checks the sheets about figures.
pub fn check(facts: &Path, dossier: &Dossier) {
    each(facts, "budget", |row| budget(dossier, row));
    each(facts, "contract_amounts", |row| contract_amounts(dossier, row));
    each(facts, "outputs", |row| indicator(dossier, row, "outputs"));
    each(facts, "outcomes", |row| indicator(dossier, row, "outcomes"));
    each(facts, "other_indicators", |row| other_indicator(dossier, row));
    each(facts, "market", |row| market(dossier, row));
    each(facts, "roadmap", |row| roadmap(dossier, row));
}

fn each(facts: &Path, name: &str, check: impl Fn(&Row)) {
    for row in &rows(facts, name) {
        check(row);
    }
}

fn budget(dossier: &Dossier, row: &Row) {
    let table = &subject(dossier, &row["project"]).funding;
    let item = || table.items.iter().find(|item| item.label == row["item"]).expect("the row's item");
    let year = || FiscalYear::new(row["fiscal_year"].parse().unwrap());
    let cell: &FundingCell = match &row["kind"] {
        "cell" => {
            assert!(table.years.iter().any(|column| column.year == year()), "{row:?}");
            &item().amounts[&year()]
        }
        "row_total" => &item().total,
        "column_total" => &table.column_totals[&year()],
        _ => &table.grand_total,
    };
    assert_quantity(row, &cell.amount, &row["amount_million_yen"], "百万円", &row["printed_text"]);
    assert_eq!(
        (cell.kind.as_str(), table.printed_at.as_str()),
        (&row["funding_kind"], &row["where"]),
        "{row:?}"
    );
}

fn contract_amounts(dossier: &Dossier, row: &Row) {
    let [series] = &subject(dossier, &row["scope"]).amounts[..] else { panic!("one series: {row:?}") };
    let amount: &Quantity = match row["fiscal_year"].parse().map(FiscalYear::new) {
        Ok(year) => &series.years[&year],
        Err(_) => &series.totals.iter().find(|total| total.label == row["label"]).expect("the total").amount,
    };
    assert_quantity(row, amount, &row["value"], &row["unit"], &row["printed_text"]);
    assert_eq!((amount.note.as_str(), series.printed_at.as_str()), (&row["note"], &row["where"]), "{row:?}");
    let kind = if &row["scope"] == "program" { AmountKind::Executed } else { AmountKind::Contract };
    assert_eq!(series.kind, kind);
}

fn indicator(dossier: &Dossier, row: &Row, list: &str) {
    let subject = subject(dossier, &row["project"]);
    let indicators = if list == "outputs" { &subject.outputs } else { &subject.outcomes };
    let indicator =
        indicators.iter().find(|indicator| indicator.name == row["indicator"]).expect("the indicator");
    let statement: &Statement = by_id(&indicator.statements, &row["id"]);
    let (standing, chapter) = match &row["chapter"] {
        "program" => (IndicatorStanding::Current, PrintedChapter::Programme),
        "project" => (IndicatorStanding::Current, PrintedChapter::Project),
        "former" => (IndicatorStanding::Former, PrintedChapter::Elsewhere),
        _ => (IndicatorStanding::Successor, PrintedChapter::Elsewhere),
    };
    assert_eq!((indicator.standing, statement.chapter), (standing, chapter), "{row:?}");
    let kind = match &row["target_kind"] {
        "中間" => TargetKind::Interim,
        "最終" => TargetKind::Final,
        "推移" => TargetKind::Trend,
        "見込み" => TargetKind::Expected,
        _ => TargetKind::Unstated,
    };
    assert_eq!((statement.target.kind, statement.target.year), (kind, row.year("target_fy")), "{row:?}");
    assert_amount(row, &statement.target.amount, "target_value", &row["target_printed"]);
    if list == "outputs" {
        assert_amount(row, &statement.actual.amount, "actual_value", &row["actual_printed"]);
    } else {
        assert_amount(row, &statement.actual.amount, "actual_value", "");
        assert_when(row, &statement.actual.as_of, &row["actual_as_of"]);
    }
    assert_eq!((statement.outlook.as_str(), statement.printed_at.as_str()), (&row["status"], &row["where"]));
    let told = numbers(&format!("{}{}", statement.supplement, indicator.note));
    assert!(numbers(&row["supplement"]).is_subset(&told), "{row:?}: {told:?}");
}

/// A quantity that is left out altogether where the sheet has no number.
fn assert_amount(row: &Row, quantity: &Quantity, value: &str, printed: &str) {
    if row[value].is_empty() {
        assert_eq!(*quantity, Quantity::default(), "{row:?}");
    } else {
        assert_quantity(row, quantity, &row[value], &row["unit"], printed);
    }
}

fn other_indicator(dossier: &Dossier, row: &Row) {
    let list = &subject(dossier, &row["project"]).other_indicators;
    let found = list.iter().find(|found| found.name == row["indicator"]).expect("the indicator");
    assert_eq!((found.from, found.to), (row.year("period_from"), row.year("period_to")), "{row:?}");
    assert_quantity(row, &found.amount, &row["value"], &row["unit"], &row["printed"]);
    assert_eq!((found.note.as_str(), found.printed_at.as_str()), (&row["note"], &row["where"]), "{row:?}");
}

fn market(dossier: &Dossier, row: &Row) {
    let figure = by_id(&subject(dossier, &row["project"]).market, &row["id"]);
    assert_eq!((figure.subject.as_str(), figure.kind.as_str()), (&row["subject"], &row["kind"]), "{row:?}");
    assert_when(row, &figure.when, &row["year"]);
    assert_quantity(row, &figure.amount, &row["value"], &row["unit"], &row["printed"]);
    assert_eq!(figure.growth_percent, row.number("growth_rate_percent"), "{row:?}");
    assert_eq!((figure.cited.as_str(), figure.note.as_str()), (&row["source"], &row["note"]), "{row:?}");
    assert_eq!(figure.printed_at, row["where"], "{row:?}");
}

fn roadmap(dossier: &Dossier, row: &Row) {
    let (owner, about) = match &row["project"] {
        "A(後継)" => ("program", "A（後継）"),
        owner => (owner, ""),
    };
    let item = by_id(&subject(dossier, owner).roadmap, &row["id"]);
    assert_eq!(
        (item.lane.as_str(), item.about.as_str(), item.label.as_str()),
        (&row["lane"], about, &row["label"])
    );
    let kind = match &row["kind"] {
        "period" => RoadmapKind::Period,
        "milestone" => RoadmapKind::Milestone,
        "target" => RoadmapKind::Target,
        "actual" => RoadmapKind::Actual,
        _ => RoadmapKind::Projection,
    };
    assert_eq!(item.kind, kind, "{row:?}");
    if row["point"].is_empty() {
        let span = When { at: row.number("start"), to: row.number("end"), printed: String::new() };
        assert_eq!(item.when, span, "{row:?}");
    } else {
        assert_when(row, &item.when, &row["point"]);
    }
    if &row["unit"] == "段" {
        assert_eq!((item.step, &item.amount), (row.number("value"), &Quantity::default()), "{row:?}");
    } else {
        assert_eq!(item.step, None);
        assert_amount(row, &item.amount, "value", "");
    }
    assert_eq!((item.note.as_str(), item.printed_at.as_str()), (&row["note"], &row["where"]), "{row:?}");
}
