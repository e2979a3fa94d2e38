//! The tables of one project typed into Excel as the printed report lays them out.

use crate::support::{account, shown, workbooks};
use hyoka::import::{Answers, Content, Input, Options, Proposal, Standing, TableKind, apply, propose};
use hyoka::model::{
    CriterionNo, Dossier, Figure, FiscalYear, Indicator, MemberId, Quantity, ScoreCell, Subject, TargetKind,
    Unit,
};
use hyoka::sheets::{Book, Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn book() -> Option<Book> {
    let path = workbooks()?.join("report_layout_A.xlsx");
    let reader = Reader::guarded(env!("CARGO_BIN_EXE_hyoka").into(), Limits::default());
    Some(reader.read(&path, None, &Unwatched).unwrap().remove(0))
}

fn proposal(book: &Book, dossier: &Dossier) -> Proposal {
    let input = Input { file: book.file.clone(), path: None, content: Content::Book(book.clone()) };
    let proposal = propose(&[input], dossier, &Answers::new(), &Options::default()).unwrap();
    account(book, &proposal);
    proposal
}

type Row = BTreeMap<String, String>;

fn facts(name: &str) -> Option<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(format!("{name}.csv"));
    if !path.is_file() {
        eprintln!("skipped: no fact sheet {}", path.display());
        return None;
    }
    let rows: Vec<Row> = csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect();
    let of = if rows[0].contains_key("scope") { "scope" } else { "project" };
    Some(rows.into_iter().filter(|row| row[of] == "A").collect())
}

/// Asserts value, unit and printed form, and that the figure knows its cell.
fn assert_figure(quantity: &Quantity, value: &str, unit: &str, printed: &str, row: &Row) {
    let expected =
        if value.is_empty() { Figure::Dash } else { Figure::Number(Decimal::from_str_exact(value).unwrap()) };
    let amount = |figure: &Figure| match figure {
        Figure::Number(value) => Figure::Number(value.normalize()),
        other => other.clone(),
    };
    assert_eq!(amount(&quantity.figure), amount(&expected), "{row:?}");
    assert_eq!(quantity.unit, Unit::from(unit), "{row:?}");
    let plain = |text: &str| text.replace([' ', '　'], "");
    assert_eq!(plain(&quantity.printed), plain(printed), "{row:?}");
    let source = quantity.source.as_ref().unwrap_or_else(|| panic!("no source: {row:?}"));
    assert_eq!(source.file, "report_layout_A.xlsx");
    assert!(!source.sheet.is_empty() && !source.cell.is_empty(), "{row:?}");
}

fn imported() -> Option<(Proposal, Dossier)> {
    let empty = Dossier::default();
    let proposal = proposal(&book()?, &empty);
    let dossier = apply(&empty, &proposal).unwrap();
    Some((proposal, dossier))
}

fn project(dossier: &Dossier) -> &Subject {
    dossier.subject(&"A".into()).unwrap()
}

#[test]
fn nothing_is_left_over_and_nothing_is_asked() {
    use TableKind::{Amounts, Funding, OtherIndicators, Outcomes, Outputs, Overview, Scores};
    let Some((proposal, _)) = imported() else { return };
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let kinds: Vec<TableKind> = proposal.tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [Overview, Amounts, Funding, Outputs, OtherIndicators, Outcomes, Scores]);
    assert!(proposal.tables.iter().all(|table| table.subject.as_str() == "A"));
    let sheets = &proposal.files[0].sheets;
    assert!(sheets.iter().all(|sheet| sheet.understood == sheet.cells), "{sheets:?}");
}

#[test]
fn every_amount_of_the_funding_table_lands_with_its_cell() {
    let (Some((_, dossier)), Some(rows)) = (imported(), facts("budget")) else { return };
    let funding = &project(&dossier).funding;
    assert_eq!((funding.items.len(), funding.unit.as_str()), (5, "百万円"));
    let years: Vec<_> =
        funding.years.iter().map(|column| (column.year.start_year(), column.printed.as_str())).collect();
    assert_eq!(
        years,
        [(2017, "2017FY"), (2018, "2018FY"), (2019, "2019FY"), (2020, "2020FY"), (2021, "2021FY")]
    );
    for row in &rows {
        let year = row["fiscal_year"].parse().map(FiscalYear::new);
        let item = || {
            funding.items.iter().find(|item| item.label == row["item"]).unwrap_or_else(|| panic!("{row:?}"))
        };
        let cell = match row["kind"].as_str() {
            "cell" => &item().amounts[&year.unwrap()],
            "row_total" => &item().total,
            "column_total" => &funding.column_totals[&year.unwrap()],
            _ => &funding.grand_total,
        };
        assert_figure(&cell.amount, &row["amount_million_yen"], "百万円", &row["printed_text"], row);
        // The workbook prints the grand total without its kind.
        if row["kind"] != "grand_total" {
            assert_eq!(cell.kind, row["funding_kind"], "{row:?}");
        }
    }
    assert_eq!(rows.len(), 36);
    assert_eq!(funding.computed_grand_total(), funding.grand_total.amount.value());
    assert_eq!(funding.items[0].amounts[&FiscalYear::new(2017)].amount.source.as_ref().unwrap().cell, "B4");
}

#[test]
fn contract_amounts_and_their_totals_land() {
    let (Some((_, dossier)), Some(rows)) = (imported(), facts("contract_amounts")) else { return };
    let [series] = &project(&dossier).amounts[..] else { panic!("{:?}", project(&dossier).amounts) };
    assert_eq!((series.years.len(), series.totals.len(), series.unit.as_str()), (5, 2, "億円"));
    for row in &rows {
        let quantity = match row["fiscal_year"].parse() {
            Ok(year) => &series.years[&FiscalYear::new(year)],
            Err(_) => &series.totals.iter().find(|total| total.label == row["label"]).unwrap().amount,
        };
        assert_figure(quantity, &row["value"], &row["unit"], &row["printed_text"], row);
    }
    assert_eq!(rows.len(), 7);
}

fn check_statements(list: &[Indicator], rows: &[Row], ids: &[&str]) {
    for row in rows.iter().filter(|row| ids.contains(&row["id"].as_str())) {
        let indicator = list.iter().find(|indicator| indicator.name == row["indicator"]).unwrap();
        assert_eq!(indicator.unit.as_str(), row["unit"]);
        let year = row["target_fy"].parse().map(FiscalYear::new).ok();
        let statement = indicator.statements.iter().find(|s| s.target.year == year).unwrap();
        let kind = match row["target_kind"].as_str() {
            "中間" => TargetKind::Interim,
            "最終" => TargetKind::Final,
            _ => TargetKind::Unstated,
        };
        assert_eq!(statement.target.kind, kind, "{row:?}");
        let printed = format!("{}{}", row["target_value"], row["unit"]);
        assert_figure(&statement.target.amount, &row["target_value"], &row["unit"], &printed, row);
        let actual = &statement.actual.amount;
        assert_eq!(actual.value(), Some(row["actual_value"].parse().unwrap()), "{row:?}");
        assert_eq!(actual.unit.as_str(), row["unit"], "{row:?}");
        assert!(actual.source.as_ref().is_some_and(|source| !source.cell.is_empty()));
    }
}

#[test]
fn outputs_outcomes_and_other_indicators_land() {
    let (Some((proposal, dossier)), Some(outputs), Some(outcomes), Some(others)) =
        (imported(), facts("outputs"), facts("outcomes"), facts("other_indicators"))
    else {
        return;
    };
    let project = project(&dossier);
    assert_eq!((project.outputs.len(), project.outcomes.len(), project.other_indicators.len()), (1, 1, 4));
    assert_eq!((project.outputs[0].statements.len(), project.outcomes[0].statements.len()), (2, 3));
    check_statements(&project.outputs, &outputs, &["O04", "O05"]);
    check_statements(&project.outcomes, &outcomes, &["C05", "C06", "C07"]);
    // Zero in a sentence is an actual, the sentence stays, and the reader is told.
    let late = &project.outcomes[0].statements[0];
    assert_eq!(
        (late.actual.amount.value(), late.outlook.as_str()),
        (Some(Decimal::ZERO), "接着不良への対応で遅れ0件")
    );
    assert_eq!(project.outcomes[0].statements[2].actual.as_of.display(), "2022年末時点");
    let told = proposal
        .tables
        .iter()
        .flat_map(|table| &table.remarks)
        .filter(|r| r.text.ja.contains("文中"))
        .count();
    assert_eq!(told, 3);
    for row in &others {
        let found = project.other_indicators.iter().find(|other| other.name == row["indicator"]).unwrap();
        assert_figure(&found.amount, &row["value"], &row["unit"], &row["printed"], row);
        let years = (found.from.unwrap().to_string(), found.to.unwrap().to_string());
        assert_eq!(years, (row["period_from"].clone(), row["period_to"].clone()));
    }
}

#[test]
fn scores_means_criteria_and_members_land() {
    let (Some((proposal, dossier)), Some(rows)) = (imported(), facts("scores")) else { return };
    let evaluation = &project(&dossier).evaluation;
    let members: Vec<_> = dossier.members.iter().map(|m| (m.id.to_string(), m.name.clone())).collect();
    assert_eq!(members, (1..=5).map(|n| (format!("M{n}"), format!("委員{n}"))).collect::<Vec<_>>());
    assert_eq!(evaluation.panel.len(), 5);
    for row in &rows {
        let no = CriterionNo(row["criterion_no"].parse().unwrap());
        let criterion = dossier.criteria.project.get(no).unwrap();
        assert_eq!((criterion.label.as_str(), criterion.scored), (row["criterion"].as_str(), true));
        assert!(criterion.printed.ends_with(&criterion.label) && criterion.printed != criterion.label);
        let member = MemberId::from(format!("M{}", row["member_index"]));
        assert_eq!(evaluation.cell(&member, no), ScoreCell::Score(row["score"].parse().unwrap()), "{row:?}");
        assert_eq!(evaluation.printed_means[&no], row["printed_mean"]);
        let place = format!("projects/A/evaluation/scores/{member}/{no}");
        let entry = proposal.accepted().find(|entry| entry.place.to_string() == place).unwrap();
        assert_eq!(entry.source.sheet, "評点");
    }
    assert_eq!(rows.len(), 35);
}

#[test]
fn importing_again_changes_nothing() {
    let (Some(book), Some((_, dossier))) = (book(), imported()) else { return };
    let again = proposal(&book, &dossier);
    let other: Vec<_> =
        again.tables.iter().flat_map(|t| &t.entries).filter(|e| e.standing != Standing::Same).collect();
    assert!(other.is_empty(), "{other:#?}");
    assert_eq!(apply(&dossier, &again).unwrap(), dossier);
}

/// The same dossier without the notes of where its values were read.
fn without_sources(dossier: &Dossier) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                if fields.contains_key("figure") {
                    fields.remove("source");
                }
                fields.values_mut().for_each(strip);
            }
            serde_json::Value::Array(rows) => rows.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut tree = serde_json::to_value(dossier).unwrap();
    tree.as_object_mut().unwrap().remove("origins");
    strip(&mut tree);
    tree
}

#[test]
fn the_sample_is_confirmed_and_gains_only_origins() {
    let Some(book) = book() else { return };
    let sample = hyoka::sample::dossier().unwrap();
    let proposal = proposal(&book, &sample);
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    assert_eq!(proposal.changes(), 0, "{}", shown(&proposal));
    assert!(proposal.tables.iter().all(|table| table.rows.is_empty()));
    // Where the dossier tells it in other words, or says that it is open, the workbook's wording is offered only.
    let offered: BTreeSet<String> = (proposal.tables.iter().flat_map(|table| &table.entries))
        .filter(|entry| entry.standing != Standing::Same)
        .map(|entry| format!("{}!{}", entry.source.sheet, entry.source.cell))
        .collect();
    let expected =
        ["概要!B5", "アウトプット!E4", "アウトプット!E5", "アウトカム!D4", "アウトカム!D5", "アウトカム!D6"];
    assert_eq!(offered, expected.map(ToOwned::to_owned).into());
    let after = apply(&sample, &proposal).unwrap();
    let changed = hyoka::model::diff(&sample, &after).unwrap();
    assert!(without_sources(&after) == without_sources(&sample), "{changed:#?}");
    assert_ne!(after, sample);
    assert_eq!(apply(&after, &self::proposal(&book, &after)).unwrap(), after);
}
