//! What typing copies while everything around the document runs: the bytes that the window's own thread asks for.
//! A program of its own, because counting makes every request for memory a little slower than it is in the other tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

#[path = "window/harness.rs"]
mod harness;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{ptr, thread};

use allocation_counter::measure;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::{Answer, Base, Draft, Part, format};
use hyoukasho::ui::App;
use hyoukasho::vault::BackupStore;
use hyoukasho::workspace::environment::DataFolders;
use tempfile::TempDir;

const N_KEYS: usize = 1000;
/// So many keys without a pause.
const RUN: usize = 100;
/// Frames of a pause: long enough for findings, comparison and save.
const PAUSE: usize = 18;
/// Bytes of a note that stands once in every part that a key must not copy, and is neither shown nor printed.
const BALLAST: usize = 3 << 20;
/// An item that no form has.
const NOWHERE: &str = "memory.ballast";

fn add_ballast(part: &mut Part) {
    part.notes.insert(NOWHERE, "x".repeat(BALLAST));
}

/// The sample three times over, with a publication before and a hand-over.
fn longest() -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let mut draft = format::read(&std::fs::read(path).unwrap()).unwrap().draft;
    let document = &mut draft.state.document;
    document.files = [&*document.files; 3].concat();
    document.rows = [&*document.rows; 3].concat();
    for part in document.parts_mut() {
        for answer in part.answers.values_mut() {
            if let Answer::Repeat(entries) = answer {
                *entries = [&**entries; 3].concat();
            }
        }
    }
    add_ballast(draft.state.document.common_mut());
    let base = Base { state: draft.state.clone(), published_on: "令和8年3月27日".to_owned(), taken_on: None };
    draft.base = Some(Arc::new(base));
    let mut draft = draft.handed_over("山田", "佐藤", None);
    add_ballast(&mut draft.state.document.file_mut(0).unwrap().part);
    draft.state.document.row_mut(0).unwrap().note = "x".repeat(BALLAST);
    draft
}

fn document(folder: &TempDir) -> PathBuf {
    folder.path().join("最長.ron")
}

fn folders(folder: &TempDir) -> DataFolders {
    DataFolders::within(&folder.path().join("data"))
}

struct Window {
    harness: Harness<'static, App>,
    folder: TempDir,
}

impl Window {
    fn on(draft: &Draft) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = document(&folder);
        std::fs::write(&path, format::write(draft)).unwrap();
        let app = App::in_folders(&egui::Context::default(), &folders(&folder));
        let mut harness = harness::shown(app, ([1366.0, 768.0], 1.0 / 30.0));
        harness.state_mut().open(&path);
        harness.run_ok();
        harness.key_press_modifiers(Modifiers::NONE, Key::F9);
        harness.run_ok();
        harness.get_by_role_and_label(Role::MultilineTextInput, "特記事項").focus();
        harness.run_ok();
        Self { harness, folder }
    }

    fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    /// Shows a frame; returns the bytes that were asked for.
    fn step(&mut self) -> usize {
        measure(|| self.harness.step()).bytes_total as usize
    }

    fn key(&mut self) -> usize {
        self.harness.input_mut().events.push(Event::Text("あ".to_owned()));
        self.step()
    }

    /// Whether the preview shows what is written.
    fn is_shown(&self) -> bool {
        let version = self.harness.state().session().unwrap().version();
        self.harness.state().preview().is_some_and(|(_, shown)| shown == version)
    }

    /// Whether document and second copy hold what is written.
    fn is_saved(&self) -> bool {
        let (document, folders) = (document(&self.folder), folders(&self.folder));
        let copy = BackupStore::of(&folders.copies.unwrap(), &document).copy_path();
        [document, copy].iter().all(|path| {
            let opened = std::fs::read(path).ok().and_then(|bytes| format::read(&bytes).ok());
            opened.is_some_and(|opened| opened.draft == *self.draft())
        })
    }

    /// Until everything that follows the typing has come to its end.
    fn wait(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..600 {
            self.harness.step();
            if is_so(self) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{what}");
    }
}

/// Of two versions one key apart, only the part and the answer that were typed into are different in memory.
fn assert_shares(before: &Draft, after: &Draft) {
    assert!(Arc::ptr_eq(before.base.as_ref().unwrap(), after.base.as_ref().unwrap()), "the publication before");
    assert!(Arc::ptr_eq(before.origin.as_ref().unwrap(), after.origin.as_ref().unwrap()), "the hand-over");
    let (before, after) = (&before.state.document, &after.state.document);
    assert!(before.files.iter().zip(&after.files).all(|(before, after)| Arc::ptr_eq(before, after)), "files");
    assert!(before.rows.iter().zip(&after.rows).all(|(before, after)| Arc::ptr_eq(before, after)), "rows");
    let is_typed =
        |(item, answer): &(&str, &Answer)| !before.common.answers.get(item).is_some_and(|was| ptr::eq(was, *answer));
    assert_eq!(after.common.answers.iter().filter(is_typed).count(), 1, "one answer of the part typed into");
    assert!(ptr::eq(&before.common.notes[NOWHERE], &after.common.notes[NOWHERE]), "the notes beside it");
}

/// Saver, backup writer, preview, comparison and the note for a crash each take the draft in the frames measured here; a
/// frame that copied any one part, of the document, of its base or of its origin, would ask for more than its ballast.
#[test]
fn a_thousand_keys_copy_nothing_but_what_is_typed() {
    let mut window = Window::on(&longest());
    // The first pages bring all glyphs with them.
    window.key();
    window.wait("the first pages", Window::is_shown);
    for n_keys in 1..=N_KEYS {
        let before = window.draft().clone();
        let n_bytes = window.key();
        assert!(n_bytes < BALLAST, "key {n_keys}: {n_bytes} bytes");
        assert_shares(&before, window.draft());
        if n_keys % RUN == 0 {
            let frames: Vec<usize> = (0..PAUSE).map(|_| window.step()).collect();
            // Looking for findings and for differences reads everything, in one frame each.
            assert!(frames.iter().filter(|n_bytes| **n_bytes >= BALLAST).count() <= 2, "{frames:?}");
        }
    }
    window.wait("the pages of the last key", Window::is_shown);
    assert!(window.harness.state().preview().unwrap().0.pages.len() >= 150);
    window.wait("the comparison of the last key", |window| {
        let session = window.harness.state().session().unwrap();
        session.is_reviewed() && session.contrast().is_some()
    });
    window.wait("document and copy of the last key", Window::is_saved);
}
