//! The command line: thin faces on what the library does, with stable exit codes.
//!
//! 0 means done, 1 done with something to look at, 2 not done. Results go to standard output, trouble in one sentence
//! to standard error. `hyoka --help` documents the commands.

mod check;
mod console;
mod import;
mod issue;
mod merge;
mod passphrase;
mod read_sheets;
mod report;
mod show;
mod stats;
mod template;
mod verify;
mod workbook;

pub use console::{Console, Outcome};

use crate::app;
use crate::locale::Lang;
use crate::store;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// 評価: a workbench for the evaluation of public R&D programmes.
#[derive(Debug, Parser)]
#[command(name = "hyoka", version, about)]
#[command(
    after_help = "Exit codes: 0 done; 1 done, with something to look at; 2 not done, with one sentence why.\n\
    Without a command the window opens; it needs a display."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The dossier to open in the window; without one, the start page
    dossier: Option<PathBuf>,
    /// Language; otherwise commands follow the environment and the window what was chosen last, or Japanese
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArgument>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangArgument {
    Ja,
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the bundled sample dossier
    Sample {
        /// File to write
        #[arg(short, long, value_name = "FILE.ron")]
        output: PathBuf,
    },
    /// Write a large dossier for measuring: equal arguments give equal files
    #[command(hide = true)]
    Generate {
        /// File to write
        #[arg(short, long, value_name = "FILE.ron")]
        output: PathBuf,
        /// Projects
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(..=2000))]
        projects: u16,
        /// Fiscal years
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=50))]
        years: u16,
        /// Committee members
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(..=500))]
        members: u16,
        /// What the chance begins with
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Read tables, official exports, review sheets or dossiers into a dossier
    Import(import::Arguments),
    /// Show a dossier
    Show {
        /// Dossier to read
        dossier: PathBuf,
        /// Form of the output
        #[arg(long, value_enum, default_value = "json")]
        format: ShowFormat,
    },
    /// Means, spread and agreement of the scores
    Stats {
        /// Dossier to read
        dossier: PathBuf,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: StatsFormat,
    },
    /// Figures, years and names that do not agree
    Check {
        /// Dossier to read
        dossier: PathBuf,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: CheckFormat,
    },
    /// Write a ballot for each member: a package for this program, and an Excel form
    Issue(issue::Arguments),
    /// Merge ballots that came back
    #[command(
        after_help = "Exit codes: 0 merged; 1 merged, with conflicts or cells left to look at; 2 a ballot was refused \
        (the others are merged all the same)."
    )]
    Merge(merge::Arguments),
    /// Write the report bundle: a BagIt bag in a zip with the dossier, the report and its tables
    Report(report::Arguments),
    /// List the templates of the report's order, or write one out to be changed
    Template(template::Arguments),
    /// Write a dossier as an Excel form that can be filled in and imported
    Workbook(workbook::Arguments),
    /// Check the checksums of a report bundle
    Verify {
        /// Bundle to check
        bundle: PathBuf,
    },
    /// Read a file of tables for the process that started this one
    #[command(name = crate::sheets::SUBCOMMAND, hide = true)]
    ReadSheets(read_sheets::Arguments),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ShowFormat {
    Json,
    Ron,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StatsFormat {
    Text,
    Json,
}

/// Reads the arguments of this process and does what they say.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // clap could forbid the two together, but would then forbid `--lang` before a command as well.
    if arguments.command.is_some() && arguments.dossier.is_some() {
        let what = "a dossier before the command; a command takes its dossier after its name";
        Arguments::command().error(ErrorKind::ArgumentConflict, what).exit();
    }
    // Only the window keeps a log of its own; what a command has to say, it says.
    crate::log::start(arguments.command.is_none().then(crate::log::place).flatten().as_deref());
    let lang = match arguments.lang {
        Some(LangArgument::Ja) => Some(Lang::Ja),
        Some(LangArgument::En) => Some(Lang::En),
        None => None,
    };
    let console = Console::new(lang.unwrap_or_else(of_environment));
    let outcome = without_panic(&console, || match arguments.command {
        None => window(&console, arguments.dossier.as_deref(), lang),
        Some(command) => run(&console, command),
    });
    outcome.into()
}

/// Does what a command says.
fn run(console: &Console, command: Command) -> Outcome {
    match command {
        Command::Sample { output } => {
            let sample = crate::sample::dossier().map_err(|trouble| format!("{trouble:?}"));
            write(console, &output, sample)
        }
        Command::Generate { output, projects, years, members, seed } => {
            let [projects, years, members] = [projects, years, members].map(usize::from);
            let size = crate::generate::Size { projects, years, members };
            write(console, &output, Ok(crate::generate::dossier(size, seed)))
        }
        Command::Import(arguments) => import::run(console, arguments),
        Command::Show { dossier, format } => show::run(console, &dossier, format),
        Command::Stats { dossier, format } => stats::run(console, &dossier, format),
        Command::Check { dossier, format } => check::run(console, &dossier, format),
        Command::Issue(arguments) => issue::run(console, &arguments),
        Command::Merge(arguments) => merge::run(console, &arguments),
        Command::Report(arguments) => report::run(console, &arguments),
        Command::Template(arguments) => template::run(console, &arguments),
        Command::Workbook(arguments) => workbook::run(console, &arguments),
        Command::Verify { bundle } => verify::run(console, &bundle),
        Command::ReadSheets(arguments) => read_sheets::run(&arguments),
    }
}

/// A defect that would end the program in a panic becomes one sentence; what was at the target is as it was, because
/// nothing is put there before it is whole.
fn without_panic(console: &Console, run: impl FnOnce() -> Outcome) -> Outcome {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(crate::log::panicked));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    std::panic::set_hook(usual);
    outcome.unwrap_or_else(|_| {
        let sentence = console.lang().t(
            "内部の誤りで中断しました。入力は変わっていません。HYOKA_LOG=error を付けた出力を添えてご連絡ください。",
            "an internal error ended the command; the input is unchanged. Please report the output with HYOKA_LOG=error set.",
        );
        console.refuse(sentence)
    })
}

/// English where the environment asks for it, Japanese otherwise.
fn of_environment() -> Lang {
    let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    if wanted.is_some_and(|value| value.starts_with("en")) { Lang::En } else { Lang::Ja }
}

/// Opens the window.
fn window(console: &Console, dossier: Option<&Path>, lang: Option<Lang>) -> Outcome {
    match app::run(dossier, lang) {
        Ok(()) => Outcome::Done,
        Err(error) => console.refuse(&error.message(console.lang())),
    }
}

/// Writes a dossier that was made here.
fn write(console: &Console, output: &Path, made: Result<crate::model::Dossier, String>) -> Outcome {
    let saved =
        made.and_then(|dossier| store::save(output, &dossier).map_err(|error| error.message(console.lang())));
    match saved {
        Ok(()) => Outcome::Done,
        Err(sentence) => console.refuse(&sentence),
    }
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Opens a dossier, or says why not.
fn open(console: &Console, path: &Path) -> Result<crate::model::Dossier, Outcome> {
    store::open(path)
        .map(|opened| opened.dossier)
        .map_err(|error| console.refuse(&error.message(console.lang())))
}
