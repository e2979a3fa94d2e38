//! Checking again after an edit, without doing again what the edit cannot have changed.

use super::{Context, Finding, RULES, Scope};
use crate::model::{Dossier, Subject};
use std::collections::HashMap;
use std::sync::Arc;

/// Checks a dossier again and again. A subject that is as it was keeps its findings.
#[derive(Debug, Default)]
pub struct Checker {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    dossier: Arc<Dossier>,
    /// The findings of each subject, the programme first.
    subjects: Vec<Vec<Finding>>,
    across: Vec<Finding>,
}

impl Checker {
    /// The findings of `dossier`, the same as [`super::run`] gives.
    pub fn check(&mut self, dossier: &Arc<Dossier>) -> Vec<Finding> {
        let cx = Context::new(dossier);
        let mut before = self.last.take();
        if before.as_ref().is_some_and(|last| !same_for_all(&last.dossier, dossier)) {
            before = None;
        }
        let known: HashMap<_, _> = before
            .iter()
            .flat_map(|last| last.dossier.shared_subjects().zip(&last.subjects))
            .map(|(subject, findings)| (&subject.id, (subject, findings)))
            .collect();
        let mut changed =
            before.as_ref().is_none_or(|last| last.subjects.len() != dossier.projects.len() + 1);
        let mut subjects = Vec::with_capacity(dossier.projects.len() + 1);
        for (index, subject) in dossier.shared_subjects().enumerate() {
            let same = known.get(&subject.id).filter(|(old, _)| *old == subject);
            // A project that has moved is the same, but the findings across subjects may name another first.
            changed |= same.is_none()
                || before.as_ref().and_then(|last| last.dossier.shared_subjects().nth(index))
                    != same.map(|(old, _)| *old);
            subjects.push(same.map_or_else(|| of_subject(&cx, subject), |(_, findings)| (*findings).clone()));
        }
        let across = match &before {
            Some(last) if !changed => last.across.clone(),
            _ => across(&cx),
        };
        let findings = subjects.iter().flatten().chain(&across).cloned().collect();
        self.last = Some(Last { dossier: Arc::clone(dossier), subjects, across });
        findings
    }
}

/// Whether what the dossier says for all subjects is as it was.
fn same_for_all(a: &Dossier, b: &Dossier) -> bool {
    a.report == b.report
        && a.policies == b.policies
        && a.criteria == b.criteria
        && a.committees == b.committees
        && a.members == b.members
        && a.working_group_sessions == b.working_group_sessions
}

/// What the rules of one subject find in it.
pub(super) fn of_subject(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let rules = RULES.iter().filter_map(|rule| match rule.scope {
        Scope::Subject(check) => Some(check),
        Scope::Dossier(_) => None,
    });
    rules.flat_map(|check| check(cx, subject)).collect()
}

/// What the rules across subjects find.
pub(super) fn across(cx: &Context<'_>) -> Vec<Finding> {
    let rules = RULES.iter().filter_map(|rule| match rule.scope {
        Scope::Dossier(check) => Some(check),
        Scope::Subject(_) => None,
    });
    rules.flat_map(|check| check(cx)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Figure, FiscalYear};

    #[test]
    fn checking_again_finds_what_checking_anew_finds() {
        let mut dossier = crate::sample::dossier().unwrap();
        let mut checker = Checker::default();
        let mut agree = |dossier: &Dossier| {
            let found = checker.check(&Arc::new(dossier.clone()));
            assert_eq!(found, crate::check::run(dossier));
            found.len()
        };
        let before = agree(&dossier);
        assert_eq!(agree(&dossier), before, "nothing changed");
        let cell = dossier.projects[0].funding.items[0].amounts.get_mut(&FiscalYear::new(2019)).unwrap();
        cell.amount.figure = Figure::Number(4090.into());
        assert!(agree(&dossier) > before, "one project changed");
        dossier.projects.swap(0, 2);
        agree(&dossier);
        dossier.report.year = None;
        agree(&dossier);
        dossier.projects.pop();
        agree(&dossier);
    }
}
