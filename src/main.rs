//! 評価書工房: opens the window, or runs one command of the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    hyoukasho::cli::run(std::env::args_os())
}
