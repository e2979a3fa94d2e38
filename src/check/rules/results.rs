//! The named results behind the counts, who makes them, and what was to come.

use crate::both;
use crate::check::said::said;
use crate::check::say::{at, cited, short};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{
    IndicatorStanding, Moment, OutputGroup, OutputItem, PrintedChapter, RoadmapKind, Statement, Subject,
    TargetKind, fold_for_matching,
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A count against the results that are named for it.
pub(super) static COUNT: Rule = Rule {
    id: "result-count",
    severity: Severity::Warning,
    title: Words("件数と成果の一覧", "Counts and the results named for them"),
    why: Words(
        "実績の件数は、一覧に挙げた成果の数で裏付けられなければなりません。",
        "A count is only as good as the list of results behind it.",
    ),
    scope: Scope::Subject(counts),
};

/// Words behind a number that counts results.
const COUNTERS: [&str; 7] = ["件", "技術", "製品", "工程", "品目", "社", "者"];

/// How many results an item stands for: 「2社程度」 stands for two.
fn weight(item: &OutputItem) -> usize {
    let folded = fold_for_matching(&item.name);
    let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
    let counted =
        ["社", "件", "者", "品目"].iter().any(|counter| folded[digits.len()..].starts_with(counter));
    digits.parse().ok().filter(|count| counted && (1..1000).contains(count)).unwrap_or(1)
}

fn is_planned(group: &OutputGroup) -> bool {
    [&group.kind, &group.title].iter().any(|text| ["予定", "見込"].iter().any(|word| text.contains(word)))
}

/// What a kind of result is called without what is said of it in brackets.
fn bare(kind: &str) -> &str {
    kind.split(['（', '(']).next().unwrap_or_default().trim()
}

fn counts(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<_> =
        subject.output_groups.iter().filter_map(|group| title_count(subject, group)).collect();
    findings.extend(subject.output_groups.iter().filter_map(|group| target_count(subject, group)));
    findings.extend(subject.outcomes.iter().filter_map(|indicator| {
        (indicator.standing == IndicatorStanding::Current)
            .then(|| outcome_count(subject, indicator))
            .flatten()
    }));
    findings
}

/// A count in the title of the list itself: 「アウトカム 5件」.
fn title_count(subject: &Subject, group: &OutputGroup) -> Option<Finding> {
    let folded = fold_for_matching(&group.title);
    let (stated, counter) = COUNTERS.iter().find_map(|counter| {
        let (before, _) = folded.split_once(counter)?;
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        Some((before[before.len() - digits..].parse::<usize>().ok()?, *counter))
    })?;
    let named: usize = group.items.iter().map(weight).sum();
    if stated == named {
        return None;
    }
    let (title, place) = (&group.title, cited(&group.printed_at));
    Some(
        Finding::new(
            &COUNT,
            both!(
                "「{title}」とありますが、挙げられているのは{named}{counter}です{place}。",
                "\u{201c}{title}\u{201d} names {named} results{place}."
            ),
        )
        .at(at(subject, &["output_groups", group.id.as_str(), "title"]))
        .at(at(subject, &["output_groups", group.id.as_str(), "items"]))
        .numbers(stated.to_string(), named.to_string()),
    )
}

/// The list of an interim or final target against the actual of that target.
fn target_count(subject: &Subject, group: &OutputGroup) -> Option<Finding> {
    let kind = if group.title.contains("中間目標") {
        TargetKind::Interim
    } else if group.title.contains("最終目標") {
        TargetKind::Final
    } else {
        return None;
    };
    let year = year_in(&group.title)?;
    let (indicator, statement) = subject
        .outputs
        .iter()
        .filter(|indicator| indicator.standing == IndicatorStanding::Current)
        .flat_map(|indicator| indicator.statements.iter().map(move |statement| (indicator, statement)))
        .filter(|(_, statement)| statement.chapter == PrintedChapter::Project)
        .find(|(_, statement)| {
            statement.target.kind == kind && statement.target.year.is_some_and(|y| y.start_year() == year)
        })?;
    let actual = statement.actual.amount.value()?;
    let named: usize = group.items.iter().map(weight).sum();
    if actual == Decimal::from(named) {
        return None;
    }
    let (amount, title, name) = (said(&statement.actual.amount), &group.title, short(&indicator.name));
    let (here, there) = (cited(&statement.printed_at), cited(&group.printed_at));
    Some(
        Finding::new(
            &COUNT,
            both!(
                "「{name}」の実績は{amount}{here}ですが、「{title}」に挙げられているのは{named}件です{there}。",
                "The actual of \u{201c}{name}\u{201d} is {amount}{here}, but \u{201c}{title}\u{201d} names {named}{there}."
            ),
        )
        .at(at(subject, &["outputs", indicator.id.as_str(), "statements", statement.id.as_str(), "actual"]))
        .at(at(subject, &["output_groups", group.id.as_str(), "items"]))
        .numbers(amount, format!("{named}件")),
    )
}

/// The four digits before 年度.
fn year_in(title: &str) -> Option<i16> {
    let folded = fold_for_matching(title);
    let (before, _) = folded.split_once("年度")?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

/// The lists of an outcome's kinds of results against its latest actual.
fn outcome_count(subject: &Subject, indicator: &crate::model::Indicator) -> Option<Finding> {
    let name = fold_for_matching(&indicator.name);
    let lists = |group: &&OutputGroup| {
        let kind = fold_for_matching(bare(&group.kind));
        !kind.is_empty() && (name.contains(&format!("{kind}件数")) || name.contains(&format!("{kind}数")))
    };
    let groups: Vec<_> = subject.output_groups.iter().filter(lists).collect();
    let statement = latest(&indicator.statements)?;
    let actual = statement.actual.amount.value()?;
    let (planned, made): (Vec<&OutputGroup>, Vec<&OutputGroup>) =
        groups.into_iter().partition(|group| is_planned(group));
    let count =
        |groups: &[&OutputGroup]| groups.iter().flat_map(|group| &group.items).map(weight).sum::<usize>();
    let (named, hoped) = (count(&made), count(&planned));
    if made.is_empty() || actual == Decimal::from(named) {
        return None;
    }
    let (amount, label) = (said(&statement.actual.amount), short(&indicator.name));
    let when = statement.actual.as_of.display();
    let place = cited(&statement.printed_at);
    let mut lines: Vec<_> = made
        .iter()
        .chain(&planned)
        .map(|group| {
            let (title, count) = (&group.title, group.items.iter().map(weight).sum::<usize>());
            both!("「{title}」: {count}件", "\u{201c}{title}\u{201d}: {count}")
        })
        .collect();
    if hoped > 0 {
        let all = named + hoped;
        lines.push(both!(
            "{named} + 予定 {hoped} = {all}件 ≠ {amount}",
            "{named} + {hoped} planned = {all}, not {amount}"
        ));
    }
    Some(
        Finding::new(
            &COUNT,
            both!(
                "「{label}」の実績は{when} {amount}{place}ですが、名前の挙がっている成果は{named}件です。",
                "The actual of \u{201c}{label}\u{201d} is {amount}, {when}{place}, but {named} results are named."
            ),
        )
        .at(at(subject, &["outcomes", indicator.id.as_str(), "statements", statement.id.as_str(), "actual"]))
        .at_all(made.iter().chain(&planned).map(|group| at(subject, &["output_groups", group.id.as_str(), "items"])))
        .numbers(amount, format!("{named}件"))
        .lines(lines),
    )
}

/// The statement of the project's chapter with the latest actual.
fn latest(statements: &[Statement]) -> Option<&Statement> {
    statements
        .iter()
        .filter(|statement| statement.chapter == PrintedChapter::Project)
        .filter(|statement| statement.target.kind != TargetKind::Expected)
        .filter(|statement| statement.actual.amount.value().is_some())
        // The first of several of the same date.
        .rev()
        .max_by_key(|statement| statement.actual.as_of.at.and_then(Moment::days).map(|(_, last)| last))
}

/// A result without a category in a list that has them.
pub(super) static CATEGORY: Rule = Rule {
    id: "result-category",
    severity: Severity::Notice,
    title: Words("分類のない成果", "Results without a category"),
    why: Words(
        "一覧のほとんどに分類があるのに一部が空欄だと、件数に数えてよい成果かどうかが分かりません。",
        "If most of a list is categorised and some is not, it is unclear whether the rest belongs in the count.",
    ),
    scope: Scope::Subject(categories),
};

fn categories(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let open =
        |item: &&OutputItem| item.category.trim().trim_matches(['-', '―', 'ー', '－', '—', '–']).is_empty();
    subject
        .output_groups
        .iter()
        .filter_map(|group| {
            let without: Vec<_> = group.items.iter().filter(open).collect();
            let (all, missing) = (group.items.len(), without.len());
            if missing == 0 || missing * 3 > all {
                return None;
            }
            let first = without.first()?;
            let (name, title, place) = (short(&first.name), &group.title, cited(&group.printed_at));
            let mark = if first.category.is_empty() { "空欄".to_owned() } else { format!("「{}」", first.category) };
            let en = if first.category.is_empty() { "empty".to_owned() } else { format!("\u{201c}{}\u{201d}", first.category) };
            let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
            for item in group.items.iter().filter(|item| !open(item)) {
                *uses.entry(item.category.trim()).or_default() += 1;
            }
            let uses: Vec<_> = uses.iter().map(|(category, count)| format!("{category} {count}")).collect();
            Some(
                Finding::new(
                    &CATEGORY,
                    both!(
                        "「{title}」の{all}件のうち{missing}件は分類が{mark}です（{name}）{place}。",
                        "Results of \u{201c}{title}\u{201d} without a category: {missing} of {all}, {en} ({name}){place}."
                    ),
                )
                .at_all(without.iter().map(|item| {
                    at(subject, &["output_groups", group.id.as_str(), "items", item.id.as_str(), "category"])
                }))
                .at(at(subject, &["output_groups", group.id.as_str(), "items"]))
                .numbers(all.to_string(), (all - missing).to_string())
                .line(Both::same(uses.join("、"))),
            )
        })
        .collect()
}

/// A number of institutions in the text against the list of implementers.
pub(super) static IMPLEMENTERS: Rule = Rule {
    id: "implementer-count",
    severity: Severity::Notice,
    title: Words("分担機関の数", "The number of institutions"),
    why: Words(
        "本文の機関数が実施者の一覧と違うと、一覧に漏れがないかを問われます。",
        "If the text counts other institutions than the list names, one may be missing from it.",
    ),
    scope: Scope::Subject(implementers),
};

fn implementers(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let names: BTreeSet<String> = subject
        .research_items
        .iter()
        .flat_map(|item| &item.tasks)
        .map(|task| super::naming::institution(&task.implementer))
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let lead = subject
        .overview
        .leaders
        .iter()
        .filter(|leader| leader.role.contains("代表"))
        .map(|leader| super::naming::institution(&leader.affiliation))
        .find(|name| names.contains(name));
    let mut findings = Vec::new();
    for section in &subject.sections {
        let folded = fold_for_matching(&section.body);
        let Some((before, _)) = folded.split_once("分担機関") else { continue };
        let before = before.strip_suffix('の').unwrap_or(before);
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        let Ok(stated) = digits.chars().rev().collect::<String>().parse::<usize>() else { continue };
        let sharing = names.len() - usize::from(lead.is_some());
        if stated == sharing {
            continue;
        }
        let (all, place) = (names.len(), cited(&section.printed_at));
        let with = match &lead {
            Some(lead) => both!(
                "代表の{lead}を含めて{all}、除いて{sharing}",
                "{all} with {lead}, which leads; {sharing} without"
            ),
            None => both!("異なる実施者 {all}", "{all} different implementers"),
        };
        findings.push(
            Finding::new(
                &IMPLEMENTERS,
                both!(
                    "本文には{stated}の分担機関とあります{place}が、実施者の一覧では{sharing}です。",
                    "The text speaks of {stated} sharing institutions{place}; the list of implementers has {sharing}."
                ),
            )
            .at(at(subject, &["sections", section.id.as_str(), "body"]))
            .at(at(subject, &["research_items"]))
            .numbers(sharing.to_string(), stated.to_string())
            .line(with),
        );
    }
    findings
}

/// Something expected that lies before the evaluation.
pub(super) static PAST_PROJECTION: Rule = Rule {
    id: "projection-past",
    severity: Severity::Notice,
    title: Words("過ぎた時期の見通し", "Expectations of the past"),
    why: Words(
        "評価の時点で既に過ぎた時期の「予定」は、結果に書き換えるべきものです。",
        "What was to come before the evaluation should be told as what came.",
    ),
    scope: Scope::Subject(past),
};

fn past(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let now = subject.evaluation.year.or(cx.dossier.report.year);
    let Some((begin, _)) = now.and_then(|year| Moment::Fiscal(year).days()) else { return Vec::new() };
    let late = subject.roadmap.iter().filter(|item| {
        let end = item.when.to.or(item.when.at).and_then(Moment::days);
        item.kind == RoadmapKind::Projection && end.is_some_and(|(_, last)| last < begin)
    });
    late.map(|item| {
        let (label, when, place) = (short(&item.label), item.when.display(), cited(&item.printed_at));
        let when = if when.chars().all(|c| c.is_ascii_digit()) { format!("{when}年") } else { when };
        let year = now.map(|year| year.to_string()).unwrap_or_default();
        Finding::new(
            &PAST_PROJECTION,
            both!(
                "「{label}」は{when}の見通しとされています{place}が、評価は{year}年度です。",
                "\u{201c}{label}\u{201d} is expected for {when}{place}, but the evaluation is of FY{year}."
            ),
        )
        .at(at(subject, &["roadmap", item.id.as_str()]))
        .numbers(format!("≥ {year}年度"), when)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, indicator, sentences, statement, year};
    use crate::model::{Dossier, Leader, ResearchItem, ResearchTask, RoadmapItem, Section, Target, When};

    fn group(id: &str, title: &str, kind: &str, names: &[&str]) -> OutputGroup {
        let items = names.iter().map(|name| OutputItem {
            id: (*name).into(),
            name: (*name).into(),
            ..OutputItem::default()
        });
        OutputGroup {
            id: id.into(),
            title: title.into(),
            kind: kind.into(),
            items: items.collect(),
            ..OutputGroup::default()
        }
    }

    fn outcome(groups: Vec<OutputGroup>) -> Dossier {
        dossier(|a| {
            a.outcomes = vec![indicator(
                "臨床研究件数及び技術導出件数",
                vec![statement("1", Some(2024), "5", "6", "2022年末")],
            )];
            a.output_groups = groups;
        })
    }

    #[test]
    fn a_count_is_held_against_the_names() {
        assert_eq!(found(&COUNT, &outcome(vec![])), [], "nothing is listed");
        let six = ["a", "b", "c", "d", "e", "f"];
        assert_eq!(found(&COUNT, &outcome(vec![group("1", "導出先", "技術導出", &six)])), []);
        let five = vec![
            group("1", "導出先", "技術導出", &six[..5]),
            group("2", "今年度の予定", "技術導出（予定）", &["クオリプス", "2社程度"]),
        ];
        let found = sentences(&COUNT, &outcome(five));
        assert!(found[0].contains("5 + 予定 3 = 8件 ≠ 6件"), "{found:?}");
    }

    #[test]
    fn a_count_in_a_title_and_of_a_target_is_held_against_the_list() {
        let dossier = dossier(|a| {
            a.outputs = vec![indicator(
                "確立数",
                vec![crate::model::Statement {
                    target: Target {
                        kind: TargetKind::Interim,
                        ..statement("1", Some(2021), "1", "", "").target
                    },
                    ..statement("1", Some(2021), "1", "2", "")
                }],
            )];
            a.output_groups = vec![
                group("1", "中間目標（2021年度）", "工程", &["一"]),
                group("2", "基になる5技術", "", &["一", "二"]),
                group("3", "アウトカム 2件", "", &["一", "二"]),
            ];
        });
        let places: Vec<_> = found(&COUNT, &dossier).iter().map(|f| f.places[0].to_string()).collect();
        assert_eq!(
            places,
            ["projects/A/output_groups/2/title", "projects/A/outputs/確立数/statements/1/actual"]
        );
    }

    #[test]
    fn a_result_without_a_category_among_many_is_noticed() {
        let mut list = group("1", "一覧", "", &["一", "二", "三", "四"]);
        assert_eq!(found(&CATEGORY, &outcome(vec![list.clone()])), [], "a list without categories");
        for item in &mut list.items {
            item.category = "精製".into();
        }
        assert_eq!(found(&CATEGORY, &outcome(vec![list.clone()])), []);
        list.items[2].category = "―".into();
        let found = sentences(&CATEGORY, &outcome(vec![list]));
        assert!(found[0].contains("4件のうち1件は分類が「―」です（三）"), "{found:?}");
    }

    #[test]
    fn institutions_in_the_text_are_counted() {
        let of = |stated: &str| {
            let dossier = dossier(|a| {
                let task = |name: &str| ResearchTask {
                    id: name.into(),
                    implementer: name.into(),
                    ..ResearchTask::default()
                };
                a.research_items = vec![ResearchItem {
                    id: "1".into(),
                    tasks: vec![
                        task("大阪大学"),
                        task("東京大学"),
                        task("ロート製薬株式会社"),
                        task("東京大学"),
                    ],
                    ..ResearchItem::default()
                }];
                a.overview.leaders = vec![Leader {
                    role: "代表者".into(),
                    affiliation: "大阪大学".into(),
                    ..Leader::default()
                }];
                a.sections = vec![Section {
                    id: "1".into(),
                    body: format!("{stated}分担機関と契約した。"),
                    ..Section::default()
                }];
            });
            sentences(&IMPLEMENTERS, &dossier)
        };
        assert_eq!((of("2の"), of("複数の")), (vec![], vec![]));
        assert!(of("3の")[0].contains("代表の大阪大学を含めて3、除いて2"));
    }

    #[test]
    fn what_was_to_come_before_the_evaluation_is_noticed() {
        let of = |when: &str| {
            let mut dossier = dossier(|a| {
                a.roadmap = vec![RoadmapItem {
                    id: "1".into(),
                    kind: RoadmapKind::Projection,
                    when: When::read(when),
                    ..RoadmapItem::default()
                }];
            });
            dossier.report.year = Some(year(2022));
            found(&PAST_PROJECTION, &dossier).len()
        };
        assert_eq!((of("2021"), of("2022"), of("来年度")), (1, 0, 0));
    }
}
