//! 評価WG: its sessions, and what each found on each subject.

use super::form;
use super::parts::{self, Rows, name};
use crate::app::cx::Cx;
use crate::app::kit::table::Column;
use crate::app::kit::{self, Icon, button, icon_button};
use crate::locale::Lang;
use crate::model::{EvaluationKind, SessionFindings, Subject, WorkingGroupSession, fresh_id};
use crate::tr;
use egui::Ui;

/// Of more projects than this, only those in view are drawn.
const MANY: usize = 12;
/// How high a sheet may be that was not drawn yet: that of a project without sessions. Points.
const GUESS: f32 = 116.0;

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
    let many = dossier.projects.len() > MANY;
    for subject in dossier.shared_subjects_mut() {
        if subject.is_evaluated() || !subject.evaluation.sessions.is_empty() {
            let id = subject.id.clone();
            let mut draw = |ui: &mut Ui| ui.push_id(id.as_str(), |ui| findings_on(ui, lang, subject)).inner;
            if many { kit::when_near(ui, id.as_str(), GUESS, draw) } else { draw(ui) }
        }
    }
}

fn sessions(ui: &mut Ui, lang: Lang, rows: &mut Vec<WorkingGroupSession>) {
    let columns = [
        Column::number(lang.t("回", "No."), 72.0),
        Column::number(lang.t("年度", "FY"), 88.0),
        Column::text(lang.t("内容", "Subject"), 1.0, 240.0),
    ];
    let table = lang.t("評価WGの開催", "Sessions of the working group");
    let add = lang.t("開催を追加", "Add a session");
    Rows { salt: "sessions", name: table, add, prefix: "r", columns: &columns }.show(
        ui,
        lang,
        rows,
        |ui, row, column| {
            match column {
                0 => parts::ordinal(ui, lang.t("開催回", "Session number"), &mut row.no),
                1 => parts::fiscal_year(ui, lang.t("開催年度", "Year of the session"), &mut row.year),
                _ => parts::text(
                    ui,
                    &name(&row.id, lang.t("開催の内容", "Subject of the session")),
                    &mut row.subject,
                ),
            };
        },
    );
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
    let (no, year, kind) = (
        lang.t("回の番号", "Number of the session"),
        lang.t("回の年度", "Year of the session"),
        lang.t("評価の種類", "Kind of evaluation"),
    );
    form::side_by_side(ui, |ui| {
        form::word(ui, lang.t("第", "Session"));
        form::narrow(ui, "no", 56.0, |ui| parts::ordinal(ui, no, &mut session.session));
        form::word(ui, lang.t("回", ", FY"));
        form::narrow(ui, "year", 72.0, |ui| parts::fiscal_year(ui, year, &mut session.year));
        form::word(ui, lang.t("年度", "—"));
        form::narrow(ui, "kind", 200.0, |ui| {
            parts::choice(ui, lang, kind, &mut session.kind, &EvaluationKind::ALL)
        });
        let number = session.session.map(|no| no.to_string()).unwrap_or_default();
        let label = tr!(lang, "第{number}回を削除", "Remove session {number}");
        remove = icon_button(ui, Icon::Trash, &label).clicked();
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
            0 => parts::text(ui, &name(&row.id, lang.t("評価項目", "Criterion")), &mut row.criterion),
            1 => parts::text(ui, &name(&row.id, lang.t("所見", "Finding")), &mut row.finding),
            _ => parts::text(ui, &name(&row.id, lang.t("対処方針", "Response")), &mut row.response),
        };
    });
    remove
}
