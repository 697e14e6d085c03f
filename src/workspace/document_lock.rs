//! What keeps the open document from being lost: its shelf with copy and versions, the marks that it is open here,
//! and what is known of its file.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::saver::{Known, Marked, Owned, Saver, lock};
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::format::{self, Opened};
use crate::vault::owner::{self, Claim, Person};
use crate::vault::{self, Fingerprint, Hold, Kind, Parting, Shelf};

/// Largest file that is read.
const MAX: u64 = format::MAX_BYTES as u64;

/// Said of a document that cannot be saved where it is.
const UNWRITABLE: &str = "このファイルかフォルダーには書き込めないため、ここには保存できません。書いた内容はこのパソコンの控えに残ります。\
     「名前を付けて保存…」で、書き込める場所に保存してください";

/// This user at this computer.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The folder of copies and versions; without one nothing but the document itself is kept.
    pub copies: Option<PathBuf>,
    /// Who sits here.
    pub me: Person,
    /// The document that the saving thread confirms to be open here.
    pub owned: Owned,
}

impl Desk {
    /// The desk of this process.
    pub fn new(copies: Option<PathBuf>, owned: Owned) -> Self {
        Self { copies, me: Person::this(&SystemDisk), owned }
    }
}

/// What keeps one document from being lost.
#[derive(Debug, Default)]
pub struct Keeping {
    /// Its shelf.
    pub shelf: Option<Shelf>,
    /// What is known of its file.
    pub known: Known,
    /// A version to be kept at the next save.
    pub keep: Option<Kind>,
    hold: Option<Hold>,
    claimed: Option<Marked>,
}

/// A document that was asked for. Where nobody keeps it, because its file cannot be read or the user did not wait, it
/// is given back.
#[derive(Debug)]
pub struct Lent {
    keeping: Keeping,
    desk: Desk,
}

impl Lent {
    /// What was asked for stays asked for.
    pub fn keep(mut self) -> Keeping {
        std::mem::take(&mut self.keeping)
    }
}

impl Deref for Lent {
    type Target = Keeping;

    fn deref(&self) -> &Keeping {
        &self.keeping
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        std::mem::take(&mut self.keeping).let_go(&self.desk, true);
    }
}

/// What came of asking for a document.
pub enum Asked {
    /// It may be opened, and that is what the user should be told.
    Free(Box<Lent>, Option<String>),
    /// Somebody has it open: who, where, since when.
    Taken(String),
}

/// What a shelf has for a document that cannot be read.
pub struct Rescue {
    /// The draft.
    pub opened: Opened,
    /// When it was written.
    pub time: String,
}

impl Desk {
    /// Whether something was kept of the document with that path.
    pub fn has_shelf(&self, path: &Path) -> bool {
        self.copies.as_ref().is_some_and(|copies| disk::is_there(&Shelf::of(copies, path).copy_path()))
    }
}

impl Keeping {
    /// Asks for the document with that path, and marks it as open here.
    pub fn ask(desk: &Desk, path: &Path) -> Asked {
        let lent = |keeping: Self| Box::new(Lent { keeping, desk: desk.clone() });
        let Some(copies) = &desk.copies else { return Asked::Free(lent(Self::default()), None) };
        let shelf = Shelf::of(copies, path);
        let (mut told, mut hold) = (None, None);
        let since = clock::stamp();
        match owner::claim(&SystemDisk, path, &desk.me, since) {
            // A window of this user that is gone: the system has given its mark on this computer free.
            Claim::Theirs(owner) if owner.person.is_at_the_desk_of(&desk.me) => {
                hold = Hold::take(&SystemDisk, &shelf);
                if hold.is_none() || owner::take_over(&SystemDisk, path, &desk.me, since).is_err() {
                    return Asked::Taken(format!("{}開いています", owner.words()));
                }
            }
            Claim::Theirs(owner) => return Asked::Taken(format!("{}開いています", owner.words())),
            Claim::TakenOver(before) if before.person.machine != desk.me.machine => {
                let words = "開いていましたが、応答がないため引き継ぎました";
                told = Some(format!("{}{words}", before.words()));
            }
            Claim::Unmarked => told = Some(UNWRITABLE.to_owned()),
            Claim::TakenOver(_) | Claim::Ours if disk::is_write_protected(path) => told = Some(UNWRITABLE.to_owned()),
            Claim::TakenOver(_) | Claim::Ours => {}
        }
        // Where the document's folder takes no mark, the mark on this computer still tells its own windows apart.
        let hold = hold.or_else(|| Hold::take(&SystemDisk, &shelf));
        let claimed = Some(Marked { document: path.to_owned(), since });
        Asked::Free(lent(Self { shelf: Some(shelf), hold, claimed, ..Self::default() }), told)
    }

    /// From now on the saving thread confirms that this document is open here.
    pub fn is_at(&self, desk: &Desk) {
        (*lock(&desk.owned)).clone_from(&self.claimed);
    }

    /// A copy that says something else than the document just read, as a crash leaves it, is kept as a version before
    /// the next save replaces it; so is the document itself where no version is like it.
    pub fn keep_found(&self, saver: &Saver) {
        let (Some(shelf), Some(bytes)) = (self.shelf.clone(), lock(&self.known).common.clone()) else { return };
        let now = clock::stamp();
        saver.after(move || {
            let copy = shelf.read_copy(&SystemDisk, MAX).ok().filter(|copy| *copy != *bytes);
            if let Some(copy) = copy {
                let _ = shelf.keep(&SystemDisk, &copy, &Kind::Found, now);
            }
            let _ = shelf.keep(&SystemDisk, &bytes, &Kind::Automatic, now);
        });
    }

    /// The other file, where the document went on in two and it is still there.
    pub fn parting(&self) -> Option<Parting> {
        let parting = self.shelf.as_ref()?.parting(&SystemDisk, MAX)?;
        disk::is_there(&parting.other).then_some(parting)
    }

    /// Notes what the document holds now.
    pub fn saw(&self, bytes: &[u8]) {
        let mut known = lock(&self.known);
        known.track.seen = Some(Fingerprint::of(bytes));
        known.common = Some(Arc::new(bytes.to_owned()));
    }

    /// The newest good draft of the shelf, for a document that cannot be read.
    pub fn rescue(&self) -> Option<Rescue> {
        let shelf = self.shelf.as_ref()?;
        let read = |bytes: Vec<u8>| format::read(&bytes).ok();
        if let Some(opened) = shelf.read_copy(&SystemDisk, MAX).ok().and_then(read) {
            let time = disk::modified(&shelf.copy_path()).and_then(clock::stamp_of);
            return Some(Rescue { opened, time: time.map(vault::Stamp::words).unwrap_or_default() });
        }
        shelf.versions(&SystemDisk).into_iter().find_map(|version| {
            let opened = read(disk::read_to_bytes(&version.path, MAX).ok()?)?;
            Some(Rescue { opened, time: version.stamp.words() })
        })
    }

    /// Makes a shelf for a draft that has none: it has no file, or its shelf was lost.
    pub fn settle(&mut self, desk: &Desk) {
        let Some(copies) = desk.copies.as_ref().filter(|_| self.shelf.is_none()) else { return };
        let shelf = Shelf::nameless(&SystemDisk, copies, clock::stamp());
        self.hold = Hold::take(&SystemDisk, &shelf);
        self.shelf = Some(shelf);
    }

    /// Goes on with the shelf of a draft that never had a file.
    pub fn go_on(shelf: Shelf) -> Self {
        let hold = Hold::take(&SystemDisk, &shelf);
        Self { shelf: Some(shelf), hold, ..Self::default() }
    }

    /// The document gets another file. A draft without one takes its shelf along, after what is still to be saved there.
    pub fn moved(&mut self, desk: &Desk, had_file: bool, path: &Path, next: Keeping, saver: &Saver) {
        let old = std::mem::replace(self, next);
        self.keep = old.keep.clone();
        self.is_at(desk);
        let copies = desk.copies.clone().filter(|_| !had_file);
        let (path, desk) = (path.to_owned(), desk.clone());
        saver.after(move || {
            if let (Some(shelf), Some(copies)) = (&old.shelf, &copies) {
                let _ = shelf.bring_to(&SystemDisk, &Shelf::of(copies, &path), clock::stamp());
            }
            old.let_go(&desk, true);
        });
    }

    /// The document goes on in a file beside the old one, because somebody else changed that.
    pub fn follow(&mut self, desk: &Desk, next: Lent, saver: &Saver) {
        let known = self.known.clone();
        let old = std::mem::replace(self, Self { known, ..next.keep() });
        self.is_at(desk);
        let desk = desk.clone();
        saver.after(move || old.let_go(&desk, true));
    }

    /// Closes the document after what the saving thread still has to do; `version` is the draft's last one.
    pub fn close(self, desk: &Desk, saver: &Saver, version: u64) {
        let desk = desk.clone();
        saver.after(move || {
            if let Some(shelf) = &self.shelf {
                let now = clock::stamp();
                if version > 0
                    && let Ok(copy) = shelf.read_copy(&SystemDisk, MAX)
                {
                    let _ = shelf.keep(&SystemDisk, &copy, &Kind::Automatic, now);
                }
                shelf.thin(&SystemDisk, now.date);
            }
            let is_saved = lock(&self.known).written >= version;
            self.let_go(&desk, is_saved);
        });
    }

    /// Takes the marks away; the one that leads to an offer at the next start only where everything is saved.
    fn let_go(self, desk: &Desk, is_saved: bool) {
        if let Some(claimed) = &self.claimed {
            owner::release(&SystemDisk, &claimed.document, &desk.me);
        }
        if let Some(hold) = self.hold.filter(|_| is_saved) {
            hold.release(&SystemDisk);
        }
    }

    /// Gives back at once what was asked for: the document cannot be opened.
    pub fn give_back(self, desk: &Desk) {
        self.let_go(desk, true);
    }

    /// Whether two saves are of the same document.
    pub fn is(&self, known: &Known) -> bool {
        Arc::ptr_eq(&self.known, known)
    }
}
