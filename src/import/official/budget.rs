//! 2-1 and 2-2: budgets and executed amounts in yen.

use super::entries::{self, WHOLE_BUDGET};
use super::export::Export;
use super::facts::{Facts, Shown};
use crate::both;
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::TableKind;
use crate::model::{AmountKind, Figure, FiscalYear, Place, SubjectId, Unit, fold_for_matching, grouped};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// The totals of a year: heading, kind and heading of the series, and whether the amount is asked for the year after.
const SERIES: [(&str, AmountKind, &str, bool); 8] = [
    ("当初予算（合計）", AmountKind::Budget, "当初予算", false),
    ("補正予算（合計）", AmountKind::Budget, "補正予算", false),
    ("前年度からの繰越し（合計）", AmountKind::Budget, CARRIED_IN, false),
    ("予備費等（合計）", AmountKind::Budget, RESERVE, false),
    ("計（歳出予算現額合計）", AmountKind::Budget, WHOLE_BUDGET, false),
    ("翌年度への繰越し（合計）", AmountKind::Budget, CARRIED_OUT, false),
    ("翌年度要求額（合計）", AmountKind::Budget, REQUESTED, true),
    ("執行額（合計）", AmountKind::Executed, "", false),
];
/// The heading of a series: what was carried over from the year before.
pub(super) const CARRIED_IN: &str = "前年度からの繰越し";
/// The heading of a series: reserves and the like.
pub(super) const RESERVE: &str = "予備費等";
/// The heading of a series: what was carried over to the year after.
pub(super) const CARRIED_OUT: &str = "翌年度への繰越し";
/// The heading of a series: what was asked for.
pub(super) const REQUESTED: &str = "要求額";

/// The amounts of one account in a year, each with the total that such amounts add up to.
const ACCOUNT: [(&str, Option<&str>); 16] = [
    ("当初予算", Some("当初予算（合計）")),
    ("第1次補正予算", Some("補正予算（合計）")),
    ("第2次補正予算", Some("補正予算（合計）")),
    ("第3次補正予算", Some("補正予算（合計）")),
    ("第4次補正予算", Some("補正予算（合計）")),
    ("第5次補正予算", Some("補正予算（合計）")),
    ("前年度から繰越し", Some("前年度からの繰越し（合計）")),
    ("予備費等1", Some("予備費等（合計）")),
    ("予備費等2", Some("予備費等（合計）")),
    ("予備費等3", Some("予備費等（合計）")),
    ("予備費等4", Some("予備費等（合計）")),
    ("歳出予算現額", Some("計（歳出予算現額合計）")),
    ("執行額", Some("執行額（合計）")),
    ("翌年度要求額", Some("翌年度要求額（合計）")),
    ("要望額", None),
    ("備考", None),
];
/// What names an account in a year.
const ACCOUNT_KEYS: [&str; 4] = ["予算年度", "会計区分", "会計", "勘定"];

/// 2-1
pub(super) fn summary(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut accounts = account_facts();
    let mut reasons = Facts::new(
        "予算の増減理由等（RSシステム）",
        &["年度", "執行率", "主な増減理由", "その他特記事項"],
        1,
    );
    let said = ["執行率", "主な増減理由", "その他特記事項"];
    let mut sums = Sums::default();
    let mut table = export.table(draft, TableKind::Amounts, subject);
    let place = table.subject(subject);
    let mut kinds = BTreeMap::new();
    for row in export.rows() {
        let Some(year) = budget_year(export, &mut table, *row) else { continue };
        totals(export, &mut table, &place, *row, year, &mut sums);
        rate(export, &mut table, *row);
        if !export.all(*row, &said).is_empty() {
            let headings: Vec<_> =
                ["予算年度"].into_iter().chain(said).map(|heading| (heading, Shown::Text)).collect();
            reasons.push_row(export, *row, &headings);
        }
        if let Some(kind) = export.get(*row, "会計区分") {
            let headings =
                ACCOUNT_KEYS.map(|heading| (heading, Shown::Text)).into_iter().chain(ACCOUNT.map(
                    |(heading, _)| (heading, if heading == "備考" { Shown::Text } else { Shown::Amount }),
                ));
            accounts.push_row(export, *row, &headings.collect::<Vec<_>>());
            for (heading, total) in ACCOUNT {
                sums.part(year, total, export.get(*row, heading).map(|found| found.text));
            }
            kinds.entry(fold_for_matching(kind.plain())).or_insert(kind);
        }
    }
    sums.compare(&mut table);
    if let (1, Some((_, kind))) = (kinds.len(), kinds.first_key_value()) {
        account(&mut table, &place, kind.plain(), export.source(kind.at), &kind.text);
    }
    accounts.drop_zeros(&mut table);
    accounts.write(&mut table, &place);
    reasons.write(&mut table, &place);
}

fn account_facts() -> Facts {
    let [_, keys @ ..] = ACCOUNT_KEYS;
    let columns: Vec<_> =
        ["年度"].into_iter().chain(keys).chain(ACCOUNT.map(|(heading, _)| heading)).collect();
    Facts::new("会計別の予算（RSシステム、円）", &columns, ACCOUNT_KEYS.len())
}

/// 2-2
pub(super) fn items(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let columns = [
        ("予算年度", "年度", Shown::Text),
        ("会計区分", "会計区分", Shown::Text),
        ("会計", "会計", Shown::Text),
        ("勘定", "勘定", Shown::Text),
        ("予算種別", "予算種別", Shown::Text),
        ("所管", "所管", Shown::Text),
        ("組織・勘定", "組織・勘定", Shown::Text),
        ("項", "項", Shown::Text),
        ("目", "目", Shown::Text),
        ("歳出予算項目の補足情報", "補足情報", Shown::Text),
        ("予算額（歳出予算項目ごと）", "予算額", Shown::Amount),
        ("翌年度要求額（歳出予算項目ごと）", "翌年度要求額", Shown::Amount),
        ("備考（歳出予算項目ごと）", "備考", Shown::Text),
    ];
    let mut facts = Facts::new("歳出予算項目（RSシステム、円）", &columns.map(|(_, column, _)| column), 10);
    let headings = columns.map(|(heading, _, shown)| (heading, shown));
    let mut table = export.table(draft, TableKind::Amounts, subject);
    let place = table.subject(subject);
    for row in export.rows() {
        facts.push_row(export, *row, &headings);
    }
    facts.write(&mut table, &place);
}

/// The year of a row; what is no year is left over with what stands beside it.
fn budget_year(export: &Export<'_>, table: &mut TableDraft<'_, '_>, row: u32) -> Option<FiscalYear> {
    let found = export.get(row, "予算年度")?;
    let year = FiscalYear::read(&found.text);
    if year.is_none() {
        let why = both!(
            "予算年度として読めないため、この行の金額は取り込みません。",
            "This is no fiscal year; the amounts of its row are not taken."
        );
        table.draft().leftover(export.source(found.at), found.text, why);
    }
    year
}

/// The amounts of a year as a whole, each into its series.
fn totals(
    export: &Export<'_>,
    table: &mut TableDraft<'_, '_>,
    subject: &Place,
    row: u32,
    year: FiscalYear,
    sums: &mut Sums,
) {
    for (heading, kind, label, next) in SERIES {
        let (Some(found), Some(head)) = (export.get(row, heading), export.heading(heading)) else { continue };
        let source = export.source(head.at);
        let (series, unit) = entries::series(table, subject, (kind, label), &Unit::Yen, &source, &head.text);
        let of = if next { year.next() } else { year };
        let amount = entries::read(&found.text, &Unit::Yen);
        sums.total(year, heading, amount.value());
        if next {
            let text = both!(
                "{year}年度の翌年度要求額は、要求の対象である{of}年度の欄に入れます。",
                "What fiscal {year} asks for the next year goes to fiscal {of}, for which it is asked."
            );
            table.remark(Some(found.at), text);
        }
        if kind == AmountKind::Executed
            && amount.value() == Some(Decimal::ZERO)
            && export.get(row, "執行率").is_none()
        {
            let text = both!(
                "{year}年度は執行額が0円で執行率が空欄です。年度の途中の値かもしれません。",
                "For fiscal {year} nothing is executed and no rate is given: the year may not be over."
            );
            table.remark(Some(found.at), text);
        }
        let place = series.child("years").child(of.to_string());
        entries::figure(table, place, amount, &unit, export.source(found.at));
    }
}

/// Whether the rate of execution is what the two amounts make it.
fn rate(export: &Export<'_>, table: &mut TableDraft<'_, '_>, row: u32) {
    let amount = |heading| entries::read(&export.get(row, heading)?.text, &Unit::Yen).value();
    let Some(found) = export.get(row, "執行率") else { return };
    let (Some(executed), Some(budget)) = (amount("執行額（合計）"), amount("計（歳出予算現額合計）"))
    else {
        return;
    };
    let Figure::Number(stated) = entries::read(&found.text, &Unit::default()).figure else { return };
    let computed = executed
        .checked_div(budget)
        .map(|rate| rate.round_dp_with_strategy(stated.scale(), RoundingStrategy::MidpointAwayFromZero));
    if computed == Some(stated) {
        return;
    }
    let (executed, budget) = (grouped(executed), grouped(budget));
    let computed = computed.map_or_else(|| "—".to_owned(), |rate| rate.to_string());
    let text = both!(
        "執行率 {stated} は、執行額 {executed} 円 ÷ 歳出予算現額 {budget} 円 = {computed} と一致しません。",
        "The rate {stated} is not {executed} yen ÷ {budget} yen = {computed}."
    );
    table.remark(Some(found.at), text);
}

/// 会計区分, where every row says the same one: chosen among those that the dossier's form prints, or printed as the
/// only one.
pub(super) fn account(
    table: &mut TableDraft<'_, '_>,
    subject: &Place,
    kind: &str,
    source: crate::model::Source,
    printed: &str,
) {
    let overview = subject.child("overview");
    let options = table.value(&overview.child("account_options")).and_then(|known| known.as_array().cloned());
    let choice = match &options {
        None => Some(kind.to_owned()),
        Some(options) => (options.iter().filter_map(|option| option.as_str()))
            .find(|option| fold_for_matching(option) == fold_for_matching(kind))
            .map(str::to_owned),
    };
    let Some(choice) = choice else { return };
    if options.is_none() {
        table.set_from(overview.child("account_options"), &[&choice], source.clone(), printed, kind);
    }
    entries::text(table, overview.child("account_selected"), &choice, source, printed);
}

/// The totals of each year beside the sums of the accounts.
#[derive(Debug, Default)]
struct Sums {
    totals: BTreeMap<(FiscalYear, &'static str), Decimal>,
    parts: BTreeMap<(FiscalYear, &'static str), Decimal>,
}

impl Sums {
    fn total(&mut self, year: FiscalYear, heading: &'static str, amount: Option<Decimal>) {
        if let Some(amount) = amount {
            self.totals.insert((year, heading), amount);
        }
    }

    fn part(&mut self, year: FiscalYear, heading: Option<&'static str>, text: Option<String>) {
        let amount = text.and_then(|text| entries::read(&text, &Unit::Yen).value());
        if let (Some(heading), Some(amount)) = (heading, amount) {
            let sum = self.parts.entry((year, heading)).or_default();
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
    }

    /// Says where the accounts do not add up to the total.
    fn compare(&self, table: &mut TableDraft<'_, '_>) {
        let keys: BTreeSet<_> = self.totals.keys().filter(|key| self.parts.contains_key(*key)).collect();
        for (year, heading) in keys {
            let (total, sum) = (self.totals[&(*year, *heading)], self.parts[&(*year, *heading)]);
            if total == sum {
                continue;
            }
            let (total, sum, difference) = (grouped(total), grouped(sum), grouped(total - sum));
            let text = both!(
                "{year}年度の{heading} {total} 円は、会計別の和 {sum} 円と一致しません（差 {difference} 円）。",
                "For fiscal {year}, {heading} {total} yen is not the accounts' sum {sum} yen (difference {difference} yen)."
            );
            table.remark(None, text);
        }
    }
}
