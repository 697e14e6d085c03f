//! What wakes whoever waits for a thread: the window shows a frame, the command line does nothing.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Most disks answer within this time: then nothing blinks on the screen.
const PATIENCE: Duration = Duration::from_millis(80);

/// Wakes whoever waits, and knows how long they wait before they do something else.
#[derive(Clone)]
pub struct Waker {
    wake: Arc<dyn Fn() + Send + Sync>,
    patience: Duration,
}

impl Waker {
    /// Calls this when there is something new; whoever waits does so no longer than people do not notice.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { wake: Arc::new(wake), patience: PATIENCE }
    }

    /// For somebody who is never asleep.
    pub fn nobody() -> Self {
        Self::new(|| {})
    }

    /// The same for somebody who waits so long; `None` is what people do not notice.
    #[must_use]
    pub fn with_patience(self, patience: Option<Duration>) -> Self {
        Self { patience: patience.unwrap_or(PATIENCE), ..self }
    }

    /// Says that there is something new.
    pub fn wake(&self) {
        (self.wake)();
    }

    /// How long whoever waits does so.
    pub fn patience(&self) -> Duration {
        self.patience
    }
}

impl fmt::Debug for Waker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waker").field("patience", &self.patience).finish_non_exhaustive()
    }
}
