//! The layout of the draft on a thread of its own. One job at a time: what is typed meanwhile is in the next.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use super::place::GlyphKey;
use crate::draft::Document;
use crate::exchange::svg;
use crate::exchange::worker::{Stop, Worker};
use crate::form::Form;
use crate::print::fits;
use crate::print::fonts::{Fonts, Outline};
use crate::print::layout::{Options, Pages, layout};
use crate::print::resolve;
use crate::session::Session;
use crate::ui::state::waker;
use crate::workspace::task::Task;

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

/// What goes from one job to the next: the same faces for all, so that the numbers of system faces stay, and outlines go
/// out once.
struct Tools {
    fonts: Fonts,
    sent: BTreeSet<GlyphKey>,
}

/// Where pages are made, one job after the other.
#[derive(Default)]
pub struct Typesetter {
    tools: Option<Tools>,
    running: Option<Task<(Option<Typeset>, Tools)>>,
    is_broken: bool,
}

impl Typesetter {
    /// Asks for the pages of a draft, unless others are being made.
    pub fn ask(&mut self, ctx: &Context, session: &Session, options: Options) {
        if self.running.is_some() || self.is_broken {
            return;
        }
        let job =
            Job { version: session.version(), form: session.form(), document: session.document().clone(), options };
        let tools = self.tools.take();
        let work = move || {
            let mut tools = tools.unwrap_or_else(|| Tools { fonts: Fonts::with_system(), sent: BTreeSet::new() });
            (typeset(&job, &mut tools), tools)
        };
        self.running = Some(Task::start(&waker(ctx), work).in_background());
    }

    /// Pages that are done.
    pub fn finished(&mut self) -> Option<Typeset> {
        match Task::take_answer(&mut self.running)? {
            Ok((typeset, tools)) => {
                self.tools = Some(tools);
                self.is_broken = typeset.is_none();
                typeset
            }
            Err(_) => {
                self.is_broken = true;
                None
            }
        }
    }

    /// Whether a job has broken off: there will be no more pages.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }
}

/// The pages; `None` where there would be far more than any document has.
fn typeset(job: &Job, tools: &mut Tools) -> Option<Typeset> {
    fits(job.form, &job.document).ok()?;
    svg::draw_all(&job.document, &Worker::this_program(), &Stop::never());
    let Tools { fonts, sent } = tools;
    let pages = layout(&resolve(job.form, &job.document), &job.options, fonts);
    let outlines = new_outlines(&pages, fonts, sent);
    Some(Typeset { version: job.version, options: job.options.clone(), pages, outlines })
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
