//! Taking in what a colleague wrote: into the document both had open, or in a copy that comes back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui::{Context, Event, Ui};

use super::colleagues::join;
use super::{App, Screen};
use crate::clock;
use crate::disk::{self, Disk, SystemDisk};
use crate::draft::format::{self, Access};
use crate::draft::{Draft, visible};
use crate::form::Form;
use crate::ui::dialogs::Dialog;
use crate::ui::screens::merge::{Ask, Comparison};
use crate::vault::owner;
use crate::vault::{BackupStore, DivergenceSide, Fingerprint, VersionKind};
use crate::workspace::document_lock::{Asked, DocumentLock, PendingLock};
use crate::workspace::environment::Environment;
use crate::workspace::newer_backup;
use crate::workspace::notices::Subject;
use crate::workspace::saver::{KnownDocument, lock};

/// Largest file that is read.
const MAX: u64 = format::MAX_FILE_BYTES as u64;

/// Whoever has written nothing for so long is not in the middle of a word.
const QUIET: Duration = Duration::from_secs(2);

/// A comparison on the screen.
pub struct Merging {
    comparison: Comparison,
    source: Source,
    /// What the colleague wrote, as it was read.
    theirs: Arc<Vec<u8>>,
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
    /// In a file beside the document, because a colleague had changed that; with what both began with.
    Beside(PathBuf, Option<Arc<Vec<u8>>>),
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
        let Some(conflict) = self.work.as_mut().and_then(|work| work.document.conflict.as_mut()) else { return };
        if conflict.is_shown || self.screen != Screen::FillIn {
            return;
        }
        let quiet_at = self.wrote + QUIET;
        if now < quiet_at {
            return ctx.request_repaint_after(quiet_at - now);
        }
        if self.underway.is_some() {
            return;
        }
        conflict.is_shown = true;
        self.compare_document();
    }

    /// Compares with what a colleague wrote into the document.
    pub(super) fn compare_document(&mut self) {
        let Some(conflict) = self.work.as_ref().and_then(|work| work.document.conflict.as_ref()) else { return };
        let (path, common) = (conflict.document.clone(), conflict.common.clone());
        self.compare(match conflict.side {
            DivergenceSide::Theirs | DivergenceSide::Original => Source::Document(path, common),
            DivergenceSide::Ours => Source::Beside(path, common),
        });
    }

    /// Compares with a copy that a colleague worked on. The document itself is told from a copy.
    pub(super) fn compare_copy(&mut self, path: &Path, who: &str) {
        let conflict = self.work.as_ref().and_then(|work| work.document.conflict.as_ref());
        if conflict.is_some_and(|conflict| conflict.document == path) {
            return self.compare_document();
        }
        self.compare(Source::Copy(path.to_owned(), who.to_owned()));
    }

    fn compare(&mut self, source: Source) {
        self.read_and_compare(source, |app, compared| match compared {
            Ok(Merging { comparison, source: Source::Copy(..), .. }) if comparison.is_empty() => {
                let lines = vec!["今の下書きと同じ内容です。取り込むものはありません".to_owned()];
                app.dialog = Some(Dialog::Message("違いはありません".to_owned(), lines));
            }
            Ok(merging) => app.show_comparison(merging, None),
            Err(error) => app.cannot_take_in(error),
        });
    }

    /// Reads and compares on a thread: the document may lie on a share that does not answer.
    fn read_and_compare(
        &mut self,
        source: Source,
        land: impl FnOnce(&mut App, Result<Merging, String>) + Send + 'static,
    ) {
        let Some(work) = &self.work else { return };
        let (form, mine, version) =
            (work.document.session.form(), work.document.session.draft().clone(), work.document.session.version());
        let environment = self.environment.clone();
        self.send("比べています", move || compared(form, &mine, version, source, &environment), land);
    }

    fn show_comparison(&mut self, mut merging: Merging, message: Option<&str>) {
        if let Some(old) = &self.merging {
            merging.comparison.keep_choices(&old.comparison);
        }
        merging.comparison.message = message.map(str::to_owned);
        self.merging = Some(merging);
        self.screen = Screen::Merge;
    }

    fn cannot_take_in(&mut self, error: String) {
        self.dialog = Some(Dialog::Message("取り込めません".to_owned(), vec![error]));
        self.screen = Screen::FillIn;
    }

    /// Whether the comparison on the screen is of the draft as it is now.
    pub(super) fn compares_this_draft(&self) -> bool {
        let version = self.work.as_ref().map(|work| work.document.session.version());
        version.is_some() && version == self.merging.as_ref().map(|merging| merging.version)
    }

    /// Shows the comparison.
    pub(super) fn merge_ui(&mut self, ui: &mut Ui, now: Duration) {
        let is_fresh = self.compares_this_draft();
        let Some(merging) = &mut self.merging else {
            self.screen = Screen::FillIn;
            return;
        };
        match merging.comparison.ui(ui) {
            // Undo, and what a composed text still brought.
            _ if !is_fresh && self.underway.is_none() => self.compare_again(None),
            _ if !is_fresh => {}
            None => {}
            // What was chosen so far is asked for again only where something changed.
            Some(Ask::Later) => self.screen = Screen::FillIn,
            Some(Ask::TakeIn) => self.take_in(now),
        }
    }

    /// Reads and compares once more; what was chosen stays chosen where nothing changed.
    fn compare_again(&mut self, message: Option<&'static str>) {
        let Some(source) = self.merging.as_ref().map(|old| old.source.clone()) else { return };
        self.read_and_compare(source, move |app, compared| match compared {
            Ok(merging) => app.show_comparison(merging, message),
            Err(error) => app.cannot_take_in(error),
        });
    }

    /// Takes in what was chosen as one step, and saves.
    fn take_in(&mut self, now: Duration) {
        let Some(merging) = &self.merging else { return };
        let Source::Document(path, _) = &merging.source else { return self.apply_merged(None, now) };
        let (environment, path, theirs) = (self.environment.clone(), path.clone(), merging.theirs.clone());
        let asked = path.clone();
        let ask = move || match disk::read_to_bytes(&asked, MAX) {
            Ok(bytes) if bytes == *theirs => Ok(DocumentLock::ask(&environment, &asked)),
            Ok(_) => Err(None),
            Err(error) => Err(Some(error.to_string())),
        };
        self.send("取り込んで保存しています", ask, move |app, asked| {
            let message = match asked {
                Ok(Asked::Free(pending_lock, _)) => return app.apply_merged(Some((path, *pending_lock)), now),
                Ok(Asked::Taken(owner)) => {
                    let rest =
                        "閉じてもらってから、もう一度「取り込んで保存」を押してください。選んだ内容は残っています";
                    format!("{owner}。{rest}")
                }
                Err(Some(error)) => error,
                Err(None) => {
                    let again = "相手がまた書き換えたため、比べ直しました。もう一度確かめてください";
                    return app.compare_again(Some(again));
                }
            };
            app.merging.iter_mut().for_each(|merging| merging.comparison.message = Some(message.clone()));
        });
    }

    fn apply_merged(&mut self, joined: Option<(PathBuf, PendingLock)>, now: Duration) {
        let Some(merging) = self.merging.take() else { return };
        self.screen = Screen::FillIn;
        let (Some(work), Some(edit)) = (&mut self.work, merging.comparison.edit()) else { return };
        let before = format::file(work.document.session.draft());
        if !work.apply(edit, now) {
            return;
        }
        let n_taken = merging.comparison.n_taken();
        let rest = "「元に戻す」で取り消せます。取り込む前の内容と相手の内容は「以前の版」に残しました";
        // What is settled now needs no reading.
        work.document.notices.forget(Subject::ChangedByOther);
        work.document.tell(format!("相手の記載を{n_taken}項目取り込みました。{rest}"));
        let known = work.document.document_lock.known.clone();
        let (second_file, ours) = match (&merging.source, joined) {
            (_, Some((path, pending_lock))) => {
                let own_file = work.document.path.clone();
                work.document.rejoin(path, &merging.theirs, pending_lock.keep(), &self.environment, &self.saver);
                (own_file, Ours::Known(known))
            }
            (Source::Beside(path, _), None) => {
                work.document.conflict = None;
                (Some(path.clone()), Ours::Read(Fingerprint::of(&merging.theirs)))
            }
            (_, None) => (None, Ours::Known(known)),
        };
        let (backups, theirs) = (work.document.document_lock.backups.clone(), merging.theirs.clone());
        let kept = Arc::new(AtomicBool::new(false));
        let (keeps, kept_at) = (kept.clone(), backups.clone());
        self.saver.after(move || keeps.store(keep_both(kept_at.as_ref(), &before, &theirs), Ordering::Relaxed));
        work.document.save(&self.saver, &self.environment);
        let (version, new) = (work.document.session.version(), work.document.document_lock.known.clone());
        self.saver.after(move || {
            // Only now is what was written beside the document no longer needed.
            let is_done = kept.load(Ordering::Relaxed) && lock(&new).written >= version;
            if let Some(second_file) = second_file.filter(|_| is_done) {
                remove_ours(&second_file, &ours);
                backups.iter().for_each(|backups| join(backups, &second_file));
            }
        });
    }
}

/// What stood beside the document when it was brought back into it.
enum Ours {
    /// What was written there last.
    Known(KnownDocument),
    /// What was read there.
    Read(Fingerprint),
}

/// Reads what the colleague wrote, and compares it with a draft of that version.
fn compared(
    form: &'static Form,
    mine: &Draft,
    version: u64,
    source: Source,
    environment: &Environment,
) -> Result<Merging, String> {
    let (path, who) = match &source {
        Source::Document(path, _) => {
            let owner = owner::owner_of(&SystemDisk, path).filter(|owner| owner.operator != environment.me);
            (
                path,
                owner
                    .and_then(|owner| owner.operator.name().map(|name| visible(name).into_owned()))
                    .unwrap_or_default(),
            )
        }
        Source::Copy(path, who) => {
            newer_backup::check_source(environment, path)?;
            (path, who.clone())
        }
        Source::Beside(path, _) => (path, String::new()),
    };
    let (theirs, bytes) = read(path)?;
    let base = match &source {
        Source::Document(_, common) | Source::Beside(_, common) => {
            common.as_ref().and_then(|common| Some(format::read(common).ok()?.draft.state))
        }
        Source::Copy(..) => theirs.origin.as_ref().map(|origin| origin.state.clone()),
    };
    let comparison = Comparison::new(form, base, mine, theirs, &who)?;
    Ok(Merging { comparison, source, theirs: Arc::new(bytes), version })
}

/// Keeps what both had as versions.
fn keep_both(backups: Option<&BackupStore>, mine: &[u8], theirs: &[u8]) -> bool {
    let Some(backups) = backups else { return false };
    let now = clock::now();
    let kept = backups.keep(&SystemDisk, theirs, &VersionKind::Theirs, now);
    kept.and(backups.keep(&SystemDisk, mine, &VersionKind::BeforeMerge, now)).is_ok()
}

/// Takes away what was written beside the document, unless somebody changed it.
fn remove_ours(second_file: &Path, ours: &Ours) {
    let ours = match ours {
        Ours::Known(known) => lock(known).track.seen,
        Ours::Read(read) => Some(*read),
    };
    let there = SystemDisk.read(second_file, MAX).ok().map(|bytes| Fingerprint::of(&bytes));
    if there.is_some() && there == ours {
        let _ = SystemDisk.remove(second_file);
    }
}

fn read(path: &Path) -> Result<(Draft, Vec<u8>), String> {
    let bytes = disk::read_to_bytes(path, MAX).map_err(|error| error.to_string())?;
    let opened = format::read(&bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))?;
    match opened.access {
        Access::Write => Ok((opened.draft, bytes)),
        Access::ReadOnly(reason) => Err(reason),
    }
}
