//! A dossier file, whole or a part of one, against the open dossier.

use super::draft::Draft;
use super::whole;
use crate::model::{Dossier, Source};

/// Proposes what `theirs` says and the open dossier does not. Each value says by its place where in the file it stands.
///
/// # Errors
/// Only if a dossier cannot be serialised, which its types rule out.
pub(super) fn recognise_dossier(
    file: &str,
    theirs: &Dossier,
    draft: &mut Draft<'_>,
) -> Result<(), serde_json::Error> {
    whole::compare(file, theirs, draft, |place| Source {
        file: file.to_owned(),
        sheet: String::new(),
        cell: place.to_string(),
    })
}
