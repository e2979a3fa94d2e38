//! The report's own texts: cover, preface, guidelines.

use super::form;
use super::parts::{self, Rows};
use crate::app::cx::Cx;
use crate::app::kit::table::Column;
use crate::app::kit::{self, field};
use crate::locale::Lang;
use crate::model::{LegalBasis, ReportInfo};
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
}

fn cover(ui: &mut Ui, lang: Lang, report: &mut ReportInfo) {
    form::form(ui, |ui| {
        let title = lang.t("報告書の題名", "Title of the report");
        form::row(ui, title, |ui| form::line(ui, title, &mut report.title));
        let year = lang.t("評価の年度", "Fiscal year of the evaluation");
        form::row(ui, year, |ui| {
            form::narrow(ui, "year", 56.0, |ui| parts::fiscal_year(ui, year, &mut report.year));
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
                0 => parts::text(
                    ui,
                    &parts::name(&row.id, lang.t("指針の名称", "Name of the guideline")),
                    &mut row.name,
                ),
                1 => {
                    parts::text(ui, &parts::name(&row.id, lang.t("決定・所管", "Decided by")), &mut row.body)
                }
                _ => parts::when(ui, &parts::name(&row.id, lang.t("時期", "Date")), &mut row.date),
            };
        },
    );
}
