//! The workspace: the document that is open and everything around it that is no screen, for the window and for commands:
//! saving, backups, locks, recovery, the documents used last, settings, phrases, the PDF written in the background.
//! Never: draws anything, decides what a document says, makes whoever waits wait without a way out.
//! Start with `open_document.rs`, then `document_lock.rs` and `saver.rs`; for a command with `write_target.rs`.

pub mod backup_writer;
pub mod catalog;
pub mod catalog_cache;
pub mod counterpart;
pub mod document_folder;
pub mod document_id;
pub mod document_lock;
pub mod environment;
pub mod export;
pub mod fill;
pub mod folder_between;
pub mod folder_desk;
pub mod folder_tables;
pub mod free_name;
pub mod import;
pub mod newer_backup;
pub mod notices;
pub mod open;
pub mod open_document;
pub mod phrases;
pub mod pictures_beside;
mod pool;
pub mod printing;
pub mod recovery;
pub mod reviewer;
pub mod saver;
pub mod settings;
pub mod shutdown;
pub mod task;
pub mod twins;
pub mod versions;
pub mod waker;
pub mod watcher;
pub mod window_place;
pub mod write_target;
