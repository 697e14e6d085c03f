//! The screens: the window in which a draft is written. Feature `gui`.
//! Holds what is drawn and what is asked of the user; every change leaves as an [`Edit`](crate::draft::Edit).
//! Never: changes a draft itself, words a finding, touches the disk other than through `files`.
//! `state` is known by `widgets`, these by `panels` and `dialogs`, these by `screens`, these by `app`; never the other way.
//! Start with `app/mod.rs`, then `screens/fill_in.rs` and `widgets/text.rs`.

mod app;
mod dialogs;
mod panels;
mod screens;
mod state;
mod widgets;
mod work;

pub use app::App;
pub use app::start_up::{asked_for, run};
pub use state::theme::install as install_theme;
