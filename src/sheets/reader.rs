//! Reads files from outside, in this process or behind a guard.

use super::Book;
use super::error::{SheetError, Trouble};
use super::guard;
use super::sink::{Budget, Builder};
use super::source::{self, Kind, OnDisk, Request};
use crate::tasks::progress::Progress;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A text up to this size is read without a guard. Bytes.
const SMALL_TEXT: u64 = 4 << 20;

/// What reading one file may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until it must be done.
    pub time: Duration,
    /// Memory of the process that reads, and of what is kept here. Bytes.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), memory: 1 << 30 }
    }
}

/// Which rows of a CSV are kept while it streams: those whose column of that heading (in the first row) holds that
/// value. A CSV without that heading is kept whole, and so is every workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The heading.
    pub header: String,
    /// The value.
    pub value: String,
}

/// Reads files of tables.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The program whose child process reads; none to read here.
    program: Option<PathBuf>,
    limits: Limits,
}

impl Reader {
    /// Reads in a child process of `program`, which must be this program.
    pub fn guarded(program: PathBuf, limits: Limits) -> Self {
        Self { program: Some(program), limits }
    }

    /// Reads in a child process of the running program.
    pub fn of_this_program(limits: Limits) -> Self {
        // Without a path of its own, the program is looked for like any other.
        Self::guarded(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("hyoka")), limits)
    }

    /// Reads in this process, for files that are trusted: what makes a reader break breaks this process.
    pub fn in_process(limits: Limits) -> Self {
        Self { program: None, limits }
    }

    /// The tables of a file: one book, or one for each member of an archive.
    ///
    /// # Errors
    /// If the file, or a member of it, cannot be read within the limits. The file is untouched.
    pub fn read(
        &self,
        path: &Path,
        keep: Option<&Keep>,
        progress: &dyn Progress,
    ) -> Result<Vec<Book>, SheetError> {
        self.read_each(path, keep, progress)?.into_iter().collect()
    }

    /// As [`Self::read`], but trouble with a member of an archive leaves the others.
    ///
    /// # Errors
    /// If the file cannot be read within the limits. The file is untouched.
    pub fn read_each(
        &self,
        path: &Path,
        keep: Option<&Keep>,
        progress: &dyn Progress,
    ) -> Result<Vec<Result<Book, SheetError>>, SheetError> {
        let shown = path.display();
        let fail = |trouble| SheetError::new(shown.to_string(), trouble);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let until = (Instant::now().checked_add(self.limits.time), self.limits.time.as_secs());
        let mut builder = Builder::new(&name, Budget::new(self.limits.memory), until, progress);
        self.fill(path, keep, &mut builder).map_err(fail)?;
        let of_member = |member: Option<String>, trouble| match member {
            Some(member) => SheetError::new(format!("{shown}/{member}"), trouble),
            None => fail(trouble),
        };
        let each = builder.finish().into_iter();
        Ok(each.map(|(member, book)| book.map_err(|trouble| of_member(member, trouble))).collect())
    }

    fn fill(&self, path: &Path, keep: Option<&Keep>, builder: &mut Builder<'_>) -> Result<(), Trouble> {
        let (mut file, size) = OnDisk::open(path)?;
        match &self.program {
            // The reader of texts is our own; a child would cost more than it guards from.
            Some(program) if size > SMALL_TEXT || source::kind(&mut file)? != Kind::Text => {
                guard::read(program, path, keep, self.limits, builder)
            }
            _ => source::read(file, size, Request::new(keep, self.limits), builder),
        }
    }
}
