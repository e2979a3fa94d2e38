//! The structure of a report as data: which parts, chapters and sections, under which headings and numbers, with which
//! content, in which order.
//!
//! A [`Structure`] is read from a file that a user may copy and change ([`Structure::read`]). [`resolve`] meets it with
//! a dossier: what is repeated for each project or criterion is written out, headings get their words and numbers, and
//! what is to be left out is. The result is a flat list of [`Entry`]s in reading order that every form of the report
//! walks: the PDF, the Word file, the list of sections in the window.

mod bundled;
mod content;
mod criteria;
mod error;
mod numeral;
mod resolve;
mod structure;

pub use bundled::{BUNDLED, Bundled, named};
pub use content::{Charts, Content};
pub(in crate::report) use criteria::judged;
pub use error::StructureError;
pub use resolve::{Entry, Scope, filled, resolve};
pub use structure::{Choice, Each, Empty, Look, Matter, Only, Section, Structure, Words};
