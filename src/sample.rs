//! The bundled sample: one real evaluation, complete, for looking around and for trying things out.
//!
//! Figures, names and labels are those of the ministry's report on the programme for regenerative medicine and gene
//! therapy (interim evaluation, fiscal 2022). Its prose is retold, not quoted.

use crate::model::{Dossier, Subject};
use crate::store::{self, Trouble};

/// The sample's file, as saved.
pub const RON: &str = include_str!("../samples/regenerative-medicine.ron");

/// The sample as a dossier.
///
/// # Errors
/// None in a released program; a test opens it.
pub fn dossier() -> Result<Dossier, Trouble> {
    store::from_ron(RON).map(|(dossier, _)| dossier)
}

/// A dossier to begin with: one project, and the sample's criteria and scale, which are the ministry's usual ones.
pub fn blank() -> Dossier {
    let criteria = dossier().map(|sample| sample.criteria).unwrap_or_default();
    let subject = |id: &str| Subject { id: id.into(), ..Subject::default() };
    Dossier {
        criteria,
        programme: subject("program").into(),
        projects: vec![subject("A").into()],
        ..Dossier::default()
    }
}
