//! The state of the window: where the user is, what is half typed, what is chosen, and the words, colours and commands
//! that everything drawn shares. Nothing of it is saved.
//! Never: knows a widget, a panel, a dialog or a screen.
//! Start with `view.rs` and `cx.rs`.

pub mod anchor;
pub mod bitmaps;
pub mod change_table;
pub mod command;
pub mod comparing;
mod cx;
pub mod follow;
pub mod ime;
pub mod outside;
pub mod panel_width;
pub mod pdf_purpose;
pub mod picker;
pub mod preview;
pub mod remarks;
pub mod reveal;
pub mod seen;
pub mod sharing;
pub mod source;
pub mod source_sheet;
pub mod table_act;
pub mod theme;
pub mod view;
mod waker;
pub mod words;
pub mod writing;

pub use cx::{Cx, cell_id};
pub use waker::waker;
