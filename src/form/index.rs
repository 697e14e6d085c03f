//! Where each item stands in its form, looked for once: checks, change table and window ask this of every answer.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::place::nested_below;
use super::{Condition, FieldPath, FileOrder, Form, Item, Kind, Section};

/// An item and what holds of it in its form.
#[derive(Clone, Copy, Debug)]
pub struct ItemPosition<'f> {
    /// The item.
    pub item: &'f Item,
    /// The item directly around it.
    pub parent: Option<&'f Item>,
    /// The repeat it is inside of.
    pub repeat: Option<&'f Item>,
    /// The section it stands in.
    pub section: &'f Section,
    /// Whether a change to it is a 重要な変更.
    pub is_starred: bool,
    /// Whether it or an item around it is only for another kind of body.
    pub for_others: bool,
    at: &'f At,
}

/// The way to an item.
#[derive(Clone, Debug)]
struct At {
    /// Index of the section, of the item in it, of the item in that one and so on.
    steps: Vec<usize>,
    /// Number of the item in the order of the data.
    order: usize,
    is_starred: bool,
}

/// Item id → where it stands, once that was asked. All indices are alike: each says what its form says.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(OnceLock<BTreeMap<String, At>>);

impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Form {
    /// The item with that id, and what holds of it; the first in the order of the data.
    pub fn position_of(&self, id: &str) -> Option<ItemPosition<'_>> {
        let at = self.index.0.get_or_init(|| self.all_places()).get(id)?;
        let (&section, inward) = at.steps.split_first()?;
        let section = self.sections.get(section)?;
        let mut around = Around { items: &section.items, steps: inward };
        let mut position = ItemPosition {
            item: around.next()?,
            parent: None,
            repeat: None,
            section,
            is_starred: at.is_starred,
            for_others: false,
            at,
        };
        position.for_others = position.item.applies_to.is_some();
        for item in around {
            let outer = std::mem::replace(&mut position.item, item);
            position.parent = Some(outer);
            position.repeat = Some(outer).filter(|outer| matches!(outer.kind, Kind::Repeat(_))).or(position.repeat);
            position.for_others |= item.applies_to.is_some();
        }
        Some(position)
    }

    /// The item with that id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.position_of(id).map(|position| position.item)
    }

    /// The repeat an item is inside of.
    pub fn repeat_of(&self, item_id: &str) -> Option<&Item> {
        self.position_of(item_id)?.repeat
    }

    /// Whether a change to the item is a 重要な変更 by the printed ※ of it, its headings or its section.
    pub fn is_starred(&self, item_id: &str) -> bool {
        match self.position_of(item_id) {
            Some(position) => position.is_starred,
            None => self.section_of(item_id).is_some_and(|section| section.stars(item_id)),
        }
    }

    /// Where an answer stands on paper, as numbers to sort by; unknown items come last. `file_order` is the document's own.
    pub fn place_on_paper(&self, path: &FieldPath, file_order: Option<FileOrder>) -> [usize; 6] {
        let Some((section, item, repeat)) = self.place_in_section(&path.item) else {
            return [usize::MAX, path.file.unwrap_or(0), path.entry.unwrap_or(0), 0, 0, 0];
        };
        let entry = path.entry.map_or(0, |entry| entry + 1);
        let file = path.file.unwrap_or(0);
        let block = |id: &str| self.assembly.order.iter().position(|known| known == id).unwrap_or(usize::MAX - 1);
        let (block, outer, inner) = if section.per_file {
            let place = self.assembly.per_file_sections.iter().position(|id| *id == section.id).unwrap_or(0);
            match file_order.unwrap_or(self.assembly.file_order) {
                FileOrder::ByFile => (block("per_file"), file, place),
                FileOrder::BySection => (block("per_file"), place, file),
            }
        } else {
            (block(&section.id), 0, 0)
        };
        [block, outer, inner, repeat.unwrap_or(item), entry, item]
    }

    /// The section of an item, column or section, its number there from 1, and that of the repeat it belongs to.
    fn place_in_section(&self, id: &str) -> Option<(&Section, usize, Option<usize>)> {
        if let Some(position) = self.position_of(id) {
            let repeat = position.repeat.and_then(|repeat| self.position_of(&repeat.id));
            return Some((position.section, position.order() + 1, repeat.map(|repeat| repeat.order() + 1)));
        }
        let of_table = self.change_table().and_then(|(table, columns)| {
            let column = columns.iter().position(|column| column.id == id)?;
            Some((table, column))
        });
        match of_table {
            Some((table, column)) => self.section_of(&table.id).map(|section| (section, column, Some(0))),
            // The beginning of a section, before its first item.
            None => self.section(id).map(|section| (section, 0, None)),
        }
    }

    fn all_places(&self) -> BTreeMap<String, At> {
        let mut places = BTreeMap::new();
        let mut order = 0;
        for (index, section) in self.sections.iter().enumerate() {
            add_places(&mut places, &mut order, section, &section.items, &mut vec![index]);
        }
        places
    }
}

fn add_places(
    places: &mut BTreeMap<String, At>,
    order: &mut usize,
    section: &Section,
    items: &[Item],
    steps: &mut Vec<usize>,
) {
    for (index, item) in items.iter().enumerate() {
        steps.push(index);
        let at = || At { steps: steps.clone(), order: *order, is_starred: section.stars(&item.id) };
        places.entry(item.id.clone()).or_insert_with(at);
        *order += 1;
        add_places(places, order, section, item.inner(), steps);
        steps.pop();
    }
}

impl<'f> ItemPosition<'f> {
    /// The items around it, from the outermost, then itself.
    pub fn around(&self) -> impl Iterator<Item = &'f Item> + use<'f> {
        Around { items: &self.section.items, steps: self.at.steps.get(1..).unwrap_or_default() }
    }

    /// The item below whose label, or in whose cell, it stands: ③その必要性 below ③対象となる本人の範囲.
    pub fn below(&self) -> Option<&'f Item> {
        let siblings = self.parent.map_or(self.section.items.as_slice(), Item::inner);
        let cell = self.item.in_cell.as_ref();
        let of_cell = cell.and_then(|cell| siblings.iter().find(|sibling| sibling.id == cell.of));
        of_cell.or_else(|| nested_below(self.item, siblings))
    }

    /// The conditions of the items around it, then its own.
    pub fn enabled_if(&self) -> impl Iterator<Item = &'f Condition> + use<'f> {
        self.around().flat_map(|item| &item.enabled_if)
    }

    /// Its number in the order of the data.
    pub fn order(&self) -> usize {
        self.at.order
    }
}

/// The way inward to an item.
struct Around<'f> {
    items: &'f [Item],
    steps: &'f [usize],
}

impl<'f> Iterator for Around<'f> {
    type Item = &'f Item;

    fn next(&mut self) -> Option<&'f Item> {
        let (&step, steps) = self.steps.split_first()?;
        let item = self.items.get(step)?;
        *self = Self { items: item.inner(), steps };
        Some(item)
    }
}

impl Section {
    /// Whether a change to the item is a 重要な変更.
    fn stars(&self, item_id: &str) -> bool {
        let is_excepted = self.star_except.iter().any(|except| except == item_id);
        !is_excepted && (self.star || self.items.iter().any(|item| item.star_covers(item_id)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::form::{Item, Kind, shipped};

    #[test]
    fn the_index_says_what_the_form_says() {
        for edition in shipped::editions().unwrap() {
            let form = shipped::find(&edition.form, &edition.revision).unwrap();
            let repeats = || form.items().filter(|item| matches!(item.kind, Kind::Repeat(_)));
            for (order, item) in form.items().enumerate() {
                let position = form.position_of(&item.id).unwrap();
                assert!(std::ptr::eq(position.item, item) && position.order() == order, "{}", item.id);
                assert!(std::ptr::eq(position.around().last().unwrap(), item));
                let around = |outer: &&Item| outer.inner().iter().any(|inner| inner.id == item.id);
                assert_eq!(position.parent.map(|item| &item.id), form.items().find(around).map(|item| &item.id));
                let inside = |repeat: &Item| repeat.id != item.id && repeat.find(&item.id).is_some();
                let repeat = repeats().filter(|repeat| inside(repeat)).last();
                assert_eq!(position.repeat.map(|item| &item.id), repeat.map(|item| &item.id));
                assert_eq!(&position.section.id, item.id.split('.').next().unwrap());
            }
            assert!(form.position_of("no.such").is_none());
        }
    }
}
