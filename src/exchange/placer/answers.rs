//! What was found at each label → answers, group by group: the document, and each copy of a section that stands once per
//! file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::behind::Behind;
use super::choice::choose;
use super::ledger::{Fate, Ledger};
use super::lists;
use super::missing::{doubt_missing, doubt_rest};
use super::receipt::DoubtKind;
use super::script::Opens;
use super::sides::Sides;
use super::stream::{Stream, UNITS};
use super::text::{Gathered, gather, is_note};
use super::ticks::{is_empty_box, is_tick, tick, tickables};
use super::trace::{self, Role, Saying};
use super::walk::{Found, Walk};
use super::zones::Zones;
use crate::draft::{Answer, Figure, Part};
use crate::exchange::boxes::{Carrier, ForeignSource, seen_chars};
use crate::form::{Derived, FieldPath, Form, Item, Kind};

/// Answers that stand together, before it is known which file they belong to.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Which one it is, in the order of the document.
    pub number: usize,
    /// The section of a group that stands once per file; `None` for the document.
    pub section: Option<String>,
    pub part: Part,
    /// Repeat → its entries by their number.
    pub entries: BTreeMap<String, BTreeMap<usize, Part>>,
    /// The name of the file as it stands there.
    pub name: Option<String>,
    /// What stands in a place of its own above the list of record items.
    pub list_title: Option<String>,
    pub doubts: Vec<GroupDoubt>,
    /// Which boxes say what, as if it were the document.
    pub sayings: Vec<Saying>,
}

/// A doubt before it is known which file it belongs to.
#[derive(Clone, Debug)]
pub(super) struct GroupDoubt {
    pub item: String,
    pub entry: Option<usize>,
    pub one: usize,
    pub kind: DoubtKind,
}

/// The groups, and how many characters went into texts.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub groups: Vec<Group>,
    /// Block → its group: the document, or a copy of a section.
    pub of_blocks: Vec<usize>,
    pub n_text: usize,
    /// Items whose options stand there, all of them.
    pub n_listed: usize,
}

/// Where an item is answered in the document, once all that was found of it is together.
#[derive(Debug)]
pub(super) struct Site {
    pub group: usize,
    pub entry: Option<usize>,
    /// What was found first of it.
    pub found: usize,
    /// The boxes that say the answer.
    pub boxes: Vec<usize>,
    /// Empty places of it.
    pub free: Vec<usize>,
}

/// Reads whatever stands at the labels.
pub(super) fn answers(walk: &Walk<'_, '_>, zones: &Zones, ledger: &mut Ledger<'_>) -> Answers {
    let mut answers = Answers::default();
    let sites = sites(walk, zones, &mut answers);
    doubt_missing(walk, &mut answers);
    walk.furniture.iter().for_each(|one| ledger.all(*one, Fate::Form));
    for found in &walk.found {
        found.boxes.iter().for_each(|one| ledger.all(*one, Fate::Form));
    }
    for (one, behind) in &walk.behind {
        if let Behind::Note(first) = behind {
            ledger.part(*one, *first..usize::MAX, Fate::Left);
        }
    }
    let sides = Sides::of(walk, &sites);
    for site in &sites {
        if walk.effort.is_over() {
            break;
        }
        let group = &mut answers.groups[site.group];
        let found = &walk.found[site.found];
        let mut reader =
            Reader { walk, ledger, group, entry: site.entry, boxes: &site.boxes, sides, n_text: 0, n_listed: 0 };
        reader.read(found, &site.boxes);
        reader.tell_label(found);
        answers.n_text += reader.n_text;
        answers.n_listed += reader.n_listed;
    }
    doubt_rest(walk, &sites, ledger, &mut answers);
    answers.groups.iter_mut().for_each(|group| keep_asked(walk.script.form, group));
    answers
}

/// The sites of the document; their groups are added to `answers`.
pub(super) fn sites(walk: &Walk<'_, '_>, zones: &Zones, answers: &mut Answers) -> Vec<Site> {
    answers.of_blocks = groups_of_blocks(walk, answers);
    let groups = &answers.of_blocks;
    // The same item may have been met twice: hidden above, or continued below.
    let mut places: BTreeMap<(usize, Option<usize>, usize), Vec<usize>> = BTreeMap::new();
    for (at, found) in walk.found.iter().enumerate() {
        places.entry((groups[found.block], found.entry, found.label)).or_default().push(at);
    }
    let site = |((group, entry, _), all): ((usize, Option<usize>, usize), Vec<usize>)| {
        let has_shown = all.iter().any(|at| walk.found[*at].is_shown);
        let kept: Vec<usize> = all.into_iter().filter(|at| walk.found[*at].is_shown || !has_shown).collect();
        let of = |zones: &BTreeMap<usize, Vec<usize>>| {
            kept.iter().flat_map(|at| zones.get(at).into_iter().flatten().copied()).collect()
        };
        let (mut boxes, free): (Vec<usize>, Vec<usize>) = (of(&zones.of_found), of(&zones.free_of_found));
        // Of scattered lines only what stands on the line of its label is known to be its answer.
        if walk.source.is_scattered {
            walk.effort.spend(boxes.len() * kept.len());
            let is_on_line =
                |one: &usize| kept.iter().any(|at| walk.source.boxes[*one].area.is_beside(&walk.found[*at].area));
            boxes.retain(is_on_line);
            // Nor is it known to which of several files.
            if answers.groups[group].section.is_some() && has_several_files(&answers.groups) {
                boxes.clear();
            }
        }
        kept.first().map(|found| Site { group, entry, found: *found, boxes, free })
    };
    places.into_iter().filter_map(site).collect()
}

/// Whether a section that stands once per file stands more than once.
fn has_several_files(groups: &[Group]) -> bool {
    let sections = || groups.iter().filter_map(|group| group.section.as_deref());
    sections().any(|section| sections().filter(|other| *other == section).count() > 1)
}

/// Block → group: the document, or a copy of a section.
fn groups_of_blocks(walk: &Walk<'_, '_>, answers: &mut Answers) -> Vec<usize> {
    answers.groups.push(Group::default());
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups = Vec::new();
    let names_file = |item: &Item| item.derived == Some(Derived::FileName);
    let is_name = |found: &&Found| matches!(walk.label_of(found).opens, Opens::Item(item) if names_file(item));
    let named: BTreeSet<usize> = walk.found.iter().filter(is_name).map(|found| found.block).collect();
    let mut n_found: BTreeMap<usize, usize> = BTreeMap::new();
    walk.found.iter().for_each(|found| *n_found.entry(found.block).or_default() += 1);
    for (at, block) in walk.blocks.iter().enumerate() {
        let section = block.section;
        if !section.per_file {
            groups.push(0);
            continue;
        }
        let has_name = section.items.iter().any(names_file);
        let is_named = named.contains(&at);
        // Its title alone, as where a sheet lists what the others say, is no copy of it.
        if has_name && n_found.get(&at).is_none_or(|n| *n < 2) {
            groups.push(0);
            continue;
        }
        // A section whose title stands again without the name of a file goes on.
        let group = match last.get(section.id.as_str()) {
            Some(open) if has_name && !is_named => *open,
            _ => {
                let number = answers.groups.len();
                answers.groups.push(Group { number, section: Some(section.id.clone()), ..Group::default() });
                number
            }
        };
        last.insert(&section.id, group);
        groups.push(group);
    }
    groups
}

/// Reads what stands at one label.
struct Reader<'r, 'a, 'f, 'l> {
    walk: &'r Walk<'a, 'f>,
    ledger: &'r mut Ledger<'l>,
    group: &'r mut Group,
    entry: Option<usize>,
    /// All that stands at the label.
    boxes: &'r [usize],
    sides: Sides,
    n_text: usize,
    n_listed: usize,
}

impl<'a> Reader<'_, 'a, '_, '_> {
    fn read(&mut self, found: &Found, boxes: &[usize]) {
        let label = self.walk.label_of(found);
        // An entry that is there, though nothing is in it, keeps its number.
        match label.opens {
            Opens::Entry(repeat) => {
                let Kind::Repeat(known) = &repeat.kind else { return };
                let title = known.title_item.as_deref().and_then(|id| repeat.find(id));
                if let Some(item) = title {
                    self.item(item, label.repeat, found, boxes);
                }
            }
            Opens::Item(item) => self.item(item, label.repeat, found, boxes),
            Opens::Heading(item) => {
                let has_ticks = |one: &&usize| self.walk.behind.get(*one) == Some(&Behind::Ticks);
                let own = found.boxes.iter().filter(has_ticks);
                let boxes: Vec<usize> = own.chain(boxes).copied().collect();
                self.ticks(item, label.repeat, &boxes);
            }
            Opens::Section => {
                let items = &label.section.items;
                if let Some(item) = items.iter().find(|item| matches!(item.kind, Kind::Records | Kind::Figure)) {
                    self.item(item, None, found, boxes);
                }
            }
        }
    }

    fn item(&mut self, item: &Item, repeat: Option<&Item>, found: &Found, boxes: &[usize]) {
        if boxes.is_empty() {
            return;
        }
        if found.boxes.iter().any(|one| self.walk.near.contains(one)) {
            self.doubt(item, found.boxes[0], DoubtKind::NearLabel);
        }
        match &item.kind {
            Kind::Choice { .. } => {
                self.choice(item, repeat, boxes);
                self.doubt_order(item, found, boxes);
            }
            Kind::Checks { .. } | Kind::Check => {
                self.ticks(item, repeat, boxes);
                self.doubt_order(item, found, boxes);
            }
            Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records | Kind::Figure => {
                self.text(item, repeat, found, boxes);
            }
            Kind::Count => self.count(item, repeat, boxes),
            Kind::Group { .. } | Kind::Repeat(_) | Kind::Table { .. } | Kind::FreeTable => {}
        }
    }

    fn put(&mut self, item: &Item, repeat: Option<&Item>, answer: Answer) {
        self.part(repeat).answers.insert(item.id.as_str(), answer);
        self.tell(&item.id, repeat, self.boxes.to_vec(), Role::Answer);
    }

    /// Takes note of the boxes of an item.
    fn tell(&mut self, item: &str, repeat: Option<&Item>, boxes: Vec<usize>, role: Role) {
        let at = FieldPath { file: None, item: item.to_owned(), entry: repeat.and(self.entry) };
        self.group.sayings.push(Saying { at, boxes, role });
    }

    /// Takes note of the label of an item, whether it has an answer or not.
    fn tell_label(&mut self, found: &Found) {
        let label = self.walk.label_of(found);
        if let Some(item) = trace::item_of(label) {
            self.tell(&item.id, label.repeat, found.boxes.clone(), Role::Label);
        }
    }

    fn part(&mut self, repeat: Option<&Item>) -> &mut Part {
        match (repeat, self.entry) {
            (Some(repeat), Some(entry)) => {
                self.group.entries.entry(repeat.id.clone()).or_default().entry(entry).or_default()
            }
            _ => &mut self.group.part,
        }
    }

    fn doubt(&mut self, item: &Item, one: usize, kind: DoubtKind) {
        self.group.doubts.push(GroupDoubt { item: item.id.clone(), entry: self.entry, one, kind });
    }

    /// What is hidden was not meant to be chosen.
    fn doubt_unchosen(&mut self, item: &Item, boxes: &[usize]) {
        if boxes.iter().all(|one| self.walk.source.boxes[*one].is_shown()) {
            self.doubt(item, boxes[0], DoubtKind::Unchosen);
        }
    }

    /// Among lines alone, what does not stand on the line of its label is there by their order.
    fn doubt_order(&mut self, item: &Item, found: &Found, boxes: &[usize]) {
        let source = self.walk.source;
        let is_apart = |one: &&usize| !source.boxes[**one].area.is_beside(&found.area);
        if let Some(one) = boxes.iter().find(is_apart).filter(|_| source.is_lines) {
            self.doubt(item, *one, DoubtKind::Order);
        }
    }

    /// The boxes of an item, each mark before its words; where it may be meant for others, the item is in doubt.
    fn stream(&mut self, item: &Item, boxes: &[usize]) -> Stream<'a> {
        let sided = self.sides.sided(self.walk.source, item, boxes);
        if sided.is_doubtful {
            self.doubt(item, boxes[0], DoubtKind::Side);
        }
        Stream::of(self.walk.source, &sided.boxes)
    }

    fn choice(&mut self, item: &Item, repeat: Option<&Item>, boxes: &[usize]) {
        let mut stream = self.stream(item, boxes);
        let title = &self.walk.script.form.signs.choice_list_title;
        let chosen = choose(item, title, &mut stream, self.ledger);
        if chosen.number.is_some() {
            self.put(item, repeat, Answer::Choice(chosen.number));
            self.mark_hidden(item, boxes);
        }
        if chosen.is_odd {
            self.doubt(item, boxes[0], DoubtKind::OddChoice);
        }
        self.n_listed += usize::from(chosen.has_list);
        let is_silent = chosen.number.is_none() && !chosen.is_odd && chosen.brackets.is_none();
        if is_silent && chosen.has_list {
            self.doubt_unchosen(item, boxes);
        }
        for other in inside_of(self.walk.script.form, item) {
            self.in_cell(other, repeat, &mut stream);
        }
        self.printed(boxes);
    }

    /// Reads `（ 3 ）　件` and the like inside the cell of a choice.
    fn in_cell(&mut self, item: &Item, repeat: Option<&Item>, stream: &mut Stream<'_>) {
        let Some((open, inside, close)) = in_cell(item, stream) else {
            self.bare_count(item, repeat, stream);
            return;
        };
        if matches!(item.kind, Kind::Count) {
            let Some(number) = stream.number(inside.clone()) else {
                self.bare_count(item, repeat, stream);
                if inside.is_empty() {
                    stream.take(open.start..close.end, Fate::Form, self.ledger);
                }
                return;
            };
            self.put(item, repeat, Answer::Count(Some(number)));
            stream.take(inside, Fate::Sign, self.ledger);
        } else {
            let text = stream.text(inside.clone()).trim().to_owned();
            self.n_text += seen_chars(&text);
            if !text.is_empty() {
                self.put(item, repeat, Answer::Text(text));
                stream.take(inside, Fate::Text, self.ledger);
            }
        }
        stream.take(open, Fate::Form, self.ledger);
        stream.take(close, Fate::Form, self.ledger);
    }

    /// Reads `3件` and `（3件）`, where the parentheses do not stand as on the form.
    fn bare_count(&mut self, item: &Item, repeat: Option<&Item>, stream: &mut Stream<'_>) {
        if !matches!(item.kind, Kind::Count) {
            return;
        }
        let counted =
            (0..stream.len()).filter(|at| stream.glyphs[*at].begins).find_map(|at| stream.number_at(at, &UNITS));
        let Some(counted) = counted.filter(|counted| counted.has_unit) else { return };
        let Some(number) = stream.number(counted.digits.clone()) else { return };
        self.put(item, repeat, Answer::Count(Some(number)));
        stream.take(counted.all, Fate::Form, self.ledger);
        stream.take(counted.digits, Fate::Sign, self.ledger);
    }

    fn ticks(&mut self, item: &Item, repeat: Option<&Item>, boxes: &[usize]) {
        let mut stream = self.stream(item, boxes);
        let ticked = tick(&tickables(item), &mut stream, self.ledger);
        self.n_text += ticked.n_text;
        if matches!(item.kind, Kind::Checks { .. }) {
            self.n_listed += usize::from(ticked.is_found);
            if ticked.is_found && ticked.boxes.marked.is_empty() && !has_places(self.walk.source, boxes) {
                self.doubt_unchosen(item, boxes);
            }
            let is_empty =
                ticked.boxes.marked.is_empty() && ticked.boxes.texts.is_empty() && ticked.boxes.counts.is_empty();
            if !is_empty {
                self.put(item, repeat, Answer::Checks(ticked.boxes));
                self.mark_hidden(item, boxes);
            }
        } else {
            for id in &ticked.boxes.marked {
                self.part(repeat).answers.insert(id.as_str(), Answer::Check(true));
                self.tell(id, repeat, self.boxes.to_vec(), Role::Answer);
            }
        }
        self.printed(boxes);
    }

    fn count(&mut self, item: &Item, repeat: Option<&Item>, boxes: &[usize]) {
        let mut stream = Stream::of(self.walk.source, boxes);
        let digits: Vec<usize> = (0..stream.len()).filter(|at| stream.glyphs[*at].c.is_ascii_digit()).collect();
        let (Some(first), Some(last)) = (digits.first().copied(), digits.last().copied()) else { return };
        if let Some(number) = stream.number(first..last + 1) {
            self.put(item, repeat, Answer::Count(Some(number)));
            stream.take(first..last + 1, Fate::Sign, self.ledger);
            let unit = last + 1..last + 2;
            if stream.glyphs.get(unit.start).is_some_and(|glyph| UNITS.contains(&glyph.c)) {
                stream.take(unit, Fate::Form, self.ledger);
            }
        }
    }

    fn text(&mut self, item: &Item, repeat: Option<&Item>, found: &Found, boxes: &[usize]) {
        // A figure is drawn, not written: a colleague's note in its place is none.
        let source = self.walk.source;
        if matches!(item.kind, Kind::Figure) && boxes.iter().all(|one| is_note(&source.boxes[*one].text)) {
            return;
        }
        let printed = |key: &str| is_printed(item, key);
        let is_list = matches!(item.kind, Kind::Records);
        let beside = if is_list { "\n" } else { "" };
        let mut gathered = gather(self.walk, boxes, (&item.suffix, beside), &printed, self.ledger);
        let list = is_list.then(|| lists::read(source, self.walk.effort, &mut gathered));
        self.group.list_title = list.as_ref().and_then(|list| list.title.clone()).or(self.group.list_title.take());
        // A pre-printed answer is not the author's: what stands there instead is left over.
        if item.fixed.is_some() {
            for one in &gathered.boxes {
                self.ledger.all(*one, Fate::Left);
            }
            return;
        }
        if gathered.text.is_empty() {
            return;
        }
        self.n_text += gathered.n_chars;
        self.doubts_of(item, &gathered);
        if list.is_some_and(|list| !list.is_sure) {
            self.doubt(item, gathered.boxes[0], DoubtKind::Order);
        } else {
            self.doubt_order(item, found, &gathered.boxes);
        }
        if !found.is_shown {
            self.doubt(item, gathered.boxes[0], DoubtKind::Hidden);
        }
        if item.derived == Some(Derived::FileName) {
            self.group.name = Some(gathered.text.clone());
        }
        let answer = match item.kind {
            Kind::Figure => Answer::Figure(Figure { note: Some(gathered.text), ..Figure::default() }),
            _ => Answer::Text(gathered.text),
        };
        self.put(item, repeat, answer);
    }

    fn doubts_of(&mut self, item: &Item, gathered: &Gathered) {
        let Some(&one) = gathered.boxes.first() else { return };
        let kinds = [
            (gathered.is_coloured, DoubtKind::Coloured),
            (gathered.is_in_shape, DoubtKind::Shape),
            (gathered.is_cut, DoubtKind::Cut),
            (gathered.is_clipped, DoubtKind::Clipped),
            (is_formula(&gathered.text), DoubtKind::Formula),
            (gathered.is_joined && !matches!(item.kind, Kind::Records | Kind::Figure), DoubtKind::Joined),
        ];
        for (_, kind) in kinds.into_iter().filter(|(is_so, _)| *is_so) {
            self.doubt(item, one, kind);
        }
    }

    fn mark_hidden(&mut self, item: &Item, boxes: &[usize]) {
        if let Some(one) = boxes.iter().find(|one| !self.walk.source.boxes[**one].is_shown()) {
            self.doubt(item, *one, DoubtKind::Hidden);
        }
    }

    /// Whole boxes that read like something printed on the form.
    fn printed(&mut self, boxes: &[usize]) {
        for &one in boxes {
            if self.ledger.is_untouched(one) && self.walk.script.printed.contains(&self.walk.keys[one]) {
                self.ledger.all(one, Fate::Form);
            }
        }
    }
}

/// In an entry in which nothing is written, nothing was to be chosen.
fn keep_asked(form: &Form, group: &mut Group) {
    let Group { doubts, entries, .. } = group;
    let is_empty = |doubt: &GroupDoubt| {
        let of = |repeat: &str| form.item(repeat).is_some_and(|repeat| repeat.find(&doubt.item).is_some());
        let part = doubt.entry.and_then(|entry| entries.iter().find(|(repeat, _)| of(repeat))?.1.get(&entry));
        doubt.entry.is_some() && part.is_none_or(|part| part.answers.iter().all(|(_, answer)| answer.is_empty()))
    };
    doubts.retain(|doubt| doubt.kind != DoubtKind::Unchosen || !is_empty(doubt));
}

/// Whether there are places for marks, in brackets or as boxes or controls: then empty ones say that nothing is ticked.
fn has_places(source: &ForeignSource, boxes: &[usize]) -> bool {
    boxes.iter().map(|one| &source.boxes[*one]).any(|one| {
        let is_place = |c: char| matches!(c, '[' | '［') || is_empty_box(c) || is_tick(c);
        matches!(one.carrier, Carrier::Ticked | Carrier::Unticked) || one.text.contains(is_place)
    })
}

/// Whether a text is what Excel shows of a formula that gives nothing, or the formula itself.
fn is_formula(text: &str) -> bool {
    const ERRORS: [&str; 7] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"];
    let is_call =
        |rest: &str| rest.chars().next().is_some_and(|c| c.is_alphabetic() || c == '\'') && !rest.contains('。');
    ERRORS.contains(&text) || text.strip_prefix('=').is_some_and(|rest| is_call(rest) && rest.contains(['!', '(']))
}

/// Where an answer inside the cell of another stands: what is printed before it, itself, and what is printed behind it.
pub(super) fn in_cell(item: &Item, stream: &Stream<'_>) -> Option<(Range<usize>, Range<usize>, Range<usize>)> {
    let cell = item.in_cell.as_ref()?;
    let (before, after) = (super::key::key(&cell.before), super::key::key(&cell.after));
    let open = (0..stream.len()).find(|at| stream.is_at(*at, &before))?;
    let start = open + before.chars().count();
    let closes = |at: &usize| stream.is_at(*at, &after);
    let is_count = matches!(item.kind, Kind::Count);
    let close = if is_count { (start..stream.len()).find(closes) } else { (start..stream.len()).rfind(closes) };
    let end = close.unwrap_or(stream.len());
    Some((open..start, start..end, end..end + after.chars().count()))
}

/// The items that are answered inside the cell of another.
pub(super) fn inside_of<'f>(form: &'f Form, item: &Item) -> Vec<&'f Item> {
    form.items().filter(|other| other.in_cell.as_ref().is_some_and(|cell| cell.of == item.id)).collect()
}

/// Whether these words are printed in the place of an item.
pub(super) fn is_printed(item: &Item, key: &str) -> bool {
    let is_fixed = item.fixed.as_deref().is_some_and(|fixed| super::key::key(fixed) == key);
    is_fixed || !item.footnote.is_empty() && super::key::key(&item.footnote) == key
}
