//! A ballot package: one text file with the material, and the form of one member.
//!
//! ```text
//! // Hyoka ballot 1 sha256:<of the head>
//! (round: "r1", member: "M3", revision: 1, …, material: "<sha256 of the rest>", answers: {…})
//! // material
//! (schema: …, dossier: (…))
//! ```
//! The head is small, so that a merge reads a thousand ballots without reading their material. The material is what
//! was issued, byte for byte: saving a ballot writes a new head and the same material, so that nothing but answers
//! can ever change. Every byte of the file is under one of the two checksums.

use super::{Form, sha256};
use crate::both;
use crate::locale::Both;
use crate::model::{
    Answers, CommentKind, CriterionNo, Dossier, MemberId, Origin, Place, Round, RowId, SubjectAnswers,
    SubjectId,
};
use crate::store::{self, Trouble};
use jiff::Timestamp;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What every ballot package begins with.
const BEGIN: &str = "// Hyoka ballot ";
/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;
/// What stands between head and material. A text in RON holds no line break of its own.
const MARK: &str = "\n// material\n";

/// Whose ballot it is, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Head {
    /// The round.
    pub round: RowId,
    /// The hash of its form.
    pub form: String,
    /// Whose it is.
    pub member: MemberId,
    /// Which issue of it.
    pub revision: u32,
    /// How often it was saved; 0 as issued.
    pub edition: u32,
    /// When it was saved last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved: Option<Timestamp>,
    /// Whether the member has said that it is complete.
    pub finished: bool,
    /// The public key to which it is to be encrypted on its way back; empty for none.
    pub key: String,
    /// SHA-256 of what it held when it was issued.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given: String,
    /// SHA-256 of the material.
    pub material: String,
    /// How long the material is, in bytes.
    pub length: usize,
    /// What the member says.
    pub answers: Answers,
}

/// A ballot package in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Whose it is, and what it says.
    pub head: Head,
    material: String,
}

/// Why a file cannot be read as a ballot package.
#[derive(Debug)]
pub enum PackageError {
    /// It is something else.
    NotBallot,
    /// A newer version of the program wrote it.
    Newer,
    /// It breaks off.
    Truncated,
    /// A checksum does not fit.
    Damaged,
    /// Its checksums fit and it still cannot be read.
    Unreadable(Trouble),
}

impl PackageError {
    /// What is wrong and what to do, without the file's name.
    pub fn message(&self) -> Both {
        match self {
            Self::NotBallot => both!(
                "評価票ではありません。委員から届いた評価票（.ron、.xlsx、.age）を指定してください。",
                "this is no ballot; name a ballot that a member sent (.ron, .xlsx, .age)."
            ),
            Self::Newer => both!(
                "新しい版の Hyoka で作られた評価票です。Hyoka を更新してください。",
                "this ballot was written by a newer Hyoka; update Hyoka."
            ),
            Self::Truncated => both!(
                "評価票が途中で切れています。送り直してもらってください。",
                "the ballot breaks off; ask for it to be sent again."
            ),
            Self::Damaged => both!(
                "評価票のチェックサムが合いません。途中で壊れたか、Hyoka 以外で書き換えられています。送り直してもらってください。",
                "the checksum of the ballot does not fit: it was damaged on its way or edited outside Hyoka. Ask for it to be sent again."
            ),
            Self::Unreadable(trouble) => {
                let what = format!("{trouble:?}");
                both!(
                    "評価票の中の資料を読めません（{what}）。Hyoka を更新するか、評価票を発行し直してください。",
                    "the material in the ballot cannot be read ({what}); update Hyoka, or issue the ballot again."
                )
            }
        }
    }
}

/// Whether these bytes look like a ballot: a package, or a file encrypted as ballots are. The Excel form looks like
/// any workbook from outside.
pub fn is_ballot(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.starts_with(BEGIN.as_bytes()) || super::is_encrypted(bytes)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

impl Package {
    /// A package for one member of a frozen round: the dossier without what any member said, and `answers`.
    ///
    /// # Errors
    /// Only if the dossier cannot be serialised, which its types rule out.
    pub fn issue(
        dossier: &Dossier,
        round: &Round,
        form: &Form,
        revision: u32,
        answers: Answers,
    ) -> Result<Self, Trouble> {
        let material = store::to_ron(&without_evaluation(dossier, round, form))?;
        let head = Head {
            round: round.id.clone(),
            form: round.frozen.as_ref().map(|frozen| frozen.hash.clone()).unwrap_or_default(),
            member: form.member.clone(),
            revision,
            key: round.key.clone(),
            given: super::digest(&answers).map_err(|error| Trouble::Serialising(error.to_string()))?,
            material: sha256(&material),
            length: material.len(),
            answers,
            ..Head::default()
        };
        Ok(Self { head, material })
    }

    /// The file's text.
    ///
    /// # Errors
    /// Only if the head cannot be serialised, which its types rule out.
    pub fn to_text(&self) -> Result<String, Trouble> {
        let layout = PrettyConfig::new().extensions(Extensions::IMPLICIT_SOME).indentor("  ").new_line("\n");
        let head = ron::ser::to_string_pretty(&self.head, layout)
            .map_err(|error| Trouble::Serialising(error.to_string()))?;
        let seal = sha256(&head);
        Ok(format!("{BEGIN}{VERSION} sha256:{seal}\n{head}{MARK}{}", self.material))
    }

    /// Reads a package whole and checks both checksums.
    ///
    /// # Errors
    /// If it is none, breaks off, or any byte of it is not as it was written.
    pub fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        if !bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(BEGIN.as_bytes()) {
            return Err(PackageError::NotBallot);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| match error.error_len() {
            None => PackageError::Truncated,
            Some(_) => PackageError::Damaged,
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Mail may turn line breaks into the other kind.
        let text =
            if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
        let rest = text.strip_prefix(BEGIN).ok_or(PackageError::NotBallot)?;
        let (version, rest) = rest.split_once(" sha256:").ok_or(PackageError::Truncated)?;
        match version.parse::<u32>() {
            Ok(VERSION) => {}
            Ok(_) => return Err(PackageError::Newer),
            Err(_) => return Err(PackageError::Damaged),
        }
        let (seal, rest) = rest.split_once('\n').ok_or(PackageError::Truncated)?;
        let (head, material) = rest.split_once(MARK).ok_or(PackageError::Truncated)?;
        if sha256(head) != seal {
            return Err(PackageError::Damaged);
        }
        let head: Head = options().from_str(head).map_err(|_| PackageError::Damaged)?;
        if sha256(material) != head.material {
            let cut = material.len() < head.length && !material.trim_end().ends_with(')');
            return Err(if cut { PackageError::Truncated } else { PackageError::Damaged });
        }
        Ok(Self { head, material: material.to_owned() })
    }

    /// The dossier to work on: the material, and what the member has said so far.
    ///
    /// # Errors
    /// If the material is of a schema that this program does not know.
    pub fn dossier(&self) -> Result<Dossier, PackageError> {
        let (mut dossier, _) = store::from_ron(&self.material).map_err(PackageError::Unreadable)?;
        for (id, answers) in &self.head.answers {
            if let Some(subject) = dossier.subject_mut(id) {
                super::merge::enter(&mut subject.evaluation, &self.head.member, answers);
            }
        }
        Ok(dossier)
    }

    /// The round as the member may know it.
    pub fn round<'a>(&self, dossier: &'a Dossier) -> Option<&'a Round> {
        dossier.rounds.iter().find(|round| round.id == self.head.round)
    }

    /// The package with the answers that `dossier` holds, saved once more. Whatever else was changed in the dossier
    /// does not enter it.
    pub fn saved(&self, dossier: &Dossier, at: Timestamp, finished: bool) -> Self {
        let mut package = self.clone();
        if let Some(round) = self.round(dossier) {
            package.head.answers = Form::of(dossier, round, &self.head.member).answers(dossier);
        }
        package.head.edition = self.head.edition.saturating_add(1);
        package.head.saved = Some(at);
        package.head.finished = finished;
        package
    }
}

/// The dossier as a member may see it: nothing that any member said, no recusal but their own, no record of who has
/// sent what.
fn without_evaluation(dossier: &Dossier, round: &Round, form: &Form) -> Dossier {
    let mut material = dossier.clone();
    let member = &form.member;
    let evaluated = |place: &Place| place.steps().iter().any(|step| step == "evaluation");
    material.origins.retain(|place: &Place, _: &mut Origin| !evaluated(place));
    let recused = |id: &SubjectId| round.recusal(member, id).is_some();
    for subject in material.shared_subjects_mut() {
        let recused = recused(&subject.id);
        let evaluation = &mut subject.evaluation;
        let own = evaluation.scores.remove(member).filter(|_| recused);
        evaluation.scores = own.map(|row| (member.clone(), row)).into_iter().collect();
        evaluation.printed_means.clear();
        evaluation.consensus.clear();
        evaluation.comments.clear();
        evaluation.used.clear();
        evaluation.recommendations.clear();
        evaluation.sessions.clear();
    }
    let mut own = round.clone();
    own.members = vec![member.clone()];
    own.recusals.retain(|recusal| recusal.member == *member);
    own.issued.clear();
    own.receipts.clear();
    own.merges.clear();
    material.rounds = vec![own];
    material
}

/// The kinds of text that a form asks for each criterion, in reading order.
pub(super) const KINDS: [CommentKind; 2] = [CommentKind::Positive, CommentKind::Issue];

/// The criteria that answers speak of, whether or not the form asks for them.
pub(super) fn criteria_of(answers: &SubjectAnswers) -> impl Iterator<Item = CriterionNo> + '_ {
    answers.scores.keys().chain(answers.positive.keys()).chain(answers.issues.keys()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnswerField, AnswerValue, ScoreCell};
    use crate::round::{begin, freeze};

    fn package() -> Package {
        let mut dossier = crate::sample::dossier().unwrap();
        dossier.rounds.push(begin(&dossier));
        let id = dossier.rounds[0].id.clone();
        freeze(&mut dossier, &id, Timestamp::UNIX_EPOCH).unwrap();
        let form = Form::of(&dossier, &dossier.rounds[0], &"M2".into());
        Package::issue(&dossier, &dossier.rounds[0], &form, 1, Answers::new()).unwrap()
    }

    #[test]
    fn a_package_reads_back_and_holds_nothing_that_others_said() {
        let package = package();
        let text = package.to_text().unwrap();
        assert!(is_ballot(text.as_bytes()));
        assert_eq!(Package::read(text.as_bytes()).unwrap(), package);
        assert_eq!(Package::read(text.replace('\n', "\r\n").as_bytes()).unwrap(), package);
        let dossier = package.dossier().unwrap();
        for subject in dossier.subjects() {
            assert!(subject.evaluation.scores.is_empty() && subject.evaluation.comments.is_empty());
            assert!(subject.evaluation.consensus.is_empty() && subject.evaluation.printed_means.is_empty());
        }
        assert!(!dossier.programme.sections.is_empty());
    }

    #[test]
    fn saving_takes_answers_and_nothing_else() {
        let package = package();
        let mut dossier = package.dossier().unwrap();
        let member = MemberId::from("M2");
        dossier.projects[0].overview.name = "書き換え".into();
        dossier.projects[0].evaluation.set_cell(&member, CriterionNo(1), ScoreCell::Score(0));
        dossier.projects[0].evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(3));
        let saved = package.saved(&dossier, Timestamp::UNIX_EPOCH, true);
        assert_eq!(saved.head.edition, 1);
        let again = saved.dossier().unwrap();
        assert_eq!(again.projects[0].overview.name, package.dossier().unwrap().projects[0].overview.name);
        let given = &saved.head.answers[&dossier.projects[0].id];
        let zero = given.get(AnswerField::Score(CriterionNo(1)));
        assert_eq!(zero, AnswerValue::Cell(ScoreCell::Score(0)));
        assert_eq!(again.projects[0].evaluation.scores.len(), 1);
    }

    #[test]
    fn every_cut_and_every_flip_is_noticed() {
        let text = package().to_text().unwrap().into_bytes();
        for cut in (0..text.len()).step_by(9973).chain(text.len() - 3..text.len()).chain(0..40) {
            assert!(Package::read(&text[..cut]).is_err(), "{cut}");
        }
        for at in (0..text.len()).step_by(9973).chain(0..120) {
            let mut damaged = text.clone();
            damaged[at] ^= 1;
            assert!(Package::read(&damaged).is_err(), "{at}");
        }
    }
}
