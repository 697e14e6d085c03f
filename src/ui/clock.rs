//! This computer's clock: the day for the checks, and the time shown after saving. Japan has one time zone.

#![allow(clippy::disallowed_methods, reason = "the window asks the clock; everything below takes time as an argument")]

use std::time::{SystemTime, UNIX_EPOCH};

use crate::draft::Date;
use crate::files::Stamp;

/// Seconds that Japan is ahead of UTC.
const JAPAN_SECS: u64 = 9 * 60 * 60;
const DAY_SECS: u64 = 24 * 60 * 60;

fn japan_secs() -> Option<u64> {
    japan_secs_at(SystemTime::now())
}

fn japan_secs_at(time: SystemTime) -> Option<u64> {
    Some(time.duration_since(UNIX_EPOCH).ok()?.as_secs() + JAPAN_SECS)
}

/// Day and time in Japan, as in `2026年11月21日 10:32`.
pub fn date_time(time: SystemTime) -> Option<String> {
    let secs = japan_secs_at(time)?;
    let date = Date::from_days(i64::try_from(secs / DAY_SECS).ok()?)?;
    let (hour, minute) = (secs % DAY_SECS / 3600, secs / 60 % 60);
    Some(format!("{}年{}月{}日 {hour}:{minute:02}", date.year, date.month, date.day))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_that_of_japan() {
        let time = UNIX_EPOCH + std::time::Duration::from_secs(1_767_193_500);
        assert_eq!(date_time(time).as_deref(), Some("2026年1月1日 0:05"));
    }
}
