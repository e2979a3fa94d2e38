//! From a place of the dossier to the page that shows it, for all that jumps: checks, and whatever else names places.

use super::route::{EvaluationTab, MaterialTab, Route};
use crate::model::{Place, Step, SubjectId};

impl Route {
    /// The page and tab on which a place is shown and edited.
    pub(crate) fn to(place: &Place) -> Self {
        let steps: Vec<&str> = place.steps().iter().map(Step::as_str).collect();
        match steps.as_slice() {
            ["programme", field @ ..] => of_subject(SubjectId::programme(), field),
            ["projects", id, field @ ..] => of_subject((*id).into(), field),
            ["report", ..] => Self::ReportTexts,
            ["criteria" | "members" | "committees", ..] => Self::People,
            ["working_group_sessions", ..] => Self::WorkingGroup,
            ["check_notes", ..] => Self::Checks(None),
            // The list of upper policies stands on the programme's overview.
            _ => Self::programme(),
        }
    }
}

fn of_subject(id: SubjectId, field: &[&str]) -> Route {
    let tab = match field {
        ["evaluation", field @ ..] => return of_evaluation(id, field),
        ["sections", ..] => MaterialTab::Text,
        ["amounts" | "funding", ..] => MaterialTab::Budget,
        ["research_items", ..] => MaterialTab::Items,
        ["outputs" | "other_indicators" | "output_groups", ..] => MaterialTab::Outputs,
        ["outcomes", ..] => MaterialTab::Outcomes,
        ["roadmap", ..] => MaterialTab::Roadmap,
        ["market", ..] => MaterialTab::Market,
        ["competitors" | "history", ..] => MaterialTab::Trends,
        ["tables" | "captions", ..] => MaterialTab::Tables,
        ["previous_findings", ..] => MaterialTab::Previous,
        _ => MaterialTab::Overview,
    };
    Route::Material(id, tab)
}

fn of_evaluation(id: SubjectId, field: &[&str]) -> Route {
    let tab = match field {
        ["sessions", ..] => return Route::WorkingGroup,
        ["panel", ..] => return Route::People,
        ["comments", ..] => EvaluationTab::Comments,
        ["consensus", ..] => EvaluationTab::Consensus,
        ["recommendations", ..] => EvaluationTab::Recommendations,
        _ => EvaluationTab::Scores,
    };
    Route::Evaluation(id, tab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_the_tab_that_shows_it() {
        let material = |id: &str, tab| Route::Material(id.into(), tab);
        let evaluation = |id: &str, tab| Route::Evaluation(id.into(), tab);
        for (place, route) in [
            ("projects/A/funding/items/r1/amounts/2019", material("A", MaterialTab::Budget)),
            ("programme/amounts/r1/totals/r2", material("program", MaterialTab::Budget)),
            ("projects/C/output_groups/r1/items", material("C", MaterialTab::Outputs)),
            ("projects/B/outcomes/r1/statements/C10", material("B", MaterialTab::Outcomes)),
            ("projects/B/overview/period", material("B", MaterialTab::Overview)),
            ("projects/B", material("B", MaterialTab::Overview)),
            ("projects/A/evaluation/scores/M1/1", evaluation("A", EvaluationTab::Scores)),
            (
                "projects/A/evaluation/recommendations/A-Q1/response",
                evaluation("A", EvaluationTab::Recommendations),
            ),
            ("projects/A/evaluation/sessions/s64/findings", Route::WorkingGroup),
            ("report/title", Route::ReportTexts),
            ("criteria/project/criteria/1", Route::People),
            ("policies/P5", Route::programme()),
            ("", Route::programme()),
        ] {
            assert_eq!(Route::to(&Place::from(place)), route, "{place}");
        }
    }
}
