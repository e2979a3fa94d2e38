//! The annex of the consistency checks, as the template reads it.

use serde::Serialize;

use crate::check::{Review, Reviewed, Standing};
use crate::locale::Lang;
use crate::model::{Dossier, Subject};
use crate::report::text::Text;

/// The findings of one subject.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Group<'a> {
    pub(in crate::report) target: Text<'a>,
    pub(in crate::report) rows: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Row<'a> {
    pub(in crate::report) severity: Text<'a>,
    pub(in crate::report) rule: Text<'a>,
    pub(in crate::report) message: Text<'a>,
    pub(in crate::report) working: Vec<Text<'a>>,
    /// Why it was accepted, where it was.
    pub(in crate::report) note: Text<'a>,
}

/// The findings by subject, in the dossier's order; what belongs to none comes last.
pub(super) fn of<'a>(dossier: &'a Dossier, review: &'a Review) -> Vec<Group<'a>> {
    let owner = |reviewed: &Reviewed| reviewed.finding.places.first().and_then(crate::model::Place::subject);
    let subjects = dossier.subjects().map(Some).chain([None]);
    let groups = subjects.map(|subject| {
        let id = subject.map(|subject| &subject.id);
        let own = review.findings.iter().filter(|reviewed| owner(reviewed).as_ref() == id);
        Group { target: target(subject), rows: own.map(row).collect() }
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn target(subject: Option<&Subject>) -> Text<'_> {
    match subject {
        None => "報告書全体".into(),
        Some(subject) if subject.is_programme() => "複数課題プログラム".into(),
        Some(subject) => subject.title().into(),
    }
}

fn row(reviewed: &Reviewed) -> Row<'_> {
    let finding = &reviewed.finding;
    let lang = Lang::Ja;
    let note = match &reviewed.standing {
        Standing::Noted(note) => note.reason.as_str(),
        Standing::Open | Standing::Reopened(_) => "",
    };
    Row {
        severity: finding.severity.name(lang).into(),
        rule: finding.rule.title.t(lang).into(),
        message: finding.message.t(lang).into(),
        working: finding.working.iter().map(|line| line.t(lang).into()).collect(),
        note: note.into(),
    }
}
