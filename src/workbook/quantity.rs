//! A figure in a row of cells: its value as a number that can be computed with, and beside it what else is known.

use super::cells::{Cell, Out, Problem};
use super::choices::CERTAINTIES;
use super::number;
use super::text::{LongTexts, encode, encode_present, join_bars, split_bars};
use crate::both;
use crate::locale::Lang;
use crate::model::{Certainty, Figure, Quantity, Source, Unit};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

/// Says that a figure is words, where the words alone would be read as something else.
const WORDS: &str = "⟦文言⟧";

/// The cells of a figure: value, unit, as printed, certainty, note, source. `above` is the unit that holds where the
/// unit's cell is empty.
pub(super) fn encode_quantity(quantity: &Quantity, above: &str, lang: Lang) -> [Out; 6] {
    let with = |[value, printed]: [Out; 2]| {
        [value, unit(quantity, above), printed, certainty(quantity, lang), note(quantity), source(quantity)]
    };
    let reads_back = |cells: &[Out; 6]| {
        let cells = cells.each_ref().map(Out::cell);
        let mut problems = Vec::new();
        let cells = cells.each_ref().map(Option::as_ref);
        let read = decode_quantity(cells, above, &LongTexts::default(), &mut problems);
        problems.is_empty() && exactly_equal(&read, quantity)
    };
    Some(with(friendly(quantity))).filter(reads_back).unwrap_or_else(|| with(explicit(quantity)))
}

/// Value and printed form as people would rather see them: words and dashes stand where the number would.
fn friendly(quantity: &Quantity) -> [Out; 2] {
    let printed = quantity.printed.as_str();
    match &quantity.figure {
        Figure::Number(value) => match number::exactly(*value) {
            Some(number) => [Out::Number(number, value.scale()), Out::text(encode(printed))],
            None => explicit(quantity),
        },
        Figure::Words | Figure::Dash if !printed.is_empty() => [Out::text(encode(printed)), Out::Blank],
        _ => explicit(quantity),
    }
}

/// Value and printed form that read back exactly, whatever they are.
fn explicit(quantity: &Quantity) -> [Out; 2] {
    let value = match &quantity.figure {
        Figure::Blank => Out::Blank,
        Figure::Dash => Out::text("-"),
        Figure::Number(value) => Out::text(value.to_string()),
        Figure::Range(low, high) => Out::text(format!("{low}～{high}")),
        Figure::Words => Out::text(WORDS),
    };
    [value, Out::text(encode(&quantity.printed))]
}

fn unit(quantity: &Quantity, above: &str) -> Out {
    let unit = quantity.unit.as_str();
    if quantity.figure == Figure::Blank || above.is_empty() {
        Out::text(encode(unit))
    } else {
        Out::text(encode_present(unit))
    }
}

fn certainty(quantity: &Quantity, lang: Lang) -> Out {
    if quantity.certainty == Certainty::default() {
        return Out::Blank;
    }
    let name = serde_json::to_value(quantity.certainty).ok();
    let choice = name.as_ref().and_then(Json::as_str).and_then(|name| CERTAINTIES.named(name));
    choice.map_or(Out::Blank, |choice| Out::text(choice.word(lang)))
}

fn note(quantity: &Quantity) -> Out {
    Out::text(encode(&quantity.note))
}

fn source(quantity: &Quantity) -> Out {
    quantity.source.as_ref().map_or(Out::Blank, |source| Out::text(encode_source(source)))
}

/// Where something was read, in one line.
pub(super) fn encode_source(source: &Source) -> String {
    join_bars(&[&source.file, &source.sheet, &source.cell])
}

/// The source that such a line names.
pub(super) fn decode_source(text: &str) -> Source {
    let mut parts = split_bars(text).into_iter();
    let mut part = || parts.next().unwrap_or_default();
    Source { file: part(), sheet: part(), cell: part() }
}

/// The figure that the cells hold, as people fill them in. Each problem names the cell by its position.
pub(super) fn decode_quantity(
    cells: [Option<&Cell>; 6],
    above: &str,
    long: &LongTexts,
    problems: &mut Vec<Problem>,
) -> Quantity {
    let [value, unit, printed, certainty, note, source] = cells;
    let mut text = |at: usize, cell: Option<&Cell>| super::cells::text(cell, at, long, problems);
    let value_text = match value {
        Some(Cell::Number(_)) | None => String::new(),
        Some(_) => text(0, value),
    };
    let unit_text = unit.map(|_| text(1, unit));
    let printed = printed.map(|_| text(2, printed));
    let note = note.map(|_| text(4, note));
    let source = source.map(|cell| decode_source(&long.raw(cell)));
    let given = certainty.map(|cell| cell.text()).filter(|text| !text.is_empty());
    let certainty = given.as_deref().map(|text| {
        let read =
            CERTAINTIES.read(text).and_then(|c| Certainty::deserialize(Json::String(c.name.clone())).ok());
        if read.is_none() {
            problems.push((3, unknown_certainty()));
        }
        read.unwrap_or_default()
    });
    let unit = Unit::from(unit_text.as_deref().unwrap_or(above));
    let mut quantity = match value {
        Some(Cell::Number(number)) => {
            let read = number::decimal(*number);
            if read.is_none() {
                problems.push((
                    0,
                    both!(
                        "桁が多すぎる数です。文字として入れてください。",
                        "The number has too many digits; enter it as text."
                    ),
                ));
            }
            let figure = read.map(|value| Figure::Number(at_printed_scale(value, printed.as_deref(), &unit)));
            Quantity { figure: figure.unwrap_or_default(), ..Quantity::default() }
        }
        Some(cell) if cell.text() == WORDS => Quantity { figure: Figure::Words, ..Quantity::default() },
        _ => typed(&value_text, printed.as_deref(), &unit, problems),
    };
    let read_unit = std::mem::take(&mut quantity.unit);
    quantity.unit = match quantity.figure {
        // An empty cell has the unit that stands beside it, and no other.
        Figure::Blank => Unit::from(unit_text.as_deref().unwrap_or_default()),
        _ if read_unit == Unit::default() => unit,
        _ => read_unit,
    };
    if quantity.printed.is_empty() {
        quantity.printed = printed.unwrap_or_default();
    }
    quantity.certainty = certainty.unwrap_or(quantity.certainty);
    quantity.note = note.unwrap_or(quantity.note);
    quantity.source = source;
    quantity
}

/// The figure as the tree has it. As serialising does, but its texts are moved: there are many figures.
pub(super) fn tree(quantity: Quantity) -> Json {
    let mut fields = Map::new();
    let mut text = |name: &str, text: String| {
        if !text.is_empty() {
            fields.insert(name.to_owned(), Json::String(text));
        }
    };
    text("unit", quantity.unit.into());
    text("printed", quantity.printed);
    text("note", quantity.note);
    let figure = match quantity.figure {
        Figure::Blank => None,
        Figure::Dash => Some(json!("Dash")),
        Figure::Words => Some(json!("Words")),
        Figure::Number(value) => Some(json!({ "Number": value.to_string() })),
        Figure::Range(low, high) => Some(json!({ "Range": [low.to_string(), high.to_string()] })),
    };
    fields.extend(figure.map(|figure| ("figure".to_owned(), figure)));
    if quantity.certainty != Certainty::default() {
        fields.insert("certainty".to_owned(), json!(quantity.certainty));
    }
    fields.extend(quantity.source.map(|source| ("source".to_owned(), json!(source))));
    Json::Object(fields)
}

/// A value that is no plain number: words, a dash, a range, a figure as tables print it.
fn typed(text: &str, printed: Option<&str>, unit: &Unit, problems: &mut Vec<Problem>) -> Quantity {
    let figure = |figure| Quantity { figure, ..Quantity::default() };
    if text.is_empty() {
        return Quantity::default();
    }
    if text == "-" {
        return figure(Figure::Dash);
    }
    if let Some(value) = number::written(text) {
        return figure(Figure::Number(value));
    }
    if let Some((low, high)) = text.split_once('～')
        && let (Some(low), Some(high)) = (number::written(low), number::written(high))
    {
        return figure(Figure::Range(low, high));
    }
    let mut read = Quantity::read(text, unit);
    let says_otherwise = printed.is_some_and(|printed| printed != text);
    match read.figure {
        // The printed form may say more than the value; for words the two are one.
        Figure::Words if says_otherwise => problems.push((
            2,
            both!(
                "値の欄の言葉と食い違うため、値の欄を採りました。どちらかを消してください。",
                "This differs from the words in the value's cell, which were taken; clear one of the two."
            ),
        )),
        Figure::Words => {}
        _ if says_otherwise => read.printed.clear(),
        _ => {}
    }
    read
}

/// 54 stands for 54.0 where it is printed so.
fn at_printed_scale(
    mut value: rust_decimal::Decimal,
    printed: Option<&str>,
    unit: &Unit,
) -> rust_decimal::Decimal {
    if let Some(printed) = printed.filter(|text| text.contains(['.', '．']))
        && let Some(as_printed) = Quantity::read(printed, unit).value()
        && as_printed == value
    {
        value.rescale(as_printed.scale());
    }
    value
}

fn unknown_certainty() -> crate::locale::Both {
    both!("確度は選択肢から選んでください。", "Choose the certainty from the list.")
}

/// Whether two figures are the same to the last zero.
fn exactly_equal(a: &Quantity, b: &Quantity) -> bool {
    let digits = |quantity: &Quantity| match &quantity.figure {
        Figure::Number(value) => vec![value.to_string()],
        Figure::Range(low, high) => vec![low.to_string(), high.to_string()],
        _ => Vec::new(),
    };
    a == b && digits(a) == digits(b)
}

#[cfg(test)]
mod tests {
    use super::super::text::EMPTY;
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn there_and_back(quantity: &Quantity, above: &str) -> [Out; 6] {
        let out = encode_quantity(quantity, above, Lang::Ja);
        let cells = out.each_ref().map(Out::cell);
        let mut problems = Vec::new();
        let read = decode_quantity(
            cells.each_ref().map(Option::as_ref),
            above,
            &LongTexts::default(),
            &mut problems,
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert!(exactly_equal(&read, quantity), "{quantity:?} became {read:?} through {out:?}");
        out
    }

    #[test]
    fn a_figure_is_shown_as_people_would_fill_it_in() {
        let of = |text: &str| Quantity::read(text, &Unit::MillionYen);
        assert_eq!(there_and_back(&of("54.0億円"), "百万円")[0], Out::Number(54.0, 1));
        assert_eq!(
            there_and_back(&of("未確定"), "百万円")[..3],
            [Out::text("未確定"), Out::text("百万円"), Out::Blank,]
        );
        assert_eq!(there_and_back(&of("別紙"), "百万円")[0], Out::text("別紙"));
        assert_eq!(there_and_back(&of("－"), "")[0], Out::text("－"));
        let bare = Quantity::number(d("54.0"), Unit::default());
        assert_eq!(there_and_back(&bare, "百万円")[..2], [Out::text("54.0"), Out::text(EMPTY)]);
    }

    #[test]
    fn cells_are_read_as_people_fill_them_in() {
        let read = |value: &str, unit: &str, printed: &str| {
            let cell = |text: &str| (!text.is_empty()).then(|| Cell::Text(text.to_owned()));
            let cells = [cell(value), cell(unit), cell(printed), None, None, None];
            let mut problems = Vec::new();
            let cells = cells.each_ref().map(Option::as_ref);
            (decode_quantity(cells, "百万円", &LongTexts::default(), &mut problems), problems.len())
        };
        let (typed, problems) = read("２９７\n（委託）", "", "");
        assert_eq!(
            (typed.figure, typed.unit, typed.note.as_str()),
            (Figure::Number(d("297")), Unit::MillionYen, "委託")
        );
        assert_eq!((typed.printed.as_str(), problems), ("２９７\n（委託）", 0));
        assert_eq!(read("7.5億円", "百万円", "").0.unit, Unit::HundredMillionYen);
        assert_eq!(read("10～26", "%", "").0.figure, Figure::Range(d("10"), d("26")));
        assert_eq!(read("未確定", "", "297").1, 1);
        assert_eq!(read("", "百万円", "").0, Quantity::empty(Unit::MillionYen));
    }

    fn figures() -> impl Strategy<Value = Figure> {
        let decimal = || (any::<i64>(), 0_u32..9).prop_map(|(units, scale)| Decimal::new(units, scale));
        let small = (-9999_i64..9999, 0_u32..4).prop_map(|(units, scale)| Decimal::new(units, scale));
        prop_oneof![
            Just(Figure::Blank),
            Just(Figure::Dash),
            Just(Figure::Words),
            small.prop_map(Figure::Number),
            decimal().prop_map(Figure::Number),
            (decimal(), decimal()).prop_map(|(low, high)| Figure::Range(low, high)),
        ]
    }

    proptest! {
        #[test]
        fn every_figure_reads_back(
            figure in figures(),
            unit in "|百万円|件|⟦⟧|(?s).{0,3}",
            printed in "|-|－|297|54\\.0|約?[0-9]{1,3}\\.?0?億円|未確定|（予定）|(?s).{0,6}",
            certainty in prop_oneof![
                Just(Certainty::Settled), Just(Certainty::About), Just(Certainty::Planned), Just(Certainty::Undetermined)
            ],
            note in "|※注|(?s).{0,4}",
            source in proptest::option::of(("(?s).{0,4}", "|資金", "|C4|[|] ?")),
            above in "|百万円|件",
        ) {
            let source = source.map(|(file, sheet, cell)| Source { file, sheet, cell });
            let quantity = Quantity { figure, unit: Unit::from(unit), printed, certainty, note, source };
            there_and_back(&quantity, &above);
            prop_assert_eq!(tree(quantity.clone()), json!(quantity));
        }
    }
}
