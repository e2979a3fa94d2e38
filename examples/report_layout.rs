//! Writes the sample's main tables into Excel as a report lays them out, for trying out the import:
//! `cargo run --example report_layout -- FILE.xlsx`.
//!
//! Each project is laid out in another way that real workbooks show: A with a sheet a table, B with all its tables on
//! one sheet, side by side, C with years down, members down and amounts in thousands of yen.

#![allow(clippy::print_stderr, reason = "an example says what went wrong")]

use hyoka::locale::{Lang, Term};
use hyoka::model::{
    AmountSeries, Dossier, Figure, FiscalYear, FundingCell, Indicator, PrintedChapter, Quantity, Statement,
    Subject, TargetKind, Unit, grouped,
};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::process::ExitCode;

type Written = Result<(), XlsxError>;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: report_layout FILE.xlsx");
        return ExitCode::from(2);
    };
    let Ok(dossier) = hyoka::sample::dossier() else { return ExitCode::FAILURE };
    match workbook(&dossier).and_then(|mut workbook| workbook.save(path)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The three projects, each in its own way.
///
/// # Errors
/// Only if the workbook's library refuses a cell, which these texts rule out.
pub fn workbook(dossier: &Dossier) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let day = ExcelDateTime::from_ymd(2022, 4, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for project in &dossier.projects {
        match project.id.as_str() {
            "A" => a_sheet_a_table(&mut workbook, dossier, project)?,
            "B" => side_by_side(&mut workbook, dossier, project)?,
            "C" => turned(&mut workbook, dossier, project)?,
            _ => {}
        }
    }
    Ok(workbook)
}

fn a_sheet_a_table(workbook: &mut Workbook, dossier: &Dossier, project: &Subject) -> Written {
    let sheet = new_sheet(workbook, "A 概要", project)?;
    overview(sheet, 2, 0, project)?;
    amounts(sheet, 9, 0, &project.amounts[0])?;
    let sheet = new_sheet(workbook, "A 資金配分", project)?;
    funding(sheet, 2, 0, project)?;
    let sheet = new_sheet(workbook, "A 指標", project)?;
    let below = outputs(sheet, 2, 0, project)?;
    outcomes(sheet, below + 2, 0, project)?;
    let sheet = new_sheet(workbook, "A 評点", project)?;
    scores(sheet, 2, 0, dossier, project)
}

fn side_by_side(workbook: &mut Workbook, dossier: &Dossier, project: &Subject) -> Written {
    let sheet = new_sheet(workbook, "B", project)?;
    overview(sheet, 2, 0, project)?;
    amounts(sheet, 2, 4, &project.amounts[0])?;
    let below = funding(sheet, 10, 0, project)?;
    scores(sheet, 10, 9, dossier, project)?;
    let below = outputs(sheet, below + 8, 0, project)?;
    outcomes(sheet, below + 1, 0, project).map(drop)
}

fn turned(workbook: &mut Workbook, dossier: &Dossier, project: &Subject) -> Written {
    let sheet = new_sheet(workbook, "C 資料", project)?;
    overview(sheet, 2, 0, project)?;
    amounts(sheet, 10, 0, &project.amounts[0])?;
    let below = funding_in_thousands(sheet, 15, 0, project)?;
    let below = outputs(sheet, below + 2, 0, project)?;
    outcomes(sheet, below + 2, 0, project)?;
    let sheet = new_sheet(workbook, "C 評点", project)?;
    scores_turned(sheet, 2, 0, dossier, project)
}

fn new_sheet<'w>(
    workbook: &'w mut Workbook,
    name: &str,
    project: &Subject,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.set_column_width(0, 34)?;
    for column in 1..20 {
        sheet.set_column_width(column, 13)?;
    }
    sheet.write_with_format(0, 0, project.title(), &Format::new().set_bold())?;
    Ok(sheet)
}

fn boxed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn head() -> Format {
    boxed().set_align(FormatAlign::Center).set_background_color("#E6EEF6")
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Written {
    sheet.write_with_format(row, column, text, &boxed()).map(drop)
}

fn put_head(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Written {
    sheet.write_with_format(row, column, text, &head()).map(drop)
}

/// A label to the left of what it says.
fn overview(sheet: &mut Worksheet, row: u32, column: u16, project: &Subject) -> Written {
    let overview = &project.overview;
    let schedule: Vec<_> = (overview.schedule.iter())
        .map(|point| format!("{}：{}", point.kind.term(Lang::Ja), point.printed))
        .collect();
    for (at, (label, text)) in (row..).zip([
        ("担当課室", overview.section_in_charge.as_str()),
        ("実施時期", &overview.period.display()),
        ("評価時期", &schedule.join("、")),
        ("実施形態", &overview.implementation),
    ]) {
        put_head(sheet, at, column, label)?;
        put(sheet, at, column + 1, text)?;
    }
    Ok(())
}

/// Years across, each amount with its unit.
fn amounts(sheet: &mut Worksheet, row: u32, column: u16, series: &AmountSeries) -> Written {
    sheet.merge_range(row, column, row + 1, column, series.kind.term(Lang::Ja), &head())?;
    let years = series.years.iter().map(|(year, amount)| (format!("{year}\n年度"), amount));
    let totals = series.totals.iter().map(|total| (total.label.clone(), &total.amount));
    for (at, (heading, amount)) in (column + 1..).zip(years.chain(totals)) {
        put_head(sheet, row, at, &heading)?;
        let text = if amount.note.is_empty() {
            amount.display()
        } else {
            format!("{}\n{}", amount.display(), amount.note)
        };
        put(sheet, row + 1, at, &text)?;
    }
    Ok(())
}

fn funding_text(cell: &FundingCell) -> String {
    match cell.kind.as_str() {
        "" => cell.amount.display(),
        kind => format!("{}\n（{kind}）", cell.amount.display()),
    }
}

/// Items down, years across, the unit above the last column. Returns the row below.
fn funding(sheet: &mut Worksheet, row: u32, column: u16, project: &Subject) -> Result<u32, XlsxError> {
    let table = &project.funding;
    let columns = table.columns();
    let total = column + 1 + u16::try_from(columns.len()).unwrap_or_default();
    sheet.write(row, column, "資金配分")?;
    sheet.write(row, total, format!("（単位：{}）", table.unit))?;
    put_head(sheet, row + 1, column, "研究開発項目")?;
    put_head(sheet, row + 1, total, "合計")?;
    for (at, year) in (column + 1..).zip(&columns) {
        put_head(sheet, row + 1, at, &year.printed)?;
    }
    let mut at = row + 2;
    for item in &table.items {
        put(sheet, at, column, &item.label)?;
        for (column, year) in (column + 1..).zip(&columns) {
            put(sheet, at, column, &item.amounts.get(&year.year).map(funding_text).unwrap_or_default())?;
        }
        put(sheet, at, total, &funding_text(&item.total))?;
        at += 1;
    }
    put(sheet, at, column, "合計")?;
    for (column, year) in (column + 1..).zip(&columns) {
        put(sheet, at, column, &table.column_totals.get(&year.year).map(funding_text).unwrap_or_default())?;
    }
    put(sheet, at, total, &funding_text(&table.grand_total))?;
    if !table.note.is_empty() {
        at += 1;
        sheet.write(at, column, &table.note)?;
    }
    Ok(at + 1)
}

/// Years down, items across, numbers in thousands of yen. Returns the row below.
fn funding_in_thousands(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    project: &Subject,
) -> Result<u32, XlsxError> {
    let table = &project.funding;
    let text = |cell: Option<&FundingCell>| {
        let Some(cell) = cell else { return String::new() };
        let amount = match cell.amount.value_in(&Unit::ThousandYen) {
            Some(value) => grouped(value),
            None => cell.amount.display(),
        };
        if cell.kind.is_empty() { amount } else { format!("{amount}（{}）", cell.kind) }
    };
    sheet.write(row, column, "資金配分（単位：千円）")?;
    put_head(sheet, row + 1, column, "年度")?;
    let total = column + 1 + u16::try_from(table.items.len()).unwrap_or_default();
    for (at, item) in (column + 1..).zip(&table.items) {
        put_head(sheet, row + 1, at, &item.label)?;
    }
    put_head(sheet, row + 1, total, "合計")?;
    let mut at = row + 2;
    for year in table.columns() {
        put(sheet, at, column, &year.printed)?;
        for (column, item) in (column + 1..).zip(&table.items) {
            put(sheet, at, column, &text(item.amounts.get(&year.year)))?;
        }
        put(sheet, at, total, &text(table.column_totals.get(&year.year)))?;
        at += 1;
    }
    put(sheet, at, column, "合計")?;
    for (column, item) in (column + 1..).zip(&table.items) {
        put(sheet, at, column, &text(Some(&item.total)))?;
    }
    put(sheet, at, total, &text(Some(&table.grand_total)))?;
    Ok(at + 1)
}

/// The statements of the project's own chapter that set a target.
fn targets(indicator: &Indicator) -> Vec<(&Statement, FiscalYear)> {
    (indicator.statements.iter())
        .filter(|statement| statement.chapter == PrintedChapter::Project)
        .filter(|statement| matches!(statement.target.amount.figure, Figure::Number(_)))
        .filter_map(|statement| Some((statement, statement.target.year?)))
        .collect()
}

fn with_unit(quantity: &Quantity) -> String {
    let plain = Quantity { printed: String::new(), ..quantity.clone() };
    format!("{} {}", plain.display(), quantity.unit).trim().to_owned()
}

/// 指標 | 目標 (kind and year, value) | 実績 | 補足. Returns the row below.
fn outputs(sheet: &mut Worksheet, row: u32, column: u16, project: &Subject) -> Result<u32, XlsxError> {
    sheet.write(row, column, "事業アウトプット")?;
    put_head(sheet, row + 1, column, "アウトプット指標")?;
    sheet.merge_range(row + 1, column + 1, row + 1, column + 2, "目標", &head())?;
    put_head(sheet, row + 1, column + 3, "実績")?;
    put_head(sheet, row + 1, column + 4, "補足")?;
    rows(sheet, row + 2, column, &project.outputs, |sheet, at, statement, year| {
        let kind = match statement.target.kind {
            TargetKind::Unstated => String::new(),
            kind => format!("{}\n", kind.term(Lang::Ja)),
        };
        put(sheet, at, column + 1, &format!("{kind}（{year}年度）"))?;
        put(sheet, at, column + 2, &with_unit(&statement.target.amount))?;
        put(sheet, at, column + 3, &with_unit(&statement.actual.amount))?;
        put(sheet, at, column + 4, &statement.supplement)
    })
}

/// 指標 | 目標 (year, value) | 目標達成の見込み. Returns the row below.
fn outcomes(sheet: &mut Worksheet, row: u32, column: u16, project: &Subject) -> Result<u32, XlsxError> {
    sheet.write(row, column, "事業アウトカム")?;
    put_head(sheet, row + 1, column, "アウトカム指標")?;
    sheet.merge_range(row + 1, column + 1, row + 1, column + 2, "目標", &head())?;
    put_head(sheet, row + 1, column + 3, "目標達成の見込み")?;
    rows(sheet, row + 2, column, &project.outcomes, |sheet, at, statement, year| {
        put(sheet, at, column + 1, &format!("{year}年度"))?;
        put(sheet, at, column + 2, &with_unit(&statement.target.amount))?;
        let as_of = &statement.actual.as_of.printed;
        let reached = with_unit(&statement.actual.amount);
        put(sheet, at, column + 3, &format!("{as_of}で{reached}"))
    })
}

/// The rows of indicators, the name of each merged over its targets. Returns the row below.
fn rows(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    indicators: &[Indicator],
    write: impl Fn(&mut Worksheet, u32, &Statement, FiscalYear) -> Written,
) -> Result<u32, XlsxError> {
    let mut at = row;
    for indicator in indicators {
        let first = at;
        for (statement, year) in targets(indicator) {
            write(sheet, at, statement, year)?;
            at += 1;
        }
        match at - first {
            0 => {}
            1 => put(sheet, first, column, &indicator.name)?,
            _ => {
                sheet.merge_range(first, column, at - 1, column, &indicator.name, &boxed())?;
            }
        }
    }
    Ok(at)
}

/// Criteria down, the printed mean, members across.
fn scores(sheet: &mut Worksheet, row: u32, column: u16, dossier: &Dossier, project: &Subject) -> Written {
    let evaluation = &project.evaluation;
    let last = column + 1 + u16::try_from(evaluation.panel.len()).unwrap_or_default();
    sheet.write(row, column, "評点法による評点結果")?;
    put_head(sheet, row + 1, column, "評価項目")?;
    put_head(sheet, row + 1, column + 1, "評点")?;
    sheet.merge_range(row + 1, column + 2, row + 1, last, "各委員の評価", &head())?;
    for (at, criterion) in (row + 2..).zip(dossier.criteria.project.scored()) {
        put(sheet, at, column, &criterion.printed)?;
        put(sheet, at, column + 1, evaluation.printed_means.get(&criterion.no).map_or("", String::as_str))?;
        for (column, score) in (column + 2..).zip(evaluation.scores_of(criterion.no)) {
            match score {
                Some(score) => sheet.write_with_format(at, column, score, &boxed())?,
                None => sheet.write_blank(at, column, &boxed())?,
            };
        }
    }
    Ok(())
}

/// Members down, criteria across, the means in the last row; numbers in full width.
fn scores_turned(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    dossier: &Dossier,
    project: &Subject,
) -> Written {
    let evaluation = &project.evaluation;
    sheet.write(row, column, "評点")?;
    put_head(sheet, row + 1, column, "委員")?;
    let full_width = |score: i16| -> String {
        let digit = u32::try_from(score).ok().and_then(|score| char::from_u32(u32::from('０') + score));
        digit.map(String::from).unwrap_or_default()
    };
    let mean_row = row + 2 + u32::try_from(evaluation.panel.len()).unwrap_or_default();
    put(sheet, mean_row, column, "平均")?;
    for (at, member) in (row + 2..).zip(&evaluation.panel) {
        put(sheet, at, column, dossier.member(member).map_or("", |member| &member.name))?;
    }
    for (column, criterion) in (column + 1..).zip(dossier.criteria.project.scored()) {
        put_head(sheet, row + 1, column, &criterion.printed)?;
        for (at, score) in (row + 2..).zip(evaluation.scores_of(criterion.no)) {
            put(sheet, at, column, &score.map(full_width).unwrap_or_default())?;
        }
        put(sheet, mean_row, column, evaluation.printed_means.get(&criterion.no).map_or("", String::as_str))?;
    }
    Ok(())
}
