//! A colleague's save that lands in the middle of ours: whatever call it comes before, both texts are on the disk.

use std::cell::Cell;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use hyoukasho::draft::{Document, format};
use hyoukasho::vault::{Fingerprint, LocalDateTime, SaveOutcome, SaveRequest, Saved, Track, save};
use hyoukasho::workspace::environment::{DataFolders, Environment};
use hyoukasho::workspace::saver::Owned;
use hyoukasho::workspace::waker::Waker;
use hyoukasho::workspace::write_target::{IfNewer, TargetError, WriteTarget};

use super::faulty::{Fault, FaultyDisk};

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
        saved(disk, &document, MINE, keep_old, &mut self.track)
    }

    fn texts(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        let (swept, kept): (Vec<_>, Vec<_>) = files.partition(|file| file.to_string_lossy().ends_with(".tmp"));
        assert!(swept.is_empty(), "{swept:?}");
        kept.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
    }
}

/// Everybody saves in the same second.
fn saved(disk: &FaultyDisk<'_>, document: &Path, text: &str, keep_old: bool, track: &mut Track) -> Saved {
    let now = LocalDateTime::from_secs(1_795_251_600).unwrap();
    let (bytes, document) = (text.as_bytes(), Some(document));
    save(disk, &SaveRequest { bytes, document, backups: None, keep: None, keep_old, now }, track)
}

/// As a colleague's program saves: whole, and beside the document where that holds what they have not seen.
fn write(document: &Path, seen: Option<&str>, text: &str) {
    let temporary = document.with_extension("theirs");
    fs::write(&temporary, text).unwrap();
    let is_seen = fs::read_to_string(document).ok().as_deref() == seen;
    fs::rename(temporary, if is_seen { document.to_owned() } else { document.with_extension(text) }).unwrap();
}

/// Lets a colleague save before each call in turn, and once more before any later one.
fn at_every_call(
    before: Option<&str>,
    keep_old: bool,
    disk: fn() -> FaultyDisk<'static>,
    n_saves: &Cell<u32>,
) -> Vec<(String, bool)> {
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
            n_saves.set(n_saves.get() + 1);
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
    let n_saves = Cell::new(0);
    for disk in [FaultyDisk::sound, || FaultyDisk::sound().in_steps()] {
        for (before, keep_old) in [(Some("前の内容"), false), (Some("前の内容"), true), (None, false)] {
            assert_eq!(at_every_call(before, keep_old, disk, &n_saves), []);
        }
    }
    println!("FIGURES {{\"gap_saves\": {}, \"gap_lost\": 0}}", n_saves.get());
}

/// The document is out of its place for a moment: whichever call fails then, or is the last one before the computer ends,
/// what it held stands there or beside it, and is not swept away.
#[cfg(target_os = "linux")]
#[test]
fn where_they_change_places_in_steps_every_text_has_a_name_that_stays() {
    let disk = || FaultyDisk::sound().in_steps();
    let (n_calls, first) = {
        let sound = disk();
        Desk::new(Some("前の内容")).save(&sound, false);
        (sound.calls().len(), sound.calls().iter().position(|call| *call == "rename_new").unwrap())
    };
    let for_good = Fault::Number(32, 99);
    for fault in [Fault::Kind(ErrorKind::TimedOut), Fault::Number(32, 1), for_good, Fault::Death] {
        for at in first..n_calls {
            for theirs in [None, Some("同僚の一")] {
                let mut desk = Desk::new(Some("前の内容"));
                let document = desk.document();
                let faulty = FaultyDisk::new(at, fault).in_steps();
                let they_save = || theirs.into_iter().for_each(|text| write(&document, Some("前の内容"), text));
                let faulty = if theirs.is_some() { faulty.meanwhile(first, they_save) } else { faulty };
                let saved = desk.save(&faulty, false);
                let files = fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().path());
                let stay: Vec<_> = files.filter(|file| file.extension().is_none_or(|ending| ending != "tmp")).collect();
                let texts: Vec<_> = stay.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
                let what = format!("{fault:?} at {at} {:?} {saved:?} {texts:?}", faulty.calls());
                let is_there = |text: &str| texts.iter().any(|there| there == text);
                if !matches!(fault, Fault::Death) {
                    assert!(document.exists() || matches!(fault, Fault::Number(_, 99)), "{what}");
                    assert!(theirs.is_none_or(is_there), "{what}");
                    assert!(matches!(saved.outcome, SaveOutcome::Failed(_)) || is_there(MINE), "{what}");
                }
                assert!(theirs.is_some() || is_there("前の内容") || is_there(MINE), "{what}");
            }
        }
    }
}

/// Only the one call between the last look and the new name is left.
#[test]
fn where_they_cannot_the_last_look_is_immediately_before_the_new_name() {
    let (n_saves, mut n_lost) = (Cell::new(0), 0);
    for (before, keep_old) in [(Some("前の内容"), false), (Some("前の内容"), true), (None, false)] {
        let lost = at_every_call(before, keep_old, || FaultyDisk::sound().without_exchange(), &n_saves);
        assert!(!lost.is_empty() && lost.iter().all(|(call, _)| call == "rename"), "{lost:?}");
        n_lost += lost.len();
    }
    println!("FIGURES {{\"gap_share_saves\": {}, \"gap_share_lost\": {n_lost}}}", n_saves.get());
}

/// Whoever holds the file may be the colleague who saves.
#[test]
fn a_save_while_the_document_was_held_is_seen_too() {
    let sound = FaultyDisk::sound().without_exchange();
    Desk::new(Some("前の内容")).save(&sound, false);
    let rename = sound.calls().iter().position(|call| *call == "rename").unwrap();
    let mut desk = Desk::new(Some("前の内容"));
    let document = desk.document();
    let theirs = || write(&document, Some("前の内容"), "同僚の一");
    let disk = FaultyDisk::new(rename, Fault::Number(32, 1)).without_exchange().meanwhile(rename + 1, theirs);
    assert!(matches!(desk.save(&disk, false).outcome, SaveOutcome::Changed(_)), "{:?}", disk.calls());
    assert!(desk.texts().contains(&"同僚の一".to_owned()) && desk.texts().contains(&MINE.to_owned()));
}

/// Two who find in the same second that a third has written get two names for what is theirs.
#[test]
fn two_who_save_beside_the_document_at_once_do_not_meet() {
    let disks = [FaultyDisk::sound, || FaultyDisk::sound().in_steps(), || FaultyDisk::sound().without_exchange()];
    for disk in disks {
        let n_calls = {
            let mut desk = Desk::new(Some("前の内容"));
            fs::write(desk.document(), "三人目の").unwrap();
            let sound = disk();
            desk.save(&sound, false);
            sound.calls().len()
        };
        for at in 0..n_calls {
            let mut desk = Desk::new(Some("前の内容"));
            fs::write(desk.document(), "三人目の").unwrap();
            let (document, track) = (desk.document(), desk.track.clone());
            let other = || drop(saved(&disk(), &document, "同僚の二", false, &mut track.clone()));
            desk.save(&disk().meanwhile(at, other), false);
            let texts = desk.texts();
            assert!(
                ["三人目の", "同僚の二", MINE].iter().all(|text| texts.contains(&(*text).to_owned())),
                "{at} {texts:?}"
            );
        }
    }
}

#[test]
fn a_good_document_in_the_place_of_a_broken_one_is_a_colleagues() {
    let mut desk = Desk::new(Some("壊れた内容"));
    desk.track = Track::of_broken("壊れた内容".as_bytes());
    fs::write(desk.document(), "同僚が直した内容").unwrap();
    assert!(matches!(desk.save(&FaultyDisk::sound(), false).outcome, SaveOutcome::Changed(_)));
    assert_eq!(fs::read_to_string(desk.document()).unwrap(), "同僚が直した内容");
    let mut desk = Desk::new(Some("壊れた内容"));
    desk.track = Track::of_broken("壊れた内容".as_bytes());
    let saved = desk.save(&FaultyDisk::sound(), false);
    assert!(matches!(saved.outcome, SaveOutcome::Written) && saved.set_aside.is_some());
}

/// A command reads, works and writes; what a colleague saved meanwhile stays.
#[test]
fn what_a_colleague_saved_while_a_command_worked_is_not_overwritten() {
    for before in [Some("前"), None] {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("評価書.ron");
        let text = |form: &str| {
            let draft = Document { form: form.to_owned(), ..Document::default() }.into();
            format::write(&draft)
        };
        before.iter().for_each(|form| fs::write(&document, text(form)).unwrap());
        let data = DataFolders::within(&folder.path().join("data"));
        let environment = Environment::new(data, Owned::default(), Waker::nobody());
        let target = WriteTarget::ask(&environment, &document, IfNewer::Refuse).ok().unwrap();
        fs::write(&document, text("同僚の")).unwrap();
        let mine = Document { form: "私の".to_owned(), ..Document::default() }.into();
        let Err(TargetError::Changed { beside, .. }) = target.write(&mine) else { panic!() };
        assert_eq!(fs::read_to_string(&document).unwrap(), text("同僚の"));
        assert_eq!(fs::read_to_string(beside).unwrap(), text("私の"));
    }
}
