//! Today's date, for the rules about yearly and five-year reviews, and the time, for who has a document open.

use crate::draft::Date;
use crate::files::Stamp;

/// Seconds that Japan is ahead of UTC.
const JAPAN_SECS: u64 = 9 * 60 * 60;
const DAY_SECS: u64 = 24 * 60 * 60;

/// Today in Japan by this computer's clock.
pub(super) fn today() -> Option<Date> {
    Date::from_days(i64::try_from(japan_secs()? / DAY_SECS).ok()?)
}

/// This moment in Japan; the beginning of 1970 where the clock makes no sense.
pub(super) fn now() -> Stamp {
    let secs = japan_secs().and_then(|secs| i64::try_from(secs).ok()).unwrap_or_default();
    Stamp::from_secs(secs).unwrap_or(Stamp { date: Date { year: 1970, month: 1, day: 1 }, secs: 0 })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; everything below takes the day as an argument"
)]
fn japan_secs() -> Option<u64> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(since_epoch.as_secs() + JAPAN_SECS)
}
