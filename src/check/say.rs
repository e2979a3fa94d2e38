//! Words that several rules need: where something is printed, and the places of the dossier by steps.

use crate::both;
use crate::locale::{Both, Lang, moment};
use crate::model::{FiscalYear, Moment, Place, Subject};
use jiff::civil::Date;

/// A place within a subject.
pub(super) fn at(subject: &Subject, steps: &[&str]) -> Place {
    steps.iter().fold(subject.place(), |place, step| place.child(*step))
}

/// `（1部2章A 概要表）`; nothing where the place in print is not known.
pub(super) fn cited(printed_at: &str) -> String {
    if printed_at.trim().is_empty() { String::new() } else { format!("（{}）", printed_at.trim()) }
}

/// `2022年3月31日`
pub(super) fn day(date: Date) -> Both {
    let said = |lang| moment(Moment::Day(date), lang);
    Both { ja: said(Lang::Ja), en: said(Lang::En) }
}

/// `2019年度`, `FY2019`
pub(super) fn year(year: FiscalYear) -> Both {
    Both { ja: year.western(), en: year.short() }
}

/// Years in a row: `2015～2017年度`, `FY2015–2017`; others one by one.
pub(super) fn years(years: &[FiscalYear]) -> Both {
    let run = years.len() > 2 && years.windows(2).all(|pair| pair[0].next() == pair[1]);
    if let ([first, .., last], true) = (years, run) {
        return both!("{first}～{last}年度", "FY{first}–{last}");
    }
    let numbers: Vec<_> = years.iter().map(ToString::to_string).collect();
    let (ja, en) = (numbers.join("・"), numbers.join(", "));
    both!("{ja}年度", "FY{en}")
}

/// What the programme or a project is called in a sentence.
pub(super) fn subject(subject: &Subject) -> Both {
    if subject.is_programme() {
        both!("プログラム", "The programme")
    } else {
        let id = &subject.id;
        both!("プロジェクト{id}", "Project {id}")
    }
}

/// The first characters of a text that is too long for a sentence.
pub(super) fn short(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() > 24 { line.chars().take(23).chain(['…']).collect() } else { line.to_owned() }
}

/// Texts in both languages, joined.
pub(super) fn join(parts: &[Both], ja: &str, en: &str) -> Both {
    let texts = |pick: fn(&Both) -> &str| parts.iter().map(pick).collect::<Vec<_>>();
    Both { ja: texts(|part| &part.ja).join(ja), en: texts(|part| &part.en).join(en) }
}
