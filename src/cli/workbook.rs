//! `hyoka workbook`: the canonical workbook.

use super::{Console, Outcome, open, same_file};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::workbook::{self, Options};
use crate::{store, tr};
use clap::Args;
use std::path::{Path, PathBuf};

/// What `hyoka workbook` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Dossier to read
    #[arg(required_unless_present = "blank")]
    dossier: Option<PathBuf>,
    /// Workbook to write
    #[arg(short, long, value_name = "FILE.xlsx")]
    output: PathBuf,
    /// An empty form; of a dossier it keeps subjects, criteria, committees and members
    #[arg(long)]
    blank: bool,
}

/// Writes the workbook as told.
pub(super) fn run(console: &Console, arguments: &Arguments) -> Outcome {
    let lang = console.lang();
    let output = &arguments.output;
    let dossier = match arguments.dossier.as_deref() {
        None => Dossier::default(),
        Some(path) if same_file(path, output) => {
            let file = path.display();
            return console.refuse(&tr!(
                lang,
                "書き出し先が評価データ {file} と同じです。別の名前を指定してください。",
                "The workbook would replace the dossier {file}; give another name."
            ));
        }
        Some(path) => match open(console, path) {
            Ok(dossier) => dossier,
            Err(outcome) => return outcome,
        },
    };
    match write(lang, &dossier, output, arguments.blank) {
        Ok(()) => Outcome::Done,
        Err(sentence) => console.refuse(&sentence),
    }
}

fn write(lang: Lang, dossier: &Dossier, output: &Path, blank: bool) -> Result<(), String> {
    let bytes = workbook::write(dossier, &Options { lang, blank }).map_err(|error| error.message(lang))?;
    store::write_atomically(output, &bytes, false).map_err(|error| store::writing(lang, output, &error))
}
