//! Which versions may go: all of today stay, then one a day, then one a month. Pure: today is an argument.

use std::collections::BTreeSet;

use super::version::{Version, VersionKind};
use crate::draft::Date;

/// Days for which the last version of each day stays.
const DAILY_DAYS: i64 = 31;

/// The versions that are no longer needed, given oldest or newest first.
///
/// Stays: everything of today; of the last 31 days the last version of each day; of each month before, its last;
/// the newest of all; what was published, named, or kept before something was put back, for ever. A version dated
/// after today, as a clock set back leaves it, stays.
pub fn thin(versions: &[Version], today: Date) -> Vec<Version> {
    let mut automatic: Vec<&Version> =
        versions.iter().filter(|version| version.kind == VersionKind::Automatic).collect();
    automatic.sort_by_key(|version| std::cmp::Reverse(version.stamp));
    let mut periods = BTreeSet::new();
    let mut gone = Vec::new();
    for (index, version) in automatic.into_iter().enumerate() {
        let date = version.stamp.date();
        let age = today.days() - date.days();
        let day = if age <= DAILY_DAYS { date.day() } else { 0 };
        let period = (date.year(), date.month(), day);
        // Newest first: the first of a period is its last version.
        let is_last = periods.insert(period);
        if age > 0 && index > 0 && !is_last {
            gone.push(version.clone());
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::vault::LocalDateTime;

    fn version(text: &str) -> Version {
        let (stamp, rest) = LocalDateTime::read_name(text).unwrap();
        let kind = if rest.is_empty() { VersionKind::Automatic } else { VersionKind::Published };
        Version { path: text.into(), stamp, kind, bytes: 1 }
    }

    /// What stays of the versions on that day.
    fn check(versions: &[&str], today: &str, expected: &[&str]) {
        let all: Vec<_> = versions.iter().map(|text| version(text)).collect();
        let gone = thin(&all, Date::from_iso(today).unwrap());
        let stay: Vec<_> =
            all.iter().filter(|version| !gone.contains(version)).map(|v| v.path.to_str().unwrap()).collect();
        assert_eq!(stay, expected);
    }

    #[test]
    fn all_of_today_stays() {
        let all = ["2026-11-21 090000", "2026-11-21 091000", "2026-11-21 092000"];
        check(&all, "2026-11-21", &all);
        check(&all, "2026-11-22", &["2026-11-21 092000"]);
    }

    #[test]
    fn one_a_day_then_one_a_month() {
        let all = [
            "2026-08-03 090000",
            "2026-08-30 090000",
            "2026-10-20 090000",
            "2026-10-21 080000",
            "2026-10-21 090000",
            "2026-10-22 090000",
        ];
        check(
            &all,
            "2026-11-21",
            &["2026-08-30 090000", "2026-10-20 090000", "2026-10-21 090000", "2026-10-22 090000"],
        );
        check(&all, "2027-01-10", &["2026-08-30 090000", "2026-10-22 090000"]);
    }

    #[test]
    fn what_was_published_stays_for_ever_and_takes_no_place() {
        let all = ["2020-08-03 090000 公表", "2020-08-20 090000", "2020-08-21 090000 公表"];
        check(&all, "2026-11-21", &all);
    }

    #[test]
    fn a_clock_set_back_costs_nothing() {
        let all = ["2026-11-21 090000", "2026-11-21 091000", "2031-01-01 080000", "2031-01-01 090000"];
        check(&all, "2026-11-21", &all);
        check(&all, "1970-01-01", &all);
    }

    #[test]
    fn thinning_twice_takes_nothing_more() {
        let texts: Vec<String> =
            (0..200).map(|n| LocalDateTime::from_secs(1_790_000_000 + n * 40_000).unwrap().in_name()).collect();
        let all: Vec<_> = texts.iter().map(|text| version(text)).collect();
        let today = Date::from_iso("2026-12-24").unwrap();
        let gone = thin(&all, today);
        assert!(!gone.is_empty());
        let stay: Vec<_> = all.into_iter().filter(|version| !gone.contains(version)).collect();
        assert_eq!(thin(&stay, today), []);
    }
}
