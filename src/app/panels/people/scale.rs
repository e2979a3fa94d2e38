//! The values that a score can take, and the scales that agencies use.

use super::criteria::Set;
use super::usage::Usage;
use crate::app::kit::table::{Column, RowAction, RowTools, Table, apply, cell};
use crate::app::kit::{Icon, Kind, badge, button};
use crate::app::panels::parts;
use crate::app::panels::typed::typed;
use crate::locale::Lang;
use crate::model::{Dossier, Scale, ScaleStep, fold_for_matching};
use crate::round::ScalePreset;
use crate::tr;
use egui::{Popup, Ui};

/// Draws the scale of a set of criteria.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, set: Set) {
    let usage = Usage::of(ui, dossier);
    let usage = usage.of_set(set);
    let free = !usage.is_scored();
    ui.horizontal_wrapped(|ui| {
        let scale = &mut set.of(dossier).scale;
        if scale.to_be_confirmed {
            badge(ui, Kind::Caution, lang.t("要確認", "To be confirmed"));
        }
        let label = lang.t("評点の意味は所管省に未確認", "The meanings are not confirmed by the ministry");
        let name = format!("{label} {}", set.short(lang));
        ui.checkbox(&mut scale.to_be_confirmed, label).accessible_name(name);
        if free {
            presets(ui, lang, scale);
        }
    });
    let values: Vec<i16> = set.of(dossier).scale.steps.iter().map(|step| step.value).collect();
    let given: Vec<usize> = values.iter().map(|value| usage.times(*value)).collect();
    steps(ui, lang, &mut set.of(dossier).scale, set, &values, &given);
}

fn presets(ui: &mut Ui, lang: Lang, scale: &mut Scale) {
    let button = button::quiet(ui, Some(Icon::ChevronDown), lang.t("既定の尺度を使う", "Use a known scale"));
    Popup::menu(&button).show(|ui| {
        for preset in ScalePreset::ALL {
            if ui.button(preset.name(lang)).clicked() {
                *scale = preset.scale();
                ui.close();
            }
        }
    });
}

fn steps(ui: &mut Ui, lang: Lang, scale: &mut Scale, set: Set, values: &[i16], given: &[usize]) {
    let columns = [
        Column::number(lang.t("値", "Value"), 64.0),
        Column::fixed(lang.t("表示", "Label"), 96.0),
        Column::text(lang.t("意味", "Meaning"), 1.0, 240.0),
        Column::number(lang.t("付けられた数", "Times given"), 110.0),
    ];
    let short = set.short(lang);
    let name = tr!(lang, "{short} の尺度", "Scale for the {short}");
    let output = Table::new("scale", &name, &columns, scale.steps.len())
        .tools(RowTools::new(lang, lang.t("段階を追加", "Add a step")))
        .show(ui, |ui, row, column| {
            let step = &mut scale.steps[row];
            let (n, value) = (row + 1, step.value);
            match column {
                0 if given[row] > 0 => {
                    cell::computed(ui, &value.to_string()).on_hover_text(lang.t(
                        "この値の評点があるため変更できません",
                        "Scores have this value, so it cannot change",
                    ));
                }
                0 => {
                    let name = tr!(lang, "{short} の尺度 {n} 行目の値", "{short} scale row {n} value");
                    let read = |text: &str, before: &i16| {
                        let value: i16 = fold_for_matching(text).parse().ok()?;
                        (value == *before || !values.contains(&value)).then_some(value)
                    };
                    typed(ui, &name, &mut step.value, i16::to_string, read, |ui, text| {
                        cell::number(ui, &name, text)
                    });
                }
                1 => {
                    let name = tr!(lang, "{short} の尺度 {value} 表示", "{short} scale {value} label");
                    parts::text(ui, &name, &mut step.label);
                }
                2 => {
                    let name = tr!(lang, "{short} の尺度 {value} 意味", "{short} scale {value} meaning");
                    parts::text(ui, &name, &mut step.meaning);
                }
                _ => {
                    cell::computed(ui, &given[row].to_string());
                }
            }
        });
    let key = ui.scope_id().with("refused step");
    for action in output.actions() {
        match action {
            RowAction::Remove(at) if given.get(at).is_some_and(|given| *given > 0) => {
                ui.data_mut(|data| data.insert_temp(key, values.get(at).copied()));
            }
            action => {
                ui.data_mut(|data| data.remove::<Option<i16>>(key));
                let highest = scale.steps.iter().map(|step| step.value).max();
                let value = highest.map_or(0, |highest| highest.saturating_add(1));
                apply(&mut scale.steps, action, || ScaleStep {
                    value,
                    label: value.to_string(),
                    meaning: String::new(),
                });
            }
        }
    }
    let refused = ui.data(|data| data.get_temp::<Option<i16>>(key)).flatten();
    let found =
        refused.and_then(|value| Some((value, *given.get(values.iter().position(|of| *of == value)?)?)));
    if let Some((value, given)) = found.filter(|(_, given)| *given > 0) {
        parts::caution(
            ui,
            &tr!(
                lang,
                "値 {value} は {given} 件の評点に使われているため削除していません。",
                "{given} scores have the value {value}, so it was not removed."
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, fill, harness};
    use crate::model::{CriterionNo, ScoreCell, Subject};
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_known_scale_is_taken_over_and_edited() {
        let mut harness = harness(Dossier::default(), |ui, cx| show(ui, cx.lang, cx.dossier, Set::Project));
        click(&mut harness, "既定の尺度を使う");
        click(&mut harness, "A～D（NEDO など）");
        fill(&mut harness, "課題 の尺度 3 意味", "非常に優れている");
        click(&mut harness, "評点の意味は所管省に未確認 課題");
        let scale = &harness.state().dossier.criteria.project.scale;
        let labels: Vec<_> = scale.steps.iter().map(|step| (step.value, step.label.as_str())).collect();
        assert_eq!(labels, [(3, "A"), (2, "B"), (1, "C"), (0, "D")]);
        assert_eq!(scale.steps[0].meaning, "非常に優れている");
        assert!(!scale.to_be_confirmed);
    }

    #[test]
    fn a_scale_with_scores_keeps_its_values() {
        let mut dossier = Dossier::default();
        dossier.criteria.project.scale = ScalePreset::ThreeToZero.scale();
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
        dossier.projects.push(project.into());
        let mut harness = harness(dossier, |ui, cx| show(ui, cx.lang, cx.dossier, Set::Project));
        assert!(harness.query_by_label("既定の尺度を使う").is_none());
        assert!(harness.query_by_label("課題 の尺度 4 行目の値").is_none());
        click(&mut harness, "4 行目の操作");
        click(&mut harness, "削除");
        assert_eq!(harness.state().dossier.criteria.project.scale.steps.len(), 4);
        assert!(harness.query_by_label_contains("値 0 は 1 件の評点").is_some());
    }
}
