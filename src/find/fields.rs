//! What a field of the model is to somebody who looks for a text.

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// Text of the user's: found, and replaced if asked.
    Text,
    /// A figure, a date, or what the original printed: found, and never replaced.
    Fixed,
    /// What nobody reads, such as an id or the record of what was received: passed over.
    Hidden,
}

/// What the field `field` of the record `owner` is. Fields that are not named here are text.
#[allow(clippy::unnested_or_patterns, reason = "a line a record reads best")]
pub(super) fn nature(owner: &str, field: &str) -> Nature {
    match (owner, field) {
        // What rows are called by, and what points to them.
        (_, "id")
        | ("Criterion" | "Comment" | "Consensus", "no" | "criterion")
        | ("Overview", "policies")
        | ("LogicEdge", "from" | "to")
        | ("Scenario", "claimed_value" | "claimed_multiple")
        | ("SubProgramme", "project")
        | ("Comment" | "Recusal", "member")
        | ("Recusal", "subject")
        | ("SubjectEvaluation", "panel" | "used")
        | ("CheckNote", "rule" | "places" | "expected" | "found")
        // Scores are no text, and what was sent and received stays as it was.
        | ("SubjectEvaluation", "scores")
        | ("Dossier", "origins")
        | (
            "Round",
            "subjects" | "members" | "key" | "frozen" | "issued" | "receipts" | "merges" | "weights"
            | "threshold",
        ) => Nature::Hidden,
        (_, "printed" | "kind_printed" | "printed_means" | "unit")
        | ("MarketFigure" | "Scenario", "growth_percent" | "share_percent")
        | ("Round", "deadline")
        | ("CheckNote", "when") => Nature::Fixed,
        _ => Nature::Text,
    }
}

/// Whether a number in a field is found; other numbers count or point.
pub(super) fn is_said(owner: &str, field: &str) -> bool {
    matches!(field, "year" | "horizon") || (owner == "OtherIndicator" && matches!(field, "from" | "to"))
}
