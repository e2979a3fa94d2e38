//! What the tests share: reading, proposing, accounting for cells.

use hyoka::import::{Answers, Content, Input, Leftover, Options, Proposal, propose};
use hyoka::model::Dossier;
use hyoka::sheets::{Address, Area, Book, Sheet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of sample workbooks; none where the project stands by itself.
pub fn workbooks() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/xlsx");
    if !folder.is_dir() {
        eprintln!("skipped: no sample workbooks at ../shared/data/xlsx");
        return None;
    }
    Some(folder)
}

/// A book of one or several sheets of texts.
pub fn book(sheets: Vec<Sheet>) -> Book {
    Book { file: "表.xlsx".into(), sheets }
}

/// What a book would change.
pub fn proposed(book: &Book, dossier: &Dossier, answers: &Answers) -> Proposal {
    let input = Input { file: book.file.clone(), path: None, content: Content::Book(book.clone()) };
    let proposal = propose(&[input], dossier, answers, &Options::default()).unwrap();
    account(book, &proposal);
    proposal
}

/// Asserts that every cell of a book is exactly one of: a value's source, a role, a leftover.
pub fn account(book: &Book, proposal: &Proposal) {
    for sheet in &book.sheets {
        let mut seen: BTreeMap<Address, Vec<&str>> = BTreeMap::new();
        let mut ranges: Vec<Area> = Vec::new();
        let mut sources: Vec<Address> = Vec::new();
        for table in proposal.tables.iter().filter(|table| table.at.sheet == sheet.name) {
            for entry in &table.entries {
                assert_eq!(entry.source.sheet, sheet.name);
                sources.extend(entry.source.cell.parse::<Address>().ok());
            }
            for (at, _) in &table.roles {
                seen.entry(*at).or_default().push("role");
            }
        }
        sources.sort_unstable();
        sources.dedup();
        for at in sources {
            seen.entry(at).or_default().push("value");
        }
        // A formula without a value is told, and holds nothing.
        let told =
            |leftover: &&Leftover| leftover.source.sheet == sheet.name && !leftover.why.ja.contains("数式");
        for leftover in proposal.leftovers.iter().filter(told) {
            let area: Area = leftover.source.cell.parse().unwrap();
            if area.first == area.last {
                seen.entry(area.first).or_default().push("leftover");
            } else {
                ranges.push(area);
            }
            assert!(!leftover.why.ja.is_empty() && !leftover.why.en.is_empty());
        }
        for cell in sheet.cells().iter().filter(|cell| !cell.value.text().trim().is_empty()) {
            let mut what = seen.get(&cell.at).cloned().unwrap_or_default();
            if what.is_empty() && ranges.iter().any(|area| area.contains(cell.at)) {
                what.push("range");
            }
            assert_eq!(what.len(), 1, "{}!{} {:?} is {what:?}", sheet.name, cell.at, cell.value);
        }
        for at in seen.keys() {
            assert!(sheet.get(*at).is_some(), "{}!{at} holds nothing", sheet.name);
        }
    }
}

/// Everything of a proposal that a reader of a failed test wants to see.
pub fn shown(proposal: &Proposal) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for question in &proposal.questions {
        let _ = writeln!(
            out,
            "? {} {} {:?}",
            question.id,
            question.text.ja,
            question.choices.iter().map(|c| &c.label.ja).collect::<Vec<_>>()
        );
    }
    for leftover in &proposal.leftovers {
        let _ = writeln!(
            out,
            "- {}!{} {:?}: {}",
            leftover.source.sheet, leftover.source.cell, leftover.text, leftover.why.ja
        );
    }
    for table in &proposal.tables {
        let _ = writeln!(out, "== {:?} {} {} 「{}」", table.kind, table.subject, table.id, table.title);
        for entry in &table.entries {
            let _ = writeln!(
                out,
                "   {} {:?}{} ← {} {:?} = {}",
                entry.place,
                entry.standing,
                if entry.accepted { "" } else { " (not taken)" },
                entry.source.cell,
                entry.printed,
                entry.after
            );
        }
        for remark in &table.remarks {
            let _ = writeln!(out, "   # {:?} {}", remark.cell.map(|at| at.to_string()), remark.text.ja);
        }
    }
    out
}
