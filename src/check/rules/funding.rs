//! 資金配分: the table against its own printed totals, and how it writes that there is nothing.

use crate::both;
use crate::check::amount::{Agreement, Amount, Sum, difference, rounding_note};
use crate::check::say::{at, cited, join, short, year, years};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Figure, FiscalYear, FundingItem, Place, Quantity, Subject};
use std::collections::BTreeMap;

/// Printed row, column and grand totals against the sums of the cells.
pub(super) static TOTALS: Rule = Rule {
    id: "funding-totals",
    severity: Severity::Error,
    title: Words("資金配分の合計", "Totals of the funding allocation"),
    why: Words(
        "印字された合計と内訳の和が違うと、どちらかの数値が誤りではないかと問われます。四捨五入による差であれば、その旨の注記で足ります。",
        "A printed total that is not the sum of its parts raises the question which of them is wrong. Where rounding explains it, a remark is enough.",
    ),
    scope: Scope::Subject(totals),
};

fn totals(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let table = &subject.funding;
    let unit = &table.unit;
    let place = cited(&table.printed_at);
    let mut findings = Vec::new();
    let mut check = |what: Both, printed: &Quantity, sum: Option<Sum>, total: Place, parts: Vec<Place>| {
        let (Some(printed), Some(sum)) = (Amount::of(printed), sum) else { return };
        findings.extend(compare(&what, &place, &printed, &sum, total, parts));
    };
    for item in &table.items {
        let id = item.id.as_str();
        let label = short(&item.label);
        let sum = Sum::of(item.amounts.values().map(|cell| &cell.amount), unit);
        check(
            both!("資金配分の「{label}」の行", "the row \u{201c}{label}\u{201d} of the funding allocation"),
            &item.total.amount,
            sum,
            at(subject, &["funding", "items", id, "total"]),
            vec![at(subject, &["funding", "items", id, "amounts"])],
        );
    }
    for (fiscal, cell) in &table.column_totals {
        let cells = table.items.iter().filter_map(|item| item.amounts.get(fiscal)).map(|cell| &cell.amount);
        let Both { ja, en } = year(*fiscal);
        check(
            both!("資金配分の{ja}の列", "the column {en} of the funding allocation"),
            &cell.amount,
            Sum::of(cells, unit),
            at(subject, &["funding", "column_totals", &fiscal.to_string()]),
            vec![at(subject, &["funding", "items"])],
        );
    }
    let cells = table.items.iter().flat_map(|item| item.amounts.values()).map(|cell| &cell.amount);
    check(
        both!("資金配分の総合計", "the grand total of the funding allocation"),
        &table.grand_total.amount,
        Sum::of(cells, unit),
        at(subject, &["funding", "grand_total"]),
        vec![at(subject, &["funding", "items"])],
    );
    findings
}

fn compare(
    what: &Both,
    place: &str,
    printed: &Amount,
    sum: &Sum,
    total: Place,
    parts: Vec<Place>,
) -> Option<Finding> {
    let agreement = sum.compare(printed)?;
    if agreement == Agreement::Equal {
        return None;
    }
    let (said, reckoned) = (printed.say(), sum.amount().say());
    let Both { ja, en } = what;
    let finding = Finding::new(
        &TOTALS,
        both!(
            "{ja}で、印字の合計は{said}、内訳の和は{reckoned}です{place}。",
            "In {en}, the printed total is {said}, but the parts add up to {reckoned}{place}."
        ),
    );
    let finding = finding
        .at(total)
        .at_all(parts)
        .numbers(reckoned, said)
        .line(Both::same(sum.say()))
        .lines(difference(printed, &sum.amount()).map(Both::same));
    Some(match agreement {
        Agreement::Rounding => {
            finding.line(rounding_note(sum.count(), printed.step, &printed.unit)).graded(Severity::Notice)
        }
        _ => finding,
    })
}

/// A research item without money in years in which others have some, though it had some before.
pub(super) static STOPS: Rule = Rule {
    id: "funding-stops",
    severity: Severity::Notice,
    title: Words("配分が途中で終わる項目", "Items whose funding stops early"),
    why: Words(
        "実施期間の途中で配分がなくなる項目には、終了や統合の説明が要ります。",
        "An item whose money stops within the period needs a word on why it ended or was merged.",
    ),
    scope: Scope::Subject(stops),
};

fn stops(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let table = &subject.funding;
    let funded = |item: &FundingItem, year: &FiscalYear| {
        item.amounts.get(year).is_some_and(|cell| cell.amount.value().is_some())
    };
    let last = |item: &FundingItem| item.amounts.keys().filter(|year| funded(item, year)).max().copied();
    let Some(end) = table.items.iter().filter_map(last).max() else { return Vec::new() };
    let stopped = |item: &FundingItem| {
        let last = last(item).filter(|last| *last < end)?;
        let after: Vec<_> =
            item.amounts.keys().filter(|year| **year > last && **year <= end).copied().collect();
        let first = item.amounts.get(after.first()?)?.amount.display();
        let place = cited(&table.printed_at);
        let label = short(&item.label);
        let (missing, last) = (years(&after), year(last));
        let period = subject.overview.period.display();
        let message = Both {
            ja: format!(
                "資金配分の「{label}」は{}までで、{}は「{first}」です{place}。実施期間は{period}です。",
                last.ja, missing.ja
            ),
            en: format!(
                "The funding of \u{201c}{label}\u{201d} ends with {}; {} reads \u{201c}{first}\u{201d}{place}. The project's period is {period}.",
                last.en, missing.en
            ),
        };
        let amounts = Sum::of(item.amounts.values().map(|cell| &cell.amount), &table.unit)?;
        Some(
            Finding::new(&STOPS, message)
                .at_all(after.iter().map(|year| {
                    at(subject, &["funding", "items", item.id.as_str(), "amounts", &year.to_string()])
                }))
                .at(at(subject, &["overview", "period"]))
                .line(Both::same(amounts.say()))
                .numbers(period, last.ja),
        )
    };
    table.items.iter().filter_map(stopped).collect()
}

/// Several ways of writing "nothing" in the funding tables of one report.
pub(super) static MARKS: Rule = Rule {
    id: "blank-marks",
    severity: Severity::Notice,
    title: Words("空欄・ゼロの書き方", "Ways of writing nothing"),
    why: Words(
        "「0」と「-」が混ざると、支出がなかったのか、未定なのか、対象外なのかを読み手が区別できません。",
        "Where 0 and dashes are mixed, the reader cannot tell no spending from not yet known or not applicable.",
    ),
    scope: Scope::Dossier(marks),
};

fn marks(cx: &Context<'_>) -> Vec<Finding> {
    // Each mark with how often it stands in each table and where it stands first.
    let mut marks: BTreeMap<String, Vec<(&Subject, usize, Place)>> = BTreeMap::new();
    for subject in cx.dossier.subjects() {
        for item in &subject.funding.items {
            for (fiscal, cell) in &item.amounts {
                let mark = match &cell.amount.figure {
                    Figure::Dash => cell.amount.display().trim().to_owned(),
                    Figure::Number(value) if value.is_zero() => "0".to_owned(),
                    _ => continue,
                };
                let uses = marks.entry(mark).or_default();
                if let Some((_, count, _)) = uses.last_mut().filter(|(last, ..)| std::ptr::eq(*last, subject))
                {
                    *count += 1;
                } else {
                    let steps = ["funding", "items", item.id.as_str(), "amounts", &fiscal.to_string()];
                    uses.push((subject, 1, at(subject, &steps)));
                }
            }
        }
    }
    if marks.len() < 2 {
        return Vec::new();
    }
    let lines: Vec<_> = marks
        .iter()
        .map(|(mark, uses)| {
            let tables: Vec<_> = uses
                .iter()
                .map(|(subject, count, _)| {
                    let id = &subject.id;
                    both!("{id}に{count}欄", "{count} in {id}")
                })
                .collect();
            let Both { ja, en } = join(&tables, "、", ", ");
            both!("「{mark}」: {ja}", "\u{201c}{mark}\u{201d}: {en}")
        })
        .collect();
    let all = marks.keys().map(|mark| format!("「{mark}」")).collect::<Vec<_>>().join(" ");
    let places: Vec<_> = marks.values().flatten().map(|(.., place)| place.clone()).collect();
    vec![
        Finding::new(
            &MARKS,
            both!(
                "資金配分の表で、金額がない欄の書き方が{all}に分かれています。",
                "The funding tables write an empty amount in several ways: {all}."
            ),
        )
        .at_all(places)
        .lines(lines)
        .numbers("", all),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, funding, sentences};

    #[test]
    fn totals_that_add_up_are_silent() {
        let dossier = dossier(|a| {
            a.funding = funding(&[&["297", "406", "703"], &["3", "-", "3"]], &["300", "406", "706"]);
        });
        assert_eq!(found(&TOTALS, &dossier), []);
    }

    #[test]
    fn rounding_is_a_notice_and_more_is_an_error() {
        let dossier = dossier(|a| {
            a.funding = funding(
                &[&["845", "827", "1673"], &["396", "383", "779"], &["58", "59", "117"]],
                &["1300", "1269", "2600"],
            );
        });
        let findings = found(&TOTALS, &dossier);
        let graded: Vec<_> = findings
            .iter()
            .map(|f| (f.severity, f.places[0].to_string(), f.expected.ja.as_str(), f.found.ja.as_str()))
            .collect();
        assert_eq!(
            graded,
            [
                (Severity::Notice, "projects/A/funding/items/r0/total".into(), "1,672百万円", "1,673百万円"),
                (
                    Severity::Notice,
                    "projects/A/funding/column_totals/2020".into(),
                    "1,299百万円",
                    "1,300百万円"
                ),
                (Severity::Error, "projects/A/funding/grand_total".into(), "2,568百万円", "2,600百万円"),
            ]
        );
        assert!(findings[1].working[0].ja.contains("845 + 396 + 58 = 1,299百万円"));
        assert!(findings[1].working[2].ja.contains("最大 1.5百万円"));
    }

    #[test]
    fn an_item_that_ends_before_the_others_is_noticed() {
        let dossier = dossier(|a| {
            a.funding = funding(&[&["1", "2", "3"], &["58", "ー", "58"], &["-", "4", "4"]], &["", "", ""]);
        });
        let found = sentences(&STOPS, &dossier);
        assert_eq!(found.len(), 1, "an item that begins late is no gap");
        assert!(found[0].contains("「項目1」は2020年度までで、2021年度は「ー」"), "{found:?}");
    }

    #[test]
    fn marks_for_nothing_are_counted() {
        let table = |rows: &[&[&str]]| dossier(|a| a.funding = funding(rows, &["", "", ""]));
        assert_eq!(found(&MARKS, &table(&[&["-", "1", ""], &["-", "2", ""]])), []);
        let mixed = sentences(&MARKS, &table(&[&["0", "ー", ""], &["0", "2", ""]]));
        assert!(mixed[0].contains("「0」: Aに2欄; 「ー」: Aに1欄"), "{mixed:?}");
    }
}
