//! How many things a text says there are, beside those it names: 「A」「B」の三つ, 次の3件.

use super::draft_index::DraftIndex;
use super::list_marks::mark_of;
use crate::form::{Pattern, Rule, citation};

/// Signs between quotations that belong together.
const BETWEEN: &[&str] = &["", "、", "・", "と", "及び", "並びに", "又は", "や", "，", "、及び"];
/// What is counted after 「次の3」.
const COUNTED: &[&str] = &["つ", "件", "点", "種類", "項目"];

/// A longer sentence is not counted through, in characters.
const SENTENCE_CHARS: usize = 400;

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let words = ["つ", "件", "点", "種類", "項目"].map(str::to_owned);
    draft.add_for(rule, draft.texts_with(&words), |text| {
        let Miscount { words, named } = text.read.miscount()?;
        Some([("語", words.clone()), ("数", named.to_string())])
    });
}

/// A number in all that is not the sum of its two parts or more.
pub(super) fn summed(draft: &mut DraftIndex<'_>, rule: &Rule, item: &str, total: &Pattern, part: &Pattern) {
    let numbers = |pattern: &Pattern, text: &str| -> Vec<u64> {
        let groups = pattern.captures(text).filter_map(|found| found.get(1));
        groups.filter_map(|number| number.as_str().parse().ok()).collect()
    };
    draft.add_for_texts(rule, |text| {
        let said = (text.item == item).then(|| numbers(total, text.plain())).filter(|said| said.len() == 1)?;
        let parts = numbers(part, text.plain());
        let sum: u64 = parts.iter().sum();
        (parts.len() > 1 && sum != said[0]).then(|| [("計", said[0].to_string()), ("和", sum.to_string())])
    });
}

/// The first number of a text that is not that of the things named.
pub(super) fn first_wrong(text: &str) -> Option<Miscount> {
    quoted(text).or_else(|| listed(text))
}

/// A number that is not that of the things named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Miscount {
    words: String,
    named: usize,
}

/// 「A」「B」の三つ: the quotations of its sentence, or those that stand side by side before it.
fn quoted(text: &str) -> Option<Miscount> {
    text.match_indices("」の").find_map(|(at, sign)| {
        let behind = &text[at + sign.len()..];
        let (said, length) = number(behind)?;
        let unit = &behind[length..];
        if said < 2 || !unit.starts_with('つ') {
            return None;
        }
        let before = &text[..at + '」'.len_utf8()];
        let near = before.char_indices().rev().take(SENTENCE_CHARS).last().map_or(before, |(at, _)| &before[at..]);
        let sentence = match near.rfind(['。', '\n']) {
            Some(end) => &near[end..],
            None if near.len() == before.len() => before,
            None => return None,
        };
        let all = sentence.matches('「').count();
        let beside = beside(sentence);
        // Quotations before may be of something else, so more than are said are told only where they stand side by side.
        let named = if all < said { all } else { beside };
        let is_wrong = named >= 2 && (all < said || beside > said);
        is_wrong.then(|| Miscount { words: format!("の{}つ", &behind[..length]), named })
    })
}

/// How many quotations stand side by side at the end.
fn beside(sentence: &str) -> usize {
    let pieces: Vec<&str> = sentence.split(['「', '」']).collect();
    // before「A」between「B」: odd pieces are quoted.
    let betweens = pieces.iter().enumerate().filter(|(index, _)| index % 2 == 0).map(|(_, piece)| *piece);
    let betweens: Vec<&str> = betweens.collect();
    let n = betweens.len().saturating_sub(1);
    let joined = betweens.iter().take(n).skip(1).rev().take_while(|between| BETWEEN.contains(*between)).count();
    if n == 0 { 0 } else { joined + 1 }
}

/// 次の3件 before a list of another length.
fn listed(text: &str) -> Option<Miscount> {
    text.match_indices("次の").find_map(|(at, sign)| {
        let behind = &text[at + sign.len()..];
        let (said, length) = number(behind)?;
        let unit = COUNTED.iter().find(|unit| behind[length..].starts_with(**unit))?;
        let mut lines = behind.lines().skip(1);
        // Right below, not somewhere in the text.
        let first = lines.next().and_then(mark_of).filter(|mark| mark.number == 1)?;
        let more = lines.filter_map(mark_of).filter(|mark| mark.kind == first.kind);
        let mut named = 1;
        for mark in more.take_while(|mark| mark.number != 1) {
            // 「②の場合は」 below the list names nothing more.
            if !mark.may_be_spoken_of || mark.number == named + 1 {
                named += 1;
            }
        }
        let is_wrong = said >= 2 && named >= 2 && named != said;
        is_wrong.then(|| Miscount { words: format!("次の{}{unit}", &behind[..length]), named })
    })
}

/// A number from 1 to 99 at the beginning of a text, and how many bytes it has.
fn number(text: &str) -> Option<(usize, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９') || citation::is_kanji_digit(c);
    let end = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let words = &text[..end];
    let plain: String = words.chars().map(|c| if matches!(c, '０'..='９') { narrow(c) } else { c }).collect();
    let read = plain.parse().ok().or_else(|| citation::kanji_number(&plain).and_then(|n| usize::try_from(n).ok()))?;
    (1..100).contains(&read).then_some((read, end))
}

fn narrow(c: char) -> char {
    char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_other_than_that_of_the_things_named_is_found() {
        for (text, named) in [
            ("権限は、「照会」「入力」「一括処理」「管理」の三つに分ける。", 4),
            ("賦課に用いる「課税ファイル」と、収納に用いる「収納ファイル」の三つに分けて評価する。", 2),
            ("申請は「窓口」、「郵送」及び「電子」の２つの方法による。", 3),
        ] {
            assert_eq!(quoted(text).map(|wrong| wrong.named), Some(named), "{text}");
        }
        let list = "次の5件の意見が寄せられた。\n①　一つ目\n　→　答え\n②　二つ目\n③　三つ目";
        assert_eq!(listed(list), Some(Miscount { words: "次の5件".to_owned(), named: 3 }));
    }

    #[test]
    fn right_numbers_and_other_things_are_silent() {
        for text in [
            "「照会」「入力」「一括処理」「管理」の四つに分ける。",
            "「要領」により、「照会」と「入力」の二つに分ける。",
            "「甲」のうち三つを選ぶ。「甲」の一つである。",
            "「甲」の4項目、「甲」の三年間",
        ] {
            assert_eq!(quoted(text), None, "{text}");
        }
        for text in [
            "次の3件の意見が寄せられた。\n①　一つ目\n②　二つ目\n③　三つ目\n別の話\n①　ほか",
            "次の3項目を記録する。\n日時、場所、氏名",
            "次の2点に注意する。\n　詳しくは下による。\n①　一\n②　二\n③　三",
        ] {
            assert_eq!(listed(text), None, "{text}");
        }
    }
}
