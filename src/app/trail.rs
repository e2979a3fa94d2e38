//! The pages that were shown before, to go back to.

use super::route::Route;
use std::collections::VecDeque;

/// So many pages are remembered.
const LONGEST: usize = 100;

/// Where the user has been.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    here: Route,
    /// The document whose pages these are.
    of: Option<u64>,
    back: VecDeque<Route>,
    ahead: Vec<Route>,
}

impl Trail {
    /// Notes which page is shown, of which document. Another document begins another trail.
    pub(crate) fn observe(&mut self, route: &Route, of: Option<u64>) {
        if self.of != of {
            *self = Self { here: route.clone(), of, ..Self::default() };
        }
        if self.here == *route {
            return;
        }
        let left = std::mem::replace(&mut self.here, route.clone());
        self.ahead.clear();
        self.remember(left);
    }

    /// Goes back to the last page that still exists.
    pub(crate) fn back(&mut self, exists: impl Fn(&Route) -> bool) -> Option<Route> {
        while let Some(route) = self.back.pop_back() {
            if route != self.here && exists(&route) {
                self.ahead.push(std::mem::replace(&mut self.here, route.clone()));
                return Some(route);
            }
        }
        None
    }

    /// Goes forward to the next page that still exists.
    pub(crate) fn forward(&mut self, exists: impl Fn(&Route) -> bool) -> Option<Route> {
        while let Some(route) = self.ahead.pop() {
            if route != self.here && exists(&route) {
                let left = std::mem::replace(&mut self.here, route.clone());
                self.remember(left);
                return Some(route);
            }
        }
        None
    }

    /// Whether there is a page to go back to.
    pub(crate) fn can_go_back(&self, exists: impl Fn(&Route) -> bool) -> bool {
        self.back.iter().any(|route| *route != self.here && exists(route))
    }

    /// Whether there is a page to go forward to.
    pub(crate) fn can_go_forward(&self, exists: impl Fn(&Route) -> bool) -> bool {
        self.ahead.iter().any(|route| *route != self.here && exists(route))
    }

    fn remember(&mut self, left: Route) {
        // What a merge showed is gone once it is done.
        if left == Route::Merge {
            return;
        }
        self.back.push_back(left);
        if self.back.len() > LONGEST {
            self.back.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::route::MaterialTab;

    fn page(id: &str) -> Route {
        Route::Material(id.into(), MaterialTab::Budget)
    }

    fn walked(ids: &[&str]) -> Trail {
        let mut trail = Trail::default();
        trail.observe(&Route::programme(), Some(1));
        for id in ids {
            trail.observe(&page(id), Some(1));
        }
        trail
    }

    #[test]
    fn back_and_forward_walk_the_pages() {
        let mut trail = walked(&["A", "A", "B", "C"]);
        assert!(!trail.can_go_forward(|_| true));
        assert_eq!(trail.back(|_| true), Some(page("B")));
        assert_eq!(trail.back(|_| true), Some(page("A")));
        assert_eq!(trail.forward(|_| true), Some(page("B")));
        trail.observe(&page("B"), Some(1));
        assert_eq!(trail.forward(|_| true), Some(page("C")));
        assert_eq!(trail.forward(|_| true), None);
        for left in [page("B"), page("A"), Route::programme()] {
            assert_eq!(trail.back(|_| true), Some(left));
        }
        assert!(!trail.can_go_back(|_| true) && trail.back(|_| true).is_none());
        // Going elsewhere ends what was ahead.
        trail.observe(&page("D"), Some(1));
        assert!(!trail.can_go_forward(|_| true));
    }

    #[test]
    fn pages_that_are_gone_are_passed_over() {
        let mut trail = walked(&["A", "B", "A"]);
        let without_b = |route: &Route| *route != page("B");
        assert_eq!(trail.back(without_b), Some(Route::programme()));
        assert_eq!(trail.forward(without_b), Some(page("A")));
        trail.observe(&Route::Merge, Some(1));
        trail.observe(&Route::Round, Some(1));
        assert_eq!(trail.back(|_| true), Some(page("A")));
    }

    #[test]
    fn another_document_begins_anew_and_the_oldest_pages_are_forgotten() {
        let mut trail = walked(&["A", "B"]);
        trail.observe(&Route::programme(), Some(2));
        assert!(!trail.can_go_back(|_| true));
        for n in 0..3 * LONGEST {
            trail.observe(&page(&n.to_string()), Some(2));
        }
        let mut steps = 0;
        while trail.back(|_| true).is_some() {
            steps += 1;
        }
        assert_eq!(steps, LONGEST);
    }
}
