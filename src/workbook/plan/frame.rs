//! The report, the criteria, the people; and at the end where values were read.

use super::super::choices::MEMBER_ROLES;
use super::{Column, Kind, MapKey, NOTE, Part, Shape, Sheet, UnitOf, column};

const fn rows(
    key: &'static str,
    name: super::Words,
    about: super::Words,
    shape: Shape,
    columns: &'static [Column],
) -> Sheet {
    Sheet { key, name, about, part: Part::Frame, shape, parent: None, unit: UnitOf::None, columns }
}

pub(super) static SHEETS: &[Sheet] = &[
    rows(
        "report",
        ("報告書", "Report"),
        ("表紙、まえがき、評価項目の名称", "Cover, preface, names of the sets of criteria"),
        Shape::Whole,
        &[
            column("report/title", "題名", "Title", Kind::Text),
            column("report/year", "評価年度", "Year of evaluation", Kind::Year),
            column("report/date", "表紙の年月", "Date on the cover", Kind::When),
            column("report/issuers", "発行者", "Issuers", Kind::Lines)
                .note("表紙のとおり、1 行に 1 つ。", "As on the cover, one a line."),
            column("report/preface", "はじめに", "Preface", Kind::Long),
            column("report/reading_note", "評価の部の読み方", "How to read the evaluation", Kind::Long),
            column("criteria/project/name", "課題の評価項目の名称", "Criteria for projects", Kind::Text),
            column(
                "criteria/project/scale/to_be_confirmed",
                "課題の評点の意味は要確認",
                "Scale for projects to be confirmed",
                Kind::Flag,
            ),
            column(
                "criteria/programme/name",
                "プログラムの評価項目の名称",
                "Criteria for the programme",
                Kind::Text,
            ),
            column(
                "criteria/programme/scale/to_be_confirmed",
                "プログラムの評点の意味は要確認",
                "Scale for the programme to be confirmed",
                Kind::Flag,
            ),
        ],
    ),
    rows(
        "legal_basis",
        ("準拠する指針", "Guidelines"),
        ("評価の根拠となる指針", "Guidelines under which the evaluation is made"),
        Shape::Rows { path: "report/legal_basis", prefix: "r" },
        &[
            column("name", "名称", "Name", Kind::Text),
            column("body", "決定者", "Decided by", Kind::Text),
            column("date", "決定日", "Date", Kind::When),
        ],
    ),
    rows(
        "policies",
        ("上位施策", "Upper policies"),
        ("課題が位置付けられる施策", "Policies that the projects belong to"),
        Shape::Rows { path: "policies", prefix: "P" },
        &[
            column("name", "名称", "Name", Kind::Text),
            column("body", "決定者", "Decided by", Kind::Text),
            column("date", "決定日", "Date", Kind::When),
            column("revision", "改正", "Revision", Kind::Text),
            column("revised", "改正日", "Revised", Kind::When),
        ],
    ),
    rows("sets", ("評価対象", "Set"), ("", ""), Shape::Sets, &[]),
    Sheet {
        parent: Some("sets"),
        ..rows(
            "criteria",
            ("評価項目", "Criteria"),
            ("課題とプログラムの評価項目", "Criteria for projects and for the programme"),
            Shape::Bare { path: "criteria" },
            &[
                column("no", "番号", "No.", Kind::Whole(0, 255)),
                column("label", "項目名", "Label", Kind::Text),
                column("printed", "見出し（印字）", "Heading as printed", Kind::Text),
                column("scored", "評点を付ける", "Scored", Kind::Flag),
                column("guidance", "評価の視点", "Guidance", Kind::Long),
                NOTE,
            ],
        )
    },
    Sheet {
        parent: Some("sets"),
        ..rows(
            "scale",
            ("評点の尺度", "Scale"),
            ("評点の値と意味", "Values of a score and what they mean"),
            Shape::Bare { path: "scale/steps" },
            &[
                column("value", "値", "Value", Kind::Whole(i16::MIN, i16::MAX))
                    .note("平均に用いる整数。", "The whole number that enters means."),
                column("label", "表示", "Label", Kind::Text)
                    .note("評価票に出る文字（3、A、S など）。", "What the ballot shows (3, A, S)."),
                column("meaning", "意味", "Meaning", Kind::Text),
            ],
        )
    },
    rows(
        "committees",
        ("委員会", "Committees"),
        ("評価検討会、評価WG", "The committees"),
        Shape::Rows { path: "committees", prefix: "r" },
        &[
            column("name", "名称", "Name", Kind::Text),
            column("short", "略称", "Short name", Kind::Text),
            column("role", "役割", "Role", Kind::Text),
            column("chair", "座長", "Chair", Kind::Text),
            column("chair_affiliation", "座長の所属・役職", "Chair's affiliation", Kind::Text),
            NOTE,
        ],
    ),
    rows(
        "members",
        ("委員", "Members"),
        ("評点を付ける委員", "The members who score"),
        Shape::Rows { path: "members", prefix: "M" },
        &[
            column("name", "氏名", "Name", Kind::Text),
            column("affiliation", "所属・役職", "Affiliation", Kind::Text),
            column("role", "役割", "Role", Kind::Usual(&MEMBER_ROLES)),
            NOTE,
        ],
    ),
    rows(
        "sessions",
        ("評価WGの開催", "Working group sessions"),
        ("評価WGの回と議題", "Sessions of the working group"),
        Shape::Rows { path: "working_group_sessions", prefix: "r" },
        &[
            column("no", "回", "No.", Kind::Count(u16::MAX)),
            column("year", "年度", "Year", Kind::Year),
            column("subject", "議題", "Subject", Kind::Text),
        ],
    ),
];

pub(super) static LAST: &[Sheet] = &[
    Sheet {
        part: Part::Service,
        ..rows(
            "check_notes",
            ("確認済みの点検結果", "Accepted findings"),
            ("点検結果を確認して受け入れた理由", "Findings of the checks that were accepted, and why"),
            Shape::Rows { path: "check_notes", prefix: "n" },
            &[
                column("rule", "規則", "Rule", Kind::Text),
                column("places", "場所", "Places", Kind::Lines),
                column("expected", "期待した値", "Expected", Kind::Text),
                column("found", "見つかった値", "Found", Kind::Text),
                column("reason", "受け入れた理由", "Reason", Kind::Text),
                column("by", "確認者", "By", Kind::Text),
                column("when", "確認日", "When", Kind::Text),
            ],
        )
    },
    Sheet {
        part: Part::Service,
        ..rows(
            "origins",
            ("取込元", "Origins"),
            (
                "ほかのファイルから取り込んだ値の出所（通常は触れません）",
                "Where imported values were read; rarely edited",
            ),
            Shape::Map { path: "origins", key: MapKey::Place },
            &[
                column("source", "取込元", "Read at", Kind::Source),
                column("printed", "元の表記", "As found", Kind::Text),
            ],
        )
    },
];
