//! 市場・経済: figures about markets, costs and economic effects.

use super::{groups, parts};
use crate::app::charts;
use crate::app::cx::Cx;
use crate::app::kit::sheet;
use crate::app::kit::table::Column;
use crate::model::{MarketFigure, SubjectId, Unit};
use crate::tr;
use egui::Ui;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    charts::market(ui, cx, id);
    let figures = &mut cx.subject(id).market;
    let title = lang.t("市場予測・経済効果", "Market projections and economic effects");
    let add = lang.t("数値を追加", "Add a figure");
    let what = lang.t(
        "市場規模とその予測、費用の削減、経済効果などの数値を、出典とともにここへ記入します。",
        "Figures on markets and their projection, on costs saved and on economic effects go here with their sources.",
    );
    if parts::empty_list(ui, title, what, add, figures, || MarketFigure {
        id: "M1".into(),
        ..MarketFigure::default()
    }) {
        return;
    }
    let columns = [
        Column::text(lang.t("対象", "Subject"), 2.0, 180.0),
        Column::text(lang.t("時期", "When"), 0.4, 100.0),
        Column::text(lang.t("値", "Value"), 0.8, 120.0).right(),
        Column::fixed(lang.t("単位", "Unit"), 64.0),
        Column::number(lang.t("年成長率\n（%）", "Growth\n% a year"), 76.0),
        Column::text(lang.t("種別", "Kind"), 0.2, 64.0),
        Column::text(lang.t("出典", "Cited source"), 1.6, 120.0),
        Column::text(lang.t("注", "Note"), 1.0, 110.0),
        Column::text(lang.t("印字箇所", "Printed at"), 0.5, 96.0),
    ];
    let places: Vec<usize> = (0..figures.len()).collect();
    let rows = parts::Rows { salt: "market", name: title, add, prefix: "M", columns: &columns };
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            let same = |above: &MarketFigure, row: &MarketFigure| above.subject == row.subject;
            let fresh = MarketFigure::default;
            rows.show_grouped(ui, lang, figures, &places, fresh, same, |ui, figure, column, repeats| {
                let row = figure.id.as_str();
                match column {
                    0 => {
                        let name = tr!(lang, "{row} 対象", "{row} subject");
                        groups::text(ui, &name, &mut figure.subject, repeats)
                    }
                    1 => parts::when(ui, &tr!(lang, "{row} 時期", "{row} when"), &mut figure.when),
                    2 => {
                        let name = tr!(lang, "{row} 値", "{row} value");
                        parts::wrapped_quantity(ui, lang, &name, &mut figure.amount, &Unit::default())
                    }
                    3 => parts::unit(ui, &tr!(lang, "{row} 単位", "{row} unit"), &mut figure.amount),
                    4 => {
                        let name = tr!(lang, "{row} 年成長率", "{row} growth");
                        parts::decimal(ui, &name, &mut figure.growth_percent)
                    }
                    5 => parts::text(ui, &tr!(lang, "{row} 種別", "{row} kind"), &mut figure.kind),
                    6 => parts::text(ui, &tr!(lang, "{row} 出典", "{row} source"), &mut figure.cited),
                    7 => parts::text(ui, &tr!(lang, "{row} 注", "{row} note"), &mut figure.note),
                    _ => parts::text(
                        ui,
                        &tr!(lang, "{row} 印字箇所", "{row} printed at"),
                        &mut figure.printed_at,
                    ),
                };
            });
        },
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{click, fill, harness};
    use crate::model::{Certainty, Dossier, SubjectId, Unit};
    use rust_decimal::Decimal;

    #[test]
    fn a_figure_is_added_and_filled_in() {
        let mut harness = harness(Dossier::default(), |ui, cx| {
            super::show(ui, cx, &SubjectId::programme());
        });
        click(&mut harness, "数値を追加");
        fill(&mut harness, "M1 対象", "世界市場");
        fill(&mut harness, "M1 時期", "2040年頃");
        fill(&mut harness, "M1 値", "約 11.6兆円");
        fill(&mut harness, "M1 年成長率", "１３．５%");
        click(&mut harness, "数値を追加");
        let market = &harness.state().dossier.programme.market;
        assert_eq!((market.len(), market[1].id.as_str()), (2, "M2"));
        let figure = &market[0];
        assert_eq!(figure.subject, "世界市場");
        assert_eq!(figure.when.printed, "2040年頃");
        assert_eq!(figure.amount.value_in(&Unit::HundredMillionYen), Some(Decimal::from(116_000)));
        assert_eq!(figure.amount.certainty, Certainty::About);
        assert_eq!(figure.growth_percent, Decimal::from_str_exact("13.5").ok());
    }
}
