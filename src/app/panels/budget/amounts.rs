//! 契約額, 執行額, 予算額 by fiscal year, each with the totals that the document prints beside them.

use super::super::figure::{self, Units};
use super::super::parts::{self, Rows};
use super::{YearAction, form, said, year_heading, years_menu};
use crate::app::kit::table::{Column, RowAction, Table, apply, cell};
use crate::app::kit::{Icon, button, empty, note, sheet, subheading};
use crate::locale::{Lang, Term};
use crate::model::{AmountKind, AmountSeries, AmountTotal, FiscalYear, Quantity, RowId, Unit, fresh_id};
use crate::tr;
use egui::Ui;
use rust_decimal::Decimal;

/// Draws the series, one sheet each. Gives the steps to a printed total whose mark was clicked.
pub(super) fn show(
    ui: &mut Ui,
    lang: Lang,
    list: &mut Vec<AmountSeries>,
    first: Option<FiscalYear>,
) -> Option<Vec<String>> {
    let words = lang.t("金額の表を追加", "Add a table of amounts");
    let mut add = false;
    if list.is_empty() {
        let title = lang.t("契約額・執行額", "Contract and executed amounts");
        let what = lang.t(
            "年度ごとの契約額・執行額・予算額と、報告書に印字された総額を記入します。",
            "The amounts contracted, executed or budgeted in each fiscal year, and the totals as printed.",
        );
        add = sheet(ui, title, None, |_| (), |ui| empty(ui, what, words)).1;
    }
    let count = list.len();
    let (mut asked, mut check) = (None, None);
    for (index, series) in list.iter_mut().enumerate() {
        let (action, total) = ui.push_id(index, |ui| one(ui, lang, series, (index, count), first)).inner;
        asked = asked.or(action);
        check = check
            .or_else(|| Some([series.id.as_str(), "totals", total?.as_str()].map(str::to_owned).to_vec()));
    }
    if count > 0 {
        add = button::quiet(ui, Some(Icon::Plus), words).clicked();
    }
    if let Some(action) = asked {
        apply(list, action, AmountSeries::default);
    }
    if add {
        let id = fresh_id(list, "r");
        list.push(AmountSeries { id, unit: Unit::MillionYen, ..AmountSeries::default() });
    }
    check
}

/// What the series is called: its heading as printed, or else its kind.
fn heading(lang: Lang, series: &AmountSeries) -> String {
    let label = series.label.trim();
    if label.is_empty() { series.kind.term(lang).to_owned() } else { label.to_owned() }
}

/// One series: its kind and unit, its years side by side, its printed totals beneath.
fn one(
    ui: &mut Ui,
    lang: Lang,
    series: &mut AmountSeries,
    (index, count): (usize, usize),
    first: Option<FiscalYear>,
) -> (Option<RowAction>, Option<RowId>) {
    let title = &heading(lang, series);
    let years: Vec<FiscalYear> = series.years.keys().copied().collect();
    let caption = form::in_unit(lang, &series.unit);
    let (mut kind, mut unit) = (series.kind, series.unit.clone());
    let key = (ui.scope_id(), series.id.as_str().to_owned());
    let told = std::cell::RefCell::new(Units { kept: unit.clone(), shown: unit.clone() });
    let ((asked, year), check) = sheet(
        ui,
        title,
        Some(&caption),
        |ui| {
            let asked = form::block_menu(ui, lang, &tr!(lang, "{title}の表", "{title} table"), index, count);
            let year = years_menu(ui, lang, title, &years, first);
            form::unit_choice(ui, lang, &tr!(lang, "{title}の単位", "{title} unit"), &mut unit);
            let name = tr!(lang, "{title}の表示単位", "{title} shown in");
            let kept = told.borrow().kept.clone();
            told.borrow_mut().shown = form::shown_unit(ui, lang, &name, &key, &kept);
            form::narrow(ui, "kind", 168.0, |ui| {
                let name = tr!(lang, "{title}の種類", "{title} kind");
                parts::choice(ui, lang, &name, &mut kind, &AmountKind::ALL);
            });
            (asked, year)
        },
        |ui| {
            let units = told.borrow().clone();
            by_year(ui, lang, series, &years, &units);
            let check = totals(ui, lang, series, &units);
            form::printed_at(ui, lang, title, &mut series.printed_at);
            let label = lang.t("種類のほかの見出し", "Heading beside the kind");
            let name = format!("{} {label}", series.kind.term(lang));
            form::small_line(ui, "label", label, &name, &mut series.label);
            check
        },
    );
    series.kind = kind;
    if series.unit != unit {
        let before = std::mem::replace(&mut series.unit, unit);
        let figures =
            series.years.values_mut().chain(series.totals.iter_mut().map(|total| &mut total.amount));
        for figure in figures {
            form::follow_unit(figure, &before, &series.unit);
        }
    }
    match year {
        Some(YearAction::Add(year)) => {
            series.years.insert(year, Quantity::empty(series.unit.clone()));
        }
        Some(YearAction::Remove(year)) => {
            series.years.remove(&year);
        }
        None => {}
    }
    (asked, check)
}

/// The years side by side, with their sum.
fn by_year(ui: &mut Ui, lang: Lang, series: &mut AmountSeries, years: &[FiscalYear], units: &Units) {
    let title = &heading(lang, series);
    if years.is_empty() {
        let words = lang.t(
            "右上の「年度」から最初の年度を追加します。",
            "Add the first fiscal year from “Years” at the upper right.",
        );
        note(ui, words);
        return;
    }
    let sum = units.sum(series.computed_total());
    let mut columns = vec![Column::text("", 1.0, 110.0)];
    columns.extend(years.iter().map(|year| Column::number(year_heading(lang, *year, ""), 84.0)));
    columns.push(Column::number(lang.t("計\n（計算）", "Total\n(computed)"), 96.0));
    Table::new("years", title, &columns, 1).show(ui, |ui, _, column| {
        match column.checked_sub(1).map(|at| years.get(at)) {
            None => {
                cell::label(ui, title);
            }
            Some(None) => {
                cell::computed(ui, &sum);
            }
            Some(Some(year)) => {
                let name = format!("{title} {}", said(lang, *year));
                if let Some(amount) = series.years.get_mut(year) {
                    figure::shown_figure(ui, lang, &name, amount, units);
                }
            }
        }
    });
}

/// The totals as printed, each under its own heading, beside the sum of the years. Gives the total whose mark was
/// clicked.
fn totals(ui: &mut Ui, lang: Lang, series: &mut AmountSeries, units: &Units) -> Option<RowId> {
    let mut asked = None;
    let title = lang.t("印字の総額", "Totals as printed");
    subheading(ui, title);
    let columns = [
        Column::text(lang.t("名称", "Heading"), 1.0, 140.0),
        Column::number(lang.t("金額", "Amount"), 104.0),
        Column::number(lang.t("年度の計との差", "Against the years"), 112.0),
        Column::text(lang.t("注", "Note"), 2.0, 110.0),
    ];
    let (kind, sum) = (series.kind, series.computed_total());
    let AmountSeries { totals, unit, .. } = series;
    let list = Rows {
        salt: "totals",
        name: title,
        add: lang.t("総額を追加", "Add a total"),
        prefix: "r",
        columns: &columns,
    };
    list.show(ui, lang, totals, |ui, total, column| {
        let name = format!("{} {}", kind.term(lang), columns[column].header());
        let name = if total.label.is_empty() {
            format!("{name} {}", total.id)
        } else {
            format!("{name} {}", total.label)
        };
        match column {
            0 => {
                parts::text(ui, &name, &mut total.label);
            }
            1 => {
                let compared = sum.filter(|sum| should_agree(kind, total, *sum, unit));
                if figure::printed_total(ui, lang, &name, &mut total.amount, units, compared).1 {
                    asked = Some(total.id.clone());
                }
            }
            2 => {
                let difference =
                    sum.zip(total.amount.value_in(unit)).and_then(|(sum, printed)| printed.checked_sub(sum));
                let shown = difference.and_then(|difference| unit.convert(difference, &units.shown));
                cell::computed(ui, &shown.map(figure::signed).unwrap_or_default());
            }
            _ => {
                parts::text(ui, &name, &mut total.amount.note);
            }
        }
    });
    asked
}

/// Whether a printed total is to be held against the sum of the years: one of the same kind always, a budget when
/// more than it was contracted or executed.
fn should_agree(kind: AmountKind, total: &AmountTotal, sum: Decimal, unit: &Unit) -> bool {
    let named = |word: &str| total.label.contains(word);
    match kind {
        AmountKind::Contract if named("契約") => true,
        AmountKind::Executed if named("執行") => true,
        AmountKind::Budget if named("予算") => true,
        _ => named("予算") && total.amount.value_in(unit).is_some_and(|budget| budget < sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::budget;
    use crate::app::panels::testing::{choose, click, fill, harness};
    use crate::model::{Dossier, Subject, SubjectId};
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_series_grows_by_years_and_totals() {
        let mut programme = Subject { id: SubjectId::programme(), ..Subject::default() };
        programme.overview.period.start = Some(FiscalYear::new(2017));
        let dossier = Dossier { programme: programme.into(), ..Dossier::default() };
        let mut window = harness(dossier, |ui, cx| budget::show(ui, cx, &SubjectId::programme()));
        click(&mut window, "金額の表を追加");
        choose(&mut window, "契約額の単位", "億円");
        for year in ["2017", "2018"] {
            choose(&mut window, "契約額 年度", &format!("{year}年度を追加"));
        }
        fill(&mut window, "契約額 2017年度", "7.5億円");
        fill(&mut window, "契約額 2018年度", "46.5");
        assert_eq!(window.query_all_by_label("54.0").count(), 1);
        click(&mut window, "総額を追加");
        fill(&mut window, "契約額 名称 r1", "総予算額");
        fill(&mut window, "契約額 金額 総予算額", "48.8");
        assert_eq!(window.query_all_by_label("-5.2").count(), 1);
        let series = &window.state().dossier.programme.amounts[0];
        let total = &series.totals[0];
        assert_eq!((total.label.as_str(), total.amount.display().as_str()), ("総予算額", "48.8"));
        assert!(should_agree(series.kind, total, series.computed_total().unwrap(), &series.unit));
        choose(&mut window, "契約額 年度", "2018年度を除く");
        choose(&mut window, "契約額の種類", "執行額");
        fill(&mut window, "執行額 種類のほかの見出し", "執行見込み");
        assert_eq!(
            window.query_all_by_label("執行見込み 2017年度").count(),
            1,
            "the heading names the table"
        );
        assert_eq!(window.state().dossier.programme.amounts[0].label, "執行見込み");
        let series = &window.state().dossier.programme.amounts[0];
        assert_eq!((series.kind, series.computed_total()), (AmountKind::Executed, Some(Decimal::new(75, 1))));
    }
}
