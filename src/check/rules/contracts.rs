//! 契約額 against 資金配分: two tables of one project's money, in different units and chapters.

use super::amounts::{budget_total, note_line, own_total, sum};
use crate::both;
use crate::check::amount::{Agreement, Amount, Sum, difference, rounding_note};
use crate::check::say::{at, cited, year, years};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{AmountKind, AmountSeries, FiscalYear, FundingTable, Subject, Unit};
use rust_decimal::Decimal;

/// The money of a funding table's column: as printed, or else the sum of its cells.
fn column(table: &FundingTable, year: FiscalYear) -> Option<Amount> {
    let printed = table.column_totals.get(&year).and_then(|cell| Amount::of(&cell.amount));
    printed.or_else(|| {
        let cells = table.items.iter().filter_map(|item| item.amounts.get(&year));
        Sum::of(cells.map(|cell| &cell.amount), &table.unit).map(|sum| sum.amount())
    })
}

/// Each year that a contract series and the funding table both know: the series, the year, the two amounts.
pub(super) fn pairs(subject: &Subject) -> impl Iterator<Item = (&AmountSeries, FiscalYear, Amount, Amount)> {
    contract(subject).into_iter().flat_map(move |series| {
        series.years.iter().filter_map(move |(year, amount)| {
            Some((series, *year, Amount::of(amount)?, column(&subject.funding, *year)?))
        })
    })
}

/// The contract amounts that the overview sheet gives.
fn contract(subject: &Subject) -> Option<&AmountSeries> {
    subject.amounts.iter().find(|series| series.kind == AmountKind::Contract)
}

/// Contract amounts against the funding allocation, year by year.
pub(super) static BY_YEAR: Rule = Rule {
    id: "contract-funding",
    severity: Severity::Warning,
    title: Words("契約額と資金配分（年度別）", "Contracts and funding by year"),
    why: Words(
        "同じ年度の金額が概要表と資金配分の表とで違います。調整費や追加配分によるものなら、その旨の注記が要ります。",
        "The overview sheet and the funding table give different money for one year. If adjustment funds explain it, a note should say so.",
    ),
    scope: Scope::Subject(by_year),
};

fn by_year(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut lines = Vec::new();
    let mut apart = Vec::new();
    let (mut contracted, mut funded) = (Decimal::ZERO, Decimal::ZERO);
    let mut found = None;
    let mut unit = Unit::default();
    for (series, fiscal, amount, column) in pairs(subject) {
        unit = amount.unit.clone();
        let Some(same) = column.to(&unit) else { continue };
        contracted = contracted.saturating_add(amount.value);
        funded = funded.saturating_add(same.value);
        if amount.compare(&column) != Some(Agreement::Different) {
            continue;
        }
        let (said, other) = (amount.say(), column.say_in(&unit));
        let difference = difference(&amount, &same).unwrap_or_default();
        let Both { ja, en } = year(fiscal);
        lines.push(both!(
            "{ja}: 契約額 {said} / 資金配分 {other}、{difference}",
            "{en}: contracted {said}, funding {other}; {difference}"
        ));
        apart.push(fiscal);
        found.get_or_insert((series, said, column.say()));
    }
    let Some((series, said, other)) = found else { return Vec::new() };
    if apart.len() > 1 {
        let (a, b) = (Amount::plain(contracted, &unit), Amount::plain(funded, &unit));
        let all = difference(&a, &b).unwrap_or_default();
        lines.push(both!("両方にある年度の計: {all}", "all years that both give: {all}"));
    }
    let note = subject.funding.note.trim();
    if !note.is_empty() {
        lines.push(both!("資金配分の注: {note}", "the funding table's note: {note}"));
    }
    lines.extend(budget_total(series).and_then(note_line));
    let Both { ja, en } = years(&apart);
    let (here, there) = (cited(&series.printed_at), cited(&subject.funding.printed_at));
    vec![
        Finding::new(
            &BY_YEAR,
            both!(
                "{ja}の契約額{here}が、資金配分の列の合計{there}と違います。",
                "The contract amount{here} of {en} differs from the funding table's column total{there}."
            ),
        )
        .at(at(subject, &["amounts", series.id.as_str(), "years"]))
        .at(at(subject, &["funding", "column_totals"]))
        .numbers(other, said)
        .lines(lines),
    ]
}

/// The total of the contracts against the grand total of the funding allocation.
pub(super) static TOTAL: Rule = Rule {
    id: "contract-funding-total",
    severity: Severity::Warning,
    title: Words("契約額と資金配分（総額）", "Contracts and funding in total"),
    why: Words(
        "同じ事業の総額が二つの表で違って見えると、どちらを引用すべきか迷います。",
        "If two tables give different totals for one project, nobody knows which to quote.",
    ),
    scope: Scope::Subject(|_, subject| total(subject).into_iter().collect()),
};

fn total(subject: &Subject) -> Option<Finding> {
    let series = contract(subject)?;
    let own = own_total(series)?;
    let (printed, grand) = (Amount::of(&own.amount)?, Amount::of(&subject.funding.grand_total.amount)?);
    let agreement = printed.compare(&grand)?;
    // By year, the other rule says it already.
    if agreement.holds() || !by_year_agrees(subject) {
        return None;
    }
    let (label, said, other) = (&own.label, printed.say(), grand.say_in(&printed.unit));
    let (here, there) = (cited(&series.printed_at), cited(&subject.funding.printed_at));
    let mut finding = Finding::new(
        &TOTAL,
        both!(
            "{label}は{said}{here}、資金配分の総合計は{other}{there}です。",
            "{label} is {said}{here}, but the funding table's grand total is {other}{there}."
        ),
    )
    .at(at(subject, &["amounts", series.id.as_str(), "totals", own.id.as_str()]))
    .at(at(subject, &["funding", "grand_total"]))
    .numbers(grand.say(), said)
    .lines(difference(&printed, &grand).map(Both::same));
    if let Some(sum) = sum(series)
        && sum.compare(&printed) == Some(Agreement::Equal)
        && sum.compare(&grand)?.holds()
    {
        finding = finding
            .line({
                let sum = sum.say();
                both!("{label}は丸めた年度別の値の和: {sum}", "{label} is the sum of rounded years: {sum}")
            })
            .line(rounding_note(sum.count(), printed.step, &printed.unit))
            .graded(Severity::Notice);
    }
    Some(finding)
}

fn by_year_agrees(subject: &Subject) -> bool {
    pairs(subject).all(|(.., amount, column)| amount.compare(&column).is_some_and(Agreement::holds))
}

/// A year for which only one of the two tables has a figure.
pub(super) static ONE_SIDED: Rule = Rule {
    id: "contract-missing",
    severity: Severity::Warning,
    title: Words("片方だけにある年度の金額", "Years that only one table gives"),
    why: Words(
        "一方の表で「-」の年度に他方で金額があると、予定なのか記入漏れなのかを問われます。",
        "A year that is a dash in one table and a figure in the other raises the question whether it is planned or forgotten.",
    ),
    scope: Scope::Subject(|_, subject| one_sided(subject).into_iter().collect()),
};

fn one_sided(subject: &Subject) -> Option<Finding> {
    let series = contract(subject)?;
    let given = |fiscal: &FiscalYear| column(&subject.funding, *fiscal);
    let missing: Vec<_> = series
        .years
        .iter()
        .filter(|(_, amount)| amount.value().is_none() && amount.figure != crate::model::Figure::Words)
        .filter_map(|(fiscal, amount)| Some((*fiscal, amount.display(), given(fiscal)?)))
        .collect();
    let (_, mark, amount) = missing.first()?;
    let lines = missing.iter().map(|(fiscal, mark, amount)| {
        let planned = subject.funding.years.iter().find(|column| column.year == *fiscal);
        let heading = planned.map(|column| column.printed.clone()).unwrap_or_default();
        let said = amount.say_in(&series.unit);
        let Both { ja, en } = year(*fiscal);
        both!(
            "{ja}: 契約額「{mark}」/ 資金配分 {said}（見出し{heading}）",
            "{en}: contracted \u{201c}{mark}\u{201d}, funding {said} (headed {heading})"
        )
    });
    let fiscal: Vec<_> = missing.iter().map(|(year, ..)| *year).collect();
    let Both { ja, en } = years(&fiscal);
    let (here, there, said) = (cited(&series.printed_at), cited(&subject.funding.printed_at), amount.say());
    Some(
        Finding::new(
            &ONE_SIDED,
            both!(
                "{ja}の金額は、概要表{here}では「{mark}」、資金配分{there}では{said}です。",
                "For {en} the overview sheet{here} reads \u{201c}{mark}\u{201d}, the funding table{there} {said}."
            ),
        )
        .at_all(fiscal.iter().flat_map(|year| {
            let year = year.to_string();
            [
                at(subject, &["amounts", series.id.as_str(), "years", &year]),
                at(subject, &["funding", "column_totals", &year]),
            ]
        }))
        .numbers(said.clone(), mark.clone())
        .lines(lines),
    )
}

/// The funding allocation in total against the total budget.
pub(super) static FUNDING_BUDGET: Rule = Rule {
    id: "funding-budget",
    severity: Severity::Warning,
    title: Words("資金配分の総合計と総予算額", "Funding in total and the total budget"),
    why: Words(
        "配分の合計と総予算額の差は、未配分の年度か別の費目によるはずです。どの分かを言えるようにしておく必要があります。",
        "What the allocation and the total budget differ by must be years not yet allocated or other items; one should be able to say which.",
    ),
    scope: Scope::Subject(|_, subject| funding_budget(subject).into_iter().collect()),
};

fn funding_budget(subject: &Subject) -> Option<Finding> {
    let table = &subject.funding;
    let grand = Amount::of(&table.grand_total.amount)?;
    let (series, total) = subject.amounts.iter().find_map(|series| Some((series, budget_total(series)?)))?;
    let budget = Amount::of(&total.amount)?;
    if budget.compare(&grand)?.holds() {
        return None;
    }
    // Where the contracts are the allocation, their own comparison with the budget says it already.
    if own_total(series).and_then(|own| Amount::of(&own.amount)).is_some() && by_year_agrees(subject) {
        return None;
    }
    let period = &subject.overview.period;
    let columns: Vec<_> = table.columns().iter().map(|column| column.year).collect();
    let missing: Vec<_> = (period.start?.start_year()..=period.end?.start_year())
        .take(100)
        .map(FiscalYear::new)
        .filter(|year| !columns.contains(year))
        .collect();
    let (label, said, other) = (&total.label, budget.say(), grand.say_in(&budget.unit));
    let (here, there) = (cited(&series.printed_at), cited(&table.printed_at));
    let mut finding = Finding::new(
        &FUNDING_BUDGET,
        both!(
            "資金配分の総合計は{other}{there}、{label}は{said}{here}です。",
            "The funding table's grand total is {other}{there}, {label} is {said}{here}."
        ),
    )
    .at(at(subject, &["funding", "grand_total"]))
    .at(at(subject, &["amounts", series.id.as_str(), "totals", total.id.as_str()]))
    .numbers(said, grand.say())
    .lines(difference(&budget, &grand).map(Both::same));
    if !missing.is_empty() {
        let (Both { ja, en }, period) = (years(&missing), period.display());
        finding = finding.line(both!(
            "実施期間は{period}ですが、資金配分に{ja}の列がありません",
            "the period is {period}, but the funding table has no column for {en}"
        ));
    }
    Some(finding.lines(note_line(total)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, funding, sentences, series, year as fiscal};
    use crate::model::{Dossier, Period};

    fn project(years: &[&str], totals: &[(&str, &str)], columns: &[&str]) -> Dossier {
        dossier(|a| {
            a.amounts = vec![series("r1", AmountKind::Contract, Unit::HundredMillionYen, years, totals)];
            a.funding = funding(&[columns], columns);
            a.overview.period =
                Period { start: Some(fiscal(2020)), end: Some(fiscal(2022)), ..Period::default() };
        })
    }

    #[test]
    fn the_same_money_in_other_units_is_silent() {
        let dossier = project(
            &["7.5", "10.9"],
            &[("総契約額", "18.4"), ("総予算額", "18.4")],
            &["750", "1094", "1844"],
        );
        for rule in [&BY_YEAR, &TOTAL, &ONE_SIDED, &FUNDING_BUDGET] {
            assert_eq!(found(rule, &dossier), [], "{}", rule.id);
        }
    }

    #[test]
    fn different_money_is_listed_year_by_year() {
        let found = sentences(&BY_YEAR, &project(&["13.0", "48.6"], &[], &["1300", "1269", "2569"]));
        assert!(found[0].starts_with("2021年度の契約額"), "{found:?}");
        assert!(found[0].contains("48.6 − 12.69 = +35.91億円"), "{found:?}");
    }

    #[test]
    fn a_total_of_rounded_years_is_a_notice() {
        let dossier = project(&["7.5", "10.9"], &[("総契約額", "18.3")], &["745", "1094", "1850"]);
        assert_eq!(found(&TOTAL, &dossier)[0].severity, Severity::Warning);
        let dossier = project(&["7.5", "10.9"], &[("総契約額", "18.4")], &["754", "1094", "1848"]);
        let findings = found(&TOTAL, &dossier);
        assert_eq!(findings[0].severity, Severity::Notice);
        assert!(findings[0].working[1].ja.contains("7.5 + 10.9 = 18.4億円"));
    }

    #[test]
    fn a_year_that_one_table_leaves_open_is_a_warning() {
        let found = sentences(&ONE_SIDED, &project(&["3.0", "-"], &[], &["300", "710", "-"]));
        assert!(found[0].contains("2021年度") && found[0].contains("710百万円（＝7.1億円）"), "{found:?}");
    }

    #[test]
    fn the_rest_of_the_budget_is_the_years_without_a_column() {
        let found = sentences(
            &FUNDING_BUDGET,
            &project(
                &["13.0", "25.9"],
                &[("総契約額", "-"), ("総予算額", "85.2")],
                &["1300", "1269", "2569"],
            ),
        );
        assert!(
            found[0].contains("85.2 − 25.69 = +59.51億円") && found[0].contains("2022年度の列"),
            "{found:?}"
        );
    }
}
