//! Work on a thread of its own, and the one way there: a shared folder may not answer for minutes, and the window never
//! waits longer than one does not notice.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::waker::Waker;

/// Said where the work itself broke.
const BROKEN: &str = "処理の途中で問題が起きました。下書きはそのままです。もう一度行ってください";

/// Work under way. Whoever lets it go does not want its answer any more.
#[derive(Debug)]
pub struct Task<T> {
    answer: Receiver<T>,
    /// How long the first question waits.
    patience: Duration,
    _wanted: Arc<()>,
}

/// Tells work under way whether somebody still waits for it.
#[derive(Debug)]
pub struct Wanted(Weak<()>);

impl Wanted {
    /// Whether somebody still waits for the answer.
    pub fn is_still(&self) -> bool {
        self.0.strong_count() > 0
    }
}

impl<T: Send + 'static> Task<T> {
    /// Starts the work; whoever waits is woken at its end. What nobody waits for any more is dropped on the thread.
    pub fn start(waker: &Waker, work: impl FnOnce() -> T + Send + 'static) -> Self {
        Self::start_while_wanted(waker, |_| work())
    }

    /// Starts work that asks now and then whether its answer is still wanted.
    pub fn start_while_wanted(waker: &Waker, work: impl FnOnce(&Wanted) -> T + Send + 'static) -> Self {
        let (send, answer) = channel();
        let wanted = Arc::new(());
        let (patience, still) = (waker.patience(), Wanted(Arc::downgrade(&wanted)));
        let report = Report { send: Some(send), waker: waker.clone() };
        waker.run(Box::new(move || report.send(work(&still))));
        Self { answer, patience, _wanted: wanted }
    }

    /// Waits at least so long when it is asked first.
    #[must_use]
    pub fn at_least(mut self, patience: Duration) -> Self {
        self.patience = self.patience.max(patience);
        self
    }

    /// Does not wait at all when it is asked.
    #[must_use]
    pub fn in_background(mut self) -> Self {
        self.patience = Duration::ZERO;
        self
    }

    /// Waits when it is asked first only as long as `waker` does for what is done in the background.
    #[must_use]
    pub fn in_background_of(mut self, waker: &Waker) -> Self {
        self.patience = waker.background_patience();
        self
    }

    /// What came of it, once that is known, or why nothing did. Whoever asks first waits a short while.
    pub fn answer(&mut self) -> Option<Result<T, String>> {
        match self.answer.recv_timeout(std::mem::take(&mut self.patience)) {
            Ok(answer) => Some(Ok(answer)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(BROKEN.to_owned())),
        }
    }

    /// The answer of work that stands in a place of its own, which is empty from then on.
    pub fn take_answer(place: &mut Option<Self>) -> Option<Result<T, String>> {
        let answer = place.as_mut()?.answer()?;
        *place = None;
        Some(answer)
    }
}

/// Brings the answer, and wakes whoever waits also where a fault ended the work.
struct Report<T> {
    send: Option<Sender<T>>,
    waker: Waker,
}

impl<T> Report<T> {
    fn send(self, answer: T) {
        let _ = self.send.as_ref().map(|send| send.send(answer));
    }
}

impl<T> Drop for Report<T> {
    fn drop(&mut self) {
        // Whoever wakes sees that nothing more will come.
        self.send = None;
        self.waker.wake();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn an_answer_comes_when_it_is_there_and_a_fault_is_said() {
        let waker = Waker::nobody();
        let (go, wait) = channel::<()>();
        let hasty = waker.clone().with_patience(Some(Duration::from_millis(1)));
        let mut slow = Task::start(&hasty, move || wait.recv().is_ok());
        assert_eq!(slow.answer(), None);
        let waker = waker.with_patience(Some(Duration::from_secs(20)));
        assert_eq!(Task::start(&waker, || 5).answer(), Some(Ok(5)));
        go.send(()).unwrap();
        assert_eq!(slow.at_least(Duration::from_secs(20)).answer(), Some(Ok(true)));
        let broken = Task::<u8>::start(&waker, || panic!("on purpose")).answer();
        assert!(broken.unwrap().unwrap_err().contains("もう一度"));
    }

    #[test]
    fn whoever_waits_is_woken_at_the_end_also_by_a_fault() {
        let (woken, wakes) = channel();
        let waker = Waker::new(move || assert!(woken.send(()).is_ok()));
        let mut place = Some(Task::<u8>::start(&waker, || panic!("on purpose")).in_background());
        assert_eq!(wakes.recv(), Ok(()));
        assert!(Task::take_answer(&mut place).unwrap().is_err());
        assert!(place.is_none() && Task::take_answer(&mut place).is_none());
    }

    #[test]
    fn work_sees_that_nobody_waits_any_more() {
        let (go, wait) = channel::<()>();
        let (say, said) = channel();
        let task = Task::start_while_wanted(&Waker::nobody(), move |wanted| {
            say.send(wanted.is_still()).unwrap();
            let _ = wait.recv();
            say.send(wanted.is_still()).unwrap();
        });
        assert_eq!(said.recv(), Ok(true));
        drop(task);
        go.send(()).unwrap();
        assert_eq!(said.recv(), Ok(false));
    }
}
