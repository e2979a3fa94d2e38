//! The report's own texts: cover, preface, guidelines, upper policies.

use super::form;
use super::parts::{self, Rows};
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, RowAction};
use crate::app::kit::{self, field};
use crate::locale::Lang;
use crate::model::{Dossier, LegalBasis, ReportInfo, UpperPolicy};
use egui::Ui;

/// Draws what the report says of itself.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang;
    let report = &mut cx.dossier.report;
    kit::sheet(ui, lang.t("表紙", "Cover"), None, |_| (), |ui| cover(ui, lang, report));
    kit::sheet(
        ui,
        lang.t("はじめに", "Preface"),
        None,
        |_| (),
        |ui| {
            long(ui, lang.t("はじめにの本文", "Text of the preface"), &mut report.preface, 8);
        },
    );
    kit::sheet(
        ui,
        lang.t("評価部分の読み方", "How to read the evaluation"),
        None,
        |_| (),
        |ui| {
            long(
                ui,
                lang.t("評価部分の読み方の本文", "Text on how to read the evaluation"),
                &mut report.reading_note,
                2,
            );
        },
    );
    kit::sheet(
        ui,
        lang.t("根拠となる指針", "Guidelines"),
        None,
        |_| (),
        |ui| {
            guidelines(ui, lang, &mut report.legal_basis);
        },
    );
    kit::sheet(
        ui,
        lang.t("上位施策", "Upper policies"),
        None,
        |_| (),
        |ui| {
            if policies(ui, lang, &mut cx.dossier.policies) {
                let Dossier { policies, programme, projects, .. } = &mut *cx.dossier;
                for subject in std::iter::once(programme).chain(projects) {
                    subject.overview.policies.retain(|id| policies.iter().any(|policy| policy.id == *id));
                }
            }
        },
    );
}

fn cover(ui: &mut Ui, lang: Lang, report: &mut ReportInfo) {
    form::form(ui, |ui| {
        let title = lang.t("報告書の題名", "Title of the report");
        form::row(ui, title, |ui| form::line(ui, title, &mut report.title));
        let year = lang.t("評価の年度", "Fiscal year of the evaluation");
        form::row(ui, year, |ui| {
            form::narrow(ui, "year", 120.0, |ui| parts::fiscal_year(ui, year, &mut report.year));
        });
        let date = lang.t("発行の時期", "Date of issue");
        form::row(ui, date, |ui| parts::when(ui, date, &mut report.date));
        let issuers = lang.t("発行者（一行に一つ）", "Issuers, one a line");
        form::row(ui, issuers, |ui| form::lines(ui, issuers, "", &mut report.issuers));
    });
}

/// A text of many lines at the measure of prose.
fn long(ui: &mut Ui, name: &str, text: &mut String, rows: usize) {
    let width = kit::prose_width().min(ui.available_width());
    let options = field::Options::default().boxed().rows(rows).width(width);
    field::comment(ui, name, name, text, &options);
}

fn guidelines(ui: &mut Ui, lang: Lang, rows: &mut Vec<LegalBasis>) {
    let title = lang.t("根拠となる指針", "Guidelines");
    let columns = [
        Column::text(lang.t("名称", "Name"), 1.5, 220.0),
        Column::text(lang.t("決定・所管", "Decided by"), 1.0, 160.0),
        Column::text(lang.t("時期", "Date"), 0.6, 140.0),
    ];
    let add = lang.t("指針を追加", "Add a guideline");
    Rows { salt: "guidelines", name: title, add, prefix: "r", columns: &columns }.show(
        ui,
        lang,
        rows,
        |ui, row, column| {
            match column {
                0 => parts::text(ui, lang.t("指針の名称", "Name of the guideline"), &mut row.name),
                1 => parts::text(ui, lang.t("決定・所管", "Decided by"), &mut row.body),
                _ => parts::when(ui, lang.t("時期", "Date"), &mut row.date),
            };
        },
    );
}

/// The policies; true when one was removed, so that overview sheets can let go of it.
fn policies(ui: &mut Ui, lang: Lang, rows: &mut Vec<UpperPolicy>) -> bool {
    let title = lang.t("上位施策", "Upper policies");
    kit::note(
        ui,
        lang.t(
            "各概要表の「上位施策」は、ここに並ぶものから選びます。",
            "The overview sheets choose their upper policies from this list.",
        ),
    );
    let columns = [
        Column::text(lang.t("施策名", "Policy"), 1.5, 220.0),
        Column::text(lang.t("決定", "Decided by"), 0.9, 140.0),
        Column::text(lang.t("時期", "Date"), 0.6, 120.0),
        Column::text(lang.t("改定", "Revision"), 0.5, 88.0),
        Column::text(lang.t("改定の時期", "Revised"), 0.6, 120.0),
    ];
    let add = lang.t("施策を追加", "Add a policy");
    let output = Rows { salt: "policies", name: title, add, prefix: "P", columns: &columns }.show(
        ui,
        lang,
        rows,
        |ui, row, column| {
            match column {
                0 => parts::text(ui, lang.t("施策名", "Policy"), &mut row.name),
                1 => parts::text(ui, lang.t("決定", "Decided by"), &mut row.body),
                2 => parts::when(ui, lang.t("施策の時期", "Date of the policy"), &mut row.date),
                3 => parts::text(ui, lang.t("改定", "Revision"), &mut row.revision),
                _ => parts::when(ui, lang.t("改定の時期", "Revised"), &mut row.revised),
            };
        },
    );
    matches!(output.action, Some(RowAction::Remove(_)))
}
