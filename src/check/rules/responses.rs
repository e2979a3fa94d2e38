//! 提言, 前回の指摘 and 所見, and the responses that they are owed.

use crate::both;
use crate::check::say::{at, cited, short, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Place, Subject};

/// A recommendation or a finding of the working group without a response.
pub(super) static RECOMMENDATION: Rule = Rule {
    id: "response-missing",
    severity: Severity::Warning,
    title: Words("対処方針のない提言・所見", "Recommendations without a response"),
    why: Words(
        "提言と所見には一つずつ対処方針を示すことになっています。",
        "Each recommendation and finding is owed a response.",
    ),
    scope: Scope::Subject(recommendations),
};

/// A finding about a text without its response.
fn unanswered(rule: &'static Rule, what: &Both, text: &str, printed_at: &str, place: &Place) -> Finding {
    let (text, there) = (short(text), cited(printed_at));
    let Both { ja, en } = what;
    Finding::new(
        rule,
        both!(
            "{ja}「{text}」{there}に対処方針がありません。",
            "{en} \u{201c}{text}\u{201d}{there} has no response."
        ),
    )
    .at(place.child("response"))
    .at(place.clone())
    .figures(both!("対処方針", "a response"), both!("空欄", "nothing"))
}

/// Whether there is something to answer and no answer.
fn is_open(text: &str, response: &str) -> bool {
    !text.trim().is_empty() && response.trim().is_empty()
}

fn recommendations(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let who = called(subject);
    let mut findings = Vec::new();
    for row in subject.evaluation.recommendations.iter().filter(|row| is_open(&row.text, &row.response)) {
        let what = Both { ja: format!("{}の提言", who.ja), en: format!("{}: the recommendation", who.en) };
        let place = at(subject, &["evaluation", "recommendations", row.id.as_str()]);
        findings.push(unanswered(&RECOMMENDATION, &what, &row.text, &row.printed_at, &place));
    }
    for session in &subject.evaluation.sessions {
        for row in session.findings.iter().filter(|row| is_open(&row.finding, &row.response)) {
            let what = Both { ja: format!("{}の所見", who.ja), en: format!("{}: the finding", who.en) };
            let steps = ["evaluation", "sessions", session.id.as_str(), "findings", row.id.as_str()];
            findings.push(unanswered(
                &RECOMMENDATION,
                &what,
                &row.finding,
                &session.printed_at,
                &at(subject, &steps),
            ));
        }
    }
    findings
}

/// A previous finding that nobody has answered.
pub(super) static PREVIOUS: Rule = Rule {
    id: "previous-unanswered",
    severity: Severity::Warning,
    title: Words("対応のない前回の指摘", "Previous findings unanswered"),
    why: Words(
        "前回の指摘への対応は、今回の評価で最初に問われます。",
        "What became of the previous findings is the first thing that is asked.",
    ),
    scope: Scope::Subject(previous),
};

fn previous(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let who = called(subject);
    let what =
        Both { ja: format!("{}の前回の指摘", who.ja), en: format!("{}: the previous finding", who.en) };
    let open = subject.previous_findings.iter().filter(|row| is_open(&row.finding, &row.response));
    open.map(|row| {
        let place = at(subject, &["previous_findings", row.id.as_str()]);
        unanswered(&PREVIOUS, &what, &row.finding, &row.printed_at, &place)
    })
    .collect()
}

/// A session of the working group without findings.
pub(super) static EMPTY_SESSION: Rule = Rule {
    id: "session-empty",
    severity: Severity::Notice,
    title: Words("所見の記載がない評価WG", "Sessions without findings"),
    why: Words(
        "所見がないことはあり得ますが、審議がまだなのか、所見がなかったのかを確かめておく必要があります。",
        "No finding is legitimate, but it should be known whether the session is still to come or had nothing to say.",
    ),
    scope: Scope::Subject(empty_sessions),
};

fn empty_sessions(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let who = called(subject);
    let preface = &cx.dossier.report.preface;
    let sessions = subject.evaluation.sessions.iter().filter(|session| session.findings.is_empty());
    sessions
        .map(|session| {
            let no = session.session.map(|no| no.to_string()).unwrap_or_default();
            let there = cited(&session.printed_at);
            let mut finding = Finding::new(
                &EMPTY_SESSION,
                Both {
                    ja: format!("第{no}回 評価WGの、{}への所見と対処方針が空欄です{there}。", who.ja),
                    en: format!(
                        "{}: working group session {no} has neither findings nor responses{there}.",
                        who.en
                    ),
                },
            )
            .at(at(subject, &["evaluation", "sessions", session.id.as_str(), "findings"]))
            .figures(both!("所見", "findings"), both!("空欄", "nothing"));
            // The preface may say that the working group has already dealt with the draft.
            if let Some(word) = ["了承", "審議"].into_iter().find(|word| preface.contains(word)) {
                finding = finding
                    .at(Place::from("report/preface"))
                    .line(both!("はじめには「{word}」とある", "the preface speaks of 「{word}」"));
            }
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found};
    use crate::model::{Finding as WorkingGroupFinding, PreviousFinding, Recommendation, SessionFindings};

    #[test]
    fn what_is_answered_is_silent_and_what_is_not_is_told() {
        let of = |response: &str| {
            let dossier = dossier(|a| {
                let text = || "広げること。".to_owned();
                a.evaluation.recommendations = vec![Recommendation {
                    text: text(),
                    response: response.into(),
                    ..Recommendation::default()
                }];
                a.evaluation.sessions = vec![SessionFindings {
                    findings: vec![WorkingGroupFinding {
                        finding: text(),
                        response: response.into(),
                        ..WorkingGroupFinding::default()
                    }],
                    ..SessionFindings::default()
                }];
                a.previous_findings = vec![PreviousFinding {
                    finding: text(),
                    response: response.into(),
                    ..PreviousFinding::default()
                }];
            });
            [&RECOMMENDATION, &PREVIOUS, &EMPTY_SESSION].map(|rule| found(rule, &dossier).len())
        };
        assert_eq!((of("広げる。"), of(" ")), ([0, 0, 0], [2, 1, 0]));
    }

    #[test]
    fn a_session_without_findings_is_noticed_with_the_preface() {
        let mut dossier = dossier(|a| {
            a.evaluation.sessions = vec![SessionFindings { id: "s64".into(), ..SessionFindings::default() }];
        });
        assert_eq!(found(&EMPTY_SESSION, &dossier)[0].places.len(), 1);
        dossier.report.preface = "審議し了承した。".into();
        assert_eq!(found(&EMPTY_SESSION, &dossier)[0].places.len(), 2);
    }
}
