//! `hyoka report`: the report bundle.

use super::{Console, Outcome, open, same_file};
use crate::locale::Lang;
use crate::report::{self, Format, Options, export};
use crate::tasks::progress::Unwatched;
use crate::tr;
use std::path::Path;

/// Writes the bundle of the dossier at `path` to `output`.
pub(super) fn run(
    console: &Console,
    path: &Path,
    output: &Path,
    formats: &[Format],
    checks: bool,
    template: &str,
) -> Outcome {
    let lang = console.lang();
    let dossier = match open(console, path) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    if same_file(path, output) {
        let file = path.display();
        return console.refuse(&tr!(
            lang,
            "書き出し先が評価データ {file} と同じです。別の名前を指定してください。",
            "The bundle would replace the dossier {file}; give another name."
        ));
    }
    let template = match super::template::named_or_read(template) {
        Ok(order) => order,
        Err(error) => return console.refuse(&error.message(lang, template)),
    };
    let options =
        Options { formats: formats.iter().copied().collect(), checks, template, lang, ..Options::default() };
    match export(&dossier, &options, output, &Unwatched) {
        Ok(done) => {
            for remark in &done.remarks {
                console.note(remark);
            }
            console.print(&summary(lang, &done))
        }
        Err(error) => console.refuse(&error.message(lang)),
    }
}

fn summary(lang: Lang, done: &report::Outcome) -> String {
    let (path, files) = (done.path.display(), done.files);
    let kilobytes = done.bytes.div_ceil(1024);
    match done.pages {
        Some(pages) => tr!(
            lang,
            "{path}: {files} ファイル、{kilobytes} KiB、PDF {pages} ページ",
            "{path}: {files} files, {kilobytes} KiB, PDF of {pages} pages"
        ),
        None => {
            tr!(lang, "{path}: {files} ファイル、{kilobytes} KiB", "{path}: {files} files, {kilobytes} KiB")
        }
    }
}
