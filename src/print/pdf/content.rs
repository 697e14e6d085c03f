//! One page → the drawing instructions of its content stream.
//!
//! They are written as bytes here and not through the library's list of operations: there each glyph becomes several
//! objects on its way (14 of 31 ms for 60 pages, measured), and nothing is rounded.

use super::codes::{Code, Codes, is_told_by_its_glyphs, parts};
use super::instructions::{Instructions, Shown};
use super::plates::{Plates, matrix};
use crate::print::layout::{Direction, Fill, Page, Pages, PlacedFigure, Pt, Rect, RuleLine, Run, Tag, TagId};

/// The instructions of a page, and the tag of each marked part in the order of their numbers.
pub(super) fn write(page: &Page, pages: &Pages, codes: &Codes, plates: &Plates) -> (Vec<u8>, Vec<TagId>) {
    let mut content = Content::new(page.height, &pages.tags, codes);
    content.fills(&page.fills);
    content.runs(&page.behind);
    content.figures(&page.figures, plates);
    content.lines(&page.lines);
    content.runs(&page.runs);
    (content.out.0, content.marks)
}

/// Content stream in the making, with the state its reader will be in.
struct Content<'a> {
    out: Instructions,
    marks: Vec<TagId>,
    page_height: Pt,
    tags: &'a [Tag],
    codes: &'a Codes<'a>,
    /// The open marked part; `Some(None)` is an artifact.
    part: Option<Option<TagId>>,
    /// Font and size in use.
    font: Option<(usize, i64)>,
    /// Shade in use, in hundredths.
    ink: i64,
    /// Where the last line of text began, in hundredths of a point.
    line_start: (i64, i64),
}

impl<'a> Content<'a> {
    fn new(page_height: Pt, tags: &'a [Tag], codes: &'a Codes<'a>) -> Self {
        let (out, marks) = (Instructions(Vec::with_capacity(16 * 1024)), Vec::new());
        Content { out, marks, page_height, tags, codes, part: None, font: None, ink: 0, line_start: (0, 0) }
    }

    fn fills(&mut self, fills: &[Fill]) {
        if fills.is_empty() {
            return;
        }
        self.out.put("/Artifact BMC\n");
        for fill in fills {
            self.set_ink(fill.ink.0);
            let rect = fill.rect;
            let (x, y) = self.place(rect.x, rect.y + rect.height);
            self.out.numbers(&[x, y, hundredths(rect.width.0), hundredths(rect.height.0)]);
            self.out.put("re f\n");
        }
        self.out.put("EMC\n");
    }

    fn lines(&mut self, lines: &[RuleLine]) {
        if lines.is_empty() {
            return;
        }
        self.out.put("/Artifact BMC\n");
        // Square ends, so that two lines meet in a full corner.
        self.out.put("2 J\n");
        let mut by_width: Vec<(i64, &RuleLine)> = lines.iter().map(|line| (hundredths(line.width.0), line)).collect();
        by_width.sort_by_key(|(width, _)| *width);
        for same in by_width.chunk_by(|(one, _), (other, _)| one == other) {
            self.out.numbers(&[same.first().map_or(0, |(width, _)| *width)]);
            self.out.put("w\n");
            for (_, line) in same {
                let ((x1, y1), (x2, y2)) = (self.place(line.x1, line.y1), self.place(line.x2, line.y2));
                self.out.numbers(&[x1, y1]);
                self.out.put("m ");
                self.out.numbers(&[x2, y2]);
                self.out.put("l\n");
            }
            self.out.put("S\n");
        }
        self.out.put("EMC\n");
    }

    /// Pictures, each a marked part of its own.
    fn figures(&mut self, figures: &[PlacedFigure], plates: &Plates) {
        for figure in figures {
            let Some(name) = plates.name(&figure.plate) else { continue };
            self.open_part(figure.tag);
            let Rect { x, y, width, height } = figure.rect;
            let corner = self.place(x, y + height);
            self.out.put("q\n");
            self.out.numbers(&matrix(&figure.plate, corner, (hundredths(width.0), hundredths(height.0))));
            self.out.put("cm\n/");
            self.out.put(&name);
            self.out.put(" Do\nQ\n");
            self.close_part();
        }
    }

    /// Text; neighbours with the same tag become one marked part.
    fn runs(&mut self, runs: &[Run]) {
        if runs.is_empty() {
            return;
        }
        self.out.put("BT\n");
        self.line_start = (0, 0);
        for run in runs {
            self.set_ink(run.ink.0);
            match run.direction {
                Direction::Horizontal if is_told_by_its_glyphs(run) => self.horizontal(run, Telling::EachGlyph),
                Direction::Horizontal => {
                    self.open_actual_text(run.tag, &run.text);
                    self.horizontal(run, Telling::WholeRun);
                    self.close_part();
                }
                Direction::Vertical => {
                    self.open_actual_text(run.tag, &run.text);
                    self.vertical(run);
                    self.close_part();
                }
            }
        }
        self.close_part();
        self.out.put("ET\n");
    }

    /// Goes on with the marked part of a tag, or begins one.
    fn open_part(&mut self, tag: Option<TagId>) {
        if self.part == Some(tag) {
            return;
        }
        self.close_part();
        match tag.and_then(|id| Some((id, self.tags.get(id.0)?))) {
            Some((id, tag)) => {
                self.out.put("/");
                self.out.put(super::tags::name(tag.kind));
                self.out.put("<<");
                self.number_part(id);
                self.out.put(">>BDC\n");
            }
            None => self.out.put("/Artifact BMC\n"),
        }
        self.part = Some(tag);
    }

    /// Begins a part whose text is told here. It is never put inside another part: some readers take the end of the
    /// inner one for that of the outer.
    fn open_actual_text(&mut self, tag: Option<TagId>, text: &str) {
        self.close_part();
        self.out.put("/Span<<");
        if let Some(id) = tag.filter(|id| id.0 < self.tags.len()) {
            self.number_part(id);
        }
        self.out.put("/ActualText<FEFF");
        // Some readers take a zero for the end.
        for unit in text.encode_utf16().filter(|unit| *unit != 0) {
            for shift in [12, 8, 4, 0] {
                self.out.0.push(b"0123456789ABCDEF"[usize::from(unit >> shift & 0xF)]);
            }
        }
        self.out.put(">>>BDC\n");
        self.part = Some(tag);
    }

    fn number_part(&mut self, tag: TagId) {
        self.out.put("/MCID ");
        self.out.integer(self.marks.len() as i64);
        self.marks.push(tag);
    }

    fn close_part(&mut self) {
        if self.part.take().is_some() {
            self.out.put("EMC\n");
        }
    }

    /// Glyphs side by side. Where the layout's advance is not the font's, the difference is made up before the next
    /// glyph; the sum is followed, not the single advances, so that nothing drifts.
    fn horizontal(&mut self, run: &Run, telling: Telling) {
        let (x, y) = self.place(run.x, run.y);
        self.begin_line(x, y);
        let size = hundredths(run.size.0);
        let (mut wanted, mut pen, mut open) = (0.0_f32, 0_i32, Shown::Nothing);
        for part in parts(run) {
            let Some(code) = self.codes.get(run.face, part.glyph, part.text) else { continue };
            let is_beside = telling == Telling::EachGlyph && !code.tells_all;
            if is_beside {
                self.out.close(&mut open);
                self.open_actual_text(run.tag, part.text);
            } else if telling == Telling::EachGlyph && self.part != Some(run.tag) {
                self.out.close(&mut open);
                self.open_part(run.tag);
            }
            if self.font != Some((code.font, size)) {
                self.out.close(&mut open);
                self.set_font(code, size);
            }
            let step = thousandths(wanted) - pen;
            if step != 0 {
                self.out.adjust(-step, &mut open);
                pen += step;
            }
            self.out.show(code.cid, &mut open);
            pen += code.width;
            wanted += part.advance_em;
            if is_beside {
                self.out.close(&mut open);
                self.close_part();
            }
        }
        self.out.close(&mut open);
    }

    /// Glyph below glyph, each in the middle of a column one em wide.
    fn vertical(&mut self, run: &Run) {
        let size = hundredths(run.size.0);
        let mut down = 0.0_f32;
        for part in parts(run) {
            let Some(code) = self.codes.get(run.face, part.glyph, part.text) else { continue };
            let (x, y) = self.place(run.x, run.y + run.size * down);
            let margin = (1000 - i64::from(code.width)) * size / 2000;
            self.begin_line(x + margin, y);
            self.set_font(code, size);
            let mut open = Shown::Nothing;
            self.out.show(code.cid, &mut open);
            self.out.close(&mut open);
            down += part.advance_em;
        }
    }

    fn begin_line(&mut self, x: i64, y: i64) {
        let (old_x, old_y) = self.line_start;
        self.out.numbers(&[x - old_x, y - old_y]);
        self.out.put("Td\n");
        self.line_start = (x, y);
    }

    fn set_font(&mut self, code: Code, size: i64) {
        if self.font != Some((code.font, size)) {
            self.font = Some((code.font, size));
            let codes = self.codes;
            self.out.put("/");
            self.out.put(codes.fonts.get(code.font).map_or("", |font| &font.resource));
            self.out.put(" ");
            self.out.numbers(&[size]);
            self.out.put("Tf\n");
        }
    }

    fn set_ink(&mut self, ink: f32) {
        let ink = hundredths(ink);
        if self.ink != ink {
            self.ink = ink;
            self.out.numbers(&[ink]);
            self.out.put("g\n");
        }
    }

    /// A place on the page in hundredths of a point from its lower left corner, as PDF counts.
    fn place(&self, x: Pt, y: Pt) -> (i64, i64) {
        (hundredths(x.0), hundredths((self.page_height - y).0))
    }
}

/// Who says what the text of a run is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    EachGlyph,
    WholeRun,
}

fn hundredths(length: f32) -> i64 {
    debug_assert!(length.is_finite(), "a length on paper is a number");
    (f64::from(length) * 100.0).round() as i64
}

fn thousandths(em: f32) -> i32 {
    (em * 1000.0).round() as i32
}
