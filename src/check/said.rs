//! What the chapters say of one indicator, brought together by meaning.
//!
//! Two chapters speak of one indicator either as statements of a single [`Indicator`], or, where each chapter was
//! entered or imported on its own, as an indicator of the programme and one of a project with the same name and unit.

use super::Context;
use super::say::{at, cited};
use crate::both;
use crate::locale::{Both, Lang, Term};
use crate::model::{
    Indicator, IndicatorStanding, Place, PrintedChapter, Statement, Subject, TargetKind, fold_for_matching,
};
use jiff::civil::Date;
use std::collections::HashMap;

/// One statement and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) subject: &'a Subject,
    /// `outputs` or `outcomes`.
    pub(super) list: &'static str,
    pub(super) indicator: &'a Indicator,
    pub(super) statement: &'a Statement,
    /// Whether the programme's chapter says it.
    pub(super) programme: bool,
}

/// All that is said of one indicator in force.
pub(super) type Group<'a> = Vec<Said<'a>>;

/// The indicators in force, each with all that is said of it.
pub(super) fn groups<'a>(cx: &Context<'a>) -> Vec<Group<'a>> {
    let dossier = cx.dossier;
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut by_name: HashMap<(&str, String, &str), Vec<usize>> = HashMap::new();
    for project in &dossier.projects {
        for (list, indicator) in of(project) {
            let name = (list, fold_for_matching(&indicator.name), indicator.unit.as_str());
            by_name.entry(name).or_default().push(groups.len());
            groups.push(statements(project, list, indicator));
        }
    }
    for (list, indicator) in of(&dossier.programme) {
        let said = statements(&dossier.programme, list, indicator);
        let name = (list, fold_for_matching(&indicator.name), indicator.unit.as_str());
        match by_name.get(&name).map(Vec::as_slice) {
            // Two projects may measure by the same name; then the programme's is neither one's.
            Some([one]) => groups[*one].extend(said),
            _ => groups.push(said),
        }
    }
    groups
}

/// The indicators in force of a subject.
pub(super) fn of(subject: &Subject) -> impl Iterator<Item = (&'static str, &Indicator)> {
    let outputs = subject.outputs.iter().map(|indicator| ("outputs", indicator));
    let outcomes = subject.outcomes.iter().map(|indicator| ("outcomes", indicator));
    outputs.chain(outcomes).filter(|(_, indicator)| indicator.standing == IndicatorStanding::Current)
}

fn statements<'a>(subject: &'a Subject, list: &'static str, indicator: &'a Indicator) -> Group<'a> {
    let said = |statement: &'a Statement| {
        let programme = subject.is_programme() || statement.chapter == PrintedChapter::Programme;
        Said { subject, list, indicator, statement, programme }
    };
    indicator.statements.iter().map(said).collect()
}

impl Said<'_> {
    /// Its place.
    pub(super) fn place(&self) -> Place {
        let (indicator, statement) = (self.indicator.id.as_str(), self.statement.id.as_str());
        at(self.subject, &[self.list, indicator, "statements", statement])
    }

    /// Whether it states a target to be met, rather than a point of a trend or an expectation.
    pub(super) fn is_target(&self) -> bool {
        let target = &self.statement.target;
        !matches!(target.kind, TargetKind::Trend | TargetKind::Expected) && target.amount.value().is_some()
    }

    /// Whether its actual is one, rather than an expectation.
    pub(super) fn is_actual(&self) -> bool {
        self.statement.target.kind != TargetKind::Expected && self.statement.actual.amount.value().is_some()
    }

    /// The first and the last day that its actual can be about.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        self.statement.actual.as_of.at?.days()
    }

    /// `2023年度 30件（1部2章A-7）`
    pub(super) fn target(&self) -> Both {
        let target = &self.statement.target;
        let amount = said(&target.amount);
        let place = cited(&self.statement.printed_at);
        let kind = |lang| match target.kind {
            TargetKind::Interim | TargetKind::Final => format!("{} ", target.kind.term(lang).to_lowercase()),
            _ => String::new(),
        };
        let (kind_ja, kind_en) = (kind(Lang::Ja), kind(Lang::En));
        match target.year {
            Some(year) => Both {
                ja: format!("{kind_ja}{year}年度 {amount}{place}"),
                en: format!("{kind_en}FY{year} {amount}{place}"),
            },
            None => Both { ja: format!("{kind_ja}{amount}{place}"), en: format!("{kind_en}{amount}{place}") },
        }
    }

    /// `20件、2022年末時点（1部2章A-7）`
    pub(super) fn actual(&self) -> Both {
        let actual = &self.statement.actual;
        let (amount, when, place) =
            (said(&actual.amount), actual.as_of.display(), cited(&self.statement.printed_at));
        if when.is_empty() {
            both!("{amount}{place}", "{amount}{place}")
        } else {
            both!("{amount}、{when}{place}", "{amount}, {when}{place}")
        }
    }

    /// The name of what it measures, in quotation marks.
    pub(super) fn name(&self) -> String {
        super::say::short(&self.indicator.name)
    }
}

/// A figure as a number with its unit, or as printed.
pub(super) fn said(quantity: &crate::model::Quantity) -> String {
    super::amount::Amount::of(quantity).map_or_else(|| quantity.display(), |amount| amount.say())
}

/// Whether two statements of time can mean the same day.
pub(super) fn overlap(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}
