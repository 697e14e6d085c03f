//! The second copy on a thread of its own, for the time in which the saving thread is held up, as by a shared folder
//! that does not answer: the copy is on this computer's own disk.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::saver::{AtWork, Job, lock_patiently};
use crate::clock;
use crate::disk::{Disk, FileError, SystemDisk};
use crate::draft::format;
use crate::vault::{self, LocalDateTime, SaveRequest};

/// The thread that only copies.
pub struct Copier {
    held_up: AtWork,
    jobs: Option<Sender<Job>>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Copier {
    /// Starts the thread; `held_up` tells whether the saving thread is at work.
    pub fn start(held_up: AtWork) -> Self {
        let (jobs, work) = channel::<Job>();
        let run = move || {
            while let Ok(first) = work.recv() {
                for job in newest(std::iter::once(first).chain(work.try_iter())) {
                    // The window hears from the saving thread how the copy fares.
                    let _ = copy(&SystemDisk, &job, None, clock::now());
                }
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
            // What is to stay as a version is kept by the saving thread.
            let _ = jobs.send(Job { keep: None, ..job.clone() });
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

/// Of several drafts of one document only the last matters.
fn newest(jobs: impl Iterator<Item = Job>) -> Vec<Job> {
    let mut newest: Vec<Job> = Vec::new();
    for job in jobs {
        newest.retain(|other| !Arc::ptr_eq(&other.copied, &job.copied));
        newest.push(job);
    }
    newest
}

/// Writes the second copy, unless a newer version of the draft is there already; `place` is where the document stands, to
/// be noted with it. What is known of the document is not asked, since it may be locked for long.
pub fn copy(disk: &dyn Disk, job: &Job, place: Option<&Path>, now: LocalDateTime) -> Result<(), FileError> {
    let Some(backups) = &job.backups else { return Ok(()) };
    let Some(mut copied) = lock_patiently(&job.copied) else {
        return Err(FileError::Write {
            path: backups.copy_path(),
            is_there: true,
            source: io::ErrorKind::TimedOut.into(),
        });
    };
    let file = format::file(&job.draft);
    let (bytes, keep) = (file.as_slice(), job.keep.as_ref());
    if *copied > job.version {
        return keep.map_or(Ok(()), |kind| backups.keep(disk, bytes, kind, now));
    }
    let request = SaveRequest { bytes, document: place, backups: Some(backups), keep, keep_old: false, now };
    vault::save_copy(disk, &request)?;
    *copied = job.version;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;

    #[test]
    fn the_last_draft_of_each_document_is_copied() {
        let documents = [(), ()].map(|()| (Default::default(), Default::default()));
        let job = |document: usize, version| {
            let (known, copied) = documents[document].clone();
            let draft = Draft::default();
            Job { path: None, backups: None, draft, version, keep_old: false, keep: None, known, copied }
        };
        let jobs = newest([job(0, 1), job(1, 1), job(0, 2), job(1, 2), job(1, 3)].into_iter());
        assert_eq!(jobs.iter().map(|job| job.version).collect::<Vec<_>>(), [2, 3]);
    }
}
