//! Writing the form: a calm look, drop-downs, cells to fill in unlocked and all others locked without a password.

use super::IDENTITY;
use super::layout::{EntryCell, HEADER_ROW, LAST_COLUMN, LaidCell, LaidSheet, Layout, Style, choices};
use crate::locale::{Lang, cell as cell_name};
use crate::model::{AnswerField, AnswerValue, Answers, ScoreCell};
use crate::sheets::Address;
use jiff::Timestamp;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};

const ACCENT: u32 = 0x1F_4E79;
const ACCENT_SOFT: u32 = 0xE6_EEF6;
const ENTRY: u32 = 0xFF_FDF3;
const RULE: u32 = 0xDA_D7CF;
const SECONDARY: u32 = 0x5B_6470;
/// A typeface that Excel has on Windows and macOS; other programs take their own in its place.
const FONT: &str = "Yu Gothic";

/// The workbook's bytes, and the checksum over what must not be edited.
pub(in crate::round) fn write(
    layout: &Layout,
    answers: &Answers,
    at: Timestamp,
) -> Result<(Vec<u8>, String), XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&layout.sheets[0].cells[0].text)
        .set_creation_datetime(&ExcelDateTime::from_timestamp(at.as_second())?);
    workbook.set_properties(&properties);
    for (index, laid) in layout.sheets.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&laid.name)?;
        match index {
            0 => page(sheet, &[110.0], false)?,
            1 => page(sheet, &[7.0, 5.0, 40.0, 11.0, 44.0, 44.0], true)?,
            _ => page(sheet, &[40.0, 100.0], true)?,
        }
        if index > 0 {
            let header = if index == 1 { HEADER_ROW } else { 2 };
            sheet.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?;
        }
        for cell in &laid.cells {
            fixed(sheet, cell)?;
        }
        heights(sheet, index, laid)?;
        for entry in &laid.entries {
            fill(sheet, layout, entry, answers)?;
        }
        // Locked without a password: the secretariat can open it, and nobody overwrites a heading by accident.
        sheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        });
    }
    workbook.worksheet_from_index(1)?.set_active(true);
    let hidden = workbook.add_worksheet();
    hidden.set_name(IDENTITY)?.set_hidden(true);
    for (row, [key, value]) in (0..).zip(&layout.identity) {
        hidden.write_string(row, 0, key)?.write_string(row, 1, value)?;
    }
    hidden.protect();
    Ok((workbook.save_to_buffer()?, layout.checksum.clone()))
}

fn page(sheet: &mut Worksheet, widths: &[f64], landscape: bool) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    // A4, as wide as the page, as long as it gets.
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&8&A&R&8&P / &N").set_screen_gridlines(false);
    if landscape {
        sheet.set_landscape();
    }
    Ok(())
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10.5).set_align(FormatAlign::Top).set_text_wrap()
}

fn bordered() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(RULE)
}

fn small() -> Format {
    base().set_font_size(9).set_font_color(SECONDARY)
}

fn place(at: Address) -> (u32, u16) {
    (at.row, u16::try_from(at.column).unwrap_or(u16::MAX))
}

fn fixed(sheet: &mut Worksheet, cell: &LaidCell) -> Result<(), XlsxError> {
    let (row, column) = place(cell.at);
    let text = cell.text.as_str();
    match cell.style {
        Style::Title => {
            let format = base().set_font_size(16).set_bold().set_font_color(ACCENT).unset_text_wrap();
            sheet.write_string_with_format(row, column, text, &format)?;
        }
        Style::Line => {
            sheet.write_string_with_format(row, column, text, &base())?;
        }
        Style::Small => {
            sheet.write_string_with_format(row, column, text, &small().unset_text_wrap())?;
        }
        Style::Header => {
            let format = bordered().set_bold().set_background_color(ACCENT_SOFT).set_font_color(ACCENT);
            sheet.write_string_with_format(row, column, text, &format)?;
        }
        Style::Band => {
            let format =
                base().set_bold().set_background_color(ACCENT_SOFT).set_align(FormatAlign::VerticalCenter);
            let last = u16::try_from(LAST_COLUMN).unwrap_or(u16::MAX);
            sheet.merge_range(row, column, row, last, text, &format)?;
        }
        Style::Id => {
            let format = bordered().set_align(FormatAlign::Center);
            // A number stays a number, so that Excel does not mark it.
            match text.parse::<u32>() {
                Ok(number) => sheet.write_number_with_format(row, column, number, &format)?,
                Err(_) => sheet.write_string_with_format(row, column, text, &format)?,
            };
        }
        Style::Criterion => match text.split_once('\n') {
            Some((label, guidance)) => {
                let strong = base().set_bold();
                let guidance = format!("\n{guidance}");
                let parts = [(&strong, label), (&small(), guidance.as_str())];
                sheet.write_rich_string_with_format(row, column, &parts, &bordered())?;
            }
            None => {
                sheet.write_string_with_format(row, column, text, &bordered().set_bold())?;
            }
        },
        Style::Closed => {
            let format = bordered().set_font_color(SECONDARY).set_align(FormatAlign::Center);
            sheet.write_string_with_format(row, column, text, &format)?;
        }
    }
    Ok(())
}

/// Heights of rows whose text wraps, or in which a comment is to be written.
fn heights(sheet: &mut Worksheet, index: usize, laid: &LaidSheet) -> Result<(), XlsxError> {
    sheet.set_row_height(0, 30)?;
    if index == 0 {
        return Ok(());
    }
    let (column, characters, least) = if index == 1 { (2, 21, 84) } else { (0, 19, 150) };
    for cell in laid.cells.iter().filter(|cell| cell.style == Style::Criterion && cell.at.column == column) {
        let lines: usize =
            cell.text.lines().map(|line| line.chars().count().div_ceil(characters).max(1)).sum();
        let height = u32::try_from(lines * 15 + 8).unwrap_or(400).clamp(least, 400);
        sheet.set_row_height(cell.at.row, height)?;
    }
    for cell in laid.cells.iter().filter(|cell| cell.style == Style::Band) {
        sheet.set_row_height(cell.at.row, 24)?;
    }
    Ok(())
}

/// A cell to fill in, with what stands in it already.
fn fill(
    sheet: &mut Worksheet,
    layout: &Layout,
    entry: &EntryCell,
    answers: &Answers,
) -> Result<(), XlsxError> {
    let (row, column) = place(entry.at);
    let open = bordered().set_background_color(ENTRY).set_unlocked();
    let value = answers.get(&entry.subject).map(|given| given.get(entry.field));
    let AnswerField::Score(_) = entry.field else {
        let text = match value {
            Some(AnswerValue::Text(text)) => text,
            _ => String::new(),
        };
        if text.is_empty() {
            sheet.write_blank(row, column, &open)?;
        } else {
            sheet.write_string_with_format(row, column, text, &open)?;
        }
        return Ok(());
    };
    let format = open
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_font_size(13)
        .set_bold();
    let Some(asked) = layout.form.subject(&entry.subject) else { return Ok(()) };
    let words = choices(&asked.scale, layout.lang);
    let validation = DataValidation::new()
        .allow_list_strings(&words)?
        .set_input_title(layout.lang.t("評点", "Score"))?
        .set_input_message(words.join(layout.lang.t("、", ", ")))?
        .set_error_title(layout.lang.t("評点の尺度にありません", "Not on the scale"))?
        .set_error_message(error_message(layout.lang, &words))?;
    sheet.add_data_validation(row, column, row, column, &validation)?;
    match value {
        Some(AnswerValue::Cell(ScoreCell::Score(score))) => {
            let label = asked.scale.step(score).map_or_else(|| score.to_string(), |step| step.label.clone());
            match label.parse::<i16>() {
                Ok(number) => sheet.write_number_with_format(row, column, number, &format)?,
                Err(_) => sheet.write_string_with_format(row, column, label, &format)?,
            };
        }
        Some(AnswerValue::Cell(state)) if state != ScoreCell::Blank => {
            sheet.write_string_with_format(row, column, cell_name(state, layout.lang), &format)?;
        }
        _ => {
            sheet.write_blank(row, column, &format)?;
        }
    }
    Ok(())
}

fn error_message(lang: Lang, words: &[String]) -> String {
    let list = words.join(lang.t("、", ", "));
    crate::tr!(lang, "一覧から選んでください: {list}", "Choose from the list: {list}")
}
