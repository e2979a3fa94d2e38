//! The pages of the window and their tabs.

use crate::locale::Lang;
use crate::model::{Place, SubjectId};

/// Where the user is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Route {
    /// The start page.
    #[default]
    Start,
    /// The material of the programme or a project.
    Material(SubjectId, MaterialTab),
    /// The evaluation of the programme or a project.
    Evaluation(SubjectId, EvaluationTab),
    /// 評価WG
    WorkingGroup,
    /// 委員・評価項目
    People,
    /// 確認, opened at the findings about a place if there is one.
    Checks(Option<Place>),
    /// The report's own texts.
    ReportTexts,
    /// The export of the report bundle.
    Export,
}

impl Route {
    /// Where an open dossier begins.
    pub(crate) fn programme() -> Self {
        Self::Material(SubjectId::programme(), MaterialTab::default())
    }
}

/// The parts of a subject's material, in the report's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) enum MaterialTab {
    /// 概要
    #[default]
    Overview,
    /// 本文
    Text,
    /// 予算
    Budget,
    /// 研究項目
    Items,
    /// アウトプット
    Outputs,
    /// アウトカム
    Outcomes,
    /// ロードマップ
    Roadmap,
    /// 市場
    Market,
    /// 競合・歴史
    Trends,
    /// その他の表
    Tables,
    /// 前回評価
    Previous,
}

impl MaterialTab {
    /// All parts.
    pub(crate) const ALL: [Self; 11] = [
        Self::Overview,
        Self::Text,
        Self::Budget,
        Self::Items,
        Self::Outputs,
        Self::Outcomes,
        Self::Roadmap,
        Self::Market,
        Self::Trends,
        Self::Tables,
        Self::Previous,
    ];

    /// What the tab says.
    pub(crate) fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Overview => lang.t("概要", "Overview"),
            Self::Text => lang.t("本文", "Text"),
            Self::Budget => lang.t("予算", "Budget"),
            Self::Items => lang.t("研究項目", "Research items"),
            Self::Outputs => lang.t("アウトプット", "Outputs"),
            Self::Outcomes => lang.t("アウトカム", "Outcomes"),
            Self::Roadmap => lang.t("ロードマップ", "Roadmap"),
            Self::Market => lang.t("市場・経済", "Market"),
            Self::Trends => lang.t("競合・歴史", "Trends"),
            Self::Tables => lang.t("図表", "Tables"),
            Self::Previous => lang.t("前回評価", "Previous"),
        }
    }
}

/// The parts of a subject's evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) enum EvaluationTab {
    /// 評点
    #[default]
    Scores,
    /// コメント
    Comments,
    /// 総合評価
    Consensus,
    /// 提言と対処方針
    Recommendations,
}

impl EvaluationTab {
    /// All parts.
    pub(crate) const ALL: [Self; 4] = [Self::Scores, Self::Comments, Self::Consensus, Self::Recommendations];

    /// What the tab says.
    pub(crate) fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Scores => lang.t("評点", "Scores"),
            Self::Comments => lang.t("コメント", "Comments"),
            Self::Consensus => lang.t("総合評価", "Consensus"),
            Self::Recommendations => lang.t("提言・対処方針", "Recommendations"),
        }
    }
}
