//! A remark of a colleague at an item: who, when, what, and whether it is settled. Never printed.

use super::place::{self, Place};
use super::{Document, Edit, EditError, Part, line_ends, visible};
use crate::form::FieldPath;

/// One remark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Who wrote it.
    pub author: String,
    /// When, as `2026-11-21 093205`; with the author it tells one remark from another.
    pub written_at: String,
    /// What it says.
    pub text: String,
    /// Whether it is settled.
    pub done: bool,
}

impl Comment {
    /// Whether two are the same remark, perhaps reworded or settled since.
    pub fn is_same(&self, other: &Comment) -> bool {
        (&self.author, &self.written_at) == (&other.author, &other.written_at)
    }

    /// Remarks as people read them, one a line.
    pub fn spoken(comments: &[Comment]) -> String {
        let line = |comment: &Comment| {
            let done = if comment.done { "（済）" } else { "" };
            format!("{}：{}{done}", visible(&comment.author), comment.text)
        };
        comments.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Document {
    /// Sets all remarks at one item, or at a row of the change table.
    pub(super) fn set_comments(&mut self, at: FieldPath, mut comments: Vec<Comment>) -> Result<Edit, EditError> {
        line_ends::remarks(&mut comments);
        let old = match place::find(self, &at)? {
            Place::Part(part) if comments.is_empty() => part.comments.remove(&at.item).unwrap_or_default(),
            Place::Part(part) => part.comments.insert(&*at.item, comments).unwrap_or_default(),
            Place::Row(row) => std::mem::replace(&mut row.comments, comments),
        };
        Ok(Edit::Comments { at, comments: old })
    }

    /// The remarks at one item, or at a row of the change table; `None` where there is no such place.
    pub fn comments_at(&self, at: &FieldPath) -> Option<&[Comment]> {
        let part = match at.file {
            Some(index) => &self.files.get(index)?.part,
            None => &self.common,
        };
        let Some(entry) = at.entry else { return Some(at_item(part, &at.item)) };
        let mut outer = at.item.rmatch_indices('.').map(|(dot, _)| &at.item[..dot]);
        match outer.find_map(|id| part.answers.get(id)?.as_entries()) {
            Some(entries) => entries.get(entry).map(|part| at_item(part, &at.item)),
            None if at.is_in_change_table() => Some(&self.rows.get(entry)?.comments),
            None => None,
        }
    }

    /// All remarks, each with its place: of the document, of its files, then of the change rows.
    ///
    /// `column` is the item given to the remarks of a row, the id of one of the columns.
    pub fn comments(&self, column: &str) -> Vec<(FieldPath, &Comment)> {
        let mut found = Vec::new();
        collect(&self.common, &FieldPath::default(), &mut found);
        for (index, file) in self.files.iter().enumerate() {
            collect(&file.part, &FieldPath::in_file(index, ""), &mut found);
        }
        for (index, row) in self.rows.iter().enumerate() {
            let at = FieldPath::document(column).entry(index);
            found.extend(row.comments.iter().map(|comment| (at.clone(), comment)));
        }
        found
    }
}

fn at_item<'a>(part: &'a Part, item: &str) -> &'a [Comment] {
    part.comments.get(item).map(Vec::as_slice).unwrap_or_default()
}

fn collect<'a>(part: &'a Part, around: &FieldPath, found: &mut Vec<(FieldPath, &'a Comment)>) {
    for (item, comments) in &part.comments {
        let at = FieldPath { item: item.to_owned(), ..around.clone() };
        found.extend(comments.iter().map(|comment| (at.clone(), comment)));
    }
    for entries in part.answers.values().filter_map(super::Answer::as_entries) {
        for (index, entry) in entries.iter().enumerate() {
            collect(entry, &FieldPath { entry: Some(index), ..around.clone() }, found);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Arc;

    use crate::draft::{Answer, Draft};

    #[test]
    fn remarks_are_set_listed_and_taken_back() {
        let mut draft = Draft::from(Document { files: vec![Arc::default()], ..Document::default() });
        let document = &mut draft.state.document;
        document.rows.push(Arc::default());
        document.common_mut().answers.insert("basic.systems", Answer::repeat([Part::default()]));
        let before = draft.clone();
        let remark = |text: &str| Comment { author: "佐藤".to_owned(), text: text.to_owned(), ..Comment::default() };
        let places = [
            FieldPath::document("cover.name"),
            FieldPath::document("basic.systems.name").entry(0),
            FieldPath::in_file(0, "overview.purpose"),
            FieldPath::document("changes.rows.before").entry(0),
        ];
        let mut inverses = Vec::new();
        for (n, at) in places.iter().enumerate() {
            let comments = vec![remark(&format!("{n}\r\n"))];
            inverses.push(draft.apply(Edit::Comments { at: at.clone(), comments }).unwrap());
        }
        let document = &draft.state.document;
        let listed = document.comments("changes.rows.before").into_iter();
        let listed: Vec<_> = listed.map(|(at, comment)| (at, comment.text.clone())).collect();
        let expected: Vec<_> = places.into_iter().enumerate().map(|(n, at)| (at, format!("{n}\n"))).collect();
        assert_eq!(listed, expected);
        for (at, comment) in document.comments("changes.rows.before") {
            assert_eq!(document.comments_at(&at), Some(std::slice::from_ref(comment)));
        }
        assert_eq!(document.comments_at(&FieldPath::in_file(1, "overview.purpose")), None);
        for inverse in inverses.into_iter().rev() {
            draft.apply(inverse).unwrap();
        }
        assert_eq!(draft, before);
    }
}
