//! The window's one kit of widgets.
//!
//! Every widget here has an accessible name, can be worked by the keyboard, and asks for a repaint only when something
//! changed. Words come from the caller, in the language of the moment.

pub mod areas;
pub mod button;
mod confirm;
pub mod field;
mod icon;
pub mod keyboard;
mod mark;
mod messages;
mod nav;
mod page;
pub(crate) mod score;
pub mod seek;
mod speak;
mod states;
pub mod table;
mod tabs;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod time;

pub use confirm::{Answer, confirm, dialog};
pub use icon::{Icon, icon_button, icon_button_in};
pub use mark::{badge, dots, key_hint};
pub use messages::{Kind, Message, Messages};
pub(crate) use nav::chosen_bar;
pub use nav::{Trailing, nav_group, nav_in_view, nav_item};
pub use page::{
    close_if_read_only, column, heading, is_read_only, labelled, note, page, paper, prose, prose_width,
    read_only, scroll, sheet, subheading, value, when_near,
};
pub use score::{ScoreChoice, ScoreLevel, ScoreScale, score_buttons};
pub use speak::{speak, spoken};
pub use states::{empty, loading, progress, trouble};
pub use tabs::tabs;
pub use time::moment;
