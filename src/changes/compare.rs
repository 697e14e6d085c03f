//! Two versions → their differences in the order of the paper.

use crate::changes::difference::{Difference, What};
use crate::changes::item_name::file_list;
use crate::changes::pair::{self, Profile, Said};
use crate::changes::pairs::Pairs;
use crate::changes::paper;
use crate::changes::picture_marks;
use crate::draft::{Document, FilePart, Part, Scope, Spot, Target};
use crate::form::{Derived, FieldPath, FileOrder, Form, Item, Kind, Repeat, Section};

/// What the document says now and did not say, or did not say so, in the version before.
///
/// `form` is the form of `now`; an older edition of `last` is read by the ids of its items.
pub fn compare(form: &Form, last: &Document, now: &Document) -> Vec<Difference> {
    compared(form, last, now).0
}

/// The differences, and which file and entry of now is which of the version before.
pub(super) fn compared(form: &Form, last: &Document, now: &Document) -> (Vec<Difference>, Pairs) {
    let (last, now) = (Scope::document(form, last), Scope::document(form, now));
    let pairs = Pairs::new(files(last, now));
    let mut compare = Compare { form, last, now, pairs, found: Vec::new() };
    let at = At { last, now, file: None, file_name: None, entry: None };
    let mut files_told = false;
    for id in &form.assembly.order {
        if id == "per_file" {
            if !files_told {
                compare.file_list();
            }
            compare.per_file();
        } else if let Some(section) = form.section(id) {
            for item in &section.items {
                compare.item(&at, item);
                if item.with_inner().any(|item| matches!(item.derived, Some(Derived::FileNames))) && !files_told {
                    compare.file_list();
                    files_told = true;
                }
            }
        }
    }
    (compare.found, compare.pairs)
}

struct Compare<'a> {
    form: &'a Form,
    last: Scope<'a>,
    now: Scope<'a>,
    /// Files and entries (before, now) in the order of now.
    pairs: Pairs,
    found: Vec<Difference>,
}

/// The same place in both versions.
struct At<'a> {
    last: Scope<'a>,
    now: Scope<'a>,
    file: Option<Spot>,
    file_name: Option<String>,
    entry: Option<Spot>,
}

impl<'a> Compare<'a> {
    fn item(&mut self, at: &At<'a>, item: &'a Item) {
        match &item.kind {
            Kind::Group { items } => items.iter().for_each(|inner| self.item(at, inner)),
            Kind::Repeat(repeat) => {
                self.answer(at, item);
                self.repeat(at, item, repeat);
            }
            Kind::Table { .. } => {}
            _ if paper::is_file_name(at.last, item) && paper::is_file_name(at.now, item) => {}
            _ => self.answer(at, item),
        }
    }

    fn answer(&mut self, at: &At<'_>, item: &Item) {
        let (mut before, mut after) = (paper::answer(at.last, item), paper::answer(at.now, item));
        if before == after {
            return;
        }
        if let Some(told) = paper::charts_beside(at.last, at.now, item) {
            (before, after) = told;
            if before == after {
                return;
            }
        }
        let answer = at.now.answer(&item.id).cloned();
        let what = match &item.kind {
            Kind::Date { .. } => What::Date(answer),
            Kind::Choice { .. } => What::Choice(answer),
            Kind::Checks { .. } | Kind::Check => What::Boxes(answer),
            Kind::Count => What::Count(answer),
            Kind::Figure => What::Figure(answer),
            _ => What::Text(answer),
        };
        let is_cleared = self.is_cleared(at, item);
        let is_published_on = item.id == self.form.key_items.published_on;
        let quiet = is_published_on || is_cleared || paper::reads_the_same(&before, &after);
        let (before, after) = picture_marks::told(&before, &after);
        self.found.push(Difference {
            target: Target { item: item.id.clone(), file: at.file.clone(), entry: at.entry.clone() },
            last: Some(at.last.path(&item.id)),
            now: Some(at.now.path(&item.id)),
            place: at.now.path(&item.id),
            what,
            before,
            file_name: at.file_name.clone(),
            quiet,
            is_awaited: is_cleared && after.is_empty() && !is_published_on,
            is_renumbered: false,
            after,
        });
    }

    /// Whether an item of one publication, cleared when the revision was started, is still to be written; one that was
    /// emptied by the author says so with an empty answer.
    fn is_cleared(&self, at: &At<'_>, item: &Item) -> bool {
        at.now.answer(&item.id).is_none() && self.form.items_of_publication().iter().any(|asked| asked.id == item.id)
    }

    fn repeat(&mut self, at: &At<'a>, item: &'a Item, repeat: &'a Repeat) {
        let (n_old, n_new) = (at.last.entries(&item.id).len(), at.now.entries(&item.id).len());
        let pairs = entries(at.last, at.now, item, repeat);
        let mut removed = unpaired(n_old, pairs.iter().map(|(before, _)| *before)).into_iter().peekable();
        let mut names = Names::default();
        for index in 0..n_new {
            let Some((before, _)) = pairs.iter().find(|(_, now)| *now == index) else {
                let spot = names.new_spot(&entry_name(at.now, item, repeat, index));
                self.entry(at, item, repeat, Side::Added(index), spot);
                continue;
            };
            while let Some(gone) = removed.next_if(|gone| gone < before) {
                self.entry(at, item, repeat, Side::Removed(gone), last_spot(gone));
            }
            let inside = At {
                last: at.last.entry(&item.id, *before),
                now: at.now.entry(&item.id, index),
                file: at.file.clone(),
                file_name: at.file_name.clone(),
                entry: Some(last_spot(*before)),
            };
            repeat.items.iter().for_each(|inner| self.item(&inside, inner));
        }
        for gone in removed {
            self.entry(at, item, repeat, Side::Removed(gone), last_spot(gone));
        }
        self.moves(at, item, repeat, &pairs);
        self.pairs.add(at.now.path(&item.id).file, &item.id, pairs);
    }

    /// A whole entry.
    fn entry(&mut self, at: &At<'_>, item: &Item, repeat: &Repeat, side: Side, spot: Spot) {
        let text = |scope: Scope<'_>, index| paper::all(scope.entry(&item.id, index), &repeat.items).join("\n");
        let path = |scope: Scope<'_>, index| FieldPath { entry: Some(index), ..scope.path(&item.id) };
        let (last, now, what, before, after) = match side {
            Side::Added(index) => {
                let part = at.now.entries(&item.id).get(index).map(|entry| Part::clone(entry)).unwrap_or_default();
                let what = What::EntryAdded(index, part);
                (None, Some(path(at.now, index)), what, String::new(), text(at.now, index))
            }
            Side::Removed(index) => {
                (Some(path(at.last, index)), None, What::EntryRemoved(index), text(at.last, index), String::new())
            }
        };
        let (before, after) = picture_marks::told(&before, &after);
        let n_now = at.now.entries(&item.id).len();
        let is_renumbered = matches!(side, Side::Removed(index) if index < n_now);
        let target = Target { item: item.id.clone(), file: at.file.clone(), entry: Some(spot) };
        let quiet = before.is_empty() && after.is_empty();
        // One goes to the name of what is new, and to the list that what is gone was in.
        let named = title_item(item, repeat).map_or(item.id.as_str(), |named| named.id.as_str());
        let place = match now.as_ref().and_then(|now| now.entry) {
            Some(entry) => FieldPath { entry: Some(entry), ..at.now.path(named) },
            None => at.now.path(&item.id),
        };
        let file_name = at.file_name.clone();
        self.found.push(Difference {
            target,
            last,
            now,
            place,
            what,
            before,
            after,
            file_name,
            quiet,
            is_awaited: false,
            is_renumbered,
        });
    }

    /// The entries that have other numbers now, as one quiet difference: in the words of their numbers and names.
    fn moves(&mut self, at: &At<'_>, item: &Item, repeat: &Repeat, pairs: &[(usize, usize)]) {
        let moved: Vec<(usize, usize)> = pairs.iter().copied().filter(|(before, now)| before != now).collect();
        if moved.is_empty() {
            return;
        }
        let line = |number: usize, now: usize| {
            let name = entry_name(at.now, item, repeat, now);
            let title = repeat.instance_title.replace("{n}", &(number + 1).to_string());
            format!("{title}　{}", name.lines().next().unwrap_or_default()).trim_end().to_owned()
        };
        let lines = |number: fn(&(usize, usize)) -> usize| {
            moved.iter().map(|pair| line(number(pair), pair.1)).collect::<Vec<_>>().join("\n")
        };
        let (before, after) = (lines(|pair| pair.0), lines(|pair| pair.1));
        self.moved(at, &item.id, pairs, before, after);
    }

    /// Files in another order, as one quiet difference.
    fn order(&mut self, at: &At<'_>, id: &str, pairs: &[(usize, usize)], name: &dyn Fn(Scope<'_>, usize) -> String) {
        if pairs.is_sorted_by_key(|(before, _)| *before) {
            return;
        }
        let mut sorted = pairs.to_vec();
        sorted.sort_unstable();
        let listed =
            |pairs: &[(usize, usize)]| pairs.iter().map(|(_, now)| name(at.now, *now)).collect::<Vec<_>>().join("\n");
        self.moved(at, id, pairs, listed(&sorted), listed(pairs));
    }

    fn moved(&mut self, at: &At<'_>, id: &str, pairs: &[(usize, usize)], before: String, after: String) {
        self.found.push(Difference {
            target: Target { item: id.to_owned(), file: at.file.clone(), entry: None },
            last: Some(at.last.path(id)),
            now: Some(at.now.path(id)),
            place: at.now.path(id),
            what: What::Order(pairs.to_vec()),
            before,
            after,
            file_name: at.file_name.clone(),
            quiet: true,
            is_awaited: false,
            is_renumbered: false,
        });
    }

    /// The per-file sections of the files that are in both versions, in the printing order of now.
    fn per_file(&mut self) {
        let form = self.form;
        let order = self.now.document.file_order.unwrap_or(form.assembly.file_order);
        let sections: Vec<&Section> =
            form.assembly.per_file_sections.iter().filter_map(|id| form.section(id)).collect();
        let files = self.pairs.files().to_vec();
        match order {
            FileOrder::ByFile => {
                for pair in files {
                    sections.iter().for_each(|section| self.file_section(pair, section));
                }
            }
            FileOrder::BySection => {
                for section in sections {
                    files.iter().for_each(|pair| self.file_section(*pair, section));
                }
            }
        }
    }

    fn file_section(&mut self, (before, now): (usize, usize), section: &'a Section) {
        let at = At {
            last: self.last.file(before),
            now: self.now.file(now),
            file: Some(last_spot(before)),
            file_name: self.file_name(now),
            entry: None,
        };
        section.items.iter().for_each(|item| self.item(&at, item));
    }

    /// The name of a file where there are several.
    fn file_name(&self, index: usize) -> Option<String> {
        let files = &self.now.document.files;
        let several = self.last.document.files.len() > 1 || files.len() > 1;
        files.get(index).filter(|_| several).map(|file| file.name.clone())
    }

    /// Files that are new, gone, renamed or in another order.
    fn file_list(&mut self) {
        let (old, new) = (&self.last.document.files, &self.now.document.files);
        let pairs = self.pairs.files().to_vec();
        let mut removed = unpaired(old.len(), pairs.iter().map(|(before, _)| *before)).into_iter().peekable();
        let mut names = Names::default();
        for (index, file) in new.iter().enumerate() {
            let Some((before, _)) = pairs.iter().find(|(_, now)| *now == index) else {
                let what = What::FileAdded(index, Box::new(FilePart::clone(file)));
                let spot = names.new_spot(&file.name);
                let quiet = file.name.trim().is_empty() && file.part.answers.is_empty();
                self.file(spot, None, Some(index), what, ("", &file.name), quiet);
                continue;
            };
            while let Some(gone) = removed.next_if(|gone| gone < before) {
                self.file(last_spot(gone), Some(gone), None, What::FileRemoved(gone), (&old[gone].name, ""), false);
            }
            if old[*before].name.trim() != file.name.trim() {
                let what = What::FileRenamed(*before);
                let names = (old[*before].name.as_str(), file.name.as_str());
                let quiet = paper::reads_the_same(names.0, names.1);
                self.file(last_spot(*before), Some(*before), Some(index), what, names, quiet);
            }
        }
        for gone in removed {
            self.file(last_spot(gone), Some(gone), None, What::FileRemoved(gone), (&old[gone].name, ""), false);
        }
        let at = At { last: self.last, now: self.now, file: None, file_name: None, entry: None };
        let name = |scope: Scope<'_>, index: usize| {
            scope.document.files.get(index).map_or(String::new(), |file| file.name.clone())
        };
        self.order(&at, FILES, &pairs, &name);
    }

    fn file(
        &mut self,
        spot: Spot,
        last: Option<usize>,
        now: Option<usize>,
        what: What,
        (before, after): (&str, &str),
        quiet: bool,
    ) {
        let path = |index: usize| FieldPath { file: Some(index), item: FILES.to_owned(), entry: None };
        self.found.push(Difference {
            target: Target { item: FILES.to_owned(), file: Some(spot), entry: None },
            last: last.map(path),
            now: now.map(path),
            place: file_list(self.form),
            what,
            before: before.trim().to_owned(),
            after: after.trim().to_owned(),
            file_name: None,
            quiet,
            is_awaited: false,
            is_renumbered: false,
        });
    }
}

/// The item id of differences in the list of files.
pub(super) const FILES: &str = "files";

#[derive(Clone, Copy)]
enum Side {
    Added(usize),
    Removed(usize),
}

fn last_spot(index: usize) -> Spot {
    Spot::Last(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Gives names to what is new, each only once.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn new_spot(&mut self, name: &str) -> Spot {
        let taken = self.0.iter().filter(|taken| *taken == name).count();
        self.0.push(name.to_owned());
        Spot::New(if taken == 0 { name.to_owned() } else { format!("{name}（{}）", taken + 1) })
    }
}

fn unpaired(n: usize, paired: impl Iterator<Item = usize> + Clone) -> Vec<usize> {
    (0..n).filter(|index| !paired.clone().any(|paired| paired == *index)).collect()
}

/// Which entry of a repeat is which, as pairs (before, now).
pub(crate) fn entries(last: Scope<'_>, now: Scope<'_>, item: &Item, repeat: &Repeat) -> Vec<(usize, usize)> {
    let profiles = |scope: Scope<'_>| -> Vec<Profile> {
        (0..scope.entries(&item.id).len()).map(|index| entry_profile(scope, item, repeat, index)).collect()
    };
    pair::pairs(profiles(last), profiles(now))
}

/// Which file is which, as pairs (before, now).
pub(crate) fn files(last: Scope<'_>, now: Scope<'_>) -> Vec<(usize, usize)> {
    let profile = |scope: Scope<'_>, index: usize| {
        let sections = scope.form.assembly.per_file_sections.iter().filter_map(|id| scope.form.section(id));
        let answers: Vec<String> = sections.flat_map(|section| paper::all(scope.file(index), &section.items)).collect();
        Profile::new(scope.document.files.get(index).map_or("", |file| file.name.trim()), &answers)
    };
    let profiles = |scope: Scope<'_>| -> Vec<Profile> {
        (0..scope.document.files.len()).map(|index| profile(scope, index)).collect()
    };
    pair::pairs(profiles(last), profiles(now))
}

fn entry_profile(scope: Scope<'_>, item: &Item, repeat: &Repeat, index: usize) -> Profile {
    // Read as entry 1 throughout: the number of an entry is no part of what it says.
    let entry = scope.entry(&item.id, index);
    let inner = repeat.items.iter().flat_map(Item::with_inner).filter(|inner| inner.is_answered());
    // The name counts for itself.
    let named = title_item(item, repeat).map(|named| named.id.as_str());
    let inner = inner.filter(|inner| Some(inner.id.as_str()) != named);
    let said = |inner: &Item| match inner.kind {
        Kind::Choice { .. } | Kind::Checks { .. } | Kind::Check | Kind::Count => Said::Ticked,
        _ => Said::Text,
    };
    let answers = inner.map(|inner| (said(inner), paper::answer(entry, inner))).collect();
    Profile::of_items(&entry_name(scope, item, repeat, index), answers)
}

/// The answer in the title row of an entry, else its first one.
pub(crate) fn entry_name(scope: Scope<'_>, item: &Item, repeat: &Repeat, index: usize) -> String {
    title_item(item, repeat).map_or(String::new(), |named| paper::answer(scope.entry(&item.id, index), named))
}

fn title_item<'a>(item: &'a Item, repeat: &'a Repeat) -> Option<&'a Item> {
    repeat.title_item.as_ref().and_then(|id| item.find(id)).or(repeat.items.first())
}
