//! Whether a form fits together: ids, references, grids. Called by the reader, once per edition.

use std::collections::BTreeSet;
use std::fmt::Debug;

use super::condition::Reference;
use super::edition::PER_FILE;
use super::read::{Misfit, Problem};
use super::{Assembly, Condition, Derived, Form, Item, Kind, NameKind, Repeat, Required, Section};

type Checked = Result<(), Misfit>;

/// The first thing that does not fit, in the order of the data.
pub(super) fn check(form: &Form) -> Checked {
    ids(form)?;
    assembly(form, &form.assembly)?;
    known_by_the_program(form)?;
    for section in &form.sections {
        for id in &section.star_except {
            known_item(form, id).map_err(|problem| misfit(&section.id, id, problem))?;
        }
    }
    form.items().try_for_each(|item| self::item(form, item))
}

impl Form {
    /// Whether everything a condition names exists and can be asked that way.
    pub fn resolves(&self, condition: &Condition) -> Result<(), Problem> {
        condition.references().into_iter().try_for_each(|reference| match reference {
            Reference::Place(id) if self.section(id).is_some() => Ok(()),
            Reference::Item(id) | Reference::Place(id) => known_item(self, id).map(|_| ()),
            Reference::Repeat("files") if self.has_files => Ok(()),
            Reference::Repeat(id) => repeat(self, id),
            Reference::Key(id, key) => {
                let item = known_item(self, id)?;
                if item.boxes().any(|option| option.key == key) {
                    return Ok(());
                }
                Err(Problem::UnknownBox { item: id.to_owned(), key: key.to_owned() })
            }
            Reference::Option(id, n) => {
                let item = known_item(self, id)?;
                match &item.kind {
                    Kind::Count => Ok(()),
                    Kind::Choice { options, .. } if options.iter().any(|option| i64::from(option.n) == n) => Ok(()),
                    Kind::Choice { .. } => Err(Problem::UnknownOption { item: id.to_owned(), n }),
                    _ => Err(Problem::WrongKind { item: id.to_owned(), expected: "choice or count" }),
                }
            }
        })
    }
}

fn known_by_the_program(form: &Form) -> Checked {
    for id in form.key_items.ids() {
        known_item(form, id).map_err(|problem| misfit(&form.id, id, problem))?;
    }
    for (id, key) in form.names.iter().flat_map(NameKind::items) {
        let item = known_item(form, id).map_err(|problem| misfit(&form.id, id, problem))?;
        if !key.is_empty() && !item.boxes().any(|option| option.key == key) {
            let problem = Problem::UnknownBox { item: id.to_owned(), key: key.to_owned() };
            return Err(misfit(&form.id, id, problem));
        }
    }
    Ok(())
}

fn misfit(id: &str, near: &str, problem: Problem) -> Misfit {
    Misfit { id: id.to_owned(), near: near.to_owned(), problem }
}

fn mismatch(id: &str, near: &str, text: String) -> Misfit {
    misfit(id, near, Problem::Mismatch(text))
}

fn known_item<'a>(form: &'a Form, id: &str) -> Result<&'a Item, Problem> {
    form.item(id).ok_or_else(|| Problem::UnknownItem(id.to_owned()))
}

fn repeat(form: &Form, id: &str) -> Result<(), Problem> {
    match known_item(form, id)?.kind {
        Kind::Repeat(_) | Kind::Table { .. } => Ok(()),
        _ => Err(Problem::WrongKind { item: id.to_owned(), expected: "repeat or table" }),
    }
}

fn choice<'a>(form: &'a Form, id: &str) -> Result<&'a Item, Problem> {
    let item = known_item(form, id)?;
    match item.kind {
        Kind::Choice { .. } => Ok(item),
        _ => Err(Problem::WrongKind { item: id.to_owned(), expected: "choice" }),
    }
}

/// Every id stands once, and an item's begins with its section's.
fn ids(form: &Form) -> Checked {
    let mut seen = BTreeSet::new();
    let mut once = |id: &str| match seen.insert(id.to_owned()) {
        true => Ok(()),
        false => Err(misfit(id, "", Problem::DuplicateId(id.to_owned()))),
    };
    for section in &form.sections {
        once(&section.id)?;
        for item in section.items.iter().flat_map(Item::with_inner) {
            let columns = item.columns().iter().map(|column| column.id.as_str());
            for id in std::iter::once(item.id.as_str()).chain(columns) {
                once(id)?;
                if !id.strip_prefix(section.id.as_str()).is_some_and(|rest| rest.starts_with('.')) {
                    let problem = Problem::IdOutsideSection { id: id.to_owned(), section: section.id.clone() };
                    return Err(misfit(id, "", problem));
                }
            }
        }
    }
    Ok(())
}

/// The assembly names every section once, and nothing else.
fn assembly(form: &Form, assembly: &Assembly) -> Checked {
    let at = |near: &str, problem| misfit(&form.id, near, problem);
    let pages = assembly.starts_new_page.iter().chain(&assembly.starts_new_page_inferred);
    for id in assembly.order.iter().chain(&assembly.per_file_sections).chain(pages) {
        if id != PER_FILE && form.section(id).is_none() {
            return Err(at(&format!("{id:?}"), Problem::UnknownSection(id.clone())));
        }
    }
    for Section { id, per_file, .. } in &form.sections {
        let list = if *per_file { &assembly.per_file_sections } else { &assembly.order };
        let times = list.iter().filter(|listed| *listed == id).count();
        if times != 1 {
            let text = format!("section {id:?} stands {times} times in its list of the assembly instead of once");
            return Err(at("assembly", Problem::Mismatch(text)));
        }
    }
    let times = assembly.order.iter().filter(|id| *id == PER_FILE).count();
    if times != usize::from(form.has_files) || assembly.per_file_sections.is_empty() == form.has_files {
        let text = format!("has_files is {}, which does not fit {PER_FILE:?} in the assembly", form.has_files);
        return Err(at("assembly", Problem::Mismatch(text)));
    }
    Ok(())
}

fn item(form: &Form, item: &Item) -> Checked {
    let conditions = [item.enabled_if.as_ref(), item.proposed_if.as_ref(), when(&item.required)];
    for condition in conditions.into_iter().flatten() {
        form.resolves(condition).map_err(|problem| misfit(&item.id, &condition.to_string(), problem))?;
    }
    if let Some(in_cell) = &item.in_cell {
        known_item(form, &in_cell.of).map_err(|problem| misfit(&item.id, &in_cell.of, problem))?;
    }
    if !item.label.is_empty() && !item.label_lines.is_empty() && item.label_lines.concat() != item.label {
        return Err(mismatch(
            &item.id,
            "label_lines",
            format!("label_lines of {:?} do not add up to its label", item.id),
        ));
    }
    if let Some(derived) = &item.derived {
        self::derived(form, derived).map_err(|problem| misfit(&item.id, "derived", problem))?;
    }
    kind(form, &item.id, &item.kind)?;
    item.columns().iter().try_for_each(|column| kind(form, &column.id, &column.kind))
}

fn when(required: &Required) -> Option<&Condition> {
    match required {
        Required::When(condition) => Some(condition),
        Required::No | Required::Always => None,
    }
}

fn derived(form: &Form, derived: &Derived) -> Result<(), Problem> {
    match derived {
        Derived::FileNames | Derived::FileName if form.has_files => Ok(()),
        Derived::FileNames | Derived::FileName => {
            Err(Problem::Mismatch("filled from the files, but the form has none".to_owned()))
        }
        Derived::CountOf(id) => repeat(form, id),
        Derived::Threshold { population, handlers, incident } => {
            [population, handlers, incident].into_iter().try_for_each(|id| choice(form, id).map(|_| ()))?;
            match form.threshold {
                Some(_) => Ok(()),
                None => Err(Problem::Mismatch("filled from the threshold table, but the form has none".to_owned())),
            }
        }
        Derived::Follows { of, options } => {
            let item = choice(form, of)?;
            let known = |n: &u32| item.options().iter().any(|option| option.n == *n);
            match options.keys().find(|n| !known(n)) {
                Some(n) => Err(Problem::UnknownOption { item: of.clone(), n: i64::from(*n) }),
                None => Ok(()),
            }
        }
        Derived::Restates { of, items } => {
            let numbers: BTreeSet<u32> = choice(form, of)?.options().iter().map(|option| option.n).collect();
            for (n, id) in items {
                choice(form, id)?;
                if !numbers.contains(n) {
                    return Err(Problem::UnknownOption { item: of.clone(), n: i64::from(*n) });
                }
            }
            Ok(())
        }
    }
}

fn kind(form: &Form, id: &str, kind: &Kind) -> Checked {
    match kind {
        Kind::Choice { options, print } => {
            let numbers: Vec<u32> = options.iter().map(|option| option.n).collect();
            unique(id, &numbers)?;
            if let Some(option) = options
                .iter()
                .find(|option| option.range.is_some_and(|(from, below)| below.is_some_and(|below| below <= from)))
            {
                return Err(mismatch(id, &option.label, format!("the range of {:?} is empty", option.label)));
            }
            print.as_ref().map_or(Ok(()), |print| grid(id, &numbers, &print.grid))
        }
        Kind::Checks { groups, exclusive } => {
            let keys: Vec<&str> = groups.iter().flat_map(|group| &group.options).map(|option| &*option.key).collect();
            unique(id, &keys)?;
            for group in groups {
                let keys: Vec<String> = group.options.iter().map(|option| option.key.clone()).collect();
                grid(id, &keys, &group.grid)?;
                for of in group.options.iter().filter_map(|option| option.count_of.as_ref()) {
                    repeat(form, of).map_err(|problem| misfit(id, of, problem))?;
                }
            }
            match exclusive.iter().find(|key| !keys.contains(&key.as_str())) {
                Some(key) => {
                    Err(misfit(id, "exclusive", Problem::UnknownBox { item: id.to_owned(), key: key.clone() }))
                }
                None => Ok(()),
            }
        }
        Kind::Repeat(repeat) => entries(id, repeat),
        _ => Ok(()),
    }
}

/// What must hold of a repeat besides its items.
fn entries(id: &str, repeat: &Repeat) -> Checked {
    if repeat.paging_headings.len() != repeat.paging_starts.len() {
        let text = format!(
            "{id:?} has {} paging_headings but {} paging_starts",
            repeat.paging_headings.len(),
            repeat.paging_starts.len()
        );
        return Err(mismatch(id, "paging_headings", text));
    }
    if repeat.paging_starts.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(mismatch(id, "paging_starts", format!("paging_starts of {id:?} do not rise")));
    }
    if repeat.max.is_some_and(|max| max < repeat.min) {
        return Err(mismatch(id, "max", format!("max of {id:?} is below its min")));
    }
    match &repeat.title_item {
        Some(title) if !repeat.items.iter().any(|item| item.find(title).is_some()) => {
            Err(misfit(id, "title_item", Problem::UnknownItem(title.clone())))
        }
        _ => Ok(()),
    }
}

fn unique<T: Ord + Debug>(id: &str, values: &[T]) -> Checked {
    let mut seen = BTreeSet::new();
    match values.iter().find(|value| !seen.insert(*value)) {
        Some(value) => Err(mismatch(id, "options", format!("{id:?} has {value:?} twice"))),
        None => Ok(()),
    }
}

/// The grid holds every option once.
fn grid<T: PartialEq + Debug>(id: &str, options: &[T], grid: &[Vec<T>]) -> Checked {
    let times = |option: &T| grid.iter().flatten().filter(|cell| *cell == option).count();
    let stranger = grid.iter().flatten().find(|cell| !options.contains(cell));
    let fault = match (stranger, options.iter().find(|option| times(option) != 1)) {
        (Some(cell), _) => format!("does not know {cell:?}"),
        (None, Some(option)) if times(option) == 0 => format!("misses {option:?}"),
        (None, Some(option)) => format!("repeats {option:?}"),
        (None, None) => return Ok(()),
    };
    Err(misfit(id, "grid", Problem::Grid { item: id.to_owned(), fault }))
}
