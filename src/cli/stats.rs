//! `hyoka stats`: means, spread and agreement.

use super::{Console, Outcome, StatsFormat, open};
use crate::locale::{Lang, Term};
use crate::model::{CriterionNo, Dossier};
use crate::stats::{
    AlphaRecord, CriterionStatistics, OrderChange, Statistics, Turn, Undefined, WRecord, statistics,
};
use crate::tr;
use std::path::Path;

/// Prints the statistics of each project that is scored.
pub(super) fn run(console: &Console, path: &Path, format: StatsFormat) -> Outcome {
    let dossier = match open(console, path) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    let statistics = statistics(&dossier);
    match format {
        StatsFormat::Text => console.print(&text(console.lang(), &dossier, &statistics)),
        StatsFormat::Json => match serde_json::to_string_pretty(&statistics) {
            Ok(json) => console.print(&json),
            Err(error) => console.refuse(&error.to_string()),
        },
    }
}

fn text(lang: Lang, dossier: &Dossier, statistics: &Statistics) -> String {
    if statistics.projects.is_empty() {
        return lang.t("評点のある課題はありません。", "No project has scores.").to_owned();
    }
    let mut lines = Vec::new();
    for project in &statistics.projects {
        let name = dossier.projects.iter().find(|p| p.id.as_str() == project.id).map(|p| p.title());
        lines.push(name.unwrap_or_else(|| project.id.clone()));
        lines.extend(project.criteria.iter().map(|criterion| line(lang, criterion)));
        lines.push(alpha(lang, &project.alpha.ordinal));
        lines.push(concordance(lang, &project.kendall_w));
        lines.push(String::new());
    }
    for order in &statistics.order {
        lines.extend(order.changes.iter().map(|change| turn(lang, dossier, order.no, change)));
    }
    lines.join("\n")
}

fn alpha(lang: Lang, alpha: &AlphaRecord) -> String {
    let name = lang.t("クリッペンドルフのα（順序尺度）", "Krippendorff's alpha (ordinal)");
    match (&alpha.value, &alpha.low, &alpha.high) {
        (Some(value), Some(low), Some(high)) => {
            tr!(
                lang,
                "  {name} {value}（95 % 区間 {low}～{high}）",
                "  {name} {value} (95 % interval {low} to {high})"
            )
        }
        (Some(value), ..) => format!("  {name} {value}"),
        _ => undefined(lang, name, alpha.undefined),
    }
}

fn concordance(lang: Lang, w: &WRecord) -> String {
    let name = lang.t("ケンドールの一致係数W", "Kendall's W");
    let (members, units) = (w.members, w.units);
    match &w.value {
        Some(value) => tr!(
            lang,
            "  {name} {value}（委員 {members} 名、評価項目 {units} 件）",
            "  {name} {value} ({members} members, {units} criteria)"
        ),
        None => undefined(lang, name, w.undefined),
    }
}

fn undefined(lang: Lang, name: &str, why: Option<Undefined>) -> String {
    let why = why.unwrap_or(Undefined::NoScores).term(lang);
    tr!(lang, "  {name}: 定まらない（{why}）", "  {name}: undefined ({why})")
}

fn turn(lang: Lang, dossier: &Dossier, no: CriterionNo, change: &OrderChange) -> String {
    let OrderChange { without, first, second, .. } = change;
    let member = dossier.member(without).map_or(without.as_str(), |member| member.name.as_str());
    match change.becomes {
        Turn::Reversed => tr!(
            lang,
            "{no}: {member} を除くと {first} と {second} の順が入れ替わる",
            "{no}: without {member}, {first} and {second} change places"
        ),
        Turn::Level => tr!(
            lang,
            "{no}: {member} を除くと {first} と {second} が同じ平均になる",
            "{no}: without {member}, {first} and {second} are level"
        ),
        Turn::Apart => tr!(
            lang,
            "{no}: {member} を除くと {first} と {second} に差がつく",
            "{no}: without {member}, {first} and {second} are no longer level"
        ),
    }
}

fn line(lang: Lang, criterion: &CriterionStatistics) -> String {
    let summary = &criterion.summary;
    let (no, label, n) = (criterion.no, &criterion.label, summary.n);
    let Some(mean) = &summary.mean else {
        return tr!(lang, "  {no} {label}  評点なし", "  {no} {label}  no scores");
    };
    let dash = || "–".to_owned();
    let median = summary.median.clone().unwrap_or_else(dash);
    let range = match (summary.min, summary.max) {
        (Some(min), Some(max)) => format!("{min}–{max}"),
        _ => dash(),
    };
    let sd = summary.sd.clone().unwrap_or_else(dash);
    tr!(
        lang,
        "  {mean}  (n={n})  中央値 {median}  範囲 {range}  標準偏差 {sd}  {no} {label}",
        "  {mean}  (n={n})  median {median}  range {range}  SD {sd}  {no} {label}"
    )
}
