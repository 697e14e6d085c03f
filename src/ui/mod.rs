//! The screens: the window in which a draft is written. Feature `gui`.
//! Holds what is drawn and what is asked of the user; every change leaves as an [`Edit`](crate::draft::Edit).
//! Never: changes a draft itself, words a finding, touches the disk other than through `files`.
//! Start with `app.rs`, then `screens/fill_in.rs` and `widgets/text.rs`.

mod app;
mod command;
mod comparing;
mod ime;
mod outside;
mod picker;
mod preview;
mod remarks;
mod reveal;
mod screens;
mod start_up;
mod theme;
mod view;
mod widgets;
mod words;
mod work;
mod writing;

pub use app::App;
pub use start_up::{asked_for, run};
pub use theme::install as install_theme;
