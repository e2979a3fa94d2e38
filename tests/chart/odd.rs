//! Other programmes: none, one, fifty projects; figures of nothing, below zero and beyond measure; names without end.

#[path = "../support/dossiers.rs"]
mod dossiers;

use crate::geometry;
use hyoka::generate::{self, Size};
use hyoka::model::Dossier;
use hyoka::{chart, sample};

/// Draws everything; how much there was.
fn drawn(name: &str, dossier: &Dossier) -> usize {
    let figures = chart::all(dossier);
    for figure in &figures {
        geometry::readable(name, &figure.chart);
    }
    figures.len()
}

#[test]
fn nothing_has_no_chart() {
    assert_eq!(drawn("blank", &sample::blank()), 0);
    assert_eq!(drawn("default", &Dossier::default()), 0);
}

#[test]
fn programmes_of_any_size_are_drawn() {
    for (projects, years, members) in [(1, 1, 1), (1, 5, 4), (3, 50, 5), (50, 10, 30)] {
        let dossier = generate::dossier(Size { projects, years, members }, 7);
        let name = format!("{projects} projects, {years} years, {members} members");
        assert!(drawn(&name, &dossier) >= projects, "{name}");
    }
}

#[test]
fn figures_may_be_anything() {
    for (name, dossier) in dossiers::odd_figures() {
        drawn(name, &dossier);
    }
}

#[test]
fn names_may_be_long() {
    for (name, dossier) in dossiers::odd_names() {
        drawn(name, &dossier);
    }
}

#[test]
fn years_may_be_anywhere() {
    for (name, dossier) in dossiers::odd_years() {
        drawn(name, &dossier);
    }
}
