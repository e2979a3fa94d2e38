//! The report bundle: same bytes, nothing lost, nothing run, nothing left behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]
#![allow(
    clippy::format_collect,
    clippy::default_trait_access,
    clippy::needless_pass_by_value,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a bundle's names are the program's own, and what is quick to read is quick enough here"
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
