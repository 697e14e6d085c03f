//! One draft at work: edits come in; findings, differences, undo, progress and "save now" come out.
//! Findings and differences are looked for together, in a [`Snapshot`] that may go to any thread; what was found last
//! stays until the [`Review`] of a newer version is there.
//! Pure: time is an argument, and what is on screen or on the disk is not known here.
//! Never: knows egui, reads a clock, touches the disk, starts a thread; hands out a draft that can be changed; looks
//! through the whole draft at an edit.
//! Start with [`Session::apply`].

mod progress;
mod review;
mod year;

use std::sync::Arc;
use std::time::Duration;

use crate::changes::{Block, Contrast, Overview};
use crate::checks::{Context, Finding};
use crate::draft::{Document, DocumentId, Draft, Edit, EditError, History};
use crate::form::{Check, FieldPath, Form, RuleSet, Section, shipped};

pub use progress::{Checked, Counts, Progress, pages};
pub use review::{Review, Snapshot, compared, listed};
pub use year::{YearStanding, YearStep};

/// A pause in typing after which findings and differences are looked for again; after other edits they are at once.
const REVIEW_AFTER_PAUSE: Duration = Duration::from_millis(120);
/// A pause in typing after which the draft is saved.
const SAVE_AFTER_PAUSE: Duration = Duration::from_millis(500);
/// However fast one types, the draft is saved this long after the first unsaved change.
const SAVE_AT_LATEST: Duration = Duration::from_millis(1500);
/// How long to wait after a failed save before trying again.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// One draft at work.
pub struct Session {
    form: &'static Form,
    rules: &'static RuleSet,
    context: Context,
    draft: Draft,
    history: History,
    /// What was found last.
    review: Review,
    /// The change table at a glance for the rows of now, where they are others than those compared.
    carried: Option<Overview>,
    /// When findings and differences are to be looked for again.
    review_at: Option<Duration>,
    /// Counts every change; undo and redo are changes too.
    version: u64,
    saved_version: u64,
    /// The version handed out last to be saved.
    sent_version: u64,
    first_unsaved: Option<Duration>,
    /// The first change that no save and no copy was made of yet.
    first_uncopied: Option<Duration>,
    last_change: Duration,
    not_before: Duration,
}

impl Session {
    /// Begins work on a draft of that form and looks it through; a draft just made or just read needs no saving.
    pub fn new(form: &'static Form, rules: &'static RuleSet, draft: Draft, context: Context) -> Self {
        let read = Arc::default();
        let review = Snapshot { form, rules, context, draft: draft.clone(), version: 0, read }.review();
        Self {
            form,
            rules,
            context,
            draft,
            history: History::default(),
            review,
            carried: None,
            review_at: None,
            version: 0,
            saved_version: 0,
            sent_version: 0,
            first_unsaved: None,
            first_uncopied: None,
            last_change: Duration::ZERO,
            not_before: Duration::ZERO,
        }
    }

    /// The form of the draft.
    pub fn form(&self) -> &'static Form {
        self.form
    }

    /// The draft as it is now.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.draft.state.document
    }

    /// Gives the document a name of its own: no step that could be undone, for it says nothing.
    pub fn identify(&mut self, id: DocumentId) {
        self.draft.id = Some(id);
    }

    /// Makes one change; the findings follow when they are looked for. `now` is the time since any fixed moment. On an
    /// error everything is as it was.
    pub fn apply(&mut self, edit: Edit, now: Duration) -> Result<(), EditError> {
        let is_typing = edit.is_typing();
        if self.history.apply(&mut self.draft, edit, now)? {
            self.changed(now, is_typing);
        }
        Ok(())
    }

    /// Takes the last step back; `false` when there is none.
    pub fn undo(&mut self, now: Duration) -> Result<bool, EditError> {
        let done = self.history.undo(&mut self.draft)?;
        if done {
            self.changed(now, false);
        }
        Ok(done)
    }

    /// Makes the step taken back again; `false` when there is none.
    pub fn redo(&mut self, now: Duration) -> Result<bool, EditError> {
        let done = self.history.redo(&mut self.draft)?;
        if done {
            self.changed(now, false);
        }
        Ok(done)
    }

    /// The edit that `undo` would make.
    pub fn undo_edit(&self) -> Option<&Edit> {
        self.history.undo_edit()
    }

    /// The edit that `redo` would make.
    pub fn redo_edit(&self) -> Option<&Edit> {
        self.history.redo_edit()
    }

    /// What `undo` would take back.
    pub fn undo_name(&self) -> Option<&'static str> {
        self.history.undo_name()
    }

    /// What `redo` would make again.
    pub fn redo_name(&self) -> Option<&'static str> {
        self.history.redo_name()
    }

    fn changed(&mut self, now: Duration, is_typing: bool) {
        self.version += 1;
        self.last_change = now;
        self.first_unsaved.get_or_insert(now);
        self.first_uncopied.get_or_insert(now);
        self.keep_form();
        self.carry();
        self.review_at = Some(if is_typing { now + REVIEW_AFTER_PAUSE } else { now });
    }

    /// The form is that of the draft, also when it moved to another edition or back; an edition that is not known
    /// leaves the form as it was.
    fn keep_form(&mut self) {
        let Document { form, edition, .. } = &self.draft.state.document;
        if (form, edition) != (&self.form.id, &self.form.revision)
            && let Ok(form) = shipped::find(form, edition)
        {
            self.form = form;
        }
    }

    // ------------------------------------------------------------ what is found

    /// When findings and differences are to be looked for again; `None` when they are of the draft as it is now, or
    /// are being looked for.
    pub fn next_review(&self) -> Option<Duration> {
        self.review_at
    }

    /// The draft to be looked through, to be given back to `reviewed`.
    pub fn begin_review(&mut self) -> Snapshot {
        self.review_at = None;
        let Self { form, rules, context, version, .. } = *self;
        Snapshot { form, rules, context, draft: self.draft.clone(), version, read: Arc::clone(&self.review.read) }
    }

    /// What was found; what is of an older version than what is there already is passed by.
    pub fn reviewed(&mut self, review: Review) {
        if review.version >= self.review.version {
            self.review = review;
            self.carry();
        }
    }

    /// Looks for findings and differences here and now, where they are not of the draft as it is now.
    pub fn settle(&mut self) {
        if !self.is_reviewed() {
            let review = self.begin_review().review();
            self.reviewed(review);
        }
    }

    /// Whether findings and differences are of the draft as it is now.
    pub fn is_reviewed(&self) -> bool {
        self.review.version == self.version
    }

    /// What the table said of a row goes with the row.
    fn carry(&mut self) {
        let overview = self.review.comparison.as_ref().map(|comparison| &comparison.overview);
        let rows = &self.draft.state.document.rows;
        self.carried = overview.and_then(|overview| overview.carried(&self.review.rows, rows));
    }

    /// The change table at a glance, as it was found last; `None` where there is no version before.
    pub fn overview(&self) -> Option<&Overview> {
        self.draft.base.as_ref()?;
        let found = || self.review.comparison.as_ref().map(|comparison| &comparison.overview);
        self.carried.as_ref().or_else(found)
    }

    /// The draft beside the publication before, as it was compared last.
    pub fn contrast(&self) -> Option<&Arc<Contrast>> {
        self.draft.base.as_ref()?;
        self.review.comparison.as_ref().map(|comparison| &comparison.contrast)
    }

    /// What differs from the publication before at an answer, as it was compared last.
    pub fn difference_at(&self, path: &FieldPath) -> Option<&Block> {
        self.contrast()?.at(path)
    }

    /// The edit that puts back what the publication before said; `None` while the draft as it is now is not compared.
    pub fn put_back(&self, block: &Block) -> Option<Edit> {
        let base = self.draft.base.as_ref().filter(|_| self.is_reviewed())?;
        self.contrast()?.put_back(self.form, &base.state.document, self.document(), block)
    }

    // ------------------------------------------------------------ findings

    /// All findings in the order of the paper as they are listed, also those set aside, as they were found last: what is
    /// open until the document is submitted, many of one cause in one.
    pub fn findings(&self) -> &[Finding] {
        &self.review.findings
    }

    /// The findings of one answer.
    pub fn findings_at(&self, path: &FieldPath) -> impl Iterator<Item = &Finding> {
        self.review.at(path)
    }

    /// Answers to items that the form does not have: kept, never printed.
    pub fn kept(&self) -> impl Iterator<Item = &FieldPath> {
        let rule = self.rules.rules.iter().find(|rule| matches!(rule.check, Check::UnknownItem));
        let found = self.review.of_cells.iter().filter(move |finding| rule.is_some_and(|rule| rule.id == finding.rule));
        found.map(|finding| &finding.path)
    }

    /// The open findings of one section, in one file where it stands once per file.
    pub fn counts(&self, section_id: &str, file: Option<usize>) -> Counts {
        Counts::of_section(self.findings(), section_id, file)
    }

    /// The finding to go to after (or before) the answer in focus, round and round; the first or last where there is none.
    /// `visited` tells which of the findings at that answer was gone to last.
    pub fn neighbour(&self, here: Option<&FieldPath>, visited: Option<&Finding>, step: Step) -> Option<&Finding> {
        let open: Vec<&Finding> = self.review.of_cells.iter().filter(|finding| finding.waived.is_none()).collect();
        let same =
            |finding: &&Finding, visited: &Finding| (&finding.rule, &finding.path) == (&visited.rule, &visited.path);
        let visited = visited.filter(|visited| here.is_some_and(|here| visited.path == *here));
        let at = visited.and_then(|visited| {
            let exactly = open.iter().position(|finding| *finding == visited);
            // The inspection before submission knows the same finding with another severity.
            exactly.or_else(|| open.iter().position(|finding| same(finding, visited)))
        });
        let last = open.len().checked_sub(1)?;
        let index = match (at, here, step) {
            (Some(at), _, Step::Next) => at + 1,
            (Some(at), _, Step::Previous) => at + last,
            (None, Some(here), step) => {
                let place = |path: &FieldPath| self.form.place_on_paper(path, self.document().file_order);
                let here = place(here);
                match step {
                    Step::Next => open.partition_point(|finding| place(&finding.path) <= here),
                    Step::Previous => open.partition_point(|finding| place(&finding.path) < here) + last,
                }
            }
            (None, None, Step::Next) => 0,
            (None, None, Step::Previous) => last,
        };
        open.get(index % open.len()).copied()
    }

    fn checked(&self) -> Checked<'_> {
        Checked { form: self.form, document: self.document(), rules: self.rules, findings: self.findings() }
    }

    /// How many pages are done, and how many there are.
    pub fn pages(&self) -> (usize, usize) {
        progress::pages(self.checked())
    }

    /// How far a section is filled in.
    pub fn progress(&self, section_id: &str, file: Option<usize>) -> Progress {
        let progress = Progress::of(self.checked(), (section_id, file));
        // The change table of a revision waits for its rows.
        let waits = self.draft.base.is_some() && !self.form.section(section_id).is_some_and(Section::is_attachments);
        if progress == Progress::Nothing && waits { Progress::Untouched } else { progress }
    }

    // ------------------------------------------------------------ saving

    /// Counts every change; tells whether two looks at the draft saw the same.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether something is not on the disk yet.
    pub fn is_dirty(&self) -> bool {
        self.version != self.saved_version
    }

    /// Whether it is time to save: a pause in typing, or long enough since the first unsaved change.
    pub fn save_due(&self, now: Duration) -> bool {
        self.next_save().is_some_and(|due| due <= now)
    }

    /// When the draft should next be saved; `None` when nothing waits.
    pub fn next_save(&self) -> Option<Duration> {
        let first = self.first_unsaved.filter(|_| self.version != self.sent_version)?;
        Some(self.due(first).max(self.not_before))
    }

    fn due(&self, first: Duration) -> Duration {
        (self.last_change + SAVE_AFTER_PAUSE).min(first + SAVE_AT_LATEST)
    }

    /// While the document cannot be written: when its second copy should be; `None` when nothing waits.
    pub fn next_copy(&self) -> Option<Duration> {
        self.first_uncopied.map(|first| self.due(first)).filter(|due| *due < self.not_before)
    }

    /// The draft to be written into the second copy alone, and its version.
    pub fn begin_copy(&mut self) -> (Draft, u64) {
        self.first_uncopied = None;
        (self.draft.clone(), self.version)
    }

    /// The draft to be saved and its version, to be given back to `saved`.
    pub fn begin_save(&mut self) -> (Draft, u64) {
        self.sent_version = self.version;
        self.first_unsaved = None;
        self.first_uncopied = None;
        (self.draft.clone(), self.version)
    }

    /// That version is on the disk.
    pub fn saved(&mut self, version: u64) {
        self.saved_version = self.saved_version.max(version);
    }

    /// The last save failed: it is tried again a little later. What is written meanwhile goes into the second copy.
    pub fn save_failed(&mut self, now: Duration) {
        self.sent_version = self.saved_version;
        self.first_unsaved = Some(now);
        self.not_before = now + RETRY_AFTER;
    }
}

/// Direction of a walk through the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next one on paper.
    Next,
    /// To the one before.
    Previous,
}
