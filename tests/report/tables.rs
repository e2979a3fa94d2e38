//! The CSV tables and their description.

use crate::fixture::{dossier, exported, table};
use serde_json::Value;
use std::collections::BTreeMap;

/// The place of a column.
pub fn column(records: &[Vec<String>], name: &str) -> usize {
    records[0].iter().position(|heading| heading == name).unwrap_or_else(|| panic!("no column {name}"))
}

/// The value of `wanted` in the only row in which all the given columns have the given values.
fn look_up(records: &[Vec<String>], given: &[(&str, &str)], wanted: &str) -> String {
    let fits = |row: &&Vec<String>| given.iter().all(|(name, value)| row[column(records, name)] == *value);
    let rows: Vec<_> = records[1..].iter().filter(fits).collect();
    assert_eq!(rows.len(), 1, "{given:?}");
    rows[0][column(records, wanted)].clone()
}

#[test]
fn the_description_fits_every_table() {
    let files = exported(&dossier());
    let package: Value = serde_json::from_slice(&files["data/datapackage.json"]).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let listed: Vec<_> = resources.iter().map(|r| format!("data/{}", r["path"].as_str().unwrap())).collect();
    let present: Vec<_> = files.keys().filter(|name| name.starts_with("data/tables/")).cloned().collect();
    assert_eq!(listed, present);
    for resource in resources {
        let name = resource["path"].as_str().unwrap().trim_start_matches("tables/").trim_end_matches(".csv");
        let records = table(&files, name);
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<_> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(records[0], names, "{name}");
        assert!(records.len() > 1, "the fixture has no row for {name}");
        for (row, (index, field)) in
            records[1..].iter().flat_map(|row| fields.iter().enumerate().map(move |field| (row, field)))
        {
            let cell = &row[index];
            match field["type"].as_str().unwrap() {
                "integer" => assert!(cell.is_empty() || cell.parse::<i64>().is_ok(), "{name}: {cell}"),
                "number" => assert!(cell.is_empty() || cell.parse::<f64>().is_ok(), "{name}: {cell}"),
                kind => assert_eq!(kind, "string"),
            }
        }
    }
}

#[test]
fn lines_end_as_spreadsheets_expect() {
    let files = exported(&dossier());
    for (name, file) in files.iter().filter(|(name, _)| name.starts_with("data/tables/")) {
        assert!(file.starts_with("\u{feff}subject,".as_bytes()) || name.ends_with("members.csv"), "{name}");
        assert!(file.ends_with(b"\r\n"), "{name}");
    }
}

#[test]
fn means_are_exact_and_stand_beside_the_printed_ones() {
    let files = exported(&dossier());
    let means = table(&files, "score_means");
    let of = |criterion, wanted| look_up(&means, &[("subject", "A"), ("criterion_no", criterion)], wanted);
    assert_eq!(
        (of("6", "mean"), of("6", "printed_mean"), of("6", "n")),
        ("2.3".into(), "2.2".into(), "4".into())
    );
    assert_eq!((of("1", "mean"), of("1", "n")), ("3.0".into(), "1".into()));
    assert_eq!(of("7", "mean"), "0.0");
}

#[test]
fn the_five_states_of_a_cell_are_told_apart() {
    let scores = table(&exported(&dossier()), "scores");
    let mut states = BTreeMap::new();
    for row in &scores[1..] {
        *states.entry(row[column(&scores, "state")].as_str()).or_insert(0) += 1;
    }
    let expected = [("absent", 1), ("blank", 3), ("not_applicable", 1), ("recused", 1), ("score", 6)];
    assert_eq!(states, BTreeMap::from(expected));
    assert_eq!(look_up(&scores, &[("criterion_no", "7"), ("member", "M1")], "score"), "0");
}

#[test]
fn figures_keep_their_ids_their_unit_and_what_was_printed() {
    let files = exported(&dossier());
    let budget = table(&files, "budget");
    let cell =
        |wanted| look_up(&budget, &[("role", "cell"), ("subject", "A"), ("fiscal_year", "2020")], wanted);
    assert_eq!(
        (cell("value"), cell("unit"), cell("printed")),
        ("3000".into(), "百万円".into(), "3,000".into())
    );
    assert_eq!((cell("item_id"), cell("funding_kind")), ("r1".into(), "委託".into()));
    let dash = look_up(&budget, &[("subject", "program"), ("fiscal_year", "2019")], "printed");
    assert_eq!(dash, "'-");
    let market = table(&files, "market");
    assert_eq!(look_up(&market, &[("id", "r1")], "growth_percent"), "-2.5");
    let outputs = table(&files, "outputs");
    assert_eq!(outputs.len(), 3);
    assert_eq!(look_up(&outputs, &[("statement_id", "r1")], "target_printed"), "2021年度 12件");
    let findings = table(&files, "findings");
    assert_eq!(look_up(&findings, &[("subject", "program")], "finding"), "");
}
