//! How a long job tells what it is doing, and learns that it should stop.
//!
//! A job takes `&dyn Progress` and neither knows nor cares whether a window, a terminal or nobody is watching.

/// The watcher of a long job.
pub trait Progress: Sync {
    /// Tells that the job is at `fraction` (0 to 1) and now does `what` (in the watcher's language).
    fn step(&self, fraction: f32, what: &str);

    /// Whether the job should stop at the next point where it leaves nothing half done.
    fn cancelled(&self) -> bool;
}

/// Nobody watches and nobody cancels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn step(&self, _fraction: f32, _what: &str) {}

    fn cancelled(&self) -> bool {
        false
    }
}
