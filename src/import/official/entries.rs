//! How an official figure or text meets the dossier's.

use crate::both;
use crate::import::at;
use crate::import::draft::{TableDraft, understood};
use crate::import::proposal::{Remark, Standing, Table};
use crate::model::{AmountKind, Figure, Place, Quantity, Source, Unit, fold_for_matching, grouped};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use serde_json::Value;

/// Sets a text. What the dossier words in other characters of the same meaning is confirmed; what it words otherwise
/// is offered.
pub(super) fn text(table: &mut TableDraft<'_, '_>, place: Place, text: &str, source: Source, printed: &str) {
    let known = table.value(&place).and_then(Value::as_str).filter(|known| !known.is_empty());
    let same = known.filter(|known| fold_for_matching(known) == fold_for_matching(text)).map(str::to_owned);
    table.set_from(place, &same.as_deref().unwrap_or(text), source, printed, text);
    offer(table);
}

/// Leaves the value set last to the reader, if the dossier says something else: the two are different documents.
pub(super) fn offer(table: &mut TableDraft<'_, '_>) {
    if let Some(entry) = table.get().entries.last_mut().filter(|entry| entry.standing == Standing::Changed) {
        entry.accepted = false;
    }
}

/// Says of a table that something was left to the reader.
pub(super) fn say_offered(table: &mut Table) {
    let offered = table.entries.iter().filter(|entry| entry.standing == Standing::Changed && !entry.accepted);
    let count = offered.count();
    if count > 0 {
        let text = both!(
            "評価データと記載の異なる {count} 項目は、選んだ場合だけ取り込みます。",
            "{count} values that the dossier states otherwise are taken only if you tick them."
        );
        table.remarks.push(Remark { cell: None, text });
    }
}

/// A figure as an export writes it: `3870000000.0` is as whole as `3870000000`.
pub(super) fn read(text: &str, unit: &Unit) -> Quantity {
    let mut quantity = Quantity::read(text, unit);
    if let Figure::Number(value) = &mut quantity.figure {
        *value = value.normalize();
    }
    quantity
}

/// An amount as a fact table shows it: a number with its thousands marked, anything else as found.
pub(super) fn shown(text: &str) -> String {
    read(text, &Unit::Yen).value().map_or_else(|| text.to_owned(), grouped)
}

/// Sets a figure of a list whose figures are in `unit`, to which money is converted exactly. What rounds to the figure
/// that stands there confirms it, as does what it rounds to: that figure stays, and both are said with the arithmetic.
pub(super) fn figure(
    table: &mut TableDraft<'_, '_>,
    place: Place,
    found: Quantity,
    unit: &Unit,
    source: Source,
) {
    let (printed, read) = (found.printed.clone(), understood(&found));
    let known = table.value(&place).and_then(|known| Quantity::deserialize(known).ok());
    if let Some(known) = &known
        && let Some((exact, rounded)) = rounds(&found, known).or_else(|| rounds(known, &found))
    {
        say_rounded(table, &source, &exact, &rounded);
        table.set_from(place, known, source, printed, read);
        return;
    }
    let converted = known.filter(|known| known.unit != found.unit).and_then(|known| {
        let value = found.value_in(&known.unit)?;
        Some(format!("{read} = {} {}", grouped(value), known.unit))
    });
    let found = Quantity { source: Some(source.clone()), ..in_unit(found, unit) };
    table.set_from(place, &found, source, printed, converted.unwrap_or(read));
    // What the report prints, a dash included, is not replaced by what an official source says unless that is chosen.
    offer(table);
}

/// A figure in the unit of its list, if it converts; its printed form then says the unit that it is printed in.
fn in_unit(found: Quantity, unit: &Unit) -> Quantity {
    match found.value_in(unit) {
        Some(value) if found.unit != *unit => Quantity {
            figure: Figure::Number(value),
            printed: format!("{}{}", found.printed, found.unit),
            unit: unit.clone(),
            ..found
        },
        _ => found,
    }
}

/// A figure in another unit, and rounded half up to the places that the other figure has there.
struct Rounded {
    value: Decimal,
    unit: Unit,
}

/// Whether `exact`, rounded half up to unit and places of `coarse`, is what `coarse` says, without being it.
fn rounds(exact: &Quantity, coarse: &Quantity) -> Option<(Quantity, Rounded)> {
    let (converted, stated) = (exact.value_in(&coarse.unit)?, coarse.value()?);
    let rounded = converted.round_dp_with_strategy(stated.scale(), RoundingStrategy::MidpointAwayFromZero);
    let same = exact.certainty == coarse.certainty && converted != stated && rounded == stated;
    same.then(|| (exact.clone(), Rounded { value: stated, unit: coarse.unit.clone() }))
}

fn say_rounded(table: &mut TableDraft<'_, '_>, source: &Source, exact: &Quantity, rounded: &Rounded) {
    let Some(converted) = exact.value_in(&rounded.unit) else { return };
    let Rounded { value, unit } = rounded;
    let (cell, exact) = (at(source), understood(&Quantity { printed: String::new(), ..exact.clone() }));
    let (converted, value) = (grouped(converted), grouped(*value));
    let text = both!(
        "{cell}: {exact} = {converted} {unit} ≒ {value} {unit}（四捨五入）。端数処理の差とみて、もとの値のままとします。",
        "{cell}: {exact} = {converted} {unit}, rounded half up {value} {unit}. The figure that stands is kept."
    );
    table.remark(source.cell.parse().ok(), text);
}

/// The series of that kind and heading, and the unit of its figures. One that the dossier lacks is added in `unit`;
/// `heading` says where it was named.
pub(super) fn series(
    table: &mut TableDraft<'_, '_>,
    subject: &Place,
    (kind, label): (AmountKind, &str),
    unit: &Unit,
    heading: &Source,
    printed: &str,
) -> (Place, Unit) {
    let list = subject.child("amounts");
    let kind_value = serde_json::to_value(kind).unwrap_or_default();
    let default = kind == AmountKind::default();
    let place = table.row(&list, "r", |row| {
        let known = row.get("label").and_then(Value::as_str).unwrap_or_default();
        let same_kind = row.get("kind").map_or(default, |known| *known == kind_value);
        // A budget without a heading of its own is the budget as a whole.
        let whole = known.is_empty() && label == WHOLE_BUDGET;
        same_kind && (whole || fold_for_matching(known) == fold_for_matching(label))
    });
    // A new row holds nothing but its id.
    if table.value(&place).and_then(Value::as_object).is_some_and(|row| row.len() > 1) {
        let known = table.value(&place.child("unit")).and_then(Value::as_str);
        return (place.clone(), known.map_or_else(|| unit.clone(), Unit::from));
    }
    if !default {
        table.set_from(place.child("kind"), &kind, heading.clone(), printed, printed);
    }
    if !label.is_empty() {
        table.set_from(place.child("label"), &label, heading.clone(), printed, label);
    }
    table.set_from(place.child("unit"), unit, heading.clone(), printed, unit.as_str());
    (place, unit.clone())
}

/// The heading of the series of whole budgets: what may be spent in a year.
pub(super) const WHOLE_BUDGET: &str = "歳出予算現額";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_half_up_to_the_printed_places() {
        let yen = |text| read(text, &Unit::Yen);
        let million = |text| read(text, &Unit::MillionYen);
        let rounded = |exact: &Quantity, coarse: &Quantity| rounds(exact, coarse).is_some();
        assert!(rounded(&yen("3919500000"), &million("3,920")));
        assert!(!rounded(&yen("3919499999"), &million("3,920")));
        assert!(!rounded(&yen("3920000000"), &million("3,920")), "that is no rounding");
        assert!(rounded(&million("3969.6"), &million("3970")));
        assert!(rounded(&yen("754,999,999"), &read("7.5", &Unit::HundredMillionYen)));
        assert!(!rounded(&million("12.4"), &read("12", &Unit::from("件"))));
    }

    #[test]
    fn a_whole_number_is_whole_however_it_is_written() {
        let figure = read("3870000000.0", &Unit::Yen);
        assert_eq!(
            (figure.value(), figure.printed.as_str()),
            (Some(Decimal::from(3_870_000_000_u64)), "3870000000.0")
        );
        assert_eq!((shown("3870000000.0"), shown("-")), ("3,870,000,000".to_owned(), "-".to_owned()));
        let converted = in_unit(read("3919810000", &Unit::Yen), &Unit::MillionYen);
        assert_eq!(
            (grouped(converted.value().unwrap()), converted.printed.as_str()),
            ("3,919.81".into(), "3919810000円")
        );
    }
}
