//! The words of a page as they come together: its spaces and line breaks, the names it writes for characters, and what is
//! struck through or hidden apart.

use super::looks::Look;
use crate::exchange::boxes::{Pen, Visibility};

/// The words of a cell or line: those that are read, those that are struck through, those that are hidden.
#[derive(Default)]
pub(super) struct Words {
    pub kept: Text,
    struck: Text,
    hidden: Text,
}

impl Words {
    /// Where words of that look go.
    pub fn part(&mut self, look: Look) -> &mut Text {
        match look {
            // What is hidden is not seen to be struck.
            Look { hidden: true, .. } => &mut self.hidden,
            Look { struck: true, .. } => &mut self.struck,
            Look { .. } => &mut self.kept,
        }
    }

    /// What a tag puts between words; a line break is of the words it stands in.
    pub fn tag(&mut self, name: &str, look: Look) {
        match name {
            "br" => self.part(look).tag(name),
            _ => [&mut self.kept, &mut self.struck, &mut self.hidden].into_iter().for_each(|part| part.tag(name)),
        }
    }

    /// Each with how it is written and seen; what is kept comes last.
    pub fn parts(&self) -> [(&str, Pen, Visibility); 3] {
        let (shown, hidden) = (Visibility::Shown, Visibility::Hidden);
        [
            (&self.struck.text, Pen::Struck, shown),
            (&self.hidden.text, Pen::Plain, hidden),
            (&self.kept.text, Pen::Plain, shown),
        ]
    }

    /// Without spaces at the ends.
    pub fn trimmed(mut self) -> Self {
        for part in [&mut self.kept, &mut self.struck, &mut self.hidden] {
            part.text = part.text.trim().to_owned();
        }
        self
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(text, ..)| text.trim().is_empty())
    }
}

/// Words as they come together.
#[derive(Default)]
pub(super) struct Text {
    pub text: String,
}

impl Text {
    /// Words as the page writes them.
    pub fn text(&mut self, text: &str) {
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
