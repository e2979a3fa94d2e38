//! Bars and ranges of whatever the material counts: the shape of the data decides, not its subject.
//!
//! Figures of one unit whose names differ only in brackets (開発品数（米国）, （欧州） …), or begin alike, are compared;
//! a range is drawn as one; growth rates stand beside each other; named results are counted by category; a table of
//! facts whose column holds figures is drawn by that column.

use super::axis::{count, place};
use super::bars::{ranked, ranked_axis, summarise};
use super::ink::{Hatch, Ink, Symbol};
use super::marks::{Chart, DataTable, Mark, Shape, Where};
use super::words;
use crate::both;
use crate::chart::words::mix;
use crate::locale::Both;
use crate::model::{
    Certainty, Dossier, FactTable, Figure, MarketFigure, OutputGroup, Place, Quantity, Subject, Unit, grouped,
};
use rust_decimal::Decimal;

/// A named figure to compare.
struct Bar {
    label: Both,
    low: Decimal,
    high: Decimal,
    /// Whether it runs from the one to the other, and not from zero.
    range: bool,
    printed: Both,
    at_least: bool,
    detail: Both,
    place: Option<Place>,
}

impl Bar {
    fn new(label: &str, quantity: &Quantity, place: Option<Place>) -> Option<Self> {
        let (low, high) = match quantity.figure {
            Figure::Number(value) => (value.min(Decimal::ZERO), value.max(Decimal::ZERO)),
            Figure::Range(low, high) => (low.min(high), low.max(high)),
            _ => return None,
        };
        let unit = &quantity.unit;
        let said = |value: Decimal| grouped(value.normalize());
        let range = matches!(quantity.figure, Figure::Range(..));
        let mut printed = if let Figure::Number(value) = quantity.figure {
            Both::same(format!("{}{unit}", said(value)))
        } else {
            let (low, high) = (said(low), said(high));
            both!("{low}～{high}{unit}", "{low}–{high} {unit}")
        };
        match quantity.certainty {
            Certainty::About => printed = mix!("約{printed}", "about {printed}"; printed),
            Certainty::AtLeast => printed = mix!("{printed}以上", "{printed} or more"; printed),
            Certainty::Planned => printed = mix!("{printed}（予定）", "{printed} (planned)"; printed),
            Certainty::Settled | Certainty::Undetermined => {}
        }
        Some(Self {
            label: Both::same(label),
            low,
            high,
            range,
            detail: mix!("{label} {printed}", "{label} {printed}"; printed),
            printed,
            at_least: quantity.certainty == Certainty::AtLeast,
            place,
        })
    }
}

/// The bars under a title; `unit` is theirs.
fn chart(id: &str, title: Both, unit: &Unit, source: Both, bars: &[Bar]) -> Option<Chart> {
    let most = bars.iter().map(|bar| bar.high).max()?;
    let mut chart = ranked(bars.iter().map(|bar| bar.label.clone()).collect());
    id.clone_into(&mut chart.id);
    chart.title = title;
    chart.unit = Both::same(unit.as_str());
    chart.source = source;
    chart.table = DataTable::new([
        both!("対象", "What"),
        both!("値（{unit}）", "Value ({unit})"),
        both!("記載", "As stated"),
    ]);
    let title =
        if unit.as_str().is_empty() { Both::default() } else { both!("単位：{unit}", "Unit: {unit}") };
    for (n, bar) in bars.iter().enumerate() {
        let y = count(n) + 0.5;
        let ink = Ink::Series(0);
        let hatch = if bar.range { Hatch::Rising } else { Hatch::Plain };
        let shape = Shape::Bar {
            x: [place(bar.low), place(bar.high)],
            y: [y - 0.3, y + 0.3],
            ink,
            hatch,
            edge: None,
            open: false,
        };
        let mut mark = Mark::from(shape).saying(bar.detail.clone());
        mark.place.clone_from(&bar.place);
        chart.marks.push(mark);
        let mut gap = 6.0;
        if bar.at_least {
            let symbol = Symbol::Right;
            gap = 12.0;
            let at = [place(bar.high), y];
            chart.marks.push(Shape::Point { at, symbol, ink, hollow: false, radius: 5.0 }.into());
        }
        let at = [place(bar.high), y];
        chart.marks.push(Shape::value(at, bar.printed.clone(), Where::Right(gap)).into());
        let value = match (bar.range, bar.low.is_zero()) {
            (true, _) => format!("{}～{}", grouped(bar.low), grouped(bar.high)),
            (false, true) => grouped(bar.high),
            (false, false) => grouped(bar.low),
        };
        chart.table.rows.push(vec![bar.label.clone(), Both::same(value), bar.printed.clone()]);
    }
    let whole = bars.iter().flat_map(|bar| [bar.low, bar.high]);
    chart.x = ranked_axis(&chart, place(most)).fit(whole).titled(title);
    summarise(&mut chart);
    Some(chart)
}

/// All comparisons of a subject's material.
pub fn charts(dossier: &Dossier, subject: &Subject) -> Vec<Chart> {
    let mut charts = families(subject);
    charts.extend(ranges(subject));
    charts.extend(growth(dossier, subject));
    charts.extend(subject.tables.iter().filter_map(|table| facts(subject, table)));
    charts
}

/// The common part of a name, and what tells it from its like.
fn stem(subject: &str) -> Option<(&str, &str)> {
    let (stem, rest) = subject.rsplit_once('（')?;
    let own = rest.strip_suffix('）')?;
    (!stem.trim().is_empty() && !own.trim().is_empty()).then_some((stem.trim(), own.trim()))
}

/// What figures have in common in their names, their unit, and what tells each from the others.
type Family<'a> = (String, &'a Unit, Vec<(&'a str, &'a MarketFigure)>);

/// Figures of one unit whose names differ in brackets, or of which at least three begin with the same word.
fn families(subject: &Subject) -> Vec<Chart> {
    let mut families: Vec<Family<'_>> = Vec::new();
    let mut take = |stem: &str, own, figure| match families
        .iter_mut()
        .find(|(known, unit, _)| known == stem && **unit == *unit_of(figure))
    {
        Some((.., members)) => members.push((own, figure)),
        None => families.push((stem.to_owned(), unit_of(figure), vec![(own, figure)])),
    };
    let numbers = || subject.market.iter().filter(|figure| figure.amount.value().is_some());
    for figure in numbers() {
        if let Some((stem, own)) = stem(&figure.subject) {
            take(stem, own, figure);
        }
    }
    for figure in numbers() {
        let Some((first, own)) = figure.subject.split_once([' ', '　']) else { continue };
        let like = numbers().filter(|other| {
            other.subject.split_once([' ', '　']).is_some_and(|(word, _)| word == first)
                && other.amount.unit == figure.amount.unit
        });
        if like.count() >= 3 && !first.is_empty() && stem_count(subject, &figure.subject) < 2 {
            take(&format!("{first}：数値の比較"), own.trim(), figure);
        }
    }
    families
        .into_iter()
        .filter(|(.., members)| members.len() >= 2)
        .filter_map(|(stem, unit, members)| {
            let bar = |(own, figure): &(&str, &MarketFigure)| {
                Bar::new(own, &figure.amount, Some(words::place(subject, "market", &figure.id)))
            };
            let bars: Vec<_> = members.iter().filter_map(bar).collect();
            let when =
                members.iter().map(|(_, figure)| words::span(&figure.when)).find(|when| !when.ja.is_empty());
            let when = when.unwrap_or_default();
            let name = words::titled(subject, &stem, &stem);
            let title = if when.ja.is_empty() {
                name
            } else {
                mix!("{name}（{when}）", "{name} ({when})"; name, when)
            };
            chart("comparison", title, unit, source(members.iter().map(|(_, figure)| *figure)), &bars)
        })
        .collect()
}

fn unit_of(figure: &MarketFigure) -> &Unit {
    &figure.amount.unit
}

/// How many figures share the bracketed stem of a name.
fn stem_count(subject: &Subject, name: &str) -> usize {
    let Some((own, _)) = stem(name) else { return 0 };
    subject.market.iter().filter(|figure| stem(&figure.subject).is_some_and(|(stem, _)| stem == own)).count()
}

fn source<'a>(figures: impl Iterator<Item = &'a MarketFigure> + Clone) -> Both {
    words::joined(
        &[
            words::printed_at(figures.clone().map(|figure| &figure.printed_at)),
            words::printed_at(figures.map(|figure| &figure.cited)),
        ],
        " ／ ",
    )
}

/// Ranges, one unit a chart.
fn ranges(subject: &Subject) -> Vec<Chart> {
    let mut units: Vec<(&Unit, Vec<&MarketFigure>)> = Vec::new();
    for figure in &subject.market {
        // From a thousandfold on, a bar says nothing about a range.
        let drawn = matches!(figure.amount.figure, Figure::Range(low, high)
            if high.checked_div(low.max(Decimal::ONE)).is_some_and(|times| times < Decimal::ONE_THOUSAND));
        if drawn {
            match units.iter_mut().find(|(unit, _)| **unit == figure.amount.unit) {
                Some((_, members)) => members.push(figure),
                None => units.push((&figure.amount.unit, vec![figure])),
            }
        }
    }
    units
        .into_iter()
        .filter_map(|(unit, members)| {
            let bar = |figure: &&MarketFigure| {
                Bar::new(&figure.subject, &figure.amount, Some(words::place(subject, "market", &figure.id)))
            };
            let bars: Vec<_> = members.iter().filter_map(bar).collect();
            let title = words::titled(subject, "幅で示された数値", "Figures stated as ranges");
            chart("ranges", title, unit, source(members.iter().copied()), &bars)
        })
        .collect()
}

/// Growth rates: the programme compares those of all subjects, a project's stand there.
fn growth(dossier: &Dossier, subject: &Subject) -> Option<Chart> {
    if !subject.is_programme() {
        return None;
    }
    let rates: Vec<_> = dossier
        .subjects()
        .flat_map(|subject| subject.market.iter().map(move |figure| (subject, figure)))
        .filter_map(|(subject, figure)| Some((subject, figure, figure.growth_percent?)))
        .collect();
    if rates.len() < 2 {
        return None;
    }
    let unit = Unit::from("%/年");
    let bars: Vec<_> = rates
        .iter()
        .filter_map(|(owner, figure, rate)| {
            let mut quantity = Quantity::number(*rate, unit.clone());
            // The rate is a lower bound where the figure itself is that rate, stated as one.
            if figure.amount.value() == Some(*rate) {
                quantity.certainty = figure.amount.certainty;
            }
            let whose = if owner.is_programme() { String::new() } else { format!("{} ", owner.id) };
            let label = format!("{whose}{}", figure.subject);
            Bar::new(&label, &quantity, Some(words::place(owner, "market", &figure.id)))
        })
        .collect();
    let title = words::titled(subject, "年成長率の比較", "Yearly growth rates");
    chart("growth", title, &unit, source(rates.iter().map(|(_, figure, _)| *figure)), &bars)
}

/// The named results of a group, counted by category; none with fewer than two categories.
pub fn results(subject: &Subject, group: &OutputGroup) -> Option<Chart> {
    let mut categories: Vec<(&str, usize)> = Vec::new();
    for item in &group.items {
        match categories.iter_mut().find(|(known, _)| *known == item.category) {
            Some((_, n)) => *n += 1,
            None => categories.push((&item.category, 1)),
        }
    }
    // A category that is a dash is said to be none.
    let unnamed = |category: &str| category.trim_matches(['-', '―', 'ー', '—', ' ']).is_empty();
    if categories.iter().filter(|(category, _)| !unnamed(category)).count() < 2 {
        return None;
    }
    categories.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let unit = Unit::from("件");
    let place = words::place(subject, "output_groups", &group.id);
    let bars: Vec<_> = categories
        .iter()
        .filter_map(|(category, n)| {
            let mut bar =
                Bar::new(category, &Quantity::number(Decimal::from(*n), unit.clone()), Some(place.clone()))?;
            if unnamed(category) {
                bar.label = both!("（分類なし）", "(no category)");
            }
            Some(bar)
        })
        .collect();
    let all = group.items.len();
    let (kind, name) = (&group.kind, &group.title);
    let title = words::titled(subject, &format!("{kind}の内訳　{name}"), &format!("{kind}, {name}"));
    let mut chart = chart("results", title, &unit, words::printed_at([&group.printed_at]), &bars)?;
    chart.notes.push(both!("計{all}件。", "{all} in all."));
    Some(chart)
}

/// Counts such as papers and patents, where at least two share a unit.
pub fn counts(subject: &Subject) -> Option<Chart> {
    let rows = &subject.other_indicators;
    let unit = &rows.iter().find(|row| row.amount.value().is_some())?.amount.unit;
    let members: Vec<_> =
        rows.iter().filter(|row| row.amount.unit == *unit && row.amount.value().is_some()).collect();
    if members.len() < 2 {
        return None;
    }
    let bar = |row: &&crate::model::OtherIndicator| {
        Bar::new(&row.name, &row.amount, Some(words::place(subject, "other_indicators", &row.id)))
    };
    let bars: Vec<_> = members.iter().filter_map(bar).collect();
    let title = words::titled(subject, "論文・特許などの件数", "Papers, patents and other counts");
    chart("counts", title, unit, words::printed_at(members.iter().map(|row| &row.printed_at)), &bars)
}

/// A table of facts by its first column of figures; none if it has none.
fn facts(subject: &Subject, table: &FactTable) -> Option<Chart> {
    let cell = |row: &crate::model::FactRow, column: usize| {
        Quantity::read(row.cells.get(column).map_or("", String::as_str), &Unit::default())
    };
    let column = (1..table.columns.len()).find(|column| {
        table.rows.len() >= 2
            && table.rows.iter().all(|row| matches!(cell(row, *column).figure, Figure::Number(_)))
    })?;
    let unit = cell(table.rows.first()?, column).unit;
    if table.rows.iter().any(|row| cell(row, column).unit != unit) {
        return None;
    }
    let at = words::place(subject, "tables", &table.id).child("rows");
    let bars: Vec<_> = table
        .rows
        .iter()
        .filter_map(|row| Bar::new(row.cells.first()?, &cell(row, column), Some(at.child(row.id.as_str()))))
        .collect();
    let (name, head) = (&table.title, &table.columns[column]);
    let title = words::titled(subject, &format!("{name}：{head}"), &format!("{name}: {head}"));
    chart("facts", title, &unit, words::printed_at([&table.printed_at]), &bars)
}
