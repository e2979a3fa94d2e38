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
                3 => {
                    parts::text(ui, &name(&row.id, lang.t("対処状況", "What was done")), &mut row.response);
                }
                _ => {
                    parts::text(ui, &name(&row.id, lang.t("印字箇所", "Printed at")), &mut row.printed_at);
                }
            });
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, fill, harness};
    use crate::model::{Dossier, PreviousFinding, Subject, When};

    #[test]
    fn each_column_edits_its_own_field() {
        let dossier = Dossier {
            projects: vec![Subject { id: "A".into(), ..Subject::default() }.into()],
            ..Dossier::default()
        };
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        click(&mut harness, "指摘事項を追加");
        for column in ["評価", "時期", "評価項目", "所見", "対処状況", "印字箇所"] {
            fill(&mut harness, &format!("v1 {column}"), column);
        }
        let wanted = PreviousFinding {
            id: "v1".into(),
            source: "評価".into(),
            when: When { printed: "時期".into(), ..When::default() },
            criterion: "評価項目".into(),
            finding: "所見".into(),
            response: "対処状況".into(),
            printed_at: "印字箇所".into(),
        };
        assert_eq!(harness.state().dossier.projects[0].previous_findings, [wanted]);
    }
}
