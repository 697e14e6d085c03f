//! The change table: what is found between two versions, and what is proposed and kept of it.

mod cases;
mod documents;
mod entries;
mod hand_rows;
pub mod made;
pub mod properties;
mod putting_back;
mod regroup;
mod sample_year;
mod taken_out;
pub mod year;
