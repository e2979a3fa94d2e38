//! Whether members put the same things first: Kendall's coefficient of concordance.

use super::{Fraction, Undefined};

/// Kendall's W, corrected for ties, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concordance {
    /// From 0, no common order, to 1, the same order.
    pub w: Fraction,
    /// How many members were compared.
    pub members: usize,
    /// How many things all of them scored.
    pub units: usize,
}

/// Kendall's W over the units that every member scored. A member without any score is left out first, a unit that
/// someone left open then.
///
/// # Errors
/// If fewer than two members or two complete units remain, or nobody tells one unit from another.
pub fn kendall_w(units: &[Vec<Option<i16>>]) -> Result<Concordance, Undefined> {
    let width = units.iter().map(Vec::len).max().unwrap_or(0);
    let of = |member: usize| units.iter().map(move |unit| unit.get(member).copied().flatten());
    let silent: Vec<bool> = (0..width).map(|member| of(member).all(|score| score.is_none())).collect();
    let members: Vec<usize> = (0..width).filter(|member| !silent[*member]).collect();
    let complete: Vec<Vec<i16>> = units
        .iter()
        .filter_map(|unit| members.iter().map(|m| unit.get(*m).copied().flatten()).collect())
        .collect();
    if members.len() < 2 {
        return Err(Undefined::NoPairs);
    }
    if complete.len() < 2 {
        return Err(Undefined::NoCompleteBlocks);
    }
    let (m, n) = (whole(members.len()), whole(complete.len()));
    // Ranks are counted double, so that a tie in the middle stays whole.
    let mut sums = vec![0_i128; complete.len()];
    let mut ties = 0_i128;
    for member in 0..members.len() {
        let scores: Vec<i16> = complete.iter().map(|unit| unit[member]).collect();
        for (sum, score) in sums.iter_mut().zip(&scores) {
            let below = whole(scores.iter().filter(|other| *other < score).count());
            let equal = whole(scores.iter().filter(|other| *other == score).count());
            *sum += 2 * below + equal + 1;
            // Each of t equal scores adds t² − 1, together t³ − t.
            ties += equal * equal - 1;
        }
    }
    let spread: i128 = sums.iter().map(|sum| (sum - m * (n + 1)).pow(2)).sum();
    let w = Fraction::new(3 * spread, m * m * (n * n * n - n) - m * ties).ok_or(Undefined::NoVariation)?;
    Ok(Concordance { w, members: members.len(), units: complete.len() })
}

fn whole(n: usize) -> i128 {
    i128::try_from(n).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(rows: &[&[i16]]) -> Vec<Vec<Option<i16>>> {
        rows.iter().map(|row| row.iter().map(|score| Some(*score)).collect()).collect()
    }

    #[test]
    fn the_ends_of_the_scale() {
        let same = kendall_w(&units(&[&[1, 0], &[2, 5], &[3, 9]])).unwrap();
        assert_eq!((same.w, same.members, same.units), (Fraction::whole(1), 2, 3));
        let opposed = kendall_w(&units(&[&[1, 3], &[2, 2], &[3, 1]])).unwrap();
        assert_eq!(opposed.w, Fraction::whole(0));
        // Three members who rank four things; ΣR = 30, S = 29, W = 12·29 / (9·60).
        let three = kendall_w(&units(&[&[1, 2, 1], &[2, 1, 3], &[3, 4, 2], &[4, 3, 4]])).unwrap();
        assert_eq!(three.w.printed(4), "0.6444");
    }

    #[test]
    fn incomplete_blocks_and_silent_members_are_left_out() {
        let mut scores = units(&[&[1, 0], &[2, 5], &[3, 9]]);
        for unit in &mut scores {
            unit.push(None);
        }
        scores.push(vec![Some(9), None, None]);
        let w = kendall_w(&scores).unwrap();
        assert_eq!((w.w, w.members, w.units), (Fraction::whole(1), 2, 3));
        assert_eq!(kendall_w(&units(&[&[2, 2], &[2, 2]])), Err(Undefined::NoVariation));
        assert_eq!(kendall_w(&units(&[&[2, 2]])), Err(Undefined::NoCompleteBlocks));
        assert_eq!(kendall_w(&[vec![Some(1), None], vec![Some(2), None]]), Err(Undefined::NoPairs));
    }
}
