//! 1-1, 1-2 and 6-1: who is in charge of the programme, what it is for, and how long it runs.

use super::entries;
use super::export::{Export, Found};
use super::facts::{self, Facts};
use super::period::{self, End};
use crate::both;
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::{Choice, Question, TableKind};
use crate::model::{Chapter, FiscalYear, Place, Source, SubjectId, fold_for_matching};
use serde_json::Value;

/// The sections of a ministry, from the outermost to the innermost.
const SECTIONS: [&str; 7] = ["府省庁", "局・庁", "部", "課", "室", "班", "係"];
/// The same for an organisation that takes part.
const OTHERS: [&str; 7] = [
    "府省庁（その他担当組織）",
    "局・庁（その他担当組織）",
    "部（その他担当組織）",
    "課（その他担当組織）",
    "室（その他担当組織）",
    "班（その他担当組織）",
    "係（その他担当組織）",
];
/// The ways in which it is carried out, each by its heading.
const WAYS: [(&str, &str); 6] = [
    ("実施方法ー直接実施", "直接実施"),
    ("実施方法ー補助", "補助"),
    ("実施方法ー負担", "負担"),
    ("実施方法ー交付", "交付"),
    ("実施方法ー分担金・拠出金", "分担金・拠出金"),
    ("実施方法ーその他", "その他"),
];
/// What is registered beside, each under its own heading.
const REGISTERED: [&str; 4] = ["事業概要URL", "事業区分", "主要経費", "旧事業番号"];

/// 1-1
pub(super) fn organisation(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut registered = facts::registered();
    let mut table = export.table(draft, TableKind::Overview, subject);
    let place = table.subject(subject);
    for row in export.rows() {
        identity(export, &mut table, &place, *row, &mut registered);
        let no = export.get(*row, "その他担当組織_作成責任者_no").filter(|_| export.rows().len() > 1);
        let name =
            |what: &str| no.as_ref().map_or_else(|| what.to_owned(), |no| format!("{what} {}", no.text));
        facts::register(&mut registered, export, &name("その他担当組織"), &export.all(*row, &OTHERS));
        facts::register(&mut registered, export, &name("作成責任者"), &export.all(*row, &["作成責任者"]));
    }
    facts::offer(registered, export.table(draft, TableKind::Other, subject), &place);
}

/// 1-2
pub(super) fn outline(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let (mut registered, mut remarked) = (facts::registered(), facts::remarked());
    let mut table = export.table(draft, TableKind::Overview, subject);
    let place = table.subject(subject);
    for row in export.rows() {
        identity(export, &mut table, &place, *row, &mut registered);
        facts::register(&mut remarked, export, "事業概要等", &export.all(*row, &["備考"]));
        if let Some(found) = export.get(*row, "事業の目的") {
            let at = place.child("overview").child("purpose");
            entries::text(&mut table, at, found.plain(), export.source(found.at), &found.text);
        }
        for heading in REGISTERED {
            facts::register(&mut registered, export, heading, &export.all(*row, &[heading]));
        }
        ways(export, &mut table, &place, *row);
        years(export, &mut table, &place, *row);
    }
    remarked.write(&mut table, &place);
    facts::offer(registered, export.table(draft, TableKind::Other, subject), &place);
    let mut table = export.table(draft, TableKind::Text, subject);
    for row in export.rows() {
        for (heading, chapter) in [("現状・課題", Chapter::Position), ("事業の概要", Chapter::Contents)]
        {
            if let Some(found) = export.get(*row, heading) {
                section(
                    &mut table,
                    &place,
                    (heading, chapter),
                    found.plain(),
                    &export.source(found.at),
                    &found.text,
                );
            }
        }
    }
}

/// 6-1
pub(super) fn remarks(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut remarked = facts::remarked();
    for row in export.rows() {
        facts::register(&mut remarked, export, "その他備考", &export.all(*row, &["備考"]));
    }
    let mut table = export.table(draft, TableKind::Overview, subject);
    let place = table.subject(subject);
    remarked.write(&mut table, &place);
}

/// Name, section in charge, id and year: what 1-1 and 1-2 both say.
fn identity(
    export: &Export<'_>,
    table: &mut TableDraft<'_, '_>,
    subject: &Place,
    row: u32,
    registered: &mut Facts,
) {
    let year = export.year(row);
    if let Some(found) = export.get(row, "事業名") {
        let told = year.as_ref().map(|(year, _)| year.western()).unwrap_or_default();
        name(
            table,
            subject,
            found.plain(),
            &format!("RSシステム {told}"),
            export.source(found.at),
            &found.text,
        );
    }
    let sections = export.all(row, &SECTIONS);
    if !sections.is_empty() {
        let text = sections.iter().map(Found::plain).collect::<Vec<_>>().join(" ");
        let place = subject.child("overview").child("section_in_charge");
        entries::text(table, place, &text, export.span(&sections), &text);
    }
    facts::register(registered, export, "予算事業ID", &export.all(row, &["予算事業ID"]));
    facts::register(registered, export, "レビューシートの事業年度", &export.all(row, &["事業年度"]));
}

/// The name. Another name than the dossier's is one more wording of it, noted with the document that uses it.
pub(super) fn name(
    table: &mut TableDraft<'_, '_>,
    subject: &Place,
    name: &str,
    document: &str,
    source: Source,
    printed: &str,
) {
    let overview = subject.child("overview");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let known = table.value(&overview.child("name")).map(text).unwrap_or_default();
    if known.is_empty() || fold_for_matching(&known) == fold_for_matching(name) {
        entries::text(table, overview.child("name"), name, source, printed);
        return;
    }
    let place = overview.child("name_variants");
    let known = table.value(&place).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut variants: Vec<String> = known.iter().map(text).collect();
    if !variants.iter().any(|variant| variant.starts_with(name)) {
        variants.push(format!("{name}（{document}）"));
    }
    // Later files of one import add to what the earlier ones noted.
    table.set_grown(place, &variants, source, printed, name);
}

/// A section of text under a heading.
pub(super) fn section(
    table: &mut TableDraft<'_, '_>,
    subject: &Place,
    (heading, chapter): (&str, Chapter),
    body: &str,
    source: &Source,
    printed: &str,
) {
    let chapter_value = serde_json::to_value(chapter).unwrap_or_default();
    let default = chapter == Chapter::default();
    let row = table.row(&subject.child("sections"), "s", |row| {
        row.get("chapter").map_or(default, |known| *known == chapter_value)
            && row.get("heading").and_then(Value::as_str) == Some(heading)
    });
    if table.value(&row.child("heading")).is_none() {
        if !default {
            table.set_from(row.child("chapter"), &chapter, source.clone(), "", heading);
        }
        table.set_from(row.child("heading"), &heading, source.clone(), "", heading);
    }
    entries::text(table, row.child("body"), body, source.clone(), printed);
}

/// In which ways it is carried out: a mark under each that applies, or words under 「その他」.
fn ways(export: &Export<'_>, table: &mut TableDraft<'_, '_>, subject: &Place, row: u32) {
    let found: Vec<_> =
        WAYS.iter().filter_map(|(heading, way)| Some((export.get(row, heading)?, *way))).collect();
    let said = |(found, way): &(Found, &str)| match flag(&found.text) {
        Some(true) => Some((*way).to_owned()),
        Some(false) => None,
        None => Some(format!("{way}（{}）", found.plain())),
    };
    let text = found.iter().filter_map(said).collect::<Vec<_>>().join("、");
    if text.is_empty() {
        return;
    }
    let cells: Vec<Found> = found.into_iter().map(|(found, _)| found).collect();
    let printed = cells.iter().map(|found| found.text.as_str()).collect::<Vec<_>>().join(" | ");
    let place = subject.child("overview").child("implementation");
    entries::text(table, place, &text, export.span(&cells), &printed);
}

/// A mark that says yes or no; none for anything else.
fn flag(text: &str) -> Option<bool> {
    match fold_for_matching(text).to_uppercase().as_str() {
        "1" | "TRUE" | "○" | "〇" | "有" => Some(true),
        "0" | "FALSE" | "-" | "無" => Some(false),
        _ => None,
    }
}

/// When it begins and ends. Where the sheet gives an end and ticks 「終了予定なし」 as well, somebody has to say which.
fn years(export: &Export<'_>, table: &mut TableDraft<'_, '_>, subject: &Place, row: u32) {
    let odd = |found: Found, table: &mut TableDraft<'_, '_>| {
        let why = both!("この欄の値として読めません。", "This does not fit its column.");
        table.draft().leftover(export.source(found.at), found.text, why);
    };
    let read = |heading: &str, table: &mut TableDraft<'_, '_>| {
        let found = export.get(row, heading)?;
        if let Some(year) = FiscalYear::read(&found.text) {
            return Some(End { year, source: export.source(found.at), printed: found.text });
        }
        odd(found, table);
        None
    };
    let ticked = |heading: &str, table: &mut TableDraft<'_, '_>| {
        let found = export.get(row, heading)?;
        if let Some(ticked) = flag(&found.text) {
            return ticked.then_some(found);
        }
        odd(found, table);
        None
    };
    let start = read("事業開始年度", table);
    let end = read("事業終了（予定）年度", table);
    if let Some(unknown) = ticked("開始年度不明", table) {
        let text = both!("開始年度は不明とされています。", "The first year is said to be unknown.");
        table.remark(Some(unknown.at), text);
    }
    let open = ticked("終了予定なし", table);
    let end = match (end, open) {
        (Some(end), Some(open)) => {
            let year = end.year;
            let question = Question {
                id: format!("rs-end:{}", export.source(open.at).file),
                about: end.source.clone(),
                text: both!(
                    "終了年度が {year} 年度とある一方、「終了予定なし」も選ばれています。どちらですか。",
                    "The last year is given as fiscal {year}, but “no planned end” is ticked as well. Which one holds?"
                ),
                choices: vec![
                    Choice::new("year", both!("{year} 年度まで", "until fiscal {year}")),
                    Choice::new("open", both!("終了予定なし", "no planned end")),
                ],
                answer: None,
                waiting: 1,
            };
            table.draft().ask(question).filter(|answer| answer == "year").map(|_| end)
        }
        (None, Some(open)) => {
            let text = both!("終了予定なしとされています。", "It is said to have no planned end.");
            table.remark(Some(open.at), text);
            None
        }
        (end, None) => end,
    };
    period::set(table, subject, start, end);
}
