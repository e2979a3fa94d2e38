//! What the committee says: scores, consensus, comments, recommendations, findings.

use super::super::choices::{COMMENT_KINDS, EVALUATION_KINDS};
use super::{Column, Kind, MapKey, PRINTED_AT, Part, Shape, Sheet, UnitOf, Words, column, record};
use crate::model::{CriterionNo, FrozenForm, IssuedBallot, MergeEntry, Receipt};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const fn of(
    parent: &'static str,
    key: &'static str,
    name: Words,
    about: Words,
    shape: Shape,
    columns: &'static [Column],
) -> Sheet {
    Sheet {
        key,
        name,
        about,
        part: Part::Evaluation,
        shape,
        parent: Some(parent),
        unit: UnitOf::None,
        columns,
    }
}

const fn rows(path: &'static str, prefix: &'static str) -> Shape {
    Shape::Rows { path, prefix }
}

const CRITERION: Column = column("criterion", "評価項目の番号", "Criterion no.", Kind::Count(255))
    .note("空欄は全体についてのもの。", "Empty: about the whole.");

pub(super) static SHEETS: &[Sheet] = &[
    of(
        "subjects",
        "evaluation",
        ("評価の概要", "Evaluations"),
        ("評価の種類、年度、委員の並び", "Kind, year and panel of each evaluation"),
        Shape::Fields,
        &[
            column("evaluation/kind", "評価の種類", "Kind", Kind::OptionalChoice(&EVALUATION_KINDS))
                .note("今回評価しない課題は空欄。", "Empty if not evaluated this time."),
            column("evaluation/year", "評価年度", "Year", Kind::Year),
            column("evaluation/kind_printed", "評価の呼び方（印字）", "Kind as printed", Kind::Lines),
            column("evaluation/panel", "委員（評点表の順）", "Panel", Kind::Refers("members")),
            column("evaluation/used", "総合評価に用いたコメント", "Comments taken up", Kind::Lines)
                .note("コメントの ID を 1 行に 1 件。", "Ids of comments, one a line."),
            column("evaluation/note", "備考", "Note", Kind::Text),
        ],
    ),
    of(
        "subjects",
        "scores",
        ("評点", "Scores"),
        ("委員 1 人が 1 行、評価項目が列", "A member a row, a criterion a column"),
        Shape::Map { path: "evaluation/scores", key: MapKey::Member },
        &[column("", "評点", "Score", Kind::Scores)],
    ),
    of(
        "subjects",
        "means",
        ("評点の平均（印字）", "Printed means"),
        ("報告書に印字された平均。計算値ではありません", "Means as printed, not as computed"),
        Shape::Fields,
        &[column("evaluation/printed_means", "平均", "Mean", Kind::Means)],
    ),
    of(
        "subjects",
        "consensus",
        ("総合評価", "Consensus"),
        ("委員会として合意した文章", "The text on which the committee agreed"),
        rows("evaluation/consensus", "s"),
        &[CRITERION, column("text", "本文", "Text", Kind::Long), PRINTED_AT],
    ),
    of(
        "subjects",
        "comments",
        ("コメント", "Comments"),
        ("肯定的意見、問題点、各委員の提言", "Positive opinions, issues, members' recommendations"),
        rows("evaluation/comments", "c"),
        &[
            CRITERION,
            column("kind", "種類", "Kind", Kind::Choice(&COMMENT_KINDS)),
            column("member", "委員", "Member", Kind::Refer("members")),
            column("text", "本文", "Text", Kind::Long),
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "recommendations",
        ("提言・対処方針", "Recommendations"),
        ("提言と、それへの対処方針", "Recommendations and responses"),
        rows("evaluation/recommendations", "r"),
        &[
            column("text", "提言", "Recommendation", Kind::Long),
            column("response", "対処方針", "Response", Kind::Long),
            column("note", "対処方針の根拠", "Basis of the response", Kind::Text),
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "wg_sessions",
        ("評価WGの審議", "Working group"),
        ("評価WGの回ごとの審議。所見は次のシート", "Deliberations by session; findings follow"),
        rows("evaluation/sessions", "w"),
        &[
            column("session", "回", "Session", Kind::Count(u16::MAX)),
            column("year", "年度", "Year", Kind::Year),
            column("kind", "評価の種類", "Kind", Kind::Choice(&EVALUATION_KINDS)),
            PRINTED_AT,
        ],
    ),
    of(
        "wg_sessions",
        "findings",
        ("所見・対処方針", "Findings"),
        ("評価WGの所見と対処方針。所見がないこともあります", "Findings and responses; there may be none"),
        rows("findings", "r"),
        &[
            column("criterion", "評価項目", "Criterion", Kind::Text),
            column("finding", "所見", "Finding", Kind::Long),
            column("response", "対処方針", "Response", Kind::Long),
        ],
    ),
    Sheet {
        parent: None,
        ..of(
            "",
            "rounds",
            ("評価の実施", "Rounds"),
            (
                "委員への依頼。送付と回収の記録は変えないでください",
                "What members are asked; leave the records as they are",
            ),
            rows("rounds", "r"),
            &[
                column("title", "名称", "Title", Kind::Text),
                column("subjects", "評価の対象", "Subjects", Kind::Refers("subjects")),
                column("members", "委員", "Members", Kind::Refers("members")),
                column("deadline", "締切", "Deadline", Kind::Day),
                column("instructions", "委員への案内", "Instructions", Kind::Long),
                column("threshold", "議論の目安となる平均", "Threshold of the mean", Kind::Decimal).note(
                    "平均がこれを下回ると議論の印が付きます。",
                    "A lower mean is marked for discussion.",
                ),
                column(
                    "weights",
                    "重み（記録）",
                    "Weights (record)",
                    record::<BTreeMap<CriterionNo, Decimal>>(),
                ),
                column("key", "暗号化の公開鍵", "Public key", Kind::Text),
                column(
                    "frozen",
                    "様式の確定（記録）",
                    "Form as fixed (record)",
                    record::<Option<FrozenForm>>(),
                ),
                column("issued", "送付（記録）", "Sent (record)", record::<Vec<IssuedBallot>>()),
                column("receipts", "回収（記録）", "Received (record)", record::<Vec<Receipt>>()),
                column("merges", "取りまとめ（記録）", "Merged (record)", record::<Vec<MergeEntry>>()),
            ],
        )
    },
    of(
        "rounds",
        "recusals",
        ("除斥", "Recusals"),
        ("利害関係のため評価しない委員と課題", "Members who do not judge a subject, and why"),
        rows("recusals", "r"),
        &[
            column("member", "委員", "Member", Kind::ReferAlways("members")),
            column("subject", "対象", "Subject", Kind::ReferAlways("subjects")),
            column("reason", "理由", "Reason", Kind::Text),
        ],
    ),
];
