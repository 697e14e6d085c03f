//! Work on the disk on a thread of its own: a shared folder may not answer for minutes, and the window never waits
//! longer than one does not notice.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use egui::{Context, Id};

/// Most disks answer within this time: then nothing blinks on the screen.
const PATIENCE: Duration = Duration::from_millis(80);
/// Said where the work itself broke.
const BROKEN: &str = "処理の途中で問題が起きました。下書きはそのままです。もう一度行ってください";

/// Work under way.
#[derive(Debug)]
pub struct Task<T> {
    answer: Receiver<T>,
    /// How long the first question waits.
    patience: Duration,
}

impl<T: Send + 'static> Task<T> {
    /// Starts the work; the window is woken at its end. What nobody waits for any more is dropped on the thread.
    pub fn start(ctx: &Context, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (send, answer) = channel();
        let waker = ctx.clone();
        let run = move || {
            let _ = send.send(work());
            waker.request_repaint();
        };
        // Without a thread there is no answer, and `answer` says so.
        let _ = thread::Builder::new().name("errand".to_owned()).spawn(run);
        Self { answer, patience: patience(ctx) }
    }

    /// Waits at least so long when it is asked first.
    #[must_use]
    pub fn at_least(mut self, patience: Duration) -> Self {
        self.patience = self.patience.max(patience);
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
}

fn key() -> Id {
    Id::unique("patience")
}

fn patience(ctx: &Context) -> Duration {
    ctx.data(|data| data.get_temp(key())).unwrap_or(PATIENCE)
}

/// Sets how long a frame of this window waits; `None` is what people do not notice.
pub fn set_patience(ctx: &Context, patience: Option<Duration>) {
    ctx.data_mut(|data| data.insert_temp(key(), patience.unwrap_or(PATIENCE)));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn an_answer_comes_when_it_is_there_and_a_fault_is_said() {
        let ctx = Context::default();
        let (go, wait) = channel::<()>();
        set_patience(&ctx, Some(Duration::from_millis(1)));
        let mut slow = Task::start(&ctx, move || wait.recv().is_ok());
        assert_eq!(slow.answer(), None);
        set_patience(&ctx, Some(Duration::from_secs(20)));
        assert_eq!(Task::start(&ctx, || 5).answer(), Some(Ok(5)));
        go.send(()).unwrap();
        assert_eq!(slow.at_least(Duration::from_secs(20)).answer(), Some(Ok(true)));
        let broken = Task::<u8>::start(&ctx, || panic!("on purpose")).answer();
        assert!(broken.unwrap().unwrap_err().contains("もう一度"));
    }
}
