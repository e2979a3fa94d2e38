//! The report and its bundle.

pub mod bag;
pub mod typeset;
pub mod verify;
