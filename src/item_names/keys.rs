//! The name of an item as one word, however it is spelled.

use super::printed::PrintedWords;
use super::spelling::{spelled, without_brackets};
use crate::draft::Document;
use crate::form::Form;

/// What makes one word of the names of items.
pub struct Keys<'a> {
    words: PrintedWords<'a>,
    file_names: Vec<String>,
}

impl<'a> Keys<'a> {
    /// The names of a form; the documents have the files that may be named.
    pub fn of(form: &'a Form, documents: &[&Document]) -> Self {
        let files = documents.iter().flat_map(|document| &document.files);
        let mut file_names: Vec<String> =
            files.map(|file| spelled(&file.name)).filter(|name| !name.is_empty()).collect();
        file_names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        file_names.dedup();
        Self { words: PrintedWords::new(form), file_names }
    }

    /// A name without its file, brackets, marks and spaces, and without 修正①.
    pub fn key(&self, name: &str) -> String {
        let mut text = without_brackets(&spelled(name), &|inside| self.words.is_printed(inside));
        for file in &self.file_names {
            text = text.replace(file.as_str(), "");
        }
        if let Some((head, tail)) = text.split_once("修正")
            && tail.chars().all(|c| matches!(c, '①'..='⑳') || c.is_ascii_digit())
        {
            text = head.to_owned();
        }
        text.retain(|c| c.is_alphanumeric() || matches!(c, '①'..='⑳' | '々' | 'ー'));
        text
    }
}
