//! Other programmes: none, one, fifty projects; figures of nothing, below zero and beyond measure; names without end.

#[path = "../support/dossiers.rs"]
mod dossiers;

use crate::geometry;
use hyoka::chart::Shape;
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

#[test]
fn many_projects_are_brought_together() {
    let dossier = generate::dossier(Size { projects: 50, years: 3, members: 30 }, 7);
    let figures = chart::all(&dossier);
    let of = |id: &str| &figures.iter().find(|figure| figure.chart.id == id).unwrap().chart;
    // Seven of their own, the other forty-three together; the table has all.
    let all = of("programme-projects");
    assert_eq!(all.legend.last().unwrap().label.ja, "ほか43課題 契約額");
    assert_eq!((all.legend.len(), all.table.columns.len()), (8, 53));
    let sum: Vec<_> = all.table.rows.iter().map(|row| row[51].ja.clone()).collect();
    let says = |text: &str| {
        all.marks.iter().any(|mark| matches!(&mark.shape, Shape::Label { text: t, .. } if t.ja == text))
    };
    assert!(sum.iter().all(|sum| says(sum)), "{sum:?}");
    // A map: a row a project, a column a criterion.
    let scores = of("programme-scores-of-projects");
    assert_eq!((scores.table.rows.len(), scores.table.columns.len()), (50, 8));
    // Thirty members are rows, too.
    let members = of("p1-scores-by-member");
    assert_eq!((members.table.rows.len(), members.table.columns.len()), (30, 8));
    assert_eq!(members.table.rows[0][0].ja, "委員1");
    // Each member has a dot for each criterion, none upon another.
    let dots: Vec<_> = of("p1-scores")
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Point { at, .. } => Some(*at),
            _ => None,
        })
        .collect();
    assert_eq!(dots.len(), 30 * 7);
    for (n, dot) in dots.iter().enumerate() {
        let apart = |other: &[f64; 2]| (0..2).any(|axis| (other[axis] - dot[axis]).abs() > 0.01);
        assert!(dots[n + 1..].iter().all(apart), "{dot:?}");
    }
}

#[test]
fn what_lies_below_zero_hangs_from_it() {
    let figures = dossiers::odd_figures();
    let (_, negative) = figures.iter().find(|(name, _)| *name == "negative").unwrap();
    let amounts = chart::budget::amounts(&negative.projects[0]).unwrap();
    assert!(amounts.y.from < -12.8 && amounts.y.to >= 0.0, "{:?}", amounts.y);
    let bars = || {
        amounts.marks.iter().filter_map(|mark| match &mark.shape {
            Shape::Bar { y, .. } => Some(*y),
            _ => None,
        })
    };
    assert_eq!(bars().count(), 5);
    assert!(bars().all(|[from, to]| from == 0.0 && to < 0.0));
    // Shares of what is below zero mean nothing.
    assert!(chart::budget::shares(&negative.projects[0]).is_none());
}
