//! The tables of the material: subjects, budget, indicators, roadmap, market, and the rest.

use super::{
    Field, PRINTED_AT, SUBJECT, Table, integer, maybe, number, quantity, quantity_fields, subject_id, text,
};
use crate::model::{Dossier, Indicator, LogicNode, Quantity, RowId, Statement, Subject};
use crate::report::words;

pub(super) fn of(dossier: &Dossier) -> Vec<Table> {
    vec![
        subjects(dossier),
        budget(dossier),
        indicators(dossier, "outputs", "アウトプット指標・目標・実績", |subject| {
            &subject.outputs
        }),
        indicators(dossier, "outcomes", "アウトカム指標・目標・実績", |subject| {
            &subject.outcomes
        }),
        logic(dossier),
        other_indicators(dossier),
        output_items(dossier),
        research_items(dossier),
        competitors(dossier),
        history(dossier),
        market(dossier),
        roadmap(dossier),
    ]
}

fn subjects(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "subjects",
        "プログラムと課題",
        [
            SUBJECT,
            text("name", "名称"),
            text("section_in_charge", "担当課室"),
            integer("start_year", "開始年度"),
            integer("end_year", "終了年度"),
            text("period_printed", "実施期間の印字"),
            text("evaluation_kind", "評価の種別"),
            integer("evaluation_year", "評価年度"),
        ],
    );
    for subject in dossier.subjects() {
        let overview = &subject.overview;
        table.push([
            subject_id(subject),
            overview.name.clone(),
            overview.section_in_charge.clone(),
            maybe(overview.period.start),
            maybe(overview.period.end),
            overview.period.printed.clone(),
            maybe(subject.evaluation.kind.map(words::term)),
            maybe(subject.evaluation.year),
        ]);
    }
    table
}

fn budget(dossier: &Dossier) -> Table {
    let fields = [
        SUBJECT,
        text("series", "区分（契約額、執行額、予算額、資金配分）"),
        text("series_id", "系列"),
        text("heading", "系列の見出し（当初予算、要求額など）"),
        text(
            "role",
            "行の役割（cell 各欄、row_total 行の計、column_total 列の計、grand_total 総計、total 併記の計）",
        ),
        text("item_id", "研究開発項目"),
        text("item", "研究開発項目の名称、又は計の見出し"),
        integer("fiscal_year", "年度"),
        text("funding_kind", "資金の区分（委託など）"),
    ];
    let fields = fields.into_iter().chain(quantity_fields!("", "金額")).chain([PRINTED_AT]);
    let mut table = Table::new("budget", "契約額・執行額・資金配分", fields);
    for subject in dossier.subjects() {
        amounts(&mut table, subject);
        funding(&mut table, subject);
    }
    table
}

fn amounts(table: &mut Table, subject: &Subject) {
    for series in &subject.amounts {
        let mut push = |role: &str, id: String, label: &str, year: String, amount: &Quantity| {
            let about = [
                subject_id(subject),
                words::term(series.kind).to_owned(),
                series.id.to_string(),
                series.label.clone(),
                role.to_owned(),
                id,
                label.to_owned(),
                year,
                String::new(),
            ];
            table.push(about.into_iter().chain(quantity(amount)).chain([series.printed_at.clone()]));
        };
        for (year, amount) in &series.years {
            push("cell", String::new(), "", year.to_string(), amount);
        }
        for total in &series.totals {
            push("total", total.id.to_string(), &total.label, String::new(), &total.amount);
        }
    }
}

fn funding(table: &mut Table, subject: &Subject) {
    let funding = &subject.funding;
    let mut push = |role: &str, item: [&str; 2], year: String, cell: &crate::model::FundingCell| {
        let about = [
            subject_id(subject),
            "資金配分".to_owned(),
            "funding".to_owned(),
            String::new(),
            role.to_owned(),
            item[0].to_owned(),
            item[1].to_owned(),
            year,
            cell.kind.clone(),
        ];
        table.push(about.into_iter().chain(quantity(&cell.amount)).chain([funding.printed_at.clone()]));
    };
    for item in &funding.items {
        let of = [item.id.as_str(), item.label.as_str()];
        for (year, cell) in &item.amounts {
            push("cell", of, year.to_string(), cell);
        }
        if !item.total.amount.is_blank() {
            push("row_total", of, String::new(), &item.total);
        }
    }
    for (year, cell) in &funding.column_totals {
        push("column_total", ["", ""], year.to_string(), cell);
    }
    if !funding.grand_total.amount.is_blank() {
        push("grand_total", ["", ""], String::new(), &funding.grand_total);
    }
}

fn indicators(
    dossier: &Dossier,
    name: &'static str,
    title: &'static str,
    list: fn(&Subject) -> &Vec<Indicator>,
) -> Table {
    let fields = [
        SUBJECT,
        text("indicator_id", "指標"),
        text("indicator", "指標の名称"),
        text("standing", "指標の扱い"),
        text("statement_id", "記載"),
        text("chapter", "記載のある章"),
        text("target_kind", "目標の種別"),
        integer("target_year", "目標年度"),
    ];
    let fields = fields
        .into_iter()
        .chain(quantity_fields!("target_", "目標"))
        .chain(quantity_fields!("actual_", "実績"))
        .chain([
            text("as_of", "実績の時点"),
            text("outlook", "達成状況・見込み"),
            text("supplement", "補足"),
            PRINTED_AT,
        ]);
    let mut table = Table::new(name, title, fields);
    for subject in dossier.subjects() {
        for indicator in list(subject) {
            // An indicator of which nothing is stated yet still has its row.
            let nothing = [Statement::default()];
            let statements =
                if indicator.statements.is_empty() { &nothing[..] } else { &indicator.statements[..] };
            for statement in statements {
                let about = [
                    subject_id(subject),
                    indicator.id.to_string(),
                    indicator.name.clone(),
                    words::term(indicator.standing).to_owned(),
                    statement.id.to_string(),
                    words::term(statement.chapter).to_owned(),
                    words::target(statement.target.kind).to_owned(),
                    maybe(statement.target.year),
                ];
                let said = [
                    statement.actual.as_of.display(),
                    statement.outlook.clone(),
                    statement.supplement.clone(),
                    statement.printed_at.clone(),
                ];
                let figures =
                    quantity(&statement.target.amount).into_iter().chain(quantity(&statement.actual.amount));
                table.push(about.into_iter().chain(figures).chain(said));
            }
        }
    }
    table
}

fn logic(dossier: &Dossier) -> Table {
    let mut table = texts(
        "logic",
        "ロジックモデル（一行が一つのつながり。どこにもつながらない要素は派生先が空欄の行）",
        [
            ("id", "つながり"),
            ("from_id", "派生元"),
            ("from_kind", "派生元の種別"),
            ("from_no", "派生元の番号の印字"),
            ("from_term", "派生元の期間の印字"),
            ("from", "派生元の内容"),
            ("to_id", "派生先"),
            ("to_kind", "派生先の種別"),
            ("to_no", "派生先の番号の印字"),
            ("to_term", "派生先の期間の印字"),
            ("to", "派生先の内容"),
            ("reasoning", "後続アウトカムへのつながり"),
            ("unstaged", "アウトカムを複数段階で設定できない理由"),
        ],
    );
    let node = |id: &RowId, node: Option<&LogicNode>| match node {
        Some(node) => [
            node.id.to_string(),
            words::term(node.kind).to_owned(),
            node.no.clone(),
            node.term.clone(),
            node.text.clone(),
        ],
        None => [id.to_string(), String::new(), String::new(), String::new(), String::new()],
    };
    for subject in dossier.subjects() {
        let logic = &subject.logic;
        let mut push = |id: String, ends: [[String; 5]; 2], said: [&str; 2]| {
            let about = [subject_id(subject), id].into_iter().chain(ends.into_iter().flatten());
            table.push(about.chain(said.map(str::to_owned)).chain([logic.printed_at.clone()]));
        };
        for edge in &logic.edges {
            let ends = [&edge.from, &edge.to].map(|id| node(id, logic.node(id)));
            push(edge.id.to_string(), ends, [&edge.reasoning, &edge.unstaged]);
        }
        for alone in logic.unconnected() {
            push(String::new(), [node(&alone.id, Some(alone)), Default::default()], ["", ""]);
        }
    }
    table
}

fn other_indicators(dossier: &Dossier) -> Table {
    let fields = [
        SUBJECT,
        text("id", "指標"),
        text("indicator", "指標の名称"),
        integer("from_year", "最初の年度"),
        integer("to_year", "最後の年度"),
    ];
    let fields =
        fields.into_iter().chain(quantity_fields!("", "値")).chain([text("remark", "備考"), PRINTED_AT]);
    let mut table = Table::new("other_indicators", "その他の指標（論文、特許など）", fields);
    for subject in dossier.subjects() {
        for row in &subject.other_indicators {
            let about =
                [subject_id(subject), row.id.to_string(), row.name.clone(), maybe(row.from), maybe(row.to)];
            table.push(
                about
                    .into_iter()
                    .chain(quantity(&row.amount))
                    .chain([row.note.clone(), row.printed_at.clone()]),
            );
        }
    }
    table
}

/// A table whose columns are all text.
fn texts<const N: usize>(
    name: &'static str,
    title: &'static str,
    fields: [(&'static str, &'static str); N],
) -> Table {
    let fields = fields.map(|(name, title)| text(name, title));
    Table::new(name, title, [SUBJECT].into_iter().chain(fields).chain([PRINTED_AT]))
}

fn output_items(dossier: &Dossier) -> Table {
    let mut table = texts(
        "output_items",
        "成果の内訳（確立した要素技術など）",
        [
            ("group_id", "まとまり"),
            ("group", "まとまりの名称"),
            ("kind", "種別"),
            ("id", "成果"),
            ("no", "番号の印字"),
            ("name", "名称"),
            ("category", "分類"),
            ("holder", "実施者"),
            ("detail", "内容"),
        ],
    );
    for subject in dossier.subjects() {
        for group in &subject.output_groups {
            for item in &group.items {
                table.push([
                    subject_id(subject),
                    group.id.to_string(),
                    group.title.clone(),
                    group.kind.clone(),
                    item.id.to_string(),
                    item.no.clone(),
                    item.name.clone(),
                    item.category.clone(),
                    item.holder.clone(),
                    item.detail.clone(),
                    group.printed_at.clone(),
                ]);
            }
        }
    }
    table
}

fn research_items(dossier: &Dossier) -> Table {
    let mut table = texts(
        "research_items",
        "研究開発項目と実施者",
        [
            ("item_id", "研究開発項目"),
            ("item_no", "番号の印字"),
            ("item", "研究開発項目の名称"),
            ("contents", "内容"),
            ("task_id", "題目"),
            ("title", "題目の名称"),
            ("implementer", "実施者"),
            ("note", "備考"),
        ],
    );
    for subject in dossier.subjects() {
        for item in &subject.research_items {
            let mut push = |task: [String; 4]| {
                let about = [
                    subject_id(subject),
                    item.id.to_string(),
                    item.no.clone(),
                    item.label.clone(),
                    item.contents.clone(),
                ];
                table.push(about.into_iter().chain(task).chain([item.printed_at.clone()]));
            };
            if item.tasks.is_empty() {
                push(Default::default());
            }
            for task in &item.tasks {
                push([task.id.to_string(), task.title.clone(), task.implementer.clone(), task.note.clone()]);
            }
        }
    }
    table
}

fn competitors(dossier: &Dossier) -> Table {
    let mut table = texts(
        "competitors",
        "国内外の競合",
        [
            ("id", "行"),
            ("domain", "分野"),
            ("company", "企業・機関"),
            ("country", "国・地域"),
            ("role", "区分"),
            ("attribute", "観点"),
            ("fact", "内容"),
        ],
    );
    for subject in dossier.subjects() {
        for row in &subject.competitors {
            table.push([
                subject_id(subject),
                row.id.to_string(),
                row.domain.clone(),
                row.company.clone(),
                row.country.clone(),
                row.role.clone(),
                row.attribute.clone(),
                row.fact.clone(),
                row.printed_at.clone(),
            ]);
        }
    }
    table
}

fn history(dossier: &Dossier) -> Table {
    let mut table = texts(
        "history",
        "動向の年表",
        [
            ("id", "行"),
            ("table", "表"),
            ("when", "時期"),
            ("mark", "時代・印"),
            ("region", "地域・分野"),
            ("item", "事項"),
            ("detail", "内容"),
        ],
    );
    for subject in dossier.subjects() {
        for row in &subject.history {
            table.push([
                subject_id(subject),
                row.id.to_string(),
                row.table.clone(),
                row.when.display(),
                row.mark.clone(),
                row.region.clone(),
                row.item.clone(),
                row.detail.clone(),
                row.printed_at.clone(),
            ]);
        }
    }
    table
}

/// The columns that say when: the text as shown, and begin and end where they are certain.
fn when_fields() -> [Field; 3] {
    [text("when", "時期"), text("from", "始まり"), text("to", "終わり")]
}

fn when(when: &crate::model::When) -> [String; 3] {
    [when.display(), maybe(when.at), maybe(when.to)]
}

fn market(dossier: &Dossier) -> Table {
    let fields = [SUBJECT, text("id", "行"), text("about", "対象")]
        .into_iter()
        .chain(when_fields())
        .chain(quantity_fields!("", "値"))
        .chain([
            number("growth_percent", "年成長率（％）"),
            text("kind", "種別"),
            text("cited", "出典"),
            text("remark", "備考"),
            PRINTED_AT,
        ]);
    let mut table = Table::new("market", "市場等の見通し", fields);
    for subject in dossier.subjects() {
        for row in &subject.market {
            let about = [subject_id(subject), row.id.to_string(), row.subject.clone()];
            let rest = [
                maybe(row.growth_percent),
                row.kind.clone(),
                row.cited.clone(),
                row.note.clone(),
                row.printed_at.clone(),
            ];
            table.push(about.into_iter().chain(when(&row.when)).chain(quantity(&row.amount)).chain(rest));
        }
    }
    table
}

fn roadmap(dossier: &Dossier) -> Table {
    let about = [
        SUBJECT,
        text("id", "行"),
        text("lane", "区分"),
        text("about", "対象"),
        text("label", "事項"),
        text("kind", "種別"),
    ];
    let fields = about
        .into_iter()
        .chain(when_fields())
        .chain([integer("step", "順序（段）")])
        .chain(quantity_fields!("", "値"))
        .chain([text("remark", "備考"), PRINTED_AT]);
    let mut table = Table::new("roadmap", "ロードマップ", fields);
    for subject in dossier.subjects() {
        for row in &subject.roadmap {
            let about = [
                subject_id(subject),
                row.id.to_string(),
                row.lane.clone(),
                row.about.clone(),
                row.label.clone(),
                words::term(row.kind).to_owned(),
            ];
            let rest = [row.note.clone(), row.printed_at.clone()];
            table.push(
                about
                    .into_iter()
                    .chain(when(&row.when))
                    .chain([maybe(row.step)])
                    .chain(quantity(&row.amount))
                    .chain(rest),
            );
        }
    }
    table
}
