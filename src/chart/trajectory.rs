//! アウトプット and アウトカム over the years: what each chapter states as target and as actual, and where the last
//! actuals lead if their rate goes on. Arithmetic, not a verdict.

mod rate;

use super::axis::{self, Axis, place};
use super::bars::{ranked, ranked_axis};
use super::ink::{Dash, Hatch, Ink, Symbol};
use super::marks::{At, Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use super::words;
use crate::both;
use crate::chart::words::mix;
use crate::locale::Both;
use crate::model::{
    Dossier, FiscalYear, Indicator, Moment, Place, PrintedChapter, Statement, Subject, TargetKind, Unit,
};
use rust_decimal::Decimal;

pub use rate::{Projection, Reached, project};

/// Which indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// アウトプット
    Outputs,
    /// アウトカム
    Outcomes,
}

impl Kind {
    /// The indicators of a subject.
    pub fn of(self, subject: &Subject) -> &[Indicator] {
        match self {
            Self::Outputs => &subject.outputs,
            Self::Outcomes => &subject.outcomes,
        }
    }

    const fn list(self) -> &'static str {
        match self {
            Self::Outputs => "outputs",
            Self::Outcomes => "outcomes",
        }
    }

    const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Outputs => ("アウトプット", "Output"),
            Self::Outcomes => ("アウトカム", "Outcome"),
        }
    }
}

/// A target or an actual at its time.
#[derive(Debug, Clone, PartialEq)]
struct Stated<'a> {
    statement: &'a Statement,
    value: Decimal,
    x: f64,
    /// Whether its time is that of the target beside it, because none is printed.
    borrowed: bool,
}

/// The actuals of an indicator, earliest first: what was expected, and what has no time, is none.
fn reached(indicator: &Indicator) -> Vec<(Reached, Stated<'_>)> {
    let mut all: Vec<_> = indicator
        .statements
        .iter()
        .filter(|statement| statement.target.kind != TargetKind::Expected)
        .filter_map(|statement| {
            let value =
                statement.actual.amount.value_in(&indicator.unit).or(statement.actual.amount.value())?;
            let printed = statement.actual.as_of.to.or(statement.actual.as_of.at);
            let at = printed.or(statement.target.year.map(Moment::Fiscal))?;
            let stated =
                Stated { statement, value, x: axis::fiscal_span(at)?[1], borrowed: printed.is_none() };
            Some((Reached { at, value }, stated))
        })
        .collect();
    all.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
    all
}

fn targets(indicator: &Indicator) -> Vec<(FiscalYear, Stated<'_>)> {
    let mut all: Vec<_> = indicator
        .statements
        .iter()
        .filter_map(|statement| {
            let year = statement.target.year?;
            let value = statement.target.amount.value()?;
            let x = f64::from(year.next().start_year());
            Some((year, Stated { statement, value, x, borrowed: false }))
        })
        .collect();
    all.sort_by_key(|(year, _)| *year);
    all
}

/// The trajectory of one indicator; none where no figure has a year.
pub fn chart(subject: &Subject, kind: Kind, indicator: &Indicator) -> Option<Chart> {
    let targets = targets(indicator);
    let reached = reached(indicator);
    let xs = || targets.iter().map(|(_, t)| t.x).chain(reached.iter().map(|(_, r)| r.x));
    let (first, last) = (xs().fold(f64::INFINITY, f64::min), xs().fold(f64::NEG_INFINITY, f64::max));
    // One point is no trajectory.
    if !first.is_finite() || targets.len() + reached.len() < 2 {
        return None;
    }
    let projections: Vec<Projection> = {
        let steps: Vec<_> = reached.iter().map(|(step, _)| step.clone()).collect();
        let goals: Vec<_> = targets.iter().map(|(year, target)| (*year, target.value)).collect();
        project(&steps, &goals)
    };
    let values = || {
        targets
            .iter()
            .map(|(_, t)| t.value)
            .chain(reached.iter().map(|(_, r)| r.value))
            .chain(projections.iter().map(|p| p.value))
            .chain([Decimal::ZERO])
    };
    let (lowest, highest) = (values().min()?, values().max()?);
    let name = indicator.name.as_str();
    let (ja, en) = kind.name();
    let title = words::titled(subject, ja, en);
    let unit = &indicator.unit;
    let mut chart = Chart {
        title: mix!("{title}：{name}", "{title}: {name}"; title),
        unit: Both::same(unit.as_str()),
        source: words::printed_at(indicator.statements.iter().map(|statement| &statement.printed_at)),
        x: years(first, last),
        y: Axis::values(place(lowest), place(highest) * 1.1)
            .fit(values())
            .titled(both!("単位：{unit}", "Unit: {unit}")),
        height: 230.0,
        table: DataTable::new([
            both!("区分", "What"),
            both!("章", "Chapter"),
            both!("時点", "When"),
            both!("値（{unit}）", "Value ({unit})"),
            both!("状況（印字）", "Outlook as printed"),
            both!("印字箇所", "Printed at"),
        ]),
        ..Chart::default()
    };
    let base = words::place(subject, kind.list(), &indicator.id).child("statements");
    let mut drawn = Drawn { chart: &mut chart, unit, base, said: Vec::new() };
    drawn.line(&reached);
    drawn.projected(&reached, &projections);
    for (year, target) in &targets {
        drawn.target(*year, target);
    }
    for (step, actual) in &reached {
        drawn.actual(step, actual);
    }
    for statement in &indicator.statements {
        drawn.expected(statement);
    }
    in_order(&mut chart);
    chart.summary = summary(&chart);
    Some(chart)
}

/// The axis from the year before the first point to the year after the last, and no less than four years.
fn years(first: f64, last: f64) -> Axis {
    let (from, to) = ((first - 1.0).floor(), (last + 1e-6).ceil() + 1.0);
    Axis::fiscal(from.min(to - 4.0), to)
}

/// Puts the legend into the order of the kinds below; marks follow.
fn in_order(chart: &mut Chart) {
    let known: Vec<_> = (0..=EXPECTED).map(|which| look(which).0).collect();
    let rank = |entry: &Entry| known.iter().position(|label| *label == entry.label);
    let mut order: Vec<usize> = (0..chart.legend.len()).collect();
    order.sort_by_key(|at| rank(&chart.legend[*at]));
    chart.legend = order.iter().map(|at| chart.legend[*at].clone()).collect();
    for mark in &mut chart.marks {
        mark.series = mark.series.and_then(|series| order.iter().position(|at| *at == series));
    }
}

/// What one of the kinds of the legend is called, and what it looks like.
fn look(which: usize) -> (Both, Swatch) {
    match which {
        0 => (
            both!("目標（プロジェクト章ほか）", "Target (project’s chapter)"),
            Swatch::Point(Ink::Series(4), Symbol::Circle, true),
        ),
        1 => (
            both!("目標（プログラム章）", "Target (programme’s chapter)"),
            Swatch::Point(Ink::Series(1), Symbol::Square, true),
        ),
        2 => (
            both!("実績（プロジェクト章ほか）", "Actual (project’s chapter)"),
            Swatch::Line(Ink::Series(0), Dash::Solid, Some(Symbol::Circle)),
        ),
        3 => (
            both!("実績（プログラム章）", "Actual (programme’s chapter)"),
            Swatch::Line(Ink::Series(2), Dash::Long, Some(Symbol::Square)),
        ),
        PROJECTED => (
            both!("直近の増え方の延長（計算）", "Last rate continued (computed)"),
            Swatch::Line(Ink::Series(6), Dash::Short, Some(Symbol::Diamond)),
        ),
        _ => (
            both!("見込み（印字）", "Expected, as printed"),
            Swatch::Point(Ink::Series(6), Symbol::Triangle, true),
        ),
    }
}

/// The places of the legend.
const TARGET: [usize; 2] = [0, 1];
const ACTUAL: [usize; 2] = [2, 3];
const PROJECTED: usize = 4;
const EXPECTED: usize = 5;

/// Programme's chapter or another: they state different figures, and are told apart by shape.
fn side(statement: &Statement) -> usize {
    usize::from(statement.chapter == PrintedChapter::Programme)
}

struct Drawn<'a> {
    chart: &'a mut Chart,
    unit: &'a Unit,
    base: Place,
    /// What already stands beside a point.
    said: Vec<([f64; 2], String)>,
}

impl Drawn<'_> {
    /// The place in the legend of one of the kinds above, made when first used.
    fn entry(&mut self, which: usize) -> usize {
        let (label, swatch) = look(which);
        if let Some(known) = self.chart.legend.iter().position(|entry| entry.label == label) {
            return known;
        }
        self.chart.legend.push(Entry { label, swatch });
        self.chart.legend.len() - 1
    }

    fn row(&mut self, what: Both, statement: Option<&Statement>, when: Both, value: Decimal) {
        let (chapter, outlook, printed) = match statement {
            Some(statement) => (
                words::term(statement.chapter),
                Both::same(statement.outlook.clone()),
                Both::same(statement.printed_at.clone()),
            ),
            None => (both!("計算", "computed"), Both::default(), Both::default()),
        };
        let value = Both::same(crate::model::grouped(value.normalize()));
        self.chart.table.rows.push(vec![what, chapter, when, value, outlook, printed]);
    }

    fn put(&mut self, shape: Shape, entry: usize, detail: Both, statement: Option<&Statement>) {
        let mark = Mark::from(shape).of(entry).saying(detail);
        self.chart.marks.push(match statement {
            Some(statement) => mark.showing(self.base.child(statement.id.as_str())),
            None => mark,
        });
    }

    /// A label beside a point, once.
    fn label(&mut self, at: [f64; 2], text: Both, entry: usize, bold: bool) {
        let key = (at, text.ja.clone());
        if self.said.contains(&key) {
            return;
        }
        self.said.push(key);
        let shape = Shape::Label { at, text, place: Where::Near, ink: Ink::Text, bold, small: false };
        self.chart.marks.push(Mark::from(shape).of(entry));
    }

    fn line(&mut self, reached: &[(Reached, Stated<'_>)]) {
        for (side, which) in ACTUAL.into_iter().enumerate() {
            let points: Vec<_> = reached
                .iter()
                .filter(|(_, stated)| self::side(stated.statement) == side)
                .map(|(_, stated)| [stated.x, place(stated.value)])
                .collect();
            if points.len() > 1 {
                let entry = self.entry(which);
                let (ink, dash) =
                    if side == 0 { (Ink::Series(0), Dash::Solid) } else { (Ink::Series(2), Dash::Long) };
                self.chart.marks.push(Mark::from(Shape::Line { points, ink, dash, width: 2.0 }).of(entry));
            }
        }
    }

    fn target(&mut self, year: FiscalYear, target: &Stated<'_>) {
        let side = side(target.statement);
        let entry = self.entry(TARGET[side]);
        let value = words::figure(target.value, self.unit);
        let when = words::year(year);
        let what = match target.statement.target.kind {
            TargetKind::Unstated => both!("目標", "Target"),
            kind => words::term(kind),
        };
        let at = [target.x, place(target.value)];
        let (symbol, ink, radius) = if side == 0 {
            (Symbol::Circle, Ink::Series(4), 5.0)
        } else {
            (Symbol::Square, Ink::Series(1), 7.0)
        };
        let detail = mix!("{what} {when}末 {value}", "{what}, end of {when}: {value}"; what, when);
        self.put(
            Shape::Point { at, symbol, ink, hollow: true, radius },
            entry,
            detail,
            Some(target.statement),
        );
        let text = mix!("{what} {value}", "{what} {value}"; what);
        self.label(at, text, entry, false);
        self.row(what, Some(target.statement), mix!("{when}末", "end of {when}"; when), target.value);
    }

    fn actual(&mut self, step: &Reached, actual: &Stated<'_>) {
        let side = side(actual.statement);
        let entry = self.entry(ACTUAL[side]);
        let value = words::figure(actual.value, self.unit);
        let mut when = words::when(step.at);
        if actual.borrowed {
            when = mix!(
                "{when}（時点の印字なし、目標年度に置く）",
                "{when} (no date printed; placed at the target’s year)";
                when
            );
        }
        let at = [actual.x, place(actual.value)];
        let (symbol, ink) =
            if side == 0 { (Symbol::Circle, Ink::Series(0)) } else { (Symbol::Square, Ink::Series(2)) };
        let detail = mix!("実績 {when} {value}", "Actual, {when}: {value}"; when);
        let shape = Shape::Point { at, symbol, ink, hollow: false, radius: 4.2 };
        self.put(shape, entry, detail, Some(actual.statement));
        self.label(at, Both::same(value), entry, true);
        self.row(both!("実績", "Actual"), Some(actual.statement), when, actual.value);
    }

    fn expected(&mut self, statement: &Statement) {
        if statement.target.kind != TargetKind::Expected {
            return;
        }
        let amount = statement.target.amount.value().or(statement.actual.amount.value());
        let at = statement.target.year.map(Moment::Fiscal).or(statement.actual.as_of.at);
        let (Some(value), Some(at)) = (amount, at) else { return };
        let Some([_, x]) = axis::fiscal_span(at) else { return };
        if x > self.chart.x.to {
            return;
        }
        let entry = self.entry(EXPECTED);
        let (when, said) = (words::when(at), words::figure(value, self.unit));
        let detail = mix!("見込み（印字） {when} {said}", "Expected, as printed, {when}: {said}"; when);
        let place = [x, place(value)];
        let shape = Shape::Point {
            at: place,
            symbol: Symbol::Triangle,
            ink: Ink::Series(6),
            hollow: true,
            radius: 5.0,
        };
        self.put(shape, entry, detail, Some(statement));
        self.label(place, both!("見込み {said}", "expected {said}"), entry, false);
        self.row(words::term(TargetKind::Expected), Some(statement), when, value);
    }

    fn projected(&mut self, reached: &[(Reached, Stated<'_>)], projections: &[Projection]) {
        let (Some((_, last)), false) = (reached.last(), projections.is_empty()) else { return };
        let entry = self.entry(PROJECTED);
        let mut points = vec![[last.x, place(last.value)]];
        points.extend(projections.iter().map(|p| [f64::from(p.year.next().start_year()), place(p.value)]));
        let line = Shape::Line { points: points.clone(), ink: Ink::Series(6), dash: Dash::Short, width: 1.8 };
        self.chart.marks.push(Mark::from(line).of(entry));
        for (at, projection) in points[1..].iter().zip(projections) {
            let sentence = projection.sentence(self.unit);
            let shape = Shape::Point {
                at: *at,
                symbol: Symbol::Diamond,
                ink: Ink::Series(6),
                hollow: false,
                radius: 4.0,
            };
            self.put(shape, entry, sentence.clone(), None);
            let value = words::figure(words::rounded(projection.value, 1).normalize(), self.unit);
            self.label(*at, both!("延長 {value}", "continued {value}"), entry, false);
            let when = words::year(projection.year);
            self.row(
                both!("延長", "Rate continued"),
                None,
                mix!("{when}末", "end of {when}"; when),
                words::rounded(projection.value, 2),
            );
            self.chart.notes.push(sentence);
        }
        self.chart.notes.push(projections[0].method(self.unit));
    }
}

/// The rows of the table in a sentence each.
fn summary(chart: &Chart) -> Both {
    let rows: Vec<_> = chart
        .table
        .rows
        .iter()
        .map(|row| words::joined(&[row[0].clone(), row[2].clone(), row[3].clone()], " "))
        .collect();
    let (rows, notes) = (words::listed(&rows), words::joined(&chart.notes, ""));
    mix!("{rows}。{notes}", "{rows}. {notes}"; rows, notes)
}

/// What the programme's chapter states of its projects' indicators: each actual as a share of its target. None if it
/// states nothing of the kind.
pub fn achievement(dossier: &Dossier, kind: Kind) -> Option<Chart> {
    let mut rows = Vec::new();
    for subject in dossier.subjects() {
        for indicator in kind.of(subject) {
            for statement in &indicator.statements {
                let belongs = statement.chapter == PrintedChapter::Programme || subject.is_programme();
                let (Some(target), Some(actual)) =
                    (statement.target.amount.value(), statement.actual.amount.value())
                else {
                    continue;
                };
                let share = actual.checked_mul(Decimal::ONE_HUNDRED).and_then(|all| all.checked_div(target));
                if let Some(share) = share
                    && belongs
                    && statement.target.amount.unit == statement.actual.amount.unit
                {
                    rows.push((subject, indicator, statement, [target, actual, share]));
                }
            }
        }
    }
    let most = place(rows.iter().map(|(.., [_, _, share])| *share).max()?.max(Decimal::ONE_HUNDRED));
    let labels = rows.iter().map(|(subject, indicator, statement, ..)| {
        let year = statement.target.year.map(words::year).unwrap_or_default();
        let (id, name) = (&subject.id, &indicator.name);
        mix!("{id} {name}（{year}目標）", "{id} {name} (target {year})"; year)
    });
    let labels: Vec<_> = labels.collect();
    let (ja, en) = kind.name();
    let mut chart = Chart {
        title: both!("プログラム　{ja}の目標に対する実績", "Programme: {en}s against their targets"),
        unit: Both::same("%"),
        source: words::printed_at(rows.iter().map(|(_, _, statement, ..)| &statement.printed_at)),
        table: DataTable::new([
            both!("指標", "Indicator"),
            both!("実績", "Actual"),
            both!("目標", "Target"),
            both!("実績 ÷ 目標（％）", "Actual ÷ target (%)"),
            both!("状況（印字）", "Outlook as printed"),
            both!("印字箇所", "Printed at"),
        ]),
        ..ranked(labels.clone())
    };
    let rule = Shape::Rule { at: At::X(100.0), ink: Ink::Series(4), dash: Dash::Long, width: 1.4 };
    for ((n, row), label) in rows.iter().enumerate().zip(labels) {
        let (subject, indicator, statement, [target, actual, share]) = row;
        let y = axis::count(n) + 0.5;
        let unit = &indicator.unit;
        let (target, actual) = (words::figure(*target, unit), words::figure(*actual, unit));
        let percent = crate::model::grouped(words::rounded(*share, 1).normalize());
        let detail = both!("{actual} ÷ {target} = {percent} %", "{actual} ÷ {target} = {percent} %");
        let bar = Shape::Bar {
            x: [place(*share).min(0.0), place(*share).max(0.0)],
            y: [y - 0.3, y + 0.3],
            ink: Ink::Series(0),
            hatch: Hatch::Plain,
            edge: None,
            open: false,
        };
        let at = words::place(subject, kind.list(), &indicator.id)
            .child("statements")
            .child(statement.id.as_str());
        chart.marks.push(Mark::from(bar).saying(detail.clone()).showing(at));
        let text = both!("{percent} %（{actual}／{target}）", "{percent} % ({actual} of {target})");
        chart.marks.push(Shape::value([place(*share).max(0.0), y], text, Where::Right(6.0)).into());
        chart.table.rows.push(vec![
            label,
            Both::same(actual),
            Both::same(target),
            Both::same(percent),
            Both::same(statement.outlook.clone()),
            Both::same(statement.printed_at.clone()),
        ]);
    }
    chart.marks.push(Mark::from(rule).of(0));
    let target = Swatch::Line(Ink::Series(4), Dash::Long, None);
    chart.legend = vec![Entry { label: both!("目標（100 %）", "Target (100 %)"), swatch: target }];
    chart.x = ranked_axis(&chart, most).titled(both!("実績 ÷ 目標（％）", "Actual ÷ target (%)"));
    chart.summary = words::listed(
        &chart
            .table
            .rows
            .iter()
            .map(|row| {
                let [what, share] = [&row[0], &row[3]];
                mix!("{what} {share} %", "{what} {share} %"; what, share)
            })
            .collect::<Vec<_>>(),
    );
    Some(chart)
}
