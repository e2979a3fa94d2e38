//! The writer of a journal: a thread of its own, so that a slow disk never holds up the window.

use super::line::{self, Begin, Step};
use crate::model::Snapshot;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// What a journal belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The document's name, as the window shows it.
    pub name: String,
    /// Where it is saved; none for one that never was.
    pub path: Option<PathBuf>,
    /// The ballot that it fills in, as its file was read; none for a dossier.
    pub ballot: Option<String>,
}

/// The journal of an open document. Dropping it removes its file: the document was put away on purpose.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<io::Error>>>,
}

enum Message {
    /// The base is another now.
    Saved(Box<About>, Snapshot),
    /// The document stands like this.
    Note(Snapshot),
    /// Answers when everything before is on disk.
    Flush(Sender<()>),
    /// The document is put away.
    Close,
}

impl Journal {
    /// A journal in `folder`. Its file is made with the first change, or at once if `unsaved` says that the base is
    /// nowhere else.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(folder: &Path, about: About, base: Snapshot, unsaved: bool) -> io::Result<Self> {
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let (moment, process) = (Timestamp::now().as_millisecond(), std::process::id());
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{moment}-{process}-{number}.{}", super::ENDING));
        let trouble = Arc::new(Mutex::new(None));
        let (sender, receiver) = channel();
        let mut writer = Writer {
            path: path.clone(),
            file: None,
            length: 0,
            about,
            unsaved,
            last: base.clone(),
            base,
            trouble: Arc::clone(&trouble),
            told: false,
        };
        let thread =
            thread::Builder::new().name("hyoka-journal".to_owned()).spawn(move || writer.serve(&receiver))?;
        Ok(Self { path, sender: Some(sender), thread: Some(thread), trouble })
    }

    /// Where its file is, or will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes how the document stands.
    pub fn note(&mut self, state: Snapshot) {
        self.send(Message::Note(state));
    }

    /// Notes that `base` is saved; what was noted before is not needed any more.
    pub fn saved(&mut self, about: About, base: Snapshot) {
        self.send(Message::Saved(Box::new(about), base));
    }

    /// Waits until what was noted is on disk. Not for the window's thread, except when the program is about to end.
    pub fn flush(&self) {
        let (sender, receiver) = channel();
        if let Some(to) = &self.sender
            && to.send(Message::Flush(sender)).is_ok()
        {
            // The thread may be gone; then nothing more comes to disk.
            let _ = receiver.recv();
        }
    }

    /// What kept the journal from the disk since the last time; told once until a write succeeds again.
    pub fn trouble(&self) -> Option<io::Error> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Leaves the file as it stands, as a crash would.
    pub fn abandon(mut self) {
        self.end();
    }

    fn send(&mut self, message: Message) {
        if let Some(sender) = &self.sender {
            // A thread that is gone has told why.
            let _ = sender.send(message);
        }
    }

    fn end(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.send(Message::Close);
        self.end();
    }
}

struct Writer {
    path: PathBuf,
    file: Option<File>,
    /// How much of the file is whole, in bytes.
    length: u64,
    about: About,
    unsaved: bool,
    /// What is saved.
    base: Snapshot,
    /// What the journal tells.
    last: Snapshot,
    trouble: Arc<Mutex<Option<io::Error>>>,
    /// Whether trouble was told since the last success.
    told: bool,
}

impl Writer {
    fn serve(&mut self, messages: &Receiver<Message>) {
        if self.unsaved {
            self.attempt(Self::begin);
        }
        while let Ok(message) = messages.recv() {
            match message {
                Message::Note(state) => {
                    self.attempt(|writer| writer.step(&state));
                }
                Message::Saved(about, base) => {
                    self.remove();
                    self.about = *about;
                    self.unsaved = false;
                    self.last = base.clone();
                    self.base = base;
                }
                Message::Flush(answer) => {
                    let _ = answer.send(());
                }
                Message::Close => self.remove(),
            }
        }
    }

    /// Tries to write; what fails is told once and tried again with the next state.
    fn attempt(&mut self, write: impl FnOnce(&mut Self) -> io::Result<()>) {
        match write(self) {
            Ok(()) => self.told = false,
            Err(error) => {
                tracing::warn!("the journal cannot be written: {error}");
                if !self.told {
                    self.told = true;
                    *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                }
            }
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.file.is_some() {
            return Ok(());
        }
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // It holds what the document holds, and nobody has said who else may read that.
            options.mode(0o600);
        }
        let file = options.open(&self.path)?;
        // Where a file system knows no locks, a journal is offered while it is written; that is told when it is read.
        let _ = file.try_lock();
        self.file = Some(file);
        self.length = 0;
        let base = self.base.to_dossier();
        let first = line::write(&Begin::now(&self.about, self.unsaved, &base)).map_err(io::Error::other)?;
        let begun = self.append(&first);
        if begun.is_err() {
            self.remove();
        }
        self.last = self.base.clone();
        begun
    }

    fn step(&mut self, state: &Snapshot) -> io::Result<()> {
        self.begin()?;
        let changes = self.last.changes_until(state).map_err(io::Error::other)?;
        if !changes.is_empty() {
            let step = Step { at: Timestamp::now(), changes };
            self.append(&line::write(&step).map_err(io::Error::other)?)?;
        }
        self.last = state.clone();
        Ok(())
    }

    /// Adds a line and forces it to the disk. One that fails is taken back.
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let written = file.write_all(line).and_then(|()| file.sync_data());
        if written.is_ok() {
            self.length += line.len() as u64;
        } else {
            let _ = file.set_len(self.length);
            let _ = file.seek(SeekFrom::Start(self.length));
        }
        written
    }

    fn remove(&mut self) {
        if self.file.take().is_some()
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!("a journal that is not needed any more cannot be removed: {error}");
        }
    }
}
