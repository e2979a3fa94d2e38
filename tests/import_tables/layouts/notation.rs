//! The many ways in which people write years, numbers, dashes and labels.

use super::canvas::Dice;
use hyoka::sheets::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Digits in full width.
pub fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(u32::from('０') + u32::from(c) - u32::from('0')).unwrap(),
            ',' => '，',
            '.' => '．',
            '-' => '－',
            other => other,
        })
        .collect()
}

/// A way to write all years of a table.
#[derive(Debug, Clone, Copy)]
pub struct Years {
    notation: usize,
    planned: bool,
}

impl Years {
    pub fn new(dice: &mut Dice) -> Self {
        Self { notation: dice.roll(14), planned: false }
    }

    /// Like these, the last one marked （予定）.
    pub fn planned(self, planned: bool) -> Self {
        Self { planned, ..self }
    }

    fn era(year: i16) -> (&'static str, char, i16) {
        if year >= 2019 { ("令和", 'R', year - 2018) } else { ("平成", 'H', year - 1988) }
    }

    /// One year; `last` may be marked.
    pub fn write(self, year: i16, last: bool) -> Value {
        let (name, letter, nth) = Self::era(year);
        let text = match self.notation {
            0 => format!("{year}年度"),
            1 => format!("{year}FY"),
            2 => format!("{year}\n年度"),
            3 => format!("{name}{}年度", if nth == 1 { "元".to_owned() } else { nth.to_string() }),
            4 => format!("{letter}{nth}年度"),
            5 => wide(&format!("{letter}{nth}年度")).replace('R', "Ｒ").replace('H', "Ｈ"),
            6 => format!("{letter}{nth}"),
            7 => format!("FY{year}"),
            8 => wide(&format!("{year}年度")),
            // Beyond the era, as papers of its time wrote it.
            9 => format!("平成{}年度", year - 1988),
            10 => format!("{name}{nth}年度（{year}年度）"),
            11 => format!("{year} 年 度"),
            12 if !(self.planned && last) => return Value::Number(f64::from(year)),
            12 => format!("{year}"),
            _ => format!("{letter}{nth}\n({year})"),
        };
        Value::Text(if self.planned && last { format!("{text}\n（予定）") } else { text })
    }

    /// Whether the years are numbers that may be something else where they stand alone.
    pub fn plain(self) -> bool {
        self.notation == 12
    }
}

/// A way to write all numbers of a table.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    style: usize,
    dash: char,
}

impl Numbers {
    pub fn new(dice: &mut Dice) -> Self {
        Self { style: dice.roll(7), dash: dice.pick(&['-', 'ー', '－', 'ｰ', '―', '‐', '—']) }
    }

    pub fn dash(self) -> Value {
        Value::Text(self.dash.to_string())
    }

    /// A number with something behind it, such as a unit or 「\n（委託）」.
    pub fn write(self, value: Decimal, behind: &str) -> Value {
        let plain = value.normalize();
        let grouped = hyoka::model::grouped(plain);
        let text = match self.style {
            0 => plain.to_string(),
            1 if behind.is_empty() => return Value::Number(plain.to_f64().unwrap()),
            2 => wide(&plain.to_string()),
            3 => wide(&grouped),
            4 => format!("'{plain}"),
            5 if plain.scale() == 0 => format!("{plain}.0"),
            _ => grouped,
        };
        Value::Text(format!("{text}{behind}"))
    }
}

/// A label with a number in front, in some notation.
pub fn numbered(dice: usize, index: usize, label: &str) -> String {
    let n = index + 1;
    match dice {
        0 => format!("項目{}．{label}", wide(&n.to_string())),
        1 => format!("項目{n} {label}"),
        2 => format!("（{}）{label}", wide(&n.to_string())),
        3 => format!("{}{label}", char::from_u32(u32::from('①') + u32::try_from(index).unwrap()).unwrap()),
        4 => format!("課題{n}：{label}"),
        5 => format!("{n}. {label}"),
        _ => label.to_owned(),
    }
}

/// A text with white space in it, as people stretch headings.
pub fn stretched(dice: &mut Dice, text: &str) -> String {
    match dice.roll(6) {
        0..=2 => text.to_owned(),
        3 => {
            let mut chars: Vec<String> = text.chars().map(String::from).collect();
            if chars.len() == 2 {
                chars.insert(1, "　".into());
            }
            chars.concat()
        }
        4 => format!(" {text}　"),
        _ => {
            let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            if middle == 0 { text.to_owned() } else { format!("{}\n{}", &text[..middle], &text[middle..]) }
        }
    }
}
