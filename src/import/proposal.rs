//! What an import would do, before it does anything: typed values, each with the cell it was read from.

use super::forms::KnownForm;
use crate::both;
use crate::locale::Both;
use crate::model::{Place, Source, SubjectId};
use crate::sheets::{Address, Area};
use serde::Serialize;
use serde_json::Value;

/// Everything that was found in some files, measured against one dossier. Nothing is changed by it until
/// [`apply`](super::apply).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Proposal {
    /// The files that were read, in the order given.
    pub files: Vec<FileReport>,
    /// The tables that were recognised.
    pub tables: Vec<Table>,
    /// What must be answered before the rest can be placed.
    pub questions: Vec<Question>,
    /// What was not understood, with its address.
    pub leftovers: Vec<Leftover>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FileReport {
    /// File name, without its folder.
    pub file: String,
    /// What kind of file it was taken for.
    pub form: Form,
    /// Its sheets.
    pub sheets: Vec<SheetReport>,
    /// Why nothing could be read, in one sentence.
    pub trouble: Option<Both>,
}

/// What became of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SheetReport {
    /// Its name.
    pub name: String,
    /// How many cells hold something.
    pub cells: usize,
    /// How many of them were understood: values, labels, headers, captions, notes.
    pub understood: usize,
    /// The map by which it was read, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<KnownForm>,
    /// Whether the workbook hides it. It is read all the same.
    pub hidden: bool,
    /// The rows and columns that the workbook hides and that hold something (`3:5`, `C`). They are read all the same.
    pub hidden_parts: Vec<String>,
}

impl SheetReport {
    /// What was read although it cannot be seen; none if everything can.
    pub fn unseen(&self) -> Option<Both> {
        let name = if self.name.is_empty() { "—" } else { &self.name };
        let parts = self.hidden_parts.join(", ");
        match (self.hidden && self.cells > 0, parts.is_empty()) {
            (false, true) => None,
            (true, true) => Some(both!(
                "シート「{name}」は非表示ですが、読み取りの対象にしました。",
                "The sheet “{name}” is hidden; it was read all the same."
            )),
            (false, false) => Some(both!(
                "シート「{name}」の非表示の行・列（{parts}）も読み取りの対象にしました。",
                "Hidden rows or columns of the sheet “{name}” ({parts}) were read all the same."
            )),
            (true, false) => Some(both!(
                "シート「{name}」は非表示で、非表示の行・列（{parts}）もありますが、読み取りの対象にしました。",
                "The sheet “{name}” is hidden, and so are rows or columns of it ({parts}); it was read all the same."
            )),
        }
    }
}

/// What kind of file a file was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Nothing that is known.
    #[default]
    Unknown,
    /// The workbook that this program writes.
    Workbook,
    /// Tables laid out as a report prints them.
    Tables,
    /// A form whose mapping was given.
    MappedForm,
    /// The map of such a form.
    Map,
    /// A CSV export of the RS System (行政事業レビュー見える化サイト).
    RsSystem,
    /// A review sheet of JUDGIT as JSON.
    Judgit,
    /// A dossier, or a part of one.
    Dossier,
}

/// What a recognised table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// 事業概要
    Overview,
    /// 契約額・執行額・予算額 by year
    Amounts,
    /// 資金配分
    Funding,
    /// 研究開発項目 and 実施者
    ResearchItems,
    /// アウトプット
    Outputs,
    /// アウトカム
    Outcomes,
    /// その他の指標
    OtherIndicators,
    /// ロードマップ
    Roadmap,
    /// 市場予測
    Market,
    /// 評点
    Scores,
    /// コメント
    Comments,
    /// 総合評価
    Consensus,
    /// 提言と対処方針
    Recommendations,
    /// 所見と対処方針
    Findings,
    /// 前回評価の指摘事項
    PreviousFindings,
    /// ロジックモデル
    LogicModel,
    /// 委員・評価項目
    People,
    /// Text of a chapter
    Text,
    /// Any other table, kept as it is
    Other,
}

impl TableKind {
    /// All kinds, in the report's order.
    pub const ALL: [Self; 19] = [
        Self::Overview,
        Self::Text,
        Self::Amounts,
        Self::ResearchItems,
        Self::Funding,
        Self::Outputs,
        Self::Outcomes,
        Self::OtherIndicators,
        Self::LogicModel,
        Self::Roadmap,
        Self::Market,
        Self::PreviousFindings,
        Self::Other,
        Self::People,
        Self::Scores,
        Self::Comments,
        Self::Consensus,
        Self::Recommendations,
        Self::Findings,
    ];
}

/// A recognised table: where it stands, and the values that it would set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Names the table within the proposal; the same for the same file read again.
    pub id: String,
    /// What it is about.
    pub kind: TableKind,
    /// Whose it is.
    pub subject: SubjectId,
    /// Its caption as found; empty where it has none.
    pub title: String,
    /// File and sheet, and its range as the cell.
    pub at: Source,
    /// Its range; none for a source that has no cells.
    pub area: Option<Area>,
    /// The rows that it would add to lists, parents before children.
    pub rows: Vec<NewRow>,
    /// The values that it would set.
    pub entries: Vec<Entry>,
    /// What the cells of its range were taken for, values aside.
    pub roles: Vec<(Address, Role)>,
    /// What a reader should know: a unit taken from a caption, a figure read from prose.
    pub remarks: Vec<Remark>,
    /// Whether the dossier is to note where its values were read. Off for sources that are dossiers themselves and
    /// bring their own notes.
    pub traced: bool,
    /// Whether it is to be taken at all.
    pub accepted: bool,
}

/// What a cell is to its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The table's caption or number.
    Caption,
    /// A heading of columns.
    Header,
    /// A heading of a row.
    Label,
    /// A unit.
    Unit,
    /// A note under the table.
    Note,
}

/// Something to know about a table or one of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The cell; none for the whole table.
    pub cell: Option<Address>,
    /// What.
    pub text: Both,
}

/// A row that a list does not have yet. It is added only when a value under it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewRow {
    /// The row; its list is what it lies in.
    pub row: Place,
}

/// One value that an import would set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Where it would go.
    pub place: Place,
    /// What stands there now; none where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What would stand there.
    pub after: Value,
    /// How the two compare.
    pub standing: Standing,
    /// Whether it is to be taken.
    pub accepted: bool,
    /// The cell it was read from.
    pub source: Source,
    /// That cell's text as found.
    pub printed: String,
    /// What was understood, for people: `297 百万円`.
    pub read: String,
}

/// How a value compares with what the dossier holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The dossier says the same; at most where it was read is added.
    Same,
    /// The dossier has nothing there.
    New,
    /// The dossier has something else there.
    Changed,
    /// Another cell of this import says something else.
    Conflict,
}

/// Something that only a person can decide. Values that wait for it are not in the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Names the question; the same for the same file read again.
    pub id: String,
    /// The cell it is about.
    pub about: Source,
    /// What is asked.
    pub text: Both,
    /// The possible answers.
    pub choices: Vec<Choice>,
    /// The answer given so far, a [`Choice::value`].
    pub answer: Option<String>,
    /// How many cells wait for it.
    pub waiting: usize,
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is recorded.
    pub value: String,
    /// What people read.
    pub label: Both,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: Both) -> Self {
        Self { value: value.into(), label }
    }
}

/// A cell that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// Where it stands.
    pub source: Source,
    /// Its text as found.
    pub text: String,
    /// Why, in a few words.
    pub why: Both,
}

impl Proposal {
    /// The entries that are to be taken.
    pub fn accepted(&self) -> impl Iterator<Item = &Entry> {
        (self.tables.iter().filter(|table| table.accepted))
            .flat_map(|table| &table.entries)
            .filter(|entry| entry.accepted)
    }

    /// How many values would be set to something else than the dossier holds.
    pub fn changes(&self) -> usize {
        self.accepted().filter(|entry| entry.standing != Standing::Same).count()
    }

    /// How many sheets were read by the map in a file.
    pub fn read_by(&self, map: &str) -> usize {
        let sheets = self.files.iter().flat_map(|file| &file.sheets);
        sheets.filter(|sheet| sheet.form.as_ref().and_then(|form| form.map.as_deref()) == Some(map)).count()
    }

    /// Whether nothing at all was recognised.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.questions.is_empty()
    }

    /// Whether somebody should look: questions without an answer, conflicts, cells not understood, files not read.
    pub fn wants_attention(&self) -> bool {
        self.questions.iter().any(|question| question.answer.is_none())
            || !self.leftovers.is_empty()
            || self.files.iter().any(|file| file.trouble.is_some())
            || self.files.iter().any(|file| file.form == Form::Map && self.read_by(&file.file) == 0)
            || (self.tables.iter().flat_map(|table| &table.entries))
                .any(|entry| entry.standing == Standing::Conflict)
    }
}
