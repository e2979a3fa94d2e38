//! Chains whose steps have an order but no dates: boxes from left to right.

use crate::both;
use crate::chart::axis::{Axis, count};
use crate::chart::ink::{Hatch, Ink};
use crate::chart::marks::{Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use crate::chart::{layout, measure, words};
use crate::locale::{Both, Lang};
use crate::model::{RoadmapItem, RoadmapKind, Subject};

/// The share of a column that a box fills.
const BOX: f64 = 0.86;

/// The chains of a subject; none if there is none.
pub fn chart(subject: &Subject) -> Option<Chart> {
    let mut chains: Vec<(&str, Vec<(u16, &RoadmapItem)>)> = Vec::new();
    for item in &subject.roadmap {
        let Some(step) = item.step.filter(|_| item.when.at.is_none() && item.when.to.is_none()) else {
            continue;
        };
        match chains.iter_mut().find(|(lane, _)| *lane == item.lane) {
            Some((_, chain)) => chain.push((step, item)),
            None => chains.push((&item.lane, vec![(step, item)])),
        }
    }
    for (_, chain) in &mut chains {
        chain.sort_by_key(|(step, _)| *step);
    }
    let most = chains.iter().map(|(_, chain)| chain.len()).max()?;
    let names: Vec<_> = chains.iter().map(|(lane, _)| Both::same(*lane)).collect();
    let (gutter, wrapped) = layout::row_names(names.iter(), Lang::Ja, layout::WIDTH);
    let column = (layout::WIDTH - gutter - 24.0) / count(most);
    let lines = |text: &str| measure::wrap(text, layout::TEXT, false, column * BOX - 6.0).len();
    let deepest = chains.iter().flat_map(|(_, chain)| chain).map(|(_, item)| lines(&item.label)).max()?;
    let deepest = deepest.max(wrapped.iter().map(Vec::len).max().unwrap_or(1));
    let row = count(deepest) * layout::TEXT * measure::LINE + 14.0;
    let half = [BOX / 2.0, 0.5 - 4.0 / row];
    let mut chart = Chart {
        id: "steps".to_owned(),
        title: words::titled(subject, "日付のない段階の順序", "Steps without dates, in order"),
        source: words::printed_at(
            chains.iter().flat_map(|(_, chain)| chain).map(|(_, item)| &item.printed_at),
        ),
        x: Axis::rows((1..=most).map(|n| both!("第{n}段", "Step {n}"))),
        y: Axis::rows(names),
        table: DataTable::new([
            both!("レーン", "Lane"),
            both!("段", "Step"),
            both!("内容", "What"),
            both!("種別", "Kind"),
        ]),
        height: row * count(chains.len()),
        ..Chart::default()
    };
    for (y, (lane, chain)) in chains.iter().enumerate() {
        let y = count(y) + 0.5;
        for (x, (step, item)) in chain.iter().enumerate() {
            let x = count(x) + 0.5;
            let to_come = item.kind == RoadmapKind::Projection;
            let (ink, edge) =
                if to_come { (Ink::Paper, Ink::Series(6)) } else { (Ink::Soft, Ink::Series(0)) };
            let bounds = |middle: f64, half: f64| [middle - half, middle + half];
            let shape = Shape::Bar {
                x: bounds(x, half[0]),
                y: bounds(y, half[1]),
                ink,
                hatch: Hatch::Plain,
                edge: Some(edge),
                open: false,
            };
            let said = Both::same(item.label.clone());
            let place = words::place(subject, "roadmap", &item.id);
            chart.marks.push(Mark::from(shape).of(usize::from(to_come)).saying(said.clone()).showing(place));
            chart.marks.push(Shape::label([x, y], said.clone(), Where::Inside { half }).into());
            if x > 1.0 {
                let (from, to) = ([x - 1.0 + half[0], y], [x - half[0], y]);
                chart.marks.push(Shape::Arrow { from, to, ink: Ink::Quiet }.into());
            }
            chart.table.rows.push(vec![
                Both::same(*lane),
                Both::same(step.to_string()),
                said,
                words::term(item.kind),
            ]);
        }
    }
    if chains.iter().flat_map(|(_, chain)| chain).any(|(_, item)| item.kind == RoadmapKind::Projection) {
        chart.legend = vec![
            Entry {
                label: both!("実施・実績", "Done or under way"),
                swatch: Swatch::Area(Ink::Soft, Hatch::Plain),
            },
            Entry {
                label: words::term(RoadmapKind::Projection),
                swatch: Swatch::Area(Ink::Paper, Hatch::Plain),
            },
        ];
    } else {
        for mark in &mut chart.marks {
            mark.series = None;
        }
    }
    let n = chart.table.rows.len();
    let lanes = chains.len();
    chart.summary = both!(
        "{lanes}本の連鎖、{n}段。日付はなく、順序だけが示されている。",
        "{lanes} chains of {n} steps in all; they have an order and no dates."
    );
    Some(chart)
}
