//! Units as captions, headers and unit columns state them.

use crate::fold::Folded;
use crate::model::Unit;
use rust_decimal::Decimal;

/// A unit of a table, and what its figures are multiplied by to be in it: a table in 十億円 is one in 億円, times ten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Measure {
    /// The unit.
    pub unit: Unit,
    /// The factor; one for nearly every table.
    pub factor: Decimal,
}

/// How units of money are written, folded: the writing, the unit, the power of ten of the factor.
const MONEY: &[(&str, Unit, u32)] = &[
    ("円", Unit::Yen, 0),
    ("yen", Unit::Yen, 0),
    ("jpy", Unit::Yen, 0),
    ("千円", Unit::ThousandYen, 0),
    ("1000円", Unit::ThousandYen, 0),
    ("1,000円", Unit::ThousandYen, 0),
    ("thousandyen", Unit::ThousandYen, 0),
    ("kjpy", Unit::ThousandYen, 0),
    ("万円", Unit::TenThousandYen, 0),
    ("十万円", Unit::TenThousandYen, 1),
    ("10万円", Unit::TenThousandYen, 1),
    ("百万円", Unit::MillionYen, 0),
    ("100万円", Unit::MillionYen, 0),
    ("millionyen", Unit::MillionYen, 0),
    ("mjpy", Unit::MillionYen, 0),
    ("m円", Unit::MillionYen, 0),
    ("千万円", Unit::MillionYen, 1),
    ("1000万円", Unit::MillionYen, 1),
    ("億円", Unit::HundredMillionYen, 0),
    ("十億円", Unit::HundredMillionYen, 1),
    ("10億円", Unit::HundredMillionYen, 1),
    ("billionyen", Unit::HundredMillionYen, 1),
    ("bnjpy", Unit::HundredMillionYen, 1),
    ("百億円", Unit::HundredMillionYen, 2),
    ("千億円", Unit::HundredMillionYen, 3),
    ("兆円", Unit::TrillionYen, 0),
];

/// Counters and measures that stand in a unit column or behind a heading; each may follow 千, 万, 百万 or 億.
const OTHER: &[&str] = &[
    "件",
    "社",
    "名",
    "人",
    "回",
    "本",
    "個",
    "点",
    "倍",
    "%",
    "品目",
    "箇所",
    "か所",
    "ヶ所",
    "報",
    "機関",
    "台",
    "種",
    "種類",
    "拠点",
    "課題",
    "項目",
    "施設",
    "校",
    "国",
    "年",
    "ヶ月",
    "か月",
    "日",
    "時間",
    "kg",
    "g",
    "mg",
    "t",
    "l",
    "ml",
    "m2",
    "m3",
    "km",
    "m",
    "cm",
    "mm",
    "℃",
    "°c",
    "ドル",
    "ユーロ",
    "kw",
    "kwh",
    "mw",
    "wh/kg",
    "件/年",
    "t-co2",
    "tco2",
    "ポイント",
    "冊",
    "編",
    "論文",
    "組",
    "世帯",
    "セット",
    "工程",
    "株",
    "例",
    "床",
    "検体",
];

/// A folded text that is a unit and nothing else: `百万円`, `(件)`, `千人`.
pub(in crate::import) fn whole(found: &str) -> Option<Measure> {
    let folded = Folded::new(found);
    token(&folded.text).or_else(|| token(folded.text.strip_prefix('(')?.strip_suffix(')')?))
}

/// The unit that a caption or heading states: `（単位：百万円）`, `契約額（百万円）`, `単位　千円`, `[億円]`. Of several the
/// one of money.
pub(in crate::import) fn stated(found: &str) -> Option<Measure> {
    let folded = Folded::new(found);
    let text = folded.text.as_str();
    if let Some((before, behind)) = text.split_once("単位") {
        let list = behind.trim_start_matches([':', 'は', '=', '/', '・']);
        let list = list.split(')').next().unwrap_or(list);
        let units: Vec<_> = list.split(['、', ',', '/', '・']).filter_map(token).collect();
        let whole = token(list);
        let stated =
            whole.or_else(|| units.iter().find(|m| m.unit.yen().is_some()).or(units.first()).cloned());
        // 百万円単位
        let stated = stated.or_else(|| token(before.rsplit(['(', '、', ',']).next().unwrap_or(before)));
        if stated.is_some() {
            return stated;
        }
    }
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('(') {
        let inside = behind.split(')').next().unwrap_or(behind);
        if let Some(measure) = token(inside) {
            return Some(measure);
        }
        rest = behind;
    }
    token(text)
}

fn token(text: &str) -> Option<Measure> {
    // 税込 and the like say nothing of the unit.
    let text = text.split("税").next().unwrap_or(text).trim_end_matches(['、', '・']);
    if let Some((_, unit, power)) = MONEY.iter().find(|(written, ..)| *written == text) {
        return Some(Measure { unit: unit.clone(), factor: Decimal::from(10_u32.pow(*power)) });
    }
    let counter = ["", "千", "万", "百万", "億"]
        .into_iter()
        .any(|scale| text.strip_prefix(scale).is_some_and(|unit| OTHER.contains(&unit)));
    counter.then(|| Measure { unit: Unit::Other(text.to_owned()), factor: Decimal::ONE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_where_tables_state_them() {
        for (text, unit, factor) in [
            ("（単位：百万円）", "百万円", 1),
            ("(単位　千円)", "千円", 1),
            ("［単位:億円］", "億円", 1),
            ("契約額（百万円）", "百万円", 1),
            ("（２）資金配分（単位：百万円）", "百万円", 1),
            ("単位：百万円、％", "百万円", 1),
            ("単位：件", "件", 1),
            ("（単位：十億円）", "億円", 10),
            ("項目別予算（百万円単位）", "百万円", 1),
            ("金額の単位は百万円、百万円未満四捨五入", "百万円", 1),
            ("百万円", "百万円", 1),
            ("（税込、百万円）", "", 0),
            ("単位：千人", "千人", 1),
            ("Million Yen", "百万円", 1),
        ] {
            let found = stated(text).map(|m| (m.unit.as_str().to_owned(), m.factor));
            let expected = (factor > 0).then(|| (unit.to_owned(), Decimal::from(factor)));
            assert_eq!(found, expected, "{text}");
        }
        for text in ["資金配分", "（予定）", "（国内）", "プロジェクト", "課題（A）"] {
            assert_eq!(stated(text), None, "{text}");
        }
        assert_eq!(whole("（件）").unwrap().unit.as_str(), "件");
        assert_eq!(whole("5件"), None);
    }
}
