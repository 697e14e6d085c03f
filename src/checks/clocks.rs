//! The two clocks of a published document: the yearly look-through and the renewal before five years.
//! What the draft does not say is told as unknown, never guessed; whether a duty was already met is not known either.

use crate::draft::{Date, Document, Draft, Ended, Scope, Span};
use crate::form::{Certainty, Form, KeyItems};

/// Which duty a clock counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// 年1回の見直し.
    Yearly,
    /// 5年を経過する前の再実施.
    Renewal,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It cannot be known.
    Unknown,
    /// Nothing is due before that day.
    Before(Date),
    /// It is time to prepare.
    Near,
    /// The time is over, if nothing was done since.
    Over,
    /// Nothing is due any more: the 事務 has ended.
    Ended(Ended),
}

impl Stand {
    /// Its key, and the day that goes with it: as it is told and kept outside.
    pub fn to_parts(self) -> (&'static str, String) {
        match self {
            Stand::Unknown => ("unknown", String::new()),
            Stand::Before(day) => ("before", day.to_iso()),
            Stand::Near => ("near", String::new()),
            Stand::Over => ("over", String::new()),
            Stand::Ended(ended) => ("ended", ended.on.to_iso()),
        }
    }

    /// The stand of such parts.
    pub fn of_parts(key: &str, day: &str) -> Option<Self> {
        match key {
            "unknown" => Some(Stand::Unknown),
            "before" => Date::from_iso(day).map(Stand::Before),
            "near" => Some(Stand::Near),
            "over" => Some(Stand::Over),
            "ended" => Date::from_iso(day).map(|day| Stand::Ended(Ended::on(day))),
            _ => None,
        }
    }
}

impl Clock {
    /// The two clocks of what was kept of them: key, day and words of each.
    pub fn both_of_parts(parts: [(&str, &str, String); 2]) -> Option<[Clock; 2]> {
        let clock = |dial: &Dial, (key, day, words): (&str, &str, String)| {
            let stand = Stand::of_parts(key, day)?;
            Some(Clock { duty: dial.duty, stand, words, certainty: dial.certainty, source: dial.source })
        };
        let [yearly, renewal] = parts;
        Some([clock(&DIALS[0], yearly)?, clock(&DIALS[1], renewal)?])
    }
}

/// One clock as it stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What it counts for.
    pub duty: Duty,
    /// How it stands.
    pub stand: Stand,
    /// The same in words.
    pub words: String,
    /// How sure the duty is.
    pub certainty: Certainty,
    /// What it rests on.
    pub source: &'static str,
}

impl Clock {
    /// Whether what it counts for is to be done, or prepared.
    pub fn is_due(&self) -> bool {
        matches!(self.stand, Stand::Near | Stand::Over)
    }
}

/// A clock's months and words.
struct Dial {
    duty: Duty,
    /// The item with the day from which it counts.
    from: fn(&KeyItems) -> &str,
    name: &'static str,
    near: u32,
    over: u32,
    near_words: &'static str,
    over_words: &'static str,
    certainty: Certainty,
    source: &'static str,
}

const DIALS: [Dial; 2] = [
    Dial {
        duty: Duty::Yearly,
        from: |items| &items.published_on,
        name: "年1回の見直し",
        near: 11,
        over: 12,
        near_words: "見直しの時期です（公表から11か月）",
        over_words: "公表から1年たちました。見直しが済んだか確かめてください",
        certainty: Certainty::Several,
        source: "規則第14条第3項（努力義務）",
    },
    Dial {
        duty: Duty::Renewal,
        // The day of the last 実施 is in no other item.
        from: |items| &items.assessed_on,
        name: "5年ごとの再実施",
        near: 54,
        over: 60,
        near_words: "再実施の準備の時期です（実施から4年6か月）",
        over_words: "実施から5年たちました。再実施が済んだか確かめてください",
        certainty: Certainty::Primary,
        source: "規則第15条（努力義務）。公表日より前の実施日から数え、修正では数え直しません（△）",
    },
];

/// The clocks of a document as of that day; a revision still without a date is counted from the publication before.
pub fn clocks(form: &Form, draft: &Draft, today: Option<Date>) -> [Clock; 2] {
    DIALS.each_ref().map(|dial| {
        let is_open = Scope::document(form, &draft.state.document).text((dial.from)(&form.key_items)).trim().is_empty();
        let published = draft.base.as_ref().filter(|_| is_open).map_or(&draft.state, |base| &base.state);
        read(dial, form, &published.document, today)
    })
}

fn read(dial: &Dial, form: &Form, document: &Document, today: Option<Date>) -> Clock {
    let (stand, words) = match stand(dial, form, document, today) {
        Ok(stand @ Stand::Before(date)) => {
            (stand, format!("{}は{}年{}月ごろからです", dial.name, date.year(), date.month()))
        }
        Ok(Stand::Near) => (Stand::Near, dial.near_words.to_owned()),
        Ok(Stand::Over) => (Stand::Over, dial.over_words.to_owned()),
        Ok(Stand::Ended(ended)) => {
            let (on, until) = (ended.on.in_era(), ended.until.in_era());
            (Stand::Ended(ended), format!("{}はありません（{on}に終了。{until}まで公表を続けます）", dial.name))
        }
        Ok(Stand::Unknown) => (Stand::Unknown, String::new()),
        Err(reason) => (Stand::Unknown, format!("{}の時期はわかりません（{reason}）", dial.name)),
    };
    Clock { duty: dial.duty, stand, words, certainty: dial.certainty, source: dial.source }
}

fn stand(dial: &Dial, form: &Form, document: &Document, today: Option<Date>) -> Result<Stand, &'static str> {
    let (none, empty, unreadable) = match dial.duty {
        Duty::Yearly => ("公表日の欄がない様式です", "公表日が空欄です", "公表日を日付として読めません"),
        Duty::Renewal => ("実施日の欄がない様式です", "実施日が空欄です", "実施日を日付として読めません"),
    };
    if let Some(ended) = Ended::read(&Scope::document(form, document).text(&form.key_items.name)) {
        return Ok(Stand::Ended(ended));
    }
    let item = (dial.from)(&form.key_items);
    if form.item(item).is_none() {
        return Err(none);
    }
    let text = Scope::document(form, document).text(item);
    if text.trim().is_empty() {
        return Err(empty);
    }
    // As in the rules about elapsed time: of a month, its last day.
    let from = Span::read(&text).ok_or(unreadable)?.last;
    let today = today.ok_or("今日の日付がわかりません")?;
    if dial.duty == Duty::Yearly && from > today {
        return Err("公表日がまだ先です");
    }
    Ok(if today >= from.plus_months(dial.over) {
        Stand::Over
    } else if today >= from.plus_months(dial.near) {
        Stand::Near
    } else {
        Stand::Before(from.plus_months(dial.near))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Arc;

    use crate::draft::{Answer, Base, State};
    use crate::form::shipped;

    fn on(form: &str, published: &str, assessed: &str, today: &str) -> [Stand; 2] {
        let form = shipped::newest_with_mark(form).unwrap();
        let mut document = Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() };
        for (id, text) in [("cover.published_on", published), ("procedure.basic_assessment.date", assessed)] {
            document.common_mut().answers.insert(id.to_owned(), Answer::Text(text.to_owned()));
        }
        clocks(form, &document.into(), Date::from_iso(today)).map(|clock| clock.stand)
    }

    #[test]
    fn each_clock_turns_on_its_day() {
        let stands = |today: &str| on("youshiki3", "令和7年4月1日", "令和4年1月31日", today);
        let near = |date: &str| Stand::Before(Date::from_iso(date).unwrap());
        assert_eq!(stands("2026-02-28"), [near("2026-03-01"), near("2026-07-31")]);
        assert_eq!(stands("2026-03-01"), [Stand::Near, near("2026-07-31")]);
        assert_eq!(stands("2026-04-01"), [Stand::Over, near("2026-07-31")]);
        assert_eq!(stands("2026-07-31")[1], Stand::Near);
        assert_eq!(stands("2027-01-30")[1], Stand::Near);
        assert_eq!(stands("2027-01-31")[1], Stand::Over);
    }

    #[test]
    fn a_revision_without_dates_counts_from_the_publication_before() {
        let form = shipped::newest_with_mark("youshiki3").unwrap();
        let mut last = Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() };
        last.common_mut().answers.insert("cover.published_on".to_owned(), Answer::Text("令和7年4月1日".to_owned()));
        let (state, published_on) = (State::from(last.clone()), "令和7年4月1日".to_owned());
        let base = Base { state, published_on, taken_on: None };
        let mut now = Draft { base: Some(Arc::new(base)), ..Draft::from(last) };
        let yearly = |draft: &Draft| clocks(form, draft, Date::from_iso("2026-04-01"))[0].stand;
        now.state.document.common_mut().answers.clear();
        assert_eq!(yearly(&now), Stand::Over);
        now.state
            .document
            .common_mut()
            .answers
            .insert("cover.published_on".to_owned(), Answer::Text("令和8年3月1日".to_owned()));
        assert!(matches!(yearly(&now), Stand::Before(_)));
    }

    #[test]
    fn an_ended_affair_has_no_clocks_but_a_day_until_which_it_stays_published() {
        let form = shipped::newest_with_mark("youshiki3").unwrap();
        let mut document = Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() };
        for (id, text) in [
            ("cover.name", "証明書交付事務　重点項目評価書【令和7年3月31日　終了】"),
            ("cover.published_on", "令和6年3月27日"),
        ] {
            document.common_mut().answers.insert(id.to_owned(), Answer::Text(text.to_owned()));
        }
        for clock in clocks(form, &document.into(), Date::from_iso("2026-04-01")) {
            assert!(matches!(clock.stand, Stand::Ended(_)), "{clock:?}");
            assert!(clock.words.contains("令和10年3月31日まで公表を続けます"), "{}", clock.words);
        }
    }

    #[test]
    fn what_is_not_written_is_unknown() {
        assert_eq!(on("youshiki3", "", "未定", "2026-04-01"), [Stand::Unknown; 2]);
        assert_eq!(on("youshiki3", "令和9年4月1日", "", "2026-04-01"), [Stand::Unknown; 2]);
        assert_eq!(on("youshiki3", "令和7年4月1日", "令和4年1月31日", ""), [Stand::Unknown; 2]);
    }

    #[test]
    fn the_words_say_why_it_is_unknown() {
        let form = shipped::newest_with_mark("youshiki3").unwrap();
        let [yearly, _] = clocks(form, &Draft::default(), None);
        assert_eq!(yearly.words, "年1回の見直しの時期はわかりません（公表日が空欄です）");
    }
}
