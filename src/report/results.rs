//! The sheets of results in the bundle's workbook: means, scores side by side, what the checks found.

use super::tables::{Kind, Table};
use super::text::clean;
use super::words;
use crate::check::Severity;
use crate::locale::Lang;
use crate::model::{Dossier, MemberId, ScoreCell, Subject};
use crate::stats::printed_mean;
use crate::workbook::{Column, Results, Shown};

/// The columns of the tables that the sheets show, with their widths.
const MEANS: [(&str, f64); 10] = [
    ("subject", 11.0),
    ("criterion_no", 9.0),
    ("criterion", 40.0),
    ("n", 10.0),
    ("mean", 10.0),
    ("printed_mean", 12.0),
    ("median", 10.0),
    ("min", 8.0),
    ("max", 8.0),
    ("sd", 10.0),
];
const CHECKS: [(&str, f64); 7] = [
    ("subject", 11.0),
    ("severity", 11.0),
    ("rule_title", 26.0),
    ("message", 60.0),
    ("working", 44.0),
    ("places", 44.0),
    ("reason", 30.0),
];

/// The sheets of results of a dossier, whose tables are given.
pub(super) fn of(dossier: &Dossier, tables: &[Table]) -> Vec<Results> {
    let table = |name: &str| tables.iter().find(|table| table.name == name);
    let shown = |name: &str, columns: &[(&str, f64)], frozen, sheet: Results| {
        table(name).map(|table| Results { frozen, ..from(table, columns, sheet) })
    };
    let sheet = |key, name, about| Results { key, name, about, ..Results::default() };
    [
        shown(
            "score_means",
            &MEANS,
            3,
            sheet("means", "結果_平均", "評点の平均、人数、中央値、ばらつき（取り込みでは読みません）"),
        ),
        Some(scores(
            dossier,
            sheet("scores", "結果_評点", "評価項目 × 委員の評点と平均（取り込みでは読みません）"),
        )),
        shown(
            "checks",
            &CHECKS,
            1,
            sheet("checks", "結果_確認", "数値・年度・名称の食い違い（取り込みでは読みません）"),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A sheet that shows columns of a table.
#[allow(clippy::needless_pass_by_value, reason = "what is given is the sheet's beginning, and becomes it")]
fn from(table: &Table, columns: &[(&str, f64)], sheet: Results) -> Results {
    let kept: Vec<_> = columns
        .iter()
        .filter_map(|(name, width)| {
            let at = table.fields.iter().position(|field| field.name == *name)?;
            Some((at, &table.fields[at], *width))
        })
        .collect();
    Results {
        columns: kept.iter().map(|(_, field, width)| column(field.name, field.title, *width)).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| kept.iter().map(|(at, field, _)| cell(&row[*at], field.name, field.kind)).collect())
            .collect(),
        ..sheet
    }
}

/// A column under the first words of a title; what stands in brackets is its note.
fn column(name: &str, title: &str, width: f64) -> Column {
    let (title, note) = title.split_once('（').unwrap_or((title, ""));
    let note = match name {
        "subject" => "結果の表です。ここを書き換えても、取り込みでは読みません。",
        // Its words are said in full.
        "severity" => "",
        _ => note.trim_end_matches('）'),
    };
    Column { title: title.to_owned(), note: note.to_owned(), width }
}

/// What a table for programs says in words of its own, as people say it.
fn said(name: &str, text: &str) -> Option<&'static str> {
    Some(match (name, text) {
        ("subject", "program") => "プログラム",
        ("severity", "error") => Severity::Error.name(Lang::Ja),
        ("severity", "warning") => Severity::Warning.name(Lang::Ja),
        ("severity", "notice") => Severity::Notice.name(Lang::Ja),
        _ => return None,
    })
}

fn cell(text: &str, name: &str, kind: Kind) -> Shown {
    if text.is_empty() {
        return Shown::Blank;
    }
    let decimals = match name {
        "mean" | "printed_mean" | "median" => 1,
        "sd" => 2,
        _ => 0,
    };
    // A mean is shown as it was printed wherever that is a number.
    match text.parse::<f64>() {
        Ok(number) if kind != Kind::Text || name == "printed_mean" => Shown::Number(number, decimals),
        _ => Shown::Text(said(name, text).map_or_else(|| clean(text).into_owned(), str::to_owned)),
    }
}

/// Criteria × members: all projects one below another.
#[allow(clippy::needless_pass_by_value, reason = "what is given is the sheet's beginning, and becomes it")]
fn scores(dossier: &Dossier, sheet: Results) -> Results {
    let scored: Vec<&Subject> = dossier.subjects().filter(|s| !s.evaluation.panel.is_empty()).collect();
    // Those in the dossier's order, then those whom it does not list.
    let mut members: Vec<&MemberId> = dossier.members.iter().map(|member| &member.id).collect();
    for member in scored.iter().flat_map(|subject| &subject.evaluation.panel) {
        if !members.contains(&member) {
            members.push(member);
        }
    }
    members.retain(|member| scored.iter().any(|subject| subject.evaluation.panel.contains(member)));
    let fixed = [
        ("subject", "対象", 11.0),
        ("criterion_no", "番号", 9.0),
        ("criterion", "評価項目", 40.0),
        ("mean", "平均", 10.0),
        ("n", "人数", 8.0),
    ];
    let columns = fixed.into_iter().map(|(name, title, width)| column(name, title, width));
    let named = members.iter().map(|id| {
        let name = dossier.member(id).map(|member| member.name.as_str()).filter(|name| !name.is_empty());
        Column { title: clean(name.unwrap_or(id.as_str())).into_owned(), width: 12.0, ..Column::default() }
    });
    let rows = scored.iter().flat_map(|subject| {
        let criteria = dossier.criteria_for(&subject.id).scored();
        criteria.map(|criterion| {
            let given = subject.evaluation.scores_of(criterion.no);
            let n = u32::try_from(given.iter().flatten().count()).unwrap_or(u32::MAX);
            let mean = printed_mean(&given).and_then(|mean| mean.parse().ok());
            let fixed = [
                cell(subject.id.as_str(), "subject", Kind::Text),
                Shown::Number(f64::from(criterion.no.0), 0),
                Shown::Text(clean(&criterion.label).into_owned()),
                mean.map_or(Shown::Blank, |mean| Shown::Number(mean, 1)),
                Shown::Number(f64::from(n), 0),
            ];
            let cells = members.iter().map(|member| {
                if subject.evaluation.panel.contains(member) {
                    score(dossier, subject, subject.evaluation.cell(member, criterion.no))
                } else {
                    Shown::Word("－".to_owned())
                }
            });
            fixed.into_iter().chain(cells).collect()
        })
    });
    Results { frozen: 3, columns: columns.chain(named).collect(), rows: rows.collect(), ..sheet }
}

/// A score as its table prints it; one whose label is its number stays a number.
fn score(dossier: &Dossier, subject: &Subject, cell: ScoreCell) -> Shown {
    match cell {
        ScoreCell::Score(value) => match dossier.criteria_for(&subject.id).scale.step(value) {
            Some(step) if !step.label.is_empty() && step.label != value.to_string() => {
                Shown::Word(clean(&step.label).into_owned())
            }
            _ => Shown::Number(f64::from(value), 0),
        },
        ScoreCell::Blank => Shown::Blank,
        other => Shown::Word(words::no_score(other).to_owned()),
    }
}
