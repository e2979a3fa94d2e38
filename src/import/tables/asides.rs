//! What stands in a table of figures and is no row or column of its own: sub-amounts (うち, 内数), ratios (執行率),
//! references (参考), differences (増減), subtotals (項目１計).

use super::super::normal;
use super::grid::Found;
use super::head::{Form, Head};
use super::words::Concept;
use crate::both;
use crate::locale::Both;
use crate::model::{Figure, Quantity, Unit};
use crate::sheets::Value;

/// What a row or column is beside the figures proper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    /// うち委託, 内数
    Part,
    /// 参考
    Reference,
    /// 執行率, 前年比, 構成比
    Ratio,
    /// 増減, 差額
    Difference,
    /// 小計, 項目１計
    Subtotal,
}

/// Labels of ratios, folded.
const RATIOS: [&str; 22] = [
    "率",
    "執行率",
    "予算執行率",
    "消化率",
    "執行割合",
    "前年比",
    "前年度比",
    "対前年比",
    "対前年度比",
    "前年同期比",
    "増減率",
    "増加率",
    "伸び率",
    "構成比",
    "構成比率",
    "構成割合",
    "割合",
    "比率",
    "シェア",
    "達成率",
    "進捗率",
    "落札率",
];

/// Labels of differences, folded.
const DIFFERENCES: [&str; 14] = [
    "増減",
    "増減額",
    "差",
    "差額",
    "差引",
    "差引額",
    "前年差",
    "前年度差",
    "対前年度差",
    "対前年度増減",
    "対前年度増減額",
    "前年度増減",
    "残額",
    "不用額",
];

/// What ends the label of a sum over some of the rows: 直接経費計, A計, 項目１計. 設計 and 統計 end like it and are none.
const SUMS: [&str; 9] = ["費計", "額計", "金計", "目計", "先計", "別計", "者計", "小計", "合計"];

impl Aside {
    /// What a label names, if it is none of the table's own rows or columns.
    pub fn of(text: &str, head: &Head) -> Option<Self> {
        let folded = normal::key(text);
        let plain = folded.trim_start_matches(['(', '・', '※', '-', '└', '├', '内'].as_slice());
        if plain.starts_with("うち")
            || folded.starts_with("(内)")
            || folded.starts_with("内訳")
            || ["(うち", "のうち", "内数", "再掲", "うち数"].iter().any(|word| folded.contains(word))
        {
            return Some(Self::Part);
        }
        if plain.starts_with("参考") || folded.ends_with("(参考)") {
            return Some(Self::Reference);
        }
        let core = head.core.as_str();
        let percent = head.measure.as_ref().is_some_and(|measure| measure.unit.as_str() == "%");
        if percent || RATIOS.contains(&core) || RATIOS.contains(&folded.as_str()) {
            return Some(Self::Ratio);
        }
        if DIFFERENCES.contains(&core) || DIFFERENCES.contains(&folded.as_str()) {
            return Some(Self::Difference);
        }
        let of_one = || normal::numbered(text).is_some_and(|numbered| !numbered.word.is_empty());
        let sum = if head.is(Concept::Total) { of_one() } else { is_sum(text, core) };
        (head.is(Concept::Subtotal) || sum).then_some(Self::Subtotal)
    }

    /// Why its figures are not taken.
    pub fn why(self) -> Both {
        match self {
            Self::Part => both!(
                "内数（うち書き）の欄は持たないため",
                "It is part of the figure above it; a dossier has no place for parts"
            ),
            Self::Reference => both!("参考の値のため", "It is given for reference"),
            Self::Ratio => both!("比率であり金額ではないため", "It is a ratio, no amount"),
            Self::Difference => {
                both!("増減や残額の欄は持たないため", "A dossier has no place for differences")
            }
            Self::Subtotal => both!("小計の欄は持たないため", "A dossier has no subtotals"),
        }
    }
}

fn is_sum(text: &str, core: &str) -> bool {
    let Some(rest) = core.strip_suffix('計') else { return false };
    if SUMS.iter().any(|word| core.ends_with(word) && core.chars().count() > word.chars().count()) {
        return true;
    }
    // 項目１ 計: a space, a number or a letter stands before it.
    let spaced = text.trim().strip_suffix('計').is_some_and(|t| t.ends_with(char::is_whitespace));
    spaced || rest.is_empty() || rest.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')')
}

/// Whether all figures among some cells are percentages.
pub(super) fn are_percentages<'f, 'a: 'f>(cells: impl Iterator<Item = &'f Found<'a>>) -> bool {
    let mut any = false;
    for found in cells.filter(|found| found.head.form == Form::Number) {
        if Quantity::read(&found.text, &Unit::default()).unit.as_str() != "%" {
            return false;
        }
        any = true;
    }
    any
}

/// Why a cell is no figure although it stands where one should: an error, a truth value, a date; none if it may be one.
pub(super) fn is_no_figure(found: &Found<'_>) -> Option<Both> {
    let text = found.text.as_ref();
    match found.value {
        Value::Error(_) => Some(both!("エラー値 {text} のため", "It is an error value, {text}")),
        Value::Bool(_) => Some(both!("真偽値 {text} のため", "It is a truth value, {text}")),
        Value::Date(_) => Some(both!("日付 {text} のため", "It is a date, {text}")),
        _ => None,
    }
}

/// Why a cell of a table of money is no amount: what holds digits and is none is not taken as words, and neither is
/// what counts something else.
pub(super) fn is_no_amount(found: &Found<'_>) -> Option<Both> {
    if let Some(why) = is_no_figure(found) {
        return Some(why);
    }
    let read = Quantity::read(&found.text, &Unit::Yen);
    let folded = normal::key(&found.text);
    match read.figure {
        Figure::Number(_) | Figure::Range(..) if read.unit.yen().is_none() => {
            let unit = read.unit.as_str().to_owned();
            Some(both!("単位「{unit}」は金額の単位でないため", "Its unit, {unit}, is none of money"))
        }
        Figure::Words if folded.starts_with('(') && folded.ends_with(')') && has_digits(&folded) => Some(
            both!("括弧書きの数が負数か内数か分からないため", "In brackets it may be negative, or a part"),
        ),
        Figure::Words if has_digits(&folded) => {
            Some(both!("金額として読めないため", "It cannot be read as an amount"))
        }
        Figure::Words if folded.chars().count() > 20 => {
            Some(both!("金額でなく文のため", "It is a sentence, no amount"))
        }
        _ => None,
    }
}

fn has_digits(folded: &str) -> bool {
    folded.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_the_figures_is_known_by_its_label() {
        for (text, aside) in [
            ("うち委託", Some(Aside::Part)),
            ("　（うち補助金）", Some(Aside::Part)),
            ("内数", Some(Aside::Part)),
            ("項目１のうち補正", Some(Aside::Part)),
            ("培養（うち人件費）", Some(Aside::Part)),
            ("参考：民間負担額", Some(Aside::Reference)),
            ("（参考）前期", Some(Aside::Reference)),
            ("執行率", Some(Aside::Ratio)),
            ("執行率（％）", Some(Aside::Ratio)),
            ("対前年度比", Some(Aside::Ratio)),
            ("構成比", Some(Aside::Ratio)),
            ("増減額", Some(Aside::Difference)),
            ("小　計", Some(Aside::Subtotal)),
            ("項目１　計", Some(Aside::Subtotal)),
            ("直接経費計", Some(Aside::Subtotal)),
            ("A計", Some(Aside::Subtotal)),
            ("培養モデルの設計", None),
            ("統計", None),
            ("会計", None),
            ("合計", None),
            ("計", None),
            ("項目計", None),
            ("年度計", None),
            ("合　計", None),
            ("変換効率の向上", None),
            ("内視鏡の開発", None),
            ("項目１．チップ", None),
        ] {
            assert_eq!(Aside::of(text, &Head::read(text)), aside, "{text}");
        }
    }
}
