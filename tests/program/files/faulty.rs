//! A disk on which one call fails, or at which the program dies.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use hyoukasho::disk::{Disk, Links, Mode, SystemDisk, exchange_in_steps};

/// What happens at one call.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It fails with an error of that kind; half the bytes of a write are there.
    Kind(io::ErrorKind),
    /// It fails with that error number, and so do the next ones of the same name.
    Number(i32, usize),
    /// The program dies: neither this call nor any after it is made.
    Death,
}

#[derive(Default)]
struct Seen {
    calls: Vec<&'static str>,
    pauses: Duration,
    dead: bool,
    left: usize,
}

/// What somebody else does just before a call.
type Meanwhile<'a> = Box<dyn Fn() + Send + Sync + 'a>;

/// A disk with one fault.
#[derive(Default)]
pub struct FaultyDisk<'a> {
    fault: Option<(usize, Fault)>,
    meanwhile: Vec<(usize, Meanwhile<'a>)>,
    cannot_exchange: bool,
    exchanges_in_steps: bool,
    seen: Mutex<Seen>,
}

impl<'a> FaultyDisk<'a> {
    /// A disk that only counts.
    pub fn sound() -> Self {
        Self::default()
    }

    /// A disk with a fault at a call, from 0.
    pub fn new(at: usize, fault: Fault) -> Self {
        Self { fault: Some((at, fault)), ..Self::default() }
    }

    /// Somebody else does that just before a call.
    pub fn meanwhile(mut self, at: usize, does: impl Fn() + Send + Sync + 'a) -> Self {
        self.meanwhile.push((at, Box::new(does)));
        self
    }

    /// As a share, on which no two files change places.
    pub fn without_exchange(self) -> Self {
        Self { cannot_exchange: true, ..self }
    }

    /// As on Windows, where two files change places in several steps.
    pub fn in_steps(self) -> Self {
        Self { exchanges_in_steps: true, ..self }
    }

    /// The names of the calls made.
    pub fn calls(&self) -> Vec<&'static str> {
        self.seen.lock().unwrap().calls.clone()
    }

    /// How long it was waited in all.
    pub fn pauses(&self) -> Duration {
        self.seen.lock().unwrap().pauses
    }

    fn call(&self, name: &'static str) -> io::Result<()> {
        let mut seen = self.seen.lock().unwrap();
        let number = seen.calls.len();
        seen.calls.push(name);
        self.meanwhile.iter().filter(|(at, _)| *at == number).for_each(|(_, does)| does());
        if seen.dead {
            return Err(io::Error::other("dead"));
        }
        match self.fault {
            Some((at, Fault::Kind(kind))) if at == number => Err(kind.into()),
            Some((at, Fault::Death)) if at == number => {
                seen.dead = true;
                Err(io::Error::other("dead"))
            }
            Some((at, Fault::Number(error, times))) if at <= number && seen.left < times => {
                if at == number || seen.calls.get(at) == Some(&name) {
                    seen.left += 1;
                    return Err(io::Error::from_raw_os_error(error));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Disk for FaultyDisk<'_> {
    fn facts(&self, path: &Path, follow: Links) -> io::Result<Metadata> {
        self.call("facts").and_then(|()| SystemDisk.facts(path, follow))
    }

    fn link(&self, path: &Path) -> io::Result<PathBuf> {
        self.call("link").and_then(|()| SystemDisk.link(path))
    }

    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        self.call("read").and_then(|()| SystemDisk.read(path, max))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.call("list").and_then(|()| SystemDisk.list(folder))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("make_folder").and_then(|()| SystemDisk.make_folder(folder))
    }

    fn create(&self, path: &Path, mode: Mode) -> io::Result<File> {
        self.call("create").and_then(|()| SystemDisk.create(path, mode))
    }

    fn lock(&self, path: &Path) -> io::Result<File> {
        self.call("lock").and_then(|()| SystemDisk.lock(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let result = self.call("write");
        let written = if result.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        SystemDisk.write(file, written).and(result)
    }

    fn set_mode(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        self.call("set_mode").and_then(|()| SystemDisk.set_mode(file, permissions))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.call("sync").and_then(|()| SystemDisk.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename").and_then(|()| SystemDisk.rename(from, to))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if self.exchanges_in_steps {
            return exchange_in_steps(self, one, other);
        }
        self.call("exchange")?;
        if self.cannot_exchange { Err(io::ErrorKind::Unsupported.into()) } else { SystemDisk.exchange(one, other) }
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename_new")?;
        if self.cannot_exchange { Err(io::ErrorKind::Unsupported.into()) } else { SystemDisk.rename_new(from, to) }
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("sync_folder").and_then(|()| SystemDisk.sync_folder(folder))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.call("real_path").and_then(|()| SystemDisk.real_path(path))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("remove_folder").and_then(|()| SystemDisk.remove_folder(folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove").and_then(|()| SystemDisk.remove(path))
    }

    /// As on Windows.
    fn is_held(&self, error: &io::Error) -> bool {
        matches!(error.raw_os_error(), Some(5 | 32))
    }

    fn pause(&self, time: Duration) {
        self.seen.lock().unwrap().pauses += time;
    }
}
