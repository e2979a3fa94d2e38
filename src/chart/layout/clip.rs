//! Cuts lines to the plot, so that a line zoomed a thousandfold costs no more than what is seen of it.

use crate::chart::scene::Rect;

/// The parts of a line that lie inside a rectangle, each a line of its own.
pub(super) fn runs(points: impl Iterator<Item = [f64; 2]>, rect: &Rect) -> Vec<Vec<[f64; 2]>> {
    let mut runs: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut points = points.map(|point| (point, beyond(point, rect)));
    let Some((mut from, mut left)) = points.next() else { return runs };
    for (to, reached) in points {
        // Most of a line that is looked at closely lies to one side.
        let seen = match left | reached {
            0 => Some([from, to]),
            sides if left & reached != 0 || sides & NOWHERE != 0 => None,
            _ => segment(from, to, rect),
        };
        if let Some([begin, end]) = seen {
            match runs.last_mut().filter(|run| run.last() == Some(&begin)) {
                Some(run) => run.push(end),
                None => runs.push(vec![begin, end]),
            }
        }
        (from, left) = (to, reached);
    }
    runs
}

/// The bit of a point that lies nowhere.
const NOWHERE: u8 = 1 << 4;

/// The sides of a rectangle beyond which a point lies, a bit for each.
fn beyond([x, y]: [f64; 2], rect: &Rect) -> u8 {
    if x.is_nan() || y.is_nan() {
        return NOWHERE;
    }
    let sides = [x < rect.x, x > rect.right(), y < rect.y, y > rect.bottom()];
    sides.iter().zip(0..).fold(0, |bits, (side, bit)| bits | u8::from(*side) << bit)
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
        assert_eq!(runs(line.iter().copied(), &RECT), [line]);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let line = vec![[5.0, 5.0], [15.0, 5.0], [15.0, 8.0], [5.0, 8.0]];
        let cut = |line: &[[f64; 2]]| runs(line.iter().copied(), &RECT);
        assert_eq!(cut(&line), [vec![[5.0, 5.0], [10.0, 5.0]], vec![[10.0, 8.0], [5.0, 8.0]]]);
        assert!(cut(&[[20.0, 0.0], [20.0, 9.0]]).is_empty());
        assert_eq!(cut(&[[-5.0, 5.0], [15.0, 5.0]]), [vec![[0.0, 5.0], [10.0, 5.0]]]);
        // Past a corner, with no side in common.
        assert!(cut(&[[-3.0, 2.0], [2.0, -3.0]]).is_empty());
        assert_eq!(cut(&[[f64::NAN, 1.0], [1.0, 1.0], [2.0, 1.0]]), [vec![[1.0, 1.0], [2.0, 1.0]]]);
    }
}
