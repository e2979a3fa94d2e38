//! The programme and its projects: what the material says of them.

use super::super::choices::{
    AMOUNT_KINDS, CHAPTERS, EVALUATION_KINDS, LOGIC_KINDS, PRINTED_CHAPTERS, ROADMAP_KINDS, STANDINGS,
    TARGET_KINDS,
};
use super::{Column, Kind, MapKey, NOTE, PRINTED_AT, Part, Shape, Sheet, UnitOf, Words, column};

const fn of(
    parent: &'static str,
    key: &'static str,
    name: Words,
    about: Words,
    shape: Shape,
    columns: &'static [Column],
) -> Sheet {
    Sheet { key, name, about, part: Part::Material, shape, parent: Some(parent), unit: UnitOf::None, columns }
}

const fn rows(path: &'static str, prefix: &'static str) -> Shape {
    Shape::Rows { path, prefix }
}

const AMOUNT: Column = column("amount", "金額", "Amount", Kind::Quantity);
const FUNDING_KIND: Column = column("kind", "種別", "Kind", Kind::Text)
    .note("委託、補助など。印字がなければ空欄。", "委託, 補助 …; empty if none is printed.");

const INDICATOR: &[Column] = &[
    column("name", "指標", "Indicator", Kind::Text),
    column("unit", "単位", "Unit", Kind::Text)
        .note("目標値と実績値の単位（件、％など）。", "Unit of targets and actuals (件, %)."),
    column("standing", "状態", "Standing", Kind::Usual(&STANDINGS)),
    NOTE,
];

const STATEMENT: &[Column] = &[
    column("chapter", "記載の章", "Chapter", Kind::Choice(&PRINTED_CHAPTERS)),
    column("target/kind", "目標の種別", "Kind of target", Kind::Usual(&TARGET_KINDS)),
    column("target/year", "目標年度", "Target year", Kind::Year),
    column("target/amount", "目標値", "Target", Kind::Quantity),
    column("actual/amount", "実績値", "Actual", Kind::Quantity),
    column("actual/as_of", "実績の時点", "Actual as of", Kind::When),
    column("outlook", "達成状況・見込み", "Outlook", Kind::Text),
    column("supplement", "補足説明", "Supplement", Kind::Long),
    PRINTED_AT,
];

pub(super) static SHEETS: &[Sheet] = &[
    Sheet {
        parent: None,
        ..of(
            "",
            "subjects",
            ("課題", "Subjects"),
            (
                "プログラムと課題の事業概要。1 列に 1 件",
                "Overview of the programme and each project, one a column",
            ),
            Shape::Subjects,
            &[
                column("overview/name", "名称", "Name", Kind::Text),
                column("overview/name_variants", "名称の異表記", "Other wordings", Kind::Lines),
                column("overview/type_options", "類型の選択肢", "Type: choices", Kind::Lines),
                column("overview/type_selected", "類型", "Type", Kind::Optional),
                column("overview/account_options", "会計区分の選択肢", "Account: choices", Kind::Lines),
                column("overview/account_selected", "会計区分", "Account", Kind::Optional),
                column("overview/selection_note", "選択の注", "Note on the choices", Kind::Text),
                column("overview/section_in_charge", "担当課室", "Section in charge", Kind::Text),
                column("overview/policies", "上位施策", "Upper policies", Kind::Refers("policies")),
                column("overview/purpose", "目的", "Purpose", Kind::Long),
                column("overview/period", "実施期間", "Period", Kind::Period),
                column("overview/evaluated_period", "評価対象期間", "Evaluated period", Kind::Period),
                column("overview/implementation", "実施形態", "Implementation", Kind::Text),
                column("overview/national_cost", "国費総額", "National cost", Kind::Quantity),
                column("overview/printed_at", "掲載箇所", "Printed at", Kind::Text),
                column("logic/printed_at", "ロジックモデルの掲載箇所", "Logic model printed at", Kind::Text),
            ],
        )
    },
    of(
        "subjects",
        "schedule",
        ("評価時期", "Schedule"),
        ("事前・中間・終了時評価の年度", "When each evaluation is or was made"),
        rows("overview/schedule", "r"),
        &[
            column("kind", "評価の種類", "Kind", Kind::Choice(&EVALUATION_KINDS)),
            column("year", "年度", "Year", Kind::Year),
            column("printed", "印字どおり", "As printed", Kind::Text),
            NOTE,
        ],
    ),
    of(
        "subjects",
        "steps",
        ("実施形態の流れ", "Implementation steps"),
        ("国から実施者までの資金の流れ", "From the state to the implementers, step by step"),
        Shape::Bare { path: "overview/implementation_steps" },
        &[
            column("node", "主体", "Who", Kind::Text),
            column("by", "形態", "By", Kind::Text).note("委託、定額補助など。", "委託, 定額補助 …"),
        ],
    ),
    of(
        "subjects",
        "leaders",
        ("リーダー", "Leaders"),
        ("プロジェクトリーダーなど", "Project leaders and others"),
        rows("overview/leaders", "r"),
        &[
            column("role", "役割", "Role", Kind::Text),
            column("name", "氏名", "Name", Kind::Text),
            column("affiliation", "所属・役職", "Affiliation", Kind::Text),
            NOTE,
        ],
    ),
    of(
        "subjects",
        "sections",
        ("本文", "Text"),
        ("各章の文章", "The prose of the chapters"),
        rows("sections", "r"),
        &[
            column("chapter", "章", "Chapter", Kind::Choice(&CHAPTERS)),
            column("heading", "見出し", "Heading", Kind::Text),
            column("body", "本文", "Body", Kind::Long)
                .note("改行ごとに段落。行頭の ・ は箇条書き。", "A line is a paragraph; ・ begins a bullet."),
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "sub_programmes",
        ("構成事業", "Sub-programmes"),
        ("プログラムを構成する事業", "Sub-programmes that a programme lists"),
        rows("sub_programmes", "r"),
        &[
            column("code", "記号", "Code", Kind::Text),
            column("name", "名称", "Name", Kind::Text),
            column("period", "実施期間", "Period", Kind::Period),
            column("purpose", "目的", "Purpose", Kind::Long),
            column("project", "対応する課題", "Project", Kind::Refer("subjects")),
            NOTE,
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "amounts",
        ("契約額・執行額", "Amounts"),
        ("金額の系列。年度ごとの額は次のシート", "Series of amounts; their years are on the next sheet"),
        rows("amounts", "r"),
        &[
            column("kind", "金額の種類", "Kind", Kind::Choice(&AMOUNT_KINDS)),
            column("label", "見出し", "Heading", Kind::Text).note(
                "当初予算、予備費等など、種類だけで言い切れないとき。",
                "Where the kind does not say it all.",
            ),
            column("unit", "単位", "Unit", Kind::Text).note("百万円など。", "百万円 …"),
            PRINTED_AT,
        ],
    ),
    Sheet {
        unit: UnitOf::Parent,
        ..of(
            "amounts",
            "amount_years",
            ("年度別の金額", "Amounts by year"),
            ("契約額・執行額の年度ごとの額。1 行に 1 年度", "Each year of a series, one a row"),
            Shape::Map { path: "years", key: MapKey::Year },
            &[column("", "金額", "Amount", Kind::Quantity)],
        )
    },
    Sheet {
        unit: UnitOf::Parent,
        ..of(
            "amounts",
            "amount_totals",
            ("金額の計", "Totals of amounts"),
            (
                "表に印字された計。内訳と合わなくても、そのまま",
                "Totals as printed, whether or not they add up",
            ),
            rows("totals", "r"),
            &[column("label", "見出し", "Heading", Kind::Text), AMOUNT],
        )
    },
    of(
        "subjects",
        "research_items",
        ("研究開発項目", "Research items"),
        ("研究開発項目", "Research items"),
        rows("research_items", "r"),
        &[
            column("no", "番号", "No.", Kind::Text),
            column("label", "項目名", "Label", Kind::Text),
            column("variants", "項目名の異表記", "Other wordings", Kind::Lines),
            column("contents", "内容", "Contents", Kind::Long),
            PRINTED_AT,
        ],
    ),
    of(
        "research_items",
        "tasks",
        ("実施内容・実施者", "Tasks"),
        ("項目ごとの実施内容と実施者", "Tasks of each item and who carries them out"),
        rows("tasks", "r"),
        &[
            column("title", "実施内容", "Title", Kind::Text),
            column("implementer", "実施者", "Implementer", Kind::Text),
            NOTE,
        ],
    ),
    of(
        "subjects",
        "funding",
        ("資金配分の表", "Funding tables"),
        ("資金配分の単位、注、総計", "Unit, notes and grand total of each funding table"),
        Shape::Fields,
        &[
            column("funding/unit", "単位", "Unit", Kind::Text).note("百万円など。", "百万円 …"),
            column("funding/grand_total/amount", "総計", "Grand total", Kind::Quantity),
            column("funding/grand_total/kind", "総計の種別", "Kind of the total", Kind::Text),
            column("funding/note", "表の注", "Notes", Kind::Text),
            column("funding/printed_at", "掲載箇所", "Printed at", Kind::Text),
        ],
    ),
    of(
        "subjects",
        "funding_years",
        ("資金配分の年度", "Funding years"),
        ("資金配分の列になる年度。並びのまま", "The columns of a funding table, in order"),
        Shape::Bare { path: "funding/years" },
        &[
            column("year", "年度", "Year", Kind::YearAlways),
            column("printed", "見出し（印字）", "Heading as printed", Kind::Text),
        ],
    ),
    Sheet {
        unit: UnitOf::Funding,
        ..of(
            "subjects",
            "funding_items",
            ("資金配分の項目", "Funding items"),
            ("資金配分の行と、印字された行の計", "The rows of a funding table and their printed totals"),
            rows("funding/items", "r"),
            &[
                column("label", "研究開発項目", "Research item", Kind::Text),
                column("total/amount", "計", "Total", Kind::Quantity),
                column("total/kind", "計の種別", "Kind of the total", Kind::Text),
            ],
        )
    },
    Sheet {
        unit: UnitOf::Funding,
        ..of(
            "funding_items",
            "funding_amounts",
            ("資金配分", "Funding"),
            ("項目と年度ごとの金額。1 行に 1 つ", "Amounts by item and year, one a row"),
            Shape::Map { path: "amounts", key: MapKey::Year },
            &[AMOUNT, FUNDING_KIND],
        )
    },
    Sheet {
        unit: UnitOf::Funding,
        ..of(
            "subjects",
            "funding_totals",
            ("資金配分の年度計", "Funding totals by year"),
            ("表に印字された年度ごとの計", "Column totals as printed"),
            Shape::Map { path: "funding/column_totals", key: MapKey::Year },
            &[AMOUNT, FUNDING_KIND],
        )
    },
    of(
        "subjects",
        "outputs",
        ("アウトプット", "Outputs"),
        ("アウトプット指標。目標と実績は次のシート", "Output indicators; targets and actuals follow"),
        rows("outputs", "i"),
        INDICATOR,
    ),
    Sheet {
        unit: UnitOf::Parent,
        ..of(
            "outputs",
            "output_statements",
            ("アウトプットの目標と実績", "Output targets and actuals"),
            ("章ごとの目標と実績。章で異なれば両方", "What each chapter says, even if chapters differ"),
            rows("statements", "r"),
            STATEMENT,
        )
    },
    of(
        "subjects",
        "outcomes",
        ("アウトカム", "Outcomes"),
        ("アウトカム指標。目標と実績は次のシート", "Outcome indicators; targets and actuals follow"),
        rows("outcomes", "i"),
        INDICATOR,
    ),
    Sheet {
        unit: UnitOf::Parent,
        ..of(
            "outcomes",
            "outcome_statements",
            ("アウトカムの目標と実績", "Outcome targets and actuals"),
            ("章ごとの目標と実績。章で異なれば両方", "What each chapter says, even if chapters differ"),
            rows("statements", "r"),
            STATEMENT,
        )
    },
    of(
        "subjects",
        "other_indicators",
        ("その他の指標", "Other indicators"),
        ("論文、特許、標準化など", "Papers, patents, standards …"),
        rows("other_indicators", "r"),
        &[
            column("name", "指標", "Indicator", Kind::Text),
            column("from", "最初の年度", "From", Kind::Year),
            column("to", "最後の年度", "To", Kind::Year),
            column("amount", "件数など", "Count", Kind::Quantity),
            NOTE,
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "logic_nodes",
        ("ロジックモデル", "Logic model"),
        (
            "活動、アウトプット、アウトカム。つながりは次のシート",
            "Activities, outputs, outcomes; what leads to what follows",
        ),
        rows("logic/nodes", "n"),
        &[
            column("kind", "種類", "Kind", Kind::Choice(&LOGIC_KINDS)),
            column("no", "番号", "No.", Kind::Text),
            column("term", "時期", "Term", Kind::Text)
                .note("アウトカムの短期・中期・長期。", "短期, 中期, 長期; of outcomes only."),
            column("text", "内容", "Text", Kind::Long),
        ],
    ),
    of(
        "subjects",
        "logic_edges",
        ("ロジックモデルのつながり", "Logic model links"),
        ("どれがどれにつながるか。1 行に 1 本", "What leads to what, one a row"),
        rows("logic/edges", "e"),
        &[
            column("from", "つながりの元", "From", Kind::Text)
                .note("「ロジックモデル」のシートの ID。", "An id of the sheet of the logic model."),
            column("to", "つながりの先", "To", Kind::Text)
                .note("「ロジックモデル」のシートの ID。", "An id of the sheet of the logic model."),
            column("reasoning", "つながりの説明", "Reasoning", Kind::Long),
            column("unstaged", "複数段階で設定できない理由", "Why not in stages", Kind::Long),
        ],
    ),
    of(
        "subjects",
        "output_groups",
        ("成果の内訳", "Named results"),
        ("成果の一覧の見出し。内訳は次のシート", "Groups of named results; the results follow"),
        rows("output_groups", "g"),
        &[
            column("title", "題名", "Title", Kind::Text),
            column("kind", "成果の種類", "Kind", Kind::Text),
            PRINTED_AT,
        ],
    ),
    of(
        "output_groups",
        "output_items",
        ("成果の一覧", "List of results"),
        ("名前のある成果。1 行に 1 つ", "Named results, one a row"),
        rows("items", "r"),
        &[
            column("no", "番号", "No.", Kind::Text),
            column("name", "成果", "Name", Kind::Text),
            column("category", "区分", "Category", Kind::Text),
            column("holder", "保有者", "Holder", Kind::Text),
            column("detail", "詳細", "Detail", Kind::Long),
        ],
    ),
    of(
        "subjects",
        "competitors",
        ("競合", "Competitors"),
        ("国内外の類似・競合", "Competitors at home and abroad"),
        rows("competitors", "r"),
        &[
            column("domain", "分野", "Field", Kind::Text),
            column("company", "企業・機関", "Company", Kind::Text),
            column("country", "国・地域", "Country", Kind::Text),
            column("role", "立場", "Role", Kind::Text),
            column("attribute", "事項", "Attribute", Kind::Text),
            column("fact", "内容", "Fact", Kind::Long),
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "history",
        ("歴史", "History"),
        ("年表の出来事", "Events of history tables"),
        rows("history", "r"),
        &[
            column("table", "表", "Table", Kind::Text),
            column("when", "時期", "When", Kind::When),
            column("mark", "時代・印", "Mark", Kind::Text),
            column("region", "地域・分野", "Region", Kind::Text),
            column("item", "出来事", "Event", Kind::Text),
            column("detail", "詳細", "Detail", Kind::Long),
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "market",
        ("市場予測・経済効果", "Market"),
        ("市場、費用、経済効果の数値", "Figures about markets, costs and effects"),
        rows("market", "r"),
        &[
            column("subject", "対象", "Subject", Kind::Text),
            column("when", "時期", "When", Kind::When),
            column("amount", "数値", "Figure", Kind::Quantity),
            column("growth_percent", "年成長率（％）", "Growth (% a year)", Kind::Decimal),
            column("kind", "実績・予測の別", "Kind", Kind::Text),
            column("cited", "出典", "Cited source", Kind::Text),
            NOTE,
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "scenarios",
        ("市場の試算", "Scenarios"),
        (
            "市場の伸びと費用を置いた試算。図で比べます",
            "Assumptions on a market and its cost, compared in a chart",
        ),
        rows("scenarios", "s"),
        &[
            column("name", "名称", "Name", Kind::Text),
            column("series", "市場", "Market", Kind::Text).note(
                "市場予測・経済効果の「対象」と同じ語。",
                "The subject of the market figures it rests on.",
            ),
            column("growth_percent", "年成長率（％）", "Growth (% a year)", Kind::Decimal),
            column("share_percent", "占有率（％）", "Share (%)", Kind::Decimal),
            column("horizon", "見る年（西暦）", "Calendar year", Kind::Year),
            column("cost", "費用", "Cost", Kind::Quantity),
            column("claimed_value", "印字の金額", "Printed value", Kind::Optional)
                .note("市場予測・経済効果の ID。", "The id of a market figure."),
            column("claimed_multiple", "印字の倍率", "Printed multiple", Kind::Optional)
                .note("市場予測・経済効果の ID。", "The id of a market figure."),
            NOTE,
        ],
    ),
    of(
        "subjects",
        "roadmap",
        ("ロードマップ", "Roadmap"),
        ("期間、節目、目標、見通し", "Spans, milestones, targets and projections"),
        rows("roadmap", "r"),
        &[
            column("lane", "区分", "Lane", Kind::Text),
            column("about", "対象", "About", Kind::Text).note(
                "課題そのものでない場合だけ（後継、D など）。",
                "Only if not the subject's own (後継, D).",
            ),
            column("label", "内容", "Label", Kind::Text),
            column("kind", "種類", "Kind", Kind::Choice(&ROADMAP_KINDS)),
            column("when", "時期", "When", Kind::When),
            column("amount", "数値", "Figure", Kind::Quantity),
            column("step", "段", "Step", Kind::Count(u16::MAX))
                .note("日付のない連なりでの順番。", "Its place in a chain without dates."),
            NOTE,
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "captions",
        ("図表", "Captions"),
        ("原典の図表の題名", "Captions of the original's figures and tables"),
        rows("captions", "r"),
        &[
            column("kind", "図・表", "Kind", Kind::Text),
            column("no", "番号", "No.", Kind::Text),
            column("caption", "題名", "Caption", Kind::Text),
            column("cited", "出典", "Cited source", Kind::Text),
            NOTE,
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "previous_findings",
        ("前回評価の指摘事項", "Previous findings"),
        ("前回評価の指摘と対処状況", "Findings of earlier evaluations and what became of them"),
        rows("previous_findings", "r"),
        &[
            column("source", "指摘の主体", "Found by", Kind::Text),
            column("when", "時期", "When", Kind::When),
            column("criterion", "評価項目", "Criterion", Kind::Text),
            column("finding", "指摘", "Finding", Kind::Long),
            column("response", "対処状況", "Response", Kind::Long),
            PRINTED_AT,
        ],
    ),
    of(
        "subjects",
        "tables",
        ("その他の表", "Other tables"),
        ("ほかの表の題名と見出し。行は次のシート", "Captions and headings of other tables; rows follow"),
        rows("tables", "t"),
        &[
            column("title", "題名", "Title", Kind::Text),
            column("columns", "列の見出し", "Column headings", Kind::Lines)
                .note("1 行に 1 列の見出し。", "One column a line."),
            column("note", "表の注", "Notes", Kind::Text),
            PRINTED_AT,
        ],
    ),
    of(
        "tables",
        "table_rows",
        ("その他の表の行", "Rows of other tables"),
        ("表の 1 行が 1 行。左の列から順に", "One row of a table a row, from its first column"),
        rows("rows", "r"),
        &[column("cells", "列", "Column", Kind::Cells)],
    ),
];
