//! The one binary: without a subcommand the window, with one the same work without a window.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hyoka::cli::main()
}
