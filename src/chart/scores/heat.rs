//! Scores as a map: members × criteria, and projects × criteria where there are too many projects for bars.

use super::{Scored, cell_place, ends, exact_mean, member_name, name, said, scored, shade};
use crate::both;
use crate::chart::axis::{Axis, count};
use crate::chart::bars::{ranked, summarise};
use crate::chart::ink::{Hatch, Ink};
use crate::chart::marks::{Chart, DataTable, Mark, Shape, Where};
use crate::chart::words::{self, mix};
use crate::locale::Both;
use crate::model::{Dossier, Place, Subject};
use crate::stats;

/// How many members stand in columns; more are rows, so that their names have room.
const COLUMNS: usize = 10;

/// A cell of the map.
struct Cell {
    words: Both,
    /// How dark it is; none where there is no score.
    shade: Option<u8>,
    detail: Both,
    place: Option<Place>,
}

/// Rows and columns with names, and the cell where they meet.
fn map(head: Both, rows: Vec<Both>, columns: &[Both], cell: impl Fn(usize, usize) -> Cell) -> Chart {
    let mut chart = ranked(rows.clone());
    chart.x = Axis::rows(columns.iter().cloned());
    chart.table = DataTable::new(std::iter::once(head).chain(columns.iter().cloned()));
    for (n, label) in rows.into_iter().enumerate() {
        let y = count(n) + 0.5;
        let mut row = vec![label];
        for k in 0..columns.len() {
            let x = count(k) + 0.5;
            let Cell { words, shade, detail, place } = cell(n, k);
            let shape = Shape::Bar {
                x: [x - 0.48, x + 0.48],
                y: [y - 0.46, y + 0.46],
                ink: shade.map_or(Ink::Paper, Ink::Shade),
                hatch: Hatch::Plain,
                edge: Some(Ink::Rule),
                open: false,
            };
            chart.marks.push(Mark { place, ..Mark::from(shape).saying(detail) });
            let text = Shape::Label {
                at: [x, y],
                text: words.clone(),
                place: Where::Inside { half: [0.48, 0.46] },
                ink: shade.map_or(Ink::Quiet, Ink::OnShade),
                bold: shade.is_some(),
                small: shade.is_none(),
            };
            chart.marks.push(text.into());
            row.push(words);
        }
        chart.table.rows.push(row);
    }
    chart.notes.push(both!("色の濃いほど評点が高い。", "The darker, the higher the score."));
    chart
}

/// Members × criteria, darker for higher; none without scores.
pub fn chart(dossier: &Dossier, subject: &Subject) -> Option<Chart> {
    let rows = scored(dossier, subject);
    let [low, high] = ends(dossier, subject).filter(|_| !rows.is_empty())?;
    let panel = &subject.evaluation.panel;
    let members: Vec<_> = panel.iter().map(|member| Both::same(member_name(dossier, member))).collect();
    let criteria: Vec<_> = rows.iter().map(|(criterion, _)| name(criterion)).collect();
    let cell = |n: usize, k: usize| {
        let (criterion, member) = (rows[n].0, &panel[k]);
        let cell = subject.evaluation.cell(member, criterion.no);
        let words = said(dossier, subject, cell);
        let (label, who) = (&criterion.label, member_name(dossier, member));
        Cell {
            detail: mix!("{label} {who}：{words}", "{label}, {who}: {words}"; words),
            shade: cell.score().map(|score| shade(f64::from(score), low, high)),
            place: Some(cell_place(subject, member, criterion)),
            words,
        }
    };
    let mut chart = if members.len() > COLUMNS {
        map(both!("委員", "Member"), members, &criteria, |n, k| cell(k, n))
    } else {
        map(both!("評価項目", "Criterion"), criteria, &members, cell)
    };
    "scores-by-member".clone_into(&mut chart.id);
    chart.title = words::titled(subject, "委員別の評点", "Scores by member");
    summarise(&mut chart);
    Some(chart)
}

/// Projects × criteria by their means, each with how many scores stand behind it.
pub(super) fn projects(dossier: &Dossier, scored: &[(&Subject, Vec<Scored<'_>>)]) -> Option<Chart> {
    let [low, high] = ends(dossier, scored.first()?.0)?;
    let criteria: Vec<_> = dossier.criteria.project.scored().collect();
    let cell = |n: usize, k: usize| {
        let (project, criterion) = (scored[n].0, criteria[k]);
        let given = project.evaluation.scores_of(criterion.no);
        let (id, label) = (&project.id, &criterion.label);
        match (exact_mean(&given), stats::printed_mean(&given)) {
            (Some(mean), Some(printed)) => {
                let n = given.iter().flatten().count();
                Cell {
                    words: both!("{printed}（{n}）", "{printed} ({n})"),
                    shade: Some(shade(mean, low, high)),
                    detail: both!(
                        "{id} {label} 平均 {printed}（{n}名）",
                        "{id}, {label}: mean {printed} (n = {n})"
                    ),
                    place: None,
                }
            }
            _ => Cell { words: Both::same("–"), shade: None, detail: Both::default(), place: None },
        }
    };
    let rows = scored.iter().map(|(project, _)| Both::same(project.title())).collect();
    let columns: Vec<_> = criteria.iter().map(|criterion| name(criterion)).collect();
    let mut chart = map(both!("課題", "Project"), rows, &columns, cell);
    "scores-of-projects".clone_into(&mut chart.id);
    chart.title = words::titled(&dossier.programme, "課題別の評点の平均", "Mean scores of the projects");
    chart.notes.push(both!("括弧内は評点のある委員の数。", "In brackets, how many members gave a score."));
    summarise(&mut chart);
    Some(chart)
}
