//! Figures in columns: as short as the header allows, with all that the document said of them behind.

use super::parts;
use super::typed::typed;
use crate::app::kit::table::cell;
use crate::locale::Lang;
use crate::model::{Certainty, Figure, Quantity, Unit, grouped};
use crate::tr;
use egui::{Response, Ui};
use rust_decimal::Decimal;

/// The unit that a table is kept in, and the one in which its figures are shown and typed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Units {
    /// What the table is kept in.
    pub(crate) kept: Unit,
    /// What it is shown in.
    pub(crate) shown: Unit,
}

impl Units {
    /// A sum of the table as it is shown.
    pub(crate) fn sum(&self, value: Option<Decimal>) -> String {
        value.and_then(|value| self.kept.convert(value, &self.shown)).map(grouped).unwrap_or_default()
    }
}

/// A figure in a column whose header states `unit`: what it amounts to, with its own unit only where that differs. What
/// the document printed shows under the pointer, and stays until another value is typed.
pub(crate) fn figure(ui: &mut Ui, lang: Lang, name: &str, quantity: &mut Quantity, unit: &Unit) -> Response {
    shown_figure(ui, lang, name, quantity, &Units { kept: unit.clone(), shown: unit.clone() })
}

/// A [`figure`] of a table that may be shown in another unit than it is kept in.
pub(crate) fn shown_figure(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    quantity: &mut Quantity,
    units: &Units,
) -> Response {
    let response = field(ui, name, quantity, units);
    parts::explain(response, lang, quantity)
}

/// A printed total beside the one computed from the cells. A difference gets a quiet mark and is explained under the
/// pointer. Whether the mark was clicked comes back with the field.
pub(crate) fn printed_total(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    quantity: &mut Quantity,
    units: &Units,
    computed: Option<Decimal>,
) -> (Response, bool) {
    let unit = &units.kept;
    let response = field(ui, name, quantity, units);
    let difference = computed
        .zip(quantity.value_in(unit))
        .and_then(|(sum, total)| Some((sum, total, total.checked_sub(sum)?)));
    let Some((sum, total, difference)) = difference.filter(|(.., difference)| !difference.is_zero()) else {
        return (parts::explain(response, lang, quantity), false);
    };
    let rounding = difference.abs() <= Decimal::new(1, total.scale());
    let (sum, total, difference) = (grouped(sum), grouped(total), signed(difference));
    let words = tr!(
        lang,
        "印字 {total}、計算 {sum}、差 {difference}（{unit}）",
        "printed {total}, computed {sum}, difference {difference} ({unit})"
    );
    let words = if rounding {
        let probably = lang.t("端数処理による差とみられます。", "Probably rounding.");
        format!("{words}\n{probably}")
    } else {
        words
    };
    let asked = parts::mark_difference(ui, lang, &response, &words, rounding);
    (parts::explain(response, lang, quantity), asked)
}

/// A decimal with its sign, as differences are written.
pub(crate) fn signed(value: Decimal) -> String {
    let text = grouped(value);
    if value.is_sign_negative() || value.is_zero() { text } else { format!("+{text}") }
}

/// The text is not brought into another form under the caret, and typing the same value again brings back all that the
/// document said of it.
fn field(ui: &mut Ui, name: &str, quantity: &mut Quantity, units: &Units) -> Response {
    let Units { kept, shown } = units;
    let read = |text: &str, before: &Quantity| {
        let mut quantity = before.clone();
        let text = converted(text, units);
        parts::retype(&mut quantity, &text, kept);
        // A number under a header that states a unit is of that unit, whatever stood in the cell.
        let unstated = Quantity::read(&text, kept);
        if quantity.value().is_some() && unstated.unit == *kept {
            quantity.unit = unstated.unit;
        }
        Some(quantity)
    };
    let show = |quantity: &Quantity| in_units(quantity, units);
    let response = typed(ui, name, quantity, show, read, |ui, text| cell::number(ui, name, text));
    let text = if kept == shown { copied(quantity, kept) } else { in_units(quantity, units) };
    cell::says(ui, &text);
    response
}

/// A text typed under a header that states the unit shown, as it is said in the unit kept: a bare number is converted
/// exactly, and anything else names its unit.
fn converted(text: &str, units: &Units) -> String {
    let Units { kept, shown } = units;
    let typed = Quantity::read(text, shown);
    if kept == shown || typed.unit != *shown || text.contains(shown.as_str()) {
        return text.to_owned();
    }
    match &typed.figure {
        Figure::Number(value) if typed.certainty == Certainty::Settled && typed.note.is_empty() => {
            shown.convert(*value, kept).map_or_else(|| format!("{text}{shown}"), grouped)
        }
        Figure::Number(_) | Figure::Range(..) => format!("{}{shown}", text.trim_end()),
        Figure::Blank | Figure::Dash | Figure::Words => text.to_owned(),
    }
}

/// A figure under a header that states the unit shown. One that does not convert into it names its own.
fn in_units(quantity: &Quantity, Units { kept, shown }: &Units) -> String {
    if kept == shown {
        return brief(quantity, kept);
    }
    let short = brief(quantity, &quantity.unit);
    let number = quantity.value().map(grouped).filter(|number| *number == short);
    match quantity.value_in(shown).filter(|_| number.is_some()) {
        Some(value) => grouped(value),
        None if short.is_empty()
            || quantity.unit.as_str().is_empty()
            || short.contains(quantity.unit.as_str()) =>
        {
            short
        }
        None if matches!(quantity.figure, Figure::Number(_) | Figure::Range(..)) => {
            format!("{short} {}", quantity.unit)
        }
        None => short,
    }
}

/// What is copied of a figure under a header that states `unit`: as printed where that is a bare number of this unit,
/// so that a block that was pasted is copied as it was.
fn copied(quantity: &Quantity, unit: &Unit) -> String {
    let printed = quantity.printed.as_str();
    let bare = quantity.unit == *unit
        && quantity.value().is_some()
        && printed.chars().any(char::is_numeric)
        && printed.chars().all(|c| c.is_numeric() || ",.，．-－−▲△".contains(c));
    if bare { printed.to_owned() } else { brief(quantity, unit) }
}

/// A figure as short as it can be said under a header that states `unit`.
pub(crate) fn brief(quantity: &Quantity, unit: &Unit) -> String {
    let certain = quantity.certainty == Certainty::Settled
        || quantity.printed.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    match quantity.value().filter(|_| certain) {
        Some(value) if quantity.unit == *unit => grouped(value),
        Some(value) => format!("{} {}", grouped(value), quantity.unit).trim_end().to_owned(),
        None => quantity.display(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_another_unit_is_kept_exactly() {
        let units = Units { kept: Unit::MillionYen, shown: Unit::HundredMillionYen };
        for (typed, kept) in [
            ("1.5", "150"),
            ("１２．３４５", "1,234.5"),
            ("▲0.01", "-1"),
            ("150百万円", "150百万円"),
            ("約1.5", "約1.5億円"),
            ("数億", "数億"),
            ("-", "-"),
        ] {
            assert_eq!(converted(typed, &units), kept, "{typed}");
        }
        let read = |text: &str| Quantity::read(text, &Unit::MillionYen);
        for (quantity, shown) in [("1,913", "19.13"), ("0.000001", "0.00000001"), ("", ""), ("未定", "未定")]
        {
            assert_eq!(in_units(&read(quantity), &units), shown, "{quantity}");
        }
        assert_eq!(
            in_units(&read("297\n（委託）"), &units),
            "2.97",
            "what was printed is kept and not shown"
        );
        assert!(in_units(&read("約150"), &units).ends_with("百万円"));
        assert_eq!(units.sum(Some(5409.into())), "54.09");
    }
}
