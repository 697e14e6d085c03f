//! The core: forms, drafts, checks, the change table, merging, renewal, and what is printed of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]
#![allow(clippy::duplicate_mod, reason = "random drafts take their ids from where they are used")]

mod across;
mod attached_tables;
mod attachment;
mod between_forms;
mod change_pages;
mod changes;
mod characters;
mod charts;
mod checks;
mod clean;
mod drafts;
mod faults;
mod figures;
mod find;
mod forms;
mod judged_rows;
mod judgement;
mod law;
mod lost;
mod margin;
mod merge;
mod paper;
mod pdf;
mod print;
mod renewal;
mod samples;
mod seeded;
mod session;
mod summary;
