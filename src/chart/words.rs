//! The words that charts have in common: figures with units, fiscal years, whose chart it is, where its data stands.

use super::marks::Chart;
use crate::both;
use crate::locale::{Both, Lang, Term, moment};
use crate::model::{FiscalYear, Moment, Place, Quantity, RowId, Subject, Unit, grouped};
use rust_decimal::{Decimal, RoundingStrategy};

/// A text with values in it, of which those named at the end are texts in both languages:
/// `mix!("{kind} {n}", "{kind}: {n}"; kind)`.
macro_rules! mix {
    ($ja:literal, $en:literal; $($name:ident),+ $(,)?) => {
        $crate::locale::Both {
            ja: {
                $(let $name = &$name.ja;)+
                format!($ja)
            },
            en: {
                $(let $name = &$name.en;)+
                format!($en)
            },
        }
    };
}
pub(super) use mix;

/// A figure with its unit: `6,270億円`.
pub(super) fn figure(value: Decimal, unit: &Unit) -> String {
    format!("{}{unit}", grouped(value))
}

/// A figure to so many decimals, halves rounded up.
pub(super) fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// A quantity as it is shown: the figure with its unit, or what was printed.
pub(super) fn quantity(quantity: &Quantity) -> String {
    match quantity.value() {
        Some(value) => figure(value, &quantity.unit),
        None => quantity.display(),
    }
}

/// A fiscal year: 2021年度, FY2021.
pub(super) fn year(year: FiscalYear) -> Both {
    Both { ja: year.western(), en: year.short() }
}

/// A date.
pub(super) fn when(at: Moment) -> Both {
    Both { ja: moment(at, Lang::Ja), en: moment(at, Lang::En) }
}

/// A date or span as printed, or else in words; empty if none is stated.
pub(super) fn span(when: &crate::model::When) -> Both {
    if !when.printed.is_empty() {
        return Both::same(when.printed.clone());
    }
    match (when.at, when.to) {
        (None, None) => Both::default(),
        (Some(at), None) => self::when(at),
        (at, to) => {
            let said = |moment: Option<Moment>, lang| moment.map(|m| crate::locale::moment(m, lang));
            let (ja, en) = ([at, to].map(|m| said(m, Lang::Ja)), [at, to].map(|m| said(m, Lang::En)));
            let join = |[a, b]: [Option<String>; 2], dash| {
                format!("{}{dash}{}", a.unwrap_or_default(), b.unwrap_or_default())
            };
            Both { ja: join(ja, "～"), en: join(en, "–") }
        }
    }
}

/// A choice of the model in both languages.
pub(super) fn term(choice: impl Term) -> Both {
    Both { ja: choice.term(Lang::Ja).to_owned(), en: choice.term(Lang::En).to_owned() }
}

/// What stands between whose a chart is and what it shows, in Japanese and in English.
pub(super) const WHOSE: [&str; 2] = ["　", ": "];

/// What a chart is of, behind whose it is: `A 資金配分`; the programme has no letter.
pub(super) fn titled(subject: &Subject, ja: &str, en: &str) -> Both {
    if subject.is_programme() {
        both!("プログラム　{ja}", "Programme: {en}")
    } else {
        let id = &subject.id;
        both!("{id}　{ja}", "{id}: {en}")
    }
}

/// Two texts of the same shape joined in both languages.
pub(super) fn joined(parts: &[Both], separator: &str) -> Both {
    let join = |lang| {
        let said = parts.iter().map(|part| part.t(lang)).filter(|text| !text.is_empty());
        said.collect::<Vec<_>>().join(separator)
    };
    Both { ja: join(Lang::Ja), en: join(Lang::En) }
}

/// A list in a sentence of either language.
pub(super) fn listed(parts: &[Both]) -> Both {
    Both { ja: joined(parts, "、").ja, en: joined(parts, ", ").en }
}

/// The places at which the material prints something, each once.
pub(super) fn printed_at<'a>(places: impl IntoIterator<Item = &'a String>) -> Both {
    let mut known: Vec<&str> = Vec::new();
    for place in places {
        if !place.is_empty() && !known.contains(&place.as_str()) {
            known.push(place);
        }
    }
    Both::same(known.join("、"))
}

/// The place of a subject.
pub(super) fn base(subject: &Subject) -> Place {
    if subject.is_programme() {
        Place::root().child("programme")
    } else {
        Place::root().child("projects").child(subject.id.as_str())
    }
}

/// The place of a row of one of a subject's lists.
pub(super) fn place(subject: &Subject, list: &str, row: &RowId) -> Place {
    base(subject).child(list).child(row.as_str())
}

/// The begin of a chart's id: the subject in ASCII.
pub(super) fn slug(subject: &Subject, position: usize) -> String {
    let id = subject.id.as_str();
    if subject.is_programme() {
        return "programme".to_owned();
    }
    if !id.is_empty() && id.len() <= 24 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return id.to_ascii_lowercase();
    }
    format!("project{}", position + 1)
}

/// Gives charts whose ids are taken a number.
pub(super) fn distinct(charts: &mut [&mut Chart]) {
    let mut known = std::collections::BTreeSet::new();
    for chart in charts {
        let base = chart.id.clone();
        let mut n = 2_usize;
        while !known.insert(chart.id.clone()) {
            chart.id = format!("{base}-{n}");
            n += 1;
        }
    }
}
