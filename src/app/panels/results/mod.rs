//! 結果: what the panel thinks and where it disagrees. Words come before statistics, and no colour judges.

mod measures;
mod strip;

use super::consensus::{Choice, opinions};
use crate::app::cx::Cx;
use crate::app::kit;
use crate::app::kit::table::{Column, Table, cell};
use crate::app::theme::space;
use crate::locale::Lang;
use crate::model::{Criterion, CriterionNo, MemberId, Scale, SubjectId};
use crate::stats::{self, Summary};
use crate::tr;
use egui::Ui;

/// One criterion and what was given for it.
struct Line {
    criterion: Criterion,
    scores: Vec<Option<i16>>,
    summary: Summary,
}

impl Line {
    /// How far the scores are apart: their range first, then their deviation.
    fn disagreement(&self) -> (i16, String) {
        let range = self.summary.max.zip(self.summary.min).map_or(-1, |(max, min)| max - min);
        (range, self.summary.sd.clone().unwrap_or_default())
    }
}

/// Draws the results of a subject.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let set = cx.dossier.criteria_for(id).clone();
    let Some(evaluation) = cx.dossier.subject(id).map(|subject| subject.evaluation.clone()) else { return };
    let mut lines: Vec<Line> = set
        .scored()
        .map(|criterion| {
            let scores = evaluation.scores_of(criterion.no);
            Line { criterion: criterion.clone(), summary: stats::summarise(&scores), scores }
        })
        .collect();
    let title = lang.t("評点の結果", "Results");
    if lines.iter().all(|line| line.summary.n == 0) {
        kit::sheet(
            ui,
            title,
            None,
            |_| (),
            |ui| {
                let what = lang.t(
                "評点が入ると、評価項目ごとの平均とばらつき、委員の意見をここで見比べられます。",
                "Once there are scores, the mean and spread of each criterion and the members' comments stand here side by side.",
            );
                kit::prose(ui, what);
            },
        );
        return;
    }
    let mut named = !is_anonymous(ui);
    let sort_key = egui::Id::unique("results by disagreement");
    let mut sorted = ui.data(|data| data.get_temp(sort_key).unwrap_or(false));
    let members: Vec<(MemberId, String)> = (evaluation.panel.iter())
        .map(|id| {
            let name = cx.dossier.member(id).map(|member| member.name.clone()).unwrap_or_default();
            (id.clone(), if name.is_empty() { id.to_string() } else { name })
        })
        .collect();
    let (was_sorted, was_named) = (sorted, named);
    let head = |ui: &mut Ui| {
        ui.checkbox(&mut sorted, lang.t("差が大きい順", "Widest first"));
        let mut anonymous = !named;
        ui.checkbox(&mut anonymous, lang.t("委員名を伏せる", "Without names"));
        named = !anonymous;
    };
    let picked_key = ui.scope_id().with(("picked", id.as_str()));
    let mut picked: Option<CriterionNo> = ui.data(|data| data.get_temp(picked_key)).flatten();
    kit::sheet(ui, title, Some(&overview(lang, &lines)), head, |ui| {
        if was_sorted {
            lines.sort_by_key(|line| std::cmp::Reverse(line.disagreement()));
        }
        if let Some(no) = table(ui, lang, &lines, &set.scale, was_named.then_some(&members[..]), picked) {
            picked = (picked != Some(no)).then_some(no);
        }
    });
    ui.data_mut(|data| {
        data.insert_temp(sort_key, sorted);
        data.insert_temp(anonymous_key(), !named);
        data.insert_temp(picked_key, picked);
    });
    if let Some(line) = lines.iter().find(|line| Some(line.criterion.no) == picked) {
        let (no, label) = (line.criterion.no, &line.criterion.label);
        let title = tr!(lang, "{no} {label} の意見", "Comments on {no} {label}");
        let words = stats::in_words(&line.scores, &set.scale);
        kit::sheet(
            ui,
            &title,
            Some(words.t(lang)),
            |_| (),
            |ui| {
                opinions(ui, lang, cx.dossier, id, Choice::Criterion(no), false);
            },
        );
    }
    measures::show(ui, lang, cx.dossier, id, named);
}

fn anonymous_key() -> egui::Id {
    egui::Id::unique("members without names")
}

/// Whether members are shown without their names.
pub(super) fn is_anonymous(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(anonymous_key()).unwrap_or(false))
}

/// 「7 項目のうち、一致 1、ほぼ一致 4、分かれている 2」
fn overview(lang: Lang, lines: &[Line]) -> String {
    let range = |line: &Line| line.summary.max.zip(line.summary.min).map(|(max, min)| max - min);
    let compared = lines.iter().filter(|line| line.summary.n > 1);
    let (mut same, mut near, mut apart) = (0, 0, 0);
    for range in compared.filter_map(range) {
        match range {
            0 => same += 1,
            1 => near += 1,
            _ => apart += 1,
        }
    }
    let all = same + near + apart;
    tr!(
        lang,
        "{all} 項目のうち、一致 {same}、ほぼ一致 {near}、分かれている {apart}",
        "of {all} criteria the members agree on {same}, nearly on {near}, and differ on {apart}"
    )
}

/// The table; the criterion that was clicked.
fn table(
    ui: &mut Ui,
    lang: Lang,
    lines: &[Line],
    scale: &Scale,
    members: Option<&[(MemberId, String)]>,
    picked: Option<CriterionNo>,
) -> Option<CriterionNo> {
    let columns = [
        Column::number("", 32.0),
        Column::text(lang.t("評価項目", "Criterion"), 1.2, 150.0),
        Column::number(lang.t("平均（n）", "Mean (n)"), 84.0),
        Column::fixed(lang.t("委員ごとの評点", "Each member's score"), strip::WIDTH + 16.0),
        Column::number(lang.t("中央値", "Median"), 72.0),
        Column::number(lang.t("範囲", "Range"), 60.0),
        Column::number(lang.t("標準\n偏差", "SD"), 56.0),
        Column::text(lang.t("評点の分かれ方", "How they fell"), 1.2, 150.0),
    ];
    let at = picked.and_then(|no| lines.iter().position(|line| line.criterion.no == no));
    let label = |row: usize| {
        let criterion = &lines[row].criterion;
        let (no, name) = (criterion.no, &criterion.label);
        tr!(lang, "{no} {name} の意見を見る", "Comments on {no} {name}")
    };
    let name = lang.t("評点の結果", "Results");
    let output =
        Table::new("results", name, &columns, lines.len()).pick(at, &label).show(ui, |ui, row, column| {
            let line = &lines[row];
            let summary = &line.summary;
            let dash = || "–".to_owned();
            match column {
                0 => {
                    cell::computed(ui, &line.criterion.no.to_string());
                }
                1 => {
                    cell::label(ui, &line.criterion.label);
                }
                2 => {
                    let (mean, n) = (summary.mean.clone().unwrap_or_else(dash), summary.n);
                    let response = cell::number_label(ui, &format!("{mean} ({n})"));
                    if let Some(range) = stats::leave_one_out(&line.scores) {
                        let (low, high) = (range.low.printed(1), range.high.printed(1));
                        response.on_hover_text(tr!(
                            lang,
                            "委員を一人除いたときの平均: {low}～{high}",
                            "with any one member left out: {low} to {high}"
                        ));
                    }
                }
                3 => strip::show(ui, lang, &line.criterion.label, &line.scores, scale, members),
                4 => {
                    cell::number_label(ui, &summary.median.clone().unwrap_or_else(dash));
                }
                5 => {
                    let range = summary.min.zip(summary.max).map(|(min, max)| format!("{min}–{max}"));
                    cell::number_label(ui, &range.unwrap_or_else(dash));
                }
                6 => {
                    cell::number_label(ui, &summary.sd.clone().unwrap_or_else(dash));
                }
                _ => {
                    let words = stats::in_words(&line.scores, scale);
                    cell::label(ui, words.t(lang)).on_hover_text(stats::agreement(&line.scores).t(lang));
                }
            }
        });
    ui.add_space(space::INSIDE);
    super::scores::legend(ui, lang, scale);
    output.picked.map(|row| lines[row].criterion.no)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, harness};
    use egui_kittest::kittest::Queryable;

    #[test]
    fn words_come_before_statistics_and_a_click_shows_the_comments() {
        let dossier = crate::sample::dossier().unwrap();
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        assert!(harness.query_by_label_contains("7 項目のうち、一致").is_some());
        assert!(harness.query_all_by_label_contains("5名のうち1名が1").next().is_some());
        click(&mut harness, "3 研究開発の実施・マネジメント体制等 の意見を見る");
        let heading = "3 研究開発の実施・マネジメント体制等 の意見";
        assert!(harness.query_all_by_label(heading).next().is_some());
        harness.state_mut().lang = Lang::En;
        harness.run();
        assert!(harness.query_all_by_label_contains("Krippendorff").next().is_some());
    }

    #[test]
    fn without_scores_the_page_says_what_will_stand_there() {
        let mut dossier = crate::sample::dossier().unwrap();
        dossier.projects[0].evaluation.scores.clear();
        let harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        assert!(harness.query_by_label_contains("評点が入ると").is_some());
    }

    #[test]
    fn without_names_no_member_is_named() {
        let dossier = crate::sample::dossier().unwrap();
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        let named =
            |harness: &egui_kittest::Harness<'_, _>| harness.query_all_by_label_contains("委員1").count();
        assert!(named(&harness) > 0);
        click(&mut harness, "委員名を伏せる");
        assert_eq!(named(&harness), 0);
    }
}
