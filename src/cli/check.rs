//! `hyoka check`: what does not agree in a dossier.

use super::{CheckFormat, Console, Outcome, open};
use crate::check::{self, Review, Reviewed, Severity, Standing};
use crate::locale::Lang;
use crate::locale::place::Speaker;
use crate::tr;
use serde::Serialize;
use std::path::Path;

/// Prints the findings; 1 if any is open, noted ones do not count.
pub(super) fn run(console: &Console, path: &Path, format: CheckFormat) -> Outcome {
    let dossier = match open(console, path) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    let review = check::review(check::run(&dossier), &dossier.check_notes);
    let speaker = Speaker::new(&dossier);
    let lang = console.lang();
    let printed = match format {
        CheckFormat::Text => console.print(&text(lang, &speaker, &review)),
        CheckFormat::Json => {
            let findings = review.findings.iter().map(|reviewed| Row::of(lang, &speaker, reviewed)).collect();
            match serde_json::to_string_pretty(&Findings { findings }) {
                Ok(json) => console.print(&json),
                Err(error) => console.refuse(&error.to_string()),
            }
        }
    };
    match printed {
        Outcome::Done if review.open() > 0 => Outcome::Attention,
        other => other,
    }
}

/// What the JSON form holds.
#[derive(Debug, Serialize)]
struct Findings<'a> {
    findings: Vec<Row<'a>>,
}

/// One finding.
#[derive(Debug, Serialize)]
struct Row<'a> {
    rule: &'static str,
    severity: Severity,
    message: String,
    places: Vec<String>,
    expected: &'a str,
    found: &'a str,
    /// Why it matters.
    why: &'static str,
    /// The places as addresses, for programs.
    addresses: Vec<String>,
    /// Whether somebody has accepted it.
    noted: bool,
    /// Why it was accepted, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(lang: Lang, speaker: &Speaker, reviewed: &'a Reviewed) -> Self {
        let finding = &reviewed.finding;
        let reason = match &reviewed.standing {
            Standing::Noted(note) => Some(note.reason.as_str()),
            Standing::Open | Standing::Reopened(_) => None,
        };
        Self {
            rule: finding.rule.id,
            severity: finding.severity,
            message: finding.sentence(lang),
            places: finding.places.iter().map(|place| speaker.say(place, lang)).collect(),
            expected: finding.expected.t(lang),
            found: finding.found.t(lang),
            why: finding.why(lang),
            addresses: finding.places.iter().map(ToString::to_string).collect(),
            noted: reason.is_some(),
            reason,
        }
    }
}

fn text(lang: Lang, speaker: &Speaker, review: &Review) -> String {
    let (open, noted): (Vec<_>, Vec<_>) =
        review.findings.iter().partition(|reviewed| reviewed.standing.is_open());
    if review.findings.is_empty() {
        return lang.t("食い違いは見つかりませんでした。", "Nothing disagrees.").to_owned();
    }
    let mut lines: Vec<String> = open.iter().map(|reviewed| block(lang, speaker, reviewed)).collect();
    if !noted.is_empty() {
        lines.push(lang.t("確認済み（件数に入りません）", "Noted (not counted)").to_owned());
        lines.extend(noted.iter().map(|reviewed| block(lang, speaker, reviewed)));
    }
    let count = |severity| open.iter().filter(|reviewed| reviewed.finding.severity == severity).count();
    let counts: Vec<_> = Severity::ALL
        .iter()
        .map(|severity| format!("{} {}", severity.name(lang), count(*severity)))
        .collect();
    let (all, counts, noted) = (open.len(), counts.join(lang.t("、", ", ")), noted.len());
    lines.push(tr!(
        lang,
        "{all} 件（{counts}）、確認済み {noted} 件",
        "{all} open ({counts}), {noted} noted"
    ));
    lines.join("\n\n")
}

/// One finding as a block of lines.
fn block(lang: Lang, speaker: &Speaker, reviewed: &Reviewed) -> String {
    let finding = &reviewed.finding;
    let (severity, rule) = (finding.severity.name(lang), finding.rule.id);
    let mut lines = vec![format!("[{severity}] {}  ({rule})", finding.message.t(lang))];
    lines.extend(finding.working.iter().map(|line| format!("    {}", line.t(lang))));
    lines.extend(finding.places.iter().map(|place| format!("  → {}", speaker.say(place, lang))));
    match &reviewed.standing {
        Standing::Open => {}
        Standing::Noted(note) => {
            let reason = &note.reason;
            lines.push(tr!(lang, "  注記: {reason}", "  Note: {reason}"));
        }
        Standing::Reopened(note) => {
            let reason = &note.reason;
            lines.push(tr!(
                lang,
                "  以前の注記（その後、数値が変わりました）: {reason}",
                "  Earlier note (the figures have changed since): {reason}"
            ));
        }
    }
    lines.join("\n")
}
