//! The report and its bundle.

pub mod bag;
mod data;
mod text;
pub mod typeset;
pub mod verify;
mod words;
