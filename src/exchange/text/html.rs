//! Tables and lines of a page. Whatever is not closed, or closed twice, is read as browsers do, nearly; what is in a table
//! inside a cell belongs to that cell.

use std::collections::BTreeMap;

use super::looks::{Look, Looks};
use super::words::Words;
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
        looks: Looks::of(html),
        hidden_columns: Vec::new(),
        n_columns: 0,
        depth: 0,
        is_row_open: false,
        column: 0,
        cell: None,
        covered: BTreeMap::new(),
    };
    for token in (Tokens { rest: &html[start..], is_tag: is_tag_of_page }) {
        reader.token(token)?;
    }
    reader.end_table()?;
    reader.end_line()
}

/// A text in which tags may stand, without them.
pub(super) fn in_words(text: &str) -> Words {
    let tokens = || Tokens { rest: text, is_tag: is_tag_of_cell };
    let mut words = Words::default();
    if !tokens().any(|token| matches!(token, Token::Tag { .. })) {
        words.kept.text = text.to_owned();
        return words;
    }
    let mut looks = Looks::default();
    for token in tokens() {
        match token {
            Token::Text(text) => words.part(looks.now()).text(text),
            Token::Tag { name, is_end, inside } => {
                looks.tag(&name, is_end, inside);
                words.tag(&name, looks.now());
            }
        }
    }
    words.trimmed()
}

/// What follows in a page.
enum Token<'t> {
    Text(&'t str),
    Tag { name: String, is_end: bool, inside: &'t str },
}

struct Tokens<'t> {
    rest: &'t str,
    /// Whether what follows `<` makes a tag of it.
    is_tag: fn(&str) -> bool,
}

/// In a page.
fn is_tag_of_page(behind: &str) -> bool {
    let name = behind.strip_prefix('/').unwrap_or(behind);
    name.starts_with(|c: char| c.is_ascii_alphabetic()) || behind.starts_with(['!', '?'])
}

/// In a cell of a table of tabs or commas only what is a tag beyond doubt: `課</総務` and `a<b` are words.
fn is_tag_of_cell(behind: &str) -> bool {
    const NAMES: &[&str] = &[
        "a", "b", "br", "del", "div", "em", "font", "i", "ins", "li", "ol", "p", "s", "small", "span", "strike",
        "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
    ];
    let name = behind.strip_prefix('/').unwrap_or(behind);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    if !NAMES.contains(&name[..length].to_ascii_lowercase().as_str()) {
        return false;
    }
    // Another that opens before it closes is none: else each would be looked for to the end of the text.
    let Some(end) = name.find(['<', '>']).filter(|end| name[*end..].starts_with('>')) else { return false };
    let rest = name[length..end].trim().trim_end_matches('/');
    rest.is_empty() || rest.contains('=') && name[length..].starts_with(char::is_whitespace)
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
            let tag = self.rest.match_indices('<').map(|(at, _)| at).find(|at| (self.is_tag)(&self.rest[at + 1..]));
            let text = &self.rest[..tag.unwrap_or(self.rest.len())];
            if !text.is_empty() {
                self.rest = &self.rest[text.len()..];
                return Some(Token::Text(text));
            }
            // What is never closed is no tag, and nothing behind it is.
            let Some(end) = self.rest.find('>') else { return Some(Token::Text(std::mem::take(&mut self.rest))) };
            let inside = self.rest[..end].trim_start_matches('<');
            self.rest = &self.rest[end + 1..];
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

/// The state of reading.
struct Reader<'c> {
    collector: &'c mut Collector,
    /// Where the next line or row goes.
    row: usize,
    words: Words,
    looks: Looks,
    /// First hidden column and the one behind the last, and how many columns were told of.
    hidden_columns: Vec<(usize, usize)>,
    n_columns: usize,
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
                    let mut look = self.looks.now();
                    let column = self.cell.map(|[_, column, ..]| column);
                    look.hidden |= column.is_some_and(|column| {
                        self.hidden_columns.iter().any(|(first, behind)| (*first..*behind).contains(&column))
                    });
                    self.words.part(look).text(text);
                }
                Ok(())
            }
            Token::Tag { name, is_end, inside } => {
                let before = self.looks.now();
                self.looks.tag(&name, is_end, inside);
                let look = if is_end { before } else { self.looks.now() };
                self.tag(&name, is_end, inside, look)
            }
        }
    }

    fn tag(&mut self, name: &str, is_end: bool, inside: &str, look: Look) -> Result<(), String> {
        match (name, is_end, self.depth) {
            ("table", false, 0) => {
                self.end_line()?;
                self.depth = 1;
                self.is_row_open = false;
                self.covered.clear();
                self.hidden_columns.clear();
                self.n_columns = 0;
                Ok(())
            }
            ("col", false, 1) => {
                let first = self.n_columns;
                self.n_columns += attribute(inside, "span").unwrap_or(1).clamp(1, MAX_SPAN);
                if self.looks.of_tag(name, inside).hidden {
                    self.hidden_columns.push((first, self.n_columns));
                }
                Ok(())
            }
            ("table", false, _) => {
                self.depth += 1;
                self.words.tag("div", look);
                Ok(())
            }
            ("table", true, 1) => self.end_table(),
            ("table", true, depth) => {
                self.depth = depth.saturating_sub(1);
                self.words.tag("div", look);
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
                self.words.tag(name, look);
                Ok(())
            }
            (_, _, 0) if ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dt", "dd"].contains(&name) => {
                self.end_line()
            }
            _ => {
                self.words.tag(name, look);
                Ok(())
            }
        }
    }

    fn end_line(&mut self) -> Result<(), String> {
        let words = std::mem::take(&mut self.words).trimmed();
        if !words.is_empty() {
            self.collector.line_of(self.row, &words)?;
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
        let words = std::mem::take(&mut self.words).trimmed();
        match self.cell.take() {
            Some([row, column, height, width]) => {
                let name = cell_name(row, column);
                self.collector.words([row, column, row + height, column + width], &name, &words)
            }
            None if !words.is_empty() => {
                // Between the cells: a caption, or words that no browser shows there.
                self.collector.line_of(self.row, &words)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_cell_only_what_is_closed_before_another_opens_is_a_tag() {
        for behind in ["b>", "/b>", "br/>", "font color=red>", "TD class=x>"] {
            assert!(is_tag_of_cell(behind), "{behind}");
        }
        for behind in ["/総務課", "b", "a <b class=x>", "a href=x <b>", "x>", "a b>"] {
            assert!(!is_tag_of_cell(behind), "{behind}");
        }
    }
}
