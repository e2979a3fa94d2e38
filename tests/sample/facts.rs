//! Reads the fact sheets and compares what they say with what the model holds.

use hyoka::model::{Dossier, Figure, FiscalYear, HasId, Moment, Quantity, RowId, Subject, Unit, When};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Where the fact sheets are; none where they are not at hand.
pub fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HYOKA_FACTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// A row of a fact sheet, by column.
#[derive(Debug)]
pub struct Row(BTreeMap<String, String>);

impl Index<&str> for Row {
    type Output = str;

    fn index(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column} in {:?}", self.0))
    }
}

impl Row {
    /// The number in a column; none if the column is empty.
    pub fn number<N: std::str::FromStr>(&self, column: &str) -> Option<N> {
        let text = &self[column];
        (!text.is_empty()).then(|| text.parse().ok().unwrap_or_else(|| panic!("{column} of {self:?}")))
    }

    /// The fiscal year in a column; none if the column is empty.
    pub fn year(&self, column: &str) -> Option<FiscalYear> {
        self.number(column).map(FiscalYear::new)
    }
}

/// The rows of one fact sheet.
pub fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    let rows: Vec<_> = reader.deserialize().map(|row| Row(row.unwrap())).collect();
    assert!(!rows.is_empty(), "{name}.csv is empty");
    rows
}

/// The programme or project that a fact sheet names.
pub fn subject<'a>(dossier: &'a Dossier, name: &str) -> &'a Subject {
    dossier.subject(&name.into()).unwrap_or_else(|| panic!("no subject {name}"))
}

/// The row of that id.
pub fn by_id<'a, R: HasId>(list: &'a [R], id: &str) -> &'a R {
    list.iter().find(|row| *row.id() == RowId::from(id)).unwrap_or_else(|| panic!("no row {id}"))
}

/// Asserts that the quantity is the number, range, dash or words of the sheet, in its unit and as printed. The sheets
/// write bounds such as 億円超 into the unit; the model keeps them apart.
pub fn assert_quantity(row: &Row, quantity: &Quantity, value: &str, unit: &str, printed: &str) {
    let decimal = |text: &str| match text.strip_prefix("10^") {
        Some(exponent) => Decimal::from(10_i128.pow(exponent.parse().unwrap())),
        None => Decimal::from_str_exact(text).unwrap(),
    };
    let figure = match (value, printed) {
        ("", "") => Figure::Blank,
        ("", "-" | "ー") => Figure::Dash,
        ("", _) => Figure::Words,
        (value, _) if value.contains(['千', '億']) => Figure::Words,
        (value, _) => match value.split_once('～') {
            Some((low, high)) => Figure::Range(decimal(low), decimal(high)),
            None => Figure::Number(decimal(value)),
        },
    };
    let unit = unit.trim_end_matches('超').trim_end_matches("以上");
    assert_eq!((&quantity.figure, quantity.printed.as_str()), (&figure, printed), "{row:?}");
    assert_eq!(quantity.unit, Unit::from(unit), "{row:?}");
}

/// Asserts that a date or span is the one that the sheet writes.
pub fn assert_when(row: &Row, when: &When, written: &str) {
    let expected =
        |at: Option<Moment>, to: Option<Moment>| assert_eq!((when.at, when.to), (at, to), "{row:?}");
    let moment = |text: &str| text.parse::<Moment>().ok();
    if written.is_empty() {
        assert!(when.is_blank(), "{row:?}");
    } else if moment(written).is_some() {
        expected(moment(written), None);
    } else if let Some((from, to)) = written.split_once('-').filter(|(from, _)| moment(from).is_some())
        && !written.ends_with('末')
    {
        expected(moment(from), moment(to));
    } else {
        // Anything else is kept as printed, with its date only where that is certain.
        assert_eq!(
            when.printed.replace('年', ""),
            written.replace('年', "").replace("-12末", "12月末"),
            "{row:?}"
        );
        let year = numbers(written).into_iter().find(|digits| digits.len() == 4);
        let Some(at) = when.at.map(|at| at.to_string()) else {
            assert_eq!(year, None, "{row:?}");
            return;
        };
        assert!(year.map_or(written.starts_with("R4年度"), |year| at.contains(&year)), "{row:?}: {at}");
        assert_eq!(
            (at.starts_with("FY"), at.ends_with('末')),
            (written.contains("年度"), written.contains('末'))
        );
    }
}

/// Every number in a text, without thousands separators, compatibility forms folded. Circled numbers that touch are
/// numbers of their own.
pub fn numbers(text: &str) -> BTreeSet<String> {
    let circled = |c: char| ('①'..='⑳').contains(&c);
    let spaced: String = text.chars().flat_map(|c| [Some(c), circled(c).then_some(' ')]).flatten().collect();
    let folded: String = spaced.nfkc().collect();
    folded
        .split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .map(|run| run.trim_matches(['.', ',']).replace(',', ""))
        .filter(|run| !run.is_empty())
        .collect()
}

/// Asserts that a retold text keeps every number of the sheet's wording.
pub fn assert_retold(row: &Row, text: &str, wording: &str) {
    assert_eq!(text.is_empty(), wording.is_empty(), "{row:?}");
    let (told, given) = (numbers(text), numbers(wording));
    assert!(given.is_subset(&told), "{row:?}: {given:?} in {text}");
}
