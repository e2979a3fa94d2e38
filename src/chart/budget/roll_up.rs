//! The programme's roll-up: contracts of all projects beside what the programme executed.

use super::{Stack, begin, unit_title, years_axis};
use crate::both;
use crate::chart::axis::{Axis, place};
use crate::chart::bars::summarise;
use crate::chart::ink::{Dash, Hatch, Ink, Symbol};
use crate::chart::marks::{Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use crate::chart::words::{self, mix};
use crate::locale::Both;
use crate::model::{AmountKind, Dossier, FiscalYear, Subject, Unit, grouped};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// As many projects as there are colours have a part of their own; of more, the largest, and the others together.
const PARTS: usize = 8;

/// A part of the stack: its short name, what the legend calls it, and whose contracts it holds.
type Part<'a> = (Both, Both, Vec<&'a Subject>);

/// What a part looks like: a colour, a hatch, and the colour of text on it. The others together stand back.
fn look(part: usize, members: usize) -> (Ink, Hatch, Ink) {
    if members > 1 {
        (Ink::Soft, Hatch::Plain, Ink::Text)
    } else {
        (Ink::Series(part), Hatch::of(part), Ink::OnSeries(part))
    }
}

/// The parts of the stack, in the dossier's order.
fn groups<'a>(projects: &[&'a Subject]) -> Vec<Part<'a>> {
    let own = |project: &&'a Subject| {
        let title = project.title();
        let label = both!("{title} 契約額", "{title}: contracts");
        (Both::same(project.id.as_str()), label, vec![*project])
    };
    if projects.len() <= PARTS {
        return projects.iter().map(own).collect();
    }
    let size = |project: &Subject| {
        let contracts = project.amounts.iter().filter(|series| series.kind == AmountKind::Contract);
        let values = contracts.flat_map(|series| series.years.values());
        let values = values.filter_map(|quantity| quantity.value_in(&Unit::HundredMillionYen));
        values.fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let mut order: Vec<usize> = (0..projects.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(size(projects[*n])));
    let (mut large, mut small) = (order[..PARTS - 1].to_vec(), order[PARTS - 1..].to_vec());
    large.sort_unstable();
    small.sort_unstable();
    let n = small.len();
    let others = both!("ほか{n}課題 契約額", "{n} other projects: contracts");
    let rest = small.into_iter().map(|n| projects[n]).collect();
    let parts = large.into_iter().map(|n| own(&projects[n]));
    parts.chain([(both!("ほか", "Others"), others, rest)]).collect()
}

/// The contracts of all projects by year, stacked, and what the programme executed beside them; none where fewer than
/// two projects have figures.
pub fn chart(dossier: &Dossier) -> Option<Chart> {
    let unit = Unit::HundredMillionYen;
    let of = |subject: &Subject, year: FiscalYear, kind: AmountKind| {
        let mut values = subject
            .amounts
            .iter()
            .filter(|series| series.kind == kind)
            .filter_map(|series| series.years.get(&year)?.value_in(&unit));
        values.next().map(|first| values.fold(first, Decimal::saturating_add))
    };
    let projects: Vec<_> = dossier
        .projects
        .iter()
        .map(|project| &**project)
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
    let groups = groups(&projects);
    for (n, (_, label, members)) in groups.iter().enumerate() {
        let (ink, hatch, _) = look(n, members.len());
        chart.legend.push(Entry { label: label.clone(), swatch: Swatch::Area(ink, hatch) });
    }
    let executed = groups.len();
    // Of a colour that no project has.
    let (ink, symbol) = (if executed > 4 { Ink::Text } else { Ink::Series(4) }, Symbol::Diamond);
    let mut line = Vec::new();
    let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
    for year in &years {
        let said = words::year(*year);
        let contract = |project: &&Subject| of(project, *year, AmountKind::Contract);
        let mut row = vec![said.clone()];
        row.extend(projects.iter().map(|one| Both::same(contract(one).map(grouped).unwrap_or_default())));
        let mut stack = Stack::default();
        let x = [begin(*year) + 0.2, begin(*year) + 0.8];
        for (n, (id, _, members)) in groups.iter().enumerate() {
            let mut values = members.iter().filter_map(contract);
            let Some(first) = values.next() else { continue };
            let value = values.fold(first, Decimal::saturating_add);
            let [low, high] = stack.put(value);
            let shown = grouped(value);
            let detail = mix!("{id} {said} {shown}{unit}", "{id}, {said}: {shown} {unit}"; id, said);
            let (ink, hatch, on) = look(n, members.len());
            let shape = Shape::Bar { x, y: [low, high], ink, hatch, edge: None, open: false };
            chart.marks.push(Mark::from(shape).of(n).saying(detail));
            let text = Shape::Label {
                at: [begin(*year) + 0.5, f64::midpoint(low, high)],
                text: mix!("{id} {shown}", "{id} {shown}"; id),
                place: Where::Inside { half: [0.3, (high - low) / 2.0] },
                ink: on,
                bold: false,
                small: true,
            };
            chart.marks.push(Mark::from(text).of(n));
        }
        let sum = stack.above.saturating_add(stack.under);
        let shown = if sum.is_zero() { String::new() } else { grouped(sum) };
        row.push(Both::same(shown.clone()));
        let programme = of(&dossier.programme, *year, AmountKind::Executed);
        row.push(Both::same(programme.map(grouped).unwrap_or_default()));
        chart.table.rows.push(row);
        if let Some(value) = programme {
            line.push([begin(*year) + 0.5, place(value)]);
            (least, most) = (least.min(value), most.max(value));
        }
        (least, most) = (least.min(stack.under), most.max(stack.above));
        if !shown.is_empty() {
            chart.marks.push(
                Shape::value([begin(*year) + 0.5, place(stack.above)], Both::same(shown), Where::Above(4.0))
                    .into(),
            );
        }
    }
    if !line.is_empty() {
        let label = both!("プログラム 執行額", "Programme: executed");
        chart.legend.push(Entry { label, swatch: Swatch::Line(ink, Dash::Long, Some(symbol)) });
    }
    if line.len() > 1 {
        let shape = Shape::Line { points: line.clone(), ink, dash: Dash::Long, width: 1.8 };
        chart.marks.push(Mark::from(shape).of(executed));
    }
    for at in line {
        let shown = chart.table.rows.iter().find(|row| row[0].ja.starts_with(&format!("{:.0}", at[0] - 0.5)));
        let shown = shown.and_then(|row| row.last()).cloned().unwrap_or_default();
        let shown = &shown.ja;
        let detail = both!("プログラム 執行額 {shown}{unit}", "Programme, executed: {shown} {unit}");
        let point = Shape::Point { at, symbol, ink, hollow: false, radius: 4.5 };
        chart.marks.push(Mark::from(point).of(executed).saying(detail));
        let text = both!("執行 {shown}", "executed {shown}");
        chart.marks.push(Mark::from(Shape::label(at, text, Where::Near)).of(executed));
    }
    chart.y = Axis::values(place(least), place(most)).titled(unit_title(&unit));
    chart.notes.push(both!(
        "課題の契約額は億円で、プログラムの執行額は百万円で印字されており、億円にそろえた（換算は正確）。",
        "Contracts are printed in 億円 and executed amounts in 百万円; both are shown in 億円, converted exactly."
    ));
    summarise(&mut chart);
    Some(chart)
}
