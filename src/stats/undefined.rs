//! Why a measure has no value.

use crate::locale::terms;
use serde::Serialize;

/// Why a measure is undefined. An undefined measure is never shown as 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// There are no scores.
    NoScores,
    /// Fewer scores than the measure can speak about.
    TooFewScores,
    /// Nothing was scored by two members.
    NoPairs,
    /// All scores are equal.
    NoVariation,
    /// Fewer than two things were scored by every member.
    NoCompleteBlocks,
    /// The weights are missing or add up to zero.
    NoWeights,
}

terms! {
    Undefined {
        NoScores => "評点がない", "there are no scores";
        TooFewScores => "評点が少なく、傾向を述べられない", "too few scores to tell";
        NoPairs => "二人以上が採点した項目がない", "nothing was scored by two members";
        NoVariation => "評点に差がないため定まらない", "no variation, so it is undefined";
        NoCompleteBlocks => "全員が採点した項目が二つない", "fewer than two things were scored by everyone";
        NoWeights => "重みがない", "there are no weights";
    }
}
