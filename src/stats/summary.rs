//! Centre and spread of a handful of scores.

use super::Fraction;
use serde::Serialize;
use std::collections::BTreeMap;

/// Centre and spread of the scores given. Cells without a score do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The mean to one decimal, halves rounded up, as reports print it; none without scores.
    pub mean: Option<String>,
    /// How many scores were given.
    pub n: usize,
    /// The median; `2.5` between two scores.
    pub median: Option<String>,
    /// Lowest score.
    pub min: Option<i16>,
    /// Highest score.
    pub max: Option<i16>,
    /// Sample standard deviation (n − 1) to two decimals, halves rounded up; none for fewer than two scores.
    pub sd: Option<String>,
}

/// Summarises scores.
pub fn summarise(scores: &[Option<i16>]) -> Summary {
    let mut given: Vec<i16> = scores.iter().copied().flatten().collect();
    given.sort_unstable();
    Summary {
        mean: printed_mean(scores),
        n: given.len(),
        median: median(&given),
        min: given.first().copied(),
        max: given.last().copied(),
        sd: standard_deviation(&given),
    }
}

/// The mean to one decimal, halves rounded away from zero, exactly: [1, 3, 2, 3] gives 2.3. None without scores.
pub fn printed_mean(scores: &[Option<i16>]) -> Option<String> {
    Fraction::mean(scores.iter().copied().flatten()).map(|mean| mean.printed(1))
}

/// How often each score was given, lowest first; scores that nobody gave are left out.
pub fn distribution(scores: &[Option<i16>]) -> BTreeMap<i16, usize> {
    let mut times = BTreeMap::new();
    for score in scores.iter().copied().flatten() {
        *times.entry(score).or_default() += 1;
    }
    times
}

fn median(sorted: &[i16]) -> Option<String> {
    let high = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(high.to_string());
    }
    let twice = i32::from(sorted[sorted.len() / 2 - 1]) + i32::from(high);
    if twice % 2 == 0 {
        return Some((twice / 2).to_string());
    }
    let sign = if twice < 0 { "-" } else { "" };
    Some(format!("{sign}{}.5", twice.abs() / 2))
}

fn standard_deviation(given: &[i16]) -> Option<String> {
    let n = u128::try_from(given.len()).ok().filter(|n| *n > 1)?;
    let sum: i128 = given.iter().map(|score| i128::from(*score)).sum();
    let squares: u128 = given.iter().map(|score| u128::from(score.unsigned_abs()).pow(2)).sum();
    // variance = (n Σx² − (Σx)²) / (n (n − 1)); the deviation in hundredths, k, is the largest whole number for
    // which (k − ½)² is not above 10⁴ times the variance.
    let above = 40_000 * (n * squares - sum.unsigned_abs().pow(2));
    let below = n * (n - 1);
    let hundredths = (above / below).isqrt().div_ceil(2);
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::prelude::*;

    fn some(scores: &[i16]) -> Vec<Option<i16>> {
        scores.iter().copied().map(Some).collect()
    }

    #[test]
    fn halves_round_up() {
        assert_eq!(printed_mean(&some(&[1, 3, 2, 3])).unwrap(), "2.3");
        assert_eq!(printed_mean(&some(&[0, 0, 0])).unwrap(), "0.0");
        assert_eq!(printed_mean(&[Some(2), None, Some(3)]).unwrap(), "2.5");
        assert_eq!(printed_mean(&[None]), None);
    }

    #[test]
    fn spread_of_known_scores() {
        let summary = summarise(&some(&[3, 3, 2, 2, 3]));
        assert_eq!(
            (summary.median.as_deref(), summary.sd.as_deref(), summary.min, summary.max),
            (Some("3"), Some("0.55"), Some(2), Some(3))
        );
        assert_eq!(summarise(&some(&[1, 2])).median.unwrap(), "1.5");
        assert_eq!(summarise(&some(&[3, 3, 3, 3, 3])).sd.unwrap(), "0.00");
        assert_eq!(
            summarise(&some(&[0])),
            Summary {
                mean: Some("0.0".into()),
                n: 1,
                median: Some("0".into()),
                min: Some(0),
                max: Some(0),
                sd: None
            }
        );
    }

    proptest! {
        #[test]
        fn the_mean_agrees_with_decimal_arithmetic(scores in proptest::collection::vec(-9_i16..100, 1..30)) {
            let sum: Decimal = scores.iter().map(|s| Decimal::from(*s)).sum();
            let mean = (sum / Decimal::from(scores.len()))
                .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
            let printed = Decimal::from_str_exact(&printed_mean(&some(&scores)).unwrap()).unwrap();
            prop_assert_eq!(printed, mean);
        }

        #[test]
        fn the_deviation_agrees_with_floating_arithmetic(scores in proptest::collection::vec(0_i16..100, 2..30)) {
            let n = f64::from(u32::try_from(scores.len()).unwrap());
            let mean = scores.iter().map(|s| f64::from(*s)).sum::<f64>() / n;
            let variance = scores.iter().map(|s| (f64::from(*s) - mean).powi(2)).sum::<f64>() / (n - 1.0);
            let printed: f64 = summarise(&some(&scores)).sd.unwrap().parse().unwrap();
            prop_assert!((printed - variance.sqrt()).abs() <= 0.005 + 1e-9);
        }
    }
}
