//! The window, worked by role and label as its users and their screen readers do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why and stops"
)]

mod access;
mod comfort;
mod desk;
mod export;
mod find;
mod import;
mod job;
mod keyboard;
mod palette;
mod round;
mod safety;
mod table;
