//! 契約額, 執行額: a series of amounts against the totals that stand beside it, and against the period.

use crate::both;
use crate::check::amount::{Agreement, Amount, Sum, difference, ratio, rounding_note};
use crate::check::say::{at, cited, join, year, years};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::{Both, Lang, Term};
use crate::model::{
    AmountKind, AmountSeries, AmountTotal, Figure, FiscalYear, Subject, fold_for_matching, grouped,
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a series of amounts is called.
pub(super) fn kind(series: &AmountSeries) -> Both {
    Both { ja: series.kind.term(Lang::Ja).to_owned(), en: series.kind.term(Lang::En).to_lowercase() }
}

/// Whether a total is of the budget rather than of what the series holds.
pub(super) fn is_budget(total: &AmountTotal) -> bool {
    total.label.contains("予算")
}

/// The total that is meant to be the sum of the series.
pub(super) fn own_total(series: &AmountSeries) -> Option<&AmountTotal> {
    series.totals.iter().find(|total| is_budget(total) == (series.kind == AmountKind::Budget))
}

/// The budget total beside a series of something else.
pub(super) fn budget_total(series: &AmountSeries) -> Option<&AmountTotal> {
    series.totals.iter().find(|total| is_budget(total) && series.kind != AmountKind::Budget)
}

/// Whether a series is a part of the budget, or what is asked for, and not all there is: official data sets give
/// 当初予算, 補正予算, 繰越し, 予備費等 and 要求額 beside 歳出予算現額.
pub(super) fn is_part(series: &AmountSeries) -> bool {
    let label = fold_for_matching(&series.label);
    let all = ["現額", "予算計", "予算額", "予算総額", "合計"].iter().any(|word| label.contains(word))
        || ["計", "予算"].contains(&label.as_str());
    series.kind == AmountKind::Budget && !label.is_empty() && !all
}

/// Whether a year lies in the span that is evaluated, or none is stated.
pub(super) fn is_evaluated(subject: &Subject, year: FiscalYear) -> bool {
    let period = &subject.overview.evaluated_period;
    period.start.is_none_or(|start| start <= year) && period.end.is_none_or(|end| year <= end)
}

/// The sum of a series, in its unit.
pub(super) fn sum(series: &AmountSeries) -> Option<Sum> {
    Sum::of(series.years.values(), &series.unit)
}

/// The note that a document prints beside a figure, as a line of the arithmetic.
pub(super) fn note_line(total: &AmountTotal) -> Option<Both> {
    let note = total.amount.note.trim();
    let label = &total.label;
    (!note.is_empty()).then(|| both!("{label}の注記: {note}", "the document's note on {label}: {note}"))
}

fn series_of<'a>(subject: &'a Subject, check: impl Fn(&'a AmountSeries) -> Option<Finding>) -> Vec<Finding> {
    subject.amounts.iter().filter_map(check).collect()
}

/// A printed total against the sum of the years.
pub(super) static SUM: Rule = Rule {
    id: "amount-sum",
    severity: Severity::Error,
    title: Words("年度別の金額と合計", "Amounts by year and their total"),
    why: Words(
        "年度別の金額を足しても印字の合計にならないと、どの数値で議論すべきか分からなくなります。",
        "If the years do not add up to the printed total, nobody knows which figure to argue from.",
    ),
    scope: Scope::Subject(|_, subject| series_of(subject, |series| wrong_sum(subject, series))),
};

fn wrong_sum(subject: &Subject, series: &AmountSeries) -> Option<Finding> {
    // A year without a figure leaves the total open; then only a sum that is already above it is wrong.
    let complete = series.years.values().all(|amount| amount.value().is_some());
    let total = own_total(series)?;
    let (printed, sum) = (Amount::of(&total.amount)?, sum(series)?);
    let agreement = sum.compare(&printed)?;
    let above = sum.value > printed.to(&series.unit)?.value;
    if agreement == Agreement::Equal || (!complete && (!above || agreement.holds())) {
        return None;
    }
    let (label, said, reckoned, place) =
        (&total.label, printed.say(), sum.amount().say(), cited(&series.printed_at));
    let kind = kind(series);
    let message = Both {
        ja: format!("印字の{label}は{said}ですが、年度別の{}の和は{reckoned}です{place}。", kind.ja),
        en: format!(
            "The printed {label} is {said}, but the {} by year adds up to {reckoned}{place}.",
            kind.en
        ),
    };
    let finding = Finding::new(&SUM, message)
        .at(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]))
        .at(at(subject, &["amounts", series.id.as_str(), "years"]))
        .numbers(reckoned, said)
        .line(Both::same(sum.say()))
        .lines(difference(&printed, &sum.amount()).map(Both::same));
    Some(if agreement.holds() {
        finding.line(rounding_note(sum.count(), printed.step, &printed.unit)).graded(Severity::Notice)
    } else {
        finding
    })
}

/// A total that is left open though the years before the evaluation have figures.
pub(super) static OPEN_TOTAL: Rule = Rule {
    id: "amount-total-open",
    severity: Severity::Notice,
    title: Words("印字のない合計", "Totals left open"),
    why: Words(
        "年度別の金額から合計を計算できるのに示されていないと、読み手が自分で足して別の数値と比べることになります。",
        "Where a total could be reckoned but is not printed, readers add it up themselves and compare it with other figures.",
    ),
    scope: Scope::Subject(|cx, subject| series_of(subject, |series| open_total(cx, subject, series))),
};

fn open_total(cx: &Context<'_>, subject: &Subject, series: &AmountSeries) -> Option<Finding> {
    let total = own_total(series).filter(|total| total.amount.figure == Figure::Dash)?;
    let sum = sum(series)?;
    // A year that is over at the time of the evaluation and has no figure explains the open total.
    let now = subject.evaluation.year.or(cx.dossier.report.year);
    let known = |(year, amount): (&FiscalYear, &crate::model::Quantity)| {
        amount.value().is_some() || now.is_some_and(|now| *year >= now)
    };
    if !series.years.iter().all(known) {
        return None;
    }
    let open: Vec<FiscalYear> =
        series.years.iter().filter(|(_, amount)| amount.value().is_none()).map(|(year, _)| *year).collect();
    let (label, mark, place) = (&total.label, total.amount.display(), cited(&series.printed_at));
    let (count, reckoned, kind) = (sum.count(), sum.amount().say(), kind(series));
    let message = Both {
        ja: format!("{label}は「{mark}」ですが、{}のある{count}年度の和は{reckoned}です{place}。", kind.ja),
        en: format!(
            "{label} reads \u{201c}{mark}\u{201d}, but the {count} years with figures add up to {reckoned}{place}."
        ),
    };
    // The rest is that of the open years only where no later year has a figure.
    let last =
        series.years.iter().filter(|(_, amount)| amount.value().is_some()).map(|(year, _)| *year).max();
    let at_end = open.first().zip(last).is_some_and(|(open, last)| *open > last);
    let mut finding = Finding::new(&OPEN_TOTAL, message)
        .at(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]))
        .at(at(subject, &["amounts", series.id.as_str(), "years"]))
        .numbers(reckoned, mark)
        .line(Both::same(sum.say()));
    if at_end
        && let Some(budget) = budget_total(series)
        && let Some(amount) = Amount::of(&budget.amount)
        && amount.to(&sum.unit)?.value > sum.value
        && let Some(rest) = difference(&amount, &sum.amount())
    {
        let open = years(&open);
        let label = &budget.label;
        finding = finding
            .line(Both {
                ja: format!("{label}との差 {rest}（{}に当たる分）", open.ja),
                en: format!("against {label}: {rest} (what is left for {})", open.en),
            })
            .lines(note_line(budget));
    }
    Some(finding)
}

/// More contracted or executed than there was budget.
pub(super) static OVER_BUDGET: Rule = Rule {
    id: "amount-over-budget",
    severity: Severity::Warning,
    title: Words("契約額・執行額と予算額", "Contracts and execution against the budget"),
    why: Words(
        "契約額や執行額が予算額を超えることは調整費などであり得ますが、注記がないと必ず質問が出ます。",
        "Contracts and execution may exceed the budget, by adjustment funds for instance; without a note the question is sure to come.",
    ),
    scope: Scope::Subject(over_budget),
};

fn over_budget(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings = series_of(subject, |series| over_total(subject, series));
    let spent = subject.amounts.iter().filter(|series| series.kind == AmountKind::Executed);
    let budgets =
        || subject.amounts.iter().filter(|series| series.kind == AmountKind::Budget && !is_part(series));
    findings.extend(spent.flat_map(|spent| budgets().filter_map(|budget| over_year(subject, spent, budget))));
    findings
}

/// One figure in percent of another, to one decimal.
fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    ratio(part.checked_mul(Decimal::ONE_HUNDRED)?, whole, 1)
}

fn over_total(subject: &Subject, series: &AmountSeries) -> Option<Finding> {
    let total = budget_total(series)?;
    let budget = Amount::of(&total.amount)?;
    let sum = sum(series)?;
    let reckoned = sum.amount();
    let over = reckoned.to(&budget.unit)?.value > budget.value;
    if !over || sum.compare(&budget)?.holds() {
        return None;
    }
    // Years outside the evaluated span need not be in a total that is printed for the span.
    let within = series.years.iter().filter(|(year, _)| is_evaluated(subject, **year));
    let within = Sum::of(within.map(|(_, amount)| amount), &series.unit);
    if within.is_some_and(|sum| sum.amount().to(&budget.unit).is_some_and(|sum| sum.value <= budget.value)) {
        return None;
    }
    let own = own_total(series).filter(|own| own.amount.value().is_some());
    let what = if let Some(own) = own {
        Both::same(format!("{} {}", own.label, own.amount.display()))
    } else {
        let (count, sum, kind) = (sum.count(), reckoned.say(), kind(series));
        Both {
            ja: format!("{count}年度分の{}の和 {sum}", kind.ja),
            en: format!("The sum of {count} years ({}), {sum},", kind.en),
        }
    };
    let (label, place) = (&total.label, cited(&series.printed_at));
    let said = budget.say();
    let Both { ja, en } = &what;
    let rate = percent(reckoned.to(&budget.unit)?.value.saturating_sub(budget.value), budget.value);
    let rate = rate.map(|rate| both!("{label}比 +{rate} %", "+{rate} % of {label}"));
    let mut finding = Finding::new(
        &OVER_BUDGET,
        both!("{ja}が、{label} {said}を超えています{place}。", "{en} exceeds {label} {said}{place}."),
    );
    if let Some(own) = own {
        finding = finding.at(at(subject, &["amounts", series.id.as_str(), "totals", own.id.as_str()]));
    } else {
        finding = finding.at(at(subject, &["amounts", series.id.as_str(), "years"]));
    }
    Some(
        finding
            .at(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]))
            .numbers(format!("≤ {said}"), reckoned.say())
            .line(Both::same(sum.say()))
            .lines(difference(&reckoned, &budget).map(Both::same))
            .lines(rate)
            .lines(note_line(total)),
    )
}

fn over_year(subject: &Subject, spent: &AmountSeries, budget: &AmountSeries) -> Option<Finding> {
    let mut lines = Vec::new();
    let mut over = Vec::new();
    for (fiscal, amount) in &spent.years {
        let (Some(amount), Some(planned)) =
            (Amount::of(amount), budget.years.get(fiscal).and_then(Amount::of))
        else {
            continue;
        };
        let Some(same) = amount.to(&planned.unit).filter(|same| same.value > planned.value) else { continue };
        // A slip of the unit is another rule's.
        if amount.compare(&planned) != Some(Agreement::Different) {
            continue;
        }
        let Both { ja, en } = year(*fiscal);
        let (said, plan) = (amount.say_in(&planned.unit), planned.say());
        lines.push(match percent(same.value, planned.value).map(grouped) {
            Some(rate) => both!(
                "{ja}: 執行額 {said} / 予算額 {plan}（執行率 {rate} %）",
                "{en}: executed {said}, budget {plan} (rate {rate} %)"
            ),
            None => {
                both!("{ja}: 執行額 {said} / 予算額 {plan}", "{en}: executed {said}, budget {plan}")
            }
        });
        over.push((*fiscal, said, plan));
    }
    let (_, said, plan) = over.first()?.clone();
    let fiscal: Vec<_> = over.iter().map(|(year, ..)| *year).collect();
    let Both { ja, en } = years(&fiscal);
    let (here, there) = (cited(&spent.printed_at), cited(&budget.printed_at));
    Some(
        Finding::new(
            &OVER_BUDGET,
            both!(
                "{ja}の執行額{here}が予算額{there}を超えています。",
                "The executed amount{here} of {en} exceeds the budget{there}."
            ),
        )
        .at(at(subject, &["amounts", spent.id.as_str(), "years"]))
        .at(at(subject, &["amounts", budget.id.as_str(), "years"]))
        .numbers(format!("≤ {plan}"), said)
        .lines(lines),
    )
}

/// Years of the period for which a series says nothing.
pub(super) static YEARS: Rule = Rule {
    id: "amount-years",
    severity: Severity::Warning,
    title: Words("実施期間と金額のある年度", "Period and years with amounts"),
    why: Words(
        "実施期間のうち金額の示されない年度があると、総額や平均がどの期間のものか分からなくなります。",
        "If years of the period have no amounts, it is unclear which span totals and averages are about.",
    ),
    scope: Scope::Subject(|_, subject| series_of(subject, |series| missing_years(subject, series))),
};

fn missing_years(subject: &Subject, series: &AmountSeries) -> Option<Finding> {
    let start = subject.overview.period.start?;
    // All series of a kind speak for it together, once.
    let alike = || subject.amounts.iter().filter(|other| other.kind == series.kind && !is_part(other));
    if alike().next().is_none_or(|first| first.id != series.id) {
        return None;
    }
    let given: BTreeSet<FiscalYear> = alike().flat_map(|series| series.years.keys().copied()).collect();
    let (first, last) = (*given.first()?, *given.last()?);
    let mut missing = Vec::new();
    let mut year = start;
    // Years to come need no amounts; a span beyond reason is another rule's.
    while year < last && missing.len() < 100 {
        if !given.contains(&year) {
            missing.push(year);
        }
        year = year.next();
    }
    if missing.is_empty() {
        return None;
    }
    let (gone, period, place) =
        (years(&missing), subject.overview.period.display(), cited(&series.printed_at));
    let (first, last, kind) = (first.to_string(), last.to_string(), kind(series));
    let message = Both {
        ja: format!(
            "実施期間は{period}ですが、{}は{first}～{last}年度だけで、{}がありません{place}。",
            kind.ja, gone.ja
        ),
        en: format!(
            "The period is {period}, but the {} is given for FY{first}–{last} only; {} is missing{place}.",
            kind.en, gone.en
        ),
    };
    let n = missing.len();
    let said = both!(
        "実施期間は{start}年度から、金額は{first}年度から: {n}年度分の金額がない",
        "the period begins in FY{start}, the amounts in FY{first}: {n} years without amounts"
    );
    Some(
        Finding::new(&YEARS, message)
            .at(at(subject, &["amounts", series.id.as_str(), "years"]))
            .at(at(subject, &["overview", "period"]))
            .numbers(period, format!("{first}～{last}"))
            .line(said),
    )
}

/// A total whose heading names another kind of amount than the series.
pub(super) static LABEL: Rule = Rule {
    id: "amount-label",
    severity: Severity::Notice,
    title: Words("金額の見出し", "Headings of totals"),
    why: Words(
        "契約額と執行額は別のものです。見出しが食い違うと、どちらの合計か分かりません。",
        "Contracted and executed amounts are different things; a heading that says the other one leaves open which is meant.",
    ),
    scope: Scope::Subject(|_, subject| series_of(subject, |series| wrong_label(subject, series))),
};

fn wrong_label(subject: &Subject, series: &AmountSeries) -> Option<Finding> {
    let other = match series.kind {
        AmountKind::Contract => "執行",
        AmountKind::Executed => "契約",
        AmountKind::Budget => return None,
    };
    let total = series.totals.iter().find(|total| total.label.contains(other))?;
    let (label, place, kind) = (&total.label, cited(&series.printed_at), kind(series));
    let message = Both {
        ja: format!("年度別の金額は{}ですが、合計の見出しは「{label}」です{place}。", kind.ja),
        en: format!(
            "The amounts by year are {}s, but the total is headed \u{201c}{label}\u{201d}{place}.",
            kind.en
        ),
    };
    Some(
        Finding::new(&LABEL, message)
            .at(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]))
            .at(at(subject, &["amounts", series.id.as_str(), "kind"]))
            .numbers(format!("総{}", kind.ja), label.clone()),
    )
}

/// A figure that is a thousand times as large as its neighbours.
pub(super) static SLIP: Rule = Rule {
    id: "unit-slip",
    severity: Severity::Error,
    title: Words("単位の取り違え", "Slips of the unit"),
    why: Words(
        "千円と百万円の取り違えは、合計も比率も千倍狂わせます。",
        "Thousands of yen taken for millions put every total and ratio off a thousandfold.",
    ),
    scope: Scope::Subject(slips),
};

fn slips(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for series in &subject.amounts {
        let mut amounts: Vec<_> = series
            .years
            .iter()
            .filter_map(|(year, amount)| Some((*year, Amount::of(amount)?.to(&series.unit)?)))
            .filter(|(_, amount)| !amount.value.is_zero())
            .collect();
        amounts.sort_by_key(|(_, amount)| amount.value.abs());
        // With fewer than three there is no telling which one is out of step.
        let Some((_, middle)) = amounts.get(amounts.len() / 2).filter(|_| amounts.len() > 2).cloned() else {
            continue;
        };
        for (fiscal, amount) in &amounts {
            let (Some(up), Some(down)) = (
                amount.value.abs().checked_div(middle.value.abs()),
                middle.value.abs().checked_div(amount.value.abs()),
            ) else {
                continue;
            };
            let apart = up.max(down);
            if apart < Decimal::from(300) {
                continue;
            }
            let (said, usual, place) = (amount.say(), middle.say(), cited(&series.printed_at));
            let apart = grouped(apart.round());
            let Both { ja, en } = year(*fiscal);
            findings.push(
                Finding::new(
                    &SLIP,
                    both!(
                        "{ja}の{said}は、ほかの年度（中央の値 {usual}）とおよそ{apart}倍違います{place}。単位の取り違えではありませんか。",
                        "{said} of {en} is about {apart} times off the other years (middle value {usual}){place}. Is it in another unit?"
                    ),
                )
                .at(at(subject, &["amounts", series.id.as_str(), "years", &fiscal.to_string()]))
                .at(at(subject, &["amounts", series.id.as_str(), "years"]))
                .numbers(usual, said),
            );
        }
    }
    findings.extend(slip_against_funding(subject));
    findings
}

/// A year's contract amount that is the funding's column total but for a power of ten.
fn slip_against_funding(subject: &Subject) -> Option<Finding> {
    let mut lines = Vec::new();
    let mut first = None;
    for (series, fiscal, amount, column) in super::contracts::pairs(subject) {
        if let Some(Agreement::Slip(power)) = amount.compare(&column) {
            let (said, other) = (amount.say(), column.say_in(&amount.unit));
            let Both { ja, en } = year(fiscal);
            lines.push(both!(
                "{ja}: {said} / {other}（10の{power}乗の違い）",
                "{en}: {said} against {other} (a factor of 10^{power})"
            ));
            first.get_or_insert((series, said, column.say()));
        }
    }
    let (series, said, other) = first?;
    let (here, there) = (cited(&series.printed_at), cited(&subject.funding.printed_at));
    Some(
        Finding::new(
            &SLIP,
            both!(
                "契約額{here}と資金配分{there}が、10の累乗だけ違います。単位の取り違えではありませんか。",
                "The contract amounts{here} and the funding allocation{there} are apart by a power of ten. Is one in another unit?"
            ),
        )
        .at(at(subject, &["amounts", series.id.as_str(), "years"]))
        .at(at(subject, &["funding", "column_totals"]))
        .numbers(other, said)
        .line(join(&lines, "、", ", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, funding, sentences, series, year};
    use crate::model::{Dossier, Period, Unit};

    fn with(series: AmountSeries) -> Dossier {
        dossier(|a| a.amounts = vec![series])
    }

    fn contract(years: &[&str], totals: &[(&str, &str)]) -> AmountSeries {
        series("r1", AmountKind::Contract, Unit::HundredMillionYen, years, totals)
    }

    #[test]
    fn years_that_add_up_are_silent() {
        let dossier = with(contract(&["7.5", "10.9"], &[("総契約額", "18.4"), ("総予算額", "18.4")]));
        for rule in [&SUM, &OPEN_TOTAL, &OVER_BUDGET, &LABEL, &SLIP] {
            assert_eq!(found(rule, &dossier), [], "{}", rule.id);
        }
    }

    #[test]
    fn a_wrong_total_is_an_error_and_a_rounded_one_a_notice() {
        let graded = |total: &str| {
            let findings = found(&SUM, &with(contract(&["7.5", "10.9"], &[("総契約額", total)])));
            findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
        };
        assert_eq!(graded("18.5"), [Severity::Notice]);
        assert_eq!(graded("19.4"), [Severity::Error]);
        let open = |total: &str| found(&SUM, &with(contract(&["7.5", "-"], &[("総契約額", total)]))).len();
        assert_eq!((open("10.0"), open("7.0")), (0, 1), "an open year explains a larger total only");
    }

    #[test]
    fn an_open_total_is_reckoned() {
        let mut dossier = with(contract(&["43.73", "-"], &[("総契約額", "-"), ("総予算額", "50")]));
        assert_eq!(found(&OPEN_TOTAL, &dossier), [], "without a year of evaluation, an open year is unknown");
        dossier.report.year = Some(year(2021));
        let found = sentences(&OPEN_TOTAL, &dossier);
        assert!(found[0].contains("「-」") && found[0].contains("50 − 43.73 = +6.27億円"), "{found:?}");
    }

    #[test]
    fn more_than_the_budget_is_a_warning() {
        let dossier = with(contract(&["13.0", "48.6"], &[("総契約額", "-"), ("総予算額", "52")]));
        let found = sentences(&OVER_BUDGET, &dossier);
        assert!(found[0].contains("13.0 + 48.6 = 61.6億円") && found[0].contains("+9.6億円"), "{found:?}");
    }

    #[test]
    fn execution_is_held_against_the_budget_of_its_year() {
        let spent = |amount: &str| {
            dossier(|a| {
                a.amounts = vec![
                    series("r1", AmountKind::Executed, Unit::MillionYen, &[amount], &[]),
                    series("r2", AmountKind::Budget, Unit::Yen, &["100000000"], &[]),
                ];
            })
        };
        assert_eq!(found(&OVER_BUDGET, &spent("100")), []);
        assert!(sentences(&OVER_BUDGET, &spent("120"))[0].contains("執行率 120 %"));
    }

    #[test]
    fn years_of_the_period_without_amounts_are_named() {
        let of = |start: i16| {
            let mut dossier = with(contract(&["1", "2"], &[]));
            dossier.projects[0].overview.period =
                Period { start: Some(year(start)), end: Some(year(2023)), ..Period::default() };
            sentences(&YEARS, &dossier)
        };
        assert_eq!(of(2020), [""; 0], "years to come need no amounts");
        assert!(of(2017)[0].contains("2017～2019年度がありません"));
    }

    #[test]
    fn a_heading_of_another_kind_is_noticed() {
        assert!(sentences(&LABEL, &with(contract(&["1"], &[("総執行額", "1")])))[0].contains("総執行額"));
    }

    #[test]
    fn a_slip_of_the_unit_is_found_beside_other_years_and_beside_the_funding() {
        let dossier = with(contract(&["7.5", "10900", "12.8"], &[]));
        let places: Vec<_> = found(&SLIP, &dossier).iter().map(|f| f.places[0].to_string()).collect();
        assert_eq!(places, ["projects/A/amounts/r1/years/2021"]);
        let dossier = self::dossier(|a| {
            a.amounts = vec![series("r1", AmountKind::Contract, Unit::ThousandYen, &["1269", "1372"], &[])];
            a.funding = funding(&[&["1269", "1372", ""]], &["1269", "1372", ""]);
        });
        assert!(sentences(&SLIP, &dossier)[0].contains("10の3乗の違い"));
        assert_eq!(found(&super::super::contracts::BY_YEAR, &dossier), [], "one finding is enough");
    }
}
