//! 実施期間: its stated length, the programme's, the roadmap's, and policies that came after it.

use crate::both;
use crate::check::say::{at, cited, day, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Moment, Period, Place, RoadmapKind, Subject, fold_for_matching};

/// The stated number of years against the years.
pub(super) static DURATION: Rule = Rule {
    id: "period-years",
    severity: Severity::Error,
    title: Words("期間の年数", "The length of a period"),
    why: Words(
        "「○年間」と年度が合わないと、どちらの期間の事業なのか分かりません。",
        "If the stated number of years does not fit the years, it is unclear which span is meant.",
    ),
    scope: Scope::Subject(durations),
};

fn durations(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let overview = &subject.overview;
    let mut spans = vec![
        (&overview.period, at(subject, &["overview", "period"]), overview.printed_at.as_str()),
        (
            &overview.evaluated_period,
            at(subject, &["overview", "evaluated_period"]),
            overview.printed_at.as_str(),
        ),
    ];
    spans.extend(subject.sub_programmes.iter().map(|part| {
        (&part.period, at(subject, &["sub_programmes", part.id.as_str(), "period"]), part.printed_at.as_str())
    }));
    spans.into_iter().filter_map(|(period, place, printed_at)| duration(period, place, printed_at)).collect()
}

fn duration(period: &Period, place: Place, printed_at: &str) -> Option<Finding> {
    let (start, end, years) = (period.start?, period.end?, period.years()?);
    let stated = period.years_printed.map_or(years, |stated| i16::try_from(stated).unwrap_or(i16::MAX));
    if years == stated && years > 0 {
        return None;
    }
    let (said, there) = (period.display(), cited(printed_at));
    let message = if years < 1 {
        both!(
            "期間 {said}は、終わりが始まりより前です{there}。",
            "The period {said} ends before it begins{there}."
        )
    } else {
        both!(
            "期間 {said}は{stated}年間とされていますが、{start}年度から{end}年度までは{years}年間です{there}。",
            "The period {said} is said to be {stated} years, but FY{start} to FY{end} are {years} years{there}."
        )
    };
    Some(
        Finding::new(&DURATION, message)
            .at(place.child("years_printed"))
            .at(place)
            .numbers(years.to_string(), stated.to_string())
            .line(Both::same(format!("{end} − {start} + 1 = {years}"))),
    )
}

/// A project that begins before or ends after its programme.
pub(super) static WITHIN: Rule = Rule {
    id: "period-within",
    severity: Severity::Warning,
    title: Words("プログラムとプロジェクトの期間", "The programme's and the projects' periods"),
    why: Words(
        "プロジェクトがプログラムの期間の外に及ぶと、その年度がプログラムに含まれるのかを問われます。",
        "Where a project reaches beyond its programme, the question is whether those years belong to it.",
    ),
    scope: Scope::Dossier(within),
};

fn within(cx: &Context<'_>) -> Vec<Finding> {
    let programme = &cx.dossier.programme;
    let whole = &programme.overview.period;
    let mut findings = Vec::new();
    for project in &cx.dossier.projects {
        let part = &project.overview.period;
        let early = whole.start.zip(part.start).is_some_and(|(whole, part)| part < whole);
        let late = whole.end.zip(part.end).is_some_and(|(whole, part)| part > whole);
        if !early && !late {
            continue;
        }
        let (who, here, there) = (called(project), part.display(), whole.display());
        findings.push(
            Finding::new(
                &WITHIN,
                Both {
                    ja: format!("{}の期間 {here}が、プログラムの期間 {there}の外に及びます。", who.ja),
                    en: format!("The period of {}, {here}, reaches beyond the programme's, {there}.", who.en),
                },
            )
            .at(at(project, &["overview", "period"]))
            .at(at(programme, &["overview", "period"]))
            .numbers(there, here),
        );
    }
    findings
}

/// The period on the roadmap against the overview sheet.
pub(super) static ROADMAP: Rule = Rule {
    id: "period-roadmap",
    severity: Severity::Warning,
    title: Words("ロードマップと概要表の期間", "The period on roadmap and overview sheet"),
    why: Words(
        "ロードマップの線が概要表の期間と違うと、どちらが計画なのか分かりません。",
        "If the roadmap's bar differs from the overview sheet, it is unclear which is the plan.",
    ),
    scope: Scope::Subject(roadmap),
};

fn roadmap(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let (name, period) = (fold_for_matching(&subject.overview.name), &subject.overview.period);
    let bars = subject.roadmap.iter().filter(|item| {
        item.kind == RoadmapKind::Period
            && item.about.is_empty()
            && !name.is_empty()
            && fold_for_matching(&item.label) == name
    });
    let mut findings = Vec::new();
    for bar in bars {
        let start = bar.when.at.and_then(Moment::fiscal_year);
        let end = bar.when.to.and_then(Moment::fiscal_year);
        let apart = start.zip(period.start).is_some_and(|(a, b)| a != b)
            || end.zip(period.end).is_some_and(|(a, b)| a != b);
        if !apart {
            continue;
        }
        let (here, there) = (bar.when.display(), period.display());
        let (place, sheet) = (cited(&bar.printed_at), cited(&subject.overview.printed_at));
        findings.push(
            Finding::new(
                &ROADMAP,
                both!(
                    "ロードマップの期間は{here}{place}、概要表では{there}{sheet}です。",
                    "The roadmap's period is {here}{place}, the overview sheet's {there}{sheet}."
                ),
            )
            .at(at(subject, &["roadmap", bar.id.as_str(), "when"]))
            .at(at(subject, &["overview", "period"]))
            .numbers(there, here),
        );
    }
    findings
}

/// An upper policy that was decided after the project had ended.
pub(super) static POLICY: Rule = Rule {
    id: "policy-late",
    severity: Severity::Notice,
    title: Words("上位施策の日付", "Dates of upper policies"),
    why: Words(
        "事業が終わった後の施策を上位施策に掲げると、事業がそれに基づいたとは言えません。",
        "A project cannot have been based on a policy that was decided after its end.",
    ),
    scope: Scope::Subject(|cx, subject| policy(cx, subject).into_iter().collect()),
};

fn policy(cx: &Context<'_>, subject: &Subject) -> Option<Finding> {
    let (_, end) = Moment::Fiscal(subject.overview.period.end?).days()?;
    let late: Vec<_> = cx
        .dossier
        .policies
        .iter()
        .filter(|policy| subject.overview.policies.contains(&policy.id))
        .filter_map(|policy| Some((policy, policy.date.at?.days()?.0)))
        .filter(|(_, decided)| *decided > end)
        .collect();
    let (_, first) = late.first()?;
    let (who, count, period) = (called(subject), late.len(), subject.overview.period.display());
    let place = cited(&subject.overview.printed_at);
    let end = day(end);
    let message = Both {
        ja: format!(
            "{}の上位施策のうち{count}件は、事業の終了（{}）より後のものです{place}。",
            who.ja, end.ja
        ),
        en: format!(
            "{count} of the upper policies of {} were decided after its end on {}{place}.",
            who.en, end.en
        ),
    };
    let lines = late.iter().map(|(policy, decided)| {
        let (name, decided) = (&policy.name, day(*decided));
        Both {
            ja: format!("{name}: {} > {}", decided.ja, end.ja),
            en: format!("{name}: {} > {}", decided.en, end.en),
        }
    });
    Some(
        Finding::new(&POLICY, message)
            .at(at(subject, &["overview", "policies"]))
            .at_all(late.iter().map(|(policy, _)| Place::root().child("policies").child(policy.id.as_str())))
            .numbers(period, first.to_string())
            .lines(lines),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences, year};
    use crate::model::{Dossier, RoadmapItem, UpperPolicy, When};

    fn project(start: i16, end: i16, years: u16) -> Dossier {
        dossier(|a| {
            a.overview.name = "創薬".into();
            a.overview.policies = vec!["P1".into()];
            a.overview.period = Period {
                start: Some(year(start)),
                end: Some(year(end)),
                years_printed: Some(years),
                printed: String::new(),
            };
        })
    }

    #[test]
    fn a_length_that_fits_is_silent() {
        assert_eq!(found(&DURATION, &project(2015, 2027, 13)), []);
        assert!(sentences(&DURATION, &project(2015, 2027, 12))[0].contains("2027 − 2015 + 1 = 13"));
        assert!(sentences(&DURATION, &project(2027, 2015, 13))[0].contains("終わりが始まりより前"));
    }

    #[test]
    fn a_project_lies_within_its_programme() {
        let mut dossier = project(2017, 2021, 5);
        dossier.programme.overview.period = Period { start: Some(year(2015)), ..Period::default() };
        assert_eq!(found(&WITHIN, &dossier), [], "the programme goes on");
        dossier.programme.overview.period.end = Some(year(2020));
        assert_eq!(found(&WITHIN, &dossier).len(), 1);
    }

    #[test]
    fn the_roadmap_repeats_the_period() {
        let of = |when: &str| {
            let mut dossier = project(2017, 2021, 5);
            dossier.projects[0].roadmap = vec![RoadmapItem {
                id: "1".into(),
                label: "創薬".into(),
                kind: RoadmapKind::Period,
                when: When::read(when),
                ..RoadmapItem::default()
            }];
            found(&ROADMAP, &dossier).len()
        };
        assert_eq!((of("FY2017～FY2021"), of("FY2018～FY2021")), (0, 1));
    }

    #[test]
    fn a_policy_of_after_the_end_is_noticed() {
        let of = |date: &str| {
            let mut dossier = project(2017, 2021, 5);
            dossier.policies =
                vec![UpperPolicy { id: "P1".into(), date: When::read(date), ..UpperPolicy::default() }];
            found(&POLICY, &dossier).len()
        };
        assert_eq!((of("2022-03-31"), of("2022-06-07")), (0, 1));
    }
}
