//! `hyoka verify`: whether a bundle is what was exported.

use super::{Console, Outcome};
use crate::report::verify::verify;
use crate::tr;
use std::path::Path;

/// Checks every file of the bundle and names each that differs.
pub(super) fn run(console: &Console, bundle: &Path) -> Outcome {
    let lang = console.lang();
    let found = match verify(bundle) {
        Ok(found) => found,
        Err(error) => return console.refuse(&error.message(lang)),
    };
    let (path, files) = (bundle.display(), found.files);
    if found.intact() {
        return console.print(&tr!(
            lang,
            "{path}: {files} ファイルすべて書き出したときのままです。",
            "{path}: all {files} files are as they were exported."
        ));
    }
    let problems: Vec<_> = found.problems.iter().map(|problem| problem.message(lang)).collect();
    match console.print(&problems.join("\n")) {
        Outcome::Done => Outcome::Attention,
        other => other,
    }
}
