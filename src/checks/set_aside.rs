//! Which findings the author has set aside: by rule and answer, as long as they say the same of the document.

use super::Finding;
use super::draft_index::DraftIndex;
use crate::draft::{Answer, Waiver};
use crate::form::FieldPath;

impl<'a> DraftIndex<'a> {
    /// What was set aside of the rule at that answer, in the part it stands in and in those around it.
    fn waivers(&self, rule: &str, path: &FieldPath) -> Vec<&'a Waiver> {
        let document = &self.state.document;
        let file = path.file.and_then(|file| document.files.get(file)).map(|file| &file.part);
        let outer = file.unwrap_or(&document.common);
        let repeat = self.form.repeat_of(&path.item);
        let entry = path.entry.zip(repeat).and_then(|(entry, repeat)| {
            outer.answers.get(&repeat.id).and_then(Answer::as_entries).and_then(|entries| entries.get(entry))
        });
        let row = path.entry.filter(|_| self.form.item(&path.item).is_none());
        let row = row.and_then(|row| document.rows.get(row)).map(|row| &row.waivers);
        let lists = [row, entry.map(|part| &part.waivers), Some(&outer.waivers)];
        let all = lists.into_iter().flatten().flatten();
        all.filter(|waiver| waiver.rule == rule && waiver.item == path.item).collect()
    }

    /// What was set aside at the change table as a whole, where changes without a row were told before they were told
    /// at the item; their messages began with the same words.
    fn waiver_at_table(&self, finding: &Finding) -> Option<&'a Waiver> {
        let (table, _) = self.form.change_table()?;
        let mut all = self.state.document.common.waivers.iter();
        let is_it = |waiver: &&Waiver| waiver.rule == finding.rule && waiver.item == table.id;
        all.find(|waiver| is_it(waiver) && finding.message.starts_with(waiver.what.as_str()))
    }

    /// Says of each finding whether it was set aside, or was while it said something else.
    pub(super) fn set_aside(&self, found: &mut [Finding]) {
        let mut matched: Vec<&Waiver> = Vec::new();
        for finding in found.iter_mut() {
            let waivers = self.waivers(&finding.rule, &finding.path);
            let is_same = |waiver: &&&Waiver| waiver.what.is_empty() || waiver.what == finding.message;
            let waiver = waivers.iter().find(is_same);
            if let Some(waiver) = waiver.or_else(|| waivers.iter().find(|waiver| says_the_same(waiver, finding))) {
                finding.waived = Some(waiver.reason.clone());
                matched.push(waiver);
            } else if let Some(waiver) = self.waiver_at_table(finding) {
                finding.waived = Some(waiver.reason.clone());
            }
        }
        for finding in found.iter_mut().filter(|finding| finding.waived.is_none()) {
            let waivers = self.waivers(&finding.rule, &finding.path);
            let is_free = |waiver: &&&Waiver| !matched.iter().any(|other| std::ptr::eq(*other, **waiver));
            finding.former = waivers.iter().find(is_free).map(|waiver| (*waiver).clone());
        }
    }
}

/// Whether a waiver was of this finding in other words: of a rule whose message has been worded anew since, it still
/// holds all that was filled in of the document.
fn says_the_same(waiver: &Waiver, finding: &Finding) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let stands_alone = |at: usize, word: &str| {
        let (before, after) = (&waiver.what[..at], &waiver.what[at + word.len()..]);
        !(is_digit(word.chars().next()) && is_digit(before.chars().next_back())
            || is_digit(word.chars().next_back()) && is_digit(after.chars().next()))
    };
    finding.words.iter().all(|word| waiver.what.match_indices(word.as_str()).any(|(at, word)| stands_alone(at, word)))
}
