//! 資金配分: research items × fiscal years, with totals computed and printed.

use super::super::figure::{self, Units};
use super::super::parts;
use super::{YearAction, form, said, year_heading, years_menu};
use crate::app::kit::table::{Column, RowTools, Table, apply, cell};
use crate::app::kit::{empty, field, note, sheet, subheading};
use crate::app::theme::Type;
use crate::locale::Lang;
use crate::model::{FiscalYear, FundingCell, FundingItem, FundingTable, FundingYear, Unit, fresh_id};
use crate::tr;
use egui::{Id, Ui};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The figures that follow from the cells; worked out once a frame, since rows out of view are not drawn.
struct Sums {
    /// Of each item.
    items: Vec<Option<Decimal>>,
    /// Of each year.
    years: Vec<Option<Decimal>>,
    /// Of the whole table.
    all: Option<Decimal>,
}

impl Sums {
    fn of(table: &FundingTable, years: &[FiscalYear]) -> Self {
        Self {
            items: table.items.iter().map(|item| item.computed_total(&table.unit)).collect(),
            years: years.iter().map(|year| table.computed_column_total(*year)).collect(),
            all: table.computed_grand_total(),
        }
    }
}

/// Draws the table with its tools.
///
/// Gives the steps to a printed total whose mark was clicked.
pub(super) fn show(
    ui: &mut Ui,
    lang: Lang,
    table: &mut FundingTable,
    first: Option<FiscalYear>,
) -> Option<Vec<String>> {
    let title = lang.t("資金配分", "Funding allocation");
    if table.is_empty() {
        let what = lang.t(
            "研究開発項目ごと・年度ごとの資金配分を記入します。計はその場で計算され、印字の計と並べて確かめられます。",
            "The funds of each research item in each fiscal year. Totals are computed at once and stand beside the printed ones.",
        );
        let words = lang.t("項目を追加", "Add an item");
        if sheet(ui, title, None, |_| (), |ui| empty(ui, what, words)).1 {
            start(table, first);
        }
        return None;
    }
    let years = table.columns().iter().map(|column| column.year).collect::<Vec<_>>();
    let kind = prevailing_kind(table);
    let mut caption = form::in_unit(lang, &table.unit);
    if !kind.is_empty() {
        caption.push_str(&tr!(lang, "　特記のない額は{kind}", "; {kind} unless marked"));
    }
    let details = Id::unique("funding details");
    let detailed = ui.data(|d| d.get_temp::<bool>(details)).unwrap_or(false);
    let mut unit = table.unit.clone();
    let told = std::cell::RefCell::new(Units { kept: unit.clone(), shown: unit.clone() });
    let key = ui.scope_id();
    let (year, asked) = sheet(
        ui,
        title,
        Some(&caption),
        |ui| {
            let words = lang.t("区分と見出しを編集", "Edit kinds and headings");
            let mut wanted = detailed;
            if !crate::app::kit::is_read_only(ui) && ui.checkbox(&mut wanted, words).changed() {
                ui.data_mut(|d| d.insert_temp(details, wanted));
            }
            let year = years_menu(ui, lang, title, &years, first);
            form::unit_choice(ui, lang, &tr!(lang, "{title}の単位", "{title} unit"), &mut unit);
            let name = tr!(lang, "{title}の表示単位", "{title} shown in");
            let kept = told.borrow().kept.clone();
            told.borrow_mut().shown = form::shown_unit(ui, lang, &name, key, &kept);
            year
        },
        |ui| {
            let units = told.borrow().clone();
            let asked = grid(ui, lang, table, &units, &years, if detailed { None } else { Some(&kind) });
            if detailed {
                headings(ui, lang, table);
            }
            let name = lang.t("表の注", "Notes under the table");
            let options = field::Options::default().bare().font(Type::Small).placeholder(name);
            field::wrapped(ui, "note", name, &mut table.note, &options);
            form::printed_at(ui, lang, title, &mut table.printed_at);
            asked
        },
    );
    if table.unit != unit {
        let before = std::mem::replace(&mut table.unit, unit);
        let unit = table.unit.clone();
        let FundingTable { items, column_totals, grand_total, .. } = table;
        let cells = items.iter_mut().flat_map(|item| item.amounts.values_mut().chain([&mut item.total]));
        for cell in cells.chain(column_totals.values_mut()).chain([grand_total]) {
            form::follow_unit(&mut cell.amount, &before, &unit);
        }
    }
    match year {
        Some(YearAction::Add(year)) => add_year(table, year),
        Some(YearAction::Remove(year)) => {
            table.years.retain(|column| column.year != year);
            table.column_totals.remove(&year);
            for item in &mut table.items {
                item.amounts.remove(&year);
            }
        }
        None => {}
    }
    asked
}

/// A first item, in a table that begins with the subject's first year.
fn start(table: &mut FundingTable, first: Option<FiscalYear>) {
    if table.unit == Unit::default() {
        table.unit = Unit::MillionYen;
    }
    if let Some(year) = first {
        add_year(table, year);
    }
    table.items.push(FundingItem { id: "r1".into(), ..FundingItem::default() });
}

fn add_year(table: &mut FundingTable, year: FiscalYear) {
    let at = table.years.iter().position(|column| column.year > year).unwrap_or(table.years.len());
    table.years.insert(at, FundingYear { year, printed: String::new() });
}

/// The kind of funding that most figures have; it is said once above the table instead of in each cell.
fn prevailing_kind(table: &FundingTable) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in table.items.iter().flat_map(|item| item.amounts.values()).filter(|cell| !cell.kind.is_empty())
    {
        *counts.entry(&cell.kind).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or_else(String::new, |(kind, _)| kind.to_owned())
}

/// Draws items, sums and printed totals. With `usual`, only other kinds are shown; without, each can be edited.
fn grid(
    ui: &mut Ui,
    lang: Lang,
    table: &mut FundingTable,
    units: &Units,
    years: &[FiscalYear],
    usual: Option<&str>,
) -> Option<Vec<String>> {
    let mut asked = None;
    let steps = |steps: &[&str]| Some(steps.iter().map(|step| (*step).to_owned()).collect());
    let title = lang.t("資金配分", "Funding allocation");
    let sums = Sums::of(table, years);
    let mut columns = vec![Column::text(lang.t("研究開発項目", "Research item"), 1.0, 200.0)];
    columns.extend(years.iter().map(|year| {
        let printed =
            table.years.iter().find(|column| column.year == *year).map_or("", |c| c.printed.as_str());
        Column::number(year_heading(lang, *year, printed), 76.0)
    }));
    columns.push(Column::number(lang.t("計", "Total"), 84.0));
    columns.push(Column::number(lang.t("印字", "Printed"), 92.0));
    let count = table.items.len();
    let (sum_column, printed_column) = (years.len() + 1, years.len() + 2);
    let FundingTable { items, column_totals, grand_total, .. } = table;
    let names: Vec<String> = items.iter().map(|item| item_name(lang, item)).collect();
    let output = Table::new("funding", title, &columns, count + 2)
        .totals(2)
        .tools(RowTools::new(lang, lang.t("項目を追加", "Add an item")))
        .show(ui, |ui, row, column| {
            let cells = Cells { lang, units, usual };
            let show = |ui: &mut Ui, value: Option<Decimal>| {
                cell::computed(ui, &units.sum(value));
            };
            if row < count {
                let name = &names[row];
                let item = &mut items[row];
                match column {
                    0 => {
                        let label = lang.t("研究開発項目", "Research item");
                        parts::text(ui, &format!("{label} {}", item.id), &mut item.label);
                    }
                    at if at == sum_column => show(ui, sums.items[row]),
                    at if at == printed_column => {
                        let name = tr!(lang, "{name} 印字の計", "{name} printed total");
                        if cells.total(ui, &name, &mut item.total, sums.items[row]) {
                            asked = steps(&["items", item.id.as_str(), "total"]);
                        }
                    }
                    at => {
                        let year = years[at - 1];
                        cells.amount(
                            ui,
                            &format!("{name} {}", said(lang, year)),
                            &mut item.amounts,
                            year,
                            None,
                        );
                    }
                }
                return;
            }
            let printed = row > count;
            match (column, printed) {
                (0, false) => {
                    cell::label(ui, lang.t("計", "Total"));
                }
                (0, true) => {
                    cell::label(ui, lang.t("印字の計", "Total as printed"));
                }
                (at, false) if at == sum_column => show(ui, sums.all),
                (at, false) if at == printed_column => {
                    let name = lang.t("印字の総計", "Printed grand total");
                    if cells.total(ui, name, grand_total, sums.all) {
                        asked = steps(&["grand_total"]);
                    }
                }
                (at, true) if at >= sum_column => {}
                (at, false) => show(ui, sums.years[at - 1]),
                (at, true) => {
                    let year = years[at - 1];
                    let said = said(lang, year);
                    let name = tr!(lang, "印字の計 {said}", "Printed total {said}");
                    if cells.amount(ui, &name, column_totals, year, sums.years[at - 1]) {
                        asked = steps(&["column_totals", &year.to_string()]);
                    }
                }
            }
        });
    for action in output.actions() {
        let id = fresh_id(items, "r");
        apply(items, action, || FundingItem { id, ..FundingItem::default() });
    }
    asked
}

/// How the document heads each year.
fn headings(ui: &mut Ui, lang: Lang, table: &mut FundingTable) {
    let title = lang.t("年度の見出し", "Headings of the years");
    subheading(ui, title);
    let columns = [
        Column::fixed(lang.t("年度", "FY"), 120.0),
        Column::text(lang.t("印字の見出し", "Heading as printed"), 1.0, 160.0),
    ];
    Table::new("headings", title, &columns, table.years.len()).show(ui, |ui, row, column| {
        let heading = &mut table.years[row];
        let said = said(lang, heading.year);
        if column == 0 {
            cell::label(ui, &said);
        } else {
            let name = tr!(lang, "{said} 印字の見出し", "{said} heading as printed");
            parts::text(ui, &name, &mut heading.printed);
        }
    });
}

/// What an item is called in the names of its cells.
fn item_name(lang: Lang, item: &FundingItem) -> String {
    if item.label.is_empty() {
        let id = &item.id;
        tr!(lang, "項目 {id}", "Item {id}")
    } else {
        item.label.clone()
    }
}

/// How the cells of the table are drawn.
struct Cells<'a> {
    lang: Lang,
    units: &'a Units,
    /// The kind that goes without saying; none while kinds are edited.
    usual: Option<&'a str>,
}

impl Cells<'_> {
    /// The figure of a year, beside the computed one where there is one. A year without a figure gets a place for
    /// it, kept only when something is written there. Whether the mark of a difference was clicked.
    fn amount(
        &self,
        ui: &mut Ui,
        name: &str,
        amounts: &mut BTreeMap<FiscalYear, FundingCell>,
        year: FiscalYear,
        computed: Option<Decimal>,
    ) -> bool {
        let mut fresh = FundingCell::default();
        let known = amounts.contains_key(&year);
        let cell = amounts.get_mut(&year).unwrap_or(&mut fresh);
        let (response, asked) =
            figure::printed_total(ui, self.lang, name, &mut cell.amount, self.units, computed);
        let changed = self.kind(ui, name, cell) || response.changed();
        let blank = cell.amount.is_blank() && cell.kind.is_empty();
        if changed && blank {
            amounts.remove(&year);
        } else if changed && !known {
            amounts.insert(year, fresh);
        }
        asked
    }

    /// A printed total beside the computed one. Whether the mark of a difference was clicked.
    fn total(&self, ui: &mut Ui, name: &str, cell: &mut FundingCell, computed: Option<Decimal>) -> bool {
        let (_, asked) = figure::printed_total(ui, self.lang, name, &mut cell.amount, self.units, computed);
        self.kind(ui, name, cell);
        asked
    }

    /// The kind of funding beneath a figure, in second rank. Whether it was changed.
    fn kind(&self, ui: &mut Ui, name: &str, cell: &mut FundingCell) -> bool {
        let lang = self.lang;
        if let Some(usual) = self.usual {
            if !cell.kind.is_empty() && cell.kind != usual {
                cell::pad(ui, |ui| note(ui, &cell.kind));
            }
            return false;
        }
        let name = tr!(lang, "{name} 区分", "{name} kind");
        let options = field::Options::default().bare().right().font(Type::Small);
        field::line(ui, "kind", &name, &mut cell.kind, &options).changed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::budget;
    use crate::app::panels::testing::{Window, click, fill, harness};
    use crate::model::{Dossier, Quantity, Subject, SubjectId};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    fn cell(text: &str) -> FundingCell {
        FundingCell { amount: Quantity::read(text, &Unit::MillionYen), kind: "委託".into() }
    }

    fn dossier() -> Dossier {
        let year = FiscalYear::new;
        let item = |id: &str, label: &str, cells: [&str; 2], total: &str| FundingItem {
            id: id.into(),
            label: label.into(),
            amounts: [(year(2019), cell(cells[0])), (year(2020), cell(cells[1]))].into(),
            total: cell(total),
        };
        let funding = FundingTable {
            unit: Unit::MillionYen,
            years: [2019, 2020].map(|y| FundingYear { year: year(y), printed: format!("{y}FY") }).into(),
            items: vec![
                item("r1", "項目１", ["297\n（委託）", "406"], "703"),
                item("r2", "項目２", ["3", "4"], "9"),
            ],
            column_totals: [(year(2019), cell("300"))].into(),
            grand_total: cell("710"),
            ..FundingTable::default()
        };
        let project = Subject { id: "A".into(), funding, ..Subject::default() };
        let programme = Subject { id: SubjectId::programme(), ..Subject::default() };
        Dossier { programme: programme.into(), projects: vec![project.into()], ..Dossier::default() }
    }

    fn window(dossier: Dossier) -> Harness<'static, Window> {
        harness(dossier, |ui, cx| budget::show(ui, cx, &"A".into()))
    }

    fn shown(window: &Harness<'_, Window>, text: &str) -> usize {
        window.query_all_by_label(text).count()
    }

    #[test]
    fn totals_follow_a_cell_at_once() {
        let mut window = window(dossier());
        assert_eq!((shown(&window, "703"), shown(&window, "710")), (1, 1));
        fill(&mut window, "項目１ 2020年度", "1,000");
        assert_eq!(
            (shown(&window, "1,297"), shown(&window, "1,004"), shown(&window, "1,304")),
            (1, 1, 1),
            "row, column and grand total"
        );
        let table = &window.state().dossier.projects[0].funding;
        let cell = &table.items[0].amounts[&FiscalYear::new(2020)];
        assert_eq!((cell.amount.value(), cell.kind.as_str()), (Some(1000.into()), "委託"));
        assert_eq!(table.grand_total.amount.value(), Some(710.into()), "the printed total is left alone");
    }

    #[test]
    fn a_figure_keeps_what_was_printed_until_another_is_typed() {
        let mut window = window(dossier());
        let printed = |window: &Harness<'_, Window>| {
            window.state().dossier.projects[0].funding.items[0].amounts[&FiscalYear::new(2019)]
                .amount
                .printed
                .clone()
        };
        fill(&mut window, "項目１ 2019年度", "297");
        assert_eq!(printed(&window), "297\n（委託）", "the same value says nothing new");
        fill(&mut window, "項目１ 2019年度", "298");
        assert_eq!(printed(&window), "298");
    }

    #[test]
    fn items_years_and_units_can_be_changed() {
        let mut window = window(dossier());
        click(&mut window, "項目を追加");
        fill(&mut window, "研究開発項目 r3", "項目３");
        fill(&mut window, "項目３ 2019年度", "10");
        fill(&mut window, "印字の計 2020年度", "410");
        click(&mut window, "資金配分 年度");
        click(&mut window, "2021年度を追加");
        click(&mut window, "資金配分 年度");
        click(&mut window, "2019年度を除く");
        click(&mut window, "資金配分の単位");
        click(&mut window, "千円");
        let table = &window.state().dossier.projects[0].funding;
        let years: Vec<i16> = table.years.iter().map(|column| column.year.start_year()).collect();
        assert_eq!(years, [2020, 2021]);
        assert!(table.items.iter().all(|item| !item.amounts.contains_key(&FiscalYear::new(2019))));
        assert_eq!(table.unit, Unit::ThousandYen);
        assert_eq!(table.computed_grand_total(), Some(410.into()));
        assert_eq!(table.column_totals[&FiscalYear::new(2020)].amount.unit, Unit::ThousandYen);
    }

    #[test]
    fn kinds_are_shown_and_edited_on_request() {
        let mut window = window(dossier());
        assert!(window.query_by_label("項目１ 2019年度 区分").is_none());
        click(&mut window, "区分と見出しを編集");
        fill(&mut window, "項目１ 2019年度 区分", "補助");
        fill(&mut window, "2019年度 印字の見出し", "2019（予定）");
        click(&mut window, "区分と見出しを編集");
        assert_eq!(shown(&window, "補助"), 1, "a kind unlike the others is marked");
        let table = &window.state().dossier.projects[0].funding;
        assert_eq!(table.years[0].printed, "2019（予定）");
    }

    #[test]
    fn an_empty_table_offers_its_first_item() {
        let mut dossier = dossier();
        dossier.projects[0].funding = FundingTable::default();
        dossier.projects[0].overview.period.start = Some(FiscalYear::new(2018));
        let mut window = window(dossier);
        click(&mut window, "項目を追加");
        let table = &window.state().dossier.projects[0].funding;
        assert_eq!((table.items.len(), table.years[0].year), (1, FiscalYear::new(2018)));
        assert_eq!(table.unit, Unit::MillionYen);
    }
}
