//! 図表: tables of the material that fit nowhere else, and the captions of the original's figures and tables.

use super::parts;
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, RowAction, RowTools, Table, apply, cell, row_menu};
use crate::app::kit::{Icon, button, field, note, sheet};
use crate::app::theme::{Type, space};
use crate::locale::Lang;
use crate::model::{FactRow, FactTable, FigureCaption, SubjectId, fresh_id};
use crate::tr;
use egui::Ui;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let subject = cx.subject(id);
    fact_tables(ui, lang, &mut subject.tables);
    captions(ui, lang, &mut subject.captions);
}

fn fact_tables(ui: &mut Ui, lang: Lang, tables: &mut Vec<FactTable>) {
    let title = lang.t("その他の表", "Other tables");
    let add = lang.t("表を追加", "Add a table");
    let fresh = |tables: &[FactTable]| FactTable {
        id: fresh_id(tables, "t"),
        columns: vec![String::new(), String::new()],
        ..FactTable::default()
    };
    let what = lang.t(
        "臨床研究の一覧や費用の内訳など、ほかの欄に収まらない表をここに置きます。列は自由に決められます。",
        "Tables that fit nowhere else go here, such as lists of studies or breakdowns of costs. Columns are free.",
    );
    if parts::empty_list(ui, title, what, add, tables, || fresh(&[])) {
        return;
    }
    let count = tables.len();
    let mut action = None;
    for (index, table) in tables.iter_mut().enumerate() {
        let id = table.id.as_str().to_owned();
        ui.push_id(("fact table", id), |ui| {
            let asked = fact_table(ui, lang, table, index, count);
            action = action.or(asked);
        });
    }
    if button::with_icon(ui, Icon::Plus, add).clicked() {
        action = Some(RowAction::Insert(count));
    }
    if let Some(action) = action {
        let row = fresh(tables);
        apply(tables, action, || row);
    }
}

/// One table on its sheet. What the user asked to happen to the table as a whole.
fn fact_table(
    ui: &mut Ui,
    lang: Lang,
    table: &mut FactTable,
    index: usize,
    count: usize,
) -> Option<RowAction> {
    let n = index + 1;
    let key = ui.scope_id().with("columns open");
    // A table without headings begins with them.
    let unnamed = table.columns.iter().all(String::is_empty);
    let open = ui.data(|data| data.get_temp::<bool>(key)).unwrap_or(unnamed);
    let title = tr!(lang, "表 {n}", "Table {n}");
    let actions = |ui: &mut Ui| {
        let label = tr!(lang, "表 {n} の操作", "Actions for table {n}");
        let action = row_menu(ui, lang, &label, index, count, true);
        if crate::app::kit::is_read_only(ui) {
            return (action, false);
        }
        let label = if open {
            lang.t("列の編集を終える", "Done with the columns")
        } else {
            lang.t("列を編集", "Edit the columns")
        };
        let toggled = button::quiet(ui, None, label).clicked();
        (action, toggled)
    };
    let ((action, toggled), ()) = sheet(ui, &title, None, actions, |ui| {
        let name = tr!(lang, "表 {n} の題", "Caption of table {n}");
        let placeholder = lang.t("表の題を記入", "Caption of the table");
        let options = field::Options::default().bare().font(Type::Strong).placeholder(placeholder);
        field::wrapped(ui, "title", &name, &mut table.title, &options);
        if open && !crate::app::kit::is_read_only(ui) {
            columns(ui, lang, table, n);
        }
        rows(ui, lang, table, n);
        let name = tr!(lang, "表 {n} の注", "Note of table {n}");
        parts::aside(ui, lang.t("注", "Note"), |ui| {
            let options = field::Options::default().bare().font(Type::Table).placeholder("—");
            field::wrapped(ui, "note", &name, &mut table.note, &options);
        });
        let name = tr!(lang, "表 {n} の印字箇所", "Table {n} printed at");
        parts::aside_line(ui, lang.t("印字箇所", "Printed at"), &name, 240.0, &mut table.printed_at);
    });
    if toggled {
        ui.data_mut(|data| data.insert_temp(key, !open));
    }
    action
}

/// The headings of a table, to be renamed, added, removed and moved.
fn columns(ui: &mut Ui, lang: Lang, table: &mut FactTable, n: usize) {
    let title = tr!(lang, "表 {n} の列", "Columns of table {n}");
    let header = [
        Column::number("", 36.0),
        Column::text(
            lang.t("列の見出し（上から順に左から並ぶ）", "Heading (from top to bottom: from left to right)"),
            1.0,
            200.0,
        ),
    ];
    let output = Table::new("columns", &title, &header, table.columns.len())
        .tools(RowTools::new(lang, lang.t("列を追加", "Add a column")))
        .show(ui, |ui, row, column| {
            let m = row + 1;
            if column == 0 {
                cell::computed(ui, &m.to_string());
            } else {
                let name = tr!(lang, "表 {n} 列 {m} の見出し", "Heading of column {m} of table {n}");
                cell::text(ui, &name, &mut table.columns[row]);
            }
        });
    for action in output.actions() {
        change_columns(table, action);
    }
    ui.add_space(space::INSIDE);
}

/// Carries out on headings and cells what was asked of a column.
fn change_columns(table: &mut FactTable, action: RowAction) {
    for row in &mut table.rows {
        // Cells that are not there are empty; those that move must be there.
        let needed = match action {
            RowAction::Up(at) => at + 1,
            RowAction::Down(at) => at + 2,
            RowAction::Insert(_) | RowAction::Remove(_) => 0,
        };
        if row.cells.len() < needed.min(table.columns.len()) {
            row.cells.resize(needed.min(table.columns.len()), String::new());
        }
        apply(&mut row.cells, action, String::new);
    }
    apply(&mut table.columns, action, String::new);
}

fn rows(ui: &mut Ui, lang: Lang, table: &mut FactTable, n: usize) {
    if table.columns.is_empty() {
        note(
            ui,
            lang.t(
                "この表にはまだ列がありません。「列を編集」で加えてください。",
                "This table has no columns yet. Add some with “Edit the columns”.",
            ),
        );
        return;
    }
    let many = table.columns.len() > 6;
    let header: Vec<Column<'static>> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            let longest = table.rows.iter().filter_map(|row| row.cells.get(index)).map(String::len).max();
            let (weight, least) = share(longest.unwrap_or(0), many);
            Column::text(heading.clone(), weight, least)
        })
        .collect();
    let width = table.columns.len();
    let name = tr!(lang, "表 {n} の行", "Rows of table {n}");
    let output = Table::new("rows", &name, &header, table.rows.len())
        .tools(RowTools::new(lang, lang.t("行を追加", "Add a row")))
        .widens()
        .show(ui, |ui, row, column| {
            let m = row + 1;
            let heading = &table.columns[column];
            let name = tr!(lang, "表 {n} 行 {m} {heading}", "Table {n} row {m} {heading}");
            let cells = &mut table.rows[row].cells;
            if let Some(text) = cells.get_mut(column) {
                cell::text(ui, &name, text);
            } else {
                let mut text = String::new();
                if cell::text(ui, &name, &mut text).changed() {
                    cells.resize(width, String::new());
                    cells[column] = text;
                }
            }
        });
    table.columns.extend(std::iter::repeat_n(String::new(), output.columns));
    for action in output.actions() {
        let id = fresh_id(&table.rows, "r");
        apply(&mut table.rows, action, || FactRow { id, cells: Vec::new() });
    }
}

/// The share of the spare room and the least width of a column whose longest cell has so many bytes.
fn share(longest: usize, many: bool) -> (f32, f32) {
    // A character of Japanese is three bytes.
    let characters = u16::try_from(longest / 3).unwrap_or(u16::MAX).clamp(4, 120);
    let weight = f32::from(characters).sqrt();
    let least = if many { (40.0 + 20.0 * weight).max(100.0) } else { 88.0 };
    (weight, least)
}

fn captions(ui: &mut Ui, lang: Lang, captions: &mut Vec<FigureCaption>) {
    let title = lang.t("図表の題", "Captions of figures and tables");
    let add = lang.t("題を追加", "Add a caption");
    let what = lang.t(
        "報告書に印字された図と表の番号、題、出典をここへ記録します。画像そのものは含みません。",
        "Number, caption and source of each figure and table of the printed report go here. Pictures do not.",
    );
    if parts::empty_list(ui, title, what, add, captions, || FigureCaption {
        id: "fig1".into(),
        ..FigureCaption::default()
    }) {
        return;
    }
    let columns = [
        Column::fixed(lang.t("図・表", "Kind"), 64.0),
        Column::fixed(lang.t("番号", "No."), 64.0).centred(),
        Column::text(lang.t("題", "Caption"), 2.0, 200.0),
        Column::text(lang.t("出典", "Cited source"), 1.2, 140.0),
        Column::text(lang.t("注", "Note"), 1.0, 120.0),
        Column::text(lang.t("印字箇所", "Printed at"), 0.6, 96.0),
    ];
    let list = parts::Rows { salt: "captions", name: title, add, prefix: "fig", columns: &columns };
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            list.show(ui, lang, captions, |ui, caption, column| {
                let row = caption.id.as_str();
                match column {
                    0 => parts::text(ui, &tr!(lang, "{row} 図・表", "{row} kind"), &mut caption.kind),
                    1 => parts::text(ui, &tr!(lang, "{row} 番号", "{row} number"), &mut caption.no),
                    2 => parts::text(ui, &tr!(lang, "{row} 題", "{row} caption"), &mut caption.caption),
                    3 => parts::text(ui, &tr!(lang, "{row} 出典", "{row} source"), &mut caption.cited),
                    4 => parts::text(ui, &tr!(lang, "{row} 注", "{row} note"), &mut caption.note),
                    _ => parts::text(
                        ui,
                        &tr!(lang, "{row} 印字箇所", "{row} printed at"),
                        &mut caption.printed_at,
                    ),
                };
            });
        },
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{click, fill, harness};
    use super::*;
    use crate::model::Dossier;
    use egui_kittest::kittest::Queryable;

    fn table() -> FactTable {
        let row = |id: &str, cells: &[&str]| FactRow {
            id: id.into(),
            cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        };
        FactTable {
            id: "t1".into(),
            title: "臨床研究".to_owned(),
            columns: vec!["機関".to_owned(), "疾患".to_owned(), "段階".to_owned()],
            rows: vec![row("r1", &["甲", "乙", "丙"]), row("r2", &["丁"])],
            ..FactTable::default()
        }
    }

    #[test]
    fn a_column_takes_its_cells_along() {
        let after = |action| {
            let mut table = table();
            change_columns(&mut table, action);
            let cells = |row: usize| table.rows[row].cells.join(",");
            (table.columns.join(","), cells(0), cells(1))
        };
        let is = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(after(RowAction::Down(0)), is("疾患,機関,段階", "乙,甲,丙", ",丁"));
        assert_eq!(after(RowAction::Up(2)), is("機関,段階,疾患", "甲,丙,乙", "丁,,"));
        assert_eq!(after(RowAction::Remove(0)), is("疾患,段階", "乙,丙", ""));
        assert_eq!(after(RowAction::Insert(1)), is("機関,,疾患,段階", "甲,,乙,丙", "丁,"));
        assert_eq!(after(RowAction::Insert(3)), is("機関,疾患,段階,", "甲,乙,丙,", "丁"));
    }

    #[test]
    fn cells_and_columns_are_edited_in_place() {
        let mut dossier = Dossier::default();
        dossier.programme.tables.push(table());
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &SubjectId::programme()));
        fill(&mut harness, "表 1 行 2 段階", "第I相");
        assert!(harness.query_by_label("表 1 列 1 の見出し").is_none());
        click(&mut harness, "列を編集");
        fill(&mut harness, "表 1 列 1 の見出し", "実施機関");
        click(&mut harness, "列の編集を終える");
        click(&mut harness, "行を追加");
        let table = &harness.state().dossier.programme.tables[0];
        assert_eq!(table.rows[1].cells, ["丁", "", "第I相"]);
        assert_eq!(table.columns[0], "実施機関");
        assert_eq!((table.rows.len(), table.rows[2].id.as_str()), (3, "r3"));
    }

    #[test]
    fn tables_and_captions_begin_with_one_click() {
        let mut harness = harness(Dossier::default(), |ui, cx| show(ui, cx, &SubjectId::programme()));
        click(&mut harness, "表を追加");
        fill(&mut harness, "表 1 の題", "費用の内訳");
        click(&mut harness, "題を追加");
        fill(&mut harness, "fig1 題", "全体像");
        click(&mut harness, "表 1 の操作");
        click(&mut harness, "下に追加");
        let programme = &harness.state().dossier.programme;
        assert_eq!(programme.captions[0].caption, "全体像");
        let titles: Vec<_> = programme.tables.iter().map(|table| table.title.as_str()).collect();
        assert_eq!(titles, ["費用の内訳", ""]);
    }
}
