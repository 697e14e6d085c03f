//! A look now and then at the open document on the disk, on a thread of its own: whether a colleague who had it open
//! has closed it, and whether somebody has changed it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use super::saver::{KnownDocument, lock};
use super::waker::Waker;
use crate::clock;
use crate::disk::{Disk, Links, SystemDisk};
use crate::draft::format;
use crate::vault::owner::{self, Operator, Standing};
use crate::vault::{Fingerprint, LocalDateTime};

/// How often one looks.
const EVERY: Duration = Duration::from_secs(5);
/// Largest document.
const MAX: u64 = format::MAX_FILE_BYTES as u64;

/// How the document stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Who has it open.
    pub standing: Standing,
    /// Whether it holds something else than what was last read or written here.
    pub is_changed: bool,
}

/// A document being watched; dropping it ends the thread.
pub struct Watch {
    document: PathBuf,
    known: KnownDocument,
    sights: Receiver<Sight>,
    _end: Sender<()>,
}

impl Watch {
    /// Begins to watch; `waker` is told when something is new.
    pub fn start(waker: &Waker, document: PathBuf, known: KnownDocument, me: Operator) -> Self {
        let (send, sights) = channel();
        let (end, ended) = channel::<()>();
        let (waker, watched, seen) = (waker.clone(), document.clone(), known.clone());
        let look = move || {
            let mut last = None;
            let mut read = None;
            while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                let sight = look(&SystemDisk, &watched, &seen, &me, &mut read, clock::now());
                let Some(sight) = sight else { continue };
                if last.as_ref() != Some(&sight) {
                    last = Some(sight.clone());
                    if send.send(sight).is_err() {
                        return;
                    }
                    waker.wake();
                }
            }
        };
        let _ = thread::Builder::new().name("watch".to_owned()).spawn(look);
        Self { document, known, sights, _end: end }
    }

    /// Whether it is that document.
    pub fn is_of(&self, document: &Path, known: &KnownDocument) -> bool {
        self.document == document && Arc::ptr_eq(&self.known, known)
    }

    /// The newest of what was seen since the last call.
    pub fn seen(&self) -> Option<Sight> {
        self.sights.try_iter().last()
    }
}

/// What a file held when it was dated so.
pub type DatedContent = Option<(SystemTime, Fingerprint)>;

/// Looks once. `None` while the document cannot be seen, as on a share that is away. It is read only when its date is new.
pub fn look(
    disk: &dyn Disk,
    document: &Path,
    known: &KnownDocument,
    me: &Operator,
    read: &mut DatedContent,
    now: LocalDateTime,
) -> Option<Sight> {
    let before = lock(known).track.seen;
    let date = disk.facts(document, Links::Follow).and_then(|facts| facts.modified()).ok()?;
    let there = match read {
        Some((then, there)) if *then == date => *there,
        _ => Fingerprint::of(&disk.read(document, MAX).ok()?),
    };
    *read = Some((date, there));
    // A save of ours in between says nothing about anybody else.
    let common = Some(lock(known).track.seen).filter(|after| *after == before)?;
    let standing = owner::standing(disk, document, me, now);
    Some(Sight { standing, is_changed: common.is_some_and(|common| common != there) })
}
