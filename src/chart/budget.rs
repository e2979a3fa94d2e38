//! Money by fiscal year: contract and executed amounts, the funding of research items, the programme's roll-up.

mod roll_up;

pub use roll_up::chart as roll_up;

use super::axis::{Axis, count, place};
use super::bars::{ranked, ranked_axis, summarise};
use super::ink::{Hatch, Ink};
use super::marks::{Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use super::words;
use super::{layout, measure};
use crate::both;
use crate::chart::words::mix;
use crate::locale::Both;
use crate::model::{AmountSeries, Certainty, FiscalYear, Quantity, Subject, Unit, grouped};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A year's place on an axis of fiscal years.
fn begin(year: FiscalYear) -> f64 {
    f64::from(year.start_year())
}

/// The axis of some years.
fn years_axis(years: &BTreeSet<FiscalYear>) -> Option<Axis> {
    Some(Axis::fiscal(begin(*years.first()?), begin(years.last()?.next())))
}

fn unit_title(unit: &Unit) -> Both {
    both!("単位：{unit}", "Unit: {unit}")
}

/// What a series is: its own heading, or else its kind.
fn name(series: &AmountSeries) -> Both {
    if series.label.is_empty() { words::term(series.kind) } else { Both::same(series.label.clone()) }
}

/// Planned and undetermined amounts are drawn as outlines.
fn is_firm(quantity: &Quantity) -> bool {
    !matches!(quantity.certainty, Certainty::Planned | Certainty::Undetermined)
}

/// 契約額, 執行額 by year; none where no year has a number.
pub fn amounts(subject: &Subject) -> Option<Chart> {
    let with_figures: Vec<&AmountSeries> = subject
        .amounts
        .iter()
        .filter(|series| series.years.values().any(|quantity| quantity.value_in(&series.unit).is_some()))
        .collect();
    let unit = &with_figures.first()?.unit;
    let years: BTreeSet<_> = with_figures.iter().flat_map(|series| series.years.keys().copied()).collect();
    let mut chart = Chart {
        id: "amounts".to_owned(),
        title: words::titled(subject, "年度別の金額と総額", "Amounts by fiscal year and in total"),
        unit: Both::same(unit.as_str()),
        source: words::printed_at(with_figures.iter().map(|series| &series.printed_at)),
        x: years_axis(&years)?,
        height: 190.0,
        table: DataTable::new([
            both!("区分", "What"),
            both!("年度", "Year"),
            both!("金額（{unit}）", "Amount ({unit})"),
            both!("印字", "As printed"),
        ]),
        ..Chart::default()
    };
    let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
    let width = 0.7 / count(with_figures.len());
    // Figures stand above their bars where all of them have room; else in the table, and under the pointer.
    let room = 1.25 * width * (layout::WIDTH - 60.0) / (chart.x.to - chart.x.from);
    let values = with_figures.iter().flat_map(|series| series.years.values());
    let mut values = values.filter_map(|quantity| quantity.value_in(unit)).map(grouped);
    let small = with_figures.len() > 1;
    let size = if small { layout::SMALL } else { layout::TEXT };
    let roomy = values.all(|shown| measure::width(&shown, size, true) <= room);
    for (n, series) in with_figures.iter().enumerate() {
        let kind = name(series);
        chart.legend.push(Entry { label: kind.clone(), swatch: Swatch::Area(Ink::Series(n), Hatch::of(n)) });
        for (year, quantity) in &series.years {
            let said = words::year(*year);
            let printed = quantity.display();
            let value = quantity.value_in(unit);
            let shown = value.map(grouped).unwrap_or_default();
            chart.table.rows.push(vec![
                kind.clone(),
                said.clone(),
                Both::same(shown.clone()),
                Both::same(printed),
            ]);
            let left = begin(*year) + 0.15 + width * count(n);
            let Some(value) = value else {
                // A dash is printed, and nothing is known: that is told where the bar would stand.
                let at = [left + width / 2.0, 0.0];
                chart.marks.push(
                    Mark::from(Shape::note(at, Both::same(quantity.display()), Where::Above(3.0))).of(n),
                );
                continue;
            };
            (least, most) = (least.min(value), most.max(value));
            let mut shape = Shape::bar([left, left + width], [0.0, place(value)], n);
            if let (Shape::Bar { ink, edge, .. }, false) = (&mut shape, is_firm(quantity)) {
                (*ink, *edge) = (Ink::Paper, Some(Ink::Series(n)));
            }
            let detail = mix!("{kind} {said} {shown}{unit}", "{kind} {said}: {shown} {unit}"; kind, said);
            let row = words::place(subject, "amounts", &series.id).child("years").child(year.to_string());
            chart.marks.push(Mark::from(shape).of(n).saying(detail).showing(row));
            let at = [left + width / 2.0, place(value)];
            let stand = if value < Decimal::ZERO { Where::Below(3.0) } else { Where::Above(3.0) };
            if roomy {
                let text = Both::same(shown);
                let label = Shape::Label { at, text, place: stand, ink: Ink::Text, bold: true, small };
                chart.marks.push(Mark::from(label).of(n));
            }
        }
    }
    chart.y = Axis::values(place(least), place(most)).titled(unit_title(unit));
    for series in &with_figures {
        chart.notes.push(totals(&mut chart.table, series));
    }
    summarise(&mut chart);
    Some(chart)
}

/// The sum of a series beside the totals that are printed with it.
fn totals(table: &mut DataTable, series: &AmountSeries) -> Both {
    let unit = &series.unit;
    let sum = series.computed_total().unwrap_or_default();
    let sum_said = words::figure(sum, unit);
    let kind = name(series);
    table.rows.push(vec![
        kind.clone(),
        both!("年度の計（計算）", "sum of years (computed)"),
        Both::same(grouped(sum)),
        Both::default(),
    ]);
    let mut parts =
        vec![mix!("{kind}の年度計 {sum_said}（計算）", "{kind}, sum of years {sum_said} (computed)"; kind)];
    for total in &series.totals {
        let (label, printed) = (&total.label, total.amount.display());
        let value = total.amount.value_in(unit).map(grouped).unwrap_or_default();
        table.rows.push(vec![
            Both::same(label.clone()),
            both!("印字の総額", "printed total"),
            Both::same(value),
            Both::same(printed.clone()),
        ]);
        let printed = if total.amount.value().is_some() { words::quantity(&total.amount) } else { printed };
        let mut said = both!("{label} {printed}（印字）", "{label} {printed} (printed)");
        // Planned against executed: the arithmetic, where a total budget is printed.
        if label.contains("予算")
            && let Some(share) = total
                .amount
                .value_in(unit)
                .and_then(|budget| sum.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget))
        {
            let share = grouped(words::rounded(share, 1).normalize());
            said.ja = format!("{}、年度計 ÷ {label} = {share} %", said.ja);
            said.en = format!("{}, sum of years ÷ {label} = {share} %", said.en);
        }
        parts.push(said);
    }
    let Both { ja, en } = words::joined(&parts, "；");
    let en = en.replace('；', "; ");
    both!("{ja}。", "{en}.")
}

/// 資金配分 stacked by research item; none without figures.
pub fn funding(subject: &Subject) -> Option<Chart> {
    let table = &subject.funding;
    let unit = &table.unit;
    let columns = table.columns();
    let years: BTreeSet<_> = columns.iter().map(|column| column.year).collect();
    table.computed_grand_total()?;
    let mut chart = Chart {
        id: "funding".to_owned(),
        title: words::titled(subject, "研究開発項目別の資金配分", "Funding by research item"),
        unit: Both::same(unit.as_str()),
        source: words::printed_at([&table.printed_at]),
        x: years_axis(&years)?,
        height: 240.0,
        table: DataTable::new(
            std::iter::once(both!("研究開発項目（{unit}）", "Research item ({unit})"))
                .chain(years.iter().map(|year| words::year(*year)))
                .chain([both!("計（計算）", "Sum (computed)")]),
        ),
        ..Chart::default()
    };
    let mut stacks: Vec<(FiscalYear, Stack)> = years.iter().map(|year| (*year, Stack::default())).collect();
    for (n, item) in table.items.iter().enumerate() {
        chart.legend.push(Entry {
            label: Both::same(item.label.clone()),
            swatch: Swatch::Area(Ink::Series(n), Hatch::of(n)),
        });
        let mut row = vec![Both::same(item.label.clone())];
        for (year, stack) in &mut stacks {
            let cell = item.amounts.get(year).map(|cell| &cell.amount);
            let value = cell.and_then(|quantity| quantity.value_in(unit));
            row.push(Both::same(match (value, cell) {
                (Some(value), _) => grouped(value),
                (None, Some(quantity)) => quantity.display(),
                (None, None) => String::new(),
            }));
            let Some(value) = value.filter(|value| !value.is_zero()) else { continue };
            let [low, high] = stack.put(value);
            let x = [begin(*year) + 0.16, begin(*year) + 0.84];
            let shape = Shape::bar(x, [low, high], n);
            let (said, label) = (words::year(*year), &item.label);
            let shown = grouped(value);
            let planned = cell.is_some_and(|quantity| !is_firm(quantity));
            let mark = if planned { both!("（予定）", " (planned)") } else { Both::default() };
            let detail = mix!("{label} {said} {shown}{unit}{mark}", "{label}, {said}: {shown} {unit}{mark}"; said, mark);
            let items = words::base(subject).child("funding").child("items");
            let at = items.child(item.id.as_str()).child("amounts").child(year.to_string());
            chart.marks.push(Mark::from(shape).of(n).saying(detail).showing(at));
            let text = Shape::Label {
                at: [f64::midpoint(x[0], x[1]), f64::midpoint(low, high)],
                text: Both::same(shown),
                place: Where::Inside { half: [0.34, (high - low) / 2.0] },
                ink: Ink::OnSeries(n),
                bold: false,
                small: true,
            };
            chart.marks.push(Mark::from(text).of(n));
        }
        let sum = item.computed_total(unit).map(grouped).unwrap_or_default();
        row.push(Both::same(sum));
        chart.table.rows.push(row);
    }
    let mut foot = vec![both!("計（計算）", "Sum (computed)")];
    for (year, stack) in &stacks {
        let planned =
            table.items.iter().any(|item| item.amounts.get(year).is_some_and(|cell| !is_firm(&cell.amount)));
        // Where no item has a number, nothing is known, which is not zero.
        let cells = || table.items.iter().filter_map(|item| item.amounts.get(year));
        let shown = if cells().any(|cell| cell.amount.value_in(unit).is_some()) {
            grouped(stack.above.saturating_add(stack.under))
        } else {
            cells().map(|cell| cell.amount.display()).find(|printed| !printed.is_empty()).unwrap_or_default()
        };
        foot.push(Both::same(shown.clone()));
        let text =
            if planned { both!("{shown}（予定）", "{shown} (planned)") } else { Both::same(shown) };
        chart
            .marks
            .push(Shape::value([begin(*year) + 0.5, place(stack.above)], text, Where::Above(4.0)).into());
    }
    foot.push(Both::same(table.computed_grand_total().map(grouped).unwrap_or_default()));
    chart.table.rows.push(foot);
    let least = stacks.iter().map(|(_, stack)| stack.under).min()?;
    let most = stacks.iter().map(|(_, stack)| stack.above).max()?;
    chart.y = Axis::values(place(least), place(most)).titled(unit_title(unit));
    summarise(&mut chart);
    Some(chart)
}

/// Figures put upon each other: those above zero upwards, those below it downwards.
#[derive(Debug, Default)]
struct Stack {
    above: Decimal,
    under: Decimal,
}

impl Stack {
    /// Puts a figure on; from where to where it lies.
    fn put(&mut self, value: Decimal) -> [f64; 2] {
        let end = if value < Decimal::ZERO { &mut self.under } else { &mut self.above };
        let before = *end;
        *end = end.saturating_add(value);
        let (a, b) = (place(before), place(*end));
        [a.min(b), a.max(b)]
    }
}

/// Each research item's share of all funding; none with fewer than two items, or where one is below zero.
pub fn shares(subject: &Subject) -> Option<Chart> {
    let table = &subject.funding;
    let unit = &table.unit;
    let all = table.computed_grand_total().filter(|all| *all > Decimal::ZERO)?;
    let items: Vec<_> =
        table.items.iter().filter_map(|item| Some((item, item.computed_total(unit)?))).collect();
    if items.len() < 2 || items.iter().any(|(_, sum)| *sum < Decimal::ZERO) {
        return None;
    }
    let labels: Vec<_> = items.iter().map(|(item, _)| Both::same(item.label.clone())).collect();
    let mut chart = ranked(labels);
    "funding-shares".clone_into(&mut chart.id);
    chart.title = words::titled(subject, "研究開発項目別の配分割合", "Share of funding by research item");
    chart.unit = Both::same("%");
    chart.source = words::printed_at([&table.printed_at]);
    chart.table = DataTable::new([
        both!("研究開発項目", "Research item"),
        both!("計（{unit}）", "Sum ({unit})"),
        both!("割合（％）", "Share (%)"),
    ]);
    let mut most = Decimal::ZERO;
    for (n, (item, sum)) in items.iter().enumerate() {
        let share = sum.checked_div(all)?.checked_mul(Decimal::ONE_HUNDRED)?;
        most = most.max(share);
        let y = count(n) + 0.5;
        let (share_said, sum_said) = (grouped(words::rounded(share, 1)), words::figure(*sum, unit));
        let bar = Shape::bar([0.0, place(share)], [y - 0.3, y + 0.3], n);
        let label = &item.label;
        chart.marks.push(
            Mark::from(bar)
                .saying(both!("{label} {sum_said} {share_said} %", "{label} {sum_said} {share_said} %")),
        );
        let text = both!("{share_said} %（{sum_said}）", "{share_said} % ({sum_said})");
        chart.marks.push(Shape::value([place(share), y], text, Where::Right(6.0)).into());
        chart.table.rows.push(vec![
            Both::same(item.label.clone()),
            Both::same(grouped(*sum)),
            Both::same(share_said),
        ]);
    }
    chart.x =
        ranked_axis(&chart, place(most)).titled(both!("総額に占める割合（％）", "Share of the total (%)"));
    summarise(&mut chart);
    Some(chart)
}
