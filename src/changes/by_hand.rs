//! Rows that people wrote: which differences they tell of.
//!
//! A row tells of a difference where it names its item (in any spelling, with its headings, its file, its entry, its risk,
//! or the heading around it) and no other difference better, and where its 変更前 and 変更後 hold what was changed. What
//! is told in several rows (修正①, 修正②, the items of a new entry) is told where they hold it together. A row that names
//! the item and says something else tells of another change of it. Where neither cell quotes the document (別紙のとおり,
//! （略）), the name decides.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::changes::difference::{Difference, What};
use crate::changes::entry_in_cell::Entry;
use crate::changes::item_name::name_in_file;
use crate::changes::rows::Table;
use crate::changes::told_in_cells::{Cells, Changed, Quote, first_answer};
use crate::draft::{ChangeRow, ItemStyle, Target};
use crate::form::{FieldPath, Form, Item, Place};
use crate::item_names::{self, EntryNumbers, Keys, Named, entry_numbers, entry_word};

/// A shorter heading may be the end of another word.
const HEADING_CHARS: usize = 4;

/// The rows of this version that people wrote.
pub(super) struct ByHand<'a> {
    form: &'a Form,
    /// Where there are rows.
    keys: Option<Keys<'a>>,
    rows: Vec<HandRow<'a>>,
}

struct HandRow<'a> {
    /// Its index in the table.
    index: usize,
    /// 項目 in one spelling.
    item: String,
    /// The files it names.
    files: Vec<String>,
    /// The same without all that is no part of a name, as a whole and line by line.
    keys: Vec<String>,
    /// Nothing, where it is about the whole document.
    named: Named<'a>,
    /// Whether what it says of one place holds everywhere.
    is_everywhere: bool,
    before: Quote,
    after: Quote,
}

/// What names the item of a difference.
struct Wanted {
    /// Short and with all headings, as keys.
    names: [String; 2],
    risk: String,
    /// The headings around it, as keys: a row that ends with one covers what stands below it.
    headings: Vec<String>,
}

impl HandRow<'_> {
    /// The words that it says were put in the place of others: those of both cells, and of their lists one by one.
    fn replaced(&self) -> Vec<(&str, &str)> {
        let whole = (self.before.text.as_str(), self.after.text.as_str());
        let (old, new) = (&self.before.list, &self.after.list);
        let lists = old.iter().zip(new).filter(|_| old.len() == new.len());
        std::iter::once(whole).chain(lists.map(|(old, new)| (old.as_str(), new.as_str()))).collect()
    }
}

/// How well a row names the item of a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Naming {
    /// By a heading around it.
    Heading,
    /// By words that can mean others too.
    OneOfSome,
    /// By words that mean it alone.
    Alone,
    /// In the words of the program.
    Exactly,
}

impl<'a> ByHand<'a> {
    /// The rows without a link, those of former years left out.
    pub fn of(table: &Table<'a>, rows: &[Arc<ChangeRow>]) -> Self {
        let former = table.former(rows);
        let is_own = |index: &usize| rows[*index].link.is_none() && !former[*index];
        let indices: Vec<usize> = (0..rows.len()).filter(is_own).collect();
        let now = &table.now.document;
        /// The index of a row in the table, and the files it names.
        type Place = (usize, Vec<String>);
        // A row that names several items is one for each of them.
        let named_by = |index: usize| {
            let row = item_names::meant(rows, index);
            let files = item_names::files_named(&row.item, table.last.files.iter().chain(&now.files));
            let names = item_names::several(table.form, &row.item).into_iter();
            names.map(move |item| ((index, files.clone()), Arc::new(ChangeRow { item, ..(*row).clone() })))
        };
        let (places, own): (Vec<Place>, Vec<Arc<ChangeRow>>) = indices.into_iter().flat_map(named_by).unzip();
        let abouts = item_names::read_rows(table.form, &[table.last, now], &own);
        let keys = (!own.is_empty()).then(|| Keys::of(table.form, &[table.last, now]));
        let key = |item: &str| keys.as_ref().map(|keys| keys.key(item)).unwrap_or_default();
        type Read<'r, 'a> = ((&'r Arc<ChangeRow>, item_names::RowSubject<'a>), Place);
        let hand = |((row, about), (index, files)): Read<'_, 'a>| HandRow {
            index,
            item: folded(&row.item),
            files,
            keys: std::iter::once(row.item.as_str()).chain(row.item.lines()).map(key).collect(),
            named: if item_names::names_all(&row.item) { Named::Unknown } else { about.named },
            is_everywhere: item_names::names_all(&row.item) || item_names::holds_everywhere(row),
            before: Quote::of(&row.before),
            after: Quote::of(&row.after),
        };
        let rows = own.iter().zip(abouts).zip(places).map(hand).collect();
        Self { form: table.form, keys, rows }
    }

    /// The differences that the rows tell of.
    pub fn told<'d>(&self, differences: impl Iterator<Item = &'d Difference>) -> BTreeSet<&'d Target> {
        self.tellers(differences).into_iter().map(|(difference, _)| &difference.target).collect()
    }

    /// The same, each with the rows that tell of it, by their index in the table.
    pub fn tellers<'d>(&self, differences: impl Iterator<Item = &'d Difference>) -> Vec<(&'d Difference, Vec<usize>)> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let (moves, differences): (Vec<&Difference>, Vec<&Difference>) =
            differences.partition(|difference| matches!(difference.what, What::Order(_)));
        let naming: Vec<Vec<Option<Naming>>> = differences.iter().map(|difference| self.naming(difference)).collect();
        let best: Vec<Option<Naming>> =
            (0..self.rows.len()).map(|row| naming.iter().filter_map(|of_rows| of_rows[row]).max()).collect();
        let told = differences.iter().zip(&naming).map(|(difference, naming)| {
            let names = |row: &usize| naming[*row].is_some() && naming[*row] == best[*row];
            let rows = self.telling((0..self.rows.len()).filter(names).collect(), naming, difference);
            let rows = if rows.is_empty() { self.heading_tells_entries(difference, &differences) } else { rows };
            (*difference, rows)
        });
        let mut told: Vec<(&Difference, Vec<usize>)> = told.collect();
        let in_sections: Vec<Vec<usize>> =
            told.iter().map(|(difference, _)| self.of_section(difference, &told)).collect();
        for ((_, rows), of_section) in told.iter_mut().zip(in_sections) {
            rows.extend(of_section);
        }
        let moves = moves.iter().map(|difference| (*difference, self.of_list(difference)));
        let told = told.into_iter().chain(moves).filter(|(_, rows)| !rows.is_empty());
        let indices = |rows: Vec<usize>| {
            let mut indices: Vec<usize> = rows.into_iter().map(|row| self.rows[row].index).collect();
            indices.dedup();
            indices
        };
        told.map(|(difference, rows)| (difference, indices(rows))).collect()
    }

    /// The rows that are meant for a difference which none tells: they name it, and say what was there before.
    pub fn meant(&self, difference: &Difference) -> Vec<usize> {
        let changed = Changed::of(difference);
        let nothing = Quote::default();
        let says_before = |row: &HandRow<'_>| {
            matches!(changed.in_cells(&[(&row.before, &nothing)]), Cells::TellIt | Cells::TellItAlone)
        };
        let naming = self.naming(difference);
        let is_meant = |row: &usize| naming[*row].is_some() && says_before(&self.rows[*row]);
        (0..self.rows.len()).filter(is_meant).map(|row| self.rows[row].index).collect()
    }

    /// The rows for the heading around a number of entries and its list, with every entry that came or went, tell of the
    /// number: 「４．委託」 with the whole of 委託事項1. A row that names the entry itself excuses no number.
    fn heading_tells_entries(&self, number: &Difference, all: &[&Difference]) -> Vec<usize> {
        if !is_number(number) {
            return Vec::new();
        }
        let file = |difference: &Difference| difference.path().and_then(|path| path.file);
        let entries: Vec<&&Difference> = all
            .iter()
            .filter(|other| matches!(other.what, What::EntryAdded(..) | What::EntryRemoved(_)))
            .filter(|other| file(other) == file(number))
            .collect();
        let row_tells = |row: &HandRow<'_>| {
            let Named::Items(items) = &row.named else { return false };
            let is_around = |heading: &Item, difference: &Difference| {
                let id = &difference.target.item;
                heading.id != *id && heading.find(id).is_some()
            };
            let cells = (&row.before, &row.after);
            let holds = |entry: &Difference| {
                matches!(Changed::of(entry).in_cells(&[cells]), Cells::TellIt | Cells::TellItAlone)
            };
            let tells = |heading: &Item| {
                let mut below = entries.iter().filter(|entry| is_around(heading, entry)).peekable();
                is_around(heading, number) && below.peek().is_some() && below.all(|entry| holds(entry))
            };
            self.is_in_file(row, number) && items.iter().any(|heading| tells(heading))
        };
        (0..self.rows.len()).filter(|row| row_tells(&self.rows[*row])).collect()
    }

    /// The rows that say of a section that it came or went as a whole, where nothing tells of its answers one by one:
    /// 「提供・移転しない」 became 「（ルール、措置等を記載）」.
    fn of_section(&self, difference: &Difference, told: &[(&Difference, Vec<usize>)]) -> Vec<usize> {
        let file = |difference: &Difference| difference.path().and_then(|path| path.file);
        let is_whole = |other: &Difference| other.before.is_empty() || other.after.is_empty();
        let is_told = |rows: &[usize]| !rows.is_empty();
        let own = told.iter().any(|(other, rows)| std::ptr::eq(*other, difference) && is_told(rows));
        if own || !is_whole(difference) {
            return Vec::new();
        }
        let asks = self.asks(difference);
        let decides = |(other, rows): &&(&Difference, Vec<usize>)| {
            is_told(rows) && file(other) == file(difference) && asks.contains(&other.target.item.as_str())
        };
        let Some((decision, rows)) = told.iter().find(decides) else { return Vec::new() };
        let depends = |other: &Difference| {
            file(other) == file(decision)
                && is_whole(other)
                && self.asks(other).contains(&decision.target.item.as_str())
        };
        if told.iter().any(|(other, rows)| is_told(rows) && depends(other)) {
            return Vec::new();
        }
        let is_of_heading = |row: &usize| {
            let HandRow { named, after, .. } = &self.rows[*row];
            let is_heading = matches!(named, Named::Items(items) if items.len() > 1);
            is_heading || after.text.chars().count() < HEADING_CHARS
        };
        rows.iter().copied().filter(is_of_heading).collect()
    }

    /// The items that decide whether that of a difference is asked.
    fn asks(&self, difference: &Difference) -> Vec<&'a str> {
        let position = difference.path().and_then(|path| self.form.position_of(&path.item));
        let Some(position) = position else { return Vec::new() };
        let conditions = position.around().filter_map(|item| item.enabled_if.as_ref());
        conditions.flat_map(|condition| condition.items()).collect()
    }

    /// Of the rows that name a difference those that tell of it, or other rows whose words can be meant for nothing else.
    fn telling(&self, naming: Vec<usize>, of_rows: &[Option<Naming>], difference: &Difference) -> Vec<usize> {
        let changed = Changed::of(difference);
        let cells = |row: usize| (&self.rows[row].before, &self.rows[row].after);
        // One row tells it, or several together.
        let tell = |rows: &[usize]| {
            changed.in_cells(&rows.iter().map(|row| cells(*row)).collect::<Vec<_>>()) != Cells::TellOther
        };
        let alone: Vec<usize> = naming.iter().copied().filter(|row| tell(&[*row])).collect();
        if !alone.is_empty() {
            return alone;
        } else if !naming.is_empty() && tell(&naming) {
            return naming;
        }
        let is_own = |row: &usize| of_rows[*row].is_some_and(|how| how >= Naming::Alone);
        let is_whole = |row: &usize| {
            let (before, after) = cells(*row);
            is_own(row) && changed.is_whole_on_one_side(&before.text, &after.text)
        };
        let whole: Vec<usize> = naming.iter().copied().filter(is_whole).collect();
        if !whole.is_empty() {
            return whole;
        }
        let is_unknown = |row: &usize| matches!(self.rows[*row].named, Named::Unknown);
        let unknown = (0..self.rows.len()).filter(is_unknown);
        let unknown: Vec<usize> =
            unknown.filter(|row| changed.in_cells(&[cells(*row)]) == Cells::TellItAlone).collect();
        let others = [unknown, self.naming_outer(difference, &changed), self.naming_entry(difference)];
        let told = others.into_iter().find(|rows| !rows.is_empty());
        told.unwrap_or_else(|| self.everywhere(difference, &changed, &naming))
    }

    /// The rows for the whole document or for more than they name that say all that was changed, with those for the item
    /// itself: 「全体」, 「Ⅰ６ほか」, or 「…（以下同じ）」.
    fn everywhere(&self, difference: &Difference, changed: &Changed, naming: &[usize]) -> Vec<usize> {
        let is_it = |row: &usize| {
            let HandRow { is_everywhere, before, .. } = &self.rows[*row];
            let had = || changed.had(&before.text) || before.list.iter().any(|words| changed.had(words));
            *is_everywhere && self.is_in_file(&self.rows[*row], difference) && had()
        };
        let everywhere: Vec<usize> = (0..self.rows.len()).filter(is_it).collect();
        if everywhere.is_empty() {
            return Vec::new();
        }
        let own = naming.iter().copied().filter(|row| !everywhere.contains(row));
        let all: Vec<usize> = everywhere.iter().copied().chain(own).collect();
        let pairs: Vec<(&str, &str)> = all.iter().flat_map(|row| self.rows[*row].replaced()).collect();
        if changed.is_replaced(&pairs) { all } else { Vec::new() }
    }

    /// The rows for the item below whose label that of the difference stands, where they hold what was changed:
    /// 「ユーザ認証の管理」 with the text of its 具体的な管理方法.
    fn naming_outer(&self, difference: &Difference, changed: &Changed) -> Vec<usize> {
        let position = difference.path().and_then(|path| self.form.position_of(&path.item));
        let Some(outer) = position.and_then(|position| position.below()) else { return Vec::new() };
        let risk = Place::of(self.form, &FieldPath::document(&outer.id), None).risk;
        let is_it = |row: &HandRow<'_>| {
            // A row that names another item below that label too tells of that one.
            let names = matches!(&row.named, Named::Items(items) if items.len() == 1 && items[0].id == outer.id);
            let holds = || {
                let cells = [(&row.before, &row.after)];
                matches!(changed.in_cells(&cells), Cells::TellIt | Cells::TellItAlone)
            };
            names
                && self.is_in_file(row, difference)
                && self.is_in_entry(row, difference)
                && is_of_risk(row, &risk)
                && holds()
        };
        (0..self.rows.len()).filter(|row| is_it(&self.rows[*row])).collect()
    }

    /// The rows that say of an entry by its number or name that it came, or went: 「Ⅰ２」 with 「システム４を追加」,
    /// 「委託事項２」 with its name. A text that mentions the entry tells of another change.
    fn naming_entry(&self, difference: &Difference) -> Vec<usize> {
        let is_new = match difference.what {
            What::EntryAdded(..) => true,
            What::EntryRemoved(_) => false,
            _ => return Vec::new(),
        };
        let Some(path) = difference.path() else { return Vec::new() };
        let Some(list) = self.form.item(&path.item) else { return Vec::new() };
        let number = path.entry.map(|entry| entry + 1).unwrap_or_default();
        let word = entry_word(list);
        let name = first_answer(if is_new { &difference.after } else { &difference.before });
        let names_list = |row: &HandRow<'_>| {
            let Named::Items(items) = &row.named else { return false };
            items.iter().any(|item| item.find(&list.id).is_some())
        };
        let says = |row: &HandRow<'_>| {
            let quote = if is_new { &row.after } else { &row.before };
            let cell = quote.text.as_str();
            let is_numbered = !entry_numbers(&row.item, &word).is_empty();
            let entry = Entry { word: &word, number, name: &name };
            // 「提供を行っている（1件）　○○公社」 names it beside the box.
            let stands_alone = || name.chars().count() >= HEADING_CHARS && quote.words.contains(&name);
            let is_said = entry.is_said(cell, is_new) || stands_alone();
            !cell.contains("移動") && (is_numbered && entry.is_named(cell) || is_said)
        };
        let is_it = |row: &HandRow<'_>| {
            self.is_in_file(row, difference) && self.is_in_entry(row, difference) && names_list(row) && says(row)
        };
        (0..self.rows.len()).filter(|row| is_it(&self.rows[*row])).collect()
    }

    fn key(&self, name: &str) -> String {
        self.keys.as_ref().map(|keys| keys.key(name)).unwrap_or_default()
    }

    /// How each row names the item of the difference.
    fn naming(&self, difference: &Difference) -> Vec<Option<Naming>> {
        let wanted = self.wanted(difference);
        let naming = |row: &HandRow<'_>| {
            if !self.is_in_file(row, difference) {
                return None;
            }
            if row.keys.iter().any(|key| wanted.names.contains(key)) {
                return Some(Naming::Exactly);
            }
            if !self.is_in_entry(row, difference) || !is_of_risk(row, &wanted.risk) {
                return None;
            }
            let key = row.keys.first().map_or("", String::as_str);
            let is_below = wanted.headings.iter().any(|heading| key.ends_with(heading.as_str()));
            self.item_naming(row, difference, &wanted).or(is_below.then_some(Naming::Heading))
        };
        self.rows.iter().map(naming).collect()
    }

    fn wanted(&self, difference: &Difference) -> Wanted {
        let names =
            [ItemStyle::Short, ItemStyle::Full].map(|style| self.key(&name_in_file(self.form, difference, style)));
        let path = difference.path();
        let risk = path.map(|path| Place::of(self.form, path, None).risk).unwrap_or_default();
        let around = path.and_then(|path| self.form.position_of(&path.item));
        let headings = around.into_iter().flat_map(|position| position.around()).map(|item| self.key(&item.label));
        let headings = headings.filter(|label| label.chars().count() >= HEADING_CHARS).collect();
        Wanted { names, risk, headings }
    }

    /// Whether the words of 項目 can mean the item of the difference.
    fn item_naming(&self, row: &HandRow<'_>, difference: &Difference, wanted: &Wanted) -> Option<Naming> {
        let Named::Items(items) = &row.named else { return None };
        let paths = [&difference.now, &difference.last].into_iter().flatten().map(|path| path.item.as_str());
        let ids: Vec<&str> = paths.chain([difference.target.item.as_str()]).collect();
        let is_entry = matches!(difference.what, What::EntryAdded(..) | What::EntryRemoved(_));
        // The rows for the items of a new entry tell of the entry.
        let is_inside =
            |item: &Item| ids.iter().any(|id| self.form.item(id).is_some_and(|list| list.find(&item.id).is_some()));
        let is_it = |item: &&Item| ids.iter().any(|id| item.find(id).is_some()) || is_entry && is_inside(item);
        if !items.iter().copied().any(|item| is_it(&item)) {
            return None;
        }
        let is_of_risk = |item: &&&Item| Place::of(self.form, &FieldPath::document(&item.id), None).risk == wanted.risk;
        let names_risk = || !wanted.risk.is_empty() && row.item.contains(&folded(&wanted.risk));
        let is_alone = items.len() == 1 || names_risk() && items.iter().filter(is_of_risk).count() == 1;
        Some(if is_alone { Naming::Alone } else { Naming::OneOfSome })
    }

    /// A row that names a file tells of that file.
    fn is_in_file(&self, row: &HandRow<'_>, difference: &Difference) -> bool {
        let own = difference.file_name.as_deref().map(item_names::narrow).filter(|name| !name.is_empty());
        row.files.is_empty() || own.is_none_or(|own| row.files.contains(&own))
    }

    /// A row that numbers entries tells of these, by the number of now or before; 旧委託事項4 is one of before.
    fn is_in_entry(&self, row: &HandRow<'_>, difference: &Difference) -> bool {
        let item = difference.path().map(|path| path.item.as_str()).unwrap_or_default();
        let Some(repeat) = self.form.repeat_of(item).or_else(|| self.form.item(item)) else { return true };
        let numbers = entry_numbers(&row.item, &entry_word(repeat));
        let is = |path: &Option<FieldPath>, number: &EntryNumbers| {
            path.as_ref().is_some_and(|path| path.entry.is_some_and(|entry| number.range.contains(&(entry + 1))))
        };
        let is_it =
            |number: &EntryNumbers| is(&difference.last, number) || !number.is_old && is(&difference.now, number);
        numbers.is_empty() || numbers.iter().any(is_it)
    }

    /// Other numbers of entries are told where a row speaks of the list in their file.
    fn of_list(&self, difference: &Difference) -> Vec<usize> {
        let list = difference.path().and_then(|path| self.form.item(&path.item));
        let Some(label) = list.map(entry_word).filter(|label| !label.is_empty()) else { return Vec::new() };
        let speaks = |row: &HandRow<'_>| row.item.contains(&label) && self.is_in_file(row, difference);
        (0..self.rows.len()).filter(|row| speaks(&self.rows[*row])).collect()
    }
}

/// Whether only how many entries there are differs: a （　）件 of its own, or beside a box.
pub(super) fn is_number(difference: &Difference) -> bool {
    let without_digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    match difference.what {
        What::Count(_) => true,
        What::Boxes(_) => without_digits(&difference.before) == without_digits(&difference.after),
        _ => false,
    }
}

/// Whether a row that numbers a risk means this one.
fn is_of_risk(row: &HandRow<'_>, risk: &str) -> bool {
    let numbers = entry_numbers(&row.item, "リスク");
    let own = entry_numbers(&folded(risk), "リスク");
    own.is_empty() || numbers.is_empty() || numbers.iter().any(|number| own.iter().any(|own| own.range == number.range))
}

/// One spelling, no hyphen between section and number.
pub(super) fn folded(text: &str) -> String {
    item_names::narrow(text).replace(['-', '‐', '―'], "")
}
