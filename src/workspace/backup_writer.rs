//! The second copy on a thread of its own, for the time in which the saving thread is held up, as by a shared folder
//! that does not answer: the copy is on this computer's own disk.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::saver::{AtWork, Job, lock};
use crate::clock;
use crate::disk::{FileError, SystemDisk};
use crate::draft::format;
use crate::vault::{self, SaveRequest, Track};

/// The thread that only copies.
pub struct Copier {
    held_up: AtWork,
    jobs: Option<Sender<Job>>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Copier {
    /// Starts the thread; `held_up` tells whether the saving thread is at work, and `copies` counts what this one wrote.
    pub fn start(held_up: AtWork, copies: Arc<Mutex<u64>>) -> Self {
        let (jobs, work) = channel::<Job>();
        let run = move || {
            while let Ok(first) = work.recv() {
                let newest = work.try_iter().last().unwrap_or(first);
                let mut copies = lock(&copies);
                if newest.known.try_lock().is_ok_and(|known| known.written > newest.version) {
                    continue;
                }
                *copies += 1;
                // The window hears from the saving thread how the copy fares.
                let _ = copy(&newest);
            }
        };
        let worker = thread::Builder::new().name("copy".to_owned()).spawn(run);
        Self { held_up, jobs: Some(jobs), worker: worker.ok() }
    }

    /// Copies a draft, where the saving thread does not get to it now.
    pub fn copy(&self, job: &Job) {
        if let Some(jobs) =
            self.jobs.as_ref().filter(|_| job.backups.is_some() && self.held_up.load(Ordering::Relaxed) != 0)
        {
            let _ = jobs.send(job.clone());
        }
    }

    /// Waits until everything handed over is copied.
    pub fn finish(mut self) {
        self.jobs = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// Writes the second copy alone; what is known of the document is not asked, since it may be locked for long.
pub fn copy(job: &Job) -> Result<(), FileError> {
    let text = format::write(&job.draft);
    let (backups, now) = (job.backups.as_ref(), clock::now());
    let request = SaveRequest { bytes: text.as_bytes(), document: None, backups, keep: None, keep_old: false, now };
    vault::save(&SystemDisk, &request, &mut Track::default()).copy
}
