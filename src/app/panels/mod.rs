//! The panels: one file a part of the dossier. A panel edits its slice in place and asks the shell for the rest.

mod groups;
pub(crate) mod market;
pub(crate) mod parts;
pub(crate) mod people;
pub(crate) mod roadmap;
pub(crate) mod tables;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod trends;
mod typed;
