//! Nothing is ever lost: saving at every fault of the disk, copies and versions, crashes, shared folders.

mod backups;
mod faulty;
mod gap;
mod kill;
#[cfg(target_os = "linux")]
mod kill_folder;
mod model;
mod one_folder;
mod owner;
mod pictures_written;
#[cfg(unix)]
mod places;
mod save;
#[cfg(unix)]
mod special;
mod vanishing;
mod words;
