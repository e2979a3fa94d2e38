//! Hyoka (評価): a workbench for the evaluation of public R&D programmes.
//!
//! [`model`] is the dossier as plain data; everything else reads or changes it. The window ([`app`]) and the command
//! line ([`cli`]) are two thin faces on the same work. `ARCHITECTURE.md` has the map.

pub mod app;
pub mod chart;
pub mod check;
pub mod cli;
pub mod find;
mod fold;
pub mod fonts;
pub mod generate;
pub mod import;
pub mod locale;
pub mod log;
pub mod model;
pub mod report;
pub mod round;
pub mod sample;
pub mod sheets;
pub mod stats;
pub mod store;
pub mod tasks;
pub mod workbook;
