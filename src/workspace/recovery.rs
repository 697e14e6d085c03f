//! What earlier ends of the program left behind: looked for on a thread, offered on the start screen, never put in
//! place by itself.

use std::path::PathBuf;

use super::task::Task;
use super::waker::Waker;
use crate::changes::{Block, Contrast, Reach};
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::format;
use crate::draft::{Document, Draft, Scope};
use crate::form::shipped;
use crate::vault::{self, BackupStore, Leftover, LocalDateTime, LockFile, VersionKind};
use crate::workspace::open;

const MAX: u64 = format::MAX_FILE_BYTES as u64;

/// Differences that are named; of the others there is only the number.
const MOST_NAMED: usize = 3;

/// Something that can be recovered.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where its copy is.
    pub leftover: Leftover,
    /// What it is, from when, and how it differs from the document.
    pub words: String,
}

/// A look for what can be recovered.
#[derive(Debug)]
pub struct Recovery {
    waker: Waker,
    marked: Option<Task<Vec<BackupStore>>>,
    looks: Vec<Task<Option<Found>>>,
}

impl Recovery {
    /// Begins to look; `waker` wakes whoever waits when there is something.
    pub fn look(waker: Waker, copies: PathBuf) -> Self {
        let marked = Task::start(&waker, move || vault::marked(&SystemDisk, &copies)).in_background();
        Self { waker, marked: Some(marked), looks: Vec::new() }
    }

    /// What was found since the last call. Each document is looked at on a thread of its own: one on a share that does
    /// not answer hides no other.
    pub fn found(&mut self) -> Vec<Found> {
        if let Some(answer) = self.marked.as_mut().and_then(Task::answer) {
            self.marked = None;
            let look = |backups| {
                let look = move || vault::leftover(&SystemDisk, backups, MAX).map(found_of);
                Task::start(&self.waker, look).in_background()
            };
            self.looks = answer.unwrap_or_default().into_iter().map(look).collect();
        }
        let mut found = Vec::new();
        self.looks.retain_mut(|task| match task.answer() {
            Some(answer) => {
                found.extend(answer.ok().flatten());
                false
            }
            None => true,
        });
        found
    }
}

fn found_of(leftover: Leftover) -> Found {
    let copy = open::read(&leftover.backups.copy_path()).ok();
    let time = disk::modified(&leftover.backups.copy_path()).and_then(clock::local);
    let time = time.map(LocalDateTime::words).unwrap_or_default();
    let words = match (&leftover.document, copy) {
        (_, None) => {
            format!("{time} の控えがありますが、開けません。場所は {} です", leftover.backups.copy_path().display())
        }
        (None, Some(copy)) => format!("保存先が決まっていない下書き「{}」（{time} まで）", title(&copy)),
        (Some(document), Some(copy)) => {
            let name = document.file_name().unwrap_or_default().to_string_lossy();
            let rest = match open::read(document) {
                Err(_) => "元のファイルは今は開けません".to_owned(),
                Ok(document) => differences(&document, &copy),
            };
            format!("「{name}」の {time} までの記入。{rest}")
        }
    };
    Found { leftover, words }
}

fn title(draft: &Draft) -> String {
    let document = &draft.state.document;
    let Ok(form) = shipped::find(&document.form, &document.edition) else { return String::new() };
    let name = Scope::document(form, document).text(&form.key_items.name).into_owned();
    if name.trim().is_empty() { form.short_title.clone() } else { name }
}

/// How the copy differs from the document, and where first.
fn differences(document: &Draft, copy: &Draft) -> String {
    let Document { form, edition, .. } = &copy.state.document;
    let form = shipped::find(form, edition).ok().filter(|form| form.id == document.state.document.form);
    let Some(form) = form else { return "元のファイルとは様式が違います".to_owned() };
    let blocks = Contrast::of(form, document, copy, Reach::Everything).blocks;
    let name = |block: &Block| match block.kind() {
        kind if block.is_text() || kind.is_empty() => block.name.clone(),
        kind => format!("{}の{kind}", block.name),
    };
    let names: Vec<String> = blocks.iter().take(MOST_NAMED).map(name).collect();
    let more = if blocks.len() > names.len() { " など" } else { "" };
    match blocks.len() {
        0 => "記入の内容は元のファイルと同じです".to_owned(),
        n => format!("元のファイルと{n}項目が違います（{}{more}）", names.join("、")),
    }
}

/// The user does not want it: it stays as a version, and is offered no more.
pub fn decline(found: &Found) {
    let backups = &found.leftover.backups;
    if let Ok(copy) = backups.read_copy(&SystemDisk, MAX) {
        let _ = backups.keep(&SystemDisk, &copy, &VersionKind::Found, clock::now());
    }
    if let Some(lock_file) = LockFile::take(&SystemDisk, backups) {
        lock_file.release(&SystemDisk);
    }
}
