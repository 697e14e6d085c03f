//! Days in texts beside what is said of them: another day of the week, and plans for a time that has passed.

use super::draft_index::DraftIndex;
use crate::draft::{Date, Span};
use crate::form::{FieldPath, Kind, Rule, citation};

/// The days of the week, from the first day of 1970 on.
const WEEK: [char; 7] = ['木', '金', '土', '日', '月', '火', '水'];
/// Words of a plan.
const PLANNED: &[&str] =
    &["予定である", "予定している", "予定です", "予定。", "見込みである", "見込んでいる", "計画している", "計画である"];
/// What stands behind the month by which something is to be done.
const BY_THEN: &str = "月までに、";
/// Words of what was done in a month.
const DONE: &[&str] =
    &["した", "された", "施行", "公布", "決定", "策定", "改正", "改定", "制定", "現在", "時点", "付け"];
/// Characters of the longest month in an era: 令和10年12月.
const MONTH_CHARS: usize = 8;

/// A day with another day of the week than its own; told once for each text.
pub(super) fn weekdays(draft: &mut DraftIndex<'_>, rule: &Rule) {
    draft.add_for_texts(rule, |text| {
        let is_meant = text.written.contains("日（") || text.written.contains("日(");
        let (day, said, right) = is_meant.then(|| wrong_weekday(text.plain()))??;
        Some([("日付", day.in_era()), ("誤", said.to_string()), ("正", right.to_string())])
    });
}

/// 水 of 令和8年1月19日(水), which is a Monday.
fn wrong_weekday(text: &str) -> Option<(Date, char, char)> {
    text.match_indices("日(").find_map(|(at, sign)| {
        let mut behind = text[at + sign.len()..].chars();
        let said = behind.next().filter(|c| WEEK.contains(c))?;
        let is_closed = matches!(behind.next(), Some(')' | '曜' | '・'));
        let before: Vec<char> = text[..at + '日'.len_utf8()].chars().rev().take(16).collect();
        let before: String = before.into_iter().rev().collect();
        let start = ["令和", "平成", "20"].iter().filter_map(|era| before.rfind(era)).max()?;
        let span = Span::read(&before[start..]).filter(|span| !span.is_month())?;
        let right = *WEEK.get(usize::try_from(span.first.days().rem_euclid(7)).ok()?)?;
        (is_closed && right != said).then_some((span.first, said, right))
    })
}

/// A sentence that plans something for a month before the day of publication; told once for each text.
pub(super) fn plans(draft: &mut DraftIndex<'_>, rule: &Rule, published_on: &str) {
    let Some(published) = Span::certain(&draft.document().text(published_on)) else { return };
    let is_narrative = |id: &str| draft.form.item(id).is_some_and(|item| matches!(item.kind, Kind::TextBlock));
    let texts = draft.texts.iter().filter(|text| {
        ["予定", "見込", "計画", BY_THEN].iter().any(|word| text.written.contains(word)) && is_narrative(text.item)
    });
    let found: Vec<(FieldPath, String)> = texts
        .filter_map(|text| {
            let month = past_plan(text.seen(), published.first)?;
            Some((draft.path(text.scope, text.item), month))
        })
        .collect();
    for (path, month) in found {
        draft.add(rule, path, &[("時期", &month), ("公表日", &published.first.in_era())]);
    }
}

/// The month, before that day, for which a sentence plans something.
fn past_plan(text: &str, day: Date) -> Option<String> {
    let sentences = text.split_inclusive(['。', '\n']);
    sentences.into_iter().find_map(|sentence| {
        let plan = PLANNED.iter().filter_map(|word| sentence.rfind(word)).max().or_else(|| to_be_done(sentence))?;
        let plain = citation::plain(&sentence[..plan]);
        let months = months(&plain);
        // 令和5年1月に始め、令和9年1月に移す予定である: the last one is planned.
        let (words, span) = months.last()?;
        // 令和5年9月に決定された方針に基づき、移す予定である: that month is of something done.
        let behind = plain.rfind(words.as_str()).map_or("", |at| &plain[at + words.len()..]);
        let is_done = DONE.iter().any(|word| behind.contains(word));
        (span.last < day && !is_done).then(|| words.clone())
    })
}

/// Where a sentence ends that says what will be done by a month: 「令和7年2月までに、設定を改める。」
fn to_be_done(sentence: &str) -> Option<usize> {
    let end = sentence.trim_end().strip_suffix('。')?;
    let behind = end.rsplit_once(BY_THEN)?.1;
    let is_done =
        ["した", "れた", "った", "いた", "ている", "ています", "ました"].iter().any(|word| behind.contains(word));
    let is_act = ["ます", "する", "める", "える", "げる", "す", "う", "る"].iter().any(|word| end.ends_with(word));
    (is_act && !is_done).then_some(end.len())
}

/// The months of an era that a text names.
fn months(text: &str) -> Vec<(String, Span)> {
    let eras = ["令和", "平成"].into_iter().flat_map(|era| text.match_indices(era).map(|(at, _)| at));
    let mut starts: Vec<usize> = eras.collect();
    starts.sort_unstable();
    let month = |at: usize| {
        let end = text[at..].char_indices().take(MONTH_CHARS).find(|(_, c)| *c == '月')?.0 + '月'.len_utf8();
        let words = text[at..at + end].to_owned();
        Some((words.clone(), Span::certain(&words)?))
    };
    starts.into_iter().filter_map(month).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_week_that_is_another_is_found() {
        let found = |text: &str| wrong_weekday(&citation::plain(text)).map(|(_, said, right)| (said, right));
        assert_eq!(found("令和8年1月19日（水）から"), Some(('水', '月')));
        assert_eq!(found("2026年1月19日(火曜日)"), Some(('火', '月')));
        for text in
            ["令和8年1月19日（月）から", "1月19日（水）", "令和8年1月19日（水道の日）", "令和8年1月19日（必着）"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_plan_for_a_time_that_has_passed_is_found() {
        let day = Date::from_iso("2026-03-27").unwrap();
        let found = |text: &str| past_plan(text, day);
        assert_eq!(found("　令和6年1月から、新しい保管庫に移す予定である。").as_deref(), Some("令和6年1月"));
        assert_eq!(found("令和７年４月に切り替えることを予定している。").as_deref(), Some("令和7年4月"));
        assert_eq!(found("令和8年2月までに、番号の表示を止める設定に改めます。").as_deref(), Some("令和8年2月"));
        for text in [
            "令和8年8月までに、番号の表示を止める設定に改めます。",
            "令和7年3月までに、全ての端末を交換した。",
            "令和8年8月に移す予定である。",
            "令和5年1月に始め、令和9年1月に移す予定である。",
            "令和6年1月に移した。転出の予定年月日を記録する。",
            "転出予定日は、令和6年1月までのものを消す。",
            "令和5年9月に決定された方針に基づき、新しい仕組みに移行する予定である。",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
