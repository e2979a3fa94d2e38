//! The criteria under which a report prints what was said of a subject.

use crate::model::{CriterionNo, Dossier, Subject};
use crate::report::words;
use std::collections::BTreeSet;

/// A criterion as a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Judged {
    /// Its number.
    pub(in crate::report) no: CriterionNo,
    /// Its heading.
    pub(in crate::report) label: String,
    /// Whether it is the one under which recommendations (提言) stand.
    pub(in crate::report) recommends: bool,
}

/// The criteria of a subject, in order. What was said of a criterion that the set no longer has is printed all the
/// same. A project is judged as a whole: only criteria of which something was said stand under it.
pub(in crate::report) fn judged(dossier: &Dossier, subject: &Subject) -> Vec<Judged> {
    let evaluation = &subject.evaluation;
    let set = dossier.criteria_for(&subject.id);
    let said: BTreeSet<CriterionNo> = (evaluation.comments.iter())
        .filter(|comment| !comment.text.trim().is_empty())
        .filter_map(|comment| comment.criterion)
        .chain(
            (evaluation.consensus.iter())
                .filter(|consensus| !consensus.text.trim().is_empty())
                .filter_map(|consensus| consensus.criterion),
        )
        .collect();
    let known = set.criteria.iter().map(|criterion| Judged {
        no: criterion.no,
        label: words::criterion(criterion),
        recommends: criterion.label.contains("提言"),
    });
    let orphans = said.iter().filter(|no| set.get(**no).is_none()).map(|no| Judged {
        no: *no,
        label: format!("評価項目{no}"),
        recommends: false,
    });
    known.chain(orphans).filter(|judged| subject.is_programme() || said.contains(&judged.no)).collect()
}
