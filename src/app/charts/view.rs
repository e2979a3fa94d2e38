//! A chart in the window: painted from the same pieces that the report prints, to be zoomed, panned and asked.

use super::laid::Asked;
use super::paint::{self, Easel, narrow};
use super::state::{self, Grip, Held, State};
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, Icon, button};
use crate::app::theme::{Palette, Type, space};
use crate::both;
use crate::chart::layout::{SWATCH, swatch};
use crate::chart::scene::Scene;
use crate::chart::{At, Canvas, Chart, Dress, Shape, View};
use crate::locale::{Both, Lang};
use crate::model::{Place, grouped};
use crate::tr;
use egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Painter, PointerButton, Pos2, Rect, Response, Role, Sense,
    Stroke, StrokeKind, Ui, UiBuilder, Vec2, Vec2b, WidgetInfo, pos2, vec2,
};
use egui_plot::Plot;
use std::sync::Arc;

/// The least width of a picture, in its own points: below it, text would be larger than its room.
const LEAST: f32 = 520.0;
/// The largest that a chart's text is magnified.
const MOST: f32 = 1.25;
/// Of more series or notes, a dozen or two are shown until all are asked for.
const SERIES: usize = 40;
const NOTES: usize = 16;

/// How many of many things are shown.
fn few(many: usize, most: usize, all: bool) -> usize {
    if all || many <= most { many } else { most * 3 / 4 }
}

/// How near to the end of a bar, or to a line, the pointer takes hold of it.
const HOLD: f32 = 5.0;

/// What came of a chart.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Output {
    /// The row whose mark was clicked.
    pub(crate) clicked: Option<Place>,
    /// The row whose mark was dragged.
    pub(crate) moved: Option<Moved>,
    /// Where the "as of" line was dragged to.
    pub(crate) as_of: Option<f64>,
}

/// A mark that was dragged: by how much its begin and its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moved {
    /// The row that it shows.
    pub(crate) place: Place,
    /// By how much its begin moved on the x axis.
    pub(crate) begin: f64,
    /// By how much its end moved.
    pub(crate) end: f64,
}

/// A chart about to be shown.
pub(crate) struct Figure<'a> {
    /// The chart.
    pub(crate) chart: &'a Chart,
    /// The charts it is one of.
    pub(crate) charts: &'a Arc<Vec<Chart>>,
    /// Language of the window.
    pub(crate) lang: Lang,
    /// Whether marks and the "as of" line can be dragged.
    pub(crate) movable: bool,
}

/// How a chart is zoomed and moved, by pointer and by keys; and why an axis is not.
pub(super) fn hints(chart: &Chart, movable: bool) -> Vec<Both> {
    let mut said = Vec::new();
    if !(chart.x.is_rows() && chart.y.is_rows()) {
        said.push(both!(
            "拡大・縮小：Ctrl＋ホイール、または図を選んで＋・－",
            "Zoom: Ctrl and wheel, or + and − with the chart in focus"
        ));
        said.push(both!("移動：ドラッグ、または矢印キー", "Move: drag, or the arrow keys"));
        said.push(both!("全体に戻す：ダブルクリック、またはHome", "Show all: double-click, or Home"));
    }
    if chart.x.is_rows() || chart.y.is_rows() {
        said.push(both!(
            "項目の並ぶ軸は、いつも全項目を示すため拡大しません。長い図はページごと送ります。",
            "An axis of names always shows all of them and is not zoomed; a long chart scrolls with the page."
        ));
    }
    if movable {
        said.push(both!(
            "日付の変更：印や期間をドラッグ（元に戻せます）",
            "Change a date: drag a mark or a period (undoable)"
        ));
    }
    said
}

impl Figure<'_> {
    /// Draws the chart with its legend, notes, source, and, where asked for, its table.
    pub(crate) fn show(&self, ui: &mut Ui, id: Id) -> Output {
        let mut state = State::of(ui, id);
        let before = state.clone();
        self.legend(ui, &mut state);
        let output = self.plot(ui, id, &mut state);
        let notes = &self.chart.notes;
        for note in &notes[..few(notes.len(), NOTES, state.all_notes)] {
            kit::note(ui, note.t(self.lang));
        }
        self.rest(ui, notes.len(), NOTES, &mut state.all_notes);
        let source = self.chart.source.t(self.lang);
        if !source.is_empty() {
            kit::note(ui, &tr!(self.lang, "出典：{source}", "Source: {source}"));
        }
        if state.table {
            self.table(ui, id);
        }
        if state != before {
            state.keep(ui, id);
        }
        output
    }

    /// The series, each to be shown or hidden.
    fn legend(&self, ui: &mut Ui, state: &mut State) {
        if self.chart.legend.is_empty() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::GROUP, 2.0);
            let shown = few(self.chart.legend.len(), SERIES, state.all_series);
            for (series, entry) in self.chart.legend.iter().enumerate().take(shown) {
                let shown = !state.hidden.contains(&series);
                if self.toggle(ui, entry.label.t(self.lang), entry.swatch, shown).clicked() {
                    if shown {
                        state.hidden.push(series);
                    } else {
                        state.hidden.retain(|hidden| *hidden != series);
                    }
                }
            }
            self.rest(ui, self.chart.legend.len(), SERIES, &mut state.all_series);
        });
    }

    /// Offers to show the rest of many things, or to fold it away again.
    fn rest(&self, ui: &mut Ui, many: usize, most: usize, all: &mut bool) {
        if many <= most {
            return;
        }
        let rest = many - few(many, most, false);
        let label = if *all {
            tr!(self.lang, "{rest} 件をたたむ", "Hide {rest}")
        } else {
            tr!(self.lang, "ほか {rest} 件を表示", "Show {rest} more")
        };
        *all ^= button::quiet(ui, None, &label).clicked();
    }

    fn toggle(&self, ui: &mut Ui, label: &str, look: crate::chart::Swatch, shown: bool) -> Response {
        let p = Palette::of(ui);
        let wide = narrow(SWATCH) + 6.0;
        let room = (ui.max_rect().width() - wide).max(60.0);
        let colour = if shown { p.ink } else { p.secondary };
        let galley = ui.painter().layout(label.to_owned(), Type::Small.font(), colour, room);
        let (rect, response) =
            ui.allocate_exact_size(vec2(galley.size().x + wide, galley.size().y.max(22.0)), Sense::click());
        let name = tr!(self.lang, "系列 {label}", "Series {label}");
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), shown, &name));
        if ui.is_rect_visible(rect) {
            let mut pieces = Vec::new();
            swatch(&mut pieces, look, [0.0, 0.0]);
            let painter = ui.painter().with_clip_rect(rect.expand(2.0));
            let mut painter = painter;
            if !shown {
                painter.multiply_opacity(0.3);
            }
            Easel::new(ui, pos2(rect.left(), rect.center().y), 1.0).paint(&painter, &pieces);
            let at = pos2(rect.left() + wide, rect.center().y - galley.size().y / 2.0);
            let struck = rect.center().y;
            ui.painter().galley(at, galley, colour);
            if !shown {
                ui.painter().hline(at.x..=rect.right(), struck, Stroke::new(1.0, p.secondary));
            }
            if response.has_focus() {
                button::focus_ring(ui, rect.expand(2.0));
            }
        }
        response.on_hover_text(self.lang.t("押すと隠す・表示する", "Click to hide or show"))
    }

    fn plot(&self, ui: &mut Ui, id: Id, state: &mut State) -> Output {
        let room = ui.available_width();
        let scale = (room / 840.0).clamp(1.0, MOST).min((room / LEAST).max(0.6));
        let canvas =
            Canvas { width: f64::from(room / scale), plot_height: None, lang: self.lang, dress: Dress::Bare };
        let all = View::all(self.chart);
        let looked_at = state.view.unwrap_or(all);
        let asked = Asked {
            charts: self.charts,
            chart: self.chart,
            canvas,
            view: looked_at,
            hidden: &state.hidden.clone(),
        };
        let mut scene = asked.scene(ui, id);
        let (whole, _) =
            ui.allocate_exact_size(paint::size(scene.width, scene.height, scale), Sense::hover());
        let easel = Easel::new(ui, whole.min, scale);
        let frame = easel.rect(&scene.plot);
        let hand = self.hand(ui, &scene, &easel, state);
        let response = self.zoomed(ui, id, frame, &looked_at, state, hand.is_some() || state.grip.is_some());
        let now = state.view.unwrap_or(all);
        if now != looked_at {
            scene = Asked { view: now, ..asked }.scene(ui, id);
        }
        self.describe(ui, &response);
        if !ui.is_rect_visible(whole) {
            return Output::default();
        }
        let painter = ui.painter_at(whole);
        easel.paint(&painter, &scene.frame);
        // Labels at the edge may reach beyond the plot, but not into the names of the rows.
        let clip = Rect::from_min_max(
            frame.min - vec2(0.0, 18.0 * scale),
            pos2(whole.right(), frame.bottom() + 6.0),
        );
        easel.paint(&painter.with_clip_rect(clip.intersect(whole)), &scene.inside);
        self.left_out(ui, &painter, frame, scene.left_out);
        if response.has_focus() {
            button::focus_ring(ui, frame.expand(3.0));
        }
        self.pointed(ui, &response, &scene, &easel, state, hand)
    }

    /// Says in the corner of the plot that there is more to read than there is room for.
    fn left_out(&self, ui: &Ui, painter: &Painter, frame: Rect, labels: usize) {
        if labels == 0 {
            return;
        }
        let p = Palette::of(ui);
        let labels = grouped(labels.into());
        let said = tr!(
            self.lang,
            "ほかに {labels} 件のラベル（拡大すると表示）",
            "{labels} more labels (zoom in to see them)"
        );
        let galley = painter.layout_no_wrap(said, Type::Small.font(), p.secondary);
        let rect = Align2::RIGHT_BOTTOM.anchor_size(frame.right_bottom() - vec2(6.0, 4.0), galley.size());
        painter.rect_filled(rect.expand2(vec2(4.0, 1.0)), 3.0, p.sheet);
        painter.galley(rect.min, galley, p.secondary);
    }

    /// The mark under the pointer, and what of it the pointer would take hold of.
    fn hand(&self, ui: &Ui, scene: &Scene, easel: &Easel, state: &State) -> Option<Held> {
        if !self.movable || state.grip.is_some() {
            return None;
        }
        // A drag begins where the button went down, a little before it is known to be one.
        let at = ui.input(|input| input.pointer.press_origin().or(input.pointer.hover_pos()))?;
        let frame = easel.rect(&scene.plot);
        if !frame.contains(at) || !ui.clip_rect().contains(at) {
            return None;
        }
        if let Some(hit) = hit(scene, easel, at) {
            let rect = easel.rect(&scene.hits[hit].rect);
            let mark = scene.hits[hit].mark;
            let place = self.chart.marks[mark].place.clone()?;
            let bar = matches!(self.chart.marks[mark].shape, Shape::Bar { .. }) && rect.width() > 4.0 * HOLD;
            let (left, right) = (at.x - rect.left() <= HOLD, rect.right() - at.x <= HOLD);
            let (begin, end) = if bar && left { (true, false) } else { (!(bar && right), true) };
            return Some(Held::Row { place, mark, begin, end });
        }
        let [from, to] = state.view.unwrap_or(View::all(self.chart)).x;
        let share = (self.as_of()? - from) / (to - from);
        let line = frame.left() + narrow(share) * frame.width();
        ((at.x - line).abs() <= HOLD).then_some(Held::AsOf)
    }

    /// Where the "as of" line stands.
    fn as_of(&self) -> Option<f64> {
        self.chart.marks.iter().find_map(|mark| match mark.shape {
            Shape::Rule { at: At::X(x), .. } => Some(x),
            _ => None,
        })
    }

    /// Zooms and pans: by the pointer, and by the keys while the chart has the keyboard.
    fn zoomed(
        &self,
        ui: &mut Ui,
        id: Id,
        frame: Rect,
        looked_at: &View,
        state: &mut State,
        held: bool,
    ) -> Response {
        // Rows are no measure: they are all shown, and the page scrolls.
        let axes = Vec2b::new(!self.chart.x.is_rows(), !self.chart.y.is_rows());
        let mut child = ui.new_child(UiBuilder::new().max_rect(frame));
        let plot = Plot::new(id.with("plot"))
            .width(frame.width())
            .height(frame.height())
            .min_size(Vec2::splat(10.0))
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .set_margin_fraction(Vec2::ZERO)
            // The wheel scrolls the page; with Ctrl it zooms.
            .allow_scroll(false)
            .allow_zoom(axes)
            .allow_drag(if held { Vec2b::FALSE } else { axes })
            .allow_boxed_zoom(axes.any())
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false);
        let bounds = state::bounds(self.chart, looked_at);
        let shown = plot.show(&mut child, |plot| plot.set_plot_bounds(bounds));
        let response = shown.response;
        let mut view = state::view(self.chart, shown.transform.bounds());
        if response.has_focus() {
            let filter =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            view = keyed(ui, self.chart, view, axes);
        }
        let reset =
            response.double_clicked() || response.has_focus() && ui.input(|i| i.key_pressed(Key::Home));
        if reset {
            state.view = None;
        } else if !state::same(&view, looked_at) {
            state.view = Some(view);
            ui.ctx().request_repaint();
        }
        response
    }

    /// What those are told who cannot see it.
    fn describe(&self, ui: &Ui, response: &Response) {
        let (title, summary) = (self.chart.title.t(self.lang), self.chart.summary.t(self.lang));
        let name = tr!(self.lang, "図 {title}", "Chart {title}");
        response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), &name));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(summary));
    }

    /// What the pointer is told, clicks and drags.
    fn pointed(
        &self,
        ui: &Ui,
        response: &Response,
        scene: &Scene,
        easel: &Easel,
        state: &mut State,
        hand: Option<Held>,
    ) -> Output {
        let mut output = Output::default();
        let view = state.view.unwrap_or(View::all(self.chart));
        let frame = easel.rect(&scene.plot);
        let x = |at: Pos2| {
            let share = f64::from((at.x - frame.left()) / frame.width());
            view.x[0] + share * (view.x[1] - view.x[0])
        };
        let pointer = response.interact_pointer_pos();
        if let Some(grip) = &mut state.grip {
            grip.to = pointer.map_or(grip.to, x);
            let by = grip.to - grip.from;
            ghost(ui, scene, easel, grip, &view);
            if !response.dragged_by(PointerButton::Primary) {
                match grip.what.clone() {
                    Held::AsOf => output.as_of = Some(grip.to),
                    Held::Row { place, begin, end, .. } => {
                        let part = |moves: bool| if moves { by } else { 0.0 };
                        output.moved = Some(Moved { place, begin: part(begin), end: part(end) });
                    }
                }
                state.grip = None;
            }
            return output;
        }
        if let Some(what) = hand {
            let icon = match &what {
                Held::Row { begin: true, end: true, .. } => CursorIcon::Grab,
                _ => CursorIcon::ResizeHorizontal,
            };
            ui.set_cursor_icon(icon);
            if response.drag_started_by(PointerButton::Primary)
                && let Some(at) = ui.input(|input| input.pointer.press_origin())
            {
                state.grip = Some(Grip { what, from: x(at), to: x(at) });
                return output;
            }
        }
        let under = response.hover_pos().and_then(|at| hit(scene, easel, at));
        if let Some(hit) = under.map(|hit| &scene.hits[hit]) {
            let mark = &self.chart.marks[hit.mark];
            let rect = easel.rect(&hit.rect).expand(2.0);
            let ring = Stroke::new(1.5, Palette::of(ui).focus);
            ui.painter_at(frame.expand(4.0)).rect_stroke(rect, 2.0, ring, StrokeKind::Outside);
            let detail = mark.detail.t(self.lang);
            if !detail.is_empty() {
                response.clone().on_hover_ui_at_pointer(|ui| {
                    ui.set_max_width(420.0);
                    ui.label(detail);
                });
            }
            if response.clicked() {
                output.clicked.clone_from(&mark.place);
            }
        }
        output
    }

    /// The chart's data as a table, to be copied.
    fn table(&self, ui: &mut Ui, id: Id) {
        let lang = self.lang;
        let data = &self.chart.table;
        ui.horizontal(|ui| {
            kit::subheading(ui, lang.t("図の表", "Data of the chart"));
            if button::quiet(ui, Some(Icon::Table), lang.t("表をコピー", "Copy the table")).clicked() {
                ui.ctx().copy_text(data.to_tsv(lang));
            }
        });
        let columns: Vec<_> = data
            .columns
            .iter()
            .enumerate()
            .map(|(n, column)| Column::text(column.t(lang), if n == 0 { 2.0 } else { 1.0 }, 72.0))
            .collect();
        let title = self.chart.title.t(lang);
        let name = tr!(lang, "{title}の表", "Data of {title}");
        Table::new(id.with("table"), &name, &columns, data.rows.len()).show(ui, |ui, row, column| {
            cell::label(ui, data.rows[row][column].t(lang));
        });
    }
}

/// Where what is dragged would stand.
fn ghost(ui: &Ui, scene: &Scene, easel: &Easel, grip: &Grip, view: &View) {
    let frame = easel.rect(&scene.plot);
    let offset = narrow((grip.to - grip.from) / (view.x[1] - view.x[0])) * frame.width();
    let painter = ui.painter_at(frame);
    let line = Stroke::new(2.0, Palette::of(ui).focus);
    match grip.what {
        Held::AsOf => {
            let share = narrow((grip.to - view.x[0]) / (view.x[1] - view.x[0]));
            painter.vline(frame.left() + share * frame.width(), frame.y_range(), line);
        }
        Held::Row { mark, begin, end, .. } => {
            let Some(hit) = scene.hits.iter().find(|hit| hit.mark == mark) else { return };
            let mut rect = easel.rect(&hit.rect);
            rect.min.x += if begin { offset } else { 0.0 };
            rect.max.x += if end { offset } else { 0.0 };
            painter.rect_stroke(rect, 2.0, line, StrokeKind::Outside);
        }
    }
}

/// The uppermost mark at a point, the nearest of points that are near.
fn hit(scene: &Scene, easel: &Easel, at: Pos2) -> Option<usize> {
    let near = |n: &usize| {
        let rect = easel.rect(&scene.hits[*n].rect);
        rect.expand(if rect.width() < 16.0 { 4.0 } else { 0.0 }).contains(at)
    };
    let far = |n: &usize| easel.rect(&scene.hits[*n].rect).center().distance_sq(at);
    let size = |n: &usize| easel.rect(&scene.hits[*n].rect).area();
    (0..scene.hits.len()).rev().filter(near).min_by(|a, b| {
        (size(a) > 300.0, far(a)).partial_cmp(&(size(b) > 300.0, far(b))).unwrap_or(std::cmp::Ordering::Equal)
    })
}

/// A view moved and zoomed by the keys that were pressed.
fn keyed(ui: &Ui, chart: &Chart, view: View, axes: Vec2b) -> View {
    let bounds = state::bounds(chart, &view);
    let (mut min, mut max) = (bounds.min(), bounds.max());
    let pressed = |keys: &[Key]| ui.input(|input| keys.iter().any(|key| input.key_pressed(*key)));
    let step = |plus: &[Key], minus: &[Key]| {
        f64::from(u8::from(pressed(plus))) - f64::from(u8::from(pressed(minus)))
    };
    let shift = [step(&[Key::ArrowRight], &[Key::ArrowLeft]), step(&[Key::ArrowUp], &[Key::ArrowDown])];
    let zoom = step(&[Key::Plus, Key::Equals], &[Key::Minus]);
    for (axis, moves) in [(0, axes.x), (1, axes.y)] {
        if moves {
            let length = max[axis] - min[axis];
            let (by, in_by) = (shift[axis] * length * 0.1, zoom * length * 0.1);
            min[axis] += by + in_by;
            max[axis] += by - in_by;
        }
    }
    state::view(chart, &egui_plot::PlotBounds::from_min_max(min, max))
}
