//! Draws what is true as tables, each in one of the many layouts that people use.

use super::canvas::{Canvas, Dice};
use super::notation::{Numbers, Years, numbered, stretched, wide};
use super::truth::{COUNTS, CRITERIA, Drawn, ITEMS, Measured, Truth};
use hyoka::model::{ScoreCell, TargetKind};
use hyoka::sheets::Value;
use rust_decimal::Decimal;

/// A table with what stands around it.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    pub table: Canvas,
    /// Captions above it, uppermost first.
    pub captions: Vec<String>,
    /// A unit above it; at the right end, else at the left.
    pub unit: Option<(String, bool)>,
    pub notes: Vec<String>,
    /// A name for the sheet if it stands alone.
    pub name: &'static str,
}

/// The name of a member, where names are told.
pub fn name_of(member: usize) -> String {
    ["山田", "佐藤", "鈴木", "高橋", "田中"][member].to_owned()
}

/// Units of money: the name, and how many of it one million yen is.
fn money(dice: &mut Dice) -> (&'static str, Decimal) {
    dice.pick(&[
        ("百万円", Decimal::ONE),
        ("千円", Decimal::from_parts(1000, 0, 0, false, 0)),
        ("円", Decimal::from_parts(1_000_000, 0, 0, false, 0)),
        ("億円", Decimal::from_parts(1, 0, 0, false, 2)),
    ])
}

fn unit_caption(dice: &mut Dice, unit: &str) -> String {
    match dice.roll(6) {
        0 => format!("（単位：{unit}）"),
        1 => format!("(単位:{unit})"),
        2 => format!("単位　{unit}"),
        3 => format!("［単位：{unit}］"),
        4 => format!("（{unit}）"),
        _ => format!("（単位：{unit})"),
    }
}

/// Where the unit of money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UnitAt {
    Right,
    Left,
    Caption,
    Label,
    Cell,
    Row,
}

/// 資金配分
pub fn funding(truth: &Truth, dice: &mut Dice, drawn: &mut Drawn) -> Piece {
    drawn.funding = true;
    let years = truth.years();
    let (unit, factor) = money(dice);
    let shape = dice.roll(4);
    let at =
        dice.pick(&[UnitAt::Right, UnitAt::Left, UnitAt::Caption, UnitAt::Label, UnitAt::Cell, UnitAt::Row]);
    let notation = Years::new(dice).planned(dice.roll(3) == 2);
    let numbers = Numbers::new(dice);
    let labels = dice.roll(7);
    let heading = dice.pick(&["研究開発項目", "研究項目", "研究開発項目名", "事業項目"]);
    let kinds = dice.chance();
    drawn.kinds = kinds;
    let mut piece = Piece { name: "資金配分", ..Piece::default() };
    let caption = dice.pick(&["（２）資金配分", "資金配分", "5-2 研究開発項目別の資金配分", "■資金配分表"]);
    match at {
        UnitAt::Right | UnitAt::Left => piece.unit = Some((unit_caption(dice, unit), at == UnitAt::Right)),
        _ => {}
    }
    piece.captions.push(if at == UnitAt::Caption {
        format!("{caption}（単位：{unit}）")
    } else {
        caption.to_owned()
    });
    let behind = |kind: bool| {
        let unit = if at == UnitAt::Cell { unit } else { "" };
        format!("{unit}{}", if kind { "\n（委託）" } else { "" })
    };
    let write = |value: Decimal, kind: bool| numbers.write(value * factor, &behind(kind));
    let label = |index: usize| numbered(labels, index, ITEMS[index]);
    let heading =
        if at == UnitAt::Label { format!("{heading}（{unit}）") } else { stretched(dice, heading) };
    let total = dice.pick(&["合計", "計", "総計", "合　計"]);
    if shape == 3 {
        // One item-year a row.
        drawn.planned = false;
        let columns = dice.order(if kinds && truth.kind { 4 } else { 3 });
        let (repeat, kind_heading) = (dice.roll(3), dice.pick(&["委託/補助", "資金区分"]));
        let mut row = 0;
        let amount = match at {
            UnitAt::Row => format!("金額（{unit}）"),
            _ => "金額".to_owned(),
        };
        for (title, column) in [heading.as_str(), "年度", amount.as_str(), kind_heading].iter().zip(&columns)
        {
            piece.table.text(0, u32::try_from(*column).unwrap(), *title);
        }
        let at_column = |index: usize| u32::try_from(columns[index]).unwrap();
        // A name that is given once can only be followed where it stands.
        let repeat = if columns[0] == 0 { repeat } else { 0 };
        for (item, amounts) in truth.funding.iter().enumerate() {
            let first = row + 1;
            for (index, amount) in amounts.iter().enumerate() {
                row += 1;
                if repeat == 0 || index == 0 {
                    piece.table.text(row, at_column(0), label(item));
                }
                piece.table.put(row, at_column(1), notation.planned(false).write(years[index], false));
                piece.table.put(
                    row,
                    at_column(2),
                    match amount {
                        Some(tenths) => numbers.write(Truth::amount(*tenths) * factor, &behind(false)),
                        None => numbers.dash(),
                    },
                );
                if kinds && truth.kind && amount.is_some() {
                    piece.table.text(row, at_column(3), "委託");
                }
            }
            if repeat == 2 {
                piece.table.merge((first, at_column(0)), (row, at_column(0)));
            }
        }
        if at == UnitAt::Row || at == UnitAt::Label {
            return piece;
        }
        return piece;
    }
    let totals = (dice.roll(3) > 0, dice.roll(3) > 0);
    (drawn.row_totals, drawn.column_totals) = totals;
    drawn.planned = true;
    // Above the years another heading, or the unit below them.
    let double = dice.roll(3);
    let table = &mut piece.table;
    let year_row = u32::from(double == 1);
    let no = u32::from(dice.roll(5) == 4);
    if no == 1 {
        table.text(0, 0, "No.");
    }
    table.text(0, no, heading);
    let width = u32::try_from(years.len()).unwrap();
    if double == 1 {
        table.text(0, no + 1, dice.pick(&["年度", "会計年度", "資金配分額", "予算額"]));
        table.merge((0, no + 1), (0, no + width));
        if dice.chance() {
            table.merge((0, no), (1, no));
        }
    }
    for (index, year) in years.iter().enumerate() {
        table.put(
            year_row,
            no + 1 + u32::try_from(index).unwrap(),
            notation.write(*year, index + 1 == years.len()),
        );
    }
    if totals.0 {
        table.text(0, no + width + 1, total);
        if double == 1 {
            table.merge((0, no + width + 1), (1, no + width + 1));
        }
    }
    let mut row = year_row + 1;
    if at == UnitAt::Row {
        for column in 0..width + u32::from(totals.0) {
            table.text(row, no + 1 + column, unit);
        }
        row += 1;
    }
    for (item, amounts) in truth.funding.iter().enumerate() {
        if no == 1 {
            table.put(row, 0, Value::Number(f64::from(u32::try_from(item + 1).unwrap())));
        }
        table.text(row, no, label(item));
        for (index, amount) in amounts.iter().enumerate() {
            let value = match amount {
                Some(tenths) => write(Truth::amount(*tenths), kinds && truth.kind),
                None => numbers.dash(),
            };
            table.put(row, no + 1 + u32::try_from(index).unwrap(), value);
        }
        if totals.0 {
            table.put(row, no + width + 1, write(truth.row_total(item), false));
        }
        row += 1;
    }
    if totals.1 {
        if dice.roll(4) == 3 {
            row += 1;
        }
        table.text(row, if no == 1 && dice.chance() { 0 } else { no }, total);
        for index in 0..years.len() {
            table.put(row, no + 1 + u32::try_from(index).unwrap(), write(truth.column_total(index), false));
        }
        if totals.0 {
            table.put(row, no + width + 1, write(truth.grand_total(), false));
        }
    }
    if shape == 2 {
        piece.table = std::mem::take(&mut piece.table).transposed();
    } else if dice.roll(4) == 3 {
        let note = dice.pick(&[
            "※調整費を除く",
            "（注）2022年度は予定額",
            "※１　四捨五入のため合計が一致しないことがある",
        ]);
        piece.notes.push(note.to_owned());
        drawn.note = Some(note.to_owned());
    }
    piece
}

/// 契約額・執行額 by year.
pub fn amounts(truth: &Truth, dice: &mut Dice, drawn: &mut Drawn) -> Piece {
    let years = truth.years();
    let both = dice.chance();
    drawn.contract = true;
    drawn.executed = both;
    let notation = Years::new(dice);
    let numbers = Numbers::new(dice);
    let (unit, factor) = dice.pick(&[
        ("億円", Decimal::ONE),
        ("百万円", Decimal::ONE_HUNDRED),
        ("千円", Decimal::from_parts(100_000, 0, 0, false, 0)),
    ]);
    let in_cell = dice.chance();
    let mut piece = Piece { name: "契約額", ..Piece::default() };
    piece.captions.push(dice.pick(&["契約額の推移", "予算・執行額", "契約額・執行額"]).to_owned());
    if !in_cell {
        piece.unit = Some((unit_caption(dice, unit), dice.chance()));
    }
    let write = |tenths: Option<i64>| match tenths {
        Some(tenths) => numbers.write(Truth::amount(tenths) * factor, if in_cell { unit } else { "" }),
        None => numbers.dash(),
    };
    let series: Vec<(&str, &str, &Vec<Option<i64>>)> = if both {
        vec![("契約額", "総契約額", &truth.contract), ("執行額", "総執行額", &truth.executed)]
    } else {
        vec![("契約額", "総契約額", &truth.contract)]
    };
    let shape = dice.roll(4);
    let table = &mut piece.table;
    match shape {
        // The label as the heading of the years, above its own row.
        0 if !both => {
            table.text(0, 0, "契約額");
            table.merge((0, 0), (1, 0));
            for (index, year) in years.iter().enumerate() {
                table.put(0, 1 + u32::try_from(index).unwrap(), notation.write(*year, false));
                table.put(1, 1 + u32::try_from(index).unwrap(), write(truth.contract[index]));
            }
            let end = 1 + u32::try_from(years.len()).unwrap();
            table.text(0, end, "総契約額");
            table.put(1, end, write(Some(truth.contract.iter().flatten().sum())));
        }
        3 => {
            for (column, title) in ["区分", "年度", "金額"].iter().enumerate() {
                table.text(0, u32::try_from(column).unwrap(), *title);
            }
            let mut row = 0;
            for (name, _, amounts) in &series {
                for (index, amount) in amounts.iter().enumerate() {
                    row += 1;
                    table.text(row, 0, *name);
                    table.put(row, 1, notation.write(years[index], false));
                    table.put(row, 2, write(*amount));
                }
            }
        }
        _ => {
            table.text(0, 0, dice.pick(&["年度", "区分"]));
            for (index, year) in years.iter().enumerate() {
                table.put(0, 1 + u32::try_from(index).unwrap(), notation.write(*year, false));
            }
            let end = 1 + u32::try_from(years.len()).unwrap();
            let total = dice.chance();
            if total {
                table.text(0, end, "合計");
            }
            for (row, (name, _, amounts)) in (1_u32..).zip(&series) {
                table.text(row, 0, stretched(dice, name));
                for (index, amount) in amounts.iter().enumerate() {
                    table.put(row, 1 + u32::try_from(index).unwrap(), write(*amount));
                }
                if total {
                    table.put(row, end, write(Some(amounts.iter().flatten().sum())));
                }
            }
            if shape == 2 {
                piece.table = std::mem::take(&mut piece.table).transposed();
            }
        }
    }
    piece
}

fn kind_word(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Interim => "中間目標",
        TargetKind::Final => "最終目標",
        _ => "",
    }
}

/// Indicators: outputs or outcomes.
pub fn indicators(truth: &Truth, list: &[Measured], outcome: bool, dice: &mut Dice) -> Piece {
    let notation = Years::new(dice);
    let numbers = Numbers::new(dice);
    let mut piece =
        Piece { name: if outcome { "アウトカム" } else { "アウトプット" }, ..Piece::default() };
    piece.captions.push(if outcome { "７．事業アウトカム" } else { "６．事業アウトプット" }.to_owned());
    let heading = if outcome {
        dice.pick(&["アウトカム指標", "指標", "成果指標"])
    } else {
        dice.pick(&["研究開発項目", "アウトプット指標", "指標"])
    };
    let actual_word = dice.pick(&["実績", "実績値", "成果実績"]);
    let kinds = list.iter().flat_map(|m| &m.goals).all(|goal| goal.0 != TargetKind::Unstated);
    let aligned = list.windows(2).all(|pair| {
        let keys = |m: &Measured| m.goals.iter().map(|g| (g.0, g.1)).collect::<Vec<_>>();
        keys(&pair[0]) == keys(&pair[1])
    });
    let full = list.iter().flat_map(|m| &m.goals).all(|goal| goal.3.is_some());
    let year = |after: i16| notation.write(truth.first_year + after, false).text().into_owned();
    let figure = |value: u32, unit: &str| {
        let space = if unit.is_empty() { "" } else { " " };
        numbers.write(Decimal::from(value), &format!("{space}{unit}"))
    };
    let actual =
        |value: Option<u32>, unit: &str| value.map_or_else(|| numbers.dash(), |value| figure(value, unit));
    let mut shape = dice.roll(7);
    if (shape == 3 || shape == 4) && !aligned {
        shape = 0;
    }
    let units = dice.chance();
    let repeat = dice.roll(3);
    let table = &mut piece.table;
    match shape {
        // 目標 over kind-and-year and value, as reports print it.
        0 | 5 => {
            table.text(0, 0, heading);
            table.text(0, 1, "目標");
            table.merge((0, 1), (0, 2));
            table.text(0, 3, actual_word);
            table.text(0, 4, "補足");
            let mut row = 0;
            for measured in list {
                let first = row + 1;
                for (index, (kind, after, target, done)) in measured.goals.iter().enumerate() {
                    row += 1;
                    if index == 0 || repeat == 0 {
                        table.text(row, 0, measured.name);
                    }
                    let word = kind_word(*kind);
                    table.text(
                        row,
                        1,
                        if word.is_empty() {
                            year(*after)
                        } else {
                            format!("{word}\n（{}）", year(*after))
                        },
                    );
                    table.put(row, 2, figure(*target, measured.unit));
                    table.put(row, 3, actual(*done, measured.unit));
                    if dice.roll(4) == 3 {
                        table.text(row, 4, "小腸上皮細胞（製品化）ほか");
                    }
                }
                if repeat == 2 {
                    table.merge((first, 0), (row, 0));
                }
            }
            if shape == 5 {
                piece.table = std::mem::take(&mut piece.table).transposed();
            }
        }
        // A column for each part.
        1 | 6 => {
            let titles = [heading, "目標種別", "目標年度", "目標値", actual_word, "単位"];
            let order: Vec<usize> = [0].into_iter().chain(dice.order(5).into_iter().map(|i| i + 1)).collect();
            let at = |part: usize| u32::try_from(order.iter().position(|o| *o == part).unwrap()).unwrap();
            for (part, title) in titles.iter().enumerate() {
                if part != 5 || units {
                    table.text(0, at(part), *title);
                }
            }
            let mut row = 0;
            for measured in list {
                let unit = if units { "" } else { measured.unit };
                let first = row + 1;
                for (index, (kind, after, target, done)) in measured.goals.iter().enumerate() {
                    row += 1;
                    if index == 0 || repeat == 0 {
                        table.text(row, 0, measured.name);
                    }
                    let word = kind_word(*kind);
                    table.text(row, at(1), if word.is_empty() { "目標" } else { word });
                    table.text(row, at(2), year(*after));
                    table.put(row, at(3), figure(*target, unit));
                    table.put(row, at(4), actual(*done, unit));
                    if units {
                        table.text(row, at(5), measured.unit);
                    }
                }
                if repeat == 2 {
                    table.merge((first, 0), (row, 0));
                }
            }
            if shape == 6 {
                piece.table = std::mem::take(&mut piece.table).transposed();
            }
        }
        // Kind, year and value in one cell.
        2 => {
            table.text(0, 0, heading);
            table.text(0, 1, "目標");
            table.text(0, 2, actual_word);
            let mut row = 0;
            for measured in list {
                for (kind, after, target, done) in &measured.goals {
                    row += 1;
                    table.text(row, 0, measured.name);
                    let word = kind_word(*kind);
                    let when = if word.is_empty() {
                        format!("{} ", year(*after))
                    } else {
                        format!("{word}（{}）", year(*after))
                    };
                    table.text(row, 1, format!("{when}{target}{}", measured.unit));
                    table.put(row, 2, actual(*done, measured.unit));
                }
            }
        }
        // Targets and actuals below their years or kinds.
        3 => {
            table.text(0, 0, heading);
            table.merge((0, 0), (1, 0));
            for (index, (kind, after, ..)) in list[0].goals.iter().enumerate() {
                let column = 1 + 2 * u32::try_from(index).unwrap();
                let word = kind_word(*kind);
                table.text(
                    0,
                    column,
                    if word.is_empty() { year(*after) } else { format!("{word}（{}）", year(*after)) },
                );
                table.merge((0, column), (0, column + 1));
                table.text(1, column, "目標値");
                table.text(1, column + 1, actual_word);
            }
            for (row, measured) in (2_u32..).zip(list) {
                table.text(row, 0, measured.name);
                for (index, (_, _, target, done)) in measured.goals.iter().enumerate() {
                    let column = 1 + 2 * u32::try_from(index).unwrap();
                    table.put(row, column, figure(*target, measured.unit));
                    table.put(row, column + 1, actual(*done, measured.unit));
                }
            }
        }
        // A row of targets and a row of actuals, years across; kinds have no place in it.
        _ => {
            if kinds || !full {
                return indicators(truth, list, outcome, &mut Dice::new(Vec::new()));
            }
            table.text(0, 0, heading);
            table.text(0, 1, "区分");
            for (index, (_, after, ..)) in list[0].goals.iter().enumerate() {
                let value = if notation.plain() {
                    Value::Text(format!("{}年度", truth.first_year + after))
                } else {
                    Value::Text(year(*after))
                };
                table.put(0, 2 + u32::try_from(index).unwrap(), value);
            }
            let mut row = 1;
            for measured in list {
                table.text(row, 0, measured.name);
                if repeat == 0 {
                    table.text(row + 1, 0, measured.name);
                } else if repeat == 2 {
                    table.merge((row, 0), (row + 1, 0));
                }
                table.text(row, 1, "目標値");
                table.text(row + 1, 1, actual_word);
                for (index, (_, _, target, done)) in measured.goals.iter().enumerate() {
                    let column = 2 + u32::try_from(index).unwrap();
                    table.put(row, column, figure(*target, measured.unit));
                    table.put(row + 1, column, actual(*done, measured.unit));
                }
                row += 2;
            }
        }
    }
    piece
}

/// その他の指標
pub fn counts(truth: &Truth, dice: &mut Dice, drawn: &mut Drawn) -> Piece {
    drawn.counts = true;
    let years = truth.years();
    let numbers = Numbers::new(dice);
    let notation = Years::new(dice);
    let mut piece = Piece { name: "その他の指標", ..Piece::default() };
    let spanned = dice.chance() && !notation.plain();
    drawn.span = spanned;
    let write = |year: i16| notation.write(year, false).text().into_owned();
    let span = format!("（{}～{}）", write(years[0]), write(years[years.len() - 1]));
    piece.captions.push(format!("その他の指標{}", if spanned { span } else { String::new() }));
    let shape = dice.roll(3);
    let unit = if shape == 1 { "" } else { "件" };
    let first = if shape == 0 {
        0
    } else {
        piece.table.text(0, 0, "指標");
        piece.table.text(0, 1, if shape == 1 { "件数（件）" } else { "件数" });
        1
    };
    for (row, (name, count)) in (first..).zip(COUNTS.iter().zip(&truth.counts)) {
        piece.table.text(row, 0, *name);
        piece.table.put(row, 1, numbers.write(Decimal::from(*count), unit));
    }
    if dice.roll(3) == 2 {
        piece.table = std::mem::take(&mut piece.table).transposed();
    }
    piece
}

/// 評点
pub fn scores(truth: &Truth, dice: &mut Dice, drawn: &mut Drawn) -> Piece {
    drawn.scores = true;
    let members = truth.scores[0].len();
    let mut piece = Piece { name: "評点", ..Piece::default() };
    piece.captions.push(dice.pick(&["３．評点法による評点結果", "評点結果", "（３）評点"]).to_owned());
    let style = dice.roll(4);
    let cell = |score: ScoreCell| match score {
        ScoreCell::Score(value) => match style {
            0 => Value::Number(f64::from(value)),
            1 => Value::Text(value.to_string()),
            2 => Value::Text(wide(&value.to_string())),
            _ => Value::Text(format!("{value}点")),
        },
        ScoreCell::Absent => Value::Text("欠席".into()),
        ScoreCell::Recused => Value::Text("除斥".into()),
        _ => Value::Text("該当なし".into()),
    };
    let labels = dice.roll(3);
    let label = |index: usize| match labels {
        0 => format!("{}．{}", wide(&(index + 1).to_string()), CRITERIA[index]),
        1 => format!("（{}）{}", index + 1, CRITERIA[index]),
        _ => format!("{}. {}", index + 1, CRITERIA[index]),
    };
    let naming = dice.roll(5);
    let named = |member: usize| match naming {
        1 => format!("委員{}", member + 1),
        2 => format!("委員{}", wide(&(member + 1).to_string())),
        3 => format!("{}委員", name_of(member)),
        4 => char::from_u32(u32::from('①') + u32::try_from(member).unwrap()).unwrap().to_string(),
        _ => String::new(),
    };
    let mean = |index: usize| {
        let text = truth.mean(index)?;
        Some(if style == 0 { Value::Number(text.parse().unwrap()) } else { Value::Text(text) })
    };
    let shape = dice.roll(4);
    if shape == 3 && naming != 0 {
        for (column, title) in ["評価項目", "委員", "評点"].iter().enumerate() {
            piece.table.text(0, u32::try_from(column).unwrap(), *title);
        }
        let repeat = dice.roll(2);
        let mut row = 0;
        for (index, given) in truth.scores.iter().enumerate() {
            for (member, score) in given.iter().enumerate() {
                row += 1;
                if member == 0 || repeat == 0 {
                    piece.table.text(row, 0, label(index));
                }
                piece.table.text(row, 1, named(member));
                piece.table.put(row, 2, cell(*score));
            }
        }
        return piece;
    }
    let order = if naming == 0 { (0..members).collect() } else { dice.order(members) };
    drawn.means = dice.roll(4) > 0 || naming == 0;
    let mean_last = dice.chance();
    let table = &mut piece.table;
    let width = u32::try_from(members).unwrap();
    let first = 1 + u32::from(drawn.means && !mean_last);
    let mean_column = if mean_last { width + 1 } else { 1 };
    let double = naming != 0 && dice.chance();
    table.text(0, 0, stretched(dice, "評価項目"));
    if drawn.means {
        table.text(0, mean_column, dice.pick(&["評点", "平均", "評点（平均）", "平均点"]));
    }
    if naming == 0 || double {
        table.text(0, first, dice.pick(&["各委員の評価", "各委員の評点", "委員"]));
        table.merge((0, first), (0, first + width - 1));
    }
    if naming != 0 {
        for (place, member) in order.iter().enumerate() {
            table.text(u32::from(double), first + u32::try_from(place).unwrap(), named(*member));
        }
    }
    if double && dice.chance() {
        table.merge((0, 0), (1, 0));
        if drawn.means {
            table.merge((0, mean_column), (1, mean_column));
        }
    }
    for (index, given) in truth.scores.iter().enumerate() {
        let row = 1 + u32::from(double) + u32::try_from(index).unwrap();
        table.text(row, 0, label(index));
        if let Some(mean) = mean(index).filter(|_| drawn.means) {
            table.put(row, mean_column, mean);
        }
        for (place, member) in order.iter().enumerate() {
            table.put(row, first + u32::try_from(place).unwrap(), cell(given[*member]));
        }
    }
    if shape == 2 {
        piece.table = std::mem::take(&mut piece.table).transposed();
    }
    piece
}
