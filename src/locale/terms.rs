//! The domain's words for the model's choices, in both languages.

use super::Lang;
use crate::model::{
    AmountKind, Certainty, Chapter, CommentKind, EvaluationKind, FiscalYear, IndicatorStanding, LogicKind,
    MemberRole, Moment, Period, PrintedChapter, RoadmapKind, ScoreCell, TargetKind,
};

/// A choice of the model that has a name people use.
pub trait Term: Copy {
    /// Its name.
    fn term(self, lang: Lang) -> &'static str;
}

/// Names the variants of a choice in both languages, all of them.
macro_rules! terms {
    ($($kind:ident { $($variant:ident => $ja:literal, $en:literal;)+ })+) => {
        $(impl $crate::locale::Term for $kind {
            fn term(self, lang: $crate::locale::Lang) -> &'static str {
                match self {
                    $(Self::$variant => lang.t($ja, $en),)+
                }
            }
        })+
    };
}
pub(crate) use terms;

terms! {
    AmountKind {
        Contract => "契約額", "Contract amount";
        Executed => "執行額", "Executed amount";
        Budget => "予算額", "Budget";
    }
    Certainty {
        Settled => "確定", "Settled";
        About => "約", "About";
        AtLeast => "以上", "At least";
        Planned => "予定", "Planned";
        Undetermined => "未確定", "Undetermined";
    }
    Chapter {
        Position => "政策的位置付け・背景", "Policy position and background";
        Necessity => "国が実施する必要性", "Why the state does it";
        Competitors => "国内外の動向・競合", "Trends and competitors";
        Contents => "研究開発の内容", "Contents";
        Management => "実施・マネジメント体制", "Plan and management";
        Outputs => "アウトプット", "Outputs";
        Outcomes => "アウトカム", "Outcomes";
        Roadmap => "ロードマップ", "Roadmap";
        CostEffectiveness => "費用対効果", "Cost-effectiveness";
        PreviousFindings => "前回評価の指摘事項", "Previous findings";
    }
    CommentKind {
        Positive => "肯定的意見", "Positive opinion";
        Issue => "問題点・改善すべき点", "Issue to improve";
        Recommendation => "各委員の提言", "Member's recommendation";
    }
    EvaluationKind {
        Prior => "事前評価", "Prior evaluation";
        Interim => "中間評価", "Interim evaluation";
        Final => "終了時評価", "Final evaluation";
        FollowUp => "追跡評価", "Follow-up evaluation";
    }
    IndicatorStanding {
        Current => "現行", "Current";
        Former => "旧指標", "Former";
        Successor => "後継", "Successor";
    }
    LogicKind {
        Activity => "アクティビティ", "Activity";
        Output => "アウトプット", "Output";
        Outcome => "アウトカム", "Outcome";
    }
    MemberRole {
        Member => "委員", "Member";
        Chair => "座長", "Chair";
    }
    PrintedChapter {
        Programme => "プログラム章", "Programme chapter";
        Project => "プロジェクト章", "Project chapter";
        Elsewhere => "その他", "Elsewhere";
    }
    RoadmapKind {
        Period => "期間", "Period";
        Milestone => "節目", "Milestone";
        Target => "目標", "Target";
        Actual => "実績", "Actual";
        Projection => "見通し", "Projection";
    }
    TargetKind {
        Interim => "中間目標", "Interim target";
        Final => "最終目標", "Final target";
        Unstated => "種別の記載なし", "Kind not stated";
        Trend => "推移", "Trend";
        Expected => "見込み", "Expected";
    }
}

/// A span of fiscal years: as printed, or else in the window's words.
pub fn period(period: &Period, lang: Lang) -> String {
    if lang == Lang::Ja || !period.printed.is_empty() {
        return period.display();
    }
    let year = |year: Option<FiscalYear>| year.map(FiscalYear::short).unwrap_or_default();
    match (period.start, period.end) {
        (None, None) => String::new(),
        (start, end) => format!("{}–{}", year(start), year(end)),
    }
}

/// A date as prose writes it: 2023年3月, 2021年度末; March 2023 is 2023-03, and a fiscal year FY2021.
pub fn moment(moment: Moment, lang: Lang) -> String {
    match (moment, lang) {
        (Moment::Day(date), Lang::Ja) => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        (Moment::Month(year, month), Lang::Ja) => format!("{year}年{month}月"),
        (Moment::Year(year), Lang::Ja) => format!("{year}年"),
        (Moment::YearEnd(year), Lang::Ja) => format!("{year}年末"),
        (Moment::Fiscal(year), Lang::Ja) => year.western(),
        (Moment::FiscalEnd(year), Lang::Ja) => format!("{}末", year.western()),
        (Moment::Decade(year), Lang::Ja) => format!("{year}年代"),
        (Moment::YearEnd(year), Lang::En) => format!("end of {year}"),
        (Moment::FiscalEnd(year), Lang::En) => format!("end of {}", year.short()),
        (other, Lang::En) => other.to_string(),
    }
}

/// What a score cell says when it is not a score.
pub fn cell(cell: ScoreCell, lang: Lang) -> &'static str {
    match cell {
        ScoreCell::Score(_) => lang.t("評点", "Score"),
        ScoreCell::Blank => lang.t("未記入", "Blank"),
        ScoreCell::NotApplicable => lang.t("該当なし", "Not applicable"),
        ScoreCell::Recused => lang.t("除斥", "Recused"),
        ScoreCell::Absent => lang.t("欠席", "Absent"),
    }
}
