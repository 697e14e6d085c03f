//! The draft at work beside another version, computed on a thread and never while somebody types; beside the
//! publication it revises, as the session knows it.
//!
//! The result stays until a newer one is there; only what it says of the very draft on the screen can be put back.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use crate::changes::{self, Block, Contrast, Reach};
use crate::draft::{Draft, Edit};
use crate::form::Form;
use crate::session::Session;
use crate::ui::state::waker;
use crate::workspace::open;
use crate::workspace::task::Task;

/// A pause in typing after which a comparison is made again.
const PAUSE_SECS: f64 = 0.2;

/// What the draft is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Partner {
    /// The publication it revises.
    #[default]
    Base,
    /// An earlier version of it; what is not printed counts as well.
    Version(PathBuf),
    /// Another document.
    File(PathBuf),
}

/// What came of a comparison, or why there is none.
type Outcome = Result<ComparedVersions, String>;

/// Two versions, and the earlier of them.
pub struct ComparedVersions {
    /// What differs.
    pub contrast: Arc<Contrast>,
    /// The version before.
    pub last: Draft,
}

/// A comparison that follows the draft.
#[derive(Default)]
pub struct Comparing {
    partner: Partner,
    done: Option<(u64, Outcome)>,
    /// The version being compared.
    at: u64,
    running: Option<Task<Outcome>>,
    /// The version seen last, and since when in seconds.
    seen: Option<(u64, f64)>,
}

impl Comparing {
    /// With a partner.
    pub fn with(partner: Partner) -> Self {
        Self { partner, ..Self::default() }
    }

    /// What the draft is compared with.
    pub fn partner(&self) -> &Partner {
        &self.partner
    }

    /// Takes what the thread has finished, and compares again when the draft has rested for a moment.
    pub fn follow(&mut self, ctx: &Context, session: &Session) {
        if let Some(result) = Task::take_answer(&mut self.running) {
            self.done = Some((self.at, result.and_then(|outcome| outcome)));
        }
        let version = session.version();
        let (path, reach) = match &self.partner {
            Partner::Base => return,
            Partner::Version(path) => (path.clone(), Reach::Everything),
            Partner::File(path) => (path.clone(), Reach::Paper),
        };
        if self.running.is_some() || self.is_fresh(session) {
            return;
        }
        let now = ctx.input(|input| input.time);
        let since = match self.seen {
            Some((seen, since)) if seen == version => since,
            _ => now,
        };
        self.seen = Some((version, since));
        if self.done.is_some() && now - since < PAUSE_SECS {
            ctx.request_repaint_after(Duration::from_secs_f64(PAUSE_SECS - (now - since)));
            return;
        }
        let (form, draft) = (session.form(), session.draft().clone());
        self.at = version;
        self.running = Some(Task::start(&waker(ctx), move || compare(form, &draft, &path, reach)).in_background());
    }

    /// What was found last, if anything was: it may be of a draft a moment ago.
    pub fn contrast<'a>(&'a self, session: &'a Session) -> Option<Result<&'a Arc<Contrast>, &'a str>> {
        match self.partner {
            Partner::Base => session.contrast().map(Ok),
            _ => self.compared().map(|compared| compared.map(|compared| &compared.contrast)),
        }
    }

    /// The same with the version compared with, where that is not the publication before.
    pub fn compared(&self) -> Option<Result<&ComparedVersions, &str>> {
        self.done.as_ref().map(|(_, result)| result.as_ref().map_err(String::as_str))
    }

    /// Whether what was found is of the draft as it is now.
    pub fn is_fresh(&self, session: &Session) -> bool {
        match self.partner {
            Partner::Base => session.is_reviewed(),
            _ => self.done.as_ref().is_some_and(|(version, _)| *version == session.version()),
        }
    }

    /// The edit that puts a block back; `None` while the comparison is not of the draft as it is now.
    pub fn put_back(&self, session: &Session, block: &Block) -> Option<Edit> {
        if self.partner == Partner::Base {
            return session.put_back(block);
        }
        let compared = self.compared()?.ok().filter(|_| self.is_fresh(session))?;
        compared.contrast.put_back(session.form(), &compared.last.state.document, session.document(), block)
    }
}

impl fmt::Debug for Comparing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comparing").field("partner", &self.partner).finish_non_exhaustive()
    }
}

/// An edit that puts something back, as one act with what follows for the rows of the change table; and what that was.
pub fn with_rows(form: &Form, draft: &Draft, name: &'static str, edit: Edit) -> (Edit, &'static str) {
    let rows =
        draft.base.as_ref().map(|base| changes::after(form, &base.state.document, draft, &edit)).unwrap_or_default();
    let is_gone = rows.iter().any(|edit| matches!(edit, Edit::RemoveRow { .. }));
    let words = match rows.as_slice() {
        [] => "",
        _ if is_gone => "変更箇所の行も取り除きました。",
        _ => "変更箇所の行は残っています。変更箇所（F5）で確かめてください。",
    };
    (Edit::Act { name, edits: std::iter::once(edit).chain(rows).collect() }, words)
}

fn compare(form: &Form, draft: &Draft, path: &Path, reach: Reach) -> Outcome {
    let last = open::read(path)?;
    if last.state.document.form != draft.state.document.form {
        return Err("様式が今の下書きと違うため、比べられません。同じ様式の評価書を選んでください".to_owned());
    }
    Ok(ComparedVersions { contrast: Arc::new(Contrast::of(form, &last, draft, reach)), last })
}
