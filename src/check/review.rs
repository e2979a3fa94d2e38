//! Findings beside the notes that people made on them.

use super::Finding;
use crate::model::CheckNote;
use std::collections::HashMap;

/// The findings of a dossier, each with where it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// The findings, in their order.
    pub findings: Vec<Reviewed>,
}

/// A finding and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// The finding.
    pub finding: Finding,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a finding stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has accepted it.
    Open,
    /// It was accepted, but its figures have changed since: it is open again.
    Reopened(CheckNote),
    /// It was accepted, and its figures are as they were.
    Noted(CheckNote),
}

impl Standing {
    /// Whether it is still to be looked at.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Noted(_))
    }
}

impl Review {
    /// How many findings are still to be looked at.
    pub fn open(&self) -> usize {
        self.findings.iter().filter(|reviewed| reviewed.standing.is_open()).count()
    }
}

/// Sets the findings beside the notes. Of several notes on one finding the last one counts.
pub fn review(findings: impl IntoIterator<Item = Finding>, notes: &[CheckNote]) -> Review {
    let notes: HashMap<_, _> =
        notes.iter().map(|note| ((note.rule.as_str(), note.places.as_slice()), note)).collect();
    let stand = |finding: Finding| {
        let standing = match notes.get(&finding.key()) {
            None => Standing::Open,
            Some(note) if finding.is_as_noted(note) => Standing::Noted((*note).clone()),
            Some(note) => Standing::Reopened((*note).clone()),
        };
        Reviewed { finding, standing }
    };
    Review { findings: findings.into_iter().map(stand).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use crate::model::Figure;

    #[test]
    fn a_noted_finding_is_set_apart_until_its_figures_change() {
        let mut dossier = crate::sample::dossier().unwrap();
        let all = check::run(&dossier);
        let over = all.iter().find(|finding| finding.rule.id == "amount-over-budget").unwrap();
        dossier.check_notes.push(over.note("n1".into(), "調整費を除くため", "事務局", "2023-02-01"));
        let place = over.places[0].clone();
        let stands = |dossier: &crate::model::Dossier| {
            let review = review(check::run(dossier), &dossier.check_notes);
            let it = review.findings.iter().find(|reviewed| reviewed.finding.places[0] == place).unwrap();
            (it.standing.clone(), review.open())
        };
        let (standing, open) = stands(&dossier);
        assert!(matches!(standing, Standing::Noted(_)));
        assert_eq!(open, all.len() - 1);
        // An edit elsewhere leaves it noted; an edit of its own figures brings it back.
        dossier.programme.overview.purpose.push('。');
        dossier.projects.swap(1, 2);
        assert!(matches!(stands(&dossier).0, Standing::Noted(_)));
        let total = &mut dossier.subject_mut(&"A".into()).unwrap().amounts[0].totals[1].amount;
        total.figure = Figure::Number("47.0".parse().unwrap());
        let (standing, open) = stands(&dossier);
        assert!(matches!(standing, Standing::Reopened(_)));
        assert!(open >= all.len());
    }
}
