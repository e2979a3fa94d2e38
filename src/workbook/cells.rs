//! Values of the dossier's tree as cells, and cells as such values.
//!
//! Each kind of value is written and read here, side by side. A value is `None` where the model leaves the field out.
//! Reading is forgiving; what it cannot read it says, with the cell's position among the value's cells.

use super::choices::Choices;
use super::moment;
use super::number;
use super::plan::Kind;
use super::quantity::{decode_quantity, decode_source, encode_quantity, encode_source, tree};
use super::rows::folded;
use super::text::{
    EMPTY, LongTexts, decode, encode, encode_literally, encode_present, join_lines, split_lines,
};
use crate::both;
use crate::locale::{self, Both, Lang};
use crate::model::{Moment, Period, Quantity, ScoreCell, Source, When, fold_for_matching};
pub(super) use crate::sheets::Value as Cell;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Out {
    /// Nothing.
    Blank,
    /// A text, encoded.
    Text(String),
    /// A number, and how many decimals are shown.
    Number(f64, u32),
}

impl Out {
    /// A text; an empty one is nothing.
    pub(super) fn text<'a>(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text.into_owned()) }
    }

    /// The cell as it will be read.
    pub(super) fn cell(&self) -> Option<Cell> {
        match self {
            Self::Blank => None,
            Self::Text(text) => Some(Cell::Text(text.clone())),
            Self::Number(number, _) => Some(Cell::Number(*number)),
        }
    }
}

/// A cell that could not be read: its position among the value's cells, and what to do.
pub(super) type Problem = (usize, Both);

/// What writing and reading a value needs to know beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    /// The language of words.
    pub(super) lang: Lang,
    /// The unit of figures that state none.
    pub(super) unit: &'a str,
    /// What the columns of a value that spreads sideways are called: criteria, or 1, 2, 3 …
    pub(super) names: &'a [String],
    /// The steps of the scale: label and value.
    pub(super) steps: &'a [(String, i16)],
    /// Who is who on the sheets that others refer to, by the sheet's key.
    pub(super) called: &'a HashMap<&'static str, Called>,
}

/// The ids of a sheet's rows, and all that a row may be called, folded for comparison.
#[derive(Debug, Default)]
pub(super) struct Called {
    pub(super) ids: HashSet<String>,
    pub(super) names: HashSet<String>,
}

impl Called {
    /// A reference to a row. An id of none, by which somebody else is called, is escaped: it is not that name.
    pub(super) fn reference(&self, id: &str) -> String {
        if !id.is_empty() && !self.ids.contains(id) && self.names.contains(&folded(id)) {
            return encode_literally(id);
        }
        encode_present(id).into_owned()
    }
}

impl Around<'_> {
    /// A reference to a row of another sheet.
    fn reference(&self, sheet: &str, id: &str) -> String {
        self.called.get(sheet).map_or_else(|| encode_present(id).into_owned(), |called| called.reference(id))
    }
}

/// The cells of a value.
pub(super) fn write(kind: Kind, value: Option<&Json>, around: &Around<'_>) -> Vec<Out> {
    let text = value.and_then(Json::as_str);
    let number = || {
        // Whole numbers of the model have at most five digits.
        #[allow(clippy::cast_precision_loss, reason = "at most five digits")]
        value.and_then(Json::as_i64).map_or(Out::Blank, |number| Out::Number(number as f64, 0))
    };
    let list = || value.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    match kind {
        Kind::Text | Kind::Long => vec![text.map_or(Out::Blank, |text| Out::text(encode(text)))],
        Kind::Optional => vec![text.map_or(Out::Blank, |text| Out::text(encode_present(text)))],
        Kind::Refer(key) | Kind::ReferAlways(key) => {
            vec![text.map_or(Out::Blank, |text| Out::text(around.reference(key, text)))]
        }
        Kind::Lines => vec![Out::text(join_lines(list().iter().filter_map(Json::as_str)))],
        Kind::Refers(key) => {
            let lines = list().iter().filter_map(Json::as_str);
            let line = |text| around.reference(key, text).replace('\n', "⟦U+000A⟧");
            vec![Out::text(lines.map(line).collect::<Vec<_>>().join("\n"))]
        }
        Kind::Year | Kind::YearAlways => vec![year(value)],
        Kind::Count(_) | Kind::Whole(..) => vec![number()],
        Kind::Decimal => vec![decimal(text)],
        Kind::Flag => vec![match value.and_then(Json::as_bool) {
            Some(true) => Out::text(around.lang.t("はい", "Yes")),
            _ => Out::Blank,
        }],
        Kind::Choice(choices) => vec![word(choices, text.unwrap_or(choices.usual()), around.lang)],
        Kind::Usual(choices) | Kind::OptionalChoice(choices) => {
            vec![text.map_or(Out::Blank, |name| word(choices, name, around.lang))]
        }
        Kind::Day => vec![text.map_or(Out::Blank, Out::text)],
        Kind::Record(..) => vec![value.map_or(Out::Blank, |value| Out::text(encode(&value.to_string())))],
        Kind::When => {
            let when = of::<When>(value);
            let span = Out::text(When { printed: String::new(), ..when.clone() }.display());
            vec![span, Out::text(encode(&when.printed))]
        }
        Kind::Period => {
            let part = |field| value.and_then(|period| period.get(field));
            let years = part("years_printed").and_then(Json::as_u64);
            vec![
                year(part("start")),
                year(part("end")),
                years.and_then(|n| u16::try_from(n).ok()).map_or(Out::Blank, |n| Out::Number(n.into(), 0)),
                Out::text(encode(part("printed").and_then(Json::as_str).unwrap_or_default())),
            ]
        }
        Kind::Quantity => encode_quantity(&of::<Quantity>(value), around.unit, around.lang).into(),
        Kind::Source => {
            let source = of::<Source>(value);
            vec![if source == Source::default() { Out::Blank } else { Out::text(encode_source(&source)) }]
        }
        Kind::Cells => {
            let texts = list();
            let cell = |index: usize| match texts.get(index).and_then(Json::as_str) {
                // The last one shows how long the row is.
                Some("") if index + 1 == texts.len() => Out::text(EMPTY),
                text => Out::text(encode(text.unwrap_or_default())),
            };
            (0..around.names.len()).map(cell).collect()
        }
        Kind::Scores => scores(value, around),
        Kind::Means => (around.names.iter())
            .map(|name| match value.and_then(|means| means.get(name)).and_then(Json::as_str) {
                Some(mean) => Out::text(encode_present(mean)),
                None => Out::Blank,
            })
            .collect(),
    }
}

/// A value of the model; its own blank where it is left out.
fn of<'de, T: Deserialize<'de> + Default>(value: Option<&'de Json>) -> T {
    value.and_then(|value| T::deserialize(value).ok()).unwrap_or_default()
}

fn year(value: Option<&Json>) -> Out {
    let Some(year) = value.and_then(Json::as_i64).and_then(|year| i16::try_from(year).ok()) else {
        return Out::Blank;
    };
    moment::year_text(year).map_or(Out::Number(year.into(), 0), Out::Text)
}

fn decimal(text: Option<&str>) -> Out {
    let Some(text) = text else { return Out::Blank };
    match number::written(text).and_then(|value| Some((value, number::exactly(value)?))) {
        Some((value, number))
            if number::decimal(number).is_some_and(|read| read.scale() == value.scale()) =>
        {
            Out::Number(number, value.scale())
        }
        _ => Out::text(text),
    }
}

fn word(choices: &Choices, name: &str, lang: Lang) -> Out {
    choices.named(name).map_or(Out::Blank, |choice| Out::text(choice.word(lang)))
}

/// The states of a score cell that have a word of their own.
const STATES: [ScoreCell; 4] =
    [ScoreCell::Blank, ScoreCell::NotApplicable, ScoreCell::Recused, ScoreCell::Absent];

fn scores(value: Option<&Json>, around: &Around<'_>) -> Vec<Out> {
    let sheet = value.and_then(Json::as_object);
    let mut cells: Vec<Out> = (around.names.iter())
        .map(|name| match sheet.and_then(|sheet| sheet.get(name)) {
            None => Out::Blank,
            Some(cell) => match ScoreCell::deserialize(cell).unwrap_or_default() {
                ScoreCell::Score(score) => score_text(score, around.steps),
                state => Out::text(locale::cell(state, around.lang)),
            },
        })
        .collect();
    if sheet.is_some_and(Map::is_empty)
        && let Some(first) = cells.first_mut()
    {
        *first = Out::text(EMPTY);
    }
    cells
}

/// A score as the scale labels it, where the label is a word of its own; otherwise as a number.
fn score_text(score: i16, steps: &[(String, i16)]) -> Out {
    let label = steps.iter().find(|(_, value)| *value == score).map(|(label, _)| label.as_str());
    match label.filter(|label| score_label(label, steps) == Some(score)) {
        Some(label) => Out::text(label),
        None => Out::Number(score.into(), 0),
    }
}

/// The score that a label stands for, if it is a label and nothing else.
fn score_label(text: &str, steps: &[(String, i16)]) -> Option<i16> {
    let mut named = steps.iter().filter(|(label, _)| label == text);
    let (label, value) = named.next()?;
    // A label is a letter or a word; what else there is stays a number.
    let plain = encode(label) == label.as_str() && !label.trim().is_empty() && label.chars().count() <= 20;
    let other = number::whole(label).is_some() || state(label).is_some() || named.next().is_some();
    (plain && !other).then_some(*value)
}

fn state(text: &str) -> Option<ScoreCell> {
    let text = folded(text);
    let says = |cell: ScoreCell, lang| folded(locale::cell(cell, lang)) == text;
    STATES.into_iter().find(|cell| Lang::ALL.into_iter().any(|lang| says(*cell, lang)))
}

/// What the drop-down of a score offers.
pub(super) fn score_words(steps: &[(String, i16)], lang: Lang) -> Vec<String> {
    let scores = steps.iter().map(|(_, value)| match score_text(*value, steps) {
        Out::Text(label) => label,
        _ => value.to_string(),
    });
    scores.chain(STATES.into_iter().rev().map(|cell| locale::cell(cell, lang).to_owned())).collect()
}

/// The text of a cell, decoded and whole.
pub(super) fn text(cell: Option<&Cell>, at: usize, long: &LongTexts, problems: &mut Vec<Problem>) -> String {
    let Some(cell) = cell else { return String::new() };
    if matches!(cell, Cell::Error(_)) {
        problems.push((
            at,
            both!(
                "数式の結果が誤りです。値を入れ直してください。",
                "The formula has an error; enter the value."
            ),
        ));
        return String::new();
    }
    let text = cell.text();
    if !text.contains(super::text::OPEN) {
        return text.into_owned();
    }
    let whole = long.whole(&text).unwrap_or_else(|| {
        problems.push((
            at,
            both!(
                "続きが「長文」のシートに見つかりません。続きの行を戻してください。",
                "The rest of this text is not on the sheet of long texts; put its rows back."
            ),
        ));
        Cow::Borrowed(super::text::split_mark(&text).0)
    });
    decode(&whole).into_owned()
}

/// The value that its cells hold, as the tree has it; none where the model leaves the field out.
pub(super) fn read(
    kind: Kind,
    cells: &[Option<&Cell>],
    around: &Around<'_>,
    long: &LongTexts,
    problems: &mut Vec<Problem>,
) -> Option<Json> {
    let cell = cells.first().copied().flatten();
    match kind {
        Kind::Text | Kind::Long | Kind::ReferAlways(_) => {
            let text = cell.map(|_| text(cell, 0, long, problems))?;
            (!text.is_empty()).then_some(Json::String(text))
        }
        Kind::Optional | Kind::Refer(_) => cell.map(|_| Json::String(text(cell, 0, long, problems))),
        Kind::Lines | Kind::Refers(_) => {
            let lines = split_lines(&long.raw(cell?));
            (!lines.is_empty()).then(|| json!(lines))
        }
        Kind::Year => read_year(cell?, 0, problems),
        Kind::YearAlways => {
            if cell.is_none() {
                problems.push((0, year_wanted()));
            }
            read_year(cell?, 0, problems)
        }
        Kind::Count(most) => whole(cell?, 0, 0, most.into(), problems),
        Kind::Whole(least, most) => {
            if cell.is_none() {
                problems.push((0, both!("番号を入れてください。", "Enter the number.")));
            }
            whole(cell?, 0, least.into(), most.into(), problems)
        }
        Kind::Decimal => {
            let read = match cell? {
                Cell::Number(number) => number::decimal(*number),
                other => {
                    let text = other.text();
                    number::written(&text)
                        .or_else(|| Quantity::read(&text, &crate::model::Unit::default()).value())
                }
            };
            if read.is_none() {
                problems.push((0, both!("数値を入れてください。", "Enter a number.")));
            }
            read.map(|value| Json::String(value.to_string()))
        }
        Kind::Flag => {
            let truth = flag(cell?);
            if truth.is_none() {
                problems.push((0, both!("「はい」か「いいえ」を選んでください。", "Choose Yes or No.")));
            }
            truth.filter(|truth| *truth).map(Json::Bool)
        }
        Kind::Choice(choices) => {
            if cell.is_none() {
                let usual = choices.named(choices.usual()).map_or(["", ""], |choice| choice.words);
                let [ja, en] = usual;
                problems.push((
                    0,
                    both!(
                        "空欄のため「{ja}」としました。選択肢から選んでください。",
                        "Empty, and taken as “{en}”; choose from the list."
                    ),
                ));
            }
            choice(choices, cell?, problems).filter(|name| name != choices.usual()).map(Json::String)
        }
        Kind::Usual(choices) => {
            choice(choices, cell?, problems).filter(|name| name != choices.usual()).map(Json::String)
        }
        Kind::OptionalChoice(choices) => choice(choices, cell?, problems).map(Json::String),
        Kind::Day => {
            let day = day(cell?, long);
            if day.is_none() {
                problems.push((
                    0,
                    both!("日付を 2022-03-31 のように入れてください。", "Write the date as 2022-03-31."),
                ));
            }
            day.map(Json::String)
        }
        Kind::Record(is, _) => {
            let record = serde_json::from_str(&text(cell, 0, long, problems)).ok().filter(is);
            if cell.is_some() && record.is_none() {
                problems.push((
                    0,
                    both!(
                        "Hyoka の記録が変わっていて読めません。元のブックからこの欄を戻してください。",
                        "This record of Hyoka was changed and cannot be read; restore the cell from the original workbook."
                    ),
                ));
            }
            record
        }
        Kind::When => {
            let printed = cells.get(1).copied().flatten().map(|cell| text(Some(cell), 1, long, problems));
            let when = read_when(cell, printed.as_deref(), long, problems);
            (!when.is_blank()).then(|| json!(when))
        }
        Kind::Period => read_period(cells, long, problems),
        Kind::Quantity => {
            let six = std::array::from_fn(|at| cells.get(at).copied().flatten());
            if six.iter().all(Option::is_none) {
                return None;
            }
            let quantity = decode_quantity(six, around.unit, long, problems);
            (quantity != Quantity::default()).then(|| tree(quantity))
        }
        Kind::Source => Some(json!(cell.map(|cell| decode_source(&long.raw(cell))).unwrap_or_default())),
        Kind::Cells => {
            let filled = cells.iter().rposition(Option::is_some)?;
            let texts: Vec<String> = (cells[..=filled].iter().enumerate())
                .map(|(at, cell)| text(*cell, at, long, problems))
                .collect();
            Some(json!(texts))
        }
        Kind::Scores => read_scores(cells, around, problems),
        Kind::Means => {
            let mut means = Map::new();
            for (at, (name, cell)) in around.names.iter().zip(cells).enumerate() {
                if cell.is_some() {
                    means.insert(name.clone(), Json::String(text(*cell, at, long, problems)));
                }
            }
            (!means.is_empty()).then_some(Json::Object(means))
        }
    }
}

/// What stands for a field that the model leaves out, written out.
pub(super) fn blank(kind: Kind) -> Json {
    match kind {
        Kind::Text | Kind::Long | Kind::ReferAlways(_) => json!(""),
        Kind::Optional
        | Kind::Refer(_)
        | Kind::Year
        | Kind::Count(_)
        | Kind::Decimal
        | Kind::Day
        | Kind::OptionalChoice(_) => Json::Null,
        Kind::Record(_, empty) => empty(),
        Kind::Lines | Kind::Refers(_) | Kind::Cells => json!([]),
        Kind::YearAlways | Kind::Whole(..) => json!(0),
        Kind::Flag => json!(false),
        Kind::Choice(choices) | Kind::Usual(choices) => json!(choices.usual()),
        Kind::When | Kind::Period | Kind::Quantity | Kind::Source | Kind::Scores | Kind::Means => json!({}),
    }
}

fn year_wanted() -> Both {
    both!(
        "年度は 2022、2022年度、令和4年度、R4 のように入れてください。",
        "Write the fiscal year as 2022, 2022年度, 令和4年度 or R4."
    )
}

fn read_year(cell: &Cell, at: usize, problems: &mut Vec<Problem>) -> Option<Json> {
    let read = moment::year(&cell.text());
    if read.is_none() {
        problems.push((at, year_wanted()));
    }
    read.map(|year| json!(year))
}

fn whole(cell: &Cell, at: usize, least: i64, most: i64, problems: &mut Vec<Problem>) -> Option<Json> {
    let read = match cell {
        Cell::Number(number) => number::whole_of(*number),
        other => number::whole(&other.text()),
    };
    let fits = read.filter(|number| (least..=most).contains(number));
    if fits.is_none() {
        problems.push((
            at,
            both!(
                "{least} から {most} までの整数を入れてください。",
                "Enter a whole number from {least} to {most}."
            ),
        ));
    }
    fits.map(|number| json!(number))
}

fn flag(cell: &Cell) -> Option<bool> {
    if let Cell::Bool(truth) = cell {
        return Some(*truth);
    }
    match folded(&cell.text()).as_str() {
        "はい" | "○" | "◯" | "〇" | "yes" | "true" | "1" => Some(true),
        "いいえ" | "×" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// The name of the variant that a cell chooses.
fn choice(choices: &Choices, cell: &Cell, problems: &mut Vec<Problem>) -> Option<String> {
    let read = choices.read(&cell.text());
    if read.is_none() {
        let list = |lang| choices.list().iter().map(|c| c.word(lang)).collect::<Vec<_>>();
        let (ja, en) = (list(Lang::Ja).join("、"), list(Lang::En).join(", "));
        problems.push((0, both!("選択肢から選んでください（{ja}）。", "Choose one of: {en}.")));
    }
    read.map(|choice| choice.name.clone())
}

/// The text of a date. One that the program itself made of what was typed may carry a time of day.
fn dated<'c>(cell: &'c Cell, long: &LongTexts) -> Cow<'c, str> {
    match cell {
        Cell::Date(date) => Cow::Borrowed(date.split('T').next().unwrap_or_default()),
        _ => Cow::Owned(text(Some(cell), 0, long, &mut Vec::new())),
    }
}

/// The calendar day that a cell names.
fn day(cell: &Cell, long: &LongTexts) -> Option<String> {
    let (day, to) = moment::span(&dated(cell, long))?;
    day.filter(|day| to.is_none() && matches!(day.parse(), Ok(Moment::Day(_))))
}

fn read_when(
    cell: Option<&Cell>,
    printed: Option<&str>,
    long: &LongTexts,
    problems: &mut Vec<Problem>,
) -> When {
    let mut when = When { printed: printed.unwrap_or_default().to_owned(), ..When::default() };
    let Some(cell) = cell else { return when };
    let typed = dated(cell, long).into_owned();
    match moment::span(&typed) {
        Some((from, to)) => {
            when.at = from.and_then(|from| from.parse().ok());
            when.to = to.and_then(|to| to.parse().ok());
        }
        None if printed.is_none() => when.printed = typed,
        None => problems.push((
            0,
            both!(
                "日付は 2022-03-31、2022-03、2022、FY2022 のように入れ、言葉は印字の欄に入れてください。",
                "Write the date as 2022-03-31, 2022-03, 2022 or FY2022; words go into the next column."
            ),
        )),
    }
    when
}

fn read_period(cells: &[Option<&Cell>], long: &LongTexts, problems: &mut Vec<Problem>) -> Option<Json> {
    let mut period = Map::new();
    for (at, (field, cell)) in ["start", "end", "years_printed", "printed"].iter().zip(cells).enumerate() {
        let Some(cell) = cell else { continue };
        let value = match at {
            0 | 1 => read_year(cell, at, problems),
            2 => whole(cell, at, 0, u16::MAX.into(), problems),
            _ => Some(Json::String(text(Some(cell), at, long, problems))),
        };
        if let Some(value) = value {
            period.insert((*field).to_owned(), value);
        }
    }
    let blank = of::<Period>(Some(&Json::Object(period.clone()))) == Period::default();
    (!blank).then_some(Json::Object(period))
}

fn read_scores(cells: &[Option<&Cell>], around: &Around<'_>, problems: &mut Vec<Problem>) -> Option<Json> {
    let mut sheet = Map::new();
    let mut there = false;
    for (at, (name, cell)) in around.names.iter().zip(cells).enumerate() {
        let Some(cell) = cell else { continue };
        there = true;
        if cell.text() == EMPTY {
            continue;
        }
        match score(cell, around.steps) {
            Some(score) => {
                // A score cell always serialises.
                sheet.insert(name.clone(), serde_json::to_value(score).unwrap_or_default());
            }
            None => problems.push((
                at,
                both!(
                    "評点は尺度の値か、未記入・該当なし・除斥・欠席のどれかを入れてください。",
                    "Enter a value of the scale, or Blank, Not applicable, Recused or Absent."
                ),
            )),
        }
    }
    there.then_some(Json::Object(sheet))
}

fn score(cell: &Cell, steps: &[(String, i16)]) -> Option<ScoreCell> {
    let number = match cell {
        Cell::Number(number) => number::whole_of(*number),
        other => {
            let text = other.text();
            let label = score_label(&text, steps).or_else(|| score_label(&fold_for_matching(&text), steps));
            if let Some(score) = label {
                return Some(ScoreCell::Score(score));
            }
            if let Some(state) = state(&text) {
                return Some(state);
            }
            number::whole(&text)
        }
    };
    number.and_then(|number| i16::try_from(number).ok()).map(ScoreCell::Score)
}
