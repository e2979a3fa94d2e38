//! A round of the evaluation: who is asked, what was sent out, and what came back.

use super::id::has_id;
use super::{
    CommentKind, CriterionNo, MemberId, RowId, ScoreCell, Shared, SubjectEvaluation, SubjectId, blank,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One round: members are sent a ballot each and send it back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Round {
    /// Names the round within its list.
    pub id: RowId,
    /// Its name (第1回 書面評価).
    #[serde(skip_serializing_if = "blank")]
    pub title: String,
    /// What is judged.
    #[serde(skip_serializing_if = "blank")]
    pub subjects: Vec<SubjectId>,
    /// Who judges.
    #[serde(skip_serializing_if = "blank")]
    pub members: Vec<MemberId>,
    /// When ballots are due.
    #[serde(skip_serializing_if = "blank")]
    pub deadline: Option<Date>,
    /// What members are told.
    #[serde(skip_serializing_if = "blank")]
    pub instructions: String,
    /// 利害関係による除斥
    #[serde(skip_serializing_if = "blank")]
    pub recusals: Vec<Recusal>,
    /// The public key to which ballots are encrypted on their way back; empty for none.
    #[serde(skip_serializing_if = "blank")]
    pub key: String,
    /// The form as it was fixed; none while it may still be changed.
    #[serde(skip_serializing_if = "blank")]
    pub frozen: Option<FrozenForm>,
    /// The ballots sent out.
    #[serde(skip_serializing_if = "blank")]
    pub issued: Vec<IssuedBallot>,
    /// The ballots received.
    #[serde(skip_serializing_if = "blank")]
    pub receipts: Vec<Receipt>,
    /// What merges did.
    #[serde(skip_serializing_if = "blank")]
    pub merges: Vec<MergeEntry>,
    /// Weights of the criteria, for a committee that wants a weighted mean beside the printed ones.
    #[serde(skip_serializing_if = "blank")]
    pub weights: BTreeMap<CriterionNo, Decimal>,
    /// A mean below this is marked for discussion.
    #[serde(skip_serializing_if = "blank")]
    pub threshold: Option<Decimal>,
}

impl Round {
    /// Why a member does not judge a subject; none if the member does.
    pub fn recusal(&self, member: &MemberId, subject: &SubjectId) -> Option<&Recusal> {
        self.recusals.iter().find(|recusal| recusal.member == *member && recusal.subject == *subject)
    }

    /// The ballot sent to a member last.
    pub fn latest_issue(&self, member: &MemberId) -> Option<&IssuedBallot> {
        self.issued.iter().filter(|issued| issued.member == *member).max_by_key(|issued| issued.revision)
    }
}

/// A member who does not judge a subject because of an interest in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recusal {
    /// Names the row within its list.
    pub id: RowId,
    /// Who.
    pub member: MemberId,
    /// What is not judged.
    pub subject: SubjectId,
    /// Why.
    #[serde(skip_serializing_if = "blank")]
    pub reason: String,
}

/// A form that may no longer change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrozenForm {
    /// SHA-256, in hexadecimal, over criteria, scale, members, recusals and subjects.
    pub hash: String,
    /// When it was fixed.
    #[serde(skip_serializing_if = "blank")]
    pub at: Timestamp,
}

/// A ballot that was sent out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IssuedBallot {
    /// Names the row within its list: member and revision (`M3-1`).
    pub id: RowId,
    /// To whom.
    pub member: MemberId,
    /// 1 for the first, more for each that was sent after it.
    pub revision: u32,
    /// SHA-256 of the material in the package.
    #[serde(skip_serializing_if = "blank")]
    pub material: String,
    /// SHA-256 of what must not be edited in the Excel form.
    #[serde(skip_serializing_if = "blank")]
    pub form: String,
    /// When.
    #[serde(skip_serializing_if = "blank")]
    pub at: Timestamp,
    /// What the form held already; what came back is compared with this.
    #[serde(skip_serializing_if = "blank")]
    pub answers: Shared<Answers>,
}

/// What one member says of the subjects.
pub type Answers = BTreeMap<SubjectId, SubjectAnswers>;

/// What one member says of one subject. A cell or a text that is not there is blank.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubjectAnswers {
    /// 評点
    #[serde(skip_serializing_if = "blank")]
    pub scores: BTreeMap<CriterionNo, ScoreCell>,
    /// 肯定的意見
    #[serde(skip_serializing_if = "blank")]
    pub positive: BTreeMap<CriterionNo, String>,
    /// 問題点・改善すべき点
    #[serde(skip_serializing_if = "blank")]
    pub issues: BTreeMap<CriterionNo, String>,
    /// 各委員の提言
    #[serde(skip_serializing_if = "blank")]
    pub recommendation: String,
}

/// One field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerField {
    /// The score of a criterion.
    Score(CriterionNo),
    /// A comment on a criterion: 肯定的意見 or 問題点・改善すべき点.
    Comment(CriterionNo, CommentKind),
    /// 各委員の提言
    Recommendation,
}

/// What stands in a field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerValue {
    /// A cell of the score table.
    Cell(ScoreCell),
    /// A text.
    Text(String),
}

impl SubjectAnswers {
    /// What stands in a field.
    pub fn get(&self, field: AnswerField) -> AnswerValue {
        let text = |texts: &BTreeMap<CriterionNo, String>, no| texts.get(&no).cloned().unwrap_or_default();
        match field {
            AnswerField::Score(no) => AnswerValue::Cell(self.scores.get(&no).copied().unwrap_or_default()),
            AnswerField::Comment(no, CommentKind::Positive) => AnswerValue::Text(text(&self.positive, no)),
            AnswerField::Comment(no, _) => AnswerValue::Text(text(&self.issues, no)),
            AnswerField::Recommendation => AnswerValue::Text(self.recommendation.clone()),
        }
    }

    /// Enters a field; blank values are taken out, so that an untouched and an emptied form are equal.
    pub fn set(&mut self, field: AnswerField, value: AnswerValue) {
        match (field, value) {
            (AnswerField::Score(no), AnswerValue::Cell(ScoreCell::Blank)) => {
                self.scores.remove(&no);
            }
            (AnswerField::Score(no), AnswerValue::Cell(cell)) => {
                self.scores.insert(no, cell);
            }
            (AnswerField::Recommendation, AnswerValue::Text(text)) => self.recommendation = text,
            (AnswerField::Comment(no, kind), AnswerValue::Text(text)) => {
                let texts = if kind == CommentKind::Positive { &mut self.positive } else { &mut self.issues };
                if text.is_empty() {
                    texts.remove(&no);
                } else {
                    texts.insert(no, text);
                }
            }
            (AnswerField::Score(_), AnswerValue::Text(_)) | (_, AnswerValue::Cell(_)) => {}
        }
    }

    /// What a member has given in an evaluation. Several comments of one kind on one criterion are one text.
    pub fn of(evaluation: &SubjectEvaluation, member: &MemberId) -> Self {
        let mut answers = Self::default();
        for (no, cell) in evaluation.scores.get(member).into_iter().flatten() {
            answers.set(AnswerField::Score(*no), AnswerValue::Cell(*cell));
        }
        for comment in evaluation.comments.iter().filter(|c| c.member.as_ref() == Some(member)) {
            let field = match (comment.criterion, comment.kind) {
                (Some(no), CommentKind::Positive | CommentKind::Issue) => {
                    AnswerField::Comment(no, comment.kind)
                }
                (None, CommentKind::Recommendation) => AnswerField::Recommendation,
                // Not a field of the form: what the secretariat sorted by hand stays as it is.
                _ => continue,
            };
            let AnswerValue::Text(mut text) = answers.get(field) else { continue };
            if !text.is_empty() && !comment.text.is_empty() {
                text.push('\n');
            }
            text.push_str(&comment.text);
            answers.set(field, AnswerValue::Text(text));
        }
        answers
    }
}

/// A ballot that was received.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Receipt {
    /// Names the row within its list.
    pub id: RowId,
    /// Whose ballot.
    pub member: MemberId,
    /// The revision that it answers.
    pub revision: u32,
    /// How often the member had saved it; 0 for an Excel form, which does not say.
    #[serde(skip_serializing_if = "blank")]
    pub edition: u32,
    /// When the member saved it last; none for an Excel form.
    #[serde(skip_serializing_if = "blank")]
    pub saved: Option<Timestamp>,
    /// When it was received.
    #[serde(skip_serializing_if = "blank")]
    pub at: Timestamp,
    /// From which file, without its folder.
    pub file: String,
    /// SHA-256 of what it says.
    pub digest: String,
    /// What it says, except where a decision is still open.
    #[serde(skip_serializing_if = "blank")]
    pub answers: Shared<Answers>,
}

/// What one merge took from one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MergeEntry {
    /// Names the row within its list.
    pub id: RowId,
    /// When.
    #[serde(skip_serializing_if = "blank")]
    pub at: Timestamp,
    /// Whose ballot.
    pub member: MemberId,
    /// From which file, without its folder.
    pub file: String,
    /// What it changed.
    #[serde(skip_serializing_if = "blank")]
    pub changes: Shared<Vec<MergedField>>,
}

/// One field that a merge changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MergedField {
    /// The subject.
    pub subject: SubjectId,
    /// The criterion; none for the recommendation.
    #[serde(skip_serializing_if = "blank")]
    pub criterion: Option<CriterionNo>,
    /// The kind of text; none for a score.
    #[serde(skip_serializing_if = "blank")]
    pub text: Option<CommentKind>,
    /// What stood there before, in words.
    #[serde(skip_serializing_if = "blank")]
    pub before: String,
    /// What stands there now, in words.
    #[serde(skip_serializing_if = "blank")]
    pub after: String,
    /// Whether a person decided for it against what stood there.
    #[serde(skip_serializing_if = "blank")]
    pub decided: bool,
}

has_id!(Round, Recusal, IssuedBallot, Receipt, MergeEntry);
