//! A moment as the clock on the wall shows it, in the names of versions and copies. Nobody asks a clock here.

use jiff::civil;

use crate::draft::Date;

/// A day and a time of day, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalDateTime(civil::DateTime);

impl LocalDateTime {
    /// The beginning of 1970.
    pub const EPOCH: Self = Self(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0));

    /// The moment that many seconds after 1970-01-01, midnight, on the clock on the wall.
    pub fn from_secs(secs: i64) -> Option<Self> {
        Self::EPOCH.0.checked_add(jiff::SignedDuration::from_secs(secs)).ok().map(Self)
    }

    /// Seconds since 1970-01-01, midnight, on the clock on the wall.
    pub fn to_secs(self) -> i64 {
        self.0.duration_since(Self::EPOCH.0).as_secs()
    }

    /// The day.
    pub fn date(self) -> Date {
        self.0.date().into()
    }

    /// As on the clock on the wall: `9:32`.
    pub fn time_of_day(self) -> String {
        format!("{}:{:02}", self.0.hour(), self.0.minute())
    }

    /// As in the name of a file: `2026-11-21 093205`.
    pub fn in_name(self) -> String {
        let (hour, minute, second) = (self.0.hour(), self.0.minute(), self.0.second());
        format!("{} {hour:02}{minute:02}{second:02}", self.date().to_iso())
    }

    /// Reads the beginning of a name, and what follows.
    pub fn read_name(name: &str) -> Option<(Self, &str)> {
        let (day, rest) = name.split_at_checked(10)?;
        let (time, rest) = rest.strip_prefix(' ')?.split_at_checked(6)?;
        let part = |from: usize| {
            let number: u8 = time.get(from..from + 2)?.parse().ok()?;
            i8::try_from(number).ok()
        };
        let time = civil::Time::new(part(0)?, part(2)?, part(4)?, 0).ok()?;
        Some((Self(civil::Date::from(Date::from_iso(day)?).to_datetime(time)), rest))
    }

    /// As people read it: `2026年11月21日 9:32`.
    pub fn words(self) -> String {
        let date = self.date();
        format!("{}年{}月{}日 {}", date.year(), date.month(), date.day(), self.time_of_day())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_are_read_as_written() {
        let (stamp, rest) = LocalDateTime::read_name("2026-11-21 093205 公表.ron").unwrap();
        assert_eq!(rest, " 公表.ron");
        assert_eq!(stamp.in_name(), "2026-11-21 093205");
        assert_eq!(stamp.words(), "2026年11月21日 9:32");
        assert_eq!(LocalDateTime::from_secs(stamp.to_secs()), Some(stamp));
        for other in
            ["", "2026-11-21", "2026-11-21 246000", "2026-13-01 000000", "今日の控え二〇二六年", "2026-11-21_093205"]
        {
            assert_eq!(LocalDateTime::read_name(other), None, "{other}");
        }
    }
}
