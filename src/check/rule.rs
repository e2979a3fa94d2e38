//! What a rule is, and what it may look at.

use super::finding::{Finding, Severity};
use crate::locale::Lang;
use crate::model::{Dossier, Subject};

/// A fixed text in both languages: Japanese, English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub &'static str, pub &'static str);

impl Words {
    /// The text in one language.
    pub const fn t(self, lang: Lang) -> &'static str {
        lang.t(self.0, self.1)
    }
}

/// One rule of the consistency checks.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Names the rule for ever: notes in dossiers refer to it.
    pub id: &'static str,
    /// How grave its findings usually are.
    pub severity: Severity,
    /// What it compares, in a few words.
    pub title: Words,
    /// Why a finding of it matters, in a sentence.
    pub why: Words,
    /// What it looks at.
    pub scope: Scope,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// How much of the dossier a rule needs, and the rule itself. What a rule of one subject finds stays true until that
/// subject, or what the dossier says for all of them, is edited.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// One subject at a time.
    Subject(fn(&Context<'_>, &Subject) -> Vec<Finding>),
    /// Subjects beside each other.
    Dossier(fn(&Context<'_>) -> Vec<Finding>),
}

/// What a rule may look at beside the subject that it is given.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The dossier. A rule of one subject reads only what is said for all subjects: criteria, members, policies, the
    /// report's own year.
    pub(super) dossier: &'a Dossier,
}
