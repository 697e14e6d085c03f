//! Lists of record items: the order they were written in, and what stands above them.

use super::effort::Effort;
use super::text::Gathered;
use crate::exchange::boxes::{ForeignSource, seen_chars};
use crate::records::{in_order, is_out_of_order, number_before};

/// What the words of a list are, once they are together.
#[derive(Debug)]
pub(super) struct ListRead {
    /// What stands in a place of its own above the list, as its first line: where there are several files, the paper says
    /// there which one it is of.
    pub title: Option<String>,
    /// Whether its items seem to be in the order they were written in.
    pub is_sure: bool,
}

/// Puts the items of a list in order that were read column by column.
pub(super) fn read(source: &ForeignSource, effort: &Effort, gathered: &mut Gathered) -> ListRead {
    let title = title(source, gathered);
    if let Some(title) = &title {
        gathered.text.replace_range(..title.len() + 1, "");
    }
    let is_sure = put_in_order(effort, &mut gathered.text);
    if let Some(title) = &title {
        gathered.text.insert_str(0, &format!("{title}\n"));
    }
    ListRead { title, is_sure }
}

/// `false` where they seem to be in no order.
fn put_in_order(effort: &Effort, text: &mut String) -> bool {
    effort.spend(text.len());
    if effort.is_over() {
        return true;
    }
    // No character is lost on the way.
    match in_order(text).filter(|ordered| seen_chars(ordered) == seen_chars(text)) {
        Some(ordered) => *text = ordered,
        None => return !is_out_of_order(text),
    }
    true
}

fn title(source: &ForeignSource, gathered: &Gathered) -> Option<String> {
    let [first, second, ..] = gathered.boxes.as_slice() else { return None };
    let (first, second) = (&source.boxes[*first], &source.boxes[*second]);
    let title = first.text.trim();
    let is_above = !first.area.is_beside(&second.area) && !title.contains('\n') && number_before(title).is_none();
    let is_line = gathered.text.strip_prefix(title).is_some_and(|rest| rest.starts_with('\n'));
    (is_above && is_line && !title.is_empty()).then(|| title.to_owned())
}
