//! Texts that try to be more than text.

use crate::fixture::{dossier, exported, table};
use hyoka::model::Dossier;
use hyoka::report::{self, Options};
use hyoka::store;

pub const TEXTS: [&str; 9] = [
    "#include \"main.typ\" #panic(\"x\") #eval(\"1\") $x^2$ *b* _i_ `r` <label> @ref [c] // d /* e */ \\u{41}",
    "= 見出し\n- 箇条\n+ 番号\n/ 用語: 説明\n```\nraw\n```",
    "<w:p>&amp;</w:p><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "資金\u{0}配分\u{1b}[31m\u{7f}\u{85}終わり\u{202e}逆\u{ffff}",
    "😀👩‍👩‍👧 絵文字と𠮷野家、𩸽、髙﨑、\u{2a6d6}",
    "العربية עברית ไทย ﷽",
    "ーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーーー、、、、。。。。",
];

/// The fixture with `text` in every text that people write; ids, numbers and choices stay.
pub fn poisoned(text: &str) -> Dossier {
    let mut value = serde_json::to_value(dossier()).unwrap();
    poison(&mut value, text);
    serde_json::from_value(value).unwrap()
}

/// The fields that hold free text, wherever they stand.
const FREE: [&str; 40] = [
    "title",
    "preface",
    "reading_note",
    "name",
    "body",
    "revision",
    "role",
    "chair",
    "chair_affiliation",
    "note",
    "subject",
    "section_in_charge",
    "purpose",
    "printed",
    "implementation",
    "node",
    "by",
    "affiliation",
    "heading",
    "code",
    "label",
    "contents",
    "implementer",
    "domain",
    "company",
    "country",
    "attribute",
    "fact",
    "table",
    "mark",
    "region",
    "item",
    "detail",
    "cited",
    "lane",
    "about",
    "text",
    "response",
    "finding",
    "outlook",
];

fn poison(value: &mut serde_json::Value, text: &str) {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(words)
                        if FREE.contains(&name.as_str()) && !matches!(words.as_str(), "Member" | "Chair") =>
                    {
                        text.clone_into(words);
                    }
                    Value::Array(list) if matches!(name.as_str(), "issuers" | "cells" | "columns") => {
                        list.fill(text.into());
                    }
                    other => poison(other, text),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| poison(item, text)),
        _ => {}
    }
}

#[test]
fn whatever_a_text_holds_the_report_is_typeset() {
    for text in TEXTS {
        let report = report::typeset(&poisoned(text), &Options::default())
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(report.pages > 5 && report.warnings.is_empty(), "{text}: {:?}", report.warnings);
        let slides = report::slides(&poisoned(text), &Options::default())
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        // A title, the programme, two pages for the one project that is evaluated, the programme again.
        assert!(
            slides.pages == 5 && slides.warnings.is_empty(),
            "{text}: {} {:?}",
            slides.pages,
            slides.warnings
        );
    }
}

#[test]
fn endless_words_wrap() {
    for word in ["A".repeat(10_000), "ー".repeat(10_000), "漢".repeat(10_000)] {
        let mut dossier = dossier();
        dossier.projects[0].evaluation.consensus[0].text.clone_from(&word);
        dossier.projects[0].competitors[0].fact.clone_from(&word);
        dossier.projects[0].competitors[0].role = word[..300].to_owned();
        let longer = report::typeset(&dossier, &Options::default()).unwrap();
        // Ten thousand characters fill pages only if they wrap.
        let plain = report::typeset(&crate::fixture::dossier(), &Options::default()).unwrap();
        assert!(longer.pages > plain.pages + 5, "{} {}", longer.pages, plain.pages);
    }
}

#[test]
fn characters_without_a_glyph_are_named() {
    let report = report::typeset(&poisoned("電池😀"), &Options::default()).unwrap();
    assert_eq!(report.missing.iter().collect::<String>(), "😀");
    assert!(report.accessible.is_err());
}

#[test]
fn no_cell_of_any_table_is_a_formula() {
    for text in TEXTS {
        let files = exported(&poisoned(text));
        for name in files.keys().filter_map(|name| name.strip_prefix("data/tables/")?.strip_suffix(".csv")) {
            for cell in table(&files, name).concat() {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(!formula || cell.parse::<f64>().is_ok(), "{name}: {cell}");
                assert!(!cell.chars().any(|c| c.is_control() && c != '\n'), "{name}: {cell:?}");
            }
        }
    }
}

#[test]
fn the_dossier_itself_is_not_touched() {
    let poisoned = poisoned(TEXTS[5]);
    let text = String::from_utf8(exported(&poisoned)["data/dossier.ron"].clone()).unwrap();
    assert_eq!(store::from_ron(&text).unwrap().0, poisoned);
}

#[test]
fn long_names_make_no_further_page_of_the_meeting_material() {
    let slides = report::slides(&poisoned(&"長い名前".repeat(60)), &Options::default()).unwrap();
    assert_eq!(slides.pages, 5);
}
