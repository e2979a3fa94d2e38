//! The panels: one file a part of the dossier. A panel edits its slice in place and asks the shell for the rest.

pub(crate) mod ballot;
mod blocks;
mod budget;
mod comments;
mod consensus;
mod criterion;
mod figure;
pub(crate) mod form;
pub(crate) mod groups;
mod indicators;
mod items;
mod logic;
mod market;
mod overview;
pub(crate) mod parts;
pub(crate) mod people;
mod previous;
mod recommendations;
pub(crate) mod report_info;
mod results;
mod roadmap;
pub(crate) mod round;
mod scores;
mod tables;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod trends;
pub(crate) mod typed;
pub(crate) mod working_group;

use super::cx::{Action, Cx};
use super::kit;
use super::kit::table::RowAction;
use super::route::{EvaluationTab, MaterialTab, Route};
use super::theme::{Palette, Type, space};
use crate::locale::{Lang, Term};
use crate::model::{Subject, SubjectId};
use egui::{Frame, Margin, Panel, Popup, ScrollArea, Ui};

/// The material of a subject: its title, its tabs, and the panel of the current one.
pub(super) fn material(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId, tab: MaterialTab) {
    let lang = cx.lang;
    let mut current = tab;
    let labels: Vec<_> = MaterialTab::ALL.iter().map(|tab| (*tab, tab.label(lang))).collect();
    let (title, subtitle) = heading(lang, cx.subject(id));
    let read_only = cx.read_only;
    let project = !cx.subject(id).is_programme() && !read_only;
    let mut asked = None;
    let menu = |ui: &mut Ui| {
        if project {
            asked = project_menu(ui, lang);
        }
    };
    if header(ui, lang, &title, &subtitle, &labels, &mut current, menu) {
        cx.actions.push(Action::Go(Route::Material(id.clone(), current)));
    }
    if let Some(asked) = asked {
        change_projects(cx, id, asked);
    }
    body(ui, ("material", id.as_str(), tab), |ui| {
        if read_only {
            kit::read_only(ui, |ui| material_panel(ui, cx, id, tab));
        } else {
            material_panel(ui, cx, id, tab);
        }
    });
}

fn material_panel(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId, tab: MaterialTab) {
    match tab {
        MaterialTab::Overview => overview::show(ui, cx, id),
        MaterialTab::Text => text::show(ui, cx, id),
        MaterialTab::Budget => budget::show(ui, cx, id),
        MaterialTab::Items => items::show(ui, cx, id),
        MaterialTab::Outputs => indicators::show(ui, cx, id, indicators::Kind::Outputs),
        MaterialTab::Outcomes => indicators::show(ui, cx, id, indicators::Kind::Outcomes),
        MaterialTab::Logic => logic::show(ui, cx, id),
        MaterialTab::Roadmap => roadmap::show(ui, cx, id),
        MaterialTab::Market => market::show(ui, cx, id),
        MaterialTab::Trends => trends::show(ui, cx, id),
        MaterialTab::Tables => tables::show(ui, cx, id),
        MaterialTab::Previous => previous::show(ui, cx, id),
    }
}

/// The evaluation of a subject: its title, its tabs, and the panel of the current one.
pub(super) fn evaluation(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId, tab: EvaluationTab) {
    let lang = cx.lang;
    let mut current = tab;
    let labels: Vec<_> = EvaluationTab::ALL.iter().map(|tab| (*tab, tab.label(lang))).collect();
    let (title, subtitle) = heading(lang, cx.subject(id));
    let title = crate::tr!(lang, "評価　{title}", "Evaluation: {title}");
    if header(ui, lang, &title, &subtitle, &labels, &mut current, |_| ()) {
        cx.actions.push(Action::Go(Route::Evaluation(id.clone(), current)));
    }
    body(ui, ("evaluation", id.as_str(), tab), |ui| match tab {
        EvaluationTab::Scores => scores::show(ui, cx, id),
        EvaluationTab::Results => results::show(ui, cx, id),
        EvaluationTab::Comments => comments::show(ui, cx, id),
        EvaluationTab::Consensus => consensus::show(ui, cx, id),
        EvaluationTab::Recommendations => recommendations::show(ui, cx, id),
    });
}

/// A page of one panel.
pub(super) fn whole_page(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    salt: &str,
    title: &str,
    panel: impl FnOnce(&mut Ui, &mut Cx<'_>),
) {
    kit::page(ui, salt, title, None, |_| (), |ui| panel(ui, cx));
}

/// Title and second line of a subject.
fn heading(lang: Lang, subject: &Subject) -> (String, String) {
    let mut second = vec![crate::locale::period(&subject.overview.period, lang)];
    if let Some(kind) = subject.evaluation.kind {
        let year = subject
            .evaluation
            .year
            .map(|year| crate::tr!(lang, "（{year}年度）", ", FY{year}"))
            .unwrap_or_default();
        second.push(format!("{}{year}", kind.term(lang)));
    }
    second.push(subject.overview.section_in_charge.clone());
    second.retain(|part| !part.is_empty());
    let title = match subject.title() {
        title if title.trim().is_empty() => lang.t("（名称未入力）", "(no name yet)").to_owned(),
        title => title,
    };
    (title, second.join("　"))
}

/// What can be done to a whole project.
fn project_menu(ui: &mut Ui, lang: Lang) -> Option<RowAction> {
    let button =
        kit::icon_button(ui, kit::Icon::More, lang.t("このプロジェクトの操作", "Actions for this project"));
    let mut asked = None;
    Popup::menu(&button).show(|ui| {
        for (label, action) in [
            (lang.t("上へ移動", "Move up"), RowAction::Up(0)),
            (lang.t("下へ移動", "Move down"), RowAction::Down(0)),
            (lang.t("このプロジェクトを削除", "Remove this project"), RowAction::Remove(0)),
        ] {
            if ui.button(label).clicked() {
                asked = Some(action);
                ui.close();
            }
        }
    });
    asked
}

/// Moves or removes a project; either can be undone.
fn change_projects(cx: &mut Cx<'_>, id: &SubjectId, asked: RowAction) {
    let projects = &mut cx.dossier.projects;
    let Some(at) = projects.iter().position(|project| project.id == *id) else { return };
    match asked {
        RowAction::Up(_) if at > 0 => projects.swap(at - 1, at),
        RowAction::Down(_) if at + 1 < projects.len() => projects.swap(at, at + 1),
        RowAction::Remove(_) => {
            projects.remove(at);
            cx.actions.push(Action::Go(Route::programme()));
        }
        _ => {}
    }
}

/// What stays in view above a scrolling panel; true when another tab was chosen.
fn header<T: PartialEq + Copy>(
    ui: &mut Ui,
    lang: Lang,
    title: &str,
    subtitle: &str,
    tabs: &[(T, &str)],
    current: &mut T,
    actions: impl FnOnce(&mut Ui),
) -> bool {
    let p = Palette::of(ui);
    let frame = Frame::NONE.fill(p.canvas).inner_margin(Margin { top: 16, ..Margin::ZERO });
    Panel::top("page header")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            // As wide as the panel beneath, which keeps room for its scroll bar.
            let mut place = ui.available_rect_before_wrap();
            place.max.x -= ui.spacing().scroll.allocated_width();
            ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                kit::column(ui, space::PAGE_WIDTH, |ui| {
                    ui.spacing_mut().item_spacing.y = space::TIGHT;
                    kit::heading(ui, Type::Page, title, None, actions);
                    ui.label(Type::Small.text(subtitle).color(p.secondary));
                    ui.add_space(space::TIGHT);
                    kit::tabs(ui, lang, tabs, current)
                })
            })
            .inner
        })
        .inner
}

/// A panel that scrolls in a centred column. Each panel of each subject remembers how far it was scrolled.
fn body(ui: &mut Ui, salt: impl egui::AsIdSalt + Copy, content: impl FnOnce(&mut Ui)) {
    let room = ui.available_width() - ui.spacing().scroll.allocated_width();
    ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(room);
        kit::column(ui, space::PAGE_WIDTH, |ui| {
            ui.add_space(space::GROUP);
            // Ids within are of this panel and subject alone, or a field would take over the memory of its twin.
            ui.push_id(salt, content);
            ui.add_space(space::SHEET);
        });
    });
}
