//! The real disk and a real end: a process that saves all the time is killed again and again.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::{BackupStore, LocalDateTime, SaveRequest, Track, save};

const FOLDER: &str = "HYOUKASHO_TEST_FOLDER";
const N_KILLS: u64 = 40;

/// Some 100 kilobytes that say of themselves whether they are whole.
fn content(number: usize) -> String {
    format!("{number}\n{}{number}\n", "漢字仮名交じりの文章。\n".repeat(3000))
}

fn is_whole(text: &str) -> bool {
    let number = text.lines().next().and_then(|line| line.parse().ok());
    number.is_some_and(|number| content(number) == text)
}

/// Not a test of its own: the process that is killed.
#[test]
#[ignore = "run by the test below"]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let (folder, mut track) = (Path::new(&folder), Track::default());
    let (document, backups) = (folder.join("評価書.ron"), BackupStore::of(&folder.join("控え"), Path::new("評価書")));
    track.seen = fs::read(&document).ok().map(|bytes| hyoukasho::vault::Fingerprint::of(&bytes));
    for number in 0.. {
        let text = content(number);
        let now = LocalDateTime::from_secs(1_795_251_600).unwrap();
        let (document, backups) = (Some(document.as_path()), Some(&backups));
        let request = SaveRequest { bytes: text.as_bytes(), document, backups, keep: None, keep_old: false, now };
        save(&SystemDisk, &request, &mut track);
    }
}

#[test]
fn after_a_kill_at_any_moment_document_and_copy_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    for round in 0..N_KILLS {
        let mut child = Command::new(&program)
            .args(["files::kill::child", "--exact", "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Spread over the moments of a save; what a run begins with differs as well.
        std::thread::sleep(Duration::from_millis(20 + round * 37 % 61));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut n_files = 0;
        for path in [
            folder.path().join("評価書.ron"),
            BackupStore::of(&folder.path().join("控え"), Path::new("評価書")).copy_path(),
        ] {
            if let Ok(text) = fs::read_to_string(&path) {
                n_files += 1;
                assert!(is_whole(&text), "round {round}: {}", path.display());
            }
        }
        assert!(round < N_KILLS - 1 || n_files == 2, "the child saved nothing");
    }
    println!("FIGURES {{\"kills_while_saving\": {N_KILLS}}}");
}
