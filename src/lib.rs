//! Hyoka (評価): a workbench for the evaluation of public R&D programmes.

pub mod cli;
pub mod fonts;
pub mod locale;
pub mod model;
pub mod report;
pub mod sample;
pub mod stats;
pub mod store;
pub mod tasks;
