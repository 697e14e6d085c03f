//! What wakes whoever waits for a thread: the window shows a frame, the command line does nothing.

use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Most disks answer within this time: then nothing blinks on the screen.
const PATIENCE: Duration = Duration::from_millis(80);

/// Work that somebody waits for.
pub type TaskWork = Box<dyn FnOnce() + Send>;

/// Wakes whoever waits, knows how long they wait before they do something else, and where their work is done.
#[derive(Clone)]
pub struct Waker {
    wake: Arc<dyn Fn() + Send + Sync>,
    run: Arc<dyn Fn(TaskWork) + Send + Sync>,
    patience: Duration,
    background_patience: Duration,
}

impl Waker {
    /// Calls this when there is something new; whoever waits does so no longer than people do not notice.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        // Without a thread the work is dropped, and whoever waits is told.
        let run = |work| drop(thread::Builder::new().name("task".to_owned()).spawn(work));
        Self { wake: Arc::new(wake), run: Arc::new(run), patience: PATIENCE, background_patience: Duration::ZERO }
    }

    /// For somebody who is never asleep.
    pub fn nobody() -> Self {
        Self::new(|| {})
    }

    /// The same for somebody who waits so long; `None` is what people do not notice. For what is done in the background
    /// nobody waits.
    #[must_use]
    pub fn with_patience(self, patience: Option<Duration>) -> Self {
        Self { patience: patience.unwrap_or(PATIENCE), background_patience: Duration::ZERO, ..self }
    }

    /// The same for somebody who waits so long also for what is done in the background: a test sees the same every time.
    #[must_use]
    pub fn with_patience_for_all(self, patience: Duration) -> Self {
        Self { patience, background_patience: patience, ..self }
    }

    /// The same with work done by `run` instead of each on a thread of its own.
    #[must_use]
    pub fn running(self, run: impl Fn(TaskWork) + Send + Sync + 'static) -> Self {
        Self { run: Arc::new(run), ..self }
    }

    /// Has work done.
    pub(super) fn run(&self, work: TaskWork) {
        (self.run)(work);
    }

    /// Says that there is something new.
    pub fn wake(&self) {
        (self.wake)();
    }

    /// How long whoever waits does so.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// How long whoever waits does so for what is done in the background.
    pub fn background_patience(&self) -> Duration {
        self.background_patience
    }
}

impl fmt::Debug for Waker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waker").field("patience", &self.patience).finish_non_exhaustive()
    }
}
