//! Where both texts were kept and stand one after the other: a remark there says so until the cell is edited.

use super::{Choices, MergeChoice, MergeItem};
use crate::draft::{Comment, Document, Draft, Edit};
use crate::form::FieldPath;

/// Under this name the program remarks; no colleague is called so.
const AUTHOR: &str = "（取り込み）";
const WORDS: &str = "二人の記載が並んでいます。一つの文章に整えてください。書き換えると、このコメントは消えます";

fn mark() -> Comment {
    Comment { author: AUTHOR.to_owned(), written_at: String::new(), text: WORDS.to_owned(), done: false }
}

/// By its author and by having no time, not by its words: those may be others in another edition of the program.
fn is_mark(comment: &Comment) -> bool {
    comment.author == AUTHOR && comment.written_at.is_empty()
}

/// Marks every cell in which both texts stand, where they changed the same lines.
pub(super) fn mark_both(merged: &mut Draft, items: &[MergeItem], choices: &Choices) {
    for item in items.iter().filter(|item| choices.get(&item.id) == Some(&MergeChoice::Both)) {
        let (Some(at), Some(combined)) = (&item.at, &item.combined) else { continue };
        let comments = merged.state.document.comments_at(at).map(<[Comment]>::to_vec);
        let Some(mut comments) = comments.filter(|_| !combined.is_clean) else { continue };
        comments.retain(|comment| !is_mark(comment));
        comments.push(mark());
        // The place is there, since it has remarks.
        let _ = merged.apply(Edit::Comments { at: at.clone(), comments });
    }
}

/// The edit, and with it the end of the mark where it changes such a cell.
pub fn tidied(document: &Document, edit: Edit) -> Edit {
    let at = match &edit {
        Edit::Answer { at, .. } => at.clone(),
        Edit::Column { row, column, .. } => FieldPath::document(column).entry(*row),
        _ => return edit,
    };
    let comments = document.comments_at(&at).unwrap_or_default();
    if !comments.iter().any(is_mark) {
        return edit;
    }
    let comments = comments.iter().filter(|comment| !is_mark(comment)).cloned().collect();
    Edit::Many(vec![edit, Edit::Comments { at, comments }])
}
