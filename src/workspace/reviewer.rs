//! Findings and differences of the open document, looked for on a thread: no frame looks through the whole document.

use std::time::Duration;

use super::task::Task;
use super::waker::Waker;
use crate::session::{Review, Session};

/// Said where it broke off.
const BROKEN: &str = "点検の途中で問題が起きました。下書きはそのままです。書き換えると、もう一度点検します";

/// Has the draft of a session looked through, one version at a time.
#[derive(Debug, Default)]
pub struct Reviewer {
    running: Option<Task<Review>>,
}

impl Reviewer {
    /// Takes what was found, and has the draft looked through again when that is due.
    pub fn follow(&mut self, session: &mut Session, waker: &Waker, now: Duration) -> Result<(), &'static str> {
        self.take(session)?;
        if self.running.is_none() && session.next_review().is_some_and(|due| due <= now) {
            self.running = Some(start(session, waker).in_background_of(waker));
            self.take(session)?;
        }
        Ok(())
    }

    /// Has the draft looked through at once, and waits for that as long as people do not notice: for commands that go
    /// by what is found.
    pub fn hasten(&mut self, session: &mut Session, waker: &Waker) -> Result<(), &'static str> {
        self.take(session)?;
        self.running = match self.running.take() {
            _ if session.is_reviewed() => return Ok(()),
            // It is of the draft as it is now.
            Some(running) if session.next_review().is_none() => Some(running.at_least(waker.patience())),
            _ => Some(start(session, waker)),
        };
        self.take(session)
    }

    /// When the draft is to be looked through; `None` while that is going on: its end wakes whoever waits.
    pub fn next(&self, session: &Session) -> Option<Duration> {
        session.next_review().filter(|_| self.running.is_none())
    }

    fn take(&mut self, session: &mut Session) -> Result<(), &'static str> {
        match Task::take_answer(&mut self.running) {
            None => Ok(()),
            Some(Ok(review)) => {
                session.reviewed(review);
                Ok(())
            }
            Some(Err(_)) => Err(BROKEN),
        }
    }
}

fn start(session: &mut Session, waker: &Waker) -> Task<Review> {
    let snapshot = session.begin_review();
    Task::start(waker, move || snapshot.review())
}
