//! Dates as authors write them: 和暦 or 西暦, to the day or to the month.

use jiff::civil;

use crate::form::citation;

/// A day in the Gregorian calendar; a day that does not exist cannot be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

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

/// An era of the Japanese calendar; it ends the day before the next one begins.
struct Era {
    name: &'static str,
    letter: char,
    /// Its first day.
    first: civil::Date,
}

/// The newest first.
const ERAS: &[Era] = &[
    Era { name: "令和", letter: 'R', first: civil::Date::constant(2019, 5, 1) },
    Era { name: "平成", letter: 'H', first: civil::Date::constant(1989, 1, 8) },
    Era { name: "昭和", letter: 'S', first: civil::Date::constant(1926, 12, 25) },
];

impl Era {
    /// The year before its first.
    fn before(&self) -> i32 {
        i32::from(self.first.year()) - 1
    }

    /// The era of a day.
    fn of(day: Date) -> Option<&'static Self> {
        ERAS.iter().find(|era| era.first <= day.0)
    }
}

impl Date {
    /// A day that exists, or `None`.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Year, e.g. 2025.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.0.month().unsigned_abs())
    }

    /// Day, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.0.day().unsigned_abs())
    }

    /// Reads `2026-04-01`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let date = Self::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
        parts.next().is_none().then_some(date)
    }

    /// `2026-04-01`.
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        self.0.duration_since(civil::Date::constant(1970, 1, 1)).as_hours() / 24
    }

    /// The day that many months later, or the last day of that month.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let months = jiff::Span::new().try_months(months);
        Self(months.map_or(civil::Date::MAX, |months| self.0.saturating_add(months)))
    }

    /// `令和7年4月1日`, `令和元年5月1日`; before 昭和 `1920年1月1日`.
    pub fn in_era(self) -> String {
        let (month, day) = (self.month(), self.day());
        format!("{}{month}月{day}日", year_in_era(self))
    }

    fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl Span {
    /// Reads a date as written: 令和7年4月1日, 平成元年1月, 2025年4月1日, 2025/4/1, R7.4.1; full-width digits as well.
    pub fn read(text: &str) -> Option<Self> {
        let written = Written::parse(text)?;
        let (before, Written { year, month, day, .. }) = (written.before(), written);
        let year = i32::try_from(year).ok().filter(|year| (1..2200).contains(year))? + before;
        if !(1900..2200).contains(&year) {
            return None;
        }
        let first = Date::new(year, month, day.unwrap_or(1))?;
        let last = if day.is_some() { first } else { first.last_of_month() };
        Some(Self { first, last })
    }

    /// Why a text that is written like a date is none, e.g. 「2月は28日まで」; `None` where it is a date, or not like one.
    pub fn no_such_day(text: &str) -> Option<String> {
        let written = Written::parse(text).filter(|_| Self::read(text).is_none())?;
        let (before, Written { year, month, day, .. }) = (written.before(), written);
        let full_year = i32::try_from(year).ok().and_then(|year| year.checked_add(before))?;
        match day {
            _ if year == 0 => Some("0年はなく、最初の年は元年".to_owned()),
            _ if !(1..=12).contains(&month) => Some(format!("{month}月はなく、1月から12月まで")),
            Some(0) => Some("0日はなく、1日から".to_owned()),
            Some(day) => {
                // The calendar repeats after 400 years: what month a year has is known of any year.
                let last = Date::new(2000 + full_year.rem_euclid(400), month, 1)?.last_of_month().day();
                (day > last).then(|| format!("{month}月は{last}日まで"))
            }
            None => None,
        }
    }

    /// The date as the form wants it, 令和7年4月1日 or 令和7年4月, where it is written another way (`R7.4.1`, 2025/4/1,
    /// 令和八年四月一日, 令和1年4月1日) or with an era that was not then; `None` where nothing is to be put right.
    pub fn put_right(text: &str) -> Option<String> {
        let (written, span) = (Written::parse(text)?, Self::read(text)?);
        let wrong_era = Self::wrong_era(text).is_some();
        if !written.is_abbreviated && !wrong_era {
            return None;
        }
        Era::of(span.first)?;
        let month = format!("{}{}月", year_in_era(span.first), span.first.month());
        Some(if span.is_month() { month } else { span.first.in_era() })
    }

    /// The days of a date that is right: none where its era was not then, whatever day is meant.
    pub fn certain(text: &str) -> Option<Self> {
        Self::read(text).filter(|_| Self::wrong_era(text).is_none())
    }

    /// The era that a date is written in and that was not then, e.g. 平成 of 平成31年5月1日.
    pub fn wrong_era(text: &str) -> Option<&'static str> {
        let (era, span) = (Written::parse(text)?.era?, Self::read(text)?);
        let is_then = |day: Date| Era::of(day).is_some_and(|then| then.name == era.name);
        (!is_then(span.first) && !is_then(span.last)).then_some(era.name)
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

    /// Every day or month of an era named in a text: 令和6年7月, 令和7年1月15日.
    pub fn find_in_era(text: &str) -> Vec<Self> {
        let text = citation::plain(text);
        let named = ["令和", "平成"].iter().flat_map(|era| text.match_indices(era)).filter_map(|(at, era)| {
            let rest = &text[at + era.len()..];
            let is_date = |c: char| c.is_ascii_digit() || "元年月日".contains(c);
            let rest = &rest[..rest.find(|c| !is_date(c)).unwrap_or(rest.len())];
            let ends = ['日', '月'].iter().find_map(|unit| Some(rest.find(*unit)? + unit.len_utf8()))?;
            Span::read(&text[at..at + era.len() + ends])
        });
        named.collect()
    }

    /// Whether only the month is known.
    pub fn is_month(self) -> bool {
        self.first != self.last
    }
}

/// `令和7年`, `令和元年`.
fn year_in_era(day: Date) -> String {
    match Era::of(day).map(|era| (era.name, day.year() - era.before())) {
        Some((era, 1)) => format!("{era}元年"),
        Some((era, year)) => format!("{era}{year}年"),
        None => format!("{}年", day.year()),
    }
}

/// The numbers of a date, whether there is such a day or not.
struct Written {
    /// `None` in the Gregorian calendar.
    era: Option<&'static Era>,
    year: u32,
    month: u32,
    day: Option<u32>,
    /// Whether it is written with the letter of the era, with signs instead of 年月日, with kanji numbers, or 1年 for 元年.
    is_abbreviated: bool,
}

impl Written {
    fn parse(text: &str) -> Option<Self> {
        let text = citation::plain(text);
        let after_era = |era: &'static Era| Some((era, text.strip_prefix(era.name).or(text.strip_prefix(era.letter))?));
        let (era, mut rest) = match ERAS.iter().find_map(after_era) {
            Some((era, rest)) => (Some(era), rest),
            None => (None, text.as_str()),
        };
        let has_kanji = rest.chars().any(citation::is_kanji_digit);
        let has_letter = era.is_some_and(|era| text.starts_with(era.letter));
        let year = match rest.strip_prefix('元') {
            Some(after) => {
                rest = after;
                None
            }
            None => Some(number(&mut rest)?),
        };
        let year_end = separator(&mut rest, &["年", "/", ".", "-"])?;
        let month = number(&mut rest)?;
        let month_end = separator(&mut rest, &["月", "/", ".", "-"]);
        let has_signs = year_end != "年" || month_end != Some("月");
        let is_first = era.is_some() && year == Some(1);
        let is_abbreviated = has_kanji || has_letter || has_signs || is_first;
        let month_only = Self { era, year: year.unwrap_or(1), month, day: None, is_abbreviated };
        if rest.is_empty() && month_end.is_none_or(|sign| sign == "月") {
            return Some(month_only);
        }
        let day = number(&mut rest)?;
        let has_end = separator(&mut rest, &["日"]).is_some();
        let is_abbreviated = is_abbreviated || !has_end;
        rest.is_empty().then_some(Self { day: Some(day), is_abbreviated, ..month_only })
    }

    /// The year before the first of its era; 0 in the Gregorian calendar.
    fn before(&self) -> i32 {
        self.era.map_or(0, Era::before)
    }
}

/// The date at the end of a text that ends in 日.
fn last_date(text: &str, before: Option<&Span>) -> Option<Span> {
    let full = ERAS.iter().filter_map(|era| text.rfind(era.name)).max().map(|at| &text[at..]);
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
        [.., month, day] if text.contains('月') => Date::new(before.year(), *month, *day),
        [.., day] => Date::new(before.year(), before.month(), *day),
        [] => None,
    }
    .map(|date| Span { first: date, last: date })
}

fn number(rest: &mut &str) -> Option<u32> {
    let is_kanji = rest.chars().next().is_some_and(|c| !c.is_ascii_digit());
    let is_digit = |c: char| c.is_ascii_digit() != is_kanji && (!is_kanji || citation::is_kanji_digit(c));
    let end = rest.find(|c: char| !is_digit(c)).unwrap_or(rest.len());
    let digits = rest.get(..end).filter(|digits| !digits.is_empty())?;
    let value = if is_kanji { citation::kanji_number(digits) } else { digits.parse().ok() }?;
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
        check("令和八年四月一日", Some("2026-04-01"));
        check("平成三十一年四月三〇日", Some("2019-04-30"));
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
    fn dates_are_put_right_as_the_form_wants_them() {
        let right = |text: &str| Span::put_right(text).unwrap_or_default();
        for text in ["R7.4.1", "2025/4/1", "2025.4.1", "2025-04-01", "Ｒ７．４．１", "令和七年四月一日", "令和7.4.1"]
        {
            assert_eq!(right(text), "令和7年4月1日", "{text}");
        }
        assert_eq!(right("H31.4"), "平成31年4月");
        assert_eq!(right("令和1年5月"), "令和元年5月");
        assert_eq!(right("令和1年5月7日"), "令和元年5月7日");
        assert_eq!(right("平成31年5月1日"), "令和元年5月1日");
        assert_eq!(right("令和元年4月30日"), "平成31年4月30日");
        assert_eq!(right("昭和64年1月8日"), "平成元年1月8日");
        for text in
            ["令和7年4月1日", "令和７年４月１日", "2025年4月1日", "平成31年4月", "令和7年2月30日", "R7.2.30", "未定"]
        {
            assert_eq!(right(text), "", "{text}");
        }
    }

    #[test]
    fn an_era_that_was_not_then_is_told() {
        let wrong = |text: &str| Span::wrong_era(text).unwrap_or_default();
        assert_eq!(wrong("平成31年5月1日"), "平成");
        assert_eq!(wrong("平成31年5月"), "平成");
        assert_eq!(wrong("令和元年4月30日"), "令和");
        for text in
            ["平成31年4月30日", "令和元年5月1日", "令和元年5月", "昭和64年1月7日", "昭和64年1月", "2019年5月1日"]
        {
            assert_eq!(wrong(text), "", "{text}");
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
        let days = |year, month, day| Date::new(year, month, day).map(Date::days);
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 3, 1), Some(11_017));
        assert_eq!(days(1969, 12, 31), Some(-1));
    }

    #[test]
    fn months_end_where_they_end() {
        let later = |months| Date::new(2024, 1, 31).map(|date| date.plus_months(months).to_iso()).unwrap_or_default();
        assert_eq!(later(1), "2024-02-29");
        assert_eq!(later(13), "2025-02-28");
        assert_eq!(later(u32::MAX), "9999-12-31");
    }
}
