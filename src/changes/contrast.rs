//! Two versions beside each other as in a 新旧対照表, ready to be shown: nothing is left to compute while it is read.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::compare::{FILES, compared};
use crate::changes::difference::{Difference, What};
use crate::changes::item_name::{item_path, name_in_file};
use crate::changes::off_paper::{OffPaper, off_paper, rest};
use crate::changes::pairs::Pairs;
use crate::changes::paper;
use crate::changes::paragraphs::{Mark, Paragraph, paragraphs};
use crate::changes::picture_marks;
use crate::changes::propose::is_starred;
use crate::changes::revert::revert;
use crate::changes::rows::Table;
use crate::changes::update::without_row;
use crate::draft::{Document, Draft, Edit, ItemStyle, Scope, Target};
use crate::form::{FieldPath, Form};

/// How far a comparison goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What is printed.
    Paper,
    /// Notes, findings set aside, the change table and all else that a draft holds.
    Everything,
}

/// Two versions beside each other.
#[derive(Clone, Debug, Default)]
pub struct Contrast {
    /// What differs, in the order of the paper.
    pub blocks: Vec<Block>,
    pairs: Pairs,
    by_place: BTreeMap<FieldPath, usize>,
    per_page: BTreeMap<(String, Option<usize>), usize>,
    /// The list of now that entries are gone from → how many.
    gone: BTreeMap<FieldPath, usize>,
}

/// One difference as it is shown.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is made of.
    pub source: Source,
    /// The title of its section, with the name of the file where there are several.
    pub section: String,
    /// 項目.
    pub name: String,
    /// Where one goes to see it in the form.
    pub place: Option<FieldPath>,
    /// Whether its item has ※.
    pub is_starred: bool,
    /// Whether no row of the change table tells of it.
    pub is_unlisted: bool,
    /// Both texts.
    pub paragraphs: Vec<Paragraph>,
    /// What a whole file says; shown with the whole texts.
    pub details: Vec<Paragraph>,
}

/// What a block is made of.
#[derive(Clone, Debug)]
pub enum Source {
    /// A difference on paper.
    Paper(Difference),
    /// A difference beside it, with the edit that puts it back.
    OffPaper(Edit),
}

impl Block {
    /// The Japanese word of the kind of difference.
    pub fn kind(&self) -> &'static str {
        match &self.source {
            Source::Paper(difference) => difference.what.name(),
            Source::OffPaper(_) => "",
        }
    }

    /// Whether it is a text, which needs no word for its kind.
    pub fn is_text(&self) -> bool {
        matches!(&self.source, Source::Paper(difference) if matches!(difference.what, What::Text(_)))
    }

    /// Whether it needs no row in the change table.
    pub fn is_quiet(&self) -> bool {
        matches!(&self.source, Source::Paper(difference) if difference.quiet)
    }

    /// Whether it was emptied when the revision was started and is still to be written.
    pub fn is_awaited(&self) -> bool {
        matches!(&self.source, Source::Paper(difference) if difference.is_awaited)
    }

    /// Whether the text of now, or that before, says nothing at all.
    pub fn is_empty(&self, of_now: bool) -> bool {
        let other = if of_now { Mark::Removed } else { Mark::Added };
        let mut runs = self.paragraphs.iter().flat_map(|paragraph| paragraph.side(other));
        runs.all(|run| run.text.trim().is_empty())
    }

    fn off_paper(difference: OffPaper) -> Self {
        let place = match &difference.edit {
            Edit::Note { at, .. } if !at.item.is_empty() => Some(at.clone()),
            _ => None,
        };
        Self {
            source: Source::OffPaper(difference.edit),
            section: BESIDE.to_owned(),
            name: difference.name,
            place,
            is_starred: false,
            is_unlisted: false,
            paragraphs: paragraphs(&difference.before, &difference.after),
            details: Vec::new(),
        }
    }
}

/// The heading of what differs beside the answers.
const BESIDE: &str = "変更箇所の表、内部メモなど";

impl Contrast {
    /// Compares two versions; `form` is the form of `now`.
    pub fn of(form: &Form, last: &Draft, now: &Draft, reach: Reach) -> Self {
        let (old, new) = (&last.state.document, &now.state.document);
        let (differences, pairs) = compared(form, old, new);
        let unlisted = match reach {
            Reach::Paper => without_row(&Table::of(form, old, &now.state), &differences, &new.rows),
            Reach::Everything => Vec::new(),
        };
        let mut contrast = Self::of_differences(form, old, new, differences, pairs, &unlisted);
        if reach == Reach::Everything {
            let found = off_paper(form, last, now, &contrast.pairs);
            contrast.blocks.extend(found.into_iter().map(Block::off_paper));
            if contrast.blocks.is_empty() {
                contrast.blocks.extend(rest(last, now).map(Block::off_paper));
            }
        }
        contrast
    }

    /// What is printed, where the differences of both versions and those without a row are known.
    pub(super) fn of_differences(
        form: &Form,
        last: &Document,
        now: &Document,
        differences: Vec<Difference>,
        pairs: Pairs,
        unlisted: &[Difference],
    ) -> Self {
        let unlisted: BTreeSet<&Target> = unlisted.iter().map(|one| &one.target).collect();
        let mut contrast = Self { pairs, ..Self::default() };
        // Numbers that follow from entries that came or went are seen at these.
        let only_follows = |difference: &Difference| match &difference.what {
            What::Order(pairs) => pairs.is_sorted_by_key(|(before, _)| *before),
            _ => false,
        };
        for difference in differences.into_iter().filter(|difference| !only_follows(difference)) {
            contrast.add(form, last, now, difference, &unlisted);
        }
        contrast
    }

    fn add(
        &mut self,
        form: &Form,
        last: &Document,
        now: &Document,
        difference: Difference,
        unlisted: &BTreeSet<&Target>,
    ) {
        let place = self.place(form, &difference);
        let section = form.section_of(&item_path(form, &difference).item);
        let title = section.map_or("", |section| if section.is_cover() { "表紙" } else { section.title.trim() });
        let title = title.split('※').next().unwrap_or_default().trim();
        let section_title = match &difference.file_name {
            Some(name) if !name.trim().is_empty() => format!("{title}（{}）", name.trim()),
            _ => title.to_owned(),
        };
        if let Some(section) = section {
            let file = place.as_ref().and_then(|place| place.file).filter(|_| section.per_file);
            *self.per_page.entry((section.id.clone(), file)).or_default() += 1;
        }
        if let (What::EntryRemoved(_), Some(list)) = (&difference.what, &place) {
            *self.gone.entry(list.clone()).or_default() += 1;
        }
        if let Some(at) = &difference.now {
            self.by_place.insert(at.clone(), self.blocks.len());
        }
        self.blocks.push(Block {
            section: section_title,
            name: name_in_file(form, &difference, ItemStyle::Short),
            place,
            is_starred: is_starred(form, &difference),
            is_unlisted: unlisted.contains(&difference.target),
            paragraphs: match difference.what {
                What::Choice(_) | What::FileRenamed(_) => {
                    vec![Paragraph::exchanged(&difference.before, &difference.after)]
                }
                _ => paragraphs(&difference.before, &difference.after),
            },
            details: details(form, last, now, &difference),
            source: Source::Paper(difference),
        });
    }

    /// Where a difference is seen in the form: what is gone, at the list it was in.
    fn place(&self, form: &Form, difference: &Difference) -> Option<FieldPath> {
        let in_list = item_path(form, difference);
        match &difference.what {
            What::FileAdded(index, _) => first_of_file(form, *index).or(Some(in_list)),
            What::FileRenamed(index) => first_of_file(form, self.pairs.file_now(*index)?).or(Some(in_list)),
            What::EntryRemoved(_) => Some(difference.place.clone()),
            _ => Some(in_list),
        }
    }

    /// The edit that puts a block back; the drafts must be those compared.
    pub fn put_back(&self, form: &Form, last: &Document, now: &Document, block: &Block) -> Option<Edit> {
        match &block.source {
            Source::Paper(difference) => revert(form, last, now, &self.pairs, difference),
            // A step of its own for undo.
            Source::OffPaper(Edit::Many(edits)) => Some(Edit::Many(edits.clone())),
            Source::OffPaper(edit) => Some(Edit::Many(vec![edit.clone()])),
        }
    }

    /// Which file and entry is which.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// The difference at an address of now.
    pub fn at(&self, path: &FieldPath) -> Option<&Block> {
        self.by_place.get(path).and_then(|index| self.blocks.get(*index))
    }

    /// What differs in the list of files at a file of now: it is new or has another name.
    pub fn at_file(&self, index: usize) -> Option<&Block> {
        self.at(&FieldPath::in_file(index, FILES))
    }

    /// How many entries of a list are no longer there.
    pub fn n_gone(&self, list: &FieldPath) -> usize {
        self.gone.get(list).copied().unwrap_or(0)
    }

    /// How many differences stand in a section, in one file where it stands once per file.
    pub fn n_on_page(&self, section: &str, file: Option<usize>) -> usize {
        self.per_page.get(&(section.to_owned(), file)).copied().unwrap_or(0)
    }
}

/// The first answer of a file.
fn first_of_file(form: &Form, file: usize) -> Option<FieldPath> {
    let section = form.assembly.per_file_sections.iter().find_map(|id| form.section(id))?;
    let item = section.items.iter().flat_map(|item| item.with_inner()).find(|item| item.is_answered())?;
    Some(FieldPath::in_file(file, &item.id))
}

/// All answers of a file that is new or gone.
fn details(form: &Form, last: &Document, now: &Document, difference: &Difference) -> Vec<Paragraph> {
    let text = |document: &Document, index: usize| {
        let scope = Scope::document(form, document).file(index);
        let sections = form.assembly.per_file_sections.iter().filter_map(|id| form.section(id));
        let part = |section: &crate::form::Section| {
            let title = section.title.trim().to_owned();
            let text = std::iter::once(title).chain(paper::all(scope, &section.items)).collect::<Vec<_>>().join("\n");
            picture_marks::without(&text)
        };
        sections.map(part).collect::<Vec<_>>().join("\n")
    };
    match &difference.what {
        What::FileAdded(index, _) => paragraphs("", &text(now, *index)),
        What::FileRemoved(index) => paragraphs(&text(last, *index), ""),
        _ => Vec::new(),
    }
}
