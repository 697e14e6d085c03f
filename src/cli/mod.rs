//! The command line: one file per command, all over the same library as the window.
//! Never: decides anything about a document; words a message twice.
//! Start with [`run`]; `arguments.rs` lists the commands. Those on one document know nothing of `folder`: here alone it is
//! decided which of the two a path means.

mod arguments;
mod commands;
mod folder;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::arguments::{Command, Parsed};
use crate::cli::terminal::{Exit, complain, say, was_all_said};
use crate::disk;

/// Said where a result could not be written.
const CANNOT_SAY: &str =
    "エラー: 結果をすべては書き出せませんでした。書き出す先の空き容量を確かめて、もう一度実行してください";

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
        Ok(_) if !was_all_said() => {
            complain(CANNOT_SAY);
            Exit::Failure.into()
        }
        Ok(exit) => exit.into(),
        Err(error) => {
            complain(&format!("エラー: {error}"));
            Exit::Failure.into()
        }
    }
}

impl Command {
    fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::New(new) => new.run(),
            Command::Renew(renew) => renew.run(),
            Command::Convert(convert) => convert.run(),
            Command::Import(import) if import.is_of_many() => folder::import(&import),
            Command::Import(import) => import.run(),
            Command::Export(export) if disk::is_folder(&export.draft) => folder::export(&export),
            Command::Export(export) => export.run(),
            Command::Fill(fill) if disk::is_folder(&fill.draft) => folder::fill(&fill),
            Command::Fill(fill) => fill.run(),
            Command::List(list) => list.run(),
            Command::Plan(plan) => plan.run(),
            Command::Ledger(ledger) => ledger.run(),
            Command::Review(review) => review.run(),
            Command::Paragraphs(paragraphs) => paragraphs.run(),
            Command::Replace(replace) => replace.run(),
            Command::Check(check) if disk::is_folder(&check.draft) => folder::check(&check),
            Command::Check(check) => check.run(),
            Command::Diff(diff) => diff.run(),
            Command::Rows(rows) => rows.run(),
            Command::Merge(merge) => merge.run(),
            Command::Shared(shared) => shared.run(),
            Command::Form(form) => form.run(),
            Command::Guide(guide) => guide.run(),
            Command::ShellPages(pages) => pages.run(&arguments::table()),
        }
    }
}
