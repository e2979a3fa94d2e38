//! Consistency checks: what does not agree in a dossier, before the meeting finds it.
//!
//! A [`Rule`] is one function that compares figures, years or names of the dossier with each other and returns
//! [`Finding`]s: what does not agree, at which places, with the arithmetic written out. Nothing is rejected and nothing
//! is repaired. Rounding is told from error by the steps in which figures are printed.
//!
//! A finding that was looked at and accepted is a [`CheckNote`] in the dossier; [`review`] sets such findings apart.
//! A new rule is one function in `rules/` and one line in [`RULES`].

mod amount;
mod checker;
mod finding;
mod review;
mod rule;
mod rules;
mod said;
mod say;
#[cfg(test)]
mod testing;

pub use checker::Checker;
pub use finding::{Finding, Severity};
pub use review::{Review, Reviewed, Standing, review};
pub use rule::{Context, Rule, Scope, Words};
pub use rules::RULES;

use crate::model::Dossier;

/// All findings of a dossier: the programme's, those of each project in order, then those across subjects.
pub fn run(dossier: &Dossier) -> Vec<Finding> {
    let cx = Context { dossier };
    let mut findings: Vec<_> =
        dossier.subjects().flat_map(|subject| checker::of_subject(&cx, subject)).collect();
    findings.extend(checker::across(&cx));
    findings
}
