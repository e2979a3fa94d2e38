//! `hyoka show`: a dossier for other programs.

use super::{Console, Outcome, ShowFormat, open};
use crate::store;
use std::path::Path;

/// Prints the dossier whole.
pub(super) fn run(console: &Console, path: &Path, format: ShowFormat) -> Outcome {
    let dossier = match open(console, path) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    let text = match format {
        ShowFormat::Json => serde_json::to_string_pretty(&dossier).map_err(|error| error.to_string()),
        ShowFormat::Ron => store::to_ron(&dossier).map_err(|trouble| format!("{trouble:?}")),
    };
    match text {
        Ok(text) => console.print(&text),
        Err(what) => console.refuse(&what),
    }
}
