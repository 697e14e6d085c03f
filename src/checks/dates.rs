//! Dates: readable, in one style, in the right order, not too far apart.

use super::draft_index::{DraftIndex, is_filled};
use super::{Remedy, dated_rows, ended, sides};
use crate::draft::{Date, Scope, Span, is_blank};
use crate::form::{Elapsed, FieldPath, Kind, Rule, citation};

/// A date that names no day and no month, a day that does not exist, or one in an era that was not then.
pub(super) fn unreadable(draft: &mut DraftIndex<'_>, rule: &Rule) {
    for (path, text) in written(draft) {
        let is_wrong_era = Span::wrong_era(&text).is_some();
        if let Some(right) = Span::put_right(&text).filter(|_| is_wrong_era) {
            let why = format!("この日付はありません({right}です)");
            let remedy = Remedy { name: format!("「{right}」に直す"), cells: vec![(path.clone(), right)] };
            if let Some(finding) = draft.add(rule, path, &[("訳", &why)]) {
                finding.remedy = Some(remedy);
            }
        } else if Span::read(&text).is_none() && Span::find_all(&text).is_empty() {
            let why = Span::no_such_day(&text).map(|why| format!("この日付はありません({why}です)"));
            draft.add(rule, path, &[("訳", why.as_deref().unwrap_or("日付として読めません"))]);
        }
    }
}

/// Dates that are not written as the form wants them (R7.4.1, 令和1年), and one document with two ways of writing dates:
/// told once for each, at the first odd date.
pub(super) fn style(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let mut dates = written(draft);
    dates.retain(|(path, _)| !draft.is_history(path));
    let in_rows = dated_rows::after(draft);
    // One way of writing throughout is a way, if not the usual one.
    let manners: Vec<Manner> = dates.iter().chain(&in_rows).filter_map(|(_, text)| manner(text)).collect();
    let is_alike = manners.len() > 1 && manners.windows(2).all(|pair| pair[0] == pair[1]);
    let odd = dates.iter().chain(&in_rows).filter(|(_, text)| Span::wrong_era(text).is_none());
    let odd = odd.filter(|(_, text)| !is_alike || is_year_one(text));
    let odd: Vec<_> = odd.filter_map(|(path, text)| Some((path, text, Span::put_right(text)?))).collect();
    if let Some((path, text, right)) = odd.first() {
        let others = if odd.len() > 1 { format!("、ほか{}か所", odd.len() - 1) } else { String::new() };
        let words = format!("「{text}」は「{right}」{others}");
        let cells = odd.iter().map(|(path, _, right)| ((*path).clone(), right.clone())).collect();
        if let Some(finding) = draft.add(rule, (*path).clone(), &[("文字", &words)]) {
            finding.remedy = Some(Remedy { name: "様式の書き方に直す".to_owned(), cells });
        }
    }
    first_years(draft, rule);
    // What is to be put right anyway is of no style.
    dates.retain(|(_, text)| Span::put_right(text).is_none() || Span::wrong_era(text).is_some());
    let styles: [fn(&str) -> Option<bool>; 2] = [is_western, is_wide];
    for style in styles {
        let known: Vec<(&FieldPath, &str, bool)> =
            dates.iter().filter_map(|(path, text)| Some((path, text.as_str(), style(text)?))).collect();
        let yes = known.iter().filter(|(_, _, yes)| *yes).count();
        let minority = yes * 2 <= known.len();
        if let Some((path, text, _)) =
            known.iter().find(|(_, _, yes)| *yes == minority).filter(|_| yes > 0 && yes < known.len())
        {
            draft.add(rule, (*path).clone(), &[("文字", &format!("「{text}」"))]);
        }
    }
}

/// The first year of an era in texts, and how it is written.
const FIRST_YEARS: &[(&str, &str)] =
    &[("令和1年", "令和元年"), ("令和１年", "令和元年"), ("平成1年", "平成元年"), ("平成１年", "平成元年")];

/// 「令和1年」 in texts that are no dates; told once.
fn first_years(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let is_text =
        |path: &FieldPath| draft.form.item(&path.item).is_some_and(|item| !matches!(item.kind, Kind::Date { .. }));
    let found = draft.texts_with(&["令和", "平成"].map(str::to_owned)).into_iter().filter_map(|index| {
        let text = draft.texts.get(index)?;
        let (said, right) = FIRST_YEARS.iter().find(|(said, _)| text.seen().contains(said))?;
        Some((draft.path(text.scope, text.item), text.written, *said, *right))
    });
    let found: Vec<_> = found.filter(|(path, ..)| is_text(path)).collect();
    let Some((path, _, said, right)) = found.first().cloned() else { return };
    let others = if found.len() > 1 { format!("、ほか{}か所", found.len() - 1) } else { String::new() };
    let put_right =
        |written: &str| FIRST_YEARS.iter().fold(written.to_owned(), |text, (said, right)| text.replace(said, right));
    // What stands beside a box, or in a table, is no cell of its own.
    let cells = found.iter().filter(|(path, written, ..)| draft.written(path) == Some(*written));
    let cells: Vec<_> = cells.map(|(path, written, ..)| (path.clone(), put_right(written))).collect();
    let n_cells = cells.len();
    if let Some(finding) = draft.add(rule, path, &[("文字", &format!("「{said}」は「{right}」{others}"))])
        && n_cells == found.len()
    {
        finding.remedy = Some(Remedy { name: "様式の書き方に直す".to_owned(), cells });
    }
}

/// A date that must be one whole day: a month, two days, a span of time, a day with other words. What is no date at all
/// or no right one is told by [`unreadable`].
pub(super) fn whole_day(draft: &mut DraftIndex<'_>, rule: &Rule, item: &str) {
    let document = draft.document();
    let text = document.text(item);
    let days = Span::find_all(&text);
    let why = match Span::read(&text) {
        Some(span) if span.is_month() => "月までしかありません".to_owned(),
        Some(_) => return,
        None if days.len() > 1 => format!("日が{}つあります", days.len()),
        None if days.len() == 1 => "日付のほかの言葉があります".to_owned(),
        None => return,
    };
    if Span::wrong_era(&text).is_none() {
        draft.add(rule, draft.path(document, item), &[("日付", text.trim()), ("訳", &why)]);
    }
}

/// Too much time between two dates. Nothing is due any more once the 事務 has ended.
pub(super) fn elapsed(draft: &mut DraftIndex<'_>, rule: &Rule, spans: &[Elapsed]) {
    if ended::of(draft).is_some() {
        return;
    }
    for span in spans {
        if !draft.knows(&span.from) {
            continue;
        }
        let document = draft.document();
        let from = Span::certain(&document.text(&span.from)).map(|from| from.last);
        let to = match &span.to {
            Some(to) => Span::certain(&document.text(to)).map(|to| to.first),
            None => draft.context.today,
        };
        let (Some(from), Some(to)) = (from, to) else { continue };
        if from.plus_months(span.months) <= to && span.below.is_none_or(|below| to < from.plus_months(below)) {
            draft.add(rule, draft.path(document, &span.from), &[]);
        }
    }
}

/// A hearing shorter than it must be, without a reason.
pub(super) fn short_hearing(draft: &mut DraftIndex<'_>, rule: &Rule, period: &str, reason: &str, days: u32) {
    if !draft.knows(period) || !draft.knows(reason) {
        return;
    }
    let document = draft.document();
    let dates = Span::find_all(&document.text(period));
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return };
    let length = last.last.days() - first.first.days() + 1;
    if dates.len() > 1 && length > 0 && length < i64::from(days) && !is_filled(document, reason) {
        draft.add(rule, draft.path(document, reason), &[("日数", &length.to_string())]);
    }
}

/// A period with its last day before its first, or with another number of days than it says.
pub(super) fn period_days(draft: &mut DraftIndex<'_>, rule: &Rule, period: &str) {
    if !draft.knows(period) {
        return;
    }
    let document = draft.document();
    let text = document.text(period);
    if let Some(why) = no_such_days(&text) {
        draft.add(rule, draft.path(document, period), &[("訳", &why)]);
        return;
    }
    let dates = Span::find_all(&text);
    let [first, last] = dates.as_slice() else { return };
    let (first, last) = (first.first, last.last);
    let why = match (first > last, said_days(&text)) {
        (true, _) => format!("終わりの日({})が始まりの日({})より前です", last.in_era(), first.in_era()),
        (false, Some(said)) => {
            let length = last.days() - first.days() + 1;
            // The day it begins may be left out.
            if said == length || said == length - 1 {
                return;
            }
            format!("{}から{}までは{length}日間です", first.in_era(), last.in_era())
        }
        (false, None) => return,
    };
    draft.add(rule, draft.path(document, period), &[("訳", &why)]);
}

/// What of a period is no day: 「6月31日」 without an era too.
fn no_such_days(text: &str) -> Option<String> {
    let text = citation::plain(text);
    text.match_indices('日').find_map(|(at, _)| {
        let n_digits = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
        let before = &text[..at];
        let month_end = before.len() - n_digits(before);
        let month = before[..month_end].strip_suffix('月')?;
        let month_start = month.len() - n_digits(month);
        // Any leap year: 29 February is a day of some year.
        let day = format!("令和6年{}日", &text[month_start..at]);
        Span::no_such_day(&day).map(|why| format!("「{}日」という日はありません({why}です)", &text[month_start..at]))
    })
}

/// 31 of 「(31日間)」; none where several are said.
fn said_days(text: &str) -> Option<i64> {
    let text = citation::plain(text);
    let mut said = text.match_indices("日間").filter_map(|(at, _)| {
        let digits: Vec<char> = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        digits.into_iter().rev().collect::<String>().parse::<i64>().ok()
    });
    let first = said.next();
    first.filter(|_| said.next().is_none())
}

/// Longest day of an era, in characters: 令和10年12月31日.
const DAY_CHARS: usize = 12;

/// A day in a text that is none (令和8年2月30日), or in an era that was not then; told once for each text. The items that are
/// dates themselves are told of by [`unreadable`].
pub(super) fn in_texts(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let eras = ["令和", "平成"].map(str::to_owned);
    let form = draft.form;
    let is_date = |id: &str| form.item(id).is_some_and(|item| matches!(item.kind, Kind::Date { .. }));
    draft.add_for(rule, draft.texts_with(&eras), |text| {
        let wrong = || eras.iter().find_map(|era| wrong_day(text.plain(), era));
        let (day, why) = (!is_date(text.item)).then(wrong)??;
        Some([("日付", day), ("訳", why)])
    });
}

/// The first day of an era in a text that is none, and why.
fn wrong_day(text: &str, era: &str) -> Option<(String, String)> {
    text.match_indices(era).find_map(|(at, _)| {
        let near = || text[at..].char_indices().take(DAY_CHARS);
        let end = near().find(|(_, c)| *c == '日').or_else(|| near().find(|(_, c)| *c == '月'))?;
        let day = &text[at..at + end.0 + end.1.len_utf8()];
        let right = || Span::wrong_era(day).and_then(|_| Span::put_right(day)).map(|right| format!("{right}です"));
        let why = right().or_else(|| Span::no_such_day(day).map(|why| format!("{why}です")))?;
        Some((day.to_owned(), why))
    })
}

/// Steps of the procedure that come before the one they follow.
pub(super) fn procedure_order(draft: &mut DraftIndex<'_>, rule: &Rule, steps: &[String]) {
    let document = draft.document();
    let dated: Vec<(&String, Date)> =
        steps.iter().filter(|id| draft.knows(id)).filter_map(|id| Some((id, last_day(document, id)?))).collect();
    for pair in dated.windows(2) {
        let [(before, earlier), (after, later)] = pair else { continue };
        if earlier > later {
            let side = sides::side(draft, draft.path(document, after));
            let (earlier, later) = (earlier.in_era(), later.in_era());
            let place = side.place.clone();
            let words = [("前", earlier.as_str()), ("後", later.as_str()), ("先", place.as_str())];
            if let Some(finding) = draft.add(rule, draft.path(document, before), &words) {
                finding.others = vec![side];
            }
        }
    }
}

fn last_day(scope: Scope<'_>, id: &str) -> Option<Date> {
    let text = scope.text(id);
    Span::read(&text).map(|span| span.first).or_else(|| Span::find_all(&text).last().map(|span| span.first))
}

/// Every date as written, in the order of the form, then those of the change table.
fn written(draft: &DraftIndex<'_>) -> Vec<(FieldPath, String)> {
    let mut dates = Vec::new();
    for item in draft.form.items().filter(|item| matches!(item.kind, Kind::Date { .. })) {
        let id = item.id.as_str();
        for scope in draft.scopes(id) {
            let text = scope.text(id);
            if !is_blank(&text) {
                dates.push((draft.path(scope, id), text.into_owned()));
            }
        }
    }
    let rows = draft.rows().filter(|(_, change)| !is_blank(&change.date));
    dates.extend(rows.map(|(row, change)| (draft.cell("date", row), change.date.clone())));
    dates
}

/// How a date is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// 令和7年4月1日
    Era,
    /// 令和七年四月一日
    Kanji,
    /// R7.4.1
    ShortEra,
    /// 2025年4月1日
    Western,
    /// 2025/4/1, 2025.4.1, 2025-4-1
    ShortWestern,
}

fn manner(text: &str) -> Option<Manner> {
    let text = citation::plain(text);
    Some(match (is_western(&text)?, text.contains('年'), text.contains(|c: char| c.is_ascii_digit())) {
        (true, true, _) => Manner::Western,
        (true, false, _) => Manner::ShortWestern,
        (false, false, _) => Manner::ShortEra,
        (false, true, true) => Manner::Era,
        (false, true, false) => Manner::Kanji,
    })
}

/// 令和1年 is 令和元年, however the others are written.
fn is_year_one(text: &str) -> bool {
    let text = citation::plain(text);
    ["令和1年", "平成1年"].iter().any(|year| text.starts_with(year))
}

fn is_western(text: &str) -> Option<bool> {
    let text = citation::plain(text);
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        Some(true)
    } else {
        ["令和", "平成", "R", "H"].iter().any(|era| text.starts_with(era)).then_some(false)
    }
}

fn is_wide(text: &str) -> Option<bool> {
    let wide = text.chars().any(|c| matches!(c, '０'..='９'));
    (wide || text.chars().any(|c| c.is_ascii_digit())).then_some(wide)
}
