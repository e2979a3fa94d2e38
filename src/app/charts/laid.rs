//! A chart as it was laid out last. While nothing about it changes it is not laid out again, and once a frame while it is
//! panned.

use crate::chart::layout::layout;
use crate::chart::{Canvas, Chart, Scene, View};
use egui::{Id, Ui};
use std::sync::{Arc, Weak};

/// A chart about to be laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The charts it is one of, built anew whenever the dossier has changed.
    pub(super) charts: &'a Arc<Vec<Chart>>,
    /// The chart.
    pub(super) chart: &'a Chart,
    /// What for.
    pub(super) canvas: Canvas,
    /// What of it is looked at.
    pub(super) view: View,
    /// The series that are not to be seen.
    pub(super) hidden: &'a [usize],
}

/// What was laid out, and of what.
#[derive(Debug)]
struct Laid {
    /// As long as this is kept, nothing else comes to stand at its address.
    charts: Weak<Vec<Chart>>,
    canvas: Canvas,
    view: View,
    hidden: Vec<usize>,
    scene: Arc<Scene>,
}

impl Laid {
    fn answers(&self, asked: &Asked<'_>) -> bool {
        std::ptr::eq(self.charts.as_ptr(), Arc::as_ptr(asked.charts))
            && self.canvas == asked.canvas
            && self.view == asked.view
            && self.hidden == asked.hidden
    }
}

impl Asked<'_> {
    /// The scene of the chart, which is remembered under an id of its own.
    pub(super) fn scene(&self, ui: &Ui, id: Id) -> Arc<Scene> {
        let id = id.with("laid out");
        if let Some(laid) = ui.data(|data| data.get_temp::<Arc<Laid>>(id)).filter(|laid| laid.answers(self)) {
            return laid.scene.clone();
        }
        let scene = Arc::new(layout(self.chart, &self.canvas, Some(self.view), self.hidden));
        let laid = Laid {
            charts: Arc::downgrade(self.charts),
            canvas: self.canvas,
            view: self.view,
            hidden: self.hidden.to_vec(),
            scene: scene.clone(),
        };
        ui.data_mut(|data| data.insert_temp(id, Arc::new(laid)));
        scene
    }
}
