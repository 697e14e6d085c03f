//! 評価書工房: opens the window, or runs one command of the command line; or, started by itself, reads a foreign format.

use std::process::ExitCode;

fn main() -> ExitCode {
    hyoukasho::run(&std::env::args_os().collect::<Vec<_>>())
}
