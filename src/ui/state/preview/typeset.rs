//! The layout of the draft on a thread of its own. One job at a time: what is typed meanwhile is in the next.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use egui::Context;

use super::place::GlyphKey;
use crate::draft::Document;
use crate::form::Form;
use crate::print::fonts::{Fonts, Outline};
use crate::print::layout::{Options, Pages, layout};
use crate::print::resolve;
use crate::session::Session;

struct Job {
    version: u64,
    form: &'static Form,
    document: Document,
    options: Options,
}

/// Finished pages.
pub struct Typeset {
    /// The version of the draft they show.
    pub version: u64,
    /// The marks on them.
    pub options: Options,
    /// The pages.
    pub pages: Pages,
    /// The outlines of glyphs that no pages before had.
    pub outlines: Vec<(GlyphKey, Arc<Outline>)>,
}

/// The thread.
pub struct Typesetter {
    jobs: Sender<Job>,
    done: Receiver<Typeset>,
    at_work: Cell<bool>,
    broken: Cell<bool>,
}

impl Typesetter {
    /// Starts the thread; it ends with this.
    pub fn start(ctx: &Context) -> Self {
        let (jobs, to_do) = channel::<Job>();
        let (report, done) = channel();
        let ctx = ctx.clone();
        let work = move || {
            let _wake = WakeAtEnd(ctx.clone());
            // The same faces for all jobs: the numbers of system faces stay, and outlines go out once.
            let (mut fonts, mut sent) = (Fonts::with_system(), BTreeSet::new());
            for job in to_do {
                if report.send(typeset(&job, &mut fonts, &mut sent)).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        };
        // Without a thread the first job finds nobody, and `is_broken` says so.
        let _ = thread::Builder::new().name("preview".to_owned()).spawn(work);
        Self { jobs, done, at_work: Cell::new(false), broken: Cell::new(false) }
    }

    /// Asks for the pages of a draft, unless others are being made.
    pub fn ask(&self, session: &Session, options: Options) {
        if self.at_work.get() || self.broken.get() {
            return;
        }
        let job =
            Job { version: session.version(), form: session.form(), document: session.document().clone(), options };
        self.broken.set(self.jobs.send(job).is_err());
        self.at_work.set(true);
    }

    /// Pages that are done.
    pub fn finished(&self) -> Option<Typeset> {
        match self.done.try_recv() {
            Ok(typeset) => {
                self.at_work.set(false);
                Some(typeset)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.broken.set(true);
                None
            }
        }
    }

    /// Whether the thread has ended.
    pub fn is_broken(&self) -> bool {
        self.broken.get()
    }
}

/// Wakes the window when the thread ends, also by a fault: the screen then says so instead of waiting for ever.
struct WakeAtEnd(Context);

impl Drop for WakeAtEnd {
    fn drop(&mut self) {
        self.0.request_repaint();
    }
}

fn typeset(job: &Job, fonts: &mut Fonts, sent: &mut BTreeSet<GlyphKey>) -> Typeset {
    let pages = layout(&resolve(job.form, &job.document), &job.options, fonts);
    let outlines = new_outlines(&pages, fonts, sent);
    Typeset { version: job.version, options: job.options.clone(), pages, outlines }
}

/// The outlines of all glyphs that are not in `sent`.
pub(super) fn new_outlines(
    pages: &Pages,
    fonts: &Fonts,
    sent: &mut BTreeSet<GlyphKey>,
) -> Vec<(GlyphKey, Arc<Outline>)> {
    let mut outlines = Vec::new();
    for run in pages.pages.iter().flat_map(|page| page.behind.iter().chain(&page.runs)) {
        for glyph in &run.glyphs {
            let key = (run.face, glyph.id);
            if sent.insert(key) {
                outlines.extend(fonts.outline(run.face, glyph.id).map(|outline| (key, Arc::new(outline))));
            }
        }
    }
    outlines
}
