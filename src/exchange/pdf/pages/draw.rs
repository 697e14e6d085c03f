//! What a page draws → its marks: the operators of its content are followed with their matrices and clips.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::Font;
use super::marks::{Glyph, Marks, Rule};
use super::matrix::{Frame, Matrix};

/// Most that one content may unpack to.
const MAX_CONTENT_BYTES: usize = 64 << 20;
/// How deep contents may stand in contents.
const MAX_DEPTH: usize = 8;
/// Most operators of a document.
const MAX_STEPS: usize = 20_000_000;
/// Most glyphs of a document.
const MAX_GLYPHS: usize = 4_000_000;
/// Most states that are kept for later.
const MAX_STATES: usize = 200;

/// Draws pages.
pub(super) struct Pen<'d> {
    document: &'d Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    n_steps: usize,
    n_glyphs: usize,
    marks: Marks,
    state: State,
    kept: Vec<State>,
    path: Vec<Vec<(f32, f32)>>,
    /// Whether the path becomes a clip.
    clips: bool,
    /// Text that stands for what is drawn, with the number of glyphs when it began; `None` for other marks.
    said: Vec<Option<(String, usize)>>,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    clip: Frame,
    font: Option<Rc<Font>>,
    size: f32,
    between: f32,
    between_words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: i64,
    line_width: f32,
    is_white_inside: bool,
    is_white_line: bool,
    is_coloured: bool,
    text: Matrix,
    line: Matrix,
}

impl<'d> Pen<'d> {
    pub fn of(document: &'d Document) -> Self {
        let clip = Frame { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        let state = State {
            matrix: Matrix::SAME,
            clip,
            font: None,
            size: 0.0,
            between: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            line_width: 1.0,
            is_white_inside: false,
            is_white_line: false,
            is_coloured: false,
            text: Matrix::SAME,
            line: Matrix::SAME,
        };
        Self {
            document,
            fonts: BTreeMap::new(),
            n_steps: 0,
            n_glyphs: 0,
            marks: Marks::default(),
            state,
            kept: Vec::new(),
            path: Vec::new(),
            clips: false,
            said: Vec::new(),
        }
    }

    /// The marks of a page; `None` where there is more than any document has, or its content is not there.
    pub fn page(&mut self, page: ObjectId) -> Option<Marks> {
        let dict = self.document.get_dictionary(page).ok()?;
        let numbers = |key: &[u8]| {
            let array = self.inherited(dict, key).and_then(|object| object.as_array().ok());
            array.map(|array| array.iter().map(|number| self.number(number)).collect::<Vec<f32>>())
        };
        let whole =
            numbers(b"MediaBox").filter(|media| media.len() == 4).unwrap_or_else(|| vec![0.0, 0.0, 595.0, 842.0]);
        let shown = numbers(b"CropBox").filter(|crop| crop.len() == 4).unwrap_or_else(|| whole.clone());
        let frame = Frame::around([(shown[0], shown[1]), (shown[2], shown[3])])?;
        let turn =
            self.inherited(dict, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0).rem_euclid(360) / 90;
        let (width, height) = (frame.width(), frame.height());
        let (x0, y0, x1, y1) = (frame.left, frame.top, frame.right, frame.bottom);
        let matrix = match turn {
            1 => Matrix([0.0, 1.0, 1.0, 0.0, -y0, -x0]),
            2 => Matrix([-1.0, 0.0, 0.0, 1.0, x1, -y0]),
            3 => Matrix([0.0, -1.0, -1.0, 0.0, y1, x1]),
            _ => Matrix([1.0, 0.0, 0.0, -1.0, -x0, y1]),
        };
        let (width, height) = if turn % 2 == 1 { (height, width) } else { (width, height) };
        let fresh = Self::of(self.document);
        self.state = State { matrix, clip: Frame { left: 0.0, top: 0.0, right: width, bottom: height }, ..fresh.state };
        self.marks = Marks { width, height, ..Marks::default() };
        (self.kept, self.path, self.said) = (Vec::new(), Vec::new(), Vec::new());
        let ids = self.document.get_page_contents(page);
        // What was left out when the file was opened would be missing here without a word.
        if ids.iter().any(|id| !self.document.has_object(*id)) {
            return None;
        }
        let bytes = self.document.get_page_content_with_limit(page, MAX_CONTENT_BYTES).ok()?;
        let resources = self.inherited(dict, b"Resources").and_then(|object| object.as_dict().ok());
        self.follow(&bytes, resources, 0)?;
        Some(std::mem::take(&mut self.marks))
    }

    fn inherited(&self, dict: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        const MOST: usize = 32;
        let mut here = dict;
        for _ in 0..MOST {
            if let Ok(found) = here.get_deref(key, self.document) {
                return Some(found);
            }
            here = here.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    fn number(&self, object: &Object) -> f32 {
        let object = self.document.dereference(object).map_or(object, |found| found.1);
        object.as_float().unwrap_or(0.0).clamp(-1e6, 1e6)
    }

    fn follow(&mut self, bytes: &[u8], resources: Option<&'d Dictionary>, depth: usize) -> Option<()> {
        let content = Content::decode(bytes).ok()?;
        for operation in &content.operations {
            self.n_steps += 1;
            if self.n_steps > MAX_STEPS || self.n_glyphs > MAX_GLYPHS {
                return None;
            }
            self.step(operation, resources, depth)?;
        }
        Some(())
    }

    fn step(&mut self, operation: &Operation, resources: Option<&'d Dictionary>, depth: usize) -> Option<()> {
        let operands = operation.operands.as_slice();
        let n: Vec<f32> = operands.iter().take(8).map(|operand| self.number(operand)).collect();
        match (operation.operator.as_str(), n.as_slice()) {
            ("q", _) if self.kept.len() < MAX_STATES => self.kept.push(self.state.clone()),
            ("Q", _) => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            ("cm", &[a, b, c, d, e, f]) => self.state.matrix = Matrix([a, b, c, d, e, f]).then(self.state.matrix),
            ("w", &[width]) => self.state.line_width = width,
            ("Do", _) => self.object(operands.first()?.as_name().ok()?, resources, depth)?,
            ("EI" | "BI", _) => self.picture(),
            ("BDC", _) => self.open_mark(operands.get(1), resources),
            ("BMC", _) => self.said.push(None),
            ("EMC", _) => self.close_mark(),
            ("g" | "rg" | "k" | "sc" | "scn", n) => {
                self.state.is_white_inside = is_white(&operation.operator, n);
                self.state.is_coloured = is_coloured(n);
            }
            ("G" | "RG" | "K" | "SC" | "SCN", n) => self.state.is_white_line = is_white(&operation.operator, n),
            (operator, n) => {
                if !self.path_step(operator, n) {
                    self.text_step(operator, n, operands, resources);
                }
            }
        }
        Some(())
    }

    fn object(&mut self, name: &[u8], resources: Option<&'d Dictionary>, depth: usize) -> Option<()> {
        let objects = resources.and_then(|known| known.get_deref(b"XObject", self.document).ok()?.as_dict().ok());
        let Some(stream) = objects.and_then(|known| known.get_deref(name, self.document).ok()?.as_stream().ok()) else {
            return Some(());
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind == b"Image" {
            self.picture();
        }
        if kind != b"Form" || depth >= MAX_DEPTH {
            return Some(());
        }
        let bytes = stream.get_plain_content_with_limit(MAX_CONTENT_BYTES).ok()?;
        let list = |key: &[u8]| -> Vec<f32> {
            let array = stream.dict.get_deref(key, self.document).and_then(Object::as_array);
            array.map_or(&[][..], |array| array.as_slice()).iter().map(|number| self.number(number)).collect()
        };
        let (matrix, frame) = (list(b"Matrix"), list(b"BBox"));
        let (before, n_kept) = (self.state.clone(), self.kept.len());
        if let &[a, b, c, d, e, f] = matrix.as_slice() {
            self.state.matrix = Matrix([a, b, c, d, e, f]).then(self.state.matrix);
        }
        if let &[x0, y0, x1, y1] = frame.as_slice() {
            let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| self.state.matrix.point(x, y));
            self.state.clip = Frame::around(corners).map_or(self.state.clip, |frame| frame.within(self.state.clip));
        }
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        self.follow(&bytes, own.or(resources), depth + 1)?;
        self.kept.truncate(n_kept);
        self.state = before;
        Some(())
    }

    fn picture(&mut self) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| self.state.matrix.point(x, y));
        let Some(frame) = Frame::around(corners).map(|frame| frame.within(self.state.clip)) else { return };
        if frame.width() > 0.0 && frame.height() > 0.0 {
            self.marks.n_pictures += 1;
            self.marks.pictured += frame.width() * frame.height() / (self.marks.width * self.marks.height).max(1.0);
        }
    }
}

/// Whether a colour is neither black nor grey.
fn is_coloured(n: &[f32]) -> bool {
    const GREY: f32 = 0.25;
    let Some(of_three) = n.first_chunk::<3>() else { return false };
    let most = of_three.iter().copied().fold(f32::MIN, f32::max);
    let least = of_three.iter().copied().fold(f32::MAX, f32::min);
    most - least > GREY
}

/// Whether a colour is that of the paper.
fn is_white(operator: &str, n: &[f32]) -> bool {
    match (operator.to_ascii_lowercase().as_str(), n) {
        ("k", n) | ("sc" | "scn", n @ [_, _, _, _]) => !n.is_empty() && n.iter().all(|ink| *ink < 0.02),
        (_, n) => !n.is_empty() && n.iter().all(|light| *light > 0.98),
    }
}

/// Paths: what is ruled, filled and clipped.
impl Pen<'_> {
    fn path_step(&mut self, operator: &str, n: &[f32]) -> bool {
        match (operator, n) {
            ("m", &[x, y]) => self.path.push(vec![self.state.matrix.point(x, y)]),
            ("l", &[x, y]) | ("c", &[_, _, _, _, x, y]) | ("v" | "y", &[_, _, x, y]) => {
                let point = self.state.matrix.point(x, y);
                if let Some(last) = self.path.last_mut() {
                    last.push(point);
                }
            }
            ("h", _) => self.close(),
            ("re", &[x, y, width, height]) => {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                self.path.push(corners.map(|(x, y)| self.state.matrix.point(x, y)).to_vec());
            }
            ("W" | "W*", _) => self.clips = true,
            ("s", _) => {
                self.close();
                self.rule();
                self.end();
            }
            ("S", _) => {
                self.rule();
                self.end();
            }
            ("f" | "F" | "f*", _) => {
                self.fill();
                self.end();
            }
            ("B" | "B*" | "b" | "b*", _) => {
                if operator.starts_with('b') {
                    self.close();
                }
                self.rule();
                self.fill();
                self.end();
            }
            ("n", _) => self.end(),
            _ => return false,
        }
        true
    }

    fn close(&mut self) {
        if let Some(last) = self.path.last_mut() {
            let first = last[0];
            last.push(first);
        }
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.clips) {
            let frame = Frame::around(self.path.iter().flatten().copied());
            self.state.clip = frame.map_or(self.state.clip, |frame| frame.within(self.state.clip));
        }
        self.path.clear();
    }

    fn rule(&mut self) {
        if self.state.is_white_line {
            return;
        }
        let lines: Vec<_> = self.path.iter().flat_map(|path| path.windows(2).map(|ends| (ends[0], ends[1]))).collect();
        for (from, to) in lines {
            self.line(from, to);
        }
    }

    fn line(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        const STRAIGHT: f32 = 0.7;
        let clip = self.state.clip;
        let is_level = (y0 - y1).abs() < STRAIGHT;
        let is_upright = (x0 - x1).abs() < STRAIGHT;
        if is_level == is_upright {
            return;
        }
        let frame = Frame::around([(x0, y0), (x1, y1)]).map(|frame| frame.within(clip));
        let Some(frame) = frame.filter(|frame| frame.width() > -STRAIGHT && frame.height() > -STRAIGHT) else { return };
        let (x, y) = frame.middle();
        self.marks.rules.push(if is_level {
            Rule { is_level, at: y, from: frame.left, to: frame.right }
        } else {
            Rule { is_level, at: x, from: frame.top, to: frame.bottom }
        });
    }

    /// What is filled is a ruled line where it is thin, and has edges where it is large.
    fn fill(&mut self) {
        const THIN: f32 = 3.0;
        const LARGE: f32 = 8.0;
        if self.state.is_white_inside {
            return;
        }
        let frames: Vec<Frame> = self
            .path
            .iter()
            .filter(|path| is_box(path))
            .filter_map(|path| Frame::around(path.iter().copied()))
            .collect();
        for frame in frames {
            let (x, y) = frame.middle();
            match (frame.width() <= THIN, frame.height() <= THIN) {
                (false, true) => self.line((frame.left, y), (frame.right, y)),
                (true, false) => self.line((x, frame.top), (x, frame.bottom)),
                (false, false) if frame.width() >= LARGE && frame.height() >= LARGE => {
                    let n_ruled = self.marks.rules.len();
                    self.line((frame.left, frame.top), (frame.right, frame.top));
                    self.line((frame.left, frame.bottom), (frame.right, frame.bottom));
                    self.line((frame.left, frame.top), (frame.left, frame.bottom));
                    self.line((frame.right, frame.top), (frame.right, frame.bottom));
                    let edges = self.marks.rules.split_off(n_ruled);
                    self.marks.edges.extend(edges);
                }
                _ => {}
            }
        }
    }
}

/// Whether all sides of a path are level or upright.
fn is_box(path: &[(f32, f32)]) -> bool {
    const STRAIGHT: f32 = 0.7;
    const MOST: usize = 9;
    let is_straight =
        |ends: &[(f32, f32)]| (ends[0].0 - ends[1].0).abs() < STRAIGHT || (ends[0].1 - ends[1].1).abs() < STRAIGHT;
    (4..=MOST).contains(&path.len()) && path.windows(2).all(is_straight)
}

/// Texts.
impl<'d> Pen<'d> {
    fn text_step(&mut self, operator: &str, n: &[f32], operands: &[Object], resources: Option<&'d Dictionary>) {
        let state = &mut self.state;
        match (operator, n) {
            ("BT", _) => (state.text, state.line) = (Matrix::SAME, Matrix::SAME),
            ("Tc", &[between]) => state.between = between,
            ("Tw", &[between]) => state.between_words = between,
            ("Tz", &[percent]) => state.stretch = percent / 100.0,
            ("TL", &[leading]) => state.leading = leading,
            ("Ts", &[rise]) => state.rise = rise,
            ("Tr", &[mode]) => state.mode = mode as i64,
            ("Tf", &[_, size]) => {
                state.size = size;
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.state.font = name.and_then(|name| self.font(name, resources));
            }
            ("Td", &[x, y]) => self.next_line(x, y),
            ("TD", &[x, y]) => {
                state.leading = -y;
                self.next_line(x, y);
            }
            ("Tm", &[a, b, c, d, e, f]) => {
                state.line = Matrix([a, b, c, d, e, f]);
                state.text = state.line;
            }
            ("T*", _) => self.next_line(0.0, -self.state.leading),
            ("Tj", _) => self.show(operands.first()),
            ("'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            ("\"", &[words, between, _]) => {
                (state.between_words, state.between) = (words, between);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            ("TJ", _) => self.show_spaced(operands.first()),
            _ => {}
        }
    }

    /// Shows strings with the gaps that stand between them.
    fn show_spaced(&mut self, list: Option<&Object>) {
        for one in list.and_then(|list| list.as_array().ok()).into_iter().flatten() {
            match one {
                Object::String(..) => self.show(Some(one)),
                number => {
                    let by = -self.number(number) / 1000.0 * self.state.size;
                    self.advance(by * self.state.stretch, by);
                }
            }
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.state.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.state.line);
        self.state.text = self.state.line;
    }

    /// Moves on, along the line or down.
    fn advance(&mut self, along: f32, down: f32) {
        let is_vertical = self.state.font.as_ref().is_some_and(|font| font.is_vertical);
        let (x, y) = if is_vertical { (0.0, down) } else { (along, 0.0) };
        self.state.text = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.state.text);
    }

    fn font(&mut self, name: &[u8], resources: Option<&'d Dictionary>) -> Option<Rc<Font>> {
        let fonts = resources?.get_deref(b"Font", self.document).ok()?.as_dict().ok()?;
        let object = fonts.get(name).ok()?;
        let (id, object) = self.document.dereference(object).ok()?;
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::read(self.document, object.as_dict().ok()?));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    fn show(&mut self, string: Option<&Object>) {
        let Some(bytes) = string.and_then(|string| string.as_str().ok()) else { return };
        let Some(font) = self.state.font.clone() else { return };
        for shown in font.shown(bytes) {
            let State { size, between, between_words, stretch, mode, .. } = self.state;
            // Nobody sees what is drawn in these modes: text behind a scan.
            if matches!(mode, 3 | 7) {
                self.marks.n_unseen += usize::from(!shown.text.trim().is_empty());
            } else {
                self.glyph(&font, shown.text, shown.width);
            }
            let space = between + if shown.is_space { between_words } else { 0.0 };
            self.advance((shown.width / 1000.0 * size + space) * stretch, -size + space);
        }
    }

    fn glyph(&mut self, font: &Font, text: String, width: f32) {
        const ABOVE: f32 = 0.85;
        const BELOW: f32 = 0.15;
        let State { size, stretch, rise, clip, is_coloured, .. } = self.state;
        let matrix = Matrix([size * stretch, 0.0, 0.0, size, 0.0, rise]).then(self.state.text).then(self.state.matrix);
        let width = width / 1000.0;
        let (left, right, low, high) =
            if font.is_vertical { (-width / 2.0, width / 2.0, -1.0, 0.0) } else { (0.0, width, -BELOW, ABOVE) };
        let corners = [(left, low), (right, low), (right, high), (left, high)].map(|(x, y)| matrix.point(x, y));
        let Some(frame) = Frame::around(corners).filter(|frame| frame.left.is_finite() && frame.top.is_finite()) else {
            return;
        };
        let (x, y) = (matrix.0[0], matrix.0[1]);
        let turn = match () {
            () if x.abs() >= y.abs() && x >= 0.0 => 0,
            () if x.abs() >= y.abs() => 2,
            () if y > 0.0 => 1,
            () => 3,
        };
        self.n_glyphs += 1;
        if text.is_empty() {
            return;
        }
        let is_seen = clip.contains(frame.middle());
        self.marks.glyphs.push(Glyph { text, frame, size: matrix.height(), turn, is_coloured, is_seen, clip });
    }
}

/// Text that stands for what is drawn.
impl Pen<'_> {
    fn open_mark(&mut self, properties: Option<&Object>, resources: Option<&Dictionary>) {
        let dict = match properties {
            Some(Object::Dictionary(dict)) => Some(dict),
            Some(Object::Name(name)) => {
                let known =
                    resources.and_then(|known| known.get_deref(b"Properties", self.document).ok()?.as_dict().ok());
                known.and_then(|known| known.get_deref(name, self.document).ok()?.as_dict().ok())
            }
            _ => None,
        };
        let text = dict.and_then(|dict| lopdf::decode_text_string(dict.get(b"ActualText").ok()?).ok());
        self.said.push(text.map(|text| (text, self.marks.glyphs.len())));
    }

    fn close_mark(&mut self) {
        let Some(Some((text, first))) = self.said.pop() else { return };
        let drawn = self.marks.glyphs.get(first..).unwrap_or_default();
        let Some(one) = drawn.first() else { return };
        let whole = Glyph {
            text,
            frame: drawn.iter().fold(one.frame, |frame, other| frame.with(other.frame)),
            is_seen: drawn.iter().any(|glyph| glyph.is_seen),
            ..one.clone()
        };
        self.marks.glyphs.truncate(first);
        if !whole.text.is_empty() {
            self.marks.glyphs.push(whole);
        }
    }
}
