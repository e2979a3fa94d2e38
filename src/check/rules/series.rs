//! Several series of amounts beside each other: of one subject from two documents, and the programme's beside its
//! projects'.

use super::amounts::{is_part, kind};
use crate::both;
use crate::check::amount::{Agreement, Amount, Sum, difference};
use crate::check::say::{at, cited, year, years};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::{Both, Lang, Term};
use crate::model::{AmountKind, AmountSeries, FiscalYear, Quantity, Subject, Unit, fold_for_matching};

/// Two series of the same kind, as when the report and an official data set are both in the dossier.
pub(super) static SIDE_BY_SIDE: Rule = Rule {
    id: "series-differ",
    severity: Severity::Warning,
    title: Words("同じ金額の二つの系列", "Two series of the same amounts"),
    why: Words(
        "同じ年度の同じ種類の金額が二つの資料で違うと、どちらが公式の数値かを問われます。単位や丸めの違いだけであれば問題はありません。",
        "If two documents give different amounts of one kind for one year, the question is which one is official. Units and rounding alone are no trouble.",
    ),
    scope: Scope::Subject(side_by_side),
};

fn side_by_side(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let all = &subject.amounts;
    let pairs = all.iter().enumerate().flat_map(|(n, first)| {
        all[n + 1..].iter().filter(|second| same(first, second)).map(move |second| (first, second))
    });
    pairs.flat_map(|(first, second)| compare(subject, first, second)).collect()
}

/// Whether two series say the same thing: of one kind, and neither a part of the budget that the other is not.
fn same(first: &AmountSeries, second: &AmountSeries) -> bool {
    let part = |series: &AmountSeries| is_part(series).then(|| fold_for_matching(&series.label));
    first.kind == second.kind && part(first) == part(second)
}

/// What is different between two series, and what is only rounded.
fn compare(subject: &Subject, first: &AmountSeries, second: &AmountSeries) -> Vec<Finding> {
    let mut different = Vec::new();
    let mut rounded = Vec::new();
    for (fiscal, amount) in &first.years {
        let (Some(a), Some(b)) = (Amount::of(amount), second.years.get(fiscal).and_then(Amount::of)) else {
            continue;
        };
        match a.compare(&b) {
            Some(Agreement::Different | Agreement::Slip(_)) => different.push((*fiscal, a, b)),
            Some(Agreement::Rounding) => rounded.push((*fiscal, a, b)),
            Some(Agreement::Equal) | None => {}
        }
    }
    let kind = if is_part(first) { Both::same(first.label.trim()) } else { kind(first) };
    let (here, there) = (said(first), said(second));
    let between = if here == there {
        both!("二つの系列", "two series")
    } else {
        both!("{here}と{there}", "{here} and {there}")
    };
    let finding = |apart: &[(FiscalYear, Amount, Amount)], severity| {
        let (_, a, b) = apart.first()?;
        let fiscal = years(&apart.iter().map(|(year, ..)| *year).collect::<Vec<_>>());
        let message = if severity == Severity::Notice {
            Both {
                ja: format!("{}の{}は、{}で丸め方だけが違います。", fiscal.ja, kind.ja, between.ja),
                en: format!("The {} of {} in {} differs by rounding only.", kind.en, fiscal.en, between.en),
            }
        } else {
            Both {
                ja: format!("{}の{}が、{}で違います。", fiscal.ja, kind.ja, between.ja),
                en: format!("The {} of {} differs between {}.", kind.en, fiscal.en, between.en),
            }
        };
        let lines = apart.iter().map(|(fiscal, a, b)| {
            let (first, second) = (a.say(), b.say_in(&a.unit));
            let difference = difference(a, b).unwrap_or_default();
            let Both { ja, en } = year(*fiscal);
            both!("{ja}: {first} / {second}、{difference}", "{en}: {first} against {second}; {difference}")
        });
        Some(
            Finding::new(&SIDE_BY_SIDE, message)
                .graded(severity)
                .at(at(subject, &["amounts", first.id.as_str(), "years"]))
                .at(at(subject, &["amounts", second.id.as_str(), "years"]))
                .numbers(a.say(), b.say())
                .lines(lines),
        )
    };
    let warning = finding(&different, Severity::Warning);
    warning.into_iter().chain(finding(&rounded, Severity::Notice)).collect()
}

/// Where a series is printed, or else what it is called.
fn said(series: &AmountSeries) -> String {
    let named = [&series.printed_at, &series.label].into_iter().find(|text| !text.trim().is_empty());
    let unit = &series.unit;
    match named {
        Some(text) => format!("「{}」", text.trim()),
        None => format!("「{}（{unit}）」", series.kind.term(Lang::Ja)),
    }
}

/// The programme's amounts against the sum of its projects'.
pub(super) static PROGRAMME_SUM: Rule = Rule {
    id: "programme-sum",
    severity: Severity::Warning,
    title: Words("プログラムとプロジェクトの金額", "The programme's and the projects' amounts"),
    why: Words(
        "プログラムの金額がプロジェクトの和と違うときは、差が何に当たるかを示せないと全体像が閉じません。",
        "If the programme's money is not the sum of its projects', somebody must be able to say what the rest is.",
    ),
    scope: Scope::Dossier(|cx| programme_sum(cx).into_iter().collect()),
};

fn programme_sum(cx: &Context<'_>) -> Option<Finding> {
    let programme = &cx.dossier.programme;
    let series = programme.amounts.iter().find(|series| !series.years.is_empty())?;
    let of = |project: &'_ Subject| -> Option<usize> {
        let same = project.amounts.iter().position(|other| other.kind == series.kind);
        same.or_else(|| project.amounts.iter().position(|other| other.kind == AmountKind::Contract))
    };
    let projects: Vec<_> = cx
        .dossier
        .projects
        .iter()
        .filter_map(|project| Some((&**project, &project.amounts[of(project)?])))
        .collect();
    let (_, second) = projects.first().copied()?;
    let unit: Unit = second.unit.clone();
    let mut lines = Vec::new();
    let mut apart = Vec::new();
    for (fiscal, amount) in &series.years {
        let Some(whole) = Amount::of(amount) else { continue };
        let parts: Vec<(&Subject, &Quantity)> = projects
            .iter()
            .filter_map(|(project, series)| Some((*project, series.years.get(fiscal)?)))
            .filter(|(_, amount)| amount.value().is_some())
            .collect();
        let Some(sum) = Sum::of(parts.iter().map(|(_, amount)| *amount), &unit) else { continue };
        if sum.compare(&whole).is_none_or(Agreement::holds) {
            continue;
        }
        let names: Vec<_> = parts.iter().map(|(project, _)| project.id.as_str()).collect();
        let alone = names.len() == 1;
        let reckoned = if alone { sum.amount().say() } else { sum.say() };
        let (names, said) = (names.join("＋"), whole.say_in(&unit));
        let difference =
            whole.to(&unit).and_then(|whole| difference(&whole, &sum.amount())).unwrap_or_default();
        let Both { ja, en } = year(*fiscal);
        lines.push(both!(
            "{ja}: {names} = {reckoned} / プログラム {said}、{difference}",
            "{en}: {names} = {reckoned}, the programme {said}; {difference}"
        ));
        apart.push((*fiscal, sum.amount().say(), whole.say()));
    }
    let (_, reckoned, said) = apart.first()?.clone();
    let silent: Vec<_> = cx
        .dossier
        .projects
        .iter()
        .filter(|project| of(project).is_none())
        .map(|project| project.id.to_string())
        .collect();
    if !silent.is_empty() {
        let (ja, en) = (silent.join("・"), silent.join(", "));
        lines.push(both!("金額の記載がないプロジェクト: {ja}", "projects without amounts: {en}"));
    }
    let fiscal: Vec<_> = apart.iter().map(|(year, ..)| *year).collect();
    let (fiscal, whole, part) = (years(&fiscal), kind(series), kind(second));
    let (here, there) = (cited(&series.printed_at), cited(&second.printed_at));
    let others = if projects.len() > 1 { both!("ほか", " and others") } else { Both::default() };
    let message = Both {
        ja: format!(
            "{}のプログラムの{}{here}が、プロジェクトの{}{there}{}の和と違います。",
            fiscal.ja, whole.ja, part.ja, others.ja
        ),
        en: format!(
            "The programme's {}{here} of {} is not the sum of the projects' {}{there}{}.",
            whole.en, fiscal.en, part.en, others.en
        ),
    };
    let places =
        projects.iter().map(|(project, series)| at(project, &["amounts", series.id.as_str(), "years"]));
    Some(
        Finding::new(&PROGRAMME_SUM, message)
            .at(at(programme, &["amounts", series.id.as_str(), "years"]))
            .at_all(places)
            .numbers(said, reckoned)
            .lines(lines),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences, series};

    #[test]
    fn the_report_beside_official_figures() {
        let two = |report: &[&str], official: &[&str]| {
            let mut dossier = dossier(|_| ());
            dossier.programme.amounts = vec![
                series("r1", AmountKind::Executed, Unit::MillionYen, report, &[]),
                series("rs", AmountKind::Executed, Unit::Yen, official, &[]),
            ];
            dossier
        };
        assert_eq!(found(&SIDE_BY_SIDE, &two(&["4373", "7148"], &["4373000000", "7148000000"])), []);
        let rounded = found(&SIDE_BY_SIDE, &two(&["170", "7148"], &["169600000", "7148000000"]));
        assert_eq!(rounded.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Notice]);
        let both = found(&SIDE_BY_SIDE, &two(&["170", "7148"], &["169600000", "7200000000"]));
        assert_eq!(
            both.iter().map(|f| f.severity).collect::<Vec<_>>(),
            [Severity::Warning, Severity::Notice]
        );
        assert!(both[0].working[0].ja.contains("7,148 − 7,200 = −52百万円"), "{:?}", both[0].working);
    }

    #[test]
    fn parts_of_the_budget_are_not_each_other() {
        let budget = |label: &str, amounts: &[&str]| AmountSeries {
            label: label.to_owned(),
            ..series(label, AmountKind::Budget, Unit::MillionYen, amounts, &[])
        };
        let all = |others: &[AmountSeries]| {
            let mut dossier = dossier(|_| ());
            dossier.programme.amounts = vec![
                budget("当初予算", &["3800", "3996"]),
                budget("予備費等", &["169.6", "0"]),
                budget("歳出予算現額", &["3969.6", "3996"]),
            ];
            dossier.programme.amounts.extend_from_slice(others);
            found(&SIDE_BY_SIDE, &dossier)
        };
        assert_eq!(all(&[]), []);
        // A later sheet gives the same part in whole millions, and the whole otherwise.
        let rounded = all(&[budget("予備費等", &["170", "0"])]);
        assert_eq!(rounded.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Notice]);
        let other = all(&[budget("予算額", &["3970", "5206"])]);
        assert_eq!(
            other.iter().map(|f| f.severity).collect::<Vec<_>>(),
            [Severity::Warning, Severity::Notice]
        );
    }

    #[test]
    fn the_programme_beside_its_projects() {
        let of = |programme: &[&str], project: &[&str]| {
            let mut dossier = dossier(|a| {
                a.amounts = vec![series("r1", AmountKind::Contract, Unit::HundredMillionYen, project, &[])];
            });
            dossier.programme.amounts =
                vec![series("r1", AmountKind::Executed, Unit::MillionYen, programme, &[])];
            dossier
        };
        assert_eq!(found(&PROGRAMME_SUM, &of(&["1090", "-"], &["10.9", "5"])), []);
        let found = sentences(&PROGRAMME_SUM, &of(&["4373", "7148"], &["10.9", "-"]));
        assert!(
            found[0].contains("A = 10.9億円 ") && found[0].contains("43.73 − 10.9 = +32.83億円"),
            "{found:?}"
        );
    }
}
