//! A round from end to end: ballots issued, filled in, damaged, mixed up, and merged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why and stops"
)]

mod desk;
mod forms;
mod merging;
mod properties;
mod recall;
mod zero;
