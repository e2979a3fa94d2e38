//! What stands around the panels: menu, navigation, status bar, start page.

mod crumbs;
mod menu;
mod navigation;
mod start;
mod status;

pub(super) use crumbs::crumbs;
pub(super) use menu::menu;
pub(super) use navigation::navigation;
pub(super) use start::start;
pub(super) use status::status;
