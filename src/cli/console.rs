//! Where a subcommand speaks, and how it ends.

use crate::locale::Lang;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a subcommand ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, with something to look at.
    Attention,
    /// Not done.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Attention => 1,
            Outcome::Refused => 2,
        })
    }
}

/// Standard output and standard error, and the language spoken there.
#[derive(Debug)]
pub struct Console {
    lang: Lang,
}

impl Console {
    /// A console that speaks `lang`.
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// The language spoken.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Writes a result, with a line break at its end. A reader that stops early (`| head`) is no trouble.
    pub fn print(&self, text: &str) -> Outcome {
        let mut out = io::stdout().lock();
        match writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Outcome::Refused,
            _ => Outcome::Done,
        }
    }

    /// Says something beside the result.
    pub fn note(&self, text: &str) {
        // With standard error closed there is nobody left to tell.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Says in one sentence why nothing was done.
    pub fn refuse(&self, sentence: &str) -> Outcome {
        self.note(&format!("hyoka: {sentence}"));
        Outcome::Refused
    }
}
