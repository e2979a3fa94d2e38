//! Hyoka (評価): a workbench for the evaluation of public R&D programmes.

pub mod cli;
pub mod locale;
pub mod model;
pub mod stats;
pub mod store;
