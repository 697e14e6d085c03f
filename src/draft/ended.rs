//! A 事務 that has ended, as 評価書名 says it: 「…　重点項目評価書【令和7年3月31日　終了】」.

use super::{Date, Span};

/// How long an evaluation stays published after the end, in months (記載要領, 規則第16条).
const PUBLISHED_MONTHS: u32 = 36;

/// The end of a 事務.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The day of the end.
    pub on: Date,
    /// Until when the evaluation stays published at least, counted from the end.
    pub until: Date,
}

impl Ended {
    /// What a 評価書名 says of it; `None` where it does not end in the official words, with one whole day in its own era.
    pub fn read(name: &str) -> Option<Self> {
        let (_, inside) = name.trim().strip_suffix('】')?.rsplit_once('【')?;
        let day = inside.trim().strip_suffix("終了")?.trim();
        let span = Span::read(day).filter(|span| !span.is_month() && Span::wrong_era(day).is_none())?;
        Some(Self::on(span.first))
    }

    /// The end on that day.
    pub fn on(day: Date) -> Self {
        Self { on: day, until: day.plus_months(PUBLISHED_MONTHS) }
    }

    /// The official words for an end on that day; a gap where it is not known.
    pub fn words(day: Option<Date>) -> String {
        let day = day.map_or("○年○月○日".to_owned(), Date::in_era);
        format!("【{day}　終了】")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_words_at_the_end_of_the_name_are_read() {
        let until = |name: &str| Ended::read(name).map(|ended| ended.until.to_iso()).unwrap_or_default();
        assert_eq!(until("証明書交付事務　重点項目評価書【令和7年3月31日　終了】"), "2028-03-31");
        assert_eq!(until("証明書交付事務【令和７年３月３１日終了】　"), "2028-03-31");
        assert_eq!(until("証明書交付事務【平成31年4月30日 終了】"), "2022-04-30");
        for name in [
            "証明書交付事務",
            "証明書交付事務【終了】",
            "証明書交付事務【令和7年3月　終了】",
            "証明書交付事務【平成31年5月1日　終了】",
            "【令和7年3月31日　終了】証明書交付事務",
            "証明書交付事務（令和7年3月31日　終了）",
            "",
        ] {
            assert_eq!(Ended::read(name), None, "{name}");
        }
    }

    #[test]
    fn the_words_are_those_of_the_guidance() {
        assert_eq!(Ended::words(Date::new(2025, 3, 31)), "【令和7年3月31日　終了】");
        assert_eq!(Ended::words(None), "【○年○月○日　終了】");
    }
}
