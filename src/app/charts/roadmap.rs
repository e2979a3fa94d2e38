//! The roadmap to be worked on: its lanes, its "as of" line, and marks that are dragged to other dates.

use super::view::Moved;
use super::{Output, built, sheet};
use crate::app::cx::Cx;
use crate::app::kit::button;
use crate::app::panels::{groups, parts};
use crate::chart::roadmap::{self as lanes, Choice};
use crate::model::{Dossier, Place, RowId, SubjectId, When};
use egui::{Id, Ui};

/// Where a clicked entry is remembered until its row is drawn.
fn jump(id: &SubjectId) -> Id {
    Id::unique(("jump to the roadmap entry", id.as_str()))
}

/// The entry that was clicked and whose row is to be shown; forgotten once it is taken.
pub(crate) fn jumped(ui: &Ui, id: &SubjectId, row: &RowId) -> bool {
    let asked = ui.data(|data| data.get_temp::<RowId>(jump(id))).is_some_and(|asked| asked == *row);
    if asked {
        ui.data_mut(|data| data.remove::<RowId>(jump(id)));
    }
    asked
}

/// Draws the roadmap of a subject. The lane of an entry that was clicked, so that its row can be shown.
pub(crate) fn roadmap(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) -> Option<String> {
    let lang = cx.lang;
    let key = Id::unique(("roadmap", id.as_str()));
    let mut choice = ui.data(|data| data.get_temp::<Choice>(key)).unwrap_or_default();
    let lanes = groups::groups(&cx.subject(id).roadmap, |item| &item.lane);
    let names: Vec<String> = lanes.into_iter().map(|(lane, _)| lane).collect();
    if choice.lane.as_ref().is_some_and(|lane| !names.contains(lane)) {
        choice.lane = None;
    }
    let as_of = choice.as_of.map(f64::to_bits);
    let charts = built(ui, cx.dossier, key.with((as_of, &choice.lane)), |dossier| {
        let Some(subject) = dossier.subject(id) else { return Vec::new() };
        let others = [lanes::history(dossier, subject), lanes::steps(subject)];
        lanes::chart(dossier, subject, &choice).into_iter().chain(others.into_iter().flatten()).collect()
    });
    if charts.is_empty() {
        super::waiting(ui, lang, !names.is_empty());
        return None;
    }
    let mut next = choice.clone();
    let output = sheet(ui, lang, cx.actions, ("roadmap", id.as_str()), &charts, true, |ui, chart| {
        // The choices below are those of the roadmap, not of the charts beside it.
        if chart.id != "roadmap" {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let all = lang.t("図のすべてのレーン", "All lanes of the chart").to_owned();
            let options: Vec<_> = std::iter::once((None, all))
                .chain(names.iter().map(|lane| (Some(lane.clone()), lane.clone())))
                .collect();
            let options: Vec<_> = options.iter().map(|(lane, label)| (lane.clone(), label.as_str())).collect();
            parts::filter(ui, lang.t("図のレーン", "Lane of the chart"), 240.0, &mut next.lane, &options);
            if next.as_of.is_some()
                && button::quiet(ui, None, lang.t("時点の線を戻す", "Put the line back")).clicked()
            {
                next.as_of = None;
            }
            crate::app::kit::note(
                ui,
                lang.t(
                    "印や期間を引くと日付が変わります（元に戻せます）。時点の線も動かせます。クリックで行へ移ります。",
                    "Drag a mark or a period to change its dates (undoable); the line moves, too. A click goes to the row.",
                ),
            );
        });
    });
    next.as_of = output.as_of.or(next.as_of);
    if next != choice {
        ui.data_mut(|data| data.insert_temp(key, next));
        ui.ctx().request_repaint();
    }
    changed(cx.dossier, &output);
    let clicked = output.clicked.as_ref()?;
    let row = RowId::from(clicked.steps().last()?.as_str());
    // An entry of a project that the programme shows has its row elsewhere.
    let item = cx.subject(id).roadmap.iter().find(|item| item.id == row)?;
    let found = item.lane.clone();
    ui.data_mut(|data| data.insert_temp(jump(id), row));
    ui.ctx().request_repaint();
    Some(found)
}

/// Moves the dates of the entry that was dragged. What was printed no longer holds, and goes.
fn changed(dossier: &mut Dossier, output: &Output) {
    let Some(Moved { place, begin, end }) = &output.moved else { return };
    let Some(when) = at(dossier, place) else { return };
    let from = when.at.map(|moment| lanes::moved(moment, *begin));
    let to = when.to.map(|moment| lanes::moved(moment, *end));
    if (from, to) != (when.at, when.to) {
        *when = When { at: from, to, printed: String::new() };
    }
}

/// The date of a roadmap entry.
fn at<'a>(dossier: &'a mut Dossier, place: &Place) -> Option<&'a mut When> {
    let (subject, row) = match place.steps() {
        [programme, list, row] if programme == "programme" && list == "roadmap" => {
            (&mut *dossier.programme, row)
        }
        [projects, id, list, row] if projects == "projects" && list == "roadmap" => {
            (dossier.subject_mut(&SubjectId::from(id.as_str()))?, row)
        }
        _ => return None,
    };
    subject.roadmap.iter_mut().find(|item| item.id.as_str() == row).map(|item| &mut item.when)
}
