//! `hyoka read-sheets`, hidden: the child process in which [`crate::sheets`] reads files from outside. Its output is a
//! stream for the process that started it.

use super::Outcome;
use crate::sheets::{Keep, Limits, serve};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Time that reading may take
    #[arg(long)]
    milliseconds: u64,
    /// Memory that reading may take
    #[arg(long)]
    bytes: u64,
    /// Of a CSV, only rows whose column of this heading holds this value
    #[arg(long, num_args = 2, value_names = ["HEADING", "VALUE"], allow_hyphen_values = true)]
    keep: Vec<String>,
    /// File to read
    path: PathBuf,
}

/// How much longer than allowed the child lives, so that the process that started it is the one to say so.
const GRACE: Duration = Duration::from_secs(1);

/// Reads the file, and ends in time even if nobody ends this process.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let time = Duration::from_millis(arguments.milliseconds);
    let limits = Limits { time, memory: arguments.bytes };
    let watch = std::thread::Builder::new().name("hyoka-watch".to_owned()).spawn(move || {
        std::thread::sleep(time.saturating_add(GRACE));
        std::process::exit(2);
    });
    let keep = match arguments.keep.as_slice() {
        [header, value] => Some(Keep { header: header.clone(), value: value.clone() }),
        _ => None,
    };
    let served = watch.is_ok() && serve(&arguments.path, keep.as_ref(), limits, std::io::stdout()).is_ok();
    if served { Outcome::Done } else { Outcome::Refused }
}
