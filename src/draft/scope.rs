//! A document seen from one place: as a whole, one file, or one entry of a repeat.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Answer, ChangeRow, Document, FreeTable, Part, Span, is_blank, plain_text};
use crate::characters;
use crate::form::{Derived, Facts, FieldPath, Form, Item, Kind, Pattern, full_width};

/// A document seen from one place in it. Ids are looked for in the same entry, then in the same file,
/// then in the document; derived and pre-printed answers are filled in.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The form of the document.
    pub form: &'a Form,
    /// The document.
    pub document: &'a Document,
    file: Option<usize>,
    entry: Option<Entry<'a>>,
    row: Option<(usize, &'a ChangeRow)>,
}

/// An entry of a repeat; it need not exist yet.
#[derive(Clone, Copy)]
struct Entry<'a> {
    repeat_id: &'a str,
    index: usize,
    part: Option<&'a Part>,
}

impl Entry<'_> {
    /// Whether the item is one of the entry's: its id continues that of the repeat.
    fn holds(&self, item_id: &str) -> bool {
        item_id.strip_prefix(self.repeat_id).is_some_and(|rest| rest.starts_with('.'))
    }
}

impl<'a> Scope<'a> {
    /// The whole document.
    pub fn document(form: &'a Form, document: &'a Document) -> Self {
        Self { form, document, file: None, entry: None, row: None }
    }

    /// One file.
    pub fn file(self, index: usize) -> Self {
        Self { file: Some(index), entry: None, row: None, ..self }
    }

    /// Entry `index` of a repeat, which need not exist yet; its items are looked for in it alone.
    pub fn entry(self, repeat_id: &str, index: usize) -> Self {
        let Some(repeat) = self.form.item(repeat_id) else { return self };
        let part = self.entries(repeat_id).get(index).map(Arc::as_ref);
        Self { entry: Some(Entry { repeat_id: &repeat.id, index, part }), ..self }
    }

    /// One row of the change table.
    pub fn row(self, index: usize) -> Self {
        Self { row: self.document.rows.get(index).map(|row| (index, &**row)), ..self }
    }

    /// Index of the file the scope stands in.
    pub fn file_index(self) -> Option<usize> {
        self.file
    }

    /// Index of the entry or row the scope stands in.
    pub fn entry_index(self) -> Option<usize> {
        self.entry.map(|entry| entry.index).or(self.row.map(|(index, _)| index))
    }

    /// The address of an item seen from here.
    pub fn path(self, item_id: &str) -> FieldPath {
        let per_file = self.form.section_of(item_id).is_some_and(|section| section.per_file);
        let in_entry = self.form.repeat_of(item_id).is_some() || self.row.is_some();
        FieldPath {
            file: self.file.filter(|_| per_file),
            item: item_id.to_owned(),
            entry: self.entry_index().filter(|_| in_entry),
        }
    }

    /// The answer as given by the author.
    pub fn answer(self, item_id: &str) -> Option<&'a Answer> {
        if let Some(entry) = self.entry.filter(|entry| entry.holds(item_id)) {
            return entry.part?.answers.get(item_id);
        }
        let file = self.file.and_then(|index| self.document.files.get(index)).map(|file| &file.part);
        let parts = file.into_iter().chain([&*self.document.common]);
        parts.into_iter().find_map(|part| part.answers.get(item_id))
    }

    /// The entries of a repeat.
    pub fn entries(self, repeat_id: &str) -> &'a [Arc<Part>] {
        self.answer(repeat_id).and_then(Answer::as_entries).unwrap_or_default()
    }

    /// The answer as text: as written, else pre-printed, else derived; empty when there is none.
    pub fn text(self, item_id: &str) -> Cow<'a, str> {
        if let Some(text) = self.row.and_then(|(_, row)| row.column(item_id)) {
            return Cow::Borrowed(text);
        }
        match self.answer(item_id) {
            // A blank answer leaves a pre-printed or derived one in force.
            Some(Answer::Text(text)) if !text.trim().is_empty() => return Cow::Borrowed(text),
            Some(Answer::Foreign(json)) => return Cow::Owned(plain_text(json)),
            Some(Answer::Choice(Some(n))) => {
                return Cow::Owned(self.option_label(item_id, *n).unwrap_or_else(|| n.to_string()));
            }
            Some(Answer::Count(Some(n))) => return Cow::Owned(n.to_string()),
            Some(Answer::FreeTable(table)) => return Cow::Owned(table.lines().join("\n")),
            _ => {}
        }
        let Some(item) = self.form.item(item_id) else { return Cow::Borrowed("") };
        match (&item.fixed, &item.derived) {
            (Some(fixed), _) => Cow::Borrowed(fixed.as_str()),
            (None, Some(Derived::FileNames)) => Cow::Owned(self.file_names()),
            (None, Some(Derived::FileName)) => Cow::Borrowed(
                self.file.and_then(|index| self.document.files.get(index)).map_or("", |file| file.name.as_str()),
            ),
            _ => match self.number(item_id) {
                Some(n) => Cow::Owned(
                    u32::try_from(n).ok().and_then(|n| self.option_label(item_id, n)).unwrap_or_else(|| n.to_string()),
                ),
                None => self.leads_to_attached(item).map_or(Cow::Borrowed(""), Cow::Owned),
            },
        }
    }

    fn item_mentions(self, item: &Item, pattern: &Pattern) -> bool {
        match &item.kind {
            Kind::Group { items } => items.iter().any(|inner| self.item_mentions(inner, pattern)),
            Kind::Repeat(repeat) => (0..self.entries(&item.id).len()).any(|index| {
                let entry = self.entry(&item.id, index);
                repeat.items.iter().any(|inner| entry.item_mentions(inner, pattern))
            }),
            _ => matches!(self.answer(&item.id), Some(Answer::Text(text)) if pattern.is_match(&characters::seen(text))),
        }
    }

    /// All file names as Ⅰ３ lists them: numbered １．２．… when there are several.
    fn file_names(self) -> String {
        let names = self.document.files.iter().map(|file| file.name.as_str());
        if self.document.files.len() < 2 {
            return names.collect();
        }
        let numbered =
            names.enumerate().map(|(index, name)| format!("{}．{name}", full_width(&(index + 1).to_string())));
        numbered.collect::<Vec<_>>().join("\n")
    }

    fn option_label(self, item_id: &str, n: u32) -> Option<String> {
        let options = self.form.item(item_id)?.options();
        options.iter().find(|option| option.n == n).map(|option| option.label.clone())
    }

    /// The number the program fills in for a derived item, whatever the author wrote.
    pub fn derived_number(self, item_id: &str) -> Option<i64> {
        match self.form.item(item_id)?.derived.as_ref()? {
            Derived::CountOf(repeat) => i64::try_from(self.n_listed(repeat)).ok().filter(|n| *n > 0),
            Derived::Threshold { population, handlers, incident } => {
                let table = &self.form.threshold.as_ref()?.table;
                let (plain, plus) = table.get(&u32::try_from(self.number(population)?).ok()?)?;
                // Option 1 of both questions says yes: 500人以上, 発生あり.
                let raised = [self.number(handlers), self.number(incident)];
                let result = if raised.contains(&Some(1)) {
                    plus
                } else if raised.contains(&None) && plain != plus {
                    return None;
                } else {
                    plain
                };
                Some(i64::from(*result))
            }
            Derived::Follows { of, options } => {
                options.get(&u32::try_from(self.number(of)?).ok()?).map(|n| i64::from(*n))
            }
            Derived::Restates { of, items } => self.number(items.get(&u32::try_from(self.number(of)?).ok()?)?),
            Derived::FileNames | Derived::FileName => None,
        }
    }
}

impl Facts for Scope<'_> {
    fn number(&self, id: &str) -> Option<i64> {
        match self.answer(id) {
            Some(Answer::Choice(Some(n)) | Answer::Count(Some(n))) => Some(i64::from(*n)),
            Some(Answer::Text(_) | Answer::Foreign(_)) => None,
            _ => self.derived_number(id),
        }
    }

    fn text(&self, id: &str) -> String {
        Scope::text(*self, id).into_owned()
    }

    fn is_on(&self, id: &str) -> bool {
        matches!(self.answer(id), Some(Answer::Check(true)))
    }

    fn has(&self, id: &str, key: &str) -> bool {
        matches!(self.answer(id), Some(Answer::Checks(boxes)) if boxes.is_on(key))
    }

    fn any(&self, id: &str) -> bool {
        matches!(self.answer(id), Some(Answer::Checks(boxes)) if !boxes.marked.is_empty())
    }

    fn filled(&self, id: &str) -> bool {
        match self.answer(id) {
            Some(Answer::Text(text)) => !is_blank(text),
            Some(answer) if !answer.is_empty() => true,
            _ => !is_blank(&Scope::text(*self, id)),
        }
    }

    fn range(&self, id: &str) -> Option<(i64, Option<i64>)> {
        let n = u32::try_from(self.number(id)?).ok()?;
        let (from, below) = self.form.item(id)?.options().iter().find(|option| option.n == n)?.range?;
        Some((i64::try_from(from).ok()?, below.and_then(|below| i64::try_from(below).ok())))
    }

    fn days(&self, id: &str) -> Option<(i64, i64)> {
        Span::certain(&Scope::text(*self, id)).map(|span| (span.first.days(), span.last.days()))
    }

    fn latest_named(&self, id: &str) -> Option<i64> {
        Span::find_in_era(&Scope::text(*self, id)).iter().map(|span| span.last.days()).max()
    }

    fn earliest_named(&self, id: &str) -> Option<i64> {
        Span::find_in_era(&Scope::text(*self, id)).iter().map(|span| span.first.days()).min()
    }

    fn count(&self, id: &str) -> usize {
        if id == "files" {
            return self.document.files.len();
        }
        match self.form.item(id).map(|item| &item.kind) {
            Some(Kind::Table { .. }) => self.document.rows.len(),
            _ => self.entries(id).len(),
        }
    }

    fn listed(&self, id: &str) -> usize {
        match self.form.item(id).map(|item| &item.kind) {
            Some(Kind::Repeat(_)) => self.n_listed(id),
            _ => self.count(id),
        }
    }

    fn attached(&self, id: &str) -> usize {
        self.attached_to(id).map(FreeTable::n_written).sum()
    }

    fn attached_says(&self, id: &str, pattern: &Pattern) -> bool {
        let cells = self.attached_to(id).flat_map(|table| table.rows.iter().flatten());
        cells.into_iter().any(|text| pattern.is_match(&characters::seen(text)))
    }

    fn counted(&self, id: &str, key: &str) -> Option<i64> {
        if let Some(Answer::Checks(boxes)) = self.answer(id)
            && let Some(Some(count)) = boxes.counts.get(key)
        {
            return Some(i64::from(*count));
        }
        let of = self.form.item(id)?.boxes().find(|option| option.key == key)?.count_of.as_ref()?;
        i64::try_from(self.n_listed(of)).ok().filter(|n| *n > 0)
    }

    fn written(&self, id: &str) -> bool {
        self.answer(id).is_some_and(|answer| !answer.is_empty())
    }

    fn entered(&self, id: &str, key: &str) -> bool {
        matches!(self.answer(id), Some(Answer::Checks(boxes)) if boxes.counts.get(key).is_some_and(Option::is_some))
    }

    fn mentions(&self, id: &str, pattern: &Pattern) -> bool {
        match self.form.section(id) {
            Some(section) => section.items.iter().any(|item| self.item_mentions(item, pattern)),
            None => self.form.item(id).is_some_and(|item| self.item_mentions(item, pattern)),
        }
    }

    fn enter(&self, id: &str, index: usize) -> Box<dyn Facts + '_> {
        Box::new(match self.form.item(id).map(|item| &item.kind) {
            _ if id == "files" => self.file(index),
            Some(Kind::Table { .. }) => self.row(index),
            _ => self.entry(id, index),
        })
    }
}
