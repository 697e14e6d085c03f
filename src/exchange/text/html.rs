//! Tables and lines of a page. Whatever is not closed, or closed twice, is read as browsers do, nearly; what is in a table
//! inside a cell belongs to that cell.

use std::collections::BTreeMap;

use super::{Collector, cell_name};

/// Widest and highest that one cell says it is.
const MAX_SPAN: usize = 500;

/// Reads a page.
pub(super) fn read(html: &str, collector: &mut Collector) -> Result<(), String> {
    // What the clipboard says before the page.
    let start = html.find('<').unwrap_or(0);
    let mut reader = Reader {
        collector,
        row: 0,
        words: Words::default(),
        depth: 0,
        is_row_open: false,
        column: 0,
        cell: None,
        covered: BTreeMap::new(),
    };
    for token in (Tokens { rest: &html[start..] }) {
        reader.token(token)?;
    }
    reader.end_table()?;
    reader.end_line()
}

/// A text in which tags may stand, without them.
pub(super) fn in_words(text: &str) -> String {
    const TAGS: &[&str] = &["<div", "<br", "<ul", "<li", "<p>", "<p ", "<span", "<b>", "<u>", "<ol", "<font", "</"];
    if !TAGS.iter().any(|tag| text.contains(tag)) {
        return text.to_owned();
    }
    let mut words = Words::default();
    for token in (Tokens { rest: text }) {
        match token {
            Token::Text(text) => words.text(text),
            Token::Tag { name, .. } => words.tag(&name),
        }
    }
    words.text.trim().to_owned()
}

/// What follows in a page.
enum Token<'t> {
    Text(&'t str),
    Tag { name: String, is_end: bool, inside: &'t str },
}

struct Tokens<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(comment) = self.rest.strip_prefix("<!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let is_tag = |at: usize| {
                let next = self.rest[at + 1..].chars().next();
                next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
            };
            let tag = self.rest.match_indices('<').map(|(at, _)| at).find(|at| is_tag(*at));
            let text = &self.rest[..tag.unwrap_or(self.rest.len())];
            if !text.is_empty() {
                self.rest = &self.rest[text.len()..];
                return Some(Token::Text(text));
            }
            let end = self.rest.find('>').unwrap_or(self.rest.len());
            let inside = self.rest[..end].trim_start_matches('<');
            self.rest = self.rest.get(end + 1..).unwrap_or("");
            let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
            let length = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
            let name = inside[..length].to_ascii_lowercase();
            if !is_end && matches!(name.as_str(), "script" | "style" | "title" | "head" | "xml") {
                self.skip(&name);
                continue;
            }
            return Some(Token::Tag { name, is_end, inside });
        }
    }
}

impl Tokens<'_> {
    /// Passes over what is not shown.
    fn skip(&mut self, name: &str) {
        let end = format!("</{name}");
        let mut from = 0;
        while let Some(at) = self.rest[from..].find("</") {
            let at = from + at;
            if self.rest[at..].get(..end.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(&end)) {
                self.rest = self.rest[at..].find('>').map_or("", |close| &self.rest[at + close + 1..]);
                return;
            }
            from = at + 2;
        }
        // A head that is never closed hides nothing.
        if name != "head" {
            self.rest = "";
        }
    }
}

/// The words of a cell or line.
#[derive(Default)]
struct Words {
    text: String,
}

impl Words {
    fn text(&mut self, text: &str) {
        let text = plain(text);
        let begins = text.starts_with(|c: char| c.is_ascii_whitespace());
        let mut pieces = text.split_ascii_whitespace().peekable();
        if pieces.peek().is_none() || begins {
            self.space();
        }
        while let Some(piece) = pieces.next() {
            if !self.text.ends_with(' ') || !is_wide(piece.chars().next()) || self.text.len() < 2 {
                self.text.push_str(piece);
            } else {
                // A line break of the page between two Japanese characters is no space.
                let before = self.text.trim_end_matches(' ').chars().next_back();
                if is_wide(before) {
                    self.text.pop();
                }
                self.text.push_str(piece);
            }
            if pieces.peek().is_some() || text.ends_with(|c: char| c.is_ascii_whitespace()) {
                self.space();
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn tag(&mut self, name: &str) {
        match name {
            "br" => {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push('\n');
            }
            "p" | "div" | "li" | "ul" | "ol" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "dd" => {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                if !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push('\n');
                }
            }
            "td" | "th" => self.space(),
            _ => {}
        }
    }
}

fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| c > '\u{2E7F}')
}

/// A text without the names that pages write for characters.
fn plain(text: &str) -> String {
    const LONGEST: usize = 10;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let known = end.and_then(|end| character(&rest[1..end]));
        match (known, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "emsp" => Some('\u{3000}'),
        "middot" => Some('·'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            number.ok().and_then(char::from_u32).filter(|c| *c != '\0')
        }
    }
}

/// The state of reading.
struct Reader<'c> {
    collector: &'c mut Collector,
    /// Where the next line or row goes.
    row: usize,
    words: Words,
    /// How many tables are open.
    depth: usize,
    is_row_open: bool,
    column: usize,
    /// The cell that is open: row, column, height, width.
    cell: Option<[usize; 4]>,
    /// Column → row behind the last that a cell above covers there.
    covered: BTreeMap<usize, usize>,
}

impl Reader<'_> {
    fn token(&mut self, token: Token<'_>) -> Result<(), String> {
        match token {
            Token::Text(text) => {
                // Between the cells of a table there is nothing but spaces.
                if self.depth == 0 || self.cell.is_some() || !text.trim().is_empty() {
                    self.words.text(text);
                }
                Ok(())
            }
            Token::Tag { name, is_end, inside } => self.tag(&name, is_end, inside),
        }
    }

    fn tag(&mut self, name: &str, is_end: bool, inside: &str) -> Result<(), String> {
        match (name, is_end, self.depth) {
            ("table", false, 0) => {
                self.end_line()?;
                self.depth = 1;
                self.is_row_open = false;
                self.covered.clear();
                Ok(())
            }
            ("table", false, _) => {
                self.depth += 1;
                self.words.tag("div");
                Ok(())
            }
            ("table", true, 1) => self.end_table(),
            ("table", true, depth) => {
                self.depth = depth.saturating_sub(1);
                self.words.tag("div");
                Ok(())
            }
            ("tr", is_end, 1) => {
                self.end_row()?;
                self.is_row_open = !is_end;
                Ok(())
            }
            ("td" | "th", is_end, 1) => {
                self.end_cell()?;
                if !is_end {
                    self.begin_cell(inside);
                }
                Ok(())
            }
            ("td" | "th", _, _) if self.depth > 1 => {
                self.words.tag(name);
                Ok(())
            }
            (_, _, 0) if ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dt", "dd"].contains(&name) => {
                self.end_line()
            }
            _ => {
                self.words.tag(name);
                Ok(())
            }
        }
    }

    fn end_line(&mut self) -> Result<(), String> {
        let text = std::mem::take(&mut self.words).text;
        if !text.trim().is_empty() {
            self.collector.line(self.row, text.trim())?;
            self.row += 1;
        }
        Ok(())
    }

    fn begin_cell(&mut self, inside: &str) {
        self.is_row_open = true;
        let span = |name: &str| attribute(inside, name).unwrap_or(1).clamp(1, MAX_SPAN);
        while self.covered.get(&self.column).is_some_and(|end| *end > self.row) {
            self.column += 1;
        }
        let (width, height) = (span("colspan"), span("rowspan"));
        for column in self.column..self.column + width {
            self.covered.insert(column, self.row + height);
        }
        self.cell = Some([self.row, self.column, height, width]);
        self.column += width;
    }

    fn end_cell(&mut self) -> Result<(), String> {
        let text = std::mem::take(&mut self.words).text;
        match self.cell.take() {
            Some([row, column, height, width]) => {
                let name = cell_name(row, column);
                self.collector.cell([row, column, row + height, column + width], name, text.trim())
            }
            None if !text.trim().is_empty() => {
                // Between the cells: a caption, or words that no browser shows there.
                self.collector.line(self.row, text.trim())?;
                self.row += 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn end_row(&mut self) -> Result<(), String> {
        self.end_cell()?;
        if self.is_row_open {
            self.row += 1;
        }
        (self.is_row_open, self.column) = (false, 0);
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), String> {
        if self.depth == 0 {
            return Ok(());
        }
        self.end_row()?;
        // A cell that says it is higher than its table is not.
        self.depth = 0;
        Ok(())
    }
}

/// A number among the attributes of a tag.
fn attribute(inside: &str, name: &str) -> Option<usize> {
    let lower = inside.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))?;
    let value = lower[at + name.len() + 1..].trim_start_matches(['"', '\'', ' ']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    value[..digits].parse().ok().or(Some(MAX_SPAN)).filter(|_| digits > 0)
}
