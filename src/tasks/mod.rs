//! Named background jobs.

mod job;
pub mod progress;

pub use job::{Job, Poll, Waker};
