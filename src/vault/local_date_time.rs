//! A moment as the clock on the wall shows it, in the names of versions and copies. Nobody asks a clock here.

use crate::draft::Date;

/// A day and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// Seconds since midnight.
    pub secs: u32,
}

const DAY_SECS: i64 = 24 * 60 * 60;

impl LocalDateTime {
    /// The moment that many seconds after 1970-01-01, midnight, on the clock on the wall.
    pub fn from_secs(secs: i64) -> Option<Self> {
        let date = Date::from_days(secs.div_euclid(DAY_SECS))?;
        Some(Self { date, secs: u32::try_from(secs.rem_euclid(DAY_SECS)).ok()? })
    }

    /// Seconds since 1970-01-01, midnight, on the clock on the wall.
    pub fn to_secs(self) -> i64 {
        self.date.days() * DAY_SECS + i64::from(self.secs)
    }

    /// As in the name of a file: `2026-11-21 093205`.
    pub fn in_name(self) -> String {
        let (hour, minute, second) = self.clock();
        format!("{} {hour:02}{minute:02}{second:02}", self.date.to_iso())
    }

    /// Reads the beginning of a name, and what follows.
    pub fn read_name(name: &str) -> Option<(Self, &str)> {
        let (day, rest) = name.split_at_checked(10)?;
        let (time, rest) = rest.strip_prefix(' ')?.split_at_checked(6)?;
        let part = |from: usize, limit: u32| {
            let number: u32 = time.get(from..from + 2)?.parse().ok()?;
            (number < limit).then_some(number)
        };
        let secs = part(0, 24)? * 3600 + part(2, 60)? * 60 + part(4, 60)?;
        Some((Self { date: Date::from_iso(day)?, secs }, rest))
    }

    /// As people read it: `2026年11月21日 9:32`.
    pub fn words(self) -> String {
        let Date { year, month, day } = self.date;
        let (hour, minute, _) = self.clock();
        format!("{year}年{month}月{day}日 {hour}:{minute:02}")
    }

    fn clock(self) -> (u32, u32, u32) {
        (self.secs / 3600, self.secs / 60 % 60, self.secs % 60)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_are_read_as_written() {
        let stamp = LocalDateTime { date: Date { year: 2026, month: 11, day: 21 }, secs: 9 * 3600 + 32 * 60 + 5 };
        assert_eq!(stamp.in_name(), "2026-11-21 093205");
        assert_eq!(LocalDateTime::read_name("2026-11-21 093205 公表.ron"), Some((stamp, " 公表.ron")));
        assert_eq!(stamp.words(), "2026年11月21日 9:32");
        assert_eq!(LocalDateTime::from_secs(stamp.to_secs()), Some(stamp));
        for other in
            ["", "2026-11-21", "2026-11-21 246000", "2026-13-01 000000", "今日の控え二〇二六年", "2026-11-21_093205"]
        {
            assert_eq!(LocalDateTime::read_name(other), None, "{other}");
        }
    }
}
