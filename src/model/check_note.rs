//! What people say of findings of the consistency checks that they have looked at.

use super::id::has_id;
use super::{Place, RowId, blank};
use serde::{Deserialize, Serialize};

/// A finding that was looked at and accepted, with the reason (調整費を除くため).
///
/// It names the finding by its rule and its places, so that it survives edits elsewhere and another import. The
/// figures are kept too: when they change, the finding is open again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckNote {
    /// Names the note within its list.
    pub id: RowId,
    /// The rule that found it.
    pub rule: String,
    /// The places that it is about, in the finding's order.
    #[serde(skip_serializing_if = "blank")]
    pub places: Vec<Place>,
    /// What the rule expected when the note was written.
    #[serde(skip_serializing_if = "blank")]
    pub expected: String,
    /// What it found.
    #[serde(skip_serializing_if = "blank")]
    pub found: String,
    /// Why it is accepted.
    #[serde(skip_serializing_if = "blank")]
    pub reason: String,
    /// Who accepted it.
    #[serde(skip_serializing_if = "blank")]
    pub by: String,
    /// When, as text.
    #[serde(skip_serializing_if = "blank")]
    pub when: String,
}

has_id!(CheckNote);
