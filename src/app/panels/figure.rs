//! Figures in columns: as short as the header allows, with all that the document said of them behind.

use super::parts;
use super::typed::typed;
use crate::app::kit::table::cell;
use crate::locale::Lang;
use crate::model::{Certainty, Quantity, Unit, grouped};
use crate::tr;
use egui::{Response, Ui};
use rust_decimal::Decimal;

/// A figure in a column whose header states `unit`: what it amounts to, with its own unit only where that differs. What
/// the document printed shows under the pointer, and stays until another value is typed.
pub(crate) fn figure(ui: &mut Ui, lang: Lang, name: &str, quantity: &mut Quantity, unit: &Unit) -> Response {
    let response = field(ui, name, quantity, unit);
    parts::explain(response, lang, quantity)
}

/// A printed total beside the one computed from the cells. A difference gets a quiet mark and is explained under the
/// pointer. Whether the mark was clicked comes back with the field.
pub(crate) fn printed_total(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    quantity: &mut Quantity,
    unit: &Unit,
    computed: Option<Decimal>,
) -> (Response, bool) {
    let response = field(ui, name, quantity, unit);
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
fn field(ui: &mut Ui, name: &str, quantity: &mut Quantity, unit: &Unit) -> Response {
    let read = |text: &str, before: &Quantity| {
        let mut quantity = before.clone();
        parts::retype(&mut quantity, text, unit);
        // A number under a header that states a unit is of that unit, whatever stood in the cell.
        let unstated = Quantity::read(text, unit);
        if quantity.value().is_some() && unstated.unit == *unit {
            quantity.unit = unstated.unit;
        }
        Some(quantity)
    };
    let response = typed(
        ui,
        name,
        quantity,
        |quantity| brief(quantity, unit),
        read,
        |ui, text| cell::number(ui, name, text),
    );
    cell::says(ui, &copied(quantity, unit));
    response
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
