//! 評価の実施: a round is set up, frozen, issued; ballots come back; who lacks what.

mod asked;
mod progress;
mod setup;

use crate::app::cx::{Action, Cx};
use crate::app::kit::table::cell;
use crate::app::kit::{self, Icon, Kind, button};
use crate::app::rounds::Ask;
use crate::app::theme::space;
use crate::locale::{Lang, Term};
use crate::model::{Dossier, Round, RowId};
use crate::round::{begin, freeze, lacking, moment, thaw};
use crate::tr;
use egui::Ui;
use jiff::Timestamp;

/// Draws the page.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang;
    if cx.dossier.rounds.is_empty() {
        let what = lang.t(
            "委員に評価票を送り、戻ってきた評点とコメントを取り込みます。まず、評価の対象と委員、期限を決めます。",
            "Ballots go out to the members, and their scores and comments come back. First choose what is judged, by whom and until when.",
        );
        kit::sheet(
            ui,
            lang.t("評価の実施", "Rounds"),
            None,
            |_| (),
            |ui| {
                if kit::empty(ui, what, lang.t("評価を用意する", "Set up a round")) {
                    let round = begin(cx.dossier);
                    cx.dossier.rounds.push(round);
                }
            },
        );
        return;
    }
    let Some(index) = chosen(ui, lang, cx.dossier) else { return };
    setup::show(ui, lang, cx.dossier, index, cx.actions);
    asked::show(ui, lang, cx.dossier, index, cx.actions);
    setup::who(ui, lang, cx.dossier, index);
    form(ui, cx, index);
    let round = &cx.dossier.rounds[index];
    if round.frozen.is_some() {
        progress::show(ui, lang, cx.dossier, round, cx.actions);
        progress::trail(ui, lang, cx.dossier, round);
    }
    setup::reference(ui, lang, cx.dossier, index);
}

/// The round that is shown: the last one, or another that was chosen.
fn chosen(ui: &mut Ui, lang: Lang, dossier: &mut Dossier) -> Option<usize> {
    let key = ui.scope_id().with("round");
    let last = dossier.rounds.last()?.id.clone();
    let mut id: RowId = ui.data(|data| data.get_temp(key)).unwrap_or_else(|| last.clone());
    if !dossier.rounds.iter().any(|round| round.id == id) {
        id = last;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::INSIDE;
        if dossier.rounds.len() > 1 {
            let names: Vec<(RowId, String)> =
                dossier.rounds.iter().map(|round| (round.id.clone(), name(round))).collect();
            let options: Vec<_> = names.iter().map(|(id, name)| (id.clone(), name.as_str())).collect();
            ui.allocate_ui(egui::vec2(280.0, space::ROW), |ui| {
                cell::choice(ui, lang.t("回", "Round"), &mut id, &options);
            });
        }
        if button::quiet(ui, Some(Icon::Plus), lang.t("次の回を用意する", "Set up another round")).clicked()
        {
            let round = begin(dossier);
            id = round.id.clone();
            dossier.rounds.push(round);
        }
    });
    ui.data_mut(|data| data.insert_temp(key, id.clone()));
    dossier.rounds.iter().position(|round| round.id == id)
}

/// What a round is called: its title, or else its id.
fn name(round: &Round) -> String {
    if round.title.is_empty() { round.id.to_string() } else { round.title.clone() }
}

/// Freezing, and issuing.
fn form(ui: &mut Ui, cx: &mut Cx<'_>, index: usize) {
    let lang = cx.lang;
    kit::sheet(
        ui,
        lang.t("様式の確定と発行", "Fix the form and issue"),
        None,
        |_| (),
        |ui| {
            let round = cx.dossier.rounds[index].clone();
            let Some(frozen) = &round.frozen else {
                let lacking = lacking(cx.dossier, &round);
                kit::prose(
                ui,
                lang.t(
                    "確定すると、評価項目・尺度・委員・除斥・対象がこの回の様式になり、評価票を発行できます。",
                    "Fixing makes criteria, scale, members, recusals and subjects the form of this round; then ballots can be issued.",
                ),
            );
                for what in &lacking {
                    kit::badge(ui, Kind::Caution, what.term(lang));
                }
                let fix = ui.add_enabled_ui(lacking.is_empty(), |ui| {
                    button::primary(ui, lang.t("様式を確定する", "Fix the form")).clicked()
                });
                if fix.inner {
                    // What is lacking was shown above, and the button was not to be pressed then.
                    let _ = freeze(cx.dossier, &round.id, Timestamp::now());
                }
                return;
            };
            let (at, hash) = (moment(frozen.at), &frozen.hash[..8.min(frozen.hash.len())]);
            kit::note(ui, &tr!(lang, "{at} に確定　様式 {hash}", "Fixed at {at}, form {hash}"));
            let n = round.issued.len();
            if n > 0 {
                kit::note(ui, &tr!(lang, "発行済みの評価票 {n} 件", "{n} ballots issued"));
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::INSIDE;
                let label = if n == 0 {
                    lang.t("評価票を発行…", "Issue ballots…")
                } else {
                    lang.t("評価票を発行し直す…", "Issue again…")
                };
                let clicked = if n == 0 {
                    button::primary(ui, label).clicked()
                } else {
                    button::plain(ui, label).clicked()
                };
                if clicked {
                    cx.actions.push(Action::Round(Ask::Issue(round.id.clone())));
                }
                if n > 0 && button::primary(ui, lang.t("評価票を取り込む…", "Merge ballots…")).clicked()
                {
                    cx.actions.push(Action::Round(Ask::Merge));
                }
                if n == 0 && button::quiet(ui, None, lang.t("確定を解く", "Open the form again")).clicked()
                {
                    thaw(cx.dossier, &round.id);
                }
            });
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, harness};
    use crate::model::{CriterionNo, ScoreCell};
    use egui_kittest::kittest::Queryable;

    fn dossier() -> Dossier {
        let mut dossier = crate::sample::dossier().unwrap();
        for project in &mut dossier.projects {
            project.evaluation.scores.clear();
        }
        dossier
    }

    #[test]
    fn a_round_is_set_up_with_a_recusal_and_fixed() {
        let mut harness = harness(dossier(), show);
        click(&mut harness, "評価を用意する");
        crate::app::panels::testing::choose(&mut harness, "委員2 A", "除斥");
        assert_eq!(harness.state().dossier.rounds[0].recusals.len(), 1);
        click(&mut harness, "様式を確定する");
        let dossier = &harness.state().dossier;
        assert!(dossier.rounds[0].frozen.is_some());
        let cell = dossier.projects[0].evaluation.cell(&"M2".into(), CriterionNo(1));
        assert_eq!(cell, ScoreCell::Recused);
        assert!(harness.query_by_label("評価票を発行…").is_some());
        click(&mut harness, "確定を解く");
        assert!(harness.state().dossier.rounds[0].frozen.is_none());
    }

    #[test]
    fn what_is_lacking_is_said() {
        let mut empty = Dossier::default();
        empty.programme.id = crate::model::SubjectId::programme();
        let mut harness = harness(empty, show);
        click(&mut harness, "評価を用意する");
        assert!(harness.query_by_label("委員が選ばれていない").is_some());
        harness.state_mut().lang = Lang::En;
        harness.run();
        assert!(harness.query_by_label("no member is chosen").is_some());
    }
}
