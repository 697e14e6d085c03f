//! This computer's clock: the day for the checks, and the time shown after saving. Japan has one time zone.

#![allow(clippy::disallowed_methods, reason = "the window asks the clock; everything below takes time as an argument")]

use std::time::{SystemTime, UNIX_EPOCH};

use crate::draft::Date;
use crate::files::Stamp;

/// Seconds that Japan is ahead of UTC.
const JAPAN_SECS: u64 = 9 * 60 * 60;
const DAY_SECS: u64 = 24 * 60 * 60;

fn japan_secs() -> Option<u64> {
    Some(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() + JAPAN_SECS)
}

/// Today in Japan.
pub fn today() -> Option<Date> {
    Date::from_days(i64::try_from(japan_secs()? / DAY_SECS).ok()?)
}

/// The time of day in Japan, as in `10:32`.
pub fn time_of_day() -> String {
    let secs = japan_secs().unwrap_or(0) % DAY_SECS;
    format!("{}:{:02}", secs / 3600, secs / 60 % 60)
}

/// The moment a system time stands for, in Japan.
pub fn stamp_of(time: SystemTime) -> Option<Stamp> {
    let secs = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_secs()).ok()?,
    };
    Stamp::from_secs(secs.checked_add(i64::try_from(JAPAN_SECS).ok()?)?)
}

/// This moment in Japan; the beginning of 1970 where the clock makes no sense.
pub fn stamp() -> Stamp {
    stamp_of(SystemTime::now()).unwrap_or(Stamp { date: Date { year: 1970, month: 1, day: 1 }, secs: 0 })
}

/// The system's own time, in which it dates files.
pub fn system() -> SystemTime {
    SystemTime::now()
}
