//! The consistency checks on the bundled sample, a real report in which a hundred places are known not to agree.
//!
//! `findings.csv` lists every finding on the sample, with what a reviewer says of it: a finding that is not in it, or
//! that is there with other figures, fails. `entries.csv` says of each of the hundred known places which rule finds
//! it, that a rule looks and agrees (`silent`), or why no rule over data can find it (`prose`).

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at what is not there"
)]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

mod command;
mod odd;

use hyoka::check::{self, Finding, RULES, Severity};
use hyoka::locale::Lang;
use hyoka::model::{AmountKind, AmountSeries, FiscalYear, Quantity, Unit};
use hyoka::sample;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The entries that must be found, with both places and the figures.
const MUST: &str = "N01 N02 N03 N06 N09 N10 N11 N13 N14 N15 N16 N17 N18 N20 N21 N25 N26 N27 N28 N31 N32 N33 N34 N36 \
    N40 N48 N49 N50 N55 N58 N63 N91";

/// A row of a table, by column name.
type Row = BTreeMap<String, String>;

fn table(name: &str) -> Vec<Row> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check").join(name))
}

fn read(path: &Path) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().collect::<Result<_, _>>().unwrap()
}

fn findings() -> Vec<Finding> {
    check::run(&sample::dossier().unwrap())
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

fn places(finding: &Finding) -> String {
    finding.places.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The entries that a reviewed finding tells of, with the finding.
fn told() -> BTreeMap<String, Vec<Finding>> {
    let reviewed = table("findings.csv");
    let mut told: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in findings() {
        let row =
            reviewed.iter().find(|row| row["rule"] == finding.rule.id && row["places"] == places(&finding));
        for entry in row.into_iter().flat_map(|row| row["entries"].split_whitespace()) {
            told.entry(entry.to_owned()).or_default().push(finding.clone());
        }
    }
    told
}

#[test]
fn every_finding_on_the_sample_is_reviewed_and_nothing_else_is_listed() {
    let found: Vec<_> = findings()
        .iter()
        .map(|f| [f.rule.id, severity(f), &places(f), &f.expected.ja, &f.found.ja].map(str::to_owned))
        .collect();
    let reviewed: Vec<_> = table("findings.csv")
        .iter()
        .map(|row| ["rule", "severity", "places", "expected", "found"].map(|column| row[column].clone()))
        .collect();
    for finding in &found {
        assert!(reviewed.contains(finding), "not reviewed: {finding:?}");
    }
    for row in &reviewed {
        assert!(found.contains(row), "no longer found: {row:?}");
    }
    assert!(table("findings.csv").iter().all(|row| !row["review"].is_empty()));
}

#[test]
fn findings_are_named_apart_and_speak_both_languages() {
    let dossier = sample::dossier().unwrap();
    let tree = serde_json::to_value(&dossier).unwrap();
    let all = findings();
    let keys: BTreeSet<_> = all.iter().map(|finding| (finding.rule.id, places(finding))).collect();
    assert_eq!(keys.len(), all.len(), "a note must not be about two findings");
    for finding in &all {
        for lang in Lang::ALL {
            assert!(
                !finding.sentence(lang).is_empty() && !finding.why(lang).is_empty(),
                "{}",
                finding.rule.id
            );
        }
        assert_ne!(finding.message.ja, finding.message.en);
        let japanese = finding
            .message
            .en
            .chars()
            .any(|c| ('ぁ'..='ん').contains(&c) && !finding.message.en.contains('「'));
        assert!(!japanese || finding.message.en.contains('\u{201c}'), "{}", finding.message.en);
        for place in &finding.places {
            assert!(exists(&tree, place.steps()), "{}: {place}", finding.rule.id);
        }
    }
}

/// Whether a place names something of the dossier. What is empty is left out of the tree, but then its parent is there.
fn exists(tree: &serde_json::Value, steps: &[hyoka::model::Step]) -> bool {
    let mut node = tree;
    for (index, step) in steps.iter().enumerate() {
        let next = match node {
            serde_json::Value::Array(rows) => rows.iter().find(|row| row["id"] == step.as_str()),
            other => other.get(step.as_str()),
        };
        match next {
            Some(next) => node = next,
            None => return index + 1 == steps.len() && node.is_object(),
        }
    }
    true
}

#[test]
fn the_known_places_are_found_with_both_places_and_the_figures() {
    let told = told();
    for entry in MUST.split_whitespace() {
        let findings = told.get(entry).unwrap_or_else(|| panic!("{entry} is not found"));
        for finding in findings {
            let sentence = finding.sentence(Lang::Ja);
            assert!(finding.places.len() > 1, "{entry}: {:?}", finding.places);
            assert!(sentence.chars().any(|c| c.is_ascii_digit()), "{entry}: {sentence}");
        }
    }
    for (entry, rule, words) in [
        ("N02", "market-multiple", "10,400億円 ÷ 206.01億円 = 50.5"),
        ("N06", "market-growth", "残り15年は年 6.1 %"),
        ("N09", "programme-sum", "71.48 − 61.4 = +10.08億円"),
        ("N13", "amount-over-budget", "102.0 − 85.2 = +16.8億円"),
        ("N14", "contract-funding", "48.6 − 12.69 = +35.91億円"),
        ("N18", "funding-budget", "85.2 − 70.53 = +14.67億円"),
        ("N27", "outlook-pace", "20 + 4 × 1年 = 24件"),
        ("N34", "result-count", "5 + 予定 3 = 8件 ≠ 6件"),
    ] {
        let found = told[entry].iter().any(|f| f.rule.id == rule && f.sentence(Lang::Ja).contains(words));
        assert!(
            found,
            "{entry}: {words}: {:?}",
            told[entry].iter().map(|f| f.sentence(Lang::Ja)).collect::<Vec<_>>()
        );
    }
}

#[test]
fn rounding_is_a_notice_and_confirmations_are_silent() {
    let told = told();
    for entry in ["N03", "N05", "N11", "N15", "N16", "N17", "N20"] {
        assert!(told[entry].iter().all(|finding| finding.severity == Severity::Notice), "{entry}");
    }
    assert_eq!((told["N16"].len(), told["N20"].len()), (3, 2));
    for entry in ["N04", "N88", "N92", "N99", "N100"] {
        assert!(!told.contains_key(entry), "{entry} agrees");
    }
    let silent = |rule: &str, prefix: &str| {
        findings().iter().all(|f| f.rule.id != rule || !f.places[0].to_string().starts_with(prefix))
    };
    assert!(silent("funding-totals", "projects/A"), "N92");
    assert!(silent("period-years", ""), "N99");
    assert!(silent("era-date", ""), "N100");
    assert!(silent("score-mean", ""), "N88");
}

#[test]
fn the_table_says_of_all_hundred_entries_what_becomes_of_them() {
    let entries = table("entries.csv");
    let names: Vec<_> = entries.iter().map(|row| row["entry"].clone()).collect();
    let expected: Vec<_> = (1..=100).map(|n| format!("N{n:02}")).collect();
    assert_eq!(names, expected);
    let rules: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    let told = told();
    for row in &entries {
        let entry = &row["entry"];
        let given: Vec<_> = row["rules"].split_whitespace().collect();
        assert!(given.iter().all(|rule| rules.contains(rule)), "{entry}: {given:?}");
        match row["outcome"].as_str() {
            "found" => {
                let by: BTreeSet<_> = told[entry].iter().map(|finding| finding.rule.id).collect();
                assert_eq!(by, given.iter().copied().collect(), "{entry}");
            }
            outcome @ ("silent" | "prose") => {
                assert!(!told.contains_key(entry), "{entry} is found");
                assert_eq!(given.is_empty(), outcome == "prose", "{entry}");
                assert!(!row["remark"].is_empty(), "{entry} needs a reason");
            }
            other => panic!("{entry}: {other}"),
        }
    }
    let Some(facts) = facts() else {
        eprintln!(
            "skipped: no fact sheets at ../shared/facts, so the entries are not compared with their source"
        );
        return;
    };
    let source: Vec<_> =
        read(&facts.join("inconsistencies.csv")).iter().map(|row| row["id"].clone()).collect();
    assert_eq!(source, names);
}

fn facts() -> Option<PathBuf> {
    let folder = std::env::var_os("HYOKA_FACTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Official data beside the report's own figures, as the imports of the RS System and of review sheets write them.
#[test]
fn official_series_beside_the_report_add_rounding_and_no_more() {
    let mut dossier = sample::dossier().unwrap();
    let series = |id: &str, kind, label: &str, unit: Unit, amounts: [&str; 4]| AmountSeries {
        id: id.into(),
        kind,
        label: label.to_owned(),
        years: (2018..).map(FiscalYear::new).zip(amounts.map(|text| Quantity::read(text, &unit))).collect(),
        unit,
        ..AmountSeries::default()
    };
    let budget =
        |id: &str, label: &str, amounts| series(id, AmountKind::Budget, label, Unit::MillionYen, amounts);
    let executed = ["4373000000", "7148000000", "3913000000", "5167000000"];
    dossier.programme.amounts.extend([
        series("o1", AmountKind::Executed, "執行額", Unit::Yen, executed),
        budget("o2", "当初予算", ["3200", "3578", "3800", "3996"]),
        budget("o3", "補正予算", ["0", "0", "0", "0"]),
        budget("o4", "前年度から繰越し", ["0", "0", "0", "0"]),
        budget("o5", "予備費等", ["1300", "3588", "169.6", "1210"]),
        budget("o6", "歳出予算現額", ["4500", "7166", "3969.6", "5206"]),
        budget("o7", "要求額", ["4600", "5130", "4500", "4600"]),
        // A later sheet prints the same in whole millions.
        budget("o8", "予備費等", ["1300", "3588", "170", "1210"]),
    ]);
    // What was found before may be explained by more figures now; it is the same finding.
    let before = findings();
    let added: Vec<_> = check::run(&dossier)
        .into_iter()
        .filter(|finding| before.iter().all(|known| known.key() != finding.key()))
        .map(|finding| (finding.rule.id, finding.severity, finding.sentence(Lang::Ja)))
        .collect();
    // The budget is known from 2018, the period begins in 2015.
    let years: Vec<_> = added.iter().filter(|(rule, ..)| *rule == "amount-years").collect();
    assert_eq!(years.len(), 1, "{years:#?}");
    let others: Vec<_> = added.iter().filter(|(rule, ..)| *rule != "amount-years").collect();
    assert!(
        matches!(&others[..], [("series-differ", Severity::Notice, said)] if said.contains("169.6") && said.contains("170")),
        "{others:#?}"
    );
}
