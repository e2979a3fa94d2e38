//! The same row twice, and the same text for two things.

use crate::both;
use crate::check::say::{at, cited, short};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::model::{Place, Subject, fold_for_matching};
use std::collections::BTreeMap;

/// A row that stands twice in a list.
pub(super) static ROWS: Rule = Rule {
    id: "duplicate-row",
    severity: Severity::Warning,
    title: Words("重複した行", "Rows that stand twice"),
    why: Words(
        "重複した行は、件数や金額を水増しします。",
        "A row that stands twice inflates counts and sums.",
    ),
    scope: Scope::Subject(rows),
};

/// A row of a list: what makes it the same as another, how it is called, and where it is.
struct Row<'a> {
    same: String,
    name: &'a str,
    no: &'a str,
    place: Place,
}

/// The rows that are the same as an earlier one, each group as a finding.
fn twice<'a>(rows: impl Iterator<Item = Row<'a>>, all: usize, printed_at: &str) -> Vec<Finding> {
    let mut groups: BTreeMap<String, Vec<Row<'a>>> = BTreeMap::new();
    for row in rows.filter(|row| row.same.chars().any(|c| c != '\u{1}')) {
        groups.entry(row.same.clone()).or_default().push(row);
    }
    let names = groups.len();
    let place = cited(printed_at);
    let found = groups.into_values().filter(|group| group.len() > 1).map(|group| {
        let (name, count) = (short(group[0].name), group.len());
        let nos: Vec<_> = group.iter().map(|row| row.no.trim()).filter(|no| !no.is_empty()).collect();
        let nos = if nos.is_empty() { String::new() } else { format!("（{}）", nos.join("・")) };
        Finding::new(
            &ROWS,
            both!(
                "「{name}」の行{nos}が{count}回あります{place}。",
                "The row \u{201c}{name}\u{201d}{nos} stands {count} times{place}."
            ),
        )
        .at_all(group.iter().map(|row| row.place.clone()))
        .numbers("1", count.to_string())
        .line(both!("行数 {all}、異なる行 {names}", "{all} rows, {names} of them different"))
    });
    found.collect()
}

/// Texts folded and joined, for comparison as one.
fn same(texts: &[&str]) -> String {
    texts.iter().map(|text| fold_for_matching(text)).collect::<Vec<_>>().join("\u{1}")
}

fn rows(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in &subject.research_items {
        let rows = item.tasks.iter().map(|task| Row {
            same: same(&[&task.title, &task.implementer]),
            name: if task.title.is_empty() { &task.implementer } else { &task.title },
            no: "",
            place: at(subject, &["research_items", item.id.as_str(), "tasks", task.id.as_str()]),
        });
        findings.extend(twice(rows, item.tasks.len(), &item.printed_at));
    }
    for group in &subject.output_groups {
        let rows = group.items.iter().map(|item| Row {
            same: same(&[&item.name, &item.holder]),
            name: &item.name,
            no: &item.no,
            place: at(subject, &["output_groups", group.id.as_str(), "items", item.id.as_str()]),
        });
        findings.extend(twice(rows, group.items.len(), &group.printed_at));
    }
    let funding = subject.funding.items.iter().map(|item| Row {
        same: same(&[&item.label]),
        name: &item.label,
        no: "",
        place: at(subject, &["funding", "items", item.id.as_str()]),
    });
    findings.extend(twice(funding, subject.funding.items.len(), &subject.funding.printed_at));
    for (list, indicators) in [("outputs", &subject.outputs), ("outcomes", &subject.outcomes)] {
        let rows = indicators.iter().map(|indicator| Row {
            same: same(&[&indicator.name, indicator.unit.as_str(), &format!("{:?}", indicator.standing)]),
            name: &indicator.name,
            no: "",
            place: at(subject, &[list, indicator.id.as_str()]),
        });
        findings.extend(twice(rows.filter(|row| !row.name.is_empty()), indicators.len(), ""));
    }
    let market = subject.market.iter().map(|figure| Row {
        same: same(&[&figure.subject, &figure.when.display(), &figure.amount.display(), &figure.printed_at]),
        name: &figure.subject,
        no: "",
        place: at(subject, &["market", figure.id.as_str()]),
    });
    findings.extend(twice(market.filter(|row| !row.name.is_empty()), subject.market.len(), ""));
    let recommendations = subject.evaluation.recommendations.iter().map(|row| Row {
        same: same(&[&row.text]),
        name: &row.text,
        no: "",
        place: at(subject, &["evaluation", "recommendations", row.id.as_str()]),
    });
    findings.extend(twice(recommendations, subject.evaluation.recommendations.len(), ""));
    let comments = subject.evaluation.comments.iter().map(|comment| Row {
        same: same(&[
            &comment.text,
            comment.member.as_ref().map_or("", |member| member.as_str()),
            &comment.criterion.map(|no| no.to_string()).unwrap_or_default(),
        ]),
        name: &comment.text,
        no: "",
        place: at(subject, &["evaluation", "comments", comment.id.as_str()]),
    });
    // Two members may well say 「妥当である。」.
    let comments = comments.filter(|row| row.name.chars().count() > 20);
    findings.extend(twice(comments, subject.evaluation.comments.len(), ""));
    findings
}

/// One purpose for two sub-programmes.
pub(super) static PURPOSE: Rule = Rule {
    id: "same-purpose",
    severity: Severity::Warning,
    title: Words("同じ目的の文", "One purpose for two"),
    why: Words(
        "二つの事業の目的が同じ文だと、写し間違いか、事業を分けた理由がないかのどちらかです。",
        "If two projects state one purpose word for word, it is a slip in copying, or there is no reason for two.",
    ),
    scope: Scope::Dossier(purposes),
};

fn purposes(cx: &Context<'_>) -> Vec<Finding> {
    let programme = &cx.dossier.programme;
    let parts = programme.sub_programmes.iter().map(|part| {
        let place = at(programme, &["sub_programmes", part.id.as_str(), "purpose"]);
        (&part.purpose, part.code.as_str(), &part.name, &part.printed_at, place)
    });
    let projects = cx.dossier.projects.iter().map(|project| {
        let place = at(project, &["overview", "purpose"]);
        (
            &project.overview.purpose,
            project.id.as_str(),
            &project.overview.name,
            &project.overview.printed_at,
            place,
        )
    });
    let mut texts: BTreeMap<String, Vec<(&str, &str, &str, Place)>> = BTreeMap::new();
    for (text, code, name, printed_at, place) in parts.chain(projects) {
        let folded = fold_for_matching(text);
        let uses = texts.entry(folded).or_default();
        // A project and its line in the programme's list are one.
        if !text.trim().is_empty()
            && uses.iter().all(|(_, other, ..)| fold_for_matching(other) != fold_for_matching(name))
        {
            uses.push((code, name, printed_at, place));
        }
    }
    texts
        .into_iter()
        .filter(|(_, uses)| uses.len() > 1)
        .map(|(text, uses)| {
            let who: Vec<_> = uses
                .iter()
                .map(|(code, name, printed_at, _)| format!("{code}「{name}」{}", cited(printed_at)))
                .collect();
            let (first, rest) = (who[0].clone(), who[1..].join("、"));
            let text = short(&text);
            Finding::new(
                &PURPOSE,
                both!(
                    "{first}と{rest}の目的が同じ文です:「{text}」。",
                    "{first} and {rest} state the same purpose: \u{201c}{text}\u{201d}."
                ),
            )
            .at_all(uses.iter().map(|(.., place)| place.clone()))
            .numbers("1", uses.len().to_string())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences};
    use crate::model::{OutputGroup, OutputItem, ResearchItem, ResearchTask, SubProgramme};

    #[test]
    fn a_row_that_stands_twice_is_told() {
        let task = |id: &str, title: &str| ResearchTask {
            id: id.into(),
            title: title.into(),
            implementer: "大学".into(),
            ..ResearchTask::default()
        };
        let item = |id: &str, no: &str, name: &str| OutputItem {
            id: id.into(),
            no: no.into(),
            name: name.into(),
            ..OutputItem::default()
        };
        let of = |second: &str| {
            found(
                &ROWS,
                &dossier(|a| {
                    a.research_items = vec![ResearchItem {
                        id: "1".into(),
                        tasks: vec![task("1", "腸細胞"), task("2", second)],
                        ..ResearchItem::default()
                    }];
                    a.output_groups = vec![OutputGroup {
                        id: "1".into(),
                        items: vec![
                            item("1", "26", "カラム"),
                            item("2", "34", &format!("カラム{}", second.replace("腸細胞", ""))),
                        ],
                        ..OutputGroup::default()
                    }];
                }),
            )
        };
        assert_eq!(of("肝細胞"), []);
        let twice = of("腸細胞");
        assert_eq!(twice.len(), 2);
        assert!(twice[1].sentence(crate::locale::Lang::Ja).contains("（26・34）が2回"), "{twice:?}");
    }

    #[test]
    fn empty_rows_are_no_duplicates() {
        let dossier = dossier(|a| {
            a.research_items = vec![ResearchItem {
                tasks: vec![ResearchTask::default(), ResearchTask::default()],
                ..ResearchItem::default()
            }];
            a.output_groups = vec![OutputGroup {
                items: vec![OutputItem::default(), OutputItem::default()],
                ..OutputGroup::default()
            }];
        });
        assert_eq!(found(&ROWS, &dossier), []);
    }

    #[test]
    fn one_purpose_for_two_is_told() {
        let part = |code: &str, purpose: &str| SubProgramme {
            id: code.into(),
            code: code.into(),
            name: code.into(),
            purpose: purpose.into(),
            ..SubProgramme::default()
        };
        let mut dossier = dossier(|a| {
            a.overview.name = "A".into();
            a.overview.purpose = "創る。".into();
        });
        dossier.programme.sub_programmes = vec![part("A", "創る。"), part("B", "育てる。")];
        assert_eq!(found(&PURPOSE, &dossier), [], "a project and its own line");
        dossier.programme.sub_programmes[1].purpose = "創る。".into();
        assert_eq!(sentences(&PURPOSE, &dossier).len(), 1);
    }
}
