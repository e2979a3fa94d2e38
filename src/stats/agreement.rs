//! How far members agree: Krippendorff's alpha.
//!
//! After K. Krippendorff, *Content Analysis*, chapter on reliability: one minus the ratio of observed to expected
//! disagreement, from coincidences of values within units, so that missing scores need no filling in.

use std::collections::BTreeMap;

/// Ordinal alpha. `units` holds, for each thing judged, the members' scores in a fixed order, none for a missing one.
///
/// None where it is undefined: no unit has two scores, or all scores are equal, so that there is no variation on
/// which to disagree.
pub fn alpha_ordinal(units: &[Vec<Option<i16>>]) -> Option<f64> {
    let coincidences = coincidences(units);
    let mut totals: BTreeMap<i16, f64> = BTreeMap::new();
    for ((value, _), count) in &coincidences {
        *totals.entry(*value).or_default() += count;
    }
    let all: f64 = totals.values().sum();
    if totals.len() < 2 {
        return None;
    }
    let distance = |a: i16, b: i16| {
        let between: f64 = totals.range(a.min(b)..=a.max(b)).map(|(_, count)| count).sum();
        (between - f64::midpoint(totals[&a], totals[&b])).powi(2)
    };
    let observed: f64 = coincidences.iter().map(|((a, b), count)| count * distance(*a, *b)).sum();
    let mut expected = 0.0;
    for (a, count_a) in &totals {
        for (b, count_b) in totals.iter().filter(|(b, _)| *b != a) {
            expected += count_a * count_b * distance(*a, *b);
        }
    }
    Some(1.0 - (all - 1.0) * observed / expected)
}

/// How often each ordered pair of values meets within a unit, each unit of m scores weighing m in total.
fn coincidences(units: &[Vec<Option<i16>>]) -> BTreeMap<(i16, i16), f64> {
    let mut pairs = BTreeMap::new();
    for unit in units {
        let given: Vec<i16> = unit.iter().copied().flatten().collect();
        let Some(others) = u32::try_from(given.len()).ok().filter(|n| *n > 1).map(|n| f64::from(n - 1))
        else {
            continue;
        };
        for (i, a) in given.iter().enumerate() {
            for (_, b) in given.iter().enumerate().filter(|(j, _)| *j != i) {
                *pairs.entry((*a, *b)).or_default() += 1.0 / others;
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The four observers and twelve units that Krippendorff works through; 0 stands for a missing value.
    const EXAMPLE: [[i16; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 0],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    fn example() -> Vec<Vec<Option<i16>>> {
        (0..12).map(|unit| EXAMPLE.iter().map(|row| Some(row[unit]).filter(|v| *v > 0)).collect()).collect()
    }

    #[test]
    fn the_published_example() {
        assert_eq!(format!("{:.3}", alpha_ordinal(&example()).unwrap()), "0.815");
    }

    #[test]
    fn without_variation_it_is_undefined_and_a_silent_member_changes_nothing() {
        assert_eq!(alpha_ordinal(&vec![vec![Some(3); 5]; 7]), None);
        assert_eq!(alpha_ordinal(&[]), None);
        let mut more = example();
        for unit in &mut more {
            unit.push(None);
        }
        assert_eq!(alpha_ordinal(&more), alpha_ordinal(&example()));
    }
}
