//! Workbooks: what calamine reads of them, as cells. Formulas give their cached value; nothing is calculated, and no
//! link is followed.

use super::backward::{Backward, Ending, large};
use super::error::Trouble;
use super::formats::Shape;
use super::marks::Marks;
use super::merges::Notes;
use super::sink::{Found, Sink};
use super::source::Source;
use super::{Address, Area, merges, opendocument, records};
use calamine::{
    CellErrorType, Data, DataType, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader, SheetType,
    SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use std::collections::HashMap;
use std::fmt::Write;
use std::io::{Read, Seek};
use std::sync::mpsc::channel;
use std::thread;

/// Sheets of a workbook have no more rows than this, in any of the formats.
const ROWS: u32 = 1_048_576;
/// Sheets of a workbook have no more columns than this.
const COLUMNS: u32 = 16_384;

/// Reads an xlsx or xlsm.
pub(super) fn xlsx(source: impl Source, sink: &mut dyn Sink) -> Result<(), Trouble> {
    let again = source.again();
    let ahead = source.again();
    let mut book = Xlsx::new(source).map_err(|error| of_xlsx(&error, None))?;
    let sheets = sheets(&book);
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let (send, found) = channel();
    let (say, shaped) = channel();
    let backward = Backward::over(sheets.len());
    thread::scope(|scope| {
        // Whatever ends the reading here ends it there.
        let _ending = Ending(&backward);
        if let Some(ahead) = ahead.ok().filter(|_| sheets.len() > 1).and_then(large) {
            let (names, backward) = (&names, &backward);
            let _ = thread::Builder::new()
                .name("hyoka-sheets".to_owned())
                .spawn_scoped(scope, move || backward.read(ahead, names));
        }
        // Whoever stops first, the other then learns of it: each side of a channel belongs to one.
        let (names, found) = (&names, found);
        let find = move || again.ok().and_then(|again| merges::find(again, names, &say, &send));
        let _ = thread::Builder::new().name("hyoka-merges".to_owned()).spawn_scoped(scope, find);
        let shaped = shaped.recv().unwrap_or(false);
        for (index, sheet) in sheets.iter().enumerate() {
            sheet.begin(sink)?;
            let name = &sheet.name;
            let damaged = |error: XlsxError| of_xlsx(&error, Some(name));
            let mut emitter = Emitter::new(name, sink);
            // Numbers that are shown otherwise than they are must be known before they are handed on.
            let early = if shaped { found.recv().ok() } else { None };
            let early = early.map(|notes| {
                emitter.shapes = notes.shapes;
                (notes.merges, notes.marks)
            });
            match backward.take(index) {
                Some(cells) => cells.into_iter().try_for_each(|(at, value)| emitter.cell(at, &value))?,
                None => match book.worksheet_cells_reader(name) {
                    Ok(mut cells) => {
                        while let Some(cell) = cells.next_cell().map_err(damaged)? {
                            emitter.cell(cell.get_position(), cell.get_value())?;
                        }
                    }
                    // A chart that is filed under the worksheets.
                    Err(XlsxError::NotAWorksheet(_)) => {}
                    Err(error) => return Err(damaged(error)),
                },
            }
            match early.or_else(|| found.recv().ok().map(|notes| (notes.merges, notes.marks))) {
                Some((areas, marks)) => {
                    areas.into_iter().try_for_each(|area| emitter.merge(area))?;
                    emitter.marks(&marks)?;
                }
                // What is not found this way, calamine is asked for.
                None => emitter.merges(book.merge_cells_by_sheet_name(name).map_err(damaged)?)?,
            }
        }
        Ok(())
    })
}

/// Reads an xlsb.
pub(super) fn xlsb(source: impl Source, sink: &mut dyn Sink) -> Result<(), Trouble> {
    let notes = source.again().ok().and_then(records::find);
    let mut book = Xlsb::new(source).map_err(|error| of_xlsb(&error, None))?;
    for sheet in sheets(&book) {
        sheet.begin(sink)?;
        let name = sheet.name;
        let damaged = |error: XlsbError| of_xlsb(&error, Some(&name));
        let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
        let mut emitter = Emitter::new(&name, sink);
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            emitter.cell(cell.get_position(), cell.get_value())?;
        }
        emitter.notes(notes.as_ref())?;
    }
    Ok(())
}

/// Reads an xls, or finds that the container holds a workbook under a password, or none.
pub(super) fn xls(mut source: impl Source, sink: &mut dyn Sink) -> Result<(), Trouble> {
    let mut book = match Xls::new(&mut source) {
        Ok(book) => book,
        Err(XlsError::Password) => return Err(Trouble::Password),
        Err(error) => {
            tracing::debug!("{error}");
            // An encrypted xlsx or xlsb lies in the same kind of container.
            let encrypted = matches!(Xlsx::new(source), Err(XlsxError::Password));
            // Word and others keep their documents in such a container, too.
            let other = format!("{error:?}").contains("StreamNotFound");
            return Err(match (encrypted, other) {
                (true, _) => Trouble::Password,
                (false, true) => Trouble::NotTables,
                (false, false) => Trouble::damaged(),
            });
        }
    };
    for sheet in sheets(&book) {
        sheet.begin(sink)?;
        let name = sheet.name;
        let damaged = |_| Trouble::Damaged { sheet: Some(name.clone()) };
        let mut emitter = Emitter::new(&name, sink);
        emitter.range(&book.worksheet_range(&name).map_err(damaged)?)?;
        emitter.merges(book.merge_cells_by_sheet_name(&name).map_err(damaged)?)?;
    }
    Ok(())
}

/// Reads an ods.
pub(super) fn ods(source: impl Source, sink: &mut dyn Sink) -> Result<(), Trouble> {
    let notes = source.again().ok().and_then(opendocument::find);
    let mut book = Ods::new(source).map_err(|error| match error {
        OdsError::Password => Trouble::Password,
        OdsError::InvalidMime(_) => Trouble::NotTables,
        OdsError::CellLimitExceeded { .. } => Trouble::Unfolds,
        error => {
            tracing::debug!("{error}");
            Trouble::damaged()
        }
    })?;
    for sheet in sheets(&book) {
        sheet.begin(sink)?;
        let name = sheet.name;
        let damaged = |_| Trouble::Damaged { sheet: Some(name.clone()) };
        let mut emitter = Emitter::new(&name, sink);
        emitter.range(&book.worksheet_range(&name).map_err(damaged)?)?;
        emitter.notes(notes.as_ref())?;
    }
    Ok(())
}

/// What is known of a worksheet before it is read.
struct Coming {
    name: String,
    hidden: bool,
    /// How much of the book lies before it, 0 to 1.
    fraction: f32,
}

impl Coming {
    fn begin(&self, sink: &mut dyn Sink) -> Result<(), Trouble> {
        sink.sheet(&self.name, self.hidden)?;
        sink.progress(self.fraction)
    }
}

/// The sheets that hold cells, in their order.
fn sheets<S: Read + Seek, R: Reader<S>>(book: &R) -> Vec<Coming> {
    let sheets = book.sheets_metadata();
    let number = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    let worksheets = sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet);
    worksheets
        .map(|(index, sheet)| Coming {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            fraction: number(index) / number(sheets.len()),
        })
        .collect()
}

fn of_xlsx(error: &XlsxError, sheet: Option<&str>) -> Trouble {
    tracing::debug!("{error}");
    match error {
        XlsxError::Password => Trouble::Password,
        _ => Trouble::Damaged { sheet: sheet.map(str::to_owned) },
    }
}

fn of_xlsb(error: &XlsbError, sheet: Option<&str>) -> Trouble {
    tracing::debug!("{error}");
    match error {
        XlsbError::Password => Trouble::Password,
        _ => Trouble::Damaged { sheet: sheet.map(str::to_owned) },
    }
}

/// Hands the cells of one sheet on.
struct Emitter<'a> {
    sheet: &'a str,
    sink: &'a mut dyn Sink,
    /// Holds the text of a date, a duration or mended line breaks for as long as it is handed on.
    text: String,
    /// Numbers that are shown otherwise than they are.
    shapes: HashMap<Address, Shape>,
}

impl<'a> Emitter<'a> {
    fn new(sheet: &'a str, sink: &'a mut dyn Sink) -> Self {
        Self { sheet, sink, text: String::new(), shapes: HashMap::new() }
    }

    fn range(&mut self, range: &Range<Data>) -> Result<(), Trouble> {
        let (top, left) = range.start().unwrap_or_default();
        range.used_cells().try_for_each(|(row, column, data)| {
            let at = |first: u32, index: usize| {
                u32::try_from(index).ok().and_then(|index| first.checked_add(index)).unwrap_or(u32::MAX)
            };
            self.cell((at(top, row), at(left, column)), data)
        })
    }

    fn cell<D: DataType>(&mut self, (row, column): (u32, u32), data: &D) -> Result<(), Trouble> {
        let found = if let Some(text) = data.get_string() {
            let text = line_breaks(text, &mut self.text);
            // OpenDocument keeps the name of an error as a text.
            if ERRORS.contains(&text) { Found::Error(text) } else { Found::Text(text) }
        } else if let Some(number) = data.get_float() {
            match self.shapes.get(&Address::new(row, column)).and_then(|shape| shape.show(number)) {
                Some(text) => {
                    self.text = text;
                    Found::Text(&self.text)
                }
                None => number_or_error(number),
            }
        } else if let Some(number) = data.get_int() {
            // Such a number has 30 bits.
            i32::try_from(number).map_or(Found::Error("#NUM!"), |number| Found::Number(number.into()))
        } else if let Some(moment) = data.get_datetime() {
            dated(&moment, &mut self.text)
        } else if let Some(text) = data.get_datetime_iso() {
            // Midnight is how a day without a time is written.
            Found::Date(text.strip_suffix("T00:00:00").unwrap_or(text))
        } else if let Some(text) = data.get_duration_iso() {
            Found::Text(clock(text, &mut self.text).unwrap_or(text))
        } else if let Some(truth) = data.get_bool() {
            Found::Bool(truth)
        } else if let Some(error) = data.get_error() {
            Found::Error(error_name(error))
        } else {
            return Ok(());
        };
        if found == Found::Text("") {
            return Ok(());
        }
        if row >= ROWS || column >= COLUMNS {
            return Err(Trouble::Damaged { sheet: Some(self.sheet.to_owned()) });
        }
        self.sink.cell(Address::new(row, column), found)
    }

    /// What calamine does not tell of the sheet.
    fn notes(&mut self, notes: Option<&HashMap<String, Notes>>) -> Result<(), Trouble> {
        let Some(notes) = notes.and_then(|notes| notes.get(self.sheet)) else { return Ok(()) };
        notes.merges.iter().try_for_each(|area| self.merge(*area))?;
        self.marks(&notes.marks)
    }

    fn marks(&mut self, marks: &Marks) -> Result<(), Trouble> {
        marks.iter().try_for_each(|(mark, area)| self.sink.mark(mark, area))
    }

    fn merges(&mut self, merges: Vec<Dimensions>) -> Result<(), Trouble> {
        let corner = |(row, column)| Address::new(row, column);
        merges.into_iter().try_for_each(|merge| self.merge(Area::new(corner(merge.start), corner(merge.end))))
    }

    fn merge(&mut self, area: Area) -> Result<(), Trouble> {
        let within = |corner: Address| Address::new(corner.row.min(ROWS - 1), corner.column.min(COLUMNS - 1));
        let area = Area::new(within(area.first), within(area.last));
        // A range of one cell merges nothing.
        if area.first == area.last { Ok(()) } else { self.sink.merge(area) }
    }
}

/// The text with every line break as LF, whatever program wrote it.
fn line_breaks<'a>(text: &'a str, mended: &'a mut String) -> &'a str {
    if !text.contains('\r') {
        return text;
    }
    *mended = text.replace("\r\n", "\n").replace('\r', "\n");
    mended
}

const ERRORS: [&str; 8] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn number_or_error(number: f64) -> Found<'static> {
    if number.is_finite() { Found::Number(number) } else { Found::Error("#NUM!") }
}

/// A date, a time of day or a duration. A number that its format cannot show as such stays a number.
fn dated<'a>(moment: &ExcelDateTime, text: &'a mut String) -> Found<'a> {
    let serial = moment.as_f64();
    text.clear();
    if moment.is_duration() {
        return duration(serial * 86_400.0, text).unwrap_or_else(|| number_or_error(serial));
    }
    if !(0.0..2_958_466.0).contains(&serial) {
        return number_or_error(serial);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    // Below one there is no day, only a time. Writing to a string cannot fail.
    if serial >= 1.0 {
        let _ = write!(text, "{year:04}-{month:02}-{day:02}");
    }
    if serial < 1.0 || (hour, minute, second, milli) != (0, 0, 0, 0) {
        let separator = if serial >= 1.0 { "T" } else { "" };
        let _ = write!(text, "{separator}{hour:02}:{minute:02}:{second:02}");
        if milli != 0 {
            let _ = write!(text, ".{milli:03}");
        }
    }
    Found::Date(text)
}

/// So many seconds as `36:30:00`.
fn duration(seconds: f64, text: &mut String) -> Option<Found<'_>> {
    // Spreadsheets keep milliseconds; beyond this a number is no duration that anyone stated.
    if seconds.is_nan() || seconds.abs() > 1e10 {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the bound above")]
    let whole = seconds.abs().round() as i64;
    let sign = if seconds < 0.0 { "-" } else { "" };
    let _ = write!(text, "{sign}{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    Some(Found::Text(text))
}

/// `PT36H30M00S` as `36:30:00`.
fn clock<'a>(iso: &str, text: &'a mut String) -> Option<&'a str> {
    let (hours, rest) = iso.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let (seconds, _) = rest.strip_suffix('S')?.split_once('.').unwrap_or((rest.strip_suffix('S')?, ""));
    let number = |digits: &str| digits.parse::<u32>().ok();
    let (hours, minutes, seconds) = (number(hours)?, number(minutes)?, number(seconds)?);
    text.clear();
    let _ = write!(text, "{hours}:{minutes:02}:{seconds:02}");
    Some(text)
}
