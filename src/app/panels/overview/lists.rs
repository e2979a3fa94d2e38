//! The lists that stand below the overview sheet.

use crate::app::kit::table::Column;
use crate::app::kit::{note, sheet};
use crate::app::panels::parts::{self, Rows};
use crate::locale::Lang;
use crate::model::{Dossier, EvaluationKind, EvaluationPoint, Leader, Period, SubProgramme, SubjectId};
use egui::Ui;

/// When the subject was and is to be evaluated.
pub(super) fn schedule(ui: &mut Ui, lang: Lang, rows: &mut Vec<EvaluationPoint>) {
    let title = lang.t("評価時期", "Evaluation schedule");
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if rows.is_empty() {
                note(ui, lang.t("事前・中間・終了時などの評価の時期", "When the evaluations are made"));
            }
            let columns = [
                Column::fixed(lang.t("種別", "Kind"), 150.0),
                Column::number(lang.t("年度", "FY"), 80.0),
                Column::text(lang.t("印字", "As printed"), 2.0, 160.0),
                Column::text(lang.t("備考", "Note"), 2.0, 160.0),
            ];
            let list = Rows {
                salt: "schedule",
                name: title,
                add: lang.t("評価を追加", "Add an evaluation"),
                prefix: "r",
                columns: &columns,
            };
            list.show(ui, lang, rows, |ui, point, column| {
                let name = format!("{title} {} {}", point.id, columns[column].header());
                match column {
                    0 => parts::choice(ui, lang, &name, &mut point.kind, &EvaluationKind::ALL),
                    1 => parts::fiscal_year(ui, &name, &mut point.year),
                    2 => parts::text(ui, &name, &mut point.printed),
                    _ => parts::text(ui, &name, &mut point.note),
                };
            });
        },
    );
}

/// Who leads the project.
pub(super) fn leaders(ui: &mut Ui, lang: Lang, rows: &mut Vec<Leader>) {
    let title = lang.t("プロジェクトリーダー等", "Leaders");
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if rows.is_empty() {
                note(ui, lang.t("PL・PS・POなど、事業を率いる人", "Who leads the work: PL, PS, PO …"));
            }
            let columns = [
                Column::text(lang.t("役割", "Role"), 1.0, 150.0),
                Column::text(lang.t("氏名", "Name"), 1.5, 150.0),
                Column::text(lang.t("所属", "Affiliation"), 3.0, 200.0),
                Column::text(lang.t("備考", "Note"), 1.0, 120.0),
            ];
            let list = Rows {
                salt: "leaders",
                name: title,
                add: lang.t("人を追加", "Add a person"),
                prefix: "r",
                columns: &columns,
            };
            list.show(ui, lang, rows, |ui, leader, column| {
                let name = format!("{title} {} {}", leader.id, columns[column].header());
                match column {
                    0 => parts::text(ui, &name, &mut leader.role),
                    1 => parts::text(ui, &name, &mut leader.name),
                    2 => parts::text(ui, &name, &mut leader.affiliation),
                    _ => parts::text(ui, &name, &mut leader.note),
                };
            });
        },
    );
}

/// The sub-programmes as the programme's chapter lists them.
pub(super) fn sub_programmes(ui: &mut Ui, lang: Lang, rows: &mut Vec<SubProgramme>, projects: &[SubjectId]) {
    let title = lang.t("構成事業", "Sub-programmes");
    let none = lang.t("なし", "none");
    let choices: Vec<(Option<SubjectId>, &str)> = std::iter::once((None, none))
        .chain(projects.iter().map(|id| (Some(id.clone()), id.as_str())))
        .collect();
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if rows.is_empty() {
                note(
                    ui,
                    lang.t("プログラムを構成する事業の一覧", "The works that the programme consists of"),
                );
            }
            let columns = [
                Column::fixed(lang.t("記号", "Letter"), 52.0),
                Column::text(lang.t("名称", "Name"), 2.0, 160.0),
                Column::text(lang.t("期間", "Period"), 1.2, 130.0),
                Column::text(lang.t("目的", "Purpose"), 3.0, 200.0),
                Column::fixed(lang.t("課題", "Project"), 72.0),
                Column::text(lang.t("備考", "Note"), 1.4, 110.0),
                Column::text(lang.t("印字箇所", "Printed at"), 0.6, 80.0),
            ];
            let list = Rows {
                salt: "sub-programmes",
                name: title,
                add: lang.t("事業を追加", "Add a sub-programme"),
                prefix: "r",
                columns: &columns,
            };
            list.show(ui, lang, rows, |ui, sub, column| {
                let what = columns[column].header();
                let name = format!("{title} {} {what}", sub.id);
                match column {
                    0 => parts::text(ui, &name, &mut sub.code),
                    1 => parts::text(ui, &name, &mut sub.name),
                    2 => span(ui, &name, &mut sub.period),
                    3 => parts::text(ui, &name, &mut sub.purpose),
                    4 => crate::app::kit::table::cell::choice(ui, &name, &mut sub.project, &choices),
                    5 => parts::text(ui, &name, &mut sub.note),
                    _ => parts::text(ui, &name, &mut sub.printed_at),
                };
            });
        },
    );
}

/// A span, edited as its printed form.
fn span(ui: &mut Ui, name: &str, period: &mut Period) -> egui::Response {
    let mut text = period.display();
    let response = parts::text(ui, name, &mut text);
    if response.changed() {
        period.printed = text;
    }
    match period.years() {
        Some(n) => {
            let (start, end) = (period.start, period.end);
            let year =
                |year: Option<crate::model::FiscalYear>| year.map(|y| y.to_string()).unwrap_or_default();
            response.on_hover_text(format!("{}～{} ({n})", year(start), year(end)))
        }
        None => response,
    }
}

/// The list of policies from which every overview sheet chooses.
pub(super) fn upper_policies(ui: &mut Ui, lang: Lang, dossier: &mut Dossier) {
    let title = lang.t("上位施策の一覧", "List of upper policies");
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            note(
                ui,
                lang.t(
                    "各概要表は、この一覧から当てはまるものを選びます。",
                    "Each overview sheet chooses from this list.",
                ),
            );
            let columns = [
                Column::text(lang.t("名称", "Name"), 3.0, 200.0),
                Column::text(lang.t("決定主体", "Decided by"), 2.0, 140.0),
                Column::text(lang.t("決定日", "Date"), 1.0, 120.0),
                Column::text(lang.t("改定", "Revision"), 1.0, 90.0),
                Column::text(lang.t("改定日", "Revised on"), 1.0, 120.0),
            ];
            let list = Rows {
                salt: "policies",
                name: title,
                add: lang.t("施策を追加", "Add a policy"),
                prefix: "P",
                columns: &columns,
            };
            list.show(ui, lang, &mut dossier.policies, |ui, policy, column| {
                let name = format!("{title} {} {}", policy.id, columns[column].header());
                match column {
                    0 => parts::text(ui, &name, &mut policy.name),
                    1 => parts::text(ui, &name, &mut policy.body),
                    2 => parts::when(ui, &name, &mut policy.date),
                    3 => parts::text(ui, &name, &mut policy.revision),
                    _ => parts::when(ui, &name, &mut policy.revised),
                };
            });
        },
    );
}
