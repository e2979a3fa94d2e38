//! Which cells a sheet has: the machine's key of each, its heading, its note, its width.
//!
//! The keys stand in a hidden row (on cards in a hidden column), so that a workbook is read by them and never by the
//! words that people see.

use super::plan::{Kind, MapKey, Shape, Sheet, Words, say};
use crate::locale::Lang;
use crate::tr;

/// What a cell of a row is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Names the row that this one belongs to: position among the sheet's ancestors.
    Parent(usize),
    /// What that row is called, for people; read only where it is not named.
    ParentName,
    /// Programme or project.
    Role,
    /// The row's own id.
    Id,
    /// What the entry of a map is named by.
    Key,
    /// A cell of a value: its column in the description, and its position among the value's cells.
    Field {
        /// Position among the sheet's columns.
        column: usize,
        /// Position among the value's cells.
        facet: usize,
    },
}

/// One of the cells that a value takes.
#[derive(Debug)]
pub(super) struct Facet {
    /// Behind the field's path, its key.
    suffix: &'static str,
    /// What it says beside the column's own heading.
    label: Words,
    /// What goes in.
    note: Words,
    /// Width in characters of half width.
    pub(super) width: f64,
    /// How it looks.
    pub(super) look: Look,
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// Text, wrapped.
    Text,
    /// A number, or words in its place.
    Number,
    /// What stands beside: ids, units, printed forms. Grey and small.
    Aside,
}

const fn facet(suffix: &'static str, label: Words, note: Words, width: f64, look: Look) -> Facet {
    Facet { suffix, label, note, width, look }
}

/// One cell of which nothing needs to be said.
macro_rules! plain {
    ($width:expr, $look:expr, $ja:expr, $en:expr) => {
        const { &[facet("", ("", ""), ($ja, $en), $width, $look)] }
    };
}

const YEAR_NOTE: Words = ("2022、2022年度、令和4年度、R4 のいずれでも。", "2022, 2022年度, 令和4年度 or R4.");
const PRINTED: Words = ("印字どおり", "As printed");
const PRINTED_NOTE: Words = (
    "原典の表記と値が異なるときだけ。空欄なら値がそのまま表示されます。",
    "Only if the original words it differently.",
);

const QUANTITY: &[Facet] = &[
    facet(
        "",
        ("", ""),
        (
            "数値。全角でも可。「未確定」「-」「10～26」「7.5億円」のようにも入れられます。単位は右の列。",
            "A number; also 未確定, -, 10～26 or 7.5億円. The unit stands in the next column.",
        ),
        14.0,
        Look::Number,
    ),
    facet(
        ":unit",
        ("単位", "Unit"),
        (
            "円、千円、百万円、億円、件、％など。空欄なら表の単位。",
            "円, 千円, 百万円, 億円, 件, %; empty: the table's unit.",
        ),
        9.0,
        Look::Aside,
    ),
    facet(":printed", PRINTED, PRINTED_NOTE, 16.0, Look::Aside),
    facet(
        ":certainty",
        ("確度", "Certainty"),
        (
            "約・以上・予定・未確定のとき選びます。空欄は確定。",
            "About, at least, planned or undetermined; empty: settled.",
        ),
        9.0,
        Look::Aside,
    ),
    facet(
        ":note",
        ("注", "Note"),
        ("※の注など、原典の注。", "The original's note on this figure."),
        16.0,
        Look::Aside,
    ),
    facet(
        ":source",
        ("出所", "Read at"),
        (
            "取り込んだファイル | シート | セル。手で入れた値は空欄。",
            "File | sheet | cell of an import; empty for what was typed.",
        ),
        12.0,
        Look::Aside,
    ),
];

const WHEN: &[Facet] = &[
    facet(
        "",
        ("", ""),
        (
            "2022-03-31、2022-03、2022、2022年末、FY2022、FY2022末、1970s。期間は 2010～2015。",
            "2022-03-31, 2022-03, 2022, 2022年末, FY2022, FY2022末, 1970s; a span: 2010～2015.",
        ),
        14.0,
        Look::Text,
    ),
    facet(":printed", PRINTED, PRINTED_NOTE, 16.0, Look::Aside),
];

const PERIOD: &[Facet] = &[
    facet(":start", ("開始年度", "From"), YEAR_NOTE, 11.0, Look::Number),
    facet(":end", ("終了年度", "To"), ("継続中なら空欄。", "Empty while open-ended."), 11.0, Look::Number),
    facet(
        ":years",
        ("年数（印字）", "Years as printed"),
        ("印字されているときだけ。", "Only if printed."),
        9.0,
        Look::Number,
    ),
    facet(":printed", PRINTED, PRINTED_NOTE, 22.0, Look::Aside),
];

/// The cells of a value; of one that spreads sideways, what each of its cells is like.
pub(super) fn facets(kind: Kind) -> &'static [Facet] {
    match kind {
        Kind::Text | Kind::Optional => plain!(22.0, Look::Text, "", ""),
        Kind::Long => {
            plain!(60.0, Look::Text, "改行は Alt+Enter（Mac は Option+Return）。", "Alt+Enter breaks a line.")
        }
        Kind::Lines => plain!(
            28.0,
            Look::Text,
            "1 行に 1 つ。改行は Alt+Enter。",
            "One a line; Alt+Enter breaks a line."
        ),
        Kind::Refer(_) | Kind::ReferAlways(_) => plain!(
            14.0,
            Look::Text,
            "選択肢の ID。名称でも読み取ります。",
            "An id of the list; a name is read as well."
        ),
        Kind::Refers(_) => plain!(20.0, Look::Text, "ID か名称を 1 行に 1 つ。", "Ids or names, one a line."),
        Kind::Year | Kind::YearAlways => plain!(11.0, Look::Number, YEAR_NOTE.0, YEAR_NOTE.1),
        Kind::Count(_) | Kind::Whole(..) => plain!(9.0, Look::Number, "整数。", "A whole number."),
        Kind::Decimal => plain!(12.0, Look::Number, "数値。", "A number."),
        Kind::Flag => plain!(10.0, Look::Text, "はい・いいえ。空欄は「いいえ」。", "Yes or no; empty: no."),
        Kind::Choice(_) => plain!(18.0, Look::Text, "選択肢から。", "From the list."),
        Kind::Usual(_) | Kind::OptionalChoice(_) => {
            plain!(14.0, Look::Text, "選択肢から。空欄でも可。", "From the list, or empty.")
        }
        Kind::Day => plain!(13.0, Look::Text, "2022-03-31 のように。", "As 2022-03-31."),
        Kind::Record(..) => {
            plain!(
                14.0,
                Look::Aside,
                "Hyoka の記録です。変えないでください。",
                "A record of Hyoka; leave it as it is."
            )
        }
        Kind::When => WHEN,
        Kind::Period => PERIOD,
        Kind::Quantity => QUANTITY,
        Kind::Source => plain!(24.0, Look::Aside, "ファイル | シート | セル。", "File | sheet | cell."),
        Kind::Cells => {
            plain!(18.0, Look::Text, "表の列。左から順に。", "The table's columns, from the left.")
        }
        Kind::Scores => plain!(
            11.0,
            Look::Number,
            "尺度の値。0 も評点です。ほかに未記入・該当なし・除斥・欠席。空欄は未記入。",
            "A value of the scale; 0 is a score. Or Blank, Not applicable, Recused, Absent."
        ),
        Kind::Means => plain!(11.0, Look::Number, "印字どおり（2.3、3.0 など）。", "As printed (2.3, 3.0)."),
    }
}

/// Whether the value has as many cells as there are names for them.
pub(super) fn spreads(kind: Kind) -> bool {
    matches!(kind, Kind::Cells | Kind::Scores | Kind::Means)
}

/// The key of a value's cell.
fn key(field: &str, suffix: &str) -> String {
    format!(".{field}{suffix}")
}

/// The cells of a row, in order: key and meaning. `names` are those of a value that spreads sideways.
pub(super) fn slots(sheet: &Sheet, names: &[String]) -> Vec<(String, Target)> {
    let ancestors = sheet.ancestors();
    let mut slots: Vec<_> = ancestors
        .iter()
        .enumerate()
        .map(|(at, above)| (format!("@{}", above.key), Target::Parent(at)))
        .collect();
    if ancestors.last().is_some_and(|above| matches!(above.shape, Shape::Rows { .. })) {
        slots.push(("?".to_owned(), Target::ParentName));
    }
    match sheet.shape {
        Shape::Subjects => {
            slots.extend([("role".to_owned(), Target::Role), ("id".to_owned(), Target::Id)]);
        }
        Shape::Rows { .. } => slots.push(("id".to_owned(), Target::Id)),
        Shape::Map { .. } => slots.push(("key".to_owned(), Target::Key)),
        Shape::Whole | Shape::Sets | Shape::Bare { .. } | Shape::Fields => {}
    }
    for (index, column) in sheet.columns.iter().enumerate() {
        if spreads(column.kind) {
            let key = |(facet, name): (usize, &String)| {
                (key(column.field, &format!(":{name}")), Target::Field { column: index, facet })
            };
            slots.extend(names.iter().enumerate().map(key));
        } else {
            let key = |(facet, part): (usize, &Facet)| {
                (key(column.field, part.suffix), Target::Field { column: index, facet })
            };
            slots.extend(facets(column.kind).iter().enumerate().map(key));
        }
    }
    slots
}

/// The name in the key of a cell of a value that spreads sideways.
pub(super) fn spread_name<'k>(sheet: &Sheet, key: &'k str) -> Option<&'k str> {
    sheet.columns.iter().filter(|column| spreads(column.kind)).find_map(|column| {
        key.strip_prefix('.')?.strip_prefix(column.field)?.strip_prefix(':').filter(|name| !name.is_empty())
    })
}

/// How a slot is headed, what its note says, and how it looks.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    pub(super) note: String,
    pub(super) width: f64,
    pub(super) look: Look,
}

/// The heading of a cell. `labels` say more of each name of a value that spreads sideways.
pub(super) fn heading(
    sheet: &Sheet,
    target: Target,
    names: &[String],
    labels: &[String],
    lang: Lang,
) -> Heading {
    let of = |text: String, note: &str, width, look| Heading { text, note: note.to_owned(), width, look };
    match target {
        Target::Parent(at) => {
            let above = sheet.ancestors().get(at).copied();
            let name = above.map_or("", |above| say(above.name, lang));
            let subject = above.is_some_and(|above| matches!(above.shape, Shape::Subjects | Shape::Sets));
            let note = if subject {
                lang.t("記号（A、B …）。プログラムは「プログラム」。", "Its letter (A, B …), or Programme.")
            } else {
                lang.t(
                    "そのシートの ID。空欄なら右の名称で探します。",
                    "Its id on that sheet; if empty it is looked for by name.",
                )
            };
            let text = if subject { name.to_owned() } else { tr!(lang, "{name}の ID", "Id of {name}") };
            of(text, note, if subject { 12.0 } else { 10.0 }, if subject { Look::Text } else { Look::Aside })
        }
        Target::ParentName => {
            let name = sheet.ancestors().last().map_or("", |above| say(above.name, lang));
            let note =
                lang.t("参考。ID があれば読み取りません。", "For people; not read where the id is given.");
            of(tr!(lang, "{name}（参考）", "{name} (name)"), note, 24.0, Look::Aside)
        }
        Target::Role => of(
            lang.t("区分", "Role").to_owned(),
            lang.t(
                "プログラムか課題か。プログラムは 1 つ。",
                "Programme or project; there is one programme.",
            ),
            18.0,
            Look::Text,
        ),
        Target::Id => {
            let note = lang.t(
                "行の名前。変えないでください。新しい行は空欄で構いません。",
                "Names the row; leave it. A new row needs none.",
            );
            let card = sheet.is_card();
            of(
                lang.t(if card { "記号" } else { "ID" }, if card { "Letter" } else { "Id" }).to_owned(),
                note,
                8.0,
                if card { Look::Text } else { Look::Aside },
            )
        }
        Target::Key => match sheet.shape {
            Shape::Map { key: MapKey::Member, .. } => of(
                lang.t("委員", "Member").to_owned(),
                lang.t("委員の ID か氏名。", "The member's id or name."),
                14.0,
                Look::Text,
            ),
            Shape::Map { key: MapKey::Place, .. } => {
                of(lang.t("値の場所", "Place").to_owned(), "", 50.0, Look::Text)
            }
            _ => of(lang.t("年度", "Year").to_owned(), say(YEAR_NOTE, lang), 11.0, Look::Number),
        },
        Target::Field { column, facet } => {
            let Some(column) = sheet.columns.get(column) else {
                return of(String::new(), "", 10.0, Look::Text);
            };
            let all = facets(column.kind);
            let label = say(column.label, lang);
            let (part, text) = if spreads(column.kind) {
                let name = names.get(facet).map_or("", String::as_str);
                let more = labels.get(facet).map_or("", String::as_str);
                (
                    &all[0],
                    if more.is_empty() {
                        format!("{label} {name}")
                    } else {
                        format!("{label} {name}\n{more}")
                    },
                )
            } else {
                let part = all.get(facet).unwrap_or(&all[0]);
                let more = say(part.label, lang);
                (part, if more.is_empty() { label.to_owned() } else { format!("{label}\n{more}") })
            };
            let own = column.note.filter(|_| facet == 0).map_or("", |note| say(note, lang));
            let notes: Vec<&str> =
                [own, say(part.note, lang)].into_iter().filter(|n| !n.is_empty()).collect();
            of(text, &notes.join("\n"), part.width, part.look)
        }
    }
}
