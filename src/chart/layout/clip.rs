//! Cuts lines to the plot, so that a line zoomed a thousandfold costs no more than what is seen of it.

use crate::chart::scene::Rect;

/// The parts of a line that lie inside a rectangle, each a line of its own; the line itself if all of it does.
pub(super) fn runs(points: Vec<[f64; 2]>, rect: &Rect) -> Vec<Vec<[f64; 2]>> {
    let inside = |[x, y]: [f64; 2]| x >= rect.x && x <= rect.right() && y >= rect.y && y <= rect.bottom();
    if points.iter().all(|point| inside(*point)) {
        return vec![points];
    }
    let mut runs: Vec<Vec<[f64; 2]>> = Vec::new();
    for pair in points.windows(2) {
        let Some([from, to]) = segment(pair[0], pair[1], rect) else { continue };
        match runs.last_mut().filter(|run| run.last() == Some(&from)) {
            Some(run) => run.push(to),
            None => runs.push(vec![from, to]),
        }
    }
    runs
}

/// The part of a segment inside a rectangle, after Liang and Barsky.
fn segment([x0, y0]: [f64; 2], [x1, y1]: [f64; 2], rect: &Rect) -> Option<[[f64; 2]; 2]> {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let edges = [(-dx, x0 - rect.x), (dx, rect.right() - x0), (-dy, y0 - rect.y), (dy, rect.bottom() - y0)];
    for (along, room) in edges {
        if along == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if along < 0.0 {
            from = from.max(room / along);
        } else {
            to = to.min(room / along);
        }
    }
    let at = |share: f64| {
        if share <= 0.0 {
            [x0, y0]
        } else if share >= 1.0 {
            [x1, y1]
        } else {
            [x0 + share * dx, y0 + share * dy]
        }
    };
    (from < to).then(|| [at(from), at(to)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { x: 0.0, y: 0.0, w: 10.0, h: 10.0 };

    #[test]
    fn what_lies_inside_stays_as_it_is() {
        let line = vec![[1.0, 1.0], [5.0, 9.0], [9.0, 2.0]];
        assert_eq!(runs(line.clone(), &RECT), [line]);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let line = vec![[5.0, 5.0], [15.0, 5.0], [15.0, 8.0], [5.0, 8.0]];
        assert_eq!(runs(line, &RECT), [vec![[5.0, 5.0], [10.0, 5.0]], vec![[10.0, 8.0], [5.0, 8.0]]]);
        assert!(runs(vec![[20.0, 0.0], [20.0, 9.0]], &RECT).is_empty());
    }
}
