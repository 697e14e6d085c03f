//! The worker: this program a second time, to read what may be made to do harm.
//!
//! Whatever a foreign file makes its reader do, only the worker does it. It has so much memory and so much time, opens
//! no file, starts no program, and can be ended at any moment. It is given the bytes and gives back bytes, and nobody
//! believes them unread.
//! Never: knows a format; writes to the disk.
//! Start with [`Worker::read`]; its other end is [`serve`].

mod child;
mod error;
mod frame;
mod limits;
mod stop;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::disk;

pub use child::serve;
pub use error::WorkerError;
use limits::Fence;
pub use stop::{Stop, Waiting};

/// First argument of the program as worker; the second names the format.
pub const ARGUMENT: &str = "--foreign-format-worker";
/// Longest that anything may take until it is read or refused.
pub const MAX_TIME: Duration = Duration::from_secs(10);
/// Longest that all tasks of one document take together: what is left of [`MAX_TIME`] is for what is done with it here.
pub const READING_TIME: Duration = Duration::from_secs(8);
/// Largest memory of a worker. Together with the largest file, which whoever started it holds, this is less than 1 GB.
pub const MEMORY_BYTES: u64 = 640 << 20;
/// How often it is asked whether the user still waits.
const TICK: Duration = Duration::from_millis(20);

/// The program that reads foreign formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    program: PathBuf,
}

/// What came out of a file, piece by piece.
pub type Pieces = Vec<Vec<u8>>;

/// What a worker is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerTask {
    /// Name of the format and of what is wanted out of it, as the second argument of the worker.
    pub name: &'static str,
    /// How long it may take: with what is done with it afterwards less than [`MAX_TIME`].
    pub time: Duration,
    /// Most bytes that come out of it.
    pub max_bytes: usize,
}

impl Worker {
    /// This program.
    pub fn this_program() -> Self {
        // The link leads to this very program even after an update has put another in its place.
        let link = Path::new("/proc/self/exe");
        let is_link = cfg!(target_os = "linux") && disk::is_there(link);
        Self { program: if is_link { link.to_owned() } else { std::env::current_exe().unwrap_or_default() } }
    }

    /// A program elsewhere, for tests: their own program is none that could read.
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }

    /// Has `input` read, within the time of the task and what all tasks of the work have left.
    #[expect(clippy::disallowed_methods, reason = "how long another process runs is no time of the core")]
    pub fn read(&self, task: &WorkerTask, input: &[u8], stop: &Stop) -> Result<Pieces, WorkerError> {
        let (start, limit) = (Instant::now(), stop.limit(task.time));
        if limit.0.is_zero() {
            return Err(WorkerError::TooSlow { secs: limit.1.as_secs() });
        }
        let mut child = self.command(task).spawn().map_err(WorkerError::cannot_start)?;
        let fence = Fence::around(&child).map_err(WorkerError::cannot_start);
        let answer = fence.and_then(|fence| answer(&mut child, &fence, (task, input), limit, stop));
        // Whatever it still does, nobody waits for it.
        let _ = child.kill();
        let _ = child.wait();
        stop.spend(start.elapsed());
        frame::reply(&answer?)
    }

    fn command(&self, task: &WorkerTask) -> Command {
        let mut command = Command::new(&self.program);
        command.args([ARGUMENT, task.name]).env_clear();
        // What a program cannot start without, if it is set.
        let set = ["LD_LIBRARY_PATH", "SystemRoot"].map(|name| std::env::var_os(name).map(|value| (name, value)));
        command.envs(set.into_iter().flatten());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        limits::without_window(&mut command);
        command
    }
}

/// Gives the worker its work and takes what it says, as long as it may go on.
fn answer(
    child: &mut Child,
    fence: &Fence,
    (task, input): (&WorkerTask, &[u8]),
    limit: (Duration, Duration),
    stop: &Stop,
) -> Result<Vec<u8>, WorkerError> {
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(WorkerError::cannot_start("no pipe"));
    };
    let (send, said) = channel();
    thread::scope(|scope| {
        let give = thread::Builder::new().name("worker input".to_owned());
        let take = thread::Builder::new().name("worker output".to_owned());
        let give = give.spawn_scoped(scope, move || give_input(stdin, input));
        let take = take.spawn_scoped(scope, move || send.send(take_output(stdout, task.max_bytes)));
        let answer = match give.and(take) {
            Ok(_) => wait(child, fence, limit, &said, stop),
            Err(error) => Err(WorkerError::cannot_start(error)),
        };
        // Its end closes the pipes: the threads end too.
        let _ = child.kill();
        answer
    })
}

/// A worker that has ended does not take it all; what it said counts.
fn give_input(mut stdin: ChildStdin, input: &[u8]) {
    let _ = frame::write(&mut stdin, &[input]);
}

fn take_output(stdout: ChildStdout, max: usize) -> Vec<u8> {
    let (mut said, max) = (Vec::new(), u64::try_from(max).unwrap_or(u64::MAX));
    // An answer that is cut off is seen to be so.
    let _ = stdout.take(max.saturating_add(frame::MAX_FRAME)).read_to_end(&mut said);
    said
}

/// Waits for the answer, no longer than the worker may take and the user wants.
#[expect(clippy::disallowed_methods, reason = "how long another process runs is no time of the core")]
fn wait(
    child: &Child,
    fence: &Fence,
    (time, of): (Duration, Duration),
    said: &Receiver<Vec<u8>>,
    stop: &Stop,
) -> Result<Vec<u8>, WorkerError> {
    let start = Instant::now();
    while start.elapsed() < time {
        match said.recv_timeout(TICK) {
            Ok(said) => return Ok(said),
            Err(RecvTimeoutError::Disconnected) => return Err(WorkerError::Broken),
            Err(RecvTimeoutError::Timeout) if stop.is_asked() => return Err(WorkerError::Stopped),
            Err(RecvTimeoutError::Timeout) if fence.is_broken(child) => return Err(WorkerError::Broken),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    Err(WorkerError::TooSlow { secs: of.as_secs() })
}
