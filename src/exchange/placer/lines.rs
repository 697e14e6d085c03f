//! Lines alone: a label and its answer may stand on one line, and become boxes beside each other.
//!
//! Nothing says which form it is yet, so the labels of all forms are known here.

use std::collections::BTreeSet;

use super::key::{key, renumbered};
use super::script::Script;
use crate::exchange::boxes::{ForeignSource, TextBox};
use crate::form::shipped::{self, ShippedError};

/// Shortest label that may stand before its answer, as a key.
const SHORTEST: usize = 3;

/// The source with each label apart from what follows it on its line.
pub(super) fn part(source: &ForeignSource) -> Result<ForeignSource, ShippedError> {
    let mut scripts = Vec::new();
    for edition in shipped::editions()? {
        scripts.push(Script::of(shipped::find(&edition.form, &edition.revision)?));
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for script in &scripts {
        known.extend(script.by_key.keys().map(String::as_str).filter(|key| key.chars().count() >= SHORTEST));
    }
    let is_known =
        |words: &str| known.contains(words) || renumbered(words).is_some_and(|words| known.contains(words.as_str()));
    let is_label = |words: &str| is_known(words) || scripts.iter().any(|script| !script.entry(words).is_empty());
    let mut parted = ForeignSource { boxes: Vec::with_capacity(source.boxes.len()), ..source.clone() };
    for one in &source.boxes {
        match label_end(&one.text, &is_label) {
            Some(end) => {
                let (label, answer) = one.text.split_at(end);
                let mut beside = one.area;
                (beside.left, beside.right) = (one.area.right, one.area.right + 1.0);
                parted.boxes.push(TextBox { text: label.to_owned(), ..one.clone() });
                parted.boxes.push(TextBox { text: answer.to_owned(), area: beside, ..one.clone() });
            }
            None => parted.boxes.push(one.clone()),
        }
    }
    Ok(parted)
}

/// Where the longest label at the beginning of a line ends, if an answer follows behind a space.
fn label_end(line: &str, is_label: &dyn Fn(&str) -> bool) -> Option<usize> {
    const LONGEST: usize = 80;
    // A title that is known without its end too is one title.
    if is_label(&key(line)) {
        return None;
    }
    let start = line.len() - line.trim_start().len();
    let spaces = line.char_indices().filter(|(at, c)| *at > start && c.is_whitespace()).map(|(at, _)| at);
    let ends: Vec<usize> = spaces.take_while(|at| line[..*at].chars().count() <= LONGEST).collect();
    let has_answer = |at: &usize| !line[*at..].trim().is_empty();
    ends.into_iter().rev().filter(has_answer).find(|at| is_label(&key(&line[..*at])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_follows_its_label_behind_a_space() {
        let is_label = |words: &str| ["1事務の名称", "請求先", "III対策", "III対策(7を除く)"].contains(&words);
        for (line, expected) in [
            (" ①事務の名称 住民税 に関する事務", Some(" ①事務の名称")),
            ("①事務の 名称　※　住民税", Some("①事務の 名称　※")),
            ("①事務の名称", None),
            ("Ⅲ　対策　※（７を除いた）", Some("Ⅲ　対策")),
            ("Ⅲ　対策　※（７．を除く）", None),
            ("①事務の名称をここに書く", None),
            ("請求先 総務課", Some("請求先")),
            ("総務課 請求先", None),
        ] {
            assert_eq!(label_end(line, &is_label).map(|at| &line[..at]), expected, "{line}");
        }
    }
}
