//! The record items of a file (記録項目) as a list: read out of the text that the author wrote or pasted, in whatever marks.
//! Holds how they are counted, what is heading, item and note, and the acts on them: one item a line, numbers, no marks.
//! Never: stores a list (the answer stays the text it is), changes a text unasked, changes a word of an item.
//! Start with [`RecordList::of`]; then `count.rs`.

mod acts;
mod count;
mod list;
mod marks;

pub use acts::{in_order, is_numbered_through, is_out_of_order, numbered, one_a_line, without_marks};
pub use count::{BULLETS, counts, stands_elsewhere};
pub use list::{Line, RecordItem, RecordList};
pub use marks::{ItemMark, Sort, number_before};

/// One width for digits, signs and spaces; a tab stays one.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}
