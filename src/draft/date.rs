//! Dates as authors write them: 和暦 or 西暦, to the day or to the month.

use crate::form::citation;

/// A day in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, e.g. 2025.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day, 1 to 31.
    pub day: u32,
}

/// The days a written date can mean: one day, or all days of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
}

/// Characters of the longest written date, 平成31年12月31日 and more.
const LONGEST_DATE: usize = 20;

/// Era name, letter, the year before its first, and its first day.
const ERAS: &[(&str, char, i32, Date)] = &[
    ("令和", 'R', 2018, Date { year: 2019, month: 5, day: 1 }),
    ("平成", 'H', 1988, Date { year: 1989, month: 1, day: 8 }),
    ("昭和", 'S', 1925, Date { year: 1926, month: 12, day: 25 }),
];

impl Date {
    /// A day that exists, or `None`.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        ((1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Reads `2026-04-01`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let date = Self::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
        parts.next().is_none().then_some(date)
    }

    /// `2026-04-01`.
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        // Civil-from-days by Howard Hinnant: the year begins in March, so the leap day comes last.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day that many days after 1970-01-01.
    pub fn from_days(days: i64) -> Option<Self> {
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month0 = (5 * day_of_year + 2) / 153;
        let day = u32::try_from(day_of_year - (153 * month0 + 2) / 5 + 1).ok()?;
        let month = u32::try_from(if month0 < 10 { month0 + 3 } else { month0 - 9 }).ok()?;
        let year = i32::try_from(year_of_era + era * 400 + i64::from(month <= 2)).ok()?;
        Self::new(year, month, day)
    }

    /// The day that many months later, or the last day of that month.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let month0 = self.month - 1 + months;
        let year = self.year + i32::try_from(month0 / 12).unwrap_or(0);
        let month = month0 % 12 + 1;
        Self { year, month, day: self.day.min(days_in_month(year, month)) }
    }
}

impl Span {
    /// Reads a date as written: 令和7年4月1日, 平成元年1月, 2025年4月1日, 2025/4/1, R7.4.1; full-width digits as well.
    pub fn read(text: &str) -> Option<Self> {
        let Written { before, year, month, day } = Written::parse(text)?;
        let year = i32::try_from(year).ok().filter(|year| (1..2200).contains(year))? + before;
        if !(1900..2200).contains(&year) {
            return None;
        }
        let first = Date::new(year, month, day.unwrap_or(1))?;
        let last = Date { day: day.unwrap_or(days_in_month(year, month)), ..first };
        Some(Self { first, last })
    }

    /// Why a text that is written like a date is none, e.g. 「2月は28日まで」; `None` where it is a date, or not like one.
    pub fn no_such_day(text: &str) -> Option<String> {
        let Written { before, year, month, day } = Written::parse(text).filter(|_| Self::read(text).is_none())?;
        let full_year = i32::try_from(year).ok().and_then(|year| year.checked_add(before))?;
        match day {
            _ if year == 0 => Some("0年はなく、最初の年は元年".to_owned()),
            _ if !(1..=12).contains(&month) => Some(format!("{month}月はなく、1月から12月まで")),
            Some(0) => Some("0日はなく、1日から".to_owned()),
            Some(day) if day > days_in_month(full_year, month) => {
                Some(format!("{month}月は{}日まで", days_in_month(full_year, month)))
            }
            _ => None,
        }
    }

    /// Every day named in a text, in its order: 令和8年1月19日から2月18日まで names two.
    ///
    /// A year or month left out is that of the date before.
    pub fn find_all(text: &str) -> Vec<Self> {
        let text = citation::plain(text);
        let mut found: Vec<Self> = Vec::new();
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            // 30日間 and 30日以上 are no days of the calendar.
            let names_a_day = c == '日'
                && text[..at].ends_with(|c: char| c.is_ascii_digit())
                && !text[end..].starts_with(['間', '以']);
            if !names_a_day {
                continue;
            }
            let near =
                text[start..at].char_indices().rev().take(LONGEST_DATE).last().map_or(start, |(near, _)| start + near);
            found.extend(last_date(&text[near..end], found.last()));
            start = end;
        }
        found
    }

    /// Whether only the month is known.
    pub fn is_month(self) -> bool {
        self.first != self.last
    }
}

/// The numbers of a date, whether there is such a day or not.
struct Written {
    /// The year before the first of its era; 0 in the Gregorian calendar.
    before: i32,
    year: u32,
    month: u32,
    day: Option<u32>,
}

impl Written {
    fn parse(text: &str) -> Option<Self> {
        let text = citation::plain(text);
        let (before, mut rest) = ERAS
            .iter()
            .find_map(|(name, letter, before, _)| {
                text.strip_prefix(name).or_else(|| text.strip_prefix(*letter)).map(|rest| (*before, rest))
            })
            .unwrap_or((0, text.as_str()));
        let year = match rest.strip_prefix('元') {
            Some(after) => {
                rest = after;
                1
            }
            None => number(&mut rest)?,
        };
        separator(&mut rest, &["年", "/", ".", "-"])?;
        let month = number(&mut rest)?;
        let month_end = separator(&mut rest, &["月", "/", ".", "-"]);
        if rest.is_empty() && month_end.is_none_or(|sign| sign == "月") {
            return Some(Self { before, year, month, day: None });
        }
        let day = number(&mut rest)?;
        let _ = separator(&mut rest, &["日"]);
        rest.is_empty().then_some(Self { before, year, month, day: Some(day) })
    }
}

/// The date at the end of a text that ends in 日.
fn last_date(text: &str, before: Option<&Span>) -> Option<Span> {
    let full = ERAS.iter().filter_map(|(name, ..)| text.rfind(name)).max().map(|at| &text[at..]);
    if let Some(date) = full.and_then(Span::read) {
        return Some(date);
    }
    let western = text.rfind('年').map(|at| {
        let digits = text[..at].chars().rev().take_while(char::is_ascii_digit).count();
        &text[at - digits..]
    });
    if let Some(date) = western.and_then(Span::read) {
        return Some(date);
    }
    let before = before?.last;
    let numbers = |text: &str| -> Vec<u32> {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
    };
    match numbers(text).as_slice() {
        [.., month, day] if text.contains('月') => Date::new(before.year, *month, *day),
        [.., day] => Date::new(before.year, before.month, *day),
        [] => None,
    }
    .map(|date| Span { first: date, last: date })
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn number(rest: &mut &str) -> Option<u32> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let value = rest[..end].parse().ok()?;
    *rest = &rest[end..];
    Some(value)
}

fn separator<'a>(rest: &mut &str, signs: &[&'a str]) -> Option<&'a str> {
    let sign = signs.iter().find(|sign| rest.starts_with(**sign))?;
    *rest = &rest[sign.len()..];
    Some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let read = Span::read(text).map(|span| {
            if span.is_month() {
                format!("{}..{}", span.first.to_iso(), span.last.to_iso())
            } else {
                span.first.to_iso()
            }
        });
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn written_dates_are_read() {
        check("令和7年8月7日", Some("2025-08-07"));
        check("令和元年５月１日", Some("2019-05-01"));
        check(" 平成27年10月 ", Some("2015-10-01..2015-10-31"));
        check("2026年2月", Some("2026-02-01..2026-02-28"));
        check("R7.4.1", Some("2025-04-01"));
        check("2025/04/01", Some("2025-04-01"));
        check("令和7年2月30日", None);
        check("未定", None);
        check("令和2147483647年1月1日", None);
        check("令和0年1月1日", None);
        check("令和7年4月1日から", None);
        check("", None);
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_from_what_is_no_date() {
        let why = |text: &str| Span::no_such_day(text).unwrap_or_default();
        assert_eq!(why("令和8年2月30日"), "2月は28日まで");
        assert_eq!(why("令和6年2月30日"), "2月は29日まで");
        assert_eq!(why("令和８年４月３１日"), "4月は30日まで");
        assert_eq!(why("2026/13/1"), "13月はなく、1月から12月まで");
        assert_eq!(why("令和8年0月"), "0月はなく、1月から12月まで");
        assert_eq!(why("令和0年1月1日"), "0年はなく、最初の年は元年");
        assert_eq!(why("令和8年4月0日"), "0日はなく、1日から");
        for text in ["令和8年2月28日", "令和8年2月", "未定", "", "令和2147483647年1月1日", "令和8年2月30日から"]
        {
            assert_eq!(why(text), "", "{text}");
        }
    }

    #[test]
    fn all_dates_of_a_text_are_found() {
        let all = |text: &str| -> Vec<String> { Span::find_all(text).iter().map(|span| span.last.to_iso()).collect() };
        assert_eq!(all("令和8年1月19日から令和8年2月18日まで（31日間）"), ["2026-01-19", "2026-02-18"]);
        assert_eq!(all("令和８年１月１９日～２月１８日"), ["2026-01-19", "2026-02-18"]);
        assert_eq!(all("期間は2026年1月5日、20日"), ["2026-01-05", "2026-01-20"]);
        assert_eq!(all("毎月1日に行う"), Vec::<String>::new());
        assert_eq!(all("令和8年3月2日から令和8年3月31日まで（30日間）"), ["2026-03-02", "2026-03-31"]);
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(Date { year: 1970, month: 1, day: 1 }.days(), 0);
        assert_eq!(Date { year: 2000, month: 3, day: 1 }.days(), 11_017);
        for days in [-1, 0, 59, 11_017, 20_500] {
            assert_eq!(Date::from_days(days).map(Date::days), Some(days));
        }
        assert_eq!(Date { year: 2024, month: 1, day: 31 }.plus_months(13).to_iso(), "2025-02-28");
    }
}
