//! The remaining tables of the material: who researches what, competitors, history, market, roadmap, captions.

use super::id::has_id;
use super::{Quantity, RowId, When, blank};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// 研究開発項目, with the tasks that implementers carry out under it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResearchItem {
    /// Names the item within its list.
    pub id: RowId,
    /// Its number as printed (1, 2-1, ①).
    #[serde(skip_serializing_if = "blank")]
    pub no: String,
    /// Its name.
    #[serde(skip_serializing_if = "blank")]
    pub label: String,
    /// Other wordings of the name that the report uses, each with its place.
    #[serde(skip_serializing_if = "blank")]
    pub variants: Vec<String>,
    /// What is done in it.
    #[serde(skip_serializing_if = "blank")]
    pub contents: String,
    /// Its tasks.
    #[serde(skip_serializing_if = "blank")]
    pub tasks: Vec<ResearchTask>,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A task of a research item and its implementer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResearchTask {
    /// Names the task within its item.
    pub id: RowId,
    /// Its title; may be empty where the report names only implementers.
    #[serde(skip_serializing_if = "blank")]
    pub title: String,
    /// 実施者
    #[serde(skip_serializing_if = "blank")]
    pub implementer: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// A fact about a competitor or supplier at home or abroad.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Competitor {
    /// Names the row within its list.
    pub id: RowId,
    /// The field (MPS, AAV …).
    #[serde(skip_serializing_if = "blank")]
    pub domain: String,
    /// The company.
    #[serde(skip_serializing_if = "blank")]
    pub company: String,
    /// Its country or region.
    #[serde(skip_serializing_if = "blank")]
    pub country: String,
    /// What it is to the project (海外サプライヤー, 国内参入企業 …).
    #[serde(skip_serializing_if = "blank")]
    pub role: String,
    /// What the fact is about.
    #[serde(skip_serializing_if = "blank")]
    pub attribute: String,
    /// The fact.
    #[serde(skip_serializing_if = "blank")]
    pub fact: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// An event in a history table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HistoryEntry {
    /// Names the row within its list.
    pub id: RowId,
    /// The table (表１).
    #[serde(skip_serializing_if = "blank")]
    pub table: String,
    /// When.
    #[serde(skip_serializing_if = "blank")]
    pub when: When,
    /// The era or mark beside it (誕生, ●).
    #[serde(skip_serializing_if = "blank")]
    pub mark: String,
    /// The column: region or theme.
    #[serde(skip_serializing_if = "blank")]
    pub region: String,
    /// The event.
    #[serde(skip_serializing_if = "blank")]
    pub item: String,
    /// More about it.
    #[serde(skip_serializing_if = "blank")]
    pub detail: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A figure about a market, a cost or an economic effect.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MarketFigure {
    /// Names the row within its list.
    pub id: RowId,
    /// What the figure is of.
    #[serde(skip_serializing_if = "blank")]
    pub subject: String,
    /// For when it holds.
    #[serde(skip_serializing_if = "blank")]
    pub when: When,
    /// The figure.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
    /// Growth a year in percent, where stated.
    #[serde(skip_serializing_if = "blank")]
    pub growth_percent: Option<Decimal>,
    /// 実績, 予測, 試算 …
    #[serde(skip_serializing_if = "blank")]
    pub kind: String,
    /// The source that the report names.
    #[serde(skip_serializing_if = "blank")]
    pub cited: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// Assumptions under which a market is projected and set against its cost, kept to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Names the scenario within its list.
    pub id: RowId,
    /// Its name.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// The market: the subject of the figures it rests on.
    #[serde(skip_serializing_if = "blank")]
    pub series: String,
    /// Growth a year in percent from the first figure on; none to follow the figures themselves.
    #[serde(skip_serializing_if = "blank")]
    pub growth_percent: Option<Decimal>,
    /// The share of the market in percent that is reckoned as the country's.
    #[serde(skip_serializing_if = "blank")]
    pub share_percent: Option<Decimal>,
    /// The calendar year looked at.
    #[serde(skip_serializing_if = "blank")]
    pub horizon: Option<i16>,
    /// What is spent.
    #[serde(skip_serializing_if = "blank")]
    pub cost: Quantity,
    /// The market figure that prints the value, to compare with.
    #[serde(skip_serializing_if = "blank")]
    pub claimed_value: Option<RowId>,
    /// The market figure that prints how many times the cost it is, to compare with.
    #[serde(skip_serializing_if = "blank")]
    pub claimed_multiple: Option<RowId>,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// A span, a milestone or a value on the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoadmapItem {
    /// Names the row within its list.
    pub id: RowId,
    /// The lane (期間, 評価, 規制 …).
    #[serde(skip_serializing_if = "blank")]
    pub lane: String,
    /// Whose it is, if not its subject's own (後継, D …).
    #[serde(skip_serializing_if = "blank")]
    pub about: String,
    /// What happens.
    #[serde(skip_serializing_if = "blank")]
    pub label: String,
    /// What kind of entry it is.
    #[serde(skip_serializing_if = "blank")]
    pub kind: RoadmapKind,
    /// When: a point, or a span with its end.
    #[serde(skip_serializing_if = "blank")]
    pub when: When,
    /// The value reached or aimed at, if any.
    #[serde(skip_serializing_if = "blank")]
    pub amount: Quantity,
    /// Its place in a chain that has an order but no dates (段).
    #[serde(skip_serializing_if = "blank")]
    pub step: Option<u16>,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// The kind of a roadmap entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum RoadmapKind {
    /// A span of time.
    Period,
    /// A point in time.
    #[default]
    Milestone,
    /// A value to reach.
    Target,
    /// A value reached.
    Actual,
    /// A value expected.
    Projection,
}

impl RoadmapKind {
    /// All kinds, in the order in which a choice shows them.
    pub const ALL: [Self; 5] = [Self::Period, Self::Milestone, Self::Target, Self::Actual, Self::Projection];
}

/// Any other table of the material (clinical studies, cost breakdowns …): a caption, columns, rows of text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FactTable {
    /// Names the table within its list.
    pub id: RowId,
    /// Its caption.
    #[serde(skip_serializing_if = "blank")]
    pub title: String,
    /// Column headings.
    #[serde(skip_serializing_if = "blank")]
    pub columns: Vec<String>,
    /// The rows. A row shorter than the headings has empty cells at its end.
    #[serde(skip_serializing_if = "blank")]
    pub rows: Vec<FactRow>,
    /// Notes under it.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A row of a [`FactTable`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FactRow {
    /// Names the row within its table.
    pub id: RowId,
    /// The cells, in the order of the columns.
    #[serde(skip_serializing_if = "blank")]
    pub cells: Vec<String>,
}

/// The caption of a figure or table of the original report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FigureCaption {
    /// Names the row within its list.
    pub id: RowId,
    /// 図 or 表.
    #[serde(skip_serializing_if = "blank")]
    pub kind: String,
    /// Its number as printed.
    #[serde(skip_serializing_if = "blank")]
    pub no: String,
    /// Its caption.
    #[serde(skip_serializing_if = "blank")]
    pub caption: String,
    /// The source that the report names.
    #[serde(skip_serializing_if = "blank")]
    pub cited: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// 前回評価の指摘事項: a finding of an earlier evaluation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PreviousFinding {
    /// Names the row within its list.
    pub id: RowId,
    /// Who found it, as printed.
    #[serde(skip_serializing_if = "blank")]
    pub source: String,
    /// When, if printed.
    #[serde(skip_serializing_if = "blank")]
    pub when: When,
    /// The criterion, if printed.
    #[serde(skip_serializing_if = "blank")]
    pub criterion: String,
    /// The finding.
    #[serde(skip_serializing_if = "blank")]
    pub finding: String,
    /// 対処状況
    #[serde(skip_serializing_if = "blank")]
    pub response: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

has_id!(
    ResearchItem,
    ResearchTask,
    Competitor,
    HistoryEntry,
    MarketFigure,
    Scenario,
    RoadmapItem,
    FactTable,
    FactRow,
    FigureCaption,
    PreviousFinding,
);
