//! The report bundle: same bytes, nothing lost, nothing run, nothing left behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod anonymous;
mod book;
mod bundle;
mod fixture;
mod hostile;
mod order;
mod tables;
mod typesetting;
mod verification;
mod word;
