//! ロードマップ: what is to happen when, lane by lane.

use super::{groups, parts};
use crate::app::charts;
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, RowAction, cell};
use crate::app::kit::{note, sheet};
use crate::locale::{Lang, Term};
use crate::model::{RoadmapItem, RoadmapKind, SubjectId, Unit};
use crate::tr;
use egui::{Id, Ui};

/// Which rows are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Filter {
    /// Only those of this lane.
    lane: Option<String>,
    /// Only those of this kind.
    kind: Option<RoadmapKind>,
}

impl Filter {
    fn keeps(&self, item: &RoadmapItem) -> bool {
        self.lane.as_ref().is_none_or(|lane| *lane == item.lane)
            && self.kind.is_none_or(|kind| kind == item.kind)
    }
}

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let clicked = charts::roadmap(ui, cx, id);
    let items = &mut cx.subject(id).roadmap;
    let title = lang.t("ロードマップ", "Roadmap");
    let what = lang.t(
        "アウトカムの達成に至るまでの期間、評価の時期、節目、目標値を、レーンごとにここへ記入します。",
        "The way to the outcomes goes here: periods, evaluations, milestones and target values, lane by lane.",
    );
    if parts::empty_list(
        ui,
        title,
        what,
        lang.t("最初の項目を追加", "Add the first entry"),
        items,
        || RoadmapItem { id: "R1".into(), ..RoadmapItem::default() },
    ) {
        return;
    }
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            let key = ui.scope_id().with(("roadmap filter", id));
            if let Some(lane) = clicked {
                // A short table, so that the row of the entry is drawn.
                ui.data_mut(|data| data.insert_temp(key, Filter { lane: Some(lane), kind: None }));
                ui.scroll_to_cursor(Some(egui::Align::TOP));
            }
            let filter = filter(ui, lang, key, items);
            let filter = rename(ui, lang, key, items, filter);
            table(ui, lang, id, items, &filter);
        },
    );
}

/// The choices above the table.
fn filter(ui: &mut Ui, lang: Lang, key: Id, items: &[RoadmapItem]) -> Filter {
    let mut filter = ui.data(|data| data.get_temp::<Filter>(key)).unwrap_or_default();
    let lanes = groups::groups(items, |item| &item.lane);
    // A lane that was renamed away must not leave an empty table behind.
    if filter.lane.as_ref().is_some_and(|lane| !lanes.iter().any(|(known, _)| known == lane)) {
        filter.lane = None;
    }
    let unnamed = lang.t("（レーンなし）", "(no lane)");
    let all = [(None, lang.t("すべてのレーン", "All lanes").to_owned())];
    let options: Vec<_> = all
        .into_iter()
        .chain(lanes.into_iter().map(|(lane, places)| {
            let label = if lane.is_empty() { unnamed } else { &lane };
            let label = format!("{label}  {}", places.len());
            (Some(lane), label)
        }))
        .collect();
    let options: Vec<_> = options.iter().map(|(lane, label)| (lane.clone(), label.as_str())).collect();
    let kinds: Vec<_> = std::iter::once((None, lang.t("すべての種別", "All kinds")))
        .chain(RoadmapKind::ALL.into_iter().map(|kind| (Some(kind), kind.term(lang))))
        .collect();
    ui.horizontal_wrapped(|ui| {
        parts::filter(ui, lang.t("レーンで絞る", "Filter by lane"), 240.0, &mut filter.lane, &options);
        parts::filter(ui, lang.t("種別で絞る", "Filter by kind"), 180.0, &mut filter.kind, &kinds);
        let (all, kept) = (items.len(), items.iter().filter(|item| filter.keeps(item)).count());
        note(ui, &tr!(lang, "{all} 件中 {kept} 件を表示", "{kept} of {all} shown"));
    });
    ui.data_mut(|data| data.insert_temp(key, filter.clone()));
    filter
}

/// The name of the one lane that is shown, which renames all its entries.
fn rename(ui: &mut Ui, lang: Lang, key: Id, items: &mut [RoadmapItem], mut filter: Filter) -> Filter {
    let Some(shown) = filter.lane.clone() else { return filter };
    let what = lang.t("レーン", "Lane");
    let placeholder = lang.t("レーン名を記入", "Name of the lane");
    let taken = |text: &str| items.iter().any(|item| item.lane == text);
    let label = lang.t("レーン名", "Name of the lane");
    if let Some(renamed) = groups::heading(ui, what, label, placeholder, &shown, taken) {
        for item in items.iter_mut().filter(|item| item.lane == shown) {
            item.lane.clone_from(&renamed);
        }
        filter.lane = Some(renamed);
        ui.data_mut(|data| data.insert_temp(key, filter.clone()));
    }
    filter
}

fn table(ui: &mut Ui, lang: Lang, id: &SubjectId, items: &mut Vec<RoadmapItem>, filter: &Filter) {
    let columns = [
        Column::text(lang.t("レーン", "Lane"), 0.4, 108.0),
        Column::fixed(lang.t("種別", "Kind"), if lang == Lang::Ja { 76.0 } else { 104.0 }),
        Column::text(lang.t("内容", "What"), 2.6, 180.0),
        Column::text(lang.t("時期", "When"), 0.1, 134.0),
        Column::text(lang.t("値", "Value"), 0.2, 76.0).right(),
        Column::fixed(lang.t("単位", "Unit"), 52.0),
        Column::number(lang.t("段", "Step"), 44.0),
        Column::text(lang.t("対象", "About"), 0.1, 52.0),
        Column::text(lang.t("注", "Note"), 1.0, 106.0),
        Column::text(lang.t("印字箇所", "Printed at"), 0.5, 118.0),
    ];
    let places: Vec<usize> = (0..items.len()).filter(|place| filter.keeps(&items[*place])).collect();
    if places.is_empty() {
        note(ui, lang.t("この絞り込みに合う項目はありません。", "No entry fits this filter."));
    }
    let same = |above: &RoadmapItem, item: &RoadmapItem| above.lane == item.lane;
    let rows = parts::Rows {
        salt: "roadmap",
        name: lang.t("ロードマップ", "Roadmap"),
        add: lang.t("項目を追加", "Add an entry"),
        prefix: "R",
        columns: &columns,
    };
    let fresh = || RoadmapItem {
        lane: filter.lane.clone().unwrap_or_default(),
        kind: filter.kind.unwrap_or_default(),
        ..RoadmapItem::default()
    };
    let output = rows.show_grouped(ui, lang, items, &places, fresh, same, |ui, item, column, repeats| {
        let row = item.id.as_str();
        match column {
            // A lane typed here would leave the filter at the first letter.
            0 if filter.lane.is_some() => {
                cell::computed(ui, &item.lane);
            }
            0 => {
                let name = tr!(lang, "{row} レーン", "{row} lane");
                groups::text(ui, &name, &mut item.lane, repeats);
            }
            1 => {
                let name = tr!(lang, "{row} 種別", "{row} kind");
                parts::choice(ui, lang, &name, &mut item.kind, &RoadmapKind::ALL);
            }
            2 => {
                let response = parts::text(ui, &tr!(lang, "{row} 内容", "{row} what"), &mut item.label);
                if charts::jumped(ui, id, &item.id) {
                    response.request_focus();
                }
            }
            3 => {
                parts::when(ui, &tr!(lang, "{row} 時期", "{row} when"), &mut item.when);
            }
            4 => {
                let name = tr!(lang, "{row} 値", "{row} value");
                parts::wrapped_quantity(ui, lang, &name, &mut item.amount, &Unit::default());
            }
            5 => {
                parts::unit(ui, &tr!(lang, "{row} 単位", "{row} unit"), &mut item.amount);
            }
            6 => {
                parts::ordinal(ui, &tr!(lang, "{row} 段", "{row} step"), &mut item.step);
            }
            7 => {
                parts::text(ui, &tr!(lang, "{row} 対象", "{row} about"), &mut item.about);
            }
            8 => {
                parts::text(ui, &tr!(lang, "{row} 注", "{row} note"), &mut item.note);
            }
            _ => {
                parts::text(ui, &tr!(lang, "{row} 印字箇所", "{row} printed at"), &mut item.printed_at);
            }
        }
    });
    // What is added beneath an entry belongs to its lane, which keeps the lanes together.
    if let Some(RowAction::Insert(at)) = output.action
        && let Some(above) = at.checked_sub(1).and_then(|at| places.get(at)).copied()
        && filter.lane.is_none()
        && above + 1 < items.len()
    {
        let inherited = items[above].lane.clone();
        items[above + 1].lane = inherited;
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{choose, click, fill, harness};
    use crate::model::{Dossier, Figure, RoadmapItem, RoadmapKind, SubjectId};
    use egui_kittest::kittest::Queryable;

    fn dossier() -> Dossier {
        let item = |id: &str, lane: &str, kind| RoadmapItem {
            id: id.into(),
            lane: lane.to_owned(),
            kind,
            ..RoadmapItem::default()
        };
        let mut dossier = Dossier::default();
        dossier.programme.roadmap = vec![
            item("R1", "期間", RoadmapKind::Period),
            item("R2", "市場", RoadmapKind::Target),
            item("R3", "規制", RoadmapKind::Milestone),
        ];
        dossier
    }

    #[test]
    fn an_entry_added_under_a_filter_fits_the_filter() {
        let mut harness = harness(dossier(), |ui, cx| super::show(ui, cx, &SubjectId::programme()));
        choose(&mut harness, "レーンで絞る", "市場  1");
        assert!(harness.query_by_label("R1 内容").is_none());
        assert!(harness.query_by_label("3 件中 1 件を表示").is_some());
        click(&mut harness, "項目を追加");
        fill(&mut harness, "R4 内容", "国内市場");
        fill(&mut harness, "R4 時期", "2040年頃");
        fill(&mut harness, "R4 値", "8兆円");
        let items = &harness.state().dossier.programme.roadmap;
        let order: Vec<_> = items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(order, ["R1", "R2", "R4", "R3"]);
        assert_eq!((items[2].lane.as_str(), items[2].label.as_str()), ("市場", "国内市場"));
        assert_eq!(items[2].amount.figure, Figure::Number(8.into()));
        fill(&mut harness, "レーン名", "需要");
        let lanes: Vec<_> =
            harness.state().dossier.programme.roadmap.iter().map(|item| &*item.lane).collect();
        assert_eq!(lanes, ["期間", "需要", "需要", "規制"]);
        assert!(harness.query_by_label("R1 内容").is_none(), "the filter follows the name");
    }

    #[test]
    fn an_entry_added_without_a_filter_joins_the_lane_above() {
        let mut harness = harness(dossier(), |ui, cx| super::show(ui, cx, &SubjectId::programme()));
        click(&mut harness, "1 行目の操作");
        click(&mut harness, "下に追加");
        let items = &harness.state().dossier.programme.roadmap;
        assert_eq!((items[1].id.as_str(), items[1].lane.as_str()), ("R4", "期間"));
        choose(&mut harness, "R4 種別", "見通し");
        assert_eq!(harness.state().dossier.programme.roadmap[1].kind, RoadmapKind::Projection);
    }
}
