//! Numbers written out in kanji, alone or mixed with digits: 二〇二一, 三十五, 十二億, 1億2,000万.

use rust_decimal::Decimal;

/// A number at the head of a text, and what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral<'t> {
    /// Its value.
    pub value: Decimal,
    /// What stands behind it.
    pub rest: &'t str,
    /// Where it ends with the only 万, 億 or 兆 in it: the number before that, and which of the three. Such a number
    /// can be read as so many of that unit as well.
    pub before_myriad: Option<(Decimal, char)>,
}

/// The digits of kanji, 〇 included.
fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u32::try_from(n).ok()).or(match c {
        '零' => Some(0),
        '壱' => Some(1),
        '弐' => Some(2),
        '参' => Some(3),
        _ => None,
    })
}

fn small(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn myriad(c: char) -> Option<u64> {
    match c {
        '万' | '萬' => Some(10_000),
        '億' => Some(100_000_000),
        '兆' => Some(1_000_000_000_000),
        _ => None,
    }
}

/// Reads the longest number at the head of a folded text. A number of ASCII digits alone is none of ours; neither is
/// one that has a place without a value (百 is a hundred, 万 alone is none) or anything irregular.
pub(super) fn leading(text: &str) -> Option<Numeral<'_>> {
    let mut total = Decimal::ZERO;
    let mut last_myriad = u64::MAX;
    let mut at = 0;
    let mut seen_kanji = false;
    let mut before_myriad = None;
    let mut groups = 0;
    while let Some(group) = group(&text[at..]) {
        let end = at + group.length;
        let next = text[end..].chars().next();
        groups += 1;
        if let Some((c, size)) = next.and_then(|c| Some((c, myriad(c)?))) {
            // 億 comes before 万; the same twice is no number.
            if size >= last_myriad {
                return None;
            }
            last_myriad = size;
            total = total.checked_add(group.value.checked_mul(Decimal::from(size))?)?;
            before_myriad = (groups == 1).then_some((group.value, c));
            at = end + c.len_utf8();
            seen_kanji = true;
            continue;
        }
        total = total.checked_add(group.value)?;
        before_myriad = None;
        seen_kanji |= group.kanji;
        at = end;
        break;
    }
    if at == 0 || !seen_kanji {
        return None;
    }
    Some(Numeral { value: total, rest: &text[at..], before_myriad })
}

/// A number below ten thousand, or any written in digits.
struct Group {
    value: Decimal,
    length: usize,
    kanji: bool,
}

fn group(text: &str) -> Option<Group> {
    let ascii = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    if ascii > 0 {
        let value = super::read::number(text[..ascii].trim_end_matches(['.', ',']))?;
        // 3千 is three thousand.
        let behind = text[ascii..].chars().next();
        if let Some((c, size)) = behind.and_then(|c| Some((c, small(c)?)))
            && !text[ascii + c.len_utf8()..].starts_with(|c| digit(c).is_some() || small(c).is_some())
        {
            let value = value.checked_mul(Decimal::from(size))?;
            return Some(Group { value, length: ascii + c.len_utf8(), kanji: true });
        }
        return Some(Group { value, length: ascii, kanji: false });
    }
    let run: Vec<(usize, char)> =
        text.char_indices().take_while(|(_, c)| digit(*c).is_some() || small(*c).is_some()).collect();
    let (last, c) = *run.last()?;
    let length = last + c.len_utf8();
    let value = if run.iter().all(|(_, c)| digit(*c).is_some()) {
        // 二〇二一, digit by digit.
        run.iter().try_fold(Decimal::ZERO, |value, (_, c)| {
            value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(digit(*c)?))
        })?
    } else {
        let (mut value, mut ones, mut place) = (0_u32, None, u32::MAX);
        for (_, c) in run {
            match (digit(c), small(c)) {
                (Some(n), _) if ones.is_none() => ones = Some(n),
                (None, Some(size)) if size < place => {
                    value += ones.take().unwrap_or(1) * size;
                    place = size;
                }
                _ => return None,
            }
        }
        Decimal::from(value + ones.unwrap_or(0))
    };
    Some(Group { value, length, kanji: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_kanji() {
        for (text, value, rest) in [
            ("二〇二一年", 2021, "年"),
            ("三十五", 35, ""),
            ("十二億円", 1_200_000_000, "円"),
            ("1億2,000万円", 120_000_000, "円"),
            ("三億五千万円", 350_000_000, "円"),
            ("3千件", 3000, "件"),
            ("百二件", 102, "件"),
            ("千", 1000, ""),
        ] {
            let numeral = leading(text).unwrap();
            assert_eq!((numeral.value, numeral.rest), (Decimal::from(value), rest), "{text}");
        }
        for text in ["", "万円", "12", "数千万", "円", "一万一億", "十十"] {
            assert_eq!(leading(text), None, "{text}");
        }
    }

    #[test]
    fn a_single_myriad_can_be_a_unit() {
        assert_eq!(leading("十二億円").unwrap().before_myriad, Some((Decimal::from(12), '億')));
        assert_eq!(leading("1億2,000万円").unwrap().before_myriad, None);
    }
}
