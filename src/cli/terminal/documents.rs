//! How the commands open, lock and write documents, and what is said of that.

use std::path::Path;

use anyhow::anyhow;

use crate::cli::terminal::{complain, complain_of};
use crate::disk;
use crate::draft::Draft;
use crate::draft::format::{self, Access, CheckValue, Opened};
use crate::workspace::environment::Environment;
use crate::workspace::newer_backup::NewerBackup;
use crate::workspace::notices::of_other_names;
use crate::workspace::saver::Owned;
use crate::workspace::shutdown;
use crate::workspace::write_target::{IfNewer, WriteTarget, check_backup};

/// Whether a name says that the file is a draft.
pub(in crate::cli) fn must_be_draft(path: &Path) -> anyhow::Result<()> {
    if format::EXTENSIONS.iter().any(|extension| disk::has_extension(path, extension)) {
        return Ok(());
    }
    anyhow::bail!("下書きの名前は .ron（図が入るときは .hyouka）で終わるようにしてください: {}", path.display())
}

/// Saves a draft; a different file of that name is kept beside it, and that is said. A document that somebody has open,
/// that a newer program made, or that has a newer backup is left alone.
pub(in crate::cli) fn save(draft: &Draft, path: &Path, if_newer: IfNewer) -> anyhow::Result<()> {
    write(lock(path, if_newer)?, draft, path)
}

/// Marks a file as open here, until it is written or given up; Ctrl+C gives it free too.
pub(in crate::cli) fn lock(path: &Path, if_newer: IfNewer) -> anyhow::Result<WriteTarget> {
    let (_, owned) = shutdown::watched();
    Ok(WriteTarget::ask(&Environment::of_command(owned), path, if_newer)?)
}

/// Writes into a file that is marked as open here.
pub(in crate::cli) fn write(target: WriteTarget, draft: &Draft, path: &Path) -> anyhow::Result<()> {
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
pub(in crate::cli) fn open(path: &Path) -> anyhow::Result<Draft> {
    open_telling(path, &mut |words| complain_of(path, words))
}

/// The same; what is said goes there.
pub(in crate::cli) fn open_telling(path: &Path, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Draft> {
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
pub(in crate::cli) fn open_to_write(path: &Path, if_newer: IfNewer) -> anyhow::Result<Draft> {
    may_be_written(path, read(path)?, if_newer)
}

/// The same for one of many that are written over where nobody looks at each: one that is not as the program wrote it
/// is left alone, for it would be as if it were afterwards. Its backup is looked at when it is known what is written.
pub(in crate::cli) fn open_unharmed(path: &Path) -> anyhow::Result<Draft> {
    let opened = read_telling(path, &mut |_| {})?;
    if opened.check_value == CheckValue::Differs {
        let path = path.display();
        anyhow::bail!(
            "{path} は、手で直されたか、一部が壊れています（確認用の値が合いません）。書き換えていません。\
             画面で開いて内容を確かめ、「保存」してから、もう一度実行してください"
        );
    }
    opened.notes.iter().for_each(|note| complain_of(path, note));
    may_be_written(path, opened, IfNewer::AskLater)
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
