//! The bundled sample: that it opens, is saved as it stands, and holds every fact of the evaluation it retells.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at what is not there"
)]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

mod evaluation;
mod facts;
mod figures;
mod files;
mod json;
mod material;

use hyoka::model::{CriterionNo, Dossier};
use hyoka::{sample, stats, store};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

fn dossier() -> Dossier {
    sample::dossier().unwrap()
}

#[test]
fn the_file_is_what_saving_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.ron");
    store::save(&path, &dossier()).unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written == sample::RON, "open and save samples/regenerative-medicine.ron to bring it into form");
    assert_eq!(store::open(&path).unwrap().dossier, dossier());
}

#[test]
fn ids_are_unique_within_their_list() {
    fn walk(place: &str, value: &serde_json::Value, lists: &mut usize) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.iter().for_each(|(name, field)| walk(&format!("{place}/{name}"), field, lists));
            }
            serde_json::Value::Array(rows) => {
                let ids: Vec<_> = rows.iter().filter_map(|row| row.get("id")?.as_str()).collect();
                assert!(ids.iter().all(|id| !id.is_empty()), "{place} has an empty id");
                assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{place}: {ids:?}");
                *lists += usize::from(!ids.is_empty());
                for (index, row) in rows.iter().enumerate() {
                    walk(&format!("{place}/{index}"), row, lists);
                }
            }
            _ => {}
        }
    }
    let mut lists = 0;
    walk("", &serde_json::to_value(dossier()).unwrap(), &mut lists);
    assert!(lists > 50, "{lists} lists");
}

#[test]
fn the_printed_means_are_the_means_of_the_scores() {
    let dossier = dossier();
    let mut means = 0;
    for (project, members) in [("A", 5), ("B", 4), ("C", 5)] {
        let evaluation = &dossier.subject(&project.into()).unwrap().evaluation;
        assert_eq!((evaluation.panel.len(), evaluation.printed_means.len()), (members, 7));
        for (no, printed) in &evaluation.printed_means {
            let summary = stats::summarise(&evaluation.scores_of(*no));
            assert_eq!((summary.mean.as_ref(), summary.n), (Some(printed), members), "{project}-{no}");
            means += 1;
        }
    }
    assert_eq!(means, 21);
    assert_eq!(dossier.projects[1].evaluation.printed_means[&CriterionNo(6)], "2.3");
}

#[test]
fn totals_are_computed_and_printed() {
    let dossier = dossier();
    let funding = &dossier.projects[0].funding;
    assert_eq!(funding.computed_grand_total(), Some(Decimal::from(5409)));
    assert_eq!(funding.grand_total.amount.value(), Some(Decimal::from(5409)));
    assert_eq!(funding.grand_total.amount.display(), "5,409");
    // The report leaves the total of the executed amounts open; the years sum to it all the same.
    assert_eq!(dossier.programme.amounts[0].computed_total(), Some(Decimal::from(20601)));
}

#[test]
fn every_fact_row_is_in_the_sample() {
    let Some(facts) = facts::folder() else {
        eprintln!("skipped: no fact sheets at ../shared/facts, and HYOKA_FACTS names no other folder");
        return;
    };
    let dossier = dossier();
    figures::check(&facts, &dossier);
    material::check(&facts, &dossier);
    evaluation::check(&facts, &dossier);
    json::check(&facts, &dossier);
}
