//! The numbers of headings.

/// A way to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// As Japanese headings print it: １, or 10 in the same room.
    Wide,
    /// 1
    Plain,
    /// 一
    Kanji,
    /// ①
    Circled,
    /// A
    Upper,
    /// a
    Lower,
    /// I
    Roman,
}

/// All ways, as a file writes them.
pub(super) const KNOWN: [&str; 7] = ["{n}", "{1}", "{一}", "{①}", "{A}", "{a}", "{I}"];

/// The way that a file means by what stands between braces.
pub(super) fn read(gap: &str) -> Option<Numeral> {
    Some(match gap {
        "n" => Numeral::Wide,
        "1" => Numeral::Plain,
        "一" => Numeral::Kanji,
        "①" => Numeral::Circled,
        "A" => Numeral::Upper,
        "a" => Numeral::Lower,
        "I" => Numeral::Roman,
        _ => return None,
    })
}

/// A number, counted from 1, written that way.
pub(super) fn write(numeral: Numeral, n: u32) -> String {
    match numeral {
        Numeral::Wide if n < 10 => char::from_u32(u32::from('０') + n).into_iter().collect(),
        Numeral::Wide | Numeral::Plain => n.to_string(),
        Numeral::Kanji => kanji(n),
        Numeral::Circled if (1..=20).contains(&n) => {
            char::from_u32(u32::from('①') + n - 1).into_iter().collect()
        }
        Numeral::Circled => format!("({n})"),
        Numeral::Upper => letters(n),
        Numeral::Lower => letters(n).to_lowercase(),
        Numeral::Roman => roman(n),
    }
}

fn kanji(n: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match n {
        0..10 => digit(n).to_string(),
        10..100 => {
            let tens = if n < 20 { String::new() } else { digit(n / 10).to_string() };
            let ones = if n.is_multiple_of(10) { String::new() } else { digit(n).to_string() };
            format!("{tens}十{ones}")
        }
        _ => n.to_string().bytes().map(|byte| DIGITS[usize::from(byte - b'0')]).collect(),
    }
}

/// A … Z, AA …
fn letters(mut n: u32) -> String {
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.extend(char::from_u32(u32::from('A') + n % 26));
        n /= 26;
    }
    out.iter().rev().collect()
}

fn roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, letters) in STEPS {
        while n >= value {
            out.push_str(letters);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_headings_print_them() {
        for (numeral, n, written) in [
            (Numeral::Wide, 1, "１"),
            (Numeral::Wide, 9, "９"),
            (Numeral::Wide, 10, "10"),
            (Numeral::Kanji, 8, "八"),
            (Numeral::Kanji, 10, "十"),
            (Numeral::Kanji, 21, "二十一"),
            (Numeral::Kanji, 40, "四十"),
            (Numeral::Kanji, 105, "一〇五"),
            (Numeral::Circled, 3, "③"),
            (Numeral::Circled, 21, "(21)"),
            (Numeral::Upper, 27, "AA"),
            (Numeral::Lower, 2, "b"),
            (Numeral::Roman, 14, "XIV"),
        ] {
            assert_eq!(write(numeral, n), written, "{numeral:?} {n}");
        }
    }

    #[test]
    fn every_way_that_is_named_is_read() {
        for known in KNOWN {
            assert!(read(known.trim_matches(['{', '}'])).is_some(), "{known}");
        }
    }
}
