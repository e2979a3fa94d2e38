//! The window: a thin face on the library. It draws the dossier, edits it in place, and hands long work to jobs.
//!
//! [`Window`] holds the state of the machine; `document` what the user made; `panels` draw and edit one part of a
//! dossier each; `shell` draws what stands around them; `kit` and `theme` are the design system.

mod autosave;
mod charts;
mod checks;
mod command;
mod crumbs;
mod cx;
mod diagnostics;
mod dialogs;
mod document;
mod export;
mod files;
mod find;
mod goto;
mod import;
mod journal;
pub mod kit;
mod meanwhile;
mod native;
mod palette;
mod panels;
mod prefs;
mod print;
mod refocus;
mod rounds;
mod route;
mod shell;
mod shortcuts;
mod stamp;
mod steps;
pub mod theme;
mod tour;
mod trail;
mod window;

pub use native::{StartError, run};
pub use window::{Setup, Window};
