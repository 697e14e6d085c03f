//! Boxes: what stands where in a document of another program, whatever program that was.
//!
//! A sheet of a book and a page of a PDF are alike here: texts, each with the area it covers. Areas of a book count rows
//! and columns, those of a page points; nobody compares the two.

use serde::{Deserialize, Serialize};

use super::worker::{Stop, Worker, WorkerError, WorkerTask};

/// Most texts of a document.
pub const MAX_BOXES: usize = 200_000;
/// Most that a cell of Excel holds, in UTF-16 units.
pub const MAX_CELL_UNITS: usize = 32_767;

/// Everything that was found in a document.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ForeignSource {
    /// Its sheets or pages in their order.
    pub sheets: Vec<SourceSheet>,
    /// Its texts, sheet by sheet.
    pub boxes: Vec<TextBox>,
    /// Whether cells alone could be read: not what is hidden, struck or coloured, nor shapes, comments and pictures.
    pub is_cells_alone: bool,
    /// Whether some of its words are struck through, and nobody can tell which.
    #[serde(default)]
    pub has_unread_strikes: bool,
    /// Whether it is a document of Word: its tables are no sheets.
    #[serde(default)]
    pub is_document: bool,
    /// Whether it is pages of a PDF.
    #[serde(default)]
    pub is_pages: bool,
    /// Whether it is lines alone: nothing says what stands beside what, and in which order.
    #[serde(default)]
    pub is_lines: bool,
    /// Whether these lines come as the page was drawn, not as it is read: signs that belong together stand apart.
    #[serde(default)]
    pub is_scattered: bool,
    /// Characters that were drawn, spaces aside, as counted before they became boxes; `None` where nothing is drawn.
    #[serde(default)]
    pub n_drawn: Option<usize>,
}

/// A sheet of a book, or a page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct SourceSheet {
    /// Its name, or its number as a page.
    pub name: String,
    /// Whether it is shown.
    pub sight: Visibility,
    /// Pictures and charts on it, which nobody reads.
    pub n_pictures: usize,
    /// Where the ruled lines of its table end at the right, where it is a page.
    #[serde(default)]
    pub right_end: Option<f32>,
}

/// A text and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct TextBox {
    /// The text as it stands there, with its line breaks.
    pub text: String,
    /// Which sheet it is on, from 0.
    pub sheet: usize,
    /// What it covers.
    pub area: Area,
    /// What it is called there, e.g. `B12`.
    pub name: String,
    /// What kind of thing carries it.
    pub carrier: Carrier,
    /// Whether it is seen.
    pub sight: Visibility,
    /// Whether all of it is in a colour of its own.
    pub pen: Pen,
    /// The page it begins on, from 1, where there are pages.
    #[serde(default)]
    pub page: Option<usize>,
    /// Whether all of it is there.
    #[serde(default)]
    pub ending: Ending,
}

/// What a text covers; the ends do not belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Area {
    /// First row, or upper end.
    pub top: f32,
    /// First column, or left end.
    pub left: f32,
    /// Row behind the last, or lower end.
    pub bottom: f32,
    /// Column behind the last, or right end.
    pub right: f32,
}

/// What carries a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Carrier {
    /// A cell, or a piece of a page between its rules.
    #[default]
    Cell,
    /// A text box or another shape.
    Shape,
    /// A comment.
    Comment,
    /// A box to be ticked, that is on.
    Ticked,
    /// A box to be ticked, that is off.
    Unticked,
    /// A note at the foot of a page or at the end of a document.
    Note,
    /// The margin of a page, where it numbers the page or repeats what the page before says.
    Margin,
}

/// What is written into a copy of a book: cells alone, and what they need to be seen.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Rewriting {
    /// The cells that change.
    pub cells: Vec<CellText>,
    /// Hidden rows that are used now: sheet, row from 0.
    pub shown_rows: Vec<(usize, u32)>,
    /// Shapes that say something else.
    #[serde(default)]
    pub shapes: Vec<ShapeText>,
    /// Areas that are merged, as in the row above: sheet, first row and column, last row and column.
    pub merges: Vec<(usize, [u32; 4])>,
}

/// A cell and what it is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct CellText {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
    /// The whole text.
    pub text: String,
    /// The cell whose looks it has, where it is not there yet.
    pub like: Option<(u32, u32)>,
}

/// A shape over a sheet and what it is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct ShapeText {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// What it is called there.
    pub name: String,
    /// What it says so far: with its name, what it is known by.
    pub old: String,
    /// The whole text.
    pub text: String,
}

/// Whether a text is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Ending {
    /// As far as anybody can tell.
    #[default]
    Whole,
    /// Its cell seems to cut it off.
    Cut,
    /// Its cell cuts it off; what is not seen was drawn all the same, and is there.
    Clipped,
}

/// Whether something is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Visibility {
    /// It is.
    #[default]
    Shown,
    /// A filter hides its row for now.
    Filtered,
    /// It is hidden, alone or in a group that is folded.
    Hidden,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Pen {
    /// Black, or as the sheet has it.
    #[default]
    Plain,
    /// In a colour of its own.
    Coloured,
    /// Struck through.
    Struck,
}

impl Area {
    /// How much of their heights two areas share.
    pub fn shared_height(&self, other: &Self) -> f32 {
        (self.bottom.min(other.bottom) - self.top.max(other.top)).max(0.0)
    }

    /// How much of their widths two areas share.
    pub fn shared_width(&self, other: &Self) -> f32 {
        (self.right.min(other.right) - self.left.max(other.left)).max(0.0)
    }

    /// Whether both stand on one line: one of them beside at least half of the other.
    pub fn is_beside(&self, other: &Self) -> bool {
        let lower = (self.bottom - self.top).min(other.bottom - other.top);
        self.shared_height(other) * 2.0 >= lower
    }

    /// The smallest area around both.
    #[must_use]
    pub fn around(&self, other: &Self) -> Self {
        Self {
            top: self.top.min(other.top),
            left: self.left.min(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.max(other.right),
        }
    }
}

impl TextBox {
    /// Whether it can carry a label of the form.
    pub fn is_cell(&self) -> bool {
        self.carrier == Carrier::Cell
    }

    /// Whether it is an empty area that is merged downwards alone: a book may be written into it, but nothing is read by it.
    pub fn is_upright_place(&self) -> bool {
        const SAME: f32 = 0.05;
        self.text.trim().is_empty() && self.area.right - self.area.left <= 1.0 + SAME
    }

    /// Whether anybody sees it.
    pub fn is_shown(&self) -> bool {
        self.sight != Visibility::Hidden
    }
}

impl ForeignSource {
    /// What a worker reads out of foreign bytes.
    pub fn read(task: &WorkerTask, bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<Self, WorkerError> {
        let pieces = worker.read(task, bytes, stop)?;
        let [boxes] = pieces.as_slice() else { return Err(WorkerError::Broken) };
        Self::told(boxes).ok_or(WorkerError::Broken)
    }

    /// What a worker says of it.
    pub fn tell(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }

    /// What a worker said, where it can be.
    fn told(said: &[u8]) -> Option<Self> {
        let source: Self = serde_json::from_slice(said).ok()?;
        let is_sound = |one: &TextBox| {
            let area = &one.area;
            one.sheet < source.sheets.len()
                && [area.top, area.left, area.bottom, area.right].iter().all(|edge| edge.is_finite())
        };
        (source.boxes.len() <= MAX_BOXES && source.boxes.iter().all(is_sound)).then_some(source)
    }

    /// Where a text is, for people: its sheet or page, and its name there.
    pub fn place(&self, one: &TextBox) -> (String, String) {
        let sheet = || self.sheets.get(one.sheet).map(|sheet| sheet.name.clone()).unwrap_or_default();
        (one.page.map_or_else(sheet, |page| format!("{page}ページ")), one.name.clone())
    }

    /// The boxes of a sheet in which something is written.
    pub fn written_on(&self, sheet: usize) -> impl Iterator<Item = usize> {
        let boxes = self.boxes.iter().enumerate();
        boxes.filter(move |(_, one)| one.sheet == sheet && !one.text.trim().is_empty()).map(|(at, _)| at)
    }

    /// The characters of all texts, spaces aside.
    pub fn n_chars(&self) -> usize {
        self.boxes.iter().map(|one| seen_chars(&one.text)).sum()
    }
}

impl Rewriting {
    /// As a worker is told.
    pub fn tell(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }

    /// What was told.
    pub fn told(said: &[u8]) -> Option<Self> {
        serde_json::from_slice(said).ok()
    }
}

/// The characters of a text, spaces aside.
pub fn seen_chars(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What goes between two parts of a text that stand below each other.
pub fn seam(before: &str, next: &str) -> &'static str {
    const SHORT: usize = 20;
    let ends = before.trim_end_matches([' ', '　']).ends_with(['。', '\n', '）', ')', '」', '：', ':']);
    let begins = next.starts_with(['・', '（', '(', '＜', '<', '【', '　', '※', '○', '●', '■', '－', '-'])
        || next.starts_with(|c: char| ('①'..='⑳').contains(&c))
        || is_numbered(next);
    let is_short = before.lines().last().is_some_and(|line| line.chars().count() < SHORT);
    if ends || begins || is_short { "\n" } else { "" }
}

/// Whether a line begins with `1）`, `（１）`, `1．` or `1.`, and not with a number like 1.5 or １．５.
pub fn is_numbered(line: &str) -> bool {
    const MOST_DIGITS: usize = 4;
    let bare = line.trim_start_matches(['（', '(']);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let behind = bare.trim_start_matches(is_digit);
    let n_digits = bare.chars().take_while(|c| is_digit(*c)).count();
    let is_mark = if let Some(words) = behind.strip_prefix(['．', '.']) {
        // 「1．4情報」 is an item.
        let is_sure = bare.starts_with(|c: char| c.is_ascii_digit()) && behind.starts_with('．');
        bare.len() == line.len() && (is_sure || !words.starts_with(is_digit))
    } else {
        behind.starts_with(['）', ')'])
    };
    (1..=MOST_DIGITS).contains(&n_digits) && is_mark
}

/// `B12` of row and column from 0.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

/// `B` of the column from 0.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_with_its_number_begins_a_line() {
        for line in ["1）甲", "（１）甲", "1．甲", "120. 甲", "１２．甲", "3．4情報"] {
            assert!(is_numbered(line), "{line}");
            assert_eq!(seam("文の途中で終わらない長い行が上にあり、そこから先はどこまでも続いていく", line), "\n");
        }
        for line in ["1.5倍", "１．５倍", "令和7．4", "（1．甲", "．甲", "12345．甲", "2025年", "1"] {
            assert!(!is_numbered(line), "{line}");
        }
    }
}
