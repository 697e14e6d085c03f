//! The zones: which boxes belong to which label. A value stands right of its label or below it, and goes on below itself.

use std::collections::BTreeMap;

use super::edges::{right_end, value_column};
use super::key::key;
use super::script::Opens;
use super::spans::Spans;
use super::text::{is_note, is_of_work};
use super::walk::{Found, Walk, is_closed};
use crate::exchange::boxes::{Area, Carrier, Pen, TextBox, Visibility};
use crate::form::{Kind, LabelLayout};

/// Edges that are nearer than this are the same.
pub(super) const SAME: f32 = 0.05;
/// How far below itself an answer may go on, in rows: one row may be empty.
const LONGEST_GAP: f32 = 1.0 + SAME;
/// How far below their label options may begin.
const LONGEST_GAP_OF_OPTIONS: f32 = 5.0 + SAME;

/// Where every box went.
#[derive(Debug, Default)]
pub(super) struct Zones {
    /// What was found (its number) → its boxes in reading order.
    pub of_found: BTreeMap<usize, Vec<usize>>,
    /// Head of a change table → the boxes below it.
    pub of_head: BTreeMap<usize, Vec<usize>>,
    /// What was found → the empty places of its answer.
    pub free_of_found: BTreeMap<usize, Vec<usize>>,
    /// Head of a change table → the empty places below it.
    pub free_of_head: BTreeMap<usize, Vec<usize>>,
}

/// Where the boxes of one sheet may go.
struct SheetZones<'w, 'a, 'f> {
    walk: &'w Walk<'a, 'f>,
    found: Vec<usize>,
    heads: Vec<usize>,
    /// What was found, by its height, and by where it ends.
    spans: Spans,
    ends: Vec<usize>,
    /// The right end of the form on this sheet, where it is known.
    right_end: Option<f32>,
    /// The column most values begin in.
    value_column: Option<f32>,
    /// Found → the area of the values right of it.
    beside: BTreeMap<usize, Area>,
    /// Found → the area of the values below it.
    below: BTreeMap<usize, Area>,
}

/// Who gets a box.
enum Owner {
    Found(usize),
    Head(usize),
}

impl Zones {
    /// Gives every box to a label, or to none.
    pub fn of(walk: &Walk<'_, '_>) -> Self {
        let mut zones = Self::default();
        let by_sheet = walk.by_sheet();
        let mut heads_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, head) in walk.heads.iter().enumerate() {
            heads_of.entry(head.sheet).or_default().push(at);
        }
        let mut boxes_of: Vec<Vec<usize>> = vec![Vec::new(); walk.source.sheets.len()];
        for (at, one) in walk.source.boxes.iter().enumerate() {
            boxes_of.get_mut(one.sheet).into_iter().for_each(|boxes| boxes.push(at));
        }
        let mut open: Option<Owner> = None;
        for (sheet, known) in walk.source.sheets.iter().enumerate() {
            if known.sight == Visibility::Hidden {
                continue;
            }
            let found = by_sheet.get(&sheet).cloned().unwrap_or_default();
            let heads = heads_of.remove(&sheet).unwrap_or_default();
            let is_continued = found.is_empty() && heads.is_empty() && !is_attachment(walk, sheet);
            let mut here = SheetZones::new(walk, sheet, &boxes_of[sheet], found, heads);
            for one in here.boxes(&boxes_of[sheet]) {
                if walk.effort.is_over() {
                    return zones;
                }
                if walk.is_left_of_form(one) {
                    continue;
                }
                let owner = if is_continued { goes_on(open.as_ref()) } else { here.owner(&walk.source.boxes[one]) };
                // An empty place says where the answer would be, no more.
                let is_free = walk.source.boxes[one].text.trim().is_empty();
                let (of_found, of_head) = match walk.keys[one].is_empty() {
                    true if is_free => (&mut zones.free_of_found, &mut zones.free_of_head),
                    true => continue,
                    false => (&mut zones.of_found, &mut zones.of_head),
                };
                match owner {
                    Some(Owner::Found(found)) => of_found.entry(found).or_default().push(one),
                    Some(Owner::Head(head)) => of_head.entry(head).or_default().push(one),
                    None => {}
                }
            }
            if !is_continued {
                open = here.last_open();
            }
        }
        zones
    }
}

/// Whether a sheet begins with the title of a 別紙: a table of whatever words.
fn is_attachment(walk: &Walk<'_, '_>, sheet: usize) -> bool {
    let title = walk.script.form.assembly.attachment_title.as_deref().unwrap_or("別紙{n}");
    let before = key(title.split("{n}").next().unwrap_or(title));
    let mut order = walk.sheets.get(sheet).into_iter().flat_map(|sheet| &sheet.order);
    let first = order.find(|one| !walk.keys[**one].is_empty());
    let rest = first.and_then(|one| walk.keys[*one].strip_prefix(before.as_str()));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A sheet without any label goes on with the list or table of the sheet before.
fn goes_on(open: Option<&Owner>) -> Option<Owner> {
    open.map(|owner| match owner {
        Owner::Found(found) => Owner::Found(*found),
        Owner::Head(head) => Owner::Head(*head),
    })
}

impl<'w, 'a, 'f> SheetZones<'w, 'a, 'f> {
    fn new(walk: &'w Walk<'a, 'f>, sheet: usize, boxes: &[usize], found: Vec<usize>, heads: Vec<usize>) -> Self {
        let right_end = right_end(walk, sheet, boxes, &found);
        let value_column = value_column(walk, sheet, &found);
        let spans = Spans::of(found.iter().map(|at| (*at, walk.found[*at].area)));
        let mut ends = found.clone();
        ends.sort_by(|a, b| walk.found[*a].area.bottom.total_cmp(&walk.found[*b].area.bottom));
        let (beside, below) = (BTreeMap::new(), BTreeMap::new());
        Self { walk, found, heads, spans, ends, right_end, value_column, beside, below }
    }

    /// What on the sheet is no label, from top to bottom.
    fn boxes(&self, boxes: &[usize]) -> Vec<usize> {
        let is_value = |one: &usize| {
            let known = &self.walk.source.boxes[*one];
            !(self.walk.is_label[*one] || is_aside(known.carrier) || known.pen == Pen::Struck)
        };
        let mut boxes: Vec<usize> = boxes.iter().copied().filter(is_value).collect();
        boxes.sort_by(|a, b| {
            let (a, b) = (&self.walk.source.boxes[*a].area, &self.walk.source.boxes[*b].area);
            a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left))
        });
        boxes
    }

    fn owner(&mut self, one: &TextBox) -> Option<Owner> {
        if let Some(head) = self.table_above(&one.area) {
            return one.is_shown().then_some(Owner::Head(head));
        }
        let is_outside = self.right_end.is_some_and(|end| one.area.left >= end - SAME);
        if let Some(label) = self.label_beside(one) {
            let known = self.found(label);
            let is_aside = is_outside && !self.is_next_to_value(label, &one.area) || self.is_remark(label, one);
            if is_aside || !takes_values(self.walk, known) {
                return None;
            }
            return self.take(label, one, Side::Beside);
        }
        if is_outside {
            return None;
        }
        let label = self.label_above(&one.area)?;
        let side = self.side(label, &one.area)?;
        // In folded rows only what stands beside its label is an answer; and a note below a place is none.
        let is_open = is_list(self.walk, self.found(label));
        let opens = self.walk.label_of(self.found(label)).opens;
        let is_above = matches!(opens, Opens::Item(item) if item.layout == LabelLayout::Above);
        let offers = matches!(opens, Opens::Item(item) if !is_text(&item.kind));
        let is_stray = !one.is_shown() && !offers || is_note(&one.text) && (self.has_place(label, side) || !is_above);
        if is_stray && !is_open {
            return None;
        }
        self.take(label, one, side)
    }

    fn found(&self, at: usize) -> &'w Found {
        &self.walk.found[at]
    }

    /// Whether a label has its place already, filled or not.
    fn has_place(&self, label: usize, side: Side) -> bool {
        let areas = if side == Side::Beside { &self.beside } else { &self.below };
        areas.contains_key(&label)
    }

    /// What is hidden is no part of what is seen.
    fn take(&mut self, label: usize, one: &TextBox, side: Side) -> Option<Owner> {
        if !one.is_shown() && self.found(label).is_shown {
            return None;
        }
        if one.is_upright_place() {
            return Some(Owner::Found(label));
        }
        let areas = if side == Side::Beside { &mut self.beside } else { &mut self.below };
        areas.entry(label).and_modify(|area| *area = area.around(&one.area)).or_insert(one.area);
        Some(Owner::Found(label))
    }

    /// The change table the area stands in.
    fn table_above(&self, area: &Area) -> Option<usize> {
        let nth = self.heads.iter().rposition(|head| self.walk.heads[*head].bottom <= area.top + SAME);
        self.walk.effort.spend(self.heads.len() - nth.unwrap_or(0));
        let head = *self.heads.get(nth?)?;
        let is_left = self.spans.begins(self.walk.heads[head].bottom - SAME, area.top + SAME);
        (!is_left).then_some(head)
    }

    /// The nearest label left of a box, on its line.
    fn label_beside(&self, one: &TextBox) -> Option<usize> {
        let is_left = |at: &&usize| {
            let found = self.found(**at);
            let opens = self.walk.label_of(found).opens;
            // A label that holds others has no value of its own.
            let holds =
                matches!(opens, Opens::Heading(item) if !is_row(item.layout)) || matches!(opens, Opens::Section);
            !holds && found.area.right <= one.area.left + SAME && found.area.shared_height(&one.area) > SAME
        };
        let shared = |at: &usize| self.found(*at).area.shared_height(&one.area);
        let mut left: Vec<usize> =
            self.spans.between(one.area.top, one.area.bottom, self.walk.effort).filter(|at| is_left(&at)).collect();
        left.sort_unstable();
        let most = left.iter().map(shared).fold(0.0, f32::max);
        left.into_iter().filter(|at| shared(at) >= most * 0.9).max_by(|a, b| {
            let (a, b) = (&self.found(*a).area, &self.found(*b).area);
            a.left.total_cmp(&b.left).then(b.top.total_cmp(&a.top))
        })
    }

    /// The nearest label above.
    fn label_above(&self, area: &Area) -> Option<usize> {
        let bottom = |at: &usize| self.found(*at).area.bottom;
        let above = &self.ends[..self.ends.partition_point(|at| bottom(at) <= area.top + SAME)];
        let lowest = bottom(above.last()?);
        let lowest = &above[above.partition_point(|at| bottom(at) < lowest)..];
        self.walk.effort.spend(lowest.len());
        lowest.iter().copied().max_by(|a, b| {
            let (a, b) = (&self.found(*a).area, &self.found(*b).area);
            let over = a.shared_width(area).total_cmp(&b.shared_width(area));
            over.then(a.top.total_cmp(&b.top))
        })
    }

    /// As what a box below a label belongs to it.
    fn side(&self, label: usize, area: &Area) -> Option<Side> {
        let found = self.found(label);
        let known = self.walk.label_of(found);
        if is_list(self.walk, found) {
            return Some(Side::Below);
        }
        if !takes_values(self.walk, found) {
            return None;
        }
        let gap = |bottom: f32| area.top - bottom <= LONGEST_GAP;
        match (self.beside.get(&label), self.below.get(&label)) {
            // It goes on below itself, in the same column.
            (Some(beside), _) => {
                let bottom = beside.bottom.max(found.area.bottom);
                (area.left >= found.area.right - SAME && gap(bottom)).then_some(Side::Beside)
            }
            (None, Some(below)) => {
                let is_in_column = below.around(&found.area).shared_width(area) > 0.0;
                // An answer may be cut in two beside each other.
                let is_next = below.is_beside(area) && area.left >= below.right - SAME;
                ((is_in_column || is_next) && gap(below.bottom)).then_some(Side::Below)
            }
            (None, None) => {
                // Options and boxes say themselves that they are no note.
                let offers = matches!(known.opens, Opens::Item(item) if matches!(item.kind, Kind::Choice { .. } | Kind::Checks { .. }));
                let is_near =
                    gap(found.area.bottom) || offers && area.top - found.area.bottom <= LONGEST_GAP_OF_OPTIONS;
                is_near.then_some(Side::Below)
            }
        }
    }

    /// Whether an answer goes on in the next cell, though that is not where the form is.
    fn is_next_to_value(&self, label: usize, area: &Area) -> bool {
        const NARROW: f32 = 3.0;
        let is_narrow = area.right - area.left < NARROW;
        is_narrow
            && self
                .beside
                .get(&label)
                .is_some_and(|beside| beside.right - beside.left < NARROW && (beside.right - area.left).abs() < SAME)
    }

    /// Whether a few words stand far right of a label whose place is empty, where nothing on the sheet is merged: values
    /// stand together in one column.
    fn is_remark(&self, label: usize, one: &TextBox) -> bool {
        const LONGEST: usize = 15;
        let is_text = matches!(self.walk.label_of(self.found(label)).opens, Opens::Item(item) if is_text(&item.kind))
            || matches!(self.walk.label_of(self.found(label)).opens, Opens::Entry(_));
        let is_first = !self.beside.contains_key(&label);
        let is_short = one.text.chars().count() <= LONGEST && (!one.text.contains('。') || is_of_work(&one.text));
        let is_far = self.value_column.is_some_and(|column| one.area.left > column + SAME);
        is_text && is_first && is_short && is_far && self.right_end.is_none()
    }

    /// The list or table that is open at the end of the sheet.
    fn last_open(&self) -> Option<Owner> {
        let last_found = self.found.last().copied();
        if let Some(head) = self.heads.last().copied() {
            let bottom = self.walk.heads[head].bottom;
            let is_after = last_found.is_some_and(|found| self.found(found).area.top >= bottom - SAME);
            if !is_after {
                return Some(Owner::Head(head));
            }
        }
        let found = last_found?;
        is_closed(self.walk.label_of(self.found(found)).section).then_some(Owner::Found(found))
    }
}

/// Whether all that follows a label belongs to it.
fn is_list(walk: &Walk<'_, '_>, found: &Found) -> bool {
    let known = walk.label_of(found);
    is_closed(known.section) || has_figure(known.section) && matches!(known.opens, Opens::Section)
}

/// Whether what carries a text is no place of the form.
fn is_aside(carrier: Carrier) -> bool {
    matches!(carrier, Carrier::Comment | Carrier::Note | Carrier::Margin)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Beside,
    Below,
}

/// Whether a label is a row of its own.
pub(super) fn is_row(layout: LabelLayout) -> bool {
    matches!(layout, LabelLayout::Heading | LabelLayout::Risk)
}

/// Whether anything may stand at a label.
fn takes_values(walk: &Walk<'_, '_>, found: &Found) -> bool {
    match walk.label_of(found).opens {
        Opens::Section => has_figure(walk.label_of(found).section) || is_closed(walk.label_of(found).section),
        Opens::Heading(item) => item.inner().iter().any(|inner| inner.layout == LabelLayout::InHeading),
        Opens::Item(_) => true,
        Opens::Entry(item) => matches!(&item.kind, Kind::Repeat(repeat) if repeat.title_item.is_some()),
    }
}

fn has_figure(section: &crate::form::Section) -> bool {
    section.items.iter().any(|item| matches!(item.kind, Kind::Figure))
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::TextLine | Kind::TextBlock | Kind::Date { .. })
}
