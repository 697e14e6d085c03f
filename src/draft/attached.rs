//! The 別紙 that go on with a list of the form: which they are, and how many rows they add to it.

use super::{Answer, FreeTable, Part, Scope};
use crate::form::{ATTACHMENT_FILE, ATTACHMENT_LIST, ATTACHMENT_OF, ATTACHMENT_TABLE, Item, Kind};

/// What an entry says whose parties stand in a 別紙.
const ELSEWHERE: &str = "別紙";

impl<'a> Scope<'a> {
    /// The 別紙 of the document, in their order.
    pub fn attachments(self) -> impl Iterator<Item = &'a Part> {
        let list = self.document.common.answers.get(ATTACHMENT_LIST);
        list.and_then(Answer::as_entries).unwrap_or_default().iter().map(|part| &**part)
    }

    /// The tables that go on with a repeat or list of this file: those that name it, and where there is only one file also
    /// those that name none.
    pub fn attached_to(self, id: &str) -> impl Iterator<Item = &'a FreeTable> {
        self.numbered_to(id).map(|(_, table)| table)
    }

    /// The same with the index of each among all 別紙.
    fn numbered_to(self, id: &str) -> impl Iterator<Item = (usize, &'a FreeTable)> {
        let files = &self.document.files;
        let file = self.file_index().and_then(|index| files.get(index)).map(|file| file.name.trim());
        let goes_on = move |part: &Part| match part.answers.get(ATTACHMENT_OF) {
            Some(Answer::Choice(Some(n))) => self.form.attached.get(n).is_some_and(|of| of == id),
            _ => false,
        };
        let is_of_file = move |part: &Part| {
            let named = part.answers.get(ATTACHMENT_FILE).and_then(Answer::as_text).unwrap_or_default().trim();
            file.is_none_or(|file| file == named || (named.is_empty() && files.len() == 1))
        };
        let of_it = self.attachments().enumerate().filter(move |(_, part)| goes_on(part) && is_of_file(part));
        of_it.filter_map(|(index, part)| match part.answers.get(ATTACHMENT_TABLE) {
            Some(Answer::FreeTable(table)) => Some((index, table)),
            _ => None,
        })
    }

    /// What a cell says that nobody has written in and that a 別紙 goes on with: 「別紙１のとおり」. Of a repeat it is the name
    /// of the first entry, while there is none.
    pub(super) fn leads_to_attached(self, item: &Item) -> Option<String> {
        self.attachments().next()?;
        let list = match (&item.kind, self.form.repeat_of(&item.id)) {
            (Kind::Records, None) => item,
            (_, Some(list)) if self.entry_index() == Some(0) && self.entries(&list.id).is_empty() => list,
            _ => return None,
        };
        let is_title = match &list.kind {
            Kind::Repeat(repeat) => repeat.title_item.as_deref() == Some(item.id.as_str()),
            _ => true,
        };
        let of_it = self.numbered_to(&list.id).filter(|(_, table)| is_title && table.n_written() > 0);
        let names: Vec<String> = of_it.map(|(index, _)| self.form.attachment_name(index)).collect();
        (!names.is_empty()).then(|| format!("{}のとおり", names.join("、")))
    }

    /// How many entries of a repeat there are with the rows of its 別紙; an entry that only leads to a 別紙 is none.
    pub fn n_listed(self, repeat_id: &str) -> usize {
        let n_entries = self.entries(repeat_id).len();
        let n_attached: usize = self.attached_to(repeat_id).map(FreeTable::n_written).sum();
        if n_attached == 0 {
            return n_entries;
        }
        let title = match self.form.item(repeat_id).map(|item| &item.kind) {
            Some(Kind::Repeat(repeat)) => repeat.title_item.as_deref(),
            _ => None,
        };
        let leads_there =
            |index: &usize| title.is_some_and(|title| self.entry(repeat_id, *index).text(title).contains(ELSEWHERE));
        (0..n_entries).filter(|index| !leads_there(index)).count() + n_attached
    }
}
