//! 概要: the overview sheet (概要表) of the programme or a project.

mod lists;

use super::form::{self, KeyFigure, form, line, prose, row};
use super::parts;
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, RowTools, Table, apply};
use crate::app::kit::{Icon, button, field, note, paper, sheet};
use crate::app::theme::Type;
use crate::locale::{Lang, Term};
use crate::model::{
    ImplementationStep, Overview, Period, Quantity, RowId, Subject, SubjectId, Unit, UpperPolicy,
};
use crate::tr;
use egui::Ui;
use lists::{leaders, schedule, sub_programmes, upper_policies};

/// Draws the overview of `id`.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let policies: Vec<(RowId, String)> =
        cx.dossier.policies.iter().map(|policy| (policy.id.clone(), policy_words(lang, policy))).collect();
    let projects: Vec<SubjectId> = cx.dossier.projects.iter().map(|project| project.id.clone()).collect();
    let subject = cx.subject(id);
    paper(ui, lang.t("主な数値", "Key figures"), |ui| form::key_figures(ui, &key_figures(lang, subject)));
    sheet(
        ui,
        lang.t("概要表", "Overview sheet"),
        None,
        |_| (),
        |ui| overview_sheet(ui, lang, &mut subject.overview, &policies),
    );
    schedule(ui, lang, &mut subject.overview.schedule);
    leaders(ui, lang, &mut subject.overview.leaders);
    if subject.is_programme() {
        sub_programmes(ui, lang, &mut subject.sub_programmes, &projects);
        upper_policies(ui, lang, cx.dossier);
    }
}

fn key_figures(lang: Lang, subject: &Subject) -> Vec<KeyFigure> {
    let none = || lang.t("―", "–").to_owned();
    let overview = &subject.overview;
    let totals = || subject.amounts.iter().flat_map(|series| &series.totals);
    let budget = totals()
        .find(|total| total.label.contains("予算") && total.amount.value().is_some())
        .or_else(|| totals().find(|total| total.amount.value().is_some()));
    let (label, amount) = match budget {
        Some(total) => (total.label.clone(), Some(&total.amount)),
        None if overview.national_cost.value().is_some() => (
            lang.t("国費総額（見込み）", "National cost (estimate)").to_owned(),
            Some(&overview.national_cost),
        ),
        None => (lang.t("総予算額", "Total budget").to_owned(), None),
    };
    let money = KeyFigure {
        label,
        value: amount.and_then(Quantity::value).map_or_else(none, crate::model::grouped),
        unit: amount.map_or_else(String::new, |q| q.unit.to_string()),
        foot: amount.map_or_else(String::new, |q| q.note.clone()),
    };
    let period = &overview.period;
    let span = KeyFigure {
        label: lang.t("実施期間", "Period").to_owned(),
        value: match (period.start, period.end) {
            (Some(start), Some(end)) => format!("{start}～{end}"),
            (Some(start), None) => format!("{start}～"),
            (None, Some(end)) => format!("～{end}"),
            (None, None) => none(),
        },
        unit: lang.t("年度", "FY").to_owned(),
        foot: match period.years() {
            Some(n) => tr!(lang, "{n}年間", "{n} years"),
            None if period.start.is_some() => lang.t("終了年度の記載なし", "no last year stated").to_owned(),
            None => String::new(),
        },
    };
    let evaluation = &subject.evaluation;
    let kind = KeyFigure {
        label: lang.t("評価種別", "Evaluation").to_owned(),
        value: evaluation.kind.map_or_else(none, |kind| kind.term(lang).to_owned()),
        unit: String::new(),
        foot: match (evaluation.kind, evaluation.year) {
            (Some(_), Some(year)) => match lang {
                Lang::Ja => year.western(),
                Lang::En => year.short(),
            },
            (Some(_), None) => String::new(),
            (None, _) => lang.t("今回の評価対象外", "not evaluated this time").to_owned(),
        },
    };
    let members = KeyFigure {
        label: lang.t("採点委員数", "Scoring members").to_owned(),
        value: match evaluation.panel.len() {
            0 => none(),
            n => n.to_string(),
        },
        unit: if evaluation.panel.is_empty() { String::new() } else { lang.t("名", "members").to_owned() },
        foot: String::new(),
    };
    vec![money, span, kind, members]
}

fn overview_sheet(ui: &mut Ui, lang: Lang, overview: &mut Overview, policies: &[(RowId, String)]) {
    form(ui, |ui| {
        let name = lang.t("名称", "Name");
        row(ui, name, |ui| line(ui, name, &mut overview.name));
        let name = lang.t("別表記", "Other wordings");
        row(ui, name, |ui| {
            let hint =
                lang.t("報告書の中の別の書き方を一行に一つ", "Other wordings in the report, one a line");
            form::lines(ui, name, hint, &mut overview.name_variants);
        });
        options(ui, lang, lang.t("類型", "Type"), &mut overview.type_options, &mut overview.type_selected);
        options(
            ui,
            lang,
            lang.t("会計区分", "Account"),
            &mut overview.account_options,
            &mut overview.account_selected,
        );
        let name = lang.t("類型・会計区分の注", "Note on type and account");
        row(ui, name, |ui| prose(ui, name, &mut overview.selection_note, 1));
        let name = lang.t("担当課室", "Section in charge");
        row(ui, name, |ui| line(ui, name, &mut overview.section_in_charge));
        row(ui, lang.t("上位施策", "Upper policies"), |ui| {
            form::inset(ui, |ui| tick_policies(ui, lang, &mut overview.policies, policies));
        });
        let name = lang.t("目的", "Purpose");
        row(ui, name, |ui| prose(ui, name, &mut overview.purpose, 3));
        period(ui, lang, lang.t("実施期間", "Period"), &mut overview.period);
        period(ui, lang, lang.t("評価対象期間", "Period evaluated"), &mut overview.evaluated_period);
        let name = lang.t("実施形態", "Implementation");
        row(ui, name, |ui| {
            line(ui, name, &mut overview.implementation);
        });
        row(ui, lang.t("資金の流れ", "Flow of funds"), |ui| {
            steps(ui, lang, &mut overview.implementation_steps);
        });
        let name = lang.t("国費総額（見込み）", "National cost (estimate)");
        row(ui, name, |ui| {
            let cost = &mut overview.national_cost;
            let mut text = cost.display();
            let response = line(ui, name, &mut text);
            if response.changed() {
                parts::retype(cost, &text, &Unit::HundredMillionYen);
            }
            parts::explain(response, lang, cost);
        });
        let name = lang.t("印字箇所", "Printed at");
        row(ui, name, |ui| line(ui, name, &mut overview.printed_at));
    });
}

/// The choices as printed, with the one that applies, or none where the document does not tell.
fn options(ui: &mut Ui, lang: Lang, label: &str, options: &mut Vec<String>, selected: &mut Option<String>) {
    row(ui, label, |ui| {
        let editing = ui.scope_id().with("editing");
        let mut edit = ui.data(|d| d.get_temp::<bool>(editing)).unwrap_or(false);
        form::inset(ui, |ui| {
            form::side_by_side(ui, |ui| {
                crate::app::kit::close_if_read_only(ui);
                ui.spacing_mut().item_spacing.x = 20.0;
                let mut choices: Vec<&str> = options.iter().map(String::as_str).collect();
                // A choice that is no longer among the printed ones still applies.
                choices.extend(
                    selected.as_deref().filter(|chosen| !options.iter().any(|option| option == chosen)),
                );
                let mut chosen = None;
                for option in &choices {
                    let here = selected.as_deref() == Some(*option);
                    let name = format!("{label} {option}");
                    if ui.radio(here, *option).accessible_name(name).clicked() {
                        chosen = Some(Some((*option).to_owned()));
                    }
                }
                let unknown = lang.t("未確定", "Undetermined");
                if !choices.is_empty()
                    && ui
                        .radio(selected.is_none(), unknown)
                        .accessible_name(format!("{label} {unknown}"))
                        .clicked()
                {
                    chosen = Some(None);
                }
                let words = if choices.is_empty() {
                    lang.t("選択肢を入力", "Enter the choices")
                } else {
                    lang.t("選択肢を編集", "Edit choices")
                };
                if let Some(chosen) = chosen {
                    *selected = chosen;
                }
                if button::quiet(ui, Some(Icon::Edit), words)
                    .accessible_name(format!("{label} {words}"))
                    .clicked()
                {
                    edit = !edit;
                    ui.data_mut(|d| d.insert_temp(editing, edit));
                }
            });
        });
        if edit {
            let name = tr!(lang, "{label}の選択肢", "Choices of {label}");
            form::lines(ui, &name, lang.t("印字どおりに一行に一つ", "As printed, one a line"), options);
        }
    });
}

fn policy_words(lang: Lang, policy: &UpperPolicy) -> String {
    if policy.name.is_empty() {
        let id = &policy.id;
        return tr!(lang, "{id}（名称未入力）", "{id} (no name yet)");
    }
    let revised = format!("{} {}", policy.revised.display(), policy.revision);
    let words = [policy.name.clone(), policy.body.clone(), policy.date.display(), revised.trim().to_owned()];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("　")
}

fn tick_policies(ui: &mut Ui, lang: Lang, ticked: &mut Vec<RowId>, policies: &[(RowId, String)]) {
    if policies.is_empty() && ticked.is_empty() {
        note(
            ui,
            lang.t(
                "上位施策の一覧はプログラムの概要で作ります。",
                "The list of upper policies is made on the programme's overview.",
            ),
        );
        return;
    }
    crate::app::kit::close_if_read_only(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    let gone: Vec<(RowId, String)> = ticked
        .iter()
        .filter(|id| !policies.iter().any(|(known, _)| known == *id))
        .map(|id| (id.clone(), tr!(lang, "{id}（一覧にありません）", "{id} (not in the list)")))
        .collect();
    for (id, words) in policies.iter().chain(&gone) {
        let mut applies = ticked.contains(id);
        if ui.checkbox(&mut applies, words.as_str()).changed() {
            ticked.retain(|other| other != id);
            if applies {
                ticked.push(id.clone());
                let rank = |id: &RowId| policies.iter().position(|(known, _)| known == id);
                ticked.sort_by_key(|id| rank(id).unwrap_or(usize::MAX));
            }
        }
    }
}

fn period(ui: &mut Ui, lang: Lang, label: &str, period: &mut Period) {
    row(ui, label, |ui| {
        form::side_by_side(ui, |ui| {
            let year = |ui: &mut Ui, what: &str, year: &mut Option<_>| {
                let name = format!("{label} {what}");
                form::narrow(ui, what, 64.0, |ui| parts::fiscal_year(ui, &name, year));
            };
            year(ui, lang.t("開始", "first year"), &mut period.start);
            form::word(ui, "～");
            year(ui, lang.t("終了", "last year"), &mut period.end);
            form::word(ui, lang.t("年度", "FY"));
            if let Some(n) = period.years() {
                form::word(ui, &tr!(lang, "計算 {n} 年間", "computed {n} years"));
            }
            form::word(ui, lang.t("印字", "printed"));
            let mut text = period.years_printed.map(|n| n.to_string()).unwrap_or_default();
            let name = tr!(lang, "{label} 印字の年数", "{label} printed years");
            let options = field::Options::default().right().width(32.0);
            if field::line(ui, "years", &name, &mut text, &options).changed() {
                if text.trim().is_empty() {
                    period.years_printed = None;
                } else if let Ok(n) = text.trim().parse() {
                    period.years_printed = Some(n);
                }
            }
            form::word(ui, lang.t("年間", "years"));
            let differs =
                period.years().zip(period.years_printed).is_some_and(|(a, b)| i32::from(a) != i32::from(b));
            if differs {
                crate::app::kit::badge(
                    ui,
                    crate::app::kit::Kind::Caution,
                    lang.t("年数が一致しません", "The years differ"),
                );
            }
        });
        let name = tr!(lang, "{label} 印字", "{label} as printed");
        let options = field::Options::default().bare().placeholder(lang.t("印字どおり", "As printed"));
        field::wrapped(ui, "printed", &name, &mut period.printed, &options);
    });
}

/// The chain of funds, said in one line and edited in a table.
fn steps(ui: &mut Ui, lang: Lang, steps: &mut Vec<ImplementationStep>) {
    if !steps.is_empty() {
        let chain: Vec<String> = steps
            .iter()
            .map(|step| match step.by.as_str() {
                "" => step.node.clone(),
                by => format!("{}（{by}）", step.node),
            })
            .collect();
        crate::app::kit::table::cell::pad(ui, |ui| ui.label(Type::Strong.text(chain.join(" → "))));
    }
    let columns = [
        Column::text(lang.t("実施主体", "Who"), 1.0, 160.0),
        Column::text(lang.t("資金の出し方", "Funded by"), 1.0, 120.0),
    ];
    let output = Table::new("steps", lang.t("資金の流れ", "Flow of funds"), &columns, steps.len())
        .tools(RowTools::new(lang, lang.t("段を追加", "Add a step")))
        .show(ui, |ui, index, column| {
            let step = &mut steps[index];
            let n = index + 1;
            match column {
                0 => parts::text(ui, &tr!(lang, "実施主体 {n}", "Step {n} who"), &mut step.node),
                _ => parts::text(ui, &tr!(lang, "資金の出し方 {n}", "Step {n} funded by"), &mut step.by),
            };
        });
    for action in output.actions() {
        apply(steps, action, ImplementationStep::default);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{choose, click, compose, fill, harness};
    use crate::model::{Dossier, EvaluationKind, FiscalYear, Quantity};
    use egui_kittest::kittest::Queryable;

    fn dossier() -> Dossier {
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.overview.type_options = vec!["プログラム".into(), "プロジェクト".into()];
        project.overview.period = Period {
            start: Some(FiscalYear::new(2017)),
            end: Some(FiscalYear::new(2021)),
            years_printed: Some(5),
            ..Period::default()
        };
        project.overview.national_cost = Quantity::read("約50億円", &Unit::HundredMillionYen);
        let policy =
            |id: &str, name: &str| UpperPolicy { id: id.into(), name: name.into(), ..UpperPolicy::default() };
        Dossier {
            programme: Subject { id: SubjectId::programme(), ..Subject::default() }.into(),
            projects: vec![project.into()],
            policies: vec![policy("P1", "戦略"), policy("P2", "計画")],
            ..Dossier::default()
        }
    }

    #[test]
    fn the_sheet_is_edited_in_place() {
        let mut window = harness(dossier(), |ui, cx| show(ui, cx, &"A".into()));
        fill(&mut window, "名称", "創薬支援");
        compose(&mut window, "目的", "薬を作る。");
        click(&mut window, "類型 プロジェクト");
        click(&mut window, "計画");
        fill(&mut window, "実施期間 終了", "2022");
        fill(&mut window, "国費総額（見込み）", "約60億円");
        click(&mut window, "評価を追加");
        choose(&mut window, "評価時期 r1 種別", "終了時評価");
        let overview = &window.state().dossier.projects[0].overview;
        assert_eq!((overview.name.as_str(), overview.purpose.as_str()), ("創薬支援", "薬を作る。"));
        assert_eq!(overview.type_selected.as_deref(), Some("プロジェクト"));
        assert_eq!(overview.policies, [RowId::from("P2")]);
        assert_eq!(overview.period.years(), Some(6));
        assert_eq!(overview.national_cost.value(), Some(60.into()));
        assert_eq!(overview.schedule[0].kind, EvaluationKind::Final);
        assert!(window.query_by_label("年数が一致しません").is_some());
        click(&mut window, "類型 未確定");
        assert_eq!(window.state().dossier.projects[0].overview.type_selected, None);
    }

    #[test]
    fn the_programme_lists_its_parts_and_the_policies() {
        let mut window = harness(dossier(), |ui, cx| show(ui, cx, &SubjectId::programme()));
        click(&mut window, "事業を追加");
        choose(&mut window, "構成事業 r1 課題", "A");
        click(&mut window, "施策を追加");
        fill(&mut window, "上位施策の一覧 P3 名称", "方針");
        window.state_mut().lang = Lang::En;
        window.run();
        assert!(window.query_by_label("Add a sub-programme").is_some());
        let dossier = &window.state().dossier;
        assert_eq!(dossier.programme.sub_programmes[0].project, Some("A".into()));
        assert_eq!(dossier.policies[2].name, "方針");
    }
}
