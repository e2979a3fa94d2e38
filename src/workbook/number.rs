//! Whole and decimal numbers between cells, which hold binary fractions, and the model, which holds decimals.

use crate::model::fold_for_matching;
use rust_decimal::Decimal;

/// Significant digits that every spreadsheet program keeps.
const KEPT: usize = 15;

/// The decimal that a cell's number stands for; none if it is beyond what a decimal holds.
///
/// Its shortest form is what was typed. A computed one such as 0.1 + 0.2 has digits that no program shows; they are
/// rounded away.
pub(super) fn decimal(number: f64) -> Option<Decimal> {
    let text = number.to_string();
    if digits(&text) <= KEPT {
        return Decimal::from_str_exact(&text).ok();
    }
    let rounded: f64 = format!("{number:.*e}", KEPT - 1).parse().ok()?;
    Decimal::from_str_exact(&rounded.to_string()).ok()
}

/// The number of a cell that stands for the decimal exactly; none if there is none.
pub(super) fn exactly(value: Decimal) -> Option<f64> {
    let text = value.to_string();
    let number: f64 = text.parse().ok().filter(|_| digits(&text) <= KEPT)?;
    (decimal(number)? == value).then_some(number)
}

/// How many significant digits a number is written with.
fn digits(text: &str) -> usize {
    let digits = || text.bytes().filter(u8::is_ascii_digit);
    let leading = digits().take_while(|digit| *digit == b'0').count();
    let trailing = if text.contains('.') { 0 } else { text.bytes().rev().take_while(|b| *b == b'0').count() };
    digits().count().saturating_sub(leading + trailing)
}

/// The decimal that is written out as the model writes it: `54.0`, `-3`.
pub(super) fn written(text: &str) -> Option<Decimal> {
    let plain = text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    Decimal::from_str_exact(text).ok().filter(|value| plain && value.to_string() == text)
}

/// A whole number as people write it: full-width, with 第 before or 回, 年, 年間, 番, 段 behind it.
pub(super) fn whole(text: &str) -> Option<i64> {
    let folded = fold_for_matching(text);
    let body = folded.strip_prefix('第').unwrap_or(&folded);
    let body =
        ["年間", "回", "年", "番", "段"].iter().find_map(|tail| body.strip_suffix(tail)).unwrap_or(body);
    body.parse().ok()
}

/// The whole number that a cell's number is.
#[allow(clippy::cast_possible_truncation, reason = "whole and within bounds")]
pub(super) fn whole_of(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e9).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_what_was_typed() {
        for (number, text) in
            [(297.0, "297"), (2.6, "2.6"), (0.1 + 0.2, "0.3"), (3_870_000_000.0, "3870000000")]
        {
            assert_eq!(decimal(number).unwrap().to_string(), text);
        }
        assert_eq!(decimal(f64::MAX), None);
        assert_eq!(decimal(f64::NAN), None);
        assert!(exactly(Decimal::from_str_exact("12345678901234567.89").unwrap()).is_none());
        assert_eq!(
            (whole("第２回"), whole("13年間"), whole("約3"), whole("")),
            (Some(2), Some(13), None, None)
        );
        assert_eq!((whole_of(3.0), whole_of(2.5), whole_of(1e300)), (Some(3), None, None));
    }

    proptest! {
        #[test]
        fn a_number_that_stands_for_a_decimal_gives_it_back(units in any::<i64>(), scale in 0_u32..20) {
            let value = Decimal::new(units, scale);
            if let Some(number) = exactly(value) {
                prop_assert_eq!(decimal(number), Some(value));
            }
            let text = value.to_string();
            prop_assert_eq!(written(&text).map(|d| d.to_string()), (text != "-0").then_some(text));
        }
    }
}
