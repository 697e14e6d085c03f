//! A regular expression of the data, compiled when it is worth it.
//!
//! Most rules wait for words that a document does not have: compiling all of them took a sixth of an export. So the words
//! are looked for first, and many patterns are words and nothing else.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memmem::Finder;
use regex::{Captures, Regex};
use serde::{Deserialize, Deserializer, de::Error as _};

use super::needed_words::needed_words;

/// A regular expression of the data.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// What every place of the pattern contains: a word of each of these lists.
    words: OnceLock<Vec<Vec<Finder<'static>>>>,
    /// Whether it is nothing but `words|between|bars`.
    is_plain: bool,
    /// How many bytes have been looked through word by word.
    searched: AtomicUsize,
    regex: OnceLock<Option<Regex>>,
}

/// After so many bytes a pattern is compiled: looking for its words one by one has then cost as much.
const WORTH_COMPILING: usize = 256 * 1024;

impl Pattern {
    /// A pattern as it stands in the data. While the program is made and tested it is compiled here, so that an error
    /// names its line; what is inside a release has passed the tests.
    pub fn read(source: String) -> Result<Self, regex::Error> {
        if cfg!(debug_assertions) {
            Regex::new(&source)?;
        }
        let is_plain = !source.contains(|c: char| r"\.+*?()[]{}^$".contains(c));
        Ok(Self { source, words: OnceLock::new(), is_plain, searched: AtomicUsize::new(0), regex: OnceLock::new() })
    }

    /// Whether the pattern is anywhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        match self.has_words(text) {
            Some(has) if self.is_plain || !has => has,
            _ => self.regex().is_some_and(|regex| regex.is_match(text)),
        }
    }

    /// Whether the words that the pattern needs are in the text; `None` where a compiled pattern tells sooner.
    fn has_words(&self, text: &str) -> Option<bool> {
        if self.regex.get().is_some() {
            return None;
        }
        let finder = |word: &str| Finder::new(word).into_owned();
        let needed = self.words.get_or_init(|| match self.is_plain {
            true => vec![self.source.split('|').map(finder).collect()],
            false => {
                needed_words(&self.source).iter().map(|words| words.iter().map(|word| finder(word)).collect()).collect()
            }
        });
        let n_words: usize = needed.iter().map(Vec::len).sum();
        let searched = self.searched.fetch_add(text.len() * n_words, Ordering::Relaxed);
        let has = |words: &Vec<Finder<'_>>| words.iter().any(|word| word.find(text.as_bytes()).is_some());
        (!needed.is_empty() && searched < WORTH_COMPILING).then(|| needed.iter().all(has))
    }

    /// Whether the text begins with the first place of the pattern.
    pub fn is_at_start(&self, text: &str) -> bool {
        self.regex_for(text).and_then(|regex| regex.find(text)).is_some_and(|found| found.start() == 0)
    }

    /// Every place of the pattern in the text, from the first to the last.
    pub fn captures<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.regex_for(text).into_iter().flat_map(|regex| regex.captures_iter(text))
    }

    /// The text with a sign in every place of the pattern.
    pub fn replaced<'t>(&self, text: &'t str, sign: &str) -> Cow<'t, str> {
        self.regex_for(text).map_or(Cow::Borrowed(text), |regex| regex.replace_all(text, sign))
    }

    /// The compiled pattern, unless the text cannot have a place of it.
    fn regex_for(&self, text: &str) -> Option<&Regex> {
        (self.has_words(text) != Some(false)).then(|| self.regex()).flatten()
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }
}

impl Clone for Pattern {
    fn clone(&self) -> Self {
        let searched = AtomicUsize::new(self.searched.load(Ordering::Relaxed));
        Self {
            source: self.source.clone(),
            words: self.words.clone(),
            is_plain: self.is_plain,
            searched,
            regex: self.regex.clone(),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn pattern_is_compiled_when_it_is_asked() {
        let pattern = Pattern::read("第([0-9]+)条".to_owned()).unwrap();
        assert!(pattern.regex.get().is_none());
        assert!(pattern.is_match("番号法第9条") && !pattern.is_at_start("番号法第9条") && pattern.is_at_start("第9条"));
        assert!(pattern.regex.get().is_some());
        let numbers: Vec<String> = pattern.captures("第9条と第19条").map(|found| found[1].to_owned()).collect();
        assert_eq!(numbers, ["9", "19"]);
        assert_eq!(pattern.replaced("第9条等", "＃"), "＃等");
    }

    #[test]
    fn words_are_found_without_compiling_until_that_is_worth_it() {
        let pattern = Pattern::read("委託|提供先".to_owned()).unwrap();
        let long = format!("{}委託", "番号".repeat(30_000));
        assert!(pattern.is_match("委託先") && !pattern.is_match("提供") && pattern.is_match(&long));
        assert!(pattern.regex.get().is_none());
        assert!(pattern.is_match(&long) && !pattern.is_match("提供"));
        assert!(pattern.regex.get().is_some());
    }

    #[test]
    fn error_in_a_pattern_is_found_when_the_data_is_read() {
        assert!(Pattern::read("第(条".to_owned()).is_err());
    }
}
