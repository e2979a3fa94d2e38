//! 市場予測 and 費用対効果: stated multiples, shares and growth against the figures they are made of.

use super::amounts::{budget_total, is_evaluated, sum};
use super::stated::{is_cost, market};
use crate::both;
use crate::check::amount::{Amount, Sum, difference, ratio, twice_apart};
use crate::check::say::{at, cited};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Certainty, MarketFigure, Moment, Place, Subject, Unit, fold_for_matching, grouped};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::HashMap;

/// A figure of a series, with its year.
#[derive(Debug, Clone)]
struct Point<'a> {
    year: i16,
    value: Amount,
    figure: &'a MarketFigure,
}

/// The dated money figures of one name, by year.
fn series<'a>(subject: &'a Subject, name: &str) -> Vec<Point<'a>> {
    let name = fold_for_matching(name);
    let mut points: Vec<_> = subject
        .market
        .iter()
        .filter(|figure| fold_for_matching(&figure.subject) == name)
        .filter_map(|figure| {
            Some(Point { year: calendar(figure)?, value: Amount::of(&figure.amount)?, figure })
        })
        .filter(|point| point.value.unit.yen().is_some() && point.value.value > Decimal::ZERO)
        .collect();
    points.sort_by_key(|point| point.year);
    points
}

/// The year for which a figure holds; none for a span or an undated one.
fn calendar(figure: &MarketFigure) -> Option<i16> {
    if figure.when.to.is_some() {
        return None;
    }
    Some(match figure.when.at? {
        Moment::Day(day) => day.year(),
        Moment::Month(year, _) | Moment::Year(year) | Moment::YearEnd(year) => year,
        Moment::Fiscal(year) | Moment::FiscalEnd(year) => year.start_year(),
        Moment::Decade(_) => return None,
    })
}

/// A stated multiple against its operands.
pub(super) static MULTIPLE: Rule = Rule {
    id: "market-multiple",
    severity: Severity::Warning,
    title: Words("「○倍」の根拠", "Stated multiples"),
    why: Words(
        "費用対効果の要になる倍率は、示された数値から誰でも計算できなければなりません。",
        "A multiple on which the cost-benefit argument rests must follow from the figures that are given.",
    ),
    scope: Scope::Subject(multiples),
};

fn multiples(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let stated = subject.market.iter().filter(|figure| figure.amount.unit.as_str() == "倍");
    stated.filter_map(|figure| of_series(subject, figure).or_else(|| of_cost(subject, figure))).collect()
}

/// 「Ｘの倍率」: the last figure of X against its first.
fn of_series(subject: &Subject, figure: &MarketFigure) -> Option<Finding> {
    let stated = Amount::of(&figure.amount)?;
    let points = series(subject, figure.subject.trim().strip_suffix("の倍率")?.trim());
    let (first, last) = (points.first()?, points.last().filter(|_| points.len() > 1)?);
    let (low, high) = (first.value.to(&Unit::TrillionYen)?, last.value.to(&Unit::TrillionYen)?);
    let exact = high.value.checked_div(low.value)?;
    // As exact as it is printed: nothing to say.
    if twice_apart(exact, stated.value) <= Decimal::new(1, stated.value.scale())
        || (figure.amount.certainty == Certainty::AtLeast && exact >= stated.value)
    {
        return None;
    }
    let times = ratio(high.value, low.value, 1)?;
    let (said, place) = (stated.say(), cited(&figure.printed_at));
    let (from, to) = (first.value.say(), last.value.say());
    let (then, later, there) = (first.year, last.year, cited(&last.figure.printed_at));
    let near = twice_apart(exact, stated.value) <= stated.step;
    let finding = Finding::new(
        &MULTIPLE,
        both!(
            "{said}とあります{place}が、{then}年の{from}と{later}年の{to}{there}では{times}倍です。",
            "{said} is stated{place}, but {from} in {then} and {to} in {later}{there} make {times} times."
        ),
    )
    .at(market(subject, figure))
    .at(market(subject, first.figure))
    .at(market(subject, last.figure))
    .numbers(format!("{times}倍"), said)
    .line({
        let (low, high) = (grouped(low.value), grouped(high.value));
        Both::same(format!("{high}兆円 ÷ {low}兆円 = {times}"))
    });
    Some(if near {
        let step = grouped(stated.step);
        finding
            .line(both!(
                "約のついた数を{step}の単位に丸めた範囲",
                "within an approximate number in steps of {step}"
            ))
            .graded(Severity::Notice)
    } else {
        finding
    })
}

/// 「事業額に対するＹの倍率」: a figure of Y, printed at the same place, against the cost.
fn of_cost(subject: &Subject, figure: &MarketFigure) -> Option<Finding> {
    let stated = Amount::of(&figure.amount)?;
    let (cost, gain) = figure.subject.trim().strip_suffix("の倍率")?.split_once("に対する")?;
    if !is_cost(cost) {
        return None;
    }
    // What is gained, and what it cost: the figures that the text itself names.
    let gains = subject
        .market
        .iter()
        .filter(|other| other.printed_at == figure.printed_at && other.subject.contains(gain.trim()));
    let gains: Vec<_> =
        gains.filter_map(|other| Some((other, money(&Amount::of(&other.amount)?)?))).collect();
    let named = subject.market.iter().filter(|other| is_cost(&other.subject));
    let mut costs: Vec<(String, Amount, Place)> = named
        .filter_map(|other| {
            let amount = Amount::of(&other.amount)?;
            Some((amount.say(), money(&amount)?, market(subject, other)))
        })
        .collect();
    let mut sums = Vec::new();
    for series in &subject.amounts {
        if let Some(total) = budget_total(series)
            && let Some(amount) = Amount::of(&total.amount)
            && let Some(exact) = money(&amount)
        {
            let place = at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]);
            costs.push((format!("{} {}", total.label, exact.say()), exact, place));
        }
        // Several series may say the same, and reach beyond the span that is evaluated.
        let within = series.years.iter().filter(|(year, _)| is_evaluated(subject, **year));
        let within = Sum::of(within.map(|(_, amount)| amount), &series.unit);
        let all = [sum(series), within].into_iter().flatten();
        for (count, amount) in all.filter_map(|sum| Some((sum.count(), money(&sum.amount())?))) {
            let known = sums
                .iter()
                .any(|(n, other, _): &(usize, Amount, Both)| *n == count && other.value == amount.value);
            if !known {
                sums.push((count, amount, super::amounts::kind(series)));
            }
        }
    }
    let holds = |gain: &Amount, cost: &Amount| {
        let exact = gain.value.checked_div(cost.value);
        exact.is_some_and(|exact| twice_apart(exact, stated.value) <= stated.step)
    };
    if gains.iter().any(|(_, gain)| costs.iter().any(|(_, cost, _)| holds(gain, cost))) {
        return None;
    }
    // The gain that comes nearest is the one that is meant.
    let apart = |gain: &Amount| {
        let ratios = costs.iter().filter_map(|(_, cost, _)| gain.value.checked_div(cost.value));
        ratios.map(|ratio| twice_apart(ratio, stated.value)).min().unwrap_or(Decimal::MAX)
    };
    let (source, gain) = gains.iter().min_by_key(|(_, gain)| apart(gain))?;
    let (first, cost, _) = costs.first()?;
    let times = ratio(gain.value, cost.value, 1)?;
    let (said, amount, place) = (stated.say(), Amount::of(&source.amount)?.say(), cited(&figure.printed_at));
    let division = |cost: &Amount| {
        let times = ratio(gain.value, cost.value, 1).unwrap_or_default();
        format!("{}億円 ÷ {} = {times}", grouped(gain.value.normalize()), cost.say())
    };
    let mut finding = Finding::new(
        &MULTIPLE,
        both!(
            "{said}とあります{place}が、{amount}を{first}で割ると{times}倍です。",
            "{said} is stated{place}, but {amount} divided by {first} makes {times} times."
        ),
    )
    .at(market(subject, figure))
    .at(market(subject, source))
    .numbers(format!("{times}倍"), said.clone());
    for (_, cost, place) in &costs {
        finding = finding.at(place.clone()).line(Both::same(division(cost)));
    }
    for (count, cost, kind) in sums.iter().filter(|(_, cost, _)| holds(gain, cost)) {
        let line = division(cost);
        finding = finding.line(Both {
            ja: format!("{said}になるのは{count}年度分の{}の和で割ったとき: {line}", kind.ja),
            en: format!("{said} results only from the {} of {count} years: {line}", kind.en),
        });
    }
    Some(finding)
}

/// An amount in 億円.
fn money(amount: &Amount) -> Option<Amount> {
    amount.to(&Unit::HundredMillionYen).filter(|amount| amount.value > Decimal::ZERO)
}

/// A stated growth rate against the figures of its series.
pub(super) static GROWTH: Rule = Rule {
    id: "market-growth",
    severity: Severity::Warning,
    title: Words("成長率と市場規模", "Growth rates and market sizes"),
    why: Words(
        "成長率と市場規模の予測が両立しないと、市場の見通し全体の信頼が損なわれます。",
        "A growth rate that does not fit the forecast sizes undermines the whole outlook.",
    ),
    scope: Scope::Subject(growths),
};

fn growths(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    subject.market.iter().filter_map(|figure| growth(subject, figure)).collect()
}

fn growth(subject: &Subject, figure: &MarketFigure) -> Option<Finding> {
    let stated = figure.growth_percent?;
    let name = figure.subject.trim();
    let base = name.strip_suffix("の伸び").or_else(|| name.strip_suffix("の成長率")).unwrap_or(name);
    let points = series(subject, base.trim());
    let (first, last) = (points.first()?, points.last().filter(|_| points.len() > 1)?);
    let span = last.year - first.year;
    let (low, high) = (yen(&first.value)?, yen(&last.value)?);
    let mean = mean_growth(low, high, f64::from(span))?;
    let percent = stated.to_f64()?;
    let bound = figure.amount.certainty == Certainty::AtLeast;
    if (mean - percent).abs() < 0.5 || (bound && mean >= percent) {
        return None;
    }
    let (said, place) =
        (format!("年率 {stated} %{}", if bound { "以上" } else { "" }), cited(&figure.printed_at));
    let en = format!("{}{stated} % a year", if bound { "at least " } else { "" });
    let (then, later, from, to) = (first.year, last.year, first.value.say(), last.value.say());
    let there = cited(&last.figure.printed_at);
    let mut finding = Finding::new(
        &GROWTH,
        both!(
            "{said}で伸びるとあります{place}が、{then}年の{from}から{later}年の{to}{there}までの平均は年 {mean:.1} % です。",
            "Growth of {en} is stated{place}, but from {from} in {then} to {to} in {later}{there} the mean is {mean:.1} % a year."
        ),
    )
    .at(market(subject, figure))
    .at(market(subject, first.figure))
    .at(market(subject, last.figure))
    .numbers(format!("{mean:.1} %"), format!("{stated} %"))
    .line(both!(
        "({to} ÷ {from})^(1/{span}) − 1 = {mean:.1} %（{span}年）",
        "({to} ÷ {from})^(1/{span}) − 1 = {mean:.1} % over {span} years"
    ));
    // 今後5年: what the rate makes of these years, and what is left for the rest.
    if let Some(years) = coming_years(&figure.when.display()).filter(|years| *years < span) {
        let times = (1.0 + percent / 100.0).powi(i32::from(years));
        let size = low * times / 1e12;
        let (mid, left) = (first.year + years, span - years);
        let rest = mean_growth(low * times, high, f64::from(left))?;
        let factor = 1.0 + percent / 100.0;
        finding = finding.line(both!(
            "{factor}^{years} = {times:.2}倍 → {mid}年 {size:.2}兆円; 残り{left}年は年 {rest:.1} %",
            "{factor}^{years} = {times:.2} times → {size:.2}兆円 in {mid}; the other {left} years grow by {rest:.1} % a year"
        ));
    }
    Some(finding)
}

/// Yen, for powers and roots, of which exact decimals know nothing.
fn yen(amount: &Amount) -> Option<f64> {
    amount.to(&Unit::Yen)?.value.to_f64()
}

/// Mean growth in percent a year.
fn mean_growth(low: f64, high: f64, years: f64) -> Option<f64> {
    let growth = ((high / low).powf(1.0 / years) - 1.0) * 100.0;
    growth.is_finite().then_some(growth)
}

/// The number in 今後5年.
fn coming_years(text: &str) -> Option<i16> {
    let folded = fold_for_matching(text);
    let rest = folded.strip_prefix("今後")?;
    rest.split_once('年')?.0.parse().ok().filter(|years| (1..100).contains(years))
}

/// A share of a market against the market.
pub(super) static SHARE: Rule = Rule {
    id: "market-share",
    severity: Severity::Warning,
    title: Words("シェアと市場規模", "Shares and market sizes"),
    why: Words(
        "シェアから計算した金額は、元の市場規模にシェアを掛けた値でなければなりません。",
        "An amount reckoned from a share must be that share of the market it is taken from.",
    ),
    scope: Scope::Subject(shares),
};

fn shares(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for figure in &subject.market {
        let Some((percent, amount)) =
            share_in(&figure.subject).zip(Amount::of(&figure.amount).and_then(|amount| money(&amount)))
        else {
            continue;
        };
        let wholes: Vec<_> = subject
            .market
            .iter()
            .filter(|other| {
                other.id != figure.id && other.when.at == figure.when.at && figure.when.at.is_some()
            })
            .filter_map(|other| {
                let whole = Amount::of(&other.amount).and_then(|amount| money(&amount))?;
                let part = whole.value.checked_mul(percent)? / Decimal::ONE_HUNDRED;
                Some((other, twice_apart(part, amount.value), part))
            })
            .collect();
        let Some((whole, apart, part)) = wholes.iter().min_by_key(|(_, apart, _)| *apart) else { continue };
        if *apart <= amount.step {
            continue;
        }
        let (name, said, place) =
            (&figure.subject, Amount::of(&figure.amount).map(|a| a.say()), cited(&figure.printed_at));
        let said = said.unwrap_or_default();
        let (market_name, size) =
            (&whole.subject, Amount::of(&whole.amount).map(|a| a.say()).unwrap_or_default());
        let reckoned = format!("{}億円", grouped(part.normalize()));
        findings.push(
            Finding::new(
                &SHARE,
                both!(
                    "「{name}」は{said}とあります{place}が、「{market_name}」{size}の{percent} % は{reckoned}です。",
                    "\u{201c}{name}\u{201d} is {said}{place}, but {percent} % of \u{201c}{market_name}\u{201d}, {size}, is {reckoned}."
                ),
            )
            .at(market(subject, figure))
            .at(market(subject, whole))
            .numbers(reckoned.clone(), said.clone())
            .line(Both::same(format!("{size} × {percent} % = {reckoned}"))),
        );
    }
    findings
}

/// The share in 「シェア9％」.
fn share_in(name: &str) -> Option<Decimal> {
    let folded = fold_for_matching(name);
    let (_, after) = folded.split_once("シェア")?;
    let (number, _) = after.split_once('%')?;
    Decimal::from_str_exact(number).ok()
}

/// A total against the parts that are listed with it.
pub(super) static BREAKDOWN: Rule = Rule {
    id: "market-breakdown",
    severity: Severity::Warning,
    title: Words("内訳と合計（市場・経済）", "Parts and totals of economic figures"),
    why: Words(
        "内訳を示した合計は、足し合わせて確かめられます。",
        "A total given with its parts will be added up.",
    ),
    scope: Scope::Subject(breakdowns),
};

fn breakdowns(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for figure in subject.market.iter().filter(|figure| figure.subject.contains("合計")) {
        let Some(total) = Amount::of(&figure.amount) else { continue };
        let Some(stem) = figure.subject.split_whitespace().next() else { continue };
        let parts: Vec<_> = subject
            .market
            .iter()
            .filter(|part| part.kind == "内訳" && part.printed_at == figure.printed_at)
            .filter(|part| part.subject.split_whitespace().next() == Some(stem))
            .collect();
        let Some(sum) = Sum::of(parts.iter().map(|part| &part.amount), &total.unit) else { continue };
        let apart = twice_apart(sum.value, total.value);
        if apart <= Decimal::new(1, total.value.scale()) {
            continue;
        }
        let (name, said, reckoned, place) =
            (&figure.subject, total.say(), sum.amount().say(), cited(&figure.printed_at));
        let finding = Finding::new(
            &BREAKDOWN,
            both!(
                "「{name}」は{said}とありますが、内訳の和は{reckoned}です{place}。",
                "\u{201c}{name}\u{201d} is {said}, but its parts add up to {reckoned}{place}."
            ),
        )
        .at(market(subject, figure))
        .at_all(parts.iter().map(|part| market(subject, part)))
        .numbers(reckoned.clone(), said.clone())
        .line(Both::same(sum.say()))
        .lines(difference(&total, &sum.amount()).map(Both::same));
        findings.push(if apart <= total.step { finding.graded(Severity::Notice) } else { finding });
    }
    findings
}

/// A part of a market that is larger than the whole.
pub(super) static PART: Rule = Rule {
    id: "market-part",
    severity: Severity::Warning,
    title: Words("市場の一部と全体", "Part and whole of a market"),
    why: Words(
        "出典の違う予測を並べると、一部の市場が全体を上回ることがあります。同じ章で使うなら説明が要ります。",
        "Forecasts from different sources can make a part larger than the whole; used together they need a word of explanation.",
    ),
    scope: Scope::Dossier(parts),
};

/// The words of a market's name, and whether one of them says that it is a market.
fn words(name: &str) -> (Vec<&str>, bool) {
    let all = name.split(|c: char| c.is_whitespace() || ['・', '、', '/', '／'].contains(&c));
    let (markets, words): (Vec<_>, Vec<_>) =
        all.filter(|word| !word.is_empty()).partition(|word| word.ends_with("市場"));
    (words, !markets.is_empty())
}

fn parts(cx: &Context<'_>) -> Vec<Finding> {
    let wholes_of_programme = wholes(&cx.dossier.programme);
    let mut findings = Vec::new();
    for subject in cx.dossier.subjects() {
        let own = if subject.is_programme() { Vec::new() } else { wholes(subject) };
        for figure in &subject.market {
            let known = wholes_of_programme.iter().map(|whole| (&*cx.dossier.programme, whole));
            let all = known.chain(own.iter().map(|whole| (subject, whole)));
            findings.extend(all.filter_map(|(holder, whole)| larger_part(subject, figure, holder, whole)));
        }
    }
    findings
}

/// The markets of a subject that are sums of several and have figures for two years.
fn wholes(subject: &Subject) -> Vec<Vec<Point<'_>>> {
    let mut names: HashMap<String, &str> = HashMap::new();
    for figure in &subject.market {
        let (parts, market) = words(&figure.subject);
        if market && parts.len() > 1 {
            names.entry(fold_for_matching(&figure.subject)).or_insert(&figure.subject);
        }
    }
    let mut wholes: Vec<_> =
        names.values().map(|name| series(subject, name)).filter(|points| points.len() > 1).collect();
    wholes.sort_by(|a, b| a[0].figure.id.cmp(&b[0].figure.id));
    wholes
}

fn larger_part(
    subject: &Subject,
    figure: &MarketFigure,
    holder: &Subject,
    whole: &[Point<'_>],
) -> Option<Finding> {
    let (first, last) = (whole.first()?, whole.last()?);
    let (part_words, market_word) = words(&figure.subject);
    let (whole_words, _) = words(&first.figure.subject);
    let is_part = market_word
        && !part_words.is_empty()
        && part_words.len() < whole_words.len()
        && part_words.iter().all(|word| whole_words.contains(word));
    let year = calendar(figure).filter(|year| is_part && (first.year..=last.year).contains(year))?;
    let part = figure.amount.value_in(&Unit::TrillionYen)?;
    let (low, high) = (yen(&first.value)?, yen(&last.value)?);
    let share = f64::from(year - first.year) / f64::from(last.year - first.year);
    let between = low * (high / low).powf(share) / 1e12;
    if part.to_f64()? <= between {
        return None;
    }
    let mean = mean_growth(low, high, f64::from(last.year - first.year))?;
    let (name, said, place) = (&figure.subject, figure.amount.display(), cited(&figure.printed_at));
    let (all, there) = (&first.figure.subject, cited(&first.figure.printed_at));
    let (from, to, then, later) = (first.value.say(), last.value.say(), first.year, last.year);
    Some(
        Finding::new(
            &PART,
            both!(
                "「{name}」は{year}年に{said}{place}ですが、それを含む「{all}」{there}は同じ年に{between:.2}兆円の計算です。",
                "\u{201c}{name}\u{201d} is {said} in {year}{place}, but \u{201c}{all}\u{201d}{there}, of which it is a part, would be {between:.2}兆円 that year."
            ),
        )
        .at(market(subject, figure))
        .at(market(holder, first.figure))
        .at(market(holder, last.figure))
        .numbers(format!("≤ {between:.2}兆円"), said.clone())
        .line(both!(
            "{then}年 {from}と{later}年 {to}の間を年率 {mean:.1} % で補間: {year}年 {between:.2}兆円 < {said}",
            "between {from} in {then} and {to} in {later} at {mean:.1} % a year: {between:.2}兆円 in {year}, less than {said}"
        )),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences, series as amounts};
    use crate::model::{AmountKind, Dossier, Quantity, When};

    fn figure(id: &str, subject: &str, when: &str, amount: &str) -> MarketFigure {
        MarketFigure {
            id: id.into(),
            subject: subject.into(),
            when: When::read(when),
            amount: Quantity::read(amount, &Unit::default()),
            printed_at: "8".into(),
            ..MarketFigure::default()
        }
    }

    fn with(more: impl IntoIterator<Item = MarketFigure>) -> Dossier {
        dossier(|a| {
            a.market = vec![
                figure("1", "再生・遺伝子治療 世界市場", "2020", "6,270億円"),
                figure("2", "再生・遺伝子治療 世界市場", "2040", "11.6兆円"),
            ];
            a.market.extend(more);
        })
    }

    fn graded(rule: &'static Rule, more: MarketFigure) -> Vec<Severity> {
        found(rule, &with([more])).iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn a_multiple_of_a_series_is_reckoned() {
        let of =
            |amount: &str| graded(&MULTIPLE, figure("3", "再生・遺伝子治療 世界市場の倍率", "2040", amount));
        assert_eq!(of("18.5倍"), []);
        assert_eq!(of("約20倍"), [Severity::Notice]);
        assert_eq!(of("25倍"), [Severity::Warning]);
        assert_eq!(graded(&MULTIPLE, figure("3", "大きさの倍率", "", "9倍")), [], "of nothing that is known");
    }

    #[test]
    fn a_multiple_of_the_cost_is_held_against_every_cost_that_is_named() {
        let of = |times: &str| {
            let mut dossier = with([
                figure("3", "日本が得る市場", "2040", "1.04兆円"),
                figure("4", "事業費", "", "約248億円"),
                figure("5", "事業額に対する市場の倍率", "", times),
            ]);
            dossier.projects[0].amounts = vec![amounts(
                "r1",
                AmountKind::Executed,
                Unit::MillionYen,
                &["20601"],
                &[("総予算額", "24762")],
            )];
            sentences(&MULTIPLE, &dossier)
        };
        let fifty = of("50倍");
        assert!(fifty[0].contains("1.04兆円を約248億円で割ると41.9倍"), "{fifty:?}");
        assert!(fifty[0].contains("10,400億円 ÷ 206.01億円 = 50.5"), "{fifty:?}");
        assert_eq!(of("42倍"), [""; 0]);
    }

    #[test]
    fn a_growth_rate_is_held_against_its_series() {
        let of = |percent: i64, when: &str| {
            let mut growth = figure("3", "再生・遺伝子治療 世界市場の伸び", when, "");
            growth.growth_percent = Some(Decimal::from(percent));
            sentences(&GROWTH, &with([growth]))
        };
        let fast = of(50, "今後5年");
        assert!(
            fast[0].contains("平均は年 15.7 %") && fast[0].contains("2025年 4.76兆円; 残り15年は年 6.1 %"),
            "{fast:?}"
        );
        assert_eq!(of(16, ""), [""; 0]);
    }

    #[test]
    fn a_share_is_held_against_its_market() {
        let of = |amount: &str| graded(&SHARE, figure("3", "日本が得る市場（シェア9％）", "2040", amount));
        assert_eq!((of("1.04兆円"), of("1.4兆円")), (vec![], vec![Severity::Warning]));
    }

    #[test]
    fn parts_are_added_up() {
        let part = |id: &str, amount: &str| MarketFigure {
            kind: "内訳".into(),
            ..figure(id, "E 部品", "", amount)
        };
        let of = |total: &str| {
            let dossier = with([
                figure("3", "E 初期投資（合計）", "", total),
                part("4", "約242万円"),
                part("5", "1265万円"),
            ]);
            found(&BREAKDOWN, &dossier).iter().map(|finding| finding.severity).collect::<Vec<_>>()
        };
        assert_eq!(
            (of("1507万円"), of("約2000万円"), of("1800万円")),
            (vec![], vec![Severity::Notice], vec![Severity::Warning])
        );
    }

    #[test]
    fn a_part_is_not_larger_than_the_whole() {
        let of = |name: &str, amount: &str| graded(&PART, figure("3", name, "2030", amount));
        assert_eq!(of("遺伝子治療 市場", "2兆円"), []);
        assert_eq!(of("遺伝子治療 市場", "7兆円超"), [Severity::Warning]);
        assert_eq!(of("医療機器 市場", "7兆円"), [], "no part of it");
    }
}
