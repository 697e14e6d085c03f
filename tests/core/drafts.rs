//! Drafts: what goes into a draft comes out of it again, by edit and undo, through the file and through JSON.

mod dates;
mod edits;
mod files;
mod json;
mod malformed;
mod pictures;
mod sharing;
