//! An edition as an overlay: what differs from another edition of the same form, as data.

use serde::Deserialize;

use super::read::{Misfit, Problem};
use super::{Assembly, ChoiceOption, Form, Item, KeyItems, Kind, Section};

/// An edition written as changes to another one (`patch.ron`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Overlay {
    /// The edition it stands on, a folder name.
    pub base: String,
    /// As in [`Form::issued`].
    issued: String,
    /// As in [`Form::mark`]: never taken from the base.
    #[serde(default)]
    mark: Option<String>,
    /// As in [`Form::uncertain`]: never taken from the base.
    #[serde(default)]
    uncertain: Option<String>,
    /// As in [`Form::key_items`], where the edition lacks an item that the base names.
    #[serde(default)]
    key_items: Option<KeyItems>,
    /// The changes in their order.
    #[serde(default)]
    patches: Vec<Patch>,
}

/// One change. `item` also takes the id of a column where a label is changed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Patch {
    /// Another label.
    Label {
        item: String,
        label: String,
        #[serde(default)]
        label_lines: Vec<String>,
    },
    /// Another printed number.
    Number { item: String, number: String },
    /// ※ after a gap, or no ※ (`gap: None`).
    Star { item: String, gap: Option<String> },
    /// Another label of an option; its range goes with it.
    OptionLabel {
        item: String,
        n: u32,
        label: String,
        #[serde(default)]
        range: Option<(u64, Option<u64>)>,
    },
    /// Another label of a box.
    BoxLabel { item: String, key: String, label: String },
    /// No such option any more; the other numbers stay.
    RemoveOption { item: String, n: u32 },
    /// No such box any more.
    RemoveBox { item: String, key: String },
    /// The item with the same id, written anew with everything inside it.
    Replace { new: Box<Item> },
    /// A new item before another one.
    InsertBefore { item: String, new: Box<Item> },
    /// A new item after another one.
    InsertAfter { item: String, new: Box<Item> },
    /// No such item any more, with everything inside it.
    Remove { item: String },
    /// Another printed title of a section.
    SectionTitle { section: String, title: String },
    /// Which items of a section are ※ by its title.
    SectionStar {
        section: String,
        star: bool,
        #[serde(default)]
        star_except: Vec<String>,
        #[serde(default)]
        star_except_printed: String,
    },
    /// The lines of 項目一覧.
    StaticLines { section: String, lines: Vec<String> },
    /// A section written anew, or a new one; the assembly says where it stands.
    PutSection { new: Box<Section> },
    /// No such section any more.
    RemoveSection { section: String },
    /// Another order of the document.
    Assembly { new: Box<Assembly> },
}

type Applied = Result<(), Misfit>;

impl Overlay {
    /// Makes the form of the base into this edition.
    pub(super) fn apply(self, revision: &str, form: &mut Form) -> Applied {
        revision.clone_into(&mut form.revision);
        form.issued = self.issued;
        form.mark = self.mark;
        form.uncertain = self.uncertain;
        form.key_items = self.key_items.unwrap_or_else(|| std::mem::take(&mut form.key_items));
        self.patches.into_iter().try_for_each(|patch| patch.apply(form))?;
        let known: Vec<String> = form.items().flat_map(ids).collect();
        form.help.retain(|id, _| known.contains(id));
        Ok(())
    }
}

impl Patch {
    fn apply(self, form: &mut Form) -> Applied {
        match self {
            Patch::Label { item, label, label_lines } => relabel(form, &item, label, label_lines),
            Patch::Number { item, number } => {
                find(form, &item)?.number = number;
                Ok(())
            }
            Patch::Star { item, gap } => {
                find(form, &item)?.star = gap;
                Ok(())
            }
            Patch::OptionLabel { item, n, label, range } => {
                let options = options(form, &item)?;
                let place = options.iter_mut().find(|option| option.n == n).ok_or_else(|| no_option(&item, n))?;
                *place = ChoiceOption { n, label, range };
                Ok(())
            }
            Patch::RemoveOption { item, n } => remove_option(form, &item, n),
            Patch::BoxLabel { item, key, label } => relabel_box(form, &item, &key, label),
            Patch::RemoveBox { item, key } => remove_box(form, &item, &key),
            Patch::Replace { new } => {
                let place = find(form, &new.id)?;
                *place = *new;
                Ok(())
            }
            Patch::InsertBefore { item, new } => insert(form, &item, 0, *new),
            Patch::InsertAfter { item, new } => insert(form, &item, 1, *new),
            Patch::Remove { item } => {
                let (list, index) = place(form, &item)?;
                list.remove(index);
                Ok(())
            }
            other => other.apply_to_section(form),
        }
    }

    fn apply_to_section(self, form: &mut Form) -> Applied {
        match self {
            Patch::SectionTitle { section, title } => find_section(form, &section)?.title = title,
            Patch::SectionStar { section, star, star_except, star_except_printed } => {
                let section = find_section(form, &section)?;
                (section.star, section.star_except, section.star_except_printed) =
                    (star, star_except, star_except_printed);
            }
            Patch::StaticLines { section, lines } => find_section(form, &section)?.static_lines = lines,
            Patch::PutSection { new } => match form.sections.iter_mut().find(|section| section.id == new.id) {
                Some(section) => *section = *new,
                None => form.sections.push(*new),
            },
            Patch::RemoveSection { section } => {
                find_section(form, &section)?;
                form.sections.retain(|other| other.id != section);
            }
            Patch::Assembly { new } => form.assembly = *new,
            _ => {}
        }
        Ok(())
    }
}

fn misfit(id: &str, problem: Problem) -> Misfit {
    Misfit { id: id.to_owned(), near: String::new(), problem }
}

fn no_option(item: &str, n: u32) -> Misfit {
    misfit(item, Problem::UnknownOption { item: item.to_owned(), n: i64::from(n) })
}

fn no_box(item: &str, key: &str) -> Misfit {
    misfit(item, Problem::UnknownBox { item: item.to_owned(), key: key.to_owned() })
}

/// The ids of an item and of its columns.
fn ids(item: &Item) -> Vec<String> {
    let columns = item.columns().iter().map(|column| column.id.clone());
    std::iter::once(item.id.clone()).chain(columns).collect()
}

fn find_section<'a>(form: &'a mut Form, id: &str) -> Result<&'a mut Section, Misfit> {
    let section = form.sections.iter_mut().find(|section| section.id == id);
    section.ok_or_else(|| misfit(id, Problem::UnknownSection(id.to_owned())))
}

/// The list an item stands in, and where.
fn place<'a>(form: &'a mut Form, id: &str) -> Result<(&'a mut Vec<Item>, usize), Misfit> {
    fn within<'a>(items: &'a mut Vec<Item>, id: &str) -> Option<(&'a mut Vec<Item>, usize)> {
        match items.iter().position(|item| item.id == id) {
            Some(index) => Some((items, index)),
            None => items.iter_mut().find_map(|item| within(item.inner_mut()?, id)),
        }
    }
    let found = form.sections.iter_mut().find_map(|section| within(&mut section.items, id));
    found.ok_or_else(|| misfit(id, Problem::UnknownItem(id.to_owned())))
}

fn find<'a>(form: &'a mut Form, id: &str) -> Result<&'a mut Item, Misfit> {
    let (list, index) = place(form, id)?;
    list.get_mut(index).ok_or_else(|| misfit(id, Problem::UnknownItem(id.to_owned())))
}

fn insert(form: &mut Form, beside: &str, offset: usize, new: Item) -> Applied {
    let (list, index) = place(form, beside)?;
    list.insert(index + offset, new);
    Ok(())
}

fn relabel(form: &mut Form, id: &str, label: String, label_lines: Vec<String>) -> Applied {
    let tables = form.sections.iter_mut().flat_map(|section| &mut section.items);
    for item in tables {
        if let Kind::Table { columns } = &mut item.kind
            && let Some(column) = columns.iter_mut().find(|column| column.id == id)
        {
            column.label = label;
            return Ok(());
        }
    }
    let item = find(form, id)?;
    (item.label, item.label_lines) = (label, label_lines);
    Ok(())
}

fn options<'a>(form: &'a mut Form, id: &str) -> Result<&'a mut Vec<ChoiceOption>, Misfit> {
    match &mut find(form, id)?.kind {
        Kind::Choice { options, .. } => Ok(options),
        _ => Err(misfit(id, Problem::WrongKind { item: id.to_owned(), expected: "choice" })),
    }
}

fn remove_option(form: &mut Form, id: &str, n: u32) -> Applied {
    let Kind::Choice { options, print } = &mut find(form, id)?.kind else { return Err(no_option(id, n)) };
    let index = options.iter().position(|option| option.n == n).ok_or_else(|| no_option(id, n))?;
    options.remove(index);
    if let Some(print) = print {
        take_out(&mut print.grid, &n);
    }
    Ok(())
}

fn relabel_box(form: &mut Form, id: &str, key: &str, label: String) -> Applied {
    let Kind::Checks { groups, .. } = &mut find(form, id)?.kind else { return Err(no_box(id, key)) };
    let mut boxes = groups.iter_mut().flat_map(|group| &mut group.options);
    boxes.find(|option| option.key == key).ok_or_else(|| no_box(id, key))?.label = label;
    Ok(())
}

fn remove_box(form: &mut Form, id: &str, key: &str) -> Applied {
    let Kind::Checks { groups, exclusive } = &mut find(form, id)?.kind else { return Err(no_box(id, key)) };
    let holds = |options: &[super::BoxOption]| options.iter().position(|option| option.key == key);
    let found = groups.iter_mut().find_map(|group| holds(&group.options).map(|index| (group, index)));
    let (group, index) = found.ok_or_else(|| no_box(id, key))?;
    group.options.remove(index);
    take_out(&mut group.grid, &key.to_owned());
    exclusive.retain(|other| other != key);
    Ok(())
}

/// Takes a cell out of a grid, and its row where nothing is left of it.
fn take_out<T: PartialEq>(grid: &mut Vec<Vec<T>>, cell: &T) {
    grid.iter_mut().for_each(|row| row.retain(|other| other != cell));
    grid.retain(|row| !row.is_empty());
}
