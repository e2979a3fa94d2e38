//! The Japanese words that a report prints for the model's choices, dates and amounts.

use crate::model::{
    AmountKind, Certainty, CommentKind, EvaluationKind, Figure, FiscalYear, IndicatorStanding, MemberRole, Moment, PrintedChapter,
    Quantity, RoadmapKind, ScoreCell, TargetKind, Unit, When, grouped,
};

/// 事前評価 …
pub(crate) fn evaluation(kind: EvaluationKind) -> &'static str {
    match kind {
        EvaluationKind::Prior => "事前評価",
        EvaluationKind::Interim => "中間評価",
        EvaluationKind::Final => "終了時評価",
        EvaluationKind::FollowUp => "追跡評価",
    }
}

/// 契約額 …
pub(crate) fn amount(kind: AmountKind) -> &'static str {
    match kind {
        AmountKind::Contract => "契約額",
        AmountKind::Executed => "執行額",
        AmountKind::Budget => "予算額",
    }
}

/// 中間目標 …; nothing where the document does not say.
pub(crate) fn target(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Unstated => "",
        TargetKind::Interim => "中間目標",
        TargetKind::Final => "最終目標",
        TargetKind::Trend => "推移",
        TargetKind::Expected => "見込み",
    }
}

/// 旧指標, 後継の指標; nothing for an indicator in force.
pub(crate) fn standing(standing: IndicatorStanding) -> &'static str {
    match standing {
        IndicatorStanding::Current => "",
        IndicatorStanding::Former => "旧指標",
        IndicatorStanding::Successor => "後継の指標",
    }
}

/// Where a statement stands.
pub(crate) fn chapter(chapter: PrintedChapter) -> &'static str {
    match chapter {
        PrintedChapter::Project => "課題の章",
        PrintedChapter::Programme => "プログラムの章",
        PrintedChapter::Elsewhere => "その他",
    }
}

/// 期間, 節目 …
pub(crate) fn roadmap(kind: RoadmapKind) -> &'static str {
    match kind {
        RoadmapKind::Period => "期間",
        RoadmapKind::Milestone => "節目",
        RoadmapKind::Target => "目標",
        RoadmapKind::Actual => "実績",
        RoadmapKind::Projection => "見通し",
    }
}

/// 肯定的意見 …
pub(crate) fn comment(kind: CommentKind) -> &'static str {
    match kind {
        CommentKind::Positive => "肯定的意見",
        CommentKind::Issue => "問題点・改善すべき点",
        CommentKind::Recommendation => "提言",
    }
}

/// 座長, 委員
pub(crate) fn role(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Member => "委員",
        MemberRole::Chair => "座長",
    }
}

/// What stands in a score table for a cell without a score.
pub(crate) fn no_score(cell: ScoreCell) -> &'static str {
    match cell {
        ScoreCell::Blank | ScoreCell::Score(_) => "",
        ScoreCell::NotApplicable => "該当なし",
        ScoreCell::Recused => "除斥",
        ScoreCell::Absent => "欠席",
    }
}

/// A date as Japanese prose writes it: 2023年3月, 2021年度末.
pub(crate) fn moment(moment: Moment) -> String {
    match moment {
        Moment::Day(date) => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Moment::Month(year, month) => format!("{year}年{month}月"),
        Moment::Year(year) => format!("{year}年"),
        Moment::YearEnd(year) => format!("{year}年末"),
        Moment::Fiscal(year) => year.western(),
        Moment::FiscalEnd(year) => format!("{}末", year.western()),
        Moment::Decade(year) => format!("{year}年代"),
    }
}

/// A date or a span: as printed, or else in words.
pub(crate) fn when(when: &When) -> String {
    match (when.printed.as_str(), when.at, when.to) {
        ("", None, None) => String::new(),
        ("", at, to) => match (at.map(moment), to.map(moment)) {
            (Some(at), None) => at,
            (at, to) => format!("{}～{}", at.unwrap_or_default(), to.unwrap_or_default()),
        },
        (printed, ..) => printed.to_owned(),
    }
}

/// A span of fiscal years: 2017～2021年度.
pub(crate) fn years(from: Option<FiscalYear>, to: Option<FiscalYear>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => from.western(),
        (Some(from), Some(to)) => format!("{from}～{}", to.western()),
        (Some(from), None) => format!("{}～", from.western()),
        (None, Some(to)) => format!("～{}", to.western()),
        (None, None) => String::new(),
    }
}

/// An amount on its own, with its unit: as printed, or else the figure; a unit that is not in the text follows it.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let text = quantity.display();
    let unit = quantity.unit.as_str();
    let number = matches!(quantity.figure, Figure::Number(_) | Figure::Range(..));
    if number && !text.contains(unit) { text + unit } else { text }
}

/// An amount in a table whose heading states `unit`: the bare number where it is one in that unit and nothing more
/// is said of it, else as printed.
pub(crate) fn cell(quantity: &Quantity, unit: &Unit) -> String {
    let bare = quantity.certainty == Certainty::Settled && quantity.unit == *unit;
    match quantity.value() {
        Some(value) if bare => grouped(value),
        _ => self::quantity(quantity),
    }
}
