//! This computer's clock, asked by the window and the command line: the day for the checks, this moment for documents
//! that are in use, the time shown after saving. Japan has one time zone.
//! Never: used by what works with drafts; there time is an argument.
//! Start with [`now`].

#![allow(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; everything else takes time as an argument"
)]

use std::time::{SystemTime, UNIX_EPOCH};

use crate::draft::Date;
use crate::vault::LocalDateTime;

/// Seconds that Japan is ahead of UTC.
const JAPAN_SECS: i64 = 9 * 60 * 60;

/// The moment a system time stands for, in Japan.
pub fn local(time: SystemTime) -> Option<LocalDateTime> {
    let secs = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_secs()).ok()?,
    };
    LocalDateTime::from_secs(secs.checked_add(JAPAN_SECS)?)
}

/// This moment in Japan; the beginning of 1970 where the clock makes no sense.
pub fn now() -> LocalDateTime {
    local(SystemTime::now()).unwrap_or(LocalDateTime::EPOCH)
}

/// Today in Japan.
pub fn today() -> Option<Date> {
    local(SystemTime::now()).map(LocalDateTime::date)
}

/// The time of day in Japan, as in `10:32`.
pub fn time_of_day() -> String {
    now().time_of_day()
}

/// The system's own time, in which it dates files.
pub fn system() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_that_of_japan() {
        let time = UNIX_EPOCH + std::time::Duration::from_secs(1_767_193_500);
        assert_eq!(local(time).map(LocalDateTime::words).as_deref(), Some("2026年1月1日 0:05"));
    }
}
