//! From readings to the draft: whose each table is, what has to be asked first, and what becomes of every cell.

use super::super::draft::at;
use super::super::normal::Measure;
use super::super::session::Options;
use super::super::{Choice, Draft, Question, Role, TableKind};
use super::blocks::Layout;
use super::grid::{Found, Spot};
use super::money::Money;
use super::overview::Overview;
use super::reading::{Content, Reading, Use};
use super::solve::Piece;
use super::whose::{self, Named, Subjects};
use super::write::{Trouble, Writer, waiting};
use crate::both;
use crate::locale::Both;
use crate::model::{FiscalYear, Source, SubjectId, Unit};
use crate::sheets::{Address, Area, Sheet};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many letters of new projects are offered beyond those that are named.
const FREE: usize = 5;
/// A longer text, in bytes, is prose and names no table.
const TITLE: usize = 240;
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
    /// Every project that the book names anywhere.
    letters: BTreeSet<SubjectId>,
    told: Option<SubjectId>,
    unit: Option<Measure>,
    /// Cells that wait for an answer, and cells that have no place, by sheet.
    reasons: BTreeMap<Address, Both>,
}

impl<'d, 'a> Desk<'d, 'a> {
    pub fn new(file: &'d str, draft: &'d mut Draft<'a>, options: &'d Options) -> Self {
        Self {
            file,
            draft,
            options,
            of_book: Vec::new(),
            letters: BTreeSet::new(),
            told: None,
            unit: None,
            reasons: BTreeMap::new(),
        }
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
            let titles = work.overviews.iter().filter_map(|o| of_overview(o, work, &subjects));
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
        self.letters = found.iter().filter(|id| **id != SubjectId::programme()).cloned().collect();
        for work in works {
            let texts = std::iter::once(work.sheet.name.as_str())
                .chain(work.layout.strays.iter().map(|stray| stray.text.as_str()));
            for text in texts.filter(|text| text.len() <= TITLE) {
                self.letters.extend(
                    subjects
                        .named(text)
                        .map(|named| named.subject)
                        .filter(|id| *id != SubjectId::programme()),
                );
                self.letters.extend(subjects.hinted(text));
            }
        }
        self.of_book = found;
    }

    /// Writes the overview sheets of a sheet.
    pub fn overviews(&mut self, work: &SheetWork<'_>) {
        for overview in &work.overviews {
            let subjects = Subjects::of(self.draft.tree());
            let Some(area) = overview.area() else { continue };
            let count = overview.cells().count();
            let said = self.told.clone().or_else(|| self.answered(work, area, count, &subjects));
            let named = said.or_else(|| of_overview(overview, work, &subjects));
            let taken = named.is_none().then(|| self.fallback(&subjects)).flatten();
            let taken = taken.filter(|taken| !self.is_of_another(work, &[], taken, &subjects));
            let remark = taken.as_ref().and_then(|taken| self.taken(taken));
            let Some(subject) = named.or(taken).or_else(|| self.ask_whose(work, area, count, &subjects))
            else {
                self.wait(overview.cells());
                continue;
            };
            let mut writer = self.writer(work, TableKind::Overview, &subject, area);
            overview.write(&mut writer);
            let title = overview.title.as_ref().map(|(_, text, _)| text.clone()).unwrap_or_default();
            writer.table.get().title = title;
            if let Some(remark) = remark {
                writer.table.remark(None, remark);
            }
        }
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

    /// Whether the sheet, the file or the captions speak of a project that is not the one taken for want of another.
    fn is_of_another(
        &self,
        work: &SheetWork<'_>,
        captions: &[&str],
        taken: &SubjectId,
        subjects: &Subjects,
    ) -> bool {
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        [work.sheet.name.as_str(), stem]
            .iter()
            .chain(captions)
            .any(|text| whose::counts(text) || subjects.hinted(text).iter().any(|hinted| hinted != taken))
    }

    /// What to say of a table that was taken for a project's without naming it; nothing if a person told so.
    fn taken(&self, taken: &SubjectId) -> Option<Both> {
        (self.options.subject.as_ref() != Some(taken)).then(|| {
            both!(
                "課題の名がないため、{taken} のものとして読みました",
                "No project is named here; taken as {taken}’s"
            )
        })
    }

    /// The projects that may be meant: those known, those that the book names, and the next letters that are free.
    fn candidates(&self, subjects: &Subjects) -> Vec<Choice> {
        let mut choices = vec![Choice::new("program", both!("プログラム全体", "The whole programme"))];
        choices.extend(
            subjects
                .projects()
                .map(|id| Choice::new(id.as_str(), both!("プロジェクト {id}", "Project {id}"))),
        );
        let known: BTreeSet<&str> = subjects.projects().map(SubjectId::as_str).collect();
        let mut new: BTreeSet<String> =
            self.letters.iter().map(ToString::to_string).filter(|id| !known.contains(id.as_str())).collect();
        let free = ('A'..='Z').map(String::from).filter(|letter| !known.contains(letter.as_str()));
        new.extend(free.take(FREE));
        choices.extend(
            new.into_iter()
                .map(|id| Choice::new(id.clone(), both!("新しいプロジェクト {id}", "New project {id}"))),
        );
        choices
    }

    fn ask_whose(
        &mut self,
        work: &SheetWork<'_>,
        area: Area,
        count: usize,
        subjects: &Subjects,
    ) -> Option<SubjectId> {
        let about = self.source(work.sheet, &area.to_string());
        let place = at(&about);
        let text = both!("表（{place}）はどの課題のものですか。", "Whose is the table at {place}?");
        let choices = self.candidates(subjects);
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

    /// Whose a person said a table is, whether or not it has to be asked this time.
    fn answered(
        &mut self,
        work: &SheetWork<'_>,
        area: Area,
        count: usize,
        subjects: &Subjects,
    ) -> Option<SubjectId> {
        let id = format!("subject:{}!{}", self.file, at(&self.source(work.sheet, &area.to_string())));
        let answer = self.draft.answer(&id)?;
        let valid = self.candidates(subjects).iter().any(|choice| choice.value == answer);
        valid.then(|| self.ask_whose(work, area, count, subjects)).flatten()
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
        Writer {
            table,
            subject: place,
            measure: None,
            unit_at: None,
            notes: Vec::new(),
            era: None,
            known: HashMap::new(),
        }
    }

    /// Writes the tables of a sheet, and says of every other cell why it was not understood.
    pub fn settle(&mut self, work: &SheetWork<'_>) {
        for piece in &work.pieces {
            self.piece(piece, work);
        }
        self.account(work);
        self.reasons.clear();
    }

    fn piece(&mut self, piece: &Piece<'_>, work: &SheetWork<'_>) {
        let around = super::around_of(&work.layout, &work.sheet.name, piece.reach);
        let subjects = Subjects::of(self.draft.tree());
        let near: Option<Named> = (around.captions.iter().find_map(|stray| subjects.named(&stray.text)))
            .or_else(|| subjects.named(&work.sheet.name))
            .or_else(|| {
                let above =
                    work.layout.strays.partition_point(|stray| stray.at().row < piece.reach.first.row);
                work.layout.strays[..above].iter().rev().find_map(|stray| subjects.named(&stray.text))
            });
        let of_rows = match &piece.reading.content {
            Content::Parts(parts) => Some(parts.iter().map(|part| part.subject.clone()).collect()),
            _ => rows_of(&piece.reading, &subjects),
        };
        let count = piece.reading.content.count();
        let captions: Vec<&str> = around.captions.iter().map(|stray| stray.text.as_str()).collect();
        let mut remark = None;
        let mut said = self.told.clone().or_else(|| self.answered(work, piece.area, count, &subjects));
        if said.is_none()
            && let Some(near) = near
        {
            remark = contradiction(&near.subject, &work.sheet.name, &subjects);
            said = Some(near.subject);
        }
        if said.is_none() {
            said = self
                .fallback(&subjects)
                .filter(|taken| !self.is_of_another(work, &captions, taken, &subjects));
            remark = said.as_ref().and_then(|taken| self.taken(taken));
        }
        let subject = match (said, &of_rows) {
            (Some(subject), _) => subject,
            (None, Some(_)) => SubjectId::programme(),
            (None, None) => match self.ask_whose(work, piece.area, count, &subjects) {
                Some(subject) => subject,
                None => return self.wait(whole_of(piece, &around)),
            },
        };
        let Some(era) = self.ask_era(piece, work, count) else {
            return self.wait(whole_of(piece, &around));
        };
        let stated = self.unit.clone().map(|measure| (None, measure)).or_else(|| around.unit.clone());
        let Some(measure) = self.ask_unit(piece, work, stated.as_ref().map(|(_, measure)| measure)) else {
            return self.wait(whole_of(piece, &around));
        };
        let Some(kind) = self.ask_kind(piece, work, &subject) else {
            return self.wait(whole_of(piece, &around));
        };
        let whole = Whole {
            piece,
            work,
            around: &around,
            remark: remark.filter(|_| of_rows.is_none()),
            era,
            unit_at: stated.as_ref().and_then(|(at, _)| *at),
            measure: measure.or_else(|| stated.map(|(_, measure)| measure)),
        };
        match (&piece.reading.content, &of_rows) {
            (Content::Parts(parts), _) => {
                for (index, part) in parts.iter().enumerate() {
                    let known = subjects
                        .projects()
                        .find(|id| id.as_str().eq_ignore_ascii_case(part.subject.as_str()));
                    let subject = known.unwrap_or(&part.subject);
                    self.write(&whole, kind, subject, &part.content, index == 0, &|_| true);
                }
            }
            (content, Some(groups)) => {
                for group in groups {
                    let of = |found: Option<&Found<'_>>| {
                        found.and_then(|f| subjects.named(&f.text)).map(|n| n.subject).as_ref() == Some(group)
                    };
                    self.write(&whole, kind, group, content, true, &of);
                }
            }
            (content, None) => self.write(&whole, kind, &subject, content, true, &|_| true),
        }
        for (address, usage) in &piece.reading.uses.cells {
            if let Use::Refused(why) = usage {
                self.reasons.entry(*address).or_insert_with(|| why.clone());
            }
        }
    }

    /// Opens the table and has its content written.
    /// `first` says whether the table takes what its parts share: captions, notes, headings.
    fn write(
        &mut self,
        whole: &Whole<'_, '_>,
        kind: TableKind,
        subject: &SubjectId,
        content: &Content<'_>,
        first: bool,
        of: &dyn Fn(Option<&Found<'_>>) -> bool,
    ) {
        let Whole { piece, work, around, .. } = whole;
        let mut writer = self.writer(work, kind, subject, piece.area);
        writer.measure.clone_from(&whole.measure);
        writer.unit_at = whole.unit_at;
        writer.era.clone_from(&whole.era);
        writer.notes = around.notes.iter().map(|stray| (stray.at(), stray.text.clone())).collect();
        writer.table.get().title = around.title();
        if let Some(remark) = &whole.remark {
            writer.table.remark(None, remark.clone());
        }
        if let (Some(money), Some(measure), None) = (content.money(), &whole.measure, whole.unit_at)
            && money.lacks_unit(None) > 0
            && money.stated_units().iter().any(|(unit, _)| *unit == measure.unit)
        {
            let unit = measure.unit.as_str().to_owned();
            writer.table.remark(
                None,
                both!(
                    "単位のない金額は、表の他の欄にある {unit} で読みました",
                    "Amounts without a unit were read in {unit}, as the others of the table"
                ),
            );
        }
        for stray in around.captions.iter().filter(|_| first) {
            writer.role(stray.at(), Role::Caption);
        }
        for stray in around.notes.iter().filter(|_| first) {
            writer.role(stray.at(), Role::Note);
        }
        if let (true, Some(at), Some(measure)) = (first, whole.unit_at, &whole.measure) {
            writer.role(at, Role::Unit);
            if around.unit_of_sheet && matches!(content, Content::Money(_) | Content::Market(_)) {
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
        let done: Result<(), Trouble> = match content {
            Content::Parts(_) => Ok(()),
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
            if let (true, Use::Role(role)) = (first, usage) {
                writer.role(*address, *role);
            }
        }
    }

    /// The era of years that do not name theirs: none where it is asked and not answered, and an empty answer where
    /// no year has to be asked for.
    #[expect(clippy::option_option, reason = "asked and open, nothing to ask, and answered are three things")]
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
    #[expect(clippy::option_option, reason = "asked and open, nothing to ask, and answered are three things")]
    fn ask_unit(
        &mut self,
        piece: &Piece<'_>,
        work: &SheetWork<'_>,
        stated: Option<&Measure>,
    ) -> Option<Option<Measure>> {
        let stated = stated.filter(|measure| measure.unit.yen().is_some());
        let lacks = |content: &Content<'_>| match content {
            Content::Money(money) => Some(money.lacks_unit(stated)),
            _ => None,
        };
        let lacking: Vec<usize> = match &piece.reading.content {
            Content::Parts(parts) => parts.iter().filter_map(|part| lacks(&part.content)).collect(),
            content => lacks(content).into_iter().collect(),
        };
        if lacking.is_empty() {
            return Some(None);
        }
        let lacking: usize = lacking.into_iter().sum();
        if lacking == 0 {
            return Some(stated.cloned());
        }
        let parts: Vec<&Money<'_>> = match &piece.reading.content {
            Content::Parts(parts) => parts.iter().filter_map(|part| part.content.money()).collect(),
            content => content.money().into_iter().collect(),
        };
        if let Some(unit) = evident_unit(&parts) {
            return Some(Some(Measure { unit, factor: Decimal::ONE }));
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
        match self.draft.ask(question) {
            Some(answer) => Some(Some(Measure { unit: Unit::from(answer), factor: Decimal::ONE })),
            // What states its unit by itself need not wait.
            None => parts.iter().any(|part| !part.stated_units().is_empty()).then_some(None),
        }
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
        let indicators = match &piece.reading.content {
            Content::Indicators(indicators) => indicators,
            Content::Parts(parts) => match parts.iter().map(|part| &part.content).next() {
                Some(Content::Indicators(indicators)) => indicators,
                _ => return Some(kind),
            },
            _ => return Some(kind),
        };
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

/// The unit of money that most figures of a table state, where those that state none can hardly be in another.
fn evident_unit(parts: &[&Money<'_>]) -> Option<Unit> {
    let stated: Vec<(Unit, Decimal)> = parts.iter().flat_map(|part| part.stated_units()).collect();
    let bare: Vec<Decimal> = parts.iter().flat_map(|part| part.bare_figures()).collect();
    let (unit, _) = stated.first()?;
    if stated.len() <= bare.len() || stated.iter().any(|(other, _)| other != unit) {
        return None;
    }
    // A figure that is far larger or smaller than all others may well be in another unit.
    let sizes = || stated.iter().map(|(_, value)| value.abs()).filter(|value| !value.is_zero());
    let (low, high) = (sizes().min()?, sizes().max()?);
    let near = |value: &Decimal| {
        value.is_zero()
            || (value.abs() <= high.saturating_mul(Decimal::from(20))
                && value.abs().saturating_mul(Decimal::from(20)) >= low)
    };
    bare.iter().all(near).then(|| unit.clone())
}

/// A table with everything that was found out about it.
#[derive(Debug)]
struct Whole<'p, 'a> {
    piece: &'p Piece<'a>,
    work: &'p SheetWork<'a>,
    around: &'p super::Around<'p>,
    /// What is to be said of whose it is.
    remark: Option<Both>,
    era: Option<String>,
    unit_at: Option<Address>,
    measure: Option<Measure>,
}

/// The cells of a table, its captions and its notes.
fn whole_of(piece: &Piece<'_>, around: &super::Around<'_>) -> impl Iterator<Item = Address> {
    let cells: Vec<Address> = (piece.boxes.iter().map(|b| b.area.first))
        .chain(around.captions.iter().chain(&around.notes).map(|stray| stray.at()))
        .chain(around.unit.as_ref().and_then(|(at, _)| *at))
        .collect();
    cells.into_iter()
}

/// What to say where a table is taken for one project and the name of its sheet says another.
fn contradiction(taken: &SubjectId, sheet: &str, subjects: &Subjects) -> Option<Both> {
    let programme = SubjectId::programme();
    let other = subjects.named(sheet)?.subject;
    (other != *taken && other != programme && *taken != programme).then(|| {
        both!(
            "シート名は {other} を、見出しは {taken} を示しています。{taken} のものとして読みました",
            "The sheet names {other}, the caption {taken}; taken as {taken}’s"
        )
    })
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

fn of_overview(overview: &Overview<'_>, work: &SheetWork<'_>, subjects: &Subjects) -> Option<SubjectId> {
    (overview.name().and_then(|name| subjects.named(name)))
        .or_else(|| overview.title.as_ref().and_then(|(_, text, _)| subjects.named(text)))
        .or_else(|| subjects.named(&work.sheet.name))
        .map(|named| named.subject)
}
