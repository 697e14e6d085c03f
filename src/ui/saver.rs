//! Saving on a thread of its own: the window never waits for the disk.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use egui::Context;

use crate::draft::{Draft, format};
use crate::files;

/// A draft to be written.
pub struct Job {
    /// Where to.
    pub path: PathBuf,
    /// The draft.
    pub draft: Draft,
    /// Its version, to be given back.
    pub version: u64,
    /// Whether a different file of that name is to be kept beside it.
    pub keep_old: bool,
}

/// How a save ended.
pub struct Done {
    /// The version of the draft.
    pub version: u64,
    /// What to say where it failed.
    pub error: Option<String>,
    /// Where the file that was there before is kept.
    pub kept: Option<PathBuf>,
}

/// The thread that saves.
pub struct Saver {
    jobs: Option<Sender<Job>>,
    done: Receiver<Done>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Saver {
    /// Starts the thread; the window is woken when a save has ended.
    pub fn start(ctx: &Context) -> Self {
        let (jobs, work) = channel::<Job>();
        let (report, done) = channel();
        let ctx = ctx.clone();
        let worker = thread::Builder::new().name("save".to_owned()).spawn(move || {
            while let Ok(job) = work.recv() {
                // Of several drafts that wait, only the newest for the same file matters.
                let job = newest(job, &work);
                let _ = report.send(save(&job));
                ctx.request_repaint();
            }
        });
        Self { jobs: Some(jobs), done, worker: worker.ok() }
    }

    /// Hands a draft over to be saved.
    pub fn save(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
    }

    /// A save that has ended since the last call.
    pub fn finished(&self) -> Option<Done> {
        self.done.try_recv().ok()
    }

    /// Waits until everything handed over is saved; only for the end of the program or of a document.
    pub fn finish(mut self) -> Vec<Done> {
        self.jobs = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
        self.done.try_iter().collect()
    }
}

fn newest(first: Job, work: &Receiver<Job>) -> Job {
    let mut job = first;
    while let Ok(next) = work.try_recv() {
        if next.path != job.path {
            let _ = save(&job);
        }
        let keep_old = job.keep_old && next.path == job.path;
        job = Job { keep_old: keep_old || next.keep_old, ..next };
    }
    job
}

fn save(job: &Job) -> Done {
    let text = format::write(&job.draft);
    let kept = if job.keep_old { files::keep_old(&job.path, text.as_bytes()) } else { Ok(None) };
    let (kept, error) = match kept {
        Ok(kept) => (kept, files::write_whole(&job.path, text.as_bytes()).err()),
        Err(error) => (None, Some(error)),
    };
    Done { version: job.version, error: error.map(|error| error.to_string()), kept }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_newest_draft_is_on_the_disk_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        let saver = Saver::start(&Context::default());
        for version in 1..=20 {
            let draft = Draft { form: format!("様式{version}"), ..Draft::default() };
            saver.save(Job { path: path.clone(), draft, version, keep_old: false });
        }
        let done = saver.finish();
        assert_eq!(done.last().unwrap().version, 20);
        assert!(done.iter().all(|done| done.error.is_none()));
        let bytes = files::read_to_bytes(&path, 1 << 20).unwrap();
        assert_eq!(format::read(&bytes).unwrap().draft.form, "様式20");
    }

    #[test]
    fn a_failure_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let saver = Saver::start(&Context::default());
        let path = folder.path().join("none/甲.ron");
        saver.save(Job { path, draft: Draft::default(), version: 1, keep_old: false });
        assert!(saver.finish()[0].error.as_ref().unwrap().contains("保存できませんでした"));
    }
}
