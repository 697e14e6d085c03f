//! What an edit copies: everything it does not change stays the very same in memory as in the version before, which
//! saver, preview, comparison and crash note hold.

use std::ptr;
use std::sync::Arc;

use hyoukasho::draft::{Answer, Base, ByItem, ChangeRow, Document, Draft, Edit, FilePart, Part, format};
use hyoukasho::form::FieldPath;

/// The sample three times over, 150 pages, with a publication before and a hand-over.
fn longest() -> Draft {
    let sample = format::read(include_bytes!("../../../samples/aomine-juminzei.ron")).unwrap().draft;
    let base = Base { state: sample.state.clone(), published_on: "令和8年3月27日".to_owned(), taken_on: None };
    let mut draft = Draft { base: Some(Arc::new(base)), ..sample };
    // Copies of their own: what stands three times shares nothing.
    let document = &mut draft.state.document;
    let thrice = |n: usize| (0..n * 3).map(move |index| index % n);
    document.files = thrice(document.files.len()).map(|index| Arc::new(apart(&document.files[index]))).collect();
    document.rows =
        thrice(document.rows.len()).map(|index| Arc::new(ChangeRow::clone(&document.rows[index]))).collect();
    draft.handed_over("山田", "佐藤", None)
}

fn apart(file: &FilePart) -> FilePart {
    let Part { answers, notes, comments, waivers } = &file.part;
    let answers = answers.iter().map(|(item, answer)| (item, answer.clone())).collect();
    let (notes, comments, waivers) = (notes.clone(), comments.clone(), waivers.clone());
    FilePart { name: file.name.clone(), part: Part { answers, notes, comments, waivers } }
}

/// The values of a list that are not the same in memory.
fn copied_values<T>(before: &ByItem<T>, after: &ByItem<T>) -> usize {
    let is_same = |item: &str, value: &T| before.get(item).is_some_and(|before| ptr::eq(before, value));
    after.iter().filter(|(item, value)| !is_same(item, value)).count()
}

/// Parts and values that were copied between two versions.
#[derive(Debug, Default, PartialEq, Eq)]
struct Copied {
    parts: usize,
    values: usize,
}

impl Copied {
    fn part(&mut self, before: &Part, after: &Part) {
        if ptr::eq(before, after) {
            return;
        }
        self.parts += 1;
        for (item, answer) in &after.answers {
            let was = before.answers.get(item);
            if was.is_some_and(|was| ptr::eq(was, answer)) {
                continue;
            }
            match (was.and_then(Answer::as_entries), answer.as_entries()) {
                // A list of entries is a list of pointers; what it points at counts.
                (Some(was), Some(is)) => was.iter().zip(is).for_each(|(was, is)| self.part(was, is)),
                _ => self.values += 1,
            }
        }
        self.values += copied_values(&before.notes, &after.notes) + copied_values(&before.comments, &after.comments);
    }

    fn document(before: &Document, after: &Document) -> Self {
        let mut copied = Self::default();
        copied.part(&before.common, &after.common);
        for (before, after) in before.files.iter().zip(&after.files) {
            copied.part(&before.part, &after.part);
        }
        let rows = before.rows.iter().zip(&after.rows);
        copied.parts += rows.filter(|(before, after)| !Arc::ptr_eq(before, after)).count();
        copied
    }
}

/// Types into one place, with the version before held at each key.
fn check(place: &str, edit: impl Fn(String) -> Edit, expected: &Copied) {
    let mut draft = longest();
    let mut text = String::new();
    for key in 0..250 {
        let before = draft.clone();
        text.push('あ');
        draft.apply(edit(text.clone())).unwrap();
        let is_same = |one: &Draft| {
            let base = Arc::ptr_eq(one.base.as_ref().unwrap(), draft.base.as_ref().unwrap());
            base && Arc::ptr_eq(one.origin.as_ref().unwrap(), draft.origin.as_ref().unwrap())
        };
        assert!(is_same(&before), "{place}, key {key}: base and origin are never copied");
        assert_ne!(before.state, draft.state);
        assert_eq!(&Copied::document(&before.state.document, &draft.state.document), expected, "{place}, key {key}");
    }
}

fn answer(at: FieldPath) -> impl Fn(String) -> Edit {
    move |text| Edit::Answer { at: at.clone(), answer: Some(Answer::Text(text)) }
}

#[test]
fn a_key_copies_one_part_and_one_answer() {
    let one = Copied { parts: 1, values: 1 };
    check("document", answer(FieldPath::document("basic.department.unit")), &one);
    check("file", answer(FieldPath::in_file(4, "overview.storage.place")), &one);
    let note = |text| Edit::Note { at: FieldPath::in_file(2, "overview.storage.place"), note: Some(text) };
    check("note", note, &one);
    // The entry, and the list of the part around it.
    let entry = FieldPath::in_file(3, "overview.outsource.items.content").entry(1);
    check("entry", answer(entry), &Copied { parts: 2, values: 1 });
    let column = |text| Edit::Column { row: 7, column: "changes.rows.after".to_owned(), text };
    check("row", column, &Copied { parts: 1, values: 0 });
}

/// Two versions that share are equal without a look at their texts; so are two that only say the same.
#[test]
fn what_is_equal_need_not_be_shared() {
    let (one, other) = (longest(), longest());
    assert_eq!(one, other);
    assert!(!Arc::ptr_eq(&one.state.document.files[0], &other.state.document.files[0]));
    let copied = Copied::document(&one.state.document, &other.state.document);
    assert!(
        copied.parts > one.state.document.files.len() && copied.values > 100,
        "the counting sees copies: {copied:?}"
    );
}
