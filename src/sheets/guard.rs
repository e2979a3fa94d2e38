//! The guard: a child process of this program reads the file, so that whatever the file does to its reader, this
//! process only sees a stream end early.

use super::error::Trouble;
use super::reader::{Keep, Limits};
use super::sink::{Budget, Builder};
use super::source::{self, OnDisk, Request};
use super::wire::{self, Encoder};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// The hidden subcommand in which the child reads.
pub const SUBCOMMAND: &str = "read-sheets";

/// How long a frame is waited for before the clock and the user are asked again.
const PATIENCE: Duration = Duration::from_millis(10);
/// Frames that may wait here; more, and the child waits.
const WAITING: usize = 16;
/// What is looked at of the child's last words. Bytes.
const LAST_WORDS: u64 = 4096;

/// Has a child process of `program` read the file.
pub(super) fn read(
    program: &Path,
    path: &Path,
    keep: Option<&Keep>,
    limits: Limits,
    builder: &mut Builder<'_>,
) -> Result<(), Trouble> {
    let mut command = Command::new(program);
    command.arg(SUBCOMMAND);
    let milliseconds = u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX);
    command.arg("--milliseconds").arg(milliseconds.to_string());
    command.arg("--bytes").arg(limits.memory.to_string());
    if let Some(keep) = keep {
        command.arg("--keep").arg(&keep.header).arg(&keep.value);
    }
    command.arg("--").arg(path);
    let mut child = Child::start(command).map_err(|error| Trouble::NoReader(error.to_string()))?;
    let frames = child.frames().map_err(|error| Trouble::NoReader(error.to_string()))?;
    loop {
        match frames.recv_timeout(PATIENCE) {
            Ok(frame) => {
                if wire::decode(&frame, builder)? {
                    return Ok(());
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(child.fate(limits)),
        }
        builder.look()?;
    }
}

/// A child process that does not outlive its owner.
struct Child(std::process::Child);

impl Child {
    fn start(mut command: Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // What the child notes about itself is nobody's here, and could fill the pipe.
        command.env_remove("HYOKA_LOG");
        #[cfg(windows)]
        {
            use std::os::windows::process::CommandExt;
            /// No console window appears for the child.
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            command.creation_flags(CREATE_NO_WINDOW);
        }
        command.spawn().map(Self)
    }

    /// The frames that it writes, as they come.
    fn frames(&mut self) -> io::Result<Receiver<Vec<u8>>> {
        fn pass_on(mut stream: ChildStdout, send: &SyncSender<Vec<u8>>) {
            while let Some(frame) = wire::frame(&mut stream) {
                if send.send(frame).is_err() {
                    return;
                }
            }
        }
        let stream = self.0.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (send, frames) = sync_channel(WAITING);
        thread::Builder::new().name("hyoka-frames".to_owned()).spawn(move || pass_on(stream, &send))?;
        Ok(frames)
    }

    /// Why its stream ended early.
    fn fate(&mut self, limits: Limits) -> Trouble {
        self.end();
        let mut words = Vec::new();
        if let Some(stream) = self.0.stderr.take() {
            // Its last words only tell the reason better.
            let _ = stream.take(LAST_WORDS).read_to_end(&mut words);
        }
        let words = String::from_utf8_lossy(&words);
        tracing::debug!("the reading child ended: {words}");
        if words.contains("memory allocation of") {
            return Trouble::TooLarge { mebibytes: limits.memory >> 20 };
        }
        Trouble::BrokeOff
    }

    fn end(&mut self) {
        // One that has ended already cannot be ended again, and is only collected.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the child does: bounds its own memory, reads the file, and writes what it finds to `out`.
///
/// # Errors
/// If nobody takes what is written. Trouble with the file goes out on the stream.
pub fn serve(path: &Path, keep: Option<&Keep>, limits: Limits, out: impl Write) -> Result<(), Trouble> {
    let mut encoder = Encoder::new(out, Budget::new(limits.memory));
    let outcome = bound_memory(limits.memory).map_err(Trouble::from).and_then(|()| {
        let (file, size) = OnDisk::open(path)?;
        source::read(file, size, Request::new(keep, limits), &mut encoder)
    });
    encoder.finish(&outcome)
}

/// Lets this process have no more memory than that. Where the system has no such bound, what is kept is counted
/// all the same.
#[cfg(all(unix, not(target_vendor = "apple")))]
fn bound_memory(bytes: u64) -> io::Result<()> {
    use rlimit::Resource;
    let hard = Resource::AS.get_hard()?;
    Resource::AS.set(bytes.min(hard), bytes.min(hard))?;
    // A child that breaks leaves no image of itself on the disk.
    Resource::CORE.set(0, 0)
}

#[cfg(not(all(unix, not(target_vendor = "apple"))))]
#[allow(clippy::unnecessary_wraps, reason = "as where there is a bound")]
fn bound_memory(_bytes: u64) -> io::Result<()> {
    Ok(())
}
