//! `hyoka stats`: means, spread and agreement.

use super::{Console, Outcome, StatsFormat, open};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::stats::{CriterionStatistics, Statistics, statistics};
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
        let name =
            dossier.projects.iter().find(|p| p.id.as_str() == project.id).map(crate::model::Subject::title);
        lines.push(name.unwrap_or_else(|| project.id.clone()));
        lines.extend(project.criteria.iter().map(|criterion| line(lang, criterion)));
        lines.push(match &project.alpha_ordinal {
            Some(alpha) => tr!(
                lang,
                "  クリッペンドルフのα（順序尺度）{alpha}",
                "  Krippendorff's alpha (ordinal) {alpha}"
            ),
            None => lang
                .t(
                    "  クリッペンドルフのα: 評点に差がないか足りないため定まらない",
                    "  Krippendorff's alpha is undefined: no variation, or too few scores",
                )
                .to_owned(),
        });
        lines.push(String::new());
    }
    lines.join("\n")
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
