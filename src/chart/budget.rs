//! Money by fiscal year: contract and executed amounts, the funding of research items, the programme's roll-up.

use super::axis::{Axis, Scale, count, place};
use super::ink::{Dash, Hatch, Ink, Symbol};
use super::marks::{Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use super::{layout, measure, words};
use crate::both;
use crate::chart::words::mix;
use crate::locale::{Both, Lang};
use crate::model::{
    AmountKind, AmountSeries, Certainty, Dossier, FiscalYear, Quantity, Subject, Unit, grouped,
};
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
    let mut most = Decimal::ZERO;
    let width = 0.7 / count(with_figures.len());
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
            most = most.max(value);
            let mut shape = Shape::bar([left, left + width], [0.0, place(value)], n);
            if let (Shape::Bar { ink, edge, .. }, false) = (&mut shape, is_firm(quantity)) {
                (*ink, *edge) = (Ink::Paper, Some(Ink::Series(n)));
            }
            let detail = mix!("{kind} {said} {shown}{unit}", "{kind} {said}: {shown} {unit}"; kind, said);
            let row = words::place(subject, "amounts", &series.id).child("years").child(year.to_string());
            chart.marks.push(Mark::from(shape).of(n).saying(detail).showing(row));
            let at = [left + width / 2.0, place(value)];
            chart.marks.push(Mark::from(Shape::value(at, Both::same(shown), Where::Above(3.0))).of(n));
        }
    }
    chart.y = Axis::values(0.0, place(most)).titled(unit_title(unit));
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
    let mut sums: Vec<(FiscalYear, Decimal)> = years.iter().map(|year| (*year, Decimal::ZERO)).collect();
    for (n, item) in table.items.iter().enumerate() {
        chart.legend.push(Entry {
            label: Both::same(item.label.clone()),
            swatch: Swatch::Area(Ink::Series(n), Hatch::of(n)),
        });
        let mut row = vec![Both::same(item.label.clone())];
        for (year, below) in &mut sums {
            let cell = item.amounts.get(year).map(|cell| &cell.amount);
            let value = cell.and_then(|quantity| quantity.value_in(unit));
            row.push(Both::same(match (value, cell) {
                (Some(value), _) => grouped(value),
                (None, Some(quantity)) => quantity.display(),
                (None, None) => String::new(),
            }));
            let Some(value) = value.filter(|value| *value > Decimal::ZERO) else { continue };
            let (low, high) = (place(*below), place(*below + value));
            *below += value;
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
    for (year, sum) in &sums {
        let planned =
            table.items.iter().any(|item| item.amounts.get(year).is_some_and(|cell| !is_firm(&cell.amount)));
        let shown = grouped(*sum);
        foot.push(Both::same(shown.clone()));
        let text =
            if planned { both!("{shown}（予定）", "{shown} (planned)") } else { Both::same(shown) };
        chart.marks.push(Shape::value([begin(*year) + 0.5, place(*sum)], text, Where::Above(4.0)).into());
    }
    foot.push(Both::same(table.computed_grand_total().map(grouped).unwrap_or_default()));
    chart.table.rows.push(foot);
    let most = sums.iter().map(|(_, sum)| *sum).max()?;
    chart.y = Axis::values(0.0, place(most)).titled(unit_title(unit));
    summarise(&mut chart);
    Some(chart)
}

/// Each research item's share of all funding; none with fewer than two items.
pub fn shares(subject: &Subject) -> Option<Chart> {
    let table = &subject.funding;
    let unit = &table.unit;
    let all = table.computed_grand_total().filter(|all| *all > Decimal::ZERO)?;
    let items: Vec<_> =
        table.items.iter().filter_map(|item| Some((item, item.computed_total(unit)?))).collect();
    if items.len() < 2 {
        return None;
    }
    let labels: Vec<_> = items.iter().map(|(item, _)| Both::same(item.label.clone())).collect();
    let mut chart = ranked(labels);
    chart.id = "funding-shares".to_owned();
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
        let share = (*sum * Decimal::ONE_HUNDRED).checked_div(all)?;
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

/// The contracts of all projects by year, stacked, and what the programme executed beside them; none where fewer than
/// two projects have figures.
pub fn roll_up(dossier: &Dossier) -> Option<Chart> {
    let unit = Unit::HundredMillionYen;
    let of = |subject: &Subject, year: FiscalYear, kind: AmountKind| {
        let mut values = subject
            .amounts
            .iter()
            .filter(|series| series.kind == kind)
            .filter_map(|series| series.years.get(&year)?.value_in(&unit));
        values.next().map(|first| first + values.sum::<Decimal>())
    };
    let projects: Vec<_> = dossier
        .projects
        .iter()
        .filter(|project| {
            project
                .amounts
                .iter()
                .any(|series| series.kind == AmountKind::Contract && series.computed_total().is_some())
        })
        .collect();
    if projects.len() < 2 {
        return None;
    }
    let with_figures = |subject: &Subject| {
        let years = subject.amounts.iter().flat_map(|series| &series.years);
        years
            .filter(|(_, quantity)| quantity.value_in(&unit).is_some())
            .map(|(year, _)| *year)
            .collect::<Vec<_>>()
    };
    let mut years: BTreeSet<_> = projects.iter().flat_map(|project| with_figures(project)).collect();
    years.extend(with_figures(&dossier.programme));
    let mut chart = Chart {
        id: "projects".to_owned(),
        title: words::titled(
            &dossier.programme,
            "課題の契約額とプログラムの執行額",
            "Contracts of the projects and executed amount",
        ),
        unit: Both::same(unit.as_str()),
        source: words::printed_at(
            dossier.subjects().flat_map(|subject| &subject.amounts).map(|series| &series.printed_at),
        ),
        x: years_axis(&years)?,
        height: 220.0,
        table: DataTable::new(
            [both!("年度（{unit}）", "Fiscal year ({unit})")]
                .into_iter()
                .chain(projects.iter().map(|project| {
                    let id = &project.id;
                    both!("{id} 契約額", "{id} contracts")
                }))
                .chain([
                    both!("契約額の計（計算）", "Contracts, sum (computed)"),
                    both!("プログラム 執行額", "Programme, executed"),
                ]),
        ),
        ..Chart::default()
    };
    for (n, project) in projects.iter().enumerate() {
        let title = project.title();
        chart.legend.push(Entry {
            label: both!("{title} 契約額", "{title}: contracts"),
            swatch: Swatch::Area(Ink::Series(n), Hatch::of(n)),
        });
    }
    let executed = projects.len();
    let look = (Ink::Series(4), Symbol::Diamond);
    chart.legend.push(Entry {
        label: both!("プログラム 執行額", "Programme: executed"),
        swatch: Swatch::Line(look.0, Dash::Long, Some(look.1)),
    });
    let mut line = Vec::new();
    let mut most = Decimal::ZERO;
    for year in &years {
        let said = words::year(*year);
        let mut row = vec![said.clone()];
        let mut sum = Decimal::ZERO;
        let x = [begin(*year) + 0.2, begin(*year) + 0.8];
        for (n, project) in projects.iter().enumerate() {
            let value = of(project, *year, AmountKind::Contract);
            row.push(Both::same(value.map(grouped).unwrap_or_default()));
            let Some(value) = value else { continue };
            let (low, high) = (place(sum), place(sum + value));
            sum += value;
            let (id, shown) = (&project.id, grouped(value));
            let detail = mix!("{id} {said} {shown}{unit}", "{id}, {said}: {shown} {unit}"; said);
            chart.marks.push(Mark::from(Shape::bar(x, [low, high], n)).of(n).saying(detail));
            let text = Shape::Label {
                at: [begin(*year) + 0.5, f64::midpoint(low, high)],
                text: Both::same(format!("{id} {shown}")),
                place: Where::Inside { half: [0.3, (high - low) / 2.0] },
                ink: Ink::OnSeries(n),
                bold: false,
                small: true,
            };
            chart.marks.push(Mark::from(text).of(n));
        }
        let shown = if sum.is_zero() { String::new() } else { grouped(sum) };
        row.push(Both::same(shown.clone()));
        let programme = of(&dossier.programme, *year, AmountKind::Executed);
        row.push(Both::same(programme.map(grouped).unwrap_or_default()));
        chart.table.rows.push(row);
        if let Some(value) = programme {
            line.push([begin(*year) + 0.5, place(value)]);
            most = most.max(value);
        }
        most = most.max(sum);
        if !shown.is_empty() {
            chart.marks.push(
                Shape::value([begin(*year) + 0.5, place(sum)], Both::same(shown), Where::Above(4.0)).into(),
            );
        }
    }
    if line.len() > 1 {
        let shape = Shape::Line { points: line.clone(), ink: look.0, dash: Dash::Long, width: 1.8 };
        chart.marks.push(Mark::from(shape).of(executed));
    }
    for at in line {
        let shown = chart.table.rows.iter().find(|row| row[0].ja.starts_with(&format!("{:.0}", at[0] - 0.5)));
        let shown = shown.and_then(|row| row.last()).cloned().unwrap_or_default();
        let shown = &shown.ja;
        let detail = both!("プログラム 執行額 {shown}{unit}", "Programme, executed: {shown} {unit}");
        let point = Shape::Point { at, symbol: look.1, ink: look.0, hollow: false, radius: 4.5 };
        chart.marks.push(Mark::from(point).of(executed).saying(detail));
        let text = both!("執行 {shown}", "executed {shown}");
        chart.marks.push(Mark::from(Shape::label(at, text, Where::Near)).of(executed));
    }
    chart.y = Axis::values(0.0, place(most)).titled(unit_title(&unit));
    chart.notes.push(both!(
        "課題の契約額は億円で、プログラムの執行額は百万円で印字されており、億円にそろえた（換算は正確）。",
        "Contracts are printed in 億円 and executed amounts in 百万円; both are shown in 億円, converted exactly."
    ));
    summarise(&mut chart);
    Some(chart)
}

/// A chart of horizontal bars with these names, high enough for their lines.
pub(super) fn ranked(labels: Vec<Both>) -> Chart {
    let (gutter, _) = layout::row_names(labels.iter(), Lang::Ja, layout::WIDTH);
    let lines = |label: &Both, lang| measure::wrap(label.t(lang), layout::TEXT, false, gutter).len();
    let most = labels.iter().flat_map(|label| Lang::ALL.map(|lang| lines(label, lang))).max().unwrap_or(1);
    let row = (count(most) * layout::TEXT * measure::LINE + 7.0).max(26.0);
    Chart { height: row * count(labels.len()), y: Axis::rows(labels), ..Chart::default() }
}

/// An axis for such bars, from zero, on which the longest has room for the figures beside it.
pub(super) fn ranked_axis(chart: &Chart, most: f64) -> Axis {
    let names = match &chart.y.scale {
        Scale::Rows(rows) => layout::row_names(rows.iter().map(|row| &row.label), Lang::Ja, layout::WIDTH).0,
        _ => 0.0,
    };
    let plot = layout::WIDTH - names - 36.0;
    let wide = |text: &Both| Lang::ALL.map(|lang| measure::width(text.t(lang), layout::TEXT, true));
    let label = chart.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Label { text, place: Where::Right(gap), .. } => Some(wide(text).map(|w| w + gap)),
        _ => None,
    });
    let label = label.flatten().fold(0.0, f64::max).min(plot * 0.6);
    let most = if most > 0.0 { most } else { 1.0 };
    Axis { to: most * plot / (plot - label - 4.0), ..Axis::default() }
}

/// The table row by row, as the summary.
pub(super) fn summarise(chart: &mut Chart) {
    let columns = &chart.table.columns;
    let row = |row: &Vec<Both>, lang: Lang| {
        let cells = row[1..].iter().zip(&columns[1..]);
        let cells = cells.filter(|(cell, _)| !cell.t(lang).is_empty());
        let cells: Vec<_> = cells.map(|(cell, head)| format!("{} {}", head.t(lang), cell.t(lang))).collect();
        format!("{}: {}", row[0].t(lang), cells.join(", "))
    };
    let said = |lang, separator: &str| {
        chart.table.rows.iter().map(|cells| row(cells, lang)).collect::<Vec<_>>().join(separator)
    };
    chart.summary = Both { ja: said(Lang::Ja, "。"), en: said(Lang::En, ". ") };
}
