//! The pages of the window and their tabs.

use crate::locale::Lang;
use crate::model::{Dossier, Place, Step, SubjectId};
use serde::{Deserialize, Serialize};

/// Where the user is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// 評価の実施: a round's set-up, its ballots and how far it is.
    Round,
    /// The preview of a merge.
    Merge,
    /// A member's own ballot, in a member's hands.
    OwnBallot,
    /// 確認, opened at the findings about a place if there is one.
    Checks(Option<Place>),
    /// The report's own texts.
    ReportTexts,
    /// The import of tables from outside.
    Import,
    /// The export of the report bundle.
    Export,
}

impl Route {
    /// Where an open dossier begins.
    pub(crate) fn programme() -> Self {
        Self::Material(SubjectId::programme(), MaterialTab::default())
    }

    /// Whether the page is one of that dossier's, and says something by itself.
    pub(crate) fn is_of(&self, dossier: &Dossier) -> bool {
        match self {
            Self::Material(id, _) | Self::Evaluation(id, _) => dossier.subject(id).is_some(),
            Self::Start | Self::Import | Self::Merge | Self::OwnBallot => false,
            _ => true,
        }
    }

    /// The page that shows a place of the dossier; none for the dossier as a whole.
    pub(crate) fn of_place(place: &Place) -> Option<Self> {
        let steps: Vec<&str> = place.steps().iter().map(Step::as_str).collect();
        let (subject, field, within) = match steps.as_slice() {
            ["programme", rest @ ..] => (SubjectId::programme(), rest.first(), rest.get(1)),
            ["projects", id, rest @ ..] => (SubjectId::from(*id), rest.first(), rest.get(1)),
            ["report", ..] => return Some(Self::ReportTexts),
            ["working_group_sessions", ..] => return Some(Self::WorkingGroup),
            ["members" | "committees" | "criteria", ..] => return Some(Self::People),
            ["rounds", ..] => return Some(Self::Round),
            ["policies", ..] => return Some(Self::programme()),
            _ => return None,
        };
        let material = match field.copied().unwrap_or_default() {
            "evaluation" => {
                let tab = match within.copied().unwrap_or_default() {
                    "comments" => EvaluationTab::Comments,
                    "consensus" => EvaluationTab::Consensus,
                    "recommendations" => EvaluationTab::Recommendations,
                    "sessions" => return Some(Self::WorkingGroup),
                    _ => EvaluationTab::Scores,
                };
                return Some(Self::Evaluation(subject, tab));
            }
            "sections" => MaterialTab::Text,
            "amounts" | "funding" => MaterialTab::Budget,
            "research_items" => MaterialTab::Items,
            "outputs" | "other_indicators" | "output_groups" => MaterialTab::Outputs,
            "outcomes" => MaterialTab::Outcomes,
            "roadmap" => MaterialTab::Roadmap,
            "market" => MaterialTab::Market,
            "competitors" | "history" => MaterialTab::Trends,
            "tables" | "captions" => MaterialTab::Tables,
            "previous_findings" => MaterialTab::Previous,
            _ => MaterialTab::Overview,
        };
        Some(Self::Material(subject, material))
    }
}

/// The parts of a subject's material, in the report's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
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
    /// ロジックモデル
    Logic,
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
    pub(crate) const ALL: [Self; 12] = [
        Self::Overview,
        Self::Text,
        Self::Budget,
        Self::Items,
        Self::Outputs,
        Self::Outcomes,
        Self::Logic,
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
            Self::Logic => lang.t("ロジックモデル", "Logic model"),
            Self::Roadmap => lang.t("ロードマップ", "Roadmap"),
            Self::Market => lang.t("市場・経済", "Market"),
            Self::Trends => lang.t("競合・歴史", "Trends"),
            Self::Tables => lang.t("図表", "Tables"),
            Self::Previous => lang.t("前回評価", "Previous"),
        }
    }
}

/// The parts of a subject's evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub(crate) enum EvaluationTab {
    /// 評点
    #[default]
    Scores,
    /// 結果
    Results,
    /// コメント
    Comments,
    /// 総合評価
    Consensus,
    /// 提言と対処方針
    Recommendations,
}

impl EvaluationTab {
    /// All parts.
    pub(crate) const ALL: [Self; 5] =
        [Self::Scores, Self::Results, Self::Comments, Self::Consensus, Self::Recommendations];

    /// What the tab says.
    pub(crate) fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Scores => lang.t("評点", "Scores"),
            Self::Results => lang.t("結果", "Results"),
            Self::Comments => lang.t("コメント", "Comments"),
            Self::Consensus => lang.t("総合評価", "Consensus"),
            Self::Recommendations => lang.t("提言・対処方針", "Recommendations"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_on_its_page() {
        for (place, route) in [
            (
                "projects/A/funding/items/r1/amounts/2019",
                Some(Route::Material("A".into(), MaterialTab::Budget)),
            ),
            ("programme/overview/name", Some(Route::programme())),
            ("projects/B/evaluation/scores/M1/3", Some(Route::Evaluation("B".into(), EvaluationTab::Scores))),
            ("programme/evaluation/sessions/s1", Some(Route::WorkingGroup)),
            ("members/M1/name", Some(Route::People)),
            ("", None),
        ] {
            assert_eq!(Route::of_place(&Place::from(place)), route, "{place}");
        }
    }
}
