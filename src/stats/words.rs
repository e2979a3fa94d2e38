//! What a handful of scores says, in words: before any statistic.

use crate::both;
use crate::locale::Both;
use crate::model::Scale;

/// 「5名のうち1名が1、他は2～3」: who is apart, and where the others are. Scores are called as the scale labels them.
pub fn in_words(scores: &[Option<i16>], scale: &Scale) -> Both {
    let mut given: Vec<i16> = scores.iter().copied().flatten().collect();
    given.sort_unstable();
    let n = given.len();
    let name = |value: i16| scale.step(value).map_or_else(|| value.to_string(), |step| step.label.clone());
    let (Some(&low), Some(&high)) = (given.first(), given.last()) else {
        return both!("評点はまだない", "no scores yet");
    };
    if low == high {
        let score = name(low);
        return match n {
            1 => both!("1名が{score}", "one member: {score}"),
            _ => both!("{n}名全員が{score}", "all {n} members: {score}"),
        };
    }
    let at = |value: i16| given.iter().filter(|score| **score == value).count();
    let (lows, highs) = (at(low), at(high));
    let span = |values: &[i16]| match (values.first(), values.last()) {
        (Some(first), Some(last)) if first != last => format!("{}～{}", name(*first), name(*last)),
        (Some(only), _) => name(*only),
        _ => String::new(),
    };
    let middle = &given[lows..n - highs];
    let (below, above) = (name(low), name(high));
    // Those at one end are apart where they are fewer than the rest, and the other end is not as thin.
    if middle.is_empty() || lows != highs {
        let (count, score, rest) = if lows <= highs {
            (lows, below, span(&given[lows..]))
        } else {
            (highs, above, span(&given[..n - highs]))
        };
        if 2 * count < n {
            let others = english(&rest);
            return both!(
                "{n}名のうち{count}名が{score}、他は{rest}",
                "of {n} members {count} gave {score}, the others {others}"
            );
        }
    } else if 2 * lows < middle.len() {
        let rest = span(middle);
        let others = english(&rest);
        return both!(
            "{n}名のうち{lows}名が{below}、{highs}名が{above}、他は{rest}",
            "of {n} members {lows} gave {below} and {highs} {above}, the others {others}"
        );
    }
    let rest = span(&given);
    let over = english(&rest);
    both!("{n}名の評点は{rest}に分かれる", "the {n} scores spread over {over}")
}

/// A span as English writes it.
fn english(span: &str) -> String {
    span.replace('～', "–")
}

/// How far the members agree on one thing, in plain words.
pub fn agreement(scores: &[Option<i16>]) -> Both {
    let given = || scores.iter().copied().flatten();
    match (given().min(), given().max(), given().count()) {
        (None, ..) | (_, None, _) | (.., 1) => both!("比べられる評点がない", "nothing to compare"),
        (Some(low), Some(high), _) => match high - low {
            0 => both!("一致している", "the members agree"),
            1 => both!("ほぼ一致している", "the members nearly agree"),
            _ => both!(
                "分かれている。コメントを読み合わせてください",
                "the members differ; read their comments side by side"
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    fn words(scores: &[i16]) -> String {
        let scores: Vec<_> = scores.iter().copied().map(Some).collect();
        in_words(&scores, &Scale::default()).t(Lang::Ja).to_owned()
    }

    #[test]
    fn who_is_apart_is_said_first() {
        assert_eq!(words(&[1, 3, 2, 3, 3]), "5名のうち1名が1、他は2～3");
        assert_eq!(words(&[3, 3, 2, 2, 3]), "5名のうち2名が2、他は3");
        assert_eq!(words(&[2, 2, 3, 2, 2]), "5名のうち1名が3、他は2");
        assert_eq!(words(&[1, 2, 2, 2, 3]), "5名のうち1名が1、1名が3、他は2");
        assert_eq!(words(&[0, 1, 2, 3]), "4名の評点は0～3に分かれる");
        assert_eq!(words(&[0, 0, 3, 3]), "4名の評点は0～3に分かれる");
        assert_eq!(words(&[0, 0, 0]), "3名全員が0");
        assert_eq!(words(&[0]), "1名が0");
        assert_eq!(words(&[]), "評点はまだない");
    }
}
