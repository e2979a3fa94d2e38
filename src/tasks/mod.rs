//! Named background jobs.

pub mod progress;
