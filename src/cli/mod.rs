//! The command line: one file per command, all over the same library as the window.
//! Never: decides anything about a document; words a message twice.
//! Start with [`run`]; `arguments.rs` lists the commands.

mod arguments;
mod check;
mod diff;
mod exit_code;
mod export;
mod form;
mod import;
mod merge;
mod new;
mod renew;

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;

use crate::cli::arguments::{Command, Parsed};
pub use crate::cli::exit_code::Exit;
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::Draft;
use crate::draft::format;
use crate::draft::format::Access;
use crate::vault;
use crate::vault::owner::{self, Operator, Standing};

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
            Command::Import(import) => import.run(),
            Command::Export(export) => export.run(),
            Command::Check(check) => check.run(),
            Command::Diff(diff) => diff.run(),
            Command::Merge(merge) => merge.run(),
            Command::Form(form) => form.run(),
        }
    }
}

/// Writes a line of results; a reader that has gone away is not an error.
fn say(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{}", visible(text));
}

/// Writes a line of messages.
fn complain(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{}", visible(text));
}

/// A text with control characters named, so that none reaches the terminal.
fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let name = |c: char| if is_hidden(c) { format!("〈U+{:04X}〉", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(name).collect())
}

/// Whether a name says that the file is a draft.
fn must_be_draft(path: &Path) -> anyhow::Result<()> {
    if disk::has_extension(path, "ron") {
        return Ok(());
    }
    anyhow::bail!("下書きの名前は .ron で終わるようにしてください: {}", path.display())
}

/// Saves a draft; a different file of that name is kept beside it, and that is said. A document that somebody has open
/// is left alone.
fn save(draft: &Draft, path: &Path) -> anyhow::Result<()> {
    let me = Operator::this(&SystemDisk);
    if let Standing::Held(owner) = owner::standing(&SystemDisk, path, &me, clock::stamp()) {
        let next = "閉じてもらってからやり直すか、別の名前にしてください";
        return Err(anyhow!("{} は、{}開いています。{next}", path.display(), owner.words()));
    }
    let text = format::write(draft);
    // What could never be opened again is not written.
    format::read(text.as_bytes()).map_err(|error| anyhow!("この内容は下書きとして保存できません。{error}"))?;
    if let Some(kept) = vault::keep_old(path, text.as_bytes())? {
        complain(&format!("前からあった {} の内容は {} に残しました", path.display(), kept.display()));
    }
    Ok(disk::write_whole(path, text.as_bytes())?)
}

/// Opens a draft; what was put right while reading is said.
fn open(path: &Path) -> anyhow::Result<Draft> {
    let bytes = disk::read_to_bytes(path, format::MAX_BYTES as u64)?;
    let opened = format::read(&bytes).map_err(|error| anyhow!("{} を開けません。{error}", path.display()))?;
    opened.notes.iter().for_each(|note| complain(note));
    if let Access::ReadOnly(reason) = &opened.access {
        complain(reason);
    }
    Ok(opened.draft)
}
