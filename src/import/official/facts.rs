//! What the model has no field for is kept as a table of its own: nothing of an export is lost that somebody may want.

use super::entries;
use super::export::{Export, Found};
use crate::both;
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::TableKind;
use crate::model::{Place, Source, SubjectId};
use serde_json::{Value, json};
use std::borrow::Cow;

/// A table of facts being gathered.
#[derive(Debug)]
pub(super) struct Facts {
    title: Cow<'static, str>,
    columns: Vec<Cow<'static, str>>,
    /// How many of the first columns tell a row from the others.
    keys: usize,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    cells: Vec<String>,
    source: Source,
    printed: String,
}

impl Facts {
    /// A table of that caption and those columns, of which the first `keys` tell the rows apart.
    pub(super) fn new(title: &'static str, columns: &[&'static str], keys: usize) -> Self {
        let columns = columns.iter().map(|column| Cow::Borrowed(*column)).collect();
        Self { title: Cow::Borrowed(title), columns, keys, lines: Vec::new() }
    }

    /// A table whose columns an export names; all of them together tell its rows apart.
    fn under(title: &'static str, columns: Vec<String>) -> Self {
        let keys = columns.len();
        let columns = columns.into_iter().map(Cow::Owned).collect();
        Self { title: Cow::Borrowed(title), columns, keys, lines: Vec::new() }
    }

    /// Adds a row that was read at `source`, where `printed` stands, unless nothing stands in it.
    pub(super) fn push(&mut self, cells: Vec<String>, source: Source, printed: String) {
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.lines.push(Line { cells, source, printed });
        }
    }

    /// Adds what a row of an export holds under the given headings, one a column. Amounts get their thousands marked.
    pub(super) fn push_row(&mut self, export: &Export<'_>, row: u32, headings: &[(&str, Shown)]) {
        let found: Vec<_> = headings.iter().map(|(heading, _)| export.get(row, heading)).collect();
        let cells = (found.iter().zip(headings))
            .map(|(found, (_, shown))| match (found, shown) {
                (None, _) => String::new(),
                (Some(found), Shown::Text) => found.plain().to_owned(),
                (Some(found), Shown::Amount) => entries::shown(&found.text),
            })
            .collect();
        let found: Vec<_> = found.into_iter().flatten().collect();
        let printed = found.iter().map(|found| found.text.as_str()).collect::<Vec<_>>().join(" | ");
        self.push(cells, export.span(&found), printed);
    }

    /// Leaves out the columns in which every cell that holds anything says zero, and names them in a remark.
    pub(super) fn drop_zeros(&mut self, table: &mut TableDraft<'_, '_>) {
        let zero = |column: usize| {
            let mut given = self
                .lines
                .iter()
                .map(|line| line.cells[column].as_str())
                .filter(|cell| !cell.is_empty())
                .peekable();
            given.peek().is_some() && given.all(|cell| cell == "0")
        };
        let zeros: Vec<usize> = (self.keys..self.columns.len()).filter(|column| zero(*column)).collect();
        if zeros.is_empty() {
            return;
        }
        let names = zeros.iter().map(|column| self.columns[*column].as_ref()).collect::<Vec<_>>().join("、");
        let title = &self.title;
        let text = both!(
            "「{title}」では、すべて0円の列を省きました: {names}。",
            "In “{title}”, columns that are 0 yen throughout were left out: {names}."
        );
        table.remark(None, text);
        for line in &mut self.lines {
            for column in &zeros {
                line.cells[*column].clear();
            }
        }
    }

    /// Sets the table of that caption, or a new one; columns in which nothing stands are left out. Columns of a table
    /// that is there are found by their headings, and rows by their keys, so that another year's export adds to it.
    pub(super) fn write(self, table: &mut TableDraft<'_, '_>, subject: &Place) {
        let Some(first) = self.lines.first() else { return };
        let source = first.source.clone();
        let title = self.title.as_ref();
        let place = table.row(&subject.child("tables"), "t", |row| row.get("title") == Some(&json!(title)));
        if table.value(&place.child("title")).is_none() {
            table.set_from(place.child("title"), &title, source.clone(), "", title);
        }
        let known = table.value(&place.child("columns")).map(texts).unwrap_or_default();
        let mut columns = known.clone();
        for (at, name) in self.columns.iter().enumerate() {
            let holds = self.lines.iter().any(|line| !line.cells[at].is_empty());
            if holds && !columns.iter().any(|column| column == name) {
                columns.push(name.clone().into_owned());
            }
        }
        if columns != known {
            let read = columns.join("、");
            table.set_grown(place.child("columns"), &columns, source, "", read);
        }
        // Where each column of the table stands in our lines.
        let ours: Vec<Option<usize>> =
            columns.iter().map(|column| self.columns.iter().position(|name| name == column)).collect();
        let keys: Vec<usize> =
            (0..ours.len()).filter(|at| ours[*at].is_some_and(|at| at < self.keys)).collect();
        for line in self.lines {
            let cells: Vec<&str> =
                ours.iter().map(|at| at.map_or("", |at| line.cells[at].as_str())).collect();
            let row = table.row(&place.child("rows"), "r", |row| {
                let known = row.get("cells").map(texts).unwrap_or_default();
                let known = |at: usize| known.get(at).map_or("", String::as_str);
                row.get("cells").is_some() && keys.iter().all(|key| known(*key) == cells[*key])
            });
            let read = cells.join(" | ");
            table.set_from(row.child("cells"), &cells, line.source, line.printed, read);
        }
    }
}

/// The texts of a list.
fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// How a column of an export is shown in a table of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As found.
    Text,
    /// With its thousands marked.
    Amount,
}

/// The registered facts that the model has no field for, a line each.
pub(super) fn registered() -> Facts {
    Facts::new("RSシステムの登録事項", &["項目", "内容"], 1)
}

/// What the ministry remarks, a line for each place of remarks.
pub(super) fn remarked() -> Facts {
    Facts::new("備考（RSシステム）", &["欄", "備考"], 1)
}

/// Writes facts of administration into a table of their own, which is not taken unless it is ticked: a report prints
/// the tables of its dossier, and hardly one wants these.
pub(super) fn offer(facts: Facts, mut table: TableDraft<'_, '_>, subject: &Place) {
    table.get().accepted = false;
    if facts.lines.is_empty() {
        return;
    }
    let title = &facts.title;
    let text =
        both!("「{title}」は、選んだ場合だけ取り込みます。", "“{title}” is taken only if you tick it.");
    table.remark(None, text);
    facts.write(&mut table, subject);
}

/// Adds a registered fact under a name.
pub(super) fn register(facts: &mut Facts, export: &Export<'_>, name: &str, found: &[Found]) {
    if found.is_empty() {
        return;
    }
    let text = found.iter().map(Found::plain).collect::<Vec<_>>().join(" ");
    facts.push(vec![name.to_owned(), text.clone()], export.span(found), text);
}

/// 1-4: subsidy rates.
pub(super) fn subsidy_rates(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let columns = ["補助対象", "補助率", "補助上限等", "補助率URL"];
    plain(export, draft, subject, Facts::new("補助率等", &columns, 2));
}

/// 1-5: related projects.
pub(super) fn related_projects(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let columns = ["関連事業の事業ID", "関連事業の事業名", "関連性"];
    plain(export, draft, subject, Facts::new("関連する事業", &columns, 2));
}

/// An export that is a table of facts under its own headings.
fn plain(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId, mut facts: Facts) {
    let names = facts.columns.clone();
    let headings: Vec<_> = names.iter().map(|heading| (heading.as_ref(), Shown::Text)).collect();
    for row in export.rows() {
        facts.push_row(export, *row, &headings);
    }
    let mut table = export.table(draft, TableKind::Other, subject);
    let place = table.subject(subject);
    facts.write(&mut table, &place);
}

/// Exports of which the model has no part of its own, each by headings that tell it: 3-1 and 5-1 to 5-4.
const OTHERS: [(&[&str], &str); 6] = [
    (&["支出元の支出先ブロック"], "支出ブロックのつながり（RSシステム 5-2）"),
    (&["費目"], "費目・使途（RSシステム 5-3）"),
    (&["国庫債務負担行為等"], "国庫債務負担行為等による契約（RSシステム 5-4）"),
    (&["支出先名", "支出先ブロック"], "支出先（RSシステム 5-1）"),
    (
        &["活動指標", "成果指標", "アクティビティ", "活動目標", "アウトプット", "アウトカム"],
        "目標・実績（RSシステム 3-1）",
    ),
    (&[], "RSシステムのその他の表"),
];

/// An export of another kind, as a table of facts under its own headings that is taken only if somebody ticks it. It
/// says why: the dossier's own lists are of the report, and what is paid to whom or counted in a review is neither.
pub(super) fn other(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let names = export.own_headings();
    let tells = |words: &[&str]| {
        words.is_empty() || names.iter().any(|name| words.iter().any(|word| name.starts_with(word)))
    };
    let title = OTHERS.iter().find(|(words, _)| tells(words)).map_or("", |(_, title)| *title);
    let mut facts = Facts::under(title, names.clone());
    let headings: Vec<_> = (names.iter())
        .map(|name| (name.as_str(), if name.contains('額') { Shown::Amount } else { Shown::Text }))
        .collect();
    for row in export.rows() {
        facts.push_row(export, *row, &headings);
    }
    let mut table = export.table(draft, TableKind::Other, subject);
    title.clone_into(&mut table.get().title);
    let place = table.subject(subject);
    offer(facts, table, &place);
}
