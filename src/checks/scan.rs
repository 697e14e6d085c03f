//! One pass over every text: which words rules wait for stand in it, and which characters many systems cannot show.

use std::borrow::Cow;

use super::draft_index::Text;
use crate::form::RuleSet;

/// What the pass found.
#[derive(Default)]
pub(super) struct Scan {
    /// For each word of the rule set: text index and byte position of its first place in every text that has it.
    pub places: Vec<Vec<(usize, usize)>>,
    /// Text index and character, each character once per text.
    pub unshown: Vec<(usize, char)>,
}

impl Scan {
    /// Reads all texts once.
    pub fn of(rules: &RuleSet, texts: &[Text<'_>]) -> Self {
        let mut scan = Self { places: vec![Vec::new(); rules.words.len()], unshown: Vec::new() };
        for (index, text) in texts.iter().enumerate() {
            scan.read(rules, index, &text.text);
            // What is not seen stands in the text as it is written alone.
            if let Cow::Owned(_) = text.text {
                text.written.chars().for_each(|c| scan.look_at(rules, index, c));
            }
        }
        scan
    }

    fn read(&mut self, rules: &RuleSet, index: usize, text: &str) {
        for (at, c) in text.char_indices() {
            if rules.is_plain(c) {
                continue;
            }
            for word in rules.words_at(c, &text[at..]) {
                let places = &mut self.places[word];
                if places.last().is_none_or(|(last, _)| *last != index) {
                    places.push((index, at));
                }
            }
            self.look_at(rules, index, c);
        }
    }

    fn look_at(&mut self, rules: &RuleSet, index: usize, c: char) {
        if !rules.can_be_shown(c) && !self.unshown.contains(&(index, c)) {
            self.unshown.push((index, c));
        }
    }

    /// The texts that have at least one of the words, each once, in their order.
    pub fn texts_with(&self, rules: &RuleSet, words: &[String]) -> Vec<usize> {
        let known = words.iter().filter_map(|word| rules.words.iter().position(|known| known == word));
        let mut texts: Vec<usize> = known.flat_map(|word| &self.places[word]).map(|(text, _)| *text).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }
}
