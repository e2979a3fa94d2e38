//! The panels: one file a part of the dossier. A panel edits its slice in place and asks the shell for the rest.

mod groups;
pub(crate) mod parts;
#[cfg(test)]
pub(crate) mod testing;
mod typed;
