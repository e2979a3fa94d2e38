//! Outside files become proposals, and proposals become changes of a dossier.
//!
//! Three steps, each of which can be looked at: files are read as plain cells ([`crate::sheets`]); recognisers find
//! tables in them by meaning and write a [`Proposal`]: typed values, each with the cell it was read from, its text as
//! found, and how it compares with the dossier; what is accepted of it is applied in one step. What would have to be
//! guessed is a [`Question`], what is not understood a [`Leftover`]; nothing is dropped in silence.

mod apply;
mod dossier;
mod draft;
pub mod forms;
mod load;
mod normal;
mod official;
mod proposal;
mod session;
mod tables;
mod terms;
mod tree;
mod whole;
mod workbook;

pub use apply::apply;
pub use draft::{Answers, Draft, TableDraft, at, understood};
pub use forms::{FormMap, KnownForm, MarkedSheet};
pub use load::load;
pub use proposal::{
    Choice, Entry, FileReport, Form, Leftover, NewRow, Proposal, Question, Remark, Role, SheetReport,
    Standing, Table, TableKind,
};
pub use session::{Content, Input, Options, propose, propose_watched};
pub use tables::{Direction, Hint, recognise_area};
