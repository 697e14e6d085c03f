//! Rows of the change table against the document: whether 変更後の記載 stands in the item, file and entry that 項目 names.
//!
//! What is compared are sentences in one width and without spaces. （略） and the like are no text; a sentence that tells
//! what was done (を追加, とする) is none either. A choice is compared by the label of its option.

mod at_all;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::draft_index::{DraftIndex, Text};
use super::sentences::{Sentence, shortened, split, words_that_differ};
use super::several_values;
use super::ticked::{self, TickBox};
use crate::draft::{Answer, ChangeRow, Scope, Span, Stale, is_blank};
use crate::form::{Item, Kind, Rule, citation};
use crate::item_names::{
    ELSEWHERE, Named, RowSubject, entry_numbers_of, entry_word, files_named, likeness, meant, n_in_order, names_all,
    names_others, narrow, plain_label, quotes_nothing, without_signs,
};

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
/// The same of a word that may stand anywhere in the document.
const SHORT_CHARS: usize = 4;
/// A shorter text may stand in several files.
const WHOLE_CHARS: usize = 40;
/// A row that names more items names a heading.
const MOST_ITEMS: usize = 4;
/// How alike sentences must be to be set beside each other, in percent.
const ALIKE_PERCENT: usize = 30;
/// The same where the row names no more than a heading, and where only a number differs.
const VERY_ALIKE_PERCENT: usize = 60;

/// Sentences with these words tell what was done, if the document does not have them.
const DONE: &[&str] = &["追加", "削除", "変更", "修正", "移動", "新設", "廃止", "繰り", "繰上", "とする", "に改め"];

/// The newest row for an item whose 変更後の記載 is not what the document says now.
pub(super) fn not_in_text(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let abouts = draft.abouts();
    let items = |row: usize| abouts.get(row).map_or(&[][..], few_items);
    let mut told: Vec<(usize, String)> = Vec::new();
    // A row that knows its difference knows whether it agrees.
    let rows = &draft.state.document.rows;
    for (row, change) in draft.rows() {
        let stale = change.link.as_ref().and_then(|link| link.stale);
        if stale.is_none() && !draft.compared.differing.contains(&row) {
            continue;
        }
        let how = match stale {
            Some(Stale::Gone) => Some("本文は前回の記載に戻っています。".to_owned()),
            _ => disagrees(draft, abouts.get(row), &meant(rows, row)),
        };
        told.push((row, how.unwrap_or_default()));
    }
    let (newest, before) = newest(draft);
    for row in before {
        let change = meant(rows, row);
        if change.link.is_none() && !items(row).is_empty() && !draft.is_history(&draft.cell("after", row)) {
            let file = other_file(draft, items(row), &change);
            told.extend(
                file.map(|file| (row, format!("「{file}」の本文にある文です。項目のファイル名を確かめてください。"))),
            );
        }
    }
    for row in newest {
        let change = meant(rows, row);
        if change.link.is_none() && !draft.is_history(&draft.cell("after", row)) {
            told.extend(disagrees(draft, abouts.get(row), &change).map(|how| (row, how)));
        }
    }
    told.extend(days_of_headings(draft));
    for (row, how) in told {
        draft.add(rule, draft.cell("after", row), &[("違い", &how)]);
    }
}

/// The items that a row names; none where it names a heading, or nothing.
fn few_items<'r, 'a>(about: &'r RowSubject<'a>) -> &'r [&'a Item] {
    match &about.named {
        Named::Items(items) if items.len() <= MOST_ITEMS => items,
        _ => &[],
    }
}

/// Whether a row of this year that a person wrote says other things than the document.
pub(super) fn is_wrong(draft: &DraftIndex<'_>, row: usize) -> bool {
    let rows = &draft.state.document.rows;
    let is_by_hand = rows.get(row).is_some_and(|row| row.link.is_none());
    is_by_hand
        && newest(draft).0.contains(&row)
        && disagrees(draft, draft.abouts().get(row), &meant(rows, row)).is_some()
}

/// How a row and the document disagree. A day is that of each item that the row names.
fn disagrees<'a>(draft: &DraftIndex<'a>, about: Option<&RowSubject<'a>>, change: &ChangeRow) -> Option<String> {
    let about = about?;
    let in_place = |items: &[&'a Item], change: &ChangeRow| Place::of(draft, items, change).disagrees(change);
    if names_others(&change.item) || names_all(&change.item) {
        return nowhere(draft, change);
    }
    let each: Vec<&Vec<&'a Item>> = about.each.iter().filter(|items| items.len() <= MOST_ITEMS).collect();
    if day(&change.after).is_some() && !each.is_empty() {
        return each.iter().find_map(|items| in_place(items, change));
    }
    if each.len() > 1 {
        let values = several_values::of(&change.after);
        if values.len() == each.len() {
            let told = each.iter().zip(&values).find_map(|(items, value)| {
                let change = ChangeRow { before: String::new(), after: (*value).to_owned(), ..change.clone() };
                in_place(items, &change)
            });
            // The values may stand in another order than the items.
            let stand =
                || values.iter().all(|value| each.iter().any(|items| Place::of(draft, items, change).has(value)));
            return told.filter(|_| !stand());
        }
        let places: Vec<Place<'_, '_>> = each.iter().map(|items| Place::of(draft, items, change)).collect();
        if let Some(told) = several_values::still_old(&places, change) {
            return Some(told);
        }
        if values.iter().all(|value| places.iter().any(|place| place.has(value))) {
            return None;
        }
    }
    let few = few_items(about);
    if !few.is_empty() {
        let place = Place::of(draft, few, change);
        let told = place.disagrees(change);
        return told.or_else(|| {
            if place.is_comparable() || place.is_of_boxes() { None } else { place.disagrees_at_all(change) }
        });
    }
    match &about.named {
        Named::Items(items) => Place::of(draft, items, change).disagrees_at_all(change),
        Named::Unknown => None,
    }
}

/// What a row for many places says that stands nowhere in the document.
fn nowhere(draft: &DraftIndex<'_>, change: &ChangeRow) -> Option<String> {
    let after = citation::plain(&change.after);
    if quotes_nothing(&after) || DONE.iter().chain(ELSEWHERE).any(|word| after.contains(word)) {
        return None;
    }
    let is_missing = |value: &&str| {
        let plain = citation::plain(value);
        let stands = |text: &Text<'_>| text.plain().contains(&plain);
        let is_day = |text: &Text<'_>| day(value).is_some_and(|day| Span::find_all(text.seen()).contains(&day));
        let is_word = (SHORT_CHARS..WHOLE_CHARS).contains(&plain.chars().count());
        is_word && !draft.texts.iter().any(|text| stands(text) || is_day(text))
    };
    // Only names are put one for one: 「所要の整備」 is none.
    let (olds, news) = (several_values::of(&change.before), several_values::of(&change.after));
    let is_named = olds.len() == news.len() && olds.iter().all(|old| old.chars().count() >= SHORT_CHARS);
    let missing = news.into_iter().find(is_missing).filter(|_| is_named)?;
    Some(format!("行は「{}」、本文にありません。", shortened(missing)))
}

/// The day that a cell is, with what people write behind one.
fn day(cell: &str) -> Option<Span> {
    let cell = cell.trim();
    let bare = ["時点", "現在"].iter().find_map(|word| cell.strip_suffix(word)).unwrap_or(cell);
    Span::read(bare)
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
    let item = |row: usize| citation::plain(&meant(&draft.state.document.rows, row).item);
    let rows: Vec<_> = rows.map(|(row, change)| (item(row), row, day(change))).collect();
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
    if after.chars().count() < WHOLE_CHARS || place.texts.iter().any(|text| stands_in(text)) {
        return None;
    }
    let is_it = |text: &&Text<'_>| place.items.iter().any(|item| item.id == text.item);
    let found = draft.texts.iter().filter(is_it).find(|text| stands_in(text))?;
    found.scope.file_index().map(|file| draft.file_name(file).into_owned())
}

/// The place that a row names, and what the document says there.
pub(super) struct Place<'d, 'a> {
    items: Vec<&'a Item>,
    /// Its texts in the file and entry that are named.
    pub(super) texts: Vec<&'d Text<'a>>,
    /// Its texts in all entries of that file.
    in_entries: Vec<&'d Text<'a>>,
    /// The labels of the options that are chosen, in one spelling.
    chosen: Vec<String>,
    /// Its boxes in the file and entry that are named.
    boxes: Vec<TickBox>,
    /// The numbers of things in its cells: （　）件.
    counts: Vec<u64>,
    /// 委託事項, the word before the number of its entry; empty where it has none.
    entry_word: String,
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
        // 「委託事項３③、Ⅱ６」 numbers an entry of the one, and none of the other.
        let entries: BTreeMap<&str, Vec<RangeInclusive<usize>>> =
            items.iter().map(|item| (item.id.as_str(), entry_numbers_of(draft.form, item, &cell))).collect();
        let in_entry = |id: &str, scope: &Scope<'_>| {
            let numbers = entries.get(id).map_or(&[][..], Vec::as_slice);
            let is_it = |entry: usize| numbers.iter().any(|range| range.contains(&(entry + 1)));
            numbers.is_empty() || scope.entry_index().is_some_and(is_it)
        };
        let texts = in_entries.iter().copied().filter(|text| in_entry(text.item, &text.scope));
        let is_there = |(scope, item, _): &&(Scope<'_>, &Item, &Answer)| {
            is_it(&item.id) && in_file(scope.file_index()) && in_entry(&item.id, scope)
        };
        let answers: Vec<_> = draft.answers.iter().filter(is_there).collect();
        let chosen = answers.iter().filter(|(.., answer)| matches!(answer, Answer::Choice(_)));
        let chosen = chosen.map(|(scope, item, _)| bare(&citation::plain(&scope.text(&item.id)))).collect();
        let boxes = answers.iter().flat_map(|(_, item, answer)| ticked::boxes(item, answer)).collect();
        let texts = texts.collect();
        // The number beside 委託する stands in its cell.
        let is_beside = |item: &Item| item.in_cell.as_ref().is_some_and(|cell| is_it(&cell.of));
        let counts = draft.answers.iter().filter(|(scope, item, _)| {
            (is_it(&item.id) || is_beside(item)) && in_file(scope.file_index()) && in_entry(&item.id, scope)
        });
        let counts = counts.filter_map(|(.., answer)| match answer {
            Answer::Count(Some(n)) => Some(u64::from(*n)),
            _ => None,
        });
        let counts = counts.collect();
        let list = |item: &&Item| match item.kind {
            Kind::Repeat(_) => Some(entry_word(item)),
            _ => draft.form.repeat_of(&item.id).map(entry_word),
        };
        let entry_word = items.iter().find_map(list).unwrap_or_default();
        Self { texts, in_entries, chosen, boxes, counts, items, entry_word }
    }

    /// Whether all its answers are texts, days and options.
    fn is_comparable(&self) -> bool {
        let is_comparable = |item: &&Item| {
            matches!(item.kind, Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Choice { .. })
        };
        self.items.iter().filter(|item| item.is_answered()).all(is_comparable)
    }

    /// Whether all its answers are boxes.
    fn is_of_boxes(&self) -> bool {
        let is_box = |item: &&Item| matches!(item.kind, Kind::Check | Kind::Checks { .. });
        self.items.iter().filter(|item| item.is_answered()).all(is_box)
    }

    /// How the row and the document disagree; `None` where they do not, or where that cannot be said.
    fn disagrees(&self, change: &ChangeRow) -> Option<String> {
        let after = citation::plain(&change.after);
        if let Some((target, entry)) = moved_to(&after, &self.entry_word) {
            let there = self.in_entries.iter().copied().filter(|text| text.scope.entry_index() == Some(entry));
            return self.not_moved(change, &target, &there.collect::<Vec<_>>());
        }
        if self.items.iter().any(|item| matches!(item.kind, Kind::Check | Kind::Checks { .. })) {
            let told = ticked::other(&self.boxes, &change.after);
            return told.or_else(|| ticked::still(&self.boxes, &change.before, &change.after));
        }
        if let Some(told) = self.other_count(change) {
            return Some(told);
        }
        let answered = || self.items.iter().filter(|item| item.is_answered());
        if !self.is_comparable() {
            return None;
        }
        if after.is_empty() {
            return self.not_deleted(change, BLANK_LEFT_PERCENT);
        }
        if matches!(after.as_str(), "(削除)" | "削除" | "<削除>" | "[削除]") {
            return self.not_deleted(change, LEFT_PERCENT);
        }
        let quoted = without_signs(&after);
        if quoted.is_empty() || quotes_nothing(&quoted) {
            return None;
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
        let sentences = self.sentences(cell);
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
        let said = day(&change.after)?;
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
        let (mut all, mut differing, mut is_other_number) = (0, 0, false);
        let mut first: Option<(String, String)> = None;
        // 「2の項、3の項、…」 is no quotation.
        for sentence in self.sentences(&change.after).iter().filter(|sentence| !sentence.written.contains("、…")) {
            let n_chars = sentence.plain.chars().count();
            all += n_chars;
            let mut no_quote = DONE.iter().chain(ELSEWHERE);
            if sentence.is_in(&self.texts) || no_quote.any(|word| sentence.plain.contains(word)) {
                continue;
            }
            let (near, n_same) = self.nearest(sentence);
            differing += n_chars.saturating_sub(n_same);
            is_other_number |= near.as_deref().is_some_and(|near| differs_in_numbers(&sentence.plain, near));
            if first.is_none() && n_same < n_chars {
                first = Some((sentence.written.trim().to_owned(), near.unwrap_or_default().trim().to_owned()));
            }
        }
        if differing * 100 < all * DIFFERING_PERCENT && !is_other_number {
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
        (Some(other.to_owned()), n_in_order(&sentence.plain, &citation::plain(other)))
    }

    /// The sentences of a cell, without signs and the labels of its items.
    fn sentences<'c>(&self, cell: &'c str) -> Vec<Sentence<'c>> {
        let labels: Vec<String> = self.items.iter().map(|item| plain_label(&item.label)).collect();
        Sentence::all(cell, &labels)
    }
}

/// Whether two sentences are much alike and the first says a number that the second does not.
fn differs_in_numbers(sentence: &str, other: &str) -> bool {
    let other = citation::plain(other);
    let numbers = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).map(str::to_owned).collect()
    };
    let known = numbers(&other);
    likeness(sentence, &other) >= VERY_ALIKE_PERCENT && numbers(sentence).iter().any(|number| !known.contains(number))
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

/// （委託事項1へ移動）: its words, and the index of the entry. 別紙1 is none.
fn moved_to(after: &str, entry_word: &str) -> Option<(String, usize)> {
    let (before, _) = after.split_once("へ移動").or_else(|| after.split_once("に移動"))?;
    let words = before.rsplit(['(', '「', '、', '。']).next()?;
    let digits: Vec<char> = words.chars().rev().take_while(char::is_ascii_digit).collect();
    let stem = words.trim_end_matches(|c: char| c.is_ascii_digit());
    if entry_word.is_empty() || !stem.ends_with(entry_word) {
        return None;
    }
    let number: usize = digits.into_iter().rev().collect::<String>().parse().ok()?;
    Some((words.to_owned(), number.checked_sub(1)?))
}
