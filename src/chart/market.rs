//! 市場予測: figures by subject and year, what their growth is a year, where a stated growth leads, and what a scenario
//! makes of them. Exact arithmetic; every number computed here stands with its formula.

pub mod growth;

use super::axis::{Axis, Scale, place};
use super::bars::{ranked, ranked_axis, summarise};
use super::ink::{Dash, Ink, Symbol};
use super::marks::{Chart, DataTable, Entry, Mark, Shape, Swatch, Where};
use super::words;
use crate::both;
use crate::chart::words::mix;
use crate::locale::Both;
use crate::model::{MarketFigure, Moment, Scenario, Subject, Unit, grouped};
use growth::{cagr, compound};
use rust_decimal::Decimal;

/// How far a stated growth is carried on where no scenario says, in years.
const AHEAD: i16 = 6;
/// How many times larger or smaller than the series a single figure may be to stand beside them on one axis.
const COMPARABLE: i64 = 10;

/// A dated figure of a market.
#[derive(Debug, Clone, PartialEq)]
pub struct Point<'a> {
    /// The calendar year.
    pub year: i16,
    /// The value, in the unit of the chart.
    pub value: Decimal,
    /// The figure.
    pub figure: &'a MarketFigure,
}

/// The dated figures of one market.
#[derive(Debug, Clone, PartialEq)]
pub struct Series<'a> {
    /// The market, as the figures name it.
    pub subject: &'a str,
    /// The figures, by year.
    pub points: Vec<Point<'a>>,
    /// The growth a year that the last dated figure states, in percent.
    pub growth: Option<Decimal>,
}

/// The calendar year of a date; none for a span, which is no point of a market.
fn year(figure: &MarketFigure) -> Option<i16> {
    if figure.when.to.is_some() {
        return None;
    }
    Some(match figure.when.at? {
        Moment::Day(date) => date.year(),
        Moment::Month(year, _) | Moment::Year(year) | Moment::YearEnd(year) => year,
        Moment::Fiscal(year) | Moment::FiscalEnd(year) => year.start_year(),
        Moment::Decade(_) => return None,
    })
}

/// The markets of a subject that have a figure in yen with a year, in one unit.
pub fn series(subject: &Subject) -> (Vec<Series<'_>>, Unit) {
    // Trillions where any figure is one; smaller figures are decimals of it, exactly.
    let in_yen = || subject.market.iter().filter(|figure| figure.amount.value_in(&Unit::Yen).is_some());
    let large = in_yen().any(|figure| figure.amount.unit == Unit::TrillionYen);
    let unit = if large { Unit::TrillionYen } else { Unit::HundredMillionYen };
    let mut all: Vec<Series<'_>> = Vec::new();
    for figure in in_yen() {
        let (Some(year), Some(value)) = (year(figure), figure.amount.value_in(&unit)) else { continue };
        if value <= Decimal::ZERO {
            continue;
        }
        let point = Point { year, value, figure };
        match all.iter_mut().find(|series| series.subject == figure.subject) {
            Some(series) => series.points.push(point),
            None => all.push(Series { subject: &figure.subject, points: vec![point], growth: None }),
        }
    }
    for series in &mut all {
        series.points.sort_by_key(|point| point.year);
        series.growth = series.points.last().and_then(|point| point.figure.growth_percent);
    }
    (all, unit)
}

/// What is drawn, and how.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// By logarithm.
    pub logarithmic: bool,
    /// A scenario that is being tried and is not saved.
    pub tried: Option<Scenario>,
}

/// The projections of a subject's markets; none where no market has two figures or a growth.
pub fn chart(subject: &Subject, choice: &Choice) -> Option<Chart> {
    let (all, unit) = series(subject);
    let scenarios: Vec<&Scenario> = subject.scenarios.iter().chain(&choice.tried).collect();
    let (trends, singles): (Vec<_>, Vec<_>) =
        all.iter().partition(|series| series.points.len() > 1 || series.growth.is_some());
    let values = || trends.iter().flat_map(|series| &series.points).map(|point| point.value);
    let (least, most) = (values().min()?, values().max()?);
    let near = |value: Decimal| {
        let times = Decimal::from(COMPARABLE);
        value.saturating_mul(times) >= least && value <= most.saturating_mul(times)
    };
    let (beside, away): (Vec<_>, Vec<_>) =
        singles.into_iter().partition(|series| near(series.points[0].value));
    let mut chart = Chart {
        id: "market".to_owned(),
        title: words::titled(subject, "市場規模の予測", "Market projections"),
        unit: Both::same(unit.as_str()),
        height: 250.0,
        table: DataTable::new([
            both!("市場", "Market"),
            both!("年", "Year"),
            both!("値（{unit}）", "Value ({unit})"),
            both!("種別・式", "Kind or formula"),
            both!("印字", "As printed"),
        ]),
        ..Chart::default()
    };
    let mut drawn = Drawn { chart: &mut chart, unit: &unit, subject };
    for series in trends.iter().chain(&beside) {
        drawn.series(series, &scenarios);
    }
    let figures = || trends.iter().chain(&beside).flat_map(|series| &series.points).map(|point| point.figure);
    chart.source = words::joined(
        &[
            words::printed_at(figures().map(|figure| &figure.printed_at)),
            words::printed_at(figures().map(|figure| &figure.cited)),
        ],
        " ／ ",
    );
    bounds(&mut chart, choice, &unit);
    if !away.is_empty() {
        let said: Vec<_> = away
            .iter()
            .map(|series| {
                let point = &series.points[0];
                let (name, year, value) = (series.subject, point.year, words::quantity(&point.figure.amount));
                both!("{name} {year}年 {value}", "{name} {year}: {value}")
            })
            .collect();
        let Both { ja, en } = words::listed(&said);
        chart.notes.push(both!(
            "同じ目盛りに収まらないため図に示さない金額：{ja}。",
            "Amounts beyond this scale, not drawn: {en}."
        ));
    }
    summarise(&mut chart);
    let notes = words::joined(&chart.notes, " ");
    chart.summary = words::joined(&[chart.summary.clone(), notes], " ");
    Some(chart)
}

/// Both axes around all points.
fn bounds(chart: &mut Chart, choice: &Choice, unit: &Unit) {
    let points = chart.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Point { at, .. } => Some(*at),
        _ => None,
    });
    let (mut x, mut y) = ([f64::INFINITY, f64::NEG_INFINITY], [f64::INFINITY, f64::NEG_INFINITY]);
    for at in points {
        x = [x[0].min(at[0]), x[1].max(at[0])];
        y = [y[0].min(at[1]), y[1].max(at[1])];
    }
    let margin = ((x[1] - x[0]) * 0.08).max(1.0);
    chart.x = Axis { scale: Scale::Year, from: x[0] - margin, to: x[1] + margin, title: Both::default() };
    let axis =
        if choice.logarithmic { Axis::logarithmic(y[0], y[1]) } else { Axis::values(0.0, y[1] * 1.05) };
    let scale =
        if choice.logarithmic { both!("（対数目盛）", " (logarithmic)") } else { Both::default() };
    chart.y = axis.titled(mix!("単位：{unit}{scale}", "Unit: {unit}{scale}"; scale));
}

struct Drawn<'a> {
    chart: &'a mut Chart,
    unit: &'a Unit,
    subject: &'a Subject,
}

impl Drawn<'_> {
    fn series(&mut self, series: &Series<'_>, scenarios: &[&Scenario]) {
        let n = self.chart.legend.len();
        let label = Both::same(series.subject);
        let swatch = Swatch::Line(Ink::Series(n), Dash::Solid, Some(Symbol::of(n)));
        self.chart.legend.push(Entry { label: label.clone(), swatch });
        let points: Vec<_> =
            series.points.iter().map(|point| [f64::from(point.year), place(point.value)]).collect();
        if points.len() > 1 {
            let line =
                Shape::Line { points: curve(&points), ink: Ink::Series(n), dash: Dash::Solid, width: 2.0 };
            self.chart.marks.push(Mark::from(line).of(n));
        }
        for (point, at) in series.points.iter().zip(&points) {
            let (year, printed) = (point.year, words::quantity(&point.figure.amount));
            let value = words::figure(point.value, self.unit);
            let kind = &point.figure.kind;
            let detail =
                mix!("{label} {year}年 {printed}（{kind}）", "{label} {year}: {printed} ({kind})"; label);
            let at_row = words::place(self.subject, "market", &point.figure.id);
            self.chart.marks.push(Mark::from(Shape::point(*at, n)).of(n).saying(detail).showing(at_row));
            let said = if printed == value { value.clone() } else { printed.clone() };
            let text = both!("{year}年 {said}", "{year}: {said}");
            let text =
                Shape::Label { at: *at, text, place: Where::Near, ink: Ink::Text, bold: true, small: false };
            self.chart.marks.push(Mark::from(text).of(n));
            self.row(&label, year, point.value, Both::same(kind.clone()), &point.figure.amount.display());
        }
        self.between(series, n, &points);
        if let (Some(last), Some(growth)) = (series.points.last(), series.growth) {
            let horizon = scenarios
                .iter()
                .filter(|scenario| scenario.series == series.subject)
                .filter_map(|s| s.horizon)
                .max();
            let to = horizon.unwrap_or(last.year.saturating_add(AHEAD));
            self.carried(n, last, growth, to, &both!("記載の成長率", "growth as stated"));
        }
        for scenario in scenarios.iter().filter(|scenario| scenario.series == series.subject) {
            if let (Some(first), Some(growth), Some(to)) =
                (series.points.first(), scenario.growth_percent, scenario.horizon)
                && series.growth != Some(growth)
            {
                self.carried(n, first, growth, to, &Both::same(scenario.name.clone()));
            }
        }
    }

    /// The growth a year between neighbouring figures.
    fn between(&mut self, series: &Series<'_>, n: usize, points: &[[f64; 2]]) {
        for (pair, at) in series.points.windows(2).zip(points.windows(2)) {
            let [from, to] = pair else { continue };
            let Some(rate) = cagr(from.value, to.value, i64::from(to.year) - i64::from(from.year)) else {
                continue;
            };
            let rate = grouped(words::rounded(rate, 1));
            let (low, high) = (words::quantity(&from.figure.amount), words::quantity(&to.figure.amount));
            let (a, b, years) = (from.year, to.year, to.year - from.year);
            let name = series.subject;
            self.chart.notes.push(both!(
                "{name} {a}→{b}年の年平均成長率：（{high} ÷ {low}）^(1/{years}) － 1 = {rate} %。",
                "{name}, growth a year {a}–{b}: ({high} ÷ {low})^(1/{years}) − 1 = {rate} %."
            ));
            let middle = [f64::midpoint(at[0][0], at[1][0]), (at[0][1] * at[1][1]).sqrt()];
            let text = both!("年平均 {rate} %", "{rate} % a year");
            let label = Shape::Label {
                at: middle,
                text,
                place: Where::Near,
                ink: Ink::Quiet,
                bold: false,
                small: false,
            };
            self.chart.marks.push(Mark::from(label).of(n));
        }
    }

    /// A figure carried on at a growth, year by year.
    fn carried(&mut self, n: usize, from: &Point<'_>, growth: Decimal, to: i16, why: &Both) {
        if to <= from.year {
            return;
        }
        let values: Option<Vec<_>> = (from.year..=to)
            .map(|year| Some((year, compound(from.value, growth, i64::from(year) - i64::from(from.year))?)))
            .collect();
        let Some(values) = values else { return };
        let points = values.iter().map(|(year, value)| [f64::from(*year), place(*value)]).collect();
        let line = Shape::Line { points, ink: Ink::Series(n), dash: Dash::Short, width: 1.8 };
        self.chart.marks.push(Mark::from(line).of(n));
        let Some((year, value)) = values.last() else { return };
        let at = [f64::from(*year), place(*value)];
        let shown = words::figure(words::rounded(*value, 1), self.unit);
        let (base, years, growth) =
            (words::quantity(&from.figure.amount), to - from.year, growth.normalize());
        let name = &from.figure.subject;
        let sentence = mix!("{name}（{why}）：{base} × (1 + {growth} %)^{years} = {shown}（{year}年、計算）。", "{name} ({why}): {base} × (1 + {growth} %)^{years} = {shown} in {year} (computed)."; why);
        let point =
            Shape::Point { at, symbol: Symbol::of(n), ink: Ink::Series(n), hollow: true, radius: 4.5 };
        self.chart.marks.push(Mark::from(point).of(n).saying(sentence.clone()));
        let text = both!("{year}年 {shown}（年{growth} %）", "{year}: {shown} ({growth} % a year)");
        let label = Shape::Label { at, text, place: Where::Near, ink: Ink::Text, bold: false, small: false };
        self.chart.marks.push(Mark::from(label).of(n));
        let formula = both!("{base} × (1 + {growth} %)^{years}", "{base} × (1 + {growth} %)^{years}");
        self.row(&Both::same(name.clone()), *year, words::rounded(*value, 4), formula, "");
        self.chart.notes.push(sentence);
    }

    fn row(&mut self, market: &Both, year: i16, value: Decimal, kind: Both, printed: &str) {
        let value = grouped(value.normalize());
        let cells =
            vec![market.clone(), Both::same(year.to_string()), Both::same(value), kind, Both::same(printed)];
        self.chart.table.rows.push(cells);
    }
}

/// The line of even growth between points, which is what a growth a year means. The further the growth, the more it
/// bends, and the more points it has: a chord of three per cent strays by a ten-thousandth.
fn curve(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut line = Vec::new();
    for pair in points.windows(2) {
        let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
        let chords = ((y1 / y0).ln().abs() / 0.03).ceil().clamp(1.0, 24.0);
        for step in (0_u8..24).map(f64::from).take_while(|step| *step < chords) {
            let share = step / chords;
            line.push([x0 + (x1 - x0) * share, y0 * (y1 / y0).powf(share)]);
        }
    }
    line.extend(points.last());
    line
}

/// What a scenario comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The market at the horizon, in the unit of the chart.
    pub market: Decimal,
    /// The unit.
    pub unit: Unit,
    /// How the market was found.
    pub formula: Both,
    /// The share of it.
    pub value: Option<Decimal>,
    /// How many times the cost that is.
    pub multiple: Option<Decimal>,
}

/// Reckons a scenario; none where its market has no figure to start from.
pub fn reckon(subject: &Subject, scenario: &Scenario) -> Option<Value> {
    let (all, unit) = series(subject);
    let series = all.into_iter().find(|series| series.subject == scenario.series)?;
    let (first, last) = (series.points.first()?, series.points.last()?);
    let horizon = scenario.horizon.unwrap_or(last.year);
    let printed = series.points.iter().find(|point| point.year == horizon);
    let (market, formula) = match (scenario.growth_percent, printed) {
        (None, Some(point)) => (point.value, Both::same(words::quantity(&point.figure.amount))),
        (Some(growth), _) => grown(first, growth, horizon)?,
        (None, None) if horizon > last.year => grown(last, series.growth?, horizon)?,
        (None, None) => between(&series.points, horizon, &unit)?,
    };
    let value =
        scenario.share_percent.and_then(|share| market.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED));
    let cost = scenario.cost.value_in(&unit).filter(|cost| *cost > Decimal::ZERO);
    let multiple = value.and_then(|value| value.checked_div(cost?));
    Some(Value { market, unit, formula, value, multiple })
}

fn grown(from: &Point<'_>, growth: Decimal, to: i16) -> Option<(Decimal, Both)> {
    let years = i64::from(to) - i64::from(from.year);
    let value = compound(from.value, growth, years)?;
    let (base, growth) = (words::quantity(&from.figure.amount), growth.normalize());
    Some((value, Both::same(format!("{base} × (1 + {growth} %)^{years}"))))
}

/// Even growth between the two figures around a year.
fn between(points: &[Point<'_>], year: i16, unit: &Unit) -> Option<(Decimal, Both)> {
    let [from, to] = points.windows(2).find_map(|pair| match pair {
        [from, to] if from.year < year && year < to.year => Some([from, to]),
        _ => None,
    })?;
    let rate = cagr(from.value, to.value, i64::from(to.year) - i64::from(from.year))?;
    let value = compound(from.value, rate, i64::from(year) - i64::from(from.year))?;
    let (base, rate, years) = (words::figure(from.value, unit), words::rounded(rate, 1), year - from.year);
    Some((value, Both::same(format!("{base} × (1 + {rate} %)^{years}"))))
}

/// The multiples of cost of all scenarios beside what is printed; none where no scenario has one.
pub fn values(subject: &Subject, choice: &Choice) -> Option<Chart> {
    let mut bars: Vec<(Both, Decimal, bool, Both)> = Vec::new();
    let mut notes = Vec::new();
    let mut table = DataTable::new([
        both!("想定", "Scenario"),
        both!("市場", "Market"),
        both!("割合", "Share"),
        both!("我が国の市場（計算）", "National market (computed)"),
        both!("費用", "Cost"),
        both!("費用に対する倍率（計算）", "Multiple of cost (computed)"),
        both!("印字の値・倍率", "Printed value and multiple"),
    ]);
    let claim = |id: &Option<crate::model::RowId>| {
        let id = id.as_ref()?;
        subject.market.iter().find(|figure| figure.id == *id)
    };
    for scenario in subject.scenarios.iter().chain(&choice.tried) {
        let Some(found) = reckon(subject, scenario) else { continue };
        let (Some(share), Some(value), Some(multiple)) =
            (scenario.share_percent, found.value, found.multiple)
        else {
            continue;
        };
        let (unit, name, formula) = (&found.unit, &scenario.name, &found.formula);
        let share = share.normalize();
        let market = words::figure(words::rounded(found.market, 2), unit);
        let won = words::figure(words::rounded(value, 2), unit);
        let cost = words::quantity(&scenario.cost);
        let times = grouped(words::rounded(multiple, 0));
        bars.push((
            both!("{name}（計算）", "{name} (computed)"),
            multiple,
            true,
            both!("{times}倍", "{times} ×"),
        ));
        let mut sentence = both!(
            "{name}：{market} × {share} % = {won}、÷ {cost} = {times}倍（計算）。",
            "{name}: {market} × {share} % = {won}; ÷ {cost} = {times} × (computed)."
        );
        let printed_value = claim(&scenario.claimed_value);
        let printed_multiple = claim(&scenario.claimed_multiple);
        let mut printed = Vec::new();
        printed.extend(printed_value.map(|figure| words::quantity(&figure.amount)));
        if let Some(figure) = printed_multiple
            && let Some(claimed) = figure.amount.value()
        {
            let said = words::quantity(&figure.amount);
            bars.push((
                both!("{name}（印字）", "{name} (printed)"),
                claimed,
                false,
                Both::same(said.clone()),
            ));
            printed.push(said);
        }
        if !printed.is_empty() {
            let said = Both { ja: printed.join("、"), en: printed.join(", ") };
            sentence = mix!("{sentence} 資料の印字：{said}。", "{sentence} Printed: {said}."; sentence, said);
        }
        table.rows.push(vec![
            Both::same(name.clone()),
            mix!("{formula} = {market}", "{formula} = {market}"; formula),
            Both::same(format!("{share} %")),
            Both::same(won),
            Both::same(cost),
            both!("{times}倍", "{times} ×"),
            Both::same(printed.join("、")),
        ]);
        notes.push(sentence);
    }
    let most = bars.iter().map(|(_, value, ..)| *value).max()?;
    let mut chart = ranked(bars.iter().map(|(label, ..)| label.clone()).collect());
    "market-value".clone_into(&mut chart.id);
    chart.title =
        words::titled(subject, "費用に対する市場規模の倍率", "National market as a multiple of cost");
    chart.unit = both!("倍", "times");
    chart.source = words::printed_at(
        subject
            .market
            .iter()
            .filter(|figure| {
                subject.scenarios.iter().any(|s| {
                    s.claimed_value.as_ref() == Some(&figure.id)
                        || s.claimed_multiple.as_ref() == Some(&figure.id)
                        || s.series == figure.subject
                })
            })
            .map(|figure| &figure.printed_at),
    );
    for (n, (label, value, computed, said)) in bars.iter().enumerate() {
        let y = super::axis::count(n) + 0.5;
        let bar = Shape::bar([0.0, place(*value)], [y - 0.3, y + 0.3], usize::from(!computed));
        let detail = mix!("{label} {said}", "{label}: {said}"; label, said);
        chart.marks.push(Mark::from(bar).saying(detail));
        chart.marks.push(Shape::value([place(*value), y], said.clone(), Where::Right(6.0)).into());
    }
    chart.x = ranked_axis(&chart, place(most)).titled(both!("費用の何倍か", "Times the cost"));
    chart.table = table;
    chart.summary = words::joined(&notes, " ");
    chart.notes = notes;
    Some(chart)
}
