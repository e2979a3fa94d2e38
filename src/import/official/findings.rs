//! 4-1: what inspections and reviews of earlier years found, and what was done about it.

use super::export::{Export, Found};
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::TableKind;
use crate::model::{FiscalYear, Moment, Place, PreviousFinding, SubjectId, When, fold_for_matching};
use serde::Deserialize;

/// Where the parts of a finding stand.
struct Form {
    /// Who found it: a fixed name, or the column that names them.
    by: By,
    /// The column of its year; none for the year of the sheet.
    year: Option<&'static str>,
    /// What it is about: a fixed name.
    about: &'static str,
    /// The columns of what it is about.
    criterion: &'static [&'static str],
    finding: &'static [&'static str],
    response: &'static [&'static str],
}

enum By {
    Name(&'static str),
    Column(&'static str, &'static str),
}

const FINDINGS: [Form; 7] = [
    Form {
        by: By::Name("事業所管部局による点検・改善"),
        year: None,
        about: "",
        criterion: &[],
        finding: &["事業所管部局による点検・改善ー点検結果"],
        response: &["事業所管部局による点検・改善ー改善の方向性"],
    },
    Form {
        by: By::Name("事業所管部局による点検・改善"),
        year: None,
        about: "目標年度における効果測定に関する評価",
        criterion: &[],
        finding: &["事業所管部局による点検・改善－目標年度における効果測定に関する評価"],
        response: &[],
    },
    Form {
        by: By::Name("外部有識者による点検"),
        year: Some("外部有識者による点検ー最終実施年度"),
        about: "",
        criterion: &["外部有識者による点検ー点検対象", "外部有識者による点検ー対象の理由"],
        finding: &["外部有識者による点検ー所見"],
        response: &[],
    },
    Form {
        by: By::Name("公開プロセス"),
        year: None,
        about: "",
        criterion: &[],
        finding: &["公開プロセス結果概要"],
        response: &[],
    },
    Form {
        by: By::Name("行政事業レビュー推進チーム"),
        year: None,
        about: "",
        criterion: &[],
        finding: &["行政事業レビュー推進チームの所見", "行政事業レビュー推進チームの所見の詳細"],
        response: &[
            "所見を踏まえた改善点／概算要求における反映状況",
            "所見を踏まえた改善点／概算要求における反映状況の詳細",
            "反映額（一般会計）",
            "反映額（特別会計）－会計",
            "反映額（特別会計）－勘定",
            "反映額（特別会計）－反映額",
        ],
    },
    Form {
        by: By::Column("過去に受けた指摘事項－区分", "過去に受けた指摘事項"),
        year: Some("過去に受けた指摘事項－取りまとめ年度"),
        about: "",
        criterion: &[],
        finding: &["過去に受けた指摘事項－取りまとめ内容"],
        response: &["過去に受けた指摘事項－対応状況"],
    },
    Form {
        by: By::Column("その他の指摘事項－調査等の名称", "その他の指摘事項"),
        year: Some("その他の指摘事項－指摘年度"),
        about: "",
        criterion: &[],
        finding: &["その他の指摘事項－指摘内容"],
        response: &["その他の指摘事項－対応状況"],
    },
];

/// Reads the export.
pub(super) fn read(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut table = export.table(draft, TableKind::PreviousFindings, subject);
    let list = table.subject(subject).child("previous_findings");
    for row in export.rows() {
        for finding in &FINDINGS {
            one(export, &mut table, &list, *row, finding);
        }
    }
}

/// A part of a finding: its text, and the cells that it was read from.
struct Part {
    text: String,
    cells: Vec<Found>,
}

impl Part {
    /// What the row says under those headings, a line each; a dash says nothing. Amounts are told by their heading.
    fn of(export: &Export<'_>, row: u32, headings: &[&str]) -> Self {
        let said = |heading: &&str| {
            let found = export.get(row, heading).filter(|found| !found.is_dash())?;
            let text = found.plain();
            let line = if heading.starts_with("反映額") {
                format!("{heading}：{text}")
            } else {
                text.to_owned()
            };
            Some((line, found))
        };
        let (lines, cells): (Vec<_>, Vec<_>) = headings.iter().filter_map(said).unzip();
        Self { text: lines.join("\n"), cells }
    }
}

fn one(export: &Export<'_>, table: &mut TableDraft<'_, '_>, list: &Place, row: u32, parts: &Form) {
    let criterion = Part::of(export, row, parts.criterion);
    let finding = Part::of(export, row, parts.finding);
    let response = Part::of(export, row, parts.response);
    let dated = parts.year.and_then(|heading| export.get(row, heading)).filter(|found| !found.is_dash());
    let (source, by) = match parts.by {
        By::Name(name) => (name.to_owned(), None),
        By::Column(heading, name) => {
            let found = export.get(row, heading).filter(|found| !found.is_dash());
            (found.as_ref().map_or(name, Found::plain).to_owned(), found)
        }
    };
    let told = [&finding, &response, &criterion].into_iter().flat_map(|part| part.cells.clone());
    // What names it comes first, or else the first that says something of it.
    let Some(named) = by.into_iter().chain(told).chain(dated.clone()).next() else { return };
    let when = match (&dated, parts.year) {
        (Some(found), _) => Some((when(&found.text), found.clone())),
        (None, Some(_)) => None,
        (None, None) => export.year(row).map(|(year, found)| (When::at(Moment::Fiscal(year)), found)),
    };
    let about = if parts.about.is_empty() { criterion.text.as_str() } else { parts.about };
    // Of those that a column names there are several: they are told apart by what they found.
    let many = matches!(parts.by, By::Column(..));
    let at = when.as_ref().map(|(when, _)| when.clone()).unwrap_or_default();
    let place = table.row(list, "v", |row| {
        let known = PreviousFinding::deserialize(row).unwrap_or_default();
        let same = |a: &str, b: &str| fold_for_matching(a) == fold_for_matching(b);
        same(&known.source, &source)
            && (known.when.at, &known.when.printed) == (at.at, &at.printed)
            && same(&known.criterion, about)
            && (!many || same(&known.finding, &finding.text))
    });
    super::entries::text(table, place.child("source"), &source, export.source(named.at), &source);
    if let Some((when, found)) = when {
        let read = when.display();
        table.set_from(place.child("when"), &when, export.source(found.at), found.text, read);
    }
    if !about.is_empty() {
        let cells = if criterion.cells.is_empty() { &finding.cells } else { &criterion.cells };
        super::entries::text(table, place.child("criterion"), about, export.span(cells), about);
    }
    for (field, part) in [("finding", finding), ("response", response)] {
        if !part.cells.is_empty() {
            super::entries::text(table, place.child(field), &part.text, export.span(&part.cells), &part.text);
        }
    }
}

/// A year as the export gives it, kept as found unless it is a plain year.
fn when(text: &str) -> When {
    let at = FiscalYear::read(text).map(Moment::Fiscal);
    let plain = at.is_some() && fold_for_matching(text).bytes().all(|byte| byte.is_ascii_digit());
    When { at, to: None, printed: if plain { String::new() } else { text.to_owned() } }
}
