//! A weighted mean over criteria, for committees that ask for one. It is never a printed mean of the report.

use super::{Fraction, Undefined};
use rust_decimal::Decimal;

/// The mean of the criteria's means by weight. Criteria without a mean are left out with their weight.
///
/// # Errors
/// If no criterion has a mean, or the weights of those that do add up to zero.
pub fn weighted_mean(
    means: impl IntoIterator<Item = (Option<Fraction>, Decimal)>,
) -> Result<Fraction, Undefined> {
    let mut any = false;
    let (mut sum, mut weights) = (Fraction::whole(0), Decimal::ZERO);
    for (mean, weight) in means {
        let Some(mean) = mean else { continue };
        any = true;
        // No committee weighs finer than this, and the arithmetic stays within its bounds.
        let weight = weight.round_dp(6);
        let part = mean.times(weight.mantissa(), 10_i128.pow(weight.scale()));
        sum = sum + part.ok_or(Undefined::NoWeights)?;
        weights += weight;
    }
    if !any {
        return Err(Undefined::NoScores);
    }
    sum.times(10_i128.pow(weights.scale()), weights.mantissa()).ok_or(Undefined::NoWeights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_decimals_and_a_missing_mean_takes_its_weight_with_it() {
        let mean = |n| Fraction::mean([n]);
        let weight = |tenths| Decimal::new(tenths, 1);
        let mixed = weighted_mean([(mean(3), weight(15)), (mean(0), weight(5)), (None, weight(70))]);
        assert_eq!(mixed.unwrap().printed(2), "2.25");
        assert_eq!(weighted_mean([(mean(3), Decimal::ZERO)]), Err(Undefined::NoWeights));
        assert_eq!(weighted_mean([(None, weight(10))]), Err(Undefined::NoScores));
    }
}
