//! The sample made odd: figures of nothing, below zero and beyond measure, names without end, years anywhere.

use hyoka::model::{Dossier, Figure, FiscalYear, Moment, Quantity, Subject};
use hyoka::sample;
use rust_decimal::Decimal;

/// Dossiers with odd figures, named.
pub(crate) fn odd_figures() -> Vec<(&'static str, Dossier)> {
    let huge = Decimal::MAX / Decimal::from(3);
    let tiny = Decimal::new(1, 24);
    let million = Decimal::from(1_000_000_000_000_000_u64);
    vec![
        ("zero", figures(|_| Decimal::ZERO)),
        ("negative", figures(|value| -value)),
        ("mixed", figures(|value| if value.mantissa() % 2 == 0 { value } else { -value })),
        ("huge", figures(|_| huge)),
        ("huge below zero", figures(|_| -huge)),
        ("large", figures(|value| value.checked_mul(million).unwrap_or(huge))),
        ("tiny", figures(|_| tiny)),
        ("long", figures(|value| value / Decimal::from(7))),
    ]
}

/// Dossiers with odd names, named.
pub(crate) fn odd_names() -> Vec<(&'static str, Dossier)> {
    let word = "Pneumonoultramicroscopic".repeat(8);
    vec![
        ("long", names(|name| *name = name.repeat(5))),
        ("one long word", names(|name| name.push_str(&word))),
        ("rare characters", names(|name| name.push_str("①㎡㌔髙𠮷﨑Ⅲ\u{200b}\u{301}🙂"))),
        ("lines", names(|name| *name = format!("甲\n{name}"))),
        ("empty", names(String::clear)),
    ]
}

/// Dossiers with odd years, named.
pub(crate) fn odd_years() -> Vec<(&'static str, Dossier)> {
    vec![
        ("one year", years(|_| 2020)),
        ("far apart", years(|year| if year % 2 == 0 { 1 } else { 9000 })),
        ("long ago", years(|year| year - 2000)),
    ]
}

fn subjects(dossier: &mut Dossier) -> impl Iterator<Item = &mut Subject> {
    dossier.shared_subjects_mut().map(|subject| &mut **subject)
}

/// The sample with every number of the material changed.
fn figures(change: impl Fn(Decimal) -> Decimal) -> Dossier {
    let mut dossier = sample::dossier().unwrap();
    let change = |quantity: &mut Quantity| match &mut quantity.figure {
        Figure::Number(value) => *value = change(*value),
        Figure::Range(low, high) => {
            (*low, *high) = (change(*low), change(*high));
        }
        _ => {}
    };
    for subject in subjects(&mut dossier) {
        for series in &mut subject.amounts {
            series.years.values_mut().for_each(&change);
            series.totals.iter_mut().for_each(|total| change(&mut total.amount));
        }
        for item in &mut subject.funding.items {
            item.amounts.values_mut().for_each(|cell| change(&mut cell.amount));
        }
        for indicator in subject.outputs.iter_mut().chain(&mut subject.outcomes) {
            for statement in &mut indicator.statements {
                change(&mut statement.target.amount);
                change(&mut statement.actual.amount);
            }
        }
        subject.other_indicators.iter_mut().for_each(|row| change(&mut row.amount));
        subject.market.iter_mut().for_each(|row| change(&mut row.amount));
        subject.roadmap.iter_mut().for_each(|row| change(&mut row.amount));
        subject.scenarios.iter_mut().for_each(|row| change(&mut row.cost));
    }
    dossier
}

/// The sample with every name many times as long.
fn names(change: impl Fn(&mut String)) -> Dossier {
    let mut dossier = sample::dossier().unwrap();
    for subject in subjects(&mut dossier) {
        change(&mut subject.overview.name);
        subject.funding.items.iter_mut().for_each(|row| change(&mut row.label));
        subject.amounts.iter_mut().for_each(|row| change(&mut row.label));
        subject.outputs.iter_mut().chain(&mut subject.outcomes).for_each(|row| change(&mut row.name));
        subject.other_indicators.iter_mut().for_each(|row| change(&mut row.name));
        for row in &mut subject.market {
            // What tells figures of one kind apart stands in brackets at the end.
            let (stem, own) = row.subject.split_once('（').unwrap_or((&row.subject, ""));
            let (mut stem, own) = (stem.to_owned(), own.to_owned());
            change(&mut stem);
            row.subject = if own.is_empty() { stem } else { format!("{stem}（{own}") };
        }
        for row in &mut subject.roadmap {
            change(&mut row.label);
            change(&mut row.lane);
        }
        subject
            .output_groups
            .iter_mut()
            .flat_map(|group| &mut group.items)
            .for_each(|i| change(&mut i.category));
        subject.logic.nodes.iter_mut().for_each(|node| change(&mut node.text));
        subject.scenarios.iter_mut().for_each(|row| {
            change(&mut row.name);
            change(&mut row.series);
        });
    }
    dossier.members.iter_mut().for_each(|member| change(&mut member.name));
    dossier.criteria.project.criteria.iter_mut().for_each(|criterion| change(&mut criterion.label));
    dossier
}

/// The sample with every year changed.
fn years(change: impl Fn(i16) -> i16) -> Dossier {
    let mut dossier = sample::dossier().unwrap();
    let fiscal = |year: FiscalYear| FiscalYear::new(change(year.start_year()));
    let moment = |at: Moment| match at {
        Moment::Fiscal(year) => Moment::Fiscal(fiscal(year)),
        Moment::FiscalEnd(year) => Moment::FiscalEnd(fiscal(year)),
        Moment::Year(year) => Moment::Year(change(year)),
        Moment::YearEnd(year) => Moment::YearEnd(change(year)),
        Moment::Month(year, month) => Moment::Month(change(year), month),
        Moment::Day(day) => Moment::Year(change(day.year())),
        Moment::Decade(year) => Moment::Decade(change(year) / 10 * 10),
    };
    for subject in subjects(&mut dossier) {
        let period = &mut subject.overview.period;
        (period.start, period.end) = (period.start.map(fiscal), period.end.map(fiscal));
        for series in &mut subject.amounts {
            series.years = series.years.iter().map(|(year, value)| (fiscal(*year), value.clone())).collect();
        }
        for item in &mut subject.funding.items {
            item.amounts = item.amounts.iter().map(|(year, value)| (fiscal(*year), value.clone())).collect();
        }
        for column in &mut subject.funding.years {
            column.year = fiscal(column.year);
        }
        subject.funding.years.dedup_by_key(|column| column.year);
        for statement in
            subject.outputs.iter_mut().chain(&mut subject.outcomes).flat_map(|i| &mut i.statements)
        {
            statement.target.year = statement.target.year.map(fiscal);
            let when = &mut statement.actual.as_of;
            (when.at, when.to) = (when.at.map(moment), when.to.map(moment));
        }
        for when in subject
            .roadmap
            .iter_mut()
            .map(|row| &mut row.when)
            .chain(subject.market.iter_mut().map(|row| &mut row.when))
        {
            (when.at, when.to) = (when.at.map(moment), when.to.map(moment));
        }
    }
    dossier
}
