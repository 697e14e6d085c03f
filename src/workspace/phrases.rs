//! The 定型文 of this user: a text file beside the settings. Every change is written at once.
//!
//! A file that cannot be read, or that somebody else has changed, is never overwritten: its content is kept beside it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::disk::{self, FileError, Replaced, SystemDisk};
use crate::phrases::{self, Phrase};
use crate::vault;

/// Larger than any library of standard paragraphs.
const MAX_BYTES: u64 = 4 << 20;
/// As often another window may write while this one does.
const MOST_TRIES: u32 = 10;

/// The 定型文 and their file.
#[derive(Debug, Default)]
pub struct PhraseStore {
    list: Vec<Phrase>,
    file: Option<PathBuf>,
    /// The content of the file as it was read or written last; `None` when it is not known or cannot be read.
    on_disk: Option<Vec<u8>>,
    /// What the user should know about the file.
    trouble: Option<String>,
    /// The lists before each change, the last one at the end.
    before: Vec<Vec<Phrase>>,
}

impl PhraseStore {
    /// The starters, in no file.
    pub fn new() -> Self {
        Self { list: phrases::starters(), ..Self::default() }
    }

    /// The 定型文 in that file; without one the starters, which go into no file.
    pub fn load(file: Option<PathBuf>) -> Self {
        let mut store = Self { file, ..Self::new() };
        store.reload();
        store
    }

    /// Reads the file again where it has changed since.
    pub fn reload(&mut self) {
        let Some(file) = &self.file else { return };
        let bytes = match read(file) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return,
            Err(error) => return self.trouble = Some(error),
        };
        if self.on_disk.as_ref() == Some(&bytes) {
            return;
        }
        match phrases::read(&bytes) {
            Ok(list) => {
                *self = Self { list, on_disk: Some(bytes), file: self.file.clone(), ..Self::default() };
            }
            Err(error) => {
                let advice = "ファイルを直してから開き直してください。ここで定型文を変えると、\
                              今のファイルの内容を別名で残してから新しく書きます";
                self.trouble = Some(format!("定型文のファイルを読めません。{error}。{advice}"));
            }
        }
    }

    /// The 定型文 in their order.
    pub fn list(&self) -> &[Phrase] {
        &self.list
    }

    /// Their file, where there is one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What the user should know about the file.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Changes the list and writes it.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<Phrase>)) {
        let mut list = self.list.clone();
        change(&mut list);
        if list != self.list {
            self.before.push(std::mem::replace(&mut self.list, list));
            self.save();
        }
    }

    /// Whether a change can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        if let Some(before) = self.before.pop() {
            self.list = before;
            self.save();
        }
    }

    fn save(&mut self) {
        let Some(file) = self.file.clone() else { return };
        self.trouble = match self.write(&file) {
            Ok(None) => None,
            Ok(Some(kept)) => Some(format!("前からあったファイルの内容は {} に残しました", kept.display())),
            Err(error) => Some(error),
        };
    }

    /// Writes the list whole; returns where another content of the file is kept.
    fn write(&mut self, file: &Path) -> Result<Option<PathBuf>, String> {
        let bytes = phrases::write(&self.list)?.into_bytes();
        file.parent().map_or(Ok(()), disk::make_folder).map_err(|error| error.to_string())?;
        for _ in 0..MOST_TRIES {
            let now = read(file)?;
            let known = now.is_none() || now == self.on_disk;
            let kept = if known { None } else { vault::keep_old(file, &bytes).map_err(|error| error.to_string())? };
            // Another window may write at the same moment: then its content is kept as well.
            match disk::replace_seen(&SystemDisk, file, &bytes, now.as_deref()).map_err(|error| error.to_string())? {
                Replaced::Done(_) => {
                    self.on_disk = Some(bytes);
                    return Ok(kept);
                }
                Replaced::Changed(None) => {}
                Replaced::Changed(Some(theirs)) => {
                    let kept = file.with_extension("ron.bak");
                    disk::rename_free_on(&SystemDisk, &theirs, &kept).map_err(|error| error.to_string())?;
                }
            }
        }
        Err("定型文のファイルを、ほかの画面が続けて書き換えています。少し待ってから、もう一度変えてください".to_owned())
    }
}

/// The content of the file; `None` where there is none yet.
fn read(file: &Path) -> Result<Option<Vec<u8>>, String> {
    match disk::read_to_bytes(file, MAX_BYTES) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    fn store(file: &Path) -> PhraseStore {
        PhraseStore::load(Some(file.to_owned()))
    }

    fn phrase(title: &str) -> Phrase {
        Phrase { title: title.to_owned(), text: "文".to_owned(), items: Vec::new() }
    }

    #[test]
    fn a_change_is_on_the_disk_at_once_and_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("設定/定型文.ron");
        let mut first = store(&file);
        assert!(!file.exists() && !first.list().is_empty());
        first.change(|list| list.insert(0, phrase("新しい")));
        assert_eq!(store(&file).list(), first.list());
        first.undo();
        assert_eq!(store(&file).list(), PhraseStore::new().list());
        assert!(!first.can_undo() && first.trouble().is_none());
        first.change(Vec::clear);
        assert_eq!(store(&file).list(), []);
    }

    #[test]
    fn a_broken_file_is_reported_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("定型文.ron");
        std::fs::write(&file, "(version: 1, phrases: [(title: ").unwrap();
        let mut broken = store(&file);
        assert!(broken.trouble().unwrap().contains("読めません"), "{:?}", broken.trouble());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "(version: 1, phrases: [(title: ");
        broken.change(|list| list.push(phrase("新しい")));
        let kept = folder.path().join("定型文.ron.bak");
        assert_eq!(std::fs::read_to_string(kept).unwrap(), "(version: 1, phrases: [(title: ");
        assert!(broken.trouble().unwrap().contains("残しました"));
        assert_eq!(store(&file).list(), broken.list());
    }

    #[test]
    fn what_another_window_wrote_is_read_or_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("定型文.ron");
        let (mut one, mut other) = (store(&file), store(&file));
        one.change(|list| list.push(phrase("甲")));
        other.change(|list| list.push(phrase("乙")));
        assert!(std::fs::read_to_string(folder.path().join("定型文.ron.bak")).unwrap().contains("甲"));
        one.reload();
        assert_eq!(one.list(), other.list());
    }

    #[test]
    fn two_windows_that_write_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("定型文.ron");
        store(&file).change(Vec::clear);
        let write = |who: &str| {
            for n in 0..10 {
                let mut store = store(&file);
                store.change(|list| list.push(phrase(&format!("{who}{n}。"))));
            }
        };
        std::thread::scope(|scope| ["甲", "乙"].map(|who| scope.spawn(move || write(who))).map(|_| ()));
        let texts = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let texts: String = texts.collect();
        for who in ["甲", "乙"] {
            assert!((0..10).all(|n| texts.contains(&format!("{who}{n}。"))), "{texts}");
        }
    }
}
