//! What words name an item of the form: the 項目 column of the change table, labels quoted in a text; and what the other
//! cells of a row mean where they quote nothing.
//! Never: judges what it reads.
//! Start with [`read`].

mod cells;
mod entries;
mod keys;
mod printed;
mod several;
mod spelling;
mod titles;
mod wrong;

use std::rc::Rc;
use std::sync::Arc;

use crate::draft::{ChangeRow, Document};
use crate::form::{Form, Item, Kind, Section, citation};
use printed::PrintedWords;
use spelling::{is_shortened, spelled, without_brackets};

pub use cells::{
    ELSEWHERE, GAP, gapped, holds_everywhere, meant, names_all, names_others, quotes_nothing, without_label,
    without_signs,
};
pub use entries::{EntryNumbers, entry_numbers, entry_numbers_of, entry_word};
pub use keys::Keys;
pub use several::several;
pub use spelling::{distance, files_named, likeness, n_in_both, n_in_order, narrow, neighbours, plain_label};
pub use titles::{full, short};
pub use wrong::{Wrong, WrongPart};

/// The same for a line of a text, which may begin with any words.
const CERTAIN_SLIP_PERCENT: usize = 70;

/// What a row of the change table says it is about.
#[derive(Debug)]
pub struct RowSubject<'a> {
    /// What its 項目 names.
    pub named: Named<'a>,
    /// The items of each of its names, where it has several.
    pub each: Vec<Vec<&'a Item>>,
    /// A label written wrongly in 変更後の記載, and the right one.
    pub slip: Option<(String, String)>,
}

/// What each row of the change table is about.
pub fn read<'a>(form: &'a Form, document: &Document) -> Vec<RowSubject<'a>> {
    read_rows(form, &[document], &document.rows)
}

/// What each of the rows is about; the documents have the files that they may name.
pub fn read_rows<'a>(form: &'a Form, documents: &[&Document], rows: &[Arc<ChangeRow>]) -> Vec<RowSubject<'a>> {
    if rows.is_empty() {
        return Vec::new();
    }
    let index = Index::new(form);
    let names: Vec<&str> =
        documents.iter().flat_map(|document| &document.files).map(|file| file.name.as_str()).collect();
    let about = |row: usize| {
        let row = meant(rows, row);
        let (named, each) = index.find(&row.item, &names);
        RowSubject { named, each, slip: index.slip_in(&row.after) }
    };
    (0..rows.len()).map(about).collect()
}

/// What is wrong with the words of a 項目 cell; `None` where they name an item, or nothing like one.
pub struct Slips<'a> {
    words: PrintedWords<'a>,
    names: Vec<String>,
}

impl<'a> Slips<'a> {
    /// What tells them in the cells of a document.
    pub fn of(form: &'a Form, document: &Document) -> Self {
        let names = document.files.iter().map(|file| file.name.clone()).collect();
        Self { words: PrintedWords::new(form), names }
    }

    /// What is wrong with the words of a cell; its file and 修正① go with the whole name.
    pub fn wrong(&self, cell: &str) -> Option<Wrong<'a>> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let mut wrong = self.words.wrong(cell, &names)?;
        if wrong.part == WrongPart::Label && is_shortened(&plain_label(&wrong.right), &plain_label(&wrong.written)) {
            return None;
        }
        let cell = narrow(cell);
        let named = |name: &&&str| !name.trim().is_empty() && cell.contains(&narrow(name));
        if let Some(file) = names.iter().filter(named).max_by_key(|name| name.len()) {
            wrong.whole.push_str(&format!("（{}）", file.trim()));
        }
        if let Some((_, part)) = cell.rsplit_once("修正").filter(|(_, part)| part.chars().count() == 1) {
            wrong.whole.push_str(&format!("　修正{part}"));
        }
        Some(wrong)
    }
}

/// What a 項目 cell names.
#[derive(Clone, Debug)]
pub enum Named<'a> {
    /// These items: one, or all it may mean.
    Items(Vec<&'a Item>),
    /// Words that are no item.
    Unknown,
}

/// One item with what a cell may say of it.
struct Candidate<'a> {
    item: &'a Item,
    section: Rc<str>,
    /// Number of the heading, e.g. 4.
    heading: Rc<str>,
    /// Labels of the headings and groups around it.
    around: Vec<Rc<str>>,
    label: String,
}

impl Candidate<'_> {
    /// Whether the label only names an entry, as 委託事項{n} does.
    fn names_entry(&self) -> bool {
        matches!(self.item.kind, Kind::Repeat(_)) || self.item.label.ends_with("{n}")
    }
}

/// The labels of a form, prepared once for all rows.
struct Index<'a> {
    form: &'a Form,
    candidates: Vec<Candidate<'a>>,
    sections: Vec<(String, String)>,
    words: PrintedWords<'a>,
}

impl<'a> Index<'a> {
    fn new(form: &'a Form) -> Self {
        let mut index = Self { form, candidates: Vec::new(), sections: Vec::new(), words: PrintedWords::new(form) };
        for section in &form.sections {
            let title = plain_title(&section.title);
            let short = short_title(section);
            index.sections.push((short.clone(), title));
            let short: Rc<str> = short.into();
            for item in &section.items {
                index.add(item, &short, &"".into(), &[]);
            }
        }
        index
    }

    fn add(&mut self, item: &'a Item, section: &Rc<str>, heading: &Rc<str>, around: &[Rc<str>]) {
        let own_heading = item.number.strip_suffix('．').map(|number| citation::plain(number).into());
        let heading = own_heading.unwrap_or_else(|| Rc::clone(heading));
        let label = plain_label(&item.label);
        let is_group = matches!(item.kind, Kind::Group { .. });
        let mut inner_around = around.to_vec();
        if !item.inner().is_empty() {
            inner_around.push(label.as_str().into());
        }
        for inner in item.inner() {
            self.add(inner, section, &heading, &inner_around);
        }
        let around = if is_group { inner_around } else { around.to_vec() };
        let label = if is_group { String::new() } else { label };
        self.candidates.push(Candidate { item, section: Rc::clone(section), heading, around, label });
    }

    /// What the cell names: the items of all its names, and where there are several those of each.
    fn find(&self, cell: &str, file_names: &[&str]) -> (Named<'a>, Vec<Vec<&'a Item>>) {
        let mut each: Vec<Vec<&'a Item>> = Vec::new();
        for name in several(self.form, cell) {
            match self.find_one(&name, file_names) {
                Named::Items(items) => each.push(items),
                Named::Unknown => return (self.find_one(cell, file_names), Vec::new()),
            }
        }
        let mut all: Vec<&'a Item> = Vec::new();
        for item in each.iter().flatten() {
            if !all.iter().any(|known| known.id == item.id) {
                all.push(item);
            }
        }
        (Named::Items(all), if each.len() > 1 { each } else { Vec::new() })
    }

    fn find_one(&self, cell: &str, file_names: &[&str]) -> Named<'a> {
        if names_all(cell) {
            return Named::Items(self.candidates.iter().map(|known| known.item).collect());
        }
        // (1.課税情報ファイル) is none of the words, （入手） is.
        let text = without_brackets(&spelled(cell), &|inside| self.is_printed(inside));
        let section = self.section(&text);
        let here: Vec<&Candidate<'a>> = self
            .candidates
            .iter()
            .filter(|known| section.as_ref().is_none_or(|section| *known.section == **section))
            .collect();
        let heading = heading_number(&text, section.as_deref());
        let under: Vec<&Candidate<'a>> = match &heading {
            Some(number) if here.iter().any(|known| *known.heading == **number) => {
                here.iter().copied().filter(|known| *known.heading == **number).collect()
            }
            _ => here.clone(),
        };
        let mut labels: Vec<&Candidate<'a>> =
            under.iter().copied().filter(|known| !known.label.is_empty() && text.contains(&known.label)).collect();
        // 委託事項2 alone is the entry; before a label it only says in which entry the item stands.
        let certain = labels.iter().any(|known| !known.names_entry());
        if certain {
            labels.retain(|known| !known.names_entry());
        }
        let digit = cell.chars().rev().find(|c| matches!(c, '①'..='⑳')).map(String::from);
        if !certain {
            let left = self.leftover(&text, &under, file_names);
            let has_words = left.chars().count() >= 4;
            if let Some(wrong) = has_words.then(|| self.words.wrong(cell, file_names)).flatten() {
                return Named::Items(vec![wrong.item]);
            }
            if labels.is_empty() && section.is_none() && heading.is_none() && has_words {
                return Named::Unknown;
            }
            // 委託事項1 ① is what has that number in the entry.
            let numbered = digit.as_deref().map(|digit| self.numbered(&labels, &under, digit)).unwrap_or_default();
            if !numbered.is_empty() {
                return Named::Items(numbered);
            }
        }
        Named::Items(chosen(&text, &under, &labels, digit.as_deref()))
    }

    /// The items with a number in the entries that those labels name.
    fn numbered(&self, labels: &[&Candidate<'a>], under: &[&Candidate<'a>], digit: &str) -> Vec<&'a Item> {
        let repeat = |item: &'a Item| match item.kind {
            Kind::Repeat(_) => Some(item),
            _ => self.form.repeat_of(&item.id),
        };
        let lists: Vec<&Item> = labels.iter().filter_map(|known| repeat(known.item)).collect();
        let is_it = |item: &Item| item.number == digit && lists.iter().any(|list| list.find(&item.id).is_some());
        under.iter().map(|known| known.item).filter(|item| is_it(item)).collect()
    }

    /// A line of a text that begins with a printed number and a label that is nearly, but not, an item's: what it
    /// says, and the label.
    fn slip_in(&self, text: &str) -> Option<(String, String)> {
        let numbered = text.lines().map(str::trim).filter(|line| line.starts_with(|c| matches!(c, '①'..='⑳')));
        numbered.into_iter().find_map(|line| {
            let mut chars = line.chars();
            let number = chars.next()?.to_string();
            let words = plain_label(chars.as_str());
            let same = |known: &&Candidate<'a>| known.item.number == number && known.label.chars().count() >= 4;
            let known = self.candidates.iter().filter(same);
            if known.clone().any(|known| words.starts_with(&known.label)) {
                return None;
            }
            known.into_iter().find_map(|known| {
                let head: String = words.chars().take(known.label.chars().count()).collect();
                let is_slip = likeness(&known.label, &head) >= CERTAIN_SLIP_PERCENT;
                is_slip.then(|| (format!("{number}{head}"), known.item.printed_label()))
            })
        })
    }

    fn is_printed(&self, inside: &str) -> bool {
        let mut labels = self.candidates.iter().map(|known| known.label.as_str());
        labels.any(|label| label.contains(inside))
            || self.sections.iter().any(|(short, _)| inside.contains(short.as_str()))
    }

    fn section(&self, text: &str) -> Option<String> {
        let mut named: Vec<&(String, String)> = self
            .sections
            .iter()
            .filter(|(short, title)| text.contains(title.as_str()) || text.contains(short.as_str()))
            .collect();
        named.sort_by_key(|(short, title)| text.find(title.as_str()).or_else(|| text.find(short.as_str())));
        named.first().map(|(short, _)| short.clone())
    }

    /// What is left of a cell without all that the form says around the item.
    fn leftover(&self, text: &str, under: &[&Candidate<'a>], file_names: &[&str]) -> String {
        let mut left = text.to_owned();
        let mut words: Vec<String> =
            self.sections.iter().flat_map(|(short, title)| [title.clone(), short.clone()]).collect();
        words.extend(under.iter().flat_map(|known| known.around.iter().map(ToString::to_string)));
        words.extend(file_names.iter().map(|name| spelled(name)));
        words.extend(
            [
                "特定個人情報ファイルの概要",
                "基本情報",
                "リスク対策",
                "委託事項",
                "提供先",
                "移転先",
                "システム",
                "リスク",
                "再委託",
            ]
            .map(str::to_owned),
        );
        words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        for word in words.iter().filter(|word| !word.is_empty()) {
            left = left.replace(word.as_str(), "");
        }
        left.chars().filter(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | '一'..='龠' | '々')).collect()
    }
}

/// The items meant: by label, else by printed number, else by heading, else all there are.
fn chosen<'a>(text: &str, under: &[&Candidate<'a>], labels: &[&Candidate<'a>], digit: Option<&str>) -> Vec<&'a Item> {
    // 方法 inside 再委託の許諾方法 is not named.
    let inside = |known: &Candidate<'_>| {
        labels.iter().any(|other| other.label.len() > known.label.len() && other.label.contains(&known.label))
    };
    if !labels.is_empty() {
        return labels.iter().filter(|known| !inside(known)).map(|known| known.item).collect();
    }
    let by_number = under.iter().filter(|known| digit == Some(known.item.number.as_str())).map(|known| known.item);
    let by_number: Vec<&Item> = by_number.collect();
    if !by_number.is_empty() {
        return by_number;
    }
    let around = |known: &Candidate<'_>| known.around.iter().any(|label| !label.is_empty() && text.contains(&**label));
    let by_heading: Vec<&Item> = under.iter().filter(|known| around(known)).map(|known| known.item).collect();
    if by_heading.is_empty() { under.iter().map(|known| known.item).collect() } else { by_heading }
}

fn plain_title(title: &str) -> String {
    let words = title.split_once('）').filter(|_| title.starts_with('（')).map_or(title, |(_, words)| words);
    let words = words.split('※').next().unwrap_or(words);
    plain_label(words.trim_start_matches(|c| matches!(c, 'Ⅰ'..='ⅿ')))
}

fn short_title(section: &Section) -> String {
    let title = &section.title;
    match title.chars().next() {
        _ if section.is_cover() => "表紙".to_owned(),
        Some('（') => title.chars().skip(1).take_while(|c| *c != '）').map(|c| spelled(&c.to_string())).collect(),
        Some(first @ 'Ⅰ'..='ⅿ') => first.to_string(),
        _ => plain_label(title),
    }
}

/// The number of the heading: the first number after the numeral of the section.
fn heading_number(text: &str, section: Option<&str>) -> Option<String> {
    let after = section.and_then(|section| text.find(section).map(|at| &text[at + section.len()..])).unwrap_or(text);
    let start = after.find(|c: char| c.is_ascii_digit())?;
    // A number inside words is none of a heading: 委託事項2.
    let before = &after[..start];
    if before.chars().any(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ')) && section.is_none() {
        return None;
    }
    if before.ends_with(['項', '先', 'ム', 'ク', '添', '紙']) {
        return None;
    }
    Some(after[start..].chars().take_while(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::shipped;

    #[allow(clippy::unwrap_used)]
    fn check(cell: &str, expected: &str) {
        let form = shipped::find("youshiki3", "r6-10").unwrap();
        let found = match Index::new(form).find(cell, &["課税情報ファイル"]).0 {
            Named::Items(items) if items.len() == 1 => items[0].id.clone(),
            Named::Items(items) => format!("{} items", items.len()),
            Named::Unknown => "?".to_owned(),
        };
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn short_and_long_styles_are_understood() {
        check("Ⅰ-6 ②所属長の役職名", "basic.department.head_title");
        check("Ⅱ-4 委託事項2 ③委託先名（課税情報ファイル）", "overview.outsource.items.contractor");
        check("Ⅱ　特定個人情報ファイルの概要　２．基本情報　⑥事務担当部署", "overview.base.department");
        check(
            "Ⅲ-7 ②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
            "risk.storage.main.incident",
        );
        check("表紙 公表日", "cover.published_on");
        check("Ⅱ-3 ②", "overview.acquire.method");
    }

    #[test]
    fn letters_for_roman_numerals_and_shortened_labels_are_understood() {
        check("I-6②所属長の役職", "basic.department.head_title");
        check("II-6保管場所 修正①", "overview.storage.place");
    }

    #[test]
    fn a_slip_names_the_item_it_is_most_like() {
        check("Ⅱ-4 委託事項1 ⑤委託先の許諾方法", "overview.outsource.items.sub.consent");
        check("駐車場の使用料", "?");
        check("（手で書いた行）", "?");
    }

    #[test]
    fn a_number_in_brackets_is_none_of_a_heading() {
        check(
            "Ⅱ 特定個人情報ファイルの概要(3.課税情報ファイル)\n2 基本情報\n⑥事務担当部署",
            "overview.base.department",
        );
    }

    #[test]
    fn labels_are_compared_by_pairs_of_characters() {
        assert_eq!(likeness("委託先名", "委託先名"), 100);
        assert_eq!(likeness("委託先名", "保管場所"), 0);
        assert!(likeness("再委託の許諾方法", "委託先の許諾方法") >= 50);
    }
}
