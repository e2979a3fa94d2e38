//! Where readers put what they find: books in memory, or the stream that a child process writes.

use super::error::Trouble;
use super::{Address, Area, Book, Cell, Mark, Sheet, Value};
use crate::tasks::progress::Progress;
use std::time::Instant;

/// What a cell holds, borrowed from its reader.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Found<'a> {
    Text(&'a str),
    Number(f64),
    Bool(bool),
    Date(&'a str),
    Error(&'a str),
}

impl Found<'_> {
    fn text_length(&self) -> Option<usize> {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Error(text) => Some(text.len()),
            Self::Number(_) | Self::Bool(_) => None,
        }
    }
}

impl From<Found<'_>> for Value {
    fn from(found: Found<'_>) -> Self {
        match found {
            Found::Text(text) => Self::Text(text.to_owned()),
            Found::Number(number) => Self::Number(number),
            Found::Bool(truth) => Self::Bool(truth),
            Found::Date(text) => Self::Date(text.to_owned()),
            Found::Error(text) => Self::Error(text.to_owned()),
        }
    }
}

/// Takes what a reader finds, in the order of the file: a book, its sheets, their cells and merged ranges.
///
/// Each call may say that reading must stop, because nobody waits any more or a bound is reached.
pub(super) trait Sink {
    /// A book begins: the file itself, or the member of an archive that has this name.
    fn book(&mut self, member: Option<&str>) -> Result<(), Trouble>;
    /// A sheet of the book begins.
    fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), Trouble>;
    /// A cell of the sheet.
    fn cell(&mut self, at: Address, found: Found<'_>) -> Result<(), Trouble>;
    /// A merged range of the sheet.
    fn merge(&mut self, area: Area) -> Result<(), Trouble>;
    /// Something that is said of a range of the sheet.
    fn mark(&mut self, mark: Mark, area: Area) -> Result<(), Trouble>;
    /// The book that began last cannot be read to its end: nothing of it is kept.
    fn trouble(&mut self, trouble: Trouble) -> Result<(), Trouble>;
    /// How much of the file is read (0 to 1). A good moment to stop, too.
    fn progress(&mut self, fraction: f32) -> Result<(), Trouble>;
}

/// Counts what is kept, so that no file can make this process keep more than is allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    allowed: u64,
    left: u64,
}

impl Budget {
    /// So many bytes may be kept.
    pub(super) const fn new(bytes: u64) -> Self {
        Self { allowed: bytes, left: bytes }
    }

    /// What a text costs beside its bytes: the allocator's own.
    const ALLOCATION: usize = 16;

    pub(super) fn cell(&mut self, found: &Found<'_>) -> Result<(), Trouble> {
        self.spend(size_of::<Cell>() + found.text_length().map_or(0, |length| length + Self::ALLOCATION))
    }

    pub(super) fn merge(&mut self) -> Result<(), Trouble> {
        self.spend(size_of::<Area>())
    }

    /// A sheet or a book with its name.
    pub(super) fn named(&mut self, name: &str) -> Result<(), Trouble> {
        self.spend(size_of::<Sheet>() + name.len() + Self::ALLOCATION)
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Trouble> {
        let left = u64::try_from(bytes).ok().and_then(|bytes| self.left.checked_sub(bytes));
        self.left = left.ok_or(Trouble::TooLarge { mebibytes: self.allowed >> 20 })?;
        Ok(())
    }
}

/// Cells between two looks at the clock and at whether the user cancelled.
const PATIENCE: u32 = 4096;

/// The books of a file, or what was wrong with each; those of an archive with their member's name.
pub(super) type Books = Vec<(Option<String>, Result<Book, Trouble>)>;

/// Makes books in memory.
pub(super) struct Builder<'a> {
    file: &'a str,
    budget: Budget,
    progress: &'a dyn Progress,
    /// When reading must be done, if ever, and how many seconds that allowed.
    until: (Option<Instant>, u64),
    unlooked: u32,
    done: Books,
    name: String,
    hidden: bool,
    cells: Vec<Cell>,
    merges: Vec<Area>,
    marks: Vec<(Mark, Area)>,
    open: bool,
}

impl<'a> Builder<'a> {
    /// Makes books of the file of that name.
    pub(super) fn new(
        file: &'a str,
        budget: Budget,
        until: (Option<Instant>, u64),
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            file,
            budget,
            progress,
            until,
            unlooked: 0,
            done: Vec::new(),
            name: String::new(),
            hidden: false,
            cells: Vec::new(),
            merges: Vec::new(),
            marks: Vec::new(),
            open: false,
        }
    }

    /// What was made.
    pub(super) fn finish(mut self) -> Books {
        self.close();
        self.done
    }

    /// Whether reading should go on.
    pub(super) fn look(&self) -> Result<(), Trouble> {
        if self.progress.cancelled() {
            return Err(Trouble::Cancelled);
        }
        let (until, seconds) = self.until;
        let late = until.is_some_and(|until| Instant::now() >= until);
        if late { Err(Trouble::TooSlow { seconds }) } else { Ok(()) }
    }

    /// Puts the sheet that is being filled into its book.
    fn close(&mut self) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        let name = std::mem::take(&mut self.name);
        let mut sheet = Sheet::new(name, std::mem::take(&mut self.cells), std::mem::take(&mut self.merges));
        sheet.hidden = self.hidden;
        for (mark, area) in self.marks.drain(..) {
            sheet.mark(mark, area);
        }
        sheet.forget_uncalculated();
        if let Some((_, Ok(book))) = self.done.last_mut() {
            book.sheets.push(sheet);
        }
    }
}

impl Sink for Builder<'_> {
    fn book(&mut self, member: Option<&str>) -> Result<(), Trouble> {
        self.close();
        self.budget.named(member.unwrap_or_default())?;
        let file = member.map_or_else(|| self.file.to_owned(), |member| format!("{}/{member}", self.file));
        self.done.push((member.map(str::to_owned), Ok(Book { file, sheets: Vec::new() })));
        self.look()
    }

    fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), Trouble> {
        self.close();
        self.budget.named(name)?;
        (self.open, self.name, self.hidden) = (true, name.to_owned(), hidden);
        self.look()
    }

    fn cell(&mut self, at: Address, found: Found<'_>) -> Result<(), Trouble> {
        self.budget.cell(&found)?;
        self.cells.push(Cell { at, value: found.into() });
        self.unlooked += 1;
        if self.unlooked < PATIENCE {
            return Ok(());
        }
        self.unlooked = 0;
        self.look()
    }

    fn merge(&mut self, area: Area) -> Result<(), Trouble> {
        self.budget.merge()?;
        self.merges.push(area);
        Ok(())
    }

    fn mark(&mut self, mark: Mark, area: Area) -> Result<(), Trouble> {
        self.budget.merge()?;
        self.marks.push((mark, area));
        Ok(())
    }

    fn trouble(&mut self, trouble: Trouble) -> Result<(), Trouble> {
        self.close();
        if let Some((_, book)) = self.done.last_mut() {
            *book = Err(trouble);
        }
        self.look()
    }

    fn progress(&mut self, fraction: f32) -> Result<(), Trouble> {
        self.progress.step(fraction, self.file);
        self.look()
    }
}
