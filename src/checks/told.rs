//! Rows of the change table against the document: whether 変更後の記載 stands in the item, file and entry that 項目 names.
//!
//! What is compared are sentences in one width and without spaces. （略） and the like are no text; a sentence that tells
//! what was done (を追加, とする) is none either. A choice is compared by the label of its option.

use std::borrow::Cow;

use super::draft_index::{DraftIndex, Text};
use super::ticked::{self, TickBox};
use crate::draft::{Answer, ChangeRow, Scope, Span, Stale, is_blank};
use crate::form::{Form, Item, Kind, Rule, citation};
use crate::item_names::{Named, files_named, likeness, narrow, plain_label};

/// From this share of differing characters on a row is told, in percent.
const DIFFERING_PERCENT: usize = 5;
/// How much of 変更前の記載 stands in the document where it was not taken out, in percent.
const LEFT_PERCENT: usize = 95;
/// The same where 変更後の記載 is blank: a paragraph that went may be told so, an answer that stays may not.
const BLANK_LEFT_PERCENT: usize = 60;
/// How much of it stands where it was moved to.
const MOVED_PERCENT: usize = 50;
/// Shorter texts stand anywhere by chance, in characters.
const LEAST_CHARS: usize = 6;
/// A row that names more items names a heading.
const MOST_ITEMS: usize = 4;
/// How alike sentences must be to be set beside each other, in percent.
const ALIKE_PERCENT: usize = 30;
/// What is quoted of a sentence, in characters, and what of it stands around the words that differ.
const QUOTED_CHARS: usize = 30;
const AROUND_CHARS: usize = 6;

/// Short cells, and sentences, with these words point elsewhere.
const ELSEWHERE: &[&str] = &["のとおり", "同左", "別紙", "以下略", "参照"];
const ELSEWHERE_CHARS: usize = 40;
/// Sentences with these words tell what was done, if the document does not have them.
const DONE: &[&str] = &["追加", "削除", "変更", "修正", "移動", "新設", "廃止", "繰り", "繰上", "とする", "に改め"];
/// What stands for text that is not quoted.
const SIGNS: &[&str] = &["(略)", "(中略)", "(前略)", "(後略)", "(省略)", "(新規)", "(追加)", "(記載なし)", "…", "~略~"];

/// The newest row for an item whose 変更後の記載 is not what the document says now.
pub(super) fn not_in_text(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let abouts = draft.abouts();
    let items = |row: usize| match abouts.get(row).map(|about| &about.named) {
        Some(Named::Items(items)) if !items.is_empty() && items.len() <= MOST_ITEMS => items.as_slice(),
        _ => &[],
    };
    let mut told: Vec<(usize, String)> = Vec::new();
    // A row that knows its difference knows whether it agrees.
    for (row, change) in draft.rows() {
        let stale = change.link.as_ref().and_then(|link| link.stale);
        if stale.is_none() && !draft.compared.differing.contains(&row) {
            continue;
        }
        let how = match stale {
            Some(Stale::Gone) => Some("本文は前回の記載に戻っています。".to_owned()),
            _ => Place::of(draft, items(row), change).disagrees(change),
        };
        told.push((row, how.unwrap_or_default()));
    }
    let (newest, before) = newest(draft);
    for row in before {
        let Some(change) = draft.state.document.rows.get(row).filter(|change| change.link.is_none()) else { continue };
        if !items(row).is_empty() && !draft.is_history(&draft.cell("after", row)) {
            let file = other_file(draft, items(row), change);
            told.extend(
                file.map(|file| (row, format!("「{file}」の本文にある文です。項目のファイル名を確かめてください。"))),
            );
        }
    }
    for row in newest {
        let Some(change) = draft.state.document.rows.get(row) else { continue };
        if change.link.is_none() && !items(row).is_empty() && !draft.is_history(&draft.cell("after", row)) {
            told.extend(Place::of(draft, items(row), change).disagrees(change).map(|how| (row, how)));
        }
    }
    told.extend(days_of_headings(draft));
    for (row, how) in told {
        draft.add(rule, draft.cell("after", row), &[("違い", &how)]);
    }
}

/// Rows for a heading whose 変更後の記載 is a day that none of its dates says.
fn days_of_headings(draft: &DraftIndex<'_>) -> Vec<(usize, String)> {
    let abouts = draft.abouts();
    let (newest, _) = newest(draft);
    let other_day = |row: usize| {
        let change = draft.state.document.rows.get(row).filter(|change| change.link.is_none())?;
        let said = Span::read(&change.after)?;
        Span::read(&change.before)?;
        let Some(Named::Items(items)) = abouts.get(row).map(|about| &about.named) else { return None };
        let dates = items.iter().flat_map(|item| item.with_inner());
        let dates: Vec<&Item> = dates.filter(|item| matches!(item.kind, Kind::Date { .. })).collect();
        let days = |text: &&Text<'_>| dates.iter().any(|item| item.id == text.item);
        let now: Vec<&Text<'_>> = draft.texts.iter().filter(days).collect();
        let is_it =
            |text: &&Text<'_>| Span::read(text.seen()) == Some(said) || Span::find_all(text.seen()).contains(&said);
        let others = draft.texts.iter().filter(|text| items.iter().any(|item| item.find(text.item).is_some()));
        if items.len() <= MOST_ITEMS || now.is_empty() || others.into_iter().any(|text| is_it(&text)) {
            return None;
        }
        let now = now.first().map(|text| text.seen().trim())?;
        Some(format!("行は「{}」、本文は「{now}」です。", change.after.trim()))
    };
    let rows = newest.into_iter().filter(|row| !draft.is_history(&draft.cell("after", *row)));
    rows.filter_map(|row| Some((row, other_day(row)?))).collect()
}

/// The rows with the newest date; older ones are history: later revisions of the form or of other cells may have moved
/// their words. Of two for one item the last counts: apart stand those before it.
fn newest(draft: &DraftIndex<'_>) -> (Vec<usize>, Vec<usize>) {
    let day = |change: &ChangeRow| Span::read(&change.date).map(|span| span.last);
    let rows = draft.rows().filter(|(_, change)| !is_blank(&change.item));
    let rows: Vec<_> = rows.map(|(row, change)| (citation::plain(&change.item), row, day(change))).collect();
    let newest_day = rows.iter().filter_map(|(.., day)| *day).max();
    let is_last = |key: &String, row: usize| !rows.iter().any(|(other, later, _)| *later > row && other == key);
    let newest = rows.iter().filter(|(.., day)| *day == newest_day);
    let (last, before): (Vec<_>, Vec<_>) = newest.partition(|(key, row, _)| is_last(key, *row));
    let indices = |rows: Vec<&(String, usize, _)>| rows.into_iter().map(|(_, row, _)| *row).collect();
    (indices(last), indices(before))
}

/// The file in whose item the whole of 変更後の記載 stands, where it is not one that the row names.
fn other_file<'a>(draft: &DraftIndex<'a>, named: &[&'a Item], change: &ChangeRow) -> Option<String> {
    let after = citation::plain(&change.after);
    let after = after.trim_end_matches('。');
    let place = Place::of(draft, named, change);
    let stands_in = |text: &Text<'_>| text.plain().contains(after);
    if after.chars().count() < ELSEWHERE_CHARS || place.texts.iter().any(|text| stands_in(text)) {
        return None;
    }
    let is_it = |text: &&Text<'_>| place.items.iter().any(|item| item.id == text.item);
    let found = draft.texts.iter().filter(is_it).find(|text| stands_in(text))?;
    found.scope.file_index().map(|file| draft.file_name(file).into_owned())
}

/// The place that a row names, and what the document says there.
struct Place<'d, 'a> {
    items: Vec<&'a Item>,
    /// Its texts in the file and entry that are named.
    texts: Vec<&'d Text<'a>>,
    /// Its texts in all entries of that file.
    in_entries: Vec<&'d Text<'a>>,
    /// The labels of the options that are chosen, in one spelling.
    chosen: Vec<String>,
    /// Its boxes in the file and entry that are named.
    boxes: Vec<TickBox>,
}

impl<'d, 'a> Place<'d, 'a> {
    fn of(draft: &'d DraftIndex<'a>, named: &[&'a Item], change: &ChangeRow) -> Self {
        let cell = narrow(&change.item);
        let files = &draft.state.document.files;
        let named_files = files_named(&change.item, files.iter());
        let is_named = |file: usize| files.get(file).is_some_and(|file| named_files.contains(&narrow(&file.name)));
        let in_file = |file: Option<usize>| named_files.is_empty() || file.is_none_or(is_named);
        let items: Vec<&Item> = named.iter().flat_map(|item| item.with_inner()).collect();
        let is_it = |id: &str| items.iter().any(|item| item.id == id);
        let in_entries: Vec<&Text<'a>> =
            draft.texts.iter().filter(|text| is_it(text.item) && in_file(text.scope.file_index())).collect();
        let entry = named.first().and_then(|item| entry_number(draft.form, item, &cell));
        let texts = in_entries.iter().copied().filter(|text| entry.is_none() || text.scope.entry_index() == entry);
        let in_entry = |scope: &Scope<'_>| entry.is_none() || scope.entry_index() == entry;
        let is_there = |(scope, item, _): &&(Scope<'_>, &Item, &Answer)| {
            is_it(&item.id) && in_file(scope.file_index()) && in_entry(scope)
        };
        let answers: Vec<_> = draft.answers.iter().filter(is_there).collect();
        let chosen = answers.iter().filter(|(.., answer)| matches!(answer, Answer::Choice(_)));
        let chosen = chosen.map(|(scope, item, _)| bare(&citation::plain(&scope.text(&item.id)))).collect();
        let boxes = answers.iter().flat_map(|(_, item, answer)| ticked::boxes(item, answer)).collect();
        Self { texts: texts.collect(), in_entries, chosen, boxes, items }
    }

    /// How the row and the document disagree; `None` where they do not, or where that cannot be said.
    fn disagrees(&self, change: &ChangeRow) -> Option<String> {
        let after = citation::plain(&change.after);
        let is_short = after.chars().count() < ELSEWHERE_CHARS;
        if is_short && ELSEWHERE.iter().any(|word| after.contains(word)) {
            return None;
        }
        if let Some((target, entry)) = moved_to(&after) {
            let there = self.in_entries.iter().copied().filter(|text| text.scope.entry_index() == Some(entry));
            return self.not_moved(change, &target, &there.collect::<Vec<_>>());
        }
        if self.items.iter().any(|item| matches!(item.kind, Kind::Check | Kind::Checks { .. })) {
            return ticked::other(&self.boxes, &change.after);
        }
        let is_comparable = |item: &&Item| {
            matches!(item.kind, Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Choice { .. })
        };
        let answered = || self.items.iter().filter(|item| item.is_answered());
        if !answered().all(is_comparable) {
            return None;
        }
        if after.is_empty() {
            return self.not_deleted(change, BLANK_LEFT_PERCENT);
        }
        if matches!(after.as_str(), "(削除)" | "削除" | "<削除>" | "[削除]") {
            return self.not_deleted(change, LEFT_PERCENT);
        }
        if answered().all(|item| matches!(item.kind, Kind::Choice { .. })) {
            return self.other_choice(&after);
        }
        if answered().all(|item| matches!(item.kind, Kind::Date { .. })) {
            return self.other_day(change);
        }
        self.other_words(change)
    }

    fn not_moved(&self, change: &ChangeRow, target: &str, there: &[&Text<'_>]) -> Option<String> {
        let (found, all) = self.held(&change.before, there);
        let is_missing = all >= LEAST_CHARS && found * 100 < all * MOVED_PERCENT;
        is_missing
            .then(|| format!("「{target}」へ移したとありますが、そこに「{}」がありません。", shortened(&change.before)))
    }

    fn not_deleted(&self, change: &ChangeRow, percent: usize) -> Option<String> {
        let (found, all) = self.held(&change.before, &self.texts);
        let is_left = all >= LEAST_CHARS && found * 100 >= all * percent;
        let says = if change.after.trim().is_empty() {
            "変更後の記載が空です"
        } else {
            "削除したとあります"
        };
        is_left.then(|| format!("{says}が、本文に「{}」が残っています。", shortened(&change.before)))
    }

    /// How many characters of a cell stand in the texts, and how many it has.
    fn held(&self, cell: &str, texts: &[&Text<'_>]) -> (usize, usize) {
        let sentences: Vec<Sentence<'_>> = self.sentences(cell).collect();
        let n_chars = |sentence: &Sentence<'_>| sentence.plain.chars().count();
        let found = sentences.iter().filter(|sentence| sentence.is_in(texts)).map(n_chars).sum();
        (found, sentences.iter().map(n_chars).sum())
    }

    /// A label of another option than the one that is chosen.
    fn other_choice(&self, after: &str) -> Option<String> {
        let after = bare(after);
        let options = self.items.iter().flat_map(|item| match &item.kind {
            Kind::Choice { options, .. } => options.as_slice(),
            _ => &[],
        });
        let labels: Vec<(String, &str)> =
            options.map(|option| (bare(&citation::plain(&option.label)), option.label.as_str())).collect();
        // 行っている stands in 十分に行っている.
        let named = labels.iter().filter(|(label, _)| !label.is_empty() && after.contains(label.as_str()));
        let (label, printed) = named.max_by_key(|(label, _)| label.chars().count())?;
        if self.chosen.iter().any(|chosen| chosen == label || after.contains(chosen.as_str()) && !chosen.is_empty()) {
            return None;
        }
        let now = labels.iter().find(|(label, _)| self.chosen.contains(label)).map(|(_, printed)| *printed);
        Some(format!("行は「{printed}」、本文は{}です。", now.map_or("未記入".to_owned(), |now| format!("「{now}」"))))
    }

    fn other_day(&self, change: &ChangeRow) -> Option<String> {
        let said = Span::read(&change.after)?;
        let is_it = |text: &&Text<'_>| Span::read(text.seen()).is_none_or(|span| span == said);
        if self.texts.iter().any(is_it) {
            return None;
        }
        let now = self.texts.first().map(|text| text.seen().trim());
        let now = now.map_or("未記入".to_owned(), |now| format!("「{now}」"));
        Some(format!("行は「{}」、本文は{now}です。", change.after.trim()))
    }

    /// The words of the row that the document does not have.
    fn other_words(&self, change: &ChangeRow) -> Option<String> {
        if self.chosen.iter().any(|chosen| !chosen.is_empty() && bare(&citation::plain(&change.after)).contains(chosen))
        {
            return None;
        }
        let (mut all, mut differing) = (0, 0);
        let mut first: Option<(String, String)> = None;
        for sentence in self.sentences(&change.after) {
            let n_chars = sentence.plain.chars().count();
            all += n_chars;
            let mut no_quote = DONE.iter().chain(ELSEWHERE);
            if sentence.is_in(&self.texts) || no_quote.any(|word| sentence.plain.contains(word)) {
                continue;
            }
            let (near, n_same) = self.nearest(&sentence);
            differing += n_chars.saturating_sub(n_same);
            if first.is_none() && n_same < n_chars {
                first = Some((sentence.written.trim().to_owned(), near.unwrap_or_default().trim().to_owned()));
            }
        }
        if differing * 100 < all * DIFFERING_PERCENT {
            return None;
        }
        let (row, now) = first?;
        let (row, now) = words_that_differ(&row, &now);
        let now = match (now.is_empty(), self.texts.is_empty()) {
            (false, _) => format!("本文は「{now}」です"),
            (true, true) => "本文は未記入です".to_owned(),
            (true, false) => "本文にありません".to_owned(),
        };
        Some(format!("行は「{row}」、{now}。"))
    }

    /// The sentence of the document most like another, and how many characters both have.
    fn nearest(&self, sentence: &Sentence<'_>) -> (Option<String>, usize) {
        let candidates = self.texts.iter().flat_map(|text| split(text.seen()));
        let best = candidates
            .map(|other| (likeness(&sentence.plain, &citation::plain(other)), other))
            .max_by_key(|(like, _)| *like);
        let Some((_, other)) = best.filter(|(like, _)| *like >= ALIKE_PERCENT) else { return (None, 0) };
        (Some(other.to_owned()), n_common(&sentence.plain, &citation::plain(other)))
    }

    /// The sentences of a cell, without signs and labels.
    fn sentences<'c>(&'c self, cell: &'c str) -> impl Iterator<Item = Sentence<'c>> {
        split(cell).filter_map(|written| {
            let mut plain = citation::plain(written);
            for sign in SIGNS {
                plain = plain.replace(sign, "");
            }
            let text = plain.trim_start_matches([citation::SEPARATOR, '・', '○']);
            let labels = self.items.iter().map(|item| plain_label(&item.label)).filter(|label| !label.is_empty());
            let text =
                labels.filter_map(|label| text.strip_prefix(&label)).min_by_key(|rest| rest.len()).unwrap_or(text);
            (text.chars().count() > 1).then(|| Sentence { written, plain: text.to_owned() })
        })
    }
}

/// A sentence of a cell.
struct Sentence<'c> {
    written: &'c str,
    plain: String,
}

impl Sentence<'_> {
    fn is_in(&self, texts: &[&Text<'_>]) -> bool {
        let bare = self.plain.trim_end_matches('。');
        texts.iter().any(|text| text.plain().contains(bare))
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '\n']).filter(|part| !part.trim().is_empty())
}

/// A text without what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(outside).collect()
}

/// The index of the entry that a cell names, where the item stands in one: 委託事項3 is 2. Of 旧委託事項4 → 委託事項3 the last.
fn entry_number(form: &Form, item: &Item, cell: &str) -> Option<usize> {
    let repeat = match &item.kind {
        Kind::Repeat(_) => item,
        _ => form.repeat_of(&item.id)?,
    };
    let Kind::Repeat(list) = &repeat.kind else { return None };
    let word = narrow(list.instance_title.split('{').next().unwrap_or_default());
    let (_, rest) = cell.rsplit_once(&word).filter(|_| !word.is_empty())?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<usize>().ok()?.checked_sub(1)
}

/// （委託事項1へ移動）: its words, and the index of the entry.
fn moved_to(after: &str) -> Option<(String, usize)> {
    let (before, _) = after.split_once("へ移動").or_else(|| after.split_once("に移動"))?;
    let words = before.rsplit(['(', '「', '、', '。']).next()?;
    let digits: Vec<char> = words.chars().rev().take_while(char::is_ascii_digit).collect();
    let number: usize = digits.into_iter().rev().collect::<String>().parse().ok()?;
    Some((words.to_owned(), number.checked_sub(1)?))
}

/// How many characters stand in both in the same order.
fn n_common(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut above = vec![0; b.len() + 1];
    for one in a.chars() {
        let mut corner = 0;
        for (at, other) in b.iter().enumerate() {
            let longest = if one == *other { corner + 1 } else { above[at].max(above[at + 1]) };
            corner = std::mem::replace(&mut above[at + 1], longest);
        }
    }
    above.last().copied().unwrap_or(0)
}

/// The words of both that differ, with a little of what stands around them.
fn words_that_differ(a: &str, b: &str) -> (String, String) {
    // Spaces and widths are none of the words, where they hide which words differ.
    let n_alike = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (plain_a, plain_b) = (narrow(a), narrow(b));
    let (a, b) =
        if n_alike(&plain_a, &plain_b) > n_alike(a, b) { (plain_a.as_str(), plain_b.as_str()) } else { (a, b) };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |text: &[char]| {
        let from = start.saturating_sub(AROUND_CHARS).min(text.len());
        let to = (text.len() - end + AROUND_CHARS).min(text.len());
        let words: String = text[from..to.max(from)].iter().collect();
        let lead = if from > 0 { "…" } else { "" };
        let tail = if to < text.len() && words.chars().count() <= QUOTED_CHARS { "…" } else { "" };
        format!("{lead}{}{tail}", shortened(&words))
    };
    (part(&a), if b.is_empty() { String::new() } else { part(&b) })
}

/// A text in so few characters that it fits into a sentence.
fn shortened(text: &str) -> Cow<'_, str> {
    let line: Cow<'_, str> = match text.trim() {
        text if text.contains(char::is_whitespace) => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        text => text.into(),
    };
    if line.chars().count() <= QUOTED_CHARS {
        return line;
    }
    let head: String = line.chars().take(QUOTED_CHARS - 1).collect();
    format!("{head}…").into()
}
