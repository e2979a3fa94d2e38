//! Tables as people have them, from a workbook into a dossier: by meaning, in any layout, every cell accounted for.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at what is not there"
)]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

mod asked;
mod beside;
mod doubt;
mod foreign;
mod forms;
mod kinds;
mod layouts;
mod messy;
mod report_layout;
mod soup;
mod structure;
mod support;
mod unseen;
