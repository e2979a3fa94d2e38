//! What the window remembers of a chart: what is looked at, what is hidden, and what is being dragged.

use crate::chart::{Chart, View};
use crate::model::Place;
use egui::{Id, Ui};
use egui_plot::PlotBounds;

/// What is remembered of one chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct State {
    /// What is looked at; none for all.
    pub(super) view: Option<View>,
    /// Series that are not shown.
    pub(super) hidden: Vec<usize>,
    /// Whether its table is shown beneath it.
    pub(super) table: bool,
    /// Whether a long legend is shown whole.
    pub(super) all_series: bool,
    /// Whether many notes are shown, all of them.
    pub(super) all_notes: bool,
    /// What is being dragged.
    pub(super) grip: Option<Grip>,
}

/// Something that is being dragged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grip {
    /// What.
    pub(super) what: Held,
    /// Where on the x axis the drag began.
    pub(super) from: f64,
    /// Where it is now.
    pub(super) to: f64,
}

/// What can be dragged.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    /// The line that says how far the chart looks.
    AsOf,
    /// The mark of a row: all of it, or one of its ends.
    Row {
        /// The row.
        place: Place,
        /// Its place among the marks.
        mark: usize,
        /// Whether its begin moves.
        begin: bool,
        /// Whether its end moves.
        end: bool,
    },
}

impl State {
    /// What is remembered under an id.
    pub(super) fn of(ui: &Ui, id: Id) -> Self {
        ui.data(|data| data.get_temp(id)).unwrap_or_default()
    }

    /// Remembers it.
    pub(super) fn keep(self, ui: &Ui, id: Id) {
        ui.data_mut(|data| data.insert_temp(id, self));
    }
}

/// The bounds of a view in the plot, which knows straight axes only: logarithms as such, and rows downwards.
pub(super) fn bounds(chart: &Chart, view: &View) -> PlotBounds {
    let x = view.x.map(|x| chart.x.forward(x));
    let y = view.y.map(|y| chart.y.forward(y));
    let y = if chart.y.is_rows() { [-y[1], -y[0]] } else { y };
    PlotBounds::from_min_max([x[0], y[0]], [x[1], y[1]])
}

/// The view of some bounds, kept within reach of the chart.
pub(super) fn view(chart: &Chart, bounds: &PlotBounds) -> View {
    let (min, max) = (bounds.min(), bounds.max());
    let y = if chart.y.is_rows() { [-max[1], -min[1]] } else { [min[1], max[1]] };
    let all = View::all(chart);
    let reach = |[from, to]: [f64; 2], all: [f64; 2]| {
        let length = (all[1] - all[0]).abs().max(1e-9);
        // No further than once the whole to either side, and no closer than a thousandth of it.
        let wide = (to - from).clamp(length / 1000.0, 3.0 * length);
        let middle = f64::midpoint(from, to).clamp(all[0] - length / 2.0, all[1] + length / 2.0);
        [middle - wide / 2.0, middle + wide / 2.0]
    };
    let forward = |axis: &crate::chart::axis::Axis, range: [f64; 2]| range.map(|value| axis.forward(value));
    let x = reach([min[0], max[0]], forward(&chart.x, all.x)).map(|x| chart.x.backward(x));
    let y = reach(y, forward(&chart.y, all.y)).map(|y| chart.y.backward(y));
    View { x, y }
}

/// Whether two views show the same, but for what rounding does.
pub(super) fn same(a: &View, b: &View) -> bool {
    let near = |a: [f64; 2], b: [f64; 2]| {
        let length = (a[1] - a[0]).abs().max(1e-12);
        (a[0] - b[0]).abs() < length * 1e-6 && (a[1] - b[1]).abs() < length * 1e-6
    };
    near(a.x, b.x) && near(a.y, b.y)
}
