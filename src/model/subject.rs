//! A subject of evaluation: the programme or one of its projects.

use super::id::has_id;
use super::{
    AmountSeries, Competitor, EvaluationKind, FactTable, FigureCaption, FiscalYear, FundingTable,
    HistoryEntry, Indicator, LogicModel, MarketFigure, OtherIndicator, OutputGroup, Period, Place,
    PreviousFinding, Quantity, ResearchItem, RoadmapItem, RowId, Scenario, SubjectEvaluation, SubjectId,
    blank,
};
use serde::{Deserialize, Serialize};

/// The programme or a project: what the material says of it, and its evaluation.
///
/// Both have the same shape, because ministries put funding, indicators and roadmaps at either level.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subject {
    /// Names the subject within the dossier; also its letter on paper.
    pub id: SubjectId,
    /// 事業概要 / 概要表
    #[serde(skip_serializing_if = "blank")]
    pub overview: Overview,
    /// The prose of the chapters.
    #[serde(skip_serializing_if = "blank")]
    pub sections: Vec<Section>,
    /// The sub-programmes that a programme lists.
    #[serde(skip_serializing_if = "blank")]
    pub sub_programmes: Vec<SubProgramme>,
    /// 契約額, 執行額
    #[serde(skip_serializing_if = "blank")]
    pub amounts: Vec<AmountSeries>,
    /// 研究開発項目 and 実施者
    #[serde(skip_serializing_if = "blank")]
    pub research_items: Vec<ResearchItem>,
    /// 資金配分
    #[serde(skip_serializing_if = "blank")]
    pub funding: FundingTable,
    /// アウトプット
    #[serde(skip_serializing_if = "blank")]
    pub outputs: Vec<Indicator>,
    /// アウトカム
    #[serde(skip_serializing_if = "blank")]
    pub outcomes: Vec<Indicator>,
    /// ロジックモデル
    #[serde(skip_serializing_if = "blank")]
    pub logic: LogicModel,
    /// その他の指標
    #[serde(skip_serializing_if = "blank")]
    pub other_indicators: Vec<OtherIndicator>,
    /// The named results behind the counts.
    #[serde(skip_serializing_if = "blank")]
    pub output_groups: Vec<OutputGroup>,
    /// 国内外の競合
    #[serde(skip_serializing_if = "blank")]
    pub competitors: Vec<Competitor>,
    /// 歴史
    #[serde(skip_serializing_if = "blank")]
    pub history: Vec<HistoryEntry>,
    /// Further tables of the material.
    #[serde(skip_serializing_if = "blank")]
    pub tables: Vec<FactTable>,
    /// 市場予測 and other economic figures
    #[serde(skip_serializing_if = "blank")]
    pub market: Vec<MarketFigure>,
    /// Named assumptions about markets
    #[serde(skip_serializing_if = "blank")]
    pub scenarios: Vec<Scenario>,
    /// ロードマップ
    #[serde(skip_serializing_if = "blank")]
    pub roadmap: Vec<RoadmapItem>,
    /// Captions of the original's figures and tables.
    #[serde(skip_serializing_if = "blank")]
    pub captions: Vec<FigureCaption>,
    /// 前回評価の指摘事項
    #[serde(skip_serializing_if = "blank")]
    pub previous_findings: Vec<PreviousFinding>,
    /// The evaluation of this subject.
    #[serde(skip_serializing_if = "blank")]
    pub evaluation: SubjectEvaluation,
}

/// 概要表: the sheet that opens each chapter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overview {
    /// 名称
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// Other wordings of the name that the report uses, each with its place.
    #[serde(skip_serializing_if = "blank")]
    pub name_variants: Vec<String>,
    /// 類型: the choices as printed.
    #[serde(skip_serializing_if = "blank")]
    pub type_options: Vec<String>,
    /// 類型: the choice that applies; none where it cannot be told.
    #[serde(skip_serializing_if = "blank")]
    pub type_selected: Option<String>,
    /// 会計区分: the choices as printed.
    #[serde(skip_serializing_if = "blank")]
    pub account_options: Vec<String>,
    /// 会計区分: the choice that applies; none where it cannot be told.
    #[serde(skip_serializing_if = "blank")]
    pub account_selected: Option<String>,
    /// A note on the choices.
    #[serde(skip_serializing_if = "blank")]
    pub selection_note: String,
    /// 担当課室
    #[serde(skip_serializing_if = "blank")]
    pub section_in_charge: String,
    /// 上位施策, by the dossier's list.
    #[serde(skip_serializing_if = "blank")]
    pub policies: Vec<RowId>,
    /// 目的
    #[serde(skip_serializing_if = "blank")]
    pub purpose: String,
    /// 実施期間
    #[serde(skip_serializing_if = "blank")]
    pub period: Period,
    /// The span that this evaluation looks at, if stated.
    #[serde(skip_serializing_if = "blank")]
    pub evaluated_period: Period,
    /// 評価時期
    #[serde(skip_serializing_if = "blank")]
    pub schedule: Vec<EvaluationPoint>,
    /// 実施形態 as printed.
    #[serde(skip_serializing_if = "blank")]
    pub implementation: String,
    /// 実施形態 step by step.
    #[serde(skip_serializing_if = "blank")]
    pub implementation_steps: Vec<ImplementationStep>,
    /// プロジェクトリーダー and other leaders
    #[serde(skip_serializing_if = "blank")]
    pub leaders: Vec<Leader>,
    /// 国費総額（見込み）
    #[serde(skip_serializing_if = "blank")]
    pub national_cost: Quantity,
    /// Where the report prints the sheet.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// An evaluation that is planned or was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluationPoint {
    /// Names the row within its list.
    pub id: RowId,
    /// Its kind.
    #[serde(skip_serializing_if = "blank")]
    pub kind: EvaluationKind,
    /// Its fiscal year; none where the report gives no year.
    #[serde(skip_serializing_if = "blank")]
    pub year: Option<FiscalYear>,
    /// As printed (2028年度（予定）).
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// A step of the chain through which the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImplementationStep {
    /// Who (国, AMED …).
    pub node: String,
    /// By which kind of funding it reaches them (委託, 定額補助).
    #[serde(skip_serializing_if = "blank")]
    pub by: String,
}

/// A leader of the project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Leader {
    /// Names the row within its list.
    pub id: RowId,
    /// PL, PS, PO …
    #[serde(skip_serializing_if = "blank")]
    pub role: String,
    /// Name as printed.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// Affiliation as printed.
    #[serde(skip_serializing_if = "blank")]
    pub affiliation: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// A chapter of the material, named by what it is about; numbering is the template's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Chapter {
    /// 政策的位置付け・背景
    #[default]
    Position,
    /// 国が実施する必要性
    Necessity,
    /// 国内外の類似・競合する研究開発の状況
    Competitors,
    /// 研究開発の内容
    Contents,
    /// 実施・マネジメント体制
    Management,
    /// アウトプット
    Outputs,
    /// アウトカム
    Outcomes,
    /// ロードマップ
    Roadmap,
    /// 費用対効果
    CostEffectiveness,
    /// 前回評価の指摘事項
    PreviousFindings,
}

impl Chapter {
    /// All chapters, in the report's order.
    pub const ALL: [Self; 10] = [
        Self::Position,
        Self::Necessity,
        Self::Competitors,
        Self::Contents,
        Self::Management,
        Self::Outputs,
        Self::Outcomes,
        Self::Roadmap,
        Self::CostEffectiveness,
        Self::PreviousFindings,
    ];
}

/// A piece of prose under a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// Names the section within its list.
    pub id: RowId,
    /// The chapter it belongs to.
    #[serde(skip_serializing_if = "blank")]
    pub chapter: Chapter,
    /// Its heading; empty for text directly under the chapter.
    #[serde(skip_serializing_if = "blank")]
    pub heading: String,
    /// The text. Each line is a paragraph; a line that begins with ・ is a bullet.
    #[serde(skip_serializing_if = "blank")]
    pub body: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// A sub-programme as the programme's chapter lists it. Its letter may name another project than the evaluated one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubProgramme {
    /// Names the row within its list.
    pub id: RowId,
    /// Its letter as printed.
    #[serde(skip_serializing_if = "blank")]
    pub code: String,
    /// Its name as printed.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// Its span.
    #[serde(skip_serializing_if = "blank")]
    pub period: Period,
    /// Its purpose.
    #[serde(skip_serializing_if = "blank")]
    pub purpose: String,
    /// The dossier's project for it, where there is one.
    #[serde(skip_serializing_if = "blank")]
    pub project: Option<SubjectId>,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
    /// Where the report prints it.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

has_id!(EvaluationPoint, Leader, Section, SubProgramme);

impl Subject {
    /// Whether this is the programme rather than a project.
    pub fn is_programme(&self) -> bool {
        self.id == SubjectId::programme()
    }

    /// Its place in the dossier.
    pub fn place(&self) -> Place {
        if self.is_programme() {
            Place::root().child("programme")
        } else {
            Place::root().child("projects").child(self.id.as_str())
        }
    }

    /// Whether this evaluation judges it. The programme always is; a project is when it has a kind of evaluation, a
    /// panel, or anything that the committee said.
    pub fn is_evaluated(&self) -> bool {
        let evaluation = &self.evaluation;
        self.is_programme()
            || evaluation.kind.is_some()
            || !evaluation.panel.is_empty()
            || !evaluation.consensus.is_empty()
            || !evaluation.comments.is_empty()
            || !evaluation.recommendations.is_empty()
    }

    /// The sections of one chapter, in order.
    pub fn sections_of(&self, chapter: Chapter) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.chapter == chapter)
    }

    /// Letter and name as people say them: `A 創薬支援…`; the programme has no letter.
    pub fn title(&self) -> String {
        if self.is_programme() {
            self.overview.name.clone()
        } else {
            format!("{} {}", self.id, self.overview.name)
        }
    }
}
