//! The layout of the draft on a thread of its own. One job at a time: what is typed meanwhile is in the next.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use super::place::GlyphKey;
use crate::draft::Document;
use crate::exchange::svg;
use crate::exchange::worker::{Stop, Worker};
use crate::form::Form;
use crate::print::fonts::{Fonts, Outline};
use crate::print::layout::{Options, Pages, layout};
use crate::print::{fits, lines_fit, resolve};
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
    running: Option<Task<(Made, Tools)>>,
    refused: Option<Refused>,
    is_broken: bool,
}

/// What a job ends in.
type Made = Result<Typeset, Box<Refused>>;

/// A draft that is not laid out as it is.
struct Refused {
    version: u64,
    options: Options,
    /// Why, and what to do.
    words: String,
}

impl Typesetter {
    /// Asks for the pages of a draft, unless others are being made.
    pub fn ask(&mut self, ctx: &Context, session: &Session, options: Options) {
        let is_refused = |refused: &Refused| refused.version == session.version() && refused.options == options;
        if self.running.is_some() || self.is_broken || self.refused.as_ref().is_some_and(is_refused) {
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
        let Ok((typeset, tools)) = Task::take_answer(&mut self.running)? else {
            self.is_broken = true;
            return None;
        };
        self.tools = Some(tools);
        match typeset {
            Ok(typeset) => {
                self.refused = None;
                Some(typeset)
            }
            Err(refused) => {
                self.refused = Some(*refused);
                None
            }
        }
    }

    /// Why there are no pages of the draft as it is now, and what to do.
    pub fn trouble(&self) -> Option<&str> {
        const BROKEN: &str = "印刷の見え方を作れませんでした。下書きはそのままです。PDF を書き出して確かめてください";
        if self.is_broken { Some(BROKEN) } else { self.refused.as_ref().map(|refused| refused.words.as_str()) }
    }
}

/// The pages, where they would be printed so.
fn typeset(job: &Job, tools: &mut Tools) -> Made {
    let Job { version, form, document, options } = job;
    fits(form, document)
        .map_err(|error| error.to_string())
        .and_then(|()| lines_fit(&options.margin).map_err(|error| error.to_string()))
        .map_err(|words| Box::new(Refused { version: *version, options: options.clone(), words }))?;
    svg::draw_all(document, &Worker::this_program(), &Stop::never());
    let Tools { fonts, sent } = tools;
    let pages = layout(&resolve(form, document), options, fonts);
    let outlines = new_outlines(&pages, fonts, sent);
    Ok(Typeset { version: *version, options: options.clone(), pages, outlines })
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
