//! Remarks of colleagues: all are kept, none is asked about.

use crate::draft::Comment;

/// Both lists together: the remarks of mine, then what only they have.
///
/// A remark taken out by one stays out unless the other changed it; settled is settled; of two wordings both stay.
pub(super) fn together(base: &[Comment], mine: &[Comment], theirs: &[Comment]) -> Vec<Comment> {
    if mine == base {
        return theirs.to_vec();
    }
    if theirs == base {
        return mine.to_vec();
    }
    let mut found: Vec<Comment> = Vec::new();
    let numbered = |list: &'_ [Comment]| -> Vec<usize> {
        let before = |index: usize| list[..index].iter().filter(|other| other.is_same(&list[index])).count();
        (0..list.len()).map(before).collect()
    };
    let ours = mine.iter().zip(numbered(mine));
    let only_theirs = theirs.iter().zip(numbered(theirs)).filter(|(comment, n)| nth(mine, comment, *n).is_none());
    for (comment, n) in ours.chain(only_theirs) {
        let kept = match (nth(base, comment, n), nth(mine, comment, n), nth(theirs, comment, n)) {
            (before, Some(ours), Some(others)) => Some(joined(before.as_ref(), ours, &others)),
            // Taken out by the other, and not changed here since.
            (Some(before), Some(only), None) | (Some(before), None, Some(only)) if before == only => None,
            (_, ours, others) => ours.or(others),
        };
        found.extend(kept);
    }
    found
}

/// Of several remarks of one author in the same second, that one.
fn nth(list: &[Comment], comment: &Comment, n: usize) -> Option<Comment> {
    list.iter().filter(|other| other.is_same(comment)).nth(n).cloned()
}

fn joined(before: Option<&Comment>, mine: Comment, theirs: &Comment) -> Comment {
    let before_text = before.map(|before| before.text.as_str());
    let was_done = before.is_some_and(|before| before.done);
    let text = if mine.text == theirs.text || before_text == Some(theirs.text.as_str()) {
        mine.text
    } else if before_text == Some(mine.text.as_str()) {
        theirs.text.clone()
    } else {
        format!("{}\n{}", mine.text, theirs.text)
    };
    // Whoever changed the mark is followed.
    let done = if mine.done == theirs.done { mine.done } else { !was_done };
    Comment { text, done, author: mine.author, written_at: mine.written_at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(author: &str, text: &str, done: bool) -> Comment {
        Comment { author: author.to_owned(), written_at: String::new(), text: text.to_owned(), done }
    }

    #[test]
    fn nothing_that_was_said_is_lost() {
        let base = [comment("佐藤", "確認", false)];
        let mine = [comment("佐藤", "確認", true), comment("山田", "了解", false)];
        let theirs = [comment("佐藤", "至急確認", false), comment("鈴木", "別件", false)];
        let all = [comment("佐藤", "至急確認", true), comment("山田", "了解", false), comment("鈴木", "別件", false)];
        assert_eq!(together(&base, &mine, &theirs), all);
    }

    #[test]
    fn what_was_taken_out_stays_out_unless_it_changed() {
        let base = [comment("佐藤", "一", false), comment("鈴木", "二", false)];
        let theirs = [comment("佐藤", "一", false), comment("鈴木", "二の二", false)];
        let mine = [comment("山田", "三", false)];
        let all = [comment("山田", "三", false), comment("鈴木", "二の二", false)];
        assert_eq!(together(&base, &mine, &theirs), all);
    }
}
