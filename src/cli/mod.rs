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
mod today;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::cli::arguments::{Command, Parsed};
pub use crate::cli::exit_code::Exit;
use crate::draft::Draft;
use crate::draft::format;
use crate::draft::format::Access;
use crate::files;

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

/// Keeps the file that is about to be replaced by a draft, beside it, and says so.
fn keep_old(path: &Path) -> anyhow::Result<()> {
    if let Some(kept) = files::keep_old(path)? {
        complain(&format!("前からあった {} は {} に残しました", path.display(), kept.display()));
    }
    Ok(())
}

/// Opens a draft; what was put right while reading is said.
fn open(path: &Path) -> anyhow::Result<Draft> {
    let bytes = files::read(path)?;
    let opened = format::read(&bytes).with_context(|| format!("{} を開けません", path.display()))?;
    opened.notes.iter().for_each(|note| complain(note));
    if let Access::ReadOnly(reason) = &opened.access {
        complain(reason);
    }
    Ok(opened.draft)
}
