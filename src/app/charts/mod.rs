//! The charts of the window: what each panel shows, remembered until the dossier changes.

mod laid;
mod market;
mod paint;
mod picture;
mod roadmap;
mod state;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use market::market;
pub(crate) use picture::{Kind as PictureKind, Pictures};
pub(crate) use roadmap::{jumped, roadmap};
pub(crate) use view::{Figure, Output};

use crate::app::cx::{Action, Cx};
use crate::app::kit::{self, Icon, button};
use crate::app::stamp::Stamp;
use crate::app::theme::space;
use crate::chart::{Chart, budget as money, comparison, logic as graph, scores as points, trajectory};
use crate::locale::Lang;
use crate::model::{Dossier, Snapshot, SubjectId};
use egui::{Id, Popup, Ui};
use state::State;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Charts that were built, and of what.
#[derive(Debug, Default)]
struct Memo {
    /// The state of the window in which the dossier was looked at last.
    stamp: Option<Stamp>,
    /// The dossier as it was then.
    dossier: Option<Snapshot>,
    built: HashMap<Id, Arc<Vec<Chart>>>,
}

/// Charts of the dossier as it stands: built once, and again when it has changed.
fn built(ui: &Ui, dossier: &Dossier, key: Id, build: impl FnOnce(&Dossier) -> Vec<Chart>) -> Arc<Vec<Chart>> {
    let memo =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<Memo>>>(Id::unique("charts")).clone());
    let mut memo = memo.lock().unwrap_or_else(PoisonError::into_inner);
    let stamp = Stamp::of(ui);
    if stamp.is_none() || memo.stamp != stamp {
        memo.stamp = stamp;
        if memo.dossier.as_ref().is_none_or(|known| !known.is(dossier)) {
            memo.dossier =
                Some(memo.dossier.take().map_or_else(|| Snapshot::of(dossier), |known| known.next(dossier)));
            memo.built.clear();
        }
    }
    memo.built.entry(key).or_insert_with(|| Arc::new(build(dossier))).clone()
}

/// The budget of a subject: amounts, funding, shares; for the programme, the roll-up.
pub(crate) fn budget(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let charts = built(ui, cx.dossier, Id::unique(("budget", id.as_str())), |dossier| {
        let Some(subject) = dossier.subject(id) else { return Vec::new() };
        let roll_up = if subject.is_programme() { money::roll_up(dossier) } else { None };
        let funding = [money::funding(subject), money::shares(subject)];
        [money::amounts(subject), roll_up].into_iter().chain(funding).flatten().collect()
    });
    let subject = cx.subject(id);
    let has_rows = !subject.amounts.is_empty() || !subject.funding.is_empty();
    show(ui, cx, ("budget", id.as_str()), &charts, has_rows);
}

/// The trajectories of a subject's indicators, and the counts behind them.
pub(crate) fn indicators(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId, kind: trajectory::Kind) {
    let outputs = kind == trajectory::Kind::Outputs;
    let charts = built(ui, cx.dossier, Id::unique(("indicators", id.as_str(), outputs)), |dossier| {
        let Some(subject) = dossier.subject(id) else { return Vec::new() };
        let all = if subject.is_programme() { trajectory::achievement(dossier, kind) } else { None };
        let each = kind.of(subject).iter().filter_map(|one| trajectory::chart(subject, kind, one));
        let mut charts: Vec<_> = all.into_iter().chain(each).collect();
        if outputs {
            charts.extend(comparison::counts(subject));
            charts
                .extend(subject.output_groups.iter().filter_map(|group| comparison::results(subject, group)));
        }
        charts
    });
    let has_rows = !kind.of(cx.subject(id)).is_empty();
    show(ui, cx, ("indicators", id.as_str(), outputs), &charts, has_rows);
}

/// The logic model of a subject.
pub(crate) fn logic(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let charts = built(ui, cx.dossier, Id::unique(("logic", id.as_str())), |dossier| {
        dossier.subject(id).and_then(graph::chart).into_iter().collect()
    });
    show(ui, cx, ("logic", id.as_str()), &charts, false);
}

/// The scores of a subject; for the programme, those of its projects side by side.
pub(crate) fn scores(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let charts = built(ui, cx.dossier, Id::unique(("scores", id.as_str())), |dossier| {
        let Some(subject) = dossier.subject(id) else { return Vec::new() };
        let projects = if subject.is_programme() { points::projects(dossier) } else { None };
        let own = [
            points::means(dossier, subject),
            points::distribution(dossier, subject),
            points::heat(dossier, subject),
        ];
        projects.into_iter().chain(own.into_iter().flatten()).collect()
    });
    let has_rows = !cx.subject(id).evaluation.panel.is_empty();
    show(ui, cx, ("scores", id.as_str()), &charts, has_rows);
}

/// A sheet with some charts of which one is shown. Where there is none, what is wanting is said beside rows that could
/// be drawn, and nothing on a page that is still empty.
fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    salt: impl egui::AsIdSalt + Copy,
    charts: &Arc<Vec<Chart>>,
    has_rows: bool,
) {
    if charts.is_empty() {
        return waiting(ui, cx.lang, has_rows);
    }
    sheet(ui, cx.lang, cx.actions, salt, charts, false, |_, _| ());
}

/// Says what a chart waits for.
fn waiting(ui: &mut Ui, lang: Lang, has_rows: bool) {
    if has_rows {
        kit::paper(ui, lang.t("図", "Chart"), |ui| {
            kit::note(
                ui,
                lang.t(
                    "年度や時期のある数値が入ると、ここに図が出ます。",
                    "A chart appears here once there are figures with years or dates.",
                ),
            );
        });
    }
}

/// A sheet with some charts of which one is shown, and `beneath` what belongs to it.
fn sheet(
    ui: &mut Ui,
    lang: Lang,
    actions: &mut Vec<Action>,
    salt: impl egui::AsIdSalt + Copy,
    charts: &Arc<Vec<Chart>>,
    movable: bool,
    beneath: impl FnOnce(&mut Ui, &Chart),
) -> Output {
    let base = ui.scope_id().with(("charts", egui::IdSalt::new(salt)));
    let mut shown = ui.data(|data| data.get_temp::<usize>(base)).unwrap_or_default();
    let Some(chart) = charts.get(shown).or_else(|| charts.first()) else { return Output::default() };
    let id = base.with(shown);
    let unit = chart.unit.t(lang);
    let title = chart.title.t(lang);
    let ((), output) = kit::sheet(
        ui,
        title,
        (!unit.is_empty()).then_some(unit),
        |ui| tools(ui, lang, actions, id, (chart, movable)),
        |ui| {
            let names: Vec<_> = charts.iter().map(|chart| chart.name(lang)).enumerate().collect();
            if names.len() > 1 && kit::tabs(ui, lang, &names, &mut shown) {
                ui.data_mut(|data| data.insert_temp(base, shown));
            }
            ui.add_space(space::TIGHT);
            let output =
                Figure { chart, charts, lang, movable: movable && !kit::is_read_only(ui) }.show(ui, id);
            beneath(ui, chart);
            output
        },
    );
    output
}

/// The width of a sheet below which its tools have no words.
const BRIEF: f32 = 560.0;

/// What can be done with a chart, from the right.
fn tools(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>, id: Id, (chart, movable): (&Chart, bool)) {
    let mut state = State::of(ui, id);
    // In a narrow sheet the room is the title's.
    let brief = ui.available_width() < BRIEF;
    let tool = |ui: &mut Ui, icon: Icon, label: &str| {
        if brief { kit::icon_button(ui, icon, label) } else { button::quiet(ui, Some(icon), label) }
    };
    let menu = tool(ui, Icon::Save, lang.t("画像を保存…", "Save picture…"));
    Popup::menu(&menu).show(|ui| {
        for (kind, label) in [
            (PictureKind::Svg, lang.t("SVG（拡大しても鮮明）…", "SVG (sharp at any size)…")),
            (PictureKind::Png, lang.t("PNG（画像）…", "PNG (pixels)…")),
        ] {
            if ui.button(label).clicked() {
                actions.push(Action::SavePicture(Box::new(chart.clone()), kind));
                ui.close();
            }
        }
    });
    let table = if state.table {
        lang.t("図の表を閉じる", "Hide data")
    } else {
        lang.t("図の表", "Show data")
    };
    let help = kit::icon_button(ui, Icon::Question, lang.t("図の動かし方", "How to move about"));
    Popup::menu(&help).show(|ui| {
        ui.set_max_width(360.0);
        for line in view::hints(chart, movable) {
            ui.label(line.t(lang));
        }
    });
    if tool(ui, Icon::Table, table).clicked() {
        state.table = !state.table;
        state.keep(ui, id);
    } else if state.view.is_some() && tool(ui, Icon::Undo, lang.t("全体を表示", "Show all")).clicked() {
        state.view = None;
        state.keep(ui, id);
    }
}
