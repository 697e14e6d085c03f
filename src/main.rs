//! 評価書工房: opens the window, or runs one command of the command line; or, started by itself, reads a foreign format.

use std::process::ExitCode;

fn main() -> ExitCode {
    hyoukasho::workspace::shutdown::keep_text_out_of_panics();
    let arguments: Vec<_> = std::env::args_os().collect();
    if let Some(ended) = hyoukasho::exchange::serve(&arguments) {
        return ended;
    }
    #[cfg(feature = "gui")]
    if let Some(document) = hyoukasho::ui::asked_for(&arguments) {
        return hyoukasho::ui::run(document);
    }
    hyoukasho::cli::run(arguments)
}
