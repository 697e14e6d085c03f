//! Today's date, for the rules about yearly and five-year reviews, and this moment, for documents that are in use.

use crate::draft::Date;
use crate::files::Stamp;

/// Seconds that Japan is ahead of UTC.
const JAPAN_SECS: u64 = 9 * 60 * 60;

/// Today in Japan by this computer's clock.
pub(super) fn today() -> Option<Date> {
    now().map(|now| now.date)
}

/// This moment in Japan by this computer's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; everything below takes the day as an argument"
)]
pub(super) fn now() -> Option<Stamp> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Stamp::from_secs(i64::try_from(since_epoch.as_secs() + JAPAN_SECS).ok()?)
}
