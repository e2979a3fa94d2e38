//! How long the consistency checks take on a dossier of 200 projects with ten years of figures each.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark has no callers, and stops at what is not there"
)]

use hyoka::check::{self, Checker};
use hyoka::model::{Dossier, Figure, FiscalYear, FundingCell, Quantity, Subject};
use rust_decimal::Decimal;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// splitmix64: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// The sample's three evaluated projects again and again, with names and figures of their own, over ten years.
fn dossier(projects: usize) -> Dossier {
    let sample = hyoka::sample::dossier().unwrap();
    let mut numbers = Numbers(20_221_114);
    let mut project = |index: usize| grown(&sample.projects[index % 3], index, &mut numbers);
    Dossier { projects: (0..projects).map(|n| project(n).into()).collect(), ..sample.clone() }
}

fn grown(of: &Subject, index: usize, numbers: &mut Numbers) -> Subject {
    let mut project = Subject { id: format!("P{index}").into(), ..of.clone() };
    project.overview.name = format!("{} {index}", of.overview.name);
    project.overview.period.start = Some(FiscalYear::new(2014));
    project.overview.period.end = Some(FiscalYear::new(2023));
    for indicator in project.outputs.iter_mut().chain(&mut project.outcomes) {
        indicator.name = format!("{} {index}", indicator.name);
    }
    let unit = project.funding.unit.clone();
    let mut amount = |below: u64| Quantity::number(numbers.next(below), unit.clone());
    for year in (2014..2024).map(FiscalYear::new) {
        for item in &mut project.funding.items {
            item.amounts.insert(year, FundingCell { amount: amount(900), kind: "委託".into() });
        }
        project.funding.column_totals.insert(year, FundingCell { amount: amount(3000), kind: String::new() });
        for series in &mut project.amounts {
            series.years.insert(year, amount(3000));
        }
    }
    project
}

#[divan::bench]
fn all_rules_on_200_projects(bencher: divan::Bencher<'_, '_>) {
    let dossier = dossier(200);
    bencher.bench(|| check::run(&dossier));
}

#[divan::bench]
fn all_rules_on_the_sample(bencher: divan::Bencher<'_, '_>) {
    let dossier = hyoka::sample::dossier().unwrap();
    bencher.bench(|| check::run(&dossier));
}

#[divan::bench]
fn again_after_an_edit_of_one_of_200_projects(bencher: divan::Bencher<'_, '_>) {
    let before = Arc::new(dossier(200));
    let mut edited = Dossier::clone(&before);
    let item = &mut edited.projects[7].funding.items[0];
    item.amounts.values_mut().next().unwrap().amount.figure = Figure::Number(Decimal::ONE_THOUSAND);
    let edited = Arc::new(edited);
    let checked = || {
        let mut checker = Checker::default();
        checker.check(&before);
        checker
    };
    bencher.with_inputs(checked).bench_values(|mut checker| checker.check(&edited));
}
