//! The lines of a hatch, cut to their rectangle, so that every painter draws the same ones.

use crate::chart::ink::Hatch;
use crate::chart::scene::Rect;

/// The distance between two lines.
const GAP: f64 = 6.0;

/// The lines of a hatch over a rectangle.
pub(super) fn lines(hatch: Hatch, rect: &Rect) -> Vec<[[f64; 2]; 2]> {
    match hatch {
        Hatch::Plain => Vec::new(),
        Hatch::Rising => slanted(rect, false),
        Hatch::Falling => slanted(rect, true),
        Hatch::Crossed => {
            let mut lines = slanted(rect, false);
            lines.extend(slanted(rect, true));
            lines
        }
        Hatch::Level => steps(rect.y, rect.bottom()).map(|y| [[rect.x, y], [rect.right(), y]]).collect(),
        Hatch::Upright => steps(rect.x, rect.right()).map(|x| [[x, rect.y], [x, rect.bottom()]]).collect(),
    }
}

/// The multiples of the gap between two values.
fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    let first = (from / GAP).floor() + 1.0;
    (0_u32..4000).map(move |n| (first + f64::from(n)) * GAP).take_while(move |value| *value < to)
}

/// Lines on which x + y is a multiple of the gap (or x − y, where they fall), cut to the rectangle.
fn slanted(rect: &Rect, falling: bool) -> Vec<[[f64; 2]; 2]> {
    // Mirrored, falling lines are rising ones.
    let (top, bottom) = if falling { (-rect.bottom(), -rect.y) } else { (rect.y, rect.bottom()) };
    steps((rect.x + top) / 1.4, (rect.right() + bottom) / 1.4)
        .map(|sum| {
            let sum = sum * 1.4;
            let from = [rect.x.max(sum - bottom), bottom.min(sum - rect.x)];
            let to = [rect.right().min(sum - top), top.max(sum - rect.right())];
            if falling { [[from[0], -from[1]], [to[0], -to[1]]] } else { [from, to] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_inside() {
        let rect = Rect { x: 13.0, y: 7.0, w: 50.0, h: 21.0 };
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Crossed, Hatch::Level, Hatch::Upright] {
            let lines = lines(hatch, &rect);
            assert!(!lines.is_empty(), "{hatch:?}");
            for [a, b] in lines {
                for [x, y] in [a, b] {
                    let inside = rect.grown(1e-9);
                    assert!(inside.contains(&Rect { x, y, w: 0.0, h: 0.0 }), "{hatch:?} {x} {y}");
                }
            }
        }
        assert!(lines(Hatch::Plain, &rect).is_empty());
    }

    #[test]
    fn rising_lines_rise() {
        let rect = Rect { x: 0.0, y: 0.0, w: 40.0, h: 40.0 };
        for [from, to] in lines(Hatch::Rising, &rect) {
            assert!(to[0] > from[0] && to[1] < from[1]);
        }
        for [from, to] in lines(Hatch::Falling, &rect) {
            assert!(to[0] > from[0] && to[1] > from[1]);
        }
    }
}
