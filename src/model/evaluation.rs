//! The evaluation: criteria and scale, members, scores, comments, consensus, recommendations, findings.

use super::id::has_id;
use super::{FiscalYear, MemberId, RowId, blank};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The kind of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum EvaluationKind {
    /// 事前評価
    Prior,
    /// 中間評価
    #[default]
    Interim,
    /// 終了時評価
    Final,
    /// 追跡評価
    FollowUp,
}

impl EvaluationKind {
    /// All kinds, in the order in which they happen.
    pub const ALL: [Self; 4] = [Self::Prior, Self::Interim, Self::Final, Self::FollowUp];
}

/// The number of a criterion within its set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CriterionNo(pub u8);

impl fmt::Display for CriterionNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// 評価項目 and the scale on which they are scored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CriteriaSet {
    /// Its name (METI 技術評価 …).
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// The criteria, in order.
    #[serde(skip_serializing_if = "blank")]
    pub criteria: Vec<Criterion>,
    /// The scale.
    #[serde(skip_serializing_if = "blank")]
    pub scale: Scale,
}

impl CriteriaSet {
    /// The criterion of that number.
    pub fn get(&self, no: CriterionNo) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.no == no)
    }

    /// The criteria that are scored.
    pub fn scored(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.scored)
    }
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Criterion {
    /// Its number.
    pub no: CriterionNo,
    /// Its name without the number.
    #[serde(skip_serializing_if = "blank")]
    pub label: String,
    /// Its heading as printed (１．当省が…).
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
    /// Whether members give it a score.
    #[serde(skip_serializing_if = "blank")]
    pub scored: bool,
    /// What a member should look at.
    #[serde(skip_serializing_if = "blank")]
    pub guidance: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// The values that a score can take.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scale {
    /// The steps, best first or worst first, as the form shows them.
    #[serde(skip_serializing_if = "blank")]
    pub steps: Vec<ScaleStep>,
    /// 要確認: the meanings are not confirmed by the ministry and are to be checked before use.
    #[serde(skip_serializing_if = "blank")]
    pub to_be_confirmed: bool,
}

impl Scale {
    /// The step of that value.
    pub fn step(&self, value: i16) -> Option<&ScaleStep> {
        self.steps.iter().find(|step| step.value == value)
    }

    /// The lowest and the highest value; none if the scale is empty.
    pub fn range(&self) -> Option<(i16, i16)> {
        let values = || self.steps.iter().map(|step| step.value);
        Some((values().min()?, values().max()?))
    }
}

/// One value of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScaleStep {
    /// The value that enters means.
    pub value: i16,
    /// What stands on the button (3, A, S).
    pub label: String,
    /// What it means.
    #[serde(skip_serializing_if = "blank")]
    pub meaning: String,
}

/// 委員
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Member {
    /// Names the member in score sheets and comments.
    pub id: MemberId,
    /// The name, or a stand-in (委員1).
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// 所属・役職
    #[serde(skip_serializing_if = "blank")]
    pub affiliation: String,
    /// 座長 or 委員.
    #[serde(skip_serializing_if = "blank")]
    pub role: MemberRole,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// The role of a member in the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum MemberRole {
    /// 委員
    #[default]
    Member,
    /// 座長
    Chair,
}

impl MemberRole {
    /// All roles, in the order in which a choice shows them.
    pub const ALL: [Self; 2] = [Self::Member, Self::Chair];
}

/// What stands in one cell of a score table. The five are never confused: zero is a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum ScoreCell {
    /// Not yet given.
    #[default]
    Blank,
    /// A score, a value of the scale.
    Score(i16),
    /// 該当なし
    NotApplicable,
    /// 利害関係による除斥
    Recused,
    /// 欠席
    Absent,
}

impl ScoreCell {
    /// The score, if there is one.
    pub fn score(self) -> Option<i16> {
        match self {
            Self::Score(value) => Some(value),
            _ => None,
        }
    }
}

/// The scores of one subject: member → criterion → cell. A cell that is not there is blank.
pub type ScoreSheet = BTreeMap<MemberId, BTreeMap<CriterionNo, ScoreCell>>;

/// Everything that the evaluation says of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubjectEvaluation {
    /// The kind of this evaluation; none if the subject is not evaluated this time.
    #[serde(skip_serializing_if = "blank")]
    pub kind: Option<EvaluationKind>,
    /// How the report names the kind, each wording with its place.
    #[serde(skip_serializing_if = "blank")]
    pub kind_printed: Vec<String>,
    /// The fiscal year of this evaluation.
    #[serde(skip_serializing_if = "blank")]
    pub year: Option<FiscalYear>,
    /// The members who score it, in the order of the score table.
    #[serde(skip_serializing_if = "blank")]
    pub panel: Vec<MemberId>,
    /// Their scores.
    #[serde(skip_serializing_if = "blank", deserialize_with = "scores::deserialize")]
    pub scores: ScoreSheet,
    /// The means that the report prints.
    #[serde(skip_serializing_if = "blank")]
    pub printed_means: BTreeMap<CriterionNo, String>,
    /// 総合評価: the boxed consensus text, one for the whole or one for each criterion.
    #[serde(skip_serializing_if = "blank")]
    pub consensus: Vec<Consensus>,
    /// The members' comments.
    #[serde(skip_serializing_if = "blank")]
    pub comments: Vec<Comment>,
    /// The comments that were taken up in a consensus text, by their ids.
    #[serde(skip_serializing_if = "blank")]
    pub used: Vec<RowId>,
    /// 提言 and 対処方針
    #[serde(skip_serializing_if = "blank")]
    pub recommendations: Vec<Recommendation>,
    /// 評価WGの所見 and 対処方針, by session.
    #[serde(skip_serializing_if = "blank")]
    pub sessions: Vec<SessionFindings>,
    /// A note on how this evaluation was made.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

impl SubjectEvaluation {
    /// The cell of a member and criterion; blank if nothing is entered.
    pub fn cell(&self, member: &MemberId, criterion: CriterionNo) -> ScoreCell {
        self.scores.get(member).and_then(|row| row.get(&criterion)).copied().unwrap_or_default()
    }

    /// Enters a cell. A blank one is taken out, so that an untouched and an emptied sheet are equal.
    pub fn set_cell(&mut self, member: &MemberId, criterion: CriterionNo, cell: ScoreCell) {
        let row = self.scores.entry(member.clone()).or_default();
        if cell == ScoreCell::Blank {
            row.remove(&criterion);
        } else {
            row.insert(criterion, cell);
        }
        if row.is_empty() {
            self.scores.remove(member);
        }
    }

    /// The scores given for a criterion, in the order of the panel; none for a cell without a score.
    pub fn scores_of(&self, criterion: CriterionNo) -> Vec<Option<i16>> {
        // A member who is listed twice still scores once.
        let first = |(place, member): &(usize, &MemberId)| !self.panel[..*place].contains(member);
        self.panel
            .iter()
            .enumerate()
            .filter(first)
            .map(|(_, member)| self.cell(member, criterion).score())
            .collect()
    }
}

/// The text on which the committee agreed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Consensus {
    /// Names the text within its list.
    pub id: RowId,
    /// The criterion it is about; none if it is about the whole.
    #[serde(skip_serializing_if = "blank")]
    pub criterion: Option<CriterionNo>,
    /// The text; paragraphs are separated by line breaks.
    #[serde(skip_serializing_if = "blank")]
    pub text: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A comment of a member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Comment {
    /// Names the comment within its list.
    pub id: RowId,
    /// The criterion it is about; none if it is about the whole.
    #[serde(skip_serializing_if = "blank")]
    pub criterion: Option<CriterionNo>,
    /// 肯定的意見, 問題点・改善すべき点 or 各委員の提言.
    #[serde(skip_serializing_if = "blank")]
    pub kind: CommentKind,
    /// Whose it is; none where the report does not say.
    #[serde(skip_serializing_if = "blank")]
    pub member: Option<MemberId>,
    /// The text; paragraphs of one bullet are separated by line breaks.
    #[serde(skip_serializing_if = "blank")]
    pub text: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// The kind of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CommentKind {
    /// 肯定的意見
    #[default]
    Positive,
    /// 問題点・改善すべき点
    Issue,
    /// 各委員の提言
    Recommendation,
}

impl CommentKind {
    /// All kinds, in the report's order.
    pub const ALL: [Self; 3] = [Self::Positive, Self::Issue, Self::Recommendation];
}

/// 提言 and its 対処方針.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recommendation {
    /// Names the row within its list.
    pub id: RowId,
    /// 提言
    #[serde(skip_serializing_if = "blank")]
    pub text: String,
    /// 対処方針
    #[serde(skip_serializing_if = "blank")]
    pub response: String,
    /// Names and figures that the response rests on.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// What one session of the working group found. Without findings the report prints an empty table, which is
/// legitimate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionFindings {
    /// Names the session within its list.
    pub id: RowId,
    /// 第n回
    #[serde(skip_serializing_if = "blank")]
    pub session: Option<u16>,
    /// The fiscal year of the session.
    #[serde(skip_serializing_if = "blank")]
    pub year: Option<FiscalYear>,
    /// What was evaluated.
    #[serde(skip_serializing_if = "blank")]
    pub kind: EvaluationKind,
    /// Its findings.
    #[serde(skip_serializing_if = "blank")]
    pub findings: Vec<Finding>,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// 所見 and its 対処方針.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Finding {
    /// Names the finding within its session.
    pub id: RowId,
    /// The criterion, as printed.
    #[serde(skip_serializing_if = "blank")]
    pub criterion: String,
    /// 所見
    #[serde(skip_serializing_if = "blank")]
    pub finding: String,
    /// 対処方針
    #[serde(skip_serializing_if = "blank")]
    pub response: String,
}

has_id!(Consensus, Comment, Recommendation, SessionFindings, Finding);

/// Score sheets of schema 1 were a list of given scores, without the five states. Both shapes are read.
mod scores {
    use super::{BTreeMap, CriterionNo, MemberId, ScoreCell, ScoreSheet};
    use serde::Deserialize;
    use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
    use std::fmt;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Given {
        member: MemberId,
        criterion: CriterionNo,
        #[serde(default)]
        score: Option<i16>,
    }

    struct Sheet;

    impl<'de> Visitor<'de> for Sheet {
        type Value = ScoreSheet;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("scores by member and criterion")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ScoreSheet, A::Error> {
            let mut sheet = ScoreSheet::new();
            while let Some((member, row)) = map.next_entry::<MemberId, BTreeMap<CriterionNo, ScoreCell>>()? {
                sheet.insert(member, row);
            }
            Ok(sheet)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ScoreSheet, A::Error> {
            let mut sheet = ScoreSheet::new();
            while let Some(given) = seq.next_element::<Given>()? {
                if let Some(score) = given.score {
                    sheet.entry(given.member).or_default().insert(given.criterion, ScoreCell::Score(score));
                }
            }
            Ok(sheet)
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ScoreSheet, D::Error> {
        deserializer.deserialize_any(Sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_sheet_equals_an_untouched_one() {
        let mut evaluation = SubjectEvaluation { panel: vec!["M1".into()], ..SubjectEvaluation::default() };
        let untouched = evaluation.clone();
        evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
        assert_eq!(evaluation.scores_of(CriterionNo(1)), [Some(0)]);
        evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Blank);
        assert_eq!(evaluation, untouched);
    }

    #[test]
    fn a_scale_knows_its_ends() {
        let step = |value| ScaleStep { value, ..ScaleStep::default() };
        let scale = Scale { steps: vec![step(3), step(0), step(1)], to_be_confirmed: true };
        assert_eq!(
            (scale.range(), scale.step(0).is_some(), scale.step(2).is_some()),
            (Some((0, 3)), true, false)
        );
    }
}
