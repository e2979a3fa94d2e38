//! What a section of a report can hold.

use crate::chart::Home;
use crate::model::Chapter;
use serde::Deserialize;

/// A piece of content, by what it is about; each form of the report knows how it looks there.
///
/// Unless said otherwise a piece is about the programme or project that its section is repeated for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum Content {
    /// Words of the template's own: each line a paragraph. Belongs to the report as a whole.
    Words(String),
    /// はじめに. Belongs to the report as a whole.
    Preface,
    /// 評価の根拠. Belongs to the report as a whole.
    LegalBasis,
    /// 評価検討会 and 評価WG with their members. Belongs to the report as a whole.
    Committees,
    /// 目次 down to that level. Belongs to the report as a whole.
    Contents(u8),
    /// How the evaluation is to be read. Belongs to the report as a whole.
    ReadingNote,
    /// That a project is not evaluated this time; nothing for one that is.
    NotEvaluated,
    /// 事業概要: the overview sheet.
    Overview,
    /// 契約額, 執行額 …: amounts by year.
    Amounts,
    /// The charts of a place.
    Charts(Charts),
    /// The prose of a chapter.
    Text(Chapter),
    /// The projects or sub-programmes that it lists.
    SubProgrammes,
    /// 研究開発項目 and 実施者
    ResearchItems,
    /// 資金配分
    Funding,
    /// 国内外の競合
    Competitors,
    /// 動向の年表
    History,
    /// アウトプット指標・目標・実績
    Outputs,
    /// アウトカム指標・目標・実績
    Outcomes,
    /// その他の指標
    OtherIndicators,
    /// The named results behind the counts.
    Technologies,
    /// ロジックモデル
    Logic,
    /// Further tables of the material.
    FactTables,
    /// ロードマップ
    Roadmap,
    /// 市場等の見通し
    Market,
    /// 前回評価の指摘事項 and 対処方針
    PreviousFindings,
    /// 総合評価 in its box, 肯定的意見 and 問題点 beneath: of the section's criterion, or else of the whole.
    Opinion,
    /// The same, but only what was said.
    PartialOpinion,
    /// 【各委員の提言】 on the section's criterion, or else on the whole.
    MembersRecommendations,
    /// 提言 and 対処方針
    Recommendations,
    /// The same under the criterion on recommendations; nothing under another.
    RecommendationsHere,
    /// 評点: criteria × members, with its charts.
    Scores,
    /// 所見 and 対処方針 of the section's session.
    Findings,
    /// The criteria with their guidance, and the scale. Belongs to the report as a whole.
    CriteriaAndScale,
    /// Means, spread and agreement of all scored projects. Belongs to the report as a whole.
    Statistics,
    /// What the consistency checks found. Belongs to the report as a whole.
    Checks,
}

/// The place of charts in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the chapters are documented with `Chapter`")]
pub enum Charts {
    /// Under the overview sheet.
    Overview,
    Position,
    Necessity,
    Competitors,
    Contents,
    Management,
    Outputs,
    Outcomes,
    Roadmap,
    CostEffectiveness,
    PreviousFindings,
    /// With the score table.
    Scores,
}

impl Charts {
    /// The place as charts name it.
    pub fn home(self) -> Home {
        Home::Material(match self {
            Self::Overview => return Home::Overview,
            Self::Scores => return Home::Scores,
            Self::Position => Chapter::Position,
            Self::Necessity => Chapter::Necessity,
            Self::Competitors => Chapter::Competitors,
            Self::Contents => Chapter::Contents,
            Self::Management => Chapter::Management,
            Self::Outputs => Chapter::Outputs,
            Self::Outcomes => Chapter::Outcomes,
            Self::Roadmap => Chapter::Roadmap,
            Self::CostEffectiveness => Chapter::CostEffectiveness,
            Self::PreviousFindings => Chapter::PreviousFindings,
        })
    }
}

impl Content {
    /// The name by which the typeset report's template knows it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Words(_) => "words",
            Self::Preface => "preface",
            Self::LegalBasis => "legal_basis",
            Self::Committees => "committees",
            Self::Contents(_) => "contents",
            Self::ReadingNote => "reading_note",
            Self::NotEvaluated => "not_evaluated",
            Self::Overview => "overview",
            Self::Amounts => "amounts",
            Self::Charts(_) => "charts",
            Self::Text(_) => "text",
            Self::SubProgrammes => "sub_programmes",
            Self::ResearchItems => "research_items",
            Self::Funding => "funding",
            Self::Competitors => "competitors",
            Self::History => "history",
            Self::Outputs => "outputs",
            Self::Outcomes => "outcomes",
            Self::OtherIndicators => "other_indicators",
            Self::Technologies => "technologies",
            Self::Logic => "logic",
            Self::FactTables => "fact_tables",
            Self::Roadmap => "roadmap",
            Self::Market => "market",
            Self::PreviousFindings => "previous_findings",
            Self::Opinion => "opinion",
            Self::PartialOpinion => "partial_opinion",
            Self::MembersRecommendations => "members_recommendations",
            Self::Recommendations | Self::RecommendationsHere => "recommendations",
            Self::Scores => "scores",
            Self::Findings => "findings",
            Self::CriteriaAndScale => "criteria_and_scale",
            Self::Statistics => "statistics",
            Self::Checks => "checks",
        }
    }

    /// Whether it is about the programme or a project, and so must stand under one.
    pub fn needs_a_subject(&self) -> bool {
        !matches!(
            self,
            Self::Words(_)
                | Self::Preface
                | Self::LegalBasis
                | Self::Committees
                | Self::Contents(_)
                | Self::ReadingNote
                | Self::CriteriaAndScale
                | Self::Statistics
                | Self::Checks
        )
    }

    /// Whether it is said about the section rather than in it: a section that holds nothing else is empty.
    pub fn is_remark(&self) -> bool {
        matches!(self, Self::Words(_) | Self::ReadingNote | Self::NotEvaluated)
    }
}
