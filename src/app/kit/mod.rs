//! The window's one kit of widgets.
//!
//! Every widget here has an accessible name, can be worked by the keyboard, and asks for a repaint only when something
//! changed. Words come from the caller, in the language of the moment.

pub mod button;
pub mod field;
pub mod icon;
pub mod table;

pub use icon::{Icon, icon_button};
