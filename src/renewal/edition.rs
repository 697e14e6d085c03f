//! A document opens in another edition of its form.

use super::answers;
use super::difference::{Difference, Items};
use super::{MoveReceipt, MoveRemark};
use crate::draft::{Answer, Boxes, ChangeRow, Document};
use crate::form::{FieldPath, Form, Item, Place, Timing};

/// A document in another edition, and what that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The document: nothing but its edition differs.
    pub document: Document,
    /// What the other edition makes of its answers.
    pub receipt: MoveReceipt,
}

/// A difference between the editions that shows in the document: to be offered as a change row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The answer it shows at.
    pub at: FieldPath,
    /// Its name on the paper, in the new edition where that has it.
    pub item: String,
    /// The wording before.
    pub before: String,
    /// The wording after; empty where the new edition has none.
    pub after: String,
}

/// Opens a document of the edition `from` in the edition `to`, newer or older.
///
/// Answers stay under their ids. What `to` has no place for is kept and said; change rows keep the words of their
/// time. As an edit this is `Edit::Form` alone.
pub fn move_to(document: &Document, from: &Form, to: &Form) -> Moved {
    let mut moved = document.clone();
    to.id.clone_into(&mut moved.form);
    to.revision.clone_into(&mut moved.edition);
    let mut move_ = Move {
        document,
        from,
        to,
        before: Items::of(from),
        after: Items::of(to),
        receipt: MoveReceipt::between(from, to),
    };
    move_.editions();
    for (at, answer) in answers::all(document) {
        move_.answer(&at, answer);
    }
    Moved { document: moved, receipt: move_.receipt }
}

/// The rows of the change table that the other edition causes, apart from any change of the author's.
pub fn rows(causes: &[Cause]) -> Vec<ChangeRow> {
    let template = Timing::shipped().ok().and_then(|timing| timing.template(TEMPLATE));
    let row = |cause: &Cause| ChangeRow {
        // The same item may have a row for what the author changed in it.
        item: format!("{}（様式の改定）", cause.item),
        before: cause.before.clone(),
        after: if cause.after.is_empty() { "（欄なし）".to_owned() } else { cause.after.clone() },
        timing: template.map(|template| template.timing.clone()).unwrap_or_default(),
        reason: template.map(|template| template.text.clone()).unwrap_or_default(),
        ..ChangeRow::default()
    };
    causes.iter().map(row).collect()
}

/// 様式改定: the explanation of rows that a new edition causes.
const TEMPLATE: &str = "T09";

struct Move<'a> {
    document: &'a Document,
    from: &'a Form,
    to: &'a Form,
    before: Items<'a>,
    after: Items<'a>,
    receipt: MoveReceipt,
}

impl<'a> Move<'a> {
    /// What differs between the editions, whatever is written.
    fn editions(&mut self) {
        for item in self.from.items() {
            let Some(difference) = Difference::of(&self.before, &self.after, &item.id) else { continue };
            let name = place(self.to, difference.after);
            if let Some((before, after)) = &difference.moved {
                let (before, after) = (before.clone(), after.clone());
                self.receipt.remarks.push(MoveRemark::Moved { item: name.clone(), before, after });
            }
            if let Some((before, after)) = difference.renamed.clone() {
                self.receipt.remarks.push(MoveRemark::Renamed { item: name.clone(), before, after });
            }
            for (old, new) in difference.boxes() {
                let (before, after) = (old.label.clone(), new.map(|new| new.label.clone()));
                self.receipt.remarks.push(MoveRemark::BoxRenamed { item: name.clone(), before, after });
            }
        }
        for item in self.to.items().filter(|item| item.is_answered() && !self.before.has(&item.id)) {
            let name = place(self.to, item);
            self.receipt.remarks.push(MoveRemark::New { id: item.id.clone(), item: name });
        }
    }

    fn answer(&mut self, at: &FieldPath, answer: &Answer) {
        self.receipt.n_answers += 1;
        self.receipt.n_chars += answers::n_chars(answer);
        let n_remarks = self.receipt.remarks.len();
        let n_causes = self.receipt.causes.len();
        match Difference::of(&self.before, &self.after, &at.item) {
            None => {
                let item = self.name(at, if self.before.has(&at.item) { self.from } else { self.to });
                self.receipt.remarks.push(MoveRemark::Kept { at: at.clone(), item, n_chars: answers::n_chars(answer) });
            }
            Some(difference) => self.known(at, answer, &difference),
        }
        if (n_remarks, n_causes) == (self.receipt.remarks.len(), self.receipt.causes.len()) {
            self.receipt.n_unchanged += 1;
        }
    }

    fn known(&mut self, at: &FieldPath, answer: &Answer, difference: &Difference<'a>) {
        let item = self.name(at, self.to);
        if difference.other_kind {
            self.receipt.remarks.push(MoveRemark::OtherKind { at: at.clone(), item });
            return;
        }
        if let Some((before, after)) = &difference.renamed
            && !answer.is_empty()
        {
            self.cause(at, before, after);
        }
        match answer {
            Answer::Choice(Some(n)) => {
                let (before, after) = difference.option(*n);
                let Some(before) = before.filter(|before| Some(*before) != after) else { return };
                let (n, before, after) = (*n, before.to_owned(), after.map(str::to_owned));
                self.cause(at, &before, after.as_deref().unwrap_or_default());
                self.receipt.remarks.push(MoveRemark::AskAgain { at: at.clone(), item, n, before, after });
            }
            Answer::Checks(boxes) => self.boxes(at, &item, boxes, difference),
            _ => {}
        }
    }

    fn boxes(&mut self, at: &FieldPath, item: &str, boxes: &Boxes, difference: &Difference<'a>) {
        for (old, new) in difference.boxes() {
            let is_on = boxes.is_on(&old.key);
            if is_on {
                self.cause(at, &old.label, new.map_or("", |new| &new.label));
            }
            if new.is_none() && (is_on || boxes.texts.contains_key(&old.key) || boxes.counts.contains_key(&old.key)) {
                self.receipt.remarks.push(MoveRemark::BoxKept {
                    at: at.clone(),
                    item: item.to_owned(),
                    before: old.label.clone(),
                });
            }
        }
    }

    fn cause(&mut self, at: &FieldPath, before: &str, after: &str) {
        let item = self.name(at, self.to);
        self.receipt.causes.push(Cause { at: at.clone(), item, before: before.to_owned(), after: after.to_owned() });
    }

    fn name(&self, at: &FieldPath, form: &Form) -> String {
        let files = &self.document.files;
        let file = at.file.and_then(|index| files.get(index)).filter(|_| files.len() > 1);
        Place::of(form, at, file.map(|file| file.name.as_str())).to_string()
    }
}

/// The name of an item on the paper, whatever file or entry it is in.
fn place(form: &Form, item: &Item) -> String {
    let place = Place::of(form, &FieldPath::document(&item.id), None);
    // The item in the title row of an entry has the title for its name.
    if place.label.is_empty() { format!("{place} {}", item.printed_label()) } else { place.to_string() }
}
