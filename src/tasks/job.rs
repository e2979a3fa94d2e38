//! A job on a thread of its own: progress, cancel, and one result.

use super::progress::Progress;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Wakes whoever watches jobs: there is news.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// A running job that will give a `T`.
pub struct Job<T> {
    name: String,
    shared: Arc<Shared>,
    result: Receiver<T>,
}

struct Shared {
    at: Mutex<(f32, String)>,
    cancel: AtomicBool,
    wake: Waker,
}

impl Progress for Shared {
    fn step(&self, fraction: f32, what: &str) {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = (fraction, what.to_owned());
        (self.wake)();
    }

    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// What a look at a job tells.
#[derive(Debug, PartialEq, Eq)]
pub enum Poll<T> {
    /// It still runs.
    Running,
    /// It is done.
    Done(T),
    /// It ended without a result, which only a defect in it can cause.
    Broken,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work` under a name that people can read.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        name: impl Into<String>,
        wake: Waker,
        work: impl FnOnce(&dyn Progress) -> T + Send + 'static,
    ) -> std::io::Result<Self> {
        let name = name.into();
        let shared =
            Arc::new(Shared { at: Mutex::new((0.0, String::new())), cancel: AtomicBool::new(false), wake });
        let (send, result) = channel();
        let theirs = Arc::clone(&shared);
        // Typesetting recurses deeply; the platform's default stack for threads is small on some systems.
        thread::Builder::new().name("hyoka-job".to_owned()).stack_size(16 * 1024 * 1024).spawn(
            move || {
                // Wakes on the way out, even if the job breaks: the watcher must learn of it.
                let _awake = WakeAtEnd(Arc::clone(&theirs));
                let outcome = work(&*theirs);
                // The watcher may be gone; then nobody wants the result.
                let _ = send.send(outcome);
                drop(send);
            },
        )?;
        Ok(Self { name, shared, result })
    }

    /// Looks at the job without waiting.
    pub fn poll(&self) -> Poll<T> {
        match self.result.try_recv() {
            Ok(outcome) => Poll::Done(outcome),
            Err(TryRecvError::Empty) => Poll::Running,
            Err(TryRecvError::Disconnected) => Poll::Broken,
        }
    }
}

impl<T> Job<T> {
    /// How far it is (0 to 1), and what it does now.
    pub fn progress(&self) -> (f32, String) {
        self.shared.at.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks it to stop where it leaves nothing half done.
    pub fn cancel(&self) {
        self.shared.cancel.store(true, Ordering::Relaxed);
    }
}

struct WakeAtEnd(Arc<Shared>);

impl Drop for WakeAtEnd {
    fn drop(&mut self) {
        (self.0.wake)();
    }
}

impl<T> std::fmt::Debug for Job<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    fn finished<T: Send + 'static>(job: &Job<T>) -> Poll<T> {
        for _ in 0..2000 {
            match job.poll() {
                Poll::Running => thread::sleep(Duration::from_millis(1)),
                other => return other,
            }
        }
        Poll::Running
    }

    #[test]
    fn a_job_reports_stops_and_gives_its_result() {
        let (ready, wait) = mpsc::channel();
        let job = Job::start("test", Arc::new(|| ()), move |progress| {
            progress.step(0.5, "half");
            ready.send(()).unwrap();
            while !progress.cancelled() {
                thread::yield_now();
            }
            7
        })
        .unwrap();
        wait.recv().unwrap();
        assert_eq!(job.progress(), (0.5, "half".to_owned()));
        assert_eq!(job.poll(), Poll::Running);
        job.cancel();
        assert_eq!(finished(&job), Poll::Done(7));
    }

    #[test]
    fn a_broken_job_is_noticed() {
        let job: Job<()> =
            Job::start("test", Arc::new(|| ()), |_| std::panic::resume_unwind(Box::new("x"))).unwrap();
        assert_eq!(finished(&job), Poll::Broken);
    }
}
