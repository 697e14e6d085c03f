//! One import has one time, whatever tasks it takes: what the first has used up is gone for the next.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hyoukasho::exchange::pdf::pages;
use hyoukasho::exchange::worker::{READING_TIME, Stop, Worker, WorkerError};
use hyoukasho::workspace::import::{self, FromPdf};

use crate::processes::alone;

/// A worker that finds no draft after that time, and never ends with pages.
fn slow(folder: &Path, secs: f32) -> Worker {
    use std::os::unix::fs::PermissionsExt;
    let no_draft = hyoukasho::exchange::pdf::AttachedError::NoDraft.to_string();
    let (length, path) = (no_draft.len(), folder.join("worker"));
    assert!(length < 256, "{length}");
    let script = format!(
        "#!/bin/sh\n/usr/bin/printf 'hyoukasho worker 1\\n'\ncase $2 in draft-in-pdf) /bin/sleep {secs};; *) exec /bin/sleep 60;; esac\n\
         /usr/bin/printf '\\000\\001\\{length:03o}\\0\\0\\0\\0\\0\\0\\0%s' '{no_draft}'\n"
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    Worker::at(path)
}

/// What came of a PDF, and how long it took.
fn from_pdf(worker: &Worker, stop: &Stop) -> (String, Duration) {
    let start = Instant::now();
    let came = import::from_pdf(&PathBuf::from("a.pdf"), b"%PDF-1.7\n", worker, stop);
    let said = match came {
        Ok(FromPdf::Placed(Err(said))) => said,
        other => panic!("{other:?}"),
    };
    (said, start.elapsed())
}

#[test]
fn the_pages_have_only_what_the_draft_inside_has_left() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let worker = slow(folder.path(), 0.5);
    let stop = Stop::never().within(Duration::from_millis(1500));
    let (said, took) = from_pdf(&worker, &stop);
    assert!(said.starts_with("a.pdf を取り込めません。中身を読むのに1秒より長くかかるため"), "{said}");
    assert!(took > Duration::from_millis(1400) && took < Duration::from_secs(4), "{took:?}");
    // Nothing is begun any more.
    let start = Instant::now();
    assert_eq!(pages::read(b"%PDF-", &worker, &stop), Err(WorkerError::TooSlow { secs: 1 }));
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn an_import_has_one_time_and_no_task_begins_it_anew() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let (said, took) = from_pdf(&slow(folder.path(), 4.5), &Stop::never());
    assert!(said.contains("を取り込めません。中身を読むのに8秒より長くかかるため"), "{said}");
    // By themselves the tasks may take 5 and 8 seconds.
    assert!(took < READING_TIME + Duration::from_secs(1), "{took:?}");
}
