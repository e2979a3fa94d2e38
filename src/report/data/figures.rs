//! The figures of part 1: amounts, funding, indicators, market, roadmap.

use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeSet;

use super::lines;
use crate::model::{
    AmountSeries, Certainty, Dossier, FiscalYear, FundingCell, FundingTable, FundingYear, Indicator,
    IndicatorStanding, MarketFigure, PrintedChapter, Quantity, RoadmapItem, Statement, Subject, grouped,
};
use crate::report::text::Text;
use crate::report::words;

/// 契約額, 執行額, 予算額: years across, totals last.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Amounts<'a> {
    pub(in crate::report) title: &'static str,
    pub(in crate::report) unit: Text<'a>,
    pub(in crate::report) columns: Vec<Text<'a>>,
    /// Whether the rows have headings of their own.
    pub(in crate::report) headed: bool,
    pub(in crate::report) rows: Vec<AmountRow<'a>>,
    pub(in crate::report) notes: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct AmountRow<'a> {
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) values: Vec<Text<'a>>,
}

/// The series as tables. Those with headings of their own (当初予算, 予備費等) are the rows of one, unless totals stand
/// beside them.
pub(super) fn amounts(list: &[AmountSeries]) -> Vec<Amounts<'_>> {
    let headed = |series: &AmountSeries| !series.label.is_empty() && series.totals.is_empty();
    let mut tables: Vec<Vec<&AmountSeries>> = Vec::new();
    for series in list {
        let together = |table: &&mut Vec<&AmountSeries>| {
            table.iter().all(|known| {
                headed(known) && headed(series) && (known.kind, &known.unit) == (series.kind, &series.unit)
            })
        };
        match tables.iter_mut().find(together) {
            Some(table) => table.push(series),
            None => tables.push(vec![series]),
        }
    }
    tables.iter().filter_map(|table| amount_table(table)).collect()
}

fn amount_table<'a>(list: &[&'a AmountSeries]) -> Option<Amounts<'a>> {
    let first = list.first()?;
    let years: BTreeSet<FiscalYear> = list.iter().flat_map(|series| series.years.keys().copied()).collect();
    let quantities = |series: &'a AmountSeries| {
        series.years.values().chain(series.totals.iter().map(|total| &total.amount))
    };
    let said = |quantity: Option<&'a Quantity>| match quantity.map(|q| (words::cell(q, &first.unit), &q.note))
    {
        Some(((text, mark), note)) if !mark.is_empty() && note.is_empty() => {
            format!("{text}（{mark}）").into()
        }
        Some(((text, _), _)) => text.into(),
        None => Text::default(),
    };
    let row = |series: &&'a AmountSeries| AmountRow {
        label: (&series.label).into(),
        values: (years.iter().map(|year| series.years.get(year)))
            .chain(series.totals.iter().map(|total| Some(&total.amount)))
            .map(said)
            .collect(),
    };
    Some(Amounts {
        title: words::term(first.kind),
        unit: first.unit.as_str().into(),
        columns: (years.iter().map(|year| year.western().into()))
            .chain(first.totals.iter().map(|total| Text::from(&total.label)))
            .collect(),
        headed: list.iter().any(|series| !series.label.is_empty()),
        rows: list.iter().map(row).collect(),
        notes: (list.iter().flat_map(|series| quantities(series)))
            .filter(|quantity| !quantity.note.is_empty())
            .map(|quantity| Text::from(&quantity.note))
            .collect(),
    })
}

/// 資金配分
#[derive(Debug, Serialize)]
pub(in crate::report) struct Funding {
    pub(in crate::report) unit: Text<'static>,
    pub(in crate::report) years: Vec<Text<'static>>,
    pub(in crate::report) rows: Vec<FundingRow>,
    pub(in crate::report) totals: Vec<Amount>,
    pub(in crate::report) notes: Vec<Text<'static>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct FundingRow {
    pub(in crate::report) label: Text<'static>,
    pub(in crate::report) cells: Vec<Amount>,
    pub(in crate::report) total: Amount,
}

/// An amount and what stands below it.
#[derive(Debug, Default, Serialize)]
pub(in crate::report) struct Amount {
    pub(in crate::report) text: Text<'static>,
    pub(in crate::report) note: Text<'static>,
}

pub(super) fn funding(table: &FundingTable) -> Funding {
    let mut setter = FundingSetter { table, common: common_kind(table), differing: Vec::new() };
    let unit = &table.unit;
    let columns = table.columns();
    let rows = table
        .items
        .iter()
        .map(|item| FundingRow {
            label: item.label.clone().into(),
            cells: columns
                .iter()
                .map(|column| match item.amounts.get(&column.year) {
                    Some(cell) => setter.amount(cell, &column.printed),
                    None => Amount::default(),
                })
                .collect(),
            total: setter.total(&item.total, item.computed_total(unit), &item.label, ""),
        })
        .collect();
    let none = FundingCell::default();
    let mut totals: Vec<_> = columns
        .iter()
        .map(|column| {
            let printed = table.column_totals.get(&column.year).unwrap_or(&none);
            let computed = table.computed_column_total(column.year);
            setter.total(printed, computed, &column.year.western(), &column.printed)
        })
        .collect();
    totals.push(setter.total(&table.grand_total, table.computed_grand_total(), "総計", ""));
    Funding {
        unit: unit.as_str().to_owned().into(),
        years: columns.iter().map(heading).collect(),
        rows,
        totals,
        notes: setter.notes(),
    }
}

fn heading(column: &FundingYear) -> Text<'static> {
    if column.printed.is_empty() { column.year.western().into() } else { column.printed.clone().into() }
}

/// The kind of funding that every amount has; none if they differ or do not say.
fn common_kind(table: &FundingTable) -> Option<&str> {
    let mut cells = table
        .items
        .iter()
        .flat_map(|item| item.amounts.values())
        .filter(|cell| cell.amount.value().is_some());
    let first = cells.next()?.kind.as_str();
    (!first.is_empty() && cells.all(|cell| cell.kind == first)).then_some(first)
}

/// What is learnt while a funding table is set, and said below it.
struct FundingSetter<'a> {
    table: &'a FundingTable,
    common: Option<&'a str>,
    differing: Vec<String>,
}

impl FundingSetter<'_> {
    /// An amount under a column heading. What the heading or a note below the table says is not said again.
    fn amount(&self, cell: &FundingCell, heading: &str) -> Amount {
        let (text, mark) = words::cell(&cell.amount, &self.table.unit);
        let mut notes = Vec::new();
        for note in [cell.amount.note.as_str(), &cell.kind, mark] {
            let said = heading.contains(note) || self.common == Some(note) || notes.contains(&note);
            if !note.is_empty() && !said {
                notes.push(note);
            }
        }
        let note = if notes.is_empty() { String::new() } else { format!("（{}）", notes.join("、")) };
        Amount { text: text.into(), note: note.into() }
    }

    /// A printed total; where none is printed the computed one. Where both differ, the difference is noted.
    fn total(
        &mut self,
        printed: &FundingCell,
        computed: Option<Decimal>,
        label: &str,
        heading: &str,
    ) -> Amount {
        let unit = &self.table.unit;
        if printed.amount.is_blank() {
            return Amount { text: computed.map(grouped).unwrap_or_default().into(), note: Text::default() };
        }
        if let (Some(stated), Some(computed)) = (printed.amount.value_in(unit), computed)
            && stated != computed
        {
            self.differing.push(format!("{label}（印字 {}、計算 {}）", grouped(stated), grouped(computed)));
        }
        self.amount(printed, heading)
    }

    fn notes(self) -> Vec<Text<'static>> {
        let mut notes: Vec<Text<'static>> =
            lines(&self.table.note).into_iter().map(|line| line.0.into_owned().into()).collect();
        if let Some(kind) = self.common {
            notes.push(format!("各欄はすべて{kind}。").into());
        }
        if !self.differing.is_empty() {
            let list = self.differing.join("、");
            notes.push(format!("計は資料の印字による。各欄の和と異なるもの：{list}。").into());
        }
        notes
    }
}

/// What one place says of an indicator.
#[derive(Debug, Serialize)]
pub(in crate::report) struct IndicatorRow<'a> {
    pub(in crate::report) indicator: Text<'a>,
    pub(in crate::report) target: Text<'a>,
    pub(in crate::report) actual: Text<'a>,
    pub(in crate::report) outlook: Text<'a>,
    pub(in crate::report) supplement: Text<'a>,
}

/// The statements that belong to a subject's own chapter: for the programme those that its chapter makes of any
/// project, for a project all others.
pub(super) fn indicators<'a>(
    dossier: &'a Dossier,
    subject: &'a Subject,
    list: fn(&Subject) -> &Vec<Indicator>,
) -> Vec<IndicatorRow<'a>> {
    let mut rows = Vec::new();
    let mut take = |of: &'a Subject, belongs: &dyn Fn(&Statement) -> bool| {
        for indicator in list(of) {
            rows.extend(indicator.statements.iter().filter(|s| belongs(s)).map(|s| row(indicator, s)));
            if indicator.statements.is_empty() && belongs(&Statement::default()) {
                rows.push(row(indicator, &NOTHING_STATED));
            }
        }
    };
    if subject.is_programme() {
        take(subject, &|_| true);
        for project in &dossier.projects {
            take(project, &|statement| statement.chapter == PrintedChapter::Programme);
        }
    } else {
        take(subject, &|statement| statement.chapter != PrintedChapter::Programme);
    }
    rows
}

/// Stands for an indicator whose figures are still to come.
static NOTHING_STATED: std::sync::LazyLock<Statement> = std::sync::LazyLock::new(Statement::default);

fn row<'a>(indicator: &'a Indicator, statement: &'a Statement) -> IndicatorRow<'a> {
    let target = &statement.target;
    let kind = words::target(target.kind);
    let about = match (kind, target.year.map(FiscalYear::western)) {
        ("", year) => year.unwrap_or_default(),
        (kind, Some(year)) => format!("{kind}（{year}）"),
        (kind, None) => kind.to_owned(),
    };
    let name = match indicator.standing {
        IndicatorStanding::Current => (&indicator.name).into(),
        standing => format!("{}（{}）", indicator.name, words::term(standing)).into(),
    };
    IndicatorRow {
        indicator: name,
        target: stacked(&about, &figure(&target.amount)),
        actual: stacked(&figure(&statement.actual.amount), &words::when(&statement.actual.as_of)),
        outlook: (&statement.outlook).into(),
        supplement: (&statement.supplement).into(),
    }
}

/// A figure of an indicator. Documents print it with its year and kind, which stand beside it here anyway.
fn figure(quantity: &Quantity) -> String {
    match quantity.value() {
        Some(value) if quantity.certainty == Certainty::Settled => {
            format!("{}{}", grouped(value), quantity.unit)
        }
        _ => words::quantity(quantity),
    }
}

fn stacked(above: &str, below: &str) -> Text<'static> {
    [above, below].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n").into()
}

/// その他の指標
#[derive(Debug, Serialize)]
pub(in crate::report) struct OtherIndicator<'a> {
    pub(in crate::report) name: Text<'a>,
    pub(in crate::report) period: Text<'a>,
    pub(in crate::report) amount: Text<'a>,
    pub(in crate::report) note: Text<'a>,
}

pub(super) fn other_indicator(row: &crate::model::OtherIndicator) -> OtherIndicator<'_> {
    OtherIndicator {
        name: (&row.name).into(),
        period: words::years(row.from, row.to).into(),
        amount: words::quantity(&row.amount).into(),
        note: (&row.note).into(),
    }
}

/// 市場予測 and other economic figures
#[derive(Debug, Serialize)]
pub(in crate::report) struct Market<'a> {
    pub(in crate::report) subject: Text<'a>,
    pub(in crate::report) when: Text<'a>,
    pub(in crate::report) amount: Text<'a>,
    pub(in crate::report) kind: Text<'a>,
    pub(in crate::report) note: Text<'a>,
}

pub(super) fn market(row: &MarketFigure) -> Market<'_> {
    Market {
        subject: (&row.subject).into(),
        when: words::when(&row.when).into(),
        amount: words::quantity(&row.amount).into(),
        kind: (&row.kind).into(),
        note: stacked(&row.cited, &row.note),
    }
}

/// An entry of the roadmap.
#[derive(Debug, Serialize)]
pub(in crate::report) struct RoadmapEntry<'a> {
    pub(in crate::report) lane: Text<'a>,
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) kind: &'static str,
    pub(in crate::report) when: Text<'a>,
    pub(in crate::report) amount: Text<'a>,
    pub(in crate::report) note: Text<'a>,
}

pub(super) fn roadmap(row: &RoadmapItem) -> RoadmapEntry<'_> {
    let step = row.step.map(|step| format!("第{step}段")).unwrap_or_default();
    RoadmapEntry {
        lane: (&row.lane).into(),
        label: super::named(&row.label, &[&row.about]),
        kind: words::term(row.kind),
        when: stacked(&words::when(&row.when), &step),
        amount: words::quantity(&row.amount).into(),
        note: (&row.note).into(),
    }
}
