//! Reads a figure from the text of one cell, as Japanese government tables write them.

use super::{Certainty, Figure, Quantity, Unit};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// Characters that stand for "nothing" when they are alone in a cell.
const DASHES: [char; 9] = ['-', 'ー', '－', 'ｰ', '―', '‐', '—', '–', '−'];

/// Units in front of which a number written in kanji is read as one; without such a unit 一部 and 十分 would be.
const COUNTERS: [&str; 30] = [
    "",
    "円",
    "件",
    "社",
    "名",
    "人",
    "回",
    "本",
    "個",
    "品目",
    "箇所",
    "か所",
    "ヶ所",
    "カ所",
    "報",
    "機関",
    "倍",
    "%",
    "台",
    "件以上",
    "種",
    "種類",
    "拠点",
    "課題",
    "項目",
    "施設",
    "校",
    "国",
    "年",
    "ドル",
];

/// Words of approximation and of bounds, with what they say of the figure.
const QUALIFIERS: [(&str, Certainty); 30] = [
    ("予定", Certainty::Planned),
    ("見込み", Certainty::Planned),
    ("見込", Certainty::Planned),
    ("予算案", Certainty::Planned),
    ("要求額", Certainty::Planned),
    ("未確定", Certainty::Undetermined),
    ("未定", Certainty::Undetermined),
    ("調整中", Certainty::Undetermined),
    ("集計中", Certainty::Undetermined),
    ("精査中", Certainty::Undetermined),
    ("算定中", Certainty::Undetermined),
    ("検討中", Certainty::Undetermined),
    ("確認中", Certainty::Undetermined),
    ("協議中", Certainty::Undetermined),
    ("未集計", Certainty::Undetermined),
    ("程度", Certainty::About),
    ("近く", Certainty::About),
    ("およそ", Certainty::About),
    ("おおよそ", Certainty::About),
    ("おおむね", Certainty::About),
    ("約", Certainty::About),
    ("概ね", Certainty::About),
    ("概算", Certainty::About),
    ("前後", Certainty::About),
    ("以上", Certainty::AtLeast),
    ("を超えている", Certainty::AtLeast),
    ("を超える", Certainty::AtLeast),
    ("超え", Certainty::AtLeast),
    ("超", Certainty::AtLeast),
    ("総額", Certainty::Settled),
];

/// What stands behind a figure or its unit and says that it is more or less: 50億円強.
const SUFFIXES: [(&str, Certainty); 7] = [
    ("余り", Certainty::AtLeast),
    ("余", Certainty::AtLeast),
    ("強", Certainty::AtLeast),
    ("弱", Certainty::About),
    ("ほど", Certainty::About),
    ("くらい", Certainty::About),
    ("ぐらい", Certainty::About),
];

/// Powers of ten that stand behind a number without a unit, and the unit that they are of money, with what the number
/// is multiplied by to be in it.
const SCALES: [(&str, u64, Unit, u64); 10] = [
    ("千", 1_000, Unit::ThousandYen, 1),
    ("万", 10_000, Unit::TenThousandYen, 1),
    ("十万", 100_000, Unit::TenThousandYen, 10),
    ("百万", 1_000_000, Unit::MillionYen, 1),
    ("千万", 10_000_000, Unit::MillionYen, 10),
    ("億", 100_000_000, Unit::HundredMillionYen, 1),
    ("十億", 1_000_000_000, Unit::HundredMillionYen, 10),
    ("百億", 10_000_000_000, Unit::HundredMillionYen, 100),
    ("千億", 100_000_000_000, Unit::HundredMillionYen, 1_000),
    ("兆", 1_000_000_000_000, Unit::TrillionYen, 1),
];

/// Folds a text for comparison only: compatibility forms (full-width digits, ㈱, Kangxi radicals) become ordinary
/// ones and white space is dropped. The original stays what is shown and saved.
pub fn fold_for_matching(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match ordinary(c) {
            Some(c) if c.is_whitespace() => {}
            Some(c) => folded.push(c),
            None => return text.nfkc().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect(),
        }
    }
    folded
}

/// The ordinary form of a character, for those that have one of their own whatever stands beside them. Nearly all of a
/// Japanese text is made of them, and normalising it as a whole takes ten times as long.
fn ordinary(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3005}'..='\u{3015}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fc}'
        | '\u{4e00}'..='\u{9fff}' => Some(c),
        '\u{3000}' => Some(' '),
        // Full-width forms lie as ASCII does.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

/// See [`Quantity::read`].
pub(super) fn quantity(text: &str, unit: &Unit) -> Quantity {
    // 297※1 is 297 with a mark. What is no figure without its marks is none with them.
    if let Some((body, marks)) = super::footnote::split(text) {
        let plain = unmarked(body, unit);
        if matches!(plain.figure, Figure::Number(_) | Figure::Range(..) | Figure::Dash) {
            let note = if plain.note.is_empty() { marks } else { format!("{} {marks}", plain.note) };
            return Quantity { note, printed: text.to_owned(), ..plain };
        }
    }
    unmarked(text, unit)
}

/// Reads a text without footnote marks at its end.
fn unmarked(text: &str, unit: &Unit) -> Quantity {
    let mut quantity = Quantity { unit: unit.clone(), printed: text.to_owned(), ..Quantity::default() };
    let folded = fold_for_matching(text.trim_start_matches('\''));
    if is_ambiguous(text) {
        quantity.figure = Figure::Words;
        return quantity;
    }
    if folded.is_empty() {
        quantity.printed.clear();
        return quantity;
    }
    let (mut body, note) = split_note(&folded);
    quantity.note = note;
    if !body.is_empty() && body.chars().all(|c| DASHES.contains(&c)) {
        quantity.figure = Figure::Dash;
        return quantity;
    }
    for (word, certainty) in QUALIFIERS {
        if body.contains(word) {
            body = body.replace(word, "");
            if certainty != Certainty::Settled {
                quantity.certainty = certainty;
            }
        }
    }
    if let Some((plain, certainty)) = SUFFIXES.into_iter().find_map(|(word, certainty)| {
        let plain = body.strip_suffix(word)?;
        (number(split_unit(plain).0).is_some() && is_unit(split_unit(plain).1))
            .then_some((plain.len(), certainty))
    }) {
        body.truncate(plain);
        quantity.certainty = certainty;
    }
    let body = body;
    if let Some((value, of)) = written_out(&body, unit) {
        quantity.figure = Figure::Number(value);
        if !of.is_empty() {
            quantity.unit = Unit::from(of);
        }
        return quantity;
    }
    let (number, unit_text) = split_unit(&body);
    let unit_text = if unit_text.is_empty() && body.starts_with(['¥', '\\']) { "円" } else { unit_text };
    quantity.figure = if is_unit(unit_text) { figure(number, unit_text) } else { Figure::Words };
    // 2千万円 is 20 百万円.
    let (scale, yen) = unit_text.strip_suffix('円').map_or((unit_text, false), |scale| (scale, true));
    if let Some((_, times, of_money, more)) = SCALES.into_iter().find(|(word, ..)| *word == scale) {
        let money = yen || unit.yen().is_some();
        let factor = Decimal::from(if money { more } else { times });
        quantity.figure = scaled(&quantity.figure, factor);
        if money {
            quantity.unit = of_money;
        }
    } else if !unit_text.is_empty() {
        quantity.unit = Unit::from(unit_text);
    }
    if quantity.figure == Figure::Words {
        quantity.unit = unit.clone();
        // 契約手続中 is not approximate: only what is said of the whole cell holds of words.
        if !matches!(quantity.certainty, Certainty::Planned | Certainty::Undetermined) {
            quantity.certainty = Certainty::Settled;
        }
    }
    quantity
}

/// A figure times a factor; words if a decimal does not hold it.
fn scaled(figure: &Figure, factor: Decimal) -> Figure {
    // 54.0億円 keeps its decimal: it says how exact the figure is.
    if factor == Decimal::ONE {
        return figure.clone();
    }
    let times = |value: Decimal| value.checked_mul(factor).map(|value| value.normalize());
    match *figure {
        Figure::Number(value) => times(value).map_or(Figure::Words, Figure::Number),
        Figure::Range(low, high) => {
            times(low).zip(times(high)).map_or(Figure::Words, |(low, high)| Figure::Range(low, high))
        }
        _ => figure.clone(),
    }
}

/// Whether what stands behind a number may be its unit. An upper bound is none of the figures we know, and no unit
/// either; nor is the rest of a sentence or a bracket that was never opened.
fn is_unit(text: &str) -> bool {
    let kana = |c: char| ('ぁ'..='ん').contains(&c) && !"かつ".contains(c);
    text.chars().count() <= 12
        && !["以下", "未満"].iter().any(|bound| text.ends_with(bound))
        && !text.starts_with(DASHES)
        && !text.chars().any(|c| kana(c) || "()[]{}<>*※、。,=~?!「」#|".contains(c))
}

/// Whether folding would make a number that nobody wrote: of digits with white space between them (`297⏎13`), or of
/// superscript and circled digits (`297²`, `①`).
fn is_ambiguous(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut before = None;
    let mut spaced = false;
    for c in text.chars() {
        if c.is_numeric() && !digit(c) && c != '〇' {
            return true;
        }
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        if spaced && digit(c) && before.is_some_and(digit) {
            return true;
        }
        spaced = false;
        before = Some(c);
    }
    false
}

/// Takes bracketed additions (（委託）, (予定)) and ※ notes off the number; what qualifies stays with the number.
fn split_note(folded: &str) -> (String, String) {
    // A ※ within brackets is the brackets' own.
    let mut depth = 0_i32;
    let at = folded.char_indices().find_map(|(at, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        (c == '※' && depth <= 0).then_some(at)
    });
    let (head, star) = at.map_or((folded, ""), |at| folded.split_at(at));
    let mut body = String::new();
    let mut notes = Vec::new();
    let mut rest = head;
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        let inside = &rest[open + 1..open + length];
        body.push_str(&rest[..open]);
        if QUALIFIERS.iter().any(|(word, _)| inside == *word) {
            body.push_str(inside);
        } else {
            notes.push(inside.to_owned());
        }
        rest = &rest[open + length + 1..];
    }
    body.push_str(rest);
    if !star.is_empty() {
        notes.push(star.to_owned());
    }
    (body, notes.join(" "))
}

/// A number in kanji (十二億円, 1億2,000万円), with its unit. `十二億円` is 12 億円, as a table would have it; a number
/// of more than one place is in the unit that stands behind it.
fn written_out(body: &str, unit: &Unit) -> Option<(Decimal, String)> {
    // 3千円 and 100百万円 are numbers of a unit that stands in digits already.
    if number(split_unit(body).0).is_some() {
        return None;
    }
    let numeral = super::numeral::leading(body)?;
    if !COUNTERS.contains(&numeral.rest) {
        return None;
    }
    if let Some((value, myriad)) = numeral.before_myriad
        && numeral.rest == "円"
    {
        return Some((value, format!("{myriad}円")));
    }
    // One character alone may be a dash (一) or a mark; it is left to the reader.
    let single = body.chars().count() == 1;
    // 1億2,300万 of money leaves its 円 out.
    let myriad = numeral.rest.is_empty() && body.contains(['万', '億', '兆']) && unit.yen().is_some();
    let of = if myriad { "円" } else { numeral.rest };
    (!single).then(|| (numeral.value, of.to_owned()))
}

/// Splits `7.5億円` into `7.5` and `億円`. A leading currency sign is dropped.
fn split_unit(body: &str) -> (&str, &str) {
    let body = body.trim_start_matches(['¥', '\\']);
    let end = body
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_ascii_digit())
        .map_or(0, |(index, c)| index + c.len_utf8());
    if end == 0 { (body, "") } else { body.split_at(end) }
}

/// A number, a range of numbers, or words.
fn figure(text: &str, unit: &str) -> Figure {
    if let Some(value) = number(text) {
        return Figure::Number(value);
    }
    // A range is written with a wave dash, or with a hyphen that has digits on both sides. Its first number may name
    // the unit as well: 50億円～60億円, 50億～60億円.
    for separator in ['~', '～', '〜', '-', '–'] {
        if let Some((low, high)) = text.split_once(separator) {
            let (low, of_low) = split_unit(low);
            if unit.starts_with(of_low)
                && let (Some(low), Some(high)) = (number(low), number(high))
            {
                return Figure::Range(low, high);
            }
        }
    }
    Figure::Words
}

/// A plain number: commas only where thousands end, one point, a sign of any of the usual kinds.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix(['▲', '△', '-', '−', '‐', '–', 'ー']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    // An input method makes 、 of the comma.
    let with_commas = digits.contains('、').then(|| digits.replace('、', ","));
    let digits = with_commas.as_deref().unwrap_or(digits);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    if !thousands(whole) || fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let value = Decimal::from_str_exact(&digits.replace(',', "")).ok()?;
    Some(if negative { -value } else { value })
}

/// Whether the text is digits, with commas either nowhere or before each group of three.
fn thousands(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    digits(first)
        && (!whole.contains(',') || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn folded_as_a_whole(text: &str) -> String {
        text.nfkc().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
    }

    #[test]
    fn characters_with_an_ordinary_form_of_their_own_fold_to_it() {
        for c in (0..=0xffff_u32).filter_map(char::from_u32) {
            if let Some(own) = ordinary(c) {
                assert_eq!(c.to_string().nfkc().collect::<String>(), own.to_string(), "{c:?}");
            }
        }
        assert_eq!(fold_for_matching("２０２１　年度（㈱）ｶﾞ か\u{3099}"), "2021年度((株))ガが");
    }

    #[test]
    fn numbers_as_tables_write_them() {
        let million = Unit::MillionYen;
        for (text, value, unit, certainty, note) in [
            ("297", "297", "百万円", Certainty::Settled, ""),
            ("1,913", "1913", "百万円", Certainty::Settled, ""),
            ("２９７\n（委託）", "297", "百万円", Certainty::Settled, "委託"),
            ("7.5億円", "7.5", "億円", Certainty::Settled, ""),
            ("85.2億円\n※未確定。調整費除く。", "85.2", "億円", Certainty::Settled, "※未確定。調整費除く。"),
            ("約50億円", "50", "億円", Certainty::About, ""),
            ("710（予定）", "710", "百万円", Certainty::Planned, ""),
            ("▲12.5", "-12.5", "百万円", Certainty::Settled, ""),
            ("'0", "0", "百万円", Certainty::Settled, ""),
            ("13件", "13", "件", Certainty::Settled, ""),
            ("¥5,000,000", "5000000", "円", Certainty::Settled, ""),
            ("3870000000.0", "3870000000.0", "百万円", Certainty::Settled, ""),
            ("十二億円", "12", "億円", Certainty::Settled, ""),
            ("1億2,000万円", "120000000", "円", Certainty::Settled, ""),
            ("二〇二一", "2021", "百万円", Certainty::Settled, ""),
            ("十二件（予定）", "12", "件", Certainty::Planned, ""),
            ("100百万円", "100", "百万円", Certainty::Settled, ""),
            ("3千円", "3", "千円", Certainty::Settled, ""),
            ("297※1", "297", "百万円", Certainty::Settled, "※1"),
            ("２９７＊２", "297", "百万円", Certainty::Settled, "＊２"),
            ("297 注3", "297", "百万円", Certainty::Settled, "注3"),
            ("297１）", "297", "百万円", Certainty::Settled, "１）"),
            ("1,2971)", "1297", "百万円", Certainty::Settled, "1)"),
            ("297(a)", "297", "百万円", Certainty::Settled, "a"),
            ("297（委託）※2", "297", "百万円", Certainty::Settled, "委託 ※2"),
            ("1,2３４", "1234", "百万円", Certainty::Settled, ""),
            ("1、234", "1234", "百万円", Certainty::Settled, ""),
            ("1，234，567", "1234567", "百万円", Certainty::Settled, ""),
            ("5.4億", "5.4", "億円", Certainty::Settled, ""),
            ("54百万", "54", "百万円", Certainty::Settled, ""),
            ("２千万", "20", "百万円", Certainty::Settled, ""),
            ("1億2,300万", "123000000", "円", Certainty::Settled, ""),
            ("１億２，３００万円", "123000000", "円", Certainty::Settled, ""),
            ("△ 12", "-12", "百万円", Certainty::Settled, ""),
            ("概ね50億円", "50", "億円", Certainty::About, ""),
            ("50億円強", "50", "億円", Certainty::AtLeast, ""),
            ("50億円前後", "50", "億円", Certainty::About, ""),
            ("500（調整中）", "500", "百万円", Certainty::Undetermined, ""),
        ] {
            let q = Quantity::read(text, &million);
            assert_eq!(q.figure, Figure::Number(d(value)), "{text}");
            assert_eq!(
                (q.unit.as_str(), q.certainty, q.note.as_str(), q.printed.as_str()),
                (unit, certainty, note, text)
            );
        }
    }

    #[test]
    fn what_is_no_number_is_kept_and_never_guessed() {
        for dash in ["-", "ー", "－", "ｰ", "―", "‐", "—", " - "] {
            assert_eq!(Quantity::read(dash, &Unit::Yen).figure, Figure::Dash, "{dash}");
        }
        for words in [
            "未確定",
            "数千万",
            "1,2,3",
            "12,34",
            "1.2.3",
            "R4",
            "別紙",
            "297\n13",
            "297²",
            "①",
            "100以下",
            "超音波",
            "一",
            "一部",
            "十分",
            "三菱",
            "一般会計",
            "2971)",
            "(123)",
            "100、20",
            "20件を達成",
            "#REF!",
            "2022-03-31",
            "TRUE",
            "調整中",
            "未定",
        ] {
            let q = Quantity::read(words, &Unit::Yen);
            let open = ["未確定", "調整中", "未定"].contains(&words);
            let certain = (q.certainty == Certainty::Undetermined) == open;
            assert!(certain, "{words}");
            assert_eq!((q.figure, q.printed.as_str(), q.unit), (Figure::Words, words, Unit::Yen));
        }
        assert!(Quantity::read(" 　", &Unit::Yen).is_blank());
    }

    #[test]
    fn ranges_keep_both_ends() {
        assert_eq!(Quantity::read("10～26%", &Unit::default()).figure, Figure::Range(d("10"), d("26")));
        assert_eq!(Quantity::read("10-26%", &Unit::default()).unit.as_str(), "%");
        for text in ["約50～60億円", "50億円～60億円", "50億～60億円"] {
            let read = Quantity::read(text, &Unit::MillionYen);
            assert_eq!(
                (read.figure, read.unit),
                (Figure::Range(d("50"), d("60")), Unit::HundredMillionYen),
                "{text}"
            );
        }
    }

    #[test]
    fn a_dash_may_have_a_note() {
        for (text, note) in [("－（※）", "※"), ("―※1", "※1"), ("－（委託）", "委託"), ("- 注2", "注2")]
        {
            let read = Quantity::read(text, &Unit::MillionYen);
            assert_eq!(
                (&read.figure, read.note.as_str(), read.printed.as_str()),
                (&Figure::Dash, note, text)
            );
        }
    }

    #[test]
    fn a_scale_without_a_unit_is_of_yen_in_money_and_multiplies_elsewhere() {
        let read = Quantity::read("1.2万", &Unit::from("件"));
        assert_eq!((read.value(), read.unit.as_str()), (Some(d("12000")), "件"));
        assert_eq!(Quantity::read("1.2万", &Unit::ThousandYen).unit, Unit::TenThousandYen);
    }

    proptest! {
        #[test]
        fn folding_is_that_of_the_whole_text(text in "(?s).{0,12}|[か-ヶ\u{3099}０-９ａ（）　 一-三]{0,8}") {
            prop_assert_eq!(fold_for_matching(&text), folded_as_a_whole(&text));
        }

        #[test]
        fn any_text_is_kept_and_nothing_panics(text in "\\PC*") {
            let q = Quantity::read(&text, &Unit::MillionYen);
            prop_assert!(q.printed == text || q.is_blank());
        }

        #[test]
        fn every_grouped_number_reads_back(units in -9_999_999_999_i64..9_999_999_999, scale in 0_u32..4) {
            let value = Decimal::new(units, scale);
            let shown = super::super::quantity::grouped(value);
            prop_assert_eq!(Quantity::read(&shown, &Unit::Yen).value(), Some(value));
        }
    }
}
