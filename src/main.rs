//! The one binary: without a subcommand the window, with one the same work without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    hyoka::cli::main()
}
