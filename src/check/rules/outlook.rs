//! What the chapters claim of an indicator (達成, 達成見込み …) against its figures.

use crate::both;
use crate::check::amount::{Amount, ratio};
use crate::check::said::{Group, Said};
use crate::check::say::{cited, day};
use crate::check::{Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Moment, TargetKind, fold_for_matching, grouped};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a statement claims of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    Met,
    Unmet,
    Expected,
}

fn claim(outlook: &str) -> Option<Claim> {
    if ["未達", "未達成", "達していない"].iter().any(|word| outlook.contains(word)) {
        Some(Claim::Unmet)
    } else if ["見込", "期待", "見通し"].iter().any(|word| outlook.contains(word)) {
        Some(Claim::Expected)
    } else if outlook.contains("達成") {
        Some(Claim::Met)
    } else {
        None
    }
}

/// Whether less is better, so that an actual below the target meets it.
fn less_is_better(said: &Said<'_>) -> bool {
    ["削減", "低減", "短縮", "以下"].iter().any(|word| said.indicator.name.contains(word))
}

/// Target and actual as comparable numbers, where more is better.
fn figures(said: &Said<'_>) -> Option<(Decimal, Decimal)> {
    let target = Amount::of(&said.statement.target.amount)?;
    let actual = Amount::of(&said.statement.actual.amount)?.to(&target.unit)?;
    (said.is_target() && said.is_actual() && !less_is_better(said)).then_some((target.value, actual.value))
}

/// The stated achievement against the figures.
pub(super) static CLAIM: Rule = Rule {
    id: "outlook-claim",
    severity: Severity::Error,
    title: Words("達成状況の記載と数値", "Stated achievement and the figures"),
    why: Words(
        "「達成」「未達」「見込み」の記載が目標と実績の数値に合わないと、評価の前提が崩れます。",
        "Where \u{201c}met\u{201d}, \u{201c}missed\u{201d} or \u{201c}expected\u{201d} does not fit target and actual, the evaluation rests on the wrong premise.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().flatten().filter_map(wrong_claim).collect()),
};

fn wrong_claim(said: &Said<'_>) -> Option<Finding> {
    let (target, actual) = figures(said)?;
    let outlook = said.statement.outlook.trim();
    let met = actual >= target;
    let sign = if met { "≥" } else { "<" };
    let (goal, state, name) = (said.target(), said.actual(), said.name());
    let (severity, expected) = match claim(outlook) {
        Some(Claim::Met) if !met => (Severity::Error, both!("未達", "not met")),
        Some(Claim::Unmet) if met => (Severity::Error, both!("達成", "met")),
        Some(Claim::Expected) if met => (Severity::Warning, both!("達成済み", "already met")),
        _ => return wrong_number(said, target, actual),
    };
    let message = Both {
        ja: format!("「{name}」は「{outlook}」とされていますが、目標は{}、実績は{}です。", goal.ja, state.ja),
        en: format!(
            "\u{201c}{name}\u{201d} is said to be \u{201c}{outlook}\u{201d}, but the target is {} and the actual {}.",
            goal.en, state.en
        ),
    };
    let unit = &said.statement.target.amount.unit;
    Some(
        Finding::new(&CLAIM, message)
            .graded(severity)
            .at(said.place())
            .at(said.place().child("outlook"))
            .figures(expected, Both::same(outlook))
            .line(Both::same(format!("{actual}{unit} {sign} {target}{unit}")))
            .lines(rate(actual, target)),
    )
}

fn rate(actual: Decimal, target: Decimal) -> Option<Both> {
    let percent = ratio(actual.checked_mul(Decimal::ONE_HUNDRED)?, target, 0)?;
    Some(Both::same(format!("{actual} ÷ {target} = {percent} %")))
}

/// A number in the claim itself: 達成度60%, 未達（0件）.
fn wrong_number(said: &Said<'_>, target: Decimal, actual: Decimal) -> Option<Finding> {
    let outlook = said.statement.outlook.trim();
    let folded = fold_for_matching(outlook);
    let unit = said.statement.actual.amount.unit.as_str();
    let percent = number_before(&folded, "%");
    let count = number_before(&folded, unit).filter(|_| !unit.is_empty() && unit != "%");
    let reckoned = match (percent, count) {
        (Some(percent), _) => {
            let exact = ratio(actual.checked_mul(Decimal::ONE_HUNDRED)?, target, percent.scale())?;
            (exact != percent).then(|| (format!("{percent} %"), format!("{exact} %")))
        }
        (None, Some(count)) => {
            (count != actual).then(|| (format!("{count}{unit}"), format!("{actual}{unit}")))
        }
        (None, None) => None,
    };
    let (stated, reckoned) = reckoned?;
    let (goal, state, name) = (said.target(), said.actual(), said.name());
    let message = Both {
        ja: format!(
            "「{name}」の状況「{outlook}」の{stated}が、目標 {}・実績 {}と合いません。",
            goal.ja, state.ja
        ),
        en: format!(
            "{stated} in the outlook \u{201c}{outlook}\u{201d} of \u{201c}{name}\u{201d} does not follow from the target {} and the actual {}.",
            goal.en, state.en
        ),
    };
    Some(
        Finding::new(&CLAIM, message)
            .at(said.place())
            .at(said.place().child("outlook"))
            .numbers(reckoned, stated)
            .lines(rate(actual, target)),
    )
}

/// The number that stands directly before a word.
fn number_before(text: &str, word: &str) -> Option<Decimal> {
    let (before, _) = text.split_once(word)?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    Decimal::from_str_exact(&before[before.len() - digits..]).ok()
}

/// A claim that the interim target is met.
pub(super) static INTERIM: Rule = Rule {
    id: "interim-claim",
    severity: Severity::Warning,
    title: Words("「中間目標は達成」の裏付け", "Claims that the interim target is met"),
    why: Words(
        "「中間目標は達成」と述べるには、その目標の年度と値がどこかに示され、実績がそれに届いていなければなりません。",
        "To say that the interim target is met, it must be stated somewhere with year and value, and an actual must reach it.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().flat_map(interim).collect()),
};

fn interim(group: &Group<'_>) -> Vec<Finding> {
    let last =
        group.iter().filter(|said| said.is_target()).filter_map(|said| said.statement.target.year).max();
    let claims = |text: &str| {
        ["中間目標は既に達成", "中間目標は達成", "中間目標を達成", "中間は達成"]
            .iter()
            .any(|words| text.contains(words))
    };
    let mut findings = Vec::new();
    for said in group {
        let field = [("outlook", &said.statement.outlook), ("supplement", &said.statement.supplement)]
            .into_iter()
            .find(|(_, text)| claims(text));
        let Some((field, text)) = field else { continue };
        // What counts as an interim target: one that says so, or else any that is due before the last one.
        let stated: Vec<_> = group
            .iter()
            .filter(|other| other.is_target() && other.statement.id != said.statement.id)
            .filter(|other| match other.statement.target.kind {
                TargetKind::Interim => true,
                TargetKind::Unstated => other.statement.target.year < last,
                _ => false,
            })
            .collect();
        let missed: Vec<_> = stated
            .iter()
            .filter(|other| figures(other).is_some_and(|(target, actual)| actual < target))
            .collect();
        if !stated.is_empty() && missed.is_empty() {
            continue;
        }
        let (name, words, place) =
            (said.name(), crate::check::say::short(text), cited(&said.statement.printed_at));
        let message = if stated.is_empty() {
            both!(
                "「{name}」について「{words}」とあります{place}が、中間目標の年度と値はどの章にも示されていません。",
                "Of \u{201c}{name}\u{201d} it is said \u{201c}{words}\u{201d}{place}, but no chapter states an interim target."
            )
        } else {
            both!(
                "「{name}」について「{words}」とあります{place}が、中間の目標に届いていない実績があります。",
                "Of \u{201c}{name}\u{201d} it is said \u{201c}{words}\u{201d}{place}, but an interim target was missed."
            )
        };
        let lines = group.iter().filter(|said| said.is_target()).map(|said| {
            let (target, actual) = (said.target(), said.actual());
            let rate = figures(said).and_then(|(target, actual)| rate(actual, target));
            let rate = rate.map(|rate| format!("、{}", rate.ja)).unwrap_or_default();
            Both {
                ja: format!("目標 {}に対し実績 {}{rate}", target.ja, actual.ja),
                en: format!("target {}: actual {}{}", target.en, actual.en, rate.replace('、', "; ")),
            }
        });
        let places = missed.iter().map(|said| said.place());
        let expected =
            missed.first().map_or(both!("中間目標", "an interim target"), |said| said.target());
        let found = missed.first().map_or(both!("記載なし", "none stated"), |said| said.actual());
        findings.push(
            Finding::new(&INTERIM, message)
                .at(said.place().child(field))
                .at_all(places)
                .figures(expected, found)
                .lines(lines),
        );
    }
    findings
}

/// An outlook that the pace so far does not bear out.
pub(super) static PACE: Rule = Rule {
    id: "outlook-pace",
    severity: Severity::Warning,
    title: Words("達成見込みとこれまでの速さ", "Outlook and the pace so far"),
    why: Words(
        "これまでの増え方を続けても目標に届かないのに「達成見込み」とする場合は、速まる理由の説明が要ります。",
        "If the pace so far does not reach the target, an outlook of success needs a reason why the pace will rise.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().flat_map(pace).collect()),
};

/// The fewest days between two actuals from which a pace is reckoned: a year, give or take.
const A_YEAR: i32 = 300;

fn pace(group: &Group<'_>) -> Vec<Finding> {
    let mut points: Vec<(Date, Decimal, &Said<'_>)> = group
        .iter()
        .filter(|said| said.is_actual() && !less_is_better(said))
        .filter_map(|said| Some((said.days()?.1, said.statement.actual.amount.value()?, said)))
        .collect();
    points.sort_by_key(|(date, value, _)| (*date, *value));
    let (Some((first, low, start)), Some((now, reached, latest))) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let before = points.iter().rev().find(|(date, ..)| days(*date, *now) >= A_YEAR).unwrap_or(&points[0]);
    let (then, earlier, previous) = before;
    let (Some(recent), Some(average)) =
        (per_year(*then, *now, *earlier, *reached), per_year(*first, *now, *low, *reached))
    else {
        return Vec::new();
    };
    let fastest = recent.max(average);
    let mut findings = Vec::new();
    for said in group.iter().filter(|said| said.is_target() && !less_is_better(said)) {
        let hopeful = claim(&said.statement.outlook) == Some(Claim::Expected);
        let (Some(target), Some(year), true) =
            (said.statement.target.amount.value(), said.statement.target.year, hopeful)
        else {
            continue;
        };
        let Some((due, _)) = Moment::FiscalEnd(year).days() else { continue };
        let left = years(*now, due);
        let ahead = |pace: Decimal| pace.checked_mul(left).and_then(|more| reached.checked_add(more));
        let (Some(at_best), Some(at_recent)) = (ahead(fastest), ahead(recent)) else { continue };
        if *reached >= target || left <= Decimal::ZERO || at_best >= target {
            continue;
        }
        let unit = &said.indicator.unit;
        let (goal, name, outlook) = (said.target(), said.name(), said.statement.outlook.trim());
        let one = |value: Decimal| {
            grouped(
                value
                    .round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                    .normalize(),
            )
        };
        let (rate, steady, span) = (one(recent), one(at_recent), one(left));
        let short = one(target.saturating_sub(at_recent));
        let needed = ratio(target.saturating_sub(*reached), left, 1).unwrap_or_default().normalize();
        let times = ratio(needed, recent, 1).map(|times| times.to_string());
        let message = Both {
            ja: format!(
                "「{name}」の目標 {}は「{outlook}」とされていますが、これまでの速さでは{steady}{unit}にとどまります。",
                goal.ja
            ),
            en: format!(
                "The target of \u{201c}{name}\u{201d}, {}, is said to be \u{201c}{outlook}\u{201d}, but the pace so far leads to {steady}{unit}.",
                goal.en
            ),
        };
        let (since, until) = (day(*then), day(*now));
        let mut lines = vec![
            Both {
                ja: format!(
                    "直近の実績: {earlier}{unit}（{}）→ {reached}{unit}（{}）、年 {rate}{unit}",
                    since.ja, until.ja
                ),
                en: format!(
                    "latest actuals: {earlier}{unit} ({}) → {reached}{unit} ({}), {rate}{unit} a year",
                    since.en, until.en
                ),
            },
            both!(
                "{reached} + {rate} × {span}年 = {steady}{unit}、{short}{unit} 不足",
                "{reached} + {rate} × {span} years = {steady}{unit}, {short}{unit} short"
            ),
            match times {
                Some(times) => both!(
                    "目標に届くには年 {needed}{unit}が必要（これまでの{times}倍）",
                    "to meet it takes {needed}{unit} a year ({times} times the pace so far)"
                ),
                None => {
                    both!("目標に届くには年 {needed}{unit}が必要", "to meet it takes {needed}{unit} a year")
                }
            },
        ];
        if average > recent {
            let (average, best, first) = (one(average), one(at_best), day(*first));
            lines.push(Both {
                ja: format!("{}からの平均の速さ（年 {average}{unit}）でも{best}{unit}", first.ja),
                en: format!(
                    "even the average pace since {} ({average}{unit} a year) leads to {best}{unit}",
                    first.en
                ),
            });
        }
        let goal = format!("{}{unit}", grouped(target));
        let mut places = vec![said.place(), latest.place(), previous.place(), start.place()];
        let mut seen = Vec::new();
        places.retain(|place| {
            !seen.contains(place) && {
                seen.push(place.clone());
                true
            }
        });
        findings.push(
            Finding::new(&PACE, message).at_all(places).numbers(goal, format!("{steady}{unit}")).lines(lines),
        );
    }
    findings
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn years(from: Date, to: Date) -> Decimal {
    Decimal::from(days(from, to)) / Decimal::new(36525, 2)
}

fn per_year(from: Date, to: Date, low: Decimal, high: Decimal) -> Option<Decimal> {
    (days(from, to) > 0).then(|| high.checked_sub(low)?.checked_div(years(from, to)))?
}

/// An expectation of what is already reached.
pub(super) static EXPECTED: Rule = Rule {
    id: "expected-reached",
    severity: Severity::Warning,
    title: Words("見込みと実績の取り違え", "Expectation or actual"),
    why: Words(
        "同じ件数が、ある箇所では実績、別の箇所では見込みとされていると、どちらなのか分かりません。",
        "If one count is an actual here and an expectation there, nobody can tell which it is.",
    ),
    scope: Scope::Dossier(|cx| cx.groups().iter().flat_map(expected).collect()),
};

fn expected(group: &Group<'_>) -> Vec<Finding> {
    let hoped = group.iter().filter(|said| said.statement.target.kind == TargetKind::Expected);
    let mut findings = Vec::new();
    for hope in hoped {
        let (Some(amount), Some((_, until))) = (hope.statement.actual.amount.value(), hope.days()) else {
            continue;
        };
        let reached: Vec<_> = group
            .iter()
            .filter(|said| said.is_actual() && said.statement.actual.amount.value() == Some(amount))
            .filter(|said| said.days().is_some_and(|(_, last)| last < until))
            .collect();
        let Some(first) = reached.first() else { continue };
        let (here, there, name) = (hope.actual(), first.actual(), hope.name());
        let message = Both {
            ja: format!("「{name}」は、見込みとして{}、実績として{}とされています。", here.ja, there.ja),
            en: format!(
                "\u{201c}{name}\u{201d} is expected to be {}, but {} is already given as an actual.",
                here.en, there.en
            ),
        };
        let supplement = hope.statement.supplement.trim();
        let note = (!supplement.is_empty())
            .then(|| both!("見込みの補足: {supplement}", "what is said of the expectation: {supplement}"));
        findings.push(
            Finding::new(&EXPECTED, message)
                .at(hope.place())
                .at_all(reached.iter().map(|said| said.place()))
                .figures(here, there)
                .lines(note),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, indicator, sentences, statement};
    use crate::model::{Dossier, Statement, Target};

    fn of(statements: Vec<Statement>) -> Dossier {
        dossier(|a| a.outcomes = vec![indicator("実施件数", statements)])
    }

    fn claimed(target: &str, actual: &str, outlook: &str) -> Vec<Severity> {
        let said =
            Statement { outlook: outlook.into(), ..statement("1", Some(2024), target, actual, "FY2021") };
        found(&CLAIM, &of(vec![said])).iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn claims_are_held_against_the_figures() {
        assert_eq!(claimed("5", "6", "達成"), []);
        assert_eq!(claimed("5", "3", "達成見込み（達成度60%）"), []);
        assert_eq!(claimed("5", "0", "未達（0件）"), []);
        assert_eq!(claimed("5", "3", "達成"), [Severity::Error]);
        assert_eq!(claimed("5", "6", "未達"), [Severity::Error]);
        assert_eq!(claimed("5", "6", "達成見込み"), [Severity::Warning]);
        assert_eq!(claimed("5", "3", "達成見込み（達成度50％）"), [Severity::Error]);
        assert_eq!(claimed("5", "16", "達成（15件）"), [Severity::Error]);
        assert_eq!(claimed("5", "3", ""), []);
    }

    #[test]
    fn a_claim_on_the_interim_target_needs_one_that_is_met() {
        let claim = |rest: Vec<Statement>| {
            let mut all = vec![Statement {
                outlook: "中間は達成、最終も期待".into(),
                ..statement("1", Some(2025), "5", "3", "FY2021")
            }];
            all.extend(rest);
            sentences(&INTERIM, &of(all))
        };
        assert!(claim(vec![])[0].contains("どの章にも示されていません"));
        assert_eq!(claim(vec![statement("2", Some(2021), "2", "3", "FY2021")]), [""; 0]);
        let missed = claim(vec![statement("2", Some(2019), "5", "0", "FY2019")]);
        assert!(missed[0].contains("0 ÷ 5 = 0 %"), "{missed:?}");
    }

    #[test]
    fn an_outlook_is_held_against_the_pace() {
        let of = |target: &str| {
            sentences(
                &PACE,
                &of(vec![
                    Statement {
                        outlook: "達成見込み".into(),
                        ..statement("1", Some(2023), target, "20", "FY2022末")
                    },
                    statement("2", Some(2021), "15", "16", "FY2021末"),
                ]),
            )
        };
        let slow = of("30");
        assert!(slow[0].contains("20 + 4 × 1年 = 24件、6件 不足"), "{slow:?}");
        assert!(slow[0].contains("これまでの2.5倍"), "{slow:?}");
        assert_eq!(of("24"), [""; 0]);
    }

    #[test]
    fn an_expectation_of_what_is_reached_is_a_warning() {
        let hope = |amount: &str| Statement {
            target: Target { kind: TargetKind::Expected, ..Target::default() },
            ..statement("1", None, "", amount, "FY2022")
        };
        let of = |amount: &str| {
            found(&EXPECTED, &of(vec![hope(amount), statement("2", Some(2024), "5", "6", "2022年末")])).len()
        };
        assert_eq!((of("6"), of("8")), (1, 0));
    }
}
