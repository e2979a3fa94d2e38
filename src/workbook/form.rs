//! The look of the workbook, and its drop-downs, locks and print set-up.
//!
//! Ink on white with a pale blue head. The typeface is Noto Sans JP, that of the program itself: Windows has it since
//! 2025, `LibreOffice` finds its Noto fonts by it, and elsewhere family and character set lead to the system's own
//! Japanese sans serif. Headings are locked and data are not, with protection but without a password: it guards
//! against slips, not against people.

use super::cells::Out;
use super::layout::{Heading, Look, Target, heading};
use super::plan::{Kind, Part, Shape, Sheet, say};
use super::results::Results;
use super::rows::{PROGRAMME, PROJECT, Table};
use super::text::LongTexts;
use super::{FIRST_LINE, Options, VERSION};
use crate::locale::Lang;
use crate::tr;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Note,
    ProtectionOptions, Url, Workbook, Worksheet, XlsxError,
};
use std::collections::HashMap;

const INK: Color = Color::RGB(0x1F_2328);
const QUIET: Color = Color::RGB(0x59_636E);
const HEAD: Color = Color::RGB(0xE6_EEF6);
const RULE: Color = Color::RGB(0xC9_D4DF);
const FONT: &str = "Noto Sans JP";

/// Rows of a blank form that are drawn, to show where to write.
const DRAWN: u32 = 20;

/// Rows below the last one that still have drop-downs.
const SPARE: u32 = 1000;

/// Columns of a sheet of cards in which texts stand as texts, whether there are records or not.
const SPARE_CARDS: u32 = 400;

/// What rows and columns measure of themselves, in pixels.
const ROW_HEIGHT: u32 = 20;
const COLUMN_WIDTH: u32 = 64;

/// The width of a card's records, in characters of half width.
fn card_width(sheet: &Sheet) -> f64 {
    if matches!(sheet.shape, Shape::Whole) { 90.0 } else { 44.0 }
}

/// The width of a card's labels.
const CARD_LABEL: f64 = 26.0;

/// How many lines a text takes in a column of that width, give or take one.
pub(super) fn lines(text: &str, width: f64) -> usize {
    let units = |line: &str| line.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
    // A column's last unit is its margin.
    let fits = (width - 1.0).max(1.0);
    let of = |line: &str| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
        let count = (f64::from(units(line)) / fits).ceil() as usize;
        count.max(1)
    };
    text.split('\n').map(of).sum()
}

/// The height of so many lines, in points; no row is higher than 409.
pub(super) fn height_of(lines: usize) -> f64 {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * 15.0 + 3.0).min(409.0)
}

fn base() -> Format {
    // 2 is sans serif, 128 is Japanese: what a program without the font goes by.
    Format::new()
        .set_font_name(FONT)
        .set_font_family(2)
        .set_font_charset(128)
        .set_font_size(10)
        .set_font_color(INK)
}

/// Formats, made once each.
pub(super) struct Formats {
    pub(super) head: Format,
    pub(super) key: Format,
    data: HashMap<(Look, bool), Format>,
    numbers: HashMap<(u32, bool), Format>,
    title: Format,
    prose: Format,
    /// Results: texts, words in the place of numbers, numbers by their decimals.
    pub(super) shown_text: Format,
    pub(super) shown_word: Format,
    pub(super) shown_numbers: [Format; 3],
}

impl Formats {
    fn new() -> Self {
        let ruled =
            |format: Format| format.set_border_bottom(FormatBorder::Hair).set_border_bottom_color(RULE);
        let look = |look| {
            let top = base().set_unlocked().set_align(FormatAlign::Top);
            match look {
                // Text stays text: neither a formula, nor a date, nor a number.
                Look::Text => top.set_num_format("@").set_text_wrap(),
                Look::Number => top.set_align(FormatAlign::Right).set_indent(1).set_text_wrap(),
                Look::Aside => top.set_num_format("@").set_font_color(QUIET).set_font_size(9),
            }
        };
        let looks = [Look::Text, Look::Number, Look::Aside];
        let shown =
            || base().set_align(FormatAlign::Top).set_border(FormatBorder::Hair).set_border_color(RULE);
        Self {
            shown_text: shown().set_num_format("@").set_text_wrap(),
            shown_word: shown().set_num_format("@").set_align(FormatAlign::Center),
            shown_numbers: ["0", "0.0", "0.00"]
                .map(|format| shown().set_num_format(format).set_align(FormatAlign::Center)),
            head: base()
                .set_bold()
                .set_background_color(HEAD)
                .set_border(FormatBorder::Thin)
                .set_border_color(RULE)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            key: base().set_font_color(QUIET).set_font_size(8),
            data: looks
                .into_iter()
                .flat_map(|l| [((l, false), look(l)), ((l, true), ruled(look(l)))])
                .collect(),
            numbers: (0..=10)
                .flat_map(|decimals| [false, true].map(|grouped| (decimals, grouped)))
                .map(|(decimals, grouped)| {
                    let whole = if grouped { "#,##0" } else { "0" };
                    let zeros = "0".repeat(decimals as usize);
                    let format = if decimals == 0 { whole.to_owned() } else { format!("{whole}.{zeros}") };
                    ((decimals, grouped), look(Look::Number).set_num_format(format))
                })
                .collect(),
            title: base().set_bold().set_font_size(16),
            prose: base().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// The workbook of the tables, as bytes.
pub(super) fn workbook(
    tables: &[Table],
    long: &LongTexts,
    scales: [&[(String, i16)]; 2],
    results: &[Results],
    options: Options,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Everything but what is written below may be edited, and rows of it may be deleted.
    book.set_default_format(&Format::new().set_unlocked(), ROW_HEIGHT, COLUMN_WIDTH)?;
    // Neither a name nor a clock: equal dossiers give equal bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = options.lang.t("技術評価 入力用ブック", "Technology evaluation workbook");
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let form = Form { formats: Formats::new(), tables, scales, options };
    form.about(book.add_worksheet(), results)?;
    for sheet in results {
        sheet.write(book.add_worksheet(), &form.formats, options.lang)?;
    }
    for table in tables {
        form.sheet(book.add_worksheet(), table)?;
    }
    form.long_texts(book.add_worksheet(), long)?;
    book.save_to_buffer()
}

/// The workbook while it is laid out.
pub(super) struct Form<'t> {
    formats: Formats,
    pub(super) tables: &'t [Table],
    pub(super) scales: [&'t [(String, i16)]; 2],
    options: Options,
}

impl Form<'_> {
    pub(super) fn lang(&self) -> Lang {
        self.options.lang
    }

    /// はじめに: what the workbook is and how to fill it in.
    fn about(&self, page: &mut Worksheet, results: &[Results]) -> Result<(), XlsxError> {
        let lang = self.lang();
        let formats = &self.formats;
        page.set_name(lang.t("はじめに", "Read me"))?;
        page.set_screen_gridlines(false);
        page.write_with_format(0, 0, super::signed("about"), &formats.key)?.set_row_hidden(0)?;
        page.set_row_height(1, 30)?;
        page.set_column_width(0, 2)?
            .set_column_width(1, 30)?
            .set_column_width(2, 64)?
            .set_column_width(3, 10)?;
        page.write_with_format(
            1,
            1,
            lang.t("技術評価 入力用ブック", "Technology evaluation workbook"),
            &formats.title,
        )?;
        let mut row = 2;
        for line in self.instructions() {
            page.merge_range(row, 1, row, 3, &line, &formats.prose)?;
            // Merged cells do not grow with their text.
            let lines = u32::try_from(line.chars().count())
                .unwrap_or(u32::MAX)
                .div_ceil(if lang == Lang::Ja { 52 } else { 100 });
            page.set_row_height(row, 16.0 * f64::from(lines) + 2.0)?;
            row += 1;
        }
        row += 1;
        let heads = [lang.t("シート", "Sheet"), lang.t("内容", "Contents"), lang.t("行数", "Rows")];
        for (column, head) in (1_u16..).zip(heads) {
            page.write_with_format(row, column, head, &formats.head)?;
        }
        let link = base().set_font_color(Color::RGB(0x09_69DA));
        let results = results.iter().map(|sheet| (sheet.name, sheet.about, sheet.rows.len()));
        let tables = self.tables.iter().map(|table| {
            let rows = if table.sheet.is_card() { 0 } else { table.rows.len() };
            (say(table.sheet.name, lang), say(table.sheet.about, lang), rows)
        });
        for (name, about, rows) in results.chain(tables) {
            row += 1;
            page.write_url_with_format(
                row,
                1,
                Url::new(format!("internal:'{name}'!A1")).set_text(name),
                &link,
            )?;
            page.write_with_format(row, 2, about, &formats.prose)?;
            if rows > 0 {
                // No sheet has more rows than a spreadsheet.
                let rows = u32::try_from(rows).unwrap_or(u32::MAX);
                page.write_with_format(row, 3, rows, &base().set_num_format("#,##0"))?;
            }
        }
        page.protect_with_options(&protection());
        print_setup(page, lang);
        page.set_print_gridlines(false);
        Ok(())
    }

    fn instructions(&self) -> Vec<String> {
        let lang = self.lang();
        let version = env!("CARGO_PKG_VERSION");
        vec![
            tr!(
                lang,
                "公的な研究開発の評価データ一式を、表ごとのシートに収めたブックです（様式 第{VERSION}版、Hyoka {version}）。入力して保存し、Hyoka に取り込むと、変わったところが一覧で示され、確かめてから反映できます。",
                "This workbook holds the whole of an evaluation's data, a table a sheet (form {VERSION}, Hyoka {version}). Fill it in, save it and import it into Hyoka, which shows what has changed before anything is taken."
            ),
            lang.t(
                "・色の付いた見出しは変えられません。見出しに付いたメモが、何をどう入れるかを示します。白い欄はすべて入力できます。",
                "• Coloured headings are locked; their notes say what goes in. All white cells can be edited.",
            )
            .to_owned(),
            lang.t(
                "・新しい行は、表の下に続けて書きます。ID の欄は空欄のままで構いません（取り込むときに付きます）。既にある ID は変えないでください。",
                "• Write new rows below the table. Leave their id empty; it is given on import. Do not change ids that are there.",
            )
            .to_owned(),
            lang.t(
                "・「課題」の欄には課題の記号（A、B …）か「プログラム」を入れます。課題そのものは「課題」のシートに 1 列で 1 件です。",
                "• The column of subjects takes a project's letter (A, B …) or Programme. Subjects stand on the sheet Subjects, one a column.",
            )
            .to_owned(),
            lang.t(
                "・行を消しても、取込先の評価データからは消えません。値を消すと、取込先の値も空になります。",
                "• Deleting a row does not delete it from the dossier; emptying a cell empties the value there.",
            )
            .to_owned(),
            lang.t(
                "・数値は数字だけを入れ、単位は右の欄に入れます。年度は 2022、2022年度、令和4年度、R4 のどれでも読み取ります。",
                "• Enter numbers without units, which have a column of their own. Years may be 2022, 2022年度, 令和4年度 or R4.",
            )
            .to_owned(),
            lang.t(
                "・⟦ ⟧ で囲まれた記号は、表計算ソフトで扱えない文字などの印です。そのままにしてください。",
                "• Marks in ⟦ ⟧ stand for what a spreadsheet cannot hold; leave them as they are.",
            )
            .to_owned(),
        ]
    }

    fn sheet(&self, page: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
        let lang = self.lang();
        let (sheet, card) = (table.sheet, table.sheet.is_card());
        page.set_name(say(sheet.name, lang))?;
        page.set_tab_color(match sheet.part {
            Part::Frame => Color::RGB(0x8C_959F),
            Part::Material => Color::RGB(0x54_AEFF),
            Part::Evaluation => Color::RGB(0x4A_C26B),
            Part::Service => Color::RGB(0xD0_D7DE),
        });
        page.write_with_format(0, 0, super::signed(sheet.key), &self.formats.key)?;
        let heads: Vec<Heading> = table
            .slots
            .iter()
            .map(|(_, target)| heading(sheet, *target, &table.names, &table.labels, lang))
            .collect();
        let place = |lane: u32, line: u32| if card { (lane, line) } else { (line, lane) };
        let lanes = || (1_u32..).zip(&table.slots).zip(&heads);
        for ((lane, (key, _)), head) in lanes() {
            let (row, column) = place(lane, 0);
            page.write_with_format(row, narrow(column), key.as_str(), &self.formats.key)?;
            let (row, column) = place(lane, 1);
            page.write_with_format(row, narrow(column), head.text.as_str(), &self.formats.head)?;
            if !head.note.is_empty() {
                page.insert_note(row, narrow(column), &note(&head.note))?;
            }
        }
        let last_line = FIRST_LINE + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - FIRST_LINE);
        if card {
            page.set_column_width(0, 2)?.set_column_hidden(0)?;
            page.set_column_width(1, CARD_LABEL)?;
            let records = table.rows.len().max(if matches!(sheet.shape, Shape::Whole) { 1 } else { 4 });
            for line in (FIRST_LINE..).take(records) {
                page.set_column_width(narrow(line), card_width(sheet))?;
            }
            let text = &self.formats.data[&(Look::Text, false)];
            page.set_column_range_format(narrow(FIRST_LINE), narrow(FIRST_LINE + SPARE_CARDS), text)?;
            page.set_freeze_panes(1, 2)?;
        } else {
            page.set_column_width(0, 2)?;
            for ((lane, _), head) in lanes() {
                let format = &self.formats.data[&(head.look, false)];
                page.set_column_width(narrow(lane), head.width)?.set_column_format(narrow(lane), format)?;
            }
            let frozen =
                table.slots.iter().take_while(|(_, target)| !matches!(target, Target::Field { .. })).count();
            page.set_freeze_panes(FIRST_LINE, narrow(1 + u32::try_from(frozen).unwrap_or_default()))?;
            let rightmost = narrow(u32::try_from(table.slots.len()).unwrap_or_default());
            page.autofilter(1, 1, (last_line - 1).max(FIRST_LINE), rightmost)?;
            page.set_repeat_rows(1, 1)?;
        }
        page.set_row_hidden(0)?;
        // Programs that do not fit rows to their text by themselves are told how high they are.
        let mut heights: Vec<(u32, usize)> = Vec::new();
        if card {
            heights.extend(lanes().map(|((row, _), head)| (row, lines(&head.text, CARD_LABEL))));
        }
        for (line, cells) in (FIRST_LINE..).zip(&table.rows) {
            let mut highest = 1;
            for ((lane, cell), head) in (1_u32..).zip(cells).zip(&heads) {
                let (row, column) = place(lane, line);
                self.cell(
                    page,
                    row,
                    narrow(column),
                    cell,
                    head.look,
                    table.slots[lane as usize - 1].1,
                    sheet,
                )?;
                let Out::Text(text) = cell else { continue };
                let wrapped = lines(text, if card { card_width(sheet) } else { head.width });
                if card {
                    heights.push((row, wrapped));
                } else if head.look != Look::Aside {
                    highest = highest.max(wrapped);
                }
            }
            if !card {
                heights.push((line, highest));
            }
        }
        heights.sort_unstable();
        // Of several heights of a row the last, which is the greatest, holds.
        for (row, lines) in heights.into_iter().filter(|(_, lines)| *lines > 1) {
            page.set_row_height(row, height_of(lines))?;
        }
        if !card {
            let highest = heads.iter().map(|head| lines(&head.text, head.width)).max().unwrap_or(1);
            page.set_row_height(1, height_of(highest.min(4)))?;
        }
        if self.options.blank && table.rows.is_empty() {
            self.draw(page, table, &heads)?;
        }
        self.validate(page, table, if card { FIRST_LINE + 20 } else { last_line + SPARE })?;
        page.ignore_error_range(0, 0, 1_048_575, 16_383, IgnoreError::NumberStoredAsText)?;
        page.protect_with_options(&protection());
        print_setup(page, lang);
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "a cell is its place, its content and its look")]
    fn cell(
        &self,
        page: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &Out,
        look: Look,
        target: Target,
        sheet: &Sheet,
    ) -> Result<(), XlsxError> {
        match cell {
            Out::Blank => {}
            Out::Text(text) => {
                page.write_with_format(row, column, text.as_str(), &self.formats.data[&(look, false)])?;
            }
            Out::Number(number, decimals) => {
                let grouped = match target {
                    Target::Field { column, .. } => {
                        matches!(sheet.columns.get(column).map(|c| c.kind), Some(Kind::Quantity))
                    }
                    _ => false,
                };
                let format = &self.formats.numbers[&((*decimals).min(10), grouped)];
                if sheet.is_card() {
                    // On a card a number begins where texts do.
                    page.write_with_format(
                        row,
                        column,
                        *number,
                        &format.clone().set_align(FormatAlign::Left),
                    )?;
                } else {
                    page.write_with_format(row, column, *number, format)?;
                }
            }
        }
        Ok(())
    }

    /// Shows where to write on a blank form.
    fn draw(&self, page: &mut Worksheet, table: &Table, heads: &[Heading]) -> Result<(), XlsxError> {
        let card = table.sheet.is_card();
        let lines = match table.sheet.shape {
            Shape::Whole => 1,
            Shape::Subjects => 4,
            _ => DRAWN,
        };
        for line in (FIRST_LINE..).take(lines as usize) {
            for ((lane, head), (_, target)) in (1_u32..).zip(heads).zip(&table.slots) {
                let (row, column) = if card { (lane, line) } else { (line, lane) };
                let look = head.look;
                let format = &self.formats.data[&(look, true)];
                if *target == Target::Role {
                    let word = if line == FIRST_LINE { PROGRAMME } else { PROJECT };
                    page.write_with_format(row, narrow(column), self.lang().t(word[0], word[1]), format)?;
                } else {
                    page.write_blank(row, narrow(column), format)?;
                }
            }
        }
        Ok(())
    }

    /// 長文: what no cell holds whole.
    fn long_texts(&self, page: &mut Worksheet, texts: &LongTexts) -> Result<(), XlsxError> {
        let lang = self.lang();
        page.set_name(lang.t("長文", "Long texts"))?.set_tab_color(Color::RGB(0xD0_D7DE));
        page.write_with_format(0, 0, super::signed("long"), &self.formats.key)?.set_row_hidden(0)?;
        page.set_column_width(0, 2)?.set_column_width(3, 100)?;
        let heads = [
            lang.t("番号", "No."),
            lang.t("順", "Order"),
            lang.t(
                "ほかのシートの ⟦+番号⟧ に続く文章（Excel の 1 セルに入りきらない分）",
                "What follows ⟦+No.⟧ on other sheets, being more than a cell holds",
            ),
        ];
        for (column, head) in (1_u16..).zip(heads) {
            page.write_with_format(1, column, head, &self.formats.head)?;
        }
        for (row, (number, order, text)) in (FIRST_LINE..).zip(texts.pieces()) {
            page.write(row, 1, number)?.write(row, 2, order)?;
            page.write_with_format(row, 3, text, &self.formats.data[&(Look::Text, false)])?;
        }
        page.set_freeze_panes(FIRST_LINE, 0)?;
        page.protect_with_options(&protection());
        print_setup(page, lang);
        Ok(())
    }
}

/// A column number as the writer takes it. Wider tables are refused before.
pub(super) fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

pub(super) fn note(text: &str) -> Note {
    // As high as its lines need, and wide enough for a sentence.
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(18)).sum();
    let height = 24 + 17 * u32::try_from(lines).unwrap_or(10);
    Note::new(text)
        .set_author("")
        .add_author_prefix(false)
        .set_width(240)
        .set_height(height)
        .set_font_name(FONT)
        .set_font_size(9)
}

fn protection() -> ProtectionOptions {
    ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        insert_links: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    }
}

/// A4 on its side, as wide as the page, numbered.
pub(super) fn print_setup(page: &mut Worksheet, lang: Lang) {
    page.set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_gridlines(true)
        .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
        .set_header("&L&A")
        .set_footer(lang.t("&C&P / &N ページ", "&CPage &P of &N"));
}

/// How many columns a table takes.
pub(super) fn width(table: &Table) -> usize {
    if table.sheet.is_card() { FIRST_LINE as usize + table.rows.len() } else { 1 + table.slots.len() }
}

/// How many rows it takes.
pub(super) fn height(table: &Table) -> usize {
    if table.sheet.is_card() { 1 + table.slots.len() } else { FIRST_LINE as usize + table.rows.len() }
}
