//! What a worker may not exceed, kept by the system: on Unix the worker takes its limits itself before it reads a byte,
//! on Windows whoever started it puts it behind a fence.

use std::io;
use std::process::{Child, Command};

#[cfg(unix)]
mod system {
    use super::{Child, Command, io};
    use crate::exchange::worker::{MAX_TIME, MEMORY_BYTES};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// The limits of the process that calls this.
    pub fn take() -> io::Result<()> {
        lower(Resource::As, MEMORY_BYTES)?;
        // The second net: whoever started it ends it earlier, unless that one is gone.
        lower(Resource::Cpu, MAX_TIME.as_secs())?;
        lower(Resource::Core, 0)?;
        // Nothing is written but the answer, and nothing is opened.
        lower(Resource::Fsize, 0)?;
        lower(Resource::Nofile, 0)?;
        not_without_parent()
    }

    fn lower(resource: Resource, limit: u64) -> io::Result<()> {
        let limit = getrlimit(resource).maximum.map_or(limit, |maximum| maximum.min(limit));
        Ok(setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?)
    }

    /// Ends with whoever started it, and leaves no picture of its memory.
    #[cfg(target_os = "linux")]
    fn not_without_parent() -> io::Result<()> {
        use rustix::process::{DumpableBehavior, Signal, set_dumpable_behavior, set_parent_process_death_signal};
        set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
        Ok(set_parent_process_death_signal(Some(Signal::KILL))?)
    }

    #[cfg(not(target_os = "linux"))]
    fn not_without_parent() -> io::Result<()> {
        Ok(())
    }

    /// The worker keeps its limits itself.
    pub struct Fence;

    impl Fence {
        pub fn around(_: &Child) -> io::Result<Self> {
            Ok(Self)
        }

        pub fn is_broken(&self, _: &Child) -> bool {
            false
        }
    }

    pub fn without_window(_: &mut Command) {}
}

#[cfg(windows)]
mod system {
    use super::{Child, Command, io};
    use crate::exchange::worker::MEMORY_BYTES;
    use std::os::windows::io::AsRawHandle;
    use std::os::windows::process::CommandExt;
    use win32job::{ExtendedLimitInfo, Job, utils::get_process_memory_info};

    /// No window of the command line is opened.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    /// Smallest working set, which the system wants to be told with the largest.
    const MIN_BYTES: usize = 1 << 20;

    /// Whoever started the worker has put it behind a fence.
    pub fn take() -> io::Result<()> {
        Ok(())
    }

    /// The worker ends with whoever started it, and never holds more of the computer's memory than it may.
    pub struct Fence {
        _job: Job,
    }

    impl Fence {
        pub fn around(worker: &Child) -> io::Result<Self> {
            let mut limits = ExtendedLimitInfo::new();
            limits.limit_kill_on_job_close().limit_working_memory(MIN_BYTES, max());
            let job = Job::create_with_limit_info(&limits).map_err(io::Error::other)?;
            job.assign_process(handle(worker)).map_err(io::Error::other)?;
            Ok(Self { _job: job })
        }

        /// Whether the worker asked for more than it may: the system would have it swap, for minutes.
        pub fn is_broken(&self, worker: &Child) -> bool {
            get_process_memory_info(handle(worker)).is_ok_and(|memory| memory.private_usage > max())
        }
    }

    pub fn without_window(command: &mut Command) {
        command.creation_flags(CREATE_NO_WINDOW);
    }

    fn max() -> usize {
        usize::try_from(MEMORY_BYTES).unwrap_or(usize::MAX)
    }

    fn handle(worker: &Child) -> isize {
        worker.as_raw_handle() as isize
    }
}

pub(super) use system::{Fence, take, without_window};
