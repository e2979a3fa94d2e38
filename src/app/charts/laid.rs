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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::budget;
    use crate::locale::Lang;
    use crate::sample;

    #[test]
    fn a_chart_is_laid_out_again_when_something_about_it_has_changed() {
        let dossier = sample::dossier().unwrap();
        let charts = || Arc::new(vec![budget::amounts(&dossier.projects[0]).unwrap()]);
        egui::__run_test_ui(|ui| {
            let (first, second) = (charts(), charts());
            let asked = Asked {
                charts: &first,
                chart: &first[0],
                canvas: Canvas::picture(Lang::Ja),
                view: View::all(&first[0]),
                hidden: &[],
            };
            let id = Id::unique("chart");
            let scene = asked.scene(ui, id);
            let is_new = |asked: &Asked<'_>| {
                let new = asked.scene(ui, id);
                assert_eq!(*new, layout(asked.chart, &asked.canvas, Some(asked.view), asked.hidden));
                let again = asked.scene(ui, id);
                assert!(Arc::ptr_eq(&new, &again));
                !Arc::ptr_eq(&new, &scene)
            };
            assert!(!is_new(&asked));
            assert!(is_new(&Asked { hidden: &[0], ..asked }));
            assert!(is_new(&Asked { canvas: Canvas::picture(Lang::En), ..asked }));
            let [from, to] = asked.view.x;
            assert!(is_new(&Asked {
                view: View { x: [from, f64::midpoint(from, to)], ..asked.view },
                ..asked
            }));
            // Built anew from another state of the dossier, whatever it shows.
            assert!(is_new(&Asked { charts: &second, chart: &second[0], ..asked }));
        });
    }
}
