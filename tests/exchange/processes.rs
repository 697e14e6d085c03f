//! The program and the worker it starts, watched from outside: Linux shows both in `/proc`.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use hyoukasho::exchange::worker::ARGUMENT;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hyoukasho");

/// Only one test at a time starts workers of the tests' own process: another would take them for its own.
pub fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a command ended and what it took.
pub struct Ended {
    pub code: Option<i32>,
    pub told: String,
    /// Time on a processor, of the program and its worker together.
    pub took: Duration,
    /// Largest memory of the program and its worker together; zero where it cannot be seen.
    pub megabytes: u64,
}

/// Takes a draft out of a PDF on the command line.
pub fn import(folder: &Path, pdf: &Path) -> Child {
    let mut command = Command::new(PROGRAM);
    command.arg("import").arg(pdf).arg("out.ron").current_dir(folder);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits for the end of a command and measures meanwhile.
pub fn watched(mut child: Child) -> Ended {
    let (mut peak, mut of_workers) = (0, 0);
    let (mut took, mut by_workers) = (Duration::ZERO, Duration::ZERO);
    let status = loop {
        peak = peak.max(peak_kb(child.id()));
        took = took.max(processor_time(child.id()));
        for worker in workers_of(child.id()) {
            of_workers = of_workers.max(peak_kb(worker));
            by_workers = by_workers.max(processor_time(worker));
        }
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => sleep(Duration::from_millis(2)),
        }
    };
    let told = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    Ended { code: status.code(), told, took: took + by_workers, megabytes: (peak + of_workers) / 1024 }
}

/// The workers that a process has started. The tests start whole programs as well, which are none.
pub fn workers_of(process: u32) -> Vec<u32> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let children = tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    let children =
        children.flat_map(|children| children.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>());
    children.filter(|child| is_worker(*child)).collect()
}

fn is_worker(process: u32) -> bool {
    let command = std::fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
    command.split('\0').any(|argument| argument == ARGUMENT)
}

/// Whether a process is there and no mere record of its end.
pub fn is_alive(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    !status.is_empty() && !status.contains("State:\tZ")
}

/// How long a process, or `thread-self`, was on a processor: a busy computer makes it no longer. Zero where it cannot be
/// seen.
pub fn processor_time(process: impl std::fmt::Display) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let hundredths = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    Duration::from_millis(10 * (hundredths(11) + hundredths(12)))
}

/// Waits for something that comes soon, on a busy computer a little later.
pub fn wait_until(mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() > Duration::from_secs(60) {
            return false;
        }
        sleep(Duration::from_millis(5));
    }
    true
}

/// Largest memory that a process has had.
fn peak_kb(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}
