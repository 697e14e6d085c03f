//! The name of an item as people say it with the paper in hand: 「Ⅱ4 委託事項2 ③委託先名」.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::{FieldPath, Form, Item, Kind, LabelLayout, Section};

/// Where an answer stands on the paper, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Ⅱ, 表紙, 別添1 and so on.
    pub section: String,
    /// Number of the heading, e.g. 4; empty where none is printed.
    pub number: String,
    /// リスク2, where a heading has several.
    pub risk: String,
    /// What risk it is, e.g. 不正な提供・移転が行われるリスク.
    pub risk_name: String,
    /// 委託事項2, or 3行目 of the change table.
    pub entry: String,
    /// Number and label of the item, after those of the item it belongs to.
    pub label: String,
    /// Name of the 特定個人情報ファイル, where the document has several.
    pub file: String,
}

impl Place {
    /// The place of an answer. The form does not know the files: `file_name` is given where it is to be said.
    pub fn of(form: &Form, path: &FieldPath, file_name: Option<&str>) -> Self {
        let mut place = Self { file: file_name.unwrap_or_default().to_owned(), ..Self::default() };
        let Some(section) = form.section_of(&path.item) else {
            return Self { label: path.item.clone(), ..place };
        };
        place.section = numeral(section);
        if !section.items.iter().any(|item| place.descend(item, &section.items, path)) {
            place.column(form, path);
        }
        place
    }

    /// The same where the names of the files are not known: a file is said by its number.
    pub fn by_number(form: &Form, path: &FieldPath) -> Self {
        let file = path.file.map(|file| format!("ファイル{}", file + 1));
        Self::of(form, path, file.as_deref())
    }

    /// Adds what `item` says of the place if the path leads through it.
    fn descend(&mut self, item: &Item, siblings: &[Item], path: &FieldPath) -> bool {
        if item.find(&path.item).is_none() {
            return false;
        }
        if let Some(number) = item.number.strip_suffix('．') {
            self.number = number.nfkc().collect();
        }
        if item.id == path.item {
            self.label = own_label(item, siblings);
            self.name_entry(item, path);
            return true;
        }
        match item.layout {
            LabelLayout::Risk => (self.risk, self.risk_name) = risk(&item.label),
            LabelLayout::Split => self.label = item.printed_label(),
            _ => {}
        }
        self.name_entry(item, path);
        let outer = std::mem::take(&mut self.label);
        let found = item.inner().iter().any(|inner| self.descend(inner, item.inner(), path));
        if let Kind::Repeat(repeat) = &item.kind
            && repeat.title_item.as_ref() == Some(&path.item)
        {
            self.label.clear();
        }
        self.label = [outer, std::mem::take(&mut self.label)].join(" ").trim().to_owned();
        found
    }

    fn name_entry(&mut self, item: &Item, path: &FieldPath) {
        if let (Kind::Repeat(repeat), Some(entry)) = (&item.kind, path.entry) {
            self.entry = repeat.instance_title.replace("{n}", &(entry + 1).to_string());
            // 別紙2 says that it stands in 別紙.
            if self.entry.starts_with(self.section.as_str()) {
                self.section.clear();
            }
        }
    }

    /// A cell of the change table: its columns are no items.
    fn column(&mut self, form: &Form, path: &FieldPath) {
        let Some((_, columns)) = form.change_table() else { return };
        let Some(column) = columns.iter().find(|column| column.id == path.item) else { return };
        if let Some(entry) = path.entry {
            self.entry = format!("{}行目", entry + 1);
        }
        self.label = column.label.clone();
    }
}

/// `Ⅱ4 委託事項2 ③委託先名（課税情報ファイル）`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = format!("{}{}", self.section, self.number);
        let parts = [&head, &self.risk, &self.entry, &self.label];
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        f.write_str(&parts.join(" "))?;
        if self.file.is_empty() { Ok(()) } else { write!(f, "（{}）", self.file) }
    }
}

/// Ⅱ of `Ⅱ　特定…`, 別添1 of `（別添１） 特定…`, 表紙, else the title.
fn numeral(section: &Section) -> String {
    if section.is_cover() {
        return "表紙".to_owned();
    }
    let title = section.title.trim();
    if let Some(inside) = title.strip_prefix('（').and_then(|rest| rest.split('）').next()) {
        return inside.nfkc().collect();
    }
    match title.chars().next() {
        Some(first @ 'Ⅰ'..='ⅿ') => first.to_string(),
        _ => title.to_owned(),
    }
}

/// リスク2 and … of `リスク２：　…`; the first is empty where the heading has only one.
fn risk(label: &str) -> (String, String) {
    let (number, name) = label.split_once('：').unwrap_or((label, ""));
    let number: String = number.nfkc().collect();
    let number = if number.ends_with(|c: char| c.is_ascii_digit()) { number } else { String::new() };
    (number, name.trim().to_owned())
}

/// The label of the item, after that of the item it is nested below.
fn own_label(item: &Item, siblings: &[Item]) -> String {
    let label = match (&item.kind, &item.in_cell) {
        _ if !item.label.is_empty() => {
            let label = item.label.replace("{n}", "");
            let label = if item.number.ends_with('．') { label } else { format!("{}{label}", item.number) };
            // A detail stands in the cell of the item whose detail it is.
            let cell = item.in_cell.as_ref().filter(|_| item.number.is_empty());
            match cell.and_then(|cell| siblings.iter().find(|sibling| sibling.id == cell.of)) {
                Some(of) => format!("{} {label}", of.printed_label()),
                None => label,
            }
        }
        (Kind::Count, Some(cell)) => {
            let of = siblings.iter().find(|sibling| sibling.id == cell.of);
            format!("{}の件数", of.map_or("", |item| item.label.as_str()))
        }
        (Kind::Records, _) => "記録項目".to_owned(),
        (Kind::Table { .. }, _) => "変更箇所".to_owned(),
        (Kind::Figure, _) => "図".to_owned(),
        _ => item.number.clone(),
    };
    match nested_below(item, siblings).map(Item::printed_label) {
        Some(head) if !head.is_empty() => format!("{head} {label}"),
        _ => label,
    }
}

/// The item below whose label that of an item stands, indented.
pub(super) fn nested_below<'f>(item: &Item, siblings: &'f [Item]) -> Option<&'f Item> {
    let before = siblings.iter().take_while(|sibling| sibling.id != item.id);
    (item.layout == LabelLayout::Nested)
        .then(|| before.filter(|sibling| sibling.layout != LabelLayout::Nested).last())
        .flatten()
}
