//! A regular expression of the data, compiled when it is first asked.
//!
//! Most rules wait for words that a document does not have: compiling all of them took a sixth of an export.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A regular expression of the data.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern as it stands in the data. While the program is made and tested it is compiled here, so that an error
    /// names its line; what is inside a release has passed the tests.
    pub fn read(source: String) -> Result<Self, regex::Error> {
        if cfg!(debug_assertions) {
            Regex::new(&source)?;
        }
        Ok(Self { source, regex: OnceLock::new() })
    }

    /// Whether the pattern is anywhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// Whether the text begins with the first place of the pattern.
    pub fn is_at_start(&self, text: &str) -> bool {
        self.regex().and_then(|regex| regex.find(text)).is_some_and(|found| found.start() == 0)
    }

    /// Every place of the pattern in the text, from the first to the last.
    pub fn captures<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.regex().into_iter().flat_map(|regex| regex.captures_iter(text))
    }

    /// The text with a sign in every place of the pattern.
    pub fn replaced<'t>(&self, text: &'t str, sign: &str) -> Cow<'t, str> {
        self.regex().map_or(Cow::Borrowed(text), |regex| regex.replace_all(text, sign))
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
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
    fn error_in_a_pattern_is_found_when_the_data_is_read() {
        assert!(Pattern::read("第(条".to_owned()).is_err());
    }
}
