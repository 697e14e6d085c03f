//! How the items of two editions differ, whatever a draft says.

use crate::form::{BoxOption, Form, Item, Kind};

/// What another edition makes of an item.
pub(super) struct Difference<'f> {
    pub before: &'f Item,
    pub after: &'f Item,
    /// The printed number and heading, where they differ.
    pub moved: Option<(String, String)>,
    /// The label, where it differs.
    pub renamed: Option<(String, String)>,
    /// Whether the two take different kinds of answers.
    pub other_kind: bool,
}

impl<'f> Difference<'f> {
    /// The item in both editions; `None` where one of them does not have it.
    pub fn of(from: &'f Form, to: &'f Form, id: &str) -> Option<Self> {
        let (before, after) = (from.item(id)?, to.item(id)?);
        let differ = |a: String, b: String| (a != b).then_some((a, b));
        Some(Self {
            before,
            after,
            moved: differ(standing(from, before), standing(to, after)),
            renamed: differ(before.label.clone(), after.label.clone()),
            other_kind: kind(before) != kind(after),
        })
    }

    /// The option in both editions: its wording before and after, `None` where there is no such option.
    pub fn option(&self, n: u32) -> (Option<&'f str>, Option<&'f str>) {
        let label = |item: &'f Item| item.options().iter().find(|option| option.n == n).map(|option| &*option.label);
        (label(self.before), label(self.after))
    }

    /// The boxes of the edition before that are worded otherwise in the new one, or that it does not have.
    pub fn boxes(&self) -> Vec<(&'f BoxOption, Option<&'f BoxOption>)> {
        let after = |old: &BoxOption| self.after.boxes().find(|new| new.key == old.key);
        let pairs = self.before.boxes().map(|old| (old, after(old)));
        pairs.filter(|(old, new)| new.is_none_or(|new| new.label != old.label)).collect()
    }
}

/// The items of an edition that take an answer and that the other one does not have.
pub(super) fn only_in<'f>(form: &'f Form, other: &Form) -> Vec<&'f Item> {
    form.items().filter(|item| item.is_answered() && other.item(&item.id).is_none()).collect()
}

/// The number of an item after those of its headings, e.g. `２．①`.
fn standing(form: &Form, item: &Item) -> String {
    fn numbers<'a>(items: &'a [Item], id: &str, found: &mut Vec<&'a str>) {
        if let Some(item) = items.iter().find(|item| item.find(id).is_some()) {
            found.push(&item.number);
            if item.id != id {
                numbers(item.inner(), id, found);
            }
        }
    }
    let mut found = Vec::new();
    if let Some(section) = form.section_of(&item.id) {
        numbers(&section.items, &item.id, &mut found);
    }
    found.concat()
}

/// Kinds that take the same kind of answer have the same number.
fn kind(item: &Item) -> u8 {
    match item.kind {
        Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records => 0,
        Kind::Group { .. } => 1,
        Kind::Repeat(_) => 2,
        Kind::Count => 3,
        Kind::Choice { .. } => 4,
        Kind::Checks { .. } => 5,
        Kind::Check => 6,
        Kind::Table { .. } => 7,
        Kind::Figure => 8,
    }
}
