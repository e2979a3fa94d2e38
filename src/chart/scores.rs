//! 評点: means with each member's score, members × criteria, distribution, and the projects side by side. Zero is a
//! score and is drawn as one; how many scores stand behind a mean is always said.

mod heat;

pub use heat::chart as heat;

use super::axis::{Axis, count};
use super::bars::ranked;
use super::ink::{Hatch, Ink, Symbol};
use super::marks::{Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use super::words;
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{Criterion, Dossier, MemberId, Place, ScoreCell, Subject};
use crate::stats;
use std::collections::BTreeMap;

/// How many projects have bars side by side; more are a heat map.
const SIDE_BY_SIDE: usize = 8;

/// The ends of the scale; none where one step is no scale to draw on.
fn ends(dossier: &Dossier, subject: &Subject) -> Option<[f64; 2]> {
    let (low, high) = dossier.criteria_for(&subject.id).scale.range()?;
    (high > low).then(|| [f64::from(low), f64::from(high)])
}

fn name(criterion: &Criterion) -> Both {
    Both::same(format!("{} {}", criterion.no, criterion.label))
}

fn member_name(dossier: &Dossier, id: &MemberId) -> String {
    match dossier.member(id) {
        Some(member) if !member.name.is_empty() => member.name.clone(),
        _ => id.to_string(),
    }
}

/// A mean as a position; it is printed to one decimal and drawn where it lies.
fn exact_mean(scores: &[Option<i16>]) -> Option<f64> {
    let given: Vec<i16> = scores.iter().copied().flatten().collect();
    let sum: f64 = given.iter().map(|score| f64::from(*score)).sum();
    (!given.is_empty()).then(|| sum / count(given.len()))
}

fn cell_place(subject: &Subject, member: &MemberId, criterion: &Criterion) -> Place {
    let scores = words::base(subject).child("evaluation").child("scores");
    scores.child(member.as_str()).child(criterion.no.to_string())
}

/// What a cell says: the label of its step, or why there is none.
fn said(dossier: &Dossier, subject: &Subject, cell: ScoreCell) -> Both {
    match cell {
        ScoreCell::Score(value) => {
            let step = dossier.criteria_for(&subject.id).scale.step(value);
            Both::same(match step {
                Some(step) if !step.label.is_empty() => step.label.clone(),
                _ => value.to_string(),
            })
        }
        other => Both {
            ja: crate::locale::cell(other, Lang::Ja).to_owned(),
            en: crate::locale::cell(other, Lang::En).to_owned(),
        },
    }
}

/// A criterion and the scores it was given.
type Scored<'a> = (&'a Criterion, Vec<Option<i16>>);

/// The criteria with their scores; none if nothing was scored.
fn scored<'a>(dossier: &'a Dossier, subject: &'a Subject) -> Vec<Scored<'a>> {
    let set = dossier.criteria_for(&subject.id);
    let rows: Vec<_> =
        set.scored().map(|criterion| (criterion, subject.evaluation.scores_of(criterion.no))).collect();
    if rows.iter().any(|(_, scores)| scores.iter().any(Option::is_some)) { rows } else { Vec::new() }
}

/// Means per criterion as bars, each member's score as a dot upon it; none without scores.
pub fn means(dossier: &Dossier, subject: &Subject) -> Option<Chart> {
    let rows = scored(dossier, subject);
    let [low, high] = ends(dossier, subject).filter(|_| !rows.is_empty())?;
    let mut chart = ranked(rows.iter().map(|(criterion, _)| name(criterion)).collect());
    "scores".clone_into(&mut chart.id);
    chart.title = words::titled(subject, "評点の平均と各委員の評点", "Mean scores and each member’s score");
    // Room at the right for the figures, and at the left for a dot at the lowest score.
    let x = Axis { from: low - 0.04 * (high - low), to: high + 0.28 * (high - low), ..Axis::default() };
    chart.x = x.whole(high).titled(both!("評点", "Score"));
    chart.legend = vec![
        Entry { label: both!("平均", "Mean"), swatch: Swatch::Area(Ink::Shade(30), Hatch::Plain) },
        Entry {
            label: both!("各委員の評点", "A member’s score"),
            swatch: Swatch::Point(Ink::Series(7), Symbol::Circle, false),
        },
    ];
    chart.table = DataTable::new([
        both!("評価項目", "Criterion"),
        both!("平均", "Mean"),
        both!("人数", "n"),
        both!("最小", "Lowest"),
        both!("最大", "Highest"),
        both!("標準偏差", "SD"),
        both!("各委員の評点", "Scores"),
    ]);
    for (n, (criterion, scores)) in rows.iter().enumerate() {
        let y = count(n) + 0.5;
        let summary = stats::summarise(scores);
        let mean_said = summary.mean.clone().unwrap_or_else(|| "–".to_owned());
        let n_said = summary.n;
        if let Some(mean) = exact_mean(scores) {
            let bar = Shape::Bar {
                x: [low, mean],
                y: [y - 0.27, y + 0.27],
                ink: Ink::Shade(30),
                hatch: Hatch::Plain,
                edge: None,
                open: false,
            };
            let label = &criterion.label;
            let detail =
                both!("{label} 平均 {mean_said}（{n_said}名）", "{label}: mean {mean_said} (n = {n_said})");
            chart.marks.push(Mark::from(bar).of(0).saying(detail));
            dots(&mut chart, dossier, subject, criterion, (y, 0.022 * (high - low)));
        }
        let text = both!("{mean_said}（{n_said}名）", "{mean_said} (n = {n_said})");
        // Clear of the dots at the highest score.
        let most = scores.iter().flatten().filter(|score| f64::from(**score) >= high).count();
        let gap = 14.0 + 3.5 * (count(most.div_ceil(STACK).max(1)) - 1.0);
        chart.marks.push(Shape::value([high, y], text, Where::Right(gap)).into());
        let number =
            |value: Option<i16>| Both::same(value.map(|value| value.to_string()).unwrap_or_default());
        let each: Vec<_> = scores.iter().map(|s| s.map_or("–".to_owned(), |s| s.to_string())).collect();
        chart.table.rows.push(vec![
            name(criterion),
            Both::same(mean_said),
            Both::same(n_said.to_string()),
            number(summary.min),
            number(summary.max),
            Both::same(summary.sd.unwrap_or_default()),
            Both::same(each.join(" ")),
        ]);
    }
    chart.notes.push(both!(
        "点は委員一人の評点。同じ評点は縦に並べる。平均は評点のある委員の平均で、小数第二位を四捨五入した値。",
        "A dot is one member’s score; equal scores stand above each other. Means are over the scores given, to one decimal, halves rounded up."
    ));
    super::bars::summarise(&mut chart);
    Some(chart)
}

/// How many equal dots stand above each other; more stand beside them.
const STACK: usize = 5;

/// The members' dots of one criterion, equal ones above each other.
fn dots(
    chart: &mut Chart,
    dossier: &Dossier,
    subject: &Subject,
    criterion: &Criterion,
    (y, beside): (f64, f64),
) {
    let mut by_score: BTreeMap<i16, Vec<&MemberId>> = BTreeMap::new();
    for member in &subject.evaluation.panel {
        if let ScoreCell::Score(score) = subject.evaluation.cell(member, criterion.no) {
            let members = by_score.entry(score).or_default();
            if !members.contains(&member) {
                members.push(member);
            }
        }
    }
    for (score, members) in by_score {
        let columns = members.len().div_ceil(STACK);
        for (k, member) in members.iter().enumerate() {
            let stacked = (members.len() - k / STACK * STACK).min(STACK);
            let pitch = (0.84 / count(stacked)).min(0.2);
            let who = member_name(dossier, member);
            let label = &criterion.label;
            let x = f64::from(score) + beside * (count(k / STACK) - (count(columns) - 1.0) / 2.0);
            let at = [x, y + pitch * (count(k % STACK) - (count(stacked) - 1.0) / 2.0)];
            let point =
                Shape::Point { at, symbol: Symbol::Circle, ink: Ink::Series(7), hollow: false, radius: 3.3 };
            let detail = both!("{label} {who}：{score}", "{label}, {who}: {score}");
            chart
                .marks
                .push(Mark::from(point).of(1).saying(detail).showing(cell_place(subject, member, criterion)));
        }
    }
}

/// How dark a score is: the lowest is a light grey-blue, not paper, since it is a score.
fn shade(score: f64, low: f64, high: f64) -> u8 {
    let share = ((score - low) / (high - low)).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 12 and 95")]
    let percent = (12.0 + 83.0 * share).round() as u8;
    percent
}

/// How often each score was given per criterion; none without scores.
pub fn distribution(dossier: &Dossier, subject: &Subject) -> Option<Chart> {
    let rows = scored(dossier, subject);
    let [low, high] = ends(dossier, subject).filter(|_| !rows.is_empty())?;
    let mut steps: Vec<i16> =
        dossier.criteria_for(&subject.id).scale.steps.iter().map(|step| step.value).collect();
    steps.extend(rows.iter().flat_map(|(_, scores)| scores.iter().flatten()));
    steps.sort_unstable_by(|a, b| b.cmp(a));
    steps.dedup();
    let mut chart = ranked(rows.iter().map(|(criterion, _)| name(criterion)).collect());
    "score-distribution".clone_into(&mut chart.id);
    chart.title = words::titled(subject, "評点の分布", "Distribution of scores");
    chart.unit = both!("名", "members");
    let heads = steps.iter().map(|step| {
        let Both { ja, en } = said(dossier, subject, ScoreCell::Score(*step));
        both!("評点{ja}", "Score {en}")
    });
    chart.table = DataTable::new(std::iter::once(both!("評価項目", "Criterion")).chain(heads.clone()));
    let hatch = |step: i16| if step == steps[steps.len() - 1] { Hatch::Rising } else { Hatch::Plain };
    chart.legend = steps
        .iter()
        .zip(heads)
        .map(|(step, label)| Entry {
            label,
            swatch: Swatch::Area(Ink::Shade(shade(f64::from(*step), low, high)), hatch(*step)),
        })
        .collect();
    let mut most = 1;
    for (n, (criterion, scores)) in rows.iter().enumerate() {
        let y = count(n) + 0.5;
        let mut row = vec![name(criterion)];
        let mut so_far = 0;
        for (k, step) in steps.iter().enumerate() {
            let times = scores.iter().filter(|score| **score == Some(*step)).count();
            row.push(Both::same(times.to_string()));
            if times == 0 {
                continue;
            }
            let x = [count(so_far), count(so_far + times)];
            so_far += times;
            let percent = shade(f64::from(*step), low, high);
            let shape = Shape::Bar {
                x,
                y: [y - 0.36, y + 0.36],
                ink: Ink::Shade(percent),
                hatch: hatch(*step),
                edge: None,
                open: false,
            };
            let Both { ja, en } = said(dossier, subject, ScoreCell::Score(*step));
            let label = &criterion.label;
            let detail = both!("{label} 評点{ja}：{times}名", "{label}, score {en}: {times}");
            chart.marks.push(Mark::from(shape).of(k).saying(detail));
            let text = Shape::Label {
                at: [f64::midpoint(x[0], x[1]), y],
                text: both!("{ja}：{times}名", "{en}: {times}"),
                place: Where::Inside { half: [(x[1] - x[0]) / 2.0, 0.36] },
                ink: Ink::OnShade(percent),
                bold: false,
                small: false,
            };
            chart.marks.push(Mark::from(text).of(k));
        }
        most = most.max(so_far);
        chart.table.rows.push(row);
    }
    chart.x = Axis { from: 0.0, to: count(most), ..Axis::default() }
        .whole(count(most))
        .titled(both!("評点のある委員（名）", "Members who gave a score"));
    super::bars::summarise(&mut chart);
    Some(chart)
}

/// The means of all scored projects side by side; none with fewer than two.
pub fn projects(dossier: &Dossier) -> Option<Chart> {
    let scored: Vec<_> = dossier
        .projects
        .iter()
        .map(|project| (&**project, scored(dossier, project)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    if scored.len() < 2 {
        return None;
    }
    if scored.len() > SIDE_BY_SIDE {
        return heat::projects(dossier, &scored);
    }
    let [low, high] = ends(dossier, scored[0].0)?;
    let criteria: Vec<_> = dossier.criteria.project.scored().collect();
    let mut chart = ranked(criteria.iter().map(|criterion| name(criterion)).collect());
    // A band for each project in each row.
    chart.height = chart.height.max(count(criteria.len()) * (10.0 + 15.0 * count(scored.len())));
    "scores-of-projects".clone_into(&mut chart.id);
    chart.title = words::titled(&dossier.programme, "課題別の評点の平均", "Mean scores of the projects");
    chart.x = Axis { from: low, to: high + 0.22 * (high - low), ..Axis::default() }.whole(high);
    chart.table = DataTable::new(std::iter::once(both!("評価項目", "Criterion")).chain(scored.iter().map(
        |(project, _)| {
            let id = &project.id;
            both!("{id} 平均（人数）", "{id} mean (n)")
        },
    )));
    chart.legend = scored
        .iter()
        .enumerate()
        .map(|(k, (project, _))| Entry {
            label: Both::same(project.title()),
            swatch: Swatch::Area(Ink::Series(k), Hatch::of(k)),
        })
        .collect();
    let pitch = 0.84 / count(scored.len());
    for (n, criterion) in criteria.iter().enumerate() {
        let mut row = vec![name(criterion)];
        for (k, (project, _)) in scored.iter().enumerate() {
            let given = project.evaluation.scores_of(criterion.no);
            let (Some(mean), Some(printed)) = (exact_mean(&given), stats::printed_mean(&given)) else {
                row.push(Both::same("–"));
                continue;
            };
            let given = given.iter().flatten().count();
            let top = count(n) + 0.08 + pitch * count(k);
            let (id, label) = (&project.id, &criterion.label);
            let detail = both!(
                "{id} {label} 平均 {printed}（{given}名）",
                "{id}, {label}: mean {printed} (n = {given})"
            );
            let bar = Shape::bar([low, mean], [top, top + pitch * 0.86], k);
            chart.marks.push(Mark::from(bar).of(k).saying(detail));
            let text = both!("{id} {printed}（{given}名）", "{id} {printed} (n = {given})");
            let label = Shape::note([mean, top + pitch * 0.43], text, Where::Right(5.0));
            chart.marks.push(Mark::from(label).of(k));
            row.push(both!("{printed}（{given}）", "{printed} ({given})"));
        }
        chart.table.rows.push(row);
    }
    super::bars::summarise(&mut chart);
    Some(chart)
}
