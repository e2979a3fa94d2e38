//! アウトプット and アウトカム: what two chapters say of one indicator, and its targets against the period.

use crate::both;
use crate::check::amount::{Amount, difference, ratio};
use crate::check::said::{Group, Said, overlap, said};
use crate::check::say::{at, day, join, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Moment, Place, Subject, TargetKind, fold_for_matching};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// The target that two chapters state for one indicator.
pub(super) static TARGETS: Rule = Rule {
    id: "indicator-target",
    severity: Severity::Warning,
    title: Words("二つの章の目標", "Targets in two chapters"),
    why: Words(
        "目標の年度や値が章によって違うと、達成したかどうかの判断が分かれます。",
        "If chapters state different years or values for one target, whether it is met depends on the page one reads.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().flat_map(targets).collect()),
};

/// The programme's statements beside the project's.
fn sides<'a, 'b>(group: &'b Group<'a>) -> (Vec<&'b Said<'a>>, Vec<&'b Said<'a>>) {
    group.iter().partition(|said| said.programme)
}

fn targets(group: &Group<'_>) -> Vec<Finding> {
    let (programme, project) = sides(group);
    let stated: Vec<_> = project.into_iter().filter(|said| said.is_target()).collect();
    let mut findings = Vec::new();
    for here in programme.into_iter().filter(|said| said.is_target()) {
        let Some(there) = counterpart(here, &stated) else { continue };
        if same_target(here, there) {
            continue;
        }
        let (a, b) = (here.target(), there.target());
        let name = here.name();
        let message = Both {
            ja: format!("「{name}」の目標は、プログラム章では{}、プロジェクト章では{}です。", a.ja, b.ja),
            en: format!(
                "The target of \u{201c}{name}\u{201d} is {} in the programme chapter but {} in the project chapter.",
                a.en, b.en
            ),
        };
        let mut lines = Vec::new();
        let (left, right) = (&here.statement.target, &there.statement.target);
        if let (Some(a), Some(b)) = (Amount::of(&left.amount), Amount::of(&right.amount))
            && a.value != b.value
            && let Some(difference) = difference(&b, &a)
        {
            lines.push(Both::same(difference));
        }
        if let (Some(a), Some(b)) = (left.year, right.year)
            && a != b
        {
            let apart = (b.start_year() - a.start_year()).abs();
            lines.push(both!("年度の差 {b} − {a}: {apart}年", "the years {b} and {a} are {apart} apart"));
        }
        if stated.len() > 1 {
            let all = join(&stated.iter().map(|said| said.target()).collect::<Vec<_>>(), "、", "; ");
            lines.push(Both {
                ja: format!("プロジェクト章の目標: {}", all.ja),
                en: format!("targets in the project chapter: {}", all.en),
            });
        }
        let plain = |said: &Said<'_>| {
            let target = &said.statement.target;
            let year = target.year.map(|year| format!("{year} ")).unwrap_or_default();
            format!("{year}{}", self::said(&target.amount))
        };
        findings.push(
            Finding::new(&TARGETS, message)
                .at(here.place())
                .at(there.place())
                .numbers(plain(there), plain(here))
                .lines(lines),
        );
    }
    findings
}

fn same_target(a: &Said<'_>, b: &Said<'_>) -> bool {
    let (a, b) = (&a.statement.target, &b.statement.target);
    let amounts = Amount::of(&a.amount).zip(Amount::of(&b.amount));
    a.year == b.year
        && amounts.is_none_or(|(a, b)| a.compare(&b).is_none_or(crate::check::amount::Agreement::holds))
}

/// The project's statement that a programme's target is to be held against: the same year and value; or else the same
/// stated kind, the same value, the same year; or else the last one.
fn counterpart<'a, 'b>(here: &Said<'_>, stated: &[&'b Said<'a>]) -> Option<&'b Said<'a>> {
    let target = &here.statement.target;
    let kind =
        |said: &&&Said<'_>| target.kind != TargetKind::Unstated && said.statement.target.kind == target.kind;
    let value = |said: &&&Said<'_>| said.statement.target.amount.value() == target.amount.value();
    let year = |said: &&&Said<'_>| said.statement.target.year == target.year;
    let find = |test: &dyn Fn(&&&Said<'_>) -> bool| stated.iter().find(|said| test(said)).copied();
    find(&|said| value(said) && year(said))
        .or_else(|| find(&kind))
        .or_else(|| find(&value))
        .or_else(|| find(&year))
        .or_else(|| stated.iter().max_by_key(|said| said.statement.target.year).copied())
}

/// The actual that two chapters state against one target.
pub(super) static ACTUALS: Rule = Rule {
    id: "indicator-actual",
    severity: Severity::Warning,
    title: Words("二つの章の実績", "Actuals in two chapters"),
    why: Words(
        "同じ目標に対する実績が章によって違うと、どちらを評価したのかを問われます。時点の違いなら、時点をそろえるか注記が要ります。",
        "If chapters state different actuals for one target, the question is which was judged. If only the dates differ, align them or say so.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().flat_map(actuals).collect()),
};

fn actuals(group: &Group<'_>) -> Vec<Finding> {
    let (programme, project) = sides(group);
    let stated: Vec<_> = project.into_iter().filter(|said| said.is_target() && said.is_actual()).collect();
    // Two targets of one indicator usually repeat the same actual: that is one finding.
    let mut pairs: BTreeMap<(String, String), Vec<(&Said<'_>, &Said<'_>)>> = BTreeMap::new();
    for here in programme.into_iter().filter(|said| said.is_target() && said.is_actual()) {
        let Some(there) = counterpart(here, &stated) else { continue };
        let (left, right) = (&here.statement.target, &there.statement.target);
        let related = left.year == right.year
            || left.amount.value() == right.amount.value()
            || (left.kind == right.kind && left.kind != TargetKind::Unstated);
        let (Some(a), Some(b)) =
            (Amount::of(&here.statement.actual.amount), Amount::of(&there.statement.actual.amount))
        else {
            continue;
        };
        if related && a.compare(&b).is_some_and(|agreement| !agreement.holds()) {
            pairs.entry((here.actual().ja, there.actual().ja)).or_default().push((here, there));
        }
    }
    pairs.into_values().filter_map(|pairs| differing(&pairs)).collect()
}

fn differing(pairs: &[(&Said<'_>, &Said<'_>)]) -> Option<Finding> {
    let (here, there) = pairs.first()?;
    let apart = match (here.days(), there.days()) {
        (Some(a), Some(b)) => !overlap(a, b),
        _ => false,
    };
    let (a, b, name) = (here.actual(), there.actual(), here.name());
    let message = Both {
        ja: format!("「{name}」の実績は、プログラム章では{}、プロジェクト章では{}です。", a.ja, b.ja),
        en: format!(
            "The actual of \u{201c}{name}\u{201d} is {} in the programme chapter but {} in the project chapter.",
            a.en, b.en
        ),
    };
    let (left, right) =
        (Amount::of(&here.statement.actual.amount)?, Amount::of(&there.statement.actual.amount)?);
    let mut lines: Vec<_> = difference(&right, &left).map(Both::same).into_iter().collect();
    for (here, there) in pairs {
        for said in [here, there] {
            lines.extend(rate(said));
        }
    }
    if apart {
        lines.push(both!("時点が違う", "the two are of different dates"));
    }
    let places: Vec<Place> = pairs.iter().flat_map(|(here, there)| [here.place(), there.place()]).collect();
    let severity = if apart { Severity::Warning } else { Severity::Error };
    Some(
        Finding::new(&ACTUALS, message)
            .graded(severity)
            .at_all(places)
            .numbers(right.say(), left.say())
            .lines(lines),
    )
}

/// `3 ÷ 5 = 60 %（1部1章6、2024年度）`
fn rate(said: &Said<'_>) -> Option<Both> {
    let (actual, target) = (said.statement.actual.amount.value()?, said.statement.target.amount.value()?);
    let percent = ratio(actual.checked_mul(Decimal::ONE_HUNDRED)?, target, 0)?;
    let place = &said.statement.printed_at;
    let year = said.statement.target.year.map(|year| year.to_string()).unwrap_or_default();
    Some(both!(
        "{place}: {year}年度の目標に対し{actual} ÷ {target} = {percent} %",
        "{place}: against FY{year}, {actual} ÷ {target} = {percent} %"
    ))
}

/// The same actual at two times.
pub(super) static AS_OF: Rule = Rule {
    id: "indicator-as-of",
    severity: Severity::Warning,
    title: Words("実績の時点", "Dates of an actual"),
    why: Words(
        "同じ件数が別の時点の実績として書かれていると、どちらかの時点は誤りのはずです。",
        "If the same count is given for two different dates, one of the dates is probably wrong.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().filter_map(as_of).collect()),
};

fn as_of(group: &Group<'_>) -> Option<Finding> {
    let (programme, project) = sides(group);
    let dated = |said: &&&Said<'_>| {
        said.is_actual()
            && said.days().is_some()
            && !said.statement.actual.amount.value().unwrap_or_default().is_zero()
    };
    let programme: Vec<_> = programme.iter().filter(dated).copied().collect();
    let project: Vec<_> = project.iter().filter(dated).copied().collect();
    let same =
        |a: &Said<'_>, b: &Said<'_>| a.statement.actual.amount.value() == b.statement.actual.amount.value();
    let meets = |a: &Said<'_>, others: &[&Said<'_>]| {
        others.iter().any(|b| same(a, b) && a.days().zip(b.days()).is_some_and(|(a, b)| overlap(a, b)))
    };
    let (here, there) = programme.iter().find_map(|a| {
        let other = project.iter().find(|b| same(a, b) && !(meets(a, &project) && meets(b, &programme)))?;
        Some((a, other))
    })?;
    let (a, b, name) = (here.actual(), there.actual(), here.name());
    let message = Both {
        ja: format!(
            "「{name}」の同じ実績が、プログラム章では{}、プロジェクト章では{}とされています。",
            a.ja, b.ja
        ),
        en: format!(
            "The same actual of \u{201c}{name}\u{201d} reads {} in the programme chapter and {} in the project chapter.",
            a.en, b.en
        ),
    };
    let when = |said: &Said<'_>| said.statement.actual.as_of.display();
    let last = |said: &Said<'_>| said.days().map(|(_, last)| day(last)).unwrap_or_default();
    let (first, second) = (last(here), last(there));
    let mut finding = Finding::new(&AS_OF, message)
        .at(here.place())
        .at(there.place())
        .numbers(when(there), when(here))
        .line(Both {
            ja: format!("{}まで / {}まで", first.ja, second.ja),
            en: format!("up to {} / up to {}", first.en, second.en),
        });
    finding = finding.lines(listed(here, there));
    Some(finding)
}

/// The results that a table lists with their dates, held against the two dates.
fn listed(here: &Said<'_>, there: &Said<'_>) -> Option<Both> {
    let (_, early) = std::cmp::min(here.days()?, there.days()?);
    let table = there.subject.tables.iter().find(|table| {
        let name = fold_for_matching(&there.indicator.name);
        let kind = there.subject.output_groups.iter().map(|group| group.kind.as_str());
        kind.filter(|kind| !kind.is_empty() && name.contains(*kind)).any(|kind| table.title.contains(kind))
    })?;
    let begun = table.rows.iter().filter(|row| {
        let dates = row.cells.iter().filter_map(|cell| cell.trim().parse::<Moment>().ok()?.days());
        dates.map(|(first, _)| first).min().is_some_and(|first| first <= early)
    });
    let (begun, all, title, early) = (begun.count(), table.rows.len(), &table.title, day(early));
    Some(Both {
        ja: format!("「{title}」の{all}件のうち、{}までの日付があるもの: {begun}件", early.ja),
        en: format!("of the {all} rows of \u{201c}{title}\u{201d}, {begun} carry a date up to {}", early.en),
    })
}

/// A target year outside the period of the project.
pub(super) static TARGET_YEAR: Rule = Rule {
    id: "target-year",
    severity: Severity::Warning,
    title: Words("目標年度と実施期間", "Target years and the period"),
    why: Words(
        "アウトプットの目標は実施期間の中に、アウトカムの目標は開始の後にあるはずです。",
        "An output is due within the period, an outcome not before it begins.",
    ),
    scope: Scope::Subject(target_years),
};

fn target_years(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let period = &subject.overview.period;
    let mut findings = Vec::new();
    for (list, indicator) in crate::check::said::of(subject) {
        for statement in &indicator.statements {
            let Some(year) = statement.target.year else { continue };
            let early = period.start.is_some_and(|start| year < start);
            let late = list == "outputs" && period.end.is_some_and(|end| year > end);
            if !early && !late {
                continue;
            }
            let (name, span) = (crate::check::say::short(&indicator.name), period.display());
            let place = crate::check::say::cited(&statement.printed_at);
            findings.push(
                Finding::new(
                    &TARGET_YEAR,
                    both!(
                        "「{name}」の目標年度 {year}年度{place}が、実施期間 {span}の外にあります。",
                        "The target year FY{year} of \u{201c}{name}\u{201d}{place} lies outside the period {span}."
                    ),
                )
                .at(at(subject, &[list, indicator.id.as_str(), "statements", statement.id.as_str(), "target"]))
                .at(at(subject, &["overview", "period"]))
                .numbers(span, year.to_string()),
            );
        }
    }
    findings
}

/// An actual of the last day of the evaluation's own year.
pub(super) static TOO_EARLY: Rule = Rule {
    id: "actual-to-come",
    severity: Severity::Warning,
    title: Words("評価の時点より先の実績", "Actuals later than the evaluation"),
    why: Words(
        "評価を行った年度の末日より前に書かれた資料に、年度末の実績は載せられません。見込みではないかを確かめます。",
        "Material written within the evaluation's year cannot hold an actual of that year's last day; it may be an expectation.",
    ),
    scope: Scope::Subject(too_early),
};

fn too_early(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let Some(now) = subject.evaluation.year.or(cx.dossier.report.year) else { return Vec::new() };
    let Some((limit, _)) = Moment::FiscalEnd(now).days() else { return Vec::new() };
    let mut findings = Vec::new();
    for (list, indicator) in crate::check::said::of(subject) {
        let to_come: Vec<_> = indicator
            .statements
            .iter()
            .filter(|statement| statement.target.kind != TargetKind::Expected)
            .filter(|statement| statement.actual.amount.value().is_some())
            .filter(|statement| {
                let days = statement.actual.as_of.at.and_then(Moment::days);
                days.is_some_and(|(first, _)| first >= limit)
            })
            .collect();
        let Some(first) = to_come.first() else { continue };
        let (name, amount) = (crate::check::say::short(&indicator.name), said(&first.actual.amount));
        let when = first.actual.as_of.display();
        let places: Vec<_> = to_come.iter().map(|statement| statement.printed_at.trim()).collect();
        let place = crate::check::say::cited(&places.join("、"));
        findings.push(
            Finding::new(
                &TOO_EARLY,
                both!(
                    "「{name}」の{amount}は{when}の実績とされています{place}が、評価は{now}年度に行われています。",
                    "{amount} of \u{201c}{name}\u{201d} is given as an actual of {when}{place}, but the evaluation was made in FY{now}."
                ),
            )
            .at_all(to_come.iter().map(|statement| {
                at(subject, &[list, indicator.id.as_str(), "statements", statement.id.as_str(), "actual"])
            }))
            .numbers(format!("< {limit}"), when),
        );
    }
    findings
}

/// An actual of three times the target or more.
pub(super) static FAR_ABOVE: Rule = Rule {
    id: "target-low",
    severity: Severity::Notice,
    title: Words("目標を大きく超える実績", "Actuals far above the target"),
    why: Words(
        "実績が目標の数倍になると、目標の水準が低すぎなかったかを問われます。",
        "An actual of several times the target raises the question whether the target was set too low.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().filter_map(far_above).collect()),
};

fn far_above(group: &Group<'_>) -> Option<Finding> {
    let far = |said: &&Said<'_>| {
        let (target, actual) = (&said.statement.target.amount, &said.statement.actual.amount);
        let (target, actual) = (target.value().unwrap_or_default(), actual.value().unwrap_or_default());
        said.is_target()
            && said.is_actual()
            && target > Decimal::ZERO
            && ratio(actual, target, 4).is_some_and(|times| times >= Decimal::from(3))
    };
    let far: Vec<_> = group.iter().filter(far).collect();
    let first = far.first()?;
    let (target, actual) = (said(&first.statement.target.amount), said(&first.statement.actual.amount));
    let times = ratio(first.statement.actual.amount.value()?, first.statement.target.amount.value()?, 1)?;
    let name = first.name();
    let places: Vec<_> = far.iter().map(|said| said.statement.printed_at.trim()).collect();
    let place = crate::check::say::cited(&places.join("、"));
    Some(
        Finding::new(
            &FAR_ABOVE,
            both!(
                "「{name}」の実績 {actual}は、目標 {target}の{times}倍です{place}。",
                "The actual of \u{201c}{name}\u{201d}, {actual}, is {times} times the target of {target}{place}."
            ),
        )
        .at_all(far.iter().map(|said| said.place()))
        .numbers(target.clone(), actual.clone())
        .line(Both::same(format!("{actual} ÷ {target} = {times}"))),
    )
}

/// The spans over which projects count papers, patents and the like.
pub(super) static SPANS: Rule = Rule {
    id: "indicator-span",
    severity: Severity::Notice,
    title: Words("その他の指標の集計期間", "Spans of other indicators"),
    why: Words(
        "論文数や特許出願の集計期間がそろっていないと、プロジェクトどうしを比べられません。",
        "Counts of papers and patents over different spans cannot be compared between projects.",
    ),
    scope: Scope::Dossier(|cx| spans(cx).into_iter().collect()),
};

fn spans(cx: &Context<'_>) -> Option<Finding> {
    // Which projects count over which span, for the names that more than one project counts.
    let mut uses: HashMap<String, usize> = HashMap::new();
    for project in &cx.dossier.projects {
        for indicator in &project.other_indicators {
            *uses.entry(fold_for_matching(&indicator.name)).or_default() += 1;
        }
    }
    let mut spans: BTreeMap<(i16, i16), Vec<&Subject>> = BTreeMap::new();
    for project in &cx.dossier.projects {
        for indicator in &project.other_indicators {
            let shared = uses.get(&fold_for_matching(&indicator.name)).is_some_and(|count| *count > 1);
            let (Some(from), Some(to), true) = (indicator.from, indicator.to, shared) else { continue };
            let projects = spans.entry((from.start_year(), to.start_year())).or_default();
            if projects.last().is_none_or(|last| last.id != project.id) {
                projects.push(project);
            }
        }
    }
    if spans.len() < 2 {
        return None;
    }
    let lines = spans.iter().map(|((from, to), projects)| {
        let years = to - from + 1;
        let Both { ja, en } =
            join(&projects.iter().map(|project| called(project)).collect::<Vec<_>>(), "・", ", ");
        both!("{from}～{to}年度（{years}年）: {ja}", "FY{from}–{to} ({years} years): {en}")
    });
    let all: Vec<_> = spans.keys().map(|(from, to)| format!("{from}～{to}")).collect();
    Some(
        Finding::new(
            &SPANS,
            both!(
                "論文数などのその他の指標の集計期間が、プロジェクトによって違います。",
                "Projects count papers, patents and the like over different spans."
            ),
        )
        .at_all(spans.values().filter_map(|projects| Some(at(projects.first()?, &["other_indicators"]))))
        .numbers(all.first()?.clone(), all.join("、"))
        .lines(lines),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, indicator, sentences, statement, year};
    use crate::model::{Dossier, OtherIndicator, Period, PrintedChapter, Statement};

    fn programme(statement: Statement) -> Statement {
        Statement { chapter: PrintedChapter::Programme, ..statement }
    }

    fn two(here: Statement, there: Statement) -> Dossier {
        dossier(|a| a.outputs = vec![indicator("確立数", vec![programme(here), there])])
    }

    #[test]
    fn chapters_that_agree_are_silent() {
        let said = |id: &str| statement(id, Some(2021), "12", "13", "FY2021");
        let dossier = two(said("1"), said("2"));
        for rule in [&TARGETS, &ACTUALS, &AS_OF, &TARGET_YEAR, &TOO_EARLY, &FAR_ABOVE, &SPANS] {
            assert_eq!(found(rule, &dossier), [], "{}", rule.id);
        }
    }

    #[test]
    fn another_target_year_or_value_is_a_warning() {
        let dossier = two(statement("1", Some(2022), "20", "", ""), statement("2", Some(2023), "30", "", ""));
        let found = sentences(&TARGETS, &dossier);
        assert!(found[0].contains("30 − 20 = +10件") && found[0].contains("1年"), "{found:?}");
    }

    #[test]
    fn the_same_name_in_two_subjects_is_one_indicator() {
        let mut dossier = dossier(|a| {
            a.outputs = vec![indicator("要素技術の　確立数", vec![statement("1", Some(2021), "1", "2", "")])];
        });
        dossier.programme.outputs =
            vec![indicator("要素技術の確立数", vec![statement("1", Some(2022), "1", "1", "")])];
        assert_eq!(found(&TARGETS, &dossier).len(), 1);
        let actual = found(&ACTUALS, &dossier);
        assert_eq!((actual.len(), actual[0].severity), (1, Severity::Error));
        assert_eq!(actual[0].places[0].to_string(), "programme/outputs/要素技術の確立数/statements/1");
        let twin = dossier.projects[0].clone().into_inner();
        dossier.projects.push(Subject { id: "B".into(), ..twin }.into());
        assert_eq!(found(&TARGETS, &dossier), [], "of two projects, it is neither one's");
    }

    #[test]
    fn actuals_of_other_dates_are_milder() {
        let dossier = two(
            statement("1", Some(2024), "5", "3", "FY2021末"),
            statement("2", Some(2024), "5", "6", "2022年末"),
        );
        let findings = found(&ACTUALS, &dossier);
        assert_eq!(findings[0].severity, Severity::Warning);
        assert!(findings[0].sentence(crate::locale::Lang::Ja).contains("3 ÷ 5 = 60 %"));
    }

    #[test]
    fn one_count_at_two_dates_is_a_warning() {
        let of = |here: &str, there: &str| {
            let dossier =
                two(statement("1", Some(2025), "5", "5", here), statement("2", Some(2025), "5", "5", there));
            found(&AS_OF, &dossier).len()
        };
        assert_eq!(
            (of("FY2020末", "2022年末"), of("FY2022", "2022年末"), of("FY2022末", "2022年末")),
            (1, 0, 1)
        );
    }

    #[test]
    fn outputs_are_due_within_the_period() {
        let mut dossier =
            two(statement("1", Some(2021), "1", "", ""), statement("2", Some(2023), "1", "", ""));
        dossier.projects[0].overview.period =
            Period { start: Some(year(2020)), end: Some(year(2022)), ..Period::default() };
        assert_eq!(found(&TARGET_YEAR, &dossier).len(), 1);
        let project = &mut dossier.projects[0];
        project.outcomes = std::mem::take(&mut project.outputs);
        assert_eq!(found(&TARGET_YEAR, &dossier), [], "an outcome may be due later");
    }

    #[test]
    fn an_actual_of_the_last_day_is_still_to_come() {
        let mut dossier = two(
            statement("1", Some(2022), "20", "20", "FY2022末"),
            statement("2", Some(2022), "20", "20", "2022年末"),
        );
        dossier.report.year = Some(year(2022));
        assert_eq!(found(&TOO_EARLY, &dossier).len(), 1);
        dossier.report.year = Some(year(2023));
        assert_eq!(found(&TOO_EARLY, &dossier), []);
    }

    #[test]
    fn several_times_the_target_is_a_notice() {
        let said = |id: &str, actual: &str| statement(id, Some(2021), "12", actual, "");
        assert!(sentences(&FAR_ABOVE, &two(said("1", "49"), said("2", "49")))[0].contains("4.1倍"));
        assert_eq!(found(&FAR_ABOVE, &two(said("1", "35"), said("2", "13"))), []);
    }

    #[test]
    fn spans_of_counts_are_compared_between_projects() {
        let papers = |from: i16, to: i16| OtherIndicator {
            id: "r1".into(),
            name: "論文数".into(),
            from: Some(year(from)),
            to: Some(year(to)),
            ..OtherIndicator::default()
        };
        let mut dossier = dossier(|a| a.other_indicators = vec![papers(2017, 2021)]);
        let mut other = Subject { id: "B".into(), ..Subject::default() };
        other.other_indicators = vec![papers(2017, 2021)];
        dossier.projects.push(other.into());
        assert_eq!(found(&SPANS, &dossier), []);
        dossier.projects[1].other_indicators = vec![papers(2018, 2021)];
        assert!(sentences(&SPANS, &dossier)[0].contains("2018～2021年度（4年）: プロジェクトB"));
    }
}
