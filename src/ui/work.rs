//! The draft that is open in the window: the work on it, its file, and how saving stands.

use std::path::{Path, PathBuf};

use super::clock;
use super::saver::{Done, Job, Saver};
use super::settings;
use super::view::View;
use crate::checks::Context;
use crate::draft::format::{self, Access};
use crate::draft::{Draft, FilePart};
use crate::files;
use crate::form::{Form, RuleSet, shipped};
use crate::session::Session;

/// The worked example inside the program.
const SAMPLE: &[u8] = include_bytes!("../../samples/aomine-juminzei.ron");

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

/// The draft that is open in the window.
pub struct Work {
    /// The work on it.
    pub session: Session,
    /// Where the user is in it.
    pub view: View,
    /// Its file.
    pub path: Option<PathBuf>,
    /// How saving stands.
    pub state: SaveState,
    /// What the user should know about it, shown until closed.
    pub notices: Vec<String>,
    keep_old: bool,
}

impl Work {
    /// An empty draft of a form.
    pub fn create(form: &'static Form) -> Result<Self, String> {
        let files = if form.has_files { vec![FilePart::default()] } else { Vec::new() };
        let draft = Draft { form: form.id.clone(), revision: form.revision.clone(), files, ..Draft::default() };
        Self::of(draft)
    }

    /// A draft from its file.
    pub fn open(path: &Path) -> Result<Self, String> {
        let bytes = files::read_to_bytes(path, format::MAX_BYTES as u64).map_err(|error| error.to_string())?;
        let mut work = Self::read(&bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))?;
        if work.notices.is_empty() || work.state != SaveState::Nameless {
            work.path = Some(path.to_owned());
            work.state = SaveState::Unchanged;
        }
        Ok(work)
    }

    /// A copy of the worked example.
    pub fn sample() -> Result<Self, String> {
        let mut work = Self::read(SAMPLE)?;
        work.state = SaveState::Nameless;
        work.notices.push("記入例の写しです。自由に書き換えられます。元の記入例は変わりません".to_owned());
        Ok(work)
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let opened = format::read(bytes).map_err(|error| error.to_string())?;
        let mut work = Self::of(opened.draft)?;
        work.notices = opened.notes;
        work.state = SaveState::Unchanged;
        if let Access::ReadOnly(reason) = opened.access {
            work.notices.push(format!("{reason} 元のファイルには書き込みません"));
            work.state = SaveState::Nameless;
        }
        Ok(work)
    }

    /// A draft that has no file yet.
    pub fn of(draft: Draft) -> Result<Self, String> {
        let form = shipped::find(&draft.form, &draft.revision).map_err(|error| error.to_string())?;
        let rules = RuleSet::shipped().map_err(|error| error.to_string())?;
        let session = Session::new(form, rules, draft, Context { today: clock::today() });
        Ok(Self {
            session,
            view: View::new(form),
            path: None,
            state: SaveState::Nameless,
            notices: Vec::new(),
            keep_old: false,
        })
    }

    /// Gives the draft a file; it is written there at the next save, and a different file of that name is kept.
    pub fn name(&mut self, path: PathBuf) {
        self.keep_old = self.path.as_deref() != Some(path.as_path());
        self.path = Some(path);
        self.state = SaveState::Pending;
    }

    /// The name of the document for the title bar.
    pub fn title(&self) -> String {
        let name = self.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| "名前のない下書き".to_owned())
    }

    /// The folder of the draft, or the one for documents.
    pub fn folder(&self) -> PathBuf {
        let folder = self.path.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        folder.unwrap_or_else(settings::documents_folder)
    }

    /// Hands the draft to the saving thread; `false` when it has no file.
    pub fn save(&mut self, saver: &Saver) -> bool {
        let Some(path) = self.path.clone() else { return false };
        let (draft, version) = self.session.begin_save();
        saver.save(Job { path, draft, version, keep_old: std::mem::take(&mut self.keep_old) });
        self.state = SaveState::Pending;
        true
    }

    /// Takes note of how a save ended.
    pub fn note(&mut self, done: Done, now: std::time::Duration) {
        if let Some(kept) = done.kept {
            self.notices.push(format!("前からあったファイルの内容は {} に残しました", kept.display()));
        }
        match done.error {
            Some(error) => {
                self.session.save_failed(now);
                self.state = SaveState::Failed(error);
            }
            None => {
                self.session.saved(done.version);
                if !self.session.is_dirty() {
                    self.state = SaveState::Saved(clock::time_of_day());
                }
            }
        }
    }

    /// Whether work would be lost if the window closed now.
    pub fn would_lose(&self) -> bool {
        self.session.is_dirty()
    }
}
