//! The material that the committee reads: one function a kind of table.

use super::run::Tone;
use super::story::Story;
use super::style::Style;
use super::table::{Align, Cell, Column, Table, Width};
use crate::report::data::{
    Amount, Amounts, Answered, Block, Choice, Competitor, FactTable, Funding, Group, HistoryEntry,
    IndicatorRow, Link, Market, OtherIndicator, Part, RoadmapEntry, SubProgramme, Task, Technology,
};
use crate::report::text::Text;

/// A table with more columns lies on its side, unless it has few rows.
const UPRIGHT_COLUMNS: usize = 6;
/// So many rows are few: they stand side by side.
const FEW_ROWS: usize = 5;

fn left(label: &str, width: Width) -> Column {
    Column::new(label, width, Align::Left)
}

/// 事業概要
pub(super) fn overview(story: &mut Story<'_>, part: &Part<'_>) {
    let sheet = &part.material.overview;
    let name = if part.programme { "プログラム名" } else { "課題名" };
    let rows = [
        (name, Cell::of(&part.name)),
        ("担当課室", Cell::of(&sheet.section_in_charge)),
        ("類型", choices(&sheet.types)),
        ("会計区分", choices(&sheet.accounts)),
        ("上位施策", Cell::bullets(&sheet.policies)),
        ("目的", Cell::paragraphs(&sheet.purpose)),
        ("実施期間", Cell::of(&sheet.period)),
        ("評価対象期間", Cell::of(&sheet.evaluated_period)),
        ("評価時期", Cell::paragraphs(&sheet.schedule)),
        ("実施形態", Cell::of(&sheet.implementation)),
        ("プロジェクト\nリーダー等", Cell::bullets(&sheet.leaders)),
        ("国費総額\n（見込み）", Cell::of(&sheet.national_cost)),
    ];
    let given: Vec<_> = rows.into_iter().filter(|(_, cell)| !cell.is_empty()).collect();
    if !given.is_empty() {
        story.table(&Table::form(format!("事業概要　{}", part.name.printed()), given));
    }
}

/// The choices of a form: all are printed, those that apply are marked.
fn choices(options: &[Choice<'_>]) -> Cell {
    let marked = options.iter().map(|choice| {
        let mark = if choice.chosen { "■" } else { "□" };
        format!("{mark} {}", choice.label.0)
    });
    Cell::of(&marked.collect::<Vec<_>>().join("　").into())
}

/// 契約額, 執行額 …: years across.
pub(super) fn amounts(story: &mut Story<'_>, series: &[Amounts<'_>]) {
    for table in series {
        story.caption(table.title, &table.unit.0);
        let label = table.headed.then(|| left("", Width::Share(1.4)));
        let years =
            table.columns.iter().map(|year| Column::new(year.printed(), Width::Share(1.0), Align::Right));
        let rows = table.rows.iter().map(|row| {
            let label = table.headed.then(|| Cell::of(&row.label));
            label.into_iter().chain(row.values.iter().map(Cell::of)).collect()
        });
        story.table(&Table::new(table.title, label.into_iter().chain(years).collect(), rows.collect()));
        story.notes(&table.notes);
    }
}

/// A chapter's text: paragraphs, bullets and small headings.
pub(super) fn prose(story: &mut Story<'_>, blocks: Option<&[Block<'_>]>) {
    for block in blocks.unwrap_or_default() {
        match block.kind {
            "bullet" => story.say(Style::Bullet, &block.text),
            "heading" => story.say(Style::Label, &block.text),
            _ => story.say(Style::Body, &block.text),
        }
    }
}

/// The projects or sub-programmes that the subject lists.
pub(super) fn sub_programmes(story: &mut Story<'_>, rows: &[SubProgramme<'_>]) {
    let columns = vec![
        Column::new("", Width::Mm(9.0), Align::Centre),
        left("課題名", Width::Mm(44.0)),
        left("期間", Width::Mm(44.0)),
        left("目的", Width::Share(1.0)),
    ];
    let cells = |r: &SubProgramme<'_>| [&r.code, &r.name, &r.period, &r.purpose].map(Cell::of).into();
    records(story, "プログラムを構成する課題", columns, rows, cells, false);
}

/// 研究開発項目, their contents and who carries them out.
pub(super) fn research_items(story: &mut Story<'_>, contents: &[Text<'_>], rows: &[Task<'_>]) {
    if !contents.is_empty() {
        story.words(Style::Label, "研究開発項目の内容");
        story.bullets(contents);
    }
    let columns = vec![
        left("研究開発項目", Width::Share(1.0)),
        left("題目", Width::Share(1.5)),
        left("実施者", Width::Mm(40.0)),
    ];
    let cells = |r: &Task<'_>| [&r.item, &r.title, &r.implementer].map(Cell::of).into();
    records(story, "研究開発項目と実施者", columns, rows, cells, true);
}

/// 資金配分: research item × fiscal year.
pub(super) fn funding(story: &mut Story<'_>, table: Option<&Funding>) {
    let Some(table) = table else { return };
    let title = "資金配分";
    story.caption(title, &table.unit.0);
    let label = if table.years.len() > 6 { 38.0 } else { 54.0 };
    let columns = [left("研究開発項目", Width::Mm(label))]
        .into_iter()
        .chain(table.years.iter().map(|year| Column::new(year.printed(), Width::Share(1.0), Align::Right)))
        .chain([Column::new("計", Width::Share(1.1), Align::Right)])
        .collect();
    let amount = |amount: &Amount| Cell::of(&amount.text).then(Tone::Aside, &amount.note);
    let sum = |amount: &Amount| Cell::strong(&amount.text).then(Tone::Aside, &amount.note);
    let rows = table.rows.iter().map(|row| {
        let label = Cell::of(&row.label);
        [label].into_iter().chain(row.cells.iter().map(amount)).chain([sum(&row.total)]).collect()
    });
    let sums = [Cell::strong(&"計".into())].into_iter().chain(table.totals.iter().map(sum)).collect();
    story.table(&Table::new(title, columns, rows.collect()).sums(sums));
    story.notes(&table.notes);
}

/// 国内外の競合
pub(super) fn competitors(story: &mut Story<'_>, groups: &[Group<'_, Competitor<'_>>]) {
    for group in groups {
        let columns = ["企業・機関", "区分", "観点", "内容"].map(|label| left(label, Width::Room)).into();
        let cells = |r: &Competitor<'_>| [&r.who, &r.role, &r.attribute, &r.fact].map(Cell::of).into();
        records(story, &of_group("国内外の競合", group), columns, &group.rows, cells, true);
    }
}

/// 動向の年表
pub(super) fn history(story: &mut Story<'_>, groups: &[Group<'_, HistoryEntry<'_>>]) {
    for group in groups {
        let columns = vec![
            left("年", Width::Mm(24.0)),
            left("地域・分野", Width::Mm(30.0)),
            left("事項", Width::Room),
            left("内容", Width::Room),
        ];
        let cells = |r: &HistoryEntry<'_>| [&r.when, &r.region, &r.item, &r.detail].map(Cell::of).into();
        records(story, &of_group("動向の年表", group), columns, &group.rows, cells, true);
    }
}

/// Indicators with their targets and what was reached.
pub(super) fn indicators(story: &mut Story<'_>, title: &str, rows: &[IndicatorRow<'_>]) {
    let columns = vec![
        left("指標", Width::Share(1.3)),
        left("目標", Width::Mm(32.0)),
        left("実績", Width::Mm(30.0)),
        left("達成状況", Width::Mm(22.0)),
        left("補足", Width::Share(1.0)),
    ];
    let cells = |r: &IndicatorRow<'_>| {
        [&r.indicator, &r.target, &r.actual, &r.outlook, &r.supplement].map(Cell::of).into()
    };
    records(story, title, columns, rows, cells, true);
}

/// その他の指標
pub(super) fn other_indicators(story: &mut Story<'_>, rows: &[OtherIndicator<'_>]) {
    let columns = vec![
        left("指標", Width::Share(1.0)),
        left("期間", Width::Mm(42.0)),
        Column::new("値", Width::Mm(34.0), Align::Right),
        left("備考", Width::Mm(44.0)),
    ];
    let cells = |r: &OtherIndicator<'_>| [&r.name, &r.period, &r.amount, &r.note].map(Cell::of).into();
    records(story, "その他の指標", columns, rows, cells, false);
}

/// The named results behind the counts, one table a group.
pub(super) fn technologies(story: &mut Story<'_>, groups: &[Group<'_, Technology<'_>>]) {
    for group in groups {
        let columns = vec![
            Column::new("", Width::Mm(9.0), Align::Right),
            left("名称", Width::Room),
            left("分類", Width::Room),
            left("実施者", Width::Room),
            left("内容", Width::Room),
        ];
        let cells =
            |r: &Technology<'_>| [&r.no, &r.name, &r.category, &r.holder, &r.detail].map(Cell::of).into();
        records(story, &group.title.printed(), columns, &group.rows, cells, false);
    }
}

/// ロジックモデル
pub(super) fn logic(story: &mut Story<'_>, rows: &[Link<'_>]) {
    let columns = ["派生元", "派生先", "後続へのつながり"]
        .map(|label| Column::new(label, Width::Share(1.0), Align::Top))
        .into();
    let cells = |r: &Link<'_>| [&r.from, &r.to, &r.reasoning].map(Cell::of).into();
    records(story, "ロジックモデル", columns, rows, cells, true);
}

/// Any other tables. A wide one with few rows is turned around; a wide one with many lies on its side.
pub(super) fn fact_tables(story: &mut Story<'_>, tables: &[FactTable<'_>]) {
    for table in tables.iter().filter(|table| !table.columns.is_empty()) {
        if table.columns.len() <= UPRIGHT_COLUMNS {
            fact_table(story, table, false);
        } else if table.rows.len() <= FEW_ROWS {
            fact_table(story, table, true);
        } else {
            story.sideways(|story| fact_table(story, table, false));
        }
    }
}

fn fact_table(story: &mut Story<'_>, table: &FactTable<'_>, turned: bool) {
    let title = table.title.printed();
    let nothing = Text::default();
    let at = |row: &Vec<Text<'_>>, x: usize| Cell::of(row.get(x).unwrap_or(&nothing));
    story.caption(&title, "");
    let width = table.columns.len();
    if turned {
        let columns = [left("", Width::Mm(24.0))]
            .into_iter()
            .chain((1..=table.rows.len()).map(|no| left(&no.to_string(), Width::Share(1.0))))
            .collect();
        let rows = (0..width).map(|x| {
            [Cell::strong(&table.columns[x])]
                .into_iter()
                .chain(table.rows.iter().map(|row| at(row, x)))
                .collect()
        });
        story.table(&Table::new(title, columns, rows.collect()));
    } else {
        let columns = table.columns.iter().map(|label| left(&label.printed(), Width::Room)).collect();
        let rows = table.rows.iter().map(|row| (0..width).map(|x| at(row, x)).collect());
        story.table(&Table::records(title, columns, rows.collect()));
    }
    if !table.note.is_empty() {
        story.say(Style::Note, &table.note);
    }
}

/// ロードマップ
pub(super) fn roadmap(story: &mut Story<'_>, rows: &[RoadmapEntry<'_>]) {
    let columns = vec![
        left("区分", Width::Mm(26.0)),
        left("事項", Width::Share(1.0)),
        Column::new("種別", Width::Mm(14.0), Align::Centre),
        left("時期", Width::Mm(34.0)),
        Column::new("値", Width::Mm(22.0), Align::Right),
        left("備考", Width::Mm(32.0)),
    ];
    let cells = |r: &RoadmapEntry<'_>| {
        let kind = Text::from(r.kind);
        [&r.lane, &r.label, &kind, &r.when, &r.amount, &r.note].map(Cell::of).into()
    };
    records(story, "ロードマップ", columns, rows, cells, true);
}

/// 市場等の見通し
pub(super) fn market(story: &mut Story<'_>, rows: &[Market<'_>]) {
    let columns = vec![
        left("対象", Width::Share(1.0)),
        left("時期", Width::Mm(24.0)),
        Column::new("値", Width::Mm(32.0), Align::Right),
        Column::new("種別", Width::Mm(16.0), Align::Centre),
        left("出典・備考", Width::Mm(42.0)),
    ];
    let cells = |r: &Market<'_>| [&r.subject, &r.when, &r.amount, &r.kind, &r.note].map(Cell::of).into();
    records(story, "市場等の見通し", columns, rows, cells, false);
}

/// 前回評価の指摘事項 and what came of them.
pub(super) fn previous(story: &mut Story<'_>, groups: &[Group<'_, Answered<'_>>]) {
    for group in groups {
        story.caption(&of_group("前回の指摘", group), "");
        answered(story, ["指摘事項", "対処方針・対応状況"], &group.rows);
    }
}

/// What was said, and the answer to it, side by side. Without any, a row waits for them.
pub(super) fn answered(story: &mut Story<'_>, titles: [&str; 2], pairs: &[Answered<'_>]) {
    let columns = titles.map(|title| Column::new(title, Width::Share(1.0), Align::Prose)).into();
    let mut rows: Vec<Vec<Cell>> =
        pairs.iter().map(|pair| [&pair.said, &pair.answer].map(Cell::of).into()).collect();
    if rows.is_empty() {
        rows.push(vec![Cell::default(), Cell::default()]);
    }
    story.table(&Table::new(titles.join("と"), columns, rows));
}

/// A caption that names what all groups of tables have in common, and the group.
fn of_group<T>(title: &str, group: &Group<'_, T>) -> String {
    if group.title.is_empty() { title.to_owned() } else { format!("{title}　{}", group.title.printed()) }
}

/// A table of records under its caption; nothing without any.
fn records<R>(
    story: &mut Story<'_>,
    title: &str,
    columns: Vec<Column>,
    rows: &[R],
    cells: impl Fn(&R) -> Vec<Cell>,
    merge: bool,
) {
    if rows.is_empty() {
        return;
    }
    story.caption(title, "");
    let table = Table::records(title, columns, rows.iter().map(cells).collect());
    story.table(&if merge { table.merged() } else { table });
}
