//! A text out of the boxes it stands in: pieces joined, and what is no answer left where it was.

use std::ops::Range;

use super::key::key;
use super::ledger::{Fate, Ledger};
use super::walk::Walk;
use crate::draft::Span;
use crate::exchange::boxes::{Ending, ForeignSource, Pen, TextBox, seam, seen_chars};

/// A text that was put together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gathered {
    pub text: String,
    /// Characters of it, spaces aside.
    pub n_chars: usize,
    /// The boxes it came from.
    pub boxes: Vec<usize>,
    /// Whether all of it is in a colour of its own: a sample, or a change that is to be seen.
    pub is_coloured: bool,
    /// Whether it stands in a shape over the sheet.
    pub is_in_shape: bool,
    /// Whether it was put together out of several cells.
    pub is_joined: bool,
    /// Whether its cell seems to cut it off.
    pub is_cut: bool,
    /// Whether its cell cuts it off, and the rest was there all the same.
    pub is_clipped: bool,
}

/// How an instruction of the 記載要領 or a note on the sheet begins, where it says so itself.
const INSTRUCTIONS: &[&str] = &[
    "【記載要領",
    "（記載要領",
    "(記載要領",
    "＜記載要領",
    "<記載要領",
    "［記載要領",
    "[記載要領",
    "※記載要領",
    "記載要領：",
    "記載要領:",
    "【記載例",
    "（記載例",
    "(記載例",
    "＜記載例",
    "記載例：",
    "【記入例",
    "（記入例",
    "記入例：",
    "【留意事項",
    "＜記載上の留意",
    "【記載上の留意",
];
/// How a note of a colleague begins that stands in a row of its own.
const NOTES: &[&str] = &[
    "※",
    "（注",
    "(注",
    "【注",
    "注）",
    "注)",
    "注：",
    "【メモ",
    "（メモ",
    "メモ：",
    "【確認",
    "（確認",
    "【作業",
    "（作業",
    "【備忘",
    "【事務局",
    "（事務局",
    "【要",
    "★",
    "■確認",
];

/// Whether a line is an instruction that was left inside.
pub(super) fn is_instruction(line: &str) -> bool {
    let line = line.trim_start();
    INSTRUCTIONS.iter().any(|sign| line.starts_with(sign))
}

/// Whether a text is a note of a colleague, by how it begins.
pub(super) fn is_note(text: &str) -> bool {
    const LONGEST: usize = 80;
    let text = text.trim_start();
    NOTES.iter().any(|sign| text.starts_with(sign)) && text.chars().count() <= LONGEST
}

/// Puts a text together. `suffix` is printed behind it, `beside` goes between what stands side by side; `printed` tells words that are no answer.
pub(super) fn gather(
    walk: &Walk<'_, '_>,
    boxes: &[usize],
    (suffix, beside): (&str, &'static str),
    printed: &dyn Fn(&str) -> bool,
    ledger: &mut Ledger<'_>,
) -> Gathered {
    let source = walk.source;
    let mut gathered = Gathered::default();
    let is_mixed = boxes.iter().any(|one| source.boxes[*one].pen == Pen::Plain);
    let mut last: Option<&TextBox> = None;
    for &one in boxes {
        let known = &source.boxes[one];
        let own_key = key(&known.text);
        if !suffix.is_empty() && own_key == key(suffix) || printed(&own_key) {
            ledger.all(one, Fate::Form);
            continue;
        }
        // A sample beside the answer, or a note below it.
        let is_beside = last.is_none_or(|last| last.area.is_beside(&known.area));
        let is_apart = !is_beside || last.is_none() && boxes.len() > 1 && boxes[0] == one && is_alone(source, boxes);
        if is_mixed && known.pen == Pen::Coloured && boxes.len() > 1 || is_apart && is_note(&known.text) {
            continue;
        }
        if last.is_some_and(|last| is_remark(&gathered.text, last, known)) {
            continue;
        }
        let (text, parts) = answer_in(&known.text, last.is_some(), suffix);
        if text.trim().is_empty() {
            continue;
        }
        let whole = known.text.trim_end();
        if !suffix.is_empty() && whole.ends_with(suffix) {
            let end = whole.chars().count();
            ledger.part(one, end - suffix.chars().count()..end, Fate::Form);
        }
        parts.into_iter().for_each(|part| ledger.part(one, part, Fate::Text));
        if let Some(said) = continued(&known.text).filter(|_| last.is_some()) {
            ledger.part(one, 0..said, Fate::Form);
        }
        gathered.n_chars += seen_chars(&text);
        gathered.is_coloured |= known.pen == Pen::Coloured;
        // Many sentences over a place that is empty are the answer, not a remark on it.
        let is_answer = known.text.chars().count() > LONGEST_REMARK && known.text.contains('。') && boxes.len() == 1;
        gathered.is_in_shape |= !known.is_cell() && !is_answer;
        gathered.is_cut |= known.ending == Ending::Cut;
        gathered.is_clipped |= known.ending == Ending::Clipped;
        let is_sure = last.is_none_or(|last| goes_on(walk, (&gathered.text, last), (&text, known)));
        gathered.is_joined |= !is_sure;
        if let Some(last) = last {
            gathered.text.push_str(between(&gathered.text, &text, (last, known), beside));
        }
        gathered.text.push_str(&text);
        gathered.boxes.push(one);
        last = Some(known);
    }
    // Before the first of several lines a space is an indent.
    let text = gathered.text.trim_end().trim_start_matches(['\n', '\r']);
    let text = if text.contains('\n') { text } else { text.trim_start_matches([' ', '\t']) };
    gathered.text = text.to_owned();
    gathered
}

/// Whether nothing stands beside the first of these.
fn is_alone(source: &ForeignSource, boxes: &[usize]) -> bool {
    let Some((first, rest)) = boxes.split_first() else { return true };
    let area = &source.boxes[*first].area;
    !rest.iter().any(|other| source.boxes[*other].area.is_beside(area))
}

/// Whether a few words stand apart behind an answer that is finished, on its line: what somebody noted there.
fn is_remark(before: &str, last: &TextBox, known: &TextBox) -> bool {
    const LONGEST: usize = 15;
    const NARROW: f32 = 1.5;
    const FAR: f32 = 10.0;
    /// In bytes; what is longer is no date.
    const LONGEST_DATE: usize = 200;
    let gap = known.area.left - last.area.right;
    let is_apart = gap >= 1.0 && (last.area.right - last.area.left < NARROW || !last.is_cell());
    let is_short = || known.text.chars().count() <= LONGEST && (!known.text.contains('。') || is_of_work(&known.text));
    let is_date = || before.len() <= LONGEST_DATE && Span::read(before).is_some();
    let is_finished = || gap >= FAR || before.ends_with('。') || is_of_work(&known.text) || is_date();
    last.area.is_beside(&known.area) && is_apart && is_short() && is_finished()
}

/// What says that the text behind it goes on from above.
const CONTINUED: &[&str] = &["（続き）", "(続き)", "（つづき）", "続き）", "（前頁続き）"];
/// Words of those who work on a document, not of the document.
const WORK: &[&str] = &[
    "要確認",
    "確認中",
    "確認済",
    "確認して",
    "確認のこと",
    "照会中",
    "調整中",
    "検討中",
    "修正",
    "更新すること",
    "さんへ",
    "ください",
    "昨年",
    "前年",
    "前回と",
    "同じ",
];

/// Longest remark of those who work on a document, in characters.
const LONGEST_REMARK: usize = 60;

/// Whether a text may be a remark of those who work on a document.
pub(super) fn is_of_work(text: &str) -> bool {
    const DONE: &[&str] = &["済", "済み", "済。", "OK", "ＯＫ"];
    let is_said = || WORK.iter().any(|word| text.contains(word)) || DONE.contains(&text.trim());
    text.chars().count() <= LONGEST_REMARK && is_said()
}

/// Whether a cell certainly goes on with the text before it: it says so itself, or it takes the sentence or the list up
/// again, or it continues the cell and is made of sentences.
fn goes_on(walk: &Walk<'_, '_>, (before, last): (&str, &TextBox), (next, known): (&str, &TextBox)) -> bool {
    const SAME: f32 = 0.05;
    let says_so = |one: &usize| {
        let one = &walk.source.boxes[*one];
        let is_left = one.sheet == known.sheet && one.area.right <= known.area.left + SAME;
        is_left && one.area.is_beside(&known.area)
    };
    if continued(&known.text).is_some() {
        return true;
    }
    walk.effort.spend(walk.continued.len());
    if walk.effort.is_over() || walk.continued.iter().any(says_so) {
        return true;
    }
    if !known.is_cell() || known.pen != last.pen || is_of_work(next) {
        return false;
    }
    let is_sentence = next.contains('。');
    let ends = before.trim_end().ends_with(['。', '）', ')', '」', '：', ':']);
    let (area, above) = (&known.area, &last.area);
    let is_near = |a: f32, b: f32| (a - b).abs() < SAME;
    let is_below =
        is_near(area.left, above.left) && is_near(area.right, above.right) && is_near(area.top, above.bottom);
    let is_behind =
        is_near(area.left, above.right) && is_near(area.top, above.top) && is_near(area.bottom, above.bottom);
    let first = |text: &str| text.lines().find_map(list_sign);
    let is_same_list = first(next).is_some() && first(next) == first(before);
    is_sentence && (!ends || is_below || is_behind) || is_same_list
}

/// The boxes that only say that what stands beside them goes on from above.
pub(super) fn continued_signs(source: &ForeignSource) -> Vec<usize> {
    (0..source.boxes.len()).filter(|one| CONTINUED.contains(&source.boxes[*one].text.trim())).collect()
}

/// What the lines of a list begin with: one sign for all numbers.
fn list_sign(line: &str) -> Option<char> {
    let first = line.chars().next()?;
    match first {
        '①'..='⑳' => Some('①'),
        '・' | '　' | '＜' | '○' | '●' | '■' | '◆' | '※' | '－' => Some(first),
        _ => None,
    }
}

/// The characters at the beginning of a cell that say that it goes on.
fn continued(text: &str) -> Option<usize> {
    let begins = text.trim_start();
    let sign = CONTINUED.iter().find(|sign| begins.starts_with(**sign))?;
    Some(text.chars().count() - begins.chars().count() + sign.chars().count())
}

/// What of a cell is the answer, with its places: not the instruction, not the suffix, not （続き）.
fn answer_in(text: &str, is_continued: bool, suffix: &str) -> (String, Vec<Range<usize>>) {
    let (mut kept, mut parts, mut start) = (String::new(), Vec::new(), 0);
    let skipped = continued(text).filter(|_| is_continued).unwrap_or_default();
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let length = line.chars().count();
        let mut end = start + length;
        let begin = start.max(skipped).min(end);
        let mut words: String = line.chars().skip(begin - start).collect();
        if lines.peek().is_none() && !suffix.is_empty() {
            let bare = words.trim_end().strip_suffix(suffix).map(str::trim_end);
            if let Some(bare) = bare {
                end = begin + bare.chars().count();
                words = bare.to_owned();
            }
        }
        if !is_instruction(line) {
            if !parts.is_empty() {
                kept.push('\n');
            }
            kept.push_str(&words);
            parts.push(begin..end);
        }
        start += length + 1;
    }
    (kept, parts)
}

/// What goes between two cells of one answer.
fn between(before: &str, next: &str, (last, known): (&TextBox, &TextBox), beside: &'static str) -> &'static str {
    if last.area.is_beside(&known.area) { beside } else { seam(before, next) }
}
