//! Whether somebody still waits for what a worker does.

use std::sync::{Arc, Weak};

/// Somebody who waits. The work stops when this is dropped.
#[derive(Clone, Debug, Default)]
pub struct Waiting(Arc<()>);

/// Tells a work to stop when nobody waits for it any more.
#[derive(Clone, Debug)]
pub struct Stop(Option<Weak<()>>);

impl Waiting {
    /// What the work is given.
    pub fn stop(&self) -> Stop {
        Stop(Some(Arc::downgrade(&self.0)))
    }
}

impl Stop {
    /// The work goes on to its end: whoever ends the program ends it too.
    pub fn never() -> Self {
        Self(None)
    }

    /// Whether the work is no longer wanted.
    pub fn is_asked(&self) -> bool {
        self.0.as_ref().is_some_and(|waiting| waiting.strong_count() == 0)
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
}
