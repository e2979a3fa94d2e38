//! Amounts that the text states once more: 国費総額, the project's cost in a cost-benefit argument.

use super::amounts::{budget_total, is_evaluated, own_total};
use crate::both;
use crate::check::amount::{Agreement, Amount, difference};
use crate::check::say::{at, cited};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Figure, MarketFigure, Place, Quantity, Subject, Unit, fold_for_matching, grouped};
use rust_decimal::Decimal;

/// 国費総額 against the totals of the overview sheet and against its own formula.
pub(super) static NATIONAL_COST: Rule = Rule {
    id: "national-cost",
    severity: Severity::Warning,
    title: Words("国費総額と総予算額・総契約額", "National cost against the totals"),
    why: Words(
        "費用対効果の議論に使う国費総額が、概要表の総額と並ぶと別の数値に見えます。",
        "The national cost that the cost-benefit argument uses stands beside other totals on the overview sheet.",
    ),
    scope: Scope::Subject(|_, subject| national_cost(subject).into_iter().collect()),
};

fn national_cost(subject: &Subject) -> Option<Finding> {
    let cost = Amount::of(&subject.overview.national_cost)?;
    let here = cost.say();
    let mut lines = Vec::new();
    let mut places = vec![at(subject, &["overview", "national_cost"])];
    let mut worst = Agreement::Equal;
    let mut said = String::new();
    let mut hold = |other: &Amount, line: Both, said: &mut String| {
        match cost.compare(other) {
            Some(Agreement::Equal) | None => return false,
            Some(agreement) => {
                if !(worst == Agreement::Different && agreement.holds()) {
                    worst = agreement;
                }
            }
        }
        if said.is_empty() {
            *said = other.say();
        }
        lines.push(line);
        true
    };
    if let Some((product, formula)) = product(&subject.overview.national_cost) {
        let other = Amount::plain(product, &Unit::HundredMillionYen);
        let made = other.say();
        hold(
            &other,
            both!("示された式: {formula} = {made}", "the formula given: {formula} = {made}"),
            &mut said,
        );
    }
    for series in &subject.amounts {
        let totals = [own_total(series), budget_total(series)].into_iter().flatten();
        for total in totals {
            let Some(amount) = Amount::of(&total.amount) else { continue };
            let label = &total.label;
            let difference = difference(&cost, &amount).unwrap_or_default();
            if hold(&amount, both!("{label}: {difference}", "{label}: {difference}"), &mut said) {
                places.push(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]));
            }
        }
    }
    if lines.is_empty() {
        return None;
    }
    let place = cited(&subject.overview.printed_at);
    let message = if worst.holds() {
        both!(
            "国費総額の見込み{here}{place}は、丸めの範囲で次の数値と違います。",
            "The national cost {here}{place} differs from these figures within rounding."
        )
    } else {
        both!(
            "国費総額の見込み{here}{place}が、次の数値と合いません。",
            "The national cost {here}{place} does not agree with these figures."
        )
    };
    let severity = if worst.holds() { Severity::Notice } else { Severity::Warning };
    Some(
        Finding::new(&NATIONAL_COST, message)
            .graded(severity)
            .at_all(places)
            .numbers(said, here)
            .lines(lines),
    )
}

/// `約10億円×5年` as a number of 億円, with the formula as printed.
fn product(cost: &Quantity) -> Option<(Decimal, String)> {
    let text = [&cost.note, &cost.printed].into_iter().find(|text| text.contains('×'))?;
    let folded = fold_for_matching(text);
    let (left, right) = folded.split_once('×')?;
    let left = left.rsplit_once(['(', '（', '約']).map_or(left, |(_, number)| number);
    let years: String = right.chars().take_while(char::is_ascii_digit).collect();
    let number: String = left.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let unit = left[number.len()..].trim_end_matches("程度");
    let each = Unit::from(unit).convert(Decimal::from_str_exact(&number).ok()?, &Unit::HundredMillionYen)?;
    let years = Decimal::from_str_exact(&years).ok()?;
    let formula = format!("{}億円 × {years}", grouped(each));
    Some((each.checked_mul(years)?, formula))
}

/// An amount of the programme that the argument states again, or a range of its yearly amounts.
pub(super) static AMOUNT: Rule = Rule {
    id: "stated-amount",
    severity: Severity::Warning,
    title: Words("本文で述べる事業費", "Cost as the text states it"),
    why: Words(
        "本文で引用する事業費は、概要表の金額から導けるものでなければなりません。",
        "The cost that the text quotes must follow from the amounts on the overview sheet.",
    ),
    scope: Scope::Subject(stated),
};

fn stated(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let costs = subject.market.iter().filter(|figure| is_cost(&figure.subject));
    costs.filter_map(|figure| whole(subject, figure).or_else(|| yearly(subject, figure))).collect()
}

/// Whether a figure is of what the programme costs.
pub(super) fn is_cost(name: &str) -> bool {
    ["事業費", "事業額", "予算額"].iter().any(|word| name.contains(word))
}

/// The cost in total against the total budget.
fn whole(subject: &Subject, figure: &MarketFigure) -> Option<Finding> {
    let cost = Amount::of(&figure.amount).filter(|cost| cost.unit.yen().is_some())?;
    let mut totals = subject.amounts.iter().filter_map(|series| Some((series, budget_total(series)?)));
    let (series, total, budget) =
        totals.find_map(|(series, total)| Some((series, total, Amount::of(&total.amount)?)))?;
    if cost.compare(&budget)?.holds() {
        return None;
    }
    let (here, there) = (cited(&figure.printed_at), cited(&series.printed_at));
    let (said, other, label, name) = (cost.say(), budget.say_in(&cost.unit), &total.label, &figure.subject);
    Some(
        Finding::new(
            &AMOUNT,
            both!(
                "「{name}」は{said}{here}、{label}は{other}{there}です。",
                "\u{201c}{name}\u{201d} is {said}{here}, but {label} is {other}{there}."
            ),
        )
        .at(market(subject, figure))
        .at(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]))
        .numbers(budget.say(), said)
        .lines(difference(&cost, &budget).map(Both::same)),
    )
}

/// A stated range of the cost a year against the smallest and the largest year.
fn yearly(subject: &Subject, figure: &MarketFigure) -> Option<Finding> {
    let Figure::Range(low, high) = figure.amount.figure else { return None };
    let unit = Unit::from(figure.amount.unit.as_str().strip_suffix("/年")?);
    let series = subject.amounts.first()?;
    // Of the span that is evaluated; a year in which nothing was spent yet is no year's cost.
    let years = series.years.iter().filter(|(year, _)| is_evaluated(subject, **year));
    let years = years.filter_map(|(_, amount)| Amount::of(amount)?.to(&unit));
    let years: Vec<_> = years.filter(|amount| !amount.value.is_zero()).collect();
    let least = years.iter().min_by(|a, b| a.value.cmp(&b.value))?;
    let most = years.iter().max_by(|a, b| a.value.cmp(&b.value))?;
    if least.value >= low && most.value <= high {
        return None;
    }
    // 40～70 is said in tens: a year that rounds to an end of the range is within it.
    let rounded = |value: Decimal, end: Decimal| value.saturating_sub(end).abs() < Decimal::from(5);
    let tens = (low % Decimal::TEN).is_zero() && (high % Decimal::TEN).is_zero();
    let near = (least.value >= low || rounded(least.value, low))
        && (most.value <= high || rounded(most.value, high));
    let (here, there) = (cited(&figure.printed_at), cited(&series.printed_at));
    let (name, said) = (&figure.subject, format!("{}～{}{unit}", grouped(low), grouped(high)));
    let (least, most) = (least.say(), most.say());
    let rounding = near && tens;
    let finding = Finding::new(
        &AMOUNT,
        both!(
            "「{name}」は年 {said}{here}とありますが、年度別の金額は{least}から{most}までです{there}。",
            "\u{201c}{name}\u{201d} says {said} a year{here}, but the years go from {least} to {most}{there}."
        ),
    )
    .at(market(subject, figure))
    .at(at(subject, &["amounts", series.id.as_str(), "years"]))
    .numbers(format!("{least}～{most}"), said);
    Some(if rounding {
        finding
            .line(both!(
                "10{unit}単位に丸めれば範囲に収まる",
                "rounded to 10{unit}, the years are within the range"
            ))
            .graded(Severity::Notice)
    } else {
        finding
    })
}

/// The place of a market figure.
pub(super) fn market(subject: &Subject, figure: &MarketFigure) -> Place {
    at(subject, &["market", figure.id.as_str(), "amount"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences, series};
    use crate::model::{AmountKind, Dossier};

    fn project(cost: &str, budget: &str) -> Dossier {
        dossier(|a| {
            a.overview.national_cost = Quantity::read(cost, &Unit::HundredMillionYen);
            a.amounts = vec![series(
                "r1",
                AmountKind::Contract,
                Unit::HundredMillionYen,
                &["39.13", "71.48"],
                &[("総契約額", "-"), ("総予算額", budget)],
            )];
        })
    }

    #[test]
    fn a_national_cost_is_held_against_totals_and_its_formula() {
        assert_eq!(found(&NATIONAL_COST, &project("50億円（10億円×5年）", "50.0")), []);
        let rounded = found(&NATIONAL_COST, &project("約50億円（約10億円×5年）", "48.8"));
        assert_eq!(rounded[0].severity, Severity::Notice);
        let wrong = sentences(&NATIONAL_COST, &project("約80億円（13億円×6年）", "85.2"));
        assert!(
            wrong[0].contains("13億円 × 6 = 78億円") && wrong[0].contains("80 − 85.2 = −5.2億円"),
            "{wrong:?}"
        );
    }

    #[test]
    fn costs_stated_in_the_text_are_held_against_the_amounts() {
        let stated = |name: &str, amount: &str| {
            let mut dossier = project("", "247.62");
            let figure = MarketFigure {
                id: "M1".into(),
                subject: name.into(),
                amount: Quantity::read(amount, &Unit::HundredMillionYen),
                ..MarketFigure::default()
            };
            dossier.projects[0].market.push(figure);
            found(&AMOUNT, &dossier).iter().map(|finding| finding.severity).collect::<Vec<_>>()
        };
        assert_eq!(stated("事業費（5年）", "約248億円"), []);
        assert_eq!(stated("事業費（5年）", "約260億円"), [Severity::Warning]);
        assert_eq!(stated("年間の事業額の幅", "40～70億円/年"), [Severity::Notice]);
        assert_eq!(stated("年間の事業額の幅", "39～72億円/年"), []);
        assert_eq!(stated("年間の事業額の幅", "10～20億円/年"), [Severity::Warning]);
        assert_eq!(stated("世界の医療費", "9兆円"), [], "another thing");
    }
}
