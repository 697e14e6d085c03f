//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod changes;
pub mod comments;
pub mod contrast;
pub mod dialogs;
pub mod edition;
mod elsewhere;
pub mod exported;
pub mod fill_in;
pub mod find;
mod findings;
mod frame;
mod guide;
pub mod hand_over;
mod kept;
mod level;
pub mod merge;
pub mod phrases;
mod preview;
mod previous;
mod recent;
pub mod renew;
pub mod returned;
pub mod start;
mod submission;
mod tree;
pub mod versions;
pub mod with_pdf;

use egui::{Context, Key, Popup};

/// Whether Escape means this screen, and not a list or dialog above it.
fn wants_back(ctx: &Context) -> bool {
    let is_covered = Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
    !is_covered && ctx.input(|input| input.key_pressed(Key::Escape))
}
