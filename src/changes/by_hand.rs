//! Rows that people wrote: which differences each of them tells of.
//!
//! A row tells of a difference where it names its item (in any spelling, with its headings, its file, its entry, or the
//! heading around it) and where its 変更前 and 変更後 hold what was changed. A row that names the item and says something
//! else tells of another change of it. Where neither cell quotes the document (別紙のとおり, （略）), the name decides.

use std::sync::Arc;

use crate::changes::difference::{Difference, What};
use crate::changes::item_name::item_name;
use crate::changes::rows::Table;
use crate::changes::words::{Piece, pieces};
use crate::draft::{ChangeRow, Document, ItemStyle};
use crate::form::{FieldPath, Form};
use crate::item_names::{self, Named};

/// How much of what was changed a row must hold, in hundredths of its characters, if it names the item; else almost all.
const NAMED: usize = 50;
const UNNAMED: usize = 90;
/// An item that is not named is known by so many changed characters at least.
const UNNAMED_CHARS: usize = 12;
/// A cell with fewer characters beside its signs quotes nothing.
const QUOTED_CHARS: usize = 2;

/// A shorter heading may be the end of another word.
const HEADING_CHARS: usize = 4;

/// What stands in cells that do not quote the document.
const SIGNS: &[&str] = &["(略)", "(以下略)", "(中略)", "(前略)", "(削除)", "(新規)", "(追加)", "(記載なし)", "…"];
/// Words of cells that point elsewhere.
const ELSEWHERE: &[&str] = &["のとおり", "参照", "別紙", "同左"];

/// The rows of this version that people wrote.
pub(super) struct ByHand<'a> {
    form: &'a Form,
    last: &'a Document,
    now: &'a Document,
    rows: Vec<HandRow<'a>>,
}

struct HandRow<'a> {
    /// 項目 in one spelling.
    item: String,
    named: Named<'a>,
    before: String,
    after: String,
}

/// How the cells of a row stand to a difference.
#[derive(Clone, Copy, PartialEq)]
enum Cells {
    /// They hold what was changed.
    TellIt,
    /// They hold almost all of it, and that is so long that it is no chance.
    TellItAlone,
    /// They quote nothing.
    Quote,
    /// They say something else.
    TellOther,
}

impl<'a> ByHand<'a> {
    /// The rows without a link, those of former years left out.
    pub fn of(table: &Table<'a>, rows: &[Arc<ChangeRow>]) -> Self {
        let former = table.former(rows);
        let own: Vec<Arc<ChangeRow>> = rows
            .iter()
            .zip(former)
            .filter(|(row, former)| row.link.is_none() && !former)
            .map(|(row, _)| row.clone())
            .collect();
        let now = &table.now.document;
        let abouts = item_names::read_rows(table.form, &[table.last, now], &own);
        let hand = |(row, about): (&Arc<ChangeRow>, item_names::RowSubject<'a>)| HandRow {
            item: folded(&row.item),
            named: about.named,
            before: quoted(&row.before),
            after: quoted(&row.after),
        };
        let rows = own.iter().zip(abouts).map(hand).collect();
        Self { form: table.form, last: table.last, now, rows }
    }

    /// Whether one of the rows tells of the difference.
    pub fn tell(&self, difference: &Difference) -> bool {
        if self.rows.is_empty() {
            return false;
        }
        let names = [ItemStyle::Short, ItemStyle::Full].map(|style| folded(&item_name(self.form, difference, style)));
        let changed = Changed::of(difference);
        self.rows.iter().any(|row| {
            let cells = changed.in_cells(row);
            let is_named = names.contains(&row.item) || self.names(row, difference);
            match cells {
                Cells::TellIt | Cells::Quote => is_named,
                Cells::TellItAlone => is_named || matches!(row.named, Named::Unknown),
                Cells::TellOther => false,
            }
        })
    }

    /// Whether the words of 項目 can mean the item of the difference, in its file and entry.
    fn names(&self, row: &HandRow<'_>, difference: &Difference) -> bool {
        let is_in_place = self.is_in_file(row, difference) && self.is_in_entry(row, difference);
        if is_in_place && self.ends_with_heading(row, difference) {
            return true;
        }
        let Named::Items(items) = &row.named else { return false };
        let is_it = |path: &FieldPath| items.iter().any(|item| item.find(&path.item).is_some());
        let is_named = [&difference.now, &difference.last].into_iter().flatten().any(is_it)
            || items.iter().any(|item| item.find(&difference.target.item).is_some());
        is_named && is_in_place
    }

    /// Whether 項目 ends with a heading around the item: it covers what stands below it.
    fn ends_with_heading(&self, row: &HandRow<'_>, difference: &Difference) -> bool {
        let around = difference.path().and_then(|path| self.form.position_of(&path.item));
        let labels = around.into_iter().flat_map(|position| position.around()).map(|item| folded(&item.label));
        labels.into_iter().any(|label| label.chars().count() >= HEADING_CHARS && row.item.ends_with(&label))
    }

    /// A row that names a file tells of that file.
    fn is_in_file(&self, row: &HandRow<'_>, difference: &Difference) -> bool {
        let Some(own) = difference.file_name.as_deref().map(folded).filter(|name| !name.is_empty()) else {
            return true;
        };
        let names = self.last.files.iter().chain(&self.now.files).map(|file| folded(&file.name));
        row.item.contains(&own) || !names.filter(|name| !name.is_empty()).any(|name| row.item.contains(&name))
    }

    /// A row that numbers an entry tells of that entry, by its number of now or before.
    fn is_in_entry(&self, row: &HandRow<'_>, difference: &Difference) -> bool {
        let Some(repeat) = difference.path().and_then(|path| self.form.repeat_of(&path.item)) else { return true };
        let label = folded(repeat.label.trim_end_matches("{n}"));
        let Some((_, rest)) = row.item.split_once(&label).filter(|_| !label.is_empty()) else { return true };
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse::<usize>() else { return true };
        let is_it = |path: &FieldPath| path.entry.is_some_and(|entry| entry + 1 == number);
        [&difference.now, &difference.last].into_iter().flatten().any(is_it)
    }
}

/// What was changed, in one spelling.
struct Changed {
    removed: Vec<String>,
    added: Vec<String>,
    /// Whether the item is no text: its words are few, and each row tells of all of them.
    is_choice: bool,
}

impl Changed {
    fn of(difference: &Difference) -> Self {
        let is_choice = !matches!(
            difference.what,
            What::Text(_) | What::Date(_) | What::EntryAdded(..) | What::EntryRemoved(_) | What::FileRenamed(_)
        );
        let (before, after) = (folded(&difference.before), folded(&difference.after));
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        for piece in pieces(&before, &after) {
            match piece {
                Piece::Same(_) => {}
                Piece::Removed(text) => removed.push(text.to_owned()),
                Piece::Added(text) => added.push(text.to_owned()),
            }
        }
        Self { removed, added, is_choice }
    }

    fn in_cells(&self, row: &HandRow<'_>) -> Cells {
        let quotes =
            |cell: &str| cell.chars().count() >= QUOTED_CHARS && !ELSEWHERE.iter().any(|word| cell.contains(word));
        if self.is_choice || !quotes(&row.before) && !quotes(&row.after) {
            return Cells::Quote;
        }
        let (mut all, mut held) = (0, 0);
        for (pieces, cell) in [(&self.removed, &row.before), (&self.added, &row.after)] {
            for piece in pieces {
                let n_chars = piece.chars().count();
                all += n_chars;
                // A long piece may be told in part.
                held += if cell.contains(piece.as_str()) { n_chars } else { held_lines(piece, cell) };
            }
        }
        match (held * 100).checked_div(all) {
            None => Cells::Quote,
            Some(share) if share >= UNNAMED && held >= UNNAMED_CHARS => Cells::TellItAlone,
            Some(share) if share >= NAMED => Cells::TellIt,
            Some(_) => Cells::TellOther,
        }
    }
}

/// The characters of those sentences of a piece that a cell holds.
fn held_lines(piece: &str, cell: &str) -> usize {
    let sentences = piece.split_inclusive(['。', '、']).filter(|sentence| sentence.chars().count() > 3);
    sentences.filter(|sentence| cell.contains(sentence)).map(|sentence| sentence.chars().count()).sum()
}

/// A cell in one spelling, without signs that stand for other text.
fn quoted(cell: &str) -> String {
    let cell = folded(cell);
    SIGNS.iter().fold(cell, |cell, sign| cell.replace(sign, ""))
}

/// One spelling, no hyphen between section and number.
fn folded(text: &str) -> String {
    item_names::narrow(text).replace(['-', '‐', '―'], "")
}
