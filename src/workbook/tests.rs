//! That the description covers the model, and that nothing is lost on the way through a workbook.

use super::cells::blank;
use super::choices::Choices;
use super::plan::{self, Kind, MapKey, Shape, Sheet};
use super::record::put;
use super::{Options, is_workbook, read, write};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::sheets::{Book, Limits, Reader};
use crate::tasks::progress::Unwatched;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use std::time::Duration;

/// The cells of a dossier's workbook, by the program's own reader.
fn there(dossier: &Dossier, lang: Lang) -> Book {
    let bytes = write(dossier, &Options { lang, blank: false }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価.xlsx");
    std::fs::write(&path, bytes).unwrap();
    // Debug builds are slow; what is measured here is not time.
    let limits = Limits { time: Duration::from_mins(10), ..Limits::default() };
    Reader::in_process(limits).read(&path, None, &Unwatched).unwrap().remove(0)
}

fn round_trip(dossier: &Dossier, lang: Lang) {
    let reading = read(&there(dossier, lang));
    let told: Vec<String> =
        reading.troubles.iter().map(|t| format!("{t:?}").chars().take(400).collect()).collect();
    assert!(told.is_empty(), "{told:#?}");
    // Decimals compare equal whatever their scale; their text does not.
    let changes = crate::model::diff(dossier, &reading.dossier).unwrap();
    let told: Vec<String> =
        changes.iter().map(|change| format!("{change:?}").chars().take(400).collect()).collect();
    assert!(changes.is_empty(), "{told:#?}");
    assert!(reading.dossier == *dossier);
}

/// Numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    fn text(&mut self) -> String {
        let texts = [
            "",
            "A",
            "1",
            "r1",
            "0",
            "-",
            "－",
            "297",
            "54.0",
            "5 件",
            "未確定",
            "（予定）",
            "=1+1",
            "+1",
            "@a",
            "'0",
            " a ",
            "\n",
            "a\nb",
            "a\r\nb",
            "\t",
            "_x000D_",
            "\u{0}\u{b}",
            "⟦⟧",
            "⟦U+000D⟧",
            "⟦#2⟧",
            "⟦+1⟧",
            "|",
            "a | b",
            "プログラム",
            "Programme",
            "program",
            "はい",
            "欠席",
            "R4",
            "2022年度",
            "𠮷野家",
            "🧬",
            "\u{feff}",
            "\u{2028}",
            "&lt;<b>",
            "hyoka:1:report",
            "1E5",
            "TRUE",
            "#N/A",
            "2022-03-31",
            "…",
            "～",
            "10～26",
            "⟦FY5⟧",
            "⟦文言⟧",
        ];
        match self.below(40) {
            0 => self.of(&texts).repeat(700),
            1 => "長い文章。\n".repeat(7_000),
            2..6 => format!("{}{}", self.of(&texts), self.of(&texts)),
            _ => self.of(&texts).to_owned(),
        }
    }

    fn decimal(&mut self) -> String {
        self.of(&[
            "0",
            "0.0",
            "-0.5",
            "54.0",
            "1913",
            "12345678901234567.89",
            "0.1",
            "100",
            "79228162514264337593543950335",
            "0.000",
        ])
        .to_owned()
    }
}

/// A value of a kind; `full` for one with everything in it.
fn value(kind: Kind, dice: &mut Dice, full: bool) -> Option<Json> {
    if !full && dice.below(4) == 0 {
        return None;
    }
    let text = |dice: &mut Dice| if full { "字".to_owned() } else { dice.text() };
    let lines = |dice: &mut Dice| (0..=dice.below(3)).map(|_| text(dice)).collect::<Vec<_>>();
    let choice = |choices: &Choices, dice: &mut Dice| {
        let others: Vec<_> = choices.list().iter().filter(|c| !full || c.name != choices.usual()).collect();
        json!(dice.of(&others).name)
    };
    let year = |dice: &mut Dice| json!(dice.of(&if full { [2022; 4] } else { [2022, 1500, -3, 5] }));
    Some(match kind {
        Kind::Text | Kind::Long | Kind::Optional | Kind::Refer(_) | Kind::ReferAlways(_) => json!(text(dice)),
        Kind::Lines | Kind::Refers(_) | Kind::Cells => json!(lines(dice)),
        Kind::Year | Kind::YearAlways => year(dice),
        Kind::Count(most) => json!(dice.of(&[1, most])),
        Kind::Whole(least, most) => json!(if full { 1 } else { dice.of(&[least, 0, most]) }),
        Kind::Decimal => json!(dice.decimal()),
        Kind::Flag => json!(true),
        Kind::Choice(choices) | Kind::Usual(choices) | Kind::OptionalChoice(choices) => choice(choices, dice),
        Kind::Day => json!("2026-11-25"),
        Kind::Record(is, _) => {
            // One of the records there are is of that type; a text in them may be anything.
            let note = text(dice);
            let records = [
                json!({ "1": "0.5" }),
                json!([{ "id": "b1", "member": "M1", "revision": 1, "material": note }]),
                json!([{ "id": "b1", "member": "M1", "revision": 1, "file": note, "digest": "" }]),
                json!([{ "id": "b1", "member": "M1", "file": note, "changes": [] }]),
                json!({ "hash": note }),
            ];
            records.into_iter().find(is).unwrap()
        }
        Kind::When => json!({
            "at": dice.of(&["2020-03-27", "2022-06", "2035", "2022年末", "FY2021", "FY2021末", "1970s"]),
            "to": "FY2030", "printed": text(dice),
        }),
        Kind::Period => {
            json!({ "start": year(dice), "end": year(dice), "years_printed": 13, "printed": text(dice) })
        }
        Kind::Quantity => {
            let figures = [
                json!("Blank"),
                json!("Dash"),
                json!("Words"),
                json!({ "Number": dice.decimal() }),
                json!({ "Number": dice.decimal() }),
                json!({ "Range": [dice.decimal(), dice.decimal()] }),
            ];
            let figure = if full { 3 } else { usize::try_from(dice.below(6)).unwrap() };
            let source = json!({ "file": text(dice), "sheet": text(dice), "cell": text(dice) });
            json!({
                "figure": figures[figure], "unit": text(dice), "printed": text(dice), "note": text(dice),
                "certainty": dice.of(&["Settled", "About", "AtLeast", "Planned", "Undetermined"][usize::from(full)..]),
                "source": if full || dice.below(2) == 0 { source } else { Json::Null },
            })
        }
        Kind::Source => json!({ "file": text(dice), "sheet": text(dice), "cell": text(dice) }),
        Kind::Scores => json!({
            "1": { "Score": dice.of(&[0, 3, -32768]) }, "2": "Blank", "3": "NotApplicable", "4": "Recused", "255": "Absent"
        }),
        Kind::Means => json!({ "1": "2.3", "2": text(dice) }),
    })
}

/// A row with its own columns, and the rows that belong to it.
fn row(sheet: &'static Sheet, dice: &mut Dice, full: bool) -> Map<String, Json> {
    let mut own = Map::new();
    for column in sheet.columns {
        if let Some(value) = value(column.kind, dice, full) {
            put(&mut own, column.field, value);
        }
    }
    for below in plan::sheets().filter(|below| below.parent == Some(sheet.key)) {
        fill(below, &mut own, dice, full);
    }
    own
}

/// Puts rows of a sheet into the row that they belong to.
fn fill(sheet: &'static Sheet, above: &mut Map<String, Json>, dice: &mut Dice, full: bool) {
    let count = if full { 2 } else { dice.below(4) };
    let with_id = |mut own: Map<String, Json>, dice: &mut Dice, n: u64| {
        own.insert("id".into(), json!(if full { format!("r{n}") } else { dice.text() }));
        Json::Object(own)
    };
    match sheet.shape {
        Shape::Whole => above.extend(row(sheet, dice, full)),
        Shape::Sets => {
            for set in ["criteria/project", "criteria/programme"] {
                let more = row(sheet, dice, full);
                for (field, value) in more {
                    // The names of the sets are columns of the report's sheet, and are there already.
                    put_deep(above, &format!("{set}/{field}"), value);
                }
            }
        }
        Shape::Subjects => {
            let programme = row(sheet, dice, full);
            above.insert("programme".into(), with_id(programme, dice, 0));
            let projects: Vec<_> = (0..count)
                .map(|n| {
                    let own = row(sheet, dice, full);
                    with_id(own, dice, n)
                })
                .collect();
            above.insert("projects".into(), json!(projects));
        }
        Shape::Rows { path, .. } => {
            let rows: Vec<_> = (0..count)
                .map(|n| {
                    let own = row(sheet, dice, full);
                    with_id(own, dice, n)
                })
                .collect();
            put(above, path, json!(rows));
        }
        Shape::Bare { path } => {
            let rows: Vec<_> = (0..count).map(|_| row(sheet, dice, full)).collect();
            put_deep(above, path, json!(rows));
        }
        Shape::Map { path, key } => {
            let mut map = Map::new();
            for n in 0..count {
                let name = match key {
                    MapKey::Year => dice.of(&["2019", "2020", "1500", "-3"]).to_owned(),
                    MapKey::Member | MapKey::Place if full => format!("m{n}"),
                    MapKey::Member => dice.text(),
                    MapKey::Place => format!("report/{}", dice.text().replace(['/', '~'], "_")),
                };
                map.insert(name, Json::Object(row(sheet, dice, full)));
            }
            put(above, path, Json::Object(map));
        }
        Shape::Fields => {
            for (field, value) in row(sheet, dice, full) {
                put_deep(above, &field, value);
            }
        }
    }
}

/// As [`put`], adding to what is there.
fn put_deep(into: &mut Map<String, Json>, path: &str, value: Json) {
    if let Some((first, rest)) = path.split_once('/') {
        let inner = into.entry(first).or_insert_with(|| json!({}));
        return put_deep(inner.as_object_mut().unwrap(), rest, value);
    }
    match (into.get_mut(path), value) {
        (Some(Json::Object(known)), Json::Object(more)) => {
            for (field, value) in more {
                put_deep(known, &field, value);
            }
        }
        (_, value) => {
            into.insert(path.to_owned(), value);
        }
    }
}

fn tree(seed: u64, full: bool) -> Json {
    let mut dice = Dice(seed);
    let mut root = Map::new();
    for sheet in plan::sheets().filter(|sheet| sheet.parent.is_none()) {
        fill(sheet, &mut root, &mut dice, full);
    }
    Json::Object(root)
}

fn dossier(tree: &Json) -> Dossier {
    serde_json::from_value(tree.clone()).unwrap()
}

/// The names that serde lists in its complaint: fields of a struct, variants of a choice.
fn expected(complaint: &str) -> Option<Vec<&str>> {
    let list = complaint.split_once(", expected ")?.1;
    Some(list.split('`').skip(1).step_by(2).collect())
}

/// The places of all objects of a tree, as JSON pointers.
fn objects(node: &Json, at: &str, out: &mut Vec<String>) {
    match node {
        Json::Object(fields) => {
            out.push(at.to_owned());
            for (name, field) in fields {
                objects(field, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        Json::Array(rows) => {
            for (n, row) in rows.iter().enumerate() {
                objects(row, &format!("{at}/{n}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_the_model_has_a_column() {
    let full = tree(1, true);
    dossier(&full);
    let mut places = Vec::new();
    objects(&full, "", &mut places);
    // A record is carried whole, whatever its fields.
    let records: Vec<&str> = plan::sheets()
        .flat_map(|sheet| sheet.columns)
        .filter(|column| matches!(column.kind, Kind::Record(..)))
        .map(|column| column.field)
        .collect();
    places.retain(|place| !place.split('/').any(|step| records.contains(&step)));
    let (mut structs, mut lacking) = (0, Vec::new());
    for place in places {
        let mut probe = full.clone();
        let object = probe.pointer_mut(&place).unwrap().as_object_mut().unwrap();
        object.insert("no such field".into(), Json::Null);
        let Err(error) = serde_json::from_value::<Dossier>(probe) else { continue };
        let complaint = error.to_string();
        if !complaint.contains("unknown field `no such field`") {
            // A map: its entries are named freely.
            continue;
        }
        structs += 1;
        let known = full.pointer(&place).unwrap();
        let fields = expected(&complaint).unwrap();
        lacking.extend(fields.into_iter().filter(|f| known.get(f).is_none()).map(|f| format!("{place}/{f}")));
    }
    assert_eq!(lacking, Vec::<String>::new(), "add a column to src/workbook/plan/ for each of these fields");
    assert!(structs > 200, "the probe finds structs: {structs}");
}

#[test]
fn every_choice_of_the_model_is_offered() {
    let mut found = 0;
    for sheet in plan::sheets() {
        for column in sheet.columns {
            let (Kind::Choice(choices) | Kind::Usual(choices) | Kind::OptionalChoice(choices)) = column.kind
            else {
                continue;
            };
            found += 1;
            let (mut own, mut root) = (Map::new(), Map::new());
            put(&mut own, column.field, json!("no such choice"));
            wrap(sheet, own, &mut root);
            let complaint = serde_json::from_value::<Dossier>(Json::Object(root)).unwrap_err().to_string();
            let mut offered: Vec<&str> = choices.list().iter().map(|choice| choice.name.as_str()).collect();
            assert!(offered.contains(&choices.usual()));
            let mut variants = expected(&complaint).unwrap();
            offered.sort_unstable();
            variants.sort_unstable();
            assert_eq!(offered, variants, "{} {}", sheet.key, column.field);
        }
    }
    assert!(found >= 10, "{found}");
}

#[test]
fn blanks_are_what_the_model_leaves_out() {
    for sheet in plan::sheets() {
        for column in sheet.columns.iter().filter(|column| !column.field.is_empty()) {
            let mut own = Map::new();
            put(&mut own, column.field, blank(column.kind));
            let mut root = Map::new();
            wrap(sheet, own, &mut root);
            let mut bare = Map::new();
            wrap(sheet, Map::new(), &mut bare);
            assert_eq!(
                dossier(&Json::Object(root)),
                dossier(&Json::Object(bare)),
                "{} {}",
                sheet.key,
                column.field
            );
        }
    }
}

/// A tree with that one row of a sheet.
fn wrap(sheet: &'static Sheet, own: Map<String, Json>, root: &mut Map<String, Json>) {
    let mut inner = Map::new();
    match sheet.shape {
        Shape::Whole | Shape::Fields => inner = own,
        Shape::Sets => put(&mut inner, "criteria/project", Json::Object(own)),
        Shape::Subjects => put(&mut inner, "programme", Json::Object(own)),
        Shape::Rows { path, .. } | Shape::Bare { path } => put(&mut inner, path, json!([own])),
        Shape::Map { path, key } => {
            let name = if key == MapKey::Year { "2022" } else { "x" };
            put(&mut inner, path, json!({ name: own }));
        }
    }
    match sheet.parent.and_then(plan::sheet) {
        Some(above) => wrap(above, inner, root),
        None => root.extend(inner),
    }
}

#[test]
fn keys_and_names_are_each_given_once() {
    let mut keys: Vec<&str> = plan::sheets().map(|sheet| sheet.key).chain(super::OTHERS).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
    for lang in Lang::ALL {
        let mut names: Vec<String> = plan::sheets()
            .filter(|sheet| sheet.is_shown())
            .map(|s| plan::say(s.name, lang).to_lowercase())
            .collect();
        assert!(
            names.iter().all(|name| name.encode_utf16().count() <= 31
                && !name.contains(['/', '\\', '?', '*', '[', ']', ':', '\''])),
            "{names:?}"
        );
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
    for sheet in plan::sheets() {
        assert!(
            sheet
                .parent
                .is_none_or(|key| plan::sheets().take_while(|s| s.key != sheet.key).any(|s| s.key == key)),
            "{}",
            sheet.key
        );
    }
}

#[test]
fn a_dossier_with_everything_in_it_comes_back() {
    let full = dossier(&tree(1, true));
    for lang in Lang::ALL {
        round_trip(&full, lang);
    }
    round_trip(&Dossier::default(), Lang::Ja);
}

proptest! {
    // A seed does not shrink to anything simpler.
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_dossier_comes_back(seed in any::<u64>()) {
        let some = dossier(&tree(seed, false));
        let lang = if seed % 2 == 0 { Lang::Ja } else { Lang::En };
        prop_assert!(is_workbook(&there(&some, lang)));
        round_trip(&some, lang);
    }
}
