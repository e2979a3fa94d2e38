//! What a heading or label says of the amounts under it beyond item and year: 委託, 計画, 当初, 直接経費. Of the amounts
//! of one item and year at most one has a place in a funding table.

use super::super::normal;
use super::head::Head;
use super::words::Concept;
use crate::model::AmountKind;

/// What an amount is, among those of one item and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facet {
    pub sort: Sort,
    /// As found, without line breaks.
    pub text: String,
}

/// Of which sort a facet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// 計: what the others come to.
    Total,
    /// 委託, 補助
    Kind,
    /// 直接経費, 間接経費
    Cost,
    /// Amounts of that kind: 当初, 執行, 契約.
    Series(AmountKind),
    /// Anything else.
    Other,
}

/// Kinds of funding that stand beside an amount, folded.
const KINDS: [&str; 17] = [
    "委託",
    "補助",
    "定額補助",
    "助成",
    "交付",
    "直轄",
    "請負",
    "委託・補助",
    "委託/補助",
    "補助金",
    "委託費",
    "交付金",
    "共同研究",
    "運営費交付金",
    "間接補助",
    "直接",
    "助成金",
];

/// Parts of a cost, folded.
const COSTS: [&str; 12] = [
    "直接経費",
    "間接経費",
    "直接費",
    "間接費",
    "一般管理費",
    "再委託費",
    "人件費",
    "物品費",
    "旅費",
    "設備備品費",
    "消耗品費",
    "その他経費",
];

/// Series that their kind alone names, folded.
const PLAIN: [&str; 20] = [
    "契約額",
    "契約金額",
    "契約",
    "執行額",
    "執行",
    "執行実績額",
    "執行金額",
    "予算額",
    "予算",
    "予算金額",
    "contractamount",
    "executedamount",
    "budget",
    "支出額",
    "支出",
    "支出済額",
    "決算額",
    "決算",
    "実績額",
    "",
];

/// Beginnings of what is budgeted, folded.
const BUDGETED: [&str; 24] = [
    "当初予算",
    "当初",
    "補正予算",
    "補正",
    "予備費",
    "前年度からの繰越",
    "前年度から繰越",
    "前年度より繰越",
    "前年度繰越",
    "繰越",
    "翌年度への繰越",
    "翌年度へ繰越",
    "翌年度に繰越",
    "翌年度繰越",
    "予算現額",
    "予算総額",
    "歳出予算",
    "要求額",
    "要求",
    "概算要求",
    "計画額",
    "予定額",
    "見込額",
    "流用",
];
/// Beginnings of what was spent, folded.
const SPENT: [&str; 7] = ["実績額", "執行実績", "決算額", "決算", "支出額", "支出済額", "支出"];

/// Whether a text names a kind of funding.
pub(super) fn is_funding_kind(text: &str) -> bool {
    let folded = normal::key(text);
    KINDS.contains(&folded.split('(').next().unwrap_or_default())
}

/// The series of amounts that a label names, and what it is called beyond its kind; nothing for 契約額 and the like.
pub(super) fn series(head: &Head, text: &str) -> Option<(AmountKind, String)> {
    // 総契約額 is a total beside a series.
    if head.is(Concept::GrandAmount) {
        return None;
    }
    let core = head.core.as_str();
    // 要求仕様の検討 begins like 要求 and is none.
    let begins = |words: &[&str]| {
        words.iter().filter_map(|word| core.strip_prefix(word)).any(|rest| {
            rest.trim_matches(|c: char| c.is_ascii_digit() || "第号次".contains(c)).is_empty()
                || ["額", "等", "案", "額案", "し", "し額", "し等", "金額", "額等", "費等"].contains(&rest)
        })
    };
    let supplementary = core.starts_with('第') && core.contains("補正") && core.chars().count() <= 9;
    let kind = if core == "当初契約額" || head.is(Concept::Contract) {
        AmountKind::Contract
    } else if head.is(Concept::Executed) || begins(&SPENT) {
        AmountKind::Executed
    } else if head.is(Concept::Budget) || begins(&BUDGETED) || supplementary {
        AmountKind::Budget
    } else {
        return None;
    };
    let label = if PLAIN.contains(&core) { String::new() } else { shown(text) };
    Some((kind, label))
}

/// A label as it is called: without line breaks and without the unit in brackets.
pub(super) fn shown(text: &str) -> String {
    let text = text.replace(['\n', '\r'], "");
    let open = text.find(['(', '（', '[', '［', '【']).filter(|at| *at > 0);
    let cut = open.filter(|at| normal::stated(&text[*at..]).is_some()).unwrap_or(text.len());
    text[..cut].trim().to_owned()
}

impl Facet {
    /// What a label says of the amounts under or beside it; none if it speaks of something else.
    pub fn of(text: &str, head: &Head) -> Option<Self> {
        let core = head.core.as_str();
        let sort = if head.is(Concept::Total) {
            Sort::Total
        } else if is_funding_kind(text) {
            Sort::Kind
        } else if COSTS.contains(&core) {
            Sort::Cost
        } else if let Some((kind, _)) = series(head, text) {
            Sort::Series(kind)
        } else {
            match core {
                "計画" | "予定" | "見込" | "見込み" | "計画値" => {
                    Sort::Series(AmountKind::Budget)
                }
                "実績" | "実績値" | "結果" => Sort::Series(AmountKind::Executed),
                "上期" | "下期" | "前期" | "後期" | "上半期" | "下半期" | "国費" | "自己負担"
                | "民間負担" => Sort::Other,
                // 予定 and 計画 alone are qualifiers and leave no core.
                "" if head.certainty == crate::model::Certainty::Planned => Sort::Series(AmountKind::Budget),
                "" if is_done(text) => Sort::Series(AmountKind::Executed),
                _ => return None,
            }
        };
        Some(Self { sort, text: shown(text) })
    }

    /// The series that it makes where no items stand beside it.
    pub fn as_series(&self) -> Option<(AmountKind, String)> {
        let Sort::Series(kind) = self.sort else { return None };
        let plain = PLAIN.contains(&normal::key(&self.text).as_str());
        Some((kind, if plain { String::new() } else { self.text.clone() }))
    }
}

fn is_done(text: &str) -> bool {
    matches!(normal::key(text).trim_matches(['(', ')']), "実績" | "決算" | "確定")
}

/// Whether two headings name the same series: 当初予算 and 当初予算額.
pub(super) fn same_series(a: &str, b: &str) -> bool {
    let plain = |text: &str| normal::key(text).trim_end_matches("(合計)").trim_end_matches('額').to_owned();
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_amounts_are_told_apart() {
        let of = |text: &str| Facet::of(text, &Head::read(text)).map(|facet| facet.sort);
        for (text, sort) in [
            ("委託", Sort::Kind),
            ("補助金", Sort::Kind),
            ("直接経費", Sort::Cost),
            ("計", Sort::Total),
            ("当初", Sort::Series(AmountKind::Budget)),
            ("補正予算額", Sort::Series(AmountKind::Budget)),
            ("第２次補正予算", Sort::Series(AmountKind::Budget)),
            ("予備費等", Sort::Series(AmountKind::Budget)),
            ("前年度から繰越し", Sort::Series(AmountKind::Budget)),
            ("計画", Sort::Series(AmountKind::Budget)),
            ("予定", Sort::Series(AmountKind::Budget)),
            ("実績", Sort::Series(AmountKind::Executed)),
            ("執行額（百万円）", Sort::Series(AmountKind::Executed)),
            ("契約額", Sort::Series(AmountKind::Contract)),
            ("上期", Sort::Other),
        ] {
            assert_eq!(of(text), Some(sort), "{text}");
        }
        for text in [
            "培養モデルの設計",
            "予備実験",
            "計画策定の研究",
            "支出管理システムの研究開発",
            "項目１",
            "要求仕様の検討",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_series_is_called_what_its_kind_does_not_say() {
        let of = |text: &str| series(&Head::read(text), text);
        assert_eq!(of("契約額（百万円）"), Some((AmountKind::Contract, String::new())));
        assert_eq!(of("当初予算額（百万円）"), Some((AmountKind::Budget, "当初予算額".into())));
        assert_eq!(of("支出額"), Some((AmountKind::Executed, String::new())));
        assert_eq!(of("総契約額"), None);
        assert!(same_series("当初予算", "当初予算額"));
    }
}
