//! An RS System export: a table whose kind its headings tell, and the rows of one project in it.

use crate::both;
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::{Role, TableKind};
use crate::model::{FiscalYear, Source, SubjectId, fold_for_matching};
use crate::sheets::{Address, Area, Sheet};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The heading that every export has.
const PROJECT: &str = "予算事業ID";
/// The heading of the project's name.
const NAME: &str = "事業名";
/// How far down the headings may stand.
const HEADING_ROWS: u32 = 10;

/// Headings that tell whose row it is and how exports are sorted, and nothing about the programme. Name and sections
/// are read where the overview files have them.
const ADMINISTRATIVE: [&str; 22] = [
    "シート種別",
    "事業年度",
    PROJECT,
    NAME,
    "建制順",
    "府省庁の建制順",
    "所管府省庁",
    "政策所管府省庁",
    "府省庁",
    "局・庁",
    "部",
    "課",
    "室",
    "班",
    "係",
    "整理表表示順",
    "番号（政策・施策）",
    "番号（根拠法令）",
    "番号（関係する計画・通知等）",
    "番号（補助率等）",
    "番号（関連事業）",
    "その他担当組織_作成責任者_no",
];

/// Which of the exports a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 1-1
    Organisation,
    /// 1-2
    Outline,
    /// 1-3
    Policies,
    /// 1-4
    SubsidyRates,
    /// 1-5
    RelatedProjects,
    /// 2-1
    Budget,
    /// 2-2
    BudgetItems,
    /// 3-2
    Logic,
    /// 4-1
    Inspection,
    /// 6-1
    Remarks,
    /// Another, such as payments (5-1).
    Unknown,
}

impl Kind {
    /// Each kind by a heading that no other has, with the name that the exports go by.
    const TELLING: [(Self, &str, &str); 9] = [
        (Self::Organisation, "作成責任者", "1-1 基本情報_組織情報"),
        (Self::Outline, "事業の目的", "1-2 基本情報_事業概要等"),
        (Self::Policies, "計画通知名", "1-3 基本情報_政策・施策、法令等"),
        (Self::SubsidyRates, "補助率", "1-4 基本情報_補助率等"),
        (Self::RelatedProjects, "関連事業の事業ID", "1-5 基本情報_関連事業"),
        (Self::Budget, "計（歳出予算現額合計）", "2-1 予算・執行_サマリ"),
        (Self::BudgetItems, "予算額（歳出予算項目ごと）", "2-2 予算・執行_予算種別・歳出予算項目"),
        (Self::Logic, "後続アウトカムへのつながり", "3-2 効果発現経路_目標のつながり"),
        (Self::Inspection, "行政事業レビュー推進チームの所見", "4-1 点検・評価"),
    ];

    /// The kind of a table with these headings. What has nothing but a remark beside the keys is 6-1.
    fn of(columns: &HashMap<String, u32>) -> Self {
        let telling = Self::TELLING.iter().find(|(_, heading, _)| columns.contains_key(&fold(heading)));
        let administrative: Vec<_> = ADMINISTRATIVE.iter().map(|heading| fold(heading)).collect();
        let mut others = columns.keys().filter(|heading| !administrative.contains(heading));
        match telling {
            Some((kind, ..)) => *kind,
            None if others.next().is_some_and(|heading| heading == "備考") && others.next().is_none() => {
                Self::Remarks
            }
            None => Self::Unknown,
        }
    }

    /// The name that the export goes by.
    fn title(self) -> &'static str {
        let known = Self::TELLING.iter().find(|(kind, ..)| *kind == self);
        known.map_or("6-1 その他備考", |(.., title)| title)
    }
}

/// A heading as it is compared: the exports of different years write dashes and brackets differently.
fn fold(heading: &str) -> String {
    let dash = |c| matches!(c, '-' | 'ー' | '‐' | '‑' | '–' | '—' | '―' | '−' | 'ｰ' | '－');
    fold_for_matching(heading).chars().map(|c| if dash(c) { '-' } else { c }).collect()
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: Address,
    pub(super) text: String,
}

impl Found {
    /// The text without the apostrophe by which spreadsheets mark a text.
    pub(super) fn plain(&self) -> &str {
        self.text.strip_prefix('\'').unwrap_or(&self.text)
    }

    /// Whether a dash alone stands in the cell, which says that there is nothing to say.
    pub(super) fn is_dash(&self) -> bool {
        fold(&self.text).chars().all(|c| c == '-')
    }
}

/// An export, narrowed to the rows of one project.
#[derive(Debug)]
pub(super) struct Export<'s> {
    file: &'s str,
    sheet: &'s Sheet,
    kind: Kind,
    /// The row of the headings.
    heading: u32,
    /// Folded heading → column.
    columns: HashMap<String, u32>,
    rows: Vec<u32>,
    /// How many rows are of other projects.
    others: usize,
    /// The columns that were asked for.
    used: RefCell<BTreeSet<u32>>,
}

impl<'s> Export<'s> {
    /// The sheet as an export, if it has an export's headings.
    pub(super) fn of(file: &'s str, sheet: &'s Sheet) -> Option<Self> {
        let first = sheet.cells().first()?.at.row;
        let (project, name) = (fold(PROJECT), fold(NAME));
        (first..first.saturating_add(HEADING_ROWS)).find_map(|heading| {
            let mut columns = HashMap::new();
            for cell in sheet.row(heading) {
                columns.entry(fold(&cell.value.text())).or_insert(cell.at.column);
            }
            if !columns.contains_key(&project) || !columns.contains_key(&name) {
                return None;
            }
            let kind = Kind::of(&columns);
            let used = RefCell::default();
            Some(Self { file, sheet, kind, heading, columns, rows: Vec::new(), others: 0, used })
        })
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// The rows of the project, counted from zero.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The cell of the project's heading.
    pub(super) fn header_cell(&self) -> Address {
        Address::new(self.heading, self.columns.get(&fold(PROJECT)).copied().unwrap_or_default())
    }

    /// The headings that say something of the programme, left to right.
    pub(super) fn own_headings(&self) -> Vec<String> {
        let administrative: Vec<_> = ADMINISTRATIVE.iter().map(|heading| fold(heading)).collect();
        let texts = self.sheet.row(self.heading).iter().map(|cell| cell.value.text().trim().to_owned());
        texts.filter(|text| !text.is_empty() && !administrative.contains(&fold(text))).collect()
    }

    /// Where a cell stands.
    pub(super) fn source(&self, at: impl Into<String>) -> Source {
        Source { file: self.file.to_owned(), sheet: self.sheet.name.clone(), cell: at.into() }
    }

    /// How many cells stand below the headings.
    pub(super) fn cells(&self) -> usize {
        self.sheet.cells().iter().filter(|cell| cell.at.row > self.heading).count()
    }

    /// The projects of the export by id, each with its name.
    pub(super) fn projects(&self) -> BTreeMap<String, String> {
        let mut projects = BTreeMap::new();
        let name = self.columns.get(&fold(NAME)).copied().unwrap_or_default();
        for (row, id) in self.ids() {
            projects.entry(id).or_insert_with(|| self.sheet.text(Address::new(row, name)).into_owned());
        }
        projects
    }

    fn ids(&self) -> impl Iterator<Item = (u32, String)> {
        let column = self.header_cell().column;
        let cells = self.sheet.cells().iter();
        cells
            .filter(move |cell| cell.at.column == column && cell.at.row > self.heading)
            .map(|cell| (cell.at.row, fold_for_matching(&cell.value.text())))
    }

    /// Keeps the rows of one project.
    pub(super) fn narrow(&mut self, project: &str) {
        let project = fold_for_matching(project);
        let (rows, others): (Vec<_>, Vec<_>) = self.ids().partition(|(_, id)| *id == project);
        self.rows = rows.into_iter().map(|(row, _)| row).collect();
        self.others = others.len();
    }

    /// The column of that heading, which is thereby understood.
    fn column(&self, heading: &str) -> Option<u32> {
        let column = self.columns.get(&fold(heading)).copied()?;
        self.used.borrow_mut().insert(column);
        Some(column)
    }

    /// The heading of that name, to say where the name of something was read.
    pub(super) fn heading(&self, heading: &str) -> Option<Found> {
        let at = Address::new(self.heading, self.column(heading)?);
        Some(Found { at, text: self.sheet.text(at).into_owned() })
    }

    /// What a row holds under a heading; none for an empty cell or one of white space.
    pub(super) fn get(&self, row: u32, heading: &str) -> Option<Found> {
        let at = Address::new(row, self.column(heading)?);
        let text = self.sheet.text(at);
        (!text.trim().is_empty()).then(|| Found { at, text: text.into_owned() })
    }

    /// What a row holds under several headings.
    pub(super) fn all(&self, row: u32, headings: &[&str]) -> Vec<Found> {
        headings.iter().filter_map(|heading| self.get(row, heading)).collect()
    }

    /// Where several cells of a row stand, as one range.
    pub(super) fn span(&self, cells: &[Found]) -> Source {
        let first = cells.iter().map(|found| found.at).min().unwrap_or_default();
        let last = cells.iter().map(|found| found.at).max().unwrap_or_default();
        self.source(Area::new(first, last))
    }

    /// The fiscal year of the review sheet.
    pub(super) fn year(&self, row: u32) -> Option<(FiscalYear, Found)> {
        let found = self.get(row, "事業年度")?;
        Some((FiscalYear::read(&found.text)?, found))
    }

    /// Begins a table of what the project's rows say.
    pub(super) fn table<'d, 'a>(
        &self,
        draft: &'d mut Draft<'a>,
        kind: TableKind,
        subject: &SubjectId,
    ) -> TableDraft<'d, 'a> {
        let last = self.columns.values().copied().max().unwrap_or_default();
        let area = self
            .rows
            .first()
            .zip(self.rows.last())
            .map(|(first, end)| Area::new(Address::new(*first, 0), Address::new(*end, last)));
        let mut table = draft.table(kind, subject, self.file, &self.sheet.name, area);
        self.kind.title().clone_into(&mut table.get().title);
        table
    }

    /// Closes an export that was read: says what its headings and keys are, what of the project's rows was not
    /// understood, and what was left to the reader.
    pub(super) fn settle(&self, draft: &mut Draft<'_>) {
        for heading in ADMINISTRATIVE {
            self.column(heading);
        }
        let used = self.used.borrow();
        let mut roles = Vec::new();
        for cell in self.sheet.row(self.heading).iter().filter(|cell| used.contains(&cell.at.column)) {
            roles.push((cell.at, Role::Header));
        }
        for cell in self.rows.iter().flat_map(|row| self.sheet.row(*row)) {
            if used.contains(&cell.at.column) {
                roles.push((cell.at, Role::Label));
            } else if !cell.value.text().trim().is_empty() {
                let heading = self.sheet.text(Address::new(self.heading, cell.at.column));
                let why = both!(
                    "列「{heading}」は取り込みの対象外です。",
                    "The column “{heading}” is not imported."
                );
                draft.leftover(self.source(cell.at), cell.value.text(), why);
            }
        }
        for cell in self.sheet.cells().iter().take_while(|cell| cell.at.row < self.heading) {
            let why = both!("見出しより上にあります。", "It stands above the headings.");
            draft.leftover(self.source(cell.at), cell.value.text(), why);
        }
        let tables = draft.proposal().tables.iter_mut();
        let mut ours: Vec<_> =
            tables.filter(|table| table.at.file == self.file && table.at.sheet == self.sheet.name).collect();
        // A cell that gave a value needs no other role.
        let entries = ours.iter().flat_map(|table| &table.entries);
        let values: BTreeSet<_> = entries.map(|entry| entry.source.cell.as_str()).collect();
        roles.retain(|(at, _)| !values.contains(at.to_string().as_str()));
        let Some(first) = ours.first_mut() else { return };
        first.roles.extend(roles);
        let others = self.others;
        if others > 0 {
            let text = both!(
                "ほかの事業の {others} 行は取り込みません。",
                "{others} rows of other projects are left out."
            );
            first.remarks.push(crate::import::Remark { cell: None, text });
        }
        for table in ours {
            super::entries::say_offered(table);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(headings: &[&str]) -> Option<Kind> {
        let sheet = Sheet::of_texts("", [headings.to_vec()]);
        Export::of("f.csv", &sheet).map(|export| export.kind())
    }

    #[test]
    fn the_headings_tell_the_kind_however_their_dashes_and_brackets_are_written() {
        let with = |heading| kind(&["予算事業ＩＤ", "事業名", heading]);
        assert_eq!(with("計(歳出予算現額合計）"), Some(Kind::Budget));
        assert_eq!(with("後続アウトカムへのつながり"), Some(Kind::Logic));
        assert_eq!(with("備考"), Some(Kind::Remarks));
        assert_eq!(with("支出先名"), Some(Kind::Unknown));
        assert_eq!(kind(&["事業名", "備考"]), None);
        assert_eq!(fold("実施方法ー補助"), fold("実施方法－補助"));
        assert_eq!(fold("点検・改善ー点検結果"), fold("点検・改善-点検結果"));
    }

    #[test]
    fn rows_are_those_of_one_project() {
        let rows = [["予算事業ID", "事業名", "備考"], ["1", "甲", "a"], ["２", "乙", "b"], ["1", "甲", "c"]];
        let sheet = Sheet::of_texts("", rows);
        let mut export = Export::of("f.csv", &sheet).unwrap();
        assert_eq!(export.projects(), [("1".into(), "甲".into()), ("2".into(), "乙".into())].into());
        export.narrow("1");
        assert_eq!(export.rows(), [1, 3]);
        assert_eq!(export.get(3, "備考").unwrap().at.to_string(), "C4");
    }
}
