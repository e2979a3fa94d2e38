//! 評価WG: its sessions, and what each found on each subject.

use super::parts::{self, Rows};
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, cell};
use crate::app::kit::{self, Icon, button, icon_button};
use crate::locale::{Lang, Term};
use crate::model::{EvaluationKind, SessionFindings, Subject, WorkingGroupSession, fresh_id};
use crate::tr;
use egui::Ui;

/// Draws the sessions of the working group and their findings.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang;
    kit::sheet(
        ui,
        lang.t("開催", "Sessions"),
        None,
        |_| (),
        |ui| {
            sessions(ui, lang, &mut cx.dossier.working_group_sessions);
        },
    );
    let dossier = &mut *cx.dossier;
    for subject in std::iter::once(&mut dossier.programme).chain(&mut dossier.projects) {
        if subject.is_evaluated() || !subject.evaluation.sessions.is_empty() {
            findings_on(ui, lang, subject);
        }
    }
}

fn sessions(ui: &mut Ui, lang: Lang, rows: &mut Vec<WorkingGroupSession>) {
    let columns = [
        Column::number(lang.t("回", "No."), 72.0),
        Column::number(lang.t("年度", "FY"), 88.0),
        Column::text(lang.t("内容", "Subject"), 1.0, 240.0),
    ];
    let name = lang.t("評価WGの開催", "Sessions of the working group");
    let add = lang.t("開催を追加", "Add a session");
    Rows { salt: "sessions", name, add, prefix: "r", columns: &columns }.show(
        ui,
        lang,
        rows,
        |ui, row, column| {
            match column {
                0 => number(ui, lang.t("開催回", "Session number"), &mut row.no),
                1 => parts::fiscal_year(ui, lang.t("開催年度", "Year of the session"), &mut row.year),
                _ => parts::text(ui, lang.t("開催の内容", "Subject of the session"), &mut row.subject),
            };
        },
    );
}

/// A whole number, edited in a cell; anything else leaves it as it was, empty takes it away.
fn number(ui: &mut Ui, name: &str, value: &mut Option<u16>) -> egui::Response {
    let mut text = value.map(|value| value.to_string()).unwrap_or_default();
    let response = cell::number(ui, name, &mut text);
    if response.changed() {
        match text.trim().parse() {
            Ok(read) => *value = Some(read),
            Err(_) if text.trim().is_empty() => *value = None,
            Err(_) => {}
        }
    }
    response
}

fn findings_on(ui: &mut Ui, lang: Lang, subject: &mut Subject) {
    let title = subject.title();
    let sessions = &mut subject.evaluation.sessions;
    kit::sheet(
        ui,
        &title,
        None,
        |_| (),
        |ui| {
            let mut remove = None;
            for (index, session) in sessions.iter_mut().enumerate() {
                let id = session.id.clone();
                ui.push_id(id.as_str(), |ui| {
                    if one_session(ui, lang, session) {
                        remove = Some(index);
                    }
                });
            }
            if let Some(index) = remove {
                sessions.remove(index);
            }
            let label = tr!(lang, "{title} の回を追加", "Add a session on {title}");
            if button::quiet(ui, Some(Icon::Plus), &label).clicked() {
                let id = fresh_id(sessions, "w");
                sessions.push(SessionFindings { id, ..SessionFindings::default() });
            }
        },
    );
}

/// One session; true when it is to be taken away.
fn one_session(ui: &mut Ui, lang: Lang, session: &mut SessionFindings) -> bool {
    let mut remove = false;
    ui.horizontal(|ui| {
        let heading = match (session.session, session.year) {
            (Some(no), Some(year)) => tr!(lang, "第{no}回（{year}年度）", "Session {no}, FY{year}"),
            (Some(no), None) => tr!(lang, "第{no}回", "Session {no}"),
            (None, Some(year)) => tr!(lang, "{year}年度", "FY{year}"),
            (None, None) => lang.t("回の番号は未入力", "Session without a number").to_owned(),
        };
        kit::subheading(ui, &format!("{heading}　{}", session.kind.term(lang)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            remove =
                icon_button(ui, Icon::Trash, &tr!(lang, "{heading}を削除", "Remove {heading}")).clicked();
        });
    });
    let own = std::slice::from_mut(session);
    let head = [
        Column::number(lang.t("回", "No."), 72.0),
        Column::number(lang.t("年度", "FY"), 88.0),
        Column::fixed(lang.t("評価の種類", "Kind"), 168.0),
    ];
    kit::table::Table::new("head", lang.t("回", "Session"), &head, own.len()).show(ui, |ui, row, column| {
        let session = &mut own[row];
        match column {
            0 => number(ui, lang.t("回の番号", "Number of the session"), &mut session.session),
            1 => parts::fiscal_year(ui, lang.t("回の年度", "Year of the session"), &mut session.year),
            _ => {
                parts::choice(ui, lang, lang.t("評価の種類", "Kind"), &mut session.kind, &EvaluationKind::ALL)
            }
        };
    });
    let columns = [
        Column::text(lang.t("評価項目", "Criterion"), 0.5, 128.0),
        Column::text(lang.t("所見", "Finding"), 1.0, 260.0),
        Column::text(lang.t("対処方針", "Response"), 1.0, 260.0),
    ];
    if session.findings.is_empty() {
        kit::note(
            ui,
            lang.t(
                "所見はありません（報告書にも空欄の表として載ります）。",
                "No findings; the report prints the table empty, which is legitimate.",
            ),
        );
    }
    let rows = Rows {
        salt: "findings",
        name: lang.t("所見と対処方針", "Findings and responses"),
        add: lang.t("所見を追加", "Add a finding"),
        prefix: "f",
        columns: &columns,
    };
    rows.show(ui, lang, &mut session.findings, |ui, row, column| {
        match column {
            0 => parts::text(ui, lang.t("評価項目", "Criterion"), &mut row.criterion),
            1 => parts::text(ui, lang.t("所見", "Finding"), &mut row.finding),
            _ => parts::text(ui, lang.t("対処方針", "Response"), &mut row.response),
        };
    });
    remove
}
