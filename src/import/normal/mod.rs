//! Texts made comparable: what is written differently and means the same becomes equal.
//!
//! Each rule is a row of a table with its test. Nothing here changes what is kept: a value's text stays as found, and
//! what these functions return is for matching and for reading only.

mod label;
mod prose;
mod unit;
mod years;

pub(super) use crate::fold::{Folded, is_dash, key};
pub(super) use label::numbered;
pub(super) use prose::in_prose;
pub(super) use unit::{Measure, stated, whole};
pub(super) use years::{period, span};
