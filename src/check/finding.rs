//! What a rule has found: where, which figures, and how they were reckoned.

use super::rule::Rule;
use crate::locale::{Both, Lang};
use crate::model::{CheckNote, Place};
use serde::Serialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The figures contradict each other: no rounding explains the difference.
    Error,
    /// Two places say different things; it may be right, but asks for an explanation.
    Warning,
    /// Rounding, or something left open.
    Notice,
}

impl Severity {
    /// All, gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    /// What people call it.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Error => lang.t("食い違い", "Contradiction"),
            Self::Warning => lang.t("要確認", "To be explained"),
            Self::Notice => lang.t("参考", "Notice"),
        }
    }
}

/// Something in the dossier that does not agree with something else in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that found it; it says why the finding matters.
    pub rule: &'static Rule,
    /// How grave it is; some cases of a rule are milder than others.
    pub severity: Severity,
    /// What does not agree, with both places and both figures.
    pub message: Both,
    /// The arithmetic, line by line.
    pub working: Vec<Both>,
    /// The places, the one to look at first in front.
    pub places: Vec<Place>,
    /// What was expected. The figures in it read the same in both languages.
    pub expected: Both,
    /// What was found.
    pub found: Both,
}

impl Finding {
    /// A finding of `rule`, as grave as the rule usually is.
    pub(super) fn new(rule: &'static Rule, message: Both) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message,
            working: Vec::new(),
            places: Vec::new(),
            expected: Both::default(),
            found: Both::default(),
        }
    }

    /// Another severity than the rule's usual one.
    pub(super) fn graded(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// One more place.
    pub(super) fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// More places.
    pub(super) fn at_all(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.places.extend(places);
        self
    }

    /// A line of the arithmetic.
    pub(super) fn line(mut self, line: Both) -> Self {
        self.working.push(line);
        self
    }

    /// More lines of the arithmetic.
    pub(super) fn lines(mut self, lines: impl IntoIterator<Item = Both>) -> Self {
        self.working.extend(lines);
        self
    }

    /// The two figures, or the two words.
    pub(super) fn figures(mut self, expected: Both, found: Both) -> Self {
        self.expected = expected;
        self.found = found;
        self
    }

    /// Two figures that read the same in both languages.
    pub(super) fn numbers(self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        self.figures(Both::same(expected), Both::same(found))
    }

    /// Why it matters.
    pub fn why(&self, lang: Lang) -> &'static str {
        self.rule.why.t(lang)
    }

    /// What names the finding across edits elsewhere and another import: the rule and the places.
    pub fn key(&self) -> (&'static str, &[Place]) {
        (self.rule.id, &self.places)
    }

    /// The message with the arithmetic behind it, in one line.
    pub fn sentence(&self, lang: Lang) -> String {
        let working: Vec<_> = self.working.iter().map(|line| line.t(lang)).collect();
        match (self.message.t(lang), working.is_empty()) {
            (message, true) => message.to_owned(),
            (message, false) => format!("{message} [{}]", working.join("; ")),
        }
    }

    /// Whether a note is about this finding, whatever its figures were.
    pub fn is_meant_by(&self, note: &CheckNote) -> bool {
        self.rule.id == note.rule && self.places == note.places
    }

    /// Whether the figures are still those that a note has seen. The Japanese text is what a note keeps.
    pub fn is_as_noted(&self, note: &CheckNote) -> bool {
        self.expected.ja == note.expected && self.found.ja == note.found
    }

    /// A note that accepts this finding.
    pub fn note(&self, id: crate::model::RowId, reason: &str, by: &str, when: &str) -> CheckNote {
        CheckNote {
            id,
            rule: self.rule.id.to_owned(),
            places: self.places.clone(),
            expected: self.expected.ja.clone(),
            found: self.found.ja.clone(),
            reason: reason.to_owned(),
            by: by.to_owned(),
            when: when.to_owned(),
        }
    }
}
