//! Issuing ballots: a package and an Excel form for each member, and the note of it in the round.

use super::package::Package;
use super::{Form, excel};
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{Dossier, IssuedBallot, MemberId, RowId};
use jiff::Timestamp;

/// A form in which a ballot is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// A package for this program.
    Package,
    /// An Excel form.
    Excel,
}

/// A file to be sent to a member.
#[derive(Debug, Clone)]
pub struct IssuedFile {
    /// Whose ballot it is.
    pub member: MemberId,
    /// Its form.
    pub form: FileForm,
    /// Its name, in ASCII: round, member and revision.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Ballots about to be sent.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The dossier with the note of what was issued. Ballots that are not noted cannot be merged.
    pub dossier: Dossier,
    /// The files.
    pub files: Vec<IssuedFile>,
}

/// Why nothing was issued.
#[derive(Debug)]
pub enum IssueError {
    /// The dossier has no such round, or its form is not fixed.
    NotFrozen,
    /// The form is not what was fixed.
    Changed,
    /// A file could not be made.
    Writing(String),
}

impl IssueError {
    /// The sentence to show.
    pub fn message(&self) -> Both {
        match self {
            Self::NotFrozen => both!(
                "様式がまだ確定していません。評価の実施の画面で様式を確定してから発行してください。",
                "The form is not fixed yet; freeze the round before issuing ballots."
            ),
            Self::Changed => both!(
                "様式を確定したあとで、評価項目・尺度・委員・除斥のいずれかが変わっています。元に戻すか、新しい回を作ってください。",
                "Criteria, scale, members or recusals have changed since the form was fixed; undo that, or begin a new round."
            ),
            Self::Writing(what) => both!(
                "評価票を作れませんでした（{what}）。この文を添えてご連絡ください。",
                "A ballot could not be made ({what}); please report this sentence."
            ),
        }
    }
}

/// Makes the ballots of some members of a frozen round, and notes them. Each gets what that member has given so far.
///
/// # Errors
/// If the round is not frozen, or its form has changed since.
pub fn issue(
    dossier: &Dossier,
    round: &RowId,
    members: &[MemberId],
    at: Timestamp,
    lang: Lang,
) -> Result<Issue, IssueError> {
    let writing = |error: String| IssueError::Writing(error);
    let index = dossier.rounds.iter().position(|other| other.id == *round).ok_or(IssueError::NotFrozen)?;
    let round = &dossier.rounds[index];
    let frozen = round.frozen.as_ref().ok_or(IssueError::NotFrozen)?;
    let hash = super::setup::hash(dossier, round).map_err(|error| writing(error.to_string()))?;
    if hash != frozen.hash {
        return Err(IssueError::Changed);
    }
    let mut noted = dossier.clone();
    let mut files = Vec::new();
    for member in round.members.iter().filter(|member| members.contains(member)) {
        let form = Form::of(dossier, round, member);
        let answers = form.answers(dossier);
        let revision = round.latest_issue(member).map_or(0, |issued| issued.revision) + 1;
        let package = Package::issue(dossier, round, &form, revision, answers.clone())
            .map_err(|trouble| writing(format!("{trouble:?}")))?;
        let layout = excel::Layout::of(dossier, round, &form, (revision, &package.head.given), lang);
        let (workbook, checksum) = excel::write(&layout, &answers, at).map_err(|e| writing(e.to_string()))?;
        let text = package.to_text().map_err(|trouble| writing(format!("{trouble:?}")))?;
        let name = format!("ballot_{}_{}_{revision}", ascii(round.id.as_str()), ascii(member.as_str()));
        for (form, ending, bytes) in
            [(FileForm::Package, "ron", text.into_bytes()), (FileForm::Excel, "xlsx", workbook)]
        {
            files.push(IssuedFile { member: member.clone(), form, name: format!("{name}.{ending}"), bytes });
        }
        noted.rounds[index].issued.push(IssuedBallot {
            id: format!("{member}-{revision}").into(),
            member: member.clone(),
            revision,
            material: package.head.material,
            form: checksum,
            at,
            answers: answers.into(),
        });
    }
    Ok(Issue { dossier: noted, files })
}

/// An id as a part of a file name that every system takes.
pub(super) fn ascii(id: &str) -> String {
    use std::fmt::Write;
    let mut name = String::new();
    for c in id.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else {
            // Writing to a string does not fail.
            let _ = write!(name, "-{:x}", u32::from(c));
        }
    }
    name
}
