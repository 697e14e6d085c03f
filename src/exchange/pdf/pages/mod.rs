//! Pages of a PDF that another program printed: glyphs with their places and ruled lines → boxes.
//!
//! Only what is seen is read: what is clipped away is told. What has no letters, or letters that nobody can tell, is
//! refused with what to do. A worker reads; nothing of the PDF reaches this process but boxes.
//! Start with [`read`]; then `draw.rs`, `cells.rs`, `lines.rs`, `document.rs`.

mod cells;
mod cmap;
mod document;
mod draw;
mod font;
mod lines;
mod marks;
mod matrix;
mod numbered;
mod page;

use std::time::Duration;

use self::draw::Pen;
use self::font::UNKNOWN;
use self::marks::Marks;
use self::page::Page;
use super::open::{open, with_stack};
use crate::exchange::boxes::{ForeignSource, seen_chars};
use crate::exchange::worker::{Pieces, Stop, Worker, WorkerError, WorkerTask};

/// The boxes of pages, as a task of a worker.
pub const BOXES: &str = "boxes-of-pages";
const TASK: WorkerTask = WorkerTask { name: BOXES, time: Duration::from_secs(8), max_bytes: 64 << 20 };

/// Most pages of a document.
const MAX_PAGES: usize = 2000;

const BROKEN: &str = "PDF が壊れているか、途中で切れています。もう一度受け取るか、元の Excel を取り込んでください";
const TOO_LARGE: &str = "PDF が大きすぎます。評価書の PDF かどうか確かめてください";
const SCANNED: &str = "紙を読み取った（スキャンした）PDF のようで、文字が入っていません。\
     作成元の Excel を取り込むか、Excel から「PDF として保存」した PDF を使ってください";
const EMPTY: &str = "PDF に文字がひとつもありません。評価書の PDF かどうか確かめてください";
const NO_UNICODE: &str = "この PDF の文字は、形だけが入っていて、どの文字かを読み取れません（文字コードの対応表がありません）。\
     作成元の Excel を取り込むか、Excel から「PDF として保存」し直した PDF を使ってください";

/// The boxes of a PDF.
pub fn read(pdf: &[u8], worker: &Worker, stop: &Stop) -> Result<ForeignSource, WorkerError> {
    ForeignSource::read(&TASK, pdf, worker, stop)
}

/// The worker's part.
pub(super) fn pieces(pdf: Vec<u8>) -> Result<Pieces, String> {
    let source = boxes(&pdf)?;
    drop(pdf);
    source.tell().map(|told| vec![told]).ok_or_else(|| BROKEN.to_owned())
}

/// The boxes of a PDF, read by this process: only for PDFs that are known to be harmless.
pub fn boxes(pdf: &[u8]) -> Result<ForeignSource, String> {
    with_stack(|| look(pdf)).unwrap_or_else(|| Err(BROKEN.to_owned()))
}

fn look(pdf: &[u8]) -> Result<ForeignSource, String> {
    let document = open(pdf).map_err(|error| error.to_string())?;
    let mut pen = Pen::of(&document);
    let mut pages = Vec::new();
    let mut seen = Seen::default();
    for page in document.page_iter() {
        if pages.len() >= MAX_PAGES {
            return Err(TOO_LARGE.to_owned());
        }
        let mut marks = pen.page(page).ok_or_else(|| BROKEN.to_owned())?;
        marks.upright();
        marks.without_doubles();
        seen.add(&marks);
        pages.push(Page::of(&marks));
    }
    seen.verdict()?;
    page::find_margins(&mut pages);
    Ok(document::source(&pages, seen.n_chars))
}

/// What all pages have, to tell whether they can be read.
#[derive(Debug, Default)]
struct Seen {
    n_pages: usize,
    n_empty: usize,
    n_scans: usize,
    n_chars: usize,
    n_unknown: usize,
}

impl Seen {
    fn add(&mut self, marks: &Marks) {
        const FEW: usize = 20;
        const MOST: f32 = 0.5;
        let seen = marks.glyphs.iter().filter(|glyph| glyph.is_seen);
        let n_chars: usize = seen.clone().map(|glyph| seen_chars(&glyph.text)).sum();
        self.n_chars += n_chars;
        self.n_unknown += seen.filter(|glyph| glyph.text == UNKNOWN).count();
        self.n_pages += 1;
        self.n_empty += usize::from(n_chars == 0);
        self.n_scans += usize::from(n_chars < FEW && (marks.pictured > MOST || marks.n_unseen > FEW));
    }

    fn verdict(&self) -> Result<(), String> {
        const MOST_UNKNOWN: usize = 5;
        if self.n_pages == 0 {
            return Err(BROKEN.to_owned());
        }
        if self.n_scans * 10 >= self.n_pages * 5 {
            return Err(SCANNED.to_owned());
        }
        if self.n_chars == 0 {
            return Err(EMPTY.to_owned());
        }
        if self.n_unknown * 100 > self.n_chars * MOST_UNKNOWN {
            return Err(NO_UNICODE.to_owned());
        }
        Ok(())
    }
}
