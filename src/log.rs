//! What the program notes about itself: to standard error where it is asked for, and from the window to a file.
//!
//! The file is for those who look into trouble later. It is bounded in size and in number, and holds no word of a
//! dossier: only what this program says of itself at the levels from "info" upwards, and of a panic its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing_subscriber::filter::{EnvFilter, LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{fmt, registry};

/// No file grows larger, in bytes.
const LARGEST: u64 = 512 * 1024;
/// So many files are kept, the one that is written included.
const KEPT: usize = 3;
/// The target of what may hold words of a dossier, such as the message of a panic. It never comes into the file.
const WORDS: &str = "words";

/// Where the window's log is kept on this platform; none without a home folder.
pub fn place() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "hyoka").map(|dirs| dirs.data_local_dir().join("log"))
}

/// Begins to note: to standard error what `HYOKA_LOG` asks for (`HYOKA_LOG=debug`), and into `folder` if there is one.
pub fn start(folder: Option<&Path>) {
    let asked = EnvFilter::builder()
        .with_default_directive(LevelFilter::OFF.into())
        .with_env_var("HYOKA_LOG")
        .from_env_lossy();
    let to_error = fmt::layer().with_writer(io::stderr).with_filter(asked);
    let to_file = folder.map(|folder| {
        let own = Targets::new().with_target("hyoka", LevelFilter::INFO);
        fmt::layer().with_writer(Mutex::new(Rotating::new(folder))).with_filter(own)
    });
    // A second call, as tests make it, keeps the first.
    let _ = registry().with(to_error).with(to_file).try_init();
}

/// Notes a panic: its place everywhere, its words, which may be somebody's, on standard error only.
pub fn panicked(panic: &std::panic::PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!("a panic at {at}");
    tracing::error!(target: WORDS, "{panic}");
}

/// A file that makes room for itself: when it is full, it becomes the first of the older ones, and the oldest goes.
#[derive(Debug)]
struct Rotating {
    folder: PathBuf,
    file: Option<File>,
    length: u64,
}

impl Rotating {
    fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), file: None, length: 0 }
    }

    fn path(&self, age: usize) -> PathBuf {
        let name = if age == 0 { "hyoka.log".to_owned() } else { format!("hyoka.{age}.log") };
        self.folder.join(name)
    }

    fn open(&mut self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let file = OpenOptions::new().append(true).create(true).open(self.path(0))?;
        self.length = file.metadata()?.len();
        self.file = Some(file);
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        self.file = None;
        for age in (1..KEPT).rev() {
            // The younger ones may not be there yet.
            let _ = fs::rename(self.path(age - 1), self.path(age));
        }
        self.open()
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        if self.file.is_none() {
            self.open()?;
        }
        let more = line.len() as u64;
        if self.length > 0 && self.length + more > LARGEST {
            self.rotate()?;
        }
        if let Some(file) = &mut self.file {
            file.write_all(line)?;
            self.length += more;
        }
        Ok(())
    }
}

impl Write for Rotating {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A log that cannot be written is no trouble of the user's.
        if self.append(line).is_err() {
            self.file = None;
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_bounded_in_size_and_number_and_go_on_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("log");
        let line = [&[b'x'; 1023][..], b"\n"].concat();
        let lines = usize::try_from(LARGEST).unwrap() / line.len() * 5;
        for _ in 0..2 {
            let mut log = Rotating::new(&place);
            for _ in 0..lines {
                log.write_all(&line).unwrap();
            }
            log.write_all(b"last\n").unwrap();
        }
        let mut sizes = Vec::new();
        for entry in fs::read_dir(&place).unwrap() {
            sizes.push(entry.unwrap().metadata().unwrap().len());
        }
        assert_eq!(sizes.len(), KEPT);
        assert!(sizes.iter().all(|size| *size <= LARGEST), "{sizes:?}");
        assert!(fs::read_to_string(place.join("hyoka.log")).unwrap().ends_with("last\n"));
    }

    #[test]
    fn a_place_that_cannot_be_written_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        fs::write(&place, "no folder").unwrap();
        Rotating::new(&place).write_all(b"line\n").unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"no folder");
    }
}
