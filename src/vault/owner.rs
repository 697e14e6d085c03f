//! The owner file beside a document: who has it open, where and since when. It is a plain text, so that a colleague
//! sees the answer even without this program.
//!
//! It is a courtesy, not a fence: what keeps one from overwriting the other is the look at the document before each
//! save. A file whose owner has not confirmed it for some minutes, or whose process is gone, is taken over; not while
//! that process lives on this computer.

use std::io;
use std::path::{Path, PathBuf};

use super::{LocalDateTime, process};
use crate::disk::{Disk, FileError, Links, Mode, target_of, write_whole_on};
use crate::draft::visible;

/// How often the owner confirms that the document is still open.
pub const CONFIRM_EVERY_SECS: u64 = 60;
/// After this the owner is taken to be gone.
const GONE_AFTER_SECS: i64 = 5 * 60;
const MAX_BYTES: u64 = 4 << 10;
/// A mark with a name up to this fits every usual disk; eCryptfs has the least room.
const SURE_NAME_BYTES: usize = 143;
/// So much of the document's name stands in a shortened one.
const SHORT_NAME_BYTES: usize = 100;
/// Stands for a name that nobody knows; it is never taken for one.
const UNKNOWN_USER: &str = "名前の分からない利用者";
const HEAD: &str = "評価書工房がこの文書を開いています。閉じると、このファイルはなくなります。";

/// A user at a computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Name of the computer.
    pub machine: String,
    /// Name of the user.
    pub user: String,
    /// Number of the process.
    pub process: u32,
}

/// Who has a document open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Who.
    pub operator: Operator,
    /// Since when.
    pub since: LocalDateTime,
    /// When it was last confirmed.
    pub confirmed: LocalDateTime,
}

/// What came of asking for a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is ours.
    Ours,
    /// It is ours; the one who had it is gone.
    TakenOver(Owner),
    /// Somebody has it open.
    Theirs(Owner),
    /// Nothing can be written there, so nobody can have it open for writing either.
    Unmarked,
}

impl Operator {
    /// This process.
    pub fn this(disk: &dyn Disk) -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let kernel = || disk.read(Path::new("/proc/sys/kernel/hostname"), MAX_BYTES).ok();
        let named = || kernel().and_then(|name| String::from_utf8(name).ok()).filter(|name| !name.trim().is_empty());
        let machine = set("COMPUTERNAME").or_else(named).or_else(|| set("HOSTNAME"));
        let user = set("USERNAME").or_else(|| set("USER")).or_else(|| set("LOGNAME"));
        let one_line = |text: String| text.trim().replace(['\r', '\n'], " ");
        Self {
            machine: machine.map_or_else(|| "名前の分からないパソコン".to_owned(), one_line),
            user: user.map_or_else(|| UNKNOWN_USER.to_owned(), one_line),
            process: std::process::id(),
        }
    }

    /// Whether it is the same user at the same computer, perhaps in another window.
    pub fn is_at_the_desk_of(&self, other: &Operator) -> bool {
        (&self.machine, &self.user) == (&other.machine, &other.user) && self.name().is_some()
    }

    /// The name of the user, where the computer knows it.
    pub fn name(&self) -> Option<&str> {
        Some(self.user.as_str()).filter(|name| *name != UNKNOWN_USER)
    }
}

impl Owner {
    /// As a sentence shows it: who, where, since when.
    pub fn words(&self) -> String {
        let Operator { machine, user, .. } = &self.operator;
        let title = if self.operator.name().is_some() { " さん" } else { "" };
        format!("{}{title}（パソコン {}）が {} から", visible(user), visible(machine), self.since.words())
    }

    fn write(&self) -> String {
        let Operator { machine, user, process } = &self.operator;
        let (since, confirmed) = (self.since.in_name(), self.confirmed.in_name());
        format!("{HEAD}\nパソコン: {machine}\n利用者: {user}\n番号: {process}\n開始: {since}\n確認: {confirmed}\n")
    }

    fn read(text: &str) -> Option<Self> {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let stamp = |name: &str| LocalDateTime::read_name(field(name)?.trim()).map(|(stamp, _)| stamp);
        let operator = Operator {
            machine: field("パソコン")?.trim().to_owned(),
            user: field("利用者")?.trim().to_owned(),
            process: field("番号")?.trim().parse().ok()?,
        };
        Some(Self { operator, since: stamp("開始")?, confirmed: stamp("確認")? })
    }

    /// A clock that differs by minutes is as good as a confirmation long ago: then the look before each save counts.
    fn is_gone(&self, me: &Operator, now: LocalDateTime) -> bool {
        let silent = (now.to_secs() - self.confirmed.to_secs()).abs() > GONE_AFTER_SECS;
        self.lives(me, now).map_or(silent, |lives| !lives)
    }

    /// Whether the process of the owner lives on this computer; `None` where nobody can tell.
    pub(super) fn lives(&self, me: &Operator, now: LocalDateTime) -> Option<bool> {
        let is_here = self.operator.machine == me.machine;
        is_here.then(|| process::lives(self.operator.process, now.to_secs() - self.since.to_secs())).flatten()
    }
}

/// The owner file of a document, where its name is not too long for the disk.
pub fn owner_path(document: &Path) -> PathBuf {
    document.with_file_name(format!(".~{}.使用中.txt", name_of(document)))
}

/// The owner file of a document whose name is too long for that: with the beginning of the name, and a number from the
/// whole of it.
fn short_owner_path(document: &Path) -> PathBuf {
    let name = name_of(document);
    let mut begin = name.clone();
    while begin.len() > SHORT_NAME_BYTES && begin.pop().is_some() {}
    document.with_file_name(format!(".~{begin}～{:08x}.使用中.txt", crc32fast::hash(name.as_bytes())))
}

fn name_of(document: &Path) -> String {
    document.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Where the owner file of a document is, or is to be. The disk knows how long a name may be: every older program on the
/// same share must find the usual one where that fits.
///
/// Whoever opens a document through a link and whoever opens it itself must find the same one: it is beside the target.
fn mark_of(disk: &dyn Disk, document: &Path) -> PathBuf {
    let target = target_of(disk, document).unwrap_or_else(|_| document.to_owned());
    let usual = owner_path(&target);
    if name_of(&usual).len() <= SURE_NAME_BYTES {
        return usual;
    }
    let short = short_owner_path(&target);
    match disk.facts(&usual, Links::Stay) {
        Ok(_) => usual,
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => short,
        // Another computer's disk has less room for names.
        Err(_) if disk.facts(&short, Links::Stay).is_ok() => short,
        Err(_) => usual,
    }
}

/// Who has the document open, where that can be read.
pub fn owner_of(disk: &dyn Disk, document: &Path) -> Option<Owner> {
    read_mark(disk, &mark_of(disk, document)).ok().flatten()
}

/// `None` where it says nothing to anybody.
fn read_mark(disk: &dyn Disk, mark: &Path) -> io::Result<Option<Owner>> {
    match disk.read(mark, MAX_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(None),
        read => read.map(|bytes| Owner::read(&String::from_utf8_lossy(&bytes))),
    }
}

/// How a document stands that somebody had open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has it open, or only this process.
    Free,
    /// Somebody has it open.
    Held(Owner),
    /// Somebody had it open and does not answer any more.
    Gone(Owner),
}

/// Looks who has a document open, without asking for it.
pub fn standing(disk: &dyn Disk, document: &Path, me: &Operator, now: LocalDateTime) -> Standing {
    match owner_of(disk, document).filter(|owner| owner.operator != *me) {
        None => Standing::Free,
        Some(owner) if owner.is_gone(me, now) => Standing::Gone(owner),
        Some(owner) => Standing::Held(owner),
    }
}

/// Asks for a document: notes that this process has it open, unless somebody else does.
pub fn claim(disk: &dyn Disk, document: &Path, me: &Operator, now: LocalDateTime) -> Claim {
    let ours = Owner { operator: me.clone(), since: now, confirmed: now };
    let path = mark_of(disk, document);
    match disk.create(&path, Mode::Usual) {
        Ok(mut file) => {
            if disk.write(&mut file, ours.write().as_bytes()).is_ok() {
                return Claim::Ours;
            }
            // Half an owner file says nothing to anybody.
            drop(file);
            let _ = disk.remove(&path);
            return Claim::Unmarked;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(_) => return Claim::Unmarked,
    }
    let before = match standing(disk, document, me, now) {
        Standing::Held(theirs) => return Claim::Theirs(theirs),
        Standing::Gone(theirs) => Some(theirs),
        Standing::Free => None,
    };
    if take_over(disk, document, me, now).is_err() {
        return Claim::Unmarked;
    }
    before.map_or(Claim::Ours, Claim::TakenOver)
}

/// Takes a document over from somebody who is known to be gone.
pub fn take_over(disk: &dyn Disk, document: &Path, me: &Operator, now: LocalDateTime) -> Result<(), FileError> {
    let ours = Owner { operator: me.clone(), since: now, confirmed: now };
    write_whole_on(disk, &mark_of(disk, document), ours.write().as_bytes())
}

/// Confirms that the document is open here since then; `false` where somebody else has taken it over. What a colleague
/// or a program that tidies up has taken away is written again.
pub fn confirm(
    disk: &dyn Disk,
    document: &Path,
    me: &Operator,
    since: LocalDateTime,
    now: LocalDateTime,
) -> Result<bool, FileError> {
    let path = mark_of(disk, document);
    let ours = Owner { operator: me.clone(), since, confirmed: now }.write();
    match read_mark(disk, &path) {
        Ok(Some(owner)) if owner.operator != *me => Ok(false),
        // Ours, or one that says nothing to anybody.
        Ok(_) => write_whole_on(disk, &path, ours.as_bytes()).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match disk.create(&path, Mode::Usual) {
            Ok(mut file) => {
                let written = disk.write(&mut file, ours.as_bytes());
                written.map(|()| true).map_err(FileError::write(&path))
            }
            // A colleague was a moment earlier; the next time tells.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(true),
            Err(error) => Err(FileError::write(&path)(error)),
        },
        Err(error) => Err(FileError::read(&path)(error)),
    }
}

/// Gives the document free.
pub fn release(disk: &dyn Disk, document: &Path, me: &Operator) {
    if owner_of(disk, document).is_some_and(|owner| owner.operator == *me) {
        let _ = disk.remove(&mark_of(disk, document));
    }
}
