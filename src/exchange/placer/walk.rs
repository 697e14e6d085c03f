//! The walk: through the boxes in reading order, section by section, and which of them are labels of what.
//!
//! Labels like 法令上の根拠 stand many times on the paper. Which one it is, is decided by what was met before it:
//! the section, the heading, the entry, and then the order of the form.

use std::collections::{BTreeMap, BTreeSet};

use super::behind::{Behind, behind_label};
use super::edition::is_mark;
use super::effort::{Effort, OF_LABEL};
use super::key::{key, without_continued};
use super::order::{SheetCells, reading_order, sheet_cells};
use super::script::{Label, Opens, Script};
use super::text::continued_signs;
use super::zones::SAME;
use crate::exchange::boxes::{Area, ForeignSource, TextBox};
use crate::form::{Kind, LabelLayout, Section};

/// A section as it was met: once, or once per file.
#[derive(Clone, Debug)]
pub(super) struct Block<'f> {
    pub section: &'f Section,
}

/// A label that was met.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Which label of the script.
    pub label: usize,
    pub boxes: Vec<usize>,
    pub area: Area,
    pub sheet: usize,
    pub block: usize,
    /// The entry of the repeat it stands in.
    pub entry: Option<usize>,
    pub is_shown: bool,
}

/// The head row of a change table.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub sheet: usize,
    pub boxes: Vec<usize>,
    /// The columns of the form, each with where it stands.
    pub columns: Vec<(usize, Area)>,
    pub bottom: f32,
}

/// What the walk has seen.
#[derive(Debug)]
pub(super) struct Walk<'a, 'f> {
    pub script: &'a Script<'f>,
    pub source: &'a ForeignSource,
    pub effort: &'a Effort,
    /// The cells in reading order.
    pub order: Vec<usize>,
    /// The same, sheet by sheet.
    pub sheets: Vec<SheetCells>,
    pub keys: Vec<String>,
    pub found: Vec<Found>,
    pub heads: Vec<Head>,
    pub blocks: Vec<Block<'f>>,
    /// Box → it is a part of the form.
    pub is_label: Vec<bool>,
    /// Boxes that say that what stands beside them goes on from above.
    pub continued: Vec<usize>,
    /// What stands in the box of a label behind its words: a note, or boxes to be ticked.
    pub behind: BTreeMap<usize, Behind>,
    /// Boxes that read nearly like a label, and count as one.
    pub near: BTreeSet<usize>,
    /// Boxes of the form that open nothing.
    pub furniture: Vec<usize>,
    /// Box → what was found in it first.
    found_in: Vec<Option<usize>>,
    /// The keys of the columns of the change table.
    columns: Vec<String>,
    cursor: Option<usize>,
    block: Option<usize>,
    entry: Option<usize>,
    /// Labels met since the entry began.
    n_in_entry: usize,
    sheet: usize,
    /// Whether nothing was met on this sheet yet.
    is_fresh: bool,
}

/// Where words go on that one cell does not hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Right,
    Below,
}

/// A reading of some boxes as a label.
struct Reading {
    boxes: Vec<usize>,
    area: Area,
    /// Labels of the script that read so, each with the number of the entry it opens.
    labels: Vec<(usize, Option<usize>)>,
    is_continued: bool,
}

impl<'a, 'f> Walk<'a, 'f> {
    /// Walks through everything; a label is what reads like one.
    pub fn through(script: &'a Script<'f>, source: &'a ForeignSource, effort: &'a Effort) -> Self {
        Self::with_near(script, source, effort, &BTreeMap::new())
    }

    /// The same; these boxes read nearly like the labels with these keys.
    pub fn with_near(
        script: &'a Script<'f>,
        source: &'a ForeignSource,
        effort: &'a Effort,
        near: &BTreeMap<usize, String>,
    ) -> Self {
        let own = |(at, one): (usize, &TextBox)| near.get(&at).cloned().unwrap_or_else(|| key(&one.text));
        let keys: Vec<String> = source.boxes.iter().enumerate().map(own).collect();
        let order = reading_order(source);
        let columns = script.form.change_table().map(|(_, columns)| columns).unwrap_or_default();
        let mut walk = Self {
            script,
            source,
            effort,
            behind: BTreeMap::new(),
            near: near.keys().copied().collect(),
            sheets: sheet_cells(script, source, &order, &keys),
            order,
            keys,
            found: Vec::new(),
            heads: Vec::new(),
            blocks: Vec::new(),
            is_label: vec![false; source.boxes.len()],
            continued: continued_signs(source),
            furniture: Vec::new(),
            found_in: vec![None; source.boxes.len()],
            columns: columns.iter().map(|column| key(&column.label)).collect(),
            cursor: None,
            block: None,
            entry: None,
            n_in_entry: 0,
            sheet: 0,
            is_fresh: true,
        };
        for at in 0..walk.order.len() {
            if effort.is_over() {
                break;
            }
            walk.step(at);
        }
        walk
    }

    /// The cells that share some height with an area, in reading order.
    pub fn beside(&self, sheet: usize, area: &Area) -> impl Iterator<Item = usize> {
        let spans = self.sheets.get(sheet).map(|sheet| &sheet.spans);
        spans.into_iter().flat_map(|spans| spans.between(area.top, area.bottom, self.effort))
    }

    fn step(&mut self, at: usize) {
        let one = self.order[at];
        let sheet = self.source.boxes[one].sheet;
        if sheet != self.sheet {
            (self.sheet, self.is_fresh) = (sheet, true);
        }
        if self.is_label[one] || self.keys[one].is_empty() || self.head(one) {
            return;
        }
        let is_list = self.section().is_some_and(is_closed);
        let key = &self.keys[one];
        let is_furniture =
            !is_list && (self.script.paging.contains(key) || is_mark(key) || without_continued(key) == Some(""));
        if is_furniture || self.is_line_of_contents(at) {
            self.is_label[one] = true;
            self.furniture.push(one);
            return;
        }
        let Some(reading) = self.reading(at) else { return };
        if !self.stands_alone(&reading) {
            return;
        }
        if let Some((label, number)) = self.choose(&reading) {
            if self.is_title_again(at, label) {
                self.is_label[one] = true;
                self.furniture.push(one);
                return;
            }
            self.accept(label, number, reading);
        }
    }

    /// Whether a title is printed on a further page of its section: what follows goes on, and does not begin again.
    fn is_title_again(&self, at: usize, title: usize) -> bool {
        const SOON: usize = 8;
        let labels = &self.script.labels;
        let is_same = self.section().is_some_and(|section| section.id == labels[title].section.id);
        let Some(cursor) =
            self.cursor.filter(|_| self.source.is_pages && is_same && matches!(labels[title].opens, Opens::Section))
        else {
            return false;
        };
        let in_section = |label: &&usize| labels[**label].section.id == labels[title].section.id;
        let behind = self.order[at + 1..].iter().take(SOON);
        let mut next = behind.filter_map(|one| self.script.reads(&self.keys[*one]).iter().find(in_section));
        next.next().is_some_and(|first| *first > cursor)
    }

    /// Whether the box stands in the head row of a change table.
    fn head(&mut self, one: usize) -> bool {
        let Some((table, columns)) = self.script.form.change_table() else { return false };
        let column_of = |name: &str| self.columns.iter().position(|column| column == name);
        if column_of(&self.keys[one]).is_none() {
            return false;
        }
        let here = &self.source.boxes[one];
        let beside =
            self.beside(here.sheet, &here.area).filter(|other| self.source.boxes[*other].area.is_beside(&here.area));
        let mut head: Vec<(usize, usize)> =
            beside.filter_map(|other| Some((column_of(&self.keys[other])?, other))).collect();
        head.sort_unstable();
        head.dedup_by_key(|(column, _)| *column);
        if head.len() < columns.len().saturating_sub(2).max(3) {
            return false;
        }
        let section = self.script.form.section_of(&table.id);
        if self.section().map(|section| &section.id) != section.map(|section| &section.id) {
            let Some(section) = section else { return false };
            self.open(section);
        }
        let areas: Vec<_> = head.iter().map(|(column, other)| (*column, self.source.boxes[*other].area)).collect();
        let bottom = areas.iter().map(|(_, area)| area.bottom).fold(0.0, f32::max);
        let over: Vec<_> = (0..self.columns.len())
            .filter(|column| head.iter().all(|(known, _)| known != column))
            .filter_map(|column| Some((column, self.over_edge(&here.area, column)?)))
            .collect();
        let of_over = over.iter().map(|(column, parts)| (*column, self.source.boxes[parts[0]].area));
        let areas: Vec<_> = areas.into_iter().chain(of_over).collect();
        let boxes: Vec<_> =
            head.iter().map(|(_, other)| *other).chain(over.iter().flat_map(|(_, parts)| parts.clone())).collect();
        boxes.iter().for_each(|other| self.is_label[*other] = true);
        self.heads.push(Head { sheet: self.sheet, boxes, columns: areas, bottom });
        self.is_fresh = false;
        true
    }

    /// The boxes of a head that is drawn over the edges of its cell, beside a head that is not: how it begins, and the rest.
    fn over_edge(&self, beside: &Area, column: usize) -> Option<Vec<usize>> {
        const FEWEST: usize = 4;
        let height = beside.bottom - beside.top;
        let around = Area { top: beside.top - height, bottom: beside.bottom + height, ..*beside };
        let name = &self.columns[column];
        let parts: Vec<usize> =
            self.beside(self.sheet, &around).filter(|one| !self.columns.contains(&self.keys[*one])).collect();
        let begins = |one: &&usize| self.keys[**one].chars().count() >= FEWEST && name.starts_with(&self.keys[**one]);
        let first = *parts.iter().find(begins)?;
        let rest = &name[self.keys[first].len()..];
        let area = &self.source.boxes[first].area;
        let is_rest = |one: &&usize| self.keys[**one] == rest && self.source.boxes[**one].area.shared_width(area) > 0.0;
        Some(std::iter::once(first).chain(parts.iter().find(is_rest).copied()).collect())
    }

    /// The box as a label, or with those beside or below it that belong to the same words.
    fn reading(&self, at: usize) -> Option<Reading> {
        self.effort.spend(OF_LABEL);
        let one = self.order[at];
        let area = self.source.boxes[one].area;
        let alone = Reading { boxes: vec![one], area, labels: Vec::new(), is_continued: false };
        let labels = self.labels(&self.keys[one]);
        if !labels.is_empty() {
            return Some(Reading { labels, ..alone });
        }
        if let Some(rest) = without_continued(&self.keys[one]) {
            return Some(Reading { labels: self.labels(rest), is_continued: true, ..alone });
        }
        let joined = [Next::Right, Next::Below].into_iter().find_map(|next| self.joined(at, next));
        joined.or_else(|| Some(Reading { labels: self.first_words(one)?, ..alone }))
    }

    /// The label that a box begins with, where a note or the boxes of its heading follow in the same cell.
    fn first_words(&self, one: usize) -> Option<Vec<(usize, Option<usize>)>> {
        let text = &self.source.boxes[one].text;
        let parted = behind_label(text)?;
        self.effort.spend(OF_LABEL);
        let labels = match parted {
            (words, Behind::Note(_)) => self.labels(&key(words)),
            (words, Behind::Ticks) => {
                let rest: String = key(&text[words.len()..]);
                let mut labels = self.labels(&key(words));
                labels.retain(|(label, _)| self.script.labels[*label].has_box_of(&rest));
                labels
            }
        };
        (!labels.is_empty()).then_some(labels)
    }

    /// Whether a box stands left of the form on its sheet: others put their checks there.
    pub fn is_left_of_form(&self, one: usize) -> bool {
        let known = &self.source.boxes[one];
        let is_table = !self.source.is_pages && !self.source.is_lines;
        let left = self.sheets.get(known.sheet).and_then(|sheet| sheet.left_end).filter(|_| is_table);
        left.is_some_and(|left| known.area.right <= left + SAME)
    }

    /// The words with what stands next to them, until they are a label.
    fn joined(&self, at: usize, way: Next) -> Option<Reading> {
        const MOST_PARTS: usize = 8;
        let one = self.order[at];
        let sheet = self.source.boxes[one].sheet;
        let mut words = self.keys[one].clone();
        let mut boxes = vec![one];
        let mut last = self.source.boxes[one].area;
        let mut area = last;
        while self.script.begins(&words) && boxes.len() < MOST_PARTS {
            let mut n_looked = 0;
            let area_of = |one: &&usize| &self.source.boxes[**one].area;
            let next = self.order[at + 1..]
                .iter()
                .take_while(|next| self.source.boxes[**next].sheet == sheet && !way.is_past(area_of(next), &last))
                .inspect(|_| n_looked += 1)
                .find(|next| !boxes.contains(next) && way.leads_to(area_of(next), &last))
                .copied();
            self.effort.spend(n_looked + OF_LABEL);
            let next = next?;
            words.push_str(&self.keys[next]);
            last = self.source.boxes[next].area;
            area = area.around(&last);
            boxes.push(next);
            let labels = self.labels(&words);
            if !labels.is_empty() {
                return Some(Reading { boxes, area, labels, is_continued: false });
            }
        }
        None
    }

    fn labels(&self, key: &str) -> Vec<(usize, Option<usize>)> {
        let by_key = self.script.reads(key).iter().map(|label| (*label, None));
        let entries = self.script.entry(key).into_iter().map(|(label, number)| (label, Some(number)));
        by_key.chain(entries).collect()
    }

    /// Whether nothing but labels stands left of it: a value may read like a label.
    fn stands_alone(&self, reading: &Reading) -> bool {
        let is_left = |other: &usize| self.source.boxes[*other].area.right <= reading.area.left;
        let left = self.beside(self.sheet, &reading.area).filter(is_left);
        left.filter(|other| !self.keys[*other].is_empty() && !self.is_left_of_form(*other)).all(|other| {
            let of = self.found_in[other].map(|of| &self.found[of]);
            of.is_some_and(|of| self.may_stand_right_of(of, reading))
        })
    }

    /// Whether a label may have this one at its right.
    fn may_stand_right_of(&self, left: &Found, reading: &Reading) -> bool {
        let left = &self.script.labels[left.label];
        let Opens::Item(item) = left.opens else { return matches!(left.opens, Opens::Heading(_)) };
        // On the cover two labels stand above their values; elsewhere a nested one stands in its cell.
        item.layout == LabelLayout::Above
            || reading.labels.iter().any(|(label, _)| match self.script.labels[*label].opens {
                Opens::Item(inner) => inner.layout == LabelLayout::Nested && inner.id != item.id,
                _ => false,
            })
    }

    /// Which of the labels that read so it is.
    fn choose(&self, reading: &Reading) -> Option<(usize, Option<usize>)> {
        let labels = &self.script.labels;
        let all = &reading.labels;
        if let Some(section) = all.iter().find(|(label, _)| matches!(labels[*label].opens, Opens::Section)) {
            return self.may_open_section(reading).then_some(*section);
        }
        let Some(section) = self.section() else { return all.first().copied() };
        let is_here = |label: &Label<'_>| label.section.id == section.id;
        let here: Vec<_> = all.iter().copied().filter(|(label, _)| is_here(&labels[*label])).collect();
        if is_closed(section) && !(self.is_fresh && here.is_empty() && self.has_many_labels(self.sheet)) {
            return None;
        }
        if here.is_empty() {
            // The title of its section is missing.
            let first = all.first().copied()?;
            let is_one = all.iter().all(|(label, _)| labels[*label].section.id == labels[first.0].section.id);
            return Some(first).filter(|_| is_one || self.is_fresh);
        }
        self.next(&here, reading.is_continued)
    }

    /// The next of these in the order of the form.
    fn next(&self, here: &[(usize, Option<usize>)], is_continued: bool) -> Option<(usize, Option<usize>)> {
        let labels = &self.script.labels;
        let Some(cursor) = self.cursor else { return here.first().copied() };
        let same = here.iter().find(|(label, _)| *label == cursor).copied();
        if is_continued && same.is_some() {
            return same;
        }
        let after = || here.iter().copied().filter(|(label, _)| *label > cursor);
        let near = after().find(|(label, _)| labels[*label].heading == labels[cursor].heading);
        let again = here.iter().copied().find(|(label, _)| {
            let repeat = labels[*label].repeat.filter(|_| self.entry.is_some());
            repeat.is_some() && repeat.map(|repeat| &repeat.id) == labels[cursor].repeat.map(|repeat| &repeat.id)
        });
        near.or(same).or(again).or_else(|| after().next()).or_else(|| here.first().copied())
    }

    /// Whether a title is a line of 項目一覧: another title follows it at once, or the sheet ends.
    fn is_line_of_contents(&self, at: usize) -> bool {
        let one = self.order[at];
        // Behind the first section its titles are titles, however empty the sheets are.
        let is_before = |section: &Section| {
            !section.static_lines.is_empty()
                || self.script.form.sections.first().is_some_and(|first| first.id == section.id)
        };
        if !self.script.contents.contains(&self.keys[one]) || !self.section().is_none_or(is_before) {
            return false;
        }
        // What somebody noted beside the list is not between its lines.
        let here = &self.source.boxes[one];
        let is_next = |next: &&usize| {
            let other = &self.source.boxes[**next];
            !self.keys[**next].is_empty()
                && (other.sheet != here.sheet || Next::Below.leads_to(&other.area, &here.area))
        };
        let next = self.order[at + 1..].iter().position(|next| is_next(&next));
        self.effort.spend(next.unwrap_or(self.order.len() - at));
        let next = next.and_then(|next| self.order.get(at + 1 + next));
        let is_title = |key: &str| {
            let is_section = |label: &usize| matches!(self.script.labels[*label].opens, Opens::Section);
            self.script.contents.contains(key) || self.script.reads(key).iter().any(is_section)
        };
        match next {
            Some(next) if self.source.boxes[*next].sheet == self.sheet => is_title(&self.keys[*next]),
            _ => !self.is_fresh && self.section().is_some_and(|section| !section.static_lines.is_empty()),
        }
    }

    /// Whether a title is one: inside a change table or a list it stands alone on its row.
    fn may_open_section(&self, reading: &Reading) -> bool {
        if self.is_fresh || !self.section().is_some_and(is_closed) {
            return true;
        }
        let is_other =
            |other: &usize| self.source.boxes[*other].area.is_beside(&reading.area) && !reading.boxes.contains(other);
        let mut beside = self.beside(self.sheet, &reading.area).filter(is_other);
        beside.all(|other| self.keys[other].is_empty())
    }

    /// Whether a sheet has labels of its own, though no title.
    fn has_many_labels(&self, sheet: usize) -> bool {
        const MANY: usize = 4;
        // The walk goes sheet by sheet.
        let has_head = self.heads.last().is_some_and(|head| head.sheet == sheet);
        !has_head && self.sheets.get(sheet).is_some_and(|sheet| sheet.n_labels >= MANY)
    }

    fn section(&self) -> Option<&'f Section> {
        self.block.map(|block| self.blocks[block].section)
    }

    fn open(&mut self, section: &'f Section) {
        self.blocks.push(Block { section });
        self.block = Some(self.blocks.len() - 1);
        (self.cursor, self.entry) = (None, None);
    }

    fn accept(&mut self, label: usize, number: Option<usize>, reading: Reading) {
        let known = &self.script.labels[label];
        let is_other = self.section().is_none_or(|section| section.id != known.section.id);
        if is_other || matches!(known.opens, Opens::Section) {
            self.open(known.section);
        }
        match number {
            Some(number) => self.enter(label, number),
            None if known.repeat.is_none() => self.entry = None,
            None => {
                let is_again = self.cursor.is_some_and(|cursor| label < cursor) && self.n_in_entry > 1;
                let entry = self.entry.unwrap_or(0) + usize::from(is_again && self.entry.is_some());
                self.n_in_entry = if is_again { 1 } else { self.n_in_entry + 1 };
                self.entry = Some(entry);
            }
        }
        let is_shown = reading.boxes.iter().all(|one| self.source.boxes[*one].is_shown());
        if let [one] = reading.boxes.as_slice()
            && self.labels(&self.keys[*one]).is_empty()
            && without_continued(&self.keys[*one]).is_none()
        {
            self.behind.extend(behind_label(&self.source.boxes[*one].text).map(|(_, behind)| (*one, behind)));
        }
        for one in &reading.boxes {
            self.is_label[*one] = true;
            self.found_in[*one].get_or_insert(self.found.len());
        }
        let (sheet, block, entry) = (self.sheet, self.block.unwrap_or_default(), self.entry);
        let Reading { boxes, area, .. } = reading;
        self.found.push(Found { label, boxes, area, sheet, block, entry, is_shown });
        (self.cursor, self.is_fresh) = (Some(label), false);
    }

    /// An entry begins. One that was copied may still carry the number of the one before.
    fn enter(&mut self, label: usize, number: usize) {
        let number = number.saturating_sub(1);
        let repeat = |label: usize| self.script.labels[label].repeat.map(|repeat| repeat.id.as_str());
        let is_same_repeat = self.cursor.is_some_and(|cursor| repeat(cursor) == repeat(label));
        self.entry = match self.entry.filter(|_| is_same_repeat) {
            Some(last) if number <= last && self.n_in_entry > 1 => Some(last + 1),
            _ => Some(number),
        };
        self.n_in_entry = 0;
    }

    /// How many labels of the script were met, each once.
    pub fn n_met(&self) -> usize {
        let mut met: Vec<usize> = self.found.iter().map(|found| found.label).collect();
        met.sort_unstable();
        met.dedup();
        met.len()
    }

    /// The label of something found.
    pub fn label_of(&self, found: &Found) -> &'a Label<'f> {
        &self.script.labels[found.label]
    }

    /// SourceSheet → what was found on it.
    pub fn by_sheet(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut sheets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, found) in self.found.iter().enumerate() {
            sheets.entry(found.sheet).or_default().push(at);
        }
        sheets
    }
}

impl Next {
    /// Whether one area is directly right of another, on its line, or below it, in its column.
    fn leads_to(self, area: &Area, from: &Area) -> bool {
        match self {
            Next::Right => area.is_beside(from) && area.left >= from.right,
            Next::Below => area.top >= from.bottom && area.shared_width(from) > 0.0,
        }
    }

    /// Whether neither this area nor any behind it in reading order can be meant.
    fn is_past(self, area: &Area, from: &Area) -> bool {
        self == Next::Right && area.top >= from.bottom
    }
}

/// Whether what stands in a section is no form any more, but a list or table of whatever words.
pub(super) fn is_closed(section: &Section) -> bool {
    section.items.iter().any(|item| matches!(item.kind, Kind::Table { .. } | Kind::Records))
}
