//! How the items of two editions differ, whatever a draft says.

use std::collections::BTreeMap;

use crate::form::{BoxOption, Form, Item, Kind};

/// The items of an edition by id, each with the heading it stands below.
pub(super) struct Items<'f>(BTreeMap<&'f str, (Option<&'f Item>, &'f Item)>);

impl<'f> Items<'f> {
    /// Of a form.
    pub fn of(form: &'f Form) -> Self {
        let mut items: BTreeMap<_, _> = form.items().map(|item| (&*item.id, (None, item))).collect();
        for heading in form.items() {
            items.extend(heading.inner().iter().map(|item| (&*item.id, (Some(heading), item))));
        }
        Self(items)
    }

    /// Whether there is such an item.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

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
    pub fn of(from: &Items<'f>, to: &Items<'f>, id: &str) -> Option<Self> {
        let ((heading, before), (heading_after, after)) = (*from.0.get(id)?, *to.0.get(id)?);
        Some(Self {
            before,
            after,
            moved: moved((heading, &before.number), (heading_after, &after.number)),
            renamed: (before.label != after.label).then(|| (before.label.clone(), after.label.clone())),
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

/// The number and heading before and after, where they differ.
fn moved(from: (Option<&Item>, &str), to: (Option<&Item>, &str)) -> Option<(String, String)> {
    let id = |heading: Option<&Item>| heading.map(|heading| heading.id.clone());
    if id(from.0) != id(to.0) {
        let words = |(heading, number): (Option<&Item>, &str)| {
            format!("{} {number}", heading.map(Item::printed_label).unwrap_or_default()).trim().to_owned()
        };
        return Some((words(from), words(to)));
    }
    let words = |number: &str| if number.is_empty() { "番号なし".to_owned() } else { number.to_owned() };
    (from.1 != to.1).then(|| (words(from.1), words(to.1)))
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
        Kind::FreeTable => 9,
    }
}
