//! The command line: one file per command, all over the same library as the window.
//! Never: decides anything about a document; words a message twice.
//! Start with [`run`]; `arguments.rs` lists the commands.

mod arguments;
mod check;
mod exit_code;
mod export;
mod form;
mod import;
mod new;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::arguments::{Command, Parsed};
pub use crate::cli::exit_code::Exit;

/// Runs the program with its arguments, the first being its own name.
///
/// Results go to standard output, messages to standard error, both in Japanese.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let result = match arguments::parse(arguments) {
        Parsed::Say(text) => {
            say(&text);
            return Exit::Success.into();
        }
        Parsed::Wrong(message) => Err(anyhow::Error::msg(message)),
        Parsed::Run(command) => command.run(),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            complain(&format!("エラー: {error:#}"));
            Exit::Failure.into()
        }
    }
}

impl Command {
    fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::New(new) => new.run(),
            Command::Import(import) => import.run(),
            Command::Export(export) => export.run(),
            Command::Check(check) => check.run(),
            Command::Form(form) => form.run(),
        }
    }
}

/// Writes a line of results; a reader that has gone away is not an error.
fn say(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes a line of messages.
fn complain(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}
