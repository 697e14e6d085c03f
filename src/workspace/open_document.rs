//! The document that is open: the document on it, its file, and how saving stands.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::document_id;
use super::document_lock::{DocumentLock, PendingLock};
use super::environment::Environment;
use super::notices::{self, Notices, Subject};
use super::reviewer::Reviewer;
use super::saver::{Job, SaveDone, Saver, lock};
use super::settings;
use super::waker::Waker;
use crate::checks::Context;
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::format::{self, Access, Opened};
use crate::draft::{Draft, Edit, Scope, restored, visible_name};
use crate::form::{FieldPath, Form, RuleSet, shipped};
use crate::session::Session;
use crate::vault::{Divergence, DivergenceSide, SaveOutcome, Track};

/// The worked example inside the program.
const SAMPLE: &[u8] = include_bytes!("../../samples/aomine-juminzei.ron");

/// Said of a document that another program holds.
const HELD: &str = "空きしだい元のファイルにも保存し、この別名のファイルは片付けます";

/// Said where somebody tries to write all the same.
const READ_ONLY: &str = "読み取り専用で見ているため、書き換えられません。「写しを作って書く」で写しに書けます";

/// How saving stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// The draft has no file yet.
    Nameless,
    /// Nothing was changed since it was opened.
    Unchanged,
    /// Changes wait or are being written.
    Pending,
    /// Everything is on the disk, since this time of day.
    Saved(String),
    /// The last try failed, and why.
    Failed(String),
}

/// The document that is open.
pub struct OpenDocument {
    /// The document on it.
    pub session: Session,
    /// Its file.
    pub path: Option<PathBuf>,
    /// How saving stands.
    pub state: SaveState,
    /// Whether its disk has not answered for some time.
    pub is_waiting: bool,
    /// What the user should know about it, shown until closed.
    pub notices: Notices,
    /// What keeps it from being lost.
    pub document_lock: DocumentLock,
    /// The document this is a copy of, where that may not be written.
    pub source: Option<PathBuf>,
    /// Who has the document open, where it can only be looked at because of that.
    pub taken: Option<String>,
    /// Why nothing is written to its file: a newer program made it.
    pub unwritable: Option<String>,
    /// Whether the last save left everything in the copy on this computer.
    pub is_copied: bool,
    /// The other file, where the document went on in two, until they are brought together.
    pub conflict: Option<Conflict>,
    keep_old: bool,
    reviewer: Reviewer,
}

/// A document that went on in two files.
#[derive(Debug)]
pub struct Conflict {
    /// The other file.
    pub document: PathBuf,
    /// What stands there.
    pub side: DivergenceSide,
    /// What both began with.
    pub common: Option<Arc<Vec<u8>>>,
    /// Whether the user has been shown it.
    pub is_shown: bool,
}

impl From<Divergence> for Conflict {
    /// A copy is brought together with its document when its author wants it; anything else is asked.
    fn from(divergence: Divergence) -> Self {
        let Divergence { other: document, side, common } = divergence;
        Self { document, side, common: common.map(Arc::new), is_shown: side == DivergenceSide::Original }
    }
}

impl OpenDocument {
    /// A draft from its file, which is marked as open here; where the file is broken or gone, the newest good copy of it.
    pub fn open(path: &Path, pending_lock: PendingLock) -> Result<Self, String> {
        let read = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64);
        let (is_there, tried) = match &read {
            Ok(bytes) => (true, Self::read(bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))),
            Err(error) => (!error.is_missing(), Err(error.to_string())),
        };
        let mut document = match (tried, &read) {
            (Ok(document), _) => document,
            (Err(error), Ok(bytes)) if !Self::is_damaged(bytes) => return Err(error),
            (Err(error), Ok(bytes)) => return Self::rescue(path, pending_lock, Some(bytes), error),
            (Err(error), _) if !is_there => return Self::rescue(path, pending_lock, None, error),
            (Err(error), _) => return Err(error),
        };
        if document.unwritable.is_none() {
            document.path = Some(path.to_owned());
            document.state = SaveState::Unchanged;
            if let Ok(bytes) = &read {
                pending_lock.saw(bytes);
            }
            document.conflict = pending_lock.divergence().map(Conflict::from);
            document.document_lock = pending_lock.keep();
        } else {
            document.source = Some(path.to_owned());
        }
        Ok(document)
    }

    /// Whether a file that cannot be read is one of ours that was damaged, not one of another program.
    fn is_damaged(bytes: &[u8]) -> bool {
        use format::{CheckValue, NotText, ReadError};
        match format::read(bytes) {
            Err(ReadError::NotText(
                NotText::Pdf | NotText::Other { .. } | NotText::Utf16 | NotText::Utf32 | NotText::TooLarge { .. },
            )) => false,
            Err(ReadError::Json | ReadError::TooNew { .. }) => false,
            // It reads, but names a form that is not known: by a flipped bit, or in a newer program.
            Ok(opened) => opened.check_value == CheckValue::Differs,
            Err(_) => true,
        }
    }

    /// The newest good copy of a document that is gone, or broken and holds these bytes.
    fn rescue(path: &Path, pending_lock: PendingLock, broken: Option<&[u8]>, error: String) -> Result<Self, String> {
        let rescued = pending_lock.rescue().and_then(|rescue| Some((Self::of(rescue.opened.draft).ok()?, rescue.time)));
        let Some((mut document, time)) = rescued else { return Err(error) };
        let (file, time) = (path.display(), if time.is_empty() { "以前".to_owned() } else { time });
        document.state = SaveState::Unchanged;
        if let Some(broken) = broken {
            let rest = "壊れたファイルには手を加えていません。次に保存するとき、名前に「壊れた」を付けて残します";
            document.tell(format!("{error}。代わりに、このパソコンに残っていた {time} の控えを開きました。{rest}"));
            // Should a colleague put a good one in its place, that is not set aside.
            lock(&pending_lock.known).track = Track::of_broken(broken);
            document.path = Some(path.to_owned());
            document.document_lock = pending_lock.keep();
        } else {
            let rest = "元の場所に戻ったか確かめるか、「名前を付けて保存」で保存先を決めてください";
            document
                .tell(format!("{file} が見つからないため、このパソコンに残っていた {time} の控えを開きました。{rest}"));
            document.state = SaveState::Nameless;
            document.source = Some(path.to_owned());
        }
        Ok(document)
    }

    /// A document only to be looked at: nothing marks it as open here.
    pub fn look(path: &Path) -> Result<Self, String> {
        let bytes = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64).map_err(|error| error.to_string())?;
        let mut document = Self::read(&bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))?;
        document.path = document.unwritable.is_none().then(|| path.to_owned());
        Ok(document)
    }

    /// The draft that was inside a PDF: it has no file of its own yet.
    pub fn inside(pdf: &Path, opened: Opened) -> Result<Self, String> {
        let mut document = Self::of(opened.draft)?;
        opened.notes.into_iter().for_each(|note| document.tell(note));
        if let Access::ReadOnly(reason) = opened.access {
            document.tell(reason);
        }
        let rest = "PDF は書き換えません。「名前を付けて保存」で、下書きの保存先を決めてください";
        document.tell(format!("{} に入っていた下書きを開きました。{rest}", pdf.display()));
        document.source = Some(pdf.to_owned());
        Ok(document)
    }

    /// A document that somebody else has open, only to be looked at.
    pub fn read_only(path: &Path, owner: String) -> Result<Self, String> {
        let bytes = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64).map_err(|error| error.to_string())?;
        let mut document = Self::read(&bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))?;
        document.taken = Some(owner).filter(|_| document.unwritable.is_none());
        document.document_lock.saw(&bytes);
        document.state = SaveState::Nameless;
        document.source = Some(path.to_owned());
        Ok(document)
    }

    /// A draft that had no file when the program ended.
    pub fn recovered(document_lock: DocumentLock) -> Result<Self, String> {
        let rescue = document_lock.rescue().ok_or("控えを読めませんでした。控えのファイルはそのまま残っています")?;
        let mut document = Self::of(rescue.opened.draft)?;
        document.tell("前回、保存先が決まらないまま終わった下書きです。「名前を付けて保存」で保存してください");
        document.document_lock = document_lock;
        Ok(document)
    }

    /// A copy of the worked example.
    pub fn sample() -> Result<Self, String> {
        let mut document = Self::read(SAMPLE)?;
        document.state = SaveState::Nameless;
        document.tell("記入例の写しです。自由に書き換えられます。元の記入例は変わりません");
        Ok(document)
    }

    /// What the worked example says at an item, in its first file and entry where it has several.
    pub fn example(form: &Form, path: &FieldPath) -> Option<String> {
        let document = format::read(SAMPLE).ok()?.draft.state.document;
        let of_example = shipped::find(&document.form, &document.edition).ok().filter(|it| it.id == form.id)?;
        let scope = Scope::document(of_example, &document);
        let scope = path.file.map_or(scope, |_| scope.file(0));
        let repeat = of_example.repeat_of(&path.item).filter(|repeat| repeat.id != path.item);
        let scope = repeat.map_or(scope, |repeat| scope.entry(&repeat.id, 0));
        Some(scope.text(&path.item).into_owned()).filter(|text| !text.trim().is_empty())
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let opened = format::read(bytes).map_err(|error| error.to_string())?;
        let mut document = Self::of(opened.draft)?;
        opened.notes.into_iter().for_each(|note| document.tell(note));
        document.state = SaveState::Unchanged;
        if let Some(origin) = &document.session.draft().origin {
            let from = if origin.from.is_empty() { "同僚" } else { &origin.from };
            let rest = "直したら、このファイルをそのまま返してください";
            document.tell(format!("{from} さんから渡された写しです。{rest}"));
        }
        if let Access::ReadOnly(reason) = opened.access {
            document.tell(format!("{reason} 元のファイルには書き込みません"));
            document.state = SaveState::Nameless;
            document.unwritable = Some(reason);
        }
        Ok(document)
    }

    /// A draft that has no file yet.
    pub fn of(draft: Draft) -> Result<Self, String> {
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)
            .map_err(|error| error.to_string())?;
        let rules = RuleSet::shipped().map_err(|error| error.to_string())?;
        let session = Session::new(form, rules, draft, Context { today: clock::today() });
        Ok(Self {
            session,
            path: None,
            state: SaveState::Nameless,
            is_waiting: false,
            notices: Notices::default(),
            document_lock: DocumentLock::default(),
            source: None,
            taken: None,
            unwritable: None,
            is_copied: false,
            conflict: None,
            keep_old: false,
            reviewer: Reviewer::default(),
        })
    }

    /// Gives the draft a file, which `document_lock` has marked as open here; it is written there at the next save, and a
    /// different file of that name is kept. Where it had one already, the new file is another document.
    pub fn name(&mut self, path: PathBuf, document_lock: DocumentLock, environment: &Environment, saver: &Saver) {
        if self.path.is_some() || self.session.draft().id.is_none() {
            self.session.identify(document_id::new());
        }
        self.settle(path, document_lock, environment, saver);
    }

    /// The document goes on in a file that holds its pictures too, and takes its copies and versions along.
    pub fn become_one_file(
        &mut self,
        path: PathBuf,
        document_lock: DocumentLock,
        environment: &Environment,
        saver: &Saver,
    ) {
        self.path = None;
        self.settle(path, document_lock, environment, saver);
        self.keep_old = false;
    }

    fn settle(&mut self, path: PathBuf, document_lock: DocumentLock, environment: &Environment, saver: &Saver) {
        self.keep_old = self.path.as_deref() != Some(path.as_path());
        self.document_lock.moved(environment, self.path.is_some(), &path, document_lock, saver);
        self.path = Some(path);
        self.source = None;
        (self.taken, self.unwritable, self.conflict) = (None, None, None);
        self.state = SaveState::Pending;
    }

    /// The draft goes (back) into that document, which held these bytes when they were taken in; `document_lock`
    /// has marked it as open here.
    pub fn rejoin(
        &mut self,
        document: PathBuf,
        bytes: &[u8],
        document_lock: DocumentLock,
        environment: &Environment,
        saver: &Saver,
    ) {
        document_lock.saw(bytes);
        self.settle(document, document_lock, environment, saver);
        self.keep_old = false;
    }

    /// The document that somebody has open goes on in a copy, which can be brought back into it.
    pub fn name_copy(&mut self, path: PathBuf, document_lock: DocumentLock, environment: &Environment, saver: &Saver) {
        let (document, common) = (self.source.take(), lock(&self.document_lock.known).common.clone());
        self.settle(path, document_lock, environment, saver);
        self.conflict =
            document.map(|document| Conflict { document, side: DivergenceSide::Original, common, is_shown: true });
        let (Some(conflict), Some(backups)) = (&self.conflict, self.document_lock.backups.clone()) else { return };
        let common = conflict.common.as_deref().cloned();
        let divergence = Divergence { other: conflict.document.clone(), side: conflict.side, common };
        // Without it the copy is taken in item by item.
        saver.after(move || drop(backups.part(&SystemDisk, &divergence)));
    }

    /// Whether it is only looked at, because somebody else has it open.
    pub fn is_read_only(&self) -> bool {
        self.taken.is_some() && self.path.is_none()
    }

    /// Goes on with what a backup says, as one step that can be undone.
    pub fn go_on_with(&mut self, backup: &Draft, now: Duration) {
        let edit = restored(backup, self.session.draft());
        if self.apply(edit, now) {
            self.tell(
                "このパソコンの控えの内容で開きました。ファイルの内容は「以前の版」にあり、「元に戻す」でも戻せます",
            );
        }
    }

    /// Makes one change, or tells why not.
    pub fn apply(&mut self, edit: Edit, now: Duration) -> bool {
        if self.is_read_only() {
            self.tell(READ_ONLY);
            return false;
        }
        let done = self.session.apply(edit, now);
        if let Err(error) = &done {
            self.tell(error.to_string());
        }
        done.is_ok()
    }

    /// Takes what was found in the draft, and has it looked through again when that is due.
    pub fn review_when_due(&mut self, waker: &Waker, now: Duration) {
        if let Err(words) = self.reviewer.follow(&mut self.session, waker, now) {
            self.tell(words);
        }
    }

    /// Has the draft looked through at once, for what goes by what is found.
    pub fn review_now(&mut self, waker: &Waker) {
        if let Err(words) = self.reviewer.hasten(&mut self.session, waker) {
            self.tell(words);
        }
    }

    /// When the draft is to be looked through again.
    pub fn next_review(&self) -> Option<Duration> {
        self.reviewer.next(&self.session)
    }

    /// The name of the document for the title bar.
    pub fn title(&self) -> String {
        let name = |path: &PathBuf| path.file_name().map(|_| visible_name(path));
        match (&self.path, &self.source) {
            (Some(path), _) => name(path),
            (None, Some(source)) => name(source).map(|name| {
                let is_pdf = disk::has_extension(source, "pdf");
                format!("{name}{}", if is_pdf { "の下書き" } else { "（読み取り専用）" })
            }),
            (None, None) => None,
        }
        .unwrap_or_else(|| "名前のない下書き".to_owned())
    }

    /// The folder of the draft, or the one for documents.
    pub fn folder(&self) -> PathBuf {
        let path = self.path.as_ref().or(self.source.as_ref());
        let folder = path.and_then(|path| path.parent()).map(Path::to_owned);
        folder.unwrap_or_else(settings::documents_folder)
    }

    /// Hands the draft to the saving thread; `false` when it has no file and only the copy is written.
    pub fn save(&mut self, saver: &Saver, environment: &Environment) -> bool {
        self.document_lock.settle(environment);
        let (draft, version) = self.session.begin_save();
        let mut job = self.job(draft, version);
        job.keep = self.document_lock.keep.take();
        self.keep_old = false;
        saver.save(job);
        if self.path.is_some() {
            self.state = SaveState::Pending;
        }
        self.path.is_some()
    }

    /// Hands the draft over for its second copy alone, while the document cannot be written.
    pub fn save_copy(&mut self, saver: &Saver) {
        let (draft, version) = self.session.begin_copy();
        if self.document_lock.backups.is_some() {
            saver.save(Job { path: None, keep_old: false, ..self.job(draft, version) });
        }
    }

    /// What would be lost if the program died now.
    pub fn pending(&mut self, environment: &Environment) -> Option<Job> {
        if !self.would_lose() {
            return None;
        }
        self.document_lock.settle(environment);
        Some(self.job(self.session.draft().clone(), self.session.version()))
    }

    fn job(&self, draft: Draft, version: u64) -> Job {
        let DocumentLock { backups, known, copied, .. } = &self.document_lock;
        let (path, backups, known, copied) = (self.path.clone(), backups.clone(), known.clone(), copied.clone());
        Job { path, backups, draft, version, keep_old: self.keep_old, keep: None, known, copied }
    }

    /// Takes note of how a save ended.
    pub fn note(&mut self, done: SaveDone, environment: &Environment, saver: &Saver, now: Duration) {
        if !self.document_lock.is(&done.known) {
            // The document that was open before.
            done.trouble().into_iter().for_each(|words| self.tell(words));
            // What is marked there is given free on the thread.
            return saver.after(move || drop(done.next));
        }
        if let Some(kept) = &done.kept {
            self.tell(format!("前からあったファイルの内容は {} に残しました", kept.display()));
        }
        if let Some(path) = &done.set_aside {
            self.tell(format!("壊れたファイルは {} として残しました", path.display()));
        }
        if let Some(error) = &done.copy_error {
            self.tell(format!("このパソコンに控えを残せませんでした。{error}"));
        }
        self.is_copied = done.copied;
        let copied =
            if done.copied { "書いた内容は、このパソコンの控えにあります。" } else { "" };
        match done.outcome {
            SaveOutcome::Nameless => {}
            SaveOutcome::Written => {
                if done.was_gone {
                    self.tell_that_it_was_gone();
                }
                let path = self.path.clone().unwrap_or_default();
                notices::of_other_names(&path, done.other_names).into_iter().for_each(|words| self.tell(words));
                self.notices.forget(Subject::HeldByProgram);
                self.saved(done.version);
            }
            SaveOutcome::Changed(ours) => {
                let theirs = self.path.take().unwrap_or_default();
                let words = format!(
                    "{} は、開いている間にほかの人が書き換えました。何も上書きせず、私の変更は {} に保存しました。\
                     相手の変更を取り込むまでは、そちらに保存します",
                    theirs.display(),
                    ours.display()
                );
                self.notices.tell(Subject::ChangedByOther, words);
                let conflict =
                    Conflict { document: theirs, side: DivergenceSide::Theirs, common: done.common, is_shown: false };
                self.conflict.get_or_insert(conflict);
                if let Some(next) = done.next {
                    self.document_lock.follow(environment, next, saver);
                }
                self.path = Some(ours);
                self.saved(done.version);
            }
            SaveOutcome::Held(beside) => {
                self.session.save_failed(now);
                let words = format!(
                    "このファイルはほかのプログラムか、ほかの人が開いているため、{} に保存しました。{HELD}",
                    beside.display()
                );
                self.notices.tell(Subject::HeldByProgram, words);
                self.state = SaveState::Failed("ファイルが使用中です。別の名前で保存してあります".to_owned());
            }
            SaveOutcome::Failed(error) => {
                self.keep_old |= done.keep_old && done.kept.is_none();
                self.session.save_failed(now);
                self.state = SaveState::Failed(format!("{copied}{error}"));
            }
        }
    }

    fn saved(&mut self, version: u64) {
        self.session.saved(version);
        if !self.session.is_dirty() {
            self.state = SaveState::Saved(clock::time_of_day());
        }
    }

    /// Somebody gave the document another name, moved or deleted it while it was open.
    fn tell_that_it_was_gone(&mut self) {
        let path = self.path.as_deref().unwrap_or(Path::new("")).display();
        self.tell(format!(
            "{path} が元の場所になかったため（名前が変わったか、移されたか、消されました）、同じ場所に保存し直しました。\
             移した先のファイルは、ここまでの書き換えを含みません"
        ));
    }

    /// Tells something once.
    pub fn tell(&mut self, words: impl Into<String>) {
        self.notices.tell(Subject::General, words);
    }

    /// Whether document would be lost if the window closed now.
    pub fn would_lose(&self) -> bool {
        self.session.is_dirty()
    }
}
