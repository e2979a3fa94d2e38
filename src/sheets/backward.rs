//! The sheets of a large xlsx, read from the last to the first while others are handed on from the first to the last.
//!
//! Two readers meet in the middle, wherever the large sheets are. The one that reads ahead keeps what it reads, with a
//! bound; what it cannot read, or not within the bound, it leaves to the other, who tells what is wrong.

use super::source::Source;
use calamine::{Data, DataRef, Reader, Xlsx};
use std::io::SeekFrom;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A file below this is read before a thread pays. Bytes.
const LARGE: u64 = 256 << 10;
/// The most cells that are kept, and the most bytes of their texts.
const MOST_CELLS: usize = 2_000_000;
const MOST_TEXT: usize = 128 << 20;
/// Cells that are read before it is asked whether anybody still wants them.
const PATIENCE: usize = 1024;

/// A cell that was read: row and column, counted from nought, and what it holds.
type Cell = ((u32, u32), Data);

/// Who reads which sheet.
pub(super) struct Backward {
    state: Mutex<State>,
    told: Condvar,
}

/// A sheet as it is read ahead.
#[derive(Default)]
enum Ahead {
    /// Not yet.
    #[default]
    Waiting,
    /// These are its cells.
    Read(Vec<Cell>),
    /// The other must read it.
    Left,
}

#[derive(Default)]
struct State {
    /// Sheets below are handed on already.
    from: usize,
    /// Sheets from here on are read or being read ahead.
    to: usize,
    /// What is known of each sheet.
    read: Vec<Ahead>,
    cells: usize,
    text: usize,
    /// Nobody wants more, or no more can be kept.
    ended: bool,
}

/// The source, if it is large enough to be read by two.
pub(super) fn large<S: Source>(mut source: S) -> Option<S> {
    let size = source.seek(SeekFrom::End(0)).ok()?;
    source.rewind().ok()?;
    (size >= LARGE).then_some(source)
}

impl Backward {
    /// Nothing of so many sheets is read yet.
    pub(super) fn over(sheets: usize) -> Self {
        let state =
            State { to: sheets, read: (0..sheets).map(|_| Ahead::Waiting).collect(), ..State::default() };
        Self { state: Mutex::new(state), told: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads ahead until the two meet.
    pub(super) fn read(&self, source: impl Source, names: &[String]) {
        let Ok(mut book) = Xlsx::new(source) else { return };
        loop {
            let index = {
                let mut state = self.state();
                if state.ended || state.from >= state.to {
                    return;
                }
                state.to -= 1;
                state.to
            };
            // A panic of the reader must leave nobody waiting.
            let left = Left { all: self, index };
            let cells = self.sheet(&mut book, &names[index]);
            drop(left);
            self.state().read[index] = cells.map_or(Ahead::Left, Ahead::Read);
            self.told.notify_all();
        }
    }

    /// The cells of one sheet; none where they are left to the other.
    fn sheet(&self, book: &mut Xlsx<impl Source>, name: &str) -> Option<Vec<Cell>> {
        let mut reader = book.worksheet_cells_reader(name).ok()?;
        let mut cells = Vec::new();
        let mut text = 0;
        while let Some(cell) = reader.next_cell().ok()? {
            if let DataRef::String(string) = cell.get_value() {
                text += string.len();
            } else if let DataRef::SharedString(string) = cell.get_value() {
                text += string.len();
            }
            cells.push((cell.get_position(), Data::from(cell.get_value().clone())));
            if cells.len() % PATIENCE == 0 {
                let mut state = self.state();
                state.ended |= state.cells + cells.len() > MOST_CELLS || state.text + text > MOST_TEXT;
                if state.ended {
                    return None;
                }
            }
        }
        let mut state = self.state();
        state.cells += cells.len();
        state.text += text;
        Some(cells)
    }

    /// The cells of a sheet that was read ahead, waiting for them; none if nobody has begun it.
    pub(super) fn take(&self, index: usize) -> Option<Vec<Cell>> {
        let mut state = self.state();
        if index < state.to {
            state.from = index + 1;
            return None;
        }
        loop {
            match std::mem::take(&mut state.read[index]) {
                Ahead::Read(cells) => {
                    state.cells = state.cells.saturating_sub(cells.len());
                    return Some(cells);
                }
                Ahead::Left => return None,
                Ahead::Waiting => {}
            }
            state = self.told.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A sheet that is being read: left to the other unless it is said otherwise.
struct Left<'b> {
    all: &'b Backward,
    index: usize,
}

impl Drop for Left<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut state = self.all.state();
            state.read[self.index] = Ahead::Left;
            self.all.told.notify_all();
        }
    }
}

/// Ends the reading ahead when it goes.
pub(super) struct Ending<'b>(pub(super) &'b Backward);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.state().ended = true;
    }
}
