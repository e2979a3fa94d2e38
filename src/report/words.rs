//! The Japanese words that a report prints for the model's choices, dates and amounts.

use crate::locale::{self, Lang, Term};
use crate::model::{
    Certainty, Criterion, Figure, FiscalYear, Moment, Quantity, ScoreCell, SessionFindings, TargetKind, Unit,
    When, grouped,
};

/// A choice of the model by its Japanese name: a report is in Japanese whatever language the window speaks.
pub(crate) fn term(choice: impl Term) -> &'static str {
    choice.term(Lang::Ja)
}

/// 中間目標 …; nothing where the document does not say.
pub(crate) fn target(kind: TargetKind) -> &'static str {
    if kind == TargetKind::Unstated { "" } else { term(kind) }
}

/// What stands in a score table for a cell without a score; a blank cell stays empty.
pub(crate) fn no_score(cell: ScoreCell) -> &'static str {
    if cell == ScoreCell::Blank { "" } else { locale::cell(cell, Lang::Ja) }
}

/// A date as Japanese prose writes it: 2023年3月, 2021年度末.
pub(crate) fn moment(moment: Moment) -> String {
    locale::moment(moment, Lang::Ja)
}

/// A date or a span: as printed, or else in words.
pub(crate) fn when(when: &When) -> String {
    match (when.printed.as_str(), when.at, when.to) {
        ("", None, None) => String::new(),
        ("", at, to) => match (at.map(moment), to.map(moment)) {
            (Some(at), None) => at,
            (at, to) => format!("{}～{}", at.unwrap_or_default(), to.unwrap_or_default()),
        },
        (printed, ..) => printed.to_owned(),
    }
}

/// A span of fiscal years: 2017～2021年度.
pub(crate) fn years(from: Option<FiscalYear>, to: Option<FiscalYear>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => from.western(),
        (Some(from), Some(to)) => format!("{from}～{}", to.western()),
        (Some(from), None) => format!("{}～", from.western()),
        (None, Some(to)) => format!("～{}", to.western()),
        (None, None) => String::new(),
    }
}

/// An amount on its own, with its unit: as printed, or else the figure. The unit follows a text that ends in its number;
/// one that goes on (約9％, 年率50%以上) says in its own words what is counted.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let text = quantity.display();
    let unit = quantity.unit.as_str();
    let number = matches!(quantity.figure, Figure::Number(_) | Figure::Range(..));
    if !number || text.contains(unit) {
        return text;
    }
    let end =
        text.char_indices().rfind(|(_, c)| c.is_numeric()).map_or(text.len(), |(at, c)| at + c.len_utf8());
    let (amount, rest) = text.split_at(end);
    let goes_on = !rest.trim_start().is_empty() && !rest.trim_start().starts_with(['（', '(']);
    if goes_on { text } else { format!("{amount}{unit}{rest}") }
}

/// An amount in a table whose heading states `unit`, and the word that qualifies it (予定, 未確定), if one does. A
/// number in that unit is given bare; anything else as printed.
pub(crate) fn cell(quantity: &Quantity, unit: &Unit) -> (String, &'static str) {
    let Some(number) = quantity.value().filter(|_| quantity.unit == *unit).map(grouped) else {
        return (self::quantity(quantity), "");
    };
    match quantity.certainty {
        Certainty::Settled => (number, ""),
        Certainty::About => (format!("約{number}"), ""),
        Certainty::AtLeast => (format!("{number}以上"), ""),
        Certainty::Planned => (number, "予定"),
        Certainty::Undetermined => (number, "未確定"),
    }
}

/// A criterion's heading: as printed, or its number and name.
pub(crate) fn criterion(criterion: &Criterion) -> String {
    if criterion.printed.is_empty() {
        format!("{}．{}", criterion.no, criterion.label)
    } else {
        criterion.printed.clone()
    }
}

/// A session of the working group: 第60回評価ワーキンググループ（中間評価、2022年度）.
pub(crate) fn session(session: &SessionFindings) -> String {
    let what = term(session.kind);
    let no = session.session.map(|no| format!("第{no}回")).unwrap_or_default();
    let year = session.year.map(|year| format!("、{}", year.western())).unwrap_or_default();
    format!("{no}評価ワーキンググループ（{what}{year}）")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_no_more_than_its_heading_leaves_open() {
        for (text, shown, mark) in [
            ("4373", "4,373", ""),
            ("1,615（予定）", "1,615", "予定"),
            ("約50", "約50", ""),
            ("7.5億円", "7.5億円", ""),
            ("-", "-", ""),
            ("別紙", "別紙", ""),
            ("", "", ""),
        ] {
            assert_eq!(
                cell(&Quantity::read(text, &Unit::MillionYen), &Unit::MillionYen),
                (shown.to_owned(), mark)
            );
        }
    }

    #[test]
    fn an_amount_on_its_own_always_has_its_unit() {
        assert_eq!(quantity(&Quantity::read("374", &Unit::from("件"))), "374件");
        assert_eq!(quantity(&Quantity::read("約50億円", &Unit::MillionYen)), "約50億円");
        assert_eq!(quantity(&Quantity::read("10～26%", &Unit::default())), "10～26%");
        let printed = |text: &str, unit: &str| {
            quantity(&Quantity { printed: text.into(), ..Quantity::number(50, Unit::from(unit)) })
        };
        assert_eq!(printed("約９％", "%"), "約９％");
        assert_eq!(printed("年率 50%以上", "%/年"), "年率 50%以上");
        assert_eq!(printed("1,615（予定）", "百万円"), "1,615百万円（予定）");
    }

    #[test]
    fn dates_read_as_prose() {
        for (written, said) in [
            ("2020-03-27", "2020年3月27日"),
            ("2022-06", "2022年6月"),
            ("FY2021末", "2021年度末"),
            ("FY2018～FY2022", "2018年度～2022年度"),
            ("今後5年", "今後5年"),
        ] {
            assert_eq!(when(&When::read(written)), said);
        }
    }
}
