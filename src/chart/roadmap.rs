//! ロードマップ: lanes of periods, milestones and values over fiscal years, and chains of steps that have an order but
//! no dates.

mod pack;
mod steps;

use super::axis::{self, Axis, Row, Scale, count};
use super::ink::{Dash, Hatch, Ink, Symbol};
use super::marks::{At, Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use super::words::mix;
use super::{layout, measure, words};
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{Dossier, FiscalYear, Moment, RoadmapItem, RoadmapKind, Subject};
use pack::{Label, Packed};

pub use steps::chart as steps;

/// The height of a row of the roadmap.
const ROW: f64 = 17.0;
/// How many fiscal years before and after a subject's own are drawn to scale; what lies beyond stands at the edge.
const AROUND: [f64; 2] = [6.0, 8.0];
/// The distance between a mark and its label.
const GAP: f64 = 7.0;

/// A date moved by so many years, at its own precision: a fiscal year stays one, a month is moved by months.
pub fn moved(at: Moment, years: f64) -> Moment {
    let whole = || axis::whole(years.round()).clamp(-999, 999);
    let shifted = |year: i16| i16::try_from(i64::from(year) + whole()).unwrap_or(year);
    match at {
        Moment::Day(date) => axis::fiscal_day(axis::fiscal_place(date) + years).map_or(at, Moment::Day),
        Moment::Month(year, month) => {
            let months = i64::from(year) * 12 + i64::from(month) - 1 + axis::whole((years * 12.0).round());
            match (i16::try_from(months.div_euclid(12)), i8::try_from(months.rem_euclid(12) + 1)) {
                (Ok(year), Ok(month)) => Moment::Month(year, month),
                _ => at,
            }
        }
        Moment::Year(year) => Moment::Year(shifted(year)),
        Moment::YearEnd(year) => Moment::YearEnd(shifted(year)),
        Moment::Fiscal(year) => Moment::Fiscal(FiscalYear::new(shifted(year.start_year()))),
        Moment::FiscalEnd(year) => Moment::FiscalEnd(FiscalYear::new(shifted(year.start_year()))),
        Moment::Decade(year) => {
            let decades = axis::whole((years / 10.0).round()) * 10;
            i16::try_from(i64::from(year) + decades).map_or(at, Moment::Decade)
        }
    }
}

/// What of a roadmap is drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// Where the "as of" line stands, on the fiscal axis; none for the end of the evaluation's fiscal year.
    pub as_of: Option<f64>,
    /// Only this lane.
    pub lane: Option<String>,
}

/// An entry of a roadmap and whose it is.
#[derive(Debug, Clone, Copy)]
struct Entered<'a> {
    item: &'a RoadmapItem,
    owner: &'a Subject,
    /// Whether its owner is to be named.
    foreign: bool,
}

/// The dated entries of a subject's roadmap; none if there is none. The programme's has its projects' in the lanes
/// that it has itself.
pub fn chart(dossier: &Dossier, subject: &Subject, choice: &Choice) -> Option<Chart> {
    let entries = entries(dossier, subject);
    let (near, _) = split(subject, &entries);
    let near: Vec<_> = near
        .into_iter()
        .filter(|entry| choice.lane.as_ref().is_none_or(|lane| *lane == entry.item.lane))
        .collect();
    // One entry is a line of the table, not a way.
    if near.len() < 2 && choice.lane.is_none() {
        return None;
    }
    let domain = domain(subject, &near)?;
    let mut chart = timeline(subject, &near, domain);
    chart.title = words::titled(subject, "ロードマップ", "Roadmap");
    "roadmap".clone_into(&mut chart.id);
    as_of(dossier, choice, &mut chart);
    chart.notes.extend(undated(&entries));
    Some(chart)
}

/// Lanes that lie mostly before or after the years of the subject, on an axis of their own; none if there is none.
pub fn history(dossier: &Dossier, subject: &Subject) -> Option<Chart> {
    let entries = entries(dossier, subject);
    let (_, far) = split(subject, &entries);
    let spans =
        far.iter().filter_map(|entry| span(entry.item)).filter(|span| span.iter().all(|x| x.is_finite()));
    let domain = extent(spans)?;
    let mut chart = timeline(subject, &far, domain);
    chart.title = words::titled(subject, "これまでの経緯", "History");
    "history".clone_into(&mut chart.id);
    Some(chart)
}

/// Own entries, and for the programme those of its projects that stand in its lanes.
fn entries<'a>(dossier: &'a Dossier, subject: &'a Subject) -> Vec<Entered<'a>> {
    let own = |item| Entered { item, owner: subject, foreign: false };
    let mut all: Vec<_> = subject.roadmap.iter().map(own).collect();
    if subject.is_programme() {
        let belongs = |item: &RoadmapItem| {
            matches!(item.kind, RoadmapKind::Period | RoadmapKind::Milestone)
                && subject.roadmap.iter().any(|known| known.lane == item.lane)
        };
        for project in &dossier.projects {
            let theirs = project.roadmap.iter().filter(|item| belongs(item));
            all.extend(theirs.map(|item| Entered { item, owner: project, foreign: true }));
        }
    }
    all
}

/// From where to where an entry lies; an open end is infinite.
fn span(item: &RoadmapItem) -> Option<[f64; 2]> {
    let from = item.when.at.and_then(axis::fiscal_span);
    let to = item.when.to.and_then(axis::fiscal_span);
    Some(match (from, to) {
        (Some([from, _]), Some([_, to])) => [from, to],
        (Some([from, _]), None) if item.kind == RoadmapKind::Period => [from, f64::INFINITY],
        (Some(span), None) => span,
        (None, Some([_, to])) => [f64::NEG_INFINITY, to],
        (None, None) => return None,
    })
}

/// The least range of whole years that holds the finite ends of some spans.
fn extent(spans: impl Iterator<Item = [f64; 2]>) -> Option<[f64; 2]> {
    spans.flatten().filter(|x| x.is_finite()).fold(None, |range: Option<[f64; 2]>, x| {
        let [from, to] = range.unwrap_or([x, x]);
        Some([from.min(x.floor()), to.max((x + 1e-6).ceil())])
    })
}

/// The years of the subject itself, with those around them.
fn core(subject: &Subject) -> Option<[f64; 2]> {
    let period = &subject.overview.period;
    let start = f64::from(period.start?.start_year());
    let end = period.end.map_or(start, |end| f64::from(end.next().start_year()));
    Some([start - AROUND[0], end + AROUND[1]])
}

/// The range that is drawn to scale.
fn domain(subject: &Subject, entries: &[Entered<'_>]) -> Option<[f64; 2]> {
    let [from, to] = extent(entries.iter().filter_map(|entry| span(entry.item)))?;
    let [least, most] = core(subject).unwrap_or([from, to]);
    let (from, to) = (from.max(least), to.min(most));
    Some(if to > from { [from, to.max(from + 1.0)] } else { [least, most] })
}

/// Entries of lanes of which at least half lies in the subject's years, and of the other lanes.
fn split<'a>(subject: &Subject, entries: &[Entered<'a>]) -> (Vec<Entered<'a>>, Vec<Entered<'a>>) {
    let dated: Vec<_> = entries.iter().copied().filter(|entry| span(entry.item).is_some()).collect();
    let Some([least, most]) = core(subject) else { return (dated, Vec::new()) };
    let within = |item: &RoadmapItem| span(item).is_some_and(|[from, to]| to > least && from < most);
    dated.iter().copied().partition(|entry| {
        let lane = || dated.iter().filter(|other| other.item.lane == entry.item.lane);
        let seen = lane().filter(|other| within(other.item)).count();
        lane().count() < 3 || 2 * seen >= lane().count()
    })
}

/// What stands in no chart because it has neither date nor step.
fn undated(entries: &[Entered<'_>]) -> Option<Both> {
    let loose: Vec<_> = entries
        .iter()
        .filter(|entry| span(entry.item).is_none() && entry.item.step.is_none())
        .map(|entry| {
            let when = words::span(&entry.item.when);
            let label = text(entry, false);
            if when.ja.is_empty() {
                label
            } else {
                mix!("{label}（{when}）", "{label} ({when})"; label, when)
            }
        })
        .collect();
    let Both { ja, en } = words::listed(&loose);
    (!loose.is_empty())
        .then(|| both!("日付でないため図に置けない項目：{ja}", "Not drawn, for want of a date: {en}"))
}

/// What an entry says; `brief` where its lane already says what is counted.
fn text(entry: &Entered<'_>, brief: bool) -> Both {
    let item = entry.item;
    let amount = words::quantity(&item.amount);
    let Both { ja: kind_ja, en: kind_en } = words::term(item.kind);
    if brief {
        return both!("{kind_ja} {amount}", "{kind_en} {amount}");
    }
    let whose = match (item.about.as_str(), entry.foreign) {
        ("", true) => format!("{} ", entry.owner.id),
        ("", false) => String::new(),
        (about, _) => format!("{about} "),
    };
    // 第33回 評価WG already has its 33.
    let digits = item.amount.value().map(|value| value.normalize().to_string());
    let said = digits.is_none_or(|digits| item.label.contains(&digits));
    let behind = if said { String::new() } else { format!(" {amount}") };
    Both::same(format!("{whose}{}{behind}", item.label))
}

/// Lanes of packed rows over fiscal years.
fn timeline(subject: &Subject, entries: &[Entered<'_>], domain: [f64; 2]) -> Chart {
    let mut lanes: Vec<(&str, Vec<Entered<'_>>)> = Vec::new();
    for entry in entries {
        match lanes.iter_mut().find(|(lane, _)| *lane == entry.item.lane) {
            Some((_, members)) => members.push(*entry),
            None => lanes.push((&entry.item.lane, vec![*entry])),
        }
    }
    let heads: Vec<(Both, bool)> = lanes.iter().map(|(lane, members)| heading(lane, members)).collect();
    let (gutter, _) = layout::row_names(heads.iter().map(|(head, _)| head), Lang::Ja, layout::WIDTH);
    let plot = layout::WIDTH - gutter - 36.0;
    let scale = plot / (domain[1] - domain[0]);
    let mut chart = Chart {
        y: Axis { scale: Scale::Rows(Vec::new()), ..Axis::default() },
        x: Axis::fiscal(domain[0], domain[1]),
        source: words::printed_at(entries.iter().map(|entry| &entry.item.printed_at)),
        table: DataTable::new([
            both!("レーン", "Lane"),
            both!("内容", "What"),
            both!("種別", "Kind"),
            both!("時期", "When"),
            both!("値", "Value"),
            both!("印字箇所", "Printed at"),
        ]),
        ..Chart::default()
    };
    let mut rows = Vec::new();
    let mut top = 0.0;
    for ((_, mut members), (head, brief)) in lanes.into_iter().zip(heads) {
        members.sort_by(|a, b| {
            let key = |entry: &Entered<'_>| span(entry.item).map_or(f64::MAX, |span| span[0]);
            key(a).total_cmp(&key(b))
        });
        let labels: Vec<_> =
            members.iter().map(|entry| Packed::new(entry.item, &text(entry, brief), domain, scale)).collect();
        let (places, used) = pack::rows(&labels, plot);
        let named = Lang::ALL
            .map(|lang| measure::wrap(head.t(lang), layout::TEXT, false, gutter - 8.0).len())
            .into_iter()
            .max()
            .unwrap_or(1);
        // The lane's name needs its lines, too.
        let least = (count(named) * layout::TEXT * measure::LINE + 4.0) / ROW;
        let height = count(used).max(least);
        for ((entry, packed), (row, label)) in members.iter().zip(&labels).zip(places) {
            let middle = top + count(row) + 0.5 + (height - count(used)) / 2.0;
            draw(&mut chart, subject, entry, packed, middle, (label, plot));
        }
        rows.push(Row { label: head, from: top, to: top + height });
        top += height;
    }
    chart.legend = legend(&mut chart.marks);
    chart.y = Axis { scale: Scale::Rows(rows), from: 0.0, to: top.max(1.0), title: Both::default() };
    chart.height = top * ROW;
    summarise(&mut chart, entries, domain);
    chart
}

/// A lane's name, and whether it says what its entries count.
fn heading(lane: &str, members: &[Entered<'_>]) -> (Both, bool) {
    let first = &members[0].item.label;
    let same = members.len() > 1
        && !first.is_empty()
        && members.iter().all(|entry| entry.item.label == *first && entry.item.amount.value().is_some());
    let lane = if lane.is_empty() { both!("（レーンなし）", "(no lane)") } else { Both::same(lane) };
    if same { (mix!("{lane}：{first}", "{lane}: {first}"; lane), true) } else { (lane, false) }
}

/// The place of a kind in the legend.
fn series(kind: RoadmapKind) -> usize {
    RoadmapKind::ALL.iter().position(|known| *known == kind).unwrap_or_default()
}

fn look(kind: RoadmapKind) -> (Symbol, Ink, bool) {
    match kind {
        RoadmapKind::Period | RoadmapKind::Milestone => (Symbol::Diamond, Ink::Series(0), false),
        RoadmapKind::Target => (Symbol::Down, Ink::Series(4), true),
        RoadmapKind::Actual => (Symbol::Circle, Ink::Series(2), false),
        RoadmapKind::Projection => (Symbol::Diamond, Ink::Series(6), true),
    }
}

fn draw(
    chart: &mut Chart,
    subject: &Subject,
    entry: &Entered<'_>,
    packed: &Packed,
    y: f64,
    (label, plot): (Label, f64),
) {
    let item = entry.item;
    let series = series(item.kind);
    let when = words::span(&item.when);
    let said = text(entry, false);
    let amount = words::quantity(&item.amount);
    let detail = words::joined(
        &[
            said.clone(),
            when.clone(),
            words::term(item.kind),
            Both::same(item.note.clone()),
            Both::same(item.printed_at.clone()),
        ],
        "\n",
    );
    chart.table.rows.push(vec![
        Both::same(item.lane.clone()),
        said,
        words::term(item.kind),
        when,
        Both::same(amount),
        Both::same(item.printed_at.clone()),
    ]);
    let place = words::place(entry.owner, "roadmap", &item.id);
    let put = |shape: Shape| Mark::from(shape).of(series).saying(detail.clone()).showing(place.clone());
    let (symbol, ink, hollow) = look(item.kind);
    let mark = match packed.mark {
        pack::Drawn::Bar { x, open } => {
            let apart = entry.foreign || !item.about.is_empty() || subject.is_programme();
            // Kinds are told apart without their colours too, by lines over them or none, or by being empty.
            let (fill, hatch, edge) = match item.kind {
                RoadmapKind::Period if apart => (Ink::Soft, Hatch::Plain, Ink::Series(0)),
                RoadmapKind::Period => (Ink::Tint(0), Hatch::Plain, Ink::Series(0)),
                RoadmapKind::Actual => (Ink::Tint(2), Hatch::Level, ink),
                RoadmapKind::Projection => (Ink::Tint(6), Hatch::Rising, ink),
                RoadmapKind::Milestone | RoadmapKind::Target => (Ink::Paper, Hatch::Plain, ink),
            };
            Shape::Bar { x, y: [y - 0.39, y + 0.39], ink: fill, hatch, edge: Some(edge), open }
        }
        pack::Drawn::Point(x) => Shape::Point { at: [x, y], symbol, ink, hollow, radius: 4.4 },
        pack::Drawn::Beyond(x, side) => Shape::Point { at: [x, y], symbol: side, ink, hollow, radius: 4.4 },
    };
    chart.marks.push(put(mark));
    let half = match packed.mark {
        pack::Drawn::Bar { x, .. } => [(x[1] - x[0]) / 2.0, 0.5],
        _ => [0.0, 0.5],
    };
    let from = packed.data;
    let shape = match label {
        Label::Inside => {
            Shape::label([f64::midpoint(from[0], from[1]), y], packed.text.clone(), Where::Inside { half })
        }
        Label::Right => Shape::label([from[1], y], packed.text.clone(), Where::Right(packed.gap)),
        Label::Left => Shape::label([from[0], y], packed.text.clone(), Where::Left(packed.gap)),
        Label::Under => match packed.lines(plot) {
            1 => Shape::label([packed.under_from(plot), y + 1.0], packed.text.clone(), Where::Right(0.0)),
            lines => {
                let half = [(chart.x.to - chart.x.from) / 2.0, count(lines) / 2.0];
                let middle = [f64::midpoint(chart.x.from, chart.x.to), y + 0.5 + half[1]];
                Shape::label(middle, packed.text.clone(), Where::Inside { half })
            }
        },
    };
    chart.marks.push(Mark::from(shape).of(series));
}

/// The kinds that occur, and the marks told their place among them.
fn legend(marks: &mut [Mark]) -> Vec<Entry> {
    let used: Vec<_> = (0..RoadmapKind::ALL.len())
        .filter(|series| marks.iter().any(|mark| mark.series == Some(*series)))
        .collect();
    for mark in marks.iter_mut() {
        mark.series = mark.series.and_then(|series| used.iter().position(|known| *known == series));
    }
    let entry = |series: &usize| {
        let kind = RoadmapKind::ALL[*series];
        let (symbol, ink, hollow) = look(kind);
        let swatch = match kind {
            RoadmapKind::Period => Swatch::Area(Ink::Tint(0), Hatch::Plain),
            _ => Swatch::Point(ink, symbol, hollow),
        };
        Entry { label: words::term(kind), swatch }
    };
    used.iter().map(entry).collect()
}

/// The line that says how far the evaluation looks.
fn as_of(dossier: &Dossier, choice: &Choice, chart: &mut Chart) {
    let year = dossier.report.year.or(dossier.programme.evaluation.year).map(FiscalYear::next);
    let Some(x) = choice.as_of.or(year.map(|year| f64::from(year.start_year()))) else { return };
    if x < chart.x.from || x > chart.x.to {
        return;
    }
    let said = match (choice.as_of.and_then(axis::fiscal_day), year) {
        (Some(day), _) => words::when(Moment::Day(day)),
        (None, Some(next)) => words::when(Moment::FiscalEnd(FiscalYear::new(next.start_year() - 1))),
        (None, None) => Both::default(),
    };
    let rule = Shape::Rule { at: At::X(x), ink: Ink::Series(4), dash: Dash::Long, width: 1.4 };
    chart.marks.insert(0, rule.into());
    let (ja, en) = (said.ja, said.en);
    // A row of its own at the top, so that it covers nothing.
    chart.y.from -= 1.0;
    chart.height += ROW;
    let label = Shape::Label {
        at: [x, chart.y.from],
        text: both!("{ja}時点", "as of {en}"),
        place: Where::Below(3.0),
        ink: Ink::Series(4),
        bold: true,
        small: true,
    };
    chart.marks.push(label.into());
}

fn summarise(chart: &mut Chart, entries: &[Entered<'_>], [from, to]: [f64; 2]) {
    let n = entries.len();
    let lanes = match &chart.y.scale {
        Scale::Rows(rows) => rows.iter().map(|row| row.label.clone()).collect(),
        _ => Vec::new(),
    };
    let Both { ja, en } = words::listed(&lanes);
    let last = to - 1.0;
    chart.summary = both!(
        "{from:.0}年度から{last:.0}年度までの予定と実績{n}件。レーン：{ja}。",
        "{n} entries from FY{from:.0} to FY{last:.0}. Lanes: {en}."
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_moves_at_its_own_precision() {
        let moved = |text: &str, years: f64| moved(text.parse().unwrap(), years).to_string();
        assert_eq!(moved("FY2021", 1.4), "FY2022");
        assert_eq!(moved("FY2021末", -0.6), "FY2020末");
        assert_eq!(moved("2022-11", 0.25), "2023-02");
        assert_eq!(moved("2022-04-01", 0.5), "2022-10-01");
        assert_eq!(moved("2022年末", 2.0), "2024年末");
        assert_eq!(moved("1970s", 9.0), "1980s");
        assert_eq!(moved("2035", 0.3), "2035");
    }
}
