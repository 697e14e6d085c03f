//! The share with two documents, two people who type in both, and what must be found in the end.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash};
use std::path::{Path, PathBuf};

use hyoukasho::draft::{Document, Draft, format};
use hyoukasho::vault::owner::Operator;
use hyoukasho::vault::{BackupStore, Fingerprint, LocalDateTime, SaveOutcome, Track};
use hyoukasho::workspace::backup_writer;
use hyoukasho::workspace::saver::{CopiedVersion, Job, KnownDocument, save};
use hyoukasho::workspace::watcher;

use super::START_SECS;
use super::scripted_disk::{Calm, Names, ScriptedDisk};

/// One person, and what they typed: for each document in turn, the texts.
pub struct Person {
    pub name: &'static str,
    store: PathBuf,
    documents: Vec<Open>,
}

/// A document that somebody has open.
#[derive(Clone)]
pub struct Open {
    path: PathBuf,
    known: KnownDocument,
    copied: CopiedVersion,
    backups: BackupStore,
}

impl Open {
    fn job(&self, text: &str, version: u64) -> Job {
        Job {
            path: Some(self.path.clone()),
            backups: Some(self.backups.clone()),
            draft: draft(text),
            version,
            keep_old: false,
            keep: None,
            known: self.known.clone(),
            copied: self.copied.clone(),
        }
    }
}

fn draft(text: &str) -> Draft {
    Document { form: text.to_owned(), ..Document::default() }.into()
}

fn text_of(bytes: &[u8]) -> Option<String> {
    Some(format::read(bytes).ok()?.draft.state.document.form)
}

/// The share with its documents and the people at it.
pub struct Share {
    folder: tempfile::TempDir,
    pub people: Vec<Person>,
    n_texts: u64,
}

const NAMES: [&str; 2] = ["佐藤", "山田"];

impl Share {
    pub fn new(n_texts: u64) -> Self {
        // In memory where there is such a folder: the medium is not what is tried here. Each time of the same name, since
        // the names of stores are made of it.
        let memory = Path::new("/dev/shm");
        let around = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let name = format!("model-{}-{:?}", std::process::id(), std::thread::current().id());
        let folder = tempfile::Builder::new().prefix(&name).rand_bytes(0).tempdir_in(around).unwrap();
        let share = folder.path().join("共有");
        fs::create_dir(&share).unwrap();
        let person = |name: &'static str| {
            let store = folder.path().join(name);
            let open = |document: &str| {
                let path = share.join(document);
                let before = format::write(&draft("前"));
                fs::write(&path, &before).unwrap();
                let known = KnownDocument::default();
                let seen = Some(Fingerprint::of(before.as_bytes()));
                known.lock().unwrap().track = Track { seen, ..Track::default() };
                Open { backups: BackupStore::of(&store, &path), path, known, copied: CopiedVersion::default() }
            };
            let documents = ["甲.ron", "乙.ron"].map(open).to_vec();
            Person { name, store: store.clone(), documents }
        };
        let people = NAMES.map(person).into_iter().collect();
        Self { folder, people, n_texts }
    }

    pub fn documents(&self) -> Vec<PathBuf> {
        self.people[0].documents.iter().map(|open| open.path.clone()).collect()
    }

    /// What stands on the share and in the stores, and what is known of the documents.
    pub fn hash_state(&self, names: &Names, hasher: &mut DefaultHasher) {
        hash_files(self.folder.path(), &names.lock().unwrap(), hasher);
        for open in self.people.iter().flat_map(|person| &person.documents) {
            // While it is locked, it is what whoever holds it was told so far.
            open.known.try_lock().map(|known| format!("{known:?}")).ok().hash(hasher);
            open.copied.try_lock().map(|copied| *copied).ok().hash(hasher);
        }
    }

    /// Every draft in the folder and those within it; not what will be swept away.
    fn texts(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let texts = entries.flat_map(|path| match path.is_dir() {
            true => Self::texts(&path),
            false if path.extension().is_some_and(|extension| extension == "tmp") => Vec::new(),
            false => fs::read(&path).ok().and_then(|bytes| text_of(&bytes)).into_iter().collect(),
        });
        texts.collect()
    }
}

fn hash_files(folder: &Path, names: &BTreeMap<String, (usize, usize)>, hasher: &mut DefaultHasher) {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    let name_of = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let number = names.get(&name).copied();
        (number, number.map_or(name, |_| String::new()))
    };
    paths.sort_by_cached_key(name_of);
    for path in paths {
        name_of(&path).hash(hasher);
        match path.is_dir() {
            true => hash_files(&path, names, hasher),
            false => fs::read(&path).ok().hash(hasher),
        }
    }
}

fn typed(person: &str, document: usize, version: u64) -> String {
    format!("{person}{document}の{version}")
}

/// The saving thread of a person: one text after the other, in the first document and in the second.
pub fn save_all(disk: &ScriptedDisk, person: &Person, n_texts: u64) {
    for version in 1..=n_texts {
        for (number, open) in person.documents.iter().enumerate() {
            let now = disk.begin(number);
            let _ = save(disk, &open.job(&typed(person.name, number, version), version), now);
            disk.end();
        }
    }
}

/// The thread that copies has the same texts, perhaps earlier, perhaps later.
pub fn copy_all(disk: &ScriptedDisk, person: &Person, n_texts: u64) {
    for version in 1..=n_texts {
        for (number, open) in person.documents.iter().enumerate() {
            let job = open.job(&typed(person.name, number, version), version);
            let now = disk.begin(number);
            let _ = backup_writer::copy(disk, &job, None, now);
        }
    }
}

/// The thread that looks whether somebody has changed a document.
pub fn look_around(disk: &ScriptedDisk, person: &Person) {
    let me = Operator { machine: person.name.to_owned(), user: person.name.to_owned(), process: 1 };
    for (number, open) in person.documents.iter().enumerate() {
        let mut read = None;
        for _ in 0..2 {
            let now = disk.begin(number);
            let _ = watcher::look(disk, &open.path, &open.known, &me, &mut read, now);
        }
    }
}

/// The disk answers again: what is not saved is saved, as the window does. Then every text that was typed last must be
/// on the share, and in the second copy of its author.
pub fn missing(share: &Share) -> Vec<String> {
    let mut wrong = Vec::new();
    let later = LocalDateTime::from_secs(START_SECS + 10).unwrap();
    for person in &share.people {
        for (number, open) in person.documents.iter().enumerate() {
            if open.known.lock().unwrap().written < share.n_texts || *open.copied.lock().unwrap() < share.n_texts {
                let job = open.job(&typed(person.name, number, share.n_texts), share.n_texts);
                let done = save(&Calm, &job, later).unwrap();
                if !matches!(done.outcome, SaveOutcome::Written | SaveOutcome::Changed(_)) {
                    wrong.push(format!("{} cannot save: {:?}", person.name, done.outcome));
                }
            }
        }
    }
    let there = Share::texts(&share.folder.path().join("共有"));
    for person in &share.people {
        for (number, open) in person.documents.iter().enumerate() {
            let text = typed(person.name, number, share.n_texts);
            if !there.contains(&text) {
                wrong.push(format!("{text} is not on the share: {there:?}"));
            }
            let copy = fs::read(open.backups.copy_path()).ok().and_then(|bytes| text_of(&bytes));
            if copy.as_ref() != Some(&text) {
                wrong.push(format!("the copy of {text} says {copy:?} in {:?}", Share::texts(&person.store)));
            }
        }
    }
    wrong
}
