//! Filling: which cells of a user's own book get which words, so that it says what a draft says.
//!
//! The labels are found as when a book comes in. What the book says already is left as it is; of everything else the old
//! answer gives its place to the new one, or the empty place at the label takes it.
//! Never: guesses a place; changes a label; writes anything (that does `exchange/book`).
//! Start with [`fill`]; [`differences`] compares what is read back.

mod cells;
mod problem;
mod rows;
mod said;
mod signs;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use self::cells::Cells;
use super::answers::{Answers, Site, answers, in_cell, inside_of, sites};
use super::assemble::files_of_groups;
use super::choice::choose;
use super::effort::Effort;
use super::ledger::Ledger;
use super::script::{Opens, Script};
use super::sides::Sides;
use super::stream::Stream;
use super::ticks::{tick, tickables};
use super::walk::Walk;
use super::zones::Zones;
use super::{PlaceError, edition};
use crate::draft::{Answer, Document, Scope};
use crate::exchange::boxes::{ForeignSource, MAX_CELL_UNITS, Rewriting, cell_name};
use crate::exchange::worker::Stop;
use crate::form::{FieldPath, Form, Item, Kind};

pub use problem::{FillProblem, ProblemKind, name};
use said::{Said, each_item, said};
pub use said::{differences, left_out};

/// What is to be written into a book.
#[derive(Debug, Default)]
pub struct Filling {
    /// The cells.
    pub rewriting: Rewriting,
    /// Items that could not be filled; where there are any, nothing is written.
    pub problems: Vec<FillProblem>,
    /// Rows that were added below the change table.
    pub n_added_rows: usize,
    /// Items of the draft whose answer is written.
    pub n_items: usize,
}

/// Why a book is not filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// It is no book of a form.
    #[error(transparent)]
    NoForm(#[from] PlaceError),
    /// It is that of another form or edition.
    #[error("ブックの様式（{book}）と下書きの様式（{draft}）が違います。同じ様式・同じ版のブックを指定してください")]
    OtherForm {
        /// Form and edition of the book.
        book: String,
        /// Those of the draft.
        draft: String,
    },
}

/// Says what is to be written where.
pub fn fill(form: &Form, document: &Document, source: &ForeignSource) -> Result<Filling, FillError> {
    fill_until(form, document, source, &Stop::never())
}

/// The same, as long as somebody waits for it.
pub fn fill_until(form: &Form, document: &Document, source: &ForeignSource, stop: &Stop) -> Result<Filling, FillError> {
    let effort = Effort::until(stop);
    let recognised = edition::recognise(source, &effort)?;
    let name = |form: &Form| format!("{} {}", form.short_title, form.mark.as_deref().unwrap_or(&form.revision));
    if (&recognised.form.id, &recognised.form.revision) != (&form.id, &form.revision) {
        return Err(FillError::OtherForm { book: name(recognised.form), draft: name(form) });
    }
    let script = Script::of(form);
    let walk = Walk::through(&script, source, &effort);
    let zones = Zones::of(&walk);
    let mut ledger = Ledger::of(source);
    let old = answers(&walk, &zones, &mut ledger);
    let mut groups = Answers::default();
    let sites = sites(&walk, &zones, &mut groups);
    let mut filler = Filler {
        walk: &walk,
        form,
        document,
        files: files_of_groups(form, &old.groups),
        old,
        scratch: Ledger::of(source),
        cells: Cells::of(source, &effort),
        mark: signs::mark_of(source),
        sides: Sides::of(&walk, &sites),
        met: BTreeSet::new(),
        filling: Filling::default(),
    };
    sites.iter().take_while(|_| !effort.is_over()).for_each(|site| filler.site(site));
    filler.rows(&zones);
    filler.not_met();
    effort.check()?;
    Ok(filler.finish())
}

/// Fills site by site.
struct Filler<'w, 'a, 'f> {
    walk: &'w Walk<'a, 'f>,
    form: &'w Form,
    document: &'w Document,
    /// What the book says so far.
    old: Answers,
    /// Group → file.
    files: BTreeMap<usize, usize>,
    scratch: Ledger<'a>,
    cells: Cells<'a>,
    /// What ticks a box in this book.
    mark: char,
    sides: Sides,
    met: BTreeSet<FieldPath>,
    filling: Filling,
}

/// An item at its site: what it is to say, and what it says.
struct Task<'s> {
    at: FieldPath,
    wanted: Said,
    old: Said,
    site: &'s Site,
}

impl<'w> Filler<'w, '_, '_> {
    fn site(&mut self, site: &Site) {
        let found = &self.walk.found[site.found];
        let label = self.walk.label_of(found);
        let file = self.files.get(&site.group).copied();
        if let Some(entry) = site.entry {
            let repeat = label.repeat.map(|repeat| repeat.id.as_str()).unwrap_or_default();
            let n_entries = self.scope(file, None).entries(repeat).len();
            if entry < n_entries && !found.is_shown {
                self.show(site);
            }
        }
        let repeat = label.repeat;
        match label.opens {
            Opens::Entry(of) => {
                let Kind::Repeat(known) = &of.kind else { return };
                if let Some(item) = known.title_item.as_deref().and_then(|id| of.find(id)) {
                    self.item(item, repeat, file, site);
                }
            }
            Opens::Item(item) => self.item(item, repeat, file, site),
            Opens::Heading(item) => self.ticks(item, repeat, file, site),
            Opens::Section => {
                let items = &label.section.items;
                if let Some(item) = items.iter().find(|item| matches!(item.kind, Kind::Records | Kind::Figure)) {
                    self.item(item, None, file, site);
                }
            }
        }
    }

    fn item(&mut self, item: &Item, repeat: Option<&Item>, file: Option<usize>, site: &Site) {
        match &item.kind {
            Kind::Choice { .. } => self.choice(item, repeat, file, site),
            Kind::Checks { .. } | Kind::Check => self.ticks(item, repeat, file, site),
            Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records | Kind::Figure | Kind::Count => {
                let task = self.task(item, repeat, file, site);
                self.text(item, task);
            }
            Kind::Group { .. } | Kind::Repeat(_) | Kind::Table { .. } | Kind::FreeTable => {}
        }
    }

    fn scope(&self, file: Option<usize>, entry: Option<(&str, usize)>) -> Scope<'w> {
        let mut scope = Scope::document(self.form, self.document);
        if let Some(file) = file {
            scope = scope.file(file);
        }
        entry.map_or(scope, |(repeat, entry)| scope.entry(repeat, entry))
    }

    /// What an item is to say here, and what it says.
    fn task<'s>(&mut self, item: &Item, repeat: Option<&Item>, file: Option<usize>, site: &'s Site) -> Task<'s> {
        let entry = repeat.and_then(|repeat| Some((repeat.id.as_str(), site.entry?)));
        let scope = self.scope(file, entry);
        let is_there = file.is_none_or(|file| file < self.document.files.len())
            && entry.is_none_or(|(repeat, entry)| entry < scope.entries(repeat).len());
        let wanted = if is_there { said(scope, item) } else { Said::Nothing };
        let group = &self.old.groups[site.group];
        let part = match entry {
            Some((repeat, entry)) => group.entries.get(repeat).and_then(|entries| entries.get(&entry)),
            None => Some(&group.part),
        };
        let old = part.and_then(|part| part.answers.get(&item.id)).map_or(Said::Nothing, Said::of_answer);
        let at = FieldPath { file, item: item.id.clone(), entry: entry.map(|(_, entry)| entry) };
        let wanted = self.of_all_files(item, site).unwrap_or(wanted);
        self.met.insert(at.clone());
        Task { at, wanted, old, site }
    }

    /// What a list says that stands once for all files, each part below the name of its file.
    fn of_all_files(&mut self, item: &Item, site: &Site) -> Option<Said> {
        let section = self.old.groups[site.group].section.as_ref()?;
        let n_copies = self.old.groups.iter().filter(|group| group.section.as_ref() == Some(section)).count();
        let n_files = self.document.files.len();
        if !matches!(item.kind, Kind::Records) || n_copies > 1 || n_files < 2 {
            return None;
        }
        let lists: Vec<String> = (0..n_files).map(|file| said(self.scope(Some(file), None), item).words()).collect();
        // Without the names of the files nobody could part them again: it is found out when the book is read back.
        self.met.extend((0..n_files).map(|file| FieldPath::in_file(file, &item.id)));
        Some(said::of_answer(&Answer::Text(lists.join("\n"))))
    }

    /// Rows that were hidden as long as nothing stood in them.
    fn show(&mut self, site: &Site) {
        let found = &self.walk.found[site.found];
        let areas = site.boxes.iter().chain(&site.free).map(|one| &self.walk.source.boxes[*one].area);
        for area in areas.chain([&found.area]) {
            let (top, bottom) = (cells::number(area.top), cells::number(area.bottom));
            self.filling.rewriting.shown_rows.extend((top..bottom).map(|row| (found.sheet, row)));
        }
    }

    fn problem(&mut self, at: &FieldPath, kind: ProblemKind) {
        self.filling.problems.push(FillProblem { at: at.clone(), kind });
    }

    fn choice(&mut self, item: &Item, repeat: Option<&Item>, file: Option<usize>, site: &Site) {
        let task = self.task(item, repeat, file, site);
        site.boxes.iter().for_each(|one| self.scratch.all(*one, super::ledger::Fate::Left));
        let boxes = self.sides.sided(self.walk.source, item, &site.boxes).boxes;
        let mut stream = Stream::of(self.walk.source, &boxes);
        let title = &self.walk.script.form.signs.choice_list_title;
        let chosen = choose(item, title, &mut stream, &mut self.scratch);
        if task.wanted != task.old {
            let label = match task.wanted {
                Said::Number(n) => item.options().iter().find(|option| option.n == n).map(|option| &option.label),
                _ => None,
            };
            let words = label.cloned().unwrap_or_default();
            let done = match (chosen.brackets, chosen.value) {
                (Some((open, close)), _) => {
                    // A mark in the list would say another one.
                    let is_clear = chosen.tick.is_none_or(|tick| self.cells.instead(&stream, tick..tick + 1, ""));
                    is_clear && self.cells.between(&stream, open, close, &words, &site.free)
                }
                (None, Some(value)) if chosen.tick.is_none() => self.cells.instead(&stream, value, &words),
                (None, None) if words.is_empty() => true,
                (None, None) => self.first_free(item, site, &words),
                (None, Some(_)) => false,
            };
            self.count_or_tell(&task.at, done, ProblemKind::NoPlace);
        }
        for inner in inside_of(self.form, item) {
            let task = self.task(inner, repeat, file, site);
            let words = task.wanted.words();
            if task.wanted == task.old {
                continue;
            }
            let done = in_cell(inner, &stream).is_some_and(|(_, inside, _)| {
                inside.start > 0 && self.cells.between(&stream, inside.start - 1, inside.end, &words, &site.free)
            });
            self.count_or_tell(&task.at, done, ProblemKind::NoPlace);
        }
    }

    fn count_or_tell(&mut self, at: &FieldPath, is_done: bool, kind: ProblemKind) {
        if is_done { self.filling.n_items += 1 } else { self.problem(at, kind) }
    }

    fn ticks(&mut self, item: &Item, repeat: Option<&Item>, file: Option<usize>, site: &Site) {
        let all = tickables(item);
        if all.is_empty() {
            return;
        }
        site.boxes.iter().for_each(|one| self.scratch.all(*one, super::ledger::Fate::Left));
        let sided = self.sides.sided(self.walk.source, item, &site.boxes);
        let mut stream = Stream::of(self.walk.source, &sided.boxes);
        let spots = tick(&all, &mut stream, &mut self.scratch).spots;
        if matches!(item.kind, Kind::Checks { .. }) {
            let task = self.task(item, repeat, file, site);
            if task.wanted == task.old {
                return;
            }
            let empty = said::Ticks::default();
            let wanted = if let Said::Ticks(ticks) = &task.wanted { ticks } else { &empty };
            let mut lacks = wanted.keys();
            for spot in &spots {
                lacks.remove(spot.key.as_str());
                let (is_on, words) = (wanted.marked.contains(&spot.key), wanted.words(&spot.key));
                if let Err(kind) = self.spot(&stream, spot, is_on, Some(&words), (site, sided.side)) {
                    self.problem(&task.at, kind);
                }
            }
            if !lacks.is_empty() {
                self.problem(&task.at, ProblemKind::NoPlace);
            }
            self.filling.n_items += 1;
            return;
        }
        let own = Some(item).filter(|item| matches!(item.kind, Kind::Check));
        for check in item.inner().iter().chain(own) {
            if !all.iter().any(|one| one.key() == Some(&check.id)) {
                continue;
            }
            let task = self.task(check, repeat, file, site);
            if task.wanted == task.old {
                continue;
            }
            let done = match spots.iter().find(|spot| spot.key == check.id) {
                Some(spot) => self.spot(&stream, spot, task.wanted == Said::On, None, (site, sided.side)),
                None => Err(ProblemKind::NoPlace),
            };
            match done {
                Ok(()) => self.filling.n_items += 1,
                Err(kind) => self.problem(&task.at, kind),
            }
        }
    }

    /// What the draft says and no site took.
    fn not_met(&mut self) {
        let mut lacking = Vec::new();
        each_item(self.form, self.document, &mut |at, said| {
            let is_empty = *said == Said::Nothing;
            if !is_empty && !self.met.contains(at) {
                lacking.push(at.clone());
            }
        });
        for (file, known) in self.document.files.iter().enumerate() {
            let names = self.form.items().filter(|item| item.derived == Some(crate::form::Derived::FileName));
            let mut names = names.map(|item| FieldPath::in_file(file, &item.id)).peekable();
            let first = names.peek().cloned();
            if !known.name.is_empty() && !names.any(|at| self.met.contains(&at)) {
                lacking.extend(first);
            }
        }
        lacking.sort();
        lacking.dedup();
        lacking.iter().for_each(|at| self.problem(at, ProblemKind::NoLabel));
    }

    fn finish(mut self) -> Filling {
        let mut filling = self.filling;
        filling.rewriting.shapes = std::mem::take(&mut self.cells.shapes);
        let cells = self.cells.finish();
        let sheets = &self.walk.source.sheets;
        let too_long = cells.iter().filter(|cell| cell.text.encode_utf16().count() > MAX_CELL_UNITS);
        filling.problems.extend(too_long.map(|cell| {
            let sheet = sheets.get(cell.sheet).map(|sheet| sheet.name.as_str()).unwrap_or_default();
            let cell = format!("{sheet}!{}", cell_name(cell.row, cell.column));
            FillProblem { at: FieldPath::document(""), kind: ProblemKind::TooLong { cell } }
        }));
        filling.rewriting.cells = cells;
        filling.rewriting.shown_rows.sort_unstable();
        filling.rewriting.shown_rows.dedup();
        filling
    }
}

/// The answer of a part, as it is compared.
impl Said {
    fn of_answer(answer: &Answer) -> Self {
        said::of_answer(answer)
    }
}
