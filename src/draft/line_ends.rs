//! Line ends: every text of a draft breaks its lines with `\n` alone.
//!
//! The functions turn CRLF and a lone CR into LF in place and return how many texts they changed. They look before they
//! change: what is shared stays shared where nothing has to be changed.

use std::borrow::Cow;
use std::sync::Arc;

use super::walk::{At, change, read};
use super::{Answer, Base, ChangeRow, Comment, Document, Draft, FilePart, Origin, Part, Unplaced, Waiver};
use crate::characters;
use crate::margin::Margin;

/// In one text.
pub(super) fn text(text: &mut String) -> usize {
    if !text.contains('\r') {
        return 0;
    }
    *text = text.replace("\r\n", "\n").replace('\r', "\n");
    1
}

/// Makes the functions for one structure out of the two walks over it.
macro_rules! line_ends {
    ($name:ident, $what:ty $(, $place:expr)?) => {
        pub(super) fn $name(it: &mut $what) -> usize {
            let (mut is_needed, mut n_texts) = (false, 0);
            read::$name(it, $($place,)? &mut |_, _, text| is_needed |= text.contains('\r'));
            if is_needed {
                change::$name(it, $($place,)? &mut |_, _, text| n_texts += self::text(text));
            }
            n_texts
        }
    };
}

line_ends!(answer, Answer, At::default());
line_ends!(part, Part, At::default());
line_ends!(file, FilePart, 0);
line_ends!(row, ChangeRow, 0);
line_ends!(remarks, [Comment], At::default());
line_ends!(set_aside, [Waiver], At::default());
line_ends!(unplaced, [Arc<Unplaced>]);
line_ends!(margin, Margin);
line_ends!(document, Document);

/// What came in from another program: the marks of Excel's files become what they stand for, and every line end of other
/// programs becomes ours. Gives how many texts had other line ends, and how many marks there were.
///
/// A draft that is opened is left as it is but for CR: its own file said so, and the checks name what is odd.
pub(crate) fn arrived(it: &mut Document) -> (usize, usize) {
    let (mut n_texts, mut n_marks) = (0, 0);
    let mut is_needed = false;
    let is_odd = |text: &str| {
        characters::escapes(text).next().is_some() || text.contains(|c| c != '\n' && characters::is_line_end(c))
    };
    read::document(it, &mut |_, _, text| is_needed |= is_odd(text));
    if is_needed {
        change::document(it, &mut |_, _, text| {
            if let Some(unescaped) = characters::unescaped(text) {
                n_marks += characters::escapes(text).count() - characters::escapes(&unescaped).count();
                *text = unescaped;
            }
            if let Cow::Owned(ours) = characters::with_line_ends(text) {
                n_texts += 1;
                *text = ours;
            }
        });
    }
    (n_texts, n_marks)
}

/// In a whole draft.
pub(crate) fn draft(draft: &mut Draft) -> usize {
    let origin = |origin: &mut Arc<Origin>| where_needed(origin, |origin| document(&mut origin.state.document));
    document(&mut draft.state.document) + draft.base.as_mut().map_or(0, base) + draft.origin.as_mut().map_or(0, origin)
}

/// In the publication before.
pub(super) fn base(base: &mut Arc<Base>) -> usize {
    where_needed(base, |base| text(&mut base.published_on) + document(&mut base.state.document))
}

/// In a copy, which takes the place of what is shared only where something was changed.
fn where_needed<T: Clone>(shared: &mut Arc<T>, change: impl FnOnce(&mut T) -> usize) -> usize {
    let mut copy = T::clone(shared);
    let n_texts = change(&mut copy);
    if n_texts > 0 {
        *shared = Arc::new(copy);
    }
    n_texts
}
