//! The command line: one file per command, all over the same library as the window.
//! Never: decides anything about a document; words a message twice.
//! Start with [`run`]; `arguments.rs` lists the commands.

mod arguments;
mod check;
mod convert;
mod diff;
mod exit_code;
mod export;
mod fill;
mod folder;
mod form;
mod guide;
mod import;
mod manual;
mod merge;
mod new;
mod overwrite;
mod renew;
mod rows;
mod shared;
mod shell_pages;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::anyhow;

use crate::cli::arguments::{Command, Parsed};
pub use crate::cli::exit_code::Exit;
use crate::disk;
use crate::draft::format::{self, Access, CheckValue, Opened};
use crate::draft::{Draft, visible};
use crate::workspace::environment::Environment;
use crate::workspace::newer_backup::NewerBackup;
use crate::workspace::notices::of_other_names;
use crate::workspace::saver::Owned;
use crate::workspace::shutdown;
use crate::workspace::write_target::{IfNewer, WriteTarget, check_backup};

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
        Ok(_) if UNWRITTEN.load(Ordering::Relaxed) => {
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
            Command::Import(import) => import.run(),
            Command::Export(export) => export.run(),
            Command::Fill(fill) => fill.run(),
            Command::List(list) => list.run(),
            Command::Plan(plan) => plan.run(),
            Command::Ledger(ledger) => ledger.run(),
            Command::Paragraphs(paragraphs) => paragraphs.run(),
            Command::Replace(replace) => replace.run(),
            Command::Check(check) => check.run(),
            Command::Diff(diff) => diff.run(),
            Command::Rows(rows) => rows.run(),
            Command::Merge(merge) => merge.run(),
            Command::Shared(shared) => shared.run(),
            Command::Form(form) => form.run(),
            Command::Guide(guide) => guide.run(),
            Command::ShellPages(pages) => pages.run(),
        }
    }
}

/// Whether a result could not be written.
static UNWRITTEN: AtomicBool = AtomicBool::new(false);

/// Said then.
const CANNOT_SAY: &str =
    "エラー: 結果をすべては書き出せませんでした。書き出す先の空き容量を確かめて、もう一度実行してください";

/// Writes a line of results; a reader that has gone away is not an error.
fn say(text: &str) {
    say_file(&format!("{}\n", visible(text)));
}

/// Writes results that another program reads as a file: every character as it is.
fn say_file(text: &str) {
    use std::io::{ErrorKind, Write};
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        UNWRITTEN.store(true, Ordering::Relaxed);
    }
}

/// Writes a line of messages.
fn complain(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{}", visible(text));
}

/// The same about a file: a command may read several.
fn complain_of(path: &Path, words: &str) {
    complain(&format!("{}: {words}", path.display()));
}

/// Whether a name says that the file is a draft.
fn must_be_draft(path: &Path) -> anyhow::Result<()> {
    if format::EXTENSIONS.iter().any(|extension| disk::has_extension(path, extension)) {
        return Ok(());
    }
    anyhow::bail!("下書きの名前は .ron（図が入るときは .hyouka）で終わるようにしてください: {}", path.display())
}

/// Saves a draft; a different file of that name is kept beside it, and that is said. A document that somebody has open,
/// that a newer program made, or that has a newer backup is left alone.
fn save(draft: &Draft, path: &Path, if_newer: IfNewer) -> anyhow::Result<()> {
    write(lock(path, if_newer)?, draft, path)
}

/// Marks a file as open here, until it is written or given up; Ctrl+C gives it free too.
fn lock(path: &Path, if_newer: IfNewer) -> anyhow::Result<WriteTarget> {
    let (_, owned) = shutdown::watched();
    Ok(WriteTarget::ask(&Environment::of_command(owned), path, if_newer)?)
}

/// Writes into a file that is marked as open here.
fn write(target: WriteTarget, draft: &Draft, path: &Path) -> anyhow::Result<()> {
    if draft.has_pictures() && !disk::has_extension(path, format::WITH_PICTURES) {
        anyhow::bail!("図が入っているため、下書きの名前は .hyouka で終わるようにしてください: {}", path.display());
    }
    let written = target.write(draft)?;
    if let Some(name) = written.kept.as_deref().and_then(Path::file_name) {
        let kept = path.with_file_name(name);
        complain(&format!("前からあった {} の内容は {} に残しました", path.display(), kept.display()));
    }
    of_other_names(path, written.other_names).iter().for_each(|words| complain(words));
    if let Some(error) = written.copy_error {
        complain(&format!("このパソコンに控えを残せませんでした。{error}"));
    }
    Ok(())
}

/// Opens a draft that is only looked at; what was put right while reading is said, and that its backup is newer.
fn open(path: &Path) -> anyhow::Result<Draft> {
    open_telling(path, &mut |words| complain_of(path, words))
}

/// The same; what is said goes there.
fn open_telling(path: &Path, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Draft> {
    let opened = read_telling(path, tell)?;
    if let Access::ReadOnly(reason) = &opened.access {
        tell(reason);
    }
    if let Some(newer) = NewerBackup::of(&Environment::of_command(Owned::default()), path) {
        let next = "ファイルの内容で続けます。控えの内容を使うには、画面で開いて選んでください";
        let (path, time) = (path.display(), newer.times.backup);
        tell(&format!("{path} より新しい控え（{time} まで）がこのパソコンにあります。{next}"));
    }
    Ok(opened.draft)
}

/// Opens a draft that goes into one that is written: what would be lost on the way is refused.
fn open_to_write(path: &Path, if_newer: IfNewer) -> anyhow::Result<Draft> {
    may_be_written(path, read(path)?, if_newer)
}

/// The same for one of many that are written over where nobody looks at each: one that is not as the program wrote it
/// is left alone, for it would be as if it were afterwards.
fn open_unharmed(path: &Path, if_newer: IfNewer) -> anyhow::Result<Draft> {
    let opened = read_telling(path, &mut |_| {})?;
    if opened.check_value == CheckValue::Differs {
        let path = path.display();
        anyhow::bail!(
            "{path} は、手で直されたか、一部が壊れています（確認用の値が合いません）。書き換えていません。\
             画面で開いて内容を確かめ、「保存」してから、もう一度実行してください"
        );
    }
    opened.notes.iter().for_each(|note| complain_of(path, note));
    may_be_written(path, opened, if_newer)
}

fn may_be_written(path: &Path, opened: Opened, if_newer: IfNewer) -> anyhow::Result<Draft> {
    if let Access::ReadOnly(reason) = &opened.access {
        anyhow::bail!("{} からは書けません。{reason}", path.display());
    }
    check_backup(&Environment::of_command(Owned::default()), path, if_newer)?;
    Ok(opened.draft)
}

fn read(path: &Path) -> anyhow::Result<Opened> {
    read_telling(path, &mut |words| complain_of(path, words))
}

fn read_telling(path: &Path, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Opened> {
    let bytes = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64)?;
    let opened = format::read(&bytes).map_err(|error| anyhow!("{} を開けません。{error}", path.display()))?;
    opened.notes.iter().for_each(|note| tell(note));
    Ok(opened)
}
