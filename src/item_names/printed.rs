//! The words that a form prints, and a 項目 cell read in them from left to right.

use std::collections::BTreeMap;

use super::spelling::{narrow, without_brackets};
use crate::form::{Form, Item, Kind, Section};

/// Fewer characters are no words of the form.
const LEAST_CHARS: usize = 3;

/// Words that stand beside the name of an item and are none.
const BESIDE: &[&str] = &[
    "特定個人情報ファイル名",
    "について",
    "に係る",
    "並びに",
    "及び",
    "ほか",
    "全体",
    "全部",
    "全て",
    "すべて",
    "追加",
    "削除",
    "変更",
    "新規",
    "修正",
    "誤記",
    "追記",
    "見直し",
    "記載",
    "名称",
    "番号",
    "から",
    "まで",
    "以下",
    "各",
    "の",
    "を",
    "に",
    "が",
    "へ",
    "等",
    "欄",
    "旧",
    "新",
];

/// One word that the form prints in a section.
#[derive(Debug)]
pub(super) struct Word<'a> {
    pub item: &'a Item,
    /// Without number, spaces and brackets.
    pub label: String,
    /// As printed.
    pub printed: &'a str,
    /// ①, or nothing.
    pub number: &'a str,
    /// ① of the group around it, or nothing.
    pub outer_number: &'a str,
    /// Number of the heading.
    pub heading: String,
    /// 委託事項, where it stands in such an entry.
    pub repeat: Option<&'a str>,
    pub is_title: bool,
}

/// The words of one section.
#[derive(Debug)]
pub(super) struct SectionWords<'a> {
    pub section: &'a Section,
    pub numeral: String,
    pub title: String,
    pub words: Vec<Word<'a>>,
    /// The first character of a label → the words that begin so, the longest first.
    pub by_first: BTreeMap<char, Vec<usize>>,
}

/// The words of a form, to read cells with.
#[derive(Debug)]
pub(super) struct PrintedWords<'a> {
    pub form: &'a Form,
    pub sections: Vec<SectionWords<'a>>,
    /// The words that entries begin with: 委託事項, システム.
    entries: Vec<String>,
}

/// What a cell is made of.
#[derive(Debug)]
pub(super) enum Unit {
    /// A number that stands alone.
    Number(String),
    /// ①
    Circled(char),
    /// Words that the form prints.
    Known(Vec<usize>),
    /// 委託事項2: its word, and the number counted from 0.
    Entry(String, Option<usize>),
    /// Words that it does not print.
    Unknown(String),
}

impl<'a> PrintedWords<'a> {
    pub fn new(form: &'a Form) -> Self {
        let sections = form.sections.iter().filter_map(SectionWords::of).collect();
        let repeats = form.items().filter_map(|item| match &item.kind {
            Kind::Repeat(repeat) => repeat.instance_title.split('{').next().map(str::to_owned),
            _ => None,
        });
        let mut entries: Vec<String> = repeats.chain(["リスク".to_owned()]).collect();
        entries.sort_unstable();
        entries.dedup();
        Self { form, sections, entries }
    }

    /// Whether words in brackets are a part of what the form prints.
    pub fn is_printed(&self, inside: &str) -> bool {
        self.sections.iter().flat_map(|section| &section.words).any(|word| word.label.contains(inside))
    }

    /// Reads the words of a cell from left to right.
    pub fn units(&self, section: &SectionWords<'a>, text: &str) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut unknown = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let known = section.known_at(rest).map(|(words, length)| (Unit::Known(words), length));
            // Of リスク2 and the words that begin so, the longer is meant.
            let longest = known.into_iter().chain(self.entry_at(rest)).max_by_key(|(_, length)| *length);
            let (unit, length) = if let Some((unit, length)) = longest {
                (Some(unit), length)
            } else if first.is_ascii_digit() {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                let length = digits.len();
                (Some(Unit::Number(digits)), length)
            } else if matches!(first, '①'..='⑳') {
                (Some(Unit::Circled(first)), first.len_utf8())
            } else {
                (None, first.len_utf8())
            };
            match unit {
                Some(unit) => {
                    flush(&mut unknown, &mut units);
                    units.push(unit);
                }
                None if is_word(first) => unknown.push(first),
                // A mark between words ends them, but not one inside a word.
                None if first == '・' && !unknown.is_empty() => unknown.push(first),
                None => flush(&mut unknown, &mut units),
            }
            rest = &rest[length..];
        }
        flush(&mut unknown, &mut units);
        units
    }

    /// 委託事項2, システム1~4: the first number, and how long it is.
    fn entry_at(&self, text: &str) -> Option<(Unit, usize)> {
        let word = self.entries.iter().find(|word| text.starts_with(word.as_str()))?;
        let numbers = &text[word.len()..];
        let end =
            numbers.find(|c: char| !c.is_ascii_digit() && !matches!(c, '~' | '〜' | '-')).unwrap_or(numbers.len());
        let digits: String = numbers.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse().ok().and_then(|n: usize| n.checked_sub(1));
        (end > 0).then(|| (Unit::Entry(word.clone(), number), word.len() + end))
    }
}

fn is_word(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | 'ー' | '一'..='龠' | '々') || c.is_ascii_alphabetic()
}

/// Puts aside unknown words; what stands beside names and is none is dropped.
fn flush(unknown: &mut String, units: &mut Vec<Unit>) {
    let words = std::mem::take(unknown);
    let left = BESIDE.iter().fold(words.clone(), |left, word| left.replace(word, ""));
    if left.chars().count() >= LEAST_CHARS {
        units.push(Unit::Unknown(words));
    }
}

impl<'a> SectionWords<'a> {
    fn of(section: &'a Section) -> Option<Self> {
        let numeral = section.title.chars().next().filter(|c| matches!(c, 'Ⅰ'..='ⅿ'))?;
        let title = bare(&super::plain_title(&section.title));
        let mut words = Vec::new();
        section.items.iter().for_each(|item| add(&mut words, item, Around::default()));
        let mut by_first: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (index, word) in words.iter().enumerate() {
            if let Some(first) = word.label.chars().next() {
                by_first.entry(first).or_default().push(index);
            }
        }
        by_first.values_mut().for_each(|list| list.sort_by_key(|index| std::cmp::Reverse(words[*index].label.len())));
        Some(Self { section, numeral: numeral.to_string(), title, words, by_first })
    }

    /// The longest words of the form that a text begins with.
    fn known_at(&self, text: &str) -> Option<(Vec<usize>, usize)> {
        let list = self.by_first.get(&text.chars().next()?)?;
        let longest = list.iter().find(|index| text.starts_with(self.words[**index].label.as_str()))?;
        let label = &self.words[*longest].label;
        let all = list.iter().copied().filter(|index| self.words[*index].label == *label).collect();
        Some((all, label.len()))
    }
}

/// What is around an item.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    heading: &'a str,
    number: &'a str,
    repeat: Option<&'a str>,
}

fn add<'a>(words: &mut Vec<Word<'a>>, item: &'a Item, around: Around<'a>) {
    let is_title = item.number.ends_with('．');
    let heading = item.number.strip_suffix('．').unwrap_or(around.heading);
    let number = if is_title { "" } else { item.number.as_str() };
    let label = bare(&narrow(&item.label));
    if label.chars().count() > 1 && !item.label.contains("{n}") {
        let (printed, outer_number, heading) = (item.label.as_str(), around.number, narrow(heading));
        words.push(Word { item, label, printed, number, outer_number, heading, repeat: around.repeat, is_title });
    }
    let number = if number.is_empty() { around.number } else { number };
    let repeat = match &item.kind {
        Kind::Repeat(repeat) => repeat.instance_title.split('{').next(),
        _ => around.repeat,
    };
    item.inner().iter().for_each(|inner| add(words, inner, Around { heading, number, repeat }));
}

/// A label without its brackets, unless it has nothing else.
fn bare(label: &str) -> String {
    let label = label.replace('、', "");
    let bare = without_brackets(&label, &|_| false);
    if bare.chars().count() > 1 { bare } else { label }
}
