//! What differs between two states of a draft, item by item, each with the edit that puts the earlier one back.
//!
//! Small on purpose: whole answers, not their wording. It serves the list of versions; a comparison of texts
//! belongs elsewhere and can take the two answers from here.

use std::collections::BTreeSet;

use super::{Answer, Comment, Draft, Edit, FilePart, Part};
use crate::form::{FieldPath, Form, Place};

/// One item that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where it stands, in words.
    pub place: String,
    /// What the earlier draft says.
    pub before: String,
    /// What the present draft says.
    pub after: String,
    /// Puts the earlier one back.
    pub edit: Edit,
}

/// What differs between an earlier draft and the present one, in the order of the paper.
///
/// The edits fit the present draft, each alone or all together in this order.
pub fn differences(form: &Form, earlier: &Draft, present: &Draft) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut push = |place: &str, before: String, after: String, edit: Edit| {
        found.push(Difference { place: place.to_owned(), before, after, edit });
    };
    if earlier.stage != present.stage {
        push("段階", earlier.stage.name().into(), present.stage.name().into(), Edit::Stage(earlier.stage));
    }
    if earlier.file_order != present.file_order {
        let words = |draft: &Draft| if draft.file_order.is_some() { "指定あり" } else { "様式のとおり" }.to_owned();
        push("印刷順", words(earlier), words(present), Edit::FileOrder(earlier.file_order));
    }
    if earlier.change_style != present.change_style {
        let edit = Edit::ChangeStyle(earlier.change_style);
        push("変更箇所の書き方", "前の書き方".to_owned(), "今の書き方".to_owned(), edit);
    }
    part(form, None, "", &earlier.document, &present.document, &mut found);
    if earlier.files.len() == present.files.len() {
        for (index, (before, after)) in earlier.files.iter().zip(&present.files).enumerate() {
            file(form, index, before, after, &mut found);
        }
    } else {
        let words = |draft: &Draft| names(&draft.files);
        let remove = (0..present.files.len()).rev().map(|index| Edit::RemoveFile { index });
        let insert = earlier.files.iter().cloned().enumerate();
        let edits = remove.chain(insert.map(|(index, file)| Edit::InsertFile { index, file })).collect();
        found.push(Difference {
            place: "特定個人情報ファイルの数".to_owned(),
            before: words(earlier),
            after: words(present),
            edit: Edit::Many(edits),
        });
    }
    if earlier.changes != present.changes {
        let words = |draft: &Draft| format!("{}行", draft.changes.len());
        let remove = (0..present.changes.len()).rev().map(|index| Edit::RemoveRow { index });
        let insert = earlier.changes.iter().cloned().enumerate();
        let edits = remove.chain(insert.map(|(index, row)| Edit::InsertRow { index, row })).collect();
        found.push(Difference {
            place: "変更箇所の表".to_owned(),
            before: words(earlier),
            after: words(present),
            edit: Edit::Many(edits),
        });
    }
    found
}

/// One edit that puts everything back.
pub fn put_back(differences: &[Difference]) -> Edit {
    Edit::Many(differences.iter().map(|difference| difference.edit.clone()).collect())
}

fn file(form: &Form, index: usize, before: &FilePart, after: &FilePart, found: &mut Vec<Difference>) {
    if before.name != after.name {
        found.push(Difference {
            place: format!("特定個人情報ファイル{}の名前", index + 1),
            before: before.name.clone(),
            after: after.name.clone(),
            edit: Edit::RenameFile { index, name: before.name.clone() },
        });
    }
    let name = if after.name.is_empty() { format!("ファイル{}", index + 1) } else { after.name.clone() };
    part(form, Some(index), &name, &before.part, &after.part, found);
}

fn part(form: &Form, file: Option<usize>, name: &str, before: &Part, after: &Part, found: &mut Vec<Difference>) {
    let path = |item: &str| FieldPath { file, item: item.to_owned(), entry: None };
    let words = |path: &FieldPath| Place::of(form, path, file.map(|_| name)).to_string();
    let first = found.len();
    let items: BTreeSet<&String> = before.answers.keys().chain(after.answers.keys()).collect();
    for item in items {
        let (old, new) = (before.answers.get(item), after.answers.get(item));
        if old != new {
            let at = path(item);
            let place = words(&at);
            let edit = Edit::Answer { at, answer: old.cloned() };
            found.push(Difference { place, before: shown(form, item, old), after: shown(form, item, new), edit });
        }
    }
    let order = |difference: &Difference| match &difference.edit {
        Edit::Answer { at, .. } => form.items().position(|item| item.id == at.item),
        _ => None,
    };
    found[first..].sort_by_key(|difference| order(difference).unwrap_or(usize::MAX));
    let notes: BTreeSet<&String> = before.notes.keys().chain(after.notes.keys()).collect();
    for item in notes {
        let (old, new) = (before.notes.get(item), after.notes.get(item));
        if old != new {
            let at = path(item);
            let place = format!("{}の内部メモ", words(&at));
            let text = |note: Option<&String>| note.cloned().unwrap_or_default();
            let edit = Edit::Note { at, note: old.cloned() };
            found.push(Difference { place, before: text(old), after: text(new), edit });
        }
    }
    let remarked: BTreeSet<&String> = before.comments.keys().chain(after.comments.keys()).collect();
    for item in remarked {
        let (old, new) = (before.comments.get(item), after.comments.get(item));
        if old != new {
            let at = path(item);
            let place = format!("{}のコメント", words(&at));
            let text = |list: Option<&Vec<Comment>>| list.map(|list| spoken(list)).unwrap_or_default();
            let edit = Edit::Comments { at, comments: old.cloned().unwrap_or_default() };
            found.push(Difference { place, before: text(old), after: text(new), edit });
        }
    }
    if before.waivers != after.waivers {
        let text = |part: &Part| format!("{}件", part.waivers.len());
        let edit = Edit::Waivers { at: path(""), waivers: before.waivers.clone() };
        let place = if name.is_empty() { "指摘の除外".to_owned() } else { format!("指摘の除外（{name}）") };
        found.push(Difference { place, before: text(before), after: text(after), edit });
    }
}

fn names(files: &[FilePart]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    format!("{}件（{}）", files.len(), names.join("、"))
}

/// Remarks as people read them.
pub(crate) fn spoken(comments: &[Comment]) -> String {
    let line = |comment: &Comment| {
        let done = if comment.done { "（済）" } else { "" };
        format!("{}：{}{done}", comment.author, comment.text)
    };
    comments.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An answer in short.
pub(crate) fn shown(form: &Form, item: &str, answer: Option<&Answer>) -> String {
    let item = form.item(item);
    match answer {
        None => String::new(),
        Some(Answer::Text(text) | Answer::Foreign(text)) => text.clone(),
        Some(Answer::Choice(choice)) => {
            let mut options = item.map(|item| item.options()).unwrap_or_default().iter();
            let option = options.find(|option| Some(option.n) == *choice).map(|option| option.label.clone());
            option.or_else(|| choice.map(|number| number.to_string())).unwrap_or_default()
        }
        Some(Answer::Check(on)) => if *on { "チェックあり" } else { "チェックなし" }.to_owned(),
        Some(Answer::Checks(boxes)) => {
            let label = |key: &String| {
                let named = item.and_then(|item| item.boxes().find(|one| one.key == *key));
                named.map_or_else(|| key.clone(), |one| one.label.clone())
            };
            let texts = boxes.texts.values().filter(|text| !text.is_empty()).cloned();
            boxes.marked.iter().map(label).chain(texts).collect::<Vec<_>>().join("、")
        }
        Some(Answer::Count(count)) => count.map(|count| count.to_string()).unwrap_or_default(),
        Some(Answer::Repeat(entries)) => format!("{}件", entries.len()),
        Some(Answer::Figure(figure)) => figure.caption.clone().unwrap_or_else(|| "図".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::draft::{ChangeRow, ChangeStyle, Stage};
    use crate::form::shipped;

    fn form() -> &'static Form {
        shipped::find("youshiki3", "r6-10").unwrap()
    }

    fn text(part: &mut Part, item: &str, text: &str) {
        part.answers.insert(item.to_owned(), Answer::Text(text.to_owned()));
    }

    fn earlier() -> Draft {
        let mut draft = Draft { files: vec![FilePart::default()], ..Draft::default() };
        text(&mut draft.document, "cover.name", "住民基本台帳");
        draft.document.notes.insert("cover.name".to_owned(), "確認中".to_owned());
        text(&mut draft.files[0].part, "overview.purpose", "前");
        draft.changes.push(ChangeRow { item: "Ⅰ１".to_owned(), ..ChangeRow::default() });
        draft
    }

    #[test]
    fn each_item_says_where_what_before_and_what_now() {
        let mut present = earlier();
        text(&mut present.document, "cover.name", "住民基本台帳に関する事務");
        present.stage = Stage::Final;
        let found = differences(form(), &earlier(), &present);
        let shown: Vec<_> =
            found.iter().map(|one| (one.place.as_str(), one.before.as_str(), one.after.as_str())).collect();
        assert_eq!(
            shown,
            [("段階", "作成中", "提出・公表"), ("表紙 評価書名", "住民基本台帳", "住民基本台帳に関する事務")]
        );
    }

    #[test]
    fn putting_all_back_gives_the_earlier_draft_and_undo_the_present_one() {
        let mut present = Draft { stage: Stage::Hearing, ..Draft::default() };
        text(&mut present.document, "cover.number", "5");
        let at = FieldPath::document("cover.name");
        present.apply(Edit::Comments { at, comments: vec![Comment::default()] }).unwrap();
        present.change_style = ChangeStyle { together: true, ..ChangeStyle::default() };
        let earlier = earlier();
        let found = differences(form(), &earlier, &present);
        let mut draft = present.clone();
        let inverse = draft.apply(put_back(&found)).unwrap();
        assert_eq!(draft, earlier);
        draft.apply(inverse).unwrap();
        assert_eq!(draft, present);
        assert!(differences(form(), &present, &present).is_empty());
    }

    #[test]
    fn one_item_is_put_back_alone() {
        let mut present = earlier();
        text(&mut present.document, "cover.name", "新");
        text(&mut present.files[0].part, "overview.purpose", "後");
        let found = differences(form(), &earlier(), &present);
        assert_eq!(found.len(), 2);
        present.apply(found[1].edit.clone()).unwrap();
        assert_eq!(present.files, earlier().files);
        assert_eq!(present.document.answers["cover.name"].as_text(), Some("新"));
    }
}
