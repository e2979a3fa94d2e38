//! A table as one recogniser reads it: what its cells are, and how much of it makes sense that way.

use super::super::{Role, TableKind};
use super::around::Around;
use super::asides::is_no_figure;
use super::frame::Frame;
use super::grid::Found;
use super::head::Form;
use super::indicators::Indicators;
use super::items::Items;
use super::market::Market;
use super::money::Money;
use super::others::Others;
use super::roadmap::Roadmap;
use super::scores::Scores;
use super::texts::Texts;
use crate::both;
use crate::locale::Both;
use crate::model::{MentionedYear, SubjectId};
use crate::sheets::{Address, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a cell is to a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Use {
    /// It holds a value.
    Value,
    /// It explains the table.
    Role(Role),
    /// It is part of the table and has no place in a dossier, for this reason.
    Refused(Both),
}

/// What was read.
#[derive(Debug)]
pub(super) enum Content<'a> {
    Money(Money<'a>),
    Indicators(Indicators<'a>),
    Others(Others<'a>),
    Scores(Scores<'a>),
    Items(Items<'a>),
    Texts(Texts<'a>),
    Market(Market<'a>),
    Roadmap(Roadmap<'a>),
    /// One table a project.
    Parts(Vec<Part<'a>>),
}

/// What a table says of one of several projects.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub subject: SubjectId,
    pub content: Content<'a>,
}

impl Content<'_> {
    /// The amounts, if it is that.
    pub fn money(&self) -> Option<&Money<'_>> {
        match self {
            Self::Money(money) => Some(money),
            _ => None,
        }
    }

    /// How many values there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Money(money) => money.count(),
            Self::Indicators(indicators) => indicators.count(),
            Self::Others(others) => others.count(),
            Self::Scores(scores) => scores.count(),
            Self::Items(items) => items.count(),
            Self::Texts(texts) => texts.count(),
            Self::Market(market) => market.count(),
            Self::Roadmap(roadmap) => roadmap.count(),
            Self::Parts(parts) => parts.iter().map(|part| part.content.count()).sum(),
        }
    }
}

/// A table as read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub kind: TableKind,
    pub content: Content<'a>,
    pub uses: Uses,
}

/// What the cells of a table are.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub cells: BTreeMap<Address, Use>,
    /// The years of which the era is not named, with the cells that name them.
    pub bare: BTreeMap<Address, u8>,
    /// The years that leave their era to the one before.
    pub continued: BTreeSet<Address>,
}

impl Uses {
    /// The headings of a frame.
    pub fn of(frame: &Frame<'_>) -> Self {
        let mut uses = Self::default();
        for at in frame.headings() {
            uses.role(at, Role::Header);
        }
        for (_, found) in &frame.sections {
            uses.role(found.at, Role::Label);
        }
        for column in &frame.columns {
            if let (true, Some(at)) = (column.continued, column.at()) {
                uses.continued.insert(at);
            }
        }
        uses
    }

    pub fn value(&mut self, found: &Found<'_>) {
        self.cells.insert(found.at, Use::Value);
    }

    /// Says what a cell is, unless it is known to hold a value.
    pub fn role(&mut self, at: Address, role: Role) {
        self.cells.entry(at).or_insert(Use::Role(role));
    }

    pub fn refuse(&mut self, found: &Found<'_>, why: Both) {
        self.cells.entry(found.at).or_insert(Use::Refused(why));
    }

    /// Notes a year that a cell names, if its era has to be asked for.
    pub fn year(&mut self, at: Option<Address>, year: Option<MentionedYear>) {
        if let (Some(at), Some(MentionedYear::Bare(nth))) = (at, year) {
            self.bare.insert(at, nth);
        }
    }

    /// How much of the cells makes sense: values most, what explains them less; what is left over speaks against it.
    pub fn score(&self, own: &std::collections::HashSet<Address>) -> i64 {
        let explained: i64 = (self.cells.iter())
            .filter(|(at, _)| own.contains(at))
            .map(|(_, usage)| match usage {
                Use::Value => 4,
                Use::Role(_) => 1,
                Use::Refused(_) => -1,
            })
            .sum();
        let left = own.iter().filter(|at| !self.cells.contains_key(at)).count();
        explained - 3 * i64::try_from(left).unwrap_or(i64::MAX / 4)
    }
}

/// Every reading of a frame. What speaks of several projects is read project by project or not at all.
pub(super) fn readings<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Vec<Reading<'a>> {
    let whole =
        |frame: &Frame<'a>| super::split::readings(frame, around).unwrap_or_else(|| single(frame, around));
    let Some((sound, broken)) = without_errors(frame) else { return whole(frame) };
    let mut readings = whole(&sound);
    for reading in &mut readings {
        for (found, why) in &broken {
            reading.uses.refuse(found, why.clone());
        }
    }
    readings
}

/// The frame without its error values and truth values, and the cells that were taken out of it; none if it has none.
/// Where one stands for a text, the whole row goes with it: nobody knows what the row is about.
fn without_errors<'a>(frame: &Frame<'a>) -> Option<(Frame<'a>, Vec<(Found<'a>, Both)>)> {
    let is_broken = |found: &Found<'_>| matches!(found.value, Value::Error(_) | Value::Bool(_));
    if !frame.body.iter().flatten().flatten().any(is_broken) {
        return None;
    }
    let textual = |column: usize| {
        let (mut words, mut all) = (0, 0);
        for found in frame.cells(column).filter(|found| !is_broken(found)) {
            all += 1;
            words += usize::from(found.head.form == Form::Words);
        }
        words * 2 > all
    };
    let textual: Vec<bool> = (0..frame.columns.len()).map(textual).collect();
    let mut broken = Vec::new();
    let mut body = Vec::with_capacity(frame.body.len());
    // How many rows are left above each.
    let mut above = Vec::with_capacity(frame.body.len());
    for row in &frame.body {
        above.push(body.len());
        let names_nothing = row
            .iter()
            .enumerate()
            .any(|(column, cell)| textual[column] && cell.as_ref().is_some_and(is_broken));
        let mut kept = row.clone();
        for cell in &mut kept {
            let Some(found) = cell.as_ref().filter(|found| names_nothing || is_broken(found)) else {
                continue;
            };
            let why = is_no_figure(found).unwrap_or_else(|| {
                both!("同じ行の名称が読めないため", "What its row is called cannot be read")
            });
            if found.own {
                broken.push((found.clone(), why));
            }
            *cell = None;
        }
        if !names_nothing {
            body.push(kept);
        }
    }
    let moved =
        |(at, found): &(usize, Found<'a>)| (above.get(*at).copied().unwrap_or(body.len()), found.clone());
    let sections = frame.sections.iter().map(moved).collect();
    let whole = Frame { columns: frame.columns.clone(), repeated: frame.repeated.clone(), sections, body };
    Some((whole, broken))
}

/// Every recogniser's reading of a frame that speaks of one subject.
pub(super) fn single<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Vec<Reading<'a>> {
    [
        super::scores::find(frame, around),
        super::money::find(frame, around),
        super::indicators::find(frame, around),
        super::others::find(frame, around),
        super::items::find(frame, around),
        super::texts::find(frame, around),
        super::market::find(frame, around),
        super::roadmap::find(frame, around),
    ]
    .into_iter()
    .flatten()
    .collect()
}
