//! 評価項目: the criteria for projects and for the programme.

use super::scale;
use super::usage::Usage;
use crate::app::kit::table::{Column, RowAction, RowTools, Table, apply, cell};
use crate::app::kit::{empty, note, sheet, subheading};
use crate::app::panels::parts;
use crate::app::panels::typed::typed;
use crate::locale::Lang;
use crate::model::{CriteriaSet, Criterion, CriterionNo, Dossier, fold_for_matching};
use crate::tr;
use egui::Ui;

/// One of the two sets of criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app::panels) enum Set {
    /// For each project.
    Project,
    /// For the programme.
    Programme,
}

impl Set {
    pub(super) fn of(self, dossier: &mut Dossier) -> &mut CriteriaSet {
        match self {
            Self::Project => &mut dossier.criteria.project,
            Self::Programme => &mut dossier.criteria.programme,
        }
    }

    fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Project => lang.t("評価項目（プロジェクト）", "Criteria for projects"),
            Self::Programme => lang.t("評価項目（プログラム）", "Criteria for the programme"),
        }
    }

    /// What begins the accessible names of this set's fields.
    pub(super) fn short(self, lang: Lang) -> &'static str {
        match self {
            Self::Project => lang.t("課題", "project"),
            Self::Programme => lang.t("プログラム", "programme"),
        }
    }
}

/// What rests on a criterion.
#[derive(Debug, Clone, Copy, Default)]
struct Bound {
    cells: usize,
    texts: usize,
}

/// Draws a set of criteria and its scale.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, set: Set) {
    let title = set.title(lang);
    ui.push_id(("criteria", title), |ui| {
        sheet(
            ui,
            title,
            None,
            |_| (),
            |ui| {
                let add = lang.t("評価項目を追加", "Add a criterion");
                if set.of(dossier).criteria.is_empty() {
                    let what = lang.t(
                        "委員が評点とコメントを付ける評価項目を、番号の順にここへ記入します。",
                        "The criteria on which members give scores and comments go here, in order.",
                    );
                    if empty(ui, what, add) {
                        set.of(dossier).criteria.push(fresh(&[], set));
                    }
                    return;
                }
                let label = lang.t("評価項目の体系の名称", "Name of the set");
                let name = format!("{label} {}", set.short(lang));
                parts::labelled(ui, label, |ui| {
                    let options = crate::app::kit::field::Options::default().width(480.0);
                    crate::app::kit::field::line(ui, "name", &name, &mut set.of(dossier).name, &options)
                });
                list(ui, lang, dossier, set, add);
                let of = set.of(dossier);
                if of.scored().next().is_none() && of.scale.steps.is_empty() {
                    let text = lang.t(
                        "評点を付けないため、尺度はありません。「評点」に印を付けると尺度を定められます。",
                        "Nothing here is scored, so there is no scale. Tick “Scored” to define one.",
                    );
                    note(ui, text);
                } else {
                    subheading(ui, lang.t("評点の尺度", "Scale"));
                    scale::show(ui, lang, dossier, set);
                }
            },
        );
    });
}

/// The next criterion: numbered after the last, and scored unless it is the programme's.
fn fresh(criteria: &[Criterion], set: Set) -> Criterion {
    let last = criteria.iter().map(|criterion| criterion.no.0).max().unwrap_or(0);
    Criterion { no: CriterionNo(last.saturating_add(1)), scored: set == Set::Project, ..Criterion::default() }
}

fn list(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, set: Set, add: &str) {
    let columns = [
        Column::number(lang.t("番号", "No."), 48.0),
        Column::text(lang.t("評価項目", "Criterion"), 1.6, 170.0),
        Column::text(lang.t("印字の見出し", "Printed heading"), 1.6, 170.0),
        Column::fixed(lang.t("評点", "Scored"), 64.0).centred(),
        Column::text(lang.t("着眼点", "Guidance"), 2.6, 160.0),
        Column::text(lang.t("注", "Note"), 0.8, 110.0),
    ];
    let usage = Usage::of(ui, dossier);
    let usage = usage.of_set(set);
    let bound: Vec<Bound> = (set.of(dossier).criteria.iter())
        .map(|criterion| Bound { cells: usage.cells(criterion.no), texts: usage.texts(criterion.no) })
        .collect();
    let criteria = &mut set.of(dossier).criteria;
    let numbers: Vec<CriterionNo> = criteria.iter().map(|criterion| criterion.no).collect();
    let short = set.short(lang);
    let output = Table::new("list", set.title(lang), &columns, criteria.len())
        .tools(RowTools::new(lang, add))
        .show(ui, |ui, row, column| {
            let criterion = &mut criteria[row];
            let (n, no) = (row + 1, criterion.no);
            let Bound { cells, texts } = bound[row];
            match column {
                0 if cells + texts > 0 => {
                    cell::computed(ui, &no.to_string()).on_hover_text(tr!(
                        lang,
                        "評点 {cells} 件、コメント等 {texts} 件がこの番号を使っているため変更できません",
                        "{cells} scores and {texts} texts use this number, so it cannot change"
                    ));
                }
                0 => number(
                    ui,
                    &tr!(lang, "{short} {n} 行目の番号", "{short} row {n} number"),
                    &mut criterion.no,
                    &numbers,
                ),
                1 => {
                    parts::text(
                        ui,
                        &tr!(lang, "{short} {no} 評価項目", "{short} {no} criterion"),
                        &mut criterion.label,
                    );
                }
                2 => {
                    let name = tr!(lang, "{short} {no} 印字の見出し", "{short} {no} printed heading");
                    parts::text(ui, &name, &mut criterion.printed);
                }
                3 => {
                    let name = tr!(lang, "{short} {no} 評点を付ける", "{short} {no} is scored");
                    cell::pad(ui, |ui| {
                        let bound = criterion.scored && cells > 0;
                        ui.add_enabled_ui(!bound, |ui| parts::tick(ui, &name, &mut criterion.scored))
                            .inner
                            .on_disabled_hover_text(tr!(
                                lang,
                                "評点が {cells} 件あるため外せません",
                                "Has {cells} scores, so the tick stays"
                            ));
                    });
                }
                4 => {
                    parts::text(
                        ui,
                        &tr!(lang, "{short} {no} 着眼点", "{short} {no} guidance"),
                        &mut criterion.guidance,
                    );
                }
                _ => {
                    parts::text(ui, &tr!(lang, "{short} {no} 注", "{short} {no} note"), &mut criterion.note);
                }
            }
        });
    let key = ui.scope_id().with("refused");
    for action in output.actions() {
        match action {
            RowAction::Remove(at) if bound.get(at).is_some_and(|bound| bound.cells + bound.texts > 0) => {
                ui.data_mut(|data| data.insert_temp(key, numbers.get(at).copied()));
            }
            action => {
                ui.data_mut(|data| data.remove::<Option<CriterionNo>>(key));
                let row = fresh(criteria, set);
                apply(criteria, action, || row);
            }
        }
    }
    let refused = ui.data(|data| data.get_temp::<Option<CriterionNo>>(key)).flatten();
    let bound = refused.and_then(|no| Some((no, bound.get(numbers.iter().position(|of| *of == no)?)?)));
    if let Some((no, Bound { cells, texts })) = bound.filter(|(_, bound)| bound.cells + bound.texts > 0) {
        parts::caution(
            ui,
            &tr!(
                lang,
                "評価項目 {no} には評点 {cells} 件、コメント等 {texts} 件があるため削除していません。",
                "Criterion {no} has {cells} scores and {texts} texts and was not removed."
            ),
        );
    }
}

/// The number of a criterion that nothing refers to yet. A number that another has is not taken.
fn number(ui: &mut Ui, name: &str, no: &mut CriterionNo, taken: &[CriterionNo]) {
    let read = |text: &str, before: &CriterionNo| {
        let no = CriterionNo(fold_for_matching(text).parse().ok().filter(|no| *no > 0)?);
        (no == *before || !taken.contains(&no)).then_some(no)
    };
    typed(ui, name, no, CriterionNo::to_string, read, |ui, text| cell::number(ui, name, text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, fill, harness};
    use crate::model::{ScoreCell, Subject};
    use egui_kittest::kittest::Queryable;

    #[test]
    fn criteria_are_begun_numbered_and_named() {
        let mut harness = harness(Dossier::default(), |ui, cx| show(ui, cx.lang, cx.dossier, Set::Project));
        click(&mut harness, "評価項目を追加");
        click(&mut harness, "評価項目を追加");
        fill(&mut harness, "課題 2 評価項目", "総合評価");
        fill(&mut harness, "課題 2 行目の番号", "1");
        let criteria = &harness.state().dossier.criteria.project.criteria;
        assert_eq!(criteria.iter().map(|c| c.no.0).collect::<Vec<_>>(), [1, 2], "1 is taken");
        assert_eq!((criteria[1].label.as_str(), criteria[1].scored), ("総合評価", true));
    }

    #[test]
    fn a_criterion_with_scores_stays() {
        let mut dossier = Dossier::default();
        let criterion = |no| Criterion { no: CriterionNo(no), scored: true, ..Criterion::default() };
        dossier.criteria.project.criteria = vec![criterion(1), criterion(2)];
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
        dossier.projects.push(project.into());
        let mut harness = harness(dossier, |ui, cx| show(ui, cx.lang, cx.dossier, Set::Project));
        assert!(harness.query_by_label("課題 1 行目の番号").is_none());
        click(&mut harness, "課題 1 評点を付ける");
        click(&mut harness, "1 行目の操作");
        click(&mut harness, "削除");
        assert!(harness.query_by_label_contains("評価項目 1 には評点 1 件").is_some());
        click(&mut harness, "2 行目の操作");
        click(&mut harness, "削除");
        let criteria = &harness.state().dossier.criteria.project.criteria;
        assert_eq!((criteria.len(), criteria[0].scored), (1, true));
    }
}
