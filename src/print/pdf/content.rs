//! One page → the drawing instructions of its content stream.
//!
//! They are written as bytes here and not through the library's list of operations: that way costs about as much
//! again as all the rest of the export (each glyph becomes several objects on its way), has no name for tagged text,
//! and rounds nothing.

use super::codes::{Code, Codes, is_told_by_its_glyphs, parts};
use crate::print::layout::{Direction, Fill, Line, Page, Pages, Pt, Run, Tag, TagId};

/// The instructions of a page, and the tag of each marked part in the order of their numbers.
pub(super) fn write(page: &Page, pages: &Pages, codes: &Codes) -> (Vec<u8>, Vec<TagId>) {
    let mut content = Content::new(page.height, &pages.tags, codes);
    content.graphics(&page.fills, &page.lines);
    content.runs(&page.runs);
    (content.bytes, content.marks)
}

/// Content stream in the making, with the state its reader will be in.
struct Content<'a> {
    bytes: Vec<u8>,
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
        let (bytes, marks) = (Vec::with_capacity(16 * 1024), Vec::new());
        Content { bytes, marks, page_height, tags, codes, part: None, font: None, ink: 0, line_start: (0, 0) }
    }

    fn graphics(&mut self, fills: &[Fill], lines: &[Line]) {
        if fills.is_empty() && lines.is_empty() {
            return;
        }
        self.put("/Artifact BMC\n");
        for fill in fills {
            self.set_ink(fill.ink.0);
            let rect = fill.rect;
            let (x, y) = self.place(rect.x, rect.y + rect.height);
            self.numbers(&[x, y, hundredths(rect.width.0), hundredths(rect.height.0)]);
            self.put("re f\n");
        }
        // Square ends, so that two lines meet in a full corner.
        self.put("2 J\n");
        let mut by_width: Vec<(i64, &Line)> = lines.iter().map(|line| (hundredths(line.width.0), line)).collect();
        by_width.sort_by_key(|(width, _)| *width);
        for same in by_width.chunk_by(|(one, _), (other, _)| one == other) {
            self.numbers(&[same.first().map_or(0, |(width, _)| *width)]);
            self.put("w\n");
            for (_, line) in same {
                let ((x1, y1), (x2, y2)) = (self.place(line.x1, line.y1), self.place(line.x2, line.y2));
                self.numbers(&[x1, y1]);
                self.put("m ");
                self.numbers(&[x2, y2]);
                self.put("l\n");
            }
            self.put("S\n");
        }
        self.put("EMC\n");
    }

    /// Text; neighbours with the same tag become one marked part.
    fn runs(&mut self, runs: &[Run]) {
        if runs.is_empty() {
            return;
        }
        self.put("BT\n");
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
        self.put("ET\n");
    }

    /// Goes on with the marked part of a tag, or begins one.
    fn open_part(&mut self, tag: Option<TagId>) {
        if self.part == Some(tag) {
            return;
        }
        self.close_part();
        match tag.and_then(|id| Some((id, self.tags.get(id.0)?))) {
            Some((id, tag)) => {
                self.put("/");
                self.put(super::tags::name(tag.kind));
                self.put("<<");
                self.number_part(id);
                self.put(">>BDC\n");
            }
            None => self.put("/Artifact BMC\n"),
        }
        self.part = Some(tag);
    }

    /// Begins a part whose text is told here. It is never put inside another part: some readers take the end of the
    /// inner one for that of the outer.
    fn open_actual_text(&mut self, tag: Option<TagId>, text: &str) {
        self.close_part();
        self.put("/Span<<");
        if let Some(id) = tag.filter(|id| id.0 < self.tags.len()) {
            self.number_part(id);
        }
        self.put("/ActualText<FEFF");
        // Some readers take a zero for the end.
        for unit in text.encode_utf16().filter(|unit| *unit != 0) {
            for shift in [12, 8, 4, 0] {
                self.bytes.push(b"0123456789ABCDEF"[usize::from(unit >> shift & 0xF)]);
            }
        }
        self.put(">>>BDC\n");
        self.part = Some(tag);
    }

    fn number_part(&mut self, tag: TagId) {
        self.put("/MCID ");
        self.integer(self.marks.len() as i64);
        self.marks.push(tag);
    }

    fn close_part(&mut self) {
        if self.part.take().is_some() {
            self.put("EMC\n");
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
                self.close(&mut open);
                self.open_actual_text(run.tag, part.text);
            } else if telling == Telling::EachGlyph && self.part != Some(run.tag) {
                self.close(&mut open);
                self.open_part(run.tag);
            }
            if self.font != Some((code.font, size)) {
                self.close(&mut open);
                self.set_font(code, size);
            }
            let step = thousandths(wanted) - pen;
            if step != 0 {
                self.adjust(-step, &mut open);
                pen += step;
            }
            self.show(code.cid, &mut open);
            pen += code.width;
            wanted += part.advance_em;
            if is_beside {
                self.close(&mut open);
                self.close_part();
            }
        }
        self.close(&mut open);
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
            self.show(code.cid, &mut open);
            self.close(&mut open);
            down += part.advance_em;
        }
    }

    fn begin_line(&mut self, x: i64, y: i64) {
        let (old_x, old_y) = self.line_start;
        self.numbers(&[x - old_x, y - old_y]);
        self.put("Td\n");
        self.line_start = (x, y);
    }

    fn set_font(&mut self, code: Code, size: i64) {
        if self.font != Some((code.font, size)) {
            self.font = Some((code.font, size));
            let codes = self.codes;
            self.put("/");
            self.put(codes.fonts.get(code.font).map_or("", |font| &font.resource));
            self.put(" ");
            self.numbers(&[size]);
            self.put("Tf\n");
        }
    }

    fn set_ink(&mut self, ink: f32) {
        let ink = hundredths(ink);
        if self.ink != ink {
            self.ink = ink;
            self.numbers(&[ink]);
            self.put("g\n");
        }
    }

    fn show(&mut self, cid: u16, open: &mut Shown) {
        match open {
            Shown::Nothing => self.put("[("),
            Shown::Numbers => self.put("("),
            Shown::Text => {}
        }
        for byte in cid.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.bytes.extend([b'\\', byte]),
                b'\r' => self.put("\\r"),
                b'\n' => self.put("\\n"),
                _ => self.bytes.push(byte),
            }
        }
        *open = Shown::Text;
    }

    fn adjust(&mut self, step: i32, open: &mut Shown) {
        match open {
            Shown::Nothing => self.put("["),
            Shown::Numbers => self.put(" "),
            Shown::Text => self.put(")"),
        }
        self.integer(i64::from(step));
        *open = Shown::Numbers;
    }

    fn close(&mut self, open: &mut Shown) {
        match open {
            Shown::Nothing => {}
            Shown::Numbers => self.put("]TJ\n"),
            Shown::Text => self.put(")]TJ\n"),
        }
        *open = Shown::Nothing;
    }

    /// A place on the page in hundredths of a point from its lower left corner, as PDF counts.
    fn place(&self, x: Pt, y: Pt) -> (i64, i64) {
        (hundredths(x.0), hundredths((self.page_height - y).0))
    }

    fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn integer(&mut self, value: i64) {
        if value < 0 {
            self.bytes.push(b'-');
        }
        let (mut digits, mut n, mut rest) = ([0_u8; 20], 0, value.unsigned_abs());
        loop {
            digits[n] = b'0' + (rest % 10) as u8;
            (n, rest) = (n + 1, rest / 10);
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend(digits[..n].iter().rev());
    }

    /// Numbers given in hundredths, each with a space behind it.
    fn numbers(&mut self, values: &[i64]) {
        for value in values {
            if *value < 0 {
                self.bytes.push(b'-');
            }
            let value = value.unsigned_abs();
            if value >= 100 || value == 0 {
                self.integer((value / 100) as i64);
            }
            let (tenth, hundredth) = ((value / 10 % 10) as u8, (value % 10) as u8);
            match (tenth, hundredth) {
                (0, 0) => {}
                (_, 0) => self.bytes.extend([b'.', b'0' + tenth]),
                (_, _) => self.bytes.extend([b'.', b'0' + tenth, b'0' + hundredth]),
            }
            self.bytes.push(b' ');
        }
    }
}

/// Who says what the text of a run is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    EachGlyph,
    WholeRun,
}

/// What the open showing instruction ends in.
enum Shown {
    Nothing,
    Numbers,
    Text,
}

fn hundredths(length: f32) -> i64 {
    debug_assert!(length.is_finite(), "a length on paper is a number");
    (f64::from(length) * 100.0).round() as i64
}

fn thousandths(em: f32) -> i32 {
    (em * 1000.0).round() as i32
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_can_be() {
        let codes = Codes::of(&EMPTY, &crate::print::fonts::Fonts::embedded_only());
        let codes = codes.unwrap();
        let mut content = Content::new(Pt(100.0), &[], &codes);
        content.numbers(&[0, 5, -5, 50, 100, -123, 1050, 59_528]);
        assert_eq!(String::from_utf8_lossy(&content.bytes), "0 .05 -.05 .5 1 -1.23 10.5 595.28 ");
    }

    static EMPTY: Pages = Pages { pages: vec![], tags: vec![], outline: vec![], substitutions: vec![] };
}
