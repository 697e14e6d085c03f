//! The form: what the official paper asks, as data read from `assets/forms`.
//! Holds sections, items, options, conditions, print grids, help and rules of one edition.
//! Never: knows a draft, a size, a font or the disk.
//! Start with [`Form`] in `edition.rs` and `item.rs`, then `read.rs`.

mod attachments;
mod check;
pub mod citation;
mod condition;
mod digits;
mod edition;
mod form_map;
mod help;
mod index;
mod item;
mod key_items;
mod needed_words;
mod option;
mod patch;
mod path;
mod pattern;
mod place;
mod publication;
pub mod read;
mod references;
mod reminders;
mod rule;
mod rules;
pub mod shipped;
pub mod threshold;
mod timing;

pub use attachments::{
    ATTACHMENT_FILE, ATTACHMENT_LIST, ATTACHMENT_OF, ATTACHMENT_TABLE, ATTACHMENT_TITLE, ATTACHMENTS,
};
pub use check::*;
pub use condition::{Basis, Condition, Facts, Known};
pub use digits::full_width;
pub use edition::{Assembly, CharsPerLine, FileOrder, Form, Orientation, Paper, Section, Signs, Threshold};
pub use form_map::{Crossing, FormMap, ItemPair, NearItems};
pub use help::{Certainty, Help};
pub use index::ItemPosition;
pub use item::*;
pub use key_items::{KeyItems, NameKind};
pub use option::{BoxGroup, BoxOption, ChoiceOption, ChoicePrint, Column, ListPlace};
pub use path::FieldPath;
pub use pattern::Pattern;
pub use place::Place;
pub use reminders::{Reminder, reminders};
pub use rule::{FromStage, Rule, Severity};
pub use rules::{RuleSet, STATED_TOTALS, halves};
pub use timing::{Ground, Project, Template, Timing, TimingStep};
