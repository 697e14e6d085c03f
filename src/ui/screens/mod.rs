//! The screens: each fills the window and returns what the user asks for.
//! Start with `fill_in.rs`.

pub mod city;
pub mod contrast;
pub mod fill_in;
pub mod merge;
pub mod shared;
pub mod start;
pub mod versions;

use egui::{Context, Key, Popup};

/// Whether Escape means this screen, and not a list or dialog above it.
fn wants_back(ctx: &Context) -> bool {
    let is_covered = Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
    !is_covered && ctx.input(|input| input.key_pressed(Key::Escape))
}
