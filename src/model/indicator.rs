//! Outputs, outcomes and other indicators.

use super::id::has_id;
use super::{FiscalYear, Quantity, RowId, Unit, When, blank};
use serde::{Deserialize, Serialize};

/// An output or outcome indicator (アウトプット指標, アウトカム指標).
///
/// Different chapters may print different figures for it; each stays as a [`Statement`] of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Indicator {
    /// Names the indicator within its list.
    pub id: RowId,
    /// What is measured.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// The unit of targets and actuals.
    #[serde(skip_serializing_if = "blank")]
    pub unit: Unit,
    /// Whether it is in force.
    #[serde(skip_serializing_if = "blank")]
    pub standing: IndicatorStanding,
    /// What the chapters say of it.
    #[serde(skip_serializing_if = "blank")]
    pub statements: Vec<Statement>,
    /// Anything else worth knowing, such as why it was replaced.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// Whether an indicator is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum IndicatorStanding {
    /// In force.
    #[default]
    Current,
    /// Replaced by another (旧指標).
    Former,
    /// Of the phase that follows (第2期).
    Successor,
}

impl IndicatorStanding {
    /// All standings, in the order in which a choice shows them.
    pub const ALL: [Self; 3] = [Self::Current, Self::Former, Self::Successor];
}

/// What one place of the report says of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Statement {
    /// Names the statement within the indicator.
    pub id: RowId,
    /// The chapter that makes it.
    #[serde(skip_serializing_if = "blank")]
    pub chapter: PrintedChapter,
    /// The target, if it states one.
    #[serde(skip_serializing_if = "blank")]
    pub target: Target,
    /// The actual, if it states one.
    #[serde(skip_serializing_if = "blank")]
    pub actual: Actual,
    /// Achievement or outlook as stated (達成, 達成見込み …).
    #[serde(skip_serializing_if = "blank")]
    pub outlook: String,
    /// Supplementary explanation.
    #[serde(skip_serializing_if = "blank")]
    pub supplement: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// The chapter in which a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum PrintedChapter {
    /// The project's own chapter.
    #[default]
    Project,
    /// The programme's chapter.
    Programme,
    /// Another part of the report, such as a finding.
    Elsewhere,
}

impl PrintedChapter {
    /// All chapters, in the order in which a choice shows them.
    pub const ALL: [Self; 3] = [Self::Programme, Self::Project, Self::Elsewhere];
}

/// A target of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// 中間目標, 最終目標 …
    #[serde(skip_serializing_if = "blank")]
    pub kind: TargetKind,
    /// The fiscal year by which it is to be met.
    #[serde(skip_serializing_if = "blank")]
    pub year: Option<FiscalYear>,
    /// How much.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
}

/// The kind of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// The document does not say.
    #[default]
    Unstated,
    /// 中間目標
    Interim,
    /// 最終目標
    Final,
    /// 推移: a point of a trend rather than a target.
    Trend,
    /// 見込み: an expectation rather than a target.
    Expected,
}

impl TargetKind {
    /// All kinds, in the order in which a choice shows them.
    pub const ALL: [Self; 5] = [Self::Interim, Self::Final, Self::Unstated, Self::Trend, Self::Expected];
}

/// An actual value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Actual {
    /// How much.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
    /// As of when.
    #[serde(skip_serializing_if = "blank")]
    pub as_of: When,
}

/// その他の指標: papers, patents, standards …, over a span of fiscal years.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OtherIndicator {
    /// Names the row within its list.
    pub id: RowId,
    /// What is counted.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// First fiscal year counted.
    #[serde(skip_serializing_if = "blank")]
    pub from: Option<FiscalYear>,
    /// Last fiscal year counted.
    #[serde(skip_serializing_if = "blank")]
    pub to: Option<FiscalYear>,
    /// The count.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A named group of results behind an indicator's count: established technologies, transfers, processes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutputGroup {
    /// Names the group within its list.
    pub id: RowId,
    /// What the group lists (中間目標（2019年度） …).
    #[serde(skip_serializing_if = "blank")]
    pub title: String,
    /// What each item is (要素技術, 製造工程, 技術導出 …).
    #[serde(skip_serializing_if = "blank")]
    pub kind: String,
    /// The results.
    #[serde(skip_serializing_if = "blank")]
    pub items: Vec<OutputItem>,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// One named result.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutputItem {
    /// Names the result within its group.
    pub id: RowId,
    /// Its number as printed.
    #[serde(skip_serializing_if = "blank")]
    pub no: String,
    /// Its name.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// The category that the report puts it in.
    #[serde(skip_serializing_if = "blank")]
    pub category: String,
    /// Who made it.
    #[serde(skip_serializing_if = "blank")]
    pub holder: String,
    /// More about it.
    #[serde(skip_serializing_if = "blank")]
    pub detail: String,
}

has_id!(Indicator, Statement, OtherIndicator, OutputGroup, OutputItem);
