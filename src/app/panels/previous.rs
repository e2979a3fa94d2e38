//! 前回評価の指摘事項: what an earlier evaluation found, and what became of it.

use super::parts::{self, Rows, name};
use crate::app::cx::Cx;
use crate::app::kit;
use crate::app::kit::table::Column;
use crate::model::SubjectId;
use crate::tr;
use egui::Ui;

/// Draws the previous findings on a subject.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let findings = &mut cx.subject(id).previous_findings;
    let n = findings.len();
    let count = tr!(lang, "{n} 件", "{n}");
    let title = lang.t("前回評価の指摘事項", "Previous findings");
    let columns = [
        Column::text(lang.t("評価・時期", "Evaluation, year"), 0.5, 128.0),
        Column::text(lang.t("評価項目", "Criterion"), 0.5, 120.0),
        Column::text(lang.t("所見", "Finding"), 1.0, 240.0),
        Column::text(lang.t("対処状況", "What was done"), 1.0, 240.0),
        Column::fixed(lang.t("印字箇所", "Printed at"), 96.0),
    ];
    kit::sheet(
        ui,
        title,
        Some(&count),
        |_| (),
        |ui| {
            if n == 0 {
                kit::note(
                    ui,
                    lang.t(
                        "前回の評価で受けた指摘と、その後の対処を一行ずつ並べます。",
                        "Each row holds a finding of an earlier evaluation and what was done about it.",
                    ),
                );
            }
            let add = lang.t("指摘事項を追加", "Add a finding");
            let rows = Rows { salt: "previous", name: title, add, prefix: "v", columns: &columns };
            rows.show(ui, lang, findings, |ui, row, column| match column {
                0 => {
                    parts::text(ui, &name(&row.id, lang.t("評価", "Evaluation")), &mut row.source);
                    ui.push_id("when", |ui| {
                        parts::when(ui, &name(&row.id, lang.t("時期", "Year")), &mut row.when)
                    });
                }
                1 => {
                    parts::text(ui, &name(&row.id, lang.t("評価項目", "Criterion")), &mut row.criterion);
                }
                2 => {
                    parts::text(ui, &name(&row.id, lang.t("所見", "Finding")), &mut row.finding);
                }
                _ => {
                    parts::text(ui, &name(&row.id, lang.t("対処状況", "What was done")), &mut row.response);
                }
            });
        },
    );
}
