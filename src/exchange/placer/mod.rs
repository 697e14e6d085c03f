//! The placer: boxes of any document of others → the draft they are the answers of.
//!
//! Nothing knows a cell's address. Labels are found by their words, section by section; what stands right of a label or
//! below it is its answer. Books, pages and pasted tables go through the same placer, once they are boxes.
//! Every character is form, placed or left over, and the receipt says how many of each.
//! Never: reads a file; guesses where a text might belong that no label claims.
//! Start with [`place`]; then `walk.rs` and `zones.rs`.

mod answers;
mod aside;
mod assemble;
mod behind;
mod choice;
mod edges;
mod edition;
mod effort;
pub mod filling;
mod key;
mod ledger;
mod lines;
mod lists;
mod missing;
mod near;
mod order;
mod receipt;
mod script;
mod sides;
mod spans;
mod stream;
mod table;
mod text;
mod ticks;
mod trace;
mod walk;
mod zones;

use std::borrow::Cow;
use std::sync::Arc;

use thiserror::Error;

use self::answers::answers;
use self::aside::Aside;
use self::effort::Effort;
use self::ledger::{Fate, Ledger};
use self::near::near_labels;
use self::script::Script;
use self::table::Rows;
use self::trace::Saying;
use self::walk::Walk;
use self::zones::Zones;
use super::boxes::{Carrier, ForeignSource, Pen, TextBox, Visibility, seen_chars};
use super::worker::Stop;
use crate::characters;
use crate::draft::{Document, State, walk as texts};
use crate::form::shipped::ShippedError;

pub use receipt::{Doubt, DoubtKind, LeftOver, PlacerReceipt, Sums, Why};
pub use trace::{Became, Trace};

/// Why nothing was placed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// There is nothing in it.
    #[error("文字がひとつもありません。評価書の Excel・PDF かどうか確かめてください")]
    Empty,
    /// Too few labels of any form were found.
    #[error(
        "評価書の様式とは認められません（いちばん近い{form}の見出し{n_labels}個のうち、見つかったのは{n_found}個です）。\
         様式２・様式３・様式４の Excel か、それを印刷した PDF か、そこから写した文章かどうか確かめてください"
    )]
    NoForm {
        /// The nearest form.
        form: String,
        /// Its labels.
        n_labels: usize,
        /// Those that were found.
        n_found: usize,
    },
    /// It would take too long.
    #[error(
        "見出しや表の行に見えるものが多すぎるため、途中でやめました。\
         評価書だけの文書かどうか確かめ、ほかのシートやページを除いてください"
    )]
    TooMuch,
    /// The user did not want to wait.
    #[error("読むのをやめました")]
    Stopped,
    /// The forms of the program itself are broken.
    #[error(transparent)]
    Broken(#[from] ShippedError),
}

/// Places everything; whatever form and edition it is.
pub fn place(source: &ForeignSource) -> Result<(State, PlacerReceipt), PlaceError> {
    place_until(source, &Stop::never())
}

/// The same, as long as somebody waits for it.
pub fn place_until(source: &ForeignSource, stop: &Stop) -> Result<(State, PlacerReceipt), PlaceError> {
    let ready = ready(source)?;
    let placed = place_with(ready.as_ref().unwrap_or(source), &Effort::until(stop))?;
    Ok((placed.state, placed.receipt))
}

/// The same, with what became of each text, for whoever compares the two.
pub fn place_traced(source: ForeignSource, stop: &Stop) -> Result<(State, PlacerReceipt, Trace), PlaceError> {
    let source = ready(&source)?.unwrap_or(source);
    let Placed { state, receipt, sayings, left } = place_with(&source, &Effort::until(stop))?;
    let unplaced = &state.document.unplaced;
    let left = left.into_iter().filter_map(|(one, nth)| Some((one, Arc::clone(unplaced.get(nth)?)))).collect();
    let trace = Trace::of(source, sayings, left, &state.document);
    Ok((state, receipt, trace))
}

/// What came of the boxes.
struct Placed {
    state: State,
    receipt: PlacerReceipt,
    /// Which boxes say which item.
    sayings: Vec<Saying>,
    /// Boxes of which something is left over, each with its number in the receipt. A sheet that was put aside is left over as one.
    left: Vec<(usize, usize)>,
}

/// The texts with our line ends, and lines alone with each label apart from its answer; `None` where they are so.
fn ready(source: &ForeignSource) -> Result<Option<ForeignSource>, PlaceError> {
    let ended = with_line_ends(source);
    Ok(parted(ended.as_ref().unwrap_or(source))?.or(ended))
}

/// Word, Excel and PDFs end lines with other characters too; `None` where none of them does.
fn with_line_ends(source: &ForeignSource) -> Option<ForeignSource> {
    let is_ours = |one: &TextBox| matches!(characters::with_line_ends(&one.text), Cow::Borrowed(_));
    if source.boxes.iter().all(is_ours) {
        return None;
    }
    let mut source = source.clone();
    source.boxes.iter_mut().for_each(|one| one.text = characters::with_line_ends(&one.text).into_owned());
    Some(source)
}

/// Lines alone with each label apart from its answer; `None` where there is nothing to part.
fn parted(source: &ForeignSource) -> Result<Option<ForeignSource>, PlaceError> {
    if source.n_chars() == 0 {
        return Err(PlaceError::Empty);
    }
    Ok(if source.is_lines { Some(lines::part(source)?) } else { None })
}

fn place_with(whole: &ForeignSource, effort: &Effort) -> Result<Placed, PlaceError> {
    let mut aside = Aside::of(whole)?;
    let kept = aside.without(whole);
    let recognised = edition::recognise(&kept, effort)?;
    let script = Script::of(recognised.form);
    // Walking is dear: again only where the first walk has shown something.
    let without_copies;
    let mut walk = Walk::through(&script, &kept, effort);
    if aside.copies(&walk) {
        without_copies = aside.without(whole);
        walk = Walk::through(&script, &without_copies, effort);
    }
    let near = near_labels(&walk);
    if !near.is_empty() {
        walk = Walk::with_near(&script, walk.source, effort, &near);
    }
    let source = walk.source;
    let zones = Zones::of(&walk);
    let mut ledger = Ledger::of(whole);
    let found = answers(&walk, &zones, &mut ledger);
    let mut placed_as_text = found.n_text;
    let n_listed = found.n_listed;
    let mut receipt = PlacerReceipt {
        form: recognised.form.id.clone(),
        revision: recognised.form.revision.clone(),
        mark: recognised.mark,
        is_nearest: recognised.is_nearest,
        n_labels: recognised.n_labels,
        n_found: recognised.n_found,
        is_cells_alone: source.is_cells_alone,
        has_unread_strikes: source.has_unread_strikes,
        is_pages: source.is_pages,
        n_listed,
        ..PlacerReceipt::default()
    };
    let mut sayings = Vec::new();
    let (mut document, n_said_before) =
        assemble::document(recognised.form, source, found, &mut receipt.doubts, &mut sayings);
    let mut rows = Rows::default();
    for (at, head) in walk.heads.iter().enumerate() {
        head.boxes.iter().for_each(|one| ledger.all(*one, Fate::Form));
        let boxes = zones.of_head.get(&at).map_or(&[][..], Vec::as_slice);
        table::rows(source, head, boxes, effort, &mut ledger, &mut rows);
    }
    effort.check()?;
    placed_as_text += rows.n_text + rows.n_doubled;
    receipt.doubts.extend(rows.doubts(recognised.form, source));
    sayings.extend(rows.sayings(recognised.form));
    sayings.iter_mut().for_each(|said| said.keep_said(&ledger));
    document.rows = rows.rows.into_iter().map(Arc::new).collect();
    printed_elsewhere(&walk, &mut ledger);
    // The name of a file stands once in the draft, however often it is printed.
    let placed_as_text = placed_as_text.saturating_add_signed(-n_said_before);
    let left = finish(whole, &aside, &ledger, &document, (placed_as_text, rows.n_doubled), &mut receipt);
    // Nothing is lost: what found no place waits in the draft until its author has put it somewhere.
    document.unplaced = receipt.left.iter().map(|left| Arc::new(left.unplaced())).collect();
    Ok(Placed { state: State::from(document), receipt, sayings, left })
}

/// Boxes outside every zone that read like something printed on the form.
fn printed_elsewhere(walk: &Walk<'_, '_>, ledger: &mut Ledger<'_>) {
    let form = walk.script.form;
    let offered = edition::all_words(form);
    for (one, known) in walk.source.boxes.iter().enumerate() {
        let key = &walk.keys[one];
        let sheet = walk.source.sheets.get(known.sheet);
        let is_aside =
            known.sight == Visibility::Hidden || sheet.is_some_and(|sheet| sheet.sight == Visibility::Hidden);
        let is_known = |key: &str| {
            walk.script.printed.contains(key)
                || !walk.script.reads(key).is_empty()
                || !walk.script.entry(key).is_empty()
        };
        let lines_are_known = || known.text.lines().map(self::key::key).all(|line| line.is_empty() || is_known(&line));
        // Options stand on hidden sheets too, as what a list offers.
        let is_option = is_aside && offered.contains(key);
        // A sheet that was put aside is left over as it is.
        if known.text.is_empty() {
            continue;
        }
        if known.carrier == Carrier::Margin {
            ledger.all(one, Fate::Form);
        }
        if ledger.is_untouched(one)
            && known.is_cell()
            && !key.is_empty()
            && (is_option || is_known(key) || lines_are_known())
        {
            ledger.all(one, Fate::Form);
        }
    }
}

/// Counts everything again, from what was placed and from what is in the draft; returns the boxes of what was left over.
fn finish(
    source: &ForeignSource,
    aside: &Aside,
    ledger: &Ledger<'_>,
    document: &Document,
    (placed_as_text, n_doubled): (usize, usize),
    receipt: &mut PlacerReceipt,
) -> Vec<(usize, usize)> {
    let sums = ledger.sums();
    let mut in_draft = 0;
    texts::texts(document, &mut |_, _, text| in_draft += seen_chars(text));
    receipt.sums = Sums {
        all: source.n_drawn.unwrap_or_else(|| source.n_chars()),
        form: sums.form,
        placed: sums.text + sums.sign,
        left: sums.left,
        in_draft: in_draft.saturating_sub(n_doubled),
        placed_as_text: placed_as_text.saturating_sub(n_doubled),
    };
    texts::answers(document, &mut |_, answer| {
        receipt.n_answers += usize::from(answer.as_entries().is_none() && !answer.is_empty())
    });
    receipt.n_files = document.files.len();
    receipt.n_rows = document.rows.len();
    let pictures = source.sheets.iter().filter(|sheet| sheet.n_pictures > 0);
    receipt.pictures = pictures.map(|sheet| (sheet.name.clone(), sheet.n_pictures)).collect();
    let mut left = left_over(source, aside, ledger, receipt);
    for (sheet, over) in aside.left(source) {
        left.extend(source.written_on(sheet).map(|one| (one, receipt.left.len())));
        receipt.left.push(over);
    }
    left
}

/// What was left over, in the order of the document; returns its boxes.
fn left_over(
    source: &ForeignSource,
    aside: &Aside,
    ledger: &Ledger<'_>,
    receipt: &mut PlacerReceipt,
) -> Vec<(usize, usize)> {
    let mut boxes = Vec::new();
    for (at, one) in source.boxes.iter().enumerate() {
        let text = ledger.left_of(at);
        if text.is_empty() || aside.has(one.sheet) {
            continue;
        }
        let sheet = source.sheets.get(one.sheet);
        let is_hidden = !one.is_shown() || sheet.is_some_and(|sheet| sheet.sight == Visibility::Hidden);
        let why = match (one.carrier, one.pen) {
            (Carrier::Comment, _) => Why::Comment,
            _ if is_hidden => Why::Hidden,
            (_, Pen::Struck) => Why::Struck,
            (Carrier::Shape | Carrier::Ticked | Carrier::Unticked, _) => Why::Shape,
            _ if !ledger.is_untouched(at) => Why::Part,
            (_, Pen::Coloured) => Why::Coloured,
            _ => Why::NoItem,
        };
        let (sheet, cell) = source.place(one);
        boxes.push((at, receipt.left.len()));
        receipt.left.push(LeftOver { sheet, cell, why, text });
    }
    boxes
}
