//! From readings to the draft: whose each table is, what has to be asked first, and what becomes of every cell.

use super::super::draft::at;
use super::super::normal::Measure;
use super::super::session::Options;
use super::super::{Choice, Draft, Question, Role, TableKind};
use super::blocks::Layout;
use super::grid::{Found, Spot};
use super::overview::Overview;
use super::reading::{Content, Reading, Use};
use super::solve::Piece;
use super::whose::{Named, Subjects};
use super::write::{Trouble, Writer, waiting};
use crate::both;
use crate::locale::Both;
use crate::model::{FiscalYear, Source, SubjectId, Unit};
use crate::sheets::{Address, Area, Sheet};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Above so many cells, what was not understood in one piece is told as a range.
const RANGE: usize = 40;

/// What was found on a sheet.
#[derive(Debug)]
pub(super) struct SheetWork<'a> {
    pub sheet: &'a Sheet,
    /// Cells that hold something under a merged range.
    pub hidden: Vec<Address>,
    /// Everything that can be seen and is to be accounted for.
    pub boxes: Vec<Spot>,
    pub pieces: Vec<Piece<'a>>,
    pub overviews: Vec<Overview<'a>>,
    pub layout: Layout,
}

/// Where readings are turned into tables of the draft.
#[derive(Debug)]
pub(super) struct Desk<'d, 'a> {
    file: &'d str,
    draft: &'d mut Draft<'a>,
    options: &'d Options,
    /// The subjects that overview sheets and titles of the book name.
    of_book: Vec<SubjectId>,
    told: Option<SubjectId>,
    unit: Option<Measure>,
    /// Cells that wait for an answer, and cells that have no place, by sheet.
    reasons: BTreeMap<Address, Both>,
}

impl<'d, 'a> Desk<'d, 'a> {
    pub fn new(file: &'d str, draft: &'d mut Draft<'a>, options: &'d Options) -> Self {
        Self { file, draft, options, of_book: Vec::new(), told: None, unit: None, reasons: BTreeMap::new() }
    }

    /// What a person said.
    pub fn told(&mut self, subject: Option<SubjectId>, unit: Option<Measure>) {
        (self.told, self.unit) = (subject, unit);
    }

    /// Learns from the overview sheets of a book which subjects it speaks of.
    pub fn learn(&mut self, works: &[SheetWork<'_>]) {
        let subjects = Subjects::of(self.draft.tree());
        let mut found: Vec<SubjectId> = Vec::new();
        for work in works {
            let titles = work.overviews.iter().filter_map(|o| self.of_overview(o, work, &subjects));
            found.extend(titles);
        }
        if found.is_empty() {
            // Without an overview sheet, titles at the top of sheets may all name one project.
            for work in works {
                let top = work.layout.strays.iter().take(3).find_map(|stray| subjects.named(&stray.text));
                found.extend(top.or_else(|| subjects.named(&work.sheet.name)).map(|named| named.subject));
            }
        }
        found.sort();
        found.dedup();
        self.of_book = found;
    }

    /// Writes the overview sheets of a sheet.
    pub fn overviews(&mut self, work: &SheetWork<'_>) {
        for overview in &work.overviews {
            let subjects = Subjects::of(self.draft.tree());
            let Some(area) = overview.area() else { continue };
            let subject = self
                .told
                .clone()
                .or_else(|| self.of_overview(overview, work, &subjects))
                .or_else(|| self.fallback(&subjects));
            let Some(subject) =
                subject.or_else(|| self.ask_whose(work, area, overview.cells().count(), &subjects))
            else {
                self.wait(overview.cells());
                continue;
            };
            let mut writer = self.writer(work, TableKind::Overview, &subject, area);
            overview.write(&mut writer);
            let title = overview.title.as_ref().map(|(_, text, _)| text.clone()).unwrap_or_default();
            writer.table.get().title = title;
        }
    }

    fn of_overview(
        &self,
        overview: &Overview<'_>,
        work: &SheetWork<'_>,
        subjects: &Subjects,
    ) -> Option<SubjectId> {
        (overview.name().and_then(|name| subjects.named(name)))
            .or_else(|| overview.title.as_ref().and_then(|(_, text, _)| subjects.named(text)))
            .or_else(|| subjects.named(&work.sheet.name))
            .map(|named| named.subject)
    }

    /// Whose a table is where nothing near it says so.
    fn fallback(&self, subjects: &Subjects) -> Option<SubjectId> {
        if let [only] = self.of_book.as_slice() {
            return Some(only.clone());
        }
        if let Some(subject) = &self.options.subject {
            return Some(subject.clone());
        }
        let mut projects = subjects.projects();
        match (projects.next(), projects.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => None,
        }
    }

    fn ask_whose(
        &mut self,
        work: &SheetWork<'_>,
        area: Area,
        count: usize,
        subjects: &Subjects,
    ) -> Option<SubjectId> {
        let about = self.source(work.sheet, &area.to_string());
        let mut choices = vec![Choice::new("program", both!("プログラム全体", "The whole programme"))];
        choices.extend(
            subjects
                .projects()
                .map(|id| Choice::new(id.as_str(), both!("プロジェクト {id}", "Project {id}"))),
        );
        if choices.len() == 1 {
            choices.push(Choice::new("A", both!("プロジェクト A", "Project A")));
        }
        let place = at(&about);
        let text = both!("表（{place}）はどの課題のものですか。", "Whose is the table at {place}?");
        let question = Question {
            id: format!("subject:{}!{place}", self.file),
            about,
            text,
            choices,
            answer: None,
            waiting: count,
        };
        self.draft.ask(question).map(SubjectId::from)
    }

    fn source(&self, sheet: &Sheet, cell: &str) -> Source {
        Source { file: self.file.to_owned(), sheet: sheet.name.clone(), cell: cell.to_owned() }
    }

    fn wait(&mut self, cells: impl Iterator<Item = Address>) {
        for at in cells {
            self.reasons.entry(at).or_insert_with(waiting);
        }
    }

    fn writer(
        &mut self,
        work: &SheetWork<'_>,
        kind: TableKind,
        subject: &SubjectId,
        area: Area,
    ) -> Writer<'_, 'a> {
        let mut table = self.draft.table(kind, subject, self.file, &work.sheet.name, Some(area));
        let place = table.subject(subject);
        Writer { table, subject: place, measure: None, unit_at: None, notes: Vec::new(), era: None }
    }

    /// Writes the tables of a sheet, and says of every other cell why it was not understood.
    pub fn settle(&mut self, work: SheetWork<'_>) {
        for piece in &work.pieces {
            self.piece(piece, &work);
        }
        self.account(&work);
        self.reasons.clear();
    }

    fn piece(&mut self, piece: &Piece<'_>, work: &SheetWork<'_>) {
        let around = super::around_of(&work.layout, &work.sheet.name, piece.area);
        let subjects = Subjects::of(self.draft.tree());
        let near: Option<Named> = (around.captions.iter().find_map(|stray| subjects.named(&stray.text)))
            .or_else(|| subjects.named(&work.sheet.name))
            .or_else(|| {
                let above = work.layout.strays.partition_point(|stray| stray.at().row < piece.area.first.row);
                work.layout.strays[..above].iter().rev().find_map(|stray| subjects.named(&stray.text))
            });
        let of_rows = rows_of(&piece.reading, &subjects);
        let count = count(&piece.reading.content);
        let subject = self
            .told
            .clone()
            .or_else(|| near.clone().map(|named| named.subject))
            .or_else(|| self.fallback(&subjects));
        let subject = match (subject, &of_rows) {
            (Some(subject), _) => subject,
            (None, Some(_)) => SubjectId::programme(),
            (None, None) => match self.ask_whose(work, piece.area, count, &subjects) {
                Some(subject) => subject,
                None => return self.wait(piece.boxes.iter().map(|b| b.area.first)),
            },
        };
        let Some(era) = self.ask_era(piece, work, count) else {
            return self.wait(piece.boxes.iter().map(|b| b.area.first));
        };
        let stated = self.unit.clone().map(|measure| (None, measure)).or_else(|| around.unit.clone());
        let Some(measure) = self.ask_unit(piece, work, stated.as_ref().map(|(_, measure)| measure)) else {
            return self.wait(piece.boxes.iter().map(|b| b.area.first));
        };
        let Some(kind) = self.ask_kind(piece, work, &subject) else {
            return self.wait(piece.boxes.iter().map(|b| b.area.first));
        };
        let whole = Whole {
            piece,
            work,
            around: &around,
            era,
            unit_at: stated.as_ref().and_then(|(at, _)| *at),
            measure: measure.or_else(|| stated.map(|(_, measure)| measure)),
        };
        match &of_rows {
            Some(groups) => {
                for group in groups {
                    let of = |found: Option<&Found<'_>>| {
                        found.and_then(|f| subjects.named(&f.text)).map(|n| n.subject).as_ref() == Some(group)
                    };
                    self.write(&whole, kind, group, &of);
                }
            }
            None => self.write(&whole, kind, &subject, &|_| true),
        }
        for (address, usage) in &piece.reading.uses.cells {
            if let Use::Refused(why) = usage {
                self.reasons.entry(*address).or_insert_with(|| why.clone());
            }
        }
    }

    /// Opens the table and has its content written.
    fn write(
        &mut self,
        whole: &Whole<'_, '_>,
        kind: TableKind,
        subject: &SubjectId,
        of: &dyn Fn(Option<&Found<'_>>) -> bool,
    ) {
        let Whole { piece, work, around, .. } = whole;
        let mut writer = self.writer(work, kind, subject, piece.area);
        writer.measure.clone_from(&whole.measure);
        writer.unit_at = whole.unit_at;
        writer.era.clone_from(&whole.era);
        writer.notes = around.notes.iter().map(|stray| (stray.at(), stray.text.clone())).collect();
        writer.table.get().title = around.title();
        for stray in &around.captions {
            writer.role(stray.at(), Role::Caption);
        }
        for stray in &around.notes {
            writer.role(stray.at(), Role::Note);
        }
        if let (Some(at), Some(measure)) = (whole.unit_at, &whole.measure) {
            writer.role(at, Role::Unit);
            if around.unit_of_sheet {
                let unit = measure.unit.as_str().to_owned();
                writer.remark(
                    at,
                    both!("シートに書かれた単位 {unit} によりました", "The unit is the sheet’s: {unit}"),
                );
            }
        }
        for at in &piece.reading.uses.continued {
            writer.remark(
                *at,
                both!(
                    "左の年度に続く年度として読みました",
                    "Read as the year that follows the one before it"
                ),
            );
        }
        // Without an answer to what it asks, a table is not written at all; everything was asked before.
        let done: Result<(), Trouble> = match &piece.reading.content {
            Content::Money(money) if kind == TableKind::Funding => money.write_funding(&mut writer),
            Content::Money(money) => money.write_series(&mut writer),
            Content::Indicators(indicators) => indicators.write(&mut writer, kind, of),
            Content::Others(others) => others.write(&mut writer),
            Content::Scores(scores) => {
                scores.write(&mut writer);
                Ok(())
            }
            Content::Items(items) => {
                items.write(&mut writer);
                Ok(())
            }
            Content::Texts(texts) => {
                texts.write(&mut writer);
                Ok(())
            }
            Content::Market(market) => {
                market.write(&mut writer);
                Ok(())
            }
            Content::Roadmap(roadmap) => {
                roadmap.write(&mut writer);
                Ok(())
            }
        };
        if done.is_err() {
            writer.table.get().remarks.push(super::super::Remark {
                cell: None,
                text: both!("年度の分からない欄があります", "Some fields are of a year that is not told"),
            });
        }
        for (address, usage) in &piece.reading.uses.cells {
            if let Use::Role(role) = usage {
                writer.role(*address, *role);
            }
        }
    }

    /// The era of years that do not name theirs: none where it is asked and not answered, and an empty answer where
    /// no year has to be asked for.
    fn ask_era(&mut self, piece: &Piece<'_>, work: &SheetWork<'_>, count: usize) -> Option<Option<String>> {
        let bare = &piece.reading.uses.bare;
        let Some(first) = bare.keys().next() else { return Some(None) };
        let mut numbers: Vec<u8> = bare.values().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let (low, high) = (*numbers.first()?, *numbers.last()?);
        // An era counts only if all the years can be of it.
        let candidates = FiscalYear::candidates(low)
            .into_iter()
            .filter(|(name, _)| FiscalYear::candidates(high).iter().any(|(other, _)| other == name));
        let choices = candidates
            .map(|(name, from)| {
                let to = FiscalYear::candidates(high)
                    .into_iter()
                    .find(|(other, _)| *other == name)
                    .map_or(from, |(_, to)| to);
                let label = if from == to {
                    both!("{name}（{from}年度）", "{name} ({from})")
                } else {
                    both!("{name}（{from}年度～{to}年度）", "{name} ({from} to {to})")
                };
                Choice::new(name, label)
            })
            .collect();
        let about = self.source(work.sheet, &first.to_string());
        let place = at(&about);
        let years = if low == high { format!("{low}年度") } else { format!("{low}年度～{high}年度") };
        let text = both!(
            "「{years}」の元号が書かれていません。どの元号ですか。",
            "“{years}” names no era. Which one is meant?"
        );
        let question = Question {
            id: format!("era:{}!{place}", self.file),
            about,
            text,
            choices,
            answer: None,
            waiting: count,
        };
        self.draft.ask(question).map(Some)
    }

    /// The unit of money that a table does not state: none where it is asked and not answered, and an empty answer
    /// where nothing has to be asked.
    fn ask_unit(
        &mut self,
        piece: &Piece<'_>,
        work: &SheetWork<'_>,
        stated: Option<&Measure>,
    ) -> Option<Option<Measure>> {
        let Content::Money(money) = &piece.reading.content else { return Some(None) };
        let stated = stated.filter(|measure| measure.unit.yen().is_some());
        let lacking = money.lacks_unit(stated);
        if lacking == 0 {
            return Some(stated.cloned());
        }
        let about = self.source(work.sheet, &piece.area.to_string());
        let place = at(&about);
        let units =
            [Unit::MillionYen, Unit::ThousandYen, Unit::Yen, Unit::HundredMillionYen, Unit::TenThousandYen];
        let choices =
            units.iter().map(|unit| Choice::new(unit.as_str(), Both::same(unit.as_str()))).collect();
        let text = both!(
            "表（{place}）の金額の単位が書かれていません。単位は何ですか。",
            "The table at {place} states no unit of money. Which is it?"
        );
        let question = Question {
            id: format!("unit:{}!{place}", self.file),
            about,
            text,
            choices,
            answer: None,
            waiting: lacking,
        };
        let answer = self.draft.ask(question)?;
        Some(Some(Measure { unit: Unit::from(answer), factor: Decimal::ONE }))
    }

    /// Whether indicators are outputs or outcomes, where the table does not say: the dossier's own lists tell, or
    /// else it is asked.
    fn ask_kind(
        &mut self,
        piece: &Piece<'_>,
        work: &SheetWork<'_>,
        subject: &SubjectId,
    ) -> Option<TableKind> {
        let kind = piece.reading.kind;
        let Content::Indicators(indicators) = &piece.reading.content else { return Some(kind) };
        if indicators.is_told() {
            return Some(kind);
        }
        let known = |list: &str| {
            let tree = self.draft.tree();
            let node = if *subject == SubjectId::programme() {
                tree.get("programme")
            } else {
                tree.get("projects").and_then(|p| p.as_array()).and_then(|rows| {
                    rows.iter().find(|row| row.get("id").and_then(|id| id.as_str()) == Some(subject.as_str()))
                })
            };
            let names: Vec<&str> = node
                .and_then(|node| node.get(list))
                .and_then(|rows| rows.as_array())
                .map(|rows| rows.iter().filter_map(|row| row.get("name")?.as_str()).collect())
                .unwrap_or_default();
            indicators
                .names()
                .filter(|name| names.iter().any(|known| super::write::same_label(known, name)))
                .count()
        };
        match (known("outputs"), known("outcomes")) {
            (0, 0) => {}
            (outputs, outcomes) if outputs > outcomes => return Some(TableKind::Outputs),
            (outputs, outcomes) if outcomes > outputs => return Some(TableKind::Outcomes),
            _ => {}
        }
        let about = self.source(work.sheet, &piece.area.to_string());
        let place = at(&about);
        let choices = vec![
            Choice::new("outputs", both!("アウトプット", "Outputs")),
            Choice::new("outcomes", both!("アウトカム", "Outcomes")),
        ];
        let text = both!(
            "表（{place}）はアウトプットですか、アウトカムですか。",
            "Does the table at {place} hold outputs or outcomes?"
        );
        let question = Question {
            id: format!("kind:{}!{place}", self.file),
            about,
            text,
            choices,
            answer: None,
            waiting: indicators.count(),
        };
        Some(if self.draft.ask(question)? == "outcomes" { TableKind::Outcomes } else { TableKind::Outputs })
    }

    /// Sees to it that every cell is exactly one thing: a value's source, a role, or a leftover with its reason.
    fn account(&mut self, work: &SheetWork<'_>) {
        let mut told: BTreeSet<Address> = BTreeSet::new();
        let (file, sheet) = (self.file, work.sheet.name.as_str());
        let here = |source: &Source| source.file == file && source.sheet == sheet;
        let proposal = self.draft.proposal();
        for table in proposal.tables.iter().filter(|table| here(&table.at)) {
            told.extend(table.entries.iter().filter_map(|entry| entry.source.cell.parse::<Address>().ok()));
        }
        let mut left: BTreeSet<Address> = BTreeSet::new();
        left.extend(
            proposal
                .leftovers
                .iter()
                .filter(|l| here(&l.source))
                .filter_map(|l| l.source.cell.parse::<Address>().ok()),
        );
        for table in proposal.tables.iter_mut().filter(|table| here(&table.at)) {
            table.roles.retain(|(at, _)| !left.contains(at) && told.insert(*at));
        }
        told.extend(left);
        let reasons = std::mem::take(&mut self.reasons);
        for at in &work.hidden {
            let why = both!("結合したセルに隠れているため", "It is hidden under a merged cell");
            self.draft.leftover(self.source(work.sheet, &at.to_string()), work.sheet.text(*at), why);
        }
        let unknown: BTreeSet<Address> =
            work.boxes.iter().map(|b| b.area.first).filter(|at| !told.contains(at)).collect();
        // A large piece of a sheet that holds no table of ours is told as one range.
        let mut ranged: BTreeSet<Address> = BTreeSet::new();
        for boxes in &work.layout.regions {
            let cells: Vec<Spot> =
                boxes.iter().filter(|b| unknown.contains(&b.area.first)).copied().collect();
            if cells.len() <= RANGE
                || cells.len() != boxes.len()
                || cells.iter().any(|b| reasons.contains_key(&b.area.first))
            {
                continue;
            }
            let Some(area) = super::grid::around(&cells) else { continue };
            let count = cells.len();
            let first = cells.first().map(|b| work.sheet.text(b.area.first).into_owned()).unwrap_or_default();
            let why = both!(
                "評価の表として認識できないため（{count} セル）",
                "It is none of the tables of an evaluation ({count} cells)"
            );
            self.draft.leftover(self.source(work.sheet, &area.to_string()), first, why);
            ranged.extend(cells.iter().map(|b| b.area.first));
        }
        for at in unknown.difference(&ranged) {
            let why = reasons
                .get(at)
                .cloned()
                .unwrap_or_else(|| both!("どの表にも属さないため", "It belongs to no table that is known"));
            self.draft.leftover(self.source(work.sheet, &at.to_string()), work.sheet.text(*at), why);
        }
    }
}

/// A table with everything that was found out about it.
#[derive(Debug)]
struct Whole<'p, 'a> {
    piece: &'p Piece<'a>,
    work: &'p SheetWork<'a>,
    around: &'p super::Around<'p>,
    era: Option<String>,
    unit_at: Option<Address>,
    measure: Option<Measure>,
}

/// How many values a reading has.
fn count(content: &Content<'_>) -> usize {
    match content {
        Content::Money(money) => money.count(),
        Content::Indicators(indicators) => indicators.count(),
        Content::Others(others) => others.count(),
        Content::Scores(scores) => scores.count(),
        Content::Items(items) => items.count(),
        Content::Texts(texts) => texts.count(),
        Content::Market(market) => market.count(),
        Content::Roadmap(roadmap) => roadmap.count(),
    }
}

/// The subjects that the rows of a table name, if every row names one.
fn rows_of(reading: &Reading<'_>, subjects: &Subjects) -> Option<Vec<SubjectId>> {
    let Content::Indicators(indicators) = &reading.content else { return None };
    let cells = indicators.projects();
    if cells.is_empty() {
        return None;
    }
    let mut named: Vec<SubjectId> = Vec::new();
    for cell in cells {
        let subject = subjects.named(&cell.text)?.subject;
        if !named.contains(&subject) {
            named.push(subject);
        }
    }
    Some(named)
}
