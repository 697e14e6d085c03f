//! A colleague's save that lands in the middle of ours: whatever call it comes before, both texts are on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use hyoukasho::vault::{Fingerprint, LocalDateTime, SaveOutcome, SaveRequest, Saved, Track, save};

use super::faulty::FaultyDisk;

const MINE: &str = "私の二";

/// A document that was read here before, or one that was never there.
struct Desk {
    folder: tempfile::TempDir,
    track: Track,
}

impl Desk {
    fn new(before: Option<&str>) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), track: Track::default() };
        before.iter().for_each(|text| fs::write(desk.document(), text).unwrap());
        let seen = before.map(|text| Fingerprint::of(text.as_bytes()));
        Self { track: Track { seen, ..Track::default() }, ..desk }
    }

    fn document(&self) -> PathBuf {
        self.folder.path().join("評価書.ron")
    }

    fn save(&mut self, disk: &FaultyDisk<'_>, keep_old: bool) -> Saved {
        let document = self.document();
        let now = LocalDateTime::from_secs(1_795_251_600).unwrap();
        let (bytes, document) = (MINE.as_bytes(), Some(document.as_path()));
        save(disk, &SaveRequest { bytes, document, backups: None, keep: None, keep_old, now }, &mut self.track)
    }

    fn texts(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        let (swept, kept): (Vec<_>, Vec<_>) = files.partition(|file| file.to_string_lossy().ends_with(".tmp"));
        assert!(swept.is_empty(), "{swept:?}");
        kept.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
    }
}

/// As a colleague's program saves: whole, and beside the document where that holds what they have not seen.
fn write(document: &Path, seen: Option<&str>, text: &str) {
    let temporary = document.with_extension("theirs");
    fs::write(&temporary, text).unwrap();
    let is_seen = fs::read_to_string(document).ok().as_deref() == seen;
    fs::rename(temporary, if is_seen { document.to_owned() } else { document.with_extension(text) }).unwrap();
}

/// Lets a colleague save before each call in turn, and once more before any later one.
fn at_every_call(before: Option<&str>, keep_old: bool, disk: fn() -> FaultyDisk<'static>) -> Vec<(String, bool)> {
    let mut lost = Vec::new();
    let mut n_calls = {
        let sound = disk();
        Desk::new(before).save(&sound, keep_old);
        sound.calls().len()
    };
    let mut first = 0;
    while first < n_calls {
        let known = n_calls;
        for second in first..known {
            let mut desk = Desk::new(before);
            let document = desk.document();
            let disk = disk().meanwhile(first, || write(&document, before, "同僚の一"));
            let again = || write(&document, Some("同僚の一"), "同僚の二");
            let disk = if second > first { disk.meanwhile(second, again) } else { disk };
            let saved = desk.save(&disk, keep_old);
            let (calls, texts) = (disk.calls(), desk.texts());
            n_calls = n_calls.max(calls.len());
            if first >= calls.len() {
                continue;
            }
            let came = second > first && second < calls.len();
            let what = format!("{first} {second} {calls:?} {saved:?} {texts:?}");
            assert!(texts.iter().any(|text| text == MINE), "{what}");
            assert!(matches!(saved.outcome, SaveOutcome::Written | SaveOutcome::Changed(_)), "{what}");
            // What the colleague's own second save replaced is theirs to lose.
            let theirs = if came { "同僚の二" } else { "同僚の一" };
            if !texts.iter().any(|text| text == theirs) {
                lost.push((calls[if came { second } else { first }].to_owned(), came));
            }
        }
        first += 1;
    }
    lost
}

#[test]
fn where_files_change_places_nothing_of_a_colleague_is_overwritten() {
    if !cfg!(target_os = "linux") {
        return;
    }
    for keep_old in [false, true] {
        assert_eq!(at_every_call(Some("前の内容"), keep_old, FaultyDisk::sound), []);
    }
}

/// Only the one call between the last look and the new name is left.
#[test]
fn where_they_cannot_the_last_look_is_immediately_before_the_new_name() {
    for (before, keep_old) in [(Some("前の内容"), false), (Some("前の内容"), true), (None, false)] {
        let lost = at_every_call(before, keep_old, || FaultyDisk::sound().without_exchange());
        assert!(!lost.is_empty() && lost.iter().all(|(call, _)| call == "rename"), "{lost:?}");
    }
}
