//! The vault: what protects a document from being lost.
//! Holds the second copy and the versions of a document in the user's data; who has a document open; saving that
//! overwrites nothing of a colleague's.
//! Never: knows what is inside a file, asks a clock, calls the disk other than through [`disk`](crate::disk).
//! Start with [`save()`], then `backup_store.rs` and `owner.rs`.

mod backup_store;
mod keep_old;
mod local_date_time;
mod lock_file;
pub mod owner;
mod process;
mod save;
mod store_search;
mod thinning;
mod version;

pub use backup_store::{BackupStore, Divergence, DivergenceSide};
pub use keep_old::{keep_old, keep_old_on};
pub use local_date_time::LocalDateTime;
pub use lock_file::{Leftover, LockFile, leftover, marked};
pub use save::{Fingerprint, SaveOutcome, SaveRequest, Saved, Track, save, save_copy};
pub use thinning::thin;
pub use version::{Version, VersionKind};
