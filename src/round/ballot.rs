//! Reading what came back: a package or an Excel form becomes the answers of one member, or one sentence why not.

use super::excel;
use super::field::field_name;
use super::package::{KINDS, Package, PackageError, criteria_of};
use super::{Form, digest};
use crate::both;
use crate::locale::Both;
use crate::model::{
    AnswerField, AnswerValue, Answers, Dossier, IssuedBallot, MemberId, Round, RowId, Scale, ScoreCell,
    SubjectAnswers, SubjectId,
};
use crate::sheets::{Address, Book};
use jiff::Timestamp;
use serde::Serialize;

/// A file as it came in.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its name, without its folder.
    pub file: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// A ballot package, or what should be one.
    Package(Vec<u8>),
    /// A workbook, which should be an Excel form.
    Book(Book),
    /// An encrypted ballot, for which there is no key at hand.
    Sealed,
    /// Nothing: why it could not be read, in one sentence.
    Trouble(Both),
}

/// What one member says in one file, checked against the round.
#[derive(Debug, Clone, PartialEq)]
pub struct Ballot {
    /// The file.
    pub file: String,
    /// The round.
    pub round: RowId,
    /// Whose it is.
    pub member: MemberId,
    /// The revision that it answers.
    pub revision: u32,
    /// How often it was saved; 0 for an Excel form.
    pub edition: u32,
    /// When it was saved last; none for an Excel form.
    pub saved: Option<Timestamp>,
    /// SHA-256 of what it says.
    pub digest: String,
    /// What it says, as far as it can be taken.
    pub answers: Answers,
    /// What cannot be taken, each with its place; the rest can.
    pub remarks: Vec<Remark>,
}

/// Something in a ballot that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The sheet, for a form.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The cell, for a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<Address>,
    /// The sentence to show, with file and place.
    pub message: Both,
}

/// A file of which nothing was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The file.
    pub file: String,
    /// Why.
    pub why: Why,
    /// The sentence to show, with file and place.
    pub message: Both,
}

/// Why a file was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It could not be read at all.
    Unreadable,
    /// It is encrypted, and no key was given.
    Sealed,
    /// It is no ballot.
    NotBallot,
    /// A newer program wrote it.
    Newer,
    /// It breaks off.
    Truncated,
    /// A checksum does not fit.
    Damaged,
    /// It belongs to another round.
    WrongRound,
    /// It belongs to nobody who is asked.
    WrongMember,
    /// It was never sent out.
    NotIssued,
    /// A newer revision was sent out.
    OlderRevision,
    /// Its form is not the one that was fixed.
    AlteredForm,
}

impl Refusal {
    /// A refusal whose sentence begins with the file.
    pub(super) fn new(file: &str, why: Why, what: &Both) -> Self {
        Self { file: file.to_owned(), why, message: in_file(file, what) }
    }
}

/// A sentence with the file's name before it.
pub(super) fn in_file(file: &str, what: &Both) -> Both {
    let Both { ja, en } = what;
    both!("{file}: {ja}", "{file}: {en}")
}

/// What a file says of itself before anything of it is believed.
pub(super) struct Claim {
    pub(super) round: RowId,
    pub(super) form: String,
    pub(super) member: MemberId,
    pub(super) revision: u32,
    /// The digest of what it held when it was issued.
    pub(super) given: String,
}

/// Reads one file against the rounds of a dossier.
///
/// # Errors
/// If nothing of it can be taken; the sentence names file, place and remedy.
pub fn read(dossier: &Dossier, received: &Received) -> Result<Ballot, Refusal> {
    let file = received.file.as_str();
    match &received.content {
        Content::Trouble(what) => {
            Err(Refusal { file: file.to_owned(), why: Why::Unreadable, message: what.clone() })
        }
        Content::Sealed => Err(Refusal::new(
            file,
            Why::Sealed,
            &both!(
                "暗号化された評価票です。事務局の鍵ファイルと合言葉を指定してください。",
                "this ballot is encrypted; give the secretariat's key file and its passphrase."
            ),
        )),
        Content::Package(bytes) => {
            let package =
                Package::read(bytes).map_err(|error| Refusal::new(file, why(&error), &error.message()))?;
            of_package(dossier, file, package)
        }
        Content::Book(book) => excel::read(dossier, file, book),
    }
}

fn why(error: &PackageError) -> Why {
    match error {
        PackageError::NotBallot => Why::NotBallot,
        PackageError::Newer => Why::Newer,
        PackageError::Truncated => Why::Truncated,
        PackageError::Damaged => Why::Damaged,
        PackageError::Unreadable(_) => Why::Unreadable,
    }
}

fn of_package(dossier: &Dossier, file: &str, package: Package) -> Result<Ballot, Refusal> {
    let head = package.head;
    let claim = Claim {
        round: head.round,
        form: head.form,
        member: head.member,
        revision: head.revision,
        given: head.given,
    };
    let (round, issued) = believe(dossier, file, &claim)?;
    if !issued.material.is_empty() && head.material != issued.material {
        let what = both!(
            "中の資料が、発行したものと違います。この委員に送った評価票のファイルを使ってもらってください。",
            "its material is not what was issued; ask the member to use the ballot that was sent."
        );
        return Err(Refusal::new(file, Why::AlteredForm, &what));
    }
    let form = Form::of(dossier, round, &claim.member);
    let mut remarks = Vec::new();
    let answers = within(&form, &head.answers, &issued.answers, |subject, field, what| {
        let Both { ja, en } = field_name(subject, field);
        let (ja_what, en_what) = (&what.ja, &what.en);
        let what = both!("{ja}: {ja_what}", "{en}: {en_what}");
        remarks.push(Remark { sheet: String::new(), cell: None, message: in_file(file, &what) });
    });
    finish(file, claim, (head.edition, head.saved), answers, remarks)
}

/// Puts a ballot together.
pub(super) fn finish(
    file: &str,
    claim: Claim,
    (edition, saved): (u32, Option<Timestamp>),
    answers: Answers,
    remarks: Vec<Remark>,
) -> Result<Ballot, Refusal> {
    let digest =
        digest(&(&claim.round, &claim.member, claim.revision, edition, &answers)).map_err(|error| {
            let what = error.to_string();
            Refusal::new(file, Why::Unreadable, &both!("読めません（{what}）。", "cannot be read ({what})."))
        })?;
    Ok(Ballot {
        file: file.to_owned(),
        round: claim.round,
        member: claim.member,
        revision: claim.revision,
        edition,
        saved,
        digest,
        answers,
        remarks,
    })
}

/// The round and the issue that a file belongs to.
pub(super) fn believe<'d>(
    dossier: &'d Dossier,
    file: &str,
    claim: &Claim,
) -> Result<(&'d Round, &'d IssuedBallot), Refusal> {
    let refuse = |why, what: Both| Err(Refusal::new(file, why, &what));
    let (member, revision, id) = (&claim.member, claim.revision, &claim.round);
    let Some(round) = dossier.rounds.iter().find(|round| round.id == *id && round.frozen.is_some()) else {
        return refuse(
            Why::WrongRound,
            both!(
                "この評価データにない回（{id}）の評価票です。評価票と一緒に書き出された、発行の記録のある評価データに取り込んでください。",
                "it belongs to a round ({id}) that this dossier does not have; merge it into the dossier that was written with the ballots."
            ),
        );
    };
    if round.frozen.as_ref().is_none_or(|frozen| frozen.hash != claim.form) {
        return refuse(
            Why::AlteredForm,
            both!(
                "確定した様式と違う様式の評価票です。この回で発行した評価票を使ってもらってください。",
                "its form is not the one fixed for this round; ask the member to use the ballot issued in it."
            ),
        );
    }
    if !round.members.contains(member) {
        return refuse(
            Why::WrongMember,
            both!(
                "この回の委員ではない人（{member}）の評価票です。ファイルを確かめてください。",
                "it is the ballot of {member}, who is no member of this round; check the file."
            ),
        );
    }
    let issued = round.issued.iter().find(|issued| issued.member == *member && issued.revision == revision);
    let Some(issued) = issued else {
        return refuse(
            Why::NotIssued,
            both!(
                "{member} の第 {revision} 版の評価票を発行した記録が、この評価データにありません。評価票と一緒に書き出された評価データに取り込んでください。",
                "this dossier has no note of revision {revision} of {member}'s ballot; merge it into the dossier that was written with the ballots."
            ),
        );
    };
    let latest = round.latest_issue(member).map_or(revision, |issued| issued.revision);
    if revision < latest {
        return refuse(
            Why::OlderRevision,
            both!(
                "{member} の古い版（第 {revision} 版）の評価票です。第 {latest} 版に記入して送ってもらってください。",
                "it is an older revision ({revision}) of {member}'s ballot; ask for revision {latest}."
            ),
        );
    }
    Ok((round, issued))
}

/// The answers that a form asks for and that can be taken; each of the others is told and stays as issued.
pub(super) fn within(
    form: &Form,
    given: &Answers,
    issued: &Answers,
    mut tell: impl FnMut(&SubjectId, AnswerField, Both),
) -> Answers {
    let mut answers = Answers::new();
    let nothing = SubjectAnswers::default();
    for (id, said) in given {
        let asked = form.subject(id).map(super::FormSubject::fields).unwrap_or_default();
        let mentioned = criteria_of(said).flat_map(|no| {
            std::iter::once(AnswerField::Score(no)).chain(KINDS.map(|kind| AnswerField::Comment(no, kind)))
        });
        let mut beyond: Vec<AnswerField> = mentioned
            .chain([AnswerField::Recommendation])
            .filter(|field| !asked.contains(field) && said.get(*field) != nothing.get(*field))
            .collect();
        beyond.sort_unstable();
        beyond.dedup();
        for field in beyond {
            let what = both!(
                "この委員の評価票では記入しない欄です（除斥、または対象外）。取り込みません。",
                "this member's form does not ask for it (recused, or not in this round); it is not taken."
            );
            tell(id, field, what);
        }
    }
    for subject in &form.subjects {
        let said = given.get(&subject.id).unwrap_or(&nothing);
        let sent = issued.get(&subject.id).unwrap_or(&nothing);
        let mut kept = SubjectAnswers::default();
        for field in subject.fields() {
            let value = said.get(field);
            match trouble(&value, &sent.get(field), &subject.scale) {
                Some(what) => {
                    tell(&subject.id, field, what);
                    kept.set(field, sent.get(field));
                }
                None => kept.set(field, value),
            }
        }
        if kept != nothing {
            answers.insert(subject.id.clone(), kept);
        }
    }
    answers
}

/// Why a value cannot be taken.
fn trouble(value: &AnswerValue, issued: &AnswerValue, scale: &Scale) -> Option<Both> {
    match value {
        AnswerValue::Cell(ScoreCell::Score(score)) if scale.step(*score).is_none() => {
            Some(off_scale(&score.to_string(), scale))
        }
        AnswerValue::Cell(ScoreCell::Recused | ScoreCell::Absent) if value != issued => Some(both!(
            "欠席・除斥は事務局が記入します。取り込みません。",
            "absence and recusal are entered by the secretariat; it is not taken."
        )),
        _ => None,
    }
}

/// 「5 は評点の尺度 0～3 にありません」
pub(super) fn off_scale(found: &str, scale: &Scale) -> Both {
    let mut labels: Vec<_> = scale.steps.iter().map(|step| (step.value, step.label.as_str())).collect();
    labels.sort_unstable();
    let range = match (labels.first(), labels.last()) {
        (Some((low, first)), Some((high, last)))
            if *first == low.to_string() && *last == high.to_string() =>
        {
            Both { ja: format!("{first}～{last}"), en: format!("{first} to {last}") }
        }
        _ => Both::same(labels.iter().map(|(_, label)| *label).collect::<Vec<_>>().join("・")),
    };
    let Both { ja, en } = range;
    both!(
        "{found} は評点の尺度 {ja} にありません。委員に確かめて直してください。",
        "{found} is not on the scale {en}; ask the member and mend it."
    )
}
