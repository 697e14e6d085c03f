//! Whether a process of this program lives on this computer: the one file that asks the system for its processes.

use sysinfo::{Pid, Process, ProcessRefreshKind, ProcessStatus, ProcessesToUpdate, System};

/// How much later than its process a document can be marked and still be taken to be marked earlier: two clocks are read.
const SLACK_SECS: i64 = 2;

/// What is known of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    name: String,
    /// How long it has run.
    run_secs: i64,
}

/// Whether the process lives that marked a document so long ago; `None` where nobody can tell.
pub fn lives(process: u32, marked_secs_ago: i64) -> Option<bool> {
    let (own, first) = (Pid::from_u32(std::process::id()), Pid::from_u32(1));
    let process = Pid::from_u32(process);
    let mut system = System::new().ok()?;
    let wanted = [own, first, process];
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&wanted), false, ProcessRefreshKind::nothing());
    let seen = |process| {
        // What has ended and is only not yet taken note of is no process any more.
        let ended = |process: &&Process| matches!(process.status(), ProcessStatus::Zombie | ProcessStatus::Dead);
        let process = system.process(process).filter(|process| !ended(process))?;
        let run_secs = i64::try_from(process.run_time()).unwrap_or(i64::MAX);
        Some(Seen { name: process.name().to_string_lossy().into_owned(), run_secs })
    };
    let own = seen(own)?;
    match seen(process) {
        Some(theirs) => is_theirs(&own, &theirs, marked_secs_ago),
        // The first process is there unless the processes of other users are hidden. Windows hides none, and has no such.
        None if cfg!(unix) && seen(first).is_none() => None,
        None => Some(false),
    }
}

/// Whether the process of that number is the one that marked the document. It has the name of this program; or, as the
/// program may have another name in another folder, it was there already when the document was marked: a number is given
/// again only when its process has ended.
fn is_theirs(own: &Seen, theirs: &Seen, marked_secs_ago: i64) -> Option<bool> {
    let was_there = marked_secs_ago <= theirs.run_secs.saturating_add(SLACK_SECS);
    (own.name == theirs.name || was_there).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, run_secs: i64, marked_secs_ago: i64, expected: Option<bool>) {
        let own = Seen { name: "hyoukasho".to_owned(), run_secs: 5 };
        let theirs = Seen { name: name.to_owned(), run_secs };
        assert_eq!(is_theirs(&own, &theirs, marked_secs_ago), expected, "{theirs:?} {marked_secs_ago}");
    }

    #[test]
    fn a_process_that_was_there_when_the_document_was_marked_is_the_one_whatever_its_name() {
        check("hyoukasho", 3600, 1800, Some(true));
        check("評価書工房-携帯版", 3600, 1800, Some(true));
        // A clock that was set.
        check("hyoukasho", 3600, 100_000, Some(true));
        // The number was given to another program since.
        check("bash", 60, 1800, None);
    }

    #[test]
    fn this_process_lives_and_one_of_no_number_does_not() {
        assert_eq!(lives(std::process::id(), 0), Some(true));
        if cfg!(any(target_os = "linux", windows)) {
            // No process has so high a number.
            assert_ne!(lives(u32::MAX - 1, 0), Some(true));
        }
    }
}
