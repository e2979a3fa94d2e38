//! Leaves out of a line the points that are not missed: those beside which it runs by less than can be seen.

/// How far a line may run beside a point that is left out, in points of a picture.
pub(super) const NEAR: f64 = 0.1;

/// The line through as few of the points as need be: its ends, its corners, and of a curve so many that no point lies
/// further than `near` from the line. Whoever looks at the points that are kept finds them where they were.
pub(super) fn thin(points: &[[f64; 2]], near: f64) -> Vec<[f64; 2]> {
    let mut kept = Vec::with_capacity(points.len().min(64));
    let Some((first, rest)) = points.split_first() else { return kept };
    kept.push(*first);
    let (mut anchor, mut last) = (*first, None);
    let mut fan = Fan::default();
    for point in rest {
        if let Some(corner) = last
            && !fan.holds(by(anchor, *point))
        {
            kept.push(corner);
            (anchor, fan) = (corner, Fan::default());
        }
        fan.narrow(by(anchor, *point), near);
        last = Some(*point);
    }
    kept.extend(last);
    kept
}

/// The way from one point to another.
fn by(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    [to[0] - from[0], to[1] - from[1]]
}

/// Positive where `b` lies to the left of `a`, in a picture whose y axis points up.
fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

fn squared([x, y]: [f64; 2]) -> f64 {
    x * x + y * y
}

/// The directions from a corner in which a straight line passes all points since near enough.
#[derive(Debug, Default)]
struct Fan {
    /// The outermost directions; none while all points lie at the corner itself.
    edges: Option<[[f64; 2]; 2]>,
    /// How far the furthest point lies from the corner, squared.
    far: f64,
}

impl Fan {
    /// Whether a line to this point passes all others; not, if it would have to turn back.
    fn holds(&self, to: [f64; 2]) -> bool {
        let Some([right, left]) = self.edges else { return true };
        let ahead = (right[0] + left[0]) * to[0] + (right[1] + left[1]) * to[1] > 0.0;
        ahead && squared(to) >= self.far && cross(right, to) >= 0.0 && cross(left, to) <= 0.0
    }

    /// Takes account of a point that is to be passed.
    fn narrow(&mut self, to: [f64; 2], near: f64) {
        let length = squared(to);
        self.far = self.far.max(length);
        if length <= near * near {
            return;
        }
        // The tangents from the corner to the circle around the point.
        let sine = near / length.sqrt();
        let cosine = (1.0 - sine * sine).sqrt();
        let [x, y] = to;
        let right = [x * cosine + y * sine, y * cosine - x * sine];
        let left = [x * cosine - y * sine, y * cosine + x * sine];
        self.edges = Some(match self.edges {
            None => [right, left],
            Some([old_right, old_left]) => [
                if cross(old_right, right) > 0.0 { right } else { old_right },
                if cross(old_left, left) < 0.0 { left } else { old_left },
            ],
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How far a point lies from a stretch of a line.
    fn distance(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
        let (way, off) = (by(from, to), by(from, point));
        let length = squared(way);
        let share =
            if length > 0.0 { ((way[0] * off[0] + way[1] * off[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
        squared(by([way[0] * share, way[1] * share], off)).sqrt()
    }

    #[test]
    fn a_straight_line_needs_its_ends_alone() {
        let line: Vec<_> = (0..=100).map(f64::from).map(|x| [x, 3.0 + 0.5 * x]).collect();
        assert_eq!(thin(&line, NEAR), [[0.0, 3.0], [100.0, 53.0]]);
        assert_eq!(thin(&line[..1], NEAR), [[0.0, 3.0]]);
        assert!(thin(&[], NEAR).is_empty());
    }

    #[test]
    fn corners_and_peaks_stay_where_they_are() {
        let line =
            [[0.0, 0.0], [5.0, 5.0], [10.0, 10.0], [10.5, 60.0], [11.0, 10.0], [20.0, 10.0], [30.0, 10.0]];
        assert_eq!(thin(&line, NEAR), [[0.0, 0.0], [10.0, 10.0], [10.5, 60.0], [11.0, 10.0], [30.0, 10.0]]);
        // There and back along the same way.
        let back = [[0.0, 0.0], [4.0, 0.0], [9.0, 0.0], [2.0, 0.0]];
        assert_eq!(thin(&back, NEAR), [[0.0, 0.0], [9.0, 0.0], [2.0, 0.0]]);
    }

    #[test]
    fn a_curve_keeps_what_is_seen_of_it() {
        // A quarter of a circle of radius 100: chords that stray by a tenth are about nine long.
        let at = |n: i32| (f64::from(n) * std::f64::consts::FRAC_PI_2 / 2000.0).sin_cos();
        let arc: Vec<_> = (0..=2000).map(|n| [100.0 * at(n).1, 100.0 * at(n).0]).collect();
        let kept = thin(&arc, NEAR);
        assert!((18..=36).contains(&kept.len()), "{}", kept.len());
        assert_eq!((kept[0], kept[kept.len() - 1]), (arc[0], arc[2000]));
    }

    proptest! {
        /// No point that was left out lies further from the line than was allowed, and those kept come in order.
        #[test]
        fn nothing_strays(steps in prop::collection::vec((-3.0..6.0_f64, -4.0..4.0_f64), 1..200), coarse in 0.01..3.0_f64) {
            let mut at = [0.0, 0.0];
            let line: Vec<_> = steps.iter().map(|(dx, dy)| { at = [at[0] + dx, at[1] + dy]; at }).collect();
            let kept = thin(&line, coarse);
            prop_assert_eq!(kept.first(), line.first());
            prop_assert_eq!(kept.last(), line.last());
            let mut rest = line.iter();
            let mut from = *rest.next().unwrap();
            for to in &kept[1..] {
                for point in rest.by_ref() {
                    prop_assert!(distance(*point, from, *to) <= coarse + 1e-9);
                    // The very point that was kept, to the bit.
                    if point.map(f64::to_bits) == to.map(f64::to_bits) {
                        break;
                    }
                }
                from = *to;
            }
            prop_assert!(rest.next().is_none());
        }
    }
}
