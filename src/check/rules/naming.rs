//! 名称: one thing under several names, and one name for several things.

use crate::both;
use crate::check::say::{at, cited, short, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Place, Subject, fold_for_matching};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A letter that names one project here and another there.
pub(super) static LETTER: Rule = Rule {
    id: "project-letter",
    severity: Severity::Warning,
    title: Words("記号が指す事業", "What a letter names"),
    why: Words(
        "同じ記号が別の事業を指すと、予算も実績も取り違えられます。",
        "A letter that names two projects invites mixing up their budgets and results.",
    ),
    scope: Scope::Dossier(letters),
};

fn letters(cx: &Context<'_>) -> Vec<Finding> {
    let programme = &cx.dossier.programme;
    let projects: HashMap<&str, &Subject> =
        cx.dossier.projects.iter().map(|project| (project.id.as_str(), &**project)).collect();
    let mut findings = Vec::new();
    for part in &programme.sub_programmes {
        let linked = part.project.as_ref().and_then(|id| projects.get(id.as_str()));
        let Some(project) = linked.or_else(|| projects.get(part.code.trim())) else { continue };
        let (here, there) = (&part.period, &project.overview.period);
        let spans = here.start.zip(there.start).is_some_and(|(a, b)| a != b)
            || here.end.zip(there.end).is_some_and(|(a, b)| a != b);
        let names = fold_for_matching(&part.name) != fold_for_matching(&project.overview.name)
            && !part.name.is_empty()
            && !project.overview.name.is_empty();
        if !spans && !names {
            continue;
        }
        let (code, name, other) = (&part.code, &part.name, &project.overview.name);
        let (span, period) = (here.display(), there.display());
        let (place, sheet) = (cited(&part.printed_at), cited(&project.overview.printed_at));
        let place_of = |field: &str| at(programme, &["sub_programmes", part.id.as_str(), field]);
        findings.push(
            Finding::new(
                &LETTER,
                both!(
                    "「{code}」は、プログラムの章では「{name}」（{span}）{place}、プロジェクトの章では「{other}」（{period}）{sheet}です。",
                    "\u{201c}{code}\u{201d} is \u{201c}{name}\u{201d} ({span}) in the programme chapter{place}, but \u{201c}{other}\u{201d} ({period}) in the project chapter{sheet}."
                ),
            )
            .at(place_of(if names { "name" } else { "period" }))
            .at(at(project, &["overview", if names { "name" } else { "period" }]))
            .numbers(format!("{other} {period}"), format!("{name} {span}")),
        );
    }
    findings
}

/// Several wordings of one name.
pub(super) static VARIANTS: Rule = Rule {
    id: "name-variants",
    severity: Severity::Notice,
    title: Words("名称の揺れ", "Wordings of one name"),
    why: Words(
        "同じ事業や評価がいくつもの名で呼ばれると、読み手は別のものと受け取ります。",
        "One project or evaluation under several names reads like several.",
    ),
    scope: Scope::Subject(variants),
};

fn variants(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let overview = &subject.overview;
    let name = &overview.name;
    let who = called(subject);
    let list = |names: &[String]| {
        names.iter().map(|name| format!("「{}」", name.trim())).collect::<Vec<_>>().join("、")
    };
    let mut findings = Vec::new();
    if !overview.name_variants.is_empty() {
        let (others, count) = (list(&overview.name_variants), overview.name_variants.len());
        findings.push(
            Finding::new(
                &VARIANTS,
                Both {
                    ja: format!(
                        "{}の名称「{name}」は、ほかに{count}通りに書かれています: {others}。",
                        who.ja
                    ),
                    en: format!(
                        "The name of {}, \u{201c}{name}\u{201d}, has {count} other wordings: {others}.",
                        who.en
                    ),
                },
            )
            .at(at(subject, &["overview", "name"]))
            .at(at(subject, &["overview", "name_variants"]))
            .numbers(name.clone(), others),
        );
    }
    let kinds = &subject.evaluation.kind_printed;
    if kinds.len() > 1 {
        let (names, count) = (list(kinds), kinds.len());
        findings.push(
            Finding::new(
                &VARIANTS,
                Both {
                    ja: format!("{}の評価の種類は{count}通りに書かれています: {names}。", who.ja),
                    en: format!("The kind of evaluation of {} is worded in {count} ways: {names}.", who.en),
                },
            )
            .at(at(subject, &["evaluation", "kind_printed"]))
            .at(at(subject, &["evaluation", "kind"]))
            .numbers(kinds[0].clone(), names),
        );
    }
    findings
}

/// A label split into the word before its number, the number, and the name behind it: 項目２－１．培養モデル….
fn split_label(label: &str) -> Option<(String, String, String)> {
    let folded = fold_for_matching(label);
    let digits = folded.find(|c: char| c.is_ascii_digit())?;
    let (word, rest) = folded.split_at(digits);
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || ['-', '‐', '−', '–', 'ー', '－'].contains(&c)))
        .unwrap_or(rest.len());
    let (number, name) = rest.split_at(end);
    let number = number.replace(['‐', '−', '–', 'ー', '－'], "-");
    let name = name.trim_start_matches(['.', '．', '、', ':', '：', ')', '）']);
    Some((word.to_owned(), number.trim_end_matches('-').to_owned(), name.to_owned()))
}

/// 項目 and 課題 in one table.
pub(super) static WORDS: Rule = Rule {
    id: "item-words",
    severity: Severity::Notice,
    title: Words("項目と課題", "Words for research items"),
    why: Words(
        "同じ並びの中で「項目」と「課題」が混ざると、別の区分と受け取られます。",
        "Where 項目 and 課題 are mixed in one list, they look like different divisions.",
    ),
    scope: Scope::Subject(|_, subject| words(subject).into_iter().collect()),
};

fn words(subject: &Subject) -> Option<Finding> {
    let mut words: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for item in &subject.funding.items {
        let Some((word, number, _)) = split_label(&item.label) else { continue };
        if !word.is_empty() && word.chars().count() < 8 && !number.is_empty() {
            words.entry(word).or_default().push(item.id.as_str());
        }
    }
    if words.len() < 2 {
        return None;
    }
    let place = cited(&subject.funding.printed_at);
    let uses: Vec<_> = words.iter().map(|(word, items)| format!("「{word}」{}行", items.len())).collect();
    let uses = uses.join("、");
    let en: Vec<_> =
        words.iter().map(|(word, items)| format!("\u{201c}{word}\u{201d} ({})", items.len())).collect();
    let en = en.join(", ");
    let (usual, _) = words.iter().max_by_key(|(_, items)| items.len())?;
    let odd: Vec<_> = words.iter().filter(|(word, _)| *word != usual).flat_map(|(_, items)| items).collect();
    let other = words.keys().filter(|word| *word != usual).cloned().collect::<Vec<_>>().join("、");
    Some(
        Finding::new(
            &WORDS,
            both!(
                "資金配分の行の見出しに{uses}が混ざっています{place}。",
                "The rows of the funding table are headed in several words: {en}{place}."
            ),
        )
        .at_all(odd.iter().map(|id| at(subject, &["funding", "items", id, "label"])))
        .at(at(subject, &["funding", "items"]))
        .numbers(usual.clone(), other),
    )
}

/// A research item under another name in the funding table.
pub(super) static ITEMS: Rule = Rule {
    id: "item-names",
    severity: Severity::Notice,
    title: Words("研究開発項目の名称", "Names of research items"),
    why: Words(
        "研究開発項目の名が資金配分の表と違うと、どの項目の金額かが分かりにくくなります。",
        "If the funding table calls research items otherwise, it is hard to tell whose money it is.",
    ),
    scope: Scope::Subject(|_, subject| items(subject).into_iter().collect()),
};

fn items(subject: &Subject) -> Option<Finding> {
    let numbers: HashMap<String, _> = subject
        .funding
        .items
        .iter()
        .filter_map(|item| {
            let (_, number, name) = split_label(&item.label)?;
            Some((number, (item, name)))
        })
        .collect();
    let mut lines = Vec::new();
    let mut places = Vec::new();
    let mut first = None;
    for item in &subject.research_items {
        // NFKC turns ① into 1, as wanted here.
        let number = fold_for_matching(&item.no);
        let Some((row, name)) = numbers.get(&number) else { continue };
        // The label may begin with the number that the row already states.
        let label = match split_label(&item.label) {
            Some((_, own, rest)) if own == number && !rest.is_empty() => rest,
            _ => fold_for_matching(&item.label),
        };
        if name.is_empty() || label.is_empty() || *name == label {
            continue;
        }
        let (no, here, there) = (&item.no, &item.label, &row.label);
        lines.push(both!(
            "{no}: 「{here}」/ 資金配分「{there}」",
            "{no}: \u{201c}{here}\u{201d}, funding table \u{201c}{there}\u{201d}"
        ));
        places.push(at(subject, &["research_items", item.id.as_str(), "label"]));
        places.push(at(subject, &["funding", "items", row.id.as_str(), "label"]));
        first.get_or_insert((item.label.clone(), row.label.clone()));
    }
    let (here, there) = first?;
    let (count, place) = (lines.len(), cited(&subject.funding.printed_at));
    Some(
        Finding::new(
            &ITEMS,
            both!(
                "{count}つの研究開発項目の名が、実施者の表と資金配分の表{place}とで違います。",
                "{count} research items are named otherwise in the funding table{place}."
            ),
        )
        .at_all(places)
        .numbers(here, there)
        .lines(lines),
    )
}

/// Legal forms and words that come and go in the names of institutions.
const FORMS: [&str; 13] = [
    "国立研究開発法人",
    "独立行政法人",
    "国立大学法人",
    "特定非営利活動法人",
    "一般社団法人",
    "一般財団法人",
    "公益財団法人",
    "公益社団法人",
    "学校法人",
    "株式会社",
    "有限会社",
    "(株)",
    "合同会社",
];

/// The name of an institution without its legal form, folded for comparison.
pub(super) fn institution(name: &str) -> String {
    FORMS.iter().fold(fold_for_matching(name), |name, form| name.replace(form, ""))
}

/// What of a name stays the same when 国立 and 研究 are left out, as people do.
fn core(name: &str) -> String {
    institution(name).replace("国立", "").replace("研究", "")
}

/// One institution under several names.
pub(super) static INSTITUTIONS: Rule = Rule {
    id: "institution-names",
    severity: Severity::Notice,
    title: Words("機関名の揺れ", "Names of institutions"),
    why: Words(
        "同じ機関がいくつもの名で書かれると、実施者の数を数え違えます。",
        "An institution under several names is counted several times.",
    ),
    scope: Scope::Dossier(institutions),
};

fn institutions(cx: &Context<'_>) -> Vec<Finding> {
    let mut cores: BTreeMap<String, Vec<(String, Place)>> = BTreeMap::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut note = |name: &str, place: &dyn Fn() -> Place| {
        let name = name.trim();
        if name.chars().count() > 2 && known.insert(fold_for_matching(name)) {
            cores.entry(core(name)).or_default().push((name.to_owned(), place()));
        }
    };
    for subject in cx.dossier.subjects() {
        for leader in &subject.overview.leaders {
            let mut parts = leader.affiliation.split(|c: char| c.is_whitespace() || c == '/' || c == '／');
            let first = parts.find(|part| !FORMS.contains(part)).unwrap_or_default();
            note(first, &|| at(subject, &["overview", "leaders", leader.id.as_str(), "affiliation"]));
        }
        for item in &subject.research_items {
            for task in &item.tasks {
                let steps = ["research_items", item.id.as_str(), "tasks", task.id.as_str(), "implementer"];
                note(&task.implementer, &|| at(subject, &steps));
            }
        }
        for group in &subject.output_groups {
            for item in &group.items {
                for holder in item.holder.split(['・', '、', '/', '／']) {
                    let steps = ["output_groups", group.id.as_str(), "items", item.id.as_str(), "holder"];
                    note(holder, &|| at(subject, &steps));
                }
            }
        }
    }
    cores
        .into_values()
        .filter(|names| names.len() > 1)
        .map(|names| {
            let all = names.iter().map(|(name, _)| format!("「{name}」")).collect::<Vec<_>>().join(" / ");
            let count = names.len();
            Finding::new(
                &INSTITUTIONS,
                both!(
                    "同じ機関とみられる名が{count}通りあります: {all}。",
                    "What seems to be one institution is named in {count} ways: {all}."
                ),
            )
            .at_all(names.iter().map(|(_, place)| place.clone()))
            .numbers(
                names[0].0.clone(),
                names[1..].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("、"),
            )
        })
        .collect()
}

/// A criterion that findings name otherwise than the list of criteria.
pub(super) static CRITERIA: Rule = Rule {
    id: "criterion-names",
    severity: Severity::Notice,
    title: Words("評価項目の名称", "Names of criteria"),
    why: Words(
        "所見の評価項目が一覧のどの項目でもないと、どの観点への所見かが分かりません。",
        "If a finding names no criterion of the list, it is unclear which point it is about.",
    ),
    scope: Scope::Subject(criteria),
};

fn criteria(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let bare = |label: &str| fold_for_matching(label).trim_end_matches("の妥当性").to_owned();
    let sets = [&cx.dossier.criteria.project, &cx.dossier.criteria.programme];
    let known: BTreeSet<String> =
        sets.iter().flat_map(|set| &set.criteria).map(|criterion| bare(&criterion.label)).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let sessions = subject.evaluation.sessions.iter().flat_map(|session| {
        session.findings.iter().map(move |finding| {
            let steps =
                ["evaluation", "sessions", session.id.as_str(), "findings", finding.id.as_str(), "criterion"];
            (&finding.criterion, at(subject, &steps), session.printed_at.as_str())
        })
    });
    let previous = subject.previous_findings.iter().map(|finding| {
        let steps = ["previous_findings", finding.id.as_str(), "criterion"];
        (&finding.criterion, at(subject, &steps), finding.printed_at.as_str())
    });
    let odd = sessions
        .chain(previous)
        .filter(|(criterion, ..)| !criterion.trim().is_empty() && !known.contains(&bare(criterion)));
    odd.filter_map(|(criterion, place, printed_at)| {
        let own = bare(criterion);
        let near = known.iter().max_by_key(|known| shared(known, &own))?;
        // Other reviews have headings of their own; only what looks like one of the list is meant to be one.
        if 2 * shared(near, &own) < own.chars().count() {
            return None;
        }
        let there = cited(printed_at);
        let message = both!(
            "評価項目「{criterion}」{there}は、評価項目の一覧にありません。「{near}」のことではありませんか。",
            "The criterion \u{201c}{criterion}\u{201d}{there} is not in the list of criteria. Is \u{201c}{near}\u{201d} meant?"
        );
        Some(
            Finding::new(&CRITERIA, message)
                .at(place)
                .at(Place::from("criteria"))
                .numbers(near.clone(), short(criterion)),
        )
    })
    .collect()
}

/// How many characters two names have in common at their beginning and end.
fn shared(a: &str, b: &str) -> usize {
    let front = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let back = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
    front + back
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, funding, sentences, year};
    use crate::model::{
        Criterion, Leader, OutputGroup, OutputItem, Period, PreviousFinding, ResearchItem, ResearchTask,
        SubProgramme,
    };

    #[test]
    fn a_letter_names_one_project() {
        let mut dossier = dossier(|a| {
            a.overview.name = "創薬支援".into();
            a.overview.period = Period { start: Some(year(2017)), ..Period::default() };
        });
        let part = |name: &str, start: i16| SubProgramme {
            id: "A".into(),
            code: "A".into(),
            name: name.into(),
            period: Period { start: Some(year(start)), ..Period::default() },
            ..SubProgramme::default()
        };
        dossier.programme.sub_programmes = vec![part("創薬 支援", 2017)];
        assert_eq!(found(&LETTER, &dossier), []);
        dossier.programme.sub_programmes = vec![part("高度創薬支援", 2022)];
        let found = sentences(&LETTER, &dossier);
        assert!(found[0].contains("高度創薬支援") && found[0].contains("2017年度"), "{found:?}");
    }

    #[test]
    fn wordings_are_listed() {
        let mut dossier = dossier(|a| a.overview.name = "遺伝子治療製造技術開発".into());
        assert_eq!(found(&VARIANTS, &dossier), []);
        dossier.projects[0].overview.name_variants = vec!["遺伝子治療製造開発（1部1章3）".into()];
        dossier.projects[0].evaluation.kind_printed = vec!["事後評価".into(), "終了時評価".into()];
        assert_eq!(found(&VARIANTS, &dossier).len(), 2);
    }

    #[test]
    fn rows_are_headed_in_one_word_and_named_as_the_items() {
        let of = |labels: [&str; 2]| {
            dossier(|a| {
                a.funding = funding(&[&["1", ""], &["2", ""]], &["", ""]);
                for (item, label) in a.funding.items.iter_mut().zip(labels) {
                    item.label = label.into();
                }
                let item = |no: &str, label: &str| ResearchItem {
                    id: no.into(),
                    no: no.into(),
                    label: label.into(),
                    ..ResearchItem::default()
                };
                a.research_items = vec![item("①", "ベクター製造"), item("2-1", "培養モデルの設計")];
            })
        };
        let good = of(["項目１．ベクター製造", "項目２－１. 培養モデルの 設計"]);
        assert_eq!((found(&WORDS, &good), found(&ITEMS, &good)), (vec![], vec![]));
        let bad = of(["課題１．ベクターの製造", "項目２－１．培養モデルの設計"]);
        assert!(sentences(&WORDS, &bad)[0].contains("「課題」1行、「項目」1行"));
        assert!(sentences(&ITEMS, &bad)[0].contains("①: 「ベクター製造」"));
    }

    #[test]
    fn institutions_are_told_by_what_is_left_of_their_names() {
        let of = |leader: &str, implementer: &str, holder: &str| {
            sentences(
                &INSTITUTIONS,
                &dossier(|a| {
                    a.overview.leaders =
                        vec![Leader { id: "1".into(), affiliation: leader.into(), ..Leader::default() }];
                    a.research_items = vec![ResearchItem {
                        id: "1".into(),
                        tasks: vec![ResearchTask {
                            id: "1".into(),
                            implementer: implementer.into(),
                            ..ResearchTask::default()
                        }],
                        ..ResearchItem::default()
                    }];
                    a.output_groups = vec![OutputGroup {
                        id: "1".into(),
                        items: vec![OutputItem {
                            id: "1".into(),
                            holder: holder.into(),
                            ..OutputItem::default()
                        }],
                        ..OutputGroup::default()
                    }];
                }),
            )
        };
        assert_eq!(of("東京大学 教授", "東京工業大学", "東京大学・名古屋大学"), [""; 0]);
        assert!(of("国立成育医療センター 理事長", "成育医療研究センター", "")[0].contains("2通り"));
        assert!(of("", "ロート製薬株式会社", "大阪大学・ロート製薬")[0].contains("ロート製薬"));
    }

    #[test]
    fn a_criterion_that_is_not_in_the_list_is_noticed() {
        let of = |criterion: &str| {
            let mut dossier = dossier(|a| {
                a.previous_findings = vec![PreviousFinding {
                    id: "1".into(),
                    criterion: criterion.into(),
                    ..PreviousFinding::default()
                }];
            });
            let label = "アウトカムに至るまでのロードマップ";
            dossier.criteria.project.criteria =
                vec![Criterion { label: label.into(), ..Criterion::default() }];
            found(&CRITERIA, &dossier).len()
        };
        assert_eq!(
            (
                of("アウトカムに至るまでのロードマップの妥当性"),
                of("アウトカムに至までのロードマップの妥当性")
            ),
            (0, 1)
        );
    }
}
