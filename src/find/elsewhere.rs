//! What the other files of the document say to the same item, and making a whole section say the same.

use crate::draft::{Answer, Document, Edit, Scope};
use crate::form::{Derived, FieldPath, Form, Item};

/// The answer of another file to the same item.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    /// Where it stands.
    pub path: FieldPath,
    /// The file and the entry in words.
    pub place: String,
    /// The answer.
    pub answer: Answer,
    /// The answer in words.
    pub words: String,
}

/// The answers of the other files to the item at `path` that say something, in the order of the files.
pub fn elsewhere(form: &Form, document: &Document, path: &FieldPath) -> Vec<Elsewhere> {
    let Some(here) = path.file else { return Vec::new() };
    let Some(item) = form.item(&path.item).filter(|item| can_be_copied(item)) else { return Vec::new() };
    let repeat = path.entry.and_then(|_| form.repeat_of(&path.item));
    let mut found = Vec::new();
    for (file, part) in document.files.iter().enumerate().filter(|(file, _)| *file != here) {
        let scope = Scope::document(form, document).file(file);
        let at = FieldPath::in_file(file, &path.item);
        let name = format!("{}．{}", file + 1, part.name.trim());
        let mut add = |scope: Scope<'_>, path: FieldPath, place: String| {
            let answer = scope.answer(&item.id).filter(|answer| !answer.is_empty());
            if let Some(answer) = answer.filter(|answer| !matches!(answer, Answer::Foreign(_) | Answer::Repeat(_))) {
                let words = in_words(scope, item, answer);
                found.push(Elsewhere { path, place, answer: answer.clone(), words });
            }
        };
        let Some(repeat) = repeat else {
            add(scope, at, name);
            continue;
        };
        for entry in 0..scope.entries(&repeat.id).len() {
            let title = crate::form::Place::of(form, &at.clone().entry(entry), None).entry;
            add(scope.entry(&repeat.id, entry), at.clone().entry(entry), format!("{name}　{title}"));
        }
    }
    found
}

/// The edit that makes a section of file `to` say what it says in file `from`; names of files, notes and findings set
/// aside stay as they are. `None` when there is nothing to change.
pub fn section_from(form: &Form, document: &Document, section_id: &str, from: usize, to: usize) -> Option<Edit> {
    let section = form.section(section_id).filter(|section| section.per_file && from != to)?;
    let source = &document.files.get(from)?.part.answers;
    let target = &document.files.get(to)?.part.answers;
    let items = section.items.iter().flat_map(Item::with_inner).filter(|item| can_be_copied(item));
    let different = items.filter(|item| source.get(&item.id) != target.get(&item.id));
    let edits: Vec<Edit> = different
        .map(|item| Edit::Answer { at: FieldPath::in_file(to, &item.id), answer: source.get(&item.id).cloned() })
        .collect();
    (!edits.is_empty()).then_some(Edit::Act { name: "ほかのファイルからの写し", edits })
}

/// Whether an answer may be the same in two files: the name of a file may not.
fn can_be_copied(item: &Item) -> bool {
    item.is_answered() && item.derived != Some(Derived::FileName)
}

/// An answer as it reads: the text, the option, the boxes that are on.
fn in_words(scope: Scope<'_>, item: &Item, answer: &Answer) -> String {
    match answer {
        Answer::Check(_) => "チェックあり".to_owned(),
        Answer::Checks(boxes) => {
            let on = item.boxes().filter(|option| boxes.is_on(&option.key));
            let words = on.map(|option| match boxes.texts.get(&option.key).filter(|text| !text.is_empty()) {
                Some(text) => format!("{}（{text}）", option.label),
                None => option.label.clone(),
            });
            words.collect::<Vec<_>>().join("、")
        }
        Answer::Figure(figure) => figure.caption.clone().unwrap_or_else(|| "図".to_owned()),
        _ => scope.text(&item.id).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::draft::{Draft, FilePart, Part};
    use crate::form::shipped;

    fn document() -> (&'static Form, Document) {
        let form = shipped::find("youshiki3", "r6-10").unwrap();
        let mut first = FilePart { name: "課税情報".to_owned(), ..FilePart::default() };
        let text = |text: &str| Answer::Text(text.to_owned());
        first.part.answers.insert("overview.base.department".to_owned(), text("税務課"));
        first.part.answers.insert("overview.base.subject_count".to_owned(), Answer::Choice(Some(2)));
        first.part.answers.insert("overview.file_name".to_owned(), text("別の名前"));
        first.part.notes.insert("overview.base.department".to_owned(), "メモ".to_owned());
        let entry = Part {
            answers: [("overview.outsource.items.contractor".to_owned(), text("青嶺ビジネス"))].into(),
            ..Part::default()
        };
        first.part.answers.insert("overview.outsource.items".to_owned(), Answer::repeat([entry]));
        let mut second = FilePart { name: "収納情報".to_owned(), ..FilePart::default() };
        second.part.answers.insert("overview.base.held_from".to_owned(), text("平成28年1月1日"));
        second.part.answers.insert("risk.file_name".to_owned(), text("残る"));
        (form, Document { files: vec![Arc::new(first), Arc::new(second)], ..Document::default() })
    }

    #[test]
    fn other_files_are_listed_with_their_answers() {
        let (form, document) = document();
        let at = FieldPath::in_file(1, "overview.base.department");
        let [only] = &elsewhere(form, &document, &at)[..] else { unreachable!() };
        assert_eq!((only.place.as_str(), only.words.as_str()), ("1．課税情報", "税務課"));
        let at = FieldPath::in_file(1, "overview.outsource.items.contractor").entry(3);
        let [only] = &elsewhere(form, &document, &at)[..] else { unreachable!() };
        assert_eq!(only.place, "1．課税情報　委託事項1");
        assert_eq!(elsewhere(form, &document, &FieldPath::in_file(0, "overview.base.department")), []);
        assert_eq!(elsewhere(form, &document, &FieldPath::in_file(1, "overview.file_name")), []);
        assert_eq!(elsewhere(form, &document, &FieldPath::document("cover.name")), []);
    }

    #[test]
    fn a_section_says_the_same_and_comes_back() {
        let (form, document) = document();
        let draft = Draft::from(document);
        let mut after = draft.clone();
        let inverse = after.apply(section_from(form, &draft.state.document, "overview", 0, 1).unwrap()).unwrap();
        let (first, second) = (&after.state.document.files[0].part, &after.state.document.files[1].part);
        assert_eq!(second.answers.get("overview.outsource.items"), first.answers.get("overview.outsource.items"));
        assert_eq!(second.answers.get("overview.base.held_from"), None);
        assert_eq!(second.answers.get("overview.file_name"), None);
        assert!(second.answers.contains_key("risk.file_name") && second.notes.is_empty());
        assert_eq!(after.state.document.files[1].name, "収納情報");
        assert_eq!(section_from(form, &after.state.document, "overview", 0, 1), None);
        after.apply(inverse).unwrap();
        assert_eq!(after, draft);
        assert_eq!(section_from(form, &draft.state.document, "basic", 0, 1), None);
        assert_eq!(section_from(form, &draft.state.document, "overview", 0, 9), None);
    }
}
