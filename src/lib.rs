//! Hyoka (評価): a workbench for the evaluation of public R&D programmes.

pub mod app;
pub mod locale;
