//! 評点: criteria × members as the score table of the report, for the secretariat.

use super::parts;
use crate::app::charts;
use crate::app::command::Command;
use crate::app::cx::{Action, Cx};
use crate::app::kit::table::{Column, Table, cell, paste};
use crate::app::kit::{self, Icon, Kind, badge, button};
use crate::app::route::Route;
use crate::app::theme::{Palette, Type, space};
use crate::locale::{Lang, cell as state_name};
use crate::model::{
    CriterionNo, Dossier, MemberId, Origin, Place, Scale, ScoreCell, SubjectId, fold_for_matching,
};
use crate::stats;
use crate::tr;
use egui::{Align2, Popup, Response, Role, Sense, Ui, WidgetInfo, vec2};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Draws the score table of a subject.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    table(ui, cx, id);
    charts::scores(ui, cx, id);
}

fn table(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let set = cx.dossier.criteria_for(id).clone();
    let criteria: Vec<_> = set.scored().cloned().collect();
    let panel: Vec<(MemberId, String)> = cx
        .subject(id)
        .evaluation
        .panel
        .clone()
        .into_iter()
        .map(|member| {
            let name =
                cx.dossier.member(&member).map_or_else(|| member.to_string(), |known| known.name.clone());
            (member, name)
        })
        .collect();
    let n = panel.len();
    let note = (n > 0).then(|| tr!(lang, "委員 {n} 名", "{n} members"));
    let actions = |ui: &mut Ui, actions: &mut Vec<Action>| {
        if n > 0 && button::with_icon(ui, Icon::Person, Command::Ballot.label(lang)).clicked() {
            actions.push(Action::Do(Command::Ballot));
        }
    };
    let mut asked = Vec::new();
    let mut differing = None;
    kit::sheet(
        ui,
        lang.t("評点", "Scores"),
        note.as_deref(),
        |ui| actions(ui, &mut asked),
        |ui| {
            if criteria.is_empty() {
                let what = lang.t(
                    "この対象には評点を付ける評価項目がありません。コメントと総合評価だけを記録します。",
                    "No criterion of this subject is scored; it has comments and consensus texts only.",
                );
                kit::prose(ui, what);
                return;
            }
            if panel.is_empty() {
                let what = lang.t(
                "採点する委員がまだ決まっていません。「委員・評価項目」で委員を割り当てると、ここに評点表ができます。",
                "No member scores this subject yet. Assign members under “Members and criteria” and the table appears here.",
            );
                if kit::empty(ui, what, lang.t("委員を割り当てる", "Assign members")) {
                    cx.actions.push(Action::Go(Route::People));
                }
                return;
            }
            let mut columns = vec![
                Column::fixed("", 72.0),
                Column::text(lang.t("評価項目", "Criterion"), 1.0, 190.0),
                Column::number(lang.t("平均", "Mean"), 56.0),
                Column::number(lang.t("印字の\n平均", "Printed\nmean"), 68.0),
            ];
            columns.extend(panel.iter().map(|(_, name)| Column::fixed(name.as_str(), 64.0).centred()));
            let origins = origins(cx.dossier, id);
            let evaluation = &mut cx.subject(id).evaluation;
            Table::new("scores", lang.t("評点表", "Score table"), &columns, criteria.len()).show(
                ui,
                |ui, row, column| {
                    let criterion = &criteria[row];
                    match column {
                        0 => {
                            ui.horizontal(|ui| {
                                ui.spacing_mut().item_spacing.x = 0.0;
                                cell::computed(ui, &criterion.no.to_string());
                                super::criterion::help(ui, lang, criterion, &set.scale);
                            });
                        }
                        1 => {
                            let response = cell::label(ui, &criterion.label);
                            if !criterion.guidance.is_empty() {
                                response.on_hover_text(&criterion.guidance);
                            }
                        }
                        2 => mean(ui, lang, &stats::summarise(&evaluation.scores_of(criterion.no))),
                        3 => {
                            let computed = stats::printed_mean(&evaluation.scores_of(criterion.no));
                            if printed(ui, lang, criterion.no, computed, evaluation) {
                                differing = Some(criterion.no);
                            }
                        }
                        _ => {
                            let (member, name) = &panel[column - 4];
                            let mut value = evaluation.cell(member, criterion.no);
                            let label = format!("{name} {}", criterion.label);
                            let response = score_cell(ui, lang, &label, &set.scale, &mut value);
                            if response.changed() {
                                evaluation.set_cell(member, criterion.no, value);
                            }
                            if let Some(origin) = origins.get(&(member.clone(), criterion.no)) {
                                response.on_hover_text(origin_of(lang, origin));
                            }
                        }
                    }
                },
            );
            ui.add_space(space::INSIDE);
            legend(ui, lang, &set.scale);
        },
    );
    if let Some(no) = differing {
        let place = cx.subject(id).place().child("evaluation").child("printed_means").child(no.to_string());
        asked.push(Action::Go(Route::Checks(Some(place))));
    }
    cx.actions.append(&mut asked);
}

/// Where the scores of a subject were read, as far as that is noted.
fn origins(dossier: &Dossier, id: &SubjectId) -> HashMap<(MemberId, CriterionNo), Origin> {
    let subject = if *id == SubjectId::programme() {
        Place::from("programme")
    } else {
        Place::from("projects").child(id.as_str())
    };
    let scores = subject.child("evaluation").child("scores");
    let within = dossier.origins.range(scores.clone()..).take_while(|(place, _)| place.is_within(&scores));
    within
        .filter_map(|(place, origin)| {
            let [.., member, no] = place.steps() else { return None };
            Some(((MemberId::from(member.as_str()), CriterionNo(no.parse().ok()?)), origin.clone()))
        })
        .collect()
}

/// Where a score was read, and how it was printed there.
fn origin_of(lang: Lang, origin: &Origin) -> String {
    let (printed, from) = (&origin.printed, parts::origin(lang, &origin.source));
    tr!(lang, "印字「{printed}」　{from}", "printed “{printed}”, {from}")
}

fn mean(ui: &mut Ui, lang: Lang, summary: &stats::Summary) {
    let shown = summary.mean.as_deref().unwrap_or("–");
    let response = cell::computed(ui, shown);
    let n = summary.n;
    if let (Some(median), Some(min), Some(max)) = (&summary.median, summary.min, summary.max) {
        let sd = summary.sd.as_deref().unwrap_or("–");
        response.on_hover_text(tr!(
            lang,
            "n = {n}　中央値 {median}　範囲 {min}–{max}　標準偏差 {sd}",
            "n = {n}, median {median}, range {min}–{max}, SD {sd}"
        ));
    } else {
        response.on_hover_text(lang.t("評点がありません", "no scores"));
    }
}

/// The mean that the report prints, editable; where it differs from the computed one, both are told. Whether the mark
/// of the difference was clicked.
fn printed(
    ui: &mut Ui,
    lang: Lang,
    no: CriterionNo,
    computed: Option<String>,
    evaluation: &mut crate::model::SubjectEvaluation,
) -> bool {
    let mut text = evaluation.printed_means.get(&no).cloned().unwrap_or_default();
    let differs = !text.is_empty() && computed.as_ref() != Some(&text);
    let name = tr!(lang, "印字の平均 {no}", "Printed mean {no}");
    let response = cell::number(ui, &name, &mut text);
    if response.changed() {
        if text.trim().is_empty() {
            evaluation.printed_means.remove(&no);
        } else {
            evaluation.printed_means.insert(no, text.clone());
        }
    }
    let computed = computed.unwrap_or_else(|| "–".to_owned());
    let words = tr!(lang, "印字 {text}、計算 {computed}", "printed {text}, computed {computed}");
    differs && parts::mark_difference(ui, lang, &response, &words, false)
}

/// One cell of the score table. The keys of the scale give a score, Delete clears it; a click offers every state.
fn score_cell(ui: &mut Ui, lang: Lang, name: &str, scale: &Scale, value: &mut ScoreCell) -> Response {
    let p = Palette::of(ui);
    // The cell has the keyboard, and works the menu.
    let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), space::ROW), Sense::CLICK);
    let before = *value;
    let words = |value: ScoreCell| match value {
        ScoreCell::Score(score) => {
            scale.step(score).map_or_else(|| score.to_string(), |step| step.label.clone())
        }
        other => state_name(other, lang).to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(words(*value)));
    if let Some(pasted) = paste::take(ui.ctx()) {
        match read(&pasted, lang, scale) {
            Some(given) => *value = given,
            None => paste::refuse(ui.ctx()),
        }
    }
    if cell::has_keyboard(ui) && !kit::is_read_only(ui) {
        ui.input(|input| {
            for event in &input.events {
                if let egui::Event::Text(typed) = event
                    && let Some(step) = scale.steps.iter().find(|step| step.label.eq_ignore_ascii_case(typed))
                {
                    *value = ScoreCell::Score(step.value);
                }
            }
        });
    }
    if ui.is_rect_visible(rect) {
        if response.hovered() {
            ui.painter().rect_filled(rect.shrink(1.0), space::CORNER, p.hover);
        }
        let (text, font, colour) = match *value {
            ScoreCell::Score(_) => (words(*value), Type::TableStrong, p.ink),
            ScoreCell::Blank => ("–".to_owned(), Type::Table, p.secondary),
            other => (words(other), Type::Small, p.secondary),
        };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font.font(), colour);
    }
    cell::says(ui, &if *value == ScoreCell::Blank { String::new() } else { words(*value) });
    let begun = cell::open_menu(ui, &response);
    Popup::menu(&response).show(|ui| {
        let steps = scale
            .steps
            .iter()
            .map(|step| (ScoreCell::Score(step.value), format!("{}　{}", step.label, step.meaning)));
        let states = [ScoreCell::Blank, ScoreCell::NotApplicable, ScoreCell::Recused, ScoreCell::Absent]
            .map(|state| (state, state_name(state, lang).to_owned()));
        for (choice, label) in steps.chain(states) {
            let option = ui.selectable_label(choice == *value, label.trim_end());
            if begun && choice == *value {
                option.request_focus();
            }
            if option.clicked() {
                *value = choice;
                ui.close();
            }
        }
    });
    if *value != before {
        response.mark_changed();
    }
    response
}

/// A score as a table from outside writes it: the label of a step, the name of a state in either language, or nothing.
fn read(text: &str, lang: Lang, scale: &Scale) -> Option<ScoreCell> {
    let folded = fold_for_matching(text);
    let same = |other: &str| fold_for_matching(other).eq_ignore_ascii_case(&folded);
    if folded.is_empty() {
        return Some(ScoreCell::Blank);
    }
    if let Some(step) = scale.steps.iter().find(|step| same(&step.label)) {
        return Some(ScoreCell::Score(step.value));
    }
    let states = [ScoreCell::Blank, ScoreCell::NotApplicable, ScoreCell::Recused, ScoreCell::Absent];
    states.into_iter().find(|state| same(state_name(*state, lang)) || same(state_name(*state, Lang::Ja)))
}

/// What the values of a scale mean, and whether that is confirmed.
pub(super) fn legend(ui: &mut Ui, lang: Lang, scale: &Scale) {
    let mut words = String::new();
    for step in &scale.steps {
        let _ = write!(words, "{} {}　", step.label, step.meaning);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::INSIDE;
        kit::note(ui, words.trim_end());
        if scale.to_be_confirmed {
            badge(ui, Kind::Caution, lang.t("評語は要確認", "meanings to be confirmed")).on_hover_text(lang.t(
                "評点の評語は公表資料で確認できていません。「委員・評価項目」で確かめて直してください。",
                "The meanings are not confirmed by a published document; check and mend them under “Members and criteria”.",
            ));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ScaleStep, Source};

    #[test]
    fn scores_are_read_as_tables_from_outside_write_them() {
        let step = |value: i16, label: &str| ScaleStep { value, label: label.into(), ..ScaleStep::default() };
        let scale = Scale { steps: vec![step(3, "3"), step(0, "0"), step(4, "S")], ..Scale::default() };
        for (text, cell) in [
            ("３", Some(ScoreCell::Score(3))),
            (" 0 ", Some(ScoreCell::Score(0))),
            ("ｓ", Some(ScoreCell::Score(4))),
            ("", Some(ScoreCell::Blank)),
            ("除斥", Some(ScoreCell::Recused)),
            ("Absent", Some(ScoreCell::Absent)),
            ("2.6", None),
            ("良", None),
        ] {
            assert_eq!(read(text, Lang::En, &scale), cell, "{text}");
        }
    }

    #[test]
    fn a_score_knows_where_it_was_read() {
        let origin = Origin {
            source: Source { file: "評点.xlsx".into(), sheet: "評点".into(), cell: "C4".into() },
            printed: "３".into(),
        };
        let mut dossier = Dossier::default();
        for place in ["projects/A/evaluation/scores/M1/3", "projects/A/overview/name"] {
            dossier.origins.insert(Place::from(place), origin.clone());
        }
        let known = origins(&dossier, &"A".into());
        assert_eq!(known.keys().collect::<Vec<_>>(), [&("M1".into(), CriterionNo(3))]);
        assert_eq!(origin_of(Lang::Ja, &origin), "印字「３」　出所: 評点.xlsx 評点!C4");
        assert!(origins(&dossier, &SubjectId::programme()).is_empty());
    }
}
