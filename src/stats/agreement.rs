//! How far members agree: Krippendorff's alpha, and how certain it is.
//!
//! After K. Krippendorff, *Content Analysis*, chapter on reliability: one minus the ratio of observed to expected
//! disagreement, from coincidences of values within units, so that missing scores need no filling in. How certain it
//! is, is told by a bootstrap over units: the coincidences of each unit are counted once, and a draw only adds them.

use super::Undefined;
use std::collections::BTreeSet;

/// How the distance between two scores is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Equal or not.
    Nominal,
    /// By rank: how many scores lie between.
    Ordinal,
    /// By the difference of the values.
    Interval,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::Nominal, Self::Ordinal, Self::Interval];
}

/// A bootstrap interval, and how it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The 2.5 % quantile.
    pub low: f64,
    /// The 97.5 % quantile.
    pub high: f64,
    /// How many draws had no alpha, because all their scores were equal. They count for neither end.
    pub undefined: usize,
}

/// Coincidences of scores within units, ready for alpha at any level.
///
/// `units` holds, for each thing judged, the members' scores in a fixed order, none for a missing one. Units with
/// fewer than two scores and members without scores count for nothing.
#[derive(Debug, Clone)]
pub struct Coincidences {
    values: Vec<i16>,
    /// For each unit with two scores, how often each ordered pair of values meets; a unit of m scores weighs m.
    units: Vec<Vec<f64>>,
}

impl Coincidences {
    /// Counts them.
    pub fn of(units: &[Vec<Option<i16>>]) -> Self {
        let given = |unit: &Vec<Option<i16>>| unit.iter().copied().flatten().collect::<Vec<_>>();
        let paired: Vec<Vec<i16>> = units.iter().map(given).filter(|unit| unit.len() > 1).collect();
        let values: Vec<i16> =
            paired.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let index = |value: &i16| values.binary_search(value).unwrap_or_default();
        let k = values.len();
        let units = paired
            .iter()
            .map(|unit| {
                let weight = 1.0 / (count(unit.len()) - 1.0);
                let mut pairs = vec![0.0; k * k];
                for (i, a) in unit.iter().enumerate() {
                    for (j, b) in unit.iter().enumerate() {
                        if i != j {
                            pairs[index(a) * k + index(b)] += weight;
                        }
                    }
                }
                pairs
            })
            .collect();
        Self { values, units }
    }

    /// Krippendorff's alpha.
    ///
    /// # Errors
    /// If nothing was scored twice, or all scores are equal, so that there is nothing on which to disagree.
    pub fn alpha(&self, level: Level) -> Result<f64, Undefined> {
        if self.units.is_empty() {
            return Err(Undefined::NoPairs);
        }
        let mut sum = vec![0.0; self.values.len().pow(2)];
        for unit in &self.units {
            add(&mut sum, unit);
        }
        self.alpha_of(&sum, level).ok_or(Undefined::NoVariation)
    }

    /// A 95 % interval for alpha, from `draws` draws of as many units with replacement. The same seed gives the same
    /// interval on every machine.
    ///
    /// # Errors
    /// If alpha itself is undefined, or is in every draw.
    pub fn bootstrap(&self, level: Level, draws: usize, seed: u64) -> Result<Interval, Undefined> {
        self.alpha(level)?;
        let mut random = SplitMix(seed);
        let mut sum = vec![0.0; self.values.len().pow(2)];
        let mut alphas = Vec::with_capacity(draws);
        for _ in 0..draws {
            sum.fill(0.0);
            for _ in 0..self.units.len() {
                add(&mut sum, &self.units[random.below(self.units.len())]);
            }
            alphas.extend(self.alpha_of(&sum, level));
        }
        alphas.sort_unstable_by(f64::total_cmp);
        let tail = alphas.len() / 40;
        match (alphas.get(tail), alphas.len().checked_sub(1 + tail).and_then(|at| alphas.get(at))) {
            (Some(low), Some(high)) => {
                Ok(Interval { low: *low, high: *high, undefined: draws - alphas.len() })
            }
            _ => Err(Undefined::NoVariation),
        }
    }

    fn alpha_of(&self, pairs: &[f64], level: Level) -> Option<f64> {
        let k = self.values.len();
        let totals: Vec<f64> = pairs.chunks(k).map(|row| row.iter().sum()).collect();
        let all: f64 = totals.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        for a in 0..k {
            for b in 0..a {
                let distance = match level {
                    Level::Nominal => 1.0,
                    Level::Interval => f64::from(self.values[a] - self.values[b]).powi(2),
                    Level::Ordinal => {
                        let between: f64 = totals[b..=a].iter().sum();
                        (between - f64::midpoint(totals[a], totals[b])).powi(2)
                    }
                };
                observed += pairs[a * k + b] * distance;
                expected += totals[a] * totals[b] * distance;
            }
        }
        (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
    }
}

fn add(sum: &mut [f64], unit: &[f64]) {
    for (sum, pair) in sum.iter_mut().zip(unit) {
        *sum += pair;
    }
}

/// A number of scores as a float; a panel is never so large that this rounds.
fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// splitmix64: enough for draws, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        // The high half of the product is below the bound.
        let wide = u128::from(z) * u128::try_from(bound).unwrap_or_default();
        usize::try_from(wide >> 64).unwrap_or_default()
    }
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

    fn alphas(units: &[Vec<Option<i16>>]) -> [Result<f64, Undefined>; 3] {
        let coincidences = Coincidences::of(units);
        Level::ALL.map(|level| coincidences.alpha(level))
    }

    #[test]
    fn the_published_example() {
        let printed = alphas(&example()).map(|alpha| format!("{:.3}", alpha.unwrap()));
        assert_eq!(printed, ["0.743", "0.815", "0.849"]);
    }

    #[test]
    fn without_variation_it_is_undefined_and_a_silent_member_changes_nothing() {
        let equal = vec![vec![Some(3); 5]; 7];
        assert_eq!(alphas(&equal), [Err(Undefined::NoVariation); 3]);
        assert_eq!(alphas(&[]), [Err(Undefined::NoPairs); 3]);
        assert_eq!(alphas(&[vec![Some(0), None]]), [Err(Undefined::NoPairs); 3]);
        let mut more = example();
        for unit in &mut more {
            unit.push(None);
        }
        assert_eq!(alphas(&more), alphas(&example()));
        assert_eq!(Coincidences::of(&equal).bootstrap(Level::Ordinal, 10, 1), Err(Undefined::NoVariation));
    }

    #[test]
    fn a_bootstrap_holds_alpha_and_repeats_itself() {
        let coincidences = Coincidences::of(&example());
        for level in Level::ALL {
            let alpha = coincidences.alpha(level).unwrap();
            let interval = coincidences.bootstrap(level, 1000, 7).unwrap();
            assert!(interval.low < alpha && alpha <= interval.high, "{level:?} {interval:?}");
            assert_eq!(coincidences.bootstrap(level, 1000, 7).unwrap(), interval);
            assert_ne!(coincidences.bootstrap(level, 1000, 8).unwrap(), interval);
        }
    }
}
