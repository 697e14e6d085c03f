//! What a document of one form is in another: a 重点項目評価書 becomes a 全項目評価書, and back; and what the 基礎項目評価書 of a
//! 事務 and its larger document both say.
//! Holds the conversion, the mentions of items in texts that it makes false, and the receipt in Japanese.
//! Never: loses a character of the author, rewrites a text or a change row, guesses an option, writes a file.
//! Start with [`convert`] and [`shared_facts`]; which items are the same stands in `assets/between-forms/`.

mod answers;
mod begun;
mod convert;
mod fill;
mod made;
mod mentions;
mod receipt;
mod shared;
mod take;
mod units;

pub use begun::{Beginning, begun};
pub use convert::{Converted, convert, edition_of};
pub use fill::{Filled, filled};
pub use made::{made, targets};
pub use receipt::{ConvertReceipt, FalseMention, KeptAnswer, StarChange};
pub use shared::{FactAgreement, OfForm, SharedFact, shared_facts};
pub use take::{NotTaken, Taken, take};
