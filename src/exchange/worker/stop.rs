//! Whether somebody still waits for what a worker does, and how long all its tasks may take.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// Somebody who waits. The work stops when this is dropped.
#[derive(Clone, Debug, Default)]
pub struct Waiting(Arc<()>);

/// Tells a work to stop when nobody waits for it any more, and its tasks when the time of all of them is used up.
#[derive(Clone, Debug)]
pub struct Stop {
    waiting: Option<Weak<()>>,
    time: Option<Arc<TaskTime>>,
}

/// The time of all tasks of a work.
#[derive(Debug)]
struct TaskTime {
    whole: Duration,
    left: Mutex<Duration>,
}

impl Waiting {
    /// What the work is given.
    pub fn stop(&self) -> Stop {
        Stop { waiting: Some(Arc::downgrade(&self.0)), time: None }
    }
}

impl Stop {
    /// The work goes on to its end: whoever ends the program ends it too.
    pub fn never() -> Self {
        Self { waiting: None, time: None }
    }

    /// The same for a work whose tasks may take that long together. A part of a work has what the whole has left.
    #[must_use]
    pub fn within(&self, time: Duration) -> Self {
        let begun = || Arc::new(TaskTime { whole: time, left: Mutex::new(time) });
        Self { waiting: self.waiting.clone(), time: Some(self.time.clone().unwrap_or_else(begun)) }
    }

    /// Whether the work is no longer wanted.
    pub fn is_asked(&self) -> bool {
        self.waiting.as_ref().is_some_and(|waiting| waiting.strong_count() == 0)
    }

    /// How long a task may take that may take `time` by itself, and which of the two times it then used up.
    pub(super) fn limit(&self, time: Duration) -> (Duration, Duration) {
        let left = self.time.as_ref().map(|of| (*of.left.lock().unwrap_or_else(PoisonError::into_inner), of.whole));
        left.filter(|(left, _)| *left < time).unwrap_or((time, time))
    }

    /// A task has taken that long.
    pub(super) fn spend(&self, time: Duration) {
        if let Some(of) = &self.time {
            let mut left = of.left.lock().unwrap_or_else(PoisonError::into_inner);
            *left = left.saturating_sub(time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_goes_away_stops_the_work() {
        let waiting = Waiting::default();
        let stop = waiting.stop();
        assert!(!stop.is_asked() && !Stop::never().is_asked());
        drop(waiting);
        assert!(stop.is_asked());
    }

    #[test]
    fn what_one_task_takes_is_gone_for_the_next() {
        let secs = Duration::from_secs;
        let whole = Stop::never().within(secs(8));
        assert_eq!(whole.limit(secs(5)), (secs(5), secs(5)));
        whole.clone().spend(secs(6));
        let part = whole.within(secs(8));
        assert_eq!(part.limit(secs(5)), (secs(2), secs(8)));
        part.spend(secs(60));
        assert_eq!(whole.limit(secs(5)), (Duration::ZERO, secs(8)));
        Stop::never().spend(secs(60));
        assert_eq!(Stop::never().limit(secs(5)), (secs(5), secs(5)));
    }
}
