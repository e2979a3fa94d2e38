//! The words by which tables are recognised: one table of synonyms for headings, one for captions, one for the
//! labels of an overview sheet.
//!
//! Words are compared folded ([`key`](crate::import::normal::key)): width, white space, brackets and look-alikes do
//! not matter. A word may mean several things; which of them holds is told by the table around it.

use super::super::TableKind;
use super::super::normal::key;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a heading of a column or row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Concept {
    /// A research item.
    Item,
    /// A running number.
    No,
    /// A task of a research item.
    Task,
    /// Who does it.
    Implementer,
    /// What is done.
    Contents,
    /// Which project.
    Project,
    /// What is measured.
    Indicator,
    /// What is measured, and it is an output.
    Output,
    /// What is measured, and it is an outcome.
    Outcome,
    /// 中間 or 最終
    TargetKind,
    /// By when.
    TargetYear,
    /// How much is aimed at.
    Target,
    /// How much was reached.
    Actual,
    /// What is expected of it.
    Outlook,
    /// More about it.
    Supplement,
    /// As of when.
    AsOf,
    /// In which unit.
    Unit,
    /// A fiscal year.
    Year,
    /// An amount of money.
    Amount,
    /// 委託, 補助
    FundingKind,
    /// A sum of what stands beside it.
    Total,
    /// A sum of some of what stands beside it.
    Subtotal,
    /// 契約額
    Contract,
    /// 執行額
    Executed,
    /// 予算額
    Budget,
    /// 総契約額, 総執行額, 総予算額
    GrandAmount,
    /// A criterion.
    Criterion,
    /// The mean of the scores.
    Mean,
    /// The members' scores side by side.
    Members,
    /// Which member.
    Member,
    /// A score.
    Score,
    /// 肯定的意見
    Positive,
    /// 問題点・改善すべき点
    Issue,
    /// The text on which the committee agreed.
    Consensus,
    /// A comment of any kind.
    Comment,
    /// 提言
    Recommendation,
    /// 対処方針
    Response,
    /// 所見
    Finding,
    /// 指摘事項
    PreviousFinding,
    /// What a market figure is of.
    Market,
    /// When something is, at any precision.
    When,
    /// Growth a year.
    Growth,
    /// Whose figure it is.
    Cited,
    /// 実績 or 予測
    FigureKind,
    /// Lane of a roadmap.
    Lane,
    /// Entry of a roadmap.
    Milestone,
    /// Begin of a span.
    Start,
    /// End of a span.
    End,
    /// What an amount is among those of one item and year.
    Facet,
    /// A value of any kind.
    Value,
}

/// Headings and labels, by what they speak of.
const HEADINGS: &[(Concept, &[&str])] = &[
    (
        Concept::Item,
        &[
            "研究開発項目",
            "研究項目",
            "研究開発課題",
            "研究開発テーマ",
            "研究テーマ",
            "事業項目",
            "実施項目",
            "項目名",
            "研究開発項目名",
            "研究開発の項目",
            "個別要素技術",
            "要素技術",
            "サブテーマ",
            "課題・項目",
            "R&D item",
            "research item",
            "item",
        ],
    ),
    (Concept::No, &["番号", "no", "no.", "項番", "#", "№", "整理番号", "通番", "連番"]),
    (
        Concept::Task,
        &[
            "研究課題名",
            "課題名",
            "研究開発課題名",
            "個別課題",
            "個別課題名",
            "研究題目",
            "委託業務題目",
            "研究課題",
            "実施内容・課題名",
            "task",
        ],
    ),
    (
        Concept::Implementer,
        &[
            "実施者",
            "実施機関",
            "実施者名",
            "実施機関名",
            "委託先",
            "参加機関",
            "代表機関",
            "研究機関",
            "担当機関",
            "実施体制",
            "委託先・実施者",
            "実施主体",
            "所属機関",
            "研究開発代表者所属",
            "実施先",
            "補助先",
            "implementer",
        ],
    ),
    (
        Concept::Contents,
        &["内容", "研究内容", "研究開発内容", "研究開発の内容", "実施内容", "概要", "研究概要"],
    ),
    (
        Concept::Project,
        &[
            "プロジェクト",
            "プロジェクト名",
            "個別プロジェクト",
            "研究開発課題(プロジェクト)",
            "課題(プロジェクト)",
            "サブプログラム",
            "事業",
            "事業名",
            "project",
        ],
    ),
    (
        Concept::Indicator,
        &[
            "指標",
            "指標名",
            "評価指標",
            "成果指標",
            "活動指標",
            "目標指標",
            "定量的指標",
            "定量的な成果指標",
            "指標・目標",
            "KPI",
            "indicator",
        ],
    ),
    (
        Concept::Output,
        &[
            "アウトプット指標",
            "アウトプット",
            "事業アウトプット",
            "事業アウトプット指標",
            "アウトプット指標名",
            "活動指標及び活動実績",
            "output indicator",
            "output",
        ],
    ),
    (
        Concept::Outcome,
        &[
            "アウトカム指標",
            "アウトカム",
            "事業アウトカム",
            "事業アウトカム指標",
            "アウトカム指標名",
            "成果目標及び成果実績",
            "成果目標",
            "outcome indicator",
            "outcome",
        ],
    ),
    (
        Concept::TargetKind,
        &[
            "目標種別",
            "目標区分",
            "目標の種別",
            "目標の区分",
            "種別",
            "区分",
            "中間/最終",
            "中間・最終",
            "目標の種類",
        ],
    ),
    (
        Concept::TargetYear,
        &[
            "目標年度",
            "達成年度",
            "目標時期",
            "達成時期",
            "目標達成時期",
            "目標年",
            "目標達成年度",
            "達成目標年度",
        ],
    ),
    (
        Concept::Target,
        &[
            "目標",
            "目標値",
            "目標水準",
            "目標・指標",
            "目標数",
            "目標件数",
            "数値目標",
            "達成目標",
            "目標とする値",
            "target",
        ],
    ),
    (
        Concept::Actual,
        &[
            "実績",
            "実績値",
            "成果",
            "成果実績",
            "達成値",
            "実績数",
            "実績件数",
            "活動実績",
            "達成実績",
            "結果",
            "actual",
            "result",
        ],
    ),
    (
        Concept::Outlook,
        &[
            "目標達成の見込み",
            "達成見込み",
            "達成の見込み",
            "達成状況",
            "達成度",
            "目標達成状況",
            "目標の達成状況",
            "達成見通し",
            "見通し",
            "達成/未達",
            "目標達成見込み",
            "達成の可否",
            "達成状況・見込み",
            "目標達成の見通し",
            "進捗状況",
            "進捗",
            "outlook",
        ],
    ),
    (
        Concept::Supplement,
        &[
            "補足",
            "備考",
            "補足説明",
            "説明",
            "設定理由",
            "設定の考え方",
            "根拠",
            "設定理由・根拠",
            "目標の設定理由",
            "特記事項",
            "コメント・補足",
            "摘要",
            "note",
            "notes",
            "remarks",
            "注記",
            "原因分析等",
        ],
    ),
    (
        Concept::AsOf,
        &["時点", "実績時点", "実績の時点", "基準時点", "把握時点", "測定時点", "実績年度", "as of"],
    ),
    (Concept::Unit, &["単位", "unit"]),
    (
        Concept::Year,
        &[
            "年度",
            "会計年度",
            "実施年度",
            "事業年度",
            "年",
            "西暦",
            "予算年度",
            "契約年度",
            "fy",
            "fiscal year",
            "year",
        ],
    ),
    (
        Concept::Amount,
        &[
            "金額",
            "額",
            "予算",
            "配分額",
            "資金配分額",
            "予算配分額",
            "交付額",
            "委託費",
            "費用",
            "事業費",
            "資金",
            "研究費",
            "amount",
        ],
    ),
    (
        Concept::FundingKind,
        &[
            "資金種別",
            "資金区分",
            "委託/補助",
            "委託・補助",
            "委託・補助の別",
            "委託/補助の別",
            "資金形態",
            "契約形態",
            "形態",
            "区分",
            "実施形態",
        ],
    ),
    (
        Concept::Total,
        &[
            "合計",
            "計",
            "総計",
            "総額",
            "累計",
            "合計額",
            "全体",
            "総合計",
            "事業合計",
            "プロジェクト合計",
            "合計金額",
            "項目計",
            "項目合計",
            "全項目計",
            "全項目合計",
            "年度計",
            "年度合計",
            "年度別合計",
            "課題計",
            "課題合計",
            "全体計",
            "総合計額",
            "計・合計",
            "total",
            "grand total",
            "sum",
        ],
    ),
    (Concept::Subtotal, &["小計", "中計", "中間計", "subtotal", "sub total"]),
    (
        Concept::Facet,
        &[
            "委託",
            "補助",
            "助成",
            "直接経費",
            "間接経費",
            "直接費",
            "間接費",
            "当初",
            "補正",
            "予備費",
            "当初予算",
            "補正予算",
            "計画",
            "予定",
            "執行",
            "見込",
            "上期",
            "下期",
        ],
    ),
    (Concept::Contract, &["契約額", "契約金額", "当初契約額", "contract amount"]),
    (
        Concept::Executed,
        &["執行額", "支出額", "決算額", "執行実績額", "執行金額", "実績額", "executed amount"],
    ),
    (Concept::Budget, &["予算額", "当初予算額", "予算現額", "予算総額", "歳出予算額", "予算金額", "budget"]),
    (
        Concept::GrandAmount,
        &[
            "総契約額",
            "総執行額",
            "総予算額",
            "契約総額",
            "執行総額",
            "予算総額",
            "契約額合計",
            "執行額合計",
            "予算額合計",
            "総事業費",
            "総支出額",
        ],
    ),
    (
        Concept::Criterion,
        &[
            "評価項目",
            "評価の観点",
            "評価観点",
            "評価基準",
            "評価軸",
            "評価の項目",
            "観点",
            "評価の基準",
            "criterion",
            "criteria",
        ],
    ),
    (
        Concept::Mean,
        &[
            "評点",
            "平均",
            "平均点",
            "評点平均",
            "平均評点",
            "評点(平均)",
            "評点の平均",
            "平均値",
            "評点平均値",
            "mean",
            "average",
        ],
    ),
    (
        Concept::Members,
        &[
            "各委員の評価",
            "各委員の評点",
            "委員別評点",
            "委員の評点",
            "各委員評点",
            "委員別の評点",
            "委員",
            "評価委員",
            "各委員",
            "委員評点",
            "members",
        ],
    ),
    (Concept::Member, &["委員", "委員名", "評価委員", "評価者", "委員氏名", "氏名", "member"]),
    (Concept::Score, &["評点", "点数", "得点", "スコア", "評価点", "採点", "評価", "score"]),
    (
        Concept::Positive,
        &[
            "肯定的意見",
            "肯定的な意見",
            "肯定意見",
            "評価できる点",
            "優れている点",
            "良い点",
            "肯定的な評価",
            "優れた点",
        ],
    ),
    (
        Concept::Issue,
        &[
            "問題点・改善すべき点",
            "問題点",
            "改善すべき点",
            "問題点及び改善すべき点",
            "問題点と改善すべき点",
            "改善点",
            "問題点・改善点",
            "課題・改善点",
            "課題",
            "懸念点",
            "否定的意見",
        ],
    ),
    (
        Concept::Consensus,
        &["総合評価", "評価結果", "総意", "評価検討会の総合評価", "総合評価コメント", "総評", "総合コメント"],
    ),
    (
        Concept::Comment,
        &["コメント", "意見", "評価コメント", "委員コメント", "所感", "委員の意見", "comment"],
    ),
    (
        Concept::Recommendation,
        &[
            "提言",
            "今後の研究開発の方向等に関する提言",
            "今後の研究開発の方向等に関する提言内容",
            "提言内容",
            "委員会の提言",
            "評価検討会の提言",
            "各委員の提言",
            "recommendation",
        ],
    ),
    (
        Concept::Response,
        &[
            "対処方針",
            "対応方針",
            "対応状況",
            "対処状況",
            "対応",
            "対処",
            "提言に対する対処方針",
            "提言に対する担当課室の対処方針",
            "提言に対する担当課室の対処方針等",
            "所見に対する対処方針",
            "指摘への対応",
            "対応・対処方針",
            "今後の対応",
            "対処方針・対応状況",
            "担当課室の対処方針等",
            "担当課室の対処方針",
            "担当課の対処方針",
            "対処方針等",
            "response",
        ],
    ),
    (
        Concept::Finding,
        &[
            "所見",
            "評価wgの所見",
            "評価ワーキンググループの所見",
            "wgの所見",
            "評価wg所見",
            "所見(評価wg)",
            "finding",
        ],
    ),
    (
        Concept::PreviousFinding,
        &[
            "指摘事項",
            "指摘",
            "前回評価の指摘事項",
            "前回の指摘事項",
            "指摘内容",
            "中間評価の指摘事項",
            "前回指摘事項",
            "前回評価における指摘事項",
            "指摘事項の内容",
            "評価の指摘",
            "事前評価の指摘事項",
            "前回評価の指摘",
        ],
    ),
    (
        Concept::Market,
        &[
            "市場規模",
            "市場",
            "市場予測",
            "世界市場",
            "国内市場",
            "市場名",
            "対象市場",
            "市場規模(予測)",
            "経済効果",
        ],
    ),
    (Concept::When, &["時期", "年次", "時点", "年・年度", "実施時期", "年月", "日付", "期間", "年", "年度"]),
    (Concept::Growth, &["成長率", "年平均成長率", "cagr", "伸び率", "年率", "年成長率", "増加率"]),
    (Concept::Cited, &["出典", "出所", "資料", "引用", "引用元", "出典・根拠", "source"]),
    (Concept::FigureKind, &["種別", "区分", "実績/予測", "実績・予測", "種類"]),
    (Concept::Lane, &["区分", "分類", "レーン", "カテゴリ", "分野", "系列", "主体", "lane"]),
    (
        Concept::Milestone,
        &["マイルストーン", "取組", "取組内容", "実施事項", "イベント", "項目", "内容", "事項", "到達点"],
    ),
    (Concept::Start, &["開始", "開始時期", "開始年度", "始期", "開始年", "start", "から"]),
    (Concept::End, &["終了", "終了時期", "終了年度", "終期", "完了時期", "完了", "終了年", "end", "まで"]),
    (Concept::Value, &["値", "数値", "数", "件数", "数量", "数値(単位)", "value", "規模"]),
];

/// Captions and sheet names, by the kind of table that stands under them. The first that occurs in a caption holds, so
/// that 「アウトカムに至るまでのロードマップ」 is a roadmap and 「提言及び提言に対する対処方針」 recommendations.
const CAPTIONS: &[(TableKind, &[&str])] = &[
    (TableKind::Roadmap, &["ロードマップ"]),
    (TableKind::Funding, &["資金配分", "予算配分", "研究費配分", "資金の配分", "研究開発予算", "項目別予算"]),
    (
        TableKind::OtherIndicators,
        &[
            "その他の指標",
            "その他指標",
            "論文・特許",
            "論文数・特許",
            "論文、特許",
            "特許・論文",
            "知財・論文",
        ],
    ),
    (
        TableKind::PreviousFindings,
        &[
            "前回評価",
            "前回の評価",
            "前回指摘",
            "前回の指摘",
            "中間評価の指摘",
            "中間評価における指摘",
            "過去の評価",
        ],
    ),
    (
        TableKind::Findings,
        &["評価ワーキンググループの所見", "評価wgの所見", "所見", "評価ワーキンググループ", "評価wg"],
    ),
    (TableKind::Scores, &["評点法", "評点結果", "評点"]),
    (TableKind::Recommendations, &["提言"]),
    (TableKind::Market, &["市場予測", "市場規模", "市場の見通し", "市場", "経済効果"]),
    (TableKind::Outcomes, &["アウトカム", "成果目標"]),
    (TableKind::Outputs, &["アウトプット", "活動指標"]),
    (
        TableKind::ResearchItems,
        &[
            "研究開発項目と実施者",
            "実施者一覧",
            "実施体制",
            "研究開発項目及び実施者",
            "研究開発項目・実施者",
            "実施者",
        ],
    ),
    (TableKind::Amounts, &["契約額", "執行額", "予算額", "予算の推移", "予算・執行"]),
    (TableKind::Overview, &["概要表", "事業概要", "プロジェクト概要", "事業の概要", "概要"]),
    (TableKind::Comments, &["肯定的意見", "問題点・改善すべき点", "コメント"]),
    (TableKind::Consensus, &["総合評価"]),
];

/// A field of an overview sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// 名称
    Name,
    /// 類型
    Type,
    /// 担当課室
    Section,
    /// 上位施策
    Policies,
    /// 目的
    Purpose,
    /// 実施時期
    Period,
    /// 評価対象期間
    EvaluatedPeriod,
    /// 会計区分
    Account,
    /// 評価時期
    Schedule,
    /// 実施形態
    Implementation,
    /// プロジェクトリーダー and other leaders; the label is the role.
    Leader,
    /// 国費総額
    NationalCost,
}

/// Labels of an overview sheet. Words that stand in other tables as well (課題, 目標) are not among them.
const FIELDS: &[(Field, &[&str])] = &[
    (
        Field::Name,
        &[
            "名称",
            "事業名",
            "事業の名称",
            "事業名称",
            "プロジェクト名",
            "プロジェクトの名称",
            "プログラム名",
            "プログラムの名称",
            "研究開発課題の名称",
            "複数課題プログラム名",
            "研究開発課題(プロジェクト)名",
            "プロジェクト名称",
            "研究開発課題名(プロジェクト名)",
            "案件名",
        ],
    ),
    (Field::Type, &["類型", "評価の類型", "事業類型", "類型区分"]),
    (
        Field::Section,
        &[
            "担当課室",
            "担当課",
            "担当部署",
            "担当部局",
            "所管課",
            "担当部局・課室",
            "主管課",
            "推進部署",
            "担当推進部署",
            "担当課室名",
        ],
    ),
    (
        Field::Policies,
        &[
            "上位施策",
            "上位施策等",
            "関連する上位施策",
            "上位政策",
            "上位の施策",
            "プロジェクトの位置付け(上位施策)",
            "上位施策名",
        ],
    ),
    (
        Field::Purpose,
        &[
            "目的",
            "事業目的",
            "事業の目的",
            "プロジェクトの目的",
            "研究開発の目的",
            "目的・概要",
            "事業の目的・概要",
        ],
    ),
    (
        Field::Period,
        &[
            "実施時期",
            "実施期間",
            "事業期間",
            "研究開発期間",
            "プロジェクト期間",
            "事業実施期間",
            "実施年度",
            "実施予定期間",
            "プロジェクト実施期間",
            "事業の実施期間",
        ],
    ),
    (Field::EvaluatedPeriod, &["評価対象期間", "評価の対象期間", "対象期間"]),
    (Field::Account, &["会計区分", "会計", "会計の区分", "予算区分", "会計種別"]),
    (
        Field::Schedule,
        &[
            "評価時期",
            "評価の時期",
            "評価実施時期",
            "評価スケジュール",
            "評価の実施時期",
            "評価予定",
            "評価(時期)",
        ],
    ),
    (
        Field::Implementation,
        &[
            "実施形態",
            "事業形態",
            "事業の実施形態",
            "実施の形態",
            "資金の流れ",
            "実施スキーム",
            "事業スキーム",
        ],
    ),
    (
        Field::Leader,
        &[
            "プロジェクトリーダー",
            "サブプロジェクトリーダー",
            "pl",
            "spl",
            "プログラムスーパーバイザー",
            "プログラムオフィサー",
            "プログラムディレクター",
            "ps",
            "po",
            "pd",
            "ps・po",
            "pl・spl",
            "プロジェクトマネージャー",
            "pm",
            "pmgr",
            "研究代表者",
            "研究開発責任者",
            "プログラムマネージャー",
            "プロジェクトリーダ",
            "プログラムリーダー",
            "総括研究代表者",
        ],
    ),
    (
        Field::NationalCost,
        &[
            "国費総額",
            "国費総額(見込み)",
            "国費負担額",
            "国費投入総額",
            "国費投入額",
            "事業費総額(国費)",
            "総事業費(国費分)",
        ],
    ),
];

/// Names that 「その他の指標」 count, as they begin.
const COUNTED: &[&str] = &[
    "論文数",
    "論文",
    "論文発表",
    "国内特許",
    "国外特許",
    "海外特許",
    "外国特許",
    "特許出願",
    "特許登録",
    "特許",
    "pct",
    "国際出願",
    "国際標準",
    "標準化",
    "学会発表",
    "口頭発表",
    "プレス発表",
    "プレスリリース",
    "受賞",
    "講演",
    "展示会",
    "共同研究",
    "ライセンス",
    "プロトタイプ",
    "書籍",
    "報道",
    "新聞",
    "国際特許",
    "査読付き論文",
    "査読論文",
];

/// The concepts that the folded word stands for.
pub(super) fn concepts(folded: &str) -> &'static [Concept] {
    static TABLE: LazyLock<HashMap<String, Vec<Concept>>> = LazyLock::new(|| {
        let mut table: HashMap<String, Vec<Concept>> = HashMap::new();
        for (concept, words) in HEADINGS {
            for word in *words {
                table.entry(key(word)).or_default().push(*concept);
            }
        }
        table
    });
    TABLE.get(folded).map_or(&[], Vec::as_slice)
}

/// The field of an overview sheet that the folded label names.
pub(super) fn field(folded: &str) -> Option<Field> {
    static TABLE: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
        FIELDS.iter().flat_map(|(field, words)| words.iter().map(move |word| (key(word), *field))).collect()
    });
    TABLE.get(folded).copied()
}

/// The kind of table that a folded caption announces.
pub(super) fn announced(folded: &str) -> Option<TableKind> {
    static TABLE: LazyLock<Vec<(TableKind, Vec<String>)>> = LazyLock::new(|| {
        CAPTIONS.iter().map(|(kind, words)| (*kind, words.iter().map(|word| key(word)).collect())).collect()
    });
    TABLE.iter().find(|(_, words)| words.iter().any(|word| folded.contains(word))).map(|(kind, _)| *kind)
}

/// Whether a folded text begins with a word that announces a table.
pub(super) fn begins_caption(folded: &str) -> bool {
    CAPTIONS.iter().flat_map(|(_, words)| *words).any(|word| folded.starts_with(&key(word)))
}

/// Whether a folded label names something that 「その他の指標」 count.
pub(super) fn is_counted(folded: &str) -> bool {
    static TABLE: LazyLock<Vec<String>> = LazyLock::new(|| COUNTED.iter().map(|word| key(word)).collect());
    TABLE.iter().any(|word| folded.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        assert_eq!(concepts(&key("研究 開発 項目")), [Concept::Item]);
        assert!(concepts(&key("評　点")).contains(&Concept::Mean));
        assert!(concepts(&key("人口")).is_empty());
        assert_eq!(field(&key("担当課室")), Some(Field::Section));
        assert_eq!(announced(&key("８．アウトカムに至るまでのロードマップ")), Some(TableKind::Roadmap));
        assert_eq!(announced(&key("６．事業アウトプット")), Some(TableKind::Outputs));
        assert_eq!(announced(&key("都道府県別社会増減数")), None);
        assert!(is_counted(&key("国内特許出願数")));
    }

    #[test]
    fn every_word_is_reachable() {
        for word in HEADINGS.iter().flat_map(|(_, words)| *words) {
            assert!(!concepts(&key(word)).is_empty(), "{word}");
        }
        for (field, words) in FIELDS {
            for word in *words {
                assert_eq!(super::field(&key(word)), Some(*field), "{word}");
            }
        }
    }
}
