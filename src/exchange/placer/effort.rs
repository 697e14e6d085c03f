//! The effort: how much may be looked at until a document is placed, and whether anybody still waits for it.
//!
//! A document is placed in this process. What takes a time that grows faster than the document counts here what it looks
//! at, and looks at no more once that is too much; whoever began the work asks at its end.

use std::cell::Cell;

use super::PlaceError;
use crate::exchange::worker::Stop;

/// Most that is looked at: more than ten times what a document of ten files and 3,000 changes takes.
const MOST: u64 = 40_000_000;
/// What it takes to read words as a label, in looks.
pub(super) const OF_LABEL: usize = 20;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Effort {
    stop: Stop,
    left: Cell<u64>,
    is_stopped: Cell<bool>,
}

impl Effort {
    pub fn until(stop: &Stop) -> Self {
        Self { stop: stop.clone(), left: Cell::new(MOST), is_stopped: Cell::new(false) }
    }

    /// So many are looked at.
    pub fn spend(&self, n: usize) {
        self.left.set(self.left.get().saturating_sub(n as u64));
        if self.stop.is_asked() {
            self.is_stopped.set(true);
        }
    }

    /// Whether nothing more is to be looked at.
    pub fn is_over(&self) -> bool {
        self.left.get() == 0 || self.is_stopped.get()
    }

    /// An error where the work was not done to its end.
    pub fn check(&self) -> Result<(), PlaceError> {
        match (self.is_stopped.get(), self.left.get()) {
            (true, _) => Err(PlaceError::Stopped),
            (false, 0) => Err(PlaceError::TooMuch),
            (false, _) => Ok(()),
        }
    }

    #[cfg(test)]
    pub fn spent(&self) -> u64 {
        MOST - self.left.get()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::print_stderr)]
    use super::super::place_with;
    use super::*;
    use crate::exchange::boxes::{Area, ForeignSource, SourceSheet, TextBox};
    use crate::form::{Kind, shipped};

    /// Longer than any document of a city: ten files, thousands of changes, and a list of thousands of record items with a
    /// cell for each, all on one sheet.
    #[test]
    fn the_longest_documents_take_a_small_part_of_it() {
        let form = shipped::find("youshiki4", "r6-10").unwrap();
        let mut source = ForeignSource { sheets: vec![SourceSheet::default()], ..ForeignSource::default() };
        let mut row = 0.0;
        let mut put = |words: &[String]| {
            for (left, text) in [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].into_iter().zip(words) {
                let area = Area { top: row, left, bottom: row + 1.0, right: left + 1.0 };
                source.boxes.push(TextBox { text: text.clone(), area, ..TextBox::default() });
            }
            row += 1.0;
        };
        let (_, columns) = form.change_table().unwrap();
        let answer = || "回答の文がここに続く。".to_owned();
        for section in form.sections.iter().filter(|section| !section.is_attachments()) {
            for nth in 0..if section.per_file { 10 } else { 1 } {
                put(std::slice::from_ref(&section.title));
                for item in section.items.iter().flat_map(|item| item.with_inner()) {
                    put(&[item.printed_label(), answer()]);
                }
                if nth == 0 && section.items.iter().any(|item| matches!(item.kind, Kind::Records)) {
                    (1..=3000).for_each(|n| put(&[format!("{n}．記録項目の{n}番目のものの名称")]));
                }
            }
        }
        put(&columns.iter().map(|column| column.label.clone()).collect::<Vec<_>>());
        for n in 0..3000 {
            let item = format!("Ⅰ１②事務の概要{n}");
            put(&["令和8年4月1日".to_owned(), item, answer(), answer(), "事後".to_owned(), answer()]);
        }
        let effort = Effort::until(&Stop::never());
        let state = place_with(&source, &effort).unwrap().state;
        assert_eq!(state.document.rows.len(), 3000);
        let list =
            state.document.files[0].part.answers.get("records.items").and_then(|answer| answer.as_text()).unwrap();
        assert_eq!(list.lines().count(), 3000, "{}", list.chars().take(200).collect::<String>());
        let spent = effort.spent();
        eprintln!("{} boxes: {spent} of {MOST}", source.boxes.len());
        assert!(spent * 10 < MOST, "{spent}");
    }
}
