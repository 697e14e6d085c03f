//! One text as it is read, whatever stands around it: read once, and kept from one check to the next while it stays.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{brackets, doubled, list_marks, said_counts, same_text, twice_in_one};
use crate::characters;
use crate::form::RuleSet;
use crate::form::citation::{self, Citations};

/// What the texts of a draft said when they were read, for the next check with the same rules.
#[derive(Clone, Debug, Default)]
pub struct ReadTexts(BTreeMap<Arc<str>, Arc<ReadText>>);

/// A text as it is read.
#[derive(Debug)]
pub(super) struct ReadText {
    written: Arc<str>,
    /// Without what nobody sees, where it has any.
    seen: Option<String>,
    /// The words of the rule set that stand in it, each once.
    pub words: Vec<usize>,
    /// The characters that many systems cannot show, each once.
    pub unshown: Vec<char>,
    plain: OnceLock<String>,
    citations: OnceLock<Citations>,
    doubled: OnceLock<Option<String>>,
    lone_bracket: OnceLock<Option<brackets::Alone>>,
    odd_mark: OnceLock<Option<(String, String)>>,
    miscount: OnceLock<Option<said_counts::Miscount>>,
    twice: OnceLock<Option<String>>,
    solid: OnceLock<Vec<char>>,
    lines: OnceLock<Vec<same_text::Line>>,
}

impl ReadTexts {
    /// The text as it was read before, otherwise as it is read now.
    pub(super) fn take(&self, rules: &RuleSet, text: &str) -> Arc<ReadText> {
        self.0.get(text).map_or_else(|| Arc::new(ReadText::of(rules, text)), Arc::clone)
    }

    pub(super) fn keep(&mut self, read: &Arc<ReadText>) {
        self.0.insert(Arc::clone(&read.written), Arc::clone(read));
    }
}

impl ReadText {
    fn of(rules: &RuleSet, written: &str) -> Self {
        let seen = match characters::seen(written) {
            Cow::Owned(seen) => Some(seen),
            Cow::Borrowed(_) => None,
        };
        let mut read = Self {
            written: written.into(),
            seen,
            words: Vec::new(),
            unshown: Vec::new(),
            plain: OnceLock::new(),
            citations: OnceLock::new(),
            doubled: OnceLock::new(),
            lone_bracket: OnceLock::new(),
            odd_mark: OnceLock::new(),
            miscount: OnceLock::new(),
            twice: OnceLock::new(),
            solid: OnceLock::new(),
            lines: OnceLock::new(),
        };
        read.scan(rules);
        read
    }

    /// One pass: which words rules wait for stand in it, and which characters many systems cannot show.
    fn scan(&mut self, rules: &RuleSet) {
        let text = self.seen.as_deref().unwrap_or(&self.written);
        let (words, unshown) = (&mut self.words, &mut self.unshown);
        for (at, c) in text.char_indices().filter(|(_, c)| !rules.is_plain(*c)) {
            for word in rules.words_at(c, &text[at..]) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        // What is not seen stands in the text as it is written alone.
        let hidden = self.seen.as_ref().map(|_| self.written.chars());
        for c in text.chars().chain(hidden.into_iter().flatten()).filter(|c| !rules.can_be_shown(*c)) {
            if !unshown.contains(&c) {
                unshown.push(c);
            }
        }
    }

    /// Without what nobody sees.
    pub fn seen(&self) -> &str {
        self.seen.as_deref().unwrap_or(&self.written)
    }

    /// As citations are looked for.
    pub fn plain(&self) -> &str {
        self.plain.get_or_init(|| citation::plain(&self.written))
    }

    /// What it cites.
    pub fn citations(&self) -> &Citations {
        self.citations.get_or_init(|| citation::read(&self.written))
    }

    /// The first word that stands twice in a row.
    pub fn doubled(&self) -> Option<&str> {
        self.doubled.get_or_init(|| doubled::first_doubled(self.seen())).as_deref()
    }

    /// The first bracket without its other one.
    pub fn lone_bracket(&self) -> Option<&brackets::Alone> {
        self.lone_bracket.get_or_init(|| brackets::first_alone(self.seen())).as_ref()
    }

    /// The first number at the beginning of a line that does not follow the one before, and that one.
    pub fn odd_mark(&self) -> Option<&(String, String)> {
        self.odd_mark.get_or_init(|| list_marks::first_odd(self.seen())).as_ref()
    }

    /// The first number of things that is not that of those named.
    pub fn miscount(&self) -> Option<&said_counts::Miscount> {
        self.miscount.get_or_init(|| said_counts::first_wrong(self.seen())).as_ref()
    }

    /// The first passage that stands twice.
    pub fn twice(&self) -> Option<&str> {
        self.twice.get_or_init(|| twice_in_one::first_twice(self.seen())).as_deref()
    }

    /// Its characters without spaces.
    pub fn solid(&self) -> &[char] {
        self.solid.get_or_init(|| self.seen().chars().filter(|c| !c.is_whitespace()).collect())
    }

    /// Its lines that are long enough to be compared.
    pub fn lines(&self) -> &[same_text::Line] {
        self.lines.get_or_init(|| same_text::lines(self.seen()))
    }
}
