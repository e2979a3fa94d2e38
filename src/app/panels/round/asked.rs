//! By what a round judges: its criteria and its scale, chosen from what agencies use.

use super::super::people::criteria::Set;
use super::super::people::usage;
use super::super::{form, parts};
use crate::app::cx::Action;
use crate::app::kit::{self, Icon, Kind, button};
use crate::app::route::Route;
use crate::locale::Lang;
use crate::model::{Dossier, Scale};
use crate::round::{ScalePreset, criteria_preset};
use crate::tr;
use egui::Ui;

/// Draws the choice of criteria and scale; once the form is fixed, or where scores were given, what was chosen.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, index: usize, actions: &mut Vec<Action>) {
    let fixed = dossier.rounds[index].frozen.is_some();
    kit::sheet(
        ui,
        lang.t("評価項目と尺度", "Criteria and scale"),
        None,
        |ui| {
            let words = lang.t("評価項目と意味を編集", "Edit criteria and meanings");
            if !fixed && button::quiet(ui, None, words).clicked() {
                actions.push(Action::Go(Route::People));
            }
        },
        |ui| {
            form::form(ui, |ui| {
                let label = lang.t("評価項目", "Criteria");
                form::row(ui, label, |ui| criteria(ui, lang, dossier, fixed));
                let label = lang.t("評点の尺度", "Scale of scores");
                form::row(ui, label, |ui| scale(ui, lang, label, dossier, fixed));
            });
        },
    );
}

/// How many criteria there are, and a way to begin with the usual ones.
fn criteria(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, fixed: bool) {
    let usual = criteria_preset();
    let sets = &dossier.criteria;
    let same = usual.project.criteria == sets.project.criteria
        && usual.programme.criteria == sets.programme.criteria;
    let (project, programme) = (sets.project.criteria.len(), sets.programme.criteria.len());
    let scored = sets.project.scored().count();
    form::inset(ui, |ui| {
        form::side_by_side(ui, |ui| {
            ui.label(tr!(
                lang,
                "課題 {project} 項目（うち採点 {scored}）、プログラム {programme} 項目",
                "{project} for a project ({scored} scored), {programme} for the programme"
            ));
            if same || fixed || has_evaluation(dossier) {
                return;
            }
            let words = lang.t(
                "経済産業省の標準（課題 7・プログラム 8）にする",
                "Use METI's (7 for a project, 8 for the programme)",
            );
            if button::quiet(ui, Some(Icon::Undo), words).clicked() {
                dossier.criteria.project.criteria.clone_from(&usual.project.criteria);
                dossier.criteria.programme.criteria.clone_from(&usual.programme.criteria);
            }
        });
    });
}

/// The scale, chosen from the usual ones.
fn scale(ui: &mut Ui, lang: Lang, label: &str, dossier: &mut Dossier, fixed: bool) {
    let same = |preset: &ScalePreset, scale: &Scale| {
        let values = |scale: &Scale| -> Vec<(i16, String)> {
            scale.steps.iter().map(|step| (step.value, step.label.clone())).collect()
        };
        values(&preset.scale()) == values(scale)
    };
    let free = !fixed && !usage::scored(dossier, Set::Project);
    let scale = &mut dossier.criteria.project.scale;
    let now = ScalePreset::ALL.into_iter().find(|preset| same(preset, scale));
    let steps: Vec<String> = (scale.steps.iter())
        .map(|step| format!("{} {}", step.label, step.meaning).trim_end().to_owned())
        .collect();
    if free {
        let own = lang.t("この評価データの尺度", "the dossier's own scale");
        let mut options: Vec<_> =
            ScalePreset::ALL.into_iter().map(|preset| (Some(preset), preset.name(lang))).collect();
        if now.is_none() {
            options.push((None, own));
        }
        let mut chosen = now;
        parts::filter(ui, label, 280.0, &mut chosen, &options);
        if let Some(preset) = chosen.filter(|_| chosen != now) {
            *scale = preset.scale();
        }
    }
    form::inset(ui, |ui| {
        form::side_by_side(ui, |ui| {
            if scale.steps.is_empty() {
                kit::note(ui, lang.t("尺度がまだありません", "There is no scale yet"));
            } else {
                ui.label(steps.join(lang.t("、", ", ")));
            }
            if scale.to_be_confirmed {
                kit::badge(ui, Kind::Caution, lang.t("要確認", "To be confirmed"));
            }
        });
        if !free && !fixed {
            kit::note(
                ui,
                lang.t(
                    "すでに評点があるため、尺度は変えられません。",
                    "Scores have been given, so the scale stays.",
                ),
            );
        }
    });
}

/// Whether anything was given by the criteria: a score, a comment, or a consensus.
fn has_evaluation(dossier: &Dossier) -> bool {
    let scored = [Set::Project, Set::Programme].into_iter().any(|set| usage::scored(dossier, set));
    scored
        || dossier.subjects().any(|subject| {
            let evaluation = &subject.evaluation;
            !evaluation.comments.is_empty() || !evaluation.consensus.is_empty()
        })
}
