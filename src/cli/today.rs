//! Today's date, for the rules about yearly and five-year reviews.

use crate::draft::Date;

/// Seconds that Japan is ahead of UTC.
const JAPAN_SECS: u64 = 9 * 60 * 60;
const DAY_SECS: u64 = 24 * 60 * 60;

/// Today in Japan by this computer's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; everything below takes the day as an argument"
)]
pub(super) fn today() -> Option<Date> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let days = i64::try_from((since_epoch.as_secs() + JAPAN_SECS) / DAY_SECS).ok()?;
    Date::from_days(days)
}
