//! The rules: one function each, in small families.

mod amounts;
mod contracts;
mod dates;
mod duplicates;
mod evaluations;
mod funding;
mod indicators;
mod market;
mod naming;
mod outlook;
mod periods;
mod required;
mod responses;
mod results;
mod scores;
mod series;
mod stated;

use super::Rule;

/// All rules, in the order in which their findings are listed.
pub static RULES: &[&Rule] = &[
    // Money.
    &funding::TOTALS,
    &funding::STOPS,
    &funding::MARKS,
    &amounts::SUM,
    &amounts::OPEN_TOTAL,
    &amounts::OVER_BUDGET,
    &amounts::YEARS,
    &amounts::LABEL,
    &amounts::SLIP,
    &contracts::BY_YEAR,
    &contracts::TOTAL,
    &contracts::ONE_SIDED,
    &contracts::FUNDING_BUDGET,
    &series::SIDE_BY_SIDE,
    &series::PROGRAMME_SUM,
    &stated::NATIONAL_COST,
    &stated::AMOUNT,
    // Indicators and results.
    &indicators::TARGETS,
    &indicators::ACTUALS,
    &indicators::AS_OF,
    &indicators::TARGET_YEAR,
    &indicators::TOO_EARLY,
    &indicators::FAR_ABOVE,
    &indicators::SPANS,
    &outlook::CLAIM,
    &outlook::INTERIM,
    &outlook::PACE,
    &outlook::EXPECTED,
    &results::COUNT,
    &results::CATEGORY,
    &results::IMPLEMENTERS,
    &results::PAST_PROJECTION,
    // Market and economy.
    &market::MULTIPLE,
    &market::GROWTH,
    &market::SHARE,
    &market::BREAKDOWN,
    &market::PART,
    // Years and dates.
    &evaluations::YEARS,
    &evaluations::PREVIOUS_KIND,
    &evaluations::KIND_AND_TITLE,
    &evaluations::REPORT_YEAR,
    &periods::DURATION,
    &periods::WITHIN,
    &periods::ROADMAP,
    &periods::POLICY,
    &dates::ERA,
    // Names.
    &naming::LETTER,
    &naming::VARIANTS,
    &naming::WORDS,
    &naming::ITEMS,
    &naming::INSTITUTIONS,
    &naming::CRITERIA,
    &duplicates::ROWS,
    &duplicates::PURPOSE,
    // Evaluation.
    &scores::SCALE,
    &scores::MISSING,
    &scores::RECUSED,
    &scores::OUTSIDER,
    &scores::MEAN,
    &scores::PANELS,
    &scores::COMMENTS,
    &responses::RECOMMENDATION,
    &responses::PREVIOUS,
    &responses::EMPTY_SESSION,
    // What is missing.
    &required::EMPTY,
    &required::CHOICE,
    &required::LEADER,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_an_id_of_its_own_and_says_what_and_why_in_both_languages() {
        let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        for rule in RULES {
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
            for lang in Lang::ALL {
                assert!(
                    !rule.title.t(lang).is_empty() && rule.why.t(lang).ends_with(['。', '.']),
                    "{}",
                    rule.id
                );
            }
            assert!(rule.title.1.is_ascii() || rule.title.1.contains('–'), "{}", rule.id);
        }
    }
}
