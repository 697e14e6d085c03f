//! Last year's document becomes this year's, and a draft moves to another edition of its form.
//! Holds what is frozen, carried and cleared, and the receipts that say so in Japanese.
//! Never: loses a character of the author, rewrites a change row, reads a clock, writes a file.
//! Start with [`start`], then [`move_to`].

mod answers;
mod difference;
mod edition;
mod receipt;
mod row_names;
mod start;

pub use edition::{Cause, Moved, move_to, rows};
pub use receipt::{MoveReceipt, MoveRemark};
pub use start::{Course, Last, PUT_RIGHT_FIRST, StartReceipt, Started, proposed, start, to_reassess};
