//! The window: a thin face on the library. It draws the dossier, edits it in place, and hands long work to jobs.

mod command;
mod cx;
mod document;
pub mod kit;
mod panels;
mod prefs;
mod route;
pub mod theme;
