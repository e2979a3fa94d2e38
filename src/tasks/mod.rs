//! Named background jobs.

mod job;
mod parallel;
pub mod progress;

pub use job::{Job, Poll, Waker};
pub use parallel::each;
