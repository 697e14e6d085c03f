//! Taking in what a colleague wrote: into the document both had open, or in a copy that comes back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui::{Context, Event, Ui};

use super::{App, Screen};
use crate::draft::Draft;
use crate::draft::format::{self, Access};
use crate::files::owner;
use crate::files::{self, Disk, Fingerprint, Kind, Shelf, SystemDisk};
use crate::ui::clock;
use crate::ui::keeping::{Asked, Keeping};
use crate::ui::saver::{Known, lock};
use crate::ui::screens::dialogs::Dialog;
use crate::ui::screens::merge::{Ask, Comparison};
use crate::ui::work::CHANGED;

/// Largest file that is read.
const MAX: u64 = format::MAX_BYTES as u64;

/// Whoever has written nothing for so long is not in the middle of a word.
const QUIET: Duration = Duration::from_secs(2);

/// A comparison on the screen.
pub struct Merging {
    comparison: Comparison,
    source: Source,
    /// What the colleague wrote, as it was read.
    theirs: Vec<u8>,
    /// The version of the draft that it is compared with.
    version: u64,
}

/// Where the colleague wrote.
#[derive(Clone)]
enum Source {
    /// In the document itself; with what both began with.
    Document(PathBuf, Option<Arc<Vec<u8>>>),
    /// In a copy; with the name of the colleague.
    Copy(PathBuf, String),
}

impl App {
    /// Shows the comparison once a colleague has changed the document that is open; never while one writes.
    pub(super) fn show_conflict(&mut self, ctx: &Context, now: Duration) {
        let writes =
            |event: &Event| matches!(event, Event::Text(_) | Event::Key { .. } | Event::Ime(_) | Event::Paste(_));
        let composes = self.work.as_ref().is_some_and(|work| work.view.ime.is_composing());
        if composes || self.dialog.is_some() || ctx.input(|input| input.events.iter().any(writes)) {
            self.wrote = now;
        }
        let Some(conflict) = self.work.as_mut().and_then(|work| work.conflict.as_mut()) else { return };
        if conflict.is_shown || self.screen != Screen::FillIn {
            return;
        }
        let quiet_at = self.wrote + QUIET;
        if now < quiet_at {
            return ctx.request_repaint_after(quiet_at - now);
        }
        conflict.is_shown = true;
        self.compare_document();
    }

    /// Compares with what a colleague wrote into the document.
    pub(super) fn compare_document(&mut self) {
        let Some(conflict) = self.work.as_ref().and_then(|work| work.conflict.as_ref()) else { return };
        let source = Source::Document(conflict.document.clone(), conflict.common.clone());
        self.compare(source);
    }

    /// Compares with a copy that a colleague worked on. The document itself is told from a copy.
    pub(super) fn compare_copy(&mut self, path: &Path, who: &str) {
        let conflict = self.work.as_ref().and_then(|work| work.conflict.as_ref());
        if conflict.is_some_and(|conflict| conflict.document == path) {
            return self.compare_document();
        }
        self.compare(Source::Copy(path.to_owned(), who.to_owned()));
    }

    fn compare(&mut self, source: Source) {
        match self.compared(source) {
            Ok(Merging { comparison, source: Source::Copy(..), .. }) if comparison.is_empty() => {
                let lines = vec!["今の下書きと同じ内容です。取り込むものはありません".to_owned()];
                self.dialog = Some(Dialog::Message("違いはありません".to_owned(), lines));
            }
            Ok(mut merging) => {
                if let Some(old) = &self.merging {
                    merging.comparison.keep_choices(&old.comparison);
                }
                self.merging = Some(merging);
                self.screen = Screen::Merge;
            }
            Err(error) => {
                let title = "取り込めません".to_owned();
                self.dialog = Some(Dialog::Message(title, vec![error]));
            }
        }
    }

    fn compared(&self, source: Source) -> Result<Merging, String> {
        let work = self.work.as_ref().ok_or("評価書が開いていません")?;
        let (path, who) = match &source {
            Source::Document(path, _) => {
                let owner = owner::owner_of(&SystemDisk, path).filter(|owner| owner.person != self.desk.me);
                (path, owner.map(|owner| owner.person.user).unwrap_or_default())
            }
            Source::Copy(path, who) => (path, who.clone()),
        };
        let (theirs, bytes) = read(path)?;
        let base = match &source {
            Source::Document(_, common) => common.as_ref().and_then(|common| Some(format::read(common).ok()?.draft)),
            Source::Copy(..) => theirs.origin.as_ref().map(|origin| origin.draft.clone()),
        };
        let (form, version) = (work.session.form(), work.session.version());
        let comparison = Comparison::new(form, base, work.session.draft(), theirs, &who)?;
        Ok(Merging { comparison, source, theirs: bytes, version })
    }

    /// Shows the comparison.
    pub(super) fn merge_ui(&mut self, ui: &mut Ui, now: Duration) {
        let version = self.work.as_ref().map(|work| work.session.version());
        let Some(merging) = &mut self.merging else {
            self.screen = Screen::FillIn;
            return;
        };
        if version != Some(merging.version) {
            // Undo, and what a composed text still brought.
            return self.compare_again("");
        }
        match merging.comparison.ui(ui) {
            None => {}
            // What was chosen so far is asked for again only where something changed.
            Some(Ask::Later) => self.screen = Screen::FillIn,
            Some(Ask::TakeIn) => self.take_in(now),
        }
    }

    /// Reads and compares once more; what was chosen stays chosen where nothing changed.
    fn compare_again(&mut self, message: &str) {
        let Some(old) = self.merging.take() else { return };
        match self.compared(old.source.clone()) {
            Ok(mut merging) => {
                merging.comparison.keep_choices(&old.comparison);
                merging.comparison.message = Some(message.to_owned()).filter(|message| !message.is_empty());
                self.merging = Some(merging);
            }
            Err(error) => {
                self.dialog = Some(Dialog::Message("取り込めません".to_owned(), vec![error]));
                self.screen = Screen::FillIn;
            }
        }
    }

    /// Takes in what was chosen as one step, and saves.
    fn take_in(&mut self, now: Duration) {
        let Some(merging) = &mut self.merging else { return };
        if let Source::Document(path, _) = &merging.source {
            match files::read_to_bytes(path, MAX) {
                Ok(bytes) if bytes == merging.theirs => {}
                Ok(_) => {
                    return self.compare_again("相手がまた書き換えたため、比べ直しました。もう一度確かめてください");
                }
                Err(error) => return merging.comparison.message = Some(error.to_string()),
            }
        }
        let joined = match &merging.source {
            Source::Document(path, _) => match Keeping::ask(&self.desk, path) {
                Asked::Free(keeping, _) => Some((path.clone(), keeping)),
                Asked::Taken(owner) => {
                    let rest =
                        "閉じてもらってから、もう一度「取り込んで保存」を押してください。選んだ内容は残っています";
                    return merging.comparison.message = Some(format!("{owner}。{rest}"));
                }
            },
            Source::Copy(..) => None,
        };
        let Some(merging) = self.merging.take() else { return };
        self.apply_merged(&merging, joined, now);
    }

    fn apply_merged(&mut self, merging: &Merging, joined: Option<(PathBuf, Keeping)>, now: Duration) {
        self.screen = Screen::FillIn;
        let (Some(work), Some(edit)) = (&mut self.work, merging.comparison.edit()) else { return };
        let before = format::write(work.session.draft()).into_bytes();
        if let Err(error) = work.session.apply(edit, now) {
            if let Some((_, keeping)) = joined {
                keeping.give_back(&self.desk);
            }
            return work.notices.push(error.to_string());
        }
        let n_taken = merging.comparison.n_taken();
        let rest = "「元に戻す」で取り消せます。取り込む前の内容と相手の内容は「以前の版」に残しました";
        // What is settled now needs no reading.
        work.notices.retain(|notice| !notice.contains(CHANGED));
        work.notices.push(format!("相手の記載を{n_taken}項目取り込みました。{rest}"));
        let beside = joined.is_some().then(|| work.path.clone()).flatten();
        let old = work.keeping.known.clone();
        if let Some((path, keeping)) = joined {
            work.rejoin(path, &merging.theirs, keeping, &self.desk);
        }
        let (shelf, theirs) = (work.keeping.shelf.clone(), merging.theirs.clone());
        let kept = Arc::new(AtomicBool::new(false));
        let keeps = kept.clone();
        self.saver.after(move || keeps.store(keep_both(shelf.as_ref(), &before, &theirs), Ordering::Relaxed));
        work.save(&self.saver, &self.desk);
        let (version, new) = (work.session.version(), work.keeping.known.clone());
        self.saver.after(move || {
            // Only now is what was written beside the document no longer needed.
            if kept.load(Ordering::Relaxed) && lock(&new).written >= version {
                beside.iter().for_each(|beside| remove_ours(beside, &old));
            }
        });
    }
}

/// Keeps what both had as versions.
fn keep_both(shelf: Option<&Shelf>, mine: &[u8], theirs: &[u8]) -> bool {
    let Some(shelf) = shelf else { return false };
    let now = clock::stamp();
    let kept = shelf.keep(&SystemDisk, theirs, &Kind::Theirs, now);
    kept.and(shelf.keep(&SystemDisk, mine, &Kind::BeforeMerge, now)).is_ok()
}

/// Takes away what was written beside the document, unless somebody changed it.
fn remove_ours(beside: &Path, known: &Known) {
    let ours = lock(known).track.seen;
    let there = SystemDisk.read(beside, MAX).ok().map(|bytes| Fingerprint::of(&bytes));
    if there.is_some() && there == ours {
        let _ = SystemDisk.remove(beside);
    }
}

fn read(path: &Path) -> Result<(Draft, Vec<u8>), String> {
    let bytes = files::read_to_bytes(path, MAX).map_err(|error| error.to_string())?;
    let opened = format::read(&bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))?;
    match opened.access {
        Access::Write => Ok((opened.draft, bytes)),
        Access::ReadOnly(reason) => Err(reason),
    }
}
