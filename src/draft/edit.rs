//! One change of a draft. Applying it returns the edit that takes it back exactly.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::replace;
use std::sync::Arc;

use thiserror::Error;

use super::place::{self, Place};
use super::{
    Answer, Base, Boxes, ChangeLink, ChangeRow, ChangeStyle, Comment, Document, Draft, FilePart, Part, Stage, State,
    Unplaced, Waiver, line_ends,
};
use crate::form::{FieldPath, FileOrder};
use crate::margin::Margin;

/// Every change a screen can make to a draft. Indices count from 0.
///
/// New text may carry any line ends; in the draft they are `\n`.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant explains its fields")]
pub enum Edit {
    /// Sets one answer; `None` takes it away, which is not the same as an empty answer.
    Answer { at: FieldPath, answer: Option<Answer> },
    /// Turns one box of a checks item on or off; its （　） stays.
    Box { at: FieldPath, key: String, on: bool },
    /// Sets the text in the （　） of one box.
    BoxText { at: FieldPath, key: String, text: Option<String> },
    /// Sets the （　）件 of one box; `Some(None)` = not counted.
    BoxCount { at: FieldPath, key: String, count: Option<Option<u32>> },
    /// Sets the internal note of one item, or of a change row.
    Note { at: FieldPath, note: Option<String> },
    /// Sets all remarks of colleagues at one item, or at a change row.
    Comments { at: FieldPath, comments: Vec<Comment> },
    /// Sets one finding at the item aside with a reason; `None` brings it back.
    Waive { at: FieldPath, rule: String, what: String, reason: Option<String> },
    /// Replaces all findings set aside in the document, file, entry or row of the address.
    Waivers { at: FieldPath, waivers: Vec<Waiver> },
    /// Sets how far the document is.
    Stage(Stage),
    /// Sets the printing order of the per-file sections.
    FileOrder(Option<FileOrder>),
    /// Sets what stands at head and foot of the pages.
    Margin(Box<Margin>),
    /// Sets the form and its edition.
    Form { form: String, edition: String },
    /// Puts a file before the file now at `index`.
    InsertFile { index: usize, file: FilePart },
    /// Takes a file out with all its answers.
    RemoveFile { index: usize },
    /// Takes the file `from` out and puts it back as number `to`.
    MoveFile { from: usize, to: usize },
    /// Sets the name of a file.
    RenameFile { index: usize, name: String },
    /// Puts an entry into the repeat `at`, before the entry now at `index`.
    InsertEntry { at: FieldPath, index: usize, entry: Part },
    /// Takes an entry out of the repeat `at`.
    RemoveEntry { at: FieldPath, index: usize },
    /// Takes the entry `from` out and puts it back as number `to`.
    MoveEntry { at: FieldPath, from: usize, to: usize },
    /// Puts a change row before the row now at `index`.
    InsertRow { index: usize, row: ChangeRow },
    /// Takes a change row out.
    RemoveRow { index: usize },
    /// Takes the row `from` out and puts it back as number `to`.
    MoveRow { from: usize, to: usize },
    /// Sets one cell of a change row by the column's id, e.g. `changes.rows.before`.
    Column { row: usize, column: String, text: String },
    /// Sets why a change is made, in the author's own words.
    Why { row: usize, text: String },
    /// Sets all texts that an import found no place for.
    Unplaced(Vec<Arc<Unplaced>>),
    /// Sets which difference a change row tells of.
    Link { row: usize, link: Option<Box<ChangeLink>> },
    /// Sets how proposed change rows are worded.
    ChangeStyle(ChangeStyle),
    /// Sets what of a 再実施 is done.
    ReassessmentSteps(BTreeSet<String>),
    /// Sets the publication the draft revises.
    Base(Option<Arc<Base>>),
    /// Several edits in order: all or none.
    Many(Vec<Edit>),
    /// The same as one act with a name of its own.
    Act { name: &'static str, edits: Vec<Edit> },
}

/// Why an edit does not fit the draft. The draft is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each message shows what its fields are")]
pub enum EditError {
    /// There is no such file.
    #[error("{number}番目の特定個人情報ファイルはありません（{n_files}件あります）")]
    NoFile { number: usize, n_files: usize },
    /// There is no such entry or row around the item.
    #[error("「{item}」の{number}番目はありません")]
    NoEntry { item: String, number: usize },
    /// There is no such place in a list.
    #[error("{number}番目の位置はありません（{length}件あります）")]
    NoPlace { number: usize, length: usize },
    /// The answer is there, but of another kind (a repeat, boxes, …).
    #[error("「{item}」の今の回答は種類が違うため、この変更はできません")]
    OtherKind { item: String },
    /// The change table has no such column.
    #[error("変更箇所の表に「{column}」という欄はありません")]
    NoColumn { column: String },
}

/// What an edit sets, for telling whether two edits follow each other in the same field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    at: FieldPath,
    what: &'static str,
    key: String,
}

impl Draft {
    /// Changes the draft and returns the edit that takes the change back exactly.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        let Draft { state: State { document, stage, row_style, reassessment_steps }, base, id: _, origin: _ } = self;
        match edit {
            Edit::Answer { at, answer } => document.set_answer(at, answer),
            Edit::Box { at, key, on } => document.edit_boxes(at, |boxes| set_box(boxes, key, on)),
            Edit::BoxText { at, key, text } => {
                document.edit_boxes(at, |boxes| set(&mut boxes.texts, key, text.map(lines)))
            }
            Edit::BoxCount { at, key, count } => document.edit_boxes(at, |boxes| set(&mut boxes.counts, key, count)),
            Edit::Note { at, note } => document.set_note(at, note.map(lines)),
            Edit::Comments { at, comments } => document.set_comments(at, comments),
            Edit::Waive { at, rule, what, reason } => document.waive(at, rule, what, reason),
            Edit::Waivers { at, waivers } => document.edit_waivers(at, |old| *old = waivers),
            Edit::Stage(new) => Ok(Edit::Stage(replace(stage, new))),
            Edit::FileOrder(order) => Ok(Edit::FileOrder(replace(&mut document.file_order, order))),
            Edit::Margin(mut margin) => {
                line_ends::margin(&mut margin);
                Ok(Edit::Margin(Box::new(replace(&mut document.margin, *margin))))
            }
            Edit::Form { form, edition } => {
                let (form, edition) = (replace(&mut document.form, form), replace(&mut document.edition, edition));
                Ok(Edit::Form { form, edition })
            }
            Edit::InsertFile { index, mut file } => {
                line_ends::file(&mut file);
                insert(&mut document.files, index, Arc::new(file)).map(|()| Edit::RemoveFile { index })
            }
            Edit::RemoveFile { index } => {
                let file = remove(&mut document.files, index).map(Arc::unwrap_or_clone)?;
                Ok(Edit::InsertFile { index, file })
            }
            Edit::MoveFile { from, to } => {
                relocate(&mut document.files, from, to).map(|()| Edit::MoveFile { from: to, to: from })
            }
            Edit::RenameFile { index, name } => document.rename_file(index, lines(name)),
            Edit::InsertEntry { at, index, entry } => document.insert_entry(at, index, entry),
            Edit::RemoveEntry { at, index } => {
                let entry = remove(document.entries(&at)?, index).map(Arc::unwrap_or_clone)?;
                Ok(Edit::InsertEntry { at, index, entry })
            }
            Edit::MoveEntry { at, from, to } => {
                relocate(document.entries(&at)?, from, to)?;
                Ok(Edit::MoveEntry { at, from: to, to: from })
            }
            Edit::InsertRow { index, mut row } => {
                line_ends::row(&mut row);
                insert(&mut document.rows, index, Arc::new(row)).map(|()| Edit::RemoveRow { index })
            }
            Edit::RemoveRow { index } => {
                let row = remove(&mut document.rows, index).map(Arc::unwrap_or_clone)?;
                Ok(Edit::InsertRow { index, row })
            }
            Edit::MoveRow { from, to } => {
                relocate(&mut document.rows, from, to).map(|()| Edit::MoveRow { from: to, to: from })
            }
            Edit::Column { row, column, text } => document.set_column(row, column, lines(text)),
            Edit::Why { row, text } => {
                let text = replace(&mut document.row(row)?.why, lines(text));
                Ok(Edit::Why { row, text })
            }
            Edit::Unplaced(mut new) => {
                line_ends::unplaced(&mut new);
                Ok(Edit::Unplaced(replace(&mut document.unplaced, new)))
            }
            Edit::Link { row, link } => Ok(Edit::Link { row, link: replace(&mut document.row(row)?.link, link) }),
            Edit::ChangeStyle(style) => Ok(Edit::ChangeStyle(replace(row_style, style))),
            Edit::ReassessmentSteps(done) => Ok(Edit::ReassessmentSteps(replace(reassessment_steps, done))),
            Edit::Base(mut new) => {
                new.as_mut().map(line_ends::base);
                Ok(Edit::Base(replace(base, new)))
            }
            Edit::Many(edits) => self.apply_all(edits).map(Edit::Many),
            Edit::Act { name, edits } => Ok(Edit::Act { name, edits: self.apply_all(edits)? }),
        }
    }

    fn apply_all(&mut self, edits: Vec<Edit>) -> Result<Vec<Edit>, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    for inverse in inverses.into_iter().rev() {
                        self.apply(inverse)?;
                    }
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(inverses)
    }
}

impl Document {
    fn set_answer(&mut self, at: FieldPath, answer: Option<Answer>) -> Result<Edit, EditError> {
        let part = place::find_part(self, &at)?;
        let old = match answer {
            Some(mut answer) => {
                line_ends::answer(&mut answer);
                part.answers.insert(&*at.item, answer)
            }
            None => part.answers.remove(&at.item),
        };
        Ok(Edit::Answer { at, answer: old })
    }

    /// The inverse sets the whole answer: it may have been absent, and boxes have an order.
    fn edit_boxes(&mut self, at: FieldPath, change: impl FnOnce(&mut Boxes)) -> Result<Edit, EditError> {
        let part = place::find_part(self, &at)?;
        let old = part.answers.get(&at.item).cloned();
        let mut boxes = match &old {
            None => Boxes::default(),
            Some(Answer::Checks(boxes)) => boxes.clone(),
            Some(_) => return Err(EditError::OtherKind { item: at.item }),
        };
        change(&mut boxes);
        part.answers.insert(&*at.item, Answer::Checks(boxes));
        Ok(Edit::Answer { at, answer: old })
    }

    fn set_note(&mut self, at: FieldPath, note: Option<String>) -> Result<Edit, EditError> {
        let old = match place::find(self, &at)? {
            Place::Part(part) => match note {
                Some(note) => part.notes.insert(&*at.item, note),
                None => part.notes.remove(&at.item),
            },
            Place::Row(row) => Some(replace(&mut row.note, note.unwrap_or_default())),
        };
        Ok(Edit::Note { at, note: old })
    }

    fn waive(&mut self, at: FieldPath, rule: String, what: String, reason: Option<String>) -> Result<Edit, EditError> {
        let item = at.item.clone();
        self.edit_waivers(at, |waivers| {
            let covers = |waiver: &Waiver, whats: &[&str]| {
                waiver.rule == rule && waiver.item == item && whats.contains(&waiver.what.as_str())
            };
            match (waivers.iter_mut().find(|waiver| covers(waiver, &[&what])), reason) {
                (Some(waiver), Some(reason)) => waiver.reason = reason,
                // In an order of its own: two people who set the same aside have the same list.
                (None, Some(reason)) => {
                    let new = Waiver { rule, item, what, reason };
                    let index = waivers.iter().position(|waiver| waiver.key() > new.key()).unwrap_or(waivers.len());
                    waivers.insert(index, new);
                }
                // A waiver of old, which does not say what, has set aside this finding as well.
                (_, None) => waivers.retain(|waiver| !covers(waiver, &["", &what])),
            }
        })
    }

    fn edit_waivers(&mut self, at: FieldPath, change: impl FnOnce(&mut Vec<Waiver>)) -> Result<Edit, EditError> {
        let waivers = match place::find(self, &at)? {
            Place::Part(part) => &mut part.waivers,
            Place::Row(row) => &mut row.waivers,
        };
        let old = waivers.clone();
        change(waivers);
        line_ends::set_aside(waivers);
        Ok(Edit::Waivers { at, waivers: old })
    }

    /// An absent repeat begins with its first entry; the inverse takes the repeat away again.
    fn insert_entry(&mut self, at: FieldPath, index: usize, mut entry: Part) -> Result<Edit, EditError> {
        line_ends::part(&mut entry);
        let part = place::find_part(self, &at)?;
        if index == 0 && !part.answers.contains_key(&at.item) {
            part.answers.insert(&*at.item, Answer::repeat([entry]));
            return Ok(Edit::Answer { at, answer: None });
        }
        insert(self.entries(&at)?, index, Arc::new(entry))?;
        Ok(Edit::RemoveEntry { at, index })
    }

    fn entries(&mut self, at: &FieldPath) -> Result<&mut Vec<Arc<Part>>, EditError> {
        match place::find_part(self, at)?.answers.get_mut(&at.item) {
            Some(Answer::Repeat(entries)) => Ok(entries),
            Some(_) => Err(EditError::OtherKind { item: at.item.clone() }),
            None => Err(EditError::NoEntry { item: at.item.clone(), number: 1 }),
        }
    }

    fn rename_file(&mut self, index: usize, name: String) -> Result<Edit, EditError> {
        let (number, n_files) = (index.saturating_add(1), self.files.len());
        let file = self.file_mut(index).ok_or(EditError::NoFile { number, n_files })?;
        Ok(Edit::RenameFile { index, name: replace(&mut file.name, name) })
    }

    fn set_column(&mut self, row: usize, column: String, text: String) -> Result<Edit, EditError> {
        let cells = self.row(row)?;
        let Some(cell) = cells.column_mut(&column) else { return Err(EditError::NoColumn { column }) };
        let old = replace(cell, text);
        Ok(Edit::Column { row, column, text: old })
    }

    fn row(&mut self, index: usize) -> Result<&mut ChangeRow, EditError> {
        let length = self.rows.len();
        self.row_mut(index).ok_or(EditError::NoPlace { number: index.saturating_add(1), length })
    }
}

impl Edit {
    /// Whether the edit is words being typed: the next one is likely to come at once.
    pub fn is_typing(&self) -> bool {
        match self {
            Edit::Answer { answer, .. } => matches!(answer, Some(Answer::Text(_))),
            Edit::BoxText { .. }
            | Edit::Note { .. }
            | Edit::RenameFile { .. }
            | Edit::Column { .. }
            | Edit::Why { .. } => true,
            _ => false,
        }
    }

    /// The field an edit types into; `None` for edits that are a step of their own.
    pub(super) fn field(&self) -> Option<Field> {
        let field = |at: &FieldPath, what, key: &str| Some(Field { at: at.clone(), what, key: key.to_owned() });
        match self {
            Edit::Answer { at, .. } => field(at, "answer", ""),
            Edit::BoxText { at, key, .. } => field(at, "text", key),
            Edit::BoxCount { at, key, .. } => field(at, "count", key),
            Edit::Note { at, .. } => field(at, "note", ""),
            Edit::Waive { at, rule, what, .. } => field(at, "waiver", &format!("{rule} {what}")),
            Edit::RenameFile { index, .. } => field(&FieldPath::in_file(*index, ""), "name", ""),
            Edit::Why { row, .. } => field(&FieldPath::document("").entry(*row), "why", ""),
            Edit::Column { row, column, .. } => field(&FieldPath::document(column).entry(*row), "column", ""),
            _ => None,
        }
    }
}

fn lines(mut text: String) -> String {
    line_ends::text(&mut text);
    text
}

fn set_box(boxes: &mut Boxes, key: String, on: bool) {
    if !on {
        boxes.marked.retain(|marked| *marked != key);
    } else if !boxes.is_on(&key) {
        boxes.marked.push(key);
    }
}

fn set<T>(map: &mut BTreeMap<String, T>, key: String, value: Option<T>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}

fn insert<T>(list: &mut Vec<T>, index: usize, value: T) -> Result<(), EditError> {
    let length = list.len();
    if index > length {
        return Err(EditError::NoPlace { number: index.saturating_add(1), length });
    }
    list.insert(index, value);
    Ok(())
}

fn remove<T>(list: &mut Vec<T>, index: usize) -> Result<T, EditError> {
    let length = list.len();
    if index >= length {
        return Err(EditError::NoPlace { number: index.saturating_add(1), length });
    }
    Ok(list.remove(index))
}

fn relocate<T>(list: &mut Vec<T>, from: usize, to: usize) -> Result<(), EditError> {
    let length = list.len();
    if let Some(index) = [from, to].into_iter().find(|index| *index >= length) {
        return Err(EditError::NoPlace { number: index.saturating_add(1), length });
    }
    let value = list.remove(from);
    list.insert(to, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn draft() -> Draft {
        let mut document = Document { files: vec![Arc::default()], ..Document::default() };
        document.rows.push(Arc::default());
        let systems = Answer::repeat([Part::default(), Part::default()]);
        document.common_mut().answers.insert("basic.systems".to_owned(), systems);
        document.into()
    }

    /// Applies the edit, checks that its inverse brings the draft back, and returns the draft after it.
    fn check(draft: &Draft, edit: Edit) -> Draft {
        let mut after = draft.clone();
        let inverse = after.apply(edit).unwrap();
        let mut back = after.clone();
        back.apply(inverse).unwrap();
        assert_eq!(back, *draft);
        after
    }

    fn check_error(edit: Edit, message: &str) {
        let mut after = draft();
        assert_eq!(after.apply(edit).unwrap_err().to_string(), message);
        assert_eq!(after, draft());
    }

    fn text(text: &str) -> Option<Answer> {
        Some(Answer::Text(text.to_owned()))
    }
    #[test]
    fn absent_and_empty_are_different() {
        let at = FieldPath::document("cover.name");
        let empty = check(&draft(), Edit::Answer { at: at.clone(), answer: text("") });
        assert_eq!(empty.state.document.common.answers.get("cover.name"), text("").as_ref());
        let absent = check(&empty, Edit::Answer { at, answer: None });
        assert_eq!(absent, draft());
    }

    #[test]
    fn new_text_gets_line_feeds() {
        let after = check(&draft(), Edit::Answer { at: FieldPath::document("a"), answer: text("１\r\n２\r３\n") });
        assert_eq!(after.state.document.common.answers["a"].as_text(), Some("１\n２\n３\n"));
        let file = FilePart { name: "a\r\nb".to_owned(), ..FilePart::default() };
        assert_eq!(check(&draft(), Edit::InsertFile { index: 1, file }).state.document.files[1].name, "a\nb");
    }

    #[test]
    fn item_in_an_entry_is_found_by_its_id() {
        let at = FieldPath::document("basic.systems.name").entry(1);
        let after = check(&draft(), Edit::Answer { at, answer: text("x") });
        let entries = after.state.document.common.answers["basic.systems"].as_entries().unwrap();
        assert!(entries[0].answers.is_empty());
        assert_eq!(entries[1].answers["basic.systems.name"].as_text(), Some("x"));
    }

    #[test]
    fn boxes_keep_their_text_and_order() {
        let at = || FieldPath::in_file(0, "overview.acquire.source");
        let mut after = draft();
        for key in ["a", "b", "c"] {
            after = check(&after, Edit::Box { at: at(), key: key.to_owned(), on: true });
        }
        after = check(&after, Edit::BoxText { at: at(), key: "b".to_owned(), text: Some("税務課\r\n".to_owned()) });
        after = check(&after, Edit::BoxCount { at: at(), key: "b".to_owned(), count: Some(None) });
        after = check(&after, Edit::Box { at: at(), key: "b".to_owned(), on: false });
        let Answer::Checks(boxes) = &after.state.document.files[0].part.answers["overview.acquire.source"] else {
            unreachable!()
        };
        assert_eq!(boxes.marked, ["a", "c"]);
        assert_eq!(boxes.texts["b"], "税務課\n");
        assert_eq!(boxes.counts["b"], None);
    }

    #[test]
    fn notes_and_waivers_stand_where_the_item_stands() {
        let row = || FieldPath::document("changes.rows.before").entry(0);
        let after = check(&draft(), Edit::Note { at: row(), note: Some("確認中".to_owned()) });
        assert_eq!(after.state.document.rows[0].note, "確認中");
        let waive = |what: &str, reason: Option<&str>| {
            let (rule, what, reason) = ("XC-F11".to_owned(), what.to_owned(), reason.map(str::to_owned));
            Edit::Waive { at: row(), rule, what, reason }
        };
        let after = check(&draft(), waive("3件", Some("前年のまま")));
        assert_eq!(after.state.document.rows[0].waivers[0].reason, "前年のまま");
        assert_eq!(check(&check(&after, waive("3件", Some("別の理由"))), waive("3件", None)), draft());
        let both = check(&after, waive("2件", Some("別の理由")));
        assert_eq!((both.state.document.rows[0].waivers.len(), check(&both, waive("2件", None))), (2, after));
        let of_old = check(&draft(), waive("", Some("前年のまま")));
        assert_eq!(check(&of_old, waive("3件", None)), draft());
    }

    #[test]
    fn lists_insert_remove_and_move() {
        let at = || FieldPath::in_file(0, "overview.outsource.items");
        let first = check(&draft(), Edit::InsertEntry { at: at(), index: 0, entry: Part::default() });
        let second = check(&first, Edit::InsertEntry { at: at(), index: 1, entry: Part::default() });
        check(&second, Edit::MoveEntry { at: at(), from: 0, to: 1 });
        let none = check(&first, Edit::RemoveEntry { at: at(), index: 0 });
        assert_eq!(none.state.document.files[0].part.answers["overview.outsource.items"], Answer::Repeat(vec![]));
        check(&draft(), Edit::RemoveRow { index: 0 });
        check(&draft(), Edit::Column { row: 0, column: "changes.rows.after".to_owned(), text: "新".to_owned() });
        check(&draft(), Edit::RenameFile { index: 0, name: "名".to_owned() });
    }

    #[test]
    fn wrong_places_are_errors_and_change_nothing() {
        let huge = usize::MAX;
        check_error(Edit::RemoveFile { index: huge }, &format!("{huge}番目の位置はありません（1件あります）"));
        check_error(
            Edit::Answer { at: FieldPath::in_file(huge, "a"), answer: None },
            &format!("{huge}番目の特定個人情報ファイルはありません（1件あります）"),
        );
        check_error(
            Edit::Answer { at: FieldPath::document("basic.systems.name").entry(2), answer: None },
            "「basic.systems.name」の3番目はありません",
        );
        check_error(
            Edit::Box { at: FieldPath::document("basic.systems"), key: "a".to_owned(), on: true },
            "「basic.systems」の今の回答は種類が違うため、この変更はできません",
        );
        check_error(
            Edit::Column { row: 0, column: "changes.rows.note".to_owned(), text: String::new() },
            "変更箇所の表に「changes.rows.note」という欄はありません",
        );
    }

    #[test]
    fn many_is_all_or_nothing() {
        let ok = Edit::Stage(Stage::Final);
        check(&draft(), Edit::Many(vec![ok.clone(), Edit::RemoveFile { index: 0 }]));
        check_error(
            Edit::Many(vec![ok, Edit::RemoveFile { index: 0 }, Edit::RemoveFile { index: 0 }]),
            "1番目の位置はありません（0件あります）",
        );
    }
}
