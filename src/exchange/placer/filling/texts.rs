//! Texts, dates, lists and lone counts: the new answer in the place of the old one, or in the empty place at the label.

use super::{Filler, ProblemKind, Task};
use crate::exchange::boxes::{MAX_CELL_UNITS, TextBox, seam};
use crate::exchange::placer::answers::{Site, is_printed};
use crate::exchange::placer::edges::value_column;
use crate::exchange::placer::key::key;
use crate::exchange::placer::ledger::Fate;
use crate::exchange::placer::text::{gather, is_instruction};
use crate::exchange::placer::zones::SAME;
use crate::form::{Item, Kind, LabelLayout};

use super::cells::number;

impl Filler<'_, '_, '_> {
    /// Writes a text.
    pub(super) fn text(&mut self, item: &Item, task: Task<'_>) {
        if item.fixed.is_some() || task.wanted == task.old {
            return;
        }
        let (site, words) = (task.site, task.wanted.words());
        let source = self.walk.source;
        site.boxes.iter().for_each(|one| self.scratch.all(*one, Fate::Left));
        let suffix = if matches!(item.kind, Kind::Count) { "件" } else { item.suffix.as_str() };
        let beside = if matches!(item.kind, Kind::Records) { "\n" } else { "" };
        let printed = |key: &str| is_printed(item, key);
        let gathered = gather(self.walk, &site.boxes, (suffix, beside), &printed, &mut self.scratch);
        if let [one] = gathered.boxes.as_slice()
            && !source.boxes[*one].is_cell()
        {
            let is_done = self.cells.shape(*one, &format!("{words}{}", self.tail(site, suffix, &words)));
            return self.count_or_tell(&task.at, is_done, ProblemKind::Shape);
        }
        if gathered.boxes.iter().any(|one| !source.boxes[*one].is_cell()) {
            return self.problem(&task.at, ProblemKind::Shape);
        }
        // Where the old answer stood, then whatever is empty behind it.
        let mut places: Vec<usize> = gathered.boxes.clone();
        let mut free = site.free.clone();
        free.sort_by(|a, b| order(&source.boxes[*a], &source.boxes[*b]));
        let is_behind = |one: &usize| {
            let first = places.first().map(|first| &source.boxes[*first]);
            first.is_none_or(|first| order(first, &source.boxes[*one]).is_lt())
        };
        let free: Vec<usize> = free.into_iter().filter(is_behind).collect();
        places.extend(free);
        places.extend(self.stand_ins(item, site, &places, suffix));
        let Some(pieces) = pieces(&words, places.len().max(1)) else {
            return self.problem(&task.at, ProblemKind::TooLong { cell: String::new() });
        };
        let tail = self.tail(site, suffix, &words);
        let is_done = match places.first() {
            None => words.is_empty() || self.first_free(item, site, &format!("{words}{tail}")),
            Some(_) => self.write(&places, &gathered.boxes, &pieces, &tail),
        };
        self.count_or_tell(&task.at, is_done, ProblemKind::NoPlace);
    }

    fn write(&mut self, places: &[usize], old: &[usize], pieces: &[String], tail: &str) -> bool {
        let mut is_done = true;
        for (at, one) in places.iter().enumerate() {
            let mut words = pieces.get(at).cloned().unwrap_or_default();
            if at + 1 == pieces.len() {
                words.push_str(tail);
            }
            let span = if old.contains(one) { self.scratch.span_of(*one, Fate::Text) } else { None };
            let text = &self.walk.source.boxes[*one].text;
            let instruction = || if text.lines().all(is_instruction) { text.chars().count() } else { 0 };
            is_done &= match span {
                Some(span) => self.cells.replace(*one, span, &words),
                None if words.is_empty() => true,
                None if text.trim().is_empty() => self.cells.whole(*one, &words),
                None => {
                    let end = instruction();
                    self.cells.replace(*one, 0..end, &words)
                }
            };
        }
        is_done
    }

    /// Cells that hold an instruction or the words printed behind the answer, and nothing else: where nothing is empty,
    /// the answer goes there.
    fn stand_ins(&self, item: &Item, site: &Site, places: &[usize], suffix: &str) -> Vec<usize> {
        if !places.is_empty() {
            return Vec::new();
        }
        let is_one = |one: &&usize| {
            let known = &self.walk.source.boxes[**one];
            let is_suffix = !suffix.is_empty() && key(&known.text) == key(suffix);
            let is_alone = !known.text.trim_end().is_empty() && known.text.lines().all(is_instruction);
            known.is_cell() && !is_printed(item, &key(&known.text)) && (is_suffix || is_alone)
        };
        site.boxes.iter().filter(is_one).copied().take(1).collect()
    }

    /// What is printed behind the answer, where it does not stand there yet.
    fn tail(&self, site: &Site, suffix: &str, words: &str) -> String {
        let stands = site.boxes.iter().any(|one| key(&self.walk.source.boxes[*one].text).ends_with(&key(suffix)));
        if suffix.is_empty() || words.is_empty() || stands { String::new() } else { format!("　{suffix}") }
    }

    /// The first empty place at a label, also where no box tells of it: in the column of the other answers, or below.
    pub(super) fn first_free(&mut self, item: &Item, site: &Site, words: &str) -> bool {
        let source = self.walk.source;
        let found = &self.walk.found[site.found];
        let mut free = site.free.clone();
        free.sort_by(|a, b| order(&source.boxes[*a], &source.boxes[*b]));
        if let Some(one) = free.first() {
            return self.cells.whole(*one, words);
        }
        let area = found.area;
        let (row, column) = (number(area.top), number(area.right));
        let is_above = item.layout == LabelLayout::Above || matches!(item.kind, Kind::Records | Kind::Figure);
        // Some offices write beside a label what the paper has below it.
        if is_above && self.cells.add(found.sheet, number(area.bottom), number(area.left), words, None) {
            return true;
        }
        let all: Vec<usize> =
            (0..self.walk.found.len()).filter(|at| self.walk.found[*at].sheet == found.sheet).collect();
        let usual = value_column(self.walk, found.sheet, &all).filter(|usual| *usual >= area.right - SAME);
        if let Some(usual) = usual
            && self.cells.add(found.sheet, row, number(usual), words, None)
        {
            return true;
        }
        self.cells.add(found.sheet, row, column, words, None)
    }
}

fn order(a: &TextBox, b: &TextBox) -> std::cmp::Ordering {
    let places = a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left));
    a.sheet.cmp(&b.sheet).then(places)
}

/// A text in pieces that cells can hold, no more than there are cells. Each ends where the reader joins them again.
fn pieces(words: &str, most: usize) -> Option<Vec<String>> {
    let mut pieces = Vec::new();
    let mut rest = words;
    while rest.encode_utf16().count() > MAX_CELL_UNITS {
        let mut units = 0;
        let end = rest.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > MAX_CELL_UNITS
        });
        let (start, _) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        let cut = start.rmatch_indices('\n').map(|(at, _)| at).find(|at| {
            let (before, behind) = (&rest[..*at], &rest[at + 1..]);
            seam(before, behind) == "\n" && !before.ends_with(char::is_whitespace) && !behind.starts_with('\n')
        })?;
        pieces.push(rest[..cut].to_owned());
        rest = &rest[cut + 1..];
    }
    pieces.push(rest.to_owned());
    (pieces.len() <= most).then_some(pieces)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_a_cell_cannot_hold_goes_on_in_the_next() {
        let long = "記録を残す。\n".repeat(6000);
        let cut = pieces(long.trim_end(), 3).unwrap();
        assert!(cut.len() == 2 && cut.iter().all(|piece| piece.encode_utf16().count() <= MAX_CELL_UNITS));
        assert_eq!(cut.join("\n"), long.trim_end());
        assert_eq!(pieces(&long, 1), None);
        assert_eq!(pieces("短い", 1).unwrap(), ["短い"]);
    }
}
