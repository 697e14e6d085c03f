//! The window without a display, by the words on it and by keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

mod accessibility;
mod at_a_glance;
mod change_table;
mod charts;
mod city;
mod colleagues;
mod commands;
mod contrast;
mod editing_aids;
mod editions;
mod figures;
mod focus_and_layout;
mod followed;
mod frames;
mod guide_pictures;
mod harness;
mod import;
mod keyboard;
mod lists_and_results;
mod named;
mod new_documents;
mod numbers;
mod opened;
mod overlaps;
mod painted;
mod places;
mod preview;
mod printing;
mod remembered;
mod renewal;
mod review;
mod saving;
mod screens;
mod search;
mod shared;
mod start;
mod twins;
mod undo_bar;
mod wait;
#[path = "../core/summary/year.rs"]
mod year;
