//! `hyoka template`: the orders in which a report can be made.

use super::{Console, Outcome};
use crate::report::Order;
use crate::report::outline::{self, BUNDLED, Structure, StructureError};
use crate::store;
use crate::tr;
use std::path::{Path, PathBuf};

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Name of a template that comes with the program; without one, the names are listed
    #[arg(required = false, requires = "output")]
    name: Option<String>,
    /// File to write
    #[arg(short, long, value_name = "FILE.ron", requires = "name")]
    output: Option<PathBuf>,
}

/// Lists the templates, or writes one to a file.
pub(super) fn run(console: &Console, arguments: &Arguments) -> Outcome {
    let lang = console.lang();
    let (Some(name), Some(output)) = (&arguments.name, &arguments.output) else {
        let mut lines = Vec::new();
        for bundled in BUNDLED {
            match bundled.structure() {
                Ok(structure) => lines.push(format!("{}\t{}", bundled.name, structure.name)),
                Err(error) => return console.refuse(&error.message(lang, bundled.name)),
            }
        }
        return console.print(&lines.join("\n"));
    };
    let Some(bundled) = outline::named(name) else {
        let known = BUNDLED.map(|bundled| bundled.name).join(", ");
        return console.refuse(&tr!(
            lang,
            "ひな形 {name} はありません。{known} のいずれかを指定してください。",
            "There is no template {name}; name one of {known}."
        ));
    };
    match store::write_atomically(output, bundled.text.as_bytes(), false) {
        Ok(()) => Outcome::Done,
        Err(error) => console.refuse(&store::writing(lang, output, &error)),
    }
}

/// The order that an argument means: a bundled one by its name, or else a file.
pub(super) fn named_or_read(name: &str) -> Result<Order, StructureError> {
    match outline::named(name) {
        Some(bundled) => Ok(Order::Bundled(bundled)),
        None => Structure::open(Path::new(name)).map(|structure| Order::Own(Box::new(structure))),
    }
}
