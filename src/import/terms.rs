//! The names of forms, kinds of tables and standings, in both languages.

use super::{Form, Standing, TableKind};
use crate::locale::terms;

terms! {
    Form {
        Unknown => "不明な形式", "Unknown form";
        Workbook => "Hyoka の入力用ブック", "Hyoka workbook";
        Tables => "表のファイル", "Tables";
        MappedForm => "対応付けた様式", "Mapped form";
        Map => "様式の対応付け", "Map of a form";
        RsSystem => "RSシステム", "RS System";
        Judgit => "行政事業レビューシート（JUDGIT）", "Review sheet (JUDGIT)";
        Dossier => "評価データ", "Dossier";
    }
    TableKind {
        Overview => "事業概要", "Overview";
        Amounts => "契約額・執行額・予算額", "Amounts by year";
        Funding => "資金配分", "Funding";
        ResearchItems => "研究開発項目", "Research items";
        Outputs => "アウトプット", "Outputs";
        Outcomes => "アウトカム", "Outcomes";
        OtherIndicators => "その他の指標", "Other indicators";
        Roadmap => "ロードマップ", "Roadmap";
        Market => "市場予測", "Market";
        Scores => "評点", "Scores";
        Comments => "コメント", "Comments";
        Consensus => "総合評価", "Consensus";
        Recommendations => "提言・対処方針", "Recommendations";
        Findings => "所見・対処方針", "Findings";
        PreviousFindings => "前回評価の指摘事項", "Previous findings";
        LogicModel => "ロジックモデル", "Logic model";
        People => "委員・評価項目", "Members and criteria";
        Text => "本文", "Text";
        Other => "その他の表", "Other table";
    }
    Standing {
        Same => "一致", "Same";
        New => "新規", "New";
        Changed => "変更", "Changed";
        Conflict => "矛盾", "Conflict";
    }
}
