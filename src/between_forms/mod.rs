//! What a document of one form is in another: a 重点項目評価書 becomes a 全項目評価書, and back.
//! Holds the conversion, the mentions of items in texts that it makes false, and the receipt in Japanese.
//! Never: loses a character of the author, rewrites a text or a change row, guesses an option, writes a file.
//! Start with [`convert`]; which items are the same stands in `assets/between-forms/`.

mod answers;
mod convert;
mod mentions;
mod receipt;
mod units;

pub use convert::{Converted, convert, edition_of};
pub use receipt::{ConvertReceipt, FalseMention, KeptAnswer, StarChange};
