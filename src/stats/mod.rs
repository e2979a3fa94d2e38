//! What the scores say, in exact arithmetic: pure functions over scores, with no rounding before the last step.

mod agreement;
mod summary;

pub use agreement::alpha_ordinal;
pub use summary::{Summary, printed_mean, summarise};

use crate::model::{CriterionNo, Dossier, Subject};
use serde::Serialize;

/// The statistics of every project that is scored.
#[derive(Debug, Serialize)]
pub struct Statistics {
    /// One entry a project, in the dossier's order.
    pub projects: Vec<ProjectStatistics>,
}

/// The statistics of one project.
#[derive(Debug, Serialize)]
pub struct ProjectStatistics {
    /// The project's id.
    pub id: String,
    /// One entry a scored criterion.
    pub criteria: Vec<CriterionStatistics>,
    /// Krippendorff's alpha over the project's criteria, ordinal, to four decimals; none where it is undefined.
    pub alpha_ordinal: Option<String>,
}

/// The statistics of one criterion.
#[derive(Debug, Serialize)]
pub struct CriterionStatistics {
    /// The criterion's number.
    pub no: CriterionNo,
    /// Its name.
    pub label: String,
    /// Centre and spread.
    #[serde(flatten)]
    pub summary: Summary,
    /// The score of each panel member in order; null for a cell without a score.
    pub scores: Vec<Option<i16>>,
}

/// The statistics of a dossier.
pub fn statistics(dossier: &Dossier) -> Statistics {
    let scored = dossier.projects.iter().filter(|project| !project.evaluation.panel.is_empty());
    Statistics { projects: scored.map(|project| of_project(dossier, project)).collect() }
}

/// The statistics of one project.
pub fn of_project(dossier: &Dossier, project: &Subject) -> ProjectStatistics {
    let criteria: Vec<_> = dossier
        .criteria_for(&project.id)
        .scored()
        .map(|criterion| {
            let scores = project.evaluation.scores_of(criterion.no);
            CriterionStatistics {
                no: criterion.no,
                label: criterion.label.clone(),
                summary: summarise(&scores),
                scores,
            }
        })
        .collect();
    let units: Vec<_> = criteria.iter().map(|criterion| criterion.scores.clone()).collect();
    let alpha = alpha_ordinal(&units).map(|alpha| format!("{alpha:.4}"));
    ProjectStatistics { id: project.id.to_string(), criteria, alpha_ordinal: alpha }
}
